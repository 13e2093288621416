package law_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/law"
)

// ways are the sets of changes in one respect only, as lines of words, sorted.
func ways(list []law.Way, respect string) []string {
	var out []string
	for _, w := range list {
		var words []string
		for _, c := range w.Changes {
			if c.Respect != respect {
				words = nil
				break
			}
			words = append(words, c.Words)
		}
		if words != nil {
			slices.Sort(words)
			out = append(out, strings.Join(words, ", ")+": "+w.Then.String())
		}
	}
	slices.Sort(out)
	return out
}

// sides are what is asked of an answer: the ways, and the answers they seek.
func sides(w law.WhyNot) map[*law.Ways][]law.Status {
	out := map[*law.Ways][]law.Status{}
	if w.Bind != nil {
		out[w.Bind] = []law.Status{law.Owed}
	}
	if w.Free != nil {
		out[w.Free] = []law.Status{law.NotOwed, law.Dormant}
	}
	return out
}

// Of facts, every smallest set is found and no other: held against the answers
// to all events that differ in up to three facts.
func TestWhyNotFindsEverySetOfFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts, tr.once = slices.Concat(facts, facts), true
		text, ev := tr.draw(t, true), drawEvent(t, tr.states, tr.third)
		ev.By = tr.third
		book := law.Compile(loaded(t, text), on(t, "2005-01-01"), nil)
		debtor := other(tr, ev)
		found, err := book.WhyNot(t.Context(), "X.1", debtor, ev, 3)
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		for side, sought := range sides(found[0]) {
			if got, want := ways(side.Facts, "fact"), byTrial(book, ev, debtor, text, sought); !slices.Equal(got, want) {
				t.Errorf("%s, sought %v: found\n%q\nby trial\n%q\n%s", found[0].Status, sought, got, want, text)
			}
		}
	})
}

// byTrial asks about every event that differs in up to three of the facts that
// the text names.
func byTrial(book *law.Book, ev law.Event, debtor, text string, sought []law.Status) []string {
	status := func(s map[string]law.Tri) law.Status {
		changed := ev
		for f, v := range s {
			changed.Facts = with(changed.Facts, f, v)
		}
		return answered(book, changed)[debtor].Status
	}
	sets := []map[string]law.Tri{{}}
	for _, f := range facts {
		if !strings.Contains(text, f) {
			continue
		}
		for _, s := range sets {
			for _, v := range []law.Tri{law.Yes, law.No} {
				if len(s) < 3 && v != ev.Facts[f] {
					sets = append(sets, with(s, f, v))
				}
			}
		}
	}
	var out []string
	for _, s := range sets[1:] {
		then := status(s)
		if slices.Contains(sought, then) && !holdsSmaller(s, func(p map[string]law.Tri) bool { return slices.Contains(sought, status(p)) }) {
			out = append(out, sorted(s)+": "+then.String())
		}
	}
	slices.Sort(out)
	return out
}

// holdsSmaller reports whether some part of a setting, but for none of it and
// all of it, will do.
func holdsSmaller(s map[string]law.Tri, does func(map[string]law.Tri) bool) bool {
	for _, p := range lesser(s) {
		if len(p) > 0 && (does(p) || holdsSmaller(p, does)) {
			return true
		}
	}
	return false
}

// To strike an exception is to write that it never holds.
func TestWhyNotStrikes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts = facts
		text, ev := tr.draw(t, false), drawEvent(t, tr.states, tr.third)
		day, debtor := on(t, "2005-01-01"), other(tr, ev)
		found, err := law.Compile(loaded(t, text), day, nil).WhyNot(t.Context(), "X.1", debtor, ev, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(text, "\n") {
			if !strings.Contains(line, "except ") {
				continue
			}
			name := "X.1"
			if number, in := strings.CutPrefix(strings.TrimSpace(line), "article "); in {
				name = "X." + number[:1]
			}
			head, rest, _ := strings.Cut(line, " when ")
			never := head + " when never"
			if strings.HasSuffix(rest, " }") {
				never += " }"
			}
			then := answered(law.Compile(loaded(t, strings.Replace(text, line, never, 1)), day, nil), ev)[debtor].Status
			for side, sought := range sides(found[0]) {
				said := slices.ContainsFunc(side.Clauses, func(w law.Way) bool {
					return len(w.Changes) == 1 && strings.HasPrefix(w.Changes[0].Words, name+" were struck")
				})
				if said != slices.Contains(sought, then) {
					t.Errorf("without %q it is %s; said: %t\n%s", line, then, said, text)
				}
			}
		}
	})
}

// The places in words are the places that would do, over every place of the
// model.
func TestWhyNotOfPlaces(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	book := shippedBook(t, "2026-07-01")
	m := book.Model
	for _, test := range []struct{ on, object, place string }{
		{"FRA", "forces", "kyiv"}, {"FRA", "territory", "kyiv"}, {"FRA", "territory", "toulon"}, {"GBR", "territory", "falklands"}, {"TUR", "vessel", "black_sea"},
	} {
		ev := law.Event{Kind: "armed attack", By: "RUS", On: test.on, Object: test.object, Place: test.place}
		found, err := book.WhyNot(t.Context(), "NAT.5", "DEU", ev, 1)
		if err != nil {
			t.Fatal(err)
		}
		has := func(place, property string) bool {
			property, not := strings.CutPrefix(property, "not ")
			var is bool
			switch of := strings.TrimPrefix(property, "within the territory of "); {
			case of != property:
				is = m.Within(place, of, book.Day)
			case property == "in a party of NAT":
				is = book.Party(m.HostOf(place, book.Day), "NAT")
			default:
				is = m.Within(place, strings.TrimPrefix(property, "within "), book.Day)
			}
			return is != not
		}
		said := func(place string, side *law.Ways) bool {
			return slices.ContainsFunc(side.Facts, func(w law.Way) bool {
				words, of := strings.CutPrefix(w.Changes[0].Words, "the place were ")
				return of && len(w.Changes) == 1 && !slices.ContainsFunc(strings.Split(words, " and "), func(p string) bool { return !has(place, p) })
			})
		}
		for side, sought := range sides(found[0]) {
			for _, place := range m.AreaNames() {
				there := ev
				there.Place = place
				var is law.Status
				for _, a := range book.Answers(there, false) {
					if a.Article.Address == "NAT.5" && a.Debtor == "DEU" {
						is = a.Status
					}
				}
				if is == law.Contested && len(m.Contests(place)) > 0 {
					continue // whose it is decides, and the words go by where it is drawn
				}
				if is != law.Depends && said(place, side) != slices.Contains(sought, is) {
					t.Errorf("%v: at %s it is %s; said: %t", test, place, is, said(place, side))
				}
			}
		}
	}
}

// What cannot be asked is refused, with the reason.
func TestWhyNotRefuses(t *testing.T) {
	book := shippedBook(t, "2026-07-01")
	for address, want := range map[string]string{"NAT.55": "unknown article", "NAT.6": "makes no duty"} {
		if _, err := book.WhyNot(t.Context(), address, "", law.Event{Kind: "armed attack", On: "FRA"}, 2); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Every article of the catalogue can be asked about, and what it answers is
// turned: no way leads to the answer there is.
func TestWhyNotOfEveryArticle(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long; ./test --all runs it")
	}
	for day, ev := range map[string]law.Event{
		"2026-07-01": {Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv"},
		"1914-08-04": {Kind: "armed attack", By: "DEU", On: "BEL", Place: "liege"},
		"1939-09-01": {Kind: "threat", On: "POL"},
	} {
		book := shippedBook(t, day)
		for _, in := range book.Model.Instruments {
			for _, a := range in.Articles {
				if len(a.Rules) == 0 || a.Unpublished || in.Unpublished {
					continue
				}
				found, err := book.WhyNot(t.Context(), a.Address, "", ev, 1)
				if err != nil {
					t.Fatal(err)
				}
				for _, w := range found {
					for _, side := range []*law.Ways{w.Bind, w.Free} {
						if side == nil {
							continue
						}
						for _, way := range slices.Concat(side.Facts, side.Clauses) {
							if way.Then == w.Status || len(way.Changes) != 1 || way.Changes[0].Words == "" {
								t.Errorf("%s on %s: %s, and under %v %s", a.Address, day, w.Status, way.Changes, way.Then)
							}
						}
					}
				}
			}
		}
	}
}
