package model

import (
	"fmt"
	"strings"

	"casus/lang/syntax"
)

// Unit is a product of base dimensions, as exponents; Scale names how a person
// writes it. A bare number in an expression takes whatever unit its place asks.
type Unit struct {
	Payoff, USD, Year, Person int8
	Kind                      UnitKind
}

// UnitKind tells dimensionless quantities apart for display and range checks.
type UnitKind uint8

// The kinds of Unit.
const (
	Plain       UnitKind = iota
	Probability          // in [0, 1]
	Share                // in [0, 1]
	LogOdds              // a payoff at λ = 1: one more multiplies the odds of a choice by e
	Bare                 // a literal: fits anywhere
)

var units = []struct {
	words string
	unit  Unit
}{
	{"payoff", Unit{Payoff: 1}},
	{"payoff a year", Unit{Payoff: 1, Year: -1}},
	{"log odds", Unit{Payoff: 1, Kind: LogOdds}},
	{"log odds a year", Unit{Payoff: 1, Year: -1, Kind: LogOdds}},
	{"log odds per thousand", Unit{Payoff: 1, Person: -1, Kind: LogOdds}},
	{"per payoff", Unit{Payoff: -1}},
	{"probability", Unit{Kind: Probability}},
	{"probability a year", Unit{Year: -1}},
	{"share", Unit{Kind: Share}},
	{"number", Unit{}},
	{"years", Unit{Year: 1}},
	{"USD bn", Unit{USD: 1}},
	{"USD bn a year", Unit{USD: 1, Year: -1}},
	{"USD bn per thousand", Unit{USD: 1, Person: -1}},
	{"USD bn a year per thousand", Unit{USD: 1, Person: -1, Year: -1}},
	{"thousand persons", Unit{Person: 1}},
	{"payoff per thousand", Unit{Payoff: 1, Person: -1}},
}

// String is the unit as the language writes it.
func (u Unit) String() string {
	for _, k := range units {
		if k.unit == u {
			return k.words
		}
	}
	if u.Kind == Bare {
		return "a bare number"
	}
	return strings.TrimSpace(fmt.Sprintf("%s%s%s%s", power("payoff", u.Payoff), power("USD bn", u.USD), power("years", u.Year), power("thousand persons", u.Person)))
}

func power(name string, n int8) string {
	switch n {
	case 0:
		return ""
	case 1:
		return name + " "
	}
	return fmt.Sprintf("%s^%d ", name, n)
}

// dimension drops what only display needs.
func (u Unit) dimension() Unit { u.Kind = Plain; return u }

// fits reports whether a value of unit u may stand where want is asked.
func (u Unit) fits(want Unit) bool {
	return u.Kind == Bare || want.Kind == Bare || u.dimension() == want.dimension()
}

// Times is the unit of a product.
func (u Unit) Times(v Unit) Unit {
	if u.Kind == Bare && v.Kind == Bare {
		return u
	}
	return Unit{Payoff: u.Payoff + v.Payoff, USD: u.USD + v.USD, Year: u.Year + v.Year, Person: u.Person + v.Person}
}

// Over is the unit of a quotient.
func (u Unit) Over(v Unit) Unit {
	if u.Kind == Bare && v.Kind == Bare {
		return u
	}
	return Unit{Payoff: u.Payoff - v.Payoff, USD: u.USD - v.USD, Year: u.Year - v.Year, Person: u.Person - v.Person}
}

// readUnit takes the longest unit the next words spell. One that is unknown is
// reported and passed over, and fits anywhere: what is wrong behind it is told too.
func (l *loader) readUnit(c *syntax.Cursor) (Unit, bool) {
	best, length := -1, 0
	for i, k := range units {
		words := strings.Fields(k.words)
		if len(words) > length && spells(c, words) {
			best, length = i, len(words)
		}
	}
	if best < 0 {
		names := make([]string, len(units))
		for i, k := range units {
			names[i] = k.words
		}
		t := c.Peek()
		if t.Kind == syntax.EOF {
			c.Fail(t, "a unit is missing", "one of "+strings.Join(names, ", "))
			return Unit{}, false
		}
		l.fail(t, c.Stmt, "unknown unit "+t.Text, "one of "+strings.Join(names, ", "))
		for c.Peek().Kind == syntax.Name && !contains([]string{"made", "for", "each", "when"}, c.Peek().Text) {
			c.Next()
		}
		return Unit{Kind: Bare}, true
	}
	for range length {
		c.Next()
	}
	return units[best].unit, true
}

func spells(c *syntax.Cursor, words []string) bool {
	for i, w := range words {
		if !c.PeekAt(i).Is(w) {
			return false
		}
	}
	return true
}
