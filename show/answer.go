package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/special"
	"casus/worlds/study"
)

// screenful is how many lines of 80 characters the answer takes at most.
const screenful = 40

// Answer sets what a run found on one screen: the question, sentences, a table,
// and what to type for more. It computes nothing that the finding does not hold.
func Answer(w io.Writer, a *study.Answer, l Layout) error {
	t := &answerText{text: *newText(l), Answer: a}
	t.opening()
	table := strings.Join(t.table(), "")
	next := text{width: t.width}
	for _, m := range t.more() {
		next.para("", 4, m)
	}
	t.findings(screenful - t.lines() - strings.Count(table+next.out.String(), "\n"))
	t.out.WriteString(table + next.out.String())
	return t.print(w)
}

type answerText struct {
	text
	*study.Answer
}

func (t *answerText) opening() {
	when := t.Date + ", " + years(t.Horizon) + " ahead"
	switch gap := t.width - utf8.RuneCountInString(t.Title) - utf8.RuneCountInString(when); {
	case gap >= 2:
		t.line("%s%s%s", t.Title, strings.Repeat(" ", min(gap, 80)), when)
	default:
		t.para("", 0, t.Title)
		t.para("", 0, when)
	}
	if t.Question != "" {
		t.para("", 0, t.Question)
	}
	for _, odd := range t.Odd {
		t.para("", 0, capital(odd)+".")
	}
	if t.Partial {
		t.para("", 0, fmt.Sprintf("PARTIAL: the run was stopped; options finished: %d.", len(t.Rows)))
	}
	t.line("")
}

// said is a sentence and how soon it is left out where a screen is full: the
// highest number first.
type said struct {
	words string
	drop  int
}

// paragraphs say what was found, in the order in which people ask: what does best,
// what the schools say of it, how sure it is. What holds no finding is left out.
func (t *answerText) paragraphs() [][]said {
	first := []said{{t.basis(), 0}}
	for i := range t.Leads {
		first = append(first, said{t.lead(t.Heads[i], &t.Leads[i]), leadDrop(i)})
	}
	return [][]said{
		append(first, said{t.accepted(), 0}, said{t.alike(), 9}),
		{{t.agreement(), 0}, {t.dispute(), 10}, {t.parting(), 0}},
		{{t.verdict(), 0}, {t.doubted(), 0}, {t.doubt(), 0}, {t.firm(), 2}},
	}
}

// leadDrop keeps the first and the third measure; of the others the table is
// enough, the last first.
func leadDrop(i int) int {
	switch i {
	case 0, 2:
		return 0
	case 1:
		return 3
	}
	return 4 + i
}

// findings sets the paragraphs in at most so many lines of 80 characters, by
// leaving sentences out; on a narrower screen nothing is left out.
func (t *answerText) findings(lines int) {
	ps := t.paragraphs()
	for t.width >= 80 && t.heightOf(ps) > lines {
		p, i := leastWanted(ps)
		if p < 0 {
			break
		}
		ps[p][i].words = ""
	}
	for _, p := range ps {
		if s := together(p); s != "" {
			t.para("", 0, s)
		}
	}
}

func (t *answerText) lines() int { return strings.Count(t.out.String(), "\n") }

func (t *answerText) heightOf(ps [][]said) int {
	n := 0
	for _, p := range ps {
		if s := together(p); s != "" {
			n += strings.Count(fold(s, min(t.width, prose), 0), "\n")
		}
	}
	return n
}

// leastWanted is the sentence to leave out next, or -1.
func leastWanted(ps [][]said) (p, i int) {
	p, most := -1, 0
	for a := range ps {
		for b, s := range ps[a] {
			if s.words != "" && s.drop > most {
				p, i, most = a, b, s.drop
			}
		}
	}
	return p, i
}

func together(p []said) string {
	var out []string
	for _, s := range p {
		if s.words != "" {
			out = append(out, s.words)
		}
	}
	return strings.Join(out, " ")
}

// basis says whose worlds answer, and under which condition.
func (t *answerText) basis() string {
	if len(t.Rows) == 0 {
		return "No option was finished: there is nothing to say yet."
	}
	s := ""
	switch {
	case t.Basis == "record" && t.Schools > 1:
		s = "All schools together, weighed by the record"
	case t.Basis == "record":
		s = "Weighed by the record"
	case t.Basis == "schools":
		s = "All schools together, with equal weight: no record weighs them"
	default:
		s = "As the view " + t.Basis + " has it; no record weighs it"
	}
	if t.Given != nil {
		s += ", if " + t.Given.Title
	}
	if len(t.Heads) == 0 {
		return s + ": nothing that could be compared ever comes about."
	}
	return s + "."
}

// ranged reports whether there are enough worlds for a range.
func (t *answerText) ranged() bool { return t.Worlds >= 2 }

// lead says where a measure is best and worst, and how sure that is.
func (t *answerText) lead(h study.Head, l *study.Lead) string {
	title := capital(h.Headline)
	switch {
	case len(l.Best) == 0:
		return title + ": not defined under any option."
	case len(t.Rows)-len(l.Never) == 1:
		return title + ": " + t.named(l.Best[0], l.Measure) + "."
	case l.Tie:
		return title + ": no difference that matters" + t.apartFrom(l) + " (" + t.span(l) + ")."
	}
	most, least := rank(h)
	return title + ": " + most + " under " + t.ties(l.Best, l.Measure) + ", " + least + " under " + t.ties(l.Worst, l.Measure) + t.sure(l) + "."
}

// apartFrom names the options of which nothing can be said.
func (t *answerText) apartFrom(l *study.Lead) string {
	if len(l.Never) == 0 {
		return " between the options"
	}
	return " between the options under which it is defined"
}

// rank are the words for the best and the worst of a measure.
func rank(h study.Head) (best, worst string) {
	switch pc := percentage(h.Unit); {
	case pc && h.Better == "lower":
		return "least likely", "likeliest"
	case pc:
		return "likeliest", "least likely"
	case h.Better == "lower":
		return "least", "most"
	}
	return "most", "least"
}

// ties names the first of a list with its value, and how many are as good.
func (t *answerText) ties(options []string, measure string) string {
	return t.label(options[0]) + " (" + t.value(options[0], measure, false) + tiedWith(options) + ")"
}

func tiedWith(options []string) string {
	if len(options) == 1 {
		return ""
	}
	return fmt.Sprintf(", tied with %d", len(options)-1)
}

// named is the only option with its value.
func (t *answerText) named(option, measure string) string {
	return t.label(option) + " (" + t.value(option, measure, true) + ")"
}

// value is the cell of an option, with its range where asked.
func (t *answerText) value(option, measure string, ranged bool) string {
	h, s := t.cell(option, measure)
	pc := percentage(h.Unit)
	if s == nil || s.Median == nil {
		return "–"
	}
	out := withUnit(chanceIn(s.Median, pc), h.Unit)
	if ranged && t.ranged() {
		out += ", " + bound(s.P05, pc) + "–" + bound(s.P95, pc)
	}
	return out
}

func (t *answerText) cell(option, measure string) (study.Head, *study.Summary) {
	k := slices.IndexFunc(t.Heads, func(h study.Head) bool { return h.Measure == measure })
	i := slices.IndexFunc(t.Rows, func(r study.AnswerRow) bool { return r.Option == option })
	if k < 0 || i < 0 {
		return study.Head{}, nil
	}
	return t.Heads[k], &t.Rows[i].Cells[k]
}

// withUnit adds the unit to a number, but to 1 in N.
func withUnit(number, unit string) string {
	switch {
	case number == "–" || strings.HasPrefix(number, "1 in"):
		return strings.ReplaceAll(number, " ", "\u00a0")
	case percentage(unit):
		return number + "\u00a0%"
	case unit == "number":
		return number
	}
	if number == "1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	return number + "\u00a0" + strings.ReplaceAll(unit, " ", "\u00a0")
}

// span is from the least to the most of a measure over the options.
func (t *answerText) span(l *study.Lead) string {
	low, high := t.value(l.Best[0], l.Measure, false), t.value(l.Worst[0], l.Measure, false)
	if low == high {
		return low
	}
	return low + " to " + high
}

// sure says in what share of the worlds the first is better than the last, where
// that is not settled; the table's foot says what is.
func (t *answerText) sure(l *study.Lead) string {
	switch {
	case l.Sure == nil:
		return ""
	case float64(*l.Sure) >= settled:
		return ""
	}
	return "; but only in " + inShare(*l.Sure) + " of the worlds"
}

func inShare(f study.Float) string {
	switch p := 100 * float64(f); {
	case p == 100:
		return "all"
	case p >= 99.5:
		return "over 99\u00a0%"
	case p > 0 && p < 0.5:
		return "under 1\u00a0%"
	default:
		return fmt.Sprintf("%.0f\u00a0%%", p)
	}
}

// accepted says how likely the condition is.
func (t *answerText) accepted() string {
	l := t.Accepted
	if l == nil {
		return ""
	}
	title := capital(t.Given.Headline)
	of := func(options []string) string {
		return t.label(options[0]) + " (" + t.given(options[0]) + tiedWith(options) + ")"
	}
	var s string
	switch {
	case len(l.Best) == 0:
		return "It never comes about that " + t.Given.Title + "."
	case len(t.Rows)-len(l.Never) == 1:
		s = title + ": " + of(l.Best)
	case l.Tie:
		s = title + ": as likely under every option where it can be (" + t.given(l.Best[0]) + ")"
	default:
		s = title + ": likeliest under " + of(l.Best)
	}
	if t.unlikely() {
		s += "; nowhere above 50\u00a0%"
	}
	if len(l.Never) > 0 {
		s += ", never under " + and(t.labels(l.Never))
	}
	return s + "."
}

// unlikely reports whether the condition has less than even odds everywhere.
func (t *answerText) unlikely() bool {
	return !slices.ContainsFunc(t.Rows, func(r study.AnswerRow) bool { return r.Given != nil && *r.Given >= 0.5 })
}

func (t *answerText) given(option string) string {
	for _, r := range t.Rows {
		if r.Option == option {
			return withUnit(chanceIn(r.Given, true), "probability")
		}
	}
	return "–"
}

// several names up to three, and of more the first.
func several(labels []string) string {
	if n := len(labels); n > 3 {
		return fmt.Sprintf("%s and %d more", labels[0], n-1)
	}
	return and(labels)
}

// alike names the options between which no headline measure decides.
func (t *answerText) alike() string {
	if len(t.Alike) == 0 || len(t.Alike[0]) == len(t.Rows) && len(t.Rows) < 3 {
		return ""
	}
	var groups []string
	for _, g := range t.Alike {
		groups = append(groups, and(t.labels(g)))
	}
	return "Alike in every column: " + strings.Join(groups, "; ") + "."
}

// agreement says by which measures the schools put the same option first.
func (t *answerText) agreement() string {
	var heads, each, common, level []string
	for _, h := range t.Held {
		switch {
		case len(h.Agreed) == 0 || t.compared(h) < 2:
			continue
		case len(h.Agreed) == t.compared(h):
			level = append(level, t.headline(h.Measure))
			continue
		}
		if heads == nil {
			common = slices.Clone(h.Agreed)
		}
		heads = append(heads, t.headline(h.Measure))
		each = append(each, t.headline(h.Measure)+" ("+several(t.labels(h.Agreed))+")")
		common = slices.DeleteFunc(common, func(o string) bool { return !slices.Contains(h.Agreed, o) })
	}
	apart := t.partOn()
	tie := ""
	if len(level) > 0 {
		tie = "On " + and(level) + " no school sees a difference that matters."
	}
	s := ""
	switch {
	case len(heads) == 0 && len(apart) == 0:
		return tie
	case len(heads) == 0:
		s = "On " + and(apart) + " the schools part."
	case len(common) == 0:
		s = "Every school has these first, or tied for it: on " + and(each) + onTheyPart(apart) + "."
	default:
		s = "On " + and(heads) + " every school has " + several(t.labels(common)) + " first, or tied for it" + onTheyPart(apart) + "."
	}
	return strings.TrimSpace(s + " " + tie)
}

// compared is the number of options that can be compared by a measure: where every
// school ties them all none is first, and of one there is nothing to say.
func (t *answerText) compared(h study.HeldBy) int {
	for _, l := range t.Leads {
		if l.Measure == h.Measure {
			return len(t.Rows) - len(l.Never)
		}
	}
	return len(t.Rows)
}

// partOn are the measures by which no option is first, or tied, under every school.
func (t *answerText) partOn() []string {
	var out []string
	for _, h := range t.Held {
		if len(h.Agreed) == 0 {
			out = append(out, t.headline(h.Measure))
		}
	}
	return out
}

func onTheyPart(heads []string) string {
	if len(heads) == 0 {
		return ""
	}
	return "; on " + and(heads) + " they part"
}

// dispute says what each school puts first by the first measure on which they part.
func (t *answerText) dispute() string {
	for _, h := range t.Held {
		if len(h.Agreed) > 0 {
			continue
		}
		var views []string
		for _, v := range h.Views {
			if len(v.Best) > 0 {
				views = append(views, v.View+" "+several(t.labels(v.Best)))
			}
		}
		return "First on " + t.headline(h.Measure) + ": " + strings.Join(views, ", ") + "."
	}
	return ""
}

func (t *answerText) headline(measure string) string {
	for _, h := range t.Heads {
		if h.Measure == measure {
			return h.Headline
		}
	}
	return measure
}

// parting says of which number the schools say the most different things, and
// which assumption decides it.
func (t *answerText) parting() string {
	p := t.Parting
	if p == nil {
		return ""
	}
	h, _ := t.cell(p.Option, p.Measure)
	pc := percentage(h.Unit)
	low, high := p.LowValue, p.HighValue
	s := fmt.Sprintf("Widest gap: %s under %s, %s for %s, %s for %s", h.Headline, t.label(p.Option),
		withUnit(chanceIn(&high, pc), h.Unit), p.High, withUnit(chanceIn(&low, pc), h.Unit), p.Low)
	switch {
	case p.Turns != nil:
		s += fmt.Sprintf("; %s of it closes once both hold the same of “%s”", about(p.Turns.Closes), p.Turns.Title)
	case p.Tried:
		s += "; no assumption alone closes a quarter of it"
	}
	return s + "."
}

// about is a share to five in a hundred; how it is found carries no more.
func about(share study.Float) string {
	if share >= 0.975 {
		return "all"
	}
	return fmt.Sprintf("about %.0f\u00a0%%", 5*math.Round(20*float64(share)))
}

// firm says whether what does best stays so with other years ahead and other λ.
func (t *answerText) firm() string {
	var kept, moved []string
	for _, f := range t.Firm {
		var where []string
		for _, o := range f.Rows {
			if !o.Holds {
				where = append(where, otherWay(o))
			}
		}
		if len(where) == 0 {
			kept = append(kept, t.headline(f.Measure))
		} else {
			moved = append(moved, t.headline(f.Measure)+" with "+and(where))
		}
	}
	ways := t.otherWays()
	switch {
	case len(kept)+len(moved) == 0:
		return ""
	case len(moved) == 0:
		return "What comes first, or ties for it, stays so with " + ways + "."
	case len(kept) == 0:
		return "Played with " + ways + ", what comes first changes: " + strings.Join(moved, "; ") + "."
	}
	return "What comes first, or ties for it, stays so with " + ways + " on " + and(kept) + ", and changes on " + and(moved) + "."
}

// otherWays are the years and the λ that were played otherwise.
func (t *answerText) otherWays() string {
	if len(t.Firm) == 0 {
		return ""
	}
	var out []string
	for _, o := range t.Firm[0].Rows {
		out = append(out, otherWay(o))
	}
	return and(out)
}

// otherWay names a way of playing otherwise without its symbol.
func otherWay(o study.Other) string {
	switch {
	case o.Times < 1:
		return "blunter choices"
	case o.Times > 1:
		return "sharper choices"
	}
	return years(o.Years)
}

// verdict says which school the record speaks for, and which it refutes.
func (t *answerText) verdict() string {
	r := t.Record
	var out []string
	if r.Factor != nil {
		times := special.Exp(float64(*r.Factor))
		switch {
		case times < hardlyApart:
			out = append(out, "The record tells the schools hardly apart (Bayes factor at most "+factor(times)+").")
		default:
			out = append(out, fmt.Sprintf("The record speaks most for %s, least for %s (Bayes factor %s).", and(nearly(r, r.For)), and(nearly(r, r.Against)), factor(times)))
		}
	}
	if words := refuted(r.Refuted); words != "" {
		out = append(out, "It refutes "+words+".")
	}
	if len(out) > 0 && r.Factor == nil {
		out[0] = strings.Replace(out[0], "It ", "The record ", 1)
	}
	return strings.Join(out, " ")
}

// hardlyApart is the Bayes factor below which the record tells two schools hardly apart:
// less is not worth more than a bare mention (Kass & Raftery 1995).
const hardlyApart = 3

// nearly are the schools that the record tells hardly apart from one of the two
// ends, this first. One that is as near to the other end stands at neither.
func nearly(r study.RecordVerdict, end string) []string {
	share := map[string]float64{}
	for _, s := range r.Shares {
		share[s.View] = float64(s.Share)
	}
	near := func(v, w string) bool {
		return max(share[v], share[w]) < hardlyApart*min(share[v], share[w])
	}
	out := []string{end}
	for _, s := range r.Shares {
		if s.View != r.For && s.View != r.Against && near(s.View, end) && near(s.View, r.For) != near(s.View, r.Against) {
			out = append(out, s.View)
		}
	}
	return out
}

// refuted names the views that the record refutes, and on what.
func refuted(views []study.RefutedView) string {
	var out []string
	for _, v := range views {
		out = append(out, v.View+" on “"+v.Records[0]+"”"+andMore(len(v.Records)-1))
	}
	return and(out)
}

// doubted says how many other records contradict each view.
func (t *answerText) doubted() string {
	var out []string
	n := 0
	for _, v := range t.Record.Doubted {
		n += len(v.Records)
		out = append(out, fmt.Sprintf("%s %d", v.View, len(v.Records)))
	}
	if n == 0 {
		return ""
	}
	who := "It"
	if t.verdict() == "" {
		who = "The record"
	} else if len(t.Record.Refuted) > 0 {
		who = "It also"
	}
	if len(out) == 1 {
		return fmt.Sprintf("%s contradicts %s on %s.", who, t.Record.Doubted[0].View, howMany(n, "record", "records"))
	}
	return fmt.Sprintf("%s contradicts the schools %d times: %s.", who, n, strings.Join(out, ", "))
}

func andMore(n int) string {
	if n < 1 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

func factor(times float64) string {
	switch {
	case times > 1e6:
		return "over a million"
	case times >= 9.95:
		return fmt.Sprintf("%.0f", times)
	}
	return trimZeros(fmt.Sprintf("%.1f", times))
}

// doubt says how sure all this is.
func (t *answerText) doubt() string {
	var out []string
	if t.Worlds < fewWorlds {
		out = append(out, fmt.Sprintf("%d worlds a view are few", t.Worlds))
	}
	if t.Basis == "record" {
		only := ""
		if t.Effective < fewSpeak {
			only = "only "
		}
		out = append(out, fmt.Sprintf("after the record "+only+"%.0f of %d worlds speak", t.Effective, t.Worlds*t.Schools))
	}
	if t.Judged > 0 {
		out = append(out, fmt.Sprintf("%d of %d assumptions are judgement", t.Judged, t.Of))
	}
	if t.Restated > 0 {
		out = append(out, howMany(t.Restated, "is", "are")+" restated")
	}
	for _, b := range t.Borrowed {
		out = append(out, fmt.Sprintf("%s made for case %s", howMany(b.Assumptions, "was", "were"), b.Case))
	}
	if t.Unsettled > 0 {
		out = append(out, howMany(t.Unsettled, "median is", "medians are")+" not settled yet")
	}
	if t.Mixed > 0 {
		out = append(out, howMany(t.Mixed, "article of law is", "articles of law are")+" open")
	}
	if len(out) == 0 {
		return ""
	}
	return "How sure: " + strings.Join(out, ", ") + "."
}

func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// fewSpeak is the number of effective worlds below which nothing settled can be
// said.
const fewSpeak = 30

// fewWorlds is the number below which a range says little.
const fewWorlds = 64

// table is the options and the headline measures, a line each. Where all do not
// fit a screen, what is left out is counted below.
func (t *answerText) table() []string {
	if len(t.Heads) == 0 || len(t.Rows) == 0 {
		return nil
	}
	ranged := t.ranged() && t.fits()
	head, rows := t.columnHeads(ranged), t.cells(ranged)
	left := 0
	if t.width >= 80 && len(rows) > screenRows {
		left = len(rows) - screenRows
		rows = rows[:screenRows]
	}
	set := text{width: t.width}
	all := append(head, rows...)
	set.line("")
	set.grid(widest(all), all)
	if left > 0 {
		set.line("and %d more options: --part options", left)
	}
	set.para("", 0, t.foot(ranged))
	return strings.SplitAfter(set.out.String(), "\n")
}

// screenRows is how many options a screen shows.
const screenRows = 20

// foot explains the numbers of the table.
func (t *answerText) foot(ranged bool) string {
	out := "Median over worlds"
	switch {
	case ranged:
		out += " (5–95 % range)"
	}
	if t.Given != nil {
		out += "; " + t.Given.Headline + ": mean"
	}
	if len(t.Rows) > 1 {
		out += ". Tied: unrounded, less than matters apart"
	}
	return out + "."
}

// fits reports whether the table with ranges stands in one piece.
func (t *answerText) fits() bool {
	sum := -gap
	for _, w := range widest(append(t.columnHeads(true), t.cells(true)...)) {
		sum += w + gap
	}
	return sum <= t.width
}

// shown are the rows of the table: those of options under which the condition can
// come about; a sentence names the others.
func (t *answerText) shown() []study.AnswerRow {
	if t.Accepted == nil {
		return t.Rows
	}
	return slices.DeleteFunc(slices.Clone(t.Rows), func(r study.AnswerRow) bool { return slices.Contains(t.Accepted.Never, r.Option) })
}

func (t *answerText) cells(ranged bool) [][]string {
	var out [][]string
	for _, r := range t.shown() {
		row := []string{r.Label}
		if t.Given != nil {
			row = append(row, chanceIn(r.Given, true))
		}
		for k, s := range r.Cells {
			pc := percentage(t.Heads[k].Unit)
			cell := chanceIn(s.Median, pc)
			if ranged && s.Median != nil {
				cell += " (" + bound(s.P05, pc) + "–" + bound(s.P95, pc) + ")"
			}
			row = append(row, cell)
		}
		out = append(out, row)
	}
	return out
}

// columnHeads are the heads of the columns, broken over lines, with their units.
func (t *answerText) columnHeads(ranged bool) [][]string {
	wide := widest(t.cells(ranged))
	heads := []string{""}
	if t.Given != nil {
		heads = append(heads, headWords(*t.Given))
	}
	for _, h := range t.Heads {
		heads = append(heads, headWords(h))
	}
	var broken [][]string
	tall := 0
	for i, h := range heads {
		lines := overTwo(h, wide[i])
		broken, tall = append(broken, lines), max(tall, len(lines))
	}
	out := make([][]string, tall)
	for _, lines := range broken {
		for n := range out {
			word := ""
			if at := n - (tall - len(lines)); at >= 0 {
				word = lines[at]
			}
			out[n] = append(out[n], word)
		}
	}
	return out
}

// overTwo breaks the head of a column over two lines, where it can be, no wider
// than it must.
func overTwo(head string, wide int) []string {
	for {
		lines := strings.Split(strings.TrimSuffix(fold(head, wide, 0), "\n"), "\n")
		if len(lines) <= 2 {
			return lines
		}
		wide++
	}
}

// headWords are the words over a column, with its unit.
func headWords(h study.Head) string {
	if unit := unitShown(h.Unit); unit != "number" {
		return h.Headline + " " + unit
	}
	return h.Headline
}

// more says what to type next.
func (t *answerText) more() []string {
	if t.Folder == "" {
		return nil
	}
	out := []string{"  casus report " + quoted(t.Folder) + " --full (or --part law, chains …)"}
	if measure, option := t.Next(); measure != "" {
		out = append(out, "  casus sense "+quoted(t.Folder)+" --measure "+measure+" --option "+option)
	}
	return out
}

// quoted is a folder as a shell reads it.
func quoted(s string) string {
	if strings.ContainsAny(s, " \t'\"\\$`*?[](){}<>|&;#!~") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// labels names options in plain words.
func (t *answerText) labels(options []string) []string {
	var out []string
	for _, o := range options {
		out = append(out, t.label(o))
	}
	return out
}

func (t *answerText) label(option string) string {
	for _, r := range t.Rows {
		if r.Option == option {
			return r.Label
		}
	}
	return option
}

func and(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[n:]
}
