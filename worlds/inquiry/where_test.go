package inquiry

import (
	"math"
	"strings"
	"testing"

	"casus/data"
)

// rowsDrawn is a table of six rows in which each kind of column has something
// missing.
func rowsDrawn() *data.Columns {
	nan := math.NaN()
	return &data.Columns{File: "t", Rows: 6, List: []data.Column{
		{Name: "x", Kind: data.Numbers, Numbers: []float64{0, 1, 2, 3, 4, nan}},
		{Name: "y[a]", Kind: data.Numbers, Numbers: []float64{4, 3, 2, 1, 0, 0}},
		{Name: "two words", Kind: data.Numbers, Numbers: []float64{1, 1, 0, 0, nan, 1}},
		{Name: "yes", Kind: data.Truths, Numbers: []float64{1, 0, 1, 0, nan, 1}},
		{Name: "place", Kind: data.Words, Texts: []string{"hill", "", "sea", "hill", "two words", "sea"}},
		{Name: "when", Unfit: &data.Problem{File: "t", Msg: `column "when" holds dates`}},
	}}
}

// A proposition, and in which rows it holds: 1, 0, or ? where it is not known.
func TestHolds(t *testing.T) {
	for text, want := range map[string]string{
		`x > 1`:                         "00111?",
		`x >= 1 and x < 4`:              "01110?",
		`not x = 2`:                     "11011?",
		`x > y[a]`:                      "00011?",
		`x + 1 > 2 * y[a] - 3`:          "00111?",
		`abs(x - 2) <= 1`:               "01110?",
		`min(x, y[a]) = 1`:              "01010?",
		`max(x, y[a], 3) > 3`:           "10001?",
		`1 / x > 0.4`:                   "?1100?",
		`-x ^ 2 < -3`:                   "00111?",
		`two words`:                     "1100?1",
		`"two words" and x < 1`:         "10000?",
		`x > 3 or yes`:                  "101011",
		`yes = "two words"`:             "1001?1",
		`place = "hill"`:                "1?0100",
		`place != "hill"`:               "0?1011",
		`place = "hill" and x > 100000`: "000000",
		`x > 50%`:                       "01111?",
		`x * 0.1 + 0.2 = 0.3`:           "01000?", // 0.1 + 0.2 is 0.30000000000000004
		`x * 0.1 + 0.2 > 0.3`:           "00111?",
		`yes = false`:                   "0101?0",
		`true`:                          "111111",
		`1 > 2`:                         "000000",
	} {
		got := ""
		table := rowsDrawn()
		p, err := NewProposition("--where", text, table)
		if err == nil {
			var holds []float64
			if holds, err = p.Holds(table); err == nil {
				for _, h := range holds {
					got += map[bool]string{true: "?", false: string(rune('0' + int(max(h, 0))))}[math.IsNaN(h)]
				}
			}
		}
		if got != want {
			t.Errorf("%s: got %s (%v), want %s", text, got, err, want)
		}
	}
}

// An infinite number is no missing one: conditions compare it, and what is worked
// out from it.
func TestHoldsOfEndlessNumbers(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	table := &data.Columns{File: "t", Rows: 4, List: []data.Column{{Name: "x", Kind: data.Numbers,
		Numbers: []float64{nan, nan, 1, nan}, Endless: []float64{inf, -inf, 1, nan}, Missing: 1, NotFinite: 2}}}
	for text, want := range map[string]string{
		`x > 0.5`:       "101?",
		`x < 0`:         "010?",
		`x = 1`:         "001?",
		`x = x`:         "111?",
		`abs(x) > 2`:    "110?",
		`2 * x + 1 > 0`: "101?",
		`x - x = 0`:     "??1?",
		`1 / x < 0.5`:   "110?",
		`max(x, 3) = 3`: "011?",
	} {
		got := ""
		p, err := NewProposition("--where", text, table)
		if err != nil {
			t.Fatal(err)
		}
		holds, err := p.Holds(table)
		for _, h := range holds {
			got += map[bool]string{true: "?", false: string(rune('0' + int(max(h, 0))))}[math.IsNaN(h)]
		}
		if got != want || err != nil {
			t.Errorf("%s: got %s (%v), want %s", text, got, err, want)
		}
	}
}

func TestNotAProposition(t *testing.T) {
	for text, want := range map[string]string{
		``:                   "at character 1: expected a value, but the line ends",
		`x >`:                "at character 4: expected a value, but the line ends",
		`x > 1 2`:            "at character 7: unexpected 2",
		"x > 1\ny > 2":       "one expression is wanted",
		`x`:                  "x is neither true nor false; compare it with something, as in: x > 0.5",
		`z > 1`:              `no column "z" (there are x, y[a], two words, yes, place, when)`,
		`y[b] > 1`:           `no column "y[b]" (did you mean y[a]?)`,
		`place > 1`:          "place is text and 1 is not; they cannot be compared",
		`place < "sea"`:      `texts are equal or not; "<" has no meaning for them`,
		`place + 1 > 2`:      "place is no number",
		`x and yes`:          "x is neither true nor false",
		`when > 1`:           `t: column "when" holds dates`,
		`fights(x) > 1`:      "no function fights of 1 number (there are abs, min, max)",
		`x within place`:     "x within place says nothing about the columns of a table",
		`sum(g in x: 1) > 0`: "is no expression over the columns of a table",
	} {
		table := rowsDrawn()
		p, err := NewProposition("--where", text, table)
		if err == nil {
			_, err = p.Holds(table)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// FuzzHolds works out anything over the table: an error of one line, or an answer
// for each row.
func FuzzHolds(f *testing.F) {
	for _, s := range []string{`x > 1 and not yes`, `1/x^-x >= "two words"`, `place = ""`, `min() = x`, `y[a] y[`, "\x00", `((((x))))`, `{`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table := rowsDrawn()
		p, err := NewProposition("--where", text, table)
		if err != nil {
			return
		}
		holds, err := p.Holds(table)
		if err != nil {
			return
		}
		if len(holds) != table.Rows {
			t.Fatalf("%q has %d answers", text, len(holds))
		}
		for i, x := range holds {
			if x != 0 && x != 1 && !math.IsNaN(x) {
				t.Fatalf("%q is %v in row %d", text, x, i)
			}
		}
	})
}
