package ask

import (
	"context"
	"fmt"
	"slices"

	"casus/worlds/discovery"
	"casus/worlds/inquiry"
)

// Search holds the words that say how conditions are searched for.
type Search struct {
	inquiry.SearchPlan
	Given func(name string) bool // as in Worlds
}

// check is the error of numbers that mean nothing; 0 is a default inside.
func (s *Search) check() error {
	given := func(name string) bool { return s.Given != nil && s.Given(name) }
	switch {
	case given("box") && s.Box < 0:
		return CountOf("box", s.Box, 0, 0, "")
	case given("box") && given("density"):
		return Usage("--box and --density both choose the box to describe", "give one of them")
	case !(s.PRIM.Threshold > 0 && s.PRIM.Threshold <= 1):
		return Usage(fmt.Sprintf("--density is above 0 and at most 1, got %v", s.PRIM.Threshold), "")
	case !(s.PRIM.Peel >= 0.001 && s.PRIM.Peel < 0.5):
		return Usage(fmt.Sprintf("--peel is from 0.001 to below 0.5, got %v", s.PRIM.Peel), "0.05 and 0.1 are usual")
	case !(s.PRIM.MassMin > 0 && s.PRIM.MassMin <= 1):
		return Usage(fmt.Sprintf("--mass is above 0 and at most 1, got %v", s.PRIM.MassMin), "")
	case s.PRIM.Objective != "" && !slices.Contains(discovery.Objectives(), s.PRIM.Objective):
		return Unknown("objective", s.PRIM.Objective, discovery.Objectives())
	case !(s.QP >= 0 && s.QP < 1):
		return Usage(fmt.Sprintf("--qp is from 0 to below 1, got %v", s.QP), "0.05 is usual")
	case s.Leaf < 0 || given("leaf") && s.Leaf == 0:
		return CountOf("leaf", s.Leaf, 1, 0, "")
	case s.Bins < 1 || s.Bins > 12:
		return CountOf("bins", s.Bins, 1, 12, "")
	}
	return countOfWorkers(s.Workers, given("workers"))
}

// Discover asks under which ranges of assumptions something is so.
type Discover struct {
	Worlds
	Question inquiry.Question
	Search   inquiry.SearchPlan // but for its seed and workers
}

// Answer searches the worlds of a case, and measures what it found in new ones;
// of a record nothing is run.
func (q Discover) Answer(ctx context.Context, to Told) (*inquiry.Discovered, error) {
	q.Search.Seed, q.Search.Workers = q.Plan.Seed, q.Plan.Workers
	if !NamesRecord(q.Of.Path) {
		return q.fromCase(ctx, to)
	}
	if err := q.refuse(); err != nil {
		return nil, err
	}
	if name := q.firstGiven("worlds", "design", "horizon", "date", "option", "max-states"); name != "" {
		return nil, Usage("--"+name+" is for a case that is run, and "+q.Of.Path+" is the record of one", "leave it out, or name the case")
	}
	r, err := q.Of.record(to, true)
	if err == nil {
		s := lexiconIn(r)
		err = Together(r.NeedRows("a search for ranges"), s.views.lists(&q.Plan.Views), q.called(s))
	}
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Discovered, error) {
		return inquiry.Discover(ctx, r, q.Question, q.Plan.Views, q.Search)
	})
}

// refuse is the error of words that make no sense together.
func (q *Discover) refuse() error {
	regret := q.given("regret-above")
	switch {
	case !regret && q.Question.Where == "":
		return Usage("discover what? give --where or --regret-above", `as in --where "us_war[europe] > us_war[monitors]"`)
	case regret && q.Question.Where != "":
		return Usage("--where and --regret-above both say what is of interest", "give one of them")
	case regret && q.Question.Of == "":
		return Usage("--regret-above wants --of OPTION", "whose regret is it?")
	case !regret && (q.given("of") || q.given("measure")):
		return Usage("--of and --measure are for --regret-above", "--where names options and measures itself")
	}
	if err := q.check(); err != nil {
		return err
	}
	s := Search{q.Search, q.Given}
	return s.check()
}

func (q *Discover) fromCase(ctx context.Context, to Told) (*inquiry.Discovered, error) {
	m, k, err := q.Of.crisis(to)
	if err == nil {
		err = q.refuse()
	}
	if err == nil {
		s := lexiconOf(m, k)
		err = Together(q.named(s), q.called(s))
	}
	if err != nil {
		return nil, err
	}
	if q.Plan.Options, err = q.Question.Needs(m, k, q.Plan.Options); err != nil {
		return nil, err
	}
	r, err := q.run(ctx, to, m, k, asksTwice)
	if err != nil {
		return nil, err
	}
	found, err := heard(ctx, func() (*inquiry.Discovered, error) {
		return inquiry.Discover(ctx, r, q.Question, nil, q.Search)
	})
	if err != nil {
		return nil, err
	}
	q.Plan.Seed++
	fresh, err := q.run(ctx, Told{Progress: to.Progress, Begins: to.Begins}, m, k, asksTwice)
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Discovered, error) { return found, found.Refresh(fresh) })
}

// called puts names in the place of what the question calls otherwise.
func (q *Discover) called(s lexicon) error {
	return Together(s.options.words(&q.Question.Of), s.measures.words(&q.Question.Measure))
}
