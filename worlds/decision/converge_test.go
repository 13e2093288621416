package decision

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// Welford's mean and variance are the mean and variance, also far from zero.
func TestRunning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(-5, 5), 2, 40).Draw(t, "xs")
		far := rapid.SampledFrom([]float64{0, 1e6}).Draw(t, "far")
		var r Running
		for i := range xs {
			xs[i] += far
			r.Add(xs[i])
		}
		r.Add(math.NaN())
		mean, variance := stat.MeanVariance(xs, nil)
		if n, undefined := r.N(); n != len(xs) || undefined != 1 {
			t.Fatalf("%d and %d undefined of %d", n, undefined, len(xs))
		}
		if math.Abs(r.Mean()-mean) > 1e-8 || math.Abs(r.Variance()-variance) > 1e-6*max(variance, 1) {
			t.Errorf("%v ± %v, want %v ± %v", r.Mean(), r.Variance(), mean, variance)
		}
	})
	var none Running
	if !math.IsNaN(none.Mean()) || !math.IsNaN(none.Variance()) || !math.IsNaN(none.HalfWidth(0.9)) {
		t.Error("nothing has a mean")
	}
}

// The last step of a trace is the estimate over the whole column, and the steps
// do not hang on what comes later.
func TestTrace(t *testing.T) {
	xs := []float64{3, math.NaN(), 1, 2, 2, math.NaN(), 5}
	for _, c := range []struct {
		name  string
		e     Estimate
		value float64
	}{
		{"mean", MeanOf(), 2.6},
		{"median", QuantileOf(0.5), 2},
	} {
		steps := must(Trace(xs, c.e, 3, 0.9))
		last := steps[len(steps)-1]
		if len(steps) != 3 || last.N != 5 || last.Undefined != 2 || math.Abs(float64(last.Value)-c.value) > 1e-12 {
			t.Errorf("%s: %+v, want %v", c.name, steps, c.value)
		}
		if diff := cmp.Diff(steps[:2], must(Trace(xs[:6], c.e, 3, 0.9)), same); diff != "" {
			t.Error(c.name, diff)
		}
	}
	for _, err := range []error{second(Trace(xs, MeanOf(), 0, 0.9)), second(Trace(xs, MeanOf(), 1, 1)), second(Trace(xs, QuantileOf(2), 1, 0.9))} {
		if err == nil {
			t.Error("a mistake is taken")
		}
	}
}

func second(_ []Step, err error) error { return err }

// The interval for a quantile between order statistics: for the median of 25 at
// 95 % the 8th and 18th (Conover 1999, table A3: 7 and 17 below), none for 5.
func TestOrderInterval(t *testing.T) {
	xs := make([]float64, 25)
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	if got := orderInterval(xs, 0.5, 0.95); got.Lo != 8 || got.Hi != 18 {
		t.Errorf("the median of 25 lies in %v", got)
	}
	if got := orderInterval(xs[:5], 0.5, 0.95); !math.IsNaN(float64(got.Lo)) {
		t.Errorf("the median of 5 lies in %v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n, p := rapid.IntRange(1, 60).Draw(t, "n"), rapid.Float64Range(0.05, 0.95).Draw(t, "p")
		got := orderInterval(xs60(n), p, 0.9)
		if math.IsNaN(float64(got.Lo)) {
			return
		}
		below := distuv.Binomial{N: float64(n), P: p} // P(X₍l₎ ≤ q < X₍u₎) = P(l ≤ B ≤ u−1)
		if cover := below.CDF(float64(got.Hi)-1) - below.CDF(float64(got.Lo)-1); cover < 0.9-1e-9 {
			t.Fatalf("%v covers %v", got, cover)
		}
	})
}

func xs60(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(i + 1)
	}
	return out
}

func BenchmarkCompare(b *testing.B) {
	tb, _ := normalProblem(4096, 1, 0, 1)
	for b.Loop() {
		must(Compare(tb, Defaults()))
	}
}

func BenchmarkInputInformation(b *testing.B) {
	tb, inputs := normalProblem(1024, 1, 0, 1, 1, 1)
	for b.Loop() {
		must(InputInformation(tb, inputs, InformationDefaults()))
	}
}
