package game

import (
	"errors"
	"slices"

	"casus/game/tape"
)

// lowering computes what may be expected in each account at each node. Children
// come before parents, and at each node only the accounts are written that
// something above reads, so that few values are alive at once.
//
// Where the game goes on there are more accounts: one for each state that a year
// can begin with, the probability that this year leads there.
type lowering struct {
	g         *Game
	b         *tape.Builder
	zero, one tape.Node
	width     int           // accounts and, where the game goes on, years
	needed    []set         // by node: the accounts whose value something above reads
	values    [][]tape.Node // by node, by account
	policy    [][]tape.Node // by node: the probability of each action
	next      func(year, account int) tape.Node
}

func newLowering(g *Game, b *tape.Builder, roots []wanted, next func(year, account int) tape.Node) *lowering {
	l := &lowering{g: g, b: b, zero: b.Const(0), one: b.Const(1), width: g.Accounts() + len(g.years), needed: make([]set, len(g.nodes)),
		values: make([][]tape.Node, len(g.nodes)), policy: make([][]tape.Node, len(g.nodes)), next: next}
	l.demand(roots)
	for n := 1; n < len(g.nodes); n++ {
		if g.nodes[n].Year == 0 {
			l.write(n)
		}
	}
	return l
}

// wanted is a way to start from and the accounts whose value is asked for there.
type wanted struct {
	at       Way
	accounts set
}

// demand finds, from the roots down, which accounts are needed where: those
// wanted there, and at each move those its player goes by, as far as anything is
// still paid into them.
func (l *lowering) demand(roots []wanted) {
	nodes := l.g.nodes
	paid := l.paid()
	for n := range nodes {
		l.needed[n] = newSet(l.width)
	}
	reached := make([]bool, len(nodes))
	for _, r := range roots {
		l.needed[r.at.Next].joinBoth(r.accounts, paid[r.at.Next])
		reached[r.at.Next] = true
	}
	for n := len(nodes) - 1; n > 0; n-- {
		if !reached[n] {
			continue
		}
		want := l.needed[n].clone()
		if p := nodes[n].Player; p != Nature {
			want.add(p)
			want.join(l.sharesOf(p))
		}
		for i := range nodes[n].Actions {
			l.ask(&nodes[n].Actions[i], want, paid, reached)
		}
	}
}

// ask passes on what is needed at a node to where an action leads, and to what it is
// weighed by.
func (l *lowering) ask(a *Action, want set, paid []set, reached []bool) {
	for _, to := range []int{a.Next, a.weighed().Next} {
		reached[to] = true
		l.needed[to].joinBoth(want, paid[to])
	}
}

// paid finds the accounts that something is paid into from each node on.
func (l *lowering) paid() []set {
	out := make([]set, len(l.g.nodes))
	for n, nd := range l.g.nodes {
		out[n] = newSet(l.width)
		if nd.Year > 0 {
			out[n] = l.carried()
			for i := l.g.Accounts(); i < l.width; i++ { // whatever it counts as
				if l.next(nd.Year-1, i) != l.zero {
					out[n].add(i)
				}
			}
		}
		for _, a := range nd.Actions {
			out[n].join(out[a.Next])
			for _, p := range a.Pays {
				out[n].add(p.To)
			}
		}
	}
	return out
}

// carried are the accounts that another year adds to: those that players go by.
func (l *lowering) carried() set {
	out := newSet(l.width)
	for i := range l.g.Accounts() {
		if !l.g.isCounted(i) {
			out.add(i)
		}
	}
	return out
}

// sharesOf are the accounts a player goes by beside its own.
func (l *lowering) sharesOf(player int) set {
	out := newSet(l.width)
	for i, s := range l.g.shares {
		if s.Worth[player] != l.zero {
			out.add(l.g.shareAccount(i))
		}
	}
	return out
}

// write writes a node: its policy, then the value of each needed account.
func (l *lowering) write(n int) {
	nd := &l.g.nodes[n]
	l.values[n] = make([]tape.Node, l.width)
	l.policy[n] = l.probabilities(nd)
	vs := make([]tape.Node, len(nd.Actions))
	for account := range l.needed[n].each {
		for i, a := range nd.Actions {
			vs[i] = l.along(a.Way, account)
		}
		l.values[n][account] = l.b.Dot(l.policy[n], vs)
	}
}

// value is what may be expected in an account from a node on; nothing is left at
// the end, and nothing where nothing more is paid.
func (l *lowering) value(n, account int) tape.Node {
	switch {
	case l.g.nodes[n].Year > 0:
		return l.next(l.g.nodes[n].Year-1, account)
	case n == End || !l.needed[n].has(account):
		return l.zero
	}
	return l.values[n][account]
}

// along adds what a way pays into an account and what follows.
func (l *lowering) along(w Way, account int) tape.Node {
	v := l.value(w.Next, account)
	for _, p := range w.Pays {
		if p.To == account {
			v = l.b.Add(p.Amount, v)
		}
	}
	return v
}

// probabilities of the actions of a node: given, for a chance; the logit
// response, for a move.
func (l *lowering) probabilities(nd *Node) []tape.Node {
	out := make([]tape.Node, len(nd.Actions))
	for i, a := range nd.Actions {
		if nd.Player == Nature {
			out[i] = a.Odds
		} else {
			out[i] = l.expectation(a.weighed(), nd.Player)
		}
	}
	if nd.Player == Nature {
		return out
	}
	return l.respond(nd, out)
}

// respond is the logit response to what may be expected of each action:
// p ∝ b·exp(λu), b the base odds (Mattsson & Weibull 2002; Matějka & McKay 2015
// derive them, as a cost of control and of attention). A base is counted in the
// choice and never paid.
func (l *lowering) respond(nd *Node, us []tape.Node) []tape.Node {
	lambda, bases := l.g.precision, nd.bases(l.one)
	if bases == nil && nd.Nests == nil {
		return l.b.Softmax(lambda, us)
	}
	zs := make([]tape.Node, len(us))
	for i, u := range us {
		zs[i] = l.b.Mul(lambda, u)
	}
	if nd.Nests == nil {
		return l.b.Softmax(l.one, l.plus(zs, bases))
	}
	return l.nested(nd, zs, bases)
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
func (l *lowering) nested(nd *Node, zs, bases []tape.Node) []tape.Node {
	b := l.b
	outer := slices.Clone(zs)
	if bases == nil {
		bases = slices.Repeat([]tape.Node{l.one}, len(zs))
	}
	within := make([]tape.Node, len(zs)) // the probability in its nest, by action
	drop := map[int]bool{}
	for _, n := range nd.Nests {
		some, some0 := picked(zs, n.Actions), picked(bases, n.Actions)
		total := b.Sum(some0...)
		for i, p := range b.Softmax(b.Div(l.one, n.Scale), l.scaled(some, some0, n.Scale)) {
			within[n.Actions[i]] = p
		}
		first := n.Actions[0]
		outer[first] = l.inclusive(some, some0, total, n.Scale)
		bases[first] = total
		for _, i := range n.Actions[1:] {
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
	for i, p := range b.Softmax(l.one, l.plus(picked(outer, kept), picked(bases, kept))) {
		out[kept[i]] = p
	}
	for _, n := range nd.Nests {
		nest := out[n.Actions[0]]
		for _, i := range n.Actions {
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

// expectation works out what a player may expect of a way: its own account and
// its part of what is shared.
func (l *lowering) expectation(w Way, player int) tape.Node {
	v := l.along(w, player)
	for i, s := range l.g.shares {
		if s.Worth[player] != l.zero {
			v = l.b.Add(v, l.b.Mul(s.Worth[player], l.along(w, l.g.shareAccount(i))))
		}
	}
	return v
}

// Formulas is the solution of a game that ends, as formulas over worlds.
type Formulas struct {
	Builder *tape.Builder // the game's formulas and these
	l       *lowering
}

// Lower writes what may be expected in some accounts from the start of a game
// that ends: the agent logit quantal response equilibrium (McKelvey & Palfrey
// 1998), by backward induction. It fails where somebody moves without knowing
// where, and where the game goes on.
func Lower(g *Game, accounts []int) (*Formulas, error) {
	if g.GoesOn() {
		return nil, errors.New("the game goes on year after year: its values are found by LowerYear")
	}
	if err := g.Perfect(); err != nil {
		return nil, err
	}
	want := newSet(g.Accounts())
	for _, i := range accounts {
		want.add(i)
	}
	b := g.b.Clone()
	return &Formulas{Builder: b, l: newLowering(g, b, []wanted{{g.start, want}}, nil)}, nil
}

// Expected is what may be expected in one of the accounts asked for.
func (f *Formulas) Expected(account int) tape.Node { return f.l.along(f.l.g.start, account) }
