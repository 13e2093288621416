package crisis

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"casus/lang/syntax"
	"casus/law"
	"casus/model"
)

// definition plays a case under one option in one world, as the language says
// it is played. It is written to be read and shares with the solver only
// Level, the reading of an answer of law as a level of obligation:
//
//   - expressions are interpreted over a map of facts, with plain floats;
//   - a state is all the facts, the place in the sequence and the year, and
//     nothing is dropped from it;
//   - two plays are the same from a state on only if the state is the same;
//   - where the game goes on, one year is played again and again on the values
//     of the year before, until none changes: no steps taken at once.
type definition struct {
	m       *model.Model
	k       *model.Case
	o       *model.Option
	cr      *model.Crisis
	numbers map[string]float64 // assumptions by full name: cost[FRA]
	respond response

	actors        []string
	before, after *law.Book // the law without and with what the option does
	turns         []turn
	years         int // index of the first turn of the yearly sequence
	accounts      []account
	width         int // actors, then one for each call in a measure
	calls         map[*syntax.Expr]int
	order         []fact // every fact, in an order for the key of a state
	lapse         map[model.Lifetime][]fact
	final         []fact
	memo          map[string][]float64
	said          map[string]map[string]int // what law said: debtor → level

	delta  float64              // what next year counts; 0 where the game ends
	worth  map[string][]float64 // by state that a year begins with: to each actor, for good
	later  func(f state) []float64
	begins map[string]state // states met at the beginning of a year
}

// response gives the probabilities of the choices of a mover who may expect q
// from each.
type response func(q []float64) []float64

// fact names one fact of a play: fights(FRA) is {"fights", "FRA"}.
type fact struct{ name, actor string }

// state is the level of every fact that there is.
type state map[fact]int

// bound are the actors that variables stand for.
type bound map[string]string

func (v bound) with(name, actor string) bound {
	out := maps.Clone(v)
	if out == nil {
		out = bound{}
	}
	out[name] = actor
	return out
}

// turn is one mover's turn at a step.
type turn struct {
	step  *model.Step
	mover int // in actors; -1 for a chance
	vars  bound
}

// account is one thing paid: to an actor, or to a call in a measure, there only
// once what it is given is true.
type account struct {
	to     int
	yearly bool
	when   *syntax.Expr
	given  *syntax.Expr
	amount *syntax.Expr
	vars   bound
}

// define reads a case under an option. respond nil is the logit response with
// the precision, the base odds and the nests of the crisis.
func define(m *model.Model, k *model.Case, o *model.Option, numbers map[string]float64, respond response) *definition {
	d := &definition{m: m, k: k, o: o, cr: k.Crisis, numbers: numbers, respond: respond,
		before: law.Compile(m, k.Date, nil), after: law.Compile(m, k.Date, o.Acts),
		calls: map[*syntax.Expr]int{}, memo: map[string][]float64{}, said: map[string]map[string]int{}}
	for _, r := range d.cr.Roles {
		for _, a := range k.Roles[r.Name] {
			if !slices.Contains(d.actors, a) {
				d.actors = append(d.actors, a)
			}
		}
	}
	for i := range d.cr.First {
		d.addTurns(&d.cr.First[i])
	}
	d.years = len(d.turns)
	for i := range d.cr.Year {
		d.addTurns(&d.cr.Year[i])
	}
	d.width = len(d.actors)
	for _, p := range d.cr.Payoffs {
		d.addAccount(p, -1)
	}
	for _, ms := range d.cr.Measures {
		ms.Expr.Walk(d.addCall)
	}
	if d.cr.Discount != nil {
		d.delta = d.number(d.cr.Discount, state{}, nil)
	}
	return d
}

// chosen are the probabilities of the open choices of a move, own what its mover
// may expect of each: p ∝ b·exp(λ·own), and nests as McFadden (1978) has them.
func (d *definition) chosen(t turn, open []*model.Choice, own []float64, f state) []float64 {
	v := t.vars
	if d.respond != nil {
		return d.respond(own)
	}
	lambda := d.number(d.cr.Precision, state{}, nil)
	type kind struct {
		members []int
		scale   float64
	}
	kinds := map[string]*kind{}
	base := make([]float64, len(open))
	var order []string
	for i, ch := range open {
		base[i] = d.baseOf(t, ch, open, f)
		name := "nest " + ch.Nest
		if ch.Nest == "" {
			name = "alone " + ch.Name
		}
		if kinds[name] == nil {
			kinds[name] = &kind{scale: 1}
			order = append(order, name)
		}
		kinds[name].members = append(kinds[name].members, i)
		if ch.Scale != nil {
			kinds[name].scale = d.number(ch.Scale, f, v)
		}
	}
	highest := slices.Max(own)
	p, all := make([]float64, len(open)), 0.0
	weigh := map[string]float64{}
	for _, name := range order {
		k := kinds[name]
		bases, inside := 0.0, 0.0
		for _, i := range k.members {
			bases += base[i]
		}
		best := math.Inf(-1)
		for _, i := range k.members {
			best = max(best, own[i])
		}
		for _, i := range k.members {
			p[i] = base[i] / bases * math.Exp(lambda*(own[i]-best)/k.scale)
			inside += p[i]
		}
		for _, i := range k.members {
			p[i] /= inside
		}
		weigh[name] = bases * math.Exp(lambda*(best-highest)+k.scale*math.Log(inside))
		all += weigh[name]
	}
	for _, name := range order {
		for _, i := range kinds[name].members {
			p[i] *= weigh[name] / all
		}
	}
	return p
}

// baseOf are the odds a choice starts from: its own, or its part of those it
// shares with its original and the other copies of it that are open.
func (d *definition) baseOf(t turn, ch *model.Choice, open []*model.Choice, f state) float64 {
	first := cmp.Or(ch.CopyOf, ch.Name)
	base := 1.0
	for i := range t.step.Choices {
		if x := &t.step.Choices[i]; x.Name == first && x.Base != nil {
			base = d.number(x.Base, f, t.vars)
		}
	}
	among := 0.0
	for _, x := range open {
		if cmp.Or(x.CopyOf, x.Name) == first {
			among++
		}
	}
	return base / among
}

func (d *definition) addTurns(st *model.Step) {
	switch {
	case st.Chance:
		d.turns = append(d.turns, turn{st, -1, nil})
	case st.Over == "":
		d.turns = append(d.turns, turn{st, slices.Index(d.actors, d.k.Roles[st.By][0]), nil})
	default:
		for _, a := range d.k.Roles[st.Over] {
			d.turns = append(d.turns, turn{st, slices.Index(d.actors, a), bound{st.By: a}})
		}
	}
}

func (d *definition) addAccount(p model.Payoff, to int) {
	vars := []bound{nil}
	if p.Var != "" {
		vars = nil
		for _, a := range d.k.Roles[p.Over] {
			vars = append(vars, bound{p.Var: a})
		}
	}
	for _, v := range vars {
		who := to
		if who < 0 {
			who = slices.Index(d.actors, d.actor(p.To, v))
		}
		d.accounts = append(d.accounts, account{who, p.Yearly, p.When, nil, p.Amount, v})
	}
}

// addCall opens an account for P(…), years(…) or total(…).
func (d *definition) addCall(e *syntax.Expr) {
	if e.Kind != syntax.CallExpr || !slices.Contains([]string{"P", "years", "total", "chosen", "asked"}, e.Op) {
		return
	}
	to, from := d.width, len(d.accounts)
	d.calls[e] = to
	d.width++
	x, given := e.Args[0], (*syntax.Expr)(nil)
	if x.Kind == syntax.BinaryExpr && x.Op == "|" {
		x, given = x.Args[0], x.Args[1]
	}
	switch e.Op {
	case "P", "years":
		one := &syntax.Expr{Kind: syntax.NumberExpr, Num: 1}
		d.addAccount(model.Payoff{When: x, Yearly: e.Op == "years", Amount: one}, to)
	case "total":
		for _, t := range d.cr.Tallies {
			if t.Name == x.Op {
				d.addAccount(t, to)
			}
		}
	}
	for i := range d.accounts[from:] {
		d.accounts[from+i].given = given
	}
}

// counts are the calls that count a move once it is decided so.
func (d *definition) counts(t turn, ch *model.Choice, f state) map[int]bool {
	out := map[int]bool{}
	for e, to := range d.calls {
		args := e.Args
		if e.Op != "chosen" && e.Op != "asked" || args[0].Op != t.step.Name {
			continue
		}
		args = args[1:]
		if e.Op == "chosen" {
			if args[0].Op != ch.Name {
				continue
			}
			args = args[1:]
		}
		if len(args) == 0 || d.holds(args[0], f, t.vars) {
			out[to] = true
		}
	}
	return out
}

// measures plays the game from the start and reads every measure off it.
func (d *definition) measures() []float64 {
	total := d.fromStart()
	out := make([]float64, len(d.cr.Measures))
	for i, ms := range d.cr.Measures {
		out[i] = d.measure(ms.Expr, total)
		if d.k.Undefined(ms) {
			out[i] = untold(ms, out[i])
		}
	}
	return out
}

// untold is the value of a measure that turns on a role nobody plays. Played by the
// definition a plain one never comes about, or always: were it to vary, it would be
// told wrongly to be undefined.
func untold(ms model.Measure, value float64) float64 {
	if ms.Expr.Kind == syntax.CallExpr && ms.Expr.Op == "P" && value > 0 && value < 1-1e-9 {
		panic("measure " + ms.Name + " = " + ms.Expr.String() + " is told to be undefined and comes about")
	}
	return math.NaN()
}

func (d *definition) measure(e *syntax.Expr, total []float64) float64 {
	if to, ok := d.calls[e]; ok {
		if given := d.givenOf(to); given != nil {
			return total[to] / total[d.reached(given)]
		}
		return total[to]
	}
	switch e.Kind {
	case syntax.NumberExpr:
		return e.Num
	case syntax.UnaryExpr:
		return -d.measure(e.Args[0], total)
	case syntax.BinaryExpr:
		return calculate(e.Op, d.measure(e.Args[0], total), d.measure(e.Args[1], total))
	}
	return float64(d.k.Horizon)
}

// fromStart is what every account may expect from the whole game: what holds
// at the start is paid there.
func (d *definition) fromStart() []float64 {
	f := d.begin()
	if d.delta > 0 {
		d.settle(f)
	}
	total := slices.Clone(d.play(0, 1, f))
	for _, a := range d.accounts {
		if !a.yearly && d.holds(a.when, f, a.vars) && d.holds(a.given, f, a.vars) {
			total[a.to] += d.number(a.amount, f, a.vars)
		}
	}
	return total
}

func (d *definition) begin() state {
	f := state{}
	d.lapse, d.final = map[model.Lifetime][]fact{}, nil
	for _, gf := range d.cr.Facts {
		over := []string{""}
		if gf.Over != "" {
			over = d.k.Roles[gf.Over]
		}
		for _, a := range over {
			name := fact{gf.Name, a}
			f[name] = 0
			if gf.Initial != nil && d.holds(gf.Initial, state{}, nil) {
				f[name] = 1
			}
			d.lapse[gf.Life] = append(d.lapse[gf.Life], name)
			if gf.Final {
				d.final = append(d.final, name)
			}
		}
	}
	for _, a := range d.actors {
		f[fact{"duty", a}] = 0
		if d.delta > 0 {
			d.lapse[model.ForTheYear] = append(d.lapse[model.ForTheYear], fact{"duty", a})
		}
	}
	d.order = slices.SortedFunc(maps.Keys(f), func(x, y fact) int { return strings.Compare(x.name+" "+x.actor, y.name+" "+y.actor) })
	return f
}

// play is what every account may expect from a turn on.
func (d *definition) play(at, year int, f state) []float64 {
	if at == len(d.turns) {
		return d.endYear(year, f)
	}
	key := d.key(at, year, f)
	if v, ok := d.memo[key]; ok {
		return v
	}
	v := d.takeTurn(at, year, f)
	d.memo[key] = v
	return v
}

func (d *definition) key(at, year int, f state) string {
	b := make([]byte, 0, len(d.order)+2)
	b = append(b, byte(at), byte(year))
	for _, name := range d.order {
		b = append(b, byte(f[name]))
	}
	return string(b)
}

// takeTurn passes over a step whose guard fails or whose choices are all
// closed; else it weighs the open choices.
func (d *definition) takeTurn(at, year int, f state) []float64 {
	t, open := d.turns[at], d.open(at, f)
	if len(open) == 0 {
		return d.play(at+1, year, f)
	}
	values, own := make([][]float64, len(open)), make([]float64, len(open))
	for i, ch := range open {
		values[i] = d.take(at, year, f, ch)
		if t.mover >= 0 && len(open) > 1 {
			for to := range d.counts(t, ch, f) {
				values[i][to]++
			}
		}
		if t.mover >= 0 {
			own[i] = values[i][t.mover]
			if ch.Consents {
				own[i] = d.takeAgreed(at, year, f, ch)[t.mover]
			}
		}
	}
	var p []float64
	if t.mover < 0 {
		p = d.chances(open, f, t.vars)
	} else {
		p = d.chosen(t, open, own, f)
	}
	sum := make([]float64, d.width)
	for i := range open {
		for j := range sum {
			sum[j] += p[i] * values[i][j]
		}
	}
	return sum
}

// open are the choices of a turn that can be made: none where its guard fails.
func (d *definition) open(at int, f state) []*model.Choice {
	t := d.turns[at]
	var open []*model.Choice
	if d.holds(t.step.When, f, t.vars) {
		for i := range t.step.Choices {
			if ch := &t.step.Choices[i]; d.holds(ch.When, f, t.vars) {
				open = append(open, ch)
			}
		}
	}
	return open
}

// chances are the probabilities written down; otherwise has what they leave.
func (d *definition) chances(open []*model.Choice, f state, v bound) []float64 {
	p, rest := make([]float64, len(open)), 1.0
	for i, ch := range open {
		if ch.Prob != nil {
			p[i] = d.number(ch.Prob, f, v)
			rest -= p[i]
		}
	}
	for i, ch := range open {
		if ch.Prob == nil {
			p[i] = rest
		}
	}
	return p
}

// take makes one choice: its effects, what comes true by them, and the rest of
// the game without the facts for the step.
func (d *definition) take(at, year int, f state, ch *model.Choice) []float64 {
	return d.takeThen(d.play, at, year, f, ch)
}

// takeAgreed is take, where all who are asked for their consent next give it.
func (d *definition) takeAgreed(at, year int, f state, ch *model.Choice) []float64 {
	return d.takeThen(d.agreed, at, year, f, ch)
}

// agreed is play, but that each consent asked for next is given, up to the first
// turn at which something else is decided.
func (d *definition) agreed(at, year int, f state) []float64 {
	if at == len(d.turns) {
		return d.endYear(year, f)
	}
	open := d.open(at, f)
	if len(open) == 0 {
		return d.agreed(at+1, year, f)
	}
	for _, ch := range open {
		if len(open) == 1 || ch.Consents {
			return d.takeAgreed(at, year, f, ch)
		}
	}
	return d.play(at, year, f)
}

func (d *definition) takeThen(rest func(at, year int, f state) []float64, at, year int, f state, ch *model.Choice) []float64 {
	after := d.happen(ch, f, d.turns[at].vars)
	next := d.forget(after, model.ForTheStep)
	total := slices.Clone(rest(at+1, year, next))
	for _, a := range d.accounts {
		if !a.yearly && d.holds(a.when, after, a.vars) && !d.holds(a.when, f, a.vars) && d.holds(a.given, after, a.vars) {
			total[a.to] += d.number(a.amount, after, a.vars)
		}
	}
	return total
}

// forget clears the facts of a lifetime.
func (d *definition) forget(f state, life model.Lifetime) state {
	out := maps.Clone(f)
	for _, name := range d.lapse[life] {
		out[name] = 0
	}
	return out
}

// endYear pays what is paid by the year, and plays another unless the horizon
// is reached, a final fact holds, or nothing is repeated.
func (d *definition) endYear(year int, f state) []float64 {
	total := make([]float64, d.width)
	isTrue := func(name fact) bool { return f[name] > 0 }
	switch over := slices.ContainsFunc(d.final, isTrue) || d.years == len(d.turns); {
	case over:
	case d.delta > 0:
		copy(total, d.goOn(d.forget(f, model.ForTheYear)))
	case year < d.k.Horizon:
		copy(total, d.play(d.years, year+1, d.forget(f, model.ForTheYear)))
	}
	for _, a := range d.accounts {
		if a.yearly && d.holds(a.when, f, a.vars) && d.holds(a.given, f, a.vars) {
			total[a.to] += d.number(a.amount, f, a.vars)
		}
	}
	return total
}

// happen applies the event of a choice and then its effects in order, each
// seeing what those before it did.
func (d *definition) happen(ch *model.Choice, f state, v bound) state {
	out := maps.Clone(f)
	if ch.Event != nil {
		for _, a := range d.actors {
			out[fact{"duty", a}] = d.duty(ch.Event, a, f, v)
		}
	}
	for _, e := range ch.Effects {
		if e.Var == "" {
			d.affect(e, out, v)
			continue
		}
		for _, a := range d.k.Roles[e.Over] {
			d.affect(e, out, v.with(e.Var, a))
		}
	}
	return out
}

func (d *definition) affect(e model.Effect, f state, v bound) {
	name := fact{name: e.Fact}
	if len(e.Args) > 0 {
		name.actor = d.actor(e.Args[0], v)
	}
	level, there := f[name]
	if !there || !d.holds(e.If, f, v) { // nobody who is not in the role has the fact
		return
	}
	if e.Raise {
		f[name] = min(level+1, d.cr.Fact(e.Fact).Max)
	} else {
		f[name] = e.Value
	}
}

// duty is the strongest obligation of an actor to any victim of an event. The
// victims and the one who does it owe nothing.
func (d *definition) duty(ev *model.GameEvent, actor string, f state, v bound) int {
	by := d.actor(ev.By, v)
	if ev.By == "" {
		by = d.k.Roles["challenger"][0]
	}
	victims := d.victims(ev, f, v)
	if actor == by || slices.Contains(victims, actor) {
		return 0
	}
	book := d.before
	if d.holds(d.cr.Effect, f, nil) {
		book = d.after
	}
	known := d.known()
	for _, link := range d.cr.LegalFacts {
		known[link.Fact] = law.Of(d.holds(link.Cond, f, v))
	}
	level := 0
	for _, victim := range victims {
		for _, s := range d.states(victim) {
			place := ev.Place
			if d.cr.Role(place) != nil {
				place = d.actor(place, v)
			} else if place == "home" || place == "" {
				place = s + ".home"
			}
			said := d.ask(book, law.Event{Kind: ev.Kind, By: by, On: s, Object: ev.Object, Place: place, Facts: known, Readings: d.k.Readings})
			for _, debtor := range d.states(actor) {
				level = max(level, said[debtor])
			}
		}
	}
	return level
}

func (d *definition) victims(ev *model.GameEvent, f state, v bound) []string {
	if ev.Var == "" {
		return []string{d.actor(ev.On, v)}
	}
	var out []string
	for _, a := range d.k.Roles[ev.Over] {
		if d.holds(ev.If, f, v.with(ev.Var, a)) {
			out = append(out, a)
		}
	}
	return out
}

// known are the facts of law that the case fixes.
func (d *definition) known() map[string]law.Tri {
	out := map[string]law.Tri{}
	for _, x := range d.k.LegalFacts {
		out[law.FactKey(x.Name, x.Args...)] = law.Of(x.True)
	}
	return out
}

// ask asks the law what each debtor owes; it says the same each time.
func (d *definition) ask(book *law.Book, ev law.Event) map[string]int {
	key := fmt.Sprint(book == d.after, ev)
	if out, ok := d.said[key]; ok {
		return out
	}
	out := map[string]int{}
	for _, a := range book.Answers(ev, false) {
		if a.Verb == model.Owes {
			out[a.Debtor] = max(out[a.Debtor], Level(a))
		}
	}
	d.said[key] = out
	return out
}

// states are those an actor stands for.
func (d *definition) states(actor string) []string {
	grp := d.m.Groups[actor]
	if grp == nil {
		return []string{actor}
	}
	var out []string
	for _, ms := range grp.Members {
		if ms.On(d.k.Date) {
			out = append(out, ms.State)
		}
	}
	return out
}

// actor is who a variable, a role of one, or a code stands for.
func (d *definition) actor(name string, v bound) string {
	if a, ok := v[name]; ok {
		return a
	}
	if r := d.cr.Role(name); r != nil && !r.Many {
		return d.k.Roles[name][0]
	}
	return name
}

func (d *definition) isActor(e *syntax.Expr, v bound) bool {
	return e.Kind == syntax.NameExpr && slices.Contains(d.actors, d.actor(e.Op, v))
}

// holds is whether a condition is true; none is always true.
func (d *definition) holds(e *syntax.Expr, f state, v bound) bool {
	return e == nil || d.number(e, f, v) != 0
}

// number is the value of an expression in a state; true is 1, false 0.
func (d *definition) number(e *syntax.Expr, f state, v bound) float64 {
	switch e.Kind {
	case syntax.NumberExpr:
		return e.Num
	case syntax.NameExpr:
		return d.named(e.Op, f)
	case syntax.IndexExpr:
		if x, ok := d.numbers[e.Op+"["+d.actor(e.Args[0].Op, v)+"]"]; ok {
			return x
		}
		return d.drawn(e.Op)
	case syntax.UnaryExpr:
		x := d.number(e.Args[0], f, v)
		if e.Op == "not" {
			return one(x == 0)
		}
		return -x
	case syntax.BinaryExpr:
		return d.binary(e, f, v)
	case syntax.QuantExpr:
		return d.quantified(e, f, v)
	}
	return d.call(e, f, v)
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (d *definition) named(name string, f state) float64 {
	switch name {
	case "yes", "year":
		return 1
	case "no":
		return 0
	case "horizon":
		return float64(d.k.Horizon)
	case "precision":
		return d.number(d.cr.Precision, f, nil)
	}
	if i := slices.Index([]string{"none", "consult", "soft", "deems", "must"}, name); i >= 0 {
		return float64(i)
	}
	if level, ok := f[fact{name: name}]; ok {
		return float64(level)
	}
	for _, s := range d.cr.Settings {
		if s.Name == name {
			return d.setting(s, f)
		}
	}
	if d.cr.Fact(name) != nil { // before the start nothing is true
		return 0
	}
	return d.drawn(name)
}

// setting is what the option says, else the case, else the default. One that
// waits is the option's only once it is in effect.
func (d *definition) setting(s model.Setting, f state) float64 {
	if x, ok := d.o.Settings[s.Name]; ok && (!s.Waits || d.holds(d.cr.Effect, f, nil)) {
		return x
	}
	if x, ok := d.k.Settings[s.Name]; ok {
		return x
	}
	return s.Default
}

func (d *definition) drawn(name string) float64 {
	x, ok := d.numbers[name]
	if !ok {
		panic("definition: no number for " + name)
	}
	return x
}

func (d *definition) binary(e *syntax.Expr, f state, v bound) float64 {
	a, b := e.Args[0], e.Args[1]
	switch e.Op {
	case "and":
		return one(d.holds(a, f, v) && d.holds(b, f, v))
	case "or":
		return one(d.holds(a, f, v) || d.holds(b, f, v))
	}
	if d.isActor(a, v) && d.isActor(b, v) {
		return one((d.actor(a.Op, v) == d.actor(b.Op, v)) == (e.Op == "="))
	}
	return calculate(e.Op, d.number(a, f, v), d.number(b, f, v))
}

func calculate(op string, x, y float64) float64 {
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		return x / y
	case "^":
		return math.Pow(x, y)
	case "=":
		return one(x == y)
	case "!=":
		return one(x != y)
	case "<":
		return one(x < y)
	case "<=":
		return one(x <= y)
	case ">":
		return one(x > y)
	case ">=":
		return one(x >= y)
	}
	panic("definition: operator " + op)
}

// quantified folds over the members of a role that meet the condition.
func (d *definition) quantified(e *syntax.Expr, f state, v bound) float64 {
	var xs []float64
	for _, a := range d.k.Roles[e.Args[0].Op] {
		if w := v.with(e.Var.Text, a); d.holds(e.Args[1], f, w) {
			xs = append(xs, d.number(e.Args[2], f, w))
		}
	}
	isZero := func(x float64) bool { return x == 0 }
	switch e.Op {
	case "any":
		return one(slices.ContainsFunc(xs, func(x float64) bool { return x != 0 }))
	case "every":
		return one(!slices.ContainsFunc(xs, isZero))
	case "count":
		return float64(len(slices.DeleteFunc(xs, isZero)))
	case "greatest":
		if len(xs) == 0 {
			return 0
		}
		return slices.Max(xs)
	}
	sum, product := 0.0, 1.0
	for _, x := range xs {
		sum, product = sum+x, product*x
	}
	if e.Op == "sum" {
		return sum
	}
	return product
}

func (d *definition) call(e *syntax.Expr, f state, v bound) float64 {
	if e.Op == "duty" || d.cr.Fact(e.Op) != nil {
		return float64(f[fact{e.Op, d.actor(e.Args[0].Op, v)}])
	}
	arg := func(i int) float64 { return d.number(e.Args[i], f, v) }
	switch e.Op {
	case "if":
		if d.holds(e.Args[0], f, v) {
			return arg(1)
		}
		return arg(2)
	case "min":
		return min(arg(0), arg(1))
	case "max":
		return max(arg(0), arg(1))
	case "exp":
		return math.Exp(arg(0))
	case "log":
		return math.Log(arg(0))
	case "sqrt":
		return math.Sqrt(arg(0))
	case "abs":
		return math.Abs(arg(0))
	case "odds":
		return arg(0) / (1 - arg(0))
	case "logit":
		return math.Log(arg(0)) - math.Log(1-arg(0))
	case "logistic":
		return 1 / (1 + math.Exp(-arg(0)))
	}
	return d.ofActor(e, d.actor(e.Args[0].Op, v), f, v)
}

// ofActor is what the option changes for an actor, once it is in effect.
func (d *definition) ofActor(e *syntax.Expr, actor string, f state, v bound) float64 {
	switch e.Op {
	case "pledged":
		return float64(d.pledged(actor))
	case "deploys":
		return one(d.troops(e, v) > 0)
	case "party_before":
		return one(d.party(d.before, actor, e.Args[1].Op))
	case "accedes":
		return one(d.party(d.after, actor, e.Args[1].Op) && !d.party(d.before, actor, e.Args[1].Op))
	}
	now := d.holds(d.cr.Effect, f, nil)
	switch e.Op {
	case "party":
		if now {
			return one(d.party(d.after, actor, e.Args[1].Op))
		}
		return one(d.party(d.before, actor, e.Args[1].Op))
	case "deployed":
		return one(now && d.troops(e, v) > 0)
	case "troops":
		return one(now) * d.troops(e, v)
	case "outlay":
		spends := slices.Clone(d.k.Spends)
		if now || d.k.Baseline == nil {
			spends = append(spends, d.o.Spends...)
		} else {
			spends = append(spends, d.k.Baseline.Spends...)
		}
		sum := 0.0
		for _, s := range spends {
			if s.Actor == actor {
				sum += d.number(s.Expr, f, v)
			}
		}
		return sum
	}
	panic("definition: no function " + e.Op)
}

// troops are thousand persons that the option puts at the place named, or on the
// territory of any protege.
func (d *definition) troops(e *syntax.Expr, v bound) float64 {
	actor, places := d.actor(e.Args[0].Op, v), d.k.Roles["protege"]
	if len(e.Args) == 2 {
		places = []string{d.actor(e.Args[1].Op, v)}
	}
	sum := 0.0
	for _, act := range d.o.Acts {
		there := false
		for _, p := range places {
			there = there || d.m.Within(act.Place, p, d.k.Date)
		}
		if there && act.Verb == "deploy" && act.States[0] == actor {
			sum += act.Number / 1000
		}
	}
	return sum
}

func (d *definition) party(book *law.Book, actor, id string) bool {
	for _, s := range d.states(actor) {
		if !book.Party(s, id) {
			return false
		}
	}
	return true
}

// pledged is what an actor would owe under the option if the challenger
// attacked the protege's territory, help asked for and a ceasefire in force.
func (d *definition) pledged(actor string) int {
	by, level := d.k.Roles["challenger"][0], 0
	known := map[string]law.Tri{"ceasefire": law.Yes, "requested": law.Yes}
	maps.Copy(known, d.known())
	for _, protege := range d.k.Roles["protege"] {
		if actor == by || actor == protege {
			continue
		}
		for _, s := range d.states(protege) {
			said := d.ask(d.after, law.Event{Kind: "armed attack", By: by, On: s, Object: "territory", Place: d.states(protege)[0], Facts: known, Readings: d.k.Readings})
			for _, debtor := range d.states(actor) {
				level = max(level, said[debtor])
			}
		}
	}
	return level
}
