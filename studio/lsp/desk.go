package lsp

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"casus/ask"
	"casus/catalog"
	"casus/lang/source"
	"casus/lang/syntax"
)

// desk holds the texts as they stand in the editor, and what was made of them.
type desk struct {
	roots []string // folders that the editor works in
	open  map[string]string
	read  map[string]*reading // by project
}

// reading is the model of one project, until one of its texts changes.
type reading struct {
	*ask.Drafted
	files []*source.File
	trees map[string]*syntax.Tree // of the project's own files, by name
}

func newDesk() *desk { return &desk{open: map[string]string{}, read: map[string]*reading{}} }

// put notes the text of a file; it is read again when next asked for.
func (d *desk) put(file, text string) {
	d.open[file] = text
	clear(d.read)
}

func (d *desk) drop(file string) {
	delete(d.open, file)
	clear(d.read)
}

// project is the folder whose files belong together with a file: the highest at
// or above it that holds model files, within what the editor works in. A file
// outside of that stands alone with those beside it.
func (d *desk) project(file string) string {
	folder := filepath.Dir(file)
	best := folder
	for _, root := range d.roots {
		if !within(folder, root) {
			continue
		}
		for at := folder; ; at = filepath.Dir(at) {
			if found, _ := filepath.Glob(filepath.Join(escaped(at), "*.casus")); len(found) > 0 {
				best = at
			}
			if at == root || at == filepath.Dir(at) {
				break
			}
		}
	}
	return best
}

// escaped is a folder in a pattern that matches it alone.
func escaped(folder string) string {
	if runtime.GOOS == "windows" { // there a backslash is no escape
		return folder
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(folder)
}

func within(folder, root string) bool {
	rel, err := filepath.Rel(root, folder)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// reading reads the project of a file.
func (d *desk) reading(file string) (*reading, error) {
	project := d.project(file)
	if r := d.read[project]; r != nil {
		return r, nil
	}
	files, err := d.texts(project, file)
	if strings.HasPrefix(file, "catalog/") { // it is read, whatever the editor has of it
		project, files, err = file, []*source.File{source.New("/inmemory/reader.casus", []byte("use "+catalog.Using(file)+"\n"))}, nil
		if r := d.read[project]; r != nil {
			return r, nil
		}
	}
	if err != nil {
		return nil, err
	}
	r, err := read(files)
	if err == nil {
		d.read[project] = r
	}
	return r, err
}

func read(files []*source.File) (*reading, error) {
	d, err := ask.Draft{Files: files}.Answer()
	if err != nil {
		return nil, err
	}
	r := &reading{Drafted: d, files: files, trees: map[string]*syntax.Tree{}}
	for _, t := range d.Model.Trees {
		r.trees[t.File.Name] = t
	}
	return r, nil
}

// wrong lists mistakes, warnings and expectations that did not come out.
func (r *reading) wrong() source.Problems { return slices.Concat(r.Problems, r.Unmet) }

// texts are the files of a project, with what the editor has in the place of what
// lies on the disk.
func (d *desk) texts(project, file string) ([]*source.File, error) {
	texts := map[string]string{}
	if info, err := os.Stat(project); err == nil && info.IsDir() && d.holdsModels(project) {
		found, err := catalog.Read(project)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			texts[filepath.FromSlash(f.Name)] = string(f.Text)
		}
	}
	for name, text := range d.open {
		if name == file || within(filepath.Dir(name), project) {
			texts[name] = text
		}
	}
	var out []*source.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		out = append(out, source.New(filepath.ToSlash(name), []byte(texts[name])))
	}
	return out, nil
}

// holdsModels reports whether a folder has model files of its own. One that has
// none is not searched: it may be a whole disk.
func (d *desk) holdsModels(folder string) bool {
	found, _ := filepath.Glob(filepath.Join(escaped(folder), "*.casus"))
	return len(found) > 0
}

// shippedScheme begins the addresses of files that ship with casus.
const shippedScheme = "casus"

// fileOf is the file that an address names: a path, or the name of a shipped file.
func fileOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	switch u.Scheme {
	case "file":
		path := u.Path
		if runtime.GOOS == "windows" { // /C:/folder/file
			path = strings.TrimPrefix(path, "/")
		}
		return filepath.FromSlash(path), nil
	case shippedScheme:
		return strings.TrimPrefix(u.Path, "/"), nil
	case "untitled", "inmemory":
		return filepath.Join(string(filepath.Separator)+u.Scheme, filepath.FromSlash(u.Opaque+u.Path)), nil
	}
	return "", fmt.Errorf("%q names no file", address)
}

// addressOf is the address of a file.
func addressOf(file string) string {
	if strings.HasPrefix(file, "catalog/") {
		return (&url.URL{Scheme: shippedScheme, Path: "/" + file}).String()
	}
	for _, scheme := range []string{"untitled", "inmemory"} {
		if rest, ok := strings.CutPrefix(file, "/"+scheme+"/"); ok {
			return (&url.URL{Scheme: scheme, Opaque: rest}).String()
		}
	}
	file = filepath.ToSlash(file)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}

// Address is the address under which an editor opens a file: a path that begins at
// the root, or the name of a shipped file.
func Address(file string) string { return addressOf(file) }
