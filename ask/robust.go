package ask

import (
	"context"
	"strconv"

	"casus/lang/source"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Robust asks how options fare over many worlds, by every criterion of choice.
type Robust struct {
	Worlds
	Measures   []string // none: the first of the case that say which way is better
	Thresholds []string // what is good enough, as in nato_war<=5%
	Between    []string // two options to hold against each other
	Alpha      float64  // Hurwicz's weight of the best world
	By         string   // what dominance compares
}

// Answer runs the case, or reads the record, and compares.
func (q Robust) Answer(ctx context.Context, to Told) (*inquiry.Robust, error) {
	a := inquiry.RobustAsk{Measures: q.Measures, Between: q.Between, Alpha: q.Alpha, By: decision.Summary(q.By), Options: q.Plan.Options, Views: q.Plan.Views}
	for _, s := range q.Thresholds {
		th, err := inquiry.ParseThreshold(s)
		if err != nil {
			return nil, misused(err)
		}
		a.Thresholds = append(a.Thresholds, th)
	}
	called := func(s lexicon) error {
		return Together(s.options.lists(&a.Options, &a.Between), s.views.lists(&a.Views), s.measures.lists(&a.Measures))
	}
	r, err := q.record(ctx, to, false, called, func(m *model.Model, k *model.Case) error {
		return a.Check(study.Measures(m, k), optionNames(k), usedNames(m, k))
	})
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Robust, error) { return a.Of(r) })
}

// Value asks what it would be worth to know an assumption before choosing.
type Value struct {
	Worlds
	Measure string   // empty: the first of the case that says which way is better
	Groups  []string // assumptions learned together: NAME=ASSUMPTION,ASSUMPTION
}

// Answer runs the case, or reads the record, and values what could be known.
func (q Value) Answer(ctx context.Context, to Told) (*inquiry.Value, error) {
	out, err := q.answer(ctx, to)
	return out, source.AtName("--group", q.Groups, err)
}

func (q Value) answer(ctx context.Context, to Told) (*inquiry.Value, error) {
	a := inquiry.ValueAsk{Measure: q.Measure, Options: q.Plan.Options, Views: q.Plan.Views, Workers: q.Plan.Workers}
	for _, s := range q.Groups {
		g, err := inquiry.ParseGroup(s)
		if err != nil {
			return nil, misused(err)
		}
		a.Groups = append(a.Groups, g)
	}
	called := func(s lexicon) error {
		return Together(s.options.lists(&a.Options), s.views.lists(&a.Views), s.measures.words(&a.Measure))
	}
	r, err := q.record(ctx, to, true, called, func(m *model.Model, k *model.Case) error {
		return a.Check(study.Measures(m, k), optionNames(k), usedNames(m, k))
	})
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Value, error) { return a.Of(ctx, r, to.progress) })
}

// usedNames are the assumptions of a case.
func usedNames(m *model.Model, k *model.Case) []string {
	var out []string
	for _, x := range m.Uses(k) {
		out = append(out, x.Name)
	}
	return out
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
