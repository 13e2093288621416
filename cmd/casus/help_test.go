package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
)

// On whatever width, the help of every verb says what it says, word for
// word, and no line is wider but one that is a single word.
func TestHelpFolds(t *testing.T) {
	n := 0
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			each(sub)
		}
		text := c.Long + "\n\n" + c.UsageString()
		var out strings.Builder // which has no width
		c.SetOut(&out)
		helpFolded(c, nil)
		about, usage, _ := strings.Cut(out.String(), "Usage:\n")
		if _, asItIs, _ := strings.Cut(c.UsageString(), "Usage:\n"); usage != asItIs {
			t.Errorf("%s: flags and examples are folded where there is no width\n%s", c.CommandPath(), usage)
		}
		for line := range strings.Lines(about) {
			if line = strings.TrimRight(line, "\n"); ansi.StringWidth(line) > 80 {
				t.Errorf("%s: %d columns: %q", c.CommandPath(), ansi.StringWidth(line), line)
			}
		}
		for _, width := range []int{40, 60, 80, 120} {
			n++
			folded := foldHelp(text, width)
			if !slices.Equal(strings.Fields(folded), strings.Fields(text)) {
				t.Errorf("%s at %d: other words\n%s", c.CommandPath(), width, folded)
			}
			for line := range strings.Lines(folded) {
				line = strings.TrimRight(line, "\n")
				if ansi.StringWidth(line) > width && len(strings.Fields(line)) > 1 {
					t.Errorf("%s at %d: %q", c.CommandPath(), width, line)
				}
			}
		}
	}
	each(newRoot())
	if n < 100 {
		t.Errorf("only %d tried", n)
	}
}
