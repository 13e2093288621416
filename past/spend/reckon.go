package spend

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
	"casus/special"
)

// Kind names what an expression can come to.
type Kind string

// The kinds of Value.
const (
	Money  Kind = "money"
	Number Kind = "number"
	Truth  Kind = "truth"
)

// Quantity holds what an expression comes to, with the arithmetic that led there.
type Quantity struct {
	Kind    Kind
	Amount  Amount // of Money
	X       float64
	Holds   bool
	Unknown string // why it is not known; "" when it is
	Shown   string // the expression with its figures put in: "(368.5 + 840 / 4) / 997.31"
	Rests   []Rest

	binds int // how tightly Shown holds together
}

// let is a named expression of the tables.
type let struct {
	says string
	expr *syntax.Expr
	rest *Rest // of a plain number: where it comes from
}

// Eval works out an expression over the book:
//
//	level[USA, 2024]              what was spent; also with a series (SIPRI) and the
//	                              year of its prices: level[USA, 2022, SIPRI, 2023]
//	share[DEU, 2024]              the same as a share of GDP
//	aim[EU27, EDA]                what a year would cost if an aim were met
//	plan[REARM], plan[REARM, safe]  a total over years, or a part of it
//	total[DEU, 2022, 2024]        levels summed over years
//	growth[DEU, 2019, 2024]       growth a year; with prices of a year it is real
//	burden[DEU, 2024, USA]        share of GDP beside that of another
//	amount(840, USD)              an amount a year; amount(800, EUR, 4) over four years
//	convert(x, RATE)              in the other currency of a named rate
//	yearly(x), literally(x)       a total spread over its years; one taken for a year
//	abs, min, max, + - * /, comparisons, and, or, not
//
// What the book has no figure of makes a Value with Unknown, and so does all that
// needs it: "not known or true" is true. The error is for what can never be worked
// out: unknown words, amounts that do not belong together.
func (b *Book) Eval(expression string) (Quantity, error) {
	e, err := parse(expression)
	if err != nil {
		return Quantity{}, err
	}
	return b.eval(e, nil)
}

// Reckon works out an expression that was read elsewhere, as Eval does.
func (b *Book) Reckon(e *syntax.Expr) (Quantity, error) { return b.eval(e, nil) }

func parse(text string) (*syntax.Expr, error) {
	e, problems := syntax.ParseExpr("", text)
	if e == nil {
		return nil, syntax.Typed(problems)
	}
	return e, nil
}

// tight is the binding of what needs no brackets.
const tight = 9

var loose = map[string]int{"or": 1, "and": 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "^": 8}

// eval works out an expression; open are the names being worked out above it.
func (b *Book) eval(e *syntax.Expr, open []string) (Quantity, error) {
	switch e.Kind {
	case syntax.NumberExpr:
		return Quantity{Kind: Number, X: e.Num, Shown: e.Op, binds: tight}, nil
	case syntax.NameExpr:
		return b.named(e.Op, open)
	case syntax.IndexExpr:
		return b.look(e)
	case syntax.CallExpr:
		return b.call(e, open)
	case syntax.UnaryExpr:
		return b.unary(e, open)
	case syntax.BinaryExpr:
		return b.binary(e, open)
	}
	return Quantity{}, fmt.Errorf("%s is no expression over spending", e)
}

func (b *Book) named(name string, open []string) (Quantity, error) {
	l, ok := b.lets[name]
	if !ok {
		var names []string
		for n := range b.lets {
			names = append(names, n)
		}
		return Quantity{}, source.Hint(fmt.Errorf("unknown name %s", quoted(name)), source.DidYouMean(name, names))
	}
	for _, n := range open {
		if n == name {
			return Quantity{}, fmt.Errorf("%s is reckoned from itself", name)
		}
	}
	v, err := b.eval(l.expr, append(open[:len(open):len(open)], name))
	if err == nil && l.rest != nil {
		v.Rests = union(v.Rests, []Rest{*l.rest})
	}
	return v, err
}

// words are the arguments of a look-up, each a name, a text or a number.
func words(e *syntax.Expr) ([]string, error) {
	var out []string
	for _, a := range e.Args {
		switch a.Kind {
		case syntax.NameExpr, syntax.StringExpr, syntax.NumberExpr:
			out = append(out, a.Op)
		default:
			return nil, fmt.Errorf("%s[…] takes names and years, not %s", e.Op, a)
		}
	}
	return out, nil
}

// asked is a look-up read: what[unit, years…, series, prices].
type asked struct {
	unit   string
	years  []int
	words  []string
	prices Prices
}

func (b *Book) read(e *syntax.Expr, years int) (asked, error) {
	ws, err := words(e)
	if err != nil {
		return asked{}, err
	}
	if len(ws) < 1+years {
		return asked{}, fmt.Errorf("%s[…] wants a state or group and %s", e.Op, []string{"no year", "a year", "two years"}[years])
	}
	a := asked{unit: ws[0]}
	if _, err := b.Resolve(a.unit); err != nil {
		return asked{}, err
	}
	for _, w := range ws[1:] {
		n, err := strconv.Atoi(w)
		switch {
		case err == nil && len(a.years) < years:
			a.years = append(a.years, n)
		case err == nil:
			a.prices = Prices(n)
		default:
			a.words = append(a.words, w)
		}
	}
	if len(a.years) < years || len(a.words) > 1 {
		return asked{}, fmt.Errorf("%s does not read: a state or group, %s, perhaps a series and the year of its prices", e, []string{"no year", "a year", "two years"}[years])
	}
	return a, nil
}

func (a asked) series() string {
	if len(a.words) == 1 {
		return a.words[0]
	}
	return ""
}

func (b *Book) look(e *syntax.Expr) (Quantity, error) {
	switch e.Op {
	case "level":
		a, err := b.read(e, 1)
		if err != nil {
			return Quantity{}, err
		}
		return money(b.level(a, a.years[0]))
	case "aim":
		a, err := b.read(e, 0)
		if err != nil {
			return Quantity{}, err
		}
		return money(b.aim(a))
	case "share":
		a, err := b.read(e, 1)
		if err != nil {
			return Quantity{}, err
		}
		f, err := b.ShareOf(a.series(), a.unit, a.years[0])
		if err != nil {
			return doubted(Number, err)
		}
		return Quantity{Kind: Number, X: f.Value / 100, Shown: number(f.Value) + "%", binds: tight, Rests: f.amount().Rests}, nil
	case "plan":
		return b.planned(e)
	case "total":
		a, err := b.read(e, 2)
		if err != nil {
			return Quantity{}, err
		}
		return money(b.total(a))
	case "growth":
		a, err := b.read(e, 2)
		if err != nil {
			return Quantity{}, err
		}
		return b.growth(a)
	case "burden":
		return b.burden(e)
	}
	return Quantity{}, source.Hint(fmt.Errorf("unknown %s[…]", e.Op), "there are level, share, aim, plan, total, growth, burden")
}

// level finds the level in any currency; of several series one must be named.
func (b *Book) level(a asked, year int) (Amount, error) {
	if a.series() != "" {
		return b.LevelOf(a.series(), a.unit, year, a.prices)
	}
	var found []*Figure
	for i := range b.Figures {
		if f := &b.Figures[i]; f.Measure == Level && f.Unit == a.unit && f.Year == year && f.Prices == a.prices {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return Amount{}, unknown("no level of %s for %d at %s%s", a.unit, year, a.prices, b.others(a.unit, year))
	case 1:
		return found[0].amount(), nil
	}
	return Amount{}, fmt.Errorf("%s and %s both say what %s spent in %d; name the series", found[0].Series, found[1].Series, a.unit, year)
}

func (b *Book) aim(a asked) (Amount, error) {
	var found []*Figure
	for i := range b.Figures {
		if f := &b.Figures[i]; f.Measure == Aim && f.Unit == a.unit && (a.series() == "" || a.series() == f.Series) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return Amount{}, unknown("no aim of %s", a.unit)
	case 1:
		return found[0].amount(), nil
	}
	return Amount{}, fmt.Errorf("there are %d aims of %s; name the series", len(found), a.unit)
}

// total sums the levels of every year from the first to the last. A year without
// a figure makes the sum not known.
func (b *Book) total(a asked) (Amount, error) {
	from, to := a.years[0], a.years[1]
	if to < from || to-from > 300 {
		return Amount{}, fmt.Errorf("no years from %d to %d", from, to)
	}
	sum, err := b.level(a, from)
	if err != nil {
		return Amount{}, err
	}
	for year := from + 1; year <= to; year++ {
		next, err := b.level(a, year)
		if err != nil {
			return Amount{}, err
		}
		next.Year, sum.Year = 0, 0
		if sum, err = sum.Plus(next); err != nil {
			return Amount{}, err
		}
	}
	sum.Year, sum.Years = 0, to-from+1
	return sum, nil
}

func (b *Book) growth(a asked) (Quantity, error) {
	from, to := a.years[0], a.years[1]
	if to <= from {
		return Quantity{}, fmt.Errorf("growth from %d to %d; the second year is the later", from, to)
	}
	first, err := b.level(a, from)
	if err != nil {
		return doubted(Number, err)
	}
	last, err := b.level(a, to)
	if err != nil {
		return doubted(Number, err)
	}
	ratio, err := last.Over(first)
	if err != nil {
		return doubted(Number, err)
	}
	n := to - from
	return Quantity{Kind: Number, X: special.Pow(ratio, 1/float64(n)) - 1, binds: loose["-"], Rests: union(first.Rests, last.Rests),
		Shown: fmt.Sprintf("(%s / %s)^(1/%d) - 1", number(last.Value), number(first.Value), n)}, nil
}

func (b *Book) burden(e *syntax.Expr) (Quantity, error) {
	ws, err := words(e)
	if err != nil {
		return Quantity{}, err
	}
	if len(ws) != 3 {
		return Quantity{}, errors.New("burden[…] wants a state, a year and the state it is held beside")
	}
	year, err := strconv.Atoi(ws[1])
	if err != nil {
		return Quantity{}, fmt.Errorf("%s is not a year", quoted(ws[1]))
	}
	own, err := b.ShareOf("", ws[0], year)
	if err != nil {
		return doubted(Number, err)
	}
	beside, err := b.ShareOf("", ws[2], year)
	if err != nil {
		return doubted(Number, err)
	}
	if beside.Value == 0 {
		return doubted(Number, unknown("%s spent nothing in %d", ws[2], year))
	}
	return Quantity{Kind: Number, X: own.Value / beside.Value, Shown: number(own.Value) + "% / " + number(beside.Value) + "%", binds: loose["/"],
		Rests: union(own.amount().Rests, beside.amount().Rests)}, nil
}

func (b *Book) planned(e *syntax.Expr) (Quantity, error) {
	ws, err := words(e)
	if err != nil {
		return Quantity{}, err
	}
	if len(ws) < 1 || len(ws) > 2 {
		return Quantity{}, errors.New("plan[…] wants a plan, and perhaps one of its parts")
	}
	p, ok := b.Plan(ws[0])
	if !ok {
		return Quantity{}, fmt.Errorf("unknown plan %s", quoted(ws[0]))
	}
	if len(ws) == 1 {
		v, err := money(p.Total(), nil)
		if len(p.Parts) > 1 {
			parts := make([]string, len(p.Parts))
			for i, part := range p.Parts {
				parts[i] = number(part.Amount.Value)
			}
			v.Shown, v.binds = strings.Join(parts, " + "), loose["+"]
		}
		return v, err
	}
	for _, part := range p.Parts {
		if part.Name == ws[1] {
			return money(part.amount(), nil)
		}
	}
	return Quantity{}, fmt.Errorf("plan %s has no part %s", ws[0], quoted(ws[1]))
}

// money makes a value of a look-up, not known where it is.
func money(a Amount, err error) (Quantity, error) {
	if err != nil {
		return doubted(Money, err)
	}
	return Quantity{Kind: Money, Amount: a, Shown: number(a.Value), binds: tight, Rests: a.Rests}, nil
}

// doubted is a value that is not known, when that is the error.
func doubted(k Kind, err error) (Quantity, error) {
	var u Unknown
	if !errors.As(err, &u) {
		return Quantity{}, err
	}
	return Quantity{Kind: k, Unknown: u.Why, Shown: "?", binds: tight}, nil
}

func (b *Book) call(e *syntax.Expr, open []string) (Quantity, error) {
	switch e.Op {
	case "amount":
		return amountOf(e)
	case "convert":
		return b.convert(e, open)
	}
	args := make([]Quantity, len(e.Args))
	shown := make([]string, len(e.Args))
	for i, a := range e.Args {
		v, err := b.eval(a, open)
		if err != nil {
			return Quantity{}, err
		}
		args[i], shown[i] = v, v.Shown
	}
	switch {
	case (e.Op == "yearly" || e.Op == "literally" || e.Op == "abs") && len(args) != 1:
		return Quantity{}, fmt.Errorf("%s(…) wants one thing", e.Op)
	case (e.Op == "min" || e.Op == "max") && len(args) < 2:
		return Quantity{}, fmt.Errorf("%s(…) wants two things or more", e.Op)
	}
	switch e.Op {
	case "yearly", "literally":
		return spread(e.Op, args[0])
	case "abs":
		v := args[0]
		if v.Kind == Truth {
			return Quantity{}, fmt.Errorf("abs(…) wants a number, not whether something holds")
		}
		v.X, v.Amount.Value, v.Shown, v.binds = math.Abs(v.X), math.Abs(v.Amount.Value), "abs("+v.Shown+")", tight
		return v, nil
	case "min", "max":
		return extreme(e.Op, args, shown)
	}
	return Quantity{}, source.Hint(fmt.Errorf("unknown %s(…)", e.Op), "there are amount, convert, yearly, literally, abs, min, max")
}

func amountOf(e *syntax.Expr) (Quantity, error) {
	ws, err := words(e)
	if err != nil || len(ws) < 2 || len(ws) > 3 || len(ws[1]) != 3 {
		return Quantity{}, errors.New("amount(…) wants a number of billions, a currency, and for a total the years: amount(800, EUR, 4)")
	}
	a := Amount{Value: e.Args[0].Num, Currency: Currency(ws[1])}
	if e.Args[0].Kind != syntax.NumberExpr {
		return Quantity{}, fmt.Errorf("amount(…) wants a number first, not %s", e.Args[0])
	}
	if len(ws) == 3 {
		if a.Years, err = strconv.Atoi(ws[2]); err != nil || a.Years < 1 {
			return Quantity{}, fmt.Errorf("amount(…): %s is not a number of years", quoted(ws[2]))
		}
	}
	return money(a, nil)
}

func (b *Book) convert(e *syntax.Expr, open []string) (Quantity, error) {
	if len(e.Args) != 2 || e.Args[1].Kind != syntax.NameExpr {
		return Quantity{}, errors.New("convert(…) wants an amount and the name of a rate; there is no conversion without one")
	}
	r, ok := b.Rate(e.Args[1].Op)
	if !ok {
		var names []string
		for _, x := range b.Rates {
			names = append(names, x.Name)
		}
		return Quantity{}, source.Hint(fmt.Errorf("unknown rate %s", quoted(e.Args[1].Op)), "there are "+strings.Join(names, ", "))
	}
	v, err := b.eval(e.Args[0], open)
	if err != nil || v.Unknown != "" {
		return v, err
	}
	if v.Kind != Money {
		return Quantity{}, fmt.Errorf("convert(…) wants an amount of money, not a %s", v.Kind)
	}
	op := " * "
	if v.Amount.Currency == r.To {
		op = " / "
	}
	a, err := r.Convert(v.Amount)
	if err != nil {
		return Quantity{}, err
	}
	return Quantity{Kind: Money, Amount: a, Shown: v.inside(loose["*"]) + op + number(r.Value), binds: loose["*"], Rests: union(v.Rests, a.Rests)}, nil
}

func spread(op string, v Quantity) (Quantity, error) {
	if v.Kind != Money {
		return Quantity{}, fmt.Errorf("%s(…) wants a total over years, not a %s", op, v.Kind)
	}
	if v.Unknown != "" {
		return v, nil
	}
	if op == "literally" {
		a, err := v.Amount.Literally()
		v.Amount, v.Rests = a, union(v.Rests, a.Rests)
		return v, err
	}
	years := v.Amount.Years
	a, err := v.Amount.Yearly()
	v.Amount = a
	v.Shown, v.binds = v.inside(loose["/"])+" / "+strconv.Itoa(years), loose["/"]
	return v, err
}

func extreme(op string, args []Quantity, shown []string) (Quantity, error) {
	out := args[0]
	for _, v := range args[1:] {
		less, err := compare("<", v, out)
		if err != nil {
			return Quantity{}, err
		}
		if why := both(out, v); why != "" {
			return Quantity{Kind: out.Kind, Unknown: why, Shown: "?", binds: tight}, nil
		}
		rests := union(out.Rests, v.Rests)
		if less == (op == "min") {
			out = v
		}
		out.Rests = rests
	}
	out.Shown, out.binds = op+"("+strings.Join(shown, ", ")+")", tight
	return out, nil
}

// inside is the arithmetic as it stands inside an operation of that binding.
func (v Quantity) inside(binds int) string {
	if v.binds < binds {
		return "(" + v.Shown + ")"
	}
	return v.Shown
}

func (b *Book) unary(e *syntax.Expr, open []string) (Quantity, error) {
	v, err := b.eval(e.Args[0], open)
	if err != nil {
		return v, err
	}
	if e.Op == "not" {
		if v.Kind != Truth {
			return Quantity{}, fmt.Errorf("not %s: not wants something that holds or does not", e.Args[0])
		}
		v.Holds, v.Shown, v.binds = !v.Holds, "not "+v.inside(tight), 3
		return v, nil
	}
	if v.Kind == Truth {
		return Quantity{}, fmt.Errorf("-%s: minus wants a number", e.Args[0])
	}
	v.X, v.Amount.Value, v.Shown, v.binds = -v.X, -v.Amount.Value, "-"+v.inside(7), 7
	return v, nil
}

func (b *Book) binary(e *syntax.Expr, open []string) (Quantity, error) {
	binds, ok := loose[e.Op]
	if !ok {
		return Quantity{}, fmt.Errorf("%s has no meaning over spending", e.Op)
	}
	x, err := b.eval(e.Args[0], open)
	if err != nil {
		return Quantity{}, err
	}
	y, err := b.eval(e.Args[1], open)
	if err != nil {
		return Quantity{}, err
	}
	out, err := combine(e.Op, x, y)
	if err != nil {
		var u Unknown
		if !errors.As(err, &u) {
			return Quantity{}, err
		}
		out = Quantity{Kind: Number, Unknown: u.Why}
	}
	if n := out.X + out.Amount.Value; out.Unknown == "" && (math.IsNaN(n) || math.IsInf(n, 0)) {
		out.Unknown = "it is no finite number"
	}
	if out.Unknown != "" {
		out.X, out.Amount = 0, Amount{}
	}
	out.Shown, out.binds = x.inside(binds)+" "+e.Op+" "+y.inside(binds+1), binds
	out.Rests = union(x.Rests, y.Rests)
	return out, nil
}

func combine(op string, x, y Quantity) (Quantity, error) {
	switch op {
	case "and", "or":
		return connect(op, x, y)
	case "=", "!=", "<", "<=", ">", ">=":
		holds, err := compare(op, x, y)
		return Quantity{Kind: Truth, Holds: holds, Unknown: both(x, y)}, err
	}
	if x.Kind == Truth || y.Kind == Truth {
		return Quantity{}, fmt.Errorf("%s wants numbers or amounts, not whether something holds", op)
	}
	why := both(x, y)
	switch {
	case x.Kind == Number && y.Kind == Number:
		n, err := arithmetic(op, x.X, y.X, why)
		return Quantity{Kind: Number, X: n, Unknown: why}, err
	case op == "/" && x.Kind == Money && y.Kind == Money:
		if why != "" {
			return Quantity{Kind: Number, Unknown: why}, nil
		}
		n, err := x.Amount.Over(y.Amount)
		return Quantity{Kind: Number, X: n}, err
	case op == "*" && x.Kind == Number || op == "*" && y.Kind == Number:
		if x.Kind == Number {
			x, y = y, x
		}
		return Quantity{Kind: Money, Amount: x.Amount.Times(y.X), Unknown: why}, nil
	case op == "/" && x.Kind == Money:
		if y.X == 0 && why == "" {
			why = "a division by zero"
		}
		return Quantity{Kind: Money, Amount: x.Amount.Times(1 / y.X), Unknown: why}, nil
	case (op == "+" || op == "-") && x.Kind == Money && y.Kind == Money:
		if why != "" {
			return Quantity{Kind: Money, Unknown: why}, nil
		}
		a, err := x.Amount.Plus(y.Amount)
		if op == "-" {
			a, err = x.Amount.Minus(y.Amount)
		}
		return Quantity{Kind: Money, Amount: a}, err
	}
	return Quantity{}, fmt.Errorf("%s between %s and %s makes no sense", op, x.Kind, y.Kind)
}

func both(x, y Quantity) string {
	if x.Unknown != "" {
		return x.Unknown
	}
	return y.Unknown
}

func arithmetic(op string, x, y float64, why string) (float64, error) {
	if op == "/" && y == 0 && why == "" {
		return 0, unknown("a division by zero")
	}
	return syntax.Arithmetic(op)(x, y), nil
}

// connect is Kleene's and, or: what one side decides needs no other.
func connect(op string, x, y Quantity) (Quantity, error) {
	if x.Kind != Truth || y.Kind != Truth {
		return Quantity{}, fmt.Errorf("%s wants things that hold or do not", op)
	}
	decides := op == "or"
	for _, v := range []Quantity{x, y} {
		if v.Unknown == "" && v.Holds == decides {
			return Quantity{Kind: Truth, Holds: decides}, nil
		}
	}
	return Quantity{Kind: Truth, Holds: !decides, Unknown: both(x, y)}, nil
}

// compare compares numbers, or amounts that belong together (syntax.Compare).
func compare(op string, x, y Quantity) (bool, error) {
	if x.Kind != y.Kind || x.Kind == Truth {
		return false, fmt.Errorf("cannot compare %s with %s", x.Kind, y.Kind)
	}
	if both(x, y) != "" {
		return false, nil
	}
	a, c := x.X, y.X
	if x.Kind == Money {
		if err := x.Amount.alike(y.Amount, "compare"); err != nil {
			return false, err
		}
		a, c = x.Amount.Value, y.Amount.Value
	}
	return syntax.Compare(op, a, c) == 1, nil
}
