package main

import (
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
	"casus/past/spend"
	"casus/show"
)

type spendFlags struct {
	q         ask.Spending
	share     bool
	json, csv bool
}

// newSpend shows what is spent on arms, and reckons with it.
func newSpend() *cobra.Command {
	var f spendFlags
	c := &cobra.Command{
		Use:   "spend [STATE…]",
		Short: "Say what is spent on arms, and work out claims about it",
		Long: `Say what is spent on arms: yearly levels, shares of GDP, growth and sums, each
with its currency, prices, source and status. A check shows a reckoning line by
line; a claim is read in every way it can be, and each reading is worked out. A
dash is not known. Nothing is converted without a rate that is named.`,
		Example: `  casus spend
  casus spend DEU FRA POL --from 2022 --constant
  casus spend --burden USA
  casus spend --check rearm
  casus spend --claim C15`,
		RunE: func(c *cobra.Command, args []string) error {
			f.q.Query.Units = args
			return showSpending(c, &f)
		},
	}
	fs := c.Flags()
	fs.IntVar(&f.q.Query.From, "from", 0, "first year")
	fs.IntVar(&f.q.Query.To, "to", 0, "last year")
	fs.BoolVar(&f.share, "share", false, "shares of GDP in place of amounts")
	fs.BoolVar(&f.q.Query.Constant, "constant", false, "amounts at the prices of one year")
	fs.StringVar(&f.q.Query.Burden, "burden", "", "shares of GDP with that of this state, or of this year, as 100")
	fs.StringVar(&f.q.Check, "check", "", "work out a check: rearm")
	fs.StringVar(&f.q.Claim, "claim", "", "work out a claim: C14, C15")
	fs.StringSliceVar(&f.q.Figures, "figures", nil, "also read figures of your own (CSV with the columns unit, year, measure, value, in, prices, series, source, status, note)")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.BoolVar(&f.csv, "csv", false, "write CSV")
	return c
}

func showSpending(c *cobra.Command, f *spendFlags) error {
	if f.json && f.csv {
		return usage("--json and --csv at once", "choose one")
	}
	if f.share {
		f.q.Query.Measure = spend.Share
	}
	f.q.Given = c.Flags().Changed
	x, err := f.q.Answer(told(c))
	if err != nil {
		return err
	}
	switch {
	case x.Check != nil:
		return spending(c, f, x.Check, show.SpendingCheck, show.SpendingCheckCSV)
	case x.Claim != nil:
		return spending(c, f, x.Claim, show.SpendingClaim, show.SpendingClaimCSV)
	}
	return spending(c, f, x.Series, show.Spending, show.SpendingCSV)
}

// spending writes what was found.
func spending[F finding.Finding](c *cobra.Command, f *spendFlags, found F, text func(io.Writer, F, show.Layout) error, csv func(io.Writer, F) error) error {
	if f.csv {
		return csv(c.OutOrStdout(), found)
	}
	return tell(c, found, text, f.json)
}
