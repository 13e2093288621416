package ask

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// asked is a run of the case truce into a folder.
func asked(folder string) Run {
	q := Run{Worlds: inWorlds(64)}
	q.Of, q.Keep.Record = Named{Path: "truce"}, folder
	return q
}

// kept are the files of a record.
func kept(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range list {
		if out[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// A run that is called off once its last world is solved ends with an error that names
// its folder, and goes on from there to the record it would have made.
func TestCalledOffAtTheEnd(t *testing.T) {
	whole, folder := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "stopped")
	if _, err := asked(whole).Answer(t.Context(), Told{}); err != nil {
		t.Fatal(err)
	}
	for _, json := range []bool{false, true} {
		ctx, stop := context.WithCancel(t.Context())
		to := Told{Progress: func(done, total int) {
			if done == total {
				stop()
			}
		}}
		q, err := asked(folder), error(nil)
		if json {
			_, err = q.found(ctx, to)
		} else {
			_, err = q.Answer(ctx, to)
		}
		stop()
		var off BrokenOff
		if !errors.As(err, &off) || off.Folder != folder || Code(err) != Interrupted {
			t.Fatalf("it ends with %v", err)
		}
		q.Resume, q.From = true, folder
		if _, err := q.Answer(t.Context(), Told{}); err != nil {
			t.Fatal(err)
		}
		want, got := kept(t, whole), kept(t, folder)
		for name := range want {
			if !bytes.Equal(got[name], want[name]) {
				t.Errorf("%s differs from that of a run that was not stopped", name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d files, not %d", len(got), len(want))
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
}

// A question of worlds without a record that is called off keeps nothing.
func TestCalledOffWithoutARecord(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	q := inWorlds(64)
	q.Of = Named{Path: "truce"}
	m, k, err := q.Of.crisis(Told{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.run(ctx, Told{Progress: func(done, total int) {
		if done > total/2 {
			stop()
		}
	}}, m, k, asksOfRows)
	if r != nil || !errors.Is(err, context.Canceled) || errors.As(err, new(BrokenOff)) {
		t.Errorf("%v, %v", r != nil, err)
	}
}
