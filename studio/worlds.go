package studio

import (
	"cmp"
	"slices"
	"strings"

	"casus/ask"
	"casus/claim"
	"casus/finding"
	"casus/show"
	"casus/worlds/inquiry"
)

// titles are those of options and views, by name.
func titles(h *finding.Head) map[string]string {
	out := map[string]string{}
	for _, o := range h.Options {
		out[o.Name] = o.Title
	}
	for _, v := range h.Views {
		out[v.Name] = v.Title
	}
	return out
}

// called are the options by their short names, as the first screen calls them.
func called(h *finding.Head) map[string]string {
	out := map[string]string{}
	for _, o := range h.Options {
		out[o.Name] = cmp.Or(o.Label, o.Name)
	}
	return out
}

// optionName is an option with all its names: the short one, the word that commands
// take, and the whole title; To asks who owes what under it.
type optionName struct{ Short, Name, Title, To string }

func (x *setting) optionNames(h *finding.Head) []optionName {
	var out []optionName
	for _, o := range h.Options {
		n := optionName{cmp.Or(o.Label, o.Name), o.Name, o.Title, ""}
		if words := whyWords(x.on); words != nil {
			n.To = x.links.to("why", with(words, "options", o.Name))
		}
		out = append(out, n)
	}
	return out
}

// pick is a choice of a form: one of several names.
type pick struct {
	Name, Label string
	Options     []optionLine
}

func picked(name, label string, all [][2]string, chosen []string) pick {
	p := pick{Name: name, Label: label}
	for _, x := range all {
		p.Options = append(p.Options, optionLine{ask.Titled{Name: x[0], Title: x[1]}, slices.Contains(chosen, x[0])})
	}
	return p
}

// picks is a form that asks the same of other names.
type picks struct {
	To, Case string // the address, and the case or record asked
	Picks    []pick
}

// measures are those of the record of the page that can be asked for.
func (x *setting) measures() ([][2]string, error) { return x.listed("measures") }

func (x *setting) listed(kind string) ([][2]string, error) {
	q, err := ask.PutWords("list", ask.Words{"kind": {kind}, "case": {x.on.Case}})
	if err != nil {
		return nil, err
	}
	f, err := x.studio.answer(x.ctx, q, ask.Told{})
	if err != nil {
		return nil, err
	}
	var out [][2]string
	for _, n := range f.(*ask.Listing).Rows {
		out = append(out, [2]string{n.Name, n.Title})
	}
	return out, nil
}

// compared is the view of options by every criterion.
type compared struct {
	Form     picks
	Picture  string
	Measures []comparedBy
	Titles   map[string]string
	Called   map[string]string // options by their short names
	Options  []optionName
	Schools  []finding.View
	Fronts   []front
}

// comparedBy is one measure: what each criterion picks under each view.
type comparedBy struct {
	Name, Title, Better string
	Views               []string
	Rows                []criterionRow
}

type criterionRow struct {
	Criterion string
	Picks     [][]string // by view; one for all where all pick the same
	All       bool       // all pick the same
	Schools   string
}

// front are the options that no other beats in every measure.
type front struct {
	View    string
	Options []string
}

func setRobust(x *setting) (any, error) {
	r := x.found.(*inquiry.Robust)
	x.page.Title, x.page.Heading = "What happens under each option", "What happens: the options by every criterion"
	v := &compared{Titles: titles(r.Opening()), Called: called(r.Opening()), Options: x.optionNames(r.Opening()), Schools: r.Opening().Views}
	for _, m := range r.Measures {
		c := comparedBy{Name: m.Name, Title: m.Title, Better: m.Better}
		for _, w := range m.Views {
			c.Views = append(c.Views, w.View)
		}
		for _, a := range m.Agreed {
			row := criterionRow{a.Criterion, a.Picks, false, string(a.Schools)}
			if row.All = len(a.Picks) > 1 && !slices.ContainsFunc(a.Picks, func(p []string) bool { return !slices.Equal(p, a.Picks[0]) }); row.All {
				row.Picks = a.Picks[:1]
			}
			c.Rows = append(c.Rows, row)
		}
		v.Measures = append(v.Measures, c)
	}
	for _, f := range r.Fronts {
		if f.Front == nil {
			continue
		}
		one := front{View: f.View}
		for _, o := range f.Front.Options {
			if o.OnFront {
				one.Options = append(one.Options, o.Option)
			}
		}
		v.Fronts = append(v.Fronts, one)
	}
	var err error
	if v.Picture, err = inline(func(b *strings.Builder) error { return show.RobustPicture(b, r) }); err != nil {
		return nil, err
	}
	list, err := x.measures()
	words := x.q.Words()
	v.Form = picks{"/robust", first1(words["case"]), []pick{picked("measures", "Measure", list, words["measures"])}}
	return v, err
}

// claimed is the ledger.
type claimed struct {
	Form    picks
	Views   []string
	Claims  []claimCard
	One     bool // a single claim, at its own address
	All     string
	Sources []finding.Source
}

type claimCard struct {
	claim.Entry
	To       string // its own address
	Readings []readingCard
}

type readingCard struct {
	claim.Reading
	Settled string
	Shares  []shareLine
}

// shareLine is a share under a view: in words, and from 0 to 1 for the bar.
type shareLine struct {
	View, Words, Decided, Flips string
	Lo, Share, Hi               int // in thousandths
	Defined                     bool
}

func setClaims(x *setting) (any, error) {
	l := x.found.(*claim.Ledger)
	x.page.Title, x.page.Heading = "What is claimed", "What is claimed about "+l.Title
	words := x.q.Words()
	v := &claimed{Sources: l.Sources, One: len(words["claims"]) == 1, All: x.links.to("claims", with(words, "claims"))}
	for _, w := range l.Views {
		v.Views = append(v.Views, w.Name)
	}
	for _, e := range l.Claims {
		c := claimCard{Entry: e, To: x.links.to("claims", with(words, "claims", e.ID))}
		for _, r := range e.Readings {
			card := readingCard{Reading: r}
			if r.Kind != claim.Worlds {
				card.Settled = show.SettledBy(r)
			}
			for _, s := range r.Views {
				card.Shares = append(card.Shares, shareLine{s.View, show.ShareWords(s), show.DecidedBy(s), show.FlipWords(s), thousandths(s.Lo), thousandths(s.Share), thousandths(s.Hi), s.Worlds > 0})
			}
			c.Readings = append(c.Readings, card)
		}
		v.Claims = append(v.Claims, c)
	}
	if v.One && len(v.Claims) == 1 {
		x.page.Title, x.page.Heading = v.Claims[0].ID, v.Claims[0].ID+": "+v.Claims[0].Says
	}
	return v, nil
}

func thousandths(n finding.Number) int {
	if n != n {
		return 0
	}
	return int(float64(1000*float64(n)) + 0.5)
}

// held is the view of what happened beside what each school implies.
type held struct {
	Heads   []string
	Rows    [][]string
	Records []recordLine
	Picture string
}

type recordLine struct{ ID, Words string }

func setPast(x *setting) (any, error) {
	p := x.found.(*inquiry.Past)
	x.page.Title, x.page.Heading = "The record", "What each school implies beside what happened"
	v := &held{}
	v.Heads, v.Rows = show.PastRows(p)
	for _, r := range p.Records {
		v.Records = append(v.Records, recordLine{r.ID, show.RecordWords(r)})
	}
	var err error
	v.Picture, err = inline(func(b *strings.Builder) error { return show.PastPicture(b, p) })
	return v, err
}

// deciding is the view of which assumptions decide.
type deciding struct {
	Form    picks
	Picture string
	Untold  string // why there is no picture
	Views   []decidingUnder
	Titles  map[string]string // of assumptions
}

type decidingUnder struct {
	View, Title string
	Outcomes    []inquiry.SenseOutcome
	Fixed       []inquiry.Held
}

// mostShown bounds the assumptions in the picture.
const mostShown = 12

func setSense(x *setting) (any, error) {
	s := x.found.(*inquiry.Sensitivity)
	x.page.Title, x.page.Heading = "Assumptions", "Which assumptions decide"
	v := &deciding{Titles: map[string]string{}}
	for _, a := range s.Assumptions {
		v.Titles[a.Name] = a.Title
	}
	for _, w := range s.Views {
		v.Views = append(v.Views, decidingUnder{w.View, w.Title, w.Outcomes, w.Fixed})
	}
	var err error
	if v.Picture, err = inline(func(b *strings.Builder) error { return show.SensePicture(b, s, show.Layout{Most: mostShown}) }); err != nil {
		v.Untold = err.Error() // too few worlds for any method: the tables stand
	}
	words := x.q.Words()
	measures, err := x.measures()
	if err != nil {
		return nil, err
	}
	options, err := x.listed("options")
	v.Form = picks{"/sense", first1(words["case"]), []pick{picked("measures", "Measure", measures, words["measures"]), picked("options", "Option", options, words["options"])}}
	return v, err
}

// climbed is the view of what is played under an option.
type climbed struct {
	Form  picks
	Views []string
	Title string
	Steps []show.Played
	Never string
	Walk  string // the address of the same game, opened step by step
}

func setReach(x *setting) (any, error) {
	r := x.found.(*inquiry.Reached)
	x.page.Title, x.page.Heading = "Moves", "What is played: each move, and what is chosen there"
	words := x.q.Words()
	v := &climbed{Views: r.Views}
	if len(r.Options) == 0 {
		return v, nil
	}
	one := r.Options[0]
	v.Title = one.Title
	v.Steps, v.Never = show.PlayedUnder(r, one.Option)
	if to := walkWords(first1(words["case"]), one.Option, r.Views); to != nil {
		v.Walk = x.links.to("walk", to)
	}
	options, err := x.listed("options")
	v.Form = picks{"/reach", first1(words["case"]), []pick{picked("options", "Option", options, []string{one.Option})}}
	return v, err
}
