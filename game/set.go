package game

import (
	"math/bits"
	"slices"
)

// set is a set of small numbers: accounts of a game, years.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }
func (s set) clone() set     { return slices.Clone(s) }

// join adds what is in t.
func (s set) join(t set) {
	for i := range t {
		s[i] |= t[i]
	}
}

// joinBoth adds what is in both t and u.
func (s set) joinBoth(t, u set) {
	for i := range s {
		s[i] |= t[i] & u[i]
	}
}

// each yields the members in order.
func (s set) each(yield func(int) bool) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			if !yield(i*64 + bits.TrailingZeros64(w)) {
				return
			}
		}
	}
}
