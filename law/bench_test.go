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

// BenchmarkTraces asks the same and has the tree of every answer made.
func BenchmarkTraces(b *testing.B) {
	book := shippedBook(b, "2026-02-01")
	ev := law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "territory", Place: "FRA.home",
		Facts: map[string]law.Tri{"requested": law.Yes, "ceasefire": law.Yes, "provoked": law.No}}
	for b.Loop() {
		for _, a := range book.Answers(ev, false) {
			if a.Trace() == nil {
				b.Fatal("no trace")
			}
		}
	}
}

// BenchmarkWhyNot looks for every smallest set of up to three changes under
// which the Alliance would owe help for a strike on forces in Kyiv.
func BenchmarkWhyNot(b *testing.B) {
	book := shippedBook(b, "2026-07-01")
	for b.Loop() {
		if _, err := book.WhyNot(b.Context(), "NAT.5", "DEU", law.Event{Kind: "armed attack", By: "RUS", On: "FRA", Object: "forces", Place: "kyiv"}, 3); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExamples runs every example of the catalogue.
func BenchmarkExamples(b *testing.B) {
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		b.Fatal(problems)
	}
	for b.Loop() {
		if failed := law.CheckExamples(m); len(failed) > 0 {
			b.Fatal(failed)
		}
	}
}
