package study

import (
	"context"
	"fmt"
	"os"
	"slices"
)

// room is where the columns of a run lie that memory has no place for: a file
// without a name, mapped, of which the system keeps in memory what there is room
// for. A nil room gives memory.
type room struct{ free []float64 }

// column is an empty one with room for n values.
func (r *room) column(n int) []float64 {
	if r == nil || len(r.free) < n {
		return nil
	}
	c := r.free[:0:n]
	r.free = r.free[n:]
	return c
}

// spill is where the worlds of a run are to lie that memory has no place for.
type spill struct {
	file    *os.File // empty until the run begins, and without a name
	cells   int
	tooMany error // for memory
}

// Within keeps the worlds of a run within so much memory, in bytes (0: no bound).
// Where they do not fit they are laid out, once the run begins, in a file in a folder,
// which goes with the process: the run is slower and its bytes are the same. Until then
// nothing is written. The error says what would stop it and how many worlds fit: too
// little room on the disk for the file and, where one is kept there, the record. It
// comes after Begin and before Keep.
func (w *Work) Within(memory int64, folder string, recorded bool) error {
	tooMany := w.Afford(memory)
	if tooMany == nil {
		return nil
	}
	cells := 0
	for _, j := range w.jobs {
		cells += w.Most() * len(j.views) * len(j.c.Crisis.Measures)
	}
	cells += w.Most() * len(w.r.Views) * len(w.r.Numbers)
	want, beside := 8*int64(cells), ""
	if recorded {
		want, beside = want+w.Cost().Disk, fmt.Sprintf(" beside a record of up to %s", Bytes(w.Cost().Disk))
	}
	if have, known := w.free(folder); known && have < uint64(want) {
		return fmt.Errorf("%w; a file of %s%s would do instead, and %s has %s left", tooMany, Bytes(8*int64(cells)), beside, folder, Bytes(int64(have)))
	}
	file, err := nameless(folder)
	if err != nil {
		return fmt.Errorf("%w (%w)", tooMany, err)
	}
	w.spill = &spill{file, cells, tooMany}
	return nil
}

// layOut gives the columns of a run that does not fit into memory their places in its
// file. What they hold already, of a run that is gone on with, goes with them.
func (w *Work) layOut(ctx context.Context) error {
	if w.spill == nil || w.spill.file == nil {
		return nil
	}
	file := w.spill.file
	w.spill.file = nil
	at, err := mapped(ctx, file, w.spill.cells)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("%w (%w)", w.spill.tooMany, err)
	}
	r, n := &room{at}, w.Most()
	for _, v := range w.r.Views {
		cols := make([][]float64, len(w.r.Numbers))
		for i := range cols {
			cols[i] = r.column(n)
		}
		w.r.Draws[v.Name] = cols
	}
	for _, j := range w.jobs {
		for v := range j.values {
			for k, had := range j.values[v] {
				j.values[v][k] = append(r.column(n), had...)
			}
		}
	}
	return nil
}

// Most is how many worlds the run takes of each view; of a run until a precision,
// how many it may.
func (w *Work) Most() int {
	if w.r.Until != nil {
		return w.r.Until.Most
	}
	return w.r.design.N
}

// grown is xs with more behind it: in place where a room gave it its place.
func grown(xs, more []float64) []float64 {
	if cap(xs) < len(xs)+len(more) {
		xs = slices.Clip(xs)
	}
	return append(xs, more...)
}

// Spilled reports whether the worlds lie in a file, or will.
func (w *Work) Spilled() bool { return w.spill != nil }
