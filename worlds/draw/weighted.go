package draw

import (
	"cmp"
	"math"
	"slices"
)

// SummariseWeighted describes xs where each counts for its weight, at least 0.
// No weights (nil), or equal ones, give Summarise. NaNs, and what has no weight,
// are left out; only NaNs are counted as such.
//
// The p-quantile is where the weight below a value, as a share of that of all
// others, reaches p, linear between the values. It is type 7 of Hyndman and Fan
// (1996) where the weights are equal.
func SummariseWeighted(xs, weights []float64) Summary {
	if level(weights) {
		return Summarise(xs)
	}
	s := Summary{}
	points := make([]point, 0, len(xs))
	for i, x := range xs {
		switch {
		case math.IsNaN(x):
			s.NaN++
		case weights[i] > 0:
			points = append(points, point{x, weights[i]})
		}
	}
	s.N = len(points)
	slices.SortFunc(points, byValue)
	places := places(points)
	s.Mean = weightedMean(points)
	s.Median, s.P05, s.P95 = at(points, places, 0.5), at(points, places, 0.05), at(points, places, 0.95)
	s.Min, s.Max = at(points, places, 0), at(points, places, 1)
	return s.ranged()
}

// level reports whether all weights are the same.
func level(weights []float64) bool {
	return !slices.ContainsFunc(weights, func(w float64) bool { return w != weights[0] }) && (len(weights) == 0 || weights[0] > 0)
}

type point struct{ x, weight float64 }

// byValue puts points in order of their values, none of which is NaN; of equal
// ones the lighter first.
func byValue(a, b point) int {
	switch {
	case a.x < b.x:
		return -1
	case a.x > b.x:
		return 1
	}
	return cmp.Compare(a.weight, b.weight)
}

// places are the shares at which each value is the quantile: the weight before
// it over the weight of all others.
func places(points []point) []float64 {
	total := 0.0
	for _, p := range points {
		total += p.weight
	}
	out, before := make([]float64, len(points)), 0.0
	for i, p := range points {
		out[i] = 1
		if rest := total - p.weight; i < len(points)-1 && rest > 0 {
			out[i] = min(before/rest, 1)
		}
		before += p.weight
	}
	return out
}

func at(points []point, places []float64, p float64) float64 {
	if len(points) == 0 {
		return math.NaN()
	}
	k, found := slices.BinarySearch(places, p)
	if found || k == 0 {
		return points[k].x
	}
	if k == len(points) {
		return points[k-1].x
	}
	a, b := points[k-1].x, points[k].x
	if a == b || places[k] == places[k-1] {
		return b
	}
	return between(a, b, (p-places[k-1])/(places[k]-places[k-1]))
}

func weightedMean(points []point) float64 {
	sums, weights := make([]float64, len(points)), make([]float64, len(points))
	for i, p := range points {
		sums[i], weights[i] = float64(p.x*p.weight), p.weight
	}
	return Mean(sums) / Mean(weights)
}

// Compare holds two options against each other world by world: the shares of the
// weight of the worlds in which a is better than b by at least what matters, and
// worse by as much. Worlds where either is NaN are left out; nil weights are
// equal ones; where no difference is too small to matter, ties count for
// neither. With no world left both are NaN.
func Compare(a, b, weights []float64, higher bool, matters float64) (better, worse float64) {
	wins, losses, total := 0.0, 0.0, 0.0
	for i := range a {
		if math.IsNaN(a[i]) || math.IsNaN(b[i]) {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		total += w
		gain := a[i] - b[i]
		if !higher {
			gain = b[i] - a[i]
		}
		switch {
		case a[i] == b[i]: // two infinities too
		case gain > 0 && gain >= matters:
			wins += w
		case gain < 0 && -gain >= matters:
			losses += w
		}
	}
	if total == 0 {
		return math.NaN(), math.NaN()
	}
	return wins / total, losses / total
}

// Effective is how many equally weighted worlds weighted ones are worth: the
// square of the sum over the sum of squares (Kish 1965).
func Effective(weights []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum += w
		squares += float64(w * w)
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

// Resample picks n of the worlds, in order, each as often as its weight says to
// within one (systematic resampling: Kitagawa 1996). Without any weight it picks
// none.
func Resample(weights []float64, n int) []int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	if total <= 0 {
		return nil
	}
	out := make([]int, 0, n)
	i, reached := 0, weights[0]
	for k := range n {
		want := (float64(k) + 0.5) / float64(n) * total
		for reached < want && i < len(weights)-1 {
			i++
			reached += weights[i]
		}
		out = append(out, i)
	}
	return out
}
