package chain

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const seeds = 3000

func compile(t testing.TB, n *Net, target Lit) *Diagram {
	t.Helper()
	d, err := n.Compile(t.Context(), target, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-12 || math.IsNaN(a) && math.IsNaN(b)
}

// everyNet runs f on random nets.
func everyNet(t *testing.T, f func(t *testing.T, seed uint64, n *Net, target Lit)) {
	t.Helper()
	for seed := range uint64(seeds) {
		n, target := randomNet(seed)
		if f(t, seed, n, target); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestProbability(t *testing.T) {
	middling := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		d := compile(t, n, target)
		p, slow := d.P(), n.slowP(target, n.Probability)
		if !near(p, slow) {
			t.Errorf("P = %v, by enumeration %v", p, slow)
		}
		if slow > 0 && slow < 1 {
			middling++
		}
	})
	if middling < seeds/4 {
		t.Errorf("only %d of %d nets have a probability between 0 and 1", middling, seeds)
	}
}

func TestTape(t *testing.T) {
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		d := compile(t, n, target)
		program, inputs := d.Program()
		in, out := make([][]float64, len(inputs)), [][]float64{{0}}
		for i, x := range inputs {
			in[i] = []float64{n.Probability(x)}
		}
		program.Run(program.NewScratch(), in[:program.Inputs()], out)
		if !near(out[0][0], d.P()) {
			t.Errorf("on the tape %v, else %v", out[0][0], d.P())
		}
	})
}

func TestImportance(t *testing.T) {
	for seed := range uint64(seeds / 10) {
		n, target := randomNet(seed)
		for _, i := range compile(t, n, target).Importance() {
			for _, c := range []struct {
				there bool
				got   float64
			}{{true, i.With}, {false, i.Without}} {
				want := n.slowGiven(target, i.Element, c.there)
				if !math.IsNaN(want) && !near(c.got, want) {
					t.Errorf("seed %d: P given %s is %v: %v, by Bayes %v", seed, n.Name(i.Element), c.there, c.got, want)
				}
			}
		}
	}
}

func TestChains(t *testing.T) {
	several := 0
	everyNet(t, func(t *testing.T, _ uint64, n *Net, target Lit) {
		got, err := n.Chains(t.Context(), target, Bound{})
		if err != nil || !got.Complete {
			t.Fatal(got, err)
		}
		want := n.slowChains(target)
		sameSets(t, n, got.Sets, want)
		if len(want) > 1 {
			several++
		}
	})
	if several < seeds/5 {
		t.Errorf("only %d of %d nets have several chains", several, seeds)
	}
}

func TestCuts(t *testing.T) {
	several := 0
	everyNet(t, func(t *testing.T, seed uint64, n *Net, target Lit) {
		removable := func(x Lit) bool { return (uint64(x)+seed)%5 != 0 }
		got, err := n.Cuts(t.Context(), target, removable, Bound{})
		if err != nil || !got.Complete {
			t.Fatal(got, err)
		}
		chains := n.slowChains(target)
		want := n.slowCuts(chains, removable)
		sameSets(t, n, got.Sets.Sets, want)
		if got.Impossible != (len(want) == 0) {
			t.Errorf("impossible: %v, and %d cuts", got.Impossible, len(want))
		}
		if got.Impossible && (slices.ContainsFunc(got.Uncut, removable) || !slices.ContainsFunc(chains, func(c []Lit) bool { return slices.Equal(c, got.Uncut) })) {
			t.Errorf("%v is not a chain without removable elements", n.Names(got.Uncut))
		}
		if len(want) > 1 {
			several++
		}
	})
	if several < seeds/5 {
		t.Errorf("only %d of %d nets have several cuts", several, seeds)
	}
}

func sameSets(t *testing.T, n *Net, got, want [][]Lit) {
	t.Helper()
	if diff := cmp.Diff(named(n, want), named(n, got)); diff != "" {
		t.Error(diff)
	}
}

func named(n *Net, sets [][]Lit) [][]string {
	list := [][]string{}
	for _, s := range sets {
		list = append(list, n.Names(s))
	}
	return list
}
