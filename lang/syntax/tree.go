// Package syntax reads the model language (.casus files) into a lossless tree.
//
//  1. scan splits a file into tokens; comments and line ends are tokens too.
//  2. Parse groups them into statements: a line of words, and perhaps a block
//     in braces with statements of its own. A line that ends in a comma or an
//     operator goes on to the next, which in a block is set further in; one
//     whose brackets are open goes on.
//  3. A Cursor reads the words of one statement; its Expr is a Pratt parser
//     (Pratt 1973) for conditions and arithmetic.
//  4. Format prints the tree in the house layout; JSON gives its canonical
//     form, without comments or layout, for digests and diffs.
//
// What the words mean is settled in package model. Parse never stops at a
// mistake: it reports it and goes on at the next line or brace.
package syntax

import (
	"bytes"
	"strconv"
	"strings"

	"casus/lang/source"
)

// Stmt is one statement: its words, and its block if it has one.
type Stmt struct {
	Head   []Token // the words; never empty in a parsed tree
	Body   []*Stmt
	HasEnd bool // a block in braces follows the words
	Open   Token
	Close  Token
	Parent *Stmt // nil at the top level
}

// Tree is one parsed file.
type Tree struct {
	File   *source.File
	Stmts  []*Stmt
	Tokens []Token // every token in order: the whole file but for its blanks
}

// Word is the statement's leading word.
func (s *Stmt) Word() string { return s.Head[0].Text }

// Pos is where the statement begins.
func (s *Stmt) Pos() source.Pos { return s.Head[0].Pos }

// Heading names the statement and what it stands in, titles first:
// "North Atlantic Treaty › Article 6".
func (s *Stmt) Heading() string {
	if s == nil {
		return ""
	}
	own := s.ownHeading()
	if above := s.Parent.Heading(); above != "" && own != "" {
		return above + " › " + own
	} else if own == "" {
		return above
	}
	return own
}

func (s *Stmt) ownHeading() string {
	if !s.HasEnd {
		return ""
	}
	if s.Word() == "article" && len(s.Head) > 1 {
		return "Article " + s.Head[1].Text
	}
	for _, t := range s.Head {
		if t.Kind == String && t.Value != "" {
			return t.Value
		}
	}
	words := make([]string, 0, 2)
	for _, t := range s.Head[:min(2, len(s.Head))] {
		words = append(words, t.Value)
	}
	return strings.Join(words, " ")
}

// maxDepth bounds the nesting of blocks and of brackets in an expression, so
// that no file can exhaust the stack.
const maxDepth = 64

// Parse reads a file. The tree is whole even where problems are reported:
// what could be read is there.
func Parse(f *source.File) (*Tree, source.Problems) {
	if len(f.Text) > source.MaxSize {
		return &Tree{File: f}, source.Problems{{Msg: f.Name + ": file is larger than 16 MiB", Hint: "split it"}}
	}
	if p, bad := unfit(f); bad {
		return &Tree{File: f, Tokens: []Token{{Kind: EOF, Pos: source.Pos{File: f, Offset: len(f.Text)}}}}, source.Problems{p}
	}
	tokens, problems := scan(f)
	p := &parser{tokens: tokens, problems: problems}
	tree := &Tree{File: f, Tokens: tokens}
	tree.Stmts = p.stmts(nil, 0)
	return tree, p.problems.Sort()
}

// maxLine bounds a line, in bytes: each message shows its line, so that a line as
// long as a file would be read as often as it has mistakes.
const maxLine = 1 << 20

// unfit is the problem of a file that is no text with lines.
func unfit(f *source.File) (source.Problem, bool) {
	if at := bytes.IndexByte(f.Text, 0); at >= 0 {
		return source.Problem{Pos: source.Pos{File: f, Offset: at}, Len: 1, Msg: "a zero byte: not a text file"}, true
	}
	for at, rest := 0, f.Text; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			n = len(rest)
		}
		if n > maxLine {
			return source.Problem{Pos: source.Pos{File: f, Offset: at}, Len: 1, Msg: "a line of " + strconv.Itoa(n) + " bytes; " + strconv.Itoa(maxLine) + " are the most", Hint: "break it at a comma or an operator"}, true
		}
		at, rest = at+n, rest[n:]
	}
	return source.Problem{}, false
}

type parser struct {
	tokens   []Token
	at       int
	problems source.Problems
}

func (p *parser) peek() Token { return p.tokens[p.at] }

func (p *parser) fail(t Token, in *Stmt, msg, hint string) {
	p.problems.Add(source.Problem{Pos: t.Pos, Len: t.width(), Msg: msg, Hint: hint, Heading: in.Heading()})
}

// stmts reads statements up to the closing brace of their block, which is
// left for the caller, or to the end of the file.
func (p *parser) stmts(parent *Stmt, depth int) []*Stmt {
	var out []*Stmt
	for {
		switch t := p.peek(); {
		case t.Kind == EOF:
			return out
		case t.Kind == Newline, t.Kind == Comment, t.Is(";"):
			p.at++
		case t.Is("}"):
			if parent != nil {
				return out
			}
			p.fail(t, parent, "closing brace without an opening one", "")
			p.at++
		default:
			if s := p.stmt(parent, depth); len(s.Head) > 0 {
				out = append(out, s)
			}
		}
	}
}

// stmt reads one statement; it has no words when the scanner could read none.
func (p *parser) stmt(parent *Stmt, depth int) *Stmt {
	s := &Stmt{Parent: parent}
	p.words(s)
	if !p.peek().Is("{") {
		return s
	}
	if len(s.Head) == 0 { // a lone brace: keep its content, under a word of its own
		s.Head = []Token{p.peek()}
		p.fail(p.peek(), parent, "block without a statement before it", "put the brace on the line of its statement")
	}
	p.block(s, depth)
	return s
}

// words takes the tokens of one logical line. A bracket that is never closed
// does not reach past its own line, so that it swallows nothing.
func (p *parser) words(s *Stmt) {
	start := p.at
	if !p.line(s, true) {
		p.at, s.Head = start, nil
		p.line(s, false)
	}
}

// line takes one logical line, across line ends where brackets are open if
// those count. It reports whether each bracket that was open at a line end was
// closed within maxOpenLines.
func (p *parser) line(s *Stmt, brackets bool) bool {
	open, lines := 0, 0
	for {
		t := p.peek()
		switch {
		case t.Kind == EOF, t.Is("{"), t.Is("}"), t.Is(";") && open <= 0:
			return open <= 0 || lines == 0
		case t.Kind == Comment:
			p.at++
			continue
		case t.Kind == Newline:
			switch {
			case len(s.Head) > 0 && brackets && open > 0:
				if p.tokens[p.at-1].Kind != Newline {
					lines++
				}
				if lines > maxOpenLines {
					return false
				}
			case !p.goesOn(s):
				return true
			}
			p.at++
			continue
		case t.Is("("), t.Is("["):
			open++
		case t.Is(")"), t.Is("]"):
			open--
		}
		if t.Kind != Bad { // already reported
			s.Head = append(s.Head, t)
		}
		p.at++
	}
}

// maxOpenLines bounds how far an unclosed bracket may reach before it is taken
// for a slip, so that one missing bracket does not swallow the file.
const maxOpenLines = 12

// goesOn reports whether the logical line continues past the line end at p.at
// though no bracket is open.
func (p *parser) goesOn(s *Stmt) bool {
	if len(s.Head) == 0 {
		return false
	}
	last := s.Head[len(s.Head)-1]
	next := p.nextWord()
	if next.Is("and") || next.Is("or") || next.Is(",") {
		return true
	}
	if last.Is(",") && next.Kind == Name && (s.Parent == nil || s.Head[0].atMargin()) {
		return true // at the left margin nothing is set further in
	}
	return s.dangles() && (next.Kind != Name || next.indent() > s.Head[0].indent())
}

// dangles reports whether the last word of a statement asks for another.
func (s *Stmt) dangles() bool {
	last := s.Head[len(s.Head)-1]
	return last.Kind == Punct && strings.Contains(", : = ~ + - * / ^ < > <= >= != ..", last.Text) || infixWord[last.Text] && last.Kind == Name
}

// nextWord looks past line ends and comments.
func (p *parser) nextWord() Token {
	i := p.at
	for p.tokens[i].Kind == Newline || p.tokens[i].Kind == Comment {
		i++
	}
	return p.tokens[i]
}

// indent counts the blanks and tabs before the line of a token.
func (t Token) indent() int {
	line := t.Pos.File.Text[:t.Pos.Offset]
	line = line[bytes.LastIndexByte(line, '\n')+1:]
	return len(line) - len(bytes.TrimLeft(line, " \t"))
}

// atMargin reports whether a token is the first on a line that is not set in.
func (t Token) atMargin() bool {
	return t.Pos.Offset == 0 || t.Pos.File.Text[t.Pos.Offset-1] == '\n'
}

func (p *parser) block(s *Stmt, depth int) {
	s.HasEnd, s.Open = true, p.peek()
	p.at++
	if depth >= maxDepth {
		p.fail(s.Open, s.Parent, "blocks are nested more than "+strconv.Itoa(maxDepth)+" deep", "")
		p.skipBlock()
		return
	}
	s.Body = p.stmts(s, depth+1)
	if s.Close = p.peek(); !s.Close.Is("}") {
		p.fail(s.Open, s.Parent, "block is never closed", "add a closing brace")
		return
	}
	p.at++
}

func (p *parser) skipBlock() {
	for open := 1; open > 0 && p.peek().Kind != EOF; p.at++ {
		switch t := p.peek(); {
		case t.Is("{"):
			open++
		case t.Is("}"):
			open--
		}
	}
}
