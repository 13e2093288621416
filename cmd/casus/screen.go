package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// screen is what can be known of an output: its width in characters, 80 when
// it is no terminal, and whether it may be written to in colour.
func screen(w io.Writer) (width int, colour bool) {
	width = 80
	if p, ok := w.(*pipe); ok {
		w = p.w
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return width, false
	}
	if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 40 {
		width = n
	}
	return width, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
