package counsel

import "testing"

// Of several answers a state stands by the strongest: help by force before less,
// what is sure before what is open, what is open before what is not owed.
func TestStandings(t *testing.T) {
	answer := func(debtor, verb, status string, force bool) LegalAnswer {
		return LegalAnswer{Debtor: debtor, Verb: verb, Status: status, Force: force, Article: status}
	}
	w := &Why{Answers: []LegalAnswer{
		answer("USA", "owes", "owed", false), answer("USA", "owes", "not owed", true),
		answer("DEU", "owes", "owed", false), answer("DEU", "owes", "contested", true),
		answer("FRA", "owes", "depends", true), answer("FRA", "owes", "owed", true),
		answer("RUS", "breaches", "breached", false),
		answer("CHE", "may", "depends", false), answer("CHE", "may", "right", false),
		answer("THA", "owes", "dormant", true), answer("THA", "owes", "not owed", true),
	}}
	want := []Standing{
		{State: "FRA", Class: "owed", Status: "owed", Article: "owed", More: 1},
		{State: "DEU", Class: "contested", Status: "contested", Article: "contested", More: 1},
		{State: "USA", Class: "lesser", Status: "owed", Article: "owed", More: 1},
		{State: "CHE", Class: "may", Status: "depends", Article: "depends", More: 1},
		{State: "THA", Class: "dormant", Status: "dormant", Article: "dormant", More: 1},
	}
	got := w.Standings()
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, not %+v", got[i], want[i])
		}
	}
}
