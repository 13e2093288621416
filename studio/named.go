package studio

import (
	"cmp"
	"net/http"
	"slices"

	"casus/ask"
	"casus/finding"
)

// naming says what a view is asked of.
type naming int

const (
	ofCase   naming = iota // a case: its law, or its game
	ofRecord               // a record, which is read
	ofWorlds               // the worlds of a record; of a case they would be run first
)

// instead is the address that does what was meant, where a record was named for a view
// of cases, a case for one of records, or either by the other's word; nil where the
// address names what it should, or nobody can tell what it names.
func (s *Studio) instead(v *view, words ask.Words) *entry {
	byCase, byRecord := first1(words["case"]), first1(words["record"])
	of := cmp.Or(byCase, byRecord)
	switch {
	case of == "" || !there(of):
		return nil
	case v.of == ofRecord && byCase == "" && ask.NamesRecord(of), v.of == ofCase && byRecord == "" && !ask.NamesRecord(of), v.of == ofWorlds && byRecord == "":
		return nil // named as it should be: something else is wrong
	}
	on := s.subjectOf(of)
	rest := with(with(words, "record"), "case")
	switch {
	case v.of == ofRecord && on.Record == "":
		return &entry{Name: "Begin with " + on.Case, To: s.links().to("", ask.Words{"case": {on.Case}})}
	case v.of == ofRecord:
		return s.askIt(v, with(rest, "record", on.Record), on.Record)
	case v.of == ofWorlds && on.Record != "":
		return s.askIt(v, with(rest, "case", on.Record), on.Record)
	case !there(on.Case) || ask.NamesRecord(on.Case):
		return nil // a record that cannot be read, or whose case lies elsewhere
	}
	return s.askIt(v, with(rest, "case", on.Case), on.Case)
}

func (s *Studio) askIt(v *view, words ask.Words, of string) *entry {
	return &entry{Name: "Ask it of " + of, To: s.links().to(v.ask, words)}
}

// there reports whether a name is that of a shipped case, or of a file or folder.
func there(name string) bool { return ask.Shipped(name) || ask.Exists(ask.ParseNamed(name).Path) }

// nameless is the error of the name of a case that nothing has; nil where there is one,
// with mistakes or without: its text can then be read.
func (s *Studio) nameless(r *http.Request) error {
	of := r.URL.Query().Get("case")
	if of == "" || there(of) {
		return nil
	}
	q, err := ask.PutWords("list", ask.Words{"kind": {"options"}, "case": {of}})
	if err == nil {
		_, err = s.answer(r.Context(), q, ask.Told{})
	}
	return err
}

// elsewhere is an error with the address that does what was meant.
type elsewhere struct {
	error
	to *entry
}

func (e elsewhere) Unwrap() error { return e.error }

// misnamed is the error of an address that names a record by the word for one that is
// to be written. A view writes nothing.
func misnamed(v *view, q *ask.Written) error {
	if !writes(q) {
		return nil
	}
	return ask.Usage(v.name+" writes no record, and an address names one by case", "as in /"+v.ask+"?case=casus-records/ukraine")
}

// unasked reports whether a view of worlds was asked of a case as it is: a run takes
// its time, and is for whoever looks on to begin. Settings of a run begin one.
func (s *Studio) unasked(r *http.Request, v *view, words ask.Words) bool {
	of := first1(words["case"])
	if v.of != ofWorlds || of == "" || ask.NamesRecord(of) {
		return false
	}
	for word := range words {
		if !slices.Contains([]string{"case", "measures", "measure", "options", "views", "claims", "where", "regret_above", "of"}, word) {
			return false
		}
	}
	q, err := ask.PutWords("list", ask.Words{"kind": {"measures"}, "case": {of}})
	if err != nil {
		return false
	}
	f, err := s.answer(r.Context(), q, ask.Told{})
	return err == nil && len(f.(*finding.Listing).Rows) > 0
}

// unrun is the view of a case of which no worlds were run, or of which the record is
// not the one asked for.
type unrun struct {
	Case, Command string
	Words         string // of a run
	Folder        string // where its record will be
	Seen          string // what is seen in worlds
	Where         bool
	Record        string // that is there, and holds no worlds that differ
	Last          *entry // the same of the last record
}

// seen says what each view of worlds sees in them.
var seen = map[string]string{
	"discover": "Where something is so is found in worlds",
	"robust":   "How the options fare is seen over worlds",
	"sense":    "What decides is seen over worlds",
	"claims":   "In what share of worlds a claim holds is counted in worlds",
}

// toRun says of a case what to do before a view of its worlds can be shown.
func (s *Studio) toRun(w http.ResponseWriter, r *http.Request, v *view, words ask.Words, on subject) {
	run, err := ask.PutWords("run", ask.Words{"case": {on.Case}})
	if err = cmp.Or(err, on.Unrun); err != nil {
		s.fail(w, r, http.StatusBadRequest, err)
		return
	}
	u := unrun{Case: on.Case, Command: ask.CommandLine(run.Command()...), Words: jobWords(ask.Words{"case": {on.Case}}), Folder: ask.RecordFolder(ask.CaseName(on.Case)), Seen: seen[v.ask], Where: v.ask == "discover"}
	if u.Where && len(words["where"])+len(words["regret_above"]) == 0 { // else the record would have been asked
		u.Record = on.Record
	} else if on.Record != "" {
		u.Last = &entry{Name: on.Record, To: s.links().to(v.ask, with(words, "case", on.Record))}
	}
	p := &page{Title: v.name, Heading: v.heading(), Links: s.links(), Token: s.token, Nav: s.links().nav(v.ask, on)}
	text, err := p.write("unrun", u)
	if err != nil {
		s.fail(w, r, http.StatusInternalServerError, err)
		return
	}
	writePage(w, http.StatusOK, text)
}

// heading stands over a view that has nothing to show yet.
func (v *view) heading() string {
	if v.ask == "discover" {
		return "Where: in which worlds something is so"
	}
	return v.name
}
