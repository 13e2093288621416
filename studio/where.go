package studio

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"casus/ask"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// found is the view of the worlds in which something is so.
type found struct {
	Where, Case string
	Begun       string // what is asked to begin with, and why that
	Measures    [][2]string
	Options     [][2]string
	Every       string // the address with all schools, where one was asked for
	Live        bool
	Views       []foundUnder
	Words       string // all of it as the command line says it
}

// foundUnder holds the boxes found under one view.
type foundUnder struct {
	View, Title, Nothing string
	Density, Coverage    string
	Limits               []limitLine
	Few                  int // worlds, where they are too few for a box
	Notes                []string
	Doubts               []string // what of the box chance may explain
	Boxes, Tree, Points  string   // pictures
	Alone                string   // the address of this school alone, where that draws more
	Axes                 []axisLine
}

type limitLine struct{ Input, Title, Range string }

// axisLine tells where worlds of interest and others lie along an assumption.
type axisLine struct{ Input, Title, Unit, So, Not string }

func setDiscover(x *setting) (any, error) {
	d := x.found.(*inquiry.Discovered)
	words := x.q.Words()
	x.page.Title, x.page.Heading = "Where", "In which worlds "+cmp.Or(d.Asked, d.Where)
	v := &found{Where: first1(words["where"]), Case: first1(words["case"]), Live: x.links.live}
	if b := x.on.Begin; slices.Equal(words["where"], []string{b.Where}) {
		v.Begun = b.Why
	}
	var err error
	if v.Measures, err = x.measures(); err != nil {
		return nil, err
	}
	if v.Options, err = x.listed("options"); err != nil {
		return nil, err
	}
	if len(words["views"]) > 0 {
		v.Every = x.links.to("discover", with(words, "views"))
	}
	for _, w := range d.Views {
		f, err := x.foundUnder(w)
		if err != nil {
			return nil, err
		}
		if p := w.Points; p != nil && p.Drawn != p.Of && len(d.Views) > 1 {
			f.Alone = x.links.to("discover", with(words, "views", w.View))
		}
		v.Views = append(v.Views, f)
	}
	v.Words, err = x.inWords()
	return v, err
}

// inWords is an answer as the command line says it: every interval, every doubt.
func (x *setting) inWords() (string, error) {
	var b strings.Builder
	_, err := show.Any(&b, x.found, show.Layout{Width: 100})
	return b.String(), err
}

func (x *setting) foundUnder(w inquiry.ViewDiscovered) (foundUnder, error) {
	f := foundUnder{View: w.View, Title: w.Title, Nothing: w.Nothing, Notes: w.Notes}
	if w.Found == nil {
		return f, nil
	}
	titles := map[string]string{}
	for _, r := range w.Rests {
		titles[r.Input] = r.Title
	}
	if b := w.Found.Box(); b != nil {
		f.Density, f.Coverage, f.Doubts = show.CountedShare(b.Density), show.CountedShare(b.Coverage), show.BoxDoubts(w)
		for _, l := range b.Limits {
			if l.Restricted {
				f.Limits = append(f.Limits, limitLine{l.Input, titles[l.Input], show.LimitWords(l)})
			}
		}
	}
	if n := w.Points.Of.All(); len(f.Limits) == 0 && n < fewWorlds {
		f.Few = n
	}
	for _, a := range w.Points.Axes {
		f.Axes = append(f.Axes, axisLine{a.Input, a.Title, a.Unit, half(a.So), half(a.Not)})
	}
	var err error
	if f.Boxes, err = inline(func(b *strings.Builder) error { return show.FoundPicture(b, w) }); err != nil {
		return f, err
	}
	if f.Tree, err = inline(func(b *strings.Builder) error { return show.TreePicture(b, w) }); err != nil {
		return f, err
	}
	f.Points, err = inline(func(b *strings.Builder) error { return show.PointsPicture(b, w) })
	return f, err
}

// fewWorlds is the least number of worlds of which a box can take away a twentieth, as
// it does at each step.
const fewWorlds = 20

// half is the middle half of some values, and their median.
func half(q inquiry.Quartiles) string {
	if q.Median == nil {
		return "–"
	}
	low, high := figures(*q.Lower), figures(*q.Upper)
	if low == high {
		return figures(*q.Median)
	}
	return fmt.Sprintf("%s (%s to %s)", figures(*q.Median), low, high)
}

func figures(x study.Float) string {
	return strings.Replace(strconv.FormatFloat(float64(x), 'g', 3, 64), "-", "−", 1)
}

// beginning is the first question put to the worlds of a record, and why that one.
type beginning struct{ Where, Why string }

// beginOf is the first question that has something to tell under every school: the
// condition by which an order turns round, or else the worse quarter of worlds by the
// first measure. Where none tells anything under every school the first that does
// under some is asked.
func beginOf(r *study.Record, a *study.Answer) beginning {
	var some beginning
	if b, parts, is := turning(r, a); is {
		if parts {
			return b
		}
		some = b
	}
	for k, m := range r.Measures {
		for _, res := range r.Results {
			b, parts, is := worseQuarter(m, res, r.Label(res.Option), k)
			switch {
			case is && parts:
				return b
			case is && some.Where == "":
				some = b
			}
		}
	}
	return some
}

// turning asks for the worlds in which the order of the best and the worst option
// turns round; parts: under every school it does in some worlds, and not in others.
func turning(r *study.Record, a *study.Answer) (b beginning, parts, is bool) {
	where := a.Unsure()
	if where == "" {
		return b, false, false
	}
	measure, best, worst := a.Contest()
	k := slices.IndexFunc(r.Measures, func(m study.Measure) bool { return m.Name == measure })
	of := func(option string) *study.Result {
		i := slices.IndexFunc(r.Results, func(x study.Result) bool { return x.Option == option })
		return &r.Results[i]
	}
	lower := r.Measures[k].Better == "lower"
	parts = true
	for v := range r.Views {
		x, y := of(worst).Views[v].Values, of(best).Views[v].Values
		if x == nil || y == nil {
			return b, false, false // a record of sums alone
		}
		n := 0
		for w := range x[k] {
			if x[k][w] > y[k][w] && !lower || x[k][w] < y[k][w] && lower {
				n++
			}
		}
		parts = parts && tells(n, len(x[k]))
	}
	return beginning{where, "To begin with: the worlds in which the order of the best and the worst option turns round, by the first measure of which that order is not the same in all worlds. Anything else can be asked"}, parts, true
}

// tells reports whether so many of all worlds are enough to be told from the others.
func tells(n, all int) bool { return 20*n >= all && 20*(all-n) >= all }

// worseQuarter asks for the worlds in which a measure is as bad as in the worst quarter
// of those of all schools together; where no value is better, as high.
func worseQuarter(m study.Measure, res study.Result, called string, k int) (b beginning, parts, is bool) {
	var all []float64
	for _, v := range res.Views {
		if v.Values == nil {
			return b, false, false // a record of sums alone
		}
		all = append(all, v.Values[k]...)
	}
	all = slices.DeleteFunc(all, func(x float64) bool { return x != x })
	slices.Sort(all)
	if len(all) < 4 || all[0] == all[len(all)-1] {
		return b, false, false
	}
	op, at, kind := ">=", all[len(all)-1-len(all)/4], "highest"
	if m.Better == "higher" {
		op, at, kind = "<=", all[len(all)/4], "lowest"
	}
	value := strconv.FormatFloat(at, 'g', 3, 64)
	at, _ = strconv.ParseFloat(value, 64)
	parts = true
	for _, v := range res.Views {
		n := 0
		for _, x := range v.Values[k] {
			if x >= at && op == ">=" || x <= at && op == "<=" {
				n++
			}
		}
		parts = parts && tells(n, len(v.Values[k]))
	}
	side := map[string]string{">=": "or above", "<=": "or below"}[op]
	why := fmt.Sprintf("To begin with: %s under %s. At %s %s lies the %s quarter of the worlds of all schools together. Any other threshold, measure or assumption can be asked for", m.Title, called, value, side, kind)
	return beginning{m.Name + "[" + res.Option + "] " + op + " " + value, why}, parts, true
}

// where answers for the view Where. Opened with no condition it asks what is asked to
// begin with; of a case of which no worlds were run it says what to do.
func (s *Studio) where(w http.ResponseWriter, r *http.Request) {
	v := viewOf("discover")
	words := r.URL.Query()
	if words.Get("where") != "" || words.Get("record") != "" || words.Get("of") != "" || words.Get("regret_above") != "" {
		s.view(w, r, v)
		return
	}
	if err := s.nameless(r); err != nil {
		s.fail(w, r, http.StatusNotFound, err)
		return
	}
	on := s.subject()
	if of := words.Get("case"); of != "" {
		on = s.subjectOf(of)
	}
	if to := v.words(on); len(to["where"]) > 0 {
		if views := words["views"]; len(views) > 0 {
			to["views"] = views
		}
		http.Redirect(w, r, s.links().to("discover", to), http.StatusSeeOther)
		return
	}
	s.toRun(w, r, v, ask.Words(words), on)
}
