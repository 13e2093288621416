package study_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// A run until a precision is the plain run of as many worlds as it took, for
// any number of workers.
func TestUntilIsAPlainRun(t *testing.T) {
	m := load(t)
	p := study.Plan{Worlds: 64, Until: 0.03, Measures: []string{"war"}, MostWorlds: 5000, Workers: 1}
	r := run(t, m, p)
	u := r.Until
	if !u.Reached || len(u.Looks) < 2 || r.Worlds != 64<<(len(u.Looks)-1) {
		t.Fatalf("reached %v after %d worlds and %d looks", u.Reached, r.Worlds, len(u.Looks))
	}
	plain := run(t, m, study.Plan{Worlds: r.Worlds})
	got, want := written(t, r), written(t, plain)
	for _, name := range []string{"measures.parquet", "worlds.parquet"} {
		if got[name] != want[name] {
			t.Errorf("%s is not that of a plain run of %d worlds", name, r.Worlds)
		}
	}
	p.Workers = 3
	if other := written(t, run(t, m, p)); other["manifest.json"] != got["manifest.json"] {
		t.Error("three workers stop otherwise than one")
	}
}

// The rule by its definition: at the last look, and at none before, every
// interval of the mean and of the paired difference is short enough.
func TestUntilByDefinition(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 64, Until: 0.05, MostWorlds: 5000})
	for i, l := range r.Until.Looks {
		short := 0
		for _, name := range r.Until.Measures {
			k := 0
			for r.Measures[k].Name != name {
				k++
			}
			for v := range r.Views {
				base := r.Results[0].Views[v].Values[k][:l.Worlds]
				for o := range r.Results {
					mine := r.Results[o].Views[v].Values[k][:l.Worlds]
					short += wide(mine, r.Measures[k], mean(mine))
					if o > 0 {
						short += wide(study.Differences(mine, base), r.Measures[k], max(math.Abs(mean(mine)), math.Abs(mean(base))))
					}
				}
			}
		}
		if short != l.Short {
			t.Errorf("after %d worlds %d intervals are too wide, not %d", l.Worlds, short, l.Short)
		}
		if last := i == len(r.Until.Looks)-1; (short == 0) != last {
			t.Errorf("after %d worlds %d intervals are too wide; the run stopped there: %v", l.Worlds, short, last)
		}
	}
}

func mean(xs []float64) float64 { return draw.Mean(draw.Sorted(xs)) }

// wide is 1 where the interval is wider than a plan until 0.05 allows.
func wide(xs []float64, m study.Measure, scale float64) int {
	allowed := 0.05
	if !strings.HasPrefix(m.Unit, "probability") {
		allowed *= math.Abs(scale)
	}
	steps, err := decision.Trace(xs, decision.MeanOf(), len(xs), 0.95)
	if err != nil {
		panic(err)
	}
	s := steps[0]
	if s.N > 0 && (s.N < 30 || float64(s.Interval.Hi-s.Interval.Lo)/2 > allowed) {
		return 1
	}
	return 0
}

// The most worlds end a run that has not come so far, and the record says what
// is missing.
func TestUntilMostWorlds(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Worlds: 64, Until: 0.001, MostWorlds: 150})
	u := r.Until
	if u.Reached || r.Partial || r.Worlds != 150 || len(u.Looks) != 3 || u.Looks[2].Worlds != 150 || u.Looks[2].Short == 0 {
		t.Fatalf("%d worlds, partial %v, %+v", r.Worlds, r.Partial, u.Looks)
	}
	short := 0
	for _, c := range u.Cells {
		if !c.Reached {
			short++
		}
	}
	if short != u.Looks[2].Short {
		t.Errorf("%d cells are too wide, the look says %d", short, u.Looks[2].Short)
	}
	if w := fmt.Sprint(r.Warnings); !strings.Contains(w, "less precise than asked for: after 150 worlds") {
		t.Errorf("not warned:\n%s", w)
	}
}

// More worlds keep the earlier ones to the bit also where tables of quantiles
// begin to pay.
func TestManyWorldsKeepTheFirst(t *testing.T) {
	m := load(t)
	for _, design := range []string{"sobol", "mc"} {
		few, err := study.Draws(m.Uses(m.Case("tiny")), m.View("either"), draw.Design{Kind: design, Seed: 1, N: 4990})
		if err != nil {
			t.Fatal(err)
		}
		many, err := study.Draws(m.Uses(m.Case("tiny")), m.View("either"), draw.Design{Kind: design, Seed: 1, N: 5100})
		if err != nil {
			t.Fatal(err)
		}
		if !equal(few, head(many, 4990)) {
			t.Errorf("%s: 5100 worlds draw the first 4990 anew", design)
		}
	}
}

func TestUntilMistakes(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		plan study.Plan
		want string
	}{
		{study.Plan{Until: -0.1}, "until wants a half-width above 0 and below 1"},
		{study.Plan{Until: 1}, "until wants a half-width above 0 and below 1"},
		{study.Plan{Until: math.NaN()}, "until wants a half-width above 0 and below 1"},
		{study.Plan{Until: 0.1, Design: "lhs"}, "use design sobol or mc"},
		{study.Plan{Until: 0.1, Worlds: 100, MostWorlds: 99}, "from the 100 to begin with"},
		{study.Plan{Until: 0.1, MostWorlds: 1 << 30}, "to 4194304, got"},
		{study.Plan{Until: 0.1, Measures: []string{"wra"}}, `no measure "wra" in this case (did you mean war?`},
		{study.Plan{Measures: []string{"war"}}, "belong to a precision"},
	} {
		_, err := study.Run(context.Background(), m, m.Case("tiny"), c.plan, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("plan %+v: want an error with %q, got %v", c.plan, c.want, err)
		}
	}
}
