package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newDataList() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the data that were added",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			folder, err := dataFolder(from)
			if err != nil {
				return err
			}
			sets, err := folder.List()
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			for _, d := range sets {
				fmt.Fprintf(out, "%s  %s, to %s\n", d.Name, d.Cited(), d.Coverage)
				fmt.Fprintf(out, "  from %s: %s, %s used, %s\n", d.Input.Name, many(d.Counts.Rows, "row"), thousands(d.Counts.Used), many(d.Counts.Instruments, "instrument"))
				fmt.Fprintf(out, "  %s\n", folder.Of(d.Name))
				fmt.Fprintf(out, "  cite: %s\n", d.Citation)
			}
			if len(sets) == 0 {
				fmt.Fprintf(out, "nothing was added (casus data add atop FILE)\n")
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "folder", "", "the folder for added data (default: $CASUS_DATA, or your own)")
	formerly(c.Flags(), "from", "folder")
	return c
}
