package crisis

import (
	"cmp"
	"math"
	"slices"

	"casus/lang/syntax"
)

// Class says how a link of a chain is tied to law.
type Class string

// The classes of a link.
const (
	Bound         Class = "bound"         // military help is owed under an article in force
	Likely        Class = "likely"        // a free choice, taken with a chance of a half or more
	Discretionary Class = "discretionary" // a free choice, taken with a lower chance
	Chance        Class = "chance"        // nobody chose it
)

// Link is one step of a chain: one that opens a later step, or reaches the end.
type Link struct {
	Step     string        `json:"step"`
	Choice   string        `json:"choice"`
	Title    string        `json:"title"` // the choice in words
	Actor    string        `json:"actor"` // empty for a chance
	P        float64       `json:"p"`     // of this choice, where the chain takes it
	Class    Class         `json:"class"`
	Duty     string        `json:"duty"` // the level of obligation the actor was under
	Articles []ArticleDuty `json:"articles"`
	Event    string        `json:"event"` // the event the step brings about; may be empty
}

// Chain is a way from the start to a condition, with its probability: that of
// every play that takes these links in this order, whatever else happens
// beside them.
type Chain struct {
	P     float64 `json:"p"`
	Links []Link  `json:"links"`
}

// widest bounds the chains kept at one state; the least probable are dropped.
const widest = 16

// trail is a chain seen from some state on: its links and their probabilities.
type trail struct {
	id   int
	p    float64
	each []float64
	own  bool // nothing else holds each
}

// rawLink identifies a link while chains are gathered.
type rawLink struct {
	position *position
	choice   int
	owing    string // the key of what its event makes owed
	duty     int
}

// chainer looks for chains in one world, on the ways that lead on in the game.
type chainer struct {
	*ways
	play   *Play
	found  [][]trail // by place; nil where not yet looked
	totals []float64 // by place; NaN likewise
	cells  [][2]int  // chain id → link, rest of the chain; 0 is the empty chain
	cellAt map[[2]int]int
	heap   []trail   // those of one place, before the most probable are kept
	spare  []float64 // what the probabilities of links are cut from
}

// ways are the places of a game that lie on plays to a target and how they lead
// on, over the years shown. They are the same in every world.
type ways struct {
	gr     *Graph
	target cond
	reads  facts // by target: they may be dead to the game
	opens  []guard
	at     map[key]int
	places []passed
	links  []rawLink
	linkAt map[linkKey]int
	start  int   // where the game begins; -1: no step is ever played
	order  []int // the places, each after those it leads to

	then  *ways // what follows once the target is reached; nil: nothing is asked of it
	lands []way // there, one for each way on which the target is reached
}

// passed is a step in a state: its ways on, by which node's policy. One without a
// choice leads straight on.
type passed struct {
	node int // 0: there is but one choice
	ways []way
	on   int // where there is no choice: the next place, or -1
}

// way is one choice at a place. Link is what it is in a chain, -1 for nothing.
type way struct {
	reached bool // the target comes true on it
	link    int
	to      int // -1: the game ends, or the target is reached
	land    int // if reached, where among the lands
}

// guard is a condition under which a step or a choice is open, and the facts it
// looks at.
type guard struct {
	open  cond
	reads facts
}

// linkKey tells links apart: the same step of the same actor, chosen alike under
// the same law.
type linkKey struct {
	label  string
	choice int
	owing  string
	duty   int
}

// Chains finds the most probable ways to a condition in one world within the
// years shown, most probable first, and the probability that it comes true at
// all, which is exact, however many ways there are.
func (p *Play) Chains(to *syntax.Expr, most int) ([]Chain, float64) {
	w := p.Graph.waysTo(to)
	c := newChainer(w, p)
	return c.chains(c.from(w.start), most), c.total(w.start)
}

// ChainsGiven finds the same of what follows a condition: the ways to an end from
// the step on which the condition comes true, over as many years as are shown,
// given that it does within as many. Likely is how likely that is; where it is 0
// there are no chains, and the total is no number. This is how measures count that
// are given something.
func (p *Play) ChainsGiven(to, given *syntax.Expr, most int) (chains []Chain, total, likely float64) {
	first := p.Graph.waysGiven(to, given)
	c := newChainer(first.then, p)
	lands := newChainer(first, p).landings()
	for _, chance := range lands {
		likely += chance
	}
	var trails []trail
	for i, chance := range lands {
		if chance > 0 {
			trails = c.along(trails, first.lands[i], chance/likely)
			total += float64(chance * c.after(first.lands[i]))
		}
	}
	return c.chains(trails, most), total / likely, likely
}

// GivenOf is the condition under which a measure asks how likely an end is, and the
// measure of that condition; nil where none does.
func (g *Game) GivenOf(to *syntax.Expr) (given *syntax.Expr, measure string) {
	for _, m := range g.Crisis.Measures {
		m.Expr.Walk(func(e *syntax.Expr) {
			if s := sumOf(e); s != nil && given == nil && s.Kind == "P" && s.given != nil && s.expr.String() == to.String() {
				given, measure = s.given, m.Given
			}
		})
	}
	return given, measure
}

func newChainer(w *ways, p *Play) *chainer {
	return &chainer{ways: w, play: p, found: make([][]trail, len(w.places)), totals: slices.Repeat([]float64{math.NaN()}, len(w.places)), cells: make([][2]int, 1), cellAt: map[[2]int]int{}}
}

// chains writes out the most probable of some trails.
func (c *chainer) chains(trails []trail, most int) []Chain {
	trails = slices.Clone(trails)
	slices.SortFunc(trails, func(a, b trail) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.id, b.id)) })
	var out []Chain
	for _, t := range trails[:min(len(trails), most)] {
		out = append(out, c.chain(t))
	}
	return out
}

// landings is how likely each way is on which the target is reached.
func (c *chainer) landings() []float64 {
	out, at := make([]float64, len(c.lands)), make([]float64, len(c.places))
	if c.start < 0 { // it is true from the start, or never comes true
		for i := range out {
			out[i] = 1
		}
		return out
	}
	at[c.start] = 1
	for _, id := range slices.Backward(c.order) {
		p := &c.places[id]
		if p.ways == nil && p.on >= 0 {
			at[p.on] += at[id]
		}
		for i, w := range p.ways {
			switch chance := float64(at[id] * c.probabilities(p)[i]); {
			case w.reached:
				out[w.land] += chance
			case w.to >= 0:
				at[w.to] += chance
			}
		}
	}
	return out
}

// waysTo finds the ways to a condition, once for all worlds.
func (gr *Graph) waysTo(to *syntax.Expr) *ways {
	if w := gr.ways[[2]*syntax.Expr{to}]; w != nil {
		return w
	}
	w := gr.newWays(to)
	w.start = w.place(0, 1, gr.Game.begin)
	gr.keep(w, to, nil)
	return w
}

// waysGiven finds the ways to a condition and, from each of them, those to an end,
// once for all worlds.
func (gr *Graph) waysGiven(to, given *syntax.Expr) *ways {
	if w := gr.ways[[2]*syntax.Expr{to, given}]; w != nil {
		return w
	}
	w := gr.newWays(given)
	w.then = gr.newWays(to)
	w.reads = w.reads.or(w.then.reads)
	begin := gr.Game.begin
	switch {
	case !w.target.holds(begin):
		w.start = w.place(0, 1, begin)
	default:
		w.start, w.lands = -1, []way{{reached: w.then.target.holds(begin), link: -1, to: w.then.place(0, 1, begin)}}
	}
	gr.keep(w, to, given)
	return w
}

func (gr *Graph) newWays(to *syntax.Expr) *ways {
	w := &ways{gr: gr, at: map[key]int{}, linkAt: map[linkKey]int{}}
	reader := &compiler{g: gr.Game, vars: map[string]string{}}
	w.target = reader.cond(to)
	w.reads = reader.reads
	for _, s := range gr.Game.steps {
		w.guard(s, s.step.When)
		for _, o := range s.choices {
			w.guard(s, o.choice.When)
			w.conditions(o)
		}
	}
	return w
}

// conditions keeps those under which a choice brings about what the target looks
// at: who makes such a condition true is part of how the target is reached.
func (w *ways) conditions(o option) {
	for _, e := range o.effects {
		if e.when.fn != nil && w.reads.meets(e.slot.mask()) {
			w.opens = append(w.opens, guard{e.when, e.reads})
		}
	}
}

// keep puts ways that are found where they are looked for.
func (gr *Graph) keep(w *ways, to, given *syntax.Expr) {
	for _, w := range []*ways{w, w.then} {
		if w != nil {
			w.at, w.opens = nil, nil
		}
	}
	if gr.ways == nil {
		gr.ways = map[[2]*syntax.Expr]*ways{}
	}
	gr.ways[[2]*syntax.Expr{to, given}] = w
}

// guard keeps a condition that is not always the same.
func (w *ways) guard(p *position, e *syntax.Expr) {
	reader := &compiler{g: w.gr.Game, vars: w.gr.Game.varsOf(p)}
	if k := reader.cond(e); k.fn != nil {
		w.opens = append(w.opens, guard{k, reader.reads})
	}
}

// place is the next step that is played from a state on, and all that follows it;
// -1 where the game ends first.
func (w *ways) place(at, year int, f facts) int {
	at, year, f, k, on := w.ahead(at, year, f)
	if !on {
		return -1
	}
	seen := w.seen(k, year, f)
	if known, ok := w.at[seen]; ok {
		return known
	}
	id := len(w.places)
	w.places = append(w.places, passed{})
	w.at[seen] = id
	p := w.gr.Game.steps[at]
	open := w.gr.openChoices(p, f)
	var out passed
	switch len(open) {
	case 0:
		out.on = w.place(at+1, year, f)
	case 1:
	default:
		out.node = w.gr.memo[k].Next
	}
	if len(open) > 0 {
		out.ways = make([]way, 0, len(open))
	}
	for _, choice := range open {
		out.ways = append(out.ways, w.way(at, year, f, choice))
	}
	w.places[id] = out
	w.order = append(w.order, id)
	return id
}

// way holds what one choice leads to. Facts are kept whole, so that the target and
// the guards can be read.
func (w *ways) way(at, year int, f facts, choice int) way {
	g := w.gr.Game
	p := g.steps[at]
	o := &p.choices[choice]
	post := w.gr.after(o, f)
	out := way{reached: w.target.holds(post) && !w.target.holds(f), link: -1, to: -1}
	if !out.reached {
		out.to = w.place(at+1, year, post.minus(g.step))
	}
	if w.then != nil {
		if out.reached {
			out.land = len(w.lands)
			w.lands = append(w.lands, w.then.entered(at, f, post))
		}
		return out
	}
	if out.reached || o.event != nil || w.opening(f, post) {
		out.link = w.linkID(p, choice, f)
	}
	return out
}

// entered is the way on after a step of what went before, which is no link of these
// chains. The years are counted anew.
func (w *ways) entered(at int, f, post facts) way {
	out := way{reached: w.target.holds(post) && !w.target.holds(f), link: -1, to: -1}
	if !out.reached {
		out.to = w.place(at+1, 1, post.minus(w.gr.Game.step))
	}
	return out
}

// total is the probability of reaching the target from a place: all the trails,
// those too that were dropped.
func (c *chainer) total(at int) float64 {
	switch {
	case at < 0:
		return 0
	case !math.IsNaN(c.totals[at]):
		return c.totals[at]
	}
	p := &c.places[at]
	if p.ways == nil {
		c.totals[at] = c.total(p.on)
		return c.totals[at]
	}
	out := 0.0
	for i, prob := range c.probabilities(p) {
		if prob > 0 {
			out += float64(prob * c.after(p.ways[i]))
		}
	}
	c.totals[at] = out
	return out
}

// after is the probability of reaching the target by a way.
func (c *chainer) after(w way) float64 {
	if w.reached {
		return 1
	}
	return c.total(w.to)
}

// ahead leads a state on to the next step that is played, over the turn of the
// year too; not on where the game ends first.
func (w *ways) ahead(at, year int, f facts) (int, int, facts, key, bool) {
	g := w.gr.Game
	for {
		for at < len(g.steps) && !g.steps[at].when.holds(f) {
			at++
		}
		if at < len(g.steps) {
			return at, year, f, w.gr.keyOf(at, year, f), true
		}
		if f.meets(g.fin) || year >= g.Case.Horizon || g.years == len(g.steps) {
			return at, year, f, key{}, false
		}
		at, year, f = g.years, year+1, f.minus(g.yearly)
	}
}

// seen holds what the ways on from a state depend on: its node, what the target
// reads, and the year, which a game that goes on does not keep; the last year of a
// game is the last whichever it is.
func (w *ways) seen(k key, year int, f facts) key {
	k.facts = k.facts.or(f.and(w.reads))
	if w.gr.Game.goesOn() && !f.meets(w.gr.Game.sealed) {
		k.year = int32(year)
	}
	return k
}

var certain = []float64{1}

func (c *chainer) probabilities(p *passed) []float64 {
	if p.node == 0 {
		return certain
	}
	return c.play.Policy[p.node]
}

// from lists the trails from a place to the target.
func (c *chainer) from(at int) []trail {
	if at < 0 {
		return nil
	}
	if c.found[at] != nil {
		return c.found[at]
	}
	p := &c.places[at]
	if p.ways == nil {
		c.found[at] = c.from(p.on)
		return c.found[at]
	}
	ps := c.probabilities(p)
	for i, w := range p.ways { // before the heap is begun, which there is one of
		if ps[i] > 0 && !w.reached {
			c.from(w.to)
		}
	}
	out := c.heap[:0]
	for i, w := range p.ways {
		if ps[i] > 0 {
			out = c.along(out, w, ps[i])
		}
	}
	slices.SortFunc(out, func(a, b trail) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.id, b.id)) })
	c.heap = out
	c.found[at] = append([]trail{}, out[:min(len(out), widest)]...)
	return c.found[at]
}

// cut is room for the probabilities of n links.
func (c *chainer) cut(n int) []float64 {
	if len(c.spare) < n {
		c.spare = make([]float64, max(n, 4096))
	}
	out := c.spare[:n:n]
	c.spare = c.spare[n:]
	return out
}

// atEnd is the one trail from where the target is reached.
var atEnd = []trail{{p: 1}}

// along adds the trails through one choice.
func (c *chainer) along(out []trail, w way, prob float64) []trail {
	rest := atEnd
	if !w.reached {
		rest = c.from(w.to)
	}
	for _, t := range rest {
		here := trail{t.id, prob * t.p, t.each, false}
		if w.link >= 0 && (t.id == 0 || c.cells[t.id][0] != w.link) { // a step taken again, another year, is one link
			here.id, here.own = c.cons(w.link, t.id), true
			here.each = c.cut(len(t.each) + 1)
			here.each[0] = prob
			copy(here.each[1:], t.each)
		}
		out = c.merge(out, here)
	}
	return out
}

// opening reports whether a step makes a later guard true. One that reads
// nothing of what changed stays as it was.
func (w *ways) opening(before, after facts) bool {
	changed := facts{before[0] ^ after[0], before[1] ^ after[1]}
	return slices.ContainsFunc(w.opens, func(k guard) bool {
		return k.reads.meets(changed) && k.open.fn(after) && !k.open.fn(before)
	})
}

// merge adds a trail to others, or its probability to that of the same chain.
func (c *chainer) merge(out []trail, t trail) []trail {
	for i := range out {
		if out[i].id != t.id {
			continue
		}
		sum, into := out[i].p+t.p, out[i].each
		if !out[i].own {
			into = c.cut(len(t.each))
		}
		for j, was := range out[i].each {
			into[j] = (float64(was*out[i].p) + float64(t.each[j]*t.p)) / sum
		}
		out[i] = trail{t.id, sum, into, true}
		return out
	}
	return append(out, t)
}

func (w *ways) linkID(p *position, choice int, f facts) int {
	g := w.gr.Game
	raw := rawLink{position: p, choice: choice}
	if p.mover >= 0 {
		raw.duty = g.slots[dutyFact+"("+g.Actors[p.mover]+")"].get(f)
	}
	if ev := p.choices[choice].event; ev != nil {
		raw.owing = g.owingKey(ev, f)
	}
	key := linkKey{p.label, choice, raw.owing, raw.duty}
	if id, ok := w.linkAt[key]; ok {
		return id
	}
	w.links = append(w.links, raw)
	w.linkAt[key] = len(w.links) - 1
	return len(w.links) - 1
}

// cons interns a chain: a link before the rest.
func (c *chainer) cons(link, rest int) int {
	cell := [2]int{link, rest}
	if id, ok := c.cellAt[cell]; ok {
		return id
	}
	c.cells = append(c.cells, cell)
	c.cellAt[cell] = len(c.cells) - 1
	return len(c.cells) - 1
}

// chain writes out a trail: each link with the law that stood behind it.
func (c *chainer) chain(t trail) Chain {
	g := c.play.Graph.Game
	out := Chain{P: t.p}
	var owed []Owing
	for i, id := 0, t.id; id != 0; i, id = i+1, c.cells[id][1] {
		raw := c.links[c.cells[id][0]]
		l := Link{Step: raw.position.step.Name, Choice: raw.position.choices[raw.choice].choice.Name, P: t.each[i], Class: Chance}
		l.Title = g.titled(raw.position.choices[raw.choice].choice)
		if m := raw.position.mover; m >= 0 {
			l.Actor = g.Actors[m]
			l.classify(raw.duty, owed, m)
		}
		if ev := raw.position.choices[raw.choice].event; ev != nil {
			owed = c.play.Graph.law.owing[raw.owing]
			l.Event = ev.spec.Kind
		}
		out.Links = append(out.Links, l)
	}
	return out
}

// classify ties a choice to the law that stood behind it.
func (l *Link) classify(duty int, owed []Owing, mover int) {
	l.Class = Discretionary
	if l.P >= 0.5 {
		l.Class = Likely
	}
	if mover < len(owed) && owed[mover].Level == duty {
		l.Articles = owed[mover].Articles
	}
	if duty == mustLevel {
		l.Class = Bound
	}
	if duty > 0 {
		l.Duty = levelName(duty)
	}
}
