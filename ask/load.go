package ask

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/catalog"
	"casus/finding"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/terminal"
	"casus/worlds/study"
)

// Load loads what an argument names: a shipped case, or a file or folder of
// the user's with all it uses. A shipped case wins over a file of its name;
// ./NAME is the file.
func Load(name string) (*model.Model, source.Problems, error) {
	if Shipped(name) {
		return catalog.Case(name)
	}
	files, err := ReadOwn([]string{name})
	if err != nil {
		return nil, nil, err
	}
	added, err := AddedFor(files)
	if err != nil {
		return nil, nil, err
	}
	m, problems := withLaw(files, added)
	return m, problems, nil
}

// withLaw loads a user's own files with all they use, and warns of cases whose game would
// go otherwise by texts that ship and that the files do not use.
func withLaw(files []*source.File, added []catalog.Added) (*model.Model, source.Problems) {
	m, problems := catalog.Files(files, added...)
	if len(problems.Errors()) > 0 || !slices.ContainsFunc(m.Cases, func(k *model.Case) bool { return k.Crisis != nil && yourOwn(k.Pos) }) {
		return m, problems
	}
	whole, more := catalog.Whole(files, added...)
	if len(more.Errors()) > 0 || len(whole.Instruments) == len(m.Instruments) {
		return m, problems
	}
	for _, k := range m.Cases {
		if !yourOwn(k.Pos) {
			continue
		}
		left, err := crisis.TextsLeftOut(m, whole, k.Name)
		if err != nil || left == nil { // what cannot be made a game of is told when it is run
			continue
		}
		k.Doubts = append(k.Doubts, left.Says(k))
		problems = append(problems, source.Problem{Pos: k.Pos, Len: len(k.Name), Msg: left.Says(k), Hint: "use instruments reads the whole law", Heading: "case " + k.Name, Warning: true})
	}
	return m, problems.Sort()
}

// Shipped reports whether a name is that of a case that ships.
func Shipped(name string) bool { return slices.Contains(catalog.Cases(), name) }

// ReadOwn reads files and folders, each file once.
func ReadOwn(names []string) ([]*source.File, error) {
	var out []*source.File
	seen := map[string]bool{}
	for _, name := range names {
		if err := noModels(name); err != nil {
			return nil, err
		}
		files, err := catalog.Read(name)
		if err != nil {
			if one := (Named{Path: name}).InFolder(); one.Name != "" && holdsModels(one.Path) {
				return nil, Usage(name+" is no file or folder, and one case of a folder is not read alone here", "name the folder: "+terminal.Quoted(one.Path))
			}
			return nil, Unreadable(name, err)
		}
		for _, f := range files {
			if Binary(f.Text) {
				return nil, NotText(f.Name)
			}
			if key := Cleaned(f.Name); !seen[key] {
				seen[key] = true
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// noModels is the error of a name that is none, or that of a record, in which there
// are values and no models.
func noModels(name string) error {
	if name == "" {
		return whichCase()
	}
	if NamesRecord(name) && !holdsModels(name) {
		return Usage(name+" is a record, which holds values and no game to solve anew: name the case", itsCase(name))
	}
	return nil
}

// itsCase says of which case a record is; nothing where that cannot be read.
func itsCase(record string) string {
	s, err := study.Stands(record)
	if err != nil || s.Record == nil {
		return ""
	}
	return "it is of " + s.Record.Case
}

// holdsModels reports whether model files lie in a folder.
func holdsModels(folder string) bool {
	entries, _ := os.ReadDir(folder)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".casus") })
}

// whichCase asks for a case where none is named.
func whichCase() error {
	return Usage("which case?", "a shipped one, such as ukraine, or a file or folder of your own")
}

// Binary reports whether bytes are no text at all: a zero among the first, or
// more than one in ten of them outside UTF-8. A slip of encoding in a text is
// the parser's to report, with its place.
func Binary(text []byte) bool {
	head := text[:min(len(text), 8000)]
	return bytes.IndexByte(head, 0) >= 0 || strings.Count(strings.ToValidUTF8(string(head), ""), "")-1 < utf8.RuneCount(head)*9/10
}

// NotText is the error of a file whose bytes are no text; see Binary.
func NotText(name string) error { return fmt.Errorf("%s: not a text file", name) }

// Cleaned is the one form of the name of a file, however it was reached: its whole path
// where the system knows the folder one is in.
func Cleaned(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return filepath.Clean(name)
}

// Unreadable says why a name cannot be read: the file, the reason, and where
// it might have meant a shipped case, which there are.
func Unreadable(name string, err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(name, `/\.`) {
		hint := source.DidYouMean(name, catalog.Cases())
		if hint == "" {
			hint = "the shipped cases are " + strings.Join(catalog.Cases(), ", ")
		}
		return source.Hint(fmt.Errorf("no shipped case, file or folder is called %q", name), hint)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nothingAt(p.Path)
	}
	return fmt.Errorf("%s: %w", p.Path, p.Err)
}

// nothingAt is the error of a path at which nothing lies, with what may have been meant:
// a record that a run would write, or a near name in the same folder.
func nothingAt(path string) error {
	err := fmt.Errorf("%s: no such file or folder", path)
	folder, base := filepath.Split(filepath.Clean(path))
	folder = filepath.Clean(cmp.Or(folder, "."))
	if filepath.Base(folder) == ownFolder && slices.Contains(catalog.Cases(), base) {
		return source.Hint(err, "casus run "+base+" writes it")
	}
	entries, missing := os.ReadDir(folder)
	if missing != nil {
		return source.Hint(err, "there is no folder "+folder+" here")
	}
	var near []string
	for _, e := range entries {
		near = append(near, e.Name())
	}
	return source.Hint(err, source.DidYouMean(base, near))
}

// unreadableTable says why a table cannot be read: only a file can be one.
func unreadableTable(err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nothingAt(p.Path)
	}
	return fmt.Errorf("%s: %w", p.Path, p.Err)
}

// Named names a case: by a shipped name, or by the file or folder that defines it,
// and where that defines several, by the name of one.
type Named struct {
	Path string
	Name string // empty: the only one, or the one that no other is held against

	inOne bool // typed as one text, behind a flag
}

// InFolder is the case that "./folder/ukr" names, where ukr is no file of the folder;
// any other stays as it is.
func (n Named) InFolder() Named {
	folder, name := filepath.Split(n.Path)
	if n.Name != "" || folder == "" || name == "" || strings.Contains(name, ".") || Exists(n.Path) {
		return n
	}
	if at, err := os.Stat(folder); err != nil || !at.IsDir() {
		return n
	}
	n.Path, n.Name = filepath.Clean(folder), name
	return n
}

// ParseNamed reads "ukraine", "./folder", "./folder ukr" and "./folder/ukr".
func ParseNamed(words string) Named {
	words = strings.TrimSpace(words)
	at := strings.LastIndexByte(words, ' ')
	if at < 0 || Exists(words) || !Exists(words[:at]) {
		return Named{Path: words, inOne: true}.InFolder()
	}
	return Named{Path: strings.TrimSpace(words[:at]), Name: words[at+1:]}
}

// Load loads the case with all it uses; its problems are told.
func (n Named) Load(to Told) (*model.Model, *model.Case, error) {
	m, problems, err := Load(n.Path)
	if err != nil {
		return nil, nil, err
	}
	if err := to.Refuse(problems); err != nil {
		to.readAlone(n.Path)
		return nil, nil, err
	}
	k, err := n.Of(m)
	return m, k, err
}

// record reads a record; of its draws only where they are wanted.
func (t Told) record(name string, draws bool) (*study.Record, error) {
	if name == "" {
		return nil, Usage("which record?", "the folder that a run left, such as casus-records/ukraine")
	}
	r, err := t.Records.Read(name, draws)
	switch {
	case err != nil && isCase(name):
		return nil, noRecordOf(name)
	case err == nil && !draws:
		if lost := r.WithoutDraws(); lost != nil {
			w := finding.Warn(finding.Damaged, name, "%s (nothing printed here rests on it)", lost)
			r.Warnings = append(r.Warnings, w)
			t.say("%s", w.Text)
		}
	}
	return r, err
}

// isCase reports whether a name under which there is no record is that of a case.
func isCase(name string) bool {
	return !Exists(filepath.Join(name, "manifest.json")) && !NamesRecord(name) && (Shipped(name) || holdsModels(name) || strings.HasSuffix(name, ".casus") && Exists(name))
}

// noRecordOf is the error of a case that is named where a record is read.
func noRecordOf(name string) error {
	if last := Latest(CaseName(name)); last != "" {
		return Usage(name+" is a case, and a record of one is wanted", "its last is "+filepath.ToSlash(last))
	}
	run, err := RunOf(name)
	if err != nil {
		return err
	}
	return Usage(name+" is a case, and a record of one is wanted", run+" leaves one")
}

// record reads the record that is named. A second name, which picks a case of
// several, can only be that of its own.
func (n Named) record(to Told, draws bool) (*study.Record, error) {
	r, err := to.record(n.Path, draws)
	if err == nil && n.Name != "" && n.Name != r.Case {
		return nil, Usage(fmt.Sprintf("%s is the record of case %s, and not of %q", n.Path, r.Case, n.Name), "leave out the second name")
	}
	return r, err
}

// readAlone says of a file with mistakes that others lie beside it which were not
// read: what it lacks may stand there.
func (t Told) readAlone(names ...string) {
	for _, name := range names {
		folder := filepath.Dir(name)
		beside, _ := filepath.Glob(filepath.Join(folder, "*.casus"))
		beside = slices.DeleteFunc(beside, func(f string) bool { return filepath.Base(f) == filepath.Base(name) })
		if strings.HasSuffix(name, ".casus") && Exists(name) && len(beside) > 0 && !slices.Contains(names, beside[0]) {
			t.say("%s was read alone; the folder %s has %s beside it: name the folder to read them together", name, folder, finding.Count(len(beside), "model file"))
			return
		}
	}
}

// crisis loads a case that can be run.
func (n Named) crisis(to Told) (*model.Model, *model.Case, error) {
	m, k, err := n.Load(to)
	if err == nil && k.Crisis == nil {
		err = study.NoCrisis(k)
	}
	return m, k, err
}

// Of picks the case among those of a model.
func (n Named) Of(m *model.Model) (*model.Case, error) {
	if Shipped(n.Path) {
		switch {
		case n.Name != "" && n.Name != n.Path && Shipped(n.Name):
			return nil, Usage(n.Path+" and "+n.Name+" are two shipped cases", "name one of them")
		case n.Name != "" && n.Name != n.Path:
			return nil, Usage(fmt.Sprintf("%s is a shipped case, and not case %s", n.Path, n.Name), "leave out the second name")
		}
		return m.Case(n.Path), nil
	}
	own := ownCases(m)
	if len(own) == 0 && restates(m) {
		own = m.Cases
	}
	var names []string
	for _, k := range own {
		names = append(names, k.Name)
	}
	if n.Name != "" {
		if !slices.Contains(names, n.Name) {
			return nil, Unknown("case of "+n.Path, n.Name, names)
		}
		return m.Case(n.Name), nil
	}
	if main := slices.DeleteFunc(slices.Clone(own), func(k *model.Case) bool {
		return slices.ContainsFunc(own, func(x *model.Case) bool { return slices.Contains(x.Against, k.Name) })
	}); len(main) == 1 {
		own = main
	}
	switch len(own) {
	case 0:
		return nil, Failure{AtFault, source.Hint(fmt.Errorf("%s defines no case", n.Path), "write case NAME { … }")}
	case 1:
		return own[0], nil
	}
	as := n.Path + " " + names[0]
	if n.inOne {
		as = strconv.Quote(as)
	}
	return nil, Usage(fmt.Sprintf("%s defines %d cases: %s; name one after it, as in %s or %s/%s", n.Path, len(own), strings.Join(names, ", "), as, strings.TrimSuffix(n.Path, "/"), names[0]), "")
}

// ownCases are the cases that the user's files define.
func ownCases(m *model.Model) []*model.Case {
	return slices.DeleteFunc(slices.Clone(m.Cases), func(k *model.Case) bool { return shippedFile(k.Pos.File) })
}

// restates reports whether a file of the user's restates numbers: then the cases it
// takes over are its own too.
func restates(m *model.Model) bool { return len(m.Restated()) > 0 }

// Exists reports whether there is a file or folder of that name.
func Exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
