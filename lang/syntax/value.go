package syntax

import (
	"math"

	"casus/special"
)

// Lookup gives the number that a name or NAME[…] stands for, NaN where it has
// none; a truth is 1 or 0.
type Lookup func(*Expr) float64

// Number works out + - * / ^, abs, min and max over the names. What is not
// finite is not known: NaN, as is all that needs it.
func (e *Expr) Number(at Lookup) float64 {
	x := e.number(at)
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

func (e *Expr) number(at Lookup) float64 {
	switch e.Kind {
	case NumberExpr:
		return e.Num
	case NameExpr, IndexExpr:
		return at(e)
	case UnaryExpr:
		if e.Op == "-" {
			return -e.Args[0].Number(at)
		}
		return math.NaN()
	case CallExpr:
		return e.least(at)
	case BinaryExpr:
	default:
		return math.NaN()
	}
	of, ok := arithmetic[e.Op]
	if !ok {
		return math.NaN()
	}
	return of(e.Args[0].Number(at), e.Args[1].Number(at))
}

// Arithmetic is what an operator does with two numbers; nil for one that is none
// of + - * / ^.
func Arithmetic(op string) func(x, y float64) float64 { return arithmetic[op] }

var arithmetic = map[string]func(x, y float64) float64{
	"+": func(x, y float64) float64 { return x + y },
	"-": func(x, y float64) float64 { return x - y },
	"*": func(x, y float64) float64 { return x * y },
	"/": func(x, y float64) float64 { return x / y },
	"^": special.Pow,
}

// least is abs, min or max.
func (e *Expr) least(at Lookup) float64 {
	if len(e.Args) == 0 {
		return math.NaN()
	}
	out := e.Args[0].Number(at)
	if e.Op == "abs" {
		return math.Abs(out)
	}
	for _, a := range e.Args[1:] {
		x := a.Number(at)
		if e.Op == "min" {
			out = math.Min(out, x)
		} else {
			out = math.Max(out, x)
		}
	}
	return out
}

// Holds tells whether a condition does: 1, 0, or NaN where that is not known.
// "Not known or true" is true (Kleene 1938).
func (e *Expr) Holds(at Lookup) float64 {
	switch {
	case e.Kind == UnaryExpr && e.Op == "not":
		return 1 - e.Args[0].Holds(at)
	case e.Kind == BinaryExpr && (e.Op == "and" || e.Op == "or"):
		return e.Joined(e.Args[0].Holds(at), e.Args[1].Holds(at))
	case e.Kind == NameExpr && (e.Op == "true" || e.Op == "false"):
		return one(e.Op == "true")
	case e.Kind == NameExpr || e.Kind == IndexExpr:
		return at(e)
	case e.Kind == BinaryExpr && flipped[e.Op] != "":
		return Compare(e.Op, e.Args[0].Number(at), e.Args[1].Number(at))
	}
	return math.NaN()
}

// Joined joins the values of the two sides of an "and" or "or": 1, 0, or NaN where
// a side is not known and the other does not decide.
func (e *Expr) Joined(a, b float64) float64 {
	decides := one(e.Op == "or") // what one of them alone settles
	switch {
	case a == decides || b == decides:
		return decides
	case math.IsNaN(a) || math.IsNaN(b):
		return math.NaN()
	}
	return 1 - decides
}

// Compare compares two numbers by = != < <= > or >=: 1, 0, or NaN where one is not
// known. Numbers that differ in the thirteenth digit alone are equal, so that 0.1 +
// 0.2 is 0.3 wherever a condition is written.
func Compare(op string, x, y float64) float64 {
	if math.IsNaN(x) || math.IsNaN(y) {
		return math.NaN()
	}
	equal := x == y || !math.IsInf(x-y, 0) && math.Abs(x-y) <= 1e-12*math.Max(math.Abs(x), math.Abs(y))
	switch op {
	case "<":
		return one(x < y && !equal)
	case "<=":
		return one(x < y || equal)
	case ">":
		return one(x > y && !equal)
	case ">=":
		return one(x > y || equal)
	case "=":
		return one(equal)
	case "!=":
		return one(!equal)
	}
	panic("syntax: " + op + " compares nothing")
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// Odd is the first part of a condition that has no place in one, nil where there
// is none: comparisons of numbers, joined by and, or, not.
func (e *Expr) Odd() *Expr {
	switch {
	case e.Kind == UnaryExpr && e.Op == "not":
		return e.Args[0].Odd()
	case e.Kind == BinaryExpr && (e.Op == "and" || e.Op == "or"):
		if odd := e.Args[0].Odd(); odd != nil {
			return odd
		}
		return e.Args[1].Odd()
	case e.Kind == BinaryExpr && flipped[e.Op] != "":
		if odd := e.Args[0].oddNumber(); odd != nil {
			return odd
		}
		return e.Args[1].oddNumber()
	}
	return e
}

func (e *Expr) oddNumber() *Expr {
	switch e.Kind {
	case NumberExpr, NameExpr:
		return nil
	case IndexExpr:
		if len(e.Args) == 1 && e.Args[0].Kind == NameExpr {
			return nil
		}
		return e
	case UnaryExpr:
		if e.Op == "-" {
			return e.Args[0].oddNumber()
		}
		return e
	case CallExpr:
		if e.Op != "abs" && e.Op != "min" && e.Op != "max" || len(e.Args) == 0 || e.Op == "abs" && len(e.Args) != 1 {
			return e
		}
	case BinaryExpr:
		if arithmetic[e.Op] == nil {
			return e
		}
	default:
		return e
	}
	for _, a := range e.Args {
		if odd := a.oddNumber(); odd != nil {
			return odd
		}
	}
	return nil
}
