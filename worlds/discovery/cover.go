package discovery

import (
	"cmp"
	"fmt"
	"slices"

	"casus/finding"
)

// What Where says of a row that no box holds.
const (
	NoBox   = -1
	LeftOut = -2 // the row has something missing: no box is known to hold it or not
)

// first gives, for each used row, the first of the boxes that holds it, or NoBox.
func (t *Sample) first(boxes []Box) ([]int, error) {
	at := make([]int, len(t.used))
	for r := range at {
		at[r] = NoBox
	}
	for i, b := range boxes {
		g, err := t.region(b.Limits)
		if err != nil {
			return nil, fmt.Errorf("box %d: %w", i, err)
		}
		for r := range at {
			if at[r] == NoBox && t.holds(g, r) {
				at[r] = i
			}
		}
	}
	return at, nil
}

// Where gives, for each row as it was given to New, the index of the first box
// that holds it, or NoBox or LeftOut. It fails when a box limits an input that
// the table does not have.
func Where(t *Sample, boxes ...Box) ([]int, error) {
	first, err := t.first(boxes)
	if err != nil {
		return nil, err
	}
	at := make([]int, t.basis.Rows)
	for i := range at {
		at[i] = LeftOut
	}
	for r, i := range t.used {
		at[i] = first[r]
	}
	return at, nil
}

// Measure counts what limits of one's own hold, among the rows that earlier
// boxes leave, with the quasi-p-values. Inputs without a limit may be absent.
// It fails when no row is held.
func Measure(t *Sample, limits []Limit, earlier ...Box) (Box, error) {
	if err := t.classified(); err != nil {
		return Box{}, err
	}
	g, err := t.region(limits)
	if err != nil {
		return Box{}, err
	}
	s, err := t.search(earlier, false)
	if err != nil {
		return Box{}, err
	}
	s.impose(g)
	if s.n == 0 {
		return Box{}, fmt.Errorf("the box holds none of %s; widen its limits", finding.Count(s.rows, "row"))
	}
	return s.box(Given), nil
}

// Drop is the box with all limits on the named input given up.
func Drop(t *Sample, b Box, input string, earlier ...Box) (Box, error) {
	if _, err := t.input(input); err != nil {
		return Box{}, err
	}
	var limits []Limit
	for _, l := range b.Limits {
		if l.Input != input {
			limits = append(limits, l)
		}
	}
	return Measure(t, limits, earlier...)
}

// impose sets all limits at once, from a box without any.
func (s *search) impose(g region) {
	for j := range g {
		b := &g[j]
		for c, out := range b.out {
			if out {
				s.levels(j, int32(c), int32(c), lowerSide(j), s.breaks)
			}
		}
		if b.out == nil {
			last := int32(s.t.columns[j].size() - 1)
			s.levels(j, 0, min(b.lo, last+1)-1, lowerSide(j), s.breaks)
			s.levels(j, max(b.hi, -1)+1, last, upperSide(j), s.breaks)
		}
	}
	s.bounds = g
}

// Choose gives the index of the box with most coverage among those at least as
// dense as asked; of equals the densest, then the one with fewer restricted
// inputs. It is −1 when none is so dense.
func (tr *Trajectory) Choose(density float64) int {
	best := -1
	for i := range tr.Boxes {
		if b := &tr.Boxes[i]; b.Density.Value >= density && (best < 0 || b.rather(&tr.Boxes[best]) > 0) {
			best = i
		}
	}
	return best
}

func (b *Box) rather(other *Box) int {
	return cmp.Or(
		cmp.Compare(b.Coverage.Count, other.Coverage.Count),
		cmp.Compare(b.Density.Value, other.Density.Value),
		cmp.Compare(other.Restricted, b.Restricted),
	)
}

// Front gives the boxes worth a choice: for each of them no other has at least
// its coverage and density and at most its restricted inputs, one of them
// strictly. Of equals the first stays.
func (tr *Trajectory) Front() []int {
	var front []int
	for i := range tr.Boxes {
		b := &tr.Boxes[i]
		if slices.ContainsFunc(front, func(k int) bool { return tr.Boxes[k].atLeast(b) }) {
			continue
		}
		front = slices.DeleteFunc(front, func(k int) bool { return b.atLeast(&tr.Boxes[k]) })
		front = append(front, i)
	}
	return front
}

// atLeast says that a box is no worse than another in any of the three.
func (b *Box) atLeast(other *Box) bool {
	return b.Coverage.Count >= other.Coverage.Count && b.Density.Value >= other.Density.Value && b.Restricted <= other.Restricted
}
