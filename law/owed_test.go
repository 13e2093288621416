package law_test

import (
	"slices"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// What is pledged is what is answered: a bound duty is owed when its event
// strikes the creditor at home, a conditional one is open or owed, and a duty
// that is answered as owed was pledged.
func TestPledgesAgreeWithAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	m, problems := catalog.Instruments()
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	for _, date := range []string{"1914-07-28", "1939-08-31", "1982-04-30", "2026-07-01"} {
		day, err := data.ParseDay(date)
		if err != nil {
			t.Fatal(err)
		}
		book := law.Compile(m, day, nil)
		pledges := book.Pledges(law.Standing{})
		if len(pledges) == 0 {
			t.Fatalf("%s: no pledges", date)
		}
		pledgesAreAnswered(t, book, pledges)
		answersWerePledged(t, book, pledges)
	}
}

func pledgesAreAnswered(t *testing.T, book *law.Book, pledges []law.Pledge) {
	asked := map[string][]law.Answer{}
	for _, p := range pledges {
		if p.Verb != model.Owes || p.Event == "" || p.Creditor == law.Every || p.Creditor == "" || p.Debtor == law.Every || p.Binding == law.Unread {
			continue
		}
		if len(p.Against) == 0 || p.Article.Address == "TRIPLE.4" { // owed to the one who goes to war
			continue
		}
		by := p.Against[0]
		key := p.Event + " " + by + " " + p.Creditor
		if asked[key] == nil {
			asked[key] = book.Answers(law.Event{Kind: p.Event, By: by, On: p.Creditor, Object: "territory", Place: p.Creditor + ".home"}, true)
		}
		want := map[law.Binding][]law.Status{law.Bound: {law.Owed}, law.Conditional: {law.Depends, law.Owed, law.NotOwed, law.Contested}, law.Disputed: {law.Contested, law.Depends}, law.Asleep: {law.Dormant}}[p.Binding]
		i := slices.IndexFunc(asked[key], func(a law.Answer) bool {
			return a.Article == p.Article && a.Debtor == p.Debtor && a.Creditor == p.Creditor && a.Class == p.Class
		})
		if p.Debtor == by {
			continue // who attacks owes no help against itself
		}
		if i < 0 || !slices.Contains(want, asked[key][i].Status) {
			t.Errorf("%s: %s %s to %s against %s is pledged as %s, but the answer is %v", book.Day, p.Article.Address, p.Debtor, p.Creditor, by, p.Binding, found(asked[key], i))
		}
	}
}

func found(as []law.Answer, i int) any {
	if i < 0 {
		return "none"
	}
	return as[i].Status
}

func answersWerePledged(t *testing.T, book *law.Book, pledges []law.Pledge) {
	for _, on := range []string{"FRA", "POL", "BEL", "UKR", "ARG", "JPN"} {
		for _, by := range []string{"RUS", "DEU", "PRK"} {
			if by == on {
				continue
			}
			for _, a := range book.Answers(law.Event{Kind: "armed attack", By: by, On: on, Object: "territory", Place: on + ".home"}, true) {
				if a.Status != law.Owed || a.Verb != model.Owes || a.Creditor != on {
					continue
				}
				if !slices.ContainsFunc(pledges, func(p law.Pledge) bool {
					return p.Article == a.Article && p.Class == a.Class && (p.Debtor == a.Debtor || p.Debtor == law.Every) && (p.Creditor == on || p.Creditor == law.Every)
				}) {
					t.Errorf("%s: %s is owed by %s to %s, and was not pledged", book.Day, a.Article.Address, a.Debtor, on)
				}
			}
		}
	}
}

// A pledge is never firmer than the judge's answer: what an extension or an
// exception to an exception leaves open is conditional, and only limits on who
// attacks leave it bound.
func TestPledgesAreNoFirmerThanAnswers(t *testing.T) {
	own := source.New("shield.casus", []byte(`instrument SHIELD "Shield" {
  kind treaty; signed 1946-01-01; in force 1946-01-01
  party SWE, FIN from 1946-01-01
  article 5 "An extension decides" { when armed attack on P, P is party; then every other party owes P AID }
  article 6 "Area" { except 5 when not place within nat_waters }
  article 9 "Council" { extend 5 when council_decision, over 6 }
  article 15 "Excepted, unless asked" { when armed attack on P by A, P is party; then every other party owes P AID }
  article 16 "At home" { except 15 when place within territory(P) }
  article 17 "Unless asked" { except 16 when requested }
  article 25 "Against others" { when armed attack on P by A, P is party, A is not party; then every other party owes P AID }
}
`))
	b := bookOf(t, "1946-06-01", own)
	want := map[string]law.Binding{"SHIELD.5": law.Conditional, "SHIELD.15": law.Conditional, "SHIELD.25": law.Bound}
	pledges := b.PledgesOf(b.Model.Instrument("SHIELD"), law.Standing{})
	for _, p := range pledges {
		if p.Binding != want[p.Article.Address] || p.Binding == law.Conditional && len(p.Open) == 0 {
			t.Errorf("%s, %s to %s: %s %v", p.Article.Address, p.Debtor, p.Creditor, p.Binding, p.Open)
		}
	}
	if len(pledges) != 6 {
		t.Errorf("%d pledges, not 6", len(pledges))
	}
}
