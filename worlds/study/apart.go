package study

import (
	"fmt"
	"math"
	"slices"

	"casus/game/crisis"
)

// ReachedOption is one option, with a row of steps for each of the views.
type ReachedOption struct {
	Option string        `json:"option"`
	Title  string        `json:"title"`
	Views  []ReachedView `json:"views"`
}

// ReachedView are the steps of the crisis in the order of play, those too that
// are never come to.
type ReachedView struct {
	View  string         `json:"view"`
	Steps []crisis.Reach `json:"steps"`
	Given ReachedGiven   `json:"given"`
}

// ReachedGiven are the steps from the one on which a condition comes true, over as
// many years, given that it does: the condition of the first measure that has one.
type ReachedGiven struct {
	Measure string         `json:"measure"` // that tells how likely the condition is; empty: none has one
	Title   string         `json:"title"`
	Likely  float64        `json:"likely"`
	Steps   []crisis.Reach `json:"steps"`
}

// Apart says how two options differ in what is played: the moves that neither
// ever comes to, those that both come to as often with the same shares, and
// those that differ, in the order of play.
type Apart struct {
	A       string  `json:"a"`
	B       string  `json:"b"`
	Never   []Where `json:"never_reached"`
	Same    []Where `json:"same"`
	Differ  []Split `json:"differ"` // what is chosen differs
	Oftener []Where `json:"asked_differently"`
}

// Where is a step, of one actor or of chance.
type Where struct {
	Step  string `json:"step"`
	Title string `json:"title,omitempty"`
	Actor string `json:"actor,omitempty"`
}

// Split is a step at which two options differ, and the choice whose share
// differs most, in the view in which it does.
type Split struct {
	Where
	View   string  `json:"view"`
	Choice string  `json:"choice"`
	Title  string  `json:"choice_title"`
	A      float64 `json:"share_a"`
	B      float64 `json:"share_b"`
	AskedA float64 `json:"asked_a"`
	AskedB float64 `json:"asked_b"`
}

// otherOrder is the part of itself by which a number may move when it is summed
// in another order.
const otherOrder = 1e-9

// Between holds two options against each other. They must have been played by the
// same rules, as those of one case are.
func Between(x, y *ReachedOption) (Apart, error) {
	if !sameShape(x, y) {
		return Apart{}, fmt.Errorf("%s and %s were not played by the same rules", x.Option, y.Option)
	}
	out := Apart{A: x.Option, B: y.Option, Never: []Where{}, Same: []Where{}, Differ: []Split{}, Oftener: []Where{}}
	for i := range x.Views[0].Steps {
		out.step(x, y, i)
	}
	return out, nil
}

// sameShape reports whether two options have the same steps and choices under
// every view, which those of one case have.
func sameShape(x, y *ReachedOption) bool {
	if len(x.Views) == 0 {
		return false
	}
	steps := x.Views[0].Steps
	alike := func(s, t crisis.Reach) bool { return len(s.Choices) == len(t.Choices) }
	as := func(v ReachedView) bool { return slices.EqualFunc(v.Steps, steps, alike) }
	return len(x.Views) == len(y.Views) && !slices.ContainsFunc(slices.Concat(x.Views, y.Views), func(v ReachedView) bool { return !as(v) })
}

// step files one step where it belongs.
func (p *Apart) step(x, y *ReachedOption, i int) {
	s := x.Views[0].Steps[i]
	at := Where{s.Step, s.Title, s.Actor}
	never, asked := true, true
	split := Split{Where: at}
	for v := range x.Views {
		a, b := x.Views[v].Steps[i], y.Views[v].Steps[i]
		never = never && a.Asked == 0 && b.Asked == 0
		asked = asked && alikeTo(a.Asked, b.Asked)
		split.widen(x.Views[v].View, a, b)
	}
	switch {
	case never:
		p.Never = append(p.Never, at)
	case split.View != "":
		p.Differ = append(p.Differ, split)
	case asked:
		p.Same = append(p.Same, at)
	default:
		p.Oftener = append(p.Oftener, at)
	}
}

// widen takes the choice whose share differs most in a view, if by more than in
// the views before; of equals the last, since the first is often to do nothing.
// Where a step is come to under one option alone no shares can be compared.
func (s *Split) widen(view string, a, b crisis.Reach) {
	if a.Asked == 0 || b.Asked == 0 {
		return
	}
	best, by := -1, 0.0
	for c := range a.Choices {
		x, y := a.Choices[c].P, b.Choices[c].P
		if d := math.Abs(x - y); !alikeTo(x, y) && d >= by*(1-otherOrder) {
			best, by = c, d
		}
	}
	if best >= 0 && by > math.Abs(s.A-s.B)*(1+otherOrder) {
		*s = Split{s.Where, view, a.Choices[best].Choice, a.Choices[best].Title, a.Choices[best].P, b.Choices[best].P, a.Asked, b.Asked}
	}
}

func alikeTo(x, y float64) bool { return math.Abs(x-y) <= otherOrder*max(math.Abs(x), math.Abs(y)) }

// Same reports whether two options are played alike in every view: each move is
// come to as often, with the same shares.
func (x *ReachedOption) Same(y *ReachedOption) bool {
	for v := range x.Views {
		for i, a := range x.Views[v].Steps {
			b := y.Views[v].Steps[i]
			if !alikeTo(a.Asked, b.Asked) {
				return false
			}
			for c := range a.Choices {
				if !alikeTo(a.Choices[c].P, b.Choices[c].P) {
					return false
				}
			}
		}
	}
	return true
}
