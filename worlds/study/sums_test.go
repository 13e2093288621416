package study_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"casus/model"
	"casus/worlds/study"
	"casus/worlds/tally"
)

// summedUp is the record of a run that keeps sums, done in stretches of so many
// worlds, in any order and merged in any order.
func summedUp(t *testing.T, m *model.Model, p study.Plan, size int, order *rand.Rand) (*study.Record, [][]byte) {
	t.Helper()
	p.Summed = true
	w, err := study.Begin(m, m.Case("tiny"), p)
	if err != nil {
		t.Fatal(err)
	}
	pieces, err := w.Stretches(size)
	if err != nil {
		t.Fatal(err)
	}
	order.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
	worker, adder := w.Adder(), w.Adder()
	var views []*study.Sums
	for _, name := range w.Plan().Views {
		var all *study.Sums
		for _, piece := range pieces {
			if piece.View != name {
				continue
			}
			done, err := worker.Do(t.Context(), piece)
			if err != nil {
				t.Fatal(err)
			}
			x, err := adder.ReadSums(piece, done.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if all == nil {
				all = x
			} else if order.IntN(2) == 0 {
				all.Merge(x)
			} else {
				x.Merge(all)
				all = x
			}
		}
		views = append(views, all)
	}
	var kept [][]byte
	for _, x := range views {
		kept = append(kept, x.Bytes())
	}
	r, err := adder.Record(t.Context(), views)
	if err != nil {
		t.Fatal(err)
	}
	return r, kept
}

// Sums are those of the rows: what is exact to the last digits, what is sketched to
// its error; and however a run is divided and merged they have the same bytes.
func TestSumsAreThoseOfRows(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for _, edits := range [][]string{nil, {"    events  0\n    trials  12..14", "    events  3\n    trials  12..14"}} {
		m := load(t, edits...)
		p := study.Plan{Worlds: 700, Seed: 4}
		rows := run(t, m, p)
		order := rand.New(rand.NewPCG(1, 2))
		first, bits := summedUp(t, m, p, 700, order)
		for _, size := range []int{1000, 333, 128, 61} {
			again, other := summedUp(t, m, p, size, order)
			if !slices.EqualFunc(bits, other, bytes.Equal) {
				t.Errorf("in stretches of %d worlds the sums have other bytes", size)
			}
			if inJSON(t, again) != inJSON(t, first) {
				t.Errorf("in stretches of %d worlds the record has other bytes", size)
			}
		}
		compareRecords(t, rows, first)
	}
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func compareRecords(t *testing.T, rows, sums *study.Record) {
	t.Helper()
	for i, x := range rows.Results {
		y := sums.Results[i]
		for v := range x.Views {
			sameSummaries(t, rows, x.Option+" "+x.Views[v].View, x.Views[v].Summary, y.Views[v].Summary)
			sameSummaries(t, rows, x.Option+" by record "+x.Views[v].View, x.Views[v].Weighted, y.Views[v].Weighted)
		}
		if x.Union != nil {
			sameSummaries(t, rows, x.Option+" together", x.Union.Before, y.Union.Before)
			sameSummaries(t, rows, x.Option+" together by record", x.Union.After, y.Union.After)
		}
	}
	for h, x := range rows.History {
		for c := range x.Checks {
			a, b := x.Checks[c], sums.History[h].Checks[c]
			if !close1(float64(a.Likelihood), float64(b.Likelihood)) || a.Refuted != b.Refuted {
				t.Errorf("%s under %s: probability %g of rows, %g of sums", a.ID, a.View, a.Likelihood, b.Likelihood)
			}
			if a.After != nil && !close1(float64(a.After.Likelihood), float64(b.After.Likelihood)) {
				t.Errorf("%s under %s: probability %g of weighted rows, %g of sums", a.ID, a.View, a.After.Likelihood, b.After.Likelihood)
			}
		}
	}
	for v, a := range rows.Weights.Views {
		b := sums.Weights.Views[v]
		sameFloat(t, "evidence of "+a.View, a.Evidence, b.Evidence)
		sameFloat(t, "its error", a.Error, b.Error)
		sameFloat(t, "share of "+a.View, a.Share, b.Share)
		sameFloat(t, "effective worlds", &a.Effective, &b.Effective)
		if !slices.Equal(a.Refuted, b.Refuted) || a.School != b.School {
			t.Errorf("view %s: refuted by %v of rows, %v of sums", a.View, a.Refuted, b.Refuted)
		}
	}
	sameFloat(t, "evidence of all", rows.Weights.Union.Evidence, sums.Weights.Union.Evidence)
	sameFloat(t, "effective worlds of all", &rows.Weights.Union.Effective, &sums.Weights.Union.Effective)
	a, b := rows.Answer(), sums.Answer()
	for i := range a.Leads {
		if !reflect.DeepEqual(a.Leads[i].Best, b.Leads[i].Best) || !reflect.DeepEqual(a.Leads[i].Worst, b.Leads[i].Worst) {
			t.Errorf("by %s %v of rows are best, %v of sums", a.Leads[i].Measure, a.Leads[i].Best, b.Leads[i].Best)
		}
		sameFloat(t, "sure of "+a.Leads[i].Measure, a.Leads[i].Sure, b.Leads[i].Sure)
	}
	if a.Basis != b.Basis || len(rows.Alike) != len(sums.Alike) || !reflect.DeepEqual(rows.Measures, sums.Measures) {
		t.Errorf("answered by %s of rows, %s of sums; %d and %d pairs alike", a.Basis, b.Basis, len(rows.Alike), len(sums.Alike))
	}
	for _, e := range sums.Summed.Ends {
		i, v := slices.Index(sums.OptionNames(), e.Option), slices.Index(sums.ViewNames(), e.View)
		values := rows.Results[i].Views[v].Values[rows.MeasureAt(e.Measure)]
		for _, end := range []study.End{e.Low, e.High} {
			if values[end.World] != float64(*end.Value) {
				t.Errorf("%s of %s under %s in world %d is %g, not %g", e.Measure, e.Option, e.View, end.World, values[end.World], *end.Value)
			}
		}
		if lo := slices.Min(defined(values)); lo != float64(*e.Low.Value) {
			t.Errorf("the least %s of %s is %g, not %g", e.Measure, e.Option, lo, *e.Low.Value)
		}
	}
}

func defined(xs []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(xs), math.IsNaN)
}

// close1 reports whether two numbers are the same but for the order in which they
// were added up.
func close1(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-11*math.Max(math.Abs(a), math.Abs(b))+1e-15
}

func sameFloat(t *testing.T, what string, a, b *study.Float) {
	t.Helper()
	switch {
	case (a == nil) != (b == nil):
		t.Errorf("%s: %v of rows, %v of sums", what, a, b)
	case a != nil && !close1(float64(*a), float64(*b)):
		t.Errorf("%s: %.17g of rows, %.17g of sums", what, *a, *b)
	}
}

func sameSummaries(t *testing.T, r *study.Record, what string, rows, sums []study.Summary) {
	t.Helper()
	if len(rows) != len(sums) {
		t.Errorf("%s: %d summaries of rows, %d of sums", what, len(rows), len(sums))
		return
	}
	for k, a := range rows {
		b, name := sums[k], what+" "+a.Measure
		if a.N != b.N || a.Undefined != b.Undefined || !slices.Equal(a.BeatenBy, b.BeatenBy) {
			t.Errorf("%s: %d worlds, %d undefined, beaten by %v of rows; %d, %d, %v of sums", name, a.N, a.Undefined, a.BeatenBy, b.N, b.Undefined, b.BeatenBy)
		}
		for _, x := range [][2]*study.Float{{a.Mean, b.Mean}, {a.Condition, b.Condition}, {a.Better, b.Better}, {a.Worse, b.Worse}} {
			sameFloat(t, name, x[0], x[1])
		}
		spread := 0.0
		if a.P05 != nil {
			spread = float64(*a.P95 - *a.P05)
		}
		for i, x := range [][2]*study.Float{{a.Median, b.Median}, {a.P05, b.P05}, {a.P95, b.P95}} {
			if (x[0] == nil) != (x[1] == nil) {
				t.Errorf("%s: quantile %d: %v and %v", name, i, x[0], x[1])
				continue
			}
			// between the values beside it, of which weighted ones skip one
			if x[0] != nil && math.Abs(float64(*x[0]-*x[1])) > math.Abs(float64(*x[0]))*2*tally.Error+0.03*spread {
				t.Errorf("%s: quantile %d is %g of rows, %g of sums", name, i, *x[0], *x[1])
			}
		}
	}
}

// A quantile of sums lies within the error of the sketch of the value of its rank in
// the rows, plain and weighed by a condition or the record, and drift within its own.
func TestSketchedQuantiles(t *testing.T) {
	m := load(t)
	for _, n := range []int{13, 20, 61, 500} {
		p := study.Plan{Worlds: n, Seed: 9}
		rows := run(t, m, p)
		sums, _ := summedUp(t, m, p, 200, rand.New(rand.NewPCG(3, 4)))
		for i, x := range rows.Results {
			for v := range x.Views {
				for k, ms := range rows.Measures {
					what := ms.Name + " of " + x.Option + " under " + x.Views[v].View
					xs, weights := x.Views[v].Values[k], []float64(nil)
					if ms.Given != "" {
						weights = x.Views[v].Values[rows.MeasureAt(ms.Given)]
					}
					ofRank(t, what, xs, weights, sums.Results[i].Views[v].Summary[k])
				}
			}
		}
	}
}

func ofRank(t *testing.T, what string, xs, weights []float64, s study.Summary) {
	t.Helper()
	for q, got := range map[float64]*study.Float{0.05: s.P05, 0.5: s.Median, 0.95: s.P95} {
		want := ranked(xs, weights, q)
		if got == nil || math.IsNaN(want) {
			if (got == nil) != math.IsNaN(want) {
				t.Errorf("%s: the %g-quantile is %v, of rows %g", what, q, got, want)
			}
			continue
		}
		if d := math.Abs(float64(*got) - want); d > math.Abs(want)*tally.Error*(1+1e-9) {
			t.Errorf("%s: the %g-quantile is %g, and the value of its rank %g", what, q, *got, want)
		}
	}
	half := len(xs) / 2
	parts := [2][]float64{}
	if weights != nil {
		parts = [2][]float64{weights[:half], weights[half:]}
	}
	drift := math.Abs(ranked(xs[:half], parts[0], 0.5) - ranked(xs[half:], parts[1], 0.5))
	switch {
	case s.Halves == nil || math.IsNaN(drift):
		if (s.Halves == nil) != math.IsNaN(drift) {
			t.Errorf("%s: drift is %v, of rows %g", what, s.Halves, drift)
		}
	case math.Abs(float64(*s.Halves)-drift) > float64(*s.HalvesError)*(1+1e-9):
		t.Errorf("%s: drift is %g within %g, of rows %g", what, *s.Halves, *s.HalvesError, drift)
	}
}

// ranked is the least value that at least the share p of the weight does not exceed.
func ranked(xs, weights []float64, p float64) float64 {
	type point struct{ x, weight float64 }
	var points []point
	total := 0.0
	for w, x := range xs {
		weight := 1.0
		if weights != nil {
			weight = weights[w]
		}
		if !math.IsNaN(x) && weight > 0 {
			points, total = append(points, point{x, weight}), total+weight
		}
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(a.x, b.x) })
	below := 0.0
	for _, x := range points {
		if below += x.weight; below >= p*total {
			return x.x
		}
	}
	return math.NaN()
}
