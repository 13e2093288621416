package tape

import (
	"fmt"
	"math"
	"slices"
)

// lanes is the number of worlds Gradient takes at once.
const lanes = 8

// lane is one value, or its adjoint, in these worlds.
type lane [lanes]float64

// adjoint is the memory of Gradient: every value of the formula in its own
// place, and the derivative of the output by it.
type adjoint struct {
	values []float64
	bar    []lane
}

// Gradient fills out as Run does, and grad[i][j] with the derivative of
// out[output] by input i in world j (reverse accumulation; Griewank & Walther
// 2008, ch. 3). grad has a column for every column of in. At a kink it is one
// of the one-sided derivatives: Min and Max take their first argument on a tie,
// Less has derivative 0, and Select hands it to the value chosen. The
// derivative of Softmax is that of the exact function, also where a weight was
// cut to 0.
//
// Gradient keeps 128 bytes for each operation in the Scratch, from its first
// call on.
func (p *Program) Gradient(s *Scratch, in, out [][]float64, output int, grad [][]float64) {
	if output < 0 || output >= p.Outputs() {
		panic(fmt.Sprintf("tape: gradient of output %d of %d", output, p.Outputs()))
	}
	n := p.check(s, in, out)
	p.checkGradient(in, n, grad)
	s.pull(in, out, grad, n, func(from, n int) { s.adjoint.bar[p.formula.outputs[output]] = ones })
}

var ones = lane{1, 1, 1, 1, 1, 1, 1, 1}

// Pull fills out as Run does, and grad[i][j] with the derivative of
// Σ seeds[k][j] · out[k][j] by input i in world j. seeds has a column for every
// column of out.
func (p *Program) Pull(s *Scratch, in, out, seeds, grad [][]float64) {
	n := p.check(s, in, out)
	p.checkGradient(in, n, grad)
	if len(seeds) != p.Outputs() {
		panic(fmt.Sprintf("tape: %d seeds for %d outputs", len(seeds), p.Outputs()))
	}
	s.pull(in, out, grad, n, func(from, n int) {
		for k, v := range p.formula.outputs {
			for j := range n {
				s.adjoint.bar[v][j] += seeds[k][from+j]
			}
		}
	})
}

// pull runs forward and, from what seed plants in the outputs, back.
func (s *Scratch) pull(in, out, grad [][]float64, n int, seed func(from, n int)) {
	if s.adjoint == nil {
		s.adjoint = s.program.newAdjoint()
	}
	for from := 0; from < n; from += lanes {
		some := min(lanes, n-from)
		s.forward(in, out, from, some)
		clear(s.adjoint.bar)
		seed(from, some)
		s.backward()
		s.collect(grad, from, some)
	}
}

func (p *Program) checkGradient(in [][]float64, n int, grad [][]float64) {
	if len(grad) != len(in) {
		panic(fmt.Sprintf("tape: %d gradient columns for %d inputs", len(grad), len(in)))
	}
	for _, g := range grad {
		if len(g) != n {
			panic(fmt.Sprintf("tape: gradient column of %d worlds for %d", len(g), n))
		}
	}
}

func (p *Program) newAdjoint() *adjoint {
	f := &p.formula
	a := &adjoint{values: aligned(len(f.producer) * lanes), bar: make([]lane, len(f.producer))}
	for i := range f.ops {
		if op := &f.ops[i]; op.kind == kConst {
			v := a.value(op.out)
			for j := range v {
				v[j] = op.constant
			}
		}
	}
	return a
}

func (a *adjoint) value(v value) *lane { return (*lane)(a.values[int(v)*lanes:]) }

// unfused is the formula as code in which value v has slot v and nothing
// shares a slot or a step: what Gradient needs to look back on. It comes in
// pieces for the sake of the Go scheduler.
func unfused(f *formula) [][]int32 {
	if len(f.producer) > math.MaxInt32/(lanes*8) {
		panic(fmt.Sprintf("tape: gradient of %d values", len(f.producer)))
	}
	var pieces [][]int32
	for ops := range slices.Chunk(f.ops, 16*stretchLength) {
		var code []int32
		for i := range ops {
			if k := ops[i].kind; k != kConst && k != kInput {
				code = appendUnfused(code, plainStep(&ops[i]))
			}
		}
		pieces = append(pieces, append(code, int32(opStop)))
	}
	return pieces
}

func appendUnfused(code []int32, s step) []int32 {
	code = append(append(code, int32(s.code)), s.head...)
	for _, list := range [][]value{s.writes, s.reads} {
		for _, v := range list {
			code = append(code, int32(v)*lanes*8)
		}
	}
	return code
}

// forward computes all values in worlds from … from+n−1; the lanes left over
// repeat the last world.
func (s *Scratch) forward(in, out [][]float64, from, n int) {
	f, a := &s.program.formula, s.adjoint
	for i := range f.ops {
		if op := &f.ops[i]; op.kind == kInput {
			v := a.value(op.out)
			for j := range v {
				v[j] = in[op.which][from+min(j, n-1)]
			}
		}
	}
	for _, code := range s.program.unfused() {
		s.interpret(code, a.values, lanes)
	}
	for k, v := range f.outputs {
		copy(out[k][from:from+n], a.value(v)[:])
	}
}

// backward carries the derivatives of the outputs to everything before them.
func (s *Scratch) backward() {
	f, a := &s.program.formula, s.adjoint
	for i := len(f.ops) - 1; i >= 0; i-- {
		op := &f.ops[i]
		switch op.kind {
		case kConst, kInput, kLess:
		case kSum:
			a.sum(op)
		case kDot:
			a.dot(op)
		case kSoftmax:
			a.softmax(op)
		case kSelect:
			a.choose(op)
		default:
			a.simple(op)
		}
	}
}

func (s *Scratch) collect(grad [][]float64, from, n int) {
	for _, g := range grad {
		clear(g[from : from+n])
	}
	f := &s.program.formula
	for i := range f.ops {
		if op := &f.ops[i]; op.kind == kInput {
			copy(grad[op.which][from:from+n], s.adjoint.bar[op.out][:])
		}
	}
}

func (a *adjoint) sum(op *operation) {
	g := &a.bar[op.out]
	for _, v := range op.args {
		to := &a.bar[v]
		for j := range lanes {
			to[j] += g[j]
		}
	}
}

func (a *adjoint) dot(op *operation) {
	g := &a.bar[op.out]
	if *g == (lane{}) {
		return
	}
	to := &a.bar[op.args[0]]
	for j := range lanes {
		to[j] += g[j]
	}
	for t := 1; t < len(op.args); t += 2 {
		a.fused(op.args[t], g, a.value(op.args[t+1]))
		a.fused(op.args[t+1], g, a.value(op.args[t]))
	}
}

// fused adds g·x to the adjoint of v, where g is not 0: x may be infinite in a
// world that a Select has turned away from.
func (a *adjoint) fused(v value, g, x *lane) {
	to := &a.bar[v]
	for j := range lanes {
		if g[j] != 0 {
			to[j] = math.FMA(g[j], x[j], to[j])
		}
	}
}

// softmax uses ∂p_k/∂q_i = λ p_k ([k=i] − p_i) and ∂p_k/∂λ = p_k (q_k − Σ p q).
// So with c_k = p_k (ḡ_k − Σ p ḡ), q_k gains λ c_k, and λ gains Σ c_k q_k, where
// q may be counted from any point, since Σ c = 0: from the best, as it is
// there that c is large.
func (a *adjoint) softmax(op *operation) {
	for j := range lanes {
		lambda := a.value(op.args[0])[j]
		mean, best := 0.0, math.Inf(-1)
		for k := range int(op.outs) {
			out := op.out + value(k)
			mean = math.FMA(a.value(out)[j], a.bar[out][j], mean)
			best = max2(a.value(op.args[1+k])[j], best)
		}
		total := 0.0
		for k, q := range op.args[1:] {
			out := op.out + value(k)
			c := float64(a.value(out)[j] * (a.bar[out][j] - mean))
			if c != 0 {
				a.bar[q][j] = math.FMA(lambda, c, a.bar[q][j])
				total = math.FMA(c, a.value(q)[j]-best, total)
			}
		}
		a.bar[op.args[0]][j] += total
	}
}

func (a *adjoint) choose(op *operation) {
	for j := range lanes {
		to := op.args[1]
		if a.value(op.args[0])[j] == 0 {
			to = op.args[2]
		}
		a.bar[to][j] += a.bar[op.out][j]
	}
}

// simple is for operations on one or two values. A world with no adjoint is
// passed over: its derivative may well be infinite, and is not asked for.
func (a *adjoint) simple(op *operation) {
	x, y := op.args[0], op.args[len(op.args)-1]
	for j := range lanes {
		if g := a.bar[op.out][j]; g != 0 {
			dx, dy := slopes(op.kind, a.value(x)[j], a.value(y)[j], a.value(op.out)[j])
			a.bar[x][j] = math.FMA(g, dx, a.bar[x][j])
			if len(op.args) == 2 && dy != 0 {
				a.bar[y][j] = math.FMA(g, dy, a.bar[y][j])
			}
		}
	}
}

// slopes are the partial derivatives of out by x and y.
func slopes(k kind, x, y, out float64) (dx, dy float64) {
	switch k {
	case kNeg:
		return -1, 0
	case kExp:
		return out, 0
	case kLog:
		return 1 / x, 0
	case kSqrt:
		return 0.5 / out, 0
	case kAdd:
		return 1, 1
	case kSub:
		return 1, -1
	case kMul:
		return y, x
	case kDiv:
		return 1 / y, -out / y
	case kMin, kMax:
		return first(out == x), first(out != x)
	case kPow:
		return powSlopes(x, y, out)
	}
	panic("tape: no slope for " + k.String())
}

func first(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// powSlopes are y·x^(y−1) and x^y·log x; by y it is 0 at x = 0.
func powSlopes(x, y, out float64) (dx, dy float64) {
	if y != 0 {
		dx = y * pow(x, y-1)
	}
	if out != 0 {
		dy = float64(out * log(x))
	}
	return dx, dy
}
