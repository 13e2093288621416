package data

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Tables as the common programs write them, what is read, and what is said of it.
func TestHabits(t *testing.T) {
	for _, c := range []struct{ says, file, want, said string }{
		{"pandas' to_csv and R's write.csv: labels without a name",
			",a,b\n0,1,2\n1,3,4\n", "a: number 1 3\nb: number 2 4\n", "the first column has no name and is taken for labels of the rows"},
		{"R's write.table: a cell more than the header",
			"\"a\",\"b\"\n\"1\",1,2\n\"2\",3,4\n", "a: number 1 3\nb: number 2 4\n", "the first column has no name and is taken for labels of the rows"},
		{"comments above the header",
			"# made by x\n# on a day\na,b\n1,2\n", "a: number 1\nb: number 2\n", "2 lines above the header left out (comments, or sep=)"},
		{"what spreadsheets write for themselves",
			"sep=,\r\na,b\r\n1,2\r\n", "a: number 1\nb: number 2\n", "1 line above the header left out (comments, or sep=)"},
		{"decimal commas",
			"a,b\n\"1,5\",1\n\"2,25\",2\n-3,3\n", "a: number 1.5 2.25 -3\nb: number 1 2 3\n", `column "a": its numbers have decimal commas`},
		{"commas between thousands",
			"a\n\"1,234.56\"\n\"12,345,678\"\n950\n", "a: number 1234.56 1.2345678e+07 950\n", `column "a": its numbers have commas between thousands`},
		{"percents",
			"a\n12.3 %\n5%\nNA\n-1 %\n", "a: number 12.3 5 · -1 (1 missing)\n", `column "a": its numbers are in percent and are read as they stand: 12.3 % is 12.3`},
		{"Fortran's exponents and typographers' minus",
			"a\n1.5D-03\n−2\n3\n", "a: number 0.0015 -2 3\n", `column "a": its numbers have a minus sign of their own (−) or the exponent D`},
		{"whole numbers that a float64 does not hold, and some that it does",
			"a,b\n9007199254740993,9007199254740992\n1,-1152921504606846976\n", "a: number 9.007199254740992e+15 1\nb: number 9.007199254740992e+15 -1.152921504606847e+18\n",
			`column "a": some of its whole numbers are beyond 2^53 and are read as the nearest that 53 bits hold`},
		{"the same between thousands",
			"a\n\"9,007,199,254,740,993\"\n\"12,345,678\"\n\"1,950,000\"\n", "a: number 9.007199254740992e+15 1.2345678e+07 1.95e+06\n",
			`column "a": its numbers have commas between thousands; column "a": some of its whole numbers are beyond 2^53 and are read as the nearest that 53 bits hold`},
		{"the same with a fraction or an exponent",
			"a,b,c,d\n9007199254740993.0,9007199254740992.5,9.007199254740993e15,1e23\n1,2,3,1.2345678901234567e+20\n",
			"a: number 9.007199254740992e+15 1\nb: number 9.007199254740992e+15 2\nc: number 9.007199254740992e+15 3\nd: number 1e+23 1.2345678901234567e+20\n",
			`column "a": some of its whole numbers are beyond 2^53 and are read as the nearest that 53 bits hold; ` +
				`column "b": some of its numbers are beyond 2^53 and are read as the nearest that 53 bits hold; ` +
				`column "c": some of its whole numbers are beyond 2^53 and are read as the nearest that 53 bits hold`},
		{"commas that may be either",
			"a\n\"1,234\"\n\"2,345\"\n\"3,456\"\n", "a: no kind/t:1:1: column \"a\" has commas that may be decimal or between thousands; write its numbers with a point and no commas\n", ""},
		{"words with commas stay words",
			"a\n\"x, y\"\n\"1,5\"\nz\n", "a: text x, y 1,5 z\n", ""},
		{"years for names",
			"2020,2021\n1,2\n3,4\n", "2020: number 1 3\n2021: number 2 4\n", "the first line, which should have the names of the columns, has numbers; if it is a row, put names above it"},
	} {
		name := writeColumns(t, c.file)
		got, problems, err := ReadColumns(name, nil)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", c.says, problems, err)
			continue
		}
		if d := drawn(got, filepath.Dir(name)); d != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.says, d, c.want)
		}
		if said := strings.Join(got.Said, "; "); said != c.said {
			t.Errorf("%s: said %q, want %q", c.says, said, c.said)
		}
	}
	_, _, err := ReadColumns(writeColumns(t, "0.5,1.25\n1,2\n"), nil)
	if err == nil || !strings.HasSuffix(err.Error(), "t:1:1: the first line has numbers where the names of the columns should be; put a line of names above it") {
		t.Errorf("no header: %v", err)
	}
}

// Lines stay as they are counted in the file, whatever stands above the header.
func TestHabitsKeepLines(t *testing.T) {
	got, problems, err := ReadColumns(writeColumns(t, "# a\n# b\na,b\n1,2\n1\n3,4\n"), nil)
	if err != nil || len(problems) != 1 || problems[0].Line != 5 || got.Lines[1] != 6 {
		t.Errorf("%v %v %v", got, problems, err)
	}
}

// Twice the text takes at most some twice the memory, for texts that are made to
// take the square.
func TestReadingTextIsLinear(t *testing.T) {
	for _, c := range []struct{ says, line string }{
		{"quotes that are not closed", "\"a\n"}, {"quotes within", "a\"b,\"\n"}, {"too few cells", "a\n"}, {"long rows", strings.Repeat("1,", 50) + "\n"}, {"letters of many bytes", "東,京\n"},
	} {
		takes := func(n int) float64 {
			text := "x,y\n" + strings.Repeat(c.line, n)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			ReadCSV("t", strings.NewReader(text))
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		if small, large := takes(1000), takes(8000); large > 3*8*small {
			t.Errorf("%s: 8 times the text takes %.1f times the memory", c.says, large/small)
		}
	}
}
