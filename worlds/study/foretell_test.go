package study_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"casus/worlds/study"
)

// To foretell how long a run takes changes nothing of it, and ends with its context.
func TestForetell(t *testing.T) {
	m := load(t)
	plain := run(t, m, study.Plan{})
	w, err := study.Begin(m, m.Case("tiny"), study.Plan{Worlds: tinyWorlds, Seed: study.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	if d, err := w.Foretell(t.Context()); err != nil || d <= 0 {
		t.Fatalf("%v, %v", d, err)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if _, err := w.Foretell(over); !errors.Is(err, context.Canceled) {
		t.Errorf("of a run that was stopped: %v", err)
	}
	after, err := w.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(written(t, plain), written(t, after)) {
		t.Error("the record has other bytes")
	}
}

// What a run is told to have done never falls and ends with all of it when the record is
// written, which counts as the worlds do; what is at hand is said.
func TestTheWritingIsWork(t *testing.T) {
	m := load(t)
	for _, tried := range []bool{true, false} {
		w, err := study.Begin(m, m.Case("tiny"), study.Plan{Worlds: 2000, Seed: study.DefaultSeed})
		if err != nil {
			t.Fatal(err)
		}
		if tried {
			if _, err := w.Foretell(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		folder := filepath.Join(t.TempDir(), "r")
		if err := w.Keep(folder); err != nil {
			t.Fatal(err)
		}
		last, all, solved := 0, 0, 0
		var at []string
		w.Begins = func(what string) {
			if at = append(at, what); solved == 0 {
				solved = last
			}
		}
		r, err := w.Run(t.Context(), func(done, total int) {
			if done < last || done > total {
				t.Errorf("%d of %d done, after %d", done, total, last)
			}
			last, all = done, total
		})
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(r.WriteWithin(t.Context(), folder), w.Release()); err != nil {
			t.Fatal(err)
		}
		if last != all || !slices.Equal(at, []string{"summing up", "writing the record"}) {
			t.Errorf("%d of %d done at the end, %q", last, all, at)
		}
		if tried != (solved < all) {
			t.Errorf("tried: %v; %d of %d are worlds", tried, solved, all)
		}
	}
}
