package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law"
	"casus/model"
)

// WhyVersion is the version of the JSON form of Why. Fields may be added under
// the same version; a change of meaning makes a new one.
const WhyVersion = 1

// Why is what the law answers to one event: the question as understood, and
// one answer for each article, debtor and duty. Its JSON form is versioned,
// complete, and in a fixed order: two equal questions have equal bytes. No
// list in it is null.
type Why struct {
	Version  int           `json:"version"`
	Query    LegalQuery    `json:"query"`
	Warnings []string      `json:"warnings"` // what is odd about the question: a state that did not exist
	Notes    []string      `json:"notes"`    // what every answer here rests on
	Facts    []LegalFact   `json:"facts"`    // the facts that were given or that an answer depends on
	Sources  []LegalSource `json:"sources"`  // those that the answers cite
	Answers  []LegalAnswer `json:"answers"`
	Read     LegalRead     `json:"read"`     // what was read to say so
	LeftOut  []string      `json:"left_out"` // instruments that had ended or were not there yet: the text shows them only with full

	states    []string          // the members of the state system on the day
	footnotes map[string]string // the mark of an article; nil: no footnotes were asked for
	footnoted []string          // in the order of their marks
}

// LegalRead is how much was read: instruments in force, and their articles.
type LegalRead struct {
	Instruments int `json:"instruments"`
	Articles    int `json:"articles"`
}

// LegalQuery is the event asked about. An empty string is "not known".
type LegalQuery struct {
	Kind      string            `json:"kind"`
	By        string            `json:"by"`       // id of a state
	AlsoBy    []string          `json:"also_by"`  // further attackers of one deed
	NoState   string            `json:"no_state"` // the attacker, where it is no state
	ByName    string            `json:"by_name"`
	On        string            `json:"on"`
	AlsoOn    []string          `json:"also_on"` // further victims
	OnName    string            `json:"on_name"`
	Object    string            `json:"object"`
	Place     string            `json:"place"`
	PlaceName string            `json:"place_name"`
	Date      string            `json:"date"`     // 2026-02-01
	Facts     map[string]string `json:"facts"`    // fact → yes or no
	Readings  map[string]string `json:"readings"` // article → the reading chosen
	Options   []string          `json:"options"`  // the packages that change the law of the day
	Full      bool              `json:"full"`     // whether articles that do not speak of the victim are in
}

// LegalFact is a fact of law in words: name as the model writes it.
type LegalFact struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// LegalSource is a source that an answer cites.
type LegalSource struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Grade   string `json:"grade"`
	Status  string `json:"status"`
	Address string `json:"address"`
}

// LegalAnswer is what one article says between one debtor and one creditor.
type LegalAnswer struct {
	Article         string         `json:"article"` // address: NAT.5
	Title           string         `json:"title"`
	Instrument      string         `json:"instrument"`
	InstrumentTitle string         `json:"instrument_title"`
	Debtor          string         `json:"debtor"`
	Creditor        string         `json:"creditor"`
	Against         string         `json:"against"` // of several attackers the one meant, where the answer is not the same
	Verb            string         `json:"verb"`    // owes, may, reserves, breaches
	Class           string         `json:"class"`   // ASSIST_AS_DEEMED; empty for a breach
	ClassTitle      string         `json:"class_title"`
	Status          string         `json:"status"`  // owed, not owed, dormant, depends, contested, right, breached
	Because         []string       `json:"because"` // addresses of the articles that decide
	Why             string         `json:"why"`     // the deciding condition in words; empty where the rule simply holds
	Rule            string         `json:"rule"`    // the article's own condition, as the model writes it
	Manner          []string       `json:"manner"`  // who decides, on whose request
	Direction       string         `json:"direction"`
	Caveats         []string       `json:"caveats"`
	Deciders        []law.Decider  `json:"deciders"` // of depends: the smallest sets of facts that settle it
	Readings        []LegalReading `json:"readings"` // who says what, where the answer turns on a reading
	Practice        []LegalCase    `json:"practice"` // precedents of what is in doubt
	Sources         []string       `json:"sources"`
	Notes           []string       `json:"notes"`       // remarks on the article: practice, and what its text says beside
	Remarks         []string       `json:"remarks"`     // on the instrument
	PartyNotes      []string       `json:"party_notes"` // on debtor and creditor as parties: a reservation, a freeze, a late entry
	InForce         bool           `json:"in_force"`    // the instrument, on the day
	Closeness       int            `json:"closeness"`   // the article names the victim (0), parties of which it is one (1), anybody (2)
	Relevant        bool           `json:"relevant"`    // the article speaks of this victim
	Trace           *law.Node      `json:"trace"`       // with full whole, else only the steps that decide

	strength float64
	hidden   bool // of an instrument that had ended or was not there yet
}

// LegalReading is one way to read what is in doubt, who reads it so, and what
// would follow. Question is empty where it is a reading of the article itself.
type LegalReading struct {
	Question string   `json:"question"` // the name by which --reading chooses it
	Asks     string   `json:"asks"`     // the question in words
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	By       string   `json:"by"`   // empty: the holder is not named
	Then     string   `json:"then"` // "owed"; "owed or depends" where another reading decides
	Fact     string   `json:"fact"` // the condition that decides under this reading; empty: none
	Sources  []string `json:"sources"`
	Status   string   `json:"status"`
}

// LegalCase is a precedent: for that very event the question was answered.
type LegalCase struct {
	Question string   `json:"question"`
	Date     string   `json:"date"`
	Title    string   `json:"title"`
	By       string   `json:"by"`
	Says     string   `json:"says"`    // yes or no
	Decides  bool     `json:"decides"` // it is of the event asked about
	Sources  []string `json:"sources"`
	Status   string   `json:"status"`
}

// NewWhy asks a book of law about an event. Options names the packages that
// the book was compiled with. Full keeps the articles that do not speak of the
// victim, and those not owed under what is not in force anyway.
func NewWhy(b *law.Book, ev law.Event, options []string, full bool) *Why {
	m, q := b.Model, newQuery(b, ev, options, full)
	w := &Why{Version: WhyVersion, Query: q, Warnings: []string{}, Notes: []string{}, Answers: []LegalAnswer{}, LeftOut: []string{}, states: b.States()}
	for _, a := range b.Answers(ev, full) {
		if full || a.Status != law.NotOwed || b.InForce(a.Article.Instrument.ID) {
			w.Answers = append(w.Answers, w.answer(b, a, full))
		}
	}
	w.Read.Instruments, w.Read.Articles = b.Read()
	w.Facts, w.Sources = w.factsIn(m), w.sourcesIn(m)
	return w
}

// newQuery is the question as understood.
func newQuery(b *law.Book, ev law.Event, options []string, full bool) LegalQuery {
	m := b.Model
	q := LegalQuery{Kind: ev.Kind, By: ev.By, AlsoBy: append([]string{}, ev.AlsoBy...), NoState: ev.NoState, On: ev.On, AlsoOn: append([]string{}, ev.AlsoOn...), Object: ev.Object, Place: ev.Place, Date: b.Day.String(),
		ByName: m.States.Name(ev.By, b.Day), OnName: m.States.Name(ev.On, b.Day), PlaceName: placeName(b, ev.Place),
		Facts: map[string]string{}, Readings: map[string]string{}, Options: append([]string{}, options...), Full: full}
	for name, v := range ev.Facts {
		if v != law.Unknown {
			q.Facts[name] = v.String()
		}
	}
	for article, reading := range ev.Readings {
		q.Readings[article] = reading
	}
	return q
}

func placeName(b *law.Book, place string) string {
	if a := b.Model.Areas[place]; a != nil && a.Title != "" {
		return a.Title
	}
	return b.Model.States.Name(strings.TrimSuffix(place, ".home"), b.Day)
}

func newLegalAnswer(a law.Answer, whole bool) LegalAnswer {
	trace := a.Trace()
	if !whole {
		trace = trace.Deciding()
	}
	out := LegalAnswer{
		Article: a.Article.Address, Title: a.Article.Title, Instrument: a.Article.Instrument.ID, InstrumentTitle: a.Article.Instrument.Title,
		Debtor: a.Debtor, Creditor: a.Creditor, Against: a.Against, Verb: verbs[a.Verb], Status: a.Status.String(),
		Because: full(a.Because), Why: a.Why, Rule: ruleWords(a), Manner: full(a.Manner), Direction: a.Direction(), Caveats: full(a.Caveats()),
		Deciders: full(a.Deciders), Readings: readings(a), Practice: practice(a), Sources: full(sourcesOf(a.Article)), Relevant: a.Relevant, Trace: trace,
		Notes: full(a.Article.Notes), Remarks: full(a.Article.Instrument.Notes), PartyNotes: []string{},
	}
	if a.Class != nil {
		out.Class, out.ClassTitle, out.strength = a.Class.Name, a.Class.Title, a.Class.Strength
	}
	return out
}

var verbs = map[model.Verb]string{model.Owes: "owes", model.May: "may", model.Breaches: "breaches", model.Reserves: "reserves"}

// full is a copy of a list that is never nil.
func full[T any](list []T) []T { return append([]T{}, list...) }

func sourcesOf(a *model.Article) []string {
	if len(a.Sources) > 0 {
		return a.Sources
	}
	return a.Instrument.Sources
}

// ruleWords is the article's own condition.
func ruleWords(a law.Answer) string {
	if a.Rule == nil {
		return ""
	}
	return a.Rule.When
}

func readings(a law.Answer) []LegalReading {
	out := []LegalReading{}
	for _, v := range a.Views {
		out = append(out, LegalReading{Question: v.Question, Asks: v.Asks, Name: v.Reading, Title: v.Title, By: v.By, Then: v.Then, Fact: v.On, Sources: full(v.Sources), Status: v.Status})
	}
	return out
}

func practice(a law.Answer) []LegalCase {
	out := []LegalCase{}
	for _, x := range a.Practice {
		p := x.Precedent
		out = append(out, LegalCase{Question: x.Question, Date: p.Day.String(), Title: p.Title, By: p.By, Says: law.Of(p.Says).String(), Decides: x.Decides, Sources: full(p.Sources), Status: p.Status})
	}
	return out
}

// factsIn lists the facts that were given or that answers depend on, by name.
func (w *Why) factsIn(m *model.Model) []LegalFact {
	named := map[string]bool{}
	note := func(s string) {
		name, _, _ := strings.Cut(s, " = ")
		name, _, _ = strings.Cut(name, "(")
		if m.Facts[name] != nil {
			named[name] = true
		}
	}
	for f := range w.Query.Facts {
		note(f)
	}
	for _, a := range w.Answers {
		for _, d := range a.Deciders {
			for _, f := range d.Facts {
				note(f)
			}
		}
	}
	out := []LegalFact{}
	for _, name := range sortedKeys(named) {
		out = append(out, LegalFact{Name: name, Title: m.Facts[name].Title})
	}
	return out
}

// sourcesIn lists the sources that answers and their traces cite, by id.
func (w *Why) sourcesIn(m *model.Model) []LegalSource {
	cited := map[string]bool{}
	var note func(n *law.Node)
	note = func(n *law.Node) {
		for _, id := range n.Sources {
			cited[id] = true
		}
		for _, ch := range n.Children {
			note(ch)
		}
	}
	for _, a := range w.Answers {
		for _, id := range a.Sources {
			cited[id] = true
		}
		for _, r := range a.Readings {
			for _, id := range r.Sources {
				cited[id] = true
			}
		}
		for _, x := range a.Practice {
			for _, id := range x.Sources {
				cited[id] = true
			}
		}
		note(a.Trace)
	}
	out := []LegalSource{}
	for _, id := range sortedKeys(cited) {
		if s := m.Sources[id]; s != nil {
			out = append(out, LegalSource{ID: id, Title: s.Title, Grade: s.Grade, Status: s.Status, Address: s.Address})
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// JSON writes the versioned form, indented by two blanks.
func (w *Why) JSON(out io.Writer) error {
	return writeJSON(out, w)
}

// Text writes the answers for a person to read: first a line for each article,
// then each with its reason. Of one status those in force come first, then those
// that name the victim, then the strongest class. Debtors with the same answer
// stand together. In a full answer each has its trace below.
func (w *Why) Text(out io.Writer, l Layout) error {
	p := newPage(l)
	w.header(p)
	w.summary(p)
	said := map[string]bool{}
	for _, part := range parts {
		w.part(p, part.status, part.gloss, said)
	}
	w.footer(p)
	return p.print(out)
}

var parts = []struct{ status, gloss string }{
	{"owed", "the duty holds"},
	{"contested", "authorities or clauses disagree"},
	{"depends", "turns on what was not given"},
	{"breached", "the deed breaks the article"},
	{"right", "may act, need not"},
	{"not owed", "and why not"},
	{"dormant", "not in force, or not active"},
}

func (w *Why) header(p *page) {
	q := w.Query
	p.line(0, 2, w.question())
	given := "Given: no further facts."
	if len(q.Facts) > 0 {
		given = "Given: " + strings.Join(pairs(q.Facts), "; ") + "."
	}
	p.line(0, 2, given+" What is not given counts as not known.")
	p.underLaw(q.Options, q.Readings, w.Warnings)
}

// question is the event in a sentence.
func (w *Why) question() string {
	q := w.Query
	by, on := stateWords(q.By, q.ByName, "an unnamed attacker"), stateWords(q.On, q.OnName, "an unnamed victim")
	if q.NoState != "" {
		by = q.NoState
		if by != model.NoState {
			by += ", no state,"
		}
	}
	for _, also := range q.AlsoBy {
		by += " and " + also
	}
	for _, also := range q.AlsoOn {
		on += " and " + also
	}
	return upperFirst(q.Kind) + " by " + by + " on " + on + ", " +
		objectWords(q.Object) + ", " + placeWords(q.Place, q.PlaceName) + ", on " + q.Date + "."
}

func pairs(m map[string]string) []string {
	out := []string{}
	for _, k := range sortedKeys(m) {
		out = append(out, k+" = "+m[k])
	}
	return out
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func stateWords(id, name, none string) string {
	switch {
	case id == "":
		return none
	case name == "":
		return id
	}
	return name + " (" + id + ")"
}

func objectWords(object string) string {
	if object == "" {
		return "on what is not given"
	}
	return "on its " + object
}

func placeWords(place, name string) string {
	switch {
	case place == "":
		return "where is not given"
	case name == "" || name == place:
		return "at " + place
	}
	return "at " + name + " (" + place + ")"
}

// group is the answers that differ only in their debtor, and in the path of
// their trace.
type group struct {
	LegalAnswer
	Debtors []string
}

// part prints the answers of one status.
func (w *Why) part(p *page, status, gloss string, said map[string]bool) {
	groups := w.groups(status)
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(strings.ToUpper(status), gloss)
	for i, g := range groups {
		if w.Query.Full && i > 0 {
			p.gap()
		}
		g.print(p, w, said)
		if w.Query.Full {
			p.trace(g.Trace, 8)
		}
	}
}

func (w *Why) groups(status string) []*group {
	var out []*group
	at := map[string]*group{}
	for _, a := range w.Answers {
		if a.Status != status || a.hidden && !w.Query.Full {
			continue
		}
		key := a.alike()
		g := at[key]
		if g == nil {
			g = &group{LegalAnswer: a}
			g.PartyNotes = nil
			at[key] = g
			out = append(out, g)
		}
		for _, n := range a.PartyNotes {
			g.PartyNotes = note(g.PartyNotes, n)
		}
		g.Debtors = append(g.Debtors, a.Debtor)
	}
	for _, g := range out {
		slices.Sort(g.Debtors)
		g.Debtors = slices.Compact(g.Debtors)
	}
	slices.SortStableFunc(out, func(a, b *group) int { return a.before(&b.LegalAnswer) })
	return out
}

// alike is the same for answers that a reader may take together.
func (a LegalAnswer) alike() string {
	a.Debtor, a.Trace, a.PartyNotes = "", nil, nil
	b, err := json.Marshal(a)
	if err != nil {
		panic(err) // strings and lists only
	}
	return string(b)
}

func (g *group) print(p *page, w *Why, said map[string]bool) {
	title := g.InstrumentTitle
	if g.Title != "" {
		title = g.Title + ", " + title
	}
	if mark := w.footnotes[g.Article]; mark != "" {
		title += " " + mark
	}
	p.entry(2, 4, g.Article, title)
	if what := g.what(); what != "" {
		p.line(6, 8, what)
	}
	p.line(6, 8, g.who(w))
	if s := g.because(); s != "" {
		p.line(6, 8, s)
	}
	asked := ""
	for _, r := range g.Readings {
		if r.Question != asked {
			asked = r.Question
			p.line(6, 8, "in doubt: "+r.Asks+" ("+r.Question+")")
		}
		by := r.By
		if by == "" && r.Question != "" {
			by = "holder not named"
		}
		then := r.Then
		if r.Fact != "" && strings.Contains(then, "depends") {
			then += " on " + r.Fact
		}
		p.line(6, 8, "read as "+r.Name+where(r.Title, by)+": "+then)
	}
	for _, x := range g.Practice {
		lead := "practice"
		if x.Decides {
			lead = "on record"
		}
		p.line(6, 8, lead+": "+x.Date+", "+x.By+": "+x.Title)
	}
	for _, d := range g.Deciders {
		if len(d.Facts) > 0 { // what a reading alone decides stands with the reading
			p.line(6, 8, g.deciderWords(d))
		}
	}
	if g.Status != "not owed" {
		if len(g.Manner) > 0 {
			p.line(6, 8, "how: "+strings.Join(g.Manner, "; "))
		}
	}
	if len(g.Caveats) > 0 {
		p.line(6, 8, "caution: "+strings.Join(g.Caveats, "; "))
	}
	for _, n := range g.remarks(said) {
		p.line(6, 8, "note: "+n)
	}
	if len(g.Sources) > 0 {
		p.line(6, 8, "sources: "+strings.Join(g.Sources, ", "))
	}
}

func where(title, by string) string {
	words := slices.DeleteFunc([]string{title, by}, func(s string) bool { return s == "" })
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, "; ") + ")"
}

// what is the class of duty and its direction.
func (g *group) what() string {
	if g.Class == "" {
		return ""
	}
	s := g.Class
	if g.ClassTitle != "" {
		s = g.ClassTitle + " (" + g.Class + ")"
	}
	switch {
	case g.Verb == "owes" && g.Direction == law.NotKnown:
		s += ", whether it runs both ways is not known"
	case g.Verb == "owes":
		s += ", " + g.Direction
	}
	return s
}

// mostListed is how many debtors are listed one by one unless all is asked for.
const mostListed = 40

// who is the debtors and the creditor.
func (g *group) who(w *Why) string {
	listed, n := g.Debtors, len(g.Debtors)
	if n > mostListed && !w.Query.Full {
		listed = slices.Concat(listed[:5], []string{"…"}, listed[n-2:], []string{"--full lists all"})
	}
	who := strings.Join(listed, ", ")
	if n > 1 {
		who = fmt.Sprintf("%d states: %s", n, who)
	}
	if !w.Query.Full && g.everyState(w) {
		who = fmt.Sprintf("every other state (%d)", n)
	}
	switch {
	case g.Verb == "reserves":
		return "kept by " + who + " against " + cmp.Or(g.Creditor, "an unnamed attacker")
	case g.Verb != "breaches" && g.Creditor != "":
		if g.Against != "" {
			return "to " + g.Creditor + ", against " + g.Against + ", by " + who
		}
		return "to " + w.toward(g.Creditor) + " by " + who
	}
	return "by " + who
}

// toward names to whom help is owed and, where that is not the victim, against
// whom.
func (w *Why) toward(creditor string) string {
	ev := law.Event{By: w.Query.By, On: w.Query.On, AlsoOn: w.Query.AlsoOn}
	if s := ev.Toward(creditor); s != creditor {
		return s + ","
	}
	return creditor
}

// everyState reports whether the debtors are all members of the state system
// but those in the event.
func (g *group) everyState(w *Why) bool {
	if len(g.Debtors) < 2 {
		return false
	}
	for _, s := range w.states {
		if s != w.Query.By && s != w.Query.On && s != g.Creditor && !slices.Contains(w.Query.AlsoBy, s) && !slices.Contains(g.Debtors, s) {
			return false
		}
	}
	return true
}

// because is the deciding articles and the deciding condition in words.
func (g *group) because() string {
	who := strings.Join(g.Because, ", ")
	switch {
	case len(g.Deciders) > 0 && g.Why == "":
		return ""
	case g.Why == "" && g.Rule == "":
		return "because of " + who
	case g.Why == "":
		return "because " + who + " applies: " + g.Rule
	case strings.HasPrefix(g.Why, "not met: "):
		return "because " + who + " asks for what is not so: " + strings.TrimPrefix(g.Why, "not met: ")
	case g.Status == "not owed" && strings.HasPrefix(g.Why, "when "):
		return "because " + who + " excludes it when: " + strings.TrimPrefix(g.Why, "when ")
	case g.Status == "not owed":
		return "because " + who + " excludes it: " + g.Why
	case g.Status == "contested" && len(g.Readings) > 0:
		return ""
	}
	return "because of " + who + ": " + g.Why
}

func (g *group) deciderWords(d law.Decider) string {
	words := "if " + strings.Join(d.Facts, " and ") + ": " + d.Then
	if d.Then == "either way" {
		words = "turns on: " + strings.Join(d.Facts, ", ")
	}
	switch {
	case d.Reading != "":
		return "read as " + d.Reading + ", " + words
	case len(g.Readings) > 0:
		return "however it is read, " + words
	}
	return words
}

// footer says what the facts mean and what to know before relying on this.
func (w *Why) footer(p *page) {
	if len(w.Facts) > 0 {
		p.gap()
		p.heading("FACTS", "")
		for _, f := range w.Facts {
			p.line(2, 4, f.Name+": "+f.Title)
		}
	}
	w.footnoteText(p)
	w.leftOut(p)
	p.notes(w.Notes)
}

// trace prints a tree of steps, each with its value, its place in the files
// and its sources; a leaf says what it rests on.
func (p *page) trace(n *law.Node, indent int) {
	s := n.Kind + ": " + n.Text
	if n.Ground != "" {
		s += " (" + n.Ground + ")"
	}
	p.line(indent, indent+2, n.Value+"  "+s)
	if at := traceRefs(n); at != "" {
		p.line(indent+2, indent+4, at)
	}
	for _, c := range n.Children {
		p.trace(c, indent+2)
	}
}

func traceRefs(n *law.Node) string {
	var refs []string
	if n.Article != "" {
		refs = append(refs, n.Article)
	}
	if !n.Position.IsZero() {
		refs = append(refs, "at "+n.Position.String())
	}
	if len(n.Sources) > 0 {
		refs = append(refs, "sources "+strings.Join(n.Sources, ", "))
	}
	if n.Grade != "" {
		refs = append(refs, n.Grade)
	}
	if len(refs) == 0 {
		return ""
	}
	return "[" + strings.Join(refs, "; ") + "]"
}
