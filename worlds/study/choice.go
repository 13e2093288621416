package study

import (
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/draw"
)

// head opens a finding of some options and views of a record.
func (r *Record) head(kind string, options, views []int) finding.Head {
	b := finding.Basis{Case: r.Case, Title: r.Title, Date: r.Date, Played: &finding.Played{Horizon: r.Horizon, Concept: r.Concept, Seed: r.Seed, Design: r.Design,
		Worlds: r.Worlds, Partial: r.Partial, Weighted: r.Weighted}}
	for _, o := range options {
		b.Options = append(b.Options, Option{Name: r.Results[o].Option, Title: r.Results[o].Title})
	}
	for _, v := range views {
		b.Views = append(b.Views, r.Views[v])
	}
	h := finding.New(kind, r.Files, b)
	h.Warnings = append(h.Warnings, r.Warnings...)
	return h
}

// Head opens a finding of all options and views of a record.
func (r *Record) Head(kind string) finding.Head {
	return r.head(kind, all(len(r.Results)), all(len(r.Views)))
}

// all are the places of so many things.
func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// warnFew says of a head that no tail can be spoken of.
func (r *Record) warnFew(h *finding.Head) {
	if r.Worlds < fewWorlds {
		h.Warnings = append(h.Warnings, finding.Warn(finding.FewWorlds, "", "%d worlds for each view are few: intervals are wide and the worst world is hardly found; use more with --worlds", r.Worlds))
	}
}

// headOf opens a finding of a case that is played without a record.
func headOf(kind string, m *model.Model, k *model.Case, options []*model.Option, views []*model.View, d draw.Design) finding.Head {
	b := finding.Basis{Case: k.Name, Title: k.Title, Date: k.Date.String(), Played: &finding.Played{Horizon: k.Horizon, Concept: Concept(k.Crisis), Seed: d.Seed, Design: d.Kind, Worlds: d.N}}
	for _, o := range options {
		b.Options = append(b.Options, Option{Name: o.Name, Title: o.Title})
	}
	for _, v := range views {
		b.Views = append(b.Views, View{Name: v.Name, Title: v.Title, Notes: nonNil(v.Notes), Union: len(v.Union) > 0, Warnings: []finding.Warning{}})
	}
	return finding.New(kind, m.Digests(), b)
}

// fewWorlds is the number below which no tail can be spoken of.
const fewWorlds = 64

// Choosable names the measures that options are compared by when none is named:
// the first four of the case that say which way is better, do not serve the
// record alone, and are defined in some world under every option and view.
func (r *Record) Choosable() []string {
	var out []string
	for k, m := range r.Measures {
		if m.Better != "" && !m.Record && len(out) < headlines && r.everDefined(k) {
			out = append(out, m.Name)
		}
	}
	return out
}

// leading names the measures that a screen leads with and that say which way is
// better, where at least two options have each under every view; otherwise what
// can be chosen by. An option under which one is never defined is left out of it.
func (r *Record) leading() []string {
	var out []string
	for k, m := range r.Measures {
		if m.Headline != "" && m.Better != "" && !m.Record && !r.conditions(k) && r.comparable(k) {
			out = append(out, m.Name)
		}
	}
	if len(out) == 0 {
		return r.Choosable()
	}
	return out
}

// comparable reports whether a measure is defined under two options or more,
// whatever the view.
func (r *Record) comparable(k int) bool {
	for v := range r.Views {
		n := 0
		for _, x := range r.Results {
			if x.Views[v].Summary[k].N > 0 {
				n++
			}
		}
		if n < 2 {
			return false
		}
	}
	return true
}

// everDefined reports whether a measure is defined in some world under every
// option and view.
func (r *Record) everDefined(k int) bool {
	for _, x := range r.Results {
		for _, v := range x.Views {
			if v.Summary[k].N == 0 {
				return false
			}
		}
	}
	return true
}

// MeasureFor finds a measure by name, of those that say which way is better.
func MeasureFor(measures []Measure, name string) (int, error) {
	known := []string{}
	for k, m := range measures {
		switch {
		case m.Name == name && m.Better == "":
			return 0, source.Misused("measure %s does not say which way is better, so nothing can be chosen by it (write lower is better, or higher is better, in the crisis)", name)
		case m.Name == name:
			return k, nil
		case m.Better != "":
			known = append(known, m.Name)
		}
	}
	return 0, source.Misused("no measure %q in this case (%s)", name, hint(name, known))
}

// hint says what an unknown name may have meant, or else lists all there are.
func hint(name string, known []string) string {
	if h := source.DidYouMean(name, known); h != "" {
		return h
	}
	return "there are " + strings.Join(known, ", ")
}

// places finds names among those known, in the order of the known; no names
// are all.
func places(what string, names, known []string) ([]int, error) {
	picked, err := pick(what, names, known, func(s string) string { return s })
	if err != nil {
		return nil, err
	}
	var out []int
	for i, n := range known {
		if slices.Contains(picked, n) {
			out = append(out, i)
		}
	}
	return out, nil
}

func (r *Record) optionNames() []string {
	var out []string
	for _, x := range r.Results {
		out = append(out, x.Option)
	}
	return out
}

func (r *Record) viewNames() []string {
	var out []string
	for _, v := range r.Views {
		out = append(out, v.Name)
	}
	return out
}

// choice are the options asked for among those known. A choice wants two.
func choice(asked, known []string) ([]int, error) {
	options, err := places("option", asked, known)
	switch {
	case err != nil:
		return nil, err
	case len(options) == 0:
		return nil, fmt.Errorf("no option was finished: nothing to choose between (run the case again)")
	case len(options) == 1:
		return nil, fmt.Errorf("%s is the only option: a choice wants two or more (casus report shows one)", known[options[0]])
	}
	return options, nil
}

// among are the options and views asked for.
func (r *Record) among(optionsAsked, viewsAsked []string) (options, views []int, err error) {
	if options, err = choice(optionsAsked, r.optionNames()); err != nil {
		return nil, nil, err
	}
	if views, err = places("view", viewsAsked, r.viewNames()); err != nil {
		return nil, nil, err
	}
	if len(views) == 0 {
		return nil, nil, fmt.Errorf("the record has no view")
	}
	return options, views, nil
}

// table is a measure of options under a view. Of a conditional one each world
// counts by how likely the condition is in it, in the mean over the options: the
// worlds must weigh alike for all that are compared in them.
func (r *Record) table(k int, options []int, view int) *decision.Table {
	m := r.Measures[k]
	t := &decision.Table{Measure: m.Name, Unit: m.Unit, Better: decision.Direction(m.Better), Matters: m.Matters}
	for _, o := range options {
		t.Options = append(t.Options, r.Results[o].Option)
		t.Values = append(t.Values, r.Results[o].Views[view].Values[k])
	}
	t.Weights = r.likelihoodOf(m.Given, options, view)
	return t
}

// likelihoodOf is how likely a condition is in each world, in the mean over
// options; nil for no condition, or one that never comes about.
func (r *Record) likelihoodOf(given string, options []int, view int) []float64 {
	g := r.measure(given)
	if g < 0 {
		return nil
	}
	var columns [][]float64
	for _, o := range options {
		columns = append(columns, r.Results[o].Views[view].Values[g])
	}
	out := times(nil, midway(columns))
	if !slices.ContainsFunc(out, func(p float64) bool { return p > 0 }) {
		return nil
	}
	return out
}

// defined parts options into those under which every measure is defined in some
// world of a view, and the names of the others: an option for which a thing
// never happens would take every world from the rest.
func (r *Record) defined(measures, options []int, view int) (in []int, out []string) {
	out = []string{}
	for _, o := range options {
		if slices.ContainsFunc(measures, func(k int) bool { return r.Results[o].Views[view].Summary[k].N == 0 }) {
			out = append(out, r.Results[o].Option)
		} else {
			in = append(in, o)
		}
	}
	return in, out
}
