package game

import (
	"casus/terminal"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// mostEFG bounds the nodes of the tree a game is opened into, its ends among
// them.
const mostEFG = 1_000_000

// WriteEFG writes a game with the numbers of one world in Gambit's format for
// extensive games (Savani & Turocy, Gambit 16), opened into a tree: what is paid
// on the way to an end is paid there. Base odds, nests and precision are no part
// of such a file, nor is what no player goes by, nor that a yes is weighed as if
// others had given theirs; a comment in it says so. A game
// that goes on year after year cannot be written, nor one of more than a million
// nodes.
func (g *Game) WriteEFG(w io.Writer, title string, at Numbers) error {
	if g.GoesOn() {
		return errors.New("an .efg file ends: it cannot hold a game that goes on year after year; write one with a horizon instead")
	}
	if err := g.Check(at); err != nil {
		return err
	}
	if n := g.opened(); n > mostEFG {
		return fmt.Errorf("opened into a tree the game has more than %d nodes, too many for an .efg file: fewer actors, levels or years", mostEFG)
	}
	e := efg{g: g, at: at, sets: map[string]int{}, counts: make([]int, len(g.players))}
	var names []string
	for _, p := range g.players {
		names = append(names, quoted(p))
	}
	fmt.Fprintf(&e.out, "EFG 2 R %s { %s }\n", quoted(title), strings.Join(names, " "))
	fmt.Fprintf(&e.out, "%s\n\n", quoted(g.leftOut()))
	start := make([]float64, g.Accounts())
	e.node(e.paid(start, g.start))
	_, err := io.WriteString(w, e.out.String())
	return err
}

// leftOut says what of a game the format has no place for.
func (g *Game) leftOut() string {
	out := "Payoffs only: base odds, nests and the precision of choices are not part of this format."
	for _, nd := range g.nodes {
		if slices.ContainsFunc(nd.Actions, func(a Action) bool { return a.Weighed != nil }) {
			return out + " Nor is that some actions are weighed as if others had agreed."
		}
	}
	return out
}

// opened counts the nodes of the tree from the start, as far as mostEFG + 1.
func (g *Game) opened() int {
	count := make([]int, len(g.nodes))
	count[End] = 1
	for n := 1; n < len(g.nodes); n++ {
		count[n] = 1
		for _, a := range g.nodes[n].Actions {
			count[n] = min(count[n]+count[a.Next], mostEFG+1)
		}
	}
	return count[g.start.Next]
}

// efg writes a tree, a parent before its children.
type efg struct {
	g       *Game
	at      Numbers
	sets    map[string]int // information sets of more than one node, numbered
	counts  []int          // of information sets, by player
	chances int
	ends    int
	out     strings.Builder
}

// paid adds what a way pays to what was paid before it.
func (e *efg) paid(before []float64, w Way) (int, []float64) {
	out := append([]float64(nil), before...)
	for _, p := range w.Pays {
		out[p.To] += e.at[p.Amount]
	}
	return w.Next, out
}

func (e *efg) node(n int, paid []float64) {
	nd := &e.g.nodes[n]
	switch {
	case n == End:
		e.end(paid)
		return
	case nd.Player == Nature:
		e.chances++
		fmt.Fprintf(&e.out, "c %s %d %s { %s } 0\n", quoted(nd.Label), e.chances, quoted(""), e.chance(nd))
	default:
		var actions []string
		for _, a := range nd.Actions {
			actions = append(actions, quoted(a.Label))
		}
		fmt.Fprintf(&e.out, "p %s %d %d %s { %s } 0\n", quoted(nd.Label), nd.Player+1, e.set(nd), quoted(nd.Set), strings.Join(actions, " "))
	}
	for _, a := range nd.Actions {
		e.node(e.paid(paid, a.Way))
	}
}

// set numbers the information set of a node: a new one for each history, unless
// several nodes share it.
func (e *efg) set(nd *Node) int {
	if n, known := e.sets[nd.Set]; known && nd.Set != "" {
		return n
	}
	e.counts[nd.Player]++
	e.sets[nd.Set] = e.counts[nd.Player]
	return e.counts[nd.Player]
}

// end pays each player its own and its part of what is shared.
func (e *efg) end(paid []float64) {
	e.ends++
	var out []string
	for player := range e.g.players {
		x := paid[player]
		for i, s := range e.g.shares {
			x += float64(e.at[s.Worth[player]] * paid[e.g.shareAccount(i)])
		}
		out = append(out, decimal(x))
	}
	fmt.Fprintf(&e.out, "t %s %d %s { %s }\n", quoted(""), e.ends, quoted(""), strings.Join(out, ", "))
}

// parts is what a probability is counted in: Gambit wants them to add to exactly
// 1, so the likeliest takes what rounding leaves.
const parts = 1_000_000_000_000_000

func (e *efg) chance(nd *Node) string {
	left, likeliest := int64(parts), 0
	ps := make([]int64, len(nd.Actions))
	for i, a := range nd.Actions {
		ps[i] = int64(math.Round(max(0, e.at[a.Odds]) * parts))
		left -= ps[i]
		if ps[i] > ps[likeliest] {
			likeliest = i
		}
	}
	ps[likeliest] += left
	var out []string
	for i, a := range nd.Actions {
		p := fmt.Sprintf("%d.%015d", ps[i]/parts, ps[i]%parts)
		out = append(out, quoted(a.Label)+" "+strings.TrimRight(strings.TrimRight(p, "0"), "."))
	}
	return strings.Join(out, " ")
}

// decimal writes a number without an exponent, as the format wants it.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// quoted puts text in quotes; quotes in it and backslashes are escaped.
func quoted(s string) string {
	return `"` + terminal.Clean(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(s)) + `"`
}
