package syntax

import (
	"slices"

	"casus/lang/source"
)

// Cursor reads the words of one statement from left to right. Its readers
// report what is wrong to the shared list of problems and return false; after
// the first mistake the cursor goes quiet, so one slip gives one message.
type Cursor struct {
	Stmt     *Stmt
	tokens   []Token
	at       int
	depth    int
	infixes  int
	quiet    bool
	problems *source.Problems
}

// NewCursor starts at the statement's first word.
func NewCursor(s *Stmt, problems *source.Problems) *Cursor {
	return &Cursor{Stmt: s, tokens: s.Head, problems: problems}
}

// Failed reports whether the cursor has reported a mistake.
func (c *Cursor) Failed() bool { return c.quiet }

// Peek is the next token; past the end it is an EOF at the end of the line.
func (c *Cursor) Peek() Token { return c.PeekAt(0) }

// PeekAt is the token n places on.
func (c *Cursor) PeekAt(n int) Token {
	if c.at+n < len(c.tokens) {
		return c.tokens[c.at+n]
	}
	last := c.tokens[len(c.tokens)-1]
	return Token{Kind: EOF, Pos: source.Pos{File: last.Pos.File, Offset: last.End()}}
}

// Next takes one token.
func (c *Cursor) Next() Token {
	t := c.Peek()
	if c.at < len(c.tokens) {
		c.at++
	}
	return t
}

// Done reports whether every word has been taken.
func (c *Cursor) Done() bool { return c.at >= len(c.tokens) }

// Fail reports a mistake at a token.
func (c *Cursor) Fail(t Token, msg, hint string) {
	if c.quiet {
		return
	}
	c.Report(t, msg, hint)
	c.quiet = true
}

// Report reports a wrong word and reads on, where what is behind it can be read without
// it: two wrong words of a line are two mistakes.
func (c *Cursor) Report(t Token, msg, hint string) {
	c.problems.Add(source.Problem{Pos: t.Pos, Len: t.width(), Msg: msg, Hint: hint, Heading: c.heading()})
}

// Resume goes on behind a mistake at the next of the marks, which is not taken: what
// stands there is read for itself. Where none follows, the cursor stays quiet.
func (c *Cursor) Resume(marks ...string) {
	for i := c.at; c.quiet && i < len(c.tokens); i++ {
		if slices.ContainsFunc(marks, c.tokens[i].Is) {
			c.at, c.quiet = i, false
		}
	}
}

func (c *Cursor) heading() string {
	if c.Stmt.HasEnd {
		return c.Stmt.Heading()
	}
	return c.Stmt.Parent.Heading()
}

// Word takes the next words if they are exactly these.
func (c *Cursor) Word(words ...string) bool {
	for i, w := range words {
		if !c.PeekAt(i).Is(w) {
			return false
		}
	}
	c.at += len(words)
	return true
}

// Take takes one punctuation mark if it is next.
func (c *Cursor) Take(mark string) bool { return c.Word(mark) }

// Expect takes this word or mark, or reports that it is missing.
func (c *Cursor) Expect(word string) bool {
	if c.Word(word) {
		return true
	}
	c.Fail(c.Peek(), "expected '"+word+"'"+c.found(), "")
	return false
}

func (c *Cursor) found() string {
	t := c.Peek()
	if t.Kind == EOF {
		return ", but the line ends"
	}
	return ", found " + t.Text
}

// Name takes a name; what says what is wanted ("a state").
func (c *Cursor) Name(what string) (Token, bool) { return c.of(Name, what) }

// String takes a text in quotes.
func (c *Cursor) String(what string) (Token, bool) { return c.of(String, what) }

// Date takes a date.
func (c *Cursor) Date(what string) (Token, bool) { return c.of(Date, what+" as YYYY-MM-DD") }

// Number takes a number, perhaps with a sign.
func (c *Cursor) Number(what string) (float64, bool) {
	neg := c.Take("-")
	t, ok := c.of(Number, what)
	if !ok {
		return 0, false
	}
	v, ok := ParseNumber(t.Text)
	if !ok {
		c.Fail(t, "number "+t.Text+" is out of range", "")
	}
	c.rounded(t, v)
	if neg {
		v = -v
	}
	return v, ok
}

func (c *Cursor) of(k Kind, what string) (Token, bool) {
	if t := c.Peek(); t.Kind == k {
		c.at++
		return t, true
	}
	c.Fail(c.Peek(), "expected "+what+c.found(), "")
	return Token{}, false
}

// OptString takes a text in quotes if one is next.
func (c *Cursor) OptString() string {
	if c.Peek().Kind == String {
		return c.Next().Value
	}
	return ""
}

// Names takes one or more names separated by commas. A comma that is not
// followed by a name is left for the caller.
func (c *Cursor) Names(what string) []Token {
	t, ok := c.Name(what)
	if !ok {
		return nil
	}
	out := []Token{t}
	for c.Peek().Is(",") && c.PeekAt(1).Kind == Name {
		c.at++
		out = append(out, c.Next())
	}
	return out
}

// End reports words that are left over.
func (c *Cursor) End() bool {
	if c.Done() {
		return !c.quiet
	}
	c.Fail(c.Peek(), "unexpected "+c.Peek().Text, "")
	return false
}
