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
}

// Other is one way of playing otherwise; Holds: an option that is first as run is
// first there too, or as good.
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
		f := Firmness{Measure: r.Measures[k].Name}
		for i, row := range r.otherRows() {
			if then := r.firstAs(i, k); i > 0 && len(then) > 0 {
				f.Rows = append(f.Rows, Other{row.Years, row.Times, slices.ContainsFunc(first, func(o string) bool { return slices.Contains(then, o) })})
			}
		}
		if len(f.Rows) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// otherRows are the ways of playing otherwise; none where fewer than two options
// were.
func (r *Record) otherRows() []OtherAs {
	var played []*Otherwise
	for _, x := range r.Results {
		if x.Otherwise != nil && len(x.Otherwise.Rows) > 1 {
			played = append(played, x.Otherwise)
		}
	}
	if len(played) < 2 {
		return nil
	}
	return played[0].Rows
}

// firstAs are the options that come first by a measure in a row, all schools
// together, or as good.
func (r *Record) firstAs(row, k int) []string {
	m := r.Measures[k]
	values, best := map[string]float64{}, math.Inf(-1)
	for _, x := range r.Results {
		if x.Otherwise == nil || row >= len(x.Otherwise.Rows) {
			continue
		}
		if f := x.Otherwise.Rows[row].all(m.Name); f != nil {
			values[x.Option] = float64(*f)
			best = max(best, m.worth(float64(*f)))
		}
	}
	var out []string
	for _, x := range r.Results {
		if v, ok := values[x.Option]; ok && m.same(v, m.worth(best)) {
			out = append(out, x.Option)
		}
	}
	return out
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
