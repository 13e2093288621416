package syntax

import (
	"testing"

	"casus/lang/source"
)

// No text makes the parser panic; its tree is whole, its problems have places,
// and formatting keeps words and meaning.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "a", "!", "{!", " \ufeff", "\n\ufeff", "\" ", "{{{a", "a {", "}", "{", "a { b; c }", "a (b\nc)", "a (b\n", "\"open", "# c\r\n", "a,\n\n b", "a.b..c", "\ufeffa", "a\x00b\xff",
		"instrument NAT \"N\" {\n  article 5 { when a on P, (b\n or c)\n then d } }", "1e-5 1e -5 2026-01-01-2 60..63 - -a", "a ; ; b { ; }",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.New("fuzz", text)
		tree, problems := Parse(file)
		if err := problemsHold(file, problems); err != nil {
			t.Fatal(err)
		}
		if _, bad := unfit(file); bad { // there is no tree
			return
		}
		if err := treeHolds(tree); err != nil {
			t.Fatal(err)
		}
		if err := formatHolds(tree, Format(tree)); err != nil {
			t.Fatal(err)
		}
	})
}

// No words make the reader of expressions panic; what it reads prints to
// something that reads as the same.
func FuzzExpr(f *testing.F) {
	for _, s := range []string{
		"a or b and not c", "-a ^ b ^ -c", "sum(g in r if x: y[g] * 2)", "a is not b", "place within territory(P)", "f(", "1e999", "((((", "12% + 1_0.5e-3", "2026-01-01", "\"t\"", "a in not b", "any(g in a + b: c)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, problems := parseExpr(text)
		if e == nil || len(problems) > 0 {
			return
		}
		again, problems := parseExpr(e.String())
		if again == nil || len(problems) > 0 {
			t.Fatalf("%q prints as %q, which does not read: %s", text, e, problems)
		}
		if bracketed(e) != bracketed(again) {
			t.Fatalf("%q reads as %s, but prints as %q", text, bracketed(e), e)
		}
	})
}
