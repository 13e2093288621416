package draw

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func words(t *testing.T, text string) []uint64 {
	t.Helper()
	var ws []uint64
	for field := range strings.FieldsSeq(text) {
		w, err := strconv.ParseUint(field, 16, 64)
		if err != nil {
			t.Fatal(err)
		}
		ws = append(ws, w)
	}
	return ws
}

func TestPhiloxKnownAnswers(t *testing.T) {
	for _, line := range lines(t, "testdata/philox.txt") {
		in, out, _ := strings.Cut(line, "->")
		w := words(t, in)
		var got [4]uint64
		got[0], got[1], got[2], got[3] = philox(w[0], w[1], w[2], w[3], w[4], w[5])
		if want := [4]uint64(words(t, out)); got != want {
			t.Errorf("%s\ngot %x", line, got)
		}
	}
}

// A stream is pinned for good: a saved study must be drawn again by later
// versions.
func TestStreamIsPinned(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The first words of some streams, and a draw far out. These never change.\n")
	for _, seed := range []uint64{0, 1, 1<<64 - 1} {
		for _, name := range []string{"", "audience_cost[USA]", "стоимость"} {
			s := NewStream(seed, name)
			fmt.Fprintf(&b, "\nseed %d, %q\n", seed, name)
			fmt.Fprintf(&b, "\t%016x %016x %016x\n", s.Uint64(0), s.Uint64(1), s.Uint64(2))
			fmt.Fprintf(&b, "\t%.17g\n", s.Uniform(1<<60))
		}
	}
	golden(t, "testdata/streams.txt", b.String())
}

func TestUniformIsOpen(t *testing.T) {
	for _, c := range []struct {
		word uint64
		want float64
	}{
		{0, 0x1p-53},
		{1<<12 - 1, 0x1p-53},
		{1 << 12, 0x1.8p-52},
		{1 << 63, 0.5 + 0x1p-53},
		{1<<64 - 1, 1 - 0x1p-53},
	} {
		if got := open(c.word); got != c.want || got <= 0 || got >= 1 {
			t.Errorf("word %x: got %v, want %v", c.word, got, c.want)
		}
	}
}

func TestFillIsUint64(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := NewStream(rapid.Uint64().Draw(t, "seed"), rapid.String().Draw(t, "name"))
		from := rapid.Uint64().Draw(t, "from")
		dst := make([]uint64, rapid.IntRange(0, 20).Draw(t, "n"))
		s.Fill(dst, from)
		for k, w := range dst {
			if w != s.Uint64(from+uint64(k)) {
				t.Fatalf("word %d of %d from %d differs", k, len(dst), from)
			}
		}
	})
}

// Every value of a small range comes up as often as chance has it: the
// chi-squared statistic of 6 cells exceeds 20.5 once in a thousand streams.
func TestIndexIsEven(t *testing.T) {
	const n, faces = 60000, 6
	var counts [faces]int
	s := NewStream(0, "die")
	for i := range uint64(n) {
		counts[s.Index(i, faces)]++
	}
	chi2 := 0.0
	for _, c := range counts {
		off := float64(c) - n/faces
		chi2 += off * off / (n / faces)
	}
	if chi2 > 20.5 {
		t.Errorf("counts %v, chi-squared %.1f", counts, chi2)
	}
}

func BenchmarkUniform(b *testing.B) {
	s := NewStream(0, "x")
	for i := 0; b.Loop(); i++ {
		s.Uniform(uint64(i))
	}
}

func BenchmarkFill1024(b *testing.B) {
	s, dst := NewStream(0, "x"), make([]uint64, 1024)
	for b.Loop() {
		s.Fill(dst, 0)
	}
}
