// Package second holds a second opinion on Parquet: arrow-go reads what casus
// reads, and where both have an answer it is the same. It is a module of its own
// so that the program does not carry arrow-go; ./test --all runs it.
package second

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"casus/data/parquet"
)

// files are the seeds of this project and, where they stand beside it, the files
// of the format's own conformance tests.
func files(t *testing.T) []string {
	var out []string
	for _, pattern := range []string{"../testdata/writers/*.parquet", "../../../../shared/bench/parquet/*.parquet", "../../../../shared/bench/parquet/writers/*.parquet"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, names...)
	}
	return out
}

func ours(b []byte) (f *parquet.File, err error) {
	return parquet.Read(bytes.NewReader(b), int64(len(b)), parquet.Default)
}

// theirs reads one column by arrow-go; a panic is an error.
func theirs(b []byte, name string) (out []arrow.Array, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	r, err := file.NewParquetReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	a, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	at := r.MetaData().Schema.ColumnIndexByName(name)
	if at < 0 {
		return nil, fmt.Errorf("no column %q", name)
	}
	c, err := a.GetColumn(context.Background(), at)
	if err != nil {
		return nil, err
	}
	chunks, err := c.NextBatch(r.NumRows())
	if err != nil {
		return nil, err
	}
	return chunks.Chunks(), nil
}

// cell is a value of arrow-go's as casus has it: a number, with NaN for null, or a
// text; false where it is neither.
func cell(a arrow.Array, i int) (x float64, s string, ok bool) {
	if a.IsNull(i) {
		return math.NaN(), "", true
	}
	switch a := a.(type) {
	case *array.Boolean:
		if a.Value(i) {
			return 1, "", true
		}
		return 0, "", true
	case *array.Float64:
		return a.Value(i), "", true
	case *array.Float32:
		return float64(a.Value(i)), "", true
	case *array.Float16:
		return float64(a.Value(i).Float32()), "", true
	case *array.String:
		return 0, a.Value(i), true
	case *array.Binary:
		return 0, string(a.Value(i)), true
	case *array.LargeString:
		return 0, a.Value(i), true
	case *array.StringView:
		return 0, a.Value(i), true
	case *array.Decimal128:
		return quotient(a.Value(i).BigInt(), a.DataType().(*arrow.Decimal128Type).Scale), "", true
	case *array.Decimal256:
		return quotient(a.Value(i).BigInt(), a.DataType().(*arrow.Decimal256Type).Scale), "", true
	case *array.Uint64:
		return float64(a.Value(i)), "", true
	case *array.Int64:
		return float64(a.Value(i)), "", true
	}
	if arrow.IsInteger(a.DataType().ID()) {
		var n float64
		_, err := fmt.Sscan(a.ValueStr(i), &n)
		return n, "", err == nil
	}
	return 0, "", false
}

func quotient(n *big.Int, scale int32) float64 {
	x, _ := new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).Float64()
	return x
}

// compare counts the columns that both read, and reports the cells in which they
// differ. Where the file was damaged and casus has what it was before, arrow-go is
// the one that went astray: it does, where the places of pages are damaged.
func compare(t *testing.T, name string, b, was []byte) int {
	f, err := ours(b)
	if err != nil {
		return 0
	}
	whole, err := ours(was)
	if err != nil { // not damaged, or never read
		whole = &parquet.File{}
	}
	both := 0
	for _, c := range f.Columns {
		if c.Kind == parquet.Other {
			continue
		}
		chunks, err := theirs(b, c.Name)
		if err != nil {
			continue
		}
		row := 0
		for _, a := range chunks {
			for i := range a.Len() {
				x, s, ok := cell(a, i)
				if !ok { // a type that is compared by nobody
					row++
					continue
				}
				if row >= f.Rows || !same(c, row, x, s) && !asBefore(whole, c, row) {
					t.Errorf("%s, column %s, row %d: arrow-go has %v %q (%s)", name, c.Name, row+1, x, s, a.DataType())
					return both
				}
				row++
			}
		}
		both++
	}
	return both
}

func same(c parquet.Column, row int, x float64, s string) bool {
	if c.Kind == parquet.Text {
		return c.Texts[row] == s
	}
	return c.Numbers[row] == x || math.IsNaN(x) && math.IsNaN(c.Numbers[row])
}

// asBefore reports whether a cell is as in the file before it was damaged.
func asBefore(whole *parquet.File, c parquet.Column, row int) bool {
	for _, w := range whole.Columns {
		if w.Name == c.Name && w.Kind == c.Kind && row < whole.Rows {
			if c.Kind == parquet.Text {
				return same(w, row, 0, c.Texts[row])
			}
			return same(w, row, c.Numbers[row], "")
		}
	}
	return false
}

// Every file of other writers is read alike.
func TestSecondOpinion(t *testing.T) {
	both := 0
	for _, name := range files(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		both += compare(t, name, b, nil)
	}
	if both < 600 {
		t.Errorf("only %d columns were read by both", both)
	}
}

// Of damaged files, what both still read is alike: damage within a value is the
// same other value to both.
func TestSecondOpinionOnDamage(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 0))
	both := 0
	for _, name := range files(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 12_000 || strings.Contains(name, "claims") {
			continue
		}
		for range 20 {
			turned := bytes.Clone(b)
			turned[4+rng.IntN(len(b)-12)] ^= 1 << rng.IntN(8)
			both += compare(t, name, turned, b)
		}
	}
	t.Logf("%d columns of damaged files were read by both", both)
}
