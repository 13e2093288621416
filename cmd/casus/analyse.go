package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/data"
	"casus/lang/source"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

type analyseFlags struct {
	q              ask.Analyse
	json           bool
	picture, which string
}

// newAnalyse analyses a table of anybody's.
func newAnalyse() *cobra.Command {
	var f analyseFlags
	c := &cobra.Command{
		Use:   "analyse FILE",
		Short: "Find what drives the outputs of any table, and when they are of interest",
		Long: `analyse reads a table of inputs and outputs, one row for each run of a model or
each case (CSV with a header line, or Parquet), and says which inputs drive each
output and under what conditions rows are of interest. It needs no model of
casus: the table may come from anywhere.

What is of interest is an expression over the columns ("y1 > 0.5 and cost < 3"),
or a column of true and false or of 1 and 0. A name with blanks stands in quotes
('"Incremental cost" > 300').`,
		Example: `  casus analyse worlds.csv --outputs y1,y2
  casus analyse worlds.parquet --outputs y1 --interest "y1 > 0.5" --picture y1.svg
  casus analyse worlds.csv --outputs y1 --inputs a,b,c --method given,delta`,
		Args: takes("one table, CSV or Parquet", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringSliceVar(&f.q.Plan.Outputs, "outputs", nil, "columns to explain (default: the last)")
	fs.StringSliceVar(&f.q.Plan.Inputs, "inputs", nil, "columns that may explain them (default: all others)")
	fs.StringSliceVar(&f.q.Text, "text", nil, "columns of numbers that are names of categories")
	fs.StringSliceVar(&f.q.Plan.Methods, "method", nil, "only these: given, delta, regional, prim, cart, stack (default: all that the table allows)")
	fs.StringVar(&f.q.Plan.Interest, "interest", "", `when a row is of interest: "y1 > 0.5", or a column of 1 and 0`)
	searchFlags(fs, &f.q.Plan.Search, 0)
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw into this SVG file")
	fs.StringVar(&f.which, "which", "", "also write which box and leaf each row lies in into this CSV file")
	return c
}

// searchFlags say how to search for conditions.
func searchFlags(fs *pflag.FlagSet, s *inquiry.SearchPlan, qp float64) {
	fs.IntVar(&s.Box, "box", -1, "describe the box of this number (default: by --density)")
	fractionFlag(fs, &s.PRIM.Threshold, "density", 0.8, "describe the box with most coverage of at least this density")
	fractionFlag(fs, &s.PRIM.Peel, "peel", 0.05, "share of a box that one step of PRIM takes away")
	fractionFlag(fs, &s.PRIM.MassMin, "mass", 0.05, "least share of all rows in a box")
	fs.StringVar(&s.PRIM.Objective, "objective", "lenient1", "what a step of PRIM seeks: lenient1, lenient2, original")
	fractionFlag(fs, &s.QP, "qp", qp, "give up limits of the box with a quasi-p-value above this, the worst first; 0: none")
	fs.IntVar(&s.Leaf, "leaf", 0, "least rows in a leaf of the tree (default: a twentieth of them)")
	fs.IntVar(&s.Bins, "bins", 3, "bins of an input in stacking")
	if fs.Lookup("seed") == nil {
		fs.Uint64Var(&s.Seed, "seed", study.DefaultSeed, "seed of resampling")
	}
	if fs.Lookup("workers") == nil {
		fs.IntVar(&s.Workers, "workers", 0, "workers (default: one for each processor)")
	}
}

func (f *analyseFlags) run(c *cobra.Command, name string) error {
	f.q.Table, f.q.Given = name, c.Flags().Changed
	x, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if err := f.files(x.Analysis, x.Columns); err != nil {
		return err
	}
	return tell(c, x.Analysis, show.Analysis, f.json)
}

// files writes what was asked for beside the answer.
func (f *analyseFlags) files(a *inquiry.Analysis, t *data.Columns) error {
	if f.which != "" {
		var b bytes.Buffer
		if err := show.WhichCSV(&b, a, t.Lines); err != nil {
			return fmt.Errorf("--which %s: %w", f.which, err)
		}
		if err := source.Overwrite(f.which, b.String()); err != nil {
			return err
		}
	}
	return draw(f.picture, a, show.AnalysisPicture)
}
