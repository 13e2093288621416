package decision

import (
	"fmt"
	"slices"
)

// Summary is the number by which options are put beside each other when a front
// is looked for.
type Summary string

// The summaries, as Scores has them.
const (
	Expected Summary = "expected"
	Median   Summary = "median"
	Worst    Summary = "worst"
	Tail     Summary = "tail"
)

func (s Summary) of(x Scores) float64 {
	switch s {
	case Expected:
		return float64(x.Expected)
	case Median:
		return float64(x.Median)
	case Worst:
		return float64(x.Worst)
	default:
		return float64(x.Tail)
	}
}

// Front says which options no other dominates over several measures. Exact:
// every pair of options is compared.
type Front struct {
	Summary  Summary       `json:"summary"`
	Measures []string      `json:"measures"`
	Epsilon  []float64     `json:"epsilon"` // by measure, in its unit
	Options  []FrontOption `json:"options"`
	Count
}

// FrontOption is one option on or off the front.
type FrontOption struct {
	Option      string   `json:"option"`
	Values      []Number `json:"values"` // by measure
	OnFront     bool     `json:"on_front"`
	DominatedBy []string `json:"dominated_by"`
	Undominated Share    `json:"undominated"` // share of worlds in which, world by world, none dominates it
}

// NewFront finds the front over several measures of the same options in the same
// worlds. One option dominates another when it is in no measure worse and in
// one better by more than epsilon (nil is 0 for all): a gain of epsilon or less
// does not count, a loss always does. So a larger epsilon never takes an option
// off the front, the front is never empty where a world can be compared, and
// options that are equal in everything stand on it together. A world counts only
// where every option is defined in every measure.
func NewFront(tables []*Table, by Summary, epsilon []float64, s Settings) (*Front, error) {
	if err := checkFront(tables, by, epsilon); err != nil {
		return nil, err
	}
	if epsilon == nil {
		epsilon = make([]float64, len(tables))
	}
	var columns [][]float64
	for _, t := range tables {
		columns = append(columns, t.Values...)
	}
	first := tables[0]
	kept, c := complete(columns, first.Weights, first.worlds())
	f := &Front{Summary: by, Epsilon: epsilon, Count: c}
	gains := make([][]float64, len(first.Options)) // by option, then measure
	f.Options = make([]FrontOption, len(first.Options))
	for _, t := range tables {
		f.Measures = append(f.Measures, t.Measure)
		compared, err := Compare(t.only(kept), s)
		if err != nil {
			return nil, err
		}
		for o, sc := range compared.Options {
			f.Options[o].Values = append(f.Options[o].Values, Number(by.of(sc)))
			gains[o] = append(gains[o], t.Better.sign()*by.of(sc))
		}
	}
	for o, name := range first.Options {
		x := &f.Options[o]
		x.Option, x.DominatedBy = name, []string{}
		for p := range gains {
			if dominates(gains[p], gains[o], epsilon) {
				x.DominatedBy = append(x.DominatedBy, first.Options[p])
			}
		}
		x.OnFront = c.N > 0 && len(x.DominatedBy) == 0
		x.Undominated = share(undominated(tables, kept, o, epsilon), weigh(first.Weights, kept), s.Confidence)
	}
	return f, nil
}

func checkFront(tables []*Table, by Summary, epsilon []float64) error {
	if len(tables) == 0 {
		return fmt.Errorf("no measure to look for a front of")
	}
	if !slices.Contains([]Summary{Expected, Median, Worst, Tail}, by) {
		return fmt.Errorf("unknown summary %q; use one of %s, %s, %s, %s", string(by), Expected, Median, Worst, Tail)
	}
	if epsilon != nil && len(epsilon) != len(tables) {
		return fmt.Errorf("%d epsilons for %d measures", len(epsilon), len(tables))
	}
	for k, t := range tables {
		if err := t.Check(); err != nil {
			return err
		}
		if epsilon != nil && !(epsilon[k] >= 0) {
			return fmt.Errorf("epsilon %v of measure %q; use a number from 0 up", epsilon[k], t.Measure)
		}
		switch first := tables[0]; {
		case !slices.Equal(t.Options, first.Options):
			return fmt.Errorf("measures %q and %q are of other options", first.Measure, t.Measure)
		case t.worlds() != first.worlds():
			return fmt.Errorf("measures %q and %q have %d and %d worlds", first.Measure, t.Measure, first.worlds(), t.worlds())
		case !slices.Equal(t.Weights, first.Weights):
			return fmt.Errorf("measures %q and %q weigh the worlds differently", first.Measure, t.Measure)
		}
	}
	return nil
}

// only is the table in some of its worlds.
func (t *Table) only(worlds []int) *Table {
	out := *t
	out.Values = nil
	for _, column := range t.Values {
		out.Values = append(out.Values, at(column, worlds))
	}
	if t.Weights != nil && len(worlds) > 0 {
		out.Weights = at(t.Weights, worlds)
	} else {
		out.Weights = nil
	}
	return &out
}

func dominates(a, b, epsilon []float64) bool {
	better := false
	for k := range a {
		if !(a[k] >= b[k]) {
			return false
		}
		better = better || a[k]-b[k] > epsilon[k]
	}
	return better
}

// undominated says in which of the worlds no option dominates option o.
func undominated(tables []*Table, kept []int, o int, epsilon []float64) []bool {
	gain := func(p, w int) []float64 {
		out := make([]float64, len(tables))
		for k, t := range tables {
			out[k] = t.Better.sign() * t.Values[p][w]
		}
		return out
	}
	out := make([]bool, len(kept))
	for i, w := range kept {
		own := gain(o, w)
		out[i] = true
		for p := range tables[0].Options {
			if p != o && dominates(gain(p, w), own, epsilon) {
				out[i] = false
				break
			}
		}
	}
	return out
}
