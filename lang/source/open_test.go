package source

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Only a file with an end is opened; a named pipe is refused without waiting for
// somebody to write to it.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	pipe, large := filepath.Join(dir, "pipe"), filepath.Join(dir, "large")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip("no named pipes here")
	}
	if err := os.WriteFile(large, []byte("1234567"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, want string }{
		{pipe, "pipe: not a regular file (a pipe or a device)"},
		{dir, ": it is a folder (name a file in it)"},
		{"/dev/zero", "/dev/zero: not a regular file (a pipe or a device)"},
		{large, "large: file is larger than 0 MiB"},
		{filepath.Join(dir, "none"), "no such file"},
	} {
		if _, err := ReadFile(c.name, 6); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if text, err := ReadFile(large, 7); err != nil || string(text) != "1234567" {
		t.Errorf("%q %v", text, err)
	}
}

func TestJSONWithin(t *testing.T) {
	for _, c := range []struct {
		text          string
		values, depth int
		want          string
	}{
		{`{"a": [1, 2, "[[[[,,,,\"["]}`, 6, 2, ""},
		{`{"a": [1, 2, 3, 4, 5]}`, 6, 2, "JSON of more than 6 values"},
		{`[[[1]]]`, 9, 2, "JSON nested more than 2 deep"},
		{strings.Repeat("[", 1<<20), 1 << 30, 64, "JSON nested more than 64 deep"},
		{`"\\"[[[`, 9, 2, "JSON nested more than 2 deep"},
		{`"` + strings.Repeat("a", 99) + `"`, 9, 2, ""},
		{`["` + strings.Repeat(`\"`, 99) + `"]`, 9, 2, "JSON with a text of more than 100 bytes"},
		{`not JSON`, 9, 2, ""}, // the decoder says so
	} {
		got := ""
		if err := JSONWithin([]byte(c.text), c.values, c.depth, 100); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%.30s: got %q, want %q", c.text, got, c.want)
		}
	}
}
