package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// crisis reads a game: roles, facts, the sequence, payoffs and measures.
func (l *loader) crisis(c *syntax.Cursor) {
	t, ok := c.Name("the name of a crisis")
	if !ok || !l.declare(c, "crisis", t, t.Text) {
		return
	}
	cr := &Crisis{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Crises = append(l.m.Crises, cr)
	l.m.crises[cr.Name] = cr
	steps := func(to *[]Step) func(*syntax.Cursor) {
		return func(c *syntax.Cursor) { l.steps(c.Stmt, to) }
	}
	lets := map[string]let{}
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"let":       func(c *syntax.Cursor) { l.let(c, cr, lets) },
		"role":      func(c *syntax.Cursor) { l.role(c, cr) },
		"setting":   func(c *syntax.Cursor) { l.setting(c, cr) },
		"fact":      func(c *syntax.Cursor) { l.gameFact(c, cr) },
		"law":       func(c *syntax.Cursor) { l.legalLink(c, cr) },
		"first":     steps(&cr.First),
		"each":      func(c *syntax.Cursor) { c.Expect("year"); l.steps(c.Stmt, &cr.Year) },
		"effect":    func(c *syntax.Cursor) { c.Expect("when"); cr.Effect = c.Expr() },
		"precision": func(c *syntax.Cursor) { cr.Precision = c.Expr() },
		"discount":  func(c *syntax.Cursor) { cr.Discount = c.Expr() },
		"payoff":    func(c *syntax.Cursor) { l.payoff(c, cr) },
		"tally":     func(c *syntax.Cursor) { l.tally(c, cr) },
		"measure":   func(c *syntax.Cursor) { l.measure(c, cr, false) },
		"rate":      func(c *syntax.Cursor) { l.measure(c, cr, true) },
	})
	c.End()
	l.once(c.Stmt, "precision", "discount", "effect")
	cr.eachExpr(func(e *syntax.Expr) { l.spell(e, lets, c.Stmt) })
	l.later = append(l.later, func() { l.checkCrisis(cr, c.Stmt) })
}

// let is a name for an expression, spelled out wherever it stands; with a
// parameter, once for each actor it is called with.
type let struct {
	param string
	expr  *syntax.Expr
}

// let reads `let NAME = EXPR` and `let NAME(g) = EXPR`. It may use the names
// before it.
func (l *loader) let(c *syntax.Cursor, cr *Crisis, lets map[string]let) {
	t, ok := c.Name("a name")
	if !ok || !l.declare(c, cr.Name+": name", t, t.Text) {
		return
	}
	as := let{}
	if c.Take("(") {
		p, _ := c.Name("a variable for an actor")
		as.param = p.Text
		c.Expect(")")
	}
	if !c.Expect("=") {
		return
	}
	if as.expr = c.Expr(); as.expr != nil {
		l.spell(as.expr, lets, c.Stmt)
		if size(as.expr, 0) > maxSpelled {
			c.Fail(t, t.Text+" grows too long when spelled out", "let names stand for less")
			return
		}
		lets[t.Text] = as
	}
}

// maxSpelled bounds what a let may stand for, in nodes: names that double what
// the names before them stand for would otherwise exhaust any machine.
const maxSpelled = 10_000

// size counts the nodes of an expression, not far past maxSpelled.
func size(e *syntax.Expr, n int) int {
	if e == nil || n > maxSpelled {
		return n
	}
	n++
	for _, a := range e.Args {
		n = size(a, n)
	}
	return n
}

// spell puts the expressions of lets in the place of their names.
func (l *loader) spell(e *syntax.Expr, lets map[string]let, in *syntax.Stmt) {
	if e == nil {
		return
	}
	as, named := lets[e.Op]
	switch {
	case named && as.param == "" && e.Kind == syntax.NameExpr:
		at := e.Tok
		*e = *as.expr
		e.Tok = at
		return
	case named && as.param != "" && e.Kind == syntax.CallExpr:
		if len(e.Args) != 1 || e.Args[0].Kind != syntax.NameExpr {
			l.fail(e.Tok, in, e.Op+" takes one actor", "write "+e.Op+"(g), g a variable or a role")
			*e = syntax.Expr{Kind: syntax.NumberExpr, Op: "1", Num: 1, Tok: e.Tok} // said once
			return
		}
		at := e.Tok
		*e = *filled(as.expr, as.param, e.Args[0])
		e.Tok = at
		return
	}
	for _, a := range e.Args {
		l.spell(a, lets, in)
	}
}

// filled is an expression with an actor in the place of a parameter. A
// quantifier that binds the same name keeps its own.
func filled(e *syntax.Expr, param string, actor *syntax.Expr) *syntax.Expr {
	if e == nil {
		return nil
	}
	if e.Kind == syntax.NameExpr && e.Op == param {
		return actor
	}
	out := *e
	out.Args = make([]*syntax.Expr, len(e.Args))
	for i, a := range e.Args {
		if e.Kind == syntax.QuantExpr && e.Var.Text == param && i > 0 {
			out.Args[i] = a
			continue
		}
		out.Args[i] = filled(a, param, actor)
	}
	return &out
}

func (l *loader) role(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.Name("the name of a role")
	if !ok || !l.declare(c, cr.Name+": role", t, t.Text) {
		return
	}
	cr.Roles = append(cr.Roles, Role{Name: t.Text, Many: c.Word("many"), Title: c.OptString(), Pos: t.Pos})
}

// setting reads `setting NAME "title" [default N] [from A to B] [waits]`.
func (l *loader) setting(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.Name("the name of a setting")
	if !ok || !l.declare(c, cr.Name+": name", t, t.Text) {
		return
	}
	s := Setting{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	if c.Word("default") {
		said := c.Peek().Text
		s.Default, s.Number, s.given = settingValue(c), said != "yes" && said != "no", true
	}
	if at := c.Peek(); c.Word("from") {
		s.Low, _ = c.Number("the least that it can be")
		if c.Expect("to") {
			s.High, _ = c.Number("the most that it can be")
		}
		s.Number, s.Ranged = true, !c.Failed()
		if s.Ranged && (s.Low >= s.High || s.Default < s.Low || s.Default > s.High) {
			c.Report(at, fmt.Sprintf("setting %s goes from %g to %g, and is %g by default", s.Name, s.Low, s.High, s.Default), "give the least first, and a default between them")
		}
	}
	s.Waits = c.Word("waits")
	cr.Settings = append(cr.Settings, s)
}

// settingValue reads yes, no or a number.
func settingValue(c *syntax.Cursor) float64 {
	switch {
	case c.Word("yes"):
		return 1
	case c.Word("no"):
		return 0
	}
	v, _ := c.Number("yes, no or a number")
	return v
}

// gameFact reads `fact fights(responder) [levels 3] ["title"] [for the year|
// for the step] [final] [from the start when …]`.
func (l *loader) gameFact(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.Name("the name of a fact")
	if !ok || !l.declare(c, cr.Name+": name", t, t.Text) {
		return
	}
	f := GameFact{Name: t.Text, Max: 1, Pos: t.Pos}
	if c.Take("(") {
		over, _ := c.Name("a role")
		f.Over, f.overAt = over.Text, over.Pos
		c.Expect(")")
	}
	for !c.Done() && !c.Failed() {
		switch {
		case c.Peek().Kind == syntax.String:
			f.Title = c.Next().Value
		case c.Word("up", "to"):
			v, _ := c.Number("the highest level")
			if f.Max = int(v); v < 1 || v > 15 || v != float64(f.Max) {
				c.Fail(c.PeekAt(-1), "the highest level is a whole number from 1 to 15", "")
			}
		case c.Word("for", "the", "year"):
			f.Life = ForTheYear
		case c.Word("for", "the", "step"):
			f.Life = ForTheStep
		case c.Word("final"):
			f.Final = true
		case c.Word("from", "the", "start", "when"):
			f.Initial = c.Expr()
		default:
			c.End()
		}
	}
	cr.Facts = append(cr.Facts, f)
}

func (l *loader) legalLink(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.Name("a fact of law")
	if !ok || !c.Expect("=") {
		return
	}
	link := LegalLink{Fact: t.Text, Cond: c.Expr(), Pos: t.Pos}
	f := l.m.Facts[t.Text]
	if f != nil && f.Arity != 0 {
		l.fail(t, c.Stmt, "fact of law "+t.Text+" relates "+finding.Count(f.Arity, "state")+"; a crisis gives only facts that relate none", "")
	}
	if f == nil {
		l.fail(t, c.Stmt, "unknown fact of law "+strconv.Quote(t.Text), near(l, t.Text, l.m.Facts))
	}
	cr.LegalFacts = append(cr.LegalFacts, link)
}

func (l *loader) steps(s *syntax.Stmt, to *[]Step) {
	l.lines(s, map[string]func(*syntax.Cursor){
		"move":   func(c *syntax.Cursor) { l.step(c, to, false) },
		"chance": func(c *syntax.Cursor) { l.step(c, to, true) },
	})
}

// step reads `move NAME ["title"] by ROLE [when …] { … }`, `move NAME by g for
// g in ROLE when … { … }` and `chance NAME [when …] { … }`.
func (l *loader) step(c *syntax.Cursor, to *[]Step, chance bool) {
	t, ok := c.Name("the name of a step")
	if !ok {
		return
	}
	st := Step{Name: t.Text, Title: c.OptString(), Chance: chance, Pos: t.Pos}
	for _, other := range *to {
		if other.Name == st.Name {
			c.Fail(t, "step "+st.Name+" is defined twice", "first at "+other.Pos.String())
			return
		}
	}
	if !chance {
		c.Expect("by")
		by, _ := c.Name("a role or a variable")
		st.By, st.byAt = by.Text, by.Pos
		if c.Word("for") {
			st.Over, st.overAt = l.overRole(c, by.Text)
		}
	}
	if c.Word("when") {
		st.When = c.Expr()
	}
	if !c.End() {
		return
	}
	l.blocks[c.Stmt] = true
	for _, line := range c.Stmt.Body {
		cc := syntax.NewCursor(line, &l.problems)
		if ch, ok := l.choice(cc, chance); ok {
			if i := slices.IndexFunc(st.Choices, func(other Choice) bool { return other.Name == ch.Name }); i >= 0 {
				l.at(ch.Pos, len(ch.Name), c.Stmt.Heading(), "choice "+ch.Name+" is given twice", "first at "+st.Choices[i].Pos.String())
			}
			st.Choices = append(st.Choices, ch)
		}
	}
	if len(c.Stmt.Body) == 0 {
		l.fail(t, c.Stmt, "step "+st.Name+" has no choices", "give at least one in braces")
		return
	}
	*to = append(*to, st)
}

// overRole reads `g in ROLE` after "for": the role, and where it stands.
func (l *loader) overRole(c *syntax.Cursor, want string) (string, source.Pos) {
	v, _ := c.Name("a variable")
	if want != "" && v.Text != want && !c.Failed() {
		c.Fail(v, "the variable after for must be "+want, "")
	}
	c.Expect("in")
	r, _ := c.Name("a role")
	return r.Text, r.Pos
}

func (l *loader) choice(c *syntax.Cursor, chance bool) (Choice, bool) {
	t, ok := c.Name("the name of a choice")
	if !ok {
		return Choice{}, false
	}
	ch := Choice{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	if chance && !c.Word("otherwise") {
		c.Expect("with")
		ch.Prob = c.Expr()
	}
	if !chance {
		l.odds(c, &ch)
	}
	l.clauses(c, &ch)
	for _, line := range c.Stmt.Body {
		cc := syntax.NewCursor(line, &l.problems)
		l.clauses(cc, &ch)
		l.blockRead(cc)
	}
	return ch, !c.Failed()
}

// odds reads `base ODDS`, the odds a choice starts from, or `copy of CHOICE`,
// with which it shares them, `nest NAME [scale S]`, which choices are of one
// kind, and `consents`, a yes that binds only with the others'.
func (l *loader) odds(c *syntax.Cursor, ch *Choice) {
	switch {
	case c.Word("base"):
		ch.Base = c.Expr()
	case c.Word("copy"):
		if c.Expect("of") {
			t, _ := c.Name("the choice it is a copy of")
			ch.CopyOf, ch.copyAt = t.Text, t.Pos
		}
	}
	if c.Word("nest") {
		t, _ := c.Name("the name of a nest")
		ch.Nest = t.Text
		if c.Word("scale") {
			ch.Scale = c.Expr()
		}
	}
	ch.Consents = c.Word("consents")
}

// clauses reads `when …`, `event …`, `set …`, `raise …`, `clear …`.
func (l *loader) clauses(c *syntax.Cursor, ch *Choice) {
	for !c.Done() && !c.Failed() {
		t := c.Peek()
		switch {
		case c.Word("when"):
			ch.When = c.Expr()
		case c.Word("event"):
			ch.Event = l.gameEvent(c)
		case c.Word("set"):
			ch.Effects = append(ch.Effects, l.effects(c, 1, false)...)
		case c.Word("clear"):
			ch.Effects = append(ch.Effects, l.effects(c, 0, false)...)
		case c.Word("raise"):
			ch.Effects = append(ch.Effects, l.effects(c, 1, true)...)
		default:
			c.Fail(t, "expected when, event, set, clear or raise"+found(t), "")
		}
	}
}

// effects reads `fact[(x)][ = n], fact … [for v in ROLE] [if COND]`.
func (l *loader) effects(c *syntax.Cursor, value int, raise bool) []Effect {
	var out []Effect
	for {
		t, ok := c.Name("a fact")
		if !ok {
			return nil
		}
		e := Effect{Fact: t.Text, Value: value, Raise: raise, Pos: t.Pos}
		if c.Take("(") {
			for _, n := range c.Names("an actor") {
				e.Args, e.argsAt = append(e.Args, n.Text), append(e.argsAt, n.Pos)
			}
			c.Expect(")")
		}
		if c.Take("=") {
			v, _ := c.Number("a level")
			e.Value = int(v)
		}
		out = append(out, e)
		if !c.Take(",") {
			break
		}
	}
	v, over, overAt := "", "", source.Pos{}
	if c.Word("for") {
		v = c.Peek().Text
		over, overAt = l.overRole(c, "")
	}
	var cond *syntax.Expr
	if c.Word("if") {
		cond = c.Expr()
	}
	for i := range out {
		out[i].Var, out[i].Over, out[i].overAt, out[i].If = v, over, overAt, cond
	}
	return out
}

// gameEvent reads `event KIND on ROLE|g [for g in ROLE if …] [by ROLE], object
// X, at PLACE`.
func (l *loader) gameEvent(c *syntax.Cursor) *GameEvent {
	kind, at := l.kindOfEvent(c)
	ev := &GameEvent{Kind: kind, Pos: at.Pos}
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("on"):
			t, _ := c.Name("a role or a variable")
			ev.On, ev.onAt = t.Text, t.Pos
		case c.Word("by"):
			t, _ := c.Name("a role")
			ev.By, ev.byAt = t.Text, t.Pos
		case c.Word("for"):
			ev.Var = c.Peek().Text
			ev.Over, ev.overAt = l.overRole(c, ev.On)
		case c.Word("if"):
			ev.If = c.Expr()
		case c.Word("object"):
			ev.Object = l.objectName(c)
		case c.Word("at"):
			t, _ := c.Name("a place or a role")
			ev.Place, ev.placeAt = t.Text, t.Pos
		case c.Take(","):
		default:
			return ev
		}
	}
	return ev
}

// payoff reads `payoff "title" to ROLE [for g in ROLE] [each year] [when …]:
// amount`.
func (l *loader) payoff(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.String("the name of the payoff in quotes")
	if !ok || !c.Expect("to") {
		return
	}
	to, _ := c.Name("a role or a variable")
	p := Payoff{Name: t.Value, Title: t.Value, To: to.Text, Unit: Unit{Payoff: 1}, Pos: t.Pos, toAt: to.Pos}
	if c.Word("for") {
		p.Var = to.Text
		p.Over, p.overAt = l.overRole(c, to.Text)
	}
	if l.amount(c, &p) {
		cr.Payoffs = append(cr.Payoffs, p)
	}
}

func (l *loader) amount(c *syntax.Cursor, p *Payoff) bool {
	if c.Word("each", "year") {
		p.Yearly = true
	}
	if c.Word("when") {
		p.When = c.Expr()
	}
	if !c.Expect(":") {
		return false
	}
	p.Amount = c.Expr()
	return p.Amount != nil
}

func (l *loader) tally(c *syntax.Cursor, cr *Crisis) {
	t, ok := c.Name("the name of a tally")
	if !ok || !l.declare(c, cr.Name+": name", t, t.Text) {
		return
	}
	p := Payoff{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	if p.Unit, ok = l.readUnit(c); !ok {
		return
	}
	if c.Word("for") {
		p.Var = c.Peek().Text
		p.Over, p.overAt = l.overRole(c, "")
	}
	if l.amount(c, &p) {
		cr.Tallies = append(cr.Tallies, p)
	}
}

// measure reads `measure NAME "title" UNIT [, lower|higher is better] [, matters
// 0.5%] [, headline "words"] [, rests on a and b] = EXPR`, and the same of a rate.
func (l *loader) measure(c *syntax.Cursor, cr *Crisis, rate bool) {
	t, ok := c.Name("the name of a measure")
	if !ok || !l.declare(c, cr.Name+": measure", t, t.Text) {
		return
	}
	l.faulty[t.Text] = true // until it has been read
	m := Measure{Name: t.Text, Title: l.titled(c, t.Text), Rate: rate, Pos: t.Pos}
	if m.Unit, ok = l.readUnit(c); !ok {
		return
	}
	said := map[string]bool{}
	for c.Take(",") && !c.Failed() {
		word := c.Peek()
		what := map[string]string{"lower": "which way is better", "higher": "which way is better"}[word.Text]
		if what = cmp.Or(what, word.Text); said[what] {
			c.Report(word, "measure "+m.Name+" says "+what+" twice", "")
		}
		said[what] = true
		switch {
		case c.Word("lower"):
			m.Better = better(c, Lower)
		case c.Word("higher"):
			m.Better = better(c, Higher)
		case c.Word("matters"):
			m.MattersAt = c.Peek().Pos
			m.Matters = above(c, "the least difference that counts")
		case c.Word("headline"):
			m.Headline = l.short(c, `headline "at war"`)
		case c.Word("rests", "on"):
			m.RestsOn = l.restsOn(c)
		default:
			c.Fail(c.Peek(), "expected lower is better, higher is better, matters and a number, headline and a few words, or rests on and assumptions", "matters 0.5%")
		}
		c.Resume(",", "=")
	}
	if c.Expect("=") {
		m.Expr = c.Expr()
	}
	if m.Expr != nil {
		delete(l.faulty, t.Text)
		cr.Measures = append(cr.Measures, m)
	}
}

// better reads `is better` behind the way that is.
func better(c *syntax.Cursor, way Better) Better {
	if c.Expect("is") {
		c.Expect("better")
	}
	return way
}

// restsOn reads `a and b and c`: assumptions, which are looked up once all are read.
func (l *loader) restsOn(c *syntax.Cursor) []string {
	var out []string
	for more := true; more && !c.Failed(); more = c.Word("and") {
		if t, ok := c.Name("the name of an assumption"); ok {
			out = append(out, t.Text)
			l.later = append(l.later, func() {
				if l.based[t.Text] == nil {
					l.fail(t, c.Stmt, "there is no assumption "+strconv.Quote(t.Text)+" to rest on", near(l, t.Text, l.based))
				}
			})
		}
	}
	return out
}
