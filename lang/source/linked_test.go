package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A link stays one when what it leads to is written for the first time, by one link or
// by two; links that go round are told.
func TestOverwriteLinked(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	for from, to := range map[string]string{"one": "target", "two": "one", "round": "about", "about": "round"} {
		if err := os.Symlink(to, at(from)); err != nil {
			t.Skipf("skipped: %v", err)
		}
	}
	if err := Overwrite(at("two"), "words"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(at("target")); err != nil || string(text) != "words" {
		t.Errorf("the target has %q, %v", text, err)
	}
	for _, name := range []string{"one", "two", "round"} {
		if info, err := os.Lstat(at(name)); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s is no link any more: %v", name, err)
		}
	}
	if err := Overwrite(at("round"), "words"); err == nil || strings.Contains(err.Error(), "no folder") {
		t.Errorf("links that go round: %v", err)
	}
}
