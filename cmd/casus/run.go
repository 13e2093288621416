package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/worlds/study"
)

// running are the flags of run.
type running struct {
	q       ask.Run
	of      string
	json    bool
	picture string
	resume  resumed
	tell    extent
	worlds  stretch
}

// newRun is the main job: a case over many worlds, reported and recorded.
func newRun() *cobra.Command {
	var r running
	c := &cobra.Command{
		Use:   "run CASE|FOLDER|FILE",
		Short: "Run a case over many worlds and report",
		Long: `run plays the crisis of a case in many worlds and prints what follows on one
screen; --full prints the whole report, --part some of it. A case with a course
and no crisis has nothing to play: run judges the course by the law of each day
and prints the ledger; it exits with 3 where the record says otherwise.

--until adds worlds, twice as many each time, until half of the 95 % interval of
every mean, and of every difference from the baseline, is short enough.
--worlds FROM..TO runs worlds FROM to TO, numbered from 0, with the bytes that
their rows have in the whole run: to look at the worst world again, or to do a
part. --file runs worlds that somebody wrote down: a column for each assumption by
its name (casus list assumptions CASE); those it lacks are at their median. A
column view says whose worlds they are; without it they are all views'.
--resume goes on with a run that was stopped, from its record, and ends with the
bytes the run would have had; what is not asked for again is as in the record.
What is done is kept as it is done, so a run that was killed can be gone on with
too. A record of another plan is not replaced: the next one of the case goes to
casus-records/CASE-2.`,
		Example: `  casus run ukraine
  casus run ukraine --worlds 2048 --view entrapment --option europe,monitors
  casus run ukraine --part law,chains
  casus run ./mycase --record ./myrecord
  casus run 1914 --picture 1914.svg
  casus run ukraine --worlds 137..137 --option europe --full
  casus run ukraine --file worlds.parquet
  casus run ukraine --until 0.01 --measure peace,nato_war
  casus run ukraine --resume casus-records/ukraine`,
		Args: func(c *cobra.Command, args []string) error { return r.resume.args(c, args) },
		RunE: func(c *cobra.Command, args []string) error { return r.run(c, args) },
	}
	r.flags(c.Flags())
	return c
}

// run puts the flags into the question and shows the answer.
func (r *running) run(c *cobra.Command, args []string) error {
	args, record := r.resume.take(args)
	if len(args) == 0 { // --resume alone
		var err error
		if r.q.Of, record, err = ask.Stopped(record); err != nil {
			return err
		}
	} else {
		r.q.Of = named(args, r.of)
	}
	r.q.Given = r.worlds.given(c)
	r.q.Resume, r.q.From = r.resume.asked, record
	if err := errors.Join(r.worlds.once(c), r.tell.check(c)); err != nil {
		return err
	}
	return showRun(c, &r.q, r.tell, r.json, r.picture)
}

func (r *running) flags(f *pflag.FlagSet) {
	q := &r.q
	caseFlag(f, &r.of)
	planFlags(f, &q.Plan, study.DefaultWorlds)
	f.IntVar(&q.Plan.First, "first", 0, "number of the first world")
	r.worlds.flag(f, &q.Plan.First)
	f.StringVar(&q.File, "file", "", "run the worlds of this table (Parquet or CSV): a row for each, a column for each assumption")
	f.StringSliceVar(&q.Plan.Options, "option", nil, "options to run (default: all)")
	f.StringSliceVar(&q.Plan.Views, "view", nil, "views to run (default: all)")
	f.StringVar(&q.Plan.Baseline, "baseline", "", "option the others are compared with (default: as the case says)")
	f.BoolVar(&r.json, "json", false, "write JSON")
	f.StringVar(&r.picture, "picture", "", "also draw the answer into this SVG file")
	fractionFlag(f, &q.Plan.Until, "until", 0, "add worlds until half of the 95 % intervals is at most this: of a probability in itself, of other measures of the mean")
	f.StringSliceVar(&q.Plan.Measures, "measure", nil, "measures the precision of --until is asked of (default: the first four of the case)")
	f.IntVar(&q.Plan.MostWorlds, "most-worlds", 0, fmt.Sprintf("worlds for each view at which --until gives up (default %d)", study.DefaultMost))
	f.Var(&r.resume, "resume", "go on from the record of a stopped run (default: the newest of the case, or of all, that is not finished)")
	f.Lookup("resume").NoOptDefVal = ownRecord
	f.StringVar(&q.Keep.Record, "record", "", "folder to write the record into (default: casus-records/CASE, or CASE-2 … where that holds another plan)")
	memoryFlag(f, &q.Memory)
	f.BoolVar(&q.Keep.Replace, "replace", false, "replace the record that is there, whatever its plan")
	r.tell.flags(f)
}

// showRun runs, reports, and says where the record is.
func showRun(c *cobra.Command, q *ask.Run, tell extent, asJSON bool, picture string) error {
	x, err := q.Answer(c.Context(), told(c))
	switch {
	case err != nil:
		return err
	case x.Course != nil:
		return showCourse(c, x, asJSON, picture)
	}
	err = drawRecord(c, picture, x.Record, nil)
	return errors.Join(err, showRecord(c, x, tell, asJSON))
}

// showRecord reports the record of a run, and says where it is.
func showRecord(c *cobra.Command, x *ask.Ran, tell extent, asJSON bool) error {
	kept := x.Folder
	if x.Lost != nil {
		kept = ""
	}
	if err := tell.tell(c, x.Record, kept, asJSON); err != nil {
		return errors.Join(err, x.Lost)
	}
	if x.Lost != nil {
		return x.Lost
	}
	if tell.asked() && !asJSON {
		fmt.Fprintln(c.OutOrStdout())
		if err := lines(c, fmt.Sprintf("Record: %s (%s shows this again)", x.Folder, ask.CommandLine("report", x.Folder)+tell.words())); err != nil {
			return err
		}
	}
	if x.Record.Partial {
		say(c.ErrOrStderr(), fmt.Sprintf("the run was stopped; --resume %s goes on with it", x.Folder))
		return context.Canceled
	}
	return nil
}
