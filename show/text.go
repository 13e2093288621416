// Package show turns a record into what a person reads. It never looks at
// anything but the record: a report made today and one made in ten years from
// the same record are the same bytes.
package show

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"

	"casus/finding"
	"casus/game/crisis"
	"casus/worlds/study"
)

// Parts are the parts of a report that can be asked for alone; the answer is no part
// of the whole: see WholeAnswer.
var Parts = []string{"answer", "options", "law", "chains", "record", "warnings"}

// Text writes the report of a record: all of it, or only some of its parts, under
// the title.
func Text(w io.Writer, r *study.Record, l Layout, parts ...string) error {
	t := newText(l)
	t.r = r
	wanted := func(part string) bool { return len(parts) == 0 || slices.Contains(parts, part) }
	if len(parts) == 0 {
		t.head()
	} else {
		t.para("", 0, r.Title)
	}
	if wanted("options") {
		if len(parts) > 0 {
			t.line("")
			t.named()
		}
		t.table()
		t.alike()
		t.otherwise()
		t.redrawn()
	}
	if wanted("law") {
		t.law()
	}
	if wanted("chains") {
		t.chains()
	}
	if wanted("record") {
		t.history()
		t.reweighed()
	}
	if wanted("warnings") {
		t.precision()
		t.warnings()
	}
	return t.print(w)
}

// text is a page about a record being set.
type text struct {
	page
	r *study.Record
}

// newText is an empty text; a width of 0 is 80.
func newText(l Layout) *text { return &text{page: *newPage(l)} }

func (t *text) line(format string, args ...any) {
	t.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// prose is the width beyond which lines of words are hard to read; tables may
// be wider.
const prose = 110

// para writes words folded to the width, further lines indented by hang.
func (t *text) para(first string, hang int, words string) {
	t.out.WriteString(fold(first+words, min(t.width, prose), hang))
}

func (t *text) heading(s string) {
	t.line("")
	t.para("", 0, strings.ToUpper(s))
	t.line("%s", strings.Repeat("─", min(t.width, 80)))
}

func (t *text) head() {
	r := t.r
	if r.Partial {
		t.para("", 0, fmt.Sprintf("PARTIAL RECORD: the run was stopped; options finished: %d.", len(r.Results)))
		t.line("")
	}
	t.para("", 0, r.Title)
	if r.Question != "" {
		t.para("", 0, r.Question)
	}
	t.line("")
	t.para("date      ", 10, fmt.Sprintf("%s, %s ahead", r.Date, years(r.Horizon)))
	t.para("concept   ", 10, r.Concept+"; λ is "+r.Precision)
	t.para("worlds    ", 10, worldsOf(r)+"; the same worlds for every option")
	t.until()
	for _, v := range r.Views {
		t.para("view      ", 10, v.Name+": "+cmp.Or(strings.Join(v.Notes, " "), v.Title, "no note"))
		for _, x := range v.Correlations {
			t.para("          ", 12, correlationWords(x))
		}
	}
	t.named()
}

// named lists the words that name options, and the measures to lead with, in tables
// and commands, with the short names of the first screen.
func (t *text) named() {
	for _, x := range t.r.Results {
		t.para("option    ", 10, x.Option+inShortWords(x.Option, t.r.Label(x.Option))+": "+x.Title)
	}
	for _, m := range t.r.Measures {
		if m.Headline == "" && !slices.Contains(t.r.Headline(), m.Name) {
			continue
		}
		t.para("measure   ", 10, m.Name+inShortWords(m.Name, m.Headline)+": "+m.Title)
	}
}

// inShortWords are the short words for a name, in brackets; nothing where they are
// the name.
func inShortWords(name, short string) string {
	if short == "" || short == name {
		return ""
	}
	return " (" + short + ")"
}

// worldsOf says which worlds a record has.
func worldsOf(r *study.Record) string {
	switch {
	case r.Design == study.GivenDesign:
		return fmt.Sprintf("%d for each view, given by a file", r.Worlds)
	case r.First > 0:
		return fmt.Sprintf("worlds %d to %d for each view, design %s, seed %d", r.First, r.First+r.Worlds-1, design(r.Design), r.Seed)
	}
	return fmt.Sprintf("%d for each view, design %s, seed %d", r.Worlds, design(r.Design), r.Seed)
}

// correlationWords say which assumptions depend on each other, and on what
// ground.
func correlationWords(x study.Correlation) string {
	words := fmt.Sprintf("%s and %s are drawn together, rank correlation %.2g", x.A, x.B, x.Rank)
	var ground []string
	if len(x.Sources) > 0 {
		ground = append(ground, strings.Join(x.Sources, ", "))
	}
	if x.Judgement != "" {
		ground = append(ground, "judgement: "+x.Judgement)
	}
	if len(ground) > 0 {
		words += " (" + strings.Join(ground, "; ") + ")"
	}
	return words
}

func years(n int) string {
	if n == 1 {
		return "1 year"
	}
	return fmt.Sprintf("%d years", n)
}

func design(kind string) string {
	switch kind {
	case "lhs":
		return "Latin hypercube"
	case "mc":
		return "Monte Carlo"
	case study.GivenDesign:
		return "given by a file"
	}
	return "scrambled Sobol'"
}

// table shows each measure: an option a row, a view a column, after the column
// of all schools weighted by the records. Conditional measures come first, under
// how often their condition comes about. The columns are as wide in every
// measure.
func (t *text) table() {
	t.heading("What follows from each option")
	t.para("", 0, t.legend())
	var tables [][][]string
	for k, m := range t.r.Measures {
		if !m.Record && m.Never == "" {
			tables = append(tables, t.cells(k, m))
		}
	}
	widths := widest(tables...)
	conditions := t.conditions()
	for _, g := range conditions {
		t.given(g, widths)
	}
	if len(conditions) > 0 {
		t.line("")
		t.para("", 0, "▌ Whether or not that comes about")
	}
	for k, m := range t.r.Measures {
		if !m.Record && m.Given == "" {
			t.one(k, m, widths)
		}
	}
}

// conditions are the measures of the conditions of others, in their order.
func (t *text) conditions() []int {
	var out []int
	for _, m := range t.r.Measures {
		if k := t.r.MeasureAt(m.Given); k >= 0 && !m.Record && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// given shows what follows where a condition comes about, and how often it does.
func (t *text) given(g int, widths []int) {
	t.line("")
	t.para("▌ ", 2, "Given: "+t.r.Measures[g].Title)
	t.line("")
	t.para("", 2, "How often that is (%, mean over worlds)")
	rows := [][]string{t.columns()}
	for _, r := range t.r.Results {
		row := []string{r.Option}
		for _, column := range t.summaries(r) {
			row = append(row, number(column[g].Mean, percentage(t.r.Measures[g].Unit)))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	for k, m := range t.r.Measures {
		if !m.Record && m.Given == t.r.Measures[g].Name {
			t.one(k, m, widths)
		}
	}
}

// one shows the table of one measure.
func (t *text) one(k int, m study.Measure, widths []int) {
	t.line("")
	t.para("", 2, fmt.Sprintf("%s (%s)", m.Title, measureWords(m)))
	if m.Never != "" {
		t.para("", 2, "Not possible here: "+m.Never+".")
		return
	}
	t.grid(widths, t.cells(k, m))
}

// measureWords say in what a measure is shown, which way is better and what
// difference matters.
func measureWords(m study.Measure) string {
	words := unitShown(m.Unit)
	if m.Better != "" {
		words += ", " + m.Better + " is better"
	}
	if m.Matters > 0 {
		words += ", " + digits(m.Matters, percentage(m.Unit)) + " matters"
	}
	return words
}

// columns are the heads of the columns of a table, the first of them empty.
func (t *text) columns() []string {
	head := []string{""}
	if t.weighted() {
		head = append(head, finding.Weighted)
	}
	for _, v := range t.r.Views {
		head = append(head, v.Name)
	}
	return head
}

// weighted reports whether there is a column of all schools weighted by the
// records.
func (t *text) weighted() bool { return t.r.Weights != nil && t.r.Weights.Union != nil }

// summaries are the cells of an option, by column and measure.
func (t *text) summaries(r study.Result) [][]study.Summary {
	var out [][]study.Summary
	if t.weighted() {
		out = append(out, r.Union.After)
	}
	for _, v := range r.Views {
		out = append(out, v.Summary)
	}
	return out
}

// legend explains the marks that the tables can have.
func (t *text) legend() string {
	out := "Median over worlds (5–95 % range). What actors and chance do inside a world is solved exactly; the range is what the analyst does not know; where both ends print alike, the number stands alone."
	switch {
	case !t.ran(t.r.Baseline):
		out += " The baseline " + t.r.Baseline + " was not run: nothing is compared with it."
	case len(t.r.Results) > 1:
		out += " ▲\u00a0better, ▼\u00a0worse than " + t.r.Baseline + " in at least 95 % of the same worlds; ·\u00a0undecided."
	}
	if t.sized() {
		out += " Only a difference that matters, as each measure says, counts as better or worse; =\u00a0alike: no difference that matters in at least 95 % of the worlds."
	}
	if t.weighted() {
		out += " " + finding.Weighted + "\u00a0all schools together, each world by how well it gives what happened: the column that answers; the others are the views as they are stated."
	}
	if t.any(func(s study.Summary) bool { return s.Median != nil && small(float64(*s.Median)) }) {
		out += " A small chance is given as 1 in N; below 1 in 10\u202f000 the model cannot tell (<)."
	}
	if len(t.r.Results) > 1 {
		out += " *\u00a0no other option is better in at least 95 % of the worlds."
	}
	if t.any(func(s study.Summary) bool { return s.Median == nil }) {
		out += " –\u00a0not defined: it never happens."
	}
	if t.any(func(s study.Summary) bool { return s.Median != nil && s.Undefined > 0 }) {
		out += " !\u00a0not defined in some of the worlds, which are left out."
	}
	return out
}

// ran reports whether an option is among the results.
func (t *text) ran(option string) bool {
	return slices.ContainsFunc(t.r.Results, func(x study.Result) bool { return x.Option == option })
}

// any reports whether a cell of the tables is such.
func (t *text) any(is func(study.Summary) bool) bool {
	for _, r := range t.r.Results {
		for _, column := range t.summaries(r) {
			for k, m := range t.r.Measures {
				if !m.Record && m.Never == "" && is(column[k]) {
					return true
				}
			}
		}
	}
	return false
}

// cells are the rows of a measure, under a row of the names of the views.
func (t *text) cells(k int, m study.Measure) [][]string {
	rows := [][]string{t.columns()}
	for _, r := range t.r.Results {
		row := []string{r.Option}
		for _, column := range t.summaries(r) {
			row = append(row, t.cell(column[k], m, r.Option == t.r.Baseline))
		}
		rows = append(rows, row)
	}
	return rows
}

// grid writes rows in columns of these widths.
func (t *text) grid(widths []int, rows [][]string) {
	t.inColumns(0, widths, rows, func(_ int, line string) string { return line })
}

// unitShown is the unit as the numbers are shown: probabilities in percent.
func unitShown(unit string) string {
	if strings.HasPrefix(unit, "probability") || unit == "share" {
		return strings.Replace(strings.Replace(unit, "probability", "%", 1), "share", "%", 1)
	}
	return unit
}

func percentage(unit string) bool { return strings.HasPrefix(unitShown(unit), "%") }

func (t *text) cell(s study.Summary, m study.Measure, baseline bool) string {
	if s.Median == nil {
		return "–"
	}
	pc := percentage(m.Unit)
	out := spread(&study.Spread{Median: s.Median, Low: s.P05, High: s.P95}, pc)
	if s.Undefined > 0 {
		out += "!"
	}
	if m.Better == "" {
		return out
	}
	mark := " " + standing[s.Stands(m)]
	if baseline || !t.ran(t.r.Baseline) {
		mark = ""
	}
	if len(s.BeatenBy) == 0 && len(t.r.Results) > 1 {
		mark = " " + strings.TrimSpace(mark) + "*"
	}
	return out + mark
}

// standing are the marks of how an option stands to the baseline.
var standing = map[string]string{"better": "▲", "worse": "▼", "alike": "=", "open": "·"}

// sized reports whether a measure says which difference matters.
func (t *text) sized() bool {
	return slices.ContainsFunc(t.r.Measures, func(m study.Measure) bool { return m.Matters > 0 && !m.Record })
}

// small reports whether a probability is shown as 1 in N, or is below what the
// model can tell.
func small(p float64) bool { return p > 0 && p < 0.001 }

// oneIn is a small probability in words; below study.Floor the model cannot tell.
func oneIn(p float64) string {
	if p < study.Floor {
		return "<0.01"
	}
	n := 1 / p
	if n < 9950 {
		n = 50 * math.Round(n/50)
	}
	return fmt.Sprintf("1 in %.0f", n)
}

// bound is number for the end of a range, which may be below what the model can
// tell.
func bound(f *study.Float, percent bool) string {
	if f != nil && percent && *f > 0 && *f < study.Floor {
		return "<0.01"
	}
	return number(f, percent)
}

// inBounds is the range that stands behind a number; nothing where there is none, as in
// one world, or both ends print alike.
func inBounds(low, high *study.Float, percent bool) string {
	if low == nil || high == nil {
		return ""
	}
	return behind("", " (", ends(bound(low, percent), "–", bound(high, percent)), ")")
}

// chanceIn is number with small probabilities as 1 in N.
func chanceIn(f *study.Float, percent bool) string {
	if f != nil && percent && small(float64(*f)) {
		return oneIn(float64(*f))
	}
	return number(f, percent)
}

// number shows a value with as many digits as a reader can use.
func number(f *study.Float, percent bool) string {
	if f == nil {
		return "–"
	}
	return digits(float64(*f), percent)
}

func digits(x float64, percent bool) string {
	if percent {
		x *= 100
	}
	switch a := math.Abs(x); {
	case x == 0:
		return "0"
	case a < 0.01:
		return "≈0"
	case a < 1:
		return trimZeros(fmt.Sprintf("%.2f", x))
	case a < 9.95:
		return trimZeros(fmt.Sprintf("%.1f", x))
	case percent && a >= 99.5 && a < 100:
		return ">99"
	}
	return fmt.Sprintf("%.0f", x)
}

// trimZeros drops the zeros after the point that say nothing.
func trimZeros(s string) string { return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") }

// law shows, for each key event, who owes what and who does not, and why: first
// what holds under every option, then what each group of options adds.
func (t *text) law() {
	if len(t.r.Legal) == 0 {
		return
	}
	t.heading("Who owes what")
	for i := 0; i < len(t.r.Legal); {
		j := i
		for j < len(t.r.Legal) && t.r.Legal[j].Event == t.r.Legal[i].Event {
			j++
		}
		t.event(t.r.Legal[i:j])
		i = j
	}
}

func (t *text) event(pictures []study.LegalPicture) {
	t.line("")
	t.para("■ ", 2, pictures[0].Event)
	common := shared(pictures)
	t.line("")
	t.line("  under every option")
	t.answers(common)
	for _, p := range pictures {
		own := slices.DeleteFunc(slices.Clone(p.Answers), func(l study.LegalLine) bool { return holds(common, l) })
		if len(own) == 0 {
			continue
		}
		t.line("")
		t.para("  under ", 8, strings.Join(p.Options, ", "))
		t.answers(own)
	}
}

func shared(pictures []study.LegalPicture) []study.LegalLine {
	return slices.DeleteFunc(slices.Clone(pictures[0].Answers), func(l study.LegalLine) bool {
		return slices.ContainsFunc(pictures, func(p study.LegalPicture) bool { return !holds(p.Answers, l) })
	})
}

func holds(lines []study.LegalLine, l study.LegalLine) bool {
	return slices.ContainsFunc(lines, func(x study.LegalLine) bool { return reflect.DeepEqual(x, l) })
}

func (t *text) answers(lines []study.LegalLine) {
	for _, status := range []string{"owed", "contested", "depends", "dormant", "not owed"} {
		for _, alike := range alikeInLaw(lines, status) {
			if len(alike) < manyAlike {
				for _, l := range alike {
					t.para("    ", 14, pad(status, 10)+legalWords(l))
				}
				continue
			}
			t.para("    ", 14, pad(status, 10)+inCommon(alike))
		}
	}
	if len(lines) == 0 {
		t.line("    nothing")
	}
}

// manyAlike is from how many articles on, each of which asks the same in the same words,
// they are told together.
const manyAlike = 4

// alikeInLaw groups the answers of a status: those of one debtor each that ask the same,
// with the same caveats, stand together at the first; every other stands alone.
func alikeInLaw(lines []study.LegalLine, status string) [][]study.LegalLine {
	var out [][]study.LegalLine
	at := map[string]int{}
	for _, l := range lines {
		if l.Status != status {
			continue
		}
		key := strings.Join(append([]string{l.Class, l.Gloss}, l.Caveats...), "|")
		i, known := at[key]
		if status != "owed" || len(l.Debtors) != 1 || !known {
			if status == "owed" && len(l.Debtors) == 1 {
				at[key] = len(out)
			}
			out = append(out, []study.LegalLine{l})
			continue
		}
		out[i] = append(out[i], l)
	}
	return out
}

// inCommon tells many articles that ask the same of one debtor each.
func inCommon(alike []study.LegalLine) string {
	var debtors []string
	for _, l := range alike {
		if !slices.Contains(debtors, l.Debtors[0]) {
			debtors = append(debtors, l.Debtors[0])
		}
	}
	first := alike[0]
	first.Debtors = debtors
	return strings.TrimPrefix(legalWords(first), first.Article+" ") + fmt.Sprintf(", each by its own article (%s, %s and %d more)", alike[0].Article, alike[1].Article, len(alike)-2)
}

func legalWords(l study.LegalLine) string {
	out := l.Article + " " + l.Class + " (" + l.Gloss + ") by " + states(l.Debtors)
	if l.Status != "owed" {
		why := l.Why
		if len(l.Because) > 0 && !slices.Contains(l.Because, l.Article) {
			why = strings.Join(l.Because, ", ") + ": " + why
		}
		if why != "" {
			out += "; " + why
		}
	}
	if len(l.Caveats) > 0 {
		out += " [" + strings.Join(l.Caveats, "; ") + "]"
	}
	return out
}

// states lists debtors; a long list is counted.
func states(ds []string) string {
	if len(ds) > 8 {
		return fmt.Sprintf("%d states (%s, …)", len(ds), strings.Join(ds[:5], ", "))
	}
	return strings.Join(ds, ", ")
}

// chains shows the most probable ways to the end the case asks about.
func (t *text) chains() {
	if t.r.ChainTo == "" {
		return
	}
	t.heading("From the first shot to " + t.r.ChainTo)
	t.para("", 0, "The most probable chains in the central world of each view (every assumption at its median). A link is a step that opens a later one; what others do beside it is summed over. The chance of a chain, and the one in all, is over the years ahead; that of a link is for one time that it is come to, so the links of a chain do not multiply to it. Each link says whether the actor was bound (military help owed), likely or merely free (discretionary) to take it, with the chance that it does and the articles that ask for it.")
	for _, r := range t.r.Results {
		t.line("")
		t.para("■ ", 2, r.Option+": "+r.Title)
		t.chainsGiven(r.Chains)
		for _, v := range r.Chains {
			if !t.isUnion(v.View) {
				t.ways(v.View+": "+t.inAll(v.P, ""), v.Ways())
			}
		}
	}
}

// chainsGiven are, first of all, the chains from a condition on.
func (t *text) chainsGiven(views []study.ViewChains) {
	views = slices.DeleteFunc(slices.Clone(views), func(v study.ViewChains) bool { return v.Given == nil || t.isUnion(v.View) })
	if len(views) == 0 {
		return
	}
	title := views[0].Given.Measure
	if k := t.r.MeasureAt(title); k >= 0 {
		title = t.r.Measures[k].Title
	}
	some := false
	for _, v := range views {
		g := v.Given
		if g.P == nil {
			continue
		}
		if !some {
			t.para("  ", 4, "Given that "+title+":")
			some = true
		}
		t.ways(v.View+" (so with "+chance(float64(g.Likely))+"): "+t.inAll(float64(*g.P), " from then on"), g.Ways())
	}
	if some {
		t.para("  ", 4, "Whether or not "+title+":")
	} else {
		t.para("  ", 4, "It never comes about that "+title+".")
	}
}

// ways are the chains to the end, after what there is to say of all of them.
func (t *text) ways(words string, to study.Ways) {
	if to.Share != nil {
		words += "; those shown make up " + chance(float64(*to.Share)) + " of it"
	}
	t.para("  ", 4, words)
	for _, c := range to.Chains {
		t.chain(c)
	}
	if len(to.Chains) == 0 {
		t.line("    no chain leads there")
	}
}

// inAll is the chance of the end by any way.
func (t *text) inAll(p float64, from string) string {
	return chance(p) + " in " + years(t.r.Horizon) + from + ", by any chain"
}

// isUnion: a union of views has no central world of its own.
func (t *text) isUnion(view string) bool {
	return slices.ContainsFunc(t.r.Views, func(v study.View) bool { return v.Name == view && v.Union })
}

func (t *text) chain(c crisis.Chain) {
	var parts []string
	for _, l := range c.Links {
		parts = append(parts, linkWords(l))
	}
	t.para("    ", 14, pad(chance(c.P), 10)+strings.Join(parts, " → "))
}

func chance(p float64) string {
	switch {
	case small(p) && p >= study.Floor:
		return strings.ReplaceAll(oneIn(p), " ", "\u00a0")
	case small(p):
		return "<0.01\u00a0%"
	}
	return digits(p, true) + "\u00a0%"
}

func linkWords(l crisis.Link) string {
	who := l.Actor
	if who == "" {
		who = "chance"
	}
	out := who + ": " + l.Title + " [" + string(l.Class) + ", " + chance(l.P)
	if l.Class == crisis.Chance {
		out = who + ": " + l.Title + " [" + chance(l.P)
	}
	if len(l.Articles) > 0 {
		var as []string
		for _, a := range l.Articles {
			if a.Level > 1 {
				as = append(as, a.Address)
			}
		}
		if len(as) > 3 {
			as = append(as[:3], "…")
		}
		if len(as) > 0 {
			out += "; " + strings.Join(as, ", ")
		}
	}
	return out + "]"
}

func (t *text) warnings() {
	t.heading("Warnings")
	for _, w := range t.r.Warnings {
		t.para("• ", 2, w.Text)
	}
	if len(t.r.Warnings) == 0 {
		t.line("none")
	}
}
