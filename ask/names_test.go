package ask

import (
	"testing"

	"casus/catalog"
)

// The catalogue is made for the first list of names, and not again for the next.
func TestListsMakeTheCatalogueOnce(t *testing.T) {
	anew := testing.AllocsPerRun(1, func() { catalog.All() })
	for _, kind := range []string{"states", "places", "events", "cases", "options", "views"} {
		list := func() {
			if l, err := (Names{Kind: kind}).Answer(Told{}); err != nil || len(l.Rows) == 0 {
				t.Fatalf("%s: %v", kind, err)
			}
		}
		list()
		if n := testing.AllocsPerRun(2, list); n > anew/10 {
			t.Errorf("%s: %.0f allocations; making the catalogue takes %.0f", kind, n, anew)
		}
	}
}
