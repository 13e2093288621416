package crisis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/game"
	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
)

// MaxStates is the bound on the states of one graph unless a caller gives
// another.
const MaxStates = 400_000

// move is what a node of the game was made of: a step, and which of its choices
// are open there. At the end, and where another year begins, there is none.
type move struct {
	at   *position
	open []int
}

// key is a state: its place in the sequence, its year, its live facts.
type key struct {
	at    int32
	year  int32
	facts facts
}

// Graph is the state graph of a case under an option, and the game it amounts to.
type Graph struct {
	Game   *Game
	Form   *game.Game // in extensive form; nil once forgotten
	moves  []move     // by node of it
	starts []facts    // by year of it: the state that the year begins with
	states int        // states visited, before equal ones merged
	byStep map[string]int
	memo   map[key]game.Way
	law    *counsel
	given  map[tape.Node]string // chances, by their step: must not be negative
	rests  map[tape.Node]string // what is left of a chance: the same
	scales map[tape.Node]string // scales of nests: must lie within (0, 1]
	bases  map[tape.Node]string // base odds, by the step that has them: must be above 0

	shown *game.YearFormulas // the year with all that the measures add up; nil where the game ends with its horizon

	ways map[[2]*syntax.Expr]*ways // to what chains were asked for, and given what
}

// explorer visits the states of a game and drafts what they amount to.
type explorer struct {
	*Graph
	b      *tape.Builder
	draft  *game.Draft
	begins map[facts]int // a state that a year begins with → the node that leads to it
	most   int
	ctx    context.Context
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
	b := g.b.Clone()
	x := &explorer{b: b, draft: g.draft(b), begins: map[facts]int{}, most: cmp.Or(most, MaxStates), ctx: ctx, Graph: &Graph{
		Game: g, moves: make([]move, 1), byStep: map[string]int{}, memo: map[key]game.Way{}, law: g.counsel(), given: map[tape.Node]string{}, scales: map[tape.Node]string{}, rests: map[tape.Node]string{}, bases: map[tape.Node]string{}}}
	defer func() {
		if r := recover(); r != nil {
			stop, ok := r.(stopped)
			if !ok {
				panic(r)
			}
			gr, err = nil, stop.err
		}
	}()
	start := x.visit(0, 1, g.begin)
	x.draft.Start(game.Way{Pays: join(x.atStart(), start.Pays), Next: start.Next})
	for i := 0; i < len(x.starts); i++ { // visiting one may find more
		x.draft.Enter(i, x.visit(g.years, 1, x.starts[i]))
	}
	if x.Form, err = x.draft.Game(); err != nil {
		return nil, fmt.Errorf("option %s: %w", g.Option.Name, err)
	}
	return x.Graph, nil
}

// draft begins the game in extensive form, with the accounts of its sums.
func (g *Game) draft(b *tape.Builder) *game.Draft {
	d := game.NewDraft(b, len(g.Inputs)+1, g.lambda, g.delta)
	var counted []string
	for _, s := range g.Sums {
		counted = append(counted, s.Text)
	}
	d.Accounts(g.Actors, counted, g.shares)
	return d
}

// stopped carries an error out of the recursion.
type stopped struct{ err error }

// atStart pays what holds from the beginning.
func (x *explorer) atStart() []game.Payoff {
	var out []game.Payoff
	for i := range x.Game.payoffs {
		if q := &x.Game.payoffs[i]; !q.yearly && q.when.holds(x.Game.begin) && q.given.holds(x.Game.begin) {
			out = x.add(out, q.to, q.amount.node(x.b, x.Game.begin))
		}
	}
	return out
}

// due passes over the steps from one on whose guard does not hold.
func (x *explorer) due(at int, f facts) int {
	steps := x.Game.steps
	for at < len(steps) && !steps[at].when.holds(f) {
		at++
	}
	return at
}

// visit leads a state on to its next node: steps whose guard does not hold
// are passed over before the state is looked up, forced ones are followed.
func (x *explorer) visit(at, year int, f facts) game.Way {
	g := x.Game
	at = x.due(at, f)
	if at == len(g.steps) {
		return x.endYear(year, f)
	}
	k := x.keyOf(at, year, f)
	if r, ok := x.memo[k]; ok {
		return r
	}
	x.count(at)
	p := g.steps[at]
	var r game.Way
	switch open := x.openChoices(p, k.facts); len(open) {
	case 0:
		r = x.visit(at+1, year, k.facts)
	case 1: // forced; of a chance, what is left is all
		r = x.follow(p, at, year, k.facts, open[0])
	default:
		r = x.branch(p, at, year, k.facts, open)
	}
	x.memo[k] = r
	return r
}

func (x *explorer) count(at int) {
	if x.states++; x.states%1024 == 0 && x.ctx.Err() != nil {
		panic(stopped{x.ctx.Err()})
	}
	x.byStep[x.Game.steps[at].step.Name]++
	if x.states > x.most {
		step, times := x.sized().Multiplies()
		panic(stopped{&TooLarge{Option: x.Game.Option.Name, Step: step, Bound: x.most, Times: times}})
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
func (gr *Graph) after(o *option, f facts) facts {
	return gr.afterEach(o, f, func(*effect) {})
}

// afterEach is after, and calls done with each effect that comes about.
func (gr *Graph) afterEach(o *option, f facts, done func(*effect)) facts {
	g := gr.Game
	if o.event != nil {
		for i, owed := range gr.law.happen(o.event, f) {
			f = g.slots[dutyFact+"("+g.Actors[i]+")"].set(f, owed.Level)
		}
	}
	for i := range o.effects {
		e := &o.effects[i]
		switch {
		case e.slot.width == 0 || !e.when.holds(f):
			continue
		case e.raise:
			f = e.slot.set(f, min(e.max, e.slot.get(f)+1))
		default:
			f = e.slot.set(f, e.value)
		}
		done(e)
	}
	return f
}

// follow makes one choice: its payoffs, then the steps that follow.
func (x *explorer) follow(p *position, at, year int, f facts, choice int) game.Way {
	post := x.after(&p.choices[choice], f)
	paid := x.pay(f, post, p.pays)
	r := x.visit(at+1, year, post.minus(x.Game.step))
	return game.Way{Pays: join(paid, r.Pays), Next: r.Next}
}

// pay gives the payoffs whose condition comes true on a step.
func (x *explorer) pay(before, after facts, due []int) []game.Payoff {
	var out []game.Payoff
	for _, i := range due {
		q := &x.Game.payoffs[i]
		if q.when.holds(after) && !q.when.holds(before) && q.given.holds(after) {
			out = x.add(out, q.to, q.amount.node(x.b, after))
		}
	}
	return out
}

func (x *explorer) add(ps []game.Payoff, to int, n tape.Node) []game.Payoff {
	if n == x.Game.zero {
		return ps
	}
	return append(ps, game.Payoff{To: to, Amount: n})
}

func join(a, b []game.Payoff) []game.Payoff {
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
func (x *explorer) endYear(year int, f facts) game.Way {
	g := x.Game
	var paid []game.Payoff
	for i := range g.payoffs {
		if q := &g.payoffs[i]; q.yearly && q.when.holds(f) && q.given.holds(f) {
			paid = x.add(paid, q.to, q.amount.node(x.b, f))
		}
	}
	switch {
	case f.meets(g.fin) || g.years == len(g.steps):
		return game.Way{Pays: paid, Next: game.End}
	case g.goesOn():
		return game.Way{Pays: paid, Next: x.again(f.minus(g.yearly))}
	case year >= g.Case.Horizon:
		return game.Way{Pays: paid, Next: game.End}
	}
	r := x.visit(g.years, year+1, f.minus(g.yearly))
	return game.Way{Pays: join(paid, r.Pays), Next: r.Next}
}

// again is the node that leads to another year, begun in a state. Years are
// played alike that differ in what is only counted.
func (x *explorer) again(f facts) int {
	g := x.Game
	f = f.and(g.steps[g.years].live)
	if n, ok := x.begins[f]; ok {
		return n
	}
	if len(x.starts) == maxStarts {
		panic(stopped{fmt.Errorf("option %s: a year can begin in more than %d states: fewer facts that last from year to year, or fewer levels of them", g.Option.Name, maxStarts)})
	}
	like := slices.IndexFunc(x.starts, func(s facts) bool { return s.and(g.moving) == f.and(g.moving) })
	if like < 0 {
		like = len(x.starts)
	}
	x.starts = append(x.starts, f)
	x.begins[f] = x.draft.AddYear(g.describe(f), like)
	x.moves = append(x.moves, move{})
	return x.begins[f]
}

// maxStarts bounds the states a year can begin with: the continuation solves
// for the value of each to each actor.
const maxStarts = 400

// branch makes a node; one with equal actions is used again.
func (x *explorer) branch(p *position, at, year int, f facts, open []int) game.Way {
	n := game.Node{Player: p.mover, Label: p.label, Actions: make([]game.Action, 0, len(open))}
	for _, i := range open {
		w := x.follow(p, at, year, f, i)
		n.Actions = append(n.Actions, game.Action{Label: p.choices[i].choice.Name, Way: game.Way{Pays: x.netted(w.Pays), Next: w.Next}})
		if p.mover != game.Nature && p.choices[i].choice.Consents {
			n.Actions[len(n.Actions)-1].Weighed = x.weighed(p, at, year, f, i, w)
		}
	}
	if p.mover == game.Nature {
		x.chances(p, f, open, &n)
	} else {
		x.odds(p, f, open, &n)
		x.counted(p, f, &n)
	}
	id := x.draft.Add(n)
	if id == len(x.moves) {
		x.moves = append(x.moves, move{p, open})
	}
	return game.Way{Next: id}
}

// weighed is the way a consent is weighed by: as if everybody asked after it gave
// theirs. Nil where nobody is, so that it leads there itself.
func (x *explorer) weighed(p *position, at, year int, f facts, choice int, leads game.Way) *game.Way {
	w := x.consented(p, at, year, f, choice)
	if w.Next == leads.Next && slices.Equal(x.netted(w.Pays), x.netted(leads.Pays)) {
		return nil
	}
	felt := slices.DeleteFunc(x.netted(w.Pays), func(q game.Payoff) bool { return x.Game.isMeasured(q.To) })
	return &game.Way{Pays: felt, Next: w.Next}
}

// consented makes one choice, and then each consent that is asked for next, up to the
// first step at which something else is decided.
func (x *explorer) consented(p *position, at, year int, f facts, choice int) game.Way {
	post := x.after(&p.choices[choice], f)
	paid := x.pay(f, post, p.pays)
	r := x.agreed(at+1, year, post.minus(x.Game.step))
	return game.Way{Pays: join(paid, r.Pays), Next: r.Next}
}

// agreed is visit, but that every consent asked for is given.
func (x *explorer) agreed(at, year int, f facts) game.Way {
	g := x.Game
	at = x.due(at, f)
	if at == len(g.steps) {
		return x.endYear(year, f)
	}
	p, k := g.steps[at], x.keyOf(at, year, f)
	open := x.openChoices(p, k.facts)
	if len(open) == 0 {
		return x.agreed(at+1, year, k.facts)
	}
	if choice := p.given(open); choice >= 0 {
		return x.consented(p, at, year, k.facts, choice)
	}
	return x.visit(at, year, f)
}

// given is the choice made of those open where everybody consents: the consent, or
// the only one; -1 where something else is decided.
func (p *position) given(open []int) int {
	if len(open) == 1 {
		return open[0]
	}
	i := slices.IndexFunc(open, func(c int) bool { return p.choices[c].choice.Consents })
	if i < 0 {
		return -1
	}
	return open[i]
}

// netted adds up the payoffs of one way by what they add to, in order.
func (x *explorer) netted(ps []game.Payoff) []game.Payoff {
	var out []game.Payoff
	for _, p := range ps {
		if i := slices.IndexFunc(out, func(q game.Payoff) bool { return q.To == p.To }); i >= 0 {
			out[i].Amount = x.b.Add(out[i].Amount, p.Amount)
		} else {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(p, q game.Payoff) int { return cmp.Compare(p.To, q.To) })
	return out
}

// odds fills in what a move starts from: the base odds of its choices, and
// which of them are of one nest.
func (x *explorer) odds(p *position, f facts, open []int, n *game.Node) {
	x.startingOdds(p, f, open, n)
	one := x.b.Const(1)
	at := map[string]int{}
	for i, choice := range open {
		o := &p.choices[choice]
		if o.choice.Nest == "" {
			continue
		}
		j, known := at[o.choice.Nest]
		if !known {
			j = len(n.Nests)
			at[o.choice.Nest] = j
			n.Nests = append(n.Nests, game.Nest{Scale: one})
		}
		n.Nests[j].Actions = append(n.Nests[j].Actions, i)
		if !o.scale.none() {
			n.Nests[j].Scale = o.scale.node(x.b, f)
			x.scales[n.Nests[j].Scale] = p.step.Name
		}
	}
	n.Nests = slices.DeleteFunc(n.Nests, func(y game.Nest) bool { return len(y.Actions) == 1 })
}

// startingOdds are the base odds of the open choices; those of copies are split
// between as many as are open.
func (x *explorer) startingOdds(p *position, f facts, open []int, n *game.Node) {
	copies := map[*model.Choice]int{}
	of := func(choice int) *model.Choice { return original(p.choices[choice].choice, p.step) }
	for _, choice := range open {
		copies[of(choice)]++
	}
	for i, choice := range open {
		base := x.b.Const(1)
		if o := &p.choices[choice]; !o.base.none() {
			base = o.base.node(x.b, f)
			x.bases[base] = p.step.Name
		}
		if many := copies[of(choice)]; many > 1 {
			base = x.b.Div(base, x.b.Const(float64(many)))
		}
		n.Actions[i].Odds = base
	}
}

// counted adds what counts how a move is made to its actions.
func (x *explorer) counted(p *position, f facts, n *game.Node) {
	one := x.b.Const(1)
	for _, c := range p.counts {
		if !c.when.holds(f) {
			continue
		}
		for i := range n.Actions {
			a := &n.Actions[i]
			if c.choice == "" || c.choice == a.Label {
				a.Pays = x.netted(append(slices.Clone(a.Pays), game.Payoff{To: c.to, Amount: one}))
			}
		}
	}
}

// chances fills in the probabilities of a chance: the last is what is left.
func (x *explorer) chances(p *position, f facts, open []int, n *game.Node) {
	rest := x.b.Const(1)
	last := -1
	for i, choice := range open {
		o := &p.choices[choice]
		if o.prob.none() {
			last = i
			continue
		}
		n.Actions[i].Odds = o.prob.node(x.b, f)
		rest = x.b.Sub(rest, n.Actions[i].Odds)
		x.given[n.Actions[i].Odds] = p.step.Name
	}
	n.Actions[last].Odds = rest
	x.rests[rest] = p.step.Name
}

// describe names the facts that hold in a state, in order of their places.
func (g *Game) describe(f facts) string {
	var held []string
	for name, s := range g.slots {
		switch level := s.get(f); {
		case level == 1:
			held = append(held, name)
		case level > 1:
			held = append(held, fmt.Sprintf("%s=%d", name, level))
		}
	}
	slices.Sort(held)
	return strings.Join(held, ", ")
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
	s := gr.sized()
	s.Years = len(gr.starts)
	for _, n := range gr.Form.Nodes() {
		switch {
		case n.Year > 0:
		case n.Player == game.Nature:
			s.Chances++
		default:
			s.Decisions++
		}
		s.Edges += len(n.Actions)
	}
	return s
}

// sized counts the states.
func (gr *Graph) sized() Size {
	s := Size{States: gr.states}
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
	gr.memo, gr.moves, gr.Form, gr.shown, gr.ways = nil, nil, nil, nil, nil
}
