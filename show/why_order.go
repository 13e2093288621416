package show

import (
	"casus/finding"
	"casus/law"
	"casus/law/counsel"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
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
	articles      []*articleLine
}

// lines are the answer as the terminal and the page give it: each with its status.
// Where room is shortest only the first statuses have theirs, and the rest is
// counted.
func (w *why) lines() [][2]string {
	var lines [][2]string
	var told, rest []string
	for _, part := range parts {
		of := w.linesOf(part.status)
		if len(of) > 0 {
			told = append(told, part.status)
		}
		if len(told) > w.mostStatuses() {
			if n := len(w.articles(part.status)); n > 0 {
				rest = append(rest, fmt.Sprintf("%d %s", n, part.status))
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

// mostStatuses bounds the statuses whose articles have lines.
func (w *why) mostStatuses() int {
	if w.tight < leastWords {
		return math.MaxInt
	}
	return 1 + tightest - w.tight
}

// linesOf are the lines of one status.
func (w *why) linesOf(status string) []answerLine {
	articles := w.articles(status)
	first := len(articles)
	if !w.Reasons && status == "not owed" && first > mostRefused {
		first = 1
	}
	texts := madeAgainst(w, madeAgain(w, madeAlike(w, articles[:first])))
	left := articles[first:]
	if n := w.most(); len(texts) > n {
		left = slices.Concat(slices.Concat(texts[n:]...), left)
		texts = texts[:n]
	}
	var lines []answerLine
	for _, like := range texts {
		lines = append(lines, answerLine{status, lineOf(w, like), like})
	}
	if len(left) > 0 {
		also := addressesOf(left)
		if w.tight >= leastWords && len(left) > mostRefused {
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
	return slices.ContainsFunc(l.articles, func(a *articleLine) bool {
		return a.Article == g.Article && (a.Creditor == g.Creditor || slices.Contains(strings.Split(a.Creditor, ", "), g.Creditor)) // several, where one line names them
	})
}

// fewAlike is up to how many articles that say the same of others have a line each.
const fewAlike = 3

// madeAlike gathers articles that follow each other, of instruments made alike: the same
// number, the same answer. So many bilateral accords are one line.
func madeAlike(w *why, articles []*articleLine) [][]*articleLine {
	var out [][]*articleLine
	for _, a := range articles {
		at := slices.IndexFunc(out, func(like []*articleLine) bool { return !w.Reasons && sameOf(like[0], a) })
		if at < 0 {
			out = append(out, []*articleLine{a})
		} else {
			out[at] = append(out[at], a)
		}
	}
	var split [][]*articleLine
	for _, like := range out {
		if len(like) > fewAlike {
			split = append(split, like)
			continue
		}
		for _, a := range like {
			split = append(split, []*articleLine{a})
		}
	}
	return split
}

// madeAgain joins the articles of texts that the same parties made one after the
// other, where they say the same of the same debtors: one line names both.
func madeAgain(w *why, lines [][]*articleLine) [][]*articleLine {
	var out [][]*articleLine
	for _, like := range lines {
		at := slices.IndexFunc(out, func(first []*articleLine) bool { return !w.Reasons && again(w, first[0], like) })
		if at < 0 {
			out = append(out, like)
		} else {
			out[at] = append(slices.Clone(out[at]), like...)
		}
	}
	return out
}

// again reports whether a line is that of a later or an earlier text than the first,
// of the same name but for the year, in the same words.
func again(w *why, first *articleLine, like []*articleLine) bool {
	return len(like) == 1 && first.Instrument != like[0].Instrument && undated(first.Instrument) == undated(like[0].Instrument) &&
		strings.TrimPrefix(first.line(w), first.Article) == strings.TrimPrefix(like[0].line(w), like[0].Article)
}

// madeAgainst joins what one article reserves against each of several attackers, where
// it says the same of all: one line names them.
func madeAgainst(w *why, lines [][]*articleLine) [][]*articleLine {
	var out [][]*articleLine
	for _, like := range lines {
		a := like[0]
		at := slices.IndexFunc(out, func(before []*articleLine) bool {
			b := before[0]
			return !w.Reasons && len(like) == 1 && len(before) == 1 && a.Verb == "reserves" && b.Verb == a.Verb && b.Article == a.Article &&
				strings.Replace(a.line(w), "against "+a.Creditor, "against "+b.Creditor, 1) == b.line(w)
		})
		if at < 0 {
			out = append(out, like)
			continue
		}
		all, joined := *out[at][0], *out[at][0].group // the group is shared with the answer as given
		joined.Creditor += ", " + a.Creditor
		all.group = &joined
		out[at] = []*articleLine{&all}
	}
	return out
}

// undated is a name without the year at its end: RU_AB of RU_AB2014.
func undated(name string) string { return strings.TrimRight(name, "0123456789") }

// sameOf reports whether two articles of the same number, in instruments named alike,
// say the same of different states.
func sameOf(a, b *articleLine) bool {
	return numberIn(a.Article) == numberIn(b.Article) && sharedName(a.Instrument, b.Instrument) != "" && a.Verb == b.Verb && a.Creditor == b.Creditor &&
		a.political() == b.political() && slices.Equal(a.classes, b.classes) && slices.Equal(a.turns, b.turns)
}

// numberIn is an address without its instrument.
func numberIn(address string) string {
	_, n, _ := strings.Cut(address, ".")
	return n
}

// sharedName gives the beginning that two names have in common, up to an underscore:
// UA_ of UA_GBR and UA_DEU.
func sharedName(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:strings.LastIndex(a[:n], "_")+1]
}

// lineOf is the line of an article, or of several that are alike.
func lineOf(w *why, like []*articleLine) string {
	if len(like) == 1 {
		return like[0].line(w)
	}
	if undated(like[0].Instrument) == undated(like[1].Instrument) {
		return addressesOf(like) + strings.TrimPrefix(like[0].line(w), like[0].Article)
	}
	all := *like[0]
	all.debtors = nil
	name := like[0].Instrument
	for _, a := range like {
		name = sharedName(name+"_", a.Instrument+"_")
		for _, d := range a.debtors {
			all.debtors = counsel.With(all.debtors, d)
		}
	}
	words := strings.TrimPrefix(all.line(w), like[0].Article)
	return fmt.Sprintf("%s*.%s, %d texts alike,%s", name, numberIn(like[0].Article), len(like), words)
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

// articleLine gathers what an article answers with one status.
type articleLine struct {
	*group
	debtors, turns []string
	classes        []string
	against        []string // of several attackers those against whom it is so; empty: against all, or one is named
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
		for _, name := range g.facts() {
			a.turns = counsel.With(a.turns, name)
		}
		if g.Creditor == w.Query.On || slices.Contains(w.Query.AlsoOn, g.Creditor) {
			a.against = w.attackersIn(a.against, g.Against)
		}
	}
	return out
}

// attackersIn adds those of several attackers against whom an answer is so: the one
// that it names, or all.
func (w *why) attackersIn(against []string, named string) []string {
	switch {
	case len(w.Query.AlsoBy) == 0:
		return nil
	case named != "":
		return counsel.With(against, named)
	}
	for _, by := range append([]string{w.Query.By}, w.Query.AlsoBy...) {
		against = counsel.With(against, by)
	}
	return against
}

// facts lists the facts on which the answer turns, by name.
func (g *group) facts() []string {
	var out []string
	for _, d := range g.Deciders {
		for _, f := range d.Facts {
			name, _, _ := strings.Cut(f, " = ")
			out = counsel.With(out, name)
		}
	}
	return out
}

// turnsOn says what an open answer turns on, each fact by name, and how one that
// is contested is read.
func (g *group) turnsOn() string {
	switch facts := g.facts(); {
	case g.Status == "depends" && len(facts) > 0:
		return " (turns on " + strings.Join(facts, ", ") + ")"
	case g.Status == "contested" && len(g.Readings) > 0 && g.Why != "":
		return " (" + g.Why + ")"
	}
	return ""
}

// mostTurns is how many facts that an answer turns on a line names.
const mostTurns = 2

// line says what an article answers, in one line where that can be.
func (a *articleLine) line(w *why) string {
	g := &group{LegalAnswer: a.LegalAnswer, Debtors: a.debtors}
	who := g.whom(w)
	if n := len(a.debtors); n > 3 && !w.OfEveryState((*counsel.Group)(g)) {
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
	case a.Verb != "breaches" && slices.Contains(w.Query.AlsoOn, a.Creditor):
		s += " to " + a.Creditor
	case a.Verb != "breaches" && a.Creditor != "" && a.Creditor != w.Query.On:
		s += " to " + strings.TrimSuffix(w.toward(&a.LegalAnswer), ",")
	}
	if n := len(a.against); a.Verb != "breaches" && a.Verb != "reserves" && n > 0 && n <= len(w.Query.AlsoBy) {
		s += " against " + strings.Join(a.against, ", ")
	}
	if classes := slices.DeleteFunc(a.classes, func(c string) bool { return c == "" }); len(classes) > 0 {
		lead := ": "
		if a.Verb == "breaches" {
			lead = ", whose duty is to "
		}
		s += lead + strings.Join(classes, "; ")
	}
	if a.political() {
		s += " (political)"
	}
	if a.Verb == "owes" && a.Status == "not owed" && len(a.Because) > 0 && !slices.Equal(a.Because, []string{a.Article}) {
		s += ", because of " + strings.Join(a.Because, ", ")
	}
	switch n := len(a.turns); {
	case a.Status != "depends" || n == 0:
	case a.Verb == "breaches" && n > mostTurns:
		s += fmt.Sprintf(", unless excused (%d facts)", n)
	case a.Verb == "breaches":
		s += ", unless excused (" + strings.Join(a.turns, ", ") + ")"
	case n > mostTurns:
		s += fmt.Sprintf(" (turns on %d facts)", n)
	default:
		s += " (turns on " + strings.Join(a.turns, ", ") + ")"
	}
	return s
}

// political reports whether the text of an answer binds nobody in law.
func (g *group) political() bool { return slices.Contains(g.Caveats, law.BindsPolitically) }

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
