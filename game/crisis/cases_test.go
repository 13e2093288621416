package crisis

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"casus/catalog"
	"casus/model"
	"casus/worlds/draw"
)

// shipped loads a case of the catalogue.
func shipped(t testing.TB, name string) (*model.Model, *model.Case) {
	t.Helper()
	m, problems, err := catalog.Case(name)
	if err != nil {
		t.Fatal(err)
	}
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m, m.Case(name)
}

// within is the case with another horizon.
func within(k *model.Case, years int) *model.Case {
	out := *k
	out.Horizon = years
	return &out
}

func compile(t testing.TB, m *model.Model, k *model.Case, o *model.Option) *Solver {
	t.Helper()
	s, err := Compile(context.Background(), m, k, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// columns draws n worlds of a view: a column for each assumption.
func columns(g *Game, view string, n int) [][]float64 {
	d := draw.Design{N: n}
	in := make([][]float64, len(g.Inputs))
	for i, a := range g.Inputs {
		dist := a.Belief(view).Dist
		in[i] = make([]float64, n)
		for j, u := range d.Column(a.Name) {
			in[i][j] = dist.Quantile(u)
		}
	}
	return in
}

func empty(k, n int) [][]float64 {
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// world names the numbers of one world.
func world(g *Game, in [][]float64, j int) map[string]float64 {
	out := map[string]float64{}
	for i, a := range g.Inputs {
		out[a.Name] = in[i][j]
	}
	return out
}

func solve(t testing.TB, s *Solver, in [][]float64, worlds int) [][]float64 {
	t.Helper()
	out := empty(len(s.Measures), worlds)
	if err := s.Solve(s.NewScratch(), in, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// apart is how far two numbers lie apart: relative to the larger, absolute
// below floor, 0 for two NaN.
func apart(x, y, floor float64) float64 {
	if x == y || x != x && y != y {
		return 0
	}
	return math.Abs(x-y) / max(math.Abs(x), math.Abs(y), floor)
}

// differ says which measure the solver and the definition disagree about.
func differ(s *Solver, out [][]float64, j int, want []float64, floor float64) error {
	for i, ms := range s.Measures {
		if by := apart(out[i][j], want[i], floor); !(by <= 1e-12) {
			return fmt.Errorf("measure %s in world %d is %v, by the definition %v (%.2g apart)", ms.Name, j, out[i][j], want[i], by)
		}
	}
	return nil
}

var full = flag.Bool("full", false, "hold shipped cases to the definition with their whole cast, for two years: minutes a case, gigabytes")

// few are the responders and allies of a shipped case that the definition can
// follow in a test: it keeps every fact, so each actor multiplies its states.
func few(k *model.Case, responders, allies []string) *model.Case {
	out := *k
	out.Roles = maps.Clone(k.Roles)
	keep := func(role string, of []string) {
		out.Roles[role] = slices.DeleteFunc(slices.Clone(k.Roles[role]), func(a string) bool { return !slices.Contains(of, a) })
	}
	keep("responder", responders)
	keep("ally", allies)
	return &out
}

// Options of shipped cases are what the definition says, with -full of all of
// them: with some of the cast for two years, and with fewer still for the whole
// horizon.
func TestShippedCasesAreTheDefinition(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	views := []string{"entrapment", "deterrence"}
	for _, name := range catalog.Cases() {
		m, k := shipped(t, name)
		if k.Crisis == nil || !*full && name != "estonia" {
			continue // a game that goes on takes the definition a minute and more an option
		}
		for i, o := range k.Options {
			t.Run(name+"/"+o.Name, func(t *testing.T) {
				if *full {
					holdToDefinition(t, m, within(k, 2), o, views, 1)
					return
				}
				responders := []string{"BAL", "POL", "USA"}
				if i%5 == 0 {
					responders = append(responders, "FRA")
				}
				some := few(k, responders, []string{"BLR"})
				holdToDefinition(t, m, within(some, 2), o, views[i%2:][:1], 1)
				holdToDefinition(t, m, few(k, []string{"FRA", "USA"}, []string{"BLR"}), o, views[1-i%2:][:1], 2)
			})
		}
	}
}

func holdToDefinition(t *testing.T, m *model.Model, k *model.Case, o *model.Option, views []string, worlds int) {
	t.Helper()
	s := compile(t, m, k, o)
	for _, view := range views {
		in := columns(s.Graph.Game, view, worlds)
		out := solve(t, s, in, worlds)
		worst, states := 0.0, 0
		for j := range worlds {
			d := define(m, k, o, world(s.Graph.Game, in, j), nil)
			want := d.measures()
			if err := differ(s, out, j, want, 1e-9); err != nil {
				t.Error(view, err)
			}
			for i := range want {
				worst = max(worst, apart(out[i][j], want[i], 1e-300))
			}
			states = len(d.memo)
		}
		t.Logf("%s, %d years: %d states by the definition, %d visited by Build, at most %.1g apart", view, k.Horizon, states, s.Graph.states, worst)
	}
}
