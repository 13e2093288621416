package draw

import (
	"errors"
	"io/fs"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"
)

// Classical points against SciPy's, bit for bit: 256 points in 40 dimensions.
func TestSobolAgainstSciPy(t *testing.T) {
	text, err := os.ReadFile("../../../shared/bench/analysis/sobol_scipy_unscrambled_256x40.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference points are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	points := sobol(t, 40, 256, nil)
	i := 0
	for line := range strings.Lines(string(text)) {
		for j, want := range floats(t, line) {
			if points[j][i] != want {
				t.Fatalf("point %d, dimension %d: got %v, want %v", i, j, points[j][i], want)
			}
		}
		i++
	}
	if i != 256 {
		t.Fatalf("%d reference points", i)
	}
}

func sobol(t *testing.T, dims, n int, s *Stream) [][]float64 {
	t.Helper()
	points, err := Sobol(dims, n, s)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

// The first points by hand: dimension 1 is van der Corput's sequence in Gray
// code order, dimension 2 has polynomial x + 1, dimension 3 x² + x + 1 with
// m = 1, 3 (Joe and Kuo 2008, section 2).
func TestFirstPoints(t *testing.T) {
	got := sobol(t, 3, 8, nil)
	want := [][]float64{
		{0, .5, .75, .25, .375, .875, .625, .125},
		{0, .5, .25, .75, .375, .875, .125, .625},
		{0, .5, .25, .75, .625, .125, .875, .375},
	}
	for j := range want {
		if !slices.Equal(got[j], want[j]) {
			t.Errorf("dimension %d: got %v, want %v", j+1, got[j], want[j])
		}
	}
}

func TestSobolFillsStrata(t *testing.T) {
	s := NewStream(0, "scramble")
	plain, scrambled := sobol(t, MaxSobolDims, 256, nil), sobol(t, MaxSobolDims, 256, &s)
	for j := range plain {
		for m := range 9 {
			if !filled(scrambled[j][:1<<m]) {
				t.Errorf("scrambled dimension %d: first 2^%d", j, m)
			}
		}
		plain[j][0] = 0x1p-40 // filled wants the open interval
		if !filled(plain[j]) {
			t.Errorf("dimension %d", j)
		}
	}
}

// Any two of the first eight dimensions, as four by four boxes, are filled
// evenly by 256 points: the t-value of each pair is at most 4.
func TestPairsOfDimensionsFillBoxes(t *testing.T) {
	s := NewStream(0, "scramble")
	for _, points := range [][][]float64{sobol(t, 8, 256, nil), sobol(t, 8, 256, &s)} {
		for a := range points {
			for b := range a {
				var boxes [16]int
				for i := range points[a] {
					boxes[int(points[a][i]*4)*4+int(points[b][i]*4)]++
				}
				if slices.Min(boxes[:]) != 16 {
					t.Errorf("dimensions %d and %d: %v", b, a, boxes)
				}
			}
		}
	}
}

// sameTree compares how many leading digits every pair of points shares.
func sameTree(t *testing.T, got, want []uint64) {
	t.Helper()
	for i := range got {
		for j := range i {
			a, b := bits.LeadingZeros64(got[i]^got[j]), bits.LeadingZeros64(want[i]^want[j])
			if a != b {
				t.Fatalf("points %d and %d share %d digits, want %d", j, i, a, b)
			}
		}
	}
}

// grayless is the van der Corput sequence.
func grayless(n int) []uint64 {
	points := make([]uint64, n)
	for i := range points {
		points[i] = bits.Reverse64(uint64(i))
	}
	return points
}

// Scrambling is the definition, Owen's: an automorphism of the binary tree of
// each dimension.
func TestScramblingIsNested(t *testing.T) {
	const n = 300
	s := NewStream(5, "tree")
	for _, v := range directions(60) {
		var plain, scrambled []uint64
		us := scrambledPoints(v, n, s, 0)
		for i, x := range grayPoints(v, n) {
			plain = append(plain, uint64(x*0x1p32)<<32)
			scrambled = append(scrambled, uint64(us[i]*0x1p53)<<11)
		}
		sameTree(t, scrambled, plain)
	}
}

// A dimension stays when there are more dimensions or more points.
func TestDimensionsStay(t *testing.T) {
	s := NewStream(0, "scramble")
	for _, scramble := range []*Stream{nil, &s} {
		few, many := sobol(t, 3, 100, scramble), sobol(t, 9, 500, scramble)
		for j := range few {
			if !slices.Equal(few[j], many[j][:100]) {
				t.Errorf("dimension %d moved", j)
			}
		}
	}
}

func TestSobolLimits(t *testing.T) {
	if points := sobol(t, 0, 10, nil); len(points) != 0 {
		t.Error("no dimensions, but columns")
	}
	for _, c := range [][2]int{{-1, 1}, {MaxSobolDims + 1, 1}, {1, -1}} {
		if _, err := Sobol(c[0], c[1], nil); err == nil {
			t.Errorf("%v: no error", c)
		}
	}
}

func BenchmarkSobol(b *testing.B) {
	s := NewStream(0, "x")
	for b.Loop() {
		if _, err := Sobol(60, 1<<14, &s); err != nil {
			b.Fatal(err)
		}
	}
}
