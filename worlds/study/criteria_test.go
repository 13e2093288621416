package study

import (
	"reflect"
	"testing"
)

// By the median the schools share b; where the worst world counts dove has a first, and
// they share none by it.
func TestAnswerCountsCriteria(t *testing.T) {
	a := answerOf(t, peaceAndWar, map[string][][]float64{
		"hawk": {{3, 0.2}, {4, 0.1}, {3, 0.3}},
		"dove": {{3, 0.9}, {4, 0.1}, {4, 0.3}},
	})
	if len(a.Criteria) != 2 {
		t.Fatalf("%+v", a.Criteria)
	}
	for _, c := range a.Criteria {
		if c.Of("b") != c.Criteria || c.Apart != 0 || c.Criteria == 0 || c.Of("a") != 0 || c.First[0].Option != "b" {
			t.Errorf("every criterion picks b under both: %+v", c)
		}
	}
	a = answerOf(t, peaceAndWar, map[string][][]float64{
		"hawk": {{3, 0.2}, {4, 0.1}},
		"dove": {{4, 0.1}, {3, 0.2}},
	})
	for _, c := range a.Criteria {
		if c.Apart != c.Criteria || len(c.First) != 0 {
			t.Errorf("no criterion picks the same under both: %+v", c)
		}
	}
}

// Criteria are counted as their picks lie: by one the schools share x, by one x and y, by
// one nothing; what a school says nothing by is not counted.
func TestAgreeing(t *testing.T) {
	got := agreeing([]map[string][]string{
		{"mean": {"x"}, "worst": {"y", "x"}, "regret": {"z"}, "tail": nil},
		{"mean": {"x", "z"}, "worst": {"x", "y"}, "regret": {"x"}, "tail": {"x"}},
	})
	want := ByCriteria{Criteria: 3, Apart: 1, First: []FirstBy{{"x", 2}, {"y", 1}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// The schools are held against chance: the halves of hawk's worlds lie further apart
// than hawk and dove do in the first measure, and nearer in the second. Where a school
// has no halves, or so few worlds that they tell nothing, chance is not known, and no
// number is counted; it is not taken for none.
func TestAgainstChance(t *testing.T) {
	f := func(x float64) *Float { v := Float(x); return &v }
	for _, c := range []struct {
		about  string
		worlds int
		dove   *Float // how far its halves lie apart in the second measure
		want   AgainstChance
	}{
		{"enough worlds", FewWorlds, f(0), AgainstChance{Numbers: 2, Schools: 1}},
		{"a school without halves", FewWorlds, nil, AgainstChance{Numbers: 1}},
		{"few worlds", FewWorlds - 1, f(0), AgainstChance{}},
		{"one world", 1, f(0), AgainstChance{}},
	} {
		r := &Record{Worlds: c.worlds, Measures: peaceAndWar, Views: []View{{Name: "hawk"}, {Name: "dove"}},
			Results: []Result{{Option: "a", Views: []ViewResult{
				{View: "hawk", Summary: []Summary{{Median: f(3), Halves: f(0.5)}, {Median: f(0.1), Halves: f(0.01)}}},
				{View: "dove", Summary: []Summary{{Median: f(3.2), Halves: f(0.1)}, {Median: f(0.4), Halves: c.dove}}},
			}}}}
		if got := r.againstChance([]int{0, 1}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.about, got, c.want)
		}
	}
}
