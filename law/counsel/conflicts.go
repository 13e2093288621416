package counsel

import (
	"context"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/model"
)

// Conflicts lists the engagements of states of which one cannot be kept, once
// both fall due.
type Conflicts struct {
	finding.Head
	State     string     `json:"state"` // empty: every state
	StateName string     `json:"state_name"`
	Between   []string   `json:"between"` // the two who fight; empty: any two
	Object    string     `json:"object"`
	Place     string     `json:"place"` // empty: each at home
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

// Side holds what the state owes one of two who fight, as the judge answers.
type Side struct {
	Event   string        `json:"event"`
	Answers []LegalAnswer `json:"answers"`
}

// NewConflicts asks a book for the conflicts of its day. The error is that of the
// context.
func NewConflicts(ctx context.Context, b *law.Book, q law.Quarrel, options []string) (*Conflicts, error) {
	o := &Conflicts{Head: HeadOf("conflicts", b, options, q.Facts, q.Readings), State: q.State, StateName: b.Model.States.Name(q.State, b.Day), Between: []string{}, Object: q.Object, Place: q.Place,
		Notes: []string{}, Conflicts: []Conflict{}, Sides: []Side{}}
	if q.X != "" {
		o.Between = []string{q.X, q.Y}
	}
	for _, id := range unreadTexts(b, q.State) {
		o.Warnings = append(o.Warnings, finding.Warn(finding.Unread, id, "the text of %s is not public: what it conflicts with nobody can say", id))
	}
	found, err := b.Conflicts(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		o.Conflicts = append(o.Conflicts, newConflict(c))
	}
	if q.X != "" && q.State != "" {
		o.Sides = []Side{newSide(b, q, q.X, q.Y), newSide(b, q, q.Y, q.X)}
	}
	return o, nil
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
	if turns := e.TurnsOn(); e.Status == law.Depends && len(turns) > 0 {
		out.Why = "turns on " + strings.Join(turns, ", ")
	}
	return out
}

// newSide is all that the state owes the victim when the other attacks it, by
// instruments that are there on the day.
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
		if a.Debtor == q.State && a.Verb == model.Owes && b.Lives(a.Article.Instrument) {
			s.Answers = append(s.Answers, newLegalAnswer(a, false))
		}
	}
	return s
}
