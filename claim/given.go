package claim

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/syntax"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// condition says in words what the measures of a reading are given, and which count
// in any case though others of the crisis ask the same of what follows; empty where
// neither is so.
func condition(k *model.Case, r *study.Record, e *syntax.Expr) string {
	var given, whole []string
	title := ""
	for _, name := range measuresOf(e) {
		m := measureOf(r, name)
		switch then := k.Crisis.Then(name); {
		case m.Given != "":
			given, title = append(given, name), measureOf(r, m.Given).Title
		case then != nil:
			whole, title = append(whole, name), measureOf(r, then.Given).Title
		}
	}
	switch {
	case title == "":
		return ""
	case len(whole) == 0:
		return "given: " + title
	case len(given) == 0:
		return "in any case, whether or not: " + title
	}
	return fmt.Sprintf("%s given: %s; %s in any case", strings.Join(given, " and "), title, strings.Join(whole, " and "))
}

// measuresOf are the measures that an expression asks for, in the order met.
func measuresOf(e *syntax.Expr) []string {
	var out []string
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.IndexExpr && !slices.Contains(out, x.Op) {
			out = append(out, x.Op)
		}
	})
	return out
}

// measureOf finds a measure of a record; an empty one where there is none.
func measureOf(r *study.Record, name string) study.Measure {
	if i := r.MeasureAt(name); i >= 0 {
		return r.Measures[i]
	}
	return study.Measure{}
}

// unlike says from where on two options are very differently likely to meet a condition,
// in times of each other: a choice of ours.
const unlike = 2

// offered holds how likely a condition is, under each of some options in a view.
type offered struct {
	view    string
	options []string
	chances []float64
}

// warnOffered says of options that are compared in any case how differently likely
// what the comparison hangs on is under them: that decides part of it.
func (rd *Reading) warnOffered(k *model.Case, r *study.Record) {
	for _, in := range model.InAnyCase(rd.expr.expr, k.Crisis) {
		given := measureOf(r, in.Then.Given)
		if given.Name == "" {
			continue
		}
		if most := furthest(r, given, in.Options); most != nil {
			rd.warnOf(finding.AnyCase, in.At.Op, "compares by %s whether or not %s, and so by how likely that is, too: %s; %s tells what follows from it", in.At.Op, given.Title, most, in.Then.Name)
			return
		}
	}
}

// furthest is the view in which a condition is most differently likely under some
// options, if it is very much so and by what matters; nil otherwise.
func furthest(r *study.Record, given study.Measure, options []string) *offered {
	var out *offered
	gap := given.Matters
	for v := range r.Views {
		o := offered{view: r.Views[v].Name, options: options}
		for _, option := range options {
			o.chances = append(o.chances, draw.Summarise(values(r, v, given.Name, option)).Mean)
		}
		most, least := slices.Max(o.chances), slices.Min(o.chances)
		if most > unlike*least && most-least >= gap {
			gap, out = most-least, &o
		}
	}
	return out
}

func (o *offered) String() string {
	var words []string
	for i, option := range o.options {
		words = append(words, often(o.chances[i])+" under "+option)
	}
	return strings.Join(words, ", ") + " (" + o.view + ")"
}

// often is a chance in words.
func often(p float64) string {
	switch {
	case p == 0:
		return "never"
	case p < 0.0001:
		return "in less than 0.01\u00a0%"
	case p < 0.1:
		return fmt.Sprintf("in %.2g\u00a0%%", 100*p)
	}
	return fmt.Sprintf("in %.0f\u00a0%%", 100*p)
}
