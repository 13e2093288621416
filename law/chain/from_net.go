package chain

import (
	"fmt"
	"slices"
)

// program is a Net seen from one target: only rules that can fire and that the
// target can need, over propositions and variables counted from 0. What holds
// without any element is left out of every body.
type program struct {
	net     *Net
	target  int32 // −1 when the target is settled
	settled bool  // then: whether it always holds
	props   int   // their number
	vars    []variable
	atoms   []atom
	clauses []clause
	// assumed tells the certain elements that some rule asks for with nothing
	// beside that is up to chance. The program takes them as there.
	assumed []bool // by Lit
}

// variable holds what one step of a diagram decides: a choice of at most one of
// its atoms.
type variable struct{ atoms []int32 }

// atom is one way to decide a variable. It stands for elements that only ever
// act together: the atom is there when any of its ways has all its elements.
type atom struct {
	of   int32 // its variable
	ways [][]Lit
}

// clause is a rule: head holds when all of body and atoms do.
type clause struct {
	head  int32
	body  []int32
	atoms []int32
}

// program reduces the net to what target needs.
func (n *Net) program(target Lit) *program {
	p := &program{net: n, target: -1, assumed: make([]bool, len(n.lits))}
	rules := p.assume(n.reduced(target))
	rules = n.reduce(rules, target)
	switch {
	case len(rules) == 0:
	case len(rules[0].body) == 0:
		p.settled = true
	default:
		p.number(rules, target)
	}
	return p
}

// reduced is the rules that matter to target; one without premises if target
// always holds, none if it never does.
func (n *Net) reduced(target Lit) []rule { return n.reduce(n.consistent(), target) }

func (n *Net) reduce(rules []rule, target Lit) []rule {
	rules = n.supported(rules)
	always := n.closure(rules, func(Lit) bool { return false })
	if always[target] {
		return []rule{{head: target}}
	}
	rules = n.relevant(without(rules, always), target)
	return n.relevant(absorbed(rules), target)
}

// consistent is the rules that can fire at all: each premise once, none the
// head itself, no two alternatives of one choice.
func (n *Net) consistent() []rule {
	var kept []rule
	for _, r := range n.rules {
		body := slices.Clone(r.body)
		slices.Sort(body)
		body = slices.Compact(body)
		if !slices.Contains(body, r.head) && !n.exclusive(body) {
			kept = append(kept, rule{head: r.head, label: r.label, body: body})
		}
	}
	return kept
}

// exclusive says whether two of set are alternatives of one choice.
func (n *Net) exclusive(set []Lit) bool {
	for i, x := range set {
		if g := n.lits[x].group; g >= 0 && slices.ContainsFunc(set[:i], func(y Lit) bool { return n.lits[y].group == g }) {
			return true
		}
	}
	return false
}

// closure gives what holds by rules when the elements that there names are there.
func (n *Net) closure(rules []rule, there func(Lit) bool) []bool {
	holds := make([]bool, len(n.lits))
	missing := make([]int, len(rules))
	users := make([][]int32, len(n.lits))
	var queue []Lit
	set := func(x Lit) {
		if !holds[x] {
			holds[x] = true
			queue = append(queue, x)
		}
	}
	for i, r := range rules {
		missing[i] = len(r.body)
		for _, b := range r.body {
			users[b] = append(users[b], int32(i))
		}
	}
	for i, r := range rules {
		if missing[i] == 0 {
			set(r.head)
		}
	}
	for x, l := range n.lits {
		if l.kind != Proposition && there(Lit(x)) {
			set(Lit(x))
		}
	}
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		for _, i := range users[x] {
			if missing[i]--; missing[i] == 0 {
				set(rules[i].head)
			}
		}
	}
	return holds
}

// supported is the rules whose premises can all hold.
func (n *Net) supported(rules []rule) []rule {
	holds := n.closure(rules, func(Lit) bool { return true })
	return slices.DeleteFunc(rules, func(r rule) bool {
		return slices.ContainsFunc(r.body, func(b Lit) bool { return !holds[b] })
	})
}

// without is the rules for what does not hold always, less what does.
func without(rules []rule, always []bool) []rule {
	var kept []rule
	for _, r := range rules {
		if !always[r.head] {
			r.body = slices.DeleteFunc(r.body, func(b Lit) bool { return always[b] })
			kept = append(kept, r)
		}
	}
	return kept
}

// relevant is the rules on some way to target that does not pass target before.
func (n *Net) relevant(rules []rule, target Lit) []rule {
	rules = slices.DeleteFunc(rules, func(r rule) bool { return slices.Contains(r.body, target) })
	rules = n.supported(rules)
	by := map[Lit][]rule{}
	for _, r := range rules {
		by[r.head] = append(by[r.head], r)
	}
	need := make([]bool, len(n.lits))
	need[target] = true
	for queue := []Lit{target}; len(queue) > 0; queue = queue[1:] {
		for _, r := range by[queue[0]] {
			for _, b := range r.body {
				if !need[b] {
					need[b] = true
					queue = append(queue, b)
				}
			}
		}
	}
	return slices.DeleteFunc(rules, func(r rule) bool { return !need[r.head] })
}

// absorbed is the rules that ask for more than no other with the same head.
func absorbed(rules []rule) []rule {
	byHead := map[Lit][]int{}
	for i, r := range rules {
		byHead[r.head] = append(byHead[r.head], i)
	}
	var kept []rule
	for i, r := range rules {
		if !slices.ContainsFunc(byHead[r.head], func(j int) bool {
			s := rules[j]
			return i != j && subset(s.body, r.body) && (len(s.body) < len(r.body) || j < i)
		}) {
			kept = append(kept, r)
		}
	}
	return kept
}

// subset says whether sorted a is contained in sorted b.
func subset[T int32 | Lit](a, b []T) bool {
	if len(a) > len(b) {
		return false
	}
	for _, x := range a {
		i, ok := slices.BinarySearch(b, x)
		if !ok {
			return false
		}
		b = b[i+1:]
	}
	return true
}

// assume leaves certain elements out of rules that ask for no uncertain element
// of their own.
func (p *program) assume(rules []rule) []rule {
	uses := p.net.uses(rules)
	for i, r := range rules {
		if !slices.ContainsFunc(r.body, func(x Lit) bool { return p.net.own(x, uses) }) {
			rules[i].body = slices.DeleteFunc(r.body, func(x Lit) bool {
				if p.net.lits[x].certain {
					p.assumed[x] = true
				}
				return p.net.lits[x].certain
			})
		}
	}
	return rules
}

// uses is how often the rules ask for each Lit; rules for one head that ask for
// the same elements count as one.
func (n *Net) uses(rules []rule) []int {
	uses, seen := make([]int, len(n.lits)), map[string]bool{}
	for _, r := range rules {
		_, elements := n.parts(r)
		if key := fmt.Sprint(r.head, elements); !seen[key] {
			seen[key] = true
			for _, x := range elements {
				uses[x]++
			}
		}
	}
	return uses
}

// own says whether x is up to chance, asked for in one place only, and excludes
// nothing that is asked for.
func (n *Net) own(x Lit, uses []int) bool {
	l := n.lits[x]
	return l.kind != Proposition && !l.certain && uses[x] == 1 &&
		(l.group < 0 || !slices.ContainsFunc(n.groups[l.group], func(y Lit) bool { return y != x && uses[y] > 0 }))
}

// parts is the propositions and the elements that r asks for.
func (n *Net) parts(r rule) (props, elements []Lit) {
	for _, b := range r.body {
		if n.lits[b].kind == Proposition {
			props = append(props, b)
		} else {
			elements = append(elements, b)
		}
	}
	return props, elements
}

// numbering numbers what rules speak of.
type numbering struct {
	*program
	uses   []int
	prop   map[Lit]int32
	shared map[Lit]int32    // atoms
	choice map[int32]int32  // variables, by group
	arcs   map[string]int32 // clauses, by head and body, whose atom is all their own
	anyOf  map[string]int32 // propositions of what calls
}

// number makes clauses of rules. A choice that each of several events calls for
// is made once: the clauses "m if k and c", one for each k, become "m if any
// and c", "any if k". The event m itself may call for it too, which changes
// nothing, and lets all members of a pact share the proposition.
func (p *program) number(rules []rule, target Lit) {
	n := &numbering{program: p, uses: p.net.uses(rules), prop: map[Lit]int32{}, shared: map[Lit]int32{},
		choice: map[int32]int32{}, arcs: map[string]int32{}, anyOf: map[string]int32{}}
	for _, r := range rules {
		n.proposition(r.head)
	}
	p.target = n.prop[target]
	for _, same := range n.alike(rules) {
		_, elements := p.net.parts(same[0])
		if len(same) == 1 || len(elements) == 0 {
			for _, r := range same {
				props, _ := p.net.parts(r)
				n.clause(n.prop[r.head], n.propositions(props), elements)
			}
			continue
		}
		n.clause(n.prop[same[0].head], []int32{n.any(same)}, elements)
	}
}

// alike groups rules with the same head and the same elements.
func (n *numbering) alike(rules []rule) [][]rule {
	var list [][]rule
	index := map[string]int{}
	for _, r := range rules {
		_, elements := n.net.parts(r)
		key := fmt.Sprint(r.head, elements)
		i, ok := index[key]
		if !ok {
			i = len(list)
			index[key] = i
			list = append(list, nil)
		}
		list[i] = append(list[i], r)
	}
	return list
}

// any is the proposition that holds when what one of rules asks for does, or
// their head.
func (n *numbering) any(rules []rule) int32 {
	var list [][]int32
	if h := n.prop[rules[0].head]; h != n.target {
		list = append(list, []int32{h})
	}
	for _, r := range rules {
		props, _ := n.net.parts(r)
		list = append(list, n.propositions(props))
	}
	slices.SortFunc(list, slices.Compare)
	key := fmt.Sprint(list)
	if x, ok := n.anyOf[key]; ok {
		return x
	}
	x := int32(n.props)
	n.props++
	n.anyOf[key] = x
	for _, body := range list {
		n.clause(x, body, nil)
	}
	return x
}

func (n *numbering) proposition(x Lit) int32 {
	i, ok := n.prop[x]
	if !ok {
		i = int32(n.props)
		n.props++
		n.prop[x] = i
	}
	return i
}

func (n *numbering) propositions(xs []Lit) []int32 {
	var list []int32
	for _, x := range xs {
		list = append(list, n.prop[x])
	}
	slices.Sort(list)
	return list
}

// clause adds one. Elements of its own and the certain ones beside them become
// one atom, and clauses that differ only in such an atom become one clause.
func (n *numbering) clause(head int32, body []int32, elements []Lit) {
	if !slices.ContainsFunc(elements, func(x Lit) bool { return n.net.own(x, n.uses) }) {
		c := clause{head: head, body: body}
		for _, x := range elements {
			c.atoms = append(c.atoms, n.sharedAtom(x))
		}
		n.clauses = append(n.clauses, c)
		return
	}
	var way []Lit
	var atoms []int32
	for _, x := range elements {
		if n.net.lits[x].certain || n.net.own(x, n.uses) {
			way = append(way, x)
		} else {
			atoms = append(atoms, n.sharedAtom(x))
		}
	}
	key := fmt.Sprint(head, body, atoms)
	if i, ok := n.arcs[key]; ok {
		a := n.clauses[i].atoms
		last := &n.atoms[a[len(a)-1]]
		last.ways = append(last.ways, way)
		return
	}
	n.arcs[key] = int32(len(n.clauses))
	n.vars = append(n.vars, variable{})
	n.clauses = append(n.clauses, clause{head: head, body: body, atoms: append(atoms, n.atom(int32(len(n.vars)-1), way))})
}

// atom adds one to variable v.
func (n *numbering) atom(v int32, way []Lit) int32 {
	a := int32(len(n.atoms))
	n.atoms = append(n.atoms, atom{of: v, ways: [][]Lit{way}})
	n.vars[v].atoms = append(n.vars[v].atoms, a)
	return a
}

// sharedAtom is the atom of an element that several clauses ask for, or that
// excludes others.
func (n *numbering) sharedAtom(x Lit) int32 {
	if a, ok := n.shared[x]; ok {
		return a
	}
	g := n.net.lits[x].group
	v, ok := n.choice[g]
	if !ok || g < 0 {
		v = int32(len(n.vars))
		n.vars = append(n.vars, variable{})
		n.choice[g] = v
	}
	n.shared[x] = n.atom(v, []Lit{x})
	return n.shared[x]
}
