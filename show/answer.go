package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/finding"
	"casus/terminal"
	"casus/worlds/study"
)

// screenful is how many lines of 80 characters the answer takes at most.
const screenful = 40

// Answer sets what a run found on one screen: the question, sentences, a table,
// and what to type for more. It computes nothing that the finding does not hold.
// Sentences that a screen of 80 characters has no room for stand in short or are
// counted, and how to ask for them is said; the same stand on every width.
func Answer(w io.Writer, a *study.Answer, l Layout) error {
	wide := &answerText{text: *newText(Layout{Width: 80}), Answer: a}
	ps, c, tight := wide.fitted()
	t := &answerText{text: *newText(l), Answer: a}
	t.opening()
	if tight {
		shown := strings.TrimSuffix(t.out.String(), "\n")
		t.out.Reset()
		t.out.WriteString(shown)
	}
	t.findings(ps)
	t.out.WriteString(strings.Join(t.table(), "") + t.next(c))
	return t.print(w)
}

// fitted are the sentences that a screen of 80 characters has room for, and whether they
// follow upon the question without a line between.
func (t *answerText) fitted() (ps [][]said, c shortage, tight bool) {
	t.opening()
	taken := t.lines() + strings.Count(strings.Join(t.table(), ""), "\n") + strings.Count(t.next(shortage{out: 1}), "\n")
	ps, c = fit(t.paragraphs(), screenful-taken)
	return ps, c, heightOf(ps) > screenful-taken
}

// WholeAnswer is Answer with every sentence, however long that is.
func WholeAnswer(w io.Writer, a *study.Answer, l Layout) error {
	t := &answerText{text: *newText(l), Answer: a, whole: true}
	t.opening()
	t.findings(t.paragraphs())
	t.out.WriteString(strings.Join(t.table(), ""))
	return t.print(w)
}

// next sets what to type for more, where some sentences were cut.
func (t *answerText) next(c shortage) string {
	set := newText(Layout{Width: t.width})
	for _, m := range t.more(c) {
		set.para("", 4, m)
	}
	return set.out.String()
}

type answerText struct {
	text
	*study.Answer
	whole bool // nothing is left out
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

func (t *answerText) lines() int { return strings.Count(t.out.String(), "\n") }

// basis says whose worlds answer, and under which condition.
func (t *answerText) basis() string {
	if len(t.Rows) == 0 {
		return "No option was finished: there is nothing to say yet."
	}
	s := ""
	switch {
	case t.Basis == "record" && t.Schools == 1 && len(t.PartOf) == 0:
		s = "Weighed by the record"
	case t.Basis == "record":
		s = t.whose() + ", weighed by the record"
	case t.Basis == "schools":
		s = t.whose() + ", with equal weight: no record weighs them"
	case len(t.PartOf) > 0:
		s = t.whose() + "; no record weighs it"
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

// whose says which schools answer, by name where the case has others.
func (t *answerText) whose() string {
	if len(t.PartOf) == 0 {
		return "All schools"
	}
	return "By " + finding.And(t.PartOf) + " alone"
}

// each is every school of those that were run.
func (t *answerText) each() string {
	if len(t.PartOf) > 0 {
		return "each of these schools"
	}
	return "every school"
}

// none is no school of those that were run.
func (t *answerText) none() string {
	if len(t.PartOf) > 0 {
		return "none of these schools"
	}
	return "no school"
}

// together are the schools that were run, as one.
func (t *answerText) together() string {
	if len(t.PartOf) > 0 {
		return "these schools together"
	}
	return "all schools"
}

// ranged reports whether there are enough worlds for a range: of a few, what lies between
// 5 and 95 % of them is what the lowest and the highest of them happen to be.
func (t *answerText) ranged() bool { return !t.Few() }

// alone says what follows from the only option that can be spoken of.
func (t *answerText) alone() string {
	on := t.Lone()
	if on == nil {
		return ""
	}
	var out []string
	for k, h := range t.Heads {
		if s := on.Cells[k]; s.Median != nil {
			out = append(out, h.Headline+" "+t.aYear(h, *s.Median, t.value(on.Option, h.Measure, true)))
		}
	}
	return capital(on.Label) + ", over " + years(t.Horizon) + ": " + finding.And(out) + "."
}

// aYear adds to a chance over the years ahead the chance in one year that comes to it.
func (t *answerText) aYear(h study.Head, p study.Float, value string) string {
	year := t.Yearly(h, p)
	if year == nil {
		return value
	}
	one := "a\u00a0year\u00a0" + withUnit(chanceIn(year, true), h.Unit)
	if before, ok := strings.CutSuffix(value, ")"); ok {
		return before + "; " + one + ")"
	}
	return value + " (" + one + ")"
}

// lead says where a measure is best and worst, and where asked how sure that is.
func (t *answerText) lead(h study.Head, l *study.Lead, sure bool) string {
	title := capital(h.Headline)
	switch {
	case len(l.Best) == 0:
		return title + ": not defined under any option."
	case t.Alone(l):
		return title + ": " + t.value(l.Best[0], l.Measure, true) + " under " + t.label(l.Best[0]) + ", and defined under no other option."
	case l.Tie:
		return title + ": no difference that matters" + t.apartFrom(l) + " (" + t.span(l) + ")."
	}
	most, least := rank(h)
	s := title + ": " + most + " under " + t.ties(l.Best, l.Measure) + ", " + least + " under " + t.ties(l.Worst, l.Measure)
	if sure {
		s += t.sure(h, l)
	}
	return s + "."
}

// untold names what the answer would lead with and cannot tell.
func (t *answerText) untold() string {
	var undefined, never []string
	for _, h := range t.Untold {
		if h.Never != "" {
			never = append(never, h.Headline)
		} else {
			undefined = append(undefined, h.Headline)
		}
	}
	var out []string
	if len(undefined) > 0 {
		out = append(out, "Not defined under any option: "+finding.And(undefined)+".")
	}
	if len(never) > 0 {
		out = append(out, "Not possible here, whatever is done: "+finding.And(never)+".")
	}
	return strings.Join(out, " ")
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

// value is the cell of an option, with its range where asked.
func (t *answerText) value(option, measure string, ranged bool) string {
	h, s := t.cell(option, measure)
	pc := percentage(h.Unit)
	if s == nil || s.Median == nil {
		return "–"
	}
	out := withUnit(chanceIn(s.Median, pc), h.Unit)
	if ranged && t.ranged() {
		out += strings.Replace(inBounds(s.P05, s.P95, pc), " ", "\u00a0", 1)
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

// sure says in what share of the worlds the first is better than the last by what
// matters, where that is not settled.
func (t *answerText) sure(h study.Head, l *study.Lead) string {
	if !l.Unsure() {
		return ""
	}
	return "; " + byWhatMatters(h) + "in only " + inShare(*l.Sure) + " of the worlds"
}

// byWhatMatters is the least difference that counts, in words.
func byWhatMatters(h study.Head) string {
	switch {
	case h.Matters == 0:
		return "that way round "
	case percentage(h.Unit):
		return "by " + howManyPoints(100*h.Matters) + " or more "
	}
	return "by " + withUnit(digits(h.Matters, false), h.Unit) + " or more "
}

func howManyPoints(n float64) string {
	s := trimZeros(fmt.Sprintf("%.2f", n))
	if s == "1" {
		return "1\u00a0point"
	}
	return s + "\u00a0points"
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

// accepted says how likely the condition is, and where asked under which options it
// never comes about, which the table shows too.
func (t *answerText) accepted(never bool) string {
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
	case t.Alone(l):
		s = title + ": " + t.given(l.Best[0]) + " under " + t.label(l.Best[0])
	case l.Tie:
		s = title + ": as likely under every option where it can be (" + t.given(l.Best[0]) + ")"
	default:
		s = title + ": likeliest under " + of(l.Best)
	}
	if t.Unlikely() {
		s += "; nowhere above 50\u00a0%"
	}
	if len(l.Never) > 0 && never {
		s += ", never under " + finding.And(t.labels(l.Never))
	}
	return s + "."
}

// outright says what is hidden by speaking of one condition alone: which options that
// never come to it do worse than all others whether or not it comes about. The numbers
// stand beside, since those of the others in the table are under the condition; in short,
// the next in brackets.
func (t *answerText) outright(short bool) string {
	beside := func(o study.Outright) string { return t.besideNext(o, short) }
	if short {
		return t.worstOutright(" (beside the next)", "do", ": ", beside)
	}
	return t.worstOutright("", "do", " on ", beside)
}

// outrightNamed says the same without a number: the table has those of the options of
// which it speaks.
func (t *answerText) outrightNamed() string {
	return t.worstOutright("", "be", " on ", func(o study.Outright) string { return t.headline(o.Of) })
}

func (t *answerText) worstOutright(beside, verb, on string, words func(study.Outright) string) string {
	by := map[string][]string{}
	var order []string
	for _, o := range t.Outright {
		if o.Next == nil {
			continue
		}
		who := finding.And(t.labels(o.Next.Options))
		if by[who] == nil {
			order = append(order, who)
		}
		by[who] = append(by[who], words(o))
	}
	if len(order) == 0 {
		return ""
	}
	for i, who := range order {
		order[i] = who + inNumber[verb][strings.Contains(who, " and ")] + " worst" + on + finding.And(by[who])
	}
	return capital(t.Given.Headline) + " or not" + beside + ", " + strings.Join(order, "; ") + "."
}

// inNumber are verbs of several, and of one.
var inNumber = map[string]map[bool]string{"do": {true: " do", false: " does"}, "be": {true: " are", false: " is"}}

// besideNext names a measure with its number whether or not the condition comes about,
// and that of the option that comes next.
func (t *answerText) besideNext(o study.Outright, short bool) string {
	h, _ := t.cell(o.Next.Options[0], o.Of)
	pc := percentage(h.Unit)
	number, next := t.outrightValue(o, o.Next.Options[0]), chanceIn(&o.Next.Value, pc)
	if short {
		return h.Headline + " " + number + " (" + next + ")"
	}
	return h.Headline + " (" + number + ", elsewhere " + withUnit(next, h.Unit) + map[bool]string{true: " at most)", false: " at least)"}[h.Better == "lower"]
}

// outrightValue is the number of an option whether or not the condition comes about.
func (t *answerText) outrightValue(o study.Outright, option string) string {
	i := slices.IndexFunc(t.Rows, func(r study.AnswerRow) bool { return r.Option == option })
	h, _ := t.cell(option, o.Of)
	return withUnit(chanceIn(o.Cells[i].Median, percentage(h.Unit)), h.Unit)
}

func (t *answerText) given(option string) string {
	for _, r := range t.Rows {
		if r.Option == option {
			return withUnit(chanceIn(r.Given, true), "probability")
		}
	}
	return "–"
}

// namesThree and firstAlone are how many options a list names before it counts the others.
const (
	namesThree = 3
	firstAlone = 1
)

// several names up to so many, and of more the first.
func several(labels []string, most int) string {
	if n := len(labels); n > most {
		return fmt.Sprintf("%s and %d more options", labels[0], n-1)
	}
	return finding.And(labels)
}

// alike names the options between which no headline measure decides.
func (t *answerText) alike() string {
	if len(t.Alike) == 0 || len(t.Alike[0]) == len(t.Rows) && len(t.Rows) < 3 {
		return ""
	}
	var groups []string
	for _, g := range t.Alike {
		groups = append(groups, finding.And(t.labels(g)))
	}
	return "Alike in every column: " + strings.Join(groups, "; ") + "."
}

// agreement says by which measures the schools put the same option first.
func (t *answerText) agreement(names int) string {
	var heads, each, common, level, even, alone []string
	for _, h := range t.Held {
		switch {
		case len(h.Agreed) == 0 || t.Compared(h.Measure) < 2:
			continue
		case len(h.Agreed) == t.Compared(h.Measure): // every school ties them all: none is first
			level = append(level, t.headline(h.Measure))
			continue
		}
		named := t.label(h.Agreed[0])
		if names > firstAlone {
			named = several(t.labels(h.Agreed), names)
		}
		if l := t.LeadOf(h.Measure); l != nil && l.Tie { // over all schools no option is first
			even, alone = append(even, t.headline(h.Measure)), append(alone, named+" on "+t.headline(h.Measure))
			continue
		}
		if heads == nil {
			common = slices.Clone(h.Agreed)
		}
		heads = append(heads, t.headline(h.Measure))
		each = append(each, t.headline(h.Measure)+" ("+named+")")
		common = slices.DeleteFunc(common, func(o string) bool { return !slices.Contains(h.Agreed, o) })
	}
	apart := t.partOn()
	tie := ""
	if len(level) > 0 {
		tie = "On " + finding.And(level) + " " + t.none() + " sees a difference that matters."
	}
	s := ""
	switch {
	case len(heads) == 0 && len(apart) == 0:
	case len(heads) == 0:
		s = "On " + finding.And(apart) + " the schools part."
	case len(common) == 0:
		s = capital(t.each()) + " has these first, or tied for it: on " + finding.And(each) + onTheyPart(apart) + "."
	default:
		s = "On " + finding.And(heads) + " " + t.each() + " has " + several(t.labels(common), names) + " first, or tied for it" + onTheyPart(apart) + "."
	}
	if len(even) > 0 {
		tie = strings.TrimSpace("On " + finding.And(even) + " the options tie over " + t.together() + "; each alone has first, or tied for it, " + finding.And(alone) + ". " + tie)
	}
	return strings.TrimSpace(strings.TrimSpace(s+" "+tie) + " " + t.noneForAll())
}

// noneForAll says by which measures no option is first for all schools though any two
// share one.
func (t *answerText) noneForAll() string {
	var on []string
	for _, h := range t.Held {
		if len(h.Agreed) == 0 && h.Some() && !h.Part() {
			on = append(on, t.headline(h.Measure))
		}
	}
	if len(on) == 0 {
		return ""
	}
	return "On " + finding.And(on) + " any two schools share a first, but not all the same."
}

// partOn are the measures on which two schools part: no option is first, or tied, under both.
func (t *answerText) partOn() []string {
	var out []string
	for _, h := range t.Held {
		if h.Part() {
			out = append(out, t.headline(h.Measure))
		}
	}
	return out
}

func onTheyPart(heads []string) string {
	if len(heads) == 0 {
		return ""
	}
	return "; on " + finding.And(heads) + " they part"
}

// dispute says what each school puts first by each measure on which they part; in short
// the very first of each.
func (t *answerText) dispute(names int) string {
	if firsts := t.firsts(names, unbracketed); firsts != "" {
		return "First " + firsts
	}
	return ""
}

// firsts names what each school puts first by each measure on which no option is first under
// all of them.
func (t *answerText) firsts(names int, beside func(measure string) string) string {
	var out []string
	for _, h := range t.Held {
		if len(h.Agreed) == 0 && h.Some() {
			out = append(out, "on "+t.headline(h.Measure)+beside(h.Measure)+": "+t.firstFor(h, names))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "; ") + "."
}

// firstFor names the options that are first, up to so many of each group of schools, with
// all the schools that have them so; in short one option for each school, the same for
// schools that share one.
func (t *answerText) firstFor(h study.HeldBy, names int) string {
	all := h.Cover()
	if names == firstAlone {
		all = h.OneEach()
		if words := t.oneAndOthers(h, all); words != "" {
			return words
		}
	}
	var out []string
	for _, f := range all {
		out = append(out, several(t.labels(f.Options), names)+" for "+finding.And(f.Views)+t.amounts(h, f))
	}
	return strings.Join(out, "; ")
}

// oneAndOthers names what one school puts first, and what all others do; empty where it
// is not one against several.
func (t *answerText) oneAndOthers(h study.HeldBy, fs []study.Firsts) string {
	if len(fs) != 2 || len(fs[0].Views) < 2 || len(fs[1].Views) != 1 {
		return ""
	}
	return t.label(fs[1].Options[0]) + " for " + fs[1].Views[0] + t.amounts(h, fs[1]) + ", " + t.label(fs[0].Options[0]) + " for the others" + t.amounts(h, fs[0])
}

// amounts are what options have under the schools that have them first, from the least to
// the most, in brackets.
func (t *answerText) amounts(h study.HeldBy, f study.Firsts) string {
	low, high := h.Amounts(f)
	if low == nil {
		return ""
	}
	of, _ := t.cell(t.Rows[0].Option, h.Measure)
	pc := percentage(of.Unit)
	from, to := chanceIn(low, pc), withUnit(chanceIn(high, pc), of.Unit)
	if from == chanceIn(high, pc) {
		return " (" + to + ")"
	}
	return " (" + from + " to " + to + ")"
}

func (t *answerText) headline(measure string) string {
	for _, h := range t.Heads {
		if h.Measure == measure {
			return h.Headline
		}
	}
	return measure
}

// byCriteria says by how many of the criteria of robust the schools agree, or part, as by
// the median.
func (t *answerText) byCriteria(long bool) string {
	same := t.SameByCriteria()
	if len(same) == 0 {
		return ""
	}
	var out []string
	for i, s := range same {
		share, what := shareOfAll(s.Criteria, s.Of), finding.And(t.headlines(s.Measures))
		if i > 0 && i == len(same)-1 && len(s.Measures) > 1 && t.toldOfAll(same) {
			what = "the others"
		}
		if i > 0 {
			out = append(out, share+" of "+what)
		} else {
			out = append(out, share+" say"+map[bool]string{true: "s"}[s.Criteria == 1]+" the same of "+what)
		}
	}
	lead := fmt.Sprintf("Of robust's %d criteria ", same[0].Of)
	if long {
		lead = fmt.Sprintf("Of the %d criteria of casus robust (mean, worst case, regret …) ", same[0].Of)
	}
	return lead + strings.Join(out, ", ") + "."
}

// toldOfAll reports whether some lists name every measure of the table.
func (t *answerText) toldOfAll(lists []study.SameBy) bool {
	return !slices.ContainsFunc(t.Heads, func(h study.Head) bool {
		return !slices.ContainsFunc(lists, func(s study.SameBy) bool { return slices.Contains(s.Measures, h.Measure) })
	})
}

func (t *answerText) headlines(measures []string) []string {
	var out []string
	for _, m := range measures {
		out = append(out, t.headline(m))
	}
	return out
}

func shareOfAll(n, of int) string {
	switch n {
	case 0:
		return "none"
	case of:
		return "all"
	}
	return fmt.Sprint(n)
}

// parting says of which number the schools say the most different things, and
// which assumption decides it.
func (t *answerText) parting(full bool) string {
	p := t.Parting
	if p == nil {
		return ""
	}
	s := strings.TrimSuffix(t.gap(), ".")
	switch {
	case p.Turns == nil && !p.Tried:
	case t.Few():
		s += "; on which assumption it turns so few worlds cannot tell"
	case p.Turns != nil && !full:
		s += fmt.Sprintf("; %s of it due to “%s”", about(p.Turns.Closes), p.Turns.Title)
	case p.Turns != nil:
		s += fmt.Sprintf("; %s of it comes from what they hold of “%s”", about(p.Turns.Closes), p.Turns.Title)
	default:
		s += "; no assumption alone makes a quarter of it"
	}
	return s + "."
}

// gap is of which number the schools say the most different things.
func (t *answerText) gap() string {
	p := t.Parting
	if p == nil {
		return ""
	}
	h, _ := t.cell(p.Option, p.Measure)
	pc := percentage(h.Unit)
	low, high := p.LowValue, p.HighValue
	return fmt.Sprintf("Gap that matters most: %s under %s, %s for %s, %s for %s.", h.Headline, t.label(p.Option),
		withUnit(chanceIn(&high, pc), h.Unit), p.High, withUnit(chanceIn(&low, pc), h.Unit), p.Low)
}

// about is a share to five in a hundred; how it is found carries no more.
func about(share study.Float) string {
	if share >= 0.975 {
		return "all"
	}
	return fmt.Sprintf("about %.0f\u00a0%%", 5*math.Round(20*float64(share)))
}

// turns says in one breath what hangs on the years ahead or on λ; empty where nothing
// does.
func (t *answerText) turns() string {
	var firsts, on []string
	hang := func(o study.Other) {
		if way := otherWay(o); !slices.Contains(on, way) {
			on = append(on, way)
		}
	}
	for _, f := range t.Firm {
		for _, o := range f.Rows {
			if o.Holds {
				continue
			}
			hang(o)
			if h := t.headline(f.Measure); !slices.Contains(firsts, h) {
				firsts = append(firsts, h)
			}
		}
	}
	var what []string
	if len(firsts) > 0 {
		what = append(what, "first on "+finding.And(firsts))
	}
	if m, x := t.Farthest(); x != nil {
		hang(study.Other{Years: x.Years, Times: x.Times})
		what = append(what, t.label(x.Better)+" against "+t.label(x.Worse)+" on "+t.headline(m))
	}
	if len(what) == 0 {
		return ""
	}
	hangs := map[bool]string{true: "turn with ", false: "turns with "}[len(what) > 1]
	return capital(strings.Join(what, ", and ")) + map[bool]string{true: ", ", false: " "}[len(what) > 1] + hangs + finding.And(on) + "."
}

// changePlaces says which two options do, and by which numbers.
func (t *answerText) changePlaces() string {
	m, x := t.Farthest()
	if x == nil {
		return ""
	}
	h, _ := t.cell(x.Better, m)
	both := func(v [2]study.Float) string {
		pc := percentage(h.Unit)
		return chanceIn(&v[0], pc) + " and " + withUnit(chanceIn(&v[1], pc), h.Unit)
	}
	way := otherWay(study.Other{Years: x.Years, Times: x.Times})
	s := fmt.Sprintf(" %s and %s change places on %s: %s, with %s %s", capital(t.label(x.Better)), t.label(x.Worse), h.Headline, both(x.As), way, both(x.Then))
	var of []string
	for _, f := range t.Firm {
		if f.Turned != nil {
			of = append(of, howMany(f.Turned.Pairs, "pair", "pairs")+" on "+t.headline(f.Measure))
		}
	}
	return s + " (of all that do the furthest; " + finding.And(of) + ")."
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
			if l := t.LeadOf(f.Measure); l == nil || !l.Tie { // where all tie, nothing can change
				kept = append(kept, t.headline(f.Measure))
			}
		} else {
			moved = append(moved, t.headline(f.Measure)+" with "+finding.And(where))
		}
	}
	ways := t.otherWays()
	switch {
	case len(kept)+len(moved) == 0:
		return ""
	case len(moved) == 0:
		return "At least one of those first stays first with " + ways + "."
	case len(kept) == 0:
		return "Played with " + ways + ", what comes first changes: " + strings.Join(moved, "; ") + "."
	}
	return "At least one of those first stays first with " + ways + " on " + finding.And(kept) + "; none does on " + finding.And(moved) + "."
}

// moved says which number other choices move most, since what comes first may stay
// first while all numbers move.
func (t *answerText) moved() string {
	m := t.Moved
	by, ok := m.By()
	if !ok || t.firm() == "" {
		return ""
	}
	return fmt.Sprintf(" Numbers move: with %s %s under %s is %s times what it is here.", otherWay(study.Other{Times: m.Times}), t.headline(m.Measure), t.label(m.Option), tenthsOf(by))
}

// tenthsOf writes how many times something is.
func tenthsOf(times float64) string {
	if times < 0.1 {
		return "less than 0.1"
	}
	return trimZeros(fmt.Sprintf("%.1f", times))
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
	return finding.And(out)
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

// verdict says which school the record speaks for.
func (t *answerText) verdict() string {
	r := &t.Record
	if r.Factor == nil {
		return ""
	}
	times, apart := r.Times()
	if !apart {
		return "The record tells the schools hardly apart (Bayes factor at most " + factor(times) + ")."
	}
	return fmt.Sprintf("The record speaks most for %s, least for %s (Bayes factor %s).", finding.And(r.Near(r.For)), finding.And(r.Near(r.Against)), factor(times))
}

// contradicted says how many records are so unlikely under a school that they speak
// against it, which where asked, and whether they weigh.
func (t *answerText) contradicted(named bool) string {
	n, held := t.Record.Speaking()
	if n == 0 {
		return ""
	}
	lead, noun, end := "Of the records ", "", ""
	switch {
	case held == n:
		lead, noun = "Held out, so without weight, ", " record"
	case held > 0:
		end = fmt.Sprintf("; %d of these held out, without weight", held)
	}
	var out []string
	say := func(views []study.RefutedView, verb, likely string) {
		for _, same := range byRecords(views) {
			records, of, each := same[0].Records, []string{}, ""
			for _, v := range same {
				of = append(of, v.View)
			}
			if len(records)+len(of) > 2 {
				each = "each "
			}
			verb := verb + map[bool]string{true: "s"}[len(records) == 1]
			words := fmt.Sprintf("%d%s %s %s (%sunder %s", len(records), many(noun, len(records)), verb, finding.And(of), each, likely)
			if named {
				words += ": “" + records[0] + "”" + andMore(len(records)-1)
			}
			out, noun = append(out, words+")"), ""
		}
	}
	say(t.Record.Refuted, "refute", "1\u00a0% likely")
	say(t.Record.Doubted, "contradict", "5\u00a0%")
	return lead + strings.Join(out, ", ") + end + "."
}

// byRecords joins the views of which the same records speak, in the order in which they
// come.
func byRecords(views []study.RefutedView) [][]study.RefutedView {
	var out [][]study.RefutedView
	for _, v := range views {
		i := slices.IndexFunc(out, func(o []study.RefutedView) bool { return slices.Equal(o[0].Records, v.Records) })
		if i < 0 {
			out = append(out, []study.RefutedView{v})
			continue
		}
		out[i] = append(out[i], v)
	}
	return out
}

// many is a noun of so many, blank before it; of no noun nothing.
func many(noun string, n int) string {
	if noun == "" || n == 1 {
		return noun
	}
	return noun + "s"
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

// rests says on how many worlds, and on how much judgement, all this rests, and whether
// the schools or, where asked, chance make the numbers uncertain; in short in the fewest
// words.
func (t *answerText) rests(short, chance bool) []string {
	var out []string
	if t.Few() {
		out = append(out, howMany(t.Worlds, "world a view is", "worlds a view are")+" few")
	}
	if words := t.worth(short); words != "" {
		out = append(out, words)
	}
	if words := t.againstChance(short); words != "" && chance {
		out = append(out, words)
	}
	if t.Judged > 0 {
		out = append(out, fmt.Sprintf("%d of %d assumptions are judgement", t.Judged, t.Of))
	}
	if t.Sketched > 0 {
		out = append(out, fmt.Sprintf("medians are sketched, to within %.1f\u00a0%%", 100*float64(t.Sketched)))
	}
	return out
}

// againstChance holds the schools against chance.
func (t *answerText) againstChance(short bool) string {
	x := t.Against
	switch {
	case x.Numbers == 0:
		return ""
	case short:
		return "schools differ by more than chance in " + ofAll(x.Schools, x.Numbers) + " numbers"
	}
	return "in " + ofAll(x.Schools, x.Numbers) + " numbers the schools lie further apart than chance (half of the worlds, and the other half)"
}

func ofAll(n, of int) string {
	if n == of {
		return fmt.Sprintf("all %d", of)
	}
	return fmt.Sprintf("%d of %d", n, of)
}

// doubt says how sure all this is.
func (t *answerText) doubt() string {
	out := t.rests(false, true)
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
	return howSure(out)
}

// idle says that check warns of lines that say nothing, the first of them in words
// where asked.
func (t *answerText) idle(words int) string {
	n := len(t.Idle)
	switch {
	case n == 0:
		return ""
	case words == 0:
		return "Check warns of " + howMany(n, "line", "lines") + " (--part warnings)."
	case n == 1:
		return "Check warns: " + t.Idle[0] + "."
	}
	return "Check warns: " + t.Idle[0] + "; and of " + howMany(n-1, "line", "lines") + " more (--part warnings)."
}

func howSure(out []string) string {
	if len(out) == 0 {
		return ""
	}
	return "How sure: " + strings.Join(out, ", ") + "."
}

// worth says how many worlds of equal weight the weighted ones are worth.
func (t *answerText) worth(short bool) string {
	all, worth, few, ok := t.Weighed()
	if !ok {
		return ""
	}
	only := ""
	if few {
		only = "only "
	}
	if short {
		return fmt.Sprintf("weighed, %.0f worlds tell %sas much as %.0f alike", all, only, worth)
	}
	return fmt.Sprintf("weighed by the record, %.0f worlds tell %sas much as %.0f of equal weight", all, only, worth)
}

func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// table is the options and the headline measures, a line each, and what matters by
// each. Where all do not fit a screen, what is left out is counted below.
func (t *answerText) table() []string {
	if len(t.Heads) == 0 || len(t.Rows) == 0 {
		return nil
	}
	ranged := t.ranged() && t.fits()
	head, rows := t.columnHeads(ranged), t.cells(ranged)
	left := 0
	if t.width >= 80 && !t.whole && len(rows) > screenRows {
		left = len(rows) - screenRows
		rows = t.spoken(rows)
	}
	head, rows, foot := t.explained(head, rows, ranged)
	set := newText(Layout{Width: t.width})
	all := append(head, rows...)
	set.line("")
	set.grid(widest(all), all)
	if left > 0 {
		set.line("and %d more options: --part options", left)
	}
	if foot != "" {
		set.para("", 0, foot)
	}
	return strings.SplitAfter(set.out.String(), "\n")
}

// explained adds to a table the row of what matters, and what its numbers are: over the
// names of the options where there is room, so that a line is saved, or else below.
func (t *answerText) explained(head, rows [][]string, ranged bool) (above, below [][]string, foot string) {
	least := t.matters()
	if least == nil {
		return head, rows, t.foot(ranged)
	}
	least[0] = "(tied below, unrounded)"
	stub := strings.Split(strings.TrimSuffix(fold(t.numbers(ranged), utf8.RuneCountInString(least[0]), 0), "\n"), "\n")
	if len(stub) <= len(head) {
		above, below = clone(head), append(clone(rows), least)
		for i, line := range stub {
			above[len(head)-len(stub)+i][0] = line
		}
		if across(append(clone(above), below...)) <= t.width {
			return above, below, ""
		}
	}
	least[0] = "(tied below)"
	return head, append(rows, least), t.foot(ranged)
}

// screenRows is how many options a screen shows.
const screenRows = 20

// spoken are as many rows as a screen shows, those of which a sentence speaks among
// them, in their order.
func (t *answerText) spoken(rows [][]string) [][]string {
	leads := t.Leads
	if t.Accepted != nil {
		leads = append(slices.Clone(leads), *t.Accepted)
	}
	named := map[string]bool{}
	for _, l := range leads {
		for _, options := range [][]string{l.Best, l.Worst} {
			if len(options) > 0 {
				named[t.label(options[0])] = true
			}
		}
	}
	keep, left := make([]bool, len(rows)), screenRows
	for _, first := range []bool{true, false} {
		for i, r := range rows {
			if left > 0 && !keep[i] && (named[r[0]] || !first) {
				keep[i], left = true, left-1
			}
		}
	}
	var out [][]string
	for i, r := range rows {
		if keep[i] {
			out = append(out, r)
		}
	}
	return out
}

// matters is the row of the least differences that count; nil where there is nothing
// to compare or all count.
func (t *answerText) matters() []string {
	if len(t.Rows) < 2 || !slices.ContainsFunc(t.Heads, func(h study.Head) bool { return h.Matters > 0 }) {
		return nil
	}
	least := func(h study.Head) string { return digits(h.Matters, percentage(h.Unit)) }
	row := []string{""}
	if t.Given != nil {
		row = append(row, least(*t.Given))
	}
	for _, h := range t.Heads {
		row = append(row, least(h))
	}
	return row
}

// foot explains the numbers of the table.
func (t *answerText) foot(ranged bool) string {
	out := capital(t.numbers(ranged))
	if len(t.Rows) > 1 {
		out += "; unrounded for ties"
	}
	return out + "."
}

// numbers says what the numbers of the table are.
func (t *answerText) numbers(ranged bool) string {
	out := "median over worlds"
	if ranged {
		out += " (5–95\u00a0% range)"
	}
	if t.Given != nil {
		out = strings.Replace(out, " over worlds", "", 1) + "; " + t.Given.Headline + ": mean"
	}
	if t.Accepted != nil && len(t.Accepted.Never) > 0 && len(t.Outright) > 0 {
		out += "; never: " + t.Given.Headline + " or not"
	}
	return out
}

// fits reports whether the table with ranges stands in one piece.
func (t *answerText) fits() bool {
	return across(append(t.columnHeads(true), t.cells(true)...)) <= t.width
}

// shown are the places of the options in the order of the table: first those under
// which the condition can come about, then those under which it never does.
func (t *answerText) shown() []int {
	var out, last []int
	for i, r := range t.Rows {
		if t.never(r.Option) {
			last = append(last, i)
		} else {
			out = append(out, i)
		}
	}
	return append(out, last...)
}

// never reports whether the condition never comes about under an option.
func (t *answerText) never(option string) bool {
	return t.Accepted != nil && slices.Contains(t.Accepted.Never, option)
}

// cells are the rows of the table; of an option under which the condition never
// comes about with what it is all the same.
func (t *answerText) cells(ranged bool) [][]string {
	var out [][]string
	for _, i := range t.shown() {
		r := t.Rows[i]
		if t.never(r.Option) {
			out = append(out, t.row(r.Label, "never", t.outrightCells(i), ranged))
		} else {
			out = append(out, t.row(r.Label, chanceIn(r.Given, true), r.Cells, ranged))
		}
	}
	return out
}

func (t *answerText) row(label, given string, cells []study.Summary, ranged bool) []string {
	row := []string{label}
	if t.Given != nil {
		row = append(row, given)
	}
	for k, s := range cells {
		pc := percentage(t.Heads[k].Unit)
		cell := chanceIn(s.Median, pc)
		if ranged && s.Median != nil {
			cell += inBounds(s.P05, s.P95, pc)
		}
		row = append(row, cell)
	}
	return row
}

// outrightCells are those of a row whether or not the condition comes about; none of
// a head that cannot be asked without.
func (t *answerText) outrightCells(row int) []study.Summary {
	out := make([]study.Summary, len(t.Heads))
	for k, h := range t.Heads {
		for _, o := range t.Outright {
			if o.Of == h.Measure {
				out[k] = o.Cells[row]
			}
		}
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

// more says what to type next, and what a screen had no room for. The command ends its
// line, so that it can be copied.
func (t *answerText) more(c shortage) []string {
	cut := c != (shortage{})
	if t.Folder == "" {
		if !cut {
			return nil
		}
		return []string{"  with --part answer (" + c.words() + ")"}
	}
	out := []string{"  Or --part law, chains …: casus report " + terminal.Quoted(t.Folder) + " --full"}
	if cut {
		out[0] = "  " + capital(c.words()) + ": casus report " + terminal.Quoted(t.Folder) + " --part answer"
	}
	if measure, option := t.Next(); measure != "" {
		words := "  casus sense " + terminal.Quoted(t.Folder) + " --measure " + measure
		if with := words + " --option " + option; utf8.RuneCountInString(with) <= 80 {
			out = append(out, with)
		} else if with = strings.TrimSpace(with); utf8.RuneCountInString(with) <= 80 {
			out = []string{strings.TrimSpace(out[0]), with}
		} else {
			out = append(out, words+" \\", "    --option "+option)
		}
	}
	return out
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

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[n:]
}
