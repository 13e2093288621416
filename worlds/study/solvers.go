package study

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"casus/model"
)

// mostSolvers bounds the solvers that are kept: each holds the graph of an option.
const mostSolvers = 16

// Solvers keep the solvers made last, each by the files that its case was made of,
// so that a number of a case can be moved many times a second. The zero value is
// empty; it is safe for concurrent use, and makings wait for each other. Nil keeps
// nothing.
type Solvers struct {
	mu   sync.Mutex
	held []keptSolver // the one used last comes last
}

type keptSolver struct {
	of string
	s  *Solver
}

// Of is NewSolver, or what it gave before.
func (x *Solvers) Of(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*Solver, error) {
	if x == nil {
		return newTold(ctx, m, k, o, most)
	}
	of := fmt.Sprint(m.Digests(), k.Name, k.Date, k.Horizon, o.Name, most)
	x.mu.Lock()
	defer x.mu.Unlock()
	if i := slices.IndexFunc(x.held, func(h keptSolver) bool { return h.of == of }); i >= 0 {
		h := x.held[i]
		x.held = append(slices.Delete(x.held, i, i+1), h)
		return h.s, nil
	}
	s, err := newTold(ctx, m, k, o, most)
	if err != nil {
		return nil, err
	}
	if x.held = append(x.held, keptSolver{of, s}); len(x.held) > mostSolvers {
		x.held = slices.Delete(x.held, 0, 1)
	}
	return s, nil
}

// newTold is NewSolver for a case of which it is told which measures no play comes to.
func newTold(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*Solver, error) {
	if k.Crisis == nil {
		return nil, NoCrisis(k)
	}
	told, err := Told(m, k)
	if err != nil {
		return nil, err
	}
	return NewSolver(ctx, m, told, o, most)
}
