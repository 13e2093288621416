package catalog_test

import (
	"bytes"
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casus/catalog"
	"casus/data"
	"casus/model"
)

// The fact base lies beside the project. Where what it says is spelled
// otherwise in the catalogue, a row of testdata says how, and why.
const facts = "../../shared/facts/"

func rowsOf(t *testing.T, name string) []data.Row {
	t.Helper()
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) && strings.HasPrefix(name, facts) {
		t.Skip("the fact base is not here: " + name)
	} else if err != nil {
		t.Fatal(err)
	}
	table, problems := data.ReadCSV(name, bytes.NewReader(text))
	if len(problems) > 0 || len(table.Rows) == 0 {
		t.Fatalf("%s: %d rows, %v", name, len(table.Rows), problems)
	}
	return table.Rows
}

func instruments(t *testing.T) *model.Model {
	t.Helper()
	m, problems := catalog.Instruments()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// statusOf is how the catalogue spells how sure the fact base is: seen, seen
// with a limit that it names, of low grade, or from memory.
func statusOf(words string) string {
	switch {
	case words == "V":
		return "verified"
	case strings.HasPrefix(words, "V(low grade"), strings.HasPrefix(words, "V(date low grade"):
		return "low grade"
	case strings.HasPrefix(words, "V"):
		return "partly verified"
	case words == "M", strings.HasPrefix(words, "M ("):
		return "memory"
	}
	return "no status for " + words
}

// Every operative clause of the fact base is an article with its class of duty,
// its sources and its status, and says of every column that is not empty at
// least something.
func TestProvisionsOfTheFactBase(t *testing.T) {
	m := instruments(t)
	first, more := rowsOf(t, facts+"facts_provisions.csv"), rowsOf(t, facts+"facts_provisions_more.csv")
	spelled := map[string]data.Row{}
	for _, r := range rowsOf(t, "testdata/provisions.csv") {
		spelled[r.Text("id")] = r
	}
	replaced := map[string]bool{} // a row of the second table corrects one of the first
	for _, r := range more {
		replaced[r.Text("id")] = true
	}
	rows := slices.DeleteFunc(slices.Clone(first), func(r data.Row) bool { return replaced[r.Text("id")] })
	for _, r := range append(rows, more...) {
		c := clause{t: t, row: r, id: r.Text("id")}
		address := c.id
		if r.Text("obligation_class") == "PRECEDENT" {
			precedent(t, m, r)
			continue
		}
		c.class, c.status, c.sources = r.Text("obligation_class"), statusOf(r.Text("status")), sourcesOf(r)
		if s, ok := spelled[c.id]; ok {
			delete(spelled, c.id)
			address = cmp.Or(s.Text("article"), address)
			c.class, c.status = cmp.Or(s.Text("class"), c.class), cmp.Or(s.Text("status"), c.status)
			if s.Text("sources") != "" {
				c.sources = strings.Split(s.Text("sources"), ";")
			}
		}
		if c.article = m.Article(address); c.article == nil {
			t.Errorf("%s: there is no article %s", c.id, address)
			continue
		}
		c.check()
	}
	for id := range spelled {
		t.Errorf("testdata/provisions.csv: the fact base has no provision %s", id)
	}
	if len(first) != 88 || len(more) != 105 {
		t.Errorf("%d and %d provisions in the fact base, 88 and 105 when this was written", len(first), len(more))
	}
}

// precedent holds a row on how a clause was once applied against the precedents
// of the questions: one of that day rests on its sources.
func precedent(t *testing.T, m *model.Model, r data.Row) {
	t.Helper()
	for _, name := range m.QuestionNames() {
		for _, p := range m.Question(name).Precedents {
			if p.Day.String() == r.Text("date") && sameSet(p.Sources, sourcesOf(r)) {
				return
			}
		}
	}
	t.Errorf("%s: no precedent of %s by %v", r.Text("id"), r.Text("date"), sourcesOf(r))
}

// sourcesOf are the ids of a row's sources, without what the fact base adds in
// brackets: the page, or the number of the alliance in ATOP.
func sourcesOf(r data.Row) []string {
	ids := strings.Split(brackets.ReplaceAllString(r.Text("source"), ""), ";")
	for i := range ids {
		ids[i] = strings.TrimSpace(ids[i])
	}
	return ids
}

var brackets = regexp.MustCompile(`\([^)]*\)`)

// clause is a row of the fact base beside its article.
type clause struct {
	t             *testing.T
	row           data.Row
	id            string
	class, status string
	sources       []string
	article       *model.Article
}

func (c clause) check() {
	a, in := c.article, c.article.Instrument
	c.want(slices.Contains(classes(a), c.class), "class %s, found %v", c.class, classes(a))
	c.want(a.Status == c.status, "status %s, found %q", c.status, a.Status)
	c.want(sameSet(a.Sources, c.sources), "sources %v, found %v", c.sources, a.Sources)
	c.want(in.Status != "" && len(in.Sources) > 0, "an instrument that says how sure it is, and by which sources")
	c.want(a.Status != "partly verified" || len(a.Notes) > 0, "a note that says what is not verified")
	c.political()
	for _, day := range dates.FindAllString(c.row.Text("date")+" "+c.row.Text("standing_2026"), -1) {
		c.want(named(day, in, a), "the date %s", day)
	}
	for _, column := range []string{"trigger", "adversary_condition", "geography", "obligation", "decision_rule", "exceptions"} {
		for _, q := range quotes.FindAllStringSubmatch(c.row.Text(column), -1) {
			for _, part := range strings.Split(q[1], "...") {
				c.want(strings.Contains(wordsOf(in), strings.TrimSpace(part)), "the words %q of %s", part, column)
			}
		}
	}
	standing := c.row.Text("standing_2026")
	c.want(standing == "as above" || in.HasEnded == gone.MatchString(standing) || in.ID == "MINSK2" || in.HasEnded && in.Ended.Year() > 2026, "%s, found ended %v", standing, in.HasEnded)
	c.want(!strings.Contains(standing, "in-force date not found") || in.Assumed != "", "an entry into force that is assumed")
	says := func(column string, something bool) {
		c.want(c.row.Text(column) == "" || something, "something about %s: %s", column, c.row.Text(column))
	}
	noted := len(a.Notes)+len(in.Notes) > 0
	says("exit", in.Exit != "")
	says("decision_rule", len(manners(a)) > 0 || noted || titled(a))
	says("exceptions", len(a.Exceptions)+len(a.Readings)+len(a.Qualified) > 0 || noted || titled(a))
	says("precedence", slices.ContainsFunc(in.Articles, func(b *model.Article) bool { return len(b.Prevails)+len(b.Yields) > 0 }) || noted)
	if st, one := states(c.t)[c.row.Text("protects")]; one && len(a.Rules) > 0 {
		c.want(!slices.ContainsFunc(a.Rules, func(r model.Rule) bool { return !about(r, st[0]) }), "a duty toward %s alone", st[0])
	}
}

// gone are the words by which the fact base says that a text is no longer in
// force: ended, replaced, amended and ended; not what is "not formally ended".
var gone = regexp.MustCompile(`^ended|^replaced|^amended 1954, ended`)

func (c clause) want(ok bool, format string, args ...any) {
	c.t.Helper()
	if !ok {
		c.t.Errorf("%s, %s: want "+format, append([]any{c.id, c.article.Address}, args...)...)
	}
}

// political holds what the row says of binding against the kind of instrument.
func (c clause) political() {
	switch words := c.row.Text("binding"); {
	case words == "as above", words == "-":
	case strings.HasPrefix(words, "unilateral declaration in Parliament"):
		c.want(!c.article.Instrument.Political, "binding, as the row says: %s", words)
	case strings.HasPrefix(words, "political"), strings.HasPrefix(words, "unilateral"), words == "draft", words == "offer", words == "recommendation", words == "policy statements":
		c.want(c.article.Instrument.Political, "political, as the row says: %s", words)
	default:
		c.want(!c.article.Instrument.Political, "binding, as the row says: %s", words)
	}
}

var quotes = regexp.MustCompile(`"([^"]+)"`)

// wordsOf are the words of an instrument: what it quotes, notes and entitles.
func wordsOf(in *model.Instrument) string {
	words := append(slices.Clone(in.Notes), in.Title)
	for _, a := range in.Articles {
		words = append(append(append(words, a.Texts...), a.Notes...), a.Title)
		words = append(words, manners(a)...)
		for _, p := range a.Provides {
			words = append(words, p.Title)
		}
	}
	return strings.Join(words, "\n")
}

// about reports whether a rule is for one state: it is the one attacked, or the
// one to whom help is owed.
func about(r model.Rule, state string) bool {
	for _, t := range append([]model.Term{r.On}, creditors(r)...) {
		if t.Kind == model.Literal && t.Name == state {
			return true
		}
	}
	return false
}

func creditors(r model.Rule) []model.Term {
	var out []model.Term
	for _, t := range r.Thens {
		out = append(out, t.Creditor)
	}
	return out
}

func thens(a *model.Article) []model.Then {
	var out []model.Then
	for _, r := range a.Rules {
		out = append(out, r.Thens...)
	}
	return out
}

func classes(a *model.Article) []string {
	var out []string
	for _, t := range thens(a) {
		out = append(out, t.Class.Name)
	}
	for _, p := range a.Provides {
		out = append(out, p.Class.Name)
	}
	return out
}

func manners(a *model.Article) []string {
	var out []string
	for _, t := range thens(a) {
		out = append(out, t.Manner...)
	}
	return out
}

func titled(a *model.Article) bool {
	return slices.ContainsFunc(a.Provides, func(p model.Provision) bool { return p.Title != "" })
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// dates are whole dates, months and years as the fact base writes them.
var dates = regexp.MustCompile(`\b(1[89]|20)\d\d(-\d\d(-\d\d)?)?\b`)

var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// spelledOut is 5 December 1912 for 1912-12-05.
func spelledOut(day string) string {
	d, err := data.ParseDay(day)
	if month, e := data.ParseDay(day + "-01"); err != nil && e == nil && len(day) == 7 {
		return months[month.Month()-1] + " " + day[:4]
	}
	if err != nil {
		return day
	}
	return strings.TrimPrefix(day[8:], "0") + " " + months[d.Month()-1] + " " + day[:4]
}

// named reports whether a date, month or year of the fact base is one of an
// instrument's own dates or stands in its words.
func named(day string, in *model.Instrument, a *model.Article) bool {
	var own []string
	for _, d := range []struct {
		day data.Day
		has bool
	}{{in.Signed, in.HasSigned}, {in.InForce, in.HasInForce}, {in.Ended, in.HasEnded}} {
		if d.has {
			own = append(own, d.day.String())
		}
	}
	if slices.ContainsFunc(own, func(s string) bool { return strings.HasPrefix(s, day) }) {
		return true
	}
	words := strings.Join(append(slices.Clone(in.Notes), in.EndedWhy, in.Exit, in.Assumed), " ")
	if a != nil {
		words += " " + strings.Join(append(slices.Clone(a.Notes), a.Title), " ")
	}
	return strings.Contains(words, day) || strings.Contains(words, spelledOut(day))
}

var byName map[string][]string

// states are the ids that a state's name stood for at some time.
func states(t *testing.T) map[string][]string {
	if byName == nil {
		byName = map[string][]string{}
		for _, st := range catalog.States().All() {
			for _, sp := range st.Spells {
				if sp.Scheme == data.Name && !slices.Contains(byName[sp.Name], st.ID) {
					byName[sp.Name] = append(byName[sp.Name], st.ID)
				}
			}
		}
	}
	return byName
}

// Every party of the fact base is one in the catalogue, signed, bound and gone
// on the days it gives; each date it names stands somewhere in the entry.
func TestPartiesOfTheFactBase(t *testing.T) {
	m := instruments(t)
	first, more := rowsOf(t, facts+"facts_parties.csv"), rowsOf(t, facts+"facts_parties_more.csv")
	replaced := map[string]bool{} // rows of the first table that the second corrects
	for _, r := range more {
		replaced[r.Text("instrument")+" "+r.Text("party")] = true
	}
	rows := slices.DeleteFunc(slices.Clone(first), func(r data.Row) bool { return replaced[r.Text("instrument")+" "+r.Text("party")] })
	rows = append(rows, more...)
	spelled := map[string]data.Row{}
	address, listed := map[string]string{}, map[*model.Instrument]map[string]bool{}
	for _, r := range rowsOf(t, "testdata/parties.csv") {
		if r.Text("address") != "" {
			address[r.Text("instrument")] = r.Text("address")
		}
		spelled[r.Text("instrument")+" "+r.Text("party")] = r
	}
	for _, r := range rows {
		p := party{t: t, row: r, signed: r.Text("signed"), inForce: r.Text("in_force")}
		if r.Text("instrument") == "SEATO1954P" {
			designated(t, m, r)
			continue
		}
		name := r.Text("party")
		p.in = m.Instrument(cmp.Or(address[r.Text("instrument")], r.Text("instrument")))
		if p.in == nil {
			t.Errorf("%s: no such instrument", r.Text("instrument"))
			continue
		}
		for _, key := range []string{" " + name, r.Text("instrument") + " " + name} {
			if s, ok := spelled[key]; ok {
				p.state = cmp.Or(s.Text("state"), p.state)
				p.signed, p.inForce = cmp.Or(s.Text("signed"), p.signed), cmp.Or(s.Text("in_force"), p.inForce)
			}
		}
		if ids := states(t)[name]; p.state == "" && len(ids) == 1 {
			p.state = ids[0]
		}
		p.check()
		if listed[p.in] == nil {
			listed[p.in] = map[string]bool{}
		}
		listed[p.in][p.state] = true
	}
	for in, known := range listed {
		for _, ms := range in.Parties {
			if !known[ms.State] && !strings.Contains(ms.Why, "not in the fact base") {
				t.Errorf("%s: %s is no party in the fact base, and does not say so", in.ID, ms.State)
			}
		}
	}
	if len(first) != 188 || len(more) != 220 {
		t.Errorf("%d and %d parties in the fact base, 188 and 220 when this was written", len(first), len(more))
	}
}

// designated holds a state that the protocol of the Manila Pact names, and that is
// no party, against the group of those states.
func designated(t *testing.T, m *model.Model, r data.Row) {
	t.Helper()
	name, _, _ := strings.Cut(r.Text("party"), " (")
	id := map[string]string{"State of Vietnam": "RVN"}[name]
	if ids := states(t)[name]; id == "" && len(ids) == 1 {
		id = ids[0]
	}
	i := slices.IndexFunc(m.Groups["seato_designated"].Members, func(ms model.Membership) bool { return ms.State == id })
	if i < 0 {
		t.Errorf("SEATO: %s (%s) is not designated", name, id)
		return
	}
	ms := m.Groups["seato_designated"].Members[i]
	if ms.From.String() != r.Text("in_force") {
		t.Errorf("SEATO: %s is designated from %s, found %s", id, r.Text("in_force"), ms.From)
	}
	if left := r.Text("left"); dates.FindString(left) == left && (!ms.HasUntil || ms.Until.String() != left) {
		t.Errorf("SEATO: %s is designated until %s, found %v", id, left, ms)
	}
}

// party is a row of the fact base beside its instrument.
type party struct {
	t               *testing.T
	row             data.Row
	in              *model.Instrument
	state           string
	signed, inForce string
}

func (p party) check() {
	i := slices.IndexFunc(p.in.Parties, func(ms model.Membership) bool { return ms.State == p.state })
	if i < 0 {
		p.t.Errorf("%s: %s (%s) is no party", p.in.ID, p.row.Text("party"), p.state)
		return
	}
	ms := p.in.Parties[i]
	if ms.HasSigned {
		p.want(strings.HasPrefix(ms.Signed.String(), p.signed), "signed %s, found %s", p.signed, ms.Signed)
	} else {
		p.want(strings.HasPrefix(p.in.Signed.String(), p.signed) || strings.Contains(ms.Why, p.signed), "signed %s, found %s", p.signed, p.in.Signed)
	}
	p.want(strings.HasPrefix(ms.From.String(), p.inForce), "in force %s, found %s", p.inForce, ms.From)
	p.want(p.inForce != "" || p.in.Assumed != "", "an entry into force that is assumed")
	status := cmp.Or(ms.Status, p.in.Status)
	want := statusOf(p.row.Text("status"))
	p.want(status == want, "status %s, found %q", want, status)
	source := p.row.Text("source")
	p.want(slices.ContainsFunc(sourcesOf(p.row), func(s string) bool { return slices.Contains(p.in.Sources, s) || slices.Contains(ms.Sources, s) }), "source %s", source)
	for _, day := range dates.FindAllString(p.row.Text("left")+" "+p.row.Text("note"), -1) {
		p.want(p.names(day), "the date %s of: %s; %s", day, p.row.Text("left"), p.row.Text("note"))
	}
	left := p.row.Text("left")
	if dates.FindString(left) == left && left != "" {
		p.want(ms.HasUntil && strings.HasPrefix(ms.Until.String(), left) || p.in.HasEnded && named(left, p.in, nil), "left %s", left)
	}
}

// names reports whether a date stands in the entry of some party or of the
// instrument: the notes of the fact base speak of all parties at once.
func (p party) names(day string) bool {
	for _, ms := range p.in.Parties {
		for _, s := range []string{ms.From.String(), ms.Until.String(), ms.Signed.String()} {
			if strings.HasPrefix(s, day) {
				return true
			}
		}
		if strings.Contains(ms.Why, day) || strings.Contains(ms.Why, spelledOut(day)) {
			return true
		}
	}
	for _, s := range p.in.Suspensions {
		if s.From.String() == day {
			return true
		}
	}
	if named(day, p.in, nil) {
		return true
	}
	return slices.ContainsFunc(p.in.Articles, func(a *model.Article) bool { return named(day, p.in, a) })
}

func (p party) want(ok bool, format string, args ...any) {
	p.t.Helper()
	if !ok {
		p.t.Errorf("%s, %s: want "+format, append([]any{p.in.ID, p.state}, args...)...)
	}
}

// Every agreement with Ukraine is an instrument, signed on its day, for its
// term, with the duty to consult within a day.
func TestAgreementsOfTheFactBase(t *testing.T) {
	m := instruments(t)
	rows := rowsOf(t, facts+"facts_ukraine_agreements.csv")
	others := map[string]string{"United States": "UA_US2024", "European Union": "UA_EU2024"}
	for _, r := range rows {
		partner := r.Text("partner")
		id := others[partner]
		if id == "" && len(states(t)[partner]) == 1 {
			id = "UA_" + states(t)[partner][0]
		}
		in := m.Instrument(id)
		if in == nil {
			t.Errorf("%s: there is no agreement %q", partner, id)
			continue
		}
		want := func(ok bool, what string) {
			if !ok {
				t.Errorf("%s: want %s", id, what)
			}
		}
		want(in.Signed.String() == r.Text("signed"), "signed "+r.Text("signed")+", found "+in.Signed.String())
		want(in.HasEnded && in.Ended == in.Signed.AddYears(10) && r.Text("term") == "10 years", "a term of "+r.Text("term"))
		want(slices.ContainsFunc(in.Articles, func(a *model.Article) bool { return slices.Contains(classes(a), "CONSULT_24H") }), "the duty to consult within 24 hours")
		for _, s := range strings.Split(r.Text("source"), ";") {
			want(slices.Contains(in.Sources, s), "source "+s)
		}
		if others[partner] == "" { // the two have provisions of their own, with better sources
			want(in.Status == statusOf(r.Text("status")), "status "+statusOf(r.Text("status"))+", found "+in.Status)
		}
		listed := !strings.Contains(strings.Join(in.Notes, " "), "not in the list of 28")
		want(listed == (r.Text("in_MoD_list_of_28") == "yes"), "in the list of 28: "+r.Text("in_MoD_list_of_28"))
	}
	if len(rows) != 30 {
		t.Errorf("%d agreements in the fact base, 30 when this was written", len(rows))
	}
}

// Every chain test of the fact base is an example, which asks of each provision
// that the row names. What is no duty in an event (a scope, an exit) need not
// be asked for, but stands in the catalogue.
func TestChainTestsOfTheFactBase(t *testing.T) {
	m := instruments(t)
	rows := rowsOf(t, facts+"facts_chain_tests.csv")
	spelled := map[string]string{}
	for _, r := range rowsOf(t, "testdata/provisions.csv") {
		spelled[r.Text("id")] = r.Text("article")
	}
	var provisions []string
	for _, r := range rowsOf(t, facts+"facts_provisions.csv") {
		provisions = append(provisions, r.Text("id"))
	}
	for _, r := range rows {
		asked := map[string]bool{}
		for _, ex := range m.Examples {
			if !regexp.MustCompile(`\b` + r.Text("id") + `\b`).MatchString(ex.Title) {
				continue
			}
			asked[""] = true
			for _, e := range ex.Expects {
				asked[e.Address] = true
				for _, a := range e.Because {
					asked[a] = true
				}
			}
		}
		if !asked[""] {
			t.Errorf("%s: no example", r.Text("id"))
		}
		for _, id := range provisions {
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(id) + `([^.\w]|$)`).MatchString(r.Text("expected_obligations")) {
				continue
			}
			a := m.Article(cmp.Or(spelled[id], id))
			if a == nil || len(a.Rules) > 0 && !asked[a.Address] {
				t.Errorf("%s: no example asks for %s", r.Text("id"), id)
			}
		}
	}
	if len(rows) != 18 {
		t.Errorf("%d chain tests in the fact base, 18 when this was written", len(rows))
	}
}

// pacts are those that the war chains of the fact base call by a name.
var pacts = map[string]string{
	"Pact of London 4 Sep 1914":       "LONDON1914",
	"Treaty of London 1915":           "LONDON1915",
	"convention of 6 Sep 1915":        "BG1915",
	"Treaty of Bucharest 17 Aug 1916": "BUCHAREST1916",
	"Anglo-Portuguese alliance":       "ANGLO_PT",
	"1934 non-aggression declaration": "DE_PL1934",
	"breach of 1932 pact":             "PL_SU1932",
	"DUAL1879 (toward Germany)":       "DUAL1879",
	"GREY_CAMBON only consultative":   "GREY_CAMBON",
	"GR_SR1913":                       "GR_SR1913",
	"FR_PL1921":                       "FR_PL1921",
	"PL_RO1921":                       "PL_RO1921",
	"MRP1939":                         "MRP1939",
}

// noTreaty are the words of a row that claims no treaty.
var noTreaty = regexp.MustCompile(`^$|^none|^imperial tie$`)

// Every obligation that the war chains of the fact base claim is an instrument,
// and if it has a rule some example asks for it.
func TestWarChainsOfTheFactBase(t *testing.T) {
	m := instruments(t)
	asked := map[string]bool{}
	for _, ex := range m.Examples {
		for _, e := range ex.Expects {
			asked[e.Address] = true
			asked[strings.Split(e.Address, ".")[0]] = true
		}
	}
	rows := rowsOf(t, facts+"facts_war_chains_1914_1939.csv")
	for _, r := range rows {
		words := r.Text("obligation_claimed")
		var found []string
		for name, id := range pacts {
			if strings.Contains(words, name) {
				found = append(found, id)
			}
		}
		for _, in := range m.Instruments {
			for _, a := range in.Articles {
				if regexp.MustCompile(`\b` + regexp.QuoteMeta(a.Address) + `\b`).MatchString(words) {
					found = append(found, a.Address)
				}
			}
		}
		if len(found) == 0 && !noTreaty.MatchString(words) {
			t.Errorf("%s %s: nothing in the catalogue is %q", r.Text("date"), r.Text("actor"), words)
		}
		for _, id := range found {
			in := m.Instrument(strings.Split(id, ".")[0])
			if in == nil {
				t.Errorf("%s: there is no instrument %s", words, id)
			} else if slices.ContainsFunc(in.Articles, func(a *model.Article) bool { return len(a.Rules) > 0 }) && !asked[id] {
				t.Errorf("%s: no example asks for %s", words, id)
			}
		}
	}
	if len(rows) != 42 {
		t.Errorf("%d rows of war chains in the fact base, 42 when this was written", len(rows))
	}
}

// A reading whose holder is named with the day of an utterance has that day, so
// that of an earlier event it is said to be of later. Names of holders without a
// year of their own (a state that claims a place) have none.
func TestReadingsHaveTheirDay(t *testing.T) {
	m := instruments(t)
	said := regexp.MustCompile(`\((?:[^()]*, )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\)$`)
	for _, name := range m.QuestionNames() {
		for _, s := range m.Question(name).Readings {
			if say := said.FindStringSubmatch(s.By); say != nil && s.Since == 0 && !strings.Contains(s.By, ";") {
				t.Errorf("%s: reading %s of %s is by %q, and has no since", s.Pos, s.Name, name, s.By)
			}
			if s.Since != 0 && s.By == "" {
				t.Errorf("%s: reading %s of %s has a day and no holder", s.Pos, s.Name, name)
			}
		}
	}
}
