package inquiry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"casus/catalog"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// loadFlip reads the case of testdata/flip, whose flips are known in closed
// form.
func loadFlip(t testing.TB) *model.Model {
	t.Helper()
	own, err := catalog.Read("testdata/flip")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

// flip looks under the views named.
func flip(t testing.TB, measure, a, b string, with func(*inquiry.FlipPlan)) *inquiry.Flips {
	t.Helper()
	p := inquiry.FlipPlan{Plan: study.Plan{Worlds: 200, Seed: 1}, Measure: measure, Between: [2]string{a, b}, Means: 2, Pairs: 2}
	if with != nil {
		with(&p)
	}
	m := loadFlip(t)
	out, err := inquiry.Flip(context.Background(), m, m.Case("flip"), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func single(t testing.TB, v inquiry.FlipView, name string) inquiry.FlipSingle {
	t.Helper()
	i := slices.IndexFunc(v.Singles, func(s inquiry.FlipSingle) bool { return s.Assumption == name })
	if i < 0 {
		t.Fatalf("view %s: %s was not looked at", v.View, name)
	}
	return v.Singles[i]
}

func near(got, want, within float64) bool { return math.Abs(got-want) <= within }

// a less b is x − y − 1, with x normal(5, 1): so x flips at y + 1 and y at x − 1,
// and the nearest place of the line in normal scores is |difference| / √(1 + 2²)
// away (Hasofer & Lind 1974).
func TestFlipOfALine(t *testing.T) {
	out := flip(t, "line", "a", "b", nil)
	for i, y := range []float64{2, 4.5} {
		v := out.Views[i]
		d := 5 - y - 1
		if !near(float64(v.Centre.Difference), d, 1e-9) {
			t.Errorf("view %s: difference %v at the centre, want %v", v.View, v.Centre.Difference, d)
		}
		x, other := single(t, v, "x"), single(t, v, "y")
		for _, c := range []struct {
			s            inquiry.FlipSingle
			value, score float64
		}{{x, y + 1, -d}, {other, 4, d / 2}} {
			if len(c.s.Centre.Crossings) != 1 || !near(float64(c.s.Centre.Nearest.Value), c.value, 1e-4) || !near(float64(c.s.Centre.Nearest.Quantile), distuv.UnitNormal.CDF(c.score), 2e-6) {
				t.Errorf("view %s: %s flips at %+v, want %v", v.View, c.s.Assumption, c.s.Centre.Crossings, c.value)
			}
		}
		for _, name := range []string{"z", "idle"} {
			if s := single(t, v, name); s.Centre.Found || s.Mean.Moves || s.Low != s.High {
				t.Errorf("view %s: %s moves what it does not enter", v.View, name)
			}
		}
		if len(v.Pairs) != 1 {
			t.Fatalf("view %s: %d pairs", v.View, len(v.Pairs))
		}
		if p := v.Pairs[0]; !near(float64(p.Distance), math.Abs(d)/math.Sqrt(5), 2e-4) || p.OnGrid < p.Distance || !near(float64(p.Foreseen), float64(p.Distance), 0.05) {
			t.Errorf("view %s: together %v away (on the grid %v, foreseen %v), want %v", v.View, p.Distance, p.OnGrid, p.Foreseen, math.Abs(d)/math.Sqrt(5))
		}
		if v.Fixed != 1 {
			t.Errorf("view %s: %d assumptions cannot move, want the precision", v.View, v.Fixed)
		}
	}
}

// The definition, by brute force: the first sign change on a fine grid of
// quantiles. The search finds each to the tolerance.
func TestFlipAgainstTheGrid(t *testing.T) {
	m := loadFlip(t)
	k := m.Case("flip")
	v := m.View("one")
	for _, measure := range []string{"line", "twice", "far", "holes", "law"} {
		out := flip(t, measure, "a", "b", func(p *inquiry.FlipPlan) { p.Views = []string{"one"} })
		var solvers [2]*study.Solver
		for i, name := range []string{"a", "b"} {
			s, err := study.NewSolver(context.Background(), m, k, m.Option(name), 0)
			if err != nil {
				t.Fatal(err)
			}
			solvers[i] = s
		}
		at := slices.IndexFunc(solvers[0].Measures, func(x model.Measure) bool { return x.Name == measure })
		centre, err := study.Medians(solvers[0].Inputs, v)
		if err != nil {
			t.Fatal(err)
		}
		quantiles, err := study.Quantiles(solvers[0].Inputs, v)
		if err != nil {
			t.Fatal(err)
		}
		const n = 3996 // steps of 0.00025
		for i, a := range solvers[0].Inputs {
			if a.Name == "sharp" {
				continue
			}
			in := make([][]float64, len(centre))
			for j, x := range centre {
				in[j] = slices.Repeat([]float64{x}, n)
			}
			u := func(k int) float64 { return 0.001 + 0.998*(float64(k)+0.5)/n }
			for k := range n {
				in[i][k] = quantiles[i](u(k))
			}
			var ab [2][]float64
			for j, s := range solvers {
				cols, err := s.Solve(context.Background(), in, 1)
				if err != nil {
					t.Fatal(err)
				}
				ab[j] = cols[at]
			}
			var want []float64
			for k := 1; k < n; k++ {
				if (ab[0][k-1]-ab[1][k-1])*(ab[0][k]-ab[1][k]) < 0 {
					want = append(want, (u(k-1)+u(k))/2)
				}
			}
			got := single(t, out.Views[0], a.Name).Centre.Crossings
			if len(got) != len(want) {
				t.Errorf("%s, %s: %d flips, by the grid %d", measure, a.Name, len(got), len(want))
				continue
			}
			for k := range want {
				if !near(float64(got[k].Quantile), want[k], 0.0002) {
					t.Errorf("%s, %s: flip at the quantile %v, by the grid %v", measure, a.Name, got[k].Quantile, want[k])
				}
			}
		}
	}
}

// (z − 2)(z − 6) flips at both; 100 + x never; √(z − 3) − 1 flips at 4 and is not
// defined below 3.
func TestSeveralNoneAndHoles(t *testing.T) {
	v := flip(t, "twice", "a", "b", nil).Views[0]
	z := single(t, v, "z")
	if len(z.Centre.Crossings) != 2 || !near(float64(z.Centre.Crossings[0].Value), 2, 1e-4) || !near(float64(z.Centre.Nearest.Value), 6, 1e-4) {
		t.Errorf("twice: %+v", z.Centre.Crossings)
	}
	if len(z.Mean.Flip.Crossings) != 2 || z.Low < 0 || z.High < 0 || v.Centre.Difference > 0 {
		t.Errorf("twice: in the means %+v", z.Mean.Flip)
	}

	v = flip(t, "far", "a", "b", nil).Views[0]
	for _, s := range v.Singles {
		if s.Centre.Found || s.Mean.Flip != nil && s.Mean.Flip.Found || s.Low <= 0 || s.High <= 0 {
			t.Errorf("far: %s flips", s.Assumption)
		}
	}
	if v.Region.Reversed.Count != 0 || v.Region.Why != "in no world" || len(v.Pairs) != 0 {
		t.Errorf("far: region %+v, pairs %v", v.Region, v.Pairs)
	}

	v = flip(t, "holes", "a", "b", nil).Views[0]
	z = single(t, v, "z")
	if len(z.Centre.Crossings) != 1 || !near(float64(z.Centre.Nearest.Value), 4, 1e-4) || z.Centre.Search.Undefined == 0 || z.Centre.Search.Exact || !math.IsNaN(float64(z.Low)) {
		t.Errorf("holes: %+v", z.Centre)
	}
	if v.Region.Undefined == 0 || v.Region.Reversed.Of+v.Region.Undefined != 200 || v.Worlds.Undefined != v.Region.Undefined {
		t.Errorf("holes: %d not defined, share of %d", v.Region.Undefined, v.Region.Reversed.Of)
	}
}

// Options alike have no ranking, and a measure that is nowhere defined none
// either: nothing is found, and why is said.
func TestNoRanking(t *testing.T) {
	for _, c := range []struct{ measure, a, b, why string }{
		{"line", "b", "c", "level"},
		{"same", "a", "b", "level"},
		{"none", "a", "b", "in no world"},
	} {
		out := flip(t, c.measure, c.a, c.b, func(p *inquiry.FlipPlan) { p.Clauses = 50 })
		for _, v := range out.Views {
			if !strings.Contains(v.Region.Why, c.why) || v.Region.Reversed != nil || v.Region.Box != nil || len(v.Pairs) != 0 {
				t.Errorf("%s of %s and %s, view %s: %+v", c.measure, c.a, c.b, v.View, v.Region)
			}
			for _, s := range v.Singles {
				if s.Centre != nil && (s.Centre.Found || s.Centre.Search.Caveat == "") {
					t.Errorf("%s of %s and %s: %s flips", c.measure, c.a, c.b, s.Assumption)
				}
			}
		}
		for _, x := range out.Clauses {
			if x.Reverses() {
				t.Errorf("%s of %s and %s: %s reverses what is no ranking", c.measure, c.a, c.b, x.Words)
			}
		}
		if _, err := json.Marshal(out); err != nil {
			t.Error(err)
		}
	}
}

// places is where everything flips, whichever option comes first.
func places(out *inquiry.Flips) []float64 {
	var all []float64
	for _, v := range out.Views {
		for _, s := range v.Singles {
			if s.Centre != nil {
				for _, c := range s.Centre.Crossings {
					all = append(all, float64(c.Quantile))
				}
			}
			if s.Mean.Flip != nil {
				for _, c := range s.Mean.Flip.Crossings {
					all = append(all, float64(c.Quantile))
				}
			}
		}
		for _, p := range v.Pairs {
			all = append(all, float64(p.Distance))
		}
		all = append(all, v.Region.Reversed.Value)
	}
	return all
}

// Exchanging the options turns every difference round and moves no flip; the
// same added to both changes nothing.
func TestFlipRelations(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	want := flip(t, "line", "a", "b", nil)
	for name, out := range map[string]*inquiry.Flips{
		"exchanged": flip(t, "line", "b", "a", nil), "shifted": flip(t, "shifted", "a", "b", nil), "the other way better": flip(t, "lower", "a", "b", nil),
	} {
		got := places(out)
		if len(got) != len(places(want)) {
			t.Fatalf("%s: %d flips, not %d", name, len(got), len(places(want)))
		}
		for i, x := range places(want) {
			if !near(got[i], x, 1e-6) {
				t.Errorf("%s: flip %d at %v, not %v", name, i, got[i], x)
			}
		}
		for i, v := range out.Views {
			sign := 1.0
			if name == "exchanged" {
				sign = -1
			}
			if !near(sign*float64(v.Worlds.Mean), float64(want.Views[i].Worlds.Mean), 1e-9) {
				t.Errorf("%s, view %s: the mean is %v", name, v.View, v.Worlds.Mean)
			}
		}
	}
}

// The means with an assumption held: a less b is x − E[y] − 1, so x flips at the
// mean of y plus one, within the interval given. A union has no central world,
// but means.
func TestFlipInTheMeans(t *testing.T) {
	out := flip(t, "line", "a", "b", func(p *inquiry.FlipPlan) { p.Worlds = 1024 })
	for i, y := range []float64{2, 4.5, 3.25} {
		v := out.Views[i]
		s := single(t, v, "x")
		if !s.Mean.Followed || len(s.Mean.Places) != 1 {
			t.Fatalf("view %s: x was not followed to one flip: %+v", v.View, s.Mean)
		}
		p := s.Mean.Places[0]
		if float64(p.FromValue) > y+1 || float64(p.ToValue) < y+1 || p.ToValue-p.FromValue > 1.5 {
			t.Errorf("view %s: x flips from %v to %v, which must hold %v", v.View, p.FromValue, p.ToValue, y+1)
		}
		if v.Union != (v.View == "both") || v.Union && (s.Centre != nil || v.Centre.Why == "" || len(s.Rests) != 2) {
			t.Errorf("view %s: central world %+v", v.View, v.Centre)
		}
	}
	if w := out.Views[0].Region; w.Box == nil || w.Box.Fresh == nil || len(w.Leaves) == 0 || len(w.Among) > 6 {
		t.Errorf("the region is not described: %+v", w)
	} else if truth := distuv.UnitNormal.CDF(-2 / math.Sqrt(5)); w.Reversed.Lo > truth || w.Reversed.Hi < truth {
		t.Errorf("reversed in %v to %v, which must hold %v", w.Reversed.Lo, w.Reversed.Hi, truth)
	}
}

// The measure takes 4 from an option under which France must help, and 2.5 for
// a level: so without the duty the first is ahead, and the change is exact.
func TestFlipOfAClause(t *testing.T) {
	out := flip(t, "law", "a", "d", func(p *inquiry.FlipPlan) { p.Clauses, p.Views = 50, []string{"one"} })
	moved := map[string]float64{}
	for _, c := range out.Clauses {
		moved[c.Option+" "+c.Words] = float64(c.Views[0].Change.Value)
		if v := c.Views[0]; v.ByMean != (v.Before.Value*v.After.Value < 0) {
			t.Errorf("%s: %+v", c.Words, v)
		}
	}
	for words, want := range map[string]float64{
		"a without adopt PACT":             4,
		"a without PACT.1":                 4,
		"a without PACT.2":                 0,
		"a without deploy FRA 1000 at MDA": 0,
		"a PACT.1 weakened from ASSIST_INCL_MILITARY to ASSIST_AS_DEEMED": 4,
		"a PACT.2 strengthened from CONSULT to CONCERT":                   0,
		"a set level = 1, not 0":                                          -2.5,
		"d set level = 0, not 1":                                          -2.5,
		"a without spend FRA: outlay_fra":                                 0,
	} {
		got, ok := moved[words]
		if !ok || !near(got, want, 1e-9) {
			t.Errorf("%s moves the difference by %v (%v), want %v", words, got, ok, want)
		}
	}
	var why []string
	for _, u := range out.Untried {
		why = append(why, u.Words)
	}
	for _, words := range []string{"without PACT.3", "without fact ceasefire", "PACT.2 weakened from CONSULT", "PACT.1 strengthened from ASSIST_INCL_MILITARY"} {
		if !slices.Contains(why, words) {
			t.Errorf("%q is not among those not tried: %q", words, why)
		}
	}
	few := flip(t, "law", "a", "d", func(p *inquiry.FlipPlan) { p.Clauses, p.Views = 2, []string{"one"} })
	if len(few.Clauses) != 2 || len(few.Clauses)+len(few.Untried) != len(out.Clauses)+len(out.Untried) {
		t.Errorf("with a bound of 2: %d tried, %d not", len(few.Clauses), len(few.Untried))
	}
}

// Looking changes no model, and the number of workers no byte.
func TestFlipIsTheSame(t *testing.T) {
	m := loadFlip(t)
	var want []byte
	for _, workers := range []int{1, 3, 1} {
		p := inquiry.FlipPlan{Plan: study.Plan{Worlds: 300, Seed: 1, Workers: workers}, Measure: "law", Between: [2]string{"a", "d"}, Means: 2, Pairs: 2, Clauses: 50}
		out, err := inquiry.Flip(context.Background(), m, m.Case("flip"), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		if want != nil && !bytes.Equal(got, want) {
			t.Errorf("with %d workers other bytes", workers)
		}
		want = got
	}
}

func TestFlipRefuses(t *testing.T) {
	m := loadFlip(t)
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		ctx     context.Context
		measure string
		between [2]string
		want    string
	}{
		{context.Background(), "lime", [2]string{"a", "b"}, `no measure "lime" in this case (did you mean line?)`},
		{context.Background(), "line", [2]string{"a", "a"}, "two different options are held against each other, got a, a"},
		{context.Background(), "line", [2]string{"a", "x"}, `no option "x"`},
		{done, "line", [2]string{"a", "b"}, "canceled"},
	} {
		_, err := inquiry.Flip(c.ctx, m, m.Case("flip"), inquiry.FlipPlan{Plan: study.Plan{Worlds: 8}, Measure: c.measure, Between: c.between}, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s between %v: %v, want %q", c.measure, c.between, err, c.want)
		}
	}
}
