package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
)

func newCheck() *cobra.Command {
	var json bool
	c := &cobra.Command{
		Use:   "check [FILE|FOLDER|CASE…]",
		Short: "Check model files and run the examples in them",
		Long: `check reads model files with all they use, shows every mistake and warning in
them, runs their examples and judges their courses. Without arguments it checks
all that ships with casus. It exits with 1 when there is a mistake, with 3 when
an example or an entry of a course does not come out as expected.`,
		RunE: func(c *cobra.Command, args []string) error {
			checked, err := ask.Check{Names: args}.Answer(told(c))
			if err != nil {
				if checked != nil && json {
					err = errors.Join(err, finding.Write(c.OutOrStdout(), checked))
				}
				return err
			}
			return showChecked(c, checked, json)
		},
	}
	c.Flags().BoolVar(&json, "json", false, "print the counts, and what did not come out, as JSON")
	return c
}

// showChecked ends with one line on all that was read.
func showChecked(c *cobra.Command, x *ask.Checked, asJSON bool) error {
	render(c.ErrOrStderr(), x.Unmet)
	if asJSON {
		if err := finding.Write(c.OutOrStdout(), x); err != nil || len(x.Unmet) == 0 {
			return err
		}
		return shown(ask.Unexpected)
	}
	for _, r := range x.Restated {
		if err := lines(c, r.String()); err != nil {
			return err
		}
	}
	if len(x.Unmet) > 0 {
		say(c.ErrOrStderr(), fmt.Sprintf("%s: %s", x, x.Outcome()))
		return shown(ask.Unexpected)
	}
	if words := x.String() + ": " + x.Outcome(); len(words) <= layout(c).Width {
		return lines(c, words)
	}
	return lines(c, x.String()+":", "  "+x.Outcome()) // in one piece, so that a script finds it
}
