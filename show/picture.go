package show

import (
	"casus/terminal"
	"encoding/xml"
	"fmt"
	"strings"

	"casus/finding"
	"casus/worlds/study"
)

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

type picture struct {
	r   *study.Record
	out strings.Builder
}

func (p *picture) add(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// open begins a picture with the colours of a light and of a dark page; its end is
// </g></svg>.
func (p *picture) open(width, height int) {
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12">`, width, height, width, height)
	p.add("%s", pageStyle)
	p.add(`<rect width="%d" height="%d" class="page"/>`, width, height)
	p.add(`<g class="ink">`)
}

func (p *picture) text(x, y, size int, anchor, weight, s string) {
	p.add(`<text x="%d" y="%d" font-size="%d" text-anchor="%s" font-weight="%s">%s</text>`, x, y, size, anchor, weight, escape(s))
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(terminal.Clean(s))); err != nil {
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
		out = append(out, finding.Weighted)
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

// summaries picks those of an option, by column.
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
