package show

import (
	"cmp"
	"slices"
	"strings"

	"casus/law/counsel"
)

// mostDisputes is how many matters in doubt the screen tells with all who read
// them, those first that decide for most debtors; of others it names the question.
const mostDisputes = 1

// dispute is one thing in doubt, with all who read it, whatever the articles that
// turn on it.
type dispute struct {
	name, asks string
	debtors    int // of how many the answer turns on it
	readings   []*spoken
}

// spoken is one reading, and what follows from it where that is one thing.
type spoken struct {
	words string
	facts bool // it leaves the answer to a fact of its own
	then  []string
}

// screen tells, below the answer, what is in doubt and who says what, and what
// was found of this very event; the reasons of each article are left to --reasons.
func (w *why) screen(p *page, disputes []*dispute) {
	if len(disputes) > 0 {
		p.gap()
		p.heading("IN DOUBT", "who says what")
	}
	for i, d := range disputes {
		p.line(2, 4, d.words())
		if i < mostDisputes {
			d.print(p)
		}
	}
	if records := w.records(); len(records) > 0 {
		p.gap()
		p.heading("ON RECORD", "")
		for _, words := range records {
			p.line(2, 4, words)
		}
	}
	if len(w.Answers) > 0 {
		p.gap()
		p.line(0, 2, strings.TrimSpace("--reasons gives each article's reason, precedents, notes and sources. "+w.leftOutWords()))
	}
}

func (d *dispute) words() string {
	if d.asks == "" {
		return d.name + " is read in several ways"
	}
	return d.asks + " (" + d.name + ")"
}

func (d *dispute) print(p *page) {
	for _, r := range d.readings {
		words := r.words
		if len(r.then) == 1 {
			words += ": " + r.then[0]
		}
		p.line(4, 6, words)
	}
}

// differ reports whether it matters how it is read.
func (d *dispute) differ() bool {
	return slices.ContainsFunc(d.readings, func(r *spoken) bool { return r.facts || !slices.Equal(r.then, d.readings[0].then) })
}

// records are the precedents of this very event.
func (w *why) records() []string {
	var out []string
	for _, part := range parts {
		for _, g := range w.groups(part.status) {
			for _, x := range g.Practice {
				if words := x.Date + ", " + x.By + ": " + x.Title; x.Decides && !slices.Contains(out, words) {
					out = append(out, words)
				}
			}
		}
	}
	return out
}

// disputes gathers what the answers that are shown turn on: what decides for most
// debtors comes first.
func (w *why) disputes() []*dispute {
	var out []*dispute
	for _, part := range parts {
		for _, g := range w.groups(part.status) {
			for _, r := range g.Readings {
				out = heardOf(out, g, r)
			}
		}
	}
	out = slices.DeleteFunc(out, func(d *dispute) bool { return !d.differ() })
	slices.SortStableFunc(out, func(a, b *dispute) int { return cmp.Compare(b.debtors, a.debtors) })
	return out
}

// heardOf adds one reading of an answer to what is in doubt.
func heardOf(all []*dispute, g *group, r counsel.LegalReading) []*dispute {
	name := r.Question
	if name == "" {
		name = g.Article
	}
	at := slices.IndexFunc(all, func(d *dispute) bool { return d.name == name || r.Asks != "" && d.asks == r.Asks })
	if at < 0 {
		at = len(all)
		all = append(all, &dispute{name: name, asks: r.Asks})
	}
	d := all[at]
	d.debtors += len(g.Debtors)
	by := r.By
	if by == "" && r.Question != "" {
		by = "holder not named"
	}
	words, then := r.Name+counsel.InBrackets(r.Title, by), g.says(r.Then)
	for _, s := range d.readings {
		if s.words == words {
			s.facts = s.facts || r.Fact != ""
			if !slices.Contains(s.then, then) {
				s.then = append(s.then, then)
			}
			return all
		}
	}
	d.readings = append(d.readings, &spoken{words, r.Fact != "", []string{then}})
	return all
}
