package show

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/terminal"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

const senseMost = 15 // assumptions in a table, unless more are asked for

// Sense writes which assumptions decide a measure: for each outcome and view a
// table, the weightiest first.
func Sense(w io.Writer, s *inquiry.Sensitivity, l Layout) error {
	t := &senseText{text: newText(l), s: s, most: mostOf(l.Most)}
	t.head()
	for v := range s.Views {
		if v == 0 || len(s.Views[v].Outcomes) > 0 {
			t.view(&s.Views[v])
		}
	}
	t.named()
	t.doubts()
	return t.print(w)
}

func mostOf(n int) int {
	switch {
	case n == 0:
		return senseMost
	case n < 0:
		return math.MaxInt
	}
	return n
}

type senseText struct {
	*text
	s     *inquiry.Sensitivity
	most  int
	shown []string // assumptions that a table has
}

// para drops control characters, so that no terminal obeys a model file.
func (t *senseText) para(first string, hang int, words string) {
	t.text.para(first, hang, terminal.Clean(words))
}

// methodWords say what each column of a method is.
var methodWords = []struct {
	method, lead, words string
}{
	{inquiry.MethodSobol, "S1, ST    ", "Sobol' indices: the share of the variance over worlds that an assumption decides alone (S1, what vanishes in the mean once it is known), and with all it does together with others (ST, what remains while it alone is not known)."},
	{inquiry.MethodGiven, "S1 given  ", "first-order index from the worlds as they are: the share of the variance that vanishes in the mean once the assumption is known."},
	{inquiry.MethodDelta, "delta     ", "Borgonovo's delta: how much the whole distribution shifts once the assumption is known, 0 (not at all) to 1; corrected for chance."},
	{inquiry.MethodRegional, "KS        ", "the largest distance between the distribution functions of an assumption in the worlds of a class and in the others; high or low says which values the class has more of; · not told apart from chance (Holm, 5 %)."},
	{inquiry.MethodDGSM, "ST below  ", "an upper bound of ST from derivatives: near 0 it shows that an assumption does not matter; large, it shows nothing. No derivative sees a jump."},
	{inquiry.MethodMorris, "mu*       ", "mean size of elementary effects, in units of the measure for the whole range of the assumption; sigma, their standard deviation, is large where it acts in a curve or together with others."},
}

// What † and an interval of a table of sensitivities say.
const (
	judgedWords   = "the assumption rests on judgement alone under this view."
	intervalWords = "Intervals are 95 %. Shares are over worlds, of what the analyst does not know; what actors and chance do inside a world is solved exactly."
)

func (t *senseText) head() {
	s := t.s
	t.para("", 0, s.Title)
	t.para("", 0, "Which assumptions decide it?")
	t.line("")
	t.answer()
	t.para("date      ", 10, fmt.Sprintf("%s, %s ahead", s.Date, years(s.Horizon)))
	t.para("concept   ", 10, s.Concept)
	if s.Rows > 0 {
		by := "Saltelli"
		if slices.ContainsFunc(s.Views, func(v inquiry.SenseView) bool { return len(v.Correlations) > 0 }) {
			by += "; Kucherenko where assumptions depend on each other"
		}
		t.para("design    ", 10, fmt.Sprintf("%d rows of scrambled Sobol' points, exchanged one assumption at a time (%s), seed %d", s.Rows, by, s.Seed))
	}
	if s.Trajectories > 0 {
		t.para("walks     ", 10, fmt.Sprintf("%d trajectories, seed %d", s.Trajectories, s.Seed))
	}
	if s.Worlds > 0 {
		from := "run for this"
		if s.Recorded {
			from = "of the record, nothing run"
		}
		t.para("worlds    ", 10, fmt.Sprintf("%d for each view, %s, design %s, seed %d", s.Worlds, from, design(s.Design), s.Seed))
		t.weightedLine(s.Weighted)
	}
	if s.Where != "" {
		t.para("where     ", 10, s.Where)
	}
	for _, m := range methodWords {
		if slices.Contains(s.Methods, m.method) {
			t.para(m.lead, 10, m.words)
		}
	}
	t.legend()
}

// mostAnswers is how many outcomes the answer speaks of, before the tables speak of all.
const mostAnswers = 3

// answer says first, for each outcome, which assumption decides most of it under each
// view, where that is told apart from chance.
func (t *senseText) answer() {
	said := false
	for i := range t.s.Outcomes() {
		under, order := map[string][]string{}, []string{}
		for _, v := range t.s.Views {
			if i >= len(v.Outcomes) {
				continue
			}
			f := v.Outcomes[i].Foremost()
			if f == nil {
				continue
			}
			what, share := "none is told apart from chance", ""
			if f.Told {
				what, share = "“"+cmp.Or(t.s.TitleOf(f.Name), f.Name)+"”", " ("+f.What+" "+strings.Replace(strings.TrimSuffix(index(f.Main), ")"), " (", ", ", 1)
				if f.Near > 0 {
					share += "; " + howMany(f.Near, "other", "others") + " may weigh as much"
				}
				share += ")"
			}
			if under[what] == nil {
				order = append(order, what)
			}
			under[what] = append(under[what], v.View+share)
		}
		for k, what := range order {
			order[k] = what + " under " + finding.And(under[what])
		}
		if why := t.s.Untold(i); why != "" && i < mostAnswers {
			t.para("", 2, "What decides most of "+t.titleOf(i)+": not told, since "+why+".")
			said = true
		}
		if len(order) > 0 && i < mostAnswers {
			t.para("", 2, "What decides most of "+t.titleOf(i)+": "+strings.Join(order, "; ")+".")
			said = true
		}
	}
	if t.s.Outcomes() == 0 {
		t.para("", 2, "Nothing can be weighed: "+t.idle()+".")
		said = true
	}
	switch {
	case said:
		t.line("")
	case t.s.Worlds > 0 && t.s.Worlds < study.FewWorlds:
		t.para("", 2, fmt.Sprintf("Which assumption decides, %s for each view cannot tell: %d are wanted.", finding.Count(t.s.Worlds, "world"), study.FewWorlds))
		t.line("")
	}
}

// titleOf is the title of an outcome, by its place.
func (t *senseText) titleOf(i int) string {
	for _, v := range t.s.Views {
		if i < len(v.Outcomes) {
			title, _, _ := strings.Cut(outcomeTitle(&v.Outcomes[i]), " (")
			return title
		}
	}
	return ""
}

// idle says why no outcome was asked about.
func (t *senseText) idle() string {
	if t.s.Recorded && t.s.Worlds == 1 {
		return "in the one world of the record each assumption has one value"
	}
	return "no assumption that matters has more than one value"
}

// legend says what the marks of a table are.
func (t *senseText) legend() {
	if slices.ContainsFunc(t.s.Views, func(v inquiry.SenseView) bool {
		return slices.ContainsFunc(v.Outcomes, func(o inquiry.SenseOutcome) bool { return len(o.Slopes) > 0 })
	}) {
		t.para("+ −       ", 10, "the measure rises or falls with the assumption (rank correlation told apart from 0).")
	}
	t.para("†         ", 10, judgedWords)
	t.para("          ", 10, intervalWords)
}

// view shows one view.
func (t *senseText) view(v *inquiry.SenseView) {
	t.heading(terminal.Clean("view " + v.View))
	for _, words := range variedWords(v) {
		t.para("", 0, words)
	}
	for _, c := range v.Correlations {
		t.para("", 2, correlationWords(c)+".")
	}
	for i := range v.Outcomes {
		t.line("")
		t.outcome(v, &v.Outcomes[i])
	}
}

// variedWords say what varies under a view, what does not, and how.
func variedWords(v *inquiry.SenseView) []string {
	words := fmt.Sprintf("Assumptions that vary: %d", len(v.Varied))
	idle := slices.DeleteFunc(slices.Clone(v.Fixed), func(h inquiry.Held) bool { return h.Precision })
	if n := len(idle); n > 0 {
		words += fmt.Sprintf("; that have one value and decide nothing: %d (%s)", n, heldWords(idle))
	}
	if n := len(v.Unread); n > 0 {
		words += fmt.Sprintf("; that what was asked about does not read, so that they change nothing: %d", n)
	}
	out := []string{words + "."}
	for _, h := range v.Fixed {
		if h.Precision {
			out = append(out, fmt.Sprintf("λ, how sharply choices answer to what they are worth (%s), was held at %g, so it is not weighed here; what it decides is in the λ table of casus report RECORD --full, which plays it at a third and at three times.", h.Name, h.Value))
		}
	}
	switch {
	case v.View == finding.Weighted:
		out = append(out, "Whole worlds of the schools, each as often as the record weighs it: what one school holds of several assumptions stays together.",
			"S1 counts what is decided within schools; delta, Kolmogorov–Smirnov and the signs count too what tells one school from another, so that an assumption of which the schools hold different ranges may stand high though nothing reads it.")
	case v.Union:
		out = append(out, "A union: each assumption varies over the mixture of what the member views hold of it, independently of the others.")
	}
	return out
}

func heldWords(held []inquiry.Held) string {
	var words []string
	for _, h := range held {
		words = append(words, fmt.Sprintf("%s = %g", h.Name, h.Value))
	}
	if len(words) > 4 {
		words = append(words[:3], fmt.Sprintf("and %d others", len(words)-3))
	}
	return strings.Join(words, ", ")
}

func outcomeTitle(o *inquiry.SenseOutcome) string {
	better := ""
	if o.Better != "" {
		better = ", " + o.Better + " is better"
	}
	of := o.Option
	if o.Minus != "" {
		of += " less " + o.Minus
	}
	return fmt.Sprintf("%s of %s: %s (%s%s)", o.Measure, of, o.Title, unitShown(o.Unit), better)
}

func (t *senseText) outcome(v *inquiry.SenseView, o *inquiry.SenseOutcome) {
	t.para("■ ", 2, outcomeTitle(o))
	for _, words := range variesWords(o, t.s.Where) {
		t.para("  ", 2, words)
	}
	for _, words := range untoldWords(o) {
		t.para("  ", 4, words)
	}
	ranking := o.Ranking()
	if len(ranking) == 0 || steady(o) {
		return
	}
	for _, words := range classWords(o) {
		t.para("  ", 4, words)
	}
	rows := [][]string{append([]string{""}, senseColumns(o)...)}
	most := weighty(o, ranking, t.most)
	for _, name := range ranking[:most] {
		rows = append(rows, append([]string{t.label(v, o, name)}, senseCells(o, name)...))
		t.note(name)
	}
	t.grid(widest(rows), rows)
	if rest := ranking[most:]; len(rest) > 0 {
		t.para("  ", 2, othersWords(o, rest)+alsoAsked(rest))
	}
	t.pairs(o)
	t.basis(o)
}

// variesWords say how an outcome varies, and over which worlds.
func variesWords(o *inquiry.SenseOutcome, where string) []string {
	var out []string
	if words := spreadWords(o); words != "" {
		if where != "" {
			words = "where " + where + ": " + words
		}
		out = append(out, words)
	}
	if len(o.Ranking()) > 0 && steady(o) {
		out = append(out, "The same in all worlds: there is nothing to decide.")
	}
	return out
}

// steady reports whether an outcome is the same in every world.
func steady(o *inquiry.SenseOutcome) bool { return o.SD != nil && *o.SD == 0 }

// untoldWords name the methods that told nothing, and why.
func untoldWords(o *inquiry.SenseOutcome) []string {
	var out []string
	for _, r := range o.Results {
		if r.Unanswered != "" {
			out = append(out, r.Method+": nothing can be told: "+r.Unanswered)
		}
	}
	return out
}

// weighty is how many assumptions a table shows: not those at the end of which
// every method says 0, unless all are asked for.
func weighty(o *inquiry.SenseOutcome, ranking []string, most int) int {
	if most == math.MaxInt {
		return len(ranking)
	}
	n := min(most, len(ranking))
	idle := func(cell string) bool { return cell == "0.00" || cell == "0" }
	for n > 1 && !slices.ContainsFunc(senseCells(o, ranking[n-1]), func(cell string) bool { return !idle(cell) }) {
		n--
	}
	return n
}

// spreadWords say how an outcome varies.
func spreadWords(o *inquiry.SenseOutcome) string {
	if o.Mean == nil {
		return ""
	}
	pc := percentage(o.Unit)
	shown := func(f *study.Float) string {
		if f != nil && *f < 0 {
			return "−" + digits(-float64(*f), pc)
		}
		return number(f, pc)
	}
	words := fmt.Sprintf("mean %s, standard deviation %s%s (%s) over %s", shown(o.Mean), shown(o.SD), behind("", ", 5–95 % range ", ends(shown(o.P05), " to ", shown(o.P95)), ""), unitShown(o.Unit), finding.Count(o.N, "world"))
	if o.P05 == nil {
		words = fmt.Sprintf("%s (%s) in one world, which gives no range", shown(o.Mean), unitShown(o.Unit))
	}
	if o.Undefined > 0 {
		words += fmt.Sprintf(" (not defined in %d more)", o.Undefined)
	}
	if o.Effective != nil {
		words += fmt.Sprintf(", each by %s (worth %.0f)", o.CountsBy(), float64(*o.Effective))
	}
	if o.First != nil && o.Second != nil {
		words += fmt.Sprintf("; %s is better in %s %% of them, %s in %s %%", o.Option, number(o.First, true), o.Minus, number(o.Second, true))
	}
	return words
}

// classWords say which worlds a method was confined to, or set against the others.
func classWords(o *inquiry.SenseOutcome) []string {
	var out []string
	for _, r := range o.Results {
		if r.Class == nil || r.Unanswered != "" {
			continue
		}
		words := fmt.Sprintf("%s in, %d out", finding.Count(r.Class.In, "world"), r.Class.Out)
		if r.Class.Unknown > 0 {
			words += fmt.Sprintf(", %d not defined and left out", r.Class.Unknown)
		}
		if r.Method == inquiry.MethodRegional {
			words = "KS sets against the others " + r.Class.Words + ": " + words
		} else {
			words = r.Method + " only where " + r.Class.Words + ": " + words
		}
		out = append(out, words+".")
	}
	return out
}

// label is a name with its marks.
func (t *senseText) label(v *inquiry.SenseView, o *inquiry.SenseOutcome, name string) string {
	out := terminal.Clean(name)
	if judged(v, name) {
		out += "†"
	}
	for _, s := range o.Slopes {
		switch {
		case s.Name != name || !s.Sure || s.Rank == nil:
		case *s.Rank > 0:
			out += " +"
		default:
			out += " −"
		}
	}
	return out
}

// judged reports whether an assumption rests on judgement alone under a view.
func judged(v *inquiry.SenseView, name string) bool {
	return slices.ContainsFunc(v.Varied, func(x inquiry.Varied) bool { return x.Name == name && x.Judged })
}

func (t *senseText) note(name string) {
	if !slices.Contains(t.shown, name) {
		t.shown = append(t.shown, name)
	}
}

// senseRow holds what a method says of one assumption or group, and its cells.
type senseRow struct {
	inquiry.Weight
	cells []string
}

// senseRows are the rows of a method, in its order, with the heads of their
// cells.
func senseRows(r inquiry.SenseResult, unit string) (heads []string, rows []senseRow) {
	heads, cells := senseWords(r, unit)
	for i, w := range r.Weights() {
		rows = append(rows, senseRow{w, cells(i, w)})
	}
	return heads, rows
}

// senseWords are the heads of a method, and the cells of one of its rows.
func senseWords(r inquiry.SenseResult, unit string) (heads []string, cells func(int, inquiry.Weight) []string) {
	main := func(_ int, w inquiry.Weight) []string { return []string{index(w.Main)} }
	switch {
	case r.Sobol != nil:
		return []string{"ST", "S1"}, func(_ int, w inquiry.Weight) []string { return []string{index(w.Main), index(w.Alone)} }
	case r.Given != nil:
		return []string{"S1 given"}, main
	case r.Delta != nil:
		return []string{"delta"}, main
	case r.Regional != nil:
		return []string{"KS"}, func(i int, w inquiry.Weight) []string {
			return []string{index(w.Main) + " " + cmp.Or(r.Regional.Inputs[i].Side(), "·")}
		}
	case r.DGSM != nil:
		return []string{"ST below"}, main
	case r.Morris != nil:
		return []string{"mu*", "sigma"}, func(i int, w inquiry.Weight) []string {
			return []string{effect(w.Main, unit), effect(r.Morris.Inputs[i].Sigma, unit)}
		}
	}
	return nil, nil
}

// index shows a number between 0 and 1, or about.
func index(e sensitivity.Estimate) string {
	if math.IsNaN(e.Value) {
		return "–"
	}
	if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) {
		return indexDigits(e.Value)
	}
	return behind(indexDigits(e.Value), " (", indexRange(e.Lo, e.Hi), ")")
}

func indexRange(lo, hi float64) string {
	to := "–"
	if lo <= -0.005 { // a dash beside a minus is hard to read
		to = " to "
	}
	return ends(indexDigits(lo), to, indexDigits(hi))
}

func indexDigits(x float64) string {
	if math.Abs(x) >= 9.995 {
		return fmt.Sprintf("%.3g", x)
	}
	out := fmt.Sprintf("%.2f", x)
	if out == "-0.00" {
		return "0.00"
	}
	return strings.Replace(out, "-", "−", 1)
}

// effect shows an amount in the unit of a measure.
func effect(e sensitivity.Estimate, unit string) string {
	if math.IsNaN(e.Value) {
		return "–"
	}
	pc := percentage(unit)
	return behind(digits(e.Value, pc), " (", ends(digits(fromNothing(e.Lo), pc), "–", digits(e.Hi, pc)), ")")
}

// fromNothing is the low end of an interval of what is not below 0.
func fromNothing(x float64) float64 { return max(x, 0) }

func senseColumns(o *inquiry.SenseOutcome) []string {
	var out []string
	for _, r := range o.Results {
		heads, _ := senseRows(r, o.Unit)
		out = append(out, heads...)
	}
	return out
}

func senseCells(o *inquiry.SenseOutcome, name string) []string {
	var out []string
	for _, r := range o.Results {
		_, rows := senseRows(r, o.Unit)
		for _, row := range rows {
			if row.Name == name {
				out = append(out, row.cells...)
			}
		}
	}
	return out
}

// othersWords say what is not in the table.
func othersWords(o *inquiry.SenseOutcome, rest []string) string {
	cells := senseCells(o, rest[0])
	if len(rest) == 1 {
		return fmt.Sprintf("and %s with %s %s", rest[0], senseColumns(o)[0], cells[0])
	}
	return fmt.Sprintf("and %d others, the first of them %s with %s %s", len(rest), rest[0], senseColumns(o)[0], cells[0])
}

// alsoAsked says how all are shown.
func alsoAsked(rest []string) string {
	if len(rest) == 1 {
		return ""
	}
	return " (--top 0 shows all)"
}

// pairs shows the joint action of two, where it was asked and is told apart
// from 0.
func (t *senseText) pairs(o *inquiry.SenseOutcome) {
	for i, words := range pairWords(o, t.most) {
		if i == 0 {
			t.line("")
			t.para("  ", 2, words)
		} else {
			t.para("  ", 4, words)
		}
	}
}

// pairWords are the joint action of two, ten of them at most.
func pairWords(o *inquiry.SenseOutcome, most int) []string {
	var out []string
	for _, r := range o.Results {
		if r.Sobol == nil || len(r.Sobol.Pairs) == 0 {
			continue
		}
		apart, byChance := r.Sobol.Joint()
		out = append(out, "Pairs: the share decided by two together beyond what each decides alone (S2).")
		for _, p := range apart[:min(len(apart), most, 10)] {
			out = append(out, fmt.Sprintf("%s × %s  %s", p.First, p.Other, index(p.S2)))
		}
		out = append(out, fmt.Sprintf("%d of %d pairs are told apart from 0, one by one at 95 %% (by chance alone about %.0f would be).", len(apart), len(r.Sobol.Pairs), byChance))
	}
	return out
}

// basis says what the numbers rest on, and their warnings.
func (t *senseText) basis(o *inquiry.SenseOutcome) {
	for _, r := range o.Results {
		b, words := senseBasis(r)
		if b == nil {
			continue
		}
		t.para("  ", 4, r.Method+": "+words+".")
		for _, w := range basisWarnings(r, b) {
			t.para("  ! ", 4, w)
		}
	}
}

// basisWords say on how many worlds each method rests.
func basisWords(o *inquiry.SenseOutcome) []string {
	var out []string
	for _, r := range o.Results {
		if b, words := senseBasis(r); b != nil {
			out = append(out, r.Method+": "+words+".")
		}
	}
	return out
}

// doubtsOf are the warnings of every method.
func doubtsOf(o *inquiry.SenseOutcome) []string {
	var out []string
	for _, r := range o.Results {
		if b, _ := senseBasis(r); b != nil {
			out = append(out, basisWarnings(r, b)...)
		}
	}
	return out
}

// senseBasis is the basis of a result and the count behind it, with how many worlds
// were left out.
func senseBasis(r inquiry.SenseResult) (*sensitivity.Basis, string) {
	b, words := basisOf(r)
	if b != nil && b.Left > 0 {
		words += fmt.Sprintf(", %d left out", b.Left)
	}
	return b, words
}

// basisWarnings are the warnings of a result, and what its shares of the variance sum
// to where that is more than there is.
func basisWarnings(r inquiry.SenseResult, b *sensitivity.Basis) []string {
	out := gathered(b.Warnings)
	if words := beyondWords(r); words != "" {
		out = append(out, words)
	}
	return out
}

// beyondWords say that shares of the variance sum to more than all of it.
func beyondWords(r inquiry.SenseResult) string {
	if r.Given == nil {
		return ""
	}
	sum, beyond := r.Given.Alone()
	if !beyond {
		return ""
	}
	words := fmt.Sprintf("the shares that assumptions decide alone sum to %s, where those of independent ones can sum to 1 at most: ", indexDigits(sum))
	if r.Dependent {
		return words + "what is above they share, or it is noise"
	}
	return words + fmt.Sprintf("what is above is noise of %s, which is in each of them", finding.Count(r.Given.N, "world"))
}

func basisOf(r inquiry.SenseResult) (*sensitivity.Basis, string) {
	switch {
	case r.Sobol != nil:
		sum, joint := r.Sobol.Alone()
		words := fmt.Sprintf("%d rows, %d worlds", r.Sobol.N, r.Sobol.Evaluations)
		if !math.IsNaN(sum) && !r.Dependent {
			words += fmt.Sprintf("; S1 sum to %s", indexDigits(sum))
			if joint {
				words += ": the rest is joint action, or error"
			}
		}
		return &r.Sobol.Basis, words
	case r.Given != nil:
		apart, byChance := r.Given.Apart()
		return &r.Given.Basis, fmt.Sprintf("%s%s; %d of %d are told apart from 0, one by one at 95 %% (by chance alone at most about %.0f would be)", finding.Count(r.Given.N, "world"), worthWords(r.Given.Effective), apart, len(r.Given.Inputs), byChance)
	case r.Delta != nil:
		return &r.Delta.Basis, fmt.Sprintf("%s%s", finding.Count(r.Delta.N, "world"), worthWords(r.Delta.Effective))
	case r.Regional != nil:
		return &r.Regional.Basis, fmt.Sprintf("%s in the class, %d out", finding.Count(r.Regional.In, "world"), r.Regional.Out)
	case r.DGSM != nil:
		return &r.DGSM.Basis, fmt.Sprintf("%s with their derivatives", finding.Count(r.DGSM.N, "world"))
	case r.Morris != nil:
		return &r.Morris.Basis, fmt.Sprintf("%s, %s", finding.CountOf(r.Morris.N, "trajectory", "trajectories"), finding.Count(r.Morris.Evaluations, "world"))
	}
	return nil, ""
}

// worthWords say what worlds of different weight are worth.
func worthWords(n sensitivity.Number) string {
	if math.IsNaN(float64(n)) {
		return ""
	}
	return fmt.Sprintf(", worth %.0f", float64(n))
}

// doubtWords say a kind of warning that many assumptions share.
var doubtWords = map[sensitivity.Kind]string{
	sensitivity.LeftOut:      "worlds were left out because a number in them is missing",
	sensitivity.Constant:     "the outcome or the assumption is the same in all worlds",
	sensitivity.NotConverged: "the interval is too wide to read",
	sensitivity.Biased:       "much of the number that other programs print would be there without any effect; this one is corrected",
	sensitivity.NotShown:     "not told apart from no effect",
	sensitivity.Heavy:        "the distribution has no Poincaré constant, so derivatives bound nothing",
}

// gathered puts warnings of one kind that many assumptions share into one line.
func gathered(all []sensitivity.Warning) []string {
	var out []string
	var done []sensitivity.Kind
	for _, w := range all {
		if w.About == "" {
			out = append(out, w.Text)
			continue
		}
		if slices.Contains(done, w.Kind) {
			continue
		}
		var same []sensitivity.Warning
		for _, x := range all {
			if x.Kind == w.Kind && x.About != "" {
				same = append(same, x)
			}
		}
		done = append(done, w.Kind)
		if words := doubtWords[w.Kind]; len(same) > 2 && words != "" {
			out = append(out, fmt.Sprintf("%d assumptions: %s (%s, …)", len(same), words, same[0].About))
			continue
		}
		for _, x := range same {
			out = append(out, x.Text)
		}
	}
	return out
}

// named says what the assumptions in the tables are.
func (t *senseText) named() {
	if len(t.shown) == 0 {
		return
	}
	t.heading("The assumptions above")
	for _, x := range t.s.Assumptions {
		if slices.Contains(t.shown, x.Name) {
			t.para("", 4, x.Name+": "+cmp.Or(x.Title, "no title")+" ("+x.Unit+")")
		}
	}
}

func (t *senseText) doubts() {
	said := slices.DeleteFunc(slices.Clone(t.s.Warnings), func(w finding.Warning) bool {
		return w.Kind == finding.NotConverged // it stands beside its numbers
	})
	if len(said) == 0 {
		return
	}
	t.heading("Warnings")
	for _, w := range said {
		t.para("• ", 2, w.Text)
	}
}
