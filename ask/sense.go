package ask

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/worlds/inquiry"
	"casus/worlds/sensitivity"
	"casus/worlds/study"
)

// Sense asks which assumptions decide a measure, or the difference of two
// options on it.
type Sense struct {
	Worlds
	Query     inquiry.SenseQuery // but for its groups, correlations, and the seed and workers of the bootstrap
	Groups    []string           // weigh several as one: NAME=a,b,c
	Correlate []string           // rank correlation of two assumptions: a,b=0.6
}

// Answer runs the worlds that the methods want; of a record it asks those that
// were run.
func (q Sense) Answer(ctx context.Context, to Told) (*inquiry.Sensitivity, error) {
	out, err := q.answer(ctx, to)
	return out, source.AtName("--group", q.Groups, source.AtName("--correlate", q.Correlate, err))
}

func (q Sense) answer(ctx context.Context, to Told) (*inquiry.Sensitivity, error) {
	ofRecord := NamesRecord(q.Of.Path)
	if err := q.settle(ofRecord); err != nil {
		return nil, err
	}
	if ofRecord {
		r, err := q.Of.record(to, true)
		if err == nil {
			err = Together(r.NeedRows("sense"), q.called(lexiconIn(r).heard(to)))
		}
		if err != nil {
			return nil, err
		}
		return heard(ctx, func() (*inquiry.Sensitivity, error) { return q.ofWorlds(r) })
	}
	m, k, err := q.Of.crisis(to)
	if err == nil {
		s := lexiconOf(m, k).heard(to)
		err = Together(q.named(s), q.called(s))
	}
	if err != nil {
		return nil, err
	}
	if !q.Weighted {
		q.fewer()
		if err := extentOf(m, k, len(q.Query.Options)+len(q.Query.Between), len(q.Query.Views)).sensed(q.Query).afford(to, q.Memory, q.Plan.Worlds); err != nil {
			return nil, err
		}
		return heard(ctx, func() (*inquiry.Sensitivity, error) { return inquiry.Sense(ctx, m, k, q.Plan, q.Query, to.progress) })
	}
	r, err := q.run(ctx, to, m, k, asksOfRows)
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Sensitivity, error) { return q.ofWorlds(r) })
}

// settle checks the numbers and reads groups and correlations.
func (q *Sense) settle(ofRecord bool) error {
	if err := q.check(); err != nil {
		return err
	}
	for _, n := range []setting{{"rows", q.Query.Rows}, {"trajectories", q.Query.Trajectories}, {"resamples", q.Query.Bootstrap.Resamples}} {
		if q.given(n.name) && n.value < 1 { // in a query 0 is the default
			return CountOf(n.name, n.value, 1, 0, "")
		}
	}
	if ofRecord {
		if err := q.ofRecord("rows", "trajectories"); err != nil {
			return err
		}
	}
	for _, words := range q.Groups {
		g, err := inquiry.ParseGroup(words)
		if err != nil {
			return err
		}
		q.Query.Groups = append(q.Query.Groups, sensitivity.Group{Name: g.Name, Inputs: g.Assumptions})
	}
	for _, words := range q.Correlate {
		x, err := readCorrelation(words)
		if err != nil {
			return err
		}
		q.Query.Correlations = append(q.Query.Correlations, x)
	}
	q.Query.Bootstrap.Seed, q.Query.Bootstrap.Workers = q.Plan.Seed, q.Plan.Workers
	if err := misused(q.Query.Check(ofRecord || q.Weighted)); err != nil || ofRecord {
		return err
	}
	return q.idle()
}

// idle is the error of a number that no method asked for reads.
func (q *Sense) idle() error {
	for _, n := range []struct {
		name    string
		methods []string
		others  string
	}{
		{"rows", []string{inquiry.MethodSobol}, "sobol"},
		{"trajectories", []string{inquiry.MethodMorris}, "morris"},
		{"worlds", []string{inquiry.MethodGiven, inquiry.MethodDelta, inquiry.MethodRegional, inquiry.MethodDGSM}, "given, delta, regional and dgsm"},
	} {
		if q.given(n.name) && !q.Query.Asks(q.Weighted, n.methods...) && !(q.Weighted && n.name == "worlds") {
			return Belongs(n.name, "method "+n.others, "the number of sobol is --rows, that of morris --trajectories")
		}
	}
	return nil
}

func readCorrelation(words string) (study.Correlation, error) {
	pair, number, found := strings.Cut(words, "=")
	a, b, two := strings.Cut(pair, ",")
	r, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	x := study.Correlation{A: strings.TrimSpace(a), B: strings.TrimSpace(b), Rank: r}
	switch {
	case !found || !two || err != nil || x.A == "" || x.B == "":
		return x, source.AtWords("--correlate", words, Usage(fmt.Sprintf("cannot read the correlation %q", words), "write --correlate a,b=0.6"))
	case !(r > -1 && r < 1):
		number = strings.TrimSpace(number)
		at := source.Pos{File: source.Typed("--correlate", words), Offset: strings.LastIndex(words, number)}
		return x, source.At(at, len(number), Usage("a rank correlation lies between -1 and 1, got "+number, "make two that are one into one assumption"))
	}
	return x, nil
}

// ofWorlds asks worlds that were run, picked by what happened if that is asked
// for.
func (q *Sense) ofWorlds(r *study.Record) (*inquiry.Sensitivity, error) {
	if q.Weighted {
		var err error
		if r, err = r.ByRecord(); err != nil {
			return nil, err
		}
	}
	return q.Query.Of(r)
}

// called puts names in the place of what the query calls otherwise.
func (q *Sense) called(s lexicon) error {
	return Together(s.options.lists(&q.Query.Options, &q.Query.Between), s.views.lists(&q.Query.Views), s.measures.lists(&q.Query.Measures))
}
