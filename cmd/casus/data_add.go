package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/data"
	"casus/lang/source"
	"casus/past/history"
)

func newDataAdd() *cobra.Command {
	var to string
	var oneWay bool
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
			if args[0] != "atop" && args[0] != "cshapes" {
				return usage("unknown dataset "+strconv.Quote(args[0]), "there are atop and cshapes")
			}
			folder, err := dataFolder(to)
			switch {
			case err != nil:
				return err
			case args[0] == "cshapes" && oneWay:
				return usage("--one-way is of alliances; borders have none", "casus data add atop FILE --one-way")
			case args[0] == "cshapes":
				return addCShapes(c, folder, args[1])
			}
			return addATOP(c, folder, args[1], oneWay)
		},
	}
	c.Flags().StringVar(&to, "folder", "", "the folder for added data (default: $CASUS_DATA, or your own)")
	c.Flags().BoolVar(&oneWay, "one-way", false, "list the obligations that are not owed in return")
	formerly(c.Flags(), "to", "folder")
	return c
}

func addATOP(c *cobra.Command, folder history.Folder, name string, listOneWay bool) error {
	input, err := ask.ReadTable(name)
	if err != nil {
		return err
	}
	a := history.ReadATOP(name, bytes.NewReader(input), catalog.States())
	for _, p := range a.Problems {
		fmt.Fprintf(c.ErrOrStderr(), "%s\n", warning(p))
	}
	if a.Used == 0 {
		return fmt.Errorf("%s: no row could be used; nothing was added (this takes ATOP's table of members, atop5_1m.csv)", name)
	}
	if len(a.Text) > source.MaxSize {
		return fmt.Errorf("%s: what becomes of it is larger than 16 MiB; nothing was added", name)
	}
	d := a.Dataset(name, input)
	if _, problems := catalog.Files(ask.Using([]string{d.Name, "instruments"}), ask.AsFiles([]history.Dataset{d})...); len(problems.Errors()) > 0 {
		return problems // a table whose instruments cannot be read is not kept
	}
	if err := c.Context().Err(); err != nil {
		return err
	}
	if err := folder.Add(d); err != nil {
		return fmt.Errorf("writing what was added: %w", err)
	}
	out := c.OutOrStdout()
	if listOneWay {
		listOneWays(out, a.OneWay)
	}
	tellATOP(out, a, d, folder)
	return nil
}

func warning(p data.Problem) string {
	if p.Line == 0 {
		return p.File + ": warning: " + p.Msg
	}
	return fmt.Sprintf("%s:%d:%d: warning: %s", p.File, p.Line, p.Col, p.Msg)
}

func listOneWays(w io.Writer, ws []history.OneWay) {
	for _, o := range ws {
		until := "in force at the end"
		if o.Until != data.Forever {
			until = "until " + o.Until.String()
		}
		fmt.Fprintf(w, "%s.%s  %s owes %s, from %s, %s\n", o.Instrument, o.Obligation, o.Debtor, o.Creditor, o.From, until)
	}
}

// tellATOP says how the rows fared, and what they became.
func tellATOP(w io.Writer, a *history.ATOP, d history.Dataset, folder history.Folder) {
	fmt.Fprintf(w, "%s read: %s used, %s left out\n", many(a.Rows, "row"), thousands(a.Used), thousands(a.LeftOut))
	fmt.Fprintf(w, "%s assumed; %s taken for that of another day, being no state on the day of entry\n", many(a.Dates, "date"), many(a.Codes, "code"))
	fmt.Fprintf(w, "%s as %s with %s\n", many(a.Alliances, "alliance"), many(a.Instruments, "instrument"), many(a.Articles, "article"))
	fmt.Fprintf(w, "%s owed one way only, not in return\n", many(len(a.OneWay), "obligation"))
	fmt.Fprintf(w, "added: %s, to %s, in %s\n", d.Cited(), d.Coverage, folder.Of(d.Name))
	fmt.Fprintf(w, "cite: %s\n", d.Citation)
}
