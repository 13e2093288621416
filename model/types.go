package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Levels are the names of the levels of obligation that duty(g) and pledged(g)
// take in a crisis, weak to strong.
var Levels = []string{"none", "consult", "soft", "deems", "must"}

// Builtins of a crisis and how many arguments they take.
var builtins = map[string]int{
	"deployed": 1, "troops": 1, "party": 2, "party_before": 2, "pledged": 1, "duty": 1, "outlay": 1,
	"min": 2, "max": 2, "if": 3, "exp": 1, "log": 1, "sqrt": 1, "abs": 1,
	"odds": 1, "logit": 1, "logistic": 1, "deploys": 1, "accedes": 2,
}

// exprs checks the expressions of a crisis: names, arguments, units, and that
// a condition rests on facts alone, since it is settled while the graph is
// built and not world by world.
type exprs struct {
	l           *loader
	cr          *Crisis
	s           *syntax.Stmt
	vars        []string
	actors      map[string]bool // of a case; nil inside a crisis
	facts       bool            // facts only: a condition
	atPrecision bool            // inside the precision itself
	failed      bool
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

// unknown reports a name that there is not, beside whatever else is wrong: each is a
// mistake of its own, and what follows from it is not told.
func (x *exprs) unknown(e *syntax.Expr) Unit {
	at := e.Tok.Pos
	if x.l.unknownAt[at] { // a let is read wherever it is used
		x.failed = true
		return Unit{Kind: Bare}
	}
	x.l.unknownAt[at], x.failed = true, false
	hint := ""
	if len(x.l.problems) <= source.MaxProblems {
		hint = source.DidYouMean(e.Op, x.known())
	}
	return x.fail(e, "unknown name "+strconv.Quote(e.Op), hint)
}

func (x *exprs) unit(e *syntax.Expr) Unit {
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
	if e.Op == "|" {
		return x.fail(e, "'|' belongs to measures", "such as P(x | y)")
	}
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

// plays reports whether a name is that of a state or a group that acts as one.
func (m *Model) plays(name string) bool {
	if g := m.Groups[name]; g != nil {
		return g.Acts
	}
	if m.States == nil {
		return false
	}
	_, ok := m.States.ByID(name)
	return ok
}

func (x *exprs) actorHint(e *syntax.Expr) string {
	if r := x.cr.Role(e.Op); r != nil && r.Many {
		return "role " + e.Op + " is played by many: use any(g in " + e.Op + ": …)"
	}
	if x.actors != nil && (x.l.m.plays(e.Op)) {
		return e.Op + " plays no part in this case: cast it, role NAME = …"
	}
	known := slices.Clone(x.vars)
	for _, r := range x.cr.Roles {
		known = append(known, r.Name)
	}
	if hint := source.DidYouMean(e.Op, known); hint != "" {
		return hint
	}
	return "a crisis speaks of roles, which a case casts: role NAME"
}

// memberHint says of whom a fact may be set, in the place of a name that is no actor.
func (x *exprs) memberHint(fact, name string) string {
	if r := x.cr.Role(name); r != nil && r.Many {
		return "role " + name + " is played by many: " + fact + "(g) for g in " + name
	}
	return x.actorHint(&syntax.Expr{Kind: syntax.NameExpr, Op: name})
}

func (x *exprs) name(e *syntax.Expr) Unit {
	switch {
	case slices.Contains(Levels, e.Op), e.Op == "yes", e.Op == "no":
		return Unit{Kind: Bare}
	case e.Op == "horizon", e.Op == "year":
		return Unit{Year: 1}
	case e.Op == "precision" && x.facts:
		return x.fail(e, "a condition may not depend on the precision, which rests on assumptions", "use it in base odds or a payoff")
	case e.Op == "precision" && x.atPrecision:
		return x.fail(e, "the precision cannot be told by itself", "")
	case e.Op == "precision":
		return Unit{Payoff: -1}
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
			return x.fail(e, "assumption "+e.Op+" needs an index", x.indexHint(e.Op, a.Index))
		}
		return a.Unit
	}
	return x.unknown(e)
}

// indexHint says what an assumption about one of several is to be asked of: whoever a
// letter stands for, else a role of one, else somebody of whom it is stated.
func (x *exprs) indexHint(base, stated string) string {
	one := slices.IndexFunc(x.cr.Roles, func(r Role) bool { return !r.Many })
	switch {
	case len(x.vars) > 0:
		return "such as " + base + "[" + x.vars[len(x.vars)-1] + "]"
	case x.actors != nil:
		return "such as " + base + "[" + stated + "]"
	case len(x.cr.Roles) > 0 && one < 0:
		return "such as " + base + "[g], for g in " + x.cr.Roles[0].Name
	case one >= 0:
		return "such as " + base + "[" + x.cr.Roles[one].Name + "]"
	}
	return "such as " + base + "[" + stated + "]"
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
	return append(append(out, keys(builtins)...), Levels...)
}

// placed reports whether forces are asked for at a place: troops(g, JPN). Without
// one they are those on the territory of whoever plays the protege.
func placed(e *syntax.Expr) bool {
	return len(e.Args) == 2 && (e.Op == "deployed" || e.Op == "deploys" || e.Op == "troops")
}

// place checks a place, or an actor for its territory.
func (x *exprs) place(e *syntax.Expr) {
	if !x.failed && (e.Kind != syntax.NameExpr || !x.isActor(e) && !x.l.m.isArea(e.Op)) {
		x.fail(e, "unknown place "+strconv.Quote(e.String()), near(x.l, e.Op, x.l.m.Areas))
	}
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
	if placed(e) {
		x.place(e.Args[1])
	} else if len(e.Args) != n {
		return x.fail(e, e.Op+" takes "+finding.Count(n, "argument")+", not "+strconv.Itoa(len(e.Args)), "")
	}
	switch e.Op {
	case "party", "party_before", "accedes":
		x.actor(e.Args[0])
		if x.l.m.instruments[e.Args[1].Op] == nil {
			return x.fail(e.Args[1], "unknown instrument "+strconv.Quote(e.Args[1].Op), near(x.l, e.Args[1].Op, x.l.m.instruments))
		}
		return Unit{}
	case "deployed", "deploys", "pledged", "duty":
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
	switch {
	case e.Op == "logistic" && u.dimension() == logOdds.dimension():
		return Unit{Kind: Probability}
	case e.Op != "abs" && u.Kind != Bare && u.dimension() != (Unit{}):
		return x.fail(e, e.Op+" is of a plain number, found "+u.String(), "divide the units away first")
	case e.Op == "logit":
		return logOdds
	case e.Op == "odds":
		return Unit{}
	}
	return u
}

// logOdds is the unit of a payoff at λ = 1.
var logOdds = Unit{Payoff: 1, Kind: LogOdds}

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
	(&exprs{l: l, cr: cr, s: s, atPrecision: true}).number(cr.Precision, Unit{Payoff: -1})
	x().number(cr.Discount, Unit{})
	l.checkNames(cr, s)
	l.checkStatic(cr, s)
	x().condition(cr.Effect)
	if cr.Precision == nil {
		l.at(cr.Pos, len(cr.Name), s.Heading(), "crisis "+cr.Name+" has no precision", "add precision EXPR, per payoff: the λ of the logit response")
	}
	for _, f := range cr.Facts {
		if f.Over != "" && cr.Role(f.Over) == nil {
			l.at(f.overAt, len(f.Over), s.Heading(), "fact "+f.Name+" is over the unknown role "+strconv.Quote(f.Over), source.DidYouMean(f.Over, cr.roleNames()))
		}
		x().condition(f.Initial)
	}
	for _, link := range cr.LegalFacts {
		x().condition(link.Cond)
	}
	for _, st := range slices.Concat(cr.First, cr.Year) {
		l.checkStep(cr, s, st)
		l.sameEffects(st, s.Heading())
	}
	for _, p := range cr.Payoffs {
		l.checkPayoff(cr, s, p, Unit{Payoff: 1})
	}
	for _, p := range cr.Tallies {
		l.checkPayoff(cr, s, p, p.Unit)
	}
	for i := range cr.Measures {
		l.checkMeasure(cr, s, &cr.Measures[i])
	}
	l.sameMeasures(cr, s.Heading())
	l.samePayoffs(cr, s.Heading())
}

// checkNames reports facts and settings that bear a word of the language.
func (l *loader) checkNames(cr *Crisis, s *syntax.Stmt) {
	taken := func(name string) bool {
		_, builtin := builtins[name]
		return builtin || slices.Contains(Levels, name) || slices.Contains([]string{"yes", "no", "horizon", "year", "precision"}, name)
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
	constant := func(what string, number *syntax.Expr) {
		number.Walk(func(e *syntax.Expr) {
			if cr.Fact(e.Op) != nil && (e.Kind == syntax.NameExpr || e.Kind == syntax.CallExpr) {
				report(e, "the "+what+" cannot depend on the fact "+e.Op, "it is one number in each world")
			}
		})
	}
	constant("precision", cr.Precision)
	constant("discount", cr.Discount)
	l.checkDiscount(cr, s)
	cr.Effect.Walk(func(e *syntax.Expr) {
		if e.Kind == syntax.CallExpr && slices.Contains([]string{"deployed", "troops", "party", "outlay", "pledged", "deploys", "accedes"}, e.Op) {
			report(e, "what an option changes cannot decide when it takes effect: "+e.String(), "use facts and settings")
		}
		if st := find(cr.Settings, func(st *Setting) bool { return st.Name == e.Op && st.Waits }); st != nil && e.Kind == syntax.NameExpr {
			report(e, "setting "+e.Op+" waits for the effect and cannot decide it", "take waits off the setting, or use another")
		}
	})
}

// checkDiscount reports a discount outside (0, 1), and a game that goes on
// beyond the years shown and yet asks how many are shown.
func (l *loader) checkDiscount(cr *Crisis, s *syntax.Stmt) {
	if cr.Discount == nil {
		return
	}
	if v, ok := constant(cr.Discount); ok && (v <= 0 || v >= 1) {
		l.fail(cr.Discount.Tok, s, "a discount lies between 0 and 1, found "+cr.Discount.String(), "such as 0.9: next year counts nine tenths of this one")
	}
	if len(cr.Year) == 0 {
		l.fail(cr.Discount.Tok, s, "a discount is for what is repeated, and nothing is", "add each year { … }")
	}
	played := *cr
	played.Measures = nil
	played.eachExpr(func(top *syntax.Expr) {
		top.Walk(func(e *syntax.Expr) {
			if e.Kind == syntax.NameExpr && e.Op == "horizon" {
				l.fail(e.Tok, s, "with a discount the game goes on, and nobody in it knows how many years are shown", "only measures may read horizon")
			}
		})
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
				l.at(st.overAt, len(st.Over), s.Heading(), "step "+st.Name+" is by the unknown role "+strconv.Quote(st.Over), source.DidYouMean(st.Over, cr.roleNames()))
			}
		} else if r := cr.Role(st.By); r == nil {
			l.at(st.byAt, len(st.By), s.Heading(), "a move nobody can make: "+strconv.Quote(st.By)+" is no role", cmp.Or(source.DidYouMean(st.By, cr.roleNames()), "declare role "+st.By))
		} else if r.Many {
			at("step "+st.Name+" is by many", "write by g for g in "+st.By)
		}
	}
	x := &exprs{l: l, cr: cr, s: s, vars: vars}
	x.condition(st.When)
	rest := 0
	l.checkConsent(st, s.Heading())
	for _, ch := range st.Choices {
		x := &exprs{l: l, cr: cr, s: s, vars: vars}
		x.condition(ch.When)
		l.castable(cr, ch.Pos, s.Heading(), ch.Title)
		x.number(ch.Prob, Unit{})
		x.number(ch.Base, Unit{})
		x.number(ch.Scale, Unit{})
		x.between(ch.Prob, 0, 1, "a probability lies between 0 and 1")
		x.between(ch.Base, math.SmallestNonzeroFloat64, math.MaxFloat64, "base odds are above 0")
		x.between(ch.Scale, math.SmallestNonzeroFloat64, 1, "the scale of a nest is above 0 and at most 1")
		if st.Chance && ch.Prob == nil {
			rest++
			if ch.When != nil {
				at("otherwise takes no when: it is what is left of "+st.Name, "")
			}
		}
		l.checkEffects(cr, s, ch, vars)
		l.checkCopy(st, ch, s.Heading())
	}
	l.plainSums(st, s.Heading())
	if st.Chance && rest != 1 {
		at("chance "+st.Name+" needs exactly one otherwise, has "+strconv.Itoa(rest), "")
	}
}

// checkConsent reports a second consent in one move, which could not be told from the
// first by those who answer before it.
func (l *loader) checkConsent(st Step, heading string) {
	first := ""
	for _, ch := range st.Choices {
		switch {
		case !ch.Consents:
		case first != "":
			l.at(ch.Pos, len(ch.Name), heading, "move "+st.Name+" has two choices that consent, "+first+" and "+ch.Name, "let one of them be the consent")
		default:
			first = ch.Name
		}
	}
}

// checkCopy reports a copy of what is no choice of the move, or itself a copy.
func (l *loader) checkCopy(st Step, ch Choice, heading string) {
	if ch.CopyOf == "" {
		return
	}
	var known []string
	for _, x := range st.Choices {
		switch {
		case x.Name == ch.Name:
		case x.Name != ch.CopyOf:
			known = append(known, x.Name)
		case x.CopyOf != "":
			l.at(ch.Pos, len(ch.Name), heading, ch.Name+" is a copy of the copy "+x.Name, "write copy of "+x.CopyOf)
			return
		default:
			return
		}
	}
	l.at(ch.copyAt, len(ch.CopyOf), heading, "move "+st.Name+" has no choice "+strconv.Quote(ch.CopyOf)+" to copy", source.DidYouMean(ch.CopyOf, known))
}

// between reports a number written down that is out of bounds; of one that is
// drawn only a run can tell.
func (x *exprs) between(e *syntax.Expr, lo, hi float64, rule string) {
	if e == nil {
		return
	}
	if v := (point{}).of(e); v < lo || v > hi {
		x.fail(e, rule+", found "+e.String(), "")
	} else if math.IsNaN(v) && !x.failed && !hasKind(e, syntax.NameExpr, syntax.IndexExpr, syntax.CallExpr) {
		x.fail(e, rule+", and "+e.String()+" is no number", "")
	}
}

func (l *loader) checkEffects(cr *Crisis, s *syntax.Stmt, ch Choice, vars []string) {
	for _, e := range ch.Effects {
		inner := vars
		if e.Var != "" {
			inner = append(slices.Clone(vars), e.Var)
			if cr.Role(e.Over) == nil {
				l.at(e.overAt, len(e.Over), s.Heading(), "unknown role "+strconv.Quote(e.Over), source.DidYouMean(e.Over, cr.roleNames()))
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
		case (f.Over == "") != (len(e.Args) == 0):
			l.at(e.Pos, len(e.Fact), s.Heading(), "fact "+e.Fact+" is set with the wrong number of actors", "")
		case e.Value > f.Max || e.Value < 0:
			l.at(e.Pos, len(e.Fact), s.Heading(), "fact "+e.Fact+" has no level "+strconv.Itoa(e.Value), "its highest is "+strconv.Itoa(f.Max))
		}
		for i, a := range e.Args {
			if !x.isActor(&syntax.Expr{Kind: syntax.NameExpr, Op: a}) {
				l.at(e.argsAt[i], len(a), s.Heading(), "expected an actor, found "+strconv.Quote(a), x.memberHint(e.Fact, a))
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
			l.at(ev.overAt, len(ev.Over), s.Heading(), "unknown role "+strconv.Quote(ev.Over), source.DidYouMean(ev.Over, cr.roleNames()))
		}
	}
	x := &exprs{l: l, cr: cr, s: s, vars: inner}
	x.condition(ev.If)
	named := func(a string, at source.Pos, victim bool) {
		if a != "" && !x.isActor(&syntax.Expr{Kind: syntax.NameExpr, Op: a}) {
			what := "which is no actor"
			if cr.Role(a) == nil && l.m.plays(a) {
				what = "and a crisis speaks of roles, which a case casts"
			}
			l.at(at, len(a), s.Heading(), "the event names "+strconv.Quote(a)+", "+what, l.actorFor(cr, a, victim))
		}
	}
	named(ev.On, ev.onAt, true)
	named(ev.By, ev.byAt, false)
	if ev.On == "" && ev.Kind != "" {
		l.at(ev.Pos, len(ev.Kind), s.Heading(), "the event is on nobody", "say on ROLE")
	}
	if ev.Place != "" && ev.Place != "home" && cr.Role(ev.Place) == nil && !l.m.isArea(ev.Place) {
		l.at(ev.placeAt, len(ev.Place), s.Heading(), "unknown place "+strconv.Quote(ev.Place), cmp.Or(source.DidYouMean(ev.Place, append(cr.roleNames(), keys(l.m.Areas)...)), "a place, a role, or home"))
	}
}

// actorFor says what an event may name in the place of a name that is no actor: of a role
// played by many, each of them, and of a state, a role that it plays.
func (l *loader) actorFor(cr *Crisis, name string, victim bool) string {
	switch r := cr.Role(name); {
	case r == nil && l.m.plays(name):
		return l.roleOf(cr, name, victim)
	case r == nil:
		return source.DidYouMean(name, cr.roleNames())
	case victim:
		return "role " + name + " is played by many: on p for p in " + name + ", at home if it is their own land"
	}
	return "role " + name + " is played by many: let each move by itself, move … by g for g in " + name + ", and leave by out"
}

// roleOf says which role an event is to name in the place of a state, as the cases cast it.
func (l *loader) roleOf(cr *Crisis, state string, victim bool) string {
	word := "by "
	if victim {
		word = "on "
	}
	for _, r := range cr.Roles {
		if !slices.ContainsFunc(l.m.Cases, func(k *Case) bool { return slices.Contains(k.Roles[r.Name], state) }) {
			continue
		}
		switch {
		case !r.Many:
			return "write " + word + r.Name + ", which " + state + " plays"
		case victim:
			return "write on p for p in " + r.Name + ", which " + state + " plays; a role for each of them where one can be attacked without the other"
		}
		return "let each move by itself, move … by g for g in " + r.Name + ", which " + state + " plays"
	}
	return "write " + word + "ROLE, and in the case role ROLE = " + state
}

// payeeHint says whom a payoff may be to, in the place of a name that is no single role.
func payeeHint(cr *Crisis, name string) string {
	if cr.Role(name) != nil {
		return "write to g for g in " + name
	}
	return cmp.Or(source.DidYouMean(name, cr.roleNames()), "write to g for g in ROLE")
}

func (l *loader) checkPayoff(cr *Crisis, s *syntax.Stmt, p Payoff, want Unit) {
	var vars []string
	if p.Var != "" {
		vars = []string{p.Var}
		if cr.Role(p.Over) == nil {
			l.at(p.overAt, len(p.Over), s.Heading(), "unknown role "+strconv.Quote(p.Over), source.DidYouMean(p.Over, cr.roleNames()))
		}
	}
	if p.To != "" && p.Var == "" {
		if r := cr.Role(p.To); r == nil || r.Many {
			l.at(p.toAt, len(p.To), s.Heading(), "payoff to "+strconv.Quote(p.To)+", which is no single role", payeeHint(cr, p.To))
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

// checkMeasure checks P(cond), years(cond), total(tally), chosen, asked and
// arithmetic, and finds the measure of what they are given.
func (l *loader) checkMeasure(cr *Crisis, s *syntax.Stmt, m *Measure) {
	l.castable(cr, m.Pos, s.Heading(), m.Title)
	l.castable(cr, m.Pos, s.Heading(), m.Headline)
	switch points := 100 * m.Matters; {
	case m.Unit.Kind != Probability:
	case m.Matters >= 1:
		l.at(m.MattersAt, 1, s.Heading(), fmt.Sprintf("measure %s is a probability: %g points are to matter, and no two options are ever further apart than 100", m.Name, points), fmt.Sprintf("matters %g%%", m.Matters))
	case m.Matters >= 0.5:
		l.warnAt(m.MattersAt, 1, s.Heading(), fmt.Sprintf("measure %s is a probability: options that differ by less than %g points are told alike", m.Name, points), fmt.Sprintf("for %g points: matters %g%%", m.Matters, m.Matters))
	}
	r := &measured{l: l, cr: cr, s: s}
	u, ok := r.unit(m.Expr)
	if ok && !u.fits(m.Unit) {
		l.fail(m.Expr.Tok, s, "measure "+m.Name+" is in "+m.Unit.String()+", its expression in "+u.String(), "")
	}
	if ok {
		l.withinOne(m, s.Heading())
	}
	if ok && r.given != nil {
		m.Given = l.givenMeasure(cr, s, m, r)
	}
}

// givenMeasure is the measure that tells how likely a condition is: what is
// given is never printed without its own chance.
func (l *loader) givenMeasure(cr *Crisis, s *syntax.Stmt, m *Measure, r *measured) string {
	want := "P(" + r.given.String() + ")"
	switch {
	case cr.Discount == nil:
		l.fail(r.given.Tok, s, "what follows a condition runs beyond the years shown, and this game ends with them", "add discount to the crisis")
	case r.bare:
		l.fail(m.Expr.Tok, s, "measure "+m.Name+" mixes what is given "+r.given.String()+" with what is not", "write | "+r.given.String()+" in each P, years and total, or in none")
	}
	for _, other := range cr.Measures {
		if other.Expr.String() == want {
			return other.Name
		}
	}
	l.fail(r.given.Tok, s, "nothing tells how likely "+r.given.String()+" is", "add measure NAME … = "+want)
	return ""
}

// measured reads the expression of a measure.
type measured struct {
	l     *loader
	cr    *Crisis
	s     *syntax.Stmt
	given *syntax.Expr // what stands behind |
	bare  bool         // a call without it was seen
}

func (r *measured) fail(e *syntax.Expr, msg, hint string) (Unit, bool) {
	r.l.fail(e.Tok, r.s, msg, hint)
	return Unit{}, false
}

func (r *measured) unit(e *syntax.Expr) (Unit, bool) {
	switch {
	case e.Kind == syntax.NumberExpr:
		return Unit{Kind: Bare}, true
	case e.Kind == syntax.NameExpr && e.Op == "horizon":
		return Unit{Year: 1}, true
	case e.Kind == syntax.CallExpr && (e.Op == "chosen" || e.Op == "asked"):
		r.bare = true
		return r.counted(e)
	case e.Kind == syntax.CallExpr && len(e.Args) == 1:
		if x, ok := r.bared(e.Args[0]); ok {
			return r.summed(e, x)
		}
		return Unit{}, false
	case e.Kind == syntax.UnaryExpr && e.Op == "-":
		return r.unit(e.Args[0])
	case e.Kind == syntax.BinaryExpr && slices.Contains([]string{"+", "-", "*", "/"}, e.Op):
		u, ok1 := r.unit(e.Args[0])
		v, ok2 := r.unit(e.Args[1])
		return r.l.joined(r.s, e, u, v, ok1 && ok2)
	}
	return r.fail(e, "a measure is made of P(…), years(…), total(…), chosen(…), asked(…) and numbers, found "+e.String(), "")
}

// bared takes the condition off x | y and checks that it lasts.
func (r *measured) bared(e *syntax.Expr) (*syntax.Expr, bool) {
	if e.Kind != syntax.BinaryExpr || e.Op != "|" {
		r.bare = true
		return e, true
	}
	y := e.Args[1]
	x := &exprs{l: r.l, cr: r.cr, s: r.s}
	if x.condition(y); x.failed {
		x.condition(e.Args[0]) // what is wrong on the other side is told too
		return nil, false
	}
	if f := r.cr.unsettled(y); f != "" {
		r.fail(y, "what is given must stay true once it is, but fact "+f+" may lapse", "use a fact that lasts and that nothing clears")
		return nil, false
	}
	if r.given != nil && r.given.String() != y.String() {
		r.fail(y, "a measure is given one thing, here "+r.given.String()+" and "+y.String(), "")
		return nil, false
	}
	r.given = y
	return e.Args[0], true
}

// unsettled names the first fact of a condition that does not stay true once it
// is, "not" included.
func (cr *Crisis) unsettled(e *syntax.Expr) string {
	if f := cr.lapses(e); f != "" {
		return f
	}
	out := ""
	e.Walk(func(x *syntax.Expr) {
		if x.Kind == syntax.UnaryExpr && x.Op == "not" || x.Kind == syntax.BinaryExpr && x.Op != "and" && x.Op != "or" {
			x.Walk(func(f *syntax.Expr) {
				if out == "" && cr.Fact(f.Op) != nil {
					out = f.Op
				}
			})
		}
	})
	return out
}

func (r *measured) summed(e, arg *syntax.Expr) (Unit, bool) {
	switch e.Op {
	case "P", "years":
		x := &exprs{l: r.l, cr: r.cr, s: r.s}
		x.condition(arg)
		if e.Op == "years" {
			return Unit{Year: 1}, !x.failed
		}
		if f := r.cr.lapses(arg); f != "" {
			return r.fail(e, "P asks whether something ever comes true, but fact "+f+" may lapse and come true again", "use a fact that lasts, set beside it")
		}
		return Unit{}, !x.failed
	case "total":
		for _, t := range r.cr.Tallies {
			if t.Name == arg.Op {
				return t.Unit, true
			}
		}
		return r.fail(arg, "unknown tally "+strconv.Quote(arg.String()), "")
	}
	return r.fail(e, "a measure is made of P(…), years(…), total(…), chosen(…), asked(…) and numbers, found "+e.String(), "")
}

// counted checks chosen(MOVE, CHOICE[, when]) and asked(MOVE[, when]): how often
// a move is decided, and how often so.
func (r *measured) counted(e *syntax.Expr) (Unit, bool) {
	n := len(e.Args)
	least := map[string]int{"chosen": 2, "asked": 1}[e.Op]
	if n < least || n > least+1 {
		return r.fail(e, e.Op+" takes "+map[string]string{"chosen": "a move and a choice of it", "asked": "a move"}[e.Op], "and a condition, if you like")
	}
	st := r.cr.Move(e.Args[0].Op)
	if st == nil {
		return r.fail(e.Args[0], "unknown move "+strconv.Quote(e.Args[0].String()), source.DidYouMean(e.Args[0].Op, r.cr.moveNames()))
	}
	if e.Op == "chosen" && !slices.ContainsFunc(st.Choices, func(c Choice) bool { return c.Name == e.Args[1].Op }) {
		var known []string
		for _, c := range st.Choices {
			known = append(known, c.Name)
		}
		return r.fail(e.Args[1], "move "+st.Name+" has no choice "+strconv.Quote(e.Args[1].String()), source.DidYouMean(e.Args[1].Op, known))
	}
	x := &exprs{l: r.l, cr: r.cr, s: r.s}
	if st.Over != "" {
		x.vars = []string{st.By}
	}
	if n > least {
		x.condition(e.Args[least])
	}
	return Unit{}, !x.failed
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
