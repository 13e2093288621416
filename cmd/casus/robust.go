package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/decision"
)

type robustFlags struct {
	inWorlds
	q    ask.Robust
	full bool
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
  casus robust ukraine --threshold 'nato_war<=5%' --picture ukraine.svg`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error { return f.answer(c, args) },
	}
	f.flags(c, &f.q.Worlds)
	fs := c.Flags()
	fs.StringSliceVar(&f.q.Measures, "measure", nil, "measures to compare by (default: those the answer of a run leads with)")
	fs.StringArrayVar(&f.q.Thresholds, "threshold", nil, "what is good enough: MEASURE<=NUMBER or MEASURE>=NUMBER, a number or a percentage")
	fs.StringSliceVar(&f.q.Between, "between", nil, "two options to hold against each other, world by world")
	fractionFlag(fs, &f.q.Alpha, "alpha", decision.Defaults().Optimism, "Hurwicz's weight of the best world, from 0 to 1")
	fs.StringVar(&f.q.By, "by", string(decision.Expected), "what dominance compares: expected, median, worst or tail")
	fs.BoolVar(&f.full, "full", false, "show every number behind the picks")
	return c
}

func (f *robustFlags) answer(c *cobra.Command, args []string) error {
	if err := wordsOnly(c, "full"); err != nil {
		return err
	}
	f.about(c, &f.q.Worlds, args)
	a, err := f.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if err := draw(f.picture, a, show.RobustPicture); err != nil {
		return err
	}
	l := layout(c)
	l.Full = f.full
	return tellIn(c, a, show.Robust, l, f.json)
}
