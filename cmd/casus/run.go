package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/model"
	"casus/report"
	"casus/study"
)

// newRun is the main job: a case over many worlds, reported and recorded.
func newRun() *cobra.Command {
	var plan study.Plan
	var keep kept
	var asJSON bool
	var picture string
	var resume resumed
	c := &cobra.Command{
		Use:   "run CASE|FOLDER|FILE",
		Short: "Run a case over many worlds and report",
		Long: `run plays the crisis of a case in many worlds and reports. A case with a course
and no crisis has nothing to play: run judges the course by the law of each day
and prints the ledger; it exits with 3 where the record says otherwise.

--until adds worlds, twice as many each time, until half of the 95 % interval of
every mean, and of every difference from the baseline, is short enough.
--resume goes on with a run that was stopped, from its record, and ends with the
bytes the run would have had; what is not asked for again is as in the record.
What is done is kept as it is done, so a run that was killed can be gone on with
too. A record of another plan is not replaced: the next one of the case goes to
casus-records/CASE-2.`,
		Example: `  casus run ukraine
  casus run ukraine --worlds 2048 --view entrapment --option europe,monitors
  casus run ./mycase --record ./myrecord
  casus run 1914 --picture 1914.svg
  casus run ukraine --until 0.01 --measure peace,nato_war
  casus run ukraine --resume casus-records/ukraine`,
		Args: func(c *cobra.Command, args []string) error { return resume.args(c, args) },
		RunE: func(c *cobra.Command, args []string) error {
			args = resume.take(args)
			if flag := zero(c, "worlds", "horizon", "most-worlds"); flag != "" {
				return fmt.Errorf("--%s is at least 1, got 0", flag)
			}
			if c.Flags().Changed("until") && plan.Until == 0 {
				return errors.New("--until is above 0, got 0")
			}
			if !c.Flags().Changed("until") && !resume.asked && (c.Flags().Changed("measure") || c.Flags().Changed("most-worlds")) {
				return usage("--measure and --most-worlds belong to --until", "as in --until 0.01 --measure peace")
			}
			m, k, err := loadCase(c, args[0])
			if err != nil {
				return err
			}
			switch {
			case k.Crisis == nil && k.Course != nil:
				return runCourse(c, m, k, asJSON, picture)
			case asJSON:
				return usage("--json is for a case with a course and no crisis", "a run leaves a record, in JSON and Parquet")
			case picture != "":
				return usage("--picture is for a case with a course and no crisis", "casus report RECORD --picture FILE draws a record")
			}
			return runCase(c, m, k, plan, keep, resume)
		},
	}
	f := c.Flags()
	planFlags(f, &plan, study.DefaultWorlds)
	f.StringSliceVar(&plan.Options, "option", nil, "options to run (default: all)")
	f.StringSliceVar(&plan.Views, "view", nil, "views to run (default: all)")
	f.StringVar(&plan.Baseline, "baseline", "", "option the others are compared with (default: as the case says)")
	f.BoolVar(&asJSON, "json", false, "print the ledger of a course as JSON")
	f.StringVar(&picture, "picture", "", "also draw a course into this SVG file")
	f.Float64Var(&plan.Until, "until", 0, "add worlds until half of the 95 % intervals is at most this: of a probability in itself, of other measures of the mean")
	f.StringSliceVar(&plan.Measures, "measure", nil, "measures the precision of --until is asked of (default: the first four of the case)")
	f.IntVar(&plan.MostWorlds, "most-worlds", 0, fmt.Sprintf("worlds for each view at which --until gives up (default %d)", study.DefaultMost))
	f.Var(&resume, "resume", "go on from the record of a stopped run (default: the newest of the case that is not finished)")
	f.Lookup("resume").NoOptDefVal = ownRecord
	keep.flags(f)
	return c
}

// loadCase loads the one case an argument names and shows its problems.
func loadCase(c *cobra.Command, name string) (*model.Model, *model.Case, error) {
	m, problems, err := ask.Load(name)
	if err != nil {
		return nil, nil, err
	}
	if err := refuse(c, problems); err != nil {
		return nil, nil, err
	}
	k, err := ask.CaseOf(m, name)
	return m, k, err
}

func runCase(c *cobra.Command, m *model.Model, k *model.Case, plan study.Plan, keep kept, resume resumed) error {
	if k.Crisis == nil {
		return fmt.Errorf("case %s has no crisis to run; casus why answers questions of law", k.Name)
	}
	w, folder, err := begin(c, m, k, plan, keep, resume)
	if err != nil {
		return err
	}
	r, lost, err := finish(c, w, folder)
	if err != nil {
		return err
	}
	if err := report.Text(c.OutOrStdout(), r, layout(c)); err != nil {
		return errors.Join(err, lost)
	}
	if lost != nil {
		return lost
	}
	fmt.Fprintf(c.OutOrStdout(), "\nRecord: %s (casus report %s shows this again)\n", folder, folder)
	if r.Partial {
		fmt.Fprintf(c.ErrOrStderr(), "the run was stopped; --resume %s goes on with it\n", folder)
		return context.Canceled
	}
	return nil
}

// begin settles a run, what it goes on from, and where its record goes.
func begin(c *cobra.Command, m *model.Model, k *model.Case, plan study.Plan, keep kept, resume resumed) (*study.Work, string, error) {
	if !resume.asked {
		w, err := study.Begin(m, k, plan)
		if err != nil {
			return nil, "", err
		}
		folder, err := keep.place(w, k.Name, c.ErrOrStderr())
		if err != nil {
			return nil, "", err
		}
		return w, folder, afford(w, keep, c.ErrOrStderr())
	}
	from := cmp.Or(resume.folder, keep.record, newest(k.Name))
	before, err := resume.read(from)
	if err != nil {
		return nil, "", err
	}
	w, err := study.Begin(m, k, resume.plan(c, plan, before))
	if err != nil {
		return nil, "", err
	}
	if err := afford(w, keep, c.ErrOrStderr()); err != nil {
		return nil, "", err
	}
	if err := w.GoOn(before); err != nil {
		return nil, "", err
	}
	if keep.record == "" || keep.record == from {
		return w, from, nil
	}
	folder, err := keep.place(w, k.Name, c.ErrOrStderr())
	return w, folder, err
}

// bar is a progress bar on a terminal, for what takes over a second. Elsewhere one
// line says how long it will take, where that is long.
type bar struct {
	w     io.Writer // nil: no terminal
	log   io.Writer
	from  time.Time
	shown bool
	said  bool
	last  time.Time
}

func newBar(w io.Writer) *bar {
	b := &bar{log: w, from: time.Now()}
	if f := terminalOf(w); f != nil {
		b.w = f
	}
	return b
}

// worthALine is how long a run must still take for a line about it.
const worthALine = 2 * time.Minute

func (b *bar) tell(done, total int) {
	now := time.Now()
	if b.w == nil && !b.said && done*50 >= total && now.Sub(b.from) > 2*time.Second {
		b.said = true
		if left := remaining(now.Sub(b.from), done, total); left > worthALine {
			fmt.Fprintf(b.log, "this takes about%s still\n", strings.TrimSuffix(strings.TrimPrefix(b.left(now, done, total), ","), " left"))
		}
	}
	if b.w == nil || now.Sub(b.from) < time.Second || now.Sub(b.last) < 100*time.Millisecond {
		return
	}
	b.last, b.shown = now, true
	const wide = 40
	full := wide * done / max(total, 1)
	fmt.Fprintf(b.w, "\r%s%s %3d %%%-14s", strings.Repeat("█", full), strings.Repeat("░", wide-full), 100*done/max(total, 1), b.left(now, done, total))
}

// left says how long it will take still, once that can be told.
func (b *bar) left(now time.Time, done, total int) string {
	if done*50 < total || done == 0 {
		return ""
	}
	left := remaining(now.Sub(b.from), done, total)
	switch {
	case left > time.Hour:
		return fmt.Sprintf(", %.1f h left", left.Hours())
	case left > time.Minute:
		return fmt.Sprintf(", %.0f min left", left.Minutes())
	}
	return ""
}

// remaining is how long the rest takes if it goes on as it went.
func remaining(gone time.Duration, done, total int) time.Duration {
	if done == 0 {
		return 0
	}
	return time.Duration(float64(gone) * float64(total-done) / float64(done))
}

func (b *bar) clear() {
	if b.shown {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", 64))
	}
}
