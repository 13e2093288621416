package decision

import (
	"fmt"
	"math"

	"casus/special"
)

// FlipOfTwo is the answer to: how far must two inputs go together until the sign
// of a difference is another? Distance is Euclid's in the plane of the inputs'
// normal scores, from the centre, as in the reliability index of Hasofer & Lind
// (1974): 1 is as far as one input going from its median to its 84 % quantile.
type FlipOfTwo struct {
	Inputs    [2]string `json:"inputs"`
	Units     [2]string `json:"units"`
	Centre    [2]Number `json:"centre"`     // in the inputs' units
	AtCentre  Number    `json:"difference"` // at the centre
	Tied      bool      `json:"tied"`
	Found     bool      `json:"found"` // false: no flip within 0.1 % to 99.9 % of both
	Values    [2]Number `json:"values"`
	Changes   [2]Number `json:"changes"`
	Quantiles [2]Number `json:"quantiles"`
	Distance  Number    `json:"distance"`
	OnGrid    Number    `json:"distance_on_grid"` // in the best of the evenly spaced directions, before it is turned
	Search    Search    `json:"search"`
}

// NearestFlipOfTwo looks for the nearest place of the plane of two inputs at
// which the difference f has another sign than at the centre. It walks outwards
// in so many directions (at least 8) by steps (at least 8) to the first change of
// sign, pinned down by Brent's method; then it turns the best direction and its
// neighbours by ever smaller angles until the distance no longer falls. The same
// search gives the same answer always, but a reversed region thinner than the
// grid is missed: Exact is never true.
func NearestFlipOfTwo(f func(x, y float64) float64, a, b FlipInput, directions, steps int, tolerance float64) (*FlipOfTwo, error) {
	for _, in := range []FlipInput{a, b} {
		if err := in.check(); err != nil {
			return nil, err
		}
	}
	if directions < 8 || steps < 8 || !(tolerance > 0) {
		return nil, fmt.Errorf("a search in %d directions by %d steps to within %v; use 8 or more of both and a tolerance above 0", directions, steps, tolerance)
	}
	nan := Number(math.NaN())
	out := &FlipOfTwo{Inputs: [2]string{a.Name, b.Name}, Units: [2]string{a.Unit, b.Unit},
		Centre: [2]Number{Number(a.Quantile(a.Centre)), Number(b.Quantile(b.Centre))},
		Values: [2]Number{nan, nan}, Changes: [2]Number{nan, nan}, Quantiles: [2]Number{nan, nan}, Distance: nan, OnGrid: nan,
		Search: Search{Steps: steps, Directions: directions, Tolerance: tolerance}}
	p := &plane{f: f, a: a, b: b, s: &out.Search, steps: steps}
	p.za, p.zb = special.NormalQuantile(a.Centre), special.NormalQuantile(b.Centre)
	p.centre = p.at(0, 0)
	out.AtCentre = Number(p.centre)
	switch {
	case math.IsNaN(p.centre):
		out.Search.Caveat = "the difference is not defined at the centre"
		return out, nil
	case p.centre == 0:
		out.Tied = true
		out.Search.Caveat = "the options tie at the centre: any change may decide"
		return out, nil
	}
	angle, distance, onGrid := p.nearest(directions, tolerance)
	out.Search.judge(false, fmt.Sprintf("a reversed region thinner than one of %d directions or %d steps is not seen", directions, steps))
	if math.IsInf(distance, 1) {
		return out, nil
	}
	out.Found, out.Distance, out.OnGrid = true, Number(distance), Number(onGrid)
	for k, q := range p.quantiles(angle, distance) {
		in := [2]FlipInput{a, b}[k]
		out.Quantiles[k], out.Values[k] = Number(q), Number(in.Quantile(q))
		out.Changes[k] = out.Values[k] - out.Centre[k]
	}
	return out, nil
}

// plane is the plane of two inputs' normal scores, in polar coordinates about
// the centre.
type plane struct {
	f      func(x, y float64) float64
	a, b   FlipInput
	za, zb float64 // of the centre
	centre float64 // the difference there
	s      *Search
	steps  int
}

// quantiles of a place; sines of multiples of a quarter turn are made exact, so
// that an input that is not to move does not.
func (p *plane) quantiles(angle, distance float64) [2]float64 {
	sin, cos := special.Sin(angle), special.Cos(angle)
	if math.Abs(sin) < 1e-12 {
		sin = 0
	}
	if math.Abs(cos) < 1e-12 {
		cos = 0
	}
	quantile := func(in FlipInput, z, d float64) float64 {
		if d == 0 {
			return in.Centre
		}
		return min(max(special.NormalCDF(z+float64(d)), LowestQuantile), HighestQuantile)
	}
	return [2]float64{quantile(p.a, p.za, distance*cos), quantile(p.b, p.zb, distance*sin)}
}

func (p *plane) at(angle, distance float64) float64 {
	q := p.quantiles(angle, distance)
	y := p.f(p.a.Quantile(q[0]), p.b.Quantile(q[1]))
	p.s.Evaluations++
	if math.IsNaN(y) {
		p.s.Undefined++
	}
	return y
}

// reach is how far the square of the search goes in a direction.
func (p *plane) reach(angle float64) float64 {
	lo, hi := special.NormalQuantile(LowestQuantile), special.NormalQuantile(HighestQuantile)
	sin, cos := special.Sin(angle), special.Cos(angle)
	side := func(z, c float64) float64 {
		switch {
		case c > 1e-12:
			return (hi - z) / c
		case c < -1e-12:
			return (lo - z) / c
		}
		return math.Inf(1)
	}
	return min(side(p.za, cos), side(p.zb, sin))
}

// first is the distance of the first change of sign in a direction, not beyond
// most; infinite when there is none.
func (p *plane) first(angle, most, tolerance float64) float64 {
	far := min(p.reach(angle), most)
	if !(far > 0) {
		return math.Inf(1)
	}
	g := func(d float64) float64 { return p.at(angle, d) }
	lo, atLo := 0.0, p.centre
	gap := false
	for k := 1; k <= p.steps; k++ {
		d := far * float64(k) / float64(p.steps)
		y := g(d)
		switch {
		case math.IsNaN(y):
			gap = true
			continue
		case y != 0 && (y > 0) == (p.centre > 0):
			lo, atLo, gap = d, y, false
		case y == 0:
			continue
		case gap:
			return d
		default:
			return pin(g, lo, d, atLo, y, tolerance).u
		}
	}
	return math.Inf(1)
}

// nearest looks in evenly spaced directions and then turns the best one by ever
// smaller angles; onGrid is the distance before it is turned.
func (p *plane) nearest(directions int, tolerance float64) (angle, distance, onGrid float64) {
	turn := 2 * math.Pi / float64(directions)
	distance = math.Inf(1)
	for k := range directions {
		at := turn * float64(k)
		if d := p.first(at, math.Inf(1), tolerance); d < distance {
			angle, distance = at, d
		}
	}
	onGrid = distance
	if math.IsInf(distance, 1) {
		return angle, distance, onGrid
	}
	for ; turn*distance > tolerance/4; turn /= 2 {
		for _, side := range []float64{-turn, turn} {
			if d := p.first(angle+side, distance, tolerance); d < distance-float64(tolerance/4) {
				angle, distance = angle+side, d
				turn *= 2
				break
			}
		}
	}
	return angle, distance, onGrid
}
