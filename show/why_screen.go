package show

import (
	"cmp"
	"slices"
	"strings"

	"casus/finding"
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
	name   string
	by     string // who holds it; empty: not named
	status string
	words  string
	short  string // without what it holds
	facts  bool   // it leaves the answer to a fact of its own
	then   []string
}

// screen tells, below the answer, what is in doubt and who says what, and what
// was found of this very event; the reasons of each article are left to --reasons.
func (w *why) screen(p *page, disputes []*dispute) {
	if len(disputes) > 0 {
		p.gap()
		gloss := "who says what"
		if disputes[0].fromMemory() {
			gloss += ", from memory"
		}
		p.heading("IN DOUBT", gloss)
	}
	var others []string
	for i, d := range disputes {
		if i < mostDisputes {
			p.line(2, 4, d.words())
			d.print(p, w.tight)
		} else if w.tight < 2 {
			others = append(others, d.words())
		} else {
			others = append(others, d.name)
		}
	}
	switch {
	case len(others) == 0:
	case w.tight >= leastWords:
		p.line(2, 4, "also in doubt: "+finding.Count(len(others), "matter")+" (--full)")
	case w.tight >= 2:
		p.line(2, 4, "also in doubt: "+strings.Join(others, "; "))
	default:
		p.line(2, 4, strings.Join(others, "; "))
	}
	w.onRecord(p)
	p.gap()
	switch {
	case len(w.Answers) == 0:
	case w.tight == tightest:
		p.line(0, 2, "--reasons and --full say more.")
	default:
		p.line(0, 2, strings.TrimSpace("--reasons gives each article's reason, precedents, notes and sources. "+w.hiddenWords()))
	}
	for _, n := range w.Notes {
		p.line(0, 2, "Note: "+n)
	}
}

// hiddenWords say what --full would show.
func (w *why) hiddenWords() string {
	if w.Query.Full || len(w.LeftOut) == 0 {
		return ""
	}
	return "--full shows " + finding.Count(len(w.LeftOut), "instrument") + " more, ended or not signed by then."
}

// mostRecords is how many precedents of the very event the screen tells in full;
// of others it says who and when.
const mostRecords = 2

// onRecord tells what was found of this very event.
func (w *why) onRecord(p *page) {
	records := w.records()
	if len(records) == 0 {
		return
	}
	p.gap()
	if w.tight >= leastWords {
		p.heading("ON RECORD", "found "+finding.Count(len(records), "time")+" (--full)")
		return
	}
	p.heading("ON RECORD", "")
	var others []string
	for i, r := range records {
		if i < mostRecords && w.tight < 2 {
			p.line(2, 4, r.Date+", "+r.By+": "+r.Title)
		} else {
			others = append(others, r.Date+", "+r.By)
		}
	}
	if len(others) > 0 {
		lead := ""
		if len(others) < len(records) {
			lead = "and "
		}
		p.line(2, 4, lead+strings.Join(others, "; "))
	}
}

func (d *dispute) words() string {
	if d.asks == "" {
		return d.name + " is read in several ways"
	}
	return d.asks + " (" + d.name + ")"
}

// fromMemory reports whether all that is said of who holds what rests on memory.
func (d *dispute) fromMemory() bool {
	return slices.ContainsFunc(d.readings, func(r *spoken) bool { return r.by != "" }) &&
		!slices.ContainsFunc(d.readings, func(r *spoken) bool { return r.by != "" && r.status != "memory" })
}

// print tells every reading; where all lead to one answer, each by a condition of
// its own, or room is short, who holds it is enough, and at last its name.
func (d *dispute) print(p *page, tight int) {
	alike := len(d.readings) > 1 && !slices.ContainsFunc(d.readings, func(r *spoken) bool { return !slices.Equal(r.then, d.readings[0].then) })
	for _, r := range d.readings {
		words := r.words
		switch {
		case tight >= 3:
			words = r.name
		case alike || tight > 0:
			words = r.short
		}
		if len(r.then) == 1 && !alike {
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
func (w *why) records() []counsel.LegalCase {
	var out []counsel.LegalCase
	for _, part := range parts {
		for _, g := range w.groups(part.status) {
			for _, x := range g.Practice {
				if x.Decides && !slices.ContainsFunc(out, func(y counsel.LegalCase) bool { return y.Date == x.Date && y.By == x.By && y.Title == x.Title }) {
					out = append(out, x)
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
	d.readings = append(d.readings, &spoken{name: r.Name, by: r.By, status: r.Status, words: words, short: r.Name + counsel.InBrackets(by), facts: r.Fact != "", then: []string{then}})
	return all
}
