package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
)

func newList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list [KIND [CASE|FOLDER [NAME]]]",
		Short: "List the shipped cases, or the names of a kind",
		Long: `list shows the shipped cases with their options and views. With a kind it lists
every name of that kind, of all that ships or of a case:
` + show.Fold(strings.Join(ask.Kinds, ", ")+".", 80, 0) + `A label or title as printed does for the name of an option, a view or a measure
wherever one is asked for, and so does the beginning of one alone.`,
		Example: `  casus list
  casus list options ukraine
  casus list events
  casus list assumptions ./mycase`,
		Args: takes("a kind of names, and perhaps a case", 0, 3),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				q := ask.Names{Kind: args[0], Case: strings.Join(args[1:], " ")}
				q.Given = func(string) bool { return len(args) > 1 }
				found, err := q.Answer(told(c))
				return answered(c, found, err, show.Names, asJSON)
			}
			found, err := ask.Cases{}.Answer(told(c))
			return answered(c, found, err, show.Cases, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}
