package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/claim"
	"casus/model"
	"casus/report"
	"casus/study"
)

type claimsFlags struct {
	plan          study.Plan
	of, picture   string
	only          []string
	json, noFlips bool
	weighted      bool
}

// newClaims is the ledger of what is said about a case.
func newClaims() *cobra.Command {
	var f claimsFlags
	c := &cobra.Command{
		Use:   "claims CASE|FOLDER|FILE|RECORD",
		Short: "Hold what is said about a case against what follows",
		Long: `claims shows every claim about a case: who says it, in what share of the worlds
it holds under each view, which assumption decides it, at which change of one
assumption it turns round, and the case for and against it. What figures, law or
dates settle is settled by them; a characterisation is shown and never scored.

A case is run in the options that its claims compare. From a record nothing is
run: the worlds are those of the record, and flips are left out. The claims
themselves are those of the case as it stands now (--case says where it is).`,
		Example: `  casus claims ukraine
  casus claims ukraine --claim C09,C12 --view entrapment --worlds 2048
  casus claims casus-records/ukraine --picture claims.svg
  casus claims ./mycase --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return showClaims(c, &f, args[0]) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringSliceVar(&f.only, "claim", nil, "only these claims, by id")
	planFlags(fs, &f.plan, study.DefaultWorlds)
	fs.Lookup("date").Usage = "the day whose law holds in the worlds (default: as the case says)"
	fs.StringSliceVar(&f.plan.Options, "option", nil, "options to run (default: those that the claims compare)")
	fs.StringSliceVar(&f.plan.Views, "view", nil, "views to run (default: all)")
	fs.StringVar(&f.of, "case", "", "of a record: the case, its file or folder (default: the shipped case of that name)")
	weightedFlag(fs, &f.weighted)
	fs.BoolVar(&f.noFlips, "no-flips", false, "do not look for flips, which takes about as long as the worlds")
	fs.BoolVar(&f.json, "json", false, "print JSON")
	fs.StringVar(&f.picture, "picture", "", "draw the shares into this SVG file instead")
	return c
}

func showClaims(c *cobra.Command, f *claimsFlags, name string) error {
	if flag := zero(c, "worlds", "horizon"); flag != "" {
		return fmt.Errorf("--%s is at least 1, got 0", flag)
	}
	if f.json && f.picture != "" {
		return usage("--json and --picture at once", "choose one")
	}
	l, err := f.ledger(c, name)
	if err != nil {
		return err
	}
	if f.picture != "" {
		if err := draw(f.picture, l, report.ClaimsPicture); err != nil {
			return err
		}
		fmt.Fprintln(c.OutOrStdout(), f.picture)
		return nil
	}
	return show(c, l, report.Claims, f.json)
}

// ledger is made from a record, or from a case that is run.
func (f *claimsFlags) ledger(c *cobra.Command, name string) (*claim.Ledger, error) {
	if namesRecord(name) {
		return f.ofRecord(c, name)
	}
	if f.of != "" {
		return nil, usage("--case is for a record", name+" is a case itself")
	}
	m, k, err := loadCase(c, name)
	if err != nil {
		return nil, err
	}
	claims, err := f.claims(c, m, k)
	if err != nil {
		return nil, err
	}
	if len(f.plan.Options) == 0 {
		f.plan.Options = claim.Options(k, claims)
	}
	if k.Crisis == nil || len(f.plan.Options) == 0 { // only law, figures and dates speak
		return claim.New(c.Context(), m, k, nil, claims)
	}
	bar := newBar(c.ErrOrStderr())
	defer bar.clear()
	r, err := study.Run(c.Context(), m, k, f.plan, bar.tell)
	if err != nil {
		return nil, err
	}
	if r.Partial {
		return nil, context.Canceled
	}
	if f.weighted {
		if r, err = r.ByRecord(); err != nil {
			return nil, err
		}
		f.noFlips = true // they start from the central world of a view as it is stated
	}
	l, err := claim.New(c.Context(), m, k, r, claims)
	if err != nil || f.noFlips {
		return l, err
	}
	return l, l.Flips(c.Context(), m, k, f.plan, bar.tell)
}

// claims are those asked for; a case of which nobody claims anything has none
// to ask for.
func (f *claimsFlags) claims(c *cobra.Command, m *model.Model, k *model.Case) ([]*model.Claim, error) {
	if err := refuse(c, claim.Check(m)); err != nil {
		return nil, err
	}
	if len(m.ClaimsOf(k)) == 0 {
		return nil, fmt.Errorf("nobody claims anything about case %s (write claim ID \"…\" { … } beside it)", k.Name)
	}
	return claim.Chosen(m, k, f.only)
}

// ofRecord takes the worlds of a record, and the claims of the case as it
// stands.
func (f *claimsFlags) ofRecord(c *cobra.Command, folder string) (*claim.Ledger, error) {
	for _, n := range []string{"worlds", "seed", "design", "horizon", "date", "option", "view", "workers", "max-states", "no-flips"} {
		if c.Flags().Changed(n) {
			return nil, usage("--"+n+" is for a case that is run", folder+" is a record, and its worlds are what they are")
		}
	}
	r, err := study.Read(folder)
	if err != nil {
		return nil, err
	}
	name := f.of
	if name == "" {
		if name = r.Case; !ask.Shipped(name) {
			return nil, usage("the claims about case "+r.Case+" are not in its record", "say where the case is: --case FOLDER")
		}
	}
	m, k, err := loadCase(c, name)
	if err != nil {
		return nil, err
	}
	if k.Name != r.Case {
		return nil, fmt.Errorf("%s is a record of case %s, and %s is case %s", folder, r.Case, name, k.Name)
	}
	claims, err := f.claims(c, m, k)
	if err != nil {
		return nil, err
	}
	if filepath.Base(folder) == "manifest.json" {
		folder = filepath.Dir(folder)
	}
	if err := r.ReadDraws(folder); err != nil {
		return nil, err
	}
	files := r.Files
	if f.weighted {
		if r, err = r.ByRecord(); err != nil {
			return nil, err
		}
	}
	l, err := claim.New(c.Context(), m, k, r, claims)
	if err == nil && !slices.Equal(files, study.Digests(m)) {
		l.Warnings = append(l.Warnings, "the files of the case are not those from which the record was made: its numbers may be of another wording")
	}
	return l, err
}
