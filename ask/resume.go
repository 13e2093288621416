package ask

import (
	"fmt"

	"casus/worlds/study"
)

// unfinished reads the record to go on from, in a folder that nobody writes.
func unfinished(folder string) (*study.Record, error) {
	if err := study.Tidy(folder); err != nil {
		return nil, fmt.Errorf("clearing away what a killed run left: %w", err)
	}
	if s, err := study.Stands(folder); err != nil {
		return nil, err
	} else if s.Busy {
		return nil, fmt.Errorf("%s: another run is writing its record there", folder)
	}
	return study.ReadUnfinished(folder)
}

// resumed is the plan a record was made by, with what is asked for otherwise.
func (q *Run) resumed(before *study.Record) study.Plan {
	asked := q.Plan
	p := before.Plan()
	p.Workers, p.MaxStates = asked.Workers, asked.MaxStates
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
