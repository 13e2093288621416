package crisis

import (
	"context"
	"fmt"
	"slices"

	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
)

// Solver is a graph lowered to a program: assumptions in, measures out. It
// holds no values and may be used by many workers at once.
type Solver struct {
	Graph    *Graph
	Measures []model.Measure
	program  *tape.Program
	checks   []check
	again    *continuation // nil where the game ends with its horizon
	sharper  float64       // how many times as sharp as stated choices are
}

// check is the lowest of some numbers of a step that must not be below a bound
// in any world.
type check struct {
	step string
	out  int // its place among the outputs
	odds bool
}

// lowering computes the expected value of each sum at each node. Children come
// before parents, and at each node only the sums are written that something
// above reads, so that few values are alive at once.
//
// Where the game goes on there are more sums: one for each state that a year
// can begin with, the probability that this year leads there.
type lowering struct {
	gr     *Graph
	b      *tape.Builder
	width  int           // sums and, where the game goes on, states of years
	needed []set         // by node: the sums whose value something above reads
	values [][]tape.Node // by node, by sum
	policy [][]tape.Node // by node: the probability of each edge
	next   func(again, sum int) tape.Node
}

func newLowering(gr *Graph, roots []lowered, next func(again, sum int) tape.Node) *lowering {
	l := &lowering{gr: gr, b: gr.Game.b, width: gr.Game.width() + len(gr.starts), needed: make([]set, len(gr.nodes)),
		values: make([][]tape.Node, len(gr.nodes)), policy: make([][]tape.Node, len(gr.nodes)), next: next}
	l.demand(roots)
	for n := 1; n < len(gr.nodes); n++ {
		if gr.nodes[n].again == 0 {
			l.write(n)
		}
	}
	return l
}

// lowered is a place to start from and the sums wanted there.
type lowered struct {
	at   ref
	want set
}

// demand finds, from the roots down, which sums are needed where: those wanted
// there, and at each move those of its mover, as far as anything is still
// paid to them.
func (l *lowering) demand(roots []lowered) {
	gr := l.gr
	paid := make([]set, len(gr.nodes)) // sums that something from here on adds to
	for n := range gr.nodes {
		paid[n] = newSet(l.width)
		if a := gr.nodes[n].again; a > 0 {
			paid[n] = l.carried()
			for i := gr.Game.width(); i < l.width; i++ { // whatever it counts as
				if l.next(a-1, i) != l.b.Const(0) {
					paid[n].add(i)
				}
			}
		}
		for _, e := range gr.nodes[n].edges {
			paid[n].join(paid[e.next])
			for _, r := range e.rewards {
				paid[n].add(r.to)
			}
		}
		l.needed[n] = newSet(l.width)
	}
	reached := make([]bool, len(gr.nodes))
	for _, r := range roots {
		l.needed[r.at.next].joinBoth(r.want, paid[r.at.next])
		reached[r.at.next] = true
	}
	for n := len(gr.nodes) - 1; n > 0; n-- {
		if !reached[n] {
			continue
		}
		want := l.needed[n].clone()
		if m := gr.nodes[n].mover; m >= 0 {
			want.add(m)
			want.join(l.sharesOf(m))
		}
		for _, e := range gr.nodes[n].edges {
			reached[e.next] = true
			l.needed[e.next].joinBoth(want, paid[e.next])
		}
	}
}

// carried are the sums that another year adds to: those that actors go by.
func (l *lowering) carried() set {
	out := newSet(l.width)
	for i := range l.gr.Game.width() {
		if !l.gr.Game.isMeasured(i) {
			out.add(i)
		}
	}
	return out
}

// sharesOf are the sums an actor's expectation is read from beside its own.
func (l *lowering) sharesOf(actor int) set {
	out := newSet(l.width)
	g := l.gr.Game
	for i, s := range g.shares {
		if !g.isZero(s.worth[actor]) {
			out.add(g.shareSum(i))
		}
	}
	return out
}

// write writes a node: its policy, then the value of each needed sum.
func (l *lowering) write(n int) {
	nd := &l.gr.nodes[n]
	l.values[n] = make([]tape.Node, l.width)
	l.policy[n] = l.probabilities(nd)
	vs := make([]tape.Node, len(nd.edges))
	for sum := range l.needed[n].each {
		for i, e := range nd.edges {
			vs[i] = l.along(e.rewards, e.next, sum)
		}
		l.values[n][sum] = l.b.Dot(l.policy[n], vs)
	}
}

// value is the expected sum from a node on; nothing is left at the end, and
// nothing where nothing more is paid.
func (l *lowering) value(n, sum int) tape.Node {
	switch {
	case l.gr.nodes[n].again > 0:
		return l.next(l.gr.nodes[n].again-1, sum)
	case n == 0 || !l.needed[n].has(sum):
		return l.b.Const(0)
	}
	return l.values[n][sum]
}

// along adds what an edge pays to a sum and what follows.
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
	if nd.mover < 0 {
		return ps
	}
	return l.respond(nd, ps)
}

// respond is the logit response to what may be expected of each edge:
// p ∝ b·exp(λu), b the base odds (Mattsson & Weibull 2002; Matějka & McKay 2015
// derive them, as a cost of control and of attention). A base is counted in the
// choice and never paid.
func (l *lowering) respond(nd *node, us []tape.Node) []tape.Node {
	lambda := l.gr.Game.lambda
	if nd.base == nil && nd.nests == nil {
		return l.b.Softmax(lambda, us)
	}
	zs := make([]tape.Node, len(us))
	for i, u := range us {
		zs[i] = l.b.Mul(lambda, u)
	}
	if nd.nests == nil {
		return l.b.Softmax(l.b.Const(1), l.plus(zs, nd.base))
	}
	return l.nested(nd, zs)
}

// plus adds the logarithm of each base.
func (l *lowering) plus(zs, bases []tape.Node) []tape.Node {
	out := make([]tape.Node, len(zs))
	for i, z := range zs {
		out[i] = z
		if bases != nil {
			out[i] = l.b.Add(z, l.b.Log(bases[i]))
		}
	}
	return out
}

// nested is the nested logit (McFadden 1978): within a nest choices differ by
// λu/τ, and the nest stands in for them with τ·log Σ w·exp(λu/τ), the weights w
// being the shares of its bases. Its own base is their sum, so that at τ = 1
// nothing is left of the nest.
func (l *lowering) nested(nd *node, zs []tape.Node) []tape.Node {
	b := l.b
	outer, bases := slices.Clone(zs), slices.Clone(nd.base)
	if bases == nil {
		bases = make([]tape.Node, len(zs))
		for i := range bases {
			bases[i] = b.Const(1)
		}
	}
	within := make([]tape.Node, len(zs)) // the probability in its nest, by edge
	drop := map[int]bool{}
	for _, n := range nd.nests {
		some, some0 := picked(zs, n.edges), picked(bases, n.edges)
		total := b.Sum(some0...)
		for i, p := range b.Softmax(b.Div(b.Const(1), n.scale), l.scaled(some, some0, n.scale)) {
			within[n.edges[i]] = p
		}
		first := n.edges[0]
		outer[first] = l.inclusive(some, some0, total, n.scale)
		bases[first] = total
		for _, i := range n.edges[1:] {
			drop[i] = true
		}
	}
	var kept []int
	for i := range zs {
		if !drop[i] {
			kept = append(kept, i)
		}
	}
	out := make([]tape.Node, len(zs))
	for i, p := range b.Softmax(b.Const(1), l.plus(picked(outer, kept), picked(bases, kept))) {
		out[kept[i]] = p
	}
	for _, n := range nd.nests {
		nest := out[n.edges[0]]
		for _, i := range n.edges {
			out[i] = b.Mul(nest, within[i])
		}
	}
	return out
}

// scaled adds τ·log w to each, so that a softmax at 1/τ weighs by w.
func (l *lowering) scaled(zs, bases []tape.Node, scale tape.Node) []tape.Node {
	out := make([]tape.Node, len(zs))
	for i, z := range zs {
		out[i] = l.b.Add(z, l.b.Mul(scale, l.b.Log(bases[i])))
	}
	return out
}

// inclusive is τ·log Σ w·exp(z/τ), taken from the largest z, so that nothing
// overflows.
func (l *lowering) inclusive(zs, bases []tape.Node, total, scale tape.Node) tape.Node {
	b := l.b
	best := zs[0]
	for _, z := range zs[1:] {
		best = b.Max(best, z)
	}
	terms := make([]tape.Node, len(zs))
	for i, z := range zs {
		terms[i] = b.Mul(b.Div(bases[i], total), b.Exp(b.Div(b.Sub(z, best), scale)))
	}
	return b.Add(best, b.Mul(scale, b.Log(b.Sum(terms...))))
}

func picked(xs []tape.Node, at []int) []tape.Node {
	out := make([]tape.Node, len(at))
	for i, j := range at {
		out[i] = xs[j]
	}
	return out
}

// expectation works out what a mover may expect of an edge: its own sum and its part of
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
	s := &Solver{Graph: gr, Measures: gr.Game.Crisis.Measures, sharper: 1}
	if gr.Game.goesOn() {
		s.again = lowerYear(s)
		return s
	}
	want := newSet(gr.Game.width())
	for i := range gr.Game.Sums {
		want.add(len(gr.Game.Actors) + i)
	}
	l := newLowering(gr, []lowered{{gr.root, want}}, nil)
	sums := make([]tape.Node, len(gr.Game.Sums))
	for i := range sums {
		sums[i] = l.along(gr.root.rewards, gr.root.next, len(gr.Game.Actors)+i)
	}
	s.finish(l, sums)
	return s
}

// finish compiles the measures over the sums, and what must be checked.
func (s *Solver) finish(l *lowering, sums []tape.Node) {
	var outputs []tape.Node
	for _, m := range s.Measures {
		outputs = append(outputs, l.measure(m.Expr, sums, s.Graph.Game.Case.Horizon))
	}
	for _, step := range s.Graph.steps() {
		for _, odds := range []bool{false, true} {
			if nodes := s.Graph.bounded(step, odds); len(nodes) > 0 {
				s.checks = append(s.checks, check{step, len(outputs), odds})
				outputs = append(outputs, l.least(nodes))
			}
		}
	}
	s.program = l.b.Compile(outputs)
}

// steps lists the names of the steps, in order of play.
func (gr *Graph) steps() []string {
	var out []string
	for _, p := range gr.Game.steps {
		if !slices.Contains(out, p.step.Name) {
			out = append(out, p.step.Name)
		}
	}
	return out
}

// bounded lists the probabilities of the chances of a step, given and left
// over, or its base odds: none may be negative. None below zero means no
// probability above one.
func (gr *Graph) bounded(step string, odds bool) []tape.Node {
	from := gr.rests
	if odds {
		from = gr.bases
	}
	var out []tape.Node
	for n, of := range from {
		if of == step {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// least is the lowest of some values and zero.
func (l *lowering) least(of []tape.Node) tape.Node {
	out := l.b.Const(0)
	for _, n := range of {
		out = l.b.Min(n, out)
	}
	return out
}

// measure lowers an expression over the sums of so many years.
func (l *lowering) measure(e *syntax.Expr, sums []tape.Node, years int) tape.Node {
	switch e.Kind {
	case syntax.NumberExpr:
		return l.b.Const(e.Num)
	case syntax.NameExpr:
		return l.b.Const(float64(years))
	case syntax.UnaryExpr:
		return l.b.Neg(l.measure(e.Args[0], sums, years))
	case syntax.BinaryExpr:
		c := compiler{g: l.gr.Game}
		return c.nodeOp(e.Op)(l.measure(e.Args[0], sums, years), l.measure(e.Args[1], sums, years))
	}
	for i, s := range l.gr.Game.Sums {
		if s.Text == e.String() {
			return sums[i]
		}
	}
	panic("crisis: " + e.String() + " passed the check as a measure")
}

// Ops is the number of operations of the program, Slots its live width. Where
// the game goes on, one year's, which runs several times, and that of the
// measures.
func (s *Solver) Ops() int {
	if s.again != nil {
		return s.program.Ops() + s.again.year.Ops()
	}
	return s.program.Ops()
}

// Slots is the number of values the program keeps alive at once, per world.
func (s *Solver) Slots() int { return s.program.Slots() }

// Reads tells for each of Graph.Game.Inputs whether the program reads it. One
// that is not read changes no measure, whatever its value.
func (s *Solver) Reads(inputs int) []bool {
	reads := append(s.program.Reads(), make([]bool, inputs)...)[:inputs]
	if s.again != nil {
		for i, r := range append(s.again.year.Reads(), make([]bool, inputs)...)[:inputs] {
			reads[i] = reads[i] || r
		}
	}
	return reads
}

// Scratch is the memory one worker needs.
type Scratch struct {
	last, year *tape.Scratch // of the program of measures, and of one year
}

// NewScratch makes the memory one worker needs.
func (s *Solver) NewScratch() *Scratch {
	out := &Scratch{last: s.program.NewScratch()}
	if s.again != nil {
		out.year = s.again.year.NewScratch()
	}
	return out
}

// Solve computes every measure in every world. in has one column for each of
// Graph.Game.Inputs; out, one for each measure, is filled. All columns have
// one length. A chance whose probabilities leave [0, 1] in some world, or base
// odds that are not above 0, are an error that names the step. In a world in
// which a game that goes on does not settle every measure is NaN.
func (s *Solver) Solve(scratch *Scratch, in, out [][]float64) error {
	all := s.withChecks(in, out)
	in = s.Graph.Game.inputs(in, s.sharper, width(all))
	if s.again == nil {
		s.program.Run(scratch.last, in, all)
	} else {
		carried, settled := s.again.settle(scratch, in, width(all))
		s.program.Run(scratch.last, slices.Concat(in, carried), all)
		unsettled(all[:len(out)], settled)
	}
	return s.checked(all)
}

// withChecks are the output columns, with room for what is checked.
func (s *Solver) withChecks(in, out [][]float64) [][]float64 {
	n := width(slices.Concat(in, out))
	all := slices.Clone(out)
	for range s.checks {
		all = append(all, make([]float64, n))
	}
	return all
}

// width is how many worlds columns hold.
func width(columns [][]float64) int {
	if len(columns) == 0 {
		return 0
	}
	return len(columns[0])
}

func (s *Solver) checked(all [][]float64) error {
	for _, c := range s.checks {
		for w, p := range all[c.out] {
			switch {
			case p >= -1e-9:
			case c.odds:
				return fmt.Errorf("option %s: in world %d base odds of %s are %g: they must be above 0", s.Graph.Game.Option.Name, w, c.step, p)
			default:
				return fmt.Errorf("option %s: in world %d a chance of %s is %g: its probabilities add to more than 1, or an expression is negative", s.Graph.Game.Option.Name, w, c.step, p)
			}
		}
	}
	return nil
}

// Gradient computes a measure and its derivative in every assumption, world by
// world: grad has one column for each of Graph.Game.Inputs.
func (s *Solver) Gradient(scratch *Scratch, in, out [][]float64, measure int, grad [][]float64) {
	all := s.withChecks(in, out)
	in = s.Graph.Game.inputs(in, s.sharper, width(all))
	if s.again == nil {
		s.program.Gradient(scratch.last, in, all, measure, append(slices.Clip(grad), make([]float64, width(all))))
		return
	}
	s.again.gradient(s, scratch, in, all, measure, grad)
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
