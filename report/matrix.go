package report

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/law"
	"casus/model"
)

// Matrix is the directed table of who owes what to whom, on one day or year by
// year. A row of a year stands on some day of it. Its forms (CSV, Parquet,
// GraphML) have the same columns.
type Matrix struct {
	Timeline *law.Timeline
	Model    *model.Model
	Over     []data.Span // the days asked for: one day, or years
	Yearly   bool
	OnlyHelp bool     // only duties of help that call for armed force or may
	Notes    []string // what every row rests on

	codes map[codeOn]string
}

type codeOn struct {
	id string
	on data.Day
}

// MatrixRow is one row: ids of states, with the Correlates of War numbers that
// they have on the first day of the row; past what that list covers, those of its
// nearest day. What is not known is empty.
type MatrixRow struct {
	Year        int32  `parquet:"year"`
	Date        string `parquet:"date,dict"` // empty in a row of a year
	Debtor      string `parquet:"debtor,dict"`
	DebtorCOW   string `parquet:"debtor_cow,dict"`
	Creditor    string `parquet:"creditor,dict"`
	CreditorCOW string `parquet:"creditor_cow,dict"`
	Against     string `parquet:"against,dict"` // ids, any, or unnamed
	Event       string `parquet:"event,dict"`
	Verb        string `parquet:"verb,dict"`
	Class       string `parquet:"class,dict"`
	Binding     string `parquet:"binding,dict"`
	Conditions  string `parquet:"conditions,dict"` // with "; " between
	Articles    string `parquet:"articles,dict"`   // with a blank between
}

var matrixColumns = []string{"year", "date", "debtor", "debtor_cow", "creditor", "creditor_cow", "against", "event", "verb", "class", "binding", "conditions", "articles"}

func (r MatrixRow) cells() []string {
	return []string{strconv.Itoa(int(r.Year)), r.Date, r.Debtor, r.DebtorCOW, r.Creditor, r.CreditorCOW, r.Against, r.Event, r.Verb, r.Class, r.Binding, r.Conditions, r.Articles}
}

// each gives the rows of one span of days after another.
func (x *Matrix) each(do func([]MatrixRow) error) error {
	x.codes = map[codeOn]string{}
	for _, over := range x.Over {
		ties := x.Timeline.Ties(over, x.OnlyHelp)
		rows := make([]MatrixRow, len(ties))
		for i := range ties {
			rows[i] = x.row(&ties[i], over)
		}
		if err := do(rows); err != nil {
			return err
		}
	}
	return nil
}

func (x *Matrix) row(t *law.Tie, over data.Span) MatrixRow {
	r := MatrixRow{
		Year: int32(over.From.Year()), Debtor: t.Debtor, DebtorCOW: x.cow(t.Debtor, t.First), Creditor: t.Creditor, CreditorCOW: x.cow(t.Creditor, t.First),
		Against: t.Against, Event: t.Event, Verb: verbs[t.Verb], Class: t.Class.Name, Binding: t.Binding.String(),
		Conditions: strings.Join(t.Conditions, "; "), Articles: strings.Join(t.Articles, " "),
	}
	if !x.Yearly {
		r.Date = over.From.String()
	}
	return r
}

func (x *Matrix) cow(id string, on data.Day) string {
	k := codeOn{id, on}
	if code, ok := x.codes[k]; ok {
		return code
	}
	on, _ = x.Model.States.Clamp(data.COW, on)
	code, err := x.Model.States.Code(id, data.COW, on)
	if err != nil {
		code = ""
	}
	x.codes[k] = code
	return code
}

// CSV writes the rows under a header.
func (x *Matrix) CSV(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write(matrixColumns); err != nil {
		return err
	}
	if err := x.each(func(rows []MatrixRow) error {
		for _, r := range rows {
			if err := w.Write(r.cells()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// nobody is the node of a graph for a creditor whom nobody names.
const nobody = "nobody named"

// GraphML writes the states as nodes and the rows as edges from debtor to
// creditor, parallel ones too, as graph libraries read them.
func (x *Matrix) GraphML(out io.Writer) error {
	g := &graphML{e: xml.NewEncoder(out)}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	g.e.Indent("", " ")
	g.open("graphml", "xmlns", "http://graphml.graphdrawing.org/xmlns")
	g.text("desc", strings.Join(x.Notes, "; "))
	g.element("key", "id", "name", "for", "node", "attr.name", "name", "attr.type", "string")
	for i, c := range matrixColumns {
		if c != "debtor" && c != "creditor" {
			kind := "string"
			if i == 0 {
				kind = "int"
			}
			g.element("key", "id", c, "for", "edge", "attr.name", c, "attr.type", kind)
		}
	}
	g.open("graph", "id", "matrix", "edgedefault", "directed")
	states := x.Timeline.States(x.OnlyHelp)
	for _, id := range states {
		g.open("node", "id", orNobody(id))
		name := x.Model.States.Name(id, x.Over[len(x.Over)-1].Until)
		if name == "" {
			name = orNobody(id)
		}
		g.text("data", name, "key", "name")
		g.close("node")
	}
	n := 0
	err := x.each(func(rows []MatrixRow) error {
		for _, r := range rows {
			n++
			g.open("edge", "id", "e"+strconv.Itoa(n), "source", orNobody(r.Debtor), "target", orNobody(r.Creditor))
			for i, cell := range r.cells() {
				if c := matrixColumns[i]; c != "debtor" && c != "creditor" {
					g.text("data", cell, "key", c)
				}
			}
			g.close("edge")
		}
		return g.err
	})
	if err != nil {
		return err
	}
	g.close("graph")
	g.close("graphml")
	if g.err == nil {
		g.err = g.e.Close()
	}
	if g.err == nil {
		_, g.err = io.WriteString(out, "\n")
	}
	return g.err
}

func orNobody(id string) string {
	if id == "" {
		return nobody
	}
	return id
}

// graphML writes elements; the first error stays.
type graphML struct {
	e   *xml.Encoder
	err error
}

func (g *graphML) token(t xml.Token) {
	if g.err == nil {
		g.err = g.e.EncodeToken(t)
	}
}

func (g *graphML) open(name string, attrs ...string) {
	start := xml.StartElement{Name: xml.Name{Local: name}}
	for pair := range slices.Chunk(attrs, 2) {
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: pair[0]}, Value: pair[1]})
	}
	g.token(start)
}

func (g *graphML) close(name string) { g.token(xml.EndElement{Name: xml.Name{Local: name}}) }

func (g *graphML) element(name string, attrs ...string) {
	g.open(name, attrs...)
	g.close(name)
}

func (g *graphML) text(name, text string, attrs ...string) {
	g.open(name, attrs...)
	g.token(xml.CharData(text))
	g.close(name)
}

// Formats are the forms in which a matrix can be written.
func (x *Matrix) Formats() []string { return []string{"csv", "parquet", "graphml"} }

// Write writes the matrix in a form.
func (x *Matrix) Write(out io.Writer, format string) error {
	switch format {
	case "csv":
		return x.CSV(out)
	case "parquet":
		return x.Parquet(out)
	case "graphml":
		return x.GraphML(out)
	}
	panic(fmt.Sprintf("report: no format %q", format))
}
