package counsel

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/model"
)

// named finds a name of any other kind: an event, a fact of law, a place, a group,
// a state, an option, a view, a case, a claim, a crisis, a role, an assumption or a measure. One
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
	for _, x := range m.Claims {
		if x.ID == name {
			add("claim", x.Title, x.Pos)
		}
	}
	for _, cr := range m.Crises {
		if cr.Name == name {
			add("crisis", cr.Title, cr.Pos)
		}
		if r := cr.Role(name); r != nil {
			add("role of "+cr.Name, c.playing(r), cr.Pos)
		}
		if ms := cr.Measure(name); ms != nil {
			add("measure of "+cr.Name, m.Cast(nil, ms.Title)+", "+ms.Unit.String(), ms.Pos)
		}
	}
}

// playing says what a role is, and who plays it in which case.
func (c *citing) playing(r *model.Role) string {
	said := []string{}
	if r.Title != "" {
		said = append(said, r.Title)
	}
	for _, k := range c.m.Cases {
		if cast := k.Roles[r.Name]; len(cast) > 0 && k.Crisis != nil && k.Crisis.Role(r.Name) == r {
			said = append(said, k.Name+": "+strings.Join(cast, ", "))
		}
	}
	return strings.Join(said, "; ")
}

// others are the names that named knows and names does not, for a near one.
func (c *citing) others() []string {
	m := c.m
	out := slices.Concat(slices.Collect(maps.Keys(m.Events)), slices.Collect(maps.Keys(m.Facts)), slices.Collect(maps.Keys(m.Areas)), slices.Collect(maps.Keys(m.Groups)))
	for _, o := range m.Options {
		out = append(out, o.Name)
	}
	for _, k := range m.Cases {
		out = append(out, k.Name)
	}
	for _, v := range m.Views {
		out = append(out, v.Name)
	}
	for _, a := range m.Assumptions {
		out = append(out, a.Name)
	}
	for _, x := range m.Claims {
		out = append(out, x.ID)
	}
	for _, cr := range m.Crises {
		out = append(out, cr.Name)
		for _, r := range cr.Roles {
			out = append(out, r.Name)
		}
		for _, ms := range cr.Measures {
			out = append(out, ms.Name)
		}
	}
	return out
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
