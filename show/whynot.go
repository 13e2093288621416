package show

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/law/counsel"
)

// whyNot is being printed.
type whyNot struct{ *counsel.WhyNot }

// Text writes the answer for a person to read.
func WhyNot(out io.Writer, f *counsel.WhyNot, l Layout) error {
	w := &whyNot{f}
	p := newPage(l)
	(&why{Why: &counsel.Why{Head: w.Head, Query: w.Query, Answers: []counsel.LegalAnswer{{}}}}).header(p, nil)
	p.gap()
	p.heading(w.Article, w.Title)
	if len(w.Answers) == 0 {
		p.line(2, 4, "It names no debtor for this event.")
	}
	for _, c := range w.Answers {
		w.counterfactual(p, c)
	}
	p.notes(w.Notes)
	return p.print(out)
}

func (w *whyNot) counterfactual(p *page, c counsel.Counterfactual) {
	p.gap()
	who := strings.Join(c.Debtors, ", ")
	if n := len(c.Debtors); n > mostListed {
		who = strings.Join(slices.Concat(c.Debtors[:5], []string{"…"}, c.Debtors[n-2:]), ", ")
	}
	if n := len(c.Debtors); n > 1 {
		who = fmt.Sprintf("%d states: %s", n, who)
	}
	p.line(2, 4, c.ClassTitle+" ("+c.Class+"), "+c.Status+"; by "+who)
	first := c.Debtors[0]
	does := map[string]string{"owes": "would bind " + first, "breaches": "would be broken by " + first}[c.Verb]
	not := map[string]string{"owes": "would not bind " + first, "breaches": "would not be broken by " + first}[c.Verb]
	if does == "" {
		does, not = "would give "+first+" its right", "would give "+first+" no right"
	}
	p.ways(c.Bind, w.Article+" "+does+" if")
	p.ways(c.Free, w.Article+" "+not+" if")
}

func (p *page) ways(w *counsel.LegalWays, lead string) {
	if w == nil {
		return
	}
	for _, part := range []struct {
		ways []counsel.LegalWay
		of   string
	}{{w.Facts, "Facts"}, {w.Clauses, "Clauses"}} {
		p.gap()
		if len(part.ways) == 0 {
			p.line(4, 6, fmt.Sprintf("%s: %s: nothing, of up to %s together.", part.of, lead, things(w.Size)))
			continue
		}
		p.line(4, 6, part.of+": "+lead)
		for _, way := range part.ways {
			p.line(6, 8, "- "+wayWords(way))
		}
	}
	if len(w.Facts)+len(w.Clauses) > 0 {
		p.line(4, 6, fmt.Sprintf("(every smallest set of up to %s)", things(w.Size)))
	}
}

func things(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

func wayWords(w counsel.LegalWay) string {
	var parts []string
	for _, c := range w.Changes {
		s := c.Words
		if c.Witness != "" && !strings.Contains(s, c.Witness) {
			s += " (e.g. " + c.Witness + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; and ") + ": " + w.Then
}
