package model

import (
	"cmp"
	"fmt"
	"slices"

	"casus/lang/syntax"
)

// answer is a step that asks somebody for a yes, and the choice that gives it.
type answer struct {
	step *Step
	yes  *Choice
}

// unconsented warns of a yes to something that comes about only with the yes of others,
// and that does not say so: whoever gives it counts on their refusal, and agrees for
// nothing.
func (l *loader) unconsented(c *Crisis, heading string) {
	told := map[*Choice]bool{}
	for _, steps := range [][]Step{c.First, c.Year} {
		for i := range steps {
			for j := i; j < len(steps); j++ {
				l.bothAgree(c.agreeing(&steps[i], &steps[j]), told, heading)
			}
		}
	}
}

// bothAgree warns of those of two answers to one question that are no consents.
func (l *loader) bothAgree(both []answer, told map[*Choice]bool, heading string) {
	for i, a := range both {
		other := both[len(both)-1-i]
		if a.yes.Consents || told[a.yes] {
			continue
		}
		told[a.yes] = true
		with := fmt.Sprintf("the yes of %s (%s)", cmp.Or(other.step.Over, other.step.By), other.step.Name)
		if a.step == other.step {
			with = "that of every " + a.step.Over
		}
		l.warnAt(a.yes.Pos, len(a.yes.Name), heading, fmt.Sprintf("%s in %s comes to something only with %s, and does not say so: whoever gives it counts on a refusal by the others, and agrees for nothing", a.yes.Name, a.step.Name, with),
			"write "+a.yes.Name+" consents, or "+a.yes.Name+" base ODDS consents: then each answers as if all others agreed")
	}
}

// agreeing are two moves of different actors, the first asked before the second, whose
// answers come to something only together; one move that asks several is both.
func (c *Crisis) agreeing(first, second *Step) []answer {
	switch {
	case first.Chance || second.Chance:
		return nil
	case first == second:
		if no := c.stops(first, second); first.Over != "" && no != nil {
			return pair(first, first.other(no), first, first.other(no))
		}
		return nil
	case first.By == second.By && first.Over == second.Over:
		return nil
	}
	if no := c.stops(first, second); no != nil {
		return pair(first, first.other(no), second, second.idle())
	}
	return c.takenUp(first, second)
}

func pair(s *Step, a *Choice, t *Step, b *Choice) []answer {
	if a == nil || b == nil {
		return nil
	}
	if s == t {
		return []answer{{s, a}}
	}
	return []answer{{s, a}, {t, b}}
}

// stops is the choice of a move that does nothing but end the asking of another, which
// may end it in the same way: the refusal of a text that binds both.
func (c *Crisis) stops(s, other *Step) *Choice {
	for i := range s.Choices {
		ch := &s.Choices[i]
		if f := ch.only(); f != "" && s.other(ch) == s.idle() && asksFor(other.When, f, false) && c.readsOnlyToAsk(f) && slices.ContainsFunc(other.Choices, func(o Choice) bool { return o.only() == f }) {
			return ch
		}
	}
	return nil
}

// takenUp is a yes of a first move that leaves no trace but that a second is asked, and
// the yes of the second, without which nothing has happened.
func (c *Crisis) takenUp(first, second *Step) []answer {
	for i := range first.Choices {
		yes := &first.Choices[i]
		f := yes.only()
		if f == "" || c.Fact(f) == nil || c.Fact(f).Final || first.other(yes) == nil || first.other(yes) != first.idle() || !asksFor(second.When, f, true) || second.idle() == nil || !c.readsOnlyToAsk(f) {
			continue
		}
		return pair(first, yes, second, second.other(second.idle()))
	}
	return nil
}

// readsOnlyToAsk reports whether nothing reads a fact but whether steps fall due.
func (c *Crisis) readsOnlyToAsk(fact string) bool {
	all, asking := 0, 0
	count := func(n *int) func(*syntax.Expr) {
		return func(e *syntax.Expr) {
			e.Walk(func(x *syntax.Expr) {
				if x.Op == fact {
					*n++
				}
			})
		}
	}
	c.eachExpr(count(&all))
	for _, st := range slices.Concat(c.First, c.Year) {
		if st.When != nil {
			count(&asking)(st.When)
		}
	}
	return all == asking
}

// only is the one fact that a choice sets, where it does nothing else; else empty.
func (ch *Choice) only() string {
	if ch.Event != nil || len(ch.Effects) != 1 || ch.Effects[0].Value != 1 || ch.Effects[0].Raise || ch.Effects[0].If != nil || len(ch.Effects[0].Args) > 0 {
		return ""
	}
	return ch.Effects[0].Fact
}

// idle is the one choice of a step that does nothing; nil where there is none, or several.
func (s *Step) idle() *Choice {
	var out *Choice
	for i := range s.Choices {
		if ch := &s.Choices[i]; ch.Event == nil && len(ch.Effects) == 0 {
			if out != nil {
				return nil
			}
			out = ch
		}
	}
	return out
}

// other is the choice beside one, of a step that has two.
func (s *Step) other(than *Choice) *Choice {
	if len(s.Choices) != 2 {
		return nil
	}
	if than == &s.Choices[0] {
		return &s.Choices[1]
	}
	return &s.Choices[0]
}

// asksFor reports whether a condition holds only where a fact does, or does not.
func asksFor(cond *syntax.Expr, fact string, holds bool) bool {
	switch {
	case cond == nil:
		return false
	case cond.Kind == syntax.BinaryExpr && cond.Op == "and":
		return asksFor(cond.Args[0], fact, holds) || asksFor(cond.Args[1], fact, holds)
	case cond.Kind == syntax.UnaryExpr && cond.Op == "not":
		return asksFor(cond.Args[0], fact, !holds)
	case cond.Kind == syntax.NameExpr && cond.Op == fact:
		return holds
	}
	return false
}
