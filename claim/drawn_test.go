package claim

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/catalog"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// raid is a small crisis: a warning multiplies what a war costs by louder, so
// that war[warn] < war[now] where louder is above 1.
const raid = `
use NAT
view calm "Calm" { note "for the test" }
view both "Both" { union of calm, other }
view other "Other" { note "for the test" }
assume gain     "the land"       payoff { view calm ~ uniform(20, 60) judgement "for the test"; view other ~ uniform(30, 50) source M }
assume war_cost "a war"          payoff ~ uniform(20, 60) judgement "for the test"
assume louder   "a war, warned"  number ~ uniform(0.5, 3) judgement "for the test"
assume idle     "nothing at all" number ~ uniform(0, 1) judgement "for the test"

crisis raid "A raid" {
  role challenger
  role protege
  setting warned "the challenger has been warned"
  fact war "war"
  precision 0.1
  let nothing = idle * 0
  each year {
    move go by challenger {
      stay
      attack { set war }
    }
  }
  payoff "war" to challenger when war: gain - war_cost * if(warned, louder, 1) * (1 + idle * 0)
  measure war "war" probability, lower is better = P(war)
  measure at_war "years of war" years, lower is better = years(war)
}
option now  "As it stands"
option warn "A warning" { set warned }
case narva "A raid on Estonia" {
  question "Does a warning help?"
  date     2025-03-10
  crisis   raid
  role challenger = RUS
  role protege    = EST
  horizon  1
  option   now, warn
  view     calm, other, both
}
`

// loaded is the crisis of a raid with claims about it.
func loaded(t *testing.T, claims string) (*model.Model, *model.Case) {
	t.Helper()
	m, problems := catalog.Files([]*source.File{source.New("raid.casus", []byte(raid+claims))})
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	return m, m.Case("narva")
}

// drawn is a record of one view that is written down: a line for each measure
// under an option, a column for each world, - where it is not defined.
func drawn(t *testing.T, text string) *study.Record {
	t.Helper()
	r := &study.Record{Case: "narva", Title: "drawn", Date: "2025-03-10", Horizon: 1, Views: []study.View{{Name: "calm"}},
		Measures: []study.Measure{{Name: "war", Unit: "probability"}, {Name: "at_war", Unit: "years"}}, Draws: map[string][][]float64{}}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		measure, option, _ := strings.Cut(strings.TrimSuffix(words[0], "]"), "[")
		var xs []float64
		for _, w := range words[1:] {
			x, err := strconv.ParseFloat(w, 64)
			if w == "-" {
				x = math.NaN()
			} else if err != nil {
				t.Fatal(err)
			}
			xs = append(xs, x)
		}
		r.Worlds = len(xs)
		if option == "" { // an assumption
			r.Numbers = append(r.Numbers, study.Assumption{Name: measure, Title: measure})
			r.Draws["calm"] = append(r.Draws["calm"], xs)
			continue
		}
		o := slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == option })
		if o < 0 {
			r.Results = append(r.Results, study.Result{Option: option, Done: true, Views: []study.ViewResult{{View: "calm", Values: make([][]float64, 2)}}})
			o = len(r.Results) - 1
		}
		k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == measure })
		r.Results[o].Views[0].Values[k] = xs
	}
	return r
}

// Six worlds: in the fifth the sides are equal but for rounding, in the sixth a
// measure is not defined.
const six = `
war[now]     0.30 0.20 0.10 0.40 0.30                -
war[warn]    0.10 0.25 0.05 0.39999 0.29999999999999993 0.1
at_war[now]  1    1    2    2    3    1
at_war[warn] 1    2    1    0    3    1
`

// A share is of the worlds in which a reading is defined; an edge is met by <=
// and not by <; what one side of "and" or "or" decides needs no other.
func TestShares(t *testing.T) {
	for _, c := range []struct {
		holds                      string
		holdsIn, worlds, undefined int
		interval, margin           string
		slight                     int
		judgement                  bool
	}{
		{"war[warn] < war[now]", 3, 5, 1, "0.231 0.882", "0.000 (-0.040 to 0.170) probability", 2, false},
		{"war[warn] <= war[now]", 4, 5, 1, "0.376 0.964", "0.000 (-0.040 to 0.170) probability", 2, false},
		{"war[warn] = war[now]", 1, 5, 1, "0.036 0.624", "-0.050 (-0.170 to -0.000) probability", 2, false},
		{"war[warn] != war[now]", 4, 5, 1, "0.376 0.964", "0.050 (0.000 to 0.170) probability", 2, false},
		{"not war[warn] < war[now]", 2, 5, 1, "0.118 0.769", "", 0, false},
		{"war[warn] < war[now] and at_war[warn] < at_war[now]", 2, 6, 0, "0.097 0.700", "", 0, false},
		{"war[warn] < war[now] or at_war[warn] < at_war[now]", 3, 5, 1, "0.231 0.882", "", 0, false},
		{"war[warn] < war[now] or at_war[warn] = at_war[now]", 5, 6, 0, "0.436 0.970", "", 0, false},
		{"at_war[now] / at_war[warn] >= 1", 4, 5, 1, "0.376 0.964", "0.000 (-0.400 to 0.800) number", 3, true},
		{"war[now] > 0", 5, 5, 1, "0.566 1.000", "0.300 (0.120 to 0.380) probability", 0, false},
		{"war[now] > 2", 0, 5, 1, "0.000 0.434", "-1.700 (-1.880 to -1.620) probability", 0, true},
	} {
		text := `claim C1 "x" { for "x"; against "y"; holds ` + c.holds
		if c.judgement {
			text += `; judgement "for the test"`
		}
		m, k := loaded(t, text+" }\n")
		l, err := New(t.Context(), m, k, drawn(t, six), m.ClaimsOf(k))
		if err != nil {
			t.Fatal(err)
		}
		s := l.Claims[0].Readings[0].Views[0]
		margin := ""
		if s.Margin != nil {
			margin = fmt.Sprintf("%.3f (%.3f to %.3f) %s", s.Margin.Median, s.Margin.P05, s.Margin.P95, s.Margin.Unit)
		}
		got := fmt.Sprintf("%d of %d, %d undefined, %.3f %.3f, %s, %d slight", s.Holds, s.Worlds, s.Undefined, s.Lo, s.Hi, margin, s.Slight)
		want := fmt.Sprintf("%d of %d, %d undefined, %s, %s, %d slight", c.holdsIn, c.worlds, c.undefined, c.interval, c.margin, c.slight)
		if got != want {
			t.Errorf("%s\n  got  %s\n  want %s", c.holds, got, want)
		}
	}
}

// What is not in a record is said and not scored; what is defined nowhere has no
// share.
func TestNotScored(t *testing.T) {
	m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; holds war[warn] < war[now]; holds at_war[now] > 0 }`)
	l, err := New(t.Context(), m, k, drawn(t, "war[now] - -\nat_war[now] - -"), m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	rs := l.Claims[0].Readings
	if len(rs[0].Views) != 0 || rs[0].Warnings[0].Text != "not scored: option warn was not run" {
		t.Errorf("an option that was not run: %+v", rs[0])
	}
	if s := rs[1].Views[0]; s.Worlds != 0 || s.Undefined != 2 || !math.IsNaN(float64(s.Share)) || rs[1].Warnings[0].Text != "undefined in every world of calm" {
		t.Errorf("never defined: %+v, %q", s, rs[1].Warnings)
	}
}

// worlds are so many worlds in which war[now] is above war[warn] where a is above
// the share cut; b has nothing to do with it.
func worlds(t *testing.T, n int, cut float64) *study.Record {
	var a, b, now, warn []string
	for i := range n {
		x := (float64(i) + 0.5) / float64(n)
		y := math.Mod(float64(i)*0.6180339887498949, 1)
		a, b = append(a, fmt.Sprint(x)), append(b, fmt.Sprint(y))
		now, warn = append(now, fmt.Sprint(0.5+(x-cut)/10)), append(warn, "0.5")
	}
	line := func(name string, xs []string) string { return name + " " + strings.Join(xs, " ") + "\n" }
	return drawn(t, line("war[now]", now)+line("war[warn]", warn)+line("a", a)+line("b", b))
}

// The assumption that decides is named, with the end at which the reading holds;
// where it holds everywhere nothing is decided and the margin is looked at.
func TestDecider(t *testing.T) {
	for _, c := range []struct {
		holds string
		cut   float64
		want  string
	}{
		{"war[now] > war[warn]", 0.5, "a high of whether it holds"},
		{"war[now] < war[warn]", 0.5, "a low of whether it holds"},
		{"not war[now] < war[warn]", 0.3, "a high of whether it holds"},
		{"war[now] > war[warn]", -1, "a high of the margin, settled"},
		{"war[now] > war[warn]", 2, "a high of the margin, settled"},
		{"war[now] > war[now] - 1", 0.5, "none: it is the same in every world"},
		{"war[warn] = war[warn]", 0.5, "none: it is the same in every world"},
	} {
		m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; judgement "z"; holds `+c.holds+` }`)
		l, err := New(t.Context(), m, k, worlds(t, 400, c.cut), m.ClaimsOf(k))
		if err != nil {
			t.Fatal(err)
		}
		s := l.Claims[0].Readings[0].Views[0]
		got := "none: " + s.Why
		if d := s.Decider; d != nil {
			got = d.Assumption + " " + d.Toward + " of " + d.Of
			if d.Settled {
				got += ", settled"
			}
			if d.Lo > d.Index || d.Hi < d.Index || d.Index < 0.7 {
				t.Errorf("%s: index %.2f [%.2f, %.2f]", c.holds, d.Index, d.Lo, d.Hi)
			}
		}
		if got != c.want {
			t.Errorf("%s with a cut at %g: %q, want %q", c.holds, c.cut, got, c.want)
		}
	}
}

// An assumption that only seems to matter by chance is not named.
func TestNoDecider(t *testing.T) {
	r := worlds(t, 400, 0.5)
	r.Draws["calm"] = r.Draws["calm"][1:]
	r.Numbers = r.Numbers[1:]
	m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; holds war[now] > war[warn] }`)
	l, err := New(t.Context(), m, k, r, m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	if s := l.Claims[0].Readings[0].Views[0]; s.Decider != nil || s.Why != "no single assumption is told apart from chance in these worlds" {
		t.Errorf("decided by %+v", s.Decider)
	}
	r.Draws = nil
	if l, _ = New(t.Context(), m, k, r, m.ClaimsOf(k)); l.Claims[0].Readings[0].Views[0].Why != "the draws of the worlds are not at hand" {
		t.Errorf("without draws: %+v", l.Claims[0].Readings[0].Views[0])
	}
}

// Views that see a reading in most worlds and in few disagree.
func TestViewsDisagree(t *testing.T) {
	r := worlds(t, 400, 0.2)
	other := worlds(t, 400, 0.8)
	r.Views = append(r.Views, study.View{Name: "other"})
	for i := range r.Results {
		r.Results[i].Views = append(r.Results[i].Views, study.ViewResult{View: "other", Values: other.Results[i].Views[0].Values})
	}
	r.Draws["other"] = other.Draws["calm"]
	m, k := loaded(t, `claim C1 "x" { for "x"; against "y"; holds war[now] > war[warn] }`)
	l, err := New(t.Context(), m, k, r, m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	if w := l.Claims[0].Readings[0].Warnings; !slices.ContainsFunc(w, func(w finding.Warning) bool { return w.Kind == finding.Disagree }) {
		t.Errorf("warnings %q", w)
	}
}
