package law_test

import (
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/law"
)

// BenchmarkAnswers asks every instrument about one strike on a home territory.
func BenchmarkAnswers(b *testing.B) {
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		b.Fatal(problems)
	}
	day, err := data.ParseDay("2026-02-01")
	if err != nil {
		b.Fatal(err)
	}
	book := law.Compile(m, day, nil)
	ev := law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "territory", Place: "FRA.home",
		Facts: map[string]law.Tri{"requested": law.Yes, "ceasefire": law.Yes, "provoked": law.No}}
	for b.Loop() {
		if len(book.Answers(ev, false)) == 0 {
			b.Fatal("no answers")
		}
	}
}
