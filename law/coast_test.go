package law_test

import (
	"slices"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/law"
)

// Of a strait or a border sea it is not known whose a spot in it is: an attack there
// on the territory of a state on its coasts is never said to be impossible, nor is
// help against it flatly owed or not owed. Of a state without a coast there it is
// impossible.
func TestWatersAreInPartTheirCoastalStates(t *testing.T) {
	plain, _ := catalog.Instruments()
	m, problems := catalog.Instruments(source.New("land.casus", []byte(neighbours(plain))))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	waters, strangers := 0, 0
	for _, day := range []string{"1910-01-01", "1935-01-01", "1965-06-17", "2015-06-17"} {
		b := law.Compile(m, on(t, day), nil).Only("LAND")
		for name, a := range m.Areas {
			if len(a.Coast) == 0 {
				continue
			}
			waters++
			coasts := m.CoastStates(name, on(t, day))
			for _, state := range append(slices.Clone(coasts), "CHE", "PRY", "MNG") {
				if !b.Party(state, "LAND") {
					continue
				}
				ev := law.Event{Kind: "armed attack", On: state, By: "CHL", Object: "territory", Place: name}
				impossible := len(b.Impossible(ev)) > 0
				if own := slices.Contains(coasts, state); impossible == own {
					t.Errorf("%s on %s: territory of %s impossible = %v", name, day, state, impossible)
				} else if !own {
					strangers++
					continue
				}
				for _, ans := range b.Answers(ev, false) {
					if ans.Status != law.Depends && ans.Status != law.Contested {
						t.Errorf("%s on %s: of the territory of %s the answer is %s", name, day, state, ans.Status)
					}
				}
			}
		}
	}
	if waters == 0 || strangers == 0 {
		t.Error("no water was asked about, or no stranger")
	}
}
