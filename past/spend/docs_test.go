package spend

import (
	"os"
	"strings"
	"testing"

	"casus/data"
)

// The page's expressions come to what it says; its table reads.
func TestPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/spending.md")
	if err != nil {
		t.Fatal(err)
	}
	b := shipped(t)
	asked := 0
	for line := range strings.Lines(fenced(string(text), "spend")) {
		expression, want, _ := strings.Cut(strings.TrimSpace(line), "#")
		v, err := b.Eval(strings.TrimSpace(expression))
		got := v.String()
		if err != nil {
			got = "mistake"
		}
		if got != strings.TrimSpace(want) {
			t.Errorf("%s: %s (%v), the page says %s", expression, got, err, want)
		}
		asked++
	}
	if asked < 10 {
		t.Errorf("the page asks %d things", asked)
	}
	table, problems := data.ReadCSV("page.csv", strings.NewReader(fenced(string(text), "csv")))
	own, more := Load(table)
	if len(problems)+len(more) > 0 {
		t.Error(problems, more)
	}
	if v, err := own.Eval("level[SWE, 2024]"); err != nil || v.String() != "USD 12.0 bn in 2024" {
		t.Error(v, err)
	}
}

// fenced is the text of all blocks of a kind.
func fenced(page, kind string) string {
	var out strings.Builder
	for {
		_, rest, ok := strings.Cut(page, "```"+kind+"\n")
		if !ok {
			return out.String()
		}
		block, after, _ := strings.Cut(rest, "```")
		out.WriteString(block)
		page = after
	}
}
