package show

import (
	"strings"
	"testing"

	"casus/worlds/study"
)

// What a number looks like: as many digits as a reader can use.
func TestDigits(t *testing.T) {
	for _, c := range []struct {
		x             float64
		plain, chance string // chance: of x as a probability
	}{
		{0, "0", "0"},
		{1e-300, "≈0", "≈0"},
		{0.00009, "≈0", "≈0"},
		{0.0001, "≈0", "0.01"},
		{0.0044, "≈0", "0.44"},
		{0.005, "≈0", "0.5"},
		{0.01, "0.01", "1"},
		{0.0487, "0.05", "4.9"},
		{0.0994, "0.1", "9.9"},
		{0.0996, "0.1", "10"},
		{0.1, "0.1", "10"},
		{0.25, "0.25", "25"},
		{0.5, "0.5", "50"},
		{0.994, "0.99", "99"},
		{0.995, "0.99", ">99"},
		{0.9999, "1", ">99"},
		{1, "1", "100"},
		{1.04, "1", "104"},
		{4.96, "5", "496"},
		{9.94, "9.9", "994"},
		{9.96, "10", "996"},
		{28.5, "28", "2850"},
		{1234.5, "1234", "123450"},
		{-0.5, "-0.5", "-50"},
		{-0.001, "≈0", "-0.1"},
		{-12.4, "-12", "-1240"},
	} {
		if got := digits(c.x, false); got != c.plain {
			t.Errorf("%g is shown as %s, want %s", c.x, got, c.plain)
		}
		if got := digits(c.x, true); got != c.chance {
			t.Errorf("the probability %g is shown as %s %%, want %s %%", c.x, got, c.chance)
		}
	}
	if got := number(nil, true); got != "–" {
		t.Errorf("no number is shown as %s", got)
	}
}

// A cell by its parts: the median, the range, and what the comparison says.
func TestCell(t *testing.T) {
	f := func(x study.Float) *study.Float { return &x }
	two := &text{r: &study.Record{Baseline: "a", Results: []study.Result{{Option: "a"}, {Option: "b"}}}}
	beaten := []string{"a"}
	base := study.Summary{Median: f(0.5), P05: f(0.2), P95: f(0.8), BeatenBy: beaten}
	with := func(change func(*study.Summary)) study.Summary { s := base; change(&s); return s }
	for _, c := range []struct {
		s        study.Summary
		better   string
		baseline bool
		want     string
	}{
		{base, "lower", false, "50 (20–80) ·"},
		{base, "lower", true, "50 (20–80)"},
		{base, "", false, "50 (20–80)"},
		{with(func(s *study.Summary) { s.Better, s.Worse = f(0.95), f(0) }), "lower", false, "50 (20–80) ▲"},
		{with(func(s *study.Summary) { s.Better, s.Worse = f(0.94), f(0.06) }), "lower", false, "50 (20–80) ·"},
		{with(func(s *study.Summary) { s.Better, s.Worse = f(0), f(0.95) }), "higher", false, "50 (20–80) ▼"},
		{with(func(s *study.Summary) { s.BeatenBy = nil }), "lower", false, "50 (20–80) ·*"},
		{with(func(s *study.Summary) { s.BeatenBy = nil }), "lower", true, "50 (20–80) *"},
		{with(func(s *study.Summary) { s.Undefined = 1 }), "", false, "50 (20–80)!"},
		{with(func(s *study.Summary) { s.P05 = nil }), "", false, "50"},
		{study.Summary{Undefined: 4}, "lower", false, "–"},
	} {
		if got := two.cell(c.s, study.Measure{Unit: "probability", Better: c.better}, c.baseline); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		width, hang int
		words, want string
	}{
		{10, 2, "", ""},
		{10, 2, "one", "one"},
		{10, 2, "one two six", "one two\n  six"},
		{10, 2, "unbreakable one", "unbreakable\n  one"},
		{10, 2, "one unbreakable two", "one\n  unbreakable\n  two"},
		{10, 0, "äöü ▲▼· ≈0 –", "äöü ▲▼· ≈0\n–"},
		{10, 2, "95\u00a0% of all", "95\u00a0% of\n  all"},
	} {
		if got := fold(c.words, c.width, c.hang); got != c.want+"\n" {
			t.Errorf("%q folded to %d: %q, want %q", c.words, c.width, strings.TrimSuffix(got, "\n"), c.want)
		}
	}
}
