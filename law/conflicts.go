package law

import (
	"cmp"
	"context"
	"slices"

	"casus/model"
)

// Clash says in which way two engagements of one state collide.
type Clash string

// The ways engagements collide.
const (
	BothSides Clash = "both sides" // help owed to each of two against the other
	Restraint Clash = "restraint"  // help owed against one who is not to be attacked
)

// Engagement is one of the two articles that collide, and what it asks.
type Engagement struct {
	Article  *model.Article
	Class    *model.Duty
	Event    Event  // on which it falls due, or which it forbids
	Creditor string // to whom it is owed
	Status   Status // as the judge answers to Event
	Why      string

	deciding *deciding // what would settle Status
}

// TurnsOn are the facts that an engagement turns on, by name; none where it is owed.
func (e Engagement) TurnsOn() []string {
	a := Answer{deciding: e.deciding}
	return a.TurnsOn()
}

// Conflict is two engagements of one state of which one cannot be kept, once
// both fall due.
type Conflict struct {
	State         string
	Clash         Clash
	First, Second Engagement
	Prevails      *model.Article   // of the two, the one that comes first; nil: no text says
	ByWords       *model.Article   // the article that says so
	Consistent    []*model.Article // those that ask to be consistent with the other, which gives no rank
	Bars          []*model.Article
}

// Certain reports whether both duties are owed, or a deed is surely a breach;
// else one of them is contested or turns on what is not known.
func (c Conflict) Certain() bool {
	return c.First.Status == Owed && (c.Second.Status == Owed || c.Second.Status == Breached)
}

// Quarrel asks for conflicts: of one state (empty: every state), between two
// others (empty: any two), over an object at a place (empty: the territory of
// each at home).
type Quarrel struct {
	State, X, Y   string
	Object, Place string
	Facts         map[string]Tri
	Readings      map[string]string
}

// Conflicts lists the engagements of states that cannot both be kept. Two
// states that fight may each claim to be the one attacked; help owed to both is
// help against both. Help that a right of the same instrument allows (the
// Charter's self-defence) is no breach of it. The error is that of the context.
func (b *Book) Conflicts(ctx context.Context, q Quarrel) ([]Conflict, error) {
	var out []Conflict
	for _, s := range b.quarrelsome(q) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d := &dilemma{b: b, q: q, state: s}
		d.gather()
		out = append(out, d.conflicts()...)
	}
	return out, nil
}

func (b *Book) quarrelsome(q Quarrel) []string {
	if q.State != "" {
		return []string{q.State}
	}
	return b.every
}

// dilemma is one state with what it has promised.
type dilemma struct {
	b          *Book
	q          Quarrel
	state      string
	helps      []Pledge // armed help, owed to a named state
	restraints []Pledge // force ruled out toward a named state
	answers    map[asked]Answer
}

type asked struct {
	article *model.Article
	by, on  string
	kind    string
}

func (d *dilemma) gather() {
	d.answers = map[asked]Answer{}
	for _, p := range d.b.Pledges(Standing{State: d.state, Facts: d.q.Facts, Readings: d.q.Readings}) {
		if p.Debtor != d.state || p.Creditor == "" || p.Binding == Unread || p.Binding == Asleep {
			continue
		}
		switch {
		case p.Verb == model.Breaches, p.Verb == model.Owes && p.Class.Bars:
			d.restraints = append(d.restraints, p)
		case p.Verb == model.Owes && p.Class.Force != model.NoForce && p.Creditor != Every:
			d.helps = append(d.helps, p)
		}
	}
}

func (d *dilemma) conflicts() []Conflict {
	var out []Conflict
	for i, p := range d.helps {
		for _, r := range d.helps[i+1:] {
			if p.Creditor != r.Creditor && d.between(p.Creditor, r.Creditor) && p.against(r.Creditor) && r.against(p.Creditor) {
				out = d.add(out, BothSides, p, r)
			}
		}
		for _, r := range d.restraints {
			for _, enemy := range d.enemies(p, r) {
				out = d.restrained(out, p, r, enemy)
			}
		}
	}
	return distinct(out)
}

// between reports whether the question is about these two.
func (d *dilemma) between(x, y string) bool {
	return d.q.X == "" || x == d.q.X && y == d.q.Y || x == d.q.Y && y == d.q.X
}

// against reports whether a pledge speaks of this attacker.
func (p Pledge) against(enemy string) bool {
	return len(p.Against) == 0 || slices.Contains(p.Against, enemy)
}

// enemies lists those toward whom a restraint holds and help may be owed against.
func (d *dilemma) enemies(p, r Pledge) []string {
	switch {
	case r.Creditor != Every:
		if r.Creditor != p.Creditor && d.between(p.Creditor, r.Creditor) && p.against(r.Creditor) {
			return []string{r.Creditor}
		}
		return nil
	case d.q.X != "":
		other := d.q.X
		if other == p.Creditor {
			other = d.q.Y
		}
		if d.between(p.Creditor, other) && p.against(other) {
			return []string{other}
		}
		return nil
	case len(p.Against) > 0:
		return p.Against
	}
	return nil // toward everybody, against anybody: said once for the instrument, not for each
}

// event is the deed of one state on another, as the question places it.
func (d *dilemma) event(kind, by, on string) Event {
	ev := Event{Kind: cmp.Or(kind, "armed attack"), By: by, On: on, Object: "territory", Place: on + ".home", Facts: d.q.Facts, Readings: d.q.Readings}
	if d.q.Object != "" {
		ev.Object = d.q.Object
	}
	if d.q.Place != "" {
		ev.Place = d.q.Place
	}
	return ev
}

// engagement asks the judge what an article makes of the state's part in an
// event.
func (d *dilemma) engagement(p Pledge, ev Event) (Engagement, bool) {
	key := asked{p.Article, ev.By, ev.On, ev.Kind}
	ans, known := d.answers[key]
	if !known {
		ans = d.b.answerOf(p.Article, ev, d.state)
		d.answers[key] = ans
	}
	e := Engagement{Article: p.Article, Class: ans.Class, Event: ev, Creditor: ans.Creditor, Status: ans.Status, Why: ans.Why, deciding: ans.deciding}
	return e, ans.Article != nil && (ans.Status == Owed || ans.Status == Depends || ans.Status == Contested || ans.Status == Breached)
}

// answerOf gives what an article says of one debtor in an event, the strongest of
// its rules; without an Article when it says nothing of it.
func (b *Book) answerOf(a *model.Article, ev Event, debtor string) Answer {
	var out Answer
	ev = b.recorded(a, ev)
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			c := newCourt(b, ev, a, i, j)
			if !c.relevant() || !slices.Contains(c.obliged(c.then), debtor) || c.spared(debtor, c.state(c.then.Creditor)) {
				continue
			}
			if ans := c.judge(debtor, nil); out.Article == nil || precedence[ans.Status] > precedence[out.Status] {
				out = ans
			}
		}
	}
	return out
}

func (d *dilemma) add(out []Conflict, clash Clash, p, r Pledge) []Conflict {
	first, ok := d.engagement(p, d.event(p.Event, r.Creditor, p.Creditor))
	if !ok {
		return out
	}
	second, ok := d.engagement(r, d.event(r.Event, p.Creditor, r.Creditor))
	if !ok {
		return out
	}
	return append(out, d.conflict(clash, first, second))
}

// restrained adds the conflict of help against an enemy with restraint toward
// it.
func (d *dilemma) restrained(out []Conflict, p, r Pledge, enemy string) []Conflict {
	first, ok := d.engagement(p, d.event(p.Event, enemy, p.Creditor))
	if !ok || d.allowed(r.Article.Instrument, first.Event) {
		return out
	}
	ev := d.event(r.Event, d.state, enemy)
	if r.Verb == model.Owes { // neutrality is owed when the enemy is at war with the friend
		ev = d.event(r.Event, p.Creditor, enemy)
	}
	second, ok := d.engagement(r, ev)
	if !ok {
		return out
	}
	second.Creditor = enemy
	return append(out, d.conflict(Restraint, first, second))
}

// allowed reports whether an instrument itself gives the right to help in an
// event. Help against an aggression is help against an armed attack too, and it
// is of that that the right to help speaks (the Charter, Article 51): there both
// can be kept.
func (d *dilemma) allowed(in *model.Instrument, ev Event) bool {
	if d.b.Model.IsKind(ev.Kind, "aggression") {
		ev.Kind = "armed attack"
	}
	return slices.ContainsFunc(in.Articles, func(a *model.Article) bool {
		if !d.b.current(a) || len(a.Rules) == 0 {
			return false
		}
		ans := d.b.answerOf(a, ev, d.state)
		return ans.Article != nil && ans.Verb == model.May && (ans.Status == Right || ans.Status == Depends || ans.Status == Contested)
	})
}

func (d *dilemma) conflict(clash Clash, first, second Engagement) Conflict {
	c := Conflict{State: d.state, Clash: clash, First: first, Second: second}
	m := d.b.Model
	if a := m.Prevailing(first.Article, second.Article); a != nil {
		c.Prevails, c.ByWords = first.Article, a
	}
	if a := m.Prevailing(second.Article, first.Article); a != nil {
		if c.ByWords != nil { // each claims to come first
			c.Prevails, c.ByWords = nil, nil
		} else {
			c.Prevails, c.ByWords = second.Article, a
		}
	}
	for _, pair := range [2][2]Engagement{{first, second}, {second, first}} {
		c.Bars = append(c.Bars, d.bars(pair[0].Article.Instrument, pair[1].Article.Instrument)...)
		if a := m.Consistent(pair[0].Article, pair[1].Article); a != nil {
			c.Consistent = append(c.Consistent, a)
		}
	}
	return c
}

// bars are the articles of an instrument that promise no conflicting
// engagement, where the other engagement is of another instrument.
func (d *dilemma) bars(in, other *model.Instrument) []*model.Article {
	var out []*model.Article
	for _, a := range in.Articles {
		if in != other && d.b.current(a) && slices.ContainsFunc(a.Provides, func(p model.Provision) bool { return p.Class != nil && p.Class.Name == "NO_CONFLICT" }) {
			out = append(out, a)
		}
	}
	return out
}

// distinct drops conflicts that were found from both ends.
func distinct(cs []Conflict) []Conflict {
	type end struct {
		article          *model.Article
		creditor, by, on string
	}
	seen := map[[2]end]bool{}
	return slices.DeleteFunc(cs, func(c Conflict) bool {
		x := end{c.First.Article, c.First.Creditor, c.First.Event.By, c.First.Event.On}
		y := end{c.Second.Article, c.Second.Creditor, c.Second.Event.By, c.Second.Event.On}
		if seen[[2]end{x, y}] || seen[[2]end{y, x}] {
			return true
		}
		seen[[2]end{x, y}] = true
		return false
	})
}
