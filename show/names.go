package show

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus/ask"
)

// Listing prints names of a kind: a line for each, folded beside it, and how many.
func Listing(w io.Writer, f *ask.Listing, l Layout) error {
	var rows [][2]string
	for _, r := range f.Rows {
		words := r.Title
		if r.Note != "" {
			words = strings.TrimPrefix(words+" ("+r.Note+")", " ")
		}
		rows = append(rows, [2]string{r.Name, words})
	}
	kind := f.Of
	if len(f.Rows) == 1 {
		kind = strings.TrimSuffix(strings.Replace(kind, "duties", "duty", 1), "s")
	}
	_, err := fmt.Fprintf(w, "%s%d %s\n", inColumns(rows, l), len(f.Rows), kind)
	return err
}

// inColumns sets words beside names, the names in a column of their own.
func inColumns(rows [][2]string, l Layout) string {
	wide := 0
	for _, r := range rows {
		wide = max(wide, min(utf8.RuneCountInString(r[0]), 30))
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(Fold(r[0]+strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(r[0])))+"  "+r[1], l.Width, wide+2))
	}
	return b.String()
}

// ShippedCases prints the cases that ship.
func ShippedCases(w io.Writer, f *ask.ShippedCases, _ Layout) error {
	_, err := io.WriteString(w, f.Text())
	return err
}

// Checked prints what was restated and what did not come out, and ends with one line
// on all that was read.
func Checked(w io.Writer, f *ask.Checked, _ Layout) error {
	for _, r := range f.Restated {
		fmt.Fprintf(w, "%s:%d: %s restated: %s\n", r.File, r.Line, r.Assumption, r.Says)
	}
	for _, x := range f.NotMet {
		fmt.Fprintf(w, "%s:%d: %s\n", x.File, x.Line, x.Message)
	}
	end := "all as expected"
	if f.Expectations > 0 {
		end = ask.Count(f.Expectations, "expectation") + " not met"
	}
	_, err := fmt.Fprintf(w, "%s: %s\n", f, end)
	return err
}

// Askable prints the questions that can be put by name, and the settings of each.
func Askable(w io.Writer, f *ask.Askable, l Layout) error {
	var rows [][2]string
	for _, a := range f.Asks {
		var names []string
		for _, s := range a.Settings {
			names = append(names, s.Name)
		}
		rows = append(rows, [2]string{a.Ask, strings.Join(names, ", ")})
	}
	_, err := fmt.Fprintf(w, "%s%s\n", inColumns(rows, l), ask.Count(len(rows), "question"))
	return err
}
