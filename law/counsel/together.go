package counsel

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Group is answers that differ only in their debtor, and in the path of their trace.
type Group struct {
	LegalAnswer
	Debtors []string // by id
}

// Groups gathers the answers that a teller tells, in the order in which they are told:
// those in force first, then those that name the victim, then the strongest class.
func (w *Why) Groups(tells func(*LegalAnswer) bool) []*Group {
	var out []*Group
	at := map[string]*Group{}
	for i := range w.Answers {
		a := &w.Answers[i]
		if !tells(a) {
			continue
		}
		key := a.Alike()
		g := at[key]
		if g == nil {
			g = &Group{LegalAnswer: *a}
			g.PartyNotes = nil
			at[key] = g
			out = append(out, g)
		}
		for _, n := range a.PartyNotes {
			g.PartyNotes = With(g.PartyNotes, n)
		}
		g.Debtors = append(g.Debtors, a.Debtor)
	}
	for _, g := range out {
		slices.Sort(g.Debtors)
		g.Debtors = slices.Compact(g.Debtors)
	}
	slices.SortStableFunc(out, func(a, b *Group) int { return a.Before(&b.LegalAnswer) })
	return out
}

// Alike is the same for answers that a reader may take together.
func (a LegalAnswer) Alike() string {
	a.Debtor, a.Trace, a.PartyNotes = "", nil, nil
	return same(a)
}

// same is one string for equal values.
func same(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and lists only
	}
	return string(b)
}

// Count counts the duties among the answers that a teller tells: that are owed, and
// that are contested or turn on what is not given.
func (w *Why) Count(tells func(*LegalAnswer) bool) (owed, open int) {
	for i := range w.Answers {
		a := &w.Answers[i]
		switch {
		case !tells(a) || a.Verb != "owes":
		case a.Status == "owed":
			owed++
		case a.Status == "contested" || a.Status == "depends":
			open++
		}
	}
	return owed, open
}

// OfEveryState reports whether the debtors are all members of the state system
// but those in the event.
func (w *Why) OfEveryState(g *Group) bool {
	if len(g.Debtors) < 2 || !g.InForce {
		return false
	}
	for _, s := range w.States {
		if s != w.Query.By && s != w.Query.On && s != g.Creditor && !slices.Contains(w.Query.AlsoBy, s) && !slices.Contains(g.Debtors, s) {
			return false
		}
	}
	return true
}

// Bundle is duties that differ only in who owes or who is owed.
type Bundle struct {
	StandingDuty
	Debtors, Creditors []string
}

// Bundles gathers duties that a reader may take together: those of one state
// by all else, the strongest first; those of every state as sets that owe each other.
func (o *Owed) Bundles(in func(StandingDuty) bool) []*Bundle {
	var out []*Bundle
	at := map[string]*Bundle{}
	for _, d := range o.Duties {
		if !in(d) {
			continue
		}
		key := o.alike(d)
		g := at[key]
		if g == nil {
			g = &Bundle{StandingDuty: d}
			at[key] = g
			out = append(out, g)
		}
		g.Debtors, g.Creditors = With(g.Debtors, d.Debtor), With(g.Creditors, d.Creditor)
	}
	if o.State != "" {
		slices.SortStableFunc(out, func(a, b *Bundle) int { return cmp.Compare(b.Strength, a.Strength) })
	}
	return out
}

// alike is the same for duties of one bundle.
func (o *Owed) alike(d StandingDuty) string {
	switch {
	case o.State == "":
		d.Debtor, d.Creditor = "", ""
	case d.Debtor == o.State:
		d.Creditor = ""
	default:
		d.Debtor = ""
	}
	return same(d)
}

// Collision is two articles that one state cannot both keep, the states for which they
// collide, and the pairs of others over whom they do.
type Collision struct {
	Conflict
	States, Pairs  []string
	Certain, Times int
}

// Collisions gathers the conflicts of a kind by their two articles.
func (o *Conflicts) Collisions(clash string) []*Collision {
	var out []*Collision
	at := map[string]*Collision{}
	for _, c := range o.Conflicts {
		if c.Clash != clash {
			continue
		}
		key := c.First.Article + " " + c.Second.Article
		g := at[key]
		if g == nil {
			g = &Collision{Conflict: c}
			at[key] = g
			out = append(out, g)
		}
		g.States = With(g.States, c.State)
		if pair := c.First.Creditor + "–" + c.Second.Creditor; !slices.Contains(g.Pairs, pair) {
			g.Pairs = append(g.Pairs, pair)
		}
		if g.Times++; c.Certain {
			g.Certain++
		}
	}
	return out
}
