// Package game holds games in extensive form, and solves them by quantal
// response. It knows of no treaty, no state and no model: what a game is about
// is in its labels.
//
//  1. A Draft is filled from the end backwards, children before their parents,
//     and becomes a Game, which does not change. Every number in it (a payoff, a
//     chance) is a formula over worlds, a tape.Node.
//  2. Play solves a game in one world, node by node, and keeps what everybody
//     does. It is the definition.
//  3. Lower writes the same solution as formulas for many worlds at once. Where
//     the game goes on, LowerYear writes one year and Continuation finds the
//     values that repeat themselves.
//  4. Nodes and Walk go through a game, Text draws it, WriteEFG writes it in
//     Gambit's format, ReadEFG reads a part of that.
//
// A node stands for every history from which the game is the same; the tree is
// what one gets by opening it node by node.
package game

import (
	"encoding/binary"
	"iter"
	"slices"
	"sync"

	"casus/game/tape"
)

// Nature moves where chance decides.
const Nature = -1

// End is the node at which play is over.
const End = 0

// Payoff adds an amount to an account. The accounts are those of the players,
// in order, then those that are counted, then those that are shared.
type Payoff struct {
	To     int
	Amount tape.Node
}

// Way leads to a node; some things are paid on it.
type Way struct {
	Pays []Payoff
	Next int
}

// Action is one thing that may be done at a node, and the way it leads. Odds are
// its probability where chance decides; where a player does, its base odds: the
// weight it starts from before anything is expected of it. Base odds are no
// payoff.
//
// Weighed is the way a player weighs an action by where that is not the way it
// leads: a yes that binds only together with the yes of those asked after it is
// weighed as if they had given theirs. Nil where the two are one.
type Action struct {
	Label string
	Odds  tape.Node
	Way
	Weighed *Way
}

// weighed is the way a player weighs an action by.
func (a *Action) weighed() Way {
	if a.Weighed != nil {
		return *a.Weighed
	}
	return a.Way
}

// Nest is a set of actions, by place, that are copies or kin: their noise is
// alike, the more so the smaller Scale is below 1 (McFadden 1978).
type Nest struct {
	Actions []int
	Scale   tape.Node
}

// Node is a place at which a player moves or chance decides. One with a Year
// leads to that year, counted from 1, and has no actions. Its slices belong to
// the game: they are there to be read.
type Node struct {
	Player  int    // index in Players, or Nature
	Label   string // what is decided here
	Set     string // the information set; empty: the node is one by itself
	Actions []Action
	Nests   []Nest
	Year    int
}

// Year is a state that a year of a game that goes on can begin with, and where
// that year starts. Like is the first year that is played in the same way: the
// two differ in what is only counted.
type Year struct {
	Label string
	Like  int
	Entry Way
}

// Share is an account that several players go by: each unit in it is worth so
// much to each of them.
type Share struct {
	Label string
	Worth []tape.Node // by player
}

// Game is a game in extensive form. It does not change and may be read by any
// number of goroutines.
type Game struct {
	players, counted []string
	inputs           int
	shares           []Share
	nodes            []Node
	years            []Year
	start            Way
	precision        tape.Node
	discount         *tape.Node // nil where the game ends
	b                *tape.Builder
	priced           func() *priced
}

// Players are the names of those who move.
func (g *Game) Players() []string { return g.players }

// Counted are the names of the accounts that no player goes by.
func (g *Game) Counted() []string { return g.counted }

// Shares are the accounts that several players go by.
func (g *Game) Shares() []Share { return g.shares }

// Accounts is how many there are: of players, counted, shared.
func (g *Game) Accounts() int { return len(g.players) + len(g.counted) + len(g.shares) }

// Start is the way into the game.
func (g *Game) Start() Way { return g.start }

// Years are the states a year can begin with; none where the game ends by
// itself.
func (g *Game) Years() []Year { return g.years }

// GoesOn reports whether years repeat without end, each counting for less than
// the one before.
func (g *Game) GoesOn() bool { return g.discount != nil }

// Size is how many nodes there are, the end among them.
func (g *Game) Size() int { return len(g.nodes) }

// Node is the node of a number: End, or one that Nodes yields.
func (g *Game) Node(n int) Node { return g.nodes[n] }

// Nodes yields every node but the end, children before their parents.
func (g *Game) Nodes() iter.Seq2[int, *Node] {
	return func(yield func(int, *Node) bool) {
		for n := 1; n < len(g.nodes); n++ {
			nd := g.nodes[n]
			if !yield(n, &nd) {
				return
			}
		}
	}
}

// Walk yields the nodes that play can come to, each once, in the order in which
// somebody would meet them who tries the actions one after the other: first
// from the start, then from each year.
func (g *Game) Walk() iter.Seq[int] {
	return func(yield func(int) bool) {
		seen := make([]bool, len(g.nodes))
		for _, at := range g.entries() {
			if !g.walk(at.Next, seen, yield) {
				return
			}
		}
	}
}

func (g *Game) walk(n int, seen []bool, yield func(int) bool) bool {
	if n == End || seen[n] {
		return true
	}
	seen[n] = true
	if !yield(n) {
		return false
	}
	for _, a := range g.nodes[n].Actions {
		if !g.walk(a.Next, seen, yield) {
			return false
		}
	}
	return true
}

// entries are the start and where each year starts.
func (g *Game) entries() []Way {
	out := []Way{g.start}
	for _, y := range g.years {
		out = append(out, y.Entry)
	}
	return out
}

// isCounted reports whether no player goes by an account.
func (g *Game) isCounted(account int) bool {
	return account >= len(g.players) && account < len(g.players)+len(g.counted)
}

// shareAccount is the account of a share.
func (g *Game) shareAccount(i int) int { return len(g.players) + len(g.counted) + i }

// accountName is how an account is called.
func (g *Game) accountName(i int) string {
	switch {
	case i < len(g.players):
		return g.players[i]
	case i < g.shareAccount(0):
		return g.counted[i-len(g.players)]
	}
	return g.shares[i-g.shareAccount(0)].Label
}

// Draft is a game in the making.
type Draft struct {
	g    Game
	same map[string]int
}

// NewDraft starts a game whose numbers are formulas of b over so many inputs.
// Choices are as sharp as precision says (λ of the logit response). A game
// with a discount goes on year after year.
func NewDraft(b *tape.Builder, inputs int, precision tape.Node, discount *tape.Node) *Draft {
	return &Draft{same: map[string]int{}, g: Game{b: b, inputs: inputs, precision: precision, discount: discount, nodes: []Node{{Player: Nature}}}}
}

// Accounts names the accounts. It comes before any node.
func (d *Draft) Accounts(players, counted []string, shares []Share) {
	d.g.players, d.g.counted, d.g.shares = players, counted, shares
}

// Add puts a node in and gives its number. One equal to a node that is there is
// that node.
func (d *Draft) Add(n Node) int {
	id := fingerprint(&n)
	if same, ok := d.same[id]; ok {
		return same
	}
	d.g.nodes = append(d.g.nodes, n)
	d.same[id] = len(d.g.nodes) - 1
	return len(d.g.nodes) - 1
}

// AddYear puts in a state that a year can begin with, and gives the node that
// leads to it. Where the year starts is said by Enter, once that is known.
func (d *Draft) AddYear(label string, like int) int {
	d.g.years = append(d.g.years, Year{Label: label, Like: like})
	d.g.nodes = append(d.g.nodes, Node{Player: Nature, Year: len(d.g.years)})
	return len(d.g.nodes) - 1
}

// Enter says where a year starts, counted from 0 in the order of AddYear.
func (d *Draft) Enter(year int, at Way) { d.g.years[year].Entry = at }

// Start says where the game does.
func (d *Draft) Start(at Way) { d.g.start = at }

// Game is the finished game, or what is wrong with the draft. The draft, and the
// builder of its formulas, must not be used after it.
func (d *Draft) Game() (*Game, error) {
	g := d.g
	if err := g.check(); err != nil {
		return nil, err
	}
	g.priced = sync.OnceValue(g.prices)
	return &g, nil
}

// fingerprint tells whether two nodes are the same.
func fingerprint(n *Node) string {
	b := make([]byte, 0, 128)
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	way := func(w Way) {
		b = binary.AppendVarint(b, int64(w.Next))
		b = binary.AppendUvarint(b, uint64(len(w.Pays)))
		for _, p := range w.Pays {
			b = binary.AppendVarint(b, int64(p.To))
			b = binary.AppendVarint(b, int64(p.Amount))
		}
	}
	b = binary.AppendVarint(b, int64(n.Player))
	text(n.Label)
	text(n.Set)
	for _, x := range n.Nests {
		b = binary.AppendVarint(b, int64(x.Scale))
		for _, i := range x.Actions {
			b = binary.AppendVarint(b, int64(i))
		}
		b = binary.AppendVarint(b, -1)
	}
	b = binary.AppendVarint(b, -1)
	for i := range n.Actions {
		a := &n.Actions[i]
		text(a.Label)
		b = binary.AppendVarint(b, int64(a.Odds))
		way(a.Way)
		if a.Weighed != nil {
			b = append(b, 'w')
			way(*a.Weighed)
		}
	}
	return string(b)
}

// picked are the entries of xs at some places.
func picked[T any](xs []T, at []int) []T {
	out := make([]T, len(at))
	for i, j := range at {
		out[i] = xs[j]
	}
	return out
}

// bases are the base odds of a move, by action; nil where all are 1.
func (n *Node) bases(one tape.Node) []tape.Node {
	if !slices.ContainsFunc(n.Actions, func(a Action) bool { return a.Odds != one }) {
		return nil
	}
	out := make([]tape.Node, len(n.Actions))
	for i, a := range n.Actions {
		out[i] = a.Odds
	}
	return out
}
