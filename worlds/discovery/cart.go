package discovery

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"casus/worlds/draw"
)

// DefaultLeaf is the least share of rows in a leaf when TreeOptions say nothing.
const DefaultLeaf = 0.05

// TreeOptions says how far a tree grows. The zero value of a field is its
// default.
type TreeOptions struct {
	Leaf  int     `json:"leaf"`  // least rows in a leaf; 0: the whole part of DefaultLeaf of the rows, at least 1
	Depth int     `json:"depth"` // most splits above a leaf; 0: no limit
	Prune float64 `json:"prune"` // cost of a leaf in cost-complexity pruning; 0: not pruned
}

// Tree is a classification tree when the outcome says what is of interest, a
// regression tree otherwise.
type Tree struct {
	Basis      Basis       `json:"basis"`
	Options    TreeOptions `json:"options"` // as used
	Regression bool        `json:"regression"`
	Nodes      []Node      `json:"nodes"` // the root first, every node before its children, left before right

	table *Sample
}

// Node is a part of the rows. A split sends rows left whose input is at most
// Threshold, midway between the two values it parts, or has one of the
// categories in Left.
type Node struct {
	Parent int  `json:"parent"` // −1: the root
	Depth  int  `json:"depth"`
	Rows   int  `json:"rows"`
	Leaf   bool `json:"leaf"`

	// Interest counts the rows of interest; not set in a regression tree.
	Interest *int    `json:"interest,omitempty"`
	Mean     float64 `json:"mean"`     // of the outcome; the density of a classification
	Impurity float64 `json:"impurity"` // Gini index 2p(1−p), or variance

	Input     string   `json:"input,omitempty"` // of the split
	Threshold *float64 `json:"threshold,omitempty"`
	Left      []string `json:"left_categories,omitempty"`
	Children  []int    `json:"children,omitempty"` // left, right
	Gain      float64  `json:"gain"`               // fall of impurity times the share of rows
	// Alpha is the cost of a leaf from which on pruning cuts here, the weakest
	// link of Breiman et al. (1984), section 3.3. Not set in a leaf.
	Alpha *float64 `json:"alpha,omitempty"`

	Box    *Box    `json:"box,omitempty"`    // of a leaf of a classification tree
	Limits []Limit `json:"limits,omitempty"` // of a leaf of a regression tree

	region region
	sum    int64 // of the outcomes in units of the tree
}

// CART grows a tree by binary splits (Breiman, Friedman, Olshen and Stone 1984)
// that most lower the Gini index or the variance. Categories are split
// in the order of their mean outcome, which is best among all ways (their theorem
// 4.5) unless o.Leaf forbids that one; those that a node does not meet go with
// more rows. Of equal splits one of an input that is
// limited already is taken, then the first input, then the lowest threshold. Quantities are taken to 32 bits of their
// range, so that sums are exact.
//
// It fails when the options are out of range, when a classification has all or
// no rows of interest, or when a quantity is beyond ±1e150.
func CART(t *Sample, o TreeOptions) (*Tree, error) {
	o, err := o.settle(len(t.used))
	if err != nil {
		return nil, err
	}
	if err := t.growable(); err != nil {
		return nil, err
	}
	g := t.grower(o)
	g.grow(-1, 0, len(t.used), t.everything())
	tree := &Tree{Basis: t.Basis(), Options: o, Regression: t.hits == nil, Nodes: g.nodes, table: t}
	tree.links()
	if o.Prune > 0 {
		return tree.Pruned(o.Prune), nil
	}
	tree.boxes()
	return tree, nil
}

// growable fails where a tree has nothing to part, or cannot.
func (t *Sample) growable() error {
	if t.hits != nil {
		return t.classified()
	}
	for r, y := range t.outcome {
		if math.Abs(y) > widest {
			return fmt.Errorf("the outcome of row %d is %g; scale outcomes to within ±%g", t.used[r]+1, y, widest)
		}
	}
	return nil
}

func (o TreeOptions) settle(rows int) (TreeOptions, error) {
	if o.Leaf == 0 {
		o.Leaf = max(int(DefaultLeaf*float64(rows)), 1)
	}
	switch {
	case o.Leaf < 0:
		return o, fmt.Errorf("a leaf has at least 1 row, got %d", o.Leaf)
	case o.Depth < 0:
		return o, fmt.Errorf("the depth is at least 1, or 0 for no limit, got %d", o.Depth)
	case !(o.Prune >= 0) || math.IsInf(o.Prune, 1):
		return o, fmt.Errorf("the cost of a leaf is at least 0, got %v", o.Prune)
	}
	return o, nil
}

// grower keeps the rows of the node at work together, in each column's order.
type grower struct {
	t     *Sample
	o     TreeOptions
	units []int64 // outcome of a row, from 0 on
	unit  float64 // what one of them is worth
	order [][]int32
	left  []bool
	spare []int32
	nodes []Node
}

func (t *Sample) grower(o TreeOptions) *grower {
	g := &grower{t: t, o: o, left: make([]bool, len(t.used)), spare: make([]int32, len(t.used))}
	g.units, g.unit = t.units()
	for j := range t.columns {
		g.order = append(g.order, slices.Clone(t.columns[j].order))
	}
	return g
}

// units writes outcomes as integers: 0 and 1, or 32 bits of their range.
func (t *Sample) units() (units []int64, unit float64) {
	units = make([]int64, len(t.used))
	if t.hits != nil {
		for r, hit := range t.hits {
			units[r] = int64(hit)
		}
		return units, 1
	}
	least, most := slices.Min(t.outcome), slices.Max(t.outcome)
	unit = (most - least) / (1 << 32)
	for r, y := range t.outcome {
		if unit > 0 {
			units[r] = int64(math.Round((y - least) / unit))
		}
	}
	return units, unit
}

// widest bounds quantities so that their variance is finite.
const widest = 1e150

// split is a way to part a node in two.
type split struct {
	gain       float64 // n·(fall of impurity) in units squared, halved for Gini
	column     int
	n          int
	last, next int32  // levels on either side of a threshold
	goes       []bool // categories that go left
}

// fall is how much the sum of squares of m rows of sum q falls when n of them, of
// sum s, go left: n(m−n)/m times the squared difference of the means.
func fall(n, m int, s, q int64) float64 {
	l, r := float64(n), float64(m-n)
	d := float64(s)/l - float64(q-s)/r
	return float64(d*d) * (l * r / float64(m))
}

// grow adds a node for the rows from … to and those below it.
func (g *grower) grow(parent, from, to int, at region) int {
	i := len(g.nodes)
	g.nodes = append(g.nodes, g.node(parent, from, to, at))
	n := &g.nodes[i]
	best, found := g.best(n, from, to)
	if !found {
		n.Leaf = true
		return i
	}
	left, right := g.divide(n, best, at)
	middle := g.part(best, from, to)
	a := g.grow(i, from, middle, left)
	b := g.grow(i, middle, to, right)
	g.nodes[i].Children = []int{a, b}
	return i
}

func (g *grower) node(parent, from, to int, at region) Node {
	n := Node{Parent: parent, Rows: to - from, region: at}
	if parent >= 0 {
		n.Depth = g.nodes[parent].Depth + 1
	}
	for _, r := range g.order[0][from:to] {
		n.sum += g.units[r]
	}
	if g.t.hits != nil {
		k := int(n.sum)
		n.Interest, n.Mean = &k, float64(k)/float64(n.Rows)
		n.Impurity = 2 * n.Mean * (1 - n.Mean)
		return n
	}
	// Added in the order of the values, so that no order of rows shows.
	ys := make([]float64, 0, n.Rows)
	for _, r := range g.order[0][from:to] {
		ys = append(ys, g.t.outcome[r])
	}
	slices.Sort(ys)
	n.Mean = draw.Mean(ys)
	for i, y := range ys {
		ys[i] = (y - n.Mean) * (y - n.Mean)
	}
	n.Impurity = draw.Mean(ys)
	return n
}

// best looks for the split of most gain among all inputs.
func (g *grower) best(n *Node, from, to int) (best split, found bool) {
	if n.Rows < 2*g.o.Leaf || n.Impurity == 0 || g.o.Depth > 0 && n.Depth >= g.o.Depth {
		return best, false
	}
	for j := range g.t.columns {
		s, ok := g.along(j, n, from, to)
		if !ok {
			continue
		}
		limited := n.region[j].restricted() && found && !n.region[best.column].restricted()
		if !found || s.gain > best.gain || s.gain == best.gain && limited {
			best, found = s, true
		}
	}
	return best, found && best.gain > 0
}

func (g *grower) along(j int, n *Node, from, to int) (split, bool) {
	if g.t.columns[j].categorical() {
		return g.amongCategories(j, n, from, to)
	}
	best, found := split{column: j}, false
	d, sum := len(g.t.columns), int64(0)
	rows := g.order[j][from:to]
	for k, r := range rows[:len(rows)-1] {
		sum += g.units[r]
		here, next := g.t.codes[int(r)*d+j], g.t.codes[int(rows[k+1])*d+j]
		if here == next || k+1 < g.o.Leaf || n.Rows-k-1 < g.o.Leaf {
			continue
		}
		if gain := fall(k+1, n.Rows, sum, n.sum); !found || gain > best.gain {
			best.gain, best.n, best.last, best.next = gain, k+1, here, next
			found = true
		}
	}
	return best, found
}

// amongCategories parts the categories in the order of their mean outcome.
func (g *grower) amongCategories(j int, n *Node, from, to int) (split, bool) {
	type group struct {
		level int32
		n     int
		sum   int64
	}
	var groups []group
	d := len(g.t.columns)
	for _, r := range g.order[j][from:to] {
		level := g.t.codes[int(r)*d+j]
		if len(groups) == 0 || groups[len(groups)-1].level != level {
			groups = append(groups, group{level: level})
		}
		last := &groups[len(groups)-1]
		last.n++
		last.sum += g.units[r]
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Compare(float64(a.sum)/float64(a.n), float64(b.sum)/float64(b.n))
	})
	best, cut := split{column: j}, -1
	rows, sum := 0, int64(0)
	for k, c := range groups[:len(groups)-1] {
		rows, sum = rows+c.n, sum+c.sum
		if rows < g.o.Leaf || n.Rows-rows < g.o.Leaf {
			continue
		}
		if gain := fall(rows, n.Rows, sum, n.sum); cut < 0 || gain > best.gain {
			best.gain, best.n, cut = gain, rows, k
		}
	}
	if cut < 0 {
		return best, false
	}
	best.goes = make([]bool, g.t.columns[j].size())
	if 2*best.n > n.Rows {
		for c := range best.goes {
			best.goes[c] = true
		}
	}
	for k, c := range groups {
		best.goes[c.level] = k <= cut
	}
	return best, true
}

// divide writes a split into its node and gives the regions of the two sides.
func (g *grower) divide(n *Node, s split, at region) (left, right region) {
	c := &g.t.columns[s.column]
	n.Input = c.name
	n.Gain = float64(s.gain / float64(len(g.t.used)) * g.unit * g.unit)
	if g.t.hits != nil {
		n.Gain *= 2 // the Gini index is twice the variance
	}
	left, right = at.clone(), at.clone()
	l, r := &left[s.column], &right[s.column]
	if s.goes != nil {
		for level, goes := range s.goes {
			switch {
			case l.out[level]:
			case goes:
				n.Left = append(n.Left, c.labels[level])
				r.out[level] = true
				r.outs++
			default:
				l.out[level] = true
				l.outs++
			}
		}
		return left, right
	}
	threshold := middle(c.levels[s.last], c.levels[s.next], true)
	k, found := slices.BinarySearch(c.levels, threshold)
	n.Threshold = &threshold
	l.above, l.hi, l.upper = true, int32(k-1), threshold
	r.below, r.lo, r.lower = true, int32(k), threshold
	if found {
		l.hi, r.lo, r.lower = int32(k), int32(k+1), c.levels[k+1]
	}
	return left, right
}

// part brings the rows of the left side to the front, order kept, in every
// column, and says where the right side starts.
func (g *grower) part(s split, from, to int) int {
	d := len(g.t.columns)
	for _, r := range g.order[s.column][from:to] {
		code := g.t.codes[int(r)*d+s.column]
		g.left[r] = s.goes == nil && code <= s.last || s.goes != nil && s.goes[code]
	}
	for j := range g.order {
		rows, k, spare := g.order[j][from:to], 0, g.spare[:0]
		for _, r := range rows {
			if g.left[r] {
				rows[k] = r
				k++
			} else {
				spare = append(spare, r)
			}
		}
		copy(rows[k:], spare)
	}
	return from + s.n
}

// boxes describes the leaves.
func (tree *Tree) boxes() {
	t := tree.table
	for i := range tree.Nodes {
		n := &tree.Nodes[i]
		if !n.Leaf {
			continue
		}
		if tree.Regression {
			n.Limits = t.limits(n.region)
			continue
		}
		n.Box = &Box{
			Step:     Leaf,
			Coverage: share(*n.Interest, t.interest), Density: share(*n.Interest, n.Rows), Mass: share(n.Rows, len(t.used)),
			Restricted: n.region.restricted(), Limits: t.limits(n.region),
		}
	}
}

// ByDensity lists the leaves, counted from left to right, with most of what is of
// interest first.
func (tree *Tree) ByDensity() []int {
	leaves := tree.Leaves()
	out := make([]int, len(leaves))
	for k := range out {
		out[k] = k
	}
	slices.SortStableFunc(out, func(i, k int) int {
		return cmp.Compare(tree.Nodes[leaves[k]].Box.Density.Value, tree.Nodes[leaves[i]].Box.Density.Value)
	})
	return out
}

// Leaves lists the leaves from left to right.
func (tree *Tree) Leaves() []int {
	var leaves []int
	for i := range tree.Nodes {
		if tree.Nodes[i].Leaf {
			leaves = append(leaves, i)
		}
	}
	return leaves
}
