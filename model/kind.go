package model

import "slices"

// kinship is how one kind of event stands to another: it is one of them, or may
// be, which is a question.
type kinship struct {
	is    bool
	maybe *Question
}

// IsKind reports whether an event of one kind is also of the other.
func (m *Model) IsKind(kind, of string) bool {
	if m.kinds != nil {
		return m.kinds[[2]string{kind, of}].is
	}
	return m.isKind(kind, of)
}

// MayBeKind is the question whether an event of one kind is of the other too;
// nil where it surely is, or surely is not.
func (m *Model) MayBeKind(kind, of string) *Question { return m.kinds[[2]string{kind, of}].maybe }

// kinships settle how all kinds of event stand to each other, once every kind
// is known.
func (m *Model) kinships() {
	kinds := map[[2]string]kinship{}
	for kind := range m.Events {
		for of := range m.Events {
			k := kinship{is: m.isKind(kind, of)}
			if !k.is {
				k.maybe = m.mayBe(kind, of, map[string]bool{})
			}
			if k.is || k.maybe != nil {
				kinds[[2]string{kind, of}] = k
			}
		}
	}
	m.kinds = kinds
}

// ExcusesOf are the excuses of a kind of event and of the wider kinds that it is,
// each once.
func (m *Model) ExcusesOf(kind string) []*Excuse { return m.excuses[kind] }

// ExcusesUnder are the excuses of the narrower kinds of a kind of event: those of
// an aggression, where a rule speaks of a threat.
func (m *Model) ExcusesUnder(kind string) []*Excuse { return m.under[kind] }

// Excusing are the questions that excuse a deed of some kind, each once.
func (m *Model) Excusing() []*Question { return m.excusing }

// NoStateQuestion is the question whether one that is no state can do what a rule
// of this kind speaks of; nil where nobody asks.
func (m *Model) NoStateQuestion(kind string) *Question {
	for _, name := range m.linesOf(kind) {
		if q := m.Events[name].NoState; q != nil {
			return q
		}
	}
	return nil
}

// linesOf are a kind of event and all wider kinds that it is, nearest first.
func (m *Model) linesOf(kind string) []string {
	var out []string
	var walk func(string)
	walk = func(k string) {
		if m.Events[k] == nil || slices.Contains(out, k) {
			return
		}
		out = append(out, k)
		for _, up := range m.Events[k].Is {
			walk(up)
		}
	}
	walk(kind)
	return out
}

// excusesOfAll gathers the excuses of every kind.
func (m *Model) excusesOfAll() {
	m.excuses, m.under = map[string][]*Excuse{}, map[string][]*Excuse{}
	for _, narrow := range sortedKeys(m.Events) {
		for _, wide := range m.linesOf(narrow)[1:] {
			m.under[wide] = append(m.under[wide], m.Events[narrow].Excuses...)
		}
	}
	for _, kind := range sortedKeys(m.Events) {
		for _, x := range m.Events[kind].Excuses {
			if !slices.Contains(m.excusing, x.Question) {
				m.excusing = append(m.excusing, x.Question)
			}
		}
	}
	for kind := range m.Events {
		var out []*Excuse
		for _, name := range m.linesOf(kind) {
			for _, x := range m.Events[name].Excuses {
				if !slices.ContainsFunc(out, func(y *Excuse) bool { return y.Question == x.Question }) {
					out = append(out, x)
				}
			}
		}
		if len(out) > 0 {
			m.excuses[kind] = out
		}
	}
}

// mayBe looks for a threshold of a kind, or of a wider kind that it is.
func (m *Model) mayBe(kind, of string, seen map[string]bool) *Question {
	e := m.Events[kind]
	if e == nil || seen[kind] {
		return nil
	}
	seen[kind] = true
	for _, th := range e.May {
		if m.isKind(th.Kind, of) {
			return th.Question
		}
	}
	for _, up := range e.Is {
		if q := m.mayBe(up, of, seen); q != nil {
			return q
		}
	}
	return nil
}

func (m *Model) isKind(kind, of string) bool {
	return m.kindWithin(kind, of, map[string]bool{})
}

func (m *Model) kindWithin(kind, of string, seen map[string]bool) bool {
	if kind == of {
		return true
	}
	if m.Events[kind] == nil || seen[kind] {
		return false
	}
	seen[kind] = true
	for _, up := range m.Events[kind].Is {
		if m.kindWithin(up, of, seen) {
			return true
		}
	}
	return false
}
