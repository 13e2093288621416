package inquiry

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// RobustAsk says what is asked of the options of a record. The zero value of a
// field other than Alpha is its default.
type RobustAsk struct {
	Options    []string    // empty: all
	Views      []string    // empty: all
	Measures   []string    // empty: those a screen leads with, and those of the thresholds
	Thresholds []Threshold // at most one for a measure
	Between    []string    // two options to hold against each other; empty: none
	Alpha      float64     // Hurwicz's weight of the best world
	By         decision.Summary
}

// Threshold says what is good enough: a measure at most, or at least, so much in
// its unit; below or above it where it is strict.
type Threshold struct {
	Measure string             `json:"measure"`
	Better  decision.Direction `json:"better"`
	Value   float64            `json:"value"`
	Strict  bool               `json:"strict"`
	typed   *syntax.Expr
}

// least is the worst value that is good enough.
func (th *Threshold) least() float64 {
	switch {
	case !th.Strict:
		return th.Value
	case th.Better == decision.Lower:
		return math.Nextafter(th.Value, math.Inf(-1))
	}
	return math.Nextafter(th.Value, math.Inf(1))
}

// at places an error at the measure as it was typed, if it was.
func (th *Threshold) at(err error) error {
	if th.typed == nil {
		return err
	}
	c, _ := th.typed.Compared()
	return c.Of.At(err)
}

// ParseThreshold reads "nato_war<=0.05", "nato_war < 5%" or "peace>=4", from either
// side.
func ParseThreshold(s string) (Threshold, error) {
	e, err := parse("--threshold", s)
	if err != nil {
		return Threshold{}, err
	}
	c, ok := e.Compared()
	better := map[string]decision.Direction{"<": decision.Lower, "<=": decision.Lower, ">": decision.Higher, ">=": decision.Higher}[c.Op]
	if !ok || better == "" || c.Of.Kind != syntax.NameExpr && c.Of.Kind != syntax.IndexExpr {
		return Threshold{}, source.Hint(wrong(e, "%s is no threshold", e), "write MEASURE<=NUMBER or MEASURE>=NUMBER")
	}
	return Threshold{c.Of.Op, better, c.Number, len(c.Op) == 1, e}, nil
}

// Check says what of the question does not fit a case of these measures, options and
// assumptions, or nil.
func (a RobustAsk) Check(measures []study.Measure, options, assumptions []string) error {
	if _, err := choice(a.Options, options); err != nil {
		return err
	}
	if _, err := places("option", a.Between, options); err != nil {
		return err
	}
	for _, name := range a.Between {
		if len(a.Options) > 0 && !slices.Contains(a.Options, name) {
			return source.Hint(source.Misused("%s is held against another, but is not among the options to compare", name), strings.Join(a.Options, ", "))
		}
	}
	for _, name := range a.Measures {
		if _, err := MeasureFor(measures, name); err != nil {
			return err
		}
	}
	for i, th := range a.Thresholds {
		if th.typed != nil {
			if err := (vocabulary{measureNames(measures), options, assumptions, nil, ofAll}).check(th.typed); err != nil {
				return err
			}
		}
		k, err := MeasureFor(measures, th.Measure)
		if err != nil {
			return th.at(err)
		}
		if m := measures[k]; m.Better != string(th.Better) {
			return th.at(source.Misused("%s %s is better, so good enough is written %s%s%g", m.Better, m.Name, m.Name, map[string]string{"lower": "<=", "higher": ">="}[m.Better], th.Value))
		}
		if th.typed != nil {
			if err := inUnit(th.typed, func(*syntax.Expr) string { return measures[k].Unit }); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(a.Thresholds[:i], func(x Threshold) bool { return x.Measure == th.Measure }) {
			return th.at(source.Misused("two thresholds for %s; give one", th.Measure))
		}
	}
	if len(a.Between) != 0 {
		if err := TwoOptions(a.Between); err != nil {
			return err
		}
	}
	if !(a.Alpha >= 0 && a.Alpha <= 1) {
		return source.Misused("--alpha is the weight of the best world, from 0 to 1, got %g", a.Alpha)
	}
	if by := []string{string(decision.Expected), string(decision.Median), string(decision.Worst), string(decision.Tail)}; a.By != "" && !slices.Contains(by, string(a.By)) {
		return source.Hint(source.Misused("unknown comparison %q", string(a.By)), source.Among(string(a.By), by))
	}
	return nil
}

// Robust holds options against many worlds by every criterion: for each measure
// and view apart. No criterion and no view is put above another.
type Robust struct {
	finding.Head
	Alpha      float64          `json:"hurwicz_alpha"`
	Tail       float64          `json:"tail"`
	Confidence float64          `json:"confidence"`
	By         decision.Summary `json:"front_by"`
	Thresholds []Threshold      `json:"thresholds"`
	Measures   []RobustMeasure  `json:"measures"`
	Others     []string         `json:"other_measures"` // that say which way is better, and were not asked for
	Fronts     []ViewFront      `json:"fronts"`         // by view; none for a single measure
	All        []GoodInAll      `json:"all_met"`        // by view: worlds in which every threshold is met; none for fewer than two
	Pairs      []ViewPair       `json:"pairs"`          // by measure, then view
}

// RobustMeasure is one measure under every view.
type RobustMeasure struct {
	study.Measure
	Views  []RobustView `json:"views"`
	Agreed []Agreement  `json:"agreement"` // by criterion
}

// RobustView is one measure under one view. Laplace's rule is not among the
// criteria: where the worlds of a view weigh alike it is the expected value, and
// where they do not its ignorance of the weights is a fault.
type RobustView struct {
	View      string               `json:"view"`
	LeftOut   []string             `json:"left_out"`   // options under which it is never defined
	Compared  *decision.Comparison `json:"comparison"` // null with fewer than two options left
	Intervals []ScoreIntervals     `json:"intervals"`  // as the options of the comparison
	Picked    []PickedBy           `json:"picked"`     // options that some criterion picks, by how many do
	Every     []string             `json:"picked_by_every_criterion"`
	Split     bool                 `json:"criteria_disagree"` // no option is picked by every criterion
}

// ScoreIntervals are the intervals of an option's scores over worlds. The worst
// world and the largest regret have none: more worlds can only worsen them.
type ScoreIntervals struct {
	Option     string            `json:"option"`
	Expected   decision.Interval `json:"expected"`
	Median     decision.Interval `json:"median"`
	Tail       decision.Interval `json:"tail_value"`
	TailRegret decision.Interval `json:"tail_regret"`
}

// PickedBy is an option with the criteria that pick it, alone or tied.
type PickedBy struct {
	Option   string   `json:"option"`
	Criteria []string `json:"criteria"`
}

// Agreement lists the picks of one criterion under every view. The schools of thought
// count; a union of them is shown and does not count.
type Agreement struct {
	Criterion string     `json:"criterion"`
	Picks     [][]string `json:"picks"`  // by view
	Common    []string   `json:"common"` // picked under every school
	Schools   Concord    `json:"schools"`
}

// Concord says how the picks of the schools of thought lie to each other.
type Concord string

// The concords. One school, or a school that picks nothing, leaves it open.
const (
	Agree   Concord = "agree"   // the same options under each
	Overlap Concord = "overlap" // some option under each
	Differ  Concord = "differ"
	Open    Concord = ""
)

// ViewFront is the front of a view.
type ViewFront struct {
	View    string          `json:"view"`
	LeftOut []string        `json:"left_out"`
	Front   *decision.Front `json:"front"` // null with fewer than two options left
}

// GoodInAll says of each option in what share of the worlds of a view all
// thresholds are met.
type GoodInAll struct {
	View    string         `json:"view"`
	Options []string       `json:"options"`
	Shares  []SharedWorlds `json:"met"`
}

// SharedWorlds is a share of worlds beside those it leaves out.
type SharedWorlds struct {
	decision.Share
	Undefined int `json:"undefined"`
}

// ViewPair holds two options against each other in one measure under one view.
type ViewPair struct {
	Measure string         `json:"measure"`
	View    string         `json:"view"`
	Pair    *decision.Pair `json:"pair"`
}

// Of answers from a record. Errors are the caller's: names that are not in the record, a
// single option, numbers out of range.
func (a RobustAsk) Of(rec *study.Record) (*Robust, error) {
	r := record{rec}
	if err := a.Check(r.Measures, r.OptionNames(), r.assumptionNames()); err != nil {
		return nil, err
	}
	options, views, err := r.among(a.Options, a.Views)
	if err != nil {
		return nil, err
	}
	measures, err := r.measuresFor(a)
	if err != nil {
		return nil, err
	}
	s := decision.Defaults()
	s.Optimism = a.Alpha
	out := &Robust{Head: r.head("robust", options, views), Alpha: s.Optimism, Tail: s.Tail, Confidence: s.Confidence, By: cmp.Or(a.By, decision.Expected),
		Thresholds: append([]Threshold{}, a.Thresholds...), Fronts: []ViewFront{}, All: []GoodInAll{}, Pairs: []ViewPair{}}
	r.warnFew(&out.Head)
	for _, k := range measures {
		m, err := r.robustMeasure(k, options, views, s, a.Thresholds)
		if err != nil {
			return nil, err
		}
		out.Measures = append(out.Measures, *m)
	}
	out.Others = r.others(measures)
	if err := r.fronts(out, measures, options, views, s); err != nil {
		return nil, err
	}
	if err := r.allMet(out, options, views, s); err != nil {
		return nil, err
	}
	return out, r.pairs(out, a.Between, measures, views, s)
}

// measuresFor are the places of the measures asked for, in the order of the
// case.
func (r record) measuresFor(a RobustAsk) ([]int, error) {
	names := slices.Clone(a.Measures)
	if len(names) == 0 {
		names = r.Leading()
	}
	for _, th := range a.Thresholds {
		names = append(names, th.Measure)
	}
	var out []int
	for k, m := range r.Measures {
		if slices.Contains(names, m.Name) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no measure of this case is defined under every option and says which way is better; name one with --measure")
	}
	return out, nil
}

func (r record) others(measures []int) []string {
	out := []string{}
	for k, m := range r.Measures {
		if m.Better != "" && !m.Record && !slices.Contains(measures, k) {
			out = append(out, m.Name)
		}
	}
	return out
}

func (r record) robustMeasure(k int, options, views []int, s decision.Settings, thresholds []Threshold) (*RobustMeasure, error) {
	out := &RobustMeasure{Measure: r.Measures[k]}
	s.Threshold = nil
	for _, th := range thresholds {
		if th.Measure == out.Name {
			least := th.least()
			s.Threshold = &least
		}
	}
	for _, v := range views {
		rv, err := r.robustView(k, options, v, s)
		if err != nil {
			return nil, fmt.Errorf("view %s: %w", r.Views[v].Name, err)
		}
		out.Views = append(out.Views, *rv)
	}
	out.Agreed = r.agreements(out.Views, views)
	return out, nil
}

func (r record) robustView(k int, options []int, view int, s decision.Settings) (*RobustView, error) {
	in, leftOut := r.EverDefined([]int{k}, options, view)
	out := &RobustView{View: r.Views[view].Name, LeftOut: leftOut, Intervals: []ScoreIntervals{}, Picked: []PickedBy{}, Every: []string{}}
	if len(in) < 2 {
		return out, nil
	}
	t := r.Table(k, in, view)
	c, err := decision.Compare(t, s)
	if err != nil {
		return nil, err
	}
	c.Criteria = study.Telling(c.Criteria)
	out.Compared = c
	if out.Intervals, err = intervals(t, s); err != nil {
		return nil, err
	}
	out.count()
	return out, nil
}

// count says which options are picked, and by which criteria.
func (v *RobustView) count() {
	for _, o := range v.Compared.Options {
		p := PickedBy{Option: o.Option}
		for _, c := range v.Compared.Criteria {
			if slices.Contains(c.Picks, o.Option) {
				p.Criteria = append(p.Criteria, c.Name)
			}
		}
		if len(p.Criteria) > 0 {
			v.Picked = append(v.Picked, p)
		}
		if len(p.Criteria) == len(v.Compared.Criteria) {
			v.Every = append(v.Every, o.Option)
		}
	}
	slices.SortStableFunc(v.Picked, func(a, b PickedBy) int { return len(b.Criteria) - len(a.Criteria) })
	v.Split = len(v.Picked) > 0 && len(v.Every) == 0
}

// intervals gives that of each option's score in the worlds compared.
func intervals(t *decision.Table, s decision.Settings) ([]ScoreIntervals, error) {
	regret, err := decision.NewRegret(t)
	if err != nil {
		return nil, err
	}
	tail := s.Tail
	if t.Better == decision.Higher {
		tail = 1 - s.Tail
	}
	var out []ScoreIntervals
	picked := countedWorlds(t, regret)
	for o, name := range t.Options {
		xs, losses := make([]float64, len(picked)), make([]float64, len(picked))
		for i, at := range picked {
			xs[i], losses[i] = t.Values[o][regret.Worlds[at]], float64(regret.Values[o][at])
		}
		x := ScoreIntervals{Option: name}
		for _, of := range []struct {
			into   *decision.Interval
			column []float64
			e      decision.Estimate
		}{
			{&x.Expected, xs, decision.MeanOf()},
			{&x.Median, xs, decision.QuantileOf(0.5)},
			{&x.Tail, xs, decision.QuantileOf(tail)},
			{&x.TailRegret, losses, decision.QuantileOf(s.Tail)},
		} {
			if *of.into, err = interval(of.column, of.e, s.Confidence); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// countedWorlds are the places of the worlds that intervals rest on: those
// compared or, where they weigh differently, as many of them as they are worth,
// each as often as its weight says.
func countedWorlds(t *decision.Table, regret *decision.Regret) []int {
	if t.Weights == nil {
		out := make([]int, len(regret.Worlds))
		for i := range out {
			out[i] = i
		}
		return out
	}
	weights := make([]float64, len(regret.Worlds))
	for i, w := range regret.Worlds {
		weights[i] = t.Weights[w]
	}
	return draw.Resample(weights, int(regret.Effective))
}

func interval(xs []float64, e decision.Estimate, confidence float64) (decision.Interval, error) {
	none := decision.Number(math.NaN())
	if len(xs) == 0 {
		return decision.Interval{Lo: none, Hi: none, Confidence: confidence}, nil
	}
	steps, err := decision.Trace(xs, e, len(xs), confidence)
	if err != nil {
		return decision.Interval{}, err
	}
	return steps[len(steps)-1].Interval, nil
}

// agreements lay the picks of each criterion under the views side by side.
func (r record) agreements(of []RobustView, views []int) []Agreement {
	out := []Agreement{}
	for _, v := range of {
		if v.Compared == nil {
			continue
		}
		for _, c := range v.Compared.Criteria {
			if !slices.ContainsFunc(out, func(a Agreement) bool { return a.Criterion == c.Name }) {
				out = append(out, r.agreement(c.Name, of, views))
			}
		}
	}
	return out
}

func (r record) agreement(criterion string, of []RobustView, views []int) Agreement {
	out := Agreement{Criterion: criterion, Common: []string{}}
	var schools [][]string
	for i, v := range of {
		picks := []string{}
		if v.Compared != nil {
			for _, c := range v.Compared.Criteria {
				if c.Name == criterion {
					picks = c.Picks
				}
			}
		}
		out.Picks = append(out.Picks, picks)
		if !r.Views[views[i]].Union {
			schools = append(schools, picks)
		}
	}
	out.Common, out.Schools = concord(schools)
	return out
}

// concord says how picks lie to each other, and which are common.
func concord(picks [][]string) ([]string, Concord) {
	if len(picks) < 2 || slices.ContainsFunc(picks, func(p []string) bool { return len(p) == 0 }) {
		return []string{}, Open
	}
	common := []string{}
	same := true
	for _, o := range picks[0] {
		if !slices.ContainsFunc(picks, func(p []string) bool { return !slices.Contains(p, o) }) {
			common = append(common, o)
		}
	}
	for _, p := range picks {
		same = same && len(p) == len(common)
	}
	switch {
	case same:
		return common, Agree
	case len(common) > 0:
		return common, Overlap
	}
	return common, Differ
}

// fronts looks for the options that none dominates over all measures.
func (r record) fronts(out *Robust, measures, options, views []int, s decision.Settings) error {
	if len(measures) < 2 {
		return nil
	}
	for _, v := range views {
		in, leftOut := r.EverDefined(measures, options, v)
		f := ViewFront{View: r.Views[v].Name, LeftOut: leftOut}
		if len(in) > 1 {
			tables, matter := r.tables(measures, in, v)
			var err error
			if f.Front, err = decision.NewFront(tables, out.By, matter, s); err != nil {
				return fmt.Errorf("view %s: %w", f.View, err)
			}
		}
		out.Fronts = append(out.Fronts, f)
	}
	return nil
}

// tables gives one table for each measure, and what matters in it. Where they are
// not given the same each world counts alike: a front has one set of worlds.
func (r record) tables(measures, options []int, view int) ([]*decision.Table, []float64) {
	var tables []*decision.Table
	var matter []float64
	for _, k := range measures {
		tables = append(tables, r.Table(k, options, view))
		matter = append(matter, r.Measures[k].Matters)
	}
	if slices.ContainsFunc(measures, func(k int) bool { return r.Measures[k].Given != r.Measures[measures[0]].Given }) {
		for _, t := range tables {
			t.Weights = nil
		}
	}
	return tables, matter
}

// allMet counts the worlds in which every threshold is met at once, one option
// at a time: a world counts where the option's measures are defined.
func (r record) allMet(out *Robust, options, views []int, s decision.Settings) error {
	if len(out.Thresholds) < 2 {
		return nil
	}
	one := 1.0
	s.Threshold = &one
	for _, v := range views {
		g := GoodInAll{View: r.Views[v].Name}
		for _, o := range options {
			t := &decision.Table{Measure: "all thresholds", Better: decision.Higher, Options: []string{r.Results[o].Option},
				Values: [][]float64{r.met(out.Thresholds, o, v)}}
			c, err := decision.Compare(t, s)
			if err != nil {
				return err
			}
			g.Options = append(g.Options, r.Results[o].Option)
			g.Shares = append(g.Shares, SharedWorlds{*c.Options[0].Satisfices, c.Undefined})
		}
		out.All = append(out.All, g)
	}
	return nil
}

// met is 1 in the worlds in which all thresholds are met, 0 where one is missed,
// NaN where that turns on one that is not defined (Kleene 1952).
func (r record) met(thresholds []Threshold, option, view int) []float64 {
	out := slices.Repeat([]float64{1}, r.Worlds)
	for _, th := range thresholds {
		k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == th.Measure })
		for w, x := range r.Results[option].Views[view].Values[k] {
			switch {
			case math.IsNaN(x) && out[w] == 1:
				out[w] = math.NaN()
			case th.Better == decision.Lower && x > th.least(), th.Better == decision.Higher && x < th.least():
				out[w] = 0
			}
		}
	}
	return out
}

// pairs holds two options against each other in every measure and view.
func (r record) pairs(out *Robust, between []string, measures, views []int, s decision.Settings) error {
	if len(between) == 0 {
		return nil
	}
	var two []int
	for _, name := range between {
		two = append(two, slices.Index(r.OptionNames(), name))
	}
	for _, k := range measures {
		for _, v := range views {
			p, err := decision.NewPair(r.Table(k, two, v), between[0], between[1], s.Confidence, decision.Resamples, r.Seed)
			if err != nil {
				return fmt.Errorf("view %s: %w", r.Views[v].Name, err)
			}
			out.Pairs = append(out.Pairs, ViewPair{r.Measures[k].Name, r.Views[v].Name, p})
		}
	}
	return nil
}
