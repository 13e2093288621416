package ask

import (
	"casus/law"
	"casus/law/counsel"
)

// Owed asks for the duties of a day, before anything happens.
type Owed struct {
	Question
	State string // only what this state owes or is owed; empty: all states
	All   bool   // also what is not in force
}

// Answer lists the duties.
func (q Owed) Answer(to Told) (*counsel.Owed, error) {
	s := law.Standing{All: q.All}
	r, err := q.lawOfDay(to, q.onTheDay(), optional(&s.State, q.State))
	if err != nil {
		return nil, err
	}
	s.Facts, s.Readings = r.event.Facts, r.event.Readings
	o := counsel.NewOwed(r.book(), s, q.Options)
	r.tell(&o.Head, &o.Notes)
	return o, nil
}
