package law

import (
	"cmp"
	"slices"
	"strings"

	"casus/model"
)

// What is in doubt is read in every way that somebody reads it. A question that
// the judge meets and that neither the event, nor a fact, nor a precedent
// answers is not known at first; where the answer turns on it, each reading is
// tried. Readings that come to different answers make it contested.

// take is one way to read all that is in doubt: the article, and each question
// that its answer turns on.
type take struct {
	rd      *model.Reading // of the article; nil when it has none, or all agree
	stances stances
}

// name is how a take is told from the others, by what the answer turns on:
// "narrow", "crimea russian".
func (t take) name(by dims) string {
	var words []string
	if t.rd != nil && by.article {
		words = append(words, t.rd.Name)
	}
	for _, st := range t.stances {
		if slices.Contains(by.questions, st.q) {
			words = append(words, st.q.Name+" "+st.s.Name)
		}
	}
	return strings.Join(words, ", ")
}

// dims are those of the things in doubt on whose reading an answer turns.
type dims struct {
	article   bool
	questions []*model.Question
}

// stances are the readings taken of questions, in the order they were met.
type stances []stance

type stance struct {
	q *model.Question
	s *model.Stance
}

func (ss stances) of(q *model.Question) *model.Stance {
	for i := range ss {
		if ss[i].q == q {
			return ss[i].s
		}
	}
	return nil
}

// View is one reading of what is in doubt, and what would follow from it.
type View struct {
	Question string   `json:"question,omitempty"` // by what name it is chosen; empty: of the article itself
	Asks     string   `json:"asks,omitempty"`     // the question in words
	Reading  string   `json:"reading"`
	Title    string   `json:"title,omitempty"`
	By       string   `json:"by,omitempty"` // empty: the holder is not named
	Then     string   `json:"then"`         // "owed", or "owed or not owed" where other questions decide
	On       string   `json:"on,omitempty"` // the condition that decides, under this reading
	Sources  []string `json:"sources,omitempty"`
	Status   string   `json:"status,omitempty"` // verified, memory
}

// Practice is a precedent that bears on an answer. Decides says that it is of
// this very event; where facts are given against it, it is one reading of it.
type Practice struct {
	Question  string
	Precedent *model.Precedent
	Decides   bool
}

// mostTakes bounds the ways of reading that are tried for one answer; what more
// there is to read is left open.
const mostTakes = 512

// takes are the ways to read what is in doubt, for one debtor.
func (c *court) takes(debtor string, readings []*model.Reading) []take {
	out := make([]take, 0, len(readings))
	for _, rd := range readings {
		out = c.branch(out, debtor, take{rd: rd})
	}
	return out
}

// branch weighs under a take and, where the answer is open and a question was
// met, under each reading of that question.
func (c *court) branch(out []take, debtor string, t take) []take {
	var met []*model.Question
	probe := *c
	probe.stances, probe.met, probe.open = t.stances, &met, nil
	v := probe.weigh(debtor, t.rd, nil)
	if v.status != Depends || len(met) == 0 || len(out) >= mostTakes {
		return append(out, t)
	}
	q := met[0]
	for _, s := range c.heard(q) {
		out = c.branch(out, debtor, take{t.rd, append(slices.Clone(t.stances), stance{q, s})})
	}
	return out
}

// under is the same court with what is in doubt read one way.
func (c *court) under(t take) *court {
	if len(t.stances) == 0 {
		return c
	}
	d := *c
	d.stances = t.stances
	return &d
}

// heard are the readings of a question that bear on this article. The yes and
// no that nobody is known to hold give way to what somebody holds where that
// leaves both answers possible; so a reading that is added never takes one away.
// Where the event has a record and facts are given against it, the record is
// heard too.
func (c *court) heard(q *model.Question) []*model.Stance {
	var held, all []*model.Stance
	if p := c.precedent(q); p != nil && c.refuted(q, p) {
		held = append(held, p.Record)
		if len(q.Readings) == 0 || c.ev.Facts[q.Name] == Of(p.Says).Not() {
			return append(held, p.Given)
		}
		all = append(all, p.Record)
	}
	for _, s := range q.Readings {
		if !model.SaidOf(s.Under, c.instrument()) {
			continue
		}
		all = append(all, s)
		if !s.Nobodys {
			held = append(held, s)
		}
	}
	if eitherWay(held) {
		return held
	}
	return slices.DeleteFunc(all, func(s *model.Stance) bool {
		return s.Nobodys && slices.ContainsFunc(held, func(h *model.Stance) bool { return h.Says != nil && h.Says.N == s.Says.N })
	})
}

// eitherWay reports whether some readings leave both answers possible. Who leaves it
// open does so beside somebody who does not; alone it holds neither.
func eitherWay(held []*model.Stance) bool {
	if !slices.ContainsFunc(held, func(s *model.Stance) bool { return !s.Open }) {
		return false
	}
	yes, no := false, false
	for _, s := range held {
		known := s.Says != nil && s.Says.Op == model.CondKnown
		yes = yes || !known || s.Says.N != 0
		no = no || !known || s.Says.N == 0
	}
	return yes && no
}

func (c *court) instrument() string {
	if c.a == nil {
		return ""
	}
	return c.a.Instrument.ID
}

// ask is the value of a question: as the event gives it, as a precedent or a
// fact settles it, or as it is read; else it is not known. Facts given against
// the record of this very event do not undo it: the record is one reading then,
// and what is given the other.
func (c *court) ask(q *model.Question) Tri {
	p, given := c.precedent(q), c.ev.Facts[q.Name]
	switch {
	case p != nil && !c.refuted(q, p):
		note(c.cited, q)
		return Of(p.Says)
	case p != nil:
		note(c.cited, q)
	case given != Unknown:
		return given
	default:
		if v := c.settles(q); v != Unknown {
			return v
		}
	}
	switch s := c.read(q); {
	case s != nil && s.Open, s == nil && len(c.heard(q)) == 0:
		return c.supposed(q.Words, nil)
	case s != nil:
		return c.value(s.Says, nil)
	}
	if c.granting {
		return Yes
	}
	note(c.met, q)
	return Unknown
}

// read is the reading of a question that is chosen, or taken; nil when none is.
func (c *court) read(q *model.Question) *model.Stance {
	if name, ok := c.ev.Readings[q.Name]; ok {
		if s := cmp.Or(q.Reading(name), c.recordRead(q, name)); s != nil {
			return s
		}
	}
	return c.stances.of(q)
}

// recordRead gives the reading of the record of this very event, or the one that is
// given against it, by name; of another event no record is read.
func (c *court) recordRead(q *model.Question, name string) *model.Stance {
	p := c.precedent(q)
	switch {
	case p == nil:
	case p.Record.Name == name:
		return p.Record
	case p.Given.Name == name:
		return p.Given
	}
	return nil
}

// note adds a question to a list, where one is kept.
func note(list *[]*model.Question, q *model.Question) {
	if list != nil && !slices.Contains(*list, q) {
		*list = append(*list, q)
	}
}

// precedent is the record of this very event, or nil.
func (c *court) precedent(q *model.Question) *model.Precedent {
	for _, p := range q.Precedents {
		if c.same(p) {
			return p
		}
	}
	return nil
}

// decided gives what a precedent says of this very event.
func (c *court) decided(q *model.Question) Tri {
	if p := c.precedent(q); p != nil {
		return Of(p.Says)
	}
	return Unknown
}

// refuted reports whether facts are given against a record: the answer itself,
// what it rested on, or that by which somebody reads the question.
func (c *court) refuted(q *model.Question, p *model.Precedent) bool {
	if len(c.ev.Facts) == 0 {
		return false
	}
	said, d := Of(p.Says), c.quiet()
	if c.ev.Facts[q.Name] == said.Not() || p.Rests != nil && d.value(p.Rests, nil) == No {
		return true
	}
	return slices.ContainsFunc(q.Readings, func(s *model.Stance) bool {
		return !s.Open && s.Says != nil && s.Says.Op != model.CondKnown && model.SaidOf(s.Under, c.instrument()) && d.value(s.Says, nil) == said.Not()
	})
}

// same reports whether a precedent is of this very event and instrument.
func (c *court) same(p *model.Precedent) bool {
	r, ev := &p.Event, &c.ev
	switch {
	case !model.SaidOf(p.Under, c.instrument()), r.Kind != "" && !c.b.Model.IsKind(ev.Kind, r.Kind) && !c.b.widelyNamed(ev, r.Kind):
		return false
	case r.On.Kind == model.Literal && r.On.Name != ev.On, r.By.Kind == model.Literal && r.By.Name != ev.By:
		return false
	case r.By.Kind == model.NoTerm && ev.By != "": // the record names no state that did it
		return false
	case p.Place != "" && ev.Place != "" && !c.b.Model.Within(ev.Place, p.Place, c.b.Day) && !c.b.Model.Within(p.Place, ev.Place, c.b.Day):
		return false
	}
	d := court{b: c.b, ev: c.ev, a: c.a, rule: r}
	d.letters()
	return r.Cond == nil || d.value(r.Cond, nil) == Yes
}

// widelyNamed reports whether an event by an attacker that is no state is called
// by a wide name (armed attack) for what a precedent calls by a narrow one
// (terrorist attack): the same question is asked of both.
func (b *Book) widelyNamed(ev *Event, kind string) bool {
	if ev.NoState == "" {
		return false
	}
	q := b.Model.NoStateQuestion(ev.Kind)
	return q != nil && b.Model.MayBeKind(kind, ev.Kind) == q
}

// recorded is an event with its place as a precedent has it, where the event is
// that of the precedent and the place asked about is not given or is wider.
func (b *Book) recorded(a *model.Article, ev Event) Event {
	for _, p := range b.Model.Placed {
		if !b.Model.IsKind(ev.Kind, p.Event.Kind) && !b.widelyNamed(&ev, p.Event.Kind) {
			continue
		}
		wider := ev.Place == "" || ev.Place != p.Place && b.Model.Within(p.Place, ev.Place, b.Day)
		if wider && (&court{b: b, ev: ev, a: a}).same(p) {
			ev.Place = p.Place
		}
	}
	return ev
}

// settles tells what the facts make of a question; facts both ways settle nothing.
func (c *court) settles(q *model.Question) Tri {
	yes, no := c.meeting(q.Yes), c.meeting(q.No)
	switch {
	case yes == Yes && no != Yes:
		return Yes
	case no == Yes && yes != Yes:
		return No
	}
	return Unknown
}

// meeting is the value of a condition that would settle a question. What it
// leaves to another question is noted only where that one decides: where yes to
// it, and to what else it meets, would make the condition hold.
func (c *court) meeting(cond *model.Cond) Tri {
	if cond == nil {
		return No
	}
	if c.met == nil {
		return c.value(cond, nil)
	}
	d, met := *c, []*model.Question(nil)
	d.met = &met
	v := d.value(cond, nil)
	if v == Unknown && len(met) > 0 {
		g := c.quiet()
		if g.granting = true; g.value(cond, nil) == Yes {
			for _, q := range met {
				note(c.met, q)
			}
		}
	}
	return v
}

// doubtful is the value of something whose truth is certain but for a question:
// nil asks nothing.
func (c *court) doubtful(q *model.Question) Tri {
	if q == nil || !q.On(c.b.Day) {
		return Yes
	}
	return c.ask(q)
}

// within is whether the place of the event lies in an area, as contested places
// are read; not known where readings differ.
func (c *court) within(area string) Tri {
	m, place := c.b.Model, c.ev.Place
	questions := m.Contests(place)
	switch lies := m.Within(place, area, c.b.Day); {
	case lies && len(questions) == 0:
		return Yes
	case !lies && c.mayLie(area):
		return Unknown
	case len(questions) == 0:
		return No
	}
	in, known := c.placed(questions, func(read model.ChosenReading) string {
		return Of(m.WithinAs(place, area, c.b.Day, read)).String()
	})
	if !known {
		return Unknown
	}
	return Of(in == Yes.String())
}

// mayLie reports whether a place of which nobody said whose land it was on the day may
// lie in an area: in every state's land, and in what it lies in on other days. What is
// apart lies in no state's land; whether who administers or protects it, or has the
// title, may take it for its own is for each treaty to say, and not known.
func (c *court) mayLie(area string) bool {
	m, place, day := c.b.Model, c.ev.Place, c.b.Day
	if own := m.ApartOn(place, day); own != nil {
		state, home := strings.CutSuffix(area, ".home")
		return own.Of(state, home) || !m.IsLand(area) && m.MayLie(place, area)
	}
	if m.Unplaced(place, day) {
		return m.IsLand(area) || m.MayLie(place, area)
	}
	if m.Coastal(place, day) {
		if m.IsLand(area) {
			return c.offCoastOf(area)
		}
		switch c.ev.Object {
		case "forces", "vessel", "aircraft": // these are on the water, which lies where it lies
			return false
		}
		return c.offCoastIn(area)
	}
	return m.IsLand(area) && m.Ownerless(place, day) && !c.contestedNow()
}

// offCoastIn reports whether the place is a water on a coast that may lie in an area,
// such as Europe: of a state it is its home that lies there.
func (c *court) offCoastIn(area string) bool {
	m := c.b.Model
	return slices.ContainsFunc(m.Coasts(c.ev.Place, c.b.Day), func(coast string) bool {
		if home := coast + ".home"; m.IsLand(coast) && m.Areas[home] != nil {
			coast = home
		}
		shore := &court{b: c.b, ev: Event{Place: coast}}
		return !m.Coastal(coast, c.b.Day) && shore.within(area) != No
	})
}

// offCoastOf reports whether the place is a water on the coast of land that may lie
// in a state's territory on the day: where nobody said whose the land was, in that of
// a state that held it on other days.
func (c *court) offCoastOf(territory string) bool {
	m, day := c.b.Model, c.b.Day
	return slices.ContainsFunc(m.Coasts(c.ev.Place, day), func(coast string) bool {
		if m.Unplaced(coast, day) || m.Ownerless(coast, day) && len(m.Contests(coast)) == 0 {
			return m.MayLie(coast, territory)
		}
		shore := &court{b: c.b, ev: Event{Place: coast}}
		return shore.within(territory) != No || m.Overlaps(coast, territory, day)
	})
}

// contestedNow reports whether it is disputed on the day whose the place is.
func (c *court) contestedNow() bool {
	return slices.ContainsFunc(c.b.Model.Contests(c.ev.Place), func(q *model.Question) bool { return q.On(c.b.Day) })
}

// host is the state in whose territory the place lies, "" for the high seas;
// false where that is in doubt.
func (c *court) host() (string, bool) {
	m, place := c.b.Model, c.ev.Place
	if own := m.ApartOn(place, c.b.Day); own != nil {
		return "", len(own.States()) == 0
	}
	questions := m.Contests(place)
	if m.Coastal(place, c.b.Day) || m.Unplaced(place, c.b.Day) || m.Ownerless(place, c.b.Day) && !c.contestedNow() {
		return "", false
	}
	if len(questions) == 0 {
		return m.HostOf(place, c.b.Day), true
	}
	return c.placed(questions, func(read model.ChosenReading) string { return m.HostAs(place, c.b.Day, read) })
}

// placed finds something out about a contested place: under the readings taken
// or, where there are none, under all; false where they differ.
func (c *court) placed(questions []*model.Question, find func(model.ChosenReading) string) (string, bool) {
	taken := map[*model.Question]*model.Stance{}
	var open []*model.Question // of no reading, or of one that leaves it open
	for _, q := range questions {
		if !q.On(c.b.Day) {
			continue
		}
		if s := c.read(q); s != nil && !s.Open {
			taken[q] = s
		} else {
			open = append(open, q)
		}
	}
	found, differ := "", false
	first := true
	var try func(i int)
	try = func(i int) {
		if i == len(open) {
			v := find(func(q *model.Question) *model.Stance { return taken[q] })
			differ, found, first = differ || !first && v != found, v, false
			return
		}
		for _, s := range open[i].Readings {
			if !s.Open {
				taken[open[i]] = s
				try(i + 1)
			}
		}
	}
	try(0)
	if !differ {
		return found, true
	}
	for _, q := range open {
		if c.read(q) == nil {
			note(c.met, q)
		}
	}
	return "", false
}

// inTerritory is whether the place lies in the territory of a state, as the
// instrument that asks understands territory.
func (c *court) inTerritory(s string, cond *model.Cond) Tri {
	if cond.About == "" || cond.Home || len(c.b.Model.Instrument(cond.About).Territory) == 0 {
		return c.orUnknown(c.within(territory(s, cond)), cond)
	}
	var lines []*model.Territory
	for i := range c.b.Model.Instrument(cond.About).Territory {
		if t := &c.b.Model.Instrument(cond.About).Territory[i]; t.Of(s, c.b.Day) {
			lines = append(lines, t)
		}
	}
	v := c.orUnknown(c.drawn(s, cond, lines), cond)
	for _, t := range lines {
		if t.Verb == model.InDoubt && v != No {
			if in := c.anywhere(t.Areas, false); in != No {
				v = min(v, max(in.Not(), c.ask(t.Question)))
			}
		}
	}
	return v
}

// drawn is whether the place lies in a state's territory as the lines of an
// instrument draw it, its questions apart.
func (c *court) drawn(s string, cond *model.Cond, lines []*model.Territory) Tri {
	v, only := No, false
	for _, t := range lines {
		if t.Verb == model.Only {
			v, only = max(v, c.anywhere(t.Areas, true)), true
		}
	}
	if !only {
		v = c.within(territory(s, cond))
	}
	for _, t := range lines {
		switch t.Verb {
		case model.Also:
			v = max(v, c.anywhere(t.Areas, true))
		case model.Without:
			v = min(v, c.anywhere(t.Areas, false).Not())
		}
	}
	return v
}

// orUnknown is a value or, where it is not known, the leaf that is not known.
func (c *court) orUnknown(v Tri, cond *model.Cond) Tri {
	if v == Unknown {
		return c.unknown(cond)
	}
	return v
}

// anywhere is whether the place lies in one of some areas; with parts it is not
// known of a place of which only a part does.
func (c *court) anywhere(areas []string, parts bool) Tri {
	v := No
	for _, a := range areas {
		in := c.within(a)
		if in == No && parts && c.b.Model.Overlaps(c.ev.Place, a, c.b.Day) {
			in = Unknown
		}
		v = max(v, in)
	}
	return v
}

// standsAs is whether a debtor that a rule names as a party surely is one.
func (c *court) standsAs(debtor string, root *Node) Tri {
	q := c.doubtOf(debtor)
	if q == nil {
		return Yes
	}
	v := c.doubtful(q)
	if n := root.step("debtor", "condition"); n != nil {
		n.say(q.Words, v)
		n.Position, n.Ground = q.Pos, "in doubt"
	}
	return v
}

// doubtOf is the question whether a debtor is bound at all; nil where it is none.
// Whom a rule calls by name stands in the instrument as its parties do.
func (c *court) doubtOf(debtor string) *model.Question {
	if c.then.Debtors.Kind == model.ListSet && slices.Contains(c.then.Debtors.List, debtor) {
		return c.b.doubted[c.instrument()][debtor]
	}
	return c.b.doubtAbout(debtor, c.then.Debtors)
}

// obliged are the debtors of a consequence: of those whom it names, the ones that
// have not left the instrument. A state that never was a party of it (the power
// that is promised a thing beside the treaty) stays.
func (c *court) obliged(t *model.Then) []string {
	out := c.states(t.Debtors)
	if t.Debtors.Kind != model.ListSet || t.Verb == model.Breaches {
		return out
	}
	return slices.DeleteFunc(out, func(s string) bool {
		return slices.Contains(t.Debtors.List, s) && c.b.outside(c.a.Instrument, s)
	})
}

// outside reports whether a state is a party of an instrument that is in force on
// other days, but not on this one.
func (b *Book) outside(in *model.Instrument, state string) bool {
	return b.force[in.ID].in && !slices.Contains(b.members[in.ID], state) &&
		slices.ContainsFunc(in.Parties, func(p model.Membership) bool { return p.State == state })
}

// doubtAbout is the question whether a state is in a set; nil where it is none.
func (b *Book) doubtAbout(state string, set model.Set) *model.Question {
	switch set.Kind {
	case model.PartySet:
		return b.doubted[set.Instrument][state]
	case model.GroupSet:
		for _, m := range b.Model.Groups[set.Group].Members {
			if m.State == state && m.Question != nil && m.On(b.Day) {
				return m.Question
			}
		}
	}
	return nil
}

// views are the readings under which a debtor's answer differs, with what would
// follow from each. Readings that come to the same whatever else is read are left
// out.
func (c *court) views(takes []take, verdicts []verdict, by dims) []View {
	var out []View
	if by.article {
		for _, r := range perReading(takes, verdicts, c.says, func(t take) any { return t.rd }) {
			if rd := r.of.(*model.Reading); rd != nil {
				out = append(out, View{Reading: rd.Name, Title: rd.Title, By: rd.By, Then: r.words()})
			}
		}
	}
	for _, q := range by.questions {
		then := perReading(takes, verdicts, c.says, func(t take) any {
			if s := t.stances.of(q); s != nil {
				return s
			}
			return nil
		})
		for _, r := range then {
			if s, ok := r.of.(*model.Stance); ok {
				out = append(out, c.view(q, s, r.words()))
			}
		}
	}
	return out
}

func (c *court) view(q *model.Question, s *model.Stance, then string) View {
	v := View{Question: q.Name, Asks: q.Asks(), Reading: s.Name, Title: s.Title, By: s.Holder(c.b.Day), Then: then, Sources: s.Sources, Status: s.Status}
	if s.Says != nil && s.Says.Op != model.CondKnown {
		v.On = s.Says.Words
	}
	return v
}

// questionsOf lists the questions that takes read, in the order they were met.
func questionsOf(takes []take) []*model.Question {
	var out []*model.Question
	for _, t := range takes {
		for _, st := range t.stances {
			if !slices.Contains(out, st.q) {
				out = append(out, st.q)
			}
		}
	}
	return out
}

// turning are the things in doubt on whose reading an answer turns: two ways to
// read one of them come to different answers where all else may be read alike,
// or nobody reads it in another way.
func turning(takes []take, verdicts []verdict) dims {
	open := !slices.ContainsFunc(verdicts, func(v verdict) bool { return v.status != Depends })
	out := dims{article: len(takes) > 1 && matters(takes, verdicts, nil, open)}
	for _, q := range questionsOf(takes) {
		if readOneWay(takes, q) || matters(takes, verdicts, q, open) {
			out.questions = append(out.questions, q)
		}
	}
	return out
}

// matters reports whether an answer turns on how a question, or (nil) the
// article, is read. Where every reading leaves it to facts, each may name others.
func matters(takes []take, verdicts []verdict, q *model.Question, open bool) bool {
	for i, t := range takes {
		for j, u := range takes[:i] {
			if t.differs(u, q) && t.alike(u, q) && (open || verdicts[i].status != verdicts[j].status || verdicts[i].status == Depends && t.asksOther(u, q)) {
				return true
			}
		}
	}
	return false
}

// asksOther reports whether two takes read a question by different conditions.
func (t take) asksOther(u take, q *model.Question) bool {
	if q == nil {
		return false
	}
	a, b := t.stances.of(q).Says, u.stances.of(q).Says
	return (a == nil) != (b == nil) || a != nil && a.Words != b.Words
}

// readOneWay reports whether all who read a question read it alike.
func readOneWay(takes []take, q *model.Question) bool {
	var first *model.Stance
	for _, t := range takes {
		s := t.stances.of(q)
		if s != nil && first != nil && s != first {
			return false
		}
		first = s
	}
	return true
}

// differs reports whether two takes read a question, or (nil) the article, in
// different ways.
func (t take) differs(u take, q *model.Question) bool {
	if q == nil {
		return t.rd != u.rd
	}
	a, b := t.stances.of(q), u.stances.of(q)
	return a != nil && b != nil && a != b
}

// alike reports whether two takes may read everything but a question, or (nil)
// everything but the article, in one way.
func (t take) alike(u take, q *model.Question) bool {
	if q != nil && t.rd != u.rd {
		return false
	}
	return !slices.ContainsFunc(t.stances, func(st stance) bool {
		s := u.stances.of(st.q)
		return st.q != q && s != nil && s != st.s
	})
}

// says is a status in the words of the rule's verb.
func (c *court) says(s Status) string { return said(c.then.Verb, s) }

// outcomes are the answers that one reading leads to.
type outcomes struct {
	of   any
	then []string
}

func (o outcomes) words() string { return strings.Join(o.then, " or ") }

// perReading gathers the answers of all takes by the reading that each makes.
func perReading(takes []take, verdicts []verdict, says func(Status) string, of func(take) any) []outcomes {
	var out []outcomes
	for i, t := range takes {
		key, then := of(t), says(verdicts[i].status)
		k := slices.IndexFunc(out, func(o outcomes) bool { return o.of == key })
		if k < 0 {
			k = len(out)
			out = append(out, outcomes{of: key})
		}
		if !slices.Contains(out[k].then, then) {
			out[k].then = append(out[k].then, then)
		}
	}
	return out
}
