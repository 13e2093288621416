package source

import (
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Typed makes a File of words that were typed with a flag, or into a field of that
// name. A place in it reads "--where, at character 5", without the name where that is
// empty.
func Typed(as, words string) *File {
	f := New(as, []byte(words))
	f.typed = true
	return f
}

// Placed is an error at a place in words that were typed. Its text is one line; Quote
// draws the words with a caret.
type Placed struct {
	Pos Pos
	Len int // characters under the caret; at least one is drawn
	Err error
}

// At says where in what was typed an error is, so many characters from there on; of a
// place that is nowhere it is the error alone.
func At(pos Pos, long int, err error) error {
	if err == nil || pos.IsZero() {
		return err
	}
	return Placed{pos, long, err}
}

// AtWords is an error of all that was typed behind a flag: its text names the flag, and
// Quote draws the words underlined.
func AtWords(flag, words string, err error) error {
	return At(Pos{File: Typed(flag, words)}, utf8.RuneCountInString(words), err)
}

// AtName says where behind a flag a name that nothing has was typed, given all that was
// typed there; any other error is left as it is.
func AtName(flag string, typed []string, err error) error {
	var m Missing
	var p Placed
	if !errors.As(err, &m) || errors.As(err, &p) || m.Name == "" {
		return err
	}
	for _, words := range typed {
		for i := strings.LastIndex(words, m.Name); i >= 0; i = strings.LastIndex(words[:i], m.Name) {
			before, _ := utf8.DecodeLastRuneInString(words[:i])
			after, _ := utf8.DecodeRuneInString(words[i+len(m.Name):])
			if !ofName(before) && !ofName(after) {
				return At(Pos{File: Typed(flag, words), Offset: i}, utf8.RuneCountInString(m.Name), err)
			}
		}
	}
	return err
}

// ofName reports whether a character can stand in a name.
func ofName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (p Placed) Error() string { return p.Pos.String() + ": " + p.Err.Error() }

func (p Placed) Unwrap() error { return p.Err }

// Quote writes the line that was typed and a caret under the place, in so many columns;
// 0 are as many as it takes.
func (p Placed) Quote(w io.Writer, width int) {
	Problem{Pos: p.Pos, Len: p.Len}.drawCaret(w, width)
}
