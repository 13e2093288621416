package law_test

import (
	"testing"

	"casus/law"
	"casus/model"
)

// A text that an option adopts holds from the day that it bears, and not before.
func TestAdoptedTextHoldsFromItsDay(t *testing.T) {
	m := load(t, "later.casus", `instrument LATER "A pledge of a later day" {
  kind draft
  binding
  party FRA from 2027-01-01
  party MDA from 2027-06-01
  article 1 "Help" {
    when armed attack on MDA
    then FRA owes MDA AID_MILITARY
  }
}
`)
	adopt := []model.Act{{Verb: "adopt", Instrument: "LATER"}}
	for day, want := range map[string]law.Status{"2025-03-10": law.Dormant, "2026-12-31": law.Dormant, "2027-01-01": law.Owed} {
		got := "nothing"
		for _, a := range law.Compile(m, on(t, day), adopt).Answers(law.Event{Kind: "armed attack", By: "RUS", On: "MDA", Object: "territory", Place: "MDA"}, true) {
			if a.Article.Address == "LATER.1" && a.Debtor == "FRA" {
				got = a.Status.String()
			}
		}
		if got != want.String() {
			t.Errorf("on %s France is told %s, not %s", day, got, want)
		}
	}
}
