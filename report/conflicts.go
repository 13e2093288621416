package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law"
	"casus/model"
)

// ConflictsVersion is the version of the JSON form of Conflicts.
const ConflictsVersion = 1

// Conflicts lists the engagements of states of which one cannot be kept, once
// both fall due.
type Conflicts struct {
	Version   int        `json:"version"`
	Date      string     `json:"date"`
	State     string     `json:"state"` // empty: every state
	StateName string     `json:"state_name"`
	Between   []string   `json:"between"` // the two who fight; empty: any two
	Object    string     `json:"object"`
	Place     string     `json:"place"` // empty: each at home
	Options   []string   `json:"options"`
	Warnings  []string   `json:"warnings"`
	Notes     []string   `json:"notes"`
	Conflicts []Conflict `json:"conflicts"`
	Sides     []Side     `json:"sides"` // with between: all that the state owes either of the two, or why not
}

// Conflict is one pair of engagements of one state.
type Conflict struct {
	State      string     `json:"state"`
	Clash      string     `json:"clash"` // both sides, restraint
	First      Engagement `json:"first"`
	Second     Engagement `json:"second"`
	Certain    bool       `json:"certain"`    // both are owed; else one is contested or open
	Prevails   string     `json:"prevails"`   // the article that comes first; empty: no text says
	ByWords    string     `json:"by"`         // the article that says so
	Consistent []string   `json:"consistent"` // articles that ask to be consistent with the other, which ranks neither
	Bars       []string   `json:"bars"`       // articles that promise no conflicting engagement
}

// Engagement is one side of a conflict.
type Engagement struct {
	Article  string   `json:"article"`
	Class    string   `json:"class"`
	Title    string   `json:"class_title"`
	Creditor string   `json:"creditor"`
	Event    string   `json:"event"`
	Status   string   `json:"status"`
	Why      string   `json:"why"`
	Sources  []string `json:"sources"`
}

// Side is what the state owes one of two who fight, as the judge answers.
type Side struct {
	Event   string        `json:"event"`
	Answers []LegalAnswer `json:"answers"`
}

// NewConflicts asks a book for the conflicts of its day.
func NewConflicts(b *law.Book, q law.Quarrel, options []string) *Conflicts {
	o := &Conflicts{Version: ConflictsVersion, Date: b.Day.String(), State: q.State, StateName: b.Model.States.Name(q.State, b.Day), Between: []string{}, Object: q.Object, Place: q.Place,
		Options: full(options), Warnings: []string{}, Notes: []string{}, Conflicts: []Conflict{}, Sides: []Side{}}
	if q.X != "" {
		o.Between = []string{q.X, q.Y}
	}
	for _, id := range unreadTexts(b, q.State) {
		o.Warnings = append(o.Warnings, "the text of "+id+" is not public: what it conflicts with nobody can say")
	}
	for _, c := range b.Conflicts(q) {
		o.Conflicts = append(o.Conflicts, newConflict(c))
	}
	if q.X != "" && q.State != "" {
		o.Sides = []Side{newSide(b, q, q.X, q.Y), newSide(b, q, q.Y, q.X)}
	}
	return o
}

// unreadTexts are the instruments that bind a state and cannot be read.
func unreadTexts(b *law.Book, state string) []string {
	var out []string
	for _, p := range b.Pledges(law.Standing{State: state}) {
		if id := p.Article.Instrument.ID; state != "" && p.Binding == law.Unread && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func newConflict(c law.Conflict) Conflict {
	out := Conflict{State: c.State, Clash: string(c.Clash), First: newEngagement(c.First), Second: newEngagement(c.Second), Certain: c.Certain(), Consistent: []string{}, Bars: []string{}}
	if c.Prevails != nil {
		out.Prevails, out.ByWords = c.Prevails.Address, c.ByWords.Address
	}
	for _, a := range c.Consistent {
		out.Consistent = append(out.Consistent, a.Address)
	}
	for _, a := range c.Bars {
		out.Bars = append(out.Bars, a.Address)
	}
	return out
}

func newEngagement(e law.Engagement) Engagement {
	out := Engagement{Article: e.Article.Address, Creditor: e.Creditor, Event: e.Event.Words(), Status: e.Status.String(), Why: e.Why, Sources: full(sourcesOf(e.Article))}
	if e.Class != nil {
		out.Class, out.Title = e.Class.Name, e.Class.Title
	}
	return out
}

// newSide is all that the state owes the victim when the other attacks it.
func newSide(b *law.Book, q law.Quarrel, by, on string) Side {
	ev := law.Event{Kind: "armed attack", By: by, On: on, Object: "territory", Place: on + ".home", Facts: q.Facts, Readings: q.Readings}
	if q.Object != "" {
		ev.Object = q.Object
	}
	if q.Place != "" {
		ev.Place = q.Place
	}
	s := Side{Event: ev.Words(), Answers: []LegalAnswer{}}
	for _, a := range b.Answers(ev, false) {
		if a.Debtor == q.State && a.Verb == model.Owes {
			s.Answers = append(s.Answers, newLegalAnswer(a, false))
		}
	}
	return s
}

// JSON writes the versioned form, indented by two blanks.
func (o *Conflicts) JSON(out io.Writer) error {
	return writeJSON(out, o)
}

// Text writes the conflicts for a person to read: pairs of states for which
// the same two articles collide stand together.
func (o *Conflicts) Text(out io.Writer, l Layout) error {
	p := newPage(l)
	o.header(p)
	o.part(p, law.BothSides, "help is owed to each of two, should they fight and each claim to be attacked")
	o.part(p, law.Restraint, "help is owed against one toward whom force is ruled out")
	for _, s := range o.Sides {
		s.print(p)
	}
	p.notes(o.Notes)
	return p.print(out)
}

func (o *Conflicts) header(p *page) {
	who := "Engagements that one state cannot all keep"
	if o.State != "" {
		who = "Engagements of " + stateWords(o.State, o.StateName, "") + " that cannot all be kept"
	}
	where := ", should each of two be attacked at home"
	if len(o.Between) > 0 {
		where = ", should " + o.Between[0] + " and " + o.Between[1] + " fight"
	}
	if o.Place != "" {
		where += " at " + o.Place
	}
	p.line(0, 2, who+", on "+o.Date+where+".")
	p.underLaw(o.Options, nil, o.Warnings)
	if len(o.Conflicts) == 0 {
		p.gap()
		p.line(0, 2, "None, among the articles that were read.")
	}
}

// collision is two articles, the states for which they collide, and the pairs
// of others over whom they do.
type collision struct {
	Conflict
	states, pairs  []string
	certain, times int
}

func (o *Conflicts) part(p *page, clash law.Clash, gloss string) {
	var groups []*collision
	at := map[string]*collision{}
	for _, c := range o.Conflicts {
		if c.Clash != string(clash) {
			continue
		}
		key := c.First.Article + " " + c.Second.Article
		g := at[key]
		if g == nil {
			g = &collision{Conflict: c}
			at[key] = g
			groups = append(groups, g)
		}
		g.states = note(g.states, c.State)
		if pair := c.First.Creditor + "–" + c.Second.Creditor; !slices.Contains(g.pairs, pair) {
			g.pairs = append(g.pairs, pair)
		}
		if g.times++; c.Certain {
			g.certain++
		}
	}
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(strings.ToUpper(string(clash)), gloss)
	for _, g := range groups {
		g.print(p, o.State == "")
	}
}

// mostPairs is how many pairs of states are listed for two articles.
const mostPairs = 12

func (g *collision) print(p *page, named bool) {
	p.entry(2, 4, g.First.Article+" and "+g.Second.Article, "")
	if named {
		p.line(6, 8, "of "+listed(g.states, ""))
	}
	shown := g.pairs
	if len(shown) > mostPairs {
		shown = append(append([]string{}, shown[:mostPairs]...), fmt.Sprintf("… %d in all", len(g.pairs)))
	}
	p.line(6, 8, "between "+strings.Join(shown, ", "))
	p.line(6, 8, g.First.words())
	p.line(6, 8, g.Second.words())
	switch {
	case g.Prevails != "":
		p.line(6, 8, g.Prevails+" comes first, by "+g.ByWords)
	case g.First.Article != g.Second.Article:
		p.line(6, 8, "no text that was read says which comes first")
	}
	if len(g.Consistent) > 0 {
		p.line(6, 8, strings.Join(g.Consistent, ", ")+": asks to be consistent with the other; it does not say which comes first")
	}
	if len(g.Bars) > 0 {
		p.line(6, 8, strings.Join(g.Bars, ", ")+": a promise not to enter conflicting engagements")
	}
	if g.certain < g.times {
		p.line(6, 8, fmt.Sprintf("certain for %d of %d; else one of the two is contested or turns on what is not given", g.certain, g.times))
	}
}

func (e Engagement) words() string {
	verb := " owed to "
	if e.Status == law.Breached.String() {
		verb = " forbids force against "
	}
	return e.Article + verb + e.Creditor + ": " + e.Title + " (" + e.Class + "), " + e.Status + " on " + e.Event
}

func (s Side) print(p *page) {
	p.gap()
	p.heading("ON "+s.Event, "what it owes")
	if len(s.Answers) == 0 {
		p.line(2, 4, "nothing, by the articles that were read")
	}
	for _, a := range s.Answers {
		g := &group{LegalAnswer: a, Debtors: []string{a.Debtor}}
		words := a.Status + ": " + a.ClassTitle
		if because := g.because(); because != "" && a.Status != "owed" {
			words += "; " + because
		}
		p.entry(2, 4, a.Article, words)
	}
}
