package discovery

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The tree that scikit-learn grows on the cases of Bryant and Lempert, leaves of
// 44 rows and more.
func TestTreeOfBryantAndLempert(t *testing.T) {
	table := bryant(t)
	want, err := os.ReadFile("../../../shared/bench/analysis/cart_bryant_sklearn.txt")
	if err != nil {
		t.Skip("the tree of scikit-learn is not here")
	}
	tree, err := CART(table, TreeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := export(tree, 0); got != string(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// export writes a tree as scikit-learn's export_text does.
func export(tree *Tree, i int) string {
	n := &tree.Nodes[i]
	indent := strings.Repeat("|   ", n.Depth) + "|--- "
	if n.Leaf {
		class := 0
		if 2**n.Interest > n.Rows {
			class = 1
		}
		return fmt.Sprintf("%sweights: [%.6f, %.6f] class: %d\n", indent, float64(n.Rows-*n.Interest), float64(*n.Interest), class)
	}
	return fmt.Sprintf("%s%s <= %.6f\n", indent, n.Input, *n.Threshold) + export(tree, n.Children[0]) +
		fmt.Sprintf("%s%s >  %.6f\n", indent, n.Input, *n.Threshold) + export(tree, n.Children[1])
}

// squares is n times the variance, exactly.
func squares(outcome []float64, rows []int) *big.Rat {
	sum, square := new(big.Rat), new(big.Rat)
	for _, i := range rows {
		y := new(big.Rat).SetFloat64(outcome[i])
		sum.Add(sum, y)
		square.Add(square, new(big.Rat).Mul(y, y))
	}
	sum.Mul(sum, sum)
	return square.Sub(square, sum.Quo(sum, big.NewRat(int64(len(rows)), 1)))
}

// bestSplit tries every threshold and every set of categories.
func bestSplit(inputs []Input, outcome []float64, rows []int, leaf int) *big.Rat {
	best := new(big.Rat)
	try := func(left func(i int) bool) {
		var a, b []int
		for _, i := range rows {
			if left(i) {
				a = append(a, i)
			} else {
				b = append(b, i)
			}
		}
		if len(a) < leaf || len(b) < leaf {
			return
		}
		gain := squares(outcome, rows)
		gain.Sub(gain, squares(outcome, a)).Sub(gain, squares(outcome, b))
		if gain.Cmp(best) > 0 {
			best = gain
		}
	}
	for _, in := range inputs {
		for _, at := range rows {
			if in.Labels == nil {
				try(func(i int) bool { return in.Numbers[i] <= in.Numbers[at] })
			}
		}
		labels := distinct(in.Labels)
		for set := range 1 << len(labels) {
			if in.Labels != nil {
				try(func(i int) bool { return set>>slices.Index(labels, in.Labels[i])&1 == 1 })
			}
		}
	}
	return best
}

// Every split of a tree is the best there is, and its leaves are what their
// limits hold.
func TestTreeIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		if rapid.Bool().Draw(t, "regression") {
			for i := range outcome {
				outcome[i] = outcome[i]*2 + float64(rapid.IntRange(-3, 3).Draw(t, "y"))
			}
			outcome[0] = 8 // a range that 32 bits hold exactly, and no classification
			outcome[1] = -8
		}
		o := TreeOptions{Leaf: rapid.IntRange(1, 6).Draw(t, "leaf"), Depth: rapid.IntRange(0, 3).Draw(t, "depth")}
		for _, in := range inputs {
			if in.Labels != nil {
				o.Leaf = 1 // the theorem on categories knows no least leaf
			}
		}
		table, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := CART(table, o)
		if err != nil {
			t.Fatal(err)
		}
		rows := reached(tree, inputs, len(outcome))
		for i := range tree.Nodes {
			n := &tree.Nodes[i]
			if len(rows[i]) != n.Rows {
				t.Fatalf("node %d holds %d rows, says %d", i, len(rows[i]), n.Rows)
			}
			variance, _ := squares(outcome, rows[i]).Float64()
			scale := 1.0
			if !tree.Regression {
				scale = 2
			}
			if math.Abs(n.Impurity-scale*variance/float64(n.Rows)) > 1e-9 {
				t.Fatalf("node %d: impurity %v, want %v", i, n.Impurity, scale*variance/float64(n.Rows))
			}
			best, _ := bestSplit(inputs, outcome, rows[i], o.Leaf).Float64()
			if o.Depth > 0 && n.Depth == o.Depth {
				best = 0
			}
			if got, want := n.Gain*float64(len(outcome)), scale*best; math.Abs(got-want) > 1e-6*max(want, 1) {
				t.Fatalf("node %d gains %v, want %v", i, got, want)
			}
			if n.Leaf && tree.Regression && !slices.Equal(rows[i], inside(inputs, Box{Limits: n.Limits})) {
				t.Fatalf("leaf %d: limits %+v hold other rows", i, n.Limits)
			}
			if n.Leaf && !tree.Regression {
				b, err := Measure(table, n.Box.Limits)
				if err != nil || b.Density != n.Box.Density || b.Coverage != n.Box.Coverage || b.Restricted != n.Box.Restricted {
					t.Fatalf("leaf %d: %+v, measured %+v, %v", i, n.Box, b, err)
				}
			}
		}
	})
}

// reached sends rows down the tree by what its nodes say.
func reached(tree *Tree, inputs []Input, rows int) [][]int {
	at := make([][]int, len(tree.Nodes))
	for i := range rows {
		k := 0
		for {
			at[k] = append(at[k], i)
			n := &tree.Nodes[k]
			if n.Leaf {
				break
			}
			j := slices.IndexFunc(inputs, func(in Input) bool { return in.Name == n.Input })
			left := n.Threshold != nil && inputs[j].Numbers[i] <= *n.Threshold || n.Threshold == nil && slices.Contains(n.Left, inputs[j].Labels[i])
			k = n.Children[1]
			if left {
				k = n.Children[0]
			}
		}
	}
	return at
}

// cheapest is the least cost of the subtrees at a node, and the fewest leaves
// with which it is reached.
func cheapest(tree *Tree, i int, alpha float64) (cost float64, leaves int) {
	n := &tree.Nodes[i]
	cost, leaves = tree.cost(i)+alpha, 1
	if n.Leaf {
		return cost, leaves
	}
	a, la := cheapest(tree, n.Children[0], alpha)
	b, lb := cheapest(tree, n.Children[1], alpha)
	if a+b < cost-1e-12 {
		return a + b, la + lb
	}
	return cost, leaves
}

// A pruned tree is the smallest of least cost, whatever the cost of a leaf.
func TestPrunedTreeIsCheapest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inputs, outcome := table(t)
		table, err := New(inputs, outcome)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := CART(table, TreeOptions{Leaf: 1})
		if err != nil {
			t.Fatal(err)
		}
		// Not a share of small counts, so that no link is exactly as strong.
		alpha := float64(rapid.IntRange(0, 200).Draw(t, "alpha"))/1000 + 0.00012345
		pruned, err := CART(table, TreeOptions{Leaf: 1, Prune: alpha})
		if err != nil {
			t.Fatal(err)
		}
		cost := 0.0
		for _, i := range pruned.Leaves() {
			cost += pruned.cost(i) + alpha
			if pruned.Nodes[i].Box == nil {
				t.Fatal("a leaf of a pruned tree has no box")
			}
		}
		want, leaves := cheapest(tree, 0, alpha)
		if math.Abs(cost-want) > 1e-9 || len(pruned.Leaves()) != leaves {
			t.Fatalf("pruned: cost %v with %d leaves, want %v with %d", cost, len(pruned.Leaves()), want, leaves)
		}
	})
}
