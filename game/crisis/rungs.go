package crisis

import (
	"slices"

	"casus/lang/syntax"
	"casus/model"
)

// Rung is a fact of a crisis that a play may come to, as a step of escalation
// (Kahn 1965). One that stays is never taken back: it has come about, or not yet.
type Rung struct {
	Fact  *model.GameFact
	Step  string // at which it first can come true
	Stays bool
}

// Rungs lists the facts with a title that a step of the crisis brings about, in the
// order of play: those that stay, and those that pass with the year. One that lasts
// until it is taken back is a state of things and no step.
func Rungs(cr *model.Crisis) []Rung {
	var out []Rung
	for _, steps := range [][]model.Step{cr.First, cr.Year} {
		for _, st := range steps {
			for _, ch := range st.Choices {
				for _, e := range ch.Effects {
					f := cr.Fact(e.Fact)
					if f == nil || f.Title == "" || f.Life == model.ForTheStep || f.Life == model.Lasting && cleared(cr, f.Name) || e.Value == 0 && !e.Raise || slices.ContainsFunc(out, func(r Rung) bool { return r.Fact == f }) {
						continue
					}
					out = append(out, Rung{f, st.Name, f.Life == model.Lasting})
				}
			}
		}
	}
	return out
}

// cleared reports whether some choice takes a fact back.
func cleared(cr *model.Crisis, fact string) bool {
	for _, st := range slices.Concat(cr.First, cr.Year) {
		for _, ch := range st.Choices {
			if slices.ContainsFunc(ch.Effects, func(e model.Effect) bool { return e.Fact == fact && e.Value == 0 && !e.Raise }) {
				return true
			}
		}
	}
	return false
}

// Measure counts how often a rung comes true: of a fact of several, that of any; of a
// level, the first.
func (r Rung) Measure() (model.Measure, error) {
	name := r.Fact.Name
	text := name
	if r.Fact.Over != "" {
		text = "any(x in " + r.Fact.Over + ": " + name + "(x))"
	}
	if r.Fact.Max > 1 {
		text += " >= 1"
	}
	e, problems := syntax.ParseExpr(name, "P("+text+")")
	if len(problems) > 0 {
		return model.Measure{}, problems
	}
	return model.Measure{Name: name, Title: r.Fact.Title, Expr: e}, nil
}
