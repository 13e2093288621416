package model

import (
	"fmt"
	"strings"

	"casus/lang/source"
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

// Units are the units of the language, as it writes them.
func Units() []string {
	var out []string
	for _, k := range units {
		out = append(out, k.words)
	}
	return out
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
	if t := c.Peek(); best < 0 {
		switch t.Kind {
		case syntax.EOF:
			c.Fail(t, "a unit is missing", unitHint(""))
			return Unit{}, false
		case syntax.Name, syntax.String:
			l.fail(t, c.Stmt, "unknown unit "+t.Text, unitHint(t.Text))
		default:
			l.fail(t, c.Stmt, "a unit is missing"+found(t), unitHint(""))
		}
		for k := c.Peek().Kind; (k == syntax.Name || k == syntax.String) && !contains([]string{"made", "for", "each", "when"}, c.Peek().Text); k = c.Peek().Kind {
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

// calledUnits are words by which people call a unit, and what casus calls it.
var calledUnits = []struct{ words, unit string }{
	{"$ bn billion billions cny dollar dollars eur euro euros gbp m million millions mn money pound pounds rub uah us usd", "casus counts money in USD bn, or USD bn a year"},
	{"deaths forces lives men people person persons soldiers thousand thousands troops", "casus counts people in thousand persons"},
	{"day days month months week weeks year", "casus counts time in years"},
	{"chance percent percentage prob rate risk", "a chance is a probability, from 0 to 1, and 3 % is written 0.03 or 3%"},
	{"benefit cost gain logit odds points score utility value", "what somebody gains or loses is a payoff, and odds are log odds"},
	{"count integer none ratio unit units", "what has no unit is a number"},
}

// unitHint says which unit was meant, or which are usual.
func unitHint(word string) string {
	bare := strings.ToLower(strings.Trim(word, `"`))
	for _, k := range calledUnits {
		if contains(strings.Fields(k.words), bare) {
			return k.unit
		}
	}
	if unit := strings.Trim(word, `"`); contains(Units(), unit) {
		return "write " + unit + ", without quotes"
	}
	if near := source.DidYouMean(word, Units()); near != "" {
		return near
	}
	return "such as payoff, log odds, probability, share, number, years or USD bn; the table of units in docs/language.md has all"
}
