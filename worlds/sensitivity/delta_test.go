package sensitivity

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Linear models, delta exact by quadrature; off is what an S that is not the best
// costs.
func TestDeltaOfLinearModels(t *testing.T) {
	for _, coefficients := range [][]float64{{1, 1}, {1, 2, 3}, {1, 0.5, 0.25, 0.1}} {
		exact := linearDelta(coefficients)
		for _, c := range []struct {
			n   int
			off float64
		}{{1000, 0.015}, {16384, 0.006}} {
			x := gaussians(len(exact), c.n, 1)
			r := must[Deltas](t)(Delta(Sample{Inputs: names(len(exact)), X: x, Y: linear(x, coefficients)}, Bootstrap{}))
			for j, in := range r.Inputs {
				within(t, in.Input, in.Delta, exact[j], c.off)
			}
		}
	}
}

// Ishigami's function, whose second input acts in waves: the definition, by
// histograms of the output on grids of the other inputs.
func TestDeltaOfIshigami(t *testing.T) {
	const side, slices, classes = 240, 48, 80
	at := func(k, n int) float64 { return math.Pi * (2*(float64(k)+0.5)/float64(n) - 1) }
	class := func(y float64) int { return int((y + 11) / 29 * classes) } // the output is in −10.75 … 17.75
	x := mapped(uniforms(3, 8000, 6), turns(3))
	r := must[Deltas](t)(Delta(Sample{Inputs: names(3), X: x, Y: through(x, ishigami)}, Bootstrap{}))
	for j, in := range r.Inputs {
		var all [classes]float64
		var given [slices][classes]float64
		for s := range slices {
			for a := range side {
				for b := range side {
					point := []float64{at(a, side), at(b, side), at(b, side)}
					point[(j+1)%3], point[(j+2)%3], point[j] = at(a, side), at(b, side), at(s, slices)
					c := class(ishigami(point))
					given[s][c] += 1.0 / (side * side)
					all[c] += 1.0 / (side * side * slices)
				}
			}
		}
		exact := 0.0
		for s := range slices {
			for c := range classes {
				exact += math.Abs(given[s][c]-all[c]) / 2 / slices
			}
		}
		within(t, in.Input, in.Delta, exact, 0.01)
	}
}

// The mean over many tables of a hundred worlds: an idle input has 0, where the
// raw estimate has what it calls Null; a weak one is not above its delta.
func TestDeltaInTheMean(t *testing.T) {
	const tables = 30
	exact := linearDelta([]float64{1, 0.25})[1]
	var idle, weak, raw, null, spread float64
	for seed := range uint64(tables) {
		x := gaussians(3, 100, seed)
		r := must[Deltas](t)(Delta(Sample{Inputs: names(3), X: x, Y: linear(x, []float64{1, 0.25, 0})}, Bootstrap{Seed: seed}))
		v := r.Inputs[2].Delta.Value
		idle += v / tables
		spread += v * v / tables
		weak += r.Inputs[1].Delta.Value / tables
		raw += float64(r.Inputs[2].Raw) / tables
		null += float64(r.Inputs[2].Null) / tables
	}
	se := math.Sqrt(spread / tables)
	if math.Abs(idle) > 4*se {
		t.Errorf("idle: mean %v, standard error %v", idle, se)
	}
	if weak > exact+4*se {
		t.Errorf("weak: mean %v, standard error %v, exact %v", weak, se, exact)
	}
	if raw < 0.05 || math.Abs(raw-null) > 0.01 {
		t.Errorf("raw %v, null %v", raw, null)
	}
}

// The excess of a set, from its definition.
func TestExcess(t *testing.T) {
	xs, ys := []int{0, 0, 1, 1, 2, 2, 2}, []int{3, 4, 3, 3, 4, 4, 5}
	worlds := []int{0, 1, 2, 3, 4, 5, 6}
	set := make([]bool, 3*cells)
	set[0*cells+3], set[1*cells+3], set[2*cells+5], set[2*cells+4] = true, true, true, true
	each := classed{xs, ys, slices.Repeat([]float64{1}, len(xs))}
	hits, pairs := 0.0, 0.0
	for i := range xs {
		for j := range ys {
			if set[xs[i]*cells+ys[j]] {
				if i == j {
					hits++
				} else {
					pairs++
				}
			}
		}
	}
	want := hits/7 - pairs/(7*6) // worlds against pairs of different worlds
	e := newGrid(3).count(each, worlds).over(set)
	if math.Abs(e.value-want) > 1e-14 {
		t.Errorf("got %v, want %v", e.value, want)
	}
	// The influence of a world is how the excess moves when it counts a little more.
	const more = 1e-6
	for i := range xs {
		g := newGrid(3).count(each, worlds)
		g.at[xs[i]*cells+ys[i]] += 7 * more
		moved := g.over(set)
		slope := (moved.share - moved.whole - e.share + e.whole) / more
		if got := e.influence(set, xs[i], ys[i]); math.Abs(got-slope) > 1e-5 {
			t.Errorf("world %d: influence %v, slope %v", i, got, slope)
		}
	}
}

// What is tested is not trained on.
func TestWithout(t *testing.T) {
	ss := smoothers(100, true)
	var parts []grid
	for i := range 4 {
		parts = append(parts, newGrid(cells).count(classed{[]int{i}, []int{i}, []float64{1}}, []int{0}).smooth(ss))
	}
	rest := without(parts, 3, 1)
	for i, want := range []float64{1, 0, 1, 0} {
		if got := rest.at[i*cells+i]; got != want {
			t.Errorf("part %d counts %v, want %v", i, got, want)
		}
	}
	if diff := cmp.Diff(ss[2].smooth(rest.at, cells), rest.soft[2], cmpopts.EquateApprox(0, 1e-15)); diff != "" {
		t.Error("what is smoothed apart does not add up")
	}
}

// Smoothing keeps the number of worlds and a single cell's symmetry.
func TestKernel(t *testing.T) {
	at := make([]float64, cells*cells)
	at[10*cells+20], at[0] = 1, 2
	k := newKernel(3)
	soft := smoother{k, k}.smooth(at, cells)
	sum := 0.0
	for _, v := range soft {
		sum += v
	}
	if math.Abs(sum-3) > 1e-12 {
		t.Errorf("%v worlds of 3", sum)
	}
	if math.Abs(soft[12*cells+20]-soft[10*cells+22]) > 1e-12 {
		t.Error("rows and columns are smoothed differently")
	}
}

// Delta reads ranks alone.
func TestDeltaOfOtherScales(t *testing.T) {
	x := gaussians(2, 500, 2)
	y := linear(x, []float64{1, 2})
	want := must[Deltas](t)(Delta(Sample{Inputs: names(2), X: x, Y: y}, Bootstrap{}))
	for i := range y {
		y[i] = math.Exp(y[i])
		x[0][i] = x[0][i] * x[0][i] * x[0][i]
	}
	got := must[Deltas](t)(Delta(Sample{Inputs: names(2), X: x, Y: y}, Bootstrap{}))
	if diff := cmp.Diff(want, got, numbers); diff != "" {
		t.Error(diff)
	}
}

// An input of two values: the distance of two normal densities, half of them
// each, from their mixture is half the distance between them.
func TestDeltaOfTwoValues(t *testing.T) {
	u, z := uniforms(1, 4000, 5)[0], gaussians(1, 4000, 5)[0]
	for i := range u {
		u[i] = math.Round(u[i])
		z[i] += 2 * u[i]
	}
	r := must[Deltas](t)(Delta(Sample{Inputs: names(1), X: [][]float64{u}, Y: z}, Bootstrap{}))
	within(t, "two values", r.Inputs[0].Delta, math.Erf(1/math.Sqrt2)/2, 0.01)
}

// An output that happens or not, with a chance that is even or as good as none:
// the mean distance of the chance from what it is in the mean.
func TestDeltaOfAnEvent(t *testing.T) {
	x := uniforms(3, 4000, 8)
	for _, c := range []struct{ least, delta float64 }{{0.5, 0.5}, {0.95, 2 * 0.95 * 0.05}} {
		y := make([]float64, len(x[0]))
		for i := range y {
			if x[0][i] > c.least {
				y[i] = 1
			}
		}
		r := must[Deltas](t)(Delta(Sample{Inputs: names(3), X: x, Y: y}, Bootstrap{}))
		within(t, "decisive", r.Inputs[0].Delta, c.delta, 0.02)
		within(t, "idle", r.Inputs[1].Delta, 0, 0)
	}
}

// What is not shown, and what the raw number owes to chance, is said.
func TestDeltaWarns(t *testing.T) {
	x := gaussians(2, 200, 0)
	r := must[Deltas](t)(Delta(Sample{Inputs: names(2), X: x, Y: linear(x, []float64{1, 0})}, Bootstrap{}))
	if !has(r.Warnings, NotShown, "x2") || !has(r.Warnings, Biased, "x2") || has(r.Warnings, NotShown, "x1") {
		t.Error(r.Warnings)
	}
}

func BenchmarkDelta(b *testing.B) {
	x := gaussians(10, 1<<14, 1)
	t := Sample{Inputs: names(10), X: x, Y: linear(x, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})}
	for b.Loop() {
		must[Deltas](b)(Delta(t, Bootstrap{Workers: 1}))
	}
}
