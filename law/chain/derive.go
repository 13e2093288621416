package chain

import "slices"

// Step is one rule that fires: Head comes about by the rule with this Label,
// because of Body. Round counts from 1; a step needs only elements and what
// came about in earlier rounds.
type Step struct {
	Round, Label int
	Head         Lit
	Body         []Lit
}

// Derive tells how target comes about when exactly the elements of set are
// there: the rules that fire, round by round as the least fixpoint grows, in
// each round in the order they were written. Of several rules for one head the
// first that fires is told, and only steps that target needs. It is nil when
// the set does not bring target about.
func (n *Net) Derive(target Lit, set []Lit) []Step {
	need := map[Lit]bool{target: true}
	var told []Step
	for _, s := range slices.Backward(n.fixpoint(set)) {
		if need[s.Head] {
			told = append(told, s)
			for _, b := range s.Body {
				need[b] = true
			}
		}
	}
	slices.Reverse(told)
	return told
}

// fixpoint is every first firing when the elements of set are there, by naive
// iteration (van Emden & Kowalski 1976).
func (n *Net) fixpoint(set []Lit) []Step {
	const never = 1 << 30
	since := make([]int, len(n.lits)) // the round after which it holds
	for i := range since {
		since[i] = never
	}
	for _, x := range set {
		since[x] = 0
	}
	var steps []Step
	for round, before := 1, -1; before < len(steps); round++ {
		before = len(steps)
		for _, r := range n.rules {
			if since[r.head] == never && !slices.ContainsFunc(r.body, func(b Lit) bool { return since[b] >= round }) {
				since[r.head] = round
				steps = append(steps, Step{Round: round, Label: r.label, Head: r.head, Body: slices.Clone(r.body)})
			}
		}
	}
	return steps
}
