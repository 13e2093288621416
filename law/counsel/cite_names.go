package counsel

import (
	"cmp"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/model"
)

// named finds a name of any other kind: an event, a fact of law, a place, a group,
// a state, an option, a view, a case, a claim, a crisis, a role, an assumption or a
// measure. One name may stand for several things; each is cited.
func (c *citing) named(name string) []Cited {
	m := c.m
	state := m.States.Name(name, data.Forever)
	var out []Cited
	add := func(what, title string, at source.Pos) {
		out = append(out, Cited{Address: name, What: what, Title: strings.TrimPrefix(cmp.Or(what+": "+title, what), ": "), Articles: []CitedArticle{}, UsedBy: []string{}, Defined: definedAt(at)})
	}
	c.ofLaw(func(found, what string, title func() string, at source.Pos) {
		if found == name && (what != "place" || state == "") {
			add(what, title(), at)
			if what == "place" {
				out[len(out)-1].History = historyOf(m, m.Areas[name])
			}
		}
	})
	if state != "" {
		add("state", state, source.Pos{})
	}
	c.ofCases(func(found, what string, title func() string, at source.Pos) {
		if found == name {
			add(what, title(), at)
		}
	})
	return out
}

// others are the names that named knows and names does not, for a near one.
func (c *citing) others() []string {
	var out []string
	note := func(name, _ string, _ func() string, _ source.Pos) { out = append(out, name) }
	c.ofLaw(note)
	c.ofCases(note)
	return out
}

// naming is told a name, what it is of, its title and where it is defined.
type naming func(name, what string, title func() string, at source.Pos)

// plain is a title that is at hand.
func plain(title string) func() string { return func() string { return title } }

// ofLaw tells the names of events, facts, places and groups, those of a kind in no
// order.
func (c *citing) ofLaw(tell naming) {
	for name, e := range c.m.Events {
		tell(name, "event", plain(isAlso(e.Is)), e.Pos)
	}
	for name, f := range c.m.Facts {
		tell(name, "fact", plain(f.Title), source.Pos{})
	}
	for name, a := range c.m.Areas {
		tell(name, "place", plain(a.Title), a.Pos)
	}
	for name, g := range c.m.Groups {
		tell(name, "group", plain(g.Title), g.Pos)
	}
}

// ofCases tells the names that cases and crises use.
func (c *citing) ofCases(tell naming) {
	m := c.m
	for _, o := range m.Options {
		tell(o.Name, "option", plain(o.Title), o.Pos)
	}
	for _, v := range m.Views {
		tell(v.Name, "view", func() string { return cmp.Or(v.Title, strings.Join(v.Notes, " ")) }, v.Pos)
	}
	for _, k := range m.Cases {
		tell(k.Name, "case", plain(k.Title), k.Pos)
	}
	for _, a := range m.Assumptions {
		tell(a.Name, "assumption", func() string { return m.Cast(nil, a.Title) + ", " + a.Unit.String() }, a.Pos)
	}
	for _, x := range m.Claims {
		tell(x.ID, "claim", plain(x.Title), x.Pos)
	}
	for _, cr := range m.Crises {
		tell(cr.Name, "crisis", plain(cr.Title), cr.Pos)
		for i := range cr.Roles {
			r := &cr.Roles[i]
			tell(r.Name, "role of "+cr.Name, func() string { return c.playing(r) }, cr.Pos)
		}
		for i := range cr.Measures {
			ms := &cr.Measures[i]
			tell(ms.Name, "measure of "+cr.Name, func() string { return m.Cast(nil, ms.Title) + ", " + ms.Unit.String() }, ms.Pos)
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
