package crisis

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"casus/lang/syntax"
	"casus/model"
)

// What must be true of the shipped case whatever its numbers are
// (relations_test.go has what must be true of any).

// someWorlds are the answers of a case under an option in two worlds of a view.
func someWorlds(t *testing.T, m *model.Model, k *model.Case, o *model.Option, view string) map[string][]float64 {
	t.Helper()
	s := compile(t, m, k, o)
	out := solve(t, s, columns(s.Graph.Game, view, 2), 2)
	named := map[string][]float64{}
	for i, ms := range s.Measures {
		named[ms.Name] = out[i]
	}
	return named
}

// differing is how far two answers are apart at most, measures and worlds.
func differing(a, b map[string][]float64) float64 {
	out := 0.0
	for name := range a {
		for j := range a[name] {
			out = max(out, apart(a[name][j], b[name][j], 1e-6))
		}
	}
	return out
}

// legalOnly are acts that say something of the law and move nothing in the
// game; the setting beside them does.
var legalOnly = map[string]bool{"declare": true}

// No lever is dead: every act and every setting of every option, taken away,
// changes some answer.
func TestNoDeadLever(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	for _, o := range k.Options {
		whole := someWorlds(t, m, k, o, "deterrence")
		for i, act := range o.Acts {
			without := *o
			without.Acts = slices.Delete(slices.Clone(o.Acts), i, i+1)
			if by := differing(whole, someWorlds(t, m, k, &without, "deterrence")); by < 1e-9 != legalOnly[act.Verb] {
				t.Errorf("option %s: without %s %v (act %d) answers move by %g", o.Name, act.Verb, act.States, i, by)
			}
		}
		for name := range o.Settings {
			without := *o
			without.Settings = maps.Clone(o.Settings)
			delete(without.Settings, name)
			if by := differing(whole, someWorlds(t, m, k, &without, "deterrence")); by < 1e-9 {
				t.Errorf("option %s: without set %s nothing moves", o.Name, name)
			}
		}
	}
}

// Packages that differ in something differ in what follows.
func TestOptionsDiffer(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	answers := map[string]map[string][]float64{}
	for _, name := range []string{"europe", "europe_backstop", "europe_disclaimed", "europe_alone", "europe_umbrella"} {
		answers[name] = someWorlds(t, m, k, m.Option(name), "entrapment")
		for other, a := range answers {
			if by := differing(a, answers[name]); other != name && by < 1e-4 {
				t.Errorf("%s and %s differ by %g at most", name, other, by)
			}
		}
	}
}

// Whoever is hit in force is at war: nobody whose forces are caught or struck at
// home is asked whether to fight.
func TestWhoIsHitIsAtWar(t *testing.T) {
	m, k := shipped(t, "ukraine")
	for _, name := range []string{"europe", "us_guarantor"} {
		g, err := Ground(m, k, m.Option(name))
		if err != nil {
			t.Fatal(err)
		}
		gr := build2(t, g)
		asked, hit := 0, 0
		for at := range gr.memo {
			p := g.steps[at.at]
			if p.step.Name != "respond" && p.step.Name != "respond_first" {
				continue
			}
			asked++
			who := g.Actors[p.mover]
			if fact := func(n string) bool { return g.slots[n].get(at.facts) > 0 }; fact("forces_hit") && !fact("clashed") && g.troops(who, g.Case.Roles["protege"]) > 0 {
				hit++
			}
		}
		if asked == 0 || hit > 0 {
			t.Errorf("%s: %d of %d states ask one who is hit", name, hit, asked)
		}
	}
}

func build2(t *testing.T, g *Game) *Graph {
	t.Helper()
	gr, err := Build(t.Context(), g, 0)
	if err != nil {
		t.Fatal(err)
	}
	return gr
}

// The horizon is a window: no cumulative measure falls as it grows.
func TestShippedHorizonIsAWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	names := []string{"accepted", "resumed", "nato_war", "us_war", "nuclear", "broken", "peace"}
	for _, option := range []string{"no_settlement", "europe", "membership"} {
		var before map[string][]float64
		for _, h := range []int{1, 3, 5, 8, 10, 15} {
			now := someWorlds(t, m, within(k, h), m.Option(option), "abandonment")
			for _, name := range names {
				for j := range now[name] {
					if before != nil && now[name][j] < before[name][j]-1e-12 {
						t.Errorf("%s: %s falls from %v to %v at %d years", option, name, before[name][j], now[name][j], h)
					}
				}
			}
			before = now
		}
	}
}

// A second probe with the same effects changes nothing when it is declared a copy,
// among other choices or in a nest with what it is unlike; and a nest of scale 1
// is no nest.
func TestShippedCopiesDoNotPull(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, k := shipped(t, "ukraine")
	o := m.Option("europe")
	copied := func(c *model.Choice) { c.CopyOf, c.Base = "probe", nil }
	plain := someWorlds(t, m, k, o, "entrapment")
	if by := differing(plain, someWorlds(t, m, doubled(k, "act", "probe", func(*model.Choice) {}), o, "entrapment")); by < 1e-3 {
		t.Errorf("a second probe with a base of its own moves nothing: %g", by)
	}
	for name, scale := range map[string]string{"no nest": "", "a nest": "0.3", "a nest of scale 1": "1"} {
		nested := kin(k, "act", scale, "probe", "attack")
		once := someWorlds(t, m, nested, o, "entrapment")
		if by := differing(once, someWorlds(t, m, doubled(nested, "act", "probe", copied), o, "entrapment")); by > 1e-9 {
			t.Errorf("%s: a second probe moves answers by %g", name, by)
		}
		if by := differing(once, plain); (scale == "0.3") != (by > 1e-3) {
			t.Errorf("%s moves answers by %g", name, by)
		}
	}
}

// kin is the case with choices of a move in a nest of a scale; none: as it is.
func kin(k *model.Case, move, scale string, choices ...string) *model.Case {
	if scale == "" {
		return k
	}
	return changed(k, move, func(cs []model.Choice) []model.Choice {
		n, _ := strconv.ParseFloat(scale, 64)
		for i := range cs {
			if slices.Contains(choices, cs[i].Name) {
				cs[i].Nest, cs[i].Scale = "kin", &syntax.Expr{Kind: syntax.NumberExpr, Num: n, Op: scale}
			}
		}
		return cs
	})
}

// doubled is the case with a choice of a move twice in its crisis.
func doubled(k *model.Case, move, choice string, change func(*model.Choice)) *model.Case {
	return changed(k, move, func(cs []model.Choice) []model.Choice {
		again := cs[slices.IndexFunc(cs, func(c model.Choice) bool { return c.Name == choice })]
		again.Name += "_again"
		change(&again)
		return append(cs, again)
	})
}

// changed is the case with the choices of a yearly move of its crisis changed.
func changed(k *model.Case, move string, change func([]model.Choice) []model.Choice) *model.Case {
	out, cr := *k, *k.Crisis
	cr.Year = slices.Clone(cr.Year)
	for i := range cr.Year {
		if cr.Year[i].Name == move {
			cr.Year[i].Choices = change(slices.Clone(cr.Year[i].Choices))
		}
	}
	out.Crisis = &cr
	return &out
}

// A measure that is given a condition says the same alone, without the measure
// that tells how likely the condition is.
func TestShippedConditionalsAlone(t *testing.T) {
	m, k := shipped(t, "ukraine")
	o := m.Option("europe")
	whole := someWorlds(t, m, k, o, "entrapment")
	alone, cr := *k, *k.Crisis
	cr.Measures = slices.DeleteFunc(slices.Clone(cr.Measures), func(x model.Measure) bool { return x.Given == "" })
	alone.Crisis = &cr
	got := someWorlds(t, m, &alone, o, "entrapment")
	if by := differing(got, whole); len(got) == 0 || by > 1e-12 {
		t.Errorf("%d measures with a condition, alone, differ by %g", len(got), by)
	}
}
