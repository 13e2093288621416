package data

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"

	"casus/finding"
)

// This file knows the habits of the programs that tables come from: comments and
// "sep=" above the header, row labels without a name, numbers with commas, percent
// signs, Fortran's exponents. What is read otherwise than it stands is said.

// tidied leaves out what stands above the header and, where rows have a cell more
// than the header (R's write.table), gives the labels a header without a name.
// Lines keep their numbers.
func tidied(text []byte) ([]byte, []string) {
	var said []string
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !bytes.Contains(text, []byte("\n")) {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	head, above := 0, 0
	for head < len(text) {
		line, _, _ := bytes.Cut(text[head:], []byte("\n"))
		if !bytes.HasPrefix(line, []byte("#")) && !(head == 0 && bytes.HasPrefix(line, []byte("sep="))) {
			break
		}
		head, above = min(len(text), head+len(line)+1), above+1
	}
	rest := text[head:]
	if above > 0 {
		said = append(said, finding.Count(above, "line")+" above the header left out (comments, or sep=)")
	}
	r := csv.NewReader(bytes.NewReader(rest[:min(len(rest), 1<<20)]))
	r.FieldsPerRecord = -1
	header, err1 := r.Read()
	first, err2 := r.Read()
	label := ""
	if err1 == nil && err2 == nil && len(header) > 1 && len(first) == len(header)+1 {
		label = ","
	}
	if above == 0 && label == "" {
		return text, nil
	}
	return append([]byte(strings.Repeat("\n", above)+label), rest...), said
}

// labelled takes away a first column without a name, which pandas and R write for
// the labels of the rows.
func (t *Columns) labelled(table *Table) {
	if len(table.Columns) < 2 || table.Columns[0] != "" {
		return
	}
	table.Columns, table.header = table.Columns[1:], table.header[1:]
	for i := range table.Rows {
		table.Rows[i].cells = table.Rows[i].cells[1:]
	}
	t.Said = append(t.Said, "the first column has no name and is taken for labels of the rows")
}

// headless is the error of a header that is a row of numbers; where all are whole
// they may be names, such as years, and it is only said.
func (t *Columns) headless(table *Table) error {
	whole := true
	for _, name := range table.Columns {
		x, ok := plainNumber(name)
		if !ok {
			return nil
		}
		whole = whole && x == math.Trunc(x)
	}
	if whole && len(table.Columns) > 0 {
		t.Said = append(t.Said, "the first line, which should have the names of the columns, has numbers; if it is a row, put names above it")
		return nil
	}
	return table.header[0].problem(t.File, "the first line has numbers where the names of the columns should be; put a line of names above it")
}

// style is a way of writing numbers that strconv does not read.
type style struct {
	says string
	read func(string) (float64, bool)
}

var styles = []style{
	{"its numbers have a minus sign of their own (−) or the exponent D", func(s string) (float64, bool) {
		return plainNumber(strings.NewReplacer("−", "-", "D", "E", "d", "e").Replace(s))
	}},
	{"its numbers are in percent and are read as they stand: 12.3 % is 12.3", func(s string) (float64, bool) {
		before, ok := strings.CutSuffix(s, "%")
		x, number := plainNumber(strings.TrimSpace(strings.Replace(before, "−", "-", 1)))
		return x, ok && number
	}},
	{"its numbers have commas between thousands", thousands},
	{"its numbers have decimal commas", func(s string) (float64, bool) {
		if strings.Count(s, ",") > 1 || strings.Contains(s, ".") {
			return 0, false
		}
		return plainNumber(strings.Replace(strings.Replace(s, ",", ".", 1), "−", "-", 1))
	}},
}

// thousands reads 1,234.56: commas before each three digits of the whole part.
func thousands(s string) (float64, bool) {
	whole, _, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && (g == "" || len(g) > 3) || strings.Trim(g, "0123456789") != "" {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return x, err == nil
}

// fewest cells in which a style is seen; a single "1,5" may be a name.
const fewest = 3

// styled reads a column in the one style that all its cells have, and says so.
// Where they fit two (1,234 is a thousand or a bit more than one), the column is
// unfit. It reports whether the column was settled.
func (t *Columns) styled(table *Table, i int, c *Column) bool {
	var fit []style
	for _, st := range styles {
		filled, plain, ok := 0, 0, true
		for r := range table.Rows {
			cell := table.Rows[r].cells[i].text
			if isMissing(cell) {
				continue
			}
			filled++
			if _, number := plainNumber(cell); number {
				plain++
			} else if _, ok = st.read(cell); !ok {
				break
			}
		}
		if ok && filled >= fewest && plain < filled {
			fit = append(fit, st)
		}
	}
	switch len(fit) {
	case 0:
		return false
	case 1:
		read := func(s string) (float64, bool) {
			if x, ok := plainNumber(s); ok {
				return x, true
			}
			return fit[0].read(s)
		}
		table.fillNumbers(c, i, Numbers, read)
		t.Said = append(t.Said, fmt.Sprintf("column %s: %s", quote(c.Name), fit[0].says))
		t.roundings(table, i, c)
	default:
		p := table.header[i].problem(t.File, "column %s has commas that may be decimal or between thousands; write its numbers with a point and no commas", quote(c.Name))
		c.Unfit = &p
	}
	return true
}
