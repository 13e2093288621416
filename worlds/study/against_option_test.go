package study_test

import (
	"testing"

	"casus/worlds/study"
)

// A record that names an option of the case it stands in is held against that one
// and no other that the case plays.
func TestRecordOfOneOption(t *testing.T) {
	m := own(t, `
assume quarrel2 "a gain" payoff { view dove ~ 4 judgement "a guess" }
assume lambda "λ" per payoff ~ 0.1 judgement "a guess"
crisis small {
  role challenger
  fact war final
  setting dear "war costs"
  precision lambda
  each year { move act by challenger { hold; attack { set war } } }
  payoff "gain" to challenger when war: quarrel2 - 10 * dear
  measure war "war" probability = P(war)
}
option cheap "Cheap" { }
option costly "Costly" { set dear = 1 }
case before {
  date 2020-01-01; crisis small; role challenger = RUS; option cheap, costly; view dove
  record "cheap ones" { option cheap; measure war; events 3; trials 9; source S81 }
  record "costly ones" { option costly; measure war; events 0; trials 9; source S81 }
}
case now { date 2020-01-01; crisis small; role challenger = RUS; option cheap; view dove; against before }
`)
	r, err := study.Run(t.Context(), m, m.Case("now"), study.Plan{Worlds: 8}, nil)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string][]string{}
	for _, h := range r.History {
		for _, c := range h.Checks {
			held[h.Option] = append(held[h.Option], c.Record)
		}
	}
	if len(held["cheap"]) != 1 || held["cheap"][0] != "cheap ones" || len(held["costly"]) != 1 || held["costly"][0] != "costly ones" {
		t.Errorf("held against: %v", held)
	}
}
