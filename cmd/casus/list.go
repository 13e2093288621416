package main

import (
	"fmt"
	"io"
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
every name of that kind, of all that ships or of a case: ` + strings.Join(ask.Kinds, ", ") + `.`,
		Example: `  casus list
  casus list options ukraine
  casus list events
  casus list assumptions ./mycase`,
		Args: takes("a kind of names, and perhaps a case", 0, 3),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				q := ask.Names{Kind: args[0]}
				q.Case = strings.Join(args[1:], " ")
				found, err := q.Answer(told(c))
				return answered(c, found, err, printNames, asJSON)
			}
			found, err := ask.Cases{}.Answer(told(c))
			return answered(c, found, err, listCases, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func listCases(w io.Writer, x *ask.ShippedCases, _ show.Layout) error {
	for _, k := range x.Cases {
		fmt.Fprintf(w, "%s  %s, as of %s\n", k.Case, k.Title, k.Date)
		if k.Question != "" {
			fmt.Fprintf(w, "  %s\n", k.Question)
		}
		if k.Course != "" {
			fmt.Fprintf(w, "  course  %s: %s\n", k.Course, entries(k.Entries))
		}
		if len(k.Options) == 0 {
			fmt.Fprintln(w)
			continue
		}
		fmt.Fprintln(w, "  options")
		width := 0
		for _, o := range k.Options {
			width = max(width, len(o.Name))
		}
		for _, o := range k.Options {
			fmt.Fprintf(w, "    %-*s  %s\n", width, o.Name, o.Title)
		}
		names := make([]string, len(k.Views))
		for i, v := range k.Views {
			names[i] = v.Name
		}
		fmt.Fprintf(w, "  views  %s\n\n", strings.Join(names, ", "))
	}
	fmt.Fprintf(w, "%s, %s\n", ask.Count(len(x.Cases), "case"), ask.Count(x.Instruments, "instrument"))
	return nil // the output keeps its errors
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
