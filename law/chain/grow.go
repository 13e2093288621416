package chain

import (
	"context"
	"slices"
)

// Growth grounds a net on the way of a search: Follow is called once for each
// proposition that a partial chain brings about, of which a chain of at most Size
// elements to Target may still be made, and adds the rules for what it leads to.
// It may add any rule of which that proposition is a premise, and rules for what is
// new by them. What is there before is asked as it stands.
type Growth struct {
	Target Lit
	Size   int
	Work   int // stop after this many partial chains; 0 is DefaultWork
	// Gates are groups of sets of elements: every chain to the target contains a set
	// of each group. A partial chain that each set of a group makes too long, or
	// completes to a chain found before, is given up. Grow puts them in an order of
	// its own.
	Gates  [][][]Lit
	Follow func(Lit)
}

// Grow is Chains of a net that grows: every minimal set of up to g.Size elements.
// It is complete where none was left for its size. When ctx ends it gives what was
// found so far, with the error.
func (n *Net) Grow(ctx context.Context, g Growth) (Sets, error) {
	if err := n.check(g.Target); err != nil {
		return Sets{}, err
	}
	w := &grown{Growth: g, net: n, users: map[Lit][]int{}, taken: map[Lit]*takenSets{}}
	for _, group := range g.Gates {
		for _, gate := range group {
			slices.Sort(gate)
		}
	}
	level, err := w.run(ctx, Bound{Work: g.Work}.work())
	s := Sets{Sets: w.of(g.Target).all, UpTo: g.Size, Complete: level < 0 && !w.cut}
	if level >= 0 {
		s.UpTo = level - 1
	}
	s.Found = len(s.Sets)
	n.bySize(s.Sets)
	if err == nil {
		s.list(0)
		s.Found = len(s.Sets)
		err = n.Err()
	}
	return s, err
}

// grown works like a finder, on sets that are short lists: how many elements there
// will be nobody knows.
type grown struct {
	Growth
	net   *Net
	rules []rule
	read  int           // rules of the net taken in so far
	users map[Lit][]int // rules by premise
	taken map[Lit]*takenSets
	queue [][]reached // by size
	level int
	cut   bool // a set was left for its size
}

// reached is a proposition and a sorted set of elements that bring it about.
type reached struct {
	head Lit
	set  []Lit
}

// takenSets are the minimal sets of one proposition, and by their last element.
type takenSets struct {
	all  [][]Lit
	last map[Lit][][]Lit
	none bool // it holds by rules alone
}

func (w *grown) of(x Lit) *takenSets {
	t := w.taken[x]
	if t == nil {
		t = &takenSets{last: map[Lit][][]Lit{}}
		w.taken[x] = t
	}
	return t
}

// covers reports whether set contains one that was taken up.
func (t *takenSets) covers(set []Lit) bool {
	if t == nil {
		return false
	}
	if t.none {
		return true
	}
	for i, x := range set {
		for _, s := range t.last[x] {
			if subset(s, set[:i+1]) {
				return true
			}
		}
	}
	return false
}

// run works up the sizes. It gives the size at which it stopped, −1 where nothing
// was left.
func (w *grown) run(ctx context.Context, most int) (int, error) {
	w.takeIn()
	done := 0
	for ; w.level < len(w.queue); w.level++ {
		for i := 0; i < len(w.queue[w.level]); i++ {
			c := w.queue[w.level][i]
			if i%256 == 0 && ctx.Err() != nil {
				return w.level, ctx.Err()
			}
			if w.taken[c.head].covers(c.set) || w.taken[w.Target].covers(c.set) || c.head != w.Target && w.vain(c.set) {
				continue
			}
			if done++; done > most {
				return w.level, nil
			}
			w.take(c)
		}
		w.queue[w.level] = nil
	}
	return -1, nil
}

// take takes up one set and joins it with those of other premises.
func (w *grown) take(c reached) {
	t := w.of(c.head)
	t.all = append(t.all, c.set)
	if len(c.set) == 0 {
		t.none = true
	} else {
		x := c.set[len(c.set)-1]
		t.last[x] = append(t.last[x], c.set)
	}
	before := len(w.rules)
	if len(t.all) == 1 {
		w.Follow(c.head)
		w.takeIn()
	}
	for _, i := range w.users[c.head] {
		if i < before { // those that are new were joined with it as they were taken in
			r := w.rules[i]
			w.join(r.head, c.set, slices.DeleteFunc(slices.Clone(r.body), func(b Lit) bool { return b == c.head }))
		}
	}
}

// takeIn takes in the rules that were added to the net, and joins what was taken up
// of their premises.
func (w *grown) takeIn() {
	for ; w.read < len(w.net.rules); w.read++ {
		r := w.net.rules[w.read]
		body := slices.Clone(r.body)
		slices.Sort(body)
		body = slices.Compact(body)
		if slices.Contains(body, r.head) || slices.Contains(body, w.Target) || w.net.exclusive(body) {
			continue
		}
		for _, b := range body {
			if w.net.lits[b].kind == Proposition {
				w.users[b] = append(w.users[b], len(w.rules))
			}
		}
		w.rules = append(w.rules, rule{head: r.head, body: body})
		w.join(r.head, nil, body)
	}
}

// join queues set, joined with each set of each of the other premises.
func (w *grown) join(head Lit, set []Lit, others []Lit) {
	if len(others) == 0 {
		w.push(head, set)
		return
	}
	x, others := others[0], others[1:]
	if w.net.lits[x].kind != Proposition {
		w.join(head, merged(set, []Lit{x}), others)
		return
	}
	if t := w.taken[x]; t != nil {
		for i := 0; i < len(t.all); i++ {
			w.join(head, merged(set, t.all[i]), others)
		}
	}
}

// merged is the union of two sorted sets.
func merged(a, b []Lit) []Lit {
	out := make([]Lit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// push queues a set by its size unless it is of no use.
func (w *grown) push(head Lit, set []Lit) {
	if len(set) > w.Size {
		w.cut = w.cut || !w.net.exclusive(set) && !w.taken[head].covers(set) && !w.taken[w.Target].covers(set)
		return
	}
	if w.net.exclusive(set) || w.taken[head].covers(set) || w.taken[w.Target].covers(set) {
		return
	}
	at := max(len(set), w.level)
	for len(w.queue) <= at {
		w.queue = append(w.queue, nil)
	}
	w.queue[at] = append(w.queue[at], reached{head, set})
}

// vain reports whether some group of gates leaves a set no way on.
func (w *grown) vain(set []Lit) bool {
	for _, group := range w.Gates {
		if !w.opens(group, set) {
			return true
		}
	}
	return false
}

// opens reports whether a set of the group leads on; the one that does is asked
// first the next time.
func (w *grown) opens(group [][]Lit, set []Lit) bool {
	for i, gate := range group {
		both := merged(set, gate)
		switch {
		case w.net.exclusive(both) || w.taken[w.Target].covers(both):
		case len(both) > w.Size:
			w.cut = true
		default:
			group[0], group[i] = group[i], group[0]
			return true
		}
	}
	return false
}
