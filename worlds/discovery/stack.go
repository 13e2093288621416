package discovery

import (
	"context"
	"fmt"
	"slices"

	"casus/worlds/draw"
)

// Defaults of StackOptions, as in the EMA Workbench.
const (
	DefaultLevels = 3
	DefaultBins   = 3
)

// MaxCells bounds the table that Stack makes.
const MaxCells = 1 << 20

// StackOptions says how to fold the inputs. The zero value of a field is its
// default.
type StackOptions struct {
	// Inputs to fold, the most important first, of which the first 2·Levels are;
	// empty: in the order of Scores with Forest.
	Inputs []string `json:"inputs"`
	Levels int      `json:"levels"` // inputs on each axis, at most
	Bins   int      `json:"bins"`   // of an ordered input
	// EqualCount makes bins of about as many rows each; otherwise of equal width.
	EqualCount bool   `json:"equal_count"`
	Forest     Forest `json:"forest"`
}

// Stacked is a table of shares, dimensional stacking (LeBlanc, Ward and Wittels
// 1990; for scenario discovery Suzuki, Stern and Manzocchi 2015). Cells[a][b] is
// where row key a meets column key b; the keys run through the bins of the
// inputs of an axis, the last input fastest.
type Stacked struct {
	Basis   Basis        `json:"basis"`
	Options StackOptions `json:"options"`          // as used
	Scores  []Score      `json:"scores,omitempty"` // where they gave the order
	Rows    []Axis       `json:"rows"`             // the most important first, that is outermost
	Columns []Axis       `json:"columns"`
	Cells   [][]Cell     `json:"cells"`
}

// Axis is an input cut into bins.
type Axis struct {
	Input string `json:"input"`
	Bins  []Bin  `json:"bins"`
}

// Bin holds Lower < x ≤ Upper, the first bin its Lower too; or one category.
type Bin struct {
	Lower    float64 `json:"lower"`
	Upper    float64 `json:"upper"`
	Category string  `json:"category,omitempty"`
}

// Cell is the rows in one bin of every input. Share is not set where there is
// no row: nothing is known there, which is not a share of 0.
type Cell struct {
	Rows     int    `json:"rows"`
	Interest int    `json:"interest"`
	Share    *Share `json:"share,omitempty"`
}

// Stack folds inputs into a table of shares of interest, the inputs in turn on
// rows and columns: first, third, fifth on rows. It fails when the outcome does
// not classify, when all or no rows are of interest, when an input is unknown or
// named twice, when the table would have more than MaxCells cells, or when ctx
// is done.
func Stack(ctx context.Context, t *Sample, o StackOptions) (*Stacked, error) {
	if err := t.classified(); err != nil {
		return nil, err
	}
	o, scores, err := o.settle(ctx, t)
	if err != nil {
		return nil, err
	}
	s := &Stacked{Basis: t.Basis(), Options: o, Scores: scores}
	var rows, columns []binned
	for i, name := range o.Inputs {
		j, err := t.input(name)
		if err != nil {
			return nil, err
		}
		b := t.bin(j, o)
		if i%2 == 0 {
			rows, s.Rows = append(rows, b), append(s.Rows, b.axis)
		} else {
			columns, s.Columns = append(columns, b), append(s.Columns, b.axis)
		}
	}
	a, b := keys(rows), keys(columns)
	if a == 0 || b == 0 || a > MaxCells/b {
		return nil, fmt.Errorf("the table would have more than %d cells; fold fewer inputs or make fewer bins", MaxCells)
	}
	s.Cells = t.fold(rows, columns, a, b)
	return s, nil
}

func (o StackOptions) settle(ctx context.Context, t *Sample) (StackOptions, []Score, error) {
	if o.Levels == 0 {
		o.Levels = DefaultLevels
	}
	if o.Bins == 0 {
		o.Bins = DefaultBins
	}
	switch {
	case o.Levels < 0:
		return o, nil, fmt.Errorf("the inputs on an axis are at least 1, got %d", o.Levels)
	case o.Bins < 0 || o.Bins > MaxCells:
		return o, nil, fmt.Errorf("the bins of an input are from 1 to %d, got %d", MaxCells, o.Bins)
	}
	o.Inputs = slices.Clone(o.Inputs)
	var scores []Score
	if len(o.Inputs) == 0 {
		var err error
		if o.Forest, err = o.Forest.settle(len(t.used)); err != nil {
			return o, nil, err
		}
		if scores, err = Scores(ctx, t, o.Forest); err != nil {
			return o, nil, err
		}
		for _, s := range scores {
			o.Inputs = append(o.Inputs, s.Input)
		}
	}
	o.Inputs = o.Inputs[:min(len(o.Inputs), 2*min(o.Levels, len(o.Inputs)))]
	for i, name := range o.Inputs {
		if slices.Contains(o.Inputs[:i], name) {
			return o, nil, fmt.Errorf("input %q is to be folded twice; name it once", name)
		}
	}
	return o, scores, nil
}

// binned is an axis and the bin of every level.
type binned struct {
	column int
	axis   Axis
	of     []int
}

// bin cuts an input. Categories, and whole numbers no more than the bins, are
// bins themselves.
func (t *Sample) bin(j int, o StackOptions) binned {
	c := &t.columns[j]
	b := binned{column: j, axis: Axis{Input: c.name}, of: make([]int, c.size())}
	if c.categorical() || c.integer && c.size() <= o.Bins {
		for k := range b.of {
			b.of[k] = k
			if c.categorical() {
				b.axis.Bins = append(b.axis.Bins, Bin{Category: c.labels[k]})
			} else {
				b.axis.Bins = append(b.axis.Bins, Bin{Lower: c.levels[k], Upper: c.levels[k]})
			}
		}
		return b
	}
	edges := c.edges(o)
	for k := range edges[1:] {
		b.axis.Bins = append(b.axis.Bins, Bin{Lower: edges[k], Upper: edges[k+1]})
	}
	k := 0
	for level, x := range c.levels {
		for x > edges[k+1] {
			k++
		}
		b.of[level] = k
	}
	return b
}

// edges ascend from the least to the greatest value; a constant has two equal.
func (c *column) edges(o StackOptions) []float64 {
	lo, hi := c.levels[0], c.levels[c.size()-1]
	if lo == hi {
		return []float64{lo, hi}
	}
	var sorted []float64
	if o.EqualCount {
		for k, x := range c.levels {
			for range c.start[k+1] - c.start[k] {
				sorted = append(sorted, x)
			}
		}
	}
	edges := []float64{lo}
	for i := 1; i < o.Bins; i++ {
		u := float64(i) / float64(o.Bins)
		at := float64(lo*(1-u)) + float64(hi*u)
		if o.EqualCount {
			at = draw.Quantile(sorted, u)
		}
		if at > edges[len(edges)-1] && at < hi {
			edges = append(edges, at)
		}
	}
	return append(edges, hi)
}

// keys multiplies the bins of an axis; 0 stands for too many.
func keys(axis []binned) int {
	n := 1
	for _, b := range axis {
		if n *= len(b.axis.Bins); n > MaxCells {
			return 0
		}
	}
	return n
}

func (t *Sample) fold(rows, columns []binned, a, b int) [][]Cell {
	cells := make([][]Cell, a)
	for i := range cells {
		cells[i] = make([]Cell, b)
	}
	for r := range t.used {
		cell := &cells[t.key(rows, r)][t.key(columns, r)]
		cell.Rows++
		cell.Interest += int(t.hits[r])
	}
	for i := range cells {
		for k := range cells[i] {
			if c := &cells[i][k]; c.Rows > 0 {
				s := share(c.Interest, c.Rows)
				c.Share = &s
			}
		}
	}
	return cells
}

func (t *Sample) key(axis []binned, r int) int {
	key := 0
	for _, b := range axis {
		key = key*len(b.axis.Bins) + b.of[t.codes[r*len(t.columns)+b.column]]
	}
	return key
}

// Key writes a row or column key of a Stacked as the bin of each input.
func Key(axes []Axis, key int) []Bin {
	bins := make([]Bin, len(axes))
	for i := len(axes) - 1; i >= 0; i-- {
		n := len(axes[i].Bins)
		bins[i] = axes[i].Bins[key%n]
		key /= n
	}
	return bins
}
