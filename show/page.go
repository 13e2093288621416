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
	return &page{width: max(cmp.Or(l.Width, 80), narrowest), colour: l.Colour}
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
	return terminal.Print(out, p.out.String())
}

// page is text being set, 40 characters wide at least.
type page struct {
	width  int
	colour bool
	out    strings.Builder
}

func (p *page) gap() { p.out.WriteString("\n") }

func (p *page) bold(s string) string {
	if !p.colour {
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
	if p.width < 60 {
		rest = first + 2
	}
	p.set(first, rest, first+wide, lead, text)
}

// set sets a paragraph whose text begins, after a lead, no further left than a
// column.
func (p *page) set(first, rest, column int, lead, text string) {
	words := strings.Fields(terminal.Clean(lead))
	begun := strings.Repeat(" ", first)
	for i, word := range words {
		words[i] = p.bold(word)
	}
	if begun += strings.Join(words, " "); len(words) > 0 {
		begun += strings.Repeat(" ", max(1, column-ansi.StringWidth(begun)))
	}
	p.out.WriteString(fold(begun+strings.Join(strings.Fields(terminal.Clean(text)), " "), p.width, rest))
}

// Fold breaks a line at blanks so that none is wider than width, where that can
// be; further lines are indented by hang. A width of 0 is 80.
func Fold(s string, width, hang int) string { return fold(s, cmp.Or(width, 80), hang) }

// fold breaks text at blanks so that no line is wider than width, where that
// can be; further lines are indented by hang. No line ends in a blank.
func fold(s string, width, hang int) string {
	var b strings.Builder
	words := strings.TrimLeft(s, " ")
	col, blanks := len(s)-len(words), 0
	b.WriteString(s[:col])
	for i, word := range strings.Split(words, " ") {
		if i > 0 {
			blanks++
		}
		n := ansi.StringWidth(word)
		switch {
		case n == 0:
			continue
		case i > 0 && col+blanks+n > width && col > hang:
			b.WriteString("\n" + strings.Repeat(" ", hang))
			col = hang
		default:
			b.WriteString(strings.Repeat(" ", blanks))
			col += blanks
		}
		b.WriteString(word)
		col, blanks = col+n, 0
	}
	return b.String() + "\n"
}

// widest is the width of each column of tables of one shape.
func widest(tables ...[][]string) []int {
	var out []int
	for _, rows := range tables {
		for _, row := range rows {
			for i, cell := range row {
				if i == len(out) {
					out = append(out, 0)
				}
				out[i] = max(out[i], ansi.StringWidth(cell))
			}
		}
	}
	return out
}

// gap is between two columns.
const gap = 2

// inColumns writes rows in columns of these widths, each at an indent, and says of each
// row how it is begun. Columns that do not fit the page follow below, beside the first
// again; where not even two fit a narrow page, each cell stands below what its row is
// called.
func (p *page) inColumns(indent int, widths []int, rows [][]string, begun func(row int, line string) string) {
	lead := strings.Repeat(" ", indent)
	for from := 1; from < len(widths) || from == 1; {
		to, wide := min(from+1, len(widths)), indent+widths[0]
		if from < to {
			wide += gap + widths[from]
		}
		for to < len(widths) && wide+gap+widths[to] <= p.width {
			wide += gap + widths[to]
			to++
		}
		for i, row := range rows {
			if from < to && wide > p.width && p.width < 60 {
				p.out.WriteString(fold(lead+row[0], p.width, indent+2) + fold(lead+"  "+row[from], p.width, indent+4))
				continue
			}
			line := lead + pad(row[0], widths[0])
			for k := from; k < to; k++ {
				line += strings.Repeat(" ", gap) + pad(row[k], widths[k])
			}
			p.out.WriteString(begun(i, strings.TrimRight(line, " ")) + "\n")
		}
		from = max(to, from+1)
	}
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-ansi.StringWidth(s)))
}

func clone(rows [][]string) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, slices.Clone(r))
	}
	return out
}

// across is the width of a table in one piece.
func across(rows [][]string) int {
	sum := -gap
	for _, w := range widest(rows) {
		sum += w + gap
	}
	return sum
}
