package study

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"casus/lang/source"
	"casus/model"
)

// The files of a record.
const (
	manifestFile = "manifest.json"
	measuresFile = "measures.parquet"
	worldsFile   = "worlds.parquet"
	restFile     = "unfinished.parquet" // only of a stopped run
)

// Files are the names that the folder of a record may hold.
var Files = []string{manifestFile, measuresFile, worldsFile, restFile, sumsFile, journalFile, journalFile + newSuffix}

// Write puts a record into a folder of its own: the manifest, the measures of
// every option, view and world, and the draws of every view and world. Nothing
// stands under the folder's name until all of it is written and safe on the
// disk; a record that was there is replaced; anything else that is there is
// refused. Links are followed.
func (r *Record) Write(folder string) error { return r.write(here{}, folder) }

func (r *Record) write(d disk, folder string) error {
	folder, err := pointed(d, folder)
	if err != nil {
		return err
	}
	if err := d.MkdirAll(filepath.Dir(folder)); err != nil {
		return err
	}
	if err := mayWrite(d, folder); err != nil {
		return err
	}
	if err := tidy(d, folder); err != nil {
		return err
	}
	tmp, err := beside(d, folder)
	if err != nil {
		return err
	}
	if err := r.writeInto(d, tmp); err != nil {
		return errors.Join(err, d.RemoveAll(tmp))
	}
	return swap(d, tmp, folder)
}

// beside makes a folder beside the one of a record, for what will take its place.
func beside(d disk, folder string) (string, error) {
	for n := 1; ; n++ {
		tmp := filepath.Join(filepath.Dir(folder), fmt.Sprintf("%s%d-%d", hidden(folder), os.Getpid(), n))
		if err := d.Mkdir(tmp); err == nil || !errors.Is(err, fs.ErrExist) {
			return tmp, err
		}
	}
}

// pointed is the folder that a name stands for where it is a link, or a link to a
// link; what it points to need not be there.
func pointed(d disk, name string) (string, error) {
	name = filepath.Clean(name)
	for range 40 {
		info, err := d.Lstat(name)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return name, nil
		}
		to, err := d.Readlink(name)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(name), to)
		}
		name = filepath.Clean(to)
	}
	return "", fmt.Errorf("%s: a link that leads to itself", name)
}

// MayWrite says why a record cannot be written under a name: something stands
// there that is no record of casus. A long run can ask before it begins.
func MayWrite(folder string) error {
	folder, err := pointed(here{}, folder)
	if err != nil {
		return err
	}
	return mayWrite(here{}, folder)
}

func mayWrite(d disk, folder string) error {
	info, err := d.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file: choose another folder", folder)
	case folder == "." || filepath.Base(folder) == "..":
		return fmt.Errorf("%s cannot be replaced by a record: choose another folder", folder)
	}
	entries, err := d.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(Files, e.Name()) {
			return fmt.Errorf("%s holds %s, which is no part of a record: choose another folder", folder, e.Name())
		}
	}
	if len(entries) > 0 && !ours(d, folder) {
		return fmt.Errorf("%s holds %s, which casus did not write: choose another folder", folder, entries[0].Name())
	}
	return nil
}

// ours reports whether what a folder holds was written by casus: its manifest
// says so, of whatever version, or its journal does. Names of files prove
// nothing.
func ours(d disk, folder string) bool {
	if in, err := d.Open(filepath.Join(folder, manifestFile)); err == nil {
		defer in.Close()
		var m struct {
			Version int    `json:"version"`
			Program string `json:"program"`
			Case    string `json:"case"`
			Concept string `json:"solution_concept"`
		}
		text, err := io.ReadAll(io.LimitReader(in, maxManifest+1))
		return err == nil && json.Unmarshal(text, &m) == nil && m.Version > 0 && strings.HasPrefix(m.Program, "casus ") && m.Case != "" && m.Concept != ""
	}
	for _, name := range []string{journalFile, journalFile + newSuffix} {
		if b, err := readJournal(d, filepath.Join(folder, name)); err == nil {
			b.in.Close()
			return true
		}
	}
	return false
}

// IsRecord reports whether a folder holds a record that casus wrote, whole or begun.
func IsRecord(folder string) bool { return ours(here{}, folder) }

// RecordAbove is the folder of the record that a name lies in, links followed as far as
// there is something; empty where it lies in none. The name itself may be a record.
func RecordAbove(name string) string {
	at, err := pointed(here{}, name)
	if err != nil {
		return ""
	}
	if at, err = filepath.Abs(at); err != nil {
		return ""
	}
	for up := filepath.Dir(at); up != at; at, up = up, filepath.Dir(up) {
		if real, err := filepath.EvalSymlinks(up); err == nil {
			up = real
		}
		if IsRecord(up) {
			return shortest(up)
		}
	}
	return ""
}

// shortest is a folder as seen from here, if it lies beneath.
func shortest(folder string) string {
	if here, err := filepath.Abs("."); err == nil {
		if at, err := filepath.Rel(here, folder); err == nil && filepath.IsLocal(at) {
			return at
		}
	}
	return folder
}

// hidden begins the name of the folder a record is written into before it gets
// its own; the number of the process follows.
func hidden(folder string) string { return ".casus-record-" + filepath.Base(folder) + "-" }

// Tidy removes what runs that were killed left beside a folder. One killed while
// it moved a finished record into its place is helped to the end, so that
// neither the new record nor the old is lost. What a living process is writing
// is left alone.
func Tidy(folder string) error {
	folder, err := pointed(here{}, folder)
	if err != nil {
		return err
	}
	if err := tidy(here{}, folder); err != nil {
		return fmt.Errorf("clearing away what a killed run left: %w", err)
	}
	return nil
}

func tidy(d disk, folder string) error {
	parent := filepath.Dir(folder)
	entries, err := d.ReadDir(parent)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		rest, mine := strings.CutPrefix(e.Name(), hidden(folder))
		pid, _, numbered := strings.Cut(rest, "-")
		n, err := strconv.Atoi(pid)
		if !mine || !numbered || err != nil || !e.IsDir() || alive(n) {
			continue
		}
		name := filepath.Join(parent, e.Name())
		if missing(d, folder) && (strings.HasSuffix(name, oldSuffix) || !missing(d, name+oldSuffix)) {
			if err := d.Rename(name, folder); err != nil {
				return err
			}
			continue
		}
		if err := d.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

func missing(d disk, name string) bool {
	_, err := d.Lstat(name)
	return absent(err)
}

// alive reports whether another process of this number runs.
func alive(pid int) bool {
	if pid == os.Getpid() { // of an earlier process with our number
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}

// oldSuffix is that of the record that is being replaced, newSuffix that of a
// file that has not yet got its name.
const (
	oldSuffix = ".old"
	newSuffix = ".new"
)

// swap moves a finished folder into its place. The new record is safe on the
// disk, under its name, before the old one goes.
func swap(d disk, tmp, folder string) error {
	old := tmp + oldSuffix
	if err := d.Sync(tmp); err != nil {
		return errors.Join(err, d.RemoveAll(tmp))
	}
	if err := d.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, d.RemoveAll(tmp))
	}
	if err := d.Rename(tmp, folder); err != nil {
		d.Rename(old, folder) // put the old one back
		return errors.Join(err, d.RemoveAll(tmp))
	}
	if err := d.Sync(filepath.Dir(folder)); err != nil {
		return err
	}
	return d.RemoveAll(old)
}

func (r *Record) writeInto(d disk, folder string) error {
	if err := r.writeRest(d, folder); err != nil {
		return err
	}
	tables := map[string]string{}
	if r.Keep != "" {
		if err := writeFile(d, filepath.Join(folder, sumsFile), r.sumsBytes()); err != nil {
			return err
		}
	} else {
		measures, worlds := r.measureTable(), r.worldTable()
		done, all := 0, measures.numbers()+worlds.numbers()
		r.pace.writing(0, all)
		for _, f := range []struct {
			name string
			of   table
		}{{measuresFile, measures}, {worldsFile, worlds}} {
			f.of.wrote = func(numbers int) { done += numbers; r.pace.writing(done, all) }
			sum := sha256.New()
			if err := writeTable(d, filepath.Join(folder, f.name), f.of, sum); err != nil {
				return err
			}
			tables[f.name] = hex.EncodeToString(sum.Sum(nil))
		}
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(manifest{r, tables}); err != nil {
		return err
	}
	return writeFile(d, filepath.Join(folder, manifestFile), source.Seal(text.Bytes()))
}

// manifest is a record as it stands in its file, sealed; with the digests of the
// tables beside it.
type manifest struct {
	*Record
	Tables map[string]string `json:"tables,omitempty"`
}

func writeFile(d disk, name string, data []byte) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return cmp.Or(err, f.Close())
}

// measureTable has one row for each option, view and world. Worlds are
// numbered from 0.
func (r *Record) measureTable() table {
	t := table{texts: []string{"option", "view"}, number: "world", first: r.First, about: map[string]ColumnNote{}, off: r.off}
	for _, m := range r.Measures {
		t.floats = append(t.floats, m.Name)
		t.about[m.Name] = ColumnNote{m.Title, m.Unit, m.Better, m.Given, OutcomeColumn}
	}
	for _, p := range r.played() {
		for _, v := range p.views {
			t.parts = append(t.parts, part{texts: []string{p.name, v.View}, columns: v.Values, rows: r.Worlds})
		}
	}
	return t
}

// worldTable has one row for each view and world: the value of every
// assumption and, where records weigh the worlds, what each says of it and what
// it counts for.
func (r *Record) worldTable() table {
	t := table{texts: []string{"view"}, number: "world", first: r.First, about: map[string]ColumnNote{}, off: r.off}
	for _, n := range r.Numbers {
		t.floats = append(t.floats, n.Name)
		t.about[n.Name] = ColumnNote{Title: n.Title, Unit: n.Unit, Role: InputColumn}
	}
	for _, name := range r.weightNames() {
		t.floats = append(t.floats, name)
		t.about[name] = ColumnNote{Title: r.weightTitle(name), Role: WeightColumn}
	}
	for i, v := range r.Views {
		t.parts = append(t.parts, part{texts: []string{v.Name}, columns: slices.Concat(r.Draws[v.Name], r.weightColumns(i)), rows: r.Worlds})
	}
	return t
}

// maxManifest bounds the manifest read, in bytes.
const maxManifest = 64 << 20

// What a manifest may hold: values, and how deep within one another. That of Ukraine
// has 17,000, eleven deep.
const (
	maxValues  = 4 << 20
	maxNesting = 64
	maxText    = 1 << 13 // bytes of one text; a model file has shorter ones
)

// maxTable bounds a table of a record that is read whole, in bytes.
const maxTable = 1 << 30

// Read reads a record from its folder, or from its manifest file. A record of
// another version, or one whose files do not fit each other, is refused. Of a
// run that was cut off, be it by a kill or a loss of power, it reads what the
// journal has: the options that were finished are there, and the record is
// partial.
func Read(name string) (*Record, error) { return read(here{}, name) }

func read(d disk, name string) (*Record, error) {
	folder := folderOf(d, name)
	r, err := readManifest(d, filepath.Join(folder, manifestFile))
	if err == nil && !r.Partial || missing(d, filepath.Join(folder, journalFile)) {
		return withRows(d, folder, r, err)
	}
	j, bad := recovered(d, folder)
	if bad != nil {
		if err == nil { // the record that was there before
			return withRows(d, folder, r, nil)
		}
		return nil, bad
	}
	return j, nil
}

// ReadUnfinished reads what a run can go on from: where a folder holds the
// journal of a run that was cut off, that; else its record.
func ReadUnfinished(name string) (*Record, error) {
	d := here{}
	folder := folderOf(d, name)
	if !missing(d, filepath.Join(folder, journalFile)) {
		if r, err := recovered(d, folder); err == nil {
			return r, nil
		}
	}
	return read(d, name)
}

func folderOf(d disk, name string) string {
	if info, err := d.Stat(name); err == nil && !info.IsDir() && slices.Contains(Files, filepath.Base(name)) {
		return filepath.Dir(name)
	}
	return name
}

// withRows reads the rows of a record whose manifest is read, with what came of
// that.
func withRows(d disk, folder string, r *Record, err error) (*Record, error) {
	if err != nil {
		return nil, err
	}
	if err := r.shape(); err != nil {
		return nil, fmt.Errorf("%s: corrupt record: %w", folder, err)
	}
	if r.Keep != "" {
		if err := r.readSums(d, folder); err != nil {
			return nil, fmt.Errorf("%s: corrupt record: %w", folder, err)
		}
		r.folder = folder
		return r.asWritten(d, folder, "")
	}
	name := filepath.Join(folder, measuresFile)
	rows, err := readTable(d, name, r.rows(), keyed{option: true, first: r.First})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: corrupt record: it lacks %s", folder, measuresFile)
	}
	if err != nil {
		return nil, atFile(name, err)
	}
	if err := r.fill(rows); err != nil {
		return nil, fmt.Errorf("%s: corrupt record: %w", folder, err)
	}
	r.folder = folder
	return r.asWritten(d, folder, measuresFile)
}

// asWritten holds a record that fits together against its seal, and one of its tables
// (empty: none) against the digest in its manifest: so damage that leaves everything
// possible is found too, after what can be said more exactly.
func (r *Record) asWritten(d disk, folder, table string) (*Record, error) {
	if r.altered {
		return nil, fmt.Errorf("%s: corrupt record: %s is not as casus wrote it: it was changed, or damaged; run again", folder, manifestFile)
	}
	if table == "" {
		return r, nil
	}
	f, err := d.Open(filepath.Join(folder, table))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(folder, table), err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != r.tables[table] {
		return nil, fmt.Errorf("%s: corrupt record: %s is not the one its manifest names; run again", folder, table)
	}
	return r, nil
}

// WithoutDraws is the error of a record whose table of draws, which Read leaves alone,
// is not there or not the one its manifest names; nil of one that ReadDraws may read.
func (r *Record) WithoutDraws() error {
	if r.recovered || r.Keep != "" || r.folder == "" {
		return nil
	}
	_, err := r.asWritten(here{}, r.folder, worldsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: corrupt record: it lacks %s", r.folder, worldsFile)
	}
	return err
}

// ReadDraws reads what every assumption was in every world, which Read leaves
// alone because most reports do without, from the folder of the record. Damage
// is an error, and Draws then stays as it was.
func (r *Record) ReadDraws(folder string) error {
	if r.recovered || r.Keep != "" { // they came with the journal
		return nil
	}
	d := here{}
	folder = folderOf(d, folder)
	name := filepath.Join(folder, worldsFile)
	rows, err := readTable(d, name, len(r.Views)*r.Worlds, keyed{first: r.First})
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: corrupt record: it lacks %s", folder, worldsFile)
	}
	if err != nil {
		return atFile(name, err)
	}
	draws := map[string][][]float64{}
	for _, v := range r.Views {
		for _, n := range r.Numbers {
			column := rows.column("", v.Name, n.Name)
			if len(column) != r.Worlds {
				return fmt.Errorf("%s: corrupt record: view %q: assumption %q lacks its %d worlds", folder, v.Name, n.Name, r.Worlds)
			}
			if i := slices.IndexFunc(column, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }); i >= 0 {
				return fmt.Errorf("%s: corrupt record: view %q: assumption %q is %g in world %d", folder, v.Name, n.Name, column[i], i)
			}
			draws[v.Name] = append(draws[v.Name], column)
		}
	}
	if _, err := r.asWritten(d, folder, worldsFile); err != nil {
		return err
	}
	r.Draws = draws
	return nil
}

// atFile is an error with the file that it is of, which it may name itself.
func atFile(name string, err error) error {
	if strings.HasPrefix(err.Error(), name+": ") {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// absent reports whether an error says that a file is not there, or could not be: what
// is no folder holds none.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }

func readManifest(d disk, name string) (*Record, error) {
	f, err := d.Open(name)
	if absent(err) {
		return nil, source.Hint(fmt.Errorf("%s: no record here", filepath.Dir(name)), "a record is a folder with "+manifestFile)
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
	m := manifest{Record: r}
	if err := source.UnmarshalWithin(text, &m, maxValues, maxNesting, maxText); err != nil {
		return nil, fmt.Errorf("%s: not the manifest of a record: %w", name, err)
	}
	if r.Version != Version {
		return nil, fmt.Errorf("%s: record of version %d; this program reads version %d", name, r.Version, Version)
	}
	r.tables, r.altered = m.Tables, !source.Sealed(text)
	return r, nil
}

// shape checks that the parts of a manifest fit each other: every option has a
// result for every view, and every result a summary of every measure.
func (r *Record) shape() error {
	if r.Worlds < 1 || r.Worlds > MaxWorlds && r.Keep == "" || r.Worlds > MaxSummed {
		return fmt.Errorf("%d worlds", r.Worlds)
	}
	if r.First < 0 || r.First > MaxNumber-r.Worlds {
		return fmt.Errorf("worlds from %d", r.First)
	}
	if r.Horizon < 0 || r.Horizon > model.MaxHorizon {
		return fmt.Errorf("a horizon of %d years", r.Horizon)
	}
	if err := r.named(); err != nil {
		return err
	}
	for _, h := range r.History {
		if h == nil {
			return errors.New("an empty entry in history")
		}
	}
	if r.Keep != "" && (r.Keep != KeepsSums || r.Summed == nil || len(r.Views) == 0) {
		return fmt.Errorf("it keeps %.20q", r.Keep)
	}
	for _, p := range r.played() {
		if len(p.views) != len(r.Views) {
			return fmt.Errorf("option %q has %d views of %d", p.name, len(p.views), len(r.Views))
		}
		for v := range p.views {
			if err := r.fits(&p.views[v], r.Views[v].Name); err != nil {
				return fmt.Errorf("option %q, view %q: %w", p.name, r.Views[v].Name, err)
			}
		}
	}
	if err := r.otherwiseFit(); err != nil {
		return err
	}
	return r.recordsFit()
}

// otherwiseFit checks that all options were played otherwise in the same ways, under
// the same schools and by the same measures: they stand side by side in a report.
func (r *Record) otherwiseFit() error {
	var first *Otherwise
	for _, x := range r.Results {
		o := x.Otherwise
		if o == nil || len(o.Rows) < 2 { // of one row nothing is said
			continue
		}
		if first == nil {
			first = o
		}
		if !slices.EqualFunc(first.Rows, o.Rows, OtherAs.alike) || !slices.EqualFunc(o.Rows[:len(o.Rows)-1], o.Rows[1:], func(a, b OtherAs) bool { return slices.EqualFunc(a.Views, b.Views, OtherView.alike) }) {
			return fmt.Errorf("option %q was played otherwise in other ways than the options before it", x.Option)
		}
	}
	return nil
}

// alike reports whether two rows are of one way of playing, with the same columns.
func (row OtherAs) alike(other OtherAs) bool {
	return row.Years == other.Years && row.Times == other.Times && slices.EqualFunc(row.Views, other.Views, OtherView.alike)
}

func (v OtherView) alike(other OtherView) bool {
	return v.View == other.View && slices.EqualFunc(v.Measures, other.Measures, func(a, b OtherNumber) bool { return a.Measure == b.Measure })
}

// named refuses a case whose name would lead out of the folder of records.
func (r *Record) named() error {
	if r.Case != "" && (strings.ContainsAny(r.Case, "/\\") || !filepath.IsLocal(r.Case) || r.Case == ".") {
		return fmt.Errorf("a case called %s", strconv.Quote(source.Cut(r.Case, 60)))
	}
	return nil
}

func (r *Record) fits(v *ViewResult, name string) error {
	if v.View != name {
		return fmt.Errorf("found view %q in its place", v.View)
	}
	if len(v.Summary) != len(r.Measures) {
		return fmt.Errorf("%d summaries for %d measures", len(v.Summary), len(r.Measures))
	}
	return nil
}

// playedOption is an option of the case, or of one it is held against, under
// the name its rows have.
type playedOption struct {
	name  string
	views []ViewResult
}

func (r *Record) played() []playedOption {
	var out []playedOption
	for _, x := range r.Results {
		out = append(out, playedOption{x.Option, x.Views})
	}
	for _, h := range r.History {
		out = append(out, playedOption{h.Case + "/" + h.Option, h.Result.Views})
	}
	return out
}

// rows is how many rows of measures the manifest promises.
func (r *Record) rows() int { return len(r.played()) * len(r.Views) * r.Worlds }

// fill puts the rows of measures back under their options and views, and
// checks that they are all there and give the summaries of the manifest.
func (r *Record) fill(rows *readRows) error {
	for _, p := range r.played() {
		for v := range p.views {
			cols, err := rows.columns(p.name, p.views[v].View, r.Measures, r.Worlds)
			if err != nil {
				return err
			}
			p.views[v].Values = cols
		}
	}
	differs := func(option, view string) error {
		return fmt.Errorf("option %q, view %q: its rows do not give the summaries of the manifest", option, view)
	}
	for i, x := range r.Results {
		for v := range x.Views {
			if !reflect.DeepEqual(x.Views[v].Summary, r.summaries(i, v)) {
				return differs(x.Option, x.Views[v].View)
			}
		}
	}
	for _, h := range r.History {
		for _, v := range h.Result.Views {
			if !reflect.DeepEqual(v.Summary, r.plainSummaries(v.Values)) {
				return differs(h.Case+"/"+h.Option, v.View)
			}
		}
	}
	return r.fillWeights()
}
