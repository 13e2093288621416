package show

import (
	"fmt"
	"io"
	"math"

	"casus/finding"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// PastPicture draws, for each record, the 95 % interval of what happened as a bar
// and each view's median and 5–95 % range beside it, on a logarithmic axis from
// what casus can tell to 1. The picture is SVG and carries its own text.
func PastPicture(w io.Writer, p *inquiry.Past) error {
	d := &pastPicture{picture{r: &study.Record{}}, 0}
	for _, v := range p.Views {
		d.r.Views = append(d.r.Views, study.View{Name: v})
	}
	var checks []study.Check
	for _, k := range p.Cases {
		checks = append(checks, k.Checks...)
	}
	rows := len(checks) / max(len(p.Views), 1)
	d.bottom = headHeight + rows*pastRow
	width, height := pastLeft+pastAxis+40, d.bottom+50
	d.open(width, height)
	d.text(12, 24, 16, "start", "bold", p.Title+": what each view implies beside what happened")
	d.legend()
	d.axis()
	for i := range rows {
		d.rate(i, checks[i*len(p.Views):(i+1)*len(p.Views)])
	}
	d.text(12, height-12, 11, "start", "normal", fmt.Sprintf("Grey: 95 %% interval of what happened; dot: median over %s; line: 5–95 %% range; percent of trials, or a year, logarithmic.", finding.Count(p.Worlds, "world")))
	d.add("</g></svg>")
	_, err := io.WriteString(w, d.out.String())
	return err
}

// layout of the picture, in pixels.
const (
	pastLeft = 340
	pastAxis = 520
	pastRow  = 44
)

type pastPicture struct {
	picture
	bottom int
}

// x is the place of a rate on the axis.
func (p *pastPicture) x(rate float64) float64 {
	decades := -math.Log10(study.Floor)
	return pastLeft + float64(pastAxis*(1+math.Log10(min(max(rate, study.Floor), 1))/decades))
}

func (p *pastPicture) axis() {
	for _, rate := range []float64{1e-4, 1e-3, 1e-2, 1e-1, 1} {
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, p.x(rate), headHeight-10, p.x(rate), p.bottom)
		p.text(int(p.x(rate)), headHeight-16, 11, "middle", "normal", digits(rate, true)+" %")
	}
}

func (p *pastPicture) rate(i int, cs []study.Check) {
	y := headHeight + i*pastRow
	p.text(12, y+18, 12, "start", "bold", cs[0].ID+mark(cs[0].Role))
	p.text(12, y+33, 11, "start", "normal", happened(cs[0])+", per "+cs[0].Per)
	from, to := p.x(float64(cs[0].Lower)), p.x(float64(cs[0].Higher))
	p.add(`<rect x="%.1f" y="%d" width="%.1f" height="%d" class="happened"/>`, from, y+4, max(to-from, 1), pastRow-8)
	for v, c := range cs {
		if c.Implied == nil {
			continue
		}
		at, colour := float64(y)+pastRow*(float64(v)+1)/(float64(len(cs))+1), viewColours[v%len(viewColours)]
		if c.ImpliedLow != nil && c.ImpliedHi != nil {
			p.add(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2.5" stroke-opacity="0.65"/>`, p.x(float64(*c.ImpliedLow)), at, p.x(float64(*c.ImpliedHi)), at, colour)
		}
		p.add(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, p.x(float64(*c.Implied)), at, colour)
	}
}
