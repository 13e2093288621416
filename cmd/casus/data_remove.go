package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/ask"
)

func newDataRemove() *cobra.Command {
	var q ask.RemoveData
	c := &cobra.Command{
		Use:   "remove NAME",
		Short: "Take data away that were added",
		Args:  takes("the name of what was added", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			q.Name = args[0]
			if err := q.Answer(); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "removed %s\n", q.Name)
			return nil
		},
	}
	folderFlag(c.Flags(), &q.Folder, "from")
	return c
}
