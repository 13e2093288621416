package ask

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// Names asks which names there are of one kind: of a case, where one is named,
// or else of all that ships.
type Names struct {
	Kind string
	Case string // a case, file or folder; empty: all that ships

	Given func(setting string) bool // nil: nothing was
}

// Kinds are the kinds of names that can be listed.
var Kinds = []string{"cases", "options", "states", "events", "duties", "facts", "places", "groups", "instruments", "articles", "claims", "assumptions", "measures", "views"}

// Answer lists the names. An unknown kind is the caller's mistake.
func (q Names) Answer(to Told) (*finding.Listing, error) {
	if q.Kind == "" {
		return nil, Usage("an empty kind of names is typed", source.Among(q.Kind, Kinds))
	}
	if !slices.Contains(Kinds, q.Kind) {
		return nil, Usage(fmt.Sprintf("no names of the kind %q are kept", q.Kind), source.Among(q.Kind, Kinds))
	}
	m, k, err := q.load(to)
	if err != nil {
		return nil, err
	}
	out := &finding.Listing{Head: finding.New("list", m.Digests(), finding.Basis{}), Of: q.Kind, Rows: []finding.Name{}}
	if k != nil {
		out.Case, out.Title, out.Date = k.Name, k.Title, k.Date.String()
	}
	out.Rows = append(out.Rows, namesOf(m, k, q.Kind)...)
	return out, nil
}

// NamesIn lists the options, views or measures that a record holds; of another kind the
// names of the shipped case that was run, or of all that ships. What cannot be read has none.
func NamesIn(record, kind string) []finding.Name {
	r, err := Told{}.record(record, false)
	if err != nil {
		return nil
	}
	switch s := lexiconIn(r); kind {
	case "options":
		return s.options.names
	case "views":
		return s.views.names
	case "measures":
		return s.measures.names
	}
	of := ""
	if Shipped(r.Case) {
		of = r.Case
	}
	found, err := Names{Kind: kind, Case: of}.Answer(Told{})
	if err != nil {
		return nil
	}
	return found.Rows
}

// allShipped is all that ships, made once: a page asks for lists of names with each of its
// questions. It is read and never changed.
var allShipped = sync.OnceValues(catalog.All)

func (q Names) load(to Told) (*model.Model, *model.Case, error) {
	if strings.TrimSpace(q.Case) == "" {
		if q.Given != nil && q.Given("case") {
			return nil, nil, whichCase()
		}
		m, problems := allShipped()
		return m, nil, to.Refuse(problems)
	}
	return ParseNamed(q.Case).Load(to)
}

func namesOf(m *model.Model, k *model.Case, kind string) []finding.Name {
	switch kind {
	case "cases":
		return rows(m.Cases, func(c *model.Case) finding.Name { return listed(c.Name, c.Title, c.Date.String()) })
	case "options":
		return optionsListed(m, k)
	case "states":
		return stateNames(m, k)
	case "events":
		return sorted(m.Events, func(n string, e *model.EventKind) finding.Name { return listed(n, "", isA(e.Is)) })
	case "duties":
		return sorted(m.Duties, func(n string, d *model.Duty) finding.Name {
			return listed(n, d.Title, fmt.Sprintf("strength %g", d.Strength))
		})
	case "facts":
		return sorted(m.Facts, func(n string, f *model.LegalFact) finding.Name { return listed(n, f.Title, ofStates(f.Arity)) })
	case "places":
		return sorted(m.Areas, func(n string, a *model.Area) finding.Name {
			return listed(n, cmp.Or(a.Title, m.States.Name(n, data.Forever)), "")
		})
	case "groups":
		return sorted(m.Groups, func(n string, g *model.Group) finding.Name {
			return listed(n, g.Title, finding.Count(len(g.Members), "membership"))
		})
	case "instruments":
		return rows(m.Instruments, func(in *model.Instrument) finding.Name { return listed(in.ID, in.Title, in.Kind) })
	case "articles":
		return articlesListed(m)
	case "claims":
		return rows(m.Claims, func(c *model.Claim) finding.Name { return listed(c.ID, c.Title, "") })
	case "assumptions":
		return assumptionsListed(m, k)
	case "measures":
		return measureNames(m, k)
	}
	views := m.Views
	if k != nil {
		views = k.Views
	}
	return rows(views, func(v *model.View) finding.Name { return listed(v.Name, v.Title, strings.Join(v.Union, ", ")) })
}

func articlesListed(m *model.Model) []finding.Name {
	var out []finding.Name
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			out = append(out, listed(a.Address, cmp.Or(a.Title, in.Title), ""))
		}
	}
	return out
}

func listed(name, title, note string) finding.Name {
	return finding.Name{Name: name, Title: title, Note: note}
}

// rows turns a list, in its order, into names.
func rows[T any](list []T, name func(T) finding.Name) []finding.Name {
	var out []finding.Name
	for _, x := range list {
		out = append(out, name(x))
	}
	return out
}

// sorted turns a map into names in alphabetical order.
func sorted[T any](by map[string]T, name func(string, T) finding.Name) []finding.Name {
	var out []finding.Name
	for _, n := range slices.Sorted(maps.Keys(by)) {
		out = append(out, name(n, by[n]))
	}
	return out
}

func isA(kinds []string) string {
	if len(kinds) == 0 {
		return ""
	}
	return "also " + strings.Join(kinds, ", ")
}

func ofStates(arity int) string {
	switch arity {
	case 0:
		return ""
	case 1:
		return "of a state"
	}
	return fmt.Sprintf("of %d states", arity)
}

func optionsListed(m *model.Model, k *model.Case) []finding.Name {
	options := m.Options
	if k != nil {
		options = k.Options
	}
	return rows(options, func(o *model.Option) finding.Name { return listed(o.Name, o.Title, o.Short) })
}

// stateNames are the codes of states with their names: of a case, those that
// play in it, as of its day.
func stateNames(m *model.Model, k *model.Case) []finding.Name {
	var out []finding.Name
	if k == nil {
		for _, s := range m.States.All() {
			out = append(out, listed(s.ID, m.States.Name(s.ID, data.Forever), ""))
		}
		return out
	}
	if k.Crisis == nil {
		return nil
	}
	seen := map[string]int{}
	for _, r := range k.Crisis.Roles {
		for _, actor := range k.Roles[r.Name] {
			if at, ok := seen[actor]; ok {
				out[at].Note += ", " + r.Name
				continue
			}
			seen[actor] = len(out)
			out = append(out, listed(actor, m.Called(actor, k), r.Name))
		}
	}
	return out
}

func assumptionsListed(m *model.Model, k *model.Case) []finding.Name {
	list := m.Assumptions
	if k != nil {
		list = m.Uses(k)
	}
	return rows(list, func(a *model.Assumption) finding.Name {
		return listed(a.Name, m.Cast(k, a.Title), assumptionNote(a, k))
	})
}

// assumptionNote is the unit of an assumption, where it was restated, and the case
// it was made for where that is another.
func assumptionNote(a *model.Assumption, k *model.Case) string {
	note := a.Unit.String()
	if a.Restated != nil {
		note += fmt.Sprintf("; restated, %s:%d", a.Restated.Pos.File.Name, a.Restated.Pos.Line())
	}
	if a.MadeFor != "" && (k == nil || k.Name != a.MadeFor) {
		note += "; made for " + a.MadeFor
	}
	return note
}

func measureNames(m *model.Model, k *model.Case) []finding.Name {
	crises := m.Crises
	if k != nil {
		if crises = nil; k.Crisis != nil {
			crises = []*model.Crisis{k.Crisis}
		}
	}
	var out []finding.Name
	for _, c := range crises {
		for _, ms := range c.Measures {
			note := ms.Unit.String()
			if ms.Rate {
				note += ", held against records"
			}
			out = append(out, listed(ms.Name, m.Cast(k, ms.Title), note))
		}
	}
	return out
}

// CasesIn lists the cases that a file or folder of the user's defines. Where it cannot be
// read there are none.
func CasesIn(path string) []finding.Name {
	m, _, err := Load(path)
	if err != nil || Shipped(path) {
		return nil
	}
	return rows(ownCases(m), func(c *model.Case) finding.Name { return listed(c.Name, c.Title, c.Date.String()) })
}
