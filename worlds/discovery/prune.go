package discovery

import (
	"cmp"
	"container/heap"
)

// links finds from which cost of a leaf on each node would be cut, by cutting
// the weakest link again and again (Breiman et al. 1984, section 3.3). The
// cost of a node is its impurity times its share of the rows; its link is how
// much the cost falls for each leaf that it adds.
func (tree *Tree) links() {
	p := &pruner{tree: tree, costs: make([]float64, len(tree.Nodes)), leaves: make([]int, len(tree.Nodes)), links: make([]float64, len(tree.Nodes))}
	for i := len(tree.Nodes) - 1; i >= 0; i-- {
		p.weigh(i)
	}
	alpha := 0.0
	for p.Len() > 0 {
		weakest := heap.Pop(p).(link)
		n := &tree.Nodes[weakest.node]
		if n.Alpha != nil || weakest.strength != p.links[weakest.node] {
			continue // cut already, or weighed anew since
		}
		alpha = max(alpha, weakest.strength)
		p.cut(weakest.node, alpha)
		for i := n.Parent; i >= 0; i = tree.Nodes[i].Parent {
			p.weigh(i)
		}
	}
}

// pruner is a heap of links, the weakest first, of equals the one nearest the
// root.
type pruner struct {
	tree   *Tree
	costs  []float64 // of the leaves under a node
	leaves []int     // how many
	links  []float64 // as last weighed
	heap   []link
}

type link struct {
	node     int
	strength float64
}

// weigh sums what is under a node and puts its link on the heap.
func (p *pruner) weigh(i int) {
	n := &p.tree.Nodes[i]
	if n.Leaf || n.Alpha != nil {
		p.costs[i], p.leaves[i] = p.tree.cost(i), 1
		return
	}
	a, b := n.Children[0], n.Children[1]
	p.costs[i], p.leaves[i] = p.costs[a]+p.costs[b], p.leaves[a]+p.leaves[b]
	p.links[i] = (p.tree.cost(i) - p.costs[i]) / float64(p.leaves[i]-1)
	heap.Push(p, link{i, p.links[i]})
}

// cut makes leaves of a node and all below it.
func (p *pruner) cut(i int, alpha float64) {
	n := &p.tree.Nodes[i]
	if n.Leaf || n.Alpha != nil {
		return
	}
	n.Alpha = &alpha
	p.weigh(i)
	for _, c := range n.Children {
		p.cut(c, alpha)
	}
}

func (p *pruner) Len() int      { return len(p.heap) }
func (p *pruner) Swap(i, j int) { p.heap[i], p.heap[j] = p.heap[j], p.heap[i] }
func (p *pruner) Push(x any)    { p.heap = append(p.heap, x.(link)) }

func (p *pruner) Less(i, j int) bool {
	a, b := p.heap[i], p.heap[j]
	return cmp.Or(cmp.Compare(a.strength, b.strength), cmp.Compare(a.node, b.node)) < 0
}

func (p *pruner) Pop() any {
	last := p.heap[len(p.heap)-1]
	p.heap = p.heap[:len(p.heap)-1]
	return last
}

func (tree *Tree) cost(i int) float64 {
	n := &tree.Nodes[i]
	return n.Impurity * float64(n.Rows) / float64(tree.Nodes[0].Rows)
}

// Pruned is the tree with every link cut that is no stronger than alpha: the
// smallest tree of least cost plus alpha for each leaf. The tree itself stays.
func (tree *Tree) Pruned(alpha float64) *Tree {
	p := *tree
	p.Options.Prune = alpha
	p.Nodes = nil
	p.keep(tree, 0, -1)
	p.boxes()
	return &p
}

func (tree *Tree) keep(from *Tree, i, parent int) int {
	n := from.Nodes[i]
	n.Parent = parent
	at := len(tree.Nodes)
	tree.Nodes = append(tree.Nodes, n)
	if n.Leaf {
		return at
	}
	if *n.Alpha <= tree.Options.Prune {
		tree.Nodes[at] = Node{
			Parent: parent, Depth: n.Depth, Rows: n.Rows, Leaf: true,
			Interest: n.Interest, Mean: n.Mean, Impurity: n.Impurity, region: n.region, sum: n.sum,
		}
		return at
	}
	a := tree.keep(from, n.Children[0], at)
	b := tree.keep(from, n.Children[1], at)
	tree.Nodes[at].Children = []int{a, b}
	return at
}
