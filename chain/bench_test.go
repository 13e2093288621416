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
	n, target := alliances(2, 20, 60, 0)
	for b.Loop() {
		compile(b, n, target)
	}
}
