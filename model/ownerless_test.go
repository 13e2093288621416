package model_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
)

// Nobody is known to own a place whose state is none yet, or none any more, unless a
// line says where it lay then.
func TestOwnerless(t *testing.T) {
	m, problems := catalog.Instruments(source.New("places.casus", []byte(`
place karlshorst "Karlshorst" in DDR
place pankow "Pankow" {
  in DDR until 1990-10-03
  in DEU from 1990-10-03
}
`)))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		place, date string
		want        bool
	}{
		{"karlshorst", "1949-01-01", true},
		{"karlshorst", "1980-01-01", false},
		{"karlshorst", "2026-01-01", true},
		{"pankow", "1980-01-01", false},
		{"pankow", "2026-01-01", false},
		{"tokyo", "2026-01-01", false},
	} {
		day, err := data.ParseDay(c.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Ownerless(c.place, day); got != c.want {
			t.Errorf("%s on %s: ownerless %v", c.place, c.date, got)
		}
	}
}
