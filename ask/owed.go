package ask

import (
	"casus/law"
	"casus/report"
)

// Owed asks for the duties of a day, before anything happens.
type Owed struct {
	Question
	State string // only what this state owes or is owed; empty: all states
	All   bool   // also what is not in force
}

// Answer lists the duties.
func (q Owed) Answer(to Told) (*report.Owed, error) {
	if err := q.onTheDay(); err != nil {
		return nil, err
	}
	r, err := q.lawOfDay(to)
	if err != nil {
		return nil, err
	}
	s := law.Standing{Facts: r.event.Facts, Readings: r.event.Readings, All: q.All}
	if q.State != "" {
		if s.State, err = r.stateOnDay(q.State); err != nil {
			return nil, misused(err)
		}
	}
	o := report.NewOwed(r.book(), s, q.Options)
	o.Warnings, o.Notes = append(o.Warnings, r.warnings...), append(o.Notes, r.notes()...)
	return o, nil
}
