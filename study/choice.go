package study

import (
	"fmt"
	"slices"
	"strings"

	"casus/decision"
	"casus/source"
)

// Basis says on which run an analysis rests.
type Basis struct {
	Case     string   `json:"case"`
	Title    string   `json:"title"`
	Date     string   `json:"date"`
	Horizon  int      `json:"horizon_years"`
	Concept  string   `json:"solution_concept"`
	Seed     uint64   `json:"seed"`
	Design   string   `json:"design"`
	Worlds   int      `json:"worlds_per_view"`
	Partial  bool     `json:"partial"`
	Weighted string   `json:"weighted"` // how worlds were picked by the records of the past; empty: they count alike
	Options  []Option `json:"options"`  // those compared
	Views    []View   `json:"views"`    // those looked at
	Warnings []string `json:"warnings"`
}

// Option is the name and title of an option compared.
type Option struct {
	Name  string `json:"option"`
	Title string `json:"title"`
}

func (r *Record) basis(options, views []int) Basis {
	b := Basis{Case: r.Case, Title: r.Title, Date: r.Date, Horizon: r.Horizon, Concept: r.Concept, Seed: r.Seed, Design: r.Design,
		Worlds: r.Worlds, Partial: r.Partial, Weighted: r.Weighted, Warnings: append([]string{}, r.Warnings...)}
	for _, o := range options {
		b.Options = append(b.Options, Option{r.Results[o].Option, r.Results[o].Title})
	}
	for _, v := range views {
		b.Views = append(b.Views, r.Views[v])
	}
	if r.Worlds < fewWorlds {
		b.Warnings = append(b.Warnings, fmt.Sprintf("%d worlds for each view are few: intervals are wide and the worst world is hardly found; use more with --worlds", r.Worlds))
	}
	return b
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
