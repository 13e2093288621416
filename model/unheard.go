package model

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// outOfPlay warns of a text that an option adopts and that the game cannot turn on:
// whoever owes something under it plays no part, or no move is a deed that it speaks of.
func (l *loader) outOfPlay(k *Case) {
	for _, o := range k.Options {
		for _, act := range o.Acts {
			in := l.m.instruments[act.Instrument]
			if act.Verb != "adopt" || in == nil || in.Political || !in.promises() || l.accedes(o, in) {
				continue
			}
			if who := l.debtorsOf(in); len(who) > 0 && !slices.ContainsFunc(who, func(s Set) bool { return l.anyPlays(k, s) }) {
				l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, fmt.Sprintf("%s changes nothing in case %s: nobody who owes something under it plays a part (%s)", in.ID, k.Name, l.named(who)), "cast one of them, or leave the text out")
			} else if kinds := in.deeds(); len(kinds) > 0 && !slices.Contains(k.Crisis.events(), "") && !slices.ContainsFunc(kinds, func(kind string) bool { return l.madeIn(k.Crisis, kind) }) {
				l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, fmt.Sprintf("%s changes nothing in case %s: what it promises is owed upon %s, which no move of crisis %s is", in.ID, k.Name, strings.Join(kinds, ", "), k.Crisis.Name), k.Crisis.otherDeeds())
			} else if whom := in.victims(); len(whom) > 0 && !slices.ContainsFunc(whom, func(state string) bool { return l.anyPlays(k, Set{Kind: ListSet, List: []string{state}}) }) {
				l.warnAt(act.Pos, len(act.Instrument), "option "+o.Name, fmt.Sprintf("%s changes nothing in case %s: what it promises is owed upon a deed against %s alone, which plays no part", in.ID, k.Name, listed(whom, 4, "states")), "let it speak of one who does, or cast "+whom[0])
			}
		}
	}
}

// accedes reports whether an option lets somebody accede to a text.
func (l *loader) accedes(o *Option, in *Instrument) bool {
	return slices.ContainsFunc(o.Acts, func(a Act) bool { return a.Verb == "accede" && a.Instrument == in.ID })
}

// debtorsOf are the sets of those who owe something under a text.
func (l *loader) debtorsOf(in *Instrument) []Set {
	var out []Set
	for _, a := range in.Articles {
		for _, r := range a.Rules {
			for _, t := range r.Thens {
				if t.Verb == Owes {
					out = append(out, t.Debtors)
				}
			}
		}
	}
	return out
}

// anyPlays reports whether an actor of a case is in a set on some day, alone or as a
// group of which a member is.
func (l *loader) anyPlays(k *Case, set Set) bool {
	for actor := range k.actors() {
		if l.m.everIn(actor, set) {
			return true
		}
		if g := l.m.Groups[actor]; g != nil && slices.ContainsFunc(g.Members, func(ms Membership) bool { return l.m.everIn(ms.State, set) }) {
			return true
		}
	}
	return false
}

// named are the members of sets that are few enough to be named.
func (l *loader) named(sets []Set) string {
	var out []string
	for _, set := range sets {
		names := set.List
		if set.Kind == PartySet {
			for _, p := range l.m.instruments[set.Instrument].Parties {
				names = append(names, p.State)
			}
		}
		if set.Kind == GroupSet {
			names = []string{set.Group}
		}
		for _, n := range names {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return listed(out, 4, "states")
}

// deeds are the kinds of event upon which a text owes something; none where it owes
// something without one, or says more than rules.
func (in *Instrument) deeds() []string {
	var out []string
	for _, a := range in.Articles {
		if len(a.Exceptions)+len(a.Readings)+len(a.Qualified)+len(a.Prevails)+len(a.Yields)+len(a.Consistent) > 0 {
			return nil
		}
		for _, r := range a.Rules {
			switch {
			case r.Kind == "":
				return nil
			case !slices.Contains(out, r.Kind):
				out = append(out, r.Kind)
			}
		}
	}
	return out
}

// victims are the states against whom a deed is upon which a text owes something; none
// where it is so of any state, or where the text owes something without a deed, or says more
// than rules.
func (in *Instrument) victims() []string {
	if in.deeds() == nil {
		return nil
	}
	var out []string
	for _, a := range in.Articles {
		for _, r := range a.Rules {
			if r.On.Kind != Literal {
				return nil
			}
			if !slices.Contains(out, r.On.Name) {
				out = append(out, r.On.Name)
			}
		}
	}
	return out
}

// madeIn reports whether some choice of a crisis is an event of a kind, or may be one.
func (l *loader) madeIn(c *Crisis, kind string) bool {
	return slices.ContainsFunc(c.events(), func(made string) bool {
		return l.m.isKind(made, kind) || l.m.mayBe(made, kind, map[string]bool{}) != nil
	})
}

// events are the kinds of event that the choices of a crisis are; an empty one could not be
// read, which is said where it stands.
func (c *Crisis) events() []string {
	var out []string
	for _, st := range slices.Concat(c.First, c.Year) {
		for _, ch := range st.Choices {
			if ch.Event != nil && !slices.Contains(out, ch.Event.Kind) {
				out = append(out, ch.Event.Kind)
			}
		}
	}
	return out
}

// otherDeeds says how a text comes to be about what is done in a crisis.
func (c *Crisis) otherDeeds() string {
	if made := c.events(); len(made) > 0 {
		return "let a choice be that event, or let the text speak of what is done there (" + strings.Join(made, ", ") + ")"
	}
	return "let a choice be that event"
}

// looseLeaf reports whether a file has neither crisis nor case nor option: what it states
// may be meant for those of other files, which are not all read, or for chains.
func (l *loader) looseLeaf(file *source.File) bool {
	for _, t := range l.m.Trees {
		if t.File == file {
			return !slices.ContainsFunc(t.Stmts, func(s *syntax.Stmt) bool {
				return slices.Contains([]string{"crisis", "case", "option"}, s.Word())
			})
		}
	}
	return true
}

// unheard warns of assumptions that no crisis and no spending reads. Where something
// could not be read nothing is said: it may be what reads them.
func (l *loader) unheard() {
	if len(l.m.Crises) == 0 || len(l.problems.Errors()) > 0 {
		return
	}
	read := map[string]bool{}
	note := func(e *syntax.Expr) { e.Walk(func(x *syntax.Expr) { read[x.Op] = true }) }
	for _, c := range l.m.Crises {
		c.eachExpr(note)
	}
	for _, k := range l.m.Cases {
		for _, sp := range k.Spends {
			note(sp.Expr)
		}
	}
	for _, o := range l.m.Options {
		for _, sp := range o.Spends {
			note(sp.Expr)
		}
	}
	for _, a := range l.m.Assumptions {
		if !read[a.Base] && !l.looseLeaf(a.Pos.File) {
			l.warnAt(a.Pos, len(a.Base), "assumption "+a.Name, "assumption "+a.Name+" is read nowhere: what it holds changes nothing", "let a crisis or a spending read it, or leave it out")
		}
	}
	l.ofNoPart(read)
}

// ofNoPart warns of your assumptions about a state that plays no part: what is believed of
// it moves nothing, however often the like of others is read.
func (l *loader) ofNoPart(read map[string]bool) {
	used, asking := map[*Assumption]bool{}, map[string][]string{} // asking: cases, by what they read of somebody
	for _, k := range l.m.Cases {
		bases := map[string]bool{}
		for _, a := range l.m.Uses(k) {
			used[a], bases[a.Base] = true, true
		}
		for _, base := range sortedKeys(bases) {
			asking[base] = append(asking[base], k.Name)
		}
	}
	idle := map[source.Pos][]string{} // a line may state it of several
	for _, a := range l.m.Assumptions {
		if a.Index == "" || !read[a.Base] || shipsWith(a.Pos.File) || l.looseLeaf(a.Pos.File) || used[a] || len(asking[a.Base]) == 0 {
			continue
		}
		idle[a.Pos] = append(idle[a.Pos], a.Index)
	}
	for _, a := range l.m.Assumptions {
		states := idle[a.Pos]
		if len(states) == 0 {
			continue
		}
		delete(idle, a.Pos)
		what, plays, them := "what "+a.Base+" holds of "+finding.And(states), " play no part", "them"
		if len(states) == 1 {
			what, plays, them = "assumption "+a.Name, " plays no part", states[0]
		}
		l.warnAt(a.Pos, len(a.Base), "assumption "+a.Base, what+" changes nothing: "+finding.And(states)+plays+" in case "+listed(asking[a.Base], 6, "cases"), "cast "+them+" in a role, or leave it out")
	}
}

// shipsWith reports whether a file is one of the catalogue.
func shipsWith(f *source.File) bool { return strings.HasPrefix(f.Name, "catalog/") }

// withinOne reports a measure that is called a probability and that a number in it takes
// out of 0 to 1, and warns of one that adds chances of which more than one may come about.
func (l *loader) withinOne(m *Measure, heading string) {
	if m.Unit.Kind != Probability {
		return
	}
	chances := 0
	span, ok := m.Expr.Span(func(e *syntax.Expr) (syntax.Span, bool) {
		if e.Kind != syntax.CallExpr || e.Op != "P" {
			return syntax.Span{}, false
		}
		chances++
		return syntax.Chance, true
	})
	if !ok || span.Low >= 0 && span.High <= 1 {
		return
	}
	if added, sum := m.Expr.Added(); chances > 1 && sum && !exclusive(added) {
		l.warnAt(m.Expr.Pos(), 1, heading, fmt.Sprintf("measure %s is a probability, which lies between 0 and 1: %s counts twice where both come about, and can pass 1", m.Name, m.Expr), "P(a or b) is how likely one of them is; or call the measure a number")
	}
	if chances < 2 {
		l.at(m.Expr.Pos(), 1, heading, fmt.Sprintf("measure %s is a probability, which lies between 0 and 1: %s lies between %g and %g", m.Name, m.Expr, span.Low, span.High), "leave the number out, or call the measure a number")
	}
}

// exclusive reports whether no two of some chances come about together, as far as their
// conditions say so: what one asks for, another denies or sets otherwise.
func exclusive(chances []*syntax.Expr) bool {
	for i, p := range chances {
		for _, q := range chances[:i] {
			if given(p) != given(q) {
				return true // that the two are mixed is said of itself
			}
			if p.Op == "P" && q.Op == "P" && !slices.ContainsFunc(conjuncts(p.Args[0]), func(a *syntax.Expr) bool {
				return slices.ContainsFunc(conjuncts(q.Args[0]), func(b *syntax.Expr) bool { return denies(a, b) || denies(b, a) })
			}) {
				return false
			}
		}
	}
	return true
}

// given reports a chance that is told on a condition.
func given(p *syntax.Expr) bool { return p.Op == "P" && p.Args[0].Op == "|" }

// conjuncts are the conditions that all hold where one does; of a conditional chance
// those of what is asked.
func conjuncts(e *syntax.Expr) []*syntax.Expr {
	switch {
	case e.Op == "|" && len(e.Args) == 2:
		return conjuncts(e.Args[0])
	case e.Op == "and" && len(e.Args) == 2:
		return append(conjuncts(e.Args[0]), conjuncts(e.Args[1])...)
	}
	return []*syntax.Expr{e}
}

// denies reports whether a is not b, or the same level at another number.
func denies(a, b *syntax.Expr) bool {
	if a.Op == "not" && len(a.Args) == 1 && a.Args[0].String() == b.String() {
		return true
	}
	same := a.Op == "=" && b.Op == "=" && a.Args[0].String() == b.Args[0].String()
	return same && a.Args[1].Kind == syntax.NumberExpr && b.Args[1].Kind == syntax.NumberExpr && a.Args[1].Num != b.Args[1].Num
}
