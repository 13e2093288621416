package law_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// treaty is a small instrument drawn at random, in the words of the language.
type treaty struct {
	facts  []string // those it may ask for; when once is set, each at most once
	once   bool
	states [4]string // three parties, and one that joins on 2000-01-01
	third  string    // a state outside
}

var names = treaty{states: [4]string{"FRA", "GBR", "POL", "ESP"}, third: "RUS"}

// fact draws a fact, or yes where none is left.
func (tr *treaty) fact(t *rapid.T) string {
	if len(tr.facts) == 0 {
		return "yes"
	}
	i := rapid.IntRange(0, len(tr.facts)-1).Draw(t, "fact")
	f := tr.facts[i]
	if tr.once {
		tr.facts = slices.Delete(slices.Clone(tr.facts), i, i+1)
	}
	return f
}

func (tr *treaty) cond(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 9).Draw(t, "kind")
	switch {
	case depth > 0 && kind < 2:
		return "(" + tr.cond(t, depth-1) + " and " + tr.cond(t, depth-1) + ")"
	case depth > 0 && kind < 4:
		return "(" + tr.cond(t, depth-1) + " or " + tr.cond(t, depth-1) + ")"
	case depth > 0 && kind < 6:
		return "not (" + tr.cond(t, depth-1) + ")"
	case kind == 7 && !tr.once:
		return rapid.SampledFrom([]string{"object is forces", "object is territory", "place within europe", "place within territory(P)", "place within " + tr.states[0],
			"A is party", "host is party", "at_war(P, A)", "A is " + tr.third, "date >= 1995-01-01"}).Draw(t, "leaf")
	}
	return tr.fact(t)
}

// draw writes a treaty: a rule, exceptions to it here and in another article,
// an exception to that, perhaps an extension and two readings.
func (tr *treaty) draw(t *rapid.T, richly bool) string {
	var b strings.Builder
	some := func(what string) bool { return rapid.Bool().Draw(t, what) }
	s := tr.states
	fmt.Fprintf(&b, "instrument X \"X\" {\n  kind treaty; signed 1990-01-01; in force 1990-01-01\n  party %s, %s, %s from 1990-01-01\n  party %s from 2000-01-01\n", s[0], s[1], s[2], s[3])
	fmt.Fprintf(&b, "  article 1 \"A\" {\n    when armed attack on P by A, P is party, %s\n    then every other party owes P AID\n", tr.cond(t, 2))
	if some("own") {
		fmt.Fprintf(&b, "    except when %s\n", tr.cond(t, 1))
	}
	if richly && some("limited") {
		fmt.Fprintf(&b, "    except for %s when %s, gloss \"x\"\n", s[1], tr.cond(t, 1))
	}
	if richly && some("readings") {
		fmt.Fprintf(&b, "    reading wide \"w\" { by \"a\" }\n    reading narrow \"n\" { by \"b\"; except when %s }\n", tr.cond(t, 1))
	}
	b.WriteString("  }\n")
	two := some("other")
	if two {
		fmt.Fprintf(&b, "  article 2 \"B\" { except 1 when %s }\n", tr.cond(t, 1))
		if some("nested") {
			fmt.Fprintf(&b, "  article 4 \"D\" { except 2 when %s }\n", tr.cond(t, 1))
		}
	}
	if richly && some("extension") {
		over := ", " + rapid.SampledFrom([]string{"over", "contested with"}).Draw(t, "rank") + " "
		fmt.Fprintf(&b, "  article 3 \"C\" { extend 1 when %s%s1%s2 }\n", tr.cond(t, 1), over, over)
		if !two {
			b.WriteString("  article 2 \"B\" { except 1 when never }\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func drawEvent(t *rapid.T, s [4]string, third string) law.Event {
	ev := law.Event{Kind: "armed attack", On: rapid.SampledFrom(s[:3]).Draw(t, "on"), Facts: map[string]law.Tri{}}
	ev.By = rapid.SampledFrom([]string{"", third, third}).Draw(t, "by")
	ev.Object = rapid.SampledFrom([]string{"", "forces", "territory"}).Draw(t, "object")
	ev.Place = rapid.SampledFrom([]string{"", "kyiv", "toulon", "black_sea", "RUS"}).Draw(t, "place")
	for _, f := range facts {
		ev.Facts[f] = law.Tri(rapid.IntRange(-1, 1).Draw(t, f))
	}
	return ev
}

var facts = []string{"requested", "provoked", "flagrant", "sustained", "ceasefire"}

func loaded(t *rapid.T, text string) *model.Model {
	m, problems := catalog.Files([]*source.File{source.New("x.casus", []byte(text))})
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatalf("%s\n%s", text, errs)
	}
	return m
}

func on(t interface{ Fatal(...any) }, day string) data.Day {
	d, err := data.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// answered are the answers of X.1 by debtor.
func answered(b *law.Book, ev law.Event) map[string]law.Answer {
	out := map[string]law.Answer{}
	for _, a := range b.Answers(ev, true) {
		if a.Article.Address == "X.1" {
			out[a.Debtor] = a
		}
	}
	return out
}

// holds is the definition: a condition over facts that are all known.
func holds(c *model.Cond, known map[string]law.Tri) bool {
	switch c.Op {
	case model.CondAnd:
		return !slices.ContainsFunc(c.Args, func(x *model.Cond) bool { return !holds(x, known) })
	case model.CondOr:
		return slices.ContainsFunc(c.Args, func(x *model.Cond) bool { return holds(x, known) })
	case model.CondNot:
		return !holds(c.Args[0], known)
	case model.CondFact:
		return known[c.Name] == law.Yes
	case model.CondKnown:
		return c.N != 0
	case model.CondIn: // P is party: the victim is one
		return true
	}
	panic(fmt.Sprint("the definition has no operator ", c.Op))
}

// owes is the definition of the duty of X.1 where all facts are known: the rule
// holds and no exception to it does, save one that is itself excepted.
func owes(m *model.Model, known map[string]law.Tri) bool {
	a := m.Article("X.1")
	return holds(a.Rules[0].Cond, known) && !defeated(m, a, known)
}

func defeated(m *model.Model, target *model.Article, known map[string]law.Tri) bool {
	for _, in := range m.Instruments {
		for _, a := range in.Articles {
			for _, e := range a.Exceptions {
				if e.Target == target.Address && holds(e.Cond, known) && (a == target || !defeated(m, a, known)) {
					return true
				}
			}
		}
	}
	return false
}

// completions are all ways to know what is not known.
func completions(known map[string]law.Tri) []map[string]law.Tri {
	out := []map[string]law.Tri{{}}
	for _, f := range facts {
		values := []law.Tri{known[f]}
		if known[f] == law.Unknown {
			values = []law.Tri{law.Yes, law.No}
		}
		var next []map[string]law.Tri
		for _, c := range out {
			for _, v := range values {
				d := map[string]law.Tri{f: v}
				for k, w := range c {
					d[k] = w
				}
				next = append(next, d)
			}
		}
		out = next
	}
	return out
}

// worlds counts the completions in which X.1 is owed and in which it is not.
func worlds(m *model.Model, known map[string]law.Tri) (owed, not int) {
	for _, c := range completions(known) {
		if owes(m, c) {
			owed++
		} else {
			not++
		}
	}
	return owed, not
}

// Three values against the definition over all completions: what is said to be
// owed is owed however the unknown turns out. Where no fact is asked for twice
// the converse holds too. (With twice, Kleene's logic may stay open: provoked
// or not provoked is not known while provoked is not.)
func TestThreeValuesAgainstCompletions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts, tr.once = facts, rapid.Bool().Draw(t, "once")
		onlyFacts := tr
		if !tr.once {
			onlyFacts.once = true // facts only, but some of them twice
			onlyFacts.facts = slices.Concat(facts, facts)
		}
		m := loaded(t, onlyFacts.draw(t, false))
		ev := drawEvent(t, tr.states, tr.third)
		ev.By = tr.third
		got := answered(law.Compile(m, on(t, "2005-01-01"), nil), ev)[other(tr, ev)].Status
		owed, not := worlds(m, ev.Facts)
		want := law.Depends
		switch {
		case not == 0:
			want = law.Owed
		case owed == 0:
			want = law.NotOwed
		}
		if got != want && (tr.once || got != law.Depends) {
			t.Errorf("%s, but over all completions %s (%d owed, %d not)", got, want, owed, not)
		}
	})
}

// other is a party that is not the victim.
func other(tr treaty, ev law.Event) string {
	if ev.On == tr.states[0] {
		return tr.states[1]
	}
	return tr.states[0]
}

// What decides an open answer decides it: however the rest turns out, and no
// smaller set does. Where no fact is asked for twice none is missing.
func TestDecidersAgainstCompletions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts, tr.once = facts, true
		m := loaded(t, tr.draw(t, false))
		ev := drawEvent(t, tr.states, tr.third)
		ev.By = tr.third
		a := answered(law.Compile(m, on(t, "2005-01-01"), nil), ev)[other(tr, ev)]
		if a.Status != law.Depends {
			return
		}
		var want []string
		for _, s := range settings(ev.Facts) {
			if then, ok := decided(m, ev.Facts, s); ok && !slices.ContainsFunc(lesser(s), func(p map[string]law.Tri) bool { _, ok := decided(m, ev.Facts, p); return ok }) {
				want = append(want, sorted(s)+": "+then)
			}
		}
		var got []string
		for _, d := range a.Deciders() {
			got = append(got, strings.Join(d.Facts, ", ")+": "+d.Then)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("deciders\n%q\nby completions\n%q", got, want)
		}
	})
}

// settings are all ways to know some of what is not known, but for knowing
// nothing more.
func settings(known map[string]law.Tri) []map[string]law.Tri {
	out := []map[string]law.Tri{{}}
	for _, f := range facts {
		if known[f] != law.Unknown {
			continue
		}
		for _, s := range out {
			for _, v := range []law.Tri{law.Yes, law.No} {
				out = append(out, with(s, f, v))
			}
		}
	}
	return out[1:]
}

func with(s map[string]law.Tri, f string, v law.Tri) map[string]law.Tri {
	out := map[string]law.Tri{f: v}
	for k, w := range s {
		if k != f {
			out[k] = w
		}
	}
	return out
}

// lesser are a setting's parts, each with one fact fewer.
func lesser(s map[string]law.Tri) []map[string]law.Tri {
	var out []map[string]law.Tri
	for f := range s {
		p := with(s, f, law.Unknown)
		delete(p, f)
		out = append(out, p)
	}
	return out
}

func decided(m *model.Model, known, s map[string]law.Tri) (string, bool) {
	all := known
	for f, v := range s {
		all = with(all, f, v)
	}
	switch owed, not := worlds(m, all); {
	case not == 0:
		return "owed", true
	case owed == 0:
		return "not owed", true
	}
	return "", false
}

func sorted(s map[string]law.Tri) string {
	var out []string
	for f, v := range s {
		out = append(out, f+" = "+v.String())
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Judging with a trace and without gives one answer; the trace says it.
func fastAndTraced(t *rapid.T) {
	tr := names
	tr.facts = facts
	text := tr.draw(t, true)
	ev := drawEvent(t, tr.states, tr.third)
	for d, a := range answered(law.Compile(loaded(t, text), on(t, "2005-01-01"), nil), ev) {
		root := a.Trace()
		if want := d + " → " + a.Creditor + ": " + a.Status.String(); root.Text != want {
			t.Errorf("%s, traced %q\n%s", want, root.Text, text)
		}
		if !slices.Contains(map[law.Status][]string{law.Owed: {"yes"}, law.NotOwed: {"no"}, law.Depends: {"unknown"}, law.Contested: {"unknown"}}[a.Status], root.Value) {
			t.Errorf("%s has the value %s", a.Status, root.Value)
		}
		root.Deciding()
	}
}

func TestFastAndTraced(t *testing.T) { rapid.Check(t, fastAndTraced) }

func FuzzJudge(f *testing.F) { f.Fuzz(rapid.MakeFuzz(fastAndTraced)) }

// To know more never opens what was settled, nor turns it round.
func TestKnowingMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts = facts
		book := law.Compile(loaded(t, tr.draw(t, true)), on(t, "2005-01-01"), nil)
		ev := drawEvent(t, tr.states, tr.third)
		before := answered(book, ev)
		more := ev
		f := rapid.SampledFrom(facts).Draw(t, "more")
		if ev.Facts[f] != law.Unknown {
			return
		}
		more.Facts = with(ev.Facts, f, rapid.SampledFrom([]law.Tri{law.Yes, law.No}).Draw(t, "value"))
		for d, a := range answered(book, more) {
			if was := before[d].Status; was != a.Status && (was == law.Owed || was == law.NotOwed) {
				t.Errorf("%s: %s, and with %s given %s", d, was, f, a.Status)
			}
		}
	})
}

// A new exception adds no duty; so one taken away takes none.
func TestExceptionsOnlyTake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts = facts
		text := tr.draw(t, true)
		more := strings.TrimSuffix(text, "}\n") + "  article 9 \"New\" { except 1 when " + tr.cond(t, 2)
		if strings.Contains(text, "article 3") {
			more += ", contested with 3"
		}
		more += " }\n}\n"
		ev, day := drawEvent(t, tr.states, tr.third), on(t, "2005-01-01")
		before := answered(law.Compile(loaded(t, text), day, nil), ev)
		for d, a := range answered(law.Compile(loaded(t, more), day, nil), ev) {
			if was := before[d].Status; a.Status == law.Owed && was != law.Owed || was == law.NotOwed && a.Status != law.NotOwed {
				t.Errorf("%s: %s, with one exception more %s\n%s", d, was, a.Status, more)
			}
		}
	})
}

// A state is what its place in the text makes it: other names, the same answer.
func TestRenamingStates(t *testing.T) {
	rename := strings.NewReplacer("FRA", "ITA", "GBR", "SWE", "POL", "BEL", "ESP", "NLD", "RUS", "CHN")
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts = facts
		text, ev, day := tr.draw(t, true), drawEvent(t, tr.states, tr.third), on(t, "2005-01-01")
		ev.Place = rapid.SampledFrom([]string{"", "kyiv", "black_sea", "FRA", "RUS"}).Draw(t, "where")
		if strings.Contains(text, "within europe") { // where the new names lie elsewhere
			ev.Place = "kyiv"
		}
		to := ev
		to.On, to.By, to.Place = rename.Replace(ev.On), rename.Replace(ev.By), rename.Replace(ev.Place)
		was, is := answered(law.Compile(loaded(t, text), day, nil), ev), answered(law.Compile(loaded(t, rename.Replace(text)), day, nil), to)
		if len(was) != len(is) || len(was) == 0 {
			t.Fatalf("%d answers, renamed %d", len(was), len(is))
		}
		for d, a := range was {
			if b := is[rename.Replace(d)]; b.Status != a.Status || rename.Replace(a.Why) != b.Why {
				t.Errorf("%s: %s (%s), renamed %s (%s)\n%s", d, a.Status, a.Why, b.Status, b.Why, text)
			}
		}
	})
}

// The day on which a state joins changes what is answered for that state alone.
func TestMembershipDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := names
		tr.facts, tr.once = facts, true
		m, ev := loaded(t, tr.draw(t, true)), drawEvent(t, tr.states, tr.third)
		before, after := answered(law.Compile(m, on(t, "1999-12-31"), nil), ev), answered(law.Compile(m, on(t, "2000-01-01"), nil), ev)
		if _, in := before["ESP"]; in {
			t.Error("ESP answers before it joins")
		}
		if _, in := after["ESP"]; !in {
			t.Error("ESP answers nothing after it joined")
		}
		delete(after, "ESP")
		if len(before) != len(after) {
			t.Errorf("%d answers before, %d after", len(before), len(after))
		}
		for d, a := range after {
			if before[d].Status != a.Status {
				t.Errorf("%s: %s before, %s after", d, before[d].Status, a.Status)
			}
		}
	})
}

// A treaty between others changes nothing, down to the ids of the steps.
func TestUnrelatedTreatyChangesNoAnswer(t *testing.T) {
	extra := source.New("more.casus", []byte(`instrument AAA "Another" {
  kind treaty; signed 1990-01-01; in force 1990-01-01
  party BOL, PRY from 1990-01-01
  article 1 "Help" { when armed attack on P, P is BOL; then PRY owes P AID }
}
`))
	m, _ := catalog.Instruments()
	more, problems := catalog.Instruments(extra)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day := on(t, "2026-07-01")
	for _, ev := range []law.Event{
		{Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv"},
		{Kind: "armed attack", By: "RUS", On: "FRA", Place: "toulon", Facts: map[string]law.Tri{"requested": law.Yes}},
		{Kind: "threat", On: "POL"},
	} {
		was, is := toldOf(law.Compile(m, day, nil).Answers(ev, false)), toldOf(law.Compile(more, day, nil).Answers(ev, false))
		if was != is {
			t.Errorf("the answers to %v differ", ev)
		}
	}
}

// told is all that answers say, with the ids of their steps.
func toldOf(answers []law.Answer) string {
	var b strings.Builder
	var tree func(n *law.Node)
	tree = func(n *law.Node) {
		fmt.Fprintln(&b, n.ID, n.Kind, n.Text, n.Value, n.Ground)
		for _, ch := range n.Children {
			tree(ch)
		}
	}
	for _, a := range answers {
		fmt.Fprintln(&b, a.Article.Address, a.Debtor, a.Creditor, a.Status, a.Why, a.Deciders())
		tree(a.Trace())
	}
	return b.String()
}

// Facts given elsewhere do not move the ids of steps.
func TestIdsStayWhenFactsAreGiven(t *testing.T) {
	book := shippedBook(t, "2026-07-01")
	ids := func(facts map[string]law.Tri) []string {
		var out []string
		for _, a := range book.Answers(law.Event{Kind: "armed attack", By: "RUS", On: "GBR", Object: "forces", Place: "kyiv", Facts: facts}, false) {
			var tree func(n *law.Node)
			tree = func(n *law.Node) {
				out = append(out, n.ID)
				for _, ch := range n.Children {
					tree(ch)
				}
			}
			tree(a.Trace())
		}
		slices.Sort(out)
		return out
	}
	if !slices.Equal(ids(nil), ids(map[string]law.Tri{"requested": law.Yes, "provoked": law.No, "ceasefire": law.Yes})) {
		t.Error("the ids move")
	}
}
