package show

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// The layout of a picture of rungs, in pixels.
const (
	rungWide  = 172
	rungTall  = 96
	rungStepX = 216
	rungStepY = 176
	rungLeft  = 40
)

// dashes tell the lines of views apart beside their colour.
var dashes = []string{"", "7 3", "2 3", "9 3 2 3", "4 2"}

// LadderPicture draws the rungs of an option as panels over the years: under each view
// a line of medians, in the band of nine worlds in ten. Each panel has a scale of its
// own, from 0. The picture is SVG and carries its own text.
func LadderPicture(out io.Writer, r *inquiry.Ladder, option int) error {
	p := &findPicture{}
	o := r.Options[option]
	p.say(13, "bold", o.Title)
	p.y += 20
	left := 12
	for i, v := range o.Views {
		p.add(`<g stroke="%s" stroke-width="2" fill="none"><path d="M%d %dh30" stroke-dasharray="%s"/></g>`, viewColours[i%len(viewColours)], left, p.y-4, dashes[i%len(dashes)])
		p.add(`<path d="%s" fill="%s"/>`, viewMark(i, float64(left+15), float64(p.y-4)), viewColours[i%len(viewColours)])
		p.text(left+36, p.y, 11, "start", "normal", v.View)
		left += 56 + 7*len(v.View)
	}
	p.text(left, p.y, 11, "start", "normal", "line: median; band: nine worlds in ten")
	top := p.y + 16
	n := 0
	for i, rung := range r.Rungs {
		if !o.Telling(i) {
			continue
		}
		p.rung(r, o, i, rung, rungLeft+n%4*rungStepX, top+n/4*rungStepY)
		n++
	}
	p.y = top + (n+3)/4*rungStepY
	return p.print(out)
}

// viewMark is the shape of a view: a dot, a square, a triangle, a diamond, a bar.
func viewMark(i int, x, y float64) string {
	switch i % 5 {
	case 0:
		return fmt.Sprintf("M%.1f %.1fa3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z", x-3.5, y)
	case 1:
		return fmt.Sprintf("M%.1f %.1fh6v6h-6z", x-3, y-3)
	case 2:
		return fmt.Sprintf("M%.1f %.1fl4 7h-8z", x, y-4)
	case 3:
		return fmt.Sprintf("M%.1f %.1fl4 4l-4 4l-4 -4z", x, y-4)
	}
	return fmt.Sprintf("M%.1f %.1fh8v3h-8z", x-4, y-1.5)
}

// rung is one panel.
func (p *findPicture) rung(r *inquiry.Ladder, o inquiry.LadderedOption, rung int, of inquiry.LadderRung, left, top int) {
	lines := strings.Split(strings.TrimSuffix(fold(of.Title, 32, 0), "\n"), "\n")
	if len(lines) > 2 {
		lines = []string{lines[0], cut(strings.Join(lines[1:], " "), 31)}
	}
	for i, line := range lines {
		p.text(left, top+12+13*i, 11, "start", "bold", line)
	}
	highest := highestOf(o, rung)
	p.add(`<text x="%d" y="%d" font-size="10" class="soft">%s; the top is %s</text>`, left, top+12+13*len(lines), RungKind(r, of), escape(chosenShare(highest)))
	top += 44
	x := func(y int) float64 {
		if r.Years == 1 {
			return float64(left) + rungWide/2
		}
		return float64(left) + 8 + float64((rungWide-16)*float64(y))/float64(r.Years-1)
	}
	at := func(s study.Float) float64 {
		return float64(top) + rungTall - float64(rungTall*min(float64(s)/highest, 1))
	}
	p.add(`<rect x="%d" y="%d" width="%d" height="%d" class="band"/>`, left, top, rungWide, rungTall)
	p.add(`<text x="%d" y="%d" font-size="9" text-anchor="end" class="soft">%s</text>`, left-3, top+7, escape(strings.ReplaceAll(chosenShare(highest), " ", "")))
	p.add(`<text x="%d" y="%d" font-size="9" text-anchor="end" class="soft">0</text>`, left-3, top+rungTall)
	for y := range r.Years {
		if r.Years <= 10 || y%5 == 4 || y == 0 {
			p.add(`<text x="%.1f" y="%d" font-size="9" text-anchor="middle" class="soft">%d</text>`, x(y), top+rungTall+12, y+1)
		}
	}
	for i, v := range o.Views {
		p.rungOf(v.Rungs[rung], i, x, at)
	}
}

// rungOf is the band and the line of one view.
func (p *findPicture) rungOf(years []inquiry.LadderShare, view int, x func(int) float64, at func(study.Float) float64) {
	colour := viewColours[view%len(viewColours)]
	var over, under, line, marks []string
	for y, s := range years {
		if s.Median == nil {
			continue
		}
		if s.P05 != nil && s.P95 != nil { // one world has no band
			over = append(over, fmt.Sprintf("%.1f %.1f", x(y), at(*s.P95)))
			under = append(under, fmt.Sprintf("%.1f %.1f", x(y), at(*s.P05)))
		}
		line = append(line, fmt.Sprintf("%.1f %.1f", x(y), at(*s.Median)))
		marks = append(marks, viewMark(view, x(y), at(*s.Median)))
	}
	if len(line) == 0 {
		return
	}
	if len(over) > 0 {
		slices.Reverse(under)
		p.add(`<path d="M%sL%sz" fill="%s" fill-opacity="0.14"/>`, strings.Join(over, "L"), strings.Join(under, "L"), colour)
	}
	p.add(`<path d="M%s" fill="none" stroke="%s" stroke-width="1.6" stroke-dasharray="%s"/>`, strings.Join(line, "L"), colour, dashes[view%len(dashes)])
	p.add(`<path d="%s" fill="%s"/>`, strings.Join(marks, ""), colour)
}

// highestOf is the top of the scale of a rung.
func highestOf(o inquiry.LadderedOption, rung int) float64 {
	most := study.Floor
	for _, v := range o.Views {
		for _, s := range v.Rungs[rung] {
			if top := cmp.Or(s.P95, s.Median); top != nil {
				most = max(most, float64(*top))
			}
		}
	}
	return most
}
