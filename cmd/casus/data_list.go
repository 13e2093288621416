package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/finding"
)

func newDataList() *cobra.Command {
	var q ask.ListData
	var json bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List the data that were added",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			added, err := q.Answer()
			switch {
			case err != nil:
				return err
			case json:
				return finding.Write(c.OutOrStdout(), added)
			}
			return lines(c, added.Lines()...)
		},
	}
	folderFlag(c.Flags(), &q.Folder, "from")
	c.Flags().BoolVar(&json, "json", false, "write JSON")
	return c
}
