package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"casus/past/history"
)

func newData() *cobra.Command {
	c := &cobra.Command{
		Use:   "data",
		Short: "Add data of your own: alliances, historical borders",
		Long: `data takes in datasets that are not casus's to ship. What is added is read by why,
owed and matrix beside what ships, or drawn by the page; a file of your own may use
the law in it by name.`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("unknown verb "+strconv.Quote("data "+args[0]), "data add, data list or data remove")
			}
			return c.Help()
		},
	}
	c.AddCommand(newDataAdd(), newDataList(), newDataRemove())
	return c
}

// dataFolder is the folder that a flag names, or the user's own.
func dataFolder(flag string) (history.Folder, error) {
	if flag != "" {
		return history.Folder(flag), nil
	}
	return history.UserFolder()
}

// thousands is a number with commas: 2,510.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// many is a number with its noun: 1 row, 2,510 rows.
func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return thousands(n) + " " + noun + "s"
}
