package syntax_test

import (
	"fmt"
	"math"
	"testing"

	"casus/lang/syntax"
)

// What is typed is read as the language reads it, and a slip has the place at
// which it was typed.
func TestParseExpr(t *testing.T) {
	for text, want := range map[string]string{
		"y > 0.5 and x < 3":     "y > 0.5 and x < 3",
		"nato_war[europe] > 3%": "nato_war[europe] > 0.03",
		"-x < 1":                "-x < 1",
		"(a)":                   "a",
		"y >":                   "--where, at character 4: expected a value, but the line ends",
		"":                      "--where, at character 1: expected a value, but the line ends",
		"  x > 1 2":             "--where, at character 9: unexpected 2",
		"a; b":                  "--where, at character 4: one expression is wanted, as in: y > 0.5 and x < 3",
		"a { b }":               "--where, at character 1: one expression is wanted, as in: y > 0.5 and x < 3",
		"a > \"b":               "--where, at character 5: text without a closing quote (close it with \" on the same line)",
	} {
		got := ""
		e, problems := syntax.ParseExpr("--where", text)
		if got = fmt.Sprint(e); e == nil {
			got = syntax.Typed(problems).Error()
		}
		if got != want {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}

// A comparison with a number is the same whichever side the number stands on.
func TestCompared(t *testing.T) {
	for text, want := range map[string]string{
		"a >= 3%":    "a >= 0.03 true",
		"a >= 3 %":   "a >= 0.03 true",
		"3% <= a":    "a >= 0.03 true",
		"a[b] < -2":  "a[b] < -2 false",
		"a + b != 1": "a + b != 1 false",
		"a":          "none", "a < b": "none", "not a > 1": "none",
	} {
		e, problems := syntax.ParseExpr("x", text)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := "none"
		if c, ok := e.Compared(); ok {
			got = fmt.Sprint(c.Of, " ", c.Op, " ", c.Number, " ", c.Percent)
		}
		if got != want {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}

// Numbers that differ in the thirteenth digit alone are equal; what is not known
// compares with nothing; of = < > exactly one holds of any two numbers, and the
// other three are their opposites.
func TestCompare(t *testing.T) {
	third, inf, nan := 1.0/3, math.Inf(1), math.NaN()
	for _, c := range []struct {
		x, y float64
		want string
	}{
		{1, 2, "<"}, {2, 1, ">"}, {2, 2, "="}, {0.1 + 0.2, 0.3, "="}, {1 + 1e-11, 1, ">"}, {1 - 1e-13, 1, "="}, {0, 1e-300, "<"},
		{third * 3e200, 1e200, "="}, {inf, inf, "="}, {inf, 1, ">"}, {-inf, inf, "<"}, {math.MaxFloat64, -math.MaxFloat64, ">"}, {nan, 1, "?"}, {1, nan, "?"}, {nan, nan, "?"},
	} {
		for op, opposite := range map[string]string{"=": "!=", "<": ">=", ">": "<="} {
			is, not := syntax.Compare(op, c.x, c.y), syntax.Compare(opposite, c.x, c.y)
			switch {
			case c.want == "?":
				if !math.IsNaN(is) || !math.IsNaN(not) {
					t.Errorf("%v %s %v: %v, and the opposite %v; neither is known", c.x, op, c.y, is, not)
				}
			case is+not != 1 || (is == 1) != (op == c.want):
				t.Errorf("%v %s %v: %v, and the opposite %v; it is %s", c.x, op, c.y, is, not, c.want)
			}
		}
	}
}

func FuzzParseExpr(f *testing.F) {
	for _, s := range []string{"a > 3%", "sum(g in x if y: z)", "((((", "\"", "a{", "1e999", "\x00", "é > 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, problems := syntax.ParseExpr("--where", s)
		if (e == nil) != (len(problems) > 0) {
			t.Fatalf("%q: %v and %v", s, e, problems)
		}
		if e == nil {
			_ = syntax.Typed(problems).Error()
			return
		}
		e.Compared()
	})
}
