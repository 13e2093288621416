package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/study"
)

// newRecord holds views against what happened.
func newRecord() *cobra.Command {
	var w inWorlds
	var q ask.Past
	c := &cobra.Command{
		Use:   "record CASE|RECORD",
		Short: "Hold what each view implies beside what happened",
		Long: `record plays the cases that a case is held against, and it alone if it has a
record of its own, and shows one line a rate: how often it happened, the 95 %
interval, what each view implies (median and 90 % range over worlds) and the
probability of the record under the view. A view whose median lies outside the
interval is marked, one that the record contradicts or refutes too. Below stand
what others have estimated, and what the records make of the worlds. The options
of the case itself are not played. Of a record of a run nothing is played.`,
		Example: `  casus record ukraine
  casus record ukraine --view deterrence --worlds 2048
  casus record casus-records/ukraine --picture record.svg`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error {
			w.about(c, &q.Worlds, args)
			p, err := q.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			if err := draw(w.picture, p, show.PastPicture); err != nil {
				return err
			}
			return tell(c, p, show.Past, w.json)
		},
	}
	f := c.Flags()
	caseFlag(f, &w.of)
	planFlags(f, &q.Plan, study.DefaultWorlds)
	memoryFlag(f, &q.Memory)
	f.StringSliceVar(&q.Plan.Views, "view", nil, "views to hold against what happened (default: all)")
	f.BoolVar(&w.json, "json", false, "write JSON")
	f.StringVar(&w.picture, "picture", "", "also draw the rates into this SVG file")
	return c
}
