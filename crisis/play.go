package crisis

import (
	"math"
	"slices"

	"casus/tape"
)

// Play is the solution of a graph in one world: how each mover chooses at each
// node, and what each actor and sum may expect from the start.
type Play struct {
	Graph  *Graph
	Value  []float64   // by actor, then by sum, from the start
	policy [][]float64 // by node: the probability of each edge
}

// Play solves one world: in holds a value for each of Game.Inputs. It is the
// definition, node by node, and keeps the policy that the tape does not.
func (gr *Graph) Play(in []float64) *Play {
	amounts := gr.amounts(in)
	worth := gr.worth(amounts)
	values := make([][]float64, len(gr.nodes))
	values[0] = make([]float64, gr.Game.width())
	p := &Play{Graph: gr, policy: make([][]float64, len(gr.nodes))}
	for n := 1; n < len(gr.nodes); n++ {
		nd := &gr.nodes[n]
		along := make([][]float64, len(nd.edges))
		for i, e := range nd.edges {
			along[i] = plus(values[e.next], e.rewards, amounts)
		}
		p.policy[n] = respond(nd, along, worth, amounts, amounts[gr.Game.lambda])
		values[n] = mix(p.policy[n], along)
	}
	all := slices.Clone(plus(values[gr.root.next], gr.root.rewards, amounts))
	for a := range worth {
		all[a] = expected(all, a, worth[a])
	}
	p.Value = all[:len(gr.Game.Actors)+len(gr.Game.Sums)]
	return p
}

// worth is what each shared condition is worth to each actor in one world.
func (gr *Graph) worth(amounts map[tape.Node]float64) [][]float64 {
	out := make([][]float64, len(gr.Game.Actors))
	for a := range out {
		for _, s := range gr.Game.shares {
			out[a] = append(out[a], amounts[s.worth[a]])
		}
	}
	return out
}

// expected is what an actor may expect: its own sum and its part of what is
// shared, the sums that come last.
func expected(v []float64, actor int, worth []float64) float64 {
	out := v[actor]
	for i, w := range worth {
		out += w * v[len(v)-len(worth)+i]
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
func respond(nd *node, along, worth [][]float64, amounts map[tape.Node]float64, lambda float64) []float64 {
	out := make([]float64, len(nd.edges))
	if nd.mover < 0 {
		for i, e := range nd.edges {
			out[i] = amounts[e.prob]
		}
		return out
	}
	best := math.Inf(-1)
	for i := range out {
		out[i] = lambda * expected(along[i], nd.mover, worth[nd.mover])
		best = max(best, out[i])
	}
	sum := 0.0
	for i, q := range out {
		out[i] = math.Exp(q - best)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

func mix(p []float64, along [][]float64) []float64 {
	out := make([]float64, len(along[0]))
	for i, v := range along {
		for j := range out {
			out[j] += p[i] * v[j]
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
	gr.evaluate.Run(gr.evaluate.NewScratch(), cols, out)
	values := make(map[tape.Node]float64, len(out))
	for i, n := range gr.terms {
		values[n] = out[i][0]
	}
	return values
}

// distinct lists every reward and chance of the graph, and λ, once, in order.
func (gr *Graph) distinct() []tape.Node {
	nodes := []tape.Node{gr.Game.lambda}
	for _, s := range gr.Game.shares {
		nodes = append(nodes, s.worth...)
	}
	for _, r := range gr.root.rewards {
		nodes = append(nodes, r.node)
	}
	for _, n := range gr.nodes {
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
