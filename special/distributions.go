package special

import "math"

// NormalQuantile is the quantile of the standard normal distribution, to some 15
// digits: −Inf at 0, +Inf at 1, NaN outside.
func NormalQuantile(p float64) float64 {
	switch {
	case !(0 <= p && p <= 1):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q * ratio(r, &centre))
	}
	r := math.Sqrt(-Log(min(p, 1-p)))
	x := 0.0
	if r <= 5 {
		x = ratio(r-1.6, &near)
	} else {
		x = ratio(r-5, &far)
	}
	return math.Copysign(x, q)
}

// Coefficients of algorithm AS 241, PPND16 (Wichura, Applied Statistics 37(3),
// 1988): numerator and denominator, from the constant on.
type rational struct{ over, under [8]float64 }

var (
	centre = rational{
		[8]float64{3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
		[8]float64{1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3},
	}
	near = rational{
		[8]float64{1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
		[8]float64{1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9},
	}
	far = rational{
		[8]float64{6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
		[8]float64{1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15},
	}
)

func ratio(r float64, of *rational) float64 {
	a, b := of.over[7], of.under[7]
	for i := 6; i >= 0; i-- {
		a = of.over[i] + float64(a*r)
		b = of.under[i] + float64(b*r)
	}
	return a / b
}

// NormalDensity is the density of the standard normal distribution.
func NormalDensity(x float64) float64 {
	const oneOverRoot2Pi = 0.39894228040143267794
	s := product(x, x)
	return float64(oneOverRoot2Pi * exp(pair{-0.5 * s.hi, -0.5 * s.lo}))
}

// NormalCDF is the probability that a standard normal variable is at most x, to
// some 14 digits of itself, in the lower tail too.
func NormalCDF(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > 2:
		return 1 - NormalCDF(-x)
	case x < -40:
		return 0
	case x < -2:
		return upperTail(-x)
	}
	// x + x³/3 + x⁵/(3·5) + … (Marsaglia 2004)
	term, total, square := x, x, float64(x*x)
	for n := 3.0; math.Abs(term) > 0x1p-60*math.Abs(total); n += 2 {
		term = float64(term*square) / n
		total += term
	}
	return 0.5 + float64(NormalDensity(x)*total)
}

// upperTail is the probability beyond x ≥ 2, by Laplace's continued fraction
// density/(x + 1/(x + 2/(x + 3/…))), from the back.
func upperTail(x float64) float64 {
	t := x
	for n := math.Ceil(400/float64(x*x)) + 40; n >= 1; n-- {
		t = x + n/t
	}
	return NormalDensity(x) / t
}

// logGammaRest is log Γ(x) without its leading part (x−½)·log x − x + ½·log 2π,
// for x > 0: Stirling's series from 15 on, below that by going up.
func logGammaRest(x float64) float64 {
	up := 0.0
	for ; x < 15; x++ {
		// (x+½)·log(1+1/x) − 1
		next := sum(x, 1)
		a, b := log(next.hi), log(x)
		d := sum(a.hi, -b.hi)
		lo := d.lo + (a.lo - b.lo) + next.lo/next.hi
		p := product(x+0.5, d.hi)
		up += (p.hi - 1) + (p.lo + float64((x+0.5)*lo))
	}
	z := 1 / float64(x*x)
	s := -691.0/360360 + float64(z*(1.0/156))
	s = 1.0/1188 + float64(z*s)
	s = -1.0/1680 + float64(z*s)
	s = 1.0/1260 + float64(z*s)
	s = -1.0/360 + float64(z*s)
	s = 1.0/12 + float64(z*s)
	return s/x + up
}

// deviance is x·log(x/m) + m − x without the cancellation near x = m (Loader 2000).
func deviance(x, m float64) float64 {
	if math.Abs(x-m) >= 0.1*(x+m) {
		return float64(x*Log(x/m)) + (m - x)
	}
	v := (x - m) / (x + m)
	s := float64((x - m) * v)
	term, v2 := float64(2*x*v), float64(v*v)
	for n := 3.0; ; n += 2 {
		term = float64(term * v2)
		next := s + term/n
		if next == s {
			return s
		}
		s = next
	}
}

// betaPower is x^a·y^b/B(a, b), y being 1−x, by the saddle point (Loader 2000).
func betaPower(a, b, x, y float64) float64 {
	n := a + b
	rest := logGammaRest(n) - logGammaRest(a) - logGammaRest(b)
	rest -= deviance(a, float64(n*x)) + deviance(b, float64(n*y))
	return float64(math.Sqrt(float64(a*(b/n))/(2*math.Pi)) * Exp(rest))
}

// BetaCDF is the probability that a beta variable of shapes a and b is at most x:
// the regularised incomplete beta function I_x(a, b). It is NaN for shapes that
// are not above 0. Some 13 digits for shapes up to 10⁵, 12 up to 10⁶.
func BetaCDF(a, b, x float64) float64 {
	switch {
	case !(a > 0 && b > 0) || math.IsNaN(x):
		return math.NaN()
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	}
	return betaBelow(a, b, x, 1-x)
}

func betaBelow(a, b, x, y float64) float64 {
	if x <= (a+1)/(a+b+2) {
		return min(betaPower(a, b, x, y)/a*betaFraction(a, b, x), 1)
	}
	return max(1-float64(betaPower(b, a, y, x)/b*betaFraction(b, a, y)), 0)
}

// betaFraction is the continued fraction of the incomplete beta function (Abramowitz
// & Stegun 26.5.8; DLMF 8.17.22), by the method of Lentz as Thompson & Barnett 1986
// have it.
func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	off := func(t float64) float64 {
		if math.Abs(t) < tiny {
			return tiny
		}
		return t
	}
	c, d := 1.0, 1/off(1-float64((a+b)*x)/(a+1))
	h := d
	for m := 1.0; m < 100_000; m++ {
		even := float64(float64(m*(b-m))*x) / float64((a+2*m-1)*(a+2*m))
		d, c = 1/off(1+float64(even*d)), off(1+even/c)
		h = float64(h * float64(d*c))
		odd := -float64(float64((a+m)*(a+b+m))*x) / float64((a+2*m)*(a+2*m+1))
		d, c = 1/off(1+float64(odd*d)), off(1+odd/c)
		step := float64(d * c)
		h = float64(h * step)
		if math.Abs(step-1) <= 0x1p-51 {
			break
		}
	}
	return h
}

// BetaQuantile is the x with BetaCDF(a, b, x) = p, within [0, 1]; NaN for shapes not
// above 0 and for what is no probability.
func BetaQuantile(a, b, p float64) float64 {
	switch {
	case !(a > 0 && b > 0) || !(0 <= p && p <= 1):
		return math.NaN()
	case p == 0 || p == 1:
		return p
	case p > BetaCDF(a, b, 0.5): // the smaller end of the interval has more digits
		return 1 - betaRoot(b, a, 1-p)
	}
	return betaRoot(a, b, p)
}

// betaRoot finds a root in (0, ½] by Halley's steps, kept between bounds that
// close in, so that it ends whatever the shapes are.
func betaRoot(a, b, p float64) float64 {
	lo, hi := 0.0, 0.5
	x := betaGuess(a, b, p)
	if !(x > lo && x < hi) {
		x = 0.25
	}
	for range 200 {
		f := BetaCDF(a, b, x) - p
		if f == 0 {
			return x
		}
		if f < 0 {
			lo = x
		} else {
			hi = x
		}
		slope := betaPower(a, b, x, 1-x) / float64(x*(1-x))
		step := f / slope
		bend := (a-1)/x - (b-1)/(1-x)
		// Far out, where all is flat, the bend would make a step of nothing.
		step /= 1 - float64(0.5*max(-100, min(1, float64(step*bend))))
		next := x - step
		if !(next > lo && next < hi) {
			next = lo + float64((hi-lo)/2)
			if lo == 0 {
				next = hi / 16
			}
		}
		if math.Abs(next-x) <= 0x1p-51*x || next == lo || next == hi {
			return next
		}
		x = next
	}
	return x
}

// betaGuess is where betaRoot begins: the normal approximation (Abramowitz & Stegun
// 26.5.22) for shapes from 1 on, the leading term of the series for others.
func betaGuess(a, b, p float64) float64 {
	if a >= 1 && b >= 1 {
		z := -NormalQuantile(p)
		l := (float64(z*z) - 3) / 6
		u, v := 1/(2*a-1), 1/(2*b-1)
		h := 2 / (u + v)
		w := float64(z*math.Sqrt(h+l))/h - float64((v-u)*(l+5.0/6-2/(3*h)))
		return a / (a + float64(b*Exp(2*w)))
	}
	return Exp((Log(p) + Log(a) + logBeta(a, b)) / a)
}

func logBeta(a, b float64) float64 {
	const halfLog2Pi = 0.91893853320467274178
	g := func(x float64) float64 { return float64((x-0.5)*Log(x)) - x + halfLog2Pi + logGammaRest(x) }
	return g(a) + g(b) - g(a+b)
}

// StudentQuantile is the quantile of Student's distribution with n degrees of freedom.
func StudentQuantile(n, p float64) float64 {
	switch {
	case !(n > 0) || !(0 <= p && p <= 1):
		return math.NaN()
	case p == 0.5:
		return 0
	}
	// X is beta(n/2, 1/2) where t² = n·(1−X)/X, and 2·min(p, 1−p) of it is below.
	x := BetaQuantile(n/2, 0.5, 2*min(p, 1-p))
	return math.Copysign(math.Sqrt(float64(n*((1-x)/x))), p-0.5)
}

// BinomialCDF is the probability of at most k of n, each with probability p: 0 for
// k below 0, 1 from n on.
func BinomialCDF(k, n int, p float64) float64 {
	switch {
	case math.IsNaN(p):
		return p
	case k < 0:
		return 0
	case k >= n || p <= 0:
		return 1
	case p >= 1:
		return 0
	}
	return betaBelow(float64(n-k), float64(k+1), 1-p, p)
}
