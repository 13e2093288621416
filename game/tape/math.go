package tape

import "math"

// This file is the definition of every operation on one world. The kernels
// repeat it lane by lane; a test holds them to it bit for bit.
//
// The Go specification lets a compiler fuse x*y+z, so each product that must
// be rounded before it is added stands in float64(…), and each fused one is
// written math.FMA.

// Constants of exp and log. One table serves the Go code and the assembly,
// which finds them by the offsets named in kernels_amd64.s.
//
// Exp reduces x to (n + j/16)·ln 2 + r with |r| ≤ ln 2/32 (Cody & Waite 1980,
// ch. 6; the table of 2^(j/16) after Tang, ACM TOMS 15(2), 1989). The
// polynomial was fitted here: r + r²/2 + c3 r³ + … + c6 r⁶ differs from e^r − 1
// by less than 2^−56. Log follows fdlibm's e_log.c (Sun Microsystems, 1993).
const (
	log2e = 1.44269504088896338700e+00
	// Adding round leaves the nearest multiple of 1/16 in the low bits.
	round  = 1.5 * (1 << 48)
	ln2Hi  = 6.93147180369123816490e-01
	ln2Lo  = 1.90821492927058770002e-10
	c2     = 0.5
	c3     = 0.16666666664413346
	c4     = 0.041666666663138535
	c5     = 0.008333472057084769
	c6     = 0.0013889079206725232
	expTop = 710  // exp is +Inf from here on
	expLow = -746 // exp is 0 from here on down
	// A softmax weight below exp(probLow) ≈ 1e−307 is 0: no subnormals.
	probLow = -707

	l1 = 6.666666666666735130e-01
	l2 = 3.999999999940941908e-01
	l3 = 2.857142874366239149e-01
	l4 = 2.222219843214978396e-01
	l5 = 1.818357216161805012e-01
	l6 = 1.531383769920937332e-01
	l7 = 1.479819860511658591e-01
)

// constants holds those the assembly needs, at the offsets it names, and from
// 32 on 2^(j/16).
var constants = [48]float64{
	log2e, round, ln2Hi, ln2Lo, c6, c5, c4, c3, c2, 1, probLow,
	expTop, expLow,
	l1, l2, l3, l4, l5, l6, l7, math.Sqrt2, 2, 0.5, math.NaN(),
	32: 1.0, 1.0442737824274138, 1.0905077326652577, 1.1387886347566916,
	1.189207115002721, 1.241857812073484, 1.2968395546510096, 1.3542555469368927,
	1.4142135623730951, 1.4768261459394993, 1.5422108254079407, 1.6104903319492543,
	1.681792830507429, 1.7562521603732995, 1.8340080864093424, 1.9152065613971474,
}

// reduceExp writes e^x as y·2^n with y in about [0.97, 2.01). It is for x
// within ±2^30.
func reduceExp(x float64) (y float64, n int) {
	shifted := math.FMA(x, log2e, round)
	sixteenths := shifted - round
	r := math.FMA(-sixteenths, ln2Hi, x)
	r = math.FMA(-sixteenths, ln2Lo, r)
	rr := float64(r * r)
	t := math.FMA(c3, r, c2)
	u := math.FMA(c5, r, c4)
	u = math.FMA(c6, rr, u)
	t = math.FMA(u, rr, t)
	t = math.FMA(t, rr, r)
	k := int(int64(math.Float64bits(shifted)) - int64(math.Float64bits(round)))
	p := constants[32+(k&15)]
	return math.FMA(p, t, p), k >> 4
}

// exp is e^x within about one unit in the last place; gradual underflow,
// overflow to +Inf, NaN for NaN.
func exp(x float64) float64 {
	if x != x {
		return x
	}
	x = max2(expLow, min2(expTop, x))
	y, n := reduceExp(x)
	// Two exact doublings, then at most one rounding.
	switch {
	case n > 1000:
		return y * pow2(n-24) * pow2(24)
	case n < -1000:
		return y * pow2(n+200) * pow2(-200)
	}
	return y * pow2(n)
}

// weight is e^x for x ≤ 0, cut off to 0 below probLow.
func weight(x float64) float64 {
	if x != x {
		return x
	}
	if x < probLow {
		return 0
	}
	y, n := reduceExp(x)
	return y * pow2(n)
}

// pow2 is 2^n for −1022 ≤ n ≤ 1023.
func pow2(n int) float64 { return math.Float64frombits(uint64(n+1023) << 52) }

// log is the natural logarithm within about one unit in the last place;
// −Inf for 0, NaN below.
func log(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64:
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	m, k := mantissa(x)
	f := m - 1
	s := f / (2 + f)
	z := float64(s * s)
	w := float64(z * z)
	odd := math.FMA(math.FMA(math.FMA(l7, w, l5), w, l3), w, l1)
	even := math.FMA(math.FMA(l6, w, l4), w, l2)
	rest := math.FMA(odd, z, float64(even*w))
	half := float64(float64(0.5*f) * f)
	tail := math.FMA(s, half+rest, float64(k*ln2Lo))
	return float64(k*ln2Hi) - ((half - tail) - f)
}

// mantissa splits a positive finite x into m·2^k with √½ ≤ m < √2.
func mantissa(x float64) (m, k float64) {
	e := 0
	if x < 0x1p-1022 {
		x, e = x*0x1p54, -54
	}
	bits := math.Float64bits(x)
	e += int(bits>>52) - 1023
	m = math.Float64frombits(bits&(1<<52-1) | 1023<<52)
	if m >= math.Sqrt2 {
		return m * 0.5, float64(e + 1)
	}
	return m, float64(e)
}

// pow is exp(y·log x): 1 for y = 0 and x ≥ 0, NaN for x < 0. Its relative
// error grows with |y·log x|, about one unit in the last place for each.
func pow(x, y float64) float64 {
	if y == 0 && x >= 0 {
		return 1
	}
	return exp(float64(y * log(x)))
}

// max2 and min2 give y when either is NaN or both are zero, as the machine's
// own instructions do.
func max2(x, y float64) float64 {
	if x > y {
		return x
	}
	return y
}

func min2(x, y float64) float64 {
	if x < y {
		return x
	}
	return y
}

// maximum and minimum are the operations Max and Min: the first on a tie, NaN
// if either is NaN.
func maximum(x, y float64) float64 {
	if y != y {
		return y
	}
	return max2(y, x)
}

func minimum(x, y float64) float64 {
	if y != y {
		return y
	}
	return min2(y, x)
}

func less(x, y float64) float64 {
	if x < y {
		return 1
	}
	return 0
}

func choose(c, x, y float64) float64 {
	if c != 0 {
		return x
	}
	return y
}

// softmax fills p with p_k = exp(λ(q_k − m)) / Σ, where m is the largest q, or
// the smallest for λ < 0, so that no exponent is positive. The best choices
// have exactly weight 1 before the division, whatever λ and m are. p may be q.
func softmax(lambda float64, q, p []float64) {
	sign := math.Copysign(1, lambda)
	m := float64(q[0] * sign)
	for _, x := range q[1:] {
		m = max(m, float64(x*sign))
	}
	sum := 0.0
	for k, x := range q {
		p[k] = 1
		if float64(x*sign) != m {
			p[k] = weight(math.Abs(lambda) * (float64(x*sign) - m))
		}
		sum += p[k]
	}
	inverse := 1 / sum
	for k := range p {
		p[k] *= inverse
	}
}

// dot is start + Σ p_k v_k, each product fused into the running sum. The terms
// alternate: p0, v0, p1, v1, …
func dot(start float64, terms []float64) float64 {
	for i := 0; i < len(terms); i += 2 {
		start = math.FMA(terms[i], terms[i+1], start)
	}
	return start
}
