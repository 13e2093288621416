package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casus/law"
	"casus/report"
)

func newConflicts() *cobra.Command {
	q := &question{}
	var state, between string
	c := &cobra.Command{
		Use:   "conflicts --date DATE (--state STATE | --between X,Y) [flags]",
		Short: "List the engagements of a state that cannot all be kept",
		Long: `conflicts lists pairs of articles of one state of which one cannot be kept once
both fall due: help owed to each of two against the other, or help owed against
a state toward which force is ruled out. Where a text says which comes first, so
does the answer. With --between it looks at two states, and at a place.`,
		Example: `  casus conflicts --date 1982-04-30 --state USA --between ARG,GBR
  casus conflicts --date 1982-04-30 --state USA --between ARG,GBR --at falklands
  casus conflicts --date 2026-07-01 --between GRC,TUR`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case q.date == "" && q.from == "":
				return usage("on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
			case state == "" && between == "":
				return usage("whose engagements?", "add --state STATE, --between X,Y or both")
			}
			return q.conflicts(c, state, between)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&state, "state", "", "the state whose engagements are asked for")
	f.StringVar(&between, "between", "", "two states that fight: ARG,GBR")
	f.StringVar(&q.object, "object", "", "what the attack falls on (default: territory)")
	f.StringVar(&q.at, "at", "", "the place (default: each at home)")
	q.lawFlags(f)
	q.shippedLaw(f)
	f.BoolVar(&q.json, "json", false, "print JSON")
	return c
}

func (q *question) conflicts(c *cobra.Command, state, between string) error {
	r, err := q.lawOfDay(c)
	if err != nil {
		return err
	}
	for _, step := range []func(*question) error{r.object, r.place} {
		if err := step(q); err != nil {
			return err
		}
	}
	s := law.Quarrel{Object: r.event.Object, Place: r.event.Place, Facts: r.event.Facts, Readings: r.event.Readings}
	if state != "" {
		if s.State, err = r.stateOnDay(state); err != nil {
			return err
		}
	}
	if between != "" {
		x, y, ok := strings.Cut(between, ",")
		if !ok {
			return usage("--between names two states", "as in --between ARG,GBR")
		}
		if s.X, err = r.stateOnDay(x); err != nil {
			return err
		}
		if s.Y, err = r.stateOnDay(y); err != nil {
			return err
		}
		if s.X == s.Y || s.X == s.State || s.Y == s.State {
			return usage("--between names two states, neither of them that of --state", "")
		}
	}
	o := report.NewConflicts(r.book(), s, q.options)
	o.Warnings, o.Notes = append(o.Warnings, r.warnings...), append(o.Notes, r.notes()...)
	return show(c, o, q.json)
}
