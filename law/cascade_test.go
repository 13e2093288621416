package law_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/law"
	"casus/law/chain"
)

func bookOf(t *testing.T, date string, own ...*source.File) *law.Book {
	t.Helper()
	m, problems := catalog.Instruments(own...)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	day, err := data.ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return law.Compile(m, day, nil)
}

var belgrade = law.Event{Kind: "declaration of war", By: "AUH", On: "SRB"}

func routes(t *testing.T, b *law.Book, s law.Spread, drawn string, links int) (*law.Cascade, []string) {
	t.Helper()
	c, err := b.Cascade(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	target, ok := c.Drawn(drawn)
	if !ok {
		return c, nil
	}
	r, err := c.Routes(context.Background(), target, links)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, set := range r.Chains.Sets {
		names := c.Net.Names(set)
		slices.Sort(names)
		out = append(out, strings.Join(names, "\n"))
	}
	return c, out
}

// In July 1914 the treaties alone draw nobody into the war on Serbia: each way
// asks for a strike nobody owes, a contested reading or a fact nobody gave. With
// two free choices, Russia's and the march through Belgium, they bring Britain
// in by the way history took; and by one more, where Austria-Hungary strikes
// Russia with German support: France then owes its attack against Germany.
func TestJuly1914(t *testing.T) {
	b := bookOf(t, "1914-07-28")
	for _, state := range []string{"RUS", "DEU", "FRA", "GBR", "ITA", "ROU"} {
		c, found := routes(t, b, law.Spread{Start: belgrade}, state, 0)
		for _, names := range found {
			if !slices.ContainsFunc(strings.Split(names, "\n"), func(name string) bool {
				return c.Links[name].Kind == chain.Fact || c.Links[name].Class == law.StrikeLink
			}) {
				t.Errorf("%s is drawn in by treaties alone:\n%s", state, names)
			}
		}
	}
	s := law.Spread{Start: belgrade, Own: []law.OwnChoice{
		{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}},
		{State: "DEU", Against: "BEL", Attacks: true, Once: [2]string{"DEU", "FRA"}},
	}}
	_, found := routes(t, b, s, "GBR", 9)
	want := strings.Join([]string{
		"DEU attacks BEL by its own choice", "DEU honours DUAL1879.1", "DUAL1879.1", "FRA honours FR_RU.1", "FR_RU.1",
		"GBR honours LONDON1839.7", "LONDON1839.7", "RUS goes to war with AUH by its own choice", "declaration of war by AUH on SRB"}, "\n")
	supported := strings.Join([]string{
		"AUH strikes RUS at home", "DEU attacks BEL by its own choice", "FRA honours FR_RU.1", "FR_RU.1", "GBR honours LONDON1839.7", "LONDON1839.7",
		"RUS goes to war with AUH by its own choice", "declaration of war by AUH on SRB",
		"supports(DEU, AUH) (armed attack by AUH on RUS, object territory, at RUS.home): yes"}, "\n")
	if !slices.Equal(found, []string{supported, want}) {
		t.Errorf("found %d chains:\n%s\nexpected:\n%s\n\n%s", len(found), strings.Join(found, "\n\n"), supported, want)
	}
	s.Own = s.Own[:1]
	if _, found := routes(t, b, s, "GBR", 12); len(found) > 0 {
		t.Errorf("Britain is drawn in without an attack on Belgium:\n%s", found[0])
	}
}

// Each duty in a chain is one that the judge finds owed to its event, with the
// facts that the chain asks for; and no link of a chain can be spared.
func TestChainsAreLaw(t *testing.T) {
	b := bookOf(t, "1914-07-28")
	c, err := b.Cascade(context.Background(), law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}}}})
	if err != nil {
		t.Fatal(err)
	}
	target, _ := c.Drawn("FRA")
	r, err := c.Routes(context.Background(), target, 0)
	if err != nil || len(r.Chains.Sets) == 0 {
		t.Fatal(err, "no chains")
	}
	for _, set := range r.Chains.Sets {
		steps := c.Net.Derive(target, set)
		if len(steps) == 0 {
			t.Fatalf("%v does not lead to the end", c.Net.Names(set))
		}
		for i := range set {
			if c.Net.Derive(target, slices.Delete(slices.Clone(set), i, i+1)) != nil {
				t.Errorf("%v would do without %s", c.Net.Names(set), c.Net.Name(set[i]))
			}
		}
		for _, s := range steps {
			if step := c.Label(s.Label); step.Article != nil && !owed(b, c, s, step) {
				t.Errorf("the judge does not find %q", step.Words)
			}
		}
	}
}

// owed asks the judge about one step of a chain.
func owed(b *law.Book, c *law.Cascade, s chain.Step, step law.Step) bool {
	ev := *step.Event
	ev.Facts = map[string]law.Tri{}
	for _, x := range s.Body {
		name := c.Net.Name(x)
		if l, ok := c.Links[name]; ok && l.Kind == chain.Fact {
			fact, _, _ := strings.Cut(name, " (")
			v := law.Of(strings.HasSuffix(name, ": yes"))
			if area, within := strings.CutPrefix(fact, "place within "); within && v == law.Yes {
				ev.Place = area
			} else {
				ev.Facts[fact] = v
			}
		} else if strings.HasPrefix(name, "at_war") {
			ev.Facts[name] = law.Yes
		}
	}
	return slices.ContainsFunc(b.Answers(ev, true), func(a law.Answer) bool {
		return a.Article == step.Article && a.Debtor == step.Debtor && a.Status == law.Owed
	})
}

// A treaty among others changes no chain; a new pact never takes a chain away
// unless a shorter one stands within it.
func TestUnrelatedTreatyChangesNoChain(t *testing.T) {
	far := source.New("far.casus", []byte(`instrument FAR "Far away" {
  kind treaty; signed 1900-01-01; in force 1900-01-01
  party BRA, ARG from 1900-01-01
  article 1 "Help" { when armed attack on P, P is party; then every other party owes P AID }
}
`))
	s := law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH"}}}
	_, before := routes(t, bookOf(t, "1914-07-28"), s, "FRA", 0)
	_, after := routes(t, bookOf(t, "1914-07-28", far), s, "FRA", 0)
	if len(before) == 0 || !slices.Equal(before, after) {
		t.Errorf("%d chains became %d", len(before), len(after))
	}
}

// A cascade of which not every event was followed tells the same chains as the
// whole of it, as far as it says that it goes; and it never claims to be whole.
func TestCascadeCutShort(t *testing.T) {
	b := bookOf(t, "1914-07-28")
	s := law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}}}}
	whole := shortest(t, b, s, "DEU", 0)
	if whole.Beyond != 0 || !whole.Complete || len(whole.chains) < 3 {
		t.Fatalf("the whole cascade: %d chains, beyond %d", len(whole.chains), whole.Beyond)
	}
	for events := 1; events < 40; events++ {
		s.Events = events
		compareShort(t, whole, shortest(t, b, s, "DEU", 0))
	}
	s.Events = 0
	for links := 1; links < 12; links++ {
		s.Links = links
		short := shortest(t, b, s, "DEU", links)
		if compareShort(t, whole, short); short.UpTo < links && !short.Complete {
			t.Errorf("--links %d tells chains of up to %d", links, short.UpTo)
		}
	}
}

// A cascade that grows toward its end tells the chains of the whole, as short as they
// are asked for, on days of many alliances and from events of several kinds.
func TestCascadeTowardItsEnd(t *testing.T) {
	found := 0
	for _, c := range []struct {
		date, end string
		s         law.Spread
	}{
		{"1914-07-28", "DEU", law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}}}}},
		{"1914-07-28", "GBR FRA", law.Spread{Start: belgrade, Own: []law.OwnChoice{{State: "RUS", Against: "AUH", Once: [2]string{"AUH", "SRB"}}, {State: "DEU", Against: "BEL", Attacks: true}}}},
		{"1939-09-01", "GBR", law.Spread{Start: law.Event{Kind: "armed attack", By: "DEU", On: "POL", Object: "territory", Place: "POL.home"}}},
		{"1939-09-01", "DEU FRA", law.Spread{Start: law.Event{Kind: "declaration of war", By: "DEU", On: "POL"}}},
		{"1936-03-07", "GBR", law.Spread{Start: law.Event{Kind: "armed attack", By: "DEU", On: "FRA", Object: "territory", Place: "FRA.home"}, Deployed: []law.Deployed{{State: "BEL", Place: "FRA.home"}}}},
		{"1892-01-01", "GBR", law.Spread{Start: law.Event{Kind: "armed attack", By: "FRA", On: "ITA", Object: "territory", Place: "ITA.home"}}},
	} {
		b := bookOf(t, c.date)
		ends := strings.Fields(c.end)
		whole := toward(t, b, c.s, ends, 0)
		for links := 2; links <= 9; links++ {
			s := c.s
			s.End, s.Links = ends, links
			short := toward(t, b, s, ends, links)
			if compareShort(t, whole, short); short.UpTo < links && !short.Complete {
				t.Errorf("%s to %s: %d links are asked for, up to %d told", c.date, c.end, links, short.UpTo)
			}
			found += len(short.chains)
		}
	}
	if found < 40 {
		t.Errorf("only %d chains were compared", found)
	}
}

// toward is the chains to one state's entry, or to a war of two, told.
func toward(t *testing.T, b *law.Book, s law.Spread, ends []string, links int) waysTold {
	t.Helper()
	if len(ends) == 1 {
		return shortest(t, b, s, ends[0], links)
	}
	return waysOf(t, b, s, links, func(c *law.Cascade) (chain.Lit, bool) { return c.War(ends[0], ends[1]) })
}

// A search that is stopped tells what it found, and that it was stopped.
func TestCascadeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	b, s := bookOf(t, "1914-07-28"), law.Spread{Start: belgrade, End: []string{"DEU"}, Links: 9}
	for _, ground := range []func(context.Context, law.Spread) (*law.Cascade, error){b.Cascade, b.Toward} {
		c, err := ground(ctx, s)
		if err != nil || !c.Stopped || c.Beyond == 0 {
			t.Errorf("%v: stopped %v, beyond %d", err, c.Stopped, c.Beyond)
		}
	}
}

type waysTold struct {
	chain.Sets
	Beyond int
	chains []string
}

func shortest(t *testing.T, b *law.Book, s law.Spread, drawn string, links int) waysTold {
	t.Helper()
	return waysOf(t, b, s, links, func(c *law.Cascade) (chain.Lit, bool) { return c.Drawn(drawn) })
}

func waysOf(t *testing.T, b *law.Book, s law.Spread, links int, end func(*law.Cascade) (chain.Lit, bool)) waysTold {
	t.Helper()
	ground := b.Cascade
	if len(s.End) > 0 {
		ground = b.Toward
	}
	c, err := ground(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	r := c.NoRoutes()
	if target, ok := end(c); ok {
		if r, err = c.Routes(context.Background(), target, links); err != nil {
			t.Fatal(err)
		}
	}
	out := waysTold{Sets: r.Chains, Beyond: c.Beyond}
	for _, set := range r.Chains.Sets {
		names := c.Net.Names(set)
		slices.Sort(names)
		out.chains = append(out.chains, strings.Join(names, "\n"))
	}
	return out
}

func compareShort(t *testing.T, whole, short waysTold) {
	t.Helper()
	var want []string
	for i, set := range whole.Sets.Sets {
		if short.Complete || len(set) <= short.UpTo {
			want = append(want, whole.chains[i])
		}
	}
	slices.Sort(want)
	slices.Sort(short.chains)
	if !slices.Equal(want, short.chains) {
		t.Errorf("beyond %d, up to %d, complete %v: %d chains, the whole cascade has %d", short.Beyond, short.UpTo, short.Complete, len(short.chains), len(want))
	}
}

// An attack between allies, each of whom the others owe help, is answered.
func TestAlliesFight(t *testing.T) {
	c, found := allies(t, bookOf(t, "2026-02-01"), 9)
	if c.Beyond != 0 && c.Beyond <= 9 || len(found.Sets) < 7 || found.UpTo != 9 {
		t.Errorf("%d chains of up to %d links, beyond %d", len(found.Sets), found.UpTo, c.Beyond)
	}
	if len(c.Steps) > 60_000 { // not by all the wars that each of them could fight with each
		t.Errorf("%d rules", len(c.Steps))
	}
}

// By the North Atlantic Treaty alone France can come to fight Turkey in one way.
func TestAlliesFightByOneTreaty(t *testing.T) {
	_, found := allies(t, bookOf(t, "2026-02-01").Only("NAT"), 9)
	if !found.Complete || len(found.Sets) != 1 || len(found.Sets[0]) != 3 {
		t.Errorf("%d chains, complete %v", len(found.Sets), found.Complete)
	}
}

func allies(t *testing.T, b *law.Book, links int) (*law.Cascade, chain.Sets) {
	t.Helper()
	c, err := b.Cascade(context.Background(), law.Spread{Start: law.Event{Kind: "armed attack", By: "TUR", On: "GRC", Object: "territory", Place: "GRC"}, End: []string{"FRA", "TUR"}, Links: links})
	if err != nil {
		t.Fatal(err)
	}
	target, ok := c.War("FRA", "TUR")
	if !ok {
		t.Fatal("nothing leads there")
	}
	r, err := c.Routes(context.Background(), target, links)
	if err != nil {
		t.Fatal(err)
	}
	return c, r.Chains
}

// Whoever answers an attack makes nobody owe the one who began: not in 1941, not
// since 2022, and not where the attack came before the first event of the chain.
// A pact about a war, however it came about, does not ask who began it.
func TestAnswerToAnAttackBindsNobody(t *testing.T) {
	before := func(by, on string) map[string]law.Tri {
		return map[string]law.Tri{law.FactKey("attacked_by", on, by): law.Yes, law.FactKey("at_war", by, on): law.Yes}
	}
	for _, c := range []struct {
		date  string
		start law.Event
		drawn string
		free  bool // no article draws it in, but by a reading of how far a defence may be carried
	}{
		{"1941-12-07", law.Event{Kind: "armed attack", By: "JPN", On: "USA", Object: "territory", Place: "pearl_harbor"}, "DEU", true},
		{"1941-12-07", law.Event{Kind: "armed attack", By: "USA", On: "JPN", Object: "territory", Place: "JPN"}, "DEU", false},
		{"1941-12-08", law.Event{Kind: "armed attack", By: "USA", On: "JPN", Object: "territory", Place: "JPN", Facts: before("JPN", "USA")}, "DEU", true},
		{"2026-02-01", law.Event{Kind: "armed attack", By: "RUS", On: "UKR", Object: "territory", Place: "kyiv"}, "BLR", true},
		{"2026-02-01", law.Event{Kind: "armed attack", By: "UKR", On: "RUS", Object: "territory", Place: "belgorod"}, "BLR", false},
		{"2026-02-01", law.Event{Kind: "armed attack", By: "UKR", On: "RUS", Object: "forces", Place: "crimea", Facts: before("RUS", "UKR")}, "BLR", true},
		{"1939-09-01", law.Event{Kind: "armed attack", By: "DEU", On: "POL", Object: "territory", Place: "warsaw"}, "ITA", false},
	} {
		_, found := routes(t, bookOf(t, c.date), law.Spread{Start: c.start, Links: 6}, c.drawn, 6)
		found = slices.DeleteFunc(found, func(names string) bool { return strings.Contains(names, "reading of defence_on_their_land: ") })
		if (len(found) == 0) != c.free {
			t.Errorf("%s, %s: %s is drawn in by %d chains:\n%s", c.date, c.start.Words(), c.drawn, len(found), strings.Join(found, "\n\n"))
		}
	}
}

// Coercion, threats and mobilisations put nobody at war; attacks and declarations
// do, whatever they are called.
func TestWhatOpensWar(t *testing.T) {
	b := bookOf(t, "2026-07-01").Only("UN")
	for kind := range b.Model.Events {
		c, err := b.Cascade(context.Background(), law.Spread{Start: law.Event{Kind: kind, By: "CHN", On: "TWN"}})
		if err != nil {
			t.Fatal(err)
		}
		_, war := c.War("CHN", "TWN")
		if b.Model.MayBeKind(kind, "opening of war") != nil {
			continue // where it reaches that threshold is a question
		}
		opens := b.Model.IsKind(kind, "armed attack") || b.Model.IsKind(kind, "declaration of war") || kind == "opening of war"
		if war != opens {
			t.Errorf("%s: at war %v", kind, war)
		}
	}
}

// A text nobody can read is named, not passed over: an attack on Saudi Arabia
// may bind Pakistan, and no chain can say.
func TestCascadeNamesWhatItCannotRead(t *testing.T) {
	c, err := bookOf(t, "2026-07-01").Cascade(context.Background(), law.Spread{Start: law.Event{Kind: "armed attack", By: "IRN", On: "SAU", Object: "territory", Place: "SAU.home"}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(c.Unread, "SMDA2025") {
		t.Errorf("unread: %v", c.Unread)
	}
}

// Whether force on the land of the one who began is still defence is read in
// several ways: as why finds Belarus's help contested when Ukraine strikes in
// Russia, so a chain leads there by one of the readings alone, and by none where
// it is chosen that a defence may be carried so far.
func TestChainsAskWhetherDefenceEndsAtTheBorder(t *testing.T) {
	b := bookOf(t, "2026-02-01").Only("CSTO")
	start := law.Event{Kind: "armed attack", By: "RUS", On: "UKR", Object: "territory", Place: "kyiv", Facts: map[string]law.Tri{"requested": law.Yes}}
	_, found := routes(t, b, law.Spread{Start: start}, "BLR", 9)
	if len(found) == 0 {
		t.Error("no chain leads to Belarus, whose help is contested when Ukraine strikes in Russia")
	}
	for _, names := range found {
		if !strings.Contains(names, "reading of defence_on_their_land: ") {
			t.Errorf("Belarus is drawn in however that is read:\n%s", names)
		}
	}
	start.Readings = map[string]string{"defence_on_their_land": "carried"}
	if _, found := routes(t, b, law.Spread{Start: start}, "BLR", 9); len(found) > 0 {
		t.Errorf("Belarus is drawn in against a defence:\n%s", found[0])
	}
}

// Whether a helper's blow at the home of the one who began is defence is read in
// several ways, in a chain as by the judge.
func TestHelpCarriedHome(t *testing.T) {
	b := bookOf(t, "2026-02-01")
	began := law.Event{Kind: "armed attack", By: "RUS", On: "EST", Object: "territory", Place: "narva"}
	c, found := routes(t, b.Only("NAT", "RU_KP2024"), law.Spread{Start: began, Links: 9}, "PRK", 9)
	if !slices.ContainsFunc(found, func(names string) bool {
		return strings.Contains(names, "POL strikes RUS at home\n") && strings.Contains(names, "reading of defence_on_their_land: incursion")
	}) {
		t.Errorf("no chain by Poland's blow, if it is an attack of its own, in %d", len(found))
	}
	if _, ok := c.War("PRK", "POL"); !ok {
		t.Error("Korea and Poland cannot come to be at war")
	}
	answers := b.Answers(law.Event{Kind: "armed attack", By: "POL", On: "RUS", Object: "territory", Place: "RUS.home",
		Facts: map[string]law.Tri{"in_aid": law.Yes, "aggressor(RUS)": law.Yes}}, false)
	for _, a := range answers {
		if a.Article.Address == "RU_KP2024.4" && a.Status != law.Contested {
			t.Errorf("asked alone, the same blow leaves %s %s", a.Article.Address, a.Status)
		}
	}
}
