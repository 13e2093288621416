package inquiry

import (
	"context"
	"fmt"

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
	if k.Crisis == nil {
		return nil, fmt.Errorf("case %s has no crisis, so nothing is played", k.Name)
	}
	os, err := study.Pick("option", options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	vs, err := schools(k, views)
	if err != nil {
		return nil, err
	}
	if len(os) > 1 || len(vs) > 1 {
		return nil, source.Misused("one play is of one option and one view: name them with --option and --view")
	}
	o, v := os[0], vs[0]
	s, err := solverOf(ctx, m, k, o, most)
	if err != nil {
		return nil, err
	}
	play, err := central(ctx, s, v)
	if err != nil {
		return nil, fmt.Errorf("option %s: %w", o.Name, err)
	}
	walk, err := play.Walk(choices)
	if err != nil {
		return nil, err
	}
	return &Walked{study.HeadOf("walk", m, k, os, vs, draw.Design{}), o.Name, o.Title, v.Name, walk}, nil
}
