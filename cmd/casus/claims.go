package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/study"
)

type claimsFlags struct {
	q       ask.Claims
	of      string
	json    bool
	picture string
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
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return showClaims(c, &f, args) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringSliceVar(&f.q.Only, "claim", nil, "only these claims, by id")
	planFlags(fs, &f.q.Plan, study.DefaultWorlds)
	memoryFlag(fs, &f.q.Memory)
	fs.Lookup("date").Usage = "the day whose law holds in the worlds (default: as the case says)"
	fs.StringSliceVar(&f.q.Plan.Options, "option", nil, "options to run (default: those that the claims compare)")
	fs.StringSliceVar(&f.q.Plan.Views, "view", nil, "views to run (default: all)")
	fs.StringVar(&f.of, "case", "", "the case, of a folder that defines several; of a record: its file or folder (default: the shipped case of that name)")
	weightedFlag(fs, &f.q.Weighted)
	fs.BoolVar(&f.q.NoFlips, "no-flips", false, "do not look for flips, which takes about as long as the worlds")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	fs.StringVar(&f.picture, "picture", "", "also draw the shares into this SVG file")
	return c
}

func showClaims(c *cobra.Command, f *claimsFlags, args []string) error {
	f.q.Of, f.q.Given = named(args, f.of), c.Flags().Changed
	if ask.NamesRecord(args[0]) {
		f.q.Of, f.q.Case = named(args, ""), f.of
	}
	doing := "the options that the claims compare are played in worlds of every view"
	if !f.q.NoFlips && !f.q.Weighted {
		doing += "; then what turns a claim round is looked for, which takes as long (--no-flips leaves it out)"
	}
	l, err := f.q.Answer(c.Context(), toldDoing(c, doing))
	if err != nil {
		return err
	}
	if err := draw(f.picture, l, show.ClaimsPicture); err != nil {
		return err
	}
	return tell(c, l, show.Claims, f.json)
}
