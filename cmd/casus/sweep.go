package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
	"casus/worlds/study"
	"casus/worlds/sweep"
)

// newSweep does a run on several machines.
func newSweep() *cobra.Command {
	c := &cobra.Command{
		Use:   "sweep",
		Short: "Run a case on several machines, block by block",
		Long: `sweep divides a run into blocks that are done anywhere and joined to the record
that one machine would have made, to the byte. The folder of a sweep has all that
is needed; machines share it, or send each other its files.`,
		Example: `  casus sweep plan ukraine --worlds 65536 --out sweep
  casus sweep run sweep --part 1/2      # on one machine
  casus sweep run sweep --part 2/2      # on another
  casus sweep run sweep --engine slurm  # or all of it as an array of batch jobs
  casus sweep merge sweep --record ukraine-65536`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newSweepPlan(), newSweepRun(), newSweepMerge())
	return c
}

func newSweepPlan() *cobra.Command {
	var q ask.SweepPlan
	var of string
	c := &cobra.Command{
		Use:   "plan CASE|FOLDER|FILE --out FOLDER",
		Short: "Write the folder of a sweep: what is run, with digests, and its blocks",
		Long: `plan writes the folder of a sweep. With --keep summaries a block keeps sums in the
place of rows: exact sums and counts, a sketch of each distribution, the worlds at
the ends. They take as much room for a thousand million worlds as for a million;
medians and ranges of the report are then within 0.4 % of the value of their rank.`,
		Example: `  casus sweep plan ukraine --worlds 65536 --out sweep
  casus sweep plan ukraine --worlds 100000000 --keep summaries --out sweep`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error {
			q.Of, q.Given = named(args, of), c.Flags().Changed
			s, err := q.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			say(c.OutOrStdout(), fmt.Sprintf("%s: %s, each of up to %s; %s does them", q.Out, finding.Count(len(s.Blocks), "block"), finding.Count(s.Worlds, "world"), ask.CommandLine("sweep", "run", q.Out)))
			return nil
		},
	}
	f := c.Flags()
	caseFlag(f, &of)
	planFlags(f, &q.Plan, study.DefaultWorlds)
	f.Lookup("workers").Hidden = true // they are chosen where blocks are done
	f.StringSliceVar(&q.Plan.Options, "option", nil, "options to run (default: all)")
	f.StringSliceVar(&q.Plan.Views, "view", nil, "views to run (default: all)")
	f.StringVar(&q.Plan.Baseline, "baseline", "", "option the others are compared with (default: as the case says)")
	f.StringVar(&q.Out, "out", "", "the folder to make")
	f.IntVar(&q.Worlds, "block", 0, "worlds of a block (default 4096, of summaries 262144)")
	f.StringVar(&q.Keeps, "keep", "rows", "what is kept of the worlds: "+strings.Join(ask.SweepKeeps, ", "))
	return c
}

func newSweepRun() *cobra.Command {
	var q ask.SweepRun
	c := &cobra.Command{
		Use:   "run FOLDER",
		Short: "Do blocks of a sweep: all that are missing, or those named",
		Long: `run does blocks of a sweep. A block is written beside its place and gets its name
when it is whole, so a run may be killed at any time, blocks may be done twice, and
several machines may work in one folder. With --engine slurm the blocks are done by
an array of batch jobs; its script is written into the folder, and submitted where
sbatch is there. With --engine kubernetes the manifest of an Indexed Job is written
into the folder. With --engine nats the program casus-nats hands them out to workers
anywhere (casus-nats worker ADDRESS).`,
		Example: `  casus sweep run sweep
  casus sweep run sweep --block 17
  casus sweep run sweep --part 3/8
  casus sweep run sweep --engine slurm --tasks 200
  casus sweep run sweep --engine kubernetes --tasks 200 --image registry/casus --claim sweeps
  casus sweep run sweep --engine nats`,
		Args: takes("one sweep, the folder that plan made", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			q.Folder, q.Given = args[0], c.Flags().Changed
			x, err := q.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			showSwept(c, x)
			return nil
		},
	}
	f := c.Flags()
	f.IntSliceVar(&q.Blocks, "block", nil, "do these blocks, by number from 0")
	f.StringVar(&q.Part, "part", "", "do the Kth of N parts of the blocks, K/N")
	f.StringVar(&q.Engine, "engine", "local", "what does them: "+strings.Join(ask.SweepEngines, ", "))
	f.IntVar(&q.Tasks, "tasks", sweep.MostTasks, "with --engine slurm or kubernetes: jobs of the array, or pods")
	f.IntVar(&q.Workers, "workers", 0, "with --engine local or nats: workers of this machine (default: one for each processor)")
	f.StringVar(&q.Address, "address", "", "with --engine nats: a server that is there (default: one is started on nats://127.0.0.1:4222)")
	f.StringVar(&q.Image, "image", "", "with --engine kubernetes: the image that has casus")
	f.StringVar(&q.Claim, "claim", "", "with --engine kubernetes: the volume claim that holds the folder of the sweep")
	return c
}

// showSwept says what is still to be done.
func showSwept(c *cobra.Command, x *ask.Swept) {
	done := len(x.Sweep.Blocks) - len(x.Missing)
	next := ask.CommandLine("sweep", "merge", x.Sweep.Folder()) + " makes the record"
	if len(x.Missing) > 0 {
		next = "missing are " + sweep.Ranges(x.Missing)
	}
	say(c.OutOrStdout(), fmt.Sprintf("%d of %s done; %s", done, finding.Count(len(x.Sweep.Blocks), "block"), next))
}

func newSweepMerge() *cobra.Command {
	var q ask.SweepMerge
	var tell extent
	var asJSON bool
	c := &cobra.Command{
		Use:   "merge FOLDER",
		Short: "Join the blocks of a sweep to a record, and report",
		Example: `  casus sweep merge sweep
  casus sweep merge sweep --record ukraine-65536`,
		Args: takes("one sweep, the folder that plan made", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := tell.check(c); err != nil {
				return err
			}
			q.Folder = args[0]
			x, err := q.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			return showRecord(c, x, tell, asJSON)
		},
	}
	c.Flags().StringVar(&q.Keep.Record, "record", "", "folder to write the record into (default: casus-records/CASE, or CASE-2 … where that holds another plan)")
	c.Flags().BoolVar(&q.Keep.Replace, "replace", false, "replace the record that is there, whatever its plan")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	tell.flags(c.Flags())
	return c
}
