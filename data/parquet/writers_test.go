package parquet

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// readFile reads a file with the limits of users.
func readFile(t testing.TB, name string) (*File, error) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Read(f, info.Size(), Default)
}

func readCSV(t testing.TB, name string) (header []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[0], all[1:]
}

// spelt are the cells of a column as table.csv has them.
func spelt(c Column) []string {
	out := append([]string{}, c.Texts...)
	for _, x := range c.Numbers {
		s := ""
		if !math.IsNaN(x) {
			s = strconv.FormatFloat(x, 'g', -1, 64)
		}
		out = append(out, s)
	}
	return out
}

// One table, as pyarrow, DuckDB and polars write it with every codec, encoding and
// page version that is read (testdata/make.py), is the same table.
func TestOneTableOfManyWriters(t *testing.T) {
	header, rows := readCSV(t, "testdata/table.csv")
	files, _ := filepath.Glob("testdata/writers/*.parquet")
	if len(files) < 60 {
		t.Fatalf("%d files", len(files))
	}
	for _, name := range files {
		got, err := readFile(t, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Rows != len(rows) || len(got.Columns) < len(header)-1 {
			t.Errorf("%s: %d rows, %d columns", name, got.Rows, len(got.Columns))
		}
		for i, c := range got.Columns {
			if c.Name != header[i] {
				t.Fatalf("%s: column %d is %s", name, i, c.Name)
			}
			for r, cell := range spelt(c) {
				if want := rows[r][i]; cell != want && !sameNumber(cell, want) {
					t.Errorf("%s: %s in row %d is %s, want %s", name, c.Name, r+1, cell, want)
				}
			}
		}
	}
}

func sameNumber(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && x == y
}

// conformance is where the format's own files stand, with what pyarrow reads.
const conformance = "../../../shared/bench/parquet"

// The format's own files and those of other writers hold what pyarrow says, and
// what must be refused is.
func TestConformance(t *testing.T) {
	if _, err := os.Stat(conformance); err != nil {
		t.Skip("the format's conformance files are not beside the project")
	}
	checked := 0
	for _, folder := range []string{conformance, filepath.Join(conformance, "writers")} {
		header, rows := readCSV(t, filepath.Join(folder, "expected.csv"))
		at := func(row []string, name string) string {
			for i, h := range header {
				if h == name {
					return row[i]
				}
			}
			return ""
		}
		files := map[string]*File{}
		for _, row := range rows {
			base := at(row, "file")
			name := filepath.Join(folder, base)
			if _, err := os.Stat(name); err != nil {
				continue
			}
			f, known := files[base]
			if !known {
				var err error
				f, err = readFile(t, name)
				files[base] = f
				refuse := strings.Contains(at(row, "what"), "must be refused") || strings.Contains(base, "corrupt-checksum")
				if (err != nil) != refuse {
					t.Errorf("%s: %v", base, err)
				}
			}
			if f == nil || at(row, "column") == "" {
				continue
			}
			got, want := summary(f, at(row, "column"), at(row, "what")), at(row, "value")
			if got != "" {
				checked++
			}
			if got != "" && got != want && !nearly(got, want) {
				t.Errorf("%s, column %s: %s is %s, want %s", base, at(row, "column"), at(row, "what"), got, want)
			}
		}
	}
	if checked < 250 {
		t.Errorf("only %d columns were compared", checked)
	}
	bad, _ := filepath.Glob(filepath.Join(conformance, "bad_data", "*.parquet"))
	for _, name := range bad {
		f, err := readFile(t, name)
		if strings.Contains(name, "41317") && (err == nil || !strings.Contains(err.Error(), "otherwise than the file")) {
			t.Errorf("%s: a name with a flipped bit, in a column that is left out: %v", name, err)
		}
		if err == nil {
			for _, c := range f.Columns {
				if n := len(c.Numbers) + len(c.Texts); n != f.Rows && c.Kind != Other {
					t.Errorf("%s: column %s has %d cells of %d", name, c.Name, n, f.Rows)
				}
			}
		}
	}
}

// summary is what expected.csv says of a column, "" where the column is not read
// or the sum is one that is not made here.
func summary(f *File, column, what string) string {
	for _, c := range f.Columns {
		if c.Name != column || c.Kind == Other {
			continue
		}
		sum, seen := 0.0, map[string]bool{}
		for _, x := range c.Numbers {
			if !math.IsNaN(x) {
				sum += x
			}
		}
		for _, s := range c.Texts {
			if s != "" {
				seen[s] = true
			}
		}
		switch {
		case what == "distinct values" && c.Kind == Text:
			return fmt.Sprint(len(seen))
		case what == "count of true", strings.HasPrefix(what, "sum"):
			return fmt.Sprint(sum)
		}
	}
	return ""
}

// nearly allows a sum its order of adding.
func nearly(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y))
}
