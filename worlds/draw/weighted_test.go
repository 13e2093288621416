package draw

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func someNumbers(t *rapid.T) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(-5, 5), 2, 40).Draw(t, "xs")
}

// One number has no range, whatever it weighs; nor has one of many that has all the weight.
func TestOneNumberHasNoRange(t *testing.T) {
	for _, s := range []Summary{SummariseWeighted([]float64{3}, []float64{0.2}), SummariseWeighted([]float64{1, 3, nan}, []float64{0, 2, 1})} {
		if s.N != 1 || s.Median != 3 || !math.IsNaN(s.P05) || !math.IsNaN(s.P95) {
			t.Errorf("one number: %+v", s)
		}
	}
}

// Equal weights are no weights; a weight of two is a value given twice, in the
// mean, and the larger the sample the nearer in the quantiles.
func TestWeightsCountWorlds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := someNumbers(t)
		if got, want := SummariseWeighted(xs, slices.Repeat([]float64{0.3}, len(xs))), Summarise(xs); got != want {
			t.Errorf("equal weights: %+v, want %+v", got, want)
		}
		ws := make([]float64, len(xs))
		var twice []float64
		for i := range xs {
			n := rapid.IntRange(0, 3).Draw(t, "times")
			ws[i] = float64(n)
			twice = append(twice, slices.Repeat([]float64{xs[i]}, n)...)
		}
		got, want := SummariseWeighted(xs, ws), Summarise(twice)
		if len(twice) > 0 && math.Abs(got.Mean-want.Mean) > 1e-12 || got.Min != want.Min && len(twice) > 0 {
			t.Errorf("weights %v of %v: %+v, want %+v", ws, xs, got, want)
		}
	})
}

// Quantiles rise with p, keep to the values that have weight, and do not depend
// on the order of the worlds or the scale of the weights.
func TestWeightedQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := someNumbers(t)
		ws := rapid.SliceOfN(rapid.Float64Range(0.01, 2), len(xs), len(xs)).Draw(t, "weights")
		s := SummariseWeighted(xs, ws)
		if !(s.Min <= s.P05 && s.P05 <= s.Median && s.Median <= s.P95 && s.P95 <= s.Max) {
			t.Errorf("quantiles fall: %+v", s)
		}
		back, scaled := slices.Clone(xs), make([]float64, len(ws))
		for i := range ws {
			scaled[len(ws)-1-i] = 4 * ws[i]
		}
		slices.Reverse(back)
		if got := SummariseWeighted(back, scaled); math.Abs(got.Median-s.Median) > 1e-12 || math.Abs(got.P95-s.P95) > 1e-12 {
			t.Errorf("turned round: %+v, want %+v", got, s)
		}
	})
}

func TestWeightedByHand(t *testing.T) {
	nan := math.NaN()
	s := SummariseWeighted([]float64{3, nan, 1, 9, 2}, []float64{1, 5, 1, 0, 2})
	if s.N != 3 || s.NaN != 1 || s.Mean != 2 || s.Median != 2 || s.Min != 1 || s.Max != 3 {
		t.Errorf("%+v", s) // 1, 2 and 2, 3: places 0, 1/2, 1
	}
	if s := SummariseWeighted([]float64{1, 2}, []float64{0, 0}); s.N != 0 || !math.IsNaN(s.Median) {
		t.Errorf("without weight: %+v", s)
	}
}

func TestCompare(t *testing.T) {
	a, b := []float64{1, 2, 3, math.NaN()}, []float64{2, 2, 2.5, 1}
	for _, c := range []struct {
		weights       []float64
		higher        bool
		matters       float64
		better, worse float64
	}{
		{nil, true, 0, 1. / 3, 1. / 3},
		{nil, true, 0.75, 0, 1. / 3},
		{nil, false, 0.5, 1. / 3, 1. / 3},
		{[]float64{2, 0, 2, 9}, true, 0, 0.5, 0.5},
		{[]float64{3, 0, 1, 9}, false, 1, 0.75, 0},
	} {
		if better, worse := Compare(a, b, c.weights, c.higher, c.matters); better != c.better || worse != c.worse {
			t.Errorf("%+v: %v, %v", c, better, worse)
		}
	}
}

// A resample holds each world as often as its weight says, to within one.
func TestResample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ws := rapid.SliceOfN(rapid.Float64Range(0, 3), 1, 30).Draw(t, "weights")
		total := 0.0
		for _, w := range ws {
			total += w
		}
		n := rapid.IntRange(1, 200).Draw(t, "n")
		picked := Resample(ws, n)
		if total == 0 {
			if picked != nil {
				t.Errorf("picked %v of no weight", picked)
			}
			return
		}
		times := make([]int, len(ws))
		for _, i := range picked {
			times[i]++
		}
		for i, w := range ws {
			if want := w / total * float64(n); math.Abs(float64(times[i])-want) > 1+1e-9 {
				t.Errorf("world %d of weight %g of %g: %d times of %d", i, w, total, times[i], n)
			}
		}
		if len(picked) != n || !slices.IsSorted(picked) {
			t.Errorf("picked %v, want %d in order", picked, n)
		}
	})
}

func TestEffective(t *testing.T) {
	if got := Effective([]float64{2, 2, 2, 0}); got != 3 {
		t.Errorf("three equal weights and none: worth %v", got)
	}
	if got := Effective([]float64{0, 0}); got != 0 {
		t.Errorf("no weight: worth %v", got)
	}
}
