package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/study"
)

type discoverFlags struct {
	inWorlds
	q ask.Discover
}

// newDiscover finds the ranges of assumptions under which something is so.
func newDiscover() *cobra.Command {
	var f discoverFlags
	c := &cobra.Command{
		Use:   "discover CASE|FOLDER|FILE|RECORD",
		Short: "Find which ranges of assumptions make something so",
		Long: `discover searches the worlds of a case for the conditions under which something
is so: an expression over measures of options and over assumptions (--where), or
that an option is worse than the best of the options by more than so much
(--regret-above, --of). Each view has its answer. Given a case, it runs the
options that are needed, and then measures what it found in new worlds of another
seed. Given the folder of a record it runs nothing, and there are no new worlds.`,
		Example: `  casus discover ukraine --where "us_war[europe] > us_war[monitors]"
  casus discover casus-records/ukraine --where "nuclear[europe] >= 0.01"
  casus discover ukraine --regret-above 0.05 --of europe --measure peace`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.q.Question.Where, "where", "", `what is of interest: "us_war[europe] > us_war[monitors]"`)
	fractionFlag(fs, &f.q.Question.Regret, "regret-above", 0, "of interest is regret above this, in the unit of the measure (a probability from 0 to 1)")
	fs.StringVar(&f.q.Question.Of, "of", "", "the option whose regret it is")
	fs.StringVar(&f.q.Question.Measure, "measure", "", "the measure of regret (default: the first of which lower or higher is better)")
	fs.StringSliceVar(&f.q.Plan.Views, "view", nil, "views to ask (default: all)")
	caseFlag(fs, &f.of)
	planFlags(fs, &f.q.Plan, study.DefaultWorlds)
	memoryFlag(fs, &f.q.Memory)
	fs.Lookup("seed").Usage = "seed of the draws and of resampling"
	fs.StringSliceVar(&f.q.Plan.Options, "option", nil, "options to run (default: those that --where names; of regret all)")
	searchFlags(fs, &f.q.Search, 0.05)
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw into this SVG file")
	return c
}

func (f *discoverFlags) run(c *cobra.Command, args []string) error {
	f.about(c, &f.q.Worlds, args)
	found, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if err := draw(f.picture, found, show.DiscoveredPicture); err != nil {
		return err
	}
	return tell(c, found, show.Discovered, f.json)
}
