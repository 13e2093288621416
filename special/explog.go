package special

import (
	"math"
	"strconv"
)

// pair is a number as the sum of two, the second at most half a unit in the last
// place of the first (Dekker 1971).
type pair struct{ hi, lo float64 }

// sum is a + b without loss (Knuth 1969).
func sum(a, b float64) pair {
	s := a + b
	t := s - a
	return pair{s, (a - (s - t)) + (b - t)}
}

// product is a·b without loss, unless it underflows.
func product(a, b float64) pair {
	p := float64(a * b)
	return pair{p, math.FMA(a, b, -p)}
}

// inverse is a number c near 1/m and the logarithm of 1/c.
type inverse struct {
	c  float64
	hi float64
	lo float64
}

const (
	perStep = 0x1.71547652b82fep+6  // 64/log 2
	stepHi  = 0x1.62e42fee00000p-7  // log 2/64, its first 32 digits
	stepLo  = 0x1.a39ef35793c76p-39 // and the next 53
	ln2Hi   = 0x1.62e42fefa3800p-1  // log 2, its first 42 digits
	ln2Lo   = 0x1.ef35793c76730p-45 // and the next 53

	expMost  = 709.782712893384    // beyond, e^x is +Inf
	expLeast = -745.13321910194122 // beyond, it is 0
)

// Exp is e^x, within 0.52 units in the last place where it is not subnormal;
// +Inf where it is too large, 0 where too small.
func Exp(x float64) float64 { return exp(pair{hi: x}) }

// exp reduces x to (k/64)·log 2 + r and takes 2^(k/64) from a table (Tang, ACM
// TOMS 15(2), 1989); the rest is Taylor's series, below 2^−66 from r⁷ on.
func exp(x pair) float64 {
	switch {
	case math.IsNaN(x.hi):
		return x.hi
	case x.hi > expMost:
		return math.Inf(1)
	case x.hi < expLeast:
		return 0
	}
	k := math.RoundToEven(float64(x.hi * perStep))
	low := product(k, stepLo)
	r := sum(x.hi-float64(k*stepHi), -low.hi)
	h := r.hi
	series := 1.0/120 + float64(h*(1.0/720))
	series = 1.0/24 + float64(h*series)
	series = 1.0/6 + float64(h*series)
	series = 0.5 + float64(h*series)
	rest := h + (float64(float64(h*h)*series) + ((r.lo - low.lo) + float64(x.lo*(1+h))))
	t := powers[int(k)&63]
	return math.Ldexp(t.hi+(t.lo+float64(t.hi*rest)), int(k)>>6)
}

// Log is the natural logarithm, within 0.52 units in the last place; −Inf for 0,
// NaN below.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	return log(x).hi
}

// The 128 parts of [0.6875, 1.375) are told apart by seven digits.
const firstPart = 0x3fe6000000000000

// log is the logarithm of a positive finite number to some 66 digits: x is m·2^k,
// and m·c is 1 + r with c from a table and |r| < 2^−7 (Tang, ACM TOMS 16(4), 1990).
func log(x float64) pair {
	extra := 0.0
	if x < 0x1p-1022 {
		x, extra = x*0x1p54, -54
	}
	bits := math.Float64bits(x)
	over := bits - firstPart
	part := inverses[over>>45&127]
	k := float64(int64(over)>>52) + extra
	m := math.Float64frombits(bits - over&(0xfff<<52))
	p := product(m, part.c)
	r := sum(p.hi-1, p.lo)
	square := product(r.hi, r.hi)
	h := r.hi
	series := -1.0/8 + float64(h*(1.0/9))
	series = 1.0/7 + float64(h*series)
	series = -1.0/6 + float64(h*series)
	series = 1.0/5 + float64(h*series)
	series = -1.0/4 + float64(h*series)
	series = 1.0/3 + float64(h*series)
	a := sum(float64(k*ln2Hi), part.hi)
	b := sum(a.hi, r.hi)
	c := sum(b.hi, float64(-0.5*square.hi))
	low := float64(float64(square.hi*h)*series) + (r.lo - float64(r.lo*h)) - float64(0.5*square.lo)
	low += float64(k*ln2Lo) + part.lo
	return sum(c.hi, ((a.lo+b.lo)+c.lo)+low)
}

// Pow is x^y, within 0.52 units in the last place where it is not subnormal; for
// what is no number, and zeros and infinities, as math.Pow.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x == 0 || math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0):
		return math.Pow(x, y)
	case x > 0:
		return exp(times(log(x), y))
	case y != math.Trunc(y):
		return math.NaN()
	}
	out := exp(times(log(-x), y))
	if math.Mod(y, 2) != 0 {
		return -out
	}
	return out
}

// times is x·y to about as many digits as x has; what would overflow is as large
// as exp needs to see.
func times(x pair, y float64) pair {
	if far := x.hi * y; !(math.Abs(far) < 1000) {
		return pair{hi: far}
	}
	p := product(x.hi, y)
	return sum(p.hi, p.lo+float64(x.lo*y))
}

// Decade is the power of ten of the first digit of a number: 2 for 123, −2 for
// 0.05; 0 for 0 and what is no number.
func Decade(x float64) int {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	text := strconv.FormatFloat(math.Abs(x), 'e', -1, 64)
	for i := range text {
		if text[i] == 'e' {
			n, _ := strconv.Atoi(text[i+1:])
			return n
		}
	}
	return 0
}

// Sin and Cos are within one unit in the last place for angles within ±16; farther
// out they lose digits.
func Sin(x float64) float64 {
	r, quarter := quarters(x)
	return sines(r, quarter)
}

// Cos is the cosine. See Sin.
func Cos(x float64) float64 {
	r, quarter := quarters(x)
	return sines(r, quarter+1)
}

// The half of π, in parts.
const (
	halfPiHi = 0x1.921fb54400000p+0
	halfPiLo = 0x1.0b4611a626331p-34
)

func quarters(x float64) (r pair, quarter int) {
	k := math.RoundToEven(float64(x * (2 / math.Pi)))
	low := product(k, halfPiLo)
	r = sum(x-float64(k*halfPiHi), -low.hi)
	return pair{r.hi, r.lo - low.lo}, int(k)
}

// sines is the sine of r + quarter·π/2 for |r| ≤ π/4, by Taylor's series.
func sines(r pair, quarter int) float64 {
	x, y := r.hi, 0.0
	z := float64(x * x)
	if quarter&1 == 0 {
		for n := 19.0; n >= 5; n -= 2 {
			y = float64(z*(1-y)) / float64(n*(n-1))
		}
		y = x - (float64(float64(z*x)*(1-y))/6 - r.lo)
	} else {
		for n := 20.0; n >= 4; n -= 2 {
			y = float64(z*(1-y)) / float64(n*(n-1))
		}
		y = 1 - (float64(z*(0.5*(1-y))) + float64(x*r.lo))
	}
	if quarter&2 != 0 {
		return -y
	}
	return y
}
