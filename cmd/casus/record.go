package main

import (
	"github.com/spf13/cobra"

	"casus/model"
	"casus/report"
	"casus/study"
)

// newRecord holds views against what happened.
func newRecord() *cobra.Command {
	var w inWorlds
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
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := w.past(c, args[0])
			if err != nil {
				return err
			}
			p, err := r.Past()
			if err != nil {
				return err
			}
			if err := draw(w.picture, p, report.PastPicture); err != nil {
				return err
			}
			return show(c, p, report.Past, w.json)
		},
	}
	f := c.Flags()
	planFlags(f, &w.plan, study.DefaultWorlds)
	f.StringSliceVar(&w.plan.Views, "view", nil, "views to hold against what happened (default: all)")
	f.BoolVar(&w.json, "json", false, "write JSON")
	f.StringVar(&w.picture, "picture", "", "also draw the rates into this SVG file")
	return c
}

// past is the record that an argument names, or that of what the case it names
// is held against, played now.
func (w *inWorlds) past(c *cobra.Command, name string) (*study.Record, error) {
	if namesRecord(name) && c.Flags().Changed("view") {
		return nil, usage("--view is for a case that is played", "a record has the views it was run with")
	}
	w.plan.PastOnly = true
	return w.get(c, name, func(*model.Model, *model.Case) error { return nil })
}
