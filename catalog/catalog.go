// Package catalog is what ships with casus: states, areas, instruments, a
// crisis and its cases, as data. It also finds which shipped file defines a
// name, so that a user's own files can `use` it.
//
//  1. base/ is the vocabulary: always loaded.
//  2. instruments/, crises/ and cases/ are loaded when a file asks for them:
//     `use NAT`, `use extended_deterrence`, `use instruments`.
//  3. figures/ are tables of numbers; package spend reads them.
package catalog

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

//go:embed base instruments crises cases figures states.csv sources.csv place_names.csv
var files embed.FS

// shipped is the parsed catalogue: each file once, in order of name.
type shipped struct {
	trees    []*syntax.Tree
	byName   map[string]*syntax.Tree // file name without ending
	defines  map[string]*syntax.Tree // address → file
	shelf    model.Shelf             // address → what it is
	states   *data.States
	sources  *syntax.Tree
	problems source.Problems
}

var load = sync.OnceValue(parseAll)

// parseAll parses what ships.
func parseAll() *shipped {
	s := &shipped{byName: map[string]*syntax.Tree{}, defines: map[string]*syntax.Tree{}, shelf: model.Shelf{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".casus") {
			text, _ := files.ReadFile(name)
			s.add(source.New("catalog/"+name, text), strings.TrimSuffix(name, ".casus"))
		}
		return err
	})
	if err != nil {
		panic(err) // the embedded files are part of the program
	}
	s.readStates()
	s.readSources()
	return s
}

func (s *shipped) add(f *source.File, name string) {
	t, problems := syntax.Parse(f)
	s.problems = append(s.problems, problems...)
	s.trees = append(s.trees, t)
	s.byName[name] = t
	for _, st := range t.Stmts {
		if defining[st.Word()] && len(st.Head) > 1 {
			s.defines[st.Head[1].Text], s.shelf[st.Head[1].Text] = t, st.Word()
		}
	}
}

var defining = map[string]bool{"instrument": true, "crisis": true, "case": true, "option": true, "view": true, "claim": true}

func (s *shipped) readStates() {
	text, _ := files.ReadFile("states.csv")
	states, problems := data.ReadStates("catalog/states.csv", bytes.NewReader(text))
	for _, p := range problems {
		panic(p.Error())
	}
	s.states = states
}

// readSources turns the table of sources into the statements they stand for.
func (s *shipped) readSources() {
	text, _ := files.ReadFile("sources.csv")
	table, problems := data.ReadCSV("catalog/sources.csv", bytes.NewReader(text))
	for _, p := range problems {
		panic(p.Error())
	}
	var b strings.Builder
	line := 1
	for _, r := range table.Rows { // on the line of its row, so that positions are those of the table
		b.WriteString(strings.Repeat("\n", max(0, r.Line()-line)))
		line = max(line, r.Line()) + 1
		fmt.Fprintf(&b, "source %s %s { grade %s; status %s; address %s }\n",
			quoted(r.Text("id")), quoted(r.Text("title")), quoted(r.Text("grade")), quoted(r.Text("status")), quoted(r.Text("address")))
	}
	t, ps := syntax.Parse(source.New("catalog/sources.csv", []byte(b.String())))
	s.problems = append(s.problems, ps...)
	s.sources = t
}

func quoted(s string) string { return `"` + strings.NewReplacer(`"`, "'", "\n", " ").Replace(s) + `"` }

// States is the table of states with their dated codes.
func States() *data.States { return load().states }

// OtherName is a name that people use, or used, of a shipped place, and the days
// on which they did, the last one included; a zero From is any day before.
type OtherName struct {
	Place string
	Days  data.Span
}

// otherNames are the other names of places, folded.
var otherNames = sync.OnceValue(func() map[string]OtherName {
	text, _ := files.ReadFile("place_names.csv")
	table, problems := data.ReadCSV("catalog/place_names.csv", bytes.NewReader(text))
	for _, p := range problems {
		panic(p.Error())
	}
	out := map[string]OtherName{}
	for _, r := range table.Rows {
		out[folded(r.Text("name"))] = OtherName{r.Text("place"), days(r)}
	}
	return out
})

// days reads those of a row, of which the first or the last may be left open.
func days(r data.Row) data.Span {
	s := data.Span{Until: data.Forever}
	for field, to := range map[string]*data.Day{"from": &s.From, "until": &s.Until} {
		if r.Text(field) == "" {
			continue
		}
		var err error
		if *to, err = data.ParseDay(r.Text(field)); err != nil {
			panic(err) // the embedded files are part of the program
		}
	}
	return s
}

// PlaceCalled is the shipped place that people also call by a name, capitals
// and underscores aside: kyiv for Kiev. Without one it is empty.
func PlaceCalled(name string) OtherName { return otherNames()[folded(name)] }

// PlaceNames are the other names of places as they are asked for, in order.
func PlaceNames() []string { return slices.Sorted(maps.Keys(otherNames())) }

func folded(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '_' }), " "))
}

// Usable lists what a file may `use` of what ships, in order of name: what files
// define, files, and folders.
func Usable() []string {
	s := load()
	out := map[string]bool{}
	for name := range s.defines {
		out[name] = true
	}
	for name := range s.byName {
		out[name], out[path.Dir(name)] = true, true
	}
	delete(out, "base")
	return slices.DeleteFunc(slices.Sorted(maps.Keys(out)), func(name string) bool { return strings.HasPrefix(name, "base/") })
}

// Table reads a shipped table by its path in the catalogue, such as
// "figures/spending.csv". It panics when there is none: what ships is part of
// the program.
func Table(name string) (*data.Table, []data.Problem) {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return data.ReadCSV("catalog/"+name, bytes.NewReader(text))
}

// Using is a name by which a shipped file comes to be read: of what it defines, or
// of a case that needs it. Every file of the catalogue has one.
func Using(file string) string {
	s := load()
	for _, name := range slices.Sorted(maps.Keys(s.defines)) {
		if s.defines[name].File.Name == file {
			return name
		}
	}
	for _, name := range Cases() {
		m, _ := s.gather(nil, []string{name})
		if slices.ContainsFunc(m.Trees, func(t *syntax.Tree) bool { return t.File.Name == file }) {
			return name
		}
	}
	return "instruments"
}

// Cases lists the shipped cases by name.
func Cases() []string {
	var out []string
	for _, t := range load().trees {
		for _, st := range t.Stmts {
			if st.Word() == "case" && len(st.Head) > 1 {
				out = append(out, st.Head[1].Text)
			}
		}
	}
	slices.Sort(out)
	return out
}

// All loads the whole catalogue.
func All() (*model.Model, source.Problems) {
	s := load()
	return s.build(s.trees)
}

// Instruments loads the vocabulary and every shipped instrument, and any extra
// files of the user's.
func Instruments(own ...*source.File) (*model.Model, source.Problems) {
	s := load()
	return s.gather(own, []string{"instruments"})
}

// Case loads a shipped case with all it uses.
func Case(name string) (*model.Model, source.Problems, error) {
	s := load()
	t := s.defines[name]
	if t == nil || !slices.Contains(Cases(), name) {
		return nil, nil, fmt.Errorf("no shipped case %s (there are %s), and no folder or file of that name", strconv.Quote(name), strings.Join(Cases(), ", "))
	}
	m, problems := s.gather(nil, []string{name})
	return m, problems, nil
}

// Added is a file beside the catalogue that has a name of its own: a user's own
// file may use it as it uses what ships.
type Added struct {
	Name string
	File *source.File
}

// Files loads a user's own files with the vocabulary and all they use, of what
// ships and of what was added.
func Files(own []*source.File, added ...Added) (*model.Model, source.Problems) {
	return load().gather(own, nil, added...)
}

// Whole loads the same with every shipped instrument beside.
func Whole(own []*source.File, added ...Added) (*model.Model, source.Problems) {
	return load().gather(own, []string{"instruments"}, added...)
}

// Read reads a file, or every .casus file in a folder and below it, in order of
// name.
func Read(name string) ([]*source.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		f, err := readFile(name)
		return []*source.File{f}, err
	}
	var out []*source.File
	err = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".casus") {
			return err
		}
		f, err := readFile(p)
		out = append(out, f)
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no .casus files in this folder", name)
	}
	return out, err
}

func readFile(name string) (*source.File, error) {
	text, err := source.ReadFile(name, source.MaxSize)
	if err != nil {
		return nil, err
	}
	return source.New(filepath.ToSlash(name), text), nil
}

// gather parses the user's files, adds the vocabulary, and follows `use` from
// file to file.
func (s *shipped) gather(own []*source.File, wanted []string, added ...Added) (*model.Model, source.Problems) {
	g := &gathering{s: s, added: added, has: map[*syntax.Tree]bool{}, files: map[*source.File]bool{}}
	for _, name := range []string{"base"} {
		g.folder(name)
	}
	for _, f := range own {
		t, problems := syntax.Parse(f)
		g.problems = append(g.problems, problems...)
		g.add(t)
	}
	for _, name := range wanted {
		if !g.use(name) {
			panic("catalog: nothing shipped is called " + name)
		}
	}
	m, problems := s.build(g.trees)
	return m, append(g.problems, problems...).Sort()
}

func (s *shipped) build(trees []*syntax.Tree) (*model.Model, source.Problems) {
	trees = slices.Clone(trees)
	slices.SortStableFunc(trees, func(a, b *syntax.Tree) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.File.Name, b.File.Name))
	})
	m, problems := model.Load(append([]*syntax.Tree{s.sources}, trees...), s.states, s.shelf)
	for _, c := range m.Crises {
		if c.Pos.File != nil && strings.HasPrefix(c.Pos.File.Name, "catalog/") {
			c.Recorded = s.recorded(c.Name)
		}
	}
	return m, append(slices.Clone(s.problems), problems...).Sort()
}

// recorded names the shipped cases that play a crisis and say what happened.
func (s *shipped) recorded(crisis string) []string {
	var out []string
	for _, t := range s.trees {
		for _, st := range t.Stmts {
			if st.Word() != "case" || len(st.Head) < 2 {
				continue
			}
			plays, records := false, false
			for _, line := range st.Body {
				plays = plays || line.Word() == "crisis" && len(line.Head) > 1 && line.Head[1].Text == crisis
				records = records || line.Word() == "record"
			}
			if plays && records {
				out = append(out, st.Head[1].Text)
			}
		}
	}
	slices.Sort(out)
	return out
}

// rank puts shipped files before the user's, so that the second of two equal
// names is reported in the user's file.
func rank(t *syntax.Tree) int {
	if strings.HasPrefix(t.File.Name, "catalog/") {
		return 0
	}
	return 1
}

type gathering struct {
	s        *shipped
	added    []Added
	trees    []*syntax.Tree
	has      map[*syntax.Tree]bool
	files    map[*source.File]bool // of the added, those that are in
	problems source.Problems
}

func (g *gathering) add(t *syntax.Tree) {
	if g.has[t] {
		return
	}
	g.has[t] = true
	g.trees = append(g.trees, t)
	for _, st := range t.Stmts {
		if st.Word() == "use" {
			g.useLine(st)
		}
	}
}

func (g *gathering) useLine(st *syntax.Stmt) {
	c := syntax.NewCursor(st, &g.problems)
	c.Next()
	for {
		t := c.Peek()
		if t.Kind != syntax.Name && t.Kind != syntax.String && t.Kind != syntax.Number { // a case may be called by a number
			c.Fail(t, "expected the name of something shipped", "such as use NAT, extended_deterrence or use instruments")
			return
		}
		c.Next()
		if !g.use(t.Value) {
			if len(g.problems) > source.MaxProblems {
				return
			}
			known := make([]string, 0, len(g.s.defines))
			for name := range g.s.defines {
				known = append(known, name)
			}
			for _, a := range g.added {
				known = append(known, a.Name)
			}
			c.Report(t, "nothing shipped is called "+strconv.Quote(t.Value), source.DidYouMean(t.Value, known))
		}
		if !c.Take(",") {
			c.End()
			return
		}
	}
}

// use adds what a name stands for: a folder, a file, or the file that defines
// the name.
func (g *gathering) use(name string) bool {
	if t := cmp.Or(g.s.byName[name], g.s.defines[name]); t != nil {
		folder := path.Dir(strings.TrimPrefix(t.File.Name, "catalog/"))
		if strings.HasPrefix(folder, "cases/") {
			return g.folder(folder)
		}
		g.add(t)
		return true
	}
	return g.folder(name) || g.addedFile(name)
}

// addedFile adds a file that stands beside the catalogue, once.
func (g *gathering) addedFile(name string) bool {
	for _, a := range g.added {
		if a.Name != name {
			continue
		}
		if !g.files[a.File] {
			g.files[a.File] = true
			t, problems := syntax.Parse(a.File)
			g.problems = append(g.problems, problems...)
			g.add(t)
		}
		return true
	}
	return false
}

func (g *gathering) folder(name string) bool {
	found := false
	for _, t := range g.s.trees {
		if strings.HasPrefix(t.File.Name, "catalog/"+name+"/") {
			g.add(t)
			found = true
		}
	}
	return found
}

// ErrProblems says that problems were already shown.
var ErrProblems = errors.New("the model has mistakes")
