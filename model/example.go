package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Statuses are the answers a law can give, as examples write them.
var Statuses = []string{"owed", "not owed", "dormant", "depends", "contested", "right", "breached", "not breached"}

// example reads an event and the answers the law must give to it.
func (l *loader) example(c *syntax.Cursor) {
	if ex := l.expecting(c, "example"); ex != nil {
		l.m.Examples = append(l.m.Examples, ex)
	}
}

// expecting reads a titled block of an event and answers of the law; nil when it
// has no title.
func (l *loader) expecting(c *syntax.Cursor, what string) *Example {
	t, ok := c.String("a title in quotes")
	if !ok {
		return nil
	}
	ex := &Example{Title: t.Value, Pos: t.Pos, Event: EventSpec{Readings: map[string]string{}}}
	readers := l.eventReaders(&ex.Event)
	readers["option"] = func(c *syntax.Cursor) { ex.Options = append(ex.Options, l.laterOptions(c)...) }
	readers["expect"] = func(c *syntax.Cursor) { l.expect(c, ex) }
	l.lines(c.Stmt, readers)
	c.End()
	if !says(c.Stmt, "event") {
		l.fail(t, c.Stmt, what+" without an event", "event armed attack by … on …, object …, at …, on …")
	} else if !says(c.Stmt, "expect") {
		l.fail(t, c.Stmt, what+" expects nothing: whatever the law answers is as expected", "add expect ARTICLE owed, or another answer")
	}
	return ex
}

// laterOptions reads names of options, which are checked when all are known.
func (l *loader) laterOptions(c *syntax.Cursor) []string {
	var out []string
	for _, n := range c.Names("an option") {
		out = append(out, n.Text)
		l.later = append(l.later, func() {
			if l.m.options[n.Text] == nil {
				l.fail(n, c.Stmt, "unknown option "+strconv.Quote(n.Text), near(l, n.Text, l.m.options))
			}
		})
	}
	return out
}

// eventReaders are the lines that give an event and what is known of it.
func (l *loader) eventReaders(ev *EventSpec) map[string]func(*syntax.Cursor) {
	return map[string]func(*syntax.Cursor){
		"event":   func(c *syntax.Cursor) { l.eventSpec(c, ev) },
		"fact":    func(c *syntax.Cursor) { ev.Facts = append(ev.Facts, l.factValues(c)...) },
		"after":   func(c *syntax.Cursor) { l.earlier(c, ev) },
		"reading": func(c *syntax.Cursor) { l.chosenReading(c, ev.Readings) },
	}
}

// chosenReading reads `reading NAT.5 NAME`, or that of a question.
func (l *loader) chosenReading(c *syntax.Cursor, into map[string]string) {
	t := c.Next()
	if t.Kind != syntax.Number && t.Kind != syntax.Name {
		c.Fail(t, "expected an article or a question", "such as NAT.5 or crimea")
		return
	}
	name, _ := c.Name("the name of a reading")
	into[t.Text] = name.Text
	l.later = append(l.later, func() { l.knownReading(c, t, name) })
}

// earlier reads `after EVENT, on DATE`: what happened before.
func (l *loader) earlier(c *syntax.Cursor, ev *EventSpec) {
	before := EventSpec{Readings: map[string]string{}}
	t := c.Peek()
	if l.eventSpec(c, &before); c.Failed() {
		return
	}
	if !before.HasDate {
		c.Fail(t, "when did it happen?", "end the line with on YYYY-MM-DD")
		return
	}
	ev.Earlier = append(ev.Earlier, before)
	l.later = append(l.later, func() {
		if ev.HasDate && before.Date > ev.Date {
			l.fail(t, c.Stmt, "this happened after the event, on "+before.Date.String(), "the event is of "+ev.Date.String())
		}
	})
}

// knownReading checks that an article, or a question, has the reading chosen.
func (l *loader) knownReading(c *syntax.Cursor, of, name syntax.Token) {
	if name.Text == "" {
		return
	}
	known, ok := l.m.ReadingsOf(of.Text)
	switch {
	case !ok:
		l.fail(of, c.Stmt, "unknown article or question "+strconv.Quote(of.Text), cmp.Or(near(l, of.Text, l.m.articles), near(l, of.Text, l.m.questions)))
	case !slices.Contains(known, name.Text):
		l.fail(name, c.Stmt, of.Text+" has no reading "+strconv.Quote(name.Text), source.DidYouMean(name.Text, known))
	}
}

// ReadingsOf lists the names of the readings of an article or a question; false
// where it is neither.
func (m *Model) ReadingsOf(name string) ([]string, bool) {
	var out []string
	if a := m.articles[name]; a != nil {
		for _, r := range a.Readings {
			out = append(out, r.Name)
		}
		return out, true
	}
	q := m.questions[name]
	if q == nil {
		return nil, false
	}
	for _, s := range q.Readings {
		out = append(out, s.Name)
	}
	if len(q.Precedents) > 0 && q.Precedents[0].Record != nil { // of the very event, where facts are given against its record
		out = append(out, q.Precedents[0].Record.Name, q.Precedents[0].Given.Name)
	}
	return out, true
}

// eventSpec reads `event armed attack by RUS on GBR, object forces, at kyiv,
// on 2026-07-01`.
func (l *loader) eventSpec(c *syntax.Cursor, ev *EventSpec) {
	ev.Kind, _ = l.kindOfEvent(c)
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("by", "no", "state"):
			if ev.NoState = c.OptString(); ev.NoState == "" {
				ev.NoState = finding.NoState
			}
		case c.Word("by"):
			ev.By, ev.AlsoBy = l.stateNames(c)
		case c.Word("on") && c.Peek().Kind == syntax.Date:
			ev.Date, ev.HasDate = l.day(c, "the day")
		case c.Peek().Kind == syntax.Name && ev.On == "" && wasOn(c):
			ev.On, ev.AlsoOn = l.stateNames(c)
		case c.PeekAt(0).Kind == syntax.EOF && c.PeekAt(-1).Is("on"):
			c.Fail(c.Peek(), "expected a day as YYYY-MM-DD or a state, but the line ends", "")
		case c.Word("object"):
			l.objectOf(c, ev)
		case c.Word("at"):
			t, _ := c.Name("a place")
			ev.Place = t.Text
			l.knownArea(t, c.Stmt)
		case c.Take(","):
		default:
			c.End()
		}
	}
}

// kindOfEvent takes the words of a kind of event. Those of an unknown one are reported
// and passed over: what is wrong behind them is told too.
func (l *loader) kindOfEvent(c *syntax.Cursor) (string, syntax.Token) {
	kind, at := l.eventWords(c)
	if kind != "" {
		return kind, at
	}
	hint := l.kindHint(c)
	name, _ := words(c, "on", "by", "object", "at", "for", "if", "and")
	if at.Kind != syntax.Name || name == "" {
		c.Fail(at, "expected a kind of event"+found(at), hint)
		return "", at
	}
	whole := at
	whole.Text = name
	l.fail(whole, c.Stmt, "unknown kind of event "+strconv.Quote(name), hint)
	return "", at
}

// wasOn reports whether the word just taken was "on".
func wasOn(c *syntax.Cursor) bool { return c.PeekAt(-1).Is("on") }

func (l *loader) stateName(c *syntax.Cursor) string {
	t, ok := c.Name("a state")
	if ok {
		l.state(t, c.Stmt)
	}
	return t.Text
}

// stateNames reads one state or several that act, or suffer, together.
func (l *loader) stateNames(c *syntax.Cursor) (first string, also []string) {
	first = l.stateName(c)
	for c.Peek().Is(",") && c.PeekAt(1).Kind == syntax.Name && l.isState(c.PeekAt(1).Text) {
		c.Next()
		t := c.PeekAt(0)
		if next := l.stateName(c); next == first || slices.Contains(also, next) {
			c.Fail(t, next+" is named twice", "")
		} else {
			also = append(also, next)
		}
	}
	return first, also
}

// objectName reads what an event of a crisis falls on.
func (l *loader) objectName(c *syntax.Cursor) string {
	t, ok := c.Name("an object")
	if ok && !contains(objects, t.Text) {
		l.fail(t, c.Stmt, "unknown object "+strconv.Quote(t.Text), objectHint(t.Text))
	}
	return t.Text
}

// objectHint is the object that was meant or, where none is near, all there are.
func objectHint(word string, more ...string) string {
	return cmp.Or(source.DidYouMean(word, objects), "one of "+strings.Join(append(slices.Clone(objects), more...), ", "))
}

func (l *loader) isState(name string) bool {
	if l.m.States == nil {
		return false
	}
	_, ok := l.m.States.ByID(name)
	return ok
}

// PublicVessel is the fact that a vessel is a public one.
const PublicVessel = "public_vessel"

// objectOf reads what an event fell on: territory, forces, vessel (also public
// or private vessel), aircraft.
func (l *loader) objectOf(c *syntax.Cursor, ev *EventSpec) {
	t, ok := c.Name("an object")
	if !ok {
		return
	}
	ev.Object = t.Text
	if public := t.Text == "public"; public || t.Text == "private" {
		if ev.Object = "vessel"; !c.Expect("vessel") {
			return
		}
		ev.Facts = append(ev.Facts, FactValue{Name: PublicVessel, True: public})
	}
	if !contains(objects, ev.Object) {
		l.fail(t, c.Stmt, "unknown object "+strconv.Quote(t.Text), objectHint(t.Text, "public vessel", "private vessel"))
	}
}

// factValues reads `ceasefire, not requested, at_war(RUS, GBR)`.
func (l *loader) factValues(c *syntax.Cursor) []FactValue {
	var out []FactValue
	for {
		e := c.Expr()
		if e == nil {
			return out
		}
		v := FactValue{True: true, Pos: e.Pos()}
		if e.Kind == syntax.UnaryExpr && e.Op == "not" {
			v.True, e = false, e.Args[0]
		}
		f := l.m.Facts[e.Op]
		if f == nil || !f.takes(len(e.Args)) {
			l.fail(e.Tok, c.Stmt, "unknown fact "+strconv.Quote(e.String()), near(l, e.Op, l.m.Facts))
			if !c.Take(",") {
				return out
			}
			continue
		}
		v.Name = e.Op
		for _, a := range e.Args {
			if f.PerInstrument {
				l.laterInstrument(a, c.Stmt)
			} else {
				l.state(a.Tok, c.Stmt)
			}
			v.Args = append(v.Args, a.Op)
		}
		v.Args = f.Ordered(v.Args)
		if slices.ContainsFunc(out, func(w FactValue) bool {
			return w.Name == v.Name && w.True != v.True && slices.Equal(w.Args, v.Args)
		}) {
			l.fail(e.Tok, c.Stmt, "fact "+e.String()+" is given as true and as not true", "")
		}
		out = append(out, v)
		if !c.Take(",") {
			return out
		}
	}
}

// takes reports whether a fact may be given about so many things.
func (f *LegalFact) takes(n int) bool { return n == f.Arity || f.PerInstrument && n == 1 }

// expect reads `expect NAT.5 [by FRA, DEU] not owed [as CLASS] [because NAT.6]
// [on requested]`.
func (l *loader) expect(c *syntax.Cursor, ex *Example) {
	e := Expect{Pos: c.Stmt.Pos(), Address: l.address(c, nil)}
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("by"):
			for _, n := range c.Names("a state") {
				l.state(n, c.Stmt)
				e.By = append(e.By, n.Text)
			}
		case c.Word("as"):
			if d := l.class(c); d != nil {
				e.Class = d.Name
			}
		case c.Word("because"):
			e.Because = append(e.Because, l.address(c, nil))
			for c.Take(",") {
				e.Because = append(e.Because, l.address(c, nil))
			}
		case e.Status == "depends" && c.Word("on"):
			for _, n := range c.Names("a fact") {
				e.Depends = append(e.Depends, n.Text)
			}
		default:
			e.Status = l.status(c, e.Status)
		}
	}
	if e.Status == "" {
		c.Fail(c.Peek(), "expected an answer", "one of "+strings.Join(Statuses, ", "))
		return
	}
	ex.Expects = append(ex.Expects, e)
}

func (l *loader) status(c *syntax.Cursor, already string) string {
	for _, s := range Statuses {
		if already == "" && c.Word(strings.Fields(s)...) {
			return s
		}
	}
	c.Fail(c.Peek(), "unexpected "+strconv.Quote(c.Peek().Text), "an answer is one of "+strings.Join(Statuses, ", "))
	return already
}

// ParseEvent reads an event in the words of a model file, as in "armed attack
// by RUS on GBR, object forces, at kyiv", with the names of the model.
func (m *Model) ParseEvent(f *source.File) (EventSpec, source.Problems) {
	ev := EventSpec{Readings: map[string]string{}}
	tree, problems := syntax.Parse(f)
	if len(problems.Errors()) > 0 || len(tree.Stmts) != 1 {
		return ev, append(problems, source.Problem{Msg: f.Name + ": expected one event, such as armed attack by RUS on UKR, at kyiv"})
	}
	l := &loader{m: m, declared: map[string]source.Pos{}, blocks: map[*syntax.Stmt]bool{}}
	c := syntax.NewCursor(tree.Stmts[0], &l.problems)
	if c.Peek().Is("event") { // as a file writes it
		c.Next()
	}
	l.eventSpec(c, &ev)
	c.End()
	for i := 0; i < len(l.later); i++ {
		l.later[i]()
	}
	return ev, l.problems.Sort()
}
