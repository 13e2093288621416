package data

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus/data/parquet"
	"casus/lang/source"
)

// ReadParquet reads a Parquet file of so many bytes: columns of numbers (of any
// width, decimals too), booleans and text, as they stand there; a null is NaN or
// "", and nothing is counted as missing; File is not set. A column of dates,
// times or bytes has no kind and says so, and so has a nested one, which stands
// after the flat ones. What is damaged, or asks for more than docs/data.md allows, is an
// error.
func ReadParquet(f io.ReaderAt, size int64) (*Columns, error) {
	file, err := parquet.Read(f, size, parquet.Default)
	if err != nil {
		return nil, err
	}
	t := &Columns{Rows: file.Rows, About: file.About}
	for _, c := range file.Columns {
		t.List = append(t.List, fromParquet(c))
		if c.Rounded != "" {
			t.Said = append(t.Said, rounded(c.Name, c.Rounded))
		}
	}
	for _, name := range file.Nested {
		t.List = append(t.List, Column{Name: name, Unfit: &Problem{Msg: fmt.Sprintf("column %s has columns or lists within it; write one column for each value", quote(name))}})
	}
	seen := map[string]bool{}
	for _, name := range t.Names() {
		if seen[name] {
			return nil, fmt.Errorf("two columns are named %s; rename one", quote(name))
		}
		seen[name] = true
	}
	return t, nil
}

func fromParquet(c parquet.Column) Column {
	out := Column{Name: c.Name, Kind: kindsOfParquet[c.Kind], Numbers: c.Numbers, Texts: c.Texts}
	switch {
	case !utf8.ValidString(c.Name):
		out = Column{Name: c.Name, Unfit: &Problem{Msg: fmt.Sprintf("the name of column %s is not UTF-8", quote(c.Name))}}
	case strings.TrimSpace(c.Name) == "":
		out = Column{Name: c.Name, Unfit: &Problem{Msg: fmt.Sprintf("column %s has no name to call it by; give it one", quote(c.Name))}}
	case len(c.Name) > maxName:
		out = Column{Name: source.Cut(c.Name, 60), Unfit: &Problem{Msg: fmt.Sprintf("the name of column %s has %d bytes; %d are the most", quote(c.Name), len(c.Name), maxName)}}
	case c.Kind == parquet.Other:
		out.Unfit = &Problem{Msg: fmt.Sprintf("column %s holds %s, which are no numbers, text or booleans; write it as one of these", quote(c.Name), c.Holds)}
	}
	return out
}

var kindsOfParquet = map[parquet.Kind]ColumnKind{parquet.Number: Numbers, parquet.Truth: Truths, parquet.Text: Words, parquet.Other: NoKind}
