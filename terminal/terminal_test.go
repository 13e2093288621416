package terminal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// What is shown of a text.
func TestClean(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Article 5: \"an armed attack\" → 集団的自衛権 ✓\n\tx", "Article 5: \"an armed attack\" → 集団的自衛権 ✓\n\tx"},
		{"\x1b[31mred\x1b[0m", "[31mred[0m"},
		{"\x1b]0;title\x07", "]0;title"},
		{"a\rb\x00c\x7f", "abc"},
		{"\u009b31m", "31m"},               // the same escape in one character
		{"\x9b31m", "�31m"},                // and as a byte of Latin-1
		{"owes\u202eton\u202c", "oweston"}, // turned round
		{"\u2066a\u2069 \u200f\u061c", "a "},
		{"a\u2028b\ufeff\U000e0041", "ab"},
		{"می\u200cخواهم e\u0301 👨\u200d👩", "می\u200cخواهم e\u0301 👨\u200d👩"}, // joiners shape letters
	} {
		if got := Clean(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever is written in whatever pieces, nothing that is obeyed comes out, and
// the pieces do not matter.
func TestWriter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom([]byte("a\n\x1b[\x9b\xe2\x80\xae\xf0\x9f\x91\xa8\xc2"))).Draw(t, "text")
		var out bytes.Buffer
		w := NewWriter(&out)
		for rest := text; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			if got, err := w.Write(rest[:n]); got != n || err != nil {
				t.Fatal(got, err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); strings.ContainsFunc(got, Obeyed) || !utf8.ValidString(got) || got != Clean(string(text)) {
			t.Fatalf("%q became %q, want %q", text, got, Clean(string(text)))
		}
	})
}

// Headings are bold on a Writer and plain elsewhere; a text cannot make itself
// bold beyond what Bold marks, nor anything else.
func TestPrint(t *testing.T) {
	text := Bold("OWED") + " by \x1b[1mFRA\n"
	var shown, kept bytes.Buffer
	if err := Print(NewWriter(&shown), text); err != nil || shown.String() != "\x1b[1mOWED\x1b[0m by [1mFRA\n" {
		t.Errorf("shown %q", shown.String())
	}
	if err := Print(&kept, text); err != nil || kept.String() != "OWED by [1mFRA\n" {
		t.Errorf("kept %q", kept.String())
	}
}

// JSON loses nothing and holds nothing that is obeyed.
func TestJSON(t *testing.T) {
	was := []string{"a\x1b[0m", "\u202e<b>", "\u009b", "\U000e0041", "é"}
	var out bytes.Buffer
	if err := JSON(&out, was); err != nil {
		t.Fatal(err)
	}
	var is []string
	if err := json.Unmarshal(out.Bytes(), &is); err != nil || strings.Join(is, "|") != strings.Join(was, "|") {
		t.Errorf("%s: %q %v", out.String(), is, err)
	}
	if strings.ContainsFunc(out.String(), Obeyed) || !strings.Contains(out.String(), `\u202e<b>`) {
		t.Errorf("%q", out.String())
	}
}
