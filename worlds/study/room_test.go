package study

import (
	"context"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"
)

// A run whose worlds do not fit into memory leaves the bytes of one whose worlds
// do, also when it is stopped, goes on, and takes more worlds on its way.
func TestWithinMemory(t *testing.T) {
	if f, err := nameless(t.TempDir()); err != nil {
		t.Skipf("skipped: %v", err)
	} else {
		f.Close()
	}
	m := tiny(t)
	for name, p := range map[string]Plan{
		"plain": {Worlds: 300},
		"until": {Worlds: 64, Until: 0.001, MostWorlds: 500},
	} {
		free, tight := newMemory(), newMemory()
		if _, err := keptRun(t, m, free, begun(t, m, p)); err != nil {
			t.Fatal(err)
		}
		w := begun(t, m, p)
		folder := t.TempDir()
		if err := w.Within(1, folder, true); err != nil || !w.Spilled() {
			t.Fatalf("%s: %v, in a file: %v", name, err, w.Spilled())
		}
		if _, err := keptRun(t, m, tight, w); err != nil {
			t.Fatal(err)
		}
		if a, b := heldFiles(t, free), heldFiles(t, tight); !maps.Equal(a, b) {
			t.Errorf("%s: %v and, within little memory, %v differ", name, sortedKeys(a), sortedKeys(b))
		}
		ctx, stop := context.WithCancel(context.Background())
		half, err := begun(t, m, p).Run(ctx, func(done, total int) {
			if 2*done >= total {
				stop()
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		w = begun(t, m, p)
		if err := w.Within(1, folder, true); err != nil {
			t.Fatal(err)
		}
		if err := w.GoOn(half); err != nil {
			t.Fatal(err)
		}
		again := newMemory()
		if _, err := keptRun(t, m, again, w); err != nil {
			t.Fatal(err)
		}
		if a, b := heldFiles(t, free), heldFiles(t, again); !maps.Equal(a, b) {
			t.Errorf("%s: gone on with within little memory, it differs", name)
		}
	}
	w := begun(t, m, Plan{Worlds: 300})
	if err := w.Within(1<<40, t.TempDir(), true); err != nil || w.Spilled() {
		t.Errorf("with room enough: %v, in a file: %v", err, w.Spilled())
	}
	if err := begun(t, m, Plan{Worlds: 300}).Within(1, t.TempDir()+"/gone", false); err == nil || !strings.Contains(err.Error(), "ask for at most") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// The file for the worlds and the record are to fit on the disk together, and what does
// not is refused before anything is written; so is what would do for one of them alone.
func TestRoomTogether(t *testing.T) {
	if f, err := nameless(t.TempDir()); err != nil {
		t.Skipf("skipped: %v", err)
	} else {
		f.Close()
	}
	m := tiny(t)
	plan := Plan{Worlds: 300}
	free := func(left int64) func(string) (uint64, bool) {
		return func(string) (uint64, bool) { return uint64(left), true }
	}
	w := begun(t, m, plan)
	if err := w.Within(1, t.TempDir(), true); err != nil {
		t.Fatal(err)
	}
	c := w.Cost()
	if c.Scratch <= 0 || !strings.Contains(c.Room(), Bytes(c.Disk+c.Scratch)) {
		t.Errorf("%+v: %s", c, c.Room())
	}
	for _, a := range []struct {
		left     int64
		recorded bool
		fits     bool
	}{{c.Disk + c.Scratch, true, true}, {c.Disk + c.Scratch - 1, true, false}, {c.Scratch, false, true}, {c.Scratch - 1, false, false}} {
		w := begun(t, m, plan)
		w.free = free(a.left)
		folder := t.TempDir()
		err := w.Within(1, folder, a.recorded)
		if (err == nil) != a.fits || err != nil && (!strings.Contains(err.Error(), "left") || w.spill != nil) {
			t.Errorf("%d bytes left, recorded %v: %v", a.left, a.recorded, err)
		}
		if err == nil && size(t, w.spill.file) != 0 {
			t.Errorf("%d bytes were written before the run began", size(t, w.spill.file))
		}
		if a.recorded && a.fits {
			w.free = free(c.Disk) // another has taken of it
			if err := w.keep(newMemory(), "/home/r"); err == nil || !strings.Contains(err.Error(), "the record and the file for the worlds need up to") {
				t.Errorf("room that another took: %v", err)
			}
		}
	}
}

func size(t *testing.T, f *os.File) int64 {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// Room on the disk is taken bit by bit, and no more once the run is called off.
func TestRoomCalledOff(t *testing.T) {
	file, err := nameless(t.TempDir())
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	if _, err := mapped(&calledOff{Context: t.Context(), after: 2}, file, 1<<40/8); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	w := begun(t, tiny(t), Plan{Worlds: 300})
	if err := w.Within(1, t.TempDir(), true); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := w.Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a run called off before its worlds had room: %v", err)
	}
}

// calledOff is a context that is called off once it was asked so often.
type calledOff struct {
	context.Context
	after int
}

func (c *calledOff) Err() error {
	if c.after--; c.after < 0 {
		return context.Canceled
	}
	return nil
}

// Links that go round are no remains of a killed run.
func TestTidyRound(t *testing.T) {
	name := t.TempDir() + "/round"
	if err := os.Symlink("round", name); err != nil {
		t.Skipf("skipped: %v", err)
	}
	if err := Tidy(name); err == nil || strings.Contains(err.Error(), "killed run") || !strings.Contains(err.Error(), "leads to itself") {
		t.Errorf("links that go round: %v", err)
	}
}
