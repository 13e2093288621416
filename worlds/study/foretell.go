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
	var drawn [][]float64
	drew, err := often(func() (err error) {
		drawn, err = extend(ctx, nil, solver.Inputs, j.views[0], draw.Design{Seed: w.r.design.Seed, N: Block})
		return err
	})
	if err != nil {
		return 0, err
	}
	solved, err := often(func() error {
		_, err := solver.Solve(ctx, drawn, 1)
		return err
	})
	if err != nil {
		return 0, err
	}
	draws := time.Duration(up(worlds, Block)/options) * drew // once for all options
	return (time.Duration(options)*made + time.Duration(up(worlds, Block))*solved + draws) / time.Duration(atOnce(workers)), ctx.Err()
}

// Workers counts the workers that solve the games of this run at once.
func (w *Work) Workers() int { return atOnce(w.workers) }

// atOnce is a number of workers, 0 being one for each processor.
func atOnce(workers int) int {
	if workers <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return workers
}

// longEnough is how long something is tried before its time is believed, and mostTries
// how often at most.
const (
	longEnough = 200 * time.Millisecond
	mostTries  = 32
)

// often times something that may be over in less than the machine's own pauses take,
// again and again. The first time, which has to find its memory, counts only alone.
func often(do func() error) (time.Duration, error) {
	begun := time.Now()
	if err := do(); err != nil {
		return 0, err
	}
	first := time.Since(begun)
	if first >= longEnough {
		return first, nil
	}
	begun = time.Now()
	for n := 1; ; n++ {
		if err := do(); err != nil {
			return 0, err
		}
		if took := time.Since(begun); took >= longEnough || n == mostTries {
			return took / time.Duration(n), nil
		}
	}
}
