package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
)

// Reached is how often each move of a case is come to within the years shown
// and what is chosen there, by option and view, in the central world of each
// view: every assumption at its median.
type Reached struct {
	finding.Head
	Views   []string        `json:"views"`
	LeftOut []string        `json:"left_out_views"` // unions: a mixture has no central world
	Options []ReachedOption `json:"options"`
	Alike   [][]string      `json:"alike"` // options that are the same in every row; each option once, in the order of the case
}

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
}

// Reach plays every option asked for in the central world of each view asked
// for; no names are all. Most bounds the states of a graph; 0 is
// crisis.MaxStates.
func Reach(ctx context.Context, m *model.Model, k *model.Case, options, views []string, most int) (*Reached, error) {
	if k.Crisis == nil {
		return nil, fmt.Errorf("case %s has no crisis, so no move is ever come to", k.Name)
	}
	os, err := pick("option", options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	vs, err := schools(k, views)
	if err != nil {
		return nil, err
	}
	out := &Reached{Head: headOf("reach", m, k, os, vs, draw.Design{}), Views: []string{}, LeftOut: unions(k, views)}
	for _, v := range vs {
		out.Views = append(out.Views, v.Name)
	}
	for _, o := range os {
		r, err := reachOf(ctx, m, k, o, vs, most)
		if err != nil {
			return nil, err
		}
		out.Options = append(out.Options, *r)
	}
	out.Alike = alike(out.Options)
	return out, nil
}

// schools are the views of a case that have a central world, those named or
// all. A union has none.
func schools(k *model.Case, names []string) ([]*model.View, error) {
	vs, err := pick("view", names, k.Views, func(v *model.View) string { return v.Name })
	if err != nil {
		return nil, err
	}
	var out []*model.View
	for _, v := range vs {
		switch {
		case len(v.Union) == 0:
			out = append(out, v)
		case len(names) > 0:
			return nil, source.Misused("view %s is a union, which has no central world (name one of %s)", v.Name, strings.Join(v.Union, ", "))
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("case %s has no view with a central world: all are unions", k.Name)
	}
	return out, nil
}

// unions are the views of a case that schools leaves out.
func unions(k *model.Case, names []string) []string {
	out := []string{}
	for _, v := range k.Views {
		if len(v.Union) > 0 && len(names) == 0 {
			out = append(out, v.Name)
		}
	}
	return out
}

func reachOf(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, views []*model.View, most int) (*ReachedOption, error) {
	g, err := crisis.Ground(m, k, o)
	if err != nil {
		return nil, fmt.Errorf("option %s: %w", o.Name, err)
	}
	gr, err := crisis.Build(ctx, g, most)
	if err != nil {
		return nil, err
	}
	out := &ReachedOption{Option: o.Name, Title: o.Title}
	s := crisis.Lower(gr)
	for _, v := range views {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		in, err := Medians(g.Inputs, v)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
		out.Views = append(out.Views, ReachedView{View: v.Name, Steps: s.Play(in).Reach()})
	}
	return out, nil
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

// Between holds two options against each other; both must be among those
// reached.
func (r *Reached) Between(a, b string) (Apart, error) {
	x, y := r.option(a), r.option(b)
	if x == nil || y == nil {
		return Apart{}, fmt.Errorf("%s and %s were not both played", a, b)
	}
	if !sameShape(x, y) {
		return Apart{}, fmt.Errorf("%s and %s were not played by the same rules", a, b)
	}
	out := Apart{A: a, B: b, Never: []Where{}, Same: []Where{}, Differ: []Split{}, Oftener: []Where{}}
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

func (r *Reached) option(name string) *ReachedOption {
	for i := range r.Options {
		if r.Options[i].Option == name {
			return &r.Options[i]
		}
	}
	return nil
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

// alike groups options that are the same in every row, in their order.
func alike(options []ReachedOption) [][]string {
	out := [][]string{}
	var first []*ReachedOption
	for i := range options {
		o := &options[i]
		at := slices.IndexFunc(first, func(x *ReachedOption) bool { return sameRows(x, o) })
		if at < 0 {
			first = append(first, o)
			out = append(out, nil)
			at = len(out) - 1
		}
		out[at] = append(out[at], o.Option)
	}
	return out
}

func sameRows(x, y *ReachedOption) bool {
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
