package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law"
	"casus/law/counsel"
)

// owed is being printed.
type owed struct{ *counsel.Owed }

// Text writes the duties for a person to read: what the state owes, then what
// it is owed, the strongest class first; of no one state, article by article.
func Owed(out io.Writer, f *counsel.Owed, l Layout) error {
	o := &owed{f}
	p := newPage(l)
	o.header(p)
	if o.State == "" {
		o.part(p, "DUTIES", "who owes whom", func(d counsel.StandingDuty) bool { return d.Verb == "owes" })
		o.part(p, "DEEDS FORBIDDEN", "an act against the other breaks the article", func(d counsel.StandingDuty) bool { return d.Verb == "breaches" })
		o.part(p, "RIGHTS", "may act, need not", func(d counsel.StandingDuty) bool { return d.Verb != "owes" && d.Verb != "breaches" })
	} else {
		name := stateWords(o.State, o.StateName, "")
		mine := func(d counsel.StandingDuty) bool { return d.Debtor == o.State || d.Debtor == law.Every }
		o.part(p, "OWES", name+" owes", func(d counsel.StandingDuty) bool { return mine(d) && d.Verb == "owes" })
		o.part(p, "IS OWED", "others owe "+name, func(d counsel.StandingDuty) bool { return !mine(d) && d.Verb == "owes" })
		o.part(p, "MAY NOT", "deeds of "+name+" that break an article", func(d counsel.StandingDuty) bool { return mine(d) && d.Verb == "breaches" })
		o.part(p, "IS NOT TO SUFFER", "deeds against "+name+" that break an article", func(d counsel.StandingDuty) bool { return !mine(d) && d.Verb == "breaches" })
		o.part(p, "MAY", "rights, not duties", func(d counsel.StandingDuty) bool { return d.Verb != "owes" && d.Verb != "breaches" })
	}
	p.notes(o.Notes)
	return p.print(out)
}

func (o *owed) header(p *page) {
	who := "What states owe each other"
	if o.State != "" {
		who = "What " + stateWords(o.State, o.StateName, "") + " owes and is owed"
	}
	p.line(0, 2, who+" on "+o.Date+", before anything happens.")
	p.line(0, 2, "Bound: the event, at the creditor's home, is enough. Conditional: it turns on what is named. What is not given counts as not known.")
	if len(o.Facts) > 0 {
		p.line(0, 2, "Given: "+strings.Join(pairs(o.Facts), "; ")+".")
	}
	p.underLaw(o.Head)
	if len(o.Duties) == 0 {
		p.gap()
		p.line(0, 2, "No article that was read is in force for it on this day. That says nothing of articles that were not read.")
	}
}

// bundle is a bundle of duties being set.
type bundle counsel.Bundle

func (o *owed) part(p *page, name, gloss string, in func(counsel.StandingDuty) bool) {
	groups := o.Bundles(in)
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(name, gloss)
	for _, g := range groups {
		(*bundle)(g).print(p, o.State)
	}
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
		p.line(6, 8, "on "+g.Event+g.Attackers())
	}
	p.line(6, 8, g.Stands())
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
	case state != "" && slices.Equal(g.Debtors, []string{state}):
		return "to " + listed(g.Creditors, "nobody named")
	case state != "":
		return "by " + listed(g.Debtors, "")
	case slices.Equal(g.Debtors, g.Creditors):
		return "each other: " + listed(g.Debtors, "")
	}
	return "by " + listed(g.Debtors, "") + " to " + listed(g.Creditors, "nobody named")
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
