package discovery

import (
	"context"
	"fmt"
)

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
func Cover(ctx context.Context, t *Sample, o Options, most int) (*Covering, error) {
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
func (t *Sample) held(boxes []Box) *Union {
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

// interest makes an outcome of a classification: 1 is of interest, 0 is not.
// Where the classification is not known, set NaN.
func interest(of []bool) []float64 {
	outcome := make([]float64, len(of))
	for i, yes := range of {
		if yes {
			outcome[i] = 1
		}
	}
	return outcome
}
