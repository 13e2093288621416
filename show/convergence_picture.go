package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/special"
	"casus/worlds/inquiry"
)

// A picture of convergence, in pixels: a panel for each option and measure.
const (
	pathHeight = 110
	pathGap    = 44
	PathPoints = 60 // numbers of worlds at which means are drawn
)

// ConvergencePicture draws the mean of each measure against the number of
// worlds, on a logarithmic scale, with its 95 % interval as a band, a line for
// each view: options are rows, measures columns. The picture is SVG and carries
// its own text.
func ConvergencePicture(w io.Writer, f *inquiry.Convergence) error {
	r, paths, at := f.Record, f.Paths, f.At
	p := &pathPicture{picture: picture{r: r}, at: at}
	for _, x := range paths {
		if x.Against == "" {
			p.place(x)
		}
	}
	width := leftWidth + len(p.measures)*(panelWidth+pathGap) + 10
	height := headHeight + len(p.options)*(pathHeight+pathGap) + 40
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", r.Title+", "+r.Date)
	p.legend()
	for j, name := range p.measures {
		m := (&text{r: r}).measure(name)
		for n, line := range strings.Split(strings.TrimSuffix(fold(m.Title+" ("+unitShown(m.Unit)+")", 34, 0), "\n"), "\n") {
			p.text(leftWidth+j*(panelWidth+pathGap), headHeight-26+13*n, 11, "start", "bold", line)
		}
	}
	for i, name := range p.options {
		top := headHeight + 8 + i*(pathHeight+pathGap)
		for n, line := range strings.Split(strings.TrimSuffix(fold(p.title(name), 40, 0), "\n"), "\n") {
			p.text(12, top+16+14*n, 11, "start", "normal", line)
		}
		for j, measure := range p.measures {
			p.panel(leftWidth+j*(panelWidth+pathGap), top, paths, name, measure)
		}
	}
	p.text(12, height-14, 11, "start", "normal", fmt.Sprintf("Line: mean over the first worlds, of %d; band: its 95 %% interval (Student's t). Design %s, seed %d.", r.Worlds, design(r.Design), r.Seed))
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

type pathPicture struct {
	picture
	at                []int
	options, measures []string
}

// place notes the option and measure of a path, in the order they come.
func (p *pathPicture) place(x inquiry.Path) {
	p.options, p.measures = withName(p.options, x.Option), withName(p.measures, x.Measure)
}

func withName(names []string, name string) []string {
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}

func (p *pathPicture) title(option string) string {
	for _, x := range p.r.Results {
		if x.Option == option {
			return x.Title
		}
	}
	return option
}

// panel draws one measure of one option under every view.
func (p *pathPicture) panel(x, y int, paths []inquiry.Path, option, measure string) {
	var mine []inquiry.Path
	for _, q := range paths {
		if q.Option == option && q.Measure == measure && q.Against == "" {
			mine = append(mine, q)
		}
	}
	if !slices.ContainsFunc(mine, func(q inquiry.Path) bool { return q.Steps[len(q.Steps)-1].N > 0 }) {
		p.text(x, y+pathHeight/2, 11, "start", "normal", "not defined in any world")
		return
	}
	lo, hi := p.reach(mine)
	pc := percentage((&text{r: p.r}).measure(measure).Unit)
	at := func(v float64) float64 { return float64(y) + float64(pathHeight*(1-(min(max(v, lo), hi)-lo)/(hi-lo))) }
	for _, t := range []float64{0, 0.5, 1} {
		v := lo + float64(t*(hi-lo))
		p.add(`<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/>`, x, at(v), x+panelWidth, at(v))
		p.add(`<text x="%d" y="%.1f" font-size="10" text-anchor="end" fill="#555">%s</text>`, x-4, at(v)+3, tick(v, hi-lo, pc))
	}
	for i, n := range []int{p.at[0], p.r.Worlds} {
		p.add(`<text x="%d" y="%d" font-size="10" text-anchor="%s" fill="#555">%d%s</text>`, x+i*panelWidth, y+pathHeight+14, [2]string{"start", "end"}[i], n, [2]string{"", " worlds"}[i])
	}
	for v, view := range p.r.Views {
		for _, q := range mine {
			if q.View == view.Name {
				p.path(x, q, viewColours[v%len(viewColours)], at)
			}
		}
	}
}

// tick is a number on an axis of so much, with the digits that tell it from its
// neighbours.
func tick(v, span float64, percent bool) string {
	if percent {
		v, span = 100*v, 100*span
	}
	return unsigned(fmt.Sprintf("%.*f", min(max(1-special.Decade(span), 0), 6), v))
}

// reach gives what an axis spans: the means, and the intervals from the second
// half of the points on, for the first are as wide as the page.
func (p *pathPicture) reach(paths []inquiry.Path) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	for _, q := range paths {
		for i, s := range q.Steps {
			see(float64(s.Value))
			if i >= len(q.Steps)/3 {
				see(float64(s.Interval.Lo))
				see(float64(s.Interval.Hi))
			}
		}
	}
	switch {
	case lo > hi:
		return 0, 1
	case hi-lo <= 1e-9*math.Abs(hi): // it does not vary
		room := max(0.01, 0.1*math.Abs(hi))
		if lo >= 0 {
			return max(lo-room, 0), hi + room
		}
		return lo - room, hi + room
	}
	return lo, hi
}

// path draws one mean with its band.
func (p *pathPicture) path(x int, q inquiry.Path, colour string, at func(float64) float64) {
	first, last := special.Log(float64(p.at[0])), special.Log(float64(p.at[len(p.at)-1]))
	var line, upper, lower []string
	for i, s := range q.Steps {
		if math.IsNaN(float64(s.Value)) {
			continue
		}
		px := float64(x)
		if last > first {
			px += panelWidth * (special.Log(float64(p.at[i])) - first) / (last - first)
		}
		line = append(line, fmt.Sprintf("%.1f,%.1f", px, at(float64(s.Value))))
		if !math.IsNaN(float64(s.Interval.Lo)) {
			upper = append(upper, fmt.Sprintf("%.1f,%.1f", px, at(float64(s.Interval.Hi))))
			lower = append([]string{fmt.Sprintf("%.1f,%.1f", px, at(float64(s.Interval.Lo)))}, lower...)
		}
	}
	p.add(`<polygon points="%s" fill="%s" fill-opacity="0.15"/>`, strings.Join(append(upper, lower...), " "), colour)
	p.add(`<polyline points="%s" fill="none" stroke="%s" stroke-width="1.8"/>`, strings.Join(line, " "), colour)
}
