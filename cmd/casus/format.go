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

// wordsOnly is the error of a flag, typed beside --json, that says how much of an answer
// text shows: JSON has all of it, and what was typed would be dropped in silence.
func wordsOnly(c *cobra.Command, names ...string) error {
	if json := c.Flags().Lookup("json"); json == nil || json.Value.String() != "true" {
		return nil
	}
	for _, name := range names {
		if c.Flags().Changed(name) {
			return usage("--"+name+" is for text, and --json has the whole answer", "leave one of them out")
		}
	}
	return nil
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
