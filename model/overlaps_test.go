package model_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
)

// A place overlaps an area when some place that lies in it lies in the area: held
// against that sentence for every two shipped places, on days of two maps.
func TestOverlapsIsItsDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems := catalog.Instruments()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	names := m.AreaNames()
	for _, s := range []string{"1938-06-01", "2026-02-01"} {
		day, err := data.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		within := map[string][]string{} // the areas in which a place lies
		parts := map[string][]string{}
		for _, x := range names {
			for _, area := range names {
				if m.Within(x, area, day) {
					within[x] = append(within[x], area)
					if x != area {
						parts[area] = append(parts[area], x)
					}
				}
			}
		}
		for _, place := range names {
			holds := map[string]bool{}
			for _, x := range parts[place] {
				for _, area := range within[x] {
					holds[area] = true
				}
			}
			for _, area := range names {
				want := holds[area]
				if got := m.Overlaps(place, area, day); got != want {
					t.Errorf("%s: %s overlaps %s: %v, by the definition %v", s, place, area, got, want)
				}
			}
		}
	}
}
