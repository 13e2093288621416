package study

import (
	"math"
	"slices"
)

// Firmness says whether the options that a measure puts first as run stay first
// with other years ahead, and with λ blunter or sharper.
type Firmness struct {
	Measure string  `json:"measure"`
	Rows    []Other `json:"rows"`
	Turned  *Turned `json:"turned"` // null: no two options change places by what matters
}

// Turned is the pair of options whose order as run is turned round furthest: there
// too they differ by what matters, the other way. Pairs is how many are.
type Turned struct {
	Better string   `json:"better_as_run"`
	Worse  string   `json:"worse_as_run"`
	Years  int      `json:"horizon_years"`
	Times  float64  `json:"precision_times"`
	As     [2]Float `json:"as_run"` // of Better, of Worse
	Then   [2]Float `json:"then"`
	Pairs  int      `json:"pairs"` // that are turned round by one way of playing or another
}

// Other is one way of playing otherwise; Holds: an option that is first as run, and
// in every row before that holds, is first there too, or as good. So all hold where
// one option is first throughout, and only there.
type Other struct {
	Years int     `json:"horizon_years"`
	Times float64 `json:"precision_times"`
	Holds bool    `json:"holds"`
}

// firm looks at every head that was played otherwise.
func (r *Record) firm(ks []int) []Firmness {
	out := []Firmness{}
	for _, k := range ks {
		first := r.firstAs(0, k)
		if r.Measures[k].Better == "" || len(first) == 0 {
			continue
		}
		f := Firmness{Measure: r.Measures[k].Name, Turned: r.turned(k)}
		for i, row := range r.otherRows() {
			then := r.firstAs(i, k)
			if i == 0 || len(then) == 0 {
				continue
			}
			both := slices.DeleteFunc(slices.Clone(first), func(o string) bool { return !slices.Contains(then, o) })
			if len(both) > 0 {
				first = both
			}
			f.Rows = append(f.Rows, Other{row.Years, row.Times, len(both) > 0})
		}
		if len(f.Rows) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// turned finds the two options that change places furthest; null where none do.
func (r *Record) turned(k int) *Turned {
	m, rows := r.Measures[k], r.otherRows()
	var out *Turned
	pairs, most := map[[2]string]bool{}, 0.0
	for i := 1; i < len(rows); i++ {
		as, then := r.valuesAs(0, k), r.valuesAs(i, k)
		for _, a := range r.Results {
			for _, b := range r.Results {
				was, ok := lead(m, as, a.Option, b.Option)
				is, there := lead(m, then, b.Option, a.Option)
				if !ok || !there {
					continue
				}
				pairs[[2]string{a.Option, b.Option}] = true
				if by := min(was, is); by > most {
					most, out = by, &Turned{Better: a.Option, Worse: b.Option, Years: rows[i].Years, Times: rows[i].Times,
						As: [2]Float{Float(as[a.Option]), Float(as[b.Option])}, Then: [2]Float{Float(then[a.Option]), Float(then[b.Option])}}
				}
			}
		}
	}
	if out != nil {
		out.Pairs = len(pairs)
	}
	return out
}

// lead gives by how much one option is better than another, where that is as much as
// matters.
func lead(m Measure, values map[string]float64, better, worse string) (float64, bool) {
	x, ok := values[better]
	y, also := values[worse]
	by := m.worth(x) - m.worth(y)
	return by, ok && also && by > 0 && !m.same(x, y)
}

// otherRows are the ways of playing otherwise; none where fewer than two options
// were.
func (r *Record) otherRows() []OtherAs {
	played := r.PlayedOtherwise()
	if len(played) < 2 {
		return nil
	}
	return played[0].Otherwise.Rows
}

// firstAs are the options that come first by a measure in a row, all schools
// together, or as good.
func (r *Record) firstAs(row, k int) []string {
	rows := r.otherRows()
	if len(rows) == 0 {
		return nil
	}
	views := rows[0].Views
	return r.BestOtherwise(r.Measures[k], row, views[len(views)-1].View)
}

// valuesAs are the medians of a measure in a row, by option.
func (r *Record) valuesAs(row, k int) map[string]float64 {
	values := map[string]float64{}
	for _, x := range r.Results {
		if x.Otherwise == nil || row >= len(x.Otherwise.Rows) {
			continue
		}
		if f := x.Otherwise.Rows[row].all(r.Measures[k].Name); f != nil {
			values[x.Option] = float64(*f)
		}
	}
	return values
}

// all is the median of a measure over all schools, or under the only one.
func (row OtherAs) all(measure string) *Float {
	if len(row.Views) == 0 {
		return nil
	}
	for _, m := range row.Views[len(row.Views)-1].Measures {
		if m.Measure == measure {
			return m.Median
		}
	}
	return nil
}

// Moved is the cell that moves most, counted in what matters, where choices are
// blunter or sharper.
type Moved struct {
	Measure string  `json:"measure"`
	Option  string  `json:"option"`
	Times   float64 `json:"precision_times"`
	As      Float   `json:"as_run"`
	Then    Float   `json:"then"`
}

// moved finds it; null where none moves by what matters.
func (r *Record) moved(ks []int) *Moved {
	var out *Moved
	most := 1.0
	for _, k := range ks {
		m := r.Measures[k]
		for _, x := range r.Results {
			if m.Matters == 0 || x.Otherwise == nil || len(x.Otherwise.Rows) == 0 {
				continue
			}
			as := x.Otherwise.Rows[0].all(m.Name)
			for _, row := range x.Otherwise.Rows[1:] {
				then := row.all(m.Name)
				if as == nil || then == nil || row.Times == x.Otherwise.Rows[0].Times {
					continue
				}
				if by := math.Abs(float64(*then-*as)) / m.Matters; by > most {
					most, out = by, &Moved{m.Name, x.Option, row.Times, *as, *then}
				}
			}
		}
	}
	return out
}
