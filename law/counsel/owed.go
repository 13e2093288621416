package counsel

import (
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
)

// Owed is every duty of a day before anything happens: all of them, or those
// that one state owes or is owed. Its JSON form is versioned, complete and in a
// fixed order; no list in it is null.
type Owed struct {
	finding.Head
	State     string         `json:"state"` // empty: every state
	StateName string         `json:"state_name"`
	Notes     []string       `json:"notes"`
	Duties    []StandingDuty `json:"duties"`
}

// StandingDuty holds what one clause makes one state owe another.
type StandingDuty struct {
	Article         string   `json:"article"`
	Title           string   `json:"title"`
	Instrument      string   `json:"instrument"`
	InstrumentTitle string   `json:"instrument_title"`
	Event           string   `json:"event"` // the kind of event it waits for; empty: none
	Debtor          string   `json:"debtor"`
	Creditor        string   `json:"creditor"` // empty where nobody is named
	Against         []string `json:"against"`  // the only attackers it speaks of; empty: any
	Excludes        []string `json:"excludes"` // further limits on who the attacker is
	Verb            string   `json:"verb"`
	Class           string   `json:"class"`
	ClassTitle      string   `json:"class_title"`
	Standing        string   `json:"standing"` // bound, conditional, contested, dormant, text not public
	TurnsOn         []string `json:"turns_on"` // of conditional
	Why             string   `json:"why"`      // of contested and dormant
	Limits          []string `json:"limits"`   // the articles whose exceptions bear on it
	Rule            string   `json:"rule"`
	Manner          []string `json:"manner"`
	Direction       string   `json:"direction"` // mutual, one way, or answered within the article
	Caveats         []string `json:"caveats"`
	Sources         []string `json:"sources"`

	Strength float64 `json:"-"` // of the class
}

// NewOwed asks a book for the duties of its day.
func NewOwed(b *law.Book, q law.Standing, options []string) *Owed {
	o := &Owed{Head: HeadOf("owed", b, options, q.Facts, q.Readings), State: q.State, StateName: b.Model.States.Name(q.State, b.Day),
		Notes: []string{}, Duties: []StandingDuty{}}
	for _, p := range b.Pledges(q) {
		o.Duties = append(o.Duties, newStandingDuty(p))
	}
	return o
}

func newStandingDuty(p law.Pledge) StandingDuty {
	in := p.Article.Instrument
	d := StandingDuty{Article: p.Article.Address, Title: p.Article.Title, Instrument: in.ID, InstrumentTitle: in.Title, Event: p.Event,
		Debtor: p.Debtor, Creditor: p.Creditor, Against: full(p.Against), Excludes: full(p.Excludes), Verb: verbs[p.Verb], Standing: p.Binding.String(),
		TurnsOn: full(p.Open), Why: p.Why, Limits: []string{}, Rule: p.Rule, Manner: full(p.Manner), Direction: p.Direction(), Caveats: full(p.Caveats()), Sources: full(sourcesOf(p.Article))}
	if p.Class != nil {
		d.Class, d.ClassTitle, d.Strength = p.Class.Name, p.Class.Title, p.Class.Strength
	}
	for _, e := range p.Limits {
		if !slices.Contains(d.Limits, e.Article.Address) {
			d.Limits = append(d.Limits, e.Article.Address)
		}
	}
	return d
}

// With adds a word to a sorted list; one that is there already, or is empty, it does
// not add.
func With(list []string, s string) []string {
	i, found := slices.BinarySearch(list, s)
	if found || s == "" {
		return list
	}
	return slices.Insert(list, i, s)
}

// Attackers says by whom the event must come, empty where that is open.
func (d StandingDuty) Attackers() string {
	out := ""
	if len(d.Against) > 0 {
		out = " by " + strings.Join(d.Against, " or ")
	}
	for _, x := range d.Excludes {
		if strings.HasPrefix(x, "unless ") {
			out += ", " + x
		} else {
			out += ", where " + x
		}
	}
	return out
}

// Stands says whether the duty binds, and on what it turns or why not.
func (d StandingDuty) Stands() string {
	switch {
	case len(d.TurnsOn) > 0:
		return d.Standing + ": " + strings.Join(d.TurnsOn, "; ")
	case d.Why != "":
		return d.Standing + ": " + d.Why
	}
	return d.Standing
}
