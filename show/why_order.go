package show

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/law/counsel"
)

// summary is the answer before its reasons: a line for each article.
func (w *why) summary(p *page) {
	p.gap()
	lines := w.lines()
	if len(lines) == 0 {
		p.line(0, 2, w.silence())
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

// silence says that nothing that was read speaks of the event.
func (w *why) silence() string {
	return "No article that was read speaks of this event: " + readWords(w.Read) + ". That is silence, not a no."
}

// answerLine is a line of the answer, with the articles that it tells of.
type answerLine struct {
	status, words string
	articles      []*counsel.ByArticle
}

// lines are the answer as the terminal and the page give it: each with its status.
// Where room is shortest only the first statuses have theirs: of the rest the articles
// that turn on something are named, and the others counted.
func (w *why) lines() [][2]string {
	var lines [][2]string
	var told, rest []string
	for _, part := range parts {
		of := w.linesOf(part.status)
		if len(of) > 0 {
			told = append(told, part.status)
		}
		if len(told) > w.mostStatuses() {
			switch articles := w.articles(part.status); {
			case len(articles) == 0:
			case turns(part.status):
				lines = append(lines, [2]string{part.status, addressesOf(articles) + " (--full)"})
			default:
				rest = append(rest, fmt.Sprintf("%d %s", len(articles), part.status))
			}
			continue
		}
		for _, l := range of {
			lines = append(lines, [2]string{l.status, l.words})
		}
	}
	if len(rest) > 0 {
		lines = append(lines, [2]string{"and", strings.Join(rest, ", ") + " (--full for the rest)"})
	}
	return lines
}

// turns reports whether articles of a status may yet come out otherwise. They are named
// however little room there is: what nobody can tell yet is never only counted.
func turns(status string) bool { return status == "contested" || status == "depends" }

// mostStatuses bounds the statuses whose articles have lines.
func (w *why) mostStatuses() int {
	if w.tight < leastWords {
		return math.MaxInt
	}
	return max(1, tightest-w.tight)
}

// linesOf are the lines of one status.
func (w *why) linesOf(status string) []answerLine {
	articles := w.articles(status)
	first := len(articles)
	if !w.Reasons && status == "not owed" && first > mostRefused {
		first = 1
	}
	texts := w.together(articles[:first])
	left := articles[first:]
	if n := w.most(); len(texts) > n {
		var more []*counsel.ByArticle
		for _, like := range texts[n:] {
			more = append(more, like.Articles...)
		}
		left = append(more, left...)
		texts = texts[:n]
	}
	var lines []answerLine
	for _, like := range texts {
		lines = append(lines, answerLine{status, lineOf(w, like), like.Articles})
	}
	if len(left) > 0 {
		also := addressesOf(left)
		if w.tight >= leastWords && len(left) > mostRefused && !turns(status) {
			also = finding.Count(len(left), "article") + " more (--full)"
		}
		lines = append(lines, answerLine{status, "also " + also, left})
	}
	return lines
}

// most bounds the texts of one status that have a line each.
func (w *why) most() int {
	switch w.tight {
	case 0, 1, 2:
		return math.MaxInt
	case 3:
		return 4
	}
	return 2
}

// tells reports whether an answer is among those of a line.
func (l *answerLine) tells(g *group) bool {
	return slices.ContainsFunc(l.articles, func(a *counsel.ByArticle) bool {
		return a.Article == g.Article && (a.Creditor == g.Creditor || slices.Contains(strings.Split(a.Creditor, ", "), g.Creditor)) // several, where one line names them
	})
}

// together are the articles that one line tells of: each has its own where their reasons
// are told.
func (w *why) together(articles []*counsel.ByArticle) []counsel.Alike {
	if !w.Reasons {
		return w.Together(articles)
	}
	var out []counsel.Alike
	for _, a := range articles {
		out = append(out, counsel.Alike{Articles: []*counsel.ByArticle{a}})
	}
	return out
}

// lineOf is the line of an article, or of several that are alike.
func lineOf(w *why, like counsel.Alike) string {
	first := like.Articles[0]
	switch {
	case len(like.Articles) == 1:
		return lineOfOne(w, first)
	case like.Names == "":
		return addressesOf(like.Articles) + strings.TrimPrefix(lineOfOne(w, first), first.Article)
	}
	words := strings.TrimPrefix(lineOfOne(w, like.All()), first.Article)
	return fmt.Sprintf("%s, %d texts alike,%s", like.Names, len(like.Articles), words)
}

// mostRefused is how many articles that owe nothing have a line each on the
// screen; of more the first has, and the others are named.
const mostRefused = 2

func addressesOf(articles []*counsel.ByArticle) string {
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
	return finding.Count(r.Articles, "article") + " of " + finding.Count(r.Instruments, "instrument") + " in force were read"
}

// headline says in a sentence whether anything is owed.
func (w *why) headline() string {
	victim := cmp.Or(w.Query.OnName, w.Query.On, "the victim")
	switch owed, open := w.Count(w.tells); {
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

// articles are the articles that answer with a status, in the order of their
// strongest answer.
func (w *why) articles(status string) []*counsel.ByArticle {
	return w.ByArticle(func(a *counsel.LegalAnswer) bool { return w.tells(a) && shown(a) == status })
}

// turnsOn says what an open answer turns on, each fact by name, and how one that
// is contested is read.
func (g *group) turnsOn() string {
	switch facts := (*counsel.Group)(g).TurnsOn(); {
	case g.Status == "depends" && len(facts) > 0:
		return " (turns on " + strings.Join(facts, ", ") + ")"
	case g.Status == "contested" && len(g.Readings) > 0 && g.Why != "":
		return " (" + g.Why + ")"
	}
	return ""
}

// mostTurns is how many facts that an answer turns on a line names.
const mostTurns = 2

// lineOfOne says what an article answers, in one line where that can be.
func lineOfOne(w *why, a *counsel.ByArticle) string {
	g := (*group)(&a.Group)
	who := g.whom(w)
	if n := len(a.Debtors); n > 3 && !w.OfEveryState(&a.Group) {
		who = fmt.Sprintf("%d states", n)
	}
	s := a.Article + " " + who
	if a.Verb == "breaches" && a.Status == "not owed" {
		return a.Article + " to " + who + ", because " + strings.TrimPrefix(g.because(), "because ")
	}
	switch {
	case a.Verb == "breaches" && a.Status == "breached":
		s = a.Article + " to " + who
	case a.Verb == "reserves":
		s += " against " + cmp.Or(a.Creditor, "an unnamed attacker")
	case a.Verb != "breaches" && slices.Contains(w.Query.AlsoOn, a.Creditor):
		s += " to " + a.Creditor
	case a.Verb != "breaches" && a.Creditor != "" && a.Creditor != w.Query.On:
		s += " to " + strings.TrimSuffix(w.toward(&a.LegalAnswer), ",")
	}
	if n := len(a.Attackers); a.Verb != "breaches" && a.Verb != "reserves" && n > 0 && n <= len(w.Query.AlsoBy) {
		s += " against " + strings.Join(a.Attackers, ", ")
	}
	if classes := a.Classes; len(classes) > 0 {
		lead := ": "
		if a.Verb == "breaches" {
			lead = ", whose duty is to "
		}
		s += lead + strings.Join(classes, "; ")
	}
	if g.political() {
		s += " (political)"
	}
	if a.Verb == "owes" && a.Status == "not owed" && len(a.Because) > 0 && !slices.Equal(a.Because, []string{a.Article}) {
		s += ", because of " + strings.Join(a.Because, ", ")
	}
	switch n := len(a.Turns); {
	case a.Status != "depends" || n == 0:
	case a.Verb == "breaches" && n > mostTurns:
		s += fmt.Sprintf(", unless excused (%d facts)", n)
	case a.Verb == "breaches":
		s += ", unless excused (" + strings.Join(a.Turns, ", ") + ")"
	case n > mostTurns:
		s += fmt.Sprintf(" (turns on %d facts)", n)
	default:
		s += " (turns on " + strings.Join(a.Turns, ", ") + ")"
	}
	return s
}

// political reports whether the text of an answer binds nobody in law.
func (g *group) political() bool { return (*counsel.Group)(g).BindsPolitically() }

// whom names the debtors of a line.
func (g *group) whom(w *why) string {
	if !w.Query.Full && w.OfEveryState((*counsel.Group)(g)) {
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
	return finding.Count(len(w.LeftOut), "instrument") + " that would speak of this event had ended or had not been signed (--full shows them)."
}
