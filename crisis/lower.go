package crisis

import (
	"context"
	"fmt"
	"math"
	"slices"

	"casus/model"
	"casus/syntax"
	"casus/tape"
)

// Solver is a graph lowered to a program: assumptions in, measures out. It
// holds no values and may be used by many workers at once.
type Solver struct {
	Graph    *Graph
	Measures []model.Measure
	program  *tape.Program
	measured []tape.Node // one for each measure
	checks   []check
}

// check is the lowest probability of a step, which must not be below zero in
// any world.
type check struct {
	step string
	out  int // its place among the outputs
}

// lowering computes the expected value of each sum at each node. Children come
// before parents, and at each node only the sums are written that something
// above reads, so that few values are alive at once.
type lowering struct {
	gr     *Graph
	b      *tape.Builder
	needed []uint64      // by node: the sums whose value something above reads
	values [][]tape.Node // by node, by sum
	policy [][]tape.Node // by node: the probability of each edge
}

func newLowering(gr *Graph) *lowering {
	l := &lowering{gr: gr, b: gr.Game.b, needed: make([]uint64, len(gr.nodes)), values: make([][]tape.Node, len(gr.nodes)), policy: make([][]tape.Node, len(gr.nodes))}
	l.demand()
	for n := 1; n < len(gr.nodes); n++ {
		l.write(n)
	}
	return l
}

// demand finds, from the root down, which sums are needed where: those of the
// measures, and at each move those of its mover, as far as anything is still
// paid to them.
func (l *lowering) demand() {
	paid := make([]uint64, len(l.gr.nodes)) // sums that something from here on adds to
	for n := 1; n < len(l.gr.nodes); n++ {
		for _, e := range l.gr.nodes[n].edges {
			paid[n] |= paid[e.next]
			for _, r := range e.rewards {
				paid[n] |= 1 << r.to
			}
		}
	}
	actors := len(l.gr.Game.Actors)
	measured := (uint64(1)<<len(l.gr.Game.Sums) - 1) << actors
	l.needed[l.gr.root.next] = measured & paid[l.gr.root.next]
	reached := make([]bool, len(l.gr.nodes))
	reached[l.gr.root.next] = true
	for n := len(l.gr.nodes) - 1; n > 0; n-- {
		if !reached[n] {
			continue
		}
		want := l.needed[n]
		if m := l.gr.nodes[n].mover; m >= 0 {
			want |= 1<<m | l.gr.Game.sharesOf(m)
		}
		for _, e := range l.gr.nodes[n].edges {
			reached[e.next] = true
			l.needed[e.next] |= want & paid[e.next]
		}
	}
}

// write writes a node: its policy, then the value of each needed sum.
func (l *lowering) write(n int) {
	nd := &l.gr.nodes[n]
	l.values[n] = make([]tape.Node, l.gr.Game.width())
	l.policy[n] = l.probabilities(nd)
	vs := make([]tape.Node, len(nd.edges))
	for sum := range l.values[n] {
		if l.needed[n]>>sum&1 == 0 {
			continue
		}
		for i, e := range nd.edges {
			vs[i] = l.along(e.rewards, e.next, sum)
		}
		l.values[n][sum] = l.b.Dot(l.policy[n], vs)
	}
}

// value is the expected sum from a node on; nothing is left at the end, and
// nothing where nothing more is paid.
func (l *lowering) value(n, sum int) tape.Node {
	if n == 0 || l.needed[n]>>sum&1 == 0 {
		return l.b.Const(0)
	}
	return l.values[n][sum]
}

// along is what an edge pays to a sum plus what follows.
func (l *lowering) along(rewards []reward, next, sum int) tape.Node {
	v := l.value(next, sum)
	for _, r := range rewards {
		if r.to == sum {
			v = l.b.Add(r.node, v)
		}
	}
	return v
}

// probabilities of the edges of a node: given, for a chance; the logit
// response, for a move.
func (l *lowering) probabilities(nd *node) []tape.Node {
	ps := make([]tape.Node, len(nd.edges))
	for i, e := range nd.edges {
		if nd.mover < 0 {
			ps[i] = e.prob
		} else {
			ps[i] = l.expectation(e, nd.mover)
		}
	}
	if nd.mover >= 0 {
		return l.b.Softmax(l.gr.Game.lambda, ps)
	}
	return ps
}

// expectation is what a mover may expect of an edge: its own sum and its part of
// what is shared.
func (l *lowering) expectation(e edge, mover int) tape.Node {
	g := l.gr.Game
	v := l.along(e.rewards, e.next, mover)
	for i, s := range g.shares {
		if !g.isZero(s.worth[mover]) {
			v = l.b.Add(v, l.b.Mul(s.worth[mover], l.along(e.rewards, e.next, g.shareSum(i))))
		}
	}
	return v
}

// Lower writes the solution of a graph as a program.
func Lower(gr *Graph) *Solver {
	l := newLowering(gr)
	s := &Solver{Graph: gr, Measures: gr.Game.Crisis.Measures}
	for _, m := range s.Measures {
		s.measured = append(s.measured, l.measure(m.Expr))
	}
	outputs := slices.Clone(s.measured)
	for _, name := range gr.chanceSteps() {
		s.checks = append(s.checks, check{name, len(outputs)})
		outputs = append(outputs, l.least(name))
	}
	s.program = l.b.Compile(outputs)
	return s
}

// chanceSteps lists the steps that are chances, in order of play.
func (gr *Graph) chanceSteps() []string {
	var out []string
	for _, p := range gr.Game.steps {
		if p.step.Chance && !slices.Contains(out, p.step.Name) {
			out = append(out, p.step.Name)
		}
	}
	return out
}

// least is the lowest of all the probabilities of a step: what is given, and
// what is left of one. None below zero means none above one.
func (l *lowering) least(step string) tape.Node {
	out := l.b.Const(0)
	for _, n := range l.gr.chanceNodes() {
		if l.gr.rests[n] == step {
			out = l.b.Min(n, out)
		}
	}
	return out
}

// chanceNodes lists the distinct probabilities of chances, in order.
func (gr *Graph) chanceNodes() []tape.Node {
	var out []tape.Node
	for n := range gr.rests {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// sumValue is the expected total of a sum from the start.
func (l *lowering) sumValue(sum int) tape.Node {
	return l.along(l.gr.root.rewards, l.gr.root.next, sum)
}

// measure lowers an expression over P(…), years(…) and total(…).
func (l *lowering) measure(e *syntax.Expr) tape.Node {
	switch e.Kind {
	case syntax.NumberExpr:
		return l.b.Const(e.Num)
	case syntax.NameExpr:
		return l.b.Const(float64(l.gr.Game.Case.Horizon))
	case syntax.UnaryExpr:
		return l.b.Neg(l.measure(e.Args[0]))
	case syntax.BinaryExpr:
		c := compiler{g: l.gr.Game}
		return c.nodeOp(e.Op)(l.measure(e.Args[0]), l.measure(e.Args[1]))
	}
	for i, s := range l.gr.Game.Sums {
		if s.Text == e.String() {
			return l.sumValue(len(l.gr.Game.Actors) + i)
		}
	}
	panic("crisis: " + e.String() + " passed the check as a measure")
}

// Ops is the number of operations of the program, Slots its live width.
func (s *Solver) Ops() int { return s.program.Ops() }

// Slots is the number of values the program keeps alive at once, per world.
func (s *Solver) Slots() int { return s.program.Slots() }

// NewScratch makes the memory one worker needs.
func (s *Solver) NewScratch() *tape.Scratch { return s.program.NewScratch() }

// Solve computes every measure in every world. in has one column for each of
// Graph.Game.Inputs; out, one for each measure, is filled. All columns have
// one length. A chance whose probabilities leave [0, 1] in some world is an
// error that names the step.
func (s *Solver) Solve(scratch *tape.Scratch, in, out [][]float64) error {
	n := 0
	if len(in) > 0 {
		n = len(in[0])
	} else if len(out) > 0 {
		n = len(out[0])
	}
	all := slices.Clone(out)
	for range s.checks {
		all = append(all, make([]float64, n))
	}
	s.program.Run(scratch, in, all)
	for _, c := range s.checks {
		for w, p := range all[c.out] {
			if p < -1e-9 || math.IsNaN(p) {
				return fmt.Errorf("option %s: in world %d a chance of %s is %g: its probabilities add to more than 1, or an expression is negative", s.Graph.Game.Option.Name, w, c.step, p)
			}
		}
	}
	return nil
}

// Gradient computes a measure and its derivative in every assumption, world by
// world: grad has one column for each of Graph.Game.Inputs.
func (s *Solver) Gradient(scratch *tape.Scratch, in, out [][]float64, measure int, grad [][]float64) {
	n := len(in[0])
	all := slices.Clone(out)
	for range s.checks {
		all = append(all, make([]float64, n))
	}
	s.program.Gradient(scratch, in, all, measure, grad)
}

// Compile grounds, builds and lowers in one go.
func Compile(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*Solver, error) {
	g, err := Ground(m, k, o)
	if err != nil {
		return nil, err
	}
	gr, err := Build(ctx, g, most)
	if err != nil {
		return nil, err
	}
	return Lower(gr), nil
}
