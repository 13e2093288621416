package tape

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// sameBits is equality to the bit, with one NaN as good as another.
func sameBits(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
}

// grower builds random formulas out of everything a Builder offers.
type grower struct {
	*rand.Rand
	b     *Builder
	nodes []Node
	// smooth leaves out what has no derivative, and what leaves the finite
	// numbers.
	smooth bool
}

func newGrower(seed uint64, inputs int) *grower {
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 1)), b: NewBuilder()}
	for i := range inputs {
		g.nodes = append(g.nodes, g.b.Input(i))
	}
	for _, x := range []float64{0, 1, -1, 2.5, 0.125} {
		g.nodes = append(g.nodes, g.b.Const(x))
	}
	return g
}

// pick prefers recent nodes, so that formulas get deep.
func (g *grower) pick() Node {
	n := len(g.nodes)
	if g.IntN(2) == 0 {
		return g.nodes[n-1-g.IntN(min(n, 12))]
	}
	return g.nodes[g.IntN(n)]
}

func (g *grower) picks(n int) []Node {
	list := make([]Node, n)
	for i := range list {
		list[i] = g.pick()
	}
	return list
}

func (g *grower) keep(x ...Node) { g.nodes = append(g.nodes, x...) }

// tame brings a value into [−1, 1], so that smooth formulas stay smooth.
func (g *grower) tame(x Node) Node {
	return g.b.Div(x, g.b.Sqrt(g.b.Add(g.b.Const(1), g.b.Mul(x, x))))
}

func (g *grower) grow() {
	switch n := g.IntN(14); {
	case n < 4:
		g.decision()
	case n < 9 || g.smooth:
		g.smoothOne()
	default:
		g.roughOne()
	}
}

func (g *grower) smoothOne() {
	x, y, b := g.pick(), g.pick(), g.b
	switch g.IntN(11) {
	case 0:
		g.keep(b.Add(x, y))
	case 1:
		g.keep(b.Sub(x, y))
	case 2:
		g.keep(b.Mul(x, y))
	case 3:
		g.keep(b.Add(b.Mul(x, y), g.pick()))
	case 4:
		g.keep(b.Neg(x))
	case 5:
		g.keep(b.Exp(g.tame(x)))
	case 6:
		g.keep(b.Log(b.Add(b.Mul(x, x), b.Const(1))))
	case 7:
		g.keep(b.Pow(b.Exp(g.tame(x)), g.tame(y)))
	case 8:
		g.keep(g.tame(b.Sum(g.picks(g.IntN(20))...)))
	case 9:
		n := g.IntN(20)
		g.keep(g.tame(b.Dot(g.picks(n), g.picks(n))))
	case 10:
		g.keep(b.Div(x, b.Exp(g.tame(y))))
	}
}

func (g *grower) roughOne() {
	x, y, b := g.pick(), g.pick(), g.b
	switch g.IntN(9) {
	case 0:
		g.keep(b.Min(x, y))
	case 1:
		g.keep(b.Max(x, y))
	case 2:
		g.keep(b.Less(x, y))
	case 3:
		g.keep(b.Select(b.Less(x, y), g.pick(), g.pick()))
	case 4:
		g.keep(b.Select(x, y, g.pick()))
	case 5:
		g.keep(b.Exp(x))
	case 6:
		g.keep(b.Log(x))
	case 7:
		g.keep(b.Pow(x, y))
	case 8:
		g.keep(b.Sqrt(x))
	}
}

// decision adds what a state of a game adds: values of choices, a softmax, and
// expectations, some of them with zero rewards or no continuation.
func (g *grower) decision() {
	k := 1 + g.IntN(6)
	q := make([]Node, k)
	for i := range q {
		q[i] = g.b.Add(g.pick(), g.pick())
	}
	lambda := g.pick()
	if g.smooth {
		lambda = g.tame(lambda)
	}
	p := g.b.Softmax(lambda, q)
	if g.IntN(3) > 0 {
		g.keep(g.b.Dot(p, q))
	}
	for range g.IntN(5) {
		v := g.picks(k)
		for i := range v {
			switch g.IntN(4) {
			case 0:
				v[i] = g.b.Const(0)
			case 1:
				v[i] = g.b.Add(g.pick(), v[i])
			}
		}
		g.keep(g.b.Dot(p, v))
	}
	if g.IntN(3) == 0 {
		g.keep(p[g.IntN(k)])
	}
}

func (g *grower) outputs(n int) []Node {
	out := []Node{g.nodes[len(g.nodes)-1]}
	for range n {
		out = append(out, g.pick())
	}
	return out
}

// columns draws inputs, some of them special.
func (g *grower) columns(inputs, n int, special bool) [][]float64 {
	in := make([][]float64, inputs)
	for i := range in {
		in[i] = make([]float64, n)
		for j := range in[i] {
			in[i][j] = g.NormFloat64() * 2
			if special && g.IntN(6) == 0 {
				in[i][j] = specials[g.IntN(len(specials))]
			}
		}
	}
	return in
}

func makeColumns(k, n int) [][]float64 {
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

func world(in [][]float64, j int) []float64 {
	x := make([]float64, len(in))
	for i := range in {
		x[i] = in[i][j]
	}
	return x
}

// Run in blocks, with either set of kernels, on slots full of rubbish, gives
// what the definitions give one world at a time.
func TestRunIsEval1(t *testing.T) {
	for seed := range uint64(300) {
		size := 5 + int(seed)*3
		special := seed%3 == 2
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := newGrower(seed, 5)
			for range size {
				g.grow()
			}
			out := g.outputs(4)
			p := g.b.Compile(out)
			in := g.columns(5, 1+g.IntN(40), special)
			checkRun(t, p, in)
			if seed%4 == 0 {
				checkInTwo(t, g, out, in)
			}
		})
	}
}

// FuzzRunIsEval1 is the same for formulas and inputs that a fuzzer asks for.
func FuzzRunIsEval1(f *testing.F) {
	f.Add(uint64(1), uint16(20), uint8(9), true)
	f.Fuzz(func(t *testing.T, seed uint64, size uint16, worlds uint8, special bool) {
		g := newGrower(seed, 3)
		for range size % 2000 {
			g.grow()
		}
		out, in := g.outputs(int(seed%30)), g.columns(3, 1+int(worlds), special)
		p := g.b.Compile(out)
		checkRun(t, p, in)
		checkInTwo(t, g, out, in)
	})
}

// checkInTwo divides a formula by some of the inputs, by none and by all, and
// finds the bits of the undivided one, and no operation twice.
func checkInTwo(t *testing.T, g *grower, outputs []Node, in [][]float64) {
	t.Helper()
	b, n, all := g.b, len(in[0]), 1<<len(in)
	whole := b.Compile(outputs)
	want := makeColumns(whole.Outputs(), n)
	whole.Run(poisoned(whole), in, want)
	for _, often := range []int{0, 1 << g.IntN(len(in)), g.IntN(all), all - 1} {
		once, again := b.CompileInTwo(outputs, func(column int) bool { return often>>column&1 == 1 }, len(in))
		made, got := makeColumns(once.Outputs(), n), makeColumns(len(want), n)
		once.Run(poisoned(once), in, made)
		again.Run(poisoned(again), slices.Concat(in, made), got)
		for k := range want {
			for j := range n {
				if !sameBits(got[k][j], want[k][j]) {
					t.Fatalf("inputs %b often: output %d, world %d: %x, undivided %x", often, k, j, got[k][j], want[k][j])
				}
			}
		}
		if once.Ops()+again.Ops() != whole.Ops() {
			t.Fatalf("inputs %b often: %d and %d operations, undivided %d", often, once.Ops(), again.Ops(), whole.Ops())
		}
	}
}

func checkRun(t *testing.T, p *Program, in [][]float64) {
	t.Helper()
	n := len(in[0])
	for _, plain := range []bool{true, false} {
		out := makeColumns(p.Outputs(), n)
		s := poisoned(p)
		s.plain = plain
		p.Run(s, in, out)
		for j := range n {
			want := p.Eval1(world(in, j))
			for k := range out {
				if !sameBits(out[k][j], want[k]) {
					t.Fatalf("plain %v, output %d, world %d of %d: %x, want %x", plain, k, j, n, out[k][j], want[k])
				}
			}
		}
	}
}

// poisoned is a Scratch with NaN wherever a program must not look.
func poisoned(p *Program) *Scratch {
	s := p.NewScratch()
	fixed := make([]bool, p.slots)
	for _, c := range p.constants {
		fixed[c.slot] = true
	}
	for i, c := range fixed {
		if !c {
			for j := range s.slot(int32(i)) {
				s.slot(int32(i))[j] = math.NaN()
			}
		}
	}
	return s
}

var specials = []float64{
	0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(),
	math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 0x1p-1022, 0x1.fffp-1023,
	709.78, 709.79, -745.13, -745.14, -708, -707, 1e300, -1e300, 1e-300, 0.5, 2, math.Pi,
}
