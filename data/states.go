package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The schemes that casus itself asks for. A table may have more.
const (
	Name     = "name"     // display name
	Alias    = "alias"    // another name that people use, or used
	ISO3     = "iso3"     // ISO 3166 alpha-3
	COW      = "cow"      // Correlates of War number
	COWAbb   = "cowabb"   // Correlates of War abbreviation
	Member   = "member"   // Correlates of War system membership
	GW       = "gw"       // Gleditsch-Ward number
	GWAbb    = "gwabb"    // Gleditsch-Ward abbreviation
	GWMember = "gwmember" // Gleditsch-Ward independence, microstates apart
)

// Spell is one dated fact about a state: in a scheme, from a first to a last
// day, it had this code.
type Spell struct {
	ID     string
	Name   string // the name in the scheme's own words
	Scheme string
	Code   string // empty for names and membership
	Span
	Source string
	Line   int // in the file read
}

// value gives what a lookup by code compares: the name for names.
func (s Spell) value() string {
	if s.Scheme == Name || s.Scheme == Alias {
		return s.Name
	}
	return s.Code
}

// Coverage tells what a whole scheme speaks about. Outside its span a scheme says
// nothing, which is not "no".
type Coverage struct {
	Span
	Title  string
	Source string
}

// State is one state with all its spells, ordered by scheme and first day.
type State struct {
	ID     string
	Spells []Spell
}

// States is the table of states. It does not change after ReadStates and may be
// used from several goroutines. The zero value and nil hold no states.
type States struct {
	list     []State // by id
	byCode   map[schemeCode][]Spell
	coverage map[string]Coverage
}

type schemeCode struct{ scheme, code string }

// All is every state, ordered by id. The spells are not to be changed.
func (s *States) All() []State {
	if s == nil {
		return nil
	}
	return slices.Clone(s.list)
}

// ByID is the state with that id.
func (s *States) ByID(id string) (State, bool) {
	if s == nil {
		return State{}, false
	}
	i, ok := slices.BinarySearchFunc(s.list, id, func(st State, id string) int { return strings.Compare(st.ID, id) })
	if !ok {
		return State{}, false
	}
	return s.list[i], true
}

// in is the state's spells in one scheme, by first day.
func (st State) in(scheme string) []Spell {
	var out []Spell
	for _, sp := range st.Spells {
		if sp.Scheme == scheme {
			out = append(out, sp)
		}
	}
	return out
}

// Schemes is the name of every scheme that the table has, in order.
func (s *States) Schemes() []string {
	if s == nil {
		return nil
	}
	out := make([]string, 0, len(s.coverage))
	for scheme := range s.coverage {
		out = append(out, scheme)
	}
	slices.Sort(out)
	return out
}

// Coverage gives what the scheme speaks about; false when there is no such scheme.
func (s *States) Coverage(scheme string) (Coverage, bool) {
	if s == nil {
		return Coverage{}, false
	}
	c, ok := s.coverage[scheme]
	return c, ok
}

// Clamp moves a day into the coverage of a scheme and says whether it had to.
// A caller who takes a code of 2016 for a state of 2026 does it with Clamp, and
// then says so. For a scheme that is not there the day stays.
func (s *States) Clamp(scheme string, on Day) (Day, bool) {
	c, ok := s.Coverage(scheme)
	if !ok || c.Contains(on) {
		return on, false
	}
	return min(max(on, c.From), c.Until), true
}

// Resolve is the id of the state that had the code on the day. The error is a
// *NotOnDay: it names the state that had the code before and after, or the
// coverage of the scheme if the day is outside. Leading zeros of a number do not
// matter. The scheme "name" takes display names.
func (s *States) Resolve(scheme, code string, on Day) (string, error) {
	e := &NotOnDay{Scheme: scheme, Code: code, On: on}
	if err := s.scheme(e); err != nil {
		return "", err
	}
	spells := s.byCode[schemeCode{scheme, plainCode(code)}]
	if sp, ok := e.pick(spells); ok {
		return sp.ID, nil
	}
	return "", e
}

// Code is the code of the state in the scheme on the day (for the scheme "name",
// its name). The error is a *NotOnDay, as in Resolve.
func (s *States) Code(id, scheme string, on Day) (string, error) {
	e := &NotOnDay{ID: id, Scheme: scheme, On: on}
	if err := s.scheme(e); err != nil {
		return "", err
	}
	st, ok := s.ByID(id)
	if !ok {
		e.Reason = fmt.Sprintf("no state %s%s", quote(id), didYouMean(s.Suggest(id)))
		return "", e
	}
	if sp, ok := e.pick(st.in(scheme)); ok {
		return sp.value(), nil
	}
	return "", e
}

// scheme fills in the coverage and refuses schemes that answer no lookups.
func (s *States) scheme(e *NotOnDay) error {
	c, ok := s.Coverage(e.Scheme)
	e.Coverage = c
	switch {
	case !ok:
		e.Reason = fmt.Sprintf("no scheme %s (there are %s)", quote(e.Scheme), list(s.Schemes()))
		return e
	case isMembership(e.Scheme):
		e.Reason = fmt.Sprintf("scheme %s has no codes", e.Scheme)
		return e
	}
	return nil
}

// Name is the display name on the day. Outside the days that the table names, it
// is the nearest name; for an id that is not there, "".
func (s *States) Name(id string, on Day) string {
	st, _ := s.ByID(id)
	names := st.in(Name)
	if len(names) == 0 {
		return ""
	}
	name := names[0].Name
	for _, sp := range names {
		if sp.From <= on {
			name = sp.Name
		}
	}
	return name
}

// Member reports whether the state was a member of the Correlates of War state
// system on the day. It is In(Member, id, on).
func (s *States) Member(id string, on Day) bool { return s.In(Member, id, on) }

// In reports whether the state has a spell in the scheme on the day. After the
// end of the coverage it answers for the last day covered: a member in 2016 counts
// as one in 2026. Whoever shows the answer asks Clamp whether that happened.
// Before the coverage it is false.
func (s *States) In(scheme, id string, on Day) bool {
	if c, ok := s.Coverage(scheme); ok && on > c.Until {
		on = c.Until
	}
	st, _ := s.ByID(id)
	return slices.ContainsFunc(st.Spells, func(sp Spell) bool { return sp.Scheme == scheme && sp.Contains(on) })
}

// Members is the ids of all states that In reports on the day, in order.
func (s *States) Members(scheme string, on Day) []string {
	var out []string
	for _, st := range s.All() {
		if s.In(scheme, st.ID, on) {
			out = append(out, st.ID)
		}
	}
	return out
}

// NotOnDay says why a lookup found nothing. Either a Code was looked up (Resolve)
// or the code of an ID.
type NotOnDay struct {
	Scheme, Code, ID string
	On               Day
	Before, After    *Spell // the nearest spells of that code or id in the scheme; may be nil
	Coverage         Coverage
	Outside          bool   // On is outside the coverage
	Reason           string // set when the question itself makes no sense
}

// pick is the spell on the day, among spells in order; failing that it keeps the
// ones before and after.
func (e *NotOnDay) pick(spells []Spell) (Spell, bool) {
	e.Outside = !e.Coverage.Contains(e.On)
	for i, sp := range spells {
		switch {
		case sp.From > e.On && e.After == nil:
			e.After = &spells[i]
		case sp.Until < e.On, sp.From <= e.On && e.Outside:
			e.Before = &spells[i]
		case sp.Contains(e.On):
			return sp, true
		}
	}
	return Spell{}, false
}

// Error says what was asked, and what is known on either side of the day.
func (e *NotOnDay) Error() string {
	switch {
	case e.Reason != "":
		return e.Reason
	case e.Before == nil && e.After == nil && e.ID != "":
		return fmt.Sprintf("%s has no %s code on any day", e.ID, e.Scheme)
	case e.Before == nil && e.After == nil:
		return fmt.Sprintf("no %s code %s on any day", e.Scheme, quote(e.Code))
	case e.Outside:
		return fmt.Sprintf("%s is outside what %s covers (%s, %s)%s", e.On, e.Scheme, e.Coverage.Span, e.Coverage.Title, e.neighbours())
	case e.ID != "":
		return fmt.Sprintf("%s has no %s code on %s%s", e.ID, e.Scheme, e.On, e.neighbours())
	}
	return fmt.Sprintf("%s %s is no state on %s%s", e.Scheme, quote(e.Code), e.On, e.neighbours())
}

func (e *NotOnDay) neighbours() string {
	out := ""
	if b := e.Before; b != nil {
		until := b.Until
		if b.Open() {
			until = e.Coverage.Until
		}
		out = fmt.Sprintf("; %s until %s", e.side(*b), until)
	}
	if a := e.After; a != nil {
		out += fmt.Sprintf("; %s from %s", e.side(*a), a.From)
	}
	return out
}

// side is the other half of what was asked: the state of a code, the code of a state.
func (e *NotOnDay) side(sp Spell) string {
	if e.ID != "" {
		return cut(sp.value())
	}
	return fmt.Sprintf("%s (%s)", sp.ID, cut(sp.Name))
}

// plainCode drops the leading zeros of a number: 002 is 2.
func plainCode(code string) string {
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return code
	}
	return cmp.Or(strings.TrimLeft(code, "0"), "0")
}

func isMembership(scheme string) bool { return strings.HasSuffix(scheme, Member) }
