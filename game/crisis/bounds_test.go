package crisis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casus/model"
)

// small is a case of one move and one chance, with room for more.
func small(t *testing.T, facts, steps, rest string) (*model.Model, *model.Case) {
	t.Helper()
	m, k, err := read(`view v "v" { note "drawn" }
assume share "a share" share ~ uniform(0, 1) judgement "drawn"
option o "o" { }
crisis c "c" {
  role challenger
  role band many
  fact a
` + facts + `
  precision 1
  each year {
    move act by challenger { stay; go { set a } }
` + steps + `
  }
  measure m "m" probability = P(a)
` + rest + `
}
case k "k" { question "q"; date 2025-01-01; crisis c; role challenger = RUS; role band = FRA, GBR, POL; horizon 2 years; option o; view v }
`)
	if err != nil {
		t.Fatal(err)
	}
	return m, k
}

// A graph above its bound is an error that names the option, the bound, and the
// step that multiplies the states most.
func TestTooManyStates(t *testing.T) {
	m, k := shipped(t, "ukraine")
	_, err := Compile(context.Background(), m, k, m.Option("europe"), 5000)
	large := (*TooLarge)(nil)
	if !errors.As(err, &large) {
		t.Fatalf("error is %v", err)
	}
	if large.Bound != 5000 || large.Option != "europe" || large.Times <= 1 {
		t.Errorf("%+v", large)
	}
	steps := map[string]bool{"respond": true, "respond_first": true, "widen": true, "rally": true, "second": true, "resolve": true, "reply": true, "outcome": true, "aftermath": true}
	if !steps[large.Step] {
		t.Errorf("names step %s", large.Step)
	}
	for _, word := range []string{"europe", "5000", large.Step} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %s", err, word)
		}
	}
	if _, err := Compile(context.Background(), m, within(few(k, nil, nil), 1), m.Option("europe"), 5000); err != nil {
		t.Error("fewer actors:", err)
	}
}

// A bound that is just reached is no error.
func TestBoundIsInclusive(t *testing.T) {
	m, k := small(t, "", "", "")
	g, err := Ground(m, k, m.Option("o"))
	if err != nil {
		t.Fatal(err)
	}
	gr, err := Build(context.Background(), g, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := gr.Size().States
	if _, err := Build(context.Background(), g, n); err != nil {
		t.Error(err)
	}
	if _, err := Build(context.Background(), g, n-1); err == nil {
		t.Errorf("%d states within a bound of %d", n, n-1)
	}
}

// Build stops when it is told to.
func TestBuildStops(t *testing.T) {
	m, k := shipped(t, "ukraine")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compile(ctx, m, k, m.Option("europe"), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// Probabilities that add to more than 1 in a world, or fall below 0, are an
// error that names the step and the world; the other worlds may be fine.
func TestChancesOutsideTheirRange(t *testing.T) {
	for _, c := range []struct {
		chance string
		share  []float64 // by world
		world  int       // the first that is wrong; -1: none
	}{
		{"one with share { set a }; two with 0.5; rest otherwise", []float64{0.1, 0.5, 0.3}, -1},
		{"one with share { set a }; two with 0.5; rest otherwise", []float64{0.1, 0.5, 0.6, 0.7}, 2},
		{"one with share { set a }; two with 0.5 when a; rest otherwise", []float64{0.9, 1}, 0},
		{"one with share { set a }; two with 0.5 when challenger != challenger; rest otherwise", []float64{0.9, 1}, -1},
		{"one with share - 0.2; rest otherwise { set a }", []float64{0.9, 0.3, 0.1}, 2},
		{"one with 2 * share; rest otherwise { set a }", []float64{0.1, 0.9}, 1},
		{"one with 0.1 / (share - 0.1); rest otherwise { set a }", []float64{0.1}, 0},
	} {
		m, k := small(t, "", "    chance fall { "+c.chance+" }", "")
		s := compile(t, m, k, m.Option("o"))
		err := s.Solve(s.NewScratch(), [][]float64{c.share}, empty(1, len(c.share)))
		if c.world < 0 {
			if err != nil {
				t.Errorf("%s: %v", c.chance, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%s with %v: no error", c.chance, c.share)
			continue
		}
		for _, word := range []string{"option o", "fall", fmt.Sprintf("world %d", c.world)} {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q does not say %s", c.chance, err, word)
			}
		}
	}
}

// A state holds 128 bits of facts, duties included.
func TestTooManyFacts(t *testing.T) {
	facts := ""
	for i := range 11 {
		facts += fmt.Sprintf("  fact f%d(band) up to 15\n", i)
	}
	m, k := small(t, facts, "", "")
	_, err := Ground(m, k, m.Option("o"))
	if err == nil || !strings.Contains(err.Error(), "128 bits") || !strings.Contains(err.Error(), "crisis c") {
		t.Errorf("error is %v", err)
	}
	m, k = small(t, strings.ReplaceAll(facts, "up to 15", ""), "", "")
	if _, err := Ground(m, k, m.Option("o")); err != nil {
		t.Error(err)
	}
}

// More sums than Lower can keep apart are refused, not lost.
func TestTooManySums(t *testing.T) {
	measures := func(n int) (out string) {
		for i := range n {
			out += fmt.Sprintf("  measure m%d \"m\" probability = P(a and %d < 999)\n", i, i)
		}
		return out
	}
	m, k := small(t, "", "", measures(124))
	if _, err := Ground(m, k, m.Option("o")); err == nil || !strings.Contains(err.Error(), "at most 128") {
		t.Errorf("error is %v", err)
	}
	m, k = small(t, "", "", measures(123)) // and P(a), and four actors
	s := compile(t, m, k, m.Option("o"))
	for i, x := range solve(t, s, [][]float64{{0.5}}[:len(s.Graph.Game.Inputs)], 1) {
		if x[0] != 0.75 {
			t.Errorf("measure %s is %v", s.Measures[i].Name, x[0])
		}
	}
}
