package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
)

func newOwed() *cobra.Command {
	q := &ask.Owed{}
	var json bool
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
			o, err := q.Answer(told(c))
			return answered(c, o, err, show.Owed, json)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&q.State, "state", "", "only what this state owes or is owed: a code or a name")
	lawFlags(f, &q.Question)
	f.BoolVar(&q.All, "all", false, "also what is not in force, with the reason")
	f.BoolVar(&json, "json", false, "write JSON")
	return c
}
