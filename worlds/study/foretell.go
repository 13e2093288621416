package study

import (
	"context"
	"runtime"
	"slices"
	"time"

	"casus/worlds/draw"
)

// Foretell estimates how long a run will take on this machine, with what else the
// machine does now: it makes the game of the option that does most, draws and solves
// one block of worlds of the first school, and takes the rest to go on like that.
// Options differ in size by a small factor, and so may the estimate be off. Of a run
// until a precision it is the time if all worlds are taken.
func (w *Work) Foretell(ctx context.Context) (time.Duration, error) {
	worlds := len(w.jobs) * w.Most()
	if own := w.jobs[w.r.held:]; len(own) > 0 {
		worlds *= len(own[0].views)
	}
	return w.ForetellSome(ctx, len(w.jobs), worlds, w.workers)
}

// ForetellSome is Foretell of so many worlds of so many options, each world counted
// once for each option and view, on so many workers (0: one for each processor).
func (w *Work) ForetellSome(ctx context.Context, options, worlds, workers int) (time.Duration, error) {
	own := w.jobs[w.r.held:]
	if len(own) == 0 || options < 1 {
		return 0, nil
	}
	j := slices.MaxFunc(own, func(a, b *job) int { return len(a.o.Acts) - len(b.o.Acts) })
	start := time.Now()
	solver, err := NewSolver(ctx, j.m, j.c, j.o, j.most)
	if err != nil {
		return 0, err
	}
	made := time.Since(start)
	start = time.Now()
	drawn, err := extend(ctx, nil, solver.Inputs, j.views[0], draw.Design{Seed: w.r.design.Seed, N: Block})
	if err != nil {
		return 0, err
	}
	drew := time.Since(start)
	start = time.Now()
	if _, err := solver.Solve(ctx, drawn, 1); err != nil {
		return 0, err
	}
	solved := time.Since(start)
	draws := time.Duration(up(worlds, Block)/options) * drew // once for all options
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return (time.Duration(options)*made + time.Duration(up(worlds, Block))*solved + draws) / time.Duration(workers), ctx.Err()
}
