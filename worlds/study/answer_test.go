package study

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
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

// Options are alike in every column only where how likely the condition is, which is a
// column too, does not tell them apart; and no two of a group are told apart.
func TestAlikeInEveryColumn(t *testing.T) {
	measures := []Measure{
		{Name: "then", Unit: "probability", Better: "lower", Given: "taken", Matters: 0.02},
		{Name: "taken", Unit: "probability", Better: "higher", Matters: 0.02},
	}
	for _, c := range []struct {
		options [][]float64
		want    [][]string
	}{
		{[][]float64{{0.3, 0.5}, {0.3, 0.5}, {0.3, 0.4}}, [][]string{{"a", "b"}}},
		{[][]float64{{0.3, 0.5}, {0.315, 0.5}, {0.285, 0.5}}, [][]string{{"a", "b"}}},
		{[][]float64{{0.3, 0.5}, {0.3, 0.3}}, [][]string{}},
	} {
		a := answerOf(t, measures, map[string][][]float64{"hawk": c.options, "dove": c.options})
		if !reflect.DeepEqual(a.Alike, c.want) {
			t.Errorf("%v: alike %v, want %v", c.options, a.Alike, c.want)
		}
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

// Whatever the table: what is called first or tied under every school is within
// what matters of the best of each, what is not is further from that of some; and
// the first and the last of a lead are.
func TestAnswerFollowsTheTable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := map[string][][]float64{}
		n := rapid.IntRange(2, 5).Draw(rt, "options")
		for _, v := range []string{"hawk", "dove"} {
			for range n {
				table[v] = append(table[v], []float64{rapid.SampledFrom([]float64{3, 3.05, 3.1, 3.2, 4}).Draw(rt, v+" peace"), rapid.SampledFrom([]float64{0, 0.004, 0.009, 0.011, 0.3}).Draw(rt, v+" war")})
			}
		}
		a := answerOf(t, peaceAndWar, table)
		for k, h := range a.Held {
			for i := range n {
				option := string(rune('a' + i))
				everywhere := true
				for _, v := range []string{"hawk", "dove"} {
					everywhere = everywhere && behind(peaceAndWar[k], table[v], k, i) < peaceAndWar[k].Matters*(1-1e-9)
				}
				if everywhere != slices.Contains(h.Agreed, option) {
					rt.Fatalf("%s under every school first by %s: %v said, %v in %v", option, h.Measure, h.Agreed, everywhere, table)
				}
			}
		}
	})
}

// behind is how far an option is from the best.
func behind(m Measure, table [][]float64, k, i int) float64 {
	most := 0.0
	for _, row := range table {
		most = max(most, m.worth(row[k])-m.worth(table[i][k]))
	}
	return most
}

// What to search for next is where the first order that is not settled turns round,
// the way in which the measure is better.
func TestUnsure(t *testing.T) {
	sure, half := Float(1), Float(0.5)
	a := &Answer{
		Heads: []Head{{Measure: "calm", Better: "higher"}, {Measure: "war", Better: "lower"}, {Measure: "peace", Better: "higher"}},
		Leads: []Lead{{Measure: "calm", Best: []string{"a"}, Worst: []string{"b"}, Sure: &sure}, {Measure: "war", Best: []string{"a", "c"}, Worst: []string{"b"}, Sure: &half}, {Measure: "peace", Best: []string{"c"}, Worst: []string{"a"}, Sure: &half}},
	}
	if got := a.Unsure(); got != "war[b] < war[a]" {
		t.Errorf("%q", got)
	}
	a.Leads = a.Leads[:1]
	if got := a.Unsure(); got != "" {
		t.Errorf("%q, and every order is settled", got)
	}
}

// What options that never come to the condition do all the same is compared with all
// others by the measure of the same headline that is given nothing: they are said to do
// worst where every other does better by what matters.
func TestAnswerOutright(t *testing.T) {
	measures := []Measure{
		{Name: "war_then", Headline: "war", Unit: "probability", Better: "lower", Matters: 0.01, Given: "taken"},
		{Name: "taken", Unit: "probability", Better: "higher", Headline: "taken"},
		{Name: "war", Headline: "war", Unit: "probability", Better: "lower", Matters: 0.01},
	}
	nan := math.NaN()
	for _, c := range []struct {
		never, other []float64 // war of those that never come to it, and of those that can
		want         []string
		next         Float
	}{
		{[]float64{0.5}, []float64{0.1, 0.2}, []string{"a"}, 0.2},
		{[]float64{0.2}, []float64{0.1, 0.2}, nil, 0},
		{[]float64{0.205}, []float64{0.1, 0.2}, nil, 0},
		{[]float64{0.5, 0.505}, []float64{0.1}, []string{"a", "b"}, 0.1},
		{[]float64{0.5, 0.3}, []float64{0.1}, []string{"a"}, 0.3},
		{[]float64{0.01}, []float64{0.1}, nil, 0},
	} {
		var rows [][]float64
		for _, w := range c.never {
			rows = append(rows, []float64{nan, 0, w})
		}
		for _, w := range c.other {
			rows = append(rows, []float64{w / 2, 0.4, w})
		}
		a := answerOf(t, measures, map[string][][]float64{"hawk": rows, "dove": rows})
		if len(a.Heads) != 1 || a.Heads[0].Measure != "war_then" || len(a.Outright) != 1 {
			t.Fatalf("%+v", a)
		}
		n := a.Outright[0].Next
		if c.want == nil {
			if n != nil {
				t.Errorf("%v beside %v: %+v", c.never, c.other, n)
			}
			continue
		}
		if n == nil || n.Value != c.next || len(n.Options) != len(c.want) || slices.ContainsFunc(c.want, func(o string) bool { return !slices.Contains(n.Options, o) }) {
			t.Errorf("%v beside %v: %+v", c.never, c.other, n)
		}
	}
}

// A measure that is given nothing does not lead beside one of the same headline that
// is given something, but where that one is never defined.
func TestAnswerLeadsWithTheConditional(t *testing.T) {
	nan := math.NaN()
	measures := []Measure{
		{Name: "war_then", Headline: "war", Unit: "probability", Better: "lower", Given: "taken"},
		{Name: "taken", Unit: "probability"},
		{Name: "war", Headline: "war", Unit: "probability", Better: "lower"},
	}
	a := answerOf(t, measures, map[string][][]float64{"hawk": {{nan, 0, 0.5}}, "dove": {{nan, 0, 0.5}}})
	if len(a.Heads) != 1 || a.Heads[0].Measure != "war" {
		t.Errorf("%+v", a.Heads)
	}
}

// A name that a sentence would read as its own words stands in quotes.
func TestLabelsThatWouldBeRead(t *testing.T) {
	for name, want := range map[string]string{"nothing": "“nothing”", "no_accord": "“no accord”", "notary": "notary", "europe_alone": "europe alone", "": ""} {
		if got := label("", name); got != want {
			t.Errorf("%s is called %s, want %s", name, got, want)
		}
	}
}
