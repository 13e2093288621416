package model

import (
	"maps"
	"slices"
)

// With is the model in which an instrument stands in the place of the one of
// the same id; the model itself is not changed. An instrument that the model
// does not have is added to none: the copy is then the same model.
func (m *Model) With(in *Instrument) *Model {
	out := &Model{Files: m.Files, Trees: m.Trees, States: m.States, Sources: m.Sources, Duties: m.Duties, Events: m.Events, Facts: m.Facts,
		Groups: m.Groups, Areas: m.Areas, Instruments: slices.Clone(m.Instruments), Examples: m.Examples, Views: m.Views, Assumptions: m.Assumptions,
		Crises: m.Crises, Options: m.Options, Cases: m.Cases, Claims: m.Claims,
		instruments: m.instruments, articles: m.articles, options: m.options, views: m.views, crises: m.crises, assumptions: m.assumptions, cases: m.cases, questions: m.questions, kinds: m.kinds, excuses: m.excuses, under: m.under, excusing: m.excusing, cuts: m.cuts, holds: m.holds}
	i := slices.IndexFunc(m.Instruments, func(x *Instrument) bool { return x.ID == in.ID })
	if i < 0 {
		return out
	}
	out.Instruments[i] = in
	out.instruments, out.articles = maps.Clone(m.instruments), maps.Clone(m.articles)
	out.instruments[in.ID] = in
	for _, a := range m.Instruments[i].Articles {
		delete(out.articles, a.Address)
	}
	for _, a := range in.Articles {
		out.articles[a.Address] = a
	}
	return out
}

// Copy is an instrument whose articles, rules, consequences and exceptions may
// be changed without changing those of the first.
func (in *Instrument) Copy() *Instrument {
	out := *in
	out.Articles = make([]*Article, len(in.Articles))
	for i, a := range in.Articles {
		b := *a
		b.Instrument = &out
		b.Rules = slices.Clone(a.Rules)
		for j := range b.Rules {
			b.Rules[j].Thens = slices.Clone(a.Rules[j].Thens)
		}
		b.Exceptions = b.own(a.Exceptions)
		b.Readings = slices.Clone(a.Readings)
		for j := range b.Readings {
			b.Readings[j].Except = b.own(a.Readings[j].Except)
		}
		out.Articles[i] = &b
	}
	return &out
}

// own are exceptions as those of the article.
func (a *Article) own(es []Exception) []Exception {
	out := slices.Clone(es)
	for i := range out {
		out[i].Article = a
	}
	return out
}

// Strike takes an article out of an instrument that is the caller's own (see
// Copy).
func (in *Instrument) Strike(address string) {
	in.Articles = slices.DeleteFunc(in.Articles, func(a *Article) bool { return a.Address == address })
}

// Weaker is the strongest class of duty that is weaker than d and calls for
// less force, nil where there is none; Stronger is its counterpart upwards.
// Classes of the same force differ in law, but a game reads them alike.
func (m *Model) Weaker(d *Duty) *Duty {
	return m.nearest(func(x *Duty) bool { return x.Strength < d.Strength && x.Force < d.Force }, func(x, y *Duty) bool { return x.Strength > y.Strength })
}

// Stronger is the weakest class of duty that is stronger than d and calls for
// more force, nil where there is none.
func (m *Model) Stronger(d *Duty) *Duty {
	return m.nearest(func(x *Duty) bool { return x.Strength > d.Strength && x.Force > d.Force }, func(x, y *Duty) bool { return x.Strength < y.Strength })
}

// unknownDuty is the class of a text that is not public: no step leads to it.
const unknownDuty = "UNKNOWN"

// nearest is the first class by an order among those that are such; of equals
// the first by name.
func (m *Model) nearest(is func(*Duty) bool, before func(x, y *Duty) bool) *Duty {
	var best *Duty
	for _, name := range slices.Sorted(maps.Keys(m.Duties)) {
		if d := m.Duties[name]; d.Strength > 0 && name != unknownDuty && is(d) && (best == nil || before(d, best)) {
			best = d
		}
	}
	return best
}
