package show

import (
	"casus/finding"
	"casus/worlds/inquiry"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// The layout of a picture of worth, in pixels.
const (
	worthLeft = 190
	worthBar  = 300
	worthRow  = 20
	worthTop  = 96
)

// ValuePicture draws, for each view a panel, what the assumptions worth most
// would be worth to know: a bar to the worth judged in worlds not learned from,
// a line to what the same worlds give, a tick at what noise gives. The picture is SVG and carries its own text.
func ValuePicture(w io.Writer, v *inquiry.Value, l Layout) error {
	p := &worthPicture{v: v, top: l.Most}
	rows := 0
	for _, x := range v.Views {
		rows = max(rows, len(p.shown(x)))
	}
	width := max(len(v.Views)*(worthLeft+worthBar+gutter)+20, 900)
	height := worthTop + 58 + rows*worthRow + 84
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", v.Basis.Title+", "+v.Basis.Date)
	p.text(12, 46, 13, "start", "normal", "What it would be worth to know before choosing by "+cmp.Or(v.Measure.Title, v.Measure.Name)+" ("+direction(v.Measure)+")")
	most := p.most()
	for i, x := range v.Views {
		p.panel(12+i*(worthLeft+worthBar+gutter), x, i, most)
	}
	p.text(12, height-44, 11, "start", "normal", "Bar: expected gain judged in worlds not learned from (errs low); line: in the worlds learned from (errs high); tick: what 95 % of assumptions without influence give.")
	p.text(12, height-28, 11, "start", "normal", "Full colour: told from nothing. All panels have one scale. No view is put above another.")
	p.text(12, height-12, 11, "start", "normal", fmt.Sprintf("%s for each view, seed %d. %s.", finding.Count(v.Basis.Worlds, "world"), v.Basis.Seed, v.Basis.Concept))
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

type worthPicture struct {
	picture
	v   *inquiry.Value
	top int
}

func (p *worthPicture) shown(v inquiry.ViewValue) []inquiry.Learned {
	var out []inquiry.Learned
	for _, x := range v.Telling() {
		if x.Worth != nil && (p.top == 0 || len(out) < p.top) {
			out = append(out, x)
		}
	}
	for _, x := range v.Groups {
		if x.Worth != nil && x.Worth.Value+max(x.Worth.InSample, 0) > 0 {
			x.Name += " (group)"
			out = append(out, x)
		}
	}
	return out
}

// most is the end of the axis of all panels.
func (p *worthPicture) most() float64 {
	most := 0.0
	for _, v := range p.v.Views {
		for _, x := range p.shown(v) {
			most = max(most, float64(x.Worth.InSample), float64(x.Worth.Value), float64(x.Worth.NullHigh))
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

func (p *worthPicture) panel(x int, v inquiry.ViewValue, i int, most float64) {
	colour := viewColours[i%len(viewColours)]
	pc := percentage(p.v.Measure.Unit)
	p.text(x, worthTop-16, 13, "start", "bold", v.View)
	if v.Perfect == nil || v.Perfect.N == 0 {
		p.text(x, worthTop+4, 11, "start", "normal", "nothing to compare")
		return
	}
	var names []string
	for _, c := range v.Chosen {
		names = append(names, fmt.Sprintf("%s (not best in %s %% of worlds)", c.Option, figure(float64(c.NotBest.Value), true)))
	}
	p.text(x, worthTop+4, 11, "start", "normal", "chosen now: "+cut(strings.Join(names, " or "), 72))
	p.text(x, worthTop+20, 11, "start", "normal", "to know everything: "+within(v.Perfect.Value, v.Perfect.Interval, pc)+" "+gainUnit(p.v.Measure.Unit))
	top, left := worthTop+40, x+worthLeft
	at := func(value float64) float64 { return float64(left) + float64((worthBar-50)*min(max(value/most, 0), 1)) }
	if n := len(p.shown(v)); n > 0 {
		p.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#999"/>`, left, top-4, left, top+n*worthRow)
	}
	for n, l := range p.shown(v) {
		y := top + n*worthRow
		opacity := "0.35"
		if l.Evidence {
			opacity = "1"
		}
		p.text(left-8, y+13, 11, "end", "normal", cut(l.Name, 30))
		p.add(`<rect x="%d" y="%d" width="%.1f" height="12" fill="%s" fill-opacity="%s"/>`, left, y+3, at(float64(l.Worth.Value))-float64(left), colour, opacity)
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s" stroke-width="2"/>`, at(float64(l.Worth.Value)), y+9, at(float64(l.Worth.InSample)), y+9, colour)
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#222" stroke-width="1.5"/>`, at(float64(l.Worth.NullHigh)), y+2, at(float64(l.Worth.NullHigh)), y+16)
		p.add(`<text x="%.1f" y="%d" font-size="10" fill="#555">%s</text>`, max(at(float64(l.Worth.InSample)), at(float64(l.Worth.NullHigh)), at(float64(l.Worth.Value)))+5, y+13, escape(figure(float64(l.Worth.Value), pc)))
	}
	switch {
	case v.Doubt != "":
		p.text(x, top+14, 11, "start", "normal", cut(v.Doubt, 80))
	case len(p.shown(v)) == 0:
		p.text(x, top+14, 11, "start", "normal", "no assumption, alone, was found to change the choice")
	}
}
