package ask

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"casus/data"
	"casus/finding"
	"casus/law"
	"casus/law/counsel"
	"casus/model"
	"casus/worlds/study"
)

// Run asks for the main job: a case over many worlds, with a record; of a case
// with a course and no crisis, for the ledger of the course.
type Run struct {
	Worlds
	File   string // a table of worlds to run, in place of drawn ones
	Resume bool   // go on from a record
	From   string // the record to go on from; empty: the newest of the case that is not finished

	whole bool // nothing is shown of a run that is stopped
}

// Ran holds the result of a run: a record, or the ledger of a course.
type Ran struct {
	Model  *model.Model
	Case   *model.Case
	Course *counsel.Course // of a course; then there is no record

	Record *study.Record
	Folder string // where the record was written
	Lost   error  // why it was not written there
}

// Answer runs the case. A run that was stopped is no error: its record is
// partial.
func (q Run) Answer(ctx context.Context, to Told) (*Ran, error) {
	if err := q.refuse(); err != nil {
		return nil, err
	}
	m, k, err := q.Of.Load(to)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil && k.Course != nil {
		return q.course(m, k)
	}
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	if err := q.give(to); err != nil {
		return nil, err
	}
	if err := q.named(lexiconOf(m, k)); err != nil {
		return nil, err
	}
	q.fewer()
	w, folder, err := q.begin(to, m, k)
	if err != nil {
		return nil, err
	}
	if err := foretell(ctx, w, to, roomOfRun); err != nil {
		return nil, err
	}
	out := &Ran{Model: m, Case: k, Folder: folder}
	out.Record, out.Lost, err = finish(ctx, to, w, folder, q.whole)
	return out, err
}

// refuse is the error of settings that mean nothing.
func (q *Run) refuse() error {
	if err := q.check(); err != nil {
		return err
	}
	if q.given("until") && !(q.Plan.Until > 0 && q.Plan.Until < 1) {
		return Usage("--until is a half-width above 0 and below 1, got "+number(q.Plan.Until), "0.01 is usual")
	}
	if !q.given("until") && !q.Resume && (q.given("measure") || q.given("most-worlds")) {
		return Usage("--measure and --most-worlds belong to --until", "as in --until 0.01 --measure peace")
	}
	return q.refuseWorlds()
}

// refuseWorlds is the error of settings that say otherwise which worlds are run.
func (q *Run) refuseWorlds() error {
	if q.given("first") && (q.Plan.First < 0 || q.Plan.First >= study.MaxNumber) {
		return CountOf("first", q.Plan.First, 0, study.MaxNumber-1, "")
	}
	if q.Plan.First > 0 && q.given("until") {
		return Usage("--until adds worlds to the first ones, and these begin with world "+strconv.Itoa(q.Plan.First), "leave one of the two out")
	}
	if name := q.firstGiven("worlds", "first", "seed", "design", "until", "measure", "most-worlds"); q.File != "" && name != "" {
		return Usage("--"+name+" is for worlds that are drawn, and --file gives them", "leave one of the two out")
	}
	return nil
}

// give reads the worlds that a file gives; of a run that goes on, only once it is
// known which file gave them.
func (q *Run) give(to Told) error {
	if q.File == "" || q.Resume {
		return nil
	}
	return q.read(q.File, to)
}

// read reads the worlds of a file.
func (q *Run) read(file string, to Told) error {
	t, problems, err := data.ReadColumns(file, []string{})
	if err != nil {
		return unreadableTable(err)
	}
	if len(problems) > 0 { // a world that is left out in silence would shift all that follow
		to.odd(problems)
		return fmt.Errorf("%s: %s; no world was run", file, finding.Count(len(problems), "bad row"))
	}
	for _, s := range t.Said {
		to.say("%s: %s", file, s)
	}
	q.Plan.Given = study.NewGiven(t)
	return nil
}

// course judges the course of a case.
func (q *Run) course(m *model.Model, k *model.Case) (*Ran, error) {
	if name := q.firstGiven("worlds", "first", "file", "seed", "design", "horizon", "date", "option", "view", "baseline", "workers", "max-states", "record"); name != "" {
		return nil, Usage("--"+name+" is for a case with a crisis", "case "+k.Name+" has a course, which is judged as it was")
	}
	return &Ran{Model: m, Case: k, Course: counsel.NewCourse(law.JudgeCourse(m, k))}, nil
}

// begin settles a run, what it goes on from, and where its record goes.
func (q *Run) begin(to Told, m *model.Model, k *model.Case) (*study.Work, string, error) {
	if !q.Resume {
		w, err := study.Begin(m, k, q.Plan)
		if err != nil {
			return nil, "", err
		}
		folder, err := q.Keep.place(w, k.Name, to)
		if err != nil {
			return nil, "", err
		}
		return w, folder, q.afford(w, to)
	}
	from := cmp.Or(q.From, q.Keep.Record, newest(k.Name))
	before, err := unfinished(from)
	if err != nil {
		return nil, "", err
	}
	if err := q.giveAgain(before, from, to); err != nil {
		return nil, "", err
	}
	w, err := study.Begin(m, k, q.resumed(before))
	if err != nil {
		return nil, "", err
	}
	if err := q.afford(w, to); err != nil {
		return nil, "", err
	}
	if err := w.GoOn(before); err != nil {
		return nil, "", err
	}
	if q.Keep.Record == "" || q.Keep.Record == from {
		return w, from, nil
	}
	folder, err := q.Keep.place(w, k.Name, to)
	return w, folder, err
}
