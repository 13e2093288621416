package draw

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// discrete has finitely many values: ascending, each with positive probability.
type discrete struct {
	values, probs []float64
	cum           []float64 // cum[i] is the probability of at most values[i]; the last is 1
	means         []float64 // means[i] is the sum of value·probability up to i
	name          string
}

func fixed(x float64) Dist { return makeDiscrete([]float64{x}, []float64{1}, call("fixed", x)) }

func newFixed(args []float64) (Dist, error) { return fixed(args[0]), nil }

func newDiscrete(args []float64) (Dist, error) {
	var values, weights []float64
	for pair := range slices.Chunk(args, 2) {
		values, weights = append(values, pair[0]), append(weights, pair[1])
	}
	probs, err := shares(weights)
	if err != nil {
		return nil, fmt.Errorf("discrete: %w, got weights %s", err, list(weights))
	}
	return makeDiscrete(values, probs, call("discrete", args...)), nil
}

// makeDiscrete sorts the values, adds up the probabilities of equal ones and
// leaves out those without any. The probabilities sum to 1.
func makeDiscrete(values, probs []float64, name string) *discrete {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return sign(values[i] - values[j]) })
	d := &discrete{name: name}
	for _, i := range order {
		d.add(values[i], probs[i])
	}
	return d.summed()
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

func (d *discrete) add(value, prob float64) {
	last := len(d.values) - 1
	switch {
	case prob == 0:
	case last >= 0 && d.values[last] == value:
		d.probs[last] += prob
	default:
		d.values, d.probs = append(d.values, value), append(d.probs, prob)
	}
}

func (d *discrete) summed() *discrete {
	p, m := 0.0, 0.0
	for i, value := range d.values {
		p += d.probs[i]
		m += float64(d.probs[i] * value)
		d.cum, d.means = append(d.cum, p), append(d.means, m)
	}
	d.cum[len(d.cum)-1] = 1
	return d
}

func (d *discrete) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	return d.values[min(sort.SearchFloat64s(d.cum, u), len(d.cum)-1)]
}

func (d *discrete) CDF(x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	n := sort.Search(len(d.values), func(i int) bool { return d.values[i] > x })
	return before(d.cum, n)
}

func (d *discrete) under(x float64) float64 { return before(d.cum, sort.SearchFloat64s(d.values, x)) }

func (d *discrete) upto(x float64) float64 {
	n := sort.Search(len(d.values), func(i int) bool { return d.values[i] > x })
	return before(d.means, n)
}

// before reads a row of running sums: the sum of the first n.
func before(sums []float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return sums[n-1]
}

func (d *discrete) Mean() float64 {
	lo, hi := d.Support()
	return min(max(d.means[len(d.means)-1], lo), hi)
}

func (d *discrete) Support() (lo, hi float64) { return d.values[0], d.values[len(d.values)-1] }

func (d *discrete) String() string { return d.name }

// within keeps the values in lo … hi; ok is false when there are none.
func (d *discrete) within(lo, hi float64) (part *discrete, mass float64, ok bool) {
	from := sort.SearchFloat64s(d.values, lo)
	to := sort.Search(len(d.values), func(i int) bool { return d.values[i] > hi })
	if from >= to {
		return nil, 0, false
	}
	for _, p := range d.probs[from:to] {
		mass += p
	}
	probs, _ := shares(d.probs[from:to])
	return makeDiscrete(d.values[from:to], probs, pairs(d.values[from:to], probs)), mass, true
}

// pairs writes values and weights as the call that makes them.
func pairs(values, probs []float64) string {
	if len(values) == 1 {
		return call("fixed", values[0])
	}
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = number(value) + ", " + number(probs[i])
	}
	return "discrete(" + strings.Join(words, ", ") + ")"
}
