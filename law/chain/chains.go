package chain

import (
	"context"
	"fmt"
	"slices"
)

// Bound says how many sets are wanted, and of what size. Zero is no bound of
// that kind.
type Bound struct {
	Max  int // at most this many sets, the first in order; 0 also counts them all
	Size int // only sets of up to this many elements
	Work int // stop after this many partial chains, or branches for cuts; 0 is DefaultWork
}

// DefaultWork is where Chains and Cuts stop looking unless Bound says another.
const DefaultWork = 80_000

// Sets is an answer of Chains or Cuts: minimal sets of elements, by size, then
// by the names in them, which are in order too. No set and not Complete means
// that it is not known whether there is one larger than UpTo.
type Sets struct {
	Sets [][]Lit
	// Found is the number of sets found, listed or not. It is the number of
	// all there are if Complete.
	Found    int
	Complete bool
	// UpTo is the largest size of which every set was found; of no meaning if
	// Complete.
	UpTo int
}

// Chains is the minimal sets of elements that bring target about: none has two
// alternatives of one choice, and none would do without one of its elements
// (prime implicants; Quine 1952, Rauzy 1993). A target that holds by rules
// alone has one chain, the empty one; a target that cannot come about has
// none, and the answer is complete.
//
// Sets are looked for by size. The search ends with the size at which Bound.Max
// is reached, with Bound.Size, or when Bound.Work is used up; then the answer
// is not complete, and UpTo says how far it goes. When ctx ends it gives what was
// found so far, with the error.
func (n *Net) Chains(ctx context.Context, target Lit, b Bound) (Sets, error) {
	if err := n.check(target); err != nil {
		return Sets{}, err
	}
	f := n.finder(n.reduced(target), target, func(Lit) bool { return true })
	f.size, f.max = b.Size, b.Max
	f.look = f.ahead()
	err := f.run(ctx, b.work(), -1)
	s := Sets{Found: len(f.sets[target]), Complete: f.level < 0 && !f.cut, UpTo: f.level - 1}
	if f.level < 0 {
		s.UpTo = b.Size
	}
	for _, set := range f.sets[target] {
		s.Sets = append(s.Sets, f.lits(set))
	}
	n.bySize(s.Sets)
	if err == nil {
		s.list(b.Max)
	}
	return s, err
}

// list keeps the first most of the sets; those of a size of which not all were
// found are not listed.
func (s *Sets) list(most int) {
	if !s.Complete {
		s.Sets = slices.DeleteFunc(s.Sets, func(set []Lit) bool { return len(set) > s.UpTo })
	}
	if most > 0 && len(s.Sets) > most {
		s.Sets = s.Sets[:most]
	}
}

func (b Bound) work() int {
	if b.Work == 0 {
		return DefaultWork
	}
	return b.Work
}

// finder finds minimal sets in order of size, for every proposition at once
// (Knuth 1977, with all sets in place of the best): a set that is taken
// up for one premise is joined with those of the others, and no set is taken up
// that contains one taken up before. A set of a proposition that already
// brings the target about needs no going on.
type finder struct {
	net     *Net
	target  Lit
	rules   []rule
	users   map[Lit][]int32
	number  []int32 // of an element that sets speak of, else −1
	element []Lit   // by number
	counts  []bool  // whether an element counts for size, by number
	excl    [][]int32

	words int
	sets  map[Lit][][]uint64
	last  map[Lit][][]int32 // sets of a proposition by their last element, and those with none
	queue [][]found         // by size
	size  int               // bound of sizes, 0 for none
	max   int               // of sets for the target, after which no larger ones are looked for, 0 for none
	level int               // the size being worked on when run stopped, −1 if it ended
	cut   bool              // whether a set was left for its size
	look  *ahead            // sorts out sets that lead nowhere new; nil: none are
}

type found struct {
	head Lit
	set  []uint64
}

// finder looks for sets by rules. Elements for which counts is false have no
// size; and are left out of sets where they exclude nothing.
func (n *Net) finder(rules []rule, target Lit, counts func(Lit) bool) *finder {
	f := &finder{net: n, target: target, rules: rules, users: map[Lit][]int32{}, sets: map[Lit][][]uint64{}, last: map[Lit][][]int32{}}
	f.number = make([]int32, len(n.lits))
	groups := map[int32][]int32{}
	for i, r := range rules {
		for _, b := range r.body {
			f.users[b] = append(f.users[b], int32(i))
			f.number[b] = 1
		}
	}
	for x, asked := range f.number {
		l := n.lits[x]
		f.number[x] = -1
		if asked == 0 || l.kind == Proposition || !counts(Lit(x)) && !n.excludes(Lit(x), f.users) {
			continue
		}
		f.number[x] = int32(len(f.element))
		f.element = append(f.element, Lit(x))
		f.counts = append(f.counts, counts(Lit(x)))
		if l.group >= 0 {
			groups[l.group] = append(groups[l.group], f.number[x])
		}
	}
	f.excl = make([][]int32, len(f.element))
	for i, x := range f.element {
		if g := n.lits[x].group; g >= 0 {
			f.excl[i] = slices.DeleteFunc(slices.Clone(groups[g]), func(j int32) bool { return j == int32(i) })
		}
	}
	f.words = words(len(f.element))
	return f
}

// excludes says whether another alternative of the choice of x is used.
func (n *Net) excludes(x Lit, users map[Lit][]int32) bool {
	g := n.lits[x].group
	return g >= 0 && slices.ContainsFunc(n.groups[g], func(y Lit) bool { return y != x && len(users[y]) > 0 })
}

// run works up the sizes until there is no more to find, most sets have been
// taken up, or the target has enough of them (−1 for no end).
func (f *finder) run(ctx context.Context, most, enough int) error {
	for _, r := range f.rules {
		f.join(r, make([]uint64, f.words), r.body)
	}
	taken := 0
	for f.level = 0; f.level < len(f.queue); f.level++ {
		for i := 0; i < len(f.queue[f.level]); i++ {
			c := f.queue[f.level][i]
			if i%256 == 0 && ctx.Err() != nil {
				return fmt.Errorf("chain: looking for chains: %w", ctx.Err())
			}
			if f.covered(c.head, c.set) || f.covered(f.target, c.set) || f.vain(c) {
				continue
			}
			if taken++; taken > most {
				return nil
			}
			f.take(c)
			if c.head == f.target && len(f.sets[f.target]) == enough {
				return nil
			}
		}
		f.queue[f.level] = nil
		if f.max > 0 && len(f.sets[f.target]) >= f.max && f.level+1 < len(f.queue) {
			f.level++
			return nil
		}
	}
	f.level = -1
	return nil
}

// vain reports whether a set leads to no chain that is looked for.
func (f *finder) vain(c found) bool {
	if f.look == nil || c.head == f.target {
		return false
	}
	yes, short := f.look.hopeless(c.set)
	f.cut = f.cut || short
	return yes
}

// take takes up one set and joins it with those of other premises.
func (f *finder) take(c found) {
	if f.last[c.head] == nil {
		f.last[c.head] = make([][]int32, len(f.element)+1)
	}
	top := len(f.element)
	f.each(c.set, func(i int) { top = i })
	f.last[c.head][top] = append(f.last[c.head][top], int32(len(f.sets[c.head])))
	f.sets[c.head] = append(f.sets[c.head], c.set)
	for _, i := range f.users[c.head] {
		r := f.rules[i]
		rest := slices.DeleteFunc(slices.Clone(r.body), func(b Lit) bool { return b == c.head })
		f.join(r, c.set, rest)
	}
}

// join queues set, joined with each set of each of the other premises.
func (f *finder) join(r rule, set []uint64, others []Lit) {
	if len(others) == 0 {
		f.push(r.head, set)
		return
	}
	x, others := others[0], others[1:]
	if f.net.lits[x].kind != Proposition {
		if i := f.number[x]; i >= 0 && !has(set, i) {
			set = slices.Clone(set)
			put(set, i)
		}
		f.join(r, set, others)
		return
	}
	for _, s := range f.sets[x] {
		f.join(r, union(set, s), others)
	}
}

func union(a, b []uint64) []uint64 {
	c := slices.Clone(a)
	for i, w := range b {
		c[i] |= w
	}
	return c
}

// push queues a set by its size unless it is of no use.
func (f *finder) push(head Lit, set []uint64) {
	size, bad := 0, false
	f.each(set, func(i int) {
		if f.counts[i] {
			size++
		}
		bad = bad || slices.ContainsFunc(f.excl[i], func(j int32) bool { return has(set, j) })
	})
	if bad || f.covered(head, set) {
		return
	}
	if f.size > 0 && size > f.size {
		f.cut = true
		return
	}
	for len(f.queue) <= size {
		f.queue = append(f.queue, nil)
	}
	f.queue[size] = append(f.queue[size], found{head, set})
}

// covered says whether set contains one taken up for head.
func (f *finder) covered(head Lit, set []uint64) bool {
	last := f.last[head]
	if last == nil {
		return false
	}
	inside := func(i int32) bool { return contained(f.sets[head][i], set) }
	yes := len(last[len(f.element)]) > 0
	f.each(set, func(i int) { yes = yes || slices.ContainsFunc(last[i], inside) })
	return yes
}

func (f *finder) each(set []uint64, do func(i int)) {
	each(set, func(i int32) { do(int(i)) })
}

func (f *finder) lits(set []uint64) []Lit {
	list := []Lit{}
	f.each(set, func(i int) { list = append(list, f.element[i]) })
	return list
}
