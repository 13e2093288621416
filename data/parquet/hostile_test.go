package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
)

// tight are limits of a reader that hostile bytes are tried on; by them a file
// takes a few megabytes at most, whatever it claims.
var tight = Limits{Footer: 1 << 20, Page: 1 << 20, Bytes: 4 << 20, Cells: 1 << 16, Parts: 1 << 12}

// ceiling is what reading by the tight limits may allocate, all told, in bytes.
const ceiling = 48 << 20

// allocated is what the program has allocated so far, in bytes.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// read reads bytes by the tight limits, and is the error of what must not happen:
// too much allocated, or columns of the wrong length.
func read(b []byte) (*File, error, error) {
	before := allocated()
	f, err := Read(bytes.NewReader(b), int64(len(b)), tight)
	if took := allocated() - before; took > ceiling {
		return f, err, fmt.Errorf("%d bytes allocated for a file of %d", took, len(b))
	}
	if err != nil {
		if msg := err.Error(); msg == "" || strings.Contains(msg, "\n") || len(msg) > 300 {
			return nil, err, fmt.Errorf("the error is %q", msg)
		}
		return nil, err, nil
	}
	for _, c := range f.Columns {
		if n := len(c.Numbers) + len(c.Texts); c.Kind != Other && n != f.Rows {
			return nil, nil, fmt.Errorf("column %q has %d cells of %d", c.Name, n, f.Rows)
		}
	}
	return f, nil, nil
}

func seeds(t testing.TB, pattern string) map[string][]byte {
	names, _ := filepath.Glob("testdata/writers/" + pattern)
	out := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = b
	}
	if len(out) == 0 {
		t.Fatalf("no files %s", pattern)
	}
	return out
}

// A file cut off at any byte is an error, and a byte with any bit turned an error
// or a table; neither takes more memory than the limits.
func TestDamageAtEveryByte(t *testing.T) {
	patterns, bits := []string{"pyarrow_snappy_v1_dictionary*", "pyarrow_zstd_v2_delta*", "pyarrow_lz4_v1_streams*", "pyarrow_brotli_v2_dictionary*", "pyarrow_none_v2_delta*", "duckdb_gzip_v2*", "polars_lz4*"}, []int{0, 1, 4, 7}
	if testing.Short() { // ./test --all tries more of both
		patterns, bits = patterns[:1], bits[:1]
	}
	for _, pattern := range patterns {
		for name, whole := range seeds(t, pattern) {
			for n := range whole {
				if _, err, bad := read(whole[:n]); bad != nil || err == nil {
					t.Fatalf("%s cut at %d: %v", name, n, bad)
				}
			}
			turned := bytes.Clone(whole)
			for i := range turned {
				for _, bit := range bits {
					turned[i] ^= 1 << bit
					if _, _, bad := read(turned); bad != nil {
						t.Fatalf("%s, byte %d, bit %d: %v", name, i, bit, bad)
					}
					turned[i] ^= 1 << bit
				}
			}
		}
	}
}

// Where pages have checksums, a bit turned in one is an error and never another
// value.
func TestChecksums(t *testing.T) {
	for name, whole := range seeds(t, "pyarrow_zstd_v1_plain*") {
		m, end, err := readFooter(bytes.NewReader(whole), int64(len(whole)), tight)
		if err != nil {
			t.Fatal(err)
		}
		k := m.groups[0].chunks[1]
		w := &window{f: bytes.NewReader(whole), from: k.dataAt, to: end}
		h, err := w.header(tight)
		if err != nil || !h.summed {
			t.Fatalf("%s: %v", name, err)
		}
		start := w.from - int64(len(w.b))
		for i := start; i < start+int64(h.packed); i++ {
			turned := bytes.Clone(whole)
			turned[i] ^= 4
			if _, err, _ := read(turned); err == nil || !strings.Contains(err.Error(), "checksum") {
				t.Fatalf("%s, byte %d: %v", name, i, err)
			}
		}
	}
}

// thrift writes structs of the compact protocol: fields in the order of their
// numbers, each an int, string, bool, list or struct.
type thrift []byte

type fields map[int]any

func (w *thrift) write(v any) {
	switch v := v.(type) {
	case int:
		*w = binary.AppendVarint(*w, int64(v))
	case string:
		*w = append(binary.AppendUvarint(*w, uint64(len(v))), v...)
	case []any:
		*w = append(*w, 15<<4|typeOf(v[0]))
		*w = binary.AppendUvarint(*w, uint64(len(v)))
		for _, x := range v {
			w.write(x)
		}
	case fields:
		last := 0
		for id := 1; id < 20; id++ {
			if x, ok := v[id]; ok {
				*w = append(*w, byte(id-last)<<4|typeOf(x))
				if _, is := x.(bool); !is {
					w.write(x)
				}
				last = id
			}
		}
		*w = append(*w, 0)
	}
}

func typeOf(v any) byte {
	switch v := v.(type) {
	case string:
		return typeBinary
	case []any:
		return typeList
	case fields:
		return typeStruct
	case bool:
		if v {
			return typeTrue
		}
		return typeFalse
	}
	return typeI64
}

func encode(v any) []byte {
	var w thrift
	w.write(v)
	return w
}

// made is a file of pages and a footer.
func made(pages, footer []byte) []byte {
	b := append([]byte(Mark), pages...)
	b = append(b, footer...)
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(footer))), Mark...)
}

// one is a file of one required column of a type, with so many rows that stand in
// the pages.
func one(typ, rows, codec int, pages []byte) []byte {
	return made(pages, encode(fields{1: 1, 2: []any{fields{4: "root", 5: 1}, fields{1: typ, 3: required, 4: "x"}}, 3: rows,
		4: []any{fields{1: []any{described(typ, rows, codec, 4, len(pages))}, 3: rows}}}))
}

func described(typ, values, codec, at, packed int) fields {
	return fields{3: fields{1: typ, 3: []any{"x"}, 4: codec, 5: values, 7: packed, 9: at}}
}

// page1 is a page of version 1.
func page1(encoding, values, unpacked int, body []byte) []byte {
	return append(encode(fields{1: pageData1, 2: unpacked, 3: len(body), 5: fields{1: values, 2: encoding, 3: runs, 4: runs}}), body...)
}

func pageOf(kind, values, unpacked int, body []byte) []byte {
	return append(encode(fields{1: kind, 2: unpacked, 3: len(body), 7: fields{1: values, 2: plainValues}}), body...)
}

// delta is a run of n equal steps from a first value, which takes a few bytes.
func delta(first, step, n int) []byte {
	b := binary.AppendUvarint(nil, 128)
	b = binary.AppendUvarint(b, 4)
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendVarint(b, int64(first))
	for left := n - 1; left > 0; left -= 128 {
		b = append(binary.AppendVarint(b, int64(step)), 0, 0, 0, 0)
	}
	return b
}

// What a small file may claim, and what is said to it.
func TestClaims(t *testing.T) {
	words := func(n int, texts ...string) (b []byte) {
		for range n {
			for _, s := range texts {
				b = append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
			}
		}
		return b
	}
	for _, c := range []struct {
		says string
		file []byte
		want string
	}{
		{"a right one", one(physInt32, 2, codecNone, page1(plainValues, 2, 8, make([]byte, 8))), ""},
		{"rows beyond the cells", one(physInt32, 1<<40, codecNone, nil), "it says it has 1099511627776 rows of 1 columns, more than 65536 cells"},
		{"a page of gigabytes", one(physInt32, 2, codecSnappy, page1(plainValues, 2, 1<<30, make([]byte, 8))), "a page of 1073741824 bytes, more than the 1048576 that are read"},
		{"a page of less than nothing", one(physInt32, 2, codecNone, page1(plainValues, 2, -8, make([]byte, 8))), "a size below zero"},
		{"more than Snappy can make", one(physInt32, 2, codecSnappy, page1(plainValues, 2, 1000, make([]byte, 8))), "its 8 bytes cannot unpack to the 1000 they claim"},
		{"more than LZ4 can make", one(physInt32, 2, codecLZ4, page1(plainValues, 2, 1<<20, make([]byte, 8))), "its 8 bytes cannot unpack"},
		{"more than Zstandard can make", one(physInt32, 2, codecZstd, page1(plainValues, 2, 1<<20, make([]byte, 8))), "its 8 bytes cannot unpack"},
		{"more values than rows", one(physInt32, 2, codecNone, page1(plainValues, 3, 12, make([]byte, 12))), "3 values where the row group has 2 left"},
		{"fewer bytes than values", one(physDouble, 3, codecNone, page1(plainValues, 3, 12, make([]byte, 12))), "it ends too early"},
		{"no pages", one(physInt32, 2, codecNone, nil), "it ends too early"},
		{"a codec of long ago", one(physInt32, 2, codecLZO, page1(plainValues, 2, 8, make([]byte, 8))), "it is packed with LZO, which is not read"},
		{"a codec to come", one(physInt32, 2, 9, page1(plainValues, 2, 8, make([]byte, 8))), "it is packed with codec 9, which is not known"},
		{"an encoding of long ago", one(physInt32, 2, codecNone, page1(bitPacked, 2, 8, make([]byte, 8))), "its values are encoded as BIT_PACKED, which is not read for INT32"},
		{"an encoding to come", one(physInt32, 2, codecNone, page1(77, 2, 8, make([]byte, 8))), "its values are encoded as encoding 77, which is not read for INT32"},
		{"no dictionary", one(physInt32, 2, codecNone, page1(dictionary, 2, 3, []byte{1, 4, 0})), "values of a dictionary that is not there"},
		{"two dictionaries", one(physInt32, 2, codecNone, bytes.Repeat(pageOf(pageDictionary, 2, 8, make([]byte, 8)), 2)), "a second dictionary"},
		{"beyond the dictionary", one(physInt32, 2, codecNone, append(pageOf(pageDictionary, 2, 8, make([]byte, 8)), page1(dictionary, 2, 3, []byte{2, 4, 3})...)), "value 3 of a dictionary of 2"},
		{"beyond the bits", one(physInt32, 2, codecNone, append(pageOf(pageDictionary, 2, 8, make([]byte, 8)), page1(dictionary, 2, 3, []byte{1, 4, 3})...)), "3 in 1 bits"},
		{"values of many bits", one(physInt32, 2, codecNone, append(pageOf(pageDictionary, 2, 8, make([]byte, 8)), page1(dictionary, 2, 3, []byte{77, 4, 3})...)), "values of 77 bits"},
		{"deltas in large blocks", one(physInt32, 2, codecNone, page1(deltaPacked, 2, 9, append(binary.AppendUvarint(nil, 1<<40), 1, 2, 0))), "blocks of 1099511627776 values in 1 parts"},
		{"deltas of many bits", one(physInt32, 2, codecNone, page1(deltaPacked, 2, 9, []byte{128, 1, 4, 2, 0, 0, 200, 0, 0})), "it ends too early"},
		{"more deltas than values", one(physInt32, 2, codecNone, page1(deltaPacked, 2, len(delta(0, 1, 5)), delta(0, 1, 5))), "5 values where 2 belong"},
		{"texts below zero", one(physBytes, 2, codecNone, page1(deltaLength, 2, len(delta(-1, 0, 2)), delta(-1, 0, 2))), "it ends too early"},
		{"texts that spell out more than there may be", one(physBytes, 3000, codecNone, func() []byte {
			body := append(delta(0, 1, 3000), append(delta(9000, -3, 3000), make([]byte, 13_000_000/100)...)...)
			return page1(deltaBytes, 3000, len(body), body)
		}()), "it ends too early"},
		{"a text that begins as what was not", one(physBytes, 2, codecNone, func() []byte {
			body := append(delta(9, 0, 2), append(delta(1, 0, 2), "ab"...)...)
			return page1(deltaBytes, 2, len(body), body)
		}()), "a text begins as more than there was before it"},
		{"no UTF-8", one(physBytes, 1, codecNone, page1(plainValues, 1, 6, words(1, "\xff\xfe"))), ""}, // nobody said that it is text
		{"a page of another kind", one(physInt32, 2, codecNone, encode(fields{1: 7, 2: 0, 3: 0})), "a page of kind 7, which is not known"},
		{"a page header of something else", one(physInt32, 2, codecNone, encode(fields{1: pageData2, 2: 0, 3: 0, 5: fields{1: 2}})), "the page header lacks what belongs to its kind"},
		{"pages outside", made(nil, encode(fields{2: []any{fields{4: "r", 5: 1}, fields{1: physInt32, 3: 0, 4: "x"}}, 3: 2, 4: []any{fields{1: []any{described(physInt32, 2, 0, 4, 1<<40)}, 3: 2}}})), "its pages stand outside of the file"},
		{"groups of the same pages", func() []byte {
			page := page1(plainValues, 1, 4, make([]byte, 4))
			var groups []any
			for range 500 {
				groups = append(groups, fields{1: []any{described(physInt32, 1, codecNone, 4, len(page))}, 3: 1})
			}
			return made(page, encode(fields{2: []any{fields{4: "r", 5: 1}, fields{1: physInt32, 3: 0, 4: "x"}}, 3: 500, 4: groups}))
		}(), "its pages are those of other columns too"},
		{"columns without end", made(nil, encode(fields{2: many(5000, fields{})})), "more columns and pieces of columns than are read"},
		{"a list that is not there", made(nil, append([]byte{2<<4 | typeList, 15<<4 | typeStruct}, binary.AppendUvarint(nil, 1<<50)...)), "it ends too early"},
		{"depth without end", made(nil, bytes.Repeat([]byte{1<<4 | typeStruct}, 5000)), "structures within one another more than 32 deep"},
		{"fewer columns than said", made(nil, encode(fields{2: []any{fields{4: "r", 5: 7}, fields{1: physInt32, 3: 0, 4: "x"}}})), "it has fewer columns than it says"},
		{"a column of itself", made(nil, encode(fields{2: []any{fields{4: "r", 5: 1}, fields{1: physInt32, 4: "x", 5: 3}}})), "has both values and columns within it"},
		{"a footer larger than the file", append([]byte(Mark), "\xff\xff\xff\x7fPAR1"...), "it is cut off or damaged at the end"},
		{"an encrypted one", append([]byte("PARE"), "\x00\x00\x00\x00PARE"...), "it is encrypted"},
	} {
		_, err, bad := read(c.file)
		if bad != nil {
			t.Errorf("%s: %v", c.says, bad)
		}
		if got := fmt.Sprint(err); (err != nil || c.want != "") && (c.want == "" || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %s, want %s", c.says, got, c.want)
		}
	}
}

func many(n int, v any) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// bomb is a page of n texts of which each begins with all of the one before, and
// which together spell out the square of their bytes.
func bomb(n int) []byte {
	body := append(delta(0, 1, n), delta(1, 0, n)...)
	body = append(body, bytes.Repeat([]byte("a"), n)...)
	return one(physBytes, n, codecNone, page1(deltaBytes, n, len(body), body))
}

// Texts that spell each other out are counted before they are spelled.
func TestTextsThatSpellOutMore(t *testing.T) {
	if f, err, bad := read(bomb(1000)); err != nil || bad != nil || len(f.Columns[0].Texts[999]) != 1000 {
		t.Error(err, bad)
	}
	if _, err, bad := read(bomb(20_000)); bad != nil || err == nil || !strings.Contains(err.Error(), "the file unpacks to more than 4194304 bytes") {
		t.Error(err, bad)
	}
}

// Twice the file takes at most some twice the memory, for files that are made to
// take the square: many pages, many groups, many columns, and one long chain.
func TestReadingIsLinear(t *testing.T) {
	wide := Default
	for _, c := range []struct {
		says string
		file func(n int) []byte
	}{
		{"pages", func(n int) []byte {
			return one(physDouble, n, codecNone, bytes.Repeat(page1(plainValues, 1, 8, make([]byte, 8)), n))
		}},
		{"empty pages", func(n int) []byte {
			return one(physDouble, 1, codecNone, append(bytes.Repeat(page1(plainValues, 0, 0, nil), n), page1(plainValues, 1, 8, make([]byte, 8))...))
		}},
		{"groups", func(n int) []byte {
			page := page1(plainValues, 1, 8, make([]byte, 8))
			var groups []any
			for i := range n {
				groups = append(groups, fields{1: []any{described(physDouble, 1, codecNone, 4+i*len(page), len(page))}, 3: 1})
			}
			return made(bytes.Repeat(page, n), encode(fields{2: []any{fields{4: "r", 5: 1}, fields{1: physDouble, 3: 0, 4: "x"}}, 3: n, 4: groups}))
		}},
		{"one large page", func(n int) []byte {
			return one(physDouble, n, codecNone, page1(plainValues, n, 8*n, make([]byte, 8*n)))
		}},
		{"runs", func(n int) []byte {
			b := append([]byte{1}, bytes.Repeat([]byte{2, 0}, n)...)
			return one(physInt32, n, codecNone, append(pageOf(pageDictionary, 1, 4, make([]byte, 4)), page1(dictionary, n, len(b), b)...))
		}},
		{"deltas", func(n int) []byte {
			b := delta(0, 1, n)
			return one(physInt64, n, codecNone, page1(deltaPacked, n, len(b), b))
		}},
		{"a long page header", func(n int) []byte {
			head := encode(fields{1: pageData1, 2: 8, 3: 8, 5: fields{1: 1, 2: plainValues, 3: runs, 4: runs}, 6: strings.Repeat("a", 100*n)})
			return one(physDouble, 1, codecNone, append(head, make([]byte, 8)...))
		}},
	} {
		takes := func(n int) float64 {
			b := c.file(n)
			before := allocated()
			if _, err := Read(bytes.NewReader(b), int64(len(b)), wide); err != nil {
				t.Fatalf("%s: %v", c.says, err)
			}
			return float64(allocated() - before)
		}
		takes(64)
		small, large := takes(1<<13), takes(1<<16)
		if large > 8*3*small+1<<20 {
			t.Errorf("%s: 8 times the file takes %.1f times the memory", c.says, large/small)
		}
	}
}

// FuzzRead reads anything by tight limits: an error of one line or whole columns,
// and never more memory than the ceiling.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"pyarrow_*_v1_dictionary*", "pyarrow_*_v2_delta*", "pyarrow_none_*", "duckdb_*_v2*", "polars_*"} {
		for _, b := range seeds(f, pattern) {
			f.Add(b)
		}
	}
	f.Add(bomb(20))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, bad := read(b); bad != nil {
			t.Fatal(bad)
		}
	})
}

// FuzzValues decodes anything in every encoding: n values or an error.
func FuzzValues(f *testing.F) {
	f.Add(byte(deltaPacked), byte(physInt32), uint16(5), delta(3, -2, 5))
	f.Add(byte(deltaBytes), byte(physBytes), uint16(3), append(delta(0, 1, 3), append(delta(1, 0, 3), "abc"...)...))
	f.Add(byte(deltaLength), byte(physBytes), uint16(3), append(delta(1, 0, 3), "abc"...))
	f.Add(byte(runs), byte(physBool), uint16(9), []byte{4, 0, 0, 0, 3, 255, 2, 1})
	f.Add(byte(byteStreams), byte(physDouble), uint16(1), []byte("12345678"))
	f.Add(byte(plainValues), byte(physFixed), uint16(2), []byte("123456"))
	f.Fuzz(func(t *testing.T, encoding, typ byte, n uint16, b []byte) {
		spent := 0
		c := coder{typ: int(typ % 8), width: 3, spend: func(n int) error {
			if spent += n; spent > 1<<20 {
				return errShort
			}
			return nil
		}}
		v, err := c.decode(int(encoding), b, int(n))
		if err == nil && len(v.bits)+len(v.bytes) != int(n) {
			t.Fatalf("%d values of %d", len(v.bits)+len(v.bytes), n)
		}
	})
}

// FuzzUnpack unpacks anything with every codec: so many bytes as were asked for or
// an error, and no more memory than that takes.
func FuzzUnpack(f *testing.F) {
	f.Add(byte(codecSnappy), uint16(4), []byte("\x04\x0cabcd"))
	f.Add(byte(codecHadoop), uint16(4), []byte("\x00\x00\x00\x04\x00\x00\x00\x05\x40abcd"))
	f.Add(byte(codecLZ4), uint16(4), []byte("\x40abcd"))
	f.Add(byte(codecBrotli), uint16(0), []byte{6})
	f.Add(byte(codecGzip), uint16(0), []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add(byte(codecZstd), uint16(4), []byte("(\xb5/\xfd\x04\x00!\x00\x00abcd"))
	f.Fuzz(func(t *testing.T, codec byte, size uint16, b []byte) {
		before := allocated()
		out, err := unpack(int(codec%8), b, int(size))
		if err == nil && len(out) != int(size) {
			t.Fatalf("%d bytes of %d", len(out), size)
		}
		if took := allocated() - before; took > ceiling {
			t.Fatalf("%d bytes allocated", took)
		}
	})
}
