package counsel

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/law"
	"casus/model"
)

// Citation is all that the model says of some addresses, with the sources it
// rests on. No list in its JSON form is null; what is not known is empty.
type Citation struct {
	finding.Head
	Cited   []Cited       `json:"cited"`
	Sources []CitedSource `json:"sources"` // each source named above, once, in the order of first naming
}

// Cited is one address: an instrument with its articles, an article with its
// instrument, a class of duty, a source, or what else has a name.
type Cited struct {
	Address    string           `json:"address"`
	What       string           `json:"what"`  // instrument, article, class, source, or what else has a name: event, fact, place, group, state, option, view, case, record of CASE, assumption, claim, crisis, and of a crisis role, setting, move, chance, tally, measure
	Asked      string           `json:"asked"` // the address as asked, where another wording of it was current on the day
	Title      string           `json:"title"`
	Footnote   string           `json:"footnote"` // to paste; empty where nothing can be cited
	Instrument *CitedInstrument `json:"instrument,omitempty"`
	Articles   []CitedArticle   `json:"articles"`
	Class      *CitedClass      `json:"class,omitempty"`
	History    []PlaceSpell     `json:"history,omitempty"` // of a place: whose it was, in order of time
	Lines      []CitedLine      `json:"lines"`             // of what is none of the first four: what the model says of it, and on what it rests
	Sources    []string         `json:"sources"`           // of the same
	UsedBy     []string         `json:"used_by"`           // of a class, a source or a fact: what names it
	Defined    string           `json:"defined"`           // file:line:column
}

// CitedInstrument is the head of an instrument.
type CitedInstrument struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Kind        string       `json:"kind"`
	Political   bool         `json:"political"` // binding in politics only
	Signed      string       `json:"signed"`
	SignedAt    string       `json:"signed_at"`     // the place
	Series      string       `json:"series"`        // where it is printed: 34 UNTS 243
	Unseen      bool         `json:"series_unseen"` // the series is from memory
	InForce     string       `json:"in_force"`
	Assumed     string       `json:"in_force_assumed"` // why the day is only assumed
	Ended       string       `json:"ended"`
	EndedWhy    string       `json:"ended_why"`
	Standing    string       `json:"standing"` // on the day: in force, not in force; empty without a day
	Active      string       `json:"active_when"`
	Unpublished bool         `json:"text_unpublished"`
	Exit        string       `json:"exit"`
	Parties     []CitedParty `json:"parties"`
	Suspensions []string     `json:"suspensions"`
	Grounds
	Defined string `json:"defined"`
}

// CitedParty is a party and its days.
type CitedParty struct {
	State   string   `json:"state"`
	Name    string   `json:"name"`
	Signed  string   `json:"signed"` // where the day is its own
	From    string   `json:"from"`
	Until   string   `json:"until"` // the first day on which it was none
	Status  string   `json:"status"`
	Sources []string `json:"sources"`
	Note    string   `json:"note"`
	Doubt   string   `json:"doubt"` // contested, not known, or empty: with what is asked and who says what
}

// CitedArticle is an article in full.
type CitedArticle struct {
	Address     string           `json:"address"`
	Title       string           `json:"title"`
	Text        []string         `json:"text"` // the operative words, quoted
	Unpublished bool             `json:"text_unpublished"`
	From        string           `json:"from"`
	Until       string           `json:"until"`
	Wordings    []string         `json:"other_wordings"` // of the same article on other days
	Active      string           `json:"active_when"`
	Rules       []CitedRule      `json:"rules"`
	Against     []CitedException `json:"exceptions"` // that bear on this article
	Excepts     []CitedException `json:"excepts"`    // that it makes to others
	Readings    []CitedReading   `json:"readings"`
	Provides    []CitedProvision `json:"provides"`
	Softened    []CitedSoftening `json:"qualified"`
	Precedence  []CitedRank      `json:"precedence"`
	Grounds
	Defined string `json:"defined"`
}

// Grounds tells what a thing rests on: its sources, how sure it is, in the word of
// the model and in plain words, and remarks.
type Grounds struct {
	Status    string   `json:"status"`
	Certainty string   `json:"certainty"`
	Sources   []string `json:"sources"`
	Notes     []string `json:"notes"`
}

// CitedRule is one rule in words.
type CitedRule struct {
	When string      `json:"when"`
	Then []CitedThen `json:"then"`
}

// CitedThen says what follows from a rule, in words, and which way it runs.
type CitedThen struct {
	Words     string `json:"words"`
	Direction string `json:"direction"` // mutual, one way, answered in the same article; empty: no duty
}

// CitedException is an exception or an extension.
type CitedException struct {
	Article string `json:"article"` // where it stands
	Number  string `json:"number"`  // which of its article it is
	Target  string `json:"target"`
	Rule    int    `json:"rule"` // the one rule of the target that is meant; 0: all
	For     string `json:"for"`  // the debtors for whom it is made; empty: all
	Extends bool   `json:"extends"`
	Words   string `json:"words"`
	Gloss   string `json:"gloss"` // what it says in words of law; empty where the words say it
	Days    string `json:"days"`  // of its wording: until 1952-02-18
	Defined string `json:"defined"`
}

// CitedReading is a way to read the article and who holds it.
type CitedReading struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	By      string   `json:"by"`
	Excepts []string `json:"excepts"`
}

// CitedProvision is content that is no duty in an event.
type CitedProvision struct {
	Class      string `json:"class"`
	ClassTitle string `json:"class_title"`
	About      string `json:"about"`
	Title      string `json:"title"`
}

// CitedSoftening names debtors whose duty is softer, how, and when.
type CitedSoftening struct {
	States []string `json:"states"`
	Title  string   `json:"title"`
	Days   string   `json:"days"`
}

// CitedRank is one statement of precedence that bears on an article.
type CitedRank struct {
	Article string `json:"article"` // by which article
	Says    string `json:"says"`    // prevails over, yields to, consistent with
	Other   string `json:"other"`
	Title   string `json:"title"`
}

// CitedClass is a class of duty; Strongest is the strength of the strongest
// class there is, none being below 0.
type CitedClass struct {
	Name      string  `json:"name"`
	Title     string  `json:"title"`
	Strength  float64 `json:"strength"`
	Strongest float64 `json:"strongest"`
	Force     string  `json:"force"` // none, may, must
}

// CitedSource is a source resolved. Via is the source through which it was
// read, whose address then stands here.
type CitedSource struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Grade   string `json:"grade"`
	Status  string `json:"status"`
	Via     string `json:"via"`
	Address string `json:"address"`
}

// NewCitation gathers what the model says of addresses, in the order asked. A
// zero day shows every wording and every party. An address that means nothing
// is the error, with the nearest one.
func NewCitation(m *model.Model, addresses []string, day data.Day) (*Citation, error) {
	c := &citing{m: m, day: day, out: &Citation{Head: modelHead("cite", m, ""), Cited: []Cited{}, Sources: []CitedSource{}}}
	if !day.IsZero() {
		c.book = law.Compile(m, day, nil)
		c.out.Date = day.String()
	}
	for _, address := range addresses {
		if err := c.cite(strings.TrimSpace(address)); err != nil {
			return nil, err
		}
	}
	c.footnoted()
	return c.out, nil
}

// citing is a Citation being made.
type citing struct {
	m    *model.Model
	day  data.Day
	book *law.Book // of the day; nil without one
	out  *Citation
}

func (c *citing) cite(address string) error {
	name, known := c.find(address)
	switch {
	case name != address && len(c.named(address)) > 0: // so called, capitals and all
		c.out.Cited = append(c.out.Cited, c.named(address)...)
	case !known:
		switch titled := c.titled(address); len(titled) {
		case 0:
		case 1:
			for name, kinds := range titled {
				return c.bearing(name, kinds)
			}
		default:
			return source.Hint(fmt.Errorf("%s is the title of %s", strconv.Quote(address), source.Few(slices.Sorted(maps.Keys(titled)))), "name one of them")
		}
		return source.Hint(fmt.Errorf("nothing is called %s", strconv.Quote(address)), c.near(address))
	case c.m.Article(name) != nil:
		c.article(c.m.Article(name))
	case c.m.Instrument(name) != nil:
		c.instrument(c.m.Instrument(name))
	case c.m.Duties[name] != nil:
		c.class(c.m.Duties[name])
		c.out.Cited = append(c.out.Cited, c.named(address)...)
	default:
		c.source(c.m.Sources[name])
	}
	return nil
}

// bearing cites a name that was found by a title: of what is called so, all that bears the
// title, for an option and a place may share a name.
func (c *citing) bearing(name string, kinds []string) error {
	from := len(c.out.Cited)
	if err := c.cite(name); err != nil {
		return err
	}
	if found := c.out.Cited[from:]; slices.ContainsFunc(found, func(e Cited) bool { return slices.Contains(kinds, e.What) }) {
		c.out.Cited = append(c.out.Cited[:from:from], slices.DeleteFunc(slices.Clone(found), func(e Cited) bool { return !slices.Contains(kinds, e.What) })...)
	}
	return nil
}

// near is the hint for what nothing is called: the nearest name or, where there is none,
// the nearest title, label, or name of a state.
func (c *citing) near(address string) string {
	if hint := source.DidYouMean(address, append(c.names(), c.others()...)); hint != "" {
		return hint
	}
	var titles []string
	c.eachTitle(func(_, _, title string) { titles = append(titles, title) })
	if title := source.Nearest(address, titles); title != "" {
		return "did you mean " + strconv.Quote(title) + "?"
	}
	if states := c.m.States.Suggest(address); len(states) > 0 {
		return "did you mean " + c.m.States.Name(states[0], data.Forever) + " (" + states[0] + ")?"
	}
	return "an instrument such as NAT, an article such as NAT.5, a class of duty or a source, or what casus list tells"
}

// find is the name that an address stands for, capitals aside where that leaves
// one.
func (c *citing) find(address string) (string, bool) {
	var alike []string
	for _, name := range c.names() {
		if name == address {
			return name, true
		}
		if strings.EqualFold(name, address) && !slices.Contains(alike, name) {
			alike = append(alike, name)
		}
	}
	if len(alike) == 1 {
		return alike[0], true
	}
	return "", false
}

func (c *citing) names() []string {
	var out []string
	for _, in := range c.m.Instruments {
		out = append(out, in.ID)
		for _, a := range in.Articles {
			out = append(out, a.Address)
		}
	}
	return append(append(out, slices.Sorted(maps.Keys(c.m.Duties))...), slices.Sorted(maps.Keys(c.m.Sources))...)
}

func (c *citing) instrument(in *model.Instrument) {
	e := newCited(in.ID, "instrument", in.Title, in.Pos)
	e.Instrument = c.head(in)
	for _, a := range in.Articles {
		if c.current(a) {
			e.Articles = append(e.Articles, c.clause(a))
		}
	}
	c.out.Cited = append(c.out.Cited, e)
}

// article cites an article; with a day, in the wording of that day where there
// is one.
func (c *citing) article(a *model.Article) {
	asked := ""
	if !c.current(a) {
		for _, b := range wordings(a) {
			if c.current(b) {
				a, asked = b, a.Address
				break
			}
		}
	}
	e := newCited(a.Address, "article", a.Title, a.Pos)
	e.Asked, e.Instrument = asked, c.head(a.Instrument)
	e.Articles = append(e.Articles, c.clause(a))
	c.out.Cited = append(c.out.Cited, e)
}

// current reports whether a wording is one of the day; without a day all are.
func (c *citing) current(a *model.Article) bool {
	return c.day.IsZero() || (!a.HasFrom || c.day >= a.From) && (!a.HasUntil || c.day < a.Until)
}

// inForce reports whether an instrument is in force on the day; without a day
// all count.
func (c *citing) inForce(in *model.Instrument) bool { return c.book == nil || c.book.InForce(in.ID) }

// wordings are the other wordings of an article: those of its number, but for
// what follows a low line, that were in force on other days.
func wordings(a *model.Article) []*model.Article {
	if !a.HasFrom && !a.HasUntil {
		return nil
	}
	number, _, _ := strings.Cut(a.Number, "_")
	var out []*model.Article
	for _, b := range a.Instrument.Articles {
		if other, _, _ := strings.Cut(b.Number, "_"); b != a && other == number && (b.HasFrom || b.HasUntil) {
			out = append(out, b)
		}
	}
	return out
}

func (c *citing) class(d *model.Duty) {
	e := newCited(d.Name, "class", d.Title, d.Pos)
	e.Class = &CitedClass{Name: d.Name, Title: d.Title, Strength: d.Strength, Force: forces[d.Force]}
	for _, other := range c.m.Duties {
		e.Class.Strongest = max(e.Class.Strongest, other.Strength)
	}
	for _, in := range c.m.Instruments {
		for _, a := range in.Articles {
			if names(a, d) && c.current(a) {
				e.UsedBy = append(e.UsedBy, a.Address)
			}
		}
	}
	c.out.Cited = append(c.out.Cited, e)
}

var forces = map[model.Force]string{model.NoForce: "none", model.MayForce: "may", model.MustForce: "must"}

// names reports whether an article makes a duty of the class or provides it.
func names(a *model.Article, d *model.Duty) bool {
	for _, r := range a.Rules {
		if slices.ContainsFunc(r.Thens, func(t model.Then) bool { return t.Class == d }) {
			return true
		}
	}
	return slices.ContainsFunc(a.Provides, func(p model.Provision) bool { return p.Class == d })
}

func (c *citing) source(s *model.Source) {
	e := newCited(s.ID, "source", s.Title, s.Pos)
	for _, in := range c.m.Instruments {
		if slices.Contains(in.Sources, s.ID) || slices.ContainsFunc(in.Parties, func(ms model.Membership) bool { return slices.Contains(ms.Sources, s.ID) }) {
			e.UsedBy = append(e.UsedBy, in.ID)
		}
		for _, a := range in.Articles {
			if slices.Contains(a.Sources, s.ID) {
				e.UsedBy = append(e.UsedBy, a.Address)
			}
		}
	}
	e.UsedBy = append(e.UsedBy, c.figures(s.ID)...)
	c.note([]string{s.ID})
	c.out.Cited = append(c.out.Cited, e)
}

// figures are the views, assumptions, claims and records that name a source.
func (c *citing) figures(id string) []string {
	var out []string
	for _, v := range c.m.Views {
		if slices.Contains(v.Sources, id) {
			out = append(out, "view "+v.Name)
		}
	}
	for _, a := range c.m.Assumptions {
		for _, view := range slices.Sorted(maps.Keys(a.Dist)) {
			if b := a.Dist[view]; b != nil && slices.Contains(b.Sources, id) {
				out = append(out, "assumption "+a.Name)
				break
			}
		}
	}
	for _, claim := range c.m.Claims {
		if slices.Contains(claim.Sources, id) || slices.Contains(claim.For, id) || slices.Contains(claim.Against, id) {
			out = append(out, "claim "+claim.ID)
		}
	}
	for _, k := range c.m.Cases {
		for _, r := range k.Records {
			if slices.Contains(r.Sources, id) {
				out = append(out, "record of case "+k.Name)
			}
		}
	}
	return out
}

// note resolves sources that are not yet in the list.
func (c *citing) note(ids []string) {
	for _, id := range ids {
		s := c.m.Sources[id]
		if s == nil || slices.ContainsFunc(c.out.Sources, func(r CitedSource) bool { return r.ID == id }) {
			continue
		}
		r := CitedSource{ID: s.ID, Title: s.Title, Grade: s.Grade, Status: s.Status, Address: s.Address}
		if via := c.m.Sources[s.Address]; via != nil && via != s {
			r.Via, r.Address = via.ID, via.Address
		}
		c.out.Sources = append(c.out.Sources, r)
	}
}

func (c *citing) grounds(cite model.Cite, ids []string) Grounds {
	c.note(ids)
	return Grounds{Status: cite.Status, Certainty: certainty[cite.Status], Sources: full(ids), Notes: full(cite.Notes)}
}

// certainty is how sure a thing is, in plain words.
var certainty = map[string]string{
	"":                "how sure it is, the model does not say",
	"verified":        "seen in the sources named",
	"partly verified": "seen in the sources named, but not all of it: the notes say what is not",
	"low grade":       "seen in sources of low grade only",
	"memory":          "from memory, not checked",
}

// doubtOf says what is in doubt about a membership: the question, and who answers
// it how.
func (c *citing) doubtOf(ms model.Membership) string {
	q := ms.Question
	switch {
	case q == nil:
		return ""
	case len(q.Readings) == 0:
		return strings.TrimSpace("not known " + q.Title)
	}
	said := "contested"
	if q.Title != "" {
		said += ": " + q.Title
	}
	c.note(q.Sources)
	for _, s := range q.Readings {
		if !s.Nobodys {
			c.note(s.Sources)
			said += "; " + s.Name + InBrackets(s.Title, s.By)
		}
	}
	return said
}

// head is an instrument without its articles.
func (c *citing) head(in *model.Instrument) *CitedInstrument {
	h := &CitedInstrument{ID: in.ID, Title: in.Title, Kind: in.Kind, Political: in.Political,
		Signed: dayOf(in.Signed, in.HasSigned), SignedAt: in.SignedAt, Series: in.Series, Unseen: in.SeriesUnseen, InForce: dayOf(in.InForce, in.HasInForce), Assumed: in.Assumed,
		Ended: dayOf(in.Ended, in.HasEnded), EndedWhy: in.EndedWhy, Active: condWords(in.Active), Unpublished: in.Unpublished, Exit: in.Exit,
		Parties: []CitedParty{}, Suspensions: []string{}, Grounds: c.grounds(in.Cite, in.Sources), Defined: in.Pos.String()}
	if c.book != nil {
		h.Standing = "not in force"
		if c.book.InForce(in.ID) {
			h.Standing = "in force"
		}
	}
	for _, ms := range in.Parties {
		if !c.day.IsZero() && !ms.On(c.day) {
			continue
		}
		c.note(ms.Sources)
		h.Parties = append(h.Parties, CitedParty{State: ms.State, Name: c.m.States.Name(ms.State, ms.From), Signed: dayOf(ms.Signed, ms.HasSigned),
			From: dayOf(ms.From, !ms.From.IsZero()), Until: dayOf(ms.Until, ms.HasUntil), Status: ms.Status, Sources: full(ms.Sources), Note: ms.Why, Doubt: c.doubtOf(ms)})
	}
	for _, s := range in.Suspensions {
		if c.day.IsZero() || c.day >= s.From && (!s.HasUntil || c.day < s.Until) {
			h.Suspensions = append(h.Suspensions, s.By+" toward "+s.Toward+" "+Days(dayOf(s.From, true), dayOf(s.Until, s.HasUntil)))
		}
	}
	return h
}

func dayOf(d data.Day, has bool) string {
	if !has {
		return ""
	}
	return d.String()
}

// Days is from … until …, or what of it there is.
func Days(from, until string) string {
	var out []string
	if from != "" {
		out = append(out, "from "+from)
	}
	if until != "" {
		out = append(out, "until "+until)
	}
	return strings.Join(out, " ")
}

func condWords(c *model.Cond) string {
	if c == nil {
		return ""
	}
	return c.Words
}

// clause is an article in full.
func (c *citing) clause(a *model.Article) CitedArticle {
	out := CitedArticle{Address: a.Address, Title: a.Title, Text: full(a.Texts), Unpublished: a.Unpublished || a.Instrument.Unpublished,
		From: dayOf(a.From, a.HasFrom), Until: dayOf(a.Until, a.HasUntil), Wordings: []string{}, Active: condWords(a.Active),
		Rules: []CitedRule{}, Against: c.against(a), Excepts: []CitedException{}, Readings: []CitedReading{}, Provides: []CitedProvision{},
		Softened: []CitedSoftening{}, Precedence: c.ranks(a), Grounds: c.grounds(groundsOf(a), sourcesOf(a)), Defined: a.Pos.String()}
	for _, b := range wordings(a) {
		out.Wordings = append(out.Wordings, b.Address+" "+Days(dayOf(b.From, b.HasFrom), dayOf(b.Until, b.HasUntil)))
	}
	for i := range a.Rules {
		r := &a.Rules[i]
		rule := CitedRule{When: r.When, Then: []CitedThen{}}
		for j := range r.Thens {
			rule.Then = append(rule.Then, CitedThen{Words: thenWords(r.Thens[j]), Direction: law.Direction(a, r, &r.Thens[j])})
		}
		out.Rules = append(out.Rules, rule)
	}
	for i := range a.Exceptions {
		if a.Exceptions[i].Target != a.Address {
			out.Excepts = append(out.Excepts, exceptionOf(&a.Exceptions[i]))
		}
	}
	for _, r := range a.Readings {
		reading := CitedReading{Name: r.Name, Title: r.Title, By: r.By, Excepts: []string{}}
		for _, e := range r.Except {
			reading.Excepts = append(reading.Excepts, exceptionOf(&e).Says(""))
		}
		out.Readings = append(out.Readings, reading)
	}
	for _, p := range a.Provides {
		out.Provides = append(out.Provides, CitedProvision{Class: p.Class.Name, ClassTitle: p.Class.Title, About: p.About, Title: p.Title})
	}
	for _, q := range a.Qualified {
		if c.day.IsZero() || q.On(c.day) {
			out.Softened = append(out.Softened, CitedSoftening{States: full(q.States), Title: q.Title, Days: Days(dayOf(q.From, q.HasFrom), dayOf(q.Until, q.HasUntil))})
		}
	}
	return out
}

// groundsOf is how sure an article is; where it does not say, its instrument
// speaks for it.
func groundsOf(a *model.Article) model.Cite {
	out := a.Cite
	if out.Status == "" {
		out.Status = a.Instrument.Status
	}
	return out
}

// against are the exceptions and extensions that bear on an article, its own
// first.
func (c *citing) against(a *model.Article) []CitedException {
	out := []CitedException{}
	for i := range a.Exceptions {
		if a.Exceptions[i].Target == a.Address {
			out = append(out, exceptionOf(&a.Exceptions[i]))
		}
	}
	for _, in := range c.m.Instruments {
		for _, b := range in.Articles {
			if b == a || !c.current(b) || in != a.Instrument && !c.inForce(in) {
				continue
			}
			for i := range b.Exceptions {
				if b.Exceptions[i].Target == a.Address {
					out = append(out, exceptionOf(&b.Exceptions[i]))
				}
			}
		}
	}
	return out
}

func exceptionOf(e *model.Exception) CitedException {
	b := e.Article
	debtors := ""
	if e.For != nil {
		debtors = e.For.Words
	}
	return CitedException{Article: b.Address, Number: e.Number, Target: e.Target, Rule: e.Rule, For: debtors, Extends: e.Extends, Words: e.Words, Gloss: e.Gloss, Days: Days(dayOf(b.From, b.HasFrom), dayOf(b.Until, b.HasUntil)), Defined: e.Pos.String()}
}

// ranks are the statements of precedence that bear on an article: its own, those
// of its instrument, and those of others about it.
func (c *citing) ranks(a *model.Article) []CitedRank {
	out := []CitedRank{}
	add := func(b *model.Article, about func(model.Precedence) bool, other func(model.Precedence) string) {
		for _, said := range []struct {
			words string
			ps    []model.Precedence
		}{{"prevails over", b.Prevails}, {"yields to", b.Yields}, {"consistent with", b.Consistent}} {
			for _, p := range said.ps {
				if about(p) {
					out = append(out, CitedRank{Article: b.Address, Says: said.words, Other: other(p), Title: p.Title})
				}
			}
		}
	}
	for _, b := range a.Instrument.Articles {
		if b == a || len(b.Rules) == 0 {
			add(b, func(model.Precedence) bool { return true }, model.Precedence.Words)
		}
	}
	for _, in := range c.m.Instruments {
		for _, b := range in.Articles {
			if in != a.Instrument && c.inForce(in) && c.current(b) {
				add(b, func(p model.Precedence) bool { return p.Covers(in, a) }, func(model.Precedence) string { return "this" })
			}
		}
	}
	return out
}

// thenWords is who owes what to whom, in words.
func thenWords(t model.Then) string {
	s := debtorWords(t)
	many := t.Debtors.Kind == model.ListSet && len(t.Debtors.List) > 1
	switch {
	case t.Verb == model.May:
		return s + " may aid " + termWords(t.Creditor) + mannerWords(t)
	case t.Verb == model.Breaches:
		return s + " breaches: " + classWords(t.Class) + mannerWords(t)
	case t.Verb == model.Reserves:
		return strings.TrimSuffix(s+" reserves against "+termWords(t.Creditor), " against ") + ": " + classWords(t.Class) + mannerWords(t)
	case many:
		s += " owe "
	default:
		s += " owes "
	}
	s += termWords(t.Creditor) + ": " + classWords(t.Class)
	if t.Enemy.Kind != model.NoTerm {
		s += ", against " + termWords(t.Enemy)
	}
	return s + mannerWords(t)
}

func debtorWords(t model.Then) string {
	switch {
	case t.Debtors.Kind == model.ListSet:
		return t.Debtors.Words
	case t.Other:
		return "every other " + t.Debtors.Words
	}
	return "every " + t.Debtors.Words
}

func termWords(t model.Term) string {
	switch t.Kind {
	case model.Victim:
		return "the victim"
	case model.Attacker:
		return "the attacker"
	}
	return t.Name
}

func classWords(d *model.Duty) string {
	if d.Title == "" {
		return d.Name
	}
	return d.Title + " (" + d.Name + ")"
}

func mannerWords(t model.Then) string {
	if len(t.Manner) == 0 {
		return ""
	}
	return "; " + strings.Join(t.Manner, "; ")
}

// Says gives the words after a name: the rule and the debtors meant, its gloss,
// and its condition.
func (e CitedException) Says(name string) string {
	if e.Rule > 0 {
		name += fmt.Sprintf(" rule %d", e.Rule)
	}
	if e.For != "" {
		name += " for " + e.For
	}
	if e.Gloss != "" {
		name += ": " + e.Gloss + ";"
	}
	return strings.TrimSpace(name + " " + e.Words)
}

// Elsewhere reports whether the address says more than the title.
func (s CitedSource) Elsewhere() bool {
	return s.Address != "" && s.Address != "-" && !strings.EqualFold(s.Address, s.Title)
}

// grades explains the grades of sources.
var grades = map[string]string{
	"A": "grade A, primary text, official page or the study itself",
	"B": "grade B, agency, think tank or known newspaper",
	"C": "grade C, low",
}

// How is the grade and whether it was seen, in plain words.
func (s CitedSource) How() string {
	grade := grades[s.Grade]
	if grade == "" {
		grade = "no grade"
	}
	return grade + "; " + seen(s.Status)
}

func seen(status string) string {
	switch status {
	case "V", "verified":
		return "seen"
	case "M", "memory":
		return "not checked"
	}
	return "seen in part: " + status
}

// sources are the ids that an address rests on.
func (e *Cited) sources() []string {
	switch e.What {
	case "article":
		return e.Articles[0].Sources
	case "instrument":
		return e.Instrument.Sources
	case "source":
		return []string{e.Address}
	}
	return e.Sources
}
