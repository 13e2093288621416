package inquiry

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/study"
)

// Proposition is a condition on the rows of a table, in the expressions of
// the language: comparisons (syntax.Compare), and, or, not, + - * / ^, abs, min, max. A name is a
// column, and so is a text in quotes where a column has that name, for names with
// blanks; any other text in quotes is a text. us_war[europe] is the column of
// that name.
type Proposition struct {
	Text string
	// Columns names the columns it mentions, in that order.
	Columns []string
	expr    *syntax.Expr
}

// NewProposition reads a proposition over the columns of a table, typed with a flag, or
// into a field, of that name. The whole text may be the name of a column of truths, or
// of 0 and 1, too.
func NewProposition(flag, text string, t *data.Columns) (*Proposition, error) {
	p := &Proposition{Text: text}
	if t.Column(text) != nil {
		p.expr = &syntax.Expr{Kind: syntax.NameExpr, Op: text, Tok: syntax.Token{Text: text, Pos: source.Pos{File: source.Typed(flag, text)}}}
	} else {
		e, err := parse(flag, text)
		if err != nil {
			return nil, err
		}
		p.expr = e
	}
	p.expr.Walk(func(e *syntax.Expr) {
		if name, ok := columnOf(e, t); ok && !slices.Contains(p.Columns, name) {
			p.Columns = append(p.Columns, name)
		}
	})
	return p, nil
}

// undivided refuses a condition that none of the worlds meets, or all of them do.
type undivided struct {
	worlds int
	all    bool
}

func (u undivided) Error() string {
	switch {
	case u.all && u.worlds == 1:
		return "the one world is of interest, and one alone tells nothing apart: use more with --worlds"
	case u.all:
		return fmt.Sprintf("all %d worlds are of interest; there is nothing to tell apart, so narrow what is of interest", u.worlds)
	case u.worlds == 1:
		return "the one world is not of interest; there is nothing to find, so widen what is of interest"
	}
	return fmt.Sprintf("none of %d worlds is of interest; there is nothing to find, so widen what is of interest", u.worlds)
}

// columnOf is the column that a node of an expression is.
func columnOf(e *syntax.Expr, t *data.Columns) (string, bool) {
	name := e.Op
	switch e.Kind {
	case syntax.IndexExpr:
		name = e.String()
	case syntax.NameExpr, syntax.StringExpr:
	default:
		return "", false
	}
	return name, t.Column(name) != nil
}

// parse reads an expression as it was typed with a flag.
func parse(flag, text string) (*syntax.Expr, error) {
	e, problems := syntax.ParseExpr(flag, text)
	if e == nil {
		return nil, source.Misuse{Err: syntax.Typed(problems)}
	}
	return e, nil
}

// inUnit is the error of a comparison that can never turn out otherwise: a
// probability or share beside a number that none can be, alone or in an expression. Unit
// gives that of a name; nil where it has none.
func inUnit(e *syntax.Expr, unit func(*syntax.Expr) string) error {
	var err error
	e.Walk(func(x *syntax.Expr) {
		if err == nil {
			err = comparedInUnit(x, unit)
		}
	})
	return err
}

func comparedInUnit(x *syntax.Expr, unit func(*syntax.Expr) string) error {
	if c, ok := x.Compared(); ok {
		u := unit(c.Of)
		switch share := study.IsShare(u); {
		case c.Percent && !share && u != "":
			return c.At.At(source.Misused("%s is in %s, so write a number and no percentage", c.Of, u))
		case share && (c.Number > 1 || c.Number < 0):
			return c.At.At(source.Hint(source.Misused("%s is a probability or share, from 0 to 1, got %g", c.Of, c.Number), meantShare(c.Number)))
		}
	}
	most := 0.0
	why := x.Decided(func(e *syntax.Expr) (syntax.Span, bool) {
		if e.Kind == syntax.NumberExpr {
			most = max(most, e.Num)
			return syntax.Span{}, false
		}
		return syntax.Chance, study.IsShare(unit(e))
	})
	if why == "" {
		return nil
	}
	return x.At(source.Hint(source.Misused("a probability or share is 0 to 1, so %s is decided beforehand: %s", x, why), meantShare(most)))
}

// meantShare says how a number of percent is written.
func meantShare(x float64) string {
	if x > 1 && x <= 100 {
		return fmt.Sprintf("%g %% is %s or %g%%", x, strconv.FormatFloat(x/100, 'f', -1, 64), x)
	}
	return "3 % is 0.03 or 3%"
}

// Holds says of every row whether the proposition does: 1, 0, or NaN where that
// is not known because something is missing. "Not known or true" is true.
func (p *Proposition) Holds(t *data.Columns) ([]float64, error) {
	r := &rowEval{t}
	v, err := r.eval(p.expr)
	if err != nil {
		return nil, err
	}
	if v.numbers, err = v.truth(p.expr); err != nil {
		return nil, err
	}
	return r.each(data.Truths, v.number).numbers, nil
}

// rowValue is a node of an expression in every row: numbers, truths, or texts; a
// constant has one.
type rowValue struct {
	kind    data.ColumnKind
	numbers []float64
	texts   []string
	column  bool
}

type rowEval struct{ t *data.Columns }

func (v *rowValue) number(i int) float64 { return v.numbers[min(i, len(v.numbers)-1)] }
func (v *rowValue) text(i int) string    { return v.texts[min(i, len(v.texts)-1)] }

// truth takes a column of 0 and 1 for one of truths.
func (v rowValue) truth(e *syntax.Expr) ([]float64, error) {
	if v.kind == data.Truths {
		return v.numbers, nil
	}
	if v.kind == data.Numbers && v.column && !slices.ContainsFunc(v.numbers, func(x float64) bool { return x != 0 && x != 1 && !math.IsNaN(x) }) {
		return v.numbers, nil
	}
	return nil, wrong(e, "%s is neither true nor false; compare it with something, as in: %s > 0.5", e, e)
}

func (r *rowEval) eval(e *syntax.Expr) (rowValue, error) {
	if name, ok := columnOf(e, r.t); ok {
		return r.column(e, r.t.Column(name))
	}
	switch e.Kind {
	case syntax.NumberExpr:
		return rowValue{kind: data.Numbers, numbers: []float64{e.Num}}, nil
	case syntax.StringExpr:
		return rowValue{kind: data.Words, texts: []string{e.Op}}, nil
	case syntax.NameExpr:
		switch e.Op {
		case "true", "yes":
			return rowValue{kind: data.Truths, numbers: []float64{1}}, nil
		case "false", "no":
			return rowValue{kind: data.Truths, numbers: []float64{0}}, nil
		}
		return rowValue{}, r.unknown(e)
	case syntax.IndexExpr:
		return rowValue{}, r.unknown(e)
	case syntax.UnaryExpr:
		return r.unary(e)
	case syntax.BinaryExpr:
		return r.binary(e)
	case syntax.CallExpr:
		return r.call(e)
	}
	return rowValue{}, wrong(e, "%s is no expression over the columns of a table", e)
}

func (r *rowEval) unknown(e *syntax.Expr) error {
	return e.At(source.Hint(source.Misused("no column %q", e.String()), source.Among(e.String(), r.t.Names())))
}

// wrong is the error of a part of what was typed, at its place.
func wrong(e *syntax.Expr, format string, args ...any) error {
	return e.At(source.Misused(format, args...))
}

func (r *rowEval) column(e *syntax.Expr, c *data.Column) (rowValue, error) {
	switch {
	case c.Unfit != nil && c.Unfit.Line > 0: // a cell
		return rowValue{}, *c.Unfit
	case c.Unfit != nil:
		return rowValue{}, e.At(source.Misuse{Err: *c.Unfit})
	}
	return rowValue{kind: c.Kind, numbers: c.Compared(), texts: c.Texts, column: true}, nil
}

// each works out a number for every row.
func (r *rowEval) each(kind data.ColumnKind, f func(i int) float64) rowValue {
	out := rowValue{kind: kind, numbers: make([]float64, r.t.Rows)}
	for i := range out.numbers {
		out.numbers[i] = f(i)
	}
	return out
}

func (r *rowEval) unary(e *syntax.Expr) (rowValue, error) {
	x, err := r.eval(e.Args[0])
	if err != nil {
		return x, err
	}
	if e.Op == "not" {
		holds, err := x.truth(e.Args[0])
		if err != nil {
			return x, err
		}
		x = rowValue{kind: data.Truths, numbers: holds}
		return r.each(data.Truths, func(i int) float64 { return 1 - x.number(i) }), nil
	}
	if x.kind != data.Numbers {
		return x, wrong(e.Args[0], "%s is no number", e.Args[0])
	}
	return r.each(data.Numbers, func(i int) float64 { return -x.number(i) }), nil
}

func (r *rowEval) binary(e *syntax.Expr) (rowValue, error) {
	a, err := r.eval(e.Args[0])
	if err != nil {
		return a, err
	}
	b, err := r.eval(e.Args[1])
	if err != nil {
		return b, err
	}
	switch e.Op {
	case "and", "or":
		return r.join(e, a, b)
	case "=", "!=", "<", "<=", ">", ">=":
		return r.compare(e, a, b)
	}
	op := syntax.Arithmetic(e.Op)
	if op == nil {
		return a, wrong(e, "%s says nothing about the columns of a table", e)
	}
	for k, v := range []rowValue{a, b} {
		if v.kind != data.Numbers {
			return a, wrong(e.Args[k], "%s is no number", e.Args[k])
		}
	}
	return r.each(data.Numbers, func(i int) float64 {
		x, y := a.number(i), b.number(i)
		z := op(x, y)
		if math.IsInf(z, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
			return math.NaN() // divided by zero, or past what a number holds: not known
		}
		return z
	}), nil
}

// join is and, or, where what is not known may not matter (Kleene 1938).
func (r *rowEval) join(e *syntax.Expr, a, b rowValue) (rowValue, error) {
	x, err := a.truth(e.Args[0])
	if err != nil {
		return a, err
	}
	y, err := b.truth(e.Args[1])
	if err != nil {
		return b, err
	}
	a.numbers, b.numbers = x, y
	return r.each(data.Truths, func(i int) float64 { return e.Joined(a.number(i), b.number(i)) }), nil
}

func (r *rowEval) compare(e *syntax.Expr, a, b rowValue) (rowValue, error) {
	words := (a.kind == data.Words) && (b.kind == data.Words)
	switch {
	case (a.kind == data.Words) != (b.kind == data.Words):
		k := 0
		if b.kind == data.Words {
			k = 1
		}
		return a, wrong(e, "%s is text and %s is not; they cannot be compared", e.Args[k], e.Args[1-k])
	case words && e.Op != "=" && e.Op != "!=":
		return a, wrong(e, "texts are equal or not; %q has no meaning for them", e.Op)
	case words:
		return r.each(data.Truths, func(i int) float64 {
			if a.text(i) == "" || b.text(i) == "" {
				return math.NaN()
			}
			return one((a.text(i) == b.text(i)) == (e.Op == "="))
		}), nil
	}
	return r.each(data.Truths, func(i int) float64 { return syntax.Compare(e.Op, a.number(i), b.number(i)) }), nil
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// call is abs of one number, min and max of several.
func (r *rowEval) call(e *syntax.Expr) (rowValue, error) {
	var of func(x, y float64) float64
	switch {
	case e.Op == "abs" && len(e.Args) == 1:
		of = func(_, y float64) float64 { return math.Abs(y) }
	case e.Op == "min" && len(e.Args) > 0:
		of = math.Min
	case e.Op == "max" && len(e.Args) > 0:
		of = math.Max
	default:
		return rowValue{}, e.At(source.Hint(source.Misused("no function %s of %s", e.Op, finding.Count(len(e.Args), "number")), "there are abs, min, max"))
	}
	var out rowValue
	for k, a := range e.Args {
		v, err := r.eval(a)
		if err != nil {
			return v, err
		}
		if v.kind != data.Numbers {
			return v, wrong(a, "%s is no number", a)
		}
		if k == 0 {
			out = v
		}
		last := out
		out = r.each(data.Numbers, func(i int) float64 { return of(last.number(i), v.number(i)) })
	}
	return out, nil
}
