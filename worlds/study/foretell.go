package study

import (
	"context"
	"runtime"
	"time"

	"casus/game/crisis"
	"casus/worlds/draw"
)

// Foretell estimates how long a run will take on this machine, with what else the
// machine does now: it makes the game of the first option and solves one block of
// worlds of the first school, and takes the rest to go on like that. Options differ
// in size by a small factor, and so may the estimate be off. Of a run until a
// precision it is the time if all worlds are taken.
func (w *Work) Foretell(ctx context.Context) (time.Duration, error) {
	own := w.jobs[w.r.held:]
	if len(own) == 0 {
		return 0, nil
	}
	j := own[0]
	start := time.Now()
	g, err := crisis.Ground(j.m, j.c, j.o)
	if err != nil {
		return 0, err
	}
	gr, err := crisis.Build(ctx, g, j.most)
	if err != nil {
		return 0, err
	}
	solver := crisis.Lower(gr)
	made := time.Since(start)
	drawn, err := extend(nil, g.Inputs, j.views[0], draw.Design{Seed: w.r.design.Seed, N: Block})
	if err != nil {
		return 0, err
	}
	values := make([][]float64, len(j.c.Crisis.Measures))
	for k := range values {
		values[k] = make([]float64, Block)
	}
	start = time.Now()
	if err := solver.Solve(solver.NewScratch(), drawn, values); err != nil {
		return 0, err
	}
	solved := time.Since(start)
	blocks := len(j.views) * ((w.Most() + Block - 1) / Block)
	workers := w.workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return time.Duration(len(w.jobs)) * (made + time.Duration(blocks)*solved) / time.Duration(workers), ctx.Err()
}
