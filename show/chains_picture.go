package show

import (
	"casus/law/counsel"
	"fmt"
	"io"
	"strings"

	"casus/law"
)

// stepColours gives each class of a choice its colour (Okabe & Ito 2008); a step
// that nobody chooses is grey.
var stepColours = []struct{ class, colour, gloss string }{
	{"", "#8a8a8a", "follows"},
	{law.BoundLink, "#0072B2", "bound: military help is owed"},
	{"likely", "#009E73", "likely: a free choice, a half or more"},
	{law.DiscretionaryLink, "#E69F00", "discretionary: help is owed, its form is free"},
	{law.StrikeLink, "#D55E00", "strike: nobody owes it"},
	{law.OwnLink, "#CC79A7", "own choice: nobody owes it"},
}

// The sizes of a picture of chains, in pixels.
const (
	stepWidth  = 176
	stepGap    = 26
	stepLine   = 14
	chainLeft  = 14
	chainsHead = 86
	mostRows   = 12
)

// ChainsPicture draws each chain as a row of steps from left to right, those that
// differ only in which states play a part as one row. The picture is SVG and
// carries its own text.
func ChainsPicture(w io.Writer, f *counsel.Chains) error {
	o := &chains{f}
	rows := o.alike()
	more := max(len(rows)-mostRows, 0)
	rows = rows[:len(rows)-more]
	width, height := 760, chainsHead
	heights := make([]int, len(rows))
	for i, g := range rows {
		heights[i] = g.height()
		height += heights[i]
		width = max(width, chainLeft+len(g.Story)*(stepWidth+stepGap))
	}
	height += 40
	p := &picture{}
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.add(`<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#555"/></marker></defs>`)
	p.text(chainLeft, 24, 15, "start", "bold", o.From+" → "+o.To+", "+o.Date)
	p.steps(width)
	y := chainsHead
	for i, g := range rows {
		p.chain(g, y, heights[i])
		y += heights[i]
	}
	foot := "A duty and the choice to honour it are separate links; no link of a chain can be spared."
	if more > 0 {
		foot = fmt.Sprintf("%d more are not drawn. ", more) + foot
	}
	switch {
	case len(rows) == 0 && o.Before != nil && o.Before.Found > 0:
		foot = fmt.Sprintf("No chain is left of %d.", o.Before.Found)
	case len(rows) == 0:
		foot = "No chain was found."
	}
	if len(o.Without) > 0 {
		foot = "Taken away: " + strings.Join(o.taken(), "; ") + ". " + foot
	}
	p.text(chainLeft, height-14, 11, "start", "normal", foot)
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

// steps is the legend of classes.
func (p *picture) steps(width int) {
	x, y := chainLeft, 42
	for _, c := range stepColours {
		needed := 26 + 6*len(c.gloss)
		if x+needed > width {
			x, y = chainLeft, y+18
		}
		p.add(`<rect x="%d" y="%d" width="14" height="11" rx="2" fill="%s"/>`, x, y-10, c.colour)
		p.text(x+19, y, 11, "start", "normal", c.gloss)
		x += needed
	}
}

// lines are the words of a step, folded to its box.
func stepLines(s counsel.StoryStep) []string {
	words := s.Words
	if s.Then != "" {
		words += "; so " + s.Then
	}
	lines := strings.Split(strings.TrimSuffix(fold(words, 25, 0), "\n"), "\n")
	if s.Class != "" {
		lines = append(lines, "["+s.Class+"]")
	}
	return lines
}

func (g *alikes) height() int {
	most := 1
	for _, s := range g.Story {
		most = max(most, len(stepLines(s)))
	}
	return most*stepLine + 12 + 34
}

func (p *picture) chain(g *alikes, y, height int) {
	box := height - 34
	for i, s := range g.Story {
		x := chainLeft + i*(stepWidth+stepGap)
		colour := stepColours[0].colour
		for _, c := range stepColours {
			if c.class == s.Class {
				colour = c.colour
			}
		}
		p.add(`<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s" fill-opacity="0.13" stroke="%s" stroke-width="1.5"/>`, x, y, stepWidth, box, colour, colour)
		for n, line := range stepLines(s) {
			p.text(x+7, y+16+n*stepLine, 11, "start", "normal", line)
		}
		if i > 0 {
			p.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#555" stroke-width="1.2" marker-end="url(#tip)"/>`, x-stepGap+2, y+box/2, x-3, y+box/2)
		}
	}
	if len(g.likewise) > 0 {
		words := g.others()
		if len(words) > 150 {
			words = fmt.Sprintf("and %d alike, with other states in place of %s", len(g.likewise), strings.Join(g.states, "–"))
		}
		p.text(chainLeft, y+box+14, 11, "start", "normal", words)
	}
}
