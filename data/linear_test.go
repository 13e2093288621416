package data_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"casus/data"
	"casus/lang/steps"
)

// tables of a kind, by size: each grows in one direction only.
var tables = map[string]func(n int) string{
	"rows":         func(n int) string { return "a,b\n" + rows(n, "%d,%d.5\n") },
	"columns":      func(n int) string { return "a" + rows(n, ",c%d") + "\n1" + rows(n, ",%d") + "\n" },
	"a cell":       func(n int) string { return "a,b\n1,\"" + strings.Repeat("word, ", n) + "\"\n" },
	"lines":        func(n int) string { return "a,b\n1,\"" + strings.Repeat("line\n", n) + "\"\n" },
	"texts":        func(n int) string { return "a,b\n" + rows(n, "%d,word %d\n") },
	"short rows":   func(n int) string { return "a,b\n" + rows(n, "%d\n") },
	"bad quotes":   func(n int) string { return "a,b\n" + rows(n, "%d,x\"y\n") },
	"no numbers":   func(n int) string { return "a,b\n1,2\n" + rows(n, "%d,1..5\n") },
	"old ends":     func(n int) string { return "a,b\r" + rows(n, "%d,%d\r") },
	"Parquet rows": func(n int) string { return written(1, n) },
	"row groups":   func(n int) string { return written(n/20, 4) },
}

// rows writes a line for each number up to n, which may stand in it several times.
func rows(n int, format string) string {
	var b strings.Builder
	args := make([]any, strings.Count(format, "%"))
	for i := range n {
		for k := range args {
			args[k] = i
		}
		fmt.Fprintf(&b, format, args...)
	}
	return b.String()
}

type line struct {
	A int64   `parquet:"a,delta"`
	B float64 `parquet:"b,snappy"`
	C string  `parquet:"c,dict,zstd"`
}

// written is a Parquet file of so many row groups.
func written(groups, each int) string {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[line](&b)
	for g := range groups {
		for i := range each {
			if _, err := w.Write([]line{{int64(i), float64(g) / 3, fmt.Sprint("text ", i%7)}}); err != nil {
				panic(err)
			}
		}
		if err := w.Flush(); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// TestSteps reads one table, for TestLinear to count by.
func TestSteps(t *testing.T) {
	kind, n := steps.Asked(t)
	name := filepath.Join(t.TempDir(), "table")
	if err := os.WriteFile(name, []byte(tables[kind](n)), 0o600); err != nil {
		t.Fatal(err)
	}
	data.ReadColumns(name, nil) // whether it can be read does not matter here
}

// The statements that reading a table executes grow as the table does, in
// whatever direction.
func TestLinear(t *testing.T) {
	steps.Linear(t, slices.Sorted(maps.Keys(tables)), 2000, "casus/data/...", "casus/lang/source", "encoding/csv")
}
