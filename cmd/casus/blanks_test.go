package main

import (
	"os"
	"strings"
	"testing"
)

// A blank that a web page or another keyboard put in the place of an ordinary one says
// the same, wherever words are typed and in a model file; the name of a file keeps its own.
func TestBlanksOfAnyKind(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("small.casus", small)
	for _, args := range [][]string{
		{"why", "--by", "South_Africa", "--on=Czech_Republic", "--at", "diego_garcia", "--date", "2026-02-01_", "--fact", "requested_=_no"},
		{"chains", "--date", "1914-07-28", "--event", "declaration_of_war_by_AUH_on_SRB", "--end", "drawn(GBR)_", "--own", "RUS_against_AUH_for_SRB"},
		{"discover", "small.casus", "--where", "war[more]_>_80_%", "--worlds", "64"},
		{"robust", "small.casus", "--threshold", "war_<=_5%", "--worlds", "8"},
		{"robust", "small.casus", "--option", "_none,_more_", "--worlds", "8"},
		{"sense", "small.casus", "--between", "none,_more", "--measure", "war_", "--rows", "8"},
		{"states", "South_Africa"},
		{"list", "options_", "small.casus_"},
		{"spend", "South_Africa"},
	} {
		said := func(blank string) string {
			typed := make([]string, len(args))
			for i, a := range args {
				typed[i] = strings.ReplaceAll(a, "_", blank)
			}
			code, out, errs := exampleOf(typed)
			if code == 2 && args[0] != "spend" {
				t.Errorf("%q: %s", typed, errs)
			}
			return out + errs
		}
		want := said(" ")
		for _, blank := range []string{"\u00a0", "\u202f", "\u2009", "\u3000"} {
			if got := said(blank); got != want {
				t.Errorf("%v with %q: %.200s\nwith a plain blank: %.200s", args, blank, got, want)
			}
		}
	}
	write("other\u00a0name.casus", strings.ReplaceAll(small, "fact war\n", "fact\u00a0war\u3000\n"))
	if code, out, errs := exampleOf([]string{"check", "other\u00a0name.casus"}); code != 0 {
		t.Errorf("a file with blanks of its own: %d, %s%s", code, out, errs)
	}
}
