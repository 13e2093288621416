package law_test

import (
	"testing"

	"casus/law"
	"casus/model"
)

// A law compared with itself differs in nothing; from A to B what appears is
// what vanishes from B to A.
func TestDiffRelations(t *testing.T) {
	b := bookOf(t, "2026-07-01")
	adopt := func(id string) law.Draft {
		return law.Draft{Name: id, Only: b.Model.Instrument(id), Book: law.Compile(b.Model, b.Day, []model.Act{{Verb: "adopt", Instrument: id}})}
	}
	events := []law.Event{{Kind: "armed attack", By: "RUS", On: "UKR", Object: "territory", Place: "kyiv"}}
	for _, pair := range [][2]string{{"ISTANBUL2022", "PARIS2026"}, {"NAT", "TEU"}, {"PARIS2026", "PARIS2026"}} {
		x, y := adopt(pair[0]), adopt(pair[1])
		there, back := law.Shifts(x, y, law.Standing{}), law.Shifts(y, x, law.Standing{})
		if pair[0] == pair[1] && len(there)+len(law.Turns(x, y, events)) > 0 {
			t.Errorf("%s differs from itself", pair[0])
		}
		if pair[0] != pair[1] && len(there) == 0 {
			t.Errorf("%s and %s do not differ", pair[0], pair[1])
		}
		if len(there) != len(back) {
			t.Fatalf("%v: %d shifts there, %d back", pair, len(there), len(back))
		}
		for i := range there {
			if len(there[i].Before) != len(back[i].After) || len(there[i].After) != len(back[i].Before) {
				t.Errorf("%v: %s → %s is not turned round", pair, there[i].Debtor, there[i].Creditor)
			}
		}
	}
}

// A conflict is one whichever of the two it is asked of first; without one of
// the two articles it is gone.
func TestConflictsAreSymmetric(t *testing.T) {
	b := bookOf(t, "1982-04-30")
	conflicts := func(b *law.Book, q law.Quarrel) []law.Conflict {
		t.Helper()
		found, err := b.Conflicts(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	there := conflicts(b, law.Quarrel{State: "USA", X: "ARG", Y: "GBR"})
	back := conflicts(b, law.Quarrel{State: "USA", X: "GBR", Y: "ARG"})
	if len(there) != 1 || len(back) != 1 || there[0].First.Article != back[0].First.Article || there[0].Second.Article != back[0].Second.Article {
		t.Fatalf("%v and %v", there, back)
	}
	without := law.Compile(b.Model, b.Day, []model.Act{{Verb: "end", Instrument: "RIO"}})
	if left := conflicts(without, law.Quarrel{State: "USA", X: "ARG", Y: "GBR"}); len(left) != 0 {
		t.Errorf("without Rio: %v", left)
	}
}
