package show

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/study"
)

// said is a sentence, or several, in its forms from the fullest to the shortest. One
// gives way to the next where a screen is full, the one that yields most first.
type said struct {
	forms []form
	lead  string     // the words above the rows, of the forms that have these
	rows  [][]string // a line each
	at    int
}

// form is how a sentence may stand; empty words leave it out. It yields to the next
// the sooner the higher the number is, and never at 0. Below lastResort is for
// screens that the shortest forms of all would not fit.
type form struct {
	words  string
	yields int
}

func always(words string) said { return said{forms: []form{{words: words}}} }

func (s *said) words() string { return s.forms[s.at].words }

// list gives the words after the rows, where the form that stands has these.
func (s *said) list() (after string, ok bool) {
	if s.rows == nil {
		return "", false
	}
	return strings.CutPrefix(s.words(), s.lead)
}

// yields says how soon a sentence gives way to its next form.
func (s *said) yields() int {
	if s.at+1 == len(s.forms) {
		return 0
	}
	return s.forms[s.at].yields
}

// settle passes over forms that are no shorter than the one before.
func (s *said) settle() {
	out := s.forms[:1]
	for _, f := range s.forms[1:] {
		if last := &out[len(out)-1]; len(f.words) < len(last.words) {
			out = append(out, f)
		} else {
			last.yields = f.yields
		}
	}
	out[len(out)-1].yields = 0
	s.forms = out
}

// paragraphs say what was found, in the order in which people ask: what does best,
// what the schools say of it, how sure it is. What holds no finding is left out.
func (t *answerText) paragraphs() [][]said {
	ps := [][]said{
		{t.leadsSaid(), always(t.untold()), t.acceptedSaid(), t.alikeSaid()},
		{t.schoolsSaid(), t.partingSaid()},
		{t.recordSaid(), t.doubtSaid(), t.idleSaid(), t.firmSaid()},
	}
	for _, p := range ps {
		for i := range p {
			p[i].settle()
		}
	}
	return ps
}

func (t *answerText) leadsSaid() said {
	if t.alone() != "" || len(t.Leads) == 0 {
		return always(strings.TrimSpace(t.basis() + " " + t.alone()))
	}
	each := func(sure bool) string {
		out := []string{t.basis()}
		if t.Worlds > 1 {
			out[0] = strings.TrimSuffix(out[0], ".") + "; numbers are medians over worlds."
		}
		for i := range t.Leads {
			out = append(out, t.lead(t.Heads[i], &t.Leads[i], sure))
		}
		return strings.Join(out, " ")
	}
	if lead, rows, after := t.leadsListed(); rows != nil {
		return said{forms: []form{{each(true), 18}, {each(false), 15}, {lead + after, 3}, {lead, 0}}, lead: lead, rows: rows}
	}
	return said{forms: []form{{each(true), 18}, {each(false), 15}, {t.leadsInOne(), 0}}}
}

// acceptedSaid keeps on the screen what is so whether or not the condition comes about: a
// table of what follows once it has would hide it.
func (t *answerText) acceptedSaid() said {
	beside := func(accepted, outright string) string { return strings.TrimSpace(accepted + " " + outright) }
	accepted, leaning := t.acceptedInOne(), t.leaningInOne()
	if _, rows, _ := t.leadsListed(); rows != nil && t.acceptedRow() != nil {
		accepted = "" // it has a row
	}
	return said{forms: []form{{beside(beside(t.accepted(true), t.leaning()), t.outright(false)), 17}, {beside(beside(t.accepted(false), leaning), t.outright(true)), 12},
		{beside(beside(accepted, leaning), t.outright(true)), 8}, {beside(beside(accepted, leaning), t.outrightNamed()), 3}, {beside(leaning, t.outrightNamed()), 2}, {t.outrightNamed(), 0}}}
}

func (t *answerText) alikeSaid() said {
	return said{forms: []form{{t.alike(), 16}, {}}}
}

func (t *answerText) schoolsSaid() said {
	full := func(names int, criteria string) string {
		return strings.TrimSpace(strings.TrimSpace(t.agreement(names)+" "+t.dispute(names)) + " " + criteria)
	}
	return said{forms: []form{{full(namesThree, t.byCriteria(true)), 14}, {full(firstAlone, t.byCriteria(false)), 13},
		{t.schoolsInOne(t.bracketed()), 4}, {t.schoolsInOne(unbracketed), 2}, {capital(t.partInOne(unbracketed)), 1}, {}}}
}

func (t *answerText) partingSaid() said {
	return said{forms: []form{{t.parting(true), 13}, {t.parting(false), 2}, {t.gap(), 1}, {}}}
}

func (t *answerText) recordSaid() said {
	both := func(named bool) string {
		return strings.TrimSpace(t.verdict() + " " + t.contradicted(named))
	}
	return said{forms: []form{{both(true), 17}, {both(false), 11}, {t.recordInOne(), 2}, {t.verdict(), 1}, {}}}
}

func (t *answerText) doubtSaid() said {
	return said{forms: []form{{t.doubt(), 12}, {howSure(t.rests(true, true)), 4}, {howSure(t.rests(true, false)), 1}, {}}}
}

func (t *answerText) idleSaid() said {
	return said{forms: []form{{t.idle(1), 19}, {t.idle(0), 8}, {}}}
}

// firmSaid keeps what turns with λ or the years on the screen; that nothing does,
// the report says too.
func (t *answerText) firmSaid() said {
	return said{forms: []form{{t.firm() + t.changePlaces() + t.moved(), 20}, {t.firm(), 18}, {t.turns(), 9}, {}}}
}

// shortage counts what a screen had no room for.
type shortage struct{ out, short int }

// words say what to add to --part answer.
func (c shortage) words() string {
	switch {
	case c.out > 0:
		return howMany(c.out, "sentence", "sentences") + " more"
	case c.short > 0:
		return "in full"
	}
	return ""
}

// lastResort is from where on a sentence yields before the line between the question and
// the answer does.
const lastResort = 10

// fit shortens and leaves out sentences until they take at most so many lines of 80
// characters, in two paragraphs where three do not go, and says what gave way. Before the
// last resorts it takes a line more, and all stands in one paragraph.
func fit(ps [][]said, lines int) ([][]said, shortage) {
	if heightOf(ps) > lines {
		ps = [][]said{ps[0], slices.Concat(ps[1:]...)}
	}
	for heightOf(ps) > lines && giveWay(ps, lastResort) != nil {
	}
	if heightOf(ps) > lines+1 {
		ps = [][]said{slices.Concat(ps...)}
	}
	var gave []*said
	for heightOf(ps) > lines+1 {
		s := giveWay(ps, 1)
		if s == nil {
			break
		}
		gave = append(gave, s)
	}
	for _, s := range slices.Backward(gave) { // a long one that gave way may leave room for a short one
		if s.at--; heightOf(ps) > lines+1 {
			s.at++
		}
	}
	c := shortage{}
	for _, p := range ps {
		for _, s := range p {
			switch {
			case s.at > 0 && s.words() == "":
				c.out++
			case s.at > 0:
				c.short++
			}
		}
	}
	return ps, c
}

// giveWay shortens a sentence or leaves one out, the one that is wanted least, and gives
// it; nil where none yields so soon.
func giveWay(ps [][]said, from int) *said {
	var least *said
	for _, p := range ps {
		for i := range p {
			if s := &p[i]; s.yields() >= from && (least == nil || s.yields() > least.yields()) {
				least = s
			}
		}
	}
	if least != nil {
		least.at++
	}
	return least
}

func heightOf(ps [][]said) int {
	set := &answerText{text: *newText(Layout{Width: 80})}
	set.findings(ps)
	return set.lines()
}

// findings sets the paragraphs. A list ends the words before it.
func (t *answerText) findings(ps [][]said) {
	for _, p := range ps {
		for i := range p {
			if after, ok := p[i].list(); ok {
				t.said(append(slices.Clone(p[:i]), always(p[i].lead)))
				t.listed(p[i].rows)
				p = append([]said{always(after)}, p[i+1:]...)
				break
			}
		}
		t.said(p)
	}
}

func (t *answerText) said(p []said) {
	if s := together(p); s != "" {
		t.para("", 0, s)
	}
}

// listed sets rows in columns, or where the width has no room for them each as a line
// of words.
func (t *answerText) listed(rows [][]string) {
	if across(rows) <= t.width {
		t.grid(widest(rows), rows)
		return
	}
	for _, r := range rows {
		t.para("", 2, r[0]+": "+strings.Join(slices.DeleteFunc(slices.Clone(r[1:]), func(s string) bool { return s == "" }), "; "))
	}
}

func together(p []said) string {
	var out []string
	for _, s := range p {
		if s.words() != "" {
			out = append(out, s.words())
		}
	}
	return strings.Join(out, " ")
}

// leadsListed says of each measure in a line of its own where it is best and worst, and
// after these on which measures options tie; no rows where a measure has no better side,
// where few measures are told of, or where a line would not hold it.
func (t *answerText) leadsListed() (lead string, rows [][]string, after string) {
	lead = "Best and worst"
	if t.Given != nil {
		lead = "Best, worst if " + t.Given.Title
	}
	from, _, _ := strings.Cut(strings.TrimSuffix(t.basis(), "."), ", if ")
	from = strings.Replace(from, ": no record weighs them", " (no record weighs them)", 1)
	lead += "; " + strings.ToLower(from[:1]) + from[1:] + ":"
	if row := t.acceptedRow(); row != nil {
		rows = append(rows, row)
	}
	var all, nearly []string
	for i := range t.Leads {
		l, h := &t.Leads[i], t.Heads[i]
		switch {
		case len(l.Best) == 0:
		case t.Alone(l) || h.Better == "":
			return lead, nil, ""
		case l.Tie:
			all = append(all, h.Headline)
		case t.NearlyAll(l):
			nearly = append(nearly, h.Headline)
		default:
			rows = append(rows, []string{h.Headline,
				t.label(l.Best[0]) + " " + t.endValue(l.Best, l.Measure, true),
				t.label(l.Worst[0]) + " " + t.endValue(l.Worst, l.Measure, false)})
		}
	}
	if len(rows) < 3 || across(rows) > 80 {
		return lead, nil, ""
	}
	var tied []string
	if len(all) > 0 {
		tied = append(tied, "all tied on "+finding.And(all))
	}
	if len(nearly) > 0 {
		tied = append(tied, "nearly all tied on "+finding.And(nearly))
	}
	if len(tied) > 0 {
		after = capital(strings.Join(tied, "; ")) + "."
	}
	return lead, rows, after
}

// acceptedRow says under which option the condition is likeliest and under which, of those
// where it can be, least; nil where none is.
func (t *answerText) acceptedRow() []string {
	l := t.Accepted
	if l == nil || len(l.Best) == 0 || l.Tie || t.Alone(l) {
		return nil
	}
	end := func(options []string) string {
		return t.label(options[0]) + " " + t.given(options[0]) + othersTied(options)
	}
	return []string{t.Given.Headline, end(l.Best), end(l.Worst)}
}

// leadsInOne says of all measures in one breath where they are best and worst. Where a
// measure does not say which way is better it is most and least.
func (t *answerText) leadsInOne() string {
	var judged, ranked, even, lone []string
	for i := range t.Leads {
		l, h := &t.Leads[i], t.Heads[i]
		switch {
		case len(l.Best) == 0:
		case t.Alone(l):
			lone = append(lone, h.Headline+" ("+t.value(l.Best[0], l.Measure, true)+" under "+t.label(l.Best[0])+")")
		case l.Tie:
			even = append(even, h.Headline+", all tied")
		case t.NearlyAll(l) && h.Better != "":
			even = append(even, h.Headline+", nearly all tied")
		default:
			ends := h.Headline + ", " + t.end(l.Best, l.Measure, true) + " and " + t.end(l.Worst, l.Measure, false)
			if h.Better == "" {
				ranked = append(ranked, ends)
			} else {
				judged = append(judged, ends)
			}
		}
	}
	out := strings.TrimSuffix(t.basis(), ".")
	say := func(lead string, list []string) {
		if len(list) > 0 {
			out += lead + strings.Join(list, "; ")
		}
	}
	if len(judged) > 0 {
		judged = append(judged, even...)
		even = nil
	}
	say(". Best and worst by the median: ", judged)
	say(". No difference that matters: ", even)
	say(". Most and least: ", ranked)
	say(". Defined under one option alone: ", lone)
	return out + "."
}

// end names the first of a list with its value, its unit where asked, and how many tie with it.
func (t *answerText) end(options []string, measure string, unit bool) string {
	return t.label(options[0]) + " (" + t.endValue(options, measure, unit) + ")"
}

// endValue is the value of the first, and how many tie with it.
func (t *answerText) endValue(options []string, measure string, unit bool) string {
	value := t.value(options[0], measure, false)
	if h, s := t.cell(options[0], measure); !unit && !percentage(h.Unit) && s != nil {
		value = chanceIn(s.Median, false)
	}
	return value + othersTied(options)
}

// othersTied counts in the fewest words the options that tie with the first.
func othersTied(options []string) string {
	if len(options) == 1 {
		return ""
	}
	return fmt.Sprintf(", %d tied", len(options)-1)
}

// acceptedInOne says in the fewest words how likely the condition is.
func (t *answerText) acceptedInOne() string {
	l := t.Accepted
	if l == nil || len(l.Best) == 0 || l.Tie || t.Alone(l) {
		return t.accepted(false)
	}
	return capital(t.Given.Headline) + " most under " + t.label(l.Best[0]) + " (" + t.given(l.Best[0]) + othersTied(l.Best) + ")."
}

// leaningInOne says it of what comes first by a measure.
func (t *answerText) leaningInOne() string {
	var out []string
	for _, r := range t.Praised() {
		if m := r.Mostly; m != nil {
			out = append(out, fmt.Sprintf("those of %s are %.0f\u00a0%% %s's", r.Label, 100*float64(m.Share), m.View))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "A row counts worlds where it is " + t.Given.Headline + ": " + finding.And(out) + "."
}

// leaning says whose numbers stand under an option that one school has come about most
// often.
func (t *answerText) leaning() string {
	by, order := map[string][]string{}, []string{}
	for _, r := range t.Rows {
		if m := r.Mostly; m != nil {
			if by[m.View] == nil {
				order = append(order, m.View)
			}
			by[m.View] = append(by[m.View], fmt.Sprintf("%s (%.0f\u00a0%%)", r.Label, 100*float64(m.Share)))
		}
	}
	for i, view := range order {
		order[i] = view + " for " + finding.And(by[view])
	}
	if len(order) == 0 {
		return ""
	}
	return "Given that " + t.Given.Title + " a world counts by how likely that is, so that one school has most of a row: " + strings.Join(order, "; ") + "."
}

// bracketed gives, after a measure, by how many criteria of robust it is said, in full the
// first time.
func (t *answerText) bracketed() func(measure string) string {
	told := false
	return func(measure string) string {
		for _, c := range t.Criteria {
			if n, ok := t.SameAs(c); ok && c.Measure == measure {
				if told {
					return fmt.Sprintf(" (%d)", n)
				}
				told = true
				return fmt.Sprintf(" (by %d of robust's %d criteria)", n, c.Criteria)
			}
		}
		return ""
	}
}

func unbracketed(string) string { return "" }

// schoolsInOne says in one breath what every school has first, and what each puts first
// where they part; beside gives what stands after a measure.
func (t *answerText) schoolsInOne(beside func(measure string) string) string {
	on, order := map[string][]string{}, []string{}
	for _, h := range t.Held {
		l := t.LeadOf(h.Measure)
		if len(h.Agreed) == 0 || l == nil || l.Tie || t.NearlyAll(l) || t.Compared(h.Measure) < 2 {
			continue
		}
		first := t.label(t.FirstOf(h))
		if on[first] == nil {
			order = append(order, first)
		}
		on[first] = append(on[first], h.Measure)
	}
	for i, first := range order {
		var heads []string
		for _, m := range on[first] {
			heads = append(heads, t.headline(m)+beside(m))
		}
		order[i] = first + " on " + finding.And(heads)
	}
	part := t.partInOne(beside)
	switch {
	case len(order) == 0 && part == "":
		return t.agreement(firstAlone)
	case len(order) == 0:
		return capital(part)
	}
	return strings.TrimSpace(capital(t.each()) + " has first, or tied, " + strings.Join(order, "; ") + ". " + capital(strings.Replace(part, "the schools part", "they part", 1)))
}

// partInOne says who parts on what, and what each puts first.
func (t *answerText) partInOne(beside func(measure string) string) string {
	firsts := t.firsts(firstAlone, beside)
	switch {
	case firsts == "":
		return ""
	case len(t.partOn()) == 0:
		return "first " + firsts
	}
	return t.whoParts() + " " + firsts
}

// whoParts names the one school that parts from all others where these share what they
// put first.
func (t *answerText) whoParts() string {
	alone := ""
	for _, h := range t.Held {
		if !h.Part() {
			continue
		}
		one := h.Loner()
		if one == "" || alone != "" && alone != one {
			return "the schools part"
		}
		alone = one
	}
	return alone + " parts from the others"
}

// recordInOne says in one breath what the record says of the schools.
func (t *answerText) recordInOne() string {
	var out []string
	all, held := t.Record.Speaking()
	say := func(views []study.RefutedView, verb string) {
		by, order := map[int][]string{}, []int{}
		for _, v := range views {
			n := len(v.Records)
			if by[n] == nil {
				order = append(order, n)
			}
			by[n] = append(by[n], v.View)
		}
		for _, n := range order {
			words := fmt.Sprint(n)
			if held == all {
				words = howMany(n, "record", "records")
			}
			if len(by[n]) > 1 {
				words += " each"
			}
			out = append(out, words+" "+verb+map[bool]string{true: "s"}[n == 1]+" "+finding.And(by[n]))
		}
	}
	say(t.Record.Refuted, "refute")
	say(t.Record.Doubted, "contradict")
	lead := map[bool]string{true: "held out, ", false: "of its counts "}[held == all]
	if held > 0 && held < all {
		out[len(out)-1] += fmt.Sprintf("; %d of these held out", held)
	}
	switch v := strings.TrimSuffix(strings.Replace(t.verdict(), "tells the schools hardly", "tells them hardly", 1), "."); {
	case len(out) == 0:
		return t.verdict()
	case v == "":
		return capital(lead) + strings.Join(out, ", ") + "."
	default:
		return v + "; " + lead + strings.Join(out, ", ") + "."
	}
}
