package sweep_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/catalog"
	"casus/lang/source"
	"casus/worlds/study"
	"casus/worlds/sweep"
)

// The case of these tests is the small one of package study.
const tiny = "../study/testdata/tiny"

// TestMain lets the test program be a worker that another machine has.
func TestMain(m *testing.M) {
	if folder := os.Getenv("CASUS_SWEEP_WORKER"); folder != "" {
		s, err := sweep.Open(context.Background(), folder)
		if err == nil {
			err = s.Run(context.Background(), s.Missing(nil), 1, nil)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func texts(t testing.TB) sweep.Texts {
	t.Helper()
	own, err := catalog.Read(tiny)
	if err != nil {
		t.Fatal(err)
	}
	return sweep.Texts{Own: own}
}

var plan = study.Plan{Worlds: 300, Seed: 5}

// What is left of a sweep is counted world by world, and less once blocks are done;
// of sums a world counts for every option.
func TestLeft(t *testing.T) {
	s := planned(t)
	all := make([]int, len(s.Blocks))
	worlds := 0
	for n, p := range s.Blocks {
		all[n] = n
		worlds += p.Worlds()
	}
	if got := s.Left(append(all, -1, len(all))); got.Worlds != worlds || got.Bytes < 8*int64(worlds) || got.Options < len(s.Plan.Options) {
		t.Errorf("%+v of %d worlds", got, worlds)
	}
	if err := s.Run(t.Context(), []int{0, 2}, 1, nil); err != nil {
		t.Fatal(err)
	}
	if got, done := s.Left(all), s.Blocks[0].Worlds()+s.Blocks[2].Worlds(); got.Worlds != worlds-done {
		t.Errorf("%d worlds are left, not %d", got.Worlds, worlds-done)
	}
	if d, err := s.Work().ForetellSome(t.Context(), 1, worlds, 1); err != nil || d <= 0 {
		t.Error(d, err)
	}
	sums := summed(t, 600, 150)
	if got, want := sums.Left([]int{0}), sums.Blocks[0].Worlds()*len(sums.Plan.Options); got.Worlds != want {
		t.Errorf("of sums %d worlds, not %d", got.Worlds, want)
	}
}

// No changed byte of a manifest passes, and what it changes is the file's fault, not
// that of who asks.
func TestChangedManifest(t *testing.T) {
	s := planned(t)
	name := filepath.Join(s.Folder(), "sweep.json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(text); at += 97 {
		harmed := bytes.Clone(text)
		harmed[at] ^= 1
		if err := os.WriteFile(name, harmed, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := sweep.Open(t.Context(), s.Folder()); err == nil || source.IsMisuse(err) {
			t.Errorf("byte %d (%q) changed: %v", at, text[at], err)
		}
	}
}

// planned is a sweep of the small case in blocks of 37 worlds.
func planned(t testing.TB) *sweep.Sweep {
	t.Helper()
	s, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", texts(t), plan, 37)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// alone are the bytes of the record that one machine makes.
func alone(t testing.TB) map[string]string {
	m, problems := catalog.Files(texts(t).Own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	r, err := study.Run(t.Context(), m, m.Case("tiny"), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, r)
}

func written(t testing.TB, r *study.Record) map[string]string {
	folder := filepath.Join(t.TempDir(), "record")
	if err := r.Write(folder); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range []string{"manifest.json", "measures.parquet", "worlds.parquet"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

// merged are the bytes of the record of a sweep.
func merged(t testing.TB, folder string) map[string]string {
	t.Helper()
	s, err := sweep.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Merge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, r)
}

// Workers that share a folder, are killed in the middle and begin again end with
// the bytes of one machine; nothing is lost, nothing counted twice.
func TestKilledWorkers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	s := planned(t)
	worker := func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "CASUS_SWEEP_WORKER="+s.Folder())
		return c
	}
	kills := 0
	for wait := 60 * time.Millisecond; len(s.Missing(nil)) > 4; wait += 20 * time.Millisecond {
		var two [2]*exec.Cmd
		for i := range two {
			two[i] = worker()
			if err := two[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(wait)
		for _, c := range two {
			c.Process.Kill()
			if c.Wait() != nil {
				kills++
			}
		}
	}
	if out, err := worker().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if kills == 0 {
		t.Error("no worker was killed before it was done")
	}
	if got, want := merged(t, s.Folder()), alone(t); !maps.Equal(got, want) {
		t.Error("the record differs from that of one machine")
	}
}

// Every block that is missing, cut off, damaged, of another sweep or under another
// number is named; the record is made only when all are sound.
func TestUnsoundBlocks(t *testing.T) {
	s := planned(t)
	all := s.Missing(nil)
	if len(all) != len(s.Blocks) {
		t.Fatalf("%d blocks are missing of %d", len(all), len(s.Blocks))
	}
	if err := s.Run(t.Context(), all, 2, nil); err != nil {
		t.Fatal(err)
	}
	want := alone(t)
	if !maps.Equal(merged(t, s.Folder()), want) {
		t.Fatal("the record differs from that of one machine")
	}
	other, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "other"), "tiny", texts(t), study.Plan{Worlds: 300, Seed: 6}, 37)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Run(t.Context(), []int{3}, 1, nil); err != nil {
		t.Fatal(err)
	}
	file := func(s *sweep.Sweep, n int) string {
		return filepath.Join(s.Folder(), "blocks", fmt.Sprintf("%06d.block", n))
	}
	read := func(name string) []byte {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	third := read(file(s, 3))
	flipped := bytes.Clone(third)
	flipped[len(flipped)/2] ^= 4
	for what, bad := range map[string][]byte{
		"missing":                nil,
		"cut off":                third[:len(third)/2],
		"empty":                  {},
		"a bit flipped":          flipped,
		"of another sweep":       read(file(other, 3)),
		"under another number":   read(file(s, 4)),
		"longer than it was":     append(bytes.Clone(third), 0),
		"not a block":            []byte("hello\n"),
		"large and full of zero": make([]byte, 1<<20),
	} {
		os.Remove(file(s, 3))
		if bad != nil {
			if err := os.WriteFile(file(s, 3), bad, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		again, err := sweep.Open(t.Context(), s.Folder())
		if err != nil {
			t.Fatal(err)
		}
		_, err = again.Merge(t.Context())
		var lacks *sweep.Incomplete
		if !errors.As(err, &lacks) || !slices.Equal(lacks.Missing, []int{3}) || (lacks.Unsound[3] != nil) != (bad != nil) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Run(t.Context(), s.Missing(nil), 1, nil); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(merged(t, s.Folder()), want) {
		t.Error("the record differs from that of one machine")
	}
}

// A manifest or a file of the model that is not as it was planned is refused.
func TestOpenRefuses(t *testing.T) {
	for what, change := range map[string]func(folder string) error{
		"sweep here":            func(folder string) error { return os.Remove(filepath.Join(folder, "sweep.json")) },
		"not the manifest":      edit("sweep.json", `"version"`, `"version`),
		"version 2":             edit("sweep.json", `"version": 2`, `"version": 3`),
		"not those of its plan": edit("sweep.json", `"seed": 5,`, `"seed": 5, "worlds": 301,`),
		"is not as it was":      edit("model/001.casus", "Quarrels are small.", "Quarrels are large."),
		"worlds in a block":     edit("sweep.json", `"worlds_per_block": 37`, `"worlds_per_block": 0`),
		"no such file":          func(folder string) error { return os.Remove(filepath.Join(folder, "model", "001.casus")) },
		"cannot be a file":      edit("sweep.json", `"copy": "001.casus"`, `"copy": "../001.casus"`),
	} {
		s := planned(t)
		if err := change(s.Folder()); err != nil {
			t.Fatal(err)
		}
		_, err := sweep.Open(t.Context(), s.Folder())
		if what == "version 2" {
			what = "this program knows version 2"
		}
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sweep.New(t.Context(), full, "tiny", texts(t), plan, 37); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Error(err)
	}
}

func edit(file, from, to string) func(string) error {
	return func(folder string) error {
		name := filepath.Join(folder, filepath.FromSlash(file))
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if n := strings.Count(string(text), from); n < 1 {
			return fmt.Errorf("%s has no %q", file, from)
		}
		return os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o600)
	}
}

// The parts of a sweep are all of its blocks, each once and in order, and none has
// two blocks more of one game than another.
func TestParts(t *testing.T) {
	s := planned(t)
	type game struct{ option, view string }
	for n := 1; n < 60; n++ {
		var all []int
		most, least := map[game]int{}, map[game]int{}
		for k := 1; k <= n; k++ {
			part := s.Part(k, n)
			if !slices.IsSorted(part) {
				t.Errorf("part %d of %d: %v", k, n, part)
			}
			all = append(all, part...)
			mine := map[game]int{}
			for _, i := range part {
				mine[game{s.Blocks[i].Option, s.Blocks[i].View}]++
			}
			for _, b := range s.Blocks {
				g := game{b.Option, b.View}
				most[g] = max(most[g], mine[g])
				if k == 1 {
					least[g] = mine[g]
				}
				least[g] = min(least[g], mine[g])
			}
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(s.Blocks) || len(all) != len(s.Blocks) {
			t.Errorf("%d parts: %v", n, all)
		}
		for g, many := range most {
			if many > least[g]+1 {
				t.Errorf("%d parts: of %v one has %d blocks, another %d", n, g, many, least[g])
			}
		}
	}
	if got := sweep.Ranges([]int{1, 2, 3, 7, 9, 10}); got != "1–3, 7, 9–10" {
		t.Error(got)
	}
}

// Many workers of one folder in one process, all doing all blocks.
func TestTogether(t *testing.T) {
	s := planned(t)
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			mine, err := sweep.Open(t.Context(), s.Folder())
			if err == nil {
				err = mine.Run(context.Background(), mine.Missing(nil), 2, nil)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if !maps.Equal(merged(t, s.Folder()), alone(t)) {
		t.Error("the record differs from that of one machine")
	}
}

// FuzzBlock reads a block of any bytes: it is refused, or it is the one that was
// written.
func FuzzBlock(f *testing.F) {
	s := planned(f)
	if err := s.Run(f.Context(), []int{0}, 1, nil); err != nil {
		f.Fatal(err)
	}
	name := filepath.Join(s.Folder(), "blocks", "000000.block")
	good, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:60])
	f.Add([]byte("casus block 1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		missing := slices.Contains(s.Missing(nil), 0)
		if missing == bytes.Equal(text, good) {
			t.Errorf("%d bytes: missing is %v", len(text), missing)
		}
	})
}

// A folder in the place of a block is named, and all else is done; what a killed
// writer left is cleared away, but not what is being written.
func TestBarred(t *testing.T) {
	s := planned(t)
	blocks := filepath.Join(s.Folder(), "blocks")
	for _, err := range []error{os.Mkdir(filepath.Join(blocks, "000002.block"), 0o700), os.WriteFile(filepath.Join(blocks, ".casus-1"), nil, 0o600), os.WriteFile(filepath.Join(blocks, ".casus-2"), nil, 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	err := s.Run(t.Context(), s.Missing(nil), 2, nil)
	if err == nil || !strings.HasSuffix(err.Error(), "000002.block is a folder; take it away and run again") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
	if left := s.Missing(nil); !slices.Equal(left, []int{2}) {
		t.Errorf("blocks %v are missing", left)
	}
	if _, err := s.Merge(t.Context()); err == nil || !strings.HasSuffix(err.Error(), "; block 2 is a folder, to be taken away first") {
		t.Errorf("merge: %v", err)
	}
	start := time.Now()
	if err := os.Chtimes(filepath.Join(blocks, ".casus-1"), start, start.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(blocks, ".casus-2"), start, start.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := s.Tidy(start); err != nil {
		t.Fatal(err)
	}
	list, err := filepath.Glob(filepath.Join(blocks, ".casus-*"))
	if err != nil || len(list) != 1 || filepath.Base(list[0]) != ".casus-2" {
		t.Errorf("%v are left (%v)", list, err)
	}
}

// A manifest whose plan is not as plan writes it is refused when it is opened: what
// is left out, stands twice, or is of another kind.
func TestPlanAsWritten(t *testing.T) {
	for _, keep := range []bool{false, true} {
		p := plan
		p.Summed = keep
		s, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", texts(t), p, 100)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(s.Folder(), "sweep.json")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range []struct{ path, value string }{
			{"views", `[]`}, {"views", `null`}, {"views", `["dove","dove","hawk","either"]`}, {"views", `["hawk","dove","either"]`},
			{"options", `[]`}, {"options", `["nothing","pledge","pledge"]`}, {"worlds", `0`}, {"worlds", `1000000000`}, {"design", `""`}, {"horizon_years", `0`}, {"date", `""`}, {"max_states", `-1`},
		} {
			var x map[string]json.RawMessage
			var of map[string]json.RawMessage
			if err := errors.Join(json.Unmarshal(text, &x), json.Unmarshal(x["plan"], &of)); err != nil {
				t.Fatal(err)
			}
			of[one.path] = json.RawMessage(one.value)
			x["plan"], _ = json.Marshal(of)
			changed, _ := json.Marshal(x)
			if err := os.WriteFile(name, changed, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := sweep.Open(t.Context(), s.Folder()); err == nil {
				t.Errorf("keep sums %v: a plan with %s %s passes", keep, one.path, one.value)
			}
		}
	}
}

// Blocks are counted before any is made.
func TestTooManyBlocks(t *testing.T) {
	for _, p := range []study.Plan{{Worlds: study.MaxSummed, Summed: true}, {Worlds: study.MaxWorlds}} {
		m, problems := catalog.Files(texts(t).Own)
		if bad := problems.Errors(); len(bad) > 0 {
			t.Fatal(bad)
		}
		w, err := study.Begin(m, m.Case("tiny"), p)
		if err != nil {
			t.Fatal(err)
		}
		pieces, least := w.Cuts(1, p.Summed)
		if pieces <= sweep.MostBlocks {
			t.Fatal(pieces)
		}
		if n, _ := w.Cuts(least(sweep.MostBlocks), p.Summed); n > sweep.MostBlocks {
			t.Errorf("%d worlds a block still make %d", least(sweep.MostBlocks), n)
		}
		before := testing.AllocsPerRun(1, func() {
			if _, err := sweep.New(t.Context(), filepath.Join(t.TempDir(), "sweep"), "tiny", sweep.Texts{Own: texts(t).Own}, p, 1); err == nil || !strings.Contains(err.Error(), "are the most") {
				t.Errorf("a block for each world: %v", err)
			}
		})
		if before > 4e6 {
			t.Errorf("refusing takes %g allocations", before)
		}
	}
	s := planned(t)
	pieces, _ := s.Work().Cuts(37, false)
	if pieces != len(s.Blocks) {
		t.Errorf("counted %d blocks, made %d", pieces, len(s.Blocks))
	}
}

// replanned gives a manifest the build and the trial of another program, and seals it
// as that program would have.
func replanned(t *testing.T, s *sweep.Sweep, build, trial string) {
	t.Helper()
	name := filepath.Join(s.Folder(), "sweep.json")
	m := s.Manifest
	m.Build, m.Trial = build, trial
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, source.Seal(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A sweep that another build planned is done where nothing is known of its source and
// it makes the same of a few worlds; else it is refused, and both are named.
func TestAnotherBuild(t *testing.T) {
	for _, plans := range []func(testing.TB) *sweep.Sweep{planned, func(t testing.TB) *sweep.Sweep { return summed(t, 600, 150) }} {
		s := plans(t)
		if s.Trial == "" {
			t.Skip("the source of this test is known")
		}
		file, commit := "file "+strings.Repeat("0", 64), "commit "+strings.Repeat("1", 40)
		for _, c := range []struct{ build, trial, says string }{
			{file, s.Trial, ""},
			{"", s.Trial, ""},
			{file, strings.Repeat("0", 64), "(file 0000000000000000000…), and this is "},
			{file, strings.Repeat("0", 64), "which makes something else of its worlds: use the same program everywhere"},
			{commit, "", "(commit 11111111111111111…), and this is "},
			{commit, "", "whose worlds might differ: use the same program everywhere"},
			{"", "", "of an unknown build, and this is "},
		} {
			replanned(t, s, c.build, c.trial)
			again, err := sweep.Open(t.Context(), s.Folder())
			switch {
			case c.says == "" && err != nil:
				t.Errorf("%q: %v", c.build, err)
			case c.says == "":
				if err := again.Run(t.Context(), again.Missing(nil), 2, nil); err != nil {
					t.Error(err)
				}
			case err == nil || !strings.Contains(err.Error(), c.says):
				t.Errorf("%q: %v", c.build, err)
			}
		}
	}
}

// Of many blocks that cannot be used it is said in few words which they are and why.
func TestFaultsInFewWords(t *testing.T) {
	damaged, cut := errors.New("damaged"), errors.New("cut off")
	wrong := sweep.Faults{}
	for n := range 1600 {
		wrong[n] = damaged
	}
	wrong[3], wrong[1599] = cut, cut
	e := &sweep.Incomplete{Missing: slices.Sorted(maps.Keys(wrong)), Of: 2000, Unsound: wrong}
	const want = "1600 of 2000 blocks are missing: 0–1599; each of the blocks 0–2, 4–1598 is damaged; each of the blocks 3, 1599 is cut off"
	if e.Error() != want {
		t.Errorf("got %q, want %q", e.Error(), want)
	}
	for n := range 1600 {
		wrong[n] = fmt.Errorf("block %d under another number", n+1)
	}
	if lines := wrong.Lines(); len(lines) != 9 || lines[8] != "… and 1592 more that cannot be used" {
		t.Errorf("%q", lines)
	}
	if lines := (sweep.Faults{7: cut}).Lines(); !slices.Equal(lines, []string{"block 7 is cut off"}) {
		t.Errorf("%q", lines)
	}
	if text := sweep.Few(slices.Repeat([]error{cut}, 1600)).Error(); strings.Count(text, "\n") != 8 || !strings.HasSuffix(text, "… and 1592 more such blocks") {
		t.Errorf("%q", text)
	}
}
