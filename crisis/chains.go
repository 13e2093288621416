package crisis

import (
	"cmp"
	"slices"

	"casus/syntax"
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
}

// rawLink is what identifies a link while chains are gathered.
type rawLink struct {
	position *position
	choice   int
	owing    string // the key of what its event makes owed
	duty     int
}

type chainer struct {
	play   *Play
	target cond
	reads  facts // by target: they may be dead to the game
	opens  []guard
	memo   map[key][]trail
	sums   map[key]float64
	links  []rawLink
	linkAt map[linkKey]int
	cells  [][2]int // chain id → link, rest of the chain; 0 is the empty chain
	cellAt map[[2]int]int
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
	g := p.Graph.Game
	c := &chainer{play: p, memo: map[key][]trail{}, sums: map[key]float64{}, linkAt: map[linkKey]int{}, cells: make([][2]int, 1), cellAt: map[[2]int]int{}}
	reader := &compiler{g: g, vars: map[string]string{}}
	c.target = reader.cond(to)
	c.reads = reader.reads
	for _, s := range g.steps {
		c.guard(s, s.step.When)
		for _, o := range s.choices {
			c.guard(s, o.choice.When)
		}
	}
	trails := c.from(0, 1, g.begin)
	slices.SortFunc(trails, func(a, b trail) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.id, b.id)) })
	var out []Chain
	for _, t := range trails[:min(len(trails), most)] {
		out = append(out, c.chain(t))
	}
	return out, c.total(0, 1, g.begin)
}

// guard keeps a condition that is not always the same.
func (c *chainer) guard(p *position, e *syntax.Expr) {
	g := c.play.Graph.Game
	reader := &compiler{g: g, vars: g.varsOf(p)}
	if k := reader.cond(e); k.fn != nil {
		c.opens = append(c.opens, guard{k, reader.reads})
	}
}

// total is the probability of reaching the target from a state: all the trails,
// those too that were dropped.
func (c *chainer) total(at, year int, f facts) float64 {
	gr := c.play.Graph
	g := gr.Game
	at, year, f, k, on := c.ahead(at, year, f)
	if !on {
		return 0
	}
	seen := c.seen(k, year, f)
	if known, ok := c.sums[seen]; ok {
		return known
	}
	p := g.steps[at]
	open := gr.openChoices(p, f)
	if len(open) == 0 {
		out := c.total(at+1, year, f)
		c.sums[seen] = out
		return out
	}
	out := 0.0
	for i, prob := range c.probabilities(k, open) {
		if prob <= 0 {
			continue
		}
		post := g.after(&p.choices[open[i]], f)
		if c.target.holds(post) && !c.target.holds(f) {
			out += prob
		} else {
			out += float64(prob * c.total(at+1, year, post.minus(g.step)))
		}
	}
	c.sums[seen] = out
	return out
}

// ahead leads a state on to the next step that is played, over the turn of the
// year too; not on where the game ends first.
func (c *chainer) ahead(at, year int, f facts) (int, int, facts, key, bool) {
	g := c.play.Graph.Game
	for {
		for at < len(g.steps) && !g.steps[at].when.holds(f) {
			at++
		}
		if at < len(g.steps) {
			return at, year, f, c.play.Graph.keyOf(at, year, f), true
		}
		if f.meets(g.fin) || year >= g.Case.Horizon || g.years == len(g.steps) {
			return at, year, f, key{}, false
		}
		at, year, f = g.years, year+1, f.minus(g.yearly)
	}
}

// seen is what the ways on from a state depend on: its node, what the target
// reads, and the year, which a game that goes on does not keep.
func (c *chainer) seen(k key, year int, f facts) key {
	k.facts = k.facts.or(f.and(c.reads))
	if c.play.Graph.Game.goesOn() {
		k.year = int32(year)
	}
	return k
}

func (c *chainer) probabilities(k key, open []int) []float64 {
	if len(open) == 1 {
		return []float64{1}
	}
	return c.play.policy[c.play.Graph.memo[k].next]
}

// from lists the trails from a state to the target. Facts are kept whole, so
// that the target and the guards can be read; the policy is that of the state's
// node.
func (c *chainer) from(at, year int, f facts) []trail {
	at, year, f, k, on := c.ahead(at, year, f)
	if !on {
		return nil
	}
	seen := c.seen(k, year, f)
	if known, ok := c.memo[seen]; ok {
		return known
	}
	out := c.step(at, year, f, k)
	c.memo[seen] = out
	return out
}

func (c *chainer) step(at, year int, f facts, k key) []trail {
	gr := c.play.Graph
	p := gr.Game.steps[at]
	open := gr.openChoices(p, f)
	if len(open) == 0 {
		return c.from(at+1, year, f)
	}
	ps := c.probabilities(k, open)
	var out []trail
	for i, choice := range open {
		if ps[i] > 0 {
			out = c.along(out, at, year, f, choice, ps[i])
		}
	}
	slices.SortFunc(out, func(a, b trail) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.id, b.id)) })
	return out[:min(len(out), widest)]
}

// along adds the trails through one choice.
func (c *chainer) along(out []trail, at, year int, f facts, choice int, prob float64) []trail {
	g := c.play.Graph.Game
	p := g.steps[at]
	o := &p.choices[choice]
	post := g.after(o, f)
	reached := c.target.holds(post) && !c.target.holds(f)
	rest := []trail{{p: 1}}
	if !reached {
		rest = c.from(at+1, year, post.minus(g.step))
	}
	link := len(rest) > 0 && (reached || o.event != nil || c.opening(f, post))
	for _, t := range rest {
		id, each := t.id, t.each
		if link {
			if l := c.linkID(p, choice, f); t.id == 0 || c.cells[t.id][0] != l { // a step taken again, another year, is one link
				id = c.cons(l, t.id)
				each = append([]float64{prob}, t.each...)
			}
		}
		out = mergeTrail(out, trail{id, prob * t.p, each})
	}
	return out
}

// opening reports whether a step makes a later guard true. One that reads
// nothing of what changed stays as it was.
func (c *chainer) opening(before, after facts) bool {
	changed := facts{before[0] ^ after[0], before[1] ^ after[1]}
	return slices.ContainsFunc(c.opens, func(k guard) bool {
		return k.reads.meets(changed) && k.open.fn(after) && !k.open.fn(before)
	})
}

func mergeTrail(out []trail, t trail) []trail {
	for i := range out {
		if out[i].id != t.id {
			continue
		}
		sum := out[i].p + t.p
		each := make([]float64, len(t.each))
		for j := range each {
			each[j] = (float64(out[i].each[j]*out[i].p) + float64(t.each[j]*t.p)) / sum
		}
		out[i].p, out[i].each = sum, each
		return out
	}
	return append(out, t)
}

func (c *chainer) linkID(p *position, choice int, f facts) int {
	g := c.play.Graph.Game
	raw := rawLink{position: p, choice: choice}
	if p.mover >= 0 {
		raw.duty = g.slots[dutyFact+"("+g.Actors[p.mover]+")"].get(f)
	}
	if ev := p.choices[choice].event; ev != nil {
		raw.owing = g.owingKey(ev, f)
	}
	key := linkKey{p.label, choice, raw.owing, raw.duty}
	if id, ok := c.linkAt[key]; ok {
		return id
	}
	c.links = append(c.links, raw)
	c.linkAt[key] = len(c.links) - 1
	return len(c.links) - 1
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
			owed = g.owing[raw.owing]
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
