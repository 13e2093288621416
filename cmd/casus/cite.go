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
	of             string
	files          []string
	json, footnote bool
}

func newCite() *cobra.Command {
	r := &reference{}
	c := &cobra.Command{
		Use:   "cite ADDRESS… [flags]",
		Short: "Show an article, an option, a claim or whatever has a name, with all it rests on",
		Long: `cite prints what the model says of an address: text, rule, exceptions, readings,
parties with their days, precedence, exit, and each source with its grade and how
sure it is. An address is an instrument (NAT), an article (NAT.5), a class of
duty (AID_ALL_MEANS), a source (S01), or any name that a case uses: of a role, a
fact, an option, a view, an assumption, a measure, a claim (C08) or one reading of
it (C08.1). Of these cite says what they are, where they stand, and which source
they rest on, or that it is judgement. The title of a thing, or what the first
screen calls it, stands for its name ("US disclaimer"), where it names but one.`,
		Example: `  casus cite NAT.5
  casus cite NAT.6 --date 1950-01-01
  casus cite KENSINGTON.1 --footnote
  casus cite europe entrapment nato_war --case ukraine
  casus cite pledge C1 --case ./mycase
  casus cite --status memory`,
		RunE: func(c *cobra.Command, addresses []string) error { return r.cite(c, addresses) },
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.date, "date", "", "the wording and the parties of a day, as in 1950-01-01")
	f.StringVar(&r.of, "case", "", "a case whose names are meant, and no other's: its name, file or folder")
	f.StringSliceVar(&r.files, "files", nil, "your own files or folders, beside what ships")
	f.StringVar(&r.status, "status", "", "instead of an address: all that is "+strings.Join(counsel.Statuses, ", "))
	f.BoolVar(&r.footnote, "footnote", false, "a footnote to paste, one line for each address")
	f.BoolVar(&r.json, "json", false, "write JSON")
	return c
}

func (r *reference) cite(c *cobra.Command, addresses []string) error {
	switch {
	case r.status != "" && (len(addresses) > 0 || r.footnote || r.date != "" || r.of != ""):
		return usage("--status lists everything of one status", "give no address, --case, --date or --footnote beside it")
	case r.json && r.footnote:
		return usage("--json and --footnote are two forms", "take one")
	}
	if r.status != "" {
		list, err := ask.Resting{Status: r.status, Files: r.files}.Answer(told(c))
		return answered(c, list, err, show.Resting, r.json)
	}
	cited, err := ask.Cite{Addresses: addresses, Case: r.of, Date: r.date, Files: r.files}.Answer(told(c))
	switch {
	case err != nil:
		return err
	case r.footnote:
		return show.Footnotes(c.OutOrStdout(), cited)
	}
	return tell(c, cited, show.Citation, r.json)
}
