package study

import "slices"

// Outright is a head asked whether or not its condition comes about: the measure of
// the same headline that is given nothing. Options under which the condition never
// comes about have no other number.
type Outright struct {
	Of      string    `json:"of"`      // the head
	Measure string    `json:"measure"` // the one that is given nothing
	Title   string    `json:"title"`
	Cells   []Summary `json:"cells"` // a row each
	Lead    Lead      `json:"lead"`  // over all options, those among them under which the condition never comes about
	Next    *Next     `json:"next"`  // null: no such option does worst alone
}

// Next says that options under which the condition never comes about do worst, by
// what matters, and the worst number of all others.
type Next struct {
	Options []string `json:"options"`
	Value   Float    `json:"next"`
}

// outright finds what the heads ks are whether or not the condition comes about.
func (b answerBasis) outright(ks []int, never []string) []Outright {
	out := []Outright{}
	for _, k := range ks {
		j := b.plain(k)
		if j < 0 {
			continue
		}
		o := Outright{Of: b.r.Measures[k].Name, Measure: b.r.Measures[j].Name, Title: b.r.Measures[j].Title, Lead: b.lead(j)}
		for i := range b.cells {
			o.Cells = append(o.Cells, b.cells[i][j])
		}
		o.Next = b.next(j, o.Lead, never)
		out = append(out, o)
	}
	return out
}

// plain is the measure of the same headline that is given nothing, or -1.
func (b answerBasis) plain(k int) int {
	of := b.r.Measures[k]
	return slices.IndexFunc(b.r.Measures, func(m Measure) bool {
		return m.Headline != "" && m.Headline == of.Headline && m.Given == "" && of.Given != "" && m.Unit == of.Unit && m.Better == of.Better
	})
}

// next looks at the options that do worst by a measure.
func (b answerBasis) next(k int, l Lead, never []string) *Next {
	if l.Tie || slices.ContainsFunc(l.Worst, func(o string) bool { return !slices.Contains(never, o) }) {
		return nil
	}
	m := b.r.Measures[k]
	var n *Next
	for i, x := range b.r.Results {
		v := b.middle(i, k)
		if v == nil || slices.Contains(l.Worst, x.Option) {
			continue
		}
		if n == nil || m.worth(float64(*v)) < m.worth(float64(n.Value)) {
			n = &Next{l.Worst, *v}
		}
	}
	return n
}

// leads reports whether a screen leads with a measure: it has a headline, and none
// that is given something has the same.
func (r *Record) leads(k int) bool { return leads(r.Measures, k) }

func leads(measures []Measure, k int) bool {
	m := measures[k]
	return m.Headline != "" && !slices.ContainsFunc(measures, func(o Measure) bool {
		return m.Given == "" && o.Given != "" && o.Headline == m.Headline
	})
}

// Leads names the measures that a screen leads with wherever they are defined.
func Leads(measures []Measure) []string {
	var out []string
	for k, m := range measures {
		if leads(measures, k) {
			out = append(out, m.Name)
		}
	}
	return out
}

// Words names a measure in a few words, where no other that a screen leads with has
// the same; otherwise its title.
func (r *Record) Words(k int) string {
	if r.leads(k) {
		return r.Measures[k].Headline
	}
	return r.Measures[k].Title
}
