package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/spf13/cobra"
)

func newDataRemove() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "remove NAME",
		Short: "Take data away that were added",
		Args:  takes("the name of what was added", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			folder, err := dataFolder(from)
			if err != nil {
				return err
			}
			if !plainName(args[0]) {
				return usage(strconv.Quote(args[0])+" is no name of added data", "casus data list lists them")
			}
			switch err := folder.Remove(args[0]); {
			case errors.Is(err, fs.ErrNotExist):
				return fmt.Errorf("%s was not added to %s (casus data list lists what was)", args[0], string(folder))
			case err != nil:
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "removed %s\n", args[0])
			return nil
		},
	}
	c.Flags().StringVar(&from, "folder", "", "the folder for added data (default: $CASUS_DATA, or your own)")
	formerly(c.Flags(), "from", "folder")
	return c
}

// plainName reports whether a word is a name and no path.
func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
