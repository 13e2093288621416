// Package terminal holds the one rule of what may be shown. Names, titles and
// cells come from files that anybody may have written, and a terminal obeys some
// characters instead of showing them.
//
//  1. Clean leaves such characters out.
//  2. A Writer stands before standard output and standard error and cleans all that
//     passes; only Print, with its headings, adds a sequence of our own.
//  3. JSON writes such characters as \u escapes, so that nothing is lost.
package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Obeyed reports whether a terminal, or what reads for it, acts on a character
// instead of showing it: control characters but for line ends and tabs, those that
// turn the direction of writing (Unicode's Bidi_Control), line and paragraph
// separators, and tags and marks that cannot be seen.
func Obeyed(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
		return true
	}
	return r == '\ufeff' || r >= '\ufff9' && r <= '\ufffb' || r >= 0xe0000 && r <= 0xe007f
}

// mark stands for a byte that is no character.
const mark = "\ufffd"

// Clean leaves out what a terminal would obey. A byte outside of UTF-8 is shown as
// �.
func Clean(s string) string {
	if fit(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if Obeyed(r) {
			return -1
		}
		return r // � of a byte outside of UTF-8
	}, s)
}

func fit(s string) bool { return utf8.ValidString(s) && !strings.ContainsFunc(s, Obeyed) }

// Writer cleans what is written to it.
type Writer struct {
	w    io.Writer
	part []byte // of a character that came in two pieces
}

// NewWriter is a Writer before another.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Under is the writer behind, for what is no text or is not shown.
func (t *Writer) Under() io.Writer { return t.w }

// Write cleans and writes. It counts the bytes it was given.
func (t *Writer) Write(b []byte) (int, error) {
	all := append(t.part, b...)
	whole := len(all) - cutShort(all)
	t.part = bytes.Clone(all[whole:])
	if _, err := io.WriteString(t.w, Clean(string(all[:whole]))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Close writes what was left of a character that never came whole. It does not
// close the writer behind.
func (t *Writer) Close() error {
	n := len(t.part)
	t.part = nil
	_, err := io.WriteString(t.w, strings.Repeat(mark, n))
	return err
}

// cutShort is the number of bytes at the end that begin a character and do not
// end it.
func cutShort(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if last := b[len(b)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return n
			}
			return 0
		}
	}
	return 0
}

// Bold marks text for Print. The marks are control characters, so that elsewhere
// they are cleaned away.
func Bold(s string) string { return boldOn + s + boldOff }

const boldOn, boldOff = "\x0e", "\x0f"

// Print writes a text in which Bold marked passages: to a Writer in bold, to
// another writer as if they were not marked.
func Print(out io.Writer, text string) error {
	t, ok := out.(*Writer)
	on, off := "", ""
	if ok {
		out, on, off = t.w, "\x1b[1m", "\x1b[0m"
	}
	var b strings.Builder
	for rest := text; rest != ""; {
		at := strings.IndexAny(rest, boldOn+boldOff)
		if at < 0 {
			b.WriteString(Clean(rest))
			break
		}
		b.WriteString(Clean(rest[:at]))
		if rest[at:at+1] == boldOn {
			b.WriteString(on)
		} else {
			b.WriteString(off)
		}
		rest = rest[at+1:]
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// JSON writes a value indented by two blanks, < and > as they are, and what a
// terminal would obey as an escape.
func JSON(out io.Writer, v any) error { return encode(out, v, "  ") }

// JSONLine is JSON without line ends but the last.
func JSONLine(out io.Writer, v any) error { return encode(out, v, "") }

func encode(out io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(out, escaped(b.String()))
	return err
}

// escaped writes characters of strings in JSON as escapes; there they cannot stand
// anywhere else.
func escaped(s string) string {
	if fit(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !Obeyed(r):
			b.WriteRune(r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
