package ask

import (
	"context"

	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Elicit asks for the offsets under which the rates that a case states come out
// where they are stated for.
type Elicit struct{ Worlds }

// Elicitation is the answer, with the case it was asked of.
type Elicitation struct {
	*inquiry.Elicited
	Model *model.Model
	Case  *model.Case
}

// Answer solves for them.
func (q Elicit) Answer(ctx context.Context, to Told) (*Elicitation, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	m, k, err := q.Of.Load(to)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	if err := q.named(lexiconOf(m, k)); err != nil {
		return nil, err
	}
	q.fewer()
	if err := extentOf(m, k, 1, 1).elicited().afford(to, q.Memory, q.Plan.Worlds); err != nil {
		return nil, err
	}
	e, err := heard(ctx, func() (*inquiry.Elicited, error) { return inquiry.Elicit(ctx, m, k, q.Plan) })
	if err != nil {
		return nil, err
	}
	return &Elicitation{e, m, k}, nil
}
