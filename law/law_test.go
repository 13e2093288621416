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
