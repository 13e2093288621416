package law_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"casus/data"
	"casus/law"
	"casus/model"
)

// What must hold of every article that ships, for deeds drawn from all it can be
// asked: two states of the day, one of them a party of something in force.

// days on which much or little was in force, and some on which it changed.
var days = []string{"1854-03-28", "1870-07-19", "1887-06-01", "1908-10-06", "1914-07-28", "1915-05-23", "1925-12-01", "1936-03-07", "1939-09-01", "1940-06-10", "1941-06-22",
	"1948-05-15", "1950-06-25", "1956-10-29", "1961-08-13", "1967-06-05", "1968-08-21", "1974-07-20", "1982-04-02", "1990-08-02", "1999-03-24", "2003-03-20", "2008-08-08", "2014-03-01", "2022-02-24", "2026-02-01"}

var deeds = []string{"armed attack", "invasion", "threat of force", "declaration of war", "blockade", "cyber attack", "mobilisation", "occupation of a zone"}

// asked is a deed of one day, under the law of that day.
type asked struct {
	book *law.Book
	day  data.Day
	ev   law.Event
}

// drawDeed draws a deed between a party of an instrument in force and another state.
func drawDeed(t *rapid.T, books map[string]*law.Book, m *model.Model) asked {
	day := rapid.SampledFrom(days).Draw(t, "day")
	d, err := data.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	if books[day] == nil {
		books[day] = law.Compile(m, d, nil)
	}
	b := books[day]
	var live []string
	for _, in := range m.Instruments {
		if b.InForce(in.ID) && len(b.Parties(in.ID)) > 0 {
			live = append(live, in.ID)
		}
	}
	parties := b.Parties(rapid.SampledFrom(live).Draw(t, "instrument"))
	x := rapid.SampledFrom(parties).Draw(t, "party")
	others := b.States()
	if rapid.Bool().Draw(t, "between parties") && len(parties) > 1 {
		others = parties
	}
	y := rapid.SampledFrom(others).Draw(t, "other")
	if rapid.Bool().Draw(t, "other way") {
		x, y = y, x
	}
	ev := law.Event{Kind: rapid.SampledFrom(deeds).Draw(t, "kind"), By: x, On: y, Facts: map[string]law.Tri{}, Object: rapid.SampledFrom(onThings).Draw(t, "object"),
		Place: rapid.SampledFrom([]string{"", y, y + ".home", x + ".home", "mediterranean", "pacific_area", "kyiv", "crimea", "taiwan", "greenland"}).Draw(t, "place")}
	for _, f := range []string{"requested", "provoked", "treaty_in_danger", "council_decision", "joint_finding"} {
		if v := law.Tri(rapid.IntRange(-1, 1).Draw(t, f)); v != law.Unknown {
			ev.Facts[f] = v
		}
	}
	return asked{book: b, day: d, ev: ev}
}

func (x asked) swapped() asked {
	x.ev.By, x.ev.On = x.ev.On, x.ev.By
	return x
}

// Nobody owes the attacker, whoever of two states attacks: what is owed to one who
// attacks is to stay out of it, or stands in a text that says it is not tied to
// defence.
func TestCatalogueOwesNoAttacker(t *testing.T) {
	m := shipped(t)
	books := map[string]*law.Book{}
	rapid.Check(t, func(t *rapid.T) {
		x := drawDeed(t, books, m)
		for _, y := range []asked{x, x.swapped()} {
			for _, a := range y.book.Answers(y.ev, false) {
				if a.Verb != model.Owes || a.Status != law.Owed || a.Creditor != y.ev.By || a.Rule == nil || a.Creditor == "" {
					continue
				}
				if a.Class.Bars || slices.Contains(a.Manner, model.Undefensive) {
					continue
				}
				t.Errorf("%s by %s on %s on %s: %s owes the attacker %s", y.ev.Kind, y.ev.By, y.ev.On, y.day, a.Debtor, a.Article.Address)
			}
		}
	})
}

// Of any war of the other, by whomever it was opened, these texts speak: to stay
// out of it or, of the two that say so, to join it. A text that is added has to be
// one of these kinds, or owes the attacker nothing.
func TestCatalogueNamesWhatAttackersAreOwed(t *testing.T) {
	want := []string{"REINS1887.1", "TRIPLE.4", "TRIPLE.4_1882", "TRIPLE.10 to join", "PRINETTI1902.1_war", "ANGLO_JP1902.2", "STEEL1939.3 to join", "MRP1939.2"}
	var got []string
	for _, in := range shipped(t).Instruments {
		for _, a := range in.Articles {
			for i := range a.Rules {
				for j := range a.Rules[i].Thens {
					then := &a.Rules[i].Thens[j]
					if then.Verb != model.Owes || !a.Rules[i].TowardAttacker(then) {
						continue
					}
					name := a.Address
					if !then.Class.Bars {
						name += " to join"
					}
					if !then.Class.Bars && !slices.Contains(then.Manner, model.Undefensive) {
						t.Errorf("%s owes the attacker %s, and does not say that it is not tied to defence", a.Address, then.Class.Name)
					}
					got = append(got, name)
				}
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("what is owed to the attacker stands in %v, not %v", got, want)
	}
}

// Whether a state is a party is no longer known: what it owed, and what it was
// owed, is then never "not owed".
func TestCatalogueUnknownPartyIsNeverNo(t *testing.T) {
	m := shipped(t)
	books := map[string]*law.Book{}
	rapid.Check(t, func(t *rapid.T) {
		x := drawDeed(t, books, m)
		before := x.book.Answers(x.ev, false)
		owed := slices.DeleteFunc(slices.Clone(before), func(a law.Answer) bool {
			return a.Status != law.Owed && a.Status != law.Depends && a.Status != law.Contested || a.Rule == nil
		})
		if len(owed) == 0 {
			return
		}
		one := rapid.SampledFrom(owed).Draw(t, "duty")
		state := one.Debtor
		if one.Creditor != "" && one.Creditor != x.ev.By && rapid.Bool().Draw(t, "creditor") {
			state = one.Creditor
		}
		in := one.Article.Instrument
		kept := slices.Clone(in.Parties)
		defer func() { in.Parties = kept }()
		in.Parties = slices.Clone(kept)
		for i := range in.Parties {
			if p := &in.Parties[i]; p.State == state && p.Question == nil {
				p.Question = &model.Question{Name: in.ID + "." + state, Words: state + " is a party of " + in.ID}
			}
		}
		for _, a := range law.Compile(m, x.day, nil).Answers(x.ev, false) {
			if duty(&a) == duty(&one) && a.Status == law.NotOwed {
				t.Errorf("%s by %s on %s on %s: %s was %s, and is not owed when it is not known whether %s is a party", x.ev.Kind, x.ev.By, x.ev.On, x.day, duty(&a), one.Status, state)
			}
		}
	})
}

// A reading that somebody adds to a question of the catalogue never takes away an
// answer that was possible.
func TestCatalogueAddedReadingWidens(t *testing.T) {
	m := shipped(t)
	books := map[string]*law.Book{}
	rapid.Check(t, func(t *rapid.T) {
		x := drawDeed(t, books, m)
		var moot []law.Answer
		for _, a := range x.book.Answers(x.ev, false) {
			if len(a.Views) > 0 && a.Views[0].Question != "" {
				moot = append(moot, a)
			}
		}
		if len(moot) == 0 {
			return
		}
		one := rapid.SampledFrom(moot).Draw(t, "answer")
		name := one.Views[0].Question
		q := m.Question(name)
		if q == nil || len(q.Readings) == 0 {
			return
		}
		kept := q.Readings
		defer func() { q.Readings = kept }()
		says := rapid.IntRange(0, 1).Draw(t, "says")
		added := &model.Stance{Name: "added", Says: &model.Cond{Op: model.CondKnown, N: says}, By: "somebody"}
		if kept[0].Says == nil && !kept[0].Open {
			added.Says, added.In = nil, []string{rapid.SampledFrom([]string{x.ev.By, x.ev.On}).Draw(t, "in")}
		}
		q.Readings = append(slices.Clone(kept), added)
		for _, a := range x.book.Answers(x.ev, false) {
			if duty(&a) != duty(&one) {
				continue
			}
			for _, s := range possible(one) {
				if !slices.Contains(possible(a), s) {
					t.Errorf("%s by %s on %s at %s on %s: %s may be %s, and with one more reading of %s it may not: %s", x.ev.Kind, x.ev.By, x.ev.On, x.ev.Place, x.day, duty(&a), s, name, a.Status)
				}
			}
		}
	})
}

// A state that has ended is a party to nothing any more: no instrument in force names
// one among its parties.
func TestNoPartyHasEnded(t *testing.T) {
	m := shipped(t)
	ended := func(id string, on data.Day) bool {
		s, _ := m.States.ByID(id)
		last, known := data.Day(0), false
		for _, x := range s.Spells {
			if x.Scheme == data.Name {
				last, known = max(last, x.Until), true
			}
		}
		return known && last < on
	}
	for year := 1820; year <= 2026; year += 3 {
		on, err := data.ParseDay(strconv.Itoa(year) + "-07-01")
		if err != nil {
			t.Fatal(err)
		}
		b := law.Compile(m, on, nil)
		for _, in := range m.Instruments {
			for _, p := range b.Parties(in.ID) {
				if b.InForce(in.ID) && ended(p, on) {
					t.Errorf("%s: %s is a party to %s", on, p, in.ID)
				}
			}
		}
	}
}
