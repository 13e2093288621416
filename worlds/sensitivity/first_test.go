package sensitivity

import (
	"math"
	"testing"

	"casus/worlds/draw"

	"github.com/google/go-cmp/cmp"
)

func uniforms(d, n int, seed uint64) [][]float64 {
	return draws(d, func(name string) []float64 {
		return draw.Design{Kind: draw.MonteCarlo, Seed: seed, N: n}.Column(name)
	})
}

func draws(d int, column func(string) []float64) [][]float64 {
	var x [][]float64
	for _, name := range names(d) {
		x = append(x, column(name))
	}
	return x
}

// Ishigami's function in worlds drawn at random.
func TestFirstOrderOfIshigami(t *testing.T) {
	x := mapped(uniforms(4, 5000, 1), turns(4))
	r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(4), X: x, Y: through(x, ishigami)}, Bootstrap{}))
	s1, _, _, _ := ishigamiShares()
	for j, want := range append(s1[:], 0) {
		within(t, r.Inputs[j].Input, r.Inputs[j].S1, want, 0.005) // the bins: 71
	}
}

// The value is the definition with unbiased variances, bins of any size.
func TestUnbiasedRatio(t *testing.T) {
	s := bins{y: []float64{1, 2, 4, 3, 5, 10, 6}, ends: []int{3, 5, 7}}
	var between, noise float64
	for _, bin := range [][]float64{{1, 2, 4}, {3, 5}, {10, 6}} {
		n, mean, spread := float64(len(bin)), 0.0, 0.0
		for _, y := range bin {
			mean += y / n
		}
		for _, y := range bin {
			spread += square(y-mean) / (n - 1)
		}
		between += n * square(mean-31.0/7)
		noise += spread * (1 - n/7)
	}
	all := 0.0
	for _, y := range s.y {
		all += square(y-31.0/7) / 6
	}
	if got, want := s.unbiased(), (between-noise)/7/all; math.Abs(got-want) > 1e-14 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The plug-in of a resample is that of the worlds it repeats.
func TestPlugIn(t *testing.T) {
	y := gaussians(1, 600, 9)[0]
	s := bins{y: y, ends: []int{200, 256, 450, 600}}
	resamples := Bootstrap{Seed: 3}.resampler()
	for r := range 3 {
		var w []float64
		for from := 0; from < len(y); from += lane {
			part := make([]float64, min(lane, len(y)-from))
			resamples.weights(part, r, from)
			w = append(w, part...)
		}
		mean := func(from, to int) (m, n float64) {
			for i := from; i < to; i++ {
				m, n = m+w[i]*y[i], n+w[i]
			}
			return m / n, n
		}
		grand, _ := mean(0, 600)
		between, all, start := 0.0, 0.0, 0
		for _, end := range s.ends {
			m, n := mean(start, end)
			between += n * square(m-grand)
			start = end
		}
		for i, v := range y {
			all += w[i] * square(v-grand)
		}
		if got := s.plugIn(resamples, r); math.Abs(got-between/all) > 1e-12 {
			t.Errorf("resample %d: got %v, want %v", r, got, between/all)
		}
	}
}

// Over many tables the standard errors are what the values scatter by.
func TestScatter(t *testing.T) {
	const tables = 60
	var ratio, delta, ratioError, deltaError []float64
	for seed := range uint64(tables) {
		x := gaussians(2, 300, seed)
		table := Sample{Inputs: names(1), X: x[:1], Y: linear(x, []float64{1, 1})}
		s := must[Ratios](t)(FirstOrder(table, Bootstrap{Seed: seed})).Inputs[0].S1
		d := must[Deltas](t)(Delta(table, Bootstrap{Seed: seed})).Inputs[0].Delta
		ratio, ratioError = append(ratio, s.Value), append(ratioError, s.Width()/2/1.96)
		delta, deltaError = append(delta, d.Value), append(deltaError, d.Width()/2/1.96)
	}
	for _, c := range []struct {
		name           string
		values, errors []float64
	}{{"S1", ratio, ratioError}, {"delta", delta, deltaError}} {
		rows := make([][]float64, tables)
		for i, v := range c.values {
			rows[i] = []float64{v}
		}
		// A scatter of 60 values is known to a tenth.
		if got, want := draw.Mean(c.errors), deviation(rows, 0); got < 0.7*want || got > 1.6*want {
			t.Errorf("%s: standard error %v, scatter %v", c.name, got, want)
		}
	}
}

// An idle input has 0 in the mean of many tables; the plug-in has the number of
// bins over that of rows.
func TestIdleInputHasNothingInTheMean(t *testing.T) {
	const tables, n = 300, 100
	var values, raw float64
	var spread float64
	for seed := range uint64(tables) {
		x := gaussians(2, n, seed)
		s := binned(x[0], x[1])
		v := s.unbiased()
		values += v / tables
		spread += v * v / tables
		raw += s.plugIn(Bootstrap{}.resampler(), 0) / tables
	}
	if math.Abs(values) > 4*math.Sqrt(spread/tables) || raw < 0.07 {
		t.Errorf("mean %v (standard error %v), plug-in %v", values, math.Sqrt(spread/tables), raw)
	}
}

// Equal values share a bin: two values make two, and the share is exact.
func TestFewValues(t *testing.T) {
	u, z := uniforms(1, 4000, 2)[0], gaussians(1, 4000, 2)[0]
	y := make([]float64, len(u))
	for i := range u {
		u[i] = math.Round(u[i])
		y[i] = u[i] + z[i]/2
	}
	r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(1), X: [][]float64{u}, Y: y}, Bootstrap{}))
	if r.Inputs[0].Bins != 2 {
		t.Errorf("%d bins", r.Inputs[0].Bins)
	}
	within(t, "share", r.Inputs[0].S1, 0.5, 0)
}

// Inputs that depend on each other: (R·β)ᵢ²/V, also for one that is not read.
func TestFirstOrderOfDependentInputs(t *testing.T) {
	c := must[draw.Copula](t)(draw.NewCopula(names(3), matrix, draw.NormalScore))
	x := draw.NormalScores(c.Map(uniforms(3, 8000, 3)))
	beta := []float64{1, 2, 0}
	s1, _ := dependentShares(matrix, beta)
	r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(3), X: x, Y: linear(x, beta)}, Bootstrap{}))
	for j, want := range s1 {
		within(t, names(3)[j], r.Inputs[j].S1, want, 0.003)
	}
}

// An input has the same answer in any place and any company.
func TestPlaceAndCompany(t *testing.T) {
	x := gaussians(3, 300, 7)
	y := linear(x, []float64{1, 2, 0})
	in := make([]bool, len(y))
	for i := range in {
		in[i] = y[i] > 1
	}
	answers := func(of ...int) (ratios []Ratio, deltas []DeltaInput, regions []Region) {
		table := Sample{Y: y}
		for _, j := range of {
			table.Inputs, table.X = append(table.Inputs, names(3)[j]), append(table.X, x[j])
		}
		for _, r := range must[Regions](t)(Regional(table, in, Bootstrap{})).Inputs {
			r.PHolm = 0 // asks how many inputs there are
			regions = append(regions, r)
		}
		return must[Ratios](t)(FirstOrder(table, Bootstrap{})).Inputs, must[Deltas](t)(Delta(table, Bootstrap{})).Inputs, regions
	}
	ratios, deltas, regions := answers(0, 1, 2)
	for _, of := range [][]int{{2, 0, 1}, {1}, {1, 0}} {
		r, d, g := answers(of...)
		for k, j := range of {
			if r[k] != ratios[j] || d[k] != deltas[j] || g[k] != regions[j] {
				t.Errorf("%v: input %d has another answer", of, j)
			}
		}
	}
}

// Rows without a number are left out for the input that lacks it, and the
// subset of a class is a table like any other.
func TestRowsOfATable(t *testing.T) {
	x := gaussians(2, 400, 4)
	y := linear(x, []float64{1, 1})
	x[0][7], y[9] = math.NaN(), math.Inf(-1)
	table := Sample{Inputs: names(2), X: x, Y: y}
	r := must[Ratios](t)(FirstOrder(table, Bootstrap{}))
	if r.Inputs[0].N != 398 || r.Inputs[1].N != 399 || r.N != 398 || r.Left != 2 || !has(r.Warnings, LeftOut, "x1") {
		t.Errorf("%+v", r)
	}
	in := make([]bool, 400)
	for i := range in {
		in[i] = i%2 == 0
	}
	half := must[Sample](t)(table.Where(in))
	var xs, ys []float64
	for i := 0; i < 400; i += 2 {
		xs, ys = append(xs, x[1][i]), append(ys, y[i])
	}
	want := must[Ratios](t)(FirstOrder(Sample{Inputs: names(2)[1:], X: [][]float64{xs}, Y: ys}, Bootstrap{}))
	got := must[Ratios](t)(FirstOrder(half, Bootstrap{}))
	if diff := cmp.Diff(want.Inputs[0], got.Inputs[1]); diff != "" {
		t.Error(diff)
	}
}

func TestTableMistakes(t *testing.T) {
	x := gaussians(2, 100, 0)
	for _, c := range []struct {
		err  error
		want string
	}{
		{second(FirstOrder(Sample{Inputs: names(1), X: x, Y: x[0]}, Bootstrap{})), "1 inputs are named, got 2 columns"},
		{second(FirstOrder(Sample{Inputs: names(2), X: x, Y: x[0][:5]}, Bootstrap{})), `input "x1" has 100 rows, the output 5`},
		{second(FirstOrder(Sample{Inputs: names(1), X: [][]float64{{1, math.NaN()}}, Y: []float64{1, 2}}, Bootstrap{})), `input "x1": 1 complete row, want at least 16`},
		{second(FirstOrder(Sample{Inputs: names(1), X: [][]float64{{1, 2}}, Y: []float64{1, 2}}, Bootstrap{})), `input "x1": 2 complete rows, want at least 16`},
		{second(Delta(Sample{Inputs: names(1), X: [][]float64{{1, 2}}, Y: []float64{1, 2}}, Bootstrap{})), `input "x1": 2 complete rows, want at least 50`},
		{second(Sample{Inputs: names(2), X: x, Y: x[0]}.Where(make([]bool, 3))), `input "x1" has 100 rows, the output 3`},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

// An input or output that never changes is said to.
func TestConstantColumns(t *testing.T) {
	x := gaussians(2, 100, 0)
	clear(x[0])
	r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(2), X: x, Y: x[1]}, Bootstrap{}))
	d := must[Deltas](t)(Delta(Sample{Inputs: names(2), X: x, Y: x[1]}, Bootstrap{}))
	if !has(r.Warnings, Constant, "x1") || has(r.Warnings, Constant, "x2") || !has(d.Warnings, Constant, "x1") {
		t.Errorf("%v, %v", r.Warnings, d.Warnings)
	}
	if r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(2), X: x, Y: x[0]}, Bootstrap{})); !has(r.Warnings, Constant, "x2") {
		t.Errorf("constant output: %v", r)
	}
}

func BenchmarkFirstOrder(b *testing.B) {
	x := gaussians(10, 1<<14, 1)
	t := Sample{Inputs: names(10), X: x, Y: linear(x, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})}
	for b.Loop() {
		must[Ratios](b)(FirstOrder(t, Bootstrap{Workers: 1}))
	}
}

// A change is told from rounding, however far from 0 an output lies.
func TestChangeFarFromZero(t *testing.T) {
	x := gaussians(2, 1000, 0)
	far, rounded := make([]float64, 1000), make([]float64, 1000)
	for i, v := range x[0] {
		far[i] = 1e15 + 8*v
		rounded[i] = 1e15 + 0.125*float64(i%2)
	}
	r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(2), X: x, Y: far}, Bootstrap{}))
	if s := r.Inputs[0].S1.Value; !(s > 0.97 && s < 1.01) || math.Abs(r.Inputs[1].S1.Value) > 0.1 {
		t.Errorf("1e15 + 8a: %v, %v", r.Inputs[0].S1, r.Inputs[1].S1)
	}
	if r := must[Ratios](t)(FirstOrder(Sample{Inputs: names(2), X: x, Y: rounded}, Bootstrap{})); !has(r.Warnings, Constant, "x1") {
		t.Errorf("one unit in the last place: %v", r.Inputs)
	}
}
