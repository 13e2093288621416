package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casus/catalog"
	"casus/data"
	"casus/model"
	"casus/report"
)

// reference is what the flags of cite say.
type reference struct {
	date, status   string
	files          []string
	json, footnote bool
}

func newCite() *cobra.Command {
	r := &reference{}
	c := &cobra.Command{
		Use:   "cite ADDRESS… [flags]",
		Short: "Show an instrument, an article, a class of duty or a source with all it rests on",
		Long: `cite prints what the model says of an address: text, rule, exceptions, readings,
parties with their days, precedence, exit, and each source with its grade and how
sure it is. An address is an instrument (NAT), an article (NAT.5), a class of
duty (AID_ALL_MEANS) or a source (S01).`,
		Example: `  casus cite NAT.5
  casus cite NAT.6 --date 1950-01-01
  casus cite KENSINGTON.1 --footnote
  casus cite --status memory`,
		RunE: func(c *cobra.Command, addresses []string) error { return r.cite(c, addresses) },
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.date, "date", "", "the wording and the parties of a day, as in 1950-01-01")
	f.StringSliceVar(&r.files, "files", nil, "your own files or folders, beside what ships")
	f.StringVar(&r.status, "status", "", "instead of an address: all that is "+strings.Join(report.Statuses, ", "))
	f.BoolVar(&r.footnote, "footnote", false, "a footnote to paste, one line for each address")
	f.BoolVar(&r.json, "json", false, "print JSON")
	return c
}

func (r *reference) cite(c *cobra.Command, addresses []string) error {
	switch {
	case r.status != "" && (len(addresses) > 0 || r.footnote || r.date != ""):
		return usage("--status lists everything of one status", "give no address, --date or --footnote beside it")
	case r.status != "":
	case len(addresses) == 0:
		return usage("what is cited?", "name an address, such as casus cite NAT.5")
	case r.json && r.footnote:
		return usage("--json and --footnote are two forms", "take one")
	}
	var day data.Day
	if r.date != "" {
		var err error
		if day, err = data.ParseDay(r.date); err != nil {
			return err
		}
	}
	q := &question{files: r.files, also: append(catalog.Cases(), "crises")} // what may be cited, and what rests on a source
	m, problems, err := q.load()
	if err != nil {
		return err
	}
	if err := refuse(c, problems.Errors()); err != nil {
		return err
	}
	if r.status != "" {
		return r.resting(c, m)
	}
	cited, err := report.NewCitation(m, addresses, day)
	switch {
	case err != nil:
		return err
	case r.json:
		return cited.JSON(c.OutOrStdout())
	case r.footnote:
		return cited.Footnotes(c.OutOrStdout())
	}
	width, colour := screen(c.OutOrStdout())
	return cited.Text(c.OutOrStdout(), report.Layout{Width: width, Colour: colour})
}

// resting lists what rests on sources of one status.
func (r *reference) resting(c *cobra.Command, m *model.Model) error {
	list, err := report.NewResting(m, r.status)
	if err != nil {
		return err
	}
	if r.json {
		return list.JSON(c.OutOrStdout())
	}
	width, colour := screen(c.OutOrStdout())
	return list.Text(c.OutOrStdout(), report.Layout{Width: width, Colour: colour})
}
