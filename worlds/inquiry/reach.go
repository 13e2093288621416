package inquiry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Reached is how often each move of a case is come to within the years shown
// and what is chosen there, by option and view, in the central world of each
// view: every assumption at its median.
type Reached struct {
	finding.Head
	Views   []string              `json:"views"`
	LeftOut []string              `json:"left_out_views"` // unions: a mixture has no central world
	Options []study.ReachedOption `json:"options"`
	Alike   [][]string            `json:"alike"` // options that are the same in every row; each option once, in the order of the case
}

// Reach plays every option asked for in the central world of each view asked
// for; no names are all. Most bounds the states of a graph; 0 is
// crisis.MaxStates.
func Reach(ctx context.Context, m *model.Model, k *model.Case, options, views []string, most int) (*Reached, error) {
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	os, err := study.Pick("option", options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	vs, err := schools(k, views)
	if err != nil {
		return nil, err
	}
	out := &Reached{Head: study.HeadOf("reach", m, k, os, vs, draw.Design{}), Views: []string{}, LeftOut: unions(k, views)}
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
	vs, err := study.Pick("view", names, k.Views, func(v *model.View) string { return v.Name })
	if err != nil {
		return nil, err
	}
	var out []*model.View
	for _, v := range vs {
		switch {
		case len(v.Union) == 0:
			out = append(out, v)
		case len(names) > 0:
			return nil, source.Hint(source.Misused("view %s is a union, which has no central world", v.Name), "name one of "+strings.Join(v.Union, ", "))
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

func reachOf(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, views []*model.View, most int) (*study.ReachedOption, error) {
	s, err := solverOf(ctx, m, k, o, most)
	if err != nil {
		return nil, err
	}
	out := &study.ReachedOption{Option: o.Name, Title: o.Title}
	for _, v := range views {
		play, err := central(ctx, s, v)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
		given := study.ReachedGiven{}
		given.Steps, given.Likely, given.Measure = play.ReachGiven()
		if c := k.Crisis.Measure(given.Measure); c != nil {
			given.Title = m.Cast(k, c.Title)
		}
		out.Views = append(out.Views, study.ReachedView{View: v.Name, Steps: play.Reach(), Given: given})
	}
	return out, nil
}

func solverOf(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*crisis.Solver, error) {
	_, gr, err := graphOf(ctx, m, k, o, most)
	if err != nil {
		return nil, err
	}
	return crisis.Lower(gr), nil
}

// central plays the central world of a view, every assumption at its median.
func central(ctx context.Context, s *crisis.Solver, v *model.View) (*crisis.Play, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	in, err := study.Medians(s.Graph.Game.Inputs, v)
	if err != nil {
		return nil, err
	}
	return s.Play(in), nil
}

// Between holds two options against each other; both must be among those
// reached.
func (r *Reached) Between(a, b string) (study.Apart, error) {
	x, y := r.option(a), r.option(b)
	if x == nil || y == nil {
		return study.Apart{}, fmt.Errorf("%s and %s were not both played", a, b)
	}
	return study.Between(x, y)
}

func (r *Reached) option(name string) *study.ReachedOption {
	for i := range r.Options {
		if r.Options[i].Option == name {
			return &r.Options[i]
		}
	}
	return nil
}

// alike groups options that are the same in every row, in their order.
func alike(options []study.ReachedOption) [][]string {
	out := [][]string{}
	var first []*study.ReachedOption
	for i := range options {
		o := &options[i]
		at := slices.IndexFunc(first, func(x *study.ReachedOption) bool { return x.Same(o) })
		if at < 0 {
			first = append(first, o)
			out = append(out, nil)
			at = len(out) - 1
		}
		out[at] = append(out[at], o.Option)
	}
	return out
}
