package show

import (
	"strings"
	"sync"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/law"
	"casus/law/counsel"
)

// On the page every answer that is shown stands under one line, and under one alone.
func TestEveryAnswerHasItsLine(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, x := range []struct {
		day string
		ev  law.Event
	}{
		{"2026-02-01", law.Event{Kind: "armed attack", By: "RUS", On: "UKR", Place: "UKR", Object: "territory"}},
		{"2026-02-01", law.Event{Kind: "armed attack", By: "RUS", AlsoBy: []string{"BLR"}, On: "POL", AlsoOn: []string{"LTU"}, Place: "POL", Object: "territory"}},
		{"1939-09-01", law.Event{Kind: "armed attack", By: "DEU", On: "POL", Place: "POL", Object: "territory"}},
		{"1990-08-02", law.Event{Kind: "armed attack", By: "IRQ", On: "KWT", Place: "KWT", Object: "territory"}},
	} {
		day, err := data.ParseDay(x.day)
		if err != nil {
			t.Fatal(err)
		}
		found, err := counsel.NewWhy(t.Context(), law.Compile(m, day, nil), x.ev, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		w := &why{Why: found}
		for _, part := range w.view().Parts {
			shown := map[string]int{}
			for _, l := range part.Lines {
				if len(l.Groups) == 0 || len(l.Groups) > 1 && l.Groups[0].Article != l.Groups[len(l.Groups)-1].Article && l.Line == "" {
					t.Errorf("%s, %s: a line of %d answers says nothing", x.day, part.Status, len(l.Groups))
				}
				for _, g := range l.Groups {
					shown[g.Alike()]++
				}
			}
			for _, g := range w.groups(part.Status) {
				if n := shown[g.Alike()]; n != 1 {
					t.Errorf("%s, %s: %s to %s stands under %d lines", x.day, part.Status, g.Article, g.Creditor, n)
				}
			}
		}
	}
}

// Articles of one number, in texts named alike, that say the same are one line from
// four on; one that differs, or is named otherwise, keeps its own.
func TestTextsMadeAlike(t *testing.T) {
	line := func(instrument, article, debtor, class string) *counsel.ByArticle {
		g := counsel.Group{Debtors: []string{debtor}, LegalAnswer: counsel.LegalAnswer{Instrument: instrument, Article: instrument + "." + article, Verb: "owes", Status: "owed", Creditor: "UKR"}}
		return &counsel.ByArticle{Group: g, Classes: []string{class}}
	}
	w := &why{Why: &counsel.Why{}}
	w.Query.On = "UKR"
	all := []*counsel.ByArticle{line("UA_GBR", "VIII", "GBR", "consult"), line("UA_DEU", "VIII", "DEU", "consult"), line("UA_FRA", "VIII", "FRA", "consult"),
		line("UA_ITA", "VIII", "ITA", "consult"), line("UA_US", "IV", "USA", "consult"), line("UA_CZE", "VIII", "CZE", "assist"), line("NAT", "VIII", "CAN", "consult")}
	want := []string{"UA_*.VIII, 4 texts alike, 4 states: consult", "UA_US.IV USA: consult", "UA_CZE.VIII CZE: assist", "NAT.VIII CAN: consult"}
	lines := w.Together(all)
	if len(lines) != len(want) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, like := range lines {
		if got := lineOf(w, like); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
	if lines := w.Together(all[:3]); len(lines) != 3 {
		t.Errorf("three are told in %d lines", len(lines))
	}
	all[1].Caveats = []string{"political, not legally binding"}
	if lines := w.Together(all[:4]); len(lines) != 4 {
		t.Errorf("what binds politically is told with what binds: %d lines", len(lines))
	}
}

// What one pair of parties promised again in a later text is told in one line with
// the earlier; another class, or another pair, keeps its own.
func TestTextsMadeAgain(t *testing.T) {
	line := func(instrument, article, debtor, class string) *counsel.ByArticle {
		g := counsel.Group{Debtors: []string{debtor}, LegalAnswer: counsel.LegalAnswer{Instrument: instrument, Article: instrument + "." + article, Verb: "owes", Status: "owed", Creditor: "RUS"}}
		return &counsel.ByArticle{Group: g, Classes: []string{class}}
	}
	w := &why{Why: &counsel.Why{}}
	w.Query.On = "RUS"
	all := []*counsel.ByArticle{line("RU_AB2008", "4", "ABK", "help"), line("RU_OS2008", "4", "SOT", "help"), line("RU_AB2014", "5", "ABK", "help"), line("RU_AB2014", "6", "ABK", "consult")}
	want := []string{"RU_AB2008.4, RU_AB2014.5 ABK: help", "RU_OS2008.4 SOT: help", "RU_AB2014.6 ABK: consult"}
	lines := w.Together(all)
	if len(lines) != len(want) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, like := range lines {
		if got := lineOf(w, like); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
}

// As many debtors are not the same debtors: articles of two texts whose lines would read
// alike, five states each, stay apart where the states differ.
func TestAsManyAreNotTheSame(t *testing.T) {
	w := &why{Why: &counsel.Why{}}
	w.Query.On = "RUS"
	line := func(instrument string, debtors ...string) *counsel.ByArticle {
		return &counsel.ByArticle{Group: counsel.Group{Debtors: debtors, LegalAnswer: counsel.LegalAnswer{Instrument: instrument, Article: instrument + ".1", Verb: "owes", Status: "owed", Creditor: "RUS"}}, Classes: []string{"help"}}
	}
	if lines := w.Together([]*counsel.ByArticle{line("PACT1992", "ARM", "BLR", "KAZ", "KGZ"), line("PACT2002", "ARM", "BLR", "KAZ", "TJK")}); len(lines) != 2 {
		t.Errorf("%d lines of two sets of debtors", len(lines))
	}
	if lines := w.Together([]*counsel.ByArticle{line("PACT1992", "ARM", "BLR", "KAZ", "KGZ"), line("PACT2002", "ARM", "BLR", "KAZ", "KGZ")}); len(lines) != 1 {
		t.Errorf("%d lines of the same debtors", len(lines))
	}
}

// What is reserved against several is told in one line, and the answer that it is made
// of stays as it was: it is shared with whoever else prints it, at the same time too.
func TestJoinedLinesLeaveTheAnswerAlone(t *testing.T) {
	line := func(creditor string) *counsel.ByArticle {
		g := counsel.Group{Debtors: []string{"FRA"}, LegalAnswer: counsel.LegalAnswer{Instrument: "FR_DOCTRINE", Article: "FR_DOCTRINE.1", Verb: "reserves", Status: "right", Creditor: creditor}}
		return &counsel.ByArticle{Group: g, Classes: []string{"nuclear"}}
	}
	w := &why{Why: &counsel.Why{}}
	given := []*counsel.ByArticle{line("CHN"), line("RUS"), line("PRK")}
	lines := w.Together(given)
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	if got, want := lineOf(w, lines[0]), "FR_DOCTRINE.1 FRA against CHN, RUS, PRK: nuclear"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for i, creditor := range []string{"CHN", "RUS", "PRK"} {
		if got := given[i].Creditor; got != creditor {
			t.Errorf("the answer against %s is one against %s now", creditor, got)
		}
	}

	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day, _ := data.ParseDay("2026-02-01")
	f, err := counsel.NewWhy(t.Context(), law.Compile(m, day, nil), law.Event{Kind: "armed attack", By: "RUS", AlsoBy: []string{"BLR", "PRK"}, On: "POL", AlsoOn: []string{"LTU"}, Place: "POL", Object: "territory"}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	texts := make([]string, 8)
	var all sync.WaitGroup
	for i := range texts {
		all.Go(func() {
			var out strings.Builder
			if err := Why(&out, f, Layout{Width: 80}); err != nil {
				t.Error(err)
			}
			texts[i] = out.String()
		})
	}
	all.Wait()
	for _, text := range texts[1:] {
		if text != texts[0] {
			t.Fatalf("printed twice, it is not the same:\n%s\n%s", texts[0], text)
		}
	}
}
