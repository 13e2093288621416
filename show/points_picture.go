package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/special"
	"casus/terminal"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// The layout of pictures of points, in pixels.
const (
	pairSide     = 216
	pairLeft     = 62
	pairStep     = 280
	parallelTall = 300
	parallelTop  = 86
	parallelLeft = 74
)

// kindMarks tell worlds apart by colour (Okabe & Ito 2008) and by shape.
var kindMarks = []struct{ class, label, colour string }{
	{"so", "it is so", boxColour},
	{"not", "it is not", "#8a8a8a"},
	{"unknown", "not known", otherColour},
}

// PointsPicture draws the worlds of a view that were picked: each pair of the three
// assumptions that tell most, with the box, and then all as lines from axis to axis.
// A world is data-w in both, an axis data-axis with its ends. The picture is SVG and
// takes its colours from the page: chart, ink, soft and rule are its classes.
func PointsPicture(out io.Writer, v inquiry.ViewDiscovered) error {
	p := &findPicture{}
	p.points(v.Points)
	return p.print(out)
}

// points draws both.
func (p *findPicture) points(x *inquiry.Points) {
	if x == nil || len(x.Axes) == 0 {
		return
	}
	p.y += 6
	p.say(12, "bold", drawnWords(x))
	p.kinds(x)
	p.pairs(x)
	p.parallel(x)
}

// drawnWords says how many worlds are drawn.
func drawnWords(x *inquiry.Points) string {
	if x.Drawn == x.Of {
		return fmt.Sprintf("All %s", finding.Count(x.Of.All(), "world"))
	}
	return fmt.Sprintf("%d of %s: the first %d of %d in which it is so, the first %d of %d others", x.Drawn.All(), finding.Count(x.Of.All(), "world"), x.Drawn.So, x.Of.So, x.Drawn.Not+x.Drawn.Unknown, x.Of.Not+x.Of.Unknown)
}

// kinds is the legend.
func (p *findPicture) kinds(x *inquiry.Points) {
	p.y += 18
	left := 12
	for k, m := range kindMarks {
		n := []int{x.Drawn.So, x.Drawn.Not, x.Drawn.Unknown}[k]
		if n == 0 {
			continue
		}
		p.kind(k, fmt.Sprintf(`<path d="%s"/>`, markOf(k, float64(left+5), float64(p.y-4))))
		p.line(k, fmt.Sprintf(`<path d="M%d %dh26"/>`, left+14, p.y-4))
		label := fmt.Sprintf("%s: %d", m.label, n)
		p.text(left+46, p.y, 11, "start", "normal", label)
		left += 66 + 6*len(label)
	}
	if boxDrawn(x) {
		p.add(`<rect x="%d" y="%d" width="16" height="11" fill="%s" fill-opacity="0.13" stroke="%s" stroke-dasharray="5 2"/>`, left, p.y-10, otherColour, otherColour)
		p.text(left+22, p.y, 11, "start", "normal", "the box (in two of its assumptions)")
	}
	p.y += 10
}

// kind wraps marks of a kind in its style, line lines.
func (p *findPicture) kind(k int, drawn string) {
	style := []string{`stroke-width="5.5" stroke-linecap="round"`, `stroke-width="1.1"`, `stroke-width="1.6"`}[k]
	p.add(`<g class="k-%s" fill="none" stroke="%s" %s>%s</g>`, kindMarks[k].class, kindMarks[k].colour, style, drawn)
}

func (p *findPicture) line(k int, drawn string) {
	style := []string{`stroke-opacity="0.6"`, `stroke-opacity="0.55" stroke-dasharray="4 3"`, `stroke-opacity="0.7" stroke-dasharray="1 3"`}[k]
	p.add(`<g class="k-%s" fill="none" stroke="%s" %s>%s</g>`, kindMarks[k].class, kindMarks[k].colour, style, drawn)
}

// markOf is the mark of a kind at a place: a dot, a cross, a square.
func markOf(k int, x, y float64) string {
	switch k {
	case 0:
		return fmt.Sprintf("M%.0f %.0fh0", x, y)
	case 1:
		return fmt.Sprintf("M%.0f %.0fl5 5m0-5l-5 5", x-2.5, y-2.5)
	}
	return fmt.Sprintf("M%.0f %.0fh5v5h-5z", x-2.5, y-2.5)
}

// placed puts a value along an axis, from 0 to 1.
func placed(a inquiry.PointsAxis, x study.Float) float64 {
	lo, hi, v := float64(a.Lowest), float64(a.Highest), float64(x)
	if a.Log {
		lo, hi, v = special.Log(lo), special.Log(hi), special.Log(max(v, lo))
	}
	if !(hi > lo) {
		return 0.5
	}
	return min(max((float64(v/2)-float64(lo/2))/(float64(hi/2)-float64(lo/2)), 0), 1)
}

// boxed is the part of an axis that the box takes, from 0 to 1.
func boxed(a inquiry.PointsAxis) (from, to float64, limited bool) {
	from, to = 0, 1
	if a.Lower != nil {
		from = placed(a, *a.Lower)
	}
	if a.Upper != nil {
		to = placed(a, *a.Upper)
	}
	return from, to, a.Lower != nil || a.Upper != nil
}

// boxDrawn reports whether the pairs show a box: it limits one of their assumptions.
func boxDrawn(x *inquiry.Points) bool {
	return slices.ContainsFunc(x.Axes[:min(len(x.Axes), 3)], func(a inquiry.PointsAxis) bool {
		_, _, limited := boxed(a)
		return limited
	})
}

// byKind parts points by their kinds, the commonest below.
func byKind(x *inquiry.Points) [3][]inquiry.Point {
	var out [3][]inquiry.Point
	for _, w := range x.Worlds {
		switch {
		case w.So == nil:
			out[2] = append(out[2], w)
		case *w.So:
			out[0] = append(out[0], w)
		default:
			out[1] = append(out[1], w)
		}
	}
	return out
}

// below is the order in which kinds are drawn: what is of interest last.
var below = []int{1, 2, 0}

// pairs draws each pair of the first three axes.
func (p *findPicture) pairs(x *inquiry.Points) {
	top := p.y + 10
	n := 0
	for i := range min(len(x.Axes), 3) {
		for k := range i {
			p.pair(x, k, i, pairLeft+n*pairStep, top)
			n++
		}
	}
	if n > 0 {
		p.y = top + pairSide + 52
	}
}

func (p *findPicture) pair(x *inquiry.Points, across, up, left, top int) {
	a, b := x.Axes[across], x.Axes[up]
	p.add(`<rect x="%d" y="%d" width="%d" height="%d" class="band"/>`, left, top, pairSide, pairSide)
	at := func(s float64) float64 { return float64(left) + 6 + float64(s*(pairSide-12)) }
	of := func(s float64) float64 { return float64(top) + pairSide - 6 - float64(s*(pairSide-12)) }
	x0, x1, wide := boxed(a)
	y0, y1, tall := boxed(b)
	if wide || tall {
		p.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" fill-opacity="0.13" stroke="%s" stroke-dasharray="5 2"/>`, at(x0)-5, of(y1)-5, at(x1)-at(x0)+10, of(y0)-of(y1)+10, otherColour, otherColour)
	}
	kinds := byKind(x)
	for _, k := range below {
		var b strings.Builder
		for _, w := range kinds[k] {
			fmt.Fprintf(&b, `<path data-w="%d" d="%s"/>`, w.World, markOf(k, at(placed(a, w.Values[across])), of(placed(x.Axes[up], w.Values[up]))))
		}
		if b.Len() > 0 {
			p.kind(k, b.String())
		}
	}
	p.ends(a, left, top+pairSide+13)
	for n, line := range axisLines(a, pairSide/6, 2) {
		p.text(left+pairSide/2, top+pairSide+28+13*n, 11, "middle", "bold", line)
	}
	p.add(`<text x="%d" y="%d" font-size="10" text-anchor="end" class="soft">%s</text>`, left-5, top+10, short(float64(b.Highest)))
	p.add(`<text x="%d" y="%d" font-size="10" text-anchor="end" class="soft">%s</text>`, left-5, top+pairSide-2, short(float64(b.Lowest)))
	lines := axisLines(b, pairSide/6, 2)
	for n, line := range lines {
		p.add(`<text transform="translate(%d,%d) rotate(-90)" font-size="11" text-anchor="middle" font-weight="bold">%s</text>`, left-12-13*(len(lines)-1-n), top+pairSide/2, escape(line))
	}
}

// ends writes the lowest and the highest value below an axis.
func (p *findPicture) ends(a inquiry.PointsAxis, left, y int) {
	p.add(`<text x="%d" y="%d" font-size="10" class="soft">%s</text>`, left, y, short(float64(a.Lowest)))
	p.add(`<text x="%d" y="%d" font-size="10" text-anchor="end" class="soft">%s</text>`, left+pairSide, y, short(float64(a.Highest)))
}

// axisLines are the words of an axis, so many lines of so many letters at most.
func axisLines(a inquiry.PointsAxis, wide, most int) []string {
	words := called(a.Input)
	if a.Title != "" {
		words = terminal.Clean(a.Title) + indexOf(a.Input)
	}
	if a.Log {
		words += " (log)"
	}
	lines := strings.Split(strings.TrimSuffix(fold(words, wide, 0), "\n"), "\n")
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], elided(strings.Join(lines[most-1:], " "), wide))
	}
	return lines
}

// parallel draws each world as a line from axis to axis.
func (p *findPicture) parallel(x *inquiry.Points) {
	n := len(x.Axes)
	if n < 2 {
		return
	}
	top := p.y + parallelTop
	step := float64(findWidth-2*parallelLeft) / float64(n-1)
	at := func(i int) float64 { return parallelLeft + float64(step*float64(i)) }
	of := func(s float64) float64 { return float64(top) + float64(parallelTall*(1-s)) }
	kinds := byKind(x)
	for _, k := range below {
		var b strings.Builder
		for _, w := range kinds[k] {
			fmt.Fprintf(&b, `<path data-w="%d" data-k="%s" d="`, w.World, kindMarks[k].class)
			for i, a := range x.Axes {
				fmt.Fprintf(&b, "%s%.0f %.0f", map[bool]string{true: "M", false: "L"}[i == 0], at(i), of(placed(a, w.Values[i])))
			}
			b.WriteString(`"/>`)
		}
		if b.Len() > 0 {
			p.line(k, b.String())
		}
	}
	for i, a := range x.Axes {
		p.parallelAxis(a, at(i), top, int(min(step, 2*parallelLeft)))
	}
	p.y = top + parallelTall + 28
}

func (p *findPicture) parallelAxis(a inquiry.PointsAxis, x float64, top, wide int) {
	p.add(`<g data-axis="%s" data-title="%s" data-unit="%s" data-x="%.0f" data-top="%d" data-tall="%d" data-lo="%s" data-hi="%s" data-log="%t">`, escape(a.Input), escape(a.Title), escape(a.Unit), x, top, parallelTall, exact(a.Lowest), exact(a.Highest), a.Log)
	p.add(`<line x1="%.0f" y1="%d" x2="%.0f" y2="%d" class="edge"/>`, x, top, x, top+parallelTall)
	if from, to, limited := boxed(a); limited {
		y0, y1 := float64(top)+float64(parallelTall*(1-to)), float64(top)+float64(parallelTall*(1-from))
		p.add(`<rect x="%.0f" y="%.1f" width="12" height="%.1f" fill="%s" fill-opacity="0.3" stroke="%s" stroke-dasharray="5 2"/>`, x-6, y0, math.Max(y1-y0, 2), otherColour, otherColour)
	}
	lines := axisLines(a, wide/6, 4)
	for n, line := range lines {
		p.text(int(x), top-30-13*(len(lines)-1-n), 11, "middle", "bold", line)
	}
	p.add(`<text x="%.0f" y="%d" font-size="10" text-anchor="middle" class="soft">%s</text>`, x, top-13, short(float64(a.Highest)))
	p.add(`<text x="%.0f" y="%d" font-size="10" text-anchor="middle" class="soft">%s</text>`, x, top+parallelTall+23, short(float64(a.Lowest)))
	p.add("</g>")
}

// exact is a number with all its digits.
func exact(x study.Float) string { return fmt.Sprintf("%g", float64(x)) }
