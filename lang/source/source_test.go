package source

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// Each drawing is a text with the guilty words in ‹ ›, and how the problem is
// shown.
func TestRender(t *testing.T) {
	if *update {
		if err := flag.Set("rewrite", "true"); err != nil {
			t.Fatal(err)
		}
	}
	datadriven.RunTest(t, "testdata/render.txt", func(t *testing.T, d *datadriven.TestData) string {
		if d.Cmd != "show" {
			t.Fatalf("unknown command %s", d.Cmd)
		}
		text, marks := marked(unescape(d.Input))
		f := New("x.casus", []byte(text))
		var ps Problems
		for i, m := range marks {
			ps = append(ps, Problem{Pos: Pos{f, m.at}, Len: m.n, Msg: fmt.Sprintf("mistake %d", i+1), Warning: d.HasArg("warning")})
			if d.HasArg("heading") {
				ps[i].Heading, ps[i].Hint = "North Atlantic Treaty › Article 6", "say so"
			}
		}
		return ps.Error()
	})
}

type mark struct{ at, n int }

// marked takes the marks ‹ › out of a text and tells where they stood.
func marked(s string) (string, []mark) {
	var out strings.Builder
	var marks []mark
	for {
		before, rest, found := strings.Cut(s, "‹")
		out.WriteString(before)
		if !found {
			return out.String(), marks
		}
		inner, after, _ := strings.Cut(rest, "›")
		marks = append(marks, mark{out.Len(), utf8.RuneCountInString(inner)})
		out.WriteString(inner)
		s = after
	}
}

func unescape(s string) string {
	s = strings.NewReplacer("⇥", "\t", "␍", "\r", "␛", "\x1b", "␘", "\xff", "␠", " ").Replace(s)
	for _, c := range []struct{ short, long string }{{"[100 x]", strings.Repeat("x", 100)}, {"[100 ж]", strings.Repeat("ж", 100)}} {
		s = strings.ReplaceAll(s, c.short, c.long)
	}
	return s
}

// A position says its line and its column in characters, whatever the letters,
// the line ends and the tabs.
func TestPositions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"‹a›", "1:1"},
		{"a ‹b›", "1:3"},
		{"a\n‹b›", "2:1"},
		{"a\r\n ‹b›", "2:2"},
		{"\n\n‹›", "3:1"},
		{"a‹›", "1:2"},
		{"a\n‹›", "2:1"},
		{"‹›", "1:1"},
		{"ü ‹b›", "1:3"},
		{"\"東京\" ‹b›", "1:6"},
		{"\t\t‹b›", "1:3"},
		{"😀‹b›", "1:2"},
		{"e\u0301‹b›", "1:3"}, // two characters on one place
		{"\xff\xfe‹b›", "1:3"},
		{strings.Repeat("x", 1_000_000) + "‹b›", "1:1000001"},
		{strings.Repeat("x\n", 100_000) + "‹b›", "100001:1"},
	} {
		text, marks := marked(c.text)
		p := Pos{New("f", []byte(text)), marks[0].at}
		if got := p.String(); got != "f:"+c.want {
			t.Errorf("%.20q: got %s, want %s", c.text, got, c.want)
		}
	}
	if p := (Pos{}); p.String() != "-" || p.Line() != 0 || p.Col() != 0 || !p.IsZero() {
		t.Errorf("nowhere is %s", p)
	}
}

// Line and column, counted the slow way, agree for every place in any text; and
// no text breaks the rendering.
func TestPositionsOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom([]byte("a \t\r\n\"ü東\xff\x00#"))).Draw(t, "text")
		f := New("f", text)
		for at := range len(text) + 1 {
			p := Pos{f, at}
			before := text[:at]
			start := strings.LastIndexByte(string(before), '\n') + 1
			if line, col := 1+strings.Count(string(before), "\n"), 1+utf8.RuneCount(before[start:]); p.Line() != line || p.Col() != col {
				t.Fatalf("offset %d of %q is %s, want %d:%d", at, text, p, line, col)
			}
			shown := Problems{{Pos: p, Msg: "m", Len: rapid.IntRange(-1, 300).Draw(t, "len")}}.Error()
			if lines := strings.Split(shown, "\n"); len(lines) != 3 || !strings.Contains(lines[2], "^") || strings.ContainsAny(shown, "\t\r\x00") || !utf8.ValidString(shown) {
				t.Fatalf("offset %d of %q is shown as\n%q", at, text, shown)
			}
		}
	})
}

// Problems come in the order of files and places; one said twice is said once.
func TestSort(t *testing.T) {
	a, b := New("a", []byte("12\n3")), New("b", []byte("1"))
	ps := Problems{
		{Pos: Pos{b, 0}, Msg: "z"}, {Pos: Pos{a, 3}, Msg: "y"}, {Msg: "nowhere"}, {Pos: Pos{a, 0}, Msg: "x", Warning: true},
		{Pos: Pos{a, 0}, Msg: "w"}, {Pos: Pos{b, 0}, Msg: "z", Hint: "again"},
	}.Sort()
	var got []string
	for _, p := range ps {
		got = append(got, p.Pos.String()+" "+p.Msg)
	}
	want := []string{"- nowhere", "a:1:1 w", "a:1:1 x", "a:2:1 y", "b:1:1 z"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if len(ps.Errors()) != 4 || len(ps.Warnings()) != 1 || ps.Warnings()[0].Msg != "x" {
		t.Errorf("errors %v, warnings %v", ps.Errors(), ps.Warnings())
	}
	if len(Problems(nil).Sort()) != 0 || Problems(nil).Error() != "" {
		t.Error("no problems are something")
	}
}

// The nearest name within two edits, not counting capitals; the first by letter
// where two are as near.
func TestDidYouMean(t *testing.T) {
	for _, c := range []struct{ word, known, want string }{
		{"articel", "article area", "article"},
		{"kyjiv", "kyiv lviv", "kyiv"},
		{"ukr", "UKR USA", "UKR"},
		{"nat_aera", "nat_area nat_lands", "nat_area"},
		{"triangle", "triangular uniform", ""}, // three edits
		{"provokd", "provoked requested", "provoked"},
		{"cat", "bat rat", "bat"},
		{"war", "NAT", ""}, // two letters of three are another word
		{"gian", "gain", "gain"},
		{"a", "b", ""},        // one letter is too little to go by
		{"ab", "cd", ""},      // nothing left of the word
		{"ab", "ac", "ac"},    // one letter of two
		{"DEU", "DEU", "DEU"}, // the name itself, elsewhere
		{"Turkiye", "Türkiye", "Türkiye"},
		{"東", "東京", ""},
		{"東京x", "東京", "東京"},
		{"x", "", ""},
		{"", "a", ""},
		{"longword", "short", ""},
	} {
		want := c.want
		if want != "" {
			want = "did you mean " + want + "?"
		}
		known := strings.Fields(c.known)
		if got := DidYouMean(c.word, known); got != want {
			t.Errorf("%q of %q: got %q", c.word, c.known, got)
		}
		slices.Reverse(known)
		if got := DidYouMean(c.word, known); got != want {
			t.Errorf("%q of %q turned round: got %q", c.word, c.known, got)
		}
	}
}

// In however few columns, a quoted line fits, and its caret stands under the character
// of the place; one that is cut shows it.
func TestQuotedInColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("abcdefghü東")), 1, 300, -1).Draw(t, "line"))
		at := rapid.IntRange(0, len(line)-1).Draw(t, "at")
		width := rapid.IntRange(40, 120).Draw(t, "width")
		f := New("f", []byte(string(line)))
		if rapid.Bool().Draw(t, "typed") {
			f = Typed("--where", string(line))
		}
		p := Problem{Pos: Pos{f, len(string(line[:at]))}, Len: rapid.IntRange(-1, 300).Draw(t, "len"), Msg: "m"}
		var b strings.Builder
		Problems{p}.RenderIn(&b, width, func(s string) string { return s + "\n" })
		lines := strings.Split(b.String(), "\n")
		quoted, caret := []rune(lines[1]), strings.IndexByte(lines[2], '^')
		if len(quoted) > width || len(lines[2]) > width {
			t.Fatalf("wider than %d:\n%s", width, &b)
		}
		if got := quoted[caret]; got != line[at] {
			t.Fatalf("the caret is under %c, not %c:\n%s", got, line[at], &b)
		}
		if whole := strings.Contains(lines[1], string(line)); whole == strings.Contains(lines[1], "…") {
			t.Fatalf("cut and not shown so, or the other way:\n%s", &b)
		}
	})
}
