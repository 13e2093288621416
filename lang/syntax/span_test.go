package syntax_test

import (
	"fmt"
	"testing"

	"casus/lang/syntax"
)

// Expressions over a probability p, and between which values they lie.
func TestSpan(t *testing.T) {
	for text, want := range map[string]string{
		"p":                 "0 to 1",
		"0.25":              "0.25 to 0.25",
		"3 * p":             "0 to 3",
		"-1 * p":            "-1 to 0",
		"p + 0.5":           "0.5 to 1.5",
		"1 - p":             "0 to 1",
		"p - p":             "-1 to 1",
		"-(p + p)":          "-2 to 0",
		"p / 2":             "0 to 0.5",
		"2 / (p + 1)":       "1 to 2",
		"1 / p":             "not known",
		"abs(p - 2)":        "1 to 2",
		"abs(p - 0.5)":      "0 to 0.5",
		"min(p, 0.3, p)":    "0 to 0.3",
		"max(p, 0.3)":       "0.3 to 1",
		"p * q":             "not known",
		"p ^ 2":             "not known",
		"p > 1":             "not known",
		"(p + 1) * (p - 2)": "-4 to -1",
	} {
		e, problems := syntax.ParseExpr("expression", text)
		if e == nil {
			t.Fatal(problems)
		}
		got := "not known"
		if s, ok := e.Span(func(x *syntax.Expr) (syntax.Span, bool) { return syntax.Chance, x.Op == "p" }); ok {
			got = fmt.Sprintf("%g to %g", s.Low, s.High)
		}
		if got != want {
			t.Errorf("%s lies between %s, want %s", text, got, want)
		}
	}
}
