package law_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"casus/catalog"
	"casus/data"
	"casus/law"
	"casus/model"
)

// retold is an event with what came before it, as somebody may draw it.
type retold struct {
	ev      law.Event
	earlier []model.EventSpec
	day     data.Day
}

var (
	quarrels = []string{"RUS", "UKR", "POL", "BLR", "USA", "CHN", "JPN", "DEU", "FRA", "GBR", "ARG", "TUR", "GRC", "ARM", "AZE", "IRQ", "KWT", "IRN", "PRK", "KOR", "ITA"}
	onDays   = []string{"1939-09-03", "1941-12-08", "1950-07-01", "1965-03-01", "1982-05-02", "1991-02-01", "2001-10-07", "2015-11-20", "2024-08-06", "2026-02-01"}
	onThings = []string{"", "territory", "forces", "vessel", "aircraft"}
)

// drawRetold draws an answer to an attack: the victim of the event began.
func drawRetold(t *rapid.T) retold {
	by := rapid.SampledFrom(quarrels).Draw(t, "by")
	on := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(quarrels), func(s string) bool { return s == by })).Draw(t, "on")
	day, err := data.ParseDay(rapid.SampledFrom(onDays).Draw(t, "day"))
	if err != nil {
		t.Fatal(err)
	}
	ev := law.Event{Kind: rapid.SampledFrom([]string{"armed attack", "invasion", "aggression"}).Draw(t, "kind"), By: by, On: on,
		Object: rapid.SampledFrom(onThings).Draw(t, "object"),
		Place:  rapid.SampledFrom([]string{"", on, by, on + ".home", by + ".home", "mediterranean", "south_atlantic", "baltic_sea"}).Draw(t, "place"),
		Facts:  map[string]law.Tri{}}
	first := model.EventSpec{Kind: "armed attack", By: on, On: by, Date: day - data.Day(rapid.IntRange(0, 400).Draw(t, "before")), HasDate: true}
	return retold{ev: ev, earlier: []model.EventSpec{first}, day: day}
}

func (x retold) answers(m *model.Model) []law.Answer {
	return law.Compile(m, x.day, nil).Answers(law.Recall(m, x.earlier, x.ev), true)
}

// Swapping attacker and victim never leaves a duty to the attacker: who attacked
// first is owed no help against the attack of the other, by any article that
// speaks of attacks. What is disputed may be contested, never owed.
func TestWhoBeganIsOwedNothing(t *testing.T) {
	m := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		x := drawRetold(t)
		for _, a := range x.answers(m) {
			if a.Status == law.Owed && a.Creditor == x.ev.On && a.Class.Force != model.NoForce && a.Rule != nil && !m.IsKind("declaration of war", a.Rule.Kind) {
				t.Errorf("%s: %s owes %s, which attacked first", a.Article.Address, a.Debtor, a.Creditor)
			}
		}
	})
}

// An unknown never prints no: what is not owed while something is not known is
// not owed when it becomes known, after any sequence of events.
func TestUnknownIsNeverNo(t *testing.T) {
	m := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		x := drawRetold(t)
		if rapid.Bool().Draw(t, "nothing before") {
			x.earlier = nil
		}
		y := x
		y.ev.Facts = map[string]law.Tri{}
		if y.ev.Object == "" {
			y.ev.Object = rapid.SampledFrom(onThings[1:]).Draw(t, "object, known")
		}
		if y.ev.Place == "" {
			y.ev.Place = rapid.SampledFrom([]string{x.ev.On, x.ev.On + ".home", x.ev.By + ".home", "mediterranean"}).Draw(t, "place, known")
		}
		for _, f := range []string{"requested", "council_decision", "joint_finding", "wmd", "ceasefire", "in_aid", "necessary_proportionate"} {
			if rapid.Bool().Draw(t, f) {
				y.ev.Facts[f] = law.Of(rapid.Bool().Draw(t, f+" so"))
			}
		}
		known := map[string]law.Status{}
		for _, a := range y.answers(m) {
			known[duty(&a)] = a.Status
		}
		for _, a := range x.answers(m) {
			if then, asked := known[duty(&a)]; asked && a.Status == law.NotOwed && then != law.NotOwed && then != law.Dormant {
				t.Errorf("%s: not owed (%s), and when more is known %s", duty(&a), a.Why, then)
			}
		}
	})
}

func duty(a *law.Answer) string {
	return fmt.Sprint(a.Article.Address, " ", a.Debtor, " to ", a.Creditor, " ", a.Verb, " ", a.Class.Name)
}

func shipped(t *testing.T) *model.Model {
	t.Helper()
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	return m
}

// A strike on land that the striker holds to be its own is an attack by one reading
// and none by the other, also when it is what came before: the answer to it is
// contested, and settled either way once the land is.
func TestFirstStrikeOnContestedLand(t *testing.T) {
	m := shipped(t)
	day := func(s string) data.Day {
		d, err := data.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, x := range []struct {
		by, on, at, place, first, then string
		readings                       map[string]law.Status // of the duty to refrain from force
	}{
		{"UKR", "RUS", "crimea", "kyiv", "2022-10-08", "2022-10-10", map[string]law.Status{"": law.Contested, "ukrainian": law.Depends, "russian": law.Contested}}, // forces at Kyiv stand on Ukraine's own land
		{"JPN", "CHN", "senkaku", "senkaku", "2026-02-01", "2026-02-02", map[string]law.Status{"": law.Contested}},
		{"ARG", "GBR", "falklands", "falklands", "1982-04-02", "1982-05-02", map[string]law.Status{"": law.Contested}},
	} {
		before := []model.EventSpec{{Kind: "armed attack", By: x.by, On: x.on, Object: "territory", Place: x.at, Date: day(x.first), HasDate: true}}
		for reading, want := range x.readings {
			ev := law.Event{Kind: "armed attack", By: x.on, On: x.by, Object: "forces", Place: x.place, Facts: map[string]law.Tri{}, Readings: map[string]string{}}
			if reading != "" {
				ev.Readings[x.at] = reading
			}
			for _, a := range law.Compile(m, day(x.then), nil).Answers(law.Recall(m, before, ev), true) {
				if a.Article.Address == "UN.2_4" && a.Debtor == x.on && a.Status != want {
					t.Errorf("%s on %s after a strike at %s, read as %q: %v, not %v", x.on, x.by, x.at, reading, a.Status, want)
				}
			}
		}
	}
}
