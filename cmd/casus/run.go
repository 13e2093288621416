package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"casus/model"
	"casus/report"
	"casus/study"
)

// newRun is the main job: a case over many worlds, reported and recorded.
func newRun() *cobra.Command {
	var plan study.Plan
	var record string
	var asJSON bool
	var picture string
	c := &cobra.Command{
		Use:   "run CASE|FOLDER|FILE",
		Short: "Run a case over many worlds and report",
		Long: `run plays the crisis of a case in many worlds and reports. A case with a course
and no crisis has nothing to play: run judges the course by the law of each day
and prints the ledger; it exits with 3 where the record says otherwise.`,
		Example: `  casus run ukraine
  casus run ukraine --worlds 2048 --view restraint --option europe,monitors
  casus run ./mycase --record ./myrecord
  casus run 1914 --picture 1914.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			for _, name := range []string{"worlds", "horizon"} { // in a plan 0 is the default
				if f := c.Flags().Lookup(name); f.Changed && f.Value.String() == "0" {
					return fmt.Errorf("--%s is at least 1, got 0", name)
				}
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
			return runCase(c, m, k, plan, record)
		},
	}
	f := c.Flags()
	f.IntVar(&plan.Worlds, "worlds", study.DefaultWorlds, "worlds for each view")
	f.Uint64Var(&plan.Seed, "seed", study.DefaultSeed, "seed of the draws")
	f.StringVar(&plan.Design, "design", "sobol", "how worlds are laid out: sobol, lhs or mc")
	f.IntVar(&plan.Horizon, "horizon", 0, "years played (default: as the case says)")
	f.StringVar(&plan.Date, "date", "", "the day whose law holds (default: as the case says)")
	f.StringSliceVar(&plan.Options, "option", nil, "options to run (default: all)")
	f.StringSliceVar(&plan.Views, "view", nil, "views to run (default: all)")
	f.StringVar(&plan.Baseline, "baseline", "", "option the others are compared with (default: as the case says)")
	f.IntVar(&plan.Workers, "workers", 0, "workers (default: one for each processor)")
	f.IntVar(&plan.MaxStates, "max-states", 0, "bound on the states of one option's graph (default 400000)")
	f.BoolVar(&asJSON, "json", false, "print the ledger of a course as JSON")
	f.StringVar(&picture, "picture", "", "also draw a course into this SVG file")
	f.StringVar(&record, "record", "", "folder to write the record into (default: casus-records/CASE)")
	return c
}

// loadCase loads the one case an argument names and shows its problems.
func loadCase(c *cobra.Command, name string) (*model.Model, *model.Case, error) {
	m, problems, err := load(name)
	if err != nil {
		return nil, nil, err
	}
	if err := refuse(c, problems); err != nil {
		return nil, nil, err
	}
	k, err := caseOf(m, name)
	return m, k, err
}

func runCase(c *cobra.Command, m *model.Model, k *model.Case, plan study.Plan, folder string) error {
	if k.Crisis == nil {
		return fmt.Errorf("case %s has no crisis to run; casus why answers questions of law", k.Name)
	}
	if folder == "" {
		folder = filepath.Join("casus-records", k.Name)
	}
	if err := study.MayWrite(folder); err != nil {
		return err
	}
	bar := newBar(c.ErrOrStderr())
	r, err := study.Run(c.Context(), m, k, plan, bar.tell)
	bar.clear()
	if err != nil {
		return err
	}
	if r.Partial && len(r.Results) == 0 {
		fmt.Fprintln(c.ErrOrStderr(), "no option was finished; no record is written")
		return context.Canceled
	}
	if err := r.Write(folder); err != nil {
		return fmt.Errorf("writing the record: %w", err)
	}
	width, _ := screen(c.OutOrStdout())
	if err := report.Text(c.OutOrStdout(), r, width); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "\nRecord: %s (casus report %s shows this again)\n", folder, folder)
	if r.Partial {
		return context.Canceled
	}
	return nil
}

// bar is a progress bar on a terminal, for what takes over a second.
type bar struct {
	w     io.Writer
	from  time.Time
	shown bool
	last  time.Time
}

func newBar(w io.Writer) *bar {
	if p, ok := w.(*pipe); ok {
		w = p.w
	}
	if f, ok := w.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return &bar{}
	}
	return &bar{w: w, from: time.Now()}
}

func (b *bar) tell(done, total int) {
	now := time.Now()
	if b.w == nil || now.Sub(b.from) < time.Second || now.Sub(b.last) < 100*time.Millisecond {
		return
	}
	b.last, b.shown = now, true
	const wide = 40
	full := wide * done / max(total, 1)
	fmt.Fprintf(b.w, "\r%s%s %3d %%", strings.Repeat("█", full), strings.Repeat("░", wide-full), 100*done/max(total, 1))
}

func (b *bar) clear() {
	if b.shown {
		fmt.Fprintf(b.w, "\r%s\r", strings.Repeat(" ", 50))
	}
}
