package inquiry

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Walked is one play of an option in the central world of a view, opened choice
// by choice.
type Walked struct {
	finding.Head
	Option string       `json:"option"`
	Title  string       `json:"title"`
	View   string       `json:"view"`
	Walk   *crisis.Walk `json:"walk"`
}

// Walk opens one play as far as the choices say. One option and one view are
// named, or there is but one.
func Walk(ctx context.Context, m *model.Model, k *model.Case, options, views, choices []string, most int) (*Walked, error) {
	o, v, play, err := played(ctx, m, k, options, views, most)
	if err != nil {
		return nil, err
	}
	walk, err := play.Walk(choices)
	if err != nil {
		return nil, err
	}
	head := study.HeadOf("walk", m, k, []*model.Option{o}, []*model.View{v}, draw.Design{})
	return &Walked{head, o.Name, o.Title, v.Name, walk}, nil
}

// WriteEFG writes the game of one option in the central world of one view as Gambit
// reads it. A case that goes on beyond its years has no such file.
func WriteEFG(ctx context.Context, w io.Writer, m *model.Model, k *model.Case, options, views []string, most int) error {
	o, v, play, err := played(ctx, m, k, options, views, most)
	if err != nil {
		return err
	}
	if err := play.WriteEFG(w, fmt.Sprintf("%s: %s, %s", k.Title, o.Title, cmp.Or(v.Title, v.Name))); err != nil {
		return fmt.Errorf("option %s: %w", o.Name, err)
	}
	return nil
}

// played is the one option and the one view that were named, or there are, and the
// play of the option in the central world of the view.
func played(ctx context.Context, m *model.Model, k *model.Case, options, views []string, most int) (*model.Option, *model.View, *crisis.Play, error) {
	if k.Crisis == nil {
		return nil, nil, nil, study.NoCrisis(k)
	}
	os, err := study.Pick("option", options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, nil, nil, err
	}
	vs, err := schools(k, views)
	if err != nil {
		return nil, nil, nil, err
	}
	if len(os) > 1 || len(vs) > 1 {
		return nil, nil, nil, source.Misused("one play is of one option and one view: name them with --option and --view")
	}
	s, err := solverOf(ctx, m, k, os[0], most)
	if err != nil {
		return nil, nil, nil, err
	}
	play, err := central(ctx, s, vs[0])
	if err != nil {
		return nil, nil, nil, fmt.Errorf("option %s: %w", os[0].Name, err)
	}
	return os[0], vs[0], play, nil
}
