package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
)

func newConflicts() *cobra.Command {
	q := &ask.Conflicts{}
	var json bool
	c := &cobra.Command{
		Use:   "conflicts --date DATE (--state STATE | --between X,Y) [flags]",
		Short: "List the engagements of a state that cannot all be kept",
		Long: `conflicts lists pairs of articles of one state of which one cannot be kept once
both fall due: help owed to each of two against the other, or help owed against
a state toward which force is ruled out. Where a text says which comes first, so
does the answer. With --between it looks at two states, and at a place; without
--state it then asks every state, which can take a minute.`,
		Example: `  casus conflicts --date 1982-04-30 --state USA --between ARG,GBR
  casus conflicts --date 1982-04-30 --state USA --between ARG,GBR --at falklands
  casus conflicts --date 2026-07-01 --state USA --between GRC,TUR`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			o, err := q.Answer(c.Context(), told(c))
			return answered(c, o, err, show.Conflicts, json)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&q.State, "state", "", "the state whose engagements are asked for")
	f.StringVar(&q.Between, "between", "", "two states that fight: ARG,GBR")
	f.StringVar(&q.Object, "object", "", "what the attack falls on (default: territory)")
	f.StringVar(&q.At, "at", "", "the place (default: each at home)")
	lawFlags(f, &q.Question)
	shippedLaw(f)
	f.BoolVar(&json, "json", false, "write JSON")
	return c
}
