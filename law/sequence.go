package law

import (
	"cmp"
	"slices"

	"casus/model"
)

// Recall adds to an event what came before it on one line of time: who is at
// war, who attacked first, who has mobilised, whether a ceasefire was agreed.
// What the event says itself stands. Who attacked first is asked between two
// states and since the last ceasefire between them; then it is known whether
// the victim provoked the attack; whether it is self-defence
// follows from who attacked first, and the one who did is not.
func Recall(m *model.Model, earlier []model.EventSpec, ev Event) Event {
	if len(earlier) == 0 {
		return ev
	}
	p := &past{m: m, opener: map[[2]string]string{}, facts: map[string]Tri{}}
	line := slices.Clone(earlier)
	slices.SortStableFunc(line, func(a, b model.EventSpec) int { return cmp.Compare(a.Date, b.Date) })
	for _, s := range line {
		p.happened(s)
	}
	p.started(ev)
	for key, v := range ev.Facts {
		p.facts[key] = v
	}
	ev.Facts = p.facts
	return ev
}

// past holds what a line of time has made known.
type past struct {
	m      *model.Model
	opener map[[2]string]string // of two states, by name: the one that attacked first
	facts  map[string]Tri
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
			p.between(s.Kind, by, on)
		}
	}
	if p.m.IsKind(s.Kind, "ceasefire agreed") {
		p.facts["ceasefire"] = Yes
	}
	for _, f := range s.Facts {
		if f.Name != model.PublicVessel {
			p.facts[FactKey(f.Name, f.Args...)] = Of(f.True)
		}
	}
}

// between notes what a deed makes of two states.
func (p *past) between(kind, by, on string) {
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
	case p.m.IsKind(kind, "opening of war"):
		p.facts[FactKey("at_war", pair[0], pair[1])] = Yes
		if p.m.IsKind(kind, "armed attack") && p.opener[pair] == "" {
			p.opener[pair] = by
			p.facts[FactKey("attacked_by", on, by)] = Yes
			delete(p.facts, "ceasefire")
		}
	}
}

// started says what follows for a deed from who attacked first: between the two,
// and whether the victim had attacked others.
func (p *past) started(ev Event) {
	for _, first := range p.opener {
		p.facts[FactKey("aggressor", first)] = Yes
	}
	for _, by := range append([]string{ev.By}, ev.AlsoBy...) {
		if first := p.opener[between(by, ev.On)]; by != "" && first != "" {
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
// is said once.
func (b *Book) together(articles []*model.Article, ev Event, full bool) []Answer {
	bys, ons := append([]string{ev.By}, ev.AlsoBy...), append([]string{ev.On}, ev.AlsoOn...)
	var out []Answer
	for _, on := range ons {
		var per [][]Answer
		for _, by := range bys {
			one := ev
			one.By, one.On, one.AlsoOn = by, on, nil
			one.begun = b.beginnings(one)
			one.AlsoBy = slices.DeleteFunc(slices.Clone(bys), func(s string) bool { return s == by })
			var answers []Answer
			for _, a := range articles {
				answers = b.article(answers, a, one, full)
			}
			for i := range answers {
				answers[i].Against = by
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
	return out
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
