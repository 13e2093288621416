// Package source holds the text of model files and the positions in it, and
// renders an author's mistakes the way a person wants to read them: place,
// message, the line with a caret, the heading it stands under, and a hint.
//
//  1. A File keeps its name and bytes.
//  2. A Pos is an offset in a File; line and column are computed on demand.
//  3. A Problem is one mistake or warning at a Pos; Problems are collected,
//     sorted and all shown.
package source

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"casus/terminal"
)

// MaxSize is the largest model file read, in bytes; a larger one is refused.
const MaxSize = 16 << 20

// File is one model file. It does not change after New.
type File struct {
	Name  string
	Text  []byte
	lines []int // offset of the first byte of each line
	typed bool  // no file: words that were typed
}

// New makes a File from its name, as messages will show it, and its bytes.
func New(name string, text []byte) *File {
	f := &File{Name: name, Text: text, lines: []int{0}}
	for i, c := range text {
		if c == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// Pos is a place in a file. The zero Pos is nowhere.
type Pos struct {
	File   *File
	Offset int
}

// IsZero reports whether the position is nowhere.
func (p Pos) IsZero() bool { return p.File == nil }

// Line is the line number, from 1; 0 for the zero Pos.
func (p Pos) Line() int {
	if p.File == nil {
		return 0
	}
	return sort.SearchInts(p.File.lines, p.Offset+1)
}

// Col is the column in characters, from 1; 0 for the zero Pos.
func (p Pos) Col() int {
	if p.File == nil {
		return 0
	}
	start := p.File.lines[p.Line()-1]
	return utf8.RuneCount(p.File.Text[start:p.Offset]) + 1
}

// String is file:line:col, or "-" for the zero Pos; in words that were typed it is
// "--where, at character 5".
func (p Pos) String() string {
	switch {
	case p.File == nil:
		return "-"
	case p.File.typed && p.File.Name == "":
		return fmt.Sprintf("at character %d", p.Col())
	case p.File.typed:
		return fmt.Sprintf("%s, at character %d", p.File.Name, p.Col())
	}
	return fmt.Sprintf("%s:%d:%d", p.File.Name, p.Line(), p.Col())
}

// MarshalText writes the position as String does.
func (p Pos) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// lineText is the text of the line p stands on, without its line end.
func (p Pos) lineText() string {
	start := p.File.lines[p.Line()-1]
	end := bytes.IndexByte(p.File.Text[start:], '\n')
	if end < 0 {
		end = len(p.File.Text) - start
	}
	return strings.TrimRight(string(p.File.Text[start:start+end]), "\r")
}

// Compare orders positions by file name, then offset.
func Compare(a, b Pos) int {
	return cmp.Or(strings.Compare(a.name(), b.name()), cmp.Compare(a.Offset, b.Offset))
}

func (p Pos) name() string {
	if p.File == nil {
		return ""
	}
	return p.File.Name
}

// Problem is one mistake or warning of an author, at a place.
type Problem struct {
	Pos     Pos
	Len     int    // characters under the caret; at least one is drawn
	Msg     string // lower case, no full stop, names the thing
	Hint    string // what to do next; may be empty
	Heading string // "North Atlantic Treaty › Article 6"; may be empty
	Warning bool
}

// Problems is a list of problems; as an error it reads as all of them.
type Problems []Problem

// MaxProblems bounds the problems that one stage keeps: a file that is no model has
// a mistake in every word.
const MaxProblems = 1000

// Add adds a problem; after MaxProblems there is one more, which says so.
func (ps *Problems) Add(p Problem) {
	switch n := len(*ps); {
	case n == MaxProblems:
		p.Msg, p.Hint = fmt.Sprintf("more than %d mistakes; the rest is not shown", MaxProblems), ""
	case n > MaxProblems:
		return
	}
	*ps = append(*ps, p)
}

// Sort orders problems by file, place and message and drops exact repeats.
func (ps Problems) Sort() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(Compare(a.Pos, b.Pos), strings.Compare(a.Msg, b.Msg))
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool { return a.Pos == b.Pos && a.Msg == b.Msg })
}

// Errors returns those that are mistakes, not warnings.
func (ps Problems) Errors() Problems {
	return slices.DeleteFunc(slices.Clone(ps), func(p Problem) bool { return p.Warning })
}

// Warnings returns those that are warnings.
func (ps Problems) Warnings() Problems {
	return slices.DeleteFunc(slices.Clone(ps), func(p Problem) bool { return !p.Warning })
}

// Error is every problem, each with its line and caret.
func (ps Problems) Error() string {
	var b strings.Builder
	ps.Render(&b)
	return strings.TrimRight(b.String(), "\n")
}

// Render writes each problem with its line, caret, heading and hint.
func (ps Problems) Render(w io.Writer) {
	ps.RenderIn(w, 0, func(line string) string { return line + "\n" })
}

// RenderIn is Render in so many columns, in which fold sets a line of words; a line that
// is quoted is cut around its caret. 0 columns are as many as it takes.
//
// What is said of one name in several places of a file is shown at the first, and the others
// are named.
func (ps Problems) RenderIn(w io.Writer, width int, fold func(line string) string) {
	more := map[string][]string{}
	for _, p := range ps {
		if key := p.ofOneName(); key != "" {
			more[key] = append(more[key], fmt.Sprintf("%d:%d", p.Pos.Line(), p.Pos.Col()))
		}
	}
	told := map[string]bool{}
	for _, p := range ps {
		key := p.ofOneName()
		if told[key] {
			continue
		}
		p.render(w, width, fold)
		if key == "" {
			continue
		}
		told[key] = true
		if others := more[key][1:]; len(others) > 0 {
			io.WriteString(w, fold("  the same at "+Few(others)))
		}
	}
}

// ofOneName is the same for problems of one file that have one cause: the same is said of the
// same name. It is empty of what may be meant otherwise in each place.
func (p Problem) ofOneName() string {
	if p.Pos.IsZero() || p.Pos.File.typed || !p.Warning && !strings.Contains(p.Msg, "\"") {
		return ""
	}
	return fmt.Sprint(p.Pos.File.Name, "\x00", p.Warning, p.Msg, "\x00", p.Hint)
}

func (p Problem) render(w io.Writer, width int, fold func(line string) string) {
	kind := ""
	if p.Warning {
		kind = "warning: "
	}
	hint := ""
	if p.Hint != "" {
		hint = " (" + Cut(p.Hint, longestMessage) + ")"
	}
	msg := Cut(p.Msg, longestMessage)
	if p.Pos.IsZero() {
		io.WriteString(w, fold(kind+msg+hint))
		return
	}
	io.WriteString(w, fold(fmt.Sprintf("%s: %s%s%s", p.Pos, kind, msg, hint)))
	p.drawCaret(w, width)
	if p.Heading != "" {
		io.WriteString(w, fold("  in "+Cut(p.Heading, longestMessage)))
	}
}

// longestMessage bounds what a message repeats of a file, in characters.
const longestMessage = 400

// Cut shortens a text to so many characters, and shows that it did.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// longestShown bounds the part of a line that is quoted, in characters.
const longestShown = 160

// drawCaret quotes the line of a problem, behind its number where it is of a file, with
// a caret under the place. A line longer than the columns is cut on both sides of it.
func (p Problem) drawCaret(w io.Writer, width int) {
	line, col := p.Pos.lineText(), p.Pos.Col()-1
	before := "  "
	if !p.Pos.File.typed {
		before = fmt.Sprintf("%4d | ", p.Pos.Line())
	}
	most := longestShown
	if width > 0 {
		most = max(20, min(most, width-len(before)))
	}
	from := 0
	if col > most-20 && (most == longestShown || utf8.RuneCountInString(line) > most) {
		from = max(0, col-most/2)
	}
	part := window(line, from, most)
	to := from + len(part)
	col = min(col, to)
	if most < longestShown {
		markCut(part, from > 0, utf8.RuneCountInString(line) > to)
	}
	fmt.Fprintf(w, "%s%s\n", before, printable(part))
	carets := max(1, min(p.Len, to-col))
	fmt.Fprintf(w, "%s%s\n", strings.Repeat(" ", len(before)+col-from), strings.Repeat("^", carets))
}

// markCut puts … where a line goes on.
func markCut(part []rune, left, right bool) {
	if left && len(part) > 0 {
		part[0] = '…'
	}
	if right && len(part) > 0 {
		part[len(part)-1] = '…'
	}
}

// window is at most so many characters of a line, from one on. As Col counts, each
// byte that is no letter is one.
func window(line string, from, most int) []rune {
	var out []rune
	n := 0
	for _, r := range line {
		if n >= from {
			out = append(out, r)
		}
		if n++; len(out) == most {
			break
		}
	}
	return out
}

// printable shows tabs, and what a terminal would obey, as one blank each so that
// the caret stays under its letter.
func printable(rs []rune) string {
	out := slices.Clone(rs)
	for i, r := range out {
		if r == '\t' || terminal.Obeyed(r) {
			out[i] = ' '
		}
	}
	return string(out)
}
