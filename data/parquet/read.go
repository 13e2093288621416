package parquet

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// File holds what was read: the flat columns in their order.
type File struct {
	Rows    int
	Columns []Column
	Nested  []string          // names of the columns that have columns or lists within them; not read
	About   map[string]string // what the writer said of the file, by key
}

// Column is one column: Numbers, or Texts where the kind is Text; none where it
// is Other.
type Column struct {
	Name    string
	Kind    Kind
	Holds   string    // of Other: what it has, as in "dates"
	Numbers []float64 // NaN is null or not a number
	Texts   []string  // "" is null or empty
	Rounded string    // which of its numbers, beyond 2^53, a float64 does not hold: as source.Lost names them; empty: none
}

// Read reads a file of so many bytes. What is damaged, or asks for more than the
// limits, is an error that says where.
func Read(f io.ReaderAt, size int64, limits Limits) (*File, error) {
	m, end, err := readFooter(f, size, limits)
	if err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	leaves, nested, err := m.tree()
	if err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	r := &reader{f: f, end: end, limits: limits, file: &File{Nested: nested, About: m.about}}
	if err := r.plan(m, leaves); err != nil {
		return nil, err
	}
	for _, g := range m.groups {
		if err := r.group(g); err != nil {
			return nil, err
		}
	}
	for _, c := range r.columns {
		r.file.Columns = append(r.file.Columns, c.column)
	}
	return r.file, nil
}

// reader reads one file.
type reader struct {
	f       io.ReaderAt
	end     int64 // of the pages: where the footer begins
	limits  Limits
	file    *File
	columns []*reading // the flat ones
	leaves  int
	packed  int64 // bytes of pages read
	spent   int64 // bytes of pages unpacked, and of texts put together
}

// reading is a column being read.
type reading struct {
	element
	reader *reader
	at     int // its number among the leaves
	column Column
	known  map[string]string // equal texts share their bytes
	words  cells             // of the dictionary of the present piece
	worded bool
}

// plan checks that the rows that the footer promises are no more than may be
// read, before anything of them is.
func (r *reader) plan(m *meta, leaves []leaf) error {
	read := 0
	r.leaves = len(leaves)
	for i, l := range leaves {
		if !l.flat {
			continue
		}
		c := &reading{element: l.settled(), reader: r, at: i, known: map[string]string{}}
		c.column.Name = l.name
		if c.column.Kind, c.column.Holds = l.kind(); c.column.Kind != Other {
			read++
		}
		r.columns = append(r.columns, c)
	}
	total := int64(0)
	for i, g := range m.groups {
		if len(g.chunks) != len(leaves) {
			return fmt.Errorf("row group %d has %d columns, the file %d", i+1, len(g.chunks), len(leaves))
		}
		if g.rows < 0 || g.rows > math.MaxInt64-total {
			return fmt.Errorf("row group %d says it has %d rows", i+1, g.rows)
		}
		total += g.rows
	}
	if m.rows != 0 && total != m.rows { // 0 as early parquet-rs wrote
		return fmt.Errorf("it says it has %d rows, and its row groups have %d", m.rows, total)
	}
	if total > int64(r.limits.Cells/max(read, 1)) {
		return fmt.Errorf("it says it has %d rows of %d columns, more than %d cells", total, read, r.limits.Cells)
	}
	r.file.Rows = int(total)
	return nil
}

func (r *reader) group(g group) error {
	for _, c := range r.columns {
		if k := g.chunks[c.at]; c.column.Kind == Other && k.described && !c.is(&k) {
			return fmt.Errorf("column %.60q: %w", c.name, errOtherwise) // of a file that is damaged nothing is believed
		}
		if c.column.Kind == Other || g.rows == 0 {
			continue
		}
		if err := c.chunk(&g.chunks[c.at], int(g.rows)); err != nil {
			return fmt.Errorf("column %.60q: %w", c.column.Name, err)
		}
	}
	return nil
}

// slack is how much longer than it says a piece may be: early writers forgot the
// header of the dictionary (PARQUET-816).
const slack = 100

// chunk reads the piece of a column that a group of so many rows has.
func (c *reading) chunk(k *chunk, rows int) error {
	if err := c.fits(k, rows); err != nil {
		return err
	}
	from := k.dataAt
	if k.dictionaryAt > 0 && k.dictionaryAt < from {
		from = k.dictionaryAt
	}
	if from < int64(len(Mark)) || k.packed < 0 || k.packed > c.reader.end-from {
		return errors.New("its pages stand outside of the file")
	}
	if c.reader.packed += k.packed; c.reader.packed > c.reader.end {
		return errors.New("its pages are those of other columns too")
	}
	w := &window{f: c.reader.f, from: from, to: min(from+k.packed+slack, c.reader.end)}
	c.worded = false
	for done := 0; done < rows; {
		at := w.from - int64(len(w.b))
		n, err := c.page(w, k.codec, rows-done)
		var odd notText
		if errors.As(err, &odd) && c.logical != logicalString && c.logical != logicalJSON && c.logical != logicalEnum {
			c.column = Column{Name: c.name, Holds: "bytes"} // nobody said that it is text
			return nil
		}
		if err != nil {
			return fmt.Errorf("the page at byte %d: %w", at, err)
		}
		done += n
	}
	return nil
}

var errOtherwise = errors.New("a row group describes it otherwise than the file")

// is reports whether a piece is one of this column.
func (c *reading) is(k *chunk) bool { return k.typ == c.typ && k.depth == 1 && k.name == c.name }

// fits is the error of a piece that contradicts its column, or cannot be read.
func (c *reading) fits(k *chunk, rows int) error {
	switch {
	case !k.described || k.encrypted:
		return errors.New("it is encrypted, or says nothing of itself")
	case k.elsewhere:
		return errors.New("its values stand in another file")
	case !c.is(k):
		return errOtherwise
	case k.values != int64(rows):
		return fmt.Errorf("%d values in %d rows", k.values, rows)
	}
	return unread(k.codec)
}

// page reads the next page, of at most so many rows, and says how many it had.
func (c *reading) page(w *window, codec, most int) (int, error) {
	h, b, err := w.page(c.reader.limits)
	if err != nil {
		return 0, err
	}
	if h.kind == pageIndex {
		return 0, nil
	}
	if err := c.reader.spend(h.unpacked); err != nil {
		return 0, err
	}
	levels, values, err := h.body(codec, b)
	if err != nil {
		return 0, err
	}
	if h.kind == pageDictionary {
		return 0, c.dictionary(h, values)
	}
	if h.values > most {
		return 0, fmt.Errorf("%d values where the row group has %d left", h.values, most)
	}
	return h.values, c.data(h, levels, values)
}

// spend counts bytes against what the file may ask for.
func (r *reader) spend(n int) error {
	if r.spent += int64(n); r.spent > r.limits.Bytes {
		return fmt.Errorf("the file unpacks to more than %d bytes", r.limits.Bytes)
	}
	return nil
}

func (c *reading) coder() coder { return coder{c.typ, c.width, c.reader.spend} }

func (c *reading) dictionary(h header, b []byte) error {
	switch {
	case c.worded:
		return errors.New("a second dictionary")
	case h.encoding != plainValues && h.encoding != plainDictionary:
		return fmt.Errorf("a dictionary of encoding %d, which is not read", h.encoding)
	case h.values > len(b): // each takes a byte at least
		return errShort
	}
	v, err := c.coder().decode(plainValues, b, h.values)
	if err != nil {
		return err
	}
	c.words, err = c.cells(v)
	c.worded = true
	return err
}

// data adds the values of a data page to the column, with a gap for each null.
func (c *reading) data(h header, levels, values []byte) error {
	if h.values == 0 {
		return nil
	}
	there, err := c.present(h, &levels, &values)
	if err != nil {
		return err
	}
	n := h.values
	if there != nil {
		n = 0
		for _, run := range there {
			n += run.there
		}
	}
	if h.kind == pageData2 && h.values-n != h.nulls {
		return fmt.Errorf("%d nulls where the page header says %d", h.values-n, h.nulls)
	}
	v, err := c.values(h.encoding, values, n)
	if err != nil {
		return err
	}
	if there == nil {
		there = []stretch{{n, 0}}
	}
	c.append(v, there)
	return nil
}

// stretch is so many values and then so many nulls.
type stretch struct{ there, null int }

// present says which rows of a page have values; nil is all of them.
func (c *reading) present(h header, levels, values *[]byte) ([]stretch, error) {
	if c.repetition == required {
		return nil, nil
	}
	if h.kind == pageData1 {
		if h.levelEncoding != runs {
			return nil, errors.New("its nulls are encoded as BIT_PACKED, which is not read")
		}
		var err error
		if *levels, *values, err = lengthFirst(*values); err != nil {
			return nil, err
		}
	}
	out := []stretch{}
	err := hybrid(*levels, 1, h.values, func(v uint32, times int) {
		last := len(out) - 1
		switch {
		case v == 0 && last < 0:
			out = append(out, stretch{0, times})
		case v == 0:
			out[last].null += times
		case last < 0 || out[last].null > 0:
			out = append(out, stretch{times, 0})
		default:
			out[last].there += times
		}
	})
	return out, err
}

// values are n values of a page.
func (c *reading) values(encoding int, b []byte, n int) (cells, error) {
	if encoding != dictionary && encoding != plainDictionary {
		v, err := c.coder().decode(encoding, b, n)
		if err != nil {
			return cells{}, err
		}
		return c.cells(v)
	}
	if n == 0 {
		return cells{}, nil
	}
	if !c.worded {
		return cells{}, errors.New("values of a dictionary that is not there")
	}
	if len(b) == 0 {
		return cells{}, errShort
	}
	return c.lookUp(b[1:], int(b[0]), n)
}

// lookUp takes n values from the dictionary.
func (c *reading) lookUp(b []byte, width, n int) (out cells, err error) {
	most := uint32(0)
	size := uint32(max(len(c.words.numbers), len(c.words.texts)))
	err = hybrid(b, width, n, func(v uint32, times int) {
		if most = max(most, v); v >= size {
			return
		}
		for range times {
			if c.column.Kind == Text {
				out.texts = append(out.texts, c.words.texts[v])
			} else {
				out.numbers = append(out.numbers, c.words.numbers[v])
			}
		}
	})
	if err == nil && n > 0 && most >= size {
		err = fmt.Errorf("value %d of a dictionary of %d", most, size)
	}
	return out, err
}

func (c *reading) append(v cells, there []stretch) {
	for _, s := range there {
		if c.column.Kind == Text {
			c.column.Texts = append(c.column.Texts, v.texts[:s.there]...)
			c.column.Texts = append(c.column.Texts, make([]string, s.null)...)
			v.texts = v.texts[s.there:]
			continue
		}
		c.column.Numbers = append(c.column.Numbers, v.numbers[:s.there]...)
		for range s.null {
			c.column.Numbers = append(c.column.Numbers, math.NaN())
		}
		v.numbers = v.numbers[s.there:]
	}
}
