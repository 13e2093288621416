package law_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

func span(t testing.TB, from, until string) data.Span {
	t.Helper()
	a, err := data.ParseDay(from)
	b, err2 := data.ParseDay(until)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	return data.Span{From: a, Until: b}
}

func timeline(t testing.TB, m *model.Model, over data.Span) *law.Timeline {
	t.Helper()
	tl, err := law.NewTimeline(context.Background(), m, over, nil, law.Standing{})
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

// words is a tie in one line, without the first day.
func tieWords(ties []law.Tie) []string {
	out := make([]string, len(ties))
	for i, t := range ties {
		class := ""
		if t.Class != nil {
			class = t.Class.Name
		}
		out[i] = strings.Join([]string{t.Debtor, t.Creditor, t.Against, t.Event, class, t.Binding.String(), strings.Join(t.Conditions, "; "), strings.Join(t.Articles, " ")}, " | ")
	}
	return out
}

// What a timeline of two centuries says of a day is what the law of that day
// says when it is asked alone: no change of the law is overlooked.
func TestTimelineIsTheLawOfEachDay(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	all := span(t, "1815-01-01", "2035-12-31")
	tl := timeline(t, m, all)
	days := []data.Day{all.From, all.Until}
	for _, in := range m.Instruments { // the days on which something happens, and those before
		for _, p := range in.Parties {
			days = append(days, p.From, p.From-1)
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
	days = days[:min(12, len(days))]
	for range 6 {
		days = append(days, all.From+data.Day(r.IntN(int(all.Until-all.From))))
	}
	ties := 0
	for _, d := range days {
		day := data.Span{From: d, Until: d}
		if !all.Contains(d) {
			continue
		}
		got, want := tieWords(tl.Ties(day, false)), tieWords(timeline(t, m, day).Ties(day, false))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s:\n%s", d, diff)
		}
		ties += len(want)
	}
	if ties == 0 {
		t.Error("no day had a tie")
	}
}

const yearly = `
instrument FIRST "First" {
  kind treaty
  party FRA, GBR from 1950-01-01 until 1952-06-01
  article 1 "Help" {
    until 1951-07-01
    when armed attack on P, P is party, requested
    then every other party owes P AID
    when armed attack on P by RUS, P is party
    then FRA owes P AID
  }
  article 2 "Talk" { when threat on P, P is party; then every other party owes P CONSULT }
}
instrument SECOND "Second" {
  kind treaty
  party FRA, GBR from 1951-12-31
  active when date >= 1953-01-01
  article 1 "Help" { when armed attack on P, P is party, requested; then every other party owes P AID }
}
`

// A year has what stands on any day of it; of one article the firmest counts;
// two articles that say the same are one tie.
func TestTiesOfAYear(t *testing.T) {
	m, problems := catalog.Files([]*source.File{source.New("yearly.casus", []byte(yearly))})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tl := timeline(t, m, span(t, "1949-01-01", "1955-12-31"))
	for _, c := range []struct {
		year string
		want []string
	}{
		{"1949", []string{}},
		{"1951", []string{
			"FRA | GBR | RUS | armed attack | AID | bound |  | FIRST.1",
			"FRA | GBR | any | armed attack | AID | conditional | requested | FIRST.1",
			"FRA | GBR | any | armed attack | AID | dormant |  | SECOND.1",
			"GBR | FRA | any | armed attack | AID | conditional | requested | FIRST.1",
			"GBR | FRA | any | armed attack | AID | dormant |  | SECOND.1"}},
		{"1952", []string{
			"FRA | GBR | any | armed attack | AID | dormant |  | SECOND.1",
			"GBR | FRA | any | armed attack | AID | dormant |  | SECOND.1"}},
		{"1953", []string{
			"FRA | GBR | any | armed attack | AID | conditional | requested | SECOND.1",
			"GBR | FRA | any | armed attack | AID | conditional | requested | SECOND.1"}},
	} {
		got := tieWords(tl.Ties(span(t, c.year+"-01-01", c.year+"-12-31"), true))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.year, diff)
		}
	}
	all := tl.Ties(span(t, "1951-01-01", "1951-12-31"), false)
	if n := len(all); n != 7 || all[0].First != span(t, "1951-01-01", "1951-01-01").From {
		t.Errorf("with every duty 1951 has %d ties, the first from %s", n, all[0].First)
	}
}

// A timeline that is called off says so.
func TestTimelineIsCalledOff(t *testing.T) {
	m, _ := catalog.Instruments()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := law.NewTimeline(ctx, m, span(t, "1900-01-01", "1910-01-01"), nil, law.Standing{}); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}
