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
)

// usage is the error of a command line that makes no sense; hint may be empty.
func usage(msg, hint string) error { return ask.Usage(msg, hint) }

// shown is the error of what standard error already tells.
func shown(code int) error { return ask.Shown(code) }

// codeOf shows an error, unless it was shown, and gives its exit code.
func codeOf(err error, stderr io.Writer) int {
	var f ask.Failure
	var problems source.Problems
	var several ask.Several
	var stopped ask.BrokenOff
	switch {
	case errors.As(err, &several):
		for _, one := range several {
			codeOf(one, stderr)
		}
	case err == nil, errors.Is(err, catalog.ErrProblems):
	case errors.As(err, &stopped):
		fmt.Fprintf(stderr, "the run was stopped; --resume %s goes on with it\ncasus: interrupted\n", stopped.Folder)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "casus: interrupted")
	case errors.As(err, &problems):
		problems.Render(stderr)
	case errors.As(err, &f) && f.Err == nil:
	default:
		fmt.Fprintln(stderr, "casus: "+err.Error())
	}
	return ask.Code(err)
}

// told puts what is said on the way to an answer on standard error, on a terminal
// with a bar for what takes over a second.
func told(c *cobra.Command) ask.Told {
	w := c.ErrOrStderr()
	b := newBar(c)
	return ask.Told{
		Problems: func(ps source.Problems) { ps.Render(w) },
		Say:      func(words string) { fmt.Fprintln(w, words) },
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
			msg += ", not " + strings.Join(args, " ")
		}
		first, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
		if first == "" {
			return usage(msg, "see "+c.CommandPath()+" --help")
		}
		return usage(msg, "as in "+first)
	}
}
