package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/worlds/study"
)

// inWorlds holds the flags shared by verbs that work on many worlds. They accept
// a case, which is run, or a record, which is read.
type inWorlds struct {
	of      string // the case of a folder with several
	json    bool
	picture string
}

// planFlags are the flags of every verb that runs a case, with so many worlds
// unless told otherwise.
func planFlags(f *pflag.FlagSet, p *study.Plan, worlds int) {
	f.IntVar(&p.Worlds, "worlds", worlds, "worlds for each view")
	f.Uint64Var(&p.Seed, "seed", study.DefaultSeed, "seed of the draws")
	f.StringVar(&p.Design, "design", "sobol", "how worlds are laid out: sobol, lhs or mc")
	f.IntVar(&p.Horizon, "horizon", 0, "years played (default: as the case says)")
	f.StringVar(&p.Date, "date", "", "the day whose law holds (default: as the case says)")
	f.IntVar(&p.Workers, "workers", 0, "workers (default: one for each processor)")
	f.IntVar(&p.MaxStates, "max-states", 0, "bound on the states of one option's graph (default 400000)")
}

// memoryFlag is shared by every verb that makes worlds.
func memoryFlag(f *pflag.FlagSet, to *int64) {
	f.Var((*size)(to), "memory", "memory that may be used, such as 2GiB (default: what the machine has)")
}

func (w *inWorlds) flags(c *cobra.Command, q *ask.Worlds) {
	f := c.Flags()
	caseFlag(f, &w.of)
	planFlags(f, &q.Plan, study.DefaultWorlds)
	memoryFlag(f, &q.Memory)
	f.StringSliceVar(&q.Plan.Options, "option", nil, "options to compare (default: all)")
	f.StringSliceVar(&q.Plan.Views, "view", nil, "views to look at (default: all)")
	weightedFlag(f, &q.Weighted)
	f.StringVar(&q.Keep.Record, "record", "", "also write the record of the run into this folder")
	f.BoolVar(&q.Keep.Replace, "replace", false, "replace the record that is there, whatever its plan")
	f.BoolVar(&w.json, "json", false, "write JSON")
	f.StringVar(&w.picture, "picture", "", "also draw the answer into this SVG file")
}

// weightedFlag is shared by the verbs that can ask worlds by what happened.
func weightedFlag(f *pflag.FlagSet, to *bool) {
	f.BoolVar(to, "weighted", false, "weigh or pick the worlds by how well they give what happened (the records that the case is held against)")
}

// named takes the case out of the arguments: CASE, or FOLDER and the name of one
// of its cases, which --case may name too.
func named(args []string, of string) ask.Named {
	n := ask.Named{Path: args[0], Name: of}
	if len(args) > 1 {
		n.Name = args[1]
	}
	return n.InFolder()
}

// caseFlag names one case of a folder.
func caseFlag(f *pflag.FlagSet, of *string) {
	f.StringVar(of, "case", "", "the case, of a folder that defines several")
}

// oneCase wants a case, perhaps with the name of one in a folder.
func oneCase(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return usage("which case?", "as in "+c.CommandPath()+" ukraine, or the folder of your own")
	case len(args) == 2 && caseGiven(c) != "" && caseGiven(c) != args[1]:
		return usage(fmt.Sprintf("two cases are named: %s and --case %s", args[1], caseGiven(c)), "name one of them")
	case len(args) == 2 && args[0] == args[1] && !isFolder(args[0]) && !c.Flags().Changed("resume"): // a folder may hold a case of its name; a record follows --resume
		return usage("case "+args[0]+" is named twice", "name it once")
	case len(args) > 2:
		return usage(fmt.Sprintf("%d words name no case: %s", len(args), strings.Join(args, " ")), "a case, or a folder and the name of one case in it")
	}
	return nil
}

func isFolder(name string) bool {
	f, err := os.Stat(name)
	return err == nil && f.IsDir()
}

// caseGiven reads --case; empty where it says nothing.
func caseGiven(c *cobra.Command) string {
	if f := c.Flags().Lookup("case"); f != nil {
		return f.Value.String()
	}
	return ""
}

// about points a question at what the arguments name.
func (w *inWorlds) about(c *cobra.Command, q *ask.Worlds, args []string) {
	q.Of, q.Given = named(args, w.of), c.Flags().Changed
}

// formerly keeps the old name of a flag for a while, unseen. Years are what --from
// and --to mean.
func formerly(f *pflag.FlagSet, old, name string) {
	f.Var(f.Lookup(name).Value, old, "the old name of --"+name)
	f.Lookup(old).Hidden = true
}
