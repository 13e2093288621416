package draw

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// mixture has at least two parts, of which at most the first is discrete and
// none a mixture.
type mixture struct {
	parts   []Dist
	weights []float64 // positive, sum 1
	atoms   []atom    // the values of the discrete part, ascending
	lo, hi  float64
}

// atom is a value of positive probability, with the mixture's probability of
// less and of at most that value.
type atom struct{ value, under, upto float64 }

// Mixture gives the distribution of a value drawn from ds[k] with probability
// proportional to weights[k]. A mixture of one distribution is that
// distribution; parts without weight are left out.
//
// Its quantile is found by bisection of the CDF, to 1e-14 of the value, and is
// the value itself where a part has an atom. One quantile costs about fifty CDFs
// of every part: see Tabulate.
func Mixture(ds []Dist, weights []float64) (Dist, error) {
	if len(ds) == 0 || len(ds) != len(weights) {
		return nil, fmt.Errorf("mixture wants a weight for each distribution, got %d and %d", len(weights), len(ds))
	}
	probs, err := shares(weights)
	if err != nil {
		return nil, fmt.Errorf("mixture: %w, got %s", err, list(weights))
	}
	return mix(ds, probs), nil
}

// mix builds a mixture from weights that sum to 1.
func mix(ds []Dist, weights []float64) Dist {
	m := &mixture{}
	var atomic []*discrete
	var atomWeights []float64
	for k, d := range ds {
		for _, p := range flatten(d, weights[k]) {
			if part, ok := p.dist.(*discrete); ok {
				atomic, atomWeights = append(atomic, part), append(atomWeights, p.weight)
			} else {
				m.parts, m.weights = append(m.parts, p.dist), append(m.weights, p.weight)
			}
		}
	}
	if len(atomic) > 0 {
		part, weight := merge(atomic, atomWeights)
		m.parts = append([]Dist{part}, m.parts...)
		m.weights = append([]float64{weight}, m.weights...)
	}
	if len(m.parts) == 1 {
		return m.parts[0]
	}
	m.settle()
	return m
}

type weighted struct {
	dist   Dist
	weight float64
}

// flatten gives the parts of d, none of them a mixture or a table.
func flatten(d Dist, weight float64) []weighted {
	if weight == 0 {
		return nil
	}
	switch d := d.(type) {
	case *tabulated:
		return flatten(d.Dist, weight)
	case *mixture:
		var parts []weighted
		for k, part := range d.parts {
			parts = append(parts, weighted{part, weight * d.weights[k]})
		}
		return parts
	}
	return []weighted{{d, weight}}
}

// merge makes one discrete distribution of several, and gives their joint weight.
func merge(ds []*discrete, weights []float64) (*discrete, float64) {
	if len(ds) == 1 {
		return ds[0], weights[0]
	}
	var values, probs []float64
	total := 0.0
	for k, d := range ds {
		total += weights[k]
		for i, value := range d.values {
			values, probs = append(values, value), append(probs, weights[k]*d.probs[i])
		}
	}
	probs, _ = shares(probs)
	merged := makeDiscrete(values, probs, "")
	merged.name = pairs(merged.values, merged.probs)
	return merged, total
}

// settle computes what quantiles need from parts and weights.
func (d *mixture) settle() {
	d.lo, d.hi = math.Inf(1), math.Inf(-1)
	for _, part := range d.parts {
		lo, hi := part.Support()
		d.lo, d.hi = min(d.lo, lo), max(d.hi, hi)
	}
	if first, ok := d.parts[0].(*discrete); ok {
		for _, x := range first.values {
			d.atoms = append(d.atoms, atom{x, d.under(x), d.CDF(x)})
		}
	}
}

func (d *mixture) Quantile(u float64) float64 {
	switch {
	case !isProbability(u):
		return math.NaN()
	case u == 0:
		return d.lo
	case u == 1:
		return d.hi
	}
	lo, hi := d.bracket(u)
	i := sort.Search(len(d.atoms), func(i int) bool { return d.atoms[i].upto >= u })
	if i < len(d.atoms) {
		if d.atoms[i].under < u {
			return d.atoms[i].value
		}
		hi = min(hi, d.atoms[i].value)
	}
	if i > 0 {
		lo = max(lo, d.atoms[i-1].value)
	}
	return bisect(func(x float64) bool { return d.CDF(x) >= u }, lo, hi)
}

// bracket holds the quantile between the least and the greatest of the parts.
func (d *mixture) bracket(u float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, part := range d.parts {
		q := part.Quantile(u)
		lo, hi = min(lo, q), max(hi, q)
	}
	return lo, hi
}

// bisect gives the least x in lo … hi at which enough holds, to 1e-14 of x; it
// is taken to hold at hi.
func bisect(enough func(x float64) bool, lo, hi float64) float64 {
	for range 200 { // of which fifty are used, unless x is next to zero
		mid := lo + float64((hi-lo)/2)
		if mid <= lo || mid >= hi || hi-lo <= 1e-14*max(math.Abs(lo), math.Abs(hi)) {
			break
		}
		if enough(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// sum adds up f over the parts by weight.
func (d *mixture) sum(f func(Dist) float64) float64 {
	total := 0.0
	for k, part := range d.parts {
		total += float64(d.weights[k] * f(part))
	}
	return total
}

func (d *mixture) CDF(x float64) float64 {
	if x >= d.hi {
		return 1
	}
	return min(d.sum(func(p Dist) float64 { return p.CDF(x) }), 1)
}

func (d *mixture) under(x float64) float64 {
	return min(d.sum(func(p Dist) float64 { return p.under(x) }), 1)
}

func (d *mixture) upto(x float64) float64 {
	return d.sum(func(p Dist) float64 { return p.upto(x) })
}

func (d *mixture) Mean() float64 {
	return min(max(d.sum(Dist.Mean), d.lo), d.hi)
}

func (d *mixture) Support() (lo, hi float64) { return d.lo, d.hi }

func (d *mixture) String() string {
	words := make([]string, len(d.parts))
	for k, part := range d.parts {
		words[k] = number(d.weights[k]) + " " + part.String()
	}
	return "mixture(" + strings.Join(words, ", ") + ")"
}

// within truncates part by part; a part weighs what is left of it.
func (d *mixture) within(lo, hi float64) (Dist, float64) {
	var parts []Dist
	var weights []float64
	total := 0.0
	for k, whole := range d.parts {
		part, mass := within(whole, lo, hi)
		if part != nil {
			parts, weights = append(parts, part), append(weights, d.weights[k]*mass)
			total += float64(d.weights[k] * mass)
		}
	}
	if total == 0 {
		return nil, 0
	}
	weights, _ = shares(weights)
	return mix(parts, weights), total
}
