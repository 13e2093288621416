package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/data"
	"casus/report"
	"casus/study"
)

type analyseFlags struct {
	plan           study.AnalysisPlan
	text           []string
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
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringSliceVar(&f.plan.Outputs, "outputs", nil, "columns to explain (default: the last)")
	fs.StringSliceVar(&f.plan.Inputs, "inputs", nil, "columns that may explain them (default: all others)")
	fs.StringSliceVar(&f.text, "text", nil, "columns of numbers that are names of categories")
	fs.StringSliceVar(&f.plan.Methods, "method", nil, "only these: given, delta, regional, prim, cart, stack (default: all that the table allows)")
	fs.StringVar(&f.plan.Interest, "interest", "", `when a row is of interest: "y1 > 0.5", or a column of 1 and 0`)
	searchFlags(fs, &f.plan.Search, 0)
	fs.BoolVar(&f.json, "json", false, "print JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw into this SVG file")
	fs.StringVar(&f.which, "which", "", "also write which box and leaf each row lies in into this CSV file")
	return c
}

// searchFlags say how to search for conditions.
func searchFlags(fs *pflag.FlagSet, s *study.SearchPlan, qp float64) {
	fs.IntVar(&s.Box, "box", -1, "describe the box of this number (default: by --density)")
	fs.Float64Var(&s.PRIM.Threshold, "density", 0.8, "describe the box with most coverage of at least this density")
	fs.Float64Var(&s.PRIM.Peel, "peel", 0.05, "share of a box that one step of PRIM takes away")
	fs.Float64Var(&s.PRIM.MassMin, "mass", 0.05, "least share of all rows in a box")
	fs.StringVar(&s.PRIM.Objective, "objective", "lenient1", "what a step of PRIM seeks: lenient1, lenient2, original")
	fs.Float64Var(&s.QP, "qp", qp, "give up limits of the box with a quasi-p-value above this, the worst first; 0: none")
	fs.IntVar(&s.Leaf, "leaf", 0, "least rows in a leaf of the tree (default: a twentieth of them)")
	fs.IntVar(&s.Bins, "bins", 3, "bins of an input in stacking")
	if fs.Lookup("seed") == nil {
		fs.Uint64Var(&s.Seed, "seed", study.DefaultSeed, "seed of resampling")
	}
	if fs.Lookup("workers") == nil {
		fs.IntVar(&s.Workers, "workers", 0, "workers (default: one for each processor)")
	}
}

// checkSearch refuses numbers that mean nothing; 0 is a default inside.
func checkSearch(c *cobra.Command, s *study.SearchPlan) error {
	fs := c.Flags()
	switch {
	case fs.Changed("box") && s.Box < 0:
		return usage(fmt.Sprintf("--box is the number of a box, from 0, got %d", s.Box), "")
	case fs.Changed("box") && fs.Changed("density"):
		return usage("--box and --density both choose the box to describe", "give one of them")
	case !(s.PRIM.Threshold > 0 && s.PRIM.Threshold <= 1):
		return usage(fmt.Sprintf("--density is above 0 and at most 1, got %v", s.PRIM.Threshold), "")
	case !(s.PRIM.Peel >= 0.001 && s.PRIM.Peel < 0.5):
		return usage(fmt.Sprintf("--peel is from 0.001 to below 0.5, got %v", s.PRIM.Peel), "0.05 and 0.1 are usual")
	case !(s.PRIM.MassMin > 0 && s.PRIM.MassMin <= 1):
		return usage(fmt.Sprintf("--mass is above 0 and at most 1, got %v", s.PRIM.MassMin), "")
	case !(s.QP >= 0 && s.QP < 1):
		return usage(fmt.Sprintf("--qp is from 0 to below 1, got %v", s.QP), "0.05 is usual")
	case s.Leaf < 0 || fs.Changed("leaf") && s.Leaf == 0:
		return usage(fmt.Sprintf("--leaf is at least 1, got %d", s.Leaf), "")
	case s.Bins < 1 || s.Bins > 12:
		return usage(fmt.Sprintf("--bins is from 1 to 12, got %d", s.Bins), "")
	case s.Workers < 0 || s.Workers > study.MaxWorkers:
		return usage(fmt.Sprintf("--workers is from 1 to %d, got %d", study.MaxWorkers, s.Workers), "")
	}
	return nil
}

func (f *analyseFlags) run(c *cobra.Command, name string) error {
	if err := checkSearch(c, &f.plan.Search); err != nil {
		return err
	}
	t, problems, err := data.ReadColumns(name, f.text)
	if err != nil {
		return ask.Unreadable(name, err)
	}
	showProblems(c, problems)
	found, err := study.Analyse(c.Context(), t, len(problems), f.plan)
	if err != nil {
		return err
	}
	if err := f.files(found, t, name); err != nil {
		return err
	}
	return show(c, found, report.Analysis, f.json)
}

// files writes what was asked for beside the answer.
func (f *analyseFlags) files(a *study.Analysis, t *data.Columns, name string) error {
	if f.which != "" {
		var b bytes.Buffer
		if err := report.WhichCSV(&b, a, t.Lines); err != nil {
			return fmt.Errorf("--which %s: %w", f.which, err)
		}
		if same(f.which, name) {
			return usage("--which would write over the table", "choose another file")
		}
		if err := replace(f.which, b.String()); err != nil {
			return err
		}
	}
	if f.picture != "" && same(f.picture, name) {
		return usage("--picture would write over the table", "choose another file")
	}
	return draw(f.picture, a, report.AnalysisPicture)
}

func same(a, b string) bool { return filepath.Clean(ask.Cleaned(a)) == filepath.Clean(ask.Cleaned(b)) }

// showProblems says what was wrong with a table and did not stop the reading; of
// many problems the first.
func showProblems(c *cobra.Command, problems []data.Problem) {
	const most = 10
	for _, p := range problems[:min(most, len(problems))] {
		fmt.Fprintln(c.ErrOrStderr(), p.Error())
	}
	if len(problems) > most {
		fmt.Fprintf(c.ErrOrStderr(), "… and %s more\n", ask.Count(len(problems)-most, "problem"))
	}
}
