package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"casus/catalog"
)

// Every forecast of the fact base stands beside a case with one of its sources, or
// a row says why it does not.
func TestForecastsStandBesideACase(t *testing.T) {
	m, problems := catalog.All()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	said := map[string][2]string{}
	for _, row := range rowsOf(t, "testdata/forecasts.csv") {
		said[row.Text("id")] = [2]string{row.Text("case"), row.Text("why")}
	}
	for _, row := range rowsOf(t, facts+"facts_forecasts.csv") {
		id := row.Text("id")
		at, ok := said[id]
		delete(said, id)
		if !ok || (at[0] == "") == (at[1] == "") {
			t.Errorf("%s (%s) has neither a case nor a reason, or both: %v", id, row.Text("event"), at)
			continue
		}
		if at[0] == "" {
			continue
		}
		cited := false
		for _, e := range m.Case(at[0]).Estimates {
			for _, s := range strings.Split(row.Text("source"), ";") {
				cited = cited || slices.Contains(e.Sources, strings.TrimSpace(s))
			}
		}
		if !cited {
			t.Errorf("no estimate of %s rests on the source of %s, %s", at[0], id, row.Text("source"))
		}
	}
	for id := range said {
		t.Errorf("the fact base has no forecast %s", id)
	}
}

// Whoever reads an estimate learns when it was asked, of which time, and either
// what it shares with the measure beside it or why none is.
func TestEstimatesSayWhatTheyAsk(t *testing.T) {
	m, problems := catalog.All()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, k := range m.Cases {
		for _, e := range k.Estimates {
			if e.Asked == "" || e.Horizon == "" || e.Says == "" || (e.Mean == "") == (e.Unlike == "") {
				t.Errorf("case %s, %q: asked %q, horizon %q, says %q, means %q, unlike %q", k.Name, e.Title, e.Asked, e.Horizon, e.Says, e.Mean, e.Unlike)
			}
		}
	}
}
