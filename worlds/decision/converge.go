package decision

import (
	"fmt"
	"math"
	"slices"

	"casus/special"
	"casus/worlds/draw"
)

// Running is a mean and variance that numbers are added to one by one (Welford
// 1962). The zero value is empty.
type Running struct {
	n         int
	undefined int
	mean, sum float64 // sum of squared distances from the mean
}

// Add takes a number; NaN is counted apart.
func (r *Running) Add(x float64) {
	if math.IsNaN(x) {
		r.undefined++
		return
	}
	r.n++
	d := x - r.mean
	r.mean += d / float64(r.n)
	r.sum += float64(d * (x - r.mean))
}

// N is how many numbers were added, and how many that were none.
func (r *Running) N() (defined, undefined int) { return r.n, r.undefined }

// Mean is the mean, NaN of nothing.
func (r *Running) Mean() float64 {
	if r.n == 0 {
		return math.NaN()
	}
	return r.mean
}

// Variance is the unbiased variance, NaN of fewer than two.
func (r *Running) Variance() float64 {
	if r.n < 2 {
		return math.NaN()
	}
	return r.sum / float64(r.n-1)
}

// HalfWidth is half of Student's interval for the mean, NaN of fewer than two.
func (r *Running) HalfWidth(confidence float64) float64 {
	return studentHalf(r.Variance(), float64(r.n), confidence)
}

// Step is an estimate after so many worlds.
type Step struct {
	N         int      `json:"worlds"`
	Undefined int      `json:"undefined"`
	Value     Number   `json:"value"`
	Interval  Interval `json:"interval"`
}

// Half is half of the width of the interval.
func (s Step) Half() Number { return (s.Interval.Hi - s.Interval.Lo) / 2 }

// Left reports whether an estimate has left the interval of an earlier one.
func (s Step) Left(earlier []Step) bool {
	return slices.ContainsFunc(earlier, func(b Step) bool { return s.Value < b.Interval.Lo || s.Value > b.Interval.Hi })
}

// Estimate holds a number that is followed as worlds are added.
type Estimate struct {
	kind string
	p    float64
}

// MeanOf follows the mean, with Student's interval.
func MeanOf() Estimate { return Estimate{kind: "mean"} }

// QuantileOf follows the p-quantile, with the interval between two order
// statistics, which holds for any distribution (Thompson 1936). Its ends are
// NaN while there are too few worlds for one.
func QuantileOf(p float64) Estimate { return Estimate{kind: "quantile", p: p} }

// Trace follows an estimate over a column in batches of so many worlds, NaN
// counted and left out; the last batch may be smaller.
func Trace(xs []float64, e Estimate, batch int, confidence float64) ([]Step, error) {
	if batch < 1 {
		return nil, fmt.Errorf("batches of %d worlds; use 1 or more", batch)
	}
	if err := checkConfidence(confidence); err != nil {
		return nil, err
	}
	if e.kind == "quantile" && !(e.p >= 0 && e.p <= 1) {
		return nil, fmt.Errorf("the quantile %v is not from 0 to 1", e.p)
	}
	out := []Step{}
	var r Running
	for from := 0; from < len(xs); from += batch {
		to := min(from+batch, len(xs))
		for _, x := range xs[from:to] {
			r.Add(x)
		}
		out = append(out, e.step(&r, xs[:to], confidence))
	}
	return out, nil
}

func (e Estimate) step(r *Running, seen []float64, confidence float64) Step {
	s := Step{N: r.n, Undefined: r.undefined}
	switch e.kind {
	case "mean":
		half := r.HalfWidth(confidence)
		s.Value = Number(r.Mean())
		s.Interval = Interval{Lo: Number(r.Mean() - half), Hi: Number(r.Mean() + half), Confidence: confidence, Method: "Student t over worlds"}
	default:
		sorted := draw.Sorted(seen)
		s.Value = Number(draw.Quantile(sorted, e.p))
		s.Interval = orderInterval(sorted, e.p, confidence)
	}
	return s
}

// orderInterval is the shortest pair of order statistics, equal in the tails,
// that holds the p-quantile with at least the confidence: at most l−1 and at
// least u of the values lie below it with half of the rest each.
func orderInterval(sorted []float64, p, confidence float64) Interval {
	out := Interval{Lo: Number(math.NaN()), Hi: Number(math.NaN()), Confidence: confidence, Method: "order statistics"}
	n := len(sorted)
	if n == 0 || p == 0 || p == 1 {
		return out
	}
	tail := float64((1 - confidence) / 2)
	l := lastWhere(n, func(k int) bool { return special.BinomialCDF(k-1, n, p) <= tail })
	u := firstWhere(n, func(k int) bool { return special.BinomialCDF(k-1, n, p) >= 1-tail })
	if l < 1 || u > n {
		return out
	}
	out.Lo, out.Hi = Number(sorted[l-1]), Number(sorted[u-1])
	return out
}

// firstWhere is the first of 1 … n at which a rising condition holds, n+1 for none.
func firstWhere(n int, holds func(int) bool) int {
	lo, hi := 1, n+1
	for lo < hi {
		if m := (lo + hi) / 2; holds(m) {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo
}

// lastWhere is the last of 1 … n at which a falling condition holds, 0 for none.
func lastWhere(n int, holds func(int) bool) int {
	return firstWhere(n, func(k int) bool { return !holds(k) }) - 1
}
