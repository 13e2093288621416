package main

import (
	"bytes"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"casus/report"
	"casus/terminal"
)

// screen is what can be known of an output: its width in characters, 80 when
// it is no terminal, and whether it may be written to in colour.
func screen(w io.Writer) (width int, colour bool) {
	width = 80
	f := terminalOf(w)
	if f == nil {
		return width, false
	}
	if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 40 {
		width = n
	}
	return width, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// terminalOf is the terminal that an output of ours ends at, nil where it ends
// elsewhere.
func terminalOf(w io.Writer) *os.File {
	if t, ok := w.(*terminal.Writer); ok {
		w = t.Under()
	}
	if p, ok := w.(*pipe); ok {
		w = p.w
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// whole is the output for what is a file rather than text to read: as it is, but
// on a terminal cleaned.
func whole(c *cobra.Command) io.Writer {
	out := c.OutOrStdout()
	if t, ok := out.(*terminal.Writer); ok && terminalOf(out) == nil {
		return t.Under()
	}
	return out
}

// drawing is an answer that can be drawn.
type drawing interface{ Picture(io.Writer) error }

// drawn draws an answer into a file where one is named.
func drawn(file string, a drawing) error {
	if file == "" {
		return nil
	}
	var b bytes.Buffer // nothing is written of what fails half-way
	if err := a.Picture(&b); err != nil {
		return err
	}
	return replace(file, b.String())
}

// answer is what a verb has found, for a person or a program to read.
type answer interface {
	JSON(io.Writer) error
	Text(io.Writer, report.Layout) error
}

// show writes an answer to the output of a verb.
func show(c *cobra.Command, a answer, asJSON bool) error {
	if asJSON {
		return a.JSON(c.OutOrStdout())
	}
	width, colour := screen(c.OutOrStdout())
	return a.Text(c.OutOrStdout(), report.Layout{Width: width, Colour: colour})
}
