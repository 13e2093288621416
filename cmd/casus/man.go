//go:build man

package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// With the build tag man the program has one verb more, which writes the pages of its
// manual into a folder; the release builds it so. What it takes to set them is in no
// program that people run. The pages have no date of their own.
func init() {
	more = append(more, func() *cobra.Command {
		return &cobra.Command{
			Use:    "man FOLDER",
			Hidden: true,
			Args:   cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error {
				c.Root().DisableAutoGenTag = true
				never := time.Unix(0, 0).UTC()
				return doc.GenManTree(c.Root(), &doc.GenManHeader{Title: "CASUS", Section: "1", Source: "casus", Manual: "casus", Date: &never}, args[0])
			},
		}
	})
}
