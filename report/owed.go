package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law"
)

// OwedVersion is the version of the JSON form of Owed.
const OwedVersion = 1

// Owed is every duty of a day before anything happens: all of them, or those
// that one state owes or is owed. Its JSON form is versioned, complete and in a
// fixed order; no list in it is null.
type Owed struct {
	Version   int               `json:"version"`
	Date      string            `json:"date"`
	State     string            `json:"state"` // empty: every state
	StateName string            `json:"state_name"`
	Facts     map[string]string `json:"facts"`
	Readings  map[string]string `json:"readings"`
	Options   []string          `json:"options"`
	Warnings  []string          `json:"warnings"`
	Notes     []string          `json:"notes"`
	Duties    []StandingDuty    `json:"duties"`
}

// StandingDuty is what one clause makes one state owe another.
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

	strength float64
}

// NewOwed asks a book for the duties of its day.
func NewOwed(b *law.Book, q law.Standing, options []string) *Owed {
	o := &Owed{Version: OwedVersion, Date: b.Day.String(), State: q.State, StateName: b.Model.States.Name(q.State, b.Day),
		Facts: map[string]string{}, Readings: map[string]string{}, Options: full(options), Warnings: []string{}, Notes: []string{}, Duties: []StandingDuty{}}
	for name, v := range q.Facts {
		if v != law.Unknown {
			o.Facts[name] = v.String()
		}
	}
	for article, reading := range q.Readings {
		o.Readings[article] = reading
	}
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
		d.Class, d.ClassTitle, d.strength = p.Class.Name, p.Class.Title, p.Class.Strength
	}
	for _, e := range p.Limits {
		if !slices.Contains(d.Limits, e.Article.Address) {
			d.Limits = append(d.Limits, e.Article.Address)
		}
	}
	return d
}

// JSON writes the versioned form, indented by two blanks.
func (o *Owed) JSON(out io.Writer) error {
	return writeJSON(out, o)
}

// Text writes the duties for a person to read: what the state owes, then what
// it is owed, the strongest class first; of no one state, article by article.
func (o *Owed) Text(out io.Writer, l Layout) error {
	p := newPage(l)
	o.header(p)
	if o.State == "" {
		o.part(p, "DUTIES", "who owes whom", func(d StandingDuty) bool { return d.Verb == "owes" })
		o.part(p, "DEEDS FORBIDDEN", "an act against the other breaks the article", func(d StandingDuty) bool { return d.Verb == "breaches" })
		o.part(p, "RIGHTS", "may act, need not", func(d StandingDuty) bool { return d.Verb != "owes" && d.Verb != "breaches" })
	} else {
		name := stateWords(o.State, o.StateName, "")
		mine := func(d StandingDuty) bool { return d.Debtor == o.State || d.Debtor == law.Every }
		o.part(p, "OWES", name+" owes", func(d StandingDuty) bool { return mine(d) && d.Verb == "owes" })
		o.part(p, "IS OWED", "others owe "+name, func(d StandingDuty) bool { return !mine(d) && d.Verb == "owes" })
		o.part(p, "MAY NOT", "deeds of "+name+" that break an article", func(d StandingDuty) bool { return mine(d) && d.Verb == "breaches" })
		o.part(p, "IS NOT TO SUFFER", "deeds against "+name+" that break an article", func(d StandingDuty) bool { return !mine(d) && d.Verb == "breaches" })
		o.part(p, "MAY", "rights, not duties", func(d StandingDuty) bool { return d.Verb != "owes" && d.Verb != "breaches" })
	}
	p.notes(o.Notes)
	return p.print(out)
}

func (o *Owed) header(p *page) {
	who := "What states owe each other"
	if o.State != "" {
		who = "What " + stateWords(o.State, o.StateName, "") + " owes and is owed"
	}
	p.line(0, 2, who+" on "+o.Date+", before anything happens.")
	p.line(0, 2, "Bound: the event, at the creditor's home, is enough. Conditional: it turns on what is named. What is not given counts as not known.")
	if len(o.Facts) > 0 {
		p.line(0, 2, "Given: "+strings.Join(pairs(o.Facts), "; ")+".")
	}
	p.underLaw(o.Options, o.Readings, o.Warnings)
	if len(o.Duties) == 0 {
		p.gap()
		p.line(0, 2, "No article that was read is in force for it on this day. That says nothing of articles that were not read.")
	}
}

// bundle is duties that differ only in who owes or who is owed.
type bundle struct {
	StandingDuty
	debtors, creditors []string
}

func (o *Owed) part(p *page, name, gloss string, in func(StandingDuty) bool) {
	groups := o.bundles(in)
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(name, gloss)
	for _, g := range groups {
		g.print(p, o.State)
	}
}

// bundles gathers duties that a reader may take together: those of one state
// by all else; those of every state as sets that owe each other.
func (o *Owed) bundles(in func(StandingDuty) bool) []*bundle {
	var out []*bundle
	at := map[string]*bundle{}
	for _, d := range o.Duties {
		if !in(d) {
			continue
		}
		like := d
		if o.State != "" && d.Debtor == o.State {
			like.Creditor = ""
		} else if o.State != "" {
			like.Debtor = ""
		} else {
			like.Debtor, like.Creditor = "", ""
		}
		key, err := json.Marshal(like)
		if err != nil {
			panic(err) // strings and lists only
		}
		g := at[string(key)]
		if g == nil {
			g = &bundle{StandingDuty: d}
			at[string(key)] = g
			out = append(out, g)
		}
		g.debtors, g.creditors = note(g.debtors, d.Debtor), note(g.creditors, d.Creditor)
	}
	if o.State != "" {
		slices.SortStableFunc(out, func(a, b *bundle) int { return cmp.Compare(b.strength, a.strength) })
	}
	return out
}

// note keeps a list sorted and free of doubles and blanks.
func note(list []string, s string) []string {
	i, found := slices.BinarySearch(list, s)
	if found || s == "" {
		return list
	}
	return slices.Insert(list, i, s)
}

func (g *bundle) print(p *page, state string) {
	title := g.InstrumentTitle
	if g.Title != "" {
		title = g.Title + ", " + title
	}
	p.entry(2, 4, g.Article, title)
	what := g.ClassTitle + " (" + g.Class + ")"
	if g.Verb == "owes" {
		what += ", " + g.Direction
	}
	p.line(6, 8, what)
	p.line(6, 8, g.who(state))
	if g.Event != "" {
		p.line(6, 8, "on "+g.Event+g.attackers())
	}
	p.line(6, 8, g.standing())
	if len(g.Limits) > 0 {
		p.line(6, 8, "limited by "+strings.Join(g.Limits, ", "))
	}
	if len(g.Manner) > 0 {
		p.line(6, 8, "how: "+strings.Join(g.Manner, "; "))
	}
	if len(g.Caveats) > 0 {
		p.line(6, 8, "caution: "+strings.Join(g.Caveats, "; "))
	}
	if len(g.Sources) > 0 {
		p.line(6, 8, "sources: "+strings.Join(g.Sources, ", "))
	}
}

func (g *bundle) who(state string) string {
	switch {
	case state != "" && slices.Equal(g.debtors, []string{state}):
		return "to " + listed(g.creditors, "nobody named")
	case state != "":
		return "by " + listed(g.debtors, "")
	case slices.Equal(g.debtors, g.creditors):
		return "each other: " + listed(g.debtors, "")
	}
	return "by " + listed(g.debtors, "") + " to " + listed(g.creditors, "nobody named")
}

func listed(states []string, none string) string {
	switch len(states) {
	case 0:
		return none
	case 1:
		return states[0]
	}
	return fmt.Sprintf("%d states: %s", len(states), strings.Join(states, ", "))
}

func (g *bundle) attackers() string {
	out := ""
	if len(g.Against) > 0 {
		out = " by " + strings.Join(g.Against, " or ")
	}
	for _, x := range g.Excludes {
		if strings.HasPrefix(x, "unless ") {
			out += ", " + x
		} else {
			out += ", where " + x
		}
	}
	return out
}

func (g *bundle) standing() string {
	switch {
	case len(g.TurnsOn) > 0:
		return g.Standing + ": " + strings.Join(g.TurnsOn, "; ")
	case g.Why != "":
		return g.Standing + ": " + g.Why
	}
	return g.Standing
}
