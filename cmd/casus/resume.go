package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/study"
)

// resumed is the flag --resume: alone it means the newest record of the case that
// is not finished; --resume=RECORD and --resume RECORD name another.
type resumed struct {
	asked  bool
	folder string // empty: the newest of the case that is not finished
}

// ownRecord is what the flag is set to when no record is named.
const ownRecord = " "

func (r *resumed) String() string { return r.folder }

func (r *resumed) Type() string { return "RECORD" }

func (r *resumed) Set(s string) error {
	r.asked, r.folder = true, s
	if s == ownRecord {
		r.folder = ""
	}
	return nil
}

// args checks the number of arguments: after a flag with an optional value its
// value stands among them.
func (r *resumed) args(c *cobra.Command, args []string) error {
	if r.asked && r.folder == "" && len(args) == 2 {
		return nil
	}
	return cobra.ExactArgs(1)(c, args)
}

// take takes the record out of the arguments, on whichever side of the case it
// stands.
func (r *resumed) take(args []string) []string {
	if len(args) != 2 {
		return args
	}
	name, record := args[0], args[1]
	if namesRecord(name) && !namesRecord(record) {
		name, record = record, name
	}
	r.folder = record
	return []string{name}
}

// read reads the record to go on from, in a folder that nobody writes.
func (r *resumed) read(folder string) (*study.Record, error) {
	if err := study.Tidy(folder); err != nil {
		return nil, fmt.Errorf("clearing away what a killed run left: %w", err)
	}
	if s, err := study.Stands(folder); err != nil {
		return nil, err
	} else if s.Busy {
		return nil, fmt.Errorf("%s: another run is writing its record there", folder)
	}
	return study.ReadUnfinished(folder)
}

// plan is the one the record was made by, with what the command line says
// otherwise.
func (r *resumed) plan(c *cobra.Command, asked study.Plan, before *study.Record) study.Plan {
	p := before.Plan()
	p.Workers, p.MaxStates = asked.Workers, asked.MaxStates
	set := map[string]func(){
		"worlds":      func() { p.Worlds = asked.Worlds },
		"seed":        func() { p.Seed = asked.Seed },
		"design":      func() { p.Design = asked.Design },
		"horizon":     func() { p.Horizon = asked.Horizon },
		"date":        func() { p.Date = asked.Date },
		"option":      func() { p.Options = asked.Options },
		"view":        func() { p.Views = asked.Views },
		"baseline":    func() { p.Baseline = asked.Baseline },
		"until":       func() { p.Until = asked.Until },
		"measure":     func() { p.Measures = asked.Measures },
		"most-worlds": func() { p.MostWorlds = asked.MostWorlds },
	}
	for name, do := range set {
		if c.Flags().Changed(name) {
			do()
		}
	}
	if c.Flags().Changed("option") && !c.Flags().Changed("baseline") { // that of the record may not be among them
		p.Baseline = ""
	}
	return p
}
