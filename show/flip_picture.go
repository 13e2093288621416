package show

import (
	"fmt"
	"io"
	"math"
	"strings"

	"casus/finding"
	"casus/terminal"
	"casus/worlds/inquiry"
)

// The layout of a picture of flips, in pixels.
const (
	flipLeft  = 230
	flipWidth = 420
	flipRight = 250
	flipTop   = 128
	flipRow   = 16 // for each view, and one for the space between assumptions
)

// FlipsPicture draws how far each assumption that reverses the ranking alone
// must go, in quantiles of its distribution: a bar from the median to the flip
// from the central world, one for each view, and a diamond where the means over
// worlds change order, with its interval. Assumptions without a flip are
// counted. The picture is SVG and carries its own text.
func FlipsPicture(w io.Writer, r *inquiry.Flips) error {
	p := &flipsPicture{r: r}
	names, without := p.rows()
	bottom := flipTop + len(names)*p.tall()
	width, height := flipLeft+flipWidth+flipRight, bottom+64
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", fmt.Sprintf("What reverses the ranking of %s and %s", r.A.Name, r.B.Name))
	p.text(12, 44, 12, "start", "normal", fmt.Sprintf("%s; %s (%s%s)", r.Title, r.Measure.Title, unitShown(r.Measure.Unit), betterWords(r.Measure.Better)))
	p.legend()
	for i := range names {
		if i%2 == 0 {
			p.add(`<rect x="0" y="%d" width="%d" height="%d" fill="#f4f4f2"/>`, flipTop+i*p.tall(), width, p.tall())
		}
	}
	p.axis(bottom)
	for i, name := range names {
		p.row(flipTop+i*p.tall(), name)
	}
	p.text(12, bottom+40, 11, "start", "normal", fmt.Sprintf("Bar: one assumption from the median to the flip, all others at their medians. Diamond: held in every world, the means change order (line: 95 %%, %s).", finding.Count(r.Fewer, "world")))
	p.text(12, bottom+56, 11, "start", "normal", p.rest(names, without))
	p.add("</svg>")
	_, err := io.WriteString(w, terminal.Clean(p.out.String()))
	return err
}

type flipsPicture struct {
	picture
	r *inquiry.Flips
}

func (p *flipsPicture) tall() int { return flipRow * (len(p.r.Views) + 1) }

// rows are the assumptions with a flip under some view, in the order in which
// the views name them, and the number of those without.
func (p *flipsPicture) rows() (names []string, without int) {
	seen, has := map[string]bool{}, map[string]bool{}
	for _, v := range p.r.Views {
		for _, s := range v.Singles {
			seen[s.Assumption] = true
			if !has[s.Assumption] && (s.Centre != nil && s.Centre.Found || s.Mean.Flip != nil && s.Mean.Flip.Found) {
				has[s.Assumption] = true
				names = append(names, s.Assumption)
			}
		}
	}
	return names, len(seen) - len(names)
}

func (p *flipsPicture) rest(names []string, without int) string {
	if len(names) == 0 {
		return fmt.Sprintf("None of %s reverses the ranking alone between its 0.1 %% and its 99.9 %% quantile.", finding.Count(without, "assumption"))
	}
	return fmt.Sprintf("%s without a flip between the 0.1 %% and the 99.9 %% quantile, not drawn.", finding.Count(without, "assumption"))
}

// legend names the views, with what stands first in each.
func (p *flipsPicture) legend() {
	t := &flips{r: p.r}
	for i, v := range p.r.Views {
		y := 66 + 15*i
		c := viewColours[i%len(viewColours)]
		p.add(`<rect x="12" y="%d" width="24" height="8" fill="%s"/>`, y-8, c)
		words := v.View + ": in the means " + t.ahead(v.Worlds.Mean)
		if v.Centre.Why == "" {
			words += "; in the central world " + t.ahead(v.Centre.Difference)
		} else {
			words += "; no central world"
		}
		p.text(44, y, 11, "start", "normal", words)
	}
}

func (p *flipsPicture) x(u float64) float64 { return flipLeft + float64(flipWidth*u) }

func (p *flipsPicture) axis(bottom int) {
	for _, u := range []float64{0, 0.25, 0.5, 0.75, 1} {
		stroke := "#ccc"
		if u == 0.5 {
			stroke = "#666"
		}
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s"/>`, p.x(u), flipTop, p.x(u), bottom, stroke)
		label := quantile(u)
		if u == 0.5 {
			label = "median"
		}
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" fill="#555">%s</text>`, p.x(u), bottom+14, label)
	}
}

// row draws one assumption under each view.
func (p *flipsPicture) row(top int, name string) {
	titled := false
	for i, v := range p.r.Views {
		for _, s := range v.Singles {
			if s.Assumption != name {
				continue
			}
			if !titled {
				titled = true
				p.text(12, top+flipRow+4, 12, "start", "bold", name)
				for n, line := range strings.Split(strings.TrimSuffix(fold(s.Title, 40, 0), "\n"), "\n") {
					if n < len(p.r.Views) {
						p.text(12, top+flipRow*2+2+12*n, 10, "start", "normal", line)
					}
				}
			}
			p.bar(float64(top)+float64(flipRow*(float64(i)+1)), viewColours[i%len(viewColours)], s)
		}
	}
}

// bar draws one assumption under one view, with the value of its flip.
func (p *flipsPicture) bar(y float64, colour string, s inquiry.FlipSingle) {
	var words []string
	if f := s.Centre; f != nil && f.Found {
		from, to := p.x(0.5), p.x(float64(f.Nearest.Quantile))
		p.add(`<rect x="%.1f" y="%.1f" width="%.1f" height="8" fill="%s" fill-opacity="0.75"/>`, min(from, to), y-4, math.Abs(to-from), colour)
		for _, c := range f.Crossings {
			x := p.x(float64(c.Quantile))
			p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2"/>`, x, y-6, x, y+6, colour)
		}
		words = append(words, sig(f.Centre)+" → "+sig(f.Nearest.Value)+" "+s.Unit)
	}
	if f := s.Mean.Flip; f != nil && f.Found {
		for i, c := range f.Crossings {
			x, place := p.x(float64(c.Quantile)), s.Mean.Places[i]
			p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#222"/>`, p.x(float64(place.From)), y, p.x(float64(place.To)), y)
			p.add(`<path d="M%.1f %.1f l5 5 l-5 5 l-5 -5 z" fill="#fff" stroke="%s" stroke-width="1.5"/>`, x, y-5, colour)
		}
		words = append(words, "◇ "+sig(f.Nearest.Value))
	}
	if len(words) > 0 {
		p.add(`<text x="%d" y="%.1f" font-size="10" fill="%s">%s</text>`, flipLeft+flipWidth+12, y+3, colour, escape(strings.Join(words, "; ")))
	}
}
