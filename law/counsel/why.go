package counsel

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/model"
)

// Why holds what the law answers to one event: the question as understood, and
// one answer for each article, debtor and duty. Its JSON form is versioned,
// complete, and in a fixed order: two equal questions have equal bytes. No
// list in it is null.
type Why struct {
	finding.Head
	Query   LegalQuery       `json:"query"`
	Notes   []string         `json:"notes"`   // what every answer here rests on
	Facts   []LegalFact      `json:"facts"`   // the facts that were given or that an answer depends on
	Sources []finding.Source `json:"sources"` // those that the answers cite
	Answers []LegalAnswer    `json:"answers"`
	Read    LegalRead        `json:"read"`     // what was read to say so
	LeftOut []string         `json:"left_out"` // instruments that had ended or were not there yet: the text shows them only with full

	Presumed []LegalFact `json:"presumed"` // what would excuse the deed and nobody has claimed: help is promised as if it were not so

	Reasons   bool      `json:"-"` // the text gives each article's reason below the answer
	States    []string  `json:"-"` // the members of the state system on the day
	Footnotes *Citation `json:"-"` // of the articles shown, in their order; nil: none were asked for
}

// LegalRead is how much was read: instruments in force, and their articles.
type LegalRead struct {
	Instruments int `json:"instruments"`
	Articles    int `json:"articles"`
}

// LegalQuery is the event asked about. An empty string is "not known".
type LegalQuery struct {
	Kind    string   `json:"kind"`
	By      string   `json:"by"`       // id of a state
	AlsoBy  []string `json:"also_by"`  // further attackers of one deed
	NoState string   `json:"no_state"` // the attacker, where it is no state
	ByName  string   `json:"by_name"`
	On      string   `json:"on"`
	AlsoOn  []string `json:"also_on"` // further victims
	OnName  string   `json:"on_name"`

	AlsoByNames []string `json:"also_by_names"` // those of also_by, in their order
	AlsoOnNames []string `json:"also_on_names"`

	Object    string `json:"object"`
	Place     string `json:"place"`
	PlaceName string `json:"place_name"`
	Full      bool   `json:"full"` // whether articles that do not speak of the victim are in
}

// LegalFact is a fact of law in words: name as the model writes it.
type LegalFact struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// LegalAnswer holds what one article says between one debtor and one creditor.
type LegalAnswer struct {
	Article         string         `json:"article"` // address: NAT.5
	Title           string         `json:"title"`
	Instrument      string         `json:"instrument"`
	InstrumentTitle string         `json:"instrument_title"`
	Debtor          string         `json:"debtor"`
	Creditor        string         `json:"creditor"`
	Against         string         `json:"against"` // of several attackers the one meant, where the answer is not the same; of help owed to an attacker, the victim
	Verb            string         `json:"verb"`    // owes, may, reserves, breaches
	Class           string         `json:"class"`   // ASSIST_AS_DEEMED; empty for a breach
	ClassTitle      string         `json:"class_title"`
	Status          string         `json:"status"`  // owed, not owed, dormant, depends, contested, right, breached
	Because         []string       `json:"because"` // addresses of the articles that decide
	Why             string         `json:"why"`     // the deciding condition in words; empty where the rule simply holds
	Rule            string         `json:"rule"`    // the article's own condition, as the model writes it
	Manner          []string       `json:"manner"`  // who decides, on whose request
	Direction       string         `json:"direction"`
	Caveats         []string       `json:"caveats"`
	Deciders        []law.Decider  `json:"deciders"` // of depends: the smallest sets of facts that settle it
	Readings        []LegalReading `json:"readings"` // who says what, where the answer turns on a reading
	Practice        []LegalCase    `json:"practice"` // precedents of what is in doubt
	Sources         []string       `json:"sources"`
	Notes           []string       `json:"notes"`       // remarks on the article: practice, and what its text says beside
	Remarks         []string       `json:"remarks"`     // on the instrument
	PartyNotes      []string       `json:"party_notes"` // on debtor and creditor as parties: a reservation, a freeze, a late entry
	InForce         bool           `json:"in_force"`    // the instrument, on the day
	Closeness       int            `json:"closeness"`   // the article names the victim (0), parties of which it is one (1), anybody (2)
	Relevant        bool           `json:"relevant"`    // the article speaks of this victim
	Trace           *law.Node      `json:"trace"`       // with full whole, else only the steps that decide

	Strength float64 `json:"-"` // of the class
	Force    bool    `json:"-"` // the class may call for armed force
	Hidden   bool    `json:"-"` // of an instrument that had ended or was not there yet
}

// LegalReading is one way to read what is in doubt, who reads it so, and what
// would follow. Question is empty where it is a reading of the article itself.
type LegalReading struct {
	Question string   `json:"question"` // the name by which --reading chooses it
	Asks     string   `json:"asks"`     // the question in words
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	By       string   `json:"by"`   // empty: the holder is not named
	Then     string   `json:"then"` // "owed"; "owed or depends" where another reading decides
	Fact     string   `json:"fact"` // the condition that decides under this reading; empty: none
	Sources  []string `json:"sources"`
	Status   string   `json:"status"`
}

// LegalCase is a precedent: for that very event the question was answered.
type LegalCase struct {
	Question string   `json:"question"`
	Date     string   `json:"date"`
	Title    string   `json:"title"`
	By       string   `json:"by"`
	Says     string   `json:"says"`    // yes or no
	Decides  bool     `json:"decides"` // it is of the event asked about
	Sources  []string `json:"sources"`
	Status   string   `json:"status"`
}

// NewWhy asks a book of law about an event. Options names the packages that
// the book was compiled with. Full keeps the articles that do not speak of the
// victim, and those not owed under what is not in force anyway. The error is that of
// the context.
func NewWhy(ctx context.Context, b *law.Book, ev law.Event, options []string, full bool) (*Why, error) {
	m, q := b.Model, newQuery(b, ev, full)
	w := &Why{Head: HeadOf("why", b, options, ev.Facts, ev.Readings), Query: q, Notes: []string{}, Answers: []LegalAnswer{}, LeftOut: []string{}, Presumed: []LegalFact{}, States: b.States()}
	answers, err := b.AnswersFor(ctx, ev, full)
	if err != nil {
		return nil, err
	}
	for _, q := range b.Presumed(ev, answers) {
		w.Presumed = append(w.Presumed, LegalFact{Name: q.Name, Title: q.Asks()})
	}
	for _, a := range answers {
		if err := ctx.Err(); err != nil { // each is traced here, which takes its time
			return nil, err
		}
		if full || a.Status != law.NotOwed || b.InForce(a.Article.Instrument.ID) {
			w.Answers = append(w.Answers, w.answer(b, a, full))
		}
	}
	w.Read.Instruments, w.Read.Articles = b.Read()
	w.Facts, w.Sources = w.factsIn(m), w.sourcesIn(m)
	return w, nil
}

// IdleFacts picks of some given facts those without which every answer stays as it is, and
// which, given alone, change none: whoever gave them may take them for the reason.
func IdleFacts(ctx context.Context, b *law.Book, ev law.Event, given []string) ([]string, error) {
	var out []string
	as := func(facts map[string]law.Tri) (string, error) { return answersOf(ctx, b, ev, facts) }
	if len(given) == 0 {
		return nil, nil
	}
	with, err := as(ev.Facts)
	if err != nil {
		return nil, err
	}
	without, err := as(map[string]law.Tri{})
	if err != nil {
		return nil, err
	}
	for _, name := range given {
		rest := maps.Clone(ev.Facts)
		delete(rest, name)
		lacking, err := as(rest)
		if err != nil {
			return nil, err
		}
		alone, err := as(map[string]law.Tri{name: ev.Facts[name]})
		if err != nil {
			return nil, err
		}
		if lacking == with && alone == without {
			out = append(out, name)
		}
	}
	return out, nil
}

// answersOf are the answers to an event under some facts, with what they hang on, in one
// text.
func answersOf(ctx context.Context, b *law.Book, ev law.Event, facts map[string]law.Tri) (string, error) {
	ev.Facts = facts
	answers, err := b.AnswersFor(ctx, ev, false)
	var out []string
	for _, a := range answers {
		out = append(out, fmt.Sprint(a.Article.Address, a.Debtor, a.Creditor, a.Verb, a.Status, a.Because, a.Why, a.Deciders(), a.Readings, a.Caveats()))
	}
	return strings.Join(out, "\n"), err
}

// newQuery is the question as understood.
func newQuery(b *law.Book, ev law.Event, full bool) LegalQuery {
	m := b.Model
	return LegalQuery{Kind: ev.Kind, By: ev.By, AlsoBy: append([]string{}, ev.AlsoBy...), NoState: ev.NoState, On: ev.On, AlsoOn: append([]string{}, ev.AlsoOn...), Object: ev.Object, Place: ev.Place,
		AlsoByNames: namesOf(b, ev.AlsoBy), AlsoOnNames: namesOf(b, ev.AlsoOn), ByName: m.States.Name(ev.By, b.Day), OnName: m.States.Name(ev.On, b.Day), PlaceName: placeName(b, ev.Place), Full: full}
}

// namesOf are the names of states on the day.
func namesOf(b *law.Book, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = b.Model.States.Name(id, b.Day)
	}
	return out
}

func placeName(b *law.Book, place string) string {
	if a := b.Model.Areas[place]; a != nil && a.Title != "" {
		return a.Title
	}
	return b.Model.States.Name(strings.TrimSuffix(place, ".home"), b.Day)
}

func newLegalAnswer(a law.Answer, whole bool) LegalAnswer {
	trace := a.Trace()
	if !whole {
		trace = trace.Deciding()
	}
	out := LegalAnswer{
		Article: a.Article.Address, Title: a.Article.Title, Instrument: a.Article.Instrument.ID, InstrumentTitle: a.Article.Instrument.Title,
		Debtor: a.Debtor, Creditor: a.Creditor, Against: a.Against, Verb: verbs[a.Verb], Status: a.Status.String(),
		Because: full(a.Because), Why: a.Why, Rule: ruleWords(a), Manner: full(a.Manner), Direction: a.Direction(), Caveats: full(a.Caveats()),
		Deciders: full(a.Deciders()), Readings: readings(a), Practice: practice(a), Sources: full(sourcesOf(a.Article)), Relevant: a.Relevant, Trace: trace,
		Notes: full(a.Article.Notes), Remarks: full(a.Article.Instrument.Notes), PartyNotes: []string{},
	}
	if a.Class != nil {
		out.Class, out.ClassTitle, out.Strength, out.Force = a.Class.Name, a.Class.Title, a.Class.Strength, a.Class.Force != model.NoForce
	}
	return out
}

var verbs = map[model.Verb]string{model.Owes: "owes", model.May: "may", model.Breaches: "breaches", model.Reserves: "reserves"}

// full is a copy of a list that is never nil.
func full[T any](list []T) []T { return append([]T{}, list...) }

func sourcesOf(a *model.Article) []string {
	if len(a.Sources) > 0 {
		return a.Sources
	}
	return a.Instrument.Sources
}

// ruleWords is the article's own condition.
func ruleWords(a law.Answer) string {
	if a.Rule == nil {
		return ""
	}
	return a.Rule.When
}

func readings(a law.Answer) []LegalReading {
	out := []LegalReading{}
	for _, v := range a.Views {
		out = append(out, LegalReading{Question: v.Question, Asks: v.Asks, Name: v.Reading, Title: v.Title, By: v.By, Then: v.Then, Fact: v.On, Sources: full(v.Sources), Status: v.Status})
	}
	return out
}

func practice(a law.Answer) []LegalCase {
	out := []LegalCase{}
	for _, x := range a.Practice {
		p := x.Precedent
		out = append(out, LegalCase{Question: x.Question, Date: p.Day.String(), Title: p.Title, By: p.By, Says: law.Of(p.Says).String(), Decides: x.Decides, Sources: full(p.Sources), Status: p.Status})
	}
	return out
}

// factsIn lists the facts that were given or that answers depend on, by name.
func (w *Why) factsIn(m *model.Model) []LegalFact {
	named := map[string]bool{}
	note := func(s string) {
		name, _, _ := strings.Cut(s, " = ")
		name, _, _ = strings.Cut(name, "(")
		if m.Facts[name] != nil {
			named[name] = true
		}
	}
	for f := range w.Law.Facts {
		note(f)
	}
	for _, a := range w.Answers {
		for _, d := range a.Deciders {
			for _, f := range d.Facts {
				note(f)
			}
		}
	}
	out := []LegalFact{}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		out = append(out, LegalFact{Name: name, Title: m.Facts[name].Title})
	}
	return out
}

// sourcesIn lists the sources that answers and their traces cite, by id.
func (w *Why) sourcesIn(m *model.Model) []finding.Source {
	cited := map[string]bool{}
	var note func(n *law.Node)
	note = func(n *law.Node) {
		for _, id := range n.Sources {
			cited[id] = true
		}
		for _, ch := range n.Children {
			note(ch)
		}
	}
	for _, a := range w.Answers {
		for _, id := range a.Sources {
			cited[id] = true
		}
		for _, r := range a.Readings {
			for _, id := range r.Sources {
				cited[id] = true
			}
		}
		for _, x := range a.Practice {
			for _, id := range x.Sources {
				cited[id] = true
			}
		}
		note(a.Trace)
	}
	out := []finding.Source{}
	for _, id := range slices.Sorted(maps.Keys(cited)) {
		if s := m.Sources[id]; s != nil {
			out = append(out, finding.Source{ID: id, Title: s.Title, Grade: s.Grade, Status: s.Status, Address: s.Address})
		}
	}
	return out
}
