package crisis

import (
	"math"
	"slices"

	"casus/game/tape"
	"casus/lang/syntax"
)

// continuation solves a game that goes on beyond the years shown.
//
// An actor values a year at what it pays and, times the discount δ, the year
// that follows: X = r(X) + δ·T(X)·X, with X the value to each actor of each
// state that a year can begin with, T the probabilities of getting from one to
// another and r what a year pays. Both hang on X, by the choices. Such a
// stationary point of logit responses is a Markov quantal response equilibrium
// (Breitmoser, Tan & Zizzo 2010).
//
// It is found from X = 0, the world's end, which is where the values of longer
// and longer finite games start from too. Each step plays one year on X, which
// gives F = r + δ·T·X, and takes X + (I − δT)⁻¹(F − X): the value of playing so
// for ever (policy iteration: Howard 1960). Where δ·T hardly moves with X,
// as here, a handful of steps settle. Tests compare with plain value iteration.
type continuation struct {
	year    *tape.Program // assumptions, sharpness, X → the next X, then F
	inputs  int           // assumptions and sharpness: X comes behind
	carried []place       // what X is made of
}

// place is one entry of X: a sum, from a state that a year begins with.
type place struct{ start, sum int }

const (
	settledAt = 1e-13 // of 1 + |X|: near what rounding leaves
	nearlyAt  = 1e-10 // good enough where rounding leaves more
	fullSteps = 16
	mostSteps = 80
	mostPlain = 3000 // years played forward where the steps do not settle
)

// lowerYear writes one year, and the measures as what the years shown add up
// to. The program of the measures reads the settled X. States from which the
// year is played alike have one X, and only the first of them is worked out
// until it settles.
func lowerYear(s *Solver) *continuation {
	gr := s.Graph
	g := gr.Game
	c := &continuation{inputs: len(g.Inputs) + 1}
	at := map[place]tape.Node{}
	var first []int
	for i, st := range gr.starts {
		if st.like != i {
			continue
		}
		first = append(first, i)
		for sum := range g.width() {
			if !g.isMeasured(sum) && g.pays(sum) {
				p := place{i, sum}
				at[p] = g.b.Input(c.inputs + len(c.carried))
				c.carried = append(c.carried, p)
			}
		}
	}
	worth := func(again, sum int) tape.Node {
		if x, ok := at[place{gr.starts[again].like, sum}]; ok && !g.isMeasured(sum) {
			return g.b.Mul(*g.delta, x)
		}
		return g.zero
	}
	one := &yearly{gr: gr, at: first, kinds: len(gr.starts), kind: func(again int) int { return gr.starts[again].like }}
	one.lower(worth, false)
	c.year = g.b.Compile(one.step(c.carried, at))
	all := &yearly{gr: gr, kinds: len(gr.starts), kind: func(again int) int { return again }}
	for i := range len(gr.starts) + 1 {
		all.at = append(all.at, i)
	}
	all.lower(worth, true)
	gr.shown = all
	s.finish(all.l, all.shown(g.Case.Horizon, g.Sums))
	return c
}

// pays reports whether anything ever adds to a sum.
func (g *Game) pays(sum int) bool {
	for i := range g.payoffs {
		if g.payoffs[i].to == sum {
			return true
		}
	}
	return false
}

// yearly is one year as nodes of the tape, from some of the states that it can
// begin with; the one past the last state is the start of the game.
type yearly struct {
	gr    *Graph
	l     *lowering
	at    []int
	kinds int
	kind  func(again int) int // what a state counts as, as an end of the year
	to    map[int][]tape.Node // by state: the probability that the year leads to each kind
}

// lower writes the year: what it is worth to the actors, where it leads and, if
// asked, what it adds to the measures.
func (y *yearly) lower(worth func(again, sum int) tape.Node, measured bool) {
	g := y.gr.Game
	want := newSet(g.width() + y.kinds)
	for i := range g.width() + y.kinds {
		if i >= g.width() || g.isMeasured(i) == measured {
			want.add(i)
		}
	}
	var roots []lowered
	for _, i := range y.at {
		roots = append(roots, lowered{y.entry(i), want})
	}
	y.l = newLowering(y.gr, roots, func(again, sum int) tape.Node {
		if sum >= g.width() {
			return g.b.Const(bit(sum-g.width() == y.kind(again)))
		}
		return worth(again, sum)
	})
	y.to = map[int][]tape.Node{}
	for _, i := range y.at {
		for j := range y.kinds {
			y.to[i] = append(y.to[i], y.sum(i, g.width()+j))
		}
	}
}

func (y *yearly) entry(i int) ref {
	if i < len(y.gr.starts) {
		return y.gr.starts[i].entry
	}
	return y.gr.root
}

// sum gives what a year begun in a state pays to a sum.
func (y *yearly) sum(i, sum int) tape.Node {
	at := y.entry(i)
	return y.l.along(at.rewards, at.next, sum)
}

// step is the next X, then F.
func (y *yearly) step(carried []place, at map[place]tape.Node) []tape.Node {
	b, g := y.gr.Game.b, y.gr.Game
	fs := make([]tape.Node, len(carried))
	rest := map[int][]tape.Node{} // by sum: F − X, by state
	for i, p := range carried {
		fs[i] = y.sum(p.start, p.sum)
		if rest[p.sum] == nil {
			rest[p.sum] = make([]tape.Node, len(y.gr.starts))
			for j := range rest[p.sum] {
				rest[p.sum][j] = g.zero
			}
		}
		rest[p.sum][p.start] = b.Sub(fs[i], at[p])
	}
	e := eliminate(b, *g.delta, y.square())
	out := make([]tape.Node, len(carried))
	for sum := range g.width() {
		if rest[sum] == nil {
			continue
		}
		more := e.solve(rest[sum])
		for i, p := range carried {
			if p.sum == sum {
				out[i] = b.Add(at[p], more[p.start])
			}
		}
	}
	return append(out, fs...)
}

// square is where the year leads, from each state to each; a state that is
// played like an earlier one leads nowhere, and nothing leads to it.
func (y *yearly) square() [][]tape.Node {
	out := make([][]tape.Node, len(y.gr.starts))
	for i := range out {
		if out[i] = y.to[i]; out[i] == nil {
			out[i] = slices.Repeat([]tape.Node{y.gr.Game.zero}, len(out))
		}
	}
	return out
}

// elimination is I − δT, taken apart as L·U. The rows of δT add to less than
// one, so that no pivot need be looked for and none is near zero.
type elimination struct {
	b *tape.Builder
	a [][]tape.Node // U on and above the diagonal, L below it
}

func eliminate(b *tape.Builder, delta tape.Node, to [][]tape.Node) *elimination {
	n := len(to)
	e := &elimination{b: b, a: make([][]tape.Node, n)}
	for i := range to {
		e.a[i] = make([]tape.Node, n)
		for j := range to {
			e.a[i][j] = b.Sub(b.Const(bit(i == j)), b.Mul(delta, to[i][j]))
		}
	}
	zero := b.Const(0)
	for p := range n {
		for i := p + 1; i < n; i++ {
			if e.a[i][p] == zero {
				continue
			}
			e.a[i][p] = b.Div(e.a[i][p], e.a[p][p])
			for j := p + 1; j < n; j++ {
				if e.a[p][j] != zero {
					e.a[i][j] = b.Sub(e.a[i][j], b.Mul(e.a[i][p], e.a[p][j]))
				}
			}
		}
	}
	return e
}

// solve gives x with (I − δT)·x = r.
func (e *elimination) solve(r []tape.Node) []tape.Node {
	x := append([]tape.Node{}, r...)
	for i := range x {
		for j := range i {
			x[i] = e.b.Sub(x[i], e.b.Mul(e.a[i][j], x[j]))
		}
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := i + 1; j < len(x); j++ {
			x[i] = e.b.Sub(x[i], e.b.Mul(e.a[i][j], x[j]))
		}
		x[i] = e.b.Div(x[i], e.a[i][i])
	}
	return x
}

// shown gives what so many years add to each sum of the measures, or to those
// wanted of them. What is given a condition runs over as many years from the one
// in which it comes true, is weighed by how likely each way to it is within the
// years, and is divided by that.
func (y *yearly) shown(years int, wanted []Sum) []tape.Node {
	g := y.gr.Game
	out := make([]tape.Node, len(g.Sums))
	for i, s := range g.Sums {
		sum := len(g.Actors) + i
		switch {
		case !slices.ContainsFunc(wanted, func(w Sum) bool { return w.Text == s.Text }):
		case s.given == nil:
			out[i] = y.after(sum, years)[len(y.gr.starts)]
		default:
			out[i] = y.given(sum, s, years)
		}
	}
	return out
}

// after gives what so many years add to a sum, by the state the first begins
// with; the last is the start of the game.
func (y *yearly) after(sum, years int) []tape.Node {
	n := len(y.gr.starts)
	later := make([]tape.Node, n+1)
	for i := range later {
		later[i] = y.gr.Game.zero
	}
	for h := 1; h <= years; h++ {
		now := make([]tape.Node, n+1)
		for i := range now {
			if h == years || i < n {
				now[i] = y.onward(i, y.sum(i, sum), func(j int) tape.Node { return later[j] })
			}
		}
		later = now
	}
	return later
}

// onward adds what a year pays and what follows from each state it leads to.
func (y *yearly) onward(i int, paid tape.Node, later func(j int) tape.Node) tape.Node {
	b := y.gr.Game.b
	out := paid
	for j, p := range y.to[i] {
		out = b.Add(out, b.Mul(p, later(j)))
	}
	return out
}

func (y *yearly) given(sum int, s Sum, years int) tape.Node {
	b, g := y.gr.Game.b, y.gr.Game
	holds := (&compiler{g: g}).cond(s.given)
	after := y.after(sum, years-1) // of each state, from the next year on
	n := len(y.gr.starts)
	more, likely := make([]tape.Node, n+1), make([]tape.Node, n+1)
	for i := range more {
		more[i], likely[i] = g.zero, g.zero
	}
	reached := g.reached(s.given)
	for range years {
		nowMore, nowLikely := make([]tape.Node, n+1), make([]tape.Node, n+1)
		for i := range nowMore {
			nowMore[i] = y.onward(i, y.sum(i, sum), func(j int) tape.Node {
				if holds.holds(y.gr.starts[j].facts) {
					return after[j]
				}
				return more[j]
			})
			nowLikely[i] = y.onward(i, y.sum(i, reached), func(j int) tape.Node {
				if holds.holds(y.gr.starts[j].facts) {
					return g.zero
				}
				return likely[j]
			})
		}
		more, likely = nowMore, nowLikely
	}
	return b.Div(more[n], likely[n])
}

// reached is the sum of how likely a condition is to come true.
func (g *Game) reached(e *syntax.Expr) int {
	for i, s := range g.Sums {
		if s.Kind == "P" && s.given == nil && s.expr.String() == e.String() {
			return len(g.Actors) + i
		}
	}
	panic("crisis: nothing tells how likely " + e.String() + " is, though it passed the check")
}

// settle finds X in every world, and in which of them it settled. A world
// stops where it has settled, and its value hangs on no other world: those that
// take longer go on by themselves.
func (c *continuation) settle(scratch *Scratch, in [][]float64, n int) ([][]float64, []bool) {
	k := len(c.carried)
	x, settled := columnsOf(k, n), make([]bool, n)
	w := newWave(in, k, n)
	for step := 0; step < mostSteps+mostPlain && w.left > 0; step++ {
		c.year.Run(scratch.year, w.all, w.out)
		switch {
		case step < fullSteps:
			w.take(w.out[:k], 1, step > 0)
		case step < mostSteps: // where full steps go to and fro, half ones meet
			w.take(w.out[:k], 0.5, step > fullSteps)
		default:
			w.take(w.out[k:], 1, step > mostSteps)
		}
		if vectors(w.left) < vectors(len(w.done)) { // a program works in vectors
			w.bank(x, settled)
			w = w.rest()
		}
	}
	w.bank(x, settled)
	return x, settled
}

// vectors are how many vectors of a program hold so many worlds.
func vectors(worlds int) int { return (worlds + 7) / 8 }

// wave is worlds on their way to settle. Each step goes on from the last two, in
// the direction in which what is left to go vanished (Anderson 1965, with one
// step of memory), world by world.
type wave struct {
	world        []int       // where each stood at first
	all, x, out  [][]float64 // assumptions and X; X; what a year makes of them
	left         int
	last         []float64 // how far X was from settled, of 1 + |X|
	done         []bool
	before, went [][]float64 // the last step's outcome, and how far it went
}

func newWave(in [][]float64, k, n int) *wave {
	w := &wave{x: columnsOf(k, n), out: columnsOf(2*k, n), left: n, last: make([]float64, n), done: make([]bool, n), before: columnsOf(k, n), went: columnsOf(k, n)}
	w.all = slices.Concat(in, w.x)
	for i := range n {
		w.world = append(w.world, i)
		w.last[i] = math.Inf(1)
	}
	return w
}

// bank puts the worlds of the wave where they belong.
func (w *wave) bank(x [][]float64, settled []bool) {
	for j, at := range w.world {
		settled[at] = w.done[j]
		for i := range x {
			x[i][at] = w.x[i][j]
		}
	}
}

// rest is the worlds that have not settled.
func (w *wave) rest() *wave {
	var kept []int
	for j, d := range w.done {
		if !d {
			kept = append(kept, j)
		}
	}
	of := func(columns [][]float64) [][]float64 {
		out := make([][]float64, len(columns))
		for i, c := range columns {
			for _, j := range kept {
				out[i] = append(out[i], c[j])
			}
		}
		return out
	}
	out := newWave(of(w.all[:len(w.all)-len(w.x)]), len(w.x), len(kept))
	for i, c := range of(w.x) {
		copy(out.x[i], c)
	}
	out.before, out.went = of(w.before), of(w.went)
	for i, j := range kept {
		out.world[i], out.last[i] = w.world[j], w.last[j]
	}
	return out
}

// take moves every world that has not settled, and settles those that hardly
// move, or that move no less for coming nearer.
func (w *wave) take(next [][]float64, step float64, remembers bool) {
	for j := range w.done {
		if w.done[j] {
			continue
		}
		moved := 0.0
		for i, x := range w.x {
			moved = math.Max(moved, math.Abs(next[i][j]-x[j])/(1+math.Abs(next[i][j])))
		}
		if w.done[j] = moved <= settledAt || moved <= nearlyAt && moved >= w.last[j]; w.done[j] {
			w.left--
		}
		lean := 0.0
		if remembers && !w.done[j] && moved < w.last[j] {
			lean = w.lean(next, j)
		}
		w.last[j] = moved
		for i, x := range w.x {
			f := next[i][j] - x[j]
			g := x[j] + float64(step*f)
			x[j] = g - float64(lean*(g-w.before[i][j]))
			w.before[i][j], w.went[i][j] = g, f
		}
	}
}

// lean is how far to lean on the step before: where on the line through the two
// as little as can be is left to go.
func (w *wave) lean(next [][]float64, j int) float64 {
	up, down := 0.0, 0.0
	for i, x := range w.x {
		f := next[i][j] - x[j]
		d := f - w.went[i][j]
		up += float64(f * d)
		down += float64(d * d)
	}
	if down == 0 || math.Abs(up) > 0.9*down { // no line to speak of
		return 0
	}
	return up / down
}

func columnsOf(k, n int) [][]float64 {
	out := make([][]float64, k)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// unsettled makes the measures of worlds that did not settle undefined.
func unsettled(out [][]float64, settled []bool) {
	for j, ok := range settled {
		if !ok {
			for _, c := range out {
				c[j] = math.NaN()
			}
		}
	}
}

// gradient is that of a measure through the settled X. With N the step, X =
// N(θ, X), so dm/dθ = m_θ + w·N_θ where w = m_X + w·N_X, which is run until it
// stands (Christianson 1994).
func (c *continuation) gradient(s *Solver, scratch *Scratch, in, all [][]float64, measure int, grad [][]float64) {
	n, k := width(all), len(c.carried)
	x, settled := c.settle(scratch, in, n)
	both := append(append([][]float64{}, in...), x...)
	direct := columnsOf(len(both), n)
	s.program.Gradient(scratch.last, both, all, measure, direct)
	out, seeds, back := columnsOf(2*k, n), columnsOf(2*k, n), columnsOf(len(both), n)
	for i := range k {
		copy(seeds[i], direct[c.inputs+i])
	}
	for range mostSteps {
		c.year.Pull(scratch.year, both, out, seeds, back)
		moved := 0.0
		for i := range k {
			for j := range n {
				next := direct[c.inputs+i][j] + back[c.inputs+i][j]
				if d := math.Abs(next-seeds[i][j]) / (1e-300 + math.Abs(next)); settled[j] && math.Abs(next) > 1e-30 {
					moved = math.Max(moved, d)
				}
				seeds[i][j] = next
			}
		}
		if moved < 1e-12 {
			break
		}
	}
	c.year.Pull(scratch.year, both, out, seeds, back)
	for i := range grad {
		for j := range n {
			grad[i][j] = direct[i][j] + back[i][j]
		}
	}
	unsettled(all[:len(s.Measures)], settled)
	unsettled(grad, settled)
}
