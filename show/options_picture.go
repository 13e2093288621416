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
	"casus/worlds/study"
)

// Picture draws the options of a record, whose answer is a, as rows and measures as
// panels, two side by side: for each view the median over worlds as a dot and the 5–95 % range as a line. Each panel has an
// axis of its own, logarithmic where probabilities lie orders of magnitude apart.
// measures names the panels; none asks for those that the answer leads with, under
// how likely their condition is. Where a measure is not defined this is said or, where
// it can be asked whatever its condition, drawn hollow. The picture is SVG, carries its own text, and
// follows the reader's choice of a light or a dark page.
func Picture(w io.Writer, r *study.Record, a *study.Answer, measures []string) error {
	return PictureAs(w, r, a, measures, Panels{})
}

// Panels lays out those of a picture: so many side by side, each so many
// pixels wide. Where nothing is said there are two, of the width that a narrow page
// has room for; All are as many as there are.
type Panels struct {
	Across, Wide int
	All          bool
}

// PictureAs draws the same where there is other room.
func PictureAs(w io.Writer, r *study.Record, a *study.Answer, measures []string, l Panels) error {
	shown, err := pictured(r, a, measures)
	if err != nil {
		return err
	}
	p := &optionsPicture{picture: picture{r: r}, answer: a, wide: cmp.Or(l.Wide, optionsWide), across: cmp.Or(l.Across, bandPanels)}
	if l.All {
		p.across = max(len(shown), 1)
	}
	p.width = p.left(p.across) - optionsGap + optionsRim
	for _, k := range shown {
		p.panels = append(p.panels, p.newPanel(k))
	}
	p.draw()
	_, err = io.WriteString(w, p.out.String())
	return err
}

// pictured are the places of the measures to draw.
func pictured(r *study.Record, a *study.Answer, names []string) ([]int, error) {
	if len(names) == 0 {
		if a.Given != nil {
			names = append(names, a.Given.Measure)
		}
		for _, h := range a.Heads {
			names = append(names, h.Measure)
		}
	}
	var out []int
	for _, n := range names {
		k := r.MeasureAt(n)
		if k < 0 {
			return nil, fmt.Errorf("the record has no measure %q", n)
		}
		out = append(out, k)
	}
	return out, nil
}

type optionsPicture struct {
	picture
	answer  *study.Answer
	panels  []optionsPanel
	wide    int // of a panel
	across  int // panels side by side
	width   int
	head    int  // where the rows of a band begin
	hollow  bool // something is drawn whatever its condition
	crossed bool // something is not defined for some columns alone
}

// layout of the picture, in pixels: narrow enough that its words can be read where a
// page gives it 400.
const (
	optionsLeft = 128
	optionsWide = 116
	optionsGap  = 43
	optionsRim  = 32
	optionsRow  = 30
	optionsSize = 14 // of letters
	titleLine   = 17
	bandPanels  = 2 // side by side
	letter      = 7 // mean width of one
)

// optionsPanel is one measure with its axis.
type optionsPanel struct {
	k       int
	title   []string
	low     float64
	high    float64
	log     bool
	ticks   []float64
	percent bool
	given   string // the title of the condition
	plain   int    // the same measure whatever its condition; -1: there is none
}

// newPanel settles title and axis of a measure.
func (p *optionsPicture) newPanel(k int) optionsPanel {
	m := p.r.Measures[k]
	x := optionsPanel{k: k, percent: percentage(m.Unit), plain: -1}
	for _, o := range p.answer.Outright {
		if o.Of == m.Name {
			x.plain = p.r.MeasureAt(o.Measure)
		}
	}
	x.title = inLines(p.r.Words(k)+", "+unitShown(m.Unit), p.wide)
	if g := p.r.MeasureAt(m.Given); g >= 0 {
		x.given = p.r.Measures[g].Title
	}
	least, most := p.extremes(&x)
	switch {
	case x.percent && least > 0 && most/max(least, study.Floor) >= 30:
		x.logarithmic(least, most)
	case least > most/2 && most > least:
		x.narrow(least, most)
	default:
		x.fromZero(most)
	}
	return x
}

// spans gives the ranges to draw for an option, by column, and whether they are of the
// measure itself; nil where that is not defined.
func (p *optionsPicture) spans(x *optionsPanel, res study.Result) (spans []study.Summary, itself bool) {
	for _, k := range []int{x.k, x.plain} {
		if k < 0 {
			return nil, false
		}
		all := p.summaries(res, k)
		if slices.ContainsFunc(all, func(s study.Summary) bool { return s.Median != nil }) {
			return all, k == x.k
		}
	}
	return nil, false
}

// extremes are the least and the most of what is drawn in a panel.
func (p *optionsPicture) extremes(x *optionsPanel) (least, most float64) {
	least = math.Inf(1)
	for _, res := range p.r.Results {
		spans, _ := p.spans(x, res)
		for _, s := range spans {
			if s.P05 != nil && s.P95 != nil {
				least, most = min(least, float64(*s.P05)), max(most, float64(*s.P95))
			}
		}
	}
	return least, most
}

// logarithmic runs over whole decades, from the floor of what the model can tell.
func (x *optionsPanel) logarithmic(least, most float64) {
	x.log = true
	from := special.Decade(max(least, study.Floor))
	x.low, x.high = special.Pow(10, float64(from)), 1
	for d := from; d <= 0; d++ {
		at := special.Pow(10, float64(d))
		x.ticks = append(x.ticks, at)
		if at >= most {
			x.high = at
			break
		}
	}
}

// narrow runs over what there is, in steps that a person would choose.
func (x *optionsPanel) narrow(least, most float64) {
	step := roundUp((most - least) / 2)
	x.low = step * math.Floor(least/step)
	x.high = x.low
	x.ticks = []float64{x.low}
	for x.high < most {
		x.high += step
		x.ticks = append(x.ticks, x.high)
	}
	if x.percent && x.high > 1 {
		x.high, x.ticks[len(x.ticks)-1] = 1, 1
	}
}

// fromZero runs from nothing to 1, 2 or 5 times a power of ten.
func (x *optionsPanel) fromZero(most float64) {
	x.high = 1
	if most > 0 {
		x.high = roundUp(most)
	}
	if x.percent {
		x.high = min(x.high, 1)
	}
	x.ticks = []float64{0, x.high / 2, x.high}
}

// roundUp is the next 1, 2 or 5 times a power of ten.
func roundUp(x float64) float64 {
	unit := special.Pow(10, float64(special.Decade(x)))
	for _, f := range []float64{1, 2, 5} {
		if f*unit >= x {
			return f * unit
		}
	}
	return 10 * unit
}

// at is the place of a value on the axis, from 0 to 1.
func (x *optionsPanel) at(v float64) float64 {
	if x.log {
		return min(max(special.Log(max(v, x.low)/x.low)/special.Log(x.high/x.low), 0), 1)
	}
	return min(max((v-x.low)/(x.high-x.low), 0), 1)
}

// inLines breaks words into lines of so many pixels.
func inLines(words string, wide int) []string {
	return strings.Split(strings.TrimSuffix(fold(words, wide/letter, 0), "\n"), "\n")
}

// lines sets words below y, line by line, and gives the place below the last.
func (p *optionsPicture) lines(x, y int, weight string, lines []string) int {
	for _, line := range lines {
		y += titleLine
		p.text(x, y, optionsSize, "start", weight, line)
	}
	return y
}

func (p *optionsPicture) draw() {
	y := p.lines(12, 8, "bold", inLines(p.r.Title+", "+p.r.Date, p.width-24)) + 6
	y = p.key(y)
	for from := 0; from < len(p.panels); from += p.across {
		y = p.band(p.panels[from:min(from+p.across, len(p.panels))], y+14)
	}
	height := p.lines(12, y, "normal", inLines(p.foot(), p.width-24)) + 12
	drawn := p.out.String()
	p.out.Reset()
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="%d">`, p.width, height, p.width, height, optionsSize)
	p.add("%s", pageStyle)
	p.add(`<rect width="%d" height="%d" class="page"/>`, p.width, height)
	p.add("<g class=\"ink\">\n%s</g>\n</svg>", drawn)
}

// foot says what is drawn.
func (p *optionsPicture) foot() string {
	out := fmt.Sprintf("Dot: median over %s of a view; line: 5–95 %% range. Each axis is its own; log: steps of ten.", finding.Count(p.r.Worlds, "world"))
	if p.hollow {
		out += " Hollow: where never " + p.answer.Given.Headline + ", whether " + p.answer.Given.Headline + " or not."
	}
	if p.crossed {
		out += " ×: not defined under that school."
	}
	return out
}

// band draws panels side by side over the rows of all options, below y, and gives
// the place below them.
func (p *optionsPicture) band(panels []optionsPanel, y int) int {
	tallest, words := 0, 0
	for _, x := range panels {
		tallest = max(tallest, len(x.title))
	}
	for _, c := range p.conditions(panels) {
		words = max(words, len(c.lines))
	}
	top := y + words*titleLine
	p.head = top + tallest*titleLine + 18
	bottom := p.head + len(p.r.Results)*optionsRow
	for i, res := range p.r.Results {
		p.option(i, res)
	}
	for _, c := range p.conditions(panels) {
		p.lines(c.left, top-len(c.lines)*titleLine, "normal", c.lines)
		p.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" class="rule" stroke-width="2"/>`, c.left, top+6, c.right, top+6)
	}
	for j := range panels {
		p.panel(float64(p.left(j)), &panels[j], bottom)
	}
	return bottom + 34
}

// left gives the place at which a panel begins.
func (p *optionsPicture) left(j int) int { return optionsLeft + j*(p.wide+optionsGap) }

// pageStyle gives both pages their colours.
const pageStyle = `<style>.page{fill:#fff}.ink{fill:#222}.soft{fill:#555}.band{fill:#f4f4f2}.rule{stroke:#ccc}.all{stroke:#000;fill:#000}.edge{stroke:#222}.happened{fill:#d9d9d4}` +
	`@media(prefers-color-scheme:dark){.page{fill:#0d1117}.ink{fill:#e6e6e6}.soft{fill:#a0a6ad}.band{fill:#171c23}.rule{stroke:#3a414a}.all{stroke:#fff;fill:#fff}.edge{stroke:#e6e6e6}.happened{fill:#39404a}}</style>`

// drawn are the columns that are drawn: not a union where the schools stand together
// by the record.
func (p *optionsPicture) drawn() []int {
	var out []int
	for i := range p.columns() {
		v := i
		if p.weighted() {
			v--
		}
		if v < 0 || !p.weighted() || !p.r.Views[v].Union {
			out = append(out, i)
		}
	}
	return out
}

// keyWords say what a column is.
func (p *optionsPicture) keyWords(i int) string {
	name := p.columns()[i]
	if p.weighted() {
		if i == 0 {
			if part := p.answer.PartOf; len(part) > 0 {
				return finding.And(part) + ", weighed by the record"
			}
			return "all schools, weighed by the record"
		}
		i--
	}
	if p.r.Views[i].Union {
		return name + ", the schools mixed"
	}
	return name
}

// key names what is drawn, below y, and gives the place below the last line.
func (p *optionsPicture) key(y int) int {
	x := 12
	y += titleLine
	for _, i := range p.drawn() {
		words := p.keyWords(i)
		wide := 52 + 8*len(words)
		if x > 12 && x+wide > p.width {
			x, y = 12, y+titleLine+3
		}
		p.add(`<g %s><line x1="%d" y1="%d" x2="%d" y2="%d" stroke-width="3"/><circle cx="%d" cy="%d" r="4"/></g>`, p.paint(i), x, y-5, x+24, y-5, x+12, y-5)
		p.text(x+30, y, optionsSize, "start", "normal", words)
		x += wide
	}
	return y
}

// paint is the colour of a column; the schools by the record are black on a light
// page, and white on a dark one.
func (p *optionsPicture) paint(i int) string {
	if p.weighted() && i == 0 {
		return `class="all"`
	}
	c := p.colour(i)
	return fmt.Sprintf(`stroke="%s" fill="%s"`, c, c)
}

func (p *optionsPicture) option(i int, res study.Result) {
	y := p.head + i*optionsRow
	if i%2 == 0 {
		p.add(`<rect x="0" y="%d" width="%d" height="%d" class="band"/>`, y, p.width, optionsRow)
	}
	lines := inLines(p.r.Label(res.Option), optionsLeft-12)
	lines = lines[:min(2, len(lines))]
	for n, line := range lines {
		p.text(8, y+optionsRow/2+5+13*n-6*(len(lines)-1), optionsSize, "start", "normal", line)
	}
}

// condition heads the panels side by side that are given the same.
type condition struct {
	left, right int
	lines       []string
}

// conditions are those of the panels of a band, each once.
func (p *optionsPicture) conditions(panels []optionsPanel) []condition {
	var out []condition
	for from := 0; from < len(panels); {
		to := from + 1
		for to < len(panels) && panels[to].given == panels[from].given {
			to++
		}
		if words := panels[from].given; words != "" {
			c := condition{left: p.left(from), right: p.left(to) - optionsGap}
			c.lines = inLines("if "+words, c.right-c.left)
			out = append(out, c)
		}
		from = to
	}
	return out
}

// panel draws one measure over all rows.
func (p *optionsPicture) panel(left float64, x *optionsPanel, bottom int) {
	for n, line := range x.title {
		p.text(int(left), p.head-6-titleLine*(len(x.title)-n-1), optionsSize, "start", "bold", line)
	}
	labels := axisLabels(x.ticks, x.percent)
	for i, t := range x.ticks {
		tx := left + float64(float64(p.wide)*x.at(t))
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, tx, p.head, tx, bottom)
		p.add(`<text x="%.1f" y="%d" text-anchor="middle" class="soft">%s</text>`, tx, bottom+15, labels[i])
	}
	if x.log {
		p.add(`<text x="%.1f" y="%d" text-anchor="middle" class="soft">log</text>`, left+float64(float64(p.wide)/2), bottom+30)
	}
	for i, res := range p.r.Results {
		spans, itself := p.spans(x, res)
		if spans == nil {
			p.add(`<text x="%.1f" y="%d" class="soft">not defined</text>`, left, p.head+i*optionsRow+optionsRow/2+5)
			continue
		}
		p.hollow = p.hollow || !itself
		for n, v := range p.drawn() {
			p.span(left, x, i, n, v, spans[v], itself)
		}
	}
}

// mostPlaces bounds the digits behind the point of a line of an axis.
const mostPlaces = 9

// axisLabels are the numbers at the lines of an axis, in percent or not, all with as
// few places as tell them apart and say where each line stands, to a twentieth of the
// gap between the nearest two.
func axisLabels(ticks []float64, percent bool) []string {
	shown, gap := make([]float64, len(ticks)), math.Inf(1)
	for i, t := range ticks {
		if shown[i] = t; percent {
			shown[i] = 100 * t
		}
		if i > 0 {
			gap = min(gap, math.Abs(shown[i]-shown[i-1]))
		}
	}
	out := make([]string, len(ticks))
	for places := 0; places <= mostPlaces; places++ {
		exact := true
		for i, x := range shown {
			out[i] = fixed(x, places)
			is, err := strconv.ParseFloat(strings.Replace(out[i], "−", "-", 1), 64)
			exact = exact && err == nil && math.Abs(is-x) <= gap/20
		}
		if exact {
			break
		}
	}
	return out
}

// fixed is a number with so many places behind the point, without zeros at its end.
func fixed(x float64, places int) string {
	s := strconv.FormatFloat(x, 'f', places, 64)
	if places > 0 {
		s = trimZeros(s)
	}
	if s == "-0" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

// span draws the range and the median of a column, as the nth of its row: the dot
// hollow where it is not of the measure itself, a cross where there is nothing.
func (p *optionsPicture) span(left float64, x *optionsPanel, i, n, v int, s study.Summary, itself bool) {
	y := float64(p.head+i*optionsRow) + float64(optionsRow*(float64(n)+1)/(float64(len(p.drawn()))+1))
	if s.Median == nil {
		p.crossed = true
		p.add(`<g %s><path d="M%.1f %.1fl5 5m0 -5l-5 5" stroke-width="1.5"/></g>`, p.paint(v), left+1, y-2.5)
		return
	}
	dot := ""
	if !itself {
		dot = ` class="page" stroke-width="1.5"`
	}
	at := func(f *study.Float) float64 { return left + float64(float64(p.wide)*x.at(float64(*f))) }
	p.add(`<g %s><line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke-width="2.5" stroke-opacity="0.65"/><circle cx="%.1f" cy="%.1f" r="3"%s/></g>`,
		p.paint(v), at(s.P05), y, at(s.P95), y, at(s.Median), y, dot)
}
