package model_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/law"
	"casus/model"
)

// A model with an article struck, or with a class of duty a step weaker, answers
// otherwise; the one it was made from answers as before.
func TestWithAnotherInstrument(t *testing.T) {
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(err, problems)
	}
	day, err := data.ParseDay("2025-03-10")
	if err != nil {
		t.Fatal(err)
	}
	// what Germany owes under article 5 when France is attacked at home
	owes := func(m *model.Model) string {
		ev := law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "territory", Place: "FRA.home", Facts: map[string]law.Tri{"requested": law.Yes, "provoked": law.No}}
		for _, a := range law.Compile(m, day, nil).Answers(ev, false) {
			if a.Article.Address == "NAT.5" && a.Debtor == "DEU" && a.Creditor == "FRA" && a.Status == law.Owed {
				return a.Class.Name
			}
		}
		return ""
	}
	before := owes(m)
	if before != "ASSIST_AS_DEEMED" {
		t.Fatalf("Germany owes %q", before)
	}
	struck := m.Instrument("NAT").Copy()
	struck.Strike("NAT.5")
	if got := owes(m.With(struck)); got != "" {
		t.Errorf("without the article Germany owes %s", got)
	}
	if m.With(struck).Article("NAT.5") != nil || m.With(struck).Article("NAT.4") == nil {
		t.Error("the article struck is found by its address")
	}
	softer := m.Instrument("NAT").Copy()
	for _, a := range softer.Articles {
		if a.Instrument != softer {
			t.Fatalf("%s stands in another instrument", a.Address)
		}
		for _, e := range a.Exceptions {
			if e.Article != a {
				t.Fatalf("an exception of %s stands in another article", a.Address)
			}
		}
		if a.Address == "NAT.5" {
			a.Rules[0].Thens[0].Class = m.Weaker(a.Rules[0].Thens[0].Class)
		}
	}
	if got := owes(m.With(softer)); got != "MOBILISE" {
		t.Errorf("with a weaker class Germany owes %q", got)
	}
	if got := owes(m); got != before {
		t.Errorf("afterwards the model itself answers %q", got)
	}
	if m.With(&model.Instrument{ID: "NO_SUCH"}).Instrument("NO_SUCH") != nil {
		t.Error("an instrument that the model does not have was added")
	}
}

// A step goes to the nearest class of less, or more, force.
func TestStepOfForce(t *testing.T) {
	m, _, err := catalog.Case("ukraine")
	if err != nil {
		t.Fatal(err)
	}
	name := func(d *model.Duty) string {
		if d == nil {
			return ""
		}
		return d.Name
	}
	for _, c := range []struct{ class, weaker, stronger string }{
		{"ASSIST_INCL_MILITARY", "ASSIST_AS_DEEMED", ""},
		{"ASSIST_AS_DEEMED", "MOBILISE", "AID"},
		{"CONSULT", "", "CONCERT"},
	} {
		d := m.Duties[c.class]
		if got := name(m.Weaker(d)); got != c.weaker {
			t.Errorf("weaker than %s: %s, want %s", c.class, got, c.weaker)
		}
		if got := name(m.Stronger(d)); got != c.stronger {
			t.Errorf("stronger than %s: %s, want %s", c.class, got, c.stronger)
		}
	}
}
