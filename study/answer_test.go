package study

import (
	"math"
	"reflect"
	"slices"
	"testing"
)

// answerOf is the answer of a record of two schools and options a, b, … with the
// same world twice: by view, option and measure.
func answerOf(t *testing.T, measures []Measure, values map[string][][]float64) *Answer {
	t.Helper()
	r := &Record{Worlds: 2, Measures: measures, Baseline: "a"}
	for _, v := range []string{"hawk", "dove"} {
		r.Views = append(r.Views, View{Name: v})
	}
	for i := range values["hawk"] {
		x := Result{Option: string(rune('a' + i)), Done: true}
		for _, v := range r.Views {
			var columns [][]float64
			for _, value := range values[v.Name][i] {
				columns = append(columns, []float64{value, value})
			}
			x.Views = append(x.Views, ViewResult{View: v.Name, Values: columns})
		}
		r.Results = append(r.Results, x)
	}
	r.sumUp()
	return r.Answer()
}

var peaceAndWar = []Measure{
	{Name: "peace", Title: "years of peace", Unit: "years", Better: "higher", Matters: 0.1},
	{Name: "war", Title: "war", Unit: "probability", Better: "lower", Matters: 0.01},
}

func TestAnswerLeads(t *testing.T) {
	a := answerOf(t, peaceAndWar, map[string][][]float64{
		"hawk": {{3, 0.2}, {4, 0.1}, {4.05, 0.5}},
		"dove": {{3, 0.2}, {4, 0.1}, {4.05, 0.5}},
	})
	if a.Basis != "schools" || len(a.Leads) != 2 {
		t.Fatalf("%+v", a)
	}
	if l := a.Leads[0]; !slices.Equal(l.Best, []string{"c", "b"}) || !slices.Equal(l.Worst, []string{"a"}) || l.Tie || *l.Sure != 1 {
		t.Errorf("peace: %+v; b is within what matters of c", l)
	}
	if l := a.Leads[1]; !slices.Equal(l.Best, []string{"b"}) || !slices.Equal(l.Worst, []string{"c"}) {
		t.Errorf("war: %+v; less is better", l)
	}
	if len(a.Alike) != 0 {
		t.Errorf("alike: %v", a.Alike)
	}
}

// Options within what matters tie, and are alike; an option of which nothing is
// defined is neither best nor worst, but named.
func TestAnswerTies(t *testing.T) {
	nan := math.NaN()
	a := answerOf(t, peaceAndWar, map[string][][]float64{
		"hawk": {{4, 0.101}, {4.05, 0.1}, {nan, nan}},
		"dove": {{4, 0.101}, {4.05, 0.1}, {nan, nan}},
	})
	for _, l := range a.Leads {
		if !l.Tie || l.Sure != nil || !slices.Equal(l.Never, []string{"c"}) {
			t.Errorf("%+v", l)
		}
	}
	if !reflect.DeepEqual(a.Alike, [][]string{{"a", "b"}}) {
		t.Errorf("alike: %v", a.Alike)
	}
}

// Where the schools put different options first they part; where they share one
// that is as good as the best they agree.
func TestAnswerSchools(t *testing.T) {
	a := answerOf(t, peaceAndWar, map[string][][]float64{
		"hawk": {{3, 0.2}, {4, 0.1}},
		"dove": {{4, 0.9}, {3, 0.1}},
	})
	if h := a.Held[0]; len(h.Agreed) != 0 || h.Views[0].Best[0] != "b" || h.Views[1].Best[0] != "a" {
		t.Errorf("peace: %+v", h)
	}
	if h := a.Held[1]; !slices.Equal(h.Agreed, []string{"b"}) {
		t.Errorf("war: %+v", h)
	}
	if p := a.Parting; p == nil || p.Option == "" {
		t.Errorf("parting: %+v", p)
	}
}

// Headlines are the measures that say so; a condition that is certain says
// nothing and is left out.
func TestAnswerHeadlines(t *testing.T) {
	measures := []Measure{
		{Name: "war", Unit: "probability", Better: "lower"},
		{Name: "then", Unit: "probability", Better: "lower", Given: "taken"},
		{Name: "taken", Unit: "probability"},
	}
	a := answerOf(t, measures, map[string][][]float64{"hawk": {{0.2, 0.3, 0.5}}, "dove": {{0.2, 0.3, 0.5}}})
	if len(a.Heads) != 1 || a.Heads[0].Measure != "then" || a.Given == nil || *a.Rows[0].Given != 0.5 {
		t.Errorf("%+v", a)
	}
	a = answerOf(t, measures, map[string][][]float64{"hawk": {{0.2, 0.3, 1}}, "dove": {{0.2, 0.3, 1}}})
	if a.Given != nil || a.Accepted != nil {
		t.Errorf("a certain condition: %+v", a.Given)
	}
	measures[0].Headline = "war"
	a = answerOf(t, measures, map[string][][]float64{"hawk": {{0.2, 0.3, 0.5}}, "dove": {{0.2, 0.3, 0.5}}})
	if len(a.Heads) != 1 || a.Heads[0].Measure != "war" {
		t.Errorf("%+v", a.Heads)
	}
}

// The assumption that a parting turns on is one on which the schools differ, and
// that moves the number in the worlds that mix them.
func TestAnswerTurns(t *testing.T) {
	up, down, flat := []float64{1, 2, 3, 4}, []float64{4, 2, 1, 3}, []float64{1, 1, 1, 1}
	r := &Record{Worlds: 4, Measures: peaceAndWar[1:], Views: []View{{Name: "hawk"}, {Name: "dove"}, {Name: "both", Union: true}},
		Numbers: []Number{
			{Name: "shared", Beliefs: []Belief{{Dist: "x"}, {Dist: "x"}}},
			{Name: "word", Title: "what a word costs", Beliefs: []Belief{{Dist: "x"}, {Dist: "y"}}},
			{Name: "idle", Beliefs: []Belief{{Dist: "x"}, {Dist: "y"}}}},
		Draws:   map[string][][]float64{"both": {up, up, flat}},
		Results: []Result{{Option: "a", Views: []ViewResult{{View: "hawk", Values: [][]float64{flat}}, {View: "dove", Values: [][]float64{flat}}, {View: "both", Values: [][]float64{up}}}}}}
	if got := r.turn(0, 0); got == nil || got.Assumption != "word" || got.Rank != 1 {
		t.Errorf("%+v", got)
	}
	r.Draws["both"][1] = down
	if got := r.turn(0, 0); got != nil && math.Abs(float64(got.Rank)) < stands {
		t.Errorf("%+v does not stand out", got)
	}
	r.Draws = nil
	if got := r.turn(0, 0); got != nil {
		t.Errorf("without draws: %+v", got)
	}
}
