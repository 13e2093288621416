package sensitivity

import (
	"cmp"
	"fmt"
	"slices"
)

// Table holds inputs and output of worlds that were drawn in any way: X[j][i]
// is input j of world i, Y[i] its output.
type Table struct {
	Inputs []string
	X      [][]float64
	Y      []float64
}

// check says what is wrong with the table; an analysis without output passes
// the number of its rows.
func (t Table) check(rows int) error {
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
	return nil
}

// Where is the table of those worlds i with in[i] true, for an analysis "only
// where the settlement was accepted". Choosing worlds by an outcome makes inputs
// depend on each other in what is left.
func (t Table) Where(in []bool) (Table, error) {
	if err := t.check(len(in)); err != nil {
		return Table{}, err
	}
	if len(t.Y) != len(in) {
		return Table{}, fmt.Errorf("the class has %d rows, the output %d", len(in), len(t.Y))
	}
	some := Table{Inputs: t.Inputs, Y: chosen(t.Y, in)}
	for _, column := range t.X {
		some.X = append(some.X, chosen(column, in))
	}
	return some, nil
}

// At is a table of these rows of it, in this order; one may come more than once.
func (t Table) At(rows []int) Table {
	at := func(xs []float64) []float64 {
		out := make([]float64, len(rows))
		for k, i := range rows {
			out[k] = xs[i]
		}
		return out
	}
	out := Table{Inputs: t.Inputs, Y: at(t.Y)}
	for _, column := range t.X {
		out.X = append(out.X, at(column))
	}
	return out
}

func chosen(xs []float64, in []bool) []float64 {
	some := []float64{}
	for i, x := range xs {
		if in[i] {
			some = append(some, x)
		}
	}
	return some
}

// both gives x and y where both are finite.
func both(x, y []float64) (xs, ys []float64) {
	for i := range x {
		if isFinite(x[i]) && isFinite(y[i]) {
			xs, ys = append(xs, x[i]), append(ys, y[i])
		}
	}
	return xs, ys
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
// fewer rows than the least is an error; what is left out is a warning of basis.
func (t Table) each(b Bootstrap, basis *Basis, least int, ask func(j int, x, y []float64) bool) error {
	errs, constant, left := make([]error, len(t.Inputs)), make([]bool, len(t.Inputs)), make([]int, len(t.Inputs))
	b.each(len(t.Inputs), func(j int) {
		x, y := both(t.X[j], t.Y)
		left[j] = len(t.Y) - len(x)
		if len(x) < least {
			errs[j] = fmt.Errorf("input %q: %d complete rows, want at least %d", t.Inputs[j], len(x), least)
			return
		}
		constant[j] = !ask(j, x, y)
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
