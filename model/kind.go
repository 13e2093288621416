package model

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
