package syntax

import (
	"encoding/json"
	"strings"
)

// Format prints a tree in the house layout: two blanks for each open brace,
// one blank line at most, one blank between words, and none inside brackets.
// Comments stay where they are, and so do runs of blanks, which authors use to
// line up columns. Formatting twice changes nothing.
func Format(t *Tree) string {
	f := &formatter{further: map[int]bool{}, apart: map[int]int{}, inset: map[int]int{}}
	f.follow(t.Stmts)
	for i, tok := range t.Tokens {
		f.token(t.Tokens, i, tok)
	}
	out := strings.TrimRight(f.out.String(), "\n")
	if out == "" {
		return ""
	}
	return out + "\n"
}

// follow notes which words do not begin a statement, and which begin one though the
// statement before asks for a word more.
func (f *formatter) follow(stmts []*Stmt) {
	for i, s := range stmts {
		if i > 0 && !stmts[i-1].HasEnd && stmts[i-1].dangles() {
			before := stmts[i-1].Pos().Offset
			f.apart[s.Pos().Offset], f.inset[before] = before, 0
		}
		for _, t := range s.Head[1:] {
			f.further[t.Pos.Offset] = true
		}
		f.follow(s.Body)
	}
}

type formatter struct {
	out      strings.Builder
	further  map[int]bool // where a word stands that begins no statement
	apart    map[int]int  // from where a word stands that must be set no further in, to where the word stands by which this is measured
	inset    map[int]int  // from where such a word stands to how far its line is set in
	margin   int          // how far this line is set in
	depth    int
	newlines int // line ends seen since the last word
	started  bool
	last     Token
}

func (f *formatter) token(all []Token, i int, t Token) {
	switch {
	case t.Kind == EOF:
		return
	case t.Kind == Newline:
		f.newlines++
		return
	case t.Is("}"):
		f.depth = max(0, f.depth-1)
	}
	f.gap(t)
	f.out.WriteString(strings.TrimRight(t.Text, " \t\r"))
	if t.Is("{") {
		f.depth++
	}
	f.last, f.newlines, f.started = t, 0, true
}

// gap writes what stands between the last word and this one.
func (f *formatter) gap(t Token) {
	switch {
	case !f.started:
	case f.newlines > 0:
		f.out.WriteString("\n")
		if f.newlines > 1 && !f.last.Is("{") && !t.Is("}") {
			f.out.WriteString("\n")
		}
		f.margin = f.depth + f.hanging(t)
		if before, ok := f.apart[t.Pos.Offset]; ok {
			f.margin = min(f.margin, f.inset[before])
		}
		f.out.WriteString(strings.Repeat("  ", f.margin))
	default:
		f.out.WriteString(f.blanks(t))
	}
	if _, asked := f.inset[t.Pos.Offset]; asked {
		f.inset[t.Pos.Offset] = f.margin
	}
}

// hanging indents the further lines of a statement.
func (f *formatter) hanging(t Token) int {
	if f.further[t.Pos.Offset] {
		return 1
	}
	return 0
}

func (f *formatter) blanks(t Token) string {
	if run := t.Pos.Offset - f.last.End(); run > 1 && !t.Is(",") && !t.Is(";") {
		return strings.Repeat(" ", run)
	}
	if tight(f.last, t) {
		return ""
	}
	return " "
}

// tight reports whether two neighbours on a line stand without a blank.
func tight(a, b Token) bool {
	switch {
	case b.Is(","), b.Is(";"), b.Is(")"), b.Is("]"), b.Is(":"), a.Is("("), a.Is("["):
		return true
	case b.Is("("), b.Is("["), a.Is(".."), b.Is(".."), a.Is("^"), b.Is("^"):
		return b.Pos.Offset == a.End()
	case a.Is("-"), a.Is("/"), b.Is("/"), b.Is("-") && operand(a):
		return b.Pos.Offset == a.End()
	}
	return false
}

// operand reports whether a minus after this token takes away from it.
func operand(t Token) bool {
	return t.Kind == Name || t.Kind == Number || t.Is(")") || t.Is("]")
}

// JSON is the canonical form of a tree: statements as {"do": words, "body":
// statements}, without comments, layout or file name. Two files that say the
// same have the same bytes.
func JSON(t *Tree) []byte {
	b, err := json.Marshal(canonical(t.Stmts))
	if err != nil {
		panic(err) // strings and slices only: cannot fail
	}
	return b
}

type canonicalStmt struct {
	Do   []string        `json:"do"`
	Body []canonicalStmt `json:"body,omitempty"`
}

func canonical(stmts []*Stmt) []canonicalStmt {
	out := make([]canonicalStmt, len(stmts))
	for i, s := range stmts {
		for _, t := range s.Head {
			out[i].Do = append(out[i].Do, strings.ToValidUTF8(t.Text, "�"))
		}
		out[i].Body = canonical(s.Body)
	}
	return out
}
