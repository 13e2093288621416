package law_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/chain"
	"casus/data"
	"casus/law"
	"casus/source"
)

func bookOf(t *testing.T, date string, own ...*source.File) *law.Book {
	t.Helper()
	m, problems := catalog.Instruments(own...)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day, err := data.ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return law.Compile(m, day, nil)
}

var belgrade = law.Event{Kind: "declaration of war", By: "AUH", On: "SRB"}

func routes(t *testing.T, b *law.Book, s law.Spread, drawn string, links int) (*law.Cascade, []string) {
	t.Helper()
	c, err := b.Cascade(s)
	if err != nil {
		t.Fatal(err)
	}
	target, ok := c.Drawn(drawn)
	if !ok {
		return c, nil
	}
	r, err := c.Routes(context.Background(), target, links)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, set := range r.Chains.Sets {
		names := c.Net.Names(set)
		slices.Sort(names)
		out = append(out, strings.Join(names, "\n"))
	}
	return c, out
}

// In July 1914 the treaties alone draw nobody into the war on Serbia: each way
// asks for a strike nobody owes, a contested reading or a fact nobody gave. With
// two free choices, Russia's and the march through Belgium, they bring Britain
// in by the way history took.
func TestJuly1914(t *testing.T) {
	b := bookOf(t, "1914-07-28")
	for _, state := range []string{"RUS", "DEU", "FRA", "GBR", "ITA", "ROU"} {
		c, found := routes(t, b, law.Spread{Start: belgrade}, state, 0)
		for _, names := range found {
			if !slices.ContainsFunc(strings.Split(names, "\n"), func(name string) bool {
				return c.Links[name].Kind == chain.Fact || c.Links[name].Class == law.StrikeLink
			}) {
				t.Errorf("%s is drawn in by treaties alone:\n%s", state, names)
			}
		}
	}
	s := law.Spread{Start: belgrade, Own: []law.OwnChoice{
		{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}},
		{State: "DEU", Against: "BEL", Attacks: true, Once: [2]string{"DEU", "FRA"}},
	}}
	_, found := routes(t, b, s, "GBR", 9)
	want := strings.Join([]string{
		"DEU attacks BEL by its own choice", "DEU honours DUAL1879.1", "DUAL1879.1", "FRA honours FR_RU.1", "FR_RU.1",
		"GBR honours LONDON1839.7", "LONDON1839.7", "RUS goes to war with AUH by its own choice", "declaration of war by AUH on SRB"}, "\n")
	if len(found) != 1 || found[0] != want {
		t.Errorf("found %d chains:\n%s\nexpected:\n%s", len(found), strings.Join(found, "\n\n"), want)
	}
	s.Own = s.Own[:1]
	if _, found := routes(t, b, s, "GBR", 12); len(found) > 0 {
		t.Errorf("Britain is drawn in without an attack on Belgium:\n%s", found[0])
	}
}

// Each duty in a chain is one that the judge finds owed to its event, with the
// facts that the chain asks for; and no link of a chain can be spared.
func TestChainsAreLaw(t *testing.T) {
	b := bookOf(t, "1914-07-28")
	c, err := b.Cascade(law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}}}})
	if err != nil {
		t.Fatal(err)
	}
	target, _ := c.Drawn("FRA")
	r, err := c.Routes(context.Background(), target, 0)
	if err != nil || len(r.Chains.Sets) == 0 {
		t.Fatal(err, "no chains")
	}
	for _, set := range r.Chains.Sets {
		steps := c.Net.Derive(target, set)
		if len(steps) == 0 {
			t.Fatalf("%v does not lead to the end", c.Net.Names(set))
		}
		for i := range set {
			if c.Net.Derive(target, slices.Delete(slices.Clone(set), i, i+1)) != nil {
				t.Errorf("%v would do without %s", c.Net.Names(set), c.Net.Name(set[i]))
			}
		}
		for _, s := range steps {
			if step := c.Label(s.Label); step.Article != nil && !owed(b, c, s, step) {
				t.Errorf("the judge does not find %q", step.Words)
			}
		}
	}
}

// owed asks the judge about one step of a chain.
func owed(b *law.Book, c *law.Cascade, s chain.Step, step law.Step) bool {
	ev := *step.Event
	ev.Facts = map[string]law.Tri{}
	for _, x := range s.Body {
		name := c.Net.Name(x)
		if l, ok := c.Links[name]; ok && l.Kind == chain.Fact {
			fact, _, _ := strings.Cut(name, " (")
			v := law.Of(strings.HasSuffix(name, ": yes"))
			if area, within := strings.CutPrefix(fact, "place within "); within && v == law.Yes {
				ev.Place = area
			} else {
				ev.Facts[fact] = v
			}
		} else if strings.HasPrefix(name, "at_war") {
			ev.Facts[name] = law.Yes
		}
	}
	return slices.ContainsFunc(b.Answers(ev, true), func(a law.Answer) bool {
		return a.Article == step.Article && a.Debtor == step.Debtor && a.Status == law.Owed
	})
}

// A treaty among others changes no chain; a new pact never takes a chain away
// unless a shorter one stands within it.
func TestUnrelatedTreatyChangesNoChain(t *testing.T) {
	far := source.New("far.casus", []byte(`instrument FAR "Far away" {
  kind treaty; signed 1900-01-01; in force 1900-01-01
  party BRA, ARG from 1900-01-01
  article 1 "Help" { when armed attack on P, P is party; then every other party owes P AID }
}
`))
	s := law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH"}}}
	_, before := routes(t, bookOf(t, "1914-07-28"), s, "FRA", 0)
	_, after := routes(t, bookOf(t, "1914-07-28", far), s, "FRA", 0)
	if len(before) == 0 || !slices.Equal(before, after) {
		t.Errorf("%d chains became %d", len(before), len(after))
	}
}

// The bound on events is an error that says what to do, never a short answer.
func TestCascadeTooWide(t *testing.T) {
	_, err := bookOf(t, "2026-07-01").Cascade(law.Spread{Start: law.Event{Kind: "armed attack", By: "RUS", On: "POL", Object: "territory", Place: "POL.home"}, Events: 5})
	if err == nil || !strings.Contains(err.Error(), "more than 5 events") {
		t.Errorf("got %v", err)
	}
}

// A text nobody can read is named, not passed over: an attack on Saudi Arabia
// may bind Pakistan, and no chain can say.
func TestCascadeNamesWhatItCannotRead(t *testing.T) {
	c, err := bookOf(t, "2026-07-01").Cascade(law.Spread{Start: law.Event{Kind: "armed attack", By: "IRN", On: "SAU", Object: "territory", Place: "SAU.home"}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(c.Unread, "SMDA2025") {
		t.Errorf("unread: %v", c.Unread)
	}
}
