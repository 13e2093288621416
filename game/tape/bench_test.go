package tape

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// layered is a game like those tape is made for: layers of states, each with
// choices that lead to random states of the next layer, so that histories
// merge. Every state keeps one value for each of values actors; each choice
// pays the mover and, every other time, one more actor.
type layered struct {
	width, layers, choices, values int
	reach                          bool // also run the probabilities forward
}

// inputs is λ for each actor, then rewards, then values at the end.
func (l layered) inputs() int { return l.values + 40 + l.values*8 }

type state struct {
	value []Node // by actor
	p     []Node
	next  []int
}

func (l layered) build() *Program {
	r := rand.New(rand.NewPCG(7, 7))
	b := NewBuilder()
	layers := make([][]state, l.layers)
	after := l.leaves(b, r)
	for i := l.layers - 1; i >= 0; i-- {
		for range l.width {
			layers[i] = append(layers[i], l.state(b, r, after, i%l.values))
		}
		after = layers[i]
	}
	out := append([]Node(nil), layers[0][0].value...)
	if l.reach {
		out = append(out, l.measure(b, layers)...)
	}
	return b.Compile(out)
}

func (l layered) leaves(b *Builder, r *rand.Rand) []state {
	leaves := make([]state, l.width)
	for s := range leaves {
		for range l.values {
			leaves[s].value = append(leaves[s].value, b.Input(l.values+40+r.IntN(l.values*8)))
		}
	}
	return leaves
}

func (l layered) state(b *Builder, r *rand.Rand, after []state, mover int) state {
	s := state{}
	paid := make([][]Node, l.values)
	for c := range l.choices {
		to := r.IntN(l.width)
		if c == 0 {
			to = r.IntN(max(l.width/8, 1)) // some states many roads lead to
		}
		s.next = append(s.next, to)
		other := r.IntN(2 * l.values)
		for a := range l.values {
			v := after[to].value[a]
			if a == mover || a == other {
				v = b.Add(b.Input(l.values+r.IntN(40)), v)
			}
			paid[a] = append(paid[a], v)
		}
	}
	s.p = b.Softmax(b.Input(mover), paid[mover])
	for a := range l.values {
		s.value = append(s.value, b.Dot(s.p, paid[a]))
	}
	return s
}

// measure is the reach of every state of the last layer, weighed by an input.
func (l layered) measure(b *Builder, layers [][]state) []Node {
	reach := make([]Node, l.width)
	for s := range reach {
		reach[s] = b.Const(1 / float64(l.width))
	}
	var events, weights []Node
	for i := range layers {
		from, p := make([][]Node, l.width), make([][]Node, l.width)
		for s, st := range layers[i] {
			for c, to := range st.next {
				from[to], p[to] = append(from[to], reach[s]), append(p[to], st.p[c])
			}
		}
		for s := range reach {
			reach[s] = b.Dot(from[s], p[s])
			events, weights = append(events, reach[s]), append(weights, b.Input(l.values+(i+s)%40))
		}
	}
	return []Node{b.Dot(events, weights)}
}

func (l layered) bench(b *testing.B, worlds int, plain bool) {
	if !plain && !haveKernels {
		b.Skip("no kernels on this machine")
	}
	p := l.build()
	g := newGrower(1, 0)
	in, out := g.columns(l.inputs(), worlds, false), makeColumns(p.Outputs(), worlds)
	for a := range l.values {
		for j := range in[a] {
			in[a][j] = 3
		}
	}
	s := p.NewScratch()
	s.plain = plain
	b.ResetTimer()
	for b.Loop() {
		p.Run(s, in, out)
	}
	solves := float64(b.N) * float64(worlds) * float64(p.Stats().Decisions)
	b.ReportMetric(solves/b.Elapsed().Seconds()/1e6, "Msolves/s")
	b.ReportMetric(float64(p.Slots()), "slots")
	b.ReportMetric(float64(p.block), "block")
}

func both(b *testing.B, l layered, worlds ...int) {
	for _, n := range worlds {
		b.Run(fmt.Sprintf("kernels/%d", n), func(b *testing.B) { l.bench(b, n, false) })
	}
	b.Run("go/128", func(b *testing.B) { l.bench(b, 128, true) })
}

func BenchmarkSolve3x6(b *testing.B) { both(b, layered{100, 100, 3, 6, false}, 128, 512) }
func BenchmarkSolveNarrow3x6(b *testing.B) {
	both(b, layered{10, 1000, 3, 6, false}, 512)
}
func BenchmarkSolve2x3(b *testing.B)      { both(b, layered{100, 100, 2, 3, false}, 512) }
func BenchmarkSolve4x6(b *testing.B)      { both(b, layered{100, 100, 4, 6, false}, 512) }
func BenchmarkSolveReach3x6(b *testing.B) { both(b, layered{100, 100, 3, 6, true}, 512) }

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		layered{100, 100, 3, 6, true}.build()
	}
}

// oneOp benchmarks a single operation on 1024 worlds.
func oneOp(b *testing.B, f func(*Builder, Node) Node) {
	for _, plain := range []bool{false, true} {
		b.Run(map[bool]string{false: "kernels", true: "go"}[plain], func(b *testing.B) {
			bd := NewBuilder()
			p := bd.Compile([]Node{f(bd, bd.Input(0))})
			in, out := newGrower(1, 0).columns(1, 1024, false), makeColumns(1, 1024)
			s := p.NewScratch()
			s.plain = plain
			for b.Loop() {
				p.Run(s, in, out)
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/1024*1e9, "ns/value")
		})
	}
}

func BenchmarkExp(b *testing.B) { oneOp(b, (*Builder).Exp) }
func BenchmarkLog(b *testing.B) {
	oneOp(b, func(b *Builder, x Node) Node { return b.Log(b.Mul(x, x)) })
}

func BenchmarkGradient3x6(b *testing.B) {
	l := layered{100, 100, 3, 6, true}
	p := l.build()
	in, out := newGrower(1, 0).columns(l.inputs(), 64, false), makeColumns(p.Outputs(), 64)
	s, grad := p.NewScratch(), makeColumns(l.inputs(), 64)
	for b.Loop() {
		p.Gradient(s, in, out, p.Outputs()-1, grad)
	}
	b.ReportMetric(float64(b.N*64*p.Stats().Decisions)/b.Elapsed().Seconds()/1e6, "Msolves/s")
}
