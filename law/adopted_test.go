package law_test

import (
	"slices"
	"strings"
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
	for day, want := range map[string]law.Status{"2025-03-10": law.Dormant, "2026-12-31": law.Dormant, "2027-06-01": law.Owed} {
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

// Whoever joins an adopted text on a later day is bound by it from that day.
func TestAdoptedTextBindsWhoIsInItByThen(t *testing.T) {
	m := load(t, "mixed.casus", `instrument MIXED "A pledge that others join" {
  kind draft
  binding
  party FRA, MDA from 2025-01-01
  party ROU from 2029-01-01
  article 1 "Help" {
    when armed attack on P, P is party
    then every other party owes P AID_MILITARY
  }
}
`)
	adopt := []model.Act{{Verb: "adopt", Instrument: "MIXED"}}
	for _, row := range []struct{ day, on, want string }{
		{"2025-03-10", "MDA", "FRA"},
		{"2028-12-31", "MDA", "FRA"},
		{"2029-01-01", "MDA", "FRA ROU"},
		{"2025-03-10", "ROU", ""},
		{"2029-01-01", "ROU", "FRA MDA"},
	} {
		var owed []string
		for _, a := range law.Compile(m, on(t, row.day), adopt).Answers(law.Event{Kind: "armed attack", By: "RUS", On: row.on, Object: "territory", Place: row.on}, true) {
			if a.Article.Address == "MIXED.1" && a.Status == law.Owed {
				owed = append(owed, a.Debtor)
			}
		}
		slices.Sort(owed)
		if got := strings.Join(owed, " "); got != row.want {
			t.Errorf("on %s an attack on %s is answered by %q, not %q", row.day, row.on, got, row.want)
		}
	}
}
