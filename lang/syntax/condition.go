package syntax

import (
	"errors"
	"regexp"

	"casus/lang/source"
)

// ParseExpr reads one expression as it was typed. Positions are those in the
// text; name stands for it in messages, as in "--where". The expression is nil
// where there are problems.
func ParseExpr(name, text string) (*Expr, source.Problems) {
	f := source.Typed(name, blankBeforePercent.ReplaceAllString(text, "$1%$2"))
	tree, problems := Parse(f)
	if len(problems) > 0 {
		return nil, problems
	}
	if len(tree.Stmts) != 1 || tree.Stmts[0].HasEnd {
		at := source.Pos{File: f}
		p := source.Problem{Pos: at, Len: 1, Msg: "expected a value, but the line ends"}
		if len(tree.Stmts) > 0 {
			p = source.Problem{Pos: tree.Stmts[len(tree.Stmts)-1].Pos(), Len: 1, Msg: "one expression is wanted, as in: y > 0.5 and x < 3"}
		}
		return nil, source.Problems{p}
	}
	c := NewCursor(tree.Stmts[0], &problems)
	e := c.Expr()
	if e != nil {
		c.End()
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return e, nil
}

// blankBeforePercent finds 5 %, as it is written in many languages. The blank moves
// behind, so that no position changes.
var blankBeforePercent = regexp.MustCompile(`([0-9])([ \x{00a0}\x{202f}]+)%`)

// Typed is the first problem of a text that was typed: the place by its character, what
// is wrong, and what to do.
func Typed(problems source.Problems) error {
	p := problems[0]
	return source.At(p.Pos, p.Len, source.Hint(errors.New(p.Msg), p.Hint))
}

// At is an error in an expression that was typed, with the place where that begins; a
// name is underlined.
func (e *Expr) At(err error) error {
	for e.Kind == BinaryExpr {
		e = e.Args[0]
	}
	return source.At(e.Pos(), e.Tok.width(), err)
}

// Comparison takes a comparison of something with a number apart, whichever side
// the number stands on: what is compared, how, and the number. Percent says that
// it was written as a percentage.
type Comparison struct {
	Of      *Expr
	Op      string // = != < <= > >=, with Of on its left
	Number  float64
	Percent bool
	At      *Expr // the number, as it stands
}

// flipped is a comparison with its sides changed.
var flipped = map[string]string{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// Compared is an expression as a comparison with a number; false where it is
// none.
func (e *Expr) Compared() (Comparison, bool) {
	if e.Kind != BinaryExpr || flipped[e.Op] == "" {
		return Comparison{}, false
	}
	if x, percent, ok := e.Args[1].constant(); ok {
		return Comparison{e.Args[0], e.Op, x, percent, e.Args[1]}, true
	}
	if x, percent, ok := e.Args[0].constant(); ok {
		return Comparison{e.Args[1], flipped[e.Op], x, percent, e.Args[0]}, true
	}
	return Comparison{}, false
}

// constant is a number, perhaps with a sign.
func (e *Expr) constant() (x float64, percent, ok bool) {
	switch {
	case e.Kind == NumberExpr:
		return e.Num, e.Op[len(e.Op)-1] == '%', true
	case e.Kind == UnaryExpr && e.Op == "-":
		x, percent, ok = e.Args[0].constant()
		return -x, percent, ok
	}
	return 0, false, false
}
