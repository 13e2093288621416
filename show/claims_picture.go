package show

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"casus/claim"
	"casus/finding"
)

// Measures of a picture of claims, in pixels.
const (
	claimsLeft  = 470
	claimsPlot  = 420
	claimsTitle = 24 // the height of the sentence above its readings
)

// ClaimsPicture draws each claim as its sentence with a row for each reading: by
// view a dot at the share of worlds in which it holds, and its interval as a
// line. What figures, law or dates settle has its verdict in words; what is not
// scored says so. The picture is SVG and carries its own text.
func ClaimsPicture(w io.Writer, l *claim.Ledger) error {
	p := &claimsPicture{l: l, y: headHeight}
	p.body()
	under := p.under()
	width, height := claimsLeft+claimsPlot+40, p.y+28+16*len(under)
	body := p.out.String()
	p.out.Reset()
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", "Claims about "+l.Title+", "+l.Date)
	p.legend()
	p.axis()
	p.out.WriteString(body)
	for i, line := range under {
		p.text(12, p.y+24+16*i, 11, "start", "normal", line)
	}
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

type claimsPicture struct {
	picture
	l *claim.Ledger
	y int // where the next row begins
}

// body draws the claims, one below the other.
func (p *claimsPicture) body() {
	for _, e := range p.l.Claims {
		p.sentence(e)
		for i, r := range e.Readings {
			p.reading(numbered(e, i), r)
		}
	}
}

// sentence is the line above the readings of a claim; a claim without any says
// why.
func (p *claimsPicture) sentence(e claim.Entry) {
	p.add(`<rect x="0" y="%d" width="%d" height="%d" fill="#ececea"/>`, p.y, claimsLeft+claimsPlot+40, claimsTitle)
	p.text(12, p.y+16, 11, "start", "bold", e.ID)
	words := e.Says
	switch {
	case e.Label != "":
		words += " (a characterisation, not scored)"
	case len(e.Readings) == 0:
		words += " (no quantity of the model)"
	}
	p.text(52, p.y+16, 11, "start", "bold", words)
	p.y += claimsTitle
}

// under are the lines below the plot: what a dot is.
func (p *claimsPicture) under() []string {
	if p.l.Worlds == 0 {
		return nil
	}
	return []string{
		fmt.Sprintf("Dot: share of %s of a view in which the reading holds; line: 95 %% interval (Wilson 1927).", finding.Count(p.l.Worlds, "world")),
		"Pale: the two sides differ by less than what matters in most of the worlds. Hollow: undefined in some, which are left out.",
		p.l.Concept + ".",
	}
}

func (p *claimsPicture) legend() {
	x := 12
	for i, v := range p.l.Views {
		c := viewColours[i%len(viewColours)]
		p.add(`<line x1="%d" y1="44" x2="%d" y2="44" stroke="%s" stroke-width="3"/><circle cx="%d" cy="44" r="4" fill="%s"/>`, x, x+24, c, x+12, c)
		p.text(x+30, 48, 12, "start", "normal", v.Name)
		x += 48 + 8*len(v.Name)
	}
}

func (p *claimsPicture) axis() {
	if p.l.Worlds == 0 {
		return
	}
	p.text(claimsLeft, headHeight-22, 11, "start", "bold", "holds in so many of the worlds (%)")
	for t := range 5 {
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" fill="#555">%d</text>`, claimsLeft+float64(float64(t)*claimsPlot/4), headHeight-6, 25*t)
	}
}

// reading is one row; a settled one has no scale behind it.
func (p *claimsPicture) reading(name string, r claim.Reading) {
	lines := strings.Split(strings.TrimSuffix(fold(cmp.Or(r.Says, "as it stands"), 66, 0), "\n"), "\n")
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + " …"}
	}
	middle := p.y + rowHeight/2
	p.text(12, middle+4, 11, "start", "normal", name)
	for n, line := range lines {
		p.text(62, middle+4+14*n-7*(len(lines)-1), 11, "start", "normal", line)
	}
	switch {
	case r.Kind != claim.Worlds:
		p.text(claimsLeft, middle+4, 11, "start", "bold", r.Verdict)
		p.text(claimsLeft+7*len(r.Verdict)+8, middle+4, 11, "start", "normal", "settled by "+settledBy(r.Kind))
	case len(r.Views) == 0:
		p.text(claimsLeft, middle+4, 11, "start", "normal", strings.Join(texts(r.Warnings), "; "))
	default:
		p.dots(r)
	}
	p.y += rowHeight
}

func (p *claimsPicture) dots(r claim.Reading) {
	for t := range 5 {
		x, colour := claimsLeft+float64(float64(t)*claimsPlot/4), "#ddd"
		if t == 2 {
			colour = "#999"
		}
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s"/>`, x, p.y, x, p.y+rowHeight, colour)
	}
	at := func(x claim.Number) float64 { return claimsLeft + float64(claimsPlot*float64(x)) }
	for v, s := range r.Views {
		y := float64(p.y) + rowHeight*(float64(v)+1)/(float64(len(r.Views))+1)
		if s.Worlds == 0 {
			p.add(`<text x="%d" y="%.1f" font-size="9" fill="#555">undefined under %s</text>`, claimsLeft+6, y+3, escape(s.View))
			continue
		}
		c, opacity := viewColours[v%len(viewColours)], 1.0
		fill := c
		if s.Undefined > 0 {
			fill = "#fff"
		}
		if s.Mostly() {
			opacity = 0.35
		}
		p.add(`<g opacity="%.2f"><line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2.5" stroke-opacity="0.65"/><circle cx="%.1f" cy="%.1f" r="3.5" fill="%s" stroke="%s" stroke-width="1.5"/></g>`,
			opacity, at(s.Lo), y, at(s.Hi), y, c, at(s.Share), y, fill, c)
	}
}
