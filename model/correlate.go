package model

import (
	"fmt"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/draw"
)

// Correlation is Spearman's rank correlation of two assumptions under a view.
type Correlation struct {
	A, B      *Assumption
	Rank      float64 // between -1 and 1
	Sources   []string
	Judgement string
	Pos       source.Pos
}

// correlate reads `correlate a, b[FRA] 0.6 source …|judgement "…"` in a view.
func (l *loader) correlate(v *View) func(*syntax.Cursor) {
	return func(c *syntax.Cursor) {
		r := Correlation{Pos: c.Peek().Pos}
		a, nameA, ok := indexed(c)
		if !ok || !c.Expect(",") {
			return
		}
		b, nameB, ok := indexed(c)
		if !ok {
			return
		}
		at := c.Peek()
		if r.Rank, ok = c.Number("a rank correlation"); !ok {
			return
		}
		if !(r.Rank > -1 && r.Rank < 1) {
			c.Fail(at, fmt.Sprintf("a rank correlation lies between -1 and 1, got %g", r.Rank), "make two that are one into one assumption")
			return
		}
		for !c.Done() && !c.Failed() {
			switch {
			case c.Word("source"):
				r.Sources = append(r.Sources, l.sourceIDs(c)...)
			case c.Word("judgement"):
				r.Judgement = text(c)
			default:
				c.End()
			}
		}
		if c.Failed() {
			return
		}
		if len(r.Sources) == 0 && r.Judgement == "" {
			l.fail(at, c.Stmt, "a correlation needs a source or a judgement with its reason", "add source … or judgement \"…\"")
			return
		}
		l.later = append(l.later, func() {
			if r.A, r.B = l.correlated(a, nameA, v, c.Stmt), l.correlated(b, nameB, v, c.Stmt); r.A != nil && r.B != nil {
				l.addCorrelation(v, r, b, at, c.Stmt)
			}
		})
	}
}

// indexed reads a name, perhaps with an index: cost, cost[FRA].
func indexed(c *syntax.Cursor) (at syntax.Token, name string, ok bool) {
	t, ok := c.Name("the name of an assumption")
	if !ok || !c.Take("[") {
		return t, t.Text, ok
	}
	i, ok := c.Name("an actor")
	return t, t.Text + "[" + i.Text + "]", ok && c.Expect("]")
}

// correlated finds an assumption that varies under a view, or reports why there
// is none.
func (l *loader) correlated(t syntax.Token, name string, v *View, in *syntax.Stmt) *Assumption {
	a := l.m.assumptions[name]
	if a == nil {
		hint := near(l, name, l.m.assumptions)
		var same []string
		for _, b := range l.m.Assumptions {
			if b.Base == t.Text && b.Index != "" {
				same = append(same, b.Name)
			}
		}
		if len(same) > 0 {
			hint = "one of " + strings.Join(same, ", ")
		}
		l.fail(t, in, fmt.Sprintf("unknown assumption %q", name), hint)
		return nil
	}
	members := v.Union
	if len(members) == 0 {
		members = []string{v.Name}
	}
	var held []float64
	for _, member := range members {
		switch b := a.Belief(member); {
		case b == nil && a.tried(member): // reported where it stands
			return nil
		case b == nil:
			l.fail(t, in, fmt.Sprintf("view %s says nothing about %s", member, name), "")
			return nil
		default:
			held = append(held, values(b.Dist)...)
		}
	}
	if slices.Min(held) == slices.Max(held) {
		l.fail(t, in, fmt.Sprintf("%s has one value under view %s: nothing can be correlated with it", name, v.Name), "")
		return nil
	}
	return a
}

// values are the ends of a distribution.
func values(d draw.Dist) []float64 {
	lo, hi := d.Support()
	return []float64{lo, hi}
}

// addCorrelation adds one to those of a view.
func (l *loader) addCorrelation(v *View, r Correlation, second, number syntax.Token, in *syntax.Stmt) {
	if r.A == r.B {
		l.fail(second, in, r.A.Name+" is correlated with itself", "name two assumptions")
		return
	}
	for _, x := range v.Correlations {
		if x.A == r.A && x.B == r.B || x.A == r.B && x.B == r.A {
			l.fail(second, in, fmt.Sprintf("the correlation of %s and %s is given twice", r.A.Name, r.B.Name), "")
			return
		}
	}
	if len(v.Correlations) == 0 { // once all are there: two may need a third
		l.later = append(l.later, func() { l.checkCorrelations(v) })
	}
	v.Correlations = append(v.Correlations, r)
	l.ties[v] = place{number, in}
}

// place is where the last correlation of a view stands.
type place struct {
	at syntax.Token
	in *syntax.Stmt
}

// checkCorrelations reports correlations that cannot all hold, at the last.
func (l *loader) checkCorrelations(v *View) {
	if _, err := Copula(v.Correlations); err != nil {
		p := l.ties[v]
		l.fail(p.at, p.in, err.Error(), "pairs that are not named have 0")
	}
}

// Copula is the dependence that correlations make, of the assumptions they
// name, in their order. It is an error if they cannot all hold.
func Copula(all []Correlation) (draw.Copula, error) {
	var names []string
	var pairs []draw.Pair
	for _, x := range all {
		for _, a := range []*Assumption{x.A, x.B} {
			if !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
		}
		pairs = append(pairs, draw.Pair{A: x.A.Name, B: x.B.Name, Rank: x.Rank})
	}
	return draw.Paired(names, pairs)
}
