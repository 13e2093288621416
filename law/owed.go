package law

import (
	"cmp"
	"maps"
	"slices"

	"casus/model"
)

// Every stands for all states where a clause speaks of every one of them.
const Every = "every state"

// Binding says how firmly a pledge stands on its day.
type Binding uint8

// The values of Binding.
const (
	Bound       Binding = iota // the event on the creditor's home territory is enough
	Conditional                // it turns on more than that
	Disputed                   // authorities or clauses disagree
	Asleep                     // in force, yet not active, or suspended; with All: not in force
	Unread                     // the text is not public
)

// String is the value in words.
func (x Binding) String() string {
	return [...]string{"bound", "conditional", "contested", "dormant", "text not public"}[x]
}

// Pledge holds what one clause makes one state owe another on a day, before
// anything happens: the duty that falls due when its event does.
type Pledge struct {
	Article  *model.Article
	Event    string   // the kind of event it waits for; empty: none
	Debtor   string   // a state, or Every
	Creditor string   // a state, Every, or empty where nobody is named
	Against  []string // the only attackers it speaks of; none: any
	Excludes []string // further limits on who the attacker is, as conditions of law
	Verb     model.Verb
	Class    *model.Duty
	Manner   []string
	Binding  Binding
	Open     []string // of Conditional: what it turns on, as conditions of law
	Why      string   // of Asleep and Disputed: the reason
	Limits   []*model.Exception
	Mutual   bool   // the clause says the same the other way round
	OneWay   bool   // nothing in this article answers it from creditor to debtor
	Rule     string // the rule as written
	Softened string // how the duty is softened for this debtor
}

// Standing asks for the pledges of a day. The zero value asks for all that is
// in force.
type Standing struct {
	State    string            // only those this state owes or is owed
	Facts    map[string]Tri    // what is known on the day ("ceasefire")
	Readings map[string]string // by article, where one is chosen
	All      bool              // also instruments that are not in force
	Only     []string          // the instruments that are read; none: all
}

// Pledges lists what the law of the day makes states owe each other, in the
// order of the catalogue, then of debtors and creditors. It is the same engine
// that answers to an event: each clause is asked about its own event on the
// creditor's home territory; what stays open is what the pledge turns on.
func (b *Book) Pledges(q Standing) []Pledge {
	var out []Pledge
	for _, in := range b.Model.Instruments {
		out = append(out, b.PledgesOf(in, q)...)
	}
	return out
}

// PledgesOf lists the pledges of one instrument; see Pledges.
func (b *Book) PledgesOf(in *model.Instrument, q Standing) []Pledge {
	if !b.reads(in) || len(q.Only) > 0 && !slices.Contains(q.Only, in.ID) || !b.force[in.ID].in && !q.All {
		return nil
	}
	var out []Pledge
	for _, a := range in.Articles {
		if b.current(a) {
			out = append(out, oneWay(b.pledges(a, q))...)
		}
	}
	return out
}

// oneWay marks the pledges of an article that no pledge of it answers.
func oneWay(ps []Pledge) []Pledge {
	type pair struct{ debtor, creditor string }
	has := map[pair]bool{}
	for _, p := range ps {
		has[pair{p.Debtor, p.Creditor}] = true
	}
	for i, p := range ps {
		ps[i].OneWay = !has[pair{p.Creditor, p.Debtor}]
	}
	return ps
}

func (b *Book) pledges(a *model.Article, q Standing) []Pledge {
	if a.Unpublished || a.Instrument.Unpublished {
		return b.unread(a, q)
	}
	var out []Pledge
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			out = append(out, newCourt(b, Event{}, a, i, j).pledged(q)...)
		}
	}
	slices.SortStableFunc(out, func(x, y Pledge) int {
		return cmp.Or(cmp.Compare(x.Debtor, y.Debtor), cmp.Compare(x.Creditor, y.Creditor))
	})
	return merged(out)
}

// merged keeps, of pledges that say the same but for how firmly, the firmest.
// Those of one debtor and creditor stand together.
func merged(ps []Pledge) []Pledge {
	var out []Pledge
	pair := 0 // where those of the debtor and creditor begin
	for _, p := range ps {
		if n := len(out); n > 0 && (out[n-1].Debtor != p.Debtor || out[n-1].Creditor != p.Creditor) {
			pair = n
		}
		i := slices.IndexFunc(out[pair:], func(o Pledge) bool {
			return o.Class == p.Class && o.Verb == p.Verb && o.Event == p.Event && slices.Equal(o.Against, p.Against)
		})
		switch {
		case i < 0:
			out = append(out, p)
		case p.Binding < out[pair+i].Binding:
			out[pair+i] = p
		}
	}
	return out
}

func (b *Book) unread(a *model.Article, q Standing) []Pledge {
	var out []Pledge
	for _, d := range b.members[a.Instrument.ID] {
		for _, c := range b.members[a.Instrument.ID] {
			if d != c && q.speaksOf(d, c) {
				out = append(out, Pledge{Article: a, Debtor: d, Creditor: c, Class: b.Model.Duties["UNKNOWN"], Binding: Unread})
			}
		}
	}
	return out
}

func (q Standing) speaksOf(debtor, creditor string) bool {
	return q.State == "" || q.State == debtor || q.State == creditor || debtor == Every || creditor == Every
}

// pledged tries one consequence of one rule on every victim it may speak of,
// and, where the deed itself breaks it, every doer.
func (c *court) pledged(q Standing) []Pledge {
	a, r, t := c.a, c.rule, c.then
	doers, named := c.candidates(r, r.By, model.Attacker)
	victims := c.orEvery(c.candidates(r, r.On, model.Victim))
	if named && (t.Creditor.Kind == model.Attacker || isTerm(t.Creditor, r.By)) { // owed to the one who goes to war
		return c.towardDoers(a, r, t, q, doers, victims)
	}
	var out []Pledge
	for _, v := range victims {
		against := without(doers, v)
		if t.Verb == model.Breaches && isVar(t.Debtors, r.By.Name) {
			for _, d := range c.orEvery(against, named) {
				out = c.add(out, a, r, t, q, d, v, []string{d})
			}
			continue
		}
		c.bind(r, v, only(against))
		for _, d := range c.debtors(t) {
			if (d != v || t.Verb == model.Reserves) && !(named && len(without(against, d)) == 0) {
				out = c.add(out, a, r, t, q, d, v, against)
			}
		}
	}
	return out
}

func (c *court) towardDoers(a *model.Article, r *model.Rule, t *model.Then, q Standing, doers, victims []string) []Pledge {
	var out []Pledge
	for _, doer := range doers {
		c.bind(r, Every, doer)
		for _, d := range c.debtors(t) {
			before := len(out)
			if out = c.add(out, a, r, t, q, d, Every, []string{doer}); len(out) > before {
				out[before].Against = without(victims, Every)
			}
		}
	}
	return out
}

// add appends a pledge, where there is one.
func (c *court) add(out []Pledge, a *model.Article, r *model.Rule, t *model.Then, q Standing, debtor, victim string, against []string) []Pledge {
	p, ok := c.pledge(a, r, t, q, debtor, victim, against)
	if !ok {
		return out
	}
	if t.Verb == model.Breaches {
		p.Against = nil // the doer itself
	}
	return append(out, p)
}

func without(list []string, s string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == s })
}

func isTerm(t, place model.Term) bool {
	return t.Kind == model.Variable && place.Kind == model.Variable && t.Name == place.Name
}

func only(list []string) string {
	if len(list) == 1 && list[0] != Every {
		return list[0]
	}
	return ""
}

func isVar(s model.Set, name string) bool {
	return s.Kind == model.ListSet && len(s.List) == 1 && name != "" && s.List[0] == name
}

// orEvery is a list of states, or all of them as one where none are named.
func (c *court) orEvery(states []string, named bool) []string {
	if !named {
		return []string{Every}
	}
	return states
}

func (c *court) debtors(t *model.Then) []string {
	if t.Debtors.Kind == model.AllStates {
		return []string{Every}
	}
	return c.obliged(t)
}

// bind sets the letters and the event of a rule; Every and "" leave them open.
func (c *court) bind(r *model.Rule, victim, attacker string) {
	if victim == Every {
		victim = ""
	}
	if attacker == Every {
		attacker = ""
	}
	c.ev = Event{Kind: r.Kind, On: victim, By: attacker, Object: "territory"}
	if victim != "" {
		c.ev.Place = victim + ".home"
	}
	if r.On.Kind == model.Variable {
		c.vars[r.On.Name] = victim
	}
	if r.By.Kind == model.Variable {
		c.vars[r.By.Name] = attacker
	}
}

// candidates are the states that may stand in a place of a rule, so far as its
// conditions name them; false when they do not.
func (c *court) candidates(r *model.Rule, place model.Term, role model.TermKind) ([]string, bool) {
	if place.Kind == model.Literal {
		return []string{place.Name}, true
	}
	var out []string
	named := false
	parts := conjuncts(r.Cond)
	for _, part := range parts {
		if set, ok := c.names(part, place, role); ok {
			if named {
				set = slices.DeleteFunc(slices.Clone(set), func(s string) bool { return !slices.Contains(out, s) })
			}
			out, named = set, true
		}
	}
	for _, part := range parts {
		if part.Op == model.CondNot && named {
			if set, ok := c.names(part.Args[0], place, role); ok {
				out = slices.DeleteFunc(slices.Clone(out), func(s string) bool { return slices.Contains(set, s) })
			}
		}
	}
	return out, named
}

// names gives the states to which a condition holds the one who stands in a
// place; false when it is no such condition.
func (c *court) names(part *model.Cond, place model.Term, role model.TermKind) ([]string, bool) {
	switch {
	case part.Op != model.CondIn && part.Op != model.CondSame || !stands(part.Terms[0], place, role):
	case part.Op == model.CondIn && part.Set.Kind != model.AllStates:
		return c.states(part.Set), true
	case part.Op == model.CondSame && part.Terms[1].Kind == model.Literal:
		return []string{part.Terms[1].Name}, true
	}
	return nil, false
}

// stands reports whether a term is the one of a place in the rule.
func stands(t, place model.Term, role model.TermKind) bool {
	return t.Kind == role || isTerm(t, place)
}

// conjuncts are the conditions that must hold together.
func conjuncts(c *model.Cond) []*model.Cond {
	switch {
	case c == nil:
		return nil
	case c.Op == model.CondAnd:
		var out []*model.Cond
		for _, x := range c.Args {
			out = append(out, conjuncts(x)...)
		}
		return out
	}
	return []*model.Cond{c}
}

// pledge weighs one duty as if its event had struck the creditor at home, and
// where that is not what the clause speaks of, anywhere.
func (c *court) pledge(a *model.Article, r *model.Rule, t *model.Then, q Standing, debtor, victim string, against []string) (Pledge, bool) {
	c.bind(r, victim, only(against))
	creditor := c.state(t.Creditor)
	if t.Verb == model.Breaches {
		creditor = victim
	} else if victim == Every && creditor == "" && t.Creditor.Kind != model.NoTerm {
		creditor = Every
	}
	if !q.speaksOf(debtor, creditor) || debtor == creditor {
		return Pledge{}, false
	}
	if t.Enemy.Kind == model.Literal {
		against = []string{t.Enemy.Name}
	}
	p := Pledge{Article: a, Event: r.Kind, Debtor: debtor, Creditor: creditor, Against: against, Verb: t.Verb, Class: t.Class, Manner: t.Manner,
		Mutual: mutual(r, t), Rule: r.When}
	c.ev.Facts, c.ev.Readings = q.Facts, q.Readings
	if !c.settle(&p) {
		c.ev.Object, c.ev.Place = "", ""
		if !c.settle(&p) || p.Binding != Conditional {
			return Pledge{}, false
		}
	}
	p.Limits = c.limits(debtor)
	p.Softened = c.b.qualified(a, debtor, Owed)
	return p, true
}

// settle fills in how firmly a pledge stands; false when nothing is owed.
func (c *court) settle(p *Pledge) bool {
	takes := c.takes(p.Debtor, c.readings())
	verdicts := make([]verdict, len(takes))
	for i, t := range takes {
		verdicts[i] = c.under(t).weigh(p.Debtor, t.rd, nil)
	}
	v := agreed(verdicts)
	switch {
	case disagree(verdicts) && slices.ContainsFunc(verdicts, func(v verdict) bool { return v.status != Depends && v.status != Owed }):
		p.Binding, p.Why = Disputed, "readings differ"
	case v.status == NotOwed:
		return false
	case v.status == Dormant:
		p.Binding, p.Why = Asleep, v.why
	case v.status == Contested:
		p.Binding, p.Why = Disputed, v.why
	case slices.ContainsFunc(verdicts, func(v verdict) bool { return v.status == Depends }):
		p.Open, p.Excludes = c.turnsOn(p.Debtor, takes)
		switch {
		case len(p.Open) > 0:
			p.Binding = Conditional
		case c.boundBySomebody(p.Debtor, takes):
			p.Binding = Bound
		default: // what keeps it open stands in no condition of its own
			_, leaves := c.together(p.Debtor, takes)
			p.Binding, p.Open = Conditional, keysOf(leaves)
		}
	default:
		p.Binding = Bound
	}
	return true
}

// boundBySomebody reports whether there is an attacker against whom nothing is
// left open: then the pledge is bound, and only who attacks is limited.
func (c *court) boundBySomebody(debtor string, takes []take) bool {
	if c.ev.By != "" {
		return false
	}
	for _, st := range c.b.Model.States.All() {
		if st.ID == debtor || st.ID == c.ev.On {
			continue
		}
		d := *c
		d.ev.By, d.vars = st.ID, maps.Clone(c.vars)
		if d.rule.By.Kind == model.Variable {
			d.vars[d.rule.By.Name] = st.ID
		}
		if !slices.ContainsFunc(takes, func(t take) bool { return !binds(d.under(t).weigh(debtor, t.rd, nil).status) }) {
			return true
		}
	}
	return false
}

// turnsOn lists, in the words of the law, what keeps an answer open: first
// what would have to be so, then what the attacker would have to be.
func (c *court) turnsOn(debtor string, takes []take) (open, excludes []string) {
	a, r := c.a, c.rule
	note := func(cond *model.Cond, words string) {
		if list := &open; !slices.Contains(*list, words) {
			if c.ev.By == "" && attackerOnly(cond, r) {
				list = &excludes
			}
			if !slices.Contains(*list, words) {
				*list = append(*list, words)
			}
		}
	}
	conds := conjuncts(r.Cond)
	for _, active := range []*model.Cond{a.Instrument.Active, a.Active} {
		conds = append(conds, conjuncts(active)...)
	}
	for _, cond := range conds {
		if c.value(cond, nil) == Unknown {
			note(cond, cond.Words)
		}
	}
	for _, t := range takes {
		for _, e := range c.exceptionsTo(debtor, t.rd) {
			switch {
			case e.Cond == nil || c.exception(e, debtor, nil, 0) != Unknown:
			case e.Extends:
				note(e.Cond, e.Cond.Words)
			default:
				note(e.Cond, unless(e.Cond))
			}
		}
	}
	return open, excludes
}

// unless says what must be so for an exception not to apply.
func unless(c *model.Cond) string {
	if c.Op == model.CondNot {
		return c.Args[0].Words
	}
	return "unless " + c.Words
}

// attackerOnly reports whether a condition asks for nothing but who the
// attacker is.
func attackerOnly(cond *model.Cond, r *model.Rule) bool {
	switch cond.Op {
	case model.CondAnd, model.CondOr, model.CondNot:
		return !slices.ContainsFunc(cond.Args, func(x *model.Cond) bool { return !attackerOnly(x, r) })
	case model.CondIn, model.CondSame:
		return stands(cond.Terms[0], r.By, model.Attacker)
	}
	return false
}

// limits are the exceptions to an article that stand on the day.
func (c *court) limits(debtor string) []*model.Exception {
	return slices.DeleteFunc(c.exceptionsTo(debtor, nil), func(e *model.Exception) bool { return e.Extends })
}

// Direction says which way the duty runs: mutual by its own rule, answered by
// another rule of the article, or one way.
func (p Pledge) Direction() string {
	switch {
	case p.Binding == Unread:
		return "direction not known"
	case p.Mutual:
		return "mutual"
	case p.OneWay:
		return "one way"
	}
	return "answered in the same article"
}

// Caveats lists what a reader must know before relying on the pledge; see
// Answer.Caveats.
func (p Pledge) Caveats() []string {
	a := Answer{Article: p.Article, Verb: p.Verb, Status: Owed, Qualified: p.Softened}
	if p.Binding == Asleep {
		a.Status = Dormant
	}
	return a.Caveats()
}
