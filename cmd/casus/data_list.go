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
				days, made := "to "+d.Coverage, many(d.Counts.Instruments, "instrument")
				if !d.IsLaw() {
					days, made = d.From+" to "+d.Coverage, many(d.Counts.Polygons, "polygon")
				}
				fmt.Fprintf(out, "%s  %s, %s\n", d.Name, d.Cited(), days)
				fmt.Fprintf(out, "  from %s: %s, %s used, %s\n", d.Input.Name, many(d.Counts.Rows, "row"), thousands(d.Counts.Used), made)
				fmt.Fprintf(out, "  %s\n", folder.Of(d.Name))
				if d.Licence != "" {
					fmt.Fprintf(out, "  licence: %s\n", d.Licence)
				}
				fmt.Fprintf(out, "  cite: %s\n", d.Citation)
			}
			if len(sets) == 0 {
				fmt.Fprintf(out, "nothing was added (casus data add atop FILE, or cshapes FILE)\n")
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "folder", "", "the folder for added data (default: $CASUS_DATA, or your own)")
	formerly(c.Flags(), "from", "folder")
	return c
}
