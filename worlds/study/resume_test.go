package study_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/model"
	"casus/worlds/study"
)

// stopAfter runs, or goes on from a record, until so many tasks are done; the
// record it leaves is read from a folder, as a later program would. Done says
// whether it came to the end before.
func stopAfter(t *testing.T, m *model.Model, p study.Plan, before *study.Record, tasks int) (r *study.Record, done bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	tell := func(n, _ int) {
		if n == tasks {
			cancel()
		}
	}
	run := func() (*study.Record, error) {
		if before == nil {
			return study.Run(ctx, m, m.Case("tiny"), p, tell)
		}
		return study.Resume(ctx, m, m.Case("tiny"), p, before, tell)
	}
	r, err := run()
	if errors.Is(err, context.Canceled) { // it was the last task, so only sums were left
		ctx, tell = context.Background(), nil
		r, err = run()
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	again, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	return again, !r.Partial
}

// A run that is stopped and resumed, once or over and over, ends with the bytes
// of one that was not, wherever it was stopped and by any number of workers.
func TestResumeSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m := load(t)
	plans := map[string]study.Plan{
		"sobol": {Worlds: 300, Seed: 3},
		"lhs":   {Worlds: 300, Seed: 3, Design: "lhs"},
		"until": {Worlds: 100, Seed: 3, Until: 0.02, MostWorlds: 700, Measures: []string{"war"}},
	}
	for name, p := range plans {
		t.Run(name, func(t *testing.T) {
			whole, err := study.Run(context.Background(), m, m.Case("tiny"), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := written(t, whole)
			stopped := 0
			for _, tasks := range []int{1, 6, 11, 14, 20, 29, 37, 50} {
				p.Workers = 1 + tasks%3
				r, done := stopAfter(t, m, p, nil, tasks)
				if !done {
					stopped++
				}
				p.Workers = 1 + tasks%2
				end, err := study.Resume(context.Background(), m, m.Case("tiny"), p, r, nil)
				if err != nil {
					t.Fatal(err)
				}
				if got := written(t, end); !maps.Equal(got, want) {
					t.Errorf("stopped after %d tasks and resumed: other bytes", tasks)
				}
			}
			if stopped < 5 {
				t.Errorf("only %d of the runs were stopped before their end", stopped)
			}
			p.Workers = 2
			r, done := stopAfter(t, m, p, nil, 4)
			times := 0
			for ; !done; times++ {
				r, done = stopAfter(t, m, p, r, 5)
			}
			if got := written(t, again(t, m, p, r)); times < 3 || !maps.Equal(got, want) {
				t.Errorf("resumed %d times: other bytes", times)
			}
		})
	}
}

// again goes on from a record that is whole, which changes nothing.
func again(t *testing.T, m *model.Model, p study.Plan, r *study.Record) *study.Record {
	t.Helper()
	end, err := study.Resume(context.Background(), m, m.Case("tiny"), p, r, func(_, of int) {
		if of > 0 {
			t.Error("a whole record was run again")
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return end
}

// The plan that a record shows is the plan that resumes it.
func TestPlanOfRecord(t *testing.T) {
	m := load(t)
	for _, p := range []study.Plan{
		{Worlds: 60, Seed: 9, Design: "mc", Horizon: 1, Date: "2026-02-03", Views: []string{"hawk"}, Options: []string{"pledge"}},
		{Worlds: 60, Until: 0.05, MostWorlds: 120, Baseline: "pledge"},
	} {
		r, _ := stopAfter(t, m, p, nil, 2)
		end, err := study.Resume(context.Background(), m, m.Case("tiny"), r.Plan(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := study.Run(context.Background(), m, m.Case("tiny"), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(written(t, end), written(t, whole)) {
			t.Errorf("plan %+v: resumed by its own record, other bytes", p)
		}
	}
}

// A record of fewer worlds is a beginning of one of more; a Latin hypercube is
// not.
func TestResumeWithMoreWorlds(t *testing.T) {
	m := load(t)
	few, _ := stopAfter(t, m, study.Plan{Worlds: 100}, nil, -1)
	more := study.Plan{Worlds: 300}
	end, err := study.Resume(context.Background(), m, m.Case("tiny"), more, few, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := study.Run(context.Background(), m, m.Case("tiny"), more, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(written(t, end), written(t, whole)) {
		t.Error("100 worlds continued to 300 are not 300 worlds")
	}
	lhs, _ := stopAfter(t, m, study.Plan{Worlds: 100, Design: "lhs"}, nil, -1)
	refused(t, m, study.Plan{Worlds: 300, Design: "lhs"}, lhs, "worlds 100 in the record, now 300")
}

func refused(t *testing.T, m *model.Model, p study.Plan, r *study.Record, want string) {
	t.Helper()
	_, err := study.Resume(context.Background(), m, m.Case("tiny"), p, r, nil)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("plan %+v: want an error with %q, got %v", p, want, err)
	}
}

// What would make other numbers is refused by name.
func TestResumeRefuses(t *testing.T) {
	m := load(t)
	was := study.Plan{Worlds: 150, Seed: 1}
	r, _ := stopAfter(t, m, was, nil, 9)
	for _, c := range []struct {
		change func(*study.Plan)
		want   string
	}{
		{func(p *study.Plan) { p.Seed = 2 }, "seed 1 in the record, now 2"},
		{func(p *study.Plan) { p.Design = "mc" }, "design sobol in the record, now mc"},
		{func(p *study.Plan) { p.Worlds = 149 }, "worlds 150 in the record, now 149"},
		{func(p *study.Plan) { p.Horizon = 1 }, "horizon 2 in the record, now 1"},
		{func(p *study.Plan) { p.Date = "2025-03-11" }, "date 2025-03-10 in the record, now 2025-03-11"},
		{func(p *study.Plan) { p.Baseline = "pledge" }, "baseline nothing in the record, now pledge"},
		{func(p *study.Plan) { p.Options = []string{"pledge"} }, "options nothing,pledge in the record, now pledge"},
		{func(p *study.Plan) { p.Views = []string{"hawk", "dove"} }, "views dove,hawk,either in the record, now dove,hawk"},
	} {
		p := was
		c.change(&p)
		refused(t, m, p, r, c.want)
	}
	other := load(t, "beta(2, 40)", "beta(2, 41)")
	refused(t, other, was, r, "tiny.casus has changed")
	old := *r
	old.Program = "casus v0.0.1"
	refused(t, m, was, &old, "program casus v0.0.1 in the record")
	old = *r
	old.Asked = nil
	refused(t, m, was, &old, "older program")
}

// Rows of unfinished options that were damaged are refused, not believed.
func TestResumeDamaged(t *testing.T) {
	m := load(t)
	p := study.Plan{Worlds: 300, Workers: 1}
	ctx, cancel := context.WithCancel(context.Background())
	r, err := study.Run(ctx, m, m.Case("tiny"), p, func(done, _ int) {
		if done == 3 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(file string) error{
		"corrupt record: unfinished.parquet is not the one": func(file string) error {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			text[len(text)/2] ^= 1
			return os.WriteFile(file, text, 0o644)
		},
		"no such file": os.Remove,
	} {
		folder := filepath.Join(t.TempDir(), "record")
		if err := r.Write(folder); err != nil {
			t.Fatal(err)
		}
		if err := damage(filepath.Join(folder, "unfinished.parquet")); err != nil {
			t.Fatal(err)
		}
		again, err := study.Read(folder) // what it shows is whole
		if err != nil {
			t.Fatal(err)
		}
		refused(t, m, p, again, name)
	}
}

// What a killed process left beside a record is cleared away by the next one;
// what another still writes, and what is not of this record, stays. Between its
// two moves neither record is lost.
func TestTidy(t *testing.T) {
	const dead = "99999999" // above any number of a process
	cases := []struct{ name, before, after string }{
		{"left by a dead process", ".casus-record-r-" + dead + "-1 r", "r"},
		{"its old record", ".casus-record-r-" + dead + "-1.old r", "r"},
		{"of another record", ".casus-record-q-" + dead + "-1 r", ".casus-record-q-" + dead + "-1 r"},
		{"of a living process", ".casus-record-r-1-1 r", ".casus-record-r-1-1 r"},
		{"killed between the moves", ".casus-record-r-" + dead + "-1 .casus-record-r-" + dead + "-1.old", "r"},
		{"only the old one is left", ".casus-record-r-" + dead + "-1.old", "r"},
		{"not a name of ours", ".casus-record-r-x .casus-record-r-" + dead, ".casus-record-r-" + dead + " .casus-record-r-x"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			for _, name := range strings.Fields(c.before) {
				if err := os.Mkdir(filepath.Join(parent, name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(parent, name, "of"), []byte(name), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := study.Tidy(filepath.Join(parent, "r")); err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(parent)
			if err != nil {
				t.Fatal(err)
			}
			var left []string
			for _, e := range entries {
				left = append(left, e.Name())
			}
			if got := strings.Join(left, " "); got != c.after {
				t.Errorf("left: %s; want %s", got, c.after)
			}
			if of, _ := os.ReadFile(filepath.Join(parent, "r", "of")); c.name == "killed between the moves" && strings.HasSuffix(string(of), ".old") {
				t.Error("the old record is there, not the new one")
			}
		})
	}
}
