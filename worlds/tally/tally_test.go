package tally_test

import (
	"bytes"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"casus/worlds/tally"
)

// anything draws doubles of any size, and what is no number now and then.
func anything() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 1), rapid.Just(0.0), rapid.Just(math.Copysign(0, -1)), rapid.Just(math.MaxFloat64), rapid.Just(5e-324), rapid.Just(-math.MaxFloat64))
}

// A sum is that of rational numbers, rounded once; in any order, and divided in any
// way among several, it has the same bytes, which can be read again.
func TestSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(anything()).Draw(t, "numbers")
		want := new(big.Rat)
		var all tally.Sum
		for _, x := range xs {
			want.Add(want, new(big.Rat).SetFloat64(x))
			all.Add(x)
		}
		near, _ := want.Float64()
		if got := all.Value(); got != near {
			t.Fatalf("%v sum up to %g, not %g", xs, got, near)
		}
		shuffled := rapid.Permutation(xs).Draw(t, "order")
		cut := rapid.IntRange(0, len(xs)).Draw(t, "cut")
		var a, b tally.Sum
		for i, x := range shuffled {
			if i < cut {
				a.Add(x)
			} else {
				b.Add(x)
			}
		}
		var read tally.Sum
		rest, err := read.Take(append(b.Append(nil), 7))
		if err != nil || !bytes.Equal(rest, []byte{7}) {
			t.Fatal(rest, err)
		}
		a.Merge(&read)
		if !bytes.Equal(a.Append(nil), all.Append(nil)) || a.Value() != near {
			t.Fatalf("%v, cut at %d: other bytes than %v", shuffled, cut, xs)
		}
	})
}

// Infinities and what is no number come out as IEEE 754 adds them.
func TestSumNotFinite(t *testing.T) {
	inf := math.Inf(1)
	for _, xs := range [][]float64{{inf}, {-inf, 3}, {inf, -inf}, {math.NaN(), 1}, {inf, inf, -5}} {
		var s, read tally.Sum
		want := 0.0
		for _, x := range xs {
			want += x
			s.Add(x)
		}
		if _, err := read.Take(s.Append(nil)); err != nil {
			t.Fatal(err)
		}
		for _, got := range []float64{s.Value(), read.Value()} {
			if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%v sum up to %g, not %g", xs, got, want)
			}
		}
	}
}

// Every number lies within Error of the middle of its bin, and bins follow each
// other as numbers do.
func TestKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := anything().Draw(t, "x"), anything().Draw(t, "y")
		if x < y && tally.Key(x) > tally.Key(y) {
			t.Fatalf("the bin of %g comes after that of %g", x, y)
		}
		if math.Abs(x) < 1e-300 || math.Abs(x) > 1e300 { // too small to have so many digits
			return
		}
		if m := tally.Middle(tally.Key(x)); math.Abs(m-x) > math.Abs(x)*tally.Error*(1+1e-12) {
			t.Fatalf("%g is in the bin of %g", x, m)
		}
	})
}

// Sketches merge in any order to the same bytes, and can be read again.
func TestBins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(anything()).Draw(t, "numbers")
		ws := rapid.SliceOfN(rapid.Float64Range(0, 3), len(xs), len(xs)).Draw(t, "weights")
		var all tally.Bins
		parts := make([]tally.Bins, 3)
		for i, x := range xs {
			all.Add(tally.Key(x), tally.WeightOf(ws[i]))
			parts[rapid.IntRange(0, 2).Draw(t, "part")].Add(tally.Key(x), tally.WeightOf(ws[i]))
		}
		var merged tally.Bins
		for _, p := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
			var read tally.Bins
			if rest, err := read.Take(parts[p].Append(nil)); err != nil || len(rest) > 0 {
				t.Fatal(rest, err)
			}
			merged.Merge(&read)
		}
		if !bytes.Equal(merged.Append(nil), all.Append(nil)) {
			t.Fatal("merged they have other bytes")
		}
		if !slices.IsSorted(all.Keys()) {
			t.Fatal(all.Keys())
		}
	})
}

// FuzzTake reads any bytes as a sum and as a sketch: they are refused, or written
// again they are read as the same.
func FuzzTake(f *testing.F) {
	var s tally.Sum
	s.Add(0.1)
	s.Add(-1e200)
	var b tally.Bins
	b.Add(tally.Key(0.3), tally.WeightOf(0.7))
	f.Add(s.Append(nil))
	f.Add(b.Append(nil))
	f.Add([]byte{4, 1, 1, 1, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, text []byte) {
		var s, again tally.Sum
		if _, err := s.Take(text); err == nil {
			once := s.Append(nil)
			if _, err := again.Take(once); err != nil || !bytes.Equal(again.Append(nil), once) {
				t.Error(err)
			}
		}
		var b, more tally.Bins
		if _, err := b.Take(text); err == nil {
			once := b.Append(nil)
			if _, err := more.Take(once); err != nil || !bytes.Equal(more.Append(nil), once) {
				t.Error(err)
			}
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	var s tally.Sum
	x := 0.37
	for b.Loop() {
		s.Add(x)
	}
}
