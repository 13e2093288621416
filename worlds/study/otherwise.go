package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"casus/game/crisis"
	"casus/model"
	"casus/worlds/draw"
)

// Otherwise says how the headline measures of an option move where more or fewer
// years are looked at, or choices are sharper or blunter than stated: in the
// first few worlds of each school, so that it costs a small part of the run.
type Otherwise struct {
	Worlds  int       `json:"worlds_per_view"`
	LeftOut string    `json:"left_out"` // why there is nothing; empty otherwise
	Rows    []OtherAs `json:"rows"`     // as run first
}

// OtherAs is one number of years ahead, and λ as a multiple of what is stated.
type OtherAs struct {
	Years int         `json:"horizon_years"`
	Times float64     `json:"precision_times"`
	Views []OtherView `json:"views"` // the schools; then all of them together, each counting alike
}

// OtherView are the headline measures under a view.
type OtherView struct {
	View     string        `json:"view"`
	Measures []OtherNumber `json:"measures"`
}

// OtherNumber is one measure over the worlds in which it is defined; of a
// conditional one each world counts by the probability of its condition.
type OtherNumber struct {
	Measure string `json:"measure"`
	Mean    *Float `json:"mean"`
	Median  *Float `json:"median"`
}

// AllSchools is the name under which the schools stand together where no record
// weighs them.
const AllSchools = "all schools"

// otherWorlds are how many worlds of each school are played otherwise.
const otherWorlds = 32

// sharper is by how much λ is multiplied and divided.
const sharper = 3

// otherYears are the years that are looked at: as run, half and twice as many.
func otherYears(years int) []int {
	out := []int{years}
	if half := (years + 1) / 2; half < years {
		out = append(out, half)
	}
	if twice := 2 * years; twice <= model.MaxHorizon {
		out = append(out, twice)
	}
	return out
}

// otherwise plays a job otherwise, unless what it goes on from did.
func (j *job) otherwise(ctx context.Context, r *Result) error {
	if !j.own || j.few == 0 {
		return nil
	}
	if j.made != nil && j.made.Otherwise != nil && j.made.Otherwise.Worlds == j.few {
		r.Otherwise = j.made.Otherwise
		return nil
	}
	o := &otherwise{job: j, measures: Measures(j.m, j.c), years: otherYears(j.c.Horizon)}
	r.Otherwise = &Otherwise{Worlds: j.few, Rows: []OtherAs{}}
	o.columns()
	var err error
	o.ahead, err = j.solver.Ahead(ctx, o.years, o.at, j.most)
	var large *crisis.TooLarge
	if errors.As(err, &large) {
		r.Otherwise.LeftOut = fmt.Sprintf("with %d years the state graph passes %d states", o.years[len(o.years)-1], large.Bound)
		return nil
	}
	if err != nil {
		return err
	}
	r.Otherwise.Rows, err = o.rows()
	return err
}

// otherwise is one option on its way.
type otherwise struct {
	job      *job
	ahead    *crisis.Ahead
	measures []Measure
	at       []int // the headline measures, then the conditions of those that have one
	shown    int   // how many of them are headline measures
	years    []int
}

// columns settles what is computed.
func (o *otherwise) columns() {
	names := headline(o.measures)
	o.shown = len(names)
	for _, name := range names {
		k := measureNamed(o.measures, name)
		if given := o.measures[k].Given; given != "" && !slices.Contains(names, given) {
			names = append(names, given)
		}
	}
	for _, name := range names {
		o.at = append(o.at, measureNamed(o.measures, name))
	}
}

func measureNamed(measures []Measure, name string) int {
	return slices.IndexFunc(measures, func(m Measure) bool { return m.Name == name })
}

// rows come in the order of years played, then of λ.
func (o *otherwise) rows() ([]OtherAs, error) {
	blunter, err := o.solve(1. / sharper)
	if err != nil {
		return nil, err
	}
	asStated, err := o.solve(1)
	if err != nil {
		return nil, err
	}
	sharp, err := o.solve(sharper)
	if err != nil {
		return nil, err
	}
	var out []OtherAs
	for i, n := range o.years {
		out = append(out, OtherAs{n, 1, o.summed(asStated, i)})
	}
	return append(out, OtherAs{o.years[0], 1. / sharper, o.summed(blunter, 0)}, OtherAs{o.years[0], sharper, o.summed(sharp, 0)}), nil
}

// solve gives, by school and number of years, each measure in each world.
func (o *otherwise) solve(times float64) ([][][][]float64, error) {
	var out [][][][]float64
	for v, view := range o.job.views {
		if len(view.Union) > 0 {
			continue
		}
		values, err := o.ahead.Solve(Cut(o.job.draws[v], 0, o.job.few), o.job.few, times)
		if err != nil {
			return nil, fmt.Errorf("view %s, with precision times %.3g: %w", view.Name, times, err)
		}
		out = append(out, values)
	}
	return out, nil
}

// summed are the headline measures of one number of years, by school and for all
// of them together.
func (o *otherwise) summed(schools [][][][]float64, years int) []OtherView {
	out, together := []OtherView{}, make([][]float64, len(o.at))
	for s, values := range schools {
		out = append(out, OtherView{o.schools()[s], o.numbers(values[years])})
		for i, column := range values[years] {
			together[i] = append(together[i], column...)
		}
	}
	if len(out) > 1 {
		out = append(out, OtherView{AllSchools, o.numbers(together)})
	}
	return out
}

func (o *otherwise) schools() []string {
	var out []string
	for _, v := range o.job.views {
		if len(v.Union) == 0 {
			out = append(out, v.Name)
		}
	}
	return out
}

// numbers sums up columns, one for each of the measures computed.
func (o *otherwise) numbers(columns [][]float64) []OtherNumber {
	out := []OtherNumber{}
	for i, k := range o.at[:o.shown] {
		m := o.measures[k]
		var weights []float64
		if m.Given != "" {
			weights = times(nil, columns[slices.Index(o.at, measureNamed(o.measures, m.Given))])
		}
		s := draw.SummariseWeighted(columns[i], weights)
		out = append(out, OtherNumber{m.Name, FloatOf(s.Mean), FloatOf(s.Median)})
	}
	return out
}

// PlayedOtherwise are the options that were played otherwise.
func (r *Record) PlayedOtherwise() []Result {
	var out []Result
	for _, x := range r.Results {
		if x.Otherwise != nil && len(x.Otherwise.Rows) > 1 && len(x.Otherwise.Rows[0].Views) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// Median gives the median of a measure under a view; nil where it is not defined.
func (row OtherAs) Median(view, measure string) *Float {
	for _, v := range row.Views {
		for _, x := range v.Measures {
			if v.View == view && x.Measure == measure {
				return x.Median
			}
		}
	}
	return nil
}

// BestOtherwise are the options played otherwise whose median in a row, under a view,
// stands no further from the best than what matters.
func (r *Record) BestOtherwise(m Measure, row int, view string) []string {
	plays := r.PlayedOtherwise()
	values, best := make([]*Float, len(plays)), math.Inf(-1)
	for i, x := range plays {
		if row >= len(x.Otherwise.Rows) {
			continue
		}
		if values[i] = x.Otherwise.Rows[row].Median(view, m.Name); values[i] != nil {
			best = max(best, m.worth(float64(*values[i])))
		}
	}
	var out []string
	for i, x := range plays {
		if f := values[i]; f != nil && m.same(float64(*f), m.worth(best)) {
			out = append(out, x.Option)
		}
	}
	return out
}

// SolvedRates reports whether offsets were solved for, at which stated rates hold.
func (r *Record) SolvedRates() bool {
	return slices.ContainsFunc(r.Numbers, func(n Assumption) bool { return n.Solved })
}
