package chain

import "casus/tape"

// P is the exact probability of the target.
func (d *Diagram) P() float64 { return d.evaluate(d.net.Probability) }

// evaluate is the probability when every element has the probability p.
func (d *Diagram) evaluate(p func(Lit) float64) float64 {
	atoms := make([]float64, len(d.atoms))
	for i, a := range d.atoms {
		atoms[i] = a.probability(p)
	}
	value := make([]float64, len(d.nodes))
	value[one] = 1
	for i := 2; i < len(d.nodes); i++ {
		n, sum, rest := d.nodes[i], 0.0, 1.0
		for _, e := range d.edges[n.first : n.first+n.count] {
			q := max(rest, 0)
			if e.atom >= 0 {
				q = atoms[e.atom]
				rest -= q
			}
			sum += q * value[e.to]
		}
		value[i] = sum
	}
	return value[d.root]
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
func (d *Diagram) Importance() []Importance {
	p := d.P()
	var list []Importance
	for _, x := range d.net.Elements() {
		list = append(list, Importance{Element: x, P: p, With: d.evaluate(d.given(x, true)), Without: d.evaluate(d.given(x, false))})
	}
	return list
}

// given is the probabilities given that x is there, or is not.
func (d *Diagram) given(x Lit, there bool) func(Lit) float64 {
	l := d.net.lits[x]
	return func(y Lit) float64 {
		m := d.net.lits[y]
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
// probability of each element and alternative that matters. An element without
// a probability may be 1 or 0 in each world, nothing between; alternatives of
// one choice must not sum to more than 1.
func (d *Diagram) Lower(b *tape.Builder, p func(Lit) tape.Node) tape.Node {
	atoms := make([]tape.Node, len(d.atoms))
	for i, a := range d.atoms {
		atoms[i] = a.lower(b, p)
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

func (a *atom) lower(b *tape.Builder, p func(Lit) tape.Node) tape.Node {
	none := b.Const(1)
	for _, way := range a.ways {
		all := b.Const(1)
		for _, x := range way {
			all = b.Mul(all, p(x))
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

// Needs is the elements and alternatives that some rule on a way to the target
// asks for, in the order they were made.
func (d *Diagram) Needs() []Lit {
	need := make([]bool, len(d.net.lits))
	for _, a := range d.atoms {
		for _, way := range a.ways {
			for _, x := range way {
				need[x] = true
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
