package show

import (
	"casus/law/counsel"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// summary is the answer before its reasons: a line for each article.
func (w *why) summary(p *page) {
	p.gap()
	var lines [][2]string
	for _, part := range parts {
		articles := w.articles(part.status)
		first := len(articles)
		if !w.Reasons && part.status == "not owed" && first > mostRefused {
			first = 1
		}
		for _, a := range articles[:first] {
			lines = append(lines, [2]string{part.status, a.line(w)})
		}
		if first < len(articles) {
			lines = append(lines, [2]string{part.status, "also " + addressesOf(articles[first:])})
		}
	}
	if len(lines) == 0 {
		p.line(0, 2, "No article that was read speaks of this event: "+readWords(w.Read)+". That is silence, not a no.")
		return
	}
	p.heading("THE ANSWER", w.headline())
	wide := 9
	for _, l := range lines {
		wide = max(wide, len(l[0]))
	}
	for _, l := range lines {
		p.row(2, wide+2, l[0], l[1])
	}
}

// mostRefused is how many articles that owe nothing have a line each on the
// screen; of more the first has, and the others are named.
const mostRefused = 2

func addressesOf(articles []*articleLine) string {
	var out []string
	for _, a := range articles {
		out = counsel.With(out, a.Article)
	}
	return strings.Join(out, ", ")
}

// readWords say what was read.
func readWords(r counsel.LegalRead) string {
	if r.Instruments == 0 {
		return "of the instruments that were read none is in force"
	}
	return many(r.Articles, "article") + " of " + many(r.Instruments, "instrument") + " in force were read"
}

// headline says in a sentence whether anything is owed.
func (w *why) headline() string {
	victim := cmp.Or(w.Query.OnName, w.Query.On, "the victim")
	owed, open := 0, 0
	for _, a := range w.Answers {
		switch {
		case a.Hidden && !w.Query.Full || a.Verb != "owes":
		case a.Status == "owed":
			owed++
		case a.Status == "contested" || a.Status == "depends":
			open++
		}
	}
	switch {
	case owed > 0 || open == 0 && w.Read.Articles == 0:
		if !w.Reasons {
			return "a line for each article"
		}
		return "a line for each article; below, each with its reason"
	case open > 0:
		return "nothing is surely owed to " + victim + "; what is contested or open comes first"
	}
	return "by the articles that were read nothing is owed to " + victim
}

// articleLine gathers what an article answers with one status.
type articleLine struct {
	*group
	debtors, turns []string
	classes        []string
}

// articles are the articles that answer with a status, in the order of their
// strongest answer.
func (w *why) articles(status string) []*articleLine {
	var out []*articleLine
	at := map[string]*articleLine{}
	for _, g := range w.groups(status) {
		key := g.Article + " " + g.Creditor
		a := at[key]
		if a == nil {
			a = &articleLine{group: g}
			at[key] = a
			out = append(out, a)
		}
		for _, d := range g.Debtors {
			a.debtors = counsel.With(a.debtors, d)
		}
		if c := cmp.Or(g.ClassTitle, g.Class); !slices.Contains(a.classes, c) {
			a.classes = append(a.classes, c)
		}
		for _, d := range g.Deciders {
			for _, f := range d.Facts {
				name, _, _ := strings.Cut(f, " = ")
				a.turns = counsel.With(a.turns, name)
			}
		}
	}
	return out
}

// mostTurns is how many facts that an answer turns on a line names.
const mostTurns = 2

// line says what an article answers, in one line where that can be.
func (a *articleLine) line(w *why) string {
	g := &group{LegalAnswer: a.LegalAnswer, Debtors: a.debtors}
	who := g.whom(w)
	if n := len(a.debtors); n > 3 && !g.everyState(w) {
		who = fmt.Sprintf("%d states", n)
	}
	s := a.Article + " " + who
	if a.Verb == "breaches" && a.Status == "not owed" {
		return a.Article + " to " + who + ", because " + strings.TrimPrefix(a.because(), "because ")
	}
	switch {
	case a.Verb == "breaches" && a.Status == "breached":
		s = a.Article + " to " + who
	case a.Verb == "reserves":
		s += " against " + cmp.Or(a.Creditor, "an unnamed attacker")
	case a.Verb != "breaches" && a.Creditor != "" && a.Creditor != w.Query.On:
		s += " to " + strings.TrimSuffix(w.toward(&a.LegalAnswer), ",")
	}
	if classes := slices.DeleteFunc(a.classes, func(c string) bool { return c == "" }); len(classes) > 0 {
		lead := ": "
		if a.Verb == "breaches" {
			lead = ", whose duty is to "
		}
		s += lead + strings.Join(classes, "; ")
	}
	switch n := len(a.turns); {
	case a.Status != "depends" || n == 0:
	case n > mostTurns:
		s += fmt.Sprintf(" (turns on %d facts)", n)
	default:
		s += " (turns on " + strings.Join(a.turns, ", ") + ")"
	}
	return s
}

// whom names the debtors of a line.
func (g *group) whom(w *why) string {
	if !w.Query.Full && g.everyState(w) {
		return fmt.Sprintf("every other state (%d)", len(g.Debtors))
	}
	return strings.Join(g.Debtors, ", ")
}

// mostNoted is of how many debtors the notes on each as a party are shown.
const mostNoted = 3

// remarks are the notes of an answer: on the article, on its parties where they
// are few, and, said once, on the instrument.
func (g *group) remarks(said map[string]bool) []string {
	out := slices.Clone(g.Notes)
	for _, n := range g.PartyNotes {
		if strings.HasPrefix(n, g.Creditor+" ") || len(g.Debtors) <= mostNoted {
			out = append(out, n)
		}
	}
	if !said[g.Instrument] {
		said[g.Instrument] = true
		out = append(out, g.Remarks...)
	}
	return out
}

// leftOut says how much is not shown, and why.
func (w *why) leftOut(p *page) {
	if words := w.leftOutWords(); words != "" {
		p.gap()
		p.line(0, 2, words)
	}
}

func (w *why) leftOutWords() string {
	if w.Query.Full || len(w.LeftOut) == 0 {
		return ""
	}
	return many(len(w.LeftOut), "instrument") + " that would speak of this event had ended or had not been signed (--full shows them)."
}
