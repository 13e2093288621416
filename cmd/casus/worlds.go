package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casus/ask"
	"casus/model"
	"casus/study"
)

// inWorlds is what every verb has that looks at a case in many worlds: it takes
// a case, which is run, or a record, which is not.
type inWorlds struct {
	draws    bool // the draws of a record are wanted too
	weighted bool
	plan     study.Plan
	keep     kept
	json     bool
	picture  string
}

// runFlags are those that make worlds; a record has its own.
var runFlags = []string{"worlds", "seed", "design", "horizon", "date", "max-states", "record", "replace"}

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

// zero names the first of some flags that was set to 0, which in a plan would be
// the default; empty when there is none.
func zero(c *cobra.Command, names ...string) string {
	for _, name := range names {
		if f := c.Flags().Lookup(name); f.Changed && f.Value.String() == "0" {
			return name
		}
	}
	return ""
}

func (w *inWorlds) flags(c *cobra.Command) {
	f := c.Flags()
	planFlags(f, &w.plan, study.DefaultWorlds)
	f.StringSliceVar(&w.plan.Options, "option", nil, "options to compare (default: all)")
	f.StringSliceVar(&w.plan.Views, "view", nil, "views to look at (default: all)")
	weightedFlag(f, &w.weighted)
	f.StringVar(&w.keep.record, "record", "", "also write the record of the run into this folder")
	f.BoolVar(&w.keep.replace, "replace", false, "replace the record that is there, whatever its plan")
	f.BoolVar(&w.json, "json", false, "write JSON")
	f.StringVar(&w.picture, "picture", "", "also draw the answer into this SVG file")
}

// namesRecord reports whether an argument names a record, whole or damaged.
func namesRecord(name string) bool {
	if ask.Shipped(name) {
		return false
	}
	if filepath.Base(name) == "manifest.json" {
		return true
	}
	return slices.ContainsFunc([]string{"manifest.json", "measures.parquet", "worlds.parquet", "run.journal"}, func(f string) bool { return ask.Exists(filepath.Join(name, f)) })
}

// weightedFlag is that of every verb that can ask worlds by what happened.
func weightedFlag(f *pflag.FlagSet, to *bool) {
	f.BoolVar(to, "weighted", false, "pick the worlds by how well they give what happened (the records that the case is held against)")
}

// get is the record that an argument names, or that of the case
// it names, run now; its worlds picked by what happened, if that is asked for.
// Fits is asked before a case is run.
func (w *inWorlds) get(c *cobra.Command, name string, fits func(m *model.Model, k *model.Case) error) (*study.Record, error) {
	r, err := w.plain(c, name, fits)
	if err != nil || !w.weighted {
		return r, err
	}
	return r.ByRecord()
}

func (w *inWorlds) plain(c *cobra.Command, name string, fits func(m *model.Model, k *model.Case) error) (*study.Record, error) {
	if namesRecord(name) {
		for _, flag := range runFlags {
			if c.Flags().Changed(flag) {
				return nil, usage("--"+flag+" is for a case that is run, and "+name+" is the record of one", "leave it out, or name the case")
			}
		}
		r, err := study.Read(name)
		if err == nil && w.draws {
			err = r.ReadDraws(name)
		}
		return r, err
	}
	if flag := zero(c, "worlds", "horizon"); flag != "" {
		return nil, fmt.Errorf("--%s is at least 1, got 0", flag)
	}
	m, k, err := loadCase(c, name)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil {
		return nil, fmt.Errorf("case %s has no crisis to run; casus why answers questions of law", k.Name)
	}
	if err := fits(m, k); err != nil {
		return nil, err
	}
	return w.run(c, m, k)
}

// run runs a case to its end; of a part of its options nothing can be said.
func (w *inWorlds) run(c *cobra.Command, m *model.Model, k *model.Case) (*study.Record, error) {
	work, err := study.Begin(m, k, w.plan)
	if err != nil {
		return nil, err
	}
	r, lost, err := w.end(c, work, k.Name)
	switch {
	case err != nil:
		return nil, err
	case lost != nil:
		return nil, lost
	case r.Partial:
		return nil, context.Canceled
	}
	return r, nil
}

// end does the work, with a record where one is wanted.
func (w *inWorlds) end(c *cobra.Command, work *study.Work, name string) (r *study.Record, lost, err error) {
	if w.keep.record != "" {
		folder, err := w.keep.place(work, name, c.ErrOrStderr())
		if err != nil {
			return nil, nil, err
		}
		return finish(c, work, folder)
	}
	bar := newBar(c.ErrOrStderr())
	defer bar.clear()
	r, err = work.Run(c.Context(), bar.tell)
	return r, nil, err
}

func optionNames(k *model.Case) []string {
	var out []string
	for _, o := range k.Options {
		out = append(out, o.Name)
	}
	return out
}
