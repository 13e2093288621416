package show

import (
	"math"
	"slices"
	"testing"

	"casus/finding"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

func TestPickedBy(t *testing.T) {
	every := inquiry.RobustView{View: "hawk", Picked: []inquiry.PickedBy{{Option: "a", Criteria: []string{"x", "y"}}}, Every: []string{"a"}}
	same, tied, split := every, every, every
	same.View, tied.View, split.View = "dove", "owl", "wren"
	tied.Every = []string{"a", "b"}
	split.Every, split.Picked = nil, []inquiry.PickedBy{{Option: "a", Criteria: []string{"x"}}, {Option: "b", Criteria: []string{"y"}}}
	for _, c := range []struct {
		views []inquiry.RobustView
		want  []string
	}{
		{[]inquiry.RobustView{every, same}, []string{"every view has a first by every criterion"}},
		{[]inquiry.RobustView{every, tied}, []string{"hawk has a first by every criterion", "owl has a and a plan first, or tied for it, by every criterion"}},
		{[]inquiry.RobustView{every, same, tied}, []string{"hawk and dove have a first by every criterion", "owl has a and a plan first, or tied for it, by every criterion"}},
		{[]inquiry.RobustView{split}, []string{"wren has a and a plan first by 1 criterion"}},
		{[]inquiry.RobustView{{View: "mute"}}, nil},
	} {
		if got := pickedBy(c.views, labelled([]finding.Option{{Name: "b", Label: "a plan"}})); !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestFlipLead(t *testing.T) {
	f := &flips{r: &inquiry.Flips{A: inquiry.FlipOption{Name: "a"}, B: inquiry.FlipOption{Name: "b"}, Measure: study.Measure{Better: "lower", Matters: 0.5}}}
	centre := func(a, b float64) inquiry.FlipView {
		return inquiry.FlipView{View: "hawk", Centre: inquiry.FlipCentre{A: decision.Number(a), B: decision.Number(b), Difference: decision.Number(a - b)}}
	}
	turned := centre(1, 2)
	turned.Singles = []inquiry.FlipSingle{{Title: "what a word costs", Centre: &decision.Flip{Found: true}}}
	for _, c := range []struct {
		v    inquiry.FlipView
		want string
	}{
		{centre(1, 2), "a does better than b in the central world; no assumption alone turns that round."},
		{centre(2, 1), "b does better than a in the central world; no assumption alone turns that round."},
		{centre(1, 1.4), "the two differ by less than matters in the central world."},
		{centre(1, 1), "the two are level in the central world."},
		{centre(math.NaN(), 1), "the two cannot be compared in the central world."},
		{turned, "a does better than b in the central world; nearest to turning it round: “what a word costs”."},
	} {
		if got := f.lead(c.v); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
