package chain

import (
	"context"
	"fmt"
	"slices"
)

// Cuts is an answer about what prevents a target.
type Cuts struct {
	Sets
	// Uncut is a chain of target with nothing that may be removed, when there
	// is one and so no cut; only then is Impossible true.
	Impossible bool
	Uncut      []Lit
}

// Cuts is the minimal sets of elements, out of those that removable allows,
// without which target cannot come about (minimal cut sets: minimal hitting
// sets of the chains; Reiter 1987). A removed alternative is not taken any
// more. If target cannot come about anyhow, the only cut is the empty one.
//
// Bound.Size = 0 goes on to larger cuts until Bound.Max are found.
func (n *Net) Cuts(ctx context.Context, target Lit, removable func(Lit) bool, b Bound) (Cuts, error) {
	if err := n.check(target); err != nil {
		return Cuts{}, err
	}
	c := &cutter{net: n, target: target, rules: n.reduced(target), ctx: ctx, work: b.work(),
		state: make([]byte, len(n.lits)), may: make([]bool, len(n.lits)), gone: make([]uint64, words(len(n.lits)))}
	for x := range n.lits {
		c.may[x] = n.lits[x].kind != Proposition && removable(Lit(x))
	}
	chain, ok := c.chain()
	if c.err != nil {
		return Cuts{}, c.err
	}
	if ok && len(c.free(chain)) == 0 {
		return Cuts{Impossible: true, Uncut: n.byName(c.whole()), Sets: Sets{Complete: true}}, nil
	}
	return c.deepen(b)
}

// link is the removable part of a chain.
type link struct {
	list []Lit
	set  []uint64
}

// What the search has settled about an element.
const (
	free byte = iota
	kept
	removed
)

// cutter searches for cuts by branching on a chain: one of its elements has to
// go. The branches of one chain keep what the earlier ones removed, so that no
// set is met twice.
type cutter struct {
	net    *Net
	target Lit
	rules  []rule
	ctx    context.Context
	work   int // calls of chain left
	err    error

	may   []bool // by Lit: whether it is removable
	state []byte // by Lit
	known []link // chains met so far
	gone  []uint64
	out   []Lit // what is removed
	size  int   // wanted
	cut   bool  // a branch stopped for its size
	found [][]Lit
}

// deepen looks for cuts of one size after another.
func (c *cutter) deepen(b Bound) (Cuts, error) {
	s := Sets{UpTo: -1}
	for c.size = 0; ; c.size++ {
		c.cut, c.found = false, nil
		c.branch()
		if c.err != nil || c.work <= 0 {
			break
		}
		s.Sets, s.UpTo = append(s.Sets, c.found...), c.size
		s.Complete = !c.cut
		if s.Complete || c.size == b.Size && b.Size > 0 || b.Max > 0 && len(s.Sets) >= b.Max {
			break
		}
	}
	s.Found = len(s.Sets)
	c.net.bySize(s.Sets)
	s.list(b.Max)
	return Cuts{Sets: s}, c.err
}

// branch finds the minimal cuts of the wanted size that remove what is out and
// nothing kept.
func (c *cutter) branch() {
	chain, ok := c.chain()
	switch {
	case c.err != nil || c.work <= 0:
	case !ok:
		if len(c.out) == c.size && c.minimal() {
			c.found = append(c.found, slices.Clone(c.out))
		}
	case !c.enough(chain):
		c.cut = true
	default:
		c.each(c.free(chain))
	}
}

// each removes one of list, with those before it kept.
func (c *cutter) each(list []Lit) {
	for _, x := range list {
		c.set(x, removed)
		c.out = append(c.out, x)
		c.branch()
		c.out = c.out[:len(c.out)-1]
		c.set(x, kept)
	}
	for _, x := range list {
		c.set(x, free)
	}
}

// enough says whether the size left can break chain and those that share
// nothing removable with it.
func (c *cutter) enough(chain []Lit) bool {
	var gone []Lit
	left, ok := c.size-len(c.out), true
	for ; ok && left >= 0; left-- {
		list := c.free(chain)
		if len(list) == 0 {
			break // no cut here at all; let the branches find out
		}
		for _, x := range list {
			c.set(x, removed)
		}
		gone = append(gone, list...)
		chain, ok = c.chain()
	}
	for _, x := range gone {
		c.set(x, free)
	}
	return left >= 0
}

// minimal says whether every removed element is needed out.
func (c *cutter) minimal() bool {
	for _, x := range c.out {
		c.set(x, kept)
		_, ok := c.chain()
		c.set(x, removed)
		if !ok {
			return false
		}
	}
	return true
}

// free is those of chain that may be removed.
func (c *cutter) free(chain []Lit) []Lit {
	var list []Lit
	for _, x := range chain {
		if c.state[x] == free {
			list = append(list, x)
		}
	}
	return list
}

// set settles x.
func (c *cutter) set(x Lit, s byte) {
	c.state[x] = s
	if s == removed {
		put(c.gone, int32(x))
	} else {
		drop(c.gone, int32(x))
	}
}

// chain is the removable part of a chain that is left, or false: of those known
// the one with the fewest free elements, or else a new one.
func (c *cutter) chain() ([]Lit, bool) {
	c.work--
	var best []Lit
	fewest := 1 << 30
	for _, k := range c.known {
		if !hit(k.set, c.gone) {
			if n := c.count(k.list); n < fewest {
				best, fewest = k.list, n
			}
		}
	}
	if fewest < 1<<30 {
		return best, true
	}
	list, ok := c.first(func(x Lit) bool { return c.may[x] })
	if ok {
		list = slices.DeleteFunc(list, func(x Lit) bool { return !c.may[x] })
		k := link{list, make([]uint64, len(c.gone))}
		for _, x := range list {
			put(k.set, int32(x))
		}
		c.known = append(c.known, k)
	}
	return list, ok
}

// count is the number of free elements of list.
func (c *cutter) count(list []Lit) int {
	n := 0
	for _, x := range list {
		if c.state[x] == free {
			n++
		}
	}
	return n
}

// whole is a chain of nothing removable, with all its elements.
func (c *cutter) whole() []Lit {
	for x, may := range c.may {
		if may {
			c.set(Lit(x), removed)
		}
	}
	chain, _ := c.first(func(Lit) bool { return true })
	return chain
}

func (c *cutter) first(counts func(Lit) bool) ([]Lit, bool) {
	rules := slices.Clone(c.rules)
	rules = slices.DeleteFunc(rules, func(r rule) bool {
		return slices.ContainsFunc(r.body, func(b Lit) bool { return c.state[b] == removed })
	})
	f := c.net.finder(c.net.relevant(rules, c.target), c.target, counts)
	if err := f.run(c.ctx, DefaultWork, 1); err != nil {
		c.err = err
		return nil, false
	}
	if len(f.sets[c.target]) == 0 {
		if f.level >= 0 {
			c.err = fmt.Errorf("whether %q can still come about takes more than %d partial chains to tell; ask with fewer exclusive alternatives", c.net.Name(c.target), DefaultWork)
		}
		return nil, false
	}
	return f.lits(f.sets[c.target][0]), true
}
