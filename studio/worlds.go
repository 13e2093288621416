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
	"casus/worlds/study"
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
		p.Options = append(p.Options, optionLine{finding.Titled{Name: x[0], Title: x[1]}, slices.Contains(chosen, x[0])})
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
	for _, n := range f.(*finding.Listing).Rows {
		out = append(out, [2]string{n.Name, n.Title})
	}
	return out, nil
}

// compared is the view of options by every criterion.
type compared struct {
	Form     picks
	Measures []comparedBy
	Titles   map[string]string
	Called   map[string]string // options by their short names
	Options  []optionName
	Schools  []finding.View
	Worlds   int
	Tail     string // the share of regrets that lie below the second number
	By       string // what is compared where options dominate
	Fronts   []front
	Shares   [][]shareCell // by option, then view: in how many worlds no other dominates it
	Words    string        // all of it as the command line says it
}

// comparedBy is one measure: how the options fare by it under each view, what they
// may be regretted, and what each criterion picks.
type comparedBy struct {
	Name, Title, Better, Unit, Gain string
	Given                           string   // the title of its condition
	Said                            []string // what counts in the comparison, and what it leaves out
	Picture                         string   // medians and ranges
	Heads                           []string
	Spreads                         [][]spreadCell // by option, then head
	Views                           []string
	Regrets                         [][]regretCell // by option, then view
	Rows                            []criterionRow
}

// spreadCell is a mean, with the median and the range of a measure.
type spreadCell struct{ Mean, Middle string }

// regretCell is the largest regret of an option under a view, the world in which it is
// reached, and the quantile that counts as the tail. Heat is from 0 to 10.
type regretCell struct {
	Most, Tail  string
	World, Heat int
	Least       bool // no option has a smaller one
	Defined     bool
}

// shareCell is in what share of worlds no other option dominates.
type shareCell struct {
	Share string
	Front bool // by what is compared, none dominates it
	Heat  int
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
	words := x.q.Words()
	v := &compared{Titles: titles(r.Opening()), Called: called(r.Opening()), Options: x.optionNames(r.Opening()), Schools: r.Opening().Views, Worlds: r.Opening().Worlds, Tail: show.PercentOf(r.Tail), By: show.DominanceBy(r)}
	record := x.studio.recordOf(first1(words["case"]), r.Opening().Options)
	for i := range r.Measures {
		c, err := comparedBy1(r, &r.Measures[i], record)
		if err != nil {
			return nil, err
		}
		v.Measures = append(v.Measures, c)
	}
	v.fronts(r)
	var err error
	if v.Words, err = x.inWords(); err != nil {
		return nil, err
	}
	list, err := x.measures()
	v.Form = picks{"/robust", first1(words["case"]), []pick{picked("measures", "Measure", list, words["measures"])}}
	return v, err
}

// recordOf is a record with the results of some options; nil where none was named.
func (s *Studio) recordOf(name string, options []finding.Option) *study.Record {
	if !ask.NamesRecord(name) {
		return nil
	}
	r := s.found(name)
	if r == nil {
		return nil
	}
	some := *r
	some.Results = slices.DeleteFunc(slices.Clone(r.Results), func(x study.Result) bool {
		return !slices.ContainsFunc(options, func(o finding.Option) bool { return o.Name == x.Option })
	})
	return &some
}

// comparedBy1 sets one measure; without a record its spread is left out.
func comparedBy1(r *inquiry.Robust, m *inquiry.RobustMeasure, record *study.Record) (comparedBy, error) {
	c := comparedBy{Name: m.Name, Title: m.Title, Better: m.Better, Unit: show.UnitShown(m.Unit), Gain: show.GainUnit(m.Unit), Said: show.RobustWords(m)}
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
	c.regrets(r, m)
	if record == nil {
		return c, nil
	}
	return c, c.spreads(record)
}

// spreads gives means and ranges under every school, and of all of them by the record.
func (c *comparedBy) spreads(r *study.Record) error {
	k := r.MeasureAt(c.Name)
	if k < 0 {
		return nil
	}
	if g := r.MeasureAt(r.Measures[k].Given); g >= 0 {
		c.Given = r.Measures[g].Title
	}
	weighed := r.Weights != nil && r.Weights.Union != nil
	if weighed {
		whose := "all schools"
		if len(r.LeftOut) > 0 {
			whose = "these schools together"
		}
		c.Heads = append(c.Heads, whose+", weighed by the record")
	}
	for _, v := range r.Views {
		c.Heads = append(c.Heads, v.Name)
	}
	for _, res := range r.Results {
		var row []spreadCell
		add := func(s study.Summary) {
			mean, middle := show.Spread(s, r.Measures[k].Unit)
			row = append(row, spreadCell{mean, middle})
		}
		if weighed {
			add(res.Union.After[k])
		}
		for _, v := range res.Views {
			add(v.Summary[k])
		}
		c.Spreads = append(c.Spreads, row)
	}
	var err error
	c.Picture, err = inline(func(b *strings.Builder) error { return show.PictureAs(b, r, r.Found, []string{c.Name}, onePanel) })
	return err
}

// onePanel is the layout of a single measure.
var onePanel = show.Panels{Across: 1, Wide: 280}

// regrets are the largest of every option, each with its heat against the largest of
// the measure.
func (c *comparedBy) regrets(r *inquiry.Robust, m *inquiry.RobustMeasure) {
	most := 0.0
	for _, v := range m.Views {
		if v.Compared != nil {
			for _, s := range v.Compared.Options {
				most = max(most, float64(s.MaxRegret))
			}
		}
	}
	for _, o := range r.Opening().Options {
		var row []regretCell
		for _, v := range m.Views {
			row = append(row, regretOf(v, o.Name, m.Unit, most))
		}
		c.Regrets = append(c.Regrets, row)
	}
}

func regretOf(v inquiry.RobustView, option, unit string, most float64) regretCell {
	if v.Compared == nil || v.Compared.N == 0 {
		return regretCell{}
	}
	least := v.Compared.Options[0].MaxRegret
	for _, s := range v.Compared.Options {
		least = min(least, s.MaxRegret)
	}
	for _, s := range v.Compared.Options {
		if s.Option == option {
			c := regretCell{Most: show.Regret(float64(s.MaxRegret), unit), Tail: show.Regret(float64(s.TailRegret), unit), World: s.RegretIn.First, Least: s.MaxRegret == least, Defined: true}
			c.Heat = tenths(float64(s.MaxRegret), most)
			return c
		}
	}
	return regretCell{}
}

// tenths is a share of the whole in steps of a tenth: 0 of nothing.
func tenths(x, of float64) int {
	if !(of > 0) {
		return 0
	}
	return int(float64(10*min(max(x/of, 0), 1)) + 0.5)
}

// fronts are the options that no other beats in every measure, and in what share of
// worlds that is so.
func (v *compared) fronts(r *inquiry.Robust) {
	for _, f := range r.Fronts {
		one := front{View: f.View}
		if f.Front != nil {
			for _, o := range f.Front.Options {
				if o.OnFront {
					one.Options = append(one.Options, o.Option)
				}
			}
		}
		v.Fronts = append(v.Fronts, one)
	}
	for _, o := range r.Opening().Options {
		var row []shareCell
		for _, f := range r.Fronts {
			row = append(row, shareOf(f, o.Name))
		}
		if len(row) > 0 {
			v.Shares = append(v.Shares, row)
		}
	}
}

func shareOf(f inquiry.ViewFront, option string) shareCell {
	if f.Front != nil && f.Front.N > 0 {
		for _, o := range f.Front.Options {
			if o.Option == option {
				return shareCell{show.PercentOf(float64(o.Undominated.Value)), o.OnFront, tenths(float64(o.Undominated.Value), 1)}
			}
		}
	}
	return shareCell{"–", false, 0}
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
	Others  show.Others
}

type recordLine struct{ ID, Words string }

func setPast(x *setting) (any, error) {
	p := x.found.(*inquiry.Past)
	x.page.Title, x.page.Heading = "The record", "What each school implies beside what happened"
	v := &held{Others: show.PastOthers(p)}
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
	Legend  [][2]string
	Picture string
	Untold  string // why there is no picture
	Views   []show.SenseUnder
	Called  map[string]string // options by their short names
	Given   map[string]string // titles of conditions
}

// mostShown bounds the assumptions in the picture.
const mostShown = 12

func setSense(x *setting) (any, error) {
	s := x.found.(*inquiry.Sensitivity)
	x.page.Title, x.page.Heading = "Assumptions", "Which assumptions decide"
	v := &deciding{Legend: show.SenseLegend(s), Views: show.SenseTables(s, mostShown), Called: called(s.Opening()), Given: map[string]string{}}
	var err error
	if v.Picture, err = inline(func(b *strings.Builder) error { return show.SensePicture(b, s, show.Layout{Most: mostShown}) }); err != nil {
		v.Untold = err.Error() // too few worlds for any method: the tables stand
	}
	words := x.q.Words()
	measures, err := x.measures()
	if err != nil {
		return nil, err
	}
	for _, m := range measures {
		v.Given[m[0]] = m[1]
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
	Said  []string // what the numbers are, and what is left out
	Steps []show.Played
	Never string
	Walk  string // the address of the same game, opened step by step
}

func setReach(x *setting) (any, error) {
	r := x.found.(*inquiry.Reached)
	x.page.Title, x.page.Heading = "Moves", "What is played: each move, and what is chosen there"
	words := x.q.Words()
	v := &climbed{Views: r.Views, Said: show.ReachWords(r)}
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
