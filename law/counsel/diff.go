package counsel

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/model"
)

// Diff compares two drafts or two options, clause by clause: which duties,
// answers and chains appear, vanish or change.
type Diff struct {
	finding.Head
	A        string       `json:"a"`
	B        string       `json:"b"`
	ATitle   string       `json:"a_title"`
	BTitle   string       `json:"b_title"`
	Notes    []string     `json:"notes"`
	Clauses  []ClauseDiff `json:"clauses"`
	Duties   []DutyDiff   `json:"duties"`
	Events   []string     `json:"events"` // the events whose answers were compared
	Answers  []AnswerDiff `json:"answers"`
	ChainsTo string       `json:"chains_to"` // empty: no chains were asked for
	Chains   []ChainsDiff `json:"chains"`
	Counts   DiffCount    `json:"counts"`
}

// ClauseDiff is one thing that is said by one of the two, or by both in other
// words: a line of the head, a provision, an act of an option.
type ClauseDiff struct {
	What string `json:"what"`
	A    string `json:"a"` // empty: not said
	B    string `json:"b"`
}

// DutyDiff lists what debtors owe creditors under one law and not under the
// other, before anything happens.
type DutyDiff struct {
	Debtors   []string `json:"debtors"`
	Creditors []string `json:"creditors"`
	A         []string `json:"a"` // empty: nothing
	B         []string `json:"b"`
}

// AnswerDiff lists what debtors answer to one event under one law and not under
// the other.
type AnswerDiff struct {
	Event   string   `json:"event"`
	Debtors []string `json:"debtors"`
	A       []string `json:"a"`
	B       []string `json:"b"`
}

// ChainsDiff is a chain that leads to the end under only one of the two.
type ChainsDiff struct {
	Only  string   `json:"only"` // the name of that one
	Links []string `json:"links"`
}

// DiffCount counts the pairs of debtor and creditor whose duties appear,
// vanish or change from A to B, and the chains.
type DiffCount struct {
	Appear       int `json:"appear"`
	Vanish       int `json:"vanish"`
	Change       int `json:"change"`
	ChainsAppear int `json:"chains_appear"`
	ChainsVanish int `json:"chains_vanish"`
	ChainsBoth   int `json:"chains_both"`
}

// NewDiff compares what two laws say of the duties of a day, and what they
// answer to events.
func NewDiff(a, b law.Draft, q law.Standing, events []law.Event) *Diff {
	d := &Diff{Head: HeadOf("diff", a.Book, nil, q.Facts, q.Readings), A: a.Name, B: b.Name, Notes: []string{}, Clauses: []ClauseDiff{}, Duties: []DutyDiff{}, Events: []string{}, Answers: []AnswerDiff{}, Chains: []ChainsDiff{}}
	for _, s := range law.Shifts(a, b, q) {
		d.duty(s)
	}
	for _, ev := range events {
		d.Events = append(d.Events, ev.Words())
	}
	for _, t := range law.Turns(a, b, events) {
		d.answer(t)
	}
	return d
}

func (d *Diff) duty(s law.Shift) {
	switch {
	case len(s.Before) == 0:
		d.Counts.Appear++
	case len(s.After) == 0:
		d.Counts.Vanish++
	default:
		d.Counts.Change++
	}
	a, b := pledgeLines(s.Before), pledgeLines(s.After)
	for i := range d.Duties {
		x := &d.Duties[i]
		if slices.Equal(x.A, a) && slices.Equal(x.B, b) && (slices.Equal(x.Creditors, []string{s.Creditor}) || slices.Equal(x.Debtors, []string{s.Debtor})) {
			if x.Creditors[0] == s.Creditor {
				x.Debtors = With(x.Debtors, s.Debtor)
			} else {
				x.Creditors = With(x.Creditors, s.Creditor)
			}
			return
		}
	}
	d.Duties = append(d.Duties, DutyDiff{Debtors: []string{s.Debtor}, Creditors: With([]string{}, s.Creditor), A: a, B: b})
}

func pledgeLines(ps []law.Pledge) []string {
	out := []string{}
	for _, p := range ps {
		d := newStandingDuty(p)
		verb := map[model.Verb]string{model.Owes: "owed", model.Breaches: "force is ruled out", model.May: "a right", model.Reserves: "a right kept"}[p.Verb]
		if p.Binding == law.Unread { // nobody knows what is owed
			out = append(out, p.Article.Address+": "+d.Standing)
			continue
		}
		s := p.Article.Address + ": " + d.ClassTitle + " (" + d.Class + "), " + verb
		if p.Event != "" {
			s += " on " + p.Event + d.Attackers()
		}
		s += "; " + d.Stands()
		if len(d.Limits) > 0 {
			s += "; limited by " + strings.Join(d.Limits, ", ")
		}
		if len(d.Manner) > 0 {
			s += "; " + strings.Join(d.Manner, "; ")
		}
		out = append(out, s)
	}
	return out
}

func (d *Diff) answer(t law.Turn) {
	a, b := answerLines(t.Before), answerLines(t.After)
	for i := range d.Answers {
		x := &d.Answers[i]
		if x.Event == t.Event.Words() && slices.Equal(x.A, a) && slices.Equal(x.B, b) {
			x.Debtors = With(x.Debtors, t.Debtor)
			return
		}
	}
	d.Answers = append(d.Answers, AnswerDiff{Event: t.Event.Words(), Debtors: []string{t.Debtor}, A: a, B: b})
}

func answerLines(as []law.Answer) []string {
	out := []string{}
	for _, a := range as {
		s := a.Article.Address + " " + a.Status.String()
		if a.Class != nil && a.Status != law.NotOwed {
			s += ": " + a.Class.Title + " (" + a.Class.Name + ")"
		}
		if a.Why != "" {
			s += "; " + a.Why
		}
		out = append(out, s)
	}
	return out
}

// Heads compares what two instruments say of themselves.
func (d *Diff) Heads(a, b *model.Instrument) {
	d.ATitle, d.BTitle = a.Title, b.Title
	for _, line := range []struct{ what, a, b string }{
		{"kind", kindWords(a), kindWords(b)},
		{"signed", dayIf(a.HasSigned, a.Signed.String()), dayIf(b.HasSigned, b.Signed.String())},
		{"in force", dayIf(a.HasInForce, a.InForce.String()), dayIf(b.HasInForce, b.InForce.String())},
		{"active", condWords(a.Active), condWords(b.Active)},
		{"parties", partyWords(a), partyWords(b)},
		{"leaving", a.Exit, b.Exit},
	} {
		d.clause(line.what, line.a, line.b)
	}
	for _, class := range provided(a, b) {
		d.clause("provides "+class, provision(a, class), provision(b, class))
	}
}

// Package compares what two options do.
func (d *Diff) Package(a, b *model.Option) {
	d.ATitle, d.BTitle = a.Title, b.Title
	actsA, actsB := actLines(a), actLines(b)
	for _, s := range actsA {
		if !slices.Contains(actsB, s) {
			d.clause("act", s, "")
		}
	}
	for _, s := range actsB {
		if !slices.Contains(actsA, s) {
			d.clause("act", "", s)
		}
	}
	names := map[string]bool{}
	for name := range a.Settings {
		names[name] = true
	}
	for name := range b.Settings {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		d.clause("set "+name, setting(a, name), setting(b, name))
	}
	d.clause("spends", spendWords(a), spendWords(b))
}

func (d *Diff) clause(what, a, b string) {
	if a != b {
		d.Clauses = append(d.Clauses, ClauseDiff{what, a, b})
	}
}

func kindWords(in *model.Instrument) string {
	s := in.Kind
	if in.Political {
		s += ", not legally binding"
	}
	if in.Unpublished {
		s += ", text not public"
	}
	return s
}

func dayIf(ok bool, day string) string {
	if ok {
		return day
	}
	return ""
}

func partyWords(in *model.Instrument) string {
	var out []string
	for _, p := range in.Parties {
		out = With(out, p.State)
	}
	return strings.Join(out, ", ")
}

func provided(ins ...*model.Instrument) []string {
	var out []string
	for _, in := range ins {
		for _, a := range in.Articles {
			for _, p := range a.Provides {
				out = With(out, p.Class.Name)
			}
		}
	}
	return out
}

func provision(in *model.Instrument, class string) string {
	var out []string
	for _, a := range in.Articles {
		for _, p := range a.Provides {
			if p.Class.Name == class {
				out = append(out, strings.TrimSpace(a.Address+" "+p.Title))
			}
		}
	}
	return strings.Join(out, "; ")
}

func actLines(o *model.Option) []string {
	var out []string
	for _, a := range o.Acts {
		s := a.Verb
		if a.Number > 0 {
			s += fmt.Sprintf(" %s %g at %s", strings.Join(a.States, ", "), a.Number, a.Place)
		} else {
			s += strings.TrimRight(" "+a.Instrument+" "+strings.Join(a.States, ", "), " ")
		}
		out = append(out, s)
	}
	return out
}

func setting(o *model.Option, name string) string {
	if v, ok := o.Settings[name]; ok {
		return fmt.Sprintf("%g", v)
	}
	return ""
}

func spendWords(o *model.Option) string {
	var out []string
	for _, s := range o.Spends {
		out = append(out, s.Actor+": "+s.Expr.String())
	}
	return strings.Join(out, "; ")
}

// Compare adds the chains that lead to an end under one of the two only. Names
// are those of links; a chain of both is one with the same links.
func (d *Diff) Compare(to string, a, b [][]string) {
	d.ChainsTo = to
	key := func(links []string) string { return strings.Join(links, "\n") }
	has := func(list [][]string, links []string) bool {
		return slices.ContainsFunc(list, func(x []string) bool { return key(x) == key(links) })
	}
	for _, links := range a {
		if has(b, links) {
			d.Counts.ChainsBoth++
		} else {
			d.Counts.ChainsVanish++
			d.Chains = append(d.Chains, ChainsDiff{d.A, links})
		}
	}
	for _, links := range b {
		if !has(a, links) {
			d.Counts.ChainsAppear++
			d.Chains = append(d.Chains, ChainsDiff{d.B, links})
		}
	}
}
