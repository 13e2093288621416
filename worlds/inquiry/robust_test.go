package inquiry_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/worlds/decision"
	"casus/worlds/draw"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// madeUp is a record drawn as text: a line "view NAME" or "union NAME" begins
// the worlds of a view, "measure NAME DIRECTION" those of a measure, and a line
// "OPTION x x …" gives an option its worlds; a dash is not defined. "assume NAME
// x x …" gives an assumption its draws.
func madeUp(t testing.TB, drawing string) *study.Record {
	t.Helper()
	r := &study.Record{Version: study.Version, Case: "made_up", Title: "Made up", Date: "2025-01-01", Horizon: 1, Draws: map[string][][]float64{}}
	k := -1
	for line := range strings.Lines(drawing) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "view" || words[0] == "union":
			r.Views = append(r.Views, study.View{Name: words[1], Title: words[1], Union: words[0] == "union"})
		case words[0] == "measure":
			k = slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == words[1] })
			if k < 0 {
				k = len(r.Measures)
				r.Measures = append(r.Measures, study.Measure{Name: words[1], Title: words[1], Unit: "u", Better: strings.TrimPrefix(words[2], "none")})
			}
		case words[0] == "assume":
			v := r.Views[len(r.Views)-1].Name
			if len(r.Views) == 1 {
				r.Numbers = append(r.Numbers, study.Assumption{Name: words[1], Title: words[1], Beliefs: []study.Belief{{View: v, Judgement: "a guess"}}})
			}
			r.Draws[v] = append(r.Draws[v], reals(t, words[2:]))
		default:
			place(t, r, k, words[0], reals(t, words[1:]))
		}
	}
	return r
}

// place puts the worlds of an option where they belong.
func place(t testing.TB, r *study.Record, k int, option string, xs []float64) {
	t.Helper()
	i := slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == option })
	if i < 0 {
		i = len(r.Results)
		r.Results = append(r.Results, study.Result{Option: option, Title: option, Done: true})
	}
	x := &r.Results[i]
	if v := len(r.Views) - 1; len(x.Views) == v {
		x.Views = append(x.Views, study.ViewResult{View: r.Views[v].Name})
	}
	v := &x.Views[len(x.Views)-1]
	if len(v.Values) != k {
		t.Fatalf("option %s, view %s: measure %d comes after %d", option, v.View, k, len(v.Values))
	}
	s := draw.Summarise(xs)
	v.Values = append(v.Values, xs)
	v.Summary = append(v.Summary, study.Summary{Measure: r.Measures[k].Name, N: s.N, Undefined: s.NaN})
	r.Worlds = len(xs)
}

func reals(t testing.TB, words []string) []float64 {
	t.Helper()
	var out []float64
	for _, w := range words {
		x := math.NaN()
		if w != "-" {
			var err error
			if x, err = strconv.ParseFloat(w, 64); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, x)
	}
	return out
}

func robust(t testing.TB, r *study.Record, a inquiry.RobustAsk) *inquiry.Robust {
	t.Helper()
	out, err := (a).Of(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// drawn is what an answer says in a few lines.
func drawnAs(x *inquiry.Robust) string {
	var b strings.Builder
	for _, m := range x.Measures {
		fmt.Fprintf(&b, "%s\n", m.Name)
		for _, v := range m.Views {
			fmt.Fprintf(&b, "  %s:", v.View)
			if len(v.LeftOut) > 0 {
				fmt.Fprintf(&b, " without %s;", strings.Join(v.LeftOut, ","))
			}
			if v.Compared == nil {
				b.WriteString(" nothing to compare\n")
				continue
			}
			fmt.Fprintf(&b, " %d worlds, %d undefined;", v.Compared.N, v.Compared.Undefined)
			for _, p := range v.Picked {
				fmt.Fprintf(&b, " %s by %d,", p.Option, len(p.Criteria))
			}
			fmt.Fprintf(&b, " split %v\n", v.Split)
			for _, s := range v.Compared.Options {
				fmt.Fprintf(&b, "    %s: mean %g, regret %g in w%d\n", s.Option, float64(s.Expected), float64(s.MaxRegret), s.RegretIn.First)
			}
		}
		for _, a := range m.Agreed {
			if a.Criterion == "expected value" || a.Criterion == "minimax regret" {
				fmt.Fprintf(&b, "  %s: %v, schools %q, common %v\n", a.Criterion, a.Picks, a.Schools, a.Common)
			}
		}
	}
	for _, f := range x.Fronts {
		fmt.Fprintf(&b, "front %s:", f.View)
		for _, o := range f.Front.Options {
			if o.OnFront {
				fmt.Fprintf(&b, " %s (%g)", o.Option, float64(o.Undominated.Value))
			}
		}
		b.WriteString("\n")
	}
	for _, g := range x.All {
		fmt.Fprintf(&b, "all met %s:", g.View)
		for i, o := range g.Options {
			fmt.Fprintf(&b, " %s %g of %d, %d undefined;", o, float64(g.Shares[i].Value), g.Shares[i].N, g.Shares[i].Undefined)
		}
		b.WriteString("\n")
	}
	for _, p := range x.Pairs {
		fmt.Fprintf(&b, "%s, %s: %s−%s %g, better %g worse %g tied %g of %d\n", p.Measure, p.View, p.Pair.A, p.Pair.B, float64(p.Pair.Mean), float64(p.Pair.Better.Value), float64(p.Pair.Worse.Value), float64(p.Pair.Tied.Value), p.Pair.N)
	}
	return b.String()
}

func th(t testing.TB, words ...string) []inquiry.Threshold {
	t.Helper()
	var out []inquiry.Threshold
	for _, w := range words {
		x, err := inquiry.ParseThreshold(w)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

// Small records with what is to be said of them.
func TestRobustDrawings(t *testing.T) {
	for _, c := range []struct {
		says, drawing string
		ask           inquiry.RobustAsk
		want          string
	}{
		{"The safe option has the better worst world and the smaller regret, the bold one the better mean: criteria disagree.", `
			view one
			measure loss lower
			safe 3 3 3 3
			bold 0 0 0 8`, inquiry.RobustAsk{Alpha: 0.5}, `
			loss
			  one: 4 worlds, 0 undefined; safe by 5, bold by 4, split true
			    safe: mean 3, regret 3 in w0
			    bold: mean 2, regret 5 in w3
			  expected value: [[bold]], schools "", common []
			  minimax regret: [[safe]], schools "", common []`},
		{"Two schools differ by the mean; their union is shown and does not count.", `
			view hawk
			measure loss lower
			a 1 1
			b 2 2
			view dove
			measure loss lower
			a 2 2
			b 1 1
			union both
			measure loss lower
			a 1 1
			b 2 2`, inquiry.RobustAsk{}, `
			loss
			  hawk: 2 worlds, 0 undefined; a by 9, split false
			    a: mean 1, regret 0 in w0
			    b: mean 2, regret 1 in w0
			  dove: 2 worlds, 0 undefined; b by 9, split false
			    a: mean 2, regret 1 in w0
			    b: mean 1, regret 0 in w0
			  both: 2 worlds, 0 undefined; a by 9, split false
			    a: mean 1, regret 0 in w0
			    b: mean 2, regret 1 in w0
			  expected value: [[a] [b] [a]], schools "differ", common []
			  minimax regret: [[a] [b] [a]], schools "differ", common []`},
		{"A tie under one school and one of the two under the other: an overlap.", `
			view hawk
			measure gain higher
			a 1 1
			b 1 1
			view dove
			measure gain higher
			a 2 2
			b 1 1`, inquiry.RobustAsk{}, `
			gain
			  hawk: 2 worlds, 0 undefined; a by 9, b by 9, split false
			    a: mean 1, regret 0 in w0
			    b: mean 1, regret 0 in w0
			  dove: 2 worlds, 0 undefined; a by 9, split false
			    a: mean 2, regret 0 in w0
			    b: mean 1, regret 1 in w0
			  expected value: [[a b] [a]], schools "overlap", common [a]
			  minimax regret: [[a b] [a]], schools "overlap", common [a]`},
		{"A world that is not defined is counted and left out; an option that never is, too, and the rest is compared.", `
			view one
			measure loss lower
			a 1 - 3
			b 2 2 2
			c - - -`, inquiry.RobustAsk{Measures: []string{"loss"}}, `
			loss
			  one: without c; 2 worlds, 1 undefined; b by 8, a by 6, split true
			    a: mean 2, regret 1 in w2
			    b: mean 2, regret 1 in w0
			  expected value: [[a b]], schools "", common []
			  minimax regret: [[a b]], schools "", common []`},
		{"No world is defined under both.", `
			view one
			measure loss lower
			a 1 -
			b - 2`, inquiry.RobustAsk{}, `
			loss
			  one: 0 worlds, 2 undefined; split false
			    a: mean NaN, regret NaN in w-1
			    b: mean NaN, regret NaN in w-1
			  expected value: [[]], schools "", common []
			  minimax regret: [[]], schools "", common []`},
		{"One option defined: nothing to compare.", `
			view one
			measure loss lower
			a 1 1
			b - -`, inquiry.RobustAsk{Measures: []string{"loss"}}, `
			loss
			  one: without b; nothing to compare`},
		{"Over two measures c is worse than a in both, and in one world of four better.", `
			view one
			measure loss lower
			a 1 1 1 1
			b 2 2 2 2
			c 3 3 3 0
			measure gain higher
			a 1 1 1 1
			b 2 2 2 2
			c 0 0 0 0`, inquiry.RobustAsk{Thresholds: th(t, "loss<=2", "gain>=1.5")}, `
			loss
			  one: 4 worlds, 0 undefined; a by 9, b by 1, c by 1, split true
			    a: mean 1, regret 1 in w3
			    b: mean 2, regret 2 in w3
			    c: mean 2.25, regret 2 in w0
			  expected value: [[a]], schools "", common []
			  minimax regret: [[a]], schools "", common []
			gain
			  one: 4 worlds, 0 undefined; b by 10, split false
			    a: mean 1, regret 1 in w0
			    b: mean 2, regret 0 in w0
			    c: mean 0, regret 2 in w0
			  expected value: [[b]], schools "", common []
			  minimax regret: [[b]], schools "", common []
			front one: a (1) b (1)
			all met one: a 0 of 4, 0 undefined; b 1 of 4, 0 undefined; c 0 of 4, 0 undefined;`},
		{"A threshold that is missed is missed, whatever is not known of the other.", `
			view one
			measure loss lower
			a 9 1 - -
			b 0 0 0 0
			measure gain higher
			a - - 0 9
			b 9 9 9 9`, inquiry.RobustAsk{Measures: []string{"loss"}, Thresholds: th(t, "loss<=2", "gain>=1")}, `
			loss
			  one: 2 worlds, 2 undefined; b by 10, split false
			    a: mean 5, regret 9 in w0
			    b: mean 0, regret 0 in w0
			  expected value: [[b]], schools "", common []
			  minimax regret: [[b]], schools "", common []
			gain
			  one: 2 worlds, 2 undefined; b by 10, a by 1, split false
			    a: mean 4.5, regret 9 in w2
			    b: mean 9, regret 0 in w2
			  expected value: [[b]], schools "", common []
			  minimax regret: [[b]], schools "", common []
			front one:
			all met one: a 0 of 2, 2 undefined; b 1 of 4, 0 undefined;`},
		{"Two against each other: A less B, in the worlds in which both are defined.", `
			view one
			measure loss lower
			a 1 5 2 -
			b 2 2 2 2`, inquiry.RobustAsk{Between: []string{"b", "a"}}, `
			loss
			  one: 3 worlds, 1 undefined; b by 8, a by 3, split true
			    a: mean 2.6666666666666665, regret 3 in w1
			    b: mean 2, regret 1 in w0
			  expected value: [[b]], schools "", common []
			  minimax regret: [[b]], schools "", common []
			loss, one: b−a -0.6666666666666666, better 0.3333333333333333 worse 0.3333333333333333 tied 0.3333333333333333 of 3`},
	} {
		got := strings.TrimSpace(drawnAs(robust(t, madeUp(t, c.drawing), c.ask)))
		if want := strings.TrimSpace(strings.ReplaceAll(c.want, "\n\t\t\t", "\n")); got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", c.says, got, want)
		}
	}
}

// Questions that make no sense.
func TestRobustMistakes(t *testing.T) {
	two := "view one\nmeasure loss lower\na 1 2\nb 2 1\nmeasure gain higher\na 1 1\nb 2 2\nmeasure note none\na 1 1\nb 1 1"
	for _, c := range []struct {
		drawing string
		ask     inquiry.RobustAsk
		want    string
	}{
		{two, inquiry.RobustAsk{Measures: []string{"los"}}, `no measure "los" in this case (did you mean loss?)`},
		{two, inquiry.RobustAsk{Measures: []string{"nonsense"}}, `no measure "nonsense" in this case (there are loss, gain)`},
		{two, inquiry.RobustAsk{Measures: []string{"note"}}, `measure note does not say which way is better, so nothing can be chosen by it (write lower is better, or higher is better, in the crisis)`},
		{two, inquiry.RobustAsk{Options: []string{"x"}}, `no option "x" in this case (there are a, b)`},
		{two, inquiry.RobustAsk{Views: []string{"two"}}, `no view "two" in this case (the only one is one)`},
		{two, inquiry.RobustAsk{Options: []string{"a"}}, `a alone is named of 2 options: a choice wants two or more (name another with --option too, or none for all)`},
		{"view one\nmeasure loss lower\na 1", inquiry.RobustAsk{}, `a is the only option: a choice wants two or more (a report shows one)`},
		{"view one\nmeasure note none\na 1\nb 1", inquiry.RobustAsk{}, `no measure of this case is defined under every option and says which way is better; name one with --measure`},
		{two, inquiry.RobustAsk{Between: []string{"a"}}, `two different options are held against each other, got a (name them as --between A,B)`},
		{two, inquiry.RobustAsk{Between: []string{"a", "a"}}, `two different options are held against each other, got a, a (name them as --between A,B)`},
		{two, inquiry.RobustAsk{Between: []string{"a", "c"}}, `no option "c" in this case (there are a, b)`},
		{two, inquiry.RobustAsk{Options: []string{"a", "b"}, Between: []string{"a", "c"}}, `no option "c" in this case (there are a, b)`},
		{"view one\nmeasure loss lower\na 1\nb 1\nc 1", inquiry.RobustAsk{Options: []string{"a", "c"}, Between: []string{"a", "b"}}, `b is held against another, but is not among the options to compare (a, c)`},
		{two, inquiry.RobustAsk{Alpha: 1.5}, `--alpha is the weight of the best world, from 0 to 1, got 1.5`},
		{two, inquiry.RobustAsk{Alpha: math.NaN()}, `--alpha is the weight of the best world, from 0 to 1, got NaN`},
		{two, inquiry.RobustAsk{By: "luck"}, `unknown comparison "luck" (there are expected, median, worst, tail)`},
		{two, inquiry.RobustAsk{Thresholds: th(t, "loss>=1")}, `--threshold, at character 1: lower loss is better, so good enough is written loss<=1`},
		{two, inquiry.RobustAsk{Thresholds: th(t, "loss<=1", "loss<=2")}, `--threshold, at character 1: two thresholds for loss; give one`},
		{two, inquiry.RobustAsk{Thresholds: th(t, "loss<=5%")}, `--threshold, at character 7: loss is in u, so write a number and no percentage`},
		{two, inquiry.RobustAsk{Thresholds: th(t, "rain<=1")}, `--threshold, at character 1: no measure "rain" in this case (did you mean gain?)`},
		{"view one\nmeasure loss lower\na Inf\nb 1", inquiry.RobustAsk{}, `view one: measure "loss": option "a" is infinite in world 0; bound it or leave it undefined`},
		{"view one\nmeasure loss sideways\na 1\nb 1", inquiry.RobustAsk{}, `view one: measure "loss": direction "sideways"; a comparison wants "higher" or "lower"`},
	} {
		if _, err := c.ask.Of(madeUp(t, c.drawing)); err == nil || err.Error() != c.want {
			t.Errorf("%+v\n got %v\nwant %s", c.ask, err, c.want)
		}
	}
	for words, want := range map[string]string{
		"loss":       `--threshold, at character 1: loss is no threshold (write MEASURE<=NUMBER or MEASURE>=NUMBER)`,
		"loss=2":     `--threshold, at character 1: loss = 2 is no threshold (write MEASURE<=NUMBER or MEASURE>=NUMBER)`,
		"loss<=":     `--threshold, at character 7: expected a value, but the line ends`,
		"loss<=many": `--threshold, at character 1: loss <= many is no threshold (write MEASURE<=NUMBER or MEASURE>=NUMBER)`,
		"loss<=NaN":  `--threshold, at character 1: loss <= NaN is no threshold (write MEASURE<=NUMBER or MEASURE>=NUMBER)`,
	} {
		if _, err := inquiry.ParseThreshold(words); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", words, err, want)
		}
	}
	if x := th(t, " loss <= 5 %")[0]; x.Measure != "loss" || x.Better != decision.Lower || x.Value != 0.05 {
		t.Errorf("%+v", x)
	}
}

// What is said of a run is what its record says: the expected value is the mean
// of the summary, an option that is best in every world has no regret in the
// world named, and the world named has the regret that is told.
func TestRobustFitsTheRecord(t *testing.T) {
	r := run(t, load(t), study.Plan{})
	x := robust(t, r, inquiry.RobustAsk{Measures: []string{"war", "calm", "alone", "war_a_year"}, Alpha: 0.5})
	seen := 0
	for _, m := range x.Measures {
		k := slices.IndexFunc(r.Measures, func(y study.Measure) bool { return y.Name == m.Name })
		for _, v := range m.Views {
			for _, s := range v.Compared.Options {
				if want := float64(*summary(t, r, s.Option, v.View, m.Name).Mean); math.Abs(float64(s.Expected)-want) > 1e-12*math.Abs(want) {
					t.Errorf("%s of %s under %s: expected %v, the record's mean is %v", m.Name, s.Option, v.View, s.Expected, want)
				}
				if want := float64(*summary(t, r, s.Option, v.View, m.Name).Median); math.Abs(float64(s.Median)-want) > 1e-12*math.Abs(want) {
					t.Errorf("%s of %s under %s: median %v, the record's is %v", m.Name, s.Option, v.View, s.Median, want)
				}
				w := s.RegretIn.First
				best := math.Inf(1)
				sign := map[string]float64{"lower": 1, "higher": -1}[m.Better]
				for _, o := range r.Results {
					best = min(best, sign*values(t, r, o.Option, v.View)[k][w])
				}
				if got := sign*values(t, r, s.Option, v.View)[k][w] - best; math.Abs(got-float64(s.MaxRegret)) > 1e-15 {
					t.Errorf("%s of %s under %s: regret %v in world %d, there it is %v", m.Name, s.Option, v.View, s.MaxRegret, w, got)
				}
				seen++
			}
		}
	}
	if seen != 4*3*2 {
		t.Errorf("%d numbers were compared", seen)
	}
	if names := r.Choosable(); !slices.Equal(names, []string{"war", "calm", "alone"}) { // avenged never happens without a force; the others serve the record
		t.Errorf("by itself it chooses by %v", names)
	}
}

// Adding what all options share in a world changes no regret and no choice by
// regret; a permutation of the options permutes the answer; a permutation of the
// worlds moves only the numbers of the worlds.
func TestRobustRelations(t *testing.T) {
	plain := run(t, load(t), study.Plan{})
	base := robust(t, plain, inquiry.RobustAsk{Measures: []string{"war", "calm"}, Alpha: 0.3})

	shifted := run(t, load(t), study.Plan{})
	for i := range shifted.Results {
		for v := range shifted.Results[i].Views {
			for w := range shifted.Results[i].Views[v].Values[0] {
				shifted.Results[i].Views[v].Values[0][w] += float64(w%7) / 8
			}
		}
	}
	for v, view := range robust(t, shifted, inquiry.RobustAsk{Measures: []string{"war"}}).Measures[0].Views {
		for o, s := range view.Compared.Options {
			want := base.Measures[0].Views[v].Compared.Options[o]
			if math.Abs(float64(s.MaxRegret-want.MaxRegret)) > 1e-12 || math.Abs(float64(s.MeanRegret-want.MeanRegret)) > 1e-12 || s.Alone.Value != want.Alone.Value {
				t.Errorf("%s under %s: regret %v and %v, before %v and %v", s.Option, view.View, s.MaxRegret, s.MeanRegret, want.MaxRegret, want.MeanRegret)
			}
		}
	}

	slices.Reverse(plain.Results)
	turned := robust(t, plain, inquiry.RobustAsk{Measures: []string{"war", "calm"}, Alpha: 0.3})
	for k, m := range turned.Measures {
		for v, view := range m.Views {
			slices.Reverse(view.Compared.Options)
			was := base.Measures[k].Views[v]
			if fmt.Sprint(view.Compared.Options) != fmt.Sprint(was.Compared.Options) {
				t.Errorf("%s under %s: turned round\n%v\nbefore\n%v", m.Name, view.View, view.Compared.Options, was.Compared.Options)
			}
			if fmt.Sprint(view.Every) != fmt.Sprint(was.Every) || view.Split != was.Split {
				t.Errorf("%s under %s picks %v, before %v", m.Name, view.View, view.Every, was.Every)
			}
		}
	}
	for i, f := range turned.Fronts {
		for o, x := range f.Front.Options {
			if was := base.Fronts[i].Front.Options[len(f.Front.Options)-1-o]; fmt.Sprint(x) != fmt.Sprint(was) {
				t.Errorf("front of %s: %v, before %v", f.View, x, was)
			}
		}
	}
}

// The JSON of an answer holds no number that is none, and its lists are lists.
func TestRobustJSON(t *testing.T) {
	for _, x := range []any{
		robust(t, run(t, load(t), study.Plan{Worlds: 8}), inquiry.RobustAsk{Thresholds: th(t, "war<=10%"), Between: []string{"nothing", "pledge"}}),
		robust(t, madeUp(t, "view one\nmeasure loss lower\na 1 -\nb - 2"), inquiry.RobustAsk{}),
		robust(t, madeUp(t, "view one\nmeasure loss lower\na 1 1\nb - -"), inquiry.RobustAsk{Measures: []string{"loss"}}),
	} {
		text, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{`"options":null`, `"picks":null`, `"views":null`, `"left_out":null`, `"fronts":null`, "NaN"} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s in %s", bad, text)
			}
		}
	}
}

// worth asks what knowing would be worth, and checks the answer's head.
func worth(t testing.TB, r *study.Record, a inquiry.ValueAsk) *inquiry.Value {
	t.Helper()
	out, err := a.Of(context.Background(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// coin is a record of 200 worlds in which one assumption settles which option
// is better, one has no influence, one is fixed.
func coin(t testing.TB, views ...string) *study.Record {
	t.Helper()
	var b strings.Builder
	for i, v := range views {
		side, left, right, idle, known := "", "", "", "", ""
		for w := range 200 {
			u := draw.NewStream(uint64(i), "side").Uniform(uint64(w))
			side += fmt.Sprintf(" %g", u)
			idle += fmt.Sprintf(" %g", draw.NewStream(7, "idle").Uniform(uint64(w)))
			known += " 3"
			left += fmt.Sprintf(" %d", 1+int(2*u)*2) // 1 or 3
			right += " 2"
		}
		fmt.Fprintf(&b, "%s\nassume side%s\nassume idle%s\nassume known%s\nmeasure loss lower\nleft%s\nright%s\n", v, side, idle, known, left, right)
	}
	return madeUp(t, b.String())
}

// Who knows the side chooses right in every world: that is worth what knowing
// everything is. What has no influence is worth nothing, what is fixed is not
// looked at.
func TestValueOfTheCoin(t *testing.T) {
	x := worth(t, coin(t, "view one", "view two", "union both"), inquiry.ValueAsk{Groups: []inquiry.Group{{Name: "pair", Assumptions: []string{"idle", "side"}}}})
	for _, v := range x.Views {
		if v.Perfect.Value < 0.4 || v.Perfect.Value > 0.5 {
			t.Errorf("%s: knowing everything is worth %v, about a half", v.View, v.Perfect.Value)
		}
		first, second := v.Assumptions[0], v.Assumptions[1]
		if first.Name != "side" || !first.Evidence || first.Share < 0.95 || first.Share > 1+1e-12 || first.Rests == "sources" {
			t.Errorf("%s: %+v", v.View, first)
		}
		if second.Name != "idle" || second.Evidence || second.Share > 0.1 {
			t.Errorf("%s: %+v is worth %v", v.View, second, second.Worth.Value)
		}
		if !slices.Equal(v.Fixed, []string{"known"}) || len(v.Assumptions) != 2 {
			t.Errorf("%s: fixed are %v", v.View, v.Fixed)
		}
		if g := v.Groups[0]; g.Name != "pair" || !g.Evidence || g.Share < 0.5 {
			t.Errorf("%s: %+v", v.View, g)
		}
		for _, c := range v.Chosen {
			if want := 1 - shareBest(t, coin(t, "view one", "view two", "union both"), v.View, c.Option); math.Abs(float64(c.NotBest.Value)-want) > 1e-12 {
				t.Errorf("%s: %s is not best in %v, counted %v", v.View, c.Option, c.NotBest.Value, want)
			}
		}
	}
	if !slices.Equal(x.Common, []string{"side"}) {
		t.Errorf("worth learning under both: %v", x.Common)
	}
}

// shareBest is the share of worlds in which an option is best, ties counted in.
func shareBest(t testing.TB, r *study.Record, view, option string) float64 {
	t.Helper()
	own := values(t, r, option, view)[0]
	n := 0
	for w := range own {
		best := true
		for _, o := range r.Results {
			best = best && own[w] <= values(t, r, o.Option, view)[0][w]
		}
		if best {
			n++
		}
	}
	return float64(n) / float64(len(own))
}

// An option that is best in every world leaves nothing to learn; too few worlds
// leave nothing to learn from; no worlds at all leave nothing.
func TestValueOfNothing(t *testing.T) {
	sure := worth(t, madeUp(t, "view one\nassume x"+strings.Repeat(" 1 2", 30)+"\nmeasure loss lower\na"+strings.Repeat(" 1 1", 30)+"\nb"+strings.Repeat(" 2 2", 30)), inquiry.ValueAsk{}).Views[0]
	if !sure.Nothing || sure.Perfect.Value != 0 || sure.Chosen[0].NotBest.Value != 0 || len(sure.Assumptions) != 0 {
		t.Errorf("%+v", sure)
	}
	few := worth(t, madeUp(t, "view one\nassume x 1 2 3\nmeasure loss lower\na 1 2 3\nb 3 2 1"), inquiry.ValueAsk{}).Views[0]
	if few.Doubt != "3 worlds are too few to learn from, of those in which all options are defined; 40 are wanted" || few.Nothing || len(few.Chosen) != 2 {
		t.Errorf("%+v", few)
	}
	same := worth(t, madeUp(t, "view one\nassume x 1\nmeasure loss lower\na 1\nb 2"), inquiry.ValueAsk{}).Views[0]
	if same.Doubt != "1 world is too few to learn from, of those in which all options are defined; 40 are wanted" || same.Nothing {
		t.Errorf("of one world: %+v", same)
	}
	none := worth(t, madeUp(t, "view one\nassume x 1 2\nmeasure loss lower\na 1 -\nb - 2"), inquiry.ValueAsk{}).Views[0]
	if none.Nothing || none.Doubt == "" || len(none.Chosen) != 0 || none.Perfect.N != 0 || none.Perfect.Undefined != 2 {
		t.Errorf("%+v", none)
	}
	alone := worth(t, madeUp(t, "view one\nassume x 1 2\nmeasure loss lower\na 1 1\nb - -"), inquiry.ValueAsk{Measure: "loss"}).Views[0]
	if alone.Perfect != nil || !slices.Equal(alone.LeftOut, []string{"b"}) || alone.Doubt == "" {
		t.Errorf("%+v", alone)
	}
}

// To know everything is worth the mean regret of what is chosen without, and no
// more than that is to know a part, in the same worlds.
func TestValueFitsRegret(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 64})
	x := robust(t, r, inquiry.RobustAsk{Measures: []string{"war"}})
	for i, v := range worth(t, r, inquiry.ValueAsk{Measure: "war"}).Views {
		for _, s := range x.Measures[0].Views[i].Compared.Options {
			if s.Option == v.Chosen[0].Option && math.Abs(float64(s.MeanRegret-v.Perfect.Value)) > 1e-15 {
				t.Errorf("%s: worth %v, mean regret of %s %v", v.View, v.Perfect.Value, s.Option, s.MeanRegret)
			}
		}
		for _, a := range v.Assumptions {
			if a.Worth.InSample > v.Perfect.Value+1e-15 || a.Worth.Value > v.Perfect.Value+1e-15 {
				t.Errorf("%s: %s is worth %v, everything %v", v.View, a.Name, a.Worth.InSample, v.Perfect.Value)
			}
		}
	}
}

// The number of workers changes no byte.
func TestValueWorkers(t *testing.T) {
	r := run(t, load(t), study.Plan{Worlds: 64})
	ask := func(r *study.Record, workers int) string {
		text, err := json.Marshal(worth(t, r, inquiry.ValueAsk{Measure: "war", Workers: workers, Groups: []inquiry.Group{{Name: "cost", Assumptions: []string{"price", "word"}}}}))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if ask(r, 1) != ask(r, 4) {
		t.Error("1 and 4 workers differ")
	}
}

func TestValueMistakes(t *testing.T) {
	r := coin(t, "view one")
	for _, c := range []struct {
		ask  inquiry.ValueAsk
		want string
	}{
		{inquiry.ValueAsk{Measure: "los"}, `no measure "los" in this case (did you mean loss?)`},
		{inquiry.ValueAsk{Options: []string{"lefd"}}, `no option "lefd" in this case (did you mean left?)`},
		{inquiry.ValueAsk{Options: []string{"left"}}, `left alone is named of 2 options: a choice wants two or more (name another with --option too, or none for all)`},
		{inquiry.ValueAsk{Views: []string{"two"}}, `no view "two" in this case (the only one is one)`},
		{inquiry.ValueAsk{Groups: []inquiry.Group{{Name: "g", Assumptions: []string{"sides"}}}}, `group g: no assumption "sides" in this case (did you mean side?)`},
		{inquiry.ValueAsk{Groups: []inquiry.Group{{Name: "g", Assumptions: []string{"side"}}, {Name: "g", Assumptions: []string{"idle"}}}}, `two groups are called "g"`},
	} {
		if _, err := c.ask.Of(context.Background(), r, nil); err == nil || err.Error() != c.want {
			t.Errorf("%+v\n got %v\nwant %s", c.ask, err, c.want)
		}
	}
	r.Draws = nil
	if _, err := (inquiry.ValueAsk{}).Of(context.Background(), r, nil); err == nil || err.Error() != "view one: the record was read without its draws" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (inquiry.ValueAsk{}).Of(ctx, coin(t, "view one"), nil); err != context.Canceled {
		t.Error(err)
	}
}

func TestParseGroup(t *testing.T) {
	for words, want := range map[string]string{
		"g=a":               "g: a",
		"g=a,b":             "g: a|b",
		" g = a , b[X,Y] ,": "g: a|b[X,Y]",
		"g=a=b":             "g: a=b",
		"g":                 `--group, at character 1: cannot read the group "g" (write --group NAME=a,b,c)`,
		"=a":                `--group, at character 1: cannot read the group "=a" (write --group NAME=a,b,c)`,
		"g=,":               `--group, at character 1: cannot read the group "g=," (write --group NAME=a,b,c)`,
	} {
		g, err := inquiry.ParseGroup(words)
		got := g.Name + ": " + strings.Join(g.Assumptions, "|")
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
}

// What an answer counts of the criteria is what robust finds school beside school.
func TestAnswerCountsAsRobustDoes(t *testing.T) {
	rec := run(t, load(t), study.Plan{})
	x := robust(t, rec, inquiry.RobustAsk{Alpha: 0.5})
	counted := rec.Answer().Criteria
	if len(counted) == 0 {
		t.Fatal("nothing is counted")
	}
	for _, c := range counted {
		for _, m := range x.Measures {
			if m.Name != c.Measure {
				continue
			}
			asked, apart, first := 0, 0, map[string]int{}
			for _, a := range m.Agreed {
				if a.Schools != inquiry.Open {
					asked++
				}
				if a.Schools == inquiry.Differ {
					apart++
				}
				for _, o := range a.Common {
					first[o]++
				}
			}
			if asked != c.Criteria || apart != c.Apart || len(first) != len(c.First) {
				t.Errorf("%s: robust %d criteria, %d apart, %v; answer %+v", c.Measure, asked, apart, first, c)
			}
			for _, f := range c.First {
				if first[f.Option] != f.Criteria {
					t.Errorf("%s: %s is first by %d, said %d", c.Measure, f.Option, first[f.Option], f.Criteria)
				}
			}
		}
	}
}
