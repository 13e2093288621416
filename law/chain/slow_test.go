package chain

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// What the package promises, written as the definition.

// worlds calls f for every way the elements can turn out, with its probability.
// A certain element is always there.
func (n *Net) worlds(p func(Lit) float64, f func(there []Lit, p float64)) {
	var go_ func(i int, there []Lit, q float64)
	groups := n.independent()
	go_ = func(i int, there []Lit, q float64) {
		if i == len(groups) {
			f(there, q)
			return
		}
		rest := 1.0
		for _, x := range groups[i] {
			go_(i+1, append(slices.Clip(there), x), q*p(x))
			rest -= p(x)
		}
		if math.Abs(rest) < 1e-12 {
			rest = 0
		}
		go_(i+1, there, q*rest)
	}
	go_(0, nil, 1)
}

// independent is the choices and the elements that exclude nothing.
func (n *Net) independent() [][]Lit {
	var list [][]Lit
	for _, x := range n.Elements() {
		if n.lits[x].group < 0 {
			list = append(list, []Lit{x})
		}
	}
	return append(list, n.groups...)
}

// holds says whether target is in the least fixpoint.
func (n *Net) holds(target Lit, there []Lit) bool {
	return slices.ContainsFunc(n.fixpoint(there), func(s Step) bool { return s.Head == target })
}

func (n *Net) slowP(target Lit, p func(Lit) float64) float64 {
	sum := 0.0
	n.worlds(p, func(there []Lit, q float64) {
		if q > 0 && n.holds(target, there) {
			sum += q
		}
	})
	return sum
}

// slowChains is every consistent set that brings target about and of which no
// part does.
func (n *Net) slowChains(target Lit) [][]Lit {
	var all [][]Lit
	n.worlds(n.Probability, func(there []Lit, _ float64) {
		if n.holds(target, there) {
			set := slices.Clone(there)
			slices.Sort(set)
			all = append(all, set)
		}
	})
	return n.minimalOf(all)
}

// minimalOf is the sets that contain no other, in order. They are sorted.
func (n *Net) minimalOf(all [][]Lit) [][]Lit {
	list := [][]Lit{}
	for i, a := range all {
		if !slices.ContainsFunc(all, func(b []Lit) bool { return len(b) < len(a) && subset(b, a) }) &&
			!slices.ContainsFunc(all[:i], func(b []Lit) bool { return slices.Equal(a, b) }) {
			list = append(list, slices.Clone(a))
		}
	}
	n.bySize(list)
	return list
}

// slowCuts is every minimal set of removable elements that hits every chain.
func (n *Net) slowCuts(chains [][]Lit, removable func(Lit) bool) [][]Lit {
	elements := slices.DeleteFunc(n.Elements(), func(x Lit) bool {
		return !removable(x) || !slices.ContainsFunc(chains, func(c []Lit) bool { return slices.Contains(c, x) })
	})
	var all [][]Lit
	for m := range 1 << len(elements) {
		var set []Lit
		for i, x := range elements {
			if m>>i&1 != 0 {
				set = append(set, x)
			}
		}
		if !slices.ContainsFunc(chains, func(c []Lit) bool {
			return !slices.ContainsFunc(c, func(x Lit) bool { return slices.Contains(set, x) })
		}) {
			all = append(all, set)
		}
	}
	return n.minimalOf(all)
}

// slowGiven is the conditional probability by Bayes, P(target and c) / P(c);
// not a number where c never happens.
func (n *Net) slowGiven(target, x Lit, there bool) float64 {
	both, sum := 0.0, 0.0
	n.worlds(n.Probability, func(set []Lit, q float64) {
		if q > 0 && slices.Contains(set, x) == there {
			sum += q
			if n.holds(target, set) {
				both += q
			}
		}
	})
	return both / sum
}

// randomNet is a net with circles, shared elements, choices and sure things.
func randomNet(seed uint64) (*Net, Lit) {
	r := rand.New(rand.NewPCG(seed, 1))
	n := New()
	var elements, props []Lit
	for i := range 2 + r.IntN(6) {
		if name := fmt.Sprintf("e%d", i); r.IntN(3) == 0 {
			elements = append(elements, n.Element(Kind(r.IntN(int(Proposition))), name))
		} else {
			elements = append(elements, n.Uncertain(Kind(r.IntN(int(Proposition))), name, randomP(r)))
		}
	}
	for i := range r.IntN(3) {
		rest, list := 1.0, []Alternative{}
		for k := range 1 + r.IntN(3) {
			p := rest * randomP(r)
			rest = max(0, rest-p)
			list = append(list, Alternative{Name: string(rune('a' + k)), P: p})
		}
		elements = append(elements, n.Choice(fmt.Sprintf("c%d", i), list...)...)
	}
	for i := range 2 + r.IntN(6) {
		props = append(props, n.Prop(fmt.Sprintf("p%d", i)))
	}
	for i := range 4 + r.IntN(20) {
		var body []Lit
		for range r.IntN(3) {
			body = append(body, props[r.IntN(len(props))])
		}
		for range r.IntN(3) {
			body = append(body, elements[r.IntN(len(elements))])
		}
		if len(body) > 0 || r.IntN(8) == 0 {
			n.Rule(props[r.IntN(len(props))], i, body...)
		}
	}
	return n, props[0]
}

func randomP(r *rand.Rand) float64 {
	switch r.IntN(8) {
	case 0:
		return 0
	case 1:
		return 1
	}
	return r.Float64()
}
