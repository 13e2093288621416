package draw

import (
	"fmt"
	"math"

	"casus/special"
)

// uniform has density 1/(hi − lo).
type uniform struct{ span }

func newUniform(args []float64) (Dist, error) {
	lo, hi := args[0], args[1]
	if lo > hi {
		return nil, fmt.Errorf("uniform wants lo ≤ hi, got %s", list(args))
	}
	if lo == hi {
		return fixed(lo), nil
	}
	return uniform{span{lo, hi}}, nil
}

func (d uniform) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	return d.at(u)
}

func (d uniform) CDF(x float64) float64   { return d.of(x) }
func (d uniform) under(x float64) float64 { return d.of(x) }
func (d uniform) Mean() float64           { return d.at(0.5) }
func (d uniform) String() string          { return call("uniform", d.lo, d.hi) }

func (d uniform) upto(x float64) float64 {
	t := d.of(x)
	return d.stretch(t*t/2, t)
}

// triangular has its mode at share c of the interval (Johnson 1997).
type triangular struct {
	span
	mode, c float64
}

func newTriangular(args []float64) (Dist, error) {
	lo, mode, hi := args[0], args[1], args[2]
	if !(lo <= mode && mode <= hi) {
		return nil, fmt.Errorf("triangular wants lo ≤ mode ≤ hi, got %s", list(args))
	}
	if lo == hi {
		return fixed(lo), nil
	}
	s := span{lo, hi}
	return triangular{s, mode, s.of(mode)}, nil
}

func (d triangular) Quantile(u float64) float64 {
	switch {
	case !isProbability(u):
		return math.NaN()
	case u <= d.c:
		return d.at(math.Sqrt(u * d.c))
	default:
		return d.at(1 - math.Sqrt((1-u)*(1-d.c)))
	}
}

func (d triangular) CDF(x float64) float64 {
	t := d.of(x)
	if t < d.c {
		return t * t / d.c
	}
	if t == 1 {
		return 1 // also when the mode is hi
	}
	return 1 - float64((1-t)*(1-t))/(1-d.c)
}

func (d triangular) under(x float64) float64 { return d.CDF(x) }
func (d triangular) Mean() float64           { return d.at((1 + d.c) / 3) }
func (d triangular) String() string          { return call("triangular", d.lo, d.mode, d.hi) }

func (d triangular) upto(x float64) float64 {
	t := d.of(x)
	switch {
	case t < d.c:
		return d.stretch(2*t*t*t/(3*d.c), d.CDF(x))
	case t == 1:
		return d.Mean()
	}
	// ∫ₜ¹ 2s(1−s)/(1−c) ds = (1−t)²(1+2t)/(3(1−c))
	above := (1 - t) * (1 - t) * (1 + 2*t) / (3 * (1 - d.c))
	return d.stretch((1+d.c)/3-above, d.CDF(x))
}

type normal struct{ mean, sd float64 }

func newNormal(args []float64) (Dist, error) {
	mean, sd := args[0], args[1]
	if !(sd > 0) {
		return nil, fmt.Errorf("normal wants sd > 0, got %s; write fixed(%s) for a known value", number(sd), number(mean))
	}
	return normal{mean, sd}, nil
}

func (d normal) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	return d.mean + float64(d.sd*special.NormalQuantile(u))
}

func (d normal) CDF(x float64) float64     { return special.NormalCDF((x - d.mean) / d.sd) }
func (d normal) Mean() float64             { return d.mean }
func (d normal) under(x float64) float64   { return d.CDF(x) }
func (d normal) Support() (lo, hi float64) { return math.Inf(-1), math.Inf(1) }
func (d normal) String() string            { return call("normal", d.mean, d.sd) }

func (d normal) upto(x float64) float64 {
	if math.IsInf(x, 0) {
		return d.mean * d.CDF(x)
	}
	return float64(d.mean*d.CDF(x)) - float64(d.sd*special.NormalDensity((x-d.mean)/d.sd))
}

// lognormal is median·exp(sigma·Z).
type lognormal struct{ median, gsd, sigma float64 }

func newLognormal(args []float64) (Dist, error) {
	median, gsd := args[0], args[1]
	if !(median > 0) {
		return nil, fmt.Errorf("lognormal wants median > 0, got %s", number(median))
	}
	if !(gsd > 1) {
		return nil, fmt.Errorf("lognormal wants a geometric standard deviation above 1, got %s; from the standard deviation s of the logarithm it is exp(s)", number(gsd))
	}
	d := lognormal{median, gsd, special.Log(gsd)}
	if math.IsInf(d.Quantile(1-0x1p-53), 0) || math.IsInf(d.Mean(), 0) {
		return nil, fmt.Errorf("lognormal(%s) is so wide that draws overflow; choose a smaller gsd", list(args))
	}
	return d, nil
}

func (d lognormal) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	return d.median * special.Exp(d.sigma*special.NormalQuantile(u))
}

func (d lognormal) CDF(x float64) float64 { return d.shifted(x, 0) }

// shifted is the probability of Z ≤ z(x) − by.
func (d lognormal) shifted(x, by float64) float64 {
	if x <= 0 {
		return 0
	}
	return special.NormalCDF(special.Log(x/d.median)/d.sigma - by)
}

func (d lognormal) under(x float64) float64   { return d.CDF(x) }
func (d lognormal) Support() (lo, hi float64) { return 0, math.Inf(1) }
func (d lognormal) String() string            { return call("lognormal", d.median, d.gsd) }

func (d lognormal) Mean() float64          { return d.median * special.Exp(d.sigma*d.sigma/2) }
func (d lognormal) upto(x float64) float64 { return d.Mean() * d.shifted(x, d.sigma) }

// beta serves beta and pert; name is how the author wrote it.
type beta struct {
	span
	a, b float64
	name string
}

// The incomplete beta function is computed well for shapes in this range.
const leastShape, mostShape = 0.01, 1e6

func newBeta(args []float64) (Dist, error) {
	a, b, s := args[0], args[1], span{0, 1}
	if min(a, b) < leastShape || max(a, b) > mostShape {
		return nil, fmt.Errorf("beta wants a and b between %g and %g, got %s", leastShape, mostShape, list(args[:2]))
	}
	if len(args) == 3 {
		return nil, fmt.Errorf("beta wants both lo and hi or neither, got %s", list(args))
	}
	if len(args) == 4 {
		s = span{args[2], args[3]}
	}
	if s.lo > s.hi {
		return nil, fmt.Errorf("beta wants lo ≤ hi, got %s", list(args[2:]))
	}
	if s.lo == s.hi {
		return fixed(s.lo), nil
	}
	return beta{s, a, b, call("beta", args...)}, nil
}

func newPERT(args []float64) (Dist, error) {
	lo, mode, hi, shape := args[0], args[1], args[2], 4.0
	if !(lo <= mode && mode <= hi) {
		return nil, fmt.Errorf("pert wants lo ≤ mode ≤ hi, got %s", list(args[:3]))
	}
	if len(args) == 4 {
		shape = args[3]
	}
	if !(shape > 0 && shape < mostShape) {
		return nil, fmt.Errorf("pert wants a shape above 0 and below %g, got %s; 4 is usual", mostShape, number(shape))
	}
	if lo == hi {
		return fixed(lo), nil
	}
	s := span{lo, hi}
	c := s.of(mode)
	return beta{s, 1 + float64(shape*c), 1 + float64(shape*(1-c)), call("pert", args...)}, nil
}

func (d beta) Quantile(u float64) float64 {
	if !isProbability(u) {
		return math.NaN()
	}
	return d.at(special.BetaQuantile(d.a, d.b, u))
}

func (d beta) CDF(x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	return special.BetaCDF(d.a, d.b, d.of(x))
}

func (d beta) under(x float64) float64 { return d.CDF(x) }
func (d beta) Mean() float64           { return d.at(d.a / (d.a + d.b)) }
func (d beta) String() string          { return d.name }

func (d beta) upto(x float64) float64 {
	m := d.a / (d.a + d.b)
	return d.stretch(m*special.BetaCDF(d.a+1, d.b, d.of(x)), d.CDF(x))
}
