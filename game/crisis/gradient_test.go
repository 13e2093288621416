package crisis

import (
	"math"
	"slices"
	"testing"
)

// gradientOf is a measure of a solved case and its derivatives in n worlds.
func gradientOf(s *Solver, in [][]float64, measure int) (value []float64, grad [][]float64) {
	n := len(in[0])
	out, grad := empty(len(s.Measures), n), empty(len(in), n)
	s.Gradient(s.NewScratch(), in, out, measure, grad)
	return out[measure], grad
}

// The gradient is what central differences find: for every assumption with
// some of the cast, for a few with all of it.
func TestGradientIsTheSlope(t *testing.T) {
	m, k := shipped(t, "ukraine")
	option := m.Option("europe")
	t.Run("some", func(t *testing.T) {
		s := compile(t, m, few(k, []string{"BAL", "POL", "USA"}, []string{"BLR"}), option)
		checkSlopes(t, s, []string{"accepted", "resumed", "nato_war", "keeps", "europe_cost"}, nil)
	})
	t.Run("all", func(t *testing.T) {
		s := compile(t, m, k, option)
		checkSlopes(t, s, []string{"nato_war"}, []string{"precision", "fight_cost[FRA]", "contest_power", "audience_cost[USA]"})
	})
}

func checkSlopes(t *testing.T, s *Solver, measures, assumptions []string) {
	t.Helper()
	const worlds = 3
	in := columns(s.Graph.Game, "deterrence", worlds)
	for i, ms := range s.Measures {
		if !slices.Contains(measures, ms.Name) {
			continue
		}
		value, grad := gradientOf(s, in, i)
		plain := solve(t, s, in, worlds)[i]
		for j := range worlds {
			if by := apart(value[j], plain[j], 1e-9); by > 1e-12 {
				t.Errorf("%s in world %d is %v beside its gradient, else %v", ms.Name, j, value[j], plain[j])
			}
		}
		for at, a := range s.Graph.Game.Inputs {
			if assumptions == nil || slices.Contains(assumptions, a.Name) {
				checkSlope(t, s, in, i, at, value, grad[at])
			}
		}
	}
}

// checkSlope compares with (f(x+h) − f(x−h))/2h, whose error is about h² f”'/6
// plus rounding over h: with h at 1e-5 of x some 1e-9 of the measure.
func checkSlope(t *testing.T, s *Solver, in [][]float64, measure, at int, value, grad []float64) {
	t.Helper()
	moved := append([][]float64{}, in...)
	step := func(by float64) []float64 {
		moved[at] = make([]float64, len(in[at]))
		for j, x := range in[at] {
			moved[at][j] = x + by*math.Abs(x)
		}
		return solve(t, s, moved, len(in[at]))[measure]
	}
	const h = 1e-5
	up, down := step(h), step(-h)
	for j, x := range in[at] {
		if x == 0 {
			continue
		}
		want := (up[j] - down[j]) / (2 * h * math.Abs(x))
		scale := max(math.Abs(want), 1e-3*math.Abs(value[j])/math.Abs(x))
		rounding := 1e-15 / (h * math.Abs(x))
		if math.Abs(grad[j]-want) > 1e-5*scale+rounding {
			t.Errorf("slope of %s by %s in world %d is %v, by differences %v", s.Measures[measure].Name, s.Graph.Game.Inputs[at].Name, j, grad[j], want)
		}
	}
}
