package ask

import (
	"context"

	"casus/worlds/inquiry"
)

// Flip asks for the smallest change that reverses the ranking of two options.
type Flip struct {
	Worlds
	Measure               string
	Between               []string // the two options
	Means, Pairs, Clauses int      // how much to look through; 0: none
}

// Answer solves the case anew; a record holds no game.
func (q Flip) Answer(ctx context.Context, to Told) (*inquiry.Flips, error) {
	m, k, err := q.Of.crisis(to)
	if err == nil {
		err = q.refuse()
	}
	if err == nil {
		s := lexiconOf(m, k).heard(to)
		err = Together(q.named(s), s.options.lists(&q.Between), s.measures.words(&q.Measure))
	}
	if err != nil {
		return nil, err
	}
	q.fewer()
	if err := extentOf(m, k, 2, len(q.Plan.Views)).pair().afford(to, q.Memory, q.Plan.Worlds); err != nil {
		return nil, err
	}
	plan := inquiry.FlipPlan{Plan: q.Plan, Measure: q.Measure, Between: [2]string{q.Between[0], q.Between[1]}, Means: q.Means, Pairs: q.Pairs, Clauses: q.Clauses, Weighted: q.Weighted}
	return heard(ctx, func() (*inquiry.Flips, error) { return inquiry.Flip(ctx, m, k, plan, to.progress) })
}

// refuse is the error of words that make no sense.
func (q *Flip) refuse() error {
	switch {
	case q.Measure == "":
		return Usage("on which measure are they ranked?", "--measure us_war")
	case inquiry.TwoOptions(q.Between) != nil:
		return inquiry.TwoOptions(q.Between)
	}
	for _, n := range []setting{{"means", q.Means}, {"pairs", q.Pairs}, {"clauses", q.Clauses}} {
		if n.value < 0 {
			return CountOf(n.name, n.value, 0, 0, "0: none")
		}
	}
	return q.check()
}
