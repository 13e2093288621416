package chain

import "slices"

// program is a Net seen from one target: only rules that can fire and that the
// target can need, over propositions and variables counted from 0. What holds
// without any element is left out of every body.
type program struct {
	net     *Net
	target  int32 // −1 when the target is settled
	settled bool  // then: whether it always holds
	props   []Lit
	vars    []variable
	atoms   []atom
	clauses []clause
}

// variable is what one step of a diagram decides: a choice of at most one of
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
	rules := n.supported(n.consistent())
	always := n.closure(rules, func(Lit) bool { return false })
	if always[target] {
		return &program{net: n, target: -1, settled: true}
	}
	rules = without(rules, always)
	rules = n.relevant(rules, target)
	rules = absorbed(rules)
	rules = n.relevant(rules, target)
	if len(rules) == 0 {
		return &program{net: n, target: -1}
	}
	return n.clauses(rules, target)
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

// closure is what holds by rules when the elements that there names are there.
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

// clauses numbers what rules speak of.
func (n *Net) clauses(rules []rule, target Lit) *program {
	p := &program{net: n}
	number := make([]int32, len(n.lits)) // of a proposition or atom, and one
	for _, r := range rules {
		number[r.head] = 1
		for _, b := range r.body {
			number[b] = 1
		}
	}
	variables := map[int32]int32{} // by group
	for x, l := range n.lits {
		switch {
		case number[x] == 0:
			continue
		case l.kind == Proposition:
			p.props = append(p.props, Lit(x))
			number[x] = int32(len(p.props))
			continue
		}
		v, ok := variables[l.group]
		if !ok || l.group < 0 {
			v = int32(len(p.vars))
			variables[l.group] = v
			p.vars = append(p.vars, variable{})
		}
		p.vars[v].atoms = append(p.vars[v].atoms, int32(len(p.atoms)))
		p.atoms = append(p.atoms, atom{of: v, ways: [][]Lit{{Lit(x)}}})
		number[x] = int32(len(p.atoms))
	}
	p.target = number[target] - 1
	for _, r := range rules {
		c := clause{head: number[r.head] - 1}
		for _, b := range r.body {
			if n.lits[b].kind == Proposition {
				c.body = append(c.body, number[b]-1)
			} else {
				c.atoms = append(c.atoms, number[b]-1)
			}
		}
		p.clauses = append(p.clauses, c)
	}
	return p
}
