package ask

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/finding"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Worlds holds the words shared by questions about many worlds. They accept a
// case, which is run, or a record, which is read.
type Worlds struct {
	Of       Named
	Plan     study.Plan
	Weighted bool  // pick the worlds by how well they give what happened
	Keep     Keep  // a record is written where it names a folder
	Memory   int64 // bytes that may be used; 0: what the machine has

	// Given reports whether a setting of that name was given, as in "worlds": a
	// record has settings of its own, and 0 is not to pass for a default. Nil:
	// nothing was.
	Given func(name string) bool
}

func (q *Worlds) given(name string) bool { return q.Given != nil && q.Given(name) }

// firstGiven is the first of some settings that was given; empty when none was.
func (q *Worlds) firstGiven(names ...string) string {
	for _, name := range names {
		if q.given(name) {
			return name
		}
	}
	return ""
}

// runSettings name the settings that make worlds; a record has its own.
var runSettings = []string{"worlds", "seed", "design", "horizon", "date", "max-states", "memory", "record", "replace"}

// ofRecord is the error of a setting that a record has of its own.
func (q *Worlds) ofRecord(more ...string) error {
	if name := q.firstGiven(append(more, runSettings...)...); name != "" {
		return Usage("--"+name+" is for a case that is run, and "+q.Of.Path+" is the record of one", "leave it out, or name the case")
	}
	return nil
}

// setting is a number with the name under which it is given.
type setting struct {
	name  string
	value int
}

// mostStates bounds what --max-states may allow.
const mostStates = 1 << 26

// countOfStates is the error of a --max-states that means nothing.
func countOfStates(n int) error {
	return CountOf("max-states", n, 0, mostStates, "")
}

// countOfWorkers is the error of a --workers that means nothing: none is one for each
// processor where nobody named it.
func countOfWorkers(n int, named bool) error {
	if n == 0 && !named {
		return nil
	}
	return CountOf("workers", n, 1, study.MaxWorkers, "")
}

// CountOf is the error of a number given by a flag that is not within its bounds. A
// bound of 0 above is none.
func CountOf(flag string, n, least, most int, hint string) error {
	bounds := fmt.Sprintf("from %d to %d", least, most)
	if most == 0 {
		bounds = fmt.Sprintf("from %d", least)
	}
	return lack(n < least || most > 0 && n > most, fmt.Sprintf("--%s is a whole number %s, got %d", flag, bounds, n), hint)
}

// check is the error of numbers that mean nothing.
func (q *Worlds) check() error {
	for _, n := range []struct {
		name       string
		value, max int
	}{{"worlds", q.Plan.Worlds, q.Plan.Bound()}, {"horizon", q.Plan.Horizon, model.MaxHorizon}, {"most-worlds", q.Plan.MostWorlds, study.MaxWorlds}} {
		if q.given(n.name) && (n.value < 1 || n.value > n.max) {
			return CountOf(n.name, n.value, 1, n.max, "")
		}
	}
	if err := Together(countOfWorkers(q.Plan.Workers, q.given("workers")), sizeOfMemory(q.Memory, q.given("memory"))); err != nil {
		return err
	}
	return countOfStates(q.Plan.MaxStates)
}

// NamesRecord reports whether a name is that of a record, whole or damaged: a
// folder with one of its files, or its manifest. A shipped case wins over a
// folder of its name.
func NamesRecord(name string) bool {
	if Shipped(name) {
		return false
	}
	if filepath.Base(name) == "manifest.json" {
		return true
	}
	return slices.ContainsFunc([]string{"manifest.json", "measures.parquet", "worlds.parquet", "run.journal"}, func(f string) bool {
		_, err := os.Stat(filepath.Join(name, f))
		return err == nil || !errors.Is(err, fs.ErrNotExist) && !strings.Contains(err.Error(), "not a directory")
	})
}

// record reads the record that is named, or makes that of the case that is, run
// now; its worlds picked by what happened, if that is asked for. Called puts names in
// the place of the question's own words, and fits is asked before a case is run; draws
// says whether the draws of a record are wanted too.
func (q *Worlds) record(ctx context.Context, to Told, draws bool, called func(lexicon) error, fits func(*model.Model, *model.Case) error) (*study.Record, error) {
	r, err := q.plain(ctx, to, draws, asksOfRows, called, fits)
	if err == nil {
		err = r.NeedRows("this question")
	}
	if err != nil || !q.Weighted {
		return r, err
	}
	return heard(ctx, r.ByRecord)
}

func (q *Worlds) plain(ctx context.Context, to Told, draws bool, times int64, called func(lexicon) error, fits func(*model.Model, *model.Case) error) (*study.Record, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if NamesRecord(q.Of.Path) {
		if err := q.ofRecord(); err != nil {
			return nil, err
		}
		r, err := q.Of.record(to, draws)
		if err == nil {
			err = called(lexiconIn(r).heard(to))
		}
		return r, err
	}
	m, k, err := q.Of.crisis(to)
	if err == nil {
		s := lexiconOf(m, k).heard(to)
		err = Together(q.named(s), called(s))
	}
	if err != nil {
		return nil, err
	}
	if err := fits(m, k); err != nil {
		return nil, err
	}
	return q.run(ctx, to, m, k, times)
}

// run runs a case to its end; of a part of its options nothing can be said. What is
// asked of its worlds then takes so many times their room.
func (q *Worlds) run(ctx context.Context, to Told, m *model.Model, k *model.Case, times int64) (*study.Record, error) {
	q.fewer()
	work, err := study.Begin(m, k, q.Plan)
	if err != nil {
		return nil, err
	}
	if err := q.affordRows(ctx, to, work, times); err != nil {
		return nil, err
	}
	r, lost, err := q.end(ctx, to, work, k.Name)
	switch {
	case err != nil:
		return nil, err
	case lost != nil:
		return nil, lost
	}
	return r, nil
}

// end does the work, with a record where one is wanted.
func (q *Worlds) end(ctx context.Context, to Told, work *study.Work, name string) (r *study.Record, lost, err error) {
	if q.Keep.Record == "" {
		r, err = heard(ctx, func() (*study.Record, error) { return work.RunWhole(ctx, to.progress) })
		return r, nil, err
	}
	folder, err := q.Keep.place(work, name, to)
	if err != nil {
		return nil, nil, err
	}
	return finish(ctx, to, work, folder, true)
}

func optionNames(k *model.Case) []string {
	var out []string
	for _, o := range k.Options {
		out = append(out, o.Name)
	}
	return out
}

// Report asks a record for what it holds.
type Report struct {
	Record string
	Turns  bool           // what the widest gap turns on is wanted too, for which draws are read
	Choice inquiry.Choice // of measures, options and views, for a picture
}

// Answer reads it. Without its draws all but one sentence of the answer stands, so that
// their lack is only said.
func (q Report) Answer(to Told) (*study.Record, error) {
	r, err := to.record(q.Record, false)
	if err == nil {
		err = lexiconIn(r).choice(&q.Choice)
	}
	if err == nil {
		err = q.Choice.Check(r)
	}
	if err != nil {
		return nil, err
	}
	if q.Turns && !r.Partial {
		err := r.ReadDraws(q.Record)
		switch lost := slices.ContainsFunc(r.Warnings, func(w finding.Warning) bool { return w.Kind == finding.Damaged }); {
		case lost: // which is said
			to.say("what the widest gap turns on is left out")
		case err != nil:
			to.say("what the widest gap turns on is left out: %v", err)
		}
	}
	return r, nil
}

// Convergence asks how the means of a record settled as worlds were added.
type Convergence struct {
	Record string
	Choice inquiry.Choice
}

// Answer follows them in eighths of the worlds, for a table, and at so many points, for
// a picture; 0: for none.
func (q Convergence) Answer(points int, to Told) (table, drawn *inquiry.Convergence, err error) {
	r, err := q.record(to)
	if err != nil {
		return nil, nil, err
	}
	if points > 0 {
		if drawn, err = q.Choice.Of(r, inquiry.Spread(r, points)); err != nil {
			return nil, nil, err
		}
	}
	table, err = q.Choice.Of(r, inquiry.Eighths(r))
	return table, drawn, err
}

// record reads a record of which means can be followed.
func (q *Convergence) record(to Told) (*study.Record, error) {
	r, err := to.record(q.Record, false)
	if err == nil {
		err = lexiconIn(r).choice(&q.Choice)
	}
	if err == nil {
		err = q.Choice.Check(r)
	}
	if err == nil {
		err = r.NeedRows("convergence")
	}
	if err == nil && len(r.Results) == 0 {
		err = errors.New("no option was finished: the record has no means to follow")
	}
	return r, err
}

// Past asks what each view implies beside what happened.
type Past struct{ Worlds }

// Answer plays the cases that a case is held against; of a record nothing is
// played.
func (q Past) Answer(ctx context.Context, to Told) (*inquiry.Past, error) {
	if NamesRecord(q.Of.Path) && q.given("view") {
		return nil, Usage("--view is for a case that is played", "a record has the views it was run with")
	}
	q.Plan.PastOnly = true
	r, err := q.plain(ctx, to, false, asksOfRows, q.named, func(*model.Model, *model.Case) error { return nil })
	if err != nil {
		return nil, err
	}
	return heard(ctx, func() (*inquiry.Past, error) { return inquiry.PastOf(r) })
}
