package inquiry

import (
	"context"
	"math"
	"slices"

	"casus/finding"
	"casus/model"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// FlipPlan says between which options and on which measure the smallest change
// is looked for that reverses their ranking, and how far to look. Options of
// its Plan are not read, nor is its baseline.
type FlipPlan struct {
	study.Plan
	Measure  string
	Between  [2]string
	Weighted bool // worlds are picked by what the records of the past make of them
	Means    int  // assumptions that are followed in the means over worlds; 0: none
	Pairs    int  // pairs of assumptions that are searched; 0: none
	Clauses  int  // changes of a clause that are tried; 0: none
}

// Defaults of a FlipPlan, which a caller sets. Worlds are more than a run's: a
// region needs them.
const (
	FlipWorlds     = 2048
	DefaultMeans   = 6
	DefaultPairs   = 8
	DefaultClauses = 40
)

// How finely flips are looked for.
const (
	flipSteps      = 64 // of one assumption, from the lowest quantile to the highest
	flipTolerance  = 1e-6
	meanSteps      = 8
	meanTolerance  = 1e-3
	pairSteps      = 16
	pairDirections = 16
	pairTolerance  = 1e-4
	screened       = 32 // worlds in which every assumption is first held at its ends
	confidence     = 0.95
)

// Flips holds the findings. Differences are of the measure in its unit, A − B.
type Flips struct {
	finding.Head
	Fewer   int           `json:"worlds_averaged"` // the first of them, in which assumptions are held at values and clauses changed
	Measure study.Measure `json:"measure"`
	A       FlipOption    `json:"a"`
	B       FlipOption    `json:"b"`
	Views   []FlipView    `json:"views"`
	Clauses []FlipClause  `json:"clauses"`
	Untried []Untried     `json:"clauses_not_tried"`
}

// FlipOption is one of the two options.
type FlipOption struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// FlipView holds the findings under one view.
type FlipView struct {
	View    string         `json:"view"`
	Title   string         `json:"title"`
	Union   bool           `json:"union"`
	Worlds  *decision.Pair `json:"over_worlds"`
	Centre  FlipCentre     `json:"central_world"`
	Singles []FlipSingle   `json:"assumptions"` // the nearest flip first
	Fixed   int            `json:"fixed"`       // assumptions that cannot move: one value
	Pairs   []FlipPair     `json:"pairs"`       // the nearest first
	Paired  PairSearch     `json:"pair_search"`
	Region  FlipRegion     `json:"region"`
}

// FlipCentre is the central world of a view: every assumption at its median.
type FlipCentre struct {
	Why        string          `json:"why_not"` // where it has none
	A          decision.Number `json:"a"`
	B          decision.Number `json:"b"`
	Difference decision.Number `json:"difference"`
}

// FlipSingle is one assumption, and how far it must go.
type FlipSingle struct {
	Assumption string         `json:"assumption"`
	Title      string         `json:"title"`
	Unit       string         `json:"unit"`
	Rests      []study.Belief `json:"rests_on"`
	Centre     *decision.Flip `json:"from_central_world"` // null where there is no central world

	// The difference in the central world with the assumption at its lowest and
	// highest quantile; null where there is no central world.
	Low  decision.Number `json:"difference_at_lowest"`
	High decision.Number `json:"difference_at_highest"`

	Mean MeanFlip `json:"in_the_means"`
}

// MeanFlip is one assumption held at a value in every world, all others as
// drawn: the ranking of the means.
type MeanFlip struct {
	Moves    bool           `json:"moves"`     // whether it moves the mean at all
	Low      Mean           `json:"at_lowest"` // of the first worlds only
	High     Mean           `json:"at_highest"`
	Followed bool           `json:"followed"` // searched between the ends, in all worlds
	Flip     *decision.Flip `json:"flip"`     // null unless followed
	Places   []Place        `json:"places"`   // where each crossing may lie
}

// Mean is a mean over worlds with half the width of its interval (Student, 95
// %), the worlds in which it is defined, and those in which it is not.
type Mean struct {
	Value     decision.Number `json:"mean"`
	Half      decision.Number `json:"half_width_95"`
	N         int             `json:"worlds"`
	Undefined int             `json:"undefined"`
}

// Place is the range of an assumption in which the 95 % interval of the mean
// difference holds zero, in quantiles and in its unit; linear between the
// values tried. An open end is where the range goes on beyond what was tried.
type Place struct {
	From      decision.Number `json:"from_quantile"`
	To        decision.Number `json:"to_quantile"`
	FromValue decision.Number `json:"from"`
	ToValue   decision.Number `json:"to"`
	OpenBelow bool            `json:"open_below"`
	OpenAbove bool            `json:"open_above"`
}

// FlipPair is a joint change of two assumptions. Alone are the distances of
// each alone, in normal scores, null where alone it turns nothing round.
type FlipPair struct {
	decision.FlipOfTwo
	Foreseen decision.Number    `json:"foreseen"` // the distance if the two did not interact
	Alone    [2]decision.Number `json:"alone"`
	Rests    [2][]study.Belief  `json:"rests_on"`
}

// PairSearch says how the pairs were chosen.
type PairSearch struct {
	Of        int `json:"pairs_of_assumptions_that_move"`
	Promising int `json:"promising"` // foreseen to turn the ranking round sooner together than either alone
	Searched  int `json:"searched"`
}

// Flip looks for the smallest changes that reverse the ranking of two options
// on a measure, under each view: of one assumption and of two, of a region of
// worlds, and of one clause. Its errors are those of Run, or that of the
// context: nothing partial is given. The result does not depend on the workers.
func Flip(ctx context.Context, m *model.Model, k *model.Case, p FlipPlan, tell study.Progress) (*Flips, error) {
	s, err := newFlipper(ctx, m, k, p, tell)
	if err != nil {
		return nil, err
	}
	for _, v := range s.c.Views {
		view, err := s.view(v)
		if err != nil {
			return nil, err
		}
		s.out.Views = append(s.out.Views, *view)
	}
	if err := s.clauses(); err != nil {
		return nil, err
	}
	return s.out, nil
}

// flipper is a search under way.
type flipper struct {
	ctx     context.Context
	m       *model.Model
	of      *model.Case // the case with all its options
	c       *model.Case
	p       FlipPlan
	design  draw.Design
	options [2]*model.Option
	duel    *duel
	inputs  []*model.Assumption
	picked  *study.Picker // nil: worlds count alike
	worlds  []flipWorlds  // by view
	out     *Flips
	tell    study.Progress
	done    int
	todo    int
}

// flipWorlds are the worlds of a view and what the two options give in them.
type flipWorlds struct {
	v     *model.View
	draws [][]float64
	*sides
}

func newFlipper(ctx context.Context, m *model.Model, k *model.Case, p FlipPlan, tell study.Progress) (*flipper, error) {
	if err := TwoOptions(p.Between[:]); err != nil {
		return nil, err
	}
	p.Options, p.Baseline = p.Between[:], ""
	c, design, err := p.Settle(m, k)
	if err != nil {
		return nil, err
	}
	if c, err = study.Told(m, c); err != nil {
		return nil, err
	}
	s := &flipper{ctx: ctx, m: m, of: k, c: c, p: p, design: design, tell: tell}
	for i, name := range p.Between {
		s.options[i] = m.Option(name)
	}
	measure, err := measureOf(c, p.Measure)
	if err != nil {
		return nil, err
	}
	if p.Weighted {
		if s.picked, err = study.NewPicker(ctx, m, k, p.Plan, design); err != nil {
			return nil, err
		}
		c.Views, s.design.N = s.picked.Views(c.Views), s.picked.N
	}
	s.todo = 2 + len(c.Views)*stagesOfView + p.Clauses
	if s.duel, err = s.newDuel(measure); err != nil {
		return nil, err
	}
	s.inputs = s.duel.of[0].Inputs
	s.out = &Flips{Head: study.HeadOf("flip", m, c, s.options[:], c.Views, s.design), Fewer: max(min(s.design.N, leastAveraged), s.design.N/8),
		Measure: study.Measures(m, c)[measure], A: FlipOption{s.options[0].Name, s.options[0].Title}, B: FlipOption{s.options[1].Name, s.options[1].Title},
		Views: []FlipView{}, Clauses: []FlipClause{}, Untried: []Untried{}}
	s.out.Weighted = s.picked.Words()
	warnAlike(&s.out.Head, "where the worlds of the other ranking are described", s.out.Measure)
	return s, nil
}

// leastAveraged is the number of worlds up to which means are over all of them;
// beyond, they are over an eighth, but not fewer.
const leastAveraged = 256

// stagesOfView is how often a view moves the progress bar.
const stagesOfView = 5

func (s *flipper) step(n int) {
	s.done += n
	if s.tell != nil {
		s.tell(min(s.done, s.todo), s.todo)
	}
}

func measureOf(c *model.Case, name string) (int, error) {
	var known []string
	for i, x := range c.Crisis.Measures {
		if x.Name == name {
			return i, nil
		}
		known = append(known, x.Name)
	}
	return 0, study.NoneCalled("measure", name, known)
}

func list(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}

// duel is two options on one measure, in worlds of the caller's making.
type duel struct {
	of      [2]*study.Solver
	measure int
	given   int // the measure of its condition; -1: none
	workers int
}

func (s *flipper) newDuel(measure int) (*duel, error) {
	known := s.c.Crisis.Measures
	d := &duel{measure: measure, workers: s.p.Workers, given: slices.IndexFunc(known, func(m model.Measure) bool { return m.Name == known[measure].Given })}
	for i, o := range s.options {
		var err error
		if d.of[i], err = study.NewSolver(s.ctx, s.m, s.c, o, s.p.MaxStates); err != nil {
			return nil, err
		}
		s.step(1)
	}
	return d, nil
}

// sides are the measure under each of two options in every world, and how likely
// its condition is there; nil where it has none.
type sides struct{ values, chances [2][]float64 }

func (d *duel) values(ctx context.Context, in [][]float64) (*sides, error) {
	out := &sides{}
	for i, s := range d.of {
		cols, err := s.Solve(ctx, in, d.workers)
		if err != nil {
			return nil, err
		}
		d.take(out, i, cols)
	}
	return out, nil
}

func (d *duel) take(to *sides, which int, cols [][]float64) {
	to.values[which] = cols[d.measure]
	if d.given >= 0 {
		to.chances[which] = cols[d.given]
	}
}

// cut are the worlds from ≤ i < to.
func (x *sides) cut(from, to int) *sides {
	out := &sides{}
	for i := range x.values {
		out.values[i] = x.values[i][from:to]
		if x.chances[i] != nil {
			out.chances[i] = x.chances[i][from:to]
		}
	}
	return out
}

func (x *sides) differences() []float64 { return differences(x.values[0], x.values[1]) }

// weights are how much each world counts: by how likely the condition is in it, in
// the mean over the two; nil where all count alike.
func (x *sides) weights() []float64 {
	if x.chances[0] == nil {
		return nil
	}
	out := make([]float64, len(x.chances[0]))
	for i, p := range x.chances[0] {
		if w := (p + x.chances[1][i]) / 2; w > 0 { // not where it is no number
			out[i] = w
		}
	}
	return out
}

// mean is that of the differences, each world weighed.
func (x *sides) mean() Mean { return meanOf(x.differences(), x.weights()) }

// rounding is the part of two values below which their difference is taken for
// zero: two programs that should give one number give it to about 1e-14.
const rounding = 1e-12

// less is a − b; zero where they differ by rounding alone, NaN where either is
// not defined.
func less(a, b float64) float64 {
	d := a - b
	switch {
	case math.IsInf(d, 0):
		return math.NaN()
	case math.Abs(d) <= rounding*(math.Abs(a)+math.Abs(b)):
		return 0
	}
	return d
}

func differences(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = less(a[i], b[i])
	}
	return out
}

// move is a world of the caller's with some inputs at other values.
type move struct {
	at []int
	x  []float64
}

// moved answers for a world changed in so many ways. After an error every
// answer is NaN, so that searches end.
func (s *flipper) moved(centre []float64, failed *error) func([]move) []float64 {
	return func(ms []move) []float64 {
		in := make([][]float64, len(centre))
		for i, x := range centre {
			in[i] = slices.Repeat([]float64{x}, len(ms))
		}
		for w, m := range ms {
			for k, i := range m.at {
				in[i][w] = m.x[k]
			}
		}
		if *failed == nil {
			x, err := s.duel.values(s.ctx, in)
			if err == nil {
				return x.differences()
			}
			*failed = err
		}
		return slices.Repeat([]float64{math.NaN()}, len(ms))
	}
}

// view looks for everything but clauses under one view.
func (s *flipper) view(v *model.View) (*FlipView, error) {
	out := &FlipView{View: v.Name, Title: v.Title, Union: len(v.Union) > 0, Singles: []FlipSingle{}, Pairs: []FlipPair{}}
	w, err := s.overWorlds(v, s.design)
	if err != nil {
		return nil, err
	}
	s.worlds = append(s.worlds, *w)
	if out.Worlds, err = s.ranked(w.sides); err != nil {
		return nil, err
	}
	s.step(1)
	ins, err := s.flipInputs(v)
	if err != nil {
		return nil, err
	}
	out.Fixed = len(s.inputs) - len(ins)
	nan := decision.Number(math.NaN())
	for _, in := range ins {
		out.Singles = append(out.Singles, FlipSingle{Assumption: in.Name, Title: s.m.Cast(s.c, in.a.Title), Unit: in.Unit, Rests: rests(in.a, v), Low: nan, High: nan, Mean: MeanFlip{Places: []Place{}}})
	}
	if out.Union {
		out.Centre = FlipCentre{Why: "a union of views has no central world: the medians of its mixtures may be values that neither view holds likely", A: nan, B: nan, Difference: nan}
	} else if err := s.fromCentre(out, v, ins); err != nil {
		return nil, err
	}
	s.step(2)
	if err := s.inTheMeans(out, w, ins); err != nil {
		return nil, err
	}
	s.step(1)
	if err := s.region(out, w, ins); err != nil {
		return nil, err
	}
	s.step(1)
	slices.SortStableFunc(out.Singles, nearer)
	return out, nil
}

// overWorlds solves both options in the worlds of a view.
func (s *flipper) overWorlds(v *model.View, d draw.Design) (*flipWorlds, error) {
	draws, err := s.draws(v, d)
	if err != nil {
		return nil, err
	}
	x, err := s.duel.values(s.ctx, draws)
	return &flipWorlds{v, draws, x}, err
}

// draws are the worlds of a view, picked by what happened if that is asked for.
func (s *flipper) draws(v *model.View, d draw.Design) ([][]float64, error) {
	if s.picked == nil {
		return study.DrawsUntil(s.ctx, s.inputs, v, d)
	}
	return s.picked.Draws(s.inputs, v, d)
}

// ranked compares two options world by world.
func (s *flipper) ranked(x *sides) (*decision.Pair, error) {
	a, b := x.values[0], x.values[1]
	better := decision.Direction(s.out.Measure.Better)
	if better == "" {
		better = decision.Higher // of a measure that is neither good nor bad: larger counts as ahead
	}
	return decision.NewPair(&decision.Table{Measure: s.out.Measure.Name, Unit: s.out.Measure.Unit, Better: better, Options: []string{"a", "b"}, Values: [][]float64{even(a, b), even(b, a)}, Weights: some(x.weights())},
		"a", "b", confidence, decision.Resamples, s.design.Seed)
}

// some are weights of which one is above 0; without any, worlds count alike.
func some(weights []float64) []float64 {
	if !slices.ContainsFunc(weights, func(w float64) bool { return w > 0 }) {
		return nil
	}
	return weights
}

// even is a with what differs from b by rounding alone made equal to it (of the
// two the lower is kept, so that both sides agree), and not defined where their
// difference is not.
func even(a, b []float64) []float64 {
	out := slices.Clone(a)
	for i := range a {
		switch d := less(a[i], b[i]); {
		case d == 0:
			out[i] = min(a[i], b[i])
		case math.IsNaN(d):
			out[i] = d
		}
	}
	return out
}

// flipInput is an assumption that can move, and its column.
type flipInput struct {
	decision.FlipInput
	a  *model.Assumption
	at int
}

func (s *flipper) flipInputs(v *model.View) ([]flipInput, error) {
	quantiles, err := study.Quantiles(s.inputs, v)
	if err != nil {
		return nil, err
	}
	var out []flipInput
	for i, a := range s.inputs {
		if quantiles[i](decision.LowestQuantile) < quantiles[i](decision.HighestQuantile) {
			out = append(out, flipInput{decision.FlipInput{Name: a.Name, Unit: a.Unit.String(), Quantile: quantiles[i], Centre: 0.5}, a, i})
		}
	}
	return out, nil
}

// rests tells what a view's numbers of an assumption rest on; of a union, those of
// its members.
func rests(a *model.Assumption, v *model.View) []study.Belief {
	names := v.Union
	if len(names) == 0 {
		names = []string{v.Name}
	}
	out := []study.Belief{}
	for _, n := range names {
		if b := a.Belief(n); b != nil {
			out = append(out, study.Belief{View: n, Dist: b.Words, Sources: append([]string{}, b.Sources...), Judgement: b.Judgement})
		}
	}
	return out
}

// fromCentre looks for flips of one assumption and of two in the central world.
func (s *flipper) fromCentre(out *FlipView, v *model.View, ins []flipInput) error {
	centre, err := study.Medians(s.inputs, v)
	if err != nil {
		return err
	}
	for _, in := range ins { // the same table of quantiles as the search uses
		centre[in.at] = in.Quantile(0.5)
	}
	x, err := s.duel.values(s.ctx, oneWorld(centre))
	if err != nil {
		return err
	}
	a, b := x.values[0][0], x.values[1][0]
	out.Centre = FlipCentre{A: number(a), B: number(b), Difference: number(less(a, b))}
	var failed error
	answer := s.moved(centre, &failed)
	wrong := make([]error, len(ins))
	abreast(len(ins), func(i int, ask func(move) float64) {
		in, single := ins[i], &out.Singles[i]
		f := func(x float64) float64 { return ask(move{[]int{in.at}, []float64{x}}) }
		if single.Centre, wrong[i] = decision.NearestFlip(f, in.FlipInput, false, flipSteps, flipTolerance); wrong[i] != nil {
			return
		}
		single.Low, single.High = number(f(in.Quantile(decision.LowestQuantile))), number(f(in.Quantile(decision.HighestQuantile)))
	}, answer)
	if err := first(append(wrong, failed)...); err != nil {
		return err
	}
	return s.pairs(out, v, ins, centre)
}

func oneWorld(world []float64) [][]float64 {
	out := make([][]float64, len(world))
	for i, x := range world {
		out[i] = []float64{x}
	}
	return out
}

func number(x float64) decision.Number { return decision.Number(x) }

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// nearer puts the assumption first that has the nearest flip: from the central
// world, then in the means; those that move the means more before the others.
func nearer(x, y FlipSingle) int {
	for _, d := range [][2]float64{
		{away(x.Centre), away(y.Centre)},
		{away(x.Mean.Flip), away(y.Mean.Flip)},
		{-math.Abs(float64(x.Mean.High.Value - x.Mean.Low.Value)), -math.Abs(float64(y.Mean.High.Value - y.Mean.Low.Value))},
	} {
		switch {
		case d[0] < d[1] || math.IsNaN(d[1]) && !math.IsNaN(d[0]):
			return -1
		case d[0] > d[1] || math.IsNaN(d[0]) && !math.IsNaN(d[1]):
			return 1
		}
	}
	return 0
}

// away is how many quantiles away the nearest flip is, infinite where there is
// none.
func away(f *decision.Flip) float64 {
	if f == nil || f.Nearest == nil {
		return math.Inf(1)
	}
	return math.Abs(float64(f.Nearest.Quantile) - 0.5)
}

// scores are the normal scores at which each assumption is tried alone to
// foresee what two do together: whole steps either way of the median.
const scoreSteps, scoresEachWay = 12, 96

// pairs searches the pairs that are foreseen to turn the ranking round soonest.
//
// Which are worth a search is foreseen as if assumptions did not interact: the
// difference at two values is that of the centre and what each alone adds (the
// first order of a cut HDMR, Rabitz and Aliş 1999). A pair is promising when,
// so foreseen, it turns the ranking round at less than 0.95 of the distance that
// either takes alone.
func (s *flipper) pairs(out *FlipView, v *model.View, ins []flipInput, centre []float64) error {
	at := float64(out.Centre.Difference)
	if s.p.Pairs == 0 || at == 0 || math.IsNaN(at) {
		return nil
	}
	profiles, err := s.profiles(ins, centre)
	if err != nil {
		return err
	}
	chosen := s.promising(out, profiles, at)
	var failed error
	wrong := make([]error, len(chosen))
	out.Pairs = make([]FlipPair, len(chosen))
	abreast(len(chosen), func(k int, ask func(move) float64) {
		c := chosen[k]
		a, b := ins[c.i], ins[c.j]
		f := func(x, y float64) float64 { return ask(move{[]int{a.at, b.at}, []float64{x, y}}) }
		two, err := decision.NearestFlipOfTwo(f, a.FlipInput, b.FlipInput, pairDirections, pairSteps, pairTolerance)
		if wrong[k] = err; err != nil {
			return
		}
		out.Pairs[k] = FlipPair{FlipOfTwo: *two, Foreseen: number(c.distance), Alone: [2]decision.Number{alone(out.Singles[c.i].Centre), alone(out.Singles[c.j].Centre)}, Rests: [2][]study.Belief{rests(a.a, v), rests(b.a, v)}}
	}, s.moved(centre, &failed))
	slices.SortStableFunc(out.Pairs, func(x, y FlipPair) int { return compareDistance(x, y) })
	return first(append(wrong, failed)...)
}

func compareDistance(x, y FlipPair) int {
	a, b := float64(x.Distance), float64(y.Distance)
	switch {
	case a < b || math.IsNaN(b) && !math.IsNaN(a):
		return -1
	case a > b || math.IsNaN(a) && !math.IsNaN(b):
		return 1
	}
	return 0
}

// alone is the distance of a flip of one assumption in normal scores, NaN where
// there is none.
func alone(f *decision.Flip) decision.Number {
	if f == nil || f.Nearest == nil {
		return number(math.NaN())
	}
	return number(math.Abs(float64(f.Nearest.Standardised)))
}

// profiles shows what each assumption alone adds to the difference, at even steps
// of its normal score between the lowest and the highest quantile; linear
// between the scores tried.
func (s *flipper) profiles(ins []flipInput, centre []float64) ([][]float64, error) {
	var ms []move
	far := special.NormalQuantile(decision.HighestQuantile)
	for _, in := range ins {
		for k := -scoreSteps; k <= scoreSteps; k++ {
			u := special.NormalCDF(far * float64(k) / scoreSteps)
			ms = append(ms, move{[]int{in.at}, []float64{in.Quantile(u)}})
		}
	}
	var failed error
	ds := s.moved(centre, &failed)(ms)
	out := make([][]float64, len(ins))
	const n, per = 2*scoreSteps + 1, scoresEachWay / scoreSteps
	for i := range ins {
		tried := ds[i*n : (i+1)*n]
		for k := range 2*scoresEachWay + 1 {
			lo, part := k/per, float64(float64(k%per)/per)
			d := tried[lo]
			if part > 0 {
				d = float64(tried[lo]*(1-part)) + float64(tried[lo+1]*part)
			}
			out[i] = append(out[i], d-tried[scoreSteps])
		}
	}
	return out, failed
}

// foreseen is a pair of assumptions and the distance at which it is foreseen to
// turn the ranking round.
type foreseen struct {
	i, j     int
	distance float64
}

func (s *flipper) promising(out *FlipView, profiles [][]float64, at float64) []foreseen {
	var moving []int
	for i, p := range profiles {
		if slices.ContainsFunc(p, func(d float64) bool { return math.Abs(d) > rounding*math.Abs(at) }) {
			moving = append(moving, i)
		}
	}
	sign := math.Copysign(1, at)
	single := make([]float64, len(profiles))
	for _, i := range moving {
		single[i] = foresee(profiles[i], nil, sign, at)
	}
	var all []foreseen
	for a, i := range moving {
		for _, j := range moving[a+1:] {
			out.Paired.Of++
			if d := foresee(profiles[i], profiles[j], sign, at); d < 0.95*min(single[i], single[j]) {
				all = append(all, foreseen{i, j, d})
			}
		}
	}
	out.Paired.Promising = len(all)
	slices.SortStableFunc(all, func(x, y foreseen) int {
		switch {
		case x.distance < y.distance:
			return -1
		case x.distance > y.distance:
			return 1
		}
		return 0
	})
	all = all[:min(len(all), s.p.Pairs)]
	out.Paired.Searched = len(all)
	return all
}

// foresee is the distance, in normal scores, of the nearest place at which the
// sum of the profiles turns the difference round; q may be nil.
func foresee(p, q []float64, sign, at float64) float64 {
	if q == nil {
		q = []float64{0}
	}
	best := math.Inf(1)
	for i, x := range p {
		for j, y := range q {
			if sign*(at+x+y) < 0 {
				best = min(best, apart(i-len(p)/2, j-len(q)/2))
			}
		}
	}
	return best * special.NormalQuantile(decision.HighestQuantile) / scoresEachWay
}

// apart is how far apart two places on a grid are.
func apart(dx, dy int) float64 { return math.Sqrt(float64(dx*dx + dy*dy)) }
