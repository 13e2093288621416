package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"casus/finding"
	"casus/lang/source"
	"casus/show"
	"casus/terminal"
	"casus/worlds/study"
)

// screen tells what can be known of an output: its width in characters, that of
// COLUMNS or 80 when it is no terminal, and whether it may be written to in colour.
func screen(w io.Writer) (width int, colour bool) {
	width = 80
	f := terminalOf(w)
	if f == nil {
		if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 && n <= 1000 {
			width = n
		}
		return width, false
	}
	if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 40 {
		width = n
	}
	return width, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// columns is the width of an output that has one: a terminal, or what COLUMNS speaks of.
// 0 is a pipe or a file, in which a line is as long as it is.
func columns(w io.Writer) int {
	if terminalOf(w) == nil && os.Getenv("COLUMNS") == "" {
		return 0
	}
	width, _ := screen(w)
	return width
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

// layout is how text is set on the output of a verb.
func layout(c *cobra.Command) show.Layout {
	width, colour := screen(c.OutOrStdout())
	return show.Layout{Width: width, Colour: colour}
}

// tell writes a finding to the output of a verb, as text or as JSON.
func tell[F finding.Finding](c *cobra.Command, f F, text func(io.Writer, F, show.Layout) error, asJSON bool) error {
	return tellIn(c, f, text, layout(c), asJSON)
}

// answered tells an answer, unless there is none.
func answered[F finding.Finding](c *cobra.Command, f F, err error, text func(io.Writer, F, show.Layout) error, asJSON bool) error {
	if err != nil {
		return err
	}
	return tell(c, f, text, asJSON)
}

// tellIn is tell in a layout that the verb has chosen.
func tellIn[F finding.Finding](c *cobra.Command, f F, text func(io.Writer, F, show.Layout) error, l show.Layout, asJSON bool) error {
	if asJSON {
		return finding.Write(c.OutOrStdout(), f)
	}
	return text(c.OutOrStdout(), f, l)
}

// onPaper is the layout of the options on a page of text, which has room for three
// measures side by side.
var onPaper = show.Panels{Across: 3}

// lines prints lines of words as wide as the output is.
func lines(c *cobra.Command, words ...string) error {
	var b strings.Builder
	for _, line := range words {
		b.WriteString(show.Fold(line, layout(c).Width, 2))
	}
	_, err := fmt.Fprint(c.OutOrStdout(), b.String())
	return err
}

// drawRecord draws options and measures of a record into a file; none draws nothing.
// No measures are those that the answer leads with.
func drawRecord(c *cobra.Command, file string, r *study.Record, measures []string) error {
	if file == "" {
		return nil
	}
	a, err := r.AnswerWithin(c.Context())
	if err != nil {
		return err
	}
	return draw(file, r, func(w io.Writer, r *study.Record) error { return show.PictureAs(w, r, a, measures, onPaper) })
}

// draw writes a picture of a finding into a file where one is named.
func draw[F any](file string, f F, picture func(io.Writer, F) error) error {
	if file == "" {
		return nil
	}
	var b bytes.Buffer // nothing is written of what fails half-way
	if err := picture(&b, f); err != nil {
		return err
	}
	return source.Overwrite(file, b.String())
}
