package ask

import (
	"strings"

	"casus/law"
	"casus/report"
)

// Conflicts asks which engagements of a state, or toward two that fight, cannot
// all be kept. Of the event it reads Object and At.
type Conflicts struct {
	Question
	State   string
	Between string // two states that fight: ARG,GBR
}

// Answer lists the conflicts.
func (q Conflicts) Answer(to Told) (*report.Conflicts, error) {
	if err := q.onTheDay(); err != nil {
		return nil, err
	}
	if q.State == "" && q.Between == "" {
		return nil, Usage("whose engagements?", "add --state STATE, --between X,Y or both")
	}
	q.onlyShipped = true
	r, err := q.lawOfDay(to)
	if err != nil {
		return nil, err
	}
	if err := r.each(&q.Question, r.object, r.place); err != nil {
		return nil, err
	}
	s, err := q.quarrel(r)
	if err != nil {
		return nil, misused(err)
	}
	o := report.NewConflicts(r.book(), s, q.Options)
	o.Warnings, o.Notes = append(o.Warnings, r.warnings...), append(o.Notes, r.notes()...)
	return o, nil
}

func (q *Conflicts) quarrel(r *resolving) (s law.Quarrel, err error) {
	s = law.Quarrel{Object: r.event.Object, Place: r.event.Place, Facts: r.event.Facts, Readings: r.event.Readings}
	if q.State != "" {
		if s.State, err = r.stateOnDay(q.State); err != nil {
			return s, err
		}
	}
	if q.Between == "" {
		return s, nil
	}
	x, y, ok := strings.Cut(q.Between, ",")
	if !ok {
		return s, Usage("--between names two states", "as in --between ARG,GBR")
	}
	if s.X, err = r.stateOnDay(x); err != nil {
		return s, err
	}
	if s.Y, err = r.stateOnDay(y); err != nil {
		return s, err
	}
	if s.X == s.Y || s.X == s.State || s.Y == s.State {
		return s, Usage("--between names two states, neither of them that of --state", "")
	}
	return s, nil
}
