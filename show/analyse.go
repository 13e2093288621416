package show

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"casus/finding"
	"casus/terminal"
	"casus/worlds/discovery"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
)

// Analysis says what was found in a table.
func Analysis(out io.Writer, a *inquiry.Analysis, l Layout) error {
	p := newPage(l)
	p.entry(0, 2, fileName(a.File)+":", fmt.Sprintf("%s, %s, %s; seed %d",
		finding.Count(a.Rows, "row"), finding.Count(len(a.Inputs), "input"), finding.Count(len(a.Outputs), "output"), a.Seed))
	if a.Unread > 0 {
		p.line(2, 4, fmt.Sprintf("%s of the file do not parse and are left out", finding.Count(a.Unread, "further row")))
	}
	columns(p, a)
	cut := shortened(slices.Concat(a.Inputs, a.Outputs))
	for _, im := range a.Shares {
		p.gap()
		importance(p, im, cut)
	}
	if a.Found != nil {
		p.gap()
		(&found{Findings: a.Found, what: "row", inputs: a.Inputs}).text(p)
	}
	var notes []string
	for _, n := range a.Notes {
		notes = append(notes, cut(n))
	}
	p.notes(notes)
	return p.print(out)
}

// shortened cuts long names of columns in words.
func shortened(columns []inquiry.AnalysedColumn) func(string) string {
	var pairs []string
	for _, c := range columns {
		if short := called(c.Name); short != c.Name && c.Name != "" {
			pairs = append(pairs, c.Name, short)
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

// columns says what is missing and what was left out.
func columns(p *page, a *inquiry.Analysis) {
	for _, c := range slices.Concat(a.Inputs, a.Outputs) {
		if c.Missing > 0 {
			p.line(2, 4, fmt.Sprintf("%s: missing in %s", called(c.Name), finding.Count(c.Missing, "row")))
		}
		if c.NotFinite > 0 {
			p.line(2, 4, fmt.Sprintf("%s: not finite in %s, which a condition compares and all else leaves out", called(c.Name), finding.Count(c.NotFinite, "row")))
		}
	}
	for _, line := range leftOut(a.Dropped) {
		p.line(2, 4, line)
	}
}

// leftOut says which columns take no part, those of the same reason together.
func leftOut(dropped []inquiry.DroppedColumn) []string {
	var whys []string
	names := map[string][]string{}
	for _, d := range dropped {
		if names[d.Why] == nil {
			whys = append(whys, d.Why)
		}
		names[d.Why] = append(names[d.Why], called(d.Name))
	}
	const most = 4
	var out []string
	for _, why := range whys {
		list := names[why]
		switch n := len(list); {
		case n == 1:
			out = append(out, list[0]+" is left out: "+why)
		case n <= most:
			out = append(out, finding.And(list)+" are left out: "+why)
		default:
			out = append(out, fmt.Sprintf("%s and %d more are left out: %s", strings.Join(list[:most-1], ", "), n-most+1, why))
		}
	}
	return out
}

// fileName is the last part of the name of a file.
func fileName(name string) string { return terminal.Clean(filepath.Base(name)) }

// called is a name from a file of the user's, cut to a bearable length.
func called(name string) string {
	const most = 32
	name = strings.Join(strings.Fields(terminal.Clean(name)), " ")
	return ansi.Truncate(cmp.Or(name, "(blank)"), most, "…")
}

// mostLines is how many lines of a table are shown; JSON has all.
const mostLines = 24

// importance sets the sensitivities of one output, the largest first.
func importance(p *page, im inquiry.Importance, cut func(string) string) {
	p.heading("WHAT DRIVES "+called(im.Output), "")
	lines := im.Drivers()
	rows := [][]string{{"input"}}
	if im.First != nil {
		rows[0] = append(rows[0], "first order")
	}
	if im.Delta != nil {
		rows[0] = append(rows[0], "delta")
	}
	for _, l := range lines[:min(len(lines), mostLines)] {
		row := []string{called(l.Name)}
		if im.First != nil {
			row = append(row, estimate(l.First))
		}
		if im.Delta != nil {
			row = append(row, estimate(l.Delta))
		}
		rows = append(rows, row)
	}
	p.grid(2, rows)
	p.more(len(lines), mostLines)
	if im.First != nil {
		p.line(2, 4, fmt.Sprintf("first order: share of the variance of %s that goes with the input alone, 95 %% interval; %s", called(im.Output), finding.Count(im.First.N, "row")))
		p.warn(im.First.Warnings, cut)
	}
	if im.Delta != nil {
		p.line(2, 4, fmt.Sprintf("delta: how far the whole distribution of %s shifts when the input is known, 95 %% interval; %s", called(im.Output), finding.Count(im.Delta.N, "row")))
		p.warn(im.Delta.Warnings, cut)
	}
}

func (p *page) more(n, shown int) {
	if n > shown {
		p.line(2, 4, fmt.Sprintf("… and %d more (--json has all)", n-shown))
	}
}

// warn sets the warnings that the numbers beside them do not show already.
func (p *page) warn(ws []sensitivity.Warning, cut func(string) string) {
	for _, w := range ws {
		if w.Kind != sensitivity.NotShown && w.Kind != sensitivity.Biased { // delta is shown corrected
			p.line(2, 4, "! "+cut(w.Text))
		}
	}
}

func estimate(e *sensitivity.Estimate) string {
	if e == nil || math.IsNaN(e.Value) {
		return "–"
	}
	return behind(hundredths(e.Value), " (", ends(hundredths(e.Lo), " to ", hundredths(e.Hi)), ")")
}

func hundredths(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	s := strconv.FormatFloat(x, 'f', 2, 64)
	if s == "-0.00" {
		return "0.00"
	}
	return s
}

// grid sets rows of cells under a row of heads in bold.
func (p *page) grid(indent int, rows [][]string) {
	p.inColumns(indent, widest(rows), rows, func(row int, line string) string {
		if row == 0 {
			return p.bold(line)
		}
		return line
	})
}

// finding sets what was found; what names the things of interest (rows, worlds).
type found struct {
	*inquiry.Findings
	what   string
	inputs []inquiry.AnalysedColumn
	// rests says what an input rests on, where that is known.
	rests func(input string) string
}

func (f *found) text(p *page) {
	cut := shortened(f.inputs)
	p.heading("WHEN", terminal.Clean(f.Interest))
	all := f.In + f.Out + f.Unknown
	p.line(2, 4, fmt.Sprintf("so in %d of %s (%s)%s", f.In, finding.Count(all, f.what), partOfAll(f.In, all), f.unknown()))
	if f.Base.Used < all {
		p.line(2, 4, fmt.Sprintf("the search uses the %s in which nothing is missing", finding.Count(f.Base.Used, f.what)))
	}
	if f.Search != nil {
		f.box(p)
		f.way(p)
	}
	if f.Regions != nil {
		f.regional(p)
	}
	if f.Tree != nil {
		f.leaves(p)
	}
	if f.Stack != nil {
		f.stacked(p)
	}
	for _, n := range f.Notes {
		p.line(2, 4, "! "+cut(n))
	}
}

func (f *found) unknown() string {
	if f.Unknown == 0 {
		return ""
	}
	return fmt.Sprintf("; in %d it is not known", f.Unknown)
}

func percent(x float64) string {
	switch {
	case x > 0 && x < 0.001:
		return "<0.1 %"
	case x < 0.0995 && x > 0:
		return strconv.FormatFloat(100*x, 'f', 1, 64) + " %"
	case x < 1 && x > 0.995:
		return ">99 %"
	}
	return strconv.FormatFloat(100*x, 'f', 0, 64) + " %"
}

// CountedShare is a share with what was counted and its 95 % interval.
func CountedShare(s discovery.Share) string { return share(s) }

func share(s discovery.Share) string {
	return counted(percent(s.Value), s.Count, s.Of, ends(percent(s.Lo), " to ", percent(s.Hi)))
}

// boxName is the number of the box described, and what was given up of it.
func (f *found) boxName() string {
	s := fmt.Sprintf("Box %d of 0 to %d", f.Chosen, len(f.Search.Boxes)-1)
	if n := len(f.GivenUp); n > 0 {
		s += fmt.Sprintf(", %s fewer", finding.Count(n, "limit"))
	}
	return s
}

func (f *found) box(p *page) {
	b := f.Box()
	p.line(2, 4, fmt.Sprintf("BOX %d of 0 to %d, %s", f.Chosen, len(f.Search.Boxes)-1, f.ChosenAs))
	p.line(4, 6, "coverage: "+share(b.Coverage)+" of what is of interest lies in the box")
	p.line(4, 6, "density: "+share(b.Density)+" of the box is of interest")
	p.line(4, 6, "mass: "+share(b.Mass)+fmt.Sprintf(" of all %ss used", f.what))
	f.limits(p, b)
	for _, s := range f.chance() {
		p.line(4, 6, s)
	}
	if f.Again == nil || b.Restricted == 0 {
		return
	}
	p.line(4, 6, "quasi-p: the chance of so dense a box if the limit did not matter (Bryant and Lempert 2010); again: in how many runs on half of the "+f.what+"s a box of the same coverage, and one of the same density, limits the input too")
}

// chance says what of a box was given up, and how it does on worlds it was not found on.
func (f *found) chance() []string {
	var out []string
	if n := len(f.GivenUp); n > 0 {
		out = append(out, fmt.Sprintf("given up, because chance may explain them: %s on %s; with them the coverage is %s and the density %s", finding.Count(n, "limit"), few(f.GivenUp),
			percent(f.Search.Boxes[f.Chosen].Coverage.Value), percent(f.Search.Boxes[f.Chosen].Density.Value)))
	}
	if f.Again == nil || f.Again.Fresh == nil {
		return out
	}
	s := f.Again.Fresh
	return append(out, fmt.Sprintf("found again on half of the %ss, the density on the other half is %s in the mean of %s",
		f.what, percent(s.Mean), behind(finding.Count(s.Runs, "run"), " (", ends(percent(s.Min), " to ", percent(s.Max)), ")")))
}

// loose names the limits of a box that may be chance; empty where there are none.
func loose(b *discovery.Box) string {
	var out []string
	for _, l := range b.Limits {
		if l.Weak() {
			out = append(out, called(l.Input))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "a quasi-p above 0.05: the limit on " + strings.Join(out, ", ") + " may be chance"
}

// BoxDoubts says of the box found under a view what chance may explain.
func BoxDoubts(v inquiry.ViewDiscovered) []string {
	f := found{Findings: v.Found, what: "world"}
	if f.Findings == nil || f.Box() == nil {
		return nil
	}
	out := f.chance()
	if s := loose(f.Box()); s != "" {
		out = append(out, s)
	}
	return out
}

// limits sets a line for each limit of a box.
func (f *found) limits(p *page, b *discovery.Box) {
	rows := [][]string{{"limit", "range", "quasi-p", "again"}}
	for j, l := range b.Limits {
		if !l.Restricted {
			continue
		}
		again := "–"
		if f.Again != nil && f.Again.Inputs[j].SameCoverage != nil {
			in := f.Again.Inputs[j]
			again = fmt.Sprintf("%d, %d of %d", in.SameCoverage.Count, in.SameDensity.Count, in.SameCoverage.Of)
		}
		rows = append(rows, []string{limit(l), f.reach(l.Input), quasi(l), again})
	}
	if len(rows) == 1 {
		p.line(4, 6, fmt.Sprintf("it has no limits: it is all %ss", f.what))
		return
	}
	p.grid(4, rows)
	for _, l := range b.Limits {
		if l.Restricted && f.rests != nil {
			p.line(4, 8, called(l.Input)+": "+f.rests(l.Input))
		}
	}
	if s := loose(b); s != "" {
		p.line(4, 6, "! "+s)
	}
}

// limit writes what a box asks of an input.
func limit(l discovery.Limit) string {
	name := called(l.Input)
	switch {
	case l.Kind == discovery.Category && len(l.Excluded) < len(l.Categories):
		return name + " is not " + few(l.Excluded)
	case l.Kind == discovery.Category:
		return name + " is " + few(l.Categories)
	case l.Below && l.Above:
		return fmt.Sprintf("%s from %s to %s", name, plainNumber(l.Lower), plainNumber(l.Upper))
	case l.Below:
		return fmt.Sprintf("%s at least %s", name, plainNumber(l.Lower))
	}
	return fmt.Sprintf("%s at most %s", name, plainNumber(l.Upper))
}

func few(names []string) string {
	const most = 4
	var out []string
	for _, n := range names[:min(most, len(names))] {
		out = append(out, called(n))
	}
	if len(names) > most {
		return strings.Join(out, ", ") + fmt.Sprintf(" (and %d more)", len(names)-most)
	}
	return strings.Join(out, " or ")
}

// plainNumber shows four digits.
func plainNumber(x float64) string { return strconv.FormatFloat(rounded(x), 'g', -1, 64) }

func rounded(x float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64)
	if err != nil {
		return x
	}
	return v
}

// reach is the range of an input in the table, with its unit.
func (f *found) reach(input string) string {
	for _, c := range f.inputs {
		switch {
		case c.Name != input:
		case c.Min == nil:
			return finding.Count(c.Values, "value")
		default:
			return strings.TrimSpace(fmt.Sprintf("%s to %s %s", plainNumber(float64(*c.Min)), plainNumber(float64(*c.Max)), terminal.Clean(c.Unit)))
		}
	}
	return "–"
}

func quasi(l discovery.Limit) string {
	if l.QPLower != nil && l.QPUpper != nil {
		return chanceOf(*l.QPLower) + ", " + chanceOf(*l.QPUpper)
	}
	if l.QP != nil {
		return chanceOf(*l.QP)
	}
	return "–"
}

func chanceOf(p float64) string {
	if p < 0.0001 {
		return "<0.0001"
	}
	return strconv.FormatFloat(p, 'g', 2, 64)
}

// way sets the boxes worth a choice.
func (f *found) way(p *page) {
	p.line(2, 4, fmt.Sprintf("THE WAY OF PRIM (%s; boxes that no other beats in coverage, density and number of limits; --box takes one)", f.Search.Ended))
	rows := [][]string{{"box", "coverage", "density", "mass", "limits"}}
	shown := thinned(f.Front, f.Chosen)
	for _, i := range shown {
		b := f.Search.Boxes[i]
		name := strconv.Itoa(i)
		if i == f.Chosen {
			name += " ◀"
		}
		rows = append(rows, []string{name, percent(b.Coverage.Value), percent(b.Density.Value), percent(b.Mass.Value), strconv.Itoa(b.Restricted)})
	}
	p.grid(4, rows)
	if len(shown) < len(f.Search.Boxes) {
		p.line(4, 6, fmt.Sprintf("%d of %d boxes (--json has all)", len(shown), len(f.Search.Boxes)))
	}
}

func partOfAll(n, all int) string { return percent(float64(n) / float64(all)) }

// thinned keeps about a dozen boxes and the one described.
func thinned(front []int, chosen int) []int {
	const most = 12
	var out []int
	step := max(1, (len(front)+most-1)/most)
	for k, i := range front {
		if k%step == 0 || k == len(front)-1 || i == chosen {
			out = append(out, i)
		}
	}
	if chosen >= 0 && !slices.Contains(out, chosen) {
		at, _ := slices.BinarySearch(out, chosen)
		out = slices.Insert(out, at, chosen)
	}
	return out
}

func (f *found) regional(p *page) {
	p.line(2, 4, fmt.Sprintf("INPUT BY INPUT (D: the largest distance between the distribution of the input in the %ss of interest and in the others, Kolmogorov–Smirnov; p: Holm's, over all inputs)", f.what))
	inputs := f.Regions.Ranked()
	rows := [][]string{{"input", "D", "p", "of interest rather"}}
	for _, r := range inputs[:min(len(inputs), mostLines/2)] {
		where := "no difference shown"
		switch r.Side() {
		case "low":
			where = "at or below " + plainNumber(r.At)
		case "high":
			where = "above " + plainNumber(r.At)
		}
		rows = append(rows, []string{called(r.Input), estimate(&r.D), chanceOf(r.PHolm), where})
	}
	p.grid(4, rows)
	p.more(len(inputs), mostLines/2)
	for _, w := range f.Regions.Warnings {
		if w.Kind != sensitivity.NotShown {
			p.line(4, 6, "! "+shortened(f.inputs)(w.Text))
		}
	}
}

func (f *found) leaves(p *page) {
	leaves := f.Tree.Leaves()
	p.line(2, 4, fmt.Sprintf("TREE (CART, at least %s in a leaf)", finding.Count(f.Tree.Options.Leaf, f.what)))
	rows := [][]string{{"leaf", "density", "coverage", f.what + "s", "where"}}
	for _, k := range f.Tree.ByDensity() {
		n := f.Tree.Nodes[leaves[k]]
		var where []string
		for _, l := range n.Box.Limits {
			if l.Restricted {
				where = append(where, limit(l))
			}
		}
		rows = append(rows, []string{strconv.Itoa(k), percent(n.Box.Density.Value), percent(n.Box.Coverage.Value), strconv.Itoa(n.Rows), cmp.Or(strings.Join(where, "; "), "everywhere")})
	}
	f.leafLines(p, rows)
	p.more(len(leaves), mostLines)
}

// leafLines sets leaves as a table whose last column is folded.
func (f *found) leafLines(p *page, rows [][]string) {
	last := len(rows[0]) - 1
	widths := make([]int, last)
	for _, row := range rows {
		for i := range last {
			widths[i] = max(widths[i], ansi.StringWidth(row[i]))
		}
	}
	for i, row := range rows[:min(len(rows), mostLines+1)] {
		line := strings.Repeat(" ", 4)
		for k := range last {
			line += pad(row[k], widths[k]) + "  "
		}
		hang := ansi.StringWidth(line)
		folded := strings.TrimSuffix(fold(line+row[last], p.width, min(hang, p.width/2)), "\n")
		if i == 0 {
			folded = p.bold(folded)
		}
		p.out.WriteString(folded + "\n")
	}
}

func (f *found) stacked(p *page) {
	var words []string
	for _, s := range f.Stack.Scores[:min(8, len(f.Stack.Scores))] {
		words = append(words, fmt.Sprintf("%s %s", called(s.Input), hundredths(s.Score)))
	}
	p.line(2, 4, "MOST TELLING INPUTS (share of what a forest of random trees explains, interactions included): "+strings.Join(words, ", "))
	p.line(4, 6, "--picture shows them stacked")
}

// WhichCSV writes for each row of the file, numbered from 1, its line where it
// has one, whether the box holds it (1, 0; empty where something is missing) and
// the number of its leaf.
func WhichCSV(out io.Writer, a *inquiry.Analysis, lines []int) error {
	which, err := a.Which()
	if err != nil {
		return err
	}
	rows := [][]string{{"row", "line", "in_box", "leaf"}}
	for i, w := range which {
		row := []string{strconv.Itoa(i + 1), "", "", ""}
		if lines != nil {
			row[1] = strconv.Itoa(lines[i])
		}
		if w.Known && a.Found.Search != nil {
			row[2] = map[bool]string{true: "1", false: "0"}[w.In]
		}
		if w.Known && w.Leaf >= 0 {
			row[3] = strconv.Itoa(w.Leaf)
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(out).WriteAll(rows)
}
