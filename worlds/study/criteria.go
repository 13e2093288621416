package study

import (
	"maps"
	"slices"

	"casus/worlds/decision"
)

// ByCriteria tells by how many criteria of choice the schools, as each is stated, put
// an option first by a measure: what a median says another criterion may not.
type ByCriteria struct {
	Measure  string    `json:"measure"`
	Criteria int       `json:"criteria"` // those by which every school puts something first
	First    []FirstBy `json:"first"`    // options that some criterion puts first, or as good, under every school
	Apart    int       `json:"apart"`    // criteria by which no option is first under every school
}

// FirstBy is an option with the number of criteria by which every school has it first.
type FirstBy struct {
	Option   string `json:"option"`
	Criteria int    `json:"criteria"`
}

// Of is the number of criteria by which every school has an option first.
func (b ByCriteria) Of(option string) int {
	for _, f := range b.First {
		if f.Option == option {
			return f.Criteria
		}
	}
	return 0
}

// mostCompared is the number of worlds of a view above which an answer does not compare
// by every criterion: that sorts all of them, and casus robust does so where it is asked.
const mostCompared = 1 << 16

// byCriteria compares the options by every head that says which way is better; a head
// under which a school has fewer than two options is left out.
func (r *Record) byCriteria(ks []int) []ByCriteria {
	out := []ByCriteria{}
	if r.sums != nil || r.Keep != "" || r.Summed != nil || r.Worlds > mostCompared || len(r.Results) < 2 {
		return out
	}
	for _, k := range ks {
		if r.Measures[k].Better == "" {
			continue
		}
		var picks []map[string][]string
		for _, v := range r.schools() {
			picks = append(picks, r.picksOf(k, v))
		}
		if b := agreeing(picks); b.Criteria > 0 {
			b.Measure = r.Measures[k].Name
			out = append(out, b)
		}
	}
	return out
}

// picksOf are the options that each criterion puts first under a view.
func (r *Record) picksOf(k, view int) map[string][]string {
	var all []int
	for i := range r.Results {
		all = append(all, i)
	}
	in, _ := r.EverDefined([]int{k}, all, view)
	if len(in) < 2 {
		return nil
	}
	c, err := decision.Compare(r.Table(k, in, view), decision.Defaults())
	if err != nil { // a value without bounds: there is no regret, nor a worst case
		return nil
	}
	out := map[string][]string{}
	for _, x := range Telling(c.Criteria) {
		out[x.Name] = x.Picks
	}
	return out
}

// agreeing counts the criteria of some schools by what each puts first under all of them.
func agreeing(schools []map[string][]string) ByCriteria {
	b := ByCriteria{First: []FirstBy{}}
	for _, name := range slices.Sorted(maps.Keys(schools[0])) {
		if slices.ContainsFunc(schools, func(s map[string][]string) bool { return len(s[name]) == 0 }) {
			continue
		}
		b.Criteria++
		common := slices.DeleteFunc(slices.Clone(schools[0][name]), func(o string) bool {
			return slices.ContainsFunc(schools, func(s map[string][]string) bool { return !slices.Contains(s[name], o) })
		})
		if len(common) == 0 {
			b.Apart++
		}
		for _, o := range common {
			b.add(o)
		}
	}
	slices.SortStableFunc(b.First, func(x, y FirstBy) int { return y.Criteria - x.Criteria })
	return b
}

func (b *ByCriteria) add(option string) {
	for i := range b.First {
		if b.First[i].Option == option {
			b.First[i].Criteria++
			return
		}
	}
	b.First = append(b.First, FirstBy{option, 1})
}

// SameBy names the measures of which so many criteria, of how many, say what the median
// does.
type SameBy struct {
	Criteria, Of int
	Measures     []string
}

// SameByCriteria lists them, those of the fewest measures first. A measure that fewer
// criteria can tell of than the first is left out: it would need a total of its own.
func (a *Answer) SameByCriteria() []SameBy {
	var out []SameBy
	for _, c := range a.Criteria {
		n, ok := a.SameAs(c)
		if !ok || len(out) > 0 && c.Criteria != out[0].Of {
			continue
		}
		i := slices.IndexFunc(out, func(s SameBy) bool { return s.Criteria == n })
		if i < 0 {
			i, out = len(out), append(out, SameBy{Criteria: n, Of: c.Criteria})
		}
		out[i].Measures = append(out[i].Measures, c.Measure)
	}
	slices.SortStableFunc(out, func(x, y SameBy) int { return len(x.Measures) - len(y.Measures) })
	return out
}

// SameAs counts the criteria that say of a measure what the median does: that every school
// has the option first that leads, or that no option is so; of a single school, which
// is first. It is told of what the sentences of an answer tell: not where all tie.
func (a *Answer) SameAs(c ByCriteria) (n int, told bool) {
	l := a.LeadOf(c.Measure)
	if l == nil || l.Tie {
		return 0, false
	}
	for _, h := range a.Held {
		switch {
		case h.Measure != c.Measure:
		case len(h.Agreed) == a.Compared(h.Measure):
			return 0, false
		case len(h.Agreed) > 0:
			return c.Of(a.FirstOf(h)), true
		default:
			return c.Apart, h.Some()
		}
	}
	return c.Of(l.Best[0]), a.Schools == 1
}

// laplace is the criterion that says nothing of its own over worlds: where they weigh
// alike it is the expected value, and where they do not its ignorance of the weights is
// a fault.
const laplace = "Laplace"

// Telling leaves of some criteria those that tell something of their own over worlds.
func Telling(cs []decision.Criterion) []decision.Criterion {
	return slices.DeleteFunc(cs, func(x decision.Criterion) bool { return x.Name == laplace })
}

// Table is a measure of options under a view. Of a conditional one each world
// counts by how likely the condition is in it, in the mean over the options: the
// worlds must weigh alike for all that are compared in them.
func (r *Record) Table(k int, options []int, view int) *decision.Table {
	m := r.Measures[k]
	t := &decision.Table{Measure: m.Name, Unit: m.Unit, Better: decision.Direction(m.Better), Matters: m.Matters}
	for _, o := range options {
		t.Options = append(t.Options, r.Results[o].Option)
		t.Values = append(t.Values, r.Results[o].Views[view].Values[k])
	}
	t.Weights = r.Likelihood(m.Given, options, view)
	return t
}

// WholeTable is a Table of every world, each by what happened, where the worlds of the
// record were picked by that; else Table.
func (r *Record) WholeTable(k int, options []int, view int) *decision.Table {
	t, whole := r.Table(k, options, view), r.Whole(view)
	if whole == nil {
		return t
	}
	t.Weights, t.Worlds = whole.Weights, whole.Worlds
	g := r.measure(r.Measures[k].Given)
	var given [][]float64
	for i, o := range options {
		if t.Values[i] = whole.Values[o][k]; g >= 0 {
			given = append(given, whole.Values[o][g])
		}
	}
	if g >= 0 {
		if likely := times(whole.Weights, midway(given)); slices.ContainsFunc(likely, func(p float64) bool { return p > 0 }) {
			t.Weights = likely
		}
	}
	return t
}

// WholeDraws are the draws behind a WholeTable.
func (r *Record) WholeDraws(view int) [][]float64 {
	if whole := r.Whole(view); whole != nil {
		return whole.Draws
	}
	return r.Draws[r.Views[view].Name]
}

// EverDefined parts options into those under which every measure is defined in some
// world of a view, and the names of the others: an option for which a thing
// never happens would take every world from the rest.
func (r *Record) EverDefined(measures, options []int, view int) (in []int, out []string) {
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
