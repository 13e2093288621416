package show

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/finding"
	"casus/special"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Robust writes the answer for a person to read, at least 60 wide.
func Robust(w io.Writer, r *inquiry.Robust, l Layout) error {
	t := &robustText{newText(l), r}
	full := l.Full
	t.asked(r.Head, "Which option is robust?")
	t.answer()
	t.restsOn(r.Head)
	t.line("")
	t.para("", 0, fmt.Sprintf("Each criterion picks the option that does best by it over the worlds of one view. No criterion is the right one, and no view is put above another. Where options tie, two are named, and of more the first with how many do as well: “A or 2 others”. #7 is the number of a world, #7+2 that one and two more; the same seed gives the same worlds. Intervals in brackets are %s over worlds; the worst world and the largest regret are those of the worlds drawn, and more worlds can only worsen them.", percentOf(r.Confidence)))
	for i := range r.Measures {
		t.measure(&r.Measures[i], full)
	}
	if len(r.Others) > 0 {
		t.line("")
		t.para("", 0, "Not looked at: "+strings.Join(r.Others, ", ")+" (--measure).")
	}
	t.allMet()
	t.fronts(full)
	t.cautions(r.Head)
	return t.print(w)
}

type robustText struct {
	*text
	*inquiry.Robust
}

// asked says what is asked of which case.
func (t *text) asked(b finding.Head, question string) {
	if b.Partial {
		t.para("", 0, fmt.Sprintf("PARTIAL RECORD: the run was stopped; options compared: %d.", len(b.Options)))
		t.line("")
	}
	t.para("", 0, b.Title)
	t.para("", 0, question)
	t.line("")
}

// restsOn says on which day, worlds, views and options an answer rests.
func (t *text) restsOn(b finding.Head) {
	t.para("date      ", 10, fmt.Sprintf("%s, %s ahead", b.Date, years(b.Horizon)))
	t.para("concept   ", 10, b.Concept)
	t.para("worlds    ", 10, fmt.Sprintf("%d for each view, design %s, seed %d; the same worlds for every option", b.Worlds, design(b.Design), b.Seed))
	t.weightedLine(b.Weighted)
	for _, v := range b.Views {
		words := v.Name + ": " + cmp.Or(v.Title, "no title")
		if v.Union {
			words += " (a union of views: shown, and not counted where views agree)"
		}
		t.para("view      ", 10, words)
	}
	for _, o := range b.Options {
		t.para("option    ", 10, o.Name+": "+o.Title)
	}
}

// weightedLine says that worlds were picked by what happened, where they were.
func (t *text) weightedLine(words string) {
	if words != "" {
		t.para("weighted  ", 10, words)
	}
}

// cautions are the warnings of the run and of its views.
func (t *text) cautions(b finding.Head) {
	t.heading("Warnings")
	for _, w := range b.Warnings {
		t.para("• ", 2, w.Text)
	}
	if len(b.Warnings) == 0 {
		t.line("none")
	}
}

// direction is the unit of a measure and which way is better.
func direction(m study.Measure) string {
	return unitShown(m.Unit) + ", " + m.Better + " is better"
}

// gainUnit is the unit of a difference: of shares, percentage points.
func gainUnit(unit string) string {
	return strings.Replace(unitShown(unit), "%", "percentage points", 1)
}

func (t *robustText) measure(m *inquiry.RobustMeasure, full bool) {
	t.heading(cmp.Or(m.Title, m.Name))
	t.para("", 2, m.Name+" ("+direction(m.Measure)+")")
	t.counts(m.Measure)
	t.undefined(m)
	if len(m.Agreed) == 0 {
		return
	}
	t.line("")
	t.picks(m)
	t.line("")
	for _, v := range m.Views {
		t.verdict(v)
	}
	for _, v := range m.Views {
		t.switches(v)
	}
	if !full {
		t.line("")
		t.para("", 0, fmt.Sprintf("largest regret, the world in which it is reached, and the %s quantile of regret (%s)", percentOf(t.Tail), gainUnit(m.Unit)))
		t.byView(m, largestRegret)
		return
	}
	for _, v := range m.Views {
		t.scores(m, v)
	}
}

// counts says which differences and which worlds count for how much.
func (t *robustText) counts(m study.Measure) {
	if words := tieWords(m); words != "" {
		t.para("", 2, words)
	}
	t.givenLine(m)
}

// tieWords say below which difference options tie; empty: below none.
func tieWords(m study.Measure) string {
	if m.Matters <= 0 {
		return ""
	}
	return fmt.Sprintf("Options tie that differ by less than what matters: %s (%s).", digits(m.Matters, percentage(m.Unit)), gainUnit(m.Unit))
}

// givenLine says by what worlds are weighed where a measure is given something.
func (t *text) givenLine(m study.Measure) {
	if words := givenWords(m); words != "" {
		t.para("", 2, words)
	}
}

func givenWords(m study.Measure) string {
	if m.Given == "" {
		return ""
	}
	return "Each world counts by how likely its condition is in it (" + m.Given + "), in the mean over the options compared."
}

// undefined says which worlds and options a comparison leaves out.
func (t *robustText) undefined(m *inquiry.RobustMeasure) {
	for _, words := range leftOutOf(m) {
		t.para("", 2, words)
	}
}

func leftOutOf(m *inquiry.RobustMeasure) []string {
	if m.Never != "" {
		return []string{"Not possible here: " + m.Never + "."}
	}
	var out []string
	for _, v := range m.Views {
		if len(v.LeftOut) > 0 {
			out = append(out, fmt.Sprintf("%s: never defined under %s, which the comparison leaves out.", v.View, strings.Join(v.LeftOut, ", ")))
		}
		switch c := v.Compared; {
		case c == nil:
			out = append(out, v.View+": defined under fewer than two options: nothing to compare.")
		case c.Undefined > 0:
			out = append(out, fmt.Sprintf("%s: not defined under some option in %d of %s, which are left out.", v.View, c.Undefined, finding.Count(c.N+c.Undefined, "world")))
		}
	}
	return out
}

// RobustWords say of a measure which differences and worlds count in a comparison, and
// what it leaves out.
func RobustWords(m *inquiry.RobustMeasure) []string {
	var out []string
	for _, words := range append([]string{tieWords(m.Measure), givenWords(m.Measure)}, leftOutOf(m)...) {
		if words != "" {
			out = append(out, words)
		}
	}
	return out
}

// picks shows criteria as rows and views as columns, and whether the schools
// agree.
func (t *robustText) picks(m *inquiry.RobustMeasure) {
	head := []string{"criterion"}
	for _, v := range m.Views {
		head = append(head, v.View)
	}
	rows := [][]string{append(head, "schools")}
	for _, a := range m.Agreed {
		row := []string{t.criterion(a.Criterion)}
		for _, p := range a.Picks {
			row = append(row, tied(p))
		}
		rows = append(rows, append(row, cmp.Or(string(a.Schools), "–")))
	}
	t.grid(widest(rows), rows)
}

// criterion is the name of one with what it was asked with.
func (t *robustText) criterion(name string) string {
	switch name {
	case "Hurwicz":
		return fmt.Sprintf("Hurwicz (α %g)", t.Alpha)
	case "tail":
		return percentOf(t.Tail) + " of loss"
	case "tail regret":
		return percentOf(t.Tail) + " of regret"
	case "domain":
		return "most often best"
	}
	return name
}

// tied names options that tie: two by name, of more the first and how many others.
func tied(options []string) string {
	switch n := len(options); n {
	case 0:
		return "–"
	case 1, 2:
		return strings.Join(options, " or ")
	default:
		return fmt.Sprintf("%s or %d others", options[0], n-1)
	}
}

// verdict says whether the criteria agree within a view.
func (t *robustText) verdict(v inquiry.RobustView) {
	switch {
	case v.Compared == nil: // said above
	case len(v.Picked) == 0:
		t.para("", 2, v.View+": no world in which all options are defined.")
	case !v.Split:
		t.para("", 2, v.View+": every criterion picks "+strings.Join(v.Every, " or ")+".")
	default:
		var words []string
		for _, p := range v.Picked {
			words = append(words, p.Option+" by "+t.criteria(p.Criteria, len(v.Compared.Criteria)))
		}
		t.para("", 2, v.View+": criteria disagree: "+strings.Join(words, "; ")+".")
	}
}

// criteria names a few, or counts them.
func (t *robustText) criteria(names []string, of int) string {
	if len(names) > 3 {
		return fmt.Sprintf("%d of %d", len(names), of)
	}
	var out []string
	for _, n := range names {
		out = append(out, t.criterion(n))
	}
	return strings.Join(out, ", ")
}

// switches says at which α Hurwicz's rule picks another option.
func (t *robustText) switches(v inquiry.RobustView) {
	var words []string
	for _, s := range v.Switches() {
		words = append(words, fmt.Sprintf("%s for α from %s to %s", tied(s.Picks), figure(float64(s.From), false), figure(float64(s.To), false)))
	}
	if len(words) > 0 {
		t.para("", 2, v.View+": Hurwicz switches: "+strings.Join(words, "; ")+". α is the weight of the best world.")
	}
}

// byView shows one number of each option, a view a column.
func (t *robustText) byView(m *inquiry.RobustMeasure, show func(inquiry.RobustMeasure, decision.Scores) string) {
	head := []string{""}
	for _, v := range m.Views {
		head = append(head, v.View)
	}
	rows := [][]string{head}
	for _, o := range t.Basis.Options {
		row := []string{o.Name}
		for _, v := range m.Views {
			row = append(row, cellOf(*m, v, o.Name, show))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
}

func cellOf(m inquiry.RobustMeasure, v inquiry.RobustView, option string, show func(inquiry.RobustMeasure, decision.Scores) string) string {
	if v.Compared == nil {
		return "–"
	}
	for _, s := range v.Compared.Options {
		if s.Option == option {
			return show(m, s)
		}
	}
	return "–"
}

func largestRegret(m inquiry.RobustMeasure, s decision.Scores) string {
	if s.RegretIn.First < 0 {
		return "–"
	}
	if s.MaxRegret == 0 {
		return "0"
	}
	pc := percentage(m.Unit)
	return maxRegret(s, pc) + "; " + figure(float64(s.TailRegret), pc)
}

// scores sets the numbers of one view, an option a row.
func (t *robustText) scores(m *inquiry.RobustMeasure, v inquiry.RobustView) {
	if v.Compared == nil || v.Compared.N == 0 {
		return
	}
	t.line("")
	t.para("", 2, fmt.Sprintf("%s (%s; %s)", v.View, unitShown(m.Unit), finding.Count(v.Compared.N, "world")))
	tail := percentOf(t.Tail)
	head := []string{"", "expected", "median", "worst", "best", tail + " of loss", fmt.Sprintf("Hurwicz α %g", t.Alpha), "max regret", tail + " of regret", "mean regret", "best alone, %", "best, ties split"}
	if v.Compared.Threshold != nil {
		head = append(head, "good enough, %")
	}
	rows := [][]string{head}
	pc := percentage(m.Unit)
	for i, s := range v.Compared.Options {
		in := v.Intervals[i]
		row := []string{s.Option, within(s.Expected, in.Expected, pc), within(s.Median, in.Median, pc), at(s.Worst, s.WorstIn, pc), figure(float64(s.Best), pc), within(s.Tail, in.Tail, pc),
			figure(float64(s.Hurwicz), pc), maxRegret(s, pc), within(s.TailRegret, in.TailRegret, pc), figure(float64(s.MeanRegret), pc), shareOf(s.Alone), figure(float64(s.Domain), true)}
		if s.Satisfices != nil {
			row = append(row, shareOf(*s.Satisfices))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
}

func maxRegret(s decision.Scores, pc bool) string {
	if s.MaxRegret == 0 {
		return "0"
	}
	return at(s.MaxRegret, s.RegretIn, pc)
}

// at is a number with the first world in which it is reached, and how many more
// there are.
func at(x decision.Number, in decision.Attains, pc bool) string {
	if in.First < 0 {
		return "–"
	}
	out := fmt.Sprintf("%s #%d", figure(float64(x), pc), in.First)
	if in.Count > 1 {
		out += fmt.Sprintf("+%d", in.Count-1)
	}
	return out
}

// within is a number with its interval.
func within(x decision.Number, in decision.Interval, pc bool) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	if math.IsNaN(float64(in.Lo)) || math.IsNaN(float64(in.Hi)) {
		return figure(float64(x), pc) + " (too few worlds)"
	}
	return behind(figure(float64(x), pc), " (", ends(figure(float64(in.Lo), pc), " to ", figure(float64(in.Hi), pc)), ")")
}

// shareOf is a share of worlds in percent with its interval.
func shareOf(s decision.Share) string { return within(s.Value, s.Interval, true) }

// figure shows a number with three figures, a probability in percent.
func figure(x float64, percent bool) string {
	if percent {
		x *= 100
	}
	switch a := math.Abs(x); {
	case math.IsNaN(x):
		return "–"
	case x == 0:
		return "0"
	case a < 1e-4:
		return "≈0"
	case percent && x >= 99.95 && x < 100:
		return ">99.9"
	default:
		places := min(max(2-special.Decade(a), 0), 6)
		s := strconv.FormatFloat(x, 'f', places, 64)
		if places > 0 {
			s = trimZeros(s)
		}
		return strings.Replace(s, "-", "−", 1)
	}
}

func percentOf(p float64) string { return strconv.FormatFloat(100*p, 'g', 4, 64) + "\u00a0%" }

// pairs holds the two options that were asked for against each other.
func (t *robustText) pairs() {
	if len(t.Pairs) == 0 {
		return
	}
	a, b := t.Pairs[0].Pair.A, t.Pairs[0].Pair.B
	t.heading(a + " against " + b)
	t.para("", 0, "World by world. The difference is "+a+" less "+b+", its mean over worlds with a bootstrap interval of pairs; shares of worlds have Wilson's interval.")
	for _, m := range t.Measures {
		t.line("")
		t.para("", 2, fmt.Sprintf("%s (%s)", cmp.Or(m.Title, m.Name), direction(m.Measure)))
		rows := [][]string{{"", "difference, " + gainUnit(m.Unit), a + " better, %", a + " worse, %", "equal, %", "worlds"}}
		for _, p := range t.Pairs {
			if p.Measure == m.Name {
				rows = append(rows, pairRow(p, percentage(m.Unit)))
			}
		}
		t.grid(widest(rows), rows)
	}
}

func pairRow(p inquiry.ViewPair, pc bool) []string {
	n := strconv.Itoa(p.Pair.N)
	if p.Pair.Undefined > 0 {
		n += fmt.Sprintf(" (%d not defined)", p.Pair.Undefined)
	}
	return []string{p.View, within(p.Pair.Mean, p.Pair.Bootstrap, pc), shareOf(p.Pair.Better), shareOf(p.Pair.Worse), shareOf(p.Pair.Tied), n}
}

// allMet shows in what share of worlds all thresholds are met at once.
func (t *robustText) allMet() {
	if len(t.Thresholds) == 0 {
		return
	}
	t.heading("Good enough")
	for _, m := range t.Measures {
		i := slices.IndexFunc(t.Thresholds, func(x inquiry.Threshold) bool { return x.Measure == m.Name })
		if i < 0 {
			continue
		}
		t.line("")
		t.para("", 2, "% of worlds in which "+thresholdWords(t.Thresholds[i], m.Measure))
		t.byView(&m, func(_ inquiry.RobustMeasure, s decision.Scores) string { return shareOf(*s.Satisfices) })
	}
	if len(t.All) == 0 {
		return
	}
	t.line("")
	t.para("", 2, "% of worlds in which all of these are met at once")
	head := []string{""}
	for _, g := range t.All {
		head = append(head, g.View)
	}
	rows := [][]string{head}
	for o, name := range t.All[0].Options {
		row := []string{name}
		for _, g := range t.All {
			cell := shareOf(g.Shares[o].Share)
			if n := g.Shares[o].Undefined; n > 0 {
				cell += fmt.Sprintf(" %d not defined", n)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
}

func thresholdWords(th inquiry.Threshold, m study.Measure) string {
	word, unit := map[bool]string{true: "above ", false: "at least "}[th.Strict], unitShown(m.Unit)
	if th.Better == decision.Lower {
		word = map[bool]string{true: "below ", false: "at most "}[th.Strict]
	}
	return cmp.Or(m.Title, m.Name) + " is " + word + figure(th.Value, percentage(m.Unit)) + " " + unit
}

// fronts shows the options that none dominates over all measures.
func (t *robustText) fronts(full bool) {
	if len(t.Fronts) == 0 {
		return
	}
	t.heading("Over all these measures at once")
	var names []string
	for _, m := range t.Measures {
		names = append(names, m.Name)
	}
	t.para("", 0, fmt.Sprintf("● no other option is as good in every one of %s and better in one, by %s over worlds (Pareto). Beside it the share of worlds, in %%, in which no other option is so, world by world. – left out: a measure is never defined.", strings.Join(names, ", "), summaryWords(t.By)))
	t.line("")
	head := []string{""}
	for _, f := range t.Fronts {
		head = append(head, f.View)
	}
	rows := [][]string{head}
	for _, o := range t.Basis.Options {
		row := []string{o.Name}
		for _, f := range t.Fronts {
			row = append(row, frontCell(f, o.Name))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	for _, f := range t.Fronts {
		t.frontNotes(f, full)
	}
}

func summaryWords(by decision.Summary) string {
	return map[decision.Summary]string{decision.Expected: "expected value", decision.Median: "median", decision.Worst: "worst case", decision.Tail: "90\u00a0% quantile of loss"}[by]
}

func frontCell(f inquiry.ViewFront, option string) string {
	if f.Front != nil {
		for _, o := range f.Front.Options {
			if o.Option == option && f.Front.N > 0 {
				mark := "○ "
				if o.OnFront {
					mark = "● "
				}
				return mark + shareOf(o.Undominated)
			}
		}
	}
	return "–"
}

func (t *robustText) frontNotes(f inquiry.ViewFront, full bool) {
	if f.Front == nil {
		t.para("", 2, f.View+": fewer than two options have all measures defined.")
		return
	}
	if f.Front.Undefined > 0 {
		t.para("", 2, fmt.Sprintf("%s: some measure is not defined under some option in %d of %d worlds, which are left out.", f.View, f.Front.Undefined, f.Front.N+f.Front.Undefined))
	}
	if !full {
		return
	}
	for _, o := range f.Front.Options {
		if len(o.DominatedBy) > 0 {
			t.para("  ", 4, fmt.Sprintf("%s: %s is dominated by %s", f.View, o.Option, strings.Join(o.DominatedBy, ", ")))
		}
	}
}
