package model_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
)

// A place overlaps an area when some place that lies in it lies in the area: held
// against that sentence for every two shipped places, on days of many maps.
func TestOverlapsIsItsDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems := catalog.Instruments()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	names := m.AreaNames()
	for _, s := range []string{"1880-01-01", "1938-06-01", "1956-11-01", "2026-02-01"} {
		day, err := data.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range names {
			var parts []string
			for _, x := range names {
				if x != place && m.Within(x, place, day) {
					parts = append(parts, x)
				}
			}
			for _, area := range names {
				want := false
				for _, x := range parts {
					want = want || m.Within(x, area, day)
				}
				if got := m.Overlaps(place, area, day); got != want {
					t.Errorf("%s: %s overlaps %s: %v, by the definition %v", s, place, area, got, want)
				}
			}
		}
	}
}
