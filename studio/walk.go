package studio

import (
	"cmp"
	"slices"

	"casus/ask"
	"casus/game/crisis"
	"casus/show"
	"casus/worlds/inquiry"
)

// walked is the view of one play, opened choice by choice.
type walked struct {
	Form  walkForm
	Title string
	Taken []walkStep
	P     string // of all that was taken
	At    *walkStand
	Back  string // the address before the last choice
}

// walkForm asks for another play.
type walkForm struct {
	Case  string
	Picks []pick
}

// walkStep is a choice that was taken; To goes back to where it was made.
type walkStep struct{ When, Where, Choice, P, To string }

// walkStand is where the play stands, with what can happen.
type walkStand struct {
	When, Where, Title string
	Choices            []walkChoice
}

type walkChoice struct {
	Choice, P, Then, To string
	Share               int // in thousandths, for its bar
}

func setWalk(x *setting) (any, error) {
	r := x.found.(*inquiry.Walked)
	x.page.Title, x.page.Heading = "The game", "The game, step by step: "+cmp.Or(r.Title, r.Option)
	words := x.q.Words()
	at := func(n int) string {
		var list []string
		for _, t := range r.Walk.Taken[:n] {
			list = append(list, t.Choice)
		}
		return x.links.to("walk", with(words, "at", list...))
	}
	v := &walked{Title: r.View, P: show.InAll(r.Walk.P)}
	for i, t := range r.Walk.Taken {
		v.Taken = append(v.Taken, walkStep{show.InYear(t.Year), show.PlaceOf(t.Step, t.Actor), cmp.Or(t.Title, t.Choice), show.Chosen(t.P), at(i)})
	}
	n := len(r.Walk.Taken)
	if n > 0 {
		v.Back = at(n - 1)
	}
	var taken []string
	for _, t := range r.Walk.Taken {
		taken = append(taken, t.Choice)
	}
	v.At = x.stand(r.Walk.At, words, taken)
	return v, x.walkForm(r, &v.Form)
}

// stand gives a play after some choices, each way on with its address; nil where it is
// over.
func (x *setting) stand(s *crisis.Stand, words ask.Words, taken []string) *walkStand {
	if s == nil {
		return nil
	}
	out := &walkStand{When: show.InYear(s.Year), Where: show.PlaceOf(s.Step, s.Actor), Title: s.Title}
	for _, c := range s.Choices {
		to := x.links.to("walk", with(words, "at", append(slices.Clone(taken), c.Choice)...))
		out.Choices = append(out.Choices, walkChoice{cmp.Or(c.Title, c.Choice), show.Chosen(c.P), cmp.Or(c.Then, "it is over"), to, int(float64(1000*c.P) + 0.5)})
	}
	return out
}

func (x *setting) walkForm(r *inquiry.Walked, f *walkForm) error {
	f.Case = first1(x.q.Words()["case"])
	options, err := x.listed("options")
	if err != nil {
		return err
	}
	list, err := x.listed("views")
	if err != nil {
		return err
	}
	views := slices.DeleteFunc(list, func(w [2]string) bool { return w[0] != r.View && x.union(w[0]) })
	f.Picks = []pick{picked("options", "Option", options, []string{r.Option}), picked("views", "School", views, []string{r.View})}
	return nil
}

// walkWords open the game of an option at its start; a union has no central world,
// so the view is the first of those that were played.
func walkWords(on string, option string, views []string) ask.Words {
	if len(views) == 0 || option == "" {
		return nil
	}
	return ask.Words{"case": {on}, "options": {option}, "views": {views[0]}}
}
