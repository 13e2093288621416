package show

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"casus/finding"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// The layout of tables of regrets, in pixels: panels stand side by side as far as a
// page has room for them, and further ones below.
const (
	regretLeft   = 300
	regretCell   = 84
	regretHeight = 38
	regretTitle  = 62 // above the first row of panels
	regretHead   = 86 // of a row: the titles of its panels, and the views
	regretGap    = 18
	regretWide   = 1100
	footLine     = 15
)

// RobustPicture draws the largest regrets as tables of heat: options are rows,
// measures are panels with a column for each view. A cell says the largest
// regret and, small, the world in which it is reached and the quantile of regret
// that counts as the tail; the darker, the nearer to the largest of its measure. A
// frame marks the smallest of a column. A last panel shows in what share of
// worlds no option dominates over all measures. The picture is SVG and carries
// its own text; it is no wider than a page, but for a name that is.
func RobustPicture(w io.Writer, r *inquiry.Robust) error {
	p := &regretPicture{r: r}
	panels := p.panels()
	across := 1
	for across < len(panels) && p.left(panels, across+1) <= regretWide {
		across++
	}
	width := max(p.left(panels, across), 900)
	row := regretHead + len(r.Basis.Options)*regretHeight + regretGap
	rows := (len(panels) + across - 1) / across
	foot := p.foot(width)
	height := regretTitle + rows*row + len(foot)*footLine + 8
	p.open(width, height)
	p.text(12, 24, 16, "start", "bold", r.Basis.Title+", "+r.Basis.Date)
	p.text(12, 46, 13, "start", "normal", "Largest regret of each option: how much worse than the best option of the same world")
	for i := range rows {
		p.top = regretTitle + i*row + regretHead
		for k, o := range r.Basis.Options {
			p.option(k, o)
		}
		of := panels[i*across : min((i+1)*across, len(panels))]
		for k, panel := range of {
			panel.draw(p, p.left(of, k))
		}
	}
	for i, line := range foot {
		p.text(12, height-footLine*(len(foot)-i)+2, 11, "start", "normal", line)
	}
	p.add("</g></svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

// panels lists the panels of the measures and of dominance; one of more views than a page is
// wide is continued in the next.
func (p *regretPicture) panels() []regretPanel {
	const most = (regretWide - regretLeft - gutter) / regretCell
	var out []regretPanel
	views := len(p.r.Basis.Views)
	add := func(m *inquiry.RobustMeasure) {
		for from := 0; from < views; from += most {
			out = append(out, regretPanel{m, from, min(from+most, views)})
		}
	}
	for k := range p.r.Measures {
		add(&p.r.Measures[k])
	}
	if len(p.r.Fronts) > 0 {
		add(nil)
	}
	return out
}

// left finds where the nth of a row of panels begins; past the last, where the row ends.
func (p *regretPicture) left(panels []regretPanel, n int) int {
	x := regretLeft
	for _, of := range panels[:min(n, len(panels))] {
		x += (of.until-of.from)*regretCell + gutter
	}
	return x
}

// foot says what the marks mean, in lines that the picture has room for.
func (p *regretPicture) foot(width int) []string {
	r := p.r
	var out []string
	for _, s := range []string{
		fmt.Sprintf("#: number of the world; beside it the %s quantile of regret. Frame: smallest largest regret of the column (minimax regret). ●: dominated by no option, by %s. –: not defined, left out.", percentOf(r.Tail), summaryWords(r.By)),
		fmt.Sprintf("%s for each view, seed %d; the largest regret is that of the worlds drawn. No view is put above another.", finding.Count(r.Basis.Worlds, "world"), r.Basis.Seed),
		r.Basis.Concept + ".",
	} {
		out = append(out, strings.Split(strings.TrimSuffix(fold(s, width/6, 0), "\n"), "\n")...)
	}
	return out
}

// regretPanel is a measure, or where it is nil dominance over all of them, under some
// of the views.
type regretPanel struct {
	measure     *inquiry.RobustMeasure
	from, until int
}

func (of regretPanel) draw(p *regretPicture, x int) {
	if of.measure == nil {
		p.front(x, of)
		return
	}
	p.measure(x, of)
}

type regretPicture struct {
	picture
	r   *inquiry.Robust
	top int // of the first option, in the row of panels that is drawn
}

func (p *regretPicture) option(i int, o study.Option) {
	y := p.top + i*regretHeight
	words := o.Title
	if o.Label != "" { // the word that commands take stands with the title
		words = o.Name + ": " + words
	}
	p.text(12, y+16, 12, "start", "bold", cut(cmp.Or(o.Label, o.Name), 46))
	p.text(12, y+30, 10, "start", "normal", cut(words, 56))
}

// cut shortens words that would run into what stands beside them.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// head is the title of a panel and the names of the views.
func (p *regretPicture) head(x int, title string, of regretPanel) {
	lines := strings.Split(strings.TrimSuffix(fold(title, max((of.until-of.from)*regretCell/7, 12), 0), "\n"), "\n")
	for n, line := range lines {
		p.text(x, p.top-36-13*(len(lines)-1-n), 11, "start", "bold", line)
	}
	for v, view := range p.r.Basis.Views[of.from:of.until] {
		p.text(x+v*regretCell+(regretCell-4)/2, p.top-10, 11, "middle", "normal", cut(view.Name, 13))
	}
}

func (p *regretPicture) measure(x int, of regretPanel) {
	m := of.measure
	p.head(x, cmp.Or(m.Title, m.Name)+" ("+gainUnit(m.Unit)+")", of)
	most := 0.0
	for _, v := range m.Views {
		if v.Compared != nil {
			for _, s := range v.Compared.Options {
				most = max(most, float64(s.MaxRegret))
			}
		}
	}
	for v, view := range m.Views[of.from:of.until] {
		for i, o := range p.r.Basis.Options {
			p.cell(x+v*regretCell, p.top+i*regretHeight, m, view, o.Name, most)
		}
	}
}

func (p *regretPicture) cell(x, y int, m *inquiry.RobustMeasure, v inquiry.RobustView, option string, most float64) {
	const wide, high = regretCell - 4, regretHeight - 4
	if v.Compared != nil && v.Compared.N > 0 {
		least := -1.0
		for _, s := range v.Compared.Options {
			if least < 0 || float64(s.MaxRegret) < least {
				least = float64(s.MaxRegret)
			}
		}
		for _, s := range v.Compared.Options {
			if s.Option != option {
				continue
			}
			depth := 0.0
			if most > 0 {
				depth = float64(s.MaxRegret) / most
			}
			frame := ""
			if float64(s.MaxRegret) == least {
				frame = ` class="edge" stroke-width="2"`
			}
			p.add(`<rect x="%d" y="%d" width="%d" height="%d" fill="#D55E00" fill-opacity="%s"%s/>`, x, y, wide, high, heat(depth), frame)
			pc := percentage(m.Unit)
			p.text(x+wide/2, y+15, 12, "middle", "bold", figure(float64(s.MaxRegret), pc))
			if s.MaxRegret > 0 {
				p.text(x+wide/2, y+28, 9, "middle", "normal", fmt.Sprintf("#%d · %s", s.RegretIn.First, figure(float64(s.TailRegret), pc)))
			}
			return
		}
	}
	p.none(x, y)
}

func (p *regretPicture) none(x, y int) {
	p.add(`<rect x="%d" y="%d" width="%d" height="%d" class="band"/>`, x, y, regretCell-4, regretHeight-4)
	p.text(x+(regretCell-4)/2, y+21, 12, "middle", "normal", "–")
}

// front shows the share of worlds in which an option is not dominated.
func (p *regretPicture) front(x int, of regretPanel) {
	p.head(x, "not dominated over these measures (% of worlds)", of)
	for v, f := range p.r.Fronts[of.from:of.until] {
		for i, o := range p.r.Basis.Options {
			p.share(x+v*regretCell, p.top+i*regretHeight, f, o.Name)
		}
	}
}

func (p *regretPicture) share(x, y int, f inquiry.ViewFront, option string) {
	if f.Front != nil && f.Front.N > 0 {
		for _, o := range f.Front.Options {
			if o.Option == option {
				p.add(`<rect x="%d" y="%d" width="%d" height="%d" fill="#0072B2" fill-opacity="%s"/>`, x, y, regretCell-4, regretHeight-4, heat(float64(o.Undominated.Value)))
				mark := "○ "
				if o.OnFront {
					mark = "● "
				}
				p.text(x+(regretCell-4)/2, y+21, 12, "middle", "normal", mark+figure(float64(o.Undominated.Value), true))
				return
			}
		}
	}
	p.none(x, y)
}

// heat is how much of its colour a cell has: none at 0, and seven tenths at 1, so that
// the words on it stay readable on a light page and on a dark one.
func heat(x float64) string { return fmt.Sprintf("%.2f", 0.7*min(max(x, 0), 1)) }
