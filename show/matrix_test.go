package show_test

import (
	"bytes"
	"casus/law/counsel"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"casus/catalog"
	"casus/data"
	"casus/law"
	"casus/show"
)

// drawnMatrix is the law that ships in some years of the Cold War.
func drawnMatrix(t *testing.T) *counsel.Matrix {
	t.Helper()
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	x := &counsel.Matrix{Model: m, Yearly: true, Notes: []string{"one <note>", "and another"}}
	for y := 1948; y <= 1956; y++ {
		from, _ := data.Date(y, 1, 1)
		until, _ := data.Date(y, 12, 31)
		x.Over = append(x.Over, data.Span{From: from, Until: until})
	}
	var err error
	if x.Timeline, err = law.NewTimeline(context.Background(), m, data.Span{From: x.Over[0].From, Until: x.Over[8].Until}, nil, law.Standing{}); err != nil {
		t.Fatal(err)
	}
	return x
}

func records(t *testing.T, x *counsel.Matrix) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Matrix(&b, x, "csv"); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) < 100 {
		t.Fatal(len(rows), err)
	}
	return rows
}

// The Parquet file has the rows of the CSV file, its columns in that order, and
// what the rows rest on.
func TestMatrixParquet(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	x := drawnMatrix(t)
	rows := records(t, x)
	var b bytes.Buffer
	if err := show.Matrix(&b, x, "parquet"); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	if diff := cmp.Diff(rows[0], names); diff != "" {
		t.Errorf("columns:\n%s", diff)
	}
	if notes, _ := f.Lookup("notes"); notes != "one <note>; and another" {
		t.Errorf("notes %q", notes)
	}
	got, err := parquet.Read[counsel.MatrixRow](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(got) != len(rows)-1 {
		t.Fatal(len(got), len(rows)-1, err)
	}
	for i, r := range got {
		cells := []string{strconv.Itoa(int(r.Year)), r.Date, r.Debtor, r.DebtorCOW, r.Creditor, r.CreditorCOW, r.Against, r.Event, r.Verb, r.Class, r.Binding, r.Conditions, r.Articles}
		if diff := cmp.Diff(rows[i+1], cells); diff != "" {
			t.Fatalf("row %d:\n%s", i, diff)
		}
	}
}

// The graph has an edge for each row, between nodes that it declares, with
// attributes that it declares.
func TestMatrixGraphML(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	x := drawnMatrix(t)
	rows := records(t, x)
	var b bytes.Buffer
	if err := show.Matrix(&b, x, "graphml"); err != nil {
		t.Fatal(err)
	}
	type datum struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	}
	var g struct {
		Desc string `xml:"desc"`
		Keys []struct {
			ID string `xml:"id,attr"`
		} `xml:"key"`
		Graph struct {
			Default string `xml:"edgedefault,attr"`
			Nodes   []struct {
				ID string `xml:"id,attr"`
			} `xml:"node"`
			Edges []struct {
				Source string  `xml:"source,attr"`
				Target string  `xml:"target,attr"`
				Data   []datum `xml:"data"`
			} `xml:"edge"`
		} `xml:"graph"`
	}
	if err := xml.Unmarshal(b.Bytes(), &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Graph.Edges) != len(rows)-1 || g.Graph.Default != "directed" || g.Desc != "one <note>; and another" {
		t.Fatalf("%d edges, %s, %q; want %d", len(g.Graph.Edges), g.Graph.Default, g.Desc, len(rows)-1)
	}
	known := map[string]bool{}
	for _, k := range g.Keys {
		known["key "+k.ID] = true
	}
	for _, n := range g.Graph.Nodes {
		if known[n.ID] {
			t.Errorf("node %s is declared twice", n.ID)
		}
		known[n.ID] = true
	}
	for i, e := range g.Graph.Edges {
		if !known[e.Source] || !known[e.Target] {
			t.Errorf("edge %d: no node %s or %s", i, e.Source, e.Target)
		}
		if got := e.Data[0].Text; got != rows[i+1][0] || e.Source != rows[i+1][2] {
			t.Errorf("edge %d: %s %s, want row %v", i, got, e.Source, rows[i+1])
		}
		for _, d := range e.Data {
			if !known["key "+d.Key] {
				t.Errorf("edge %d: no key %s", i, d.Key)
			}
		}
	}
}

// fullDisk is a writer that has no room.
type fullDisk struct{ room int }

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(b), nil
}

// What cannot be written is an error in every form.
func TestMatrixNoRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	x := drawnMatrix(t)
	for _, format := range show.MatrixFormats {
		if err := show.Matrix(&fullDisk{room: 1000}, x, format); err == nil || !strings.Contains(err.Error(), "no room") {
			t.Errorf("%s: %v", format, err)
		}
		var a, b bytes.Buffer
		if err := errors.Join(show.Matrix(&a, x, format), show.Matrix(io.MultiWriter(&b), x, format)); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: not the same twice (%v)", format, err)
		}
	}
}
