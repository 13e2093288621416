package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/special"
	"casus/worlds/study"
)

// Picture draws the options as rows and measures as panels: for each view the
// median over worlds as a dot and the 5–95 % range as a line. Each panel has an
// axis of its own, logarithmic where probabilities lie orders of magnitude apart.
// measures names the panels; none asks for those that the answer leads with, under
// how likely their condition is. The picture is SVG, carries its own text, and
// follows the reader's choice of a light or a dark page.
func Picture(w io.Writer, r *study.Record, measures []string) error {
	shown, err := pictured(r, measures)
	if err != nil {
		return err
	}
	p := &optionsPicture{picture: picture{r: r}}
	for _, k := range shown {
		p.panels = append(p.panels, p.newPanel(k))
	}
	p.draw()
	_, err = io.WriteString(w, p.out.String())
	return err
}

// pictured are the places of the measures to draw.
func pictured(r *study.Record, names []string) ([]int, error) {
	if len(names) == 0 {
		a := r.Answer()
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
	panels []optionsPanel
	head   int // where the rows begin
}

// layout of the picture, in pixels.
const (
	optionsLeft = 290
	optionsWide = 170
	optionsGap  = 40
	optionsRow  = 36
	titleLine   = 14
	titleTop    = 106
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
}

// newPanel settles title and axis of a measure.
func (p *optionsPicture) newPanel(k int) optionsPanel {
	m := p.r.Measures[k]
	x := optionsPanel{k: k, percent: percentage(m.Unit)}
	x.title = strings.Split(strings.TrimSuffix(fold(m.Title+", "+unitShown(m.Unit), 27, 0), "\n"), "\n")
	if g := p.r.MeasureAt(m.Given); g >= 0 {
		x.given = p.r.Measures[g].Title
	}
	least, most := p.extremes(k)
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

// extremes are the least and the most of what is drawn of a measure.
func (p *optionsPicture) extremes(k int) (least, most float64) {
	least = math.Inf(1)
	for _, res := range p.r.Results {
		for _, s := range p.summaries(res, k) {
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

func (p *optionsPicture) draw() {
	tallest := 0
	for _, x := range p.panels {
		tallest = max(tallest, len(x.title))
	}
	p.head = titleTop + tallest*titleLine + 10
	width := optionsLeft + len(p.panels)*(optionsWide+optionsGap)
	bottom := p.head + len(p.r.Results)*optionsRow
	height := bottom + 54
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12">`, width, height, width, height)
	p.add("%s", pageStyle)
	p.add(`<rect width="%d" height="%d" class="page"/>`, width, height)
	p.add(`<g class="ink">`)
	p.text(12, 24, 17, "start", "bold", p.r.Title+", "+p.r.Date)
	p.key()
	for i, res := range p.r.Results {
		p.option(i, res, width)
	}
	p.conditions()
	for j := range p.panels {
		p.panel(float64(optionsLeft+j*(optionsWide+optionsGap)), &p.panels[j], bottom)
	}
	p.text(12, height-14, 12, "start", "normal", fmt.Sprintf("Dot: median over %d worlds of a view; line: 5–95 %% range. Each axis is its own; log: steps of ten.", p.r.Worlds))
	p.add("</g>")
	p.add("</svg>")
}

// pageStyle gives both pages their colours.
const pageStyle = `<style>.page{fill:#fff}.ink{fill:#222}.soft{fill:#555}.band{fill:#f4f4f2}.rule{stroke:#ccc}.all{stroke:#000;fill:#000}` +
	`@media(prefers-color-scheme:dark){.page{fill:#0d1117}.ink{fill:#e6e6e6}.soft{fill:#a0a6ad}.band{fill:#171c23}.rule{stroke:#3a414a}.all{stroke:#fff;fill:#fff}}</style>`

// key names the columns.
func (p *optionsPicture) key() {
	x := 12
	for i, name := range p.columns() {
		p.add(`<g %s><line x1="%d" y1="46" x2="%d" y2="46" stroke-width="3"/><circle cx="%d" cy="46" r="4"/></g>`, p.paint(i), x, x+24, x+12)
		p.text(x+30, 50, 13, "start", "normal", name)
		x += 52 + 9*len(name)
	}
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

func (p *optionsPicture) option(i int, res study.Result, width int) {
	y := p.head + i*optionsRow
	if i%2 == 0 {
		p.add(`<rect x="0" y="%d" width="%d" height="%d" class="band"/>`, y, width, optionsRow)
	}
	lines := strings.Split(strings.TrimSuffix(fold(res.Title, 42, 0), "\n"), "\n")
	lines = lines[:min(2, len(lines))]
	for n, line := range lines {
		p.text(12, y+optionsRow/2+4+14*n-7*(len(lines)-1), 12, "start", "normal", line)
	}
}

// conditions draws a bracket over panels that share one, with its words.
func (p *optionsPicture) conditions() {
	for from := 0; from < len(p.panels); {
		to := from + 1
		for to < len(p.panels) && p.panels[to].given == p.panels[from].given {
			to++
		}
		if words := p.panels[from].given; words != "" {
			left := optionsLeft + from*(optionsWide+optionsGap)
			right := optionsLeft + to*(optionsWide+optionsGap) - optionsGap
			p.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" class="rule" stroke-width="2"/>`, left, titleTop-14, right, titleTop-14)
			p.text(left, titleTop-20, 12, "start", "normal", "if "+words)
		}
		from = to
	}
}

// panel draws one measure over all rows.
func (p *optionsPicture) panel(left float64, x *optionsPanel, bottom int) {
	for n, line := range x.title {
		p.text(int(left), p.head-8-titleLine*(len(x.title)-n-1), 12, "start", "bold", line)
	}
	for _, t := range x.ticks {
		tx := left + float64(optionsWide*x.at(t))
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, tx, p.head, tx, bottom)
		p.add(`<text x="%.1f" y="%d" font-size="11" text-anchor="middle" class="soft">%s</text>`, tx, bottom+15, axisTick(t, x.percent))
	}
	if x.log {
		p.add(`<text x="%.1f" y="%d" font-size="11" text-anchor="middle" class="soft">log</text>`, left+optionsWide/2, bottom+28)
	}
	for i, res := range p.r.Results {
		all := p.summaries(res, x.k)
		if !slices.ContainsFunc(all, func(s study.Summary) bool { return s.Median != nil }) {
			p.add(`<text x="%.1f" y="%d" font-size="11" class="soft">not defined: it never happens</text>`, left, p.head+i*optionsRow+optionsRow/2+4)
			continue
		}
		for v, s := range all {
			p.span(left, x, i, v, s)
		}
	}
}

// axisTick is the number at a line of an axis.
func axisTick(t float64, percent bool) string {
	if percent && t > 0 && t < 0.001 {
		return trimZeros(fmt.Sprintf("%.2f", 100*t))
	}
	return digits(t, percent)
}

// span draws a range and its median.
func (p *optionsPicture) span(left float64, x *optionsPanel, i, v int, s study.Summary) {
	if s.Median == nil {
		return
	}
	at := func(f *study.Float) float64 { return left + float64(optionsWide*x.at(float64(*f))) }
	y := float64(p.head+i*optionsRow) + float64(optionsRow*(float64(v)+1)/(float64(len(p.columns()))+1))
	p.add(`<g %s><line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke-width="2.5" stroke-opacity="0.65"/><circle cx="%.1f" cy="%.1f" r="3.5"/></g>`,
		p.paint(v), at(s.P05), y, at(s.P95), y, at(s.Median), y)
}
