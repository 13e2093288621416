package chain

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// DefaultNodes is the number of diagram nodes at which Compile stops unless
// Limits says another.
const DefaultNodes = 8_000_000

// Limits bounds the work of Compile. The zero value takes the defaults. Nodes
// bounds the nodes of the diagram and the situations it is made from; one takes
// some 60 bytes and up to a microsecond, several where choices with
// alternatives or shared elements keep the program from a walker.
type Limits struct {
	Nodes int
}

// TooLarge says that a diagram would pass a limit. No answer was given.
type TooLarge struct {
	Target string
	Nodes  int
}

func (e *TooLarge) Error() string {
	return fmt.Sprintf("the exact probability of %q needs a diagram of more than %d nodes; raise the limit, or ask for chains up to a size instead", e.Target, e.Nodes)
}

// The nodes of every diagram that say how the target turns out.
const (
	zero int32 = iota // it does not come about
	one               // it does
)

// node decides one variable: edges are one for each atom that may be, then the
// one for none of them.
type node struct{ first, count int32 }

type edge struct{ atom, to int32 }

// Diagram is a decision diagram of one target. It never changes; any number of
// goroutines may ask it.
type Diagram struct {
	Target Lit
	*program
	limit int
	nodes []node // children before parents; zero and one first
	edges []edge
	root  int32
}

// Compile makes the diagram of target. It fails with the mistakes of the net,
// with *TooLarge, or when ctx ends.
func (n *Net) Compile(ctx context.Context, target Lit, limits Limits) (*Diagram, error) {
	if err := n.check(target); err != nil {
		return nil, err
	}
	if limits.Nodes == 0 {
		limits.Nodes = DefaultNodes
	}
	limits.Nodes = min(limits.Nodes, 1<<28) // nodes are counted in 32 bits
	d := &Diagram{Target: target, program: n.program(target), limit: limits.Nodes}
	if err := d.build(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Diagram) build(ctx context.Context) (err error) {
	about := d.net.Name(d.Target)
	switch {
	case d.settled:
		d.root, d.nodes = one, make([]node, 2)
	case d.target < 0:
		d.root, d.nodes = zero, make([]node, 2)
	case walkable(d.program):
		w := newWalker(ctx, d.program, d.limit)
		w.about = about
		d.root, err = w.walk(d.props)
		d.nodes, d.edges = w.nodes, w.edges
	default:
		g := newGrower(ctx, d.program, d.limit)
		g.about = about
		d.root, err = g.grow()
		d.nodes, d.edges = g.nodes, g.edges
	}
	return err
}

// Nodes is the size of the diagram.
func (d *Diagram) Nodes() int { return len(d.nodes) }

// grower builds a diagram from the top. What is still open is a situation: the
// set of propositions that still matter and do not hold, the set of clauses
// that may still fire, and the set of atoms that are there and that such a
// clause asks for. Equal situations have equal futures, so each is one node.
// A proposition that no clause can bring about any more, or that target cannot
// need any more, is forgotten with its clauses.
type grower struct {
	p     *program
	ctx   context.Context
	limit int
	about string // the target

	open, live, there int        // words of the three sets, which follow each other
	body, atoms       [][]uint64 // by clause
	asking            [][]uint64 // by atom: the clauses that ask for it

	memo  map[string]int32
	nodes []node
	edges []edge
	key   []byte
	need  []uint64
}

func words(n int) int { return (n + 63) / 64 }

func put(set []uint64, i int32)      { set[i>>6] |= 1 << (i & 63) }
func drop(set []uint64, i int32)     { set[i>>6] &^= 1 << (i & 63) }
func has(set []uint64, i int32) bool { return set[i>>6]>>(i&63)&1 != 0 }
func hit(a, b []uint64) bool {
	for i, w := range a {
		if w&b[i] != 0 {
			return true
		}
	}
	return false
}

func newGrower(ctx context.Context, p *program, limit int) *grower {
	g := &grower{p: p, ctx: ctx, limit: limit, memo: map[string]int32{}}
	g.open, g.live, g.there = words(p.props), words(len(p.clauses)), words(len(p.atoms))
	g.need = make([]uint64, g.open)
	for range p.atoms {
		g.asking = append(g.asking, make([]uint64, g.live))
	}
	for i, c := range p.clauses {
		body, atoms := make([]uint64, g.open), make([]uint64, g.there)
		for _, b := range c.body {
			put(body, b)
		}
		for _, a := range c.atoms {
			put(atoms, a)
			put(g.asking[a], int32(i))
		}
		g.body, g.atoms = append(g.body, body), append(g.atoms, atoms)
	}
	g.nodes = make([]node, 2)
	return g
}

func (g *grower) split(s []uint64) (open, live, there []uint64) {
	return s[:g.open], s[g.open : g.open+g.live], s[g.open+g.live:]
}

func (g *grower) grow() (int32, error) {
	s := make([]uint64, g.open+g.live+g.there)
	open, live, _ := g.split(s)
	for i := range g.p.props {
		put(open, int32(i))
	}
	for i := range g.p.clauses {
		put(live, int32(i))
	}
	return g.node(s)
}

// node is the node of situation s, which it may change.
func (g *grower) node(s []uint64) (int32, error) {
	if end, settled := g.settle(s); settled {
		return end, nil
	}
	g.key = g.key[:0]
	for _, w := range s {
		g.key = binary.LittleEndian.AppendUint64(g.key, w)
	}
	if id, ok := g.memo[string(g.key)]; ok {
		return id, nil
	}
	key := string(g.key)
	if max(len(g.nodes), len(g.memo)) > g.limit {
		return 0, &TooLarge{Target: g.about, Nodes: g.limit}
	}
	if len(g.memo)%1024 == 0 && g.ctx.Err() != nil {
		return 0, fmt.Errorf("chain: compiling the diagram: %w", g.ctx.Err())
	}
	list, err := g.branches(s)
	if err != nil {
		return 0, err
	}
	id := g.intern(list)
	g.memo[key] = id
	return id, nil
}

func (g *grower) intern(list []edge) int32 {
	same := true
	for _, e := range list {
		same = same && e.to == list[0].to
	}
	if same {
		return list[0].to
	}
	g.nodes = append(g.nodes, node{first: int32(len(g.edges)), count: int32(len(list))})
	g.edges = append(g.edges, list...)
	return int32(len(g.nodes) - 1)
}

// branches decides one variable of situation s.
func (g *grower) branches(s []uint64) ([]edge, error) {
	var list []edge
	options := g.next(s)
	child := make([]uint64, len(s))
	for _, a := range options {
		copy(child, s)
		g.decide(child, options, a)
		to, err := g.node(child)
		if err != nil {
			return nil, err
		}
		list = append(list, edge{atom: a, to: to})
	}
	copy(child, s)
	g.decide(child, options, -1)
	to, err := g.node(child)
	return append(list, edge{atom: -1, to: to}), err
}

// next is the atoms, still asked for, of the variable to decide now: of the
// first clause whose propositions all hold, the one that most clauses ask for.
func (g *grower) next(s []uint64) []int32 {
	open, live, there := g.split(s)
	best, most := int32(-1), 0
	each(live, func(i int32) {
		if best >= 0 || hit(g.body[i], open) {
			return
		}
		for _, a := range g.p.clauses[i].atoms {
			if n := common(live, g.asking[a]); !has(there, a) && n > most {
				best, most = a, n
			}
		}
	})
	if best < 0 {
		panic(fmt.Sprintf("chain: an open situation with nothing to decide: %x", s))
	}
	var list []int32
	for _, a := range g.p.vars[g.p.atoms[best].of].atoms {
		if hit(live, g.asking[a]) {
			list = append(list, a)
		}
	}
	return list
}

// common is the number of members that a and b share.
func common(a, b []uint64) int {
	n := 0
	for i, w := range a {
		n += bits.OnesCount64(w & b[i])
	}
	return n
}

// decide sets atom a there, or none for −1, and the other options not.
func (g *grower) decide(s []uint64, options []int32, a int32) {
	_, live, there := g.split(s)
	for _, x := range options {
		if x == a {
			put(there, x)
			continue
		}
		for w, c := range g.asking[x] {
			live[w] &^= c
		}
	}
}

// settle fires what can fire and forgets what cannot matter. It says how the
// target turns out if that is settled.
func (g *grower) settle(s []uint64) (end int32, settled bool) {
	open, live, there := g.split(s)
	g.fire(open, live, there)
	if !has(open, g.p.target) {
		return one, true
	}
	if !g.support(open, live) {
		return zero, true
	}
	g.forget(open, live, there)
	return 0, false
}

// each calls f for the clauses in live.
func each(live []uint64, f func(i int32)) {
	for w, x := range live {
		for ; x != 0; x &= x - 1 {
			f(int32(w<<6 + bits.TrailingZeros64(x)))
		}
	}
}

func (g *grower) fire(open, live, there []uint64) {
	for again := true; again; {
		again = false
		each(live, func(i int32) {
			c := &g.p.clauses[i]
			switch {
			case !has(open, c.head):
				drop(live, i)
			case !hit(g.body[i], open) && contained(g.atoms[i], there):
				drop(open, c.head)
				again = true
			}
		})
	}
}

// support keeps what live clauses can still bring about, and says whether
// target is among it.
func (g *grower) support(open, live []uint64) bool {
	missing := g.need // what has no support so far
	copy(missing, open)
	for again := true; again; {
		again = false
		each(live, func(i int32) {
			if h := g.p.clauses[i].head; has(missing, h) && !hit(g.body[i], missing) {
				drop(missing, h)
				again = true
			}
		})
	}
	each(live, func(i int32) {
		if hit(g.body[i], missing) {
			drop(live, i)
		}
	})
	for i := range open {
		open[i] &^= missing[i]
	}
	return has(open, g.p.target)
}

// forget drops what target cannot need.
func (g *grower) forget(open, live, there []uint64) {
	need := g.need
	clear(need)
	put(need, g.p.target)
	for again := true; again; {
		again = false
		each(live, func(i int32) {
			if has(need, g.p.clauses[i].head) {
				for w, b := range g.body[i] {
					if b &= open[w] &^ need[w]; b != 0 {
						need[w] |= b
						again = true
					}
				}
			}
		})
	}
	for w := range open {
		open[w] &= need[w]
	}
	asked := make([]uint64, len(there))
	each(live, func(i int32) {
		if !has(need, g.p.clauses[i].head) {
			drop(live, i)
			return
		}
		for w, a := range g.atoms[i] {
			asked[w] |= a
		}
	})
	for w := range there {
		there[w] &= asked[w]
	}
}

func contained(a, b []uint64) bool {
	for i, w := range a {
		if w&^b[i] != 0 {
			return false
		}
	}
	return true
}
