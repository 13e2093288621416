package studio

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"

	"casus/ask"
	"casus/data"
	"casus/law/counsel"
	"casus/show"
	"casus/studio/atlas"
)

// whyWords ask about the event of the case of the page.
func whyWords(on subject) ask.Words {
	own := on.Own
	if own == nil {
		return nil
	}
	out := ask.Words{"case": {on.Case}, "by": {own.By}, "on": {own.On}}
	for name, value := range map[string]string{"object": own.Object, "at": own.Place} {
		if value != "" {
			out[name] = []string{value}
		}
	}
	if own.Kind != "armed attack" { // which is what is asked about where nothing is said
		out["kind"] = []string{own.Kind}
	}
	return out
}

// owing is the view of who owes what after an event.
type owing struct {
	Form     form
	Map      template.HTML
	Legend   []legendLine
	Policy   []string
	Earlier  string   // of a day whose borders are not drawn
	Needed   string   // what would be needed for them
	Borders  []string // whose borders of an earlier day are drawn
	Other    string   // the address with the other map
	OtherMap string
	Network  string // the address of who is bound to whom on the day
	Bind     []binding
	Articles []article
	Answer   template.HTML // a line for each article
	Law      template.HTML // each article with its reason
	Debtors  []counsel.Standing
	Ask      ask.Words
}

// legendLine says what a fill means, and how many states have it.
type legendLine struct {
	Class, Says string
	States      []string
}

// binding is a fact that would decide, to be taken for so by clicking.
type binding struct {
	Article, Who string
	Facts        []string
	Then, To     string
}

func setWhy(x *setting) (any, error) {
	w := x.found.(*counsel.Why)
	v := &owing{Policy: atlas.Policy, Ask: x.q.Words()}
	x.page.Title, x.page.Heading = "Who owes what", show.WhyQuestion(w)
	for into, write := range map[*template.HTML]func(io.Writer, *counsel.Why) error{&v.Answer: show.WhyAnswer, &v.Law: show.WhyReasons} {
		var b strings.Builder
		if err := write(watched{x.ctx, &b}, w); err != nil {
			return nil, err
		}
		*into = template.HTML(onPage(b.String())) // words alone: no mark of HTML is like a flag
	}
	v.Debtors = w.Standings()
	v.Legend = legend(v.Debtors)
	v.Bind, v.Articles = x.bindings(w), x.articles(w)
	if err := x.map_(w, v); err != nil {
		return nil, err
	}
	return v, x.form(w, &v.Form)
}

// fills are the classes of the map, in the order of its legend, with what each
// says.
var fills = []legendLine{
	{Class: "owed", Says: "owes help that may be by force"},
	{Class: "contested", Says: "contested: authorities or clauses disagree"},
	{Class: "depends", Says: "depends on what was not given"},
	{Class: "lesser", Says: "owes less: consultation, or help without force"},
	{Class: "may", Says: "may help, and owes nothing"},
	{Class: "dormant", Says: "dormant: not in force, or not active"},
	{Class: "not-owed", Says: "an article speaks of it, and nothing is owed"},
	{Class: "none", Says: "no article that was read speaks of it"},
}

func legend(debtors []counsel.Standing) []legendLine {
	var out []legendLine
	for _, l := range fills {
		for _, d := range debtors {
			if class(d) == l.Class {
				l.States = append(l.States, d.State)
			}
		}
		if len(l.States) > 0 || l.Class == "none" {
			out = append(out, l)
		}
	}
	return out
}

func class(d counsel.Standing) string { return strings.ReplaceAll(d.Class, " ", "-") }

// map_ draws the states by what they owe.
func (x *setting) map_(w *counsel.Why, v *owing) error {
	by := map[string]counsel.Standing{}
	for _, d := range v.Debtors {
		by[d.State] = d
	}
	on, err := data.ParseDay(w.Date)
	if err != nil {
		return err
	}
	p := atlas.Paint{On: on, Label: "Map: who owes what to " + cmp.Or(w.Query.OnName, w.Query.On) + " on " + w.Date + "; the table below says the same"}
	for _, f := range fills {
		p.Fills = append(p.Fills, f.Class)
	}
	p.Class = func(state string) string { return class(by[state]) }
	p.Say = func(state string) string {
		d, is := by[state]
		if !is {
			return ""
		}
		return d.Status + ", " + d.Article
	}
	p.Marks = marks(w, on)
	if x.borders(&p, v) {
		if v.Policy = nil; on >= atlas.Modern { // areas in dispute are hatched all the same
			v.Policy = atlas.Policy[1:]
		}
		p.Also = landless(v.Debtors, p.Borders)
	} else if on < atlas.Modern {
		v.Earlier = atlas.Earlier
		for _, d := range v.Debtors {
			p.Also = append(p.Also, d.State)
			if d.Class == "owed" || d.Class == "contested" || d.Class == "depends" {
				p.Ties = append(p.Ties, [2]string{d.State, w.Query.On})
			}
		}
	}
	m := x.mapOf(p.Marks)
	v.OtherMap = map[bool]string{true: "the world", false: "Europe"}[m == atlas.Europe()]
	v.Network = x.links.to("matrix", ask.Words{"date": {w.Date}})
	v.Other = x.links.to("why", with(x.q.Words(), "map", map[bool]string{true: "world", false: "europe"}[m == atlas.Europe()]))
	var b strings.Builder
	if err := m.Draw(&b, p); err != nil {
		return err
	}
	v.Map = template.HTML(b.String())
	return nil
}

// landless are the states that are coloured by their seat, having no land among the
// borders of the day.
func landless(debtors []counsel.Standing, borders []atlas.Territory) []string {
	var out []string
	for _, d := range debtors {
		if !slices.ContainsFunc(borders, func(t atlas.Territory) bool { return t.State == d.State }) {
			out = append(out, d.State)
		}
	}
	return out
}

// mapOf is the map asked for, else Europe where attacker, victim and place lie on
// it.
func (x *setting) mapOf(marks []atlas.Mark) *atlas.Map {
	switch x.extra.Get("map") {
	case "world":
		return atlas.World()
	case "europe":
		return atlas.Europe()
	}
	for _, k := range marks {
		if !atlas.Europe().Has(k.Lon, k.Lat) {
			return atlas.World()
		}
	}
	return atlas.Europe()
}

func marks(w *counsel.Why, on data.Day) []atlas.Mark {
	var out []atlas.Mark
	for _, k := range []struct{ kind, state string }{{"attacker", w.Query.By}, {"victim", w.Query.On}} {
		if s, ok := atlas.SeatOf(k.state, on); ok {
			out = append(out, atlas.Mark{Kind: k.kind, Label: k.state, Lon: s.Lon, Lat: s.Lat})
		}
	}
	s, ok := atlas.SpotOf(w.Query.Place, on)
	here := func(k atlas.Mark) bool { return math.Abs(k.Lon-s.Lon) < 0.5 && math.Abs(k.Lat-s.Lat) < 0.5 }
	if ok && w.Query.Place != "" && !slices.ContainsFunc(out, here) {
		out = append(out, atlas.Mark{Kind: "place", Label: s.Name, Lon: s.Lon, Lat: s.Lat})
	}
	return out
}

// bindings are the smallest sets of facts on which answers turn, each a link that
// takes them for so.
func (x *setting) bindings(w *counsel.Why) []binding {
	var out []binding
	at := map[string]int{}
	for _, a := range w.Answers {
		if a.Status != "depends" || a.Verb == "breaches" {
			continue
		}
		for _, d := range a.Deciders {
			if len(d.Facts) == 0 || slices.ContainsFunc(d.Facts, func(f string) bool { return !isFact(f) }) {
				continue
			}
			b := binding{Article: a.Article, Who: a.Debtor, Facts: d.Facts, Then: fmt.Sprint(d.Then)}
			key := fmt.Sprint(a.Article, d.Facts, d.Then)
			if i, seen := at[key]; seen {
				out[i].Who += ", " + a.Debtor
				continue
			}
			at[key] = len(out)
			words := x.q.Words()
			facts := slices.Clone(words["facts"])
			for _, f := range d.Facts {
				facts = append(facts, strings.ReplaceAll(f, " = ", "="))
			}
			b.To = x.links.to("why", with(words, "facts", facts...))
			out = append(out, b)
		}
	}
	for i := range out {
		if n := strings.Count(out[i].Who, ","); n > 3 {
			out[i].Who = fmt.Sprintf("%d states", n+1)
		}
	}
	return out
}

// bound is the view of what would make an article bind, or free somebody.
type bound struct {
	Article, Title string
	Answers        []counsel.Counterfactual
	Why            string // the address of the event
}

func setWhyNot(x *setting) (any, error) {
	w := x.found.(*counsel.WhyNot)
	x.page.Title, x.page.Heading = "What would make "+w.Article+" bind", w.Article+": what would make it bind, and what would free"
	words := with(x.q.Words(), "article")
	delete(words, "debtor")
	delete(words, "size")
	return &bound{Article: w.Article, Title: w.Title, Answers: w.Answers, Why: x.links.to("why", words)}, nil
}

// article is an article that answers, with the address of what would change it.
type article struct{ Address, Title, To string }

func (x *setting) articles(w *counsel.Why) []article {
	var out []article
	if len(w.Query.AlsoBy)+len(w.Query.AlsoOn) > 0 { // that is asked of one attacker and one victim
		return nil
	}
	for _, a := range w.Answers {
		if a.Hidden || a.Verb != "owes" || slices.ContainsFunc(out, func(o article) bool { return o.Address == a.Article }) {
			continue
		}
		words := with(with(x.q.Words(), "article", a.Article), "full")
		out = append(out, article{a.Article, a.InstrumentTitle, x.links.to("why_not", words)})
	}
	return out
}
