package show

import (
	"cmp"
	"fmt"
	"io"

	"casus/worlds/inquiry"
)

// Walk writes what was taken in one play, and what can happen where it leads.
func Walk(w io.Writer, r *inquiry.Walked, l Layout) error {
	t := newText(l)
	t.para("", 0, r.Basis.Title)
	t.para("", 0, fmt.Sprintf("%s, in the central world of view %s (every assumption at its median).", cmp.Or(r.Title, r.Option), r.View))
	t.line("")
	var rows [][]string
	for _, c := range r.Walk.Taken {
		rows = append(rows, []string{InYear(c.Year), PlaceOf(c.Step, c.Actor), c.Choice, chosenShare(c.P)})
	}
	if len(rows) > 0 {
		t.grid(widest(rows), rows)
		t.para("", 2, "In all: "+InAll(r.Walk.P)+".")
		t.line("")
	}
	at := r.Walk.At
	if at == nil {
		t.para("", 2, "The play is over, or the years shown are.")
		return t.print(w)
	}
	head := PlaceOf(at.Step, at.Actor)
	if year := InYear(at.Year); year != "" {
		head = year + ", " + head
	}
	t.para("", 2, head+titled(at.Title))
	rows = nil
	for _, c := range at.Choices {
		rows = append(rows, []string{"  " + c.Choice, chosenShare(c.P), "then " + cmp.Or(c.Then, "it is over")})
	}
	t.grid(widest(rows), rows)
	return t.print(w)
}

// InYear is a year of a play in words; empty in a game that tells no years apart.
func InYear(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprintf("year %d", year)
}

// PlaceOf is a step with who acts there.
func PlaceOf(step, actor string) string {
	if actor == "" {
		return step
	}
	return step + " · " + actor
}

func titled(title string) string {
	if title == "" {
		return ""
	}
	return ": " + title
}

// InAll is how likely all that was taken is.
func InAll(p float64) string {
	if p < 0.01 && p > 0 {
		return "1 in " + inverse(p)
	}
	return chosenShare(p)
}

// Chosen is the share in which something is chosen, in words.
func Chosen(p float64) string { return chosenShare(p) }
