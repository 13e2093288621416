package study

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What is first as run is held against what is first otherwise; one that is as
// good is first too.
func TestFirm(t *testing.T) {
	play := func(asRun, tenYears, blunter float64) *Otherwise {
		row := func(years int, times, x float64) OtherAs {
			return OtherAs{years, times, []OtherView{{AllSchools, []OtherNumber{{Measure: "peace", Median: FloatOf(x)}}}}}
		}
		return &Otherwise{Rows: []OtherAs{row(5, 1, asRun), row(10, 1, tenYears), row(5, 1./3, blunter)}}
	}
	r := &Record{Measures: peaceAndWar, Results: []Result{{Option: "a", Otherwise: play(4, 7, 3)}, {Option: "b", Otherwise: play(3, 7.04, 3.5)}}}
	want := []Firmness{{Measure: "peace", Rows: []Other{{10, 1, true}, {5, 1. / 3, false}},
		Turned: &Turned{Better: "a", Worse: "b", Years: 5, Times: 1. / 3, As: [2]Float{4, 3}, Then: [2]Float{3, 3.5}, Pairs: 1}}}
	if got := r.firm([]int{0, 1}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	r.Results[1].Otherwise = nil
	if got := r.firm([]int{0}); len(got) != 0 {
		t.Errorf("one option has no order: %+v", got)
	}
}

// All hold exactly where one option is first, or as good, in every row; and a pair
// that is said to change places does, by what matters.
func TestFirmIsOneOptionThroughout(t *testing.T) {
	m := peaceAndWar[0]
	rapid.Check(t, func(t *rapid.T) {
		rows, options := rapid.IntRange(2, 5).Draw(t, "rows"), rapid.IntRange(2, 5).Draw(t, "options")
		r := &Record{Measures: peaceAndWar[:1]}
		for o := range options {
			play := &Otherwise{}
			for i := range rows {
				x := float64(rapid.IntRange(0, 4).Draw(t, "x")) * 0.6 * m.Matters
				play.Rows = append(play.Rows, OtherAs{5, float64(i + 1), []OtherView{{AllSchools, []OtherNumber{{Measure: m.Name, Median: FloatOf(x)}}}}})
			}
			r.Results = append(r.Results, Result{Option: fmt.Sprint(o), Otherwise: play})
		}
		throughout := slices.ContainsFunc(r.Results, func(x Result) bool {
			for i := range rows {
				if !slices.Contains(r.firstAs(i, 0), x.Option) {
					return false
				}
			}
			return true
		})
		f := r.firm([]int{0})[0]
		if all := !slices.ContainsFunc(f.Rows, func(o Other) bool { return !o.Holds }); all != throughout {
			t.Errorf("all hold: %v, one option first throughout: %v", all, throughout)
		}
		if x := f.Turned; x != nil {
			if m.same(float64(x.As[0]), float64(x.As[1])) || m.same(float64(x.Then[0]), float64(x.Then[1])) || (x.As[0] > x.As[1]) == (x.Then[0] > x.Then[1]) {
				t.Errorf("no change of places: %+v", x)
			}
		}
	})
}
