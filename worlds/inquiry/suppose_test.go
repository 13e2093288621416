package inquiry_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

func supposed(t *testing.T, m *model.Model, view string, set ...inquiry.Setting) *inquiry.Supposed {
	t.Helper()
	p := inquiry.SupposePlan{Plan: study.Plan{Worlds: tinyWorlds, Seed: study.DefaultSeed}, View: view, Measure: "war", Between: [2]string{"nothing", "pledge"}, Set: set, Follow: inquiry.SupposeFollow, Solvers: &study.Solvers{}}
	s, err := inquiry.Suppose(context.Background(), m, m.Case("tiny"), p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func alikeTo(a, b decision.Number) bool {
	x, y := float64(a), float64(b)
	return x == y || math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-12*(math.Abs(x)+math.Abs(y))
}

// To hold an assumption at a value is to state the case with that value, in the
// central world and over worlds.
func TestSupposeIsTheCaseStatedSo(t *testing.T) {
	for _, value := range []struct {
		words string
		x     decision.Number
	}{{"12.5", 12.5}, {"35", 35}} {
		other := load(t, "view hawk ~ triangular(20, 40, 50) judgement", "view hawk ~ fixed("+value.words+") judgement")
		want := supposed(t, other, "hawk")
		got := supposed(t, load(t), "hawk", inquiry.Setting{Assumption: "word", Value: value.x})
		for _, o := range [][2][]inquiry.SupposedValue{{got.A.Values, want.A.Values}, {got.B.Values, want.B.Values}} {
			for i := range o[0] {
				a, b := o[0][i], o[1][i]
				if !alikeTo(a.Central, b.Central) || !alikeTo(a.Mean, b.Mean) || !alikeTo(a.P05, b.P05) || !alikeTo(a.P95, b.P95) || a.Worlds != b.Worlds {
					t.Errorf("word at %s, %s: held %+v, stated so %+v", value.words, got.Measures[i].Name, a, b)
				}
			}
		}
	}
}

// At its median an assumption changes nothing in the central world; what is told of
// the ends is what it is to be held there.
func TestSupposeTells(t *testing.T) {
	m := load(t)
	for _, view := range []string{"dove", "hawk"} {
		plain := supposed(t, m, view)
		for _, x := range plain.Assumptions {
			at := func(v decision.Number) float64 {
				return supposed(t, m, view, inquiry.Setting{Assumption: x.Assumption, Value: v}).Difference()
			}
			if d := at(x.Median); !alikeTo(decision.Number(d), decision.Number(plain.Difference())) {
				t.Errorf("%s, %s at its median: %g, and not %g", view, x.Assumption, d, plain.Difference())
			}
			if lo, hi := at(x.P05), at(x.P95); !alikeTo(decision.Number(lo), x.AtP05) || !alikeTo(decision.Number(hi), x.AtP95) {
				t.Errorf("%s, %s at its ends: %g and %g, told as %g and %g", view, x.Assumption, lo, hi, x.AtP05, x.AtP95)
			}
		}
		moves := func(x inquiry.SupposedNumber) float64 { return math.Abs(float64(x.AtP95 - x.AtP05)) }
		if !slices.IsSortedFunc(plain.Assumptions, func(a, b inquiry.SupposedNumber) int { return int(math.Copysign(1, moves(b)-moves(a))) }) {
			t.Errorf("%s: what moves the difference most does not come first", view)
		}
	}
}

// a less b is x − y − 1: where y is held, x flips at y + 1; where x is held, y flips
// at x − 1.
func TestSupposeFlipsFromWhatIsHeld(t *testing.T) {
	m := loadFlip(t)
	for _, c := range []struct {
		set, moves string
		at, flip   float64
	}{{"y", "x", 2, 3}, {"y", "x", 6, 7}, {"x", "y", 5, 4}, {"x", "y", 6.5, 5.5}, {"z", "x", 9, 3}} {
		p := inquiry.SupposePlan{View: "one", Measure: "line", Between: [2]string{"a", "b"}, Follow: 3, Set: []inquiry.Setting{{Assumption: c.set, Value: decision.Number(c.at)}}}
		s, err := inquiry.Suppose(context.Background(), m, m.Case("flip"), p)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(s.Assumptions, func(x inquiry.SupposedNumber) bool { return x.Assumption == c.moves })
		if f := s.Assumptions[i].Flips; len(f) != 1 || !near(float64(f[0]), c.flip, 1e-3) {
			t.Errorf("%s at %v: %s flips at %v, want %v", c.set, c.at, c.moves, f, c.flip)
		}
	}
}

// What makes no sense is refused, with what to do.
func TestSupposeRefuses(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		p    inquiry.SupposePlan
		says string
	}{
		{inquiry.SupposePlan{Between: [2]string{"pledge", "pledge"}}, "got pledge, pledge"},
		{inquiry.SupposePlan{Set: []inquiry.Setting{{Assumption: "wrod", Value: 1}}}, "did you mean word?"},
		{inquiry.SupposePlan{Set: []inquiry.Setting{{Assumption: "slip", Value: 1.5}}}, "lies between 0 and 1"},
		{inquiry.SupposePlan{Set: []inquiry.Setting{{Assumption: "word", Value: decision.Number(math.NaN())}}}, "cannot be held"},
		{inquiry.SupposePlan{View: "either"}, "no central world"},
		{inquiry.SupposePlan{Measure: "wor"}, "war"},
	} {
		if c.p.Between[0] == "" {
			c.p.Between = [2]string{"nothing", "pledge"}
		}
		if c.p.Measure == "" {
			c.p.Measure = "war"
		}
		if _, err := inquiry.Suppose(context.Background(), m, m.Case("tiny"), c.p); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v; want %s", c.p, err, c.says)
		}
	}
}

// What the record makes of a value is told, from the worlds of the record.
func TestSupposeWithARecord(t *testing.T) {
	m := load(t)
	p := inquiry.SupposePlan{View: "hawk", Measure: "war", Between: [2]string{"nothing", "pledge"}, Follow: 1, Record: run(t, m, study.Plan{})}
	s, err := inquiry.Suppose(context.Background(), m, m.Case("tiny"), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Assumptions {
		r := x.Record
		if r == nil || !(r.P05 <= r.Median && r.Median <= r.P95) || x.Lowest > r.P05 || x.Highest < r.P95 {
			t.Errorf("%s: %+v of %v to %v", x.Assumption, r, x.Lowest, x.Highest)
		}
	}
}
