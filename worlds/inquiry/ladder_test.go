package inquiry_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"casus/catalog"
	"casus/worlds/draw"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// In its last year a step that stays has come about as often as the measure of it says.
// It never falls, and the bands of all steps hold their medians.
func TestLadderEndsWithTheMeasures(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(problems, err)
	}
	k := m.Case("ukraine")
	plan := study.Plan{Worlds: 16, Seed: 1, Options: []string{"europe"}}
	l, err := inquiry.ClimbLadder(context.Background(), m, k, plan)
	if err != nil {
		t.Fatal(err)
	}
	r, err := study.Run(context.Background(), m, k, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	mean := func(measure string, view int) float64 {
		i := slices.IndexFunc(r.Measures, func(x study.Measure) bool { return x.Name == measure })
		return draw.Mean(r.Results[0].Views[view].Values[i])
	}
	for v, view := range l.Options[0].Views {
		last := func(rung string) (at float64) {
			i := slices.IndexFunc(l.Rungs, func(x inquiry.LadderRung) bool { return x.Rung == rung })
			for y, s := range view.Rungs[i] {
				at = float64(*s.Mean)
				if y > 0 && l.Rungs[i].Stays && *s.Median < *view.Rungs[i][y-1].Median {
					t.Errorf("%s: %s falls in year %d", view.View, rung, y+1)
				}
				if *s.P05 > *s.Median || *s.Median > *s.P95 {
					t.Errorf("%s: the median of %s lies outside its band in year %d", view.View, rung, y+1)
				}
			}
			return at
		}
		for rung, measure := range map[string]string{"settled": "accepted", "us_war": "us_war", "nuclear_used": "nuclear", "alliance_war": "nato_war", "word_broken": "broken"} {
			if got := last(rung); math.Abs(got-mean(measure, v)) > 1e-9 {
				t.Errorf("%s: %s ends at %v, the measure %s is %v", view.View, rung, got, measure, mean(measure, v))
			}
		}
		if got := last("lost"); math.Abs(1-got-mean("keeps", v)) > 1e-9 {
			t.Errorf("%s: lost ends at %v, keeps is %v", view.View, got, mean("keeps", v))
		}
	}
}

// A plan that does not fit, and a case without a crisis, say so.
func TestLadderThatCannotBe(t *testing.T) {
	m, problems, err := catalog.Case("1914")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(problems, err)
	}
	if _, err := inquiry.ClimbLadder(context.Background(), m, m.Case("1914"), study.Plan{Worlds: 4}); err == nil {
		t.Error("1914 has a ladder without a crisis")
	}
}
