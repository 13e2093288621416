package sensitivity

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// Ishigami's function: the third input acts through the first alone.
func TestIshigami(t *testing.T) {
	for _, second := range []bool{false, true} {
		d := must[Design](t)(Saltelli(names(3), 1<<12, second, 1))
		r := must[Sobol](t)(d.Indices(run(d.Map(turns(3)), ishigami), Bootstrap{}))
		s1, st, s2, variance := ishigamiShares()
		for j, in := range r.Inputs {
			within(t, in.Input+" S1", in.S1, s1[j], 0)
			within(t, in.Input+" ST", in.ST, st[j], 0)
		}
		if math.Abs(r.Mean-3.5) > 0.01 || math.Abs(float64(r.Variance)-variance) > 0.02*variance {
			t.Errorf("mean %v, variance %v; want 3.5, %v", r.Mean, r.Variance, variance)
		}
		if second {
			within(t, "S2 of x1, x2", r.Pairs[0].S2, 0, 0)
			within(t, "S2 of x1, x3", r.Pairs[1].S2, s2, 0)
			within(t, "S2 of x2, x3", r.Pairs[2].S2, 0, 0)
		}
	}
}

// Sobol's product function, with inputs from decisive to idle.
func TestSobolG(t *testing.T) {
	for _, a := range [][]float64{{0, 1, 4.5, 9, 99, 99, 99, 99}, {78, 12, 0.5, 2, 97, 33}} {
		d := must[Design](t)(Saltelli(names(len(a)), 1<<12, false, 2))
		r := must[Sobol](t)(d.Indices(run(d, sobolG(a)), Bootstrap{}))
		s1, st, _ := sobolGShares(a)
		for j, in := range r.Inputs {
			within(t, in.Input+" S1", in.S1, s1[j], 0)
			within(t, in.Input+" ST", in.ST, st[j], 0)
		}
	}
}

// The definition, by two loops over a grid: the variance of conditional means.
func TestAgainstTwoLoops(t *testing.T) {
	f := func(x []float64) float64 { return math.Exp(x[0]) + x[0]*x[1] + 3*square(x[2]-0.3)*x[1] }
	const side = 40
	at := func(k int) float64 { return (float64(k) + 0.5) / side }
	var mean, squares float64
	var conditional [3][side]float64
	for a := range side {
		for b := range side {
			for c := range side {
				y := f([]float64{at(a), at(b), at(c)}) / (side * side)
				mean += y / side
				squares += y * y * side * side / side
				for j, k := range []int{a, b, c} {
					conditional[j][k] += y
				}
			}
		}
	}
	d := must[Design](t)(Saltelli(names(3), 1<<13, false, 3))
	r := must[Sobol](t)(d.Indices(run(d, f), Bootstrap{}))
	for j, means := range conditional {
		between := 0.0
		for _, m := range means {
			between += square(m-mean) / side
		}
		within(t, r.Inputs[j].Input, r.Inputs[j].S1, between/(squares-mean*mean), 1e-3)
	}
}

// The formulas as they stand in the papers, a loop each.
func TestFormulas(t *testing.T) {
	const n = 700
	for _, second := range []bool{false, true} {
		d := must[Design](t)(Saltelli(names(3), n, second, 4))
		y := run(d.Map(turns(3)), ishigami)
		r := must[Sobol](t)(d.Indices(y, Bootstrap{Resamples: 2}))
		mean := 0.0
		for _, v := range y[:2*n] {
			mean += v / (2 * n)
		}
		f := func(sample, row int) float64 { return y[sample*n+row] - mean }
		over := func(product func(i int) float64) float64 {
			sum, squares := 0.0, 0.0
			for i := range n {
				sum += product(i) / n
				squares += (square(f(0, i)) + square(f(1, i))) / (2*n - 1)
			}
			return sum / squares
		}
		var s1 []float64
		for j := range 3 {
			s := over(func(i int) float64 { return f(1, i) * (f(2+j, i) - f(0, i)) })
			total := over(func(i int) float64 { return square(f(0, i)-f(2+j, i)) / 2 })
			if second {
				s = (s + over(func(i int) float64 { return f(0, i) * (f(5+j, i) - f(1, i)) })) / 2
				total = (total + over(func(i int) float64 { return square(f(1, i)-f(5+j, i)) / 2 })) / 2
			}
			s1 = append(s1, s)
			if got := r.Inputs[j]; math.Abs(got.S1.Value-s) > 1e-12 || math.Abs(got.ST.Value-total) > 1e-12 {
				t.Errorf("input %d: got %v, %v; want %v, %v", j, got.S1.Value, got.ST.Value, s, total)
			}
		}
		for k, p := range pairsOf(3) {
			if !second {
				break
			}
			joint := over(func(i int) float64 {
				return (f(5+p[0], i)*f(2+p[1], i)+f(5+p[1], i)*f(2+p[0], i))/2 - f(0, i)*f(1, i)
			})
			if want := joint - s1[p[0]] - s1[p[1]]; math.Abs(r.Pairs[k].S2.Value-want) > 1e-12 {
				t.Errorf("pair %v: got %v, want %v", p, r.Pairs[k].S2.Value, want)
			}
		}
	}
}

// Sums over tiles against one loop, for any sizes.
func TestSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, statistics := rapid.IntRange(1, 700).Draw(t, "n"), rapid.IntRange(0, 40).Draw(t, "statistics")
		b := Bootstrap{Resamples: rapid.IntRange(2, 70).Draw(t, "resamples"), Workers: rapid.IntRange(1, 3).Draw(t, "workers")}
		value := func(k, i int) float64 { return math.Sin(float64(k*1000 + i)) }
		got := b.sums(n, statistics, func(k, from int, dst []float64) {
			for i := range dst {
				dst[i] = value(k, from+i)
			}
		})
		r := rapid.IntRange(0, b.Resamples).Draw(t, "r")
		want, w := make([]float64, statistics+1), make([]float64, 1)
		var all []float64
		for from := 0; from < n; from += lane {
			part := make([]float64, min(lane, n-from))
			b.resampler().weights(part, r, from)
			all = append(all, part...)
		}
		for i := range n {
			w[0] = all[i]
			for k := range statistics {
				want[k] += w[0] * value(k, i)
			}
			want[statistics] += w[0]
		}
		if diff := cmp.Diff(want, got[r], cmpopts.EquateApprox(1e-10, 1e-10)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Weights are Poisson of mean 1, and the standard error of a mean is the one of
// the textbook.
func TestWeights(t *testing.T) {
	var mean, squares float64
	for _, w := range poissonCounts() {
		mean += float64(w) / (1 << 16)
		squares += float64(w) * float64(w) / (1 << 16)
	}
	if math.Abs(mean-1) > 1e-4 || math.Abs(squares-2) > 1e-3 {
		t.Errorf("mean %v, mean square %v; want 1, 2", mean, squares)
	}
	const n = 400
	x := gaussians(1, n, 0)[0]
	b := Bootstrap{Resamples: 2000, Level: 0.95, Workers: 1}
	rows := b.sums(n, 1, func(_, from int, dst []float64) { copy(dst, x[from:]) })
	for _, row := range rows {
		row[0] /= row[1]
	}
	spread := 0.0
	for _, v := range x {
		spread += square(v-rows[0][0]) / n
	}
	if got, want := deviation(rows[1:], 0), math.Sqrt(spread/n); math.Abs(got/want-1) > 4/math.Sqrt(2*2000) {
		t.Errorf("standard error %v, want %v", got, want)
	}
}

// A level is a width: 95 % is 1.96 standard errors to either side.
func TestLevels(t *testing.T) {
	for level, want := range map[float64]float64{0.95: 1.959964, 0.9: 1.644854, 0.6826895: 1} {
		b := Bootstrap{Level: level}
		e := b.estimates([][]float64{{7}, {5}, {9}, {math.NaN()}, {5}, {9}})[0]
		if half := want * math.Sqrt(16.0/3); math.Abs(e.Hi-7-half) > 1e-5 || math.Abs(7-e.Lo-half) > 1e-5 {
			t.Errorf("level %v: %+v, want 7 ± %v", level, e, half)
		}
	}
}

// An input that the function does not read has nothing; what only adds has
// first-order indices that add up to 1 and no pairs.
func TestAdditive(t *testing.T) {
	d := must[Design](t)(Saltelli(names(4), 1<<11, true, 5))
	r := must[Sobol](t)(d.Indices(run(d, func(x []float64) float64 { return x[0] + 2*x[1] + x[2]*x[2] }), Bootstrap{}))
	sum := 0.0
	for _, in := range r.Inputs {
		sum += in.S1.Value
		within(t, in.Input, in.S1, in.ST.Value, 0)
	}
	if math.Abs(sum-1) > 0.01 {
		t.Errorf("first-order indices add up to %v", sum)
	}
	if idle := r.Inputs[3]; idle.ST.Value != 0 || idle.S1.Lo > 0 || idle.S1.Hi < 0 {
		t.Errorf("an idle input has %+v", idle)
	}
	for _, p := range r.Pairs {
		within(t, p.First+p.Other, p.S2, 0, 0)
	}
}

// The output in other units, from another zero, has the same indices.
func TestUnitsDoNotMatter(t *testing.T) {
	d := must[Design](t)(Saltelli(names(3), 1000, true, 6))
	y := run(d.Map(turns(3)), ishigami)
	want := must[Sobol](t)(d.Indices(y, Bootstrap{}))
	for _, c := range [][2]float64{{0, 1e-200}, {0, -3e300}, {1e6, 2}} {
		moved := make([]float64, len(y))
		for i, v := range y {
			moved[i] = c[0] + c[1]*v
		}
		got := must[Sobol](t)(d.Indices(moved, Bootstrap{}))
		if _, err := json.Marshal(got); err != nil { // the variance of the largest is too large for a number
			t.Error(err)
		}
		if diff := cmp.Diff(want.Inputs, got.Inputs, cmpopts.EquateApprox(1e-6, 1e-8)); diff != "" {
			t.Errorf("%v + %v·y: %s", c[0], c[1], diff)
		}
	}
}

// Inputs in another order: the same indices in that order.
func TestOrderOfInputs(t *testing.T) {
	const n = 500
	d := must[Design](t)(Saltelli([]string{"a", "b", "c"}, n, true, 7))
	y := run(d.Map(turns(3)), ishigami)
	want := must[Sobol](t)(d.Indices(y, Bootstrap{}))
	turned := Design{Groups: []Group{d.Groups[2], d.Groups[0], d.Groups[1]}, N: n, Second: true}
	sample := func(k int) []float64 { return y[k*n : (k+1)*n] }
	got := must[Sobol](t)(turned.Indices(slices.Concat(
		sample(0), sample(1), sample(4), sample(2), sample(3), sample(7), sample(5), sample(6)), Bootstrap{}))
	if diff := cmp.Diff([]SobolInput{want.Inputs[2], want.Inputs[0], want.Inputs[1]}, got.Inputs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Pairs[1].S2, got.Pairs[0].S2, cmpopts.EquateApprox(1e-12, 1e-12)); diff != "" {
		t.Error(diff)
	}
}

// Two inputs as a group have what they do alone and together.
func TestGroups(t *testing.T) {
	d := must[Design](t)(Saltelli(names(3), 1<<12, false, 8))
	d = must[Design](t)(d.Grouped([]Group{{"outer", []string{"x1", "x3"}}, {"inner", []string{"x2"}}}))
	r := must[Sobol](t)(d.Indices(run(d.Map(turns(3)), ishigami), Bootstrap{}))
	s1, _, s2, _ := ishigamiShares()
	within(t, "outer S1", r.Inputs[0].S1, s1[0]+s2, 0)
	within(t, "outer ST", r.Inputs[0].ST, s1[0]+s2, 0)
	within(t, "inner S1", r.Inputs[1].S1, s1[1], 0)
}

// Rows with a number missing anywhere are as if they had never been.
func TestRowsLeftOut(t *testing.T) {
	const n = 600
	d := must[Design](t)(Saltelli(names(3), n, false, 9))
	y := run(d.Map(turns(3)), ishigami)
	var some []float64
	for k := range d.Blocks() {
		some = append(some, y[k*n:k*n+n-3]...)
	}
	y[n-1], y[3*n-2], y[4*n-3] = math.NaN(), math.Inf(1), math.NaN()
	got := must[Sobol](t)(d.Indices(y, Bootstrap{}))
	less := d
	less.N = n - 3
	want := must[Sobol](t)(less.Indices(some, Bootstrap{}))
	if diff := cmp.Diff(want.Inputs, got.Inputs); diff != "" {
		t.Error(diff)
	}
	if got.N != n-3 || got.Left != 3 || !has(got.Warnings, LeftOut, "") {
		t.Errorf("used %d, left out %d, %v", got.N, got.Left, got.Warnings)
	}
}

// Nothing that changes, nothing to share: null, and said.
func TestConstantOutput(t *testing.T) {
	d := must[Design](t)(Saltelli(names(2), 64, true, 0))
	r := must[Sobol](t)(d.Indices(run(d, func([]float64) float64 { return 0.1 }), Bootstrap{}))
	if !math.IsNaN(r.Inputs[0].S1.Value) || !has(r.Warnings, Constant, "") {
		t.Errorf("got %+v", r)
	}
	text, err := json.Marshal(r.Inputs[0].S1)
	if err != nil || string(text) != `{"value":null,"lo":null,"hi":null}` {
		t.Errorf("%s, %v", text, err)
	}
	var back Estimate
	if err := json.Unmarshal(text, &back); err != nil || !math.IsNaN(back.Lo) {
		t.Errorf("%v, %v", back, err)
	}
}

// Few rows say so, many do not.
func TestNotConverged(t *testing.T) {
	for n, want := range map[int]bool{128: true, 1 << 15: false} {
		d := must[Design](t)(Saltelli(names(3), n, false, 1))
		r := must[Sobol](t)(d.Indices(run(d.Map(turns(3)), ishigami), Bootstrap{}))
		if got := has(r.Warnings, NotConverged, ""); got != want {
			t.Errorf("%d rows: %v", n, r.Warnings)
		}
	}
}

// A design keeps its draws when an input is appended and when rows are.
func TestDesignStays(t *testing.T) {
	few := must[Design](t)(Saltelli(names(2), 64, true, 3))
	many := must[Design](t)(Saltelli(names(3), 128, true, 3))
	for k := range 2 {
		for j := range 2 {
			if !slices.Equal(few.Block(k)[j], many.Block(k)[j][:64]) {
				t.Errorf("sample %d, input %d moved", k, j)
			}
		}
	}
	points := few.Points()
	if len(points[0]) != few.Len() || few.Len() != 6*64 {
		t.Fatalf("%d points", len(points[0]))
	}
	a, b, ab1, ba1 := few.Block(0), few.Block(1), few.Block(2), few.Block(4)
	if !slices.Equal(ab1[0], b[0]) || !slices.Equal(ab1[1], a[1]) || !slices.Equal(ba1[0], a[0]) || !slices.Equal(ba1[1], b[1]) {
		t.Error("samples are not exchanged as they should be")
	}
	if !slices.Equal(points[1][4*64:5*64], ba1[1]) {
		t.Error("points and samples differ")
	}
}

func TestDesignMistakes(t *testing.T) {
	d := must[Design](t)(Saltelli(names(2), 8, false, 0))
	for _, c := range []struct {
		err  error
		want string
	}{
		{second(Saltelli(nil, 8, false, 0)), "no inputs; name at least one"},
		{second(Saltelli([]string{"a", "a"}, 8, false, 0)), `input "a" is named twice`},
		{second(Saltelli(names(2), 1, false, 0)), "a sensitivity design wants 2 to 2147483647 rows, got 1"},
		{second(Saltelli(names(600), 8, false, 0)), "a sensitivity design takes at most 555 inputs, got 600; screen them with morris first"},
		{second(d.Grouped([]Group{{"g", []string{"x1"}}})), `input "x2" is in no group; give it one of its own`},
		{second(d.Grouped([]Group{{"g", []string{"x1", "x2"}}, {"h", []string{"x2"}}})), `input "x2" is in group "g" and again in "h"`},
		{second(d.Grouped([]Group{{"g", []string{"x1", "x2", "y"}}})), `group "g" names the unknown input "y"`},
		{second(d.Grouped([]Group{{"g", []string{"x1", "x2"}}, {"h", nil}})), `group "h" is empty`},
		{second(d.Indices(make([]float64, 5), Bootstrap{})), "the design has 32 points (4 samples of 8), got 5 outputs"},
		{second(d.Indices(make([]float64, 32), Bootstrap{Resamples: 1})), "a bootstrap wants 2 to 1048576 resamples, got 1; 100 is usual"},
		{second(d.Indices(make([]float64, 32), Bootstrap{Level: 95})), "the level of an interval lies between 0 and 1, got 95; 0.95 is usual"},
		{second(d.Indices(slices.Repeat([]float64{math.NaN()}, 32), Bootstrap{})), errTooFew.Error()},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Any number of workers: the same bytes, from every estimator.
func TestWorkersChangeNoByte(t *testing.T) {
	d := must[Design](t)(Saltelli(names(6), 300, true, 1))
	y := run(d, sobolG([]float64{0, 1, 2, 3, 4, 5}))
	x := d.Points()
	table := Sample{Inputs: names(6), X: x, Y: y}
	in := make([]bool, len(y))
	for i := range in {
		in[i] = y[i] > 1
	}
	constants := slices.Repeat([]float64{1}, 6)
	all := func(workers int) string {
		b := Bootstrap{Workers: workers, Seed: 5}
		text, err := json.Marshal([]any{
			must[Sobol](t)(d.Indices(y, b)), must[Ratios](t)(FirstOrder(table, b)), must[Deltas](t)(Delta(table, b)),
			must[Regions](t)(Regional(table, in, b)), must[Derivatives](t)(DGSM(names(6), x, y, constants, b)),
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := all(1)
	for _, workers := range []int{0, 2, 7} {
		if got := all(workers); got != want {
			t.Errorf("%d workers: %s", workers, cmp.Diff(want, got))
		}
	}
}

// The whole of a study of Ishigami's function, its evaluation included: 524 288
// points, second order, 100 resamples.
func BenchmarkIshigami(b *testing.B) {
	for b.Loop() {
		d := must[Design](b)(Saltelli(names(3), 1<<16, true, 1))
		must[Sobol](b)(d.Indices(run(d.Map(turns(3)), ishigami), Bootstrap{Workers: 1}))
	}
}
