package study

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/model"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func tiny(t testing.TB) *model.Model {
	t.Helper()
	own, err := catalog.Read("testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

func begun(t testing.TB, m *model.Model, p Plan) *Work {
	t.Helper()
	p.Seed, p.Workers = DefaultSeed, 1
	w, err := Begin(m, m.Case("tiny"), p)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// kept runs a plan and keeps it on a disk, as the verb run does. What went wrong
// with the keeping is told apart from what the run gives, which is always there.
func keptRun(t testing.TB, m *model.Model, d disk, w *Work) (r *Record, bad error) {
	t.Helper()
	if err := w.keep(d, "/home/r"); err != nil {
		return nil, err
	}
	r, err := w.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, errors.Join(w.Close(), r.write(d, "/home/r"))
}

// held are the bytes of the files of a record on a disk.
func heldFiles(t testing.TB, m *memory) map[string]string {
	t.Helper()
	out := map[string]string{}
	for n, e := range m.find("/home/r").children {
		out[n] = string(e.data)
	}
	return out
}

// rowsOf are the solved worlds of a record, by option and view, each with its
// number: those it shows and those it has beyond.
func rowsOf(r *Record) map[string][]float64 {
	out := map[string][]float64{}
	put := func(p part) {
		for i := range p.rows {
			var row []float64
			for _, c := range p.columns {
				row = append(row, c[i])
			}
			out[fmt.Sprint(p.texts, p.from+i)] = row
		}
	}
	for _, p := range r.measureTable().parts {
		put(p)
	}
	for _, p := range r.rest {
		put(p)
	}
	return out
}

func sameRow(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
}

// A disk that loses power at any moment, with what was not safe lost, or there
// but for the last bytes of what was being written: once the run has begun there
// is always something to read, it holds nothing that was not solved, and the run
// that goes on from it ends with the bytes of one that was left alone.
func TestLossOfPower(t *testing.T) {
	m := tiny(t)
	plan := Plan{Worlds: 140}
	whole := newMemory()
	whole.MkdirAll("/home")
	want, err := keptRun(t, m, whole, begun(t, m, plan))
	if err != nil {
		t.Fatal(err)
	}
	files, rows := heldFiles(t, whole), rowsOf(want)

	d := newMemory()
	d.MkdirAll("/home")
	d.Sync("/")
	d.Sync("/home")
	begins, states, changes, resumed, most := false, 0, 0, 0, 0
	check := func(s *memory, resume bool) {
		if t.Failed() {
			return
		}
		states++
		r, err := survivor(s)
		if err != nil && begins {
			t.Errorf("%v\n%s", err, s)
		}
		if err != nil {
			return
		}
		got := rowsOf(r)
		most = max(most, len(got))
		for at, row := range got {
			if !sameRow(row, rows[at]) {
				t.Errorf("%s: %v, solved was %v", at, row, rows[at])
				return
			}
		}
		if resume {
			resumed++
			goesOn(t, m, s, plan, files)
		}
	}
	fine, often := 7, 2
	if testing.Short() {
		fine, often = 301, 5
	}
	d.after = func(d *memory, e *entry, fresh int) {
		changes++
		resume := changes%often == 0
		check(d.lost(false, nil, 0), false)
		check(d.lost(true, nil, 0), resume)
		step := fine
		if strings.HasSuffix(e.name, ".parquet") || strings.HasSuffix(e.name, manifestFile) {
			step = 50 * fine // nobody reads them before they have their place
		}
		for n := 1; n <= fresh; n += step {
			check(d.lost(true, e, n), false)
		}
	}
	w := begun(t, m, plan)
	if err := w.keep(d, "/home/r"); err != nil {
		t.Fatal(err)
	}
	begins = true
	r, err := w.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), r.write(d, "/home/r")); err != nil {
		t.Fatal(err)
	}
	if got := heldFiles(t, d); !maps.Equal(got, files) {
		t.Errorf("left: %v", sortedKeys(got))
	}
	if states < 300 || resumed < 5 || most != len(rows) {
		t.Errorf("%d states of the disk, %d runs went on, %d of %d rows at most: the test does not look", states, resumed, most, len(rows))
	}
	t.Logf("%d states of the disk, %d runs that went on", states, resumed)
}

// survivor reads what is left of a record on a disk, as the next run does.
func survivor(s *memory) (*Record, error) {
	if err := tidy(s, "/home/r"); err != nil {
		return nil, err
	}
	return read(s, "/home/r")
}

// goesOn resumes from what a disk has and compares what it ends with.
func goesOn(t *testing.T, m *model.Model, s *memory, plan Plan, files map[string]string) {
	t.Helper()
	before, err := read(s, "/home/r")
	if err != nil {
		t.Error(err)
		return
	}
	w := begun(t, m, plan)
	if err := w.GoOn(before); err != nil {
		t.Error(err)
		return
	}
	if _, err := keptRun(t, m, s, w); err != nil {
		t.Error(err)
		return
	}
	if got := heldFiles(t, s); !maps.Equal(got, files) {
		t.Errorf("it ends otherwise than a run that was left alone:\n%s", s)
	}
}

// The old record is there until the new one is, whenever the power goes.
func TestLossOfPowerKeepsTheOldRecord(t *testing.T) {
	m := tiny(t)
	d := newMemory()
	d.MkdirAll("/home")
	d.Sync("/")
	d.Sync("/home")
	if _, err := keptRun(t, m, d, begun(t, m, Plan{Worlds: 8})); err != nil {
		t.Fatal(err)
	}
	seen := map[int]int{}
	d.after = func(d *memory, _ *entry, fresh int) {
		for _, s := range []*memory{d.lost(false, nil, 0), d.lost(true, nil, 0)} {
			r, err := survivor(s)
			if err != nil || r.Partial {
				t.Errorf("neither the old record nor the new one: %v\n%s", err, s)
				return
			}
			seen[r.Worlds]++
		}
	}
	if _, err := keptRun(t, m, d, begun(t, m, Plan{Worlds: 9})); err != nil {
		t.Fatal(err)
	}
	if seen[8] < 20 || seen[9] == 0 {
		t.Errorf("records seen, by worlds: %v", seen)
	}
}

// Every call that can fail is made to fail, alone and with all that follow, and
// writes come short: the run gives the same answer; what is on the disk is the
// new record, or the old one, or what was done; an error is told when it is not
// the new one.
func TestEveryCallFails(t *testing.T) {
	m := tiny(t)
	old := newMemory()
	old.MkdirAll("/home")
	if _, err := keptRun(t, m, old, begun(t, m, Plan{Worlds: 3})); err != nil {
		t.Fatal(err)
	}
	plan := Plan{Worlds: 5, Views: []string{"dove"}}
	answer := func(r *Record) string {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	try := func(d *memory) (told error) {
		r, err := keptRun(t, m, d, begun(t, m, plan))
		d.fails = nil
		if r != nil {
			want, _ := begun(t, m, plan).Run(context.Background(), nil)
			if answer(r) != answer(want) {
				t.Fatal("a disk that fails changes the answer")
			}
		}
		return err
	}
	for _, from := range []*memory{old, nil} {
		count := fresh(from)
		if err := try(count); err != nil {
			t.Fatal(err)
		}
		calls := count.calls
		if calls < 20 {
			t.Fatalf("only %d calls", calls)
		}
		for n := 1; n <= calls; n++ {
			for _, all := range []bool{false, true} {
				d := fresh(from)
				d.short = n%2 == 0
				d.fails = func(call int) error {
					if call == n || all && call > n {
						return []error{syscall.ENOSPC, syscall.EIO}[n%2]
					}
					return nil
				}
				told := try(d)
				if err := tidy(d, "/home/r"); err != nil {
					t.Fatal(err)
				}
				r, err := read(d, "/home/r")
				switch {
				case told == nil && (err != nil || r.Worlds != 5):
					t.Errorf("call %d of %d (all %v): nothing was told, and there is %v\n%s", n, calls, all, err, d)
				case from == old && err != nil:
					t.Errorf("call %d of %d (all %v): the old record is lost: %v\n%s", n, calls, all, err, d)
				case told != nil && strings.Contains(told.Error(), "panic"):
					t.Error(told)
				}
			}
		}
	}
}

// fresh is a copy of a disk, or a new one.
func fresh(of *memory) *memory {
	if of != nil {
		return of.lost(true, nil, 0)
	}
	d := newMemory()
	d.MkdirAll("/home")
	d.calls = 0
	return d
}

// A journal whose bytes were changed is read up to the change, or refused.
func TestJournalDamaged(t *testing.T) {
	m := tiny(t)
	d := newMemory()
	d.MkdirAll("/home")
	w := begun(t, m, Plan{Worlds: 140})
	if err := w.keep(d, "/home/r"); err != nil {
		t.Fatal(err)
	}
	want, err := w.Run(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(want)
	text := d.find("/home/r/" + journalFile).data
	refused, short := 0, 0
	for at := 0; at < len(text); at += 211 {
		s := d.lost(true, nil, 0)
		e := s.find("/home/r/" + journalFile)
		e.data = slices.Clone(e.data)
		e.data[at] ^= 0x10
		r, err := read(s, "/home/r")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "/home/r/"+journalFile) {
				t.Errorf("byte %d: %v", at, err)
			}
			refused++
			continue
		}
		got := rowsOf(r)
		if len(got) < len(rows) {
			short++
		}
		for k, row := range got {
			if !sameRow(row, rows[k]) {
				t.Fatalf("byte %d changed: %s is %v, was %v", at, k, row, rows[k])
			}
		}
	}
	if refused == 0 || short == 0 {
		t.Errorf("%d refused, %d read in part", refused, short)
	}
}

// What the journal of a stopped run gives is what the run itself writes when it
// is stopped.
func TestJournalIsTheRecord(t *testing.T) {
	m := tiny(t)
	for _, after := range []int{1, 2, 3, 5, 8, 11, 14, 17} {
		d := newMemory()
		d.MkdirAll("/home")
		w := begun(t, m, Plan{Worlds: 300})
		if err := w.keep(d, "/home/r"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		r, err := w.Run(ctx, func(done, _ int) {
			if done == after {
				cancel()
			}
		})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		read, err := recovered(d, "/home/r")
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []*Record{r, read} {
			if err := x.write(d, "/home/"+map[bool]string{true: "journal", false: "stopped"}[x == read]); err != nil {
				t.Fatal(err)
			}
		}
		a, b := d.find("/home/stopped"), d.find("/home/journal")
		for _, name := range sortedKeys(a.children) {
			if b.children[name] == nil || string(a.children[name].data) != string(b.children[name].data) {
				t.Errorf("after %d tasks: %s differs", after, name)
			}
		}
	}
}

// FuzzJournal reads journals that were tampered with: an error that names the file,
// or a record that can be summed up and written.
func FuzzJournal(f *testing.F) {
	m := tiny(f)
	d := newMemory()
	d.MkdirAll("/home")
	w := begun(f, m, Plan{Worlds: 3, Options: []string{"pledge"}, Views: []string{"dove"}})
	if err := w.keep(d, "/home/r"); err != nil {
		f.Fatal(err)
	}
	if _, err := w.Run(context.Background(), nil); err != nil {
		f.Fatal(err)
	}
	w.Close()
	text := d.find("/home/r/" + journalFile).data
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte(journalMagic))
	f.Fuzz(func(t *testing.T, text []byte) {
		d := newMemory()
		d.MkdirAll("/home/r")
		d.find("/home/r").children[journalFile] = &entry{name: journalFile, data: text, safe: len(text)}
		r, err := read(d, "/home/r")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "/home/r/"+journalFile) {
				t.Fatal(err)
			}
			return
		}
		if !r.Partial {
			t.Error("what a journal holds is not marked partial")
		}
	})
}

// A run in worlds that a file gave, cut off in the middle, is gone on with where the
// file gives them again, and ends with the bytes of one that was not.
func TestGivenGoesOn(t *testing.T) {
	m := tiny(t)
	file := filepath.Join(t.TempDir(), "worlds.csv")
	var rows strings.Builder
	rows.WriteString("quarrel,slip\n")
	for i := range 3 * Block {
		fmt.Fprintf(&rows, "%d,0.%03d\n", 2+i%20, i)
	}
	if err := os.WriteFile(file, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	given := func() *Given {
		table, _, err := data.ReadColumns(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		return NewGiven(table)
	}
	whole, err := Run(t.Context(), m, m.Case("tiny"), Plan{Given: given()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "record")
	w, err := Begin(m, m.Case("tiny"), Plan{Given: given(), Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Keep(folder); err != nil {
		t.Fatal(err)
	}
	ctx, cut := context.WithCancel(t.Context())
	if _, err := w.Run(ctx, func(done, _ int) {
		if done == 5 {
			cut()
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), w.Release()); err != nil {
		t.Fatal(err)
	}
	before, err := ReadUnfinished(folder)
	if err != nil || !before.Partial {
		t.Fatal(before, err)
	}
	by, is := before.GivenBy()
	if !is || by.Name != file {
		t.Fatal(by)
	}
	p, again := before.Plan(), given()
	if err := again.As(by); err != nil {
		t.Fatal(err)
	}
	p.Given, p.Design, p.Worlds = again, "", 0
	on, err := Resume(t.Context(), m, m.Case("tiny"), p, before, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	if err := errors.Join(whole.Write(a), on.Write(b)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{manifestFile, measuresFile, worldsFile} {
		was, bad := os.ReadFile(filepath.Join(a, name))
		is, err := os.ReadFile(filepath.Join(b, name))
		if bad != nil || err != nil || !bytes.Equal(was, is) {
			t.Errorf("gone on with, %s has other bytes (%v, %v)", name, bad, err)
		}
	}
}

// While a run has its folder, from before its first block until its record is
// written, the folder is busy to all others and nobody else can take it.
func TestFolderIsHeld(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("folders are not held here")
	}
	m := tiny(t)
	folder := filepath.Join(t.TempDir(), "record")
	w := begun(t, m, Plan{Worlds: 4})
	if err := w.Keep(folder); err != nil {
		t.Fatal(err)
	}
	busy := func(when string) {
		t.Helper()
		if s, _ := Stands(folder); s == nil || !s.Busy {
			t.Errorf("%s the folder does not pass for busy", when)
		}
		journal, _ := os.ReadFile(filepath.Join(folder, journalFile))
		if err := begun(t, m, Plan{Worlds: 9}).Keep(folder); !errors.Is(err, ErrBusy) {
			t.Errorf("%s another run could take the folder: %v", when, err)
		}
		if now, _ := os.ReadFile(filepath.Join(folder, journalFile)); !bytes.Equal(now, journal) {
			t.Errorf("%s another run changed the journal", when)
		}
	}
	busy("at first")
	r, err := w.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	busy("when all is solved")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	busy("while the record is written")
	if err := errors.Join(r.Write(folder), w.Release()); err != nil {
		t.Fatal(err)
	}
	if s, err := Stands(folder); err != nil || s.Busy || !s.Whole {
		t.Errorf("after it: %+v, %v", s, err)
	}
	other := begun(t, m, Plan{Worlds: 4})
	if err := other.Hold(folder); err != nil {
		t.Fatal(err)
	}
	busy("while a sweep's record is joined")
	if err := begun(t, m, Plan{Worlds: 4}).Hold(folder); !errors.Is(err, ErrBusy) {
		t.Errorf("two hold the folder: %v", err)
	}
	if err := other.Release(); err != nil {
		t.Fatal(err)
	}
}
