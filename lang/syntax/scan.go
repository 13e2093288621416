package syntax

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/lang/source"
)

// Kind is the class of a token.
type Kind uint8

// The kinds of token.
const (
	EOF     Kind = iota
	Newline      // a line end that may end a statement
	Comment      // # to the end of the line
	Name         // attack, NAT.5, FRA.home
	Number       // 5, 0.25, 1_000, 12%
	Date         // 2026-02-01
	String       // "in quotes"
	Punct        // { } ( ) [ ] , : ~ = ...
	Bad          // a character the language has no use for
)

// Token is one word of a file. Text is the bytes as written; Value is a
// string without its quotes.
type Token struct {
	Kind  Kind
	Text  string
	Value string
	Pos   source.Pos
}

// Is reports whether the token is this punctuation or this bare word.
func (t Token) Is(s string) bool { return (t.Kind == Punct || t.Kind == Name) && t.Text == s }

// End is the offset just past the token.
func (t Token) End() int { return t.Pos.Offset + len(t.Text) }

// width is the number of characters to underline.
func (t Token) width() int { return max(1, utf8.RuneCountInString(t.Text)) }

var (
	dateShape   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	numberShape = regexp.MustCompile(`^\d[\d_]*(\.\d+)?([eE][+-]?\d+)?%?$`)
	operators   = []string{"!=", "<=", ">=", ".."}
)

const singles = "{}()[],:;~=<>+-*/^|"

// scanner walks a file once and never fails: what it cannot read becomes a
// Bad token and a problem.
type scanner struct {
	file     *source.File
	text     string
	at       int
	started  bool // something else than blanks and line ends was seen
	tokens   []Token
	problems source.Problems
}

// scan splits a file into tokens, comments and line ends among them.
func scan(f *source.File) ([]Token, source.Problems) {
	s := &scanner{file: f, text: string(f.Text)}
	s.tokens = make([]Token, 0, min(len(s.text)/6, 1<<15)) // a file of ours has one in six bytes
	for s.at < len(s.text) {
		s.one()
	}
	s.emit(EOF, len(s.text))
	return s.tokens, s.problems
}

func (s *scanner) one() {
	c := s.text[s.at]
	switch {
	case c == '\n':
		s.emit(Newline, s.at+1)
	case c == ' ' || c == '\t' || c == '\r' || strings.HasPrefix(s.text[s.at:], "\ufeff") && !s.started:
		_, n := utf8.DecodeRuneInString(s.text[s.at:])
		s.at += n
	case c >= utf8.RuneSelf && s.blankAt(s.at) > 0: // of a web page, or of another script
		s.at += s.blankAt(s.at)
	case c == '#':
		s.comment()
	case c == '"':
		s.quoted()
	case c >= '0' && c <= '9':
		s.digits()
	case c == '_' || s.letterAt(s.at) > 0:
		s.name()
	default:
		s.punct()
	}
}

// comment runs to the end of its line. Its bytes mean nothing, but those that are no
// text would not survive an editor.
func (s *scanner) comment() {
	end := s.lineEnd()
	if text := s.text[s.at:end]; !utf8.ValidString(text) {
		at := 0
		for r, n := utf8.DecodeRuneInString(text); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRuneInString(text[at:]) {
			at += n
		}
		s.fail(s.at+at, 1, "text is not valid UTF-8", "save the file as UTF-8")
	}
	s.emit(Comment, end)
}

func (s *scanner) emit(k Kind, end int) {
	text := s.text[s.at:end]
	s.tokens = append(s.tokens, Token{Kind: k, Text: text, Value: text, Pos: source.Pos{File: s.file, Offset: s.at}})
	s.at, s.started = end, s.started || k != Newline
}

func (s *scanner) fail(at, n int, msg, hint string) {
	s.problems.Add(source.Problem{Pos: source.Pos{File: s.file, Offset: at}, Len: n, Msg: msg, Hint: hint})
}

func (s *scanner) lineEnd() int {
	if i := strings.IndexByte(s.text[s.at:], '\n'); i >= 0 {
		return s.at + len(strings.TrimRight(s.text[s.at:s.at+i], "\r"))
	}
	return len(s.text)
}

// letterAt is the size of the letter at i, or 0 when there is none.
func (s *scanner) letterAt(i int) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	if r == utf8.RuneError || !unicode.IsLetter(r) {
		return 0
	}
	return n
}

// blankAt is the size of the blank at i, of any width, or 0 when there is none.
func (s *scanner) blankAt(i int) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	if !unicode.Is(unicode.Zs, r) {
		return 0
	}
	return n
}

// wordEnd runs over letters, digits, _ and dots that lead on to one of them.
func (s *scanner) wordEnd(i int) int {
	for i < len(s.text) {
		switch n := s.wordPart(i); {
		case n > 0:
			i += n
		case s.text[i] == '.' && i+1 < len(s.text) && s.wordPart(i+1) > 0:
			i++
		default:
			return i
		}
	}
	return i
}

func (s *scanner) wordPart(i int) int {
	if c := s.text[i]; c == '_' || c >= '0' && c <= '9' {
		return 1
	}
	return s.letterAt(i)
}

func (s *scanner) name() {
	s.emit(Name, s.wordEnd(s.at))
}

// digits reads a date, a number, or, where letters follow (article 5b), a name.
func (s *scanner) digits() {
	if s.at+10 <= len(s.text) && dateShape.MatchString(s.text[s.at:s.at+10]) {
		s.emit(Date, s.at+10)
		return
	}
	end := s.wordEnd(s.at)
	if last := s.text[end-1]; (last == 'e' || last == 'E') && end+1 < len(s.text) && strings.IndexByte("+-", s.text[end]) >= 0 {
		if exp := s.wordEnd(end + 1); numberShape.MatchString(s.text[s.at:exp]) {
			end = exp
		}
	}
	if end < len(s.text) && s.text[end] == '%' {
		end++
	}
	if numberShape.MatchString(s.text[s.at:end]) {
		s.emit(Number, end)
		return
	}
	s.emit(Name, end)
}

func (s *scanner) quoted() {
	start, stop := s.at, s.lineEnd()
	end := strings.IndexByte(s.text[start+1:stop], '"')
	if end < 0 {
		stop = start + len(strings.TrimRight(s.text[start:stop], " \t\r"))
		s.fail(start, 1, "text without a closing quote", `close it with " on the same line`)
		s.emit(String, stop)
		s.setValue(s.text[start+1 : stop])
		return
	}
	s.emit(String, start+1+end+1)
	s.setValue(s.text[start+1 : start+1+end])
	if !utf8.ValidString(s.text[start+1 : start+1+end]) {
		s.fail(start, 1, "text is not valid UTF-8", "save the file as UTF-8")
	}
	if end > maxText {
		s.fail(start, 1, fmt.Sprintf("a text of %d bytes; %d are the most", end, maxText), "say it in fewer words, or in a comment")
	}
}

// maxText bounds a quoted text, in bytes: a title is printed whole wherever it is
// named.
const maxText = 2048

func (s *scanner) setValue(v string) { s.tokens[len(s.tokens)-1].Value = strings.ToValidUTF8(v, "�") }

func (s *scanner) punct() {
	for _, op := range operators {
		if strings.HasPrefix(s.text[s.at:], op) {
			s.emit(Punct, s.at+2)
			return
		}
	}
	if strings.IndexByte(singles, s.text[s.at]) >= 0 {
		s.emit(Punct, s.at+1)
		return
	}
	_, n := utf8.DecodeRuneInString(s.text[s.at:])
	first := s.text[s.at : s.at+n]
	end, length := s.at+n, 1
	for end < len(s.text) && s.unknownAt(end) { // a run of them is one mistake
		_, n := utf8.DecodeRuneInString(s.text[end:])
		end, length = end+n, length+1
	}
	s.fail(s.at, length, "unexpected character "+quoteRune(first), "")
	s.emit(Bad, end)
}

// unknownAt reports whether a character the language has no use for stands at i.
func (s *scanner) unknownAt(i int) bool {
	return s.wordPart(i) == 0 && strings.IndexByte(singles+" \t\r\n#\"!.", s.text[i]) < 0
}

func quoteRune(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); r != utf8.RuneError && unicode.IsPrint(r) {
		return "'" + s + "'"
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteString(`\x` + string(hex[s[i]>>4]) + string(hex[s[i]&15]))
	}
	return b.String()
}
