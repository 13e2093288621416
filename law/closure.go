package law

import (
	"slices"

	"casus/data"
	"casus/model"
)

// Entrance is a war that a duty of military help demands of its debtor.
type Entrance struct {
	State, Against, For string
	Article             string
	Class               *model.Duty
	Status              Status // owed; contested or depends of what is left open
	Why                 string
	Due                 data.Day // since when it is owed; zero where it is not
	Trigger             string   // the title of the deed, or "France against Germany" of a war drawn in
}

// Closure is where duties of military help alone lead from some deeds.
type Closure struct {
	Bound []Entrance // owed military help, each a war, in the order in which they fall due
	May   []Entrance // owed help that may be short of force: not followed
	Open  []Entrance // contested, or turning on what is not known: not followed
}

// Stage is one deed of a course and what duties alone make of it.
type Stage struct {
	Line   *Line
	Bound  bool       // a duty of military help demanded it
	Forced bool       // the other had been bound to open this war before
	Before []Entrance // what new law, or a new fact, made due before the deed
	Made   []Entrance // what the deed made due
}

// aloneFrom follows duties of military help from the first deed of a course,
// under the law of that day, with no free choice.
func aloneFrom(m *model.Model, k *model.Case) Closure {
	a := newAnnals(m, k)
	e := firstDeed(k.Course)
	a.add(act{title: e.Title, spec: e.Event})
	bound := a.follow(e.Event.Date)
	may, open := a.left(e.Event.Date)
	return Closure{Bound: bound, May: may, Open: open}
}

func firstDeed(co *model.Course) *model.Entry {
	return co.Entries[slices.IndexFunc(co.Entries, func(e *model.Entry) bool { return e.Kind == model.Deed })]
}

// follow lets every state that owes military help make the war it owes, until
// no more is owed, and lists those wars.
func (a *annals) follow(day data.Day) []Entrance {
	var out []Entrance
	for {
		n := len(out)
		for _, d := range a.standing(day) {
			if d.Status != Owed || d.Class.Force != model.MustForce {
				continue
			}
			for _, t := range a.wanted(d) {
				if x := entrance(d, t); !slices.ContainsFunc(out, x.sameWar) {
					out = append(out, x)
				}
			}
		}
		for _, x := range out[n:] {
			a.add(act{title: a.m.States.Name(x.State, day) + " against " + a.m.States.Name(x.Against, day), spec: model.EventSpec{Kind: "declaration of war", By: x.State, On: x.Against, Date: day, HasDate: true}})
		}
		if len(out) == n {
			return out
		}
	}
}

func (x Entrance) sameWar(y Entrance) bool { return x.State == y.State && x.Against == y.Against }

// wanted lists those with whom a duty asks its debtor to be at war and it is not.
func (a *annals) wanted(d due) []string {
	return slices.DeleteFunc(slices.Clone(d.rivals), func(t string) bool {
		return t == "" || t == d.Debtor || t == d.Creditor || a.at[[2]string{d.Debtor, t}]
	})
}

// left are the wars that duties might ask for and do not demand.
func (a *annals) left(day data.Day) (may, open []Entrance) {
	for _, d := range a.standing(day) {
		for _, t := range a.wanted(d) {
			switch {
			case d.Class.Force == model.MayForce && d.Status == Owed:
				may = append(may, entrance(d, t))
			case d.Class.Force >= model.MayForce && (d.Status == Contested || d.Status == Depends):
				open = append(open, entrance(d, t))
			}
		}
	}
	return may, open
}

func entrance(d due, against string) Entrance {
	x := Entrance{State: d.Debtor, Against: against, For: d.Creditor, Article: d.Article.Address, Class: d.Class, Status: d.Status, Due: d.since, Trigger: d.deed}
	if d.Status != Owed {
		x.Why = why(d.Answer)
	}
	return x
}

// stagesOf goes through the deeds of a course: each is either bound, by a duty of
// military help then due, or not; after each, duties are followed.
func stagesOf(m *model.Model, k *model.Case, lines []Line) []Stage {
	a := newAnnals(m, k)
	bound := map[[2]string]bool{}
	follow := func(day data.Day) []Entrance {
		made := a.follow(day)
		for _, x := range made {
			bound[[2]string{x.State, x.Against}] = true
		}
		return made
	}
	var out []Stage
	for i := range lines {
		e := lines[i].Entry
		if e.Kind != model.Deed {
			continue
		}
		st := Stage{Line: &lines[i], Before: follow(e.Event.Date)}
		st.Bound, st.Forced = bound[[2]string{e.Event.By, e.Event.On}], bound[[2]string{e.Event.On, e.Event.By}]
		a.add(act{title: e.Title, spec: e.Event})
		st.Made = follow(e.Event.Date)
		out = append(out, st)
	}
	return out
}
