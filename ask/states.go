package ask

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/model"
)

// States asks for the codes of states in each system: ISO 3166, Correlates of
// War, Gleditsch and Ward.
type States struct {
	Words []string // codes and names; none: all states there were on the day
	Date  string   // the day; empty: every code with its days
}

// Answer looks the codes up. A code of a day that a system does not cover is not
// there, with a note, rather than that of another day.
func (q States) Answer() (*data.Codes, error) {
	r := &resolving{m: &model.Model{States: catalog.States()}}
	err := emptyNames(q.Words, "name a state, such as RUS or Russia")
	if err != nil {
		return nil, err
	}
	if q.Date != "" {
		if r.day, err = dayTyped(q.Date); err != nil {
			return nil, misused(err)
		}
	}
	ids, err := r.asked(q.Words)
	if err != nil {
		return nil, err
	}
	out := r.m.States.CodesOf(ids, r.day)
	for _, w := range r.warnings {
		out.Warnings, out.Notes = append(out.Warnings, w), append(out.Notes, w.Text)
	}
	return out, nil
}

// asked are the states that words stand for; of no words those there were on the
// day, or all.
func (r *resolving) asked(words []string) ([]string, error) {
	var out []string
	var wrong []error
	for _, w := range words {
		id, err := r.state(w)
		if err == nil && !slices.Contains(out, id) {
			out = append(out, id)
		}
		wrong = append(wrong, misused(err))
	}
	if len(words) > 0 {
		return out, Together(wrong...)
	}
	for _, st := range r.m.States.All() {
		if r.day == 0 || r.m.States.In(data.Member, st.ID, r.day) || r.m.States.In(data.GWMember, st.ID, r.day) {
			out = append(out, st.ID)
		}
	}
	return out, nil
}

// inSystem is the state that SYSTEM:CODE names, as in gw:340 or cow:255; false
// where the word is not of that form.
func (r *resolving) inSystem(word string) (string, bool, error) {
	system, code, ok := strings.Cut(word, ":")
	system = strings.ToLower(strings.TrimSpace(system))
	if !ok || !slices.Contains([]string{data.ISO3, data.COW, data.COWAbb, data.GW, data.GWAbb}, system) {
		return "", false, nil
	}
	id, err := r.codedIn(system, code, word)
	return id, true, err
}

// codedIn is the state of a code. On a day after those that the system covers it is the
// state of the last of them, with a note; where no day is asked about, the last that had
// the code, with a note where it has it no more. The error is a data.NotOnDay where the
// code is nobody's on any day.
func (r *resolving) codedIn(system, code, word string) (string, error) {
	on := r.day
	if on == 0 {
		on = data.Forever
	}
	last, moved := r.m.States.Clamp(system, on)
	if moved = moved && last < on; moved {
		on = last
	}
	id, err := r.m.States.Resolve(system, strings.ToUpper(strings.TrimSpace(code)), on)
	var not *data.NotOnDay
	switch {
	case err == nil && moved && r.day != 0:
		r.note(fmt.Sprintf("%s is a code of %s, which ends with %s: the state of that day is taken", word, system, last))
		return id, nil
	case !errors.As(err, &not) || not.Before == nil && not.After == nil:
		return id, err
	case r.day == 0 && not.Before != nil:
		r.note(hadCode(word, not) + ": it is taken for " + not.Before.ID)
		return not.Before.ID, nil
	}
	return "", source.Hint(fmt.Errorf("%s, and %s is outside that", hadCode(word, not), r.day), cmp.Or(not.Before, not.After).ID+" names it on any day")
}

// hadCode says which states had a code, the last before the day and the first after it,
// and on which days.
func hadCode(word string, not *data.NotOnDay) string {
	var had []string
	for _, sp := range []*data.Spell{not.Before, not.After} {
		if sp != nil {
			had = append(had, fmt.Sprintf("%s (%s) %s", sp.ID, sp.Name, sp.Span))
		}
	}
	return strings.TrimSpace(word) + " is " + strings.Join(had, " and ")
}
