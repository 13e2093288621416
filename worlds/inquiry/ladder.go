package inquiry

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Ladder is how often each step of escalation is taken, year by year, by option and
// view over worlds.
type Ladder struct {
	finding.Head
	Years   int              `json:"years"`
	GoesOn  bool             `json:"goes_on"` // false: the game ends with its years, and each number of years is a game of its own
	Rungs   []LadderRung     `json:"rungs"`   // in the order of play
	Options []LadderedOption `json:"options"`
}

// LadderRung is one step of escalation. Of one that stays the share is that of plays
// in which it has come about by the end of the year, of others that of plays in which
// it comes about in the year. Where the game does not go on, all are counted from the
// start to the end of the year.
type LadderRung struct {
	Rung  string `json:"rung"`
	Title string `json:"title"`
	Step  string `json:"step"` // at which it first can come about
	Stays bool   `json:"stays"`
}

// LadderedOption are the rungs under one option.
type LadderedOption struct {
	Option string         `json:"option"`
	Title  string         `json:"title"`
	Views  []LadderedView `json:"views"`
}

// LadderedView has for each rung a share for each year.
type LadderedView struct {
	View  string          `json:"view"`
	Rungs [][]LadderShare `json:"rungs"`
}

// LadderShare is a share of plays over the worlds of a view: 0 to 1, but for what can
// come about more than once in a year. Null: it is known in no world; P05 and P95 in
// one world alone, too.
type LadderShare struct {
	Mean   *study.Float `json:"mean"`
	Median *study.Float `json:"median"`
	P05    *study.Float `json:"p05"`
	P95    *study.Float `json:"p95"`
}

// LadderWorlds are the worlds of each view where nothing is said of them.
const LadderWorlds = 128

// ClimbLadder solves each option in worlds of each view. Its errors are the author's,
// or of a plan that does not fit the case.
func ClimbLadder(ctx context.Context, m *model.Model, k *model.Case, p study.Plan) (*Ladder, error) {
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	options, err := study.Pick("option", p.Options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	views, err := study.Pick("view", p.Views, k.Views, func(v *model.View) string { return v.Name })
	if err != nil {
		return nil, err
	}
	p.Baseline = ""
	c, design, err := p.Settle(m, k)
	if err != nil {
		return nil, err
	}
	l := &ladder{ctx: ctx, m: m, plan: p, views: views, design: design}
	l.out = &Ladder{Head: study.HeadOf("ladder", m, c, options, views, design), Years: c.Horizon, GoesOn: c.Crisis.Discount != nil, Rungs: []LadderRung{}, Options: []LadderedOption{}}
	if l.c, err = l.rungs(c); err != nil {
		return nil, err
	}
	for _, o := range options {
		if err := l.option(o); err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
	}
	return l.out, nil
}

// ladder is a Ladder on its way.
type ladder struct {
	ctx    context.Context
	m      *model.Model
	c      *model.Case // with the rungs in the place of its measures
	plan   study.Plan
	views  []*model.View
	design draw.Design
	out    *Ladder
}

// rungs is the case whose measures are the rungs.
func (l *ladder) rungs(k *model.Case) (*model.Case, error) {
	c, cr := *k, *k.Crisis
	c.Crisis, cr.Measures = &cr, nil
	for _, r := range crisis.Rungs(k.Crisis) {
		ms, err := r.Measure()
		if err != nil {
			return nil, err
		}
		cr.Measures = append(cr.Measures, ms)
		l.out.Rungs = append(l.out.Rungs, LadderRung{r.Fact.Name, l.m.Cast(k, r.Fact.Title), r.Step, r.Stays})
	}
	if len(cr.Measures) == 0 {
		return nil, source.Lacking("case %s has no step of escalation: no choice of its crisis sets a fact that has a title", k.Name)
	}
	return &c, nil
}

func (l *ladder) option(o *model.Option) error {
	s, err := crisis.Compile(l.ctx, l.m, l.c, o, l.plan.MaxStates)
	if err != nil {
		return err
	}
	years, all := make([]int, l.out.Years), make([]int, len(l.out.Rungs))
	for i := range years {
		years[i] = i + 1
	}
	for i := range all {
		all[i] = i
	}
	ahead, err := s.Ahead(l.ctx, years, all, l.plan.MaxStates)
	if err != nil {
		return err
	}
	inputs := s.Graph.Game.Inputs
	s.Graph.Forget()
	out := LadderedOption{Option: o.Name, Title: o.Title}
	for _, v := range l.views {
		x, err := l.view(ahead, inputs, v)
		if err != nil {
			return fmt.Errorf("view %s: %w", v.Name, err)
		}
		out.Views = append(out.Views, LadderedView{v.Name, x})
	}
	l.out.Options = append(l.out.Options, out)
	return nil
}

// view solves the worlds of a view, block by block.
func (l *ladder) view(ahead *crisis.Ahead, inputs []*model.Assumption, v *model.View) ([][]LadderShare, error) {
	draws, err := study.DrawsUntil(l.ctx, inputs, v, l.design)
	if err != nil {
		return nil, err
	}
	n := l.design.N
	values := make([][][]float64, l.out.Years) // by year and rung, in each world
	for y := range values {
		values[y] = make([][]float64, len(l.out.Rungs))
		for r := range values[y] {
			values[y][r] = make([]float64, n)
		}
	}
	err = study.Each(l.ctx, (n+study.Block-1)/study.Block, l.plan.Workers, nil, func(i int) error {
		from, to := i*study.Block, min((i+1)*study.Block, n)
		some, err := ahead.Solve(study.Cut(draws, from, to), to-from, 1)
		if err != nil {
			return err
		}
		for y := range some {
			for r := range some[y] {
				copy(values[y][r][from:to], some[y][r])
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l.shares(values), nil
}

// shares sums the worlds up, by rung and year.
func (l *ladder) shares(values [][][]float64) [][]LadderShare {
	out := make([][]LadderShare, len(l.out.Rungs))
	for r, rung := range l.out.Rungs {
		for y := range values {
			xs := slices.Clone(values[y][r])
			if !rung.Stays && l.out.GoesOn && y > 0 {
				for w := range xs {
					xs[w] = math.Max(xs[w]-values[y-1][r][w], 0) // below 0 by rounding alone
				}
			}
			s := draw.Summarise(xs)
			out[r] = append(out[r], LadderShare{study.FloatOf(s.Mean), study.FloatOf(s.Median), study.FloatOf(s.P05), study.FloatOf(s.P95)})
		}
	}
	return out
}

// Most is the highest median of a rung in any year under any view.
func (o LadderedOption) Most(rung int) float64 {
	most := 0.
	for _, v := range o.Views {
		for _, s := range v.Rungs[rung] {
			if s.Median != nil {
				most = max(most, float64(*s.Median))
			}
		}
	}
	return most
}

// Always reports whether a rung has come about in every play from the first year on.
func (o LadderedOption) Always(rung int) bool {
	for _, v := range o.Views {
		for _, s := range v.Rungs[rung] {
			if least := cmp.Or(s.P05, s.Median); least == nil || *least != 1 {
				return false
			}
		}
	}
	return true
}
