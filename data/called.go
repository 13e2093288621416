package data

import (
	"cmp"
	"slices"
	"strings"
)

// Called finds the spells by which a state was called a word on a day, by its
// name or by another name that people use (scheme "alias"), capitals aside. If
// nobody was called so on the day, they are those of the nearest day, and
// Spell.Contains tells the two apart. A word may be the name of two states:
// Korea, Vietnam, Congo. They come in order of id, one a state.
func (s *States) Called(word string, on Day) []Spell {
	word = strings.TrimSpace(word)
	if s == nil || word == "" {
		return nil
	}
	var out []Spell
	nearest := Day(-1)
	for _, st := range s.list {
		sp, ok := st.called(word, on)
		switch far := sp.far(on); {
		case !ok || nearest >= 0 && far > nearest:
		case nearest < 0 || far < nearest:
			nearest, out = far, []Spell{sp}
		default:
			out = append(out, sp)
		}
	}
	return out
}

// called is the state's spell of that name nearest to the day.
func (st State) called(word string, on Day) (Spell, bool) {
	var names []Spell
	for _, sp := range st.Spells {
		if (sp.Scheme == Name || sp.Scheme == Alias) && strings.EqualFold(sp.Name, word) {
			names = append(names, sp)
		}
	}
	if len(names) == 0 {
		return Spell{}, false
	}
	return slices.MinFunc(names, func(a, b Spell) int { return cmp.Compare(a.far(on), b.far(on)) }), true
}

// far is how many days a day lies outside the spell; 0 within it.
func (sp Spell) far(on Day) Day {
	switch {
	case on < sp.From:
		return sp.From - on
	case on > sp.Until:
		return on - sp.Until
	}
	return 0
}
