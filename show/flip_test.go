package show_test

import (
	"bytes"
	"casus/finding"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casus/catalog"
	"casus/lang/source"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// flips looks at the case of closed forms, with a hostile title in it.
func flips(t *testing.T, measure string) *inquiry.Flips {
	t.Helper()
	text, err := os.ReadFile("../worlds/inquiry/testdata/flip/flip.casus")
	if err != nil {
		t.Fatal(err)
	}
	hostile := strings.ReplaceAll(string(text), `"another number"`, `"another <number> & a title`+strings.Repeat(" that goes on", 12)+"\u009b31m\"")
	m, problems := catalog.Files([]*source.File{source.New("flip.casus", []byte(hostile))})
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	p := inquiry.FlipPlan{Plan: study.Plan{Worlds: 128, Seed: 1}, Measure: measure, Between: [2]string{"a", "b"}, Means: 2, Pairs: 2, Clauses: 50}
	out, err := inquiry.Flip(context.Background(), m, m.Case("flip"), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The text fits its width, tells what every flip rests on, and sends no control
// character to the terminal.
func TestFlipsText(t *testing.T) {
	for _, measure := range []string{"line", "twice", "holes", "none", "law", "far"} {
		r := flips(t, measure)
		for _, width := range []int{0, 60, 200} {
			var b bytes.Buffer
			if err := show.Flips(&b, r, show.Layout{Width: width}); err != nil {
				t.Fatal(err)
			}
			most := max(width, 60)
			if width == 0 {
				most = 80
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if utf8.RuneCountInString(line) > most {
					t.Errorf("%s: a line of %d characters at width %d: %s", measure, utf8.RuneCountInString(line), width, line)
				}
				if strings.ContainsFunc(line, unicode.IsControl) {
					t.Errorf("%s: a control character: %q", measure, line)
				}
			}
			if strings.Contains(b.String(), "NaN") {
				t.Errorf("%s: a NaN is shown", measure)
			}
			flipped := 0
			for _, v := range r.Views {
				for _, s := range v.Singles {
					if s.Centre != nil && s.Centre.Found {
						flipped++
					}
				}
			}
			if got := strings.Count(b.String(), "rests on") + strings.Count(b.String(), "rests\n"); got < flipped {
				t.Errorf("%s: %d flips, and %d grounds", measure, flipped, got)
			}
		}
	}
}

// The JSON form is whole and is read again as it was written.
func TestFlipsJSON(t *testing.T) {
	for _, measure := range []string{"line", "holes", "none"} {
		r := flips(t, measure)
		var one, two bytes.Buffer
		if err := finding.Write(&one, r); err != nil {
			t.Fatal(err)
		}
		var again inquiry.Flips
		if err := json.Unmarshal(one.Bytes(), &again); err != nil {
			t.Fatal(err)
		}
		if err := finding.Write(&two, &again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: read again it is another", measure)
		}
	}
}

// The picture is XML whatever the titles, and shows each assumption that flips.
func TestFlipsPicture(t *testing.T) {
	for _, measure := range []string{"line", "far", "none"} {
		var b bytes.Buffer
		if err := show.FlipsPicture(&b, flips(t, measure)); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", measure, err)
			}
		}
		if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
			t.Errorf("%s: a place that is no number", measure)
		}
		if got := strings.Contains(b.String(), `font-weight="bold">x</text>`); got != (measure == "line") {
			t.Errorf("%s: x is drawn: %v", measure, got)
		}
	}
}
