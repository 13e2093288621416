package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"casus/claim"
)

// Measures of a picture of claims, in pixels.
const (
	claimsLeft = 460
	claimsPlot = 420
)

// ClaimsPicture draws a row for each reading over worlds: by view a dot at the
// share of worlds in which it holds, and its interval as a line. A claim that
// figures, law or dates settle has its verdict in words; what is not scored is
// listed below. The picture is SVG and carries its own text.
func ClaimsPicture(w io.Writer, l *claim.Ledger) error {
	p := &claimsPicture{l: l}
	rows := p.rows()
	width, plot := claimsLeft+claimsPlot+40, headHeight+len(rows)*rowHeight
	under := p.under()
	height := plot + 44 + 16*len(under)
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", "Claims about "+l.Title+", "+l.Date)
	p.legend()
	for i, r := range rows {
		p.row(i, r, width)
	}
	p.axis(plot)
	for i, r := range rows {
		p.dots(i, r)
	}
	for i, line := range under {
		p.text(12, plot+40+16*i, 11, "start", "normal", line)
	}
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

type claimsPicture struct {
	picture
	l *claim.Ledger
}

// claimsRow is one line of the picture.
type claimsRow struct {
	name, says string
	reading    claim.Reading
}

func (p *claimsPicture) rows() []claimsRow {
	var out []claimsRow
	for _, e := range p.l.Claims {
		for i, r := range e.Readings {
			if r.Kind == claim.Worlds && len(r.Views) > 0 || r.Kind != claim.Worlds {
				out = append(out, claimsRow{numbered(e, i), cmp.Or(r.Says, e.Says), r})
			}
		}
	}
	return out
}

// under are the lines below the plot: what a dot is, and what is not scored.
func (p *claimsPicture) under() []string {
	out := []string{}
	if p.l.Worlds > 0 {
		out = append(out, fmt.Sprintf("Dot: share of %d worlds of a view in which the reading holds; line: 95 %% interval (Wilson 1927); hollow: undefined in some worlds.", p.l.Worlds), p.l.Concept+".")
	}
	var labels, unscored []string
	for _, e := range p.l.Claims {
		switch {
		case e.Label != "":
			labels = append(labels, e.ID)
		case len(e.Readings) == 0:
			unscored = append(unscored, e.ID)
		}
	}
	if len(labels) > 0 {
		out = append(out, "Characterisations, never scored: "+strings.Join(labels, ", ")+".")
	}
	if len(unscored) > 0 {
		out = append(out, "Not quantities of the model: "+strings.Join(unscored, ", ")+".")
	}
	return out
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

func (p *claimsPicture) row(i int, r claimsRow, width int) {
	y := headHeight + i*rowHeight
	if i%2 == 0 {
		p.add(`<rect x="0" y="%d" width="%d" height="%d" fill="#f4f4f2"/>`, y, width, rowHeight)
	}
	p.text(12, y+rowHeight/2+4, 11, "start", "bold", r.name)
	lines := strings.Split(strings.TrimSuffix(fold(r.says, 66, 0), "\n"), "\n")
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + " …"}
	}
	for n, line := range lines {
		p.text(62, y+rowHeight/2+4+14*n-7*(len(lines)-1), 11, "start", "normal", line)
	}
}

func (p *claimsPicture) axis(bottom int) {
	p.text(claimsLeft, headHeight-22, 11, "start", "bold", "holds in so many of the worlds (%)")
	for t := 0; t <= 4; t++ {
		x := claimsLeft + float64(t)*claimsPlot/4
		colour := "#ddd"
		if t == 2 {
			colour = "#999"
		}
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s"/>`, x, headHeight, x, bottom, colour)
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" fill="#555">%d</text>`, x, headHeight-6, 25*t)
	}
}

func (p *claimsPicture) dots(i int, r claimsRow) {
	middle := headHeight + i*rowHeight + rowHeight/2
	if r.reading.Kind != claim.Worlds {
		words := r.reading.Verdict + " (" + r.reading.Kind + ")"
		p.add(`<rect x="%d" y="%d" width="%d" height="16" fill="#fff" fill-opacity="0.85"/>`, claimsLeft+6, middle-8, 8+6*len(words))
		p.text(claimsLeft+10, middle+4, 11, "start", "normal", words)
		return
	}
	at := func(x claim.Number) float64 { return claimsLeft + claimsPlot*float64(x) }
	for v, s := range r.reading.Views {
		y := float64(headHeight+i*rowHeight) + rowHeight*(float64(v)+1)/(float64(len(r.reading.Views))+1)
		if s.Worlds == 0 || math.IsNaN(float64(s.Share)) {
			p.add(`<text x="%d" y="%.1f" font-size="9" fill="#555">undefined</text>`, claimsLeft+10, y+3)
			continue
		}
		c := viewColours[v%len(viewColours)]
		fill := c
		if s.Undefined > 0 {
			fill = "#fff"
		}
		p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2.5" stroke-opacity="0.65"/>`, at(s.Lo), y, at(s.Hi), y, c)
		p.add(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s" stroke="%s" stroke-width="1.5"/>`, at(s.Share), y, fill, c)
	}
}
