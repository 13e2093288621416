package data

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// This file is the only one that reads Parquet. parquet-go is pure Go.

// parquetMark begins and ends a Parquet file.
const parquetMark = "PAR1"

// ReadParquet reads a Parquet file of so many bytes: columns of numbers (of any
// width, decimals too), booleans and text, as they stand there; a null is NaN or
// "", and nothing is counted as missing; File is not set. A column of dates,
// times or bytes has no kind and says so. Nested and repeated columns are an
// error that names them; a damaged file is an error, never a panic.
func ReadParquet(f io.ReaderAt, size int64) (t *Columns, err error) {
	defer func() {
		if p := recover(); p != nil { // the library panics on some damaged files
			t, err = nil, fmt.Errorf("not a Parquet file that can be read: %v", p)
		}
	}()
	if err := parquetEnds(f, size); err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	file, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("not a Parquet file: %w", err)
	}
	fields := file.Schema().Fields()
	if err := flat(fields); err != nil {
		return nil, err
	}
	rows := file.NumRows()
	if rows < 0 || len(fields) > 0 && rows > int64(MaxCells/len(fields)) {
		return nil, fmt.Errorf("it says it has %d rows of %d columns, more than %d cells", rows, len(fields), MaxCells)
	}
	t = &Columns{Rows: int(rows)}
	for _, field := range fields {
		t.List = append(t.List, newColumn(field))
	}
	for _, g := range file.RowGroups() {
		for i, chunk := range g.ColumnChunks() {
			if err := t.List[i].read(chunk, fields[i].Type(), t.Rows); err != nil {
				return nil, fmt.Errorf("column %s: %w", quote(t.List[i].Name), err)
			}
		}
	}
	return t, t.even()
}

// parquetEnds checks that a file ends as Parquet does, with the length of what
// stands before the end: the library makes room for whatever length it finds.
func parquetEnds(f io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < int64(len(tail)) {
		return errors.New("it is too short")
	}
	if _, err := f.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return err
	}
	if string(tail[4:]) != parquetMark || int64(binary.LittleEndian.Uint32(tail[:])) > size-int64(len(tail)) {
		return errors.New("it is cut off or damaged at the end")
	}
	return nil
}

// flat is the error of columns within columns, and of two of one name.
func flat(fields []parquet.Field) error {
	var nested []string
	seen := map[string]bool{}
	for _, f := range fields {
		if !f.Leaf() || f.Repeated() {
			nested = append(nested, f.Name())
		}
		if seen[f.Name()] {
			return fmt.Errorf("two columns are named %s; rename one", quote(f.Name()))
		}
		seen[f.Name()] = true
	}
	if len(nested) > 0 {
		return fmt.Errorf("nested columns: %s; write one column for each value", list(nested))
	}
	return nil
}

// even is the error of columns that are not as long as the file says.
func (t *Columns) even() error {
	for i := range t.List {
		c := &t.List[i]
		if n := len(c.Numbers) + len(c.Texts); c.Unfit == nil && n != t.Rows {
			return fmt.Errorf("column %s has %d rows where the file says %d", quote(c.Name), n, t.Rows)
		}
	}
	return nil
}

// newColumn is an empty column of the kind that a field has.
func newColumn(f parquet.Field) Column {
	c := Column{Name: f.Name()}
	unfit := func(what string) Column {
		c.Unfit = &Problem{Msg: fmt.Sprintf("column %s holds %s, which are no numbers, text or booleans; write it as one of these", quote(c.Name), what)}
		return c
	}
	if !utf8.ValidString(c.Name) {
		c.Unfit = &Problem{Msg: fmt.Sprintf("the name of column %s is not UTF-8", quote(c.Name))}
		return c
	}
	var logical format.LogicalTypeValue
	if lt := f.Type().LogicalType(); lt != nil {
		logical = lt.Value
	}
	kind := f.Type().Kind()
	switch logical.(type) {
	case nil, *format.IntType, *format.DecimalType:
	case *format.StringType, *format.EnumType, *format.JsonType:
		c.Kind = Words
		return c
	case *format.NullType:
		c.Kind = Numbers
		return c
	default:
		return unfit(strings.ToLower(logical.String()) + " values")
	}
	_, decimal := logical.(*format.DecimalType)
	switch {
	case kind == parquet.Boolean:
		c.Kind = Truths
	case kind == parquet.Int32, kind == parquet.Int64, kind == parquet.Float, kind == parquet.Double, decimal:
		c.Kind = Numbers
	case kind == parquet.ByteArray: // as old writers have text
		c.Kind = Words
	default:
		return unfit(strings.ToLower(kind.String()) + " values")
	}
	return c
}

// read takes the values of a column of one row group.
func (c *Column) read(chunk parquet.ColumnChunk, typ parquet.Type, most int) error {
	if c.Unfit != nil {
		return nil
	}
	pages := chunk.Pages()
	defer pages.Close()
	number := numberOf(typ)
	known := map[string]string{} // equal texts share their bytes
	values := make([]parquet.Value, 1024)
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		in := page.Values()
		for {
			n, err := in.ReadValues(values)
			for _, v := range values[:n] {
				if len(c.Numbers)+len(c.Texts) == most {
					return fmt.Errorf("more than the %d rows that the file says", most)
				}
				if bad := c.add(v, number, known); bad != nil {
					return bad
				}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			if n == 0 {
				return io.ErrNoProgress
			}
		}
		parquet.Release(page)
	}
}

func (c *Column) add(v parquet.Value, number func(parquet.Value) float64, known map[string]string) error {
	if c.Kind != Words {
		x := math.NaN()
		if !v.IsNull() {
			x = number(v)
		}
		c.Numbers = append(c.Numbers, x)
		return nil
	}
	if v.IsNull() {
		c.Texts = append(c.Texts, "")
		return nil
	}
	text, ok := known[string(v.ByteArray())]
	if !ok {
		text = string(v.ByteArray())
		if !utf8.ValidString(text) {
			return fmt.Errorf("row %d is not UTF-8: %s", len(c.Texts)+1, quote(text))
		}
		known[text] = text
	}
	c.Texts = append(c.Texts, text)
	return nil
}

// numberOf reads values of a type as numbers.
func numberOf(typ parquet.Type) func(parquet.Value) float64 {
	unsigned, scale := false, 1.0
	if lt := typ.LogicalType(); lt != nil {
		switch l := lt.Value.(type) {
		case *format.IntType:
			unsigned = !l.IsSigned
		case *format.DecimalType:
			scale = math.Pow10(int(l.Scale))
		}
	}
	return func(v parquet.Value) float64 {
		switch v.Kind() {
		case parquet.Boolean:
			if v.Boolean() {
				return 1
			}
			return 0
		case parquet.Int32:
			if unsigned {
				return float64(v.Uint32())
			}
			return float64(v.Int32()) / scale
		case parquet.Int64:
			if unsigned {
				return float64(v.Uint64())
			}
			return float64(v.Int64()) / scale
		case parquet.Float:
			return float64(v.Float())
		case parquet.Double:
			return v.Double()
		}
		return bigDecimal(v.ByteArray()) / scale
	}
}

// bigDecimal is a whole number in two's complement, the highest byte first.
func bigDecimal(b []byte) float64 {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	x, _ := new(big.Float).SetInt(n).Float64()
	return x
}
