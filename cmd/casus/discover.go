package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"casus/report"
	"casus/study"
)

type discoverFlags struct {
	plan     study.Plan
	question study.Question
	search   study.SearchPlan
	json     bool
	picture  string
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
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.question.Where, "where", "", `what is of interest: "us_war[europe] > us_war[monitors]"`)
	fs.Float64Var(&f.question.Regret, "regret-above", 0, "of interest is regret above this, in the unit of the measure (a probability from 0 to 1)")
	fs.StringVar(&f.question.Of, "of", "", "the option whose regret it is")
	fs.StringVar(&f.question.Measure, "measure", "", "the measure of regret (default: the first of which lower or higher is better)")
	fs.StringSliceVar(&f.plan.Views, "view", nil, "views to ask (default: all)")
	planFlags(fs, &f.plan, study.DefaultWorlds)
	fs.Lookup("seed").Usage = "seed of the draws and of resampling"
	fs.StringSliceVar(&f.plan.Options, "option", nil, "options to run (default: those that --where names; of regret all)")
	searchFlags(fs, &f.search, 0.05)
	fs.BoolVar(&f.json, "json", false, "print JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw into this SVG file")
	return c
}

func (f *discoverFlags) run(c *cobra.Command, name string) error {
	f.search.Seed, f.search.Workers = f.plan.Seed, f.plan.Workers
	if err := f.check(c); err != nil {
		return err
	}
	var found *study.Discovered
	var err error
	if namesRecord(name) {
		found, err = f.fromRecord(c, name)
	} else {
		found, err = f.fromCase(c, name)
	}
	if err != nil {
		return err
	}
	if err := draw(f.picture, found, report.DiscoveredPicture); err != nil {
		return err
	}
	return show(c, found, report.Discovered, f.json)
}

// check is the error of flags that make no sense together.
func (f *discoverFlags) check(c *cobra.Command) error {
	set := c.Flags().Changed
	regret := set("regret-above")
	switch {
	case !regret && f.question.Where == "":
		return usage("discover what? give --where or --regret-above", `as in --where "us_war[europe] > us_war[monitors]"`)
	case regret && set("where"):
		return usage("--where and --regret-above both say what is of interest", "give one of them")
	case regret && f.question.Of == "":
		return usage("--regret-above wants --of OPTION", "whose regret is it?")
	case !regret && (set("of") || set("measure")):
		return usage("--of and --measure are for --regret-above", "--where names options and measures itself")
	}
	if flag := zero(c, "worlds", "horizon"); flag != "" {
		return usage(fmt.Sprintf("--%s is at least 1, got 0", flag), "")
	}
	return checkSearch(c, &f.search)
}

func (f *discoverFlags) fromRecord(c *cobra.Command, name string) (*study.Discovered, error) {
	for _, flag := range []string{"worlds", "design", "horizon", "date", "option", "max-states"} {
		if c.Flags().Changed(flag) {
			return nil, usage("--"+flag+" is for a case that is run", name+" is a record, which was")
		}
	}
	r, err := study.Read(name)
	if err != nil {
		return nil, err
	}
	if err := r.ReadDraws(name); err != nil {
		return nil, err
	}
	return study.Discover(c.Context(), r, f.question, f.plan.Views, f.search)
}

func (f *discoverFlags) fromCase(c *cobra.Command, name string) (*study.Discovered, error) {
	m, k, err := loadCase(c, name)
	if err != nil {
		return nil, err
	}
	if f.plan.Options, err = f.question.Needs(m, k, f.plan.Options); err != nil {
		return nil, err
	}
	play := func(seed uint64) (*study.Record, error) {
		plan := f.plan
		plan.Seed = seed
		bar := newBar(c.ErrOrStderr())
		r, err := study.Run(c.Context(), m, k, plan, bar.tell)
		bar.clear()
		if err == nil && r.Partial {
			err = context.Canceled
		}
		return r, err
	}
	r, err := play(f.plan.Seed)
	if err != nil {
		return nil, err
	}
	found, err := study.Discover(c.Context(), r, f.question, nil, f.search)
	if err != nil {
		return nil, err
	}
	fresh, err := play(f.plan.Seed + 1)
	if err != nil {
		return nil, err
	}
	return found, found.Refresh(fresh)
}
