package model

import (
	"fmt"
	"slices"
	"strconv"

	"casus/lang/syntax"
)

// chancesWithin reports a chance that lies outside 0 to 1 with its assumptions at
// their medians under a view of the case, and warns of one that does so at their
// ends. What depends on the state of the game only a run can tell.
func (l *loader) chancesWithin(k *Case) {
	for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
		for _, ch := range st.Choices {
			if ch.Prob == nil {
				continue
			}
			for _, v := range k.Views {
				if len(v.Union) == 0 && l.chanceWithin(ch.Prob, v, "crisis "+k.Crisis.Name) {
					break
				}
			}
		}
	}
}

// chanceWithin reports whether it had something to say.
func (l *loader) chanceWithin(e *syntax.Expr, v *View, heading string) bool {
	if _, plain := constant(e); plain {
		return false // that is said of the crisis already
	}
	say := func(p float64, where string) string {
		return fmt.Sprintf("a probability lies between 0 and 1: %s is %s with its assumptions at %s under view %s", e, strconv.FormatFloat(p, 'g', 3, 64), where, v.Name)
	}
	if p, ok := l.valued(e, v, 0.5); ok && (p < 0 || p > 1) {
		l.at(e.Pos(), 1, heading, say(p, "their medians"), "")
		return true
	}
	if p, ok := l.valued(e, v, 0.999); ok && (p < 0 || p > 1) {
		l.warnAt(e.Pos(), 1, heading, say(p, "their upper ends"), "a world with such values stops the run")
		return true
	}
	return false
}

// valued is an expression with every assumption at a quantile under a view; ok is
// false where it reads anything else.
func (l *loader) valued(e *syntax.Expr, v *View, u float64) (value float64, ok bool) {
	switch e.Kind {
	case syntax.NumberExpr:
		return e.Num, true
	case syntax.NameExpr:
		a := l.m.assumptions[e.Op]
		if a == nil || a.Belief(v.Name) == nil || a.Belief(v.Name).Dist == nil {
			return 0, false
		}
		return a.Belief(v.Name).Dist.Quantile(u), true
	case syntax.UnaryExpr:
		x, ok := l.valued(e.Args[0], v, u)
		return -x, ok && e.Op == "-"
	case syntax.BinaryExpr:
		x, okX := l.valued(e.Args[0], v, u)
		y, okY := l.valued(e.Args[1], v, u)
		if !okX || !okY {
			return 0, false
		}
		switch e.Op {
		case "+":
			return x + y, true
		case "-":
			return x - y, true
		case "*":
			return x * y, true
		case "/":
			return x / y, y != 0
		}
	}
	return 0, false
}
