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
// the victim provoked the attack, and whether it is in self-defence.
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
	p.started(ev.By, ev.On)
	for key, v := range ev.Facts {
		p.facts[key] = v
	}
	ev.Facts = p.facts
	return ev
}

// past is what a line of time has made known.
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

// started says what follows for a deed from who attacked first.
func (p *past) started(by, on string) {
	first := p.opener[between(by, on)]
	if by == "" || first == "" {
		return
	}
	p.facts["provoked"] = Of(first == on)
	if p.m.Facts["self_defence"] != nil {
		p.facts["self_defence"] = Of(first == on)
	}
}
