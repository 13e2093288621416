package law

import (
	"slices"

	"casus/data"
	"casus/model"
)

// changes finds the days on which the law of an instrument may change.
type changes struct {
	m       *model.Model
	against map[string][]*model.Exception
	seen    map[string]bool
	days    []data.Day
}

// changesOf gives, for one instrument after another, the days on which what
// PledgesOf says of it may differ from the day before, in order. Between two of
// them the law of the instrument stands still.
func changesOf(m *model.Model) func(*model.Instrument) []data.Day {
	against := map[string][]*model.Exception{}
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			for i := range a.Exceptions {
				e := &a.Exceptions[i]
				against[e.Target] = append(against[e.Target], e)
			}
		}
	}
	return func(in *model.Instrument) []data.Day {
		x := &changes{m: m, against: against, seen: map[string]bool{}}
		x.instrument(in)
		slices.Sort(x.days)
		return slices.Compact(x.days)
	}
}

func (x *changes) day(d data.Day, has bool) {
	if has {
		x.days = append(x.days, d)
	}
}

// instrument notes the dates of an instrument, and those of all that its
// articles ask about.
func (x *changes) instrument(in *model.Instrument) {
	if in == nil || x.seen[in.ID] {
		return
	}
	x.seen[in.ID] = true
	x.day(in.Signed, in.HasSigned)
	x.day(in.InForce, in.HasInForce)
	x.day(in.Ended, in.HasEnded)
	x.members(in.Parties)
	for _, s := range in.Suspensions {
		x.day(s.From, true)
		x.day(s.Until, s.HasUntil)
	}
	x.cond(in.Active)
	for _, a := range in.Articles {
		x.article(a)
	}
}

func (x *changes) members(ms []model.Membership) {
	for _, p := range ms {
		x.day(p.From, true)
		x.day(p.Until, p.HasUntil)
	}
}

func (x *changes) article(a *model.Article) {
	x.day(a.From, a.HasFrom)
	x.day(a.Until, a.HasUntil)
	x.cond(a.Active)
	for _, r := range a.Rules {
		x.cond(r.Cond)
		for _, t := range r.Thens {
			x.set(t.Debtors)
		}
	}
	for _, q := range a.Qualified {
		x.day(q.From, q.HasFrom)
		x.day(q.Until, q.HasUntil)
	}
	for _, r := range a.Readings {
		for _, e := range r.Except {
			x.exception(&e)
		}
	}
	for _, e := range x.against[a.Address] {
		x.exception(e)
		x.instrument(e.Article.Instrument)
	}
}

func (x *changes) exception(e *model.Exception) {
	x.cond(e.Cond)
	if e.For != nil {
		x.set(*e.For)
	}
}

func (x *changes) cond(c *model.Cond) {
	if c == nil {
		return
	}
	x.day(c.Day, c.Op == model.CondAfter)
	if c.Op == model.CondWithin {
		x.days = append(x.days, x.m.Moves(c.Area)...)
	}
	x.set(c.Set)
	for _, arg := range c.Args {
		x.cond(arg)
	}
}

func (x *changes) set(s model.Set) {
	switch {
	case s.Kind == model.PartySet:
		x.instrument(x.m.Instrument(s.Instrument))
	case s.Kind == model.GroupSet:
		x.members(x.m.Groups[s.Group].Members)
	case s.Kind == model.AllStates:
		for _, st := range x.m.States.All() {
			for _, sp := range st.Spells {
				if sp.Scheme == data.Member {
					x.day(sp.From, true)
					x.day(sp.Until+1, !sp.Open())
				}
			}
		}
	}
}
