// Package tape evaluates one large arithmetic formula for many worlds at once.
//
// A world is one draw of the parameters. Solving a game tree for one world is
// a fixed sequence of additions, products and softmaxes; tape writes that
// sequence down once and runs it over thousands of worlds, a block of worlds
// to every step. The way down:
//
//  1. Builder   the formula as a graph of Nodes, each written once
//     (hash-consed) and simplified where algebra allows.
//  2. operations (from_nodes.go)   what the outputs need, in creation order;
//     a product with a single use melts into the sum that uses it. From here
//     on the rounding of every value is settled.
//  3. steps (from_operations.go)   a softmax and the expectations taken under
//     it become one decision, and sums only such decisions read are not stored.
//  4. slots (from_steps.go)   an order of the steps, the places their values
//     live in, and the code: a flat list of 32-bit words.
//  5. Program   the code, immutable. Run interprets it in blocks, with
//     AVX-512 kernels (kernels_amd64.s) or with plain Go (kernels.go).
//
// The arithmetic is the same to the bit on every machine, for every number of
// worlds, and wherever in a block a world stands. Two things make it so: the
// kernels do nothing across worlds, and both sets of kernels follow one
// written order of roundings, with a fused multiply-add exactly where math.go
// says math.FMA. Only the payload and sign of a NaN are left open.
package tape

// Node names one value of the formula inside the Builder that made it.
type Node int32

// kind names what a node or an operation computes.
type kind uint8

const (
	kConst kind = iota
	kInput
	kNeg
	kExp
	kLog
	kSqrt
	kAdd
	kSub
	kMul
	kDiv
	kPow
	kMin
	kMax
	kLess
	kSelect
	kSum     // x0 + x1 + …, left to right
	kDot     // node: p…, v…; operation: start, p0, v0, p1, v1, …
	kSoftmax // λ, q0, q1, …
	kProb    // node only: one output of a softmax
	numKinds
)

var kindNames = [numKinds]string{
	"const", "input", "neg", "exp", "log", "sqrt", "add", "sub", "mul", "div", "pow",
	"min", "max", "less", "select", "sum", "dot", "softmax", "prob",
}

func (k kind) String() string { return kindNames[k] }
