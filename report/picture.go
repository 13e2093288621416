package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/model"
	"casus/special"
	"casus/study"
)

// The measures a picture shows unless others are asked for.
const pictured = 4

// viewColours are safe for the colour-blind (Okabe & Ito 2008), in order of the
// views; a sixth view and further begin again.
var viewColours = []string{"#D55E00", "#0072B2", "#009E73", "#7F7F7F", "#CC79A7"}

// layout of a picture, in pixels.
const (
	leftWidth  = 300
	panelWidth = 190
	gutter     = 26
	rowHeight  = 34
	headHeight = 96
)

// Picture draws the options as rows and measures as panels: for each view the
// median over worlds as a dot and the 5–95 % range as a line. Probabilities run
// from 0 to 100 %, or to the largest shown, other measures from 0. measures
// names the panels; none asks for the first of the case. The picture is SVG and
// carries its own text.
func Picture(w io.Writer, r *study.Record, measures []string) error {
	shown, err := panels(r, measures)
	if err != nil {
		return err
	}
	p := &picture{r: r}
	width := leftWidth + len(shown)*(panelWidth+gutter) + 10
	height := headHeight + len(r.Results)*rowHeight + 54
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", r.Title+", "+r.Date)
	p.legend()
	for i, res := range r.Results {
		p.row(i, res, width)
	}
	for j, k := range shown {
		p.panel(float64(leftWidth+j*(panelWidth+gutter)), k)
	}
	p.text(12, height-14, 11, "start", "normal", fmt.Sprintf("Dot: median over %d worlds; line: 5–95 %% range. %s.", r.Worlds, r.Concept))
	p.add("</svg>")
	_, err = io.WriteString(w, p.out.String())
	return err
}

type picture struct {
	r   *study.Record
	out strings.Builder
}

func panels(r *study.Record, names []string) ([]int, error) {
	var out []int
	if len(names) == 0 {
		for k, m := range r.Measures {
			if !m.Record && len(out) < pictured {
				out = append(out, k)
			}
		}
		return out, nil
	}
	for _, n := range names {
		k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == n })
		if k < 0 {
			return nil, fmt.Errorf("the record has no measure %q", n)
		}
		out = append(out, k)
	}
	return out, nil
}

func (p *picture) add(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *picture) text(x, y, size int, anchor, weight, s string) {
	p.add(`<text x="%d" y="%d" font-size="%d" text-anchor="%s" font-weight="%s">%s</text>`, x, y, size, anchor, weight, escape(s))
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a strings.Builder does not fail
	}
	return b.String()
}

func (p *picture) legend() {
	x := 12
	for i, name := range p.columns() {
		c := p.colour(i)
		p.add(`<line x1="%d" y1="44" x2="%d" y2="44" stroke="%s" stroke-width="3"/><circle cx="%d" cy="44" r="4" fill="%s"/>`, x, x+24, c, x+12, c)
		p.text(x+30, 48, 12, "start", "normal", name)
		x += 48 + 8*len(name)
	}
}

// columns are the names of what is drawn for each option: the schools together
// by the record where there is one, then the views.
func (p *picture) columns() []string {
	var out []string
	if p.weighted() {
		out = append(out, model.Weighted)
	}
	for _, v := range p.r.Views {
		out = append(out, v.Name)
	}
	return out
}

func (p *picture) weighted() bool { return p.r.Weights != nil && p.r.Weights.Union != nil }

// colour is that of a column; the schools by the record are black.
func (p *picture) colour(i int) string {
	if p.weighted() {
		if i == 0 {
			return "#000000"
		}
		i--
	}
	return viewColours[i%len(viewColours)]
}

// summaries are those of an option, by column.
func (p *picture) summaries(res study.Result, k int) []study.Summary {
	var out []study.Summary
	if p.weighted() {
		out = append(out, res.Union.After[k])
	}
	for _, v := range res.Views {
		out = append(out, v.Summary[k])
	}
	return out
}

func (p *picture) row(i int, res study.Result, width int) {
	y := headHeight + i*rowHeight
	if i%2 == 0 {
		p.add(`<rect x="0" y="%d" width="%d" height="%d" fill="#f4f4f2"/>`, y, width, rowHeight)
	}
	lines := strings.Split(strings.TrimSuffix(fold(res.Title, 46, 0), "\n"), "\n")
	for n, line := range lines[:min(2, len(lines))] {
		p.text(12, y+rowHeight/2+4+14*n-7*(min(2, len(lines))-1), 11, "start", "normal", line)
	}
}

// panel draws one measure over all rows.
func (p *picture) panel(x float64, k int) {
	m := p.r.Measures[k]
	top := p.top(k)
	for n, line := range strings.Split(strings.TrimSuffix(fold(m.Title+" ("+unitShown(m.Unit)+")", 34, 0), "\n"), "\n") {
		p.add(`<text x="%.1f" y="%d" font-size="11" font-weight="bold">%s</text>`, x, headHeight-22+13*n, escape(line))
	}
	bottom := headHeight + len(p.r.Results)*rowHeight
	for _, t := range []float64{0, 0.5, 1} {
		tx := x + float64(t*panelWidth)
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ccc"/>`, tx, headHeight, tx, bottom)
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" fill="#555">%s</text>`, tx, bottom+14, digits(t*top, percentage(m.Unit)))
	}
	for i, res := range p.r.Results {
		for v, summary := range p.summaries(res, k) {
			p.span(x, top, i, v, summary)
		}
	}
}

// span draws a range and its median.
func (p *picture) span(x, top float64, i, v int, s study.Summary) {
	if s.Median == nil {
		return
	}
	at := func(f *study.Float) float64 { return x + float64(panelWidth*min(max(float64(*f)/top, 0), 1)) }
	y := float64(headHeight+i*rowHeight) + float64(rowHeight*(float64(v)+1)/(float64(len(p.columns()))+1))
	c := p.colour(v)
	p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2.5" stroke-opacity="0.65"/>`, at(s.P05), y, at(s.P95), y, c)
	p.add(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, at(s.Median), y, c)
}

// top is the end of a panel's axis: 1, 2 or 5 times a power of ten, not above 1
// for a probability.
func (p *picture) top(k int) float64 {
	most := 0.0
	for _, res := range p.r.Results {
		for _, s := range p.summaries(res, k) {
			if s.P95 != nil {
				most = max(most, float64(*s.P95))
			}
		}
	}
	if most <= 0 {
		return 1
	}
	unit := special.Pow(10, float64(special.Decade(most)))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*unit >= most {
			if percentage(p.r.Measures[k].Unit) {
				return min(f*unit, 1)
			}
			return f * unit
		}
	}
	return most
}
