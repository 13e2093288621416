package model

import (
	"math"
	"slices"

	"casus/lang/syntax"
)

// Then finds the measure that asks of what follows a condition what another asks
// in any case: P(war | settled) beside P(war). It is nil where there is none.
func (c *Crisis) Then(name string) *Measure {
	whole := c.Measure(name)
	if whole == nil || whole.Expr == nil {
		return nil
	}
	said := whole.Expr.String()
	return find(c.Measures, func(m *Measure) bool {
		return givenOf(m) != nil && ungiven(m.Expr).String() == said
	})
}

// ungiven is an expression without what it is given: P(x) of P(x | y).
func ungiven(e *syntax.Expr) *syntax.Expr {
	if e == nil { // a quantifier without a condition
		return nil
	}
	if e.Kind == syntax.BinaryExpr && e.Op == "|" {
		return ungiven(e.Args[0])
	}
	out := *e
	out.Args = slices.Clone(e.Args)
	for i, a := range out.Args {
		out.Args[i] = ungiven(a)
	}
	return &out
}

// inAnyCase warns of a comparison of options by a measure that counts whether or
// not they come about, where another asks the same of what follows and the claim
// does not read it: an option that hardly ever comes about can hardly have
// consequences.
func (l *loader) inAnyCase(cl *Claim, p Proposition, k *Case, s *syntax.Stmt) {
	if k == nil || k.Crisis == nil {
		return
	}
	for _, in := range InAnyCase(p.Expr, k.Crisis) {
		if k.fromTheStart(in.Then) || !k.comesAbout(in.Then, in.Options) || cl.readsAny(in.Then.Name, in.Options) {
			continue
		}
		l.warn(in.At.Tok, s, "this compares options by "+in.At.Op+" whether or not they come about ("+givenOf(in.Then).String()+"), and so by how likely that is, too", "read "+in.Then.Name+" beside it")
		return
	}
}

// Whole is a measure that counts in any case, by which options are compared, and the
// one that asks the same of what follows.
type Whole struct {
	At      *syntax.Expr // where it is first asked for
	Options []string
	Then    *Measure
}

// InAnyCase finds the measures by which an expression compares two options or more
// whether or not they come about.
func InAnyCase(e *syntax.Expr, cr *Crisis) []Whole {
	var out []Whole
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.BinaryExpr && slices.Contains(comparisons, x.Op) {
			out = append(out, wholesOf(x, cr)...)
		}
	})
	return out
}

// wholesOf finds them in one comparison.
func wholesOf(e *syntax.Expr, cr *Crisis) []Whole {
	var out []Whole
	e.Walk(func(x *syntax.Expr) {
		if x.Kind != syntax.IndexExpr || slices.ContainsFunc(out, func(w Whole) bool { return w.At.Op == x.Op }) {
			return
		}
		w := Whole{At: x, Options: optionsUnder(e, x.Op), Then: cr.Then(x.Op)}
		if len(w.Options) > 1 && w.Then != nil {
			out = append(out, w)
		}
	})
	return out
}

// readsAny reports whether some reading of a claim asks for a measure under one of
// these options.
func (cl *Claim) readsAny(measure string, options []string) bool {
	return slices.ContainsFunc(cl.Holds, func(p Proposition) bool {
		return slices.ContainsFunc(optionsUnder(p.Expr, measure), func(o string) bool { return slices.Contains(options, o) })
	})
}

// optionsUnder are the options under which an expression asks for a measure, in the
// order met.
func optionsUnder(e *syntax.Expr, measure string) []string {
	var out []string
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.IndexExpr && x.Op == measure && len(x.Args) == 1 && !slices.Contains(out, x.Args[0].Op) {
			out = append(out, x.Args[0].Op)
		}
	})
	return out
}

// givenOf is the condition of a measure; nil where it has none.
func givenOf(m *Measure) *syntax.Expr {
	var out *syntax.Expr
	m.Expr.Walk(func(x *syntax.Expr) {
		if out == nil && x.Kind == syntax.BinaryExpr && x.Op == "|" {
			out = x.Args[1]
		}
	})
	return out
}

// comesAbout reports whether what a measure is given can hold under some of these
// options.
func (k *Case) comesAbout(m *Measure, options []string) bool {
	return slices.ContainsFunc(k.Options, func(o *Option) bool {
		return slices.Contains(options, o.Name) && !k.under(o).never(givenOf(m))
	})
}

// fromTheStart reports whether what a measure is given holds in a case before
// anything is played, so that to be given it is no condition.
func (k *Case) fromTheStart(m *Measure) bool {
	set := func(e *syntax.Expr) float64 {
		for _, s := range k.Crisis.Settings {
			if v, own := k.Settings[s.Name]; s.Name == e.Op && own {
				return v
			} else if s.Name == e.Op {
				return s.Default
			}
		}
		return math.NaN()
	}
	return givenOf(m).Holds(func(e *syntax.Expr) float64 {
		f := k.Crisis.Fact(e.Op)
		if f == nil || f.Initial == nil {
			return math.NaN()
		}
		return f.Initial.Holds(set)
	}) == 1
}
