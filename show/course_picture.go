package show

import (
	"casus/law/counsel"
	"fmt"
	"io"
	"slices"

	"casus/law"
)

// The layout of a picture of a course, in pixels.
const (
	courseLeft   = 150
	courseColumn = 38
	courseRow    = 24
	courseTop    = 150
	courseLegend = 110
	courseLeast  = 700
)

// manners are the ways into a war that the picture tells apart, by colour (Okabe
// & Ito 2008) and by shape.
var manners = []struct {
	label, colour, shape string
	findings             []law.Finding
}{
	{"owed", "#0072B2", "circle", []law.Finding{law.FoundHonoured, law.FoundLate}},
	{"contested or open", "#009E73", "down", []law.Finding{law.FoundContested, law.FoundOpen}},
	{"beyond the letter of what is claimed", "#E69F00", "diamond", []law.Finding{law.FoundBeyond}},
	{"own choice, initiator or breach", "#D55E00", "triangle", []law.Finding{law.FoundOwnChoice, law.FoundInitiator, law.FoundBreached}},
	{"in answer to an attack", "#7F7F7F", "square", []law.Finding{law.FoundResponse}},
}

// stays are the ways to stay out.
var stays = []struct {
	label, colour string
	findings      []law.Finding
}{
	{"stays out, not owed", "#222", []law.Finding{law.FoundNotOwed}},
	{"stays out though owed", "#0072B2", []law.Finding{law.FoundDenied, law.FoundDeferred, law.FoundNotInvoked}},
	{"stays out, contested or open", "#009E73", []law.Finding{law.FoundContested, law.FoundOpen}},
}

// CoursePicture draws the course: a row for each state in the order in which it comes
// in, a column for each day, a mark where it opens a war (by what casus finds)
// or stays out, with the codes of those against whom; a bar while it is at war.
// The picture is SVG and carries its own text.
func CoursePicture(w io.Writer, f *counsel.Course) error {
	c := &course{f}
	p := &coursePicture{c: c}
	for _, e := range c.Entries {
		p.note(e)
	}
	width := max(courseLeft+len(p.days)*courseColumn+30, courseLeast)
	bottom := courseTop + len(p.states)*courseRow
	height := bottom + courseLegend
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222">`, width, height, width, height)
	p.add(`<rect width="%d" height="%d" fill="#fff"/>`, width, height)
	p.text(12, 24, 16, "start", "bold", c.Title)
	p.text(12, 44, 12, "start", "normal", c.Question)
	for i, d := range p.days {
		x := p.x(i)
		p.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#e4e4e0"/>`, x, courseTop-6, x, bottom)
		p.add(`<text transform="translate(%d,%d) rotate(-60)" font-size="10">%s</text>`, x+3, courseTop-10, escape(d))
	}
	for i, s := range p.states {
		p.row(i, s)
	}
	for _, e := range c.Entries {
		p.mark(e)
	}
	p.legend(bottom+26, width-20)
	p.add("</svg>")
	_, err := io.WriteString(w, p.out.String())
	return err
}

type coursePicture struct {
	picture
	c      *course
	days   []string
	states []string
	since  map[string]int // by state: the column of its first war
}

// note gives an entry its column and its states their rows. Mobilisations and
// the like are not drawn.
func (p *coursePicture) note(e counsel.CourseEntry) {
	if e.Kind == "deed" && !e.War {
		return
	}
	if !slices.Contains(p.days, e.Date) {
		p.days = append(p.days, e.Date)
	}
	if p.since == nil {
		p.since = map[string]int{}
	}
	for _, s := range []string{e.By, e.On} {
		if s == "" || e.Kind != "deed" && s != e.By {
			continue
		}
		if !slices.Contains(p.states, s) {
			p.states = append(p.states, s)
		}
		if _, had := p.since[s]; !had && e.War {
			p.since[s] = len(p.days) - 1
		}
	}
}

func (p *coursePicture) x(column int) int { return courseLeft + column*courseColumn + courseColumn/2 }

func (p *coursePicture) y(row int) int { return courseTop + row*courseRow + courseRow/2 }

// row is the name of a state and the bar of its war.
func (p *coursePicture) row(i int, state string) {
	y := p.y(i)
	p.text(12, y+4, 11, "start", "normal", p.c.called(state))
	p.text(courseLeft-8, y+4, 9, "end", "normal", state)
	if from, war := p.since[state]; war {
		p.add(`<rect x="%d" y="%d" width="%d" height="8" fill="#d9d9d4"/>`, p.x(from), y-4, p.x(len(p.days)-1)+courseColumn/2-p.x(from))
	}
}

// mark is one entry.
func (p *coursePicture) mark(e counsel.CourseEntry) {
	if e.Kind == "deed" && !e.War {
		return
	}
	x, y := p.x(slices.Index(p.days, e.Date)), p.y(slices.Index(p.states, e.By))
	p.add(`<g><title>%s</title>`, escape(fmt.Sprintf("%s %s: %s", e.Date, e.Title, e.Finding)))
	switch e.Kind {
	case "abstention":
		for _, m := range stays {
			if slices.Contains(m.findings, law.Finding(e.Finding)) {
				p.shape("out", m.colour, x, y)
			}
		}
	case "departure":
		p.shape("cross", "#222", x, y)
	default:
		m := mannerOf(e.Finding)
		p.shape(manners[m].shape, manners[m].colour, x, y)
		p.text(x+7, y-3, 8, "start", "normal", e.On)
	}
	p.add(`</g>`)
}

func mannerOf(finding string) int {
	for i, m := range manners {
		if slices.Contains(m.findings, law.Finding(finding)) {
			return i
		}
	}
	panic("report: a deed is " + finding) // each finding of a deed has its manner
}

func (p *coursePicture) shape(shape, colour string, x, y int) {
	switch shape {
	case "circle":
		p.add(`<circle cx="%d" cy="%d" r="5.5" fill="%s"/>`, x, y, colour)
	case "down":
		p.add(`<path d="M%d %d l6 -10.5 h-12 z" fill="%s"/>`, x, y+6, colour)
	case "diamond":
		p.add(`<path d="M%d %d l6.5 6.5 l-6.5 6.5 l-6.5 -6.5 z" fill="%s"/>`, x, y-6, colour)
	case "triangle":
		p.add(`<path d="M%d %d l6 10.5 h-12 z" fill="%s"/>`, x, y-6, colour)
	case "square":
		p.add(`<rect x="%d" y="%d" width="10" height="10" fill="%s"/>`, x-5, y-5, colour)
	case "out":
		p.add(`<circle cx="%d" cy="%d" r="4.5" fill="#fff" stroke="%s" stroke-width="2"/>`, x, y, colour)
	case "cross":
		p.add(`<path d="M%d %d l9 9 m0 -9 l-9 9" stroke="%s" stroke-width="1.6"/>`, x-4, y-4, colour)
	}
}

// legend lists the marks in lines that end before a right edge.
func (p *coursePicture) legend(y, right int) {
	x := 18
	put := func(shape, colour, label string) {
		if x > 18 && x+26+6*len(label) > right {
			x, y = 18, y+20
		}
		p.shape(shape, colour, x, y-4)
		p.text(x+12, y, 11, "start", "normal", label)
		x += 26 + 6*len(label)
	}
	for _, m := range manners {
		put(m.shape, m.colour, m.label)
	}
	for _, m := range stays {
		put("out", m.colour, m.label)
	}
	put("cross", "#222", "leaves a pact")
	p.text(12, y+24, 11, "start", "normal", "Beside a mark: on whom. A bar: at war. Columns are days on which something was done, not a scale.")
}
