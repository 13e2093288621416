package main

import (
	"bytes"
	"strings"
	"testing"

	"casus/ask"
	"casus/show"
)

// Whatever the event and however many attack, the answer of why fits a screen of 40
// lines by 80 columns. Those that were longest stand first.
func TestWhyFitsAScreen(t *testing.T) {
	events := []struct{ on, object, at, date string }{
		{"RUS", "territory", "RUS", "2026-02-01"},
		{"GBR", "territory", "akrotiri", "2026-03-02"},
		{"RUS", "forces", "kharkiv", "2022-09-06"},
		{"IRQ", "forces", "IRQ", "1991-01-17"},
		{"JPN", "territory", "JPN", "1945-08-06"},
		{"POL", "territory", "warsaw", "1939-09-01"},
		{"DNK", "territory", "greenland", "2026-02-01"},
		{"GBR", "territory", "falklands", "2012-06-01"},
		{"BRA", "territory", "BRA", "2026-02-01"},
		{"PHL", "territory", "scarborough", "2024-06-01"},
		{"USA", "territory", "USA", "2001-09-11"},
		{"FRA", "territory", "FRA", "2015-11-13"},
		{"RUS", "territory", "moscow", "2026-02-01"},
		{"FIN", "territory", "FIN", "1961-10-01"},
		{"GRC", "territory", "GRC", "2026-02-01"},
		{"POL", "territory", "UKR", "2026-02-01"},
		{"TWN", "territory", "TWN", "2026-07-01"},
		{"KHM", "territory", "KHM", "2025-07-24"},
		{"ARG", "territory", "ARG", "1949-06-01"},
		{"GBR", "forces", "kyiv", "2026-02-01"},
		{"UKR", "territory", "kyiv", "2026-02-01"},
	}
	if testing.Short() {
		events = events[:2] // all take long; ./test --all runs them
	}
	attackers := []string{"CHN", "USA", "TUR", "ITA", "DEU"}
	for _, e := range events {
		var by []string
		for _, s := range attackers {
			if s != e.on && len(by) < 3 {
				by = append(by, s)
			}
		}
		for n := 1; n <= len(by); n++ {
			q := ask.Why{Question: ask.Question{By: strings.Join(by[:n], ","), On: e.on, Kind: "armed attack", Object: e.object, At: e.at, Date: e.date, Law: []string{"ships"}}}
			f, err := q.Answer(t.Context(), ask.Told{})
			if err != nil {
				t.Fatalf("%v: %v", e, err)
			}
			var out bytes.Buffer
			if err := show.Why(&out, f, show.Layout{Width: 80}); err != nil {
				t.Fatal(err)
			}
			if lines := strings.Count(out.String(), "\n"); lines > 40 {
				t.Errorf("%d attackers, %v: %d lines\n%s", n, e, lines, out.String())
			}
		}
	}
}
