package syntax

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Span is from the least to the most that something may be.
type Span struct{ Low, High float64 }

// Chance holds every probability and share.
var Chance = Span{0, 1}

// Apart reports whether nothing lies in both.
func (s Span) Apart(o Span) bool { return s.High < o.Low || o.High < s.Low }

// Span gives between which values an expression lies, where of tells it of a name, an
// indexed name or a call; false where that is not known of some part of it. Each part is
// taken by itself, so that x - x lies between -1 and 1 where x is a probability.
func (e *Expr) Span(of func(*Expr) (Span, bool)) (Span, bool) {
	if s, ok := of(e); ok {
		return s, true
	}
	if e.Kind == NumberExpr {
		return Span{e.Num, e.Num}, true
	}
	var parts []Span
	for _, a := range e.Args {
		s, ok := a.Span(of)
		if !ok {
			return Span{}, false
		}
		parts = append(parts, s)
	}
	switch {
	case e.Kind == UnaryExpr && e.Op == "-":
		return Span{0 - parts[0].High, 0 - parts[0].Low}, true
	case e.Kind == BinaryExpr:
		return e.joined(parts[0], parts[1])
	case e.Kind == CallExpr && len(parts) > 0:
		return e.called(parts)
	}
	return Span{}, false
}

func (e *Expr) joined(a, b Span) (Span, bool) {
	switch e.Op {
	case "+":
		return Span{a.Low + b.Low, a.High + b.High}, true
	case "-":
		return Span{a.Low - b.High, a.High - b.Low}, true
	case "*":
		return across(a, b, func(x, y float64) float64 { return x * y }), true
	case "/":
		if b.Low <= 0 && b.High >= 0 {
			return Span{}, false
		}
		return across(a, b, func(x, y float64) float64 { return x / y }), true
	}
	return Span{}, false
}

// across is the span of an operation that is monotone in each side, from its corners.
func across(a, b Span, f func(x, y float64) float64) Span {
	ends := []float64{f(a.Low, b.Low), f(a.Low, b.High), f(a.High, b.Low), f(a.High, b.High)}
	return Span{slices.Min(ends) + 0, slices.Max(ends) + 0} // no -0
}

func (e *Expr) called(parts []Span) (Span, bool) {
	out := parts[0]
	switch e.Op {
	case "abs":
		far := max(math.Abs(out.Low), math.Abs(out.High))
		if out.Low <= 0 && out.High >= 0 {
			return Span{0, far}, true
		}
		return Span{min(math.Abs(out.Low), math.Abs(out.High)), far}, true
	case "min":
		for _, p := range parts[1:] {
			out = Span{min(out.Low, p.Low), min(out.High, p.High)}
		}
		return out, true
	case "max":
		for _, p := range parts[1:] {
			out = Span{max(out.Low, p.Low), max(out.High, p.High)}
		}
		return out, true
	}
	return Span{}, false
}

// Decided says of a comparison why it turns out one way whatever its sides are: nothing
// lies where both do. It is empty where that is not so, or where nothing in it varies.
func (e *Expr) Decided(of func(*Expr) (Span, bool)) string {
	if e.Kind != BinaryExpr || flipped[e.Op] == "" {
		return ""
	}
	var lie []string
	var at [2]Span
	for i, side := range e.Args {
		s, ok := side.Span(of)
		if !ok {
			return ""
		}
		if at[i] = s; s.Low < s.High {
			lie = append(lie, fmt.Sprintf("%s lies between %g and %g", side, s.Low, s.High))
		}
	}
	if len(lie) == 0 || !at[0].Apart(at[1]) {
		return ""
	}
	return strings.Join(lie, ", and ")
}

// Added are the parts of a sum, and whether an expression is one of more than one.
func (e *Expr) Added() (parts []*Expr, sum bool) {
	if e.Kind != BinaryExpr || e.Op != "+" {
		return []*Expr{e}, false
	}
	a, _ := e.Args[0].Added()
	b, _ := e.Args[1].Added()
	return append(a, b...), true
}
