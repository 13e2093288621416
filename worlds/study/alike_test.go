package study_test

import (
	"math"
	"strings"
	"testing"

	"casus/worlds/draw"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// largely makes the headline measures of the small case say that only large
// differences matter.
func largely(war string) []string {
	return []string{
		`measure war "war" probability, lower is better`, `measure war "war" probability, lower is better, matters ` + war,
		`years, higher is better`, `years, higher is better, matters 2`,
		`measure alone "a promise broken" probability, lower is better`, `measure alone "a promise broken" probability, lower is better, matters 90%`,
		`measure avenged "a friend fights, when forces are attacked" probability, higher is better`, `measure avenged "a friend fights, when forces are attacked" probability`,
	}
}

// Two options that no headline measure tells apart are said to be alike, with
// where they part in play; where one tells them apart they are not.
func TestAlike(t *testing.T) {
	r := run(t, load(t, largely("90%")...), study.Plan{Worlds: 64})
	if len(r.Alike) != 1 || r.Alike[0].A != "nothing" || r.Alike[0].B != "pledge" || r.Alike[0].Share < 0.95 {
		t.Fatalf("alike: %+v", r.Alike)
	}
	out := words(text(t, r, 80))
	for _, want := range []string{"WHY SOME OPTIONS COME OUT ALIKE", "nothing and pledge: alike in", "nothing and pledge first part at act · RUS"} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, text(t, r, 80))
		}
	}
	if r := run(t, load(t, largely("0.1%")...), study.Plan{Worlds: 64}); len(r.Alike) != 0 || strings.Contains(text(t, r, 80), "ALIKE") {
		t.Errorf("war tells them apart, and they are alike: %+v", r.Alike)
	}
}

// In a conditional measure a world counts, when two options are compared, by how
// likely the condition is in it, in the mean of the two.
func TestConditionalComparison(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 64})
	k, hit := r.MeasureAt("war"), r.MeasureAt("war_a_pair")
	r.Measures[k].Given, r.Measures[k].Matters = "war_a_pair", 0.2
	base, pledge := r.Results[0].Views[0].Values, r.Results[1].Views[0].Values
	r.Summarise()
	worse, all := 0.0, 0.0
	for w := range pledge[k] {
		weight := (base[hit][w] + pledge[hit][w]) / 2
		all += weight
		if pledge[k][w]-base[k][w] >= 0.2 {
			worse += weight
		}
	}
	if s := r.Results[1].Views[0].Summary[k]; math.Abs(float64(*s.Worse)-worse/all) > 1e-12 || worse == 0 || worse == all {
		t.Errorf("worse in %v of the weight, want %v", *s.Worse, worse/all)
	}
	robust, err := inquiry.RobustAsk{Measures: []string{"war"}}.Of(r)
	if err != nil {
		t.Fatal(err)
	}
	weights := make([]float64, len(base[hit]))
	for w := range weights {
		weights[w] = (base[hit][w] + pledge[hit][w]) / 2
	}
	x := robust.Measures[0].Views[0]
	if got, want := float64(x.Compared.Options[1].Expected), draw.SummariseWeighted(pledge[k], weights).Mean; math.Abs(got-want) > 1e-12 {
		t.Errorf("robust expects %v of pledge, want %v", got, want)
	}
	if i := x.Intervals[1].Expected; !(float64(i.Lo) <= float64(x.Compared.Options[1].Expected) && float64(i.Hi) >= float64(x.Compared.Options[1].Expected)) {
		t.Errorf("the interval %v leaves the expected value %v out", i, x.Compared.Options[1].Expected)
	}
}

// Options that differ by less than what matters tie in every criterion that is
// in the measure's unit.
func TestRobustTies(t *testing.T) {
	r := run(t, load(t, largely("99%")...), study.Plan{Worlds: 64})
	x, err := inquiry.RobustAsk{Measures: []string{"war"}}.Of(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range x.Measures[0].Views {
		if len(v.Every) != 2 {
			t.Errorf("view %s: %v by every criterion, want both options", v.View, v.Every)
		}
	}
}
