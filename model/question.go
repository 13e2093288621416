package model

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Question is a matter in doubt: authorities answer it differently, or nobody
// has answered it. It may stand alone and be asked for like a fact, or belong to
// a party, a place, a treaty's territory or a kind of event.
type Question struct {
	Name       string // what a reading of it is chosen by: self_defence, crimea, RIO.CUB, terrorist_attack
	Title      string // in words; empty when nothing but the name is given
	Words      string // what is the case when it is answered with yes
	Readings   []*Stance
	Contested  bool  // said to be in dispute, even where nothing is noted of who holds what
	Yes, No    *Cond // facts that settle it; nil: none do
	Raised     *Cond // where it excuses a deed: when it is asked though nobody gave it; nil: never
	Precedents []*Precedent
	From       data.Day // the days on which it is in doubt
	Until      data.Day
	HasFrom    bool
	HasUntil   bool
	Cite
	Pos source.Pos
}

// On reports whether the matter is in doubt on a day.
func (q *Question) On(d data.Day) bool {
	return (!q.HasFrom || d >= q.From) && (!q.HasUntil || d < q.Until)
}

// Reading is the reading of that name, or nil.
func (q *Question) Reading(name string) *Stance {
	for _, s := range q.Readings {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// conds are the conditions that answer a question.
func (q *Question) conds() []*Cond {
	out := []*Cond{q.Yes, q.No, q.Raised}
	for _, s := range q.Readings {
		out = append(out, s.Says)
	}
	for _, p := range q.Precedents {
		out = append(out, p.Event.Cond, p.Rests)
	}
	return slices.DeleteFunc(out, func(c *Cond) bool { return c == nil })
}

// Asks is the question as it is shown: its title or, without one, its words.
func (q *Question) Asks() string {
	if q.Title != "" {
		return q.Title
	}
	return q.Words
}

// Stance is one answer to a question and who holds it. Open says that its
// holder leaves the question open.
type Stance struct {
	Name, Title string
	By          string   // empty: the holder is not named
	Since       data.Day // the day from which it has been said; 0: not noted
	Says        *Cond    // of a question with yes and no; nil when open
	Open        bool
	In          []string // of a place: the areas it lies in
	Under       []string // the instruments of which it is said; empty: all
	Nobodys     bool     // made because nothing is noted of who holds what
	Cite
	Pos source.Pos
}

// Holder names who gives the reading, and says so where it was given only after a
// day. A reading of 2024 is no less a reading of what was done in 1982, but
// nobody held it then. Empty: the holder is not named.
func (s *Stance) Holder(on data.Day) string {
	if s.By == "" || on == 0 {
		return s.By
	}
	if s.Since > on {
		return s.By + ", said later"
	}
	return eachHolder(s.By, on)
}

// eachHolder marks those of several holders, set apart by semicolons, who are named
// with the year in which they said it, and that year came after the day.
func eachHolder(by string, on data.Day) string {
	holders := strings.Split(by, "; ")
	year := on.String()[:4]
	later := 0
	for i, h := range holders {
		if first := firstYear(h); first > year {
			holders[i] = "later: " + h
			later++
		}
	}
	if later == len(holders) {
		return by + ", said later"
	}
	return strings.Join(holders, "; ")
}

var (
	yearSaid   = regexp.MustCompile(`\b(?:1[789]|20)\d\d\b`)
	byItNumber = regexp.MustCompile(`(?i)\b(resolutions?|nos?\.?|articles?|sections?) [0-9]+(?:(?:,| and|, and| to) [0-9]+\b)*`)
)

// firstYear is the earliest year in the words on who holds a reading, empty where
// none is named. The number of a resolution is no year.
func firstYear(words string) string {
	first := ""
	for _, y := range yearSaid.FindAllString(byItNumber.ReplaceAllString(words, ""), -1) {
		if first == "" || y < first {
			first = y
		}
	}
	return first
}

// Precedent is an event of which the question was answered: for that very event
// the answer stands, for others it is practice.
type Precedent struct {
	Day   data.Day
	Title string
	By    string // who answered
	Event Rule   // the event of which it was said: kind, victim, attacker, conditions
	Place string // where it happened; empty: not noted
	Says  bool
	Rests *Cond    // what it was said on: known not to be so, the precedent is disputed; nil: not noted
	Under []string // the instruments under which it was said; empty: all

	Record *Stance // what was said, as one reading beside others where facts are given against it
	Given  *Stance // the opposite, where that is what is given
	Cite
	Pos source.Pos
}

// SaidOf reports whether something said under some instruments is said of one.
func SaidOf(under []string, instrument string) bool {
	return len(under) == 0 || slices.Contains(under, instrument)
}

// Threshold says that an event of one kind may, or may not, be one of another.
type Threshold struct {
	Kind     string
	Question *Question
}

// Territory is a line in which an instrument says what territory means in it.
type Territory struct {
	Verb     TerritoryVerb
	States   []string // whose; empty: each party's
	Areas    []string
	Question *Question // of InDoubt
	From     data.Day
	Until    data.Day
	HasFrom  bool
	HasUntil bool
	Pos      source.Pos
}

// On reports whether the line holds on a day.
func (t *Territory) On(d data.Day) bool {
	return (!t.HasFrom || d >= t.From) && (!t.HasUntil || d < t.Until)
}

// Of reports whether the line speaks of a state's territory on a day.
func (t *Territory) Of(state string, d data.Day) bool {
	return t.On(d) && (len(t.States) == 0 || slices.Contains(t.States, state))
}

// TerritoryVerb says what a line does with its areas.
type TerritoryVerb uint8

// The verbs of a Territory.
const (
	Only    TerritoryVerb = iota // territory is these areas and no others
	Also                         // these count beside the state's own
	Without                      // these do not count
	InDoubt                      // whether these count is a question
)

// question reads `question NAME "…" { … }`, which is asked for like a fact.
func (l *loader) question(c *syntax.Cursor) {
	t, ok := c.Name("the name of a question")
	if !ok || !l.declare(c, "fact", t, t.Text) || !l.declare(c, "question", t, t.Text) {
		return
	}
	q := &Question{Name: t.Text, Title: c.OptString(), Words: t.Text, Pos: t.Pos}
	l.m.Facts[q.Name] = &LegalFact{Name: q.Name, Title: q.Title, Question: q, Pos: q.Pos}
	l.m.questions[q.Name] = q
	l.questionLines(c, q, nil)
}

// doubt reads the doubt about a thing: `"…" from DATE until DATE { … }`. What is
// contested by nobody in particular has two readings whose holders are not
// named.
func (l *loader) doubt(c *syntax.Cursor, name, words string, extra map[string]func(*syntax.Cursor, *Stance)) *Question {
	t := c.PeekAt(-1)
	q := &Question{Name: name, Words: words, Title: c.OptString(), Pos: t.Pos}
	if first := l.m.questions[name]; first != nil {
		l.fail(t, c.Stmt, "question "+name+" is asked twice", "first at "+first.Pos.String())
	}
	l.m.questions[name] = q
	l.questionLines(c, q, extra)
	return q
}

func (l *loader) questionLines(c *syntax.Cursor, q *Question, extra map[string]func(*syntax.Cursor, *Stance)) {
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("from"):
			q.From, q.HasFrom = l.day(c, "the first day")
		case c.Word("until"):
			q.Until, q.HasUntil = l.day(c, "the day it ended")
		default:
			c.End()
		}
	}
	if !c.Stmt.HasEnd {
		return
	}
	readers := l.citing(&q.Cite)
	readers["reading"] = func(c *syntax.Cursor) { l.stance(c, q, extra) }
	readers["precedent"] = func(c *syntax.Cursor) { l.precedent(c, q) }
	readers["yes"] = func(c *syntax.Cursor) { l.settles(c, &q.Yes) }
	readers["raised"] = func(c *syntax.Cursor) { l.settles(c, &q.Raised) }
	readers["no"] = func(c *syntax.Cursor) { l.settles(c, &q.No) }
	l.lines(c.Stmt, readers)
	l.once(c.Stmt, "yes", "no", "raised", "status")
}

// unnamed are the two answers to a question of which nobody has noted who holds
// them.
func (q *Question) unnamed() []*Stance {
	yes, no := "yes", "no"
	for q.Reading(yes) != nil || q.Reading(no) != nil {
		yes, no = yes+"_", no+"_"
	}
	cite := Cite{Status: "memory"}
	return []*Stance{
		{Name: yes, Title: "it is so", Says: &Cond{Op: CondKnown, N: 1, Words: "yes"}, Nobodys: true, Cite: cite, Pos: q.Pos},
		{Name: no, Title: "it is not so", Says: &Cond{Op: CondKnown, Words: "never"}, Nobodys: true, Cite: cite, Pos: q.Pos},
	}
}

// asReadings are the two sides of a record against which facts are given.
func (p *Precedent) asReadings(q *Question) {
	record, given := "record", "given"
	for q.Reading(record) != nil || q.Reading(given) != nil {
		record, given = record+"_", given+"_"
	}
	so, not := &Cond{Op: CondKnown, N: 1, Words: "yes"}, &Cond{Op: CondKnown, Words: "never"}
	if !p.Says {
		so, not = not, so
	}
	p.Record = &Stance{Name: record, Title: p.Title, By: p.By, Says: so, Under: p.Under, Cite: p.Cite, Pos: p.Pos}
	p.Given = &Stance{Name: given, Title: "as given here, against the record", By: "whoever asks", Says: not, Pos: p.Pos}
}

// settles reads `yes when COND`.
func (l *loader) settles(c *syntax.Cursor, to **Cond) {
	if c.Expect("when") {
		l.laterCond(c, to)
	}
}

// laterCond reads a condition whose words may be declared later.
func (l *loader) laterCond(c *syntax.Cursor, to **Cond) {
	if e := c.Expr(); e != nil {
		at := c.Stmt
		l.later = append(l.later, func() { *to = l.condOf(e, at, nil) })
	}
}

// stance reads one reading of a question.
func (l *loader) stance(c *syntax.Cursor, q *Question, extra map[string]func(*syntax.Cursor, *Stance)) *Stance {
	t, ok := c.Name("the name of a reading")
	if !ok {
		return nil
	}
	if old := q.Reading(t.Text); old != nil {
		c.Fail(t, "reading "+t.Text+" is given twice", "")
		return nil
	}
	s := &Stance{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	q.Readings = append(q.Readings, s)
	said := false
	readers := l.citing(&s.Cite)
	readers["by"] = func(c *syntax.Cursor) { s.By = text(c) }
	readers["since"] = func(c *syntax.Cursor) { s.Since, _ = l.day(c, "the day from which it has been said") }
	readers["says"] = func(c *syntax.Cursor) { said = true; l.says(c, s) }
	for word, read := range extra {
		readers[word] = func(c *syntax.Cursor) { said = true; read(c, s) }
	}
	l.lines(c.Stmt, readers)
	l.once(c.Stmt, "by", "since", "says", "status")
	if !said && !c.Failed() {
		l.fail(t, c.Stmt, "reading "+t.Text+" says nothing", "say "+hintOf(extra))
	}
	return s
}

func hintOf(extra map[string]func(*syntax.Cursor, *Stance)) string {
	out := "says yes, says no, says open, or says CONDITION"
	if extra["in"] != nil {
		return "in AREA, in none, or says open"
	}
	return out
}

// says reads `says yes`, `says no`, `says open` or `says CONDITION`.
func (l *loader) says(c *syntax.Cursor, s *Stance) {
	switch {
	case c.Word("open"):
		s.Open = true
	case c.Word("no"):
		s.Says = &Cond{Op: CondKnown, Words: "no", Pos: c.PeekAt(-1).Pos}
	default:
		if e := c.Expr(); e != nil {
			at := c.Stmt
			l.later = append(l.later, func() { s.Says = l.orNever(l.condOf(e, at, nil)) })
		}
	}
}

// orNever keeps a condition with a mistake in it, which is reported, from
// standing for nothing.
func (l *loader) orNever(c *Cond) *Cond {
	if c == nil {
		return &Cond{Op: CondKnown, Words: "never"}
	}
	return c
}

// precedent reads `precedent DATE "…" { when EVENT; by "…"; says yes }`.
func (l *loader) precedent(c *syntax.Cursor, q *Question) *Precedent {
	p := &Precedent{Pos: c.Stmt.Pos()}
	p.Day, _ = l.day(c, "the day on which it was answered")
	p.Title = c.OptString()
	said := false
	readers := l.citing(&p.Cite)
	readers["by"] = func(c *syntax.Cursor) { p.By = text(c) }
	readers["says"] = func(c *syntax.Cursor) {
		at := c.Peek()
		said, p.Says = true, c.Word("yes")
		if !p.Says && !c.Word("no") {
			c.Fail(at, "a precedent says yes or no"+found(at), "")
		}
	}
	readers["when"] = func(c *syntax.Cursor) { l.precedentEvent(c, p) }
	readers["rests"] = func(c *syntax.Cursor) {
		if c.Expect("on") {
			l.laterCond(c, &p.Rests)
		}
	}
	l.lines(c.Stmt, readers)
	l.once(c.Stmt, "by", "says", "when", "rests", "status")
	if !(said && p.Event.When != "") && !c.Failed() {
		l.fail(c.Stmt.Head[0], c.Stmt, "a precedent needs its event and what was said of it", "when KIND on STATE, date >= DATE; says yes")
	}
	q.Precedents = append(q.Precedents, p)
	if p.Place != "" {
		l.m.Placed = append(l.m.Placed, p)
	}
	return p
}

// precedentEvent reads the event of a precedent as a rule is read; its words may
// be declared later.
func (l *loader) precedentEvent(c *syntax.Cursor, p *Precedent) {
	p.Event = Rule{When: wordsLeft(c), Position: c.Stmt.Pos()}
	if !c.Word("always") {
		name, first := words(c, "on", "by", "at", "and")
		p.Event.Kind = name
		l.later = append(l.later, func() {
			if l.m.Events[name] == nil {
				l.fail(first, c.Stmt, "unknown kind of event "+strconv.Quote(name), l.kinds(name))
			}
		})
	}
	var vars []string
	for more := true; more && !c.Failed(); {
		switch {
		case c.Word("on"):
			p.Event.On = l.party(c, &vars)
		case c.Word("by"):
			p.Event.By = l.party(c, &vars)
		case c.Word("at"):
			t, _ := c.Name("a place")
			p.Place = t.Text
			l.knownArea(t, c.Stmt)
		default:
			more = false
		}
	}
	var exprs []*syntax.Expr
	for !c.Failed() && (c.Take(",") || c.Word("and")) {
		if e := c.Expr(); e != nil {
			exprs = append(exprs, e)
		}
	}
	at := c.Stmt
	l.later = append(l.later, func() {
		var conds []*Cond
		for _, e := range exprs {
			conds = append(conds, l.orNever(l.condOf(e, at, nil)))
		}
		p.Event.Cond = allOf(conds)
	})
}

// aboutQuestion reads, in an article, a line about a question that stands
// elsewhere: `precedent QUESTION DATE …` and `reading of QUESTION NAME …`. It is
// said of this instrument only.
func (l *loader) aboutQuestion(c *syntax.Cursor) *Question {
	t, ok := c.Name("the name of a question")
	if !ok {
		return nil
	}
	q := l.m.questions[t.Text]
	if q == nil {
		c.Fail(t, "unknown question "+strconv.Quote(t.Text), near(l, t.Text, l.m.questions))
	}
	return q
}

// kinds names the kind of event nearest to a word, or all kinds there are.
func (l *loader) kinds(word string) string {
	if hint := near(l, word, l.m.Events); hint != "" {
		return hint
	}
	return "the kinds are " + l.allKinds()
}

func (l *loader) allKinds() string { return strings.Join(sortedKeys(l.m.Events), ", ") }

// threshold reads `may be KIND "…" { readings }` after the name of a kind of
// event.
func (l *loader) threshold(c *syntax.Cursor, e *EventKind) {
	kind, at := words(c, "if")
	if kind == "" {
		c.Fail(at, "expected a kind of event"+found(at), "such as may be armed attack")
		return
	}
	l.later = append(l.later, func() {
		if l.m.Events[kind] == nil {
			l.fail(at, c.Stmt, "unknown kind of event "+strconv.Quote(kind), l.kinds(kind))
		}
	})
	th := &Threshold{Kind: kind}
	e.May = append(e.May, th)
	if c.Word("if") {
		l.laterQuestion(c, &th.Question)
		return
	}
	th.Question = l.doubt(c, strings.ReplaceAll(e.Name, " ", "_"), "the "+e.Name+" is "+withArticle(kind), nil)
	th.Question.Contested = true
}

// laterQuestion reads the name of a question that may be declared later.
func (l *loader) laterQuestion(c *syntax.Cursor, to **Question) {
	name, ok := c.Name("a question")
	if !ok {
		return
	}
	at := c.Stmt
	*to = &Question{Name: name.Text, Words: name.Text, Pos: name.Pos}
	l.later = append(l.later, func() {
		if q := l.m.questions[name.Text]; q != nil {
			*to = q
			return
		}
		l.fail(name, at, "unknown question "+strconv.Quote(name.Text), near(l, name.Text, l.m.questions))
	})
}

// excuseLine reads `unless self_defence, gloss "force in self-defence is no attack"`.
func (l *loader) excuseLine(c *syntax.Cursor, e *EventKind) {
	x := &Excuse{}
	e.Excuses = append(e.Excuses, x)
	l.laterQuestion(c, &x.Question)
	if c.Take(",") && c.Expect("gloss") {
		x.Gloss = text(c)
	}
}

// noStateLine reads `by no state asks terrorist_attack`.
func (l *loader) noStateLine(c *syntax.Cursor, e *EventKind) {
	if c.Expect("no") && c.Expect("state") && c.Expect("asks") {
		l.laterQuestion(c, &e.NoState)
	}
}

func withArticle(kind string) string {
	if strings.ContainsAny(kind[:1], "aeiou") {
		return "an " + kind
	}
	return "a " + kind
}

// contestedPlace reads the `contested` line of a place: its readings say where
// it lies.
func (l *loader) contestedPlace(c *syntax.Cursor, a *Area) {
	if a.Question != nil {
		c.Fail(c.Stmt.Head[0], "the place is contested twice", "put all readings into one block")
		return
	}
	a.Question = l.doubt(c, a.Name, "where "+a.Name+" lies", map[string]func(*syntax.Cursor, *Stance){
		"in": func(c *syntax.Cursor, s *Stance) {
			if c.Word("none") {
				return
			}
			for _, n := range c.Names("an area") {
				s.In = append(s.In, n.Text)
				l.knownArea(n, c.Stmt)
			}
		},
	})
	if len(a.Question.Readings) < 2 {
		l.fail(c.Stmt.Head[0], c.Stmt, "a contested place needs two readings or more", "reading NAME \"…\" { in AREA; by \"…\" }")
	}
}

// territoryLine reads what territory means in an instrument: `territory of TWN
// is taiwan, pescadores`, `territory without greenland`, `territory contested
// greenland "…" { readings }`.
func (l *loader) territoryLine(c *syntax.Cursor, in *Instrument) {
	t := Territory{Pos: c.Stmt.Pos()}
	if c.Word("of") {
		for _, n := range c.Names("a state") {
			l.state(n, c.Stmt)
			t.States = append(t.States, n.Text)
		}
	}
	switch at := c.Peek(); {
	case c.Word("is"):
		t.Verb = Only
	case c.Word("also"):
		t.Verb = Also
	case c.Word("without"):
		t.Verb = Without
	case c.Word("contested"):
		t.Verb = InDoubt
	default:
		c.Fail(at, "expected is, also, without or contested"+found(at), "such as territory of TWN is taiwan")
		return
	}
	for _, n := range c.Names("an area") {
		t.Areas = append(t.Areas, n.Text)
		l.knownArea(n, c.Stmt)
	}
	if len(t.Areas) == 0 {
		return
	}
	if t.Verb == InDoubt {
		t.Question = l.doubt(c, in.ID+"."+t.Areas[0], strings.Join(t.Areas, ", ")+" count as territory in "+in.ID, nil)
		t.Question.Contested = true
		t.From, t.HasFrom, t.Until, t.HasUntil = t.Question.From, t.Question.HasFrom, t.Question.Until, t.Question.HasUntil
		in.Territory = append(in.Territory, t)
		return
	}
	l.territoryDays(c, &t)
	in.Territory = append(in.Territory, t)
}

func (l *loader) territoryDays(c *syntax.Cursor, t *Territory) {
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("from"):
			t.From, t.HasFrom = l.day(c, "the first day")
		case c.Word("until"):
			t.Until, t.HasUntil = l.day(c, "the day it ended")
		default:
			c.End()
		}
	}
}

// Question is the question of that name, or nil.
func (m *Model) Question(name string) *Question { return m.questions[name] }

// QuestionNames lists the questions of the model, sorted.
func (m *Model) QuestionNames() []string { return sortedKeys(m.questions) }

// standings put memberships in doubt: contested, with the readings of the block
// or two that nobody is known to hold; or unknown, with none.
func (l *loader) standings(c *syntax.Cursor, members []Membership, set, doubt, title string) {
	what := "a party of " + set
	if l.m.Groups[set] != nil {
		what = "a member of " + set
	}
	if doubt == "unknown" && c.Stmt.HasEnd {
		c.Fail(c.Stmt.Open, "what is unknown has no readings", "write contested")
		return
	}
	var read *Question
	for i := range members {
		ms := &members[i]
		q := &Question{Name: set + "." + ms.State, Title: title, Words: ms.State + " is " + what, Pos: ms.Pos}
		l.m.questions[q.Name], ms.Question = q, q
		if doubt == "unknown" {
			continue
		}
		if read == nil {
			read = q
			l.questionLines(c, q, nil)
			q.Contested = true
		}
		q.Contested, q.Readings, q.Precedents, q.Yes, q.No, q.Cite = true, slices.Clone(read.Readings), read.Precedents, read.Yes, read.No, read.Cite
	}
}

// inOrder adds to what is disputed the yes and the no that nobody is known to
// hold, and puts what the articles of several instruments say of one question in
// an order that does not depend on the order of the files.
func (m *Model) inOrder() {
	places := map[*Question]bool{}
	for _, a := range m.Areas {
		places[a.Question] = true
	}
	for _, q := range m.questions {
		if !places[q] && (q.Contested || len(q.Readings) > 0) {
			q.Readings = append(q.Readings, q.unnamed()...)
		}
		slices.SortStableFunc(q.Readings, func(a, b *Stance) int { return slices.Compare(a.Under, b.Under) })
		slices.SortStableFunc(q.Precedents, byDay)
		for _, p := range q.Precedents {
			p.asReadings(q)
		}
	}
	slices.SortStableFunc(m.Placed, byDay)
}

func byDay(a, b *Precedent) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), slices.Compare(a.Under, b.Under))
}
