package ask

import (
	"cmp"
	"fmt"

	"casus/worlds/study"
)

// unfinished reads the record to go on from, in a folder that nobody writes.
func unfinished(folder string) (*study.Record, error) {
	if err := study.Tidy(folder); err != nil {
		return nil, err
	}
	s, err := study.Stands(folder)
	if s != nil && s.Busy {
		return nil, fmt.Errorf("%s: %w", folder, study.ErrBusy)
	}
	r, bad := study.ReadUnfinished(folder) // which says better than Stands what is wrong with it
	if bad != nil {
		return nil, bad
	}
	return r, err
}

// giveAgain reads the worlds of a run that a file gave, if one did: from the file
// that is named, else from where it was.
func (q *Run) giveAgain(before *study.Record, from string, to Told) error {
	by, given := before.GivenBy()
	name := q.firstGiven("worlds", "first", "seed", "design", "until", "measure", "most-worlds")
	switch {
	case !given && q.File != "":
		return Usage("the worlds of "+from+" were drawn, and --file gives them", "leave --file out")
	case !given:
		return nil
	case name != "":
		return Usage("--"+name+" is for worlds that are drawn, and "+by.Name+" gave those of "+from, "leave it out")
	case q.File == "" && !Exists(by.Name):
		return fmt.Errorf("%s, which gave the worlds of %s, is not there: name it with --file", by.Name, from)
	}
	if err := q.read(cmp.Or(q.File, by.Name), to); err != nil {
		return err
	}
	return q.Plan.Given.As(by)
}

// resumed is the plan a record was made by, with what is asked for otherwise.
func (q *Run) resumed(before *study.Record) study.Plan {
	asked := q.Plan
	p := before.Plan()
	p.Workers, p.MaxStates = asked.Workers, asked.MaxStates
	if p.Given = asked.Given; p.Given != nil { // they have no design, and are as many as they are
		p.Design, p.Worlds = "", 0
	}
	set := map[string]func(){
		"worlds":      func() { p.Worlds = asked.Worlds },
		"first":       func() { p.First = asked.First },
		"seed":        func() { p.Seed = asked.Seed },
		"design":      func() { p.Design = asked.Design },
		"horizon":     func() { p.Horizon = asked.Horizon },
		"date":        func() { p.Date = asked.Date },
		"option":      func() { p.Options = asked.Options },
		"view":        func() { p.Views = asked.Views },
		"baseline":    func() { p.Baseline = asked.Baseline },
		"until":       func() { p.Until = asked.Until },
		"measure":     func() { p.Measures = asked.Measures },
		"most-worlds": func() { p.MostWorlds = asked.MostWorlds },
	}
	for name, do := range set {
		if q.given(name) {
			do()
		}
	}
	if q.given("option") && !q.given("baseline") { // that of the record may not be among them
		p.Baseline = ""
	}
	return p
}
