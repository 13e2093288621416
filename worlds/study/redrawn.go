package study

import (
	"math"
	"slices"

	"casus/worlds/draw"
)

// Redrawn says by how much another seed may move what stands of a measure in the column
// that answers: twice the standard error, for each option.
type Redrawn struct {
	Head    Head
	Errors  []RedrawnOption // in the order of the options; those without a number are left out
	AtMost  RedrawnOption
	Usually float64 // the median over options
}

// RedrawnOption is an option, what stands there, and twice its standard error.
type RedrawnOption struct {
	Option string
	Value  float64
	Error  float64
}

// redrawnParts is into how many parts the worlds are split: each is a small design of its
// own (as many consecutive points of a scrambled sequence), so their spread tells that
// of the whole. Eight parts tell a standard error to about a quarter of itself.
const redrawnParts = 8

// Redrawn gives, for the measures that the answer leads with and for their condition, by
// how much another seed may move them. It is none where the worlds of the record were
// not kept, or are too few to be split.
//
// The parts of a stratified design are spread less evenly than the whole, so it is rather
// too wide.
func (r *Record) Redrawn() []Redrawn {
	if r.sums != nil || len(r.Results) == 0 || len(r.Views) == 0 || r.Worlds < redrawnParts*FewWorlds/2 || r.Design == GivenDesign {
		return nil
	}
	b := r.answerBasis(&Answer{})
	ks := b.headlines()
	if g := b.given(ks); g >= 0 {
		ks = append([]int{g}, ks...)
	}
	var out []Redrawn
	for _, k := range ks {
		if x := b.redrawn(k); len(x.Errors) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// redrawn is one measure, over the options.
func (b answerBasis) redrawn(k int) Redrawn {
	out := Redrawn{Head: head(b.r.Measures[k])}
	var errors []float64
	for i, x := range b.r.Results {
		value, e := b.middle(i, k), b.twiceError(i, k)
		if value == nil || math.IsNaN(e) {
			continue
		}
		o := RedrawnOption{x.Option, float64(*value), e}
		if out.Errors, errors = append(out.Errors, o), append(errors, e); e > out.AtMost.Error || len(errors) == 1 {
			out.AtMost = o
		}
	}
	slices.Sort(errors)
	out.Usually = draw.Quantile(errors, 0.5)
	return out
}

// twiceError is two standard errors of what stands of a measure under an option, from its
// spread over parts of the worlds; not a number where it is not defined in one of them.
func (b answerBasis) twiceError(i, k int) float64 {
	xs := b.column(i, k)
	weights := b.weights
	if g := b.r.given(k); g >= 0 {
		weights = times(weights, b.column(i, g))
	}
	var parts []float64
	for p := range redrawnParts {
		from, to := p*len(xs)/redrawnParts, (p+1)*len(xs)/redrawnParts
		s := summaryOfPart(xs[from:to], weights, from, to)
		x := s.Median
		if b.r.conditions(k) {
			x = s.Mean
		}
		if math.IsNaN(x) {
			return x
		}
		parts = append(parts, x)
	}
	return 2 * math.Sqrt(spread(parts)/redrawnParts)
}

// summaryOfPart sums up some worlds; weights is nil where all count alike.
func summaryOfPart(xs, weights []float64, from, to int) draw.Summary {
	if weights == nil {
		return draw.Summarise(xs)
	}
	return draw.SummariseWeighted(xs, weights[from:to])
}

// spread is the variance of a sample.
func spread(xs []float64) float64 {
	mean, sum := draw.Mean(xs), 0.0
	for _, x := range xs {
		d := x - mean
		sum += float64(d * d)
	}
	return sum / float64(len(xs)-1)
}
