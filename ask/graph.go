package ask

import (
	"bytes"
	"context"

	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// ofStates loads a case whose graph is to have at most so many states.
func (n Named) ofStates(most int, to Told) (*model.Model, *model.Case, error) {
	if err := countOfStates(most); err != nil {
		return nil, nil, err
	}
	return n.Load(to)
}

// Graph asks how large the state graph of each option of a case is.
type Graph struct {
	Of        Named
	Options   []string // none: all
	MaxStates int      // refuse a graph of more states
}

// Answer builds each graph.
func (q Graph) Answer(ctx context.Context, to Told) (*inquiry.Sizes, error) {
	m, k, err := q.Of.ofStates(q.MaxStates, to)
	if err == nil {
		err = lexiconOf(m, k).options.lists(&q.Options)
	}
	if err != nil {
		return nil, err
	}
	return inquiry.SizesOf(ctx, m, k, q.Options, q.MaxStates)
}

// Reach asks how often each move of a case is come to, and what is chosen there.
type Reach struct {
	Of             Named
	Options, Views []string // none: all
	MaxStates      int
}

// Answer plays each option in the central world of each view.
func (q Reach) Answer(ctx context.Context, to Told) (*inquiry.Reached, error) {
	m, k, err := q.Of.ofStates(q.MaxStates, to)
	if err == nil {
		err = lexiconOf(m, k).packages(&q.Options, &q.Views)
	}
	if err != nil {
		return nil, err
	}
	return inquiry.Reach(ctx, m, k, q.Options, q.Views, q.MaxStates)
}

// Walk opens one play of an option, choice by choice, in the central world of a
// view.
type Walk struct {
	Of             Named
	At             []string // the choices taken, in order; the first may be "start"
	Options, Views []string // one of each; none where there is but one
	MaxStates      int
}

// Answer plays the option, and follows the choices.
func (q Walk) Answer(ctx context.Context, to Told) (*inquiry.Walked, error) {
	m, k, err := q.Of.ofStates(q.MaxStates, to)
	if err == nil {
		err = lexiconOf(m, k).packages(&q.Options, &q.Views)
	}
	if err != nil {
		return nil, err
	}
	choices := q.At
	if len(choices) > 0 && choices[0] == "start" {
		choices = choices[1:]
	}
	return inquiry.Walk(ctx, m, k, q.Options, q.Views, choices, q.MaxStates)
}

// Ladder asks how often each step of escalation is taken, year by year.
type Ladder struct{ Worlds }

// Answer solves each option in worlds of each view.
func (q Ladder) Answer(ctx context.Context, to Told) (*inquiry.Ladder, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	m, k, err := q.Of.ofStates(q.Plan.MaxStates, to)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	if err := q.named(lexiconOf(m, k)); err != nil {
		return nil, err
	}
	q.fewer()
	if err := extentOf(m, k, 1, 1).laddered(k).afford(to, q.Memory, q.Plan.Worlds); err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Ladder, error) { return inquiry.ClimbLadder(ctx, m, k, q.Plan) })
}

// EFG asks for the game of an option in the central world of a view, as Gambit and
// the programs around it read games.
type EFG struct {
	Of             Named
	Options, Views []string // one of each; none where there is but one
	MaxStates      int
}

// Answer is the text of the file.
func (q EFG) Answer(ctx context.Context, to Told) ([]byte, error) {
	m, k, err := q.Of.ofStates(q.MaxStates, to)
	if err == nil {
		err = lexiconOf(m, k).packages(&q.Options, &q.Views)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = inquiry.WriteEFG(ctx, &b, m, k, q.Options, q.Views, q.MaxStates)
	return b.Bytes(), err
}
