package model

import (
	"slices"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Crisis is a game: roles, facts, what is done first, what is repeated each
// year, payoffs and measures. Its expressions are over roles; a case gives the
// roles their actors.
type Crisis struct {
	Name, Title string
	Roles       []Role
	Settings    []Setting
	Facts       []GameFact
	LegalFacts  []LegalLink
	First, Year []Step
	Effect      *syntax.Expr // when what an option changes is in effect; nil: always
	Precision   *syntax.Expr // λ, per payoff
	Discount    *syntax.Expr // what next year's payoffs count, against this year's; nil: the game ends with its horizon
	Payoffs     []Payoff
	Tallies     []Payoff
	Measures    []Measure
	Recorded    []string // the cases that ship with a record of it, read here or not, by name
	Pos         source.Pos
}

// Role is a part in the game, played by one actor or, when Many, by a list in
// the order in which they decide.
type Role struct {
	Name, Title string
	Many        bool
	Pos         source.Pos
}

// Setting is a number or yes/no that a case or an option fixes.
//
// One that Waits has the option's value only while what the option changes is
// in effect, and the case's before. One that is no Number is yes or no; of one that
// is Ranged, Low and High are in its range.
type Setting struct {
	Name, Title string
	Default     float64
	Number      bool // it has a range, or a default that is a number
	Ranged      bool
	Low, High   float64
	Waits       bool
	Pos         source.Pos

	given bool // that the default is what it is was said
}

// Lifetime says how long a fact lasts.
type Lifetime uint8

// The lifetimes of a GameFact.
const (
	Lasting Lifetime = iota
	ForTheYear
	ForTheStep
)

// GameFact is a fact of the game: yes/no (Max 1) or a level up to Max; one for
// each actor of role Over when that is named.
type GameFact struct {
	Name, Title string
	Over        string
	Max         int
	Initial     *syntax.Expr
	Life        Lifetime
	Final       bool // once true, no further year is played
	Pos         source.Pos
	overAt      source.Pos
}

// LegalLink says when a fact of law holds in a state of the game.
type LegalLink struct {
	Fact string
	Cond *syntax.Expr
	Pos  source.Pos
}

// Step is a move or a chance in the sequence; a move by a variable is played
// once by each member of Over, in order.
type Step struct {
	Name, Title string
	Chance      bool
	By          string // role, or the variable
	Over        string // role of the variable
	When        *syntax.Expr
	Choices     []Choice
	Pos         source.Pos

	byAt, overAt source.Pos
}

// Choice is one thing a mover may do, or one way a chance may fall.
type Choice struct {
	Name, Title string
	When        *syntax.Expr
	Prob        *syntax.Expr // of a chance; nil: the rest
	Base        *syntax.Expr // of a move: the odds it starts from, counted and never paid; nil: 1
	CopyOf      string       // of a move: the choice whose base odds it shares; empty: none
	copyAt      source.Pos
	Nest        string       // of a move: choices of one nest are kin; empty: none
	Scale       *syntax.Expr // of a nest, in (0, 1]: how far its choices differ; nil: 1
	Consents    bool         // of a move: a yes that binds only with the yes of those asked next, and is weighed so
	Effects     []Effect
	Event       *GameEvent
	Pos         source.Pos
}

// Effect sets a fact: to Value, or one level up when Raise.
type Effect struct {
	Fact  string
	Args  []string // actors or variables
	Value int
	Raise bool
	Var   string // for Var in Over
	Over  string
	If    *syntax.Expr
	Pos   source.Pos

	argsAt []source.Pos
	overAt source.Pos
}

// GameEvent is an event in the game; the victims are On, or every Var of role
// Over that meets If.
type GameEvent struct {
	Kind      string
	By        string
	On        string
	Var, Over string
	If        *syntax.Expr
	Object    string
	Place     string // an area, or a role: its territory; home: the victim's own
	Pos       source.Pos

	onAt, byAt, overAt, placeAt source.Pos
}

// Payoff is paid to an actor (or, as a tally, counted) on the step on which
// its condition becomes true, or at the end of every year in which it holds.
type Payoff struct {
	Name, Title string
	Unit        Unit
	To          string // role or variable; empty for a tally
	Var, Over   string
	When        *syntax.Expr
	Yearly      bool
	Amount      *syntax.Expr
	Pos         source.Pos

	toAt, overAt source.Pos
}

// Better says which way a measure is good.
type Better uint8

// The directions of a Measure.
const (
	Neither Better = iota
	Lower
	Higher
)

// Measure is a quantity read off the solved game. A Rate says how often
// something is done; it is held against records and stated rates, and options are
// not compared by it.
type Measure struct {
	Name, Title string
	Unit        Unit
	Better      Better
	Matters     float64 // the least difference that counts; 0: any
	MattersAt   source.Pos
	Headline    string   // its title in a few words, of those that a report leads with
	RestsOn     []string // names of assumptions that decide it, as its author says; a report warns where they are judgement alone
	Rate        bool
	Expr        *syntax.Expr // over P(cond), years(cond), total(tally), chosen(…), asked(…)
	Given       string       // the measure of the condition, where Expr has P(x | y) or the like
	Pos         source.Pos
}

// Role by name, or nil.
func (c *Crisis) Role(name string) *Role {
	return find(c.Roles, func(r *Role) bool { return r.Name == name })
}

// Fact by name, or nil.
func (c *Crisis) Fact(name string) *GameFact {
	return find(c.Facts, func(f *GameFact) bool { return f.Name == name })
}

// Measure by name, or nil.
func (c *Crisis) Measure(name string) *Measure {
	return find(c.Measures, func(f *Measure) bool { return f.Name == name })
}

// Move by name, or nil; a chance is none.
func (c *Crisis) Move(name string) *Step {
	for _, steps := range [][]Step{c.First, c.Year} {
		if st := find(steps, func(s *Step) bool { return s.Name == name && !s.Chance }); st != nil {
			return st
		}
	}
	return nil
}

func (c *Crisis) moveNames() []string {
	var out []string
	for _, st := range slices.Concat(c.First, c.Year) {
		if !st.Chance {
			out = append(out, st.Name)
		}
	}
	return out
}

func (c *Crisis) roleNames() []string {
	var out []string
	for _, r := range c.Roles {
		out = append(out, r.Name)
	}
	return out
}

func (c *Crisis) measureNames() []string {
	var out []string
	for _, m := range c.Measures {
		out = append(out, m.Name)
	}
	return out
}

func find[T any](xs []T, is func(*T) bool) *T {
	for i := range xs {
		if is(&xs[i]) {
			return &xs[i]
		}
	}
	return nil
}
