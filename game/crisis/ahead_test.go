package crisis

import (
	"context"
	"slices"
	"testing"

	"casus/model"
)

// Looking further ahead, and choosing more sharply, is to play another case: one
// with another horizon, in worlds where what the precision is read from is as
// many times as large.
func TestAheadIsAnotherCase(t *testing.T) {
	m, k := shipped(t, "ukraine")
	ends := *k.Crisis // the same game, ending with its horizon
	ends.Discount = nil
	for _, c := range []struct {
		name   string
		crisis *model.Crisis
		years  int
	}{{"goes on", k.Crisis, 2}, {"ends", &ends, 1}} {
		t.Run(c.name, func(t *testing.T) {
			small := within(few(k, []string{"FRA"}, nil), c.years)
			small.Crisis = c.crisis
			holdAhead(t, m, small, m.Option("europe"))
		})
	}
}

func holdAhead(t *testing.T, m *model.Model, k *model.Case, o *model.Option) {
	t.Helper()
	const worlds = 3
	s := compile(t, m, k, o)
	years, measures := []int{k.Horizon, k.Horizon + 1}, []int{3, 0}
	a, err := s.Ahead(context.Background(), years, measures, 0)
	if err != nil {
		t.Fatal(err)
	}
	in := columns(s.Graph.Game, "deterrence", worlds)
	for _, times := range []float64{1. / 3, 1, 3} {
		got, err := a.Solve(in, worlds, times)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range years {
			want := solve(t, compile(t, m, within(k, n), o), sharp(t, s, in, times), worlds)
			for j, measure := range measures {
				for w := range worlds {
					if by := apart(got[i][j][w], want[measure][w], 1e-9); by > 1e-9 {
						t.Errorf("%d years, λ times %.3g, %s in world %d: %v, another case has %v", n, times, s.Measures[measure].Name, w, got[i][j][w], want[measure][w])
					}
				}
			}
		}
	}
}

// sharp are worlds in which the assumption that the precision is has so many
// times its value.
func sharp(t *testing.T, s *Solver, in [][]float64, times float64) [][]float64 {
	t.Helper()
	g := s.Graph.Game
	at := slices.IndexFunc(g.Inputs, func(a *model.Assumption) bool { return a.Name == g.Crisis.Precision.String() })
	if at < 0 {
		t.Fatalf("the precision is %s, not one assumption", g.Crisis.Precision)
	}
	out := slices.Clone(in)
	out[at] = slices.Clone(in[at])
	for w := range out[at] {
		out[at][w] *= times
	}
	return out
}
