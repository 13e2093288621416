package study

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Schools part only where two of them have no first, or tied, in common; an option is
// named with all the schools that have it first, and two that share one are named
// together.
func TestPartingIsNoTie(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := HeldBy{}
		for _, v := range []string{"hawk", "dove", "owl", "kite"}[:rapid.IntRange(2, 4).Draw(rt, "schools")] {
			best := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 3, rapid.ID).Draw(rt, v)
			h.Views = append(h.Views, SchoolLead{View: v, Best: best})
		}
		named := h.Cover()
		for _, f := range named {
			for _, o := range f.Options {
				for _, v := range h.Views {
					if slices.Contains(v.Best, o) != slices.Contains(f.Views, v.View) {
						rt.Fatalf("%s for %v, of %v", o, f.Views, h.Views)
					}
				}
			}
		}
		apart := false
		for i, v := range h.Views {
			for _, w := range h.Views[:i+1] {
				together := slices.ContainsFunc(named, func(f Firsts) bool {
					return slices.Contains(f.Views, v.View) && slices.Contains(f.Views, w.View)
				})
				common := slices.ContainsFunc(v.Best, func(o string) bool { return slices.Contains(w.Best, o) })
				if together != common {
					rt.Fatalf("%s and %s together: %v, of %v", v.View, w.View, named, h.Views)
				}
				apart = apart || !common && len(v.Best) > 0 && len(w.Best) > 0
			}
		}
		var each []string
		for _, f := range h.OneEach() {
			for _, v := range f.Views {
				each = append(each, v)
				if !slices.Contains(having(h.Views, f.Options[0]), v) {
					rt.Fatalf("%s is not first for %s, of %v", f.Options[0], v, h.Views)
				}
			}
		}
		if len(each) != len(slices.DeleteFunc(slices.Clone(h.Views), func(v SchoolLead) bool { return len(v.Best) == 0 })) {
			rt.Fatalf("one each: %v, of %v", each, h.Views)
		}
		if h.Part() != apart {
			rt.Fatalf("part: %v, of %v", !apart, h.Views)
		}
		if one := h.Loner(); one != "" && !apart {
			rt.Fatalf("%s alone, of %v", one, h.Views)
		}
	})
}

// In short each school is named once, with an option that the most of them share.
func TestOneEach(t *testing.T) {
	of := func(view string, best ...string) SchoolLead {
		return SchoolLead{View: view, Best: best}
	}
	h := HeldBy{Views: []SchoolLead{
		of("entrapment", "monitors", "neutral", "ceasefire"),
		of("abandonment", "neutral", "korea", "monitors"),
		of("deterrence", "membership", "korea"),
		of("none"),
	}}
	named := h.OneEach()
	if got, want := fmt.Sprint(named), "[{[monitors] [entrapment abandonment]} {[membership] [deterrence]}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The amounts of options are those of the schools that have them first, and of no other.
func TestAmountsOfWhatSchoolsPutFirst(t *testing.T) {
	f := func(x Float) *Float { return &x }
	h := HeldBy{Measure: "peace", Views: []SchoolLead{
		{View: "hawk", Best: []string{"a", "b"}, Values: []*Float{f(4.8), f(4.7)}},
		{View: "dove", Best: []string{"b"}, Values: []*Float{f(4.1)}},
		{View: "owl", Best: []string{"c"}, Values: []*Float{nil}},
	}}
	for _, c := range []struct {
		of        Firsts
		low, high float64
	}{
		{Firsts{Options: []string{"a"}, Views: []string{"hawk"}}, 4.8, 4.8},
		{Firsts{Options: []string{"b"}, Views: []string{"hawk", "dove"}}, 4.1, 4.7},
		{Firsts{Options: []string{"a", "b"}, Views: []string{"hawk"}}, 4.7, 4.8},
	} {
		low, high := h.Amounts(c.of)
		if low == nil || high == nil || float64(*low) != c.low || float64(*high) != c.high {
			t.Errorf("%v: %v to %v", c.of, low, high)
		}
	}
	if low, high := h.Amounts(Firsts{Options: []string{"c"}, Views: []string{"owl"}}); low != nil || high != nil {
		t.Errorf("nothing known: %v to %v", low, high)
	}
}
