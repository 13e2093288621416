package studio

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/show"
	"casus/worlds/inquiry"
)

// ladderWords ask for the steps of escalation under the option where the schools part
// most; without a record under the first option.
func ladderWords(on subject) ask.Words {
	words := ask.Words{"case": {on.Case}}
	if on.Option != "" {
		words["options"] = []string{on.Option}
	}
	return words
}

// escalated is the view of each step of escalation over the years.
type escalated struct {
	Form    picks
	Words   string
	Schools []finding.View
	Years   []int
	Picture string
	Rungs   []rungTable
	Left    []string   // steps that are not shown, and why
	Walk    *walkStand // where the play of the first school begins
	WalkOf  string     // that school
	Whole   string     // the address of the play
	Moves   string     // the address of how often each move is come to
}

// rungTable are the numbers of one step, by school and year.
type rungTable struct {
	Title, Kind string
	Rows        [][]string
}

func setLadder(x *setting) (any, error) {
	r := x.found.(*inquiry.Ladder)
	x.page.Title, x.page.Heading = "Escalation", "Escalation: each step over the years"
	words := x.q.Words()
	of := first1(words["case"])
	o := r.Options[0]
	v := &escalated{Words: show.LadderWords(r), Schools: r.Views, Left: show.LadderLeft(r, o)}
	for y := range r.Years {
		v.Years = append(v.Years, y+1)
	}
	for i, rung := range r.Rungs {
		if o.Telling(i) {
			v.Rungs = append(v.Rungs, rungTable{rung.Title, show.RungKind(r, rung), show.LadderRows(o, i)})
		}
	}
	var err error
	if v.Picture, err = inline(func(b *strings.Builder) error { return show.LadderPicture(b, r, 0) }); err != nil {
		return nil, err
	}
	v.Moves = x.links.to("reach", ask.Words{"case": {of}, "options": {o.Option}})
	if err := x.begins(r, v); err != nil {
		return nil, err
	}
	options, err := x.listed("options")
	v.Form = picks{"/ladder", of, []pick{picked("options", "Option", options, []string{o.Option})}}
	return v, err
}

// begins opens the play of the first school at its start.
func (x *setting) begins(r *inquiry.Ladder, v *escalated) error {
	i := slices.IndexFunc(r.Views, func(w finding.View) bool { return !w.Union })
	if i < 0 {
		return nil
	}
	words := walkWords(first1(x.q.Words()["case"]), r.Options[0].Option, []string{r.Views[i].Name})
	q, err := ask.PutWords("walk", words)
	if err != nil {
		return err
	}
	f, err := x.studio.answer(x.ctx, q, ask.Told{})
	if err != nil {
		return err
	}
	v.WalkOf, v.Whole = r.Views[i].Name, x.links.to("walk", words)
	v.Walk = x.stand(f.(*inquiry.Walked).Walk.At, words, nil)
	return nil
}

// ladder answers for the view Escalation, of one option: the first where none is named.
func (s *Studio) ladder(w http.ResponseWriter, r *http.Request) {
	words := r.URL.Query()
	if words.Get("options") == "" {
		if first := s.firstOption(r.Context(), words.Get("case")); first != "" {
			words.Set("options", first)
			http.Redirect(w, r, s.links().to("ladder", ask.Words(words)), http.StatusSeeOther)
			return
		}
	}
	s.view(w, r, viewOf("ladder"))
}

// firstOption is that of a case; empty where it cannot be told.
func (s *Studio) firstOption(ctx context.Context, of string) string {
	q, err := ask.PutWords("list", ask.Words{"kind": {"options"}, "case": {of}})
	if err != nil {
		return ""
	}
	f, err := s.answer(ctx, q, ask.Told{})
	if err != nil || len(f.(*finding.Listing).Rows) == 0 {
		return ""
	}
	return f.(*finding.Listing).Rows[0].Name
}
