package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Mark begins and ends a Parquet file.
const Mark = "PAR1"

// sealed begins and ends one whose footer is encrypted.
const sealed = "PARE"

// Limits bound what a file may ask for. A file that asks for more is refused before
// the memory is taken.
type Limits struct {
	Footer int   // bytes of the footer
	Page   int   // bytes of one page or page header, packed or unpacked
	Bytes  int64 // bytes of all pages unpacked and of the text that deltas spell out
	Cells  int   // rows times the columns that are read
	Parts  int   // columns, and pieces of columns, that the footer describes
}

// Default holds for files of users.
var Default = Limits{Footer: 64 << 20, Page: 256 << 20, Bytes: 2 << 30, Cells: 1 << 27, Parts: 1 << 20}

// meta holds what the footer says, as far as it is used.
type meta struct {
	rows      int64
	encrypted bool
	about     map[string]string // key-value metadata
	schema    []element
	groups    []group
}

// element is a column, or what has columns within it.
type element struct {
	typ, width, repetition, converted int
	logical                           int // number of the logical type, 0 for none
	unsigned                          bool
	bits                              int // of an integer, where it is said
	scale, precision                  int
	children                          int
	leaf                              bool
	name                              string
}

// group is a run of rows.
type group struct {
	rows   int64
	chunks []chunk
}

// chunk is a piece of a column: that of one group of rows.
type chunk struct {
	described            bool
	elsewhere, encrypted bool
	typ, codec           int
	name                 string // of its column; the last of the path
	depth                int    // names in the path
	values               int64
	packed               int64 // bytes, with the page headers
	dictionaryAt, dataAt int64
}

const (
	noConverted = -1
	required    = 0
	optional    = 1
	repeated    = 2
)

// readFooter reads what a file of so many bytes says of itself, and where that
// begins.
func readFooter(f io.ReaderAt, size int64, limits Limits) (*meta, int64, error) {
	var tail [8]byte
	if size < int64(len(Mark)+len(tail)) {
		return nil, 0, errors.New("it is too short")
	}
	if _, err := f.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return nil, 0, err
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	switch {
	case string(tail[4:]) == sealed:
		return nil, 0, errors.New("it is encrypted")
	case string(tail[4:]) != Mark || n > size-int64(len(Mark)+len(tail)):
		return nil, 0, errors.New("it is cut off or damaged at the end")
	case n > int64(limits.Footer):
		return nil, 0, fmt.Errorf("its footer has %d bytes, more than %d", n, limits.Footer)
	}
	at := size - int64(len(tail)) - n
	b := make([]byte, n)
	if _, err := f.ReadAt(b, at); err != nil {
		return nil, 0, err
	}
	d := &compact{b: b, parts: limits.Parts}
	m := d.meta()
	if d.err != nil {
		return nil, 0, fmt.Errorf("its footer is damaged at byte %d: %w", at+int64(d.at), d.err)
	}
	if m.encrypted {
		return nil, 0, errors.New("it is encrypted")
	}
	return m, at, nil
}

func (d *compact) meta() *meta {
	m := &meta{about: map[string]string{}}
	d.fields(typeStruct, func(id int, typ byte) {
		switch id {
		case 2:
			d.list(typ, func(typ byte) { m.schema = append(m.schema, d.element(typ)); d.part() })
		case 3:
			m.rows = d.integer(typ)
		case 4:
			d.list(typ, func(typ byte) { m.groups = append(m.groups, d.group(typ)); d.part() })
		case 5:
			d.list(typ, func(typ byte) { d.keyed(typ, m.about); d.part() })
		case 8:
			m.encrypted = true
			d.skip(typ)
		default:
			d.skip(typ)
		}
	})
	return m
}

// keyed reads one key of what the writer said of the file; the first of a name holds.
func (d *compact) keyed(typ byte, into map[string]string) {
	var key, value string
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			key = string(d.bytes(typ))
		case 2:
			value = string(d.bytes(typ))
		default:
			d.skip(typ)
		}
	})
	if _, had := into[key]; !had {
		into[key] = value
	}
}

func (d *compact) element(typ byte) element {
	e := element{converted: noConverted}
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			e.typ, e.leaf = d.small(typ), true
		case 2:
			e.width = d.small(typ)
		case 3:
			e.repetition = d.small(typ)
		case 4:
			e.name = string(d.bytes(typ))
		case 5:
			e.children = d.small(typ)
		case 6:
			e.converted = d.small(typ)
		case 7:
			e.scale = d.small(typ)
		case 8:
			e.precision = d.small(typ)
		case 10:
			d.logical(typ, &e)
		default:
			d.skip(typ)
		}
	})
	return e
}

// part counts what takes more memory than it does bytes in the file.
func (d *compact) part() {
	if d.parts--; d.parts < 0 {
		d.fail(errors.New("more columns and pieces of columns than are read"))
	}
}

// small is an integer of 32 bits.
func (d *compact) small(typ byte) int {
	v := d.integer(typ)
	if v < math.MinInt32 || v > math.MaxInt32 {
		d.fail(fmt.Errorf("%d where a number of 32 bits belongs", v))
	}
	return int(v)
}

// logical reads the union of logical types, of which one is there.
func (d *compact) logical(typ byte, e *element) {
	d.fields(typ, func(id int, typ byte) {
		e.logical = id
		d.fields(typ, func(field int, typ byte) {
			switch {
			case id == logicalDecimal && field == 1:
				e.scale = d.small(typ)
			case id == logicalDecimal && field == 2:
				e.precision = d.small(typ)
			case id == logicalInteger && field == 1:
				e.bits = d.small(typ)
			case id == logicalInteger && field == 2:
				e.unsigned = !d.bool(typ)
			default:
				d.skip(typ)
			}
		})
	})
}

func (d *compact) group(typ byte) group {
	var g group
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			d.list(typ, func(typ byte) { g.chunks = append(g.chunks, d.chunk(typ)); d.part() })
		case 3:
			g.rows = d.integer(typ)
		default:
			d.skip(typ)
		}
	})
	return g
}

func (d *compact) chunk(typ byte) chunk {
	var c chunk
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			c.elsewhere = len(d.bytes(typ)) > 0
		case 3:
			c.described = true
			d.chunkMeta(typ, &c)
		case 8, 9:
			c.encrypted = true
			d.skip(typ)
		default:
			d.skip(typ)
		}
	})
	return c
}

func (d *compact) chunkMeta(typ byte, c *chunk) {
	d.fields(typ, func(id int, typ byte) {
		switch id {
		case 1:
			c.typ = d.small(typ)
		case 3:
			d.list(typ, func(typ byte) { c.name, c.depth = string(d.bytes(typ)), c.depth+1 })
		case 4:
			c.codec = d.small(typ)
		case 5:
			c.values = d.integer(typ)
		case 7:
			c.packed = d.integer(typ)
		case 9:
			c.dataAt = d.integer(typ)
		case 11:
			c.dictionaryAt = d.integer(typ)
		default:
			d.skip(typ)
		}
	})
}

// leaf is a column of the file: a flat one, or a part of a nested one, which is
// not read.
type leaf struct {
	element
	flat bool
}

// tree makes the list of leaves, in the order of the pieces of a group, and the
// names of the columns that are nested.
func (m *meta) tree() (leaves []leaf, nested []string, err error) {
	if len(m.schema) == 0 || m.schema[0].leaf {
		return nil, nil, errors.New("it has no columns")
	}
	at := 1
	for range m.schema[0].children {
		if at >= len(m.schema) {
			return nil, nil, errors.New("it has fewer columns than it says")
		}
		top := m.schema[at]
		flat := top.leaf && top.repetition != repeated
		if !flat {
			nested = append(nested, top.name)
		}
		for open := 1; open > 0; at++ { // one column, with all that is within it
			if at >= len(m.schema) {
				return nil, nil, errors.New("it has fewer columns than it says")
			}
			e := m.schema[at]
			if e.children < 0 || e.leaf && e.children > 0 {
				return nil, nil, fmt.Errorf("column %.40q has both values and columns within it", e.name)
			}
			open += e.children - 1
			if e.leaf {
				leaves = append(leaves, leaf{e, flat})
			}
		}
	}
	if at != len(m.schema) {
		return nil, nil, errors.New("it has more columns than it says")
	}
	return leaves, nested, nil
}
