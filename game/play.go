package game

import (
	"io"
	"math"
	"slices"

	"casus/game/tape"
	"casus/special"
)

// Play is the solution of a game in one world: what everybody does at each node,
// and what may be expected in each account from the start.
type Play struct {
	Game   *Game
	Value  []float64   // by account, from the start; a player's with its part of what is shared
	Policy [][]float64 // by node: the probability of each action

	numbers Numbers
	worth   [][]float64 // by player: what each share is worth
	values  [][]float64 // by node, by account
}

// Play solves one world, given a value for each input. It is the definition,
// node by node. Where the game goes on, Value holds what the players expect for
// good, and of what is counted what the first year adds. It panics where
// somebody moves without knowing where; Perfect tells.
func (g *Game) Play(world []float64) *Play { return g.PlayFrom(world, nil) }

// PlayFrom is Play, which a game that goes on comes to much sooner from what each
// year is nearly worth, by account; nil: the world's end.
func (g *Game) PlayFrom(world []float64, next [][]float64) *Play {
	if err := g.Perfect(); err != nil {
		panic("game: " + err.Error())
	}
	p := &Play{Game: g, Policy: make([][]float64, len(g.nodes)), numbers: g.Numbers(world)}
	p.worth = p.prices()
	for range mostPlain * 10 { // one year after the other, until none changes anything
		p.pass(next)
		now := p.years()
		if !g.GoesOn() || still(now, next) {
			break
		}
		next = now
	}
	p.Value = slices.Clone(p.along(g.start))
	for player := range g.players {
		p.Value[player] = p.expected(p.Value, player)
	}
	return p
}

// pass works the game through once, given what each year is worth.
func (p *Play) pass(next [][]float64) {
	g := p.Game
	p.values = make([][]float64, len(g.nodes))
	p.values[End] = make([]float64, g.Accounts())
	for n := 1; n < len(g.nodes); n++ {
		nd := &g.nodes[n]
		if nd.Year > 0 {
			p.values[n] = p.discounted(next, nd.Year-1)
			continue
		}
		along := make([][]float64, len(nd.Actions))
		for i, a := range nd.Actions {
			along[i] = p.along(a.Way)
		}
		p.Policy[n] = p.respond(nd, along)
		p.values[n] = mix(p.Policy[n], along)
	}
}

// discounted gives what a further year is worth now; the counted accounts are
// counted year by year.
func (p *Play) discounted(next [][]float64, year int) []float64 {
	g := p.Game
	out := make([]float64, g.Accounts())
	if next == nil {
		return out
	}
	for i, v := range next[year] {
		if !g.isCounted(i) {
			out[i] = p.numbers[*g.discount] * v
		}
	}
	return out
}

// years is the worth of each state that a year can begin with.
func (p *Play) years() [][]float64 {
	var out [][]float64
	for _, y := range p.Game.years {
		out = append(out, p.along(y.Entry))
	}
	return out
}

// stillAt is of 1 + |X|. Year by year only the share 1 − δ of what is left to go is
// gone, so X is further off than its last move was.
const stillAt = 1e-14

// still reports whether nothing has moved but by rounding.
func still(now, before [][]float64) bool {
	if before == nil {
		return len(now) == 0
	}
	for i := range now {
		for j, v := range now[i] {
			if math.Abs(v-before[i][j]) > stillAt*(1+math.Abs(v)) {
				return false
			}
		}
	}
	return true
}

// prices are what each share is worth to each player.
func (p *Play) prices() [][]float64 {
	out := make([][]float64, len(p.Game.players))
	for player := range out {
		for _, s := range p.Game.shares {
			out[player] = append(out[player], p.numbers[s.Worth[player]])
		}
	}
	return out
}

// expected works out what a player may expect: its own account and its part of
// what is shared.
func (p *Play) expected(v []float64, player int) float64 {
	out := v[player]
	for i, w := range p.worth[player] {
		out += float64(w * v[p.Game.shareAccount(i)])
	}
	return out
}

// along adds what a way pays to what follows, by account.
func (p *Play) along(w Way) []float64 {
	v := p.values[w.Next]
	if len(w.Pays) == 0 {
		return v
	}
	out := slices.Clone(v)
	for _, x := range w.Pays {
		out[x.To] += p.numbers[x.Amount]
	}
	return out
}

// respond is the logit response of a player, or the probabilities of a chance.
func (p *Play) respond(nd *Node, along [][]float64) []float64 {
	odds, zs := make([]float64, len(nd.Actions)), make([]float64, len(nd.Actions))
	for i, a := range nd.Actions {
		odds[i] = p.numbers[a.Odds]
	}
	if nd.Player == Nature {
		return odds
	}
	for i := range zs {
		weighed := along[i]
		if w := nd.Actions[i].Weighed; w != nil {
			weighed = p.along(*w)
		}
		zs[i] = p.numbers[p.Game.precision] * p.expected(weighed, nd.Player)
	}
	return p.choose(nd, zs, odds)
}

// choose is p ∝ b·exp(z), nests standing in for their choices.
func (p *Play) choose(nd *Node, zs, bases []float64) []float64 {
	within := make([]float64, len(zs))
	gone := make([]bool, len(zs))
	for i := range within {
		within[i] = 1
	}
	for _, n := range nd.Nests {
		tau, total, best := p.numbers[n.Scale], 0.0, math.Inf(-1)
		for _, i := range n.Actions {
			total += bases[i]
			best = max(best, zs[i])
		}
		sum := 0.0
		for _, i := range n.Actions {
			within[i] = float64(bases[i] / total * special.Exp((zs[i]-best)/tau))
			sum += within[i]
		}
		for k, i := range n.Actions {
			within[i] /= sum
			gone[i] = k > 0
		}
		zs[n.Actions[0]], bases[n.Actions[0]] = best+float64(tau*special.Log(sum)), total
	}
	best, sum := math.Inf(-1), 0.0
	for i, z := range zs {
		if !gone[i] {
			zs[i] = z + special.Log(bases[i])
			best = max(best, zs[i])
		}
	}
	out := make([]float64, len(zs))
	for i, z := range zs {
		if !gone[i] {
			out[i] = special.Exp(z - best)
			sum += out[i]
		}
	}
	for _, n := range nd.Nests {
		for _, i := range n.Actions[1:] {
			out[i] = out[n.Actions[0]]
		}
	}
	for i := range out {
		out[i] *= within[i] / sum
	}
	return out
}

func mix(p []float64, along [][]float64) []float64 {
	out := make([]float64, len(along[0]))
	for i, v := range along {
		for j := range out {
			out[j] += float64(p[i] * v[j])
		}
	}
	return out
}

// Visits is how often each node is come to within so many years, expected.
func (p *Play) Visits(years int) []float64 {
	g := p.Game
	total, now := make([]float64, len(g.nodes)), make([]float64, len(g.nodes))
	now[g.start.Next] = 1
	for range years {
		next := make([]float64, len(g.nodes))
		for n := len(g.nodes) - 1; n > 0; n-- {
			if now[n] == 0 {
				continue
			}
			total[n] += now[n]
			if y := g.nodes[n].Year; y > 0 {
				next[g.years[y-1].Entry.Next] += now[n]
				continue
			}
			for i, a := range g.nodes[n].Actions {
				now[a.Next] += float64(now[n] * p.Policy[n][i])
			}
		}
		if !g.GoesOn() {
			break
		}
		now = next
	}
	return total
}

// VisitsGiven counts how often each node is come to from the step on which a condition
// comes true, over as many years from the one in which it does, given that it does
// within as many; and how likely that is. Reached is the account that counts it. It
// is how YearFormulas.Given counts. Where it never comes true all are 0.
func (p *Play) VisitsGiven(years, reached int) (visits []float64, likely float64) {
	g := p.Game
	visits = make([]float64, len(g.nodes))
	pays := func(w Way) bool {
		return slices.ContainsFunc(w.Pays, func(x Payoff) bool { return x.To == reached })
	}
	before, since := make([]float64, len(g.nodes)), make([]float64, len(g.nodes))
	land := func(before, since []float64, w Way, chance float64) {
		if pays(w) {
			likely += chance
			since[w.Next] += chance
		} else {
			before[w.Next] += chance
		}
	}
	land(before, since, g.start, 1)
	later := make([]float64, len(g.nodes)) // begins a further year after one in which it came true
	for range years {
		before, later = p.yearGiven(before, since, later, visits, land)
		since = make([]float64, len(g.nodes))
		if !g.GoesOn() {
			break
		}
	}
	for range years - 1 {
		_, now := p.yearGiven(make([]float64, len(g.nodes)), later, make([]float64, len(g.nodes)), visits, land)
		later = now
	}
	if likely > 0 {
		for n := range visits {
			visits[n] /= likely
		}
	}
	return visits, likely
}

// yearGiven follows one year, those plays in which something has not come true yet
// and those since it has, and adds to the visits of the latter. It returns what
// begins the next year: before it came true, and after.
func (p *Play) yearGiven(before, since, later, visits []float64, land func(before, since []float64, w Way, chance float64)) ([]float64, []float64) {
	g := p.Game
	next := make([]float64, len(g.nodes))
	for n := len(g.nodes) - 1; n > 0; n-- {
		visits[n] += since[n]
		if y := g.nodes[n].Year; y > 0 {
			if before[n] > 0 {
				land(next, later, g.years[y-1].Entry, before[n])
			}
			later[g.years[y-1].Entry.Next] += since[n]
			continue
		}
		for i, a := range g.nodes[n].Actions {
			if chance := float64(before[n] * p.Policy[n][i]); chance > 0 {
				land(before, since, a.Way, chance)
			}
			since[a.Next] += float64(since[n] * p.Policy[n][i])
		}
	}
	return next, later
}

// Start gives the chance of each action of a player's node if nothing that follows told
// them apart: its part of the base odds. Nil for a chance.
func (p *Play) Start(n int) []float64 {
	nd := &p.Game.nodes[n]
	if nd.Player == Nature {
		return nil
	}
	out, sum := make([]float64, len(nd.Actions)), 0.0
	for i, a := range nd.Actions {
		out[i] = p.numbers[a.Odds]
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// WriteEFG writes the game with the numbers of the world that was played. See
// Game.WriteEFG.
func (p *Play) WriteEFG(w io.Writer, title string) error { return p.Game.WriteEFG(w, title, p.numbers) }

// Numbers evaluates every formula of the game in one world.
func (g *Game) Numbers(world []float64) Numbers {
	p := g.priced()
	cols, out := make([][]float64, len(world)), make([][]float64, len(p.terms))
	for i := range world {
		cols[i] = world[i : i+1]
	}
	for i := range out {
		out[i] = make([]float64, 1)
	}
	p.program.Run(p.program.NewScratch(), cols, out)
	values := make(Numbers, len(out))
	for i, n := range p.terms {
		values[n] = out[i][0]
	}
	return values
}

// priced is the program that evaluates the formulas of a game.
type priced struct {
	terms   []tape.Node
	program *tape.Program
}

func (g *Game) prices() *priced {
	terms := g.terms()
	return &priced{terms, g.b.Compile(terms)}
}

// terms lists every formula of the game, once, in order.
func (g *Game) terms() []tape.Node {
	out := []tape.Node{g.precision}
	if g.GoesOn() {
		out = append(out, *g.discount)
	}
	for _, s := range g.shares {
		out = append(out, s.Worth...)
	}
	pays := func(w Way) {
		for _, p := range w.Pays {
			out = append(out, p.Amount)
		}
	}
	for _, w := range g.entries() {
		pays(w)
	}
	for _, nd := range g.nodes {
		for _, x := range nd.Nests {
			out = append(out, x.Scale)
		}
		for _, a := range nd.Actions {
			out = append(out, a.Odds)
			pays(a.Way)
			pays(a.weighed())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
