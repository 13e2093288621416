package show

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"casus/data"
	"casus/finding"
	"casus/terminal"
)

// Layout says how a finding is set.
type Layout struct {
	Width  int  // in characters; 0 is 80
	Colour bool // headings are bold
	Full   bool // every number behind what is said
	Most   int  // rows in a table; 0 is as many as is usual there, below 0 all
}

// newPage is an empty page; a width of 0 is 80.
func newPage(l Layout) *page {
	l.Width = max(cmp.Or(l.Width, 80), narrowest)
	return &page{Layout: l}
}

// narrowest is the least width that text is set to.
const narrowest = 40

// underLaw says by which law an answer was given: the options that change it, the
// readings chosen, and what is odd about the question.
func (p *page) underLaw(h finding.Head) {
	if len(h.Options) > 0 {
		p.line(0, 2, "The law as changed by the option "+strings.Join(names(h.Options), ", ")+".")
	}
	if h.Law != nil && len(h.Readings) > 0 {
		p.line(0, 2, "Readings chosen: "+strings.Join(pairs(h.Readings), "; ")+".")
	}
	p.warnings(slices.DeleteFunc(slices.Clone(h.Warnings), noted))
}

// noted reports whether a warning is told among the notes: that of a list of
// states which does not reach the day.
func noted(w finding.Warning) bool { return w.Kind == finding.Outside && w.About == data.Member }

func (p *page) warnings(list []finding.Warning) {
	for _, w := range list {
		lead := "warning: "
		if w.Kind == finding.Apart {
			lead = "Place: "
		}
		p.line(0, 2, lead+w.Text+".")
	}
}

func names(options []finding.Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.Name)
	}
	return out
}

// texts are the words of warnings.
func texts(list []finding.Warning) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.Text)
	}
	return out
}

// notes sets what to know besides, under a heading of its own.
func (p *page) notes(list []string) {
	if len(list) == 0 {
		return
	}
	p.gap()
	p.heading("NOTES", "")
	for _, n := range list {
		p.line(2, 4, n)
	}
}

// print writes the page.
func (p *page) print(out io.Writer) error {
	return terminal.Print(out, p.b.String())
}

// page is text being set.
type page struct {
	Layout
	b strings.Builder
}

func (p *page) gap() { p.b.WriteString("\n") }

func (p *page) bold(s string) string {
	if !p.Colour {
		return s
	}
	return terminal.Bold(s)
}

func (p *page) heading(name, gloss string) {
	if gloss != "" {
		name += ":"
	}
	p.entry(0, 0, name, gloss)
}

// line sets one paragraph, broken between words: its first line at an indent,
// the others at another.
func (p *page) line(first, rest int, text string) { p.entry(first, rest, "", text) }

// entry sets a paragraph that leads off in bold.
func (p *page) entry(first, rest int, lead, text string) { p.set(first, rest, 0, lead, text) }

// row sets a paragraph that leads off in bold in a column of its own, so many
// characters wide; on a narrow page the lines that follow stand further left.
func (p *page) row(first, wide int, lead, text string) {
	rest := first + wide
	if p.Width < 60 {
		rest = first + 2
	}
	p.set(first, rest, first+wide, lead, text)
}

// set sets a paragraph whose text begins, after a lead, no further left than a
// column.
func (p *page) set(first, rest, column int, lead, text string) {
	words := strings.Fields(terminal.Clean(lead + " " + text))
	col, leading := 0, len(strings.Fields(lead))
	for i, word := range words {
		width := ansi.StringWidth(word)
		switch {
		case i == 0:
			p.b.WriteString(strings.Repeat(" ", first))
			col = first
		case col+1+width > p.Width && col > rest:
			p.b.WriteString("\n" + strings.Repeat(" ", rest))
			col = rest
		default:
			blanks := 1
			if i == leading {
				blanks = max(1, column-col)
			}
			p.b.WriteString(strings.Repeat(" ", blanks))
			col += blanks
		}
		if i < leading {
			word = p.bold(word)
		}
		p.b.WriteString(word)
		col += width
	}
	p.b.WriteString("\n")
}
