package counsel

import (
	"cmp"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
)

// named finds a name of any other kind: an event, a fact of law, a place, a group,
// a state, an option, a view, a case, a crisis, an assumption or a measure. One
// name may stand for several things; each is cited.
func (c *citing) named(name string) []Cited {
	m := c.m
	var out []Cited
	add := func(what, title string, at source.Pos) {
		out = append(out, Cited{Address: name, What: what, Title: strings.TrimPrefix(cmp.Or(what+": "+title, what), ": "), Articles: []CitedArticle{}, UsedBy: []string{}, Defined: definedAt(at)})
	}
	if e := m.Events[name]; e != nil {
		add("event", isAlso(e.Is), e.Pos)
	}
	if f := m.Facts[name]; f != nil {
		add("fact", f.Title, source.Pos{})
	}
	if a := m.Areas[name]; a != nil && m.States.Name(name, data.Forever) == "" {
		add("place", a.Title, a.Pos)
	}
	if g := m.Groups[name]; g != nil {
		add("group", g.Title, g.Pos)
	}
	if title := m.States.Name(name, data.Forever); title != "" {
		add("state", title, source.Pos{})
	}
	c.ofCases(name, add)
	return out
}

// ofCases finds the names that cases and crises use.
func (c *citing) ofCases(name string, add func(what, title string, at source.Pos)) {
	m := c.m
	if o := m.Option(name); o != nil {
		add("option", o.Title, o.Pos)
	}
	if v := m.View(name); v != nil {
		add("view", cmp.Or(v.Title, strings.Join(v.Notes, " ")), v.Pos)
	}
	if k := m.Case(name); k != nil {
		add("case", k.Title, k.Pos)
	}
	if a := m.Assumption(name); a != nil {
		add("assumption", m.Cast(nil, a.Title)+", "+a.Unit.String(), a.Pos)
	}
	for _, cr := range m.Crises {
		if cr.Name == name {
			add("crisis", cr.Title, cr.Pos)
		}
		if ms := cr.Measure(name); ms != nil {
			add("measure of "+cr.Name, m.Cast(nil, ms.Title)+", "+ms.Unit.String(), ms.Pos)
		}
	}
}

func isAlso(kinds []string) string {
	if len(kinds) == 0 {
		return "a kind of its own"
	}
	return "also " + strings.Join(slices.Clone(kinds), ", ")
}

func definedAt(at source.Pos) string {
	if at.IsZero() {
		return ""
	}
	return at.String()
}
