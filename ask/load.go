package ask

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/catalog"
	"casus/model"
	"casus/source"
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
	m, problems := catalog.Files(files, added...)
	return m, problems, nil
}

// Shipped reports whether a name is that of a case that ships.
func Shipped(name string) bool { return slices.Contains(catalog.Cases(), name) }

// ReadOwn reads files and folders, each file once.
func ReadOwn(names []string) ([]*source.File, error) {
	var out []*source.File
	seen := map[string]bool{}
	for _, name := range names {
		files, err := catalog.Read(name)
		if err != nil {
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

// Binary reports whether bytes are no text at all: a zero among the first, or
// more than one in ten of them outside UTF-8. A slip of encoding in a text is
// the parser's to report, with its place.
func Binary(text []byte) bool {
	head := text[:min(len(text), 8000)]
	return bytes.IndexByte(head, 0) >= 0 || strings.Count(strings.ToValidUTF8(string(head), ""), "")-1 < utf8.RuneCount(head)*9/10
}

func NotText(name string) error { return fmt.Errorf("%s: not a text file", name) }

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
		return fmt.Errorf("no shipped case, file or folder is called %q (%s)", name, hint)
	}
	return fmt.Errorf("%s: %w", p.Path, p.Err)
}

// CaseOf picks the case of a model that an argument names: the shipped one, or
// the one that the user's files define; of several, the one that no other is
// held against.
func CaseOf(m *model.Model, name string) (*model.Case, error) {
	if Shipped(name) {
		return m.Case(name), nil
	}
	var own []*model.Case
	for _, k := range m.Cases {
		if !strings.HasPrefix(k.Pos.File.Name, "catalog/") {
			own = append(own, k)
		}
	}
	if len(own) > 1 {
		main := slices.DeleteFunc(slices.Clone(own), func(k *model.Case) bool {
			return slices.ContainsFunc(own, func(x *model.Case) bool { return slices.Contains(x.Against, k.Name) })
		})
		if len(main) == 1 {
			own = main
		}
	}
	switch len(own) {
	case 0:
		return nil, Failure{AtFault, fmt.Errorf("%s defines no case (write case NAME { … })", name)}
	case 1:
		return own[0], nil
	}
	names := make([]string, len(own))
	for i, k := range own {
		names[i] = k.Name
	}
	return nil, fmt.Errorf("%s defines %d cases: %s; name the file of one", name, len(own), strings.Join(names, ", "))
}

// Exists reports whether there is a file or folder of that name.
func Exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
