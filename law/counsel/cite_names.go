package counsel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/model"
)

// CitedLine is one thing that a model says of a name, after its label.
type CitedLine struct {
	Label string   `json:"label"`
	Words []string `json:"words"`
}

// restsOn labels the line that says on what a thing rests: its sources stand below it.
const restsOn = "rests on"

// say adds a line; nothing where there is nothing to say.
func (e *Cited) say(label string, words ...string) {
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	if len(words) > 0 {
		e.Lines = append(e.Lines, CitedLine{label, words})
	}
}

// rests says on what a thing rests: on sources, on judgement for the reason given, or
// both.
func (c *citing) rests(e *Cited, sources []string, judgement string) {
	var words []string
	if len(sources) > 0 {
		c.note(sources)
		words = append(words, "sources "+strings.Join(sources, ", "))
		for _, id := range sources {
			if !slices.Contains(e.Sources, id) {
				e.Sources = append(e.Sources, id)
			}
		}
	}
	if judgement != "" {
		words = append(words, "judgement: "+judgement)
	}
	e.say(restsOn, words...)
}

func newCited(address, what, title string, at source.Pos) Cited {
	return Cited{Address: address, What: what, Title: title, Articles: []CitedArticle{}, Lines: []CitedLine{}, Sources: []string{}, UsedBy: []string{}, Defined: definedAt(at)}
}

// named finds a name of any other kind: an event, a fact of law, a place, a group,
// a state, and all that cases and crises name. One name may stand for several things;
// each is cited.
func (c *citing) named(name string) []Cited {
	state := c.m.States.Name(name, data.Forever)
	var out []Cited
	tell := func(n *called) {
		if n.name != name && (n.base == "" || n.base != name) && (n.full == "" || n.full != name) || n.what == "place" && state != "" {
			return
		}
		e := newCited(n.name, n.what, strings.TrimSuffix(n.what+": "+n.title(), ": "), n.at)
		if n.says != nil {
			n.says(&e)
		}
		out = append(out, e)
	}
	c.ofLaw(tell)
	if state != "" {
		out = append(out, newCited(name, "state", "state: "+state, source.Pos{}))
	}
	c.ofCases(tell)
	return out
}

// others are the names that named knows and names does not, for a near one.
func (c *citing) others() []string {
	var out []string
	note := func(n *called) { out = append(out, n.name) }
	c.ofLaw(note)
	c.ofCases(note)
	return out
}

// titled are the names of what has these words for a title, or is labelled so in tables
// and sentences, capitals aside, each with the kinds of what bears it.
func (c *citing) titled(words string) map[string][]string {
	found := map[string][]string{}
	c.eachTitle(func(name, what, title string) {
		if words != "" && strings.EqualFold(title, words) && !slices.Contains(found[name], what) {
			found[name] = append(found[name], what)
		}
	})
	return found
}

// eachTitle visits every title and label, with the name and the kind of what bears it.
func (c *citing) eachTitle(visit func(name, what, title string)) {
	for _, in := range c.m.Instruments {
		visit(in.ID, "instrument", in.Title)
		for _, a := range in.Articles {
			visit(a.Address, "article", a.Title)
		}
	}
	for _, s := range c.m.Sources {
		visit(s.ID, "source", s.Title)
	}
	for _, d := range c.m.Duties {
		visit(d.Name, "class", d.Title)
	}
	each := func(n *called) {
		if n.what == "event" { // whose title is what else it is
			return
		}
		for _, t := range append(n.labels, n.title()) {
			visit(n.name, n.what, t)
		}
	}
	c.ofLaw(each)
	c.ofCases(each)
}

// called is a name, what it is of, its title, where it is defined, and what is said of
// it.
type called struct {
	name, what string
	title      func() string
	at         source.Pos
	full       string   // its name with that of its case: estonia.disputes; empty: none
	base       string   // a name under which several are called; empty: none
	labels     []string // what tables and sentences call it, beside its title
	says       func(*Cited)
}

// plain is a title that is at hand.
func plain(title string) func() string { return func() string { return title } }

// ofLaw tells the names of events, facts, places and groups, those of a kind in no
// order.
func (c *citing) ofLaw(tell func(*called)) {
	for name, k := range c.m.Events {
		tell(&called{name: name, what: "event", title: plain(isAlso(k.Is)), at: k.Pos})
	}
	for name, f := range c.m.Facts {
		tell(&called{name: name, what: "fact", title: plain(f.Title), at: f.Pos, says: func(e *Cited) { c.fact(e, f) }})
	}
	for name, a := range c.m.Areas {
		tell(&called{name: name, what: "place", title: plain(a.Title), at: a.Pos, says: func(e *Cited) { e.History = historyOf(c.m, a) }})
	}
	for name, g := range c.m.Groups {
		tell(&called{name: name, what: "group", title: plain(g.Title), at: g.Pos, says: func(e *Cited) { c.group(e, g) }})
	}
}

// castIn is a title with the roles in words, and as each case that is cast for it has it.
func (c *citing) castIn(title string) []string {
	out := []string{c.m.Cast(nil, title)}
	if !strings.Contains(title, "{") {
		return out
	}
	for _, k := range c.m.Cases {
		if as := c.m.Cast(k, title); !slices.Contains(out, as) {
			out = append(out, as)
		}
	}
	return out
}

// fact says of a fact of law who asks for it and, of one in doubt, who reads it how.
func (c *citing) fact(e *Cited, f *model.LegalFact) {
	e.UsedBy = append(e.UsedBy, c.m.FactReaders()[f.Name]...)
	if f.Question == nil {
		e.say(restsOn, "nothing: it is a word of the law; whether it is so, a case or --fact says, and what is not said is not known")
		return
	}
	q := f.Question
	for _, s := range q.Readings {
		if !s.Nobodys {
			e.say("reading", s.Name+InBrackets(s.Title, s.By))
			c.sourced(e, s.Sources)
		}
	}
	if len(q.Sources) > 0 || q.Status != "" {
		c.rests(e, q.Sources, "")
		e.say("status", strings.TrimSuffix(q.Status+": "+certainty[q.Status], ": "))
	} else if len(e.Sources) == 0 {
		e.say(restsOn, "no source that the model names")
	}
}

// sourced takes in the sources of a part.
func (c *citing) sourced(e *Cited, ids []string) {
	c.note(ids)
	for _, id := range ids {
		if !slices.Contains(e.Sources, id) {
			e.Sources = append(e.Sources, id)
		}
	}
}

func (c *citing) group(e *Cited, g *model.Group) {
	var members []string
	for _, ms := range g.Members {
		members = append(members, strings.TrimSpace(ms.State+" "+partyDays(ms)))
		c.sourced(e, ms.Sources)
	}
	e.say("members", members...)
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

// ofCases tells the names that cases and crises use.
func (c *citing) ofCases(tell func(*called)) {
	m := c.m
	for _, o := range m.Options {
		tell(&called{name: o.Name, what: "option", title: plain(o.Title), labels: []string{o.Short}, at: o.Pos, says: func(e *Cited) { c.option(e, o) }})
	}
	for _, v := range m.Views {
		tell(&called{name: v.Name, what: "view", title: plain(v.Title), at: v.Pos, says: func(e *Cited) { c.view(e, v) }})
	}
	for _, k := range m.Cases {
		tell(&called{name: k.Name, what: "case", title: plain(k.Title), at: k.Pos, says: func(e *Cited) { c.kase(e, k) }})
		for i := range k.Records {
			if r := &k.Records[i]; r.Name != "" {
				tell(&called{name: r.Name, full: k.Name + "." + r.Name, what: "record of " + k.Name, title: plain(r.Title), at: r.Pos, says: func(e *Cited) { c.rests(e, r.Sources, "") }})
			}
		}
	}
	for _, a := range m.Assumptions {
		tell(&called{name: a.Name, base: a.Base, what: "assumption", labels: c.castIn(a.Title), title: func() string { return m.Cast(nil, a.Title) + ", " + a.Unit.String() }, at: a.Pos, says: func(e *Cited) { c.assumption(e, a) }})
	}
	for _, x := range m.Claims {
		tell(&called{name: x.ID, what: "claim", title: plain(x.Title), at: x.Pos, says: func(e *Cited) { c.claim(e, x) }})
		for i, r := range readingsOf(x) {
			if len(x.Figures) > 0 {
				break // casus claims numbers what each figure is read as
			}
			tell(&called{name: fmt.Sprintf("%s.%d", x.ID, i+1), what: "reading of claim " + x.ID, title: plain(cmp.Or(r.title, x.Title)), at: r.at, says: func(e *Cited) { c.readingOf(e, x, r) }})
		}
	}
	for _, cr := range m.Crises {
		tell(&called{name: cr.Name, what: "crisis", title: plain(cr.Title), at: cr.Pos})
		c.ofCrisis(cr, tell)
	}
}
