package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/lang/source"
)

// Dataset is data that a user has added: where they came from, what was made of
// them, and, when it is read, the text.
type Dataset struct {
	Format   int    `json:"format"`         // of this manifest
	Kind     string `json:"kind,omitempty"` // empty: law; borders
	Name     string `json:"name"`           // atop
	Title    string `json:"title"`
	Version  string `json:"version"` // of the data, as their makers count
	Citation string `json:"citation"`
	Licence  string `json:"licence,omitempty"`
	From     string `json:"from,omitempty"` // the first day of which the data speak, where it matters
	Coverage string `json:"coverage"`       // the last
	Input    Input  `json:"input"`
	File     string `json:"file"` // the text, beside the manifest
	SHA256   string `json:"sha256"`
	Counts   Counts `json:"counts"`
	OneWay   int    `json:"one_way"`
	Text     string `json:"-"`
}

// Input is the file that was added.
type Input struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

const manifestFormat = 1

// KindBorders are data that a map is drawn from. They are no law.
const KindBorders = "borders"

// IsLaw reports whether the data are instruments, which answers are read from.
func (d Dataset) IsLaw() bool { return d.Kind == "" }

// extension is that of the text.
func (d Dataset) extension() string {
	if d.Kind == KindBorders {
		return ".json"
	}
	return ".casus"
}

// manifestName is written last: before it is there nothing was added.
const manifestName = "manifest.json"

// Cited is the name with the version and the beginning of the digest of what was
// added: "ATOP 5.1 (sha256 0a1b2c3d4e5f)".
func (d Dataset) Cited() string {
	return strings.TrimSpace(d.Title+" "+d.Version) + " (sha256 " + d.Input.SHA256[:12] + ")"
}

// Dataset holds what a user keeps of the data: the text and where it came from. The
// input is the bytes that were read.
func (a *ATOP) Dataset(name string, input []byte) Dataset {
	return Dataset{
		Format: manifestFormat, Name: "atop", Title: "ATOP", Version: a.Version, Citation: ATOPCitation, Coverage: a.Coverage.String(),
		Input:  Input{plain(filepath.Base(name)), len(input), digest(input)},
		SHA256: digest([]byte(a.Text)), Counts: a.Counts, OneWay: len(a.OneWay), Text: a.Text,
	}
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Folder is where added data stand, each in a folder of its own.
type Folder string

// UserFolder is the user's own: $CASUS_DATA, else casus in $XDG_DATA_HOME, else
// casus/data where the system keeps settings.
func UserFolder() (Folder, error) {
	if dir := os.Getenv("CASUS_DATA"); dir != "" {
		return Folder(dir), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return Folder(filepath.Join(dir, "casus")), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", source.Hint(errors.New("no folder for added data"), "set CASUS_DATA to one")
	}
	return Folder(filepath.Join(dir, "casus", "data")), nil
}

// Of is the folder of one dataset.
func (f Folder) Of(name string) string { return filepath.Join(string(f), name) }

// Add writes a dataset, in place of one of its name. The text has a name of its
// own, and the manifest that names it is moved into its place last: at every
// moment there is the old dataset, whole, or the new one.
func (f Folder) Add(d Dataset) error {
	folder := f.Of(d.Name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	d.File = d.Name + "-" + d.SHA256[:12] + d.extension()
	if err := source.ReplaceText(filepath.Join(folder, d.File), []byte(d.Text)); err != nil {
		return err
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		panic(err) // strings and numbers
	}
	if err := source.ReplaceText(filepath.Join(folder, manifestName), append(text, '\n')); err != nil {
		return err
	}
	return sweep(folder, d.File)
}

// sweep removes the texts of earlier datasets.
func sweep(folder, keep string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ours := strings.HasSuffix(e.Name(), ".casus") || strings.HasPrefix(e.Name(), ".casus-") || strings.HasPrefix(e.Name(), filepath.Base(folder)+"-") && strings.HasSuffix(e.Name(), ".json")
		if ours && e.Name() != keep && e.Type().IsRegular() {
			err = errors.Join(err, os.Remove(filepath.Join(folder, e.Name())))
		}
	}
	return err
}

// names are those of the data sets that can be added.
var names = []string{"atop", "cshapes"}

// List names what has been added; nothing where there is no folder. It does not read the
// texts. A set of which a text is there and no manifest, or of whose name there is no
// folder, is an error: it is not to pass for one that nobody added.
func (f Folder) List() ([]Dataset, error) {
	entries, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Dataset
	for _, e := range entries {
		is, err := f.isSet(e.Name())
		if err != nil {
			return nil, err
		}
		if !is {
			continue
		}
		d, err := f.manifest(e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			if texts := f.texts(e.Name()); len(texts) > 0 {
				return nil, source.Hint(fmt.Errorf("%s holds %s and no %s, which says what it is", f.Of(e.Name()), texts[0], manifestName), again(e.Name()))
			}
			continue // an Add that did not come to its end
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Dataset) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// isSet reports whether a name in the folder is that of a set, or the error of one that
// cannot be.
func (f Folder) isSet(name string) (bool, error) {
	info, err := os.Stat(f.Of(name))
	if err == nil && info.IsDir() {
		return !strings.HasPrefix(name, "."), nil
	}
	if !slices.Contains(names, name) {
		return false, nil
	}
	return false, source.Hint(fmt.Errorf("%s is no folder of added data", f.Of(name)), "move it away, and add the data again")
}

// texts are the files of a set, whatever its manifest says.
func (f Folder) texts(name string) []string {
	var out []string
	entries, _ := os.ReadDir(f.Of(name))
	for _, e := range entries {
		if isText(name, e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

// isText reports whether a file is called as the text of a set is.
func isText(set, file string) bool {
	return strings.HasPrefix(file, set+"-") && (strings.HasSuffix(file, ".casus") || strings.HasSuffix(file, ".json"))
}

const maxManifest = 1 << 20

func (f Folder) manifest(name string) (Dataset, error) {
	file := filepath.Join(f.Of(name), manifestName)
	text, err := source.ReadFile(file, maxManifest)
	if err != nil {
		return Dataset{}, err
	}
	var d Dataset
	if err := source.UnmarshalWithin(text, &d, 1<<16, 16, 1<<16); err != nil {
		return d, source.Hint(fmt.Errorf("%s: no manifest of added data: %w", file, err), again(name))
	}
	if d.Format != manifestFormat || d.Name != name || len(d.SHA256) != 64 || len(d.Input.SHA256) != 64 || d.File != filepath.Base(d.File) || !strings.HasSuffix(d.File, d.extension()) || d.File == manifestName || d.Kind != "" && d.Kind != KindBorders {
		return d, source.Hint(fmt.Errorf("%s: not a manifest that this casus can read", file), again(name))
	}
	return d, nil
}

func again(name string) string {
	return "add the data again, or casus data remove " + name
}

// Read is a dataset with its text, which must be as it was added.
func (f Folder) Read(name string) (Dataset, error) {
	d, err := f.manifest(name)
	if err != nil {
		return d, err
	}
	file := filepath.Join(f.Of(name), d.File)
	text, err := source.ReadFile(file, maxBorders)
	if err != nil {
		return d, err
	}
	if digest(text) != d.SHA256 {
		return d, source.Hint(fmt.Errorf("%s: is not as it was added", file), again(name)+"; to change it, copy it and give the copy with --files")
	}
	d.Text = string(text)
	return d, nil
}

// Remove takes a dataset away. The error wraps fs.ErrNotExist where it was not
// added.
func (f Folder) Remove(name string) error {
	folder := f.Of(name)
	if err := os.Remove(filepath.Join(folder, manifestName)); err != nil && !(errors.Is(err, fs.ErrNotExist) && len(f.texts(name)) > 0) {
		return err
	}
	if err := sweep(folder, ""); err != nil {
		return err
	}
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrExist) { // what is not ours stays
		if entries, _ := os.ReadDir(folder); len(entries) == 0 {
			return err
		}
	}
	return nil
}
