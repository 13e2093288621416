package main

import (
	"github.com/spf13/cobra"

	"casus/decision"
	"casus/model"
	"casus/report"
	"casus/study"
)

type robustFlags struct {
	inWorlds
	ask        study.RobustAsk
	by         string
	thresholds []string
	full       bool
}

// newRobust holds options against many worlds by every criterion.
func newRobust() *cobra.Command {
	var f robustFlags
	c := &cobra.Command{
		Use:   "robust CASE|RECORD",
		Short: "Say how options fare over many worlds, by every criterion of choice",
		Long: `Say how the options of a case fare over many worlds: which one each criterion
picks (expected value, worst case, regret and others), where criteria and views
disagree, and which options no other dominates over several measures. Every view
is answered apart. A case is run; a record is read and nothing is run.`,
		Example: `  casus robust ukraine
  casus robust casus-records/ukraine --measure peace --full
  casus robust casus-records/ukraine --between europe,membership
  casus robust estonia --threshold 'nato_war<=5%' --picture estonia.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args[0]) },
	}
	f.flags(c)
	fs := c.Flags()
	fs.StringSliceVar(&f.ask.Measures, "measure", nil, "measures to compare by (default: the first of the case that say which way is better)")
	fs.StringArrayVar(&f.thresholds, "threshold", nil, "what is good enough: MEASURE<=NUMBER or MEASURE>=NUMBER, a number or a percentage")
	fs.StringSliceVar(&f.ask.Between, "between", nil, "two options to hold against each other, world by world")
	fs.Float64Var(&f.ask.Alpha, "alpha", decision.Defaults().Optimism, "Hurwicz's weight of the best world, from 0 to 1")
	fs.StringVar(&f.by, "by", string(decision.Expected), "what dominance compares: expected, median, worst or tail")
	fs.BoolVar(&f.full, "full", false, "show every number behind the picks")
	return c
}

func (f *robustFlags) answer(c *cobra.Command, name string) error {
	for _, s := range f.thresholds {
		th, err := study.ParseThreshold(s)
		if err != nil {
			return usage(err.Error(), "")
		}
		f.ask.Thresholds = append(f.ask.Thresholds, th)
	}
	f.ask.By, f.ask.Options, f.ask.Views = decision.Summary(f.by), f.plan.Options, f.plan.Views
	r, err := f.get(c, name, func(m *model.Model, k *model.Case) error {
		return f.ask.Check(study.Measures(m, k), optionNames(k))
	})
	if err != nil {
		return err
	}
	answer, err := r.Robust(f.ask)
	if err != nil {
		return err
	}
	if err := draw(f.picture, answer, report.RobustPicture); err != nil {
		return err
	}
	l := layout(c)
	l.Full = f.full
	return showIn(c, answer, report.Robust, l, f.json)
}
