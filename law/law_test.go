package law_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/law"
)

// Every example in the catalogue comes out as it says.
func TestExamplesOfTheCatalogue(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	if len(m.Examples) == 0 {
		t.Fatal("the catalogue has no examples")
	}
	if failed := law.CheckExamples(m); len(failed) > 0 {
		t.Error(failed)
	}
	t.Logf("%d examples", len(m.Examples))
}

// A pact that ended is dormant, however it is read; and a reading under which
// the answer is open is not traced as a no.
func TestReadingsOfWhatIsNotInForce(t *testing.T) {
	m, _ := catalog.Instruments()
	day, err := data.ParseDay("2026-07-01")
	if err != nil {
		t.Fatal(err)
	}
	book := law.Compile(m, day, nil)
	for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "territory", Place: "FRA.home"}, true) {
		if a.Status == law.Contested && !book.InForce(a.Article.Instrument.ID) {
			t.Errorf("%s is contested though not in force: %s", a.Article.Address, a.Why)
		}
	}
	for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv"}, false) {
		if a.Article.Address == "KENSINGTON.1" && (a.Status != law.Contested || a.Trace().Children[0].Value != "yes" || a.Trace().Children[1].Value != "no") {
			t.Errorf("KENSINGTON.1: %s, traced %s and %s", a.Status, a.Trace().Children[0].Value, a.Trace().Children[1].Value)
		}
	}
}

// A symmetric fact given in one direction is given in the other; given both
// ways and not the same it is not known.
func TestSymmetricFacts(t *testing.T) {
	book := shippedBook(t, "2026-07-01")
	ask := func(facts map[string]law.Tri) law.Status {
		for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "EST", On: "RUS", Object: "territory", Place: "pskov", Facts: facts}, false) {
			if a.Article.Address == "RU_KP2024.4" {
				return a.Status
			}
		}
		t.Fatal("RU_KP2024.4 answers nothing")
		return 0
	}
	for _, test := range []struct {
		facts map[string]law.Tri
		want  law.Status
	}{
		{map[string]law.Tri{"at_war(EST, RUS)": law.Yes}, law.Owed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.Yes}, law.Owed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.No}, law.NotOwed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.No, "at_war(EST, RUS)": law.Yes}, law.Depends},
		{map[string]law.Tri{"allied(RUS, EST)": law.Yes}, law.Depends},
	} {
		if got := ask(test.facts); got != test.want {
			t.Errorf("%v: %s, want %s", test.facts, got, test.want)
		}
	}
}

// shippedBook is the law of the catalogue on a day.
func shippedBook(t testing.TB, on string) *law.Book {
	t.Helper()
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day, err := data.ParseDay(on)
	if err != nil {
		t.Fatal(err)
	}
	return law.Compile(m, day, nil)
}
