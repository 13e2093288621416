package draw

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var nan, inf = math.NaN(), math.Inf(1)

func TestSummarise(t *testing.T) {
	none := Summary{Mean: nan, Median: nan, P05: nan, P95: nan, Min: nan, Max: nan}
	empty := none
	none.NaN = 2
	for _, c := range []struct {
		xs   []float64
		want Summary
	}{
		{nil, empty},
		{[]float64{nan, nan}, none},
		{[]float64{3}, Summary{1, 0, 3, 3, nan, nan, 3, 3}},
		{[]float64{4, nan, 1, 2, 3, 0}, Summary{5, 1, 2, 2, 0.2, 3.8, 0, 4}},
		{[]float64{inf, 1, 2}, Summary{3, 0, inf, 2, 1.1, inf, 1, inf}},
		{[]float64{inf, -inf}, Summary{2, 0, nan, nan, nan, nan, -inf, inf}},
	} {
		if diff := cmp.Diff(c.want, Summarise(c.xs), cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-14, 0)); diff != "" {
			t.Errorf("%v: %s", c.xs, diff)
		}
	}
}

// R: quantile(c(1, 2, 4, 8), type = 7).
func TestQuantileOfASample(t *testing.T) {
	xs := []float64{1, 2, 4, 8}
	for _, c := range [][2]float64{{0, 1}, {0.25, 1.75}, {0.5, 3}, {0.75, 5}, {0.9, 6.8}, {1, 8}, {-0.1, nan}, {1.1, nan}, {nan, nan}} {
		if got := Quantile(xs, c[0]); !cmp.Equal(got, c[1], cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-15, 0)) {
			t.Errorf("quantile %v: got %v, want %v", c[0], got, c[1])
		}
	}
	if !math.IsNaN(Quantile(nil, 0.5)) {
		t.Error("the quantile of nothing is a number")
	}
}

func TestMean(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want float64
	}{
		{nil, nan},
		{[]float64{1, 1e100, 1, -1e100}, 0.5}, // Neumaier's example; plain sums give 0
		{[]float64{1, nan}, nan},
		{[]float64{inf, 1}, inf},
		{[]float64{inf, -inf}, nan},
	} {
		if got := Mean(c.xs); !cmp.Equal(got, c.want, cmpopts.EquateNaNs()) {
			t.Errorf("%v: got %v, want %v", c.xs, got, c.want)
		}
	}
}

// Published: 81 of 263 at 95 % is 0.2553 to 0.3662, 15 of 148 0.0624 to 0.1605,
// 0 of 20 0 to 0.1611 (Newcombe 1998, table I, method 3).
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		lo, hi float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{20, 20, 1 - 0.1611, 1},
		{0, 0, nan, nan},
		{3, 2, nan, nan},
		{-1, 2, nan, nan},
	} {
		lo, hi := Wilson(c.k, c.n, 1.959964)
		if !cmp.Equal([]float64{lo, hi}, []float64{c.lo, c.hi}, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 5e-5)) {
			t.Errorf("%d of %d: got %.4f to %.4f, want %.4f to %.4f", c.k, c.n, lo, hi, c.lo, c.hi)
		}
	}
}

func TestWilsonHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1e9).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		z := rapid.Float64Range(0, 10).Draw(t, "z")
		lo, hi := Wilson(k, n, z)
		share := float64(k) / float64(n)
		if !(0 <= lo && lo <= share+1e-12 && share <= hi+1e-12 && hi <= 1) {
			t.Fatalf("%d of %d: %v to %v", k, n, lo, hi)
		}
	})
}
