package crisis_test

import (
	"context"
	"testing"

	"casus/catalog"
	"casus/game/crisis"
	"casus/worlds/study"
)

// What is said to be impossible is 0 in the central worlds of every school, and what is not
// is more than 0 in one of them at least.
func TestImpossibleIsZeroAndNothingElse(t *testing.T) {
	wanted := map[string]string{
		"neighbour": "word_broken comes about under no option in 1 year, whatever is done",
		"eve":       "word_broken comes about under no option in 1 year, whatever is done",
		"finland":   "",
	}
	for name, why := range wanted {
		m, _, err := catalog.Case(name)
		if err != nil {
			t.Fatal(err)
		}
		k := m.Case(name)
		never, err := crisis.Impossible(m, k)
		if err != nil || never["broken"] != why {
			t.Errorf("%s: broken: %q, %v; want %q", name, never["broken"], err, why)
		}
		most := make([]float64, len(k.Crisis.Measures))
		for _, o := range k.Options {
			s, err := crisis.Compile(context.Background(), m, k, o, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range k.Views {
				if len(v.Union) > 0 {
					continue
				}
				in, err := study.Medians(s.Graph.Game.Inputs, v)
				if err != nil {
					t.Fatal(err)
				}
				columns, out := make([][]float64, len(in)), make([][]float64, len(most))
				for i, x := range in {
					columns[i] = []float64{x}
				}
				for i := range out {
					out[i] = make([]float64, 1)
				}
				if err := s.Solve(s.NewScratch(), columns, out); err != nil {
					t.Fatal(err)
				}
				for i := range out {
					most[i] = max(most[i], out[i][0])
				}
			}
		}
		for i, ms := range k.Crisis.Measures {
			if said := never[ms.Name] != ""; said && most[i] != 0 || !said && !ms.Rate && most[i] == 0 {
				t.Errorf("%s: %s is %g at most, and of it is said: %q", name, ms.Name, most[i], never[ms.Name])
			}
		}
	}
}
