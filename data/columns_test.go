package data

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

func writeColumns(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "t")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// drawn writes each column with its kind, its cells (· is missing) and why it
// cannot be used.
func drawn(c *Columns, dir string) string {
	var b strings.Builder
	for _, column := range c.List {
		kind := string(column.Kind)
		if kind == "" {
			kind = "no kind"
		}
		fmt.Fprintf(&b, "%s: %s", column.Name, kind)
		for _, x := range column.Numbers {
			if math.IsNaN(x) {
				b.WriteString(" ·")
			} else {
				fmt.Fprintf(&b, " %v", x)
			}
		}
		for _, s := range column.Texts {
			b.WriteString(" " + cmp.Or(s, "·"))
		}
		if column.Missing > 0 {
			fmt.Fprintf(&b, " (%d missing)", column.Missing)
		}
		if column.NotFinite > 0 {
			fmt.Fprintf(&b, " (%d not finite)", column.NotFinite)
		}
		if column.Unfit != nil {
			b.WriteString(strings.ReplaceAll(column.Unfit.Error(), dir, ""))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// A table as it stands in the file, and what each column is taken for.
func TestColumnsOfText(t *testing.T) {
	for _, c := range []struct {
		says, file, want string
		words            []string
	}{
		{says: "numbers, text and truths; what is missing is not zero",
			file: "a, b ,c,d\n1,x,true,1e3\nNA,-,FALSE,-2.5\n, y ,NaN,inf\n",
			want: "a: number 1 · · (2 missing)\nb: text x · y (1 missing)\nc: boolean 1 0 · (1 missing)\nd: number 1000 -2.5 · (1 not finite)\n"},
		{says: "an endless number is none that is missing",
			file: "a,b\n-inf,1e999\n1,NaN\n",
			want: "a: number · 1 (1 not finite)\nb: number · · (1 missing) (1 not finite)\n"},
		{says: "a column of nothing is one of numbers that are all missing",
			file: "a,b\n1,\n2,NA\n",
			want: "a: number 1 2\nb: number · · (2 missing)\n"},
		{says: "one word among numbers is a mistake at its place",
			file: "a,b\n1,2\n2,n.d.\n3,4\n",
			want: "a: number 1 2 3\nb: no kind/t:3:3: \"n.d.\" in column \"b\", where 2 of 3 cells are numbers; write a number or NA, or say that the column is text\n"},
		{says: "unless the column is said to be text",
			file: "a,b\n1,2\n2,n.d.\n3,4\n", words: []string{"b", "a"},
			want: "a: text 1 2 3\nb: text 2 n.d. 4\n"},
		{says: "one number among words is a word",
			file: "a\nred\n7\nblue\n",
			want: "a: text red 7 blue\n"},
		{says: "truths among numbers are a mistake too",
			file: "a\ntrue\n1\n0\n",
			want: "a: no kind/t:2:1: \"true\" in column \"a\", where 2 of 3 cells are numbers; write a number or NA, or say that the column is text\n"},
		{says: "hexadecimal, underscores and decimal commas are no numbers",
			file: "a,b,c\n0x10,1_000,\"1,5\"\n",
			want: "a: text 0x10\nb: text 1_000\nc: text 1,5\n"},
		{says: "no rows", file: "a,b\n", want: "a: number\nb: number\n"},
	} {
		name := writeColumns(t, c.file)
		got, problems, err := ReadColumns(name, c.words)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", c.says, problems, err)
			continue
		}
		if d := drawn(got, filepath.Dir(name)); d != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.says, d, c.want)
		}
	}
}

// Files that are no table: the error says what is wrong and where.
func TestColumnsOfNothing(t *testing.T) {
	wide := strings.Repeat("c,", 3) + "c"
	for _, c := range []struct{ says, file, want string }{
		{"an empty file", "", "/t:1:1: no header line"},
		{"two columns of a name", "a,b,a\n1,2,3\n", `/t:1:5: columns 1 and 3 are both named "a"; rename one`},
		{"many of a name", wide + "\n", `/t:1:3: columns 1 and 2 are both named "c"; rename one`},
		{"no name", "a,,b\n1,2,3\n", "/t:1:3: column 2 has no name; give it one"},
		{"a comma too many", "a,b,\n1,2,\n", "/t:1:5: column 3 has no name; take the comma at the end of the lines away"},
		{"Latin-1", "a,b\n1,\xe9t\xe9\n", "/t:2:3: byte 0xe9 is not UTF-8; save the file as UTF-8"},
		{"UTF-16", "\xff\xfea\x00,\x00", "/t:1:1: the file is UTF-16; save it as UTF-8"},
		{"bytes", "a,b\n\x00\x01", "/t:2:1: a zero byte: neither comma-separated text nor Parquet"},
		{"semicolons", "a;b\n1,5;2\n", "/t:1:1: cells are parted by semicolons; write the file with commas, and numbers with a point"},
		{"the first bytes of Parquet", "PAR1", "/t: not a Parquet file: it is too short"},
		{"Parquet cut off", "PAR1 and more", "/t: not a Parquet file: it is cut off or damaged at the end"},
		{"text to be a column that is not there", "a\n1\n", `/t: no column "zz" (there are a)`},
	} {
		name := writeColumns(t, c.file)
		_, _, err := ReadColumns(name, []string{"zz"}[:max(0, strings.Count(c.want, "zz"))])
		if err == nil || strings.ReplaceAll(err.Error(), filepath.Dir(name), "") != c.want {
			t.Errorf("%s: got %v, want %s", c.says, err, c.want)
		}
	}
	if _, _, err := ReadColumns(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if _, _, err := ReadColumns(filepath.Join(t.TempDir(), "none"), nil); !os.IsNotExist(err) {
		t.Errorf("no file: %v", err)
	}
}

// kinds has a column of every flat kind.
type kinds struct {
	Double  float64   `parquet:"double"`
	Float   float32   `parquet:"float"`
	Small   int32     `parquet:"small"`
	Large   int64     `parquet:"large"`
	Count   uint32    `parquet:"count"`
	Yes     bool      `parquet:"yes"`
	Text    string    `parquet:"text,dict"`
	Maybe   *float64  `parquet:"maybe,optional"`
	Price   int64     `parquet:"price,decimal(2:10)"`
	When    time.Time `parquet:"when,timestamp"`
	Perhaps *string   `parquet:"perhaps,optional"`
}

func parquetOf[T any](t testing.TB, rows ...T) string {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestColumnsOfParquet(t *testing.T) {
	half, word := 0.5, "w"
	file := parquetOf(t,
		kinds{Double: 1.5, Float: 0.25, Small: -3, Large: 1 << 40, Count: 1<<32 - 1, Yes: true, Text: "x", Maybe: &half, Price: -1234, Perhaps: &word},
		kinds{Double: math.Inf(1), Float: 2, Text: "NA"})
	got, _, err := ReadColumns(writeColumns(t, file), []string{"small"})
	if err != nil {
		t.Fatal(err)
	}
	got.Column("when").Unfit.File = ""
	want := `double: number 1.5 · (1 not finite)
float: number 0.25 2
small: text -3 0
large: number 1.099511627776e+12 0
count: number 4.294967295e+09 0
yes: boolean 1 0
text: text x · (1 missing)
maybe: number 0.5 · (1 missing)
price: number -12.34 0
when: no kind: column "when" holds timestamps, which are no numbers, text or booleans; write it as one of these
perhaps: text w · (1 missing)
`
	if d := drawn(got, ""); d != want {
		t.Errorf("got\n%swant\n%s", d, want)
	}
}

// Whole numbers of 64 bits that a float64 does not hold are said to be rounded.
func TestWholeNumbersOfParquet(t *testing.T) {
	type row struct {
		Odd   int64  `parquet:"odd"`
		Even  int64  `parquet:"even"`
		Count uint64 `parquet:"count"`
		Most  uint64 `parquet:"most"`
		Price int64  `parquet:"price,decimal(0:18)"`
	}
	got, _, err := ReadColumns(writeColumns(t, parquetOf(t, row{1<<53 + 1, -1 << 60, 1 << 63, 1<<64 - 1, -1<<53 - 1})), nil)
	if err != nil {
		t.Fatal(err)
	}
	rounded := "some of its whole numbers are beyond 2^53 and are read as the nearest that 53 bits hold"
	if want := []string{`column "odd": ` + rounded, `column "most": ` + rounded, `column "price": ` + rounded}; !slices.Equal(got.Said, want) {
		t.Errorf("said %q, want %q", got.Said, want)
	}
}

// So are decimals, of 64 bits and wider, that lie beyond 2^53; one that a float64 holds,
// or that is the shortest of its float64, is not.
func TestDecimalsOfParquet(t *testing.T) {
	type row struct {
		Tenths int64    `parquet:"tenths,decimal(1:18)"`
		Whole  int64    `parquet:"whole,decimal(1:18)"`
		Half   int64    `parquet:"half,decimal(1:18)"`
		Below  int64    `parquet:"below,decimal(2:18)"`
		Wide   [16]byte `parquet:"wide,decimal(2:38)"`
		Short  [16]byte `parquet:"short,decimal(2:38)"`
	}
	wide := func(digits string) (out [16]byte) {
		n, _ := new(big.Int).SetString(digits, 10)
		n.FillBytes(out[:])
		return out
	}
	got, _, err := ReadColumns(writeColumns(t, parquetOf(t, row{90071992547409933, 90071992547409930, 90071992547409925, 333, wide("1234567890123456789012345"), wide("900719925474099200")})), nil)
	if err != nil {
		t.Fatal(err)
	}
	const tail = " are beyond 2^53 and are read as the nearest that 53 bits hold"
	if want := []string{`column "tenths": some of its numbers` + tail, `column "whole": some of its whole numbers` + tail, `column "half": some of its numbers` + tail, `column "wide": some of its numbers` + tail}; !slices.Equal(got.Said, want) {
		t.Errorf("said %q, want %q", got.Said, want)
	}
}

// Nested columns are left out and said; the flat one beside them is read.
func TestNestedColumns(t *testing.T) {
	type inner struct{ A, B float64 }
	type row struct {
		Flat   float64
		Within inner
		Many   []float64
	}
	got, _, err := ReadColumns(writeColumns(t, parquetOf(t, row{Flat: 3, Many: []float64{1, 2}})), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.List {
		if u := got.List[i].Unfit; u != nil {
			u.File = "t"
		}
	}
	want := `Flat: number 3
Within: no kindt: column "Within" has columns or lists within it; write one column for each value
Many: no kindt: column "Many" has columns or lists within it; write one column for each value
`
	if d := drawn(got, ""); d != want {
		t.Errorf("got\n%swant\n%s", d, want)
	}
}

func TestParquetNotUTF8(t *testing.T) {
	type row struct {
		Text string `parquet:"text"`
	}
	_, _, err := ReadColumns(writeColumns(t, parquetOf(t, row{"a"}, row{"\xff"})), nil)
	if err == nil || !strings.HasSuffix(err.Error(), `: column "text": the page at byte 4: a text is not UTF-8: "\xff"`) {
		t.Errorf("got %v", err)
	}
}

// A hundred thousand columns are read, if slowly; Parquet has fewer at most.
func TestManyColumns(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	const n = 100_000
	var head, row strings.Builder
	for i := range n {
		fmt.Fprintf(&head, "c%d,", i)
		row.WriteString("1,")
	}
	got, _, err := ReadColumns(writeColumns(t, head.String()+"last\n"+row.String()+"2\n"), nil)
	if err != nil || len(got.List) != n+1 || got.Column("last").Numbers[0] != 2 {
		t.Errorf("%v", err)
	}
}

// FuzzReadColumns reads anything at all: an error of one line, or columns that
// are all as long as the table.
func FuzzReadColumns(f *testing.F) {
	half := 0.5
	whole := parquetOf(f, kinds{Double: 1, Text: "a", Maybe: &half}, kinds{Double: 2, Text: "b"})
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)/2]))
	f.Add([]byte(strings.Replace(whole, "double", "float\x00", 1)))
	f.Add([]byte("a,b\n1,x\n2,\"y\n"))
	f.Add([]byte("a,a\n"))
	f.Add([]byte("a,b\r1,2\r"))
	f.Add([]byte("\ufeffa\n\xff"))
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	f.Add([]byte("PAR1\xff\xff\xff\xffPAR1"))
	for _, name := range []string{"pyarrow_lz4_v1_dictionary", "pyarrow_zstd_v2_delta", "pyarrow_brotli_v1_streams", "duckdb_gzip_v2", "duckdb_snappy_v1", "polars_zstd"} {
		b, err := os.ReadFile(filepath.Join("parquet/testdata/writers", name+".parquet"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, _, err := ReadColumns(writeColumns(t, string(file)), nil)
		if err != nil {
			if got != nil || strings.TrimSpace(err.Error()) == "" {
				t.Fatalf("error %q", err)
			}
			return
		}
		for _, c := range got.List {
			if n := len(c.Numbers) + len(c.Texts); n != got.Rows && c.Unfit == nil {
				t.Fatalf("column %q has %d cells of %d", c.Name, n, got.Rows)
			}
		}
	})
}
