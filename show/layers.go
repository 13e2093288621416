package show

import (
	"cmp"
	"slices"
)

// layered is a graph without circles laid out in layers (Sugiyama, Tagawa and Toda
// 1981): each edge leads to a later layer, and nodes stand where few edges cross.
type layered struct {
	nodes  int
	edges  [][2]int // from, to
	layer  []int    // of a node
	layers [][]int  // the nodes of a layer, from top to bottom
}

// lay lays a graph out. An edge that would close a circle is left out of what
// decides the layers.
func lay(nodes int, edges [][2]int) *layered {
	g := &layered{nodes: nodes, edges: edges, layer: make([]int, nodes)}
	g.longest()
	for v, l := range g.layer {
		for len(g.layers) <= l {
			g.layers = append(g.layers, nil)
		}
		g.layers[l] = append(g.layers[l], v)
	}
	const sweeps = 8
	best, least := g.copied(), g.crossings()
	for i := range sweeps {
		g.sweep(i%2 == 0)
		if n := g.crossings(); n < least {
			best, least = g.copied(), n
		}
	}
	g.layers = best
	return g
}

func (g *layered) copied() [][]int {
	out := make([][]int, len(g.layers))
	for i := range out {
		out[i] = slices.Clone(g.layers[i])
	}
	return out
}

// longest puts each node one layer after the last of those that lead to it.
func (g *layered) longest() {
	for range g.nodes {
		moved := false
		for _, e := range g.edges {
			if want := g.layer[e[0]] + 1; g.layer[e[1]] < want && want < g.nodes {
				g.layer[e[1]], moved = want, true
			}
		}
		if !moved {
			return
		}
	}
}

// sweep orders each layer by the middle of its neighbours in the layers before it,
// or after it.
func (g *layered) sweep(down bool) {
	at := g.places()
	for i := range g.layers {
		layer := g.layers[i]
		if !down {
			layer = g.layers[len(g.layers)-1-i]
		}
		middle := map[int]float64{}
		for _, v := range layer {
			middle[v] = g.middle(v, at, down)
		}
		slices.SortStableFunc(layer, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
		for k, v := range layer {
			at[v] = float64(k)
		}
	}
}

func (g *layered) places() map[int]float64 {
	at := map[int]float64{}
	for _, layer := range g.layers {
		for k, v := range layer {
			at[v] = float64(k)
		}
	}
	return at
}

// middle is the mean place of the neighbours on one side; without any, its own.
func (g *layered) middle(v int, at map[int]float64, down bool) float64 {
	sum, n := 0.0, 0
	for _, e := range g.edges {
		switch {
		case down && e[1] == v:
			sum, n = sum+at[e[0]], n+1
		case !down && e[0] == v:
			sum, n = sum+at[e[1]], n+1
		}
	}
	if n == 0 {
		return at[v]
	}
	return sum / float64(n)
}

// crossings counts the pairs of edges between the same two layers that cross.
func (g *layered) crossings() int {
	at, n := g.places(), 0
	for i, e := range g.edges {
		for _, f := range g.edges[:i] {
			if g.layer[e[0]] == g.layer[f[0]] && g.layer[e[1]] == g.layer[f[1]] && (at[e[0]]-at[f[0]])*(at[e[1]]-at[f[1]]) < 0 {
				n++
			}
		}
	}
	return n
}
