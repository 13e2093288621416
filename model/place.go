package model

import (
	"maps"
	"slices"
	"strings"

	"casus/data"
)

// Held says what holds all of a place, and on which days: on all where no day
// is given. By names the text that made it so.
type Held struct {
	In                string
	From, Until       data.Day
	HasFrom, HasUntil bool
	By                string
	Cite
}

// On reports whether it holds the place on a day.
func (h *Held) On(d data.Day) bool {
	return (!h.HasFrom || d >= h.From) && (!h.HasUntil || d < h.Until)
}

// on are the areas that hold a place on a day, by its own lines.
func (a *Area) on(d data.Day) []string {
	out := make([]string, 0, len(a.In))
	for i := range a.In {
		if a.In[i].On(d) {
			out = append(out, a.In[i].In)
		}
	}
	return out
}

// Cuts are the days on which what holds a place, or what holds that, changes.
func (m *Model) Cuts(place string) []data.Day {
	days := map[data.Day]bool{}
	m.walk(place, func(a *Area) bool {
		for _, h := range a.In {
			if h.HasFrom {
				days[h.From] = true
			}
			if h.HasUntil {
				days[h.Until] = true
			}
		}
		a.cut(days)
		return true
	})
	return slices.Sorted(maps.Keys(days))
}

// cut notes the days on which a place begins or ceases to be apart.
func (a *Area) cut(days map[data.Day]bool) {
	for i := range a.Apart {
		if p := &a.Apart[i]; p.HasFrom {
			days[p.From] = true
		}
		if p := &a.Apart[i]; p.HasUntil {
			days[p.Until] = true
		}
	}
}

// Unplaced reports whether nobody has said whose land a place was on a day, though
// on other days, or as somebody reads it, it is a state's; of such a place it is not
// known. Of a state's own land it is known, whoever held it once, of a place that is
// apart on the day that it is nobody's, and of one that is contested its readings tell.
func (m *Model) Unplaced(place string, day data.Day) bool {
	return m.HostOf(place, day) == "" && m.ApartOn(place, day) == nil && m.remember("unplaced", place, "", m.era(day), func() bool {
		land := false
		m.walk(place, func(a *Area) bool {
			state := m.IsLand(a.Name)
			land = land || !state && slices.ContainsFunc(a.everIn(), m.IsLand)
			return !state
		})
		return land
	}) && !slices.ContainsFunc(m.Contests(place), func(q *Question) bool { return q.On(day) })
}

// MayLie reports whether a place lies in an area on some day, as its own lines or
// some reading of it have it.
func (m *Model) MayLie(place, area string) bool {
	return m.remember("ever", place, area, 0, func() bool {
		found := false
		m.walk(place, func(a *Area) bool {
			found = found || a.Name == area || slices.Contains(a.everIn(), area)
			return !found
		})
		return found || place == area
	})
}

// BeforeItsState reports whether a place lies on a day in the land of a state that
// was none yet, and nobody has said whose land that was then.
func (m *Model) BeforeItsState(place string, day data.Day) bool {
	return m.hostIs(place, day, func(named data.Spell) bool { return named.From > day })
}

// AfterItsState reports whether a place lies on a day in the land of a state that
// had ended, and nobody has said whose land that is since.
func (m *Model) AfterItsState(place string, day data.Day) bool {
	return m.hostIs(place, day, func(named data.Spell) bool { return !named.Open() && named.Until < day })
}

// hostIs reports whether a place lies on a day in the land of a state that was none
// then, all of whose names are as asked; of a state without a name nothing is known.
func (m *Model) hostIs(place string, day data.Day, as func(named data.Spell) bool) bool {
	host := m.HostOf(place, day)
	if host == "" || m.States.Member(host, day) {
		return false
	}
	s, _ := m.States.ByID(host)
	named := false
	for _, sp := range s.Spells {
		if sp.Scheme != data.Name {
			continue
		}
		if named = true; !as(sp) {
			return false
		}
	}
	return named
}

// Ownerless reports whether a place lies on a day in the land of a state that was
// none yet, or none any more, and nobody has said whose land it was then.
func (m *Model) Ownerless(place string, day data.Day) bool {
	return m.BeforeItsState(place, day) || m.AfterItsState(place, day)
}

// IsLand reports whether an area is the land of a state, or its home.
func (m *Model) IsLand(area string) bool {
	_, is := m.States.ByID(strings.TrimSuffix(area, ".home"))
	return is
}

// walk calls for a place and for all that ever holds it, each once; what holds a
// place that visit says no to is left out.
func (m *Model) walk(place string, visit func(*Area) bool) {
	seen := map[string]bool{}
	var up func(name string)
	up = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		if base, home := strings.CutSuffix(name, ".home"); home {
			up(base)
		}
		if a := m.Areas[name]; a != nil {
			if !visit(a) {
				return
			}
			for _, outer := range a.everIn() {
				up(outer)
			}
		}
	}
	up(place)
}

// era is the stretch of time of a day: where places lie is the same on all days
// of one era.
func (m *Model) era(day data.Day) int {
	n, at := slices.BinarySearch(m.cuts, day)
	if at {
		n++
	}
	return n
}

// eras finds the days that part one era from the next, and what every area ever
// holds.
func (m *Model) eras() {
	days := map[data.Day]bool{}
	m.holds = map[string][]string{}
	for _, name := range sortedKeys(m.Areas) {
		a := m.Areas[name]
		m.homeHeld(name)
		for _, h := range a.In {
			m.homeHeld(h.In)
			m.holds[h.In] = append(m.holds[h.In], name)
			if h.HasFrom {
				days[h.From] = true
			}
			if h.HasUntil {
				days[h.Until] = true
			}
		}
		a.cut(days)
	}
	m.cuts = slices.Sorted(maps.Keys(days))
}

// Moves are the days on which something begins or ceases to lie in an area, as its
// lines and those of what it ever holds say; in no order, and more than once.
func (m *Model) Moves(area string) []data.Day {
	var days []data.Day
	seen := map[string]bool{}
	var down func(string)
	down = func(name string) {
		for _, part := range m.holds[name] {
			if seen[part] {
				continue
			}
			seen[part] = true
			if a := m.Areas[part]; a != nil {
				for _, h := range a.In {
					if h.HasFrom {
						days = append(days, h.From)
					}
					if h.HasUntil {
						days = append(days, h.Until)
					}
				}
				cut := map[data.Day]bool{}
				a.cut(cut)
				days = slices.AppendSeq(days, maps.Keys(cut))
			}
			down(part)
		}
	}
	down(area)
	return days
}

// homeHeld notes that a state's territory holds its home.
func (m *Model) homeHeld(name string) {
	if base, home := strings.CutSuffix(name, ".home"); home && !slices.Contains(m.holds[base], name) {
		m.holds[base] = append(m.holds[base], name)
	}
}

// Within reports whether a place lies in an area on a day, by declared
// containment. A state's home lies in its territory.
func (m *Model) Within(place, area string, day data.Day) bool {
	return m.remember("in", place, area, m.era(day), func() bool {
		return m.withinAs(place, area, day, headOnly, map[string]bool{})
	})
}

// asked is a question about two places in an era.
type asked struct {
	what, place, area string
	era               int
}

// remember keeps the answer to a question about two places.
func (m *Model) remember(what, place, area string, era int, find func() bool) bool {
	key := asked{what, place, area, era}
	if v, ok := m.places.Load(key); ok {
		return v.(bool)
	}
	v := find()
	m.places.Store(key, v)
	return v
}

// everWithin reports whether a place lies in an area on some day, as its own
// lines say, looking so many steps up.
func (m *Model) everWithin(place, area string, steps int, seen map[string]bool) bool {
	if place == area {
		return true
	}
	if seen[place] || steps == 0 {
		return false
	}
	seen[place] = true
	if base, home := strings.CutSuffix(place, ".home"); home && m.everWithin(base, area, steps-1, seen) {
		return true
	}
	a := m.Areas[place]
	return a != nil && slices.ContainsFunc(a.In, func(h Held) bool { return m.everWithin(h.In, area, steps-1, seen) })
}

// Overlaps reports whether some declared part of a place lies within an area on
// a day.
func (m *Model) Overlaps(place, area string, day data.Day) bool {
	if base, home := strings.CutSuffix(place, ".home"); home && len(m.holds[place]) == 0 {
		place = base // nothing tells the home apart from the rest
	}
	return m.remember("overlaps", place, area, m.era(day), func() bool {
		return m.partWithin(place, place, area, day, map[string]bool{place: true})
	})
}

// partWithin reports whether what an area holds, or what that holds, is a part of
// the place and lies within another area.
func (m *Model) partWithin(holder, place, area string, day data.Day, seen map[string]bool) bool {
	return slices.ContainsFunc(m.holds[holder], func(part string) bool {
		if seen[part] {
			return false
		}
		seen[part] = true
		return m.Within(part, place, day) && m.Within(part, area, day) || m.partWithin(part, place, area, day, seen)
	})
}

// HostOf is the state in whose territory a place lies on a day, or "" for the
// high seas.
func (m *Model) HostOf(place string, day data.Day) string { return m.HostAs(place, day, headOnly) }

// headOnly reads no contested place: each lies where its own lines put it.
func headOnly(*Question) *Stance { return nil }

// Contests are the questions that bear on where a place lies: its own and those
// of the areas that hold it, on any day.
func (m *Model) Contests(place string) []*Question {
	if v, ok := m.contests.Load(place); ok {
		return v.([]*Question)
	}
	var out []*Question
	m.contested(place, map[string]bool{}, &out)
	m.contests.Store(place, out)
	return out
}

func (m *Model) contested(place string, seen map[string]bool, out *[]*Question) {
	if seen[place] {
		return
	}
	seen[place] = true
	a := m.Areas[strings.TrimSuffix(place, ".home")]
	if b := m.Areas[place]; b != nil {
		a = b
	}
	if a == nil {
		return
	}
	if a.Question != nil {
		*out = append(*out, a.Question)
	}
	for _, up := range a.everIn() {
		m.contested(up, seen, out)
	}
}

// everIn are the areas that hold a place as its head says, or any reading.
func (a *Area) everIn() []string {
	out := make([]string, 0, len(a.In))
	for _, h := range a.In {
		out = append(out, h.In)
	}
	if a.Question == nil {
		return out
	}
	for _, s := range a.Question.Readings {
		out = append(out, s.In...)
	}
	return out
}

// ChosenReading chooses a reading of a question about a place; nil leaves the place
// where its head puts it, as on a day on which it is not contested.
type ChosenReading func(*Question) *Stance

// WithinAs reports whether a place lies in an area on a day as contested places
// are read.
func (m *Model) WithinAs(place, area string, day data.Day, read ChosenReading) bool {
	return m.withinAs(place, area, day, read, map[string]bool{})
}

func (m *Model) withinAs(place, area string, day data.Day, read ChosenReading, seen map[string]bool) bool {
	if place == area {
		return true
	}
	if seen[place] { // by another way, or in a circle, which was reported at load
		return false
	}
	seen[place] = true
	if base, home := strings.CutSuffix(place, ".home"); home && m.withinAs(base, area, day, read, seen) {
		return true
	}
	a := m.Areas[place]
	return a != nil && slices.ContainsFunc(a.inAs(day, read), func(up string) bool { return m.withinAs(up, area, day, read, seen) })
}

// inAs are the areas that hold a place on a day as it is read: those of the
// reading, and of its own lines those that no reading speaks of.
func (a *Area) inAs(day data.Day, read ChosenReading) []string {
	own := a.on(day)
	if a.Question == nil {
		return own
	}
	s := read(a.Question)
	if s == nil {
		return own
	}
	out := slices.Clone(s.In)
	for _, up := range own {
		if !slices.ContainsFunc(a.Question.Readings, func(r *Stance) bool { return slices.Contains(r.In, up) }) {
			out = append(out, up)
		}
	}
	return out
}

// HostAs is the state in whose territory a place lies on a day as contested
// places are read, or "" for the high seas and for what is apart. A state that was
// none on the day and lay in the territory of another is in the other's.
func (m *Model) HostAs(place string, day data.Day, read ChosenReading) string {
	host, _, _ := m.whoseAs(place, day, read, map[string]bool{})
	return host
}

// whoseAs finds the state in whose territory a place lies, or the standing of its own
// that it has; false where neither is said.
func (m *Model) whoseAs(place string, day data.Day, read ChosenReading, seen map[string]bool) (host string, own *Apart, said bool) {
	base, home := strings.CutSuffix(place, ".home")
	_, state := m.States.ByID(base)
	if state && m.States.Member(base, day) {
		return base, nil, true
	}
	if a := m.Areas[place]; a != nil && !seen[place] {
		seen[place] = true
		if own := a.apartOn(day); own != nil && (a.Question == nil || read(a.Question) == nil) {
			return "", own, true
		}
		for _, up := range a.inAs(day, read) {
			if host, own, said := m.whoseAs(up, day, read, seen); said {
				return host, own, true
			}
		}
	}
	if home {
		return m.whoseAs(base, day, read, seen)
	}
	if state {
		return base, nil, true
	}
	return "", nil, false
}
