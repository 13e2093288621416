package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus/ask"
	"casus/show"
)

// printNames prints a listing: a line for each name, folded beside it.
func printNames(w io.Writer, f *ask.Listing, l show.Layout) error {
	wide := 0
	for _, r := range f.Rows {
		wide = max(wide, min(utf8.RuneCountInString(r.Name), 30))
	}
	var b strings.Builder
	for _, r := range f.Rows {
		words := r.Title
		if r.Note != "" {
			words = strings.TrimPrefix(words+" ("+r.Note+")", " ")
		}
		b.WriteString(show.Fold(r.Name+strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(r.Name)))+"  "+words, l.Width, wide+2))
	}
	kind := f.Of
	if len(f.Rows) == 1 {
		kind = strings.TrimSuffix(strings.Replace(kind, "duties", "duty", 1), "s")
	}
	fmt.Fprintf(&b, "%d %s\n", len(f.Rows), kind)
	_, err := io.WriteString(w, b.String())
	return err
}
