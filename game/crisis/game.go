// Package crisis makes a game of a case and an option, and solves it in many
// worlds at once.
//
//  1. Ground gives the roles their actors and unrolls the quantified moves.
//  2. Build explores the states that can be reached, and makes a game.Game of
//     them. A state is a set of facts, a place in the sequence and a year; facts
//     that nothing later can read are dropped, and equal states merge. Law is
//     asked here, once, and costs nothing per world.
//     A crisis with a discount goes on beyond the years shown: its game is one
//     year, from each state that a year can begin with to each it can end with.
//  3. Lower has package game write the agent logit quantal response equilibrium
//     (McKelvey & Palfrey 1998) as formulas, and compiles the measures over them
//     to one straight-line program.
//  4. Solve runs it over worlds; Play solves one world and keeps the policy;
//     Chains finds the ways to a condition, Reach how often each move is made.
package crisis

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"casus/game"
	"casus/game/tape"
	"casus/lang/syntax"
	"casus/law"
	"casus/model"
)

// facts is the packed truth of every fact of a state.
type facts [2]uint64

func (f facts) and(m facts) facts { return facts{f[0] & m[0], f[1] & m[1]} }
func (f facts) or(m facts) facts  { return facts{f[0] | m[0], f[1] | m[1]} }
func (f facts) meets(m facts) bool {
	return f[0]&m[0] != 0 || f[1]&m[1] != 0
}
func (f facts) minus(m facts) facts { return facts{f[0] &^ m[0], f[1] &^ m[1]} }

// slot is where one fact lies in facts: width bits from shift of a word.
type slot struct {
	word, shift, width uint8
}

func (s slot) mask() facts {
	var m facts
	m[s.word] = (1<<s.width - 1) << s.shift
	return m
}

func (s slot) get(f facts) int { return int(f[s.word] >> s.shift & (1<<s.width - 1)) }

func (s slot) set(f facts, v int) facts {
	f[s.word] = f[s.word]&^((1<<s.width-1)<<s.shift) | uint64(v)<<s.shift
	return f
}

// Game is a case under one option, grounded: actors for roles, positions for
// moves. It does not change after Ground.
type Game struct {
	Case    *model.Case
	Option  *model.Option
	Crisis  *model.Crisis
	Model   *model.Model
	Actors  []string // every actor, in the order of the roles
	Inputs  []*model.Assumption
	Sums    []Sum // what is accumulated beside the actors' payoffs
	book    *law.Book
	before  *law.Book // the law of the day without the option
	slots   map[string]slot
	used    [2]uint8
	givens  facts // what the sums are given: kept from year to year
	moving  facts // what the play of a year hangs on, of what it begins with
	begin   facts
	steps   []*position
	years   int // index of the first step of the yearly sequence
	fin     facts
	sealed  facts // the final facts that nothing clears: once true, no further year
	yearly  facts
	step    facts
	payoffs []payoff
	shares  []game.Share
	setting map[string]float64
	pledge  map[string]int
	b       *tape.Builder // what no fact changes; Build goes on in a clone
	input   map[string]tape.Node
	zero    tape.Node
	lambda  tape.Node
	delta   *tape.Node // what next year counts; nil where the game ends with its horizon
	effect  cond       // whether what the option changes is in effect
	effects facts      // the facts that effect reads
	events  int
	looked  looked // what Ground has asked of the option
	ground  bool   // Ground is done, and looked stands
}

// Sum is a quantity accumulated along a play: the probability that a condition
// comes true, the years in which it holds, the total of a tally, or how often a
// move is asked or a choice made. One that is Given something counts only from
// the step on at which that is true.
type Sum struct {
	Kind  string // P, years, total, chosen, asked
	Text  string
	expr  *syntax.Expr // the condition, or the tally's name
	given *syntax.Expr
	call  *syntax.Expr // chosen(…) or asked(…)
}

// sumOf gives the sum behind one call in a measure; nil where it adds up nothing.
func sumOf(e *syntax.Expr) *Sum {
	if e.Kind != syntax.CallExpr {
		return nil
	}
	s := &Sum{Kind: e.Op, Text: e.String(), call: e}
	switch e.Op {
	case "P", "years", "total":
		s.expr = e.Args[0]
		if s.expr.Kind == syntax.BinaryExpr && s.expr.Op == "|" {
			s.expr, s.given = s.expr.Args[0], s.expr.Args[1]
		}
	case "chosen", "asked":
	default:
		return nil
	}
	return s
}

// position is one grounded step.
type position struct {
	step    *model.Step
	mover   int // index in Actors; -1 for a chance
	label   string
	when    cond
	choices []option
	reads   facts // by guards, effects, events and payoffs here
	moves   facts // the same, but for what only measures read
	writes  facts
	live    facts // what this position or a later one may read
	liveEnd facts // the same when no further year will be played
	pays    []int // payoffs that may fall due here
	counts  []count
}

// count adds one to a sum where a move is decided, or decided so.
type count struct {
	to     int
	choice string // empty: whatever is chosen
	when   cond
}

// option is one grounded choice.
type option struct {
	choice  *model.Choice
	when    cond
	prob    amount // nil: the rest
	base    amount // of a move; nil: 1
	scale   amount // of its nest; nil: 1
	effects []effect
	event   *event
}

type effect struct {
	slot  slot
	max   int
	value int
	raise bool
	when  cond
	reads facts // what when looks at
	of    *model.Effect
}

// payoff is a grounded payoff, tally or measured condition. To is the index of
// what it adds to: an actor, len(Actors) plus a Sum, or what counts a share.
type payoff struct {
	to     int
	yearly bool
	when   cond // nil: always
	given  cond // what must hold for it to count
	reads  facts
	guard  facts // the facts that when reads
	amount amount
	label  string

	condition string // names when, where it is the same for all it pays
}

// maxSums bounds what is added up along a play, and with it what Lower keeps of
// each state.
const maxSums = 128

// Ground builds the game of a case under an option. Its problems are the
// author's: too many facts, an actor no move can be made by.
func Ground(m *model.Model, k *model.Case, o *model.Option) (*Game, error) {
	g := &Game{Case: k, Option: o, Crisis: k.Crisis, Model: m, slots: map[string]slot{}, setting: map[string]float64{},
		pledge: map[string]int{}, b: tape.NewBuilder(), input: map[string]tape.Node{}}
	g.zero = g.b.Const(0)
	g.Inputs = m.Uses(k)
	for i, a := range g.Inputs {
		g.input[a.Name] = g.b.Input(i)
	}
	g.book, g.before = law.Compile(m, k.Date, o.Acts), law.Compile(m, k.Date, nil)
	g.cast()
	g.settings()
	if err := g.layFacts(); err != nil {
		return nil, err
	}
	g.pledges()
	c := &compiler{g: g, vars: map[string]string{}}
	g.effect = c.cond(g.Crisis.Effect)
	g.effects = c.reads
	g.lambda = g.b.Mul(c.amount(g.Crisis.Precision).node(g.b, facts{}), g.b.Input(len(g.Inputs)))
	if d := g.Crisis.Discount; d != nil {
		n := c.amount(d).node(g.b, facts{})
		g.delta = &n
	}
	g.collectSums()
	if n := len(g.Actors) + len(g.Sums); n > maxSums {
		return nil, fmt.Errorf("crisis %s has %d actors and different P(…), years(…) and total(…) in its measures, at most %d can be kept: fewer measures or actors", g.Crisis.Name, n, maxSums)
	}
	g.groundPayoffs()
	g.sharePayoffs()
	g.groundSteps()
	g.seal()
	for _, f := range g.Crisis.Facts {
		if f.Initial != nil && c.cond(f.Initial).holds(facts{}) {
			for _, s := range g.slotsOf(&f) {
				g.begin = s.set(g.begin, 1)
			}
		}
	}
	g.liveness()
	if g.goesOn() {
		g.moving = g.movingFacts()
	}
	g.ground = true
	return g, nil
}

func (g *Game) cast() {
	for _, r := range g.Crisis.Roles {
		for _, a := range g.Case.Roles[r.Name] {
			if !slices.Contains(g.Actors, a) {
				g.Actors = append(g.Actors, a)
			}
		}
	}
}

func (g *Game) settings() {
	for _, s := range g.Crisis.Settings {
		g.setting[s.Name] = s.Default
	}
	maps.Copy(g.setting, g.Case.Settings)
	maps.Copy(g.setting, g.Option.Settings)
}

// settingBefore is a setting as it is until the option takes effect.
func (g *Game) settingBefore(s *model.Setting) float64 {
	if v, ok := g.Case.Settings[s.Name]; ok {
		return v
	}
	return s.Default
}

// inputs are the columns of a program: the assumptions, then how many times as
// sharp as stated choices are.
func (g *Game) inputs(in [][]float64, times float64, worlds int) [][]float64 {
	return append(slices.Clip(in), slices.Repeat([]float64{times}, worlds))
}

// goesOn reports whether the game is played beyond the years shown.
func (g *Game) goesOn() bool { return g.delta != nil }

// dutyFact is the built-in fact of the obligation each actor is under.
const dutyFact = "duty"

func (g *Game) layFacts() error {
	for i := range g.Crisis.Facts {
		f := &g.Crisis.Facts[i]
		for _, name := range g.names(f) {
			if err := g.lay(name, bits.Len(uint(f.Max))); err != nil {
				return err
			}
		}
		for _, s := range g.slotsOf(f) {
			switch {
			case f.Final:
				g.fin = g.fin.or(s.mask())
			case f.Life == model.ForTheYear:
				g.yearly = g.yearly.or(s.mask())
			}
			if f.Life == model.ForTheStep {
				g.step = g.step.or(s.mask())
			}
		}
	}
	for _, a := range g.Actors {
		if err := g.lay(dutyFact+"("+a+")", 3); err != nil {
			return err
		}
		if g.Crisis.Discount != nil { // an event of the year, so that years are alike
			g.yearly = g.yearly.or(g.slots[dutyFact+"("+a+")"].mask())
		}
	}
	return nil
}

// names are the grounded names of a fact: fights(FRA), fights(GBR), …
func (g *Game) names(f *model.GameFact) []string {
	if f.Over == "" {
		return []string{f.Name}
	}
	var out []string
	for _, a := range g.Case.Roles[f.Over] {
		out = append(out, f.Name+"("+a+")")
	}
	return out
}

func (g *Game) slotsOf(f *model.GameFact) []slot {
	var out []slot
	for _, n := range g.names(f) {
		out = append(out, g.slots[n])
	}
	return out
}

func (g *Game) lay(name string, width int) error {
	for w := range g.used {
		if int(g.used[w])+width <= 64 {
			g.slots[name] = slot{word: uint8(w), shift: g.used[w], width: uint8(width)}
			g.used[w] += uint8(width)
			return nil
		}
	}
	return fmt.Errorf("crisis %s has more facts than a state can hold (128 bits) at %s: fewer actors or facts", g.Crisis.Name, name)
}

// troops are the thousand persons that the option puts of an actor's at any of some
// places, each counted once.
func (g *Game) troops(actor string, places []string) float64 {
	g.look(func(l *looked) { l.forces = append(l.forces, force{actor, places}) })
	sum := 0.0
	for _, act := range g.Option.Acts {
		if act.Verb == "deploy" && act.States[0] == actor && slices.ContainsFunc(places, func(p string) bool { return g.Model.Within(act.Place, p, g.Case.Date) }) {
			sum += act.Number / 1000
		}
	}
	return sum
}

// states are the states an actor stands for: itself, or the group's members.
func (g *Game) states(actor string) []string {
	grp := g.Model.Groups[actor]
	if grp == nil {
		return []string{actor}
	}
	var out []string
	for _, m := range grp.Members {
		if m.On(g.Case.Date) {
			out = append(out, m.State)
		}
	}
	return out
}

func (g *Game) groundPayoffs() {
	for _, p := range g.Crisis.Payoffs {
		if p.Var == "" {
			g.addPayoff(p, nil, g.Case.Roles[p.To][0], -1)
			continue
		}
		for _, a := range g.Case.Roles[p.Over] {
			g.addPayoff(p, map[string]string{p.Var: a}, a, -1)
		}
	}
	for i, s := range g.Sums {
		g.groundSum(s, len(g.Actors)+i)
	}
}

// groundSum grounds what adds to a sum; chosen and asked are counted where the
// move is made.
func (g *Game) groundSum(s Sum, to int) {
	from := len(g.payoffs)
	switch s.Kind {
	case "total":
		g.groundTally(*tallyNamed(g.Crisis, s.expr.Op), to)
	case "P", "years":
		one := &syntax.Expr{Kind: syntax.NumberExpr, Num: 1}
		g.addPayoff(model.Payoff{Name: s.Text, When: s.expr, Yearly: s.Kind == "years", Amount: one}, nil, "", to)
	}
	c := &compiler{g: g}
	given := c.cond(s.given)
	for i := range g.payoffs[from:] {
		q := &g.payoffs[from+i]
		q.given, q.reads = given, q.reads.or(c.reads)
	}
	g.givens = g.givens.or(c.reads)
}

func (g *Game) groundTally(p model.Payoff, to int) {
	if p.Var == "" {
		g.addPayoff(p, nil, "", to)
		return
	}
	for _, a := range g.Case.Roles[p.Over] {
		g.addPayoff(p, map[string]string{p.Var: a}, "", to)
	}
}

func tallyNamed(c *model.Crisis, name string) *model.Payoff {
	for i := range c.Tallies {
		if c.Tallies[i].Name == name {
			return &c.Tallies[i]
		}
	}
	panic("crisis: tally " + name + " passed the check but is not there")
}

func (g *Game) addPayoff(p model.Payoff, vars map[string]string, actor string, to int) {
	c := &compiler{g: g, vars: vars}
	q := payoff{when: always, given: always, to: to, yearly: p.Yearly, label: p.Name, condition: conditionOf(p)}
	if to < 0 {
		q.to = slices.Index(g.Actors, actor)
	}
	if p.When != nil {
		q.when = c.cond(p.When)
		q.guard = c.reads
	}
	q.amount = c.amount(p.Amount)
	q.reads = c.reads
	if n := q.amount.fixed; n != nil && *n == g.zero {
		return
	}
	if q.when.never() {
		return
	}
	g.payoffs = append(g.payoffs, q)
}

// collectSums finds the distinct sums of the measures, and how likely what they
// are given is.
func (g *Game) collectSums() {
	add := func(s *Sum) {
		if s != nil && !slices.ContainsFunc(g.Sums, func(t Sum) bool { return t.Text == s.Text }) {
			g.Sums = append(g.Sums, *s)
		}
	}
	for _, m := range g.Crisis.Measures {
		m.Expr.Walk(func(e *syntax.Expr) { add(sumOf(e)) })
	}
	for _, s := range g.Sums {
		if s.given != nil {
			add(sumOf(&syntax.Expr{Kind: syntax.CallExpr, Op: "P", Args: []*syntax.Expr{s.given}}))
		}
	}
}

func (g *Game) groundSteps() {
	for i := range g.Crisis.First {
		g.groundStep(&g.Crisis.First[i])
	}
	g.years = len(g.steps)
	for i := range g.Crisis.Year {
		g.groundStep(&g.Crisis.Year[i])
	}
}

func (g *Game) groundStep(st *model.Step) {
	movers := []string{""}
	switch {
	case st.Over != "":
		movers = g.Case.Roles[st.Over]
	case !st.Chance:
		movers = g.Case.Roles[st.By]
	}
	for _, mover := range movers {
		p := &position{step: st, mover: slices.Index(g.Actors, mover), label: st.Name}
		c := &compiler{g: g, vars: g.varsOf(p)}
		if st.Over != "" {
			p.label += "(" + mover + ")"
		}
		p.when = c.cond(st.When)
		for j := range st.Choices {
			p.choices = append(p.choices, c.option(&st.Choices[j], p))
		}
		p.moves = c.reads
		g.countsAt(p, c)
		p.reads = p.reads.or(c.reads)
		g.duePayoffs(p)
		g.steps = append(g.steps, p)
	}
}

// varsOf is whom the variable of a step stands for at a position.
func (g *Game) varsOf(p *position) map[string]string {
	if p.step.Over == "" {
		return map[string]string{}
	}
	return map[string]string{p.step.By: g.Actors[p.mover]}
}

// countsAt finds the sums that count how a move is made.
func (g *Game) countsAt(p *position, c *compiler) {
	for i, s := range g.Sums {
		if s.expr != nil || s.call.Args[0].Op != p.step.Name {
			continue
		}
		n, rest := count{to: len(g.Actors) + i, when: always}, s.call.Args[1:]
		if s.Kind == "chosen" {
			n.choice, rest = rest[0].Op, rest[1:]
		}
		if len(rest) > 0 {
			n.when = c.cond(rest[0])
		}
		p.counts = append(p.counts, n)
	}
}

// seal finds the final facts that stay true once they are.
func (g *Game) seal() {
	g.sealed = g.fin.minus(g.step)
	for _, p := range g.steps {
		for _, o := range p.choices {
			for _, e := range o.effects {
				if !e.raise && e.value == 0 {
					g.sealed = g.sealed.minus(e.slot.mask())
				}
			}
		}
	}
}

// duePayoffs finds the payoffs that a position may make fall due: those whose
// condition reads a fact the position writes. Their facts are read here.
func (g *Game) duePayoffs(p *position) {
	for i, q := range g.payoffs {
		if !q.yearly && q.guard.meets(p.writes) {
			p.pays = append(p.pays, i)
			p.reads = p.reads.or(q.reads)
			if !g.isMeasured(q.to) {
				p.moves = p.moves.or(q.reads)
			}
		}
	}
}

// liveness computes, backwards and round the years, which facts a position or
// a later one may read.
func (g *Game) liveness() {
	end := g.fin.or(g.givens)
	for _, q := range g.payoffs {
		if q.yearly {
			end = end.or(q.reads)
		}
	}
	for range 2 { // once round the loop is enough: masks only grow
		last := end
		if g.years < len(g.steps) {
			last = end.or(g.steps[g.years].live.minus(g.yearly))
		}
		lastEnd := end
		for i := len(g.steps) - 1; i >= 0; i-- {
			p := g.steps[i]
			p.live = p.reads.or(last).minus(g.step)
			p.liveEnd = p.reads.or(lastEnd).minus(g.step)
			last, lastEnd = p.live, p.liveEnd
		}
	}
}

// movingFacts are the facts, at the beginning of a year, that some choice or
// what it is worth to an actor may hang on, now or in a later year. The others
// are only counted.
func (g *Game) movingFacts() facts {
	moving := g.fin.or(g.effects)
	for _, q := range g.payoffs {
		if q.yearly && !g.isMeasured(q.to) {
			moving = moving.or(q.reads)
		}
	}
	for _, p := range g.steps[g.years:] {
		moving = moving.or(p.moves)
	}
	return moving.minus(g.yearly).minus(g.step)
}
