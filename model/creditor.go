package model

import (
	"slices"

	"casus/lang/source"
)

// TowardAttacker reports whether a rule names the attacker, whoever it is, as
// the one to whom something is owed: neutrality, or help in a war of the other
// that need not be one of defence.
func (r *Rule) TowardAttacker(t *Then) bool {
	return t.Creditor.Kind == Attacker || t.Creditor.Kind == r.By.Kind && t.Creditor.Name == r.By.Name && (r.By.Kind == Variable || r.By.Kind == Literal)
}

// Undefensive is the manner in which a treaty says that help is owed to the one
// who goes to war too.
const Undefensive = "not tied to defence"

// creditors warns of duties that are owed to somebody who should have none: to
// anybody in the world, or to the attacker.
func (l *loader) creditors() {
	told := map[source.Pos]bool{} // what is taken over from a form stands there once
	for _, in := range l.m.Instruments {
		for _, a := range in.Articles {
			for i := range a.Rules {
				for j := range a.Rules[i].Thens {
					l.creditorOf(a, &a.Rules[i], &a.Rules[i].Thens[j], told)
				}
			}
		}
	}
}

func (l *loader) creditorOf(a *Article, r *Rule, t *Then, told map[source.Pos]bool) {
	if t.Verb != Owes || r.broken || r.partial || r.Kind == "" || l.m.articles[a.Address] != a {
		return
	}
	msg, hint := "", ""
	switch {
	case r.TowardAttacker(t):
		if t.Class != nil && t.Class.Force != NoForce && !slices.Contains(t.Manner, Undefensive) {
			msg, hint = "help is owed to the attacker", `add the manner "`+Undefensive+`" if the text means it`
		} else if t.Creditor.Kind != Literal && !r.bound(t.Creditor) {
			msg, hint = "this is owed to any attacker in the world", "say who it may be: "+t.Creditor.Name+" is party"
		}
	case t.Creditor.Kind == Literal:
		if t.Class != nil && !t.Class.Bars && r.mayAttack(l.m, t.Creditor.Name) && r.On.Name != t.Creditor.Name {
			msg, hint = "this may be owed to the attacker", "exclude it: "+attackerName(r)+" is not "+t.Creditor.Name
		}
	case t.Creditor.Kind == Victim || t.Creditor.Kind == Variable:
		if r.On.Kind != Literal && !r.bound(t.Creditor) {
			msg, hint = "this is owed to anybody in the world", "say who it may be: P is party, or a group"
		}
	}
	if msg != "" && !told[t.Pos] {
		told[t.Pos] = true
		l.warnAt(t.Pos, 4, a.Instrument.Title+" › Article "+a.Number, msg, hint)
	}
}

func attackerName(r *Rule) string {
	if r.By.Kind == Variable {
		return r.By.Name
	}
	return "attacker"
}

// bound reports whether the conditions of a rule say who a term may be.
func (r *Rule) bound(t Term) bool { return r.Cond.bounds(func(x Term) bool { return r.same(x, t) }) }

// same reports whether two terms of a rule stand for the same state.
func (r *Rule) same(x, y Term) bool {
	role := func(t Term) TermKind {
		switch {
		case t.Kind == Victim, t.Kind == Variable && r.On.Kind == Variable && t.Name == r.On.Name:
			return Victim
		case t.Kind == Attacker, t.Kind == Variable && r.By.Kind == Variable && t.Name == r.By.Name:
			return Attacker
		}
		return t.Kind
	}
	return role(x) == role(y)
}

// bounds reports whether a condition can hold of some states only: a set, a
// state, or a fact about it.
func (c *Cond) bounds(is func(Term) bool) bool {
	if c == nil {
		return false
	}
	switch c.Op {
	case CondAnd:
		return slices.ContainsFunc(c.Args, func(x *Cond) bool { return x.bounds(is) })
	case CondOr:
		return !slices.ContainsFunc(c.Args, func(x *Cond) bool { return !x.bounds(is) })
	case CondIn:
		return c.Set.Kind != AllStates && is(c.Terms[0])
	case CondSame:
		return is(c.Terms[0]) || is(c.Terms[1])
	case CondFact:
		return slices.ContainsFunc(c.Terms, is)
	case CondWithinOf:
		return false
	}
	return false
}

// mayAttack reports whether a state may be the attacker of a rule.
func (r *Rule) mayAttack(m *Model, state string) bool {
	switch r.By.Kind {
	case Literal:
		return r.By.Name == state
	case Variable, Anyone, NoTerm:
		return !r.Cond.excludes(m, state, func(t Term) bool { return r.same(t, Term{Kind: Attacker}) })
	}
	return true
}

// excludes reports whether a condition keeps a term from being a state.
func (c *Cond) excludes(m *Model, state string, is func(Term) bool) bool {
	if c == nil {
		return false
	}
	switch c.Op {
	case CondAnd:
		return slices.ContainsFunc(c.Args, func(x *Cond) bool { return x.excludes(m, state, is) })
	case CondOr:
		return !slices.ContainsFunc(c.Args, func(x *Cond) bool { return !x.excludes(m, state, is) })
	case CondNot:
		return c.Args[0].holdsOf(state, is)
	case CondSame:
		return is(c.Terms[0]) && c.Terms[1].Kind == Literal && c.Terms[1].Name != state
	case CondIn:
		return is(c.Terms[0]) && !m.everIn(state, c.Set)
	}
	return false
}

// everIn reports whether a state is in a set on any day.
func (m *Model) everIn(state string, set Set) bool {
	of := func(ms Membership) bool { return ms.State == state }
	switch set.Kind {
	case PartySet:
		in := m.instruments[set.Instrument]
		return in == nil || slices.ContainsFunc(in.Parties, of)
	case GroupSet:
		return slices.ContainsFunc(m.Groups[set.Group].Members, of)
	case ListSet:
		return slices.Contains(set.List, state)
	}
	return true
}

// holdsOf reports whether a condition holds whenever a term is a state.
func (c *Cond) holdsOf(state string, is func(Term) bool) bool {
	switch c.Op {
	case CondSame:
		return is(c.Terms[0]) && c.Terms[1].Kind == Literal && c.Terms[1].Name == state
	case CondIn:
		return is(c.Terms[0]) && c.Set.Kind == ListSet && slices.Contains(c.Set.List, state)
	case CondOr:
		return slices.ContainsFunc(c.Args, func(x *Cond) bool { return x.holdsOf(state, is) })
	}
	return false
}
