package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/law/counsel"
	"casus/show"
)

// reference holds the flags of cite.
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
	f.StringVar(&r.status, "status", "", "instead of an address: all that is "+strings.Join(counsel.Statuses, ", "))
	f.BoolVar(&r.footnote, "footnote", false, "a footnote to paste, one line for each address")
	f.BoolVar(&r.json, "json", false, "print JSON")
	return c
}

func (r *reference) cite(c *cobra.Command, addresses []string) error {
	switch {
	case r.status != "" && (len(addresses) > 0 || r.footnote || r.date != ""):
		return usage("--status lists everything of one status", "give no address, --date or --footnote beside it")
	case r.json && r.footnote:
		return usage("--json and --footnote are two forms", "take one")
	}
	if r.status != "" {
		list, err := ask.Resting{Status: r.status, Files: r.files}.Answer(told(c))
		return answered(c, list, err, show.Resting, r.json)
	}
	cited, err := ask.Cite{Addresses: addresses, Date: r.date, Files: r.files}.Answer(told(c))
	switch {
	case err != nil:
		return err
	case r.footnote:
		return show.Footnotes(c.OutOrStdout(), cited)
	}
	return tell(c, cited, show.Citation, r.json)
}
