package inquiry_test

import (
	"math"
	"strings"
	"testing"

	"casus/finding"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// conditioned is a record of one option, under which a settlement comes about
// with the chance given in each world, and a war then with the rate given.
func conditioned(t *testing.T, x, chance, rate []float64) *study.Record {
	t.Helper()
	nan := make([]float64, len(x))
	for i := range nan {
		nan[i] = math.NaN()
	}
	never := make([]float64, len(x))
	result := func(option string, values ...[]float64) study.Result {
		n := 0
		if !math.IsNaN(values[1][0]) {
			n = len(x)
		}
		return study.Result{Option: option, Done: true, Views: []study.ViewResult{{View: "calm", Values: values, Summary: []study.Summary{{N: len(x)}, {N: n}}}}}
	}
	return &study.Record{Worlds: len(x), Baseline: "nothing", Views: []study.View{{Name: "calm"}},
		Numbers:  []study.Assumption{{Name: "x"}},
		Draws:    map[string][][]float64{"calm": {x}},
		Measures: []study.Measure{{Name: "agreed", Unit: "probability"}, {Name: "war_then", Unit: "probability", Better: "lower", Given: "agreed"}},
		Results:  []study.Result{result("nothing", never, nan), result("truce", chance, rate)}}
}

// By hand: wars with .1 and .5 where a settlement comes with .9 and .1 are
// (.09 + .05)/1 in the mean, worth 1/(.81 + .01) worlds. Where no option is
// named, the first is asked under which there is something to ask.
func TestSenseWeighsWorldsByTheCondition(t *testing.T) {
	rec := conditioned(t, []float64{1, 2}, []float64{0.9, 0.1}, []float64{0.1, 0.5})
	s, err := inquiry.SenseQuery{Measures: []string{"war_then"}}.Of(rec)
	if err != nil {
		t.Fatal(err)
	}
	o := s.Views[0].Outcomes[0]
	if o.Option != "truce" || len(s.Warnings) != 1 || s.Warnings[0].Kind != finding.Undefined || !strings.Contains(s.Warnings[0].Text, "asked of truce: under nothing war_then is not defined") {
		t.Errorf("asked of %s, %v", o.Option, s.Warnings)
	}
	if o.Given != "agreed" || math.Abs(float64(*o.Mean)-0.14) > 1e-12 || math.Abs(float64(*o.Effective)-1/0.82) > 1e-12 {
		t.Errorf("given %q, mean %v, worth %v worlds; by hand agreed, 0.14, 1.22", o.Given, *o.Mean, *o.Effective)
	}
}

// Worlds in which what a measure is given never happens have no say: an
// assumption that decides in the others decides, whatever goes on in these.
func TestSenseIsDeafToWorldsWithoutTheCondition(t *testing.T) {
	const n = 400
	x, chance, rate := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = (float64(i) + 0.5) / n
		chance[i], rate[i] = 1, x[i]
		if i%2 == 0 { // as many again that say something else
			chance[i], rate[i] = 0, math.Mod(float64(i)*0.6180339887498949, 1)
		}
	}
	for _, weighed := range []bool{true, false} {
		rec := conditioned(t, x, chance, rate)
		if !weighed {
			rec.Measures[1].Given = ""
		}
		s, err := inquiry.SenseQuery{Measures: []string{"war_then"}, Options: []string{"truce"}}.Of(rec)
		if err != nil {
			t.Fatal(err)
		}
		s1 := s.Views[0].Outcomes[0].Results[0].Given.Inputs[0].S1.Value
		if weighed && s1 < 0.98 || !weighed && s1 > 0.6 {
			t.Errorf("weighed %v: x decides %.3f of it; of all worlds it is a quarter, of those that count all", weighed, s1)
		}
	}
}
