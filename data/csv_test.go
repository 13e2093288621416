package data

import (
	"fmt"
	"strings"
	"testing"
)

// The table is drawn on the left as it stands in the file; the mistakes are
// what reading it says, in order. Rows that are right are read all the same.
func TestReadCSVGoesOn(t *testing.T) {
	file := strings.Join([]string{
		`state,year,note`,
		`Türkiye,1952,"joins, with Greece"`,
		`Spain,1982`,
		`France,"1966"x,leaves`,
		`Ünited,19"66,x`,
		`Sweden,2024,joins`,
		`Iceland,"1949,no army`,
		`Norway,1949,founds`,
	}, "\n")
	table, problems := ReadCSV("f.csv", strings.NewReader(file))
	var said []string
	for _, p := range problems {
		said = append(said, p.Error())
	}
	same(t, strings.Join(said, "\n"), strings.Join([]string{
		`f.csv:3:1: row has 2 cells, the header has 3; row left out`,
		`f.csv:4:13: quoted cell is not closed properly; row left out`,
		`f.csv:5:10: quotation mark in a cell that is not quoted (write "" inside quotes); row left out`,
		`f.csv:7:1: a quoted cell in this row is not closed; row left out`,
	}, "\n"))
	var read []string
	for _, r := range table.Rows {
		f := r.Field("note")
		read = append(read, fmt.Sprintf("%s, %s: %d:%d %s", r.Text("state"), r.Text("year"), f.Line, f.Col, f.Text))
	}
	same(t, strings.Join(read, "\n"), strings.Join([]string{
		`Türkiye, 1952: 2:14 joins, with Greece`,
		`Sweden, 2024: 6:13 joins`,
		`Norway, 1949: 8:13 founds`,
	}, "\n"))
}

// What a spreadsheet puts around the same cells changes nothing that is read,
// nor where it says it stands.
func TestReadCSVOfManyMakers(t *testing.T) {
	plain := "a,b\n1,\"x\"\n2,y\n"
	want, _ := ReadCSV("f", strings.NewReader(plain))
	for name, text := range map[string]string{
		"byte order mark":  "\ufeff" + plain,
		"CRLF":             strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":               strings.ReplaceAll(plain, "\n", "\r"),
		"no last line end": strings.TrimSuffix(plain, "\n"),
		"blank lines last": plain + "\n\n",
		"blank header":     strings.Replace(plain, "a,b", "a, b ", 1),
	} {
		got, problems := ReadCSV("f", strings.NewReader(text))
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		same(t, drawTable(got), drawTable(want))
	}
}

func TestReadCSVRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "f:1:1: no header line",
		"\xff\xfea\x00":      "f:1:1: the file is UTF-16; save it as UTF-8",
		"a,b,a\n":            `f:1:5: second column "a"; the first is used`,
		"a\nC\xf4te\n\xf4\n": "f:2:1: 2 cells not UTF-8, this one first; letters may be wrong",
	} {
		_, problems := ReadCSV("f", strings.NewReader(text))
		if len(problems) != 1 || problems[0].Error() != want {
			t.Errorf("%q: %v, want %s", text, problems, want)
		}
	}
	table, _ := ReadCSV("f", strings.NewReader("a,b\n1,2\n"))
	same(t, fmt.Sprint(table.Lacks("b", "c")), `[f:1:1: no column "c" (there are a, b)]`)
	if f := table.Rows[0].Field("c"); f.Text != "" || f.Line != 2 || f.Col != 1 {
		t.Errorf("a column that is not there gives %+v", f)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("a,b\n1,2\n")
	f.Add("a,b\n\"1,2\n3,4\n\"\"\"x\n")
	f.Add("\ufeffa\r\n\"ö\nö\",1\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		table, problems := ReadCSV("f", strings.NewReader(text))
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Col < 1 || p.Msg == "" || len(p.Msg) > 2000 {
				t.Fatalf("problem %+v in %d lines", p, lines)
			}
		}
		for _, r := range table.Rows {
			for _, c := range table.Columns {
				if f := r.Field(c); f.Line < 1 || f.Line > lines || f.Col < 1 {
					t.Fatalf("field %+v in %d lines", f, lines)
				}
			}
		}
	})
}

func drawTable(t *Table) string {
	var b strings.Builder
	fmt.Fprintln(&b, t.Columns)
	for _, r := range t.Rows {
		fmt.Fprintln(&b, r.cells)
	}
	return b.String()
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
