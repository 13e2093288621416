package main

import (
	"cmp"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/show"
)

// writtenFor is the width for which the prose of help is written.
const writtenFor = 90

// helpFolded explains a verb as cobra does, as wide as the output is. In a pipe without
// COLUMNS prose has 80 columns, and an example or a flag is a line as long as it is.
func helpFolded(c *cobra.Command, _ []string) {
	about := strings.TrimSpace(cmp.Or(c.Long, c.Short)) + "\n\n"
	if width := columns(c.OutOrStdout()); width > 0 {
		io.WriteString(c.OutOrStdout(), foldHelp(about+c.UsageString(), width))
		return
	}
	io.WriteString(c.OutOrStdout(), foldHelp(about, 80)+c.UsageString())
}

// speaking are the verbs that speak of options, views or measures of a case.
var speaking = []string{"run", "plan", "report", "record", "robust", "value", "flip", "suppose", "claims", "sense", "discover", "graph", "elicit", "why", "owed", "matrix", "diff"}

// tellNames says in the help of those verbs how options, views and measures are named.
func tellNames(root *cobra.Command) {
	for _, c := range root.Commands() {
		tellNames(c)
		if slices.Contains(speaking, c.Name()) {
			c.Long += `

Options, views and measures go by name (casus list options CASE), by the label or
title that is printed, or by the beginning of one alone: --option "European force",
--view det.`
		}
	}
}

// twoColumns matches a line of a list: a name, and what it is.
var twoColumns = regexp.MustCompile(`^( +\S.*?) {2,}(\S.*)$`)

// foldHelp sets the text of help in so many columns. Paragraphs written for more are
// filled anew; of a list the second column is folded, under the first where that is wide.
func foldHelp(text string, width int) string {
	var b strings.Builder
	prose := ""
	flush := func() {
		if prose != "" {
			b.WriteString(show.Fold(prose, width, 0))
		}
		prose = ""
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		switch {
		case line != "" && line[0] != ' ' && width < writtenFor:
			prose = strings.TrimSpace(prose + " " + line)
			continue
		}
		flush()
		switch {
		case len(line) <= width:
			b.WriteString(line + "\n")
		case line[0] != ' ':
			prose = line
		default:
			b.WriteString(foldListed(line, width))
		}
	}
	flush()
	return b.String()
}

// foldListed folds a line of a list.
func foldListed(line string, width int) string {
	parts := twoColumns.FindStringSubmatchIndex(line)
	switch {
	case parts == nil:
		return show.Fold(line, width, 4)
	case parts[4] <= width/2:
		return show.Fold(line, width, parts[4])
	}
	const under = 8
	return show.Fold(line[:parts[3]], width, under) + show.Fold(strings.Repeat(" ", under)+line[parts[4]:], width, under)
}
