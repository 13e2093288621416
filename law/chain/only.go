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

// At is the probability of the target when every element and alternative has
// the probability p gives it; those of one choice must not sum to more than 1.
func (d *Diagram) At(p func(Lit) float64) float64 { return d.evaluate([]func(Lit) float64{p})[0] }
