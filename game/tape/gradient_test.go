package tape

import (
	"fmt"
	"math"
	"testing"
)

// The gradient of a random smooth formula is what small steps of each input
// say it is.
func TestGradientIsSlope(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := newGrower(seed, 4)
			g.smooth = true
			for range 10 + seed {
				g.grow()
			}
			// Far-off values have slopes that differences cannot find.
			p := g.b.Compile([]Node{g.tame(g.nodes[len(g.nodes)-1])})
			checkGradient(t, p, g.columns(4, 13, false))
		})
	}
}

func checkGradient(t *testing.T, p *Program, in [][]float64) {
	t.Helper()
	n := len(in[0])
	s, out, grad := p.NewScratch(), makeColumns(p.Outputs(), n), makeColumns(len(in), n)
	p.Gradient(s, in, out, 0, grad)
	for j := range n {
		x := world(in, j)
		if want := p.Eval1(x); !sameBits(out[0][j], want[0]) {
			t.Errorf("world %d: output %v, want %v", j, out[0][j], want[0])
		}
		for i := range in {
			slope, doubt := difference(p, x, i)
			if got := grad[i][j]; !(math.Abs(got-slope) <= doubt) {
				t.Errorf("world %d, input %d: %v, by differences %v ± %v", j, i, got, slope, doubt)
			}
		}
	}
}

// difference is a central difference of output 0 by input i, and how far it
// may be off, by comparison with steps of twice the length.
func difference(p *Program, x []float64, i int) (slope, doubt float64) {
	central := func(h float64) float64 {
		y := append([]float64(nil), x...)
		y[i] = x[i] + h
		up := p.Eval1(y)[0]
		y[i] = x[i] - h
		return (up - p.Eval1(y)[0]) / (2 * h)
	}
	const h = 1e-5
	one, two := central(h), central(2*h)
	return one, 2*math.Abs(one-two) + 1e-8*(1+math.Abs(one))
}

// Slopes at kinks and edges, by x and by y.
func TestGradientAtEdges(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name         string
		f            func(b *Builder, x, y Node) Node
		x, y, dx, dy float64
	}{
		{"min, tie", (*Builder).Min, 2, 2, 1, 0},
		{"max, tie", (*Builder).Max, 2, 2, 1, 0},
		{"max", (*Builder).Max, 2, 3, 0, 1},
		{"less", (*Builder).Less, 2, 3, 0, 0},
		{"x²", func(b *Builder, x, y Node) Node { return b.Mul(x, x) }, 3, 0, 6, 0},
		{"0³", (*Builder).Pow, 0, 3, 0, 0},
		{"0¹", (*Builder).Pow, 0, 1, 1, 0},
		{"√0", func(b *Builder, x, y Node) Node { return b.Sqrt(x) }, 0, 0, inf, 0},
		{"log of what was not chosen", func(b *Builder, x, y Node) Node {
			return b.Select(b.Less(b.Const(0), x), b.Mul(b.Log(x), y), y)
		}, 0, 5, 0, 1},
		{"an input", func(b *Builder, x, y Node) Node { return y }, 0, 5, 0, 1},
		{"softmax by λ", func(b *Builder, x, y Node) Node {
			return b.Softmax(x, []Node{y, b.Const(0)})[0]
		}, 0, 4, 1, 0},
		{"softmax by q", func(b *Builder, x, y Node) Node {
			return b.Softmax(x, []Node{y, b.Const(0)})[0]
		}, 2, 0, 0, 0.5},
		{"softmax, λ huge", func(b *Builder, x, y Node) Node {
			return b.Softmax(x, []Node{y, b.Const(0)})[0]
		}, 1e300, 1, 0, 0},
	} {
		b := NewBuilder()
		p := b.Compile([]Node{c.f(b, b.Input(0), b.Input(1))})
		grad := makeColumns(2, 1)
		p.Gradient(p.NewScratch(), [][]float64{{c.x}, {c.y}}, makeColumns(1, 1), 0, grad)
		if grad[0][0] != c.dx || grad[1][0] != c.dy {
			t.Errorf("%s: slopes %v, %v, want %v, %v", c.name, grad[0][0], grad[1][0], c.dx, c.dy)
		}
	}
}
