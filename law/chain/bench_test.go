package chain

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// alliances is a random net of pacts between states. In a pact of two each
// promises to join when the other is at war, and may or may not honour it; in a
// larger pact each member makes one choice whoever is attacked first. The
// first state is attacked; the last is the one asked about.
func alliances(seed uint64, states, pacts, large int) (*Net, Lit) {
	r := rand.New(rand.NewPCG(seed, 20))
	n := New()
	at := make([]Lit, states)
	for i := range at {
		at[i] = n.Prop(fmt.Sprintf("s%02d at war", i))
	}
	n.Rule(at[0], 0, n.Uncertain(Event, "s00 is attacked", 0.5))
	for k := range pacts {
		size := 2
		if k < large {
			size = 3 + r.IntN(4)
		}
		article := n.Element(Article, fmt.Sprintf("T%02d.1", k))
		members := r.Perm(states)[:size]
		for _, m := range members {
			honours := n.Uncertain(Choice, fmt.Sprintf("s%02d honours T%02d", m, k), 0.05+0.9*r.Float64())
			for _, o := range members {
				if o != m {
					n.Rule(at[m], k, at[o], article, honours)
				}
			}
		}
	}
	return n, at[states-1]
}

func BenchmarkCompile(b *testing.B) {
	for _, large := range []int{0, 3, 10} {
		for seed := range uint64(4) {
			b.Run(fmt.Sprintf("large=%d/seed=%d", large, seed), func(b *testing.B) {
				n, target := alliances(seed, 20, 60, large)
				for b.Loop() {
					d, err := n.Compile(b.Context(), target, Limits{})
					if err != nil {
						b.Skip(err)
					}
					b.ReportMetric(float64(d.Nodes()), "nodes")
				}
			})
		}
	}
}

func BenchmarkImportance(b *testing.B) {
	n, target := alliances(1, 20, 60, 0)
	d := compile(b, n, target)
	for b.Loop() {
		if _, err := d.Importance(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChains(b *testing.B) {
	n, target := alliances(1, 20, 60, 3)
	for b.Loop() {
		s, err := n.Chains(b.Context(), target, Bound{Size: 9})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Found), "chains")
	}
}

func BenchmarkCuts(b *testing.B) {
	n, target := alliances(1, 20, 60, 3)
	for b.Loop() {
		s, err := n.Cuts(b.Context(), target, func(x Lit) bool { return n.Kind(x) == Article }, Bound{Max: 1})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.Sets.Sets[0])), "elements")
	}
}

// BenchmarkWorlds is 16,384 worlds over one diagram.
func BenchmarkWorlds(b *testing.B) {
	const worlds = 1 << 14
	n, target := alliances(1, 20, 40, 0)
	d := compile(b, n, target)
	program, inputs := d.Program()
	in, out := make([][]float64, len(inputs)), [][]float64{make([]float64, worlds)}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range in {
		in[i] = make([]float64, worlds)
		for w := range in[i] {
			in[i][w] = r.Float64()
		}
	}
	s := program.NewScratch()
	for b.Loop() {
		program.Run(s, in, out)
	}
	b.ReportMetric(float64(d.Nodes()), "nodes")
	b.ReportMetric(worlds*float64(b.N)/b.Elapsed().Seconds(), "worlds/s")
}
