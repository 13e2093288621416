package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"casus/data"
	"casus/law"
	"casus/model"
)

// What once stood wrong in the catalogue, a line a correction: what is asked, and
// the answer that is right. Each fails on the catalogue as it was.
//
//	party  INSTRUMENT STATE DAY   yes, no or contested
//	force  INSTRUMENT DAY         in or out
//	says   ADDRESS WORDS          yes or no
//	answer ARTICLE DEBTOR DAY     as an example has it, to the event of the other columns
func TestCorrections(t *testing.T) {
	m := instruments(t)
	rows := rowsOf(t, "testdata/corrections.csv")
	done := map[string]bool{}
	for _, r := range rows {
		done[r.Text("number")] = true
		words := strings.Fields(r.Text("ask"))
		got := ""
		switch words[0] {
		case "party":
			got = standingOf(m.Instrument(words[1]), words[2], dayOf(t, words[3]))
		case "force":
			got = forceOf(m.Instrument(words[1]), dayOf(t, words[2]))
		case "says":
			got = map[bool]string{true: "yes", false: "no"}[strings.Contains(allWords(m, words[1]), strings.Join(words[2:], " "))]
		case "answer":
			got = answerTo(t, m, words[1], words[2], words[3], r)
		default:
			t.Fatalf("line %d: nothing is asked by %q", r.Line(), words[0])
		}
		if got != r.Text("right") {
			t.Errorf("line %d, correction %s: %s: want %s, found %s", r.Line(), r.Text("number"), r.Text("ask"), r.Text("right"), got)
		}
	}
	if known := rowsOf(t, facts+"facts_corrections.csv"); len(known) != 29 || len(done) != len(known) {
		t.Errorf("%d of %d corrections are tested", len(done), len(known))
	}
}

func dayOf(t *testing.T, word string) data.Day {
	t.Helper()
	d, err := data.ParseDay(word)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// standingOf is whether a state is a party on a day: yes, no, or contested.
func standingOf(in *model.Instrument, state string, on data.Day) string {
	for _, ms := range in.Parties {
		switch {
		case ms.State != state || !ms.On(on):
		case ms.Question != nil:
			return "contested"
		default:
			return "yes"
		}
	}
	return "no"
}

func forceOf(in *model.Instrument, on data.Day) string {
	if in.HasInForce && on < in.InForce || in.HasEnded && on >= in.Ended {
		return "out"
	}
	return "in"
}

// allWords are the words of an article, or of an instrument with all of its.
func allWords(m *model.Model, address string) string {
	if a := m.Article(address); a != nil {
		return strings.Join(slices.Concat(a.Texts, a.Notes, manners(a), []string{a.Title}), "\n")
	}
	in := m.Instrument(address)
	return strings.Join([]string{wordsOf(in), in.Exit, in.EndedWhy, in.Assumed}, "\n")
}

// answerTo gives the answer of an article for a debtor to the event of a row.
func answerTo(t *testing.T, m *model.Model, article, debtor, day string, r data.Row) string {
	t.Helper()
	on := dayOf(t, day)
	ev := law.Event{Kind: r.Text("kind"), By: r.Text("by"), On: r.Text("on"), Object: r.Text("object"), Place: r.Text("place"), Facts: map[string]law.Tri{}}
	for _, f := range strings.Fields(r.Text("facts")) {
		name, not := strings.CutPrefix(f, "!")
		ev.Facts[strings.ReplaceAll(name, ",", ", ")] = law.Of(!not) // a symmetric fact is kept in order of letters
	}
	found := "nothing"
	for _, a := range law.Compile(m, on, nil).Answers(ev, true) {
		if a.Article.Address == article && a.Debtor == debtor && (a.Relevant || found == "nothing") {
			found = a.Status.String()
		}
	}
	return found
}

// Every reading of the disputed questions stands in the catalogue with who holds
// it: as the reading of a question or of an article or, where it is a statement
// and decides nothing, in the words beside it.
func TestDisputedQuestions(t *testing.T) {
	m := instruments(t)
	where := map[string]data.Row{}
	for _, r := range rowsOf(t, "testdata/contested.csv") {
		where[r.Text("id")] = r
	}
	for _, r := range rowsOf(t, facts+"facts_contested.csv") {
		id := r.Text("id")
		at, ok := where[id]
		if !ok {
			t.Errorf("%s: %s: nowhere", id, r.Text("reading"))
			continue
		}
		if words := heldBy(m, at.Text("where"), at.Text("reading")); !strings.Contains(words, at.Text("by")) {
			t.Errorf("%s: %s %s: want %q in %q", id, at.Text("where"), at.Text("reading"), at.Text("by"), words)
		}
	}
}

// heldBy is who holds a reading; without one, the words of the address.
func heldBy(m *model.Model, address, reading string) string {
	switch q := m.Question(address); {
	case reading == "" && (m.Article(address) != nil || m.Instrument(address) != nil):
		words := allWords(m, address)
		if in := m.Instrument(address); in != nil {
			for _, x := range in.Territory {
				if x.Verb == model.Without {
					words += "\nterritory without " + strings.Join(x.Areas, ", ")
				}
			}
		} else {
			for _, p := range m.Article(address).Provides {
				words += "\n" + p.Title
			}
		}
		return words
	case q != nil:
		if s := q.Reading(reading); s != nil {
			return s.By
		}
	case m.Article(address) != nil:
		for _, rd := range m.Article(address).Readings {
			if rd.Name == reading {
				return rd.Title + "\n" + rd.By
			}
		}
	}
	return ""
}
