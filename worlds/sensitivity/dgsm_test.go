package sensitivity

import (
	"math"
	"slices"
	"testing"

	"casus/worlds/draw"

	"gonum.org/v1/gonum/mathext"
)

// Constants of Roustant, Barthe and Iooss (2017), table 1.
func TestPoincare(t *testing.T) {
	dist := func(kind string, args ...float64) func(float64) float64 {
		return must[draw.Dist](t)(draw.New(kind, args)).Quantile
	}
	const bessel = 2.404825557695773 // first zero of J0
	for _, c := range []struct {
		name     string
		quantile func(float64) float64
		want     float64
	}{
		{"uniform", dist("uniform", -2, 5), PoincareUniform(7)},
		{"normal", dist("normal", 3, 2), PoincareNormal(2)},
		{"triangular", dist("triangular", -1, 0, 1), 1 / square(bessel)},
		{"fixed", dist("fixed", 3), 0},
		{"lognormal", dist("lognormal", 1, 3), math.Inf(1)},
		{"discrete", dist("discrete", 0, 1, 1, 1), math.Inf(1)},
	} {
		if got := Poincare(c.quantile); got != c.want && !(math.Abs(got/c.want-1) < 1e-3) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// A plane over normal inputs: the bound is the total index.
func TestBoundOfAPlane(t *testing.T) {
	x := gaussians(3, 20000, 1)
	beta := []float64{1, 2, 0}
	var gradient [][]float64
	for _, c := range beta {
		gradient = append(gradient, slices.Repeat([]float64{c}, 20000))
	}
	r := must[Derivatives](t)(DGSM(names(3), gradient, linear(x, beta), []float64{1, 1, 1}, Bootstrap{}))
	for j, in := range r.Inputs {
		if math.Abs(in.Nu.Value-beta[j]*beta[j]) > 1e-12 || in.Nu.Width() > 1e-12 {
			t.Errorf("nu %+v", in.Nu)
		}
		within(t, in.Input, in.Bound, beta[j]*beta[j]/5, 1e-12)
	}
}

// Ishigami: the mean squares by hand, and bounds that hold.
func TestBoundOfIshigami(t *testing.T) {
	x := mapped(uniforms(3, 20000, 2), turns(3))
	gradient := [][]float64{
		through(x, func(x []float64) float64 { return math.Cos(x[0]) * (1 + 0.1*math.Pow(x[2], 4)) }),
		through(x, func(x []float64) float64 { return 7 * math.Sin(2*x[1]) }),
		through(x, func(x []float64) float64 { return 0.4 * math.Pow(x[2], 3) * math.Sin(x[0]) }),
	}
	c := PoincareUniform(2 * math.Pi)
	r := must[Derivatives](t)(DGSM(names(3), gradient, through(x, ishigami), []float64{c, c, c}, Bootstrap{}))
	pi4 := math.Pow(math.Pi, 4)
	_, st, _, _ := ishigamiShares()
	for j, want := range []float64{0.5 * (1 + 0.2*pi4/5 + 0.01*pi4*pi4/9), 49.0 / 2, 0.08 * math.Pow(math.Pi, 6) / 7} {
		within(t, r.Inputs[j].Input, r.Inputs[j].Nu, want, 0)
		if r.Inputs[j].Bound.Hi < st[j] {
			t.Errorf("%s: bound %+v of %v", r.Inputs[j].Input, r.Inputs[j].Bound, st[j])
		}
	}
}

// Without a constant there is no bound; a world without a number does not count.
func TestNoBound(t *testing.T) {
	x := gaussians(2, 100, 0)
	y := slices.Clone(x[1])
	x[0][3] = math.NaN()
	r := must[Derivatives](t)(DGSM(names(2), x, y, []float64{Poincare(func(u float64) float64 { return math.Exp(mathext.NormalQuantile(u)) }), 1}, Bootstrap{}))
	if !has(r.Warnings, Heavy, "x1") || r.N != 99 || r.Left != 1 || !has(r.Warnings, LeftOut, "") || isFinite(r.Inputs[0].Bound.Value) {
		t.Errorf("%+v", r)
	}
	if _, err := DGSM(names(2), x, y, nil, Bootstrap{}); err == nil {
		t.Error("no constants, no error")
	}
}
