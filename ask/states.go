package ask

import (
	"fmt"
	"slices"
	"strings"

	"casus/catalog"
	"casus/data"
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
	var err error
	if q.Date != "" {
		if r.day, err = data.ParseDay(q.Date); err != nil {
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
// where the word is not of that form. On a day after those that the system covers
// it is the state of the last of them, with a note.
func (r *resolving) inSystem(word string) (string, bool, error) {
	system, code, ok := strings.Cut(word, ":")
	system = strings.ToLower(strings.TrimSpace(system))
	if !ok || !slices.Contains([]string{data.ISO3, data.COW, data.COWAbb, data.GW, data.GWAbb}, system) {
		return "", false, nil
	}
	on := r.day
	if on == 0 {
		on = data.Forever
	}
	if last, moved := r.m.States.Clamp(system, on); moved && last < on {
		if r.day != 0 {
			r.note(fmt.Sprintf("%s is a code of %s, which ends with %s: the state of that day is taken", word, system, last))
		}
		on = last
	}
	id, err := r.m.States.Resolve(system, strings.ToUpper(strings.TrimSpace(code)), on)
	return id, true, err
}
