package study

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Of independent draws twice the error of a median comes out as theory has it, to what
// eight parts can tell; of what never changes it is nothing.
func TestTwiceErrorOfAMedian(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	sum, runs, n := 0.0, 200, 512
	r := &Record{Measures: peaceAndWar[:1], Results: []Result{{Option: "a"}}}
	for range runs {
		xs := make([]float64, n)
		for i := range xs {
			xs[i] = dice.NormFloat64()
		}
		b := answerBasis{sheet: r.over(func(int, int) []float64 { return xs }, nil)}
		sum += math.Pow(b.twiceError(0, 0), 2)
	}
	want := 2 * math.Sqrt(math.Pi/2/float64(n))
	if got := math.Sqrt(sum / float64(runs)); math.Abs(got/want-1) > 0.1 {
		t.Errorf("twice the error is %.4f in the mean, and %.4f by theory", got, want)
	}
	same := answerBasis{sheet: r.over(func(int, int) []float64 { return make([]float64, n) }, nil)}
	if got := same.twiceError(0, 0); got != 0 {
		t.Errorf("what never changes moves by %g", got)
	}
}

// A column given something is of the school that has it come about most often, by the
// part of the condition that lies in its worlds.
func TestLeaning(t *testing.T) {
	r := &Record{Worlds: 2, Results: []Result{{Option: "a", Views: []ViewResult{{Values: [][]float64{{0.1, 0.1}}}, {Values: [][]float64{{0.3, 0.5}}}}}},
		pool: &pool{schools: []int{0, 1}, weights: []float64{1, 1, 1, 1}, shares: []float64{0.5, 0.5}}}
	if s, part := r.leaning(0, 0); s != 1 || math.Abs(part-0.8) > 1e-12 {
		t.Errorf("school %d with %g, want 1 with 0.8", s, part)
	}
}
