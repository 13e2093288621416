package study

import (
	"math"
	"slices"

	"casus/crew"
	"casus/worlds/draw"
)

// sumUp sums up every view of every option, and of every case that was played
// for the record, each world counting for the same.
func (r *Record) sumUp() {
	crew.All(len(r.Results), func(i int) {
		for v := range r.Results[i].Views {
			r.Results[i].Views[v].Summary = r.summaries(i, v)
		}
	})
	crew.All(len(r.History), func(i int) {
		h := r.History[i]
		for v := range h.Result.Views {
			h.Result.Views[v].Summary = r.plainSummaries(h.Result.Views[v].Values)
		}
	})
}

// sumUpWeighted does the same by the weights of the worlds, and of the schools
// together.
func (r *Record) sumUpWeighted() {
	pooled := r.pooledColumns()
	crew.All(len(r.Results), func(i int) {
		x := &r.Results[i]
		x.Union = nil
		for v := range x.Views {
			if x.Views[v].Weighted = nil; r.weights != nil {
				x.Views[v].Weighted = r.over(r.of(v), r.weights[v]).summaries(i)
			}
		}
		if r.pool != nil && !r.pool.impossible() {
			x.Union = &Together{r.over(pooled, nil).summaries(i), r.over(pooled, r.pool.weights).summaries(i)}
		}
	})
}

// pooledColumns gives the measures of options in the worlds of the pool, put
// together once.
func (r *Record) pooledColumns() func(option, measure int) []float64 {
	if r.pool == nil {
		return nil
	}
	columns := make([][][]float64, len(r.Results))
	for i := range columns {
		for k := range r.Measures {
			var column []float64
			if !r.calledOff() {
				column = r.pooled(i, k)
			}
			columns[i] = append(columns[i], column)
		}
	}
	return func(i, k int) []float64 { return columns[i][k] }
}

// of gives the columns of a view: a measure of an option.
func (r *Record) of(view int) func(option, measure int) []float64 {
	return func(i, k int) []float64 { return r.Results[i].Views[view].Values[k] }
}

// summaries sums up an option under a view, and how it compares.
func (r *Record) summaries(i, v int) []Summary { return r.over(r.of(v), nil).summaries(i) }

// viewSheet are the worlds of a view, which count alike.
func (r *Record) viewSheet(v int) sheet {
	if r.sums != nil {
		m := r.mixOf(v, alike)
		return sheet{r: r, mix: &m}
	}
	return r.over(r.of(v), nil)
}

// sheet holds columns of the options in the same worlds, and the weights of
// these (nil: all the same).
type sheet struct {
	r       *Record
	column  func(option, measure int) []float64
	weights []float64
	mix     *mix // of a record without rows, in the place of both
}

func (r *Record) over(column func(option, measure int) []float64, weights []float64) sheet {
	return sheet{r, column, weights, nil}
}

func (w sheet) summaries(i int) []Summary {
	out := []Summary{}
	for k, ms := range w.r.Measures {
		out = append(out, w.summary(i, k, ms))
	}
	return out
}

func (w sheet) summary(i, k int, ms Measure) Summary {
	if w.r.calledOff() {
		return Summary{Measure: ms.Name, BeatenBy: []string{}}
	}
	if w.mix != nil {
		return w.mix.summary(i, k)
	}
	mine := w.column(i, k)
	s := w.plain(ms, mine, func(g int) []float64 { return w.column(i, g) })
	return w.r.compared(s, i, k, w.against)
}

// compared adds to the summary of a measure of option i how it stands to the
// baseline, and which options are surely better: against gives in what share of
// worlds one option is better than another, and worse.
func (r *Record) compared(s Summary, i, k int, against func(i, j, k int) (better, worse float64)) Summary {
	if r.Measures[k].Better == "" {
		return s
	}
	for j := range r.Results {
		if r.calledOff() {
			return s
		}
		better, worse := against(i, j, k)
		if r.Results[j].Option == r.Baseline {
			s.Better, s.Worse = FloatOf(better), FloatOf(worse)
		}
		if j != i && worse >= settledShare {
			s.BeatenBy = append(s.BeatenBy, r.Results[j].Option)
		}
	}
	return s
}

// against says in what share of the same worlds option i is better than j, and
// worse, by at least what matters. In a conditional measure a world counts by how
// likely the condition is in it, in the mean of the two.
func (w sheet) against(i, j, k int) (better, worse float64) {
	if w.mix != nil {
		return w.mix.against(i, j, k)
	}
	ms, weights := w.r.Measures[k], w.weights
	if g := w.r.measure(ms.Given); g >= 0 {
		weights = times(weights, midway([][]float64{w.column(i, g), w.column(j, g)}))
	}
	return draw.Compare(w.column(i, k), w.column(j, k), weights, ms.Better == "higher", ms.Matters)
}

// ahead says in what share of the worlds option i is better than j by what matters,
// each counting by its weight alone.
func (w sheet) ahead(i, j, k int) float64 {
	higher := w.r.Measures[k].Better != "lower"
	if w.mix != nil {
		better, _ := w.mix.versus(i, j, k, 0, higher)
		return better
	}
	better, _ := draw.Compare(w.column(i, k), w.column(j, k), w.weights, higher, w.r.Measures[k].Matters)
	return better
}

// midway is the mean of columns, world by world; one that is not defined has no
// part in it.
func midway(columns [][]float64) []float64 {
	out := make([]float64, len(columns[0]))
	for _, c := range columns {
		for w, x := range c {
			if !math.IsNaN(x) {
				out[w] += float64(x / float64(len(columns)))
			}
		}
	}
	return out
}

// plain sums up one column; of a conditional measure, each world counts by the
// probability of the condition too.
func (w sheet) plain(ms Measure, xs []float64, column func(measure int) []float64) Summary {
	if w.r.calledOff() {
		return Summary{Measure: ms.Name, BeatenBy: []string{}}
	}
	weights, condition := w.weights, (*Float)(nil)
	if g := w.r.measure(ms.Given); g >= 0 {
		ps := column(g)
		condition = FloatOf(draw.SummariseWeighted(ps, weights).Mean)
		weights = times(weights, ps)
	}
	s := summaryOf(ms.Name, xs, weights)
	s.Condition = condition
	return s
}

// plainSummaries sums up columns that are compared with nothing.
func (r *Record) plainSummaries(values [][]float64) []Summary {
	out := []Summary{}
	for k, ms := range r.Measures {
		out = append(out, sheet{r: r}.plain(ms, values[k], func(g int) []float64 { return values[g] }))
	}
	return out
}

// Floor is the probability below which the model claims nothing: no record that
// weighs it could tell so rare an event from one that never happens (method.md
// says why it is this).
const Floor = 1e-4

// MeasureAt is the place of a measure among those of a record, or -1.
func (r *Record) MeasureAt(name string) int { return r.measure(name) }

// measure finds a measure by name, or -1.
func (r *Record) measure(name string) int {
	return slices.IndexFunc(r.Measures, func(m Measure) bool { return m.Name == name })
}

func summaryOf(name string, xs, weights []float64) Summary {
	s := draw.SummariseWeighted(xs, weights)
	half := len(xs) / 2
	halves := [2][]float64{}
	if weights != nil {
		halves = [2][]float64{weights[:half], weights[half:]}
	}
	a, b := draw.SummariseWeighted(xs[:half], halves[0]), draw.SummariseWeighted(xs[half:], halves[1])
	return Summary{Measure: name, N: s.N, Undefined: s.NaN, Mean: FloatOf(s.Mean), Median: FloatOf(s.Median), P05: FloatOf(s.P05), P95: FloatOf(s.P95),
		BeatenBy: []string{}, Halves: FloatOf(math.Abs(a.Median - b.Median))}
}
