package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
)

// newNew writes a case to start from.
func newNew() *cobra.Command {
	var q ask.New
	c := &cobra.Command{
		Use:   "new FOLDER",
		Short: "Write a small working case to start from, or a copy of a shipped one",
		Long: `new writes a small case with comments into a new folder: a promise, two schools
of thought, a crisis of two moves, a claim and an example. It runs at once. With
--like the files of a shipped case are copied instead, to be changed.`,
		Example: `  casus new mycase
  casus new mycase --like ukraine`,
		Args: takes("one folder, which is made", 1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			q.Folder = args[0]
			begun, err := q.Answer(told(c))
			if err != nil {
				return err
			}
			folder := begun.Folder
			if !strings.ContainsAny(folder, `/\`) {
				folder = "./" + folder
			}
			fmt.Fprintf(c.OutOrStdout(), "%s\n\nrun it     %s\ncheck it   %s\n", strings.Join(begun.Files, "\n"), ask.CommandLine("run", folder), ask.CommandLine("check", folder))
			return nil
		},
	}
	c.Flags().StringVar(&q.Like, "like", "", "copy this shipped case")
	return c
}
