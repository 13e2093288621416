package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

type elicitFlags struct {
	q                  ask.Elicit
	of                 string
	json, check, write bool
}

// newElicit holds stated rates against what comes out where they are stated
// for.
func newElicit() *cobra.Command {
	var f elicitFlags
	c := &cobra.Command{
		Use:   "elicit CASE|FOLDER",
		Short: "Solve for what stated rates already hold, so that they come out where they are stated for",
		Long: `elicit reads the rates that a case states, and those of the cases it is held
against (elicit MEASURE[OPTION] as RATE by OFFSET, or given "a condition" for one that is
stated for less than its measure looks at): how often something happens in
a situation that people can judge. It shows, view by view, what comes out there
beside what is stated, and solves for the offsets under which all of them hold at
once in the central world, every assumption at its median.`,
		Example: `  casus elicit ukraine
  casus elicit ukraine --view deterrence --json
  casus elicit ./mycase --write >> mycase/offsets.casus
  casus elicit ./mycase --check`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	caseFlag(fs, &f.of)
	fs.StringSliceVar(&f.q.Plan.Views, "view", nil, "only these views")
	fs.BoolVar(&f.check, "check", false, fmt.Sprintf("exit 3 when an offset in force is more than %g log odds from the one that closes its gap, or a rate that is stated on a condition comes out beyond its range", inquiry.Stale))
	fs.BoolVar(&f.write, "write", false, "print the assume lines of the offsets that close, instead")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.IntVar(&f.q.Plan.Worlds, "worlds", 256, "worlds for each view, for the ranges")
	fs.Uint64Var(&f.q.Plan.Seed, "seed", study.DefaultSeed, "seed of the draws")
	fs.StringVar(&f.q.Plan.Design, "design", "sobol", "how worlds are laid out: sobol, lhs or mc")
	fs.IntVar(&f.q.Plan.Workers, "workers", 0, "workers (default: one for each processor)")
	fs.IntVar(&f.q.Plan.MaxStates, "max-states", 0, "bound on the states of one option's graph (default 400000)")
	memoryFlag(fs, &f.q.Memory)
	return c
}

func (f *elicitFlags) answer(c *cobra.Command, args []string) error {
	if f.json && f.write {
		return usage("--json and --write at once", "choose one")
	}
	f.q.Of, f.q.Given = named(args, f.of), c.Flags().Changed
	a, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if f.write {
		_, err = io.WriteString(c.OutOrStdout(), a.Offsets())
	} else {
		err = tell(c, a.Elicited, show.Elicited, f.json)
	}
	if err != nil || !f.check {
		return err
	}
	unheld := a.Unheld()
	for _, words := range unheld {
		say(c.ErrOrStderr(), words)
	}
	if len(unheld) > 0 {
		return shown(ask.Unexpected)
	}
	return nil
}
