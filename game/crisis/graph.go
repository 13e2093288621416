package crisis

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
)

// MaxStates is the bound on the states of one graph unless a caller gives
// another.
const MaxStates = 400_000

// reward is an amount added to one sum along an edge.
type reward struct {
	to   int
	node tape.Node
}

// edge is one choice of a node: what it pays and where it leads.
type edge struct {
	choice  int
	prob    tape.Node // of a chance
	rewards []reward
	next    int
}

// node is a decision or a chance of the state graph. Node 0 is the end. In a
// game that goes on, a node without edges leads to the year that begins with
// state again − 1 of Graph.starts.
type node struct {
	mover int // index in Game.Actors; -1 for a chance
	at    *position
	edges []edge
	again int

	base  []tape.Node // of a move, by edge: base odds; nil where all are 1
	nests []nest      // of a move
}

// nest is a set of edges that are copies or kin.
type nest struct {
	edges []int
	scale tape.Node
}

// start is a state that a year can begin with, and where that year leads. Like is
// the first state from which the year is played in the same way: the two differ
// in what is only counted.
type start struct {
	facts facts
	entry ref
	like  int
}

// ref is where a state leads once forced steps are passed: a node, and what
// was paid on the way.
type ref struct {
	rewards []reward
	next    int
}

// key is a state: its place in the sequence, its year, its live facts.
type key struct {
	at    int32
	year  int32
	facts facts
}

// Graph is the state graph of a game. Children come before their parents.
type Graph struct {
	Game   *Game
	nodes  []node
	root   ref
	states int // states visited, before equal ones merged
	byStep map[string]int
	starts []start
	begins map[facts]int // a state that a year begins with → its node
	memo   map[key]ref
	same   map[string]int
	rests  map[tape.Node]string // what is left of a chance: must not be negative
	bases  map[tape.Node]string // base odds, by the step that has them: must be above 0
	most   int
	ctx    context.Context

	shown *yearly // the year with all that the measures add up; nil where the game ends with its horizon

	ways map[*syntax.Expr]*ways // to what chains were asked for

	terms    []tape.Node // what Play evaluates in a world, once asked
	evaluate *tape.Program
}

// TooLarge says that a state graph passed its bound, and which step multiplies
// it most.
type TooLarge struct {
	Option, Step string
	Bound        int
	Times        float64 // states at the step for each state of the step before
}

// Error names the step and what to do.
func (e *TooLarge) Error() string {
	return fmt.Sprintf("option %s: the state graph passes %d states; step %s multiplies it most (×%.3g): fewer actors or levels there, or a higher --max-states", e.Option, e.Bound, e.Step, e.Times)
}

// Build explores the state graph of a game. It fails when the graph passes the
// bound (zero: MaxStates) or the context ends.
func Build(ctx context.Context, g *Game, most int) (gr *Graph, err error) {
	gr = &Graph{Game: g, memo: map[key]ref{}, same: map[string]int{}, byStep: map[string]int{}, begins: map[facts]int{}, rests: map[tape.Node]string{}, bases: map[tape.Node]string{}, most: cmp.Or(most, MaxStates), ctx: ctx}
	gr.nodes = []node{{mover: -1}}
	defer func() {
		if r := recover(); r != nil {
			stop, ok := r.(stopped)
			if !ok {
				panic(r)
			}
			gr, err = nil, stop.err
		}
	}()
	gr.root = gr.visit(0, 1, g.begin)
	gr.root.rewards = join(gr.atStart(), gr.root.rewards)
	for i := 0; i < len(gr.starts); i++ { // visiting one may find more
		gr.starts[i].entry = gr.visit(g.years, 1, gr.starts[i].facts)
	}
	return gr, nil
}

// stopped carries an error out of the recursion.
type stopped struct{ err error }

// atStart pays what holds from the beginning.
func (gr *Graph) atStart() []reward {
	var out []reward
	for i := range gr.Game.payoffs {
		if q := &gr.Game.payoffs[i]; !q.yearly && q.when.holds(gr.Game.begin) && q.given.holds(gr.Game.begin) {
			out = gr.add(out, q.to, q.amount.node(gr.Game.begin))
		}
	}
	return out
}

// visit leads a state on to its next node: steps whose guard does not hold
// are passed over before the state is looked up, forced ones are followed.
func (gr *Graph) visit(at, year int, f facts) ref {
	g := gr.Game
	for at < len(g.steps) && !g.steps[at].when.holds(f) {
		at++
	}
	if at == len(g.steps) {
		return gr.endYear(year, f)
	}
	k := gr.keyOf(at, year, f)
	if r, ok := gr.memo[k]; ok {
		return r
	}
	gr.count(at)
	p := g.steps[at]
	var r ref
	switch open := gr.openChoices(p, k.facts); len(open) {
	case 0:
		r = gr.visit(at+1, year, k.facts)
	case 1: // forced; of a chance, what is left is all
		r = gr.follow(p, at, year, k.facts, open[0])
	default:
		r = gr.branch(p, at, year, k.facts, open)
	}
	gr.memo[k] = r
	return r
}

func (gr *Graph) count(at int) {
	if gr.states++; gr.states%1024 == 0 && gr.ctx.Err() != nil {
		panic(stopped{gr.ctx.Err()})
	}
	gr.byStep[gr.Game.steps[at].step.Name]++
	if gr.states > gr.most {
		step, times := gr.Size().Multiplies()
		panic(stopped{&TooLarge{Option: gr.Game.Option.Name, Step: step, Bound: gr.most, Times: times}})
	}
}

// keyOf drops the facts nothing later reads, and the year once no further year
// will be played, or where all years are alike.
func (gr *Graph) keyOf(at, year int, f facts) key {
	p := gr.Game.steps[at]
	if gr.Game.goesOn() {
		live := p.live
		if f.meets(gr.Game.sealed) {
			live = p.liveEnd
		}
		return key{int32(at), 0, f.and(live)}
	}
	if f.meets(gr.Game.sealed) || year == gr.Game.Case.Horizon {
		f = f.and(p.liveEnd)
		if f.meets(gr.Game.sealed) {
			year = 0
		}
		return key{int32(at), int32(year), f}
	}
	return key{int32(at), int32(year), f.and(p.live)}
}

// openChoices are the choices that may be made in a state.
func (gr *Graph) openChoices(p *position, f facts) []int {
	var out []int
	for i := range p.choices {
		if p.choices[i].when.holds(f) {
			out = append(out, i)
		}
	}
	return out
}

// after is the state a choice leads to, before facts for the step are cleared.
func (g *Game) after(o *option, f facts) facts {
	if o.event != nil {
		for i, owed := range g.happen(o.event, f) {
			f = g.slots[dutyFact+"("+g.Actors[i]+")"].set(f, owed.Level)
		}
	}
	for _, e := range o.effects {
		switch {
		case e.slot.width == 0 || !e.when.holds(f):
		case e.raise:
			f = e.slot.set(f, min(e.max, e.slot.get(f)+1))
		default:
			f = e.slot.set(f, e.value)
		}
	}
	return f
}

// follow makes one choice: its payoffs, then the steps that follow.
func (gr *Graph) follow(p *position, at, year int, f facts, choice int) ref {
	g := gr.Game
	post := g.after(&p.choices[choice], f)
	paid := gr.pay(f, post, p.pays)
	r := gr.visit(at+1, year, post.minus(g.step))
	return ref{join(paid, r.rewards), r.next}
}

// pay gives the payoffs whose condition comes true on a step.
func (gr *Graph) pay(before, after facts, due []int) []reward {
	var out []reward
	for _, i := range due {
		q := &gr.Game.payoffs[i]
		if q.when.holds(after) && !q.when.holds(before) && q.given.holds(after) {
			out = gr.add(out, q.to, q.amount.node(after))
		}
	}
	return out
}

func (gr *Graph) add(rs []reward, to int, n tape.Node) []reward {
	if gr.Game.isZero(n) {
		return rs
	}
	return append(rs, reward{to, n})
}

func join(a, b []reward) []reward {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	return slices.Concat(a, b)
}

// endYear pays what is paid each year, forgets what lasts a year, and goes on
// unless the game is final or over.
func (gr *Graph) endYear(year int, f facts) ref {
	g := gr.Game
	var paid []reward
	for i := range g.payoffs {
		if q := &g.payoffs[i]; q.yearly && q.when.holds(f) && q.given.holds(f) {
			paid = gr.add(paid, q.to, q.amount.node(f))
		}
	}
	switch {
	case f.meets(g.fin) || g.years == len(g.steps):
		return ref{rewards: paid}
	case g.goesOn():
		return ref{rewards: paid, next: gr.again(f.minus(g.yearly))}
	case year >= g.Case.Horizon:
		return ref{rewards: paid}
	}
	r := gr.visit(g.years, year+1, f.minus(g.yearly))
	return ref{join(paid, r.rewards), r.next}
}

// again is the node that leads to another year, begun in a state.
func (gr *Graph) again(f facts) int {
	f = f.and(gr.Game.steps[gr.Game.years].live)
	if n, ok := gr.begins[f]; ok {
		return n
	}
	if len(gr.starts) == maxStarts {
		panic(stopped{fmt.Errorf("option %s: a year can begin in more than %d states: fewer facts that last from year to year, or fewer levels of them", gr.Game.Option.Name, maxStarts)})
	}
	like := slices.IndexFunc(gr.starts, func(s start) bool { return s.facts.and(gr.Game.moving) == f.and(gr.Game.moving) })
	if like < 0 {
		like = len(gr.starts)
	}
	gr.starts = append(gr.starts, start{facts: f, like: like})
	gr.nodes = append(gr.nodes, node{mover: -1, again: len(gr.starts)})
	gr.begins[f] = len(gr.nodes) - 1
	return len(gr.nodes) - 1
}

// maxStarts bounds the states a year can begin with: the continuation solves
// for the value of each to each actor.
const maxStarts = 400

// branch makes a node; one with equal edges is used again.
func (gr *Graph) branch(p *position, at, year int, f facts, open []int) ref {
	n := node{mover: p.mover, at: p, edges: make([]edge, 0, len(open))}
	for _, i := range open {
		r := gr.follow(p, at, year, f, i)
		n.edges = append(n.edges, edge{choice: i, rewards: gr.netted(r.rewards), next: r.next})
	}
	if p.mover < 0 {
		gr.chances(p, f, &n)
	} else {
		gr.odds(p, f, &n)
		gr.counted(p, f, &n)
	}
	id := fingerprint(&n)
	if same, ok := gr.same[id]; ok {
		return ref{next: same}
	}
	gr.nodes = append(gr.nodes, n)
	gr.same[id] = len(gr.nodes) - 1
	return ref{next: len(gr.nodes) - 1}
}

// netted adds up the rewards of one edge by what they add to, in order.
func (gr *Graph) netted(rs []reward) []reward {
	var out []reward
	for _, r := range rs {
		if i := slices.IndexFunc(out, func(x reward) bool { return x.to == r.to }); i >= 0 {
			out[i].node = gr.Game.b.Add(out[i].node, r.node)
		} else {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b reward) int { return cmp.Compare(a.to, b.to) })
	return out
}

// odds fills in what a move starts from: the base odds of its choices, and
// which of them are of one nest.
func (gr *Graph) odds(p *position, f facts, n *node) {
	one := gr.Game.b.Const(1)
	gr.startingOdds(p, f, n)
	at := map[string]int{}
	for i, e := range n.edges {
		o := &p.choices[e.choice]
		if o.choice.Nest == "" {
			continue
		}
		j, known := at[o.choice.Nest]
		if !known {
			j = len(n.nests)
			at[o.choice.Nest] = j
			n.nests = append(n.nests, nest{scale: one})
		}
		n.nests[j].edges = append(n.nests[j].edges, i)
		if !o.scale.none() {
			n.nests[j].scale = o.scale.node(f)
		}
	}
	n.nests = slices.DeleteFunc(n.nests, func(x nest) bool { return len(x.edges) == 1 })
}

// startingOdds are the base odds of the open choices; those of copies are split
// between as many as are open.
func (gr *Graph) startingOdds(p *position, f facts, n *node) {
	b := gr.Game.b
	one := b.Const(1)
	plain := true
	copies := map[*model.Choice]int{}
	of := func(e edge) *model.Choice { return original(p.choices[e.choice].choice, p.step) }
	for _, e := range n.edges {
		copies[of(e)]++
	}
	for _, e := range n.edges {
		base := one
		if o := &p.choices[e.choice]; !o.base.none() {
			base = o.base.node(f)
			gr.bases[base] = p.step.Name
		}
		if many := copies[of(e)]; many > 1 {
			base = b.Div(base, b.Const(float64(many)))
		}
		n.base = append(n.base, base)
		plain = plain && base == one
	}
	if plain {
		n.base = nil
	}
}

// counted adds what counts how a move is made to its edges.
func (gr *Graph) counted(p *position, f facts, n *node) {
	one := gr.Game.b.Const(1)
	for _, c := range p.counts {
		if !c.when.holds(f) {
			continue
		}
		for i := range n.edges {
			e := &n.edges[i]
			if c.choice == "" || c.choice == p.choices[e.choice].choice.Name {
				e.rewards = gr.netted(append(slices.Clone(e.rewards), reward{c.to, one}))
			}
		}
	}
}

// chances fills in the probabilities of a chance: the last is what is left.
func (gr *Graph) chances(p *position, f facts, n *node) {
	b := gr.Game.b
	rest := b.Const(1)
	last := -1
	for i := range n.edges {
		o := &p.choices[n.edges[i].choice]
		if o.prob.none() {
			last = i
			continue
		}
		n.edges[i].prob = o.prob.node(f)
		rest = b.Sub(rest, n.edges[i].prob)
		gr.rests[n.edges[i].prob] = p.step.Name
	}
	n.edges[last].prob = rest
	gr.rests[rest] = p.step.Name
}

// fingerprint tells whether two nodes are the same, by mover, step, and edges.
func fingerprint(n *node) string {
	b := binary.AppendVarint(make([]byte, 0, 64), int64(n.mover))
	b = append(b, n.at.step.Name...)
	b = binary.AppendVarint(b, int64(len(n.base)))
	for _, x := range n.base {
		b = binary.AppendVarint(b, int64(x))
	}
	for _, x := range n.nests {
		b = binary.AppendVarint(b, int64(x.scale)) // which edges: told by the choices
	}
	for _, e := range n.edges {
		b = binary.AppendVarint(b, -1)
		for _, x := range [...]int{e.choice, int(e.prob), e.next} {
			b = binary.AppendVarint(b, int64(x))
		}
		for _, r := range e.rewards {
			b = binary.AppendVarint(b, int64(r.to))
			b = binary.AppendVarint(b, int64(r.node))
		}
	}
	return string(b)
}

// Size counts the parts of a graph.
type Size struct {
	States    int        `json:"states"` // visited, before equal ones merged
	Decisions int        `json:"decisions"`
	Chances   int        `json:"chances"`
	Years     int        `json:"years"` // states a year can begin with, where the game goes on
	Edges     int        `json:"edges"`
	ByStep    []StepSize `json:"by_step"`
}

// Multiplies is the step with the most states for each state of the step before
// it, and how many that is. A step played by one actor after another counts
// once, with all its states.
func (s Size) Multiplies() (step string, times float64) {
	before := 1
	for _, st := range s.ByStep {
		if t := float64(st.States) / float64(before); t > times {
			step, times = st.Step, t
		}
		before = max(1, st.States)
	}
	return step, times
}

// StepSize is the number of states at one step.
type StepSize struct {
	Step   string `json:"step"`
	States int    `json:"states"`
}

// Size counts the graph.
func (gr *Graph) Size() Size {
	s := Size{States: gr.states, Years: len(gr.starts)}
	for _, n := range gr.nodes[1:] {
		switch {
		case n.again > 0:
		case n.mover < 0:
			s.Chances++
		default:
			s.Decisions++
		}
		s.Edges += len(n.edges)
	}
	seen := map[string]bool{}
	for _, p := range gr.Game.steps {
		if name := p.step.Name; !seen[name] {
			seen[name] = true
			s.ByStep = append(s.ByStep, StepSize{name, gr.byStep[name]})
		}
	}
	return s
}

// Forget drops what only Play, Chains and Ahead need, once they are done.
func (gr *Graph) Forget() {
	gr.memo, gr.same, gr.nodes, gr.begins, gr.Game.b = nil, nil, nil, nil, nil
	gr.terms, gr.evaluate, gr.shown, gr.ways = nil, nil, nil, nil
}
