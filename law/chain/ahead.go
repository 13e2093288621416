package chain

import (
	"math/bits"
	"slices"
)

// How far partial chains look ahead: so many steps back from the target, over so
// many ways at most; and for so many sets of what may no longer be added it is
// asked whether the target can come about without.
const (
	aheadSteps = 3
	aheadWays  = 600
	aheadWalls = 48
)

// ahead sorts out partial chains that no chain still to be found contains. A
// chain leads to the target by the last steps of some derivation; gates are what
// such last steps ask for. A partial chain that each gate makes too long, or
// completes to a chain found before, is given up. So is one that may not have an
// element more of a chain found before, where the target needs such an element.
type ahead struct {
	*finder
	gates [][]int32 // elements, by number
	walls []wall
}

// wall says whether the target is out of reach where some elements are shut out.
type wall struct {
	shut []uint64
	out  bool
}

func (f *finder) ahead() *ahead {
	a := &ahead{finder: f, gates: [][]int32{nil}}
	by := map[Lit][]rule{}
	for _, r := range f.rules {
		by[r.head] = append(by[r.head], r)
	}
	for depth := 1; depth <= aheadSteps; depth++ {
		g := &gatherer{finder: f, by: by, open: map[Lit]bool{}}
		gates := g.of(f.target, depth)
		if g.over {
			break
		}
		a.gates = make([][]int32, len(gates))
		for i, set := range gates {
			each(set, func(x int32) { a.gates[i] = append(a.gates[i], x) })
		}
	}
	return a
}

// gatherer gathers what the last steps of derivations ask for.
type gatherer struct {
	*finder
	by   map[Lit][]rule
	open map[Lit]bool // propositions being gathered for
	over bool         // there are too many
}

// of is the minimal sets of elements such that every chain for x has one of
// them: those of the last depth rules with elements, along one premise of each.
func (g *gatherer) of(x Lit, depth int) [][]uint64 {
	if depth == 0 || g.open[x] || g.over {
		return [][]uint64{make([]uint64, g.words)}
	}
	g.open[x] = true
	defer delete(g.open, x)
	var out [][]uint64
	for _, r := range g.by[x] {
		set, premise, left := make([]uint64, g.words), Lit(-1), depth
		for _, b := range r.body {
			switch i := g.number[b]; {
			case i >= 0:
				put(set, i)
				left = depth - 1
			case g.net.lits[b].kind == Proposition && premise < 0:
				premise = b
			}
		}
		if premise < 0 {
			out = append(out, set)
			continue
		}
		for _, s := range g.of(premise, left) {
			out = append(out, union(set, s))
		}
		if len(out) > 4*aheadWays {
			out = minimal(out)
			if g.over = len(out) > aheadWays; g.over {
				return out
			}
		}
	}
	out = minimal(out)
	g.over = g.over || len(out) > aheadWays
	return out
}

// minimal is the sets that contain no other, the smaller ones first.
func minimal(sets [][]uint64) [][]uint64 {
	slices.SortStableFunc(sets, func(a, b []uint64) int { return size(a) - size(b) })
	var out [][]uint64
	for _, s := range sets {
		if !slices.ContainsFunc(out, func(o []uint64) bool { return contained(o, s) }) {
			out = append(out, s)
		}
	}
	return out
}

func size(set []uint64) int {
	n := 0
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

// hopeless reports whether no chain still to be found contains set; short says
// that longer ones than are looked for might.
func (a *ahead) hopeless(set []uint64) (yes, short bool) {
	if a.walled(set) {
		return true, false
	}
	room := len(set) * 64
	if a.size > 0 {
		room = a.size - size(set)
	}
	both := make([]uint64, a.words)
	for i, g := range a.gates {
		switch long := missing(g, set) > room; {
		case long && short:
		case a.completes(g, set, both):
		case long:
			short = true
		default: // what leads on from here leads on from the next one, mostly
			a.gates[0], a.gates[i] = a.gates[i], a.gates[0]
			return false, false
		}
	}
	return true, short
}

// missing is how many elements of a gate are not in a set.
func missing(gate []int32, set []uint64) int {
	n := 0
	for _, x := range gate {
		if !has(set, x) {
			n++
		}
	}
	return n
}

// completes reports whether a gate makes of a set a chain found before.
func (a *ahead) completes(gate []int32, set, both []uint64) bool {
	copy(both, set)
	for _, x := range gate {
		put(both, x)
	}
	return a.covered(a.target, both)
}

// walled reports whether the target cannot come about without an element that
// would complete set to a chain found before.
func (a *ahead) walled(set []uint64) bool {
	shut := make([]uint64, a.words)
	for _, k := range a.sets[a.target] {
		rest, n := 0, 0
		for i, w := range k {
			if w &^= set[i]; w != 0 {
				rest, n = i, n+bits.OnesCount64(w)
			}
		}
		if n == 1 {
			shut[rest] |= k[rest] &^ set[rest]
		}
	}
	if size(shut) == 0 {
		return false
	}
	for _, w := range a.walls {
		if slices.Equal(w.shut, shut) {
			return w.out
		}
	}
	if len(a.walls) == aheadWalls {
		return false
	}
	holds := a.net.closure(a.rules, func(x Lit) bool { return a.number[x] < 0 || !has(shut, a.number[x]) })
	a.walls = append(a.walls, wall{shut, !holds[a.target]})
	return !holds[a.target]
}
