package model

import (
	"slices"
	"strconv"

	"casus/source"
	"casus/syntax"
)

// Levels are the names of the levels of obligation that duty(g) and pledged(g)
// take in a crisis, weak to strong.
var Levels = []string{"none", "consult", "soft", "deems", "must"}

// Builtins of a crisis and how many arguments they take.
var builtins = map[string]int{
	"deployed": 1, "troops": 1, "party": 2, "party_before": 2, "pledged": 1, "duty": 1, "outlay": 1,
	"min": 2, "max": 2, "if": 3, "exp": 1, "log": 1, "sqrt": 1, "abs": 1,
}

// exprs checks the expressions of a crisis: names, arguments, units, and that
// a condition rests on facts alone, since it is settled while the graph is
// built and not world by world.
type exprs struct {
	l      *loader
	cr     *Crisis
	s      *syntax.Stmt
	vars   []string
	actors map[string]bool // of a case; nil inside a crisis
	facts  bool            // facts only: a condition
	failed bool
}

func (x *exprs) fail(e *syntax.Expr, msg, hint string) Unit {
	if !x.failed {
		x.l.fail(e.Tok, x.s, msg, hint)
	}
	x.failed = true
	return Unit{Kind: Bare}
}

// condition checks a yes/no expression over facts.
func (x *exprs) condition(e *syntax.Expr) {
	if e == nil {
		return
	}
	saved := x.facts
	x.facts = true
	x.unit(e)
	x.facts = saved
}

// number checks an amount and that it has the wanted unit.
func (x *exprs) number(e *syntax.Expr, want Unit) {
	if e == nil {
		return
	}
	if u := x.unit(e); !x.failed && !u.fits(want) {
		x.fail(e, "expected "+want.String()+", found "+u.String(), "")
	}
}

func (x *exprs) unit(e *syntax.Expr) Unit {
	if x.failed {
		return Unit{Kind: Bare}
	}
	switch e.Kind {
	case syntax.NumberExpr:
		return Unit{Kind: Bare}
	case syntax.NameExpr:
		return x.name(e)
	case syntax.IndexExpr:
		return x.assumption(e)
	case syntax.CallExpr:
		return x.call(e)
	case syntax.UnaryExpr:
		u := x.unit(e.Args[0])
		if e.Op == "not" {
			return Unit{}
		}
		return u
	case syntax.BinaryExpr:
		return x.binary(e)
	case syntax.QuantExpr:
		return x.quantified(e)
	}
	return x.fail(e, "unexpected "+e.String()+" in an expression", "")
}

func (x *exprs) binary(e *syntax.Expr) Unit {
	a, b := e.Args[0], e.Args[1]
	if e.Op == "in" || e.Op == "is" || e.Op == "within" {
		return x.fail(e, "'"+e.Op+"' belongs to conditions of law", "compare with = here")
	}
	if (e.Op == "=" || e.Op == "!=") && x.isActor(a) && x.isActor(b) {
		return Unit{}
	}
	u, v := x.unit(a), x.unit(b)
	if x.failed {
		return u
	}
	switch e.Op {
	case "and", "or":
		return Unit{}
	case "*":
		return u.Times(v)
	case "/":
		return u.Over(v)
	case "^":
		if v.Kind != Bare && v.dimension() != (Unit{}) || u.Kind != Bare && u.dimension() != (Unit{}) {
			return x.fail(e, "a power is of plain numbers, found "+u.String()+" ^ "+v.String(), "divide the units away first")
		}
		return Unit{}
	}
	if !u.fits(v) {
		return x.fail(e, "cannot put "+u.String()+" "+e.Op+" "+v.String(), "the units differ")
	}
	switch e.Op {
	case "+", "-":
		if u.Kind == Bare {
			return v
		}
		return u.dimension()
	}
	return Unit{}
}

// isActor reports whether an expression names an actor: a variable, a role
// played by one, or an actor of the case.
func (x *exprs) isActor(e *syntax.Expr) bool {
	if e.Kind != syntax.NameExpr {
		return false
	}
	r := x.cr.Role(e.Op)
	return slices.Contains(x.vars, e.Op) || r != nil && !r.Many || x.actors[e.Op]
}

func (x *exprs) actor(e *syntax.Expr) {
	if !x.failed && !x.isActor(e) {
		x.fail(e, "expected an actor, found "+strconv.Quote(e.String()), x.actorHint(e))
	}
}

func (x *exprs) actorHint(e *syntax.Expr) string {
	if r := x.cr.Role(e.Op); r != nil && r.Many {
		return "role " + e.Op + " is played by many: use any(g in " + e.Op + ": …)"
	}
	known := slices.Clone(x.vars)
	for _, r := range x.cr.Roles {
		known = append(known, r.Name)
	}
	return source.DidYouMean(e.Op, known)
}

func (x *exprs) name(e *syntax.Expr) Unit {
	switch {
	case slices.Contains(Levels, e.Op), e.Op == "yes", e.Op == "no":
		return Unit{Kind: Bare}
	case e.Op == "horizon", e.Op == "year":
		return Unit{Year: 1}
	}
	if f := x.cr.Fact(e.Op); f != nil {
		if f.Over != "" {
			return x.fail(e, "fact "+e.Op+" needs its actor: "+e.Op+"("+f.Over+")", "")
		}
		return Unit{}
	}
	for _, s := range x.cr.Settings {
		if s.Name == e.Op {
			return Unit{Kind: Bare}
		}
	}
	return x.assumption(e)
}

// assumption checks a name or name[actor] drawn in each world.
func (x *exprs) assumption(e *syntax.Expr) Unit {
	if e.Kind == syntax.IndexExpr {
		if len(e.Args) != 1 {
			return x.fail(e, "an assumption has one index", "")
		}
		x.actor(e.Args[0])
	}
	for _, a := range x.l.m.Assumptions {
		if a.Base != e.Op {
			continue
		}
		if x.facts {
			return x.fail(e, "a condition may not depend on the assumption "+e.Op, "conditions are settled while the graph is built; use it in a probability or a payoff")
		}
		if a.Index != "" && e.Kind == syntax.NameExpr {
			return x.fail(e, "assumption "+e.Op+" needs an index", "such as "+e.Op+"["+a.Index+"]")
		}
		return a.Unit
	}
	return x.fail(e, "unknown name "+strconv.Quote(e.Op), source.DidYouMean(e.Op, x.known()))
}

func (x *exprs) known() []string {
	var out []string
	for _, f := range x.cr.Facts {
		out = append(out, f.Name)
	}
	for _, s := range x.cr.Settings {
		out = append(out, s.Name)
	}
	for _, a := range x.l.m.Assumptions {
		out = append(out, a.Base)
	}
	return append(out, keys(builtins)...)
}

func (x *exprs) call(e *syntax.Expr) Unit {
	if f := x.cr.Fact(e.Op); f != nil {
		if f.Over == "" || len(e.Args) != 1 {
			return x.fail(e, "fact "+e.Op+" takes "+map[bool]string{true: "no actor", false: "one actor"}[f.Over == ""], "")
		}
		x.actor(e.Args[0])
		return Unit{}
	}
	n, known := builtins[e.Op]
	if !known {
		return x.fail(e, "unknown function "+strconv.Quote(e.Op), source.DidYouMean(e.Op, x.known()))
	}
	if len(e.Args) != n {
		return x.fail(e, e.Op+" takes "+plural(n, "argument")+", not "+strconv.Itoa(len(e.Args)), "")
	}
	switch e.Op {
	case "party", "party_before":
		x.actor(e.Args[0])
		if x.l.m.instruments[e.Args[1].Op] == nil {
			return x.fail(e.Args[1], "unknown instrument "+strconv.Quote(e.Args[1].Op), source.DidYouMean(e.Args[1].Op, keys(x.l.m.instruments)))
		}
		return Unit{}
	case "deployed", "pledged", "duty":
		x.actor(e.Args[0])
		return Unit{}
	case "troops":
		x.actor(e.Args[0])
		return Unit{Person: 1}
	case "outlay":
		if x.facts {
			return x.fail(e, "a condition may not depend on outlay, which rests on assumptions", "use it in a payoff or a tally")
		}
		x.actor(e.Args[0])
		return Unit{USD: 1, Year: -1}
	case "if":
		x.condition(e.Args[0])
		return x.same(e, e.Args[1], e.Args[2])
	case "min", "max":
		return x.same(e, e.Args[0], e.Args[1])
	}
	u := x.unit(e.Args[0])
	if e.Op != "abs" && u.Kind != Bare && u.dimension() != (Unit{}) {
		return x.fail(e, e.Op+" is of a plain number, found "+u.String(), "divide the units away first")
	}
	return u
}

func (x *exprs) same(e, a, b *syntax.Expr) Unit {
	u, v := x.unit(a), x.unit(b)
	if !x.failed && !u.fits(v) {
		return x.fail(e, e.Op+" of "+u.String()+" and "+v.String(), "the units differ")
	}
	if u.Kind == Bare {
		return v
	}
	return u
}

func (x *exprs) quantified(e *syntax.Expr) Unit {
	if e.Args[0].Kind != syntax.NameExpr || x.cr.Role(e.Args[0].Op) == nil {
		return x.fail(e.Args[0], "unknown role "+strconv.Quote(e.Args[0].String()), source.DidYouMean(e.Args[0].Op, x.cr.roleNames()))
	}
	x.vars = append(x.vars, e.Var.Text)
	defer func() { x.vars = x.vars[:len(x.vars)-1] }()
	x.condition(e.Args[1])
	switch e.Op {
	case "any", "every", "count":
		x.condition(e.Args[2])
		return Unit{}
	}
	return x.unit(e.Args[2])
}

// checkCrisis checks every expression of a crisis and the names of its steps.
func (l *loader) checkCrisis(cr *Crisis, s *syntax.Stmt) {
	x := func(vars ...string) *exprs { return &exprs{l: l, cr: cr, s: s, vars: vars} }
	x().number(cr.Precision, Unit{Payoff: -1})
	l.checkNames(cr, s)
	l.checkStatic(cr, s)
	x().condition(cr.Effect)
	if cr.Precision == nil {
		l.at(cr.Pos, len(cr.Name), s.Heading(), "crisis "+cr.Name+" has no precision", "add precision EXPR, per payoff: the λ of the logit response")
	}
	for _, f := range cr.Facts {
		if f.Over != "" && cr.Role(f.Over) == nil {
			l.at(f.Pos, len(f.Name), s.Heading(), "fact "+f.Name+" is over the unknown role "+strconv.Quote(f.Over), "")
		}
		x().condition(f.Initial)
	}
	for _, link := range cr.LegalFacts {
		x().condition(link.Cond)
	}
	for _, st := range slices.Concat(cr.First, cr.Year) {
		l.checkStep(cr, s, st)
	}
	for _, p := range cr.Payoffs {
		l.checkPayoff(cr, s, p, Unit{Payoff: 1})
	}
	for _, p := range cr.Tallies {
		l.checkPayoff(cr, s, p, p.Unit)
	}
	for _, m := range cr.Measures {
		l.checkMeasure(cr, s, m)
	}
}

// checkNames reports facts and settings that bear a word of the language.
func (l *loader) checkNames(cr *Crisis, s *syntax.Stmt) {
	taken := func(name string) bool {
		_, builtin := builtins[name]
		return builtin || slices.Contains(Levels, name) || slices.Contains([]string{"yes", "no", "horizon", "year"}, name)
	}
	for _, f := range cr.Facts {
		if taken(f.Name) {
			l.at(f.Pos, len(f.Name), s.Heading(), "the name "+f.Name+" means something else in a crisis", "call the fact something else")
		}
		if f.Life == ForTheStep && f.Initial != nil {
			l.at(f.Pos, len(f.Name), s.Heading(), "fact "+f.Name+" holds for the step only and cannot hold from the start", "")
		}
	}
	for _, st := range cr.Settings {
		if taken(st.Name) {
			l.at(st.Pos, len(st.Name), s.Heading(), "the name "+st.Name+" means something else in a crisis", "call the setting something else")
		}
	}
}

// checkStatic reports a precision that reads facts, and a condition of effect
// that asks for what the option changes.
func (l *loader) checkStatic(cr *Crisis, s *syntax.Stmt) {
	report := func(e *syntax.Expr, msg, hint string) { l.fail(e.Tok, s, msg, hint) }
	cr.Precision.Walk(func(e *syntax.Expr) {
		if cr.Fact(e.Op) != nil && (e.Kind == syntax.NameExpr || e.Kind == syntax.CallExpr) {
			report(e, "the precision cannot depend on the fact "+e.Op, "it is one number in each world")
		}
	})
	cr.Effect.Walk(func(e *syntax.Expr) {
		if e.Kind == syntax.CallExpr && slices.Contains([]string{"deployed", "troops", "party", "outlay", "pledged"}, e.Op) {
			report(e, "what an option changes cannot decide when it takes effect: "+e.String(), "use facts and settings")
		}
	})
}

// lapses names the first fact of a condition that may cease to hold: one for
// the year or the step, or one that choices set and clear.
func (cr *Crisis) lapses(e *syntax.Expr) string {
	lapsing := ""
	e.Walk(func(x *syntax.Expr) {
		f := cr.Fact(x.Op)
		if lapsing == "" && f != nil && (x.Kind == syntax.NameExpr || x.Kind == syntax.CallExpr) && (f.Life != Lasting || cr.flips(f.Name)) {
			lapsing = f.Name
		}
	})
	return lapsing
}

// flips reports whether choices both set a fact and clear it.
func (cr *Crisis) flips(fact string) bool {
	sets, clears := false, false
	for _, st := range slices.Concat(cr.First, cr.Year) {
		for _, ch := range st.Choices {
			for _, e := range ch.Effects {
				if e.Fact == fact {
					sets = sets || e.Raise || e.Value > 0
					clears = clears || !e.Raise && e.Value == 0
				}
			}
		}
	}
	return sets && clears
}

func (l *loader) checkStep(cr *Crisis, s *syntax.Stmt, st Step) {
	at := func(msg, hint string) { l.at(st.Pos, len(st.Name), s.Heading(), msg, hint) }
	var vars []string
	if !st.Chance {
		if st.Over != "" {
			vars = []string{st.By}
			if cr.Role(st.Over) == nil {
				at("step "+st.Name+" is by the unknown role "+strconv.Quote(st.Over), "")
			}
		} else if r := cr.Role(st.By); r == nil {
			at("a move nobody can make: "+strconv.Quote(st.By)+" is no role", "declare role "+st.By)
		} else if r.Many {
			at("step "+st.Name+" is by many", "write by g for g in "+st.By)
		}
	}
	x := &exprs{l: l, cr: cr, s: s, vars: vars}
	x.condition(st.When)
	rest := 0
	for _, ch := range st.Choices {
		x := &exprs{l: l, cr: cr, s: s, vars: vars}
		x.condition(ch.When)
		x.number(ch.Prob, Unit{})
		if p := ch.Prob; p != nil {
			if v, ok := constant(p); ok && (v < 0 || v > 1) {
				x.fail(p, "a probability lies between 0 and 1, found "+p.String(), "")
			}
		}
		if st.Chance && ch.Prob == nil {
			rest++
			if ch.When != nil {
				at("otherwise takes no when: it is what is left of "+st.Name, "")
			}
		}
		l.checkEffects(cr, s, ch, vars)
	}
	if st.Chance && rest != 1 {
		at("chance "+st.Name+" needs exactly one otherwise, has "+strconv.Itoa(rest), "")
	}
}

func (l *loader) checkEffects(cr *Crisis, s *syntax.Stmt, ch Choice, vars []string) {
	for _, e := range ch.Effects {
		inner := vars
		if e.Var != "" {
			inner = append(slices.Clone(vars), e.Var)
			if cr.Role(e.Over) == nil {
				l.at(e.Pos, len(e.Fact), s.Heading(), "unknown role "+strconv.Quote(e.Over), "")
			}
		}
		x := &exprs{l: l, cr: cr, s: s, vars: inner}
		f := cr.Fact(e.Fact)
		switch {
		case f == nil:
			var known []string
			for _, f := range cr.Facts {
				known = append(known, f.Name)
			}
			l.at(e.Pos, len(e.Fact), s.Heading(), "unknown fact "+strconv.Quote(e.Fact), source.DidYouMean(e.Fact, known))
			continue
		case (f.Over == "") != (len(e.Args) == 0):
			l.at(e.Pos, len(e.Fact), s.Heading(), "fact "+e.Fact+" is set with the wrong number of actors", "")
		case e.Value > f.Max || e.Value < 0:
			l.at(e.Pos, len(e.Fact), s.Heading(), "fact "+e.Fact+" has no level "+strconv.Itoa(e.Value), "its highest is "+strconv.Itoa(f.Max))
		}
		for _, a := range e.Args {
			if !x.isActor(&syntax.Expr{Kind: syntax.NameExpr, Op: a}) {
				l.at(e.Pos, len(e.Fact), s.Heading(), "expected an actor, found "+strconv.Quote(a), "")
			}
		}
		x.condition(e.If)
	}
	if ev := ch.Event; ev != nil {
		l.checkEvent(cr, s, ev, vars)
	}
}

func (l *loader) checkEvent(cr *Crisis, s *syntax.Stmt, ev *GameEvent, vars []string) {
	inner := vars
	if ev.Var != "" {
		inner = append(slices.Clone(vars), ev.Var)
		if cr.Role(ev.Over) == nil {
			l.at(ev.Pos, len(ev.Kind), s.Heading(), "unknown role "+strconv.Quote(ev.Over), source.DidYouMean(ev.Over, cr.roleNames()))
		}
	}
	x := &exprs{l: l, cr: cr, s: s, vars: inner}
	x.condition(ev.If)
	for _, a := range []string{ev.On, ev.By} {
		if a != "" && !x.isActor(&syntax.Expr{Kind: syntax.NameExpr, Op: a}) {
			l.at(ev.Pos, len(ev.Kind), s.Heading(), "the event names "+strconv.Quote(a)+", which is no actor", "")
		}
	}
	if ev.On == "" {
		l.at(ev.Pos, len(ev.Kind), s.Heading(), "the event is on nobody", "say on ROLE")
	}
	if ev.Place != "" && ev.Place != "home" && cr.Role(ev.Place) == nil && !l.m.isArea(ev.Place) {
		l.at(ev.Pos, len(ev.Kind), s.Heading(), "unknown place "+strconv.Quote(ev.Place), "a place, a role, or home")
	}
}

func (l *loader) checkPayoff(cr *Crisis, s *syntax.Stmt, p Payoff, want Unit) {
	var vars []string
	if p.Var != "" {
		vars = []string{p.Var}
		if cr.Role(p.Over) == nil {
			l.at(p.Pos, 6, s.Heading(), "unknown role "+strconv.Quote(p.Over), "")
		}
	}
	if p.To != "" && p.Var == "" {
		if r := cr.Role(p.To); r == nil || r.Many {
			l.at(p.Pos, 6, s.Heading(), "payoff to "+strconv.Quote(p.To)+", which is no single role", "write to g for g in ROLE")
		}
	}
	if p.Yearly { // a yearly payoff is paid at the end of each year it holds: per year × one year
		want.Year--
	}
	x := &exprs{l: l, cr: cr, s: s, vars: vars}
	x.condition(p.When)
	u := x.unit(p.Amount)
	if !x.failed && !u.fits(want) && !(p.Yearly && u.fits(Unit{Payoff: want.Payoff, USD: want.USD, Year: want.Year + 1, Person: want.Person})) {
		x.fail(p.Amount, "expected "+want.String()+", found "+u.String(), "")
	}
}

// checkMeasure checks P(cond), years(cond), total(tally) and arithmetic.
func (l *loader) checkMeasure(cr *Crisis, s *syntax.Stmt, m Measure) {
	u, ok := l.measureUnit(cr, s, m.Expr)
	if ok && !u.fits(m.Unit) {
		l.fail(m.Expr.Tok, s, "measure "+m.Name+" is in "+m.Unit.String()+", its expression in "+u.String(), "")
	}
}

func (l *loader) measureUnit(cr *Crisis, s *syntax.Stmt, e *syntax.Expr) (Unit, bool) {
	switch {
	case e.Kind == syntax.NumberExpr:
		return Unit{Kind: Bare}, true
	case e.Kind == syntax.NameExpr && e.Op == "horizon":
		return Unit{Year: 1}, true
	case e.Kind == syntax.CallExpr && len(e.Args) == 1 && (e.Op == "P" || e.Op == "years"):
		x := &exprs{l: l, cr: cr, s: s}
		x.condition(e.Args[0])
		if e.Op == "years" {
			return Unit{Year: 1}, !x.failed
		}
		if f := cr.lapses(e.Args[0]); f != "" {
			l.fail(e.Tok, s, "P asks whether something ever comes true, but fact "+f+" may lapse and come true again", "use a fact that lasts, set beside it")
			return Unit{}, false
		}
		return Unit{}, !x.failed
	case e.Kind == syntax.CallExpr && len(e.Args) == 1 && e.Op == "total":
		for _, t := range cr.Tallies {
			if t.Name == e.Args[0].Op {
				return t.Unit, true
			}
		}
		l.fail(e.Args[0].Tok, s, "unknown tally "+strconv.Quote(e.Args[0].String()), "")
		return Unit{}, false
	case e.Kind == syntax.UnaryExpr && e.Op == "-":
		return l.measureUnit(cr, s, e.Args[0])
	case e.Kind == syntax.BinaryExpr && slices.Contains([]string{"+", "-", "*", "/"}, e.Op):
		u, ok1 := l.measureUnit(cr, s, e.Args[0])
		v, ok2 := l.measureUnit(cr, s, e.Args[1])
		return l.joined(s, e, u, v, ok1 && ok2)
	}
	l.fail(e.Tok, s, "a measure is made of P(…), years(…), total(…) and numbers, found "+e.String(), "")
	return Unit{}, false
}

func (l *loader) joined(s *syntax.Stmt, e *syntax.Expr, u, v Unit, ok bool) (Unit, bool) {
	switch {
	case !ok:
		return u, false
	case e.Op == "*":
		return u.Times(v), true
	case e.Op == "/":
		return u.Over(v), true
	case !u.fits(v):
		l.fail(e.Tok, s, "cannot put "+u.String()+" "+e.Op+" "+v.String(), "the units differ")
		return u, false
	case u.Kind == Bare:
		return v, true
	}
	return u, true
}
