package ask

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
)

// state is the id that a code, a name or another name that people use stands
// for, in capitals or not. Of several states of one name it is the one of the
// day; where two were called so on the day, the member of the state system.
func (r *resolving) state(word string) (string, error) {
	word = strings.TrimSpace(word)
	if word == "" {
		return "", Usage("an empty name is typed", "name a state, such as RUS or Russia")
	}
	if id, is, err := r.inSystem(word); is {
		return id, err
	}
	states := r.m.States
	if name, is := cutArticle(word); is && len(states.Called(word, r.day)) == 0 {
		word = name
	}
	if plain := strings.ToUpper(strings.ReplaceAll(word, ".", "")); strings.Contains(word, ".") {
		if _, ok := states.ByID(plain); ok { // U.S.A.
			return plain, nil
		}
	}
	if _, ok := states.ByID(strings.ToUpper(word)); ok {
		return strings.ToUpper(word), nil
	}
	called := states.Called(word, r.day)
	if len(called) == 0 { // U.S.S.R.
		called = states.Called(strings.ReplaceAll(word, ".", ""), r.day)
	}
	if then := slices.DeleteFunc(slices.Clone(called), func(sp data.Spell) bool { return !states.Member(sp.ID, r.day) }); len(then) == 1 {
		called = then
	}
	if len(called) == 1 {
		r.notedCalled(called[0], word)
		return called[0].ID, nil
	}
	coded, err := r.coded(word)
	switch near := states.Suggest(word); {
	case coded != "" || err != nil:
		return coded, err
	case len(called) > 1:
		return "", fmt.Errorf("%q may be %s: say which", word, strings.Join(r.withNames(idsOf(called)), ", "))
	case len(near) > 0 && r.placeOf(word) == "":
		return "", source.Hint(fmt.Errorf("unknown state %q", word), "did you mean "+strings.Join(r.withNames(near), ", ")+"?")
	}
	if place := r.placeOf(word); place != "" {
		return "", source.Hint(fmt.Errorf("unknown state %q", word), fmt.Sprintf("it is a place here: name who holds or claims it, with --at %s; as an attacker, \"no state: %s\"", place, word))
	}
	return "", source.Hint(fmt.Errorf("unknown state %q", word), "a code such as RUS, or a name such as Russia")
}

// longestName bounds the words of a state's name that are looked for in others.
const longestName = 6

// withIDs is what the words stand for once the states in them are named by their ids,
// where that is known: "gw:2 honours NAT.5" and "United States honours NAT.5" for "USA
// honours NAT.5", NAT.5:gw:2 for NAT.5:USA. Otherwise they stay as they are.
func (r *resolving) withIDs(words string, known func(string) bool) string {
	if known(words) {
		return words
	}
	quiet := &resolving{m: r.m, day: r.day}
	if article, state, is := strings.Cut(words, ":"); is {
		if id, err := quiet.state(state); err == nil && known(article+":"+id) {
			return article + ":" + id
		}
	}
	fields, out := strings.Fields(words), []string{}
	for len(fields) > 0 {
		n, id := 1, fields[0]
		for k := min(len(fields), longestName); k > 0; k-- {
			if found, err := quiet.state(strings.Join(fields[:k], " ")); err == nil {
				n, id = k, found
				break
			}
		}
		fields, out = fields[n:], append(out, id)
	}
	if meant := strings.Join(out, " "); known(meant) {
		return meant
	}
	return words
}

// cutArticle takes the article off a name: the Russian Federation, the Netherlands.
func cutArticle(word string) (string, bool) {
	if first, rest, ok := strings.Cut(word, " "); ok && strings.EqualFold(first, "the") {
		return strings.TrimSpace(rest), true
	}
	return word, false
}

// placeOf is the place of a name that is no state's: an authority may have it that
// nobody counts as a state. Empty where there is none.
func (r *resolving) placeOf(word string) string {
	name := strings.ReplaceAll(strings.ToLower(word), " ", "_")
	if r.m.IsArea(name) {
		return name
	}
	for _, name := range names(r.m.Areas) {
		if strings.EqualFold(strings.TrimPrefix(r.m.Areas[name].Title, "the "), word) {
			return name
		}
	}
	if called := catalog.PlaceCalled(word); r.m.IsArea(called.Place) && !r.landOfState(called.Place) {
		return called.Place
	}
	return ""
}

func idsOf(spells []data.Spell) []string {
	out := make([]string, len(spells))
	for i, sp := range spells {
		out[i] = sp.ID
	}
	return out
}

// notedCalled says which state is meant where a name of another time was given.
func (r *resolving) notedCalled(sp data.Spell, word string) {
	if strings.EqualFold(r.m.States.Name(sp.ID, cmp.Or(r.day, data.Forever)), word) {
		return
	}
	if r.day == 0 { // of no day: today's names stand for themselves
		if !sp.Open() {
			r.note(fmt.Sprintf("%s; %s is taken for %s (%s)", nameOf(word, sp.Span), word, r.m.States.Name(sp.ID, data.Forever), sp.ID))
		}
		return
	}
	if !sp.Contains(r.day) && !r.noMember(sp.ID) { // of what was no state there is a warning of its own
		r.note(fmt.Sprintf("%s; %s is taken for %s (%s)", nameOf(word, sp.Span), word, r.m.States.Name(sp.ID, r.day), sp.ID))
	}
}

// nameOf says of which days a word is a name.
func nameOf(word string, s data.Span) string {
	switch {
	case s.Open():
		return word + " is a name " + s.String()
	case s.From == 0:
		return word + " is a name until " + s.Until.String()
	}
	return word + " is a name of " + s.String()
}

// note adds a warning, once.
func (r *resolving) note(words string) {
	if w := finding.Warn(finding.Odd, "", "%s", words); !slices.Contains(r.warnings, w) {
		r.warnings = append(r.warnings, w)
	}
}

// coded is the state that had a code of another scheme on the day: 255 or GMY
// of the Correlates of War. The error says which state had the code before and after;
// a word that is no code of any day gives neither.
func (r *resolving) coded(word string) (string, error) {
	for _, scheme := range []string{data.ISO3, data.COWAbb, data.COW} {
		id, err := r.codedIn(scheme, word, strings.ToUpper(word))
		if not := (*data.NotOnDay)(nil); !errors.As(err, &not) {
			return id, err
		}
	}
	return "", nil
}
