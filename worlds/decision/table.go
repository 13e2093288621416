package decision

import (
	"fmt"
	"math"
	"slices"

	"casus/finding"
)

// Number and Interval are those of every finding.
type (
	Number   = finding.Number
	Interval = finding.Interval
)

// Share is a share of worlds with its interval: Wilson's score interval, or, of
// weighted worlds, the same at Kish's effective count. With no world it is NaN.
type Share struct {
	Value    Number   `json:"value"`
	N        int      `json:"worlds"`
	Interval Interval `json:"interval"`
}

// Direction says which way a measure is better. The zero value is none, and no
// comparison takes it.
type Direction string

// The directions.
const (
	Higher Direction = "higher"
	Lower  Direction = "lower"
)

// sign turns a value into a gain.
func (d Direction) sign() float64 {
	if d == Lower {
		return -1
	}
	return 1
}

func (d Direction) check() error {
	if d != Higher && d != Lower {
		return fmt.Errorf("direction %q; a comparison wants %q or %q", string(d), Higher, Lower)
	}
	return nil
}

// Table is one measure under every option in every world.
type Table struct {
	Measure string
	Unit    string
	Better  Direction
	Options []string
	Values  [][]float64 // by option, then world; NaN where not defined
	Weights []float64   // of the worlds: ≥ 0, need not sum to 1; nil is all alike
	Worlds  []int       // that rows come of; nil: each of its own. Heeded by the value of knowing, which must not judge a world by itself
	Matters float64     // the least difference that counts, in the measure's unit; 0: any
}

// ties reports whether what is so much worse ties with the best: a difference
// that does not matter.
func ties(less, matters float64) bool { return less <= 0 || less < matters }

// Check says what is wrong with the table, or nil. A value may be NaN but not
// infinite: an infinite value has no regret and no mean.
func (t *Table) Check() error {
	if err := t.Better.check(); err != nil {
		return fmt.Errorf("measure %q: %w", t.Measure, err)
	}
	if len(t.Options) == 0 {
		return fmt.Errorf("measure %q: no options to compare", t.Measure)
	}
	if len(t.Values) != len(t.Options) {
		return fmt.Errorf("measure %q: %d options, but values for %d", t.Measure, len(t.Options), len(t.Values))
	}
	if !(t.Matters >= 0) || math.IsInf(t.Matters, 0) {
		return fmt.Errorf("measure %q: what matters is a number from 0 up, got %v", t.Measure, t.Matters)
	}
	seen := map[string]bool{}
	for o, name := range t.Options {
		if seen[name] {
			return fmt.Errorf("measure %q: option %q is there twice", t.Measure, name)
		}
		seen[name] = true
		if len(t.Values[o]) != len(t.Values[0]) {
			return fmt.Errorf("measure %q: option %q has %d worlds, option %q has %d; compare options in the same worlds",
				t.Measure, t.Options[0], len(t.Values[0]), name, len(t.Values[o]))
		}
		for w, x := range t.Values[o] {
			if math.IsInf(x, 0) {
				return fmt.Errorf("measure %q: option %q is infinite in world %d; bound it or leave it undefined", t.Measure, name, w)
			}
		}
	}
	if t.Worlds != nil && len(t.Worlds) != len(t.Values[0]) {
		return fmt.Errorf("measure %q: %d rows have a world, of %d", t.Measure, len(t.Worlds), len(t.Values[0]))
	}
	return checkWeights(t.Weights, len(t.Values[0]))
}

func checkWeights(weights []float64, worlds int) error {
	if weights == nil {
		return nil
	}
	if len(weights) != worlds {
		return fmt.Errorf("%d weights for %d worlds", len(weights), worlds)
	}
	sum := 0.0
	for w, x := range weights {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("weight %v of world %d; a weight is a finite number from 0 up", x, w)
		}
		sum += x
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return fmt.Errorf("the weights of all worlds sum to %v", sum)
	}
	return nil
}

func (t *Table) worlds() int { return len(t.Values[0]) }

func weight(weights []float64, world int) float64 {
	if weights == nil {
		return 1
	}
	return weights[world]
}

// Count says which worlds a comparison rests on.
type Count struct {
	N          int    `json:"worlds"`           // worlds compared
	Undefined  int    `json:"undefined"`        // left out: something compared is not defined there
	Weightless int    `json:"weightless"`       // left out: their weight is 0
	Effective  Number `json:"effective_worlds"` // Kish's (Σw)²/Σw² (1965); N when all weigh alike
}

// complete are the numbers of the worlds in which every column is defined and
// which have weight, ascending, and their count.
func complete(columns [][]float64, weights []float64, worlds int) ([]int, Count) {
	var kept []int
	var c Count
	for w := range worlds {
		switch {
		case weight(weights, w) == 0:
			c.Weightless++
		case undefined(columns, w):
			c.Undefined++
		default:
			kept = append(kept, w)
		}
	}
	c.N = len(kept)
	c.Effective = Number(effective(weigh(weights, kept)))
	return kept, c
}

func undefined(columns [][]float64, w int) bool {
	for _, c := range columns {
		if math.IsNaN(c[w]) {
			return true
		}
	}
	return false
}

// at is column[w] for each of the worlds; of no column, 1 for each.
func at(column []float64, worlds []int) []float64 {
	out := make([]float64, len(worlds))
	for i, w := range worlds {
		out[i] = weight(column, w)
	}
	return out
}

// weigh is the weights of the worlds; equal weights are 1, as no weights are, so
// that nothing hangs on how they were written.
func weigh(weights []float64, worlds []int) []float64 {
	out := at(weights, worlds)
	if len(out) > 0 && slices.Min(out) == slices.Max(out) {
		return at(nil, worlds)
	}
	return out
}
