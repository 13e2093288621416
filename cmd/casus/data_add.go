package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/data"
	"casus/finding"
	"casus/past/history"
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
			return showAdded(c, x, q.OneWay)
		},
	}
	folderFlag(c.Flags(), &q.Folder, "to")
	c.Flags().BoolVar(&q.OneWay, "one-way", false, "list the obligations that are not owed in return")
	return c
}

// showAdded says how the rows fared, and what they became.
func showAdded(c *cobra.Command, x *ask.Added, oneWay bool) error {
	if x.ATOP == nil {
		return lines(c, bordersAdded(x)...)
	}
	var out []string
	if oneWay {
		out = oneWays(x.ATOP.OneWay)
	}
	return lines(c, append(out, alliancesAdded(x)...)...)
}

func oneWays(ws []history.OneWay) []string {
	var out []string
	for _, o := range ws {
		until := "in force at the end"
		if o.Until != data.Forever {
			until = "until " + o.Until.String()
		}
		out = append(out, fmt.Sprintf("%s.%s  %s owes %s, from %s, %s", o.Instrument, o.Obligation, o.Debtor, o.Creditor, o.From, until))
	}
	return out
}

func alliancesAdded(x *ask.Added) []string {
	a, many := x.ATOP, finding.CountThousands
	return []string{
		fmt.Sprintf("%s read: %s used, %s left out", many(a.Rows, "row"), finding.Thousands(a.Used), finding.Thousands(a.LeftOut)),
		fmt.Sprintf("%s assumed; %s taken for that of another day, being no state on the day of entry", many(a.Dates, "date"), many(a.Codes, "code")),
		fmt.Sprintf("%s as %s with %s", many(a.Alliances, "alliance"), many(a.Instruments, "instrument"), many(a.Articles, "article")),
		many(len(a.OneWay), "obligation") + " owed one way only, not in return",
		fmt.Sprintf("added: %s, to %s, in %s", x.Cited(), x.Coverage, x.Place),
		"cite: " + x.Citation,
	}
}

// bordersAdded says on what terms they may be used, too.
func bordersAdded(x *ask.Added) []string {
	b, many := x.Borders, finding.CountThousands
	return []string{
		fmt.Sprintf("%s read: %s used, %s left out, %s of these for having no Gleditsch-Ward number", many(b.Rows, "row"), finding.Thousands(b.Used), finding.Thousands(b.LeftOut), finding.Thousands(b.Uncoded)),
		fmt.Sprintf("%s, %s of %s kept: no border lies more than %g degrees off", many(b.Polygons, "polygon"), finding.Thousands(b.Kept), many(b.Points, "point"), history.Tolerance),
		fmt.Sprintf("added: %s, %s to %s, in %s", x.Cited(), x.From, x.Dataset.Coverage, x.Place),
		"sha256 of the file: " + x.Input.SHA256,
		fmt.Sprintf("licence: %s: name the makers, no commercial use, share alike; a page with these borders is under it too", x.Licence),
		"cite: " + x.Citation,
	}
}
