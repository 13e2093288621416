package game

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"casus/game/tape"
)

// check finds what is wrong with the shape of a game, whatever the world: all of
// it, in the order of the nodes.
func (g *Game) check() error {
	c := checking{g: g, sets: map[string]int{}}
	for n := 1; n < len(g.nodes); n++ {
		c.node(n)
	}
	c.way("the start", len(g.nodes), g.start)
	for i, y := range g.years {
		c.way("year "+y.Label, len(g.nodes), y.Entry)
		if y.Like < 0 || y.Like > i || g.years[y.Like].Like != y.Like {
			c.say("year %s is said to be played like year %d, which is not the first of its kind", y.Label, y.Like)
		}
	}
	if len(g.years) > 0 && g.discount == nil {
		c.say("years repeat, and nothing says what the next one counts: give a discount")
	}
	for _, s := range g.shares {
		if len(s.Worth) != len(g.players) {
			c.say("share %s is worth something to %d of %d players: give each an amount, 0 too", s.Label, len(s.Worth), len(g.players))
		}
	}
	return errors.Join(c.problems...)
}

// checking gathers problems. At most so many are told.
type checking struct {
	g        *Game
	sets     map[string]int // information set → its first node
	problems []error
}

const mostProblems = 20

func (c *checking) say(format string, args ...any) {
	if len(c.problems) < mostProblems {
		c.problems = append(c.problems, fmt.Errorf(format, args...))
	}
}

func (c *checking) node(n int) {
	nd := &c.g.nodes[n]
	name := fmt.Sprintf("node %d (%s)", n, nd.Label)
	switch {
	case nd.Year > 0:
		return // AddYear made it
	case nd.Player < Nature || nd.Player >= len(c.g.players):
		c.say("%s: there is no player %d", name, nd.Player)
	case len(nd.Actions) == 0:
		c.say("%s: nothing can be done", name)
	}
	for i, a := range nd.Actions {
		if slices.ContainsFunc(nd.Actions[:i], func(b Action) bool { return a.Label == b.Label }) {
			c.say("%s: two actions are called %q", name, a.Label)
		}
		if !c.g.b.Has(a.Odds) {
			c.say("%s, %s: no odds are given", name, a.Label)
		}
		c.way(name+", "+a.Label, n, a.Way)
		if a.Weighed != nil {
			c.weighed(name+", "+a.Label, n, nd, *a.Weighed)
		}
	}
	c.nests(name, nd)
	c.set(name, n)
}

// weighed checks what an action is weighed by, where that is not the way it leads.
func (c *checking) weighed(name string, n int, nd *Node, w Way) {
	if nd.Player == Nature {
		c.say("%s: chance weighs nothing: give no way that it is weighed by", name)
	}
	c.way(name+", as weighed", n, w)
}

// way checks that it leads to an earlier node, so that no play comes back to
// where it was, and pays into accounts that there are.
func (c *checking) way(name string, before int, w Way) {
	if w.Next < 0 || w.Next >= before {
		c.say("%s: leads to node %d, which is not there yet: add children before their parents", name, w.Next)
	}
	for _, p := range w.Pays {
		if p.To < 0 || p.To >= c.g.Accounts() {
			c.say("%s: pays into account %d of %d", name, p.To, c.g.Accounts())
		}
		if !c.g.b.Has(p.Amount) {
			c.say("%s: pays an amount that is no formula of the game", name)
		}
	}
}

func (c *checking) nests(name string, nd *Node) {
	in := make([]bool, len(nd.Actions))
	for _, x := range nd.Nests {
		if nd.Player == Nature || len(x.Actions) < 2 {
			c.say("%s: a nest is of two or more actions of a player", name)
		}
		if !c.g.b.Has(x.Scale) {
			c.say("%s: the scale of a nest is no formula of the game", name)
		}
		for _, i := range x.Actions {
			if i < 0 || i >= len(in) || in[i] {
				c.say("%s: a nest holds action %d, which is in another nest or is none", name, i)
				continue
			}
			in[i] = true
		}
	}
}

// set checks that all nodes of an information set are one player's, who can do
// the same at each.
func (c *checking) set(name string, n int) {
	nd := &c.g.nodes[n]
	if nd.Set == "" {
		return
	}
	first, known := c.sets[nd.Set]
	if !known {
		c.sets[nd.Set] = n
		return
	}
	other := &c.g.nodes[first]
	if other.Player != nd.Player {
		c.say("%s: information set %s is of two players", name, nd.Set)
	}
	if !slices.EqualFunc(nd.Actions, other.Actions, func(a, b Action) bool { return a.Label == b.Label }) {
		c.say("%s: other things can be done here than elsewhere in information set %s", name, nd.Set)
	}
}

// Perfect says by error which information set has more than one node: there
// somebody moves without knowing where.
func (g *Game) Perfect() error {
	first := map[string]int{}
	for n := range g.nodes {
		nd := &g.nodes[n]
		if nd.Set == "" {
			continue
		}
		if m, known := first[nd.Set]; known {
			return fmt.Errorf("information set %s holds the nodes %d and %d: only games in which everybody knows where they are can be solved", nd.Set, m, n)
		}
		first[nd.Set] = n
	}
	return nil
}

// Numbers are the values of a game's formulas in one world.
type Numbers map[tape.Node]float64

// rounding is how far probabilities may be from adding to 1.
const rounding = 1e-9

// Check finds what is wrong with the numbers of one world: chances that are no
// probabilities, base odds and scales that are not above 0, payoffs that are no
// numbers.
func (g *Game) Check(at Numbers) error {
	c := checking{g: g}
	for n, nd := range g.Nodes() {
		name := fmt.Sprintf("node %d (%s)", n, nd.Label)
		sum := 0.0
		for _, a := range nd.Actions {
			odds := at[a.Odds]
			sum += odds
			if !(odds >= -rounding) || nd.Player != Nature && !(odds > 0) || math.IsInf(odds, 0) {
				c.say("%s, %s: the odds are %g", name, a.Label, odds)
			}
			c.paid(name+", "+a.Label, a.Way, at)
		}
		if nd.Player == Nature && nd.Year == 0 && !(math.Abs(sum-1) <= rounding) {
			c.say("%s: the chances add to %g", name, sum)
		}
		for _, x := range nd.Nests {
			if s := at[x.Scale]; !(s > 0) || math.IsInf(s, 0) {
				c.say("%s: the scale of a nest is %g", name, s)
			}
		}
	}
	for _, w := range g.entries() {
		c.paid("the start", w, at)
	}
	return errors.Join(c.problems...)
}

func (c *checking) paid(name string, w Way, at Numbers) {
	for _, p := range w.Pays {
		if x := at[p.Amount]; math.IsNaN(x) || math.IsInf(x, 0) {
			c.say("%s: pays %g to %s", name, x, c.g.accountName(p.To))
		}
	}
}
