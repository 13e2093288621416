package study

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// partedBy is a record of two schools and a union in which y is a function of two
// inputs. Each school holds each input at one of a few values; the union holds
// every pair of them once.
func partedBy(low, high [2][]float64, y func(a, b float64) float64) *Record {
	r := &Record{Measures: []Measure{{Name: "war", Unit: "number"}}, Views: []View{{Name: "hawk"}, {Name: "dove"}, {Name: "both", Union: true}},
		Draws: map[string][][]float64{}, Results: []Result{{Option: "a"}}}
	for _, name := range []string{"first", "second"} {
		r.Numbers = append(r.Numbers, Assumption{Name: name, Title: "the " + name, Beliefs: []Belief{{View: "hawk", Dist: "x"}, {View: "dove", Dist: "y"}}})
	}
	views := map[string][2][]float64{"hawk": high, "dove": low, "both": {slices.Concat(low[0], high[0]), slices.Concat(low[1], high[1])}}
	for _, v := range r.Views {
		var as, bs, ys []float64
		for _, a := range views[v.Name][0] {
			for _, b := range views[v.Name][1] {
				as, bs, ys = append(as, a), append(bs, b), append(ys, y(a, b))
			}
		}
		r.Draws[v.Name] = [][]float64{as, bs}
		r.Results[0].Views = append(r.Results[0].Views, ViewResult{View: v.Name, Values: [][]float64{ys}})
	}
	return r
}

// y = 3a + b, of which a is 1 higher for the hawk and b is 1 higher: three
// quarters of the gap close with a.
func TestTurnOfASum(t *testing.T) {
	r := partedBy([2][]float64{{0, 1}, {0, 1}}, [2][]float64{{1, 2}, {1, 2}}, func(a, b float64) float64 { return 3*a + b })
	got, known := r.turn(0, 0, 1, 0)
	if !known || got == nil || got.Assumption != "first" || math.Abs(float64(got.Closes)-0.75) > 1e-12 {
		t.Errorf("%+v, %v", got, known)
	}
}

// An input that moves the number more, but the other way than the gap, does not
// explain it, however much it goes with the number.
func TestTurnGoesTheWayOfTheGap(t *testing.T) {
	low, high := [2][]float64{{4, 5, 6}, {0, 1}}, [2][]float64{{0, 1, 2}, {10, 11}}
	r := partedBy(low, high, func(a, b float64) float64 { return 2*a + b })
	if got, _ := r.turn(0, 0, 1, 0); got == nil || got.Assumption != "second" {
		t.Errorf("%+v: the first is lower for the hawk, whose number is higher", got)
	}
}

// y = a·b with both inputs 0 for the dove and 1 for the hawk: the gap is 1, either
// alone closes a half, and of two that close the same the first is named.
func TestTurnOfAProduct(t *testing.T) {
	r := partedBy([2][]float64{slices.Repeat([]float64{0}, 4), slices.Repeat([]float64{0}, 4)}, [2][]float64{slices.Repeat([]float64{1}, 4), slices.Repeat([]float64{1}, 4)}, func(a, b float64) float64 { return a * b })
	if got, _ := r.turn(0, 0, 1, 0); got == nil || got.Assumption != "first" || math.Abs(float64(got.Closes)-0.5) > 1e-12 {
		t.Errorf("%+v", got)
	}
}

func TestTurnOfNothing(t *testing.T) {
	r := partedBy([2][]float64{{0, 1}, {0, 1}}, [2][]float64{{1, 2}, {1, 2}}, func(a, b float64) float64 { return 3*a + b })
	r.Numbers[0].Solved = true
	if got, known := r.turn(0, 0, 1, 0); known && got != nil && got.Assumption == "first" {
		t.Errorf("%+v is solved for; nobody holds it", got)
	}
	r.Numbers[0].Solved, r.Numbers[0].Beliefs[1].Dist = false, "x"
	if got, _ := r.turn(0, 0, 1, 0); got != nil && got.Assumption == "first" {
		t.Errorf("%+v: the two hold the same of it", got)
	}
	r.Views = r.Views[:2]
	if got, known := r.turn(0, 0, 1, 0); known || got != nil {
		t.Errorf("%+v, %v: no worlds mix the schools", got, known)
	}
	r = partedBy([2][]float64{{0, 1}, {0, 1}}, [2][]float64{{1, 2}, {1, 2}}, func(a, b float64) float64 { return 3*a + b })
	r.Draws = nil
	if got, known := r.turn(0, 0, 1, 0); known || got != nil {
		t.Errorf("%+v, %v: the draws were not read", got, known)
	}
}

// Where the number is a sum of functions of its inputs the swaps of all inputs add
// up to the gap.
func TestSwapsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-3, 3), 1, 4)
		low := [2][]float64{values.Draw(t, "low a"), values.Draw(t, "low b")}
		high := [2][]float64{values.Draw(t, "high a"), values.Draw(t, "high b")}
		p := rapid.Float64Range(-2, 2).Draw(t, "p")
		r := partedBy(low, high, func(a, b float64) float64 { return a*a + p*math.Sin(b) })
		gap, sum := r.meanOf(0, 0, 0)-r.meanOf(0, 0, 1), 0.0
		mixed := mixedColumn{r.Results[0].Views[2].Values[0], nil}
		for j := range r.Numbers {
			by, _ := mixed.swap(r.drawn(2, j), r.drawn(1, j), r.drawn(0, j))
			sum += by
		}
		if math.Abs(gap-sum) > 1e-9 {
			t.Fatalf("the gap is %g, the swaps add up to %g", gap, sum)
		}
	})
}
