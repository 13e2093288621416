package model

import (
	"slices"
	"strings"
)

// Within reports whether a place lies in an area, by declared containment. A
// state's home lies in its territory.
func (m *Model) Within(place, area string) bool {
	return m.remember("in", place, area, func() bool { return m.within(place, area, map[string]bool{}) })
}

// remember keeps the answer to a question about two places.
func (m *Model) remember(what, place, area string, find func() bool) bool {
	key := [3]string{what, place, area}
	if v, ok := m.places.Load(key); ok {
		return v.(bool)
	}
	v := find()
	m.places.Store(key, v)
	return v
}

func (m *Model) within(place, area string, seen map[string]bool) bool {
	if place == area {
		return true
	}
	if seen[place] { // by another way, or in a circle, which was reported at load
		return false
	}
	seen[place] = true
	if base, home := strings.CutSuffix(place, ".home"); home && m.within(base, area, seen) {
		return true
	}
	if a := m.Areas[place]; a != nil {
		for _, up := range a.In {
			if m.within(up, area, seen) {
				return true
			}
		}
	}
	return false
}

// Overlaps reports whether some declared part of a place lies within an area.
func (m *Model) Overlaps(place, area string) bool {
	return m.remember("overlaps", place, area, func() bool {
		for name := range m.Areas {
			if name != place && m.Within(name, place) && m.Within(name, area) {
				return true
			}
		}
		return false
	})
}

// HostOf is the state in whose territory a place lies, or "" for the high seas.
func (m *Model) HostOf(place string) string { return m.hostOf(place, map[string]bool{}) }

func (m *Model) hostOf(place string, seen map[string]bool) string {
	base := strings.TrimSuffix(place, ".home")
	if _, ok := m.States.ByID(base); ok {
		return base
	}
	a := m.Areas[place]
	if a == nil || seen[place] {
		return ""
	}
	seen[place] = true
	for _, up := range a.In {
		if h := m.hostOf(up, seen); h != "" {
			return h
		}
	}
	return ""
}

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
	if a.Question == nil {
		return a.In
	}
	out := slices.Clone(a.In)
	for _, s := range a.Question.Readings {
		out = append(out, s.In...)
	}
	return out
}

// ChosenReading chooses a reading of a question about a place; nil leaves the place
// where its head puts it, as on a day on which it is not contested.
type ChosenReading func(*Question) *Stance

// WithinAs reports whether a place lies in an area as contested places are read.
func (m *Model) WithinAs(place, area string, read ChosenReading) bool {
	return m.withinAs(place, area, read, map[string]bool{})
}

func (m *Model) withinAs(place, area string, read ChosenReading, seen map[string]bool) bool {
	if place == area {
		return true
	}
	if seen[place] {
		return false
	}
	seen[place] = true
	if base, home := strings.CutSuffix(place, ".home"); home && m.withinAs(base, area, read, seen) {
		return true
	}
	a := m.Areas[place]
	return a != nil && slices.ContainsFunc(a.inAs(read), func(up string) bool { return m.withinAs(up, area, read, seen) })
}

// inAs are the areas that hold a place as it is read: those of the reading, and
// of its head those that no reading speaks of.
func (a *Area) inAs(read ChosenReading) []string {
	if a.Question == nil {
		return a.In
	}
	s := read(a.Question)
	if s == nil {
		return a.In
	}
	out := slices.Clone(s.In)
	for _, up := range a.In {
		if !slices.ContainsFunc(a.Question.Readings, func(r *Stance) bool { return slices.Contains(r.In, up) }) {
			out = append(out, up)
		}
	}
	return out
}

// HostAs is the state in whose territory a place lies as contested places are
// read, or "" for the high seas.
func (m *Model) HostAs(place string, read ChosenReading) string {
	return m.hostAs(place, read, map[string]bool{})
}

func (m *Model) hostAs(place string, read ChosenReading, seen map[string]bool) string {
	base := strings.TrimSuffix(place, ".home")
	if _, ok := m.States.ByID(base); ok {
		return base
	}
	a := m.Areas[place]
	if a == nil || seen[place] {
		return ""
	}
	seen[place] = true
	for _, up := range a.inAs(read) {
		if h := m.hostAs(up, read, seen); h != "" {
			return h
		}
	}
	return ""
}
