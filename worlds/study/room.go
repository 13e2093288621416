package study

import (
	"fmt"
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

// Within keeps the worlds of a run within so much memory, in bytes (0: no bound).
// Where they do not fit they are laid out in a file in a folder, which goes with
// the process: the run is slower and its bytes are the same. It comes after Begin
// and before GoOn. The error says what would stop it and how many worlds fit.
func (w *Work) Within(memory int64, folder string) error {
	tooMany := w.Afford(memory)
	if tooMany == nil {
		return nil
	}
	n, cells := w.Most(), 0
	for _, j := range w.jobs {
		cells += n * len(j.views) * len(j.c.Crisis.Measures)
	}
	cells += n * len(w.r.Views) * len(w.r.Numbers)
	if have, known := free(folder); known && have < uint64(8*cells) {
		return fmt.Errorf("%w; a file of %s would do instead, and %s has %s left", tooMany, Bytes(8*int64(cells)), folder, Bytes(int64(have)))
	}
	at, err := mapped(folder, cells)
	if err != nil {
		return fmt.Errorf("%w (%w)", tooMany, err)
	}
	w.lay(&room{at}, n)
	return nil
}

// lay gives every column of the run its place.
func (w *Work) lay(r *room, n int) {
	for _, v := range w.r.Views {
		cols := make([][]float64, len(w.r.Numbers))
		for i := range cols {
			cols[i] = r.column(n)
		}
		w.r.Draws[v.Name] = cols
	}
	for _, j := range w.jobs {
		for v := range j.values {
			for k := range j.values[v] {
				j.values[v][k] = r.column(n)
			}
		}
	}
	w.spilled = true
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

// Spilled reports whether the worlds lie in a file.
func (w *Work) Spilled() bool { return w.spilled }
