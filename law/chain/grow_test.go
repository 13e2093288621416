package chain

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// growing is a net like another, of which each rule is hidden until a premise that
// is a proposition comes about.
func growing(n *Net, target Lit) (*Net, Growth) {
	out := New()
	out.lits, out.groups, out.names = n.lits, n.groups, n.names
	hidden := map[Lit][]rule{}
	for _, r := range n.rules {
		props, _ := n.parts(r)
		if len(props) == 0 {
			out.rules = append(out.rules, r)
			continue
		}
		hidden[props[0]] = append(hidden[props[0]], r)
	}
	return out, Growth{Target: target, Follow: func(x Lit) { out.rules = append(out.rules, hidden[x]...) }}
}

// A net that grows on the way of the search has the chains of the whole, of every
// size, with gates and without.
func TestGrow(t *testing.T) {
	several, cut := 0, 0
	everyNet(t, func(t *testing.T, seed uint64, n *Net, target Lit) {
		all := n.slowChains(target)
		for size := 1; size <= 7; size += 2 {
			g, growth := growing(n, target)
			if growth.Size = size; seed%2 == 0 && len(all) > 0 {
				growth.Gates = [][][]Lit{gatesOf(all)}
			}
			got, err := g.Grow(t.Context(), growth)
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(slices.Clone(all), func(set []Lit) bool { return len(set) > size })
			sameSets(t, n, got.Sets, want)
			if len(want) > 1 {
				several++
			}
			if len(want) < len(all) {
				if cut++; got.Complete || got.UpTo != size {
					t.Errorf("size %d: complete %v, up to %d, and %d chains of %d", size, got.Complete, got.UpTo, len(want), len(all))
				}
			}
		}
	})
	if several < seeds/5 || cut < seeds/5 {
		t.Errorf("only %d searches find several chains, and %d leave any out", several, cut)
	}
}

// gatesOf is the first elements of chains: every chain contains one of them, or is
// empty.
func gatesOf(all [][]Lit) [][]Lit {
	var out [][]Lit
	for _, set := range all {
		if gate := slices.Clone(set[:min(2, len(set))]); !slices.ContainsFunc(out, func(g []Lit) bool { return slices.Equal(g, gate) }) {
			out = append(out, gate)
		}
	}
	return out
}

// A search that is stopped, or has used up its work, says how far it went, and tells
// nothing that is no chain.
func TestGrowStopped(t *testing.T) {
	n, target := alliances(1, 8, 12, 2)
	all, err := n.Chains(t.Context(), target, Bound{})
	if err != nil {
		t.Fatal(err)
	}
	for work := 1; work < 400; work += 13 {
		g, growth := growing(n, target)
		growth.Size, growth.Work = 20, work
		some, err := g.Grow(t.Context(), growth)
		if err != nil {
			t.Fatal(err)
		}
		sameSets(t, n, some.Sets, all.Sets[:len(some.Sets)])
		if some.Complete != (some.Found == all.Found) {
			t.Errorf("work %d: complete %v with %d of %d", work, some.Complete, some.Found, all.Found)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	g, growth := growing(n, target)
	follow := growth.Follow
	followed := 0
	growth.Size, growth.Follow = 20, func(x Lit) {
		follow(x)
		if followed++; followed == 5 {
			stop()
		}
	}
	some, err := g.Grow(ctx, growth)
	if !errors.Is(err, context.Canceled) || some.Complete {
		t.Errorf("%v, complete %v", err, some.Complete)
	}
	for _, set := range some.Sets {
		if !n.holds(target, set) {
			t.Errorf("%v is no chain", n.Names(set))
		}
	}
}
