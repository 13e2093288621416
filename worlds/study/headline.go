package study

import "slices"

// headlines are how many measures stand for a case unless others are asked for.
const headlines = 4

// Headline names the measures that stand for a case: the first four that do
// not serve only the record of the past.
func (r *Record) Headline() []string { return headline(r.Measures) }

func headline(measures []Measure) []string {
	out := []string{}
	for _, m := range measures {
		if !m.Record && len(out) < headlines {
			out = append(out, m.Name)
		}
	}
	return out
}

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

// Leading names the measures that a screen leads with and that say which way is
// better, where at least two options have each under every view; otherwise what
// can be chosen by. An option under which one is never defined is left out of it.
func (r *Record) Leading() []string {
	var out []string
	for k, m := range r.Measures {
		if r.leads(k) && m.Better != "" && !m.Record && !r.conditions(k) && r.comparable(k) {
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

// conditions reports whether a measure is the condition of another.
func (r *Record) conditions(k int) bool {
	return slices.ContainsFunc(r.Measures, func(m Measure) bool { return m.Given == r.Measures[k].Name })
}

// Likelihood is how likely a condition is in each world, in the mean over
// options; nil for no condition, or one that never comes about.
func (r *Record) Likelihood(given string, options []int, view int) []float64 {
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
