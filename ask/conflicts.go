package ask

import (
	"context"

	"casus/law"
	"casus/law/counsel"
)

// Conflicts asks which engagements of a state, or toward two that fight, cannot
// all be kept. Of the event it reads Object and At.
type Conflicts struct {
	Question
	State   string
	Between string // two states that fight: ARG,GBR
}

// Answer lists the conflicts.
func (q Conflicts) Answer(ctx context.Context, to Told) (*counsel.Conflicts, error) {
	q.onlyShipped = true
	var s law.Quarrel
	lacks := Together(q.onTheDay(), lack(q.State == "" && q.Between == "", "whose engagements?", "add --state STATE, --between X,Y or both"))
	r, err := q.lawOfDay(to, lacks, optional(&s.State, q.State), opponents(&s.X, &s.Y, q.Between), func(r *resolving) error {
		return r.each(&q.Question, r.object, r.place)
	})
	switch {
	case err != nil:
		return nil, err
	case q.Between != "" && (s.X == s.State || s.Y == s.State):
		return nil, Usage("--between names two states, and neither is that of --state", "leave one of the two out")
	}
	s.Object, s.Place, s.Facts, s.Readings = r.event.Object, r.event.Place, r.event.Facts, r.event.Readings
	o, err := counsel.NewConflicts(ctx, r.book(), s, q.Options)
	if err != nil {
		return nil, err
	}
	r.tell(&o.Head, &o.Notes)
	return o, nil
}
