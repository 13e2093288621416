package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/report"
	"casus/sensitivity"
	"casus/study"
)

type senseFlags struct {
	plan      study.Plan
	query     study.SenseQuery
	groups    []string
	correlate []string
	top       int
	picture   string
	asJSON    bool
	resamples int
	weighted  bool
}

// newSense says which assumptions decide a measure.
func newSense() *cobra.Command {
	var f senseFlags
	c := &cobra.Command{
		Use:   "sense CASE|RECORD",
		Short: "Say which assumptions decide a measure",
		Long: `sense says which assumptions decide a measure, or the difference of two options
on it, under each view. Given a case it runs the worlds that a method wants; given
the folder of a record it asks the worlds that were run, and runs nothing.

The methods:
  sobol     first-order and total indices (the default for a case)
  given     first-order indices from worlds drawn in any way (the default for a record)
  delta     how the whole distribution shifts, bias-corrected
  regional  what sets the worst tenth, or the worlds of --where, apart
  dgsm      upper bounds of total indices from derivatives
  morris    elementary effects, to screen many assumptions with few runs`,
		Example: `  casus sense ukraine --option europe --measure peace
  casus sense ukraine --between europe,monitors --measure nato_war --view entrapment
  casus sense casus-records/ukraine --method given,delta,regional --option europe
  casus sense casus-records/ukraine --option europe --where "accepted >= 0.5"
  casus sense ukraine --option europe --group costs=war_cost --picture sense.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	fs := c.Flags()
	fs.StringSliceVar(&f.query.Methods, "method", nil, "methods, in the order of the columns: "+strings.Join(study.SenseMethods(), ", "))
	fs.StringSliceVar(&f.query.Measures, "measure", nil, "measures (default: the first of the case)")
	fs.StringSliceVar(&f.query.Options, "option", nil, "options (default: the baseline)")
	fs.StringSliceVar(&f.query.Between, "between", nil, "the difference of two options: A,B is A less B")
	fs.StringSliceVar(&f.query.Views, "view", nil, "views (default: all)")
	fs.StringVar(&f.query.Where, "where", "", `only worlds such as "accepted >= 0.5" (given, delta), or those against the others (regional)`)
	fs.IntVar(&f.query.Rows, "rows", study.DefaultRows, "rows of the design of sobol; each is run once for each assumption")
	fs.IntVar(&f.query.Trajectories, "trajectories", study.DefaultTrajectories, "trajectories of morris")
	fs.BoolVar(&f.query.Second, "second", false, "also what pairs decide together (sobol)")
	fs.StringArrayVar(&f.groups, "group", nil, "weigh several as one: NAME=a,b,c (sobol); a name without its actor stands for all of them")
	fs.StringArrayVar(&f.correlate, "correlate", nil, "rank correlation of two assumptions: a,b=0.6")
	fs.IntVar(&f.resamples, "resamples", 100, "resamples behind an interval")
	planFlags(fs, &f.plan, study.DefaultWorlds)
	weightedFlag(fs, &f.weighted)
	fs.Lookup("worlds").Usage = "worlds for each view (given, delta, regional, dgsm)"
	fs.IntVar(&f.top, "top", 15, "assumptions shown in a table or picture; 0: all")
	fs.StringVar(&f.picture, "picture", "", "draw the first method into this SVG file instead")
	fs.BoolVar(&f.asJSON, "json", false, "print JSON")
	return c
}

func (f *senseFlags) run(c *cobra.Command, name string) error {
	ofRecord, err := recordFolder(name)
	if err != nil {
		return err
	}
	if err := f.settle(c, ofRecord); err != nil {
		return err
	}
	s, err := f.ask(c, name, ofRecord)
	if err != nil {
		return err
	}
	l := layout(c)
	l.Most = f.top
	if f.picture != "" {
		if err := draw(f.picture, s, func(w io.Writer, s *study.Sensitivity) error { return report.SensePicture(w, s, l) }); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.OutOrStdout(), f.picture)
		return err
	}
	return showIn(c, s, report.Sense, l, f.asJSON)
}

// recordFolder reports whether a name is the folder of a record, or its
// manifest; a shipped case wins over a folder of its name.
func recordFolder(name string) (bool, error) {
	if ask.Shipped(name) {
		return false, nil
	}
	if filepath.Base(name) == "manifest.json" {
		return ask.Exists(name), nil
	}
	_, err := os.Stat(filepath.Join(name, "manifest.json"))
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist), strings.Contains(err.Error(), "not a directory"):
		return false, nil
	}
	return false, err
}

// settle checks the flags and reads groups and correlations.
func (f *senseFlags) settle(c *cobra.Command, ofRecord bool) error {
	changed := c.Flags().Changed
	for _, name := range []string{"worlds", "horizon", "rows", "trajectories", "resamples"} { // in a plan 0 is the default
		if n, _ := c.Flags().GetInt(name); changed(name) && n < 1 {
			return usage(fmt.Sprintf("--%s is at least 1, got %d", name, n), "")
		}
	}
	if f.top < 0 {
		return usage(fmt.Sprintf("--top is the number of assumptions to show, got %d", f.top), "0 shows all")
	}
	if f.top == 0 {
		f.top = -1
	}
	if f.picture != "" && f.asJSON {
		return usage("--picture and --json at once", "choose one")
	}
	if ofRecord {
		for _, name := range []string{"worlds", "rows", "trajectories", "design", "horizon", "date", "max-states"} {
			if changed(name) {
				return usage("--"+name+" is for a case", "the worlds of a record were run already")
			}
		}
	}
	for _, words := range f.groups {
		g, err := readGroup(words)
		if err != nil {
			return err
		}
		f.query.Groups = append(f.query.Groups, g)
	}
	for _, words := range f.correlate {
		x, err := readCorrelation(words)
		if err != nil {
			return err
		}
		f.query.Correlations = append(f.query.Correlations, x)
	}
	f.query.Bootstrap.Resamples = f.resamples
	f.query.Bootstrap.Seed = f.plan.Seed
	f.query.Bootstrap.Workers = f.plan.Workers
	if err := f.query.Check(ofRecord || f.weighted); err != nil {
		return usage(err.Error(), "")
	}
	return nil
}

func readGroup(words string) (sensitivity.Group, error) {
	name, members, found := strings.Cut(words, "=")
	g := sensitivity.Group{Name: strings.TrimSpace(name)}
	for _, m := range strings.Split(members, ",") {
		if m = strings.TrimSpace(m); m != "" {
			g.Inputs = append(g.Inputs, m)
		}
	}
	if !found || g.Name == "" || len(g.Inputs) == 0 {
		return g, usage(fmt.Sprintf("cannot read the group %q", words), "write --group NAME=a,b,c")
	}
	return g, nil
}

func readCorrelation(words string) (study.Correlation, error) {
	pair, number, found := strings.Cut(words, "=")
	a, b, two := strings.Cut(pair, ",")
	r, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	x := study.Correlation{A: strings.TrimSpace(a), B: strings.TrimSpace(b), Rank: r}
	switch {
	case !found || !two || err != nil || x.A == "" || x.B == "":
		return x, usage(fmt.Sprintf("cannot read the correlation %q", words), "write --correlate a,b=0.6")
	case !(r > -1 && r < 1):
		return x, usage(fmt.Sprintf("a rank correlation lies between -1 and 1, got %s", strings.TrimSpace(number)), "make two that are one into one assumption")
	}
	return x, nil
}

func (f *senseFlags) ask(c *cobra.Command, name string, ofRecord bool) (*study.Sensitivity, error) {
	if ofRecord {
		r, err := study.Read(name)
		if err != nil {
			return nil, err
		}
		if err := r.ReadDraws(name); err != nil {
			return nil, err
		}
		return f.ofWorlds(r)
	}
	m, k, err := loadCase(c, name)
	if err != nil {
		return nil, err
	}
	bar := newBar(c.ErrOrStderr())
	if f.weighted {
		r, err := study.Run(c.Context(), m, k, f.plan, bar.tell)
		bar.clear()
		if err != nil {
			return nil, err
		}
		if r.Partial {
			return nil, context.Canceled
		}
		return f.ofWorlds(r)
	}
	s, err := study.Sense(c.Context(), m, k, f.plan, f.query, bar.tell)
	bar.clear()
	return s, err
}

// ofWorlds asks worlds that were run, picked by what happened if that is asked
// for.
func (f *senseFlags) ofWorlds(r *study.Record) (*study.Sensitivity, error) {
	if f.weighted {
		var err error
		if r, err = r.ByRecord(); err != nil {
			return nil, err
		}
	}
	return r.Sense(f.query)
}
