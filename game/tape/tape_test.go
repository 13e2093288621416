package tape

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// one runs a formula of two inputs in a single world.
func one(f func(b *Builder, x, y Node) Node, x, y float64) float64 {
	b := NewBuilder()
	p := b.Compile([]Node{f(b, b.Input(0), b.Input(1))})
	out := makeColumns(1, 1)
	p.Run(p.NewScratch(), [][]float64{{x}, {y}}, out)
	return out[0][0]
}

func TestKnownValues(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name       string
		f          func(b *Builder, x, y Node) Node
		x, y, want float64
	}{
		{"3+4", (*Builder).Add, 3, 4, 7},
		{"3-4", (*Builder).Sub, 3, 4, -1},
		{"3·4", (*Builder).Mul, 3, 4, 12},
		{"3/4", (*Builder).Div, 3, 4, 0.75},
		{"−(3)", func(b *Builder, x, y Node) Node { return b.Neg(x) }, 3, 0, -3},
		{"√9", func(b *Builder, x, y Node) Node { return b.Sqrt(x) }, 9, 0, 3},
		{"e⁰", func(b *Builder, x, y Node) Node { return b.Exp(x) }, 0, 0, 1},
		{"e¹", func(b *Builder, x, y Node) Node { return b.Exp(x) }, 1, 0, math.E},
		{"e^710", func(b *Builder, x, y Node) Node { return b.Exp(x) }, 710, 0, inf},
		{"e^−∞", func(b *Builder, x, y Node) Node { return b.Exp(x) }, -inf, 0, 0},
		{"log 1", func(b *Builder, x, y Node) Node { return b.Log(x) }, 1, 0, 0},
		{"log 0", func(b *Builder, x, y Node) Node { return b.Log(x) }, 0, 0, -inf},
		{"log −1", func(b *Builder, x, y Node) Node { return b.Log(x) }, -1, 0, nan},
		{"1³", (*Builder).Pow, 1, 3, 1},
		{"0²", (*Builder).Pow, 0, 2, 0},
		{"0⁰", (*Builder).Pow, 0, 0, 1},
		{"0^−1", (*Builder).Pow, 0, -1, inf},
		{"(−2)²", (*Builder).Pow, -2, 2, nan},
		{"(−2)⁰", (*Builder).Pow, -2, 0, nan},
		{"min", (*Builder).Min, 3, 4, 3},
		{"max", (*Builder).Max, 3, 4, 4},
		{"min, NaN first", (*Builder).Min, nan, 4, nan},
		{"max, NaN last", (*Builder).Max, 3, nan, nan},
		{"3<4", (*Builder).Less, 3, 4, 1},
		{"4<4", (*Builder).Less, 4, 4, 0},
		{"NaN<4", (*Builder).Less, nan, 4, 0},
		{"x ? y : 5", func(b *Builder, x, y Node) Node { return b.Select(x, y, b.Const(5)) }, 2, 9, 9},
		{"0 ? y : 5", func(b *Builder, x, y Node) Node { return b.Select(x, y, b.Const(5)) }, 0, 9, 5},
		{"xy+x fused", func(b *Builder, x, y Node) Node { return b.Add(b.Mul(x, y), x) }, 1 + 0x1p-52, 1 - 0x1p-52, 2 + 0},
		{"an input", func(b *Builder, x, y Node) Node { return y }, 3, 4, 4},
		{"a constant", func(b *Builder, x, y Node) Node { return b.Const(8) }, 3, 4, 8},
	} {
		if got := one(c.f, c.x, c.y); !sameBits(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What the Builder writes on the left it knows to be what stands on the right.
func TestSimplified(t *testing.T) {
	b := NewBuilder()
	x, y, c := b.Input(0), b.Input(1), b.Input(2)
	zero, first := b.Const(0), b.Const(1)
	p := b.Softmax(c, []Node{x, y})
	for _, test := range []struct {
		law  string
		x, y Node
	}{
		{"x+0 = x", b.Add(x, zero), x},
		{"0+x = x", b.Add(zero, x), x},
		{"x+y = y+x", b.Add(x, y), b.Add(y, x)},
		{"x−0 = x", b.Sub(x, zero), x},
		{"x−x = 0", b.Sub(x, x), zero},
		{"0−x = −x", b.Sub(zero, x), b.Neg(x)},
		{"−−x = x", b.Neg(b.Neg(x)), x},
		{"x·0 = 0", b.Mul(x, zero), zero},
		{"1·x = x", b.Mul(first, x), x},
		{"x/1 = x", b.Div(x, first), x},
		{"2·3 = 6", b.Mul(b.Const(2), b.Const(3)), b.Const(6)},
		{"max(x, x) = x", b.Max(x, x), x},
		{"x<x = 0", b.Less(x, x), zero},
		{"1 ? x : y = x", b.Select(first, x, y), x},
		{"c ? x : x = x", b.Select(c, x, x), x},
		{"Σ∅ = 0", b.Sum(), zero},
		{"Σ(x, 0) = x", b.Sum(x, zero), x},
		{"Σ(1, x, 2) = x+3", b.Sum(first, x, b.Const(2)), b.Add(x, b.Const(3))},
		{"softmax of one = 1", b.Softmax(c, []Node{x})[0], first},
		{"softmax of equals = ½", b.Softmax(c, []Node{x, x})[0], b.Const(0.5)},
		{"softmax again", b.Softmax(c, []Node{x, y})[1], p[1]},
		{"p·(x, x) = x", b.Dot(p, []Node{x, x}), x},
		{"p·(0, x) = p₁x", b.Dot(p, []Node{zero, x}), b.Mul(p[1], x)},
		{"p·(0, 0) = 0", b.Dot(p, []Node{zero, zero}), zero},
	} {
		if test.x != test.y {
			t.Errorf("%s: nodes %d and %d", test.law, test.x, test.y)
		}
	}
	if half := p[:1]; b.Dot(half, []Node{x}) == x {
		t.Error("half a softmax taken for the whole")
	}
}

// A state of a game is one step: the rewards are added on the way, the mover's
// own value comes for free, and sums no one else reads have no slot.
func TestDecisionIsOneStep(t *testing.T) {
	b := NewBuilder()
	next := []Node{b.Input(0), b.Input(1), b.Input(2)}
	q := []Node{b.Add(next[0], b.Input(3)), next[1], b.Add(next[2], b.Input(4))}
	p := b.Softmax(b.Input(5), q)
	own := b.Dot(p, q)
	other := b.Dot(p, []Node{b.Add(b.Input(6), next[1]), b.Const(0), next[0]})
	alone := b.Dot(p, []Node{b.Const(0), b.Const(0), next[2]})
	program := b.Compile([]Node{own, other, alone})
	stats := program.Stats()
	if stats.Steps != 1 || stats.Decisions != 1 {
		t.Errorf("%d steps, %d decisions, want 1, 1", stats.Steps, stats.Decisions)
	}
	if want := 1 + 7 + 3; stats.Slots != want { // the constant −0, inputs, outputs
		t.Errorf("%d slots, want %d", stats.Slots, want)
	}
	want := "[{const 1} {input 7} {add 3} {mul 1} {dot 2} {softmax 1}]"
	if got := fmt.Sprint(stats.Kinds); got != want {
		t.Errorf("kinds %s, want %s", got, want)
	}
}

// A sum of many products is added up as they come, not when all are there.
func TestLongSumsKeepFewSlots(t *testing.T) {
	b := NewBuilder()
	x := b.Input(0)
	var p, v []Node
	for range 1000 {
		x = b.Sqrt(x)
		p, v = append(p, x), append(v, b.Log(x))
	}
	program := b.Compile([]Node{b.Dot(p, v)})
	if program.Slots() > 40 {
		t.Errorf("%d slots", program.Slots())
	}
	checkRun(t, program, [][]float64{{0.1, 7, 1e9}})
}

func TestSoftmax(t *testing.T) {
	for _, k := range []int{2, 3, 4, 5, 9} {
		for _, lambda := range []float64{0, 1, -1, 0.3, 40, 1e10, -1e300, math.MaxFloat64, math.Inf(1)} {
			q := newGrower(uint64(k), 0).columns(k, 100, false)
			p := runSoftmax(lambda, q)
			shifted := makeColumns(k, 100)
			for i := range q {
				for j := range q[i] {
					q[i][j] = math.Round(q[i][j]*1024) / 1024 // shifts without rounding
					shifted[i][j] = q[i][j] + 1<<20
				}
			}
			checkSumsToOne(t, lambda, p)
			if p, other := runSoftmax(lambda, q), runSoftmax(lambda, shifted); !reflect.DeepEqual(p, other) {
				t.Errorf("λ=%v, %d choices: changed by a shift of q", lambda, k)
			}
		}
	}
}

func checkSumsToOne(t *testing.T, lambda float64, p [][]float64) {
	t.Helper()
	for j := range p[0] {
		sum := 0.0
		for i := range p {
			sum += p[i][j]
		}
		if !(math.Abs(sum-1) < 2e-15) {
			t.Errorf("λ=%v, world %d: sum %v", lambda, j, sum)
		}
	}
}

func runSoftmax(lambda float64, q [][]float64) [][]float64 {
	b := NewBuilder()
	nodes := make([]Node, len(q))
	for i := range nodes {
		nodes[i] = b.Input(i)
	}
	p := b.Compile(b.Softmax(b.Const(lambda), nodes))
	out := makeColumns(len(q), len(q[0]))
	p.Run(p.NewScratch(), q, out)
	return out
}

// An infinite λ shares the weight among the best; no λ or q overflows.
func TestSoftmaxLimits(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		lambda  float64
		q, want []float64
	}{
		{inf, []float64{1, 3, 3}, []float64{0, 0.5, 0.5}},
		{-inf, []float64{1, 3, 3}, []float64{1, 0, 0}},
		{1e308, []float64{-1e308, 1e308}, []float64{0, 1}},
		{0, []float64{5, 7, 9, 11}, []float64{0.25, 0.25, 0.25, 0.25}},
		{1, []float64{0, -706}, []float64{1, exp(-706)}},
		{1, []float64{0, -708}, []float64{1, 0}},
		{1, []float64{0, math.NaN(), 0}, []float64{math.NaN(), math.NaN(), math.NaN()}},
	} {
		q := make([][]float64, len(c.q))
		for i := range q {
			q[i] = []float64{c.q[i]}
		}
		for i, p := range runSoftmax(c.lambda, q) {
			if !sameBits(p[0], c.want[i]) {
				t.Errorf("λ=%v, q=%v: p%d = %v, want %v", c.lambda, c.q, i, p[0], c.want[i])
			}
		}
	}
}

// Every operation on every pair of special values: both sets of kernels say
// what the definition says.
func TestSpecialValues(t *testing.T) {
	b := NewBuilder()
	x, y := b.Input(0), b.Input(1)
	p2 := b.Softmax(x, []Node{x, y})
	p3 := b.Softmax(x, []Node{y, b.Add(x, y), b.Const(1)})
	p4 := b.Softmax(y, []Node{b.Const(0), b.Const(1), x, y})
	p5 := b.Softmax(y, []Node{b.Const(0), b.Const(1), x, y, x})
	out := []Node{
		b.Add(x, y), b.Sub(x, y), b.Mul(x, y), b.Div(x, y), b.Neg(x), b.Exp(x), b.Log(x), b.Sqrt(x),
		b.Pow(x, y), b.Min(x, y), b.Max(x, y), b.Less(x, y), b.Select(x, y, b.Const(3)),
		b.Sum(x, y, b.Exp(x), b.Exp(y)), b.Dot([]Node{x, y, x}, []Node{y, y, x}),
		b.Dot(p2, []Node{x, y}), b.Dot(p3, []Node{x, y, x}), b.Dot(p4, []Node{x, y, x, y}),
	}
	out = append(append(append(append(out, p2...), p3...), p4...), p5...)
	var in [2][]float64
	for _, v := range specials {
		for _, w := range specials {
			in[0], in[1] = append(in[0], v), append(in[1], w)
		}
	}
	checkRun(t, b.Compile(out), in[:])
}

// Arguments all over the range where exp and log have something to do.
func TestKernelsAreDefinitions(t *testing.T) {
	b := NewBuilder()
	x := b.Input(0)
	p := b.Compile([]Node{b.Exp(x), b.Log(b.Exp(x)), b.Log(x), b.Log(b.Neg(x)), b.Pow(b.Exp(x), b.Div(b.Const(1), x))})
	var in []float64
	for x := -760.0; x < 730; x += 0.0737 {
		in = append(in, x, x*x*x, x*1e-9, math.Ldexp(x, int(x)), math.Ldexp(1, int(x)), math.Ldexp(math.Sqrt2, int(x)))
	}
	checkRun(t, p, [][]float64{in})
}

func big3x6() (*Program, [][]float64) {
	l := layered{7, 5, 3, 6, true}
	p := l.build()
	return p, newGrower(3, 0).columns(l.inputs(), 203, false)
}

// However the worlds are cut up, every one comes out the same.
func TestSplitting(t *testing.T) {
	p, in := big3x6()
	n := len(in[0])
	want := makeColumns(p.Outputs(), n)
	p.Run(p.NewScratch(), in, want)
	for _, size := range []int{1, 2, 7, 8, 9, 31, 64, 101, 202} {
		got := makeColumns(p.Outputs(), n)
		s := p.NewScratch()
		for from := 0; from < n; from += size {
			to := min(from+size, n)
			p.Run(s, cut(in, from, to), cut(got, from, to))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("pieces of %d differ", size)
		}
	}
}

func cut(columns [][]float64, from, to int) [][]float64 {
	part := make([][]float64, len(columns))
	for i := range columns {
		part[i] = columns[i][from:to]
	}
	return part
}

func TestConcurrent(t *testing.T) {
	p, in := big3x6()
	want := makeColumns(p.Outputs(), len(in[0]))
	p.Run(p.NewScratch(), in, want)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s := p.NewScratch()
			got, grad := makeColumns(p.Outputs(), len(in[0])), makeColumns(len(in), len(in[0]))
			p.Run(s, in, got)
			p.Gradient(s, in, got, 0, grad)
			if !reflect.DeepEqual(got, want) {
				t.Error("differs from the run alone")
			}
		})
	}
	wg.Wait()
}

// The same calls give the same code.
func TestCompileIsDeterministic(t *testing.T) {
	p, _ := big3x6()
	q, _ := big3x6()
	if !reflect.DeepEqual(p.stretches, q.stretches) || !reflect.DeepEqual(p.stats, q.stats) {
		t.Error("two Programs of one formula differ")
	}
}

func TestNoWorlds(t *testing.T) {
	p, in := big3x6()
	p.Run(p.NewScratch(), cut(in, 0, 0), makeColumns(p.Outputs(), 0))
	nothing := NewBuilder().Compile(nil)
	nothing.Run(nothing.NewScratch(), nil, nil)
}

func TestMisuse(t *testing.T) {
	b := NewBuilder()
	x := b.Input(1)
	p, other := b.Compile([]Node{x}), b.Compile([]Node{x})
	s, two, out := p.NewScratch(), makeColumns(2, 3), makeColumns(1, 3)
	for want, f := range map[string]func(){
		"Dot of 1 and 0 values":     func() { b.Dot([]Node{x}, nil) },
		"input -1":                  func() { b.Input(-1) },
		"scratch of another":        func() { other.Run(s, two, out) },
		"1 inputs and 1 outputs":    func() { p.Run(s, two[:1], out) },
		"columns of 3 and 2 worlds": func() { p.Run(s, two, makeColumns(1, 2)) },
		"gradient of output 1 of 1": func() { p.Gradient(s, two, out, 1, two) },
		"1 gradient columns for 2":  func() { p.Gradient(s, two, out, 0, two[:1]) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

// What is read is what an output depends on: not what is only written down, nor
// what drops out.
func TestReads(t *testing.T) {
	b := NewBuilder()
	x, y, z := b.Input(0), b.Input(1), b.Input(3)
	b.Exp(y)
	p := b.Compile([]Node{b.Add(x, z), b.Sub(y, y)})
	if got := p.Reads(); !slices.Equal(got, []bool{true, false, false, true}) {
		t.Errorf("reads %v, want inputs 0 and 3", got)
	}
}
