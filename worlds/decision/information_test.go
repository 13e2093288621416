package decision

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"casus/worlds/draw"
)

// The two-option normal problem: nothing against μ + Σ σₖ Zₖ. Knowing inputs of
// joint standard deviation s is worth s·φ(μ/s) − |μ|·Φ(−|μ|/s) (Raiffa &
// Schlaifer 1961, the unit normal loss).
func normalProblem(n int, seed uint64, μ float64, σ ...float64) (*Table, []Input) {
	values := make([]float64, n)
	var inputs []Input
	for k, s := range σ {
		in := Input{Name: string(rune('x' + k))}
		for w, u := range (draw.Design{Kind: draw.MonteCarlo, Seed: seed, N: n}).Column(in.Name) {
			z := distuv.UnitNormal.Quantile(u)
			in.Values = append(in.Values, z)
			values[w] += s * z
		}
		inputs = append(inputs, in)
	}
	for w := range values {
		values[w] += μ
	}
	return &Table{Measure: "gain", Unit: "u", Better: Higher, Options: []string{"nothing", "act"}, Values: [][]float64{make([]float64, n), values}}, inputs
}

func worth(μ, s float64) float64 {
	a := math.Abs(μ) / s
	return s*distuv.UnitNormal.Prob(a) - math.Abs(μ)*distuv.UnitNormal.CDF(-a)
}

func TestInformationAgainstClosedForm(t *testing.T) {
	const n, μ = 5000, 0.3
	σ := []float64{1, 0.6, 0.1}
	tb, inputs := normalProblem(n, 5, μ, σ...)
	s := InformationDefaults()
	s.Resamples, s.Permutations = 200, 9
	// The standard error of a mean gain is about 1/√n; four of them.
	tolerance := 4 / math.Sqrt(n)
	joint := func(ks ...int) float64 {
		v := 0.0
		for _, k := range ks {
			v += σ[k] * σ[k]
		}
		return math.Sqrt(v)
	}
	check := func(i *Information, err error, want float64) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(float64(i.Value)-want) > tolerance || !(i.Interval.Lo <= i.Value && i.Value <= i.Interval.Hi) {
			t.Errorf("knowing %v: %v %v, the closed form says %.4f", i.Inputs, i.Value, i.Interval, want)
		}
		if len(i.Inputs) > 0 && !(i.InSample >= i.HeldOut) {
			t.Errorf("knowing %v: in sample %v, held out %v", i.Inputs, i.InSample, i.HeldOut)
		}
	}
	i, err := PerfectInformation(tb, s)
	check(i, err, worth(μ, joint(0, 1, 2)))
	for _, ks := range [][]int{{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 1, 2}} {
		var known []Input
		for _, k := range ks {
			known = append(known, inputs[k])
		}
		i, err := InputInformation(tb, known, s)
		check(i, err, worth(μ, joint(ks...)))
	}
}

// Knowing an input that matters not at all is worth nothing, and what the worlds
// seem to say in sample is no more than the null says.
func TestInformationOfNothing(t *testing.T) {
	tb, _ := normalProblem(1000, 2, 0.02, 1)
	_, other := normalProblem(1000, 99, 0, 1, 1)
	other[1].Name = "unrelated"
	for _, known := range [][]Input{{other[1]}, other[1:]} {
		i := must(InputInformation(tb, known, InformationDefaults()))
		if i.Value > 0.05 || i.Null <= 0 || i.InSample > 3*i.NullHigh {
			t.Errorf("%s: value %v, in sample %v, null %v to %v", i.Learner, i.Value, i.InSample, i.Null, i.NullHigh)
		}
	}
}

// Perfect information is the mean regret of the option that is best without, is
// never negative, and is worth at least what any input is held out to be worth.
func TestInformationRelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := small(t, "m", 3, 60)
		s := InformationDefaults()
		s.Resamples, s.Permutations = 20, 3
		i := must(PerfectInformation(tb, s))
		c := must(Compare(tb, Defaults()))
		if c.N == 0 {
			return
		}
		least := math.Inf(1)
		for _, o := range c.Options {
			least = min(least, float64(o.MeanRegret))
		}
		if math.Abs(least-float64(i.Value)) > 1e-12 || i.Value < -1e-12 {
			t.Fatalf("value %v, least mean regret %v", i.Value, least)
		}
		in := Input{Name: "x"}
		for range 60 {
			in.Values = append(in.Values, float64(rapid.IntRange(0, 5).Draw(t, "x")))
		}
		if c.N < 4*s.Folds {
			if _, err := InputInformation(tb, []Input{in}, s); err == nil {
				t.Fatal("learned from too few worlds")
			}
			return
		}
		if k := must(InputInformation(tb, []Input{in}, s)); k.HeldOut > i.Value+1e-12 || k.InSample > i.Value+1e-12 || k.InSample < -1e-12 {
			t.Errorf("one input %v in sample, %v held out; everything %v", k.InSample, k.HeldOut, i.Value)
		}
	})
}

// A step that the partition can see exactly: below its median the input says a,
// above it b.
func TestInformationOfAStep(t *testing.T) {
	const n = 400
	in := Input{Name: "x"}
	a, b := make([]float64, n), make([]float64, n)
	for w := range n {
		in.Values = append(in.Values, float64((w*157)%n))
		if in.Values[w] < n/2 {
			a[w] = 1
		} else {
			b[w] = 3
		}
	}
	tb := &Table{Measure: "m", Better: Higher, Options: []string{"a", "b"}, Values: [][]float64{a, b}}
	s := InformationDefaults()
	s.Parts = 20
	if i := must(InputInformation(tb, []Input{in}, s)); math.Abs(float64(i.Value)-0.5) > 1e-12 || math.Abs(float64(i.InSample)-0.5) > 1e-12 || !slices.Equal(i.Without, []string{"b"}) {
		t.Errorf("worth %v, in sample %v, without %v; it is 0.5 beyond b", i.Value, i.InSample, i.Without)
	}
}

func TestInformationMistakes(t *testing.T) {
	tb, inputs := normalProblem(60, 1, 0, 1, 1)
	for _, c := range []struct {
		name   string
		inputs []Input
		change func(*InformationSettings)
		says   string
	}{
		{"none", nil, nil, "no input to know"},
		{"short", []Input{{"x", []float64{1}}}, nil, "has 1 worlds"},
		{"infinite", []Input{{"x", slices.Repeat([]float64{math.Inf(1)}, 60)}}, nil, "infinite in world 0"},
		{"undefined", []Input{{"x", slices.Repeat([]float64{math.NaN()}, 60)}}, nil, "0 worlds are too few"},
		{"folds", inputs[:1], func(s *InformationSettings) { s.Folds = 1 }, "1 folds"},
		{"parts", inputs[:1], func(s *InformationSettings) { s.Parts = 30 }, "use 15 parts or fewer"},
		{"group", []Input{inputs[0], inputs[1], inputs[0], inputs[1], inputs[0], inputs[1]}, nil, "too few for a group of 6"},
	} {
		s := InformationDefaults()
		if c.change != nil {
			c.change(&s)
		}
		if _, err := InputInformation(tb, c.inputs, s); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

// Inputs that repeat one another are no trouble to the group.
func TestInformationOfTwins(t *testing.T) {
	tb, inputs := normalProblem(500, 4, 0, 1)
	i := must(InputInformation(tb, []Input{inputs[0], inputs[0]}, InformationDefaults()))
	if math.Abs(float64(i.Value)-worth(0, 1)) > 0.1 {
		t.Errorf("twins are worth %v, one is %v", i.Value, worth(0, 1))
	}
}

// Sometimes a measure is a constant: nothing to learn, and nothing breaks.
func TestInformationOfConstants(t *testing.T) {
	_, inputs := normalProblem(200, 4, 0, 1, 1)
	tb := &Table{Measure: "m", Better: Lower, Options: []string{"a", "b"}, Values: [][]float64{make([]float64, 200), make([]float64, 200)}}
	for _, known := range [][]Input{inputs[:1], inputs} {
		if i := must(InputInformation(tb, known, InformationDefaults())); i.Value != 0 || i.InSample != 0 || len(i.Without) != 2 {
			t.Errorf("constants: %+v", i)
		}
	}
}

// Rows written twice, of worlds that are named, teach no more: nothing learned in one copy
// is judged in the other, and an input without influence is worth no more than once.
func TestCopiesTeachNothing(t *testing.T) {
	const n = 120
	stream := draw.NewStream(4, "copies")
	words := make([]uint64, 3*n)
	stream.Fill(words, 0)
	u := func(i int) float64 { return float64(words[i]>>11) / (1 << 53) }
	once := &Table{Measure: "war", Better: Lower, Options: []string{"a", "b"}, Values: make([][]float64, 2)}
	twice := &Table{Measure: "war", Better: Lower, Options: once.Options, Values: make([][]float64, 2)}
	x, xx := []float64{}, []float64{}
	for i := range n {
		for o := range 2 {
			v := u(o*n + i)
			once.Values[o] = append(once.Values[o], v)
			twice.Values[o] = append(twice.Values[o], v, v)
		}
		idle := u(2*n + i)
		x, xx = append(x, idle), append(xx, idle, idle)
		twice.Worlds = append(twice.Worlds, i, i)
	}
	s := InformationDefaults()
	s.Parts = 10
	a, err := InputInformation(once, []Input{{"x", x}}, s)
	if err != nil {
		t.Fatal(err)
	}
	b, err := InputInformation(twice, []Input{{"x", xx}}, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]Number{{a.HeldOut, b.HeldOut}, {a.InSample, b.InSample}, {a.NullHigh, b.NullHigh}, {a.Interval.Lo, b.Interval.Lo}, {a.Interval.Hi, b.Interval.Hi}, {a.Effective, b.Effective}} {
		if math.Abs(float64(pair[0]-pair[1])) > 1e-12 {
			t.Errorf("once %v, twice %v", pair[0], pair[1])
		}
	}
}
