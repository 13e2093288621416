package discovery

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// What Where says of a row that no box holds.
const (
	NoBox   = -1
	LeftOut = -2 // the row has something missing: no box is known to hold it or not
)

// first gives, for each used row, the first of the boxes that holds it, or NoBox.
func (t *Table) first(boxes []Box) ([]int, error) {
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
func Where(t *Table, boxes ...Box) ([]int, error) {
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
func Measure(t *Table, limits []Limit, earlier ...Box) (Box, error) {
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
		return Box{}, fmt.Errorf("the box holds none of %d rows; widen its limits", s.rows)
	}
	return s.box(Given), nil
}

// Drop is the box with all limits on the named input given up.
func Drop(t *Table, b Box, input string, earlier ...Box) (Box, error) {
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

// Covering is several boxes, each found among the rows that those before it
// leave, and what they hold together.
type Covering struct {
	Basis  Basis   `json:"basis"`
	Rounds []Round `json:"rounds"`
	// Together is what the chosen boxes hold as one set. Not set without a box.
	Together *Union `json:"together,omitempty"`
	// Ended says why no further box was sought.
	Ended string `json:"ended"`
}

// Round is one search and the box chosen from it, −1 when no box of the last
// search is dense enough.
type Round struct {
	Trajectory *Trajectory `json:"trajectory"`
	Chosen     int         `json:"chosen"`
}

// Union counts the rows held by at least one box.
type Union struct {
	Coverage Share `json:"coverage"`
	Density  Share `json:"density"`
	Mass     Share `json:"mass"`
}

// Cover finds up to most boxes of density o.Threshold, choosing from each
// trajectory by Choose. It fails as PRIM does, or when ctx is done.
func Cover(ctx context.Context, t *Table, o Options, most int) (*Covering, error) {
	if most < 1 {
		return nil, fmt.Errorf("the number of boxes is at least 1, got %d", most)
	}
	c := &Covering{Basis: t.Basis(), Ended: fmt.Sprintf("no more than %d were asked for", most)}
	var boxes []Box
	for len(boxes) < most {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("covering: %w", err)
		}
		if len(boxes) > 0 && t.held(boxes).Coverage.Count == t.interest {
			c.Ended = "every row of interest is in a box"
			break
		}
		tr, err := PRIM(t, o, boxes...)
		if err != nil {
			return nil, err
		}
		i := tr.Choose(tr.Options.Threshold)
		c.Rounds = append(c.Rounds, Round{tr, i})
		if i < 0 {
			c.Ended = fmt.Sprintf("no further box has density %v", tr.Options.Threshold)
			break
		}
		boxes = append(boxes, tr.Boxes[i])
	}
	if len(boxes) > 0 {
		c.Together = t.held(boxes)
	}
	return c, nil
}

// Boxes lists the boxes chosen.
func (c *Covering) Boxes() []Box {
	var boxes []Box
	for _, r := range c.Rounds {
		if r.Chosen >= 0 {
			boxes = append(boxes, r.Trajectory.Boxes[r.Chosen])
		}
	}
	return boxes
}

// held counts what boxes of this table, of which each holds a row, hold.
func (t *Table) held(boxes []Box) *Union {
	first, err := t.first(boxes)
	if err != nil {
		panic("discovery: " + err.Error())
	}
	n, k := 0, 0
	for r, b := range first {
		if b != NoBox {
			n++
			k += int(t.hits[r])
		}
	}
	return &Union{share(k, t.interest), share(k, n), share(n, len(t.used))}
}
