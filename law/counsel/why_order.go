package counsel

import (
	"cmp"
	"slices"
	"strings"

	"casus/law"
	"casus/model"
)

// answer is one answer with what a reader is told beside it.
func (w *Why) answer(b *law.Book, a law.Answer, full bool) LegalAnswer {
	out := newLegalAnswer(a, full)
	in := a.Article.Instrument
	out.InForce, out.Closeness = b.InForce(in.ID), a.Closeness()
	out.PartyNotes = append(out.PartyNotes, partyNotes(b, in, a.Debtor, a.Creditor)...)
	if out.Hidden = !b.Lives(in); out.Hidden && !slices.Contains(w.LeftOut, in.ID) {
		w.LeftOut = append(w.LeftOut, in.ID)
	}
	return out
}

// partyNotes are the remarks on some states as parties of an instrument on the
// day.
func partyNotes(b *law.Book, in *model.Instrument, states ...string) []string {
	var out []string
	for _, p := range in.Parties {
		if p.Why == "" || !slices.Contains(states, p.State) || !p.On(b.Day) && b.InForce(in.ID) {
			continue
		}
		out = append(out, p.State+" as a party: "+p.Why)
	}
	return out
}

// Before orders answers of one status: what is in force, what names the victim,
// the strongest duty; then the order of the catalogue. Of what is not owed, what
// an exception takes away comes before what the rule does not reach at all.
func (a *LegalAnswer) Before(b *LegalAnswer) int {
	return cmp.Or(yesFirst(a.InForce, b.InForce), yesFirst(a.reached(), b.reached()), cmp.Compare(a.Closeness, b.Closeness), cmp.Compare(b.Strength, a.Strength))
}

// reached reports whether the rule of an article speaks of the event, whatever it
// then answers.
func (a *LegalAnswer) reached() bool {
	return a.Status != "not owed" || !strings.HasPrefix(a.Why, "not met: ")
}

func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// Order is in which order answers are told, by their status.
var Order = []string{"owed", "contested", "depends", "breached", "right", "not owed", "dormant"}

// Footnote adds a footnote to paste for each article that is shown, in the order
// in which they are told. The error is that an article cannot be cited.
func (w *Why) Footnote(m *model.Model) error {
	var shown []*LegalAnswer
	for i, a := range w.Answers {
		if !a.Hidden || w.Query.Full {
			shown = append(shown, &w.Answers[i])
		}
	}
	slices.SortStableFunc(shown, func(a, b *LegalAnswer) int {
		return cmp.Or(cmp.Compare(slices.Index(Order, a.Status), slices.Index(Order, b.Status)), a.Before(b))
	})
	var addresses []string
	for _, a := range shown {
		if !slices.Contains(addresses, a.Article) {
			addresses = append(addresses, a.Article)
		}
	}
	var err error
	w.Footnotes, err = NewCitation(m, addresses, 0)
	return err
}
