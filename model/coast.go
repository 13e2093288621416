package model

import (
	"slices"

	"casus/data"
)

// Coastal reports whether a place is a water of which a part is some state's
// territorial sea, so that of a spot in it nobody can tell whose it is. A water
// that is some state's own (the Bosporus), that is apart or contested on the day
// is told by its lines.
func (m *Model) Coastal(place string, day data.Day) bool {
	a := m.Areas[place]
	return a != nil && len(a.Coast) > 0 && m.HostOf(place, day) == "" && m.ApartOn(place, day) == nil &&
		!slices.ContainsFunc(m.Contests(place), func(q *Question) bool { return q.On(day) })
}

// Coasts are the lands whose territorial sea is a part of a water on a day, as its
// line names them; none of a place that is not Coastal.
func (m *Model) Coasts(place string, day data.Day) []string {
	if !m.Coastal(place, day) {
		return nil
	}
	return m.Areas[place].Coast
}

// CoastStates are the states of the day on whose coasts a water lies, by code;
// without those whose coast there is contested.
func (m *Model) CoastStates(place string, day data.Day) []string {
	var out []string
	for _, coast := range m.Coasts(place, day) {
		if s := m.HostOf(coast, day); s != "" && m.States.Member(s, day) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
