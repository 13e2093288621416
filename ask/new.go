package ask

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"casus/catalog"
	"casus/lang/source"
)

// New writes a case to start from into a folder of its own.
type New struct {
	Folder string
	Like   string // a shipped case to copy; empty: a small one with comments
}

// Begun lists what was written.
type Begun struct {
	Folder string   `json:"folder"`
	Case   string   `json:"case"`
	Files  []string `json:"files"`
}

// Answer writes the files. A folder that holds anything is left alone.
func (q New) Answer(Told) (*Begun, error) {
	if err := emptyOrNew(q.Folder); err != nil {
		return nil, err
	}
	out := &Begun{Folder: q.Folder, Case: q.Like}
	var files []*source.File
	if q.Like == "" {
		out.Case = caseName(q.Folder)
		files = catalog.Start(out.Case)
	} else {
		var err error
		if files, err = catalog.Copy(q.Like); err != nil {
			return nil, misused(err)
		}
	}
	if err := os.MkdirAll(q.Folder, 0o755); err != nil {
		return nil, err
	}
	for _, f := range files {
		name := filepath.Join(q.Folder, f.Name)
		if err := os.WriteFile(name, f.Text, 0o644); err != nil {
			return nil, err
		}
		out.Files = append(out.Files, name)
	}
	return out, nil
}

// emptyOrNew refuses a place where something stands, and none at all.
func emptyOrNew(folder string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case folder == "":
		return Usage("which folder?", "one that is not there yet, such as mycase")
	case MayFill(folder) != nil:
		return MayFill(folder)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty: choose another folder", folder)
	}
	return nil
}

var notOfNames = regexp.MustCompile(`[^a-z0-9_]+`)

// caseName makes the name of a case of that of its folder; one that would be no
// name, or that of a shipped case, is mine.
func caseName(folder string) string {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	name := strings.Trim(notOfNames.ReplaceAllString(strings.ToLower(filepath.Base(folder)), "_"), "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' || Shipped(name) || reserved[name] {
		return "mine"
	}
	return name
}

// reserved are names that the small case uses for something else.
var reserved = map[string]bool{"attack": true, "nothing": true, "pledge": true, "doves": true, "hawks": true, "war": true, "case": true}
