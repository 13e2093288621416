package sensitivity

import (
	"cmp"
	"fmt"
	"slices"
)

// Sample holds inputs and output of worlds that were drawn in any way: X[j][i]
// is input j of world i, Y[i] its output.
//
// Rows may count differently (Weights), and several may come of one world, as
// copies do, or the same draws under the ranges of several schools (Worlds). Noise
// is then that of the worlds, however many rows each has. Where no worlds are named
// and some input tells rows apart, rows alike in every column are of one world.
type Sample struct {
	Inputs  []string
	X       [][]float64
	Y       []float64
	Weights []float64 // what each row counts, 0 or more in any unit; nil: alike
	Worlds  []int     // of which world each row comes; nil: each of its own
}

// check says what is wrong with the table; an analysis without output passes
// the number of its rows.
func (t Sample) check(rows int) error {
	if err := distinct(t.Inputs); err != nil {
		return err
	}
	if len(t.X) != len(t.Inputs) {
		return fmt.Errorf("%d inputs are named, got %d columns", len(t.Inputs), len(t.X))
	}
	for j, column := range t.X {
		if len(column) != rows {
			return fmt.Errorf("input %q has %d rows, the output %d", t.Inputs[j], len(column), rows)
		}
	}
	return t.checkWeights(rows)
}

// Where is the table of those worlds i with in[i] true, for an analysis "only
// where the settlement was accepted". Choosing worlds by an outcome makes inputs
// depend on each other in what is left.
func (t Sample) Where(in []bool) (Sample, error) {
	if err := t.check(len(in)); err != nil {
		return Sample{}, err
	}
	if len(t.Y) != len(in) {
		return Sample{}, fmt.Errorf("the class has %d rows, the output %d", len(in), len(t.Y))
	}
	var rows []int
	for i, is := range in {
		if is {
			rows = append(rows, i)
		}
	}
	return t.at(rows), nil
}

// at is the table of some rows.
func (t Sample) at(rows []int) Sample {
	out := Sample{Inputs: t.Inputs, Y: at(t.Y, rows), Weights: at(t.Weights, rows), Worlds: at(t.Worlds, rows)}
	for _, column := range t.X {
		out.X = append(out.X, at(column, rows))
	}
	return out
}

// at are the entries of a column in some rows; of no column, none.
func at[T any](column []T, rows []int) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(rows))
	for k, i := range rows {
		out[k] = column[i]
	}
	return out
}

// order gives the indices of xs from the least value to the greatest, equal
// values in their order.
func order(xs []float64) []int {
	type keyed struct {
		x float64
		i int
	}
	items := make([]keyed, len(xs))
	for i, x := range xs {
		items[i] = keyed{x, i}
	}
	slices.SortFunc(items, func(a, b keyed) int {
		if c := cmp.Compare(a.x, b.x); c != 0 {
			return c
		}
		return cmp.Compare(a.i, b.i)
	})
	at := make([]int, len(xs))
	for i, item := range items {
		at[i] = item.i
	}
	return at
}

// each asks every input about its complete rows, on the workers of b; ask is
// false when there is nothing to estimate, because nothing varies. An input with
// fewer rows than the least, or rows worth fewer worlds, is an error; what is left
// out is a warning of basis.
func (t Sample) each(b Bootstrap, basis *Basis, least int, ask func(j int, r rows) bool) error {
	errs, constant, left := make([]error, len(t.Inputs)), make([]bool, len(t.Inputs)), make([]int, len(t.Inputs))
	b.each(len(t.Inputs), func(j int) {
		r := t.complete(j)
		left[j] = len(t.Y) - len(r.y)
		if errs[j] = r.tooFew(t.Inputs[j], least); errs[j] == nil {
			constant[j] = !ask(j, r)
		}
	})
	for j, name := range t.Inputs {
		if errs[j] != nil {
			return errs[j]
		}
		basis.warnLeft(name, "rows", left[j], len(t.Y))
		if constant[j] {
			basis.warn(Constant, name, "the output or the input is the same in all rows")
		}
	}
	return nil
}
