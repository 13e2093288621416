package study

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// This file is the only one that knows Parquet: rows of text keys, a number,
// and doubles. parquet-go is pure Go and reads and writes column pages.

// table is what is written: parts that share their columns.
type table struct {
	texts  []string
	number string
	floats []string
	parts  []part
}

// part is a run of rows with the same texts; columns hold the doubles.
type part struct {
	texts   []string
	columns [][]float64
	rows    int
	from    int // the number of the first row
}

// rowBatch is how many rows go to the writer at once.
const rowBatch = 1024

func writeTable(name string, t table) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	group := parquet.Group{t.number: parquet.Leaf(parquet.Int32Type)}
	for _, n := range t.texts {
		group[n] = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	}
	for _, n := range t.floats {
		group[n] = parquet.Leaf(parquet.DoubleType)
	}
	schema := parquet.NewSchema("casus", group)
	w := parquet.NewGenericWriter[any](f, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("casus", "1", ""))
	at := map[string]int{}
	for i, path := range schema.Columns() {
		at[path[0]] = i
	}
	for _, p := range t.parts {
		if err := writePart(w, t, p, at); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Sync()
}

func writePart(w *parquet.GenericWriter[any], t table, p part, at map[string]int) error {
	rows := make([]parquet.Row, 0, rowBatch)
	flush := func() error {
		_, err := w.WriteRows(rows)
		rows = rows[:0]
		return err
	}
	for i := range p.rows {
		row := make(parquet.Row, len(at))
		for j, n := range t.texts {
			row[at[n]] = parquet.ByteArrayValue([]byte(p.texts[j])).Level(0, 0, at[n])
		}
		row[at[t.number]] = parquet.Int32Value(int32(p.from+i)).Level(0, 0, at[t.number])
		for j, n := range t.floats {
			row[at[n]] = parquet.DoubleValue(p.columns[j][i]).Level(0, 0, at[n])
		}
		if rows = append(rows, row); len(rows) == rowBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// readRows are the rows of a table of measures, by option and view.
type readRows struct {
	names  []string
	most   int // rows still expected
	parts  map[[2]string][][]float64
	gaps   bool                // not every world need be there
	worlds map[[2]string][]int // those read
}

// readTable reads a table of measures of so many rows, with every world from 0
// for an option and view unless it may have gaps. A damaged file is an error,
// never a panic.
func readTable(name string, want int, gaps bool) (rows *readRows, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics on some damaged files
			rows, err = nil, fmt.Errorf("not a Parquet file that can be read: %v", p)
		}
	}()
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := ends(f, info.Size()); err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	if n := file.NumRows(); n != int64(want) {
		return nil, fmt.Errorf("%d rows, where the manifest has %d", n, want)
	}
	rows = &readRows{most: want, gaps: gaps, parts: map[[2]string][][]float64{}, worlds: map[[2]string][]int{}}
	for _, path := range file.Schema().Columns() {
		rows.names = append(rows.names, path[0])
	}
	for _, g := range file.RowGroups() {
		if err := rows.group(g); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// ends checks that a file ends as Parquet does, with the length of what stands
// before the end: the library makes room for whatever length it finds.
func ends(f io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < int64(len(tail)) {
		return errors.New("it is too short")
	}
	if _, err := f.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return err
	}
	if string(tail[4:]) != "PAR1" || int64(binary.LittleEndian.Uint32(tail[:])) > size-int64(len(tail)) {
		return errors.New("it is cut off or damaged at the end")
	}
	return nil
}

func (r *readRows) group(g parquet.RowGroup) error {
	option, view, world := slices.Index(r.names, "option"), slices.Index(r.names, "view"), slices.Index(r.names, "world")
	if option < 0 || view < 0 || world < 0 {
		return errors.New("no columns option, view and world")
	}
	in := g.Rows()
	defer in.Close()
	batch := make([]parquet.Row, rowBatch)
	for {
		n, err := in.ReadRows(batch)
		if r.most -= n; r.most < 0 {
			return errors.New("more rows than it says")
		}
		for _, row := range batch[:n] {
			if len(row) != len(r.names) {
				return errors.New("a row does not fit its columns")
			}
			if row[option].Kind() != parquet.ByteArray || row[view].Kind() != parquet.ByteArray || row[world].Kind() != parquet.Int32 {
				return errors.New("an option, view or world of another type")
			}
			if err := r.add([2]string{string(row[option].ByteArray()), string(row[view].ByteArray())}, int(row[world].Int32()), row); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n == 0 {
			return io.ErrNoProgress
		}
	}
}

// add takes a row; those of an option and view come by the number of their
// world.
func (r *readRows) add(key [2]string, world int, row parquet.Row) error {
	next := 0
	if had := r.worlds[key]; len(had) > 0 {
		next = had[len(had)-1] + 1
	}
	if world != next && !(r.gaps && world > next && world < MaxWorlds) {
		return fmt.Errorf("option %q, view %q: world %d where world %d should be", key[0], key[1], world, next)
	}
	r.worlds[key] = append(r.worlds[key], world)
	cols := r.parts[key]
	if cols == nil {
		cols = make([][]float64, len(r.names))
		r.parts[key] = cols
	}
	for i, v := range row {
		if v.Kind() == parquet.Double {
			cols[i] = append(cols[i], v.Double())
		}
	}
	return nil
}

// columns are the measures of one option and view, one column for each.
func (r *readRows) columns(option, view string, measures []Measure, worlds int) ([][]float64, error) {
	cols := r.parts[[2]string{option, view}]
	out := make([][]float64, len(measures))
	for i, m := range measures {
		k := slices.Index(r.names, m.Name)
		if cols == nil || k < 0 || len(cols[k]) != worlds {
			return nil, fmt.Errorf("option %q, view %q: measure %q lacks its %d worlds", option, view, m.Name, worlds)
		}
		out[i] = cols[k]
	}
	return out, nil
}
