package ask

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/lang/source"
	"casus/worlds/study"
)

// Beside is a file that an answer is to be written into, beside what is printed.
type Beside struct {
	As      string // how it was asked for, as in --picture
	Name    string
	Picture bool // else a table
}

// MayReplace is the error of files that would go over something which is no earlier
// one of their kind: what the answer is read from, by whatever name or link, a model
// file, a part of a record or sweep, or one another. What is not there may be made.
func MayReplace(files []Beside, read []string) error {
	var wrong []error
	for i, f := range files {
		for _, other := range files[:i] {
			if filepath.Clean(other.Name) == filepath.Clean(f.Name) || sameFile(other.Name, f.Name) {
				wrong = append(wrong, Usage(fmt.Sprintf("%s and %s are one file", other.As, f.As), "choose two"))
			}
		}
		if what := f.over(read); what != "" {
			wrong = append(wrong, Usage(fmt.Sprintf("%s would write over %s", f.As, what), "choose another file"))
		}
	}
	return Together(wrong...)
}

// over says what a file would be written over that is none of its kind.
func (f Beside) over(read []string) string {
	if slices.Contains(study.Files, filepath.Base(f.Name)) { // one that is not there yet would be taken for it
		return "a part of a record, " + f.Name
	}
	info, err := os.Stat(f.Name)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	at, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		at = f.Name
	}
	switch {
	case slices.ContainsFunc(read, func(name string) bool { return sameFile(name, f.Name) }):
		return "what is read, " + f.Name
	case strings.HasSuffix(at, ".casus"):
		return "the model file " + f.Name
	case slices.Contains(study.Files, filepath.Base(at)):
		return "a part of a record, " + f.Name
	case filepath.Base(at) == "sweep.json" || Exists(filepath.Join(filepath.Dir(at), "..", "sweep.json")):
		return "a part of a sweep, " + f.Name
	case f.Picture && !isMarkup(f.Name):
		return f.Name + ", which is no picture"
	}
	return ""
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// isMarkup reports whether a file begins as a picture does, or is empty.
func isMarkup(name string) bool {
	f, _, err := source.Open(name)
	if err != nil {
		return true // what cannot be read is found when it is written
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	head = bytes.TrimSpace(bytes.TrimPrefix(head[:n], []byte("\ufeff")))
	return len(head) == 0 || head[0] == '<'
}
