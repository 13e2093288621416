//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// However little memory the system gives, and wherever in a run it refuses more,
// the record that stood there stands as it was, or the new one is whole.
func TestStarved(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	folder := t.TempDir()
	casus := func(kilobytes int, args ...string) (string, error) {
		c := exec.Command("sh", append([]string{"-c", fmt.Sprintf("ulimit -v %d 2>/dev/null; exec casus \"$@\"", kilobytes), "sh"}, args...)...)
		c.Dir = folder
		out, err := c.CombinedOutput()
		return string(out), err
	}
	const plenty = 16 << 20
	run := func(kilobytes, seed int) (string, error) {
		return casus(kilobytes, "run", "estonia", "--worlds", "64", "--option", "as_it_stands", "--seed", fmt.Sprint(seed), "--record", "r", "--replace", "--workers", "2")
	}
	files := func() map[string][]byte {
		out := map[string][]byte{}
		names, _ := filepath.Glob(filepath.Join(folder, "r", "*"))
		for _, n := range names {
			out[filepath.Base(n)], _ = os.ReadFile(n)
		}
		return out
	}
	same := func(a, b map[string][]byte) bool {
		for _, name := range []string{"manifest.json", "measures.parquet", "worlds.parquet"} {
			if len(a[name]) == 0 || !bytes.Equal(a[name], b[name]) {
				return false
			}
		}
		return true
	}
	if out, err := run(plenty, 2); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := files()
	if out, err := run(plenty, 1); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	old := files()
	died, lived := 0, 0
	for kilobytes := 600_000; kilobytes < 2_400_000; kilobytes += 75_000 {
		out, err := run(kilobytes, 2)
		now := files()
		switch {
		case err != nil && same(now, old):
			died++
		case err == nil && same(now, want):
			lived++
		default:
			t.Fatalf("with %d KB: %v, and the record is neither the old one nor the new: %.400s", kilobytes, err, out)
		}
		os.RemoveAll(filepath.Join(folder, "r"))
		if err := os.Mkdir(filepath.Join(folder, "r"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range old {
			if err := os.WriteFile(filepath.Join(folder, "r", name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if died == 0 || lived == 0 {
		t.Errorf("memory was refused in %d runs and sufficed in %d: the limits do not straddle what a run takes", died, lived)
	}
}
