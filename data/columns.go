package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/data/parquet"
	"casus/lang/source"
)

// Columns is a table by columns, each of one kind, from a file that nobody has
// described to us.
type Columns struct {
	File   string
	SHA256 string // of the file
	Rows   int
	List   []Column
	// Lines has the line on which each row starts; nil of a file without lines.
	Lines []int
	// Said is what was read otherwise than it stands in the file, a sentence each.
	Said []string
	// About holds what the writer said of a Parquet file, by key.
	About map[string]string
}

// Column is one column of Columns: Numbers, or Texts where the kind is Words.
type Column struct {
	Name    string
	Kind    ColumnKind
	Numbers []float64 // NaN is missing or not finite; of Truths 0 and 1
	Texts   []string  // "" is missing
	Missing int
	// Endless are the numbers with the infinite ones among them, and NotFinite counts
	// those: they can be compared, and nothing else. Nil where all are finite.
	Endless   []float64
	NotFinite int
	// Unfit says, of a column of no kind, why its cells cannot be used, and where.
	Unfit *Problem
}

// ColumnKind names what the cells of a column are.
type ColumnKind string

// The kinds of column.
const (
	NoKind  ColumnKind = ""
	Numbers ColumnKind = "number"
	Truths  ColumnKind = "boolean"
	Words   ColumnKind = "text"
)

// Whole reports whether every number of the column is whole.
func (c *Column) Whole() bool {
	return c.Kind != Words && !slices.ContainsFunc(c.Numbers, func(x float64) bool { return x != math.Trunc(x) && !math.IsNaN(x) })
}

// Distinct counts the different values of a column up to a most; what is
// missing is no value.
func (c *Column) Distinct(most int) int {
	seen := map[any]bool{}
	note := func(v any) bool { seen[v] = true; return len(seen) >= most }
	for _, x := range c.Numbers {
		if !math.IsNaN(x) && note(x+0) {
			break
		}
	}
	for _, s := range c.Texts {
		if s != "" && note(s) {
			break
		}
	}
	return len(seen)
}

// Column is the column of that name, nil where there is none.
func (t *Columns) Column(name string) *Column {
	i := slices.IndexFunc(t.List, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &t.List[i]
}

// Names lists the columns, in their order.
func (t *Columns) Names() []string {
	names := make([]string, len(t.List))
	for i, c := range t.List {
		names[i] = c.Name
	}
	return names
}

// ReadColumns reads a file of comma-separated values or of Parquet; which of the
// two, its first bytes say. The columns named in words are text even if they look
// like numbers. A row of CSV that does not parse is left out with a Problem. The
// error is for what cannot be read as one flat table with distinct names.
//
// Missing are the empty cell, a null, a NaN, and in text "NA", "NaN", "nan", "N/A",
// "null" and "-". An infinite number is not missing: see Column.Endless.
func ReadColumns(name string, words []string) (*Columns, []Problem, error) {
	f, size, err := source.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var t *Columns
	var problems []Problem
	if isParquet(f) {
		if t, err = ReadParquet(f, size); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		t.settle(name)
	} else {
		t, problems, err = readCSVColumns(name, f, words)
	}
	if err != nil {
		return nil, problems, err
	}
	if t.SHA256, err = digest(f, size); err != nil {
		return nil, problems, fmt.Errorf("%s: %w", name, err)
	}
	return t, problems, t.spell(words)
}

// digest is the SHA-256 of a file.
func digest(f io.ReaderAt, size int64) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f, 0, size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func isParquet(f io.ReaderAt) bool {
	var head [4]byte
	n, _ := f.ReadAt(head[:], 0)
	return string(head[:n]) == parquet.Mark
}

// settle gives a table from Parquet its file, makes one thing of all that is
// missing, and counts it.
func (t *Columns) settle(file string) {
	t.File = file
	for i := range t.List {
		c := &t.List[i]
		if c.Unfit != nil {
			c.Unfit.File = file
		}
		c.settle()
		for r, s := range c.Texts {
			if c.Texts[r] = strings.TrimSpace(s); isMissing(c.Texts[r]) {
				c.Texts[r] = ""
				c.Missing++
			}
		}
	}
}

// settle counts the numbers that are missing and sets the infinite ones apart.
func (c *Column) settle() {
	for _, x := range c.Numbers {
		switch {
		case math.IsNaN(x):
			c.Missing++
		case math.IsInf(x, 0):
			c.NotFinite++
		}
	}
	if c.NotFinite == 0 {
		return
	}
	c.Endless, c.Numbers = c.Numbers, slices.Clone(c.Numbers)
	for r, x := range c.Numbers {
		if math.IsInf(x, 0) {
			c.Numbers[r] = math.NaN()
		}
	}
}

// Compared are the numbers that a condition compares: all, the infinite ones too.
func (c *Column) Compared() []float64 {
	if c.Endless != nil {
		return c.Endless
	}
	return c.Numbers
}

// Rearranged is the column with the rows at the given places, in their order.
func (c *Column) Rearranged(at []int) Column {
	out := *c
	out.Numbers, out.Endless, out.Texts = picked(c.Numbers, at), picked(c.Endless, at), picked(c.Texts, at)
	return out
}

func picked[T any](xs []T, at []int) []T {
	if xs == nil {
		return nil
	}
	out := make([]T, len(at))
	for k, i := range at {
		out[k] = xs[i]
	}
	return out
}

// spell makes text of the named columns.
func (t *Columns) spell(words []string) error {
	for _, name := range words {
		c := t.Column(name)
		switch {
		case c == nil:
			return source.Misuse{Err: Problem{File: t.File, Msg: fmt.Sprintf("no column %s (there are %s)", quote(name), list(t.Names()))}}
		case c.Unfit != nil:
			return *c.Unfit
		case c.Kind == Words:
			continue
		}
		texts := make([]string, t.Rows)
		for i, x := range c.Compared() {
			if !math.IsNaN(x) {
				texts[i] = strconv.FormatFloat(x, 'g', -1, 64)
			}
		}
		c.Kind, c.Texts, c.Numbers, c.Endless, c.NotFinite = Words, texts, nil, nil, 0
	}
	return nil
}

// missing are the cells of text that say that there is nothing.
var missing = []string{"", "NA", "NaN", "nan", "N/A", "null", "-"}

func isMissing(cell string) bool { return slices.Contains(missing, cell) }

// largestCSV bounds a file of text, in bytes.
const largestCSV = 512 << 20

func readCSVColumns(name string, r io.Reader, words []string) (*Columns, []Problem, error) {
	text, err := io.ReadAll(io.LimitReader(r, largestCSV+1))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(text) > largestCSV {
		return nil, nil, Problem{File: name, Msg: "larger than 512 MiB; write it as Parquet"}
	}
	if p, bad := notText(name, text); bad {
		return nil, nil, p
	}
	text, said := tidied(text)
	if p, bad := notCommas(name, text); bad {
		return nil, nil, p
	}
	table, problems := ReadCSV(name, bytes.NewReader(text))
	if len(table.Columns) == 0 {
		return nil, nil, problems[0]
	}
	t := &Columns{File: name, Rows: len(table.Rows), Said: said}
	t.labelled(table)
	if err := t.headless(table); err != nil {
		return nil, problems, err
	}
	if err := distinct(name, table); err != nil {
		return nil, problems, err
	}
	for _, row := range table.Rows {
		t.Lines = append(t.Lines, row.Line())
	}
	for i, column := range table.Columns {
		t.List = append(t.List, t.typed(table, i, column, slices.Contains(words, column)))
	}
	return t, problems, nil
}

// notText says why bytes are no text, at the place.
func notText(name string, text []byte) (Problem, bool) {
	if p, utf16 := wrongEncoding(text); utf16 {
		return Problem{name, 1, 1, p}, true
	}
	if at := bytes.IndexByte(text, 0); at >= 0 {
		line, col := place(text, at)
		return Problem{name, line, col, "a zero byte: neither comma-separated text nor Parquet"}, true
	}
	if !utf8.Valid(text) {
		at := firstInvalid(text)
		line, col := place(text, at)
		return Problem{name, line, col, fmt.Sprintf("byte 0x%02x is not UTF-8; save the file as UTF-8", text[at])}, true
	}
	return Problem{}, false
}

// notCommas says what parts the cells of a file instead of commas.
func notCommas(name string, text []byte) (Problem, bool) {
	above := len(text) - len(bytes.TrimLeft(text, "\n"))
	head, _, _ := bytes.Cut(text[above:], []byte("\n"))
	for _, mark := range []struct{ mark, called string }{{";", "semicolons"}, {"\t", "tabs"}} {
		if !bytes.Contains(head, []byte(",")) && bytes.Contains(head, []byte(mark.mark)) {
			return Problem{name, 1 + above, 1, "cells are parted by " + mark.called + "; write the file with commas, and numbers with a point"}, true
		}
	}
	return Problem{}, false
}

func firstInvalid(text []byte) int {
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return len(text) - 1
}

// place is the line and column of a byte, the column in characters.
func place(text []byte, at int) (line, col int) {
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	return 1 + bytes.Count(text[:at], []byte("\n")), 1 + utf8.RuneCount(text[start:at])
}

// distinct is the error of a column without a name, or of two with the same.
// maxName bounds the name of a column, in bytes: it is set into every line about it.
const maxName = 1000

func distinct(file string, t *Table) error {
	seen := map[string]int{}
	for i, name := range t.Columns {
		switch first, twice := seen[name]; {
		case len(name) > maxName:
			return t.header[i].problem(file, "the name of column %d has %d bytes; %d are the most", i+1, len(name), maxName)
		case name == "" && !slices.ContainsFunc(t.Columns[i:], func(s string) bool { return s != "" }) && i > 0 && t.blank(i):
			return t.header[i].problem(file, "column %d has no name; take the comma at the end of the lines away", i+1)
		case name == "":
			return t.header[i].problem(file, "column %d has no name; give it one", i+1)
		case twice:
			return t.header[i].problem(file, "columns %d and %d are both named %s; rename one", first+1, i+1, quote(name))
		}
		seen[name] = i
	}
	return nil
}

// blank reports whether a column is empty in every row.
func (t *Table) blank(i int) bool {
	return !slices.ContainsFunc(t.Rows, func(r Row) bool { return strings.TrimSpace(r.cells[i].text) != "" })
}

func (c cell) problem(file, format string, args ...any) Problem {
	return Problem{file, c.line, c.col, fmt.Sprintf(format, args...)}
}

// typed reads a column as what its cells are: numbers when all of them are,
// truths when all are true or false, text when most are neither. One that is
// mostly numbers and has a cell that is none is a mistake at that cell, unless it
// is to be words.
func (all *Columns) typed(t *Table, i int, name string, words bool) Column {
	c := Column{Name: name}
	numbers, truths, filled := 0, 0, 0
	var odd *cell
	for r := range t.Rows {
		at := &t.Rows[r].cells[i]
		at.text = strings.TrimSpace(at.text)
		if isMissing(at.text) {
			continue
		}
		filled++
		if _, ok := plainNumber(at.text); ok {
			numbers++
		} else if _, ok := truth(at.text); ok {
			truths++
		} else if odd == nil {
			odd = at
		}
	}
	switch {
	case !words && odd != nil && truths == 0 && all.styled(t, i, &c):
	case words, filled > numbers && 2*numbers < filled && truths < filled:
		t.fillTexts(&c, i)
	case numbers == filled:
		t.fillNumbers(&c, i, Numbers, plainNumber)
		all.roundings(t, i, &c)
	case truths == filled:
		t.fillNumbers(&c, i, Truths, truth)
	default:
		c.unfit(t, i, odd, numbers, filled)
	}
	return c
}

// roundings says of a column that a number in it is beyond what a float64 holds.
func (all *Columns) roundings(t *Table, i int, c *Column) {
	for r, x := range c.Numbers {
		if what := source.Lost(t.Rows[r].cells[i].text, x); what != "" {
			all.Said = append(all.Said, rounded(c.Name, what))
			return
		}
	}
}

func rounded(column, what string) string {
	return fmt.Sprintf("column %s: some of its %s are beyond 2^53 and are read as the nearest that 53 bits hold", quote(column), what)
}

func (c *Column) unfit(t *Table, i int, odd *cell, numbers, filled int) {
	if odd == nil { // numbers and truths
		r := slices.IndexFunc(t.Rows, func(r Row) bool { _, is := truth(r.cells[i].text); return is })
		odd = &t.Rows[r].cells[i]
	}
	p := odd.problem(t.File, "%s in column %s, where %d of %d cells are numbers; write a number or NA, or say that the column is text",
		quote(odd.text), quote(c.Name), numbers, filled)
	c.Unfit = &p
}

func (t *Table) fillTexts(c *Column, i int) {
	c.Kind, c.Texts = Words, make([]string, len(t.Rows))
	for r, row := range t.Rows {
		if s := row.cells[i].text; isMissing(s) {
			c.Missing++
		} else {
			c.Texts[r] = s
		}
	}
}

func (t *Table) fillNumbers(c *Column, i int, kind ColumnKind, read func(string) (float64, bool)) {
	c.Kind, c.Numbers = kind, make([]float64, len(t.Rows))
	for r, row := range t.Rows {
		x, ok := read(row.cells[i].text)
		if !ok {
			x = math.NaN()
		}
		c.Numbers[r] = x
	}
	c.settle()
}

// plainNumber reads a decimal number; no hexadecimal, no underscores. An infinity
// is one, if not a finite one.
func plainNumber(s string) (float64, bool) {
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "inf", "infinity":
		sign := 1
		if s[0] == '-' {
			sign = -1
		}
		return math.Inf(sign), true
	}
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil || math.IsInf(x, 0)
}

func truth(s string) (float64, bool) {
	switch strings.ToLower(s) {
	case "true":
		return 1, true
	case "false":
		return 0, true
	}
	return 0, false
}
