package show

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// A range of which both ends print alike says nothing: the number stands alone.
func TestEndsThatPrintAlikeAreNoRange(t *testing.T) {
	f := func(x float64) *study.Float { y := study.Float(x); return &y }
	for _, c := range []struct{ got, want string }{
		{"2" + inBounds(f(1.999), f(2.001), false), "2"},
		{">99" + inBounds(f(0.995), f(0.997), true), ">99"},
		{"2" + inBounds(f(1.9), f(2.001), false), "2 (1.9–2)"},
		{index(sensitivity.Estimate{Value: 0.001, Lo: 0, Hi: 0.004}), "0.00"},
		{index(sensitivity.Estimate{Value: 0.1, Lo: 0, Hi: 0.2}), "0.10 (0.00–0.20)"},
		{effect(sensitivity.Estimate{}, "years"), "0"},
		{within(1, decision.Interval{Lo: 1, Hi: 1}, true), "100"},
		{within(0.5, decision.Interval{Lo: 0.4, Hi: 0.6}, true), "50 (40 to 60)"},
		{fromTo(0.1, 0.1, true), "10"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// No page that is kept has a range with two ends alike.
func TestNoKeptPageHasARangeOfOneNumber(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	ranged := regexp.MustCompile(`\(([^ ()–]+)(?:–| to )([^ ()–]+)\)`)
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ranged.FindAllSubmatch(text, -1) {
			n++
			if string(m[1]) == string(m[2]) {
				t.Errorf("%s: %s", file, m[0])
			}
		}
	}
	if n == 0 {
		t.Error("no range was found on any page")
	}
}

// A worth below what matters is called so, and no number is given for it.
func TestAWorthBelowWhatMattersIsCalledSo(t *testing.T) {
	v := inquiry.ViewValue{Perfect: &decision.Information{Count: decision.Count{N: 64}, Value: 0.0009}, Assumptions: []inquiry.Learned{
		{Name: "reach", Evidence: true, Worth: &decision.Information{Value: 0.05}}}}
	page := &worthText{newText(Layout{}), &inquiry.Value{Measure: study.Measure{Unit: "years", Matters: 0.1}}}
	for _, c := range []struct {
		all  decision.Number
		want string
	}{
		{0.0009, "to know everything would be worth less than what matters (0.1 years)"},
		{0.2, "to know everything would be worth 0.2 years, any assumption alone less than what matters (0.1 years), most “reach”"},
	} {
		v.Perfect.Value = c.all
		if got := page.worthKnowing(v); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
