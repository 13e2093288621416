package ask

import (
	"context"
	"fmt"

	"casus/data"
	"casus/finding"
	"casus/law"
	"casus/law/counsel"
)

// Matrix asks who must help whom, on a day or in each year of some.
type Matrix struct {
	Question
	State    string // only what this state owes or is owed; empty: all states
	Yearly   bool
	From, To int  // the years, if yearly
	Every    bool // also duties that call for no force, and rights

	Given func(name string) bool // as in Worlds
}

// Check is the error of a question that lacks something.
func (q Matrix) Check() error {
	switch {
	case q.Yearly && (q.Date != "" || q.Case != ""):
		return Usage("a day or years?", "give --date, or --from and --to")
	case !q.Yearly && q.Date == "" && q.Case == "":
		return Usage("on which day?", "add --date YYYY-MM-DD, or --from YEAR --to YEAR")
	case q.Yearly && q.Given != nil && !q.Given("from"):
		return Usage("from which year?", "add --from YEAR, as in --from 1815 --to 2018")
	case q.Yearly && q.Given != nil && !q.Given("to"):
		return Usage("to which year?", "add --to YEAR, as in --from 1815 --to 2018")
	case q.Yearly:
		return years(q.Given, q.From, q.To, 1, 9999)
	}
	return nil
}

// Answer gives the table; its rows are worked out as it is written.
func (q Matrix) Answer(ctx context.Context, to Told) (*counsel.Matrix, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	if q.Yearly { // the day by which the law is read
		q.Date = fmt.Sprintf("%04d-12-31", q.To)
	}
	var s law.Standing
	r, err := q.lawOfDay(to, nil, optional(&s.State, q.State))
	if err != nil {
		return nil, err
	}
	s.Facts, s.Readings, s.Only = r.event.Facts, r.event.Readings, r.only
	x := &counsel.Matrix{Head: counsel.HeadOf("matrix", r.book(), q.Options, s.Facts, s.Readings), Model: r.m, Over: q.spans(r), Yearly: q.Yearly, OnlyHelp: !q.Every, Notes: r.notes()}
	over := data.Span{From: x.Over[0].From, Until: x.Over[len(x.Over)-1].Until}
	if x.Timeline, err = law.NewTimeline(ctx, r.m, over, r.acts, s); err != nil {
		return nil, err
	}
	if last, moved := r.m.States.Clamp(data.COW, over.Until); moved {
		w := finding.Warn(finding.Outside, data.COW, "Correlates of War numbers are known to %s; later rows have those of that day", last)
		x.Warnings, x.Notes = append(x.Warnings, w), append(x.Notes, w.Text)
	}
	for _, w := range r.warnings {
		to.say("warning: %s", w.Text)
	}
	x.Warnings = append(x.Warnings, r.warnings...)
	if w, is := r.uncovered(); is {
		x.Warnings = append(x.Warnings, w)
	}
	for _, s := range x.Notes {
		to.say("note: %s", s)
	}
	return x, nil
}

// spans are the days asked for: one, or the years.
func (q *Matrix) spans(r *resolving) []data.Span {
	if !q.Yearly {
		return []data.Span{{From: r.day, Until: r.day}}
	}
	var out []data.Span
	for y := q.From; y <= q.To; y++ {
		first, _ := data.Date(y, 1, 1)
		last, _ := data.Date(y, 12, 31)
		out = append(out, data.Span{From: first, Until: last})
	}
	return out
}
