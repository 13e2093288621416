package sensitivity

import (
	"math"
	"testing"

	"casus/worlds/draw"
)

// A trajectory moves every input once, by the step, between levels.
func TestTrajectories(t *testing.T) {
	for _, ends := range []bool{false, true} {
		m := must[Walks](t)(Morris(names(5), 200, 6, 3))
		m.Ends = ends
		points := m.Points()
		starts := map[float64]int{}
		for walk := range m.Trajectories {
			moved := [5]bool{}
			starts[points[0][walk*6]]++
			for k := range 5 {
				at := walk*6 + k
				for j := range points {
					step := math.Abs(points[j][at+1] - points[j][at])
					if step == 0 {
						continue
					}
					if moved[j] || math.Abs(step-m.Step()) > 1e-15 {
						t.Fatalf("trajectory %d, input %d: again, or by %v", walk, j, step)
					}
					moved[j] = true
				}
			}
			if moved != [5]bool{true, true, true, true, true} {
				t.Fatalf("trajectory %d moves %v", walk, moved)
			}
		}
		// Six levels, 200 starts: 33 each, standard deviation 5.3.
		for level, count := range starts {
			if level < 0 || level > 1 || !ends && (level == 0 || level == 1) || math.Abs(float64(count)-200.0/6) > 21 {
				t.Errorf("level %v is the start of %d", level, count)
			}
		}
		if len(starts) != 6 {
			t.Errorf("%d levels", len(starts))
		}
	}
}

// A plane: each effect is its slope. A product: the effect of one input is the
// other's value, ½ in the mean, spread as the levels are. A square: x + x′ over
// all moves.
func TestElementaryEffects(t *testing.T) {
	m := must[Walks](t)(Morris(names(5), 400, 4, 1))
	m.Ends = true
	f := func(x []float64) float64 { return 3*x[0] - 2*x[1] + x[2]*x[3] }
	r := must[Elementary](t)(m.Effects(through(m.Points(), f), Bootstrap{}))
	for j, slope := range []float64{3, -2} {
		in := r.Inputs[j]
		if math.Abs(in.Mu.Value-slope) > 1e-12 || math.Abs(in.MuStar.Value-math.Abs(slope)) > 1e-12 || in.Sigma.Value > 1e-6 {
			t.Errorf("%+v, want slope %v", in, slope)
		}
	}
	for _, in := range r.Inputs[2:4] {
		within(t, in.Input+" mu*", in.MuStar, 0.5, 0)
		within(t, in.Input+" sigma", in.Sigma, math.Sqrt(5.0/36), 0) // levels 0, ⅓, ⅔, 1
	}
	if idle := r.Inputs[4]; idle.MuStar.Value != 0 || idle.MuStar.Hi != 0 {
		t.Errorf("an idle input has %+v", idle)
	}
	if r.N != 400 || r.Evaluations != 2400 {
		t.Errorf("%d trajectories, %d evaluations", r.N, r.Evaluations)
	}
}

// The sign of an effect does not depend on the way the input moved, and mu*
// sees what cancels in mu.
func TestCancellingEffects(t *testing.T) {
	m := must[Walks](t)(Morris(names(2), 500, 4, 2))
	r := must[Elementary](t)(m.Effects(through(m.Points(), func(x []float64) float64 { return (x[0] - 0.5) * (x[1] - 0.5) }), Bootstrap{}))
	for _, in := range r.Inputs {
		within(t, in.Input+" mu", in.Mu, 0, 0)
		within(t, in.Input+" mu*", in.MuStar, 0.25, 0) // levels ⅛, ⅜, ⅝, ⅞
	}
}

// Few effects, by the definitions.
func TestFewEffects(t *testing.T) {
	in := elementary("x", []float64{1, -2, 4}, Bootstrap{Resamples: 2, Level: 0.95, Workers: 1})
	if math.Abs(in.Mu.Value-1) > 1e-14 || math.Abs(in.MuStar.Value-7.0/3) > 1e-14 || math.Abs(in.Sigma.Value-3) > 1e-14 {
		t.Errorf("%+v; want 1, 7/3, 3", in)
	}
}

// A missing output costs the effects on either side of it, no others.
func TestEffectsLeftOut(t *testing.T) {
	m := must[Walks](t)(Morris(names(3), 20, 4, 0))
	y := through(m.Points(), func(x []float64) float64 { return x[0] + x[1] + x[2] })
	y[4*5] = math.NaN() // the first point of a trajectory: one effect
	r := must[Elementary](t)(m.Effects(y, Bootstrap{}))
	total := 0
	for _, in := range r.Inputs {
		total += in.N
	}
	_, order := m.walk(5)
	if total != 59 || r.N != 19 || r.Left != 1 || !has(r.Warnings, LeftOut, r.Inputs[order[0]].Input) {
		t.Errorf("%d effects, %d trajectories, %v", total, r.N, r.Warnings)
	}
}

// More trajectories keep the earlier ones.
func TestTrajectoriesStay(t *testing.T) {
	few, many := must[Walks](t)(Morris(names(3), 5, 4, 7)), must[Walks](t)(Morris(names(3), 9, 4, 7))
	a, b := few.Points(), many.Points()
	for j := range a {
		for i := range a[j] {
			if a[j][i] != b[j][i] {
				t.Fatalf("point %d moved", i)
			}
		}
	}
}

func TestMorrisMistakes(t *testing.T) {
	m := must[Walks](t)(Morris(names(1), 2, 2, 0))
	for _, c := range []struct {
		err  error
		want string
	}{
		{second(Morris(names(1), 1, 4, 0)), "morris wants 2 trajectories or more, got 1; 10 to 50 are usual"},
		{second(Morris(names(1), 9, 5, 0)), "morris wants an even number of levels, got 5; 4 is usual"},
		{second(m.Effects(nil, Bootstrap{})), "the design has 4 points (2 trajectories), got 0 outputs"},
		{second(m.Effects([]float64{1, math.NaN(), 1, 1}, Bootstrap{})), `input "x1": fewer than 2 effects are finite; nothing can be estimated`},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

// 1000 trajectories of 40 inputs, 41 000 points.
func BenchmarkMorris(b *testing.B) {
	a := make([]float64, 40)
	for j := range a {
		a[j] = draw.NewStream(0, "a").Uniform(uint64(j)) * 10
	}
	for b.Loop() {
		m := must[Walks](b)(Morris(names(40), 1000, 4, 0))
		must[Elementary](b)(m.Effects(through(m.Points(), sobolG(a)), Bootstrap{Workers: 1}))
	}
}
