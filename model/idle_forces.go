package model

import (
	"fmt"
	"slices"
	"strconv"

	"casus/lang/syntax"
)

// idleForces warns of forces that an option puts down and that nobody weighs: a red line,
// or whatever else the crisis has read them by, cannot come up under that option.
func (l *loader) idleForces(k *Case) {
	read := k.forcesRead(l.m)
	for _, o := range k.Options {
		i := slices.IndexFunc(o.Acts, func(a Act) bool {
			return a.Verb == "deploy" && a.Place != "" && k.actors()[a.States[0]] && slices.ContainsFunc(read, func(p string) bool { return l.m.Within(a.Place, p, k.Date) })
		})
		if i < 0 {
			continue
		}
		readers := k.under(o).readers()
		if len(readers) > 0 && !slices.ContainsFunc(readers, func(x reader) bool { return x.alive }) {
			l.warnAt(o.Acts[i].Pos, 1, "option "+o.Name, fmt.Sprintf("forces change nothing but what is paid for them: %s reads them, and cannot come up under option %s in case %s", readers[0].what, o.Name, k.Name),
				"see what it waits for ("+readers[0].when+"), or let a move or a payoff that can come up read deployed(g) or troops(g)")
		}
	}
}

// reader is a payoff or a choice that reads forces, and whether it can come up.
type reader struct {
	what, when string
	alive      bool
}

// readers are all that read forces, payoffs first.
func (r reach) readers() []reader {
	var out []reader
	note := func(what string, when *syntax.Expr, alive bool, es ...*syntax.Expr) {
		if readsForces(append(es, when)...) {
			out = append(out, reader{what, shownOr(when, "no condition"), alive})
		}
	}
	for _, p := range r.c.Payoffs {
		note("payoff "+strconv.Quote(p.Name), p.When, !r.never(p.When), p.Amount)
	}
	for _, x := range r.c.LegalFacts {
		note("law "+x.Fact, x.Cond, true)
	}
	for _, st := range slices.Concat(r.c.First, r.c.Year) {
		for _, ch := range st.Choices {
			note("step "+st.Name, st.When, !r.idle(st) && !r.never(ch.When), ch.reads()...)
		}
	}
	return out
}

// reads are the expressions of a choice.
func (ch *Choice) reads() []*syntax.Expr {
	out := []*syntax.Expr{ch.When, ch.Prob, ch.Base, ch.Scale}
	for _, e := range ch.Effects {
		out = append(out, e.If)
	}
	if ch.Event != nil {
		out = append(out, ch.Event.If)
	}
	return out
}

func shownOr(e *syntax.Expr, none string) string {
	if e == nil {
		return none
	}
	return e.String()
}

func readsForces(es ...*syntax.Expr) bool {
	found := false
	for _, e := range es {
		if e != nil {
			e.Walk(func(x *syntax.Expr) {
				found = found || x.Kind == syntax.CallExpr && (x.Op == "deployed" || x.Op == "deploys" || x.Op == "troops")
			})
		}
	}
	return found
}
