package special

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Values to twenty digits, computed with mpmath 1.3 at sixty.
var betas = []struct{ a, b, x, want float64 }{
	{1.0, 1.0, 0.3, 0.2999999999999999889},
	{2.0, 5.0, 0.2, 0.34464000000000002728},
	{2.0, 5.0, 0.9, 0.99994500000000000006},
	{0.5, 0.5, 0.01, 0.063768560858519848583},
	{0.01, 0.01, 0.5, 0.5},
	{0.01, 3.0, 1e-09, 0.82506361541603104404},
	{5.0, 0.01, 0.999, 0.047204119992922756052},
	{150.0, 150.0, 0.5, 0.5},
	{150.0, 150.0, 0.45, 0.041374001627040350909},
	{1000.0, 3.0, 0.99, 0.0026356046544206667992},
	{74.0, 74.0, 0.6, 0.99293307727086730749},
	{10000.0, 20000.0, 0.33, 0.11020551912741971582},
	{1000000.0, 1000000.0, 0.5005, 0.9213504224190753254},
	{1000000.0, 5.0, 0.99999, 0.029251363933318487467},
	{2.4, 2.6, 1e-12, 8.9247732893886895348e-29},
	{12.5, 0.5, 0.97, 0.38760427329575316819},
}

var normals = []struct{ x, want float64 }{
	{-38.0, 2.8854283600687843084e-316},
	{-20.0, 2.7536241186062336951e-89},
	{-8.5, 9.4795348222033183542e-18},
	{-5.0, 2.8665157187919391167e-7},
	{-3.0, 0.0013498980316300945267},
	{-2.0001, 0.022744733391410547102},
	{-1.9999, 0.022755531584767186476},
	{-1.0, 0.15865525393145705141},
	{-0.3, 0.38208857781104736693},
	{0.0, 0.5},
	{1e-09, 0.5000000003989422804},
	{0.5, 0.69146246127401310364},
	{1.7, 0.95543453724145695634},
	{2.5, 0.99379033467422386483},
	{6.0, 0.99999999901341235496},
}

func off(got, want float64) float64 { return math.Abs(got-want) / math.Abs(want) }

func TestBetaCDF(t *testing.T) {
	for _, c := range betas {
		if got := BetaCDF(c.a, c.b, c.x); off(got, c.want) > 3e-13*max(1, max(c.a, c.b)/1e5) {
			t.Errorf("I_%v(%v, %v) = %v, want %v, off by %.1e", c.x, c.a, c.b, got, c.want, off(got, c.want))
		}
	}
}

func TestNormalCDF(t *testing.T) {
	for _, c := range normals {
		if got := NormalCDF(c.x); off(got, c.want) > 2e-14 {
			t.Errorf("Φ(%v) = %v, want %v, off by %.1e", c.x, got, c.want, off(got, c.want))
		}
	}
	for x := -37.0; x < 9; x += 0.0173 {
		if got, want := NormalCDF(x), distuv.UnitNormal.CDF(x); off(got, want) > 3e-13 {
			t.Errorf("Φ(%v) = %v, gonum has %v", x, got, want)
		}
		if p := NormalCDF(x); p > 1e-300 && p < 0.999 && math.Abs(NormalQuantile(p)-x) > 4e-13*max(1, math.Abs(x)) {
			t.Errorf("the quantile at %v is %v, not %v", p, NormalQuantile(p), x)
		}
	}
}

// What the library says that was used before.
func TestAgainstGonum(t *testing.T) {
	for _, a := range []float64{0.05, 0.5, 1, 2.5, 8, 74, 400} {
		for _, b := range []float64{0.05, 0.5, 1, 3.5, 9, 74, 400} {
			for _, p := range []float64{1e-9, 0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999} {
				x := BetaQuantile(a, b, p)
				if got := BetaCDF(a, b, x); x > 1e-290 && x < 1 && math.Abs(got-p) > 2e-13+0x1p-51*bend(a, b, x) {
					t.Errorf("beta(%v, %v): the quantile at %v is %v, below it is %v", a, b, p, x, got)
				}
				if y := mathext.InvRegIncBeta(a, b, p); x > 1e-200 && off(mathext.RegIncBeta(a, b, y), p) < 1e-14 && math.Abs(x-y) > 1e-9*x {
					t.Errorf("beta(%v, %v): the quantile at %v is %v, gonum has %v", a, b, p, x, y)
				}
			}
		}
	}
	for _, n := range []float64{1, 2, 3, 10, 127, 5000} {
		for _, p := range []float64{0.001, 0.025, 0.4, 0.5, 0.9, 0.975, 0.9995} {
			got, want := StudentQuantile(n, p), distuv.StudentsT{Sigma: 1, Nu: n}.Quantile(p)
			if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("t(%v, %v) = %v, gonum has %v", p, n, got, want)
			}
		}
	}
	for n := 1; n < 60; n += 7 {
		for k := -1; k <= n; k++ {
			for _, p := range []float64{0, 0.01, 0.5, 0.97, 1} {
				want := 0.0
				for i := 0; i <= k; i++ {
					want += distuv.Binomial{N: float64(n), P: p}.Prob(float64(i))
				}
				if p == 0 || p == 1 {
					want = map[bool]float64{true: 1, false: 0}[k >= 0 && (p == 0 || k >= n)]
				}
				if got := BinomialCDF(k, n, p); math.Abs(got-want) > 1e-12 {
					t.Errorf("at most %d of %d at %v: %v, want %v", k, n, p, got, want)
				}
			}
		}
	}
}

// bend is how steep the distribution is, times x: what one digit of x is worth.
func bend(a, b, x float64) float64 { return betaPower(a, b, x, 1-x) / (1 - x) }

func BenchmarkBetaQuantile(b *testing.B) {
	bench(b, func(x float64) float64 { return BetaQuantile(2.4, 3.6, x/601) })
}
func BenchmarkGonumBetaQuantile(b *testing.B) {
	bench(b, func(x float64) float64 { return mathext.InvRegIncBeta(2.4, 3.6, x/601) })
}
func BenchmarkBetaCDF(b *testing.B) {
	bench(b, func(x float64) float64 { return BetaCDF(2.4, 3.6, x/601) })
}
func BenchmarkGonumBetaCDF(b *testing.B) {
	bench(b, func(x float64) float64 { return mathext.RegIncBeta(2.4, 3.6, x/601) })
}
func BenchmarkNormalQuantile(b *testing.B) {
	bench(b, func(x float64) float64 { return NormalQuantile(x / 601) })
}
func BenchmarkGonumNormalQuantile(b *testing.B) {
	bench(b, func(x float64) float64 { return mathext.NormalQuantile(x / 601) })
}
