package claim

import (
	"math"
	"testing"

	"casus/lang/syntax"
	"casus/worlds/study"
)

// Of measures that are given something a world counts by how likely that is in
// it: here 0.9 and 0.1, so that what holds in the first alone holds in nine
// tenths, and the two are worth 1/(0.81 + 0.01) worlds.
func TestGivenSomethingWorldsAreWeighed(t *testing.T) {
	column := func(xs ...float64) []float64 { return xs }
	r := &study.Record{Worlds: 2, Views: []study.View{{Name: "calm"}},
		Measures: []study.Measure{{Name: "agreed", Unit: "probability"}, {Name: "war_then", Unit: "probability", Given: "agreed"}},
		Results: []study.Result{
			{Option: "now", Views: []study.ViewResult{{Values: [][]float64{column(0.8, 0.1), column(0.1, 0.5)}}}},
			{Option: "warn", Views: []study.ViewResult{{Values: [][]float64{column(1, 0.1), column(0.3, 0.4)}}}},
		}}
	for _, c := range []struct {
		holds            string
		share, effective float64
	}{
		{"war_then[now] < war_then[warn]", 0.9, 1 / 0.82},
		{"war_then[now] > war_then[warn]", 0.1, 1 / 0.82},
		{"agreed[now] < agreed[warn]", 0.5, 0},                                // given nothing: alike
		{"war_then[now] < 0.3", 0.8 / 0.9, 0.81 / 0.65},                       // by now alone
		{"war_then[now] < war_then[warn] and agreed[now] > 0", 0.9, 1 / 0.82}, // one condition in all
	} {
		e, problems := syntax.ParseExpr("claim", c.holds)
		if problems != nil {
			t.Fatal(problems)
		}
		s := share(r, 0, &proposition{expr: e})
		if math.Abs(float64(s.Share)-c.share) > 1e-12 || math.Abs(float64(s.Effective)-c.effective) > 1e-12 {
			t.Errorf("%s: holds in %v, worth %v worlds; by hand %v and %v", c.holds, s.Share, s.Effective, c.share, c.effective)
		}
	}
}

// A comparison of measures that say what matters counts a smaller difference as
// none; a ratio has another unit and no such measure.
func TestWhatMattersToAClaim(t *testing.T) {
	_, k := loaded(t, "")
	k.Crisis.Measures[0].Matters, k.Crisis.Measures[1].Matters = 0.05, 0.5
	for _, c := range []struct {
		holds, least string
		none, some   float64 // differences
	}{
		{"war[now] < war[warn]", "5 points", 0.049, 0.05},
		{"war[now] < 2 * war[warn]", "5 points", 0.049, 0.05},
		{"at_war[now] > 1", "0.5 years", 0.4, 0.5},
		{"war[now] / war[warn] > 2", "a thousandth of the larger", 0.0005, 0.01},
	} {
		e, problems := syntax.ParseExpr("claim", c.holds)
		if problems != nil {
			t.Fatal(problems)
		}
		p := &proposition{expr: e, unit: unitOf(k, e), matters: mattersTo(k, e)}
		if p.least() != c.least || !p.slight(c.none, 1) || !p.slight(-c.none, 1) || p.slight(c.some, 1) {
			t.Errorf("%s: %q; %v slight is %v, %v is %v", c.holds, p.least(), c.none, p.slight(c.none, 1), c.some, p.slight(c.some, 1))
		}
	}
}
