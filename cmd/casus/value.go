package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/model"
	"casus/report"
	"casus/study"
)

type valueFlags struct {
	inWorlds
	ask    study.ValueAsk
	groups []string
	top    int
}

// newValue says what it would be worth to know before choosing.
func newValue() *cobra.Command {
	f := valueFlags{inWorlds: inWorlds{draws: true}}
	c := &cobra.Command{
		Use:   "value CASE|RECORD",
		Short: "Say what it would be worth to know an assumption before choosing",
		Long: `Say what it would be worth, by the expected value of one measure, to know
everything, one assumption, or a group of them before an option is chosen; and
which option would be chosen now, and in what share of worlds it is not the best.
Every view is answered apart. A case is run; a record is read and nothing is run.`,
		Example: `  casus value ukraine --measure peace
  casus value casus-records/ukraine --measure nato_war --top 20
  casus value casus-records/ukraine --group 'resolve=stake,will' --picture worth.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args[0]) },
	}
	f.flags(c)
	fs := c.Flags()
	fs.StringVar(&f.ask.Measure, "measure", "", "measure to choose by (default: the first of the case that says which way is better)")
	fs.StringArrayVar(&f.groups, "group", nil, "assumptions that would be learned together: NAME=ASSUMPTION,ASSUMPTION")
	fs.IntVar(&f.top, "top", 10, "assumptions to show in each view; 0 shows all")
	return c
}

func (f *valueFlags) answer(c *cobra.Command, name string) error {
	if f.top < 0 {
		return usage(fmt.Sprintf("--top is a count from 0, got %d", f.top), "0 shows all")
	}
	for _, s := range f.groups {
		g, err := study.ParseGroup(s)
		if err != nil {
			return usage(err.Error(), "")
		}
		f.ask.Groups = append(f.ask.Groups, g)
	}
	f.ask.Options, f.ask.Views, f.ask.Workers = f.plan.Options, f.plan.Views, f.plan.Workers
	r, err := f.get(c, name, func(m *model.Model, k *model.Case) error {
		var assumptions []string
		for _, a := range m.Uses(k) {
			assumptions = append(assumptions, a.Name)
		}
		return f.ask.Check(study.Measures(m, k), optionNames(k), assumptions)
	})
	if err != nil {
		return err
	}
	bar := newBar(c.ErrOrStderr())
	answer, err := r.WhatItIsWorth(c.Context(), f.ask, bar.tell)
	bar.clear()
	if err != nil {
		return err
	}
	l := layout(c)
	l.Most = f.top
	if err := draw(f.picture, answer, func(w io.Writer, v *study.Value) error { return report.ValuePicture(w, v, l) }); err != nil {
		return err
	}
	return showIn(c, answer, report.Value, l, f.json)
}
