package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A design as a picture: one row a world, the draw at its place in the unit
// interval, bars at the strata. The first 2^m rows of "sobol" fill 2^m strata;
// "lhs" fills its own N only; "mc" promises nothing.
func TestDesignPictures(t *testing.T) {
	var b strings.Builder
	for _, kind := range DesignKinds() {
		for _, name := range []string{"cost", "resolve"} {
			fmt.Fprintf(&b, "%s %s\n", kind, name)
			for _, u := range (Design{kind, 0, 16, 0}).Column(name) {
				row := []byte(strings.Repeat("|...", 16) + "|")
				row[int(u*64)] = '#'
				fmt.Fprintf(&b, "\t%s %.15f\n", row, u)
			}
		}
	}
	golden(t, "testdata/designs.txt", b.String())
}

// filled says whether each of len(us) strata holds exactly one.
func filled(us []float64) bool {
	seen := make([]bool, len(us))
	for _, u := range us {
		k := int(u * float64(len(us)))
		if u <= 0 || u >= 1 || seen[k] {
			return false
		}
		seen[k] = true
	}
	return true
}

func name(k int) string { return fmt.Sprintf("assumption %d", k) }

func TestNestedFillsStrata(t *testing.T) {
	for k := range 40 {
		us := Design{Nested, uint64(k), 1 << 14, 0}.Column(name(k))
		for m := range 15 {
			if !filled(us[:1<<m]) {
				t.Errorf("%s: first 2^%d worlds", name(k), m)
			}
		}
		for m := 6; m < 14; m++ {
			for from := 0; from < len(us); from += 1 << m {
				if !filled(us[from : from+1<<m]) {
					t.Fatalf("%s: 2^%d worlds from %d", name(k), m, from)
				}
			}
		}
	}
}

func TestLatinHypercubeFillsStrata(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 100, 1000, 1 << 14, 100003} {
		for seed := range uint64(3) {
			if us := (Design{LatinHypercube, seed, n, 0}).Column("x"); len(us) != n || !filled(us) {
				t.Errorf("seed %d, N %d", seed, n)
			}
		}
	}
}

// The worlds of a block are the worlds of the column, wherever it is cut.
func TestBlocksAreTheColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Design{
			rapid.SampledFrom(append(DesignKinds(), "")).Draw(t, "kind"),
			rapid.Uint64().Draw(t, "seed"),
			rapid.IntRange(0, 1000).Draw(t, "N"),
			0,
		}
		if d.Kind != LatinHypercube {
			d.First = rapid.IntRange(0, 1000).Draw(t, "first")
		}
		who := rapid.String().Draw(t, "name")
		to := rapid.IntRange(0, d.N).Draw(t, "to")
		from := rapid.IntRange(0, to).Draw(t, "from")
		if !slices.Equal(d.Block(who, from, to), d.Column(who)[from:to]) {
			t.Fatalf("block %d to %d differs", from, to)
		}
		if d.Kind == LatinHypercube {
			return
		}
		if all := (Design{d.Kind, d.Seed, d.First + d.N, 0}); !slices.Equal(d.Block(who, from, to), all.Column(who)[d.First+from:d.First+to]) {
			t.Fatalf("worlds %d to %d are others than in the whole design", d.First+from, d.First+to)
		}
	})
}

// More worlds keep the worlds there are, except in a Latin hypercube.
func TestExtendingKeepsWorlds(t *testing.T) {
	for _, kind := range []string{MonteCarlo, Nested} {
		short, long := Design{kind, 7, 300, 0}.Column("x"), Design{kind, 7, 5000, 0}.Column("x")
		if !slices.Equal(short, long[:300]) {
			t.Errorf("%s: extension moved a draw", kind)
		}
	}
}

// Monte Carlo worlds are the draws of the stream, so one can be replayed by hand.
func TestMonteCarloIsTheStream(t *testing.T) {
	us, s := Design{MonteCarlo, 3, 100, 0}.Column("x"), NewStream(3, "x")
	for i, u := range us {
		if u != s.Uniform(uint64(i)) {
			t.Fatalf("world %d", i)
		}
	}
}

func TestSeedsAndNamesDiffer(t *testing.T) {
	for _, kind := range DesignKinds() {
		a := Design{kind, 0, 64, 0}.Column("x")
		if slices.Equal(a, Design{kind, 1, 64, 0}.Column("x")) || slices.Equal(a, Design{kind, 0, 64, 0}.Column("y")) {
			t.Errorf("%s: equal columns", kind)
		}
	}
}

func TestDesignCheck(t *testing.T) {
	for _, c := range []struct {
		d    Design
		want string
	}{
		{Design{}, "<nil>"},
		{Design{N: 10}, "<nil>"},
		{Design{Kind: "halton", N: 10}, `unknown design "halton" (there are sobol, lhs, mc)`},
		{Design{N: -1}, "a design wants 0 to 2147483648 worlds, got -1"},
	} {
		if got := fmt.Sprint(c.d.Check()); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.d, got, c.want)
		}
	}
}

// digits makes a nested uniform scrambling if the points share exactly as many
// leading digits, pair by pair, as the van der Corput points do: that is what a
// random automorphism of the binary tree preserves, and all it preserves.
func TestDigitsScrambleTheTree(t *testing.T) {
	var points []uint64
	for c := range uint64(8) {
		d := digits(NewStream(0, "x"), c)
		points = append(points, d[:]...)
	}
	sameTree(t, points, grayless(len(points)))
}

// correlations gives |r| for every pair of columns.
func correlations(columns [][]float64) []float64 {
	var rs []float64
	for i := range columns {
		for j := range i {
			rs = append(rs, math.Abs(correlation(columns[i], columns[j])))
		}
	}
	return rs
}

func correlation(a, b []float64) float64 {
	ma, mb := Mean(a), Mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

func columns(d Design, names int) [][]float64 {
	var all [][]float64
	for k := range names {
		all = append(all, d.Column(name(k)))
	}
	return all
}

func rms(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x * x
	}
	return math.Sqrt(sum / float64(len(xs)))
}

// Names are as little correlated as independent draws are: r has standard
// deviation 1/√N = 0.044, and the largest of 4950 pairs stays within five.
func TestNamesAreNotCorrelated(t *testing.T) {
	const n, names = 512, 100
	sd := 1 / math.Sqrt(n)
	for _, kind := range DesignKinds() {
		rs := correlations(columns(Design{kind, 0, n, 0}, names))
		t.Logf("%s: root mean square %.4f, largest %.3f", kind, rms(rs), slices.Max(rs))
		if rms(rs) > 1.05*sd || slices.Max(rs) > 5*sd {
			t.Errorf("%s: root mean square %.4f, largest %.3f of %d pairs", kind, rms(rs), slices.Max(rs), len(rs))
		}
	}
}

// The road not taken: a Sobol' dimension drawn by the name. Some pairs of names
// come out correlated by 3/4, which is why the design is not made that way.
func TestDimensionsDrawnByNameCollide(t *testing.T) {
	const n, names = 512, 100
	var all [][]float64
	for k := range names {
		s := NewStream(0, name(k))
		all = append(all, scrambledPoints(randomDimension(s), n, s, 0))
	}
	rs := correlations(all)
	bad := 0
	for _, r := range rs {
		if r > 0.5 {
			bad++
		}
	}
	t.Logf("root mean square %.4f, largest %.3f, %d of %d pairs above 1/2", rms(rs), slices.Max(rs), bad, len(rs))
	if bad == 0 {
		t.Error("no pair collides: the reason given in nested is wrong")
	}
}

// randomDimension takes a primitive polynomial and initial numbers by name.
func randomDimension(s Stream) [digitsSobol]uint32 {
	var polynomials []uint32
	for line := range strings.Lines(joeKuo) {
		if numbers := numbersOf(line); len(numbers) > 0 {
			polynomials = append(polynomials, numbers[0])
		}
	}
	p := polynomials[s.Index(0, len(polynomials))]
	var initial []uint32
	for k := 0; p>>(k+1) > 0; k++ {
		initial = append(initial, uint32(2*s.Index(uint64(k+1), 1<<k)+1))
	}
	return extend(p, initial)
}

// smooth is a product in ten inputs with mean 1, of which the single effects
// make up nine tenths of the variance.
func smooth(columns [][]float64, i int) float64 {
	y := 1.0
	for j, us := range columns {
		y *= 1 + (us[i]-0.5)/(1+float64(j)/4)
	}
	return y
}

// errorOf is the root mean square error of the mean of smooth over seeds.
func errorOf(kind string, n, seeds int) float64 {
	var errs []float64
	for seed := range seeds {
		all := columns(Design{kind, uint64(seed), n, 0}, 10)
		sum := 0.0
		for i := range n {
			sum += smooth(all, i)
		}
		errs = append(errs, sum/float64(n)-1)
	}
	return rms(errs)
}

// Single effects gone, a tenth of the variance is left: an error of √0.1, so a
// ratio of three. A hundred seeds know the ratio to 10 %.
func TestStratifiedDesignsIntegrateBetter(t *testing.T) {
	mc := errorOf(MonteCarlo, 4096, 100)
	for _, kind := range []string{Nested, LatinHypercube} {
		e := errorOf(kind, 4096, 100)
		t.Logf("%s: error %.2g, mc %.2g, ratio %.1f", kind, e, mc, mc/e)
		if e > mc/2.2 {
			t.Errorf("%s: error %.2g, mc %.2g", kind, e, mc)
		}
	}
}

// The mean of a single assumption, at an N of no particular form too.
func TestSingleEffectsAreAlmostExact(t *testing.T) {
	for _, n := range []int{512, 1000, 4096, 10000} {
		mean := Mean(Design{Nested, 0, n, 0}.Column("x"))
		if off := math.Abs(mean - 0.5); off > 4.0/float64(n) {
			t.Errorf("N %d: mean %.6f", n, mean)
		}
	}
}

func BenchmarkColumn16384(b *testing.B) {
	for _, kind := range DesignKinds() {
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				Design{kind, 0, 1 << 14, 0}.Column("x")
			}
		})
	}
}
