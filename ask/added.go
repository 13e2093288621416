package ask

import (
	"slices"
	"strconv"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/past/history"
)

const ships = "ships"

// chooseLaw reads the added data that a question asks for, and says whether what
// ships is read.
func (q *Question) chooseLaw() (bool, error) {
	q.added, q.instruments = nil, nil
	if slices.Equal(q.Law, []string{ships}) || q.onlyShipped && len(q.Law) == 0 {
		return true, nil
	}
	folder, err := history.UserFolder()
	if err != nil && len(q.Law) > 0 {
		return false, err
	}
	if err != nil { // nothing can have been added
		return true, nil
	}
	all, err := folder.List()
	if err != nil {
		return false, err
	}
	all = laws(all)
	known := []string{ships}
	for _, d := range all {
		known = append(known, d.Name)
	}
	var sets []string
	for _, name := range q.Law {
		if slices.Contains(known, name) {
			sets = append(sets, name)
		} else {
			q.instruments = append(q.instruments, name)
		}
	}
	if len(sets) == 0 && q.onlyShipped {
		return true, nil
	}
	for _, d := range all {
		if len(sets) > 0 && !slices.Contains(sets, d.Name) {
			continue
		}
		if d, err = folder.Read(d.Name); err != nil {
			return false, err
		}
		q.added = append(q.added, d)
	}
	return len(sets) == 0 || slices.Contains(sets, ships), nil
}

// laws keeps the added data that are law; borders are for maps.
func laws(sets []history.Dataset) []history.Dataset {
	return slices.DeleteFunc(sets, func(d history.Dataset) bool { return !d.IsLaw() })
}

// instruments resolves what of --law names no data: the instruments that are
// read, capitals aside.
func (r *resolving) instruments(q *Question) error {
	for _, name := range q.instruments {
		in := r.m.Instrument(name)
		if in == nil {
			in = r.m.Instrument(strings.ToUpper(name))
		}
		if in == nil {
			return r.noLaw(q, name)
		}
		r.only = append(r.only, in.ID)
	}
	return nil
}

// noLaw says what --law may name.
func (r *resolving) noLaw(q *Question, name string) error {
	known := []string{ships}
	if folder, err := history.UserFolder(); err == nil {
		if sets, err := folder.List(); err == nil {
			if slices.ContainsFunc(sets, func(d history.Dataset) bool { return d.Name == name && !d.IsLaw() }) {
				return Usage(name+" has borders for the map and no law", "leave it out of --law")
			}
			for _, d := range laws(sets) {
				known = append(known, d.Name)
			}
		}
	}
	hint := source.DidYouMean(name, append(instrumentNames(r.m), known...))
	if hint == "" {
		hint = "it is " + strings.Join(known, ", ") + ", or an instrument by its short name, such as NAT or TEU"
	}
	return Usage("no law is called "+strconv.Quote(name), hint)
}

func instrumentNames(m *model.Model) []string {
	var out []string
	for _, in := range m.Instruments {
		out = append(out, in.ID)
	}
	return out
}

// loadWithAdded loads the added data, with what ships or without, and the user's
// own files.
func (q *Question) loadWithAdded(shipsToo bool, own []*source.File, uses []string) (*model.Model, source.Problems) {
	files := AsFiles(q.added)
	for _, f := range files {
		uses = append(uses, f.Name)
	}
	if shipsToo {
		uses = append(uses, "instruments")
	}
	return q.withOptions(uses, func(uses []string) (*model.Model, source.Problems) {
		return catalog.Files(append(slices.Clone(own), Using(uses)...), files...)
	})
}

// AsFiles are added data as files that can be used by name. The name they have in
// messages is the same wherever they stand.
func AsFiles(sets []history.Dataset) []catalog.Added {
	var out []catalog.Added
	for _, d := range sets {
		out = append(out, catalog.Added{Name: d.Name, File: source.New(d.Name+"/"+d.File, []byte(d.Text))})
	}
	return out
}

// AddedFor reads the added data that a user's own files use.
func AddedFor(files []*source.File) ([]catalog.Added, error) {
	folder, err := history.UserFolder()
	if err != nil {
		return nil, nil
	}
	sets, err := folder.List()
	if err != nil {
		return nil, err
	}
	var read []history.Dataset
	for _, d := range laws(sets) {
		if !slices.ContainsFunc(files, func(f *source.File) bool { return strings.Contains(string(f.Text), d.Name) }) {
			continue
		}
		if d, err = folder.Read(d.Name); err != nil {
			return nil, err
		}
		read = append(read, d)
	}
	return AsFiles(read), nil
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
func (r *resolving) coverage(q *Question) error {
	r.added = q.added
	for _, d := range q.added {
		if last, err := data.ParseDay(d.Coverage); err == nil && r.day > last {
			r.warnings = append(r.warnings, finding.Warn(finding.Outside, d.Name, "%s", afterCoverage(d, last)))
		}
	}
	return nil
}

func afterCoverage(d history.Dataset, last data.Day) string {
	return d.Title + " ends on " + last.String() + ": what it has in force then turns on still_in_force afterwards, and what was agreed since is not in it"
}
