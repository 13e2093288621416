package study

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"casus/game/crisis"
	"casus/model"
	"casus/worlds/draw"
)

// Solver answers for one option of a case in worlds of the caller's making. It
// does not change after NewSolver and is safe for concurrent use.
type Solver struct {
	Option   *model.Option
	Inputs   []*model.Assumption // one column for each, in this order
	Measures []model.Measure     // one column of answers for each
	solver   *crisis.Solver
}

// NewSolver grounds, builds and lowers a case under an option. Most bounds the
// states of its graph; 0 is crisis.MaxStates. Its errors are the author's, or
// that of the context.
func NewSolver(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*Solver, error) {
	if k.Crisis == nil {
		return nil, NoCrisis(k)
	}
	g, err := crisis.Ground(m, k, o)
	if err != nil {
		return nil, fmt.Errorf("option %s: %w", o.Name, err)
	}
	gr, err := crisis.Build(ctx, g, most)
	if err != nil {
		return nil, fmt.Errorf("option %s: %w", o.Name, err)
	}
	s := &Solver{Option: o, Inputs: g.Inputs, Measures: k.Crisis.Measures, solver: crisis.Lower(gr)}
	gr.Forget()
	return s, nil
}

// Solve gives every measure in every world: in holds a column of worlds for
// each of Inputs, the answer one for each of Measures. A measure that is not
// defined in a world is NaN there. The bytes do not depend on workers (0: one
// for each processor).
func (s *Solver) Solve(ctx context.Context, in [][]float64, workers int) ([][]float64, error) {
	n := worlds(in)
	out := make([][]float64, len(s.Measures))
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out, s.each(ctx, n, workers, func(scratch *crisis.Scratch, from, to int) error {
		return s.solver.Solve(scratch, Cut(in, from, to), Cut(out, from, to))
	})
}

// Reads tells for each of Inputs whether any measure depends on it.
func (s *Solver) Reads() []bool { return s.solver.Reads(len(s.Inputs)) }

// Gradient gives the derivative of one measure by each input in every world, a
// column for each of Inputs.
func (s *Solver) Gradient(ctx context.Context, in [][]float64, measure, workers int) ([][]float64, error) {
	n := worlds(in)
	grad := make([][]float64, len(in))
	for i := range grad {
		grad[i] = make([]float64, n)
	}
	out := make([][]float64, len(s.Measures))
	for i := range out {
		out[i] = make([]float64, n)
	}
	return grad, s.each(ctx, n, workers, func(scratch *crisis.Scratch, from, to int) error {
		s.solver.Gradient(scratch, Cut(in, from, to), Cut(out, from, to), measure, Cut(grad, from, to))
		return nil
	})
}

func worlds(in [][]float64) int {
	if len(in) == 0 {
		return 1
	}
	return len(in[0])
}

// each runs every block of worlds once, on so many workers.
func (s *Solver) each(ctx context.Context, n, workers int, do func(scratch *crisis.Scratch, from, to int) error) error {
	pool := sync.Pool{New: func() any { return s.solver.NewScratch() }}
	return Each(ctx, (n+Block-1)/Block, workers, nil, func(i int) error {
		from := i * Block
		scratch := pool.Get().(*crisis.Scratch)
		defer pool.Put(scratch)
		if err := do(scratch, from, min(from+Block, n)); err != nil {
			var e *crisis.Strayed
			if errors.As(err, &e) {
				e.World += from
				return e
			}
			return fmt.Errorf("option %s, from world %d: %w", s.Option.Name, from, err)
		}
		return nil
	})
}

// Quantiles are the quantile functions of assumptions under a view, from (0, 1)
// to the value.
func Quantiles(as []*model.Assumption, v *model.View) ([]func(float64) float64, error) {
	out := make([]func(float64) float64, len(as))
	for i, a := range as {
		dist, err := DistOf(a, v)
		if err != nil {
			return nil, fmt.Errorf("assumption %s, view %s: %w", a.Name, v.Name, err)
		}
		out[i] = draw.Tabulate(dist).Quantile
	}
	return out, nil
}
