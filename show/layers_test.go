package show

import (
	"testing"

	"pgregory.net/rapid"
)

// Every edge of a graph without circles leads to a later layer, and every node
// stands in one place.
func TestLayersLeadOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		var edges [][2]int
		for range rapid.IntRange(0, 24).Draw(t, "edges") {
			a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
			if a != b {
				edges = append(edges, [2]int{min(a, b), max(a, b)})
			}
		}
		g := lay(n, edges)
		for _, e := range edges {
			if g.layer[e[0]] >= g.layer[e[1]] {
				t.Fatalf("%v leads from layer %d to %d", e, g.layer[e[0]], g.layer[e[1]])
			}
		}
		seen := map[int]bool{}
		for _, layer := range g.layers {
			for _, v := range layer {
				if seen[v] {
					t.Fatalf("%d stands twice", v)
				}
				seen[v] = true
			}
		}
		if len(seen) != n {
			t.Fatalf("%d of %d nodes stand", len(seen), n)
		}
	})
}

// Two edges that cross are uncrossed.
func TestLayersUncross(t *testing.T) {
	if n := lay(4, [][2]int{{0, 3}, {1, 2}}).crossings(); n != 0 {
		t.Errorf("%d crossings", n)
	}
}

// A circle ends, and stays within as many layers as there are nodes.
func TestLayersOfACircle(t *testing.T) {
	g := lay(3, [][2]int{{0, 1}, {1, 2}, {2, 0}})
	if len(g.layers) > 3 {
		t.Errorf("%d layers", len(g.layers))
	}
}
