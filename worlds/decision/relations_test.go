package decision

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"casus/worlds/draw"
)

// small draws a table of small whole numbers, so that ties are common and sums
// are exact; one value in eight is not defined.
func small(t *rapid.T, name string, options, worlds int) *Table {
	tb := &Table{Measure: name, Unit: "u", Better: rapid.SampledFrom([]Direction{Higher, Lower}).Draw(t, name+" better")}
	for o := range options {
		tb.Options = append(tb.Options, string(rune('a'+o)))
		tb.Values = append(tb.Values, rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 15), func(k int) float64 {
			if k > 13 {
				return math.NaN()
			}
			return float64(k % 7)
		}), worlds, worlds).Draw(t, name))
	}
	return tb
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

var same = cmp.Comparer(func(x, y Number) bool { return x == y || math.IsNaN(float64(x)) && math.IsNaN(float64(y)) })

// near is same but for rounding.
var near = cmp.Comparer(func(x, y Number) bool {
	return math.Abs(float64(x-y)) < 1e-12 || math.IsNaN(float64(x)) && math.IsNaN(float64(y))
})

// The criteria as their definitions, read off the table world by world.
func TestCriteriaAreTheirDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := small(t, "m", rapid.IntRange(1, 4).Draw(t, "options"), rapid.IntRange(0, 8).Draw(t, "worlds"))
		c := must(Compare(tb, Defaults()))
		for o, s := range c.Options {
			n, sum, worst, best, regret, won := 0.0, 0.0, math.Inf(1), math.Inf(-1), 0.0, 0.0
			for w := range tb.Values[0] {
				column, whole := []float64{}, true
				for p := range tb.Options {
					column = append(column, tb.Better.sign()*tb.Values[p][w])
					whole = whole && !math.IsNaN(tb.Values[p][w])
				}
				if !whole {
					continue
				}
				n++
				sum += column[o]
				worst, best = min(worst, column[o]), max(best, column[o])
				regret = max(regret, slices.Max(column)-column[o])
				if column[o] == slices.Max(column) {
					ties := 0.0
					for _, x := range column {
						if x == column[o] {
							ties++
						}
					}
					won += 1 / ties
				}
			}
			if c.N != int(n) || c.N+c.Undefined != len(tb.Values[0]) {
				t.Fatalf("%d worlds and %d left out of %d", c.N, c.Undefined, len(tb.Values[0]))
			}
			if n == 0 {
				continue
			}
			for _, x := range []struct {
				what      string
				got, want float64
			}{
				{"expected", float64(s.Expected), tb.Better.sign() * sum / n},
				{"worst", float64(s.Worst), tb.Better.sign() * worst},
				{"best", float64(s.Best), tb.Better.sign() * best},
				{"regret", float64(s.MaxRegret), regret},
				{"domain", float64(s.Domain), won / n},
			} {
				if math.Abs(x.got-x.want) > 1e-12 {
					t.Errorf("%s of %s: got %v, want %v", x.what, s.Option, x.got, x.want)
				}
			}
		}
	})
}

// The order of the worlds changes no number; the worlds named are the same ones.
func TestOrderOfWorlds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worlds := rapid.IntRange(1, 9).Draw(t, "worlds")
		tb := small(t, "m", 3, worlds)
		for o := range tb.Values {
			for w := range tb.Values[o] {
				tb.Values[o][w] = tb.Values[o][w] / 3 // sums are no longer exact
			}
		}
		tb.Weights = rapid.SliceOfN(rapid.Float64Range(0.1, 3), worlds, worlds).Draw(t, "weights")
		order := rapid.Permutation(make([]int, 0)).Draw(t, "none")
		for w := range worlds {
			order = append(order, w)
		}
		order = rapid.Permutation(order).Draw(t, "order")
		turned := tb.only(order)
		a, b := must(Compare(tb, Defaults())), must(Compare(turned, Defaults()))
		for o := range a.Options {
			for _, at := range []struct{ x, y *Attains }{{&a.Options[o].WorstIn, &b.Options[o].WorstIn}, {&a.Options[o].RegretIn, &b.Options[o].RegretIn}} {
				if at.y.First >= 0 && at.x.Count == 1 && order[at.y.First] != at.x.First {
					t.Errorf("world %d, then %d which was %d", at.x.First, at.y.First, order[at.y.First])
				}
				*at.x, *at.y = Attains{First: 0, Count: at.x.Count}, Attains{First: 0, Count: at.y.Count}
			}
		}
		if diff := cmp.Diff(a, b, same); diff != "" {
			t.Error(diff)
		}
		pa, pb := must(NewPair(tb, "a", "b", 0.9, 50, 1)), must(NewPair(turned, "a", "b", 0.9, 50, 1))
		if diff := cmp.Diff(pa, pb, same); diff != "" {
			t.Error(diff)
		}
	})
}

// Adding a number to every option in one world changes no regret; scaling the
// measure scales it; equal weights are no weights; turning the direction and the
// sign of every value changes no pick.
func TestInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worlds := rapid.IntRange(1, 8).Draw(t, "worlds")
		tb := small(t, "m", 3, worlds)
		shift := rapid.SliceOfN(rapid.IntRange(-9, 9), worlds, worlds).Draw(t, "shift")
		shifted, scaled, turned, weighted := tb.only(all(worlds)), tb.only(all(worlds)), tb.only(all(worlds)), tb.only(all(worlds))
		turned.Better = Higher
		if tb.Better == Higher {
			turned.Better = Lower
		}
		weighted.Weights = slices.Repeat([]float64{0.3}, worlds)
		for o := range tb.Values {
			for w := range tb.Values[o] {
				shifted.Values[o][w] += float64(shift[w])
				scaled.Values[o][w] *= 4
				turned.Values[o][w] *= -1
			}
		}
		r := must(NewRegret(tb))
		if diff := cmp.Diff(r.Values, must(NewRegret(shifted)).Values, same); diff != "" {
			t.Error("shifted:", diff)
		}
		for o, row := range must(NewRegret(scaled)).Values {
			for i := range row {
				if row[i] != 4*r.Values[o][i] {
					t.Errorf("scaled: %v, was %v", row[i], r.Values[o][i])
				}
			}
		}
		a, b := must(Compare(tb, Defaults())), must(Compare(turned, Defaults()))
		for k := range a.Criteria {
			if !slices.Equal(a.Criteria[k].Picks, b.Criteria[k].Picks) {
				t.Errorf("turned: %s picks %v, then %v", a.Criteria[k].Name, a.Criteria[k].Picks, b.Criteria[k].Picks)
			}
		}
		if diff := cmp.Diff(a, must(Compare(weighted, Defaults())), same); diff != "" {
			t.Error("weighted:", diff)
		}
	})
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// A world given twice is a world of double weight, for all that averages; and
// Hurwicz at every α picks what its stretch says.
func TestWeightsCountWorlds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worlds := rapid.IntRange(1, 6).Draw(t, "worlds")
		tb := small(t, "m", 3, worlds)
		times := rapid.SliceOfN(rapid.IntRange(0, 3), worlds, worlds).Draw(t, "times")
		var again []int
		for w, k := range times {
			again = append(again, slices.Repeat([]int{w}, k)...)
		}
		if len(again) == 0 {
			t.Skip("no world has weight")
		}
		weighted := tb.only(all(worlds))
		for _, k := range times {
			weighted.Weights = append(weighted.Weights, float64(k))
		}
		a, b := must(Compare(weighted, Defaults())), must(Compare(tb.only(again), Defaults()))
		for o := range a.Options {
			x, y := a.Options[o], b.Options[o]
			got := []Number{x.Expected, x.Worst, x.Best, x.MaxRegret, x.MeanRegret, x.Domain, x.Alone.Value, x.Shared.Value}
			want := []Number{y.Expected, y.Worst, y.Best, y.MaxRegret, y.MeanRegret, y.Domain, y.Alone.Value, y.Shared.Value}
			if diff := cmp.Diff(want, got, near); diff != "" {
				t.Error(diff)
			}
		}
	})
}

func TestStretchesOfHurwicz(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := small(t, "m", 4, rapid.IntRange(1, 6).Draw(t, "worlds"))
		// never a whole number, as the values are: no two then differ by just what matters
		tb.Matters = float64(max(0, 2*rapid.IntRange(0, 8).Draw(t, "matters")-1)) / 8
		c := must(Compare(tb, Defaults()))
		if c.N == 0 {
			if len(c.Hurwicz) != 0 {
				t.Fatal("stretches of nothing")
			}
			return
		}
		at := Number(0)
		for _, st := range c.Hurwicz {
			if st.From != at || !(st.To > st.From) {
				t.Fatalf("stretches %v leave out something", c.Hurwicz)
			}
			at = st.To
			s := Defaults()
			s.Optimism = float64(st.From+st.To)/2 + 1e-9*float64(st.To-st.From)
			for _, k := range must(Compare(tb, s)).Criteria {
				if k.Name == "Hurwicz" && !slices.Equal(k.Picks, st.Picks) {
					t.Errorf("α %v: %v, the stretch says %v", s.Optimism, k.Picks, st.Picks)
				}
			}
		}
		if at != 1 {
			t.Errorf("the stretches end at %v", at)
		}
	})
}

// Options tie with the best that fall short of it by less than what matters, and
// a world is won by all that do; by criteria that count worlds alone nothing ties
// that differs.
func TestWhatMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := small(t, "m", 3, rapid.IntRange(1, 6).Draw(t, "worlds"))
		tb.Matters = float64(rapid.IntRange(0, 8).Draw(t, "matters")) / 4
		c := must(Compare(tb, Defaults()))
		if c.N == 0 {
			return
		}
		sign := tb.Better.sign()
		top := math.Inf(-1)
		for _, s := range c.Options {
			top = max(top, sign*float64(s.Median))
		}
		want := []string{}
		for _, s := range c.Options {
			if less := top - sign*float64(s.Median); less == 0 || less < tb.Matters {
				want = append(want, s.Option)
			}
		}
		for _, k := range c.Criteria {
			if k.Name == "median" && (!slices.Equal(k.Picks, want) || float64(k.Value) != sign*top) {
				t.Errorf("median picks %v at %v, want %v at %v", k.Picks, k.Value, want, sign*top)
			}
		}
		domain := 0.0
		for _, s := range c.Options {
			domain += float64(s.Domain)
		}
		if math.Abs(domain-1) > 1e-12 {
			t.Errorf("the worlds won add up to %v", domain)
		}
		p := must(NewPair(tb, "a", "b", 0.95, 1, 1))
		if p.N > 0 && math.Abs(float64(p.Better.Value+p.Worse.Value+p.Tied.Value)-1) > 1e-12 {
			t.Errorf("better %v, worse %v, tied %v", p.Better.Value, p.Worse.Value, p.Tied.Value)
		}
		tb.Matters = 100
		if all := must(Compare(tb, Defaults())); len(all.Criteria[0].Picks) != 3 || all.Options[0].Shared.Value != 1 {
			t.Errorf("where nothing matters %v is picked, and a is best with others in %v of the worlds", all.Criteria[0].Picks, all.Options[0].Shared.Value)
		}
	})
}

// A dominated option added changes nobody's place on the front, and comes off
// it; the front is never empty; a larger epsilon takes nobody off.
func TestFrontRelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worlds := rapid.IntRange(1, 6).Draw(t, "worlds")
		tables := []*Table{small(t, "m", 4, worlds), small(t, "k", 4, worlds)}
		by := rapid.SampledFrom([]Summary{Expected, Median, Worst, Tail}).Draw(t, "by")
		f := must(NewFront(tables, by, nil, Defaults()))
		on := func(f *Front) (out []string) {
			for _, o := range f.Options {
				if o.OnFront {
					out = append(out, o.Option)
				}
			}
			return out
		}
		if f.N > 0 && len(on(f)) == 0 {
			t.Fatal("nobody is on the front")
		}
		wider := must(NewFront(tables, by, []float64{1, 2}, Defaults()))
		for _, name := range on(f) {
			if !slices.Contains(on(wider), name) {
				t.Errorf("%s is off the front at a larger epsilon", name)
			}
		}
		var more []*Table
		for _, tb := range tables {
			bigger := tb.only(all(worlds))
			bigger.Options = append(slices.Clone(tb.Options), "poor")
			worse := slices.Clone(tb.Values[0])
			for w := range worse {
				worse[w] -= tb.Better.sign()
			}
			bigger.Values = append(bigger.Values, worse)
			more = append(more, bigger)
		}
		g := must(NewFront(more, by, nil, Defaults()))
		if !slices.Equal(on(f), on(g)) {
			t.Errorf("front %v, with a poor option %v", on(f), on(g))
		}
	})
}

// A against B is B against A turned round.
func TestPairIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := small(t, "m", 2, rapid.IntRange(0, 9).Draw(t, "worlds"))
		p, q := must(NewPair(tb, "a", "b", 0.95, 40, 3)), must(NewPair(tb, "b", "a", 0.95, 40, 3))
		got := []Number{q.Mean, q.Median, q.Student.Lo, q.Student.Hi, -q.Better.Value, -q.Worse.Value, q.Tied.Value}
		want := []Number{-p.Mean, -p.Median, -p.Student.Hi, -p.Student.Lo, -p.Worse.Value, -p.Better.Value, p.Tied.Value}
		if diff := cmp.Diff(want, got, near); diff != "" {
			t.Error(diff)
		}
	})
}

// The JSON form holds what is not defined as null, and reads back.
func TestJSON(t *testing.T) {
	tb := &Table{Measure: "m", Better: Lower, Options: []string{"a", "b"}, Values: [][]float64{{1, math.NaN()}, {math.NaN(), 2}}}
	c := must(Compare(tb, Defaults()))
	text := must(json.Marshal(c))
	var back Comparison
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, &back, same); diff != "" {
		t.Error(diff)
	}
	for _, x := range []float64{math.Inf(1), math.NaN()} {
		if got := string(must(json.Marshal(Number(x)))); got != "null" {
			t.Errorf("%v is written %s", x, got)
		}
	}
}

// The weighted quantile of Akinshin (2023) is type 7 for equal weights, stays
// between the ends, and does not decrease in p.
func TestWeightedQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		xs := rapid.SliceOfN(rapid.Float64Range(-5, 5), n, n).Draw(t, "xs")
		ws := rapid.SliceOfN(rapid.Float64Range(0.1, 5), n, n).Draw(t, "ws")
		s := newSample(xs, ws)
		last := math.Inf(-1)
		for k := range 11 {
			q := s.quantile(float64(k) / 10)
			if q < last-1e-9 || q < s.xs[0] || q > s.xs[n-1] {
				t.Fatalf("quantile %d/10 is %v, before %v, of %v", k, q, last, s.xs)
			}
			last = q
		}
		equal := newSample(xs, slices.Repeat([]float64{2}, n))
		almost := newSample(xs, append(slices.Repeat([]float64{1}, n-1), 1+1e-9))
		for k := range 11 {
			if p := float64(k) / 10; math.Abs(equal.quantile(p)-almost.quantile(p)) > 1e-6 {
				t.Fatalf("quantile %v: %v of equal weights, %v of almost equal ones", p, equal.quantile(p), almost.quantile(p))
			}
		}
	})
}

// Over many small samples from one distribution each 90 % interval covers the
// truth about as often as it says: within four standard errors, and for the
// bootstrap, which is known to be short in small samples, a little less.
func TestIntervalsCover(t *testing.T) {
	const samples, n, truth = 600, 40, 0.5
	student, bootstrap, median := 0, 0, 0
	for k := range samples {
		xs := draw.Design{Kind: draw.MonteCarlo, Seed: uint64(k), N: n}.Column("x")
		tb := &Table{Measure: "m", Better: Higher, Options: []string{"a", "b"}, Values: [][]float64{xs, make([]float64, n)}}
		p := must(NewPair(tb, "a", "b", 0.9, 200, uint64(k)))
		if float64(p.Student.Lo) <= truth && truth <= float64(p.Student.Hi) {
			student++
		}
		if float64(p.Bootstrap.Lo) <= truth && truth <= float64(p.Bootstrap.Hi) {
			bootstrap++
		}
		if steps := must(Trace(xs, QuantileOf(0.5), n, 0.9)); float64(steps[0].Interval.Lo) <= truth && truth <= float64(steps[0].Interval.Hi) {
			median++
		}
	}
	se := math.Sqrt(0.9 * 0.1 / samples)
	for _, c := range []struct {
		what   string
		covers int
		lo, hi float64
	}{
		{"Student", student, 0.9 - 4*se, 0.9 + 4*se},
		{"bootstrap", bootstrap, 0.87 - 4*se, 0.9 + 4*se},
		{"order statistics", median, 0.9 - 4*se, 1}, // at least as often
	} {
		if share := float64(c.covers) / samples; share < c.lo || share > c.hi {
			t.Errorf("%s covers %.3f, want %.3f to %.3f", c.what, share, c.lo, c.hi)
		}
	}
}
