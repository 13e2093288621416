// Package model holds every noun of the domain, resolved and checked.
//
//  1. Load reads syntax trees statement by statement; it never stops at a
//     mistake, and reports them all with their places.
//  2. Names are declared in a first pass and resolved in a second, so files
//     may refer to each other in any order.
//  3. Conditions of law become Cond trees; expressions of a crisis stay
//     syntax.Expr, checked here for names and units.
//
// A Model does not change after Load. Lists are in the order of declaration.
package model

import (
	"slices"
	"sync"

	"casus/crew"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/worlds/draw"
)

// Model is everything that a set of files says.
type Model struct {
	Files       []*source.File
	Trees       []*syntax.Tree
	States      *data.States
	Sources     map[string]*Source
	Duties      map[string]*Duty
	Events      map[string]*EventKind
	Facts       map[string]*LegalFact
	Groups      map[string]*Group
	Areas       map[string]*Area
	Instruments []*Instrument
	Examples    []*Example
	Views       []*View
	Assumptions []*Assumption
	Crises      []*Crisis
	Options     []*Option
	Cases       []*Case
	Claims      []*Claim
	Placed      []*Precedent // those that say where their event happened

	instruments map[string]*Instrument
	articles    map[string]*Article
	options     map[string]*Option
	views       map[string]*View
	crises      map[string]*Crisis
	assumptions map[string]*Assumption
	cases       map[string]*Case
	questions   map[string]*Question
	kindWords   int                   // how many words the longest kind of event has
	kinds       map[[2]string]kinship // of every two kinds of event
	places      sync.Map              // what was found of two places, by Within and Overlaps
	excuses     map[string][]*Excuse  // by kind of event: its own and those of wider kinds
	excusing    []*Question           // all that excuse
	under       map[string][]*Excuse  // and those of narrower kinds
	contests    sync.Map              // the questions about a place, by Contests
	holds       map[string][]string   // the areas that ever lie in each, by their own lines
	digesting   crew.Once
	digests     []finding.File
	names       []Name                    // all that the files give
	words       map[*syntax.Stmt][]string // that lines may begin with, by block
	cuts        []data.Day                // the days on which what holds some place changes
}

// Instrument by its address, or nil.
func (m *Model) Instrument(id string) *Instrument { return m.instruments[id] }

// Article by its address ("NAT.5"), or nil.
func (m *Model) Article(address string) *Article { return m.articles[address] }

// Option by its name, or nil.
func (m *Model) Option(name string) *Option { return m.options[name] }

// View by its name, or nil.
func (m *Model) View(name string) *View { return m.views[name] }

// Crisis by its name, or nil.
func (m *Model) Crisis(name string) *Crisis { return m.crises[name] }

// Case by its name, or nil.
func (m *Model) Case(name string) *Case { return m.cases[name] }

// Assumption by its full name ("war_cost[FRA]"), or nil.
func (m *Model) Assumption(name string) *Assumption { return m.assumptions[name] }

// Source is where a fact or a figure comes from.
type Source struct {
	ID, Grade, Status, Address, Title string
	Pos                               source.Pos
}

// Force says whether a class of duty calls for armed force.
type Force uint8

// The kinds of Force, weak to strong.
const (
	NoForce   Force = iota // consult, monitor, cooperate
	MayForce               // armed force is among the means each may choose
	MustForce              // military help is owed
)

// Duty is a class of duty; a larger Strength is a stronger duty. Bars says that
// it rules out the use of force against the one to whom it is owed.
type Duty struct {
	Name, Title string
	Strength    float64
	Force       Force
	Bars        bool
	Pos         source.Pos
}

// EventKind is a kind of event ("armed attack") and the kinds it also is.
type EventKind struct {
	Name string
	Is   []string
	May  []*Threshold // kinds it may be, which is a question
	// Excuses are what makes a deed none of this kind for those who promised
	// help against one: force in self-defence is no armed attack.
	Excuses []*Excuse
	// NoState is the question whether one that is no state can do it at all; nil
	// where that is not asked.
	NoState *Question
	Pos     source.Pos
}

// Excuse is a question that, answered with yes, excuses a deed.
type Excuse struct {
	Question *Question
	Gloss    string // in words of law; empty: those of the question
}

// Words say why the deed is none of its kind.
func (x *Excuse) Words() string {
	if x.Gloss != "" {
		return x.Gloss
	}
	return x.Question.Words
}

// LegalFact is a fact that a legal condition may ask for; Arity is the number
// of states it relates. A symmetric one holds both ways or neither. PerInstrument
// says that it is a different fact for each instrument: the adversary that one
// treaty names is not that of another.
type LegalFact struct {
	Name, Title   string
	Arity         int
	Symmetric     bool
	PerInstrument bool
	Told          bool      // it is of what came before, as far as that is told: what nobody tells is not so
	Question      *Question // of one that is in doubt: what is said of it
	Pos           source.Pos
}

// Ordered are the states of a fact in the one order in which it is kept: as
// given or, of a symmetric fact, by name.
func (f *LegalFact) Ordered(states []string) []string {
	if !f.Symmetric || slices.IsSorted(states) {
		return states
	}
	return slices.Sorted(slices.Values(states))
}

// Group is a set of states, dated member by member; Acts says that it takes
// one decision in a crisis.
type Group struct {
	Name, Title string
	Members     []Membership
	Acts        bool
	Pos         source.Pos
}

// Membership is one state's time in a group or under an instrument, from the
// first day to the last before Until (zero: still in). Signed is its own day of
// signature where that is not the instrument's; Status is how sure the days are
// where that is not the instrument's.
type Membership struct {
	State       string
	Signed      data.Day
	HasSigned   bool
	From, Until data.Day
	HasUntil    bool
	Status      string
	Why         string
	Sources     []string
	Question    *Question // of a membership in doubt
	Pos         source.Pos
}

// On reports whether the membership holds on a day.
func (ms Membership) On(d data.Day) bool { return d >= ms.From && (!ms.HasUntil || d < ms.Until) }

// Area is a named region; In are the regions that hold all of it, each on its
// days. A state's territory is an area with the state's own name.
type Area struct {
	Name, Title string
	In          []Held
	Apart       []Apart   // the days on which it is no state's land and has a standing of its own
	Question    *Question // of a contested place: each reading says where it lies
	Coast       []string  // of a water: the lands whose territorial sea is a part of it
	Pos         source.Pos
}

// Instrument is a treaty, declaration, statute, draft or offer.
type Instrument struct {
	ID, Title   string
	Kind        string // treaty, declaration, statement, statute, draft, offer, ...
	Political   bool
	meant       bool // that it is political was said, and does not follow from its kind alone
	Signed      data.Day
	HasSigned   bool
	SignedAt    string // the place; empty when it is not known
	InForce     data.Day
	HasInForce  bool
	Assumed     string // why the entry into force is only assumed; empty if known
	Ended       data.Day
	HasEnded    bool
	EndedWhy    string
	Unpublished bool
	Active      *Cond // activation condition, nil when always active
	Exit        string
	Series      string // where it is printed: 34 UNTS 243
	// SeriesUnseen says that the series is from memory and was not looked up.
	SeriesUnseen bool
	Parties      []Membership
	Suspensions  []Suspension
	Territory    []Territory // what territory means in it; empty: the state's own
	Articles     []*Article
	Cite
	Pos source.Pos
}

// FirstDay is the first on which an instrument holds for anybody, once it is adopted:
// that of its entry into force, or of its first party where that is later. Without
// dates it is the first of all days.
func (in *Instrument) FirstDay() data.Day {
	var first data.Day
	for i, p := range in.Parties {
		if i == 0 || p.From < first {
			first = p.From
		}
	}
	if in.HasInForce {
		first = max(first, in.InForce)
	}
	return first
}

// Suspension is one party's suspension of its duties toward another.
type Suspension struct {
	By, Toward  string
	From, Until data.Day
	HasUntil    bool
	Pos         source.Pos
}

// Cite tells what a thing rests on: source ids, their status (verified, memory)
// and remarks.
type Cite struct {
	Sources []string
	Status  string
	Notes   []string
}

// Article is one operative clause.
type Article struct {
	Address     string // NAT.5
	Number      string // 5
	Title       string
	Texts       []string
	Unpublished bool
	From, Until data.Day // the days on which this wording was in force
	HasFrom     bool
	HasUntil    bool
	Active      *Cond
	Rules       []Rule
	Exceptions  []Exception // defeats of rules, here or in another article
	Readings    []Reading
	Qualified   []Qualified
	Provides    []Provision
	Prevails    []Precedence // over what it prevails
	Yields      []Precedence // to what it gives way
	Consistent  []Precedence // with what it asks to be consistent, which is no rank
	Instrument  *Instrument
	Cite
	Pos     source.Pos
	hasRule bool // it has a when, even one with a mistake in it
}

// Rule is a base rule: when the pattern and its conditions hold, the duties.
type Rule struct {
	Kind     string // event kind; empty when the rule needs no event
	On, By   Term   // victim and attacker; a variable is bound here
	Cond     *Cond  // further conditions; nil when none
	Thens    []Then
	When     string // the words as written
	Position source.Pos
	broken   bool // it could not be read whole, which is reported
	partial  bool // a condition of it could not
}

// Verb says what a rule makes of a state.
type Verb uint8

// The verbs of a rule.
const (
	Owes     Verb = iota // a duty
	May                  // a right to help the victim
	Breaches             // the deed breaks the article
	Reserves             // a right kept against the creditor: declared policy, owed to nobody
)

// Then is the consequence of a rule.
type Then struct {
	Verb     Verb
	Debtors  Set // who owes, may, or breaches
	Other    bool
	Creditor Term // of Reserves: against whom
	Enemy    Term // of Owes: against whom help is owed, where the text says so; NoTerm: the other side of the event
	Class    *Duty
	Manner   []string // each decides; on request; joint finding; ...
	Pos      source.Pos
}

// Exception defeats (or, when Extends, supports in spite of another) a rule.
type Exception struct {
	Target    string // address of the article, or of one of its exceptions
	Rule      int    // the one rule of it that is meant, from 1; 0: all
	For       *Set   // the debtors for whom it is made; nil: all
	Cond      *Cond  // nil: always
	Extends   bool
	Over      []string
	Contested []string
	Words     string // as written, without the gloss
	Gloss     string // what it says, in words of law
	Number    string // which of its article: "2", or "narrow.1" of a reading
	Article   *Article
	Pos       source.Pos
}

// Says puts an exception into words: its gloss or, without one, its condition.
func (e *Exception) Says() string {
	if e.Gloss != "" {
		return e.Gloss
	}
	return e.Words
}

// Reading is one way a clause is read, where authorities differ.
type Reading struct {
	Name, Title string
	By          string
	Except      []Exception
	Pos         source.Pos
}

// Qualified marks debtors whose duty is softened, how, and on which days.
type Qualified struct {
	States      []string
	Title       string
	From, Until data.Day
	HasFrom     bool
	HasUntil    bool
	Pos         source.Pos
}

// On reports whether the duty is softened on a day.
func (q Qualified) On(d data.Day) bool {
	return (!q.HasFrom || d >= q.From) && (!q.HasUntil || d < q.Until)
}

// Provision is content that is no duty in an event: exit, scope, hosting.
type Provision struct {
	Class *Duty
	Title string
	About string
}

// TermKind says what a state-valued term is.
type TermKind uint8

// The kinds of Term.
const (
	NoTerm TermKind = iota
	Variable
	Literal
	Victim
	Attacker
	Host // the state in whose territory the place lies
	Anyone
)

// Term is a state, a variable for one, or a role in the event.
type Term struct {
	Kind TermKind
	Name string
}

// SetKind says what a set of states is.
type SetKind uint8

// The kinds of Set.
const (
	PartySet SetKind = iota // parties of an instrument on the day
	GroupSet
	ListSet
	AllStates
)

// Set is a set of states.
type Set struct {
	Kind       SetKind
	Instrument string
	Group      string
	List       []string
	Words      string
}

// CondOp is the operator of a condition of law.
type CondOp uint8

// The operators of a Cond.
const (
	CondAnd CondOp = iota
	CondOr
	CondNot
	CondFact     // Name with Terms
	CondObject   // the event's object is Name
	CondIn       // Terms[0] is in Set
	CondSame     // Terms[0] and Terms[1] are one state
	CondWithin   // the place lies within Area
	CondWithinOf // the place lies within the territory (or .home) of Terms[0]
	CondAfter    // the day is Day or later
	CondCount    // at least N states x in Set with Args[0]
	CondKnown    // a constant, N != 0
)

// Cond is a condition of law, evaluated in three values.
type Cond struct {
	Op       CondOp
	Args     []*Cond
	Name     string
	Terms    []Term
	Set      Set
	Area     string
	Home     bool
	Day      data.Day
	N        int
	About    string    // the instrument of a CondFact that is a different one for each, or whose territory is meant
	Question *Question // of a CondFact that is one
	Words    string    // as written
	Pos      source.Pos
}

// Walk visits a condition and all its parts.
func (c *Cond) Walk(visit func(*Cond)) {
	visit(c)
	for _, x := range c.Args {
		x.Walk(visit)
	}
}

// AsksWhose reports whether a condition asks in whose territory an event
// happened; nil asks nothing.
func (c *Cond) AsksWhose() bool {
	asks := false
	if c != nil {
		c.Walk(func(x *Cond) {
			asks = asks || x.Op == CondWithinOf || (x.Op == CondIn || x.Op == CondSame) && x.Terms[0].Kind == Host
		})
	}
	return asks
}

// Example is an event with the answers that the law must give.
type Example struct {
	Title   string
	Event   EventSpec
	Options []string
	Expects []Expect
	Pos     source.Pos
}

// EventSpec is a concrete event and what is known about it.
type EventSpec struct {
	Kind, By, On, Object, Place string
	AlsoBy, AlsoOn              []string    // further attackers and victims of one deed
	NoState                     string      // the attacker, where it is no state
	Earlier                     []EventSpec // what happened before, in order of time
	Date                        data.Day
	HasDate                     bool
	Facts                       []FactValue
	Readings                    map[string]string
}

// FactValue is a fact of law with its states and its truth.
type FactValue struct {
	Name string
	Args []string // states, or the one instrument of a fact per instrument
	True bool
	Pos  source.Pos // where it is given
}

// Expect is one expected answer of an Example.
type Expect struct {
	Address string
	By      []string // debtors; empty: all of them
	Status  string
	Because []string
	Class   string
	Depends []string
	Pos     source.Pos
}

// View is a named set of assumptions that a school of thought would accept.
type View struct {
	Name, Title string
	Union       []string // views of which this is the union
	Notes       []string
	Sources     []string
	Pos         source.Pos

	Correlations []Correlation // a union has those it states itself
}

// Assumption is an uncertain number; Dist gives its distribution by view.
type Assumption struct {
	Name  string // with its index: war_cost[FRA]
	Base  string
	Index string
	Title string
	Unit  Unit
	Dist  map[string]*Belief // by view
	Pos   source.Pos

	MadeFor  string       // the case that its numbers were chosen for; empty: for any
	Restated *Restatement // nil: it holds what it was stated with
}

// Belief holds what one view believes of an assumption.
type Belief struct {
	Dist      draw.Dist
	Words     string // the distribution as written
	Sources   []string
	Judgement string
	Pos       source.Pos
}

// Option is a policy package.
type Option struct {
	Name, Title string
	Short       string // its title in a few words, for tables; empty: its name
	Acts        []Act
	Spends      []Spend
	Settings    map[string]float64
	SettingAt   map[string]source.Pos
	LegalFacts  []FactValue // what the key events are judged on under this option
	Pos         source.Pos
}

// Act is one change that an option makes to the world.
type Act struct {
	Verb       string // adopt, end, suspend, accede, withdraw, deploy
	Instrument string
	States     []string
	Number     float64 // persons deployed
	Place      string
	Pos        source.Pos
}

// Spend is a yearly outlay of an actor, an expression over assumptions.
type Spend struct {
	Actor string
	Expr  *syntax.Expr
	Pos   source.Pos
}

// Case is a question with its roles, options, crisis and views.
type Case struct {
	Name, Title string
	Question    string
	Date        data.Day
	Crisis      *Crisis
	Roles       map[string][]string
	Moved       data.Day // the day that its file gives, where a question asks of another
	Horizon     int
	Options     []*Option
	Baseline    *Option
	Views       []*View
	Against     []string // cases whose record the views are held against
	Records     []Record
	Elicits     []Elicit          // rates that should hold in this case
	Impossible  map[string]string // measures that no play comes to under any option, with why; filled in where the case is played
	Doubts      []string          // what check warns of in it: acts, roles and settings that say nothing
	doubted     []source.Pos      // and where
	Beside      []Elicit          // rates stated on a condition, beside what comes out in it
	Estimates   []Estimate
	KeyEvents   []KeyEvent
	Chain       *Chain
	Settings    map[string]float64
	SettingAt   map[string]source.Pos
	Spends      []Spend
	Readings    map[string]string
	LegalFacts  []FactValue
	Course      *Course // what happened; nil when the case tells none
	Pos         source.Pos
}

// KeyEvent is an event whose legal picture every report shows.
type KeyEvent struct {
	Title string
	Event EventSpec
	Pos   source.Pos
}

// Chain asks for the chains that lead to a condition.
type Chain struct {
	Title string
	To    *syntax.Expr
	Pos   source.Pos
}
