package tape

import "math"

// interpretGo runs code in plain Go on the first width worlds of every slot.
// Its twin in assembly is in kernels_amd64.s; both follow math.go.
func interpretGo(code []int32, slots []float64, width int) {
	g := goKernels{slots: slots, width: width}
	for {
		op := opcode(code[0])
		code = code[1:]
		switch op {
		case opStop:
			return
		case opSum:
			n := int(code[0])
			g.sum(code[1:], n)
			code = code[2+n:]
		case opDot:
			n := int(code[0])
			g.dot(code[1:], n)
			code = code[3+2*n:]
		case opSoftmax:
			k := int(code[0])
			g.softmax(code[1:], k)
			code = code[2+2*k:]
		case opDecide2, opDecide3, opDecide4:
			code = g.decide(code, int(op-opDecide2)+2)
		case opSelect:
			g.choose(code)
			code = code[4:]
		case opNeg, opExp, opLog, opSqrt:
			g.unary(op, code)
			code = code[2:]
		default:
			g.binary(op, code)
			code = code[3:]
		}
	}
}

type goKernels struct {
	slots []float64
	width int
	// weights holds a decision's p where they are not kept.
	weights [4][256]float64
}

// at is the block that starts at a byte offset.
func (g *goKernels) at(offset int32) []float64 {
	return g.slots[offset/8:][:g.width]
}

func (g *goKernels) unary(op opcode, code []int32) {
	out, x := g.at(code[0]), g.at(code[1])
	switch op {
	case opNeg:
		for j, v := range x {
			out[j] = -v
		}
	case opExp:
		for j, v := range x {
			out[j] = exp(v)
		}
	case opLog:
		for j, v := range x {
			out[j] = log(v)
		}
	case opSqrt:
		for j, v := range x {
			out[j] = math.Sqrt(v)
		}
	}
}

func (g *goKernels) binary(op opcode, code []int32) {
	out, x, y := g.at(code[0]), g.at(code[1]), g.at(code[2])
	switch op {
	case opAdd:
		for j, v := range x {
			out[j] = v + y[j]
		}
	case opSub:
		for j, v := range x {
			out[j] = v - y[j]
		}
	case opMul:
		for j, v := range x {
			out[j] = v * y[j]
		}
	case opDiv:
		for j, v := range x {
			out[j] = v / y[j]
		}
	case opPow:
		for j, v := range x {
			out[j] = pow(v, y[j])
		}
	case opMin:
		for j, v := range x {
			out[j] = minimum(v, y[j])
		}
	case opMax:
		for j, v := range x {
			out[j] = maximum(v, y[j])
		}
	case opLess:
		for j, v := range x {
			out[j] = less(v, y[j])
		}
	default:
		panic("tape: broken code")
	}
}

func (g *goKernels) choose(code []int32) {
	out, c, x, y := g.at(code[0]), g.at(code[1]), g.at(code[2]), g.at(code[3])
	for j := range out {
		out[j] = choose(c[j], x[j], y[j])
	}
}

// sum is out, x0, x1, …
func (g *goKernels) sum(code []int32, n int) {
	out := g.at(code[0])
	copy(out, g.at(code[1]))
	for _, offset := range code[2 : 1+n] {
		for j, v := range g.at(offset) {
			out[j] += v
		}
	}
}

// dot is out, start, p0, v0, p1, v1, …
func (g *goKernels) dot(code []int32, n int) {
	out := g.at(code[0])
	copy(out, g.at(code[1]))
	for ; n > 0; n-- {
		p, v := g.at(code[2]), g.at(code[3])
		for j := range out {
			out[j] = math.FMA(p[j], v[j], out[j])
		}
		code = code[2:]
	}
}

// softmax is p0, …, λ, q0, …
func (g *goKernels) softmax(code []int32, k int) {
	lambda := g.at(code[k])
	q := code[k+1 : 2*k+1]
	p := code[:k]
	x := make([]float64, k)
	for j := range lambda {
		for c, offset := range q {
			x[c] = g.at(offset)[j]
		}
		softmax(lambda[j], x, x)
		for c, offset := range p {
			g.at(offset)[j] = x[c]
		}
	}
}

// decide runs a decision of k choices and returns the code after it.
func (g *goKernels) decide(code []int32, k int) []int32 {
	plain, summed, flags := int(code[0]), int(code[1]), code[2]
	writes := code[3:]
	reads := writes[k+1+plain+summed:]
	var p [4][]float64
	for c := range k {
		p[c] = g.weights[c][:g.width]
		if flags&flagProbs != 0 {
			p[c] = g.at(writes[c])
		}
	}
	g.weigh(p[:k], reads, writes[k], flags)
	writes, reads = writes[k+1:], reads[1+2*k:]
	for ; plain > 0; plain-- {
		g.expect(p[:k], writes[0], reads)
		writes, reads = writes[1:], reads[k:]
	}
	for ; summed > 0; summed-- {
		g.expectSums(p[:k], writes[0], reads)
		writes, reads = writes[1:], reads[2*k:]
	}
	return reads
}

// weigh fills p, and own where it is wanted.
func (g *goKernels) weigh(p [][]float64, reads []int32, own, flags int32) {
	lambda := g.at(reads[0])
	var a, b [4][]float64
	for c := range p {
		a[c], b[c] = g.at(reads[1+2*c]), g.at(reads[2+2*c])
	}
	var q, w [4]float64
	for j := range lambda {
		for c := range p {
			q[c] = a[c][j] + b[c][j]
		}
		softmax(lambda[j], q[:len(p)], w[:len(p)])
		for c := range p {
			p[c][j] = w[c]
		}
		if flags&flagOwn != 0 {
			v := negativeZero
			for c := range p {
				v = math.FMA(w[c], q[c], v)
			}
			g.at(own)[j] = v
		}
	}
}

func (g *goKernels) expect(p [][]float64, to int32, reads []int32) {
	out := g.at(to)
	for j := range out {
		out[j] = negativeZero
	}
	for c := range p {
		v := g.at(reads[c])
		for j, w := range p[c][:len(v)] {
			out[j] = math.FMA(w, v[j], out[j])
		}
	}
}

func (g *goKernels) expectSums(p [][]float64, to int32, reads []int32) {
	out := g.at(to)
	for j := range out {
		out[j] = negativeZero
	}
	for c := range p {
		a, b := g.at(reads[2*c]), g.at(reads[2*c+1])
		for j, w := range p[c][:len(a)] {
			out[j] = math.FMA(w, a[j]+b[j], out[j])
		}
	}
}
