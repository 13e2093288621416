// Package steps tests that reading takes time in line with what is read, without
// asking a clock: it counts the statements that are executed, as the coverage
// tool does.
package steps

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// most is how many times the steps may be for twice the input.
const most = 2.3

// variable tells the counted test which input to read, as KIND:SIZE.
const variable = "CASUS_STEPS"

// Asked gives the input that the counted test is to read; where none is asked for,
// the test is skipped.
func Asked(t *testing.T) (kind string, size int) {
	t.Helper()
	kind, number, ok := strings.Cut(os.Getenv(variable), ":")
	if !ok {
		t.Skip("skipped: TestLinear runs it")
	}
	size, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	return kind, size
}

// Linear runs the test called TestSteps of the package under test for no input of
// each kind, for one of a size and for one of twice the size, and fails where the
// last takes more than 2.3 times the steps of the second. Steps are counted in the
// packages named, as `go test -coverpkg` names them.
func Linear(t *testing.T, kinds []string, size int, packages ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	program := counting(t, packages)
	for _, kind := range kinds {
		none, once, twice := count(t, program, kind, 0), count(t, program, kind, size), count(t, program, kind, 2*size)
		if once <= none {
			t.Errorf("%s: %d steps for nothing and %d for %d", kind, none, once, size)
			continue
		}
		ratio := float64(twice-none) / float64(once-none)
		say := t.Logf
		if ratio > most {
			say = t.Errorf
		}
		say("%-20s %9d steps for %d, %.2f times that for twice as many", kind, once-none, size, ratio)
	}
}

// counting builds the tests of the package with counters in them.
func counting(t *testing.T, packages []string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "counting")
	out, err := exec.Command("go", "test", "-c", "-covermode=count", "-coverpkg="+strings.Join(packages, ","), "-o", program, ".").CombinedOutput()
	if err != nil {
		t.Skipf("skipped: the counting program cannot be built (%v: %.200s)", err, out)
	}
	if strings.Contains(string(out), "no packages") {
		t.Fatalf("a package that is counted is not there: %s", out)
	}
	return program
}

// count runs the program for an input and adds up its steps.
func count(t *testing.T, program, kind string, size int) int64 {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	c := exec.Command(program, "-test.run", "^TestSteps$", "-test.coverprofile", profile)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s:%d", variable, kind, size))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s %d: %v: %.300s", kind, size, err, out)
	}
	f, err := os.Open(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	total := int64(0)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		total += steps(lines.Text())
	}
	return total
}

// steps reads a line of a coverage profile: place, statements, times.
func steps(line string) int64 {
	words := strings.Fields(line)
	if len(words) != 3 {
		return 0 // the line that names the mode
	}
	statements, _ := strconv.ParseInt(words[1], 10, 64)
	times, _ := strconv.ParseInt(words[2], 10, 64)
	return statements * times
}
