package study

import (
	"context"
	"crypto/sha256"
	"errors"
	"math"
	"runtime"
	"slices"
	"strconv"
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
	solving, err := w.ForetellSome(ctx, len(w.jobs), worlds, w.workers)
	if err != nil || w.tried == nil || solving <= 0 {
		return solving, err
	}
	summing, writing, err := w.ending(worlds)
	w.after = after{float64(summing) / float64(solving), float64(writing) / float64(solving)}
	return solving + summing + writing, errors.Join(err, ctx.Err())
}

// tried is a block of worlds of one option and view, as a trial has drawn and solved it.
type tried struct{ inputs, values [][]float64 }

// ofTrial bounds the rows that are summed up and written on trial, and believed to be like
// the rest.
const ofTrial = 64 * Block

// ending tries how long the summing up and the writing of so many worlds will take, each
// counted once for each option and view.
func (w *Work) ending(worlds int) (summing, writing time.Duration, err error) {
	if w.r.Keep != "" {
		return 0, 0, nil // sums are kept, which are small
	}
	values, drawn := manyOf(w.tried.values), manyOf(w.tried.inputs)
	if summing, err = often(func() error { w.r.plainSummaries(values); return nil }); err != nil {
		return 0, 0, err
	}
	measures, err := often(func() error { return encodeTable(sha256.New(), onTrial(values)) })
	if err != nil {
		return 0, 0, err
	}
	draws, err := often(func() error { return encodeTable(sha256.New(), onTrial(drawn)) })
	parts := float64(worlds) / ofTrial
	sorts := math.Log(max(float64(w.Most()), ofTrial)) / math.Log(ofTrial)
	times := func(d time.Duration, n float64) time.Duration { return time.Duration(float64(d) * n) }
	return times(summing, parts*sorts/float64(atOnce(w.workers))), times(measures, parts) + times(draws, parts/float64(len(w.jobs))), err
}

// manyOf repeats columns up to ofTrial rows, none like another.
func manyOf(columns [][]float64) [][]float64 {
	out := make([][]float64, len(columns))
	for i, c := range columns {
		for n := range ofTrial {
			out[i] = append(out[i], c[n%len(c)]*(1+float64(1e-9*float64(n))))
		}
	}
	return out
}

// onTrial is a table of columns without names.
func onTrial(columns [][]float64) table {
	t := table{number: "world", parts: []part{{columns: columns, rows: ofTrial}}}
	for i := range columns {
		t.floats = append(t.floats, strconv.Itoa(i))
	}
	return t
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
	var values [][]float64
	solved, err := often(func() (err error) {
		values, err = solver.Solve(ctx, drawn, 1)
		return err
	})
	if err != nil {
		return 0, err
	}
	w.tried = &tried{drawn, values}
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
