package study

import (
	"context"
	"slices"
	"testing"

	"casus/catalog"
)

// A solver asked in the worlds of a record gives the record's values, to the
// bit, however many workers there are.
func TestSolverGivesTheRecord(t *testing.T) {
	m, problems, err := catalog.Case("estonia")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(err, problems)
	}
	k := m.Case("estonia")
	r, err := Run(context.Background(), m, k, Plan{Worlds: 200, Horizon: 1, Options: []string{k.Options[0].Name}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := *k
	c.Horizon = 1
	s, err := NewSolver(context.Background(), m, &c, k.Options[0], 0)
	if err != nil {
		t.Fatal(err)
	}
	for v, view := range r.Results[0].Views {
		for _, workers := range []int{1, 3} {
			out, err := s.Solve(context.Background(), r.Draws[view.View], workers)
			if err != nil {
				t.Fatal(err)
			}
			for i := range out {
				same := func(x, y float64) bool { return x == y || x != x && y != y } // NaN: not defined
				if !slices.EqualFunc(out[i], r.Results[0].Views[v].Values[i], same) {
					t.Errorf("view %s, measure %s: not the record's values", view.View, s.Measures[i].Name)
				}
			}
		}
	}
}
