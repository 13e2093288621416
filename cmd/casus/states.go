package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
)

func newStates() *cobra.Command {
	var q ask.States
	var json bool
	c := &cobra.Command{
		Use:   "states [STATE…] [--date DATE]",
		Short: "Show the codes of states by system and day",
		Long: `states shows which code a state has in ISO 3166-1 (iso3), the Correlates of War
(cow, cowabb) and Gleditsch and Ward (gw, gwabb), and on which days it was a member
of each state system. With --date it is the codes of that day; without a state, of
all that there were. Wherever a state is asked for, SYSTEM:CODE names one, as in
gw:340.`,
		Example: `  casus states Serbia
  casus states --date 1914-07-28
  casus states gw:345 cow:255 --date 1995-01-01 --json`,
		RunE: func(c *cobra.Command, words []string) error {
			q.Words = words
			codes, err := q.Answer()
			return answered(c, codes, err, show.States, json)
		},
	}
	c.Flags().StringVar(&q.Date, "date", "", "the day, as in 1914-07-28 (default: every code with its days)")
	c.Flags().BoolVar(&json, "json", false, "write JSON")
	return c
}
