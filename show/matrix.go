package show

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/law/counsel"
)

var matrixColumns = []string{"year", "date", "debtor", "debtor_cow", "creditor", "creditor_cow", "against", "event", "verb", "class", "binding", "conditions", "articles"}

func cells(r counsel.MatrixRow) []string {
	return []string{strconv.Itoa(int(r.Year)), r.Date, r.Debtor, r.DebtorCOW, r.Creditor, r.CreditorCOW, r.Against, r.Event, r.Verb, r.Class, r.Binding, r.Conditions, r.Articles}
}

// MatrixCSV writes the rows under a header.
func MatrixCSV(out io.Writer, x *counsel.Matrix) error {
	w := csv.NewWriter(out)
	if err := w.Write(matrixColumns); err != nil {
		return err
	}
	if err := x.Each(func(rows []counsel.MatrixRow) error {
		for _, r := range rows {
			if err := w.Write(cells(r)); err != nil {
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

// MatrixJSON writes one object with the rows in an array, each on a line of its
// own, as they are worked out.
func MatrixJSON(out io.Writer, x *counsel.Matrix) error {
	head, err := json.Marshal(counsel.MatrixOpening{Head: x.Head, Yearly: x.Yearly, Notes: append([]string{}, x.Notes...)})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "%s,\"rows\":[", head[:len(head)-1]); err != nil {
		return err
	}
	between := "\n"
	if err := x.Each(func(rows []counsel.MatrixRow) error {
		for _, r := range rows {
			text, err := json.Marshal(r)
			if err == nil {
				_, err = fmt.Fprintf(out, "%s%s", between, text)
			}
			if err != nil {
				return err
			}
			between = ",\n"
		}
		return nil
	}); err != nil {
		return err
	}
	_, err = io.WriteString(out, "\n]}\n")
	return err
}

// nobody is the node of a graph for a creditor whom nobody names.
const nobody = "nobody named"

// MatrixGraphML writes the states as nodes and the rows as edges from debtor to
// creditor, parallel ones too, as graph libraries read them.
func MatrixGraphML(out io.Writer, x *counsel.Matrix) error {
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
	err := x.Each(func(rows []counsel.MatrixRow) error {
		for _, r := range rows {
			n++
			g.open("edge", "id", "e"+strconv.Itoa(n), "source", orNobody(r.Debtor), "target", orNobody(r.Creditor))
			for i, cell := range cells(r) {
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

// MatrixFormats are the forms in which a matrix can be written.
var MatrixFormats = []string{"csv", "json", "parquet", "graphml"}

// Matrix writes a matrix in a form.
func Matrix(out io.Writer, x *counsel.Matrix, format string) error {
	switch format {
	case "csv":
		return MatrixCSV(out, x)
	case "json":
		return MatrixJSON(out, x)
	case "parquet":
		return MatrixParquet(out, x)
	case "graphml":
		return MatrixGraphML(out, x)
	}
	panic(fmt.Sprintf("report: no format %q", format))
}
