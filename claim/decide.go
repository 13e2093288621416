package claim

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"casus/special"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// Decider is the assumption that explains most of a reading over the worlds of
// a view: the share of the variance of whether it holds (1 or 0) that lies
// between worlds with different values of the assumption. A reading that holds
// in all worlds or in none is decided by nothing there; of a single comparison it
// is then the variance of the margin, by rank.
type Decider struct {
	Assumption string `json:"assumption"`
	Title      string `json:"title"`
	Index      Number `json:"index"`
	Lo         Number `json:"lo"`
	Hi         Number `json:"hi"`
	Of         string `json:"of"`       // whether it holds, or the margin
	Toward     string `json:"holds_at"` // high or low values, on the whole; empty: neither
	Settled    bool   `json:"settled"`  // it holds in all worlds or in none
	Next       string `json:"next"`     // the second, where the intervals of the two overlap; empty otherwise
	Judged     bool   `json:"rests_on_judgement_alone"`
}

// decide finds, for each reading over worlds and each view, the assumption that
// decides it.
func (l *Ledger) decide(r *study.Record) {
	for i := range l.Claims {
		for j := range l.Claims[i].Readings {
			rd := &l.Claims[i].Readings[j]
			for v := range rd.Views {
				s := &rd.Views[v]
				s.Decider, s.Why = decider(r, v, rd.expr, *s)
			}
		}
	}
}

// leastWorlds is where so many assumptions begin to be told apart from chance;
// with fewer worlds the spread of an index is itself too uncertain.
const leastWorlds = 64

// decider is nil where no assumption is shown to matter, and why says so. With
// so many assumptions asked at once, the first counts only where its interval is
// above 0 at 5 % over the number asked (Bonferroni).
func decider(r *study.Record, view int, p *proposition, s Share) (d *Decider, why string) {
	if len(r.Draws[s.View]) != len(r.Numbers) {
		return nil, "the draws of the worlds are not at hand"
	}
	if s.Worlds < leastWorlds {
		return nil, fmt.Sprintf("fewer than %d worlds in which it is defined", leastWorlds)
	}
	of, y := "whether it holds", column(r, view, p.expr, truth)
	settled := s.Holds == 0 || s.Holds == s.Worlds
	if settled && p.single() {
		of, y = "the margin", ranks(column(r, view, p.expr, margin))
	}
	if constant(y) {
		return nil, "it is the same in every world"
	}
	t, numbers := sensitivity.Sample{Y: y}, []study.Assumption{}
	for j, n := range r.Numbers {
		if !n.Solved { // what is solved for differs with the school, and decides nothing of its own
			t.Inputs, t.X, numbers = append(t.Inputs, n.Name), append(t.X, r.Draws[s.View][j]), append(numbers, n)
		}
	}
	ratios, err := sensitivity.FirstOrder(t, sensitivity.Bootstrap{})
	if err != nil {
		return nil, err.Error()
	}
	first, second := -1, -1
	for i, in := range ratios.Inputs {
		switch {
		case math.IsNaN(in.S1.Value):
		case first < 0 || in.S1.Value > ratios.Inputs[first].S1.Value:
			first, second = i, first
		case second < 0 || in.S1.Value > ratios.Inputs[second].S1.Value:
			second = i
		}
	}
	if first < 0 {
		return nil, "no assumption differs between these worlds"
	}
	s1 := ratios.Inputs[first].S1
	se := (s1.Hi - s1.Lo) / 2 / confident
	if s1.Value < se*special.NormalQuantile(1-0.05/float64(len(t.Inputs))) {
		return nil, "no single assumption is told apart from chance in these worlds"
	}
	d = &Decider{Assumption: ratios.Inputs[first].Input, Title: numbers[first].Title, Index: Number(s1.Value), Lo: Number(s1.Lo), Hi: Number(s1.Hi), Of: of,
		Toward: toward(t.X[first], y), Settled: settled}
	if second >= 0 && ratios.Inputs[second].S1.Hi > s1.Lo {
		d.Next = ratios.Inputs[second].Input
	}
	return d, ""
}

// constant reports whether all that is defined is the same.
func constant(xs []float64) bool {
	first := math.NaN()
	for _, x := range xs {
		switch {
		case math.IsNaN(first):
			first = x
		case x != first && !math.IsNaN(x):
			return false
		}
	}
	return true
}

// ranks are the places of numbers among each other; those that differ by rounding
// alone are equal, and equal numbers have equal places. What is not defined stays
// so.
func ranks(xs []float64) []float64 {
	most := 0.0
	for _, x := range xs {
		if math.Abs(x) > most {
			most = math.Abs(x)
		}
	}
	rounded := make([]float64, len(xs))
	for i, x := range xs {
		if rounded[i] = x; most > 0 {
			rounded[i] = math.Round(x/most*1e12) / 1e12
		}
	}
	return places(rounded)
}

func places(xs []float64) []float64 {
	var defined []float64
	for _, x := range xs {
		if !math.IsNaN(x) {
			defined = append(defined, x)
		}
	}
	slices.Sort(defined)
	out := make([]float64, len(xs))
	for i, x := range xs {
		if out[i] = math.NaN(); !math.IsNaN(x) {
			from := sort.SearchFloat64s(defined, x)
			to := sort.Search(len(defined), func(k int) bool { return defined[k] > x })
			out[i] = float64(from+to-1) / 2
		}
	}
	return out
}

// leastCorrelation is the rank correlation below which neither end of an
// assumption is said to favour a reading.
const leastCorrelation = 0.1

// toward says at which end of an input an output is larger, by their rank
// correlation (Spearman 1904).
func toward(x, y []float64) string {
	var xs, ys []float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			xs, ys = append(xs, x[i]), append(ys, y[i])
		}
	}
	switch c := correlation(ranks(xs), ranks(ys)); {
	case c > leastCorrelation:
		return "high"
	case c < -leastCorrelation:
		return "low"
	}
	return ""
}

// correlation is Pearson's; NaN where one of the two does not vary.
func correlation(xs, ys []float64) float64 {
	mean := func(v []float64) float64 {
		sum := 0.0
		for _, x := range v {
			sum += x
		}
		return sum / float64(len(v))
	}
	mx, my := mean(xs), mean(ys)
	xx, yy, xy := 0.0, 0.0, 0.0
	for i := range xs {
		dx, dy := xs[i]-mx, ys[i]-my
		xx += float64(dx * dx)
		yy += float64(dy * dy)
		xy += float64(dx * dy)
	}
	return xy / math.Sqrt(float64(xx*yy))
}
