// Fused names the places where a compiler for arm64 turns a product and a sum
// into one operation with one rounding, which amd64 does not do: there the same
// model would give other last digits on the two. It reads what go build
// -gcflags='casus/...=-S' says, and ends with 1 if there are any.
//
//	GOARCH=arm64 go build -gcflags='casus/...=-S' -o /dev/null ./cmd/casus 2>&1 | go run ./cmd/fused
//
// What asks for it by name (math.FMA) is exact everywhere and passes.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var instruction = regexp.MustCompile(`\(([^ ()]+\.go):(\d+)\)\tFN?M(ADD|SUB)[DS]\b`)

func main() {
	places, read, err := fused(os.Stdin)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "fused:", err)
		os.Exit(1)
	case read == 0:
		fmt.Fprintln(os.Stderr, "fused: no listing of a compiler on standard input")
		os.Exit(2)
	}
	for _, p := range places {
		fmt.Println(p)
	}
	if len(places) > 0 {
		fmt.Println("put the product into float64(…): see package special")
		os.Exit(1)
	}
}

// fused lists the places, each once with its line, and how many instructions were
// looked at.
func fused(listing io.Reader) (places []string, read int, err error) {
	in := bufio.NewScanner(listing)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		read++
		m := instruction.FindStringSubmatch(in.Text())
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[2])
		text, err := line(m[1], n)
		if err != nil {
			return nil, read, err
		}
		if p := fmt.Sprintf("%s:%d: %s", m[1], n, text); !strings.Contains(text, "math.FMA(") && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	slices.Sort(places)
	return places, read, in.Err()
}

func line(name string, n int) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	lines := strings.Split(string(text), "\n")
	if n > len(lines) {
		return "", fmt.Errorf("%s has no line %d", name, n)
	}
	return strings.TrimSpace(lines[n-1]), nil
}
