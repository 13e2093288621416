package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/catalog"
	"casus/lang/source"
	"casus/show"
	"casus/terminal"
)

// usage is the error of a command line that makes no sense; hint may be empty.
func usage(msg, hint string) error { return ask.Usage(msg, hint) }

// shown is the error of what standard error already tells.
func shown(code int) error { return ask.Shown(code) }

// codeOf shows an error, unless it was shown, and gives its exit code. Of what was typed
// it quotes the words, with a caret under the place.
func codeOf(err error, stderr io.Writer) int {
	var f ask.Failure
	var problems source.Problems
	var several ask.Several
	var stopped ask.BrokenOff
	var placed source.Placed
	switch {
	case errors.As(err, &several):
		for _, one := range several {
			codeOf(one, stderr)
		}
	case err == nil, errors.Is(err, catalog.ErrProblems):
	case errors.As(err, &stopped):
		say(stderr, fmt.Sprintf("the run was stopped; --resume %s goes on with it", stopped.Folder))
		say(stderr, "casus: interrupted")
	case errors.Is(err, context.Canceled):
		say(stderr, "casus: interrupted")
	case errors.As(err, &problems):
		render(stderr, problems)
	case errors.As(err, &f) && f.Err == nil:
	default:
		say(stderr, "casus: "+err.Error())
		if errors.As(err, &placed) {
			placed.Quote(stderr, columns(stderr))
		}
	}
	return ask.Code(err)
}

// say writes lines of words, folded where the output has a width.
func say(w io.Writer, words string) {
	for line := range strings.SplitSeq(words, "\n") {
		io.WriteString(w, folded(line, columns(w)))
	}
}

// render writes the problems of model files, folded likewise.
func render(w io.Writer, ps source.Problems) {
	width := columns(w)
	ps.RenderIn(w, width, func(line string) string { return folded(line, width) })
}

// folded is a line in so many columns; 0 are as many as it takes.
func folded(line string, width int) string {
	if width == 0 {
		return line + "\n"
	}
	return show.Fold(line, width, 2)
}

// told puts what is said on the way to an answer on standard error, on a terminal
// with a bar for what takes over a second.
func told(c *cobra.Command) ask.Told { return toldDoing(c, "") }

// toldDoing is told for a verb that takes long for what is asked: a log hears after a
// second what it does.
func toldDoing(c *cobra.Command, doing string) ask.Told {
	w := c.ErrOrStderr()
	b := newBar(c)
	b.doing = doing
	return ask.Told{
		Problems: func(ps source.Problems) { render(w, ps) },
		Say:      func(words string) { say(w, words) },
		Progress: b.tell,
		Begins:   b.begins,
	}
}

// takes checks how many words follow a verb, in words of what it takes.
func takes(what string, least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) >= least && len(args) <= most {
			return nil
		}
		msg := c.CommandPath() + " takes " + what
		if len(args) > 0 {
			msg += ", not " + terminal.Quoted(args...)
		}
		first, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
		if first == "" {
			return usage(msg, "see "+c.CommandPath()+" --help")
		}
		return usage(msg, "as in "+first)
	}
}
