package show

import (
	"casus/law/counsel"
	"fmt"
	"io"
	"strings"
)

// resting is being printed.
type resting struct{ *counsel.Resting }

// Text writes the list for a person to read: a line for each thing, with where
// it is defined, and the counts of every status below.
func Resting(out io.Writer, f *counsel.Resting, l Layout) error {
	r := &resting{f}
	p := newPage(l)
	p.heading(strings.ToUpper(r.Status), describe(r.Status))
	for _, row := range r.Rows {
		p.entry(2, 6, row.What+" "+row.Address, restingWords(row))
	}
	var counts []string
	for _, c := range r.Counts {
		counts = append(counts, fmt.Sprintf("%d %s", c.Rows, c.Status))
	}
	p.gap()
	p.line(0, 2, "In all: "+strings.Join(counts, ", ")+".")
	return p.print(out)
}

func restingWords(row counsel.RestingRow) string {
	out := row.Title
	if len(row.Sources) > 0 {
		out += "; " + strings.Join(row.Sources, ", ")
	}
	return strings.TrimPrefix(out+"; "+row.Defined, "; ")
}

// describe says in plain words what a status means.
func describe(status string) string {
	return map[string]string{
		"verified":        "the source named says so, or an excerpt of it",
		"partly verified": "the source says part of it; the notes say which",
		"low grade":       "seen in a source to be replaced by a better one",
		"memory":          "own knowledge, not checked against a source",
	}[status]
}
