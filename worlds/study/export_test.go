package study

import (
	"context"

	"casus/model"
)

// Summarise sums up a record whose numbers a test has changed.
func (r *Record) Summarise() { r.summarise() }

// Resume goes on with a run from its record.
func Resume(ctx context.Context, m *model.Model, k *model.Case, p Plan, before *Record, tell Progress) (*Record, error) {
	w, err := Begin(m, k, p)
	if err != nil {
		return nil, err
	}
	if err := w.GoOn(before); err != nil {
		return nil, err
	}
	return w.Run(ctx, tell)
}
