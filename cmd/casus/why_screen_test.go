package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/ask"
	"casus/show"
)

// Whatever the event, however many attack and however many are attacked, the answer
// of why fits a screen of 40 lines, 80 columns wide or 40, and names all who are in
// it and every article that turns on something. Those that were longest stand first.
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
			fitsAScreen(t, ask.Question{By: strings.Join(by[:n], ","), On: e.on, Kind: "armed attack", Object: e.object, At: e.at, Date: e.date, Law: []string{"ships"}})
		}
		more := []string{e.on}
		for _, s := range []string{"FRA", "ESP"} {
			if s != e.on {
				more = append(more, s)
			}
		}
		fitsAScreen(t, ask.Question{By: strings.Join(by, ","), On: strings.Join(more, ","), Kind: "armed attack", Date: e.date, Law: []string{"ships"}})
	}
}

// namedOn reports whether an article is named, by itself or among texts alike (UA_*.1).
func namedOn(text, article string) bool {
	if strings.Contains(text, article) {
		return true
	}
	instrument, number, _ := strings.Cut(article, ".")
	return slices.ContainsFunc(alikeOn.FindAllStringSubmatch(text, -1), func(m []string) bool {
		return strings.HasPrefix(instrument, m[1]) && strings.TrimRight(m[2], ",") == number
	})
}

var alikeOn = regexp.MustCompile(`(\w+)\*\.(\S+)`)

func fitsAScreen(t *testing.T, q ask.Question) {
	t.Helper()
	f, err := ask.Why{Question: q}.Answer(t.Context(), ask.Told{})
	if err != nil {
		t.Fatalf("%v: %v", q, err)
	}
	for _, width := range []int{80, 40} {
		screen := 40
		if width < 60 { // half as wide, it rather takes more lines than leave out what is asked about
			screen = 60
		}
		var out bytes.Buffer
		if err := show.Why(&out, f, show.Layout{Width: width}); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if lines := strings.Count(text, "\n"); lines > screen {
			t.Errorf("%s on %s, %s, %s, %d columns: %d lines\n%s", q.By, q.On, q.At, q.Date, width, lines, text)
		}
		for _, a := range f.Answers {
			if (a.Status == "depends" || a.Status == "contested") && !namedOn(text, a.Article) {
				t.Errorf("%s on %s, %s, %s, %d columns: %s %s and is not named\n%s", q.By, q.On, q.At, q.Date, width, a.Article, a.Status, text)
			}
		}
		question, _, _ := strings.Cut(text, "Given:")
		for _, state := range strings.Split(q.By+","+q.On, ",") {
			if !strings.Contains(question, "("+state+")") {
				t.Errorf("%s on %s: %s is not named:\n%s", q.By, q.On, state, question)
			}
		}
	}
}
