package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"casus/report"
	"casus/study"
)

// newReport prints the report of a record again, without running, or draws it.
func newReport() *cobra.Command {
	var picture string
	var measures []string
	c := &cobra.Command{
		Use:   "report RECORD",
		Short: "Print the report of a record again, without running",
		Example: `  casus report casus-records/ukraine
  casus report casus-records/ukraine --picture ukraine.svg --measure peace,nato_war`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := study.Read(args[0])
			if err != nil {
				return err
			}
			if picture != "" {
				return draw(c, r, picture, measures)
			}
			width, _ := screen(c.OutOrStdout())
			return report.Text(c.OutOrStdout(), r, width)
		},
	}
	c.Flags().StringVar(&picture, "picture", "", "draw options and measures into this SVG file instead")
	c.Flags().StringSliceVar(&measures, "measure", nil, "measures to draw (default: the first of the case)")
	return c
}

func draw(c *cobra.Command, r *study.Record, name string, measures []string) error {
	var b bytes.Buffer
	if err := report.Picture(&b, r, measures); err != nil {
		return err
	}
	if err := replace(name, b.String()); err != nil {
		return err
	}
	fmt.Fprintln(c.OutOrStdout(), name)
	return nil
}
