package study

import (
	"context"
	"maps"
	"strings"
	"testing"
)

// A run whose worlds do not fit into memory leaves the bytes of one whose worlds
// do, also when it is stopped, goes on, and takes more worlds on its way.
func TestWithinMemory(t *testing.T) {
	if _, err := mapped(t.TempDir(), 1); err != nil {
		t.Skipf("skipped: %v", err)
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
		if err := w.Within(1, folder); err != nil || !w.Spilled() {
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
		if err := w.Within(1, folder); err != nil {
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
	if err := w.Within(1<<40, t.TempDir()); err != nil || w.Spilled() {
		t.Errorf("with room enough: %v, in a file: %v", err, w.Spilled())
	}
	if err := begun(t, m, Plan{Worlds: 300}).Within(1, t.TempDir()+"/gone"); err == nil || !strings.Contains(err.Error(), "ask for at most") {
		t.Errorf("a folder that is not there: %v", err)
	}
}
