package crisis

import (
	"math"
	"slices"

	"casus/game/tape"
	"casus/lang/syntax"
	"casus/model"
	"casus/special"
)

// compiler turns the expressions of a crisis into closures over facts, with
// the variables of one grounding. reads gathers the facts they look at.
type compiler struct {
	g     *Game
	vars  map[string]string
	reads facts
}

// cond is a yes/no expression over facts; where fn is nil it is the constant
// value.
type cond struct {
	fn    func(facts) bool
	value bool
}

func (c cond) holds(f facts) bool {
	if c.fn == nil {
		return c.value
	}
	return c.fn(f)
}

func (c cond) never() bool { return c.fn == nil && !c.value }

var always = cond{value: true}

// amount is a number over facts and assumptions, as a node of the tape: of the
// game's where it reads no fact, which is fixed; else written where it is asked
// for, in a clone of that.
type amount struct {
	fixed *tape.Node
	fn    func(*tape.Builder, facts) tape.Node
}

func (a amount) node(b *tape.Builder, f facts) tape.Node {
	if a.fixed != nil {
		return *a.fixed
	}
	return a.fn(b, f)
}

func (a amount) none() bool { return a.fixed == nil && a.fn == nil }

// level is a number over facts alone; where fn is nil it is the constant value.
type level struct {
	fn    func(facts) float64
	value float64
}

func (l level) at(f facts) float64 {
	if l.fn == nil {
		return l.value
	}
	return l.fn(f)
}

func (c *compiler) actor(e *syntax.Expr) string { return c.actorNamed(e.Op) }

func (c *compiler) actorNamed(name string) string {
	if a, ok := c.vars[name]; ok {
		return a
	}
	if cast := c.g.Case.Roles[name]; len(cast) == 1 {
		return cast[0]
	}
	return name
}

func (c *compiler) isActor(e *syntax.Expr) bool {
	if e.Kind != syntax.NameExpr {
		return false
	}
	_, bound := c.vars[e.Op]
	r := c.g.Crisis.Role(e.Op)
	return bound || r != nil && !r.Many || slices.Contains(c.g.Actors, e.Op) && c.g.Crisis.Fact(e.Op) == nil
}

// cond compiles a condition; nil is always.
func (c *compiler) cond(e *syntax.Expr) cond {
	if e == nil {
		return always
	}
	switch {
	case e.Kind == syntax.UnaryExpr && e.Op == "not":
		x := c.cond(e.Args[0])
		if x.fn == nil {
			return cond{value: !x.value}
		}
		return cond{fn: func(f facts) bool { return !x.fn(f) }}
	case e.Kind == syntax.BinaryExpr && (e.Op == "and" || e.Op == "or"):
		return junction(e.Op == "and", c.cond(e.Args[0]), c.cond(e.Args[1]))
	case e.Kind == syntax.BinaryExpr && comparison[e.Op] != nil:
		return c.compare(e)
	case e.Kind == syntax.QuantExpr && (e.Op == "any" || e.Op == "every"):
		return c.quantified(e)
	}
	x := c.level(e)
	if x.fn == nil {
		return cond{value: x.value != 0}
	}
	return cond{fn: func(f facts) bool { return x.fn(f) != 0 }}
}

// junction is a and b, or a or b, folding what is constant.
func junction(and bool, a, b cond) cond {
	if a.fn == nil && a.value != and || b.fn == nil && b.value != and {
		return cond{value: !and}
	}
	if a.fn == nil {
		return b
	}
	if b.fn == nil {
		return a
	}
	if and {
		return cond{fn: func(f facts) bool { return a.fn(f) && b.fn(f) }}
	}
	return cond{fn: func(f facts) bool { return a.fn(f) || b.fn(f) }}
}

var comparison = map[string]func(a, b float64) bool{
	"=": func(a, b float64) bool { return a == b }, "!=": func(a, b float64) bool { return a != b },
	"<": func(a, b float64) bool { return a < b }, "<=": func(a, b float64) bool { return a <= b },
	">": func(a, b float64) bool { return a > b }, ">=": func(a, b float64) bool { return a >= b },
}

func (c *compiler) compare(e *syntax.Expr) cond {
	a, b := e.Args[0], e.Args[1]
	if c.isActor(a) && c.isActor(b) {
		return cond{value: (c.actor(a) == c.actor(b)) == (e.Op == "=")}
	}
	is := comparison[e.Op]
	x, y := c.level(a), c.level(b)
	if x.fn == nil && y.fn == nil {
		return cond{value: is(x.value, y.value)}
	}
	return cond{fn: func(f facts) bool { return is(x.at(f), y.at(f)) }}
}

func (c *compiler) quantified(e *syntax.Expr) cond {
	out := cond{value: e.Op == "every"}
	c.each(e, func(holds cond) {
		body := c.cond(e.Args[2])
		if e.Op == "any" {
			out = junction(false, out, junction(true, holds, body))
		} else {
			not := cond{value: !holds.value}
			if holds.fn != nil {
				not = cond{fn: func(f facts) bool { return !holds.fn(f) }}
			}
			out = junction(true, out, junction(false, not, body))
		}
	})
	return out
}

// each binds the variable of a quantifier to each actor of its role in turn.
func (c *compiler) each(e *syntax.Expr, do func(holds cond)) {
	c.bind(e.Var.Text, e.Args[0].Op, func(string) { do(c.cond(e.Args[1])) })
}

// bind lets a variable stand for each actor of a role in turn, in order.
func (c *compiler) bind(name, role string, do func(actor string)) {
	if c.vars == nil {
		c.vars = map[string]string{}
	}
	saved, had := c.vars[name]
	for _, a := range c.g.Case.Roles[role] {
		c.vars[name] = a
		do(a)
	}
	delete(c.vars, name)
	if had {
		c.vars[name] = saved
	}
}

// level compiles a number that rests on facts and settings alone.
func (c *compiler) level(e *syntax.Expr) level {
	switch e.Kind {
	case syntax.NumberExpr:
		return level{value: e.Num}
	case syntax.NameExpr:
		return c.levelName(e)
	case syntax.CallExpr:
		return c.levelCall(e)
	case syntax.IndexExpr, syntax.StringExpr, syntax.DateExpr:
		panic("crisis: " + e.String() + " is drawn for no input of the game")
	case syntax.QuantExpr:
		if e.Op != "any" && e.Op != "every" {
			return c.levelFold(e)
		}
	case syntax.UnaryExpr:
		if e.Op == "-" {
			return c.levelOf(func(x float64) float64 { return -x }, e.Args[0])
		}
	case syntax.BinaryExpr:
		if arithmetic[e.Op] != nil {
			x, y, op := c.level(e.Args[0]), c.level(e.Args[1]), arithmetic[e.Op]
			if x.fn == nil && y.fn == nil {
				return level{value: op(x.value, y.value)}
			}
			return level{fn: func(f facts) float64 { return op(x.at(f), y.at(f)) }}
		}
	}
	return ofCond(c.cond(e))
}

var arithmetic = map[string]func(a, b float64) float64{
	"+": func(a, b float64) float64 { return a + b }, "-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b }, "/": func(a, b float64) float64 { return a / b },
	"^": special.Pow,
}

var functions = map[string]func(float64) float64{
	"exp": special.Exp, "log": special.Log, "sqrt": math.Sqrt, "abs": math.Abs,
	"odds":     func(p float64) float64 { return p / (1 - p) },
	"logit":    func(p float64) float64 { return special.Log(p / (1 - p)) },
	"logistic": func(x float64) float64 { return 1 / (1 + special.Exp(-x)) },
}

// levelOf is a function of one level.
func (c *compiler) levelOf(do func(float64) float64, e *syntax.Expr) level {
	x := c.level(e)
	if x.fn == nil {
		return level{value: do(x.value)}
	}
	return level{fn: func(f facts) float64 { return do(x.fn(f)) }}
}

func ofCond(x cond) level {
	one := func(v bool) float64 {
		if v {
			return 1
		}
		return 0
	}
	if x.fn == nil {
		return level{value: one(x.value)}
	}
	return level{fn: func(f facts) float64 { return one(x.fn(f)) }}
}

func (c *compiler) levelName(e *syntax.Expr) level {
	switch {
	case e.Op == "yes", e.Op == "year":
		return level{value: 1}
	case e.Op == "no":
		return level{}
	case e.Op == "horizon":
		return level{value: float64(c.g.Case.Horizon)}
	}
	if i := slices.Index(model.Levels, e.Op); i >= 0 {
		return level{value: float64(i)}
	}
	if v, ok := c.g.setting[e.Op]; ok {
		return c.setting(e.Op, v)
	}
	if c.g.Crisis.Fact(e.Op) == nil {
		panic("crisis: " + e.Op + " is no fact, and is drawn for no input of the game")
	}
	return c.fact(e.Op)
}

// setting is the value of a setting; of one that waits, the option's once it is
// in effect.
func (c *compiler) setting(name string, v float64) level {
	for i := range c.g.Crisis.Settings {
		if s := &c.g.Crisis.Settings[i]; s.Name == name && s.Waits {
			return c.either(v, c.g.settingBefore(s))
		}
	}
	return level{value: v}
}

func (c *compiler) fact(name string) level {
	s, ok := c.g.slots[name]
	if !ok {
		return level{} // a fact of an actor that does not play the role
	}
	c.reads = c.reads.or(s.mask())
	return level{fn: func(f facts) float64 { return float64(s.get(f)) }}
}

// troops are those of an actor at the place named, or on the territory of whoever
// plays the protege.
func (c *compiler) troops(e *syntax.Expr) float64 {
	places := c.g.Case.Roles["protege"]
	if len(e.Args) > 1 {
		places = []string{c.actor(e.Args[1])}
	}
	return c.g.troops(c.actor(e.Args[0]), places)
}

func (c *compiler) levelCall(e *syntax.Expr) level {
	if c.g.Crisis.Fact(e.Op) != nil || e.Op == dutyFact {
		return c.fact(e.Op + "(" + c.actor(e.Args[0]) + ")")
	}
	switch e.Op {
	case "deployed":
		return c.either(bit(c.troops(e) > 0), 0)
	case "deploys":
		return level{value: bit(c.troops(e) > 0)}
	case "troops":
		return c.either(c.troops(e), 0)
	case "pledged":
		return level{value: float64(c.g.pledge[c.actor(e.Args[0])])}
	case "party":
		a, id := c.actor(e.Args[0]), e.Args[1].Op
		return c.either(bit(c.g.party(c.g.book.Party, a, id)), bit(c.g.party(c.g.before.Party, a, id)))
	case "party_before":
		return level{value: bit(c.g.party(c.g.before.Party, c.actor(e.Args[0]), e.Args[1].Op))}
	case "accedes":
		a, id := c.actor(e.Args[0]), e.Args[1].Op
		return level{value: bit(c.g.party(c.g.book.Party, a, id) && !c.g.party(c.g.before.Party, a, id))}
	case "if":
		return choice(c.cond(e.Args[0]), c.level(e.Args[1]), c.level(e.Args[2]))
	case "exp", "log", "sqrt", "abs", "odds", "logit", "logistic":
		return c.levelOf(functions[e.Op], e.Args[0])
	case "min", "max":
		x, y, least := c.level(e.Args[0]), c.level(e.Args[1]), e.Op == "min"
		return level{fn: func(f facts) float64 {
			if (x.at(f) < y.at(f)) == least {
				return x.at(f)
			}
			return y.at(f)
		}}
	}
	panic("crisis: " + e.String() + " passed the check as a number of facts")
}

// either gives the one value while what the option changes is in effect, the
// other before.
func (c *compiler) either(with, without float64) level {
	if with == without {
		return level{value: with}
	}
	return choice(c.inEffect(), level{value: with}, level{value: without})
}

func (c *compiler) inEffect() cond {
	c.reads = c.reads.or(c.g.effects)
	return c.g.effect
}

func choice(k cond, x, y level) level {
	if k.fn == nil {
		if k.value {
			return x
		}
		return y
	}
	return level{fn: func(f facts) float64 {
		if k.fn(f) {
			return x.at(f)
		}
		return y.at(f)
	}}
}

// party asks of an actor that is a group whether all its states are parties.
func (g *Game) party(is func(state, id string) bool, actor, id string) bool {
	return !slices.ContainsFunc(g.states(actor), func(s string) bool { return !is(s, id) })
}

func bit(v bool) float64 {
	if v {
		return 1
	}
	return 0
}

// folds are how quantifiers gather the members of a role: the value of none,
// and of one more.
var folds = map[string]struct {
	none float64
	add  func(a, b float64) float64
}{
	"count":    {0, func(a, b float64) float64 { return a + bit(b != 0) }},
	"sum":      {0, func(a, b float64) float64 { return a + b }},
	"product":  {1, func(a, b float64) float64 { return a * b }},
	"greatest": {math.Inf(-1), math.Max},
}

// term holds what a quantifier says of one member of a role: its value, and
// whether it counts.
type term[T any] struct {
	holds cond
	value T
}

// gather compiles the body of a quantifier for each member of its role, and
// reports whether none of it reads a fact.
func gather[T any](c *compiler, e *syntax.Expr, compile func(*syntax.Expr) T, constant func(T) bool) (terms []term[T], fixed bool) {
	fixed = true
	c.each(e, func(holds cond) {
		t := term[T]{holds, compile(e.Args[2])}
		terms = append(terms, t)
		fixed = fixed && holds.fn == nil && constant(t.value)
	})
	return terms, fixed
}

// levelFold unrolls count, sum, product and greatest over a role; the greatest
// of none is 0.
func (c *compiler) levelFold(e *syntax.Expr) level {
	terms, fixed := gather(c, e, c.level, func(l level) bool { return l.fn == nil })
	fold := folds[e.Op]
	at := func(f facts) float64 {
		out := fold.none
		for _, t := range terms {
			if t.holds.holds(f) {
				out = fold.add(out, t.value.at(f))
			}
		}
		if math.IsInf(out, -1) {
			return 0
		}
		return out
	}
	if fixed {
		return level{value: at(facts{})}
	}
	return level{fn: at}
}

// amount compiles a number over facts and assumptions.
func (c *compiler) amount(e *syntax.Expr) amount {
	if e == nil {
		return amount{}
	}
	b := c.g.b
	switch e.Kind {
	case syntax.NumberExpr:
		return fixed(b.Const(e.Num))
	case syntax.NameExpr, syntax.IndexExpr:
		if e.Op == "precision" && e.Kind == syntax.NameExpr {
			return fixed(c.g.lambda)
		}
		if n, ok := c.assumption(e); ok && !c.isWord(e) {
			return fixed(n)
		}
	case syntax.UnaryExpr:
		if e.Op == "-" {
			return c.lift((*tape.Builder).Neg, c.amount(e.Args[0]))
		}
	case syntax.BinaryExpr:
		if op := operations[e.Op]; op != nil {
			return c.lift2(op, c.amount(e.Args[0]), c.amount(e.Args[1]))
		}
	case syntax.CallExpr:
		if a, ok := c.amountCall(e); ok {
			return a
		}
	case syntax.QuantExpr:
		if e.Op == "sum" || e.Op == "product" || e.Op == "greatest" {
			return c.amountFold(e)
		}
	}
	x := c.level(e)
	if x.fn == nil {
		return fixed(b.Const(x.value))
	}
	return amount{fn: func(b *tape.Builder, f facts) tape.Node { return b.Const(x.fn(f)) }}
}

func fixed(n tape.Node) amount { return amount{fixed: &n} }

// isWord reports whether a name is one of the crisis's own, which goes before
// an assumption of that name.
func (c *compiler) isWord(e *syntax.Expr) bool {
	_, setting := c.g.setting[e.Op]
	return e.Kind == syntax.NameExpr && (setting || c.g.Crisis.Fact(e.Op) != nil)
}

// assumption finds a drawn number: with its index, or without where there is
// no such index.
func (c *compiler) assumption(e *syntax.Expr) (tape.Node, bool) {
	name := e.Op
	if e.Kind == syntax.IndexExpr {
		name += "[" + c.actor(e.Args[0]) + "]"
	}
	if n, ok := c.g.input[name]; ok {
		return n, true
	}
	n, ok := c.g.input[e.Op]
	return n, ok
}

// operations are those of arithmetic, on nodes of a tape.
var operations = map[string]func(b *tape.Builder, x, y tape.Node) tape.Node{
	"+": (*tape.Builder).Add, "-": (*tape.Builder).Sub, "*": (*tape.Builder).Mul, "/": (*tape.Builder).Div, "^": (*tape.Builder).Pow,
}

// lift applies a function of a node to an amount.
func (c *compiler) lift(op func(*tape.Builder, tape.Node) tape.Node, x amount) amount {
	if x.fixed != nil {
		return fixed(op(c.g.b, *x.fixed))
	}
	return amount{fn: func(b *tape.Builder, f facts) tape.Node { return op(b, x.fn(b, f)) }}
}

func (c *compiler) lift2(op func(b *tape.Builder, x, y tape.Node) tape.Node, x, y amount) amount {
	if x.fixed != nil && y.fixed != nil {
		return fixed(op(c.g.b, *x.fixed, *y.fixed))
	}
	return amount{fn: func(b *tape.Builder, f facts) tape.Node { return op(b, x.node(b, f), y.node(b, f)) }}
}

// unary are the functions of one number, on nodes of a tape.
var unary = map[string]func(b *tape.Builder, x tape.Node) tape.Node{
	"exp": (*tape.Builder).Exp, "log": (*tape.Builder).Log, "sqrt": (*tape.Builder).Sqrt,
	"abs":   func(b *tape.Builder, x tape.Node) tape.Node { return b.Max(x, b.Neg(x)) },
	"odds":  odds,
	"logit": func(b *tape.Builder, x tape.Node) tape.Node { return b.Log(odds(b, x)) },
	"logistic": func(b *tape.Builder, x tape.Node) tape.Node {
		return b.Div(b.Const(1), b.Add(b.Const(1), b.Exp(b.Neg(x))))
	},
}

// odds are p to 1 − p.
func odds(b *tape.Builder, p tape.Node) tape.Node { return b.Div(p, b.Sub(b.Const(1), p)) }

func (c *compiler) amountCall(e *syntax.Expr) (amount, bool) {
	if op := unary[e.Op]; op != nil {
		return c.lift(op, c.amount(e.Args[0])), true
	}
	switch e.Op {
	case "min":
		return c.lift2((*tape.Builder).Min, c.amount(e.Args[0]), c.amount(e.Args[1])), true
	case "max":
		return c.lift2((*tape.Builder).Max, c.amount(e.Args[0]), c.amount(e.Args[1])), true
	case "outlay":
		return c.outlay(c.actor(e.Args[0])), true
	case "if":
		return choose(c.cond(e.Args[0]), c.amount(e.Args[1]), c.amount(e.Args[2])), true
	}
	return amount{}, false
}

func choose(k cond, x, y amount) amount {
	if k.fn == nil {
		if k.value {
			return x
		}
		return y
	}
	return amount{fn: func(b *tape.Builder, f facts) tape.Node {
		if k.fn(f) {
			return x.node(b, f)
		}
		return y.node(b, f)
	}}
}

// outlay adds up what the case and the option spend on an actor's account, a year;
// until the option is in effect, what the baseline spends.
func (c *compiler) outlay(actor string) amount {
	g := c.g
	g.look(func(l *looked) { l.payers = append(l.payers, actor) })
	with := c.spending(actor, g.Option.Spends)
	if g.Case.Baseline == nil || g.Case.Baseline == g.Option {
		return with
	}
	return choose(c.inEffect(), with, c.spending(actor, g.Case.Baseline.Spends))
}

func (c *compiler) spending(actor string, own []model.Spend) amount {
	sum := fixed(c.g.b.Const(0))
	for _, s := range slices.Concat(c.g.Case.Spends, own) {
		if s.Actor == actor {
			sum = c.lift2((*tape.Builder).Add, sum, c.amount(s.Expr))
		}
	}
	return sum
}

// amountFold unrolls sum, product and greatest over a role; the greatest of
// none is 0.
func (c *compiler) amountFold(e *syntax.Expr) amount {
	switch e.Op {
	case "sum":
		return c.fold(e, (*tape.Builder).Add, c.g.b.Const(0))
	case "product":
		return c.fold(e, (*tape.Builder).Mul, c.g.b.Const(1))
	}
	return c.greatest(e)
}

func (c *compiler) fold(e *syntax.Expr, op func(b *tape.Builder, x, y tape.Node) tape.Node, none tape.Node) amount {
	out := fixed(none)
	c.each(e, func(holds cond) {
		out = c.lift2(op, out, choose(holds, c.amount(e.Args[2]), fixed(none)))
	})
	return out
}

func (c *compiler) greatest(e *syntax.Expr) amount {
	terms, settled := gather(c, e, c.amount, func(a amount) bool { return a.fixed != nil })
	at := func(b *tape.Builder, f facts) tape.Node {
		var out *tape.Node
		for _, t := range terms {
			if !t.holds.holds(f) {
				continue
			}
			x := t.value.node(b, f)
			if out != nil {
				x = b.Max(*out, x)
			}
			out = &x
		}
		if out == nil {
			return b.Const(0)
		}
		return *out
	}
	if settled {
		return fixed(at(c.g.b, facts{}))
	}
	return amount{fn: at}
}

// option compiles one choice of a position.
func (c *compiler) option(ch *model.Choice, p *position) option {
	o := option{choice: ch, when: c.cond(ch.When)}
	o.prob, o.base, o.scale = c.amount(ch.Prob), c.amount(original(ch, p.step).Base), c.amount(ch.Scale)
	if ch.Event != nil {
		o.event = c.event(ch.Event)
		for _, a := range c.g.Actors {
			p.writes = p.writes.or(c.g.slots[dutyFact+"("+a+")"].mask())
		}
	}
	for i := range ch.Effects {
		o.effects = append(o.effects, c.effects(&ch.Effects[i])...)
	}
	for _, e := range o.effects {
		p.writes = p.writes.or(e.slot.mask())
	}
	return o
}

// original is the choice whose base odds a choice starts from.
func original(ch *model.Choice, st *model.Step) *model.Choice {
	for i := range st.Choices {
		if st.Choices[i].Name == ch.CopyOf {
			return &st.Choices[i]
		}
	}
	return ch
}

// effects unrolls one effect over its role.
func (c *compiler) effects(e *model.Effect) []effect {
	one := func() effect {
		name := e.Fact
		if len(e.Args) > 0 {
			name += "(" + c.actorNamed(e.Args[0]) + ")"
		}
		reader := &compiler{g: c.g, vars: c.vars}
		out := effect{slot: c.g.slots[name], max: c.g.Crisis.Fact(e.Fact).Max, value: e.Value, raise: e.Raise, when: reader.cond(e.If), reads: reader.reads, of: e}
		c.reads = c.reads.or(out.reads)
		return out
	}
	if e.Var == "" {
		return []effect{one()}
	}
	var out []effect
	c.bind(e.Var, e.Over, func(string) { out = append(out, one()) })
	return slices.DeleteFunc(out, func(x effect) bool { return x.slot.width == 0 })
}
