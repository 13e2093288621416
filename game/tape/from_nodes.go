package tape

import (
	"math"
	"slices"
)

// value names one number per world among the operations, in the order they
// are written down.
type value int32

const (
	// neutral is the first value of every formula, the constant −0: added to
	// anything it changes nothing, to the bit.
	neutral value = 0
	nowhere value = -1
)

// operation computes count values from values before it. Arguments are laid
// out as kinds say in tape.go.
type operation struct {
	constant float64 // of a kConst
	args     []value
	out      value // the first of its values
	outs     int32 // how many: 1, or the choices of a kSoftmax
	which    int32 // column of a kInput
	kind     kind
	// link marks one piece of a long sum. It may run as soon as its terms are
	// there, so that the terms need not all be kept until the sum's own turn.
	link bool
}

// formula is the operations that outputs need, each after its arguments. Here
// the rounding of every value is settled: what follows only moves and places.
type formula struct {
	ops      []operation
	producer []int32 // operation of each value
	outputs  []value
	inputs   int
}

// longest is the number of terms a sum has in one operation.
const longest = 8

// lowering turns nodes into operations.
type lowering struct {
	*Builder
	formula
	uses    []int32 // of each node, by live nodes and outputs
	melted  []bool  // computed inside the one operation that uses it
	valueOf []value
}

// fromNodes writes down the operations that outputs need.
func fromNodes(b *Builder, outputs []Node) formula {
	l := lowering{Builder: b, valueOf: make([]value, len(b.nodes))}
	l.uses = countUses(b, outputs)
	l.melt()
	live := 0
	for id, n := range l.uses {
		if n > 0 && !l.melted[id] {
			live++
		}
	}
	l.ops, l.producer = make([]operation, 0, live+live/8+1), make([]int32, 0, 2*live+1) // a wide decision has several values
	l.push(operation{kind: kConst, constant: negativeZero})
	for id := range b.nodes {
		if l.uses[id] > 0 && !l.melted[id] {
			l.lower(Node(id))
		}
	}
	for _, x := range outputs {
		l.outputs = append(l.outputs, l.valueOf[x])
	}
	return l.formula
}

// countUses counts, for every node that outputs need, the nodes and outputs
// that read it. Arguments have smaller numbers, so one pass downwards does.
func countUses(b *Builder, outputs []Node) []int32 {
	uses := make([]int32, len(b.nodes))
	for _, x := range outputs {
		uses[x]++
	}
	for id := len(b.nodes) - 1; id >= 0; id-- {
		if uses[id] > 0 {
			for _, x := range b.argsOf(Node(id)) {
				uses[x]++
			}
		}
	}
	return uses
}

// melt marks products and inner sums whose only use is in a sum. Parents come
// first, so a sum that has melted itself is not looked at again.
func (l *lowering) melt() {
	l.melted = make([]bool, len(l.nodes))
	for id := len(l.nodes) - 1; id >= 0; id-- {
		if k := l.nodes[id].kind; l.uses[id] > 0 && !l.melted[id] && (k == kAdd || k == kSum) {
			l.meltInto(Node(id))
		}
	}
}

// meltInto follows the left spine of a sum. An inner sum melts only where it
// comes first, or in an Add, which may be turned round: so every sum is added
// up in the order written.
func (l *lowering) meltInto(sum Node) {
	for sum >= 0 {
		spine := Node(-1)
		turns := l.nodes[sum].kind == kAdd
		for i, x := range l.argsOf(sum) {
			if l.uses[x] != 1 {
				continue
			}
			switch k := l.nodes[x].kind; {
			case k == kMul:
				l.melted[x] = !l.isExpectation(x)
			case (k == kAdd || k == kSum) && spine < 0 && (i == 0 || turns):
				l.melted[x], spine = true, x
			}
		}
		sum = spine
	}
}

// isExpectation recognises what is left of a Dot when all but one value are 0:
// a probability times something known before the choice. It is best computed
// with the choice, not with whatever adds it later.
func (l *lowering) isExpectation(mul Node) bool {
	args := l.argsOf(mul)
	return l.knownBefore(args[0], args[1]) || l.knownBefore(args[1], args[0])
}

func (l *lowering) knownBefore(v, p Node) bool {
	if l.nodes[p].kind != kProb {
		return false
	}
	choice, args := l.argsOf(p)[0], l.argsOf(v)
	return l.isBefore(v, choice) ||
		l.nodes[v].kind == kAdd && l.isBefore(args[0], choice) && l.isBefore(args[1], choice)
}

// isBefore holds for constants and inputs wherever they are first mentioned.
func (l *lowering) isBefore(v, choice Node) bool {
	k := l.nodes[v].kind
	return v < choice || k == kConst || k == kInput
}

// push adds an operation and returns its first value.
func (f *formula) push(op operation) value {
	op.outs = max(op.outs, 1)
	op.out = value(len(f.producer))
	for range op.outs {
		f.producer = append(f.producer, int32(len(f.ops)))
	}
	f.ops = append(f.ops, op)
	return op.out
}

// lower writes the operation of one node.
func (l *lowering) lower(x Node) {
	n := l.nodes[x]
	args := l.argsOf(x)
	switch n.kind {
	case kConst:
		l.valueOf[x] = l.constant(n.value)
	case kInput:
		l.inputs = max(l.inputs, int(n.which)+1)
		l.valueOf[x] = l.push(operation{kind: kInput, which: n.which})
	case kProb:
		l.valueOf[x] = l.valueOf[args[0]] + value(n.which)
	case kSoftmax:
		l.valueOf[x] = l.push(operation{kind: kSoftmax, args: l.values(args), outs: n.count - 1})
	case kDot:
		l.valueOf[x] = l.addUp(l.dotTerms(args))
	case kAdd, kSum:
		l.valueOf[x] = l.addUp(l.sumTerms(x))
	default:
		l.valueOf[x] = l.push(operation{kind: n.kind, args: l.values(args)})
	}
}

func (l *lowering) constant(x float64) value {
	if math.Float64bits(x) == math.Float64bits(negativeZero) {
		return neutral
	}
	return l.push(operation{kind: kConst, constant: x})
}

func (l *lowering) values(args []Node) []value {
	v := make([]value, len(args))
	for i, x := range args {
		v[i] = l.valueOf[x]
	}
	return v
}

// term is p·v, or p alone if v is nowhere.
type term struct{ p, v value }

func (l *lowering) dotTerms(args []Node) []term {
	half := len(args) / 2
	terms := make([]term, half)
	for k := range terms {
		terms[k] = term{l.valueOf[args[k]], l.valueOf[args[half+k]]}
	}
	return terms
}

// sumTerms lists the terms of a sum and of the sums melted into its spine, the
// innermost first.
func (l *lowering) sumTerms(sum Node) []term {
	var terms []term // backwards
	for sum >= 0 {
		spine := Node(-1)
		args := l.argsOf(sum)
		for i := len(args) - 1; i >= 0; i-- {
			if k := l.nodes[args[i]].kind; l.melted[args[i]] && k != kMul {
				spine = args[i]
			} else {
				terms = append(terms, l.term(args[i]))
			}
		}
		sum = spine
	}
	slices.Reverse(terms)
	return terms
}

func (l *lowering) term(x Node) term {
	if l.melted[x] {
		args := l.argsOf(x)
		return term{l.valueOf[args[0]], l.valueOf[args[1]]}
	}
	return term{l.valueOf[x], nowhere}
}

// addUp writes a sum as a chain of kDot and kSum operations, each going on
// from the one before.
func (l *lowering) addUp(terms []term) value {
	long := len(terms) > longest
	total := nowhere
	for len(terms) > 0 {
		n := alike(terms)
		switch {
		case terms[0].v != nowhere:
			total = l.pushProducts(total, terms[:n], long)
		case n == 1 && total == nowhere:
			total = terms[0].p
		default:
			total = l.pushSum(total, terms[:n], long)
		}
		terms = terms[n:]
	}
	return total
}

// alike counts the leading terms that fit one operation.
func alike(terms []term) int {
	n := 1
	for n < min(len(terms), longest) && (terms[n].v == nowhere) == (terms[0].v == nowhere) {
		n++
	}
	return n
}

func (l *lowering) pushProducts(start value, terms []term, link bool) value {
	args := append(make([]value, 0, 2*len(terms)+1), max(start, neutral))
	for _, t := range terms {
		args = append(args, t.p, t.v)
	}
	return l.push(operation{kind: kDot, args: args, link: link})
}

func (l *lowering) pushSum(start value, terms []term, link bool) value {
	var args []value
	if start != nowhere {
		args = append(args, start)
	}
	for _, t := range terms {
		args = append(args, t.p)
	}
	if len(args) == 2 {
		return l.push(operation{kind: kAdd, args: args, link: link})
	}
	return l.push(operation{kind: kSum, args: args, link: link})
}
