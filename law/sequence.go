package law

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"casus/data"
	"casus/model"
)

// Recall adds to an event what came before it on one line of time: who is at
// war, who attacked first, who has mobilised, whether a ceasefire was agreed.
// What the event says itself stands. Who attacked first is asked between two
// states and since the last ceasefire between them; then it is known whether
// the victim provoked the attack; whether it is self-defence
// follows from who attacked first, and the one who did is not. A declaration of
// war opens one as an attack does, unless it answers an attack on another. Help
// for the one who began is no defence: that the deed is in aid of a state that
// its victim attacked is not so where the victim is the one who was wronged.
func Recall(m *model.Model, earlier []model.EventSpec, ev Event) Event {
	if len(earlier) == 0 {
		return ev
	}
	p := &past{m: m, opener: map[[2]string]string{}, facts: map[string]Tri{}, carried: map[string]bool{}, perhaps: map[[2]string]maybeFirst{}, lately: map[[2]string]data.Day{}, reopened: map[[2]string]bool{}, doubts: map[string]Doubted{}}
	line := slices.Clone(earlier)
	slices.SortStableFunc(line, func(a, b model.EventSpec) int { return cmp.Compare(a.Date, b.Date) })
	for _, s := range line {
		p.happened(s)
	}
	p.started(ev)
	p.interrupts(ev)
	p.helped(ev)
	for key, v := range ev.Facts {
		p.facts[key] = v
	}
	ev.Facts = p.facts
	for key := range p.doubts {
		if _, given := ev.Facts[key]; given {
			delete(p.doubts, key)
		}
	}
	ev.Doubts = p.doubts
	return ev
}

// Doubted is a fact of what came before that turns on whether what a state did first
// was an attack: on a question or, without one, on whose land it was done, for on its
// own land a state attacks nobody. Not says that it is so where it was none.
type Doubted struct {
	Question *model.Question
	Not      bool

	By   string   // who did it
	Land string   // where
	Day  data.Day // when
}

// maybeFirst is a deed of which it is disputed whether it was an attack.
type maybeFirst struct {
	by  string
	why Doubted
}

// past holds what a line of time has made known.
type past struct {
	m       *model.Model
	opener  map[[2]string]string // of two states, by name: the one that attacked first
	facts   map[string]Tri
	carried map[string]bool          // who struck on the land of one who had attacked it
	perhaps map[[2]string]maybeFirst // of two states: who attacked first, if its deed was an attack
	doubts  map[string]Doubted       // facts that turn on that

	lately   map[[2]string]data.Day // of a victim and its attacker: until when the attack is known to have gone on
	reopened map[[2]string]bool     // of two states: the victim struck when that was no longer so
}

func between(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

func (p *past) happened(s model.EventSpec) {
	for _, by := range append([]string{s.By}, s.AlsoBy...) {
		if by != "" && p.m.IsKind(s.Kind, "mobilisation") {
			p.facts[FactKey("mobilised", by)] = Yes
		}
		for _, on := range append([]string{s.On}, s.AlsoOn...) {
			p.fights(s, by, on)
			p.between(s, by, on)
			p.carries(s, by, on)
		}
	}
	p.raids(s)
	if p.m.IsKind(s.Kind, "ceasefire agreed") {
		p.facts["ceasefire"] = Yes
	}
	for _, f := range s.Facts {
		if f.Name != model.PublicVessel {
			p.facts[FactKey(f.Name, f.Args...)] = Of(f.True)
		}
	}
}

// raids notes whom an attacker that is no state has attacked. Whether that lets the
// victim strike the state from whose land it came is read in several ways.
func (p *past) raids(s model.EventSpec) {
	if s.NoState == "" || !p.m.IsKind(s.Kind, "armed attack") && p.m.MayBeKind(s.Kind, "armed attack") == nil {
		return
	}
	for _, on := range append([]string{s.On}, s.AlsoOn...) {
		if on != "" {
			p.facts[FactKey("raided", on)] = Yes
		}
	}
}

// between notes what a deed makes of two states.
func (p *past) between(s model.EventSpec, by, on string) {
	kind := s.Kind
	if by == "" || on == "" {
		if p.m.IsKind(kind, "ceasefire agreed") && by == on {
			clear(p.opener)
		}
		return
	}
	pair := between(by, on)
	switch {
	case p.m.IsKind(kind, "ceasefire agreed"):
		delete(p.opener, pair)
		p.settled(pair)
	case p.m.MayBeKind(kind, "armed attack") != nil:
		p.maybe(pair, by, on, Doubted{Question: p.m.MayBeKind(kind, "armed attack")})
	case p.m.IsKind(kind, "armed attack") && p.perhapsOwn(s, by):
		p.facts[FactKey("at_war", pair[0], pair[1])] = Yes
		p.maybe(pair, by, on, Doubted{By: by, Land: s.Place, Day: s.Date})
	case p.m.IsKind(kind, openingOfWar):
		p.facts[FactKey("at_war", pair[0], pair[1])] = Yes
		attack := p.m.IsKind(kind, "armed attack")
		if p.opener[pair] == "" && (attack || !p.opened(on)) {
			p.opener[pair] = by
			delete(p.facts, "ceasefire")
			if p.perhaps[pair].by == on {
				p.disputes(pair, by, on)
			} else {
				p.settled(pair)
				p.facts[FactKey("opened_war", by, on)] = Yes
			}
		}
		if p.perhaps[pair].by != "" {
			return
		}
		if attack && p.opener[pair] == by {
			p.facts[FactKey("attacked_by", on, by)] = Yes
		}
	}
}

// fights notes until when an attack of one state on another is known to have gone
// on: to its own last deed, or to an answer that came while it did. A cease-fire
// ends that for both.
func (p *past) fights(s model.EventSpec, by, on string) {
	switch {
	case p.m.IsKind(s.Kind, "ceasefire agreed") && by == on:
		clear(p.lately)
	case p.m.IsKind(s.Kind, "ceasefire agreed"):
		delete(p.lately, [2]string{by, on})
		delete(p.lately, [2]string{on, by})
	case p.m.IsKind(s.Kind, openingOfWar) && by != "" && on != "":
		p.lately[[2]string{on, by}] = s.Date
		if p.goesOn(by, on, s.Date) {
			p.lately[[2]string{by, on}] = s.Date
		} else if p.opener[between(by, on)] == on {
			p.reopened[between(by, on)] = true
		}
	}
}

// stillAnswered is for how long, in years, an attack of which no more is told is
// taken to go on. No text names a term; the half year of 1990 and 1991, in which
// Kuwait was occupied, was not held too long, and what is longer is disputed.
const stillAnswered = 1

// goesOn reports whether an attack on a state is known to go on, on a day or, where
// that is not known, at all.
func (p *past) goesOn(victim, attacker string, day data.Day) bool {
	last, told := p.lately[[2]string{victim, attacker}]
	return told && (day.IsZero() || day <= last.AddYears(stillAnswered))
}

// interrupts notes that between the attack on the one who now strikes and its deed
// lies a cease-fire, or more time than an attack is taken to go on. That the two are
// given to be at war speaks against the time alone.
func (p *past) interrupts(ev Event) {
	for _, by := range append([]string{ev.By}, ev.AlsoBy...) {
		for _, on := range append([]string{ev.On}, ev.AlsoOn...) {
			if p.facts[FactKey("opened_war", on, by)] != Yes && p.facts[FactKey("attacked_by", by, on)] != Yes {
				continue
			}
			day, pair := ev.Day, between(by, on)
			if ev.Facts[FactKey("at_war", pair[0], pair[1])] == Yes {
				day = 0
			}
			if !p.goesOn(by, on, day) {
				p.facts[FactKey(interrupted, by, on)] = Yes
				delete(p.facts, "provoked")
			}
		}
	}
}

const interrupted = "interrupted"

// maybe notes a deed that was the first attack between two states if it was one.
func (p *past) maybe(pair [2]string, by, on string, why Doubted) {
	if p.opener[pair] == "" && p.perhaps[pair].by == "" {
		p.perhaps[pair] = maybeFirst{by, why}
		p.disputes(pair, by, on)
	}
}

// perhapsOwn reports whether a deed was done on land that is the doer's by some
// reading and another's by another.
func (p *past) perhapsOwn(s model.EventSpec, by string) bool {
	var open []*model.Question
	for _, q := range p.m.Contests(s.Place) {
		if q.On(s.Date) {
			open = append(open, q)
		}
	}
	own, others := false, false
	taken := map[*model.Question]*model.Stance{}
	var try func(i int)
	try = func(i int) {
		if i == len(open) {
			mine := p.m.HostAs(s.Place, s.Date, func(q *model.Question) *model.Stance { return taken[q] }) == by
			own, others = own || mine, others || !mine
			return
		}
		for _, reading := range open[i].Readings {
			if !reading.Open {
				taken[open[i]] = reading
				try(i + 1)
			}
		}
	}
	if len(open) > 0 {
		try(0)
	}
	return own && others
}

// disputes notes what follows if a deed of one state on another was the first
// attack between them: it was where what the first of them did was one, or,
// of the other, where that was none.
func (p *past) disputes(pair [2]string, by, on string) {
	d := p.perhaps[pair].why
	d.Not = p.perhaps[pair].by != by
	for _, key := range []string{FactKey("attacked_by", on, by), FactKey("opened_war", by, on), FactKey("aggressor", by)} {
		p.doubts[key] = d
	}
}

// settled forgets what was disputed between two states.
func (p *past) settled(pair [2]string) {
	delete(p.perhaps, pair)
	for _, x := range [][2]string{pair, {pair[1], pair[0]}} {
		delete(p.doubts, FactKey("attacked_by", x[0], x[1]))
		delete(p.doubts, FactKey("opened_war", x[0], x[1]))
		delete(p.doubts, FactKey("aggressor", x[0]))
	}
}

// carries notes that a state strikes on the land of the one who attacked it.
func (p *past) carries(s model.EventSpec, by, on string) {
	if by == "" || on == "" || p.opener[between(by, on)] != on || !p.m.IsKind(s.Kind, "armed attack") {
		return
	}
	if s.Object == "territory" || s.Place != "" && p.m.HostOf(s.Place, s.Date) == on {
		p.carried[by] = true
	}
}

// opened reports whether a state is known to have opened a war, or may have.
func (p *past) opened(state string) bool {
	for _, first := range p.opener {
		if first == state {
			return true
		}
	}
	for _, c := range p.perhaps {
		if c.by == state {
			return true
		}
	}
	return false
}

// helped says of a deed against one who was attacked first, and by all that is
// told attacked nobody, that it is no aid to the wronged. Whether the one who was
// wronged has since struck on the land of the one who began is noted: some hold
// that to be an attack of its own.
func (p *past) helped(ev Event) {
	on := ev.On
	if on == "" || p.opened(on) || ev.attackedBy(on) {
		return
	}
	if !p.suffered(on) {
		p.perhapsSuffered(on)
		return
	}
	p.facts[FactKey(wronged, on)] = Yes
	if p.carried[on] {
		p.facts[FactKey("struck_back", on)] = Yes
	}
}

// perhapsSuffered notes that a state was attacked first if what another did was an
// attack.
func (p *past) perhapsSuffered(on string) {
	for _, pair := range slices.SortedFunc(maps.Keys(p.perhaps), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		if c := p.perhaps[pair]; c.by != "" && c.by != on && (pair[0] == on || pair[1] == on) {
			d := c.why
			d.Not = false
			p.doubts[FactKey(wronged, on)] = d
			return
		}
	}
}

const wronged = "wronged"

// suffered reports whether another is known to have opened a war on a state.
func (p *past) suffered(state string) bool {
	for pair, first := range p.opener {
		if first != state && (pair[0] == state || pair[1] == state) {
			return true
		}
	}
	return false
}

// attackedBy reports whether somebody is given to have been attacked by a state.
func (ev *Event) attackedBy(state string) bool {
	for key, v := range ev.Facts {
		if name, args, ok := cutFact(key); ok && v == Yes && name == "attacked_by" && len(args) == 2 && args[1] == state {
			return true
		}
	}
	return false
}

// started says what follows for a deed from who attacked first: between the two,
// and whether the victim had attacked others.
func (p *past) started(ev Event) {
	for pair, first := range p.opener {
		if p.perhaps[pair].by == "" {
			p.facts[FactKey("aggressor", first)] = Yes
			delete(p.doubts, FactKey("aggressor", first))
		}
	}
	for _, by := range append([]string{ev.By}, ev.AlsoBy...) {
		if c := p.perhaps[between(by, ev.On)]; by != "" && c.by != "" {
			d := c.why
			d.Not = c.by == by
			p.doubts["provoked"] = d
			return
		}
		if first := p.opener[between(by, ev.On)]; by != "" && first != "" && (first != by || !p.reopened[between(by, ev.On)]) {
			p.facts["provoked"] = Of(first == ev.On)
			if first == by && p.m.Facts["self_defence"] != nil {
				p.facts["self_defence"] = No
			}
			return
		}
	}
}

// together gives the answers to a deed of several attackers on several victims:
// to each on each. Where an article answers the same whoever of them attacks it
// is said once. In which order they are named changes nothing.
func (b *Book) together(ctx context.Context, articles []*model.Article, ev Event, full bool) ([]Answer, error) {
	bys, ons := append([]string{ev.By}, ev.AlsoBy...), append([]string{ev.On}, ev.AlsoOn...)
	slices.Sort(bys)
	slices.Sort(ons)
	var out []Answer
	for _, on := range ons {
		var per [][]Answer
		for _, by := range bys {
			one := ev
			one.By, one.On, one.AlsoOn = by, on, nil
			one.begun = b.beginnings(one)
			one.AlsoBy = slices.DeleteFunc(slices.Clone(bys), func(s string) bool { return s == by })
			answers, err := b.each(ctx, articles, one, full)
			if err != nil {
				return nil, err
			}
			for i := range answers {
				if answers[i].Against = by; answers[i].Creditor == by {
					answers[i].Against = on
				}
			}
			per = append(per, answers)
		}
		out = append(out, joined(per)...)
	}
	order := map[*model.Article]int{}
	for _, a := range articles {
		order[a] = len(order)
	}
	slices.SortStableFunc(out, func(x, y Answer) int { return cmp.Compare(order[x.Article], order[y.Article]) })
	return out, nil
}

// joined are the answers about one victim and several attackers; what is the
// same about each of them is said once, against nobody in particular.
func joined(per [][]Answer) []Answer {
	type about struct {
		article          *model.Article
		debtor, creditor string
		verb             model.Verb
		class            *model.Duty
		status           Status
		why              string
	}
	count := map[about]int{}
	key := func(a *Answer) about {
		return about{a.Article, a.Debtor, a.Creditor, a.Verb, a.Class, a.Status, a.Why}
	}
	for _, answers := range per {
		for i := range answers {
			count[key(&answers[i])]++
		}
	}
	var out []Answer
	said := map[about]bool{}
	for _, answers := range per {
		for _, a := range answers {
			k := key(&a)
			if count[k] == len(per) {
				if said[k] {
					continue
				}
				said[k], a.Against = true, ""
			}
			if a.Verb == model.Breaches {
				a.Against = ""
			}
			out = append(out, a)
		}
	}
	return out
}
