package show

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/claim"
	"casus/finding"
	"casus/terminal"
)

// Claims writes a ledger of claims: at a glance, then claim by claim.
func Claims(w io.Writer, l *claim.Ledger, set Layout) error {
	t := &ledger{text: newText(set), l: l}
	t.para("", 0, "Claims about "+l.Title+", "+l.Date)
	t.line("")
	if s := t.inShort(); s != "" && len(t.l.Claims) > 1 {
		t.para("", 0, s)
		t.line("")
	}
	t.para("", 0, t.legend())
	t.glance()
	for _, e := range l.Claims {
		t.entry(e)
	}
	if len(l.Sources) > 0 {
		t.heading("Sources")
	}
	for _, s := range l.Sources {
		t.cite(s)
	}
	t.heading("Warnings")
	for _, s := range l.Warnings {
		t.para("• ", 2, s.Text)
	}
	if len(l.Warnings) == 0 {
		t.line("none of the ledger; those of a reading stand below it")
	}
	return t.print(w)
}

type ledger struct {
	*text
	l *claim.Ledger
}

// para writes words without control characters, so that no terminal obeys a
// model file.
func (t *ledger) para(first string, hang int, words string) {
	t.text.para(first, hang, terminal.Clean(words))
}

func (t *ledger) legend() string {
	if t.l.Worlds == 0 {
		return "Nothing was run: only what law, figures and dates settle is scored. Nobody's side is taken: every claim has the case for it and against it."
	}
	weighted := ""
	if t.l.Weighted != "" {
		weighted = ", " + t.l.Weighted
	}
	return fmt.Sprintf("%s ahead; %s for each view, design %s, seed %d%s; %s. A share is that of the worlds of a view in which a reading of the claim holds, by however little, with the 95 %% interval of Wilson (1927); views are not added up. (The first screen of a run counts the worlds of all views together, and those alone in which an option is ahead by what matters or more.) Where measures are given something each world counts by how likely that is in it. ≈\u00a0the two sides differ by less than what matters in most of the worlds; !\u00a0undefined in some, which are left out. Figures, law and dates settle a reading without worlds; a finding is what the sources were found to say. Nobody's side is taken: every claim has the case for it and against it.",
		years(t.l.Horizon), finding.Count(t.l.Worlds, "world"), design(t.l.Design), t.l.Seed, weighted, t.l.Concept)
}

// glance prints what every claim says and how each of its readings came out: a view a
// column, beside the words where there is room, and below them where there is not.
func (t *ledger) glance() {
	if len(t.l.Claims) < 2 {
		return
	}
	t.heading("At a glance")
	var rows []glanced
	for _, e := range t.l.Claims {
		rows = append(rows, glancedOf(e)...)
	}
	head := []string{}
	for _, v := range t.l.Views {
		head = append(head, v.Name)
	}
	g := glanceSet{ledger: t, name: 0, head: head}
	cells := [][]string{head}
	for _, r := range rows {
		g.name = max(g.name, utf8.RuneCountInString(r.name)+gap)
		if len(r.cells) > 0 {
			cells = append(cells, r.cells)
		}
	}
	if len(cells) > 1 {
		g.widths = widest(cells)
	}
	g.set(rows)
}

// glanced is a line of the glance: a claim, or one of its readings with its share
// under each view.
type glanced struct {
	name, words string
	settled     string // how it came out without worlds, and by what; or that it did not
	cells       []string
}

// glancedOf are the lines of a claim: itself, so that no reading stands without what
// it is a reading of, and each of them.
func glancedOf(e claim.Entry) []glanced {
	own := glanced{name: e.ID, words: e.Says}
	switch {
	case len(e.Readings) == 0:
		own.settled = "not scored"
		return []glanced{own}
	case len(e.Readings) == 1 && e.Readings[0].Says == "":
		return []glanced{own.with(e.Readings[0])}
	}
	out := []glanced{own}
	for i, r := range e.Readings {
		one := glanced{words: cmp.Or(r.Says, "as it stands")}
		if len(e.Readings) > 1 {
			one.name = numbered(e, i)
		}
		out = append(out, one.with(r))
	}
	return out
}

// with adds how a reading came out: a share for each view, or what settled it.
func (g glanced) with(r claim.Reading) glanced {
	if r.Kind != claim.Worlds {
		g.settled = r.Verdict + ", by " + settledBy(r.Kind)
		return g
	}
	if len(r.Views) == 0 {
		g.settled = "not scored"
	}
	for _, s := range r.Views {
		g.cells = append(g.cells, shareShown(s))
	}
	return g
}

// glanceSet sets the lines of the glance.
type glanceSet struct {
	*ledger
	name   int // how wide the names are, with the gap after them
	head   []string
	widths []int // of the shares
}

func (g *glanceSet) set(rows []glanced) {
	sum := 0
	for _, w := range g.widths {
		sum += gap + w
	}
	room := min(g.width, prose+sum) - g.name - sum
	switch {
	case len(g.widths) == 0:
		g.stacked(rows, nil)
	case room >= 36:
		g.beside(rows, room)
	case g.name+sum-gap <= g.width:
		g.line("%s", strings.Repeat(" ", g.name)+aligned(g.head, g.widths))
		g.stacked(rows, func(cells []string) {
			g.line("%s", strings.Repeat(" ", g.name)+aligned(cells, g.widths))
		})
	default:
		g.stacked(rows, func(cells []string) { g.each(cells) })
	}
}

// beside sets the shares beside the words.
func (g *glanceSet) beside(rows []glanced, room int) {
	g.line("%s", strings.Repeat(" ", g.name+room+gap)+aligned(g.head, g.widths))
	for _, r := range rows {
		lines := strings.Split(strings.TrimSuffix(fold(terminal.Clean(r.words), room, 0), "\n"), "\n")
		for i, words := range lines {
			name, cells := "", ""
			if i == 0 {
				name, cells = r.name, aligned(r.cells, g.widths)
			}
			g.line("%s", pad(name, g.name)+pad(words, room+gap)+cells)
		}
		g.verdict(r)
	}
}

// stacked sets the shares below the words.
func (g *glanceSet) stacked(rows []glanced, shares func(cells []string)) {
	for _, r := range rows {
		g.para(pad(r.name, g.name), g.name, r.words)
		if len(r.cells) > 0 {
			shares(r.cells)
		}
		g.verdict(r)
	}
}

// verdict sets what was settled without worlds on a line of its own.
func (g *glanceSet) verdict(r glanced) {
	if r.settled != "" {
		g.para(strings.Repeat(" ", g.name), g.name, r.settled)
	}
}

// each sets a share a line, with the name of its view.
func (g *glanceSet) each(cells []string) {
	wide := 0
	for _, v := range g.head {
		wide = max(wide, utf8.RuneCountInString(v))
	}
	for i, c := range cells {
		g.line("%s", strings.Repeat(" ", g.name)+pad(g.head[i], wide+gap)+c)
	}
}

func aligned(cells []string, widths []int) string {
	out := ""
	for i, c := range cells {
		out += pad(c, widths[i]+gap)
	}
	return out
}

// numbered is the name of a reading: the claim's, with a number where it has
// several.
func numbered(e claim.Entry, i int) string {
	if len(e.Readings) == 1 {
		return e.ID
	}
	return fmt.Sprintf("%s.%d", e.ID, i+1)
}

func shareShown(s claim.Share) string {
	if s.Worlds == 0 {
		return "undefined"
	}
	out := behind(inPercent(s.Share)+"\u00a0%", " [", ends(inPercent(s.Lo), "–", inPercent(s.Hi)), "]")
	if s.Mostly() {
		out += "\u00a0≈"
	}
	if s.Undefined > 0 {
		out += "!"
	}
	return out
}

// inPercent never rounds up to all or down to none.
func inPercent(x claim.Number) string {
	p := 100 * float64(x)
	switch {
	case p >= 99.5 && p < 100:
		return ">99"
	case p > 0 && p <= 0.5:
		return "<1"
	}
	return fmt.Sprintf("%.0f", p)
}

func (t *ledger) entry(e claim.Entry) {
	t.line("")
	t.para(e.ID+"  ", utf8.RuneCountInString(e.ID)+2, e.Says)
	t.line("%s", strings.Repeat("─", min(t.width, 80)))
	if e.By != "" {
		t.para("  by        ", 12, e.By)
	}
	if e.Label != "" {
		t.para("  label     ", 12, e.Label+". A characterisation is shown, never scored.")
	}
	for i, r := range e.Readings {
		t.reading(e, i, r)
	}
	if len(e.Readings) > 0 {
		t.line("")
	}
	if e.Unscored != "" {
		words := "  unscored  "
		if len(e.Readings) == 0 {
			words = "  not a quantity of this model: "
		}
		t.para(words, 12, e.Unscored)
	}
	if e.Judgement != "" {
		t.para("  judgement ", 12, e.Judgement)
	}
	if e.Finding != "" {
		t.para("  finding   ", 12, e.Finding)
	}
	t.side("  for       ", e.For)
	t.side("  against   ", e.Against)
	for _, n := range e.Notes {
		t.para("  note      ", 12, n)
	}
	if len(e.Sources) > 0 {
		t.para("  sources   ", 12, strings.Join(e.Sources, ", "))
	}
}

func (t *ledger) side(head string, said []string) {
	for i, s := range said {
		if i > 0 {
			head = strings.Repeat(" ", 12)
		}
		t.para(head, 12, s)
	}
}

func (t *ledger) reading(e claim.Entry, i int, r claim.Reading) {
	t.line("")
	head := "▸ " + cmp.Or(r.Says, "as it stands")
	if len(e.Readings) > 1 {
		head = fmt.Sprintf("▸ %d. %s", i+1, cmp.Or(r.Says, "as it stands"))
	}
	t.para("  ", 4, head)
	t.para("    ", 6, r.Expression)
	if r.Condition != "" {
		t.para("    ", 6, r.Condition)
	}
	if r.Kind != claim.Worlds {
		t.para("    ", 6, strings.ToUpper(r.Verdict)+", settled by "+settledBy(r.Kind))
	}
	for _, s := range r.Shown {
		t.para("      ", 8, s)
	}
	for _, s := range r.Views {
		t.share(s)
	}
	for _, s := range r.Rests {
		t.para("      rests on ", 8, s)
	}
	for _, s := range r.Warnings {
		t.para("    ! ", 6, s.Text)
	}
}

func settledBy(kind string) string {
	switch kind {
	case claim.Figures:
		return "arithmetic over figures of spending"
	case claim.Law:
		return "law"
	case claim.Chains:
		return "the chains that law allows"
	}
	return "memberships and dates"
}

func (t *ledger) share(s claim.Share) {
	words := s.View + ": undefined in every world"
	if s.Worlds > 0 {
		words = fmt.Sprintf("%s, %d of %d", behind(s.View+": holds in "+inPercent(s.Share)+"\u00a0% of worlds", " [", ends(inPercent(s.Lo), "–", inPercent(s.Hi)), "]"), s.Holds, s.Worlds)
		if s.Slight > 0 {
			words += fmt.Sprintf(" (in %d the two sides differ by less than what matters)", s.Slight)
		}
		if s.Effective > 0 {
			words += fmt.Sprintf(" (weighed by what they are given: worth %.0f)", float64(s.Effective))
		}
	}
	if s.Undefined > 0 && s.Worlds > 0 {
		words += fmt.Sprintf(", undefined in %d more", s.Undefined)
	}
	if m := s.Margin; m != nil && s.Worlds > 0 {
		words += "; margin " + signed(m.Median, m.Unit)
		if s.Worlds > 1 {
			words += " (" + signed(m.P05, m.Unit) + " to " + signed(m.P95, m.Unit) + ")"
		}
		words += " " + marginUnit(m.Unit)
	}
	t.para("    ", 8, words)
	switch d := s.Decider; {
	case d != nil:
		t.para("      ", 8, deciding(d))
	case s.Why != "" && s.Worlds > 0:
		t.para("      ", 8, "decided by: "+s.Why)
	}
	if s.Flip != nil {
		t.para("      ", 8, flipping(s.Flip))
	}
}

// marginUnit is the unit of a difference: of probabilities, points.
func marginUnit(unit string) string {
	if percentage(unit) {
		return strings.Replace(unitShown(unit), "%", "points", 1)
	}
	return unit
}

func signed(x claim.Number, unit string) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	s := digits(math.Abs(float64(x)), percentage(unit))
	switch {
	case x < 0:
		return "−" + s
	case x > 0:
		return "+" + s
	}
	return s
}

func deciding(d *claim.Decider) string {
	out := "decided by "
	if d.Settled {
		out = "the same in all worlds; the margin goes most with "
	}
	out += fmt.Sprintf("%s (%s): index %s", d.Assumption, d.Title, behind(indexDigits(float64(d.Index)), " [", ends(indexDigits(asShare(float64(d.Lo))), "–", indexDigits(asShare(float64(d.Hi)))), "]"))
	if d.Toward != "" && d.Settled {
		out += ", larger where it is " + d.Toward
	} else if d.Toward != "" {
		out += ", holds rather where it is " + d.Toward
	}
	if d.Next != "" {
		out += ", not told apart from " + d.Next
	}
	return out
}

// asShare is the end of an interval of a share, which an estimate may pass.
func asShare(x float64) float64 { return min(max(x, 0), 1) }

func flipping(f *claim.Flip) string {
	state := "does not hold"
	if f.Holds {
		state = "holds"
	}
	switch {
	case f.Undefined:
		return "central world: undefined or on the edge; no flip is looked for"
	case !f.Found:
		return "central world: " + state + "; no single assumption turns it round"
	}
	from, to := apart(float64(f.From), float64(f.To))
	out := fmt.Sprintf("central world: %s; turns at %s %s → %s %s (its %s\u00a0%% quantile)", state, f.Assumption,
		from, to, f.Unit, quantileShown(float64(f.Quantile)))
	switch f.Others {
	case 0:
		return out + "; no other assumption does so alone"
	case 1:
		return out + "; one more does so alone, further off"
	}
	return out + fmt.Sprintf("; %d more do so alone, further off", f.Others)
}

// apart shows two numbers with as many digits as tell them apart, three at least.
func apart(a, b float64) (string, string) {
	x, y := "", ""
	for n := 3; n <= 8 && x == y; n++ {
		x, y = strconv.FormatFloat(a, 'g', n, 64), strconv.FormatFloat(b, 'g', n, 64)
	}
	return x, y
}

func quantileShown(q float64) string {
	if q < 0.01 || q > 0.99 {
		return fmt.Sprintf("%.1f", 100*q)
	}
	return fmt.Sprintf("%.0f", 100*q)
}

func (t *ledger) cite(s finding.Source) {
	words := cmp.Or(s.Title, "no title")
	if s.Grade != "" {
		words += ", grade " + s.Grade
	}
	if s.Address != "" {
		words += ": " + s.Address
	}
	t.para(s.ID+"  ", 5, words)
}
