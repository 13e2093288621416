package chain

import (
	"maps"
	"slices"
)

// Only is a net of the same elements, in which target comes about by the given
// chains and in no other way. Where the chains are some of all there are, its
// probability is a lower bound of the whole.
func (n *Net) Only(target Lit, chains [][]Lit) *Net {
	m := &Net{lits: slices.Clone(n.lits), groups: slices.Clone(n.groups), names: maps.Clone(n.names), errs: slices.Clone(n.errs)}
	for i, set := range chains {
		m.Rule(target, i, set...)
	}
	return m
}

// Without is the net with elements taken away: no rule that needs one of them is
// left. What is kept has its names and its Lits.
func (n *Net) Without(taken []Lit) *Net {
	m := *n
	m.rules = slices.DeleteFunc(slices.Clone(n.rules), func(r rule) bool {
		return slices.ContainsFunc(r.body, func(x Lit) bool { return slices.Contains(taken, x) })
	})
	return &m
}

// Possible reports of every proposition whether it comes about when every element
// is there, alternatives of one choice beside each other.
func (n *Net) Possible() func(Lit) bool {
	holds := make([]bool, len(n.lits))
	for _, s := range n.fixpoint(n.Elements()) {
		holds[s.Head] = true
	}
	return func(x Lit) bool { return holds[x] }
}

// At is the probability of the target when every element and alternative has
// the probability p gives it; those of one choice must not sum to more than 1.
func (d *Diagram) At(p func(Lit) float64) float64 { return d.evaluate([]func(Lit) float64{p})[0] }
