package inquiry

import (
	"context"
	"math"
	"testing"

	"casus/worlds/study"
)

// By hand: options differ by −.2 in a world whose condition comes with .9 and by
// .2 in one with .1, and so by −.16 in the mean; the worlds are worth 1/.82. Where
// nothing is given they are level.
func TestFlipWeighsWorldsByTheCondition(t *testing.T) {
	x := &sides{values: [2][]float64{{0.1, 0.5, math.NaN()}, {0.3, 0.3, 0.3}}}
	if m := x.mean(); math.Abs(float64(m.Value)) > 1e-15 || m.N != 2 || m.Undefined != 1 {
		t.Errorf("with nothing given: %+v", m)
	}
	x.chances = [2][]float64{{1, 0.1, math.NaN()}, {0.8, 0.1, 0.5}} // on average .9 and .1
	if m := x.mean(); math.Abs(float64(m.Value)+0.16) > 1e-15 || m.N != 2 || m.Undefined != 1 {
		t.Errorf("weighed: %+v; by hand −0.16", m)
	}
}

// By hand: a truce has wars with .1 and .5 where it comes about with .9 and .1,
// so .14 in the mean; a force has .3 whatever the world. The truce is chosen; it
// is not the best in a tenth of what counts; and to know the world, or x, would
// be worth .1 × .2. Were worlds to count alike the two would tie, and to know
// would be worth .1.
func TestValueWeighsWorldsByTheCondition(t *testing.T) {
	const n = 400
	x, chance, truce, force := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], chance[i], truce[i], force[i] = float64(i%2), 0.9, 0.1, 0.3
		if i%2 == 1 {
			chance[i], truce[i] = 0.1, 0.5
		}
	}
	result := func(option string, war []float64) study.Result {
		return study.Result{Option: option, Done: true, Views: []study.ViewResult{{View: "calm", Values: [][]float64{chance, war}, Summary: []study.Summary{{N: n}, {N: n}}}}}
	}
	rec := &study.Record{Worlds: n, Views: []study.View{{Name: "calm"}}, Numbers: []study.Assumption{{Name: "x"}}, Draws: map[string][][]float64{"calm": {x}},
		Measures: []study.Measure{{Name: "agreed", Unit: "probability"}, {Name: "war_then", Unit: "probability", Better: "lower", Given: "agreed"}},
		Results:  []study.Result{result("truce", truce), result("force", force)}}
	v, err := ValueAsk{Measure: "war_then"}.Of(context.Background(), rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	view := v.Views[0]
	if len(view.Chosen) != 1 || view.Chosen[0].Option != "truce" || math.Abs(float64(view.Chosen[0].Expected)-0.14) > 1e-12 || math.Abs(float64(view.Chosen[0].NotBest.Value)-0.1) > 1e-12 {
		t.Fatalf("chosen: %+v; by hand truce, 0.14, not the best in 0.1", view.Chosen)
	}
	worth := view.Assumptions[0].Worth
	if math.Abs(float64(view.Perfect.Value)-0.02) > 1e-12 || math.Abs(float64(worth.InSample)-0.02) > 1e-12 || math.Abs(float64(worth.HeldOut)-0.02) > 1e-12 {
		t.Errorf("to know everything is worth %v, x %v and %v; by hand 0.02", view.Perfect.Value, worth.InSample, worth.HeldOut)
	}
}
