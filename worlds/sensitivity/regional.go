package sensitivity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"casus/special"
	"casus/worlds/draw"
)

// Regions holds regional sensitivity: how the inputs of worlds in a class differ
// from those of the others (Hornberger and Spear 1981).
type Regions struct {
	Basis
	In     int      `json:"in"` // worlds in the class
	Out    int      `json:"out"`
	Inputs []Region `json:"inputs"`
}

// Region compares the values of one input in and out of the class by the test
// of Kolmogorov and Smirnov.
type Region struct {
	Input string   `json:"input"`
	D     Estimate `json:"D"` // the largest distance between the two distribution functions
	P     float64  `json:"p"` // chance of such a D or a larger one if the class had nothing to do with the input
	Exact bool     `json:"p_exact"`
	// PHolm is P made larger because all inputs were asked (Holm 1979): with the
	// inputs below 0.05 by PHolm, the chance of even one idle among them is 5 %.
	PHolm float64 `json:"p_holm"`
	At    float64 `json:"at"`    // the value at which the distance is largest
	Lower bool    `json:"lower"` // worlds in the class have more values at or below At than others
	In    int     `json:"in"`
	Out   int     `json:"out"`
	Left  int     `json:"left_out"`
}

// Ranked are the inputs by D, the largest first.
func (r *Regions) Ranked() []Region {
	out := slices.Clone(r.Inputs)
	slices.SortStableFunc(out, func(a, b Region) int { return cmp.Compare(b.D.Value, a.D.Value) })
	return out
}

// Side says of an input told apart from an idle one, by Holm's p below 0.05, in which of
// its values worlds of the class lie rather: low or high; empty of any other.
func (x *Region) Side() string {
	switch {
	case !(x.PHolm < 0.05):
		return ""
	case x.Lower:
		return "low"
	}
	return "high"
}

// Regional compares worlds i with in[i] true with the others; the outputs of the
// table are not read and may be nil. A world is left out for an input that is
// not finite.
//
// P is exact, given which values are equal (Schröer and Trenkler 1995), up to a
// million pairs of a world in and one out of the class, and Kolmogorov's limit
// beyond, and where worlds weigh differently, of as many as they are worth in the class
// and out of it. D is 0 at the least
// and so lies above what it estimates when that is small: there P counts.
// Valid for inputs that depend on each other, where an input may differ because
// another does.
func Regional(t Sample, in []bool, b Bootstrap) (Regions, error) {
	b, err := b.settle()
	if err != nil {
		return Regions{}, err
	}
	if err := t.check(len(in)); err != nil {
		return Regions{}, err
	}
	result := Regions{Basis: newBasis(0, 0, b.String()+", cut off at 0 and 1"), Inputs: make([]Region, len(t.Inputs))}
	for _, inside := range in {
		if inside {
			result.In++
		}
	}
	result.N, result.Out = len(in), len(in)-result.In
	if result.In == 0 || result.Out == 0 {
		return Regions{}, fmt.Errorf("the class holds %d of %d worlds; there is nothing to compare", result.In, len(in))
	}
	b.each(len(t.Inputs), func(j int) {
		result.Inputs[j] = compare(rows{x: t.X[j], w: t.Weights, world: t.Worlds}, in, b)
		result.Inputs[j].Input = t.Inputs[j]
	})
	for _, r := range result.Inputs {
		if r.In == 0 || r.Out == 0 {
			return Regions{}, fmt.Errorf("input %q: no finite value %s the class", r.Input, map[bool]string{true: "in", false: "outside"}[r.In == 0])
		}
		result.warnLeft(r.Input, "worlds", r.Left, len(in))
		if result.Left = max(result.Left, r.Left); r.P > 0.05 {
			result.warn(NotShown, r.Input, "no difference is shown (p = %.2g); D is above 0 by chance alone", r.P)
		}
	}
	result.N -= result.Left
	holm(result.Inputs)
	return result, nil
}

// steps holds the class of worlds sorted by an input, and where its value
// changes.
type steps struct {
	in     []bool
	last   []bool    // the next value is greater
	weight []float64 // nil: alike
	world  []int     // from 0; nil: each of its own
}

func compare(all rows, in []bool, b Bootstrap) Region {
	var finite []int
	for i, v := range all.x {
		if isFinite(v) {
			finite = append(finite, i)
		}
	}
	xs, inside := at(all.x, finite), at(in, finite)
	weights, worlds := at(all.w, finite), at(all.world, finite)
	if len(weights) > 0 && slices.Min(weights) == slices.Max(weights) {
		weights = nil
	}
	r := Region{Left: len(all.x) - len(xs)}
	at := order(xs)
	s := steps{in: make([]bool, len(xs)), last: make([]bool, len(xs))}
	if kin := draw.KinOf(worlds, len(xs)); weights != nil || !kin.Alone() {
		s.weight, s.world = make([]float64, len(xs)), make([]int, len(xs))
		for k, i := range at {
			if s.weight[k], s.world[k] = 1, kin.Of(i); weights != nil {
				s.weight[k] = weights[i]
			}
		}
	}
	for k, i := range at {
		s.in[k] = inside[i]
		s.last[k] = k+1 == len(at) || xs[at[k+1]] != xs[i]
		if inside[i] {
			r.In++
		} else {
			r.Out++
		}
	}
	if r.In == 0 || r.Out == 0 {
		return r
	}
	resamples := b.resampler()
	var rows [][]float64
	for resample := range b.Resamples + 1 {
		d, place := s.distance(resamples, resample)
		rows = append(rows, []float64{math.Abs(d)})
		if resample == 0 {
			r.At, r.Lower = xs[at[place]], d > 0
		}
	}
	r.D = b.estimates(rows)[0]
	r.D.Lo, r.D.Hi = max(r.D.Lo, 0), min(r.D.Hi, 1)
	r.P, r.Exact = s.chance(r.D.Value, r.In, r.Out)
	return r
}

// distance is the largest difference of the distribution functions, in less
// out, with its sign and place.
func (s steps) distance(weights resampler, r int) (d float64, place int) {
	var w [lane]float64
	each := func(visit func(k int, w float64)) {
		if s.weight != nil {
			s.eachWeighed(weights, r, visit)
			return
		}
		for from := 0; from < len(s.in); from += lane {
			size := min(lane, len(s.in)-from)
			weights.weights(w[:size], r, from)
			for i, v := range w[:size] {
				visit(from+i, v)
			}
		}
	}
	in, out := 0.0, 0.0
	each(func(k int, w float64) {
		if s.in[k] {
			in += w
		} else {
			out += w
		}
	})
	if in == 0 || out == 0 {
		return math.NaN(), 0
	}
	upIn, upOut := 0.0, 0.0
	each(func(k int, w float64) {
		if s.in[k] {
			upIn += w
		} else {
			upOut += w
		}
		if off := upIn/in - upOut/out; s.last[k] && math.Abs(off) > math.Abs(d) {
			d, place = off, k
		}
	})
	return d, place
}

const mostPairs = 1_000_000

// chance is the probability of a distance of d or more between random classes
// of these sizes.
func (s steps) chance(d float64, in, out int) (p float64, exact bool) {
	if s.weight != nil {
		a, b := s.worth(true), s.worth(false)
		return kolmogorov(d * math.Sqrt(a/(a+b)*b)), false
	}
	if float64(in)*float64(out) > mostPairs {
		n := float64(in) / float64(in+out) * float64(out)
		return kolmogorov(d * math.Sqrt(n)), false
	}
	return s.paths(d, in, out), true
}

// paths counts the orders of the classes in which the distance stays below d at
// every change of value, as shares of all: share[j] is that of the orders whose
// first i+j worlds are i in the class and j out of it, each step weighted so that
// no number overflows.
func (s steps) paths(d float64, in, out int) float64 {
	m, n := float64(in), float64(out)
	least := math.Round(d * m * n) // distances are multiples of 1/(m·n)
	barred := func(i, j int) bool {
		return i+j > 0 && s.last[i+j-1] && math.Abs(float64(float64(i)*n)-float64(float64(j)*m)) >= least-0.5
	}
	share := make([]float64, out+1)
	for i := 0; i <= in; i++ {
		for j := 0; j <= out; j++ {
			switch {
			case i == 0 && j == 0:
				share[0] = 1
			case barred(i, j):
				share[j] = 0
			default:
				total := float64(i + j)
				v := 0.0
				if i > 0 {
					v += share[j] * float64(i) / total
				}
				if j > 0 {
					v += share[j-1] * float64(j) / total
				}
				share[j] = v
			}
		}
	}
	return min(max(1-share[out], 0), 1)
}

// kolmogorov is the chance of λ or more in the limit (Kolmogorov 1933).
func kolmogorov(lambda float64) float64 {
	if lambda < 0.2 {
		return 1
	}
	p := 0.0
	for k := 100; k >= 1; k-- {
		term := 2 * special.Exp(-2*square(float64(k)*lambda))
		if k%2 == 0 {
			term = -term
		}
		p += term
	}
	return min(max(p, 0), 1)
}

func holm(rows []Region) {
	ps := make([]float64, len(rows))
	for j, r := range rows {
		ps[j] = r.P
	}
	worst := 0.0
	for k, j := range order(ps) {
		worst = max(worst, min(1, ps[j]*float64(len(ps)-k)))
		rows[j].PHolm = worst
	}
}
