package chain

import (
	"context"
	"fmt"
	"math/bits"
)

// walker builds the diagram of a program of few propositions in which no two
// clauses ask for the same element, as grower would, but with a whole situation
// in three words:
//
//	due    propositions that hold and whose arcs are not decided yet
//	open   propositions that do not hold and still matter
//	joint  clauses with several premises, not decided, that still matter
//
// An arc is a clause with one premise. The arcs among open propositions need no
// word of their own: none of them can have been decided. So there are hardly
// more situations than cuts between what holds and what is open, as in the
// method of Provan & Ball (1984), and all arcs of one proposition are decided
// before situations are compared again.
type walker struct {
	ctx   context.Context
	limit int
	about string // the target
	err   error

	target uint64
	out    [64]uint64    // heads of the arcs of a proposition
	in     [64]uint64    // premises of the arcs to it
	sure   [64]uint64    // heads of arcs that need no element
	atom   [64][64]int32 // of the arc from, to
	joint  []jointClause
	ending [64]uint64 // the joint clauses for a proposition

	memo  table[situation]
	short table[uint64] // instead, where two words of 32 bits are enough
	brief bool
	nodes []node
	edges []edge
}

type jointClause struct {
	body, head uint64
	atom       int32 // −1 for none
}

// situation holds what is still open.
type situation struct{ due, open, joint uint64 }

// walkable says whether a walker can build the diagram of p.
func walkable(p *program) bool {
	uses, joint := make([]int, len(p.atoms)), 0
	for _, c := range p.clauses {
		if len(c.body) > 1 {
			joint++
		}
		if len(c.atoms) > 1 {
			return false
		}
		for _, a := range c.atoms {
			uses[a]++
			if uses[a] > 1 || len(p.vars[p.atoms[a].of].atoms) > 1 {
				return false
			}
		}
	}
	return p.props < 64 && joint <= 64
}

func newWalker(ctx context.Context, p *program, limit int) *walker {
	w := &walker{ctx: ctx, limit: limit, nodes: make([]node, 2), target: 1 << p.target}
	start := int32(p.props) // it holds, and clauses without premises are its arcs
	for _, c := range p.clauses {
		atom := int32(-1)
		if len(c.atoms) > 0 {
			atom = c.atoms[0]
		}
		switch len(c.body) {
		case 0:
			w.arc(start, c.head, atom)
		case 1:
			w.arc(c.body[0], c.head, atom)
		default:
			w.ending[c.head] |= 1 << len(w.joint)
			j := jointClause{head: 1 << c.head, atom: atom}
			for _, b := range c.body {
				j.body |= 1 << b
			}
			w.joint = append(w.joint, j)
		}
	}
	w.brief = p.props < 32 && len(w.joint) == 0
	w.memo.hash, w.short.hash = situation.hash, mixed
	return w
}

func (w *walker) arc(from, to, atom int32) {
	w.out[from] |= 1 << to
	w.in[to] |= 1 << from
	if atom < 0 {
		w.sure[from] |= 1 << to
	} else {
		w.atom[from][to] = atom
	}
}

// walk builds the diagram, the propositions of which are counted up to props.
func (w *walker) walk(props int) (int32, error) {
	root := w.visit(situation{due: 1 << props, open: 1<<props - 1, joint: 1<<len(w.joint) - 1})
	return root, w.err
}

// visit is the node of situation s.
func (w *walker) visit(s situation) int32 {
	if !w.settle(&s) {
		return zero
	}
	if w.brief {
		k := s.due | s.open<<32
		return remembered(&w.short, k, w, s)
	}
	return remembered(&w.memo, s, w, s)
}

// remembered is the node of s, by its key.
func remembered[K comparable](t *table[K], key K, w *walker, s situation) int32 {
	if id, ok := t.find(key); ok {
		return id
	}
	if w.stop(t.used) {
		return zero
	}
	id := w.expand(s)
	t.add(key, id)
	return id
}

func (w *walker) stop(used int) bool {
	switch {
	case w.err != nil:
	case max(len(w.nodes), used) > w.limit:
		w.err = &TooLarge{Target: w.about, Nodes: w.limit}
	case used%4096 == 0 && w.ctx.Err() != nil:
		w.err = fmt.Errorf("chain: compiling the diagram: %w", w.ctx.Err())
	}
	return w.err != nil
}

// expand decides a joint clause whose premises all hold, or else what goes
// through a leaf, or else the arcs of the proposition that has fewest.
func (w *walker) expand(s situation) int32 {
	used := uint64(0)
	for q := s.joint; q != 0; q &= q - 1 {
		if j := &w.joint[bits.TrailingZeros64(q)]; j.body&s.open == 0 {
			s.joint &^= q & -q
			hi := w.bring(s, j.head)
			high := one
			if hi.open&w.target != 0 {
				high = w.visit(hi)
			}
			return w.node(j.atom, high, w.visit(s))
		} else {
			used |= j.body | j.head
		}
	}
	for q := s.open &^ (used | w.target); q != 0; q &= q - 1 {
		v := bits.TrailingZeros64(q)
		if to := w.out[v] & s.open; to&(to-1) == 0 && w.in[v]&s.open&^to == 0 {
			return w.through(v, to, s)
		}
	}
	from, fewest := 0, 65
	for q := s.due; q != 0; q &= q - 1 {
		v := bits.TrailingZeros64(q)
		if n := bits.OnesCount64(w.out[v] & s.open); n < fewest {
			from, fewest = v, n
		}
	}
	s.due &^= 1 << from
	return w.arcs(from, w.out[from], s)
}

// through decides the arcs to leaf v, which no other open proposition than to
// can bring about, and its arc to this one, the only one left that matters.
func (w *walker) through(v int, to uint64, s situation) int32 {
	s.open &^= 1 << v
	low, high := w.visit(s), one
	if next := w.bring(s, to); next.open&w.target != 0 {
		high = w.visit(next)
	}
	if w.sure[v]&to == 0 {
		high = w.node(w.atom[v][bits.TrailingZeros64(to)], high, low)
	}
	id := low
	for q := w.in[v] & s.due; q != 0; q &= q - 1 {
		id = w.node(w.atom[bits.TrailingZeros64(q)][v], high, id)
	}
	return id
}

// arcs decides the arcs to heads, that to the target first.
func (w *walker) arcs(from int, heads uint64, s situation) int32 {
	heads &= s.open
	if heads == 0 {
		return w.visit(s)
	}
	h := heads & w.target
	if h == 0 {
		h = heads & -heads
	}
	high := one
	if next := w.bring(s, h); next.open&w.target != 0 {
		high = w.arcs(from, heads&^h, next)
	}
	return w.node(w.atom[from][bits.TrailingZeros64(h)], high, w.arcs(from, heads&^h, s))
}

// bring makes h hold, and what surely follows.
func (w *walker) bring(s situation, h uint64) situation {
	for h &= s.open; h != 0; h &= s.open {
		v := bits.TrailingZeros64(h)
		s.open &^= 1 << v
		s.due |= 1 << v
		h |= w.sure[v]
		for q := s.joint; q != 0; q &= q - 1 {
			if j := &w.joint[bits.TrailingZeros64(q)]; j.atom < 0 && j.body&s.open == 0 {
				h |= j.head
			}
		}
	}
	return s
}

func (w *walker) node(atom, high, low int32) int32 {
	if high == low {
		return low
	}
	w.nodes = append(w.nodes, node{first: int32(len(w.edges)), count: 2})
	w.edges = append(w.edges, edge{atom, high}, edge{-1, low})
	return int32(len(w.nodes) - 1)
}

// settle forgets what cannot matter, and says whether the target can still come
// about.
func (w *walker) settle(s *situation) bool {
	can := w.forward(s)
	if can&w.target == 0 {
		return false
	}
	for q := s.joint; q != 0; q &= q - 1 {
		if w.joint[bits.TrailingZeros64(q)].body&s.open&^can != 0 {
			s.joint &^= q & -q
		}
	}
	s.open = can
	s.open = w.backward(s)
	var used uint64 // by joint clauses
	for q := s.joint; q != 0; q &= q - 1 {
		j := &w.joint[bits.TrailingZeros64(q)]
		if j.head&s.open == 0 {
			s.joint &^= q & -q
		} else {
			used |= j.head | j.body
		}
	}
	w.strip(s, used)
	for q := s.due; q != 0; q &= q - 1 {
		if w.out[bits.TrailingZeros64(q)]&s.open == 0 {
			s.due &^= q & -q
		}
	}
	return true
}

// forward is the open propositions that can still come about.
func (w *walker) forward(s *situation) uint64 {
	var can uint64
	for again := true; again; {
		for q := s.due | can; q != 0; {
			v := bits.TrailingZeros64(q)
			q &= q - 1
			more := w.out[v] & s.open &^ can
			can |= more
			q |= more
		}
		again = false
		for q := s.joint; q != 0; q &= q - 1 {
			if j := &w.joint[bits.TrailingZeros64(q)]; j.head&s.open&^can != 0 && j.body&s.open&^can == 0 {
				can |= j.head
				again = true
			}
		}
	}
	return can
}

// backward is the open propositions that the target can need.
func (w *walker) backward(s *situation) uint64 {
	need := w.target
	for q := need; q != 0; {
		v := bits.TrailingZeros64(q)
		q &= q - 1
		more := w.in[v]
		for e := w.ending[v] & s.joint; e != 0; e &= e - 1 {
			more |= w.joint[bits.TrailingZeros64(e)].body
		}
		more &= s.open &^ need
		need |= more
		q |= more
	}
	return need
}

// strip forgets dead ends: a proposition that one other alone can bring about,
// and that can bring about only this one.
func (w *walker) strip(s *situation, used uint64) {
	for again := true; again; {
		again = false
		for q := s.open &^ (used | w.target); q != 0; q &= q - 1 {
			v := bits.TrailingZeros64(q)
			if by := w.in[v]&(s.open|s.due) | w.out[v]&s.open; by&(by-1) == 0 {
				s.open &^= 1 << v
				again = true
			}
		}
	}
}

// table finds nodes by situations: a hash table with open addressing.
type table[K comparable] struct {
	slots []slot[K]
	hash  func(K) uint64
	used  int
}

type slot[K comparable] struct {
	key K
	id  int32 // and one; 0 for an empty slot
}

func (t *table[K]) slot(k K) *slot[K] {
	mask := uint64(len(t.slots) - 1)
	for i := t.hash(k) & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.id == 0 || s.key == k {
			return s
		}
	}
}

func (t *table[K]) find(k K) (int32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	id := t.slot(k).id
	return id - 1, id != 0
}

func (t *table[K]) add(k K, id int32) {
	if 2*t.used >= len(t.slots) {
		old := t.slots
		t.slots = make([]slot[K], max(1024, 4*len(old)))
		for _, s := range old {
			if s.id != 0 {
				*t.slot(s.key) = s
			}
		}
	}
	*t.slot(k) = slot[K]{k, id + 1}
	t.used++
}

func mixed(x uint64) uint64 {
	x = (x ^ x>>32) * 0xd6e8feb86659fd93
	x = (x ^ x>>32) * 0xd6e8feb86659fd93
	return x ^ x>>32
}

func (s situation) hash() uint64 { return mixed(s.due ^ mixed(s.open^mixed(s.joint))) }
