package inquiry

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
	"casus/worlds/discovery"
	"casus/worlds/study"
)

// Question says in which worlds something is of interest: where a proposition
// over measures and assumptions holds (us_war[europe] > us_war[monitors]), or
// where an option is worse in a measure than the best of the options by more
// than so much.
type Question struct {
	Where   string
	Regret  float64
	Of      string // option of regret; empty: Where counts
	Measure string // of regret; empty: the first for which lower or higher is better
}

// Discovered says, view by view, which ranges of assumptions make something so.
// Views are never pooled.
type Discovered struct {
	finding.Head
	Where string           `json:"where"`
	Asked string           `json:"asked,omitempty"` // in words, where Where was made from them
	Views []ViewDiscovered `json:"views"`
}

// ViewDiscovered holds what was found in the worlds of one view.
type ViewDiscovered struct {
	View    string           `json:"view"`
	Title   string           `json:"title"`
	Inputs  []AnalysedColumn `json:"inputs"` // the assumptions
	Rests   []Ground         `json:"rests"`  // of those that the box limits
	Dropped []DroppedColumn  `json:"left_out"`
	Found   *Findings        `json:"discovery"`
	Nothing string           `json:"nothing,omitempty"` // why there is nothing to find
	Points  *Points          `json:"points"`            // null where nothing was found
	Fresh   *Fresh           `json:"fresh"`
	Notes   []string         `json:"notes"`

	inputs    []*data.Column
	undivided *undivided // nil where some worlds are of interest and some are not
}

// Ground tells what an assumption rests on in a view; a union has that of each member.
type Ground struct {
	Input   string         `json:"input"`
	Title   string         `json:"title"`
	Unit    string         `json:"unit"`
	Beliefs []study.Belief `json:"beliefs"`
}

// Fresh measures the box in new worlds, which it was not chosen on.
type Fresh struct {
	Seed   uint64         `json:"seed"`
	Worlds int            `json:"worlds"`
	In     int            `json:"of_interest"`
	Box    *discovery.Box `json:"box"` // nil where it holds none of them
	Why    string         `json:"why,omitempty"`
}

// Proposition is the question as a proposition over the columns of a table.
func (q Question) proposition(measures []study.Measure, options, idle []string, t *data.Columns) (*Proposition, error) {
	where := q.Where
	if q.Of != "" {
		var err error
		if where, err = q.regret(measures, options); err != nil {
			return nil, err
		}
	}
	p, err := NewProposition("--where", where, t)
	if err == nil && t.Column(where) == nil {
		err = vocabulary{measureNames(measures), options, assumptionsOf(t), idle, ofOptions}.check(p.expr)
	}
	if err == nil && q.Of == "" {
		err = inUnit(p.expr, unitsOf(measures))
	}
	if err == nil {
		_, err = p.Holds(&data.Columns{File: t.File, List: emptied(t.List)})
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// assumptionsOf are the columns of a table of worlds that are no measure's.
func assumptionsOf(t *data.Columns) []string {
	return slices.DeleteFunc(t.Names(), func(name string) bool { return strings.Contains(name, "[") })
}

// unitsOf gives the unit of MEASURE[OPTION].
func unitsOf(measures []study.Measure) func(*syntax.Expr) string {
	return func(e *syntax.Expr) string {
		for _, m := range measures {
			if e.Kind == syntax.IndexExpr && e.Op == m.Name {
				return m.Unit
			}
		}
		return ""
	}
}

func emptied(list []data.Column) []data.Column {
	out := slices.Clone(list)
	for i := range out {
		out[i].Numbers = nil
	}
	return out
}

// regret writes the regret of an option (Savage 1951) beside the others as a
// proposition.
func (q Question) regret(measures []study.Measure, options []string) (string, error) {
	if math.IsNaN(q.Regret) || q.Regret < 0 {
		return "", source.Misused("--regret-above is at least 0, got %v", q.Regret)
	}
	if _, err := study.Pick("option", []string{q.Of}, options, func(s string) string { return s }); err != nil {
		return "", err
	}
	if len(options) < 2 {
		return "", source.Misused("regret is beside other options, and %s is the only one", q.Of)
	}
	var known []string
	for _, m := range measures {
		if m.Better != "" {
			known = append(known, m.Name)
		}
		if m.Name == q.Measure && study.IsShare(m.Unit) && q.Regret > 1 {
			return "", source.Hint(source.Misused("regret of %s is a difference of probabilities, at most 1, got %g", m.Name, q.Regret), meantShare(q.Regret))
		}
		if m.Better == "" || q.Measure != "" && m.Name != q.Measure {
			continue
		}
		var all []string
		for _, o := range options {
			all = append(all, outcome(m.Name, o))
		}
		own, x := outcome(m.Name, q.Of), strconv.FormatFloat(q.Regret, 'f', -1, 64)
		if m.Better == "higher" {
			return fmt.Sprintf("max(%s) - %s > %s", strings.Join(all, ", "), own, x), nil
		}
		return fmt.Sprintf("%s - min(%s) > %s", own, strings.Join(all, ", "), x), nil
	}
	return "", source.Hint(source.Misused("no measure %q of which lower or higher is better", q.Measure), source.Among(q.Measure, known))
}

// Needs checks a question against a case before anything is run, and gives the
// options whose measures it needs; of regret all that are given.
func (q Question) Needs(m *model.Model, k *model.Case, given []string) ([]string, error) {
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	options, err := study.Pick("option", given, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	var names []string
	for _, o := range options {
		names = append(names, o.Name)
	}
	var measures []study.Measure
	for _, ms := range k.Crisis.Measures {
		measures = append(measures, study.Measure{Name: ms.Name, Unit: ms.Unit.String(), Better: [...]string{"", "lower", "higher"}[ms.Better]})
	}
	c := *k
	c.Options = options
	p, err := q.proposition(measures, names, notAmong(k, options), emptyTable(m, &c))
	if err != nil {
		return nil, err
	}
	if q.Of != "" || len(given) > 0 {
		return names, nil
	}
	needed := slices.DeleteFunc(names, func(o string) bool {
		return !slices.ContainsFunc(p.Columns, func(c string) bool { return strings.HasSuffix(c, "["+o+"]") })
	})
	if len(needed) == 0 {
		return nil, source.Hint(p.expr.At(source.Misused("no measure of an option is named")), "as in "+outcome(k.Crisis.Measures[0].Name, k.Options[0].Name)+" > 0.1")
	}
	return needed, nil
}

// notAmong are the options of a case that are not among some of them.
func notAmong(k *model.Case, some []*model.Option) []string {
	var out []string
	for _, o := range k.Options {
		if !slices.Contains(some, o) {
			out = append(out, o.Name)
		}
	}
	return out
}

// Discover answers a question from a record with its draws. It fails when the
// question does not fit the record, when no world of any view is of interest or all
// are, or when ctx is done; a view in which there is nothing to find says so.
func Discover(ctx context.Context, rec *study.Record, q Question, views []string, plan SearchPlan) (*Discovered, error) {
	r := record{rec}
	chosen, err := study.Pick("view", views, r.Views, func(v study.View) string { return v.Name })
	if err != nil {
		return nil, err
	}
	options := r.OptionNames()
	d := &Discovered{Head: r.head("discover", all(len(r.Results)), placesOf(r.Views, chosen)), Views: []ViewDiscovered{}}
	if r.Partial {
		d.Warnings = append([]finding.Warning{finding.Warn(finding.Partial, "", "the record is partial: the run was stopped")}, d.Warnings...)
	}
	warnAlike(&d.Head, "in boxes, trees and cells", r.asked(q, options)...)
	for _, v := range chosen {
		t, err := Table(rec, v.Name)
		if err != nil {
			return nil, err
		}
		p, err := q.proposition(r.Measures, options, nil, t)
		if err != nil {
			return nil, err
		}
		d.Where = p.Text
		if q.Of != "" {
			d.Asked = fmt.Sprintf("the regret of %s is above %v beside %s", q.Of, q.Regret, strings.Join(options, ", "))
		}
		found, err := r.discover(ctx, v, t, p, plan, mostPoints/len(chosen))
		switch {
		case errors.As(err, &source.Placed{}): // the question is at fault, and not a view
			return nil, err
		case err != nil:
			return nil, fmt.Errorf("view %s: %w", v.Name, err)
		}
		d.Views = append(d.Views, *found)
	}
	if u := d.Views[0].undivided; u != nil && !slices.ContainsFunc(d.Views, func(v ViewDiscovered) bool { return v.undivided == nil || v.undivided.all != u.all }) {
		asked := fmt.Sprintf("--where %q", q.Where)
		if q.Of != "" {
			asked = fmt.Sprintf("--regret-above %v", q.Regret)
		}
		return nil, source.Misused("%s: %w", asked, u)
	}
	return d, nil
}

// asked are the measures that a question names.
func (r record) asked(q Question, options []string) []study.Measure {
	return slices.DeleteFunc(slices.Clone(r.Measures), func(m study.Measure) bool {
		return m.Name != q.Measure && !slices.ContainsFunc(options, func(o string) bool { return strings.Contains(q.Where, outcome(m.Name, o)) })
	})
}

func (r record) discover(ctx context.Context, v study.View, t *data.Columns, p *Proposition, plan SearchPlan, points int) (*ViewDiscovered, error) {
	out := &ViewDiscovered{View: v.Name, Title: v.Title, Rests: []Ground{}, Dropped: []DroppedColumn{}, Notes: []string{}}
	for _, w := range v.Warnings {
		out.Notes = append(out.Notes, w.Text)
	}
	holds, err := p.Holds(t)
	if err != nil {
		return nil, err
	}
	var all []*data.Column
	for i := range r.Numbers {
		all = append(all, &t.List[i])
	}
	kept, dropped := telling(all, t.Rows)
	out.inputs, out.Dropped = kept, append(out.Dropped, dropped...)
	for _, c := range kept {
		in := described(c)
		n := r.Numbers[slices.IndexFunc(r.Numbers, func(n study.Assumption) bool { return n.Name == c.Name })]
		in.Title, in.Unit = n.Title, n.Unit
		out.Inputs = append(out.Inputs, in)
	}
	if classes(holds) == 1 {
		known := slices.DeleteFunc(slices.Clone(holds), math.IsNaN)
		out.undivided = &undivided{worlds: len(known), all: known[0] == 1}
		out.Nothing = out.undivided.Error()
		return out, nil
	}
	if len(kept) == 0 {
		out.Nothing = "no assumption differs between its worlds"
		return out, nil
	}
	out.Notes = append(out.Notes, together(kept)...)
	out.Found, err = findings(ctx, p.Text, kept, holds, []string{Regional, PRIM, CART, Stacking}, plan)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && plan.Box >= 0 && out.Found == nil && classes(holds) == 2:
		return nil, err // a box that is not there
	case err != nil:
		out.Nothing = inWorlds(err)
		return out, nil
	}
	for _, l := range out.Found.limits() {
		out.Rests = append(out.Rests, r.ground(l.Input, v))
	}
	out.Points = out.points(holds, points)
	return out, nil
}

var rowWord = regexp.MustCompile(`\brow(s?)\b`)

// inWorlds tells what is said of the rows of a table of its worlds.
func inWorlds(err error) string { return rowWord.ReplaceAllString(err.Error(), "world$1") }

// classes counts which of so and not so occur.
func classes(holds []float64) int {
	return int(one(slices.Contains(holds, 1)) + one(slices.Contains(holds, 0)))
}

// rest tells what an assumption rests on in a view.
func (r record) ground(input string, v study.View) Ground {
	n := r.Numbers[slices.IndexFunc(r.Numbers, func(n study.Assumption) bool { return n.Name == input })]
	out := Ground{Input: n.Name, Title: n.Title, Unit: n.Unit, Beliefs: []study.Belief{}}
	for _, b := range n.Beliefs {
		if b.View == v.Name || v.Union {
			out.Beliefs = append(out.Beliefs, b)
		}
	}
	return out
}

// Refresh measures the boxes in new worlds: a record of the same case under
// another seed.
func (d *Discovered) Refresh(fresh *study.Record) error {
	if fresh.Seed == d.Seed {
		return fmt.Errorf("worlds of seed %d are not new", fresh.Seed)
	}
	for i := range d.Views {
		v := &d.Views[i]
		if v.Found == nil || v.Found.Box() == nil {
			continue
		}
		t, err := Table(fresh, v.View)
		if err != nil {
			return err
		}
		p, err := NewProposition("--where", d.Where, t)
		if err != nil {
			return err
		}
		holds, err := p.Holds(t)
		if err != nil {
			return err
		}
		v.Fresh = v.refresh(t, holds)
		v.Fresh.Seed, v.Fresh.Worlds = fresh.Seed, fresh.Worlds
	}
	return nil
}

func (v *ViewDiscovered) refresh(t *data.Columns, holds []float64) *Fresh {
	f := &Fresh{}
	for _, h := range holds {
		if h == 1 {
			f.In++
		}
	}
	var inputs []*data.Column
	for _, c := range v.inputs {
		inputs = append(inputs, t.Column(c.Name))
	}
	table, err := discovery.New(discoverable(inputs), holds)
	if err == nil {
		var b discovery.Box
		if b, err = discovery.Measure(table, v.Found.limits()); err == nil {
			f.Box = &b
			return f
		}
	}
	f.Why = inWorlds(err)
	return f
}

// placesOf are where some views stand among all.
func placesOf(known, some []study.View) []int {
	var out []int
	for i, v := range known {
		if slices.ContainsFunc(some, func(x study.View) bool { return x.Name == v.Name }) {
			out = append(out, i)
		}
	}
	return out
}
