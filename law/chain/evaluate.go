package chain

import (
	"context"
	"slices"

	"casus/game/tape"
)

// P is the exact probability of the target.
func (d *Diagram) P() float64 { return d.values(d.chances(d.net.Probability))[d.root] }

// chances is the probability of every atom when every element has p.
func (d *Diagram) chances(p func(Lit) float64) []float64 {
	list := make([]float64, len(d.atoms))
	for i := range d.atoms {
		list[i] = d.atoms[i].probability(p)
	}
	return list
}

// values is the probability of the target at every node.
func (d *Diagram) values(chances []float64) []float64 {
	value := make([]float64, len(d.nodes))
	value[one] = 1
	for i := 2; i < len(d.nodes); i++ {
		n, sum, rest := d.nodes[i], 0.0, 1.0
		for _, e := range d.edges[n.first : n.first+n.count] {
			q := max(rest, 0)
			if e.atom >= 0 {
				q = chances[e.atom]
				rest -= q
			}
			sum += float64(q * value[e.to])
		}
		value[i] = sum
	}
	return value
}

// lanes is the number of worlds that evaluate works on at once.
const lanes = 8

// evaluate is the probability of the target in several worlds, each with a
// probability for every element.
func (d *Diagram) evaluate(worlds []func(Lit) float64) []float64 {
	var list []float64
	value := make([][lanes]float64, len(d.nodes))
	for ; len(worlds) > 0; worlds = worlds[min(lanes, len(worlds)):] {
		chances := make([][lanes]float64, len(d.atoms))
		for k, p := range worlds[:min(lanes, len(worlds))] {
			for i, c := range d.chances(p) {
				chances[i][k] = c
			}
		}
		d.block(chances, value)
		list = append(list, value[d.root][:min(lanes, len(worlds))]...)
	}
	return list
}

func (d *Diagram) block(chances, value [][lanes]float64) {
	for k := range lanes {
		value[zero][k], value[one][k] = 0, 1
	}
	for i := 2; i < len(d.nodes); i++ {
		n := d.nodes[i]
		var sum, rest [lanes]float64
		for k := range rest {
			rest[k] = 1
		}
		for _, e := range d.edges[n.first : n.first+n.count] {
			to := &value[e.to]
			if e.atom < 0 {
				for k := range to {
					sum[k] += float64(max(rest[k], 0) * to[k])
				}
				break
			}
			q := &chances[e.atom]
			for k := range to {
				sum[k] += float64(q[k] * to[k])
				rest[k] -= q[k]
			}
		}
		value[i] = sum
	}
}

// slopes is the derivative of P by the probability of every atom (reverse
// accumulation; Griewank & Walther 2008, ch. 3).
func (d *Diagram) slopes(chances, value []float64) []float64 {
	slope, weight := make([]float64, len(d.atoms)), make([]float64, len(d.nodes))
	weight[d.root] = 1
	for i := len(d.nodes) - 1; i >= 2; i-- {
		n, rest, w := d.nodes[i], 1.0, weight[i]
		edges := d.edges[n.first : n.first+n.count]
		none := value[edges[len(edges)-1].to]
		for _, e := range edges {
			q := max(rest, 0)
			if e.atom >= 0 {
				q = chances[e.atom]
				rest -= q
				slope[e.atom] += float64(w * (value[e.to] - none))
			}
			weight[e.to] += float64(w * q)
		}
	}
	return slope
}

// probability is 1 − Π (1 − Π p): independent ways of independent elements.
func (a *atom) probability(p func(Lit) float64) float64 {
	none := 1.0
	for _, way := range a.ways {
		all := 1.0
		for _, x := range way {
			all *= p(x)
		}
		if len(a.ways) == 1 {
			return all
		}
		none *= 1 - all
	}
	return 1 - none
}

// Importance says what one element, or alternative of a choice, is to the
// target: the probability of the target as it is, with the element sure to be
// there, and with the element sure to be missing.
//
// For an alternative, With is the probability given that it is taken, Without
// given that it is not: the others, and taking none, keep their proportions. An
// alternative that is sure to be taken leaves none taken.
type Importance struct {
	Element          Lit
	P, With, Without float64
}

// Birnbaum is the difference the element makes (Birnbaum 1969).
func (i Importance) Birnbaum() float64 { return i.With - i.Without }

// FussellVesely is the share of P that goes when the element does (Vesely 1970,
// Fussell 1975); not defined for P = 0. It is negative for an alternative that
// keeps worse ones from being taken.
func (i Importance) FussellVesely() Ratio { return over(i.P-i.Without, i.P) }

// Achievement is the risk achievement worth With/P (Vesely et al. 1983):
// infinite when the target needs the element and it is never there, not defined
// when the target never comes about either way.
func (i Importance) Achievement() Ratio { return over(i.With, i.P) }

// Reduction is the risk reduction worth P/Without (Vesely et al. 1983):
// infinite when the target cannot come about without the element, not defined
// when it never does.
func (i Importance) Reduction() Ratio { return over(i.P, i.Without) }

// Importance is that of every element and alternative of the net, in the order
// they were made. What the target cannot need has With = Without = P.
//
// Where a certain element alone decides a rule, the diagram takes it as there,
// and another is made without it; so this may fail as Compile does.
func (d *Diagram) Importance(ctx context.Context) ([]Importance, error) {
	list := make([]Importance, 0, len(d.net.lits))
	chances := d.chances(d.net.Probability)
	value := d.values(chances)
	slope, place, p := d.slopes(chances, value), d.places(), value[d.root]
	var worlds []func(Lit) float64
	var results []*float64
	for _, x := range d.net.Elements() {
		list = append(list, Importance{Element: x, P: p, With: p, Without: p})
		i := &list[len(list)-1]
		switch {
		case d.assumed[x]:
			m, err := d.without(ctx, x)
			if err != nil {
				return nil, err
			}
			i.Without = m.P()
		case place[x] == nowhere:
		case place[x] >= 0:
			a := &d.atoms[place[x]]
			q := chances[place[x]]
			i.With += float64(slope[place[x]] * (a.probability(d.net.given(x, true)) - q))
			i.Without -= float64(slope[place[x]] * (q - a.probability(d.net.given(x, false))))
			if i.Without > 1e-6*p {
				continue
			}
			// Little is left, or nothing: a difference would not tell.
			worlds, results = append(worlds, d.net.given(x, false)), append(results, &i.Without)
		default:
			worlds = append(worlds, d.net.given(x, true), d.net.given(x, false))
			results = append(results, &i.With, &i.Without)
		}
	}
	for k, p := range d.evaluate(worlds) {
		*results[k] = p
	}
	return list, nil
}

// Where an element is not part of a single atom of its own.
const nowhere, severally = -1, -2

// places is the atom that each element is part of, or works on.
func (d *Diagram) places() []int32 {
	place := make([]int32, len(d.net.lits))
	for x := range place {
		place[x] = nowhere
	}
	for i, a := range d.atoms {
		for _, way := range a.ways {
			for _, x := range way {
				if place[x] != nowhere || len(d.vars[a.of].atoms) > 1 {
					place[x] = severally
				} else {
					place[x] = int32(i)
				}
			}
		}
	}
	for _, g := range d.net.groups {
		if slices.ContainsFunc(g, func(x Lit) bool { return place[x] != nowhere }) {
			for _, x := range g { // taking one keeps the others from being taken
				if place[x] == nowhere {
					place[x] = severally
				}
			}
		}
	}
	return place
}

// without is the diagram of the same target in a net without x.
func (d *Diagram) without(ctx context.Context, x Lit) (*Diagram, error) {
	n := *d.net
	n.rules = nil
	for _, r := range d.net.rules {
		if !slices.Contains(r.body, x) {
			n.rules = append(n.rules, r)
		}
	}
	return n.Compile(ctx, d.Target, Limits{Nodes: d.limit})
}

// given is the probabilities given that x is there, or is not.
func (n *Net) given(x Lit, there bool) func(Lit) float64 {
	l := n.lits[x]
	return func(y Lit) float64 {
		m := n.lits[y]
		switch {
		case y == x && there:
			return 1
		case y == x:
			return 0
		case l.group < 0 || m.group != l.group:
			return m.p
		case there || l.p == 1:
			return 0
		}
		return m.p / (1 - l.p)
	}
}

// Lower writes the probability of the target as a formula: p gives the
// probability of each uncertain element and alternative that matters; those of
// one choice must not sum to more than 1. Elements without a probability are
// there; to take one away, make it Uncertain with probability 1.
func (d *Diagram) Lower(b *tape.Builder, p func(Lit) tape.Node) tape.Node {
	atoms := make([]tape.Node, len(d.atoms))
	for i := range d.atoms {
		atoms[i] = d.net.lower(&d.atoms[i], b, p)
	}
	value := make([]tape.Node, len(d.nodes))
	value[zero], value[one] = b.Const(0), b.Const(1)
	for i := 2; i < len(d.nodes); i++ {
		var q, v []tape.Node
		n, rest := d.nodes[i], b.Const(1)
		for _, e := range d.edges[n.first : n.first+n.count] {
			v = append(v, value[e.to])
			if e.atom < 0 {
				q = append(q, b.Max(rest, b.Const(0)))
				break
			}
			q = append(q, atoms[e.atom])
			rest = b.Sub(rest, atoms[e.atom])
		}
		value[i] = b.Dot(q, v)
	}
	return value[d.root]
}

func (n *Net) lower(a *atom, b *tape.Builder, p func(Lit) tape.Node) tape.Node {
	none := b.Const(1)
	for _, way := range a.ways {
		all := b.Const(1)
		for _, x := range way {
			if !n.lits[x].certain {
				all = b.Mul(all, p(x))
			}
		}
		if len(a.ways) == 1 {
			return all
		}
		none = b.Mul(none, b.Sub(b.Const(1), all))
	}
	return b.Sub(b.Const(1), none)
}

// Program is the diagram as a formula with one output, and the elements whose
// probabilities are its inputs, in the order of its columns: all that the
// target can need.
func (d *Diagram) Program() (*tape.Program, []Lit) {
	b := tape.NewBuilder()
	var inputs []Lit
	column := map[Lit]int{}
	for _, x := range d.Needs() {
		column[x] = len(inputs)
		inputs = append(inputs, x)
	}
	out := d.Lower(b, func(x Lit) tape.Node { return b.Input(column[x]) })
	return b.Compile([]tape.Node{out}), inputs
}

// Needs is the uncertain elements and the alternatives that P depends on, in the
// order they were made.
func (d *Diagram) Needs() []Lit {
	need := make([]bool, len(d.net.lits))
	for _, a := range d.atoms {
		for _, way := range a.ways {
			for _, x := range way {
				need[x] = !d.net.lits[x].certain
			}
		}
	}
	var list []Lit
	for x, ok := range need {
		if ok {
			list = append(list, Lit(x))
		}
	}
	return list
}
