package model

import (
	"strconv"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Findings are the words in which a record says what a deed or an abstention
// was: those that casus itself finds, and the synonyms of law.Agrees.
var Findings = []string{
	"initiator", "response", "breached", "honoured", "honoured in form", "late",
	"beyond the letter", "beyond obligation", "not owed by text", "own choice", "no treaty",
	"contested", "open", "not owed", "denied", "denied as not owed", "denied as contested", "denied though owed",
	"not invoked", "deferred", "exit", "against former ally",
}

// Course is a dated sequence of what happened: the record of how a war spread.
// Its entries are in order of time.
type Course struct {
	Title   string
	Facts   []CourseFact
	Entries []*Entry
	Pos     source.Pos
}

// CourseFact is a fact of law that holds from a day on.
type CourseFact struct {
	FactValue
	From    data.Day
	HasFrom bool // without it: from the day of the case
	Cite
}

// EntryKind says what an entry of a course is.
type EntryKind uint8

// The kinds of Entry. Their String is the word that begins the entry.
const (
	Deed       EntryKind = iota // an event
	Abstention                  // a state stays out
	Departure                   // a state leaves an instrument
)

// String is the word that begins the entry.
func (k EntryKind) String() string { return [...]string{"deed", "abstention", "departure"}[k] }

// Entry is one thing that a state did, or did not do.
type Entry struct {
	Title     string
	Kind      EntryKind
	Event     EventSpec // of an abstention and a departure: who, against whom, when
	Claimed   []string  // addresses of the articles claimed for it, or of it
	Toward    []string  // to whom they would be owed; empty: to anyone
	Waived    bool      // the creditor did not ask for what it could claim
	Leaves    string    // the instrument, of a departure
	Found     string    // what the record says, one of Findings; empty where it says nothing
	Qualifier string    // the record's own words about it
	Differs   string    // what casus finds instead, where that is known; and why
	Because   string
	Cite
	Pos source.Pos
}

// course reads `course "…" { fact …; deed "…" { … }; abstention "…" { … } }`.
func (l *loader) course(c *syntax.Cursor, k *Case) {
	t, ok := c.String("its title in quotes")
	if !ok {
		return
	}
	if k.Course != nil {
		c.Fail(t, "a case has one course", "first at "+k.Course.Pos.String())
		return
	}
	co := &Course{Title: t.Value, Pos: t.Pos}
	k.Course = co
	readers := map[string]func(*syntax.Cursor){"fact": func(c *syntax.Cursor) { l.courseFact(c, co) }}
	for kind := Deed; kind <= Departure; kind++ {
		readers[kind.String()] = func(c *syntax.Cursor) { l.entry(c, k, kind) }
	}
	l.lines(c.Stmt, readers)
	if !says(c.Stmt, Deed.String()) {
		l.fail(t, c.Stmt, "a course without a deed", "deed \"…\" { event … by … on …, on YYYY-MM-DD }")
	}
}

// courseFact reads `fact supports(RUS, SRB) from 1914-07-30 source M`.
func (l *loader) courseFact(c *syntax.Cursor, co *Course) {
	f := CourseFact{}
	values := l.factValues(c)
	if c.Word("from") {
		f.From, f.HasFrom = l.day(c, "the first day")
	}
	if c.Word("source") {
		f.Sources = l.sourceIDs(c)
	}
	for _, v := range values {
		f.FactValue = v
		co.Facts = append(co.Facts, f)
	}
}

// entry reads a deed, an abstention or a departure.
func (l *loader) entry(c *syntax.Cursor, k *Case, kind EntryKind) {
	t, ok := c.String("its title in quotes")
	if !ok {
		return
	}
	e := &Entry{Title: t.Value, Kind: kind, Pos: t.Pos, Event: EventSpec{Readings: map[string]string{}}}
	k.Course.Entries = append(k.Course.Entries, e)
	at := &entryTokens{stmt: c.Stmt, title: t}
	readers := l.citing(&e.Cite)
	if kind == Deed {
		for word, read := range l.eventReaders(&e.Event) {
			readers[word] = read
		}
		readers["event"] = func(c *syntax.Cursor) {
			l.eventSpec(c, &e.Event)
			at.named(c.Stmt, e.Event)
		}
	} else {
		readers["by"] = func(c *syntax.Cursor) { e.Event.By = l.stateName(c); at.named(c.Stmt, e.Event) }
		readers["on"] = func(c *syntax.Cursor) {
			e.Event.Date, e.Event.HasDate = l.day(c, "the day")
			at.named(c.Stmt, e.Event)
		}
	}
	switch kind {
	case Deed:
		readers["claimed"] = func(c *syntax.Cursor) { l.claimed(c, e) }
	case Abstention:
		readers["claimed"] = func(c *syntax.Cursor) { l.claimed(c, e) }
		readers["waived"] = func(c *syntax.Cursor) { e.Waived = true; l.claimed(c, e) }
		readers["against"] = func(c *syntax.Cursor) { e.Event.On = l.stateName(c); at.named(c.Stmt, e.Event) }
	case Departure:
		readers["leaves"] = func(c *syntax.Cursor) {
			n, _ := c.Name("an instrument")
			e.Leaves = n.Text
			l.knownInstrument(n, c.Stmt)
		}
	}
	readers["found"] = func(c *syntax.Cursor) { e.Found = l.finding(c); e.Qualifier = c.OptString() }
	readers["differs"] = func(c *syntax.Cursor) { e.Differs = l.finding(c); e.Because = text(c) }
	l.lines(c.Stmt, readers)
	l.whole(e, at)
	before := k.Course.Entries[:len(k.Course.Entries)-1]
	l.later = append(l.later, func() { l.inTime(k, e, before, at) })
}

// claimed reads `claimed TRIPLE.2, TRIPLE.3 toward DEU, AUH`, or `claimed none
// toward SRB` where a state acts for another without an article.
func (l *loader) claimed(c *syntax.Cursor, e *Entry) {
	if !c.Word("none") {
		e.Claimed = append(e.Claimed, l.address(c, nil))
		for c.Take(",") {
			e.Claimed = append(e.Claimed, l.address(c, nil))
		}
	}
	if c.Word("toward") {
		for _, n := range c.Names("a state") {
			l.state(n, c.Stmt)
			e.Toward = append(e.Toward, n.Text)
		}
	}
}

// finding takes the longest word of Findings that comes next.
func (l *loader) finding(c *syntax.Cursor) string {
	best := ""
	for _, f := range Findings {
		if len(f) > len(best) && spells(c, strings.Fields(f)) {
			best = f
		}
	}
	if best == "" {
		name := ""
		for i := 0; c.PeekAt(i).Kind == syntax.Name; i++ {
			name = strings.TrimSpace(name + " " + c.PeekAt(i).Text)
		}
		hint := source.DidYouMean(name, Findings)
		if hint == "" {
			hint = "one of " + strings.Join(Findings, ", ")
		}
		c.Fail(c.Peek(), "unknown finding"+found(c.Peek()), hint)
		return ""
	}
	c.Word(strings.Fields(best)...)
	return best
}

// entryTokens is where an entry names its states and its day.
type entryTokens struct {
	stmt         *syntax.Stmt
	title        syntax.Token
	by, on, date syntax.Token
	byAt, onAt   *syntax.Stmt
	dateAt       *syntax.Stmt
}

// named notes the words of a line that name the states and the day.
func (at *entryTokens) named(s *syntax.Stmt, ev EventSpec) {
	for _, t := range s.Head {
		switch {
		case t.Kind == syntax.Date && ev.HasDate:
			at.date, at.dateAt = t, s
		case t.Kind == syntax.Name && t.Text == ev.By && at.byAt == nil:
			at.by, at.byAt = t, s
		case t.Kind == syntax.Name && t.Text == ev.On && at.onAt == nil:
			at.on, at.onAt = t, s
		}
	}
}

// whole reports what an entry lacks.
func (l *loader) whole(e *Entry, at *entryTokens) {
	lacks := func(msg, hint string) { l.fail(at.title, at.stmt, e.Kind.String()+" "+msg, hint) }
	switch {
	case e.Kind == Deed && !says(at.stmt, "event"):
		lacks("without an event", "event declaration of war by … on …, on YYYY-MM-DD")
	case e.Event.By == "":
		lacks("by nobody", "say by STATE")
	case !e.Event.HasDate:
		lacks("without a day", "say on YYYY-MM-DD")
	case e.Kind == Abstention && len(e.Claimed) == 0:
		lacks("of which nothing was claimed", "claimed ARTICLE toward STATE, or waived ARTICLE toward STATE")
	case e.Kind == Departure && e.Leaves == "":
		lacks("from nothing", "leaves INSTRUMENT")
	}
	if e.Event.By != "" && e.Event.By == e.Event.On {
		l.fail(at.by, at.byAt, e.Event.By+" would act on itself", "")
	}
	if e.Differs != "" && e.Found == "" {
		lacks("that differs from no finding", "add found …, what the record says")
	}
}

// inTime reports an entry out of order, before its case, or of a state that
// was none on the day.
func (l *loader) inTime(k *Case, e *Entry, before []*Entry, at *entryTokens) {
	if !e.Event.HasDate || at.dateAt == nil {
		return
	}
	day := e.Event.Date
	if day < k.Date {
		l.fail(at.date, at.dateAt, e.Kind.String()+" of "+day.String()+" before the day of the case, "+k.Date.String(), "the case begins with its first deed")
	} else if n := len(before); n > 0 && before[n-1].Event.HasDate && day < before[n-1].Event.Date {
		l.fail(at.date, at.dateAt, "out of order: "+day.String()+" after an entry of "+before[n-1].Event.Date.String(), "a course goes forward in time")
	}
	l.wasMember(at.by, at.byAt, day)
	l.wasMember(at.on, at.onAt, day)
}

// wasMember warns of a state that neither list of the state system has on the
// day. Past what the lists cover they say nothing, and so does this.
func (l *loader) wasMember(t syntax.Token, in *syntax.Stmt, day data.Day) {
	states := l.m.States
	if _, known := states.ByID(t.Text); !known || in == nil {
		return
	}
	said := false
	for _, scheme := range []string{data.Member, data.GWMember} {
		if _, moved := states.Clamp(scheme, day); moved {
			continue
		}
		if said = true; states.In(scheme, t.Text, day) {
			return
		}
	}
	if said {
		l.warn(t, in, states.Name(t.Text, day)+" ("+t.Text+") was no member of the state system on "+day.String(), "")
	}
}

// caseName takes the name of a case, which may be a number: case 1914.
func caseName(c *syntax.Cursor) (syntax.Token, bool) {
	if t := c.Peek(); t.Kind == syntax.Number {
		if !isYear(t.Text) {
			c.Fail(t, "a case is called by a name or a whole number, found "+strconv.Quote(t.Text), "")
			return t, false
		}
		return c.Next(), true
	}
	return c.Name("the name of a case")
}

func isYear(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
