package crisis

import (
	"math"
	"testing"
)

// From the settled values the same play is come to as from the world's end.
func TestPlayFromSettledValues(t *testing.T) {
	for seed := range uint64(12) {
		d, err := ready(generateLasting(seeded(seed)), "deal")
		if d == nil || err != nil {
			t.Fatal(err)
		}
		cols := draws(d.game(), 1, seed)
		in := make([]float64, len(cols))
		for i := range cols {
			in[i] = cols[i][0]
		}
		slow, fast := d.s.Graph.Play(in), d.s.Play(in)
		for i, v := range slow.Value {
			if by := apart(fast.Value[i], v, 1e-3); !(by <= 1e-11) {
				t.Errorf("seed %d: value %d is %v, should be %v", seed, i, fast.Value[i], v)
			}
		}
		for i, r := range slow.Reach() {
			if by := apart(fast.Reach()[i].Asked, r.Asked, 1e-3); !(by <= 1e-11) {
				t.Errorf("seed %d: %s is come to %v times, should be %v", seed, r.Step, fast.Reach()[i].Asked, r.Asked)
			}
		}
	}
}

// An offer is made until it is accepted, q a year; after that the decision to
// attack comes every year, the first time in the same, until p of them falls.
// The move that nothing opens is never come to, and told of.
func TestReachInClosedForm(t *testing.T) {
	const p, q = 0.2, 0.3
	for _, h := range []int{1, 3, 7} {
		m, k, err := read(playText)
		if err != nil {
			t.Fatal(err)
		}
		s := compile(t, m, within(k, h), m.Option("o"))
		got := s.Play([]float64{p}).Reach()
		offers, wars := 0.0, 0.0
		for y := 1; y <= h; y++ {
			offers += math.Pow(1-q, float64(y-1))
			wars += q * math.Pow(1-q, float64(y-1)) * (1 - math.Pow(1-p, float64(h-y+1)))
		}
		want := []Reach{
			{Step: "offer", Asked: offers, Choices: []ReachChoice{{P: 1 - q}, {P: q}}},
			{Step: "act", Asked: wars / p, Choices: []ReachChoice{{P: 1 - p}, {P: p}}},
			{Step: "surrender", Asked: 0, Choices: []ReachChoice{{}, {}}},
		}
		for i, w := range want {
			g := got[i]
			if g.Step != w.Step || g.Actor != "RUS" || apart(g.Asked, w.Asked, 1e-3) > 1e-12 {
				t.Errorf("%d years: %s by %s is come to %v times, should be %s by RUS, %v", h, g.Step, g.Actor, g.Asked, w.Step, w.Asked)
			}
			for c, x := range w.Choices {
				if apart(g.Choices[c].P, x.P, 1e-3) > 1e-12 {
					t.Errorf("%d years: at %s %s has the share %v, should be %v", h, g.Step, g.Choices[c].Choice, g.Choices[c].P, x.P)
				}
			}
		}
	}
}

const playText = `view v "v" { note "drawn" }
assume p "a chance" probability ~ 0.2 judgement "drawn"
option o "o" { }
crisis c "c" {
  role challenger
  fact settled
  fact war final
  fact beaten
  precision 1
  discount 0.9
  each year {
    move offer by challenger when not settled { refuse; accept base odds(0.3) { set settled } }
    move act by challenger when settled { hold; attack base odds(p) { set war } }
    move surrender by challenger when beaten { no; yes { set war } }
  }
  measure war "war" probability = P(war)
}
case k "k" { question "q"; date 2025-01-01; crisis c; role challenger = RUS; horizon 1 years; option o; view v }
`

// Given the settlement: it is as likely as the measure says, and in one year all
// that only a settlement opens is come to as often as without it being given, less
// what does not come to one. Where it holds from the start, being given changes
// nothing.
func TestReachGivenTheSettlement(t *testing.T) {
	played := func(name, option string, years int) (whole, given map[string]float64, likely, accepted float64) {
		m, k := shipped(t, name)
		k = within(k, years)
		s := compile(t, m, k, m.Option(option))
		cols := columns(s.Graph.Game, "deterrence", 1)
		in := make([]float64, len(cols))
		for i := range cols {
			in[i] = cols[i][0]
		}
		for i, ms := range s.Measures {
			if ms.Name == "accepted" {
				accepted = solve(t, s, cols, 1)[i][0]
			}
		}
		play := s.Play(in)
		steps, likely, measure := play.ReachGiven()
		if measure != "accepted" {
			t.Errorf("%s: given %q", name, measure)
		}
		asked := func(rs []Reach) map[string]float64 {
			out := map[string]float64{}
			for _, r := range rs {
				out[r.Step+" "+r.Actor] += r.Asked
			}
			return out
		}
		return asked(play.Reach()), asked(steps), likely, accepted
	}
	whole, given, likely, accepted := played("ukraine", "plain", 1)
	if apart(likely, accepted, 1e-6) > 1e-9 || apart(whole["lapse RUS"], likely*given["lapse RUS"], 1e-6) > 1e-9 {
		t.Errorf("likely %v, accepted %v; the ceasefire may lapse %v times, given it %v", likely, accepted, whole["lapse RUS"], given["lapse RUS"])
	}
	if _, _, likely, accepted = played("ukraine", "plain", 5); apart(likely, accepted, 1e-6) > 1e-9 {
		t.Errorf("in five years: likely %v, accepted %v", likely, accepted)
	}
	whole, given, likely, _ = played("truce", "silence", 5)
	for at, n := range whole {
		if apart(given[at], n, 1e-6) > 1e-9 || likely != 1 {
			t.Errorf("settled from the start (%v): %s comes %v times, given it %v", likely, at, n, given[at])
		}
	}
}

// What follows adds to the base odds what lies between it and the share chosen: a
// choice whose consequences are those of the other stays at its base.
func TestReachSaysWhy(t *testing.T) {
	m, k, err := read(playText)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range compile(t, m, k, m.Option("o")).Play([]float64{0.2}).Reach() {
		for _, c := range r.Choices {
			if c.Base == nil {
				t.Fatalf("%s: %s has no base", r.Step, c.Choice)
			}
			if r.Asked > 0 && (c.Adds == nil || apart(c.P, *c.Base, 1e-3) > 1e-12 || math.Abs(*c.Adds) > 1e-9) {
				t.Errorf("%s: %s is chosen at %v, from base odds of %v, of which what follows makes %v", r.Step, c.Choice, c.P, *c.Base, c.Adds)
			}
		}
	}
}
