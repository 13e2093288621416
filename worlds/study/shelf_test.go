package study_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"casus/worlds/study"
)

// A record off the shelf is the one that Read reads: with draws where they are
// asked for, under whichever name it is asked for, from many sides at a time.
func TestShelf(t *testing.T) {
	_, folder := record(t, study.Plan{Worlds: 40})
	plain, err := study.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	var s study.Shelf
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			r, err := s.Read([]string{folder, filepath.Join(folder, "manifest.json")}[i%2], i%3 == 0)
			if err != nil {
				t.Error(err)
				return
			}
			if got, want := text(t, r, 80), text(t, plain, 80); got != want {
				t.Errorf("off the shelf:\n%s\nread:\n%s", got, want)
			}
			if i%3 == 0 && len(r.Draws) == 0 {
				t.Error("draws were asked for, and there are none")
			}
			if err := r.ReadDraws(folder); err != nil { // it is the caller's own
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// What is written anew is read anew, also where size and time stay; what is damaged
// is refused, and read when it is whole again. Of draws that are damaged the rest
// stays readable.
func TestShelfReadsWhatIsThere(t *testing.T) {
	_, folder := record(t, study.Plan{Worlds: 40})
	other, elsewhere := record(t, study.Plan{Worlds: 40, Seed: 7})
	var s study.Shelf
	reads := func(want uint64) {
		t.Helper()
		r, err := s.Read(folder, true)
		if err != nil || r.Seed != want {
			t.Fatalf("seed %v, %v; want %d", r, err, want)
		}
	}
	reads(1)
	if err := other.Write(folder); err != nil {
		t.Fatal(err)
	}
	reads(7)

	name := filepath.Join(folder, "measures.parquet")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	damaged[len(damaged)/2] ^= 1
	write := func(name string, text []byte) {
		t.Helper()
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	write(name, damaged)
	if _, err := s.Read(folder, false); err == nil {
		t.Error("damage of the same size and time went unnoticed")
	}
	write(name, whole)
	reads(7)

	write(filepath.Join(folder, "worlds.parquet"), nil)
	if _, err := s.Read(folder, true); err == nil || !strings.Contains(err.Error(), "worlds.parquet") {
		t.Errorf("draws that are empty: %v", err)
	}
	if _, err := s.Read(folder, false); err != nil {
		t.Errorf("without the draws: %v", err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(folder, false); err == nil || !strings.Contains(err.Error(), "no record here") {
		t.Errorf("nothing there: %v", err)
	}
	if r, err := s.Read(elsewhere, true); err != nil || r.Seed != 7 {
		t.Error(err)
	}
}
