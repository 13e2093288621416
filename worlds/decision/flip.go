package decision

import (
	"fmt"
	"math"

	"casus/special"
)

// FlipInput is an uncertain number whose change may turn a comparison round.
type FlipInput struct {
	Name     string
	Unit     string
	Quantile func(u float64) float64 // of its distribution, for u in (0, 1), not decreasing
	Centre   float64                 // where it stands, as a quantile: 0.5 is the median
}

func (in FlipInput) check() error {
	if in.Quantile == nil {
		return fmt.Errorf("input %q has no distribution", in.Name)
	}
	if !(in.Centre >= LowestQuantile && in.Centre <= HighestQuantile) {
		return fmt.Errorf("input %q stands at the quantile %v; flips are looked for from %v to %v", in.Name, in.Centre, LowestQuantile, HighestQuantile)
	}
	return nil
}

// The search stays between these quantiles of an input: what is beyond is
// hardly believed by whoever gave the distribution.
const (
	LowestQuantile  = 0.001
	HighestQuantile = 0.999
)

// Search says how a flip was looked for and what may have been missed.
type Search struct {
	Steps       int     `json:"steps"`       // of the grid
	Directions  int     `json:"directions"`  // of two inputs
	Tolerance   float64 `json:"tolerance"`   // of a place, in quantiles; of two inputs, in normal scores
	Evaluations int     `json:"evaluations"` // of the difference
	Undefined   int     `json:"undefined"`   // evaluations that gave no number
	Exact       bool    `json:"exact"`       // whether the nearest flip is certain, to the tolerance
	Caveat      string  `json:"caveat"`      // where it is not: why
}

// The kinds of crossing.
const (
	Root = "root" // the difference goes through zero
	Jump = "jump" // it jumps from one sign to the other
	Gap  = "gap"  // between the two signs it is not defined; the place is the far side
)

// Crossing is a place at which the difference changes its sign, going away from
// the centre.
type Crossing struct {
	Value        Number `json:"value"`        // in the input's unit
	Change       Number `json:"change"`       // value less the centre
	Quantile     Number `json:"quantile"`     // of the value
	Standardised Number `json:"standardised"` // normal score of the quantile less that of the centre
	Kind         string `json:"kind"`
}

// Flip is the answer to: how far must this input go until the sign of a
// difference between two options is another?
type Flip struct {
	Input     string     `json:"input"`
	Unit      string     `json:"unit"`
	Centre    Number     `json:"centre"`     // in the input's unit
	AtCentre  Number     `json:"difference"` // at the centre
	Tied      bool       `json:"tied"`       // it is zero there: no sign to turn round
	Found     bool       `json:"found"`      // false: no flip within the 0.1 % to 99.9 % of the distribution
	Nearest   *Crossing  `json:"nearest"`    // smallest change in quantiles
	Smallest  *Crossing  `json:"smallest"`   // smallest change in the input's unit; often the same
	Crossings []Crossing `json:"crossings"`  // all found, from the lowest up
	Search    Search     `json:"search"`
}

// NearestFlip looks for the changes of one input at which the difference f of
// two options changes its sign, everything else as f has it (held at its
// centre, or averaged over worlds: see Conditional). f takes the input's value
// and may give NaN, not defined.
//
// A grid of so many steps (at least 8) equal in quantiles and through the centre
// brackets the crossings, and Brent's method pins each down to the tolerance, in
// quantiles. Each crossing is then exact to the tolerance, but two crossings
// within one step cancel and are missed; so the nearest flip is certain only
// where the caller knows f to be monotone.
func NearestFlip(f func(x float64) float64, in FlipInput, monotone bool, steps int, tolerance float64) (*Flip, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	if steps < 8 || !(tolerance > 0) {
		return nil, fmt.Errorf("a search of %d steps to within %v; use 8 steps or more and a tolerance above 0", steps, tolerance)
	}
	out := &Flip{Input: in.Name, Unit: in.Unit, Centre: Number(in.Quantile(in.Centre)), Crossings: []Crossing{},
		Search: Search{Steps: steps, Tolerance: tolerance}}
	g := out.Search.counted(func(u float64) float64 { return f(in.Quantile(u)) })
	centre := g(in.Centre)
	out.AtCentre = Number(centre)
	if math.IsNaN(centre) {
		out.Search.Caveat = "the difference is not defined at the centre"
		return out, nil
	}
	if centre == 0 {
		out.Tied = true
		out.Search.Caveat = "the options tie at the centre: any change may decide"
		return out, nil
	}
	step := (HighestQuantile - LowestQuantile) / float64(steps)
	below := walk(g, in.Centre, LowestQuantile, step, centre, tolerance)
	above := walk(g, in.Centre, HighestQuantile, step, centre, tolerance)
	for i := len(below) - 1; i >= 0; i-- {
		out.Crossings = append(out.Crossings, in.crossing(below[i]))
	}
	for _, c := range above {
		out.Crossings = append(out.Crossings, in.crossing(c))
	}
	for i, c := range out.Crossings {
		if out.Nearest == nil || math.Abs(float64(c.Quantile)-in.Centre) < math.Abs(float64(out.Nearest.Quantile)-in.Centre) {
			out.Nearest = &out.Crossings[i]
		}
		if out.Smallest == nil || math.Abs(float64(c.Change)) < math.Abs(float64(out.Smallest.Change)) {
			out.Smallest = &out.Crossings[i]
		}
	}
	out.Found = out.Nearest != nil
	out.Search.judge(monotone, fmt.Sprintf("two changes of sign within one of %d steps of the grid cancel and are not seen", steps))
	return out, nil
}

func (s *Search) counted(f func(float64) float64) func(float64) float64 {
	return func(u float64) float64 {
		y := f(u)
		s.Evaluations++
		if math.IsNaN(y) {
			s.Undefined++
		}
		return y
	}
}

func (s *Search) judge(monotone bool, caveat string) {
	switch {
	case s.Undefined > 0:
		s.Caveat = fmt.Sprintf("the difference is not defined at %d places looked at", s.Undefined)
		if !monotone {
			s.Caveat += "; " + caveat
		}
	case !monotone:
		s.Caveat = caveat
	default:
		s.Exact = true
	}
}

func (in FlipInput) crossing(p place) Crossing {
	x := in.Quantile(p.u)
	z := special.NormalQuantile(p.u) - special.NormalQuantile(in.Centre)
	return Crossing{Value: Number(x), Change: Number(x - in.Quantile(in.Centre)), Quantile: Number(p.u), Standardised: Number(z), Kind: p.kind}
}

type place struct {
	u    float64
	kind string
}

// walk goes from one place to another in steps and gives the changes of sign on
// the way, in the order met. A zero is no sign: the change is placed where zero
// was first reached.
func walk(g func(float64) float64, from, to, step, atFrom, tolerance float64) []place {
	var out []place
	n := int(math.Ceil(math.Abs(to-from) / step))
	lo, atLo := from, atFrom // the last place with a sign
	zero, gap := math.NaN(), false
	for k := 1; k <= n; k++ {
		u := from + (to-from)*float64(k)/float64(n)
		y := g(u)
		switch {
		case math.IsNaN(y):
			gap = true
			continue
		case y == 0:
			if math.IsNaN(zero) && !gap {
				zero = edge(g, lo, u, tolerance)
			}
			continue
		case (y > 0) == (atLo > 0):
		case gap:
			out = append(out, place{u, Gap})
		case !math.IsNaN(zero):
			out = append(out, place{zero, Root})
		default:
			out = append(out, pin(g, lo, u, atLo, y, tolerance))
		}
		lo, atLo = u, y
		zero, gap = math.NaN(), false
	}
	return out
}

// edge is where a difference of one sign at lo becomes zero, as it is at hi, by
// halving.
func edge(g func(float64) float64, lo, hi, tolerance float64) float64 {
	for math.Abs(hi-lo) > tolerance {
		m := (lo + hi) / 2
		if m == lo || m == hi {
			break
		}
		if g(m) == 0 {
			hi = m
		} else {
			lo = m
		}
	}
	return hi
}

// pin places a change of sign between lo and hi to the tolerance. It is a jump
// when the difference stays large beside the change of sign however close.
func pin(g func(float64) float64, lo, hi, atLo, atHi, tolerance float64) place {
	u, y := root(g, lo, hi, atLo, atHi, tolerance)
	if math.IsNaN(y) {
		return place{hi, Gap}
	}
	if math.Abs(y) > 1e-3*min(math.Abs(atLo), math.Abs(atHi)) {
		return place{u, Jump}
	}
	return place{u, Root}
}
