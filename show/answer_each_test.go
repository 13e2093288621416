package show

import (
	"testing"

	"casus/worlds/study"
)

// Schools that have an option in common, first or tied, are given the same name.
func TestOneEach(t *testing.T) {
	lead := func(view string, best ...string) study.SchoolLead {
		return study.SchoolLead{View: view, Best: best}
	}
	h := study.HeldBy{Views: []study.SchoolLead{
		lead("entrapment", "monitors", "neutral", "ceasefire"),
		lead("abandonment", "neutral", "korea", "monitors"),
		lead("deterrence", "membership", "korea"),
		lead("none"),
	}}
	named := oneEach(h)
	for view, want := range map[string]string{"entrapment": "monitors", "abandonment": "monitors", "deterrence": "membership", "none": ""} {
		if named[view] != want {
			t.Errorf("%s: %q, want %q", view, named[view], want)
		}
	}
}
