package study_test

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// recordsOf edits the tiny case to be held against these records and no other.
func recordsOf(records string) []string {
	return []string{`  record "years of quarrels with members of the Alliance, made up" {
    measure war_a_pair
    yearly  war_a_year
    per     "pair of years"
    events  0
    trials  12..14
    source  S81
  }
`, records}
}

func weighed(t *testing.T, worlds int, records string) *study.Record {
	t.Helper()
	return run(t, load(t, recordsOf(records)...), study.Plan{Worlds: worlds, Workers: 2})
}

const few = `record few "few" { measure war_a_pair; events 2; trials 9; source S81 }` + "\n"

// byRecord is the mean of a measure of an option under a view, by the record.
func byRecord(r *study.Record, option, view, measure string) float64 {
	for _, x := range r.Results {
		if x.Option != option {
			continue
		}
		if view == "record" {
			return float64(*x.Union.After[r.MeasureAt(measure)].Mean)
		}
		for _, v := range x.Views {
			if v.View == view {
				return float64(*v.Weighted[r.MeasureAt(measure)].Mean)
			}
		}
	}
	panic("no such result")
}

// A record that counts for almost nothing, or of almost no time, changes
// nothing; one that is held out or of opposed views changes nothing at all.
func TestSilentRecords(t *testing.T) {
	for _, c := range []struct {
		name, record string
		exact        bool
	}{
		{"temper 0+", `record r "r" { measure war_a_pair; events 2; trials 9; temper 0.000000001; source S81 }`, false},
		{"no time", `record r "r" { measure war_a_year; events 0; years 0.000000001; source S81 }`, false},
		{"held out", `record r "r" { measure war_a_pair; events 2; trials 9; held out "to test"; source S81 }`, true},
		{"opposed", `record r "r" { measure war_a_pair; events 2; trials 9; opposed "the sign is disputed"; source S81 }`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			plain, with := weighed(t, 64, few), weighed(t, 64, few+c.record)
			alone := weighed(t, 64, c.record)
			for _, view := range []string{"dove", "hawk", "record"} {
				if a, b := byRecord(plain, "pledge", view, "war"), byRecord(with, "pledge", view, "war"); math.Abs(a-b) > 1e-6 || c.exact && a != b {
					t.Errorf("%s: %v without, %v with it", view, a, b)
				}
			}
			if c.exact != (alone.Weights == nil) {
				t.Errorf("alone it weighs: %v", alone.Weights)
			}
			if !c.exact && math.Abs(float64(alone.Weights.Union.Effective)-128) > 1e-3 {
				t.Errorf("alone it leaves %v of 128 worlds", alone.Weights.Union.Effective)
			}
		})
	}
}

// The order of the records does not matter, nor the number of workers.
func TestOrderOfRecords(t *testing.T) {
	const many = `record many "many" { measure war_a_year; events 3; trials 7; effective 3; temper 0.5; source S81 }` + "\n"
	a, b := weighed(t, 64, few+many), weighed(t, 64, many+few)
	for _, view := range []string{"dove", "hawk", "either", "record"} {
		for _, measure := range []string{"war", "calm", "alone"} {
			if x, y := byRecord(a, "pledge", view, measure), byRecord(b, "pledge", view, measure); math.Abs(x-y) > 1e-9*math.Abs(x) {
				t.Errorf("%s, %s: %v, %v the other way round", measure, view, x, y)
			}
		}
	}
	one := written(t, run(t, load(t, recordsOf(few+many)...), study.Plan{Worlds: 64, Workers: 1}))
	for name, bytes := range written(t, a) {
		if one[name] != bytes {
			t.Errorf("%s differs with one worker", name)
		}
	}
}

// Twice the worlds keep what the record says, within the error over worlds.
func TestMoreWorldsSameRecord(t *testing.T) {
	a, b := weighed(t, 512, few), weighed(t, 1024, few)
	for v, x := range a.Weights.Views {
		y := b.Weights.Views[v]
		if d := math.Abs(float64(*x.Evidence - *y.Evidence)); d > 4*float64(*x.Error) {
			t.Errorf("%s: log evidence %v ± %v, then %v", x.View, *x.Evidence, *x.Error, *y.Evidence)
		}
		if p, q := byRecord(a, "pledge", x.View, "war"), byRecord(b, "pledge", x.View, "war"); math.Abs(p-q) > 0.03 {
			t.Errorf("%s: war %v, then %v", x.View, p, q)
		}
	}
}

// The schools together are each school by its share, and its share is its
// evidence.
func TestUnionOfSchools(t *testing.T) {
	r := weighed(t, 128, few)
	shares, want := 0.0, 0.0
	total := 0.0
	for _, v := range r.Weights.Views {
		if v.School {
			total += math.Exp(float64(*v.Evidence))
		}
	}
	for _, v := range r.Weights.Views {
		if !v.School {
			if v.Share != nil {
				t.Errorf("%s is a union and has a share", v.View)
			}
			continue
		}
		if got, want := float64(*v.Share), math.Exp(float64(*v.Evidence))/total; math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: share %v, evidence %v", v.View, got, want)
		}
		shares += float64(*v.Share)
		want += float64(*v.Share) * byRecord(r, "nothing", v.View, "war")
	}
	if got := byRecord(r, "nothing", "record", "war"); math.Abs(got-want) > 1e-12 || math.Abs(shares-1) > 1e-12 {
		t.Errorf("war by the record %v, by the schools %v; shares add up to %v", got, want, shares)
	}
	if math.Abs(float64(*r.Weights.Union.Evidence)-math.Log(total/2)) > 1e-12 {
		t.Errorf("evidence of the schools together %v, not %v", *r.Weights.Union.Evidence, math.Log(total/2))
	}
	f := r.Weights.Factors[0]
	if f.View != "dove" || f.Against != "hawk" || math.Abs(float64(*f.Log)-float64(*r.Weights.Views[0].Evidence-*r.Weights.Views[1].Evidence)) > 1e-12 {
		t.Errorf("Bayes factor %+v", f)
	}
}

// Leaving a record out leaves what the others alone would give.
func TestWithoutOneRecord(t *testing.T) {
	const other = `record other "other" { measure war_a_year; events 1; trials 7; source S81 }` + "\n"
	both, alone := weighed(t, 64, few+other), weighed(t, 64, few)
	for v, x := range both.Weights.Views {
		if got, want := float64(x.By[1].Effective), float64(alone.Weights.Views[v].Effective); x.By[1].Record != "past.other" || math.Abs(got-want) > 1e-6*want {
			t.Errorf("%s: %v effective worlds without %s, alone %v", x.View, got, x.By[1].Record, want)
		}
	}
	if got, want := float64(both.Weights.By[1].Effective), float64(alone.Weights.Union.Effective); math.Abs(got-want) > 1e-6*want {
		t.Errorf("together: %v, alone %v", got, want)
	}
}

// A record under which no world is possible has no column and says so.
func TestImpossibleRecord(t *testing.T) {
	r := run(t, load(t, append(recordsOf(`record r "r" { measure never; events 1; trials 9; source S81 }`+"\n"), "  measure war_a_pair", "  measure never \"never\" probability = P(war and not war)\n  measure war_a_pair")...), study.Plan{Worlds: 16})
	if r.Weights.Union != nil || r.Results[0].Union != nil || r.Weights.Views[0].Evidence != nil {
		t.Errorf("%+v", r.Weights)
	}
	out := words(text(t, r, 80))
	for _, want := range []string{"in none of its worlds could the records come about; it must be stated anew", "No world of any view can give what happened: nothing is weighted."} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	same(t, r, folder)
}

// A conditional measure is a ratio of means over worlds, not a mean of ratios;
// the share of its condition stands beside it.
func TestRatioOfMeans(t *testing.T) {
	r := weighed(t, 64, few)
	k, hit := r.MeasureAt("war"), r.MeasureAt("alone")
	r.Measures[k].Given = "alone"
	values := r.Results[1].Views[0].Values
	r.Summarise()
	sum, all, weight := 0.0, 0.0, 0.0
	for w, x := range values[k] {
		sum += x * values[hit][w]
		weight += values[hit][w]
		all++
	}
	s := r.Results[1].Views[0].Summary[k]
	if math.Abs(float64(*s.Mean)-sum/weight) > 1e-12 || math.Abs(float64(*s.Condition)-weight/all) > 1e-12 {
		t.Errorf("mean %v, want %v; condition %v, want %v", *s.Mean, sum/weight, *s.Condition, weight/all)
	}
	if !slices.ContainsFunc(r.Results[1].Union.After, func(s study.Summary) bool { return s.Condition != nil }) {
		t.Error("the schools together lack the condition")
	}
}

// What matters decides what is better: with a difference that is never reached
// nothing is.
func TestMatters(t *testing.T) {
	for _, c := range []struct {
		matters string
		worse   bool
	}{{"0.1%", true}, {"90%", false}} {
		r := run(t, load(t, `measure war "war" probability, lower is better`, `measure war "war" probability, lower is better, matters `+c.matters), study.Plan{Worlds: 64})
		s := r.Results[1].Views[0].Summary[0]
		if (float64(*s.Worse) >= 0.95) != c.worse || !c.worse && len(s.BeatenBy) > 0 {
			t.Errorf("matters %s: worse in %v, beaten by %v", c.matters, *s.Worse, s.BeatenBy)
		}
		if alike := strings.Contains(text(t, r, 200), " =*"); alike == c.worse {
			t.Errorf("matters %s: said to be alike: %v", c.matters, alike)
		}
	}
}

// What happened is predicted where it is held out, and marked where it lies
// outside.
func TestHeldOut(t *testing.T) {
	r := weighed(t, 64, few+`record all "all of them" { measure war_a_pair; events 40; trials 40; held out "to test"; source S81 }`+"\n")
	for _, c := range r.History[0].Checks {
		if c.ID == "past.all" && (!c.After.Outside || c.Role != study.HeldOut) {
			t.Errorf("%+v: %+v", c, c.After)
		}
	}
	if out := words(text(t, r, 100)); !strings.Contains(out, "Held out: it weighs nothing and is predicted.") || !strings.Contains(out, "OUTSIDE") {
		t.Error(out)
	}
}

// Estimates stand beside and weigh nothing.
func TestEstimateBeside(t *testing.T) {
	r := weighed(t, 64, few+`estimate "a survey" { measure war_a_pair; value 20%..30%; says "perhaps"; means "asked of others"; source S81 }`+"\n")
	plain := weighed(t, 64, few)
	if fmt.Sprint(byRecord(r, "pledge", "record", "war")) != fmt.Sprint(byRecord(plain, "pledge", "record", "war")) {
		t.Error("an estimate weighs")
	}
	if out := words(text(t, r, 100)); !strings.Contains(out, "What others say: a survey: 20–30 % (S81). Perhaps. Asked of others. It weighs nothing.") {
		t.Error(out)
	}
}

// Picked worlds give what weighted worlds give, to within the picking, and there
// are as many as the weights are worth.
func TestPickedByRecord(t *testing.T) {
	r := weighed(t, 1024, few)
	p, err := r.ByRecord()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(viewsOf(p), " "); got != "dove hawk either record" {
		t.Errorf("views %s", got)
	}
	least := math.Inf(1)
	for _, v := range r.Weights.Views {
		least = min(least, float64(v.Effective))
	}
	if p.Worlds != int(least) || p.Weighted == "" {
		t.Errorf("%d worlds, not %v; %q", p.Worlds, least, p.Weighted)
	}
	for i, x := range p.Results {
		for _, v := range x.Views {
			want, s := byRecord(r, x.Option, v.View, "war"), v.Summary[r.MeasureAt("war")]
			if math.Abs(float64(*s.Mean)-want) > 0.01 {
				t.Errorf("%s, %s: mean %v, by weights %v", x.Option, v.View, *s.Mean, want)
			}
			if len(v.Values[0]) != p.Worlds || len(p.Draws[v.View]) != len(p.Numbers) || len(p.Draws[v.View][0]) != p.Worlds {
				t.Errorf("%s, %s: columns of %d worlds, %d draws", x.Option, v.View, len(v.Values[0]), len(p.Draws[v.View]))
			}
		}
		if x.Union != nil || r.Results[i].Views[0].Weighted == nil {
			t.Error("picked worlds are weighted again, or the record they come of was changed")
		}
	}
	again, _ := r.ByRecord()
	a, errA := json.Marshal(p.Results)
	b, errB := json.Marshal(again.Results)
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Errorf("picked twice, they differ (%v, %v)", errA, errB)
	}
}

func viewsOf(r *study.Record) []string {
	var out []string
	for _, v := range r.Views {
		out = append(out, v.Name)
	}
	return out
}

// Flips are looked for in the picked worlds of the two options, and say so.
func TestFlipByRecord(t *testing.T) {
	m := load(t, recordsOf(few)...)
	p := inquiry.FlipPlan{Plan: study.Plan{Worlds: 256, Seed: study.DefaultSeed, Workers: 2}, Measure: "war", Between: [2]string{"nothing", "pledge"}, Weighted: true}
	f, err := inquiry.Flip(t.Context(), m, m.Case("tiny"), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := weighed(t, 256, few)
	least := math.Inf(1)
	for _, v := range r.Weights.Views {
		least = min(least, float64(v.Effective))
	}
	if f.Worlds != int(least) || !strings.Contains(f.Weighted, "past.few") {
		t.Errorf("%d worlds of %v, %q", f.Worlds, least, f.Weighted)
	}
	picked, err := r.ByRecord()
	if err != nil {
		t.Fatal(err)
	}
	want := picked.Results[0].Views[0].Summary[0].Mean
	other := picked.Results[1].Views[0].Summary[0].Mean
	if got := float64(f.Views[0].Worlds.Mean); math.Abs(got-float64(*want-*other)) > 1e-9 {
		t.Errorf("mean difference %v, of the picked worlds %v", got, *want-*other)
	}
}

// Without a record nothing can be picked.
func TestPickedByNothing(t *testing.T) {
	if _, err := weighed(t, 8, "").ByRecord(); err == nil || !strings.Contains(err.Error(), "no record weighs these worlds") {
		t.Errorf("%v", err)
	}
	if _, err := weighed(t, 8, few).ByRecord(); err == nil || !strings.Contains(err.Error(), "run more with --worlds") {
		t.Errorf("%v", err)
	}
}
