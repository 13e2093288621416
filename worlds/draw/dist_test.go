package draw

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMistakes(t *testing.T) {
	all := lines(t, "testdata/mistakes.txt")
	for i := 0; i < len(all); i += 2 {
		_, err := read(t, all[i])
		if want := strings.TrimSpace(all[i+1]); err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", all[i], err, want)
		}
	}
}

func TestQuantilesAgainstSciPy(t *testing.T) {
	us := []float64{0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999}
	for _, line := range lines(t, "testdata/quantiles.txt") {
		parts := strings.Split(line, " : ")
		d := must(t, parts[0])
		for i, want := range floats(t, parts[1]) {
			if got := d.Quantile(us[i]); !near(got, want, 1e-11) {
				t.Errorf("%s: quantile %g is %v, want %v", d, us[i], got, want)
			}
		}
		if want := floats(t, parts[2])[0]; !near(d.Mean(), want, 1e-11) {
			t.Errorf("%s: mean %v, want %v", d, d.Mean(), want)
		}
	}
}

// Every kind says how it is called, takes that, and writes itself so.
func TestKindsDescribeThemselves(t *testing.T) {
	sample := map[string]string{
		"uniform(lo, hi)":             "uniform(1, 2)",
		"triangular(lo, mode, hi)":    "triangular(1, 2, 4)",
		"pert(lo, mode, hi[, shape])": "pert(1, 2, 4, 6)",
		"normal(mean, sd)":            "normal(1, 2)",
		"lognormal(median, gsd)":      "lognormal(1, 2)",
		"beta(a, b[, lo, hi])":        "beta(1, 2, 3, 4)",
		"discrete(value, weight, …)":  "discrete(1, 2, 3, 4)",
		"fixed(value)":                "fixed(1)",
	}
	for _, k := range Kinds() {
		text, ok := sample[k.Usage()]
		if !ok {
			t.Errorf("unexpected usage %s", k.Usage())
			continue
		}
		if d := must(t, text); d.String() != text {
			t.Errorf("%s writes itself %s", text, d)
		}
	}
	if len(Kinds()) != len(sample) {
		t.Errorf("%d kinds", len(Kinds()))
	}
}

// The distributions the relations below are checked on.
func examples(t *testing.T) []Dist {
	var ds []Dist
	for _, text := range []string{
		"uniform(-2, 6)", "triangular(5, 12, 25)", "triangular(0, 0, 1)", "triangular(0, 1, 1)",
		"pert(5, 12, 25)", "pert(0, 10, 10, 9)", "normal(10, 2.5)", "lognormal(4, 2)",
		"beta(2, 5)", "beta(0.5, 0.7)", "beta(30, 2, -100, 100)",
		"discrete(1, 1, 5, 2, 3, 1)", "fixed(7)", "fixed(0)",
		"normal(10, 2.5) within 8 11", "normal(0, 1) within 3 +Inf", "triangular(5, 12, 25) within 6 20",
		"pert(5, 12, 25) within 10 +Inf", "discrete(1, 1, 5, 2, 3, 1) within 2 9",
	} {
		ds = append(ds, must(t, text))
	}
	smooth := mixed(t, []float64{1, 3}, "normal(0, 1)", "normal(5, 0.5)")
	gap := mixed(t, []float64{1, 1}, "uniform(0, 1)", "uniform(2, 3)")
	atoms := mixed(t, []float64{2, 1, 1}, "pert(0, 1, 4)", "fixed(2)", "discrete(0, 1, 9, 1)")
	part, err := Truncate(atoms, 0.5, 3)
	if err != nil {
		t.Fatal(err)
	}
	return append(ds, smooth, gap, atoms, part, Tabulate(atoms), Tabulate(must(t, "beta(2, 5)")))
}

// The definition of a quantile: CDF(Q(u)) ≥ u, and less below Q(u).
func TestQuantileIsTheDefinition(t *testing.T) {
	const slack = 1e-8
	for _, d := range examples(t) {
		for i := range uint64(2000) {
			u := NewStream(0, "u").Uniform(i)
			x := d.Quantile(u)
			step := 1e-9 * max(math.Abs(x), 1)
			if d.CDF(x+step) < u-slack || d.CDF(x-step) > u+slack {
				t.Errorf("%s: Q(%v) = %v, CDF there %v, before %v", d, u, x, d.CDF(x+step), d.CDF(x-step))
				break
			}
		}
	}
}

func TestQuantilesRiseWithinSupport(t *testing.T) {
	for _, d := range examples(t) {
		lo, hi := d.Support()
		last := lo
		for i := range 5001 {
			x := d.Quantile(float64(i) / 5000)
			if x < last-1e-12*max(math.Abs(x), 1) || x > hi {
				t.Errorf("%s: Q(%v) = %v after %v", d, float64(i)/5000, x, last)
				break
			}
			last = x
		}
		if d.Quantile(0) != lo || d.Quantile(1) != hi {
			t.Errorf("%s: ends %v, %v of support %v, %v", d, d.Quantile(0), d.Quantile(1), lo, hi)
		}
		if d.CDF(lo-1) != 0 || d.CDF(hi) != 1 || d.CDF(math.Inf(1)) != 1 || d.CDF(math.Inf(-1)) != 0 {
			t.Errorf("%s: CDF does not run from 0 to 1", d)
		}
	}
}

// The mean is the mean of the draws, to five standard errors or what a
// stratified sample leaves.
func TestMeanIsTheMeanOfDraws(t *testing.T) {
	us := Design{Nested, 0, 1 << 13, 0}.Column("mean")
	for _, d := range examples(t) {
		var xs []float64
		for _, u := range us {
			xs = append(xs, d.Quantile(u))
		}
		s := Summarise(xs)
		if !near(s.Mean, d.Mean(), 2e-3) {
			t.Errorf("%s: mean %v, of draws %v", d, d.Mean(), s.Mean)
		}
	}
}

// The partial means add up: below a point, and above it by truncation.
func TestPartialMeansAddUp(t *testing.T) {
	for _, d := range examples(t) {
		cut := d.Quantile(0.6)
		p := d.CDF(cut)
		if p > 1-leastMass {
			continue
		}
		below, err1 := Truncate(d, math.Inf(-1), cut)
		above, err2 := Truncate(d, math.Nextafter(cut, math.Inf(1)), math.Inf(1))
		if err1 != nil || err2 != nil {
			t.Errorf("%s: %v, %v", d, err1, err2)
			continue
		}
		if got := p*below.Mean() + (1-p)*above.Mean(); !near(got, d.Mean(), 1e-9) {
			t.Errorf("%s: parts have mean %v, the whole %v", d, got, d.Mean())
		}
	}
}

func TestNonsenseIsNaN(t *testing.T) {
	for _, d := range examples(t) {
		for _, u := range []float64{-0.1, 1.1, math.NaN(), math.Inf(1)} {
			if x := d.Quantile(u); !math.IsNaN(x) {
				t.Errorf("%s: Q(%v) = %v", d, u, x)
			}
		}
	}
	for _, d := range examples(t) {
		if p := d.CDF(math.NaN()); !math.IsNaN(p) {
			t.Errorf("%s: CDF(NaN) = %v", d, p)
		}
	}
}

func TestDegenerateIsFixed(t *testing.T) {
	for _, text := range []string{"uniform(3, 3)", "triangular(3, 3, 3)", "pert(3, 3, 3)", "beta(2, 5, 3, 3)"} {
		if d := must(t, text); d.String() != "fixed(3)" || d.Quantile(0.3) != 3 || d.Mean() != 3 {
			t.Errorf("%s is %s", text, d)
		}
	}
}

// Truncation to the support, or wider, changes nothing; in two steps it is
// truncation to the narrower.
func TestTruncation(t *testing.T) {
	for _, d := range examples(t) {
		lo, hi := d.Support()
		same, err := Truncate(d, lo, hi)
		if err != nil || same != d && !equal(same, d) {
			t.Errorf("%s: to the support: %v, %v", d, same, err)
		}
	}
	once := must(t, "normal(0, 1) within -1 2")
	twice, err := Truncate(must(t, "normal(0, 1) within -3 2"), -1, 9)
	if err != nil || !equal(once, twice) {
		t.Errorf("twice %v, once %v, %v", twice, once, err)
	}
}

func equal(a, b Dist) bool {
	for i := range 100 {
		u := float64(i) / 99
		if !near(a.Quantile(u), b.Quantile(u), 1e-12) {
			return false
		}
	}
	return a.String() == b.String()
}

func TestTruncationMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"normal(0, 1) within 2 1", "truncation wants lo ≤ hi, got 2, 1"},
		{"normal(0, 1) within NaN 1", "truncation wants lo ≤ hi, got NaN, 1"},
		{"normal(0, 1) within 6 Inf", "normal(0, 1) has less than a millionth of its values in 6 … +Inf; widen the bounds or change the distribution"},
		{"uniform(0, 1) within 2 3", "uniform(0, 1) has less than a millionth of its values in 2 … 3; widen the bounds or change the distribution"},
		{"fixed(1) within 2 3", "fixed(1) has less than a millionth of its values in 2 … 3; widen the bounds or change the distribution"},
	} {
		if _, err := read(t, c.text); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v", c.text, err)
		}
	}
}

func TestMixtures(t *testing.T) {
	beta := must(t, "beta(2, 5)")
	for _, c := range []struct {
		got  Dist
		want string
	}{
		{mixed(t, []float64{3}, "beta(2, 5)"), "beta(2, 5)"},
		{mixed(t, []float64{3, 0}, "beta(2, 5)", "fixed(9)"), "beta(2, 5)"},
		{mixed(t, []float64{1, 3}, "fixed(1)", "fixed(9)"), "discrete(1, 0.25, 9, 0.75)"},
		{mixed(t, []float64{1, 3}, "fixed(1)", "beta(2, 5)"), "mixture(0.25 fixed(1), 0.75 beta(2, 5))"},
		{mixed(t, []float64{3, 1}, "beta(2, 5)", "fixed(1)"), "mixture(0.25 fixed(1), 0.75 beta(2, 5))"},
	} {
		if c.got.String() != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	inner := mixed(t, []float64{1, 1}, "beta(2, 5)", "normal(0, 1)")
	outer, err := Mixture([]Dist{inner, beta}, []float64{2, 2})
	if err != nil || outer.String() != "mixture(0.25 beta(2, 5), 0.25 normal(0, 1), 0.5 beta(2, 5))" {
		t.Errorf("nested: %v, %v", outer, err)
	}
	if _, err := Mixture([]Dist{beta}, nil); err == nil {
		t.Error("no weights, no error")
	}
	if _, err := Mixture([]Dist{beta}, []float64{math.NaN()}); err == nil {
		t.Error("weight NaN, no error")
	}
}

// A half of fixed(2) inside uniform(0, 4): the quantile runs to 2, stays there
// for half of the probability, and runs on.
func TestMixtureWithAnAtom(t *testing.T) {
	d := mixed(t, []float64{1, 1}, "uniform(0, 4)", "fixed(2)")
	for _, c := range [][2]float64{
		{0, 0}, {0.125, 1}, {0.25, 2}, {0.26, 2}, {0.5, 2}, {0.75, 2}, {0.875, 3}, {1, 4},
	} {
		if got := d.Quantile(c[0]); !near(got, c[1], 1e-13) {
			t.Errorf("Q(%v) = %v, want %v", c[0], got, c[1])
		}
	}
}

// A mixture of a distribution with itself is that distribution.
func TestMixtureWithItself(t *testing.T) {
	for _, d := range examples(t) {
		twice, err := Mixture([]Dist{d, d}, []float64{1, 2})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 200 {
			u := (float64(i) + 0.5) / 200
			if a, b := twice.Quantile(u), d.Quantile(u); math.Abs(twice.CDF(a)-u) > 1e-9 && !near(a, b, 1e-8) {
				t.Errorf("%s: Q(%v) = %v, want %v", d, u, a, b)
				break
			}
		}
		if !near(twice.Mean(), d.Mean(), 1e-12) {
			t.Errorf("%s: mean %v", d, twice.Mean())
		}
	}
}

// A table errs by less than it says, and leaves cheap distributions alone.
func TestTabulate(t *testing.T) {
	for _, text := range []string{"uniform(0, 1)", "triangular(5, 12, 25)", "normal(0, 1)", "lognormal(4, 2)", "fixed(1)"} {
		if d := must(t, text); fmt.Sprintf("%T", Tabulate(d)) != fmt.Sprintf("%T", d) {
			t.Errorf("%s: a table for a cheap quantile", d)
		}
	}
	s := NewStream(0, "table")
	for _, d := range examples(t) {
		table := Tabulate(d)
		median, spread := d.Quantile(0.5), d.Quantile(0.95)-d.Quantile(0.05)
		for i := range uint64(2000) {
			u := s.Uniform(i)
			x := d.Quantile(u)
			if off := math.Abs(table.Quantile(u) - x); off > 2e-9*max(spread, math.Abs(x-median)) {
				t.Errorf("%s: Q(%v) is off by %g", d, u, off)
				break
			}
		}
	}
}

// Any distribution of continuous kind: the CDF undoes the quantile.
func TestQuantileAndCDFAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyContinuous(t)
		u := rapid.Float64Range(0.001, 0.999).Draw(t, "u")
		if p := d.CDF(d.Quantile(u)); math.Abs(p-u) > 1e-9 {
			t.Fatalf("%s: CDF(Q(%v)) = %v", d, u, p)
		}
	})
}

func anyContinuous(t *rapid.T) Dist {
	lo := rapid.Float64Range(-100, 100).Draw(t, "lo")
	width := rapid.Float64Range(0.1, 100).Draw(t, "width")
	c := rapid.Float64Range(0, 1).Draw(t, "mode")
	a, b := rapid.Float64Range(0.5, 50).Draw(t, "a"), rapid.Float64Range(0.5, 50).Draw(t, "b")
	mode := min(lo+c*width, lo+width)
	all := map[string][]float64{
		"uniform":    {lo, lo + width},
		"triangular": {lo, mode, lo + width},
		"pert":       {lo, mode, lo + width, a},
		"normal":     {lo, width},
		"lognormal":  {width, 1 + a/10},
		"beta":       {a, b, lo, lo + width},
	}
	name := rapid.SampledFrom([]string{"uniform", "triangular", "pert", "normal", "lognormal", "beta"}).Draw(t, "kind")
	d, err := New(name, all[name])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A truncated distribution is the distribution, given that: for lo ≤ x ≤ hi,
// P(X ≤ x | lo … hi) = (F(x) − F(lo))/(F(hi) − F(lo)), and draws stay inside.
func TestTruncationIsConditioning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyContinuous(t)
		p := rapid.Float64Range(0, 0.9).Draw(t, "from")
		q := rapid.Float64Range(p+0.05, 1).Draw(t, "to")
		lo, hi := d.Quantile(p), d.Quantile(q)
		part, err := Truncate(d, lo, hi)
		if err != nil {
			t.Fatal(err)
		}
		u := rapid.Float64Range(0, 1).Draw(t, "u")
		x := part.Quantile(u)
		if x < lo || x > hi {
			t.Fatalf("%s: %v", part, x)
		}
		if want := (d.CDF(x) - p) / (q - p); math.Abs(part.CDF(x)-want) > 1e-7 {
			t.Fatalf("%s: CDF(%v) = %v, want %v", part, x, part.CDF(x), want)
		}
		if m := part.Mean(); m < lo || m > hi {
			t.Fatalf("%s: mean %v", part, m)
		}
	})
}

// New never panics: it answers an error, or a distribution whose quantiles are
// finite, rise, and lie in the support.
func FuzzNew(f *testing.F) {
	f.Add(uint8(0), uint8(2), 1.0, 2.0, 3.0, 4.0)
	f.Add(uint8(2), uint8(4), 5.0, 12.0, 25.0, 4.0)
	f.Add(uint8(4), uint8(2), 4.0, 1.5, 0.0, 0.0)
	f.Add(uint8(5), uint8(4), 0.01, 1e6, -1e100, 1e100)
	f.Add(uint8(6), uint8(4), 3.0, 1e-300, 3.0, 1e100)
	f.Add(uint8(5), uint8(2), 7.5445714285714285, 999992.0, 0.0, 0.0) // gonum's inverse is wrong in the tail
	f.Add(uint8(1), uint8(3), 0.0, 5e-324, 1e-323, 0.0)
	f.Fuzz(func(t *testing.T, kind, n uint8, a, b, c, d float64) {
		name := Kinds()[int(kind)%len(Kinds())].Name
		dist, err := New(name, []float64{a, b, c, d}[:n%5])
		if err == nil {
			checkQuantiles(t, dist)
		}
	})
}

func checkQuantiles(t *testing.T, d Dist) {
	lo, hi := d.Support()
	if !(lo <= d.Mean() && d.Mean() <= hi) {
		t.Errorf("%s: mean %v outside %v … %v", d, d.Mean(), lo, hi)
	}
	size := max(math.Abs(d.Quantile(0.01)), math.Abs(d.Quantile(0.99)))
	last := lo
	for _, u := range []float64{0x1p-53, 1e-6, 0.01, 0.25, 0.5, 0.75, 0.99, 1 - 1e-6, 1 - 0x1p-53} {
		x := d.Quantile(u)
		if math.IsNaN(x) || math.IsInf(x, 0) || x < lo || x > hi {
			t.Errorf("%s: Q(%v) = %v outside %v … %v", d, u, x, lo, hi)
		}
		if x < last-1e-12*size {
			t.Errorf("%s: Q(%v) = %v falls from %v", d, u, x, last)
		}
		last = x
	}
}

func BenchmarkQuantile(b *testing.B) {
	for _, args := range []struct {
		kind string
		args []float64
	}{
		{"uniform", []float64{0, 1}},
		{"triangular", []float64{5, 12, 25}},
		{"pert", []float64{5, 12, 25}},
		{"normal", []float64{0, 1}},
		{"lognormal", []float64{4, 2}},
		{"discrete", []float64{1, 1, 2, 1, 3, 1}},
	} {
		d, err := New(args.kind, args.args)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(args.kind, func(b *testing.B) { quantiles(b, d) })
	}
	d, _ := New("pert", []float64{5, 12, 25})
	e, _ := New("normal", []float64{10, 2})
	m, _ := Mixture([]Dist{d, e}, []float64{1, 1})
	b.Run("mixture", func(b *testing.B) { quantiles(b, m) })
	b.Run("table of pert", func(b *testing.B) { quantiles(b, Tabulate(d)) })
	b.Run("table of mixture", func(b *testing.B) { quantiles(b, Tabulate(m)) })
}

func quantiles(b *testing.B, d Dist) {
	us := Design{MonteCarlo, 0, 1024, 0}.Column("u")
	for i := 0; b.Loop(); i++ {
		d.Quantile(us[i%1024])
	}
}

func BenchmarkTabulate(b *testing.B) {
	d, _ := New("pert", []float64{5, 12, 25})
	for b.Loop() {
		Tabulate(d)
	}
}

// Sixty PERT assumptions in 16384 worlds, from nothing.
func BenchmarkSixtyAssumptions(b *testing.B) {
	for b.Loop() {
		for k := range 60 {
			d, _ := New("pert", []float64{5, 12, 25 + float64(k)})
			table := Tabulate(d)
			us := Design{Nested, 0, 1 << 14, 0}.Column(name(k))
			for i, u := range us {
				us[i] = table.Quantile(u)
			}
		}
	}
}
