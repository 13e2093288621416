package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
				return usage("unknown verb "+strconv.Quote(strings.TrimSpace("data "+args[0])), "data add, data list or data remove")
			}
			return c.Help()
		},
	}
	c.AddCommand(newDataAdd(), newDataList(), newDataRemove())
	return c
}

// folderFlag names the folder of added data; it was called otherwise once.
func folderFlag(fs *pflag.FlagSet, folder *string, once string) {
	fs.StringVar(folder, "folder", "", "the folder for added data (default: $CASUS_DATA, or your own)")
	formerly(fs, once, "folder")
}
