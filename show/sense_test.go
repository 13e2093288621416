package show_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casus/catalog"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// sensed asks everything of the case whose measures are known functions.
func sensed(t *testing.T, q inquiry.SenseQuery) *inquiry.Sensitivity {
	t.Helper()
	own, err := catalog.Read("../worlds/inquiry/testdata/sense")
	if err != nil {
		t.Fatal(err)
	}
	m, problems := catalog.Files(own)
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	s, err := inquiry.Sense(context.Background(), m, m.Case("sense"), study.Plan{Worlds: 100, Seed: 1}, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The text keeps to its width, but for a table row that one column alone makes
// wider, and no control character of a model or record comes through.
func TestSenseText(t *testing.T) {
	s := sensed(t, inquiry.SenseQuery{Rows: 64, Methods: inquiry.SenseMethods(), Measures: []string{"sum", "product", "nothing"}})
	s.Title += "\x1b[31m"
	s.Assumptions[1].Title += "\x1b]0;title\x07"
	s.Views[0].Varied[0].Name += "\x1b[2J"
	s.Views[0].View += "\x1b[2J"
	for _, width := range []int{60, 80, 200} {
		var b bytes.Buffer
		if err := show.Sense(&b, s, show.Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > width {
				t.Errorf("a line of %d in %d: %s", n, width, line)
			}
			if strings.ContainsFunc(line, unicode.IsControl) {
				t.Errorf("a control character: %q", line)
			}
		}
	}
}

// A table ends before what is 0 throughout, or after as many rows as asked;
// all rows are there when all are asked for.
func TestSenseTableLength(t *testing.T) {
	s := sensed(t, inquiry.SenseQuery{Rows: 64, Measures: []string{"sum", "product"}, Views: []string{"plain"}})
	for _, c := range []struct{ most, x, idle, p int }{{0, 1, 0, 1}, {1, 1, 0, 1}, {-1, 2, 2, 2}} {
		var b bytes.Buffer
		if err := show.Sense(&b, s, show.Layout{Width: 120, Most: c.most}); err != nil {
			t.Fatal(err)
		}
		count := func(name string) (n int) {
			for _, line := range strings.Split(b.String(), "\n") {
				if strings.HasPrefix(line, name+"† ") {
					n++
				}
			}
			return n
		}
		if x, idle, p := count("x"), count("idle"), count("p"); x != c.x || idle != c.idle || p != c.p && c.most != 1 {
			t.Errorf("most %d: %d rows of x, %d of idle, %d of p", c.most, x, idle, p)
		}
	}
}

// The picture is one whole XML document for every method, even where a measure
// never changes or a class cannot be made of it.
func TestSensePicture(t *testing.T) {
	for _, method := range inquiry.SenseMethods() {
		s := sensed(t, inquiry.SenseQuery{Rows: 64, Methods: []string{method}, Measures: []string{"sum", "product", "nothing"}})
		s.Assumptions[1].Title += `<script>"&`
		var b bytes.Buffer
		if err := show.SensePicture(&b, s, show.Layout{}); err != nil {
			t.Fatal(method, err)
		}
		d := xml.NewDecoder(&b)
		bars := 0
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(method, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "rect" {
				for _, a := range e.Attr {
					if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.HasPrefix(a.Value, "-") {
						t.Errorf("%s: a bar with %s = %s", method, a.Name.Local, a.Value)
					}
				}
				bars++
			}
		}
		if bars < 10 {
			t.Errorf("%s: %d bars", method, bars)
		}
	}
}
