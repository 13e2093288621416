package tape

import (
	"fmt"
	"math"
	"reflect"
	"sync"
	"unsafe"
)

// Program computes outputs from inputs, in any number of worlds. It holds no
// values and never changes; any number of goroutines may run it, each with a
// Scratch of its own.
type Program struct {
	formula   formula
	stretches []stretch
	constants []slotConstant
	direct    []direct
	slots     int
	block     int // worlds in a block, a multiple of 8
	stats     Stats
	// unfused is the code Gradient runs, made when first asked for.
	unfused func() [][]int32
}

// slotConstant is a slot that holds one number in every world.
type slotConstant struct {
	slot int32
	x    float64
}

// direct is an output that no step makes: a constant, or an input if column
// is not −1.
type direct struct {
	output, column int
	x              float64
}

// Same reports whether two programs compute the same outputs of the same inputs by the same
// operations; others may, too.
func (p *Program) Same(q *Program) bool { return reflect.DeepEqual(p.formula, q.formula) }

// Stats describes a Program.
type Stats struct {
	// Kinds counts the operations by kind, in a fixed order; a product fused
	// into a sum is part of the dot that adds it.
	Kinds []Count
	// Steps counts the instructions the operations became.
	Steps int
	// Decisions counts those that are a softmax of 2 to 4 choices together
	// with the expectations under it.
	Decisions int
	// Slots is the number of blocks alive at once, constants included; Block
	// the number of worlds in one.
	Slots, Block int
}

// Count is a number of operations of one kind.
type Count struct {
	Kind string
	N    int
}

// Compile makes the Program that computes outputs, and nothing they do not
// need. It is deterministic: the same calls give the same Program.
func (b *Builder) Compile(outputs []Node) *Program { return compile(fromNodes(b, outputs)) }

func compile(f formula) *Program {
	p := &Program{formula: f}
	steps := fromOperations(&p.formula)
	l := fromSteps(&p.formula, steps)
	p.slots, p.block = l.slots, blockSize(l.slots)
	p.encode(steps, &l)
	p.linkOutputs(&l)
	p.describe(steps)
	p.unfused = sync.OnceValue(func() [][]int32 { return unfused(&p.formula) })
	return p
}

// blockSize is the number of worlds in a block: as many as let all slots stay
// well inside the second-level cache, from the eight of one vector to 256.
// Dispatch in assembly costs so little that, measured, 8 to 128 do equally well
// for a thousand slots, and 8 is best when even eights do not fit. No result
// depends on it.
func blockSize(slots int) int {
	const cache, shortest, longest = 1 << 17, 8, 256
	b := longest
	for b > shortest && slots*b*8 > cache {
		b /= 2
	}
	if slots > math.MaxInt32/(shortest*8) {
		panic(fmt.Sprintf("tape: %d slots", slots))
	}
	return b
}

// encode turns the steps into code. An operand is its slot's byte offset.
func (p *Program) encode(steps []step, l *layout) {
	p.stretches = make([]stretch, stretches(len(l.order)))
	place := func(v value) int32 {
		if v == nowhere {
			return 0 // a word no kernel looks at
		}
		return l.slot[v] * int32(p.block*8)
	}
	for at, i := range l.order {
		st := &p.stretches[at/stretchLength]
		s := &steps[i]
		st.code = append(append(st.code, int32(s.code)), s.head...)
		for _, v := range s.writes {
			st.code = append(st.code, place(v))
		}
		for _, v := range s.reads {
			st.code = append(st.code, place(v))
		}
	}
	for i, loads := range l.loads {
		st := &p.stretches[i]
		st.code = append(st.code, int32(opStop))
		for _, v := range loads {
			column := p.formula.ops[p.formula.producer[v]].which
			st.loads = append(st.loads, transfer{int(column), l.slot[v]})
		}
	}
}

// linkOutputs finds where each output comes from and lists the constants.
func (p *Program) linkOutputs(l *layout) {
	f := &p.formula
	for v, op := range f.producer {
		if f.ops[op].kind == kConst {
			p.constants = append(p.constants, slotConstant{l.slot[v], f.ops[op].constant})
		}
	}
	for k, v := range f.outputs {
		switch op := &f.ops[f.producer[v]]; op.kind {
		case kConst:
			p.direct = append(p.direct, direct{k, -1, op.constant})
		case kInput:
			p.direct = append(p.direct, direct{k, int(op.which), 0})
		default:
			st := &p.stretches[l.madeIn[v]]
			st.stores = append(st.stores, transfer{k, l.slot[v]})
		}
	}
}

func (p *Program) describe(steps []step) {
	var counts [numKinds]int
	for i := range p.formula.ops {
		counts[p.formula.ops[i].kind]++
	}
	for k, n := range counts {
		if n > 0 {
			p.stats.Kinds = append(p.stats.Kinds, Count{kindNames[k], n})
		}
	}
	for i := range steps {
		if c := steps[i].code; opDecide2 <= c && c <= opDecide4 {
			p.stats.Decisions++
		}
	}
	p.stats.Steps, p.stats.Slots, p.stats.Block = len(steps), p.slots, p.block
}

// Slots is the number of blocks of values alive at once, constants included.
func (p *Program) Slots() int { return p.slots }

// Ops is the number of operations, inputs and constants not counted.
func (p *Program) Ops() int {
	n := 0
	for i := range p.formula.ops {
		if k := p.formula.ops[i].kind; k != kConst && k != kInput {
			n++
		}
	}
	return n
}

// Inputs is the number of input columns Run reads, by the highest one used.
func (p *Program) Inputs() int { return p.formula.inputs }

// Reads tells for each input column whether any output depends on it; columns
// beyond the last one read are not listed.
func (p *Program) Reads() []bool {
	reads := make([]bool, p.formula.inputs)
	for _, op := range p.formula.ops {
		if op.kind == kInput {
			reads[op.which] = true
		}
	}
	return reads
}

// Outputs is the number of output columns.
func (p *Program) Outputs() int { return len(p.formula.outputs) }

// Stats describes the Program.
func (p *Program) Stats() Stats { return p.stats }

// Scratch is the memory one goroutine needs to run one Program.
type Scratch struct {
	program *Program
	// slots holds the blocks, Program.block worlds each, on a cache line.
	slots []float64
	// adjoint is made by the first Gradient.
	adjoint *adjoint
	// plain keeps to the Go kernels. Tests use it.
	plain bool
}

// NewScratch returns memory for one goroutine to run p.
func (p *Program) NewScratch() *Scratch {
	s := &Scratch{program: p, slots: aligned(p.slots * p.block)}
	for _, c := range p.constants {
		block := s.slot(c.slot)
		for j := range block {
			block[j] = c.x
		}
	}
	return s
}

// aligned returns n numbers, the first on a 64-byte boundary.
func aligned(n int) []float64 {
	x := make([]float64, n+8)
	skip := -uintptr(unsafe.Pointer(&x[0])) % 64 / 8
	return x[skip : int(skip)+n]
}

func (s *Scratch) slot(i int32) []float64 {
	b := s.program.block
	return s.slots[int(i)*b:][:b]
}

// Run computes out[k][j], output k in world j, from in[i][j], input i in world
// j. All columns have the same length, which may be 0; no column of out may
// overlap one of in. Worlds do not see each other: the bits of a result depend
// only on the inputs of its world.
func (p *Program) Run(s *Scratch, in, out [][]float64) {
	n := p.check(s, in, out)
	for from := 0; from < n; from += p.block {
		s.runBlock(in, out, from, min(p.block, n-from))
	}
	p.runDirect(in, out)
}

// check panics unless the columns fit the Program, and returns their length.
func (p *Program) check(s *Scratch, in, out [][]float64) int {
	if s.program != p {
		panic("tape: scratch of another program")
	}
	if len(in) < p.Inputs() || len(out) != p.Outputs() {
		panic(fmt.Sprintf("tape: %d inputs and %d outputs given, %d and %d wanted",
			len(in), len(out), p.Inputs(), p.Outputs()))
	}
	n := -1
	for _, columns := range [][][]float64{in, out} {
		for _, c := range columns {
			if n >= 0 && len(c) != n {
				panic(fmt.Sprintf("tape: columns of %d and %d worlds", n, len(c)))
			}
			n = len(c)
		}
	}
	return max(n, 0)
}

// runBlock runs worlds from … from+n−1. The kernels work in eights: the last
// eight are filled up with the last world.
func (s *Scratch) runBlock(in, out [][]float64, from, n int) {
	width := (n + 7) &^ 7
	for i := range s.program.stretches {
		st := &s.program.stretches[i]
		for _, t := range st.loads {
			block := s.slot(t.slot)[:width]
			copy(block, in[t.column][from:from+n])
			for j := n; j < width; j++ {
				block[j] = block[n-1]
			}
		}
		s.interpret(st.code, s.slots, width)
		for _, t := range st.stores {
			copy(out[t.column][from:from+n], s.slot(t.slot))
		}
	}
}

// interpret runs code on the first width worlds of every slot.
func (s *Scratch) interpret(code []int32, slots []float64, width int) {
	if s.plain || !haveKernels {
		interpretGo(code, slots, width)
		return
	}
	interpretKernels(&code[0], &slots[0], width)
}

func (p *Program) runDirect(in, out [][]float64) {
	for _, d := range p.direct {
		if d.column >= 0 {
			copy(out[d.output], in[d.column])
			continue
		}
		for j := range out[d.output] {
			out[d.output][j] = d.x
		}
	}
}

// Eval1 computes the outputs in one world, operation by operation, out of the
// definitions. It is slow and exists to be compared with.
func (p *Program) Eval1(in []float64) []float64 {
	f := &p.formula
	values := make([]float64, len(f.producer))
	var args []float64
	for i := range f.ops {
		op := &f.ops[i]
		switch op.kind {
		case kConst:
			values[op.out] = op.constant
			continue
		case kInput:
			values[op.out] = in[op.which]
			continue
		}
		args = args[:0]
		for _, v := range op.args {
			args = append(args, values[v])
		}
		evaluate(op.kind, args, values[op.out:op.out+value(op.outs)])
	}
	out := make([]float64, len(f.outputs))
	for k, v := range f.outputs {
		out[k] = values[v]
	}
	return out
}
