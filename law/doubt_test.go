package law_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/catalog"
	"casus/data"
	"casus/law"
	"casus/model"
)

// possible are the answers that may be right: of an open one each way, of a
// contested one those of its readings.
func possible(a law.Answer) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	open := func(then string) {
		if then == "depends" {
			add("owed")
			add("not owed")
		} else {
			add(then)
		}
	}
	for _, v := range a.Views {
		for _, then := range strings.Split(v.Then, " or ") {
			open(then)
		}
	}
	if len(a.Views) == 0 || a.Status != law.Contested {
		open(a.Status.String())
	}
	return out
}

// stances draws readings of a question, in the words of the language.
func stances(t *rapid.T, n int) []string {
	var out []string
	for i := range n {
		says := rapid.SampledFrom([]string{"yes", "no", "open", "requested", "not provoked", "requested and flagrant"}).Draw(t, "says")
		out = append(out, fmt.Sprintf("reading r%d { says %s; by \"x\" }", i, says))
	}
	return out
}

// doubtful is a treaty with doubts of every kind: who is a party, whose a place
// is, what territory means, whether the deed is enough, a question in a
// condition.
func doubtful(t *rapid.T, about string, readings []string) string {
	lines := strings.Join(readings, "; ")
	if lines != "" {
		lines = "{ " + lines + " }"
	}
	part := func(name string) string {
		if name == about {
			return lines
		}
		return "{ reading a { says yes }; reading b { says no } }"
	}
	return fmt.Sprintf(`event strange deed is threat, may be armed attack %s
question moot %s
instrument X "X" {
  kind treaty; signed 1990-01-01; in force 1990-01-01
  party FRA, GBR from 1990-01-01
  party POL contested from 1990-01-01 %s
  territory contested toulon %s
  article 1 "A" {
    when armed attack on P by A, P is party, %s
    then every other party owes P AID
    except when %s
  }
}
`, part("threshold"), part("moot"), part("party"), part("territory"),
		rapid.SampledFrom([]string{"place within territory(P)", "yes", "place within territory(P) or moot", "not moot"}).Draw(t, "rule"),
		rapid.SampledFrom([]string{"moot", "provoked", "moot and provoked", "not (place within territory(P)) and moot"}).Draw(t, "but"))
}

func doubtfulEvent(t *rapid.T) law.Event {
	ev := law.Event{Kind: rapid.SampledFrom([]string{"strange deed", "armed attack"}).Draw(t, "kind"),
		On: rapid.SampledFrom([]string{"FRA", "POL"}).Draw(t, "on"), By: rapid.SampledFrom([]string{"", "RUS", "POL"}).Draw(t, "by"),
		Place: rapid.SampledFrom([]string{"", "toulon", "warsaw", "FRA"}).Draw(t, "place"), Facts: map[string]law.Tri{}}
	if ev.By == ev.On {
		ev.By = ""
	}
	for _, f := range []string{"requested", "provoked", "flagrant"} {
		ev.Facts[f] = law.Tri(rapid.IntRange(-1, 1).Draw(t, f))
	}
	return ev
}

// oneSided reports whether nobody is known to hold more than one answer, so that
// the other is held by nobody who is named.
func oneSided(readings []string) bool {
	says := func(word string) bool {
		return slices.ContainsFunc(readings, func(r string) bool { return strings.Contains(r, "says "+word) })
	}
	return !(says("yes;") && says("no;") || says("not ") || says("requested"))
}

// A reading that is added only widens what may be right.
func TestAddingAReadingWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		about := rapid.SampledFrom([]string{"threshold", "moot", "party", "territory"}).Draw(t, "about")
		readings := stances(t, rapid.IntRange(1, 4).Draw(t, "readings"))
		if about != "moot" && rapid.Bool().Draw(t, "from none") {
			readings = readings[:0] // then who holds what is not noted
		}
		// The same text but for the readings: what is drawn is drawn once.
		text := doubtful(t, about, []string{"READINGS"})
		write := func(rs []string) string {
			if len(rs) == 0 {
				return strings.Replace(text, "{ READINGS }", "", 1)
			}
			return strings.Replace(text, "READINGS", strings.Join(rs, "; "), 1)
		}
		another := strings.Replace(stances(t, 1)[0], "r0", "another", 1)
		if oneSided(readings) && (strings.Contains(another, "requested") || strings.Contains(another, "provoked")) {
			return // the first that somebody holds of a question with two sides takes the place of those that nobody does
		}
		more := append(slices.Clone(readings), another)
		ev, day := doubtfulEvent(t), on(t, "2005-01-01")
		before := answered(law.Compile(loaded(t, write(readings)), day, nil), ev)
		after := answered(law.Compile(loaded(t, write(more)), day, nil), ev)
		for d, a := range before {
			for _, s := range possible(a) {
				if !slices.Contains(possible(after[d]), s) {
					t.Fatalf("%s: %s may be right, and with one reading more it may not: %s, %v\n%s", d, s, after[d].Status, possible(after[d]), write(more))
				}
			}
		}
	})
}

// What each reading is said to lead to is what the law answers when it is
// chosen.
func TestViewsAgreeWithChosenReadings(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	tried := 0
	for _, ex := range m.Examples {
		book := law.Compile(m, ex.Event.Date, nil)
		ev := law.Recall(m, ex.Event.Earlier, law.EventOf(ex.Event))
		if len(ev.AlsoBy)+len(ev.AlsoOn) > 0 {
			continue
		}
		for _, a := range book.Answers(ev, false) {
			for _, v := range a.Views {
				chosen := ev
				chosen.Readings = map[string]string{}
				for k, r := range ev.Readings {
					chosen.Readings[k] = r
				}
				name := v.Question
				if name == "" {
					name = a.Article.Address
				}
				chosen.Readings[name] = v.Reading
				got := answerTo(book, chosen, a)
				tried++
				if got.Article == nil || !slices.Contains(strings.Split(v.Then, " or "), got.Said()) && got.Status != law.Contested {
					t.Errorf("%s: %s read as %s %s leads to %s; chosen, to %s", ex.Title, a.Article.Address, v.Question, v.Reading, v.Then, got.Said())
				}
			}
		}
		if tried > 400 {
			break
		}
	}
	if tried < 40 {
		t.Errorf("%d readings were tried", tried)
	}
}

// answerTo is the answer about the same article, debtor, creditor and class.
func answerTo(book *law.Book, ev law.Event, like law.Answer) law.Answer {
	for _, a := range book.Only(like.Article.Instrument.ID).Answers(ev, true) {
		if a.Article == like.Article && a.Debtor == like.Debtor && a.Creditor == like.Creditor && a.Verb == like.Verb && a.Class == like.Class {
			return a
		}
	}
	return law.Answer{}
}

// Whether a state is a party is not known: where that matters the answer is never
// no, as debtor or as victim.
func TestUnknownPartyIsNeverNo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts = facts
		text := tr.draw(t, true)
		s := rapid.SampledFrom(tr.states[:3]).Draw(t, "state")
		rest := slices.DeleteFunc(slices.Clone(tr.states[:3]), func(x string) bool { return x == s })
		line := "party " + strings.Join(tr.states[:3], ", ") + " from 1990-01-01"
		if !strings.Contains(text, line) {
			t.Fatal("no line of parties")
		}
		unknown := strings.Replace(text, line, "party "+strings.Join(rest, ", ")+" from 1990-01-01\n  party "+s+" unknown from 1990-01-01", 1)
		ev, day := drawEvent(t, tr.states, tr.third), on(t, "2005-01-01")
		sure := answered(law.Compile(loaded(t, text), day, nil), ev)
		for d, a := range answered(law.Compile(loaded(t, unknown), day, nil), ev) {
			was := sure[d].Status
			if was != law.NotOwed && was != law.Dormant && a.Status == law.NotOwed {
				t.Fatalf("%s to %s: %s when %s is a party, and not owed when that is not known\n%s", d, a.Creditor, was, s, unknown)
			}
			if was == law.Owed && !strings.Contains(text, "extend") && (d == s || a.Creditor == s) && a.Status != law.Depends {
				t.Fatalf("%s to %s: %s though it is not known whether %s is a party\n%s", d, a.Creditor, a.Status, s, unknown)
			}
		}
	})
}

// Whoever attacks: nothing is owed to the attacker, but where the text names the
// attacker, whoever it is. The examples of the catalogue are asked as they stand
// and with attacker and victim exchanged.
func TestNothingIsOwedToTheAttacker(t *testing.T) {
	m, problems := catalog.Instruments()
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, ex := range m.Examples {
		ev := law.EventOf(ex.Event)
		if ev.By == "" || ev.On == "" {
			continue
		}
		swapped := ev
		swapped.By, swapped.On = ev.On, ev.By
		book := law.Compile(m, ex.Event.Date, nil)
		for _, e := range []law.Event{ev, swapped} {
			for _, a := range book.Answers(e, false) {
				if a.Verb != model.Owes || a.Rule == nil || a.Status == law.NotOwed {
					continue
				}
				attacks := a.Creditor == e.By || slices.Contains(e.AlsoBy, a.Creditor)
				if attacks && !slices.ContainsFunc(a.Rule.Thens, func(x model.Then) bool { return a.Rule.TowardAttacker(&x) }) {
					t.Errorf("%s, %s on %s: %s by %s is %s to the attacker", ex.Title, e.By, e.On, a.Article.Address, a.Debtor, a.Status)
				}
			}
		}
	}
}

// The trace of what is in doubt says what the answer says.
func TestDoubtTraced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readings := stances(t, rapid.IntRange(1, 3).Draw(t, "readings"))
		text := doubtful(t, rapid.SampledFrom([]string{"threshold", "moot", "party", "territory"}).Draw(t, "about"), readings)
		ev := doubtfulEvent(t)
		for d, a := range answered(law.Compile(loaded(t, text), on(t, "2005-01-01"), nil), ev) {
			root := a.Trace()
			if want := d + " → " + a.Creditor + ": " + a.Status.String(); root.Text != want {
				t.Errorf("%s, traced %q\n%s", want, root.Text, text)
			}
			root.Deciding()
		}
	})
}

// What is on record of an event stays in its answer, whatever facts are given: it
// may become contested, and never the opposite.
func TestFactsDoNotUndoTheRecord(t *testing.T) {
	m := shipped(t)
	recorded := []struct {
		day string
		ev  law.Event
	}{
		{"2001-09-11", law.Event{Kind: "terrorist attack", NoState: "al-Qaeda", On: "USA", Object: "territory", Place: "USA.home"}},
		{"2015-11-13", law.Event{Kind: "terrorist attack", NoState: "IS", On: "FRA", Object: "territory", Place: "paris"}},
		{"1991-01-20", law.Event{Kind: "armed attack", By: "USA", On: "IRQ", Object: "forces", Place: "IRQ"}},
		{"1981-06-07", law.Event{Kind: "armed attack", By: "ISR", On: "IRQ", Object: "territory", Place: "IRQ"}},
	}
	facts := []string{"attributable", "from_abroad", "council_finding", "requested", "self_defence", "council_mandate", "necessary_proportionate"}
	rapid.Check(t, func(t *rapid.T) {
		x := recorded[rapid.IntRange(0, len(recorded)-1).Draw(t, "event")]
		day, err := data.ParseDay(x.day)
		if err != nil {
			t.Fatal(err)
		}
		book := law.Compile(m, day, nil)
		before := map[string]law.Status{}
		for _, a := range book.Answers(x.ev, false) {
			if slices.ContainsFunc(a.Practice, func(p law.Practice) bool { return p.Decides }) && a.Status == law.Owed {
				before[duty(&a)] = a.Status
			}
		}
		given := x.ev
		given.Facts = map[string]law.Tri{}
		for _, f := range facts {
			if v := rapid.SampledFrom([]law.Tri{law.No, law.Unknown, law.Yes}).Draw(t, f); v != law.Unknown {
				given.Facts[f] = v
			}
		}
		if given.Facts["self_defence"] == law.Yes || given.Facts["council_mandate"] == law.Yes {
			return // an excuse is another matter than the threshold, and may be so beside it
		}
		for _, a := range book.Answers(given, false) {
			if was, on := before[duty(&a)]; on && a.Status != was && a.Status != law.Contested {
				t.Errorf("%s: on record %s, and with %v %s", duty(&a), was, given.Facts, a.Status)
			}
		}
	})
}
