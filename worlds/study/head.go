package study

import (
	"casus/finding"
	"casus/model"
	"casus/worlds/draw"
)

// Head opens a finding of all options and views of a record.
func (r *Record) Head(kind string) finding.Head {
	b := finding.Basis{Case: r.Case, Title: r.Title, Date: r.Date, Played: &finding.Played{Horizon: r.Horizon, Concept: r.Concept, Seed: r.Seed, Design: r.Design,
		Worlds: r.Worlds, Partial: r.Partial, Weighted: r.Weighted}}
	for _, x := range r.Results {
		b.Options = append(b.Options, Option{Name: x.Option, Title: x.Title, Label: r.Label(x.Option)})
	}
	b.Views = append(b.Views, r.Views...)
	h := finding.New(kind, r.Files, b)
	h.Warnings = append(h.Warnings, r.Warnings...)
	return h
}

// HeadOf opens a finding of a case that is played without a record.
func HeadOf(kind string, m *model.Model, k *model.Case, options []*model.Option, views []*model.View, d draw.Design) finding.Head {
	b := finding.Basis{Case: k.Name, Title: k.Title, Date: k.Date.String(), Played: &finding.Played{Horizon: k.Horizon, Concept: Concept(k.Crisis), Seed: d.Seed, Design: d.Kind, Worlds: d.N}}
	for _, o := range options {
		b.Options = append(b.Options, Option{Name: o.Name, Title: o.Title, Label: label(o.Short, o.Name)})
	}
	for _, v := range views {
		b.Views = append(b.Views, viewOf(m, v, m.Uses(k)))
	}
	h := finding.New(kind, m.Digests(), b)
	for _, v := range h.Views {
		if w, is := judged(v); is {
			h.Warnings = append(h.Warnings, w)
		}
	}
	return h
}

// FewWorlds is the number below which no tail can be spoken of.
const FewWorlds = 64

// ViewNames are the names of its views, in their order.
func (r *Record) ViewNames() []string {
	var out []string
	for _, v := range r.Views {
		out = append(out, v.Name)
	}
	return out
}

// OptionNames are the names of the options that were finished, in their order.
func (r *Record) OptionNames() []string {
	var out []string
	for _, x := range r.Results {
		out = append(out, x.Option)
	}
	return out
}

// MeasureNames are the names of its measures, in their order.
func (r *Record) MeasureNames() []string {
	var out []string
	for _, m := range r.Measures {
		out = append(out, m.Name)
	}
	return out
}
