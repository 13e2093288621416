package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
)

func newDataList() *cobra.Command {
	var q ask.ListData
	c := &cobra.Command{
		Use:   "list",
		Short: "List the data that were added",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			sets, err := q.Answer()
			if err != nil {
				return err
			}
			if len(sets) == 0 {
				return lines(c, "nothing was added (casus data add atop FILE, or cshapes FILE)")
			}
			for _, d := range sets {
				if err := lines(c, held(d)...); err != nil {
					return err
				}
			}
			return nil
		},
	}
	folderFlag(c.Flags(), &q.Folder, "from")
	return c
}

// held are the lines about a data set.
func held(d ask.Held) []string {
	many := finding.CountThousands
	days, made := "to "+d.Coverage, many(d.Counts.Instruments, "instrument")
	if !d.IsLaw() {
		days, made = d.From+" to "+d.Coverage, many(d.Counts.Polygons, "polygon")
	}
	out := []string{
		fmt.Sprintf("%s  %s, %s", d.Name, d.Cited(), days),
		fmt.Sprintf("  from %s: %s, %s used, %s", d.Input.Name, many(d.Counts.Rows, "row"), finding.Thousands(d.Counts.Used), made),
		"  " + d.Place,
	}
	if d.Licence != "" {
		out = append(out, "  licence: "+d.Licence)
	}
	return append(out, "  cite: "+d.Citation)
}
