package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

type senseFlags struct {
	inWorlds
	q   ask.Sense
	top int
}

// newSense says which assumptions decide a measure.
func newSense() *cobra.Command {
	var f senseFlags
	c := &cobra.Command{
		Use:   "sense CASE|RECORD",
		Short: "Say which assumptions decide a measure",
		Long: `sense says which assumptions decide a measure, or the difference of two options
on it, under each view. Given a case it runs the worlds that a method wants; given
the folder of a record it asks the worlds that were run, and runs nothing.

The methods:
  sobol     first-order and total indices (the default for a case)
  given     first-order indices from worlds drawn in any way (the default for a record)
  delta     how the whole distribution shifts, bias-corrected
  regional  what sets the worst tenth, or the worlds of --where, apart
  dgsm      upper bounds of total indices from derivatives
  morris    elementary effects, to screen many assumptions with few runs`,
		Example: `  casus sense ukraine --option europe --measure peace
  casus sense ukraine --between europe,monitors --measure nato_war --view entrapment
  casus sense casus-records/ukraine --method given,delta,regional --option europe
  casus sense casus-records/ukraine --option monitors --where "accepted >= 0.5"
  casus sense ukraine --option europe --group costs=war_cost --picture sense.svg`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	fs := c.Flags()
	fs.StringSliceVar(&f.q.Query.Methods, "method", nil, "methods, in the order of the columns: "+strings.Join(inquiry.SenseMethods(), ", "))
	fs.StringSliceVar(&f.q.Query.Measures, "measure", nil, "measures (default: the first of the case)")
	fs.StringSliceVar(&f.q.Query.Options, "option", nil, "options (default: the baseline)")
	fs.StringSliceVar(&f.q.Query.Between, "between", nil, "the difference of two options: A,B is A less B")
	fs.StringSliceVar(&f.q.Query.Views, "view", nil, "views (default: all)")
	fs.StringVar(&f.q.Query.Where, "where", "", `only worlds such as "accepted >= 0.5" (given, delta), or those against the others (regional)`)
	fs.IntVar(&f.q.Query.Rows, "rows", inquiry.DefaultRows, "rows of the design of sobol; each is run once for each assumption")
	fs.IntVar(&f.q.Query.Trajectories, "trajectories", inquiry.DefaultTrajectories, "trajectories of morris")
	fs.BoolVar(&f.q.Query.Second, "second", false, "also what pairs decide together (sobol)")
	fs.StringArrayVar(&f.q.Groups, "group", nil, "weigh several as one: NAME=a,b,c (sobol); a name without its actor stands for all of them")
	fs.StringArrayVar(&f.q.Correlate, "correlate", nil, "rank correlation of two assumptions: a,b=0.6")
	fs.IntVar(&f.q.Query.Bootstrap.Resamples, "resamples", 100, "resamples behind an interval")
	caseFlag(fs, &f.of)
	planFlags(fs, &f.q.Plan, study.DefaultWorlds)
	memoryFlag(fs, &f.q.Memory)
	weightedFlag(fs, &f.q.Weighted)
	fs.Lookup("worlds").Usage = "worlds for each view (given, delta, regional, dgsm)"
	fs.IntVar(&f.top, "top", 15, "assumptions shown in a table or picture; 0: all")
	fs.StringVar(&f.picture, "picture", "", "also draw the first method into this SVG file")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	return c
}

func (f *senseFlags) run(c *cobra.Command, args []string) error {
	if f.top < 0 {
		return ask.CountOf("top", f.top, 0, 0, "0: all")
	}
	if f.top == 0 {
		f.top = -1
	}
	if f.picture == "" { // which has the same assumptions
		if err := wordsOnly(c, "top"); err != nil {
			return err
		}
	}
	f.about(c, &f.q.Worlds, args)
	s, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	l := layout(c)
	l.Most = f.top
	if err := draw(f.picture, s, func(w io.Writer, s *inquiry.Sensitivity) error { return show.SensePicture(w, s, l) }); err != nil {
		return err
	}
	return tellIn(c, s, show.Sense, l, f.json)
}
