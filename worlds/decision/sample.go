package decision

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"casus/special"
	"casus/worlds/draw"
)

// sample is a weighted sample in ascending order, equal values by weight, so
// that no statistic hangs on the order of the worlds.
type sample struct {
	xs, ws []float64
	sum    float64 // of the weights
}

func newSample(xs, ws []float64) sample {
	if s := (sample{xs: xs, ws: ws}); s.alike() {
		return sample{slices.Sorted(slices.Values(xs)), ws, total(ws)}
	}
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(xs[a], xs[b]), cmp.Compare(ws[a], ws[b])) })
	s := sample{at(xs, order), at(ws, order), 0}
	s.sum = total(s.ws)
	return s
}

// total is the sum with Neumaier's correction.
func total(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	return draw.Mean(xs) * float64(len(xs))
}

// mean is the weighted mean, NaN of nothing.
func (s sample) mean() float64 {
	if s.alike() {
		return draw.Mean(s.xs)
	}
	products := make([]float64, len(s.xs))
	for i, x := range s.xs {
		products[i] = x * s.ws[i]
	}
	return total(products) / s.sum
}

func (s sample) alike() bool {
	return len(s.ws) == 0 || slices.Min(s.ws) == slices.Max(s.ws)
}

// quantile is the p-quantile: type 7 of Hyndman and Fan (1996), and for unequal
// weights its extension by Akinshin (2023, "Weighted quantile estimators",
// section 4), which is type 7 again when the weights are equal. NaN of nothing.
func (s sample) quantile(p float64) float64 {
	if s.alike() {
		return draw.Quantile(s.xs, p)
	}
	n := effective(s.ws)
	lo := p * (n - 1) / n // the window [lo, lo + 1/n] of the weights read
	sum, before := 0.0, 0.0
	for i, x := range s.xs {
		after := before + s.ws[i]/s.sum
		sum += float64(x * (window((after-lo)*n) - window((before-lo)*n)))
		before = after
	}
	return min(max(sum, s.xs[0]), s.xs[len(s.xs)-1])
}

func window(t float64) float64 { return min(max(t, 0), 1) }

// variance is the weighted variance about the mean m, with the correction
// n/(n−1) at the effective count; NaN of fewer than two.
func (s sample) variance(m float64) float64 {
	n := effective(s.ws)
	if !(n > 1) {
		return math.NaN()
	}
	squares := make([]float64, len(s.xs))
	for i, x := range s.xs {
		squares[i] = (x - m) * (x - m) * s.ws[i]
	}
	return total(squares) / s.sum * n / (n - 1)
}

// student is Student's interval (1908) for the mean; of weighted values, at the
// effective count.
func (s sample) student(confidence float64) Interval {
	n := effective(s.ws)
	m := s.mean()
	half := studentHalf(s.variance(m), n, confidence)
	return Interval{Lo: Number(m - half), Hi: Number(m + half), Confidence: confidence, Method: "Student t over worlds"}
}

// studentHalf is the half-width of Student's interval for a mean of n values; NaN
// for fewer than two.
func studentHalf(variance, n, confidence float64) float64 {
	if !(n > 1) {
		return math.NaN()
	}
	t := special.StudentQuantile(n-1, (1+confidence)/2)
	return t * math.Sqrt(variance/n)
}

// effective is the effective count (Σw)²/Σw² (Kish 1965); exactly the count when
// all weigh alike, 0 of nothing.
func effective(ws []float64) float64 {
	if len(ws) == 0 {
		return 0
	}
	most := slices.Max(ws)
	if slices.Min(ws) == most {
		return float64(len(ws))
	}
	sum, squares := 0.0, 0.0
	sorted := slices.Sorted(slices.Values(ws))
	for _, w := range sorted {
		sum += w / most
		squares += float64((w / most) * (w / most))
	}
	return sum * sum / squares
}

// share is the share of the worlds that are in, with its interval.
func share(in []bool, ws []float64, confidence float64) Share {
	z := special.NormalQuantile((1 + confidence) / 2)
	yes := []float64{}
	for i, is := range in {
		if is {
			yes = append(yes, ws[i])
		}
	}
	n := effective(ws)
	if n == float64(len(in)) {
		lo, hi := draw.Wilson(len(yes), len(in), z)
		return Share{Number(float64(len(yes)) / n), len(in), Interval{Lo: Number(lo), Hi: Number(hi), Confidence: confidence, Method: "Wilson"}}
	}
	slices.Sort(yes)
	p := min(total(yes)/total(slices.Sorted(slices.Values(ws))), 1)
	spread := float64(z*z) / n
	half := float64(z * math.Sqrt(float64(p*(1-p))/n+spread/(4*n)))
	centre := p + float64(spread/2)
	lo, hi := (centre-half)/(1+spread), (centre+half)/(1+spread)
	return Share{Number(p), len(in), Interval{Lo: Number(max(lo, 0)), Hi: Number(min(hi, 1)), Confidence: confidence, Method: "Wilson at the effective count"}}
}

func checkConfidence(c float64) error {
	if !(c > 0 && c < 1) {
		return fmt.Errorf("confidence %v is not between 0 and 1", c)
	}
	return nil
}
