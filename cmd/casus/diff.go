package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
)

func newDiff() *cobra.Command {
	q := &ask.Diff{}
	var json bool
	c := &cobra.Command{
		Use:   "diff A B [flags]",
		Short: "Compare two drafts or two options, clause by clause",
		Long: `diff compares two instruments, or two options of a case: which clauses, duties
and answers appear, vanish or change from A to B, and with --end which chains. An
instrument is taken as if it were in force, whatever its standing, and alone;
options are compared in all that they change.`,
		Example: `  casus diff ISTANBUL2022 PARIS2026 --date 2026-07-01
  casus diff europe europe_backstop --case ukraine
  casus diff europe membership --case ukraine --event "armed attack by RUS on UKR, object territory, at kyiv" --end "fights(USA, RUS)"`,
		Args: takes("two drafts or two options", 2, 2),
		RunE: func(c *cobra.Command, args []string) error {
			q.A, q.B, q.Given = args[0], args[1], c.Flags().Changed
			out, err := q.Answer(c.Context(), told(c))
			return answered(c, out, err, show.Diff, json)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	lawFlags(f, &q.Question)
	shippedLaw(f)
	f.StringArrayVar(&q.Events, "event", nil, "compare the answers to this event (default: the key events of the case, or an attack on each creditor at home)")
	f.StringVar(&q.End, "end", "", `compare the chains from the first event to this end: "fights(USA, RUS)" or "drawn(USA)"`)
	f.IntVar(&q.Links, "links", 9, "only chains of up to so many links; 0: any number")
	f.BoolVar(&json, "json", false, "write JSON")
	formerly(f, "to", "end")
	return c
}
