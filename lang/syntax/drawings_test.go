package syntax

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"casus/lang/source"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// Each file in testdata holds questions and answers: a text of the language
// under the name of a stage, a line of dashes, and what the stage makes of it.
//
//	scan    the tokens, a line each
//	parse   the tree as an outline, words parted by blanks, then the problems
//	expr    an expression with only the brackets it needs, then with all
//	format  the house layout
func TestDrawings(t *testing.T) {
	if *update {
		if err := flag.Set("rewrite", "true"); err != nil {
			t.Fatal(err)
		}
	}
	datadriven.Walk(t, "testdata/drawings", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			text := unescape(d.Input)
			switch d.Cmd {
			case "scan":
				return drawTokens(text)
			case "parse":
				return drawTree(text)
			case "expr":
				return drawExprs(text)
			case "format":
				return drawFormat(t, text)
			}
			t.Fatalf("unknown stage %s", d.Cmd)
			return ""
		})
	})
}

// unescape lets a drawing hold what an editor would not keep.
func unescape(s string) string {
	return strings.NewReplacer("⇥", "\t", "␍", "\r", "␀", "\x00", "␣", " ", "␘", "\xff", "␠BOM", "\ufeff").Replace(s)
}

var kindNames = map[Kind]string{EOF: "end", Newline: "line", Comment: "comment", Name: "name", Number: "number", Date: "date", String: "string", Punct: "mark", Bad: "bad"}

func drawTokens(text string) string {
	tokens, problems := scan(source.New("x", []byte(text)))
	var b strings.Builder
	for _, t := range tokens {
		if t.Kind == Newline || t.Kind == EOF {
			fmt.Fprintf(&b, "%d:%d %s\n", t.Pos.Line(), t.Pos.Col(), kindNames[t.Kind])
			continue
		}
		fmt.Fprintf(&b, "%d:%d %s %s", t.Pos.Line(), t.Pos.Col(), kindNames[t.Kind], visible(t.Text))
		if t.Value != t.Text {
			fmt.Fprintf(&b, " = %s", visible(t.Value))
		}
		b.WriteByte('\n')
	}
	return b.String() + drawProblems(problems)
}

// visible quotes a text that could not be told from its surroundings.
func visible(s string) string {
	if q := strconv.Quote(s); q[1:len(q)-1] != s || s == "" || strings.TrimSpace(s) != s {
		if strings.Trim(s, `"`) != s {
			return s
		}
		return q
	}
	return s
}

func drawTree(text string) string {
	tree, problems := Parse(source.New("x", []byte(text)))
	var b strings.Builder
	var draw func(stmts []*Stmt, in string)
	draw = func(stmts []*Stmt, in string) {
		for _, s := range stmts {
			words := make([]string, len(s.Head))
			for i, t := range s.Head {
				words[i] = t.Text
			}
			fmt.Fprintf(&b, "%s%s\n", in, strings.Join(words, " "))
			draw(s.Body, in+"  ")
		}
	}
	draw(tree.Stmts, "")
	return b.String() + drawProblems(problems)
}

func drawProblems(ps source.Problems) string {
	var b strings.Builder
	for _, p := range ps {
		fmt.Fprintf(&b, "! %d:%d+%d %s", p.Pos.Line(), p.Pos.Col(), p.Len, p.Msg)
		if p.Hint != "" {
			fmt.Fprintf(&b, " (%s)", p.Hint)
		}
		if p.Heading != "" {
			fmt.Fprintf(&b, " in %s", p.Heading)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// drawExprs reads each line as an expression.
func drawExprs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		e, problems := parseExpr(strings.TrimSuffix(line, "\n"))
		if e == nil || len(problems) > 0 {
			b.WriteString(drawProblems(problems))
			continue
		}
		if full := bracketed(e); full != e.String() {
			fmt.Fprintf(&b, "%s   %s\n", e, full)
			continue
		}
		fmt.Fprintln(&b, e)
	}
	return b.String()
}

// parseExpr reads a line as one expression and nothing else.
func parseExpr(line string) (*Expr, source.Problems) {
	tree, problems := Parse(source.New("x", []byte(line)))
	if len(tree.Stmts) == 0 {
		return nil, problems
	}
	c := NewCursor(tree.Stmts[0], &problems)
	e := c.Expr()
	if e != nil && !c.End() {
		return nil, problems
	}
	return e, problems
}

// bracketed prints an expression with every bracket it could have.
func bracketed(e *Expr) string {
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		if a != nil {
			args[i] = bracketed(a)
		}
	}
	switch e.Kind {
	case UnaryExpr:
		return "(" + e.Op + " " + args[0] + ")"
	case BinaryExpr:
		return "(" + args[0] + " " + e.Op + " " + args[1] + ")"
	case CallExpr:
		return e.Op + "(" + strings.Join(args, ", ") + ")"
	case IndexExpr:
		return e.Op + "[" + strings.Join(args, ", ") + "]"
	case QuantExpr:
		if e.Args[1] != nil {
			args[0] += " if " + args[1]
		}
		return e.Op + "(" + e.Var.Text + " in " + args[0] + ": " + args[2] + ")"
	}
	return e.String()
}

func drawFormat(t *testing.T, text string) string {
	tree, _ := Parse(source.New("x", []byte(text)))
	out := Format(tree)
	if err := formatHolds(tree, out); err != nil {
		t.Error(err)
	}
	return out
}
