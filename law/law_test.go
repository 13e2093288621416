package law_test

import (
	"reflect"
	"strings"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
)

// Every example in the catalogue comes out as it says.
func TestExamplesOfTheCatalogue(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	if len(m.Examples) == 0 {
		t.Fatal("the catalogue has no examples")
	}
	if failed := law.CheckExamples(m); len(failed) > 0 {
		t.Error(failed)
	}
	t.Logf("%d examples", len(m.Examples))
}

// A pact that ended is dormant, however it is read; and a reading under which
// the answer is open is not traced as a no.
func TestReadingsOfWhatIsNotInForce(t *testing.T) {
	m, _ := catalog.Instruments()
	day, err := data.ParseDay("2026-07-01")
	if err != nil {
		t.Fatal(err)
	}
	book := law.Compile(m, day, nil)
	for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "territory", Place: "FRA.home"}, true) {
		if a.Status == law.Contested && !book.InForce(a.Article.Instrument.ID) {
			t.Errorf("%s is contested though not in force: %s", a.Article.Address, a.Why)
		}
	}
	for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv"}, false) {
		if a.Article.Address == "KENSINGTON.1" && (a.Status != law.Contested || a.Trace().Children[0].Value != "yes" || a.Trace().Children[1].Value != "no") {
			t.Errorf("KENSINGTON.1: %s, traced %s and %s", a.Status, a.Trace().Children[0].Value, a.Trace().Children[1].Value)
		}
	}
}

// A symmetric fact given in one direction is given in the other; given both
// ways and not the same it is not known.
func TestSymmetricFacts(t *testing.T) {
	book := shippedBook(t, "2026-07-01")
	ask := func(facts map[string]law.Tri) law.Status {
		for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "EST", On: "RUS", Object: "territory", Place: "pskov", Facts: facts}, false) {
			if a.Article.Address == "RU_KP2024.4" {
				return a.Status
			}
		}
		t.Fatal("RU_KP2024.4 answers nothing")
		return 0
	}
	for _, test := range []struct {
		facts map[string]law.Tri
		want  law.Status
	}{
		{map[string]law.Tri{"at_war(EST, RUS)": law.Yes}, law.Owed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.Yes}, law.Owed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.No}, law.NotOwed},
		{map[string]law.Tri{"at_war(RUS, EST)": law.No, "at_war(EST, RUS)": law.Yes}, law.Depends},
		{map[string]law.Tri{"allied(RUS, EST)": law.Yes}, law.Depends},
	} {
		if got := ask(test.facts); got != test.want {
			t.Errorf("%v: %s, want %s", test.facts, got, test.want)
		}
	}
}

// shippedBook is the law of the catalogue on a day.
func shippedBook(t testing.TB, on string) *law.Book {
	t.Helper()
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day, err := data.ParseDay(on)
	if err != nil {
		t.Fatal(err)
	}
	return law.Compile(m, day, nil)
}

// An article about another attacker is left out, unless all is asked for; an
// attacker who is not known leaves nothing out.
func TestRelevanceOfTheAttacker(t *testing.T) {
	book := shippedBook(t, "1940-07-01")
	speaks := func(by string, full bool) bool {
		for _, a := range book.Answers(law.Event{Kind: "armed attack", By: by, On: "GRC", Object: "territory", Place: "GRC"}, full) {
			if a.Article.Address == "STEEL1939.3" && a.Status != law.NotOwed || a.Article.Address == "STEEL1939.3" && full {
				return true
			}
		}
		return false
	}
	for _, test := range []struct {
		by   string
		full bool
		want bool
	}{{"ITA", false, true}, {"BGR", false, false}, {"BGR", true, true}, {"", false, true}} {
		if got := speaks(test.by, test.full); got != test.want {
			t.Errorf("an attack by %q, full %t: STEEL1939.3 answers: %t", test.by, test.full, got)
		}
	}
}

// Which way a duty runs in a text nobody can read is not known.
func TestDirectionOfATextNotPublic(t *testing.T) {
	found := false
	for _, a := range shippedBook(t, "2026-07-01").Answers(law.Event{Kind: "armed attack", By: "IRN", On: "SAU", Object: "territory", Place: "riyadh"}, false) {
		if a.Rule == nil {
			if found = true; a.Direction() != law.NotKnown {
				t.Errorf("%s: %s", a.Article.Address, a.Direction())
			}
		}
	}
	if !found {
		t.Error("no text is unpublished")
	}
}

// The choice of a reading settles what is contested, and is said to.
func TestDecidersOfReadings(t *testing.T) {
	for _, a := range shippedBook(t, "2026-07-01").Answers(law.Event{Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv"}, false) {
		if a.Article.Address != "KENSINGTON.1" {
			continue
		}
		want := []law.Decider{{Reading: "letter", Facts: []string{}, Then: "owed"}, {Reading: "territorial", Facts: []string{}, Then: "not owed"}}
		if !reflect.DeepEqual(a.Deciders(), want) {
			t.Errorf("deciders %+v", a.Deciders())
		}
		return
	}
	t.Error("KENSINGTON.1 answers nothing")
}

// No place is supposed within Kyiv and outside Ukraine: where nothing is given
// each set of deciders can be so.
func TestDecidersCanBeSo(t *testing.T) {
	for _, a := range shippedBook(t, "2026-07-01").Answers(law.Event{Kind: "armed attack", By: "RUS", On: "FRA"}, false) {
		for _, d := range a.Deciders() {
			said := strings.Join(d.Facts, "; ")
			if strings.Contains(said, "object is forces = yes") && strings.Contains(said, "object is territory = yes") ||
				strings.Contains(said, "place within the territory of FRA = yes") && strings.Contains(said, "host is a party of NAT = no") {
				t.Errorf("%s: %s cannot be", a.Article.Address, said)
			}
		}
	}
}

// An exception and an extension that are contested: each way that the two can
// stand.
func TestContestedWhileOneIsOpen(t *testing.T) {
	m, problems := catalog.Files([]*source.File{source.New("x.casus", []byte(`instrument X "X" {
  kind treaty; signed 1990-01-01; in force 1990-01-01
  party FRA, GBR from 1990-01-01
  article 1 "A" { when armed attack on P, P is party; then every other party owes P AID }
  article 2 "B" { except 1 when provoked }
  article 3 "C" { extend 1 when requested, contested with 2 }
}`))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	book := law.Compile(m, shippedBook(t, "2005-01-01").Day, nil)
	for _, test := range []struct {
		except, extend law.Tri
		want           law.Status
	}{
		{law.Yes, law.Yes, law.Contested}, {law.Yes, law.Unknown, law.Depends}, {law.Yes, law.No, law.NotOwed},
		{law.Unknown, law.Yes, law.Depends}, {law.Unknown, law.Unknown, law.Depends}, {law.Unknown, law.No, law.Depends},
		{law.No, law.Yes, law.Owed}, {law.No, law.Unknown, law.Owed}, {law.No, law.No, law.Owed},
	} {
		ev := law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Facts: map[string]law.Tri{"provoked": test.except, "requested": test.extend}}
		if got := book.Answers(ev, true)[0].Status; got != test.want {
			t.Errorf("exception %s, extension %s: %s, want %s", test.except, test.extend, got, test.want)
		}
	}
}
