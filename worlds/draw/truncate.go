package draw

import (
	"fmt"
	"math"
)

// leastMass is the share of a distribution that truncation must leave: with
// less, the digits of the CDF no longer carry the quantiles.
const leastMass = 1e-6

// Truncate gives the distribution of the values of d that lie in lo … hi, ends
// included; either end may be infinite. It is an error when less than a
// millionth of d lies there.
func Truncate(d Dist, lo, hi float64) (Dist, error) {
	if !(lo <= hi) {
		return nil, fmt.Errorf("truncation wants lo ≤ hi, got %s", list([]float64{lo, hi}))
	}
	part, mass := within(d, lo, hi)
	if !(mass >= leastMass) {
		return nil, fmt.Errorf("%s has less than a millionth of its values in %s … %s; widen the bounds or change the distribution", d, number(lo), number(hi))
	}
	return part, nil
}

// within gives d given lo … hi, and the probability of that; the distribution
// is nil when next to nothing is left.
func within(d Dist, lo, hi float64) (Dist, float64) {
	if from, to := d.Support(); lo <= from && to <= hi {
		return d, 1
	}
	switch d := d.(type) {
	case *discrete:
		if part, mass, ok := d.within(lo, hi); ok {
			return part, mass
		}
		return nil, 0
	case *mixture:
		return d.within(lo, hi)
	case *tabulated:
		return within(d.Dist, lo, hi)
	case truncated:
		part, mass := within(d.whole, max(lo, d.lo), min(hi, d.hi))
		return part, mass / d.mass
	}
	return cut(d, lo, hi)
}

// tooLittle is the mass below which a continuous part is left out.
const tooLittle = 1e-12

func cut(d Dist, lo, hi float64) (Dist, float64) {
	from, to := d.Support()
	lo, hi = max(lo, from), min(hi, to)
	mass := d.CDF(hi) - d.CDF(lo)
	if !(lo < hi) || !(mass >= tooLittle) {
		return nil, 0
	}
	return truncated{d, lo, hi, d.CDF(lo), mass}, mass
}

// truncated is a continuous distribution given lo … hi, lo and hi in its support.
type truncated struct {
	whole        Dist
	lo, hi       float64
	before, mass float64 // of the whole: probability below lo, in lo … hi
}

func (d truncated) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	x := d.whole.Quantile(min(d.before+float64(u*d.mass), 1))
	switch u {
	case 0:
		x = d.lo
	case 1:
		x = d.hi
	}
	return min(max(x, d.lo), d.hi)
}

func (d truncated) CDF(x float64) float64 {
	switch {
	case x <= d.lo:
		return 0
	case x >= d.hi:
		return 1
	}
	return min(max((d.whole.CDF(x)-d.before)/d.mass, 0), 1)
}

func (d truncated) under(x float64) float64 { return d.CDF(x) }

func (d truncated) upto(x float64) float64 {
	if x <= d.lo {
		return 0
	}
	return (d.whole.upto(min(x, d.hi)) - d.whole.upto(d.lo)) / d.mass
}

func (d truncated) Mean() float64             { return min(max(d.upto(d.hi), d.lo), d.hi) }
func (d truncated) Support() (lo, hi float64) { return d.lo, d.hi }
func (d truncated) String() string {
	return fmt.Sprintf("%s within %s … %s", d.whole, number(d.lo), number(d.hi))
}
