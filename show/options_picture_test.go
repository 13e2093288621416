package show_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/show"
	"casus/worlds/study"
)

// put is a text of a picture: where it stands and how much it takes, by the mean
// width of a letter of Helvetica, half its size.
type put struct {
	left, right, top, bottom float64
	words                    string
}

// texts are those of a picture.
func texts(t *testing.T, svg string) (out []put, width float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewBufferString(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, width
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]string{"font-size": "14"}
		for _, a := range e.Attr {
			at[a.Name.Local] = a.Value
		}
		number := func(name string) float64 {
			x, err := strconv.ParseFloat(at[name], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		switch e.Name.Local {
		case "svg":
			width = number("width")
		case "text":
			var words string
			if err := d.DecodeElement(&words, &e); err != nil {
				t.Fatal(err)
			}
			size := number("font-size")
			x := put{left: number("x"), top: number("y") - 0.7*size, bottom: number("y"), words: words}
			x.right = x.left + 0.5*size*float64(utf8.RuneCountInString(words))
			if at["text-anchor"] == "middle" {
				half := (x.right - x.left) / 2
				x.left, x.right = x.left-half, x.right-half
			}
			if at["font-size"] < "13.2" {
				t.Errorf("%q has letters of %s: below 12 where a page gives the picture 400", words, at["font-size"])
			}
			out = append(out, x)
		}
	}
}

// At 400 pixels a picture of options can be read: it is narrow, no letters are small,
// no text runs into another or out of the picture.
func TestPictureCanBeReadNarrow(t *testing.T) {
	long := tiny(t, study.Plan{}, 0)
	long.Labels = map[string]string{"pledge": "a pledge of 24 letters, M", "nothing": "nothing promised by any"}
	for name, r := range map[string]*study.Record{"tiny": tiny(t, study.Plan{}, 0), "one view": tiny(t, study.Plan{Views: []string{"hawk"}}, 0), "long labels": long} {
		var b bytes.Buffer
		if err := show.Picture(&b, r, r.Answer(), nil); err != nil {
			t.Fatal(err)
		}
		put, width := texts(t, b.String())
		if width > 440 || len(put) < 10 {
			t.Errorf("%s: %g wide, %d texts", name, width, len(put))
		}
		for i, x := range put {
			if x.left < 0 || x.right > width {
				t.Errorf("%s: %q runs from %g to %g", name, x.words, x.left, x.right)
			}
			for _, y := range put[:i] {
				if x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom {
					t.Errorf("%s: %q and %q overlap", name, x.words, y.words)
				}
			}
		}
	}
}

// The numbers under neighbouring axes of the README's picture stand apart.
func TestNumbersOfAxesStandApart(t *testing.T) {
	drawn, err := os.ReadFile("../docs/ukraine.svg")
	if err != nil {
		t.Fatal(err)
	}
	all, _ := texts(t, string(drawn))
	numbers := slices.DeleteFunc(all, func(x put) bool { _, err := strconv.ParseFloat(x.words, 64); return err != nil })
	if len(numbers) < 15 {
		t.Fatalf("%d numbers", len(numbers))
	}
	for i, x := range numbers {
		for _, y := range numbers[:i] {
			if x.bottom == y.bottom && x.left < y.right+4 && y.left < x.right+4 {
				t.Errorf("%s and %s touch", x.words, y.words)
			}
		}
	}
}

// What is not defined is said to be so, and is drawn neither as nothing nor as what
// never happens; where one school alone cannot tell it has a cross.
func TestPictureOfWhatIsNotDefined(t *testing.T) {
	for name, c := range map[string]struct {
		views []int
		want  string
	}{"under no school": {[]int{0, 1}, "not defined"}, "under one": {[]int{0}, "×: not defined under that school."}} {
		r := tiny(t, study.Plan{}, 0)
		k := r.MeasureAt("avenged")
		if k < 0 {
			t.Fatal("no measure avenged")
		}
		for i := range r.Results {
			x := &r.Results[i]
			for _, v := range c.views {
				x.Views[v].Summary[k] = study.Summary{Measure: "avenged"}
			}
			if len(c.views) == 2 && r.Weights != nil && r.Weights.Union != nil {
				x.Union.After[k] = study.Summary{Measure: "avenged"}
			}
		}
		var b bytes.Buffer
		if err := show.Picture(&b, r, r.Answer(), []string{"avenged"}); err != nil {
			t.Fatal(err)
		}
		put, _ := texts(t, b.String())
		words := ""
		for _, x := range put {
			words += " " + x.words
		}
		if !strings.Contains(words, c.want) || strings.Contains(words, "never") {
			t.Errorf("%s: %q is missing, or “never” is said:%s", name, c.want, words)
		}
	}
}
