package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"casus/catalog"
	"casus/data"
	"casus/history"
	"casus/model"
	"casus/source"
)

const lawUsage = "whose law is read: ships, or the name of data that you have added (default: all of it)"

// shippedLaw is the law of verbs that follow ties from state to state: data that
// are added tell of the same pacts as what ships, and would count each twice.
func (q *question) shippedLaw(f *pflag.FlagSet) {
	f.Lookup("law").Usage = "whose law is read: ships, or the name of data that you have added (default: ships, since added data tell of the same pacts)"
	q.onlyShipped = true
}

const ships = "ships"

// chooseLaw reads the added data that a question asks for, and says whether what
// ships is read.
func (q *question) chooseLaw() (bool, error) {
	q.added = nil
	if slices.Equal(q.law, []string{ships}) || q.onlyShipped && len(q.law) == 0 {
		return true, nil
	}
	folder, err := history.UserFolder()
	if err != nil && len(q.law) > 0 {
		return false, err
	}
	if err != nil { // nothing can have been added
		return true, nil
	}
	all, err := folder.List()
	if err != nil {
		return false, err
	}
	known := []string{ships}
	for _, d := range all {
		known = append(known, d.Name)
	}
	for _, name := range q.law {
		if !slices.Contains(known, name) {
			return false, usage("no law is called "+quotedWord(name), "there is "+strings.Join(known, ", ")+"; casus data add adds more")
		}
	}
	for _, d := range all {
		if len(q.law) > 0 && !slices.Contains(q.law, d.Name) {
			continue
		}
		if d, err = folder.Read(d.Name); err != nil {
			return false, err
		}
		q.added = append(q.added, d)
	}
	return len(q.law) == 0 || slices.Contains(q.law, ships), nil
}

func quotedWord(s string) string { return `"` + s + `"` }

// loadWithAdded loads the added data, with what ships or without, and the user's
// own files.
func (q *question) loadWithAdded(shipsToo bool, own []*source.File, uses []string) (*model.Model, source.Problems) {
	files := asFiles(q.added)
	for _, f := range files {
		uses = append(uses, f.Name)
	}
	if shipsToo {
		uses = append(uses, "instruments")
	}
	m, problems := catalog.Files(append(slices.Clone(own), using(uses)...), files...)
	if slices.ContainsFunc(q.options, func(o string) bool { return m.Option(o) == nil }) {
		m, problems = catalog.Files(append(slices.Clone(own), using(append(uses, catalog.Cases()...))...), files...)
	}
	return m, problems
}

// asFiles are added data as files that can be used by name. The name they have in
// messages is the same wherever they stand.
func asFiles(sets []history.Dataset) []catalog.Added {
	var out []catalog.Added
	for _, d := range sets {
		out = append(out, catalog.Added{Name: d.Name, File: source.New(d.Name+"/"+d.File, []byte(d.Text))})
	}
	return out
}

// addedFor reads the added data that a user's own files use.
func addedFor(files []*source.File) ([]catalog.Added, error) {
	folder, err := history.UserFolder()
	if err != nil {
		return nil, nil
	}
	sets, err := folder.List()
	if err != nil {
		return nil, err
	}
	var read []history.Dataset
	for _, d := range sets {
		if !slices.ContainsFunc(files, func(f *source.File) bool { return strings.Contains(string(f.Text), d.Name) }) {
			continue
		}
		if d, err = folder.Read(d.Name); err != nil {
			return nil, err
		}
		read = append(read, d)
	}
	return asFiles(read), nil
}

// notesOn says which added data an answer rests on.
func notesOn(sets []history.Dataset) []string {
	var out []string
	for _, d := range sets {
		out = append(out, "data that you have added are read: "+d.Cited())
	}
	return out
}

// coverage warns of a day of which the added data say nothing.
func (r *resolving) coverage(q *question) error {
	r.added = q.added
	for _, d := range q.added {
		if last, err := data.ParseDay(d.Coverage); err == nil && r.day > last {
			r.warnings = append(r.warnings, afterCoverage(d, last))
		}
	}
	return nil
}

func afterCoverage(d history.Dataset, last data.Day) string {
	return d.Title + " ends on " + last.String() + ": what it has in force then turns on still_in_force afterwards, and what was agreed since is not in it"
}
