package draw

import (
	"flag"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the drawings in testdata anew")

// lines reads a drawing without its comments and empty lines.
func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			kept = append(kept, line)
		}
	}
	return kept
}

func floats(t *testing.T, text string) []float64 {
	t.Helper()
	var xs []float64
	for field := range strings.FieldsSeq(strings.ReplaceAll(text, ",", " ")) {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	return xs
}

// read makes a distribution from "kind(args)" or "kind(args) within lo hi".
func read(t *testing.T, text string) (Dist, error) {
	t.Helper()
	head, bounds, cut := strings.Cut(text, " within ")
	name, args, _ := strings.Cut(strings.TrimSuffix(head, ")"), "(")
	d, err := New(name, floats(t, args))
	if err != nil || !cut {
		return d, err
	}
	b := floats(t, bounds)
	return Truncate(d, b[0], b[1])
}

func must(t *testing.T, text string) Dist {
	t.Helper()
	d, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mixed(t *testing.T, weights []float64, texts ...string) Dist {
	t.Helper()
	var ds []Dist
	for _, text := range texts {
		ds = append(ds, must(t, text))
	}
	d, err := Mixture(ds, weights)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// near compares relative to the larger of |want| and 1.
func near(got, want, tolerance float64) bool {
	return got == want || math.Abs(got-want) <= tolerance*max(math.Abs(want), 1)
}

// golden compares text with a file of testdata, or writes it under -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
