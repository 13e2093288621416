package law

import (
	"maps"
	"slices"

	"casus/data"
	"casus/model"
)

// act is something done in a course, or a war that a duty draws in.
type act struct {
	title string
	spec  model.EventSpec
}

// annals are the deeds of a course up to a moment, and what has fallen due.
type annals struct {
	m        *model.Model
	k        *model.Case
	states   []string        // of the course, sorted
	named    []string        // by their code, in conditions that ask for wars
	warFacts map[string]bool // of at_war and attacked_by those that conditions ask for
	changes  []data.Day
	books    map[data.Day]*Book
	acts     []act
	at       map[[2]string]bool // at war, both ways
	opened   map[[2]string]bool // the first opened war on the second
	armed    map[string]bool    // has mobilised; only of states whose mobilisation the course tells
	since    map[claim]data.Day
	asked    data.Day // the last day on which the law was asked
	kept     []due    // its answers; nil after a new act
}

// claim is one duty that can fall due; act is -1 where it needs no event.
type claim struct {
	article, debtor, creditor, class string
	act                              int
}

// due is an answer about a deed of the course, as of a day.
type due struct {
	Answer
	deed   string   // the title of the deed
	rivals []string // against whom the debtor would have to act
	since  data.Day // of an owed one: the first day on which it was
}

func newAnnals(m *model.Model, k *model.Case) *annals {
	a := &annals{m: m, k: k, books: map[data.Day]*Book{}, at: map[[2]string]bool{}, opened: map[[2]string]bool{}, armed: map[string]bool{}, since: map[claim]data.Day{}, asked: k.Date}
	for _, e := range k.Course.Entries {
		a.states = append(a.states, e.Event.By, e.Event.On)
		if a.mobilises(e.Event.Kind) {
			a.armed[e.Event.By] = false
		}
	}
	slices.Sort(a.states)
	a.states = slices.DeleteFunc(slices.Compact(a.states), func(s string) bool { return s == "" })
	a.named, a.warFacts = warsAsked(m)
	a.changes = a.lawChanges()
	return a
}

// lawChanges are the days within the course on which something may fall due
// though nothing is done: law comes into force, a party joins, a fact begins.
func (a *annals) lawChanges() []data.Day {
	var days []data.Day
	for _, in := range a.m.Instruments {
		if in.HasInForce {
			days = append(days, in.InForce)
		} else if in.HasSigned {
			days = append(days, in.Signed)
		}
		for _, p := range in.Parties {
			days = append(days, p.From)
		}
		for _, art := range in.Articles {
			if art.HasFrom {
				days = append(days, art.From)
			}
		}
	}
	for _, f := range a.k.Course.Facts {
		days = append(days, f.From)
	}
	last := a.k.Course.Entries[len(a.k.Course.Entries)-1].Event.Date
	days = slices.DeleteFunc(days, func(d data.Day) bool { return d <= a.k.Date || d > last })
	slices.Sort(days)
	return slices.Compact(days)
}

func (a *annals) book(day data.Day) *Book {
	if a.books[day] == nil {
		a.books[day] = Compile(a.m, day, nil)
	}
	return a.books[day]
}

// add puts a deed on record, and notes what falls due with it.
func (a *annals) add(x act) {
	a.record(x)
	a.standing(x.spec.Date)
}

// record puts a deed on record: a war it opens is one between the two from
// then.
func (a *annals) record(x act) {
	a.acts, a.kept = append(a.acts, x), nil
	s := x.spec
	if a.opens(s.Kind) && s.On != "" {
		a.at[[2]string{s.By, s.On}], a.at[[2]string{s.On, s.By}] = true, true
		a.opened[[2]string{s.By, s.On}] = true
	}
	if a.mobilises(s.Kind) {
		a.armed[s.By] = true
	}
}

func (a *annals) opens(kind string) bool { return a.m.IsKind(kind, "opening of war") }

func (a *annals) mobilises(kind string) bool { return a.m.IsKind(kind, "mobilisation") }

// facts gives what is known on a day beside the wars: who has mobilised, and what
// the case says.
func (a *annals) facts(day data.Day) map[string]Tri {
	out := map[string]Tri{}
	for x, armed := range a.armed {
		out[FactKey("mobilised", x)] = Of(armed)
	}
	for _, f := range a.k.LegalFacts {
		out[FactKey(f.Name, f.Args...)] = Of(f.True)
	}
	for _, f := range a.k.Course.Facts {
		if !f.HasFrom || f.From <= day {
			out[FactKey(f.Name, f.Args...)] = Of(f.True)
		}
	}
	return out
}

// wars adds the wars of the course, of which it is the whole record, to what is
// known: those that conditions may ask for that name a state by its code, or by
// its part in an event.
func (a *annals) wars(facts map[string]Tri, others []string, part ...string) {
	asked := func(s string) bool { return slices.Contains(part, s) || slices.Contains(a.named, s) }
	put := func(name string, x, y string, v bool) {
		if !a.warFacts[name] {
			return
		}
		if key := FactKey(name, x, y); facts[key] == Unknown {
			facts[key] = Of(v)
		}
	}
	for _, x := range a.states {
		for _, y := range others {
			if !asked(x) && !asked(y) {
				continue
			}
			for _, p := range [][2]string{{x, y}, {y, x}} {
				put("at_war", p[0], p[1], a.at[p])
				put("attacked_by", p[1], p[0], a.opened[p])
			}
		}
	}
}

// warsAsked are the states that conditions name by their code where they ask
// for a war, and the facts by which they ask.
func warsAsked(m *model.Model) (states []string, facts map[string]bool) {
	named := map[string]bool{}
	facts = map[string]bool{}
	var look func(c *model.Cond)
	look = func(c *model.Cond) {
		if c == nil {
			return
		}
		if c.Op == model.CondFact && (c.Name == "at_war" || c.Name == "attacked_by") {
			facts[c.Name] = true
			for _, t := range c.Terms {
				if t.Kind == model.Literal {
					named[t.Name] = true
				}
			}
		}
		for _, x := range c.Args {
			look(x)
		}
	}
	for _, in := range m.Instruments {
		look(in.Active)
		for _, art := range in.Articles {
			look(art.Active)
			for _, r := range art.Rules {
				look(r.Cond)
			}
			for _, e := range art.Exceptions {
				look(e.Cond)
			}
			for _, rd := range art.Readings {
				for _, e := range rd.Except {
					look(e.Cond)
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(named)), facts
}

// others are the states that a condition may ask for on a day: those of the
// course, members of groups, parties of what is in force.
func (a *annals) others(day data.Day) []string {
	seen := map[string]bool{}
	for _, s := range a.states {
		seen[s] = true
	}
	for _, g := range a.m.Groups {
		for _, ms := range g.Members {
			seen[ms.State] = seen[ms.State] || ms.On(day)
		}
	}
	b := a.book(day)
	for _, in := range a.m.Instruments {
		for _, s := range b.Parties(in.ID) {
			seen[s] = seen[s] || b.InForce(in.ID)
		}
	}
	maps.DeleteFunc(seen, func(_ string, in bool) bool { return !in })
	return slices.Sorted(maps.Keys(seen))
}

// event is a deed as the law of a day is asked about it: its own facts before
// those of the day, and these before the wars.
func (a *annals) event(s model.EventSpec, facts map[string]Tri, others []string) Event {
	ev := EventOf(s)
	own := ev.Facts
	ev.Facts = maps.Clone(facts)
	maps.Copy(ev.Facts, own)
	a.wars(ev.Facts, others, s.By, s.On)
	ev.Readings = maps.Clone(a.k.Readings)
	maps.Copy(ev.Readings, s.Readings)
	return ev
}

// standing holds what the law of a day answers about every deed on record. What
// was begun lasts: an attack of an earlier day is asked about again under the
// law, and beside the wars, of this one.
func (a *annals) standing(day data.Day) []due {
	for _, d := range a.changes {
		if d > a.asked && d < day {
			a.ask(d)
		}
	}
	if a.kept == nil || a.asked != day {
		a.kept = a.ask(day)
	}
	return a.kept
}

func (a *annals) ask(day data.Day) []due {
	a.asked = day
	book, facts, others := a.book(day), a.facts(day), a.others(day)
	out := []due{}
	for i, x := range a.acts {
		for _, ans := range book.Answers(a.event(x.spec, facts, others), false) {
			if ans.Verb != model.Owes || ans.Class == nil {
				continue
			}
			d := due{Answer: ans, deed: x.title, rivals: a.rivals(ans, x.spec)}
			key := claim{ans.Article.Address, ans.Debtor, ans.Creditor, ans.Class.Name, i}
			if eventless(ans.Article) {
				key.act, d.deed = -1, ""
			}
			if ans.Status == Owed {
				if _, had := a.since[key]; !had {
					a.since[key] = day
				}
				d.since = a.since[key]
			}
			out = append(out, d)
		}
	}
	return out
}

// eventless reports whether an article binds without any event.
func eventless(a *model.Article) bool {
	return len(a.Rules) > 0 && !slices.ContainsFunc(a.Rules, func(r model.Rule) bool { return r.Kind != "" })
}

// rivals lists those against whom a duty calls: the other side of the deed, seen
// from the creditor, or whom the text names; of a duty that needs no deed, the
// creditor's enemies.
func (a *annals) rivals(ans Answer, s model.EventSpec) []string {
	switch {
	case eventless(ans.Article):
		return a.enemies(ans.Creditor)
	case ans.Enemy != "":
		return []string{ans.Enemy}
	case ans.Creditor == s.By && s.On != "":
		return []string{s.On}
	}
	return []string{s.By}
}

func (a *annals) enemies(of string) []string {
	return slices.DeleteFunc(slices.Clone(a.states), func(s string) bool { return !a.at[[2]string{of, s}] })
}
