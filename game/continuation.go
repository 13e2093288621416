package game

import (
	"math"
	"slices"
	"sync"

	"casus/game/tape"
)

// Continuation solves a game that goes on year after year. It holds no values
// and may be used by many workers at once.
//
// A player values a year at what it pays and, times the discount δ, the year
// that follows: X = r(X) + δ·T(X)·X, with X the value to each player of each
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
type Continuation struct {
	inputs, accounts int
	like             []int   // by year: the first that is played in the same way
	carried          []place // what X is made of
	// A year makes the next X, then F, of the inputs and X. Most of it hangs on no
	// X, as how a war goes that is followed to its end: that is made once for a
	// world, and read by what is made at every step.
	once, step *tape.Program
	year       func() *tape.Program // all of it in one, for gradients
}

// Settling is the memory one worker needs.
type Settling struct{ once, step, year *tape.Scratch }

// place is one entry of X: an account, from a state that a year begins with.
type place struct{ year, account int }

const (
	settledAt = 1e-13 // of 1 + |X|: near what rounding leaves
	nearlyAt  = 1e-10 // good enough where rounding leaves more
	fullSteps = 16
	mostSteps = 80
	mostPlain = 3000 // years played forward where the steps do not settle
)

// LowerYear writes one year of a game that goes on: as a Continuation that finds
// what repeats itself, and as formulas of what a year adds to the counted
// accounts. These read the settled X, as inputs that follow those of the game.
// Years that are played alike have one X, and only the first of them is worked
// out until it settles.
func LowerYear(g *Game) (*Continuation, *YearFormulas, error) {
	if err := g.Perfect(); err != nil {
		return nil, nil, err
	}
	c := &Continuation{inputs: g.inputs, accounts: g.Accounts()}
	b := g.b.Clone()
	at, paid := map[place]tape.Node{}, g.paidInto()
	var first []int
	for i, y := range g.years {
		c.like = append(c.like, y.Like)
		if y.Like != i {
			continue
		}
		first = append(first, i)
		for account := range g.Accounts() {
			if !g.isCounted(account) && paid.has(account) {
				p := place{i, account}
				at[p] = b.Input(g.inputs + len(c.carried))
				c.carried = append(c.carried, p)
			}
		}
	}
	zero := b.Const(0)
	worth := func(year, account int) tape.Node {
		if x, ok := at[place{g.years[year].Like, account}]; ok && !g.isCounted(account) {
			return b.Mul(*g.discount, x)
		}
		return zero
	}
	one := &YearFormulas{Builder: b, g: g, at: first, kind: func(year int) int { return g.years[year].Like }}
	one.lower(worth, false)
	step := one.step(c.carried, at)
	c.year = sync.OnceValue(func() *tape.Program { return b.Compile(step) })
	c.once, c.step = b.CompileInTwo(step, func(column int) bool { return column >= g.inputs }, g.inputs+len(c.carried))
	all := &YearFormulas{Builder: b, g: g, kind: func(year int) int { return year }}
	for i := range len(g.years) + 1 {
		all.at = append(all.at, i)
	}
	all.lower(worth, true)
	return c, all, nil
}

// paidInto are the accounts that anything ever adds to.
func (g *Game) paidInto() set {
	out := newSet(g.Accounts())
	pays := func(w Way) {
		for _, p := range w.Pays {
			out.add(p.To)
		}
	}
	for _, w := range g.entries() {
		pays(w)
	}
	for _, nd := range g.nodes {
		for _, a := range nd.Actions {
			pays(a.Way)
		}
	}
	return out
}

// YearFormulas is one year as formulas, from some of the states that it can
// begin with; the one past the last state is the start of the game.
type YearFormulas struct {
	Builder *tape.Builder // the game's formulas and these
	g       *Game
	l       *lowering
	at      []int
	kind    func(year int) int  // what a state counts as, as an end of the year
	to      map[int][]tape.Node // by state: the probability that the year leads to each kind
}

// lower writes the year: what it is worth to the players, where it leads and, if
// asked, what it adds to what is counted.
func (y *YearFormulas) lower(worth func(year, account int) tape.Node, counted bool) {
	g, b := y.g, y.Builder
	want := newSet(g.Accounts() + len(g.years))
	for i := range g.Accounts() + len(g.years) {
		if i >= g.Accounts() || g.isCounted(i) == counted {
			want.add(i)
		}
	}
	var roots []wanted
	for _, i := range y.at {
		roots = append(roots, wanted{y.entry(i), want})
	}
	y.l = newLowering(g, b, roots, func(year, account int) tape.Node {
		if account >= g.Accounts() {
			return b.Const(bit(account-g.Accounts() == y.kind(year)))
		}
		return worth(year, account)
	})
	y.to = map[int][]tape.Node{}
	for _, i := range y.at {
		for j := range g.years {
			y.to[i] = append(y.to[i], y.sum(i, g.Accounts()+j))
		}
	}
}

func bit(v bool) float64 {
	if v {
		return 1
	}
	return 0
}

func (y *YearFormulas) entry(i int) Way {
	if i < len(y.g.years) {
		return y.g.years[i].Entry
	}
	return y.g.start
}

// sum gives what a year begun in a state adds to an account.
func (y *YearFormulas) sum(i, account int) tape.Node { return y.l.along(y.entry(i), account) }

// step is the next X, then F.
func (y *YearFormulas) step(carried []place, at map[place]tape.Node) []tape.Node {
	b := y.Builder
	fs := make([]tape.Node, len(carried))
	rest := map[int][]tape.Node{} // by account: F − X, by state
	for i, p := range carried {
		fs[i] = y.sum(p.year, p.account)
		if rest[p.account] == nil {
			rest[p.account] = y.nothing(len(y.g.years))
		}
		rest[p.account][p.year] = b.Sub(fs[i], at[p])
	}
	e := eliminate(b, *y.g.discount, y.square())
	out := make([]tape.Node, len(carried))
	for account := range y.g.Accounts() {
		if rest[account] == nil {
			continue
		}
		more := e.solve(rest[account])
		for i, p := range carried {
			if p.account == account {
				out[i] = b.Add(at[p], more[p.year])
			}
		}
	}
	return append(out, fs...)
}

// nothing is so many zeros.
func (y *YearFormulas) nothing(n int) []tape.Node { return slices.Repeat([]tape.Node{y.l.zero}, n) }

// square is where the year leads, from each state to each; a state that is
// played like an earlier one leads nowhere, and nothing leads to it.
func (y *YearFormulas) square() [][]tape.Node {
	out := make([][]tape.Node, len(y.g.years))
	for i := range out {
		if out[i] = y.to[i]; out[i] == nil {
			out[i] = y.nothing(len(out))
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

// Expected is what so many years from the start of the game add to a counted
// account.
func (y *YearFormulas) Expected(account, years int) tape.Node {
	return y.after(account, years)[len(y.g.years)]
}

// after gives what so many years add to an account, by the state the first
// begins with; the last is the start of the game.
func (y *YearFormulas) after(account, years int) []tape.Node {
	n := len(y.g.years)
	later := y.nothing(n + 1)
	for h := 1; h <= years; h++ {
		now := make([]tape.Node, n+1)
		for i := range now {
			if h == years || i < n {
				now[i] = y.onward(i, y.sum(i, account), func(j int) tape.Node { return later[j] })
			}
		}
		later = now
	}
	return later
}

// onward adds what a year pays and what follows from each state it leads to.
func (y *YearFormulas) onward(i int, paid tape.Node, later func(j int) tape.Node) tape.Node {
	b := y.Builder
	out := paid
	for j, p := range y.to[i] {
		out = b.Add(out, b.Mul(p, later(j)))
	}
	return out
}

// Given is what so many years add to a counted account from the one on in which
// a condition comes true, given that it does within as many years. Reached is
// the account that counts how likely that is; holds tells of each year that
// begins whether it is true.
func (y *YearFormulas) Given(account, reached, years int, holds func(year int) bool) tape.Node {
	after := y.after(account, years-1) // of each state, from the next year on
	n := len(y.g.years)
	more, likely := y.nothing(n+1), y.nothing(n+1)
	for range years {
		nowMore, nowLikely := make([]tape.Node, n+1), make([]tape.Node, n+1)
		for i := range nowMore {
			nowMore[i] = y.onward(i, y.sum(i, account), func(j int) tape.Node {
				if holds(j) {
					return after[j]
				}
				return more[j]
			})
			nowLikely[i] = y.onward(i, y.sum(i, reached), func(j int) tape.Node {
				if holds(j) {
					return y.l.zero
				}
				return likely[j]
			})
		}
		more, likely = nowMore, nowLikely
	}
	return y.Builder.Div(more[n], likely[n])
}

// NewScratch makes the memory one worker needs.
func (c *Continuation) NewScratch() *Settling {
	return &Settling{once: c.once.NewScratch(), step: c.step.NewScratch()}
}

// Ops is the number of operations of one year, of which Repeated are those that
// run several times in a world.
func (c *Continuation) Ops() int { return c.once.Ops() + c.step.Ops() }

// Repeated is the number of operations of one step.
func (c *Continuation) Repeated() int { return c.step.Ops() }

// Reads tells for each of the first inputs whether a year reads it.
func (c *Continuation) Reads(inputs int) []bool {
	reads := make([]bool, inputs)
	for _, p := range []*tape.Program{c.once, c.step} {
		for i, r := range p.Reads()[:min(inputs, len(p.Reads()))] {
			reads[i] = reads[i] || r
		}
	}
	return reads
}

// Worth is what each state that a year can begin with is worth for good, by
// account, in one world.
func (c *Continuation) Worth(world []float64) [][]float64 {
	cols := make([][]float64, len(world))
	for i := range world {
		cols[i] = world[i : i+1]
	}
	x, _ := c.Settle(c.NewScratch(), cols, 1)
	out := columnsOf(len(c.like), c.accounts)
	for i, at := range c.carried {
		for year := range out {
			if c.like[year] == at.year {
				out[year][at.account] = x[i][0]
			}
		}
	}
	return out
}

// Settle finds X in each of n worlds, and in which of them it settled; in has one
// column for each input of the game. A world
// stops where it has settled, and its value hangs on no other world: those that
// take longer go on by themselves.
func (c *Continuation) Settle(scratch *Settling, in [][]float64, n int) ([][]float64, []bool) {
	k := len(c.carried)
	x, settled := columnsOf(k, n), make([]bool, n)
	made := columnsOf(c.once.Outputs(), n)
	c.once.Run(scratch.once, in, made)
	w := newWave(in, made, k, n)
	for step := 0; step < mostSteps+mostPlain && w.left > 0; step++ {
		c.step.Run(scratch.step, w.all, w.out)
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
	in, made     [][]float64 // assumptions, and what hangs on them alone
	x, all, out  [][]float64 // X; all that a step reads; what it makes of it
	left         int
	last         []float64 // how far X was from settled, of 1 + |X|
	done         []bool
	before, went [][]float64 // the last step's outcome, and how far it went
}

func newWave(in, made [][]float64, k, n int) *wave {
	w := &wave{in: in, made: made, x: columnsOf(k, n), out: columnsOf(2*k, n), left: n, last: make([]float64, n), done: make([]bool, n), before: columnsOf(k, n), went: columnsOf(k, n)}
	w.all = slices.Concat(in, w.x, made)
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

// rest is the worlds that have not settled. It takes over the columns of the wave,
// but for the assumptions, which are the caller's.
func (w *wave) rest() *wave {
	var kept []int
	for j, d := range w.done {
		if !d {
			kept = append(kept, j)
		}
	}
	out := &wave{
		in: gathered(columnsOf(len(w.in), len(kept)), w.in, kept), made: gathered(w.made, w.made, kept),
		x: gathered(w.x, w.x, kept), out: gathered(w.out, w.out, kept), left: len(kept), done: make([]bool, len(kept)),
		before: gathered(w.before, w.before, kept), went: gathered(w.went, w.went, kept),
	}
	out.all = slices.Concat(out.in, out.x, out.made)
	for _, j := range kept {
		out.world, out.last = append(out.world, w.world[j]), append(out.last, w.last[j])
	}
	return out
}

// gathered puts some worlds of columns, in order, first in others, which may be the
// same.
func gathered(to, from [][]float64, kept []int) [][]float64 {
	for i, c := range from {
		to[i] = to[i][:len(kept)]
		for j, at := range kept {
			to[i][j] = c[at]
		}
	}
	return to
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

// Gradient takes a program over inputs and the settled X, and computes one of
// its outputs, measure, with its derivative in every input: grad has one column
// for each, all one for each output. It reports in which worlds X settled. With
// N the step, X = N(θ, X), so dm/dθ = m_θ + w·N_θ where w = m_X + w·N_X, which is
// run until it stands (Christianson 1994).
func (c *Continuation) Gradient(p *tape.Program, last *tape.Scratch, settling *Settling, in, all [][]float64, measure int, grad [][]float64) []bool {
	n, k := len(all[measure]), len(c.carried)
	x, settled := c.Settle(settling, in, n)
	year := c.year()
	if settling.year == nil {
		settling.year = year.NewScratch()
	}
	both := slices.Concat(in, x)
	direct := columnsOf(len(both), n)
	p.Gradient(last, both, all, measure, direct)
	out, seeds, back := columnsOf(2*k, n), columnsOf(2*k, n), columnsOf(len(both), n)
	for i := range k {
		copy(seeds[i], direct[c.inputs+i])
	}
	for range mostSteps {
		year.Pull(settling.year, both, out, seeds, back)
		if c.pulled(seeds, direct, back, settled) < 1e-12 {
			break
		}
	}
	year.Pull(settling.year, both, out, seeds, back)
	for i := range grad {
		for j := range n {
			grad[i][j] = direct[i][j] + back[i][j]
		}
	}
	return settled
}

// pulled puts the next w in the place of the last, and gives how far it moved, as
// a part of itself.
func (c *Continuation) pulled(w, direct, back [][]float64, settled []bool) float64 {
	moved := 0.0
	for i := range c.carried {
		for j := range settled {
			next := direct[c.inputs+i][j] + back[c.inputs+i][j]
			if d := math.Abs(next-w[i][j]) / (1e-300 + math.Abs(next)); settled[j] && math.Abs(next) > 1e-30 {
				moved = math.Max(moved, d)
			}
			w[i][j] = next
		}
	}
	return moved
}
