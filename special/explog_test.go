package special

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

const digits = 240

func real(x float64) *big.Float { return new(big.Float).SetPrec(digits).SetFloat64(x) }

// bigExp is e^x by halving and Taylor's series.
func bigExp(x *big.Float) *big.Float {
	const halvings = 20
	r := new(big.Float).SetPrec(digits+halvings).SetMantExp(x, -halvings)
	total, term := real(1).SetPrec(digits+halvings), real(1).SetPrec(digits+halvings)
	for n := 1; n < 40; n++ {
		term.Mul(term, r)
		term.Quo(term, real(float64(n)))
		total.Add(total, term)
	}
	for range halvings {
		total.Mul(total, total)
	}
	return total
}

// bigLog is log x by Newton's method on bigExp, from a double.
func bigLog(x *big.Float) *big.Float {
	m := new(big.Float).SetPrec(digits)
	e := x.MantExp(m)
	f, _ := m.Float64()
	y := real(math.Log(f))
	for range 4 { // y += 2 (m − e^y)/(m + e^y)
		ey := bigExp(y)
		up, down := new(big.Float).SetPrec(digits).Sub(m, ey), new(big.Float).SetPrec(digits).Add(m, ey)
		up.Mul(up, real(2))
		y.Add(y, up.Quo(up, down))
	}
	return y.Add(y, new(big.Float).SetPrec(digits).Mul(ln2(), real(float64(e))))
}

var ln2Once *big.Float

func ln2() *big.Float {
	if ln2Once == nil {
		y := real(math.Ln2)
		for range 4 {
			ey := bigExp(y)
			up, down := new(big.Float).SetPrec(digits).Sub(real(2), ey), new(big.Float).SetPrec(digits).Add(real(2), ey)
			up.Mul(up, real(2))
			y.Add(y, up.Quo(up, down))
		}
		ln2Once = y
	}
	return ln2Once
}

// ulps is how far a result is from the truth, in units of the last place of the truth.
func ulps(got float64, want *big.Float) float64 {
	near, _ := want.Float64()
	_, e := math.Frexp(near)
	unit := math.Ldexp(1, e-53)
	off := new(big.Float).SetPrec(digits).Sub(real(got), want)
	far, _ := off.Quo(off, real(unit)).Float64()
	return math.Abs(far)
}

// Exp, Log and Pow against math/big, over their whole range and near 1, where Log
// is hard.
func TestExpLogPow(t *testing.T) {
	const allowed = 0.52
	r := rand.New(rand.NewPCG(1, 2))
	n := 20000
	if testing.Short() {
		n = 2000
	}
	worst := map[string]float64{}
	look := func(name string, x, y, got float64, want *big.Float) {
		off := ulps(got, want)
		worst[name] = max(worst[name], off)
		if !(off <= allowed) {
			t.Errorf("%s(%v, %v) = %v is %.4f units off", name, x, y, got, off)
		}
	}
	for i := range n {
		x := (r.Float64() - 0.5) * 1400
		if i%2 == 0 {
			x = (r.Float64() - 0.5) * math.Ldexp(1, -r.IntN(60))
		}
		if x > -708 {
			look("exp", x, 0, Exp(x), bigExp(real(x)))
		}
		z := math.Float64frombits(r.Uint64() >> 1)
		switch i % 4 {
		case 0:
			z = 1 + (r.Float64()-0.5)*math.Ldexp(1, -r.IntN(50))
		case 1:
			z = 0.5 + 1.5*r.Float64()
		}
		if z > 0 && z <= math.MaxFloat64 && z != 1 {
			look("log", z, 0, Log(z), bigLog(real(z)))
		}
		base, power := math.Exp(20*r.NormFloat64()), 10*r.NormFloat64()
		if e := power * math.Log(base); math.Abs(e) < 700 && i%4 == 0 {
			p := bigLog(real(base))
			look("pow", base, power, Pow(base, power), bigExp(p.Mul(p, real(power))))
		}
	}
	t.Logf("units in the last place, at most: %v", worst)
}

func TestEdges(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"exp 0", Exp(0), 1}, {"exp −0", Exp(math.Copysign(0, -1)), 1}, {"exp ∞", Exp(inf), inf}, {"exp −∞", Exp(-inf), 0}, {"exp NaN", Exp(nan), nan},
		{"exp 709.79", Exp(709.79), inf}, {"exp −746", Exp(-746), 0}, {"exp −745", Exp(-745), 5e-324}, {"exp −720", Exp(-720), math.Exp(-720)},
		{"log 0", Log(0), -inf}, {"log −1", Log(-1), nan}, {"log 1", Log(1), 0}, {"log ∞", Log(inf), inf}, {"log NaN", Log(nan), nan},
		{"log least", Log(5e-324), -744.4400719213812}, {"log most", Log(math.MaxFloat64), math.Log(math.MaxFloat64)},
		{"3²", Pow(3, 2), 9}, {"10^15", Pow(10, 15), 1e15}, {"(−2)³", Pow(-2, 3), -8}, {"(−2)²", Pow(-2, 2), 4}, {"(−2)^½", Pow(-2, 0.5), nan},
		{"0^0", Pow(0, 0), 1}, {"0^−1", Pow(0, -1), inf}, {"2^−1074", Pow(2, -1074), 5e-324}, {"2^5000", Pow(2, 5000), inf}, {"2^−5000", Pow(2, -5000), 0}, {"2^∞", Pow(2, inf), inf}, {"NaN^0", Pow(nan, 0), 1},
		{"sin 0", Sin(0), 0}, {"cos 0", Cos(0), 1}, {"sin π/6", Sin(math.Pi / 6), 0.5}, {"sin −1", Sin(-1), math.Sin(-1)},
	} {
		if c.got != c.want && !(math.IsNaN(c.got) && math.IsNaN(c.want)) && math.Abs(c.got-c.want) > 0x1p-52*math.Abs(c.want) {
			t.Errorf("%s = %v, want %v", c.what, c.got, c.want)
		}
	}
	for x := -16.0; x <= 16; x += 0.0137 {
		if math.Abs(Sin(x)-math.Sin(x)) > 3e-16 || math.Abs(Cos(x)-math.Cos(x)) > 3e-16 {
			t.Errorf("at %v: sine %v, cosine %v; package math has %v, %v", x, Sin(x), Cos(x), math.Sin(x), math.Cos(x))
		}
	}
	for x, want := range map[float64]int{1: 0, 9.99: 0, 10: 1, 0.1: -1, 0.0999: -2, -250: 2, 1000: 3, 1e-300: -300, 0: 0, inf: 0} {
		if got := Decade(x); got != want {
			t.Errorf("the decade of %v is %d, want %d", x, got, want)
		}
	}
}

// The tables are what they say.
func TestTables(t *testing.T) {
	for j, p := range powers {
		x := new(big.Float).SetPrec(digits).Mul(ln2(), real(float64(j)/64))
		if off := ulps(p.hi, bigExp(x)); off > 0.5 {
			t.Errorf("2^(%d/64) is %v units off", j, off)
		}
		rest := new(big.Float).SetPrec(digits).Sub(bigExp(x), real(p.hi))
		if lo, _ := rest.Float64(); lo != p.lo {
			t.Errorf("2^(%d/64): the rest is %v, not %v", j, lo, p.lo)
		}
	}
	for j, in := range inverses {
		x := bigLog(real(in.c))
		x.Neg(x)
		if hi, _ := x.Float64(); math.Abs(hi-in.hi) > 1e-60 { // bigLog is 0 to 60 digits at 1
			t.Errorf("part %d: log is %v, not %v", j, hi, in.hi)
		}
		x.Sub(x, real(in.hi))
		if lo, _ := x.Float64(); math.Abs(lo-in.lo) > 1e-40 {
			t.Errorf("part %d: the rest of log is %v, not %v", j, lo, in.lo)
		}
	}
}

func BenchmarkExp(b *testing.B)     { bench(b, Exp) }
func BenchmarkMathExp(b *testing.B) { bench(b, math.Exp) }
func BenchmarkLog(b *testing.B)     { bench(b, Log) }
func BenchmarkMathLog(b *testing.B) { bench(b, math.Log) }
func BenchmarkPow(b *testing.B) {
	bench(b, func(x float64) float64 { return Pow(x, 1.7) })
}
func BenchmarkMathPow(b *testing.B) {
	bench(b, func(x float64) float64 { return math.Pow(x, 1.7) })
}

func bench(b *testing.B, f func(float64) float64) {
	x := 0.1
	for b.Loop() {
		f(x)
		x += 0.37
		if x > 600 {
			x = 0.1
		}
	}
}
