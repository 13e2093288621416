package show

import (
	"fmt"
	"io"
	"strings"

	"casus/law"
	"casus/law/counsel"
)

// conflicts is being printed.
type conflicts struct{ *counsel.Conflicts }

// Text writes the conflicts for a person to read: pairs of states for which
// the same two articles collide stand together.
func Conflicts(out io.Writer, f *counsel.Conflicts, l Layout) error {
	o := &conflicts{f}
	p := newPage(l)
	o.header(p)
	o.part(p, law.BothSides, "help is owed to each of two, should they fight and each claim to be attacked")
	o.part(p, law.Restraint, "help is owed against one toward whom force is ruled out")
	for _, s := range o.Sides {
		p.side(s)
	}
	p.notes(o.Notes)
	return p.print(out)
}

func (o *conflicts) header(p *page) {
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
	p.underLaw(o.Head)
	if len(o.Conflicts.Conflicts) == 0 {
		p.gap()
		p.line(0, 2, "None, among the articles that were read.")
	}
}

// collision is a collision of two articles being set.
type collision counsel.Collision

func (o *conflicts) part(p *page, clash law.Clash, gloss string) {
	groups := o.Collisions(string(clash))
	if len(groups) == 0 {
		return
	}
	p.gap()
	p.heading(strings.ToUpper(string(clash)), gloss)
	for _, g := range groups {
		(*collision)(g).print(p, o.State == "")
	}
}

// mostPairs is how many pairs of states are listed for two articles.
const mostPairs = 12

func (g *collision) print(p *page, named bool) {
	p.entry(2, 4, g.First.Article+" and "+g.Second.Article, "")
	if named {
		p.line(6, 8, "of "+listed(g.States, ""))
	}
	shown := g.Pairs
	if len(shown) > mostPairs {
		shown = append(append([]string{}, shown[:mostPairs]...), fmt.Sprintf("… %d in all", len(g.Pairs)))
	}
	p.line(6, 8, "between "+strings.Join(shown, ", "))
	p.line(6, 8, engagementWords(g.First))
	p.line(6, 8, engagementWords(g.Second))
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
	if g.Certain < g.Times {
		p.line(6, 8, fmt.Sprintf("certain for %d of %d; else one of the two is contested or turns on what is not given", g.Certain, g.Times))
	}
}

func engagementWords(e counsel.Engagement) string {
	verb := " owed to "
	if e.Status == law.Breached.String() {
		verb = " forbids force against "
	}
	return e.Article + verb + e.Creditor + ": " + e.Title + " (" + e.Class + "), " + e.Status + " on " + e.Event + open(e)
}

// open says on what an engagement turns that is not sure.
func open(e counsel.Engagement) string {
	if e.Why == "" || e.Status != law.Depends.String() && e.Status != law.Contested.String() {
		return ""
	}
	return "; " + e.Why
}

func (p *page) side(s counsel.Side) {
	p.gap()
	p.heading("ON "+s.Event, "what it owes")
	if len(s.Answers) == 0 {
		p.line(2, 4, "nothing, by the articles that were read")
	}
	for _, a := range s.Answers {
		g := &group{LegalAnswer: a, Debtors: []string{a.Debtor}}
		words := a.Status + ": " + a.ClassTitle + g.turnsOn()
		if because := g.because(); because != "" && a.Status != "owed" {
			words += "; " + because
		}
		p.entry(2, 4, a.Article, words)
	}
}
