package study_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// The number of workers changes no byte of a record, whatever the design.
func TestWorkersChangeNoByte(t *testing.T) {
	m := load(t)
	for _, design := range []string{"sobol", "lhs", "mc"} {
		want := written(t, run(t, m, study.Plan{Design: design, Workers: 1, Worlds: 300}))
		for _, workers := range []int{2, 5} {
			got := written(t, run(t, m, study.Plan{Design: design, Workers: workers, Worlds: 300}))
			for name := range want {
				if got[name] != want[name] {
					t.Errorf("design %s: %s differs with %d workers", design, name, workers)
				}
			}
		}
	}
}

// An option and a view have the same values run alone and run with others.
func TestAloneAsWithOthers(t *testing.T) {
	m := load(t)
	all := run(t, m, study.Plan{})
	for _, option := range []string{"nothing", "pledge"} {
		for _, view := range []string{"dove", "hawk", "either"} {
			alone := run(t, m, study.Plan{Options: []string{option}, Views: []string{view}})
			if len(alone.Results) != 1 || len(alone.Views) != 1 {
				t.Fatalf("option %s, view %s alone: %d options, %d views", option, view, len(alone.Results), len(alone.Views))
			}
			if !equal(values(t, alone, option, view), values(t, all, option, view)) {
				t.Errorf("option %s, view %s: other values when run alone", option, view)
			}
			if !equal(alone.Draws[view], all.Draws[view]) {
				t.Errorf("view %s: other draws when run alone", view)
			}
		}
	}
}

// draws is the column of an assumption.
func draws(t testing.TB, r *study.Record, view, assumption string) []float64 {
	t.Helper()
	i := slices.IndexFunc(r.Numbers, func(n study.Assumption) bool { return n.Name == assumption })
	if i < 0 {
		t.Fatalf("assumption %s was not drawn", assumption)
	}
	return r.Draws[view][i]
}

// Another assumption, read or not, moves no draw of those that were there; one
// that nothing reads moves no result either.
func TestAnotherAssumption(t *testing.T) {
	const before = `assume slip "a quarrel`
	was := run(t, load(t), study.Plan{})
	for _, c := range []struct {
		name string
		m    *model.Model
		read bool
	}{
		{"unread", load(t, before, "assume extra \"unread\" payoff ~ uniform(0, 9) judgement \"a guess\"\n"+before), false},
		{"read", load(t, before, "assume extra \"read\" payoff ~ uniform(0, 9) judgement \"a guess\"\n"+before, "when war: quarrel\n", "when war: quarrel + extra\n"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := run(t, c.m, study.Plan{})
			for _, view := range []string{"dove", "hawk", "either"} {
				for _, n := range was.Numbers {
					if !slices.Equal(draws(t, was, view, n.Name), draws(t, now, view, n.Name)) {
						t.Errorf("view %s: the draws of %s moved", view, n.Name)
					}
				}
				if same := equal(values(t, was, "pledge", view), values(t, now, "pledge", view)); same == c.read {
					t.Errorf("view %s: the results are the same: %v", view, same)
				}
			}
			if drawn := slices.ContainsFunc(now.Numbers, func(n study.Assumption) bool { return n.Name == "extra" }); drawn != c.read {
				t.Errorf("extra is drawn: %v", drawn)
			}
		})
	}
}

func TestSeedsDiffer(t *testing.T) {
	m := load(t)
	one, two := run(t, m, study.Plan{Seed: 1}), run(t, m, study.Plan{Seed: 2})
	for i, n := range one.Numbers {
		if slices.Equal(one.Draws["dove"][i], two.Draws["dove"][i]) {
			t.Errorf("seeds 1 and 2 draw the same %s", n.Name)
		}
	}
	zero, err := study.Run(context.Background(), m, m.Case("tiny"), study.Plan{Seed: 0, Worlds: tinyWorlds}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if zero.Seed != 0 || slices.Equal(zero.Draws["dove"][0], one.Draws["dove"][0]) {
		t.Error("zero is a seed of its own")
	}
}

// More worlds keep the first ones, under the designs that promise it.
func TestMoreWorldsKeepTheFirst(t *testing.T) {
	m := load(t)
	for _, design := range []string{"sobol", "mc"} {
		few, many := run(t, m, study.Plan{Design: design, Worlds: 100}), run(t, m, study.Plan{Design: design, Worlds: 300})
		for _, view := range []string{"dove", "either"} {
			if !equal(few.Draws[view], head(many.Draws[view], 100)) {
				t.Errorf("%s, view %s: 300 worlds draw the first 100 anew", design, view)
			}
			if !equal(values(t, few, "pledge", view), head(values(t, many, "pledge", view), 100)) {
				t.Errorf("%s, view %s: the first 100 of 300 worlds have other results", design, view)
			}
		}
	}
}

// A union draws each assumption from one of its members or the other; one that
// all hold alike is drawn as they draw it.
func TestUnion(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 400})
	if !slices.Equal(draws(t, r, "either", "thrashing"), draws(t, r, "dove", "thrashing")) {
		t.Error("dove and hawk agree on thrashing; their union does not")
	}
	low := 0
	for _, x := range draws(t, r, "either", "quarrel") { // dove: 1 to 9; hawk: 10 to 30
		if x <= 9 {
			low++
		}
	}
	if low < 180 || low > 220 {
		t.Errorf("%d of 400 worlds draw quarrel from dove, not about a half", low)
	}
	if !r.Views[2].Union || r.Views[0].Union {
		t.Error("only either is a union")
	}
	for _, x := range r.Results {
		if len(x.Chains) != 2 {
			t.Errorf("option %s: chains for %d views, not for dove and hawk alone", x.Option, len(x.Chains))
		}
	}
}

// Renaming an option changes its name and nothing else.
func TestRenamedOption(t *testing.T) {
	was := run(t, load(t), study.Plan{})
	now := run(t, load(t, "option pledge ", "option zeal ", "nothing, pledge", "nothing, zeal"), study.Plan{})
	for _, view := range []string{"dove", "hawk", "either"} {
		if !equal(values(t, was, "pledge", view), values(t, now, "zeal", view)) {
			t.Errorf("view %s: another name, other values", view)
		}
	}
	rename := strings.NewReplacer(`"pledge"`, `"zeal"`, " of pledge under ", " of zeal under ")
	if was, now := written(t, was), written(t, now); rename.Replace(dropDigests(was["manifest.json"])) != dropDigests(now["manifest.json"]) {
		t.Error("the manifest differs in more than the name")
	}
}

// dropDigests cuts the digests of the files out of a manifest.
func dropDigests(manifest string) string {
	from, to, end := strings.Index(manifest, `"files"`), strings.Index(manifest, `"views"`), strings.Index(manifest, `"tables"`)
	return manifest[:from] + manifest[to:end]
}

// The order of options and of views permutes the rows.
func TestOrderPermutes(t *testing.T) {
	was := run(t, load(t), study.Plan{})
	now := run(t, load(t, "nothing, pledge", "pledge, nothing", "baseline nothing\n  view     dove, hawk, either", "baseline nothing\n  view     either, dove, hawk"), study.Plan{})
	if now.Results[0].Option != "pledge" || now.Views[0].Name != "either" {
		t.Fatal("the record does not follow the order of the case")
	}
	for _, option := range []string{"nothing", "pledge"} {
		for _, view := range []string{"dove", "hawk", "either"} {
			if !equal(values(t, was, option, view), values(t, now, option, view)) {
				t.Errorf("option %s, view %s: another order, other values", option, view)
			}
			for _, m := range was.Measures {
				a, b := summary(t, was, option, view, m.Name), summary(t, now, option, view, m.Name)
				if fmt.Sprint(deref(a)) != fmt.Sprint(deref(b)) {
					t.Errorf("option %s, view %s, %s: another order, another summary", option, view, m.Name)
				}
			}
		}
	}
}

func deref(s study.Summary) []any {
	out := []any{s.N, s.Undefined, s.BeatenBy}
	for _, f := range []*study.Float{s.Mean, s.Median, s.P05, s.P95, s.Better, s.Worse, s.Halves} {
		if f == nil {
			out = append(out, nil)
		} else {
			out = append(out, *f)
		}
	}
	return out
}

// Of two equal options neither is better in any world.
func TestTwins(t *testing.T) {
	m := load(t,
		"option pledge ", "option twin \"A pledge with a force\" {\n  adopt PLEDGE\n  deploy FRA 800 at MDA\n}\noption pledge ",
		"nothing, pledge", "nothing, pledge, twin", "baseline nothing", "baseline pledge")
	r := run(t, m, study.Plan{})
	for _, view := range []string{"dove", "hawk", "either"} {
		if !equal(values(t, r, "pledge", view), values(t, r, "twin", view)) {
			t.Errorf("view %s: equal options, other values", view)
		}
		for _, ms := range r.Measures {
			s := summary(t, r, "twin", view, ms.Name)
			for _, share := range []*study.Float{s.Better, s.Worse} {
				if share != nil && *share != 0 {
					t.Errorf("view %s, %s: a share of %v against its twin", view, ms.Name, *share)
				}
			}
			if slices.Contains(s.BeatenBy, "pledge") {
				t.Errorf("view %s, %s: beaten by its twin", view, ms.Name)
			}
		}
	}
}

// What a plan asks that cannot be is said in one line.
func TestPlanErrors(t *testing.T) {
	m := load(t)
	for _, c := range []struct {
		plan study.Plan
		want string
	}{
		{study.Plan{Options: []string{"pledg"}}, `no option "pledg" in this case (did you mean pledge?)`},
		{study.Plan{Options: []string{"nothing", "war"}}, `no option "war" in this case (there are nothing, pledge)`},
		{study.Plan{Views: []string{"hawkk"}}, `no view "hawkk" in this case (did you mean hawk?)`},
		{study.Plan{Views: []string{"x"}}, `no view "x" in this case (there are dove, hawk, either)`},
		{study.Plan{Baseline: "nothin"}, `no option "nothin" in this case (did you mean nothing?)`},
		{study.Plan{Baseline: "nothing", Options: []string{"pledge"}}, "the baseline nothing is not among the options to run (pledge)"},
		{study.Plan{Worlds: -1}, "worlds must be from 1 to 4194304, got -1"},
		{study.Plan{Worlds: study.MaxWorlds + 1}, "worlds must be from 1 to 4194304, got 4194305"},
		{study.Plan{Horizon: -1}, "the horizon is from 1 to 50 years, got -1"},
		{study.Plan{Horizon: 51}, "the horizon is from 1 to 50 years, got 51"},
		{study.Plan{Design: "halton"}, `unknown design "halton" (there are sobol, lhs, mc)`},
		{study.Plan{Date: "tomorrow"}, `--date, at character 1: "tomorrow" is not a date, as in 2026-02-01`},
		{study.Plan{Date: "2025-02-30"}, "2025-02-30"},
		{study.Plan{Date: "2025"}, "2025-01-01"},
		{study.Plan{MaxStates: 3}, "option as_it_was: the state graph passes 3 states; step act multiplies it most"},
	} {
		if c.plan.Worlds == 0 {
			c.plan.Worlds = 8
		}
		r, err := study.Run(context.Background(), m, m.Case("tiny"), c.plan, nil)
		if err == nil || r != nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v:\n got %v\nwant %s", c.plan, err, c.want)
		}
	}
	var large *crisis.TooLarge
	if _, err := study.Run(context.Background(), m, m.Case("tiny"), study.Plan{MaxStates: 3, Worlds: 8}, nil); !errors.As(err, &large) {
		t.Errorf("a graph too large is not said so: %v", err)
	}
}

// The edges of what a plan may ask.
func TestPlanEdges(t *testing.T) {
	m := load(t)
	one := run(t, m, study.Plan{Worlds: 1})
	for _, s := range one.Results[0].Views[0].Summary {
		if s.Median != nil && (s.P05 != nil || s.P95 != nil || s.Halves != nil) {
			t.Errorf("%s of one world has a range: %v", s.Measure, deref(s))
		}
	}
	written(t, one)
	long := run(t, m, study.Plan{Worlds: 8, Horizon: 50, Date: "1990-01-01", Views: []string{"hawk", "hawk"}})
	if long.Horizon != 50 || long.Date != "1990-01-01" || len(long.Views) != 1 {
		t.Errorf("horizon %d, date %s, %d views", long.Horizon, long.Date, len(long.Views))
	}
	m.Case("tiny").Baseline = nil
	if r := run(t, m, study.Plan{Worlds: 8}); r.Baseline != "nothing" {
		t.Errorf("without a baseline the first option is one, not %s", r.Baseline)
	}
}

// Without the baseline there is no comparison with it; the baseline named in
// the plan is used.
func TestBaseline(t *testing.T) {
	m := load(t)
	r := run(t, m, study.Plan{Options: []string{"pledge"}})
	if s := summary(t, r, "pledge", "dove", "war"); s.Better != nil || s.Worse != nil {
		t.Error("compared with a baseline that was not run")
	}
	r = run(t, m, study.Plan{Baseline: "pledge"})
	if s := summary(t, r, "nothing", "dove", "war"); r.Baseline != "pledge" || s.Better == nil || *s.Better != 1 {
		t.Errorf("baseline %s, better %v", r.Baseline, s.Better)
	}
}

// An empty case for the errors of cases themselves.
func own(t *testing.T, text string) *model.Model {
	t.Helper()
	files, err := catalog.Read("testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(append(files, source.New("own.casus", []byte(text))))
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

func TestCaseErrors(t *testing.T) {
	const cast = "\n  date 2025-01-01\n  crisis quarrels\n  role challenger = RUS\n  role protege = MDA\n  role friend = ROU, FRA\n  option nothing\n"
	for _, c := range []struct{ name, text, want string }{
		{"a question of law", `case law { date 2025-01-01; key event "e" { event armed attack by RUS on MDA, at MDA } }`, "case law has no crisis to run (casus why answers questions of law)"},
		{"held against a question of law", "case law { date 2025-01-01; key event \"e\" { event armed attack by RUS on MDA, at MDA } }\ncase odd {" + cast + "  view dove\n  against law\n}", "case odd cannot be held against law, which plays another crisis"},
		{"a view silent about the past", `
view owl "Owl" { note "knows less" }
assume quarrel2 "a gain" payoff { view owl ~ 4 judgement "a guess" ; view dove ~ 4 judgement "a guess" }
assume stake[FRA, ROU] "at stake" payoff { view owl, dove ~ 4 judgement "a guess" }
assume stake[GBR] "at stake" payoff { view dove ~ 4 judgement "a guess" }
assume lambda "λ" per payoff ~ 0.1 judgement "a guess"
crisis small {
  role challenger
  role friend many
  fact war final
  precision lambda
  each year { move act by challenger { hold; attack { set war } } }
  payoff "gain" to challenger when war: quarrel2
  payoff "stake" to g for g in friend when war: -stake[g]
  measure war "war" probability = P(war)
}
case before { date 2020-01-01; crisis small; role challenger = RUS; role friend = GBR; option nothing; view dove; record "r" { measure war; events 0; trials 9; source S81 } }
case odd { date 2020-01-01; crisis small; role challenger = RUS; role friend = FRA; option nothing; view owl; against before }
`, "case odd cannot be held against before: view owl says nothing about stake[GBR]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := own(t, c.text)
			name := strings.Fields(c.want)[1]
			if _, err := study.Run(context.Background(), m, m.Case(name), study.Plan{Worlds: 8}, nil); err == nil || err.Error() != c.want {
				t.Errorf("\n got %v\nwant %s", err, c.want)
			}
		})
	}
}

// A chance above 1 in some worlds of every option: any number of workers
// reports the same world of the same option.
func TestOneErrorForAnyWorkers(t *testing.T) {
	m := load(t, "with slip {", "with slip * 20 {")
	want := ""
	for range 3 {
		for _, workers := range []int{1, 2, 5} {
			_, err := study.Run(context.Background(), m, m.Case("tiny"), study.Plan{Workers: workers, Worlds: 600}, nil)
			if err == nil {
				t.Fatal("a chance above 1 was not noticed")
			}
			if want == "" {
				want = err.Error()
			}
			if err.Error() != want {
				t.Fatalf("%d workers:\n got %v\nwant %s", workers, err, want)
			}
		}
	}
	if !strings.Contains(want, "a chance of luck is ") || !strings.Contains(want, "option as_it_was") || !strings.Contains(want, "slip is ") {
		t.Error(want)
	}
}

// cancelAfter runs the tiny case and cancels it when so many tasks are done.
func cancelAfter(t *testing.T, m *model.Model, tasks int) (*study.Record, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return study.Run(ctx, m, m.Case("tiny"), study.Plan{Worlds: tinyWorlds, Workers: 1, Seed: study.DefaultSeed}, func(done, total int) {
		if total != 3*(1+3*2) {
			t.Fatalf("%d tasks, not a compilation and 3 views of 2 blocks for each of 3 options", total)
		}
		if done == tasks {
			cancel()
		}
	})
}

// A run cut off holds what was finished: first the cases it is held against,
// then option by option.
func TestCancel(t *testing.T) {
	m := load(t)
	whole := run(t, m, study.Plan{})
	for _, c := range []struct{ tasks, options, history int }{{1, 0, 0}, {6, 0, 0}, {7, 0, 1}, {13, 0, 1}, {14, 1, 1}, {20, 1, 1}} {
		r, err := cancelAfter(t, m, c.tasks)
		if err != nil {
			t.Fatal(err)
		}
		if !r.Partial || len(r.Results) != c.options || len(r.History) != c.history {
			t.Errorf("after %d tasks: partial %v, %d options, %d of history; want %d and %d", c.tasks, r.Partial, len(r.Results), len(r.History), c.options, c.history)
			continue
		}
		for _, x := range r.Results {
			for _, v := range x.Views {
				if !equal(v.Values, values(t, whole, x.Option, v.View)) {
					t.Errorf("after %d tasks: option %s, view %s has other values than in a whole run", c.tasks, x.Option, v.View)
				}
			}
		}
		for _, p := range r.Legal {
			if slices.Contains(p.Options, "pledge") {
				t.Errorf("after %d tasks: the law of an option that was not finished is shown", c.tasks)
			}
		}
		warned := fmt.Sprint(r.Warnings)
		if !strings.Contains(warned, fmt.Sprintf("partial: stopped after %d of 2 options", c.options)) {
			t.Errorf("after %d tasks: %s", c.tasks, warned)
		}
		if strings.Contains(warned, "before the views were held against the record") != (c.history == 0) {
			t.Errorf("after %d tasks: %s", c.tasks, warned)
		}
		written(t, r)
	}
}

// Cancelled before it began, or when every world is solved and only the summing up is
// left, a run gives the error.
func TestCancelAtTheEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m := load(t)
	if _, err := study.Run(ctx, m, m.Case("tiny"), study.Plan{Worlds: tinyWorlds}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("before it began: %v", err)
	}
	if _, err := cancelAfter(t, m, 21); !errors.Is(err, context.Canceled) {
		t.Errorf("at the end: %v", err)
	}
}

// An option can be run alone, with the baseline left out: what the baseline
// spends is still known, and each value is that of the whole run.
func TestShippedOptionAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	k := m.Case("ukraine")
	few := study.Plan{Worlds: 2, Horizon: 1, Options: []string{"no_settlement", "monitors", "europe"}, Views: []string{"entrapment"}}
	with, err := study.Run(context.Background(), m, k, few, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []*model.Option{m.Option("monitors"), m.Option("europe")} {
		few.Options = []string{o.Name}
		r, err := study.Run(context.Background(), m, k, few, nil)
		if err != nil {
			t.Fatal(o.Name, err)
		}
		for i, res := range with.Results {
			if res.Option == o.Name && fmt.Sprint(res.Views[0].Values) != fmt.Sprint(r.Results[0].Views[0].Values) {
				t.Errorf("%s, result %d: alone %v, beside the baseline %v", o.Name, i, r.Results[0].Views[0].Values, res.Views[0].Values)
			}
		}
	}
}
