package study_test

import (
	"math"
	"testing"

	"casus/worlds/draw"
	"casus/worlds/study"
)

// What stands under "otherwise" is what a run with that horizon gives in the
// same worlds; the row of the horizon that was run, what this run gives.
func TestOtherwiseIsAnotherRun(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 40})
	for i, x := range r.Results {
		for _, row := range x.Otherwise.Rows {
			if row.Times != 1 {
				continue
			}
			other := run(t, m, study.Plan{Worlds: 40, Horizon: row.Years})
			for _, view := range row.Views {
				if view.View == study.AllSchools {
					continue
				}
				all := values(t, other, x.Option, view.View)
				for _, number := range view.Measures {
					want := draw.Summarise(all[r.MeasureAt(number.Measure)][:x.Otherwise.Worlds]).Median
					if got := number.Median; got == nil != math.IsNaN(want) || got != nil && math.Abs(float64(*got)-want) > 1e-9 {
						t.Errorf("%s of %s under %s with %d years: %v, a run of its own has %v", number.Measure, r.Results[i].Option, view.View, row.Years, got, want)
					}
				}
			}
		}
	}
}

// All schools together lie between the schools, and a union is none of them.
func TestOtherwiseTogether(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 8})
	for _, x := range r.Results {
		for _, row := range x.Otherwise.Rows {
			if n := len(row.Views); n != 3 || row.Views[n-1].View != study.AllSchools {
				t.Fatalf("views %v, want the two schools and then all of them", row.Views)
			}
			for k, all := range row.Views[2].Measures {
				a, b := row.Views[0].Measures[k].Mean, row.Views[1].Measures[k].Mean
				if all.Mean != nil && (*all.Mean < min(*a, *b)-1e-12 || *all.Mean > max(*a, *b)+1e-12) {
					t.Errorf("%s of %s: mean %v of all schools lies outside those of the schools, %v and %v", all.Measure, x.Option, *all.Mean, *a, *b)
				}
			}
		}
	}
}
