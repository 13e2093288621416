package inquiry

import (
	"context"
	"fmt"
	"math"
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// SupposePlan says which assumptions are held at which values, and what is looked
// at then.
type SupposePlan struct {
	study.Plan           // of its options, views and baseline nothing is read
	View       string    // empty: the first that is no union
	Measure    string    // on which the two options are ranked
	Between    [2]string // the two options
	Set        []Setting
	Follow     int            // assumptions whose flips are looked for; 0: what moves is not asked either
	Solvers    *study.Solvers // nil: they are made anew
	Record     *study.Record  // with its draws; nil: no record is asked what it makes of a value
}

// Setting holds one assumption at a value, in its unit.
type Setting struct {
	Assumption string          `json:"assumption"`
	Value      decision.Number `json:"value"`
}

// Defaults of a SupposePlan, which a caller sets.
const (
	SupposeWorlds = 128
	SupposeFollow = 12
)

// How finely flips are looked for while a value is moved.
const (
	supposeSteps     = 16
	supposeTolerance = 1e-4
)

// Supposed tells what follows under one view where some assumptions are held at
// values and all others are as the view has them.
type Supposed struct {
	finding.Head
	View        string           `json:"view"`
	Set         []Setting        `json:"set"`
	Measure     study.Measure    `json:"measure"`
	Measures    []study.Measure  `json:"measures"` // all that are told, the one asked for first
	A           SupposedOption   `json:"a"`
	B           SupposedOption   `json:"b"`
	Assumptions []SupposedNumber `json:"assumptions"` // those that can move, what moves the difference most first; empty unless followed
	Fixed       int              `json:"fixed"`       // assumptions of one value
	Steps       int              `json:"steps"`       // of the search for flips: two within one are not seen
}

// InWords names a measure by the label that the first screen gives it, and any other by
// its name, so that no two that share a label are called the same.
func (s *Supposed) InWords(i int) string {
	if m := s.Measures[i]; slices.Contains(study.Leads(s.Measures), m.Name) {
		return m.Headline
	}
	return s.Measures[i].Name
}

// SupposedOption is one of the two options, with a value for each of the measures.
type SupposedOption struct {
	Name   string          `json:"name"`
	Title  string          `json:"title"`
	Values []SupposedValue `json:"values"`
}

// SupposedValue is a measure in the central world, with every assumption at its
// median and with some held; and over the worlds in which they are held. Of a
// conditional measure each world counts by how likely its condition is.
type SupposedValue struct {
	Stated  decision.Number `json:"central_as_stated"`
	Central decision.Number `json:"central"`
	Mean    decision.Number `json:"mean"` // null: no worlds were asked for, or it is defined in none
	P05     decision.Number `json:"p05"`
	P95     decision.Number `json:"p95"`
	Worlds  int             `json:"worlds"` // in which it is defined
}

// SupposedNumber is an assumption that can be moved. Differences are of the measure,
// A less B, in the central world with what is held.
type SupposedNumber struct {
	Assumption string            `json:"assumption"`
	Title      string            `json:"title"`
	Unit       string            `json:"unit"`
	Rests      []study.Belief    `json:"rests_on"`
	Lowest     decision.Number   `json:"lowest"` // 0.1 % quantile
	P05        decision.Number   `json:"p05"`
	Median     decision.Number   `json:"median"`
	P95        decision.Number   `json:"p95"`
	Highest    decision.Number   `json:"highest"` // 99.9 % quantile
	Value      decision.Number   `json:"value"`   // at which it stands
	Held       bool              `json:"held"`
	AtP05      decision.Number   `json:"difference_at_p05"`
	AtP95      decision.Number   `json:"difference_at_p95"`
	Followed   bool              `json:"followed"`
	Flips      []decision.Number `json:"flips"` // values at which the ranking turns round
	Record     *study.Posterior  `json:"by_the_record"`
}

// Suppose holds assumptions at values. Its errors are the author's, or of a plan
// that does not fit the case.
func Suppose(ctx context.Context, m *model.Model, k *model.Case, p SupposePlan) (*Supposed, error) {
	s, err := newSupposer(ctx, m, k, p)
	if err != nil {
		return nil, err
	}
	if err := s.central(); err != nil {
		return nil, err
	}
	if s.design.N > 0 {
		if err := s.overWorlds(); err != nil {
			return nil, err
		}
	}
	if p.Follow > 0 {
		if err := s.follow(); err != nil {
			return nil, err
		}
	}
	return s.out, nil
}

// supposer is a supposition on its way.
type supposer struct {
	ctx     context.Context
	cast    func(title string) string
	p       SupposePlan
	v       *model.View
	design  draw.Design
	solvers [2]*study.Solver
	inputs  []*model.Assumption
	held    map[int]float64 // by input
	centre  []float64       // the medians, with what is held
	at      []int           // the measures told, among those of the solvers
	given   []int           // of each, the measure of its condition; -1: none
	out     *Supposed
}

func newSupposer(ctx context.Context, m *model.Model, k *model.Case, p SupposePlan) (*supposer, error) {
	if err := TwoOptions(p.Between[:]); err != nil {
		return nil, err
	}
	none := p.Worlds == 0
	p.Options, p.Baseline, p.Views = p.Between[:], "", nil
	if p.View != "" {
		p.Views = []string{p.View}
	}
	c, design, err := p.Settle(m, k)
	if err != nil {
		return nil, err
	}
	if none {
		design.N = 0
	}
	vs, err := schools(c, p.Views)
	if err != nil {
		return nil, err
	}
	s := &supposer{ctx: ctx, cast: func(title string) string { return m.Cast(c, title) }, p: p, v: vs[0], design: design}
	measure, err := measureOf(c, p.Measure)
	if err != nil {
		return nil, err
	}
	options := []*model.Option{m.Option(p.Between[0]), m.Option(p.Between[1])}
	for i, o := range options {
		if s.solvers[i], err = p.Solvers.Of(ctx, m, c, o, p.MaxStates); err != nil {
			return nil, err
		}
	}
	s.inputs = s.solvers[0].Inputs
	all := study.Measures(m, c)
	s.measures(all, measure)
	s.out = &Supposed{Head: study.HeadOf("suppose", m, c, options, []*model.View{s.v}, s.design), View: s.v.Name, Set: []Setting{}, Measure: all[measure],
		A: SupposedOption{options[0].Name, options[0].Title, nil}, B: SupposedOption{options[1].Name, options[1].Title, nil}, Assumptions: []SupposedNumber{}}
	for _, i := range s.at {
		s.out.Measures = append(s.out.Measures, all[i])
	}
	return s, s.set()
}

// told is how many measures are told beside the one asked for.
const told = 5

// measures picks those that are told: the one asked for, then the first of the case.
func (s *supposer) measures(all []study.Measure, asked int) {
	s.at = []int{asked}
	for i, m := range all {
		if i != asked && !m.Record && len(s.at) <= told {
			s.at = append(s.at, i)
		}
	}
	for _, i := range s.at {
		s.given = append(s.given, slices.IndexFunc(all, func(m study.Measure) bool { return m.Name == all[i].Given }))
	}
}

// set reads what is held.
func (s *supposer) set() error {
	var err error
	if s.centre, err = study.Medians(s.inputs, s.v); err != nil {
		return err
	}
	s.held = map[int]float64{}
	for _, x := range s.p.Set {
		i := slices.IndexFunc(s.inputs, func(a *model.Assumption) bool { return a.Name == x.Assumption })
		if i < 0 {
			return s.unknown(x.Assumption)
		}
		if why := s.inputs[i].Impossible(float64(x.Value)); why != "" {
			return source.Misused("%s cannot be held there: it %s", x.Assumption, why)
		}
		if _, twice := s.held[i]; twice {
			return source.Misused("%s is held at two values, %v and %v: name it once", x.Assumption, s.held[i], x.Value)
		}
		s.far(s.inputs[i], float64(x.Value))
		s.held[i], s.centre[i] = float64(x.Value), float64(x.Value)
	}
	for i, a := range s.inputs {
		if x, is := s.held[i]; is {
			s.out.Set = append(s.out.Set, Setting{a.Name, decision.Number(x)})
		}
	}
	return nil
}

// far warns of a value that the view hardly holds possible.
func (s *supposer) far(a *model.Assumption, x float64) {
	d, err := study.DistOf(a, s.v)
	if err != nil { // said before
		return
	}
	if lo, hi := d.Quantile(decision.LowestQuantile), d.Quantile(decision.HighestQuantile); lo < hi && (x < lo || x > hi) {
		s.out.Warnings = append(s.out.Warnings, finding.Warn(finding.Outside, a.Name, "%s is held at %g, and view %s has all but 1 in 500 of it between %.3g and %.3g", a.Name, x, s.v.Name, lo, hi))
	}
}

func (s *supposer) unknown(name string) error {
	var known []string
	for _, a := range s.inputs {
		known = append(known, a.Name)
	}
	return study.NoneCalled("assumption", name, known)
}

// solve gives every measure under both options, in worlds of the caller's.
func (s *supposer) solve(in [][]float64) (out [2][][]float64, err error) {
	for i, x := range s.solvers {
		if out[i], err = x.Solve(s.ctx, in, s.p.Workers); err != nil {
			return out, err
		}
	}
	return out, nil
}

// central plays the central world as stated and with what is held.
func (s *supposer) central() error {
	stated, err := study.Medians(s.inputs, s.v)
	if err != nil {
		return err
	}
	in := make([][]float64, len(stated))
	for i := range in {
		in[i] = []float64{stated[i], s.centre[i]}
	}
	values, err := s.solve(in)
	if err != nil {
		return err
	}
	nan := decision.Number(math.NaN())
	for i, o := range []*SupposedOption{&s.out.A, &s.out.B} {
		for _, k := range s.at {
			x := values[i][k]
			o.Values = append(o.Values, SupposedValue{Stated: number(x[0]), Central: number(x[1]), Mean: nan, P05: nan, P95: nan})
		}
	}
	return nil
}

// overWorlds holds the values in every world, all others as drawn.
func (s *supposer) overWorlds() error {
	draws, err := study.DrawsUntil(s.ctx, s.inputs, s.v, s.design)
	if err != nil {
		return err
	}
	for i, x := range s.held {
		draws[i] = slices.Repeat([]float64{x}, s.design.N)
	}
	values, err := s.solve(draws)
	if err != nil {
		return err
	}
	for i, o := range []*SupposedOption{&s.out.A, &s.out.B} {
		for j, k := range s.at {
			if err := s.ctx.Err(); err != nil {
				return err
			}
			var weights []float64
			if g := s.given[j]; g >= 0 {
				weights = values[i][g]
			}
			x := draw.SummariseWeighted(values[i][k], weights)
			v := &o.Values[j]
			v.Mean, v.P05, v.P95, v.Worlds = number(x.Mean), number(x.P05), number(x.P95), x.N
		}
	}
	return nil
}

// follow tells how far each assumption moves the difference in the central world,
// and where the weightiest turn the ranking round.
func (s *supposer) follow() error {
	quantiles, err := study.Quantiles(s.inputs, s.v)
	if err != nil {
		return err
	}
	var ins []flipInput
	for i, a := range s.inputs {
		if quantiles[i](decision.LowestQuantile) == quantiles[i](decision.HighestQuantile) {
			s.out.Fixed++
			continue
		}
		ins = append(ins, flipInput{decision.FlipInput{Name: a.Name, Unit: a.Unit.String(), Quantile: quantiles[i], Centre: placeIn(quantiles[i], s.centre[i])}, a, i})
	}
	numbers, err := s.ends(ins)
	if err != nil {
		return err
	}
	order := byMoves(numbers)
	s.out.Steps = supposeSteps
	if err := s.flips(ins, numbers, order[:min(s.p.Follow, len(order))]); err != nil {
		return err
	}
	for _, i := range order {
		s.out.Assumptions = append(s.out.Assumptions, numbers[i])
	}
	return nil
}

// placeIn is the quantile at which a value stands, by halving; 0 or 1 of one that
// lies beyond.
func placeIn(quantile func(float64) float64, x float64) float64 {
	lo, hi := 0., 1.
	if x < quantile(decision.LowestQuantile) {
		return 0
	}
	if x > quantile(decision.HighestQuantile) {
		return 1
	}
	for range 40 {
		if mid := (lo + hi) / 2; quantile(mid) < x {
			lo = mid
		} else {
			hi = mid
		}
	}
	return min(max((lo+hi)/2, decision.LowestQuantile), decision.HighestQuantile)
}

// ends are the assumptions, each with the difference at its 5 % and 95 % quantile.
func (s *supposer) ends(ins []flipInput) ([]SupposedNumber, error) {
	var moves []move
	for _, in := range ins {
		for _, u := range []float64{0.05, 0.95} {
			moves = append(moves, move{[]int{in.at}, []float64{in.Quantile(u)}})
		}
	}
	d, err := s.differences(moves)
	if err != nil {
		return nil, err
	}
	var out []SupposedNumber
	for i, in := range ins {
		_, held := s.held[in.at]
		x := SupposedNumber{Assumption: in.Name, Title: s.cast(in.a.Title), Unit: in.Unit, Rests: rests(in.a, s.v), Value: number(s.centre[in.at]), Held: held,
			Lowest: number(in.Quantile(decision.LowestQuantile)), P05: number(in.Quantile(0.05)), Median: number(in.Quantile(0.5)), P95: number(in.Quantile(0.95)), Highest: number(in.Quantile(decision.HighestQuantile)),
			AtP05: number(d[2*i]), AtP95: number(d[2*i+1]), Flips: []decision.Number{}}
		if s.p.Record != nil {
			x.Record = s.p.Record.Posterior(s.v.Name, in.Name)
		}
		out = append(out, x)
	}
	return out, nil
}

// differences are those of the measure in the central world, moved.
func (s *supposer) differences(ms []move) ([]float64, error) {
	in := make([][]float64, len(s.centre))
	for i, x := range s.centre {
		in[i] = slices.Repeat([]float64{x}, len(ms))
	}
	for w, m := range ms {
		for k, i := range m.at {
			in[i][w] = m.x[k]
		}
	}
	values, err := s.solve(in)
	if err != nil {
		return nil, err
	}
	return differences(values[0][s.at[0]], values[1][s.at[0]]), nil
}

// byMoves orders assumptions by how far they move the difference, what is not
// defined last; those that move it alike stay in the order of the case.
func byMoves(xs []SupposedNumber) []int {
	out := make([]int, len(xs))
	for i := range out {
		out[i] = i
	}
	far := func(i int) float64 {
		if d := math.Abs(float64(xs[i].AtP95 - xs[i].AtP05)); !math.IsNaN(d) {
			return d
		}
		return -1
	}
	slices.SortStableFunc(out, func(a, b int) int {
		switch x, y := far(a), far(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out
}

// flips looks where some of the assumptions turn the ranking round.
func (s *supposer) flips(ins []flipInput, numbers []SupposedNumber, some []int) error {
	wrong := make([]error, len(some)+1)
	answer := func(ms []move) []float64 {
		if wrong[len(some)] == nil {
			d, err := s.differences(ms)
			if err == nil {
				return d
			}
			wrong[len(some)] = err
		}
		return slices.Repeat([]float64{math.NaN()}, len(ms)) // so that the searches end
	}
	abreast(len(some), func(i int, ask func(move) float64) {
		in, x := ins[some[i]], &numbers[some[i]]
		if in.Centre == 0 || in.Centre == 1 { // it is held beyond what its view believes
			return
		}
		f, err := decision.NearestFlip(func(v float64) float64 { return ask(move{[]int{in.at}, []float64{v}}) }, in.FlipInput, false, supposeSteps, supposeTolerance)
		if wrong[i] = err; err != nil {
			return
		}
		x.Followed = true
		for _, c := range f.Crossings {
			x.Flips = append(x.Flips, c.Value)
		}
	}, answer)
	return first(wrong...)
}

// Difference is the measure asked for under A less that under B, in the central
// world with what is held.
func (s *Supposed) Difference() float64 {
	return less(float64(s.A.Values[0].Central), float64(s.B.Values[0].Central))
}

// Words say what is held, as it is typed.
func (x Setting) Words() string { return fmt.Sprintf("%s=%v", x.Assumption, float64(x.Value)) }
