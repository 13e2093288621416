package tape

import "slices"

// step is one instruction before its values have places. The code is its
// opcode, head, writes and reads, in this order.
//
//	opcode        head                    writes                       reads
//	opNeg … opSelect                      out                          arguments
//	opSum         n                       out                          x0 … xn−1
//	opDot         n                       out                          start, p0, v0 …
//	opSoftmax     k                       p0 …                         λ, q0 …
//	opDecide2–4   plain, summed, flags    p0 …, own, plain…, summed…   λ, q pairs, v…, v pairs
//
// A decision is a softmax and expectations under it. Every q, and every v of a
// summed expectation, is a pair to be added, reward and continuation; the
// other expectations are plain. own is the expectation of q itself. Without
// flagProbs the p, without flagOwn own, are nowhere.
type step struct {
	code   opcode
	head   []int32
	writes []value
	reads  []value
	link   bool
}

type opcode int32

const (
	opStop opcode = iota
	opNeg
	opExp
	opLog
	opSqrt
	opAdd
	opSub
	opMul
	opDiv
	opPow
	opMin
	opMax
	opLess
	opSelect
	opSum
	opDot
	opSoftmax
	opDecide2
	opDecide3
	opDecide4
	numOpcodes
)

const (
	flagProbs = 1
	flagOwn   = 2
)

// codeOf is the opcode of each kind that has its own.
var codeOf = [numKinds]opcode{
	kNeg: opNeg, kExp: opExp, kLog: opLog, kSqrt: opSqrt, kAdd: opAdd, kSub: opSub, kMul: opMul,
	kDiv: opDiv, kPow: opPow, kMin: opMin, kMax: opMax, kLess: opLess, kSelect: opSelect,
	kSum: opSum, kDot: opDot, kSoftmax: opSoftmax,
}

// fusion decides which operations share a step.
type fusion struct {
	*formula
	joined []int32 // the softmax whose decision an operation belongs to, or −1
	// expects lists, for each softmax, the expectations in its decision.
	expects [][]int32
	uses    []int32 // of each value
	inside  []int32 // those of the uses that a decision makes
}

// fromOperations groups the operations into steps, in creation order.
func fromOperations(f *formula) []step {
	u := fusion{
		formula: f,
		joined:  make([]int32, len(f.ops)),
		expects: make([][]int32, len(f.ops)),
		uses:    make([]int32, len(f.producer)),
		inside:  make([]int32, len(f.producer)),
	}
	u.join()
	u.count()
	steps := make([]step, 0, len(f.ops))
	for i := range f.ops {
		op := &f.ops[i]
		switch {
		case op.kind == kConst || op.kind == kInput || u.joined[i] >= 0 || u.unstored(op):
		case u.decides(int32(i)):
			steps = append(steps, u.decision(int32(i)))
		default:
			steps = append(steps, plainStep(op))
		}
	}
	return steps
}

func plainStep(op *operation) step {
	s := step{code: codeOf[op.kind], reads: op.args, link: op.link}
	for k := range op.outs {
		s.writes = append(s.writes, op.out+value(k))
	}
	switch op.kind {
	case kSum:
		s.head = []int32{int32(len(op.args))}
	case kDot:
		s.head = []int32{int32(len(op.args) / 2)}
	case kSoftmax:
		s.head = []int32{op.outs}
	}
	return s
}

// decides says whether operation i is a softmax with a decision kernel.
func (u *fusion) decides(i int32) bool {
	return u.ops[i].kind == kSoftmax && 2 <= u.ops[i].outs && u.ops[i].outs <= 4
}

// join finds the decision of every expectation. Its values must be there
// before the softmax, or be sums of such: so steps never wait in a circle.
func (u *fusion) join() {
	for i := range u.ops {
		u.joined[i] = -1
		op := &u.ops[i]
		switch {
		case op.kind == kMul:
			if !u.joins(i, op.args) {
				u.joins(i, []value{op.args[1], op.args[0]})
			}
		case op.kind == kDot && op.args[0] == neutral && !op.link:
			u.joins(i, op.args[1:])
		}
	}
}

// joins tries to put expectation i, with terms p, v, p, v, …, under a softmax.
func (u *fusion) joins(i int, terms []value) bool {
	choice := u.producer[terms[0]]
	if !u.decides(choice) {
		return false
	}
	last := nowhere
	for t := 0; t < len(terms); t += 2 {
		p, v := terms[t], terms[t+1]
		if u.producer[p] != choice || p <= last || !u.knownBefore(v, choice) {
			return false
		}
		last = p
	}
	u.joined[i] = choice
	u.expects[choice] = append(u.expects[choice], int32(i))
	return true
}

// knownBefore says whether v is there before the softmax, or a sum of two
// values that are.
func (u *fusion) knownBefore(v value, choice int32) bool {
	op := &u.ops[u.producer[v]]
	return u.isBefore(v, choice) ||
		op.kind == kAdd && u.isBefore(op.args[0], choice) && u.isBefore(op.args[1], choice)
}

// isBefore holds for constants and inputs wherever they are first mentioned.
func (u *fusion) isBefore(v value, choice int32) bool {
	k := u.ops[u.producer[v]].kind
	return u.producer[v] < choice || k == kConst || k == kInput
}

// count fills uses and inside.
func (u *fusion) count() {
	for _, v := range u.outputs {
		u.uses[v]++
	}
	for i := range u.ops {
		for a, v := range u.ops[i].args {
			u.uses[v]++
			if u.isInside(int32(i), a, v) {
				u.inside[v]++
			}
		}
	}
}

// isInside says whether argument a of operation i, v, is a probability its own
// decision has at hand, or a sum that a decision can make.
func (u *fusion) isInside(i int32, a int, v value) bool {
	if u.ops[u.producer[v]].kind == kAdd {
		return u.joined[i] >= 0 || a > 0 && u.decides(i)
	}
	return u.joined[i] >= 0 && u.producer[v] == u.joined[i]
}

// unstored says whether only decisions read this sum: they add it up
// themselves, which costs less than keeping it.
func (u *fusion) unstored(op *operation) bool {
	return op.kind == kAdd && u.uses[op.out] == u.inside[op.out]
}

// decision makes the step of softmax i and the expectations under it.
func (u *fusion) decision(i int32) step {
	op := &u.ops[i]
	q := op.args[1:]
	s := step{code: opDecide2 + opcode(len(q)-2), reads: u.pairs([]value{op.args[0]}, q), head: make([]int32, 3)}
	s.writes = u.probabilities(op, &s)
	own, plain, summed := u.sort(i, q)
	if own != nowhere {
		s.head[2] |= flagOwn
	}
	s.writes = append(s.writes, own)
	for _, e := range plain {
		s.writes = append(s.writes, u.ops[e].out)
		s.reads = append(s.reads, u.spread(e, i)...)
	}
	for _, e := range summed {
		s.writes = append(s.writes, u.ops[e].out)
		s.reads = u.pairs(s.reads, u.spread(e, i))
	}
	s.head[0], s.head[1] = int32(len(plain)), int32(len(summed))
	return s
}

// probabilities lists the outputs of a softmax if anything outside its decision
// reads one of them.
func (u *fusion) probabilities(op *operation, s *step) []value {
	p := make([]value, op.outs)
	for j := range p {
		p[j] = nowhere
		if out := op.out + value(j); u.uses[out] > u.inside[out] {
			s.head[2] |= flagProbs
		}
	}
	for j := range p {
		if s.head[2]&flagProbs != 0 {
			p[j] = op.out + value(j)
		}
	}
	return p
}

// sort divides the expectations under softmax i: the value of q itself, those
// of stored values, those with a sum to be made on the way.
func (u *fusion) sort(i int32, q []value) (own value, plain, summed []int32) {
	own = nowhere
	for _, e := range u.expects[i] {
		v := u.spread(e, i)
		switch {
		case slices.Equal(v, q):
			own = u.ops[e].out
		case slices.ContainsFunc(v, u.isUnstored):
			summed = append(summed, e)
		default:
			plain = append(plain, e)
		}
	}
	return own, plain, summed
}

// spread lists the values of expectation e, one to each choice of softmax i:
// neutral where e has no term.
func (u *fusion) spread(e, i int32) []value {
	v := make([]value, u.ops[i].outs)
	terms := u.ops[e].args
	switch {
	case u.ops[e].kind == kDot:
		terms = terms[1:]
	case u.producer[terms[0]] != i:
		terms = []value{terms[1], terms[0]}
	}
	for t := 0; t < len(terms); t += 2 {
		v[terms[t]-u.ops[i].out] = terms[t+1]
	}
	return v
}

func (u *fusion) isUnstored(v value) bool { return u.unstored(&u.ops[u.producer[v]]) }

// pairs appends every v as two values that add up to it.
func (u *fusion) pairs(to, vs []value) []value {
	for _, v := range vs {
		if u.isUnstored(v) {
			to = append(to, u.ops[u.producer[v]].args...)
		} else {
			to = append(to, v, neutral)
		}
	}
	return to
}
