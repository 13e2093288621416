package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/model"
	"casus/report"
	"casus/study"
)

type flipFlags struct {
	plan    study.FlipPlan
	between []string
	json    bool
	picture string
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
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.refuse(c); err != nil {
				return err
			}
			return flip(c, &f, args[0])
		},
	}
	fs := c.Flags()
	fs.StringVar(&f.plan.Measure, "measure", "", "the measure on which the options are ranked")
	fs.StringSliceVar(&f.between, "between", nil, "the two options, A,B")
	planFlags(fs, &f.plan.Plan, study.FlipWorlds)
	weightedFlag(fs, &f.plan.Weighted)
	fs.StringSliceVar(&f.plan.Views, "view", nil, "views to look under (default: all)")
	fs.IntVar(&f.plan.Means, "means", study.DefaultMeans, "assumptions to follow in the means over worlds; 0: none")
	fs.IntVar(&f.plan.Pairs, "pairs", study.DefaultPairs, "pairs of assumptions to search; 0: none")
	fs.IntVar(&f.plan.Clauses, "clauses", study.DefaultClauses, "changes of one clause to try; 0: none")
	fs.BoolVar(&f.json, "json", false, "print JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw the flips of single assumptions into this SVG file")
	return c
}

// refuse is the error of flags that make no sense.
func (f *flipFlags) refuse(c *cobra.Command) error {
	switch {
	case f.plan.Measure == "":
		return usage("on which measure are they ranked?", "--measure us_war")
	case len(f.between) != 2:
		return usage(fmt.Sprintf("--between takes two options, got %d", len(f.between)), "--between europe,monitors")
	}
	for _, name := range []string{"worlds", "horizon"} { // in a plan 0 is the default
		if n, _ := c.Flags().GetInt(name); c.Flags().Changed(name) && n < 1 {
			return usage(fmt.Sprintf("--%s is at least 1, got %d", name, n), "")
		}
	}
	for _, name := range []string{"means", "pairs", "clauses", "workers", "max-states"} {
		if n, _ := c.Flags().GetInt(name); n < 0 {
			return usage(fmt.Sprintf("--%s is a count, got %d", name, n), "0: none, or the default")
		}
	}
	f.plan.Between = [2]string{f.between[0], f.between[1]}
	return nil
}

func flip(c *cobra.Command, f *flipFlags, name string) error {
	if namesRecord(name) {
		return fmt.Errorf("%s is a record, which holds values and no game to solve anew: name the case", name)
	}
	m, k, err := loadCase(c, name)
	if err != nil {
		return err
	}
	r, err := f.look(c, m, k)
	if err != nil {
		return err
	}
	if err := draw(f.picture, r, report.FlipsPicture); err != nil {
		return err
	}
	if err := show(c, r, report.Flips, f.json); err != nil {
		return err
	}
	if f.picture != "" && !f.json {
		fmt.Fprintf(c.OutOrStdout(), "\nPicture: %s\n", f.picture)
	}
	return nil
}

func (f *flipFlags) look(c *cobra.Command, m *model.Model, k *model.Case) (*study.Flips, error) {
	bar := newBar(c.ErrOrStderr())
	defer bar.clear()
	return study.Flip(c.Context(), m, k, f.plan, bar.tell)
}
