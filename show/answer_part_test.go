package show

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"casus/worlds/study"
)

// Schools part only where two of them have no first, or tied, in common; an option is
// named with all the schools that have it first, and two that share one are named
// together.
func TestPartingIsNoTie(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := study.HeldBy{}
		for _, v := range []string{"hawk", "dove", "owl", "kite"}[:rapid.IntRange(2, 4).Draw(rt, "schools")] {
			best := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 3, rapid.ID).Draw(rt, v)
			h.Views = append(h.Views, study.SchoolLead{View: v, Best: best})
		}
		named := cover(h.Views)
		for _, f := range named {
			for _, o := range f.options {
				for _, v := range h.Views {
					if slices.Contains(v.Best, o) != slices.Contains(f.views, v.View) {
						rt.Fatalf("%s for %v, of %v", o, f.views, h.Views)
					}
				}
			}
		}
		apart := false
		for i, v := range h.Views {
			for _, w := range h.Views[:i+1] {
				together := slices.ContainsFunc(named, func(f firsts) bool {
					return slices.Contains(f.views, v.View) && slices.Contains(f.views, w.View)
				})
				common := slices.ContainsFunc(v.Best, func(o string) bool { return slices.Contains(w.Best, o) })
				if together != common {
					rt.Fatalf("%s and %s together: %v, of %v", v.View, w.View, named, h.Views)
				}
				apart = apart || !common && len(v.Best) > 0 && len(w.Best) > 0
			}
		}
		var each []string
		for _, f := range oneEach(h.Views) {
			for _, v := range f.views {
				each = append(each, v)
				if !slices.Contains(having(h.Views, f.options[0]), v) {
					rt.Fatalf("%s is not first for %s, of %v", f.options[0], v, h.Views)
				}
			}
		}
		if len(each) != len(slices.DeleteFunc(slices.Clone(h.Views), func(v study.SchoolLead) bool { return len(v.Best) == 0 })) {
			rt.Fatalf("one each: %v, of %v", each, h.Views)
		}
		if schoolsPart(h) != apart {
			rt.Fatalf("part: %v, of %v", !apart, h.Views)
		}
		if one := loner(h); one != "" && !apart {
			rt.Fatalf("%s alone, of %v", one, h.Views)
		}
	})
}

// In short each school is named once, with an option that the most of them share.
func TestOneEach(t *testing.T) {
	lead := func(view string, best ...string) study.SchoolLead {
		return study.SchoolLead{View: view, Best: best}
	}
	named := oneEach([]study.SchoolLead{
		lead("entrapment", "monitors", "neutral", "ceasefire"),
		lead("abandonment", "neutral", "korea", "monitors"),
		lead("deterrence", "membership", "korea"),
		lead("none"),
	})
	if got, want := fmt.Sprint(named), "[{[monitors] [entrapment abandonment]} {[membership] [deterrence]}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
