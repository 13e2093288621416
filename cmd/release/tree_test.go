package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// sources are the files that a program is built from, with strokes.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(filepath.Join("..", "..")), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != "." || d.Name() == "testdata" || d.Name() == "python" || d.Name() == "casus-records") {
			return fs.SkipDir
		}
		if !d.IsDir() && !strings.HasSuffix(name, "_test.go") && path.Base(name) != "casus" {
			out = append(out, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readIn(root fs.FS, name string) ([]byte, error) { return fs.ReadFile(root, name) }

func thisMachine(t *testing.T) target {
	t.Helper()
	of := target{runtime.GOOS, runtime.GOARCH}
	if !slices.Contains(targets, of) {
		t.Skip("no program is made for " + of.String())
	}
	return of
}
