package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"casus/special"
)

// The upper bound of Clopper and Pearson (1934) is a quantile of a beta.
func TestUpper(t *testing.T) {
	for _, c := range []struct {
		events, trials int
		want           float64
	}{
		{0, 60, 0.048703}, // the rule of three gives 0.05
		{0, 63, 0.046438},
		{0, 10, 0.258866},
		{1, 10, 0.394163},
		{3, 20, 0.343664},
		{20, 20, 1},
	} {
		if got := upper(c.events, c.trials, 0.05); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%d of %d: %.6f, want %.6f", c.events, c.trials, got, c.want)
		}
	}
	for trials := 1; trials <= 400; trials += 57 {
		for events := 0; events < trials; events += 1 + trials/7 {
			want := distuv.Beta{Alpha: float64(events + 1), Beta: float64(trials - events)}.Quantile(0.95)
			if got := upper(events, trials, 0.05); math.Abs(got-want) > 1e-9 {
				t.Errorf("%d of %d: %v, want %v", events, trials, got, want)
			}
		}
	}
}

func TestBinomialUpTo(t *testing.T) {
	for _, c := range []struct {
		k, n int
		p    float64
		want float64
	}{
		{0, 1, 0.3, 0.7},
		{2, 5, 0.5, 0.5},
		{0, 60, 0.05, math.Pow(0.95, 60)},
		{1, 3, 0.1, 0.972},
		{5, 5, 0.9, 1},
		{0, 5, 0, 1},
		{4, 5, 1, 0},
		{5, 5, 1, 1},
	} {
		if got := special.BinomialCDF(c.k, c.n, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("P(X ≤ %d) of %d at %g: %v, want %v", c.k, c.n, c.p, got, c.want)
		}
	}
}

// The tail is the smaller of "so few" and "so many", averaged over the worlds.
func TestTail(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		rates          []float64
		events, trials int
		want           float64
	}{
		{[]float64{0}, 0, 60, 1},
		{[]float64{1}, 0, 60, 0},
		{[]float64{0.05}, 0, 60, math.Pow(0.95, 60)},
		{[]float64{0.05, 0}, 0, 60, (1 + math.Pow(0.95, 60)) / 2},
		{[]float64{0.05, nan}, 0, 60, math.Pow(0.95, 60)},
		{[]float64{nan}, 0, 60, 1},
		{nil, 0, 60, 1},
		{[]float64{0}, 1, 60, 0},          // what cannot happen happened
		{[]float64{0.5}, 3, 3, 0.125},     // so many
		{[]float64{0.5}, 1, 3, 0.5},       // so few: 1/8 + 3/8
		{[]float64{-0.1, 1.1}, 0, 2, 0.5}, // a rate outside 0 … 1 is held inside
	} {
		if got := counted(&Recorded{Events: c.events, Trials: c.trials, Temper: 1}).tail(c.rates, nil); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d of %d at rates %v: %v, want %v", c.events, c.trials, c.rates, got, c.want)
		}
	}
}

// summarised makes a record of one view from values by option and measure, with "a"
// as baseline; measures are called after their direction.
func summarised(better []string, options map[string][][]float64) *Record {
	r := &Record{Baseline: "a", Views: []View{{Name: "v"}}}
	for _, b := range better {
		r.Measures = append(r.Measures, Measure{Name: "is " + b, Better: b})
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		if values := options[name]; values != nil {
			r.Worlds = len(values[0])
			r.Results = append(r.Results, Result{Option: name, Views: []ViewResult{{View: "v", Values: values}}})
		}
	}
	r.summarise()
	return r
}

func column(n int, f func(i int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// Twenty-one worlds with the values 0 to 20: the quantiles by hand.
func TestSummaryByHand(t *testing.T) {
	up := column(21, func(i int) float64 { return float64(i) })
	s := summarised([]string{"higher"}, map[string][][]float64{"a": {up}}).Results[0].Views[0].Summary[0]
	for _, c := range []struct {
		name string
		got  *Float
		want float64
	}{{"mean", s.Mean, 10}, {"median", s.Median, 10}, {"p05", s.P05, 1}, {"p95", s.P95, 19}, {"drift", s.Halves, 15 - 4.5}} {
		if c.got == nil || math.Abs(float64(*c.got)-c.want) > 1e-12 {
			t.Errorf("%s is %v, want %g", c.name, c.got, c.want)
		}
	}
	if s.N != 21 || s.Undefined != 0 || *s.Better != 0 || *s.Worse != 0 || len(s.BeatenBy) != 0 {
		t.Errorf("%+v", s)
	}
}

// An undefined world is counted and left out.
func TestSummaryUndefined(t *testing.T) {
	nan := math.NaN()
	r := summarised([]string{"lower"}, map[string][][]float64{"a": {{nan, 1, 3, nan}}, "b": {{nan, nan, nan, nan}}})
	a, b := r.Results[0].Views[0].Summary[0], r.Results[1].Views[0].Summary[0]
	if a.N != 2 || a.Undefined != 2 || *a.Median != 2 {
		t.Errorf("half defined: %+v", a)
	}
	if b.N != 0 || b.Undefined != 4 || b.Median != nil || b.Better != nil || len(b.BeatenBy) != 0 {
		t.Errorf("never defined: %+v", b)
	}
}

// Against a definition: the share of the worlds, both defined, in which one is
// strictly better.
func TestComparisonByDefinition(t *testing.T) {
	const n = 40
	nan := math.NaN()
	shapes := map[string]func(i int) float64{
		"a": func(i int) float64 { return 10 },
		"b": func(i int) float64 { return 9 + 2*bitOf(i >= 2) },                    // above a in 38 of 40: 95 %
		"c": func(i int) float64 { return 9 + 2*bitOf(i >= 3) },                    // in 37 of 40
		"d": func(i int) float64 { return []float64{11, nan}[i%2] - bitOf(i < 8) }, // equal to a in four, above it in 16, undefined in 20
	}
	options := map[string][][]float64{}
	for name, f := range shapes {
		options[name] = [][]float64{column(n, f), column(n, f)}
	}
	r := summarised([]string{"higher", "lower"}, options)
	share := func(x, y []float64, higher bool) float64 {
		better, all := 0, 0
		for i := range x {
			if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
				all++
				if higher && x[i] > y[i] || !higher && x[i] < y[i] {
					better++
				}
			}
		}
		return float64(better) / float64(all)
	}
	for i, x := range r.Results {
		for k, s := range x.Views[0].Summary {
			mine, higher := x.Views[0].Values[k], r.Measures[k].Better == "higher"
			base := r.Results[0].Views[0].Values[k]
			if got, want := float64(*s.Better), share(mine, base, higher); got != want {
				t.Errorf("%s, %s: better in %g, want %g", x.Option, s.Measure, got, want)
			}
			if got, want := float64(*s.Worse), share(base, mine, higher); got != want {
				t.Errorf("%s, %s: worse in %g, want %g", x.Option, s.Measure, got, want)
			}
			want := []string{}
			for j, y := range r.Results {
				if j != i && share(y.Views[0].Values[k], mine, higher) >= 0.95 {
					want = append(want, y.Option)
				}
			}
			if !slices.Equal(s.BeatenBy, want) {
				t.Errorf("%s, %s: beaten by %v, want %v", x.Option, s.Measure, s.BeatenBy, want)
			}
		}
	}
	if b := r.Results[1].Views[0].Summary[0]; *b.Better != 0.95 {
		t.Errorf("b is better than a in %g of the worlds", *b.Better)
	}
}

// A measure that is neither better high nor low is compared with nothing.
func TestNoDirectionNoComparison(t *testing.T) {
	r := summarised([]string{""}, map[string][][]float64{"a": {{1, 2}}, "b": {{3, 4}}})
	if s := r.Results[1].Views[0].Summary[0]; s.Better != nil || s.Worse != nil || len(s.BeatenBy) != 0 {
		t.Errorf("%+v", s)
	}
}

// The two halves of a column that drifts have other medians; those of one that
// does not, the same.
func TestNotConverged(t *testing.T) {
	still := column(400, func(i int) float64 { return float64(i * 37 % 200) })
	drifts := column(400, func(i int) float64 { return float64(i*37%200) + bitOf(i >= 200)*25 })
	r := summarised([]string{"higher", "lower"}, map[string][][]float64{"a": {still, drifts}})
	r.Views = nil
	r.warnDrift()
	if len(r.Warnings) != 1 || !strings.HasPrefix(r.Warnings[0].Text, "not converged: in 1 cell the median") || !strings.Contains(r.Warnings[0].Text, "(is lower of a under v)") {
		t.Errorf("%q", r.Warnings)
	}
}

func bitOf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
