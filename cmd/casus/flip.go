package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
)

type flipFlags struct {
	inWorlds
	q ask.Flip
}

// newFlip looks for the smallest change that reverses the ranking of two
// options.
func newFlip() *cobra.Command {
	var f flipFlags
	c := &cobra.Command{
		Use:   "flip CASE|FOLDER|FILE --measure NAME --between OPTION,OPTION",
		Short: "Find the smallest change that reverses the ranking of two options",
		Long: `flip asks how far one assumption, two of them, or one clause must go until two
options change order on a measure, under each view; and in which worlds they
stand in the other order already. Each line says what the assumption rests on.`,
		Example: `  casus flip ukraine --measure us_war --between europe,monitors
  casus flip ukraine --measure peace --between europe,us_guarantor --view deterrence --json`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error {
			return flip(c, &f, args)
		},
	}
	fs := c.Flags()
	fs.StringVar(&f.q.Measure, "measure", "", "the measure on which the options are ranked")
	fs.StringSliceVar(&f.q.Between, "between", nil, "the two options, A,B")
	caseFlag(fs, &f.of)
	planFlags(fs, &f.q.Plan, inquiry.FlipWorlds)
	memoryFlag(fs, &f.q.Memory)
	weightedFlag(fs, &f.q.Weighted)
	fs.StringSliceVar(&f.q.Plan.Views, "view", nil, "views to look under (default: all)")
	fs.IntVar(&f.q.Means, "means", inquiry.DefaultMeans, "assumptions to follow in the means over worlds; 0: none")
	fs.IntVar(&f.q.Pairs, "pairs", inquiry.DefaultPairs, "pairs of assumptions to search; 0: none")
	fs.IntVar(&f.q.Clauses, "clauses", inquiry.DefaultClauses, "changes of one clause to try; 0: none")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw the flips of single assumptions into this SVG file")
	return c
}

func flip(c *cobra.Command, f *flipFlags, args []string) error {
	f.about(c, &f.q.Worlds, args)
	r, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if err := draw(f.picture, r, show.FlipsPicture); err != nil {
		return err
	}
	if err := tell(c, r, show.Flips, f.json); err != nil {
		return err
	}
	if f.picture != "" && !f.json {
		fmt.Fprintf(c.OutOrStdout(), "\nPicture: %s\n", f.picture)
	}
	return nil
}
