package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// source is the digest of the files that answers are made of: the code of the module,
// its tests apart, what is built into it, and its dependencies by their sums. All
// programs of a release have it, by which casus and casus-nats know each other.
func source(tree fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && !answers(name):
			return fs.SkipDir
		case !d.Type().IsRegular() || strings.HasSuffix(name, "_test.go") || path.Dir(name) == "." && name != "go.mod" && name != "go.sum":
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err == nil {
			fmt.Fprintf(sum, "%s %x\n", name, sha256.Sum256(text))
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// silent are the folders at the top that no answer of a sweep is made of.
var silent = []string{"cmd", "python", "r", "docs", "serve", "show", "studio", "dist", "casus-records"}

// answers reports whether a folder may hold what answers are made of.
func answers(folder string) bool {
	name := path.Base(folder)
	return !strings.HasPrefix(name, ".") && name != "testdata" && !slices.Contains(silent, folder)
}

// sourceHere is source of the tree in this folder.
func sourceHere() (string, error) { return source(os.DirFS(".")) }
