package inquiry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// The methods of a SenseQuery.
const (
	MethodSobol    = "sobol"    // Sobol' indices from Saltelli's design; Kucherenko's where assumptions depend on each other
	MethodGiven    = "given"    // first-order indices from worlds drawn in any way
	MethodDelta    = "delta"    // Borgonovo's delta
	MethodRegional = "regional" // how worlds in a class differ from the others
	MethodDGSM     = "dgsm"     // derivative-based bounds of the total index
	MethodMorris   = "morris"   // elementary effects
)

// SenseMethods lists the methods, in the order in which they are told.
func SenseMethods() []string {
	return []string{MethodSobol, MethodGiven, MethodDelta, MethodRegional, MethodDGSM, MethodMorris}
}

// Defaults of a SenseQuery.
const (
	DefaultRows         = 256
	DefaultTrajectories = 20

	maxRows, maxTrajectories, maxResamples = 1 << 18, 1 << 12, 10_000 // what fits a memory
)

// SenseQuery says which assumptions are to be weighed for what. The zero value
// of a field is its default.
type SenseQuery struct {
	Methods      []string              // empty: sobol for a case, given for a record
	Options      []string              // empty: the baseline
	Between      []string              // two options: the first less the second
	Measures     []string              // empty: the first of the case that is not for the record
	Views        []string              // empty: all
	Where        string                // "accepted >= 0.5", "accepted[europe] >= 0.5"
	Rows         int                   // of a Sobol' design: it has many more points
	Trajectories int                   // of elementary effects
	Second       bool                  // also indices of pairs
	Groups       []sensitivity.Group   // of assumptions; a base name stands for all its actors
	Correlations []study.Correlation   // beside those of the views
	Bootstrap    sensitivity.Bootstrap // how intervals are made
}

// Sensitivity says which assumptions decide measures, under each view.
type Sensitivity struct {
	finding.Head
	Recorded     bool         `json:"from_record"`          // nothing was run
	Rows         int          `json:"rows_of_sobol_design"` // 0: not asked
	Trajectories int          `json:"trajectories"`         // 0: not asked
	Methods      []string     `json:"methods"`
	Where        string       `json:"where"`
	Assumptions  []SenseInput `json:"assumptions"`
	Views        []SenseView  `json:"views"`
}

// SenseInput is an assumption of the case.
type SenseInput struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Unit  string `json:"unit"`
}

// SenseView holds the findings under one view.
type SenseView struct {
	View         string              `json:"view"`
	Title        string              `json:"title"`
	Union        bool                `json:"union"`
	Varied       []Varied            `json:"varied"`
	Fixed        []Held              `json:"fixed"`    // one value under this view: nothing to weigh
	Unread       []string            `json:"not_read"` // by the options asked about: they change nothing
	Correlations []study.Correlation `json:"correlations"`
	Outcomes     []SenseOutcome      `json:"outcomes"`
}

// Varied is an assumption with more than one value under a view.
type Varied struct {
	Name         string `json:"name"`
	Distribution string `json:"distribution"` // empty where a record does not say
	Judged       bool   `json:"rests_on_judgement_alone"`
}

// Held is an assumption with one value under a view.
type Held struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	// Precision: it is λ. That it has one value is a choice, and decides much.
	Precision bool `json:"precision,omitempty"`
}

// SenseOutcome is one measure under one option, or the difference of two: Option
// less Minus.
type SenseOutcome struct {
	Option    string        `json:"option"`
	Minus     string        `json:"minus"` // empty: no difference
	Measure   string        `json:"measure"`
	Title     string        `json:"title"`
	Unit      string        `json:"unit"`
	Better    string        `json:"better"`
	Given     string        `json:"given"`            // the measure by which worlds weigh, where this one is given something; empty: alike
	Weighed   bool          `json:"by_what_happened"` // each world counts by the records of the past too
	Effective *study.Float  `json:"effective_worlds"` // that the weighed ones are worth; null where they count alike
	N         int           `json:"worlds"`           // behind the spread and the slopes: only those where the condition holds, if there is one
	Undefined int           `json:"undefined"`
	Mean      *study.Float  `json:"mean"`
	SD        *study.Float  `json:"standard_deviation"`
	P05       *study.Float  `json:"p05"`
	P95       *study.Float  `json:"p95"`
	First     *study.Float  `json:"first_better"`  // of a difference: the share of worlds in which Option is better
	Second    *study.Float  `json:"second_better"` // and in which Minus is
	Slopes    []Slope       `json:"slopes"`
	Results   []SenseResult `json:"results"`
}

// CountsBy says by what worlds count that do not count alike.
func (o *SenseOutcome) CountsBy() string { return countsBy(o.Given, o.Weighed) }

// Slope is Spearman's rank correlation of an assumption and an outcome: which
// way it pushes.
type Slope struct {
	Name string       `json:"name"`
	Rank *study.Float `json:"rank_correlation"`
	Sure bool         `json:"told_apart_from_0"` // beyond 1.96/√N
}

// SenseResult holds the findings of one method; exactly one of the pointers is set, or
// Unanswered says why none is.
type SenseResult struct {
	Method     string                   `json:"method"`
	Dependent  bool                     `json:"dependent_inputs"`
	Class      *SenseClass              `json:"class,omitempty"`
	Unanswered string                   `json:"unanswered,omitempty"`
	Sobol      *sensitivity.Sobol       `json:"sobol,omitempty"`
	Given      *sensitivity.Ratios      `json:"given,omitempty"`
	Delta      *sensitivity.Deltas      `json:"delta,omitempty"`
	Regional   *sensitivity.Regions     `json:"regional,omitempty"`
	DGSM       *sensitivity.Derivatives `json:"dgsm,omitempty"`
	Morris     *sensitivity.Elementary  `json:"morris,omitempty"`
}

// SenseClass is a class of worlds: those that a method was confined to, or sets
// against the others.
type SenseClass struct {
	Words   string `json:"words"`
	In      int    `json:"in"`
	Out     int    `json:"out"`
	Unknown int    `json:"undefined"` // worlds in which it is not defined: neither in nor out
}

// Check says what is wrong with a query of a record, or of a case.
func (q SenseQuery) Check(ofRecord bool) error {
	for _, m := range q.Methods {
		if !slices.Contains(SenseMethods(), m) {
			return source.Hint(source.Misused("unknown method %q", m), source.Among(m, SenseMethods()))
		}
		if ofRecord && !fromGiven(m) {
			return source.Misused("%s wants worlds of its own, and a record has only those that were run; name the case, or use given, delta or regional", m)
		}
	}
	asked := func(m string) bool { return slices.Contains(q.methods(ofRecord), m) }
	switch {
	case len(q.Between) != 0 && TwoOptions(q.Between) != nil:
		return TwoOptions(q.Between)
	case len(q.Between) == 2 && len(q.Options) > 0:
		return source.Misused("options and a difference of options at once; choose one")
	case q.Rows != 0 && (q.Rows < 2 || q.Rows > maxRows):
		return source.Misused("a sobol design wants 2 to %d rows, got %d; 256 is usual", maxRows, q.Rows)
	case q.Trajectories != 0 && (q.Trajectories < 2 || q.Trajectories > maxTrajectories):
		return source.Misused("morris wants 2 to %d trajectories, got %d; 10 to 50 are usual", maxTrajectories, q.Trajectories)
	case q.Bootstrap.Resamples != 0 && (q.Bootstrap.Resamples < 2 || q.Bootstrap.Resamples > maxResamples):
		return source.Misused("an interval wants 2 to %d resamples, got %d; 100 is usual", maxResamples, q.Bootstrap.Resamples)
	case (q.Second || len(q.Groups) > 0) && !asked(MethodSobol):
		return source.Misused("pairs and groups are for the method sobol")
	case len(q.Groups) > 0 && len(q.methods(ofRecord)) > 1:
		return source.Misused("groups are for the method sobol alone; ask the others apart")
	case ofRecord && len(q.Correlations) > 0:
		return source.Misused("the worlds of a record are drawn already; name the case to draw them anew with a correlation")
	case q.Where != "" && slices.ContainsFunc(q.methods(ofRecord), func(m string) bool { return !fromGiven(m) }):
		return source.Misused("only given, delta and regional can be asked where something holds: the worlds of other methods must not be chosen among")
	}
	_, err := parseWhere(q.Where)
	return err
}

// fromGiven reports whether a method can do with worlds drawn in any way.
func fromGiven(method string) bool {
	return method == MethodGiven || method == MethodDelta || method == MethodRegional
}

// Taken lists the methods that a case is asked by, those that nobody named too.
func (q SenseQuery) Taken() []string { return q.methods(false) }

// Asks reports whether one of some methods is asked for, of a case or of worlds that
// were run.
func (q SenseQuery) Asks(ofRecord bool, methods ...string) bool {
	return slices.ContainsFunc(q.methods(ofRecord), func(m string) bool { return slices.Contains(methods, m) })
}

// methods lists those asked for, each once and in order of asking.
func (q SenseQuery) methods(ofRecord bool) []string {
	if len(q.Methods) == 0 {
		if ofRecord || q.Where != "" {
			return []string{MethodGiven}
		}
		return []string{MethodSobol}
	}
	var out []string
	for _, m := range q.Methods {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// condition is a query's Where; of none the expression is nil. A measure that
// stands without an option is that of the option asked about.
type condition struct {
	words    string
	expr     *syntax.Expr
	measures []string // that it names
	options  []string // that it names
}

// parseWhere reads comparisons of measures, joined by and, or, not.
func parseWhere(words string) (condition, error) {
	if words == "" {
		return condition{}, nil
	}
	e, err := parse("--where", words)
	if err != nil {
		return condition{}, err
	}
	if odd := e.Odd(); odd != nil {
		return condition{}, wrong(odd, "%s is no comparison of a measure; write MEASURE >= NUMBER or MEASURE[OPTION] < NUMBER, with >=, >, <= or <", odd)
	}
	c := condition{words: strings.Join(strings.Fields(words), " "), expr: e}
	c.names(e)
	return c, nil
}

// names notes the measures and options that an expression names.
func (c *condition) names(e *syntax.Expr) {
	switch e.Kind {
	case syntax.IndexExpr:
		c.measures, c.options = append(c.measures, e.Op), append(c.options, e.Args[0].Op)
	case syntax.NameExpr:
		c.measures = append(c.measures, e.Op)
	default:
		for _, a := range e.Args {
			c.names(a)
		}
	}
}

// sensing is a query on its way to an answer.
type sensing struct {
	q        SenseQuery
	out      *Sensitivity
	measures []study.Measure
	inputs   []string
	methods  []string
	options  []string // solved, in the order of the case
	outcomes []SenseOutcome
	where    condition
	views    []*senseView

	told      bool       // something was answered
	undivided *undivided // the last refusal of the condition
}

// senseView is one view with its samples.
type senseView struct {
	SenseView
	at     []int // of each of Varied among the inputs
	worlds *sample
	sobol  *sample
	walks  *sample
	design interface { // of sobol
		Indices(y []float64, b sensitivity.Bootstrap) (sensitivity.Sobol, error)
	}
	morris    sensitivity.Walks
	quantiles []func(float64) float64
	slopes    map[string][][][]float64 // by option: of each measure by each input, in worlds
}

// sample is points and what was solved at them.
type sample struct {
	n      int                            // points
	weight []float64                      // of each by what happened; nil: alike
	world  []int                          // that each comes of; nil: each of its own
	points func(from, to int) [][]float64 // a column for each input
	y      map[string][][]float64         // by option: a column for each measure
}

// settle finds what the query names among what there is.
func (s *sensing) settle(options []string, baseline string, defined definedness) error {
	for _, o := range append(slices.Clone(s.q.Options), s.q.Between...) {
		if err := knownAs("option", o, options); err != nil {
			return err
		}
	}
	measures, err := study.Pick("measure", s.q.Measures, s.measures, func(m study.Measure) string { return m.Name })
	if err != nil {
		return err
	}
	if len(s.q.Measures) == 0 {
		first := max(slices.IndexFunc(s.measures, func(m study.Measure) bool { return !m.Record }), 0)
		if len(s.measures) == 0 {
			return errors.New("there is no measure to ask about")
		}
		measures = s.measures[first : first+1]
	}
	if s.where, err = parseWhere(s.q.Where); err != nil {
		return err
	}
	if err := s.settleWhere(options); err != nil {
		return err
	}
	asked := s.q.Options
	switch {
	case len(s.q.Between) == 2:
		asked = s.q.Between[:1]
	case len(asked) == 0:
		usual, err := s.usual(append([]string{baseline}, options...), measures, defined)
		if err != nil {
			return err
		}
		asked = []string{usual}
	}
	for _, o := range asked {
		for _, m := range measures {
			outcome := SenseOutcome{Option: o, Measure: m.Name, Title: m.Title, Unit: m.Unit, Better: m.Better}
			if len(s.q.Between) == 2 {
				outcome.Minus = s.q.Between[1]
			}
			s.outcomes = append(s.outcomes, outcome)
		}
	}
	for _, o := range options {
		if slices.Contains(asked, o) || slices.Contains(s.q.Between, o) || slices.Contains(s.where.options, o) {
			s.options = append(s.options, o)
		}
	}
	return nil
}

// definedness tells whether measures are defined under an option.
type definedness func(option string, measures []study.Measure) (bool, error)

// usual is the option asked about where none is named: the first under which the
// measures are defined. One that is given what never happens under the baseline
// is asked of another, and that is said.
func (s *sensing) usual(options []string, measures []study.Measure, defined definedness) (string, error) {
	if !slices.ContainsFunc(measures, func(m study.Measure) bool { return m.Given != "" }) {
		return options[0], nil
	}
	for i, o := range options {
		switch ok, err := defined(o, measures); {
		case err != nil:
			return "", err
		case ok && i == 0:
			return o, nil
		case ok:
			s.out.Warnings = append(s.out.Warnings, finding.Warn(finding.Undefined, o, "asked of %s: under %s %s is not defined, what it is given never happens there; --option asks of another", o, options[0], measures[0].Name))
			return o, nil
		}
	}
	return options[0], nil
}

func (s *sensing) settleWhere(options []string) error {
	if s.where.expr == nil {
		return nil
	}
	if err := (vocabulary{measureNames(s.measures), options, s.inputs, nil, ofAsked}).check(s.where.expr); err != nil {
		return err
	}
	return inUnit(s.where.expr, func(e *syntax.Expr) string {
		if at := s.measureAt(e.Op); at >= 0 && (e.Kind == syntax.NameExpr || e.Kind == syntax.IndexExpr) {
			return s.measures[at].Unit
		}
		return ""
	})
}

// knownAs is an error with a hint unless a name is among those known.
func knownAs(what, name string, known []string) error {
	_, err := study.Pick(what, []string{name}, known, func(s string) string { return s })
	return err
}

func (s *sensing) measureAt(name string) int {
	return slices.IndexFunc(s.measures, func(m study.Measure) bool { return m.Name == name })
}

// Of asks a record, in the worlds that were run. The record must have its
// draws (ReadDraws).
func (q SenseQuery) Of(rec *study.Record) (*Sensitivity, error) {
	r := record{rec}
	if err := q.Check(true); err != nil {
		return nil, err
	}
	s := &sensing{q: q, measures: r.Measures, methods: q.methods(true), out: &Sensitivity{Head: r.head("sense", all(len(r.Results)), all(len(r.Views))), Recorded: true}}
	options := r.OptionNames()
	if len(options) == 0 {
		return nil, errors.New("the record has no option to ask about")
	}
	baseline := r.Baseline
	if !slices.Contains(options, baseline) {
		baseline = options[0]
	}
	for _, n := range r.Numbers {
		s.inputs = append(s.inputs, n.Name)
	}
	if err := s.settle(options, baseline, r.definedUnder); err != nil {
		return nil, err
	}
	for _, n := range r.Numbers {
		s.out.Assumptions = append(s.out.Assumptions, SenseInput{n.Name, n.Title, n.Unit})
	}
	views, err := study.Pick("view", q.Views, r.Views, func(v study.View) string { return v.Name })
	if err != nil {
		return nil, err
	}
	r.SayWhole(&s.out.Head)
	for _, v := range views {
		if len(r.Draws[v.Name]) != len(r.Numbers) {
			panic("inquiry: the record was not given its draws")
		}
		sv := r.senseView(v, s.options)
		if _, err := sv.copula(); len(sv.Correlations) > 0 && err != nil {
			return nil, fmt.Errorf("corrupt record: view %q: %w", v.Name, err)
		}
		s.views = append(s.views, sv)
	}
	return s.answer()
}

// definedUnder reports whether measures are defined in any world under an option.
func (r record) definedUnder(option string, measures []study.Measure) (bool, error) {
	o := slices.Index(r.OptionNames(), option)
	for _, ms := range measures {
		k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == ms.Name })
		if !slices.ContainsFunc(r.Results[o].Views, func(v study.ViewResult) bool { return v.Summary[k].N > 0 }) {
			return false, nil
		}
	}
	return true, nil
}

// centrally tells whether measures are defined in the central world of the first
// view of a case.
func centrally(ctx context.Context, m *model.Model, c *model.Case, p study.Plan) definedness {
	return func(option string, measures []study.Measure) (bool, error) {
		solver, err := study.NewSolver(ctx, m, c, m.Option(option), p.MaxStates)
		if err != nil {
			return false, err
		}
		quantiles, err := study.Quantiles(solver.Inputs, c.Views[0])
		if err != nil {
			return false, err
		}
		world := [][]float64{}
		for _, q := range quantiles {
			world = append(world, []float64{q(0.5)})
		}
		found, err := solver.Solve(ctx, world, 1)
		if err != nil {
			return false, err
		}
		return !slices.ContainsFunc(measures, func(ms study.Measure) bool {
			k := slices.IndexFunc(c.Crisis.Measures, func(x model.Measure) bool { return x.Name == ms.Name })
			return math.IsNaN(found[k][0])
		}), nil
	}
}

// senseView puts the rows of a record into a sample.
func (r record) senseView(v study.View, options []string) *senseView {
	at := slices.Index(r.ViewNames(), v.Name)
	draws := r.WholeDraws(at)
	sv := &senseView{SenseView: SenseView{View: v.Name, Title: v.Title, Union: v.Union, Unread: []string{}, Correlations: []study.Correlation{}},
		worlds: &sample{n: r.Worlds, y: map[string][][]float64{}, points: func(from, to int) [][]float64 { return study.Cut(draws, from, to) }}}
	whole := r.Whole(at)
	if whole != nil {
		sv.worlds.n, sv.worlds.weight, sv.worlds.world = len(whole.Weights), whole.Weights, whole.Worlds
	}
	for j, n := range r.Numbers {
		if lo, hi := slices.Min(draws[j]), slices.Max(draws[j]); lo == hi {
			sv.Fixed = append(sv.Fixed, Held{n.Name, lo, n.Name == r.Precision})
			continue
		}
		if n.Solved { // in the worlds of several schools it only says whose they are
			continue
		}
		x := Varied{Name: n.Name, Judged: len(n.Beliefs) > 0}
		for _, b := range n.Beliefs {
			if b.View == v.Name {
				x.Distribution = b.Dist
			}
			if (b.View == v.Name || v.Union) && len(b.Sources) > 0 {
				x.Judged = false
			}
		}
		sv.Varied, sv.at = append(sv.Varied, x), append(sv.at, j)
	}
	for _, x := range v.Correlations {
		if sv.varies(x.A) && sv.varies(x.B) {
			sv.Correlations = append(sv.Correlations, x)
		}
	}
	for i, res := range r.Results {
		switch {
		case !slices.Contains(options, res.Option):
		case whole != nil:
			sv.worlds.y[res.Option] = whole.Values[i]
		default:
			for _, found := range res.Views {
				if found.View == v.Name {
					sv.worlds.y[res.Option] = found.Values
				}
			}
		}
	}
	return sv
}

// Sense runs a case in the worlds that the methods of a query want. Of the plan
// it takes Worlds, Seed, Design, Horizon, Date, Workers and MaxStates; options
// and views are the query's.
func Sense(ctx context.Context, m *model.Model, k *model.Case, p study.Plan, q SenseQuery, tell study.Progress) (*Sensitivity, error) {
	if err := q.Check(false); err != nil {
		return nil, err
	}
	p.Views, p.Baseline = q.Views, ""
	p.Options = nil
	c, design, err := p.Settle(m, k)
	if err != nil {
		return nil, err
	}
	if c, err = study.Told(m, c); err != nil {
		return nil, err
	}
	q.Rows, q.Trajectories = cmp.Or(q.Rows, DefaultRows), cmp.Or(q.Trajectories, DefaultTrajectories)
	q.Bootstrap.Workers = p.Workers
	s := &sensing{q: q, methods: q.methods(false), out: &Sensitivity{Head: study.HeadOf("sense", m, c, c.Options, c.Views, draw.Design{Seed: design.Seed, Kind: design.Kind})}}
	s.measures = study.Measures(m, c)
	f := &field{s: s, ctx: ctx, m: m, c: c, p: p, design: design, tell: tell, inputs: m.Uses(c)}
	for _, a := range f.inputs {
		s.inputs = append(s.inputs, a.Name)
	}
	var options []string
	for _, o := range c.Options {
		options = append(options, o.Name)
	}
	if err := s.settle(options, c.Baseline.Name, centrally(ctx, m, c, p)); err != nil {
		return nil, err
	}
	f.narrow()
	if err := f.prepare(); err != nil {
		return nil, err
	}
	if err := f.solve(); err != nil {
		return nil, err
	}
	return s.answer()
}

// field is where the points of a query are solved.
type field struct {
	s       *sensing
	ctx     context.Context
	m       *model.Model
	c       *model.Case
	p       study.Plan
	design  draw.Design
	tell    study.Progress
	inputs  []*model.Assumption
	solvers []*study.Solver
	done    int
}

// narrow leaves of the case only the measures asked about: what they do not
// need is not solved, and what only others read does not vary.
func (f *field) narrow() {
	crisis, all := *f.c.Crisis, f.s.measures
	crisis.Measures, f.s.measures = nil, nil
	for k, ms := range f.c.Crisis.Measures {
		asked := slices.ContainsFunc(f.s.outcomes, func(o SenseOutcome) bool {
			return o.Measure == ms.Name || all[slices.IndexFunc(all, func(m study.Measure) bool { return m.Name == o.Measure })].Given == ms.Name
		})
		if asked || slices.Contains(f.s.where.measures, ms.Name) {
			crisis.Measures, f.s.measures = append(crisis.Measures, ms), append(f.s.measures, all[k])
		}
	}
	c := *f.c
	c.Crisis, f.c = &crisis, &c
}

// prepare compiles the options and lays out the points of every view.
func (f *field) prepare() error {
	s := f.s
	for _, a := range f.inputs {
		s.out.Assumptions = append(s.out.Assumptions, SenseInput{a.Name, f.m.Cast(f.c, a.Title), a.Unit.String()})
	}
	if err := f.settleNames(); err != nil {
		return err
	}
	for _, v := range f.c.Views {
		if err := f.mayAsk(v); err != nil {
			return err
		}
	}
	reads := make([]bool, len(f.inputs))
	for _, o := range f.c.Options {
		if !slices.Contains(s.options, o.Name) {
			continue
		}
		solver, err := study.NewSolver(f.ctx, f.m, f.c, o, f.p.MaxStates)
		if err != nil {
			return err
		}
		f.solvers = append(f.solvers, solver)
		for i, read := range solver.Reads() {
			j := slices.Index(s.inputs, solver.Inputs[i].Name)
			reads[j] = reads[j] || read
		}
	}
	for _, v := range f.c.Views {
		view, err := f.view(v, reads)
		if err != nil {
			return fmt.Errorf("view %s: %w", v.Name, err)
		}
		s.views = append(s.views, view)
	}
	return nil
}

// settleNames checks the assumptions that correlations and groups name, and
// spreads a base name over its actors.
func (f *field) settleNames() error {
	s := f.s
	for i, x := range s.q.Correlations {
		for _, name := range []string{x.A, x.B} {
			if err := f.unknown(name, false); err != nil {
				return fmt.Errorf("correlation: %w", err)
			}
		}
		if x.A == x.B {
			return source.Misused("correlation: %s with itself is 1; name two assumptions", x.A)
		}
		for _, y := range s.q.Correlations[:i] {
			if y.A == x.A && y.B == x.B || y.A == x.B && y.B == x.A {
				return source.Misused("the correlation of %s and %s is given twice", x.A, x.B)
			}
		}
	}
	return f.settleGroups()
}

// settleGroups spreads base names over their actors.
func (f *field) settleGroups() error {
	s := f.s
	in := map[string]string{}
	groups := slices.Clone(s.q.Groups)
	for i, g := range groups {
		var members []string
		for _, name := range g.Inputs {
			if err := f.unknown(name, true); err != nil {
				return source.Misused("group %s: %w", g.Name, err)
			}
			for _, a := range f.inputs {
				if a.Name == name || a.Base == name {
					if other, had := in[a.Name]; had {
						return source.Misused("%s is in group %s and again in %s", a.Name, other, g.Name)
					}
					in[a.Name], members = g.Name, append(members, a.Name)
				}
			}
		}
		switch {
		case slices.ContainsFunc(groups[:i], func(x sensitivity.Group) bool { return x.Name == g.Name }):
			return source.Misused("group %s is given twice", g.Name)
		case slices.Contains(s.inputs, g.Name) && !slices.Equal(members, []string{g.Name}):
			return source.Misused("group %s has the name of an assumption; choose another", g.Name)
		}
		groups[i].Inputs = members
	}
	s.q.Groups = groups
	return nil
}

// unknown is an error unless a name is an assumption of the case, or, where
// bases do, the name that several share.
func (f *field) unknown(name string, bases bool) error {
	var known []string
	for _, a := range f.inputs {
		known = append(known, a.Name)
		if bases && !slices.Contains(known, a.Base) {
			known = append(known, a.Base)
		}
	}
	if slices.Contains(known, name) {
		return nil
	}
	return study.NoneCalled("assumption", name, known)
}

// mayAsk is an error where a method is not valid under the correlations of a
// view.
func (f *field) mayAsk(v *model.View) error {
	s := f.s
	all := f.inCase(v)
	if len(all) == 0 {
		return nil
	}
	for _, method := range s.methods {
		if method == MethodMorris || method == MethodDGSM {
			return fmt.Errorf("%s assumes independent assumptions, but %s and %s depend on each other under view %s; use sobol (indices for dependent inputs), given or delta",
				method, all[0].A.Name, all[0].B.Name, v.Name)
		}
	}
	if s.q.Second || len(s.q.Groups) > 0 {
		return fmt.Errorf("pairs and groups assume independent assumptions, but %s and %s depend on each other under view %s; leave out the pairs and groups",
			all[0].A.Name, all[0].B.Name, v.Name)
	}
	return nil
}

// view finds what varies under a view and lays out its samples.
func (f *field) view(v *model.View, reads []bool) (*senseView, error) {
	s := f.s
	sv := &senseView{SenseView: SenseView{View: v.Name, Title: v.Title, Union: len(v.Union) > 0, Unread: []string{}, Correlations: []study.Correlation{}}}
	all := f.inCase(v)
	correlated := map[string]bool{}
	for _, x := range all {
		correlated[x.A.Name], correlated[x.B.Name] = true, true
	}
	quantiles, err := study.Quantiles(f.inputs, v)
	if err != nil {
		return nil, err
	}
	held := make([]float64, len(f.inputs))
	for j, a := range f.inputs {
		dist, err := study.DistOf(a, v)
		if err != nil {
			return nil, err
		}
		lo, hi := dist.Support()
		held[j] = quantiles[j](0.5)
		switch {
		case lo == hi:
			sv.Fixed = append(sv.Fixed, Held{a.Name, lo, a.Name == f.c.Crisis.Precision.String()})
		case !reads[j] && !correlated[a.Name]:
			sv.Unread = append(sv.Unread, a.Name)
		default:
			sv.Varied, sv.at = append(sv.Varied, Varied{a.Name, words(a, v, dist), study.OnlyJudged(a, v)}), append(sv.at, j)
			sv.quantiles = append(sv.quantiles, quantiles[j])
		}
	}
	for _, x := range all {
		if sv.varies(x.A.Name) && sv.varies(x.B.Name) {
			sv.Correlations = append(sv.Correlations, study.Stated(x))
		} else {
			s.out.Warnings = append(s.out.Warnings, finding.Warn(finding.Uncorrelated, v.Name, "view %s: %s and %s cannot be correlated, for one of them has one value", v.Name, x.A.Name, x.B.Name))
		}
	}
	if len(sv.Varied) == 0 {
		return sv, nil
	}
	return sv, f.lay(sv, v, held)
}

// correlations joins those a view states and those of the query, which go before
// it.
func (f *field) correlations(v *model.View) []model.Correlation {
	var out []model.Correlation
	asked := func(a, b string) bool {
		return slices.ContainsFunc(f.s.q.Correlations, func(x study.Correlation) bool { return x.A == a && x.B == b || x.A == b && x.B == a })
	}
	for _, x := range v.Correlations {
		if !asked(x.A.Name, x.B.Name) {
			out = append(out, x)
		}
	}
	named := func(name string) *model.Assumption {
		return f.inputs[slices.IndexFunc(f.inputs, func(a *model.Assumption) bool { return a.Name == name })]
	}
	for _, x := range f.s.q.Correlations {
		out = append(out, model.Correlation{A: named(x.A), B: named(x.B), Rank: x.Rank})
	}
	return out
}

// inCase are the correlations of what the case reads.
func (f *field) inCase(v *model.View) []model.Correlation {
	return slices.DeleteFunc(f.correlations(v), func(x model.Correlation) bool {
		return !slices.Contains(f.inputs, x.A) || !slices.Contains(f.inputs, x.B)
	})
}

// words are a belief as its author wrote it, or of a union the mixture.
func words(a *model.Assumption, v *model.View, dist draw.Dist) string {
	if b := a.Belief(v.Name); b != nil && len(v.Union) == 0 {
		return b.Words
	}
	return dist.String()
}

func (sv *senseView) varies(name string) bool {
	return slices.ContainsFunc(sv.Varied, func(x Varied) bool { return x.Name == name })
}

func (sv *senseView) names() []string {
	out := make([]string, len(sv.Varied))
	for i, x := range sv.Varied {
		out[i] = x.Name
	}
	return out
}

// copula is the dependence of what varies under a view.
func (sv *senseView) copula() (draw.Copula, error) {
	var pairs []draw.Pair
	for _, x := range sv.Correlations {
		pairs = append(pairs, draw.Pair{A: x.A, B: x.B, Rank: x.Rank})
	}
	return draw.Paired(sv.names(), pairs)
}

// lay lays out the samples that the methods want.
func (f *field) lay(sv *senseView, v *model.View, held []float64) error {
	s := f.s
	whole := func(some [][]float64, n int) [][]float64 { // a column for each input of the case
		out := make([][]float64, len(held))
		for i, j := range sv.at {
			out[j] = some[i]
		}
		for j, x := range held {
			if out[j] == nil {
				out[j] = slices.Repeat([]float64{x}, n)
			}
		}
		return out
	}
	for _, method := range s.methods {
		switch method {
		case MethodSobol:
			block, err := f.saltelli(sv)
			if err != nil {
				return err
			}
			rows := s.q.Rows
			sv.sobol.points = func(from, to int) [][]float64 {
				some := make([][]float64, len(sv.at))
				for at := from; at < to; at += rows - at%rows {
					b := block(at / rows)
					lo, hi := at%rows, min(rows, at%rows+to-at)
					for i := range some {
						some[i] = append(some[i], b[i][lo:hi]...)
					}
				}
				return whole(some, to-from)
			}
		case MethodMorris:
			var err error
			if sv.morris, err = sensitivity.Morris(sv.names(), s.q.Trajectories, 0, f.design.Seed); err != nil {
				return err
			}
			points := through(sv.morris.Points(), sv.quantiles)
			sv.walks = &sample{n: sv.morris.Len(), points: func(from, to int) [][]float64 { return whole(study.Cut(points, from, to), to-from) }}
			s.out.Trajectories = s.q.Trajectories
		default:
			if sv.worlds != nil {
				continue
			}
			draws, err := study.DrawsWith(f.ctx, f.inputs, v, f.design, f.correlations(v))
			if err != nil {
				return err
			}
			sv.worlds = &sample{n: f.design.N, points: func(from, to int) [][]float64 { return study.Cut(draws, from, to) }}
			s.out.Worlds = f.design.N
		}
	}
	return nil
}

// saltelli lays out a design of Saltelli, or of Kucherenko where assumptions
// depend on each other; block gives its samples as values.
func (f *field) saltelli(sv *senseView) (block func(k int) [][]float64, err error) {
	q, seed := f.s.q, f.design.Seed
	f.s.out.Rows = q.Rows
	if len(sv.Correlations) > 0 {
		c, err := sv.copula()
		if err != nil {
			return nil, err
		}
		d, err := sensitivity.Kucherenko(c, q.Rows, seed)
		if err != nil {
			return nil, err
		}
		sv.design, sv.sobol = d, &sample{n: d.Len()}
		return func(k int) [][]float64 { return through(d.Block(k), sv.quantiles) }, nil
	}
	d, err := sensitivity.Saltelli(sv.names(), q.Rows, q.Second, seed)
	if err == nil && len(q.Groups) > 0 {
		groups := sv.grouped(q.Groups)
		for _, g := range q.Groups {
			if !slices.ContainsFunc(groups, func(x sensitivity.Group) bool { return x.Name == g.Name }) {
				f.s.out.Warnings = append(f.s.out.Warnings, finding.Warn(finding.Constant, sv.View, "view %s: nothing in group %s varies or is read", sv.View, g.Name))
			}
		}
		d, err = d.Grouped(groups)
	}
	if err != nil {
		return nil, err
	}
	d = d.Map(sv.quantiles)
	sv.design, sv.sobol = d, &sample{n: d.Len()}
	return d.Block, nil
}

// grouped are the groups as far as they vary under a view; what is in none has
// one of its own.
func (sv *senseView) grouped(groups []sensitivity.Group) []sensitivity.Group {
	var out []sensitivity.Group
	in := map[string]bool{}
	for _, g := range groups {
		var members []string
		for _, name := range g.Inputs {
			if in[name] = true; sv.varies(name) {
				members = append(members, name)
			}
		}
		if len(members) > 0 {
			out = append(out, sensitivity.Group{Name: g.Name, Inputs: members})
		}
	}
	for _, name := range sv.names() {
		if !in[name] {
			out = append(out, sensitivity.Group{Name: name, Inputs: []string{name}})
		}
	}
	return out
}

// through sends columns in (0, 1) through quantile functions.
func through(columns [][]float64, quantiles []func(float64) float64) [][]float64 {
	for i, column := range columns {
		for w, u := range column {
			column[w] = quantiles[i](u)
		}
	}
	return columns
}

// swath is how many points are laid out and solved at once: enough work for
// many workers, little memory.
const swath = 64 * study.Block

// solve solves every sample under every option.
func (f *field) solve() error {
	for _, solver := range f.solvers {
		for _, v := range f.s.views {
			for _, x := range v.samples() {
				if err := f.solveSample(solver, x); err != nil {
					return fmt.Errorf("view %s: %w", v.View, err)
				}
			}
			if err := f.slopes(solver, v); err != nil {
				return fmt.Errorf("view %s: %w", v.View, err)
			}
		}
	}
	return nil
}

func (sv *senseView) samples() []*sample {
	return slices.DeleteFunc([]*sample{sv.worlds, sv.sobol, sv.walks}, func(x *sample) bool { return x == nil })
}

func (f *field) solveSample(solver *study.Solver, x *sample) error {
	y := make([][]float64, len(f.s.measures))
	for from := 0; from < x.n; from += swath {
		some, err := solver.Solve(f.ctx, f.read(solver, x.points(from, min(from+swath, x.n))), f.p.Workers)
		if err != nil {
			return err
		}
		for k := range y {
			y[k] = append(y[k], some[k]...)
		}
		f.tick()
	}
	if x.y == nil {
		x.y = map[string][][]float64{}
	}
	x.y[solver.Option.Name] = y
	return nil
}

// read gives of the columns of a case those that a solver has.
func (f *field) read(solver *study.Solver, points [][]float64) [][]float64 {
	out := make([][]float64, len(solver.Inputs))
	for i, a := range solver.Inputs {
		out[i] = points[slices.Index(f.s.inputs, a.Name)]
	}
	return out
}

// slopes takes the derivatives of every measure asked about.
func (f *field) slopes(solver *study.Solver, v *senseView) error {
	if !slices.Contains(f.s.methods, MethodDGSM) || v.worlds == nil {
		return nil
	}
	if v.slopes == nil {
		v.slopes = map[string][][][]float64{}
	}
	all := make([][][]float64, len(f.s.measures))
	points := f.read(solver, v.worlds.points(0, v.worlds.n))
	for k := range all {
		grad, err := solver.Gradient(f.ctx, points, k, f.p.Workers)
		if err != nil {
			return err
		}
		for _, x := range v.Varied {
			column := make([]float64, v.worlds.n)
			if i := slices.IndexFunc(solver.Inputs, func(a *model.Assumption) bool { return a.Name == x.Name }); i >= 0 {
				column = grad[i]
			}
			all[k] = append(all[k], column)
		}
		f.tick()
	}
	v.slopes[solver.Option.Name] = all
	return nil
}

// tick tells that a piece of work is done.
func (f *field) tick() {
	f.done++
	if f.tell != nil {
		f.tell(min(f.done, f.total()), f.total())
	}
}

func (f *field) total() int {
	n := 0
	for _, v := range f.s.views {
		for _, x := range v.samples() {
			n += (x.n + swath - 1) / swath
		}
		if slices.Contains(f.s.methods, MethodDGSM) && v.worlds != nil {
			n += len(f.s.measures)
		}
	}
	return n * len(f.solvers)
}

// answer estimates everything from what was solved.
func (s *sensing) answer() (*Sensitivity, error) {
	s.out.Methods, s.out.Where = s.methods, s.where.words
	if s.q.Bootstrap.Seed == 0 {
		s.q.Bootstrap.Seed = s.out.Seed
	}
	for _, v := range s.views {
		if err := s.view(v); err != nil {
			return nil, fmt.Errorf("view %s: %w", v.View, err)
		}
		s.out.Views = append(s.out.Views, v.SenseView)
		s.gather(v.SenseView)
	}
	if s.undivided != nil && !s.told { // in no view, by no method
		return nil, source.Misused("--where %q: %w", s.where.words, s.undivided)
	}
	return s.out, nil
}

// gather puts into the head of the answer what its outcomes say: over how many worlds
// at most they look, and which have intervals too wide to read.
func (s *sensing) gather(v SenseView) {
	for _, o := range v.Outcomes {
		if !s.out.Recorded {
			s.out.Worlds = max(s.out.Worlds, o.N+o.Undefined)
		}
		for _, r := range o.Results {
			for _, w := range r.warnings() {
				if w.Kind == finding.NotConverged {
					s.out.Warnings = append(s.out.Warnings, finding.Warn(w.Kind, v.View, "view %s, %s of %s, %s: %s", v.View, o.Measure, o.Option, r.Method, w.Text))
				}
			}
		}
	}
}

// warnings gives those of the method.
func (r *SenseResult) warnings() []finding.Warning {
	switch {
	case r.Sobol != nil:
		return r.Sobol.Warnings
	case r.Given != nil:
		return r.Given.Warnings
	case r.Delta != nil:
		return r.Delta.Warnings
	case r.DGSM != nil:
		return r.DGSM.Warnings
	case r.Morris != nil:
		return r.Morris.Warnings
	}
	return nil
}

func (s *sensing) view(v *senseView) error {
	v.Outcomes = []SenseOutcome{}
	if v.Fixed == nil {
		v.Fixed = []Held{}
	}
	if v.Varied == nil {
		v.Varied = []Varied{}
		s.out.Warnings = append(s.out.Warnings, finding.Warn(finding.Constant, v.View, "view %s: no assumption that matters has more than one value; there is nothing to weigh", v.View))
		return nil
	}
	for _, o := range s.outcomes {
		s.spread(v, &o)
		for _, method := range s.methods {
			result, err := s.result(v, o, method)
			result.Method, result.Dependent = method, len(v.Correlations) > 0
			s.told = s.told || err == nil
			if u := (undivided{}); errors.As(err, &u) {
				s.told = s.told || s.undivided != nil && s.undivided.all != u.all
				s.undivided = &u
			}
			if err != nil { // of this outcome nothing can be told by this method
				result = SenseResult{Method: method, Dependent: result.Dependent, Class: result.Class, Unanswered: err.Error()}
			}
			o.Results = append(o.Results, result)
		}
		v.Outcomes = append(v.Outcomes, o)
	}
	return nil
}

// value is an outcome at the points of a sample.
func (s *sensing) value(x *sample, o SenseOutcome) []float64 {
	k := s.measureAt(o.Measure)
	y := x.y[o.Option][k]
	if o.Minus == "" {
		return y
	}
	out := make([]float64, len(y))
	for i, other := range x.y[o.Minus][k] {
		out[i] = y[i] - other
	}
	return out
}

// spread says how an outcome varies over worlds, and which way each assumption
// pushes it: in given worlds, or in the two samples of a Sobol' design that are
// drawn as worlds are; elementary effects have none.
func (s *sensing) spread(v *senseView, o *SenseOutcome) {
	o.Slopes = []Slope{}
	x, n := v.worlds, 0
	switch {
	case x != nil:
		n = x.n
	case v.sobol != nil:
		x, n = v.sobol, 2*s.q.Rows
	default:
		return
	}
	at := s.standing(v, *o, n)
	y := rowsAt(s.value(x, *o), at)
	weights := rowsOf(s.weights(x, *o), at)
	sum := draw.SummariseWeighted(y, weights)
	o.N, o.Undefined, o.Mean, o.P05, o.P95 = sum.N, sum.NaN, study.FloatOf(sum.Mean), study.FloatOf(sum.P05), study.FloatOf(sum.P95)
	world := rowsOf(x.world, at)
	if weights != nil {
		o.Weighed = x.weight != nil
		o.Given, o.Effective = s.measures[s.measureAt(o.Measure)].Given, study.FloatOf(draw.Effective(draw.KinOf(world, len(at)).Sums(weights)))
	}
	o.SD = study.FloatOf(deviation(y, weights, sum.Mean))
	if o.Minus != "" && o.Better != "" {
		k := s.measureAt(o.Measure)
		a, b := rowsAt(x.y[o.Option][k], at), rowsAt(x.y[o.Minus][k], at)
		first, second := draw.Compare(a, b, weights, o.Better == "higher", 0)
		o.First, o.Second = study.FloatOf(first), study.FloatOf(second)
	}
	points := x.points(0, n)
	for i, name := range v.names() {
		rank, far := spearman(rowsAt(points[v.at[i]], at), y), 1/math.Sqrt(float64(o.N))
		if weights != nil {
			rank, far = sensitivity.RankCorrelation(rowsAt(points[v.at[i]], at), y, weights, world)
		}
		o.Slopes = append(o.Slopes, Slope{name, study.FloatOf(rank), math.Abs(rank) > 1.96*far})
	}
}

// standing picks, of the first n worlds, those in which the condition holds.
func (s *sensing) standing(v *senseView, o SenseOutcome, n int) []int {
	var in []bool
	if s.where.expr != nil {
		in, _ = s.class(v, o)
	}
	at := make([]int, 0, n)
	for i := range n {
		if in == nil || in[i] {
			at = append(at, i)
		}
	}
	return at
}

// weights say how much the points of a sample count: by what happened, where that
// weighs them, times how likely what a measure is given is, in the mean of the options
// asked about; nil where nothing weighs them, or what is given never happens.
func (s *sensing) weights(x *sample, o SenseOutcome) []float64 {
	g := s.measureAt(s.measures[s.measureAt(o.Measure)].Given)
	if g < 0 && x.weight == nil {
		return nil
	}
	out := slices.Repeat([]float64{1}, x.n)
	if g >= 0 {
		out = slices.Clone(x.y[o.Option][g])
		if o.Minus != "" {
			for i, p := range x.y[o.Minus][g] {
				out[i] = (out[i] + p) / 2
			}
		}
	}
	for i, w := range x.weight {
		out[i] *= w
	}
	for i, y := range s.value(x, o) {
		if math.IsNaN(y) || math.IsNaN(out[i]) {
			out[i] = 0
		}
	}
	if slices.Max(out) == 0 {
		return nil
	}
	return out
}

// rowsOf are the rows of a column; nil of none.
func rowsOf[T any](xs []T, at []int) []T {
	if xs == nil {
		return nil
	}
	return rowsAt(xs, at)
}

func rowsAt[T any](xs []T, at []int) []T {
	out := make([]T, len(at))
	for k, i := range at {
		out[k] = xs[i]
	}
	return out
}

// deviation is the standard deviation of what is defined: exactly 0 where that
// never changes. Weighted, it is that of as many worlds as the weights are worth.
func deviation(y, weights []float64, mean float64) float64 {
	sum, n, lo, hi := 0.0, 0.0, math.Inf(1), math.Inf(-1)
	var counts []float64
	for i, v := range y {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		if !math.IsNaN(v) && w > 0 {
			sum += float64(w * float64((v-mean)*(v-mean)))
			n, lo, hi = n+w, min(lo, v), max(hi, v)
			counts = append(counts, w)
		}
	}
	worth := draw.Effective(counts)
	switch {
	case worth < 2:
		return math.NaN()
	case lo == hi:
		return 0
	}
	return math.Sqrt(sum / n * worth / (worth - 1))
}

// result asks one method about one outcome.
func (s *sensing) result(v *senseView, o SenseOutcome, method string) (SenseResult, error) {
	b := s.q.Bootstrap
	switch method {
	case MethodSobol:
		found, err := v.design.Indices(s.value(v.sobol, o), b)
		s.alike(&found.Basis, o)
		return SenseResult{Sobol: &found}, err
	case MethodMorris:
		found, err := v.morris.Effects(s.value(v.walks, o), b)
		s.alike(&found.Basis, o)
		return SenseResult{Morris: &found}, err
	case MethodDGSM:
		found, err := s.bounds(v, o)
		s.alike(&found.Basis, o)
		return SenseResult{DGSM: &found}, err
	case MethodRegional:
		return s.regional(v, o)
	}
	t := s.table(v, o)
	var class *SenseClass
	if s.where.expr != nil {
		in, known := s.class(v, o)
		class = countClass(s.where.words, in, known)
		if class.In == 0 {
			return SenseResult{Class: class}, undivided{worlds: len(in)}
		}
		var err error
		if t, err = t.Where(in); err != nil {
			return SenseResult{Class: class}, err
		}
	}
	warn := func(b *sensitivity.Basis, m sensitivity.Method) {
		s.dependence(v, b, m)
		if class != nil {
			b.Warnings = append(b.Warnings, sensitivity.Warning{Kind: sensitivity.Dependent,
				Text: "worlds were chosen by an outcome, which makes assumptions depend on each other in what is left: " + string(m) + " count for each also what it shares with others"})
		}
	}
	if method == MethodGiven {
		found, err := sensitivity.FirstOrder(t, b)
		warn(&found.Basis, sensitivity.MethodFirstOrder)
		return SenseResult{Class: class, Given: &found}, err
	}
	found, err := sensitivity.Delta(t, b)
	warn(&found.Basis, sensitivity.MethodDelta)
	return SenseResult{Class: class, Delta: &found}, err
}

// alike says of a design whose points cannot be weighed that they count alike.
func (s *sensing) alike(b *sensitivity.Basis, o SenseOutcome) {
	if given := s.measures[s.measureAt(o.Measure)].Given; given != "" {
		b.Warnings = append(b.Warnings, sensitivity.Warning{Kind: finding.CountsAlike, About: o.Measure,
			Text: o.Measure + " is given " + given + ", and every world counts alike here, however likely that is in it; given, delta and regional weigh worlds by it"})
	}
}

// dependence adds the warning that a method needs under the correlations of a
// view.
func (s *sensing) dependence(v *senseView, b *sensitivity.Basis, m sensitivity.Method) {
	if len(v.Correlations) == 0 {
		return
	}
	c, err := v.copula()
	if err != nil {
		panic(err) // the worlds were drawn by it
	}
	if w, doubt := sensitivity.Doubt(c, m); doubt {
		b.Warnings = append([]sensitivity.Warning{w}, b.Warnings...)
	}
}

// table is the given worlds of an outcome.
func (s *sensing) table(v *senseView, o SenseOutcome) sensitivity.Sample {
	t := sensitivity.Sample{Inputs: v.names(), Y: s.value(v.worlds, o), Weights: s.weights(v.worlds, o), Worlds: v.worlds.world}
	points := v.worlds.points(0, v.worlds.n)
	for _, j := range v.at {
		t.X = append(t.X, points[j])
	}
	return t
}

// bounds are derivative-based, in given worlds.
func (s *sensing) bounds(v *senseView, o SenseOutcome) (sensitivity.Derivatives, error) {
	k := s.measureAt(o.Measure)
	grad := v.slopes[o.Option][k]
	if o.Minus != "" {
		var less [][]float64
		for j, other := range v.slopes[o.Minus][k] {
			column := slices.Clone(grad[j])
			for i, x := range other {
				column[i] -= x
			}
			less = append(less, column)
		}
		grad = less
	}
	constants := make([]float64, len(v.quantiles))
	for j, quantile := range v.quantiles {
		constants[j] = sensitivity.Poincare(quantile)
	}
	return sensitivity.DGSM(v.names(), grad, s.value(v.worlds, o), constants, s.q.Bootstrap)
}

// class tells for each given world whether the condition holds, and whether
// that can be told. Of a difference a condition that names no option must hold
// under both.
func (s *sensing) class(v *senseView, o SenseOutcome) (in, known []bool) {
	options := []string{o.Option}
	if o.Minus != "" {
		options = append(options, o.Minus)
	}
	in, known = make([]bool, v.worlds.n), make([]bool, v.worlds.n)
	for i := range in {
		in[i], known[i] = true, true
		for _, option := range options {
			holds := s.where.expr.Holds(func(e *syntax.Expr) float64 {
				if e.Kind == syntax.IndexExpr {
					return v.worlds.y[e.Args[0].Op][s.measureAt(e.Op)][i]
				}
				return v.worlds.y[option][s.measureAt(e.Op)][i]
			})
			in[i] = in[i] && holds == 1
			known[i] = known[i] && !math.IsNaN(holds)
		}
		in[i] = in[i] && known[i]
	}
	return in, known
}

func countClass(words string, in, known []bool) *SenseClass {
	c := &SenseClass{Words: words}
	for i := range in {
		switch {
		case !known[i]:
			c.Unknown++
		case in[i]:
			c.In++
		default:
			c.Out++
		}
	}
	return c
}

// regional compares the worlds of the condition, or the worst tenth, with the
// others.
func (s *sensing) regional(v *senseView, o SenseOutcome) (SenseResult, error) {
	in, known := []bool(nil), []bool(nil)
	words := s.where.words
	t := s.table(v, o)
	if s.where.expr == nil {
		in, known, words = worst(t.Y, t.Weights, o.Better)
	} else {
		in, known = s.class(v, o)
	}
	for i, w := range t.Weights {
		known[i], in[i] = known[i] && w > 0, in[i] && w > 0
	}
	class := countClass(words, in, known)
	if n := class.In + class.Out; s.where.expr != nil && (class.In == 0 || class.Out == 0) {
		return SenseResult{Class: class}, undivided{worlds: n, all: class.In > 0}
	}
	t.Y = make([]float64, len(in)) // not read
	t, err := t.Where(known)
	if err != nil {
		return SenseResult{Class: class}, err
	}
	var told []bool
	for i := range in {
		if known[i] {
			told = append(told, in[i])
		}
	}
	found, err := sensitivity.Regional(t, told, s.q.Bootstrap)
	s.dependence(v, &found.Basis, sensitivity.MethodRegional)
	return SenseResult{Class: class, Regional: &found}, err
}

// worst is the tenth of the worlds, by what they count, that is worst: highest where
// lower is better and where nothing is. Worlds equal to the last of them belong to it,
// unless that would be all.
func worst(y, weights []float64, better string) (in, known []bool, words string) {
	in, known = make([]bool, len(y)), make([]bool, len(y))
	sign, words := 1.0, "the highest tenth"
	switch better {
	case "lower":
		words = "the worst (highest) tenth"
	case "higher":
		sign, words = -1, "the worst (lowest) tenth"
	}
	var at []int
	total := 0.0
	weight := func(i int) float64 {
		if weights == nil {
			return 1
		}
		return weights[i]
	}
	for i, x := range y {
		if known[i] = !math.IsNaN(x) && weight(i) > 0; known[i] {
			at = append(at, i)
			total += weight(i)
		}
	}
	if len(at) == 0 {
		return in, known, words
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(sign*y[b], sign*y[a]) })
	from, taken := sign*y[at[0]], weight(at[0])
	for _, i := range at[1:] {
		if taken += weight(i); taken > total/10 {
			break
		}
		from = sign * y[i]
	}
	last := sign * y[at[len(at)-1]]
	for _, i := range at {
		x := sign * y[i]
		in[i] = x > from || x == from && from > last
	}
	return in, known, words
}

// Foremost is the assumption, or group, that decides most of an outcome by a share of what
// varies, and whether that is told apart from chance.
type Foremost struct {
	Name string
	What string // which share: ST, S1 or delta
	Main sensitivity.Estimate
	Told bool
	Near int // how many others reach to its value with their intervals
}

// Foremost is nil where no method of shares was asked, or it told nothing.
func (o *SenseOutcome) Foremost() *Foremost {
	for _, r := range o.Results {
		what := ""
		switch {
		case r.Sobol != nil:
			what = "ST"
		case r.Given != nil:
			what = "S1"
		case r.Delta != nil:
			what = "delta"
		}
		ws := r.Weights()
		if what == "" || r.Unanswered != "" || len(ws) == 0 {
			continue
		}
		most := slices.MaxFunc(ws, func(a, b Weight) int { return cmp.Compare(a.Main.Value, b.Main.Value) })
		if math.IsNaN(most.Main.Value) {
			continue
		}
		near := 0
		for _, w := range ws {
			if w.Name != most.Name && w.Main.Hi >= most.Main.Value {
				near++
			}
		}
		return &Foremost{most.Name, what, most.Main, most.Main.Lo > 0, near}
	}
	return nil
}

// Untold says why of an outcome, by its place, no view tells what decides it. It is
// empty where one does, and of methods that could not.
func (s *Sensitivity) Untold(i int) string {
	most, asked := 0, false
	for _, v := range s.Views {
		if i >= len(v.Outcomes) {
			continue
		}
		o := &v.Outcomes[i]
		if slices.ContainsFunc(o.Results, func(r SenseResult) bool { return r.Unanswered == "" }) {
			return ""
		}
		most, asked = max(most, o.N), asked || len(o.Results) > 0
	}
	switch {
	case !asked:
		return ""
	case most == 0:
		return "it is defined in no world"
	default:
		return "it is defined in " + finding.Count(most, "world") + " at most"
	}
}

// Outcomes are as many as the view has that has most.
func (s *Sensitivity) Outcomes() int {
	n := 0
	for _, v := range s.Views {
		n = max(n, len(v.Outcomes))
	}
	return n
}

// TitleOf is the title of an assumption; empty of what is none, as of a group.
func (s *Sensitivity) TitleOf(name string) string {
	for _, a := range s.Assumptions {
		if a.Name == name {
			return a.Title
		}
	}
	return ""
}
