package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
)

// forms are the forms that a flag of their own stands for. --json is the short
// form of --format json; the others are there for a while yet, unseen.
var forms = []string{"json", "html", "csv", "efg"}

// formatFlags gives every verb with more than one form the flag --format.
func formatFlags(root *cobra.Command) {
	for _, c := range root.Commands() {
		formatFlags(c)
		if c.Flags().Lookup("json") == nil || c.Flags().Lookup("format") != nil {
			continue
		}
		c.Flags().String("format", "", "the form of the answer: "+strings.Join(formsOf(c), ", ")+" (default text)")
		for _, name := range forms[1:] {
			if f := c.Flags().Lookup(name); f != nil {
				f.Hidden = true
			}
		}
	}
}

// formsOf are the forms that a verb can answer in.
func formsOf(c *cobra.Command) []string {
	out := []string{"text"}
	for _, name := range forms {
		if c.Flags().Lookup(name) != nil {
			out = append(out, name)
		}
	}
	return out
}

// chooseForm turns --format into the flag of the form that it names.
func chooseForm(c *cobra.Command) error {
	f := c.Flags().Lookup("format")
	if f == nil || !f.Changed || c.Flags().Lookup("json") == nil || c.Flags().Lookup("out") != nil {
		return nil
	}
	name := strings.ToLower(f.Value.String())
	if known := formsOf(c); !slices.Contains(known, name) {
		return ask.Unknown("format", name, known)
	}
	for _, other := range forms {
		if other != name && c.Flags().Changed(other) {
			return usage("--format "+name+" and --"+other+" are two forms", "take one")
		}
	}
	if name == "text" {
		return nil
	}
	return c.Flags().Set(name, "true")
}
