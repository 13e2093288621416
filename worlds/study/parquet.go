package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"casus/data"

	"github.com/parquet-go/parquet-go"
)

// This file is the only one here that knows Parquet: rows of text keys, a number,
// and doubles. It writes them; data reads them.

// table is one file to write: parts that share their columns.
type table struct {
	texts  []string
	number string
	first  int // added to the numbers of rows
	floats []string
	parts  []part
	about  map[string]ColumnNote // what columns hold, by name; kept in the file
	off    func() error          // why it is wanted no more; may be nil
	wrote  func(numbers int)     // told how many more are written; may be nil
}

// numbers counts what a table holds, without its texts.
func (t table) numbers() int {
	rows := 0
	for _, p := range t.parts {
		rows += p.rows
	}
	return rows * len(t.floats)
}

// NotesKey is the key of a table's notes on its columns, in the metadata.
const NotesKey = "casus.columns"

// ColumnNote says what a column of a record holds. It stands in the file's metadata
// under casus.columns, as JSON by name of the column.
type ColumnNote struct {
	Title  string     `json:"title"`
	Unit   string     `json:"unit,omitempty"`
	Better string     `json:"better,omitempty"` // lower or higher, of a measure
	Given  string     `json:"given,omitempty"`  // the measure of the condition that it holds under
	Role   ColumnRole `json:"role,omitempty"`
}

// ColumnRole says what a column of a record is to the others.
type ColumnRole string

// The roles of columns.
const (
	RowColumn     ColumnRole = "row"     // says which row it is
	InputColumn   ColumnRole = "input"   // drawn before anything was played
	OutcomeColumn ColumnRole = "outcome" // what came of the inputs
	WeightColumn  ColumnRole = "weight"  // what the record of the past makes of the inputs
)

// rowNotes say what the columns hold that say of what a row is.
var rowNotes = map[string]ColumnNote{
	"option": {Title: "the option played; CASE/OPTION of a case that is held against the record", Role: RowColumn},
	"view":   {Title: "the view whose world it is", Role: RowColumn},
	"world":  {Title: "the number of the world; the same world for every option", Role: RowColumn},
}

// notes are those of a table's columns, as JSON.
func (t table) notes() string {
	out := map[string]ColumnNote{}
	for _, n := range slices.Concat(t.texts, []string{t.number}, t.floats) {
		note, ok := t.about[n]
		if !ok {
			note = rowNotes[n]
		}
		out[n] = note
	}
	text, err := json.Marshal(out) // in the order of names
	if err != nil {
		panic(err) // texts alone
	}
	return string(text)
}

// part is a run of rows with the same texts; columns hold the doubles.
type part struct {
	texts   []string
	columns [][]float64
	rows    int
	from    int // the number of the first row
}

// groupRows bounds what the writer holds in memory.
const groupRows = 1 << 16

// rowBatch is how many rows go to the writer at once.
const rowBatch = 1024

// writeTable writes a table into a file, and its bytes into also, where there is
// one.
func writeTable(d disk, name string, t table, also ...io.Writer) (err error) {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := encodeTable(io.MultiWriter(append(also, f)...), t); err != nil {
		return err
	}
	return f.Sync()
}

// encodeTable writes a table as Parquet.
func encodeTable(out io.Writer, t table) error {
	group := parquet.Group{t.number: parquet.Leaf(parquet.Int32Type)}
	for _, n := range t.texts {
		group[n] = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	}
	for _, n := range t.floats {
		group[n] = parquet.Leaf(parquet.DoubleType)
	}
	schema := parquet.NewSchema("casus", group)
	w := parquet.NewGenericWriter[any](out, schema, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(groupRows), parquet.CreatedBy("casus", "1", ""), parquet.KeyValueMetadata(NotesKey, t.notes()))
	at := map[string]int{}
	for i, path := range schema.Columns() {
		at[path[0]] = i
	}
	for _, p := range t.parts {
		if err := writePart(w, t, p, at); err != nil {
			return err
		}
	}
	return w.Close()
}

// sameNaN is x, and for every NaN the same bits: machines differ in those they make.
func sameNaN(x float64) float64 {
	if math.IsNaN(x) {
		return math.NaN()
	}
	return x
}

func writePart(w *parquet.GenericWriter[any], t table, p part, at map[string]int) error {
	rows := make([]parquet.Row, 0, rowBatch)
	flush := func() error {
		_, err := w.WriteRows(rows)
		if t.wrote != nil {
			t.wrote(len(rows) * len(t.floats))
		}
		rows = rows[:0]
		return err
	}
	for i := range p.rows {
		row := make(parquet.Row, len(at))
		for j, n := range t.texts {
			row[at[n]] = parquet.ByteArrayValue([]byte(p.texts[j])).Level(0, 0, at[n])
		}
		row[at[t.number]] = parquet.Int32Value(int32(t.first+p.from+i)).Level(0, 0, at[t.number])
		for j, n := range t.floats {
			row[at[n]] = parquet.DoubleValue(sameNaN(p.columns[j][i])).Level(0, 0, at[n])
		}
		if rows = append(rows, row); len(rows) == rowBatch {
			if t.off != nil && t.off() != nil {
				return t.off()
			}
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// readRows are the rows of a table of measures, by option and view; those of a
// table of worlds have no option.
type readRows struct {
	list   []data.Column
	parts  map[[2]string][2]int // the first row and the one after the last
	worlds map[[2]string][]int  // the place of each, the first world being at 0
}

// keyed says what the rows of a table stand under.
type keyed struct {
	option bool // by option and view; else by view alone
	gaps   bool // not every world need be there
	first  int  // the number of the first world
}

// readTable reads a table of so many rows. A damaged file is an error, never a
// panic.
func readTable(d disk, name string, want int, by keyed) (*readRows, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := data.ReadParquet(f, f.Size())
	if err != nil {
		return nil, err
	}
	if t.Rows != want {
		return nil, fmt.Errorf("%d rows, where the manifest has %d", t.Rows, want)
	}
	rows := &readRows{list: t.List, parts: map[[2]string][2]int{}, worlds: map[[2]string][]int{}}
	return rows, rows.settle(t, by)
}

// settle finds where the rows of each option and view stand: together, by the
// number of their world.
func (r *readRows) settle(t *data.Columns, by keyed) error {
	option, view, world := t.Column("option"), t.Column("view"), t.Column("world")
	if view == nil || world == nil || option == nil && by.option {
		return errors.New("no columns option, view and world")
	}
	if !by.option {
		option = &data.Column{Kind: data.Words, Texts: make([]string, t.Rows)}
	}
	if option.Kind != data.Words || view.Kind != data.Words || world.Kind != data.Numbers {
		return errors.New("an option, view or world of another type")
	}
	var last [2]string
	for i := range t.Rows {
		key := [2]string{option.Texts[i], view.Texts[i]}
		part, seen := r.parts[key]
		switch {
		case !seen:
			part = [2]int{i, i}
		case key != last:
			return fmt.Errorf("option %q, view %q: its rows do not stand together", key[0], key[1])
		}
		next, at := 0, world.Numbers[i]-float64(by.first)
		if had := r.worlds[key]; len(had) > 0 {
			next = had[len(had)-1] + 1
		}
		if at != float64(next) && !(by.gaps && at > float64(next) && at < MaxWorlds && at == float64(int(at))) {
			return fmt.Errorf("option %q, view %q: world %v where world %d should be", key[0], key[1], world.Numbers[i], by.first+next)
		}
		part[1]++
		r.worlds[key] = append(r.worlds[key], int(at))
		r.parts[key], last = part, key
	}
	return nil
}

// unbroken are the rows as parts in which world follows world.
func (r *readRows) unbroken(measures []Measure) ([]part, error) {
	var out []part
	for _, key := range slices.SortedFunc(maps.Keys(r.parts), func(a, b [2]string) int { return r.parts[a][0] - r.parts[b][0] }) {
		at := r.worlds[key]
		cols, err := r.columns(key[0], key[1], measures, len(at))
		if err != nil {
			return nil, err
		}
		for from := 0; from < len(at); {
			to := from + 1
			for to < len(at) && at[to] == at[to-1]+1 {
				to++
			}
			out = append(out, part{texts: key[:], columns: Cut(cols, from, to), rows: to - from, from: at[from]})
			from = to
		}
	}
	return out, nil
}

// columns are the measures of one option and view, one column for each.
func (r *readRows) columns(option, view string, measures []Measure, worlds int) ([][]float64, error) {
	out := make([][]float64, len(measures))
	for i, m := range measures {
		if out[i] = r.column(option, view, m.Name); len(out[i]) != worlds {
			return nil, fmt.Errorf("option %q, view %q: measure %q lacks its %d worlds", option, view, m.Name, worlds)
		}
	}
	return out, nil
}

// column is one column of an option and view, nil where there is none.
func (r *readRows) column(option, view, name string) []float64 {
	part, ok := r.parts[[2]string{option, view}]
	k := slices.IndexFunc(r.list, func(c data.Column) bool { return c.Name == name })
	if !ok || k < 0 || r.list[k].Kind != data.Numbers {
		return nil
	}
	return r.list[k].Numbers[part[0]:part[1]:part[1]]
}
