package decision

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"casus/worlds/draw"
)

// Pair holds option A against option B world by world. Differences are A − B in
// the measure's unit, whichever way is better; one that does not matter is a tie.
type Pair struct {
	A      string    `json:"a"`
	B      string    `json:"b"`
	Unit   string    `json:"unit"`
	Wanted Direction `json:"better_is"`
	Count
	Mean      Number   `json:"mean_difference"`
	Student   Interval `json:"student"`   // for the mean, paired
	Bootstrap Interval `json:"bootstrap"` // for the mean, paired
	Median    Number   `json:"median_difference"`
	Better    Share    `json:"a_better"`
	Worse     Share    `json:"a_worse"`
	Tied      Share    `json:"tied"`
}

// Resamples is the usual number of bootstrap resamples.
const Resamples = 2000

// NewPair compares the options named a and b of a table, in the worlds in which
// both are defined; other options do not matter. The mean difference has two
// intervals, both paired and both about the drawing of worlds (see the package
// comment): Student's t, and the percentile bootstrap over whole worlds (Efron
// 1979) with so many resamples drawn from the seed. Where the two disagree the
// differences are far from normal, and the bootstrap is the one to trust. Both
// are NaN for fewer than two worlds.
func NewPair(t *Table, a, b string, confidence float64, resamples int, seed uint64) (*Pair, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if err := checkConfidence(confidence); err != nil {
		return nil, err
	}
	if resamples < 1 {
		return nil, fmt.Errorf("%d bootstrap resamples; use 1 or more, such as %d", resamples, Resamples)
	}
	ia, ib := slices.Index(t.Options, a), slices.Index(t.Options, b)
	if ia < 0 || ib < 0 {
		return nil, fmt.Errorf("measure %q: cannot compare %q and %q; the options are %q", t.Measure, a, b, t.Options)
	}
	kept, c := complete([][]float64{t.Values[ia], t.Values[ib]}, t.Weights, t.worlds())
	ws, diff := weigh(t.Weights, kept), make([]float64, len(kept))
	better, worse, tied := make([]bool, len(kept)), make([]bool, len(kept)), make([]bool, len(kept))
	for i, w := range kept {
		diff[i] = t.Values[ia][w] - t.Values[ib][w]
		gain := t.Better.sign() * diff[i]
		better[i], worse[i] = !ties(gain, t.Matters), !ties(-gain, t.Matters)
		tied[i] = !better[i] && !worse[i]
	}
	in := newSample(diff, ws)
	return &Pair{A: a, B: b, Unit: t.Unit, Wanted: t.Better, Count: c,
		Mean: Number(in.mean()), Median: Number(in.quantile(0.5)),
		Student:   in.student(confidence),
		Bootstrap: in.bootstrap(confidence, resamples, draw.NewStream(seed, "paired difference")),
		Better:    share(better, ws, confidence), Worse: share(worse, ws, confidence), Tied: share(tied, ws, confidence)}, nil
}

// bootstrap is the percentile interval for the mean. It resamples the sorted
// sample, so that the order of the worlds does not matter.
func (s sample) bootstrap(confidence float64, resamples int, from draw.Stream) Interval {
	out := Interval{Lo: Number(math.NaN()), Hi: Number(math.NaN()), Confidence: confidence, Method: fmt.Sprintf("percentile bootstrap, %d resamples", resamples)}
	n := len(s.xs)
	if n < 2 {
		return out
	}
	means := make([]float64, resamples)
	for r := range means {
		sum, weights := 0.0, 0.0
		for _, i := range resample(from, r, n) {
			sum += float64(s.xs[i] * s.ws[i])
			weights += s.ws[i]
		}
		means[r] = sum / weights
	}
	slices.Sort(means)
	out.Lo = Number(draw.Quantile(means, (1-confidence)/2))
	out.Hi = Number(draw.Quantile(means, (1+confidence)/2))
	return out
}

// resample are n of 0 … n−1 drawn with replacement, by the number of the
// resample.
func resample(from draw.Stream, r, n int) []int {
	words := make([]uint64, n)
	from.Fill(words, uint64(r)*uint64(n))
	out := make([]int, n)
	for i, w := range words {
		hi, _ := bits.Mul64(w, uint64(n)) // Lemire 2019
		out[i] = int(hi)
	}
	return out
}
