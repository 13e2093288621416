package main

import (
	"github.com/spf13/cobra"

	"casus/report"
	"casus/study"
)

// newReport prints the report of a record again, without running.
func newReport() *cobra.Command {
	return &cobra.Command{
		Use:   "report RECORD",
		Short: "Print the report of a record again, without running",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := study.Read(args[0])
			if err != nil {
				return err
			}
			width, _ := screen(c.OutOrStdout())
			return report.Text(c.OutOrStdout(), r, width)
		},
	}
}
