package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/lang/source"
)

// shipped reads every model file of the catalogue.
func shipped(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir("../../catalog", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".casus") {
			return err
		}
		out[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal("no shipped files", err)
	}
	return out
}

// formatHolds states what formatting must keep: the words in their order, the
// meaning, the comments; and formatting again changes nothing.
func formatHolds(tree *Tree, formatted string) error {
	again, _ := Parse(source.New("formatted", []byte(formatted)))
	if a, b := spelled(tree.Tokens), spelled(again.Tokens); !slices.Equal(a, b) {
		return fmt.Errorf("formatting changed the words:\n%q\n%q", a, b)
	}
	if a, b := JSON(tree), JSON(again); !bytes.Equal(a, b) {
		return fmt.Errorf("formatting changed the meaning:\n%s\n%s", a, b)
	}
	if twice := Format(again); twice != formatted {
		return fmt.Errorf("formatting twice:\n%q\n%q", twice, formatted)
	}
	if strings.Contains(formatted, "\n\n\n") {
		return errors.New("two blank lines")
	}
	return nil
}

// spelled are the words and comments of a file, without its line ends.
func spelled(tokens []Token) []string {
	var out []string
	for _, t := range tokens {
		if t.Kind != Newline && t.Kind != EOF {
			out = append(out, strings.TrimRight(t.Text, " \t\r"))
		}
	}
	return out
}

// Formatting a shipped file changes neither words nor meaning, and a formatted
// file stays as it is.
func TestFormatShippedFiles(t *testing.T) {
	for name, text := range shipped(t) {
		tree, problems := Parse(source.New(name, text))
		if len(problems) > 0 {
			t.Errorf("%s", problems)
		}
		if err := formatHolds(tree, Format(tree)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Line ends of another system make the same tree.
func TestLineEnds(t *testing.T) {
	for name, text := range shipped(t) {
		unix, _ := Parse(source.New(name, text))
		dos, _ := Parse(source.New(name, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))))
		if !bytes.Equal(JSON(unix), JSON(dos)) || Format(unix) != Format(dos) {
			t.Errorf("%s differs with CRLF", name)
		}
	}
}

// The tokens, with the blanks between them, are the whole file.
func treeHolds(tree *Tree) error {
	if len(tree.Tokens) == 0 {
		return nil
	}
	at := 0
	text := tree.File.Text
	for _, t := range tree.Tokens {
		if strings.Trim(string(text[at:t.Pos.Offset]), " \t\r\ufeff") != "" {
			return fmt.Errorf("between tokens stands %q", text[at:t.Pos.Offset])
		}
		if t.Kind != EOF && t.Text == "" || string(text[t.Pos.Offset:t.End()]) != t.Text {
			return fmt.Errorf("token %q stands where the file has %q", t.Text, text[t.Pos.Offset:t.End()])
		}
		at = t.End()
	}
	if at != len(text) {
		return fmt.Errorf("the last token ends at %d of %d", at, len(text))
	}
	return stmtsHold(tree.Stmts, nil)
}

func stmtsHold(stmts []*Stmt, parent *Stmt) error {
	for _, s := range stmts {
		if len(s.Head) == 0 || s.Parent != parent || !s.HasEnd && len(s.Body) > 0 {
			return fmt.Errorf("statement %v is not whole", s.Head)
		}
		if err := stmtsHold(s.Body, s); err != nil {
			return err
		}
	}
	return nil
}

// problemsHold: every problem has a place in the file and words.
func problemsHold(f *source.File, ps source.Problems) error {
	for _, p := range ps {
		if p.Msg == "" || p.Pos.File != f || p.Pos.Offset < 0 || p.Pos.Offset > len(f.Text) || p.Len < 1 {
			return fmt.Errorf("problem %+v", p)
		}
	}
	_ = ps.Error()
	return nil
}

// Nesting is bounded, in blocks and in expressions.
func TestDeepNesting(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{strings.Repeat("a {", 100_000), "blocks are nested more than 64 deep"},
		{strings.Repeat("a { ", 65) + strings.Repeat("}", 65) + "\nb @", "unexpected character '@'"},
	} {
		_, problems := Parse(source.New("x", []byte(c.text)))
		if !strings.Contains(problems.Error(), c.want) {
			t.Errorf("%.20s…: %.200s", c.text, problems)
		}
	}
	for _, text := range []string{strings.Repeat("(", 100_000), strings.Repeat("not ", 100_000) + "a", strings.Repeat("f(", 1000), strings.Repeat("-", 1000) + "a", strings.Repeat("a^", 1000) + "a"} {
		_, problems := parseExpr(text)
		if !strings.Contains(problems.Error(), "expression is nested more than 64 deep (split it)") {
			t.Errorf("%.20s…: %.200s", text, problems)
		}
	}
	if e, problems := parseExpr(strings.Repeat("a + ", 10_000) + "a"); e == nil {
		t.Errorf("a long sum is not deep: %.200s", problems)
	}
}

// What a text may ask for is bounded, and said where it asks for more.
func TestBounds(t *testing.T) {
	for _, c := range []struct{ says, text, want string }{
		{"a chain of operators", "a = " + strings.Repeat("b and ", 10_001) + "b", "x:1:60001: the line has more than 10000 operators (split it)"},
		{"a long line", "a\n" + strings.Repeat("b ", 1<<19+1), "x:2:1: a line of 1048578 bytes; 1048576 are the most (break it at a comma or an operator)"},
		{"a long text", "a \"" + strings.Repeat("b", 2049) + "\"", "x:1:3: a text of 2049 bytes; 2048 are the most (say it in fewer words, or in a comment)"},
		{"a zero byte far down", strings.Repeat("a\n", 10_000) + "b\x00", "x:10001:2: a zero byte: not a text file"},
		{"mistakes without end", strings.Repeat("@\n", 5000), "x:1001:1: more than 1000 mistakes; the rest is not shown"},
	} {
		f := source.New("x", []byte(c.text))
		tree, problems := Parse(f)
		for _, st := range tree.Stmts {
			cursor := NewCursor(st, &problems)
			cursor.Expr()
		}
		if shown := problems.Error(); !strings.Contains(shown, c.want) || len(shown) > 200_000 {
			t.Errorf("%s: %.300s", c.says, shown)
		}
	}
}

// A file too large is refused unread.
func TestLargeFile(t *testing.T) {
	tree, problems := Parse(source.New("big", make([]byte, source.MaxSize+1)))
	if len(tree.Stmts) != 0 || problems.Error() != "big: file is larger than 16 MiB (split it)" {
		t.Errorf("%s", problems)
	}
}

// The canonical form knows neither layout nor comments nor the file.
func TestCanonicalForm(t *testing.T) {
	tree, _ := Parse(source.New("x", []byte("a \"b\" { # c\n  d,\n    e\n}\n\n\nf")))
	want := `[{"do":["a","\"b\""],"body":[{"do":["d",",","e"]}]},{"do":["f"]}]`
	if got := string(JSON(tree)); got != want {
		t.Errorf("got %s", got)
	}
}
