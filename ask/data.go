package ask

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/past/history"
)

// AddData takes in a data set that is not casus's to ship, in the place of what was
// added of its kind before.
type AddData struct {
	Kind   string // atop or cshapes
	File   string
	Folder string // empty: the user's own
	OneWay bool   // the obligations that are not owed in return are wanted too
}

// Datasets can be added: casus knows what becomes of their columns.
var Datasets = []string{"atop", "cshapes"}

// Added is the answer: what was added, and how its rows fared; ATOP or Borders, the other
// is nil.
type Added struct {
	history.Dataset
	Place   string // the folder in which it stands now
	ATOP    *history.ATOP
	Borders *history.Borders
}

// Answer reads the file and adds it. What is odd in a row is said with its line.
func (q AddData) Answer(ctx context.Context, to Told) (*Added, error) {
	if q.Kind == "" {
		return nil, Usage("an empty kind of data is typed", source.Among(q.Kind, Datasets))
	}
	if !slices.Contains(Datasets, q.Kind) {
		return nil, Unknown("dataset", q.Kind, Datasets)
	}
	folder, err := dataFolder(q.Folder)
	if err != nil {
		return nil, err
	}
	out := &Added{}
	switch {
	case q.Kind == "cshapes" && q.OneWay:
		err = Usage("--one-way is of alliances; borders have none", "casus data add atop FILE --one-way")
	case q.Kind == "cshapes":
		err = out.borders(q.File, to)
	default:
		err = out.alliances(q.File, to)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	if err := folder.Add(out.Dataset); err != nil {
		return nil, fmt.Errorf("writing what was added: %w", err)
	}
	out.Place = folder.Of(out.Name)
	return out, nil
}

// alliances reads ATOP's table of members. A table whose instruments cannot be read is
// not kept.
func (x *Added) alliances(name string, to Told) error {
	input, err := ReadTable(name)
	if err != nil {
		return err
	}
	a := history.ReadATOP(name, bytes.NewReader(input), catalog.States())
	to.warnOf(a.Problems)
	switch {
	case a.Used == 0:
		return fmt.Errorf("%s: no row could be used; nothing was added (this takes ATOP's table of members, atop5_1m.csv)", name)
	case len(a.Text) > source.MaxSize:
		return fmt.Errorf("%s: what becomes of it is larger than 16 MiB; nothing was added", name)
	}
	x.ATOP, x.Dataset = a, a.Dataset(name, input)
	if _, problems := catalog.Files(Using([]string{x.Name, "instruments"}), AsFiles([]history.Dataset{x.Dataset})...); len(problems.Errors()) > 0 {
		return problems
	}
	return nil
}

func (x *Added) borders(name string, to Told) error {
	input, err := ReadShapes(name)
	if err != nil {
		return err
	}
	b := history.ReadCShapes(name, input)
	to.warnOf(b.Problems)
	if b.Untold > 0 {
		to.say("%s: warning: %s more like these", name, finding.Thousands(b.Untold))
	}
	if b.Used == 0 {
		return fmt.Errorf("%s: no borders could be read; nothing was added (this takes CShapes 2.0 as GeoJSON or CSV, from icr.ethz.ch/data/cshapes)", name)
	}
	x.Borders, x.Dataset = b, b.Dataset(name, input)
	return nil
}

// warnOf says what was odd in the rows of a file.
func (t Told) warnOf(problems []data.Problem) {
	for _, p := range problems {
		if p.Line == 0 {
			t.say("%s: warning: %s", p.File, p.Msg)
			continue
		}
		t.say("%s:%d:%d: warning: %s", p.File, p.Line, p.Col, p.Msg)
	}
}

// ListData asks what was added.
type ListData struct{ Folder string } // empty: the user's own

// AddedSets lists the data sets that were added to a folder, by name.
type AddedSets struct {
	finding.Head
	Sets []AddedSet `json:"datasets"`
}

// AddedSet is a data set that was added, and the folder in which it stands.
type AddedSet struct {
	history.Dataset
	Place string `json:"place"`
}

// Answer lists the data sets. Its files are those that were added, as they were read.
func (q ListData) Answer() (*AddedSets, error) {
	folder, err := dataFolder(q.Folder)
	if err != nil {
		return nil, err
	}
	sets, err := folder.List()
	if err != nil {
		return nil, err
	}
	files, held := []finding.File{}, []AddedSet{}
	for _, d := range sets {
		files = append(files, finding.File{Name: d.Input.Name, SHA256: d.Input.SHA256})
		held = append(held, AddedSet{d, folder.Of(d.Name)})
	}
	return &AddedSets{finding.New("data", files, finding.Basis{}), held}, nil
}

// RemoveData takes a data set away that was added.
type RemoveData struct{ Name, Folder string }

// Answer removes it.
func (q RemoveData) Answer() error {
	if q.Name == "" {
		return Usage("an empty name is typed", "casus data list lists what was added")
	}
	folder, err := dataFolder(q.Folder)
	if err != nil {
		return err
	}
	if !plainName(q.Name) {
		return Usage(strconv.Quote(q.Name)+" is no name of added data", "casus data list lists them")
	}
	err = folder.Remove(q.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s was not added to %s (casus data list lists what was)", q.Name, string(folder))
	}
	return err
}

// dataFolder is the folder that is named, or the user's own.
func dataFolder(name string) (history.Folder, error) {
	folder, err := history.Folder(name), error(nil)
	if name == "" {
		folder, err = history.UserFolder()
	}
	if err != nil {
		return "", err
	}
	return folder, MayFill(string(folder))
}

// plainName reports whether a word is a name and no path.
func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
