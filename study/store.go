package study

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// The files of a record.
const (
	manifestFile = "manifest.json"
	measuresFile = "measures.parquet"
	worldsFile   = "worlds.parquet"
)

// Write puts a record into a folder of its own: the manifest, the measures of
// every option, view and world, and the draws of every view and world. Nothing
// stands under the folder's name until all of it is written; a record that was
// there is replaced.
func (r *Record) Write(folder string) (err error) {
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	if err := mayReplace(folder); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, ".casus-record-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := r.writeInto(tmp); err != nil {
		return err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return swap(tmp, folder)
}

// mayReplace refuses to replace anything that is not a record.
func mayReplace(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains([]string{manifestFile, measuresFile, worldsFile}, e.Name()) {
			return fmt.Errorf("%s holds %s, which is no part of a record: choose another folder", folder, e.Name())
		}
	}
	return nil
}

// swap moves a finished folder into its place.
func swap(tmp, folder string) error {
	old := tmp + ".old"
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(tmp, folder); err != nil {
		os.Rename(old, folder) // put the old one back
		return err
	}
	return os.RemoveAll(old)
}

func (r *Record) writeInto(folder string) error {
	var manifest bytes.Buffer
	enc := json.NewEncoder(&manifest)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(folder, manifestFile), manifest.Bytes()); err != nil {
		return err
	}
	if err := writeTable(filepath.Join(folder, measuresFile), r.measureTable()); err != nil {
		return err
	}
	return writeTable(filepath.Join(folder, worldsFile), r.worldTable())
}

func writeFile(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return cmp.Or(err, f.Sync(), f.Close())
}

// measureTable has one row for each option, view and world. Worlds are
// numbered from 0.
func (r *Record) measureTable() table {
	t := table{texts: []string{"option", "view"}, number: "world"}
	for _, m := range r.Measures {
		t.floats = append(t.floats, m.Name)
	}
	for _, res := range r.Results {
		for _, v := range res.Views {
			t.parts = append(t.parts, part{texts: []string{res.Option, v.View}, columns: v.Values, rows: r.Worlds})
		}
	}
	for _, h := range r.History {
		for _, v := range h.Result.Views {
			t.parts = append(t.parts, part{texts: []string{h.Case + "/" + h.Option, v.View}, columns: v.Values, rows: r.Worlds})
		}
	}
	return t
}

// worldTable has one row for each view and world: the value of every
// assumption.
func (r *Record) worldTable() table {
	t := table{texts: []string{"view"}, number: "world"}
	for _, n := range r.Numbers {
		t.floats = append(t.floats, n.Name)
	}
	for _, v := range r.Views {
		t.parts = append(t.parts, part{texts: []string{v.Name}, columns: r.Draws[v.Name], rows: r.Worlds})
	}
	return t
}

// maxManifest bounds the manifest read, in bytes.
const maxManifest = 256 << 20

// Read reads a record from its folder, or from its manifest file. A record of
// another version, or one whose files do not fit each other, is refused.
func Read(name string) (*Record, error) {
	folder := name
	if info, err := os.Stat(name); err != nil {
		return nil, err
	} else if !info.IsDir() {
		folder = filepath.Dir(name)
	}
	r, err := readManifest(filepath.Join(folder, manifestFile))
	if err != nil {
		return nil, err
	}
	rows, err := readTable(filepath.Join(folder, measuresFile))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(folder, measuresFile), err)
	}
	return r, r.fill(folder, rows)
}

func readManifest(name string) (*Record, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no record here (a record is a folder with %s)", filepath.Dir(name), manifestFile)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxManifest {
		return nil, fmt.Errorf("%s: larger than any record", name)
	}
	r := &Record{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s: not the manifest of a record: %w", name, err)
	}
	if r.Version != Version {
		return nil, fmt.Errorf("%s: record of version %d; this program reads version %d", name, r.Version, Version)
	}
	return r, nil
}

// fill puts the rows of measures back under their options and views, and
// checks that they are all there and say what the summaries say.
func (r *Record) fill(folder string, rows *readRows) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%s: corrupt record: %s", folder, fmt.Sprintf(format, args...))
	}
	if r.Worlds < 1 || r.Worlds > MaxWorlds {
		return bad("%d worlds", r.Worlds)
	}
	place := func(option string, views []ViewResult) error {
		for v := range views {
			cols, err := rows.columns(option, views[v].View, r.Measures, r.Worlds)
			if err != nil {
				return bad("%v", err)
			}
			views[v].Values = cols
			if len(views[v].Summary) != len(r.Measures) {
				return bad("option %s, view %s: %d summaries for %d measures", option, views[v].View, len(views[v].Summary), len(r.Measures))
			}
		}
		if len(views) != len(r.Views) {
			return bad("option %s has %d views of %d", option, len(views), len(r.Views))
		}
		return nil
	}
	for i := range r.Results {
		if err := place(r.Results[i].Option, r.Results[i].Views); err != nil {
			return err
		}
	}
	for _, h := range r.History {
		if h == nil {
			return bad("an empty entry in history")
		}
		if err := place(h.Case+"/"+h.Option, h.Result.Views); err != nil {
			return err
		}
	}
	return nil
}
