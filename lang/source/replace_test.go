package source

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file is replaced whole or not at all, and its mode stays; a link is replaced, and
// what it led to left alone; what is no file is refused.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	holds := func(name, want string) {
		t.Helper()
		if got, err := os.ReadFile(at(name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q (%v), want %q", name, got, err, want)
		}
	}
	if err := ReplaceText(at("new"), []byte("one")); err != nil {
		t.Fatal(err)
	}
	holds("new", "one")
	if err := os.Chmod(at("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceText(at("new"), []byte("two")); err != nil {
		t.Fatal(err)
	}
	holds("new", "two")
	if info, err := os.Stat(at("new")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v", info.Mode())
	}
	if err := os.Symlink("new", at("link")); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceText(at("link"), []byte("three")); err != nil {
		t.Fatal(err)
	}
	holds("link", "three")
	holds("new", "two") // what the link led to is as it was
	if err := os.Mkdir(at("folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceText(at("folder"), nil); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a folder: %v", err)
	}
	broken := errors.New("broken")
	err := Replace(at("new"), func(w io.Writer) error { io.WriteString(w, "half"); return broken })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	holds("new", "two")
	if err := ReplaceText(at("nowhere/new"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 3 {
		t.Errorf("there are %v", left)
	}
}
