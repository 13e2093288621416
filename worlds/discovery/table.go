package discovery

import (
	"fmt"
	"math"
	"slices"

	"casus/finding"
)

// MaxCategories bounds the categories of one input: a name for every row is not
// something a box can be made of.
const MaxCategories = 1000

// MaxRows bounds a table so that products of two counts fit 62 bits.
const MaxRows = 1 << 30

// Input is one column: Numbers, or Labels for a categorical input. A number
// that is not finite and an empty label are missing.
type Input struct {
	Name    string
	Numbers []float64
	Integer bool // limits are whole numbers that occur, never midpoints
	Labels  []string
}

func (in Input) rows() int { return max(len(in.Numbers), len(in.Labels)) }

// Sample holds what the methods search: immutable, so any number of goroutines may
// search it at once.
type Sample struct {
	columns  []column
	codes    []int32   // codes[r·columns+j] is the level of used row r in column j
	outcome  []float64 // of used rows
	hits     []uint8   // 1 for a used row of interest; nil unless outcomes are 0 and 1
	used     []int     // which row, as given, each used row is
	interest int
	lost     []Missing // of the rows left out: those of interest, and what they lack
	basis    Basis
}

// column holds the distinct values of an input, ascending, and the used rows in
// that order: order[start[c]:start[c+1]] are the rows at level c.
type column struct {
	name         string
	integer      bool
	levels       []float64
	labels       []string // set when the input is categorical
	order, start []int32
}

func (c *column) categorical() bool { return c.labels != nil }
func (c *column) size() int         { return len(c.start) - 1 }

// Basis says on which rows a result rests.
type Basis struct {
	Rows     int `json:"rows"`     // as given
	Used     int `json:"used"`     // with every input and the outcome known
	Interest int `json:"interest"` // used rows of interest; 0 when the outcome is a quantity
	// Unknown counts rows left out because their outcome is not known, Missing
	// those left out because an input is, by input. One row may count twice.
	Unknown int       `json:"unknown"`
	Missing []Missing `json:"missing,omitempty"`
}

// Missing counts the rows in which an input has no value.
type Missing struct {
	Input string `json:"input"`
	Rows  int    `json:"rows"`
}

// New makes a table of inputs, each as long as outcome. An outcome is 1 (of
// interest) or 0, or any quantity for a regression tree; NaN is not known. Rows
// with something missing are left out and counted in the Basis. New fails when
// the columns do not fit together, an input has more than MaxCategories, or no
// row is left.
func New(inputs []Input, outcome []float64) (*Sample, error) {
	if err := fits(inputs, len(outcome)); err != nil {
		return nil, err
	}
	t := &Sample{}
	t.choose(inputs, outcome)
	if len(t.used) == 0 {
		return nil, fmt.Errorf("no row of %d has every input and an outcome%s; leave out the inputs that are missing", len(outcome), t.basis.worst())
	}
	if err := t.countable(inputs); err != nil {
		return nil, err
	}
	t.settle(outcome)
	t.columns = make([]column, len(inputs))
	t.codes = make([]int32, len(t.used)*len(inputs))
	for j, in := range inputs {
		t.columns[j] = t.code(in, j)
	}
	return t, nil
}

// Basis says on which rows results of the table rest.
func (t *Sample) Basis() Basis {
	b := t.basis
	b.Missing = slices.Clone(b.Missing)
	return b
}

func fits(inputs []Input, rows int) error {
	if len(inputs) == 0 {
		return fmt.Errorf("a table needs at least one input")
	}
	if rows > MaxRows {
		return fmt.Errorf("a table has at most %d rows, got %d", MaxRows, rows)
	}
	seen := map[string]bool{}
	for _, in := range inputs {
		switch {
		case seen[in.Name]:
			return fmt.Errorf("two inputs are named %q; rename one", in.Name)
		case in.Numbers != nil && in.Labels != nil:
			return fmt.Errorf("input %q has numbers and labels; give one of them", in.Name)
		case in.rows() != rows:
			return fmt.Errorf("input %q has %d rows and the outcome %d", in.Name, in.rows(), rows)
		}
		seen[in.Name] = true
		if err := whole(in); err != nil {
			return err
		}
	}
	return nil
}

func whole(in Input) error {
	for i, x := range in.Numbers {
		if in.Integer && finite(x) && x != math.Trunc(x) {
			return fmt.Errorf("input %q is said to be whole and has %v in row %d", in.Name, x, i+1)
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func (in Input) missing(i int) bool {
	if in.Labels != nil {
		return in.Labels[i] == ""
	}
	return !finite(in.Numbers[i])
}

// choose keeps the rows that have everything.
func (t *Sample) choose(inputs []Input, outcome []float64) {
	lacks := make([]bool, len(outcome))
	t.basis.Rows = len(outcome)
	for i, y := range outcome {
		if !finite(y) {
			t.basis.Unknown++
			lacks[i] = true
		}
	}
	for _, in := range inputs {
		n := 0
		for i := range lacks {
			if in.missing(i) {
				n++
				lacks[i] = true
			}
		}
		if n > 0 {
			t.basis.Missing = append(t.basis.Missing, Missing{in.Name, n})
		}
		if n := lostBy(in, outcome); n > 0 {
			t.lost = append(t.lost, Missing{in.Name, n})
		}
	}
	for i, lack := range lacks {
		if !lack {
			t.used = append(t.used, i)
		}
	}
	t.basis.Used = len(t.used)
}

// lostBy is in how many rows of interest an input has no value.
func lostBy(in Input, outcome []float64) int {
	n := 0
	for i, y := range outcome {
		if y == 1 && in.missing(i) {
			n++
		}
	}
	return n
}

func (t *Sample) countable(inputs []Input) error {
	for _, in := range inputs {
		seen := map[string]bool{}
		for _, i := range t.used {
			if in.Labels != nil {
				seen[in.Labels[i]] = true
			}
		}
		if len(seen) > MaxCategories {
			return fmt.Errorf("input %q has %d categories and %d is the most; group them, or leave the input out", in.Name, len(seen), MaxCategories)
		}
	}
	return nil
}

// worst names what is missing most often.
func (b Basis) worst() string {
	if len(b.Missing) == 0 {
		return ""
	}
	m := slices.MaxFunc(b.Missing, func(a, b Missing) int { return a.Rows - b.Rows })
	return fmt.Sprintf(" (%q is missing in %d)", m.Input, m.Rows)
}

// settle takes the outcomes of used rows and counts those of interest.
func (t *Sample) settle(outcome []float64) {
	t.outcome = make([]float64, len(t.used))
	t.hits = make([]uint8, len(t.used))
	for r, i := range t.used {
		t.outcome[r] = outcome[i]
		switch outcome[i] {
		case 0:
		case 1:
			t.interest++
			if t.hits != nil {
				t.hits[r] = 1
			}
		default:
			t.hits = nil
		}
	}
	if t.hits == nil {
		t.interest = 0
	}
	t.basis.Interest = t.interest
}

// classified fails unless the outcome tells rows of interest from others.
func (t *Sample) classified() error {
	switch {
	case t.hits == nil:
		return fmt.Errorf("the outcome is a quantity; say first which rows are of interest (1) and which are not (0)")
	case t.interest == 0 && len(t.lost) > 0:
		m := slices.MaxFunc(t.lost, func(a, b Missing) int { return a.Rows - b.Rows })
		return fmt.Errorf("none of the %s is of interest: input %q is missing in %d that are; fill it in, or leave the input out", finding.Count(len(t.used), "complete row"), m.Input, m.Rows)
	case t.interest == 0:
		return fmt.Errorf("none of %d rows is of interest; there is nothing to find, so widen what is of interest", len(t.used))
	case t.interest == len(t.used):
		return fmt.Errorf("all %d rows are of interest; there is nothing to tell apart, so narrow what is of interest", len(t.used))
	}
	return nil
}

// code ranks the values of an input. Equal values share a level.
func (t *Sample) code(in Input, j int) column {
	if in.Labels != nil {
		return t.codeLabels(in, j)
	}
	c := column{name: in.Name, integer: in.Integer}
	order, values := t.sorted(in.Numbers)
	c.order = order
	for k, r := range order {
		x := values[k]
		if k == 0 || x != c.levels[len(c.levels)-1] {
			c.levels = append(c.levels, x)
			c.start = append(c.start, int32(k))
		}
		t.codes[int(r)*len(t.columns)+j] = int32(len(c.levels) - 1)
	}
	c.start = append(c.start, int32(len(c.order)))
	return c
}

func (t *Sample) codeLabels(in Input, j int) column {
	c := column{name: in.Name}
	for _, i := range t.used {
		c.labels = append(c.labels, in.Labels[i])
	}
	slices.Sort(c.labels)
	c.labels = slices.Clone(slices.Compact(c.labels))
	at := make(map[string]int32, len(c.labels))
	for k, label := range c.labels {
		at[label] = int32(k)
	}
	c.start = make([]int32, len(c.labels)+1)
	for r, i := range t.used {
		k := at[in.Labels[i]]
		t.codes[r*len(t.columns)+j] = k
		c.start[k+1]++
	}
	for k := range c.labels {
		c.start[k+1] += c.start[k]
	}
	next := slices.Clone(c.start)
	c.order = make([]int32, len(t.used))
	for r := range t.used {
		k := t.codes[r*len(t.columns)+j]
		c.order[next[k]] = int32(r)
		next[k]++
	}
	return c
}

// sorted gives the used rows by ascending value, and the values. A radix sort of the bits, in
// which negative numbers are turned over so that they sort as numbers do.
func (t *Sample) sorted(xs []float64) ([]int32, []float64) {
	type item struct {
		key uint64
		row int32
	}
	items, other := make([]item, len(t.used)), make([]item, len(t.used))
	all, any := ^uint64(0), uint64(0)
	for r, i := range t.used {
		key := math.Float64bits(xs[i] + 0) // no negative zero
		key ^= uint64(int64(key)>>63) | 1<<63
		items[r] = item{key, int32(r)}
		all &= key
		any |= key
	}
	const digit = 11
	for shift := 0; shift < 64; shift += digit {
		if (all^any)>>shift&(1<<digit-1) == 0 {
			continue // all rows agree
		}
		var at [1 << digit]int32
		for _, it := range items {
			at[it.key>>shift&(1<<digit-1)]++
		}
		sum := int32(0)
		for d, n := range at {
			at[d], sum = sum, sum+n
		}
		for _, it := range items {
			d := it.key >> shift & (1<<digit - 1)
			other[at[d]] = it
			at[d]++
		}
		items, other = other, items
	}
	order, values := make([]int32, len(items)), make([]float64, len(items))
	for k, it := range items {
		bits := it.key ^ (^uint64(int64(it.key)>>63) | 1<<63)
		order[k], values[k] = it.row, math.Float64frombits(bits)
	}
	return order, values
}

// input finds a column by name.
func (t *Sample) input(name string) (int, error) {
	for j := range t.columns {
		if t.columns[j].name == name {
			return j, nil
		}
	}
	return 0, fmt.Errorf("the table has no input %q", name)
}
