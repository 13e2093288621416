package main

import (
	"github.com/spf13/cobra"

	"casus/law"
	"casus/report"
)

func newOwed() *cobra.Command {
	q := &question{}
	var state string
	var all bool
	c := &cobra.Command{
		Use:   "owed --date DATE [--state STATE] [flags]",
		Short: "List the duties of a day, before anything happens",
		Long: `owed lists every duty that a state holds or is owed on a day: which article,
toward whom, against whom, on what event, and what it turns on. A duty is bound
when its event at the creditor's home is enough, conditional when more is asked.
One-way duties are said to be one way. Without --state it lists all states.`,
		Example: `  casus owed --date 2026-07-01 --state FRA
  casus owed --date 1914-07-28
  casus owed --case ukraine --option membership --state UKR`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if q.date == "" && q.from == "" {
				return usage("on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
			}
			return q.owed(c, state, all)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&state, "state", "", "only what this state owes or is owed: a code or a name")
	q.lawFlags(f)
	f.BoolVar(&all, "all", false, "also what is not in force, with the reason")
	f.BoolVar(&q.json, "json", false, "print JSON")
	return c
}

func (q *question) owed(c *cobra.Command, state string, all bool) error {
	r, err := q.lawOfDay(c)
	if err != nil {
		return err
	}
	s := law.Standing{Facts: r.event.Facts, Readings: r.event.Readings, All: all}
	if state != "" {
		if s.State, err = r.stateOnDay(state); err != nil {
			return err
		}
	}
	o := report.NewOwed(r.book(), s, q.options)
	o.Warnings, o.Notes = append(o.Warnings, r.warnings...), append(o.Notes, r.notes()...)
	return show(c, o, q.json)
}
