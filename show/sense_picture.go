package show

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/special"
	"casus/worlds/inquiry"
)

// The layout of a picture of a sensitivity, in pixels.
const (
	senseLeft  = 300
	sensePanel = 216
	senseRowPx = 30
	senseHead  = 84
	senseTitle = 62
	senseBelow = 44 // the axis, and the worlds behind a panel
	senseLeast = 720
)

// SensePicture draws the first method as bars: assumptions as rows, the
// weightiest of any view first and the same in every view; views side by side;
// a line for the interval. Of Sobol' indices the dark part of a bar is what an
// assumption decides alone, the light part what it decides with others.
func SensePicture(w io.Writer, s *inquiry.Sensitivity, l Layout) error {
	p := &sensePicture{s: s, most: mostOf(l.Most)}
	for i := range p.outcomes() {
		p.plan(i)
	}
	if len(p.blocks) == 0 {
		return errors.New("there is nothing to draw: no method told anything")
	}
	p.width = max(senseLeft+len(s.Views)*(sensePanel+gutter)+10, senseLeast)
	width := p.width
	foot := strings.Split(strings.TrimSuffix(fold(p.foot(), width/6, 0), "\n"), "\n")
	height := senseHead + 26 + 14*len(foot)
	for _, b := range p.blocks {
		height += senseTitle + len(b.names)*senseRowPx + senseBelow
	}
	p.open(width, height)
	p.text(12, 24, 16, "start", "bold", s.Title+", "+s.Date)
	p.text(12, 44, 12, "start", "normal", pictureWords[p.blocks[0].method])
	y := senseHead - 16
	for _, b := range p.blocks {
		y = p.block(b, y)
	}
	for i, line := range foot {
		p.text(12, height-14*(len(foot)-i), 11, "start", "normal", line)
	}
	p.add("</g></svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

// pictureWords say what the bars of a method are.
var pictureWords = map[string]string{
	inquiry.MethodSobol:    "Share of the variance over worlds: dark, decided alone (S1); the whole bar, with all joint action (ST).",
	inquiry.MethodGiven:    "Share of the variance over worlds that each assumption decides alone (S1).",
	inquiry.MethodDelta:    "Borgonovo's delta: how far the whole distribution shifts once the assumption is known.",
	inquiry.MethodRegional: "How far the values of an assumption in the class of worlds stand off from those in the others (KS).",
	inquiry.MethodDGSM:     "Upper bound of the total index (ST) from derivatives.",
	inquiry.MethodMorris:   "Mean size of elementary effects (mu*), in units of the measure.",
}

type sensePicture struct {
	picture
	s      *inquiry.Sensitivity
	most   int
	width  int
	blocks []senseBlock
	given  string // by how likely this is each world counts; empty: alike
	beyond bool   // some shares sum to more than all of the variance
}

// senseBlock is one outcome over all views.
type senseBlock struct {
	title, method, unit string
	names               []string
	rows                []map[string]senseRow // by view
	missing             []string              // by view: why it has none
	behind              []string              // by view: the worlds, and a sum that cannot be
	top                 float64
}

func (p *sensePicture) outcomes() []inquiry.SenseOutcome {
	var most []inquiry.SenseOutcome
	for _, v := range p.s.Views {
		if len(v.Outcomes) > len(most) {
			most = v.Outcomes
		}
	}
	return most
}

// behind says on how many worlds a panel rests, and what its shares sum to where that
// is more than there is.
func (p *sensePicture) behind(o *inquiry.SenseOutcome, r inquiry.SenseResult) string {
	words := ""
	switch {
	case o.Effective != nil:
		words = fmt.Sprintf("%s, worth %.0f", finding.Count(o.N, "world"), float64(*o.Effective))
		p.given = o.Given
	case r.Given != nil:
		words = finding.Count(r.Given.N, "world")
	}
	if r.Given == nil {
		return words
	}
	sum, beyond := r.Given.Alone()
	if !beyond {
		return words
	}
	p.beyond = true
	return words + "; all shares sum to " + indexDigits(sum)
}

// titled is an outcome in words.
func (p *sensePicture) titled(o *inquiry.SenseOutcome) string {
	label := labelled(p.s.Opening().Options)
	words := capital(o.Title) + " under " + label(o.Option)
	if o.Minus != "" {
		words += ", less that under " + label(o.Minus)
	}
	words += " (" + unitShown(o.Unit)
	if o.Better != "" {
		words += ", " + o.Better + " is better"
	}
	return words + ")"
}

// plan puts outcome i of every view into a block.
func (p *sensePicture) plan(i int) {
	o := &p.outcomes()[i]
	b := senseBlock{title: p.titled(o), method: o.Results[0].Method, unit: o.Unit}
	largest := map[string]float64{}
	for _, v := range p.s.Views {
		rows, why, behind := map[string]senseRow{}, "nothing varies", ""
		if i < len(v.Outcomes) {
			r := v.Outcomes[i].Results[0]
			behind = p.behind(&v.Outcomes[i], r)
			why = r.Unanswered
			_, all := senseRows(r, o.Unit)
			for _, row := range all {
				if _, had := largest[row.Name]; !had {
					largest[row.Name] = math.Inf(-1)
					b.names = append(b.names, row.Name)
				}
				if rows[row.Name] = row; !math.IsNaN(row.Main.Value) {
					largest[row.Name] = max(largest[row.Name], row.Main.Value)
					b.top = max(b.top, row.Main.Value, finiteOr(row.Main.Hi, 0))
				}
			}
		}
		b.rows, b.missing, b.behind = append(b.rows, rows), append(b.missing, why), append(b.behind, behind)
	}
	slices.SortStableFunc(b.names, func(x, y string) int { return -cmp.Compare(largest[x], largest[y]) })
	if b.names = b.names[:min(p.most, len(b.names))]; len(b.names) > 0 {
		b.top = axisTop(b.top, b.method != inquiry.MethodMorris && b.method != inquiry.MethodDGSM)
		p.blocks = append(p.blocks, b)
	}
}

func finiteOr(x, other float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return other
	}
	return x
}

// axisTop is the end of an axis: 1, 2 or 5 times a power of ten, not above 1 for
// a share.
func axisTop(most float64, share bool) float64 {
	if share {
		most = min(most, 1)
	}
	if !(most > 0) {
		return 1
	}
	unit := special.Pow(10, float64(special.Decade(most)))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*unit >= most {
			return f * unit
		}
	}
	return most
}

// block draws one outcome from a height on and says where it ends.
func (p *sensePicture) block(b senseBlock, y int) int {
	for n, line := range strings.Split(strings.TrimSuffix(fold(b.title, p.width/7, 0), "\n"), "\n") {
		if n < 2 {
			p.text(12, y+16+15*n, 12, "start", "bold", line)
		}
	}
	top := y + senseTitle
	bottom := top + len(b.names)*senseRowPx
	for i, name := range b.names {
		if i%2 == 0 {
			p.add(`<rect x="0" y="%d" width="%d" height="%d" class="band"/>`, top+i*senseRowPx, p.width, senseRowPx)
		}
		p.add(`<g><title>%s</title>`, escape(p.meaning(name)))
		lines := p.called(name)
		for n, line := range lines {
			p.text(senseLeft-10, top+i*senseRowPx+19+12*n-6*(len(lines)-1), 11, "end", "normal", line)
		}
		p.add(`</g>`)
	}
	for v := range p.s.Views {
		p.panelOf(b, v, top, bottom)
	}
	return bottom + senseBelow
}

func elided(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// called is an assumption in words, in two lines at most; of one for each state with
// the state.
func (p *sensePicture) called(name string) []string {
	words := name
	for _, x := range p.s.Assumptions {
		if x.Name == name && x.Title != "" {
			words = x.Title + indexOf(name)
		}
	}
	lines := strings.Split(strings.TrimSuffix(fold(words, senseLeft/6, 0), "\n"), "\n")
	if len(lines) > 2 {
		lines = []string{lines[0], elided(strings.Join(lines[1:], " "), senseLeft/6)}
	}
	return lines
}

// indexOf gives what stands in the brackets of a name, after a comma: ", FRA" of
// aid[FRA].
func indexOf(name string) string {
	if _, in, is := strings.Cut(name, "["); is {
		return ", " + strings.TrimSuffix(in, "]")
	}
	return ""
}

// meaning is the title of an assumption, for those who point at it.
func (p *sensePicture) meaning(name string) string {
	for _, x := range p.s.Assumptions {
		if x.Name == name {
			return x.Name + ": " + x.Title + " (" + x.Unit + ")"
		}
	}
	return name
}

// panelOf draws one view.
func (p *sensePicture) panelOf(b senseBlock, v, top, bottom int) {
	x := float64(senseLeft + v*(sensePanel+gutter))
	colour := viewColours[v%len(viewColours)]
	p.add(`<text x="%.1f" y="%d" font-size="11" font-weight="bold" fill="%s">%s</text>`, x, top-8, colour, escape(p.s.Views[v].View))
	labels := axisLabels([]float64{0, b.top / 2, b.top}, b.method == inquiry.MethodMorris && percentage(b.unit))
	for i, label := range labels {
		tx := x + float64(float64(i)*sensePanel/2)
		p.add(`<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" class="rule"/>`, tx, top, tx, bottom)
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="middle" class="soft">%s</text>`, tx, bottom+14, label)
	}
	p.add(`<text x="%.1f" y="%d" font-size="10" class="soft">%s</text>`, x, bottom+28, escape(b.behind[v]))
	if len(b.rows[v]) == 0 {
		p.text(int(x)+6, top+15, 11, "start", "normal", elided(b.missing[v], 36))
	}
	at := func(value float64) float64 { return x + float64(sensePanel*min(max(value/b.top, 0), 1)) }
	for i, name := range b.names {
		row, has := b.rows[v][name]
		y := top + i*senseRowPx
		if has && judged(&p.s.Views[v], name) {
			p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="end" class="ink">†</text>`, x-2, y+19)
		}
		switch {
		case !has && len(b.rows[v]) > 0:
			p.add(`<text x="%.1f" y="%d" font-size="10" class="soft">one value, or not read</text>`, x+4, y+19)
		case has && math.IsNaN(row.Main.Value):
			p.add(`<text x="%.1f" y="%d" font-size="10" class="soft">not defined</text>`, x+4, y+19)
		case has:
			p.bar(row, y, x, at, colour, b.top)
		}
	}
}

// bar draws one number with its interval.
func (p *sensePicture) bar(row senseRow, y int, x float64, at func(float64) float64, colour string, top float64) {
	p.add(`<g><title>%s</title>`, escape(row.Name+": "+strings.Join(row.cells, ", ")))
	light := "0.75"
	if !math.IsNaN(row.Alone.Value) {
		light = "0.35"
	}
	p.add(`<rect x="%.1f" y="%d" width="%.1f" height="14" fill="%s" fill-opacity="%s"/>`, x, y+8, at(row.Main.Value)-x, colour, light)
	if !math.IsNaN(row.Alone.Value) {
		p.add(`<rect x="%.1f" y="%d" width="%.1f" height="14" fill="%s" fill-opacity="0.8"/>`, x, y+8, at(min(row.Alone.Value, row.Main.Value))-x, colour)
	}
	if !math.IsNaN(row.Main.Lo) && !math.IsNaN(row.Main.Hi) {
		lo, hi := at(row.Main.Lo), at(row.Main.Hi)
		p.add(`<path d="M%.1f %d H%.1f M%.1f %d v6 M%.1f %d v6" class="edge" stroke-width="1.1"/>`, lo, y+15, hi, lo, y+12, hi, y+12)
	}
	if row.Main.Value > top {
		p.add(`<text x="%.1f" y="%d" font-size="10" text-anchor="end" class="ink">%.2g →</text>`, at(top)-3, y+19, row.Main.Value)
	}
	p.add(`</g>`)
}

// foot says what the picture was made from.
func (p *sensePicture) foot() string {
	s := p.s
	from := fmt.Sprintf("%s for each view", finding.Count(s.Worlds, "world"))
	switch s.Methods[0] {
	case inquiry.MethodSobol:
		from = fmt.Sprintf("%d rows for each view", s.Rows)
	case inquiry.MethodMorris:
		from = fmt.Sprintf("%d trajectories for each view", s.Trajectories)
	}
	words := "Line: 95 % interval. †: rests on judgement alone under that view. " + capital(from) + fmt.Sprintf(", seed %d", s.Seed)
	if p.given != "" {
		words += "; each counts by how likely " + p.given + " is in it"
	}
	if s.Where != "" {
		words += "; where " + s.Where
	}
	if words += p.weightiest() + "."; p.beyond {
		words += " Shares that independent assumptions decide alone sum to 1 at most: where all sum to more, what is above is noise of so few worlds, and it is in every bar."
	}
	return words
}

// weightiest says of how many assumptions bars are shown, where it is not of all.
func (p *sensePicture) weightiest() string {
	for _, b := range p.blocks {
		if len(b.names) == p.most {
			return fmt.Sprintf("; the %d weightiest are shown", p.most)
		}
	}
	return ""
}
