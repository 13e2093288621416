package crisis

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"casus/lang/syntax"
)

// settle finds what each state that a year can begin with is worth, playing one
// year after the other, and then leaves in later what the years shown add to
// the measures.
func (d *definition) settle(begin state) {
	d.worth, d.begins = map[string][]float64{}, map[string]state{}
	d.later = func(state) []float64 { return make([]float64, d.width) }
	for range 100_000 {
		now := d.year(begin)
		moved := math.Inf(1)
		if len(now) == len(d.worth) {
			moved = 0
			for s, v := range now {
				for i := range d.actors {
					moved = max(moved, math.Abs(v[i]-d.worth[s][i])/(1+math.Abs(v[i])))
				}
			}
		}
		d.worth = now
		if moved < 1e-15 {
			break
		}
	}
	d.shown(begin)
}

// year plays one year from every state that is known to begin one, and from
// the start, on what was found before. It may come to know more states.
func (d *definition) year(begin state) map[string][]float64 {
	d.memo = map[string][]float64{}
	d.play(0, 1, begin)
	out := map[string][]float64{}
	for len(out) < len(d.begins) {
		for _, s := range slices.Sorted(maps.Keys(d.begins)) {
			if out[s] == nil {
				out[s] = d.play(d.years, 1, d.begins[s])
			}
		}
	}
	return out
}

// shown counts the years: after has what so many years add to each measure,
// from each state. One that is given something runs over the whole horizon from
// the year in which that comes true.
func (d *definition) shown(begin state) {
	after := map[string][]float64{}
	nothing := make([]float64, d.width)
	of := func(m map[string][]float64, f state) []float64 {
		if v := m[d.key(d.years, 1, f)]; v != nil {
			return v
		}
		return nothing
	}
	for range d.k.Horizon - 1 {
		d.later = func(f state) []float64 { return of(after, f) }
		after = d.year(begin)
	}
	more := map[string][]float64{}
	for h := range d.k.Horizon {
		before := more
		d.later = func(f state) []float64 {
			out := slices.Clone(of(before, f))
			for _, to := range d.calls {
				if given := d.givenOf(to); given != nil && d.holds(given, f, nil) {
					out[to] = of(after, f)[to]
				}
			}
			return out
		}
		if h < d.k.Horizon-1 {
			more = d.year(begin)
		}
	}
	d.memo = map[string][]float64{}
}

// goOn is what a further year is worth to the actors, and adds to the measures.
func (d *definition) goOn(f state) []float64 {
	key := d.key(d.years, 1, f)
	d.begins[key] = f
	out := slices.Clone(d.later(f))
	clear(out[:len(d.actors)])
	if v := d.worth[key]; v != nil {
		for i := range d.actors {
			out[i] = d.delta * v[i]
		}
	}
	return out
}

// givenOf is what the call that an account is for stands under.
func (d *definition) givenOf(to int) *syntax.Expr {
	for e, at := range d.calls {
		if x := e.Args[0]; at == to && x.Kind == syntax.BinaryExpr && x.Op == "|" {
			return x.Args[1]
		}
	}
	return nil
}

// reached is the account of how likely a condition is to come true.
func (d *definition) reached(given *syntax.Expr) int {
	for e, to := range d.calls {
		if strings.TrimSpace(e.String()) == "P("+given.String()+")" {
			return to
		}
	}
	panic("definition: nothing tells how likely " + given.String() + " is")
}

// answers solves a small game written out and names its measures.
func answers(t *testing.T, crisis string, horizon int) map[string]float64 {
	t.Helper()
	m, k, err := read(fmt.Sprintf(`view v "v" { note "drawn" }
assume p "a chance" probability ~ 0.2 judgement "drawn"
assume gain "a gain" log odds ~ 1.3 judgement "drawn"
option o "o" { set late }
crisis c "c" {
  role challenger
  setting late waits
  precision 1
%s
}
case k "k" { question "q"; date 2025-01-01; crisis c; role challenger = RUS; horizon %d years; option o; view v }
`, crisis, horizon))
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, m, k, m.Option("o"))
	in := make([][]float64, len(s.Graph.Game.Inputs))
	for i, a := range s.Graph.Game.Inputs {
		in[i] = []float64{a.Belief("v").Dist.Quantile(0.5)}
	}
	out := map[string]float64{}
	for i, col := range solve(t, s, in, 1) {
		out[s.Measures[i].Name] = col[0]
	}
	return out
}

func checkAnswers(t *testing.T, got, want map[string]float64) {
	t.Helper()
	for name, w := range want {
		if by := apart(got[name], w, 1e-3); !(by <= 1e-12) {
			t.Errorf("%s is %v, should be %v", name, got[name], w)
		}
	}
}

// A base is a rate where nothing is at stake: p a year, for ever. What is given
// a settlement runs over the horizon from its year on.
func TestRatesInClosedForm(t *testing.T) {
	const p, q = 0.2, 0.3
	const text = `
  fact settled
  fact war final
  discount 0.9
  each year {
    move offer by challenger when not settled { refuse; accept base odds(0.3) { set settled } }
    move act by challenger when settled { hold; attack base odds(p) { set war } }
  }
  measure accepted "accepted" probability = P(settled)
  measure war "war" probability = P(war)
  measure given "war, given" probability = P(war | settled)
  measure peace "years of peace, given" years = years(not war | settled)
  measure rate "a year" probability = chosen(act, attack) / asked(act)
  measure asked "asked" number = asked(act)`
	for _, h := range []int{1, 2, 5, 12} {
		n := float64(h)
		war := 0.0
		for y := 1; y <= h; y++ { // settled in year y, then h − y + 1 years
			war += q * math.Pow(1-q, float64(y-1)) * (1 - math.Pow(1-p, n-float64(y)+1))
		}
		peace := 0.0
		for y := 1; y <= h; y++ {
			peace += math.Pow(1-p, float64(y))
		}
		checkAnswers(t, answers(t, text, h), map[string]float64{
			"accepted": 1 - math.Pow(1-q, n), "war": war,
			"given": 1 - math.Pow(1-p, n), "peace": peace, "rate": p, "asked": war / p,
		})
	}
}

// A payoff of every year is worth 1/(1 − δ) of itself: p ∝ exp of that.
func TestDiscountInClosedForm(t *testing.T) {
	got := answers(t, `
  fact rich
  fact asked
  discount 0.8
  each year {
    move once by challenger when not asked { no { set asked }; yes { set rich, asked } }
  }
  payoff "a rent" to challenger each year when rich: gain
  measure rich "rich" probability = P(rich)`, 3)
	checkAnswers(t, got, map[string]float64{"rich": 1 / (1 + math.Exp(-1.3/(1-0.8)))})
}

// A copy that is declared, in a nest or out of it, and one with its base split
// change nothing; a choice with a base of its own pulls (the red bus and the blue
// bus; McFadden 1974).
func TestCopiesDoNotPull(t *testing.T) {
	game := func(copies string) map[string]float64 {
		return answers(t, `
  fact hit
  fact moved
  discount 0.9
  each year {
    move act by challenger when not moved {
      hold   { set moved }
      feint  base 2 { set moved }
`+copies+`
    }
  }
  payoff "a gain" to challenger when hit: gain
  measure hit "hit" probability = P(hit)
  measure held "held" probability = chosen(act, hold) / asked(act)
  measure feint "feint" probability = chosen(act, feint) / asked(act)`, 2)
	}
	one := game("attack base 0.5 { set hit, moved }")
	for name, copies := range map[string]string{
		"copy":               "attack base 0.5 { set hit, moved }; again copy of attack { set hit, moved }",
		"copy closed":        "attack base 0.5 { set hit, moved }; again copy of attack when hit { set hit, moved }",
		"original closed":    "attack base 0.5 when hit { set hit, moved }; again copy of attack { set hit, moved }",
		"two copies":         "more copy of attack { set hit, moved }; attack base 0.5 { set hit, moved }; again copy of attack { set hit, moved }",
		"copy in a nest":     "attack base 0.5 nest war scale 0.25 { set hit, moved }; again copy of attack nest war { set hit, moved }",
		"base split":         "attack base 0.4 { set hit, moved }; again base 0.1 { set hit, moved }",
		"base split, nested": "attack base 0.4 nest war scale 0.25 { set hit, moved }; again base 0.1 nest war { set hit, moved }",
	} {
		t.Run(name, func(t *testing.T) { checkAnswers(t, game(copies), one) })
	}
	if two := game("attack base 0.5 { set hit, moved }; again base 0.5 { set hit, moved }"); two["hit"] < one["hit"]+0.01 {
		t.Errorf("a copy beside its original does not pull: %v and %v", two["hit"], one["hit"])
	}
}

// A nest of scale 1 is plain logit, whatever stands in it; a copy inside a nest of
// kin moves nothing, and a smaller scale does.
func TestNestOfScaleOne(t *testing.T) {
	game := func(feint, attack, copies string) map[string]float64 {
		return answers(t, `
  fact hit
  fact moved
  discount 0.9
  each year {
    move act by challenger when not moved {
      hold   { set moved }
      feint  base 2 `+feint+` { set moved }
      attack base 0.5 `+attack+` { set hit, moved }
      `+copies+`
    }
  }
  payoff "a gain" to challenger when hit: gain
  measure hit "hit" probability = P(hit)
  measure held "held" probability = chosen(act, hold) / asked(act)
  measure feint "feint" probability = chosen(act, feint) / asked(act)`, 2)
	}
	plain := game("", "", "")
	checkAnswers(t, game("nest force", "nest force", ""), plain)
	checkAnswers(t, game("nest force scale 1", "nest force", ""), plain)
	kin := game("nest force scale 0.3", "nest force", "")
	checkAnswers(t, game("nest force scale 0.3", "nest force", "again copy of attack nest force { set hit, moved }"), kin)
	if math.Abs(kin["hit"]-plain["hit"]) < 0.01 {
		t.Errorf("the scale of a nest moves nothing: %v and %v", kin["hit"], plain["hit"])
	}
}

// What waits holds only once the option is in effect.
func TestWaiting(t *testing.T) {
	got := answers(t, `
  fact settled
  fact before
  fact after
  effect when settled
  discount 0.9
  each year {
    chance early { tick otherwise { set before if late = 1 } }
    move offer by challenger when not settled { accept { set settled } }
    chance then { tick otherwise { set after if late = 1 } }
  }
  measure before "before" probability = P(before)
  measure after "after" probability = P(after)`, 1)
	checkAnswers(t, got, map[string]float64{"before": 0, "after": 1})
}

// No cumulative measure falls when the horizon grows, and what a choice is made
// with does not hang on it.
func TestHorizonIsAWindow(t *testing.T) {
	for seed := range uint64(12) {
		text := generateLasting(seeded(seed))
		m, k, err := read(text)
		if err != nil {
			t.Fatal(err)
		}
		var before []float64
		for _, h := range []int{1, 2, 3, 6, 12} {
			s := compile(t, m, within(k, h), m.Option("deal"))
			in := draws(s.Graph.Game, 2, seed)
			out := solve(t, s, in, 2)
			var now []float64
			for i, ms := range s.Measures {
				if (ms.Expr.Op == "P" || ms.Expr.Op == "years") && ms.Given == "" {
					now = append(now, out[i]...)
				}
			}
			for i, x := range before {
				if now[i] < x-1e-12 {
					t.Errorf("seed %d: a measure falls from %v to %v at %d years", seed, x, now[i], h)
				}
			}
			before = now
		}
	}
}

// The gradient through the continuation is the slope.
func TestGradientGoesOn(t *testing.T) {
	for seed := range uint64(6) {
		d, err := ready(generateLasting(seeded(seed)), "deal")
		if d == nil || err != nil {
			t.Fatal(err)
		}
		in := draws(d.game(), 3, seed)
		for i := range d.s.Measures {
			value, grad := gradientOf(d.s, in, i)
			for at := range in {
				checkSlope(t, d.s, in, i, at, value, grad[at])
			}
		}
	}
}
