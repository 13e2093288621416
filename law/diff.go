package law

import (
	"slices"
	"strings"

	"casus/model"
)

// Draft is a law to be compared: a book, and of it one instrument alone or,
// without one, everything.
type Draft struct {
	Name string
	Book *Book
	Only *model.Instrument
}

// Shift compares what one state owes another, or may do, under two laws: what only
// the one says, and what only the other says. Either may be empty.
type Shift struct {
	Debtor, Creditor string
	Before, After    []Pledge
}

// Turn holds the answers to one event for one debtor, where two laws
// differ.
type Turn struct {
	Event         Event
	Debtor        string
	Before, After []Answer
}

func (d Draft) pledges(q Standing) []Pledge {
	if d.Only != nil {
		return d.Book.PledgesOf(d.Only, q)
	}
	return d.Book.Pledges(q)
}

func (d Draft) answers(ev Event) []Answer {
	var out []Answer
	for _, a := range d.Book.Answers(ev, false) {
		if d.Only == nil || a.Article.Instrument == d.Only {
			out = append(out, a)
		}
	}
	return out
}

// Shifts compares what two laws make states owe each other before anything
// happens, in the order of debtors and creditors. What both say in the same
// words of the same article is left out.
func Shifts(from, to Draft, q Standing) []Shift {
	before, after := from.pledges(q), to.pledges(q)
	var out []Shift
	at := map[[2]string]int{}
	put := func(p Pledge) *Shift {
		key := [2]string{p.Debtor, p.Creditor}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, Shift{Debtor: p.Debtor, Creditor: p.Creditor})
		}
		return &out[i]
	}
	for _, p := range lacking(before, after) {
		s := put(p)
		s.Before = append(s.Before, p)
	}
	for _, p := range lacking(after, before) {
		s := put(p)
		s.After = append(s.After, p)
	}
	slices.SortStableFunc(out, func(a, b Shift) int {
		return strings.Compare(a.Debtor+" "+a.Creditor, b.Debtor+" "+b.Creditor)
	})
	return out
}

// lacking are the pledges of one list that another does not have.
func lacking(ps, others []Pledge) []Pledge {
	has := map[string]bool{}
	for _, p := range others {
		has[p.words()] = true
	}
	var out []Pledge
	for _, p := range ps {
		if !has[p.words()] {
			out = append(out, p)
		}
	}
	return out
}

// words is all that a reader would see of a pledge.
func (p Pledge) words() string {
	parts := []string{p.Article.Address, p.Event, p.Debtor, p.Creditor, p.Class.Name, p.Binding.String(), p.Why, strings.Join(p.Against, " "), strings.Join(p.Excludes, "; "), strings.Join(p.Open, "; "), strings.Join(p.Manner, "; ")}
	for _, e := range p.Limits {
		parts = append(parts, e.Words)
	}
	return strings.Join(parts, "|")
}

// Turns compares the answers of two laws to some events, by event and debtor.
// What both answer alike is left out.
func Turns(from, to Draft, events []Event) []Turn {
	var out []Turn
	for _, ev := range events {
		before, after := from.answers(ev), to.answers(ev)
		var debtors []string
		for _, a := range slices.Concat(before, after) {
			if !slices.Contains(debtors, a.Debtor) {
				debtors = append(debtors, a.Debtor)
			}
		}
		slices.Sort(debtors)
		for _, d := range debtors {
			t := Turn{Event: ev, Debtor: d, Before: answeredOnly(before, after, d), After: answeredOnly(after, before, d)}
			if len(t.Before)+len(t.After) > 0 {
				out = append(out, t)
			}
		}
	}
	return out
}

// answeredOnly are the answers about one debtor that another law does not give.
func answeredOnly(as, others []Answer, debtor string) []Answer {
	var out []Answer
	for _, a := range as {
		if a.Debtor == debtor && !slices.ContainsFunc(others, func(o Answer) bool {
			return o.Article == a.Article && o.Debtor == a.Debtor && o.Creditor == a.Creditor && o.Class == a.Class && o.Status == a.Status && o.Why == a.Why
		}) {
			out = append(out, a)
		}
	}
	return out
}
