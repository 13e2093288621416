package show

import (
	"fmt"
	"io"
	"math"
	"strings"

	"casus/law/counsel"
)

// The layout of a picture of bonds, in pixels.
const (
	bondWide   = 1180
	bondHead   = 56
	stateWide  = 34
	stateTall  = 18
	bondRounds = 240
)

// BondsPicture draws states as nodes and what binds them as lines: a treaty of two joins
// them by itself, one of more is a node of its own with a line to each. An arrow leads
// from who owes to who is owed; without one both do. A state is a link where to knows
// an address for it. The places are found by forces (Fruchterman & Reingold 1991) from
// places on a circle, so that the same bonds give the same picture.
func BondsPicture(out io.Writer, b *counsel.Bonds, to func(state string) string, title func(treaty string) string) error {
	p := &bonds{Bonds: b, link: to, title: title, at: map[string]int{}}
	p.nodes()
	p.lines()
	p.settle()
	p.draw()
	_, err := io.WriteString(out, p.out.String())
	return err
}

// bonds is a picture on its way.
type bonds struct {
	picture
	*counsel.Bonds
	link   func(string) string
	title  func(string) string
	names  []string // of nodes: states, then treaties of more than two
	at     map[string]int
	wide   []float64
	x, y   []float64
	joined []joined
	tall   float64
}

// joined is a line: by treaties that bind two, or from a state to a treaty.
type joined struct {
	from, to   int
	treaties   []string
	ahead      bool // an arrow at the end of to
	back       bool // one at that of from
	sure, many bool
}

func (p *bonds) nodes() {
	for _, s := range p.States {
		p.node(s, s, stateWide)
	}
	for _, t := range p.Treaties {
		if len(t.States) > 2 {
			p.node("treaty "+t.Treaty, t.Treaty, 12+float64(7*len(t.Treaty)))
		}
	}
}

func (p *bonds) node(key, name string, wide float64) {
	p.at[key] = len(p.names)
	p.names = append(p.names, name)
	p.wide = append(p.wide, wide)
}

func (p *bonds) lines() {
	for _, t := range p.Treaties {
		if len(t.States) > 2 {
			for _, s := range t.States {
				side := t.Side(s)
				p.joined = append(p.joined, joined{from: p.at[s], to: p.at["treaty "+t.Treaty], treaties: []string{t.Treaty}, ahead: side == "owes", back: side == "owed", sure: t.Sure, many: true})
			}
			continue
		}
		p.pair(t)
	}
}

// pair joins two states, or adds a treaty to the line that is there.
func (p *bonds) pair(t counsel.Bond) {
	o := t.Owes[0]
	j := joined{from: p.at[o.Debtor], to: p.at[o.To[0]], treaties: []string{t.Treaty}, ahead: !t.Mutual(), sure: t.Sure}
	for i := range p.joined {
		k := &p.joined[i]
		same, turned := k.from == j.from && k.to == j.to, k.from == j.to && k.to == j.from
		if !k.many && (same || turned) {
			if same && k.ahead != j.ahead || turned && (k.ahead || j.ahead) {
				k.ahead, k.back = false, false // both owe
			}
			k.treaties, k.sure = append(k.treaties, t.Treaty), k.sure || t.Sure
			return
		}
	}
	p.joined = append(p.joined, j)
}

// settle finds the places. Products are rounded one by one, so that every machine
// finds the same.
func (p *bonds) settle() {
	n := len(p.names)
	p.tall = math.Min(math.Max(420, float64(14*n)), 1150)
	p.x, p.y = make([]float64, n), make([]float64, n)
	for i := range n {
		p.x[i], p.y[i] = onCircle(i, n)
	}
	k := math.Sqrt(float64(bondWide) * p.tall / float64(n+1))
	for round := range bondRounds {
		heat := float64(60*(bondRounds-round)) / bondRounds
		p.move(k, heat)
	}
	p.fit()
	for range 120 {
		p.part()
	}
}

// onCircle places a node on a square's edge walked around, without a sine, whose last
// bits differ from machine to machine.
func onCircle(i, n int) (x, y float64) {
	s := float64(4*i) / float64(n)
	side, rest := int(s), s-math.Floor(s)
	w, h := float64(bondWide)*0.8, 500.
	switch side {
	case 0:
		return float64(w * rest), 0
	case 1:
		return w, float64(h * rest)
	case 2:
		return float64(w * (1 - rest)), h
	}
	return 0, float64(h * (1 - rest))
}

func (p *bonds) move(k, heat float64) {
	n := len(p.names)
	fx, fy := make([]float64, n), make([]float64, n)
	push := func(i, j int, f, dx, dy, d float64) {
		x, y := float64(float64(dx/d)*f), float64(float64(dy/d)*f)
		fx[i], fy[i] = fx[i]+x, fy[i]+y
		fx[j], fy[j] = fx[j]-x, fy[j]-y
	}
	away := func(i, j int) (dx, dy, d float64) {
		dx, dy = p.x[i]-p.x[j], p.y[i]-p.y[j]
		if dx == 0 && dy == 0 {
			dx = 1
		}
		return dx, dy, math.Max(math.Sqrt(float64(dx*dx)+float64(dy*dy)), 1)
	}
	for i := range n {
		for j := range i {
			dx, dy, d := away(i, j)
			push(i, j, float64(k*k)/d, dx, dy, d)
		}
	}
	for _, l := range p.joined {
		dx, dy, d := away(l.from, l.to)
		push(l.from, l.to, -float64(d*d)/k, dx, dy, d)
	}
	for i := range n { // none drifts away
		fx[i] -= float64((p.x[i] - bondWide*0.4) * 0.9)
		fy[i] -= float64((p.y[i] - 250) * 1.6)
		d := math.Max(math.Sqrt(float64(fx[i]*fx[i])+float64(fy[i]*fy[i])), 1e-9)
		step := math.Min(d, heat)
		p.x[i], p.y[i] = p.x[i]+float64(float64(fx[i]/d)*step), p.y[i]+float64(float64(fy[i]/d)*step)
		p.x[i], p.y[i] = math.Round(float64(p.x[i]*1024))/1024, math.Round(float64(p.y[i]*1024))/1024
	}
}

// fit stretches the places to the page.
func (p *bonds) fit() {
	stretch := func(xs []float64, from, to float64) {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, x := range xs {
			lo, hi = min(lo, x), max(hi, x)
		}
		for i, x := range xs {
			if hi > lo {
				xs[i] = math.Round(from + float64(float64((x-lo)/(hi-lo))*(to-from)))
			} else {
				xs[i] = (from + to) / 2
			}
		}
	}
	stretch(p.x, 50, bondWide-50)
	stretch(p.y, bondHead+24, bondHead+p.tall-24)
}

// part pushes nodes that overlap apart, along the shorter way.
func (p *bonds) part() {
	for i := range p.names {
		for j := range i {
			dx, dy := p.x[i]-p.x[j], p.y[i]-p.y[j]
			wide, tall := float64((p.wide[i]+p.wide[j])/2)+8-math.Abs(dx), stateTall+8-math.Abs(dy)
			if wide <= 0 || tall <= 0 {
				continue
			}
			if wide < tall {
				p.shift(p.x, i, j, dx, wide, 40, bondWide-40)
			} else {
				p.shift(p.y, i, j, dy, tall, bondHead+14, bondHead+p.tall-14)
			}
		}
	}
}

func (p *bonds) shift(xs []float64, i, j int, d, by, lo, hi float64) {
	half := math.Ceil(by / 2)
	if d < 0 {
		half = -half
	}
	xs[i] = min(max(xs[i]+half, lo), hi)
	xs[j] = min(max(xs[j]-half, lo), hi)
}

func (p *bonds) draw() {
	height := bondHead + int(p.tall) + 8
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="11">`, bondWide, height, bondWide, height)
	p.add(`<g class="ink">`)
	p.key()
	for _, l := range p.joined {
		p.joins(l)
	}
	for i, name := range p.names {
		if i < len(p.States) {
			p.state(i, name)
		} else {
			p.treaty(i, name)
		}
	}
	p.add("</g>\n</svg>")
}

func (p *bonds) key() {
	p.add(`<rect x="12" y="8" width="34" height="18" rx="9" class="step-box" stroke="%s"/>`, boxColour)
	p.text(29, 21, 10, "middle", "bold", "GBR")
	p.text(54, 21, 11, "start", "normal", "a state")
	p.add(`<rect x="116" y="8" width="34" height="18" fill="%s"/><text x="133" y="21" font-size="10" text-anchor="middle" fill="#fff">RIO</text>`, treatyColour)
	p.text(158, 21, 11, "start", "normal", "a treaty of more than two")
	p.add(`<g class="link" stroke-width="1.4" fill="none"><path d="M330 17h40"/><path d="M470 17h40" stroke-dasharray="4 3"/><path d="M740 17h40"/></g>`)
	p.text(376, 21, 11, "start", "normal", "both owe help")
	p.text(516, 21, 11, "start", "normal", "it turns on something, or is contested")
	p.tip(780, 17, 1, 0)
	p.text(792, 21, 11, "start", "normal", "from who owes to who is owed")
}

// treatyColour carries white letters (Okabe & Ito 2008, darkened to a contrast of 4.5).
const treatyColour = "#8a4300"

func (p *bonds) joins(l joined) {
	x1, y1, x2, y2 := p.x[l.from], p.y[l.from], p.x[l.to], p.y[l.to]
	dash := ""
	if !l.sure {
		dash = ` stroke-dasharray="4 3"`
	}
	p.add(`<g><title>%s</title><path class="link" stroke-width="1.4"%s d="M%.0f %.0fL%.0f %.0f"/>`, escape(p.lineWords(l)), dash, x1, y1, x2, y2)
	dx, dy := x2-x1, y2-y1
	d := math.Max(math.Sqrt(float64(dx*dx)+float64(dy*dy)), 1)
	ux, uy := dx/d, dy/d
	if l.ahead {
		back := edgeOf(ux, uy, p.wide[l.to])
		p.tip(x2-float64(ux*back), y2-float64(uy*back), ux, uy)
	}
	if l.back {
		back := edgeOf(ux, uy, p.wide[l.from])
		p.tip(x1+float64(ux*back), y1+float64(uy*back), -ux, -uy)
	}
	p.add("</g>")
}

// edgeOf gives the distance from a node's middle at which a line leaves it.
func edgeOf(ux, uy, wide float64) float64 {
	across, up := math.Inf(1), math.Inf(1)
	if ux != 0 {
		across = wide / 2 / math.Abs(ux)
	}
	if uy != 0 {
		up = stateTall / 2 / math.Abs(uy)
	}
	return min(across, up)
}

// tip is the head of an arrow that ends at a place.
func (p *bonds) tip(x, y, ux, uy float64) {
	bx, by := x-float64(8*ux), y-float64(8*uy)
	p.add(`<path d="M%.1f %.1fL%.1f %.1fL%.1f %.1fz"/>`, x, y, bx-float64(3.5*uy), by+float64(3.5*ux), bx+float64(3.5*uy), by-float64(3.5*ux))
}

func (p *bonds) lineWords(l joined) string {
	arrow := map[bool]string{true: " → ", false: " – "}
	var treaties []string
	for _, t := range l.treaties {
		treaties = append(treaties, t+" "+p.title(t))
	}
	if l.many {
		return p.names[l.from] + ": " + strings.Join(treaties, "; ")
	}
	return p.names[l.from] + arrow[l.ahead] + p.names[l.to] + ": " + strings.Join(treaties, "; ")
}

func (p *bonds) state(i int, name string) {
	to := ""
	if p.link != nil {
		to = p.link(name)
	}
	if to != "" {
		p.add(`<a href="%s" data-state="%s" aria-label="%s">`, escape(to), escape(name), escape(p.stateWords(name)))
	}
	p.add(`<g><title>%s</title><rect x="%.1f" y="%.1f" width="%d" height="%d" rx="9" class="step-box" stroke="%s"/>`, escape(p.stateWords(name)), p.x[i]-stateWide/2, p.y[i]-stateTall/2, stateWide, stateTall, boxColour)
	p.text(int(p.x[i]), int(p.y[i])+4, 10, "middle", "bold", name)
	p.add("</g>")
	if to != "" {
		p.add("</a>")
	}
}

// stateWords are the treaties that a state is in.
func (p *bonds) stateWords(state string) string {
	var out []string
	for _, t := range p.Treaties {
		for _, s := range t.States {
			if s == state {
				out = append(out, t.Treaty)
			}
		}
	}
	return fmt.Sprintf("%s: %s", state, strings.Join(out, ", "))
}

func (p *bonds) treaty(i int, name string) {
	p.add(`<g><title>%s</title><rect x="%.1f" y="%.1f" width="%.0f" height="%d" fill="%s"/>`, escape(name+" "+p.title(name)), p.x[i]-float64(p.wide[i]/2), p.y[i]-stateTall/2, p.wide[i], stateTall, treatyColour)
	p.add(`<text x="%.0f" y="%.0f" font-size="10" text-anchor="middle" fill="#fff">%s</text></g>`, p.x[i], p.y[i]+4, escape(name))
}
