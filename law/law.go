// Package law settles who owes what to whom, and why.
//
//  1. Compile fixes a day and the changes an option makes: which instruments
//     are in force, for whom.
//  2. Answers takes an event and gives, for each article and debtor, one of
//     the answers owed, not owed, dormant, depends, contested (or right, or
//     breached). An answer asked for its Trace gives the steps it came by.
//  3. WhyNot searches for the smallest changes to the event, or to the law,
//     that would turn an answer.
//
// The logic is a default logic (Reiter 1980) kept simple: a base rule holds
// unless an exception that applies defeats it; exceptions have exceptions;
// where two that disagree have no order, the answer is contested. Facts have
// three values (Kleene 1952): what is not known stays so, and an answer that
// turns on it is depends. A fact asked for twice may leave an answer open that
// is the same either way (provoked or not provoked). One judge gives the answer
// and, with its steps kept, the trace.
package law

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/data"
	"casus/model"
)

// Tri is a truth value of three.
type Tri int8

// The values of a Tri, in an order that makes min the "and" and max the "or".
const (
	No      Tri = -1
	Unknown Tri = 0
	Yes     Tri = 1
)

// Not is the negation; not known stays not known.
func (t Tri) Not() Tri { return -t }

// String is yes, no or unknown.
func (t Tri) String() string { return [...]string{"no", "unknown", "yes"}[t+1] }

// Of turns a bool into a Tri.
func Of(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// Status is an answer of law.
type Status uint8

// The answers. Their String is what examples and reports write.
const (
	NotOwed Status = iota
	Owed
	Dormant
	Depends
	Contested
	Right
	Breached
)

// String is the answer in words.
func (s Status) String() string {
	return [...]string{"not owed", "owed", "dormant", "depends", "contested", "right", "breached"}[s]
}

// MarshalText writes the answer in words.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads an answer in words.
func (s *Status) UnmarshalText(text []byte) error {
	for i := NotOwed; i <= Breached; i++ {
		if i.String() == string(text) {
			*s = i
			return nil
		}
	}
	return fmt.Errorf("unknown answer of law %q", text)
}

// Book is the law of one day under one option. It does not change after
// Compile and is safe for concurrent use.
type Book struct {
	Model   *model.Model
	Day     data.Day
	force   map[string]standing // by instrument
	members map[string][]string // by instrument: the parties of the day, in order
	against map[string][]*model.Exception
	limited map[string][]*model.Exception         // by article: those made for some debtors only, also of exceptions to exceptions
	doubted map[string]map[string]*model.Question // by instrument and state: parties whose standing is in doubt
	acts    []model.Act
	struck  map[*model.Exception]bool  // exceptions taken to be struck
	waived  map[*model.Cond]bool       // conditions taken not to be asked for
	lifted  map[*model.Instrument]bool // instruments whose suspensions are taken to be lifted
	only    []string                   // the instruments whose articles are read; none: all
	every   []string                   // the members of the state system; past coverage, those of its last day
}

// standing is whether an instrument is in force, and why not.
type standing struct {
	in      bool
	adopted bool
	why     string
}

// Compile builds the law of a day as changed by the acts of an option (nil for
// the law as it stands).
func Compile(m *model.Model, day data.Day, acts []model.Act) *Book {
	b := &Book{Model: m, Day: day, force: map[string]standing{}, members: map[string][]string{}, against: map[string][]*model.Exception{}, limited: map[string][]*model.Exception{},
		doubted: map[string]map[string]*model.Question{},
		every:   m.States.Members(data.Member, day), acts: acts}
	for _, in := range m.Instruments {
		b.force[in.ID] = b.standingOf(in)
		b.members[in.ID] = b.partiesOf(in)
		b.doubt(in)
		for _, a := range in.Articles {
			for i := range a.Exceptions {
				e := &a.Exceptions[i]
				b.against[e.Target] = append(b.against[e.Target], e)
			}
		}
	}
	b.limit()
	for _, act := range acts {
		b.apply(act)
	}
	return b
}

// limit lists for each article the exceptions that look at the debtor.
func (b *Book) limit() {
	for _, in := range b.Model.Instruments {
		for _, a := range in.Articles {
			b.limited[a.Address] = b.limitedBy(nil, a, 0)
		}
	}
}

func (b *Book) limitedBy(out []*model.Exception, a *model.Article, depth int) []*model.Exception {
	for i := range a.Readings {
		for j := range a.Readings[i].Except {
			if e := &a.Readings[i].Except[j]; e.For != nil {
				out = append(out, e)
			}
		}
	}
	for _, e := range b.against[a.Address] {
		if e.For != nil {
			out = append(out, e)
		}
		if depth < 16 && e.Article != a {
			out = b.limitedBy(out, e.Article, depth+1)
		}
	}
	return out
}

func (b *Book) standingOf(in *model.Instrument) standing {
	switch {
	case in.Kind == "draft" || in.Kind == "offer":
		return standing{why: "a " + in.Kind + ", never in force"}
	case in.HasEnded && b.Day >= in.Ended:
		return standing{why: endedWords(in)}
	case in.HasSigned && b.Day < in.Signed:
		return standing{why: "signed only on " + in.Signed.String()}
	case in.HasInForce && b.Day < in.InForce:
		return standing{why: "in force only from " + in.InForce.String()}
	}
	return standing{in: true}
}

// endedWords say when an instrument ended and why.
func endedWords(in *model.Instrument) string {
	words := "ended " + in.Ended.String()
	why, again := strings.CutPrefix(in.EndedWhy, "ended")
	switch why = strings.TrimLeft(why, " ,;:"); {
	case why == "":
		return words
	case again:
		return words + "; " + why
	}
	return words + ": " + why
}

// partiesOf lists the parties of the day. Of an instrument that is not in force
// it lists those of its first day or of its last, so that what is dormant can be
// shown; of a text that never was in force, all whom it names.
func (b *Book) partiesOf(in *model.Instrument) []string {
	day, dated := b.Day, true
	switch {
	case b.force[in.ID].in:
	case in.HasEnded && b.Day >= in.Ended:
		day = in.Ended - 1
	case in.HasInForce && b.Day < in.InForce:
		day = in.InForce
	default:
		dated = false
	}
	var out []string
	for _, p := range in.Parties {
		if (p.On(day) || !dated) && !slices.Contains(out, p.State) {
			out = append(out, p.State)
		}
	}
	return out
}

// doubt notes the parties of the day whose standing is in doubt.
func (b *Book) doubt(in *model.Instrument) {
	for _, p := range in.Parties {
		if p.Question == nil || !p.On(b.Day) {
			continue
		}
		if b.doubted[in.ID] == nil {
			b.doubted[in.ID] = map[string]*model.Question{}
		}
		b.doubted[in.ID][p.State] = p.Question
	}
}

func (b *Book) apply(act model.Act) {
	id := act.Instrument
	switch act.Verb {
	case "adopt", "declare":
		b.force[id] = standing{in: true, adopted: true}
		if first := b.Model.Instrument(id).FirstDay(); act.Verb == "adopt" && b.Day < first {
			b.force[id] = standing{why: "adopted by the option, and dated only from " + first.String()}
		}
		b.members[id] = b.namedParties(id)
		if act.Verb == "adopt" {
			later := b.Model.Instrument(id).Later(b.Day)
			b.members[id] = slices.DeleteFunc(b.members[id], func(s string) bool { return slices.Contains(later, s) })
		}
		delete(b.doubted, id)
	case "end":
		b.force[id] = standing{why: "ended by the option"}
	case "suspend":
		b.force[id] = standing{why: "suspended by the option"}
	case "accede":
		for _, s := range act.States {
			delete(b.doubted[id], s)
			if !slices.Contains(b.members[id], s) {
				b.members[id] = append(slices.Clone(b.members[id]), s)
			}
		}
	case "withdraw":
		b.members[id] = slices.DeleteFunc(slices.Clone(b.members[id]), func(s string) bool { return slices.Contains(act.States, s) })
	}
}

// namedParties are the parties of an adopted text: every state it names.
func (b *Book) namedParties(id string) []string {
	var out []string
	for _, p := range b.Model.Instrument(id).Parties {
		if !slices.Contains(out, p.State) {
			out = append(out, p.State)
		}
	}
	return out
}

// Only is the same law with the articles of these instruments alone; none named,
// of all. What they say of others, and others of them, still holds: a party of
// another treaty remains one, and an exception made elsewhere still excepts.
func (b *Book) Only(instruments ...string) *Book {
	narrow := *b
	narrow.only = instruments
	return &narrow
}

// reads reports whether the articles of an instrument are read.
func (b *Book) reads(in *model.Instrument) bool {
	return len(b.only) == 0 || slices.Contains(b.only, in.ID)
}

// States lists the members of the state system on the day, or on the nearest
// day of which that is known. It is not to be changed.
func (b *Book) States() []string { return b.every }

// InForce reports whether an instrument is in force on the day.
func (b *Book) InForce(id string) bool { return b.force[id].in }

// Party reports whether a state is a party of an instrument in force.
func (b *Book) Party(state, id string) bool {
	return b.force[id].in && slices.Contains(b.members[id], state)
}

// Parties lists the parties of an instrument on the day, in order.
func (b *Book) Parties(id string) []string { return b.members[id] }

// Event is something done, and what is known about it.
type Event struct {
	Kind, By, On  string             // By may be empty: not known
	AlsoBy        []string           // who attacks together with By
	AlsoOn        []string           // who is attacked together with On
	NoState       string             // the attacker, where it is known to be no state; By is empty then
	Object, Place string             // empty: not known
	Day           data.Day           // 0: not known; only what came before is measured by it
	Facts         map[string]Tri     // "ceasefire", "at_war(RUS, GBR)"
	Readings      map[string]string  // by article, where one is chosen
	Doubts        map[string]Doubted // facts of what came before that turn on a question; see Recall

	inDefence bool // in a cascade: the force of one who was wronged first, or helps one who was
	answers   bool // in a cascade: the force of one on whom its victim opened war
	aids      bool // in a cascade: the blow of a helper at the home of the one who began
	begun     *begun
}

// EventOf turns what a model file says of an event into an Event.
func EventOf(s model.EventSpec) Event {
	ev := Event{Kind: s.Kind, By: s.By, On: s.On, AlsoBy: s.AlsoBy, AlsoOn: s.AlsoOn, NoState: s.NoState, Object: s.Object, Place: s.Place, Day: s.Date, Facts: map[string]Tri{}, Readings: s.Readings}
	for _, f := range s.Facts {
		ev.Facts[FactKey(f.Name, f.Args...)] = Of(f.True)
	}
	return ev
}

// Against is the state against whom help in the event is meant: the attacker,
// or, of help owed to the attacker, the victim.
func (ev Event) Against(creditor string) string {
	if ev.attacks(creditor) {
		return ev.On
	}
	return ev.By
}

// Toward names to whom help is owed and, where that is not the victim, against
// whom: "GBR"; "DEU, against POL" of a pact that helps the one who begins.
func (ev Event) Toward(creditor string) string {
	if against := ev.Against(creditor); creditor != "" && creditor != ev.On && !slices.Contains(ev.AlsoOn, creditor) && against != "" {
		return creditor + ", against " + against
	}
	return creditor
}

// FactKey is the name of a fact with its states, as Event.Facts holds it.
func FactKey(name string, args ...string) string {
	if len(args) == 0 {
		return name
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// Answer holds what one article says between one debtor and one creditor.
type Answer struct {
	Article   *model.Article
	Debtor    string
	Creditor  string
	Verb      model.Verb
	Class     *model.Duty
	Status    Status
	Because   []string // the articles that decide
	Why       string   // in words
	Manner    []string
	Mutual    bool // the duty runs both ways
	Qualified string
	Readings  []string    // of a contested answer: "letter: owed"
	Views     []View      // who reads it how, where the answer turns on a reading
	Practice  []Practice  // precedents of what is in doubt here
	Against   string      // of several attackers: the one it is about, where the answer is not the same; of help owed to one of them, the victim
	Enemy     string      // against whom the text directs the help; empty: the other side of the event
	Relevant  bool        // the article speaks of this victim and this attacker
	Rule      *model.Rule // the rule that answers; nil of a text not public

	heard    *hearing
	deciding *deciding
}

// Said is the status in the words of its verb: of an article that a deed does
// not break, "not breached".
func (a *Answer) Said() string { return said(a.Verb, a.Status) }

func said(verb model.Verb, s Status) string {
	if verb == model.Breaches && s == NotOwed {
		return "not breached"
	}
	return s.String()
}

// Answers gives every answer of every article to an event, in the order of the
// catalogue. Those that do not speak of the victim and the attacker are left
// out unless full. No trace is made before an answer is asked for its Trace.
func (b *Book) Answers(ev Event, full bool) []Answer {
	out, err := b.AnswersFor(context.Background(), ev, full)
	if err != nil {
		panic(err) // nobody ends the background
	}
	return out
}

// AnswersFor gives the same to somebody who may leave meanwhile; the error is then
// that of the context.
func (b *Book) AnswersFor(ctx context.Context, ev Event, full bool) ([]Answer, error) {
	all := make([]*model.Article, 0, 2*len(b.Model.Instruments))
	for _, in := range b.Model.Instruments {
		if b.reads(in) {
			all = append(all, in.Articles...)
		}
	}
	return b.answers(ctx, all, ev, full)
}

// answers gives the answers of some articles, in their order.
func (b *Book) answers(ctx context.Context, articles []*model.Article, ev Event, full bool) ([]Answer, error) {
	ev.Facts = b.ordered(ev.Facts)
	ev.begun = b.beginnings(ev)
	if len(ev.AlsoBy)+len(ev.AlsoOn) > 0 {
		return b.together(ctx, articles, ev, full)
	}
	return b.each(ctx, articles, ev, full)
}

// each judges one article after the other, for as long as somebody waits for it.
func (b *Book) each(ctx context.Context, articles []*model.Article, ev Event, full bool) ([]Answer, error) {
	out := make([]Answer, 0, min(len(b.every), 4*len(articles))+len(articles))
	for _, a := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = b.article(out, a, ev, full)
	}
	return out, nil
}

// current reports whether the wording of an article was the one of the day.
func (b *Book) current(a *model.Article) bool {
	return (!a.HasFrom || b.Day >= a.From) && (!a.HasUntil || b.Day < a.Until)
}

// ordered are facts under the names that the judge looks for: a symmetric fact
// given in one direction is given in the other. Given both ways, and not the
// same, it is not known.
func (b *Book) ordered(facts map[string]Tri) map[string]Tri {
	out, copied := facts, false
	for key, v := range facts {
		name := b.FactKey(key)
		if name == key {
			continue
		}
		if !copied {
			out, copied = maps.Clone(facts), true
		}
		if w, both := facts[name]; both && w != v {
			v = Unknown
		}
		delete(out, key)
		out[name] = v
	}
	return out
}

// FactKey is the name under which a fact, named with its states in any order,
// is kept: at_war(RUS, GBR) is at_war(GBR, RUS).
func (b *Book) FactKey(fact string) string {
	name, inside, has := strings.Cut(strings.TrimSuffix(fact, ")"), "(")
	f := b.Model.Facts[name]
	if !has || f == nil || !f.Symmetric {
		return fact
	}
	return FactKey(name, f.Ordered(strings.Split(inside, ", "))...)
}

// article adds what an article answers.
func (b *Book) article(out []Answer, a *model.Article, ev Event, full bool) []Answer {
	if !b.current(a) {
		return out
	}
	if a.Unpublished || a.Instrument.Unpublished {
		return append(out, b.unpublished(a, ev)...)
	}
	ev = b.recorded(a, ev)
	first := len(out)
	for i := range a.Rules {
		for j := range a.Rules[i].Thens {
			out = b.duties(out, first, a, i, j, ev, full)
		}
	}
	return raised(out, first)
}

// raised leaves out the neutrality that a state owes by an article, out[first:], by
// which it owes the same state military help: who must help is past standing aside,
// and where help is open, neutrality is owed meanwhile.
func raised(out []Answer, first int) []Answer {
	of := out[first:]
	if !slices.ContainsFunc(of, func(o Answer) bool { return o.Verb == model.Owes && o.Class.Bars }) {
		return out
	}
	keep := slices.DeleteFunc(slices.Clone(of), func(lesser Answer) bool {
		return lesser.Verb == model.Owes && lesser.Class.Bars && slices.ContainsFunc(of, func(o Answer) bool {
			return o.Verb == model.Owes && o.Status == Owed && o.Class.Force == model.MustForce && o.Debtor == lesser.Debtor && o.Creditor == lesser.Creditor
		})
	})
	return append(out[:first], keep...)
}

// precedence orders the answers of several rules of one article: what one of
// them makes owed is owed.
var precedence = [...]int{NotOwed: 0, Dormant: 1, Depends: 2, Contested: 3, Owed: 4, Right: 4, Breached: 4}

// merge adds an answer but keeps one for each debtor, creditor and class of an
// article: the strongest, a relevant one before one that is not. Those of the
// article's rules before are out[first:last].
func merge(out []Answer, first, last int, ans *Answer) []Answer {
	for i := range out[first:last] {
		o := &out[first+i]
		if o.Debtor != ans.Debtor || o.Creditor != ans.Creditor || o.Class != ans.Class || o.Verb != ans.Verb {
			continue
		}
		if ans.Relevant && !o.Relevant || ans.Relevant == o.Relevant && precedence[ans.Status] > precedence[o.Status] {
			*o = *ans
		}
		return out
	}
	return append(out, *ans)
}

// unpublished answers for a text nobody can read: never "not owed".
func (b *Book) unpublished(a *model.Article, ev Event) []Answer {
	in := a.Instrument
	parties := b.members[in.ID]
	if !slices.Contains(parties, ev.On) {
		return nil
	}
	var out []Answer
	for _, d := range parties {
		if d == ev.On || d == ev.By {
			continue
		}
		ans := Answer{Article: a, Debtor: d, Creditor: ev.On, Class: b.Model.Duties["UNKNOWN"], Status: Depends, Because: []string{a.Address},
			Why: "text not public", deciding: told(Decider{Facts: []string{"the text of " + in.ID}, Then: "either way"}), Relevant: true}
		if f := b.force[in.ID]; !f.in {
			ans.Status, ans.Why = Dormant, f.why+"; text not public"
		}
		out = append(out, ans)
	}
	return out
}

func sources(a *model.Article) []string {
	if len(a.Sources) > 0 {
		return a.Sources
	}
	return a.Instrument.Sources
}

func grade(a *model.Article) string {
	if a.Status != "" {
		return a.Status
	}
	return a.Instrument.Status
}

// duties adds what one consequence of one rule makes of each debtor. Debtors
// whom the rule treats alike are judged once.
func (b *Book) duties(out []Answer, first int, a *model.Article, rule, then int, ev Event, full bool) []Answer {
	if !full && !b.speaks(&a.Rules[rule], &ev) {
		return out
	}
	c := newCourt(b, ev, a, rule, then)
	if !full && !c.relevant() {
		c.rise()
		return out
	}
	t, creditor, last := c.then, c.state(c.then.Creditor), len(out)
	judged := map[string]*Answer{}
	debtors := c.obliged(t)
	out = slices.Grow(out, len(debtors))
	for _, d := range debtors {
		if c.spared(d, creditor) {
			continue
		}
		like := c.likeness(d, creditor)
		ans := judged[like]
		if ans == nil {
			judgement := c.judge(d, nil)
			ans = &judgement
			ans.heard = &hearing{b: b, ev: ev, rule: rule, then: then}
			judged[like] = ans
		}
		if ans.Relevant || full {
			ans.Debtor, ans.Qualified = d, b.qualified(a, d, ans.Status)
			out = merge(out, first, last, ans)
		}
	}
	return out
}

// spared reports whether a state owes nothing here because of a part in the
// event: nobody owes itself, an attacker helps no victim, and nothing is owed to
// an attacker but where the rule itself names the attacker as the one to whom it
// is owed, nor to a state that has left the instrument. A breach is the attacker's, and a right may be kept by the victim.
func (c *court) spared(debtor, creditor string) bool {
	switch c.then.Verb {
	case model.Breaches:
		return false
	case model.Reserves:
		return debtor == creditor
	}
	if c.then.Creditor.Kind == model.Literal && c.b.outside(c.a.Instrument, creditor) {
		return true
	}
	return debtor == creditor || c.ev.attacks(debtor) || c.then.Other && debtor == c.ev.On || c.ev.attacks(creditor) && !c.rule.TowardAttacker(c.then)
}

// attacks reports whether a state is the attacker, or one of several.
func (ev *Event) attacks(state string) bool {
	return state != "" && (state == ev.By || slices.Contains(ev.AlsoBy, state))
}

// likeness is the same for debtors whom a rule treats alike: it holds all that
// judging looks at of a debtor.
func (c *court) likeness(debtor, creditor string) string {
	like := c.b.suspended(c.a.Instrument, debtor, creditor)
	if c.turnedOn(debtor, creditor) {
		like += " attacked"
	}
	if q := c.doubtOf(debtor); q != nil {
		like += " " + q.Name
	}
	for _, e := range c.b.limited[c.a.Address] {
		if c.in(debtor, *e.For) {
			like += " " + e.Article.Address + "." + e.Number
		}
	}
	return like
}

func (b *Book) qualified(a *model.Article, debtor string, s Status) string {
	title := ""
	for _, q := range a.Qualified {
		if s != NotOwed && q.On(b.Day) && slices.Contains(q.States, debtor) {
			title = q.Title
		}
	}
	return title
}
