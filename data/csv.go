package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/finding"
)

// Problem is something wrong at a place in a file that did not stop the reading.
// Line and Col count from 1, Col in characters; both are 0 when the whole file
// is meant.
type Problem struct {
	File      string
	Line, Col int
	Msg       string // lower case, no full stop
}

// Error is file:line:col: message.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.Msg)
}

// Field is one cell: its text and where it starts.
type Field struct {
	Text      string
	File      string
	Line, Col int
}

// Problem is a problem at the field.
func (f Field) Problem(format string, args ...any) Problem {
	return Problem{f.File, f.Line, f.Col, fmt.Sprintf(format, args...)}
}

// Table is a file of rows under a header. It does not change after ReadCSV.
type Table struct {
	File    string
	SHA256  string   // of the file
	Columns []string // as the header spells them, outer blanks removed
	Rows    []Row
	header  []cell
	index   map[string]int
}

// Row is one row of a Table; it has as many cells as the table has columns.
type Row struct {
	table *Table
	cells []cell
}

type cell struct {
	text      string
	line, col int
}

// Line is the line on which the row starts.
func (r Row) Line() int { return r.cells[0].line }

// Field is the cell under the column of that name. A column that the table does
// not have gives an empty field at the start of the row; Lacks tells the two apart.
func (r Row) Field(column string) Field {
	i, ok := r.table.index[column]
	c := r.cells[0]
	if ok {
		c = r.cells[i]
	} else {
		c.text = ""
	}
	return Field{c.text, r.table.File, c.line, c.col}
}

// Text is the text of the cell under the column of that name, "" when there is
// no such column.
func (r Row) Text(column string) string { return r.Field(column).Text }

// Lacks is one problem for each of the columns that the table does not have.
func (t *Table) Lacks(columns ...string) []Problem {
	var out []Problem
	for _, c := range columns {
		if _, ok := t.index[c]; !ok {
			out = append(out, Problem{t.File, 1, 1, fmt.Sprintf("no column %q (there are %s)", c, list(t.Columns))})
		}
	}
	return out
}

// ReadCSV reads comma-separated values with a header line. A byte order mark,
// CRLF and the bare CR of old files are taken. A row that does not parse or has
// the wrong number of cells is left out with a Problem; text that is not UTF-8 is
// kept with one Problem for the file. The table is never nil; it has no rows when
// nothing could be read. The name is used in messages only.
func ReadCSV(name string, r io.Reader) (*Table, []Problem) {
	t := &Table{File: name, index: map[string]int{}}
	text, err := io.ReadAll(r)
	if err != nil {
		return t, []Problem{{File: name, Msg: "reading the file: " + err.Error()}}
	}
	sum := sha256.Sum256(text)
	t.SHA256 = hex.EncodeToString(sum[:])
	if p, ok := wrongEncoding(text); ok {
		return t, []Problem{{name, 1, 1, p}}
	}
	if p, ok := tooMany(name, text); ok {
		return t, []Problem{p}
	}
	rd := newReader(name, text)
	header, ok := rd.next()
	if !ok {
		return t, append(rd.problems, Problem{name, 1, 1, "no header line"})
	}
	t.setHeader(header, rd)
	for {
		cells, ok := rd.next()
		if !ok {
			break
		}
		if len(cells) != len(t.Columns) {
			rd.add(cells[0], "row has %s, the header has %d; row left out", finding.Count(len(cells), "cell"), len(t.Columns))
			continue
		}
		t.Rows = append(t.Rows, Row{t, cells})
	}
	return t, rd.done()
}

// MaxCSVCells bounds the cells of a file of text, and MaxCSVLine those of one of its
// lines: each takes some fifty bytes while it is read.
const (
	MaxCSVCells = 1 << 24
	MaxCSVLine  = 1 << 17
)

// tooMany refuses a file of more cells, commas and line ends counted, before there
// is room for any.
func tooMany(name string, text []byte) (Problem, bool) {
	n, line, from := 1, 1, 0
	for i, c := range text {
		switch c {
		case ',':
			if n++; n-from > MaxCSVLine {
				return Problem{name, line, 1, fmt.Sprintf("more than %d cells in one line", MaxCSVLine)}, true
			}
		case '\n', '\r':
			if c == '\n' || i+1 < len(text) && text[i+1] != '\n' {
				n, line = n+1, line+1
				from = n
			}
		}
		if n > MaxCSVCells {
			return Problem{File: name, Msg: fmt.Sprintf("more than %d cells; write it as Parquet", MaxCSVCells)}, true
		}
	}
	return Problem{}, false
}

func wrongEncoding(text []byte) (string, bool) {
	utf16 := bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff"))
	return "the file is UTF-16; save it as UTF-8", utf16
}

func (t *Table) setHeader(header []cell, rd *reader) {
	t.header = header
	for i, c := range header {
		name := strings.TrimSpace(c.text)
		t.Columns = append(t.Columns, name)
		if _, ok := t.index[name]; ok {
			rd.add(c, "second column %s; the first is used", quote(name))
			continue
		}
		t.index[name] = i
	}
}

// reader gives rows of cells with positions and collects what is wrong.
type reader struct {
	file     string
	text     []byte
	csv      *csv.Reader
	skipped  int   // lines above the first that csv sees
	lines    []int // offset of the first byte of each line
	problems []Problem
	notUTF8  int  // fields that are not UTF-8
	badField cell // the first of them
}

func newReader(file string, text []byte) *reader {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !bytes.Contains(text, []byte("\n")) {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	rd := &reader{file: file, text: text, lines: []int{0}}
	for i, c := range text {
		if c == '\n' {
			rd.lines = append(rd.lines, i+1)
		}
	}
	rd.startAfter(0)
	return rd
}

// mostSaid bounds the problems that are put into words of their own; of more, the
// place is told.
const mostSaid = 1000

func (rd *reader) add(c cell, format string, args ...any) {
	if len(rd.problems) >= mostSaid {
		rd.problems = append(rd.problems, Problem{rd.file, c.line, c.col, "row left out"})
		return
	}
	rd.problems = append(rd.problems, Problem{rd.file, c.line, c.col, fmt.Sprintf(format, args...)})
}

// next is the next row that parses; false at the end of the file.
func (rd *reader) next() ([]cell, bool) {
	for {
		record, err := rd.csv.Read()
		if err == nil {
			return rd.cells(record), true
		}
		var bad *csv.ParseError
		if !errors.As(err, &bad) {
			return nil, false // io.EOF: the text is in memory
		}
		rd.badRow(bad)
	}
}

// badRow reports a row that does not parse. A quote that is not closed would
// take every later line with it, so reading starts again below its own line.
func (rd *reader) badRow(e *csv.ParseError) {
	line := rd.skipped + e.StartLine
	if e.Line > e.StartLine {
		rd.add(cell{line: line, col: 1}, "a quoted cell in this row is not closed; row left out")
		rd.startAfter(line)
		return
	}
	at := cell{line: line, col: rd.column(line, 1, 1, e.Column)}
	msg := e.Err.Error()
	switch {
	case errors.Is(e.Err, csv.ErrQuote):
		msg = "quoted cell is not closed properly"
	case errors.Is(e.Err, csv.ErrBareQuote):
		msg = `quotation mark in a cell that is not quoted (write "" inside quotes)`
	}
	rd.add(at, "%s; row left out", msg)
}

// startAfter goes on reading below a line.
func (rd *reader) startAfter(line int) {
	rest := []byte(nil)
	if line < len(rd.lines) {
		rest = rd.text[rd.lines[line]:]
	}
	rd.skipped = line
	rd.csv = csv.NewReader(bytes.NewReader(rest))
	rd.csv.FieldsPerRecord = -1
}

// cells gives the fields their positions. Columns are counted on from the field
// before, so that a long line is walked once.
func (rd *reader) cells(record []string) []cell {
	out := make([]cell, len(record))
	line, atByte, atChar := 0, 1, 1
	for i, text := range record {
		l, b := rd.csv.FieldPos(i)
		l += rd.skipped
		if l != line {
			line, atByte, atChar = l, 1, 1
		}
		atChar = rd.column(l, atByte, atChar, b)
		atByte = b
		out[i] = cell{text, l, atChar}
		if !utf8.ValidString(text) {
			rd.seeBadText(out[i])
		}
	}
	return out
}

// column turns a column in bytes into one in characters, given an earlier pair
// of the same line.
func (rd *reader) column(line, fromByte, fromChar, toByte int) int {
	if line < 1 || line > len(rd.lines) {
		return toByte
	}
	start := rd.lines[line-1]
	from, to := min(start+fromByte-1, len(rd.text)), min(start+toByte-1, len(rd.text))
	if to < from {
		return fromChar
	}
	return fromChar + utf8.RuneCount(rd.text[from:to])
}

func (rd *reader) seeBadText(c cell) {
	if rd.notUTF8 == 0 {
		rd.badField = c
	}
	rd.notUTF8++
}

func (rd *reader) done() []Problem {
	if rd.notUTF8 > 0 {
		rd.add(rd.badField, "%s not UTF-8, this one first; letters may be wrong", finding.Count(rd.notUTF8, "cell"))
	}
	return rd.problems
}

// list names things in a message, not too many of them.
func list(names []string) string {
	const most = 12
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", list(names[:most]), len(names)-most)
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = cut(n)
		if q := strconv.Quote(out[i]); len(q) != len(out[i])+2 {
			out[i] = q
		}
	}
	return strings.Join(out, ", ")
}

// quote shows text from a file in a message, cut to a bearable length.
func quote(s string) string { return fmt.Sprintf("%q", cut(s)) }

func cut(s string) string {
	const most = 40
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}
