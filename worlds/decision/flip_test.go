package decision

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

func normalInput(name string, mean, sd float64) FlipInput {
	return FlipInput{Name: name, Unit: "u", Quantile: distuv.Normal{Mu: mean, Sigma: sd}.Quantile, Centre: 0.5}
}

func uniformInput(lo, hi float64) FlipInput {
	return FlipInput{Name: "x", Unit: "u", Quantile: func(u float64) float64 { return lo + u*(hi-lo) }, Centre: 0.5}
}

func TestNearestFlip(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name      string
		f         func(x float64) float64
		monotone  bool
		crossings []float64 // values
		kinds     []string
		nearest   float64
		exact     bool
		caveat    string
	}{
		{"a line", func(x float64) float64 { return x - 7 }, true, []float64{7}, []string{Root}, 7, true, ""},
		{"a line, unknown", func(x float64) float64 { return 2 - x }, false, []float64{2}, []string{Root}, 2, false, "within one of 64 steps"},
		{"no flip", func(x float64) float64 { return 1 + x }, true, nil, nil, nan, true, ""},
		{"beyond the distribution", func(x float64) float64 { return 9.995 - x }, true, nil, nil, nan, true, ""},
		{"a parabola", func(x float64) float64 { return (x - 1) * (x - 8) }, false, []float64{1, 8}, []string{Root, Root}, 8, false, "within one"},
		{"a jump", func(x float64) float64 {
			if x < 6.3 {
				return -1
			}
			return 1
		}, true, []float64{6.3}, []string{Jump}, 6.3, true, ""},
		{"a touch is no flip", func(x float64) float64 { return math.Abs(x - 7) }, false, nil, nil, nan, false, "within one"},
		{"not defined beyond", func(x float64) float64 {
			if x > 6 {
				return nan
			}
			return 1
		}, true, nil, nil, nan, false, "not defined at"},
		{"across a gap", func(x float64) float64 {
			if x > 6 && x < 8 {
				return nan
			}
			return 7 - x
		}, true, []float64{8.0015625}, []string{Gap}, 8.0015625, false, "not defined at"},
		{"flat at zero, then on", func(x float64) float64 { return min(x-6, 0) + max(x-8, 0) }, true, []float64{6}, []string{Root}, 6, true, ""},
		{"steep", func(x float64) float64 { return math.Expm1(40 * (x - 6)) }, true, []float64{6}, []string{Root}, 6, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := must(NearestFlip(c.f, uniformInput(0, 10), c.monotone, 64, 1e-10))
			if len(f.Crossings) != len(c.crossings) || f.Found != (len(c.crossings) > 0) {
				t.Fatalf("crossings %+v, want %v", f.Crossings, c.crossings)
			}
			for k, x := range f.Crossings {
				within := 1e-7
				if x.Kind == Gap {
					within = 10.0 / 64
				}
				if math.Abs(float64(x.Value)-c.crossings[k]) > within || x.Kind != c.kinds[k] {
					t.Errorf("crossing %d: %+v, want %v %s", k, x, c.crossings[k], c.kinds[k])
				}
				if math.Abs(float64(x.Change)-(float64(x.Value)-5)) > 1e-12 {
					t.Errorf("change %v of %v", x.Change, x.Value)
				}
			}
			if f.Found && math.Abs(float64(f.Nearest.Value)-c.nearest) > 10.0/64 {
				t.Errorf("nearest %+v, want %v", f.Nearest, c.nearest)
			}
			if f.Search.Exact != c.exact || !strings.Contains(f.Search.Caveat, c.caveat) || f.Search.Exact == (f.Search.Caveat != "") {
				t.Errorf("exact %v, caveat %q", f.Search.Exact, f.Search.Caveat)
			}
		})
	}
}

// The nearest in quantiles and the smallest change in the unit may lie on
// different sides of a skewed distribution.
func TestNearestAndSmallest(t *testing.T) {
	skewed := FlipInput{Name: "x", Quantile: func(u float64) float64 { return math.Exp(3 * distuv.UnitNormal.Quantile(u)) }, Centre: 0.5}
	f := must(NearestFlip(func(x float64) float64 { return (x - 0.05) * (x - 4) }, skewed, false, 400, 1e-10))
	if len(f.Crossings) != 2 || math.Abs(float64(f.Nearest.Value)-4) > 1e-6 || math.Abs(float64(f.Smallest.Value)-0.05) > 1e-6 {
		t.Errorf("%+v: nearest %v, smallest %v", f.Crossings, f.Nearest, f.Smallest)
	}
}

// At the centre there is nothing to turn round when it ties or is not defined.
func TestFlipWithoutASign(t *testing.T) {
	f := must(NearestFlip(func(x float64) float64 { return x - 5 }, uniformInput(0, 10), true, 16, 1e-9))
	g := must(NearestFlip(func(x float64) float64 { return math.NaN() }, uniformInput(0, 10), true, 16, 1e-9))
	if !f.Tied || f.Found || g.Tied || g.Found || f.Search.Exact || g.Search.Exact {
		t.Errorf("%+v\n%+v", f, g)
	}
}

// Every root of a polynomial with roots apart from each other is found.
func TestFlipFindsEveryRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfNDistinct(rapid.IntRange(1, 30), 0, 5, rapid.ID[int]).Draw(t, "cells")
		slices.Sort(cells)
		var roots []float64
		for _, k := range cells {
			if k != 15 && k != 16 { // the centre is at 15.5
				roots = append(roots, float64(k)+rapid.Float64Range(-0.2, 0.2).Draw(t, "shift"))
			}
		}
		f := must(NearestFlip(func(x float64) float64 {
			y := 1.0
			for _, r := range roots {
				y *= x - r
			}
			return y
		}, uniformInput(0, 31), false, 200, 1e-12))
		var got []float64
		for _, c := range f.Crossings {
			got = append(got, float64(c.Value))
		}
		if len(got) != len(roots) {
			t.Fatalf("roots %v, found %v", roots, got)
		}
		for k := range got {
			if math.Abs(got[k]-roots[k]) > 1e-8 {
				t.Errorf("root %v, found %v", roots[k], got[k])
			}
		}
	})
}

// The nearest place of a half-plane a·x + b·y > c in normal scores is at distance
// c/√(a²+b²), at right angles (Hasofer & Lind 1974); the units do not matter.
func TestNearestFlipOfTwo(t *testing.T) {
	x, y := normalInput("x", 100, 20), normalInput("y", -3, 0.5)
	rapid.Check(t, func(t *rapid.T) {
		angle, c := rapid.Float64Range(0, 2*math.Pi).Draw(t, "angle"), rapid.Float64Range(0.2, 2.9).Draw(t, "distance")
		sin, cos := math.Sincos(angle)
		f := must(NearestFlipOfTwo(func(a, b float64) float64 { return (a-100)/20*cos + (b+3)/0.5*sin - c }, x, y, 24, 24, 1e-9))
		if !f.Found || math.Abs(float64(f.Distance)-c) > 1e-4 || f.Search.Exact || f.Search.Caveat == "" {
			t.Fatalf("%+v, distance %v", f, c)
		}
		if math.Abs(float64(f.Changes[0])-20*c*cos) > 0.3 || math.Abs(float64(f.Changes[1])-0.5*c*sin) > 0.01 {
			t.Errorf("changes %v, want %v and %v", f.Changes, 20*c*cos, 0.5*c*sin)
		}
	})
}

func TestFlipOfTwoThatIsNotThere(t *testing.T) {
	x := normalInput("x", 0, 1)
	for _, c := range []struct {
		name string
		f    func(a, b float64) float64
		tied bool
	}{
		{"out of reach", func(a, b float64) float64 { return a + b - 9 }, false},
		{"tied", func(a, b float64) float64 { return a }, true},
		{"not defined", func(a, b float64) float64 { return math.NaN() }, false},
	} {
		f := must(NearestFlipOfTwo(c.f, x, x, 16, 16, 1e-6))
		if f.Found || f.Tied != c.tied || !math.IsNaN(float64(f.Distance)) || f.Search.Caveat == "" {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

// A circle of reversal about a point off the centre: its nearest edge.
func TestFlipOfTwoCircle(t *testing.T) {
	x := normalInput("x", 0, 1)
	f := must(NearestFlipOfTwo(func(a, b float64) float64 { return math.Hypot(a-1.2, b-0.9) - 0.6 }, x, x, 32, 48, 1e-9))
	if math.Abs(float64(f.Distance)-(math.Hypot(1.2, 0.9)-0.6)) > 1e-4 {
		t.Errorf("distance %v, want %v", f.Distance, math.Hypot(1.2, 0.9)-0.6)
	}
}

func TestFlipMistakes(t *testing.T) {
	line := func(x float64) float64 { return x }
	if _, err := NearestFlip(line, FlipInput{Name: "x"}, true, 64, 1e-9); err == nil {
		t.Error("an input without a distribution")
	}
	if _, err := NearestFlip(line, FlipInput{Name: "x", Quantile: line, Centre: 1}, true, 64, 1e-9); err == nil {
		t.Error("a centre at the end")
	}
	if _, err := NearestFlip(line, uniformInput(0, 1), true, 2, 1e-9); err == nil {
		t.Error("two steps")
	}
	if _, err := NearestFlipOfTwo(func(a, b float64) float64 { return a }, uniformInput(0, 1), uniformInput(0, 1), 4, 9, 1e-9); err == nil {
		t.Error("four directions")
	}
}
