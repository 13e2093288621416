package lsp

import (
	"unicode/utf16"
	"unicode/utf8"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Position is a place in a text: line and character from 0, the character counted
// in units of UTF-16.
type Position struct {
	Line      uint32 `json:"line"`
	Character uint32 `json:"character"`
}

// Range runs from one place to another, the second one not included.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// positionOf is where an offset lies in a text.
func positionOf(text []byte, offset int) Position {
	offset = min(offset, len(text))
	p, start := Position{}, 0
	for i, b := range text[:offset] {
		if b == '\n' {
			p.Line++
			start = i + 1
		}
	}
	p.Character = uint32(units(text[start:offset]))
	return p
}

// units is the length of a text in UTF-16; a byte that is no letter counts as one.
func units(text []byte) int {
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		n += max(1, utf16.RuneLen(r))
		text = text[size:]
	}
	return n
}

// offsetOf is where a place lies in a text; beyond the end of its line, that end.
func offsetOf(text []byte, p Position) int {
	at := 0
	for ; p.Line > 0 && at < len(text); at++ {
		if text[at] == '\n' {
			p.Line--
		}
	}
	if p.Line > 0 {
		return len(text)
	}
	for left := int(p.Character); left > 0 && at < len(text) && text[at] != '\n'; {
		r, size := utf8.DecodeRune(text[at:])
		at += size
		left -= max(1, utf16.RuneLen(r))
	}
	return at
}

func rangeOf(text []byte, from, to int) Range {
	return Range{positionOf(text, from), positionOf(text, to)}
}

func rangeOfToken(t syntax.Token) Range {
	return rangeOf(t.Pos.File.Text, t.Pos.Offset, t.End())
}

// rangeOfProblem is the part of a line that a problem is about.
func rangeOfProblem(p source.Problem) Range {
	text, end := p.Pos.File.Text, p.Pos.Offset
	for range max(1, p.Len) {
		if end >= len(text) || text[end] == '\n' {
			break
		}
		_, size := utf8.DecodeRune(text[end:])
		end += size
	}
	return rangeOf(text, p.Pos.Offset, end)
}
