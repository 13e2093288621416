package tape

import (
	"fmt"
	"math"
	"slices"
)

// Builder collects a formula. Every value is written once: asking again for
// the same operation on the same Nodes returns the same Node. Values are
// finite by contract, so x·0 is folded to 0 and x−x to 0; a formula in which x
// may be infinite or NaN must not rely on those products.
//
// A Builder is for one goroutine. Compile may be called more than once.
type Builder struct {
	nodes []node
	args  []Node  // all arguments, end to end
	index []int32 // open-addressing hash table of node numbers + 1
}

// node is one value. Softmax is a node of its own, never shown to the caller;
// its outputs are kProb nodes.
type node struct {
	value float64 // of a kConst
	first int32   // of the arguments in Builder.args
	count int32
	which int32 // input column of a kInput, output number of a kProb
	kind  kind
}

// NewBuilder returns an empty Builder.
func NewBuilder() *Builder {
	return &Builder{index: make([]int32, 1024)}
}

// Clone returns a Builder with the same Nodes. What is added to one of the two
// is not in the other.
func (b *Builder) Clone() *Builder {
	return &Builder{nodes: slices.Clone(b.nodes), args: slices.Clone(b.args), index: slices.Clone(b.index)}
}

// Has reports whether x is a Node of this Builder.
func (b *Builder) Has(x Node) bool { return x >= 0 && int(x) < len(b.nodes) }

// Const is the number x.
func (b *Builder) Const(x float64) Node {
	return b.intern(node{kind: kConst, value: x})
}

// Input is column i of the inputs. A Program has as many inputs as the highest
// i its outputs need, and one.
func (b *Builder) Input(i int) Node {
	if i < 0 || i > math.MaxInt32 {
		panic(fmt.Sprintf("tape: input %d", i))
	}
	return b.intern(node{kind: kInput, which: int32(i)})
}

// Neg is −x.
func (b *Builder) Neg(x Node) Node {
	if b.nodes[x].kind == kNeg {
		return b.argsOf(x)[0]
	}
	return b.apply(kNeg, x)
}

// Exp is e^x, +Inf above 709.78, 0 below −745.13.
func (b *Builder) Exp(x Node) Node { return b.apply(kExp, x) }

// Log is the natural logarithm: −Inf for 0, NaN below.
func (b *Builder) Log(x Node) Node { return b.apply(kLog, x) }

// Sqrt is the square root, NaN below 0.
func (b *Builder) Sqrt(x Node) Node { return b.apply(kSqrt, x) }

// Add is x + y.
func (b *Builder) Add(x, y Node) Node {
	switch {
	case b.is(x, 0):
		return y
	case b.is(y, 0):
		return x
	case x > y:
		x, y = y, x
	}
	return b.apply(kAdd, x, y)
}

// Sub is x − y.
func (b *Builder) Sub(x, y Node) Node {
	switch {
	case b.is(y, 0):
		return x
	case b.is(x, 0):
		return b.Neg(y)
	case x == y:
		return b.Const(0)
	}
	return b.apply(kSub, x, y)
}

// Mul is x·y, and 0 if either is the constant 0.
func (b *Builder) Mul(x, y Node) Node {
	switch {
	case b.is(x, 0) || b.is(y, 0):
		return b.Const(0)
	case b.is(x, 1):
		return y
	case b.is(y, 1):
		return x
	case x > y:
		x, y = y, x
	}
	return b.apply(kMul, x, y)
}

// Div is x/y.
func (b *Builder) Div(x, y Node) Node {
	if b.is(y, 1) {
		return x
	}
	return b.apply(kDiv, x, y)
}

// Pow is exp(y·log x) for x > 0. Pow(0, y) is 0 for y > 0 and +Inf for y < 0;
// Pow(x, 0) is 1 for x ≥ 0; a negative x gives NaN, whatever y is.
func (b *Builder) Pow(x, y Node) Node { return b.apply(kPow, x, y) }

// Min is the smaller of x and y, x on a tie, NaN if either is NaN.
func (b *Builder) Min(x, y Node) Node {
	if x == y {
		return x
	}
	return b.apply(kMin, x, y)
}

// Max is the larger of x and y, x on a tie, NaN if either is NaN.
func (b *Builder) Max(x, y Node) Node {
	if x == y {
		return x
	}
	return b.apply(kMax, x, y)
}

// Less is 1 where x < y, else 0.
func (b *Builder) Less(x, y Node) Node {
	if x == y {
		return b.Const(0)
	}
	return b.apply(kLess, x, y)
}

// Select is x where cond is not 0 and y where it is. Both are evaluated.
func (b *Builder) Select(cond, x, y Node) Node {
	switch {
	case x == y:
		return x
	case b.is(cond, 0):
		return y
	case b.nodes[cond].kind == kConst:
		return x
	}
	return b.apply(kSelect, cond, x, y)
}

// Sum is the sum of xs from left to right, 0 for none. The constants among
// them are added up first and come last.
func (b *Builder) Sum(xs ...Node) Node {
	kept, constant := make([]Node, 0, len(xs)), 0.0
	for _, x := range xs {
		if n := b.nodes[x]; n.kind == kConst {
			constant += n.value
		} else {
			kept = append(kept, x)
		}
	}
	if constant != 0 || len(kept) == 0 {
		kept = append(kept, b.Const(constant))
	}
	switch len(kept) {
	case 1:
		return kept[0]
	case 2:
		return b.Add(kept[0], kept[1])
	}
	return b.apply(kSum, kept...)
}

// Dot is Σ p_k v_k, 0 for none. Terms with a constant 0 in them are dropped,
// and the expectation of a sure thing is that thing: if every v is the same
// Node and p is the whole of one Softmax in order, Dot is v.
func (b *Builder) Dot(p, v []Node) Node {
	if len(p) != len(v) {
		panic(fmt.Sprintf("tape: Dot of %d and %d values", len(p), len(v)))
	}
	if b.isSure(p, v) {
		return v[0]
	}
	args := make([]Node, 0, 2*len(p))
	for k, x := range p {
		if !b.is(x, 0) && !b.is(v[k], 0) {
			args = append(args, x)
		}
	}
	n := len(args)
	for k, x := range p {
		if !b.is(x, 0) && !b.is(v[k], 0) {
			args = append(args, v[k])
		}
	}
	switch n {
	case 0:
		return b.Const(0)
	case 1:
		return b.Mul(args[0], args[1])
	}
	return b.apply(kDot, args...)
}

// isSure says whether all of v is one Node and p all outputs of one Softmax.
func (b *Builder) isSure(p, v []Node) bool {
	if len(p) == 0 || b.nodes[p[0]].kind != kProb {
		return false
	}
	parent := b.argsOf(p[0])[0]
	if int(b.nodes[parent].count)-1 != len(p) {
		return false
	}
	for k, x := range p {
		n := b.nodes[x]
		if v[k] != v[0] || n.kind != kProb || int(n.which) != k || b.argsOf(x)[0] != parent {
			return false
		}
	}
	return true
}

// Softmax is the logit choice probabilities p_k = exp(λ q_k) / Σ exp(λ q_j)
// (McKelvey & Palfrey 1998, eq. 1), computed with q_k − max q, or min q for
// λ < 0, so that no λ overflows. λ = ±Inf gives all weight to the best choices,
// in equal parts. A weight below about 1e−307 of the best one's is 0. A NaN
// makes all of p NaN, except that equal q have equal p whatever λ is. One
// choice gives the constant 1, none gives none.
func (b *Builder) Softmax(lambda Node, q []Node) []Node {
	p := make([]Node, len(q))
	if len(q) == 0 {
		return p
	}
	if b.allSame(q) {
		for k := range p {
			p[k] = b.Const(1 / float64(len(q)))
		}
		return p
	}
	if b.allConst(lambda, q) {
		return b.constSoftmax(lambda, q)
	}
	all := b.intern(node{kind: kSoftmax}, append([]Node{lambda}, q...)...)
	for k := range p {
		p[k] = b.intern(node{kind: kProb, which: int32(k)}, all)
	}
	return p
}

func (b *Builder) allSame(q []Node) bool {
	for _, x := range q {
		if x != q[0] {
			return false
		}
	}
	return true
}

func (b *Builder) allConst(lambda Node, q []Node) bool {
	for _, x := range q {
		if b.nodes[x].kind != kConst {
			return false
		}
	}
	return b.nodes[lambda].kind == kConst
}

func (b *Builder) constSoftmax(lambda Node, q []Node) []Node {
	values := make([]float64, len(q))
	for k, x := range q {
		values[k] = b.nodes[x].value
	}
	softmax(b.nodes[lambda].value, values, values)
	p := make([]Node, len(q))
	for k, v := range values {
		p[k] = b.Const(v)
	}
	return p
}

// is says whether x is the constant c.
func (b *Builder) is(x Node, c float64) bool {
	return b.nodes[x].kind == kConst && b.nodes[x].value == c
}

func (b *Builder) argsOf(x Node) []Node {
	n := &b.nodes[x]
	return b.args[n.first : n.first+n.count]
}

// apply interns an operation, or its value if all arguments are constants.
func (b *Builder) apply(k kind, args ...Node) Node {
	values := make([]float64, 0, 8)
	for _, x := range args {
		if b.nodes[x].kind != kConst {
			return b.intern(node{kind: k}, args...)
		}
		values = append(values, b.nodes[x].value)
	}
	if k == kDot {
		values = alternate(values)
	}
	var out [1]float64
	evaluate(k, values, out[:])
	return b.Const(out[0])
}

// alternate turns p…, v… into the operation's 0, p0, v0, p1, v1, …; the 0 is
// negative, which alone leaves the first product as it is.
func alternate(x []float64) []float64 {
	half := len(x) / 2
	out := append(make([]float64, 0, len(x)+1), negativeZero)
	for k := range half {
		out = append(out, x[k], x[half+k])
	}
	return out
}

// intern returns the node n on args, adding it if it is new.
func (b *Builder) intern(n node, args ...Node) Node {
	if len(b.nodes)*2 >= len(b.index) {
		b.grow()
	}
	mask := uint64(len(b.index) - 1)
	for h := hashNode(n, args) & mask; ; h = (h + 1) & mask {
		id := Node(b.index[h] - 1)
		if id < 0 {
			id = Node(len(b.nodes))
			b.index[h] = int32(id) + 1
			n.first, n.count = int32(len(b.args)), int32(len(args))
			b.args = append(b.args, args...)
			b.nodes = append(b.nodes, n)
			return id
		}
		if b.same(id, n, args) {
			return id
		}
	}
}

func (b *Builder) same(id Node, n node, args []Node) bool {
	m := &b.nodes[id]
	return m.kind == n.kind && m.which == n.which &&
		math.Float64bits(m.value) == math.Float64bits(n.value) &&
		slices.Equal(b.argsOf(id), args)
}

// grow doubles the hash table.
func (b *Builder) grow() {
	b.index = make([]int32, 2*len(b.index))
	mask := uint64(len(b.index) - 1)
	for id := range b.nodes {
		h := hashNode(b.nodes[id], b.argsOf(Node(id))) & mask
		for b.index[h] != 0 {
			h = (h + 1) & mask
		}
		b.index[h] = int32(id) + 1
	}
}

// hashNode mixes words in the manner of FNV, with a final avalanche.
func hashNode(n node, args []Node) uint64 {
	h := math.Float64bits(n.value) ^ uint64(n.kind)<<32 ^ uint64(n.which)
	for _, x := range args {
		h = (h ^ uint64(x)) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	h *= 0xbf58476d1ce4e5b9
	return h ^ h>>32
}
