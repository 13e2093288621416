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
	"casus/worlds/discovery"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
)

// The layout of a picture of findings, in pixels.
const (
	findWidth  = 880
	findLeft   = 230 // where bars begin
	findBar    = 400
	findRow    = 24
	tradeWidth = 380
	tradeTall  = 240
)

// The colours of findings (Okabe & Ito 2008).
const (
	boxColour   = "#0072B2"
	otherColour = "#D55E00"
)

// AnalysisPicture draws what drives each output, and of what was found the trade-off of
// PRIM (coverage against density), the limits of the box described as bars over
// the range of each input, and the inputs that tell most, stacked. The picture
// is SVG and carries its own text.
func AnalysisPicture(out io.Writer, a *inquiry.Analysis) error {
	p := &findPicture{}
	p.say(16, "bold", fmt.Sprintf("%s: %s", fileName(a.File), finding.Count(a.Rows, "row")))
	for _, im := range a.Shares {
		p.importance(im)
	}
	if a.Found != nil {
		p.found(&found{Findings: a.Found, what: "row", inputs: a.Inputs}, "")
	}
	return p.print(out)
}

// findPicture is drawn from above to below; y is where the next thing begins.
type findPicture struct {
	picture
	y      int
	titles map[string]string // of assumptions, by name; one that has none is drawn by its name
}

// named is an input in words where it has some.
func (p *findPicture) named(input string, most int) string {
	if t := p.titles[input]; t != "" {
		return elided(terminal.Clean(t)+indexOf(input), most)
	}
	return called(input)
}

// titlesOf gives the titles of the assumptions of a view that are told of.
func titlesOf(v inquiry.ViewDiscovered) map[string]string {
	out := map[string]string{}
	for _, c := range v.Inputs {
		out[c.Name] = c.Title
	}
	return out
}

func (p *findPicture) print(out io.Writer) error {
	height := p.y + 16
	_, err := fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12">
%s
<rect width="%d" height="%d" class="page"/>
<g class="ink">
%s</g></svg>
`, findWidth, height, findWidth, height, pageStyle, findWidth, height, p.out.String())
	return err
}

// say sets words under what was drawn, folded.
func (p *findPicture) say(size int, weight, words string) {
	perLine := (findWidth - 24) * 2 / size
	for _, line := range strings.Split(strings.TrimSuffix(fold(terminal.Clean(words), perLine, 0), "\n"), "\n") {
		p.y += size + 6
		p.text(12, p.y, size, "start", weight, line)
	}
}

// importance draws the indices of the inputs of an output as dots with intervals.
func (p *findPicture) importance(im inquiry.Importance) {
	p.y += 8
	p.say(13, "bold", "What drives "+called(im.Output))
	lines := im.Drivers()
	shown := lines[:min(len(lines), mostLines)]
	top := p.y + 22
	x := func(v float64) float64 { return findLeft + float64(findBar*min(max(v, 0), 1)) }
	p.axis(top, top+len(shown)*findRow)
	for i, l := range shown {
		y := float64(top + i*findRow + findRow/2)
		p.text(findLeft-10, int(y)+4, 11, "end", "normal", p.named(l.Name, (findLeft-10)/6))
		for k, e := range []*sensitivity.Estimate{l.First, l.Delta} {
			if e == nil || math.IsNaN(e.Value) {
				continue
			}
			c, at := []string{boxColour, otherColour}[k], y-4+float64(8*float64(k))
			if !math.IsNaN(e.Lo) {
				p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2.5" stroke-opacity="0.65"/>`, x(e.Lo), at, x(e.Hi), at, c)
			}
			p.add(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, x(e.Value), at, c)
		}
	}
	p.y = top + len(shown)*findRow + 18
	legend := []string{"first-order index", "delta"}
	for k, c := range []string{boxColour, otherColour} {
		left := findLeft + k*150
		p.add(`<circle cx="%d" cy="%d" r="3.5" fill="%s"/>`, left, p.y+12, c)
		p.text(left+8, p.y+16, 11, "start", "normal", legend[k])
	}
	p.text(findLeft+250, p.y+16, 11, "start", "normal", "line: 95 % interval")
	p.y += 20
}

// axis is that of shares, from 0 to 1.
func (p *findPicture) axis(top, bottom int) {
	for _, t := range []float64{0, 0.25, 0.5, 0.75, 1} {
		x := findLeft + float64(findBar*t)
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, x, top, x, bottom)
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" class="soft">%g</text>`, x, bottom+12, t)
	}
}

// found draws findings under a title; an empty one is the interest.
func (p *findPicture) found(f *found, title string) {
	p.y += 10
	if title != "" {
		p.say(14, "bold", title)
	}
	p.say(13, "bold", "When "+f.Interest+fmt.Sprintf(" (%d of %s)", f.In, finding.Count(f.In+f.Out+f.Unknown, f.what)))
	if f.Search != nil {
		p.trade(f)
		p.limits(f)
	}
	if f.Stack != nil {
		p.stack(f)
	}
}

// trade draws the boxes of PRIM: coverage to the right, density upwards, the
// darker the more inputs are limited.
func (p *findPicture) trade(f *found) {
	left, top := 60, p.y+16
	x := func(v float64) float64 { return float64(left) + float64(tradeWidth*v) }
	y := func(v float64) float64 { return float64(top) + float64(tradeTall*(1-v)) }
	for _, t := range []float64{0, 0.25, 0.5, 0.75, 1} {
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, x(t), top, x(t), top+tradeTall)
		p.add(`<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" class="rule"/>`, left, y(t), left+tradeWidth, y(t))
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" class="soft">%g</text>`, x(t), top+tradeTall+14, t)
		p.add(`<text x="%d" y="%.1f" font-size="10" text-anchor="end" class="soft">%g</text>`, left-6, y(t)+4, t)
	}
	p.text(left+tradeWidth/2, top+tradeTall+30, 11, "middle", "normal", "coverage: share of what is of interest in the box")
	p.add(`<text transform="translate(22,%d) rotate(-90)" font-size="11" text-anchor="middle">density: share of the box of interest</text>`, top+tradeTall/2)
	most := 1
	var points []string
	for _, b := range f.Search.Boxes {
		most = max(most, b.Restricted)
		points = append(points, fmt.Sprintf("%.1f,%.1f", x(b.Coverage.Value), y(b.Density.Value)))
	}
	p.add(`<polyline points="%s" fill="none" stroke="#bbb"/>`, strings.Join(points, " "))
	for i, b := range f.Search.Boxes {
		p.add(`<circle cx="%.1f" cy="%.1f" r="4" fill="%s" stroke="#fff" stroke-width="0.6"><title>box %d: coverage %s, density %s, %s</title></circle>`, x(b.Coverage.Value), y(b.Density.Value),
			tint(float64(b.Restricted)/float64(most)), i, percent(b.Coverage.Value), percent(b.Density.Value), finding.Count(b.Restricted, "limit"))
	}
	b := f.Box()
	p.add(`<circle cx="%.1f" cy="%.1f" r="8" fill="none" stroke="%s" stroke-width="2.5"/>`, x(b.Coverage.Value), y(b.Density.Value), otherColour)
	for i, words := range []string{
		f.boxName() + " (ringed)",
		fmt.Sprintf("coverage %s (%d of %d)", percent(b.Coverage.Value), b.Coverage.Count, b.Coverage.Of),
		fmt.Sprintf("density %s (%d of %d)", percent(b.Density.Value), b.Density.Count, b.Density.Of),
		fmt.Sprintf("mass %s (%d of %d)", percent(b.Mass.Value), b.Mass.Count, b.Mass.Of),
		finding.Count(b.Restricted, "limit"),
	} {
		p.text(left+tradeWidth+40, top+16+18*i, 12, "start", map[bool]string{true: "bold", false: "normal"}[i == 0], words)
	}
	for i := 0; i <= min(most, 8); i++ {
		share := float64(i) / float64(min(most, 8))
		p.add(`<circle cx="%d" cy="%d" r="4" fill="%s"/>`, left+tradeWidth+45+16*i, top+130, tint(share))
	}
	p.text(left+tradeWidth+40, top+150, 11, "start", "normal", fmt.Sprintf("inputs limited: 0 (light) to %d (dark)", most))
	p.y = top + tradeTall + 40
}

// tint goes from light to dark blue.
func tint(share float64) string {
	mix := func(from, to float64) int { return int(math.Round(from + float64((to-from)*min(max(share, 0), 1)))) }
	return fmt.Sprintf("#%02x%02x%02x", mix(0xd6, 0x08), mix(0xe6, 0x30), mix(0xf4, 0x6b))
}

// limits draws the limits of the box described over the range of each input.
func (p *findPicture) limits(f *found) {
	b := f.Box()
	limits := slices.DeleteFunc(slices.Clone(b.Limits), func(l discovery.Limit) bool { return !l.Restricted })
	if len(limits) == 0 {
		return
	}
	p.y += 6
	p.say(12, "bold", "Limits of the box over the range of each input")
	p.y += 6
	for _, l := range limits[:min(len(limits), mostLines)] {
		p.text(findLeft-10, p.y+16, 11, "end", "normal", p.named(l.Input, (findLeft-10)/6))
		p.bar(f, l)
		p.y += findRow
	}
}

func (p *findPicture) bar(f *found, l discovery.Limit) {
	y := p.y + 6
	p.add(`<rect x="%d" y="%d" width="%d" height="12" class="band"/>`, findLeft, y, findBar)
	if l.Kind == discovery.Category {
		all := slices.Sorted(slices.Values(slices.Concat(l.Categories, l.Excluded)))
		wide := float64(findBar) / float64(len(all))
		for i, c := range all {
			if slices.Contains(l.Categories, c) {
				p.add(`<rect x="%.1f" y="%d" width="%.1f" height="12" fill="%s"><title>%s</title></rect>`, findLeft+float64(wide*float64(i))+0.5, y, wide-1, boxColour, escape(called(c)))
			}
		}
		p.text(findLeft+findBar+8, p.y+16, 10, "start", "normal", limit(l))
		return
	}
	lo, hi := f.extent(l)
	at := func(v float64) float64 {
		if !(hi > lo) {
			return findLeft
		}
		return findLeft + float64(findBar*min(max((float64(v/2)-float64(lo/2))/(float64(hi/2)-float64(lo/2)), 0), 1))
	}
	p.add(`<rect x="%.1f" y="%d" width="%.1f" height="12" fill="%s"/>`, at(l.Lower), y, max(at(l.Upper)-at(l.Lower), 1), boxColour)
	words := fmt.Sprintf("%s to %s", plainNumber(l.Lower), plainNumber(l.Upper))
	if !l.Below {
		words = "at most " + plainNumber(l.Upper)
	} else if !l.Above {
		words = "at least " + plainNumber(l.Lower)
	}
	p.text(findLeft+findBar+8, p.y+16, 10, "start", "normal", fmt.Sprintf("%s (of %s to %s)", words, plainNumber(lo), plainNumber(hi)))
}

// extent is the range of an input in the table.
func (f *found) extent(l discovery.Limit) (lo, hi float64) {
	for _, c := range f.inputs {
		if c.Name == l.Input && c.Min != nil {
			return float64(*c.Min), float64(*c.Max)
		}
	}
	return l.Lower, l.Upper
}

// stack draws the cells of stacking as shares of interest; a cell without rows
// stays white with a dot, for nothing is known there.
func (p *findPicture) stack(f *found) {
	s := f.Stack
	if len(s.Cells) == 0 || len(s.Cells) > 64 || len(s.Cells[0]) > 64 {
		return
	}
	p.y += 14
	p.say(12, "bold", "The inputs that tell most, stacked: share of interest in each cell")
	const left = 250
	wide := min(48, (findWidth-left-150)/len(s.Cells[0]))
	top := p.y + 10 + 15*len(s.Columns)
	p.axisLabels(s, left, top, wide)
	tall := max(12, min(26, wide))
	for i, row := range s.Cells {
		y := top + i*tall
		for k, c := range row {
			x := left + k*wide
			if c.Share == nil {
				p.add(`<circle cx="%d" cy="%d" r="1.5" fill="#bbb"/>`, x+wide/2, y+tall/2)
				continue
			}
			p.add(`<rect x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="#fff"><title>%d of %d</title></rect>`, x, y, wide, tall, tint(c.Share.Value), c.Interest, c.Rows)
			if wide >= 30 {
				colour := "#222" // on a tint, which is the same on both pages
				if c.Share.Value > 0.5 {
					colour = "#fff"
				}
				p.add(`<text x="%d" y="%d" font-size="9" text-anchor="middle" fill="%s">%.0f</text>`, x+wide/2, y+tall/2+3, colour, 100*c.Share.Value)
			}
		}
		p.text(left-8, y+tall/2+4, 9, "end", "normal", keyWords(discovery.Key(s.Rows, i)))
	}
	p.y = top + len(s.Cells)*tall
	p.y += 4
	p.say(10, "normal", "Down: "+axisNames(s.Rows)+". Across: "+cmp.Or(axisNames(s.Columns), "nothing")+". Numbers: % of interest; a dot: no "+f.what+" there, nothing is known.")
}

// axisLabels writes the bins across: of each input a line, each bin over the
// cells it spans.
func (p *findPicture) axisLabels(s *discovery.Stacked, left, top, wide int) {
	span := len(s.Cells[0])
	repeat := 1
	for a, axis := range s.Columns {
		span /= len(axis.Bins)
		y := top - 6 - 15*(len(s.Columns)-1-a)
		for r := range repeat {
			for b, bin := range axis.Bins {
				x := left + ((r*len(axis.Bins)+b)*span*wide + span*wide/2)
				label := binWords(bin)
				if 5*len([]rune(label)) > span*wide {
					label = shortBin(axis, b)
				}
				p.text(x, y, 9, "middle", "normal", label)
			}
		}
		repeat *= len(axis.Bins)
	}
}

func axisNames(axes []discovery.Axis) string {
	var names []string
	for _, a := range axes {
		var bins []string
		for _, b := range a.Bins {
			bins = append(bins, binWords(b))
		}
		names = append(names, called(a.Input)+" ("+strings.Join(bins, "; ")+")")
	}
	return strings.Join(names, ", then ")
}

func keyWords(bins []discovery.Bin) string {
	var out []string
	for _, b := range bins {
		out = append(out, binWords(b))
	}
	return strings.Join(out, " / ")
}

// shortBin is low, mid or high, or the first letters of a category.
func shortBin(a discovery.Axis, b int) string {
	switch {
	case a.Bins[b].Category != "":
		return string([]rune(called(a.Bins[b].Category))[:1])
	case b == 0:
		return "low"
	case b == len(a.Bins)-1:
		return "high"
	}
	return "mid"
}

func binWords(b discovery.Bin) string {
	switch {
	case b.Category != "":
		return called(b.Category)
	case b.Lower == b.Upper:
		return short(b.Lower)
	}
	return short(b.Lower) + "…" + short(b.Upper)
}

// short shows three digits.
func short(x float64) string { return fmt.Sprintf("%.3g", x) }
