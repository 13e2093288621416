package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"casus/data"
	"casus/report"
	"casus/spend"
)

type spendFlags struct {
	query        spend.Query
	share        bool
	check, claim string
	figures      []string
	json, csv    bool
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
			f.query.Units = args
			return showSpending(c, &f)
		},
	}
	fs := c.Flags()
	fs.IntVar(&f.query.From, "from", 0, "first year")
	fs.IntVar(&f.query.To, "to", 0, "last year")
	fs.BoolVar(&f.share, "share", false, "shares of GDP in place of amounts")
	fs.BoolVar(&f.query.Constant, "constant", false, "amounts at the prices of one year")
	fs.StringVar(&f.query.Burden, "burden", "", "shares of GDP with that of this state, or of this year, as 100")
	fs.StringVar(&f.check, "check", "", "work out a check: rearm")
	fs.StringVar(&f.claim, "claim", "", "work out a claim: C14, C15")
	fs.StringSliceVar(&f.figures, "figures", nil, "also read figures of your own (CSV with the columns unit, year, measure, value, in, prices, series, source, status, note)")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.BoolVar(&f.csv, "csv", false, "write CSV")
	return c
}

func showSpending(c *cobra.Command, f *spendFlags) error {
	if err := f.refuse(c); err != nil {
		return err
	}
	b, err := f.load(c)
	if err != nil {
		return err
	}
	switch {
	case f.check != "":
		k, err := b.Check(f.check)
		return spending(c, f, k, err, report.SpendingCheck, report.SpendingCheckCSV)
	case f.claim != "":
		k, err := b.Claim(f.claim)
		return spending(c, f, k, err, report.SpendingClaim, report.SpendingClaimCSV)
	}
	t, err := b.Series(f.query)
	return spending(c, f, t, err, report.Spending, report.SpendingCSV)
}

// spending writes what was asked for, unless it went wrong.
func spending[F any](c *cobra.Command, f *spendFlags, found F, err error, text func(io.Writer, F, report.Layout) error, csv func(io.Writer, F) error) error {
	if err != nil {
		return err
	}
	if f.csv {
		return csv(c.OutOrStdout(), found)
	}
	return show(c, found, text, f.json)
}

// refuse is the error of flags that do not go together.
func (f *spendFlags) refuse(c *cobra.Command) error {
	changed := func(names ...string) bool { return slices.ContainsFunc(names, c.Flags().Changed) }
	if f.share {
		f.query.Measure = spend.Share
	}
	for _, name := range []string{"from", "to"} {
		if n, _ := c.Flags().GetInt(name); changed(name) && (n < 1800 || n > 2200) {
			return usage(fmt.Sprintf("--%s %d is not a year", name, n), "years are 1800 to 2200")
		}
	}
	switch {
	case f.json && f.csv:
		return usage("--json and --csv at once", "choose one")
	case changed("check") && changed("claim"):
		return usage("--check and --claim at once", "choose one")
	case changed("check") && f.check == "" || changed("claim") && f.claim == "":
		return usage("which check or claim?", "--check rearm, --claim C14, --claim C15")
	case changed("check", "claim") && (changed("from", "to", "share", "constant", "burden") || len(f.query.Units) > 0):
		return usage("a check or claim has its own states and years", "leave out the rest")
	case f.query.Constant && (f.share || f.query.Burden != ""):
		return usage("--constant is about amounts, not shares of GDP", "leave out one")
	case changed("from") && changed("to") && f.query.From > f.query.To:
		return usage("--from "+strconv.Itoa(f.query.From)+" is after --to "+strconv.Itoa(f.query.To), "turn them round")
	}
	return nil
}

// load reads the book with the user's own figures. A row that makes no sense is
// told on standard error and left out; a file of which nothing is left is an
// error.
func (f *spendFlags) load(c *cobra.Command) (*spend.Book, error) {
	var own []*data.Table
	var problems []data.Problem
	for _, name := range f.figures {
		text, err := readTable(name)
		if err != nil {
			return nil, err
		}
		t, ps := data.ReadCSV(filepath.ToSlash(name), bytes.NewReader(text))
		own, problems = append(own, t), append(problems, ps...)
	}
	b, ps := spend.Load(own...)
	problems = append(problems, ps...)
	for _, p := range problems {
		fmt.Fprintln(c.ErrOrStderr(), p.Error())
	}
	for _, t := range own {
		if !slices.ContainsFunc(b.Figures, func(x spend.Figure) bool { return x.File == t.File }) {
			return nil, fmt.Errorf("%s: no figure in it can be used", t.File)
		}
	}
	return b, nil
}
