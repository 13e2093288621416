package model

import (
	"fmt"
	"slices"

	"casus/lang/syntax"
)

// bothSides reports an actor cast for two roles, not both played by many, of which one attacks the other or
// others, or is attacked: it would be at war with itself. A role that stands for one
// of many, as the crisis says by asking of it what it asks of those, may be played by
// one of them.
func (l *loader) bothSides(k *Case, s *syntax.Stmt) {
	sides := k.Crisis.sides()
	for i, a := range k.Crisis.Roles {
		for _, b := range k.Crisis.Roles[i+1:] {
			if a.Many && b.Many || !sides[a.Name] && !sides[b.Name] {
				continue
			}
			for _, actor := range k.Roles[a.Name] {
				if slices.Contains(k.Roles[b.Name], actor) && !k.Crisis.oneOfMany(a, b) {
					at := l.roleAt[k][b.Name]
					l.at(at.Pos, len(at.Text), s.Heading(), fmt.Sprintf("%s plays %s and %s: one of these attacks or is attacked, and nobody stands on both sides", actor, a.Name, b.Name), "cast another for one of them")
				}
			}
		}
	}
}

// sides are the roles that attack, and those played by one that are attacked.
func (c *Crisis) sides() map[string]bool {
	out := map[string]bool{}
	for _, st := range slices.Concat(c.First, c.Year) {
		for _, ch := range st.Choices {
			if ch.Event == nil {
				continue
			}
			for _, name := range []string{ch.Event.By, ch.Event.On, st.By, st.Over} {
				if r := c.Role(name); r != nil && !(name == st.By && ch.Event.By != "") && (!r.Many || name == st.Over) {
					out[name] = true
				}
			}
		}
	}
	return out
}

// oneOfMany reports whether of two roles one is played by one and may be of the
// many that play the other, or both may be of the same many.
func (c *Crisis) oneOfMany(a, b Role) bool {
	of := func(r Role) []string {
		if r.Many {
			return []string{r.Name}
		}
		return c.among(r.Name)
	}
	return slices.ContainsFunc(of(a), func(m string) bool { return slices.Contains(of(b), m) })
}

// among are the roles played by many, of whose facts the crisis speaks for a role.
func (c *Crisis) among(role string) []string {
	var out []string
	add := func(fact, arg string) {
		if f := c.Fact(fact); f != nil && f.Over != "" && arg == role {
			out = append(out, f.Over)
		}
	}
	c.calls(func(e *syntax.Expr) { add(e.Op, e.Args[0].Op) })
	for _, st := range slices.Concat(c.First, c.Year) {
		for _, ch := range st.Choices {
			for _, x := range ch.Effects {
				for _, arg := range x.Args {
					add(x.Fact, arg)
				}
			}
		}
	}
	return append(out, c.comparedWith(role, "=", "!=")...)
}

// soughtAmong are the roles played by many among whose players the crisis looks for the
// one who plays a role.
func (c *Crisis) soughtAmong(role string) []string { return c.comparedWith(role, "=") }

// comparedWith are the roles played by many with whose players, one at a time, a role is
// compared by one of some signs.
func (c *Crisis) comparedWith(role string, signs ...string) []string {
	var out []string
	var compared func(e *syntax.Expr, over map[string]string)
	compared = func(e *syntax.Expr, over map[string]string) {
		if e == nil {
			return
		}
		if e.Kind == syntax.QuantExpr {
			inner := map[string]string{e.Var.Text: e.Args[0].Op}
			for v, o := range over {
				if v != e.Var.Text {
					inner[v] = o
				}
			}
			over = inner
		}
		if slices.Contains(signs, e.Op) && len(e.Args) == 2 {
			for i, x := range e.Args {
				if y := e.Args[1-i]; x.Op == role && over[y.Op] != "" {
					out = append(out, over[y.Op])
				}
			}
		}
		for _, x := range e.Args {
			compared(x, over)
		}
	}
	for _, st := range slices.Concat(c.First, c.Year) {
		over := map[string]string{st.By: st.Over}
		compared(st.When, over)
		for _, ch := range st.Choices {
			for _, e := range []*syntax.Expr{ch.When, ch.Prob, ch.Base, ch.Scale} {
				compared(e, over)
			}
		}
	}
	for _, p := range slices.Concat(c.Payoffs, c.Tallies) {
		over := map[string]string{p.Var: p.Over}
		compared(p.When, over)
		compared(p.Amount, over)
	}
	return out
}

// Undefined reports whether a measure has no value in this case: what it asks for only a role
// could bring about which nobody plays, or no play comes to it. That is not told by a zero.
func (k *Case) Undefined(ms Measure) bool { return k.Impossible[ms.Name] != "" || k.Unplayed(ms) }

// Unplayed reports whether a measure asks for something that only a role could bring about
// which nobody plays in this case.
func (k *Case) Unplayed(ms Measure) bool {
	return slices.ContainsFunc(k.Crisis.Roles, func(r Role) bool { return k.empty(r.Name) }) && k.undefinedBy(ms, k.empty)
}

// undefinedBy is Unplayed with some roles empty.
func (k *Case) undefinedBy(ms Measure, empty func(role string) bool) bool {
	if ms.Expr == nil {
		return false
	}
	here, full := k.within(empty), k.within(func(string) bool { return false })
	undefined := false
	ms.Expr.Walk(func(e *syntax.Expr) {
		if e.Kind != syntax.CallExpr || len(e.Args) == 0 {
			return
		}
		asked := e.Args[len(e.Args)-1]
		if asked.Op == "|" {
			asked = asked.Args[0]
		}
		switch e.Op {
		case "P", "years":
			undefined = undefined || here.never(asked) && !full.never(asked) || asked.Op == "every" && empty(asked.Args[0].Op)
		case "chosen", "asked", "total":
			undefined = undefined || here.unplayed(e.Args[0].Op) && !full.unplayed(e.Args[0].Op)
		}
	})
	return undefined
}

// empty reports whether a role of the crisis is played by nobody.
func (k *Case) empty(role string) bool {
	cast, given := k.Roles[role]
	return given && len(cast) == 0
}

// Plays counts the actors for whom a payoff or a move is one: those of the role over whom
// it is told, else of the role named; 1 where neither is a role.
func (k *Case) Plays(role, over string) int {
	for _, name := range []string{over, role} {
		if k.Crisis.Role(name) != nil {
			return len(k.Roles[name])
		}
	}
	return 1
}

// reach finds out what can come about at all where some roles are played by nobody, or
// under an option.
type reach struct {
	c        *Crisis
	empty    func(role string) bool
	settings map[string]setTo // under an option; nil: whatever they are
	can      map[string]bool  // facts that can come to hold
}

// setTo says whether a setting can be something, and whether it can be nothing.
type setTo struct{ something, nothing bool }

// within finds the facts that can come to hold: those that hold from the start, and
// those that somebody or chance can set, on a condition that can hold.
func (k *Case) within(empty func(string) bool) reach {
	return k.spread(reach{c: k.Crisis, empty: empty})
}

// under finds those that can come to hold under an option.
func (k *Case) under(o *Option) reach {
	settings := map[string]setTo{}
	for _, s := range k.Crisis.Settings {
		v, given := k.Settings[s.Name]
		if !given {
			v = s.Default
		}
		to := setTo{v != 0, v == 0}
		if own, set := o.Settings[s.Name]; set && s.Waits {
			to = setTo{to.something || own != 0, to.nothing || own == 0}
		} else if set {
			to = setTo{own != 0, own == 0}
		}
		settings[s.Name] = to
	}
	return k.spread(reach{c: k.Crisis, empty: k.empty, settings: settings})
}

// spread marks the facts that can come to hold.
func (k *Case) spread(r reach) reach {
	r.can = map[string]bool{}
	for _, f := range k.Crisis.Facts {
		r.can[f.Name] = f.Initial != nil && !r.never(f.Initial)
	}
	for grown := true; grown; {
		grown = false
		for _, st := range slices.Concat(k.Crisis.First, k.Crisis.Year) {
			if r.idle(st) {
				continue
			}
			for _, ch := range st.Choices {
				for _, e := range ch.Effects {
					if !r.can[e.Fact] && !r.never(ch.When) && !r.never(e.If) && (e.Over == "" || !r.empty(e.Over)) {
						r.can[e.Fact], grown = true, true
					}
				}
			}
		}
	}
	return r
}

// idle reports a step that is never come to.
func (r reach) idle(st Step) bool {
	who := st.By
	if st.Over != "" {
		who = st.Over
	}
	return !st.Chance && r.empty(who) || r.never(st.When)
}

// unplayed reports whether a step, or all a tally counts, is never come to.
func (r reach) unplayed(name string) bool {
	for _, st := range slices.Concat(r.c.First, r.c.Year) {
		if st.Name == name {
			return r.idle(st)
		}
	}
	for _, t := range r.c.Tallies {
		if t.Name == name {
			return r.never(t.When) || t.Over != "" && r.empty(t.Over)
		}
	}
	return false
}

// never reports a condition that cannot hold whatever is done; false where that is
// not plain.
func (r reach) never(e *syntax.Expr) bool {
	switch {
	case e == nil:
		return false
	case e.Kind == syntax.QuantExpr:
		return e.Op == "any" && (r.empty(e.Args[0].Op) || r.never(e.Args[1]) || r.never(e.Args[2]))
	case e.Op == "and" && len(e.Args) == 2:
		return r.never(e.Args[0]) || r.never(e.Args[1])
	case e.Op == "or" && len(e.Args) == 2:
		return r.never(e.Args[0]) && r.never(e.Args[1])
	case e.Op == "not" && e.Kind == syntax.UnaryExpr:
		return r.always(e.Args[0])
	case (e.Op == "deployed" || e.Op == "troops") && e.Kind == syntax.CallExpr:
		return r.never(r.c.Effect)
	case e.Kind == syntax.NameExpr || e.Kind == syntax.CallExpr:
		if to, known := r.settings[e.Op]; known {
			return !to.something
		}
		f := r.c.Fact(e.Op)
		return f != nil && (!r.can[e.Op] || f.Over != "" && (r.empty(f.Over) || len(e.Args) == 1 && r.empty(e.Args[0].Op)))
	}
	return false
}

// always reports a condition that holds whatever is done; false where that is not plain.
func (r reach) always(e *syntax.Expr) bool {
	switch {
	case e == nil:
		return true
	case e.Op == "and" && len(e.Args) == 2:
		return r.always(e.Args[0]) && r.always(e.Args[1])
	case e.Op == "or" && len(e.Args) == 2:
		return r.always(e.Args[0]) || r.always(e.Args[1])
	case e.Op == "not" && e.Kind == syntax.UnaryExpr:
		return r.never(e.Args[0])
	case e.Kind == syntax.NameExpr:
		to, known := r.settings[e.Op]
		return e.Op == "yes" || known && !to.nothing
	}
	return false
}
