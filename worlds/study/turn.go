package study

import (
	"math"
	"slices"
	"sort"
)

// Turn is the assumption that closes most of the gap between two schools, where
// they hold different things of it.
type Turn struct {
	Assumption string `json:"assumption"`
	Title      string `json:"title"`
	Closes     Float  `json:"share_of_the_gap"`
	Error      Float  `json:"standard_error"`
}

// closesMuch is the share of a gap from which an assumption is said to decide it.
const closesMuch = 0.25

// turn finds the assumption that closes most of the gap between two schools in a
// cell, of those on which they differ; null where none closes much, or none that
// chance could not have given. It needs a union, whose worlds draw each assumption
// from one of the schools whatever the others are: without one nothing is known.
func (r *Record) turn(i, k, low, high int) (best *Turn, known bool) {
	u := slices.IndexFunc(r.Views, func(v View) bool { return v.Union })
	if u < 0 || r.sums != nil {
		return nil, false
	}
	for _, v := range []int{u, low, high} {
		if len(r.Draws[r.Views[v].Name]) != len(r.Numbers) {
			return nil, false
		}
	}
	gap := r.meanOf(i, k, high) - r.meanOf(i, k, low)
	if !(gap > 0) {
		return nil, true // the medians part, the means do not: nothing to share out
	}
	mixed := mixedColumn{r.Results[i].Views[u].Values[k], r.counts(i, k, u)}
	for j, n := range r.Numbers {
		if n.Solved || !n.between(r.Views[low].Name, r.Views[high].Name) {
			continue
		}
		by, err := mixed.swap(r.drawn(u, j), r.drawn(low, j), r.drawn(high, j))
		x := Turn{n.Name, n.Title, Float(by / gap), Float(err / gap)}
		if x.Closes >= closesMuch && x.Closes >= 2*x.Error && (best == nil || x.Closes > best.Closes) {
			best = &x
		}
	}
	return best, true
}

func (r *Record) drawn(view, number int) []float64 { return r.Draws[r.Views[view].Name][number] }

// counts weighs the worlds of a view in a cell: of a conditional
// measure the probability of its condition.
func (r *Record) counts(i, k, view int) []float64 {
	values := r.Results[i].Views[view].Values
	if g := r.measure(r.Measures[k].Given); g >= 0 {
		return times(nil, values[g])
	}
	return nil
}

func (r *Record) meanOf(i, k, view int) float64 {
	s := summaryOf("", r.Results[i].Views[view].Values[k], r.counts(i, k, view))
	if s.Mean == nil {
		return math.NaN()
	}
	return float64(*s.Mean)
}

// between reports whether two schools hold different things of a number.
func (n Assumption) between(a, b string) bool {
	held := map[string]string{}
	for _, x := range n.Beliefs {
		held[x.View] = x.Dist
	}
	return held[a] != held[b]
}

// mixedColumn is a measure in the worlds of a union, and what these count for (nil:
// alike).
type mixedColumn struct{ ys, weights []float64 }

// swap says by how much the mean of a measure rises where an input x is drawn as
// one school has it (to) instead of as another does (from), all else mixed as in
// the union: the difference of E[y | x] over the two. E[y | x] is a mean over
// slices of x that hold about as many worlds each, or over single values where
// there are few. Where y is a sum of functions of its inputs the swaps of all
// inputs add up to the gap of the two schools. The standard error is that of the
// means of the slices.
func (c mixedColumn) swap(x, from, to []float64) (rise, err float64) {
	cuts := slicesOf(x)
	mean, variance := c.within(x, cuts)
	before, after := sharesIn(from, cuts), sharesIn(to, cuts)
	sum := 0.0
	for b := range mean {
		if d := after[b] - before[b]; d != 0 {
			rise += float64(d * mean[b])
			sum += float64(float64(d*d) * variance[b])
		}
	}
	return rise, math.Sqrt(sum)
}

// Slices are no more than these, and hold no fewer worlds than that.
const (
	mostSlices = 16
	leastSlice = 8
)

// slicesOf are the lower ends of the slices of an input but the first.
func slicesOf(x []float64) []float64 {
	sorted := slices.Sorted(slices.Values(x))
	if values := slices.Compact(slices.Clone(sorted)); len(values) <= mostSlices {
		return values[min(1, len(values)):]
	}
	n := max(min(mostSlices, len(sorted)/leastSlice), 1)
	var cuts []float64
	for b := 1; b < n; b++ {
		cuts = append(cuts, sorted[b*len(sorted)/n])
	}
	return slices.Compact(cuts)
}

// sliceAt is the slice that a value falls into.
func sliceAt(x float64, cuts []float64) int {
	return sort.Search(len(cuts), func(i int) bool { return cuts[i] > x })
}

// sharesIn are the shares of draws by slice.
func sharesIn(draws, cuts []float64) []float64 {
	out := make([]float64, len(cuts)+1)
	for _, x := range draws {
		out[sliceAt(x, cuts)] += 1 / float64(len(draws))
	}
	return out
}

// within gives the mean of the measure in each slice and the variance of that
// mean; a slice in which nothing is defined has the mean of all.
func (c mixedColumn) within(x, cuts []float64) (mean, variance []float64) {
	n := len(cuts) + 1
	ys, ws := make([][]float64, n), make([][]float64, n)
	for w, y := range c.ys {
		b := sliceAt(x[w], cuts)
		ys[b] = append(ys[b], y)
		if c.weights != nil {
			ws[b] = append(ws[b], c.weights[w])
		}
	}
	whole, _ := meanAndVariance(c.ys, c.weights)
	for b := range ys {
		m, v := meanAndVariance(ys[b], ws[b])
		if math.IsNaN(m) {
			m, v = whole, 0
		}
		mean, variance = append(mean, m), append(variance, v)
	}
	return mean, variance
}

// meanAndVariance are a weighted mean of what is defined, and the variance of that
// mean; NaN where nothing is.
func meanAndVariance(ys, weights []float64) (mean, variance float64) {
	sum, total, squares := 0.0, 0.0, 0.0
	each := func(do func(y, w float64)) {
		for i, y := range ys {
			w := 1.0
			if weights != nil {
				w = weights[i]
			}
			if w > 0 && !math.IsNaN(y) {
				do(y, w)
			}
		}
	}
	each(func(y, w float64) { sum, total = sum+float64(w*y), total+w })
	mean = sum / total
	each(func(y, w float64) { squares += float64(float64(w*(y-mean)) * float64(w*(y-mean))) })
	return mean, squares / float64(total*total)
}
