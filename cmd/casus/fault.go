package main

import (
	"context"
	"errors"
	"fmt"
	"io"

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
	switch {
	case errors.As(err, &several):
		for _, one := range several {
			codeOf(one, stderr)
		}
	case err == nil, errors.Is(err, catalog.ErrProblems):
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
	}
}
