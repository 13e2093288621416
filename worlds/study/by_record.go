package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/model"
	"casus/worlds/draw"
)

// fewEffective is the effective number of worlds below which nothing can be said
// of a weighted view.
const fewEffective = 30

// ByRecord is a record whose worlds are picked by what the records of the past
// make of them, each as often as its weight says (systematic resampling:
// Kitagawa 1996), so that every question asked of worlds that count alike can be
// asked of it. Each view has as many worlds as the one with the fewest effective
// ones is worth: so intervals over worlds stay as wide as they should be. Where
// there are several schools the view called record holds all of them. A view
// with too few effective worlds is left out, and that is said. Draws are picked
// too, where they have been read.
func (r *Record) ByRecord() (*Record, error) {
	chosen, warnings, err := r.weightedViews()
	if err != nil {
		return nil, err
	}
	n := r.fewest(chosen)
	out := *r
	out.Worlds, out.Weights, out.weights, out.says, out.pool, out.History, out.Records = n, nil, nil, nil, nil, nil, nil
	out.Views, out.Draws, out.Until, out.whole = nil, map[string][][]float64{}, nil, nil
	out.Results = slices.Clone(r.Results)
	for i := range out.Results {
		out.Results[i].Views, out.Results[i].Union = nil, nil
	}
	for _, v := range chosen {
		from := func(cols func(view int) []float64) []float64 { return cols(v) }
		r.pickInto(&out, r.Views[v], draw.Resample(r.weights[v], n), from)
		out.whole = append(out.whole, r.wholeOf(r.weights[v], 1, from))
	}
	if p := r.pool; len(p.schools) > 1 && !p.impossible() {
		title := "All schools, by the record"
		if len(r.LeftOut) > 0 {
			title = "The schools that were run, by the record"
		}
		together := View{Name: finding.Weighted, Title: title, Notes: []string{}, Union: true, Of: len(r.Numbers), Warnings: []finding.Warning{}}
		from := func(cols func(view int) []float64) []float64 { return p.column(r.Worlds, cols) }
		r.pickInto(&out, together, draw.Resample(p.weights, n), from)
		out.whole = append(out.whole, r.wholeOf(p.weights, len(p.schools), from))
	}
	out.wholeWords = fmt.Sprintf("every world counts by what happened (%s)", strings.Join(r.weighing(), ", "))
	out.wholeWorlds = r.Worlds
	out.Weighted = r.weightedWords(n)
	out.Warnings = append(slices.Clone(r.Warnings), warnings...)
	out.summarise()
	return &out, nil
}

// weightedViews keeps the views with enough effective worlds, and says what is said of
// the others.
func (r *Record) weightedViews() (chosen []int, warnings []finding.Warning, err error) {
	if r.Weights == nil {
		return nil, nil, errors.New("no record weighs these worlds: hold the case against one that has a record of what happened, with against, or leave --weighted out")
	}
	for v, w := range r.Weights.Views {
		if w.Effective >= fewEffective {
			chosen = append(chosen, v)
			continue
		}
		warnings = append(warnings, finding.Warn(finding.LeftOut, w.View, "view %s is left out: the records leave it %.0f effective worlds; %d are wanted", w.View, w.Effective, fewEffective))
	}
	if len(chosen) == 0 {
		err = fmt.Errorf("the records leave no view %d effective worlds: run more with --worlds, or state the views anew", fewEffective)
	}
	return chosen, warnings, err
}

// fewest is the least effective number of worlds among some views.
func (r *Record) fewest(views []int) int {
	n := r.Worlds
	for _, v := range views {
		n = min(n, int(math.Floor(float64(r.Weights.Views[v].Effective))))
	}
	return n
}

// Whole holds every world of a view with what it counts by what happened, for questions
// that put worlds into bins or folds: copies of a picked one would be taken for others.
type Whole struct {
	Draws   [][]float64   // as in Draws; nil where they have not been read
	Values  [][][]float64 // by option and measure, as in Results
	Weights []float64
	Worlds  []int // several rows of one world are the same draws under several schools
}

// Whole is nil of a record whose worlds count alike.
func (r *Record) Whole(view int) *Whole {
	if view >= len(r.whole) {
		return nil
	}
	return &r.whole[view]
}

// SayWhole says in the head of a finding that it rests on every world, where it does.
func (r *Record) SayWhole(h *finding.Head) {
	if len(r.whole) > 0 {
		h.Worlds, h.Weighted = r.wholeWorlds, r.wholeWords
	}
}

// wholeOf is every row of a view, so many of each world.
func (r *Record) wholeOf(weights []float64, rows int, from func(cols func(view int) []float64) []float64) Whole {
	out := Whole{Weights: weights, Worlds: make([]int, len(weights))}
	for i := range out.Worlds {
		out.Worlds[i] = i / rows
	}
	for i := range r.Results {
		var columns [][]float64
		for k := range r.Measures {
			columns = append(columns, from(func(view int) []float64 { return r.Results[i].Views[view].Values[k] }))
		}
		out.Values = append(out.Values, columns)
	}
	if len(r.Draws[r.Views[0].Name]) == 0 && len(r.Numbers) > 0 {
		return out
	}
	for j := range r.Numbers {
		out.Draws = append(out.Draws, from(func(view int) []float64 { return r.Draws[r.Views[view].Name][j] }))
	}
	return out
}

func (r *Record) weightedWords(n int) string {
	return fmt.Sprintf("worlds picked by what happened (%s): %d for each view, of %d", strings.Join(r.weighing(), ", "), n, r.Worlds)
}

// pickInto adds a view with these of its worlds to a record.
func (r *Record) pickInto(out *Record, v View, picked []int, from func(cols func(view int) []float64) []float64) {
	out.Views = append(out.Views, v)
	some := func(column []float64) []float64 { return pickedFrom(column, picked) }
	for i := range r.Results {
		x := ViewResult{View: v.Name}
		for k := range r.Measures {
			x.Values = append(x.Values, some(from(func(view int) []float64 { return r.Results[i].Views[view].Values[k] })))
		}
		out.Results[i].Views = append(out.Results[i].Views, x)
	}
	if len(r.Draws[r.Views[0].Name]) == 0 && len(r.Numbers) > 0 {
		return // they have not been read
	}
	columns := [][]float64{}
	for j := range r.Numbers {
		columns = append(columns, some(from(func(view int) []float64 { return r.Draws[r.Views[view].Name][j] })))
	}
	out.Draws[v.Name] = columns
}

func pickedFrom(column []float64, picked []int) []float64 {
	xs := make([]float64, len(picked))
	for i, w := range picked {
		xs[i] = column[w]
	}
	return xs
}

// Picker picks the worlds of a case by what its records make of them, for what
// lays out worlds of its own.
type Picker struct {
	ctx  context.Context
	m    *model.Model
	k    *model.Case
	plan Plan
	laid int                // worlds laid out for each view
	N    int                // of which so many are picked
	by   map[uint64]*Record // by seed
	said string
	left []int // views, by their place in the plan
}

// NewPicker plays what a case is held against in the worlds of a plan and a design.
// Its errors are those of Run, and that too few worlds would be left.
func NewPicker(ctx context.Context, m *model.Model, k *model.Case, p Plan, d draw.Design) (*Picker, error) {
	x := &Picker{ctx: ctx, m: m, k: k, plan: p, laid: d.N, by: map[uint64]*Record{}}
	x.plan.Options, x.plan.Baseline, x.plan.Worlds, x.plan.PastOnly, x.plan.Design = nil, "", d.N, true, d.Kind
	r, err := x.held(d.Seed)
	if err != nil {
		return nil, err
	}
	if x.left, _, err = r.weightedViews(); err != nil {
		return nil, err
	}
	x.N = r.fewest(x.left)
	x.said = r.weightedWords(x.N)
	return x, nil
}

// Words say how worlds were picked; of none, nothing.
func (x *Picker) Words() string {
	if x == nil {
		return ""
	}
	return x.said
}

// Views keeps those with enough effective worlds.
func (x *Picker) Views(all []*model.View) []*model.View {
	var out []*model.View
	for _, v := range x.left {
		out = append(out, all[v])
	}
	return out
}

// held plays what the case is held against in the worlds of a seed.
func (x *Picker) held(seed uint64) (*Record, error) {
	if r := x.by[seed]; r != nil {
		return r, nil
	}
	p := x.plan
	p.Seed = seed
	r, err := Run(x.ctx, x.m, x.k, p, nil)
	if err != nil {
		return nil, err
	}
	if r.Partial {
		return nil, context.Canceled
	}
	x.by[seed] = r
	return r, nil
}

// Draws are the picked worlds of a view.
func (x *Picker) Draws(as []*model.Assumption, v *model.View, d draw.Design) ([][]float64, error) {
	r, err := x.held(d.Seed)
	if err != nil {
		return nil, err
	}
	d.N = x.laid
	columns, err := Draws(as, v, d)
	if err != nil {
		return nil, err
	}
	at := slices.Index(r.ViewNames(), v.Name)
	picked := draw.Resample(r.weights[at], x.N)
	if picked == nil {
		return nil, fmt.Errorf("view %s: in none of the worlds of seed %d could the records come about", v.Name, d.Seed)
	}
	for i := range columns {
		columns[i] = pickedFrom(columns[i], picked)
	}
	return columns, nil
}

// Posterior tells what the records of the past make of an assumption under a view: the
// quantiles of its draws, each world by its weight.
type Posterior struct {
	P05       finding.Number `json:"p05"`
	Median    finding.Number `json:"median"`
	P95       finding.Number `json:"p95"`
	Effective Float          `json:"effective_worlds"` // that this rests on
}

// Posterior is nil where no record weighs the worlds of the view, or the assumption
// was not drawn in it. The draws must have been read.
func (r *Record) Posterior(view, assumption string) *Posterior {
	v := slices.Index(r.ViewNames(), view)
	i := slices.IndexFunc(r.Numbers, func(n Assumption) bool { return n.Name == assumption })
	if v < 0 || i < 0 || r.Weights == nil || i >= len(r.Draws[view]) || v >= len(r.weights) || r.weights[v] == nil {
		return nil
	}
	s := draw.SummariseWeighted(r.Draws[view][i], r.weights[v])
	return &Posterior{finding.Number(s.P05), finding.Number(s.Median), finding.Number(s.P95), r.Weights.Views[v].Effective}
}
