package claim

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
)

const words = `for "x"; against "y"
`

// What law, figures and dates settle.
func TestSettled(t *testing.T) {
	for _, c := range []struct{ says, verdict, shown string }{
		{`law "x" { event armed attack by RUS on POL, object territory, at POL, on 2025-03-10; expect NAT.5 owed }`, "holds", "NAT.5 owed as ASSIST_AS_DEEMED"},
		{`law "x" { event armed attack by RUS on POL, object territory, at POL, on 2025-03-10; expect NAT.5 owed as AID_MILITARY }`, "does not hold", "NAT.5 owed as ASSIST_AS_DEEMED"},
		{`law "x" { event armed attack by RUS on GBR, object forces, at kyiv, on 2025-03-10; expect NAT.5 owed }`, "does not hold", "NAT.5 not owed"},
		{`law "x" { event armed attack by RUS on GBR, object forces, at kyiv, on 2025-03-10; expect NAT.5 not owed; expect NAT.4 owed }`, "holds", "NAT.4 owed as CONSULT"},
		{`law "x" { event armed attack by RUS on GBR, on 2025-03-10; expect NAT.5 owed }`, "depends", "NAT.5 depends"},
		{`law "x" { event armed attack by RUS on GBR, on 2025-03-10; expect NAT.5 owed; expect NAT.5 owed as AID }`, "does not hold", "NAT.5 depends"},
		{`chains "x" { event armed attack by RUS on EST, object territory, at EST, on 2025-03-10; fact not provoked; to at_war(USA, RUS); within 4 links }`, "holds", "chains: 1 (1 of 3 links)"},
		{`chains "x" { event armed attack by RUS on EST, object territory, at EST, on 2025-03-10; fact not provoked; to drawn(USA); within 2 links }`, "does not hold", "no chain of up to 2 links leads there; longer ones may"},
		{`chains "x" { event armed attack by RUS on UKR, object territory, at kyiv, on 2025-03-10; fact not provoked; to at_war(CHE, RUS); within 4 links }`, "does not hold", "no chain of any length"},
		{`recorded any(x in state: x is party(NAT)) on 1949-08-23`, "does not hold", ""},
		{`recorded count(x in great_powers_1914: x is party(NAT)) >= 2 on 1949-08-24`, "does not hold", ""},
		{`recorded not any(x in state: x is party(NAT)) on 1949-08-24`, "does not hold", "on that day of"},
		{`recorded FIN is party(NAT) on 2023-04-04`, "holds", ""},
		{`recorded ceasefire on 2023-04-04`, "not known", ""},
		{`figures level[USA, 2024] > level[GBR, 2024]`, "holds", "997.31 > "},
		{`figures level[USA, 1950] > level[GBR, 2024]`, "not known", "?"},
	} {
		m, k := loaded(t, "claim C1 \"x\" { "+words+c.says+" }\n")
		l, err := New(t.Context(), m, k, nil, m.ClaimsOf(k))
		if err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		r := l.Claims[0].Readings[0]
		if r.Verdict != c.verdict || !strings.Contains(strings.Join(r.Shown, "\n"), c.shown) {
			t.Errorf("%s\n  %s, shown as %q; want %s and %q", c.says, r.Verdict, r.Shown, c.verdict, c.shown)
		}
	}
}

// The name of a claim of the figures stands for all its readings.
func TestFiguresByName(t *testing.T) {
	m, k := loaded(t, `claim X1 "x" { for "x"; against "y"; figures C15 }`)
	l, err := New(t.Context(), m, k, nil, m.ClaimsOf(k))
	if err != nil {
		t.Fatal(err)
	}
	rs := l.Claims[0].Readings
	if len(rs) != 8 || rs[0].Verdict != "holds" || rs[2].Verdict != "does not hold" || len(rs[7].Rests) == 0 {
		t.Errorf("%d readings: %+v", len(rs), rs)
	}
}

// Figures that can never be worked out are mistakes at their place.
func TestCheck(t *testing.T) {
	m, _ := loaded(t, `
claim X1 "x" { for "x"; against "y"
  figures level[USA, 2024] > 1
  figures level[USA, 2024]
  figures level[ATLANTIS, 2024] > level[USA, 2024]
  figures level[USA, 2024] > level[GBR, 2024]
}`)
	at := strings.Count(raid, "\n")
	var got []int
	for _, p := range Check(m) {
		got = append(got, p.Pos.Line()-at)
	}
	if !slices.Equal(got, []int{3, 4, 5}) {
		t.Errorf("mistakes on lines %v: %v", got, Check(m))
	}
	all, problems := catalog.All()
	if ps := append(problems.Errors(), Check(all)...); len(ps) > 0 {
		t.Errorf("what ships: %v", ps)
	}
}

// Every row of the fact base has its claim, with both sides; characterisations
// have a label and no reading, and what the base calls a quantity is scored or
// said not to be one.
func TestFactBase(t *testing.T) {
	f, err := os.Open("../../shared/facts/facts_claims.csv")
	if err != nil {
		t.Skip("the fact base is not beside the project")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m, problems, err := catalog.Case("ukraine")
	if err != nil || len(problems.Errors()) > 0 {
		t.Fatal(err, problems)
	}
	l, err := New(t.Context(), m, m.Case("ukraine"), nil, m.ClaimsOf(m.Case("ukraine")))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Claims) != len(rows)-1 {
		t.Errorf("%d claims for %d rows", len(l.Claims), len(rows)-1)
	}
	for _, row := range rows[1:] {
		i := slices.IndexFunc(l.Claims, func(e Entry) bool { return e.ID == row[0] })
		if i < 0 {
			t.Errorf("%s is not in the ledger", row[0])
			continue
		}
		e := l.Claims[i]
		if len(e.For) == 0 || len(e.Against) == 0 || e.Says == "" || e.Finding == "" || e.By == "" {
			t.Errorf("%s lacks a side, its sentence, its finding or who says it: %+v", row[0], e)
		}
		for _, id := range strings.FieldsFunc(row[6], func(r rune) bool { return r == ';' }) {
			if !slices.Contains(e.Sources, id) {
				t.Errorf("%s lacks source %s", row[0], id)
			}
		}
		label := strings.Contains(row[5], "not a model quantity")
		if label != (e.Label != "") || label && len(e.Readings) > 0 || !label && len(e.Readings) == 0 && e.Unscored == "" {
			t.Errorf("%s (%s): label %q, %d readings, unscored %q", row[0], row[5], e.Label, len(e.Readings), e.Unscored)
		}
		if strings.EqualFold(e.Says, row[1]) {
			t.Errorf("%s copies its sentence", row[0])
		}
	}
}
