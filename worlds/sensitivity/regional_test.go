package sensitivity

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Three below three: one order of twenty each way.
func TestApart(t *testing.T) {
	r := must[Regions](t)(Regional(Sample{Inputs: names(1), X: [][]float64{{4, 1, 5, 2, 6, 3}}}, []bool{false, true, false, true, false, true}, Bootstrap{}))
	in := r.Inputs[0]
	if in.D.Value != 1 || math.Abs(in.P-0.1) > 1e-14 || !in.Exact || in.At != 3 || !in.Lower || in.In != 3 || in.Out != 3 {
		t.Errorf("%+v", in)
	}
}

// P is the share of all classes of that size that lie at least as far apart,
// ties or not.
func TestPIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(0, 4), 2, 9).Draw(t, "x")
		if rapid.Bool().Draw(t, "ties") {
			for i := range x {
				x[i] = math.Floor(x[i])
			}
		}
		size := rapid.IntRange(1, len(x)-1).Draw(t, "size")
		class := make([]bool, len(x))
		for i := range size {
			class[i] = true
		}
		distance := func(class []bool) float64 {
			d := 0.0
			for _, at := range x {
				in, out := 0.0, 0.0
				for i, v := range x {
					if v <= at && class[i] {
						in++
					} else if v <= at {
						out++
					}
				}
				d = max(d, math.Abs(in/float64(size)-out/float64(len(x)-size)))
			}
			return d
		}
		want, all, far := distance(class), 0, 0
		for mask := range 1 << len(x) {
			var other []bool
			members := 0
			for i := range x {
				other = append(other, mask>>i&1 == 1)
				members += mask >> i & 1
			}
			if members == size {
				all++
				if distance(other) > want-1e-12 {
					far++
				}
			}
		}
		got := compare(rows{x: x}, class, Bootstrap{Resamples: 2, Level: 0.95})
		if math.Abs(got.D.Value-want) > 1e-12 || math.Abs(got.P-float64(far)/float64(all)) > 1e-12 {
			t.Fatalf("D %v, p %v; want %v, %d of %d", got.D.Value, got.P, want, far, all)
		}
	})
}

// The limit is near the exact p for large classes.
func TestKolmogorovsLimit(t *testing.T) {
	s := steps{in: make([]bool, 4000), last: make([]bool, 4000)}
	for i := range s.last {
		s.last[i] = true
	}
	for _, d := range []float64{0.02, 0.03, 0.045, 0.06} {
		exact, limit := s.paths(d, 2000, 2000), kolmogorov(d*math.Sqrt(1000))
		if math.Abs(exact-limit) > 0.02 {
			t.Errorf("D %v: exact %v, limit %v", d, exact, limit)
		}
	}
	for _, c := range [][2]float64{{1.3581, 0.05}, {1.6276, 0.01}, {0, 1}} {
		if got := kolmogorov(c[0]); math.Abs(got-c[1]) > 1e-4 {
			t.Errorf("λ %v: got %v, want %v", c[0], got, c[1])
		}
	}
}

// A class cut out of one input: that input differs, the other does not.
func TestClassOfOneInput(t *testing.T) {
	x := uniforms(2, 2000, 1)
	in := make([]bool, 2000)
	for i := range in {
		in[i] = x[0][i] > 0.75
	}
	r := must[Regions](t)(Regional(Sample{Inputs: names(2), X: x}, in, Bootstrap{}))
	cut, idle := r.Inputs[0], r.Inputs[1]
	if cut.D.Value != 1 || cut.P > 1e-12 || cut.Lower || math.Abs(cut.At-0.75) > 0.01 {
		t.Errorf("%+v", cut)
	}
	if idle.P < 0.001 || idle.PHolm < idle.P || !has(r.Warnings, NotShown, "x2") {
		t.Errorf("%+v %v", idle, r.Warnings)
	}
	if r.In+r.Out != 2000 || r.N != 2000 {
		t.Errorf("%d in, %d out", r.In, r.Out)
	}
}

// Holm's steps: 0.01·3, 0.02·2, then not below.
func TestHolm(t *testing.T) {
	rows := []Region{{P: 0.03}, {P: 0.01}, {P: 0.02}}
	holm(rows)
	for j, want := range []float64{0.04, 0.03, 0.04} {
		if math.Abs(rows[j].PHolm-want) > 1e-15 {
			t.Errorf("row %d: %v, want %v", j, rows[j].PHolm, want)
		}
	}
}

func TestRegionalMistakes(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x    []float64
		in   []bool
		want string
	}{
		{[]float64{1, 2}, []bool{true, true}, "the class holds 2 of 2 worlds; there is nothing to compare"},
		{[]float64{1, nan}, []bool{true, false}, `input "x1": no finite value outside the class`},
		{[]float64{nan, 1}, []bool{true, false}, `input "x1": no finite value in the class`},
	} {
		_, err := Regional(Sample{Inputs: names(1), X: [][]float64{c.x}}, c.in, Bootstrap{})
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
