package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
)

func newDataAdd() *cobra.Command {
	var q ask.AddData
	c := &cobra.Command{
		Use:   "add {atop | cshapes} FILE",
		Short: "Add ATOP's alliances, or the borders of CShapes",
		Long: `add takes in a dataset. atop is the table of members of the Alliance Treaty
Obligations and Provisions data (atop5_1m.csv, from atopdata.org): each alliance
becomes an instrument, each obligation an article, dated member by member.
cshapes is CShapes 2.0 (icr.ethz.ch/data/cshapes, CC BY-NC-SA 4.0), GeoJSON or CSV:
the page then draws the borders of days from 1886 to 2019 under who owes what.
Adding again replaces what was added. What is odd in a row is said with its line;
docs/data.md says what becomes of each column.`,
		Example: "  casus data add atop atop5_1m.csv\n  casus data add cshapes CShapes-2.0.geojson",
		Args:    takes("a kind of data and its file", 2, 2),
		RunE: func(c *cobra.Command, args []string) error {
			q.Kind, q.File = args[0], args[1]
			x, err := q.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			return lines(c, x.Lines(q.OneWay)...)
		},
	}
	folderFlag(c.Flags(), &q.Folder, "to")
	c.Flags().BoolVar(&q.OneWay, "one-way", false, "list the obligations that are not owed in return")
	return c
}
