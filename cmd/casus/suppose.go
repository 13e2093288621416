package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// newSuppose holds assumptions at values.
func newSuppose() *cobra.Command {
	var q ask.Suppose
	var asJSON bool
	c := &cobra.Command{
		Use:   "suppose CASE|FOLDER|RECORD --measure NAME --between OPTION,OPTION",
		Short: "Hold assumptions at values, and see what moves and what turns round",
		Long: `suppose holds assumptions at the values named and answers for two options: in the
central world, with every other assumption at its median, and over worlds, with
every other assumption as the view has it. It lists which assumptions move the
difference most from there, and at which values the ranking turns round. Of a
record it also says what the record makes of each value.`,
		Example: `  casus suppose ukraine --measure us_war --between europe,monitors
  casus suppose ukraine --measure us_war --between europe,monitors --set provokes=0.3 --view deterrence`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error {
			q.Of, q.Given = named(args, ""), c.Flags().Changed
			if !ask.NamesRecord(args[0]) {
				q.Of, q.Case = named(args, q.Case), ""
			}
			r, err := q.Answer(c.Context(), told(c))
			return answered(c, r, err, show.Suppose, asJSON)
		},
	}
	fs := c.Flags()
	fs.StringVar(&q.Measure, "measure", "", "the measure on which the options are ranked")
	fs.StringSliceVar(&q.Between, "between", nil, "the two options, A,B")
	fs.StringArrayVar(&q.Set, "set", nil, "hold an assumption at a value, NAME=VALUE (several: again, or with commas)")
	fs.StringVar(&q.View, "view", "", "the view (default: the first)")
	fs.StringVar(&q.Case, "case", "", "the case, of a folder that defines several; of a record, its file or folder")
	fs.IntVar(&q.Worlds, "worlds", inquiry.SupposeWorlds, "worlds to look over; 0: the central world alone")
	fs.Uint64Var(&q.Seed, "seed", study.DefaultSeed, "seed of the draws")
	fs.StringVar(&q.Design, "design", "sobol", "how worlds are laid out: sobol, lhs or mc")
	fs.IntVar(&q.Follow, "follow", inquiry.SupposeFollow, "assumptions whose flips are looked for; 0: none")
	fs.IntVar(&q.Workers, "workers", 0, "workers (default: one for each processor)")
	fs.IntVar(&q.MaxStates, "max-states", 0, "bound on the states of one option's graph (default 400000)")
	memoryFlag(fs, &q.Memory)
	fs.BoolVar(&asJSON, "json", false, "write JSON")
	return c
}
