package draw

import (
	"math"
	"slices"
)

// Summary describes a column of numbers. With no number at all every statistic
// is NaN; one number has no range, so its P05 and P95 are.
type Summary struct {
	N   int // numbers summarised
	NaN int // values left out because they are no number

	Mean, Median, P05, P95, Min, Max float64
}

// Summarise describes xs, in any order and unchanged. NaNs are counted and left
// out; infinities take part.
func Summarise(xs []float64) Summary {
	sorted := Sorted(xs)
	return Summary{
		N: len(sorted), NaN: len(xs) - len(sorted),
		Mean:   Mean(sorted),
		Median: Quantile(sorted, 0.5), P05: Quantile(sorted, 0.05), P95: Quantile(sorted, 0.95),
		Min: Quantile(sorted, 0), Max: Quantile(sorted, 1),
	}.ranged()
}

// ranged is s, without a range where it is of one number.
func (s Summary) ranged() Summary {
	if s.N < 2 {
		s.P05, s.P95 = math.NaN(), math.NaN()
	}
	return s
}

// Sorted gives a sorted copy of xs without its NaNs.
func Sorted(xs []float64) []float64 {
	sorted := make([]float64, 0, len(xs))
	for _, x := range xs {
		if !math.IsNaN(x) {
			sorted = append(sorted, x)
		}
	}
	slices.Sort(sorted)
	return sorted
}

// Quantile is the p-quantile of an ascending sample without NaNs: type 7 of
// Hyndman and Fan (1996), linear between the order statistics, as R and NumPy
// have it. It is NaN for an empty sample or p outside [0, 1].
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 || !isProbability(p) {
		return math.NaN()
	}
	at := float64(float64(len(sorted)-1) * p)
	k := int(at)
	if t := at - float64(k); t > 0 && sorted[k] != sorted[k+1] {
		return between(sorted[k], sorted[k+1], t)
	}
	return sorted[k]
}

func between(a, b, t float64) float64 {
	return min(max(float64(a*(1-t))+float64(b*t), a), b)
}

// Mean is the arithmetic mean, summed with Neumaier's correction (1974) so that
// its error does not grow with the count. It is NaN when xs is empty or holds a
// NaN.
func Mean(xs []float64) float64 {
	sum, lost := 0.0, 0.0
	for _, x := range xs {
		t := sum + x
		if math.Abs(sum) >= math.Abs(x) {
			lost += (sum - t) + x
		} else {
			lost += (x - t) + sum
		}
		sum = t
	}
	if math.IsInf(sum, 0) {
		lost = 0 // the correction of an infinite sum is no number
	}
	return (sum + lost) / float64(len(xs))
}

// Wilson is the score interval (Wilson 1927) for the share behind k successes in
// n trials; z is the normal quantile of the confidence wanted, 1.96 for 95 %.
// Both ends are NaN without trials, or when k is not in 0 … n or z not ≥ 0.
func Wilson(k, n int, z float64) (lo, hi float64) {
	if n <= 0 || k < 0 || k > n || !(z >= 0) {
		return math.NaN(), math.NaN()
	}
	return WilsonOf(float64(k)/float64(n), float64(n), z)
}

// WilsonOf is the score interval for a share seen in so many trials, which need
// be no whole number: weighted ones are worth fewer (see Effective).
func WilsonOf(share, trials, z float64) (lo, hi float64) {
	if !(trials > 0) || !(share >= 0 && share <= 1) || !(z >= 0) {
		return math.NaN(), math.NaN()
	}
	z2 := float64(z*z) / trials
	centre := share + float64(z2/2)
	half := math.Sqrt(float64(share*(1-share)*z2) + float64(float64(z2*z2)/4))
	lo, hi = (centre-half)/(1+z2), (centre+half)/(1+z2)
	if share == 0 {
		lo = 0
	}
	if share == 1 {
		hi = 1
	}
	return max(lo, 0), min(hi, 1)
}
