package crisis

import (
	"math"
	"slices"

	"casus/game/tape"
	"casus/special"
)

// Play is the solution of a graph in one world: how each mover chooses at each
// node, and what each actor and sum may expect from the start.
type Play struct {
	Graph  *Graph
	Value  []float64   // by actor, then by sum, from the start
	policy [][]float64 // by node: the probability of each edge

	amounts map[tape.Node]float64
	worth   [][]float64
	values  [][]float64 // by node, by sum
}

// Play solves one world: in holds a value for each of Game.Inputs. It is the
// definition, node by node, and keeps the policy that the tape does not. Where
// the game goes on, Value holds what the actors expect for good, and of the
// sums of the measures what the first year adds.
func (gr *Graph) Play(in []float64) *Play { return gr.play(in, nil) }

// play is Play, from what each state of a year is thought to be worth; nil: the
// world's end.
func (gr *Graph) play(in []float64, next [][]float64) *Play {
	p := &Play{Graph: gr, policy: make([][]float64, len(gr.nodes)), amounts: gr.amounts(in)}
	p.worth = gr.worth(p.amounts)
	for range mostPlain * 10 { // one year after the other, until none changes anything
		p.pass(next)
		now := p.years()
		if !gr.Game.goesOn() || still(now, next) {
			break
		}
		next = now
	}
	all := slices.Clone(plus(p.values[gr.root.next], gr.root.rewards, p.amounts))
	for a := range p.worth {
		all[a] = expected(all, a, p.worth[a])
	}
	p.Value = all[:len(gr.Game.Actors)+len(gr.Game.Sums)]
	return p
}

// Play is that of the graph, which a game that goes on comes to much sooner
// from the values that the program has settled than from the world's end.
func (s *Solver) Play(in []float64) *Play {
	if s.again == nil {
		return s.Graph.Play(in)
	}
	cols := make([][]float64, len(in))
	for i := range in {
		cols[i] = in[i : i+1]
	}
	x, _ := s.again.settle(s.NewScratch(), s.Graph.Game.inputs(cols, 1, 1), 1)
	next := make([][]float64, len(s.Graph.starts))
	for i := range next {
		next[i] = make([]float64, s.Graph.Game.width())
	}
	for i, at := range s.again.carried {
		for start := range next {
			if s.Graph.starts[start].like == at.start {
				next[start][at.sum] = x[i][0]
			}
		}
	}
	return s.Graph.play(in, next)
}

// pass works the graph through once, given what each state of a year is worth.
func (p *Play) pass(next [][]float64) {
	gr := p.Graph
	g := gr.Game
	p.values = make([][]float64, len(gr.nodes))
	p.values[0] = make([]float64, g.width())
	for n := 1; n < len(gr.nodes); n++ {
		nd := &gr.nodes[n]
		if nd.again > 0 {
			p.values[n] = p.discounted(next, nd.again-1)
			continue
		}
		along := make([][]float64, len(nd.edges))
		for i, e := range nd.edges {
			along[i] = plus(p.values[e.next], e.rewards, p.amounts)
		}
		p.policy[n] = p.respond(nd, along)
		p.values[n] = mix(p.policy[n], along)
	}
}

// discounted gives what a further year is worth now; the sums of measures are
// counted year by year.
func (p *Play) discounted(next [][]float64, start int) []float64 {
	g := p.Graph.Game
	out := make([]float64, g.width())
	if next == nil {
		return out
	}
	for i, v := range next[start] {
		if !g.isMeasured(i) {
			out[i] = p.amounts[*g.delta] * v
		}
	}
	return out
}

// years is the worth of each state that a year can begin with.
func (p *Play) years() [][]float64 {
	var out [][]float64
	for _, s := range p.Graph.starts {
		out = append(out, plus(p.values[s.entry.next], s.entry.rewards, p.amounts))
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

// worth prices each shared condition for each actor in one world.
func (gr *Graph) worth(amounts map[tape.Node]float64) [][]float64 {
	out := make([][]float64, len(gr.Game.Actors))
	for a := range out {
		for _, s := range gr.Game.shares {
			out[a] = append(out[a], amounts[s.worth[a]])
		}
	}
	return out
}

// expected works out what an actor may expect: its own sum and its part of what is
// shared, the sums that come last.
func expected(v []float64, actor int, worth []float64) float64 {
	out := v[actor]
	for i, w := range worth {
		out += float64(w * v[len(v)-len(worth)+i])
	}
	return out
}

func plus(v []float64, rewards []reward, amounts map[tape.Node]float64) []float64 {
	if len(rewards) == 0 {
		return v
	}
	out := slices.Clone(v)
	for _, r := range rewards {
		out[r.to] += amounts[r.node]
	}
	return out
}

// respond is the logit response of a mover, or the probabilities of a chance.
func (p *Play) respond(nd *node, along [][]float64) []float64 {
	out := make([]float64, len(nd.edges))
	if nd.mover < 0 {
		for i, e := range nd.edges {
			out[i] = p.amounts[e.prob]
		}
		return out
	}
	for i := range out {
		out[i] = p.amounts[p.Graph.Game.lambda] * expected(along[i], nd.mover, p.worth[nd.mover])
	}
	bases := make([]float64, len(out))
	for i := range bases {
		bases[i] = 1
		if nd.base != nil {
			bases[i] = p.amounts[nd.base[i]]
		}
	}
	return p.choose(nd, out, bases)
}

// choose is p ∝ b·exp(z), nests standing in for their choices.
func (p *Play) choose(nd *node, zs, bases []float64) []float64 {
	within := make([]float64, len(zs))
	gone := make([]bool, len(zs))
	for i := range within {
		within[i] = 1
	}
	for _, n := range nd.nests {
		tau, total, best := p.amounts[n.scale], 0.0, math.Inf(-1)
		for _, i := range n.edges {
			total += bases[i]
			best = max(best, zs[i])
		}
		sum := 0.0
		for _, i := range n.edges {
			within[i] = float64(bases[i] / total * special.Exp((zs[i]-best)/tau))
			sum += within[i]
		}
		for k, i := range n.edges {
			within[i] /= sum
			gone[i] = k > 0
		}
		zs[n.edges[0]], bases[n.edges[0]] = best+float64(tau*special.Log(sum)), total
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
	for _, n := range nd.nests {
		for _, i := range n.edges[1:] {
			out[i] = out[n.edges[0]]
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

// amounts evaluates every reward and chance of the graph, and λ, in one world.
func (gr *Graph) amounts(in []float64) map[tape.Node]float64 {
	if gr.terms == nil {
		gr.terms = gr.distinct()
		gr.evaluate = gr.Game.b.Compile(gr.terms)
	}
	cols, out := make([][]float64, len(in)), make([][]float64, len(gr.terms))
	for i := range in {
		cols[i] = in[i : i+1]
	}
	for i := range out {
		out[i] = make([]float64, 1)
	}
	gr.evaluate.Run(gr.evaluate.NewScratch(), gr.Game.inputs(cols, 1, 1), out)
	values := make(map[tape.Node]float64, len(out))
	for i, n := range gr.terms {
		values[n] = out[i][0]
	}
	return values
}

// distinct lists every reward and chance of the graph, and λ, once, in order.
func (gr *Graph) distinct() []tape.Node {
	nodes := []tape.Node{gr.Game.lambda}
	if gr.Game.goesOn() {
		nodes = append(nodes, *gr.Game.delta)
	}
	for _, s := range gr.Game.shares {
		nodes = append(nodes, s.worth...)
	}
	entries := []ref{gr.root}
	for _, s := range gr.starts {
		entries = append(entries, s.entry)
	}
	for _, at := range entries {
		for _, r := range at.rewards {
			nodes = append(nodes, r.node)
		}
	}
	for _, n := range gr.nodes {
		nodes = append(nodes, n.base...)
		for _, x := range n.nests {
			nodes = append(nodes, x.scale)
		}
		for _, e := range n.edges {
			if n.mover < 0 {
				nodes = append(nodes, e.prob)
			}
			for _, r := range e.rewards {
				nodes = append(nodes, r.node)
			}
		}
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}
