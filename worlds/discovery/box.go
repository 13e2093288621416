package discovery

import (
	"fmt"
	"math"
	"slices"

	"casus/special"
	"casus/worlds/draw"
)

// Share is a count of a count, with the 95 % score interval of Wilson (1927).
type Share struct {
	Count int     `json:"count"`
	Of    int     `json:"of"` // never 0
	Value float64 `json:"share"`
	Lo    float64 `json:"lo"`
	Hi    float64 `json:"hi"`
}

// z95 is the normal quantile of 97.5 %.
const z95 = 1.959963984540054

func share(count, of int) Share {
	lo, hi := draw.Wilson(count, of, z95)
	return Share{count, of, float64(count) / float64(of), lo, hi}
}

// Box is a set of limits and what they hold. The rows it holds are those of the
// table that satisfy every limit, less those of boxes found earlier.
type Box struct {
	Step       string `json:"step"` // how the box came from the one before
	Coverage   Share  `json:"coverage"`
	Density    Share  `json:"density"`
	Mass       Share  `json:"mass"`
	Restricted int    `json:"restricted"` // inputs with a limit
	// Ties counts other steps that were as good: the first in the order of inputs
	// was taken. While it is 0 the order of inputs does not matter.
	Ties   int     `json:"ties"`
	Limits []Limit `json:"limits"` // one for each input, in the order of the table
}

// The steps that lead to a box.
const (
	Start = "start"
	Peel  = "peel"
	Paste = "paste"
	Given = "given"
	Leaf  = "leaf"
)

// Limit holds what a box asks of one input: Lower ≤ x ≤ Upper, or one of the
// categories. Where Below is not set the box has no lower limit and Lower is
// the least value of the table; Above and Upper likewise.
//
// A limit found by peeling lies midway between the last value left out and the
// first one kept, unless the input is an integer: then it is the value kept. Two
// leaves of a tree share the threshold as a limit; a value equal to it belongs
// to the left one.
type Limit struct {
	Input      string   `json:"input"`
	Kind       string   `json:"kind"` // Number, Integer or Category
	Restricted bool     `json:"restricted"`
	Below      bool     `json:"has_lower"`
	Above      bool     `json:"has_upper"`
	Lower      float64  `json:"lower"`                // 0 for a category
	Upper      float64  `json:"upper"`                // 0 for a category
	Categories []string `json:"categories,omitempty"` // allowed
	Excluded   []string `json:"excluded,omitempty"`   // of the table, left out

	// Quasi-p-values (Bryant and Lempert 2010): how probable so dense
	// a box would be if the limit did not matter, that is, the chance of at least
	// k rows of interest among the n of the box when each is of interest with the
	// density found without the limit. QP is of dropping all limits of the input.
	// Not set where there is no limit, or where the box was not found by PRIM.
	QP      *float64 `json:"qp,omitempty"`
	QPLower *float64 `json:"qp_lower,omitempty"`
	QPUpper *float64 `json:"qp_upper,omitempty"`
}

// Weak reports whether a limit may be chance: a quasi-p above 0.05.
func (l *Limit) Weak() bool {
	return slices.ContainsFunc([]*float64{l.QP, l.QPLower, l.QPUpper}, func(qp *float64) bool { return qp != nil && *qp > 0.05 })
}

// Input is the limit of the named input.
func (b *Box) Input(name string) (Limit, bool) {
	for _, l := range b.Limits {
		if l.Input == name {
			return l, true
		}
	}
	return Limit{}, false
}

// The kinds of input. Limits that one writes by hand need not say it.
const (
	Number   = "number"
	Integer  = "integer"
	Category = "category"
)

func (c *column) kind() string {
	switch {
	case c.categorical():
		return Category
	case c.integer:
		return Integer
	}
	return Number
}

// region is a box in levels. Of an ordered input it keeps lo … hi; of a
// categorical one the levels that are not out.
type region []bound

type bound struct {
	lo, hi       int32
	below, above bool // has a limit there
	lower, upper float64
	out          []bool
	outs         int
}

func (b *bound) restricted() bool { return b.below || b.above || b.outs > 0 }

func (b *bound) holds(code int32) bool {
	if b.out != nil {
		return !b.out[code]
	}
	return b.lo <= code && code <= b.hi
}

// everything is the region without limits.
func (t *Sample) everything() region {
	g := make(region, len(t.columns))
	for j := range t.columns {
		c := &t.columns[j]
		g[j].hi = int32(c.size() - 1)
		if c.categorical() {
			g[j].out = make([]bool, c.size())
			continue
		}
		g[j].lower, g[j].upper = c.levels[0], c.levels[c.size()-1]
	}
	return g
}

func (g region) clone() region {
	g = slices.Clone(g)
	for j := range g {
		g[j].out = slices.Clone(g[j].out)
	}
	return g
}

func (g region) restricted() int {
	n := 0
	for j := range g {
		if g[j].restricted() {
			n++
		}
	}
	return n
}

// holds says whether used row r satisfies every limit.
func (t *Sample) holds(g region, r int) bool {
	codes := t.codes[r*len(t.columns):][:len(t.columns)]
	for j, code := range codes {
		if !g[j].holds(code) {
			return false
		}
	}
	return true
}

// limits writes a region in the values of the inputs.
func (t *Sample) limits(g region) []Limit {
	limits := make([]Limit, len(g))
	for j := range g {
		c, b := &t.columns[j], &g[j]
		l := Limit{Input: c.name, Kind: c.kind(), Restricted: b.restricted(), Below: b.below, Above: b.above, Lower: b.lower, Upper: b.upper}
		for k, label := range c.labels {
			if b.out[k] {
				l.Excluded = append(l.Excluded, label)
			} else {
				l.Categories = append(l.Categories, label)
			}
		}
		limits[j] = l
	}
	return limits
}

// region reads limits back. Inputs without a limit may be absent.
func (t *Sample) region(limits []Limit) (region, error) {
	g := t.everything()
	for _, l := range limits {
		j, err := t.input(l.Input)
		if err != nil {
			return nil, err
		}
		if t.columns[j].categorical() {
			err = g[j].exclude(&t.columns[j], l)
		} else {
			err = g[j].confine(&t.columns[j], l)
		}
		if err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (b *bound) exclude(c *column, l Limit) error {
	if l.Below || l.Above {
		return fmt.Errorf("input %q is categorical; a limit on it lists the categories left out", c.name)
	}
	for _, label := range l.Excluded {
		k, ok := slices.BinarySearch(c.labels, label)
		if ok && !b.out[k] {
			b.out[k] = true
			b.outs++
		}
	}
	return nil
}

func (b *bound) confine(c *column, l Limit) error {
	if l.Below && math.IsNaN(l.Lower) || l.Above && math.IsNaN(l.Upper) {
		return fmt.Errorf("a limit on input %q is not a number", c.name)
	}
	if len(l.Excluded) > 0 {
		return fmt.Errorf("input %q is a number; a limit on it has lower and upper", c.name)
	}
	if l.Below {
		k, _ := slices.BinarySearch(c.levels, l.Lower)
		b.below, b.lower, b.lo = true, l.Lower, int32(k)
	}
	if l.Above {
		k, found := slices.BinarySearch(c.levels, l.Upper)
		if !found {
			k--
		}
		b.above, b.upper, b.hi = true, l.Upper, int32(k)
	}
	return nil
}

// quasiP is the chance of at least k successes in n trials of probability p, by
// the regularised incomplete beta function (Abramowitz and Stegun 1964, 26.5.24).
func quasiP(k, n int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	return special.BetaCDF(float64(k), float64(n-k+1), p)
}
