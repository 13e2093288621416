package inquiry_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// statedModel is a small model: a challenger who loses what an attack costs, and may
// be one of two types; a friend whom an attack calls.
func statedModel(t *testing.T, offsets, lines string) *model.Model {
	t.Helper()
	text := `view v "v" { note "drawn" }
assume rate "an attack" probability ~ triangular(0.05, 0.1, 0.3) judgement "drawn"
assume joining "a friend joins" probability ~ 0.25 judgement "drawn"
assume often "more than is possible" probability ~ 0.9 judgement "drawn"
assume cost "what an attack costs" log odds ~ 1.5 judgement "drawn"
assume size "how far the types are apart" log odds ~ 2 judgement "drawn"
assume one "λ" per payoff ~ 1 judgement "drawn"
` + offsets + `
option o "o" { }
option plain "one type" { set plainly }
crisis c "c" {
  role challenger
  role friend
  setting plainly
  fact bent
  fact war final
  fact joined
  fact never
  precision one
  first {
    chance type { bent with 0.5 { set bent }; content otherwise }
  }
  each year {
    move act by challenger { hold; attack base odds(rate) * exp(one * (held + if(plainly, 0, if(bent, size, -size)))) { set war } }
    move join by friend when war { aside; fight base odds(joining) * exp(one * held_join) { set joined } }
    move late by friend when never { no; yes base exp(one * idle) }
  }
  payoff "an attack" to challenger when war: -cost
  payoff "help" to challenger when joined: -cost
  measure attacks "attacks" probability = chosen(act, attack) / asked(act)
  measure joins "joins" probability = chosen(join, fight) / asked(join)
  measure both "war and help" probability = P(joined)
  measure late "late" probability = chosen(late, yes) / asked(late)
}
case k "k" {
  question "q"
  date 2025-01-01
  crisis c
  role challenger = RUS
  role friend = POL
  horizon 1 years
  option o, plain
  view v
` + lines + `
}
`
	m, problems := catalog.Files([]*source.File{source.New("stated.casus", []byte(text))})
	if bad := problems.Errors(); len(bad) > 0 {
		t.Fatal(bad)
	}
	return m
}

const unsolved = `assume held "what the rate holds" log odds ~ 0 judgement "drawn"
assume held_join "what the joining rate holds" log odds ~ 0 judgement "drawn"
assume idle "nothing" log odds ~ 0 judgement "drawn"`

func elicit(t *testing.T, m *model.Model) inquiry.ElicitedView {
	t.Helper()
	e, err := inquiry.Elicit(context.Background(), m, m.Case("k"), study.Plan{Worlds: 64, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return e.Views[0]
}

func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }

func fromLogOdds(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// One choice, one type: the offset is what an attack costs, with what help is
// then to be expected, over the whole range of the rate.
func TestElicitInClosedForm(t *testing.T) {
	v := elicit(t, statedModel(t, unsolved, "elicit attacks[plain] as rate by held\nelicit joins[plain] as joining by held_join"))
	want := []float64{1.5 + 0.25*1.5, 0}
	if !v.Converged || len(v.Rates) != 2 {
		t.Fatalf("%+v", v)
	}
	for i, r := range v.Rates {
		if !near(float64(r.Closes), want[i], 1e-6) || !near(float64(r.Gap), want[i], 1e-9) || !near(float64(r.Left), 0, 1e-6) {
			t.Errorf("%s: offset %v, gap %v, left %v; should be %v", r.Rate, r.Closes, r.Gap, r.Left, want[i])
		}
		for _, p := range [][2]float64{{float64(r.Stated.P05), float64(r.LogOdds.P05)}, {float64(r.Stated.Median), float64(r.LogOdds.Median)}, {float64(r.Stated.P95), float64(r.LogOdds.P95)}} {
			if !near(p[1], logOdds(p[0])+want[i], 1e-5) {
				t.Errorf("%s: from %v follows %v, should be %v", r.Rate, p[0], p[1], logOdds(p[0])+want[i])
			}
		}
		if r.Stale() != (i == 0) {
			t.Errorf("%s: stale is %v", r.Rate, r.Stale())
		}
	}
}

// Two types bend the rate: what comes out is the mean of two logits, at the
// median and at both ends of the range.
func TestElicitThroughTypes(t *testing.T) {
	v := elicit(t, statedModel(t, unsolved, "elicit attacks[o] as rate by held"))
	r := v.Rates[0]
	for _, p := range [][2]float64{{float64(r.Stated.P05), float64(r.LogOdds.P05)}, {float64(r.Stated.Median), float64(r.LogOdds.Median)}, {float64(r.Stated.P95), float64(r.LogOdds.P95)}} {
		x := p[1] - 1.5*1.25
		if got := (fromLogOdds(x+2) + fromLogOdds(x-2)) / 2; !near(got, p[0], 1e-6) {
			t.Errorf("with log odds %v the rate is %v, should be %v", p[1], got, p[0])
		}
	}
	straight := float64(r.LogOdds.P95 - r.LogOdds.P05)
	if apart := logOdds(float64(r.Stated.P95)) - logOdds(float64(r.Stated.P05)); straight < apart+0.1 {
		t.Errorf("the types bend nothing: %v over %v", straight, apart)
	}
}

// Solving again from what was solved changes nothing.
func TestElicitSettles(t *testing.T) {
	lines := "elicit attacks[o] as rate by held\nelicit joins[o] as joining by held_join"
	first := elicit(t, statedModel(t, unsolved, lines))
	again := elicit(t, statedModel(t, fmt.Sprintf(`assume held "what the rate holds" log odds ~ %.12f judgement "drawn"
assume held_join "what the joining rate holds" log odds ~ %.12f judgement "drawn"
assume idle "nothing" log odds ~ 0 judgement "drawn"`, float64(first.Rates[0].Closes), float64(first.Rates[1].Closes)), lines))
	if again.Steps != 0 || !again.Converged {
		t.Errorf("%d steps", again.Steps)
	}
	for i, r := range again.Rates {
		if r.Stale() || !near(float64(r.Gap), 0, 1e-6) || !near(float64(r.Closes), float64(first.Rates[i].Closes), 1e-9) || !near(float64(r.LogOdds.P05), float64(first.Rates[i].LogOdds.P05), 1e-5) {
			t.Errorf("%+v\nafter\n%+v", r, first.Rates[i])
		}
	}
}

// The order of the lines does not matter.
func TestElicitInAnyOrder(t *testing.T) {
	a := elicit(t, statedModel(t, unsolved, "elicit attacks[o] as rate by held\nelicit joins[o] as joining by held_join"))
	b := elicit(t, statedModel(t, unsolved, "elicit joins[o] as joining by held_join\nelicit attacks[o] as rate by held"))
	for i, r := range a.Rates {
		if s := b.Rates[1-i]; s.Rate != r.Rate || !near(float64(s.Closes), float64(r.Closes), 1e-6) || s.Given != r.Given || !near(float64(s.LogOdds.P95), float64(r.LogOdds.P95), 1e-5) {
			t.Errorf("%+v\nand\n%+v", r, s)
		}
	}
}

// What cannot be closed says why, and does not keep the others from closing.
func TestElicitOutOfReach(t *testing.T) {
	for name, c := range map[string][2]string{
		"bounded":   {"elicit both[plain] as often by held_join", "whatever the offset, the case gives at most 0."},
		"unread":    {"elicit joins[plain] as joining by idle", "idle moves nothing here"},
		"undefined": {"elicit late[plain] as joining by idle", "the measure is not defined in the central world"},
	} {
		t.Run(name, func(t *testing.T) {
			v := elicit(t, statedModel(t, unsolved, "elicit attacks[plain] as rate by held\n"+c[0]))
			if r := v.Rates[1]; v.Converged || !strings.HasPrefix(r.Why, c[1]) || !math.IsNaN(float64(r.Closes)) || !r.Stale() {
				t.Errorf("%+v", r)
			}
			if r := v.Rates[0]; r.Why != "" || !near(float64(r.Left), 0, 1e-6) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// The bytes do not depend on the number of workers.
func TestElicitWorkers(t *testing.T) {
	m := statedModel(t, unsolved, "elicit attacks[o] as rate by held\nelicit joins[o] as joining by held_join")
	var out []string
	for _, workers := range []int{1, 3} {
		e, err := inquiry.Elicit(context.Background(), m, m.Case("k"), study.Plan{Worlds: 200, Seed: 1, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%v", e.Views))
	}
	if out[0] != out[1] {
		t.Errorf("%s\nand\n%s", out[0], out[1])
	}
}

// The rates that shipped cases state hold: no offset has gone stale since it was
// solved for. A case that another is held against is asked with that one.
func TestShippedRatesHold(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	models, with := map[string]*model.Model{}, map[string]bool{}
	for _, name := range catalog.Cases() {
		m, problems, err := catalog.Case(name)
		if err != nil || len(problems.Errors()) > 0 {
			t.Fatal(name, err, problems.Errors())
		}
		models[name] = m
		for _, x := range m.Case(name).Against {
			with[x] = true
		}
	}
	asked := false
	for _, name := range catalog.Cases() {
		m := models[name]
		k := m.Case(name)
		if with[name] || !slices.ContainsFunc(m.References(k), func(c *model.Case) bool { return len(c.Elicits) > 0 }) {
			continue
		}
		asked = true
		e, err := inquiry.Elicit(context.Background(), m, k, study.Plan{Worlds: 8, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range e.Views {
			for _, r := range v.Rates {
				if r.Stale() {
					t.Errorf("case %s, view %s: %s does not hold: %s is %.4g, should be %.4g %s (casus elicit %s --write)", name, v.View, r.Rate, r.Offset, r.InForce, r.Closes, r.Why, name)
				}
			}
		}
	}
	if !asked {
		t.Skip("no shipped case states rates that should hold")
	}
}
