// Package chain finds by which chains something can come about, what cuts
// them, and how likely they are.
//
// A Net is a monotone program. Elements are what may be taken away or may
// happen: an article, a deployment, an event, a free choice. Propositions
// follow from elements and from each other by rules, and hold in the least
// fixpoint: what could only support itself in a circle does not hold. A target
// is one proposition. The way down:
//
//  1. Net            elements, choices with exclusive alternatives,
//     propositions, rules.
//  2. program        (from_net.go) the rules that matter to one target, each
//     said once; elements that only ever act together become one arc.
//  3. Diagram        (from_program.go, walker.go) a decision diagram: from what
//     has come about so far, decide the next open arc; equal situations merge.
//     Its probability is exact, and Lower writes it onto a tape.
//
// Chains, Cuts and Derive need no diagram. Chains (chains.go) are the minimal
// sets of elements that bring the target about, Cuts (cuts.go) the minimal
// sets whose loss prevents it, and Derive (derive.go) tells one chain as a
// story.
package chain

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Kind names what an element is.
type Kind uint8

// The kinds of element, and Proposition for what follows from them.
const (
	Article Kind = iota
	Deployment
	Declaration
	Event
	Choice
	Fact
	Proposition
)

var kinds = [...]string{"article", "deployment", "declaration", "event", "choice", "fact", "proposition"}

func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Lit names an element, an alternative of a choice or a proposition of the Net
// that made it.
type Lit int32

// Net is a monotone program under construction. Mistakes are collected, and
// every question returns them; Err shows them early. A Net that is no longer
// built may be asked by any number of goroutines.
type Net struct {
	lits   []lit
	groups [][]Lit // the alternatives that exclude each other
	rules  []rule
	names  map[string]Lit
	errs   []error
}

type lit struct {
	name    string
	p       float64
	group   int32 // −1 for what has no exclusive alternatives
	kind    Kind
	certain bool // an element without a probability
}

type rule struct {
	body  []Lit
	head  Lit
	label int
}

// Alternative is one way to take a choice, with its probability.
type Alternative struct {
	Name string
	P    float64
}

// New is an empty Net.
func New() *Net { return &Net{names: map[string]Lit{}} }

// Element is the element called name, which is certainly there as long as
// nobody takes it away. Asking again gives the same Lit.
func (n *Net) Element(k Kind, name string) Lit {
	return n.element(lit{name: name, kind: k, p: 1, group: -1, certain: true})
}

// Uncertain is the element called name, which is there with probability p,
// whatever else happens. Asking again gives the same Lit.
func (n *Net) Uncertain(k Kind, name string, p float64) Lit {
	return n.element(lit{name: name, kind: k, p: p, group: -1})
}

// Choice is a choice of at most one alternative; with the probability left over
// none is taken. It is independent of all else. The Lits are in the order of
// alternatives, of kind Choice and called "name: alternative".
func (n *Net) Choice(name string, alternatives ...Alternative) []Lit {
	list, sum := make([]Lit, len(alternatives)), 0.0
	for i, a := range alternatives {
		list[i] = n.add(lit{name: name + ": " + a.Name, kind: Choice, p: a.P, group: int32(len(n.groups))})
		sum += a.P
	}
	if sum > 1+1e-9 {
		n.fail("the alternatives of %q have probabilities that sum to %v; they must not pass 1", name, sum)
	}
	n.groups = append(n.groups, list)
	return slices.Clone(list)
}

// Prop is the proposition called name. Asking again gives the same Lit.
func (n *Net) Prop(name string) Lit {
	return n.element(lit{name: name, kind: Proposition, group: -1})
}

// Rule says that head holds when all of body does; with no body it always
// holds. The label is the caller's, and comes back from Derive.
func (n *Net) Rule(head Lit, label int, body ...Lit) {
	if !n.known(head) || n.lits[head].kind != Proposition {
		n.fail("rule %d: the head is not a proposition; make it with Prop", label)
		return
	}
	for _, b := range body {
		if !n.known(b) {
			n.fail("rule %d for %q: premise %d is not of this net", label, n.Name(head), b)
			return
		}
	}
	n.rules = append(n.rules, rule{head: head, label: label, body: slices.Clone(body)})
}

// Name is the name of x.
func (n *Net) Name(x Lit) string { return n.lits[x].name }

// Names is the names of xs, in their order.
func (n *Net) Names(xs []Lit) []string {
	list := make([]string, len(xs))
	for i, x := range xs {
		list[i] = n.Name(x)
	}
	return list
}

// Kind is the kind of x.
func (n *Net) Kind(x Lit) Kind { return n.lits[x].kind }

// Probability is that of an element or alternative, 1 for an element without.
func (n *Net) Probability(x Lit) float64 { return n.lits[x].p }

// Certain says whether x is an element without a probability.
func (n *Net) Certain(x Lit) bool { return n.lits[x].certain }

// Lookup is the element, alternative or proposition called name.
func (n *Net) Lookup(name string) (Lit, bool) {
	x, ok := n.names[name]
	return x, ok
}

// Elements is every element and alternative, in the order they were made.
func (n *Net) Elements() []Lit {
	var list []Lit
	for i, l := range n.lits {
		if l.kind != Proposition {
			list = append(list, Lit(i))
		}
	}
	return list
}

// Err is the mistakes made so far, joined, or nil.
func (n *Net) Err() error { return errors.Join(n.errs...) }

func (n *Net) fail(format string, args ...any) {
	n.errs = append(n.errs, fmt.Errorf(format, args...))
}

func (n *Net) known(x Lit) bool { return x >= 0 && int(x) < len(n.lits) }

// element finds l by its name, or adds it.
func (n *Net) element(l lit) Lit {
	x, ok := n.names[l.name]
	if !ok {
		return n.add(l)
	}
	if old := n.lits[x]; old != l {
		n.fail("%s %q is already there as %s with another meaning; give it a name of its own", l.kind, l.name, old.kind)
	}
	return x
}

func (n *Net) add(l lit) Lit {
	if !(l.p >= 0 && l.p <= 1) {
		n.fail("%s %q has probability %v; it must be from 0 to 1", l.kind, l.name, l.p)
		l.p = 0
	}
	if l.kind > Proposition || l.kind == Proposition && l.certain {
		n.fail("%q cannot be an element of kind %v", l.name, l.kind)
	}
	x := Lit(len(n.lits))
	if _, ok := n.names[l.name]; ok {
		n.fail("%q is there twice; give each a name of its own", l.name)
	} else {
		n.names[l.name] = x
	}
	n.lits = append(n.lits, l)
	return x
}

// check runs before every question.
func (n *Net) check(target Lit) error {
	if err := n.Err(); err != nil {
		return err
	}
	if !n.known(target) || n.lits[target].kind != Proposition {
		return fmt.Errorf("target %d is not a proposition of this net", target)
	}
	return nil
}

// byName orders a set of elements by their names.
func (n *Net) byName(set []Lit) []Lit {
	slices.SortFunc(set, func(a, b Lit) int { return strings.Compare(n.Name(a), n.Name(b)) })
	return set
}

// bySize orders sets by size, then names.
func (n *Net) bySize(sets [][]Lit) {
	for _, s := range sets {
		n.byName(s)
	}
	slices.SortFunc(sets, func(a, b []Lit) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.CompareFunc(a, b, func(x, y Lit) int { return strings.Compare(n.Name(x), n.Name(y)) })
	})
}

// Ratio is a quotient that may have no value: NaN where it is not defined, +Inf
// where it is infinite. It prints as words then.
type Ratio float64

func (r Ratio) String() string {
	switch {
	case math.IsNaN(float64(r)):
		return "not defined"
	case math.IsInf(float64(r), 0):
		return "infinite"
	}
	return fmt.Sprintf("%.4g", float64(r))
}

// Defined says whether r has a value, if an infinite one.
func (r Ratio) Defined() bool { return !math.IsNaN(float64(r)) }

// Infinite says whether r is infinite.
func (r Ratio) Infinite() bool { return math.IsInf(float64(r), 0) }

// over is x/y, infinite for a positive x over 0 and not defined for 0 over 0.
func over(x, y float64) Ratio {
	if y == 0 && x == 0 {
		return Ratio(math.NaN())
	}
	return Ratio(x / y)
}
