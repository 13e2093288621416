package catalog_test

import (
	"strings"
	"testing"

	"casus/catalog"
	"casus/lang/source"
)

// The whole catalogue loads without a mistake or a warning.
func TestCatalogueLoads(t *testing.T) {
	m, problems := catalog.All()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(m.Instruments) < 90 || len(m.Cases) < 2 || len(m.Sources) < 96 {
		t.Errorf("%d instruments, %d cases, %d sources: something is not loaded", len(m.Instruments), len(m.Cases), len(m.Sources))
	}
}

// Each shipped case loads on its own, with all it uses.
func TestEachCaseLoads(t *testing.T) {
	for _, name := range catalog.Cases() {
		m, problems, err := catalog.Case(name)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", name, err, problems)
		} else if m.Case(name) == nil {
			t.Errorf("%s: not in its own files", name)
		}
	}
}

// A user's file takes in what it uses: one name brings the file that defines
// it, a folder all of its files; what is not used is not there.
func TestUse(t *testing.T) {
	for _, c := range []struct{ text, has, hasNot, problem string }{
		{"use NAT", "NAT", "AACHEN", ""},
		{"use AACHEN, CSTO", "CSTO", "LOCARNO", ""},
		{"use instruments", "LOCARNO", "", ""},
		{"", "", "NAT", ""},
		{"use NATO5", "", "", `nothing shipped is called "NATO5"`},
		{"use 5", "", "", `nothing shipped is called "5"`},
		{"use 1914", "DUAL1879", "", ""},
		{"use 3.5", "", "", `nothing shipped is called "3.5"`},
		{"use 1914-08-01", "", "", "expected the name of something shipped"},
		{"use NAT NAT", "", "", "unexpected NAT"},
		{"use NAT\ninstrument NAT \"mine\" { article 1 { provides EXIT } }", "", "", "name NAT is defined twice"},
	} {
		m, problems := catalog.Files([]*source.File{source.New("mine.casus", []byte(c.text))})
		if c.problem == "" && len(problems) > 0 || !strings.Contains(problems.Error(), c.problem) {
			t.Errorf("%q: problems %v, want %q", c.text, problems, c.problem)
		}
		if c.has != "" && m.Instrument(c.has) == nil {
			t.Errorf("%q: %s is missing", c.text, c.has)
		}
		if c.hasNot != "" && m.Instrument(c.hasNot) != nil {
			t.Errorf("%q: %s is there unasked", c.text, c.hasNot)
		}
	}
}

// Loading twice gives the same problems: nothing hangs on the order of a map.
func TestLoadingTwice(t *testing.T) {
	text := "use NAT\ninstrument X \"x\" { party ZZZ, QQQ from 1900-01-01\narticle 1 { when armed atack on P\nthen nobody owes P AID } }"
	first := ""
	for range 8 {
		_, problems := catalog.Files([]*source.File{source.New("mine.casus", []byte(text))})
		if s := problems.Error(); first == "" {
			first = s
		} else if s != first {
			t.Fatalf("two loads differ:\n%s\n\n%s", first, s)
		}
	}
}

// Every other name of a place names a place that ships, and is none itself of
// another.
func TestOtherNamesOfPlaces(t *testing.T) {
	m := instruments(t)
	for _, r := range rowsOf(t, "place_names.csv") {
		name, place := r.Text("name"), r.Text("place")
		if !m.IsArea(place) {
			t.Errorf("line %d: %s is called %s, which is no place", r.Line(), name, place)
		}
		if own := strings.ReplaceAll(strings.ToLower(name), " ", "_"); m.IsArea(own) && own != place {
			t.Errorf("line %d: %s is taken for %s, and is a place itself", r.Line(), name, place)
		}
		if got := catalog.PlaceCalled(strings.ToUpper(name)); got.Place != place {
			t.Errorf("line %d: %s is called %q", r.Line(), name, got.Place)
		}
	}
}
