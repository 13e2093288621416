package model

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
)

// loader reads statements into a Model. Every reader takes one statement,
// reports what is wrong with it, and lets the others go on.
type loader struct {
	m           *Model
	problems    source.Problems
	declared    map[string]source.Pos // kind and name → where
	blocks      map[*syntax.Stmt]bool // whose block has been read
	likes       map[*Instrument]*like
	roleAt      map[*Case]map[string]syntax.Token
	outsiders   map[outsider]bool       // roles that are meant to be played by others than their like
	ties        map[*View]place         // the last correlation of each
	based       map[string]*Assumption  // the first of each base name
	later       []func()                // what can be resolved only when all names are known
	codes       []span                  // of other lists
	words       map[*syntax.Expr]string // of the condition being read, see wordsOf
	faulty      map[string]bool         // measures whose own line could not be read
	unknownAt   map[source.Pos]bool     // names that were told to be unknown
	looked      map[*Crisis]bool        // for facts that nothing reads
	factsTold   map[*Crisis]bool        // of which it was said that no text asks for them
	factReaders map[string][]string     // see Model.FactReaders
	miscast     map[*Case]bool          // cases of which a line that casts could not be read
	shortAt     map[*Option]source.Pos
	strayed     map[source.Pos]strays
	unstated    map[string]bool // assumptions whose distribution could not be read
	shelf       Shelf
}

// Shelf names what files may use and need not have among their trees: NAT is an
// "instrument", ukraine a "case".
type Shelf map[string]string

// span is a stretch of a file, so many bytes long.
type span struct {
	pos  source.Pos
	long int
}

// Load builds a model from syntax trees and the table of states. The model is
// whole even where problems are reported; do not run it when problems hold
// errors. What a name on the shelf stands for is used in hints, and to tell a case that
// is elsewhere from one that is nowhere; nil where that is not known.
func Load(trees []*syntax.Tree, states *data.States, shelf Shelf) (*Model, source.Problems) {
	l := &loader{shelf: shelf, declared: map[string]source.Pos{}, blocks: map[*syntax.Stmt]bool{}, likes: map[*Instrument]*like{}, roleAt: map[*Case]map[string]syntax.Token{}, outsiders: map[outsider]bool{}, ties: map[*View]place{}, based: map[string]*Assumption{}, faulty: map[string]bool{}, unknownAt: map[source.Pos]bool{}, looked: map[*Crisis]bool{}, factsTold: map[*Crisis]bool{}, miscast: map[*Case]bool{}, shortAt: map[*Option]source.Pos{}, strayed: map[source.Pos]strays{}, unstated: map[string]bool{}, m: &Model{
		Trees: trees, States: states,
		Sources: map[string]*Source{}, Duties: map[string]*Duty{}, Events: map[string]*EventKind{},
		Facts: map[string]*LegalFact{}, Groups: map[string]*Group{}, Areas: map[string]*Area{},
		instruments: map[string]*Instrument{}, articles: map[string]*Article{}, options: map[string]*Option{},
		views: map[string]*View{}, crises: map[string]*Crisis{}, assumptions: map[string]*Assumption{}, cases: map[string]*Case{}, questions: map[string]*Question{},
		words: map[*syntax.Stmt][]string{},
	}}
	for _, t := range trees {
		l.m.Files = append(l.m.Files, t.File)
	}
	l.pass(func(word string) bool { return vocabulary[word] })
	l.pass(func(word string) bool { return !vocabulary[word] && word != "restate" })
	l.pass(func(word string) bool { return word == "restate" }) // after what it speaks of
	for _, in := range l.m.Instruments {                        // first: others may refer to what is taken over
		l.settle(in)
	}
	for i := 0; i < len(l.later); i++ { // later work may add later work
		l.later[i]()
	}
	l.m.inOrder()
	l.m.eras()
	l.m.kinships()
	l.m.excusesOfAll()
	l.check()
	return l.m, l.outsideCodes().Sort()
}

// outsideCodes leaves out the mistakes that lie within a code of another list: that one
// is told already, and the sign in it is no second one.
func (l *loader) outsideCodes() source.Problems {
	return slices.DeleteFunc(l.problems, func(p source.Problem) bool {
		return slices.ContainsFunc(l.codes, func(c span) bool {
			return p.Pos.File == c.pos.File && p.Pos.Offset > c.pos.Offset && p.Pos.Offset < c.pos.Offset+c.long
		})
	})
}

// topLevel maps the leading word of a statement to its reader. It is filled in
// init because the readers refer back to it for their messages.
var topLevel map[string]func(*loader, *syntax.Cursor)

func init() {
	topLevel = map[string]func(*loader, *syntax.Cursor){
		"use":        func(_ *loader, c *syntax.Cursor) { skip(c) }, // read by package catalog
		"source":     (*loader).source,
		"duty":       (*loader).duty,
		"event":      (*loader).event,
		"fact":       (*loader).legalFact,
		"group":      (*loader).group,
		"area":       (*loader).area,
		"place":      (*loader).area,
		"question":   (*loader).question,
		"instrument": (*loader).instrument,
		"example":    (*loader).example,
		"view":       (*loader).view,
		"assume":     (*loader).assume,
		"restate":    (*loader).restate,
		"crisis":     (*loader).crisis,
		"option":     (*loader).option,
		"case":       (*loader).case_,
		"claim":      (*loader).claim,
	}
}

// vocabulary is read first: conditions of law are read in its words.
var vocabulary = map[string]bool{"source": true, "duty": true, "event": true, "fact": true, "group": true, "area": true, "place": true, "question": true}

func (l *loader) pass(wanted func(word string) bool) {
	for _, t := range l.m.Trees {
		for _, s := range t.Stmts {
			if wanted(s.Word()) {
				l.topLevel(s)
			}
		}
	}
}

func skip(c *syntax.Cursor) {
	for !c.Done() {
		c.Next()
	}
}

func (l *loader) topLevel(s *syntax.Stmt) {
	c := syntax.NewCursor(s, &l.problems)
	read := topLevel[s.Word()]
	if s.Word() == "{" { // reported by the parser
		return
	}
	if read == nil {
		c.Fail(c.Peek(), "unknown statement "+strconv.Quote(s.Word()), near(l, s.Word(), topLevel))
		return
	}
	c.Next()
	read(l, c)
	l.blockRead(c)
}

// Strange gives the mistakes of statements that the language does not have, each once: a
// table read as a model file has one in every line.
func Strange(t *syntax.Tree) source.Problems {
	l := &loader{}
	for _, s := range t.Stmts {
		if topLevel[s.Word()] == nil {
			l.topLevel(s)
		}
	}
	return l.problems
}

// blockRead reports a block that nothing has read.
func (l *loader) blockRead(c *syntax.Cursor) {
	if c.Stmt.HasEnd && !l.blocks[c.Stmt] && !c.Failed() {
		c.Fail(c.Stmt.Open, strconv.Quote(c.Stmt.Word())+" takes no block here", "")
	}
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

// lines reads the statements of a block, each by the reader of its first word.
func (l *loader) lines(s *syntax.Stmt, readers map[string]func(*syntax.Cursor)) {
	l.blocks[s] = true
	if yours(s) {
		l.m.words[s] = keys(readers)
	}
	for _, line := range s.Body {
		c := syntax.NewCursor(line, &l.problems)
		read := readers[line.Word()]
		if line.Word() == "{" { // reported by the parser
			continue
		}
		if read == nil {
			c.Fail(c.Peek(), "unknown word "+strconv.Quote(line.Word())+" here", near(l, line.Word(), readers))
			continue
		}
		c.Next()
		read(c)
		if !c.Failed() {
			c.End()
		}
		l.blockRead(c)
	}
}

// declare notes that a name is taken, or reports the one that took it.
func (l *loader) declare(c *syntax.Cursor, kind string, t syntax.Token, name string) bool {
	key := kind + " " + name
	if kind == "name" && l.m.States != nil {
		if _, taken := l.m.States.ByID(name); taken {
			c.Fail(t, "the name "+name+" is that of a state", "take another: a state's code stands for the state and for its territory")
			return false
		}
	}
	if first, taken := l.declared[key]; taken {
		c.Fail(t, kind+" "+name+" is defined twice", "first at "+first.String())
		return false
	}
	l.declared[key] = t.Pos
	l.m.names = append(l.m.names, named(kind, name, t, c.Stmt))
	return true
}

func (l *loader) fail(t syntax.Token, in *syntax.Stmt, msg, hint string) {
	l.problem(t, in, msg, hint, false)
}

// near is the hint of the name that was meant. Once no more problems are kept it is
// not looked for: looking takes longer than reading.
func near[V any](l *loader, word string, known map[string]V) string {
	if len(l.problems) > source.MaxProblems {
		return ""
	}
	name, what := word, ""
	switch any(known).(type) {
	case map[string]*Instrument:
		what = "instrument"
	case map[string]*Article:
		name, _, _ = strings.Cut(word, ".")
		if what = "instrument"; l.m.instruments[name] != nil {
			what = ""
		}
	case map[string]*Option:
		what = "option"
	case map[string]*View:
		what = "view"
	case map[string]*Crisis:
		what = "crisis"
	case map[string]*Case:
		what = "case"
	}
	if what != "" && l.shelf[name] == what {
		return "it ships with casus: add use " + name
	}
	return source.DidYouMean(word, keys(known))
}

func (l *loader) warn(t syntax.Token, in *syntax.Stmt, msg, hint string) {
	l.problem(t, in, msg, hint, true)
}

func (l *loader) problem(t syntax.Token, in *syntax.Stmt, msg, hint string, warning bool) {
	if t.Pos.IsZero() { // a word that was not there: reported by its reader
		return
	}
	if !in.HasEnd {
		in = in.Parent
	}
	l.problems.Add(source.Problem{Pos: t.Pos, Len: max(1, len([]rune(t.Text))), Msg: msg, Hint: hint, Heading: in.Heading(), Warning: warning})
}

// day reads a date, which must be one of the calendar.
func (l *loader) day(c *syntax.Cursor, what string) (data.Day, bool) {
	t, ok := c.Date(what)
	if !ok {
		return 0, false
	}
	d, err := data.ParseDay(t.Text)
	if err != nil {
		c.Fail(t, err.Error(), "")
		return 0, false
	}
	return d, true
}

func (l *loader) source(c *syntax.Cursor) {
	t := c.Peek()
	if t.Kind != syntax.Name && t.Kind != syntax.String {
		c.Fail(t, "expected the id of a source", "")
		return
	}
	c.Next()
	s := &Source{ID: t.Value, Title: c.OptString(), Grade: "-", Status: "memory", Pos: t.Pos}
	if !l.declare(c, "source", t, s.ID) {
		return
	}
	l.m.Sources[s.ID] = s
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"grade":  func(c *syntax.Cursor) { s.Grade = sourceGrade(c) },
		"status": func(c *syntax.Cursor) { s.Status = sourceStatus(c) },
		"address": func(c *syntax.Cursor) {
			t, _ := c.String("an address in quotes")
			s.Address = t.Value
		},
	})
	l.once(c.Stmt, "grade", "status", "address")
	c.End()
}

// sourceGrade reads a letter for how near a source is to what it tells of, or a dash.
func sourceGrade(c *syntax.Cursor) string {
	t := c.Next()
	if !contains([]string{"A", "B", "C", "-"}, t.Value) {
		c.Fail(t, "grade is A, B, C or -"+found(t), "A: primary text, official page or the study itself; B: agency, think tank or known newspaper; C: low; -: none")
	}
	return t.Value
}

// sourceStatus reads how sure it is that a source says what it is cited for: one of the
// words, or in quotes what of it was seen, as the shipped sources have it.
func sourceStatus(c *syntax.Cursor) string {
	if t := c.Peek(); t.Kind == syntax.String || c.Word("coded") || c.Word("V") || c.Word("M") {
		if t.Kind == syntax.String {
			c.Next()
		}
		return t.Value
	}
	return statusWords(c)
}

func (l *loader) duty(c *syntax.Cursor) {
	t, ok := c.Name("a class of duty")
	if !ok || !l.declare(c, "duty", t, t.Text) {
		return
	}
	d := &Duty{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Duties[d.Name] = d
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"strength": func(c *syntax.Cursor) { d.Strength, _ = c.Number("a number") },
		"force": func(c *syntax.Cursor) {
			w := c.Peek()
			switch {
			case c.Word("none"):
				d.Force = NoForce
			case c.Word("may"):
				d.Force = MayForce
			case c.Word("must"):
				d.Force = MustForce
			default:
				c.Fail(w, "force is none, may or must", "")
			}
		},
		"bars": func(c *syntax.Cursor) { d.Bars = c.Expect("force") },
	})
	c.End()
}

// words joins bare names up to a mark, a text or one of the stop words.
func words(c *syntax.Cursor, stops ...string) (string, syntax.Token) {
	first := c.Peek()
	var out []string
	for c.Peek().Kind == syntax.Name && !contains(stops, c.Peek().Text) {
		out = append(out, c.Next().Text)
	}
	return strings.Join(out, " "), first
}

func contains(xs []string, x string) bool {
	for _, y := range xs {
		if x == y {
			return true
		}
	}
	return false
}

func (l *loader) event(c *syntax.Cursor) {
	name, t := words(c, "is", "may")
	if name == "" {
		c.Fail(t, "expected the name of a kind of event", "")
		return
	}
	if !l.declare(c, "event", t, name) {
		return
	}
	e := &EventKind{Name: name, Pos: t.Pos}
	l.m.Events[name] = e
	l.m.kindWords = max(l.m.kindWords, strings.Count(name, " ")+1)
	if c.Word("is") {
		for {
			if c.Peek().Is("may") { // after the comma
				break
			}
			is, at := words(c, "may")
			if is == "" {
				c.Fail(at, "expected a kind of event"+found(at), "")
				return
			}
			e.Is = append(e.Is, is)
			l.later = append(l.later, func() {
				if l.m.Events[is] == nil {
					l.fail(at, c.Stmt, "unknown kind of event "+strconv.Quote(is), near(l, is, l.m.Events))
				} else if l.m.isKind(is, name) {
					l.fail(at, c.Stmt, "event "+name+" would be a kind of itself", "")
					e.Is = nil
				}
			})
			if !c.Take(",") {
				break
			}
		}
	}
	for c.Word("may", "be") && !c.Failed() {
		l.threshold(c, e)
		c.Take(",")
	}
	if c.Stmt.HasEnd && len(e.May) == 0 {
		l.lines(c.Stmt, map[string]func(*syntax.Cursor){
			"unless": func(c *syntax.Cursor) { l.excuseLine(c, e) },
			"by":     func(c *syntax.Cursor) { l.noStateLine(c, e) },
		})
		l.once(c.Stmt, "by")
	}
	c.End()
}

func (l *loader) legalFact(c *syntax.Cursor) {
	t, ok := c.Name("the name of a fact")
	if !ok || !l.declare(c, "fact", t, t.Text) {
		return
	}
	f := &LegalFact{Name: t.Text, Pos: t.Pos}
	if c.Take("(") {
		letters := c.Names("a letter for a state")
		for i, letter := range letters {
			if slices.ContainsFunc(letters[:i], func(t syntax.Token) bool { return t.Text == letter.Text }) {
				c.Report(letter, "the letter "+letter.Text+" stands for two states", "a letter for each, such as fact at_war(A, B)")
			}
		}
		f.Arity = len(letters)
		c.Expect(")")
	} else {
		f.PerInstrument = c.Word("per", "instrument")
	}
	if word := c.Peek(); c.Word("symmetric") {
		if f.Symmetric = f.Arity == 2; !f.Symmetric {
			c.Fail(word, "fact "+f.Name+" relates "+finding.Count(f.Arity, "state")+"; only one of 2 can be symmetric", "such as fact at_war(A, B) symmetric")
		}
	}
	f.Told = c.Word("told")
	f.Title = c.OptString()
	l.m.Facts[f.Name] = f
	c.End()
}

func (l *loader) group(c *syntax.Cursor) {
	t, ok := c.Name("the name of a group")
	if !ok || !l.declare(c, "name", t, t.Text) {
		return
	}
	g := &Group{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Groups[g.Name] = g
	l.lines(c.Stmt, map[string]func(*syntax.Cursor){
		"member": func(c *syntax.Cursor) { g.Members = append(g.Members, l.members(c, g.Name)...) },
		"acts": func(c *syntax.Cursor) {
			c.Expect("as")
			c.Expect("one")
			g.Acts = true
		},
	})
	c.End()
}

// members reads dated memberships: "A, B signed DATE from DATE until DATE status
// memory note "…"".
func (l *loader) members(c *syntax.Cursor, set string) []Membership {
	names := c.Names("a state")
	var ms Membership
	doubt, title := "", ""
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("from"):
			ms.From, _ = l.day(c, "the first day")
		case c.Word("until"):
			ms.Until, ms.HasUntil = l.day(c, "the day it ended")
		case c.Word("signed"):
			ms.Signed, ms.HasSigned = l.day(c, "the day of signature")
		case c.Word("status"):
			ms.Status = statusWords(c)
		case c.Word("note"):
			t, _ := c.String("a remark in quotes")
			ms.Why = t.Value
		case c.Word("source"):
			ms.Sources = l.sourceIDs(c)
		case c.Word("contested"):
			doubt, title = "contested", c.OptString()
		case c.Word("unknown"):
			doubt, title = "unknown", c.OptString()
		case c.Take(","):
		default:
			c.End()
		}
	}
	var out []Membership
	for _, n := range names {
		l.state(n, c.Stmt)
		m := ms
		m.State, m.Pos = n.Text, n.Pos
		if m.HasUntil && m.Until <= m.From {
			l.fail(n, c.Stmt, "membership of "+n.Text+" ends before it begins", "")
		}
		out = append(out, m)
	}
	if doubt != "" {
		l.standings(c, out, set, doubt, title)
	}
	return out
}

// state checks that a name is a state, once all are known.
func (l *loader) state(t syntax.Token, in *syntax.Stmt) { l.stateElse(t, in, "") }

// stateElse is state with the hint for a name that is near none.
func (l *loader) stateElse(t syntax.Token, in *syntax.Stmt, otherwise string) {
	if l.m.States == nil {
		return
	}
	if _, ok := l.m.States.ByID(t.Text); !ok {
		hint := ""
		if near := l.m.States.Suggest(t.Text); len(near) > 0 {
			hint = "did you mean " + near[0] + "?"
		}
		if code := l.codeOfList(t); code != "" {
			l.at(t.Pos, len(code), in.Heading(), code+" is a code of another list", l.stateWithCode(code))
			l.codes = append(l.codes, span{t.Pos, len(code)})
			return
		}
		l.fail(t, in, "unknown state "+strconv.Quote(t.Text), cmp.Or(hint, otherwise))
	}
}

// codeOfList is a code with its list as other programs write it, gw:365, where one
// begins; empty elsewhere.
func (l *loader) codeOfList(t syntax.Token) string {
	if !slices.Contains(l.m.States.Schemes(), strings.ToLower(t.Text)) || t.Pos.File == nil {
		return ""
	}
	code := listedCode.FindString(string(t.Pos.File.Text[t.End():min(t.End()+16, len(t.Pos.File.Text))]))
	if code == "" {
		return ""
	}
	return t.Text + code
}

var listedCode = regexp.MustCompile(`^:[A-Za-z0-9]+`)

// stateWithCode is the hint of the state that bears a code of another list, as of the
// last day of that list.
func (l *loader) stateWithCode(code string) string {
	scheme, value, _ := strings.Cut(code, ":")
	scheme = strings.ToLower(scheme)
	on, _ := l.m.States.Clamp(scheme, math.MaxInt32)
	if id, err := l.m.States.Resolve(scheme, value, on); err == nil {
		return "write " + id
	}
	return "write the code of casus, as casus states lists them"
}

// stateOr checks a state where one of some other names could stand too: what was meant
// may be one of those.
func (l *loader) stateOr(t syntax.Token, in *syntax.Stmt, words ...string) {
	if l.m.States == nil {
		return
	}
	if _, ok := l.m.States.ByID(t.Text); ok {
		return
	}
	if hint := source.DidYouMean(t.Text, words); hint != "" {
		l.fail(t, in, "unknown state "+strconv.Quote(t.Text), hint)
		return
	}
	l.stateElse(t, in, letterHint(t))
}

// letterHint is said of a word that is near no state where a letter could stand for one.
func letterHint(t syntax.Token) string {
	if len(t.Text) > 2 { // PX, P1, rather than a misspelt name
		return ""
	}
	return "a letter that stands for any state is one capital, such as P"
}

// sourceIDs reads ids and titles of sources: S01, "Fearon 1997".
func (l *loader) sourceIDs(c *syntax.Cursor) []string {
	var out []string
	for {
		t := c.Peek()
		if t.Kind != syntax.Name && t.Kind != syntax.String {
			c.Fail(t, "expected the id of a source", "such as S01 or \"Fearon 1997\"")
			return out
		}
		c.Next()
		out = append(out, t.Value)
		l.later = append(l.later, func() {
			if l.m.Sources[t.Value] == nil {
				l.fail(t, c.Stmt, "unknown source "+strconv.Quote(t.Value), near(l, t.Value, l.m.Sources))
			}
		})
		if !(c.Peek().Is(",") && (c.PeekAt(1).Kind == syntax.Name || c.PeekAt(1).Kind == syntax.String)) {
			return out
		}
		c.Next()
	}
}

func (l *loader) area(c *syntax.Cursor) {
	t, ok := c.Name("the name of a place")
	if !ok || !l.declare(c, "name", t, t.Text) {
		return
	}
	a := &Area{Name: t.Text, Title: c.OptString(), Pos: t.Pos}
	l.m.Areas[a.Name] = a
	for !c.Done() && !c.Failed() {
		switch {
		case c.Word("in"):
			l.heldIn(c, a)
		case c.Word("of"):
			l.holding(c, a)
		case c.Word("coast"):
			l.coast(c, a)
		default:
			c.End()
		}
	}
	if c.Stmt.HasEnd {
		l.lines(c.Stmt, map[string]func(*syntax.Cursor){
			"contested": func(c *syntax.Cursor) { l.contestedPlace(c, a) },
			"in":        func(c *syntax.Cursor) { l.heldIn(c, a) },
			"of":        func(c *syntax.Cursor) { l.holding(c, a) },
			"apart":     func(c *syntax.Cursor) { l.apartLine(c, a) },
			"coast":     func(c *syntax.Cursor) { l.coast(c, a) },
		})
	}
}

// heldIn reads what holds a place: `FRA until 1962-07-03`.
func (l *loader) heldIn(c *syntax.Cursor, a *Area) {
	names := c.Names("an area")
	days := l.heldDays(c)
	for _, n := range names {
		days.In = n.Text
		a.In = append(a.In, days)
		l.knownArea(n, c.Stmt)
	}
}

// holding reads what an area holds: `JPN, okinawa from 1972-05-15`.
func (l *loader) holding(c *syntax.Cursor, a *Area) {
	names := c.Names("an area")
	days := l.heldDays(c)
	days.In = a.Name
	for _, n := range names {
		l.knownArea(n, c.Stmt)
		l.later = append(l.later, func() {
			if l.m.isArea(n.Text) {
				l.putInto(n.Text, days)
			}
		})
	}
}

// coast reads on whose coasts a water lies: `IRN, OMN`.
func (l *loader) coast(c *syntax.Cursor, a *Area) {
	for _, n := range c.Names("a state or a place with a coast") {
		l.knownArea(n, c.Stmt)
		a.Coast = append(a.Coast, n.Text)
	}
}

// heldDays reads the days on which something holds a place; none: on all. What says
// so may follow: a text in quotes, sources, a status, a remark.
func (l *loader) heldDays(c *syntax.Cursor) Held {
	var h Held
	at := c.Peek()
	for more := true; more && !c.Done() && !c.Failed(); {
		switch {
		case c.Word("from"):
			h.From, h.HasFrom = l.day(c, "the first day")
		case c.Word("until"):
			h.Until, h.HasUntil = l.day(c, "the day it ended")
		case c.Word("by"):
			h.By = text(c)
		case c.Word("source"):
			h.Sources = append(h.Sources, l.sourceIDs(c)...)
		case c.Word("status"):
			h.Status = statusWords(c)
		case c.Word("note"):
			h.Notes = append(h.Notes, text(c))
		default:
			more = false
		}
	}
	if h.HasFrom && h.HasUntil && h.Until <= h.From && !c.Failed() {
		c.Fail(at, "it would end before it begins", "until is the first day on which it no longer is so")
	}
	return h
}

// putInto adds an area to a larger one; a state's own territory may have to be
// made first.
func (l *loader) putInto(inner string, outer Held) {
	a := l.m.Areas[inner]
	if a == nil {
		a = &Area{Name: inner}
		l.m.Areas[inner] = a
	}
	a.In = append(a.In, outer)
}

func (l *loader) knownArea(t syntax.Token, in *syntax.Stmt) {
	look := func() {
		if !l.m.isArea(t.Text) {
			l.fail(t, in, "unknown place "+strconv.Quote(t.Text), near(l, t.Text, l.m.Areas))
		}
	}
	l.later = append(l.later, func() { l.later = append(l.later, look) }) // when all that is held has its place
}

// isArea reports whether a name is a declared area, a state's territory, or
// the home part of it.
func (m *Model) isArea(name string) bool {
	if m.Areas[name] != nil {
		return true
	}
	base := strings.TrimSuffix(name, ".home")
	_, ok := m.States.ByID(base)
	return ok || m.Groups[base] != nil && m.Groups[base].Acts
}

// IsArea reports whether a name is a known place.
func (m *Model) IsArea(name string) bool { return m.isArea(name) }

// AreaNames lists the declared places, unsorted.
func (m *Model) AreaNames() []string { return keys(m.Areas) }
