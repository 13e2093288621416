package show_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/finding"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

func robust(t *testing.T, r *study.Record, a inquiry.RobustAsk) *inquiry.Robust {
	t.Helper()
	x, err := a.Of(r)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func worth(t *testing.T, r *study.Record, a inquiry.ValueAsk) *inquiry.Value {
	t.Helper()
	x, err := a.Of(context.Background(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func robustText(t *testing.T, x *inquiry.Robust, width int, full bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Robust(&b, x, show.Layout{Width: width, Full: full}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func worthText(t *testing.T, x *inquiry.Value, width, top int) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Value(&b, x, show.Layout{Width: width, Most: top}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// everything asks for all there is to ask of the tiny case.
func everything(t *testing.T) inquiry.RobustAsk {
	t.Helper()
	a := inquiry.RobustAsk{Alpha: 0.5, Between: []string{"pledge", "nothing"}}
	for _, s := range []string{"war<=20%", "calm>=1.5"} {
		th, err := inquiry.ParseThreshold(s)
		if err != nil {
			t.Fatal(err)
		}
		a.Thresholds = append(a.Thresholds, th)
	}
	return a
}

// mixed is the tiny case with the measures of its two options changed for each
// other in the worlds of small word, so that it matters what is known.
func mixed(t *testing.T) *study.Record {
	t.Helper()
	r := tiny(t, study.Plan{}, 0)
	word := slices.IndexFunc(r.Numbers, func(n study.Assumption) bool { return n.Name == "word" })
	for v, view := range r.Views {
		for k := range r.Measures {
			a, b := r.Results[0].Views[v].Values[k], r.Results[1].Views[v].Values[k]
			for w := range a {
				if r.Draws[view.Name][word][w] < 20 && !math.IsNaN(a[w]) && view.Name != "hawk" || w < 9 {
					a[w], b[w] = b[w], a[w]
				}
			}
		}
	}
	return r
}

// answers are those kept in testdata/robust, each at its width.
func answers(t *testing.T) map[string]string {
	r := mixed(t)
	holed := tiny(t, study.Plan{}, 0)
	for v := range holed.Views {
		values := holed.Results[1].Views[v].Values[0]
		for w := range values[:10+v] {
			values[w] = math.NaN()
		}
	}
	group := inquiry.ValueAsk{Measure: "calm", Groups: []inquiry.Group{{Name: "costs", Assumptions: []string{"price"}}, {Name: "all", Assumptions: []string{"price", "sharp", "quarrel", "thrashing", "word", "slip"}}}}
	whole, valued := robust(t, r, everything(t)), worth(t, r, group)
	return map[string]string{
		"robust_80":      robustText(t, whole, 80, false),
		"robust_60":      robustText(t, whole, 60, false),
		"robust_200":     robustText(t, whole, 200, false),
		"robust_full":    robustText(t, whole, 200, true),
		"robust_avenged": robustText(t, robust(t, tiny(t, study.Plan{}, 0), inquiry.RobustAsk{Measures: []string{"avenged"}}), 80, true),
		"robust_holed":   robustText(t, robust(t, holed, inquiry.RobustAsk{Measures: []string{"war", "calm"}, Between: []string{"nothing", "pledge"}}), 80, true),
		"worth_80":       worthText(t, valued, 80, 10),
		"worth_60":       worthText(t, valued, 60, 2),
		"worth_200":      worthText(t, valued, 200, 0),
		"worth_holed":    worthText(t, worth(t, holed, inquiry.ValueAsk{}), 80, 3),
		"worth_avenged":  worthText(t, worth(t, tiny(t, study.Plan{}, 0), inquiry.ValueAsk{Measure: "avenged"}), 80, 3),
	}
}

func TestAnswers(t *testing.T) {
	bad := regexp.MustCompile(`NaN|Inf\b|%!|<nil>|0x[0-9a-f]{6}`)
	for name, got := range answers(t) {
		asKept(t, filepath.Join("testdata", "robust", name+".txt"), got)
		if m := bad.FindString(got); m != "" {
			t.Errorf("%s has %s", name, m)
		}
	}
}

// No line is wider than its page, other than a cell that cannot be broken.
func TestAnswerLines(t *testing.T) {
	r := tiny(t, study.Plan{}, 0, manyViews()...)
	x, v := robust(t, r, everything(t)), worth(t, r, inquiry.ValueAsk{})
	for _, width := range []int{60, 73, 80, 120, 200} {
		for _, out := range []string{robustText(t, x, width, true), worthText(t, v, width, 0)} {
			for _, line := range strings.Split(out, "\n") {
				if n := utf8.RuneCountInString(line); n > width {
					t.Errorf("at %d a line is %d wide: %s", width, n, line)
				}
			}
		}
	}
}

// Control characters of a record reach neither the terminal nor a picture.
func TestAnswerControls(t *testing.T) {
	r := tiny(t, study.Plan{}, 0)
	r.Title, r.Results[0].Title, r.Views[0].Title, r.Measures[0].Title = "t\x1b[2J", "o\x07", "v\x1b]0;x", "m\x00<&>"
	r.Warnings = append(r.Warnings, finding.Warning{Text: "w\x9b"})
	x, v := robust(t, r, inquiry.RobustAsk{}), worth(t, r, inquiry.ValueAsk{})
	for _, out := range []string{robustText(t, x, 80, true), worthText(t, v, 80, 0), picture(t, drawn(x, show.RobustPicture)), picture(t, drawn(v, valuePicture(5)))} {
		if i := strings.IndexAny(out, "\x00\x07\x1b\u009b"); i >= 0 {
			t.Errorf("a control character in %q", out[max(i-20, 0):i+5])
		}
	}
}

// picture draws and checks that what is drawn is XML.
func picture(t *testing.T, draw func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, b.String())
		}
	}
	return b.String()
}

// A picture of regrets has a frame in each column: the pick of minimax regret; a
// picture of worth names what is worth most first.
func TestAnswerPictures(t *testing.T) {
	r := mixed(t)
	x := robust(t, r, inquiry.RobustAsk{Measures: []string{"war", "calm"}})
	svg := picture(t, drawn(x, show.RobustPicture))
	frames := 0
	for _, m := range x.Measures {
		for _, v := range m.Views {
			for _, c := range v.Compared.Criteria {
				if c.Name == "minimax regret" {
					frames += len(c.Picks)
				}
			}
		}
	}
	if got := strings.Count(svg, `stroke-width="2"`); got != frames || frames < 6 {
		t.Errorf("%d frames for %d picks", got, frames)
	}
	v := worth(t, r, inquiry.ValueAsk{Measure: "calm"})
	svg = picture(t, drawn(v, valuePicture(1)))
	if first := v.Views[2].Assumptions[0]; first.Name != "word" || !first.Evidence || strings.Count(svg, ">word</text>") != 1 {
		t.Errorf("word is worth most under the union and drawn once; got %s in %s", first.Name, svg)
	}
	r = tiny(t, study.Plan{}, 0)
	picture(t, drawn(robust(t, r, inquiry.RobustAsk{Measures: []string{"avenged"}}), show.RobustPicture))
	picture(t, drawn(worth(t, r, inquiry.ValueAsk{Measure: "avenged"}), valuePicture(0)))
}

// However many measures and schools there are, a picture of regrets is no wider than a
// page, and has every cell that it has in a row of its own.
func TestRegretsFitAPage(t *testing.T) {
	r := mixed(t)
	x := robust(t, r, inquiry.RobustAsk{Measures: []string{"war", "calm"}})
	one := strings.Count(picture(t, drawn(x, show.RobustPicture)), "<rect") - 1 // but for the page
	perMeasure := len(x.Basis.Views) * len(x.Basis.Options)
	if one != perMeasure*(len(x.Measures)+min(len(x.Fronts), 1)) {
		t.Fatalf("%d cells for %d measures", one, len(x.Measures))
	}
	for _, times := range []int{1, 2, 5, 9} {
		for _, schools := range []int{1, 3, 8} {
			wide := *x
			wide.Basis.Views = slices.Repeat(x.Basis.Views, schools)
			wide.Measures = slices.Repeat(x.Measures, times)
			for k, m := range wide.Measures {
				wide.Measures[k].Views = slices.Repeat(m.Views, schools)
			}
			wide.Fronts = slices.Repeat(x.Fronts, schools)
			svg := picture(t, drawn(&wide, show.RobustPicture))
			var w, h int
			if _, err := fmt.Sscanf(svg[strings.Index(svg, ` width="`):], ` width="%d" height="%d"`, &w, &h); err != nil || w > 1100 {
				t.Errorf("%d measures under %d schools: %d px wide, %v", len(wide.Measures), len(wide.Basis.Views), w, err)
			}
			if got, want := strings.Count(svg, "<rect")-1, schools*perMeasure*(len(wide.Measures)+min(len(wide.Fronts), 1)); got != want {
				t.Errorf("%d measures under %d schools: %d cells, not %d", len(wide.Measures), len(wide.Basis.Views), got, want)
			}
			for _, at := range regexp.MustCompile(`<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"`).FindAllStringSubmatch(svg, -1) {
				var c [4]int
				for i := range c {
					c[i], _ = strconv.Atoi(at[i+1])
				}
				if c[0]+c[2] > w || c[1]+c[3] > h {
					t.Fatalf("a cell at %v of %d × %d", c, w, h)
				}
			}
		}
	}
}

// drawn is a picture of a finding, to be written.
func drawn[F any](f F, picture func(io.Writer, F) error) func(io.Writer) error {
	return func(w io.Writer) error { return picture(w, f) }
}

// valuePicture draws so many assumptions.
func valuePicture(most int) func(io.Writer, *inquiry.Value) error {
	return func(w io.Writer, v *inquiry.Value) error { return show.ValuePicture(w, v, show.Layout{Most: most}) }
}
