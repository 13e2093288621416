package inquiry

import (
	"cmp"
	"math"
	"slices"

	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/discovery"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// inTheMeans holds one assumption after the other at a value in all worlds and
// looks for the value at which the means change order. Assumptions are drawn
// independently, so the mean with one held is the mean given its value.
//
// Every assumption is first held at its lowest and highest quantile in a few
// worlds; those that bring the means nearest to another order are followed
// between, in more.
func (s *flipper) inTheMeans(out *FlipView, w *flipWorlds, ins []flipInput) error {
	n := min(screened, s.design.N)
	base := w.cut(0, n).mean()
	var ends []hold
	for _, in := range ins {
		ends = append(ends, hold{in.at, in.Quantile(decision.LowestQuantile)}, hold{in.at, in.Quantile(decision.HighestQuantile)})
	}
	var failed error
	for i, mean := range s.held(w, n, &failed)(ends) {
		m := &out.Singles[i/2].Mean
		if i%2 == 0 {
			m.Low = mean
			continue
		}
		m.High = mean
		m.Moves = m.Low.N > 0 && m.High.N > 0 && (m.Low.Value != m.High.Value || m.Low.Value != base.Value)
	}
	if failed != nil {
		return failed
	}
	chosen := follow(out, s.p.Means)
	wrong := make([]error, len(chosen))
	abreast(len(chosen), func(k int, ask func(hold) Mean) {
		wrong[k] = followed(&out.Singles[chosen[k]].Mean, ins[chosen[k]], ask)
	}, s.held(w, s.out.Fewer, &failed))
	return first(append(wrong, failed)...)
}

// follow chooses the assumptions that bring the means nearest to another order
// or, where the means are level, move them most.
func follow(out *FlipView, most int) []int {
	sign := 0.0
	if d := float64(out.Worlds.Mean); d != 0 {
		sign = math.Copysign(1, d)
	}
	left := func(i int) float64 {
		lo, hi := float64(out.Singles[i].Mean.Low.Value), float64(out.Singles[i].Mean.High.Value)
		if sign == 0 {
			return -math.Abs(hi - lo)
		}
		return min(sign*lo, sign*hi)
	}
	var all []int
	for i, x := range out.Singles {
		if x.Mean.Moves && !math.IsNaN(left(i)) {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(i, j int) int { return cmp.Compare(left(i), left(j)) })
	return all[:min(len(all), most)]
}

// hold is an input held at a value.
type hold struct {
	at int
	x  float64
}

// heldAtOnce is about how many worlds are laid out at once, which bounds memory.
const heldAtOnce = 1 << 13

// held answers with the mean difference over the first n worlds with an input
// held at a value. After an error the means are of nothing, so that searches
// end.
func (s *flipper) held(w *flipWorlds, n int, failed *error) func([]hold) []Mean {
	return func(hs []hold) []Mean {
		out := make([]Mean, 0, len(hs))
		for part := range slices.Chunk(hs, max(1, heldAtOnce/n)) {
			var x *sides
			if *failed == nil {
				x, *failed = s.duel.values(s.ctx, laid(w.draws, n, part))
			}
			for k := range part {
				if *failed != nil {
					out = append(out, meanOf(nil, nil))
					continue
				}
				out = append(out, x.cut(k*n, (k+1)*n).mean())
			}
		}
		return out
	}
}

// laid are the first n worlds once for each hold, with its input at its value.
func laid(draws [][]float64, n int, hs []hold) [][]float64 {
	out := make([][]float64, len(draws))
	for i, c := range draws {
		out[i] = make([]float64, 0, n*len(hs))
		for _, h := range hs {
			if h.at == i {
				out[i] = append(out[i], slices.Repeat([]float64{h.x}, n)...)
			} else {
				out[i] = append(out[i], c[:n]...)
			}
		}
	}
	return out
}

// meanOf is the mean of the defined differences with its Student interval (1908),
// each world counting for its weight: they are then worth as many as Kish (1965)
// says.
func meanOf(ds, weights []float64) Mean {
	undefined := 0
	var xs, ws []float64
	for i, x := range ds {
		switch {
		case math.IsNaN(x):
			undefined++
		case weights == nil:
			xs, ws = append(xs, x), append(ws, 1)
		case weights[i] > 0:
			xs, ws = append(xs, x), append(ws, weights[i])
		}
	}
	m, n := draw.SummariseWeighted(xs, ws).Mean, draw.Effective(ws)
	out := Mean{Value: number(m), Half: number(math.NaN()), N: len(xs), Undefined: undefined}
	if n > 1 {
		squares, total := 0.0, 0.0
		for i, x := range xs {
			squares += float64(ws[i] * float64((x-m)*(x-m)))
			total += ws[i]
		}
		t := special.StudentQuantile(n-1, (1+confidence)/2)
		out.Half = number(t * math.Sqrt(squares/total/(n-1)))
	}
	return out
}

// probe is a place tried and the mean there.
type probe struct {
	u    float64
	mean Mean
}

// beyond is how far the interval of the mean stays away from zero; negative
// where it holds zero, NaN where there is no interval.
func (p probe) beyond() float64 { return math.Abs(float64(p.mean.Value)) - float64(p.mean.Half) }

// followed looks between the ends of an assumption for the values at which the
// means change order.
func followed(m *MeanFlip, in flipInput, ask func(hold) Mean) error {
	var probes []probe
	at := 0.0
	noted := in.FlipInput
	noted.Quantile = func(u float64) float64 { at = u; return in.Quantile(u) }
	flip, err := decision.NearestFlip(func(x float64) float64 {
		mean := ask(hold{in.at, x})
		probes = append(probes, probe{at, mean})
		return float64(mean.Value)
	}, noted, false, meanSteps, meanTolerance)
	if err != nil {
		return err
	}
	m.Followed, m.Flip = true, flip
	slices.SortStableFunc(probes, func(a, b probe) int { return cmp.Compare(a.u, b.u) })
	for _, c := range flip.Crossings {
		m.Places = append(m.Places, placeOf(float64(c.Quantile), probes, in))
	}
	return nil
}

// placeOf is the range about a crossing in which the interval of the mean holds
// zero.
func placeOf(u float64, probes []probe, in flipInput) Place {
	below, above := []probe{}, []probe{}
	for _, p := range probes {
		if p.u <= u {
			below = append([]probe{p}, below...)
		} else {
			above = append(above, p)
		}
	}
	var out Place
	var from, to float64
	from, out.OpenBelow = edgeOf(u, below)
	to, out.OpenAbove = edgeOf(u, above)
	out.From, out.To = number(from), number(to)
	out.FromValue, out.ToValue = number(in.Quantile(from)), number(in.Quantile(to))
	return out
}

// edgeOf goes away from a crossing to where the interval no longer holds zero;
// open when it does so to the last place tried.
func edgeOf(u float64, away []probe) (edge float64, open bool) {
	last, lastBeyond := u, math.NaN()
	for _, p := range away {
		b := p.beyond()
		switch {
		case !(b > 0):
			last, lastBeyond = p.u, b
		case math.IsNaN(lastBeyond): // nothing tried inside: the width is that of the place tried
			half := float64(p.mean.Half)
			return u + (p.u-u)*half/(b+half), false
		default:
			return last + (p.u-last)*(-lastBeyond)/(b-lastBeyond), false
		}
	}
	return last, true
}

// FlipRegion is where among the worlds the ranking is the reverse of that of
// the means, and in which box of assumptions that is so.
type FlipRegion struct {
	Ahead     string           `json:"greater_mean"` // a or b; empty: the means are level
	Why       string           `json:"why_not"`      // why there is no box
	Reversed  *discovery.Share `json:"reversed"`     // of the worlds in which the difference is defined; not set where there is no ranking
	Tied      int              `json:"tied"`
	Undefined int              `json:"undefined"`
	Threshold float64          `json:"density_asked"`
	FreshSeed uint64           `json:"fresh_seed"` // of as many fresh worlds, on which boxes are measured again
	Fresh     *discovery.Share `json:"fresh_reversed"`
	Among     []string         `json:"among"` // the assumptions that tell most of it, which a box may limit
	Box       *FlipBox         `json:"prim"`
	Leaves    []FlipBox        `json:"cart"` // more dense than a half, most coverage first
}

// FlipBox is a box of assumptions.
type FlipBox struct {
	Limits   []FlipLimit     `json:"limits"` // of the assumptions that are limited
	Coverage discovery.Share `json:"coverage"`
	Density  discovery.Share `json:"density"`
	Mass     discovery.Share `json:"mass"`
	Fresh    *FreshBox       `json:"on_fresh_worlds"` // null: no fresh world lies in it, or none is reversed
}

// FreshBox counts what the same limits hold among fresh worlds.
type FreshBox struct {
	Coverage discovery.Share `json:"coverage"`
	Density  discovery.Share `json:"density"`
	Mass     discovery.Share `json:"mass"`
}

// FlipLimit is the range a box asks of an assumption.
type FlipLimit struct {
	discovery.Limit
	Title string         `json:"title"`
	Unit  string         `json:"unit"`
	Rests []study.Belief `json:"rests_on"`
}

// fewestReversed worlds are described by no box.
const fewestReversed = 10

// significant is the greatest quasi-p-value of a limit that is hardly there by
// chance (Bryant and Lempert 2010).
const significant = 0.05

// region describes the worlds in which the ranking is the reverse of that of
// the means.
func (s *flipper) region(out *FlipView, w *flipWorlds, ins []flipInput) error {
	r := &out.Region
	r.Leaves, r.Among, r.Threshold, r.FreshSeed = []FlipBox{}, []string{}, discovery.DefaultThreshold, s.design.Seed+1
	mean := float64(out.Worlds.Mean)
	switch {
	case math.IsNaN(mean):
		r.Why = "the difference is defined in no world"
	case mean == 0:
		r.Why = "the means are level: there is no ranking to reverse"
	}
	ds := w.differences()
	for _, d := range ds {
		switch {
		case math.IsNaN(d):
			r.Undefined++
		case d == 0:
			r.Tied++
		}
	}
	if r.Why != "" {
		return nil
	}
	r.Ahead = map[bool]string{true: "a", false: "b"}[mean > 0]
	interest := reversed(ds, mean)
	r.Reversed = shareOf(interest)
	switch n := r.Reversed.Count; {
	case n == 0:
		r.Why = "in no world"
		return nil
	case n < fewestReversed:
		r.Why = "in too few worlds to describe"
		return nil
	case len(ins) == 0:
		r.Why = "no assumption can move"
		return nil
	}
	fresh := s.design
	fresh.Seed = r.FreshSeed
	f, err := s.overWorlds(w.v, fresh)
	if err != nil {
		return err
	}
	again := reversed(f.differences(), mean)
	r.Fresh = shareOf(again)
	if r.Reversed.Count == r.Reversed.Of {
		r.Why = "in every world"
		return nil
	}
	ins, err = s.telling(ins, w.draws, interest)
	if err != nil {
		return err
	}
	for _, in := range ins {
		r.Among = append(r.Among, in.Name)
	}
	table, err := discovery.New(asInputs(ins, w.draws), interest)
	if err != nil {
		return err
	}
	anew, err := discovery.New(asInputs(ins, f.draws), again)
	if err != nil || r.Fresh.Count == 0 { // nothing to measure a box on
		anew = nil
	}
	return r.describe(table, anew, func(l discovery.Limit) FlipLimit {
		i := slices.IndexFunc(ins, func(in flipInput) bool { return in.Name == l.Input })
		return FlipLimit{l, ins[i].a.Title, ins[i].Unit, rests(ins[i].a, w.v)}
	})
}

// mostTelling is how many assumptions a box may limit: with all of a case, a
// search finds limits that are there by chance.
const mostTelling = 6

// telling are the assumptions that tell most of where the ranking is reversed,
// by a forest of extremely randomised trees (Geurts, Ernst and Wehenkel 2006).
func (s *flipper) telling(ins []flipInput, draws [][]float64, interest []float64) ([]flipInput, error) {
	t, err := discovery.New(asInputs(ins, draws), interest)
	if err != nil {
		return nil, err
	}
	scores, err := discovery.Scores(s.ctx, t, discovery.Forest{Seed: s.design.Seed, Workers: s.p.Workers})
	if err != nil {
		return nil, err
	}
	var out []flipInput
	for _, x := range scores[:min(mostTelling, len(scores))] {
		out = append(out, ins[slices.IndexFunc(ins, func(in flipInput) bool { return in.Name == x.Input })])
	}
	return out, nil
}

// reversed marks the worlds in which the difference has the other sign than the
// mean; NaN where it is not defined. A tie is no reversal.
func reversed(ds []float64, mean float64) []float64 {
	out := make([]float64, len(ds))
	for i, d := range ds {
		switch {
		case math.IsNaN(d):
			out[i] = d
		case d*math.Copysign(1, mean) < 0:
			out[i] = 1
		}
	}
	return out
}

// shareOf counts the ones among the numbers, nil where there is none.
func shareOf(is []float64) *discovery.Share {
	k, n := 0, 0
	for _, x := range is {
		if !math.IsNaN(x) {
			n++
		}
		if x == 1 {
			k++
		}
	}
	if n == 0 {
		return nil
	}
	lo, hi := draw.Wilson(k, n, special.NormalQuantile((1+confidence)/2))
	return &discovery.Share{Count: k, Of: n, Value: float64(k) / float64(n), Lo: lo, Hi: hi}
}

func asInputs(ins []flipInput, draws [][]float64) []discovery.Input {
	out := make([]discovery.Input, len(ins))
	for i, in := range ins {
		out[i] = discovery.Input{Name: in.Name, Numbers: draws[in.at]}
	}
	return out
}

func (r *FlipRegion) describe(table, fresh *discovery.Sample, limit func(discovery.Limit) FlipLimit) error {
	tr, err := discovery.PRIM(table, discovery.Options{})
	if err != nil {
		return err
	}
	i, density := boxChosen(tr)
	box, err := plain(table, tr.Boxes[i], density)
	if err != nil {
		return err
	}
	r.Box = flipBox(box, fresh, limit)
	tree, err := discovery.CART(table, discovery.TreeOptions{Depth: 3})
	if err != nil {
		return err
	}
	for _, i := range tree.Leaves() {
		if b := tree.Nodes[i].Box; b != nil && b.Density.Value > 0.5 && b.Restricted > 0 {
			r.Leaves = append(r.Leaves, *flipBox(*b, fresh, limit))
		}
	}
	slices.SortStableFunc(r.Leaves, func(a, b FlipBox) int { return cmp.Compare(b.Coverage.Value, a.Coverage.Value) })
	return nil
}

// boxChosen is the box of most coverage that is as dense as asked or, where none
// is, more dense than not or, where none is that either, the densest; and the
// density that it was chosen for.
func boxChosen(tr *discovery.Trajectory) (i int, density float64) {
	for _, density := range []float64{discovery.DefaultThreshold, 0.5} {
		if i := tr.Choose(density); i >= 0 {
			return i, density
		}
	}
	for k, b := range tr.Boxes {
		if b.Density.Value > tr.Boxes[i].Density.Value {
			i = k
		}
	}
	return i, tr.Boxes[i].Density.Value
}

// plain gives up the limits that may be there by chance, the likeliest first, as
// long as the box stays as dense as it was chosen for.
func plain(t *discovery.Sample, b discovery.Box, density float64) (discovery.Box, error) {
	for b.Restricted > 1 {
		worst, name := significant, ""
		for _, l := range b.Limits {
			if l.Restricted && l.QP != nil && *l.QP > worst {
				worst, name = *l.QP, l.Input
			}
		}
		if name == "" {
			break
		}
		less, err := discovery.Drop(t, b, name)
		if err != nil {
			return b, err
		}
		if less.Density.Value < density {
			break
		}
		b = less
	}
	return b, nil
}

func flipBox(b discovery.Box, fresh *discovery.Sample, limit func(discovery.Limit) FlipLimit) *FlipBox {
	out := &FlipBox{Limits: []FlipLimit{}, Coverage: b.Coverage, Density: b.Density, Mass: b.Mass}
	var asked []discovery.Limit
	for _, l := range b.Limits {
		if l.Restricted {
			out.Limits = append(out.Limits, limit(l))
			asked = append(asked, l)
		}
	}
	if fresh == nil {
		return out
	}
	if again, err := discovery.Measure(fresh, asked); err == nil { // it fails where no row is held
		out.Fresh = &FreshBox{again.Coverage, again.Density, again.Mass}
	}
	return out
}
