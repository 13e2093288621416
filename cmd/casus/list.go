package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/model"
)

func newList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the shipped cases with their options and views",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			m, problems := catalog.All()
			if err := refuse(c, problems); err != nil {
				return err
			}
			listCases(c.OutOrStdout(), m)
			return nil
		},
	}
}

func listCases(w io.Writer, m *model.Model) {
	for _, name := range catalog.Cases() {
		k := m.Case(name)
		fmt.Fprintf(w, "%s  %s, as of %s\n", k.Name, k.Title, k.Date)
		if k.Question != "" {
			fmt.Fprintf(w, "  %s\n", k.Question)
		}
		if k.Course != nil {
			fmt.Fprintf(w, "  course  %s: %s\n", k.Course.Title, entries(len(k.Course.Entries)))
		}
		if k.Crisis == nil {
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
	fmt.Fprintf(w, "%s, %s\n", ask.Count(len(catalog.Cases()), "case"), ask.Count(len(m.Instruments), "instrument"))
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
