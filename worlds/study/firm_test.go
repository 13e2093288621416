package study

import (
	"reflect"
	"testing"
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
	want := []Firmness{{"peace", []Other{{10, 1, true}, {5, 1. / 3, false}}}}
	if got := r.firm([]int{0, 1}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	r.Results[1].Otherwise = nil
	if got := r.firm([]int{0}); len(got) != 0 {
		t.Errorf("one option has no order: %+v", got)
	}
}
