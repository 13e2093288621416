package crisis

import (
	"slices"

	"casus/game"
	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
)

// sharedBy is how many actors a condition must pay for a sum of its own to cost
// less than it saves: how often it comes true, or holds, is added up once, and
// what it is worth to an actor is multiplied in where the actor chooses, the
// expectation of a·X being a times that of X. Once few but such payoffs are left,
// an actor needs no sum of its own.
const sharedBy = 3

// conditionOf names the condition of a payoff where it is the same for every
// actor paid; empty where it is not, or there is none.
func conditionOf(p model.Payoff) string {
	if p.When == nil {
		return ""
	}
	own := false
	p.When.Walk(func(e *syntax.Expr) { own = own || p.Var != "" && e.Op == p.Var })
	switch {
	case own:
		return ""
	case p.Yearly:
		return "each year " + p.When.String()
	}
	return p.When.String()
}

// sharePayoffs puts the payoffs of several actors on one condition in place of
// one that counts it, as far as there is room for more sums.
func (g *Game) sharePayoffs() {
	paid := map[string]map[int]bool{}
	for _, q := range g.payoffs {
		if g.sharable(q) {
			if paid[q.condition] == nil {
				paid[q.condition] = map[int]bool{}
			}
			paid[q.condition][q.to] = true
		}
	}
	at := map[string]int{}
	var kept []payoff
	for _, q := range g.payoffs {
		if !g.sharable(q) || len(paid[q.condition]) < sharedBy {
			kept = append(kept, q)
			continue
		}
		i, known := at[q.condition]
		if !known && g.width() == maxSums {
			kept = append(kept, q)
			continue
		}
		if !known {
			i = len(g.shares)
			at[q.condition] = i
			count, one := q, g.b.Const(1)
			count.to, count.amount = g.width(), amount{fixed: &one}
			kept = append(kept, count)
			g.shares = append(g.shares, game.Share{Label: q.condition, Worth: slices.Repeat([]tape.Node{g.zero}, len(g.Actors))})
		}
		g.shares[i].Worth[q.to] = g.b.Add(g.shares[i].Worth[q.to], *q.amount.fixed)
	}
	g.payoffs = kept
}

func (g *Game) sharable(q payoff) bool {
	return q.condition != "" && q.to < len(g.Actors) && q.amount.fixed != nil
}

// width is the number of sums: of actors, of measures, of shared conditions.
func (g *Game) width() int { return len(g.Actors) + len(g.Sums) + len(g.shares) }

// isMeasured reports whether a sum is of a measure, and no actor goes by it.
func (g *Game) isMeasured(sum int) bool {
	return sum >= len(g.Actors) && sum < len(g.Actors)+len(g.Sums)
}
