package studio

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/law/counsel"
	"casus/model"
)

// form asks for another event.
type form struct {
	By, On, At, Object, Kind, Date, Case string
	Year                                 int // of the slider
	Objects, Kinds                       []string
	States, Places                       []finding.Name
	Options                              []optionLine
	Facts                                []factLine
	Map                                  string
	Keep                                 [][2]string // further words, kept as they are
}

type optionLine struct {
	finding.Titled
	Chosen bool
}

// factLine is a fact with what is given of it: yes, no or nothing.
type factLine struct{ Name, Title, Given string }

// The years of the slider.
const (
	firstYear = 1815
	lastYear  = 2026
)

// FirstYear and LastYear are those of the slider.
func (form) FirstYear() int { return firstYear }
func (form) LastYear() int  { return lastYear }

func (x *setting) form(w *counsel.Why, f *form) error {
	words := x.q.Words()
	f.By, f.On, f.At, f.Object, f.Kind = cmp.Or(w.Query.By, first1(words["by"])), w.Query.On, w.Query.Place, w.Query.Object, w.Query.Kind
	f.By = strings.Join(append([]string{f.By}, w.Query.AlsoBy...), ",")
	f.On = strings.Join(append([]string{f.On}, w.Query.AlsoOn...), ",")
	f.Date, f.Objects, f.Case, f.Map = w.Date, model.Objects(), first1(words["case"]), x.extra.Get("map")
	f.Year, _ = strconv.Atoi(w.Date[:4])
	f.Year = min(max(f.Year, firstYear), lastYear)
	f.facts(w, words["facts"])
	for _, name := range []string{"readings", "after", "law", "files", "full"} {
		for _, v := range words[name] {
			f.Keep = append(f.Keep, [2]string{name, v})
		}
	}
	var err error
	if f.States, err = x.names("states"); err != nil {
		return err
	}
	if f.Places, err = x.names("places"); err != nil {
		return err
	}
	kinds, err := x.names("events")
	if err != nil {
		return err
	}
	for _, k := range kinds {
		f.Kinds = append(f.Kinds, k.Name)
	}
	return x.options(f, words["options"])
}

func first1(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// facts are those that were given or that an answer turns on.
func (f *form) facts(w *counsel.Why, given []string) {
	told := map[string]string{}
	for _, words := range given {
		for _, one := range apart(words) {
			name, value, _ := strings.Cut(one, "=")
			told[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	title := map[string]string{}
	for _, x := range w.Facts {
		title[x.Name] = x.Title
	}
	add := func(name string) {
		base, _, _ := strings.Cut(name, "(")
		if !slices.ContainsFunc(f.Facts, func(l factLine) bool { return l.Name == name }) {
			f.Facts = append(f.Facts, factLine{name, cmp.Or(title[base], base), told[name]})
		}
	}
	for _, a := range w.Answers {
		for _, d := range a.Deciders {
			for _, fact := range d.Facts {
				if name, _, _ := strings.Cut(fact, " = "); isFact(name) {
					add(name)
				}
			}
		}
	}
	for _, words := range given {
		for _, one := range apart(words) {
			name, _, _ := strings.Cut(one, "=")
			add(strings.TrimSpace(name))
		}
	}
}

// isFact reports whether an answer turns on a fact that can be given, and not on a
// text that nobody can read.
func isFact(words string) bool {
	name, _, _ := strings.Cut(words, " = ")
	name, _, _ = strings.Cut(name, "(")
	return !strings.Contains(name, " ")
}

// apart parts facts at the commas that stand in no brackets.
func apart(words string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range words {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			out = append(out, words[from:i])
			from = i + 1
		}
	}
	return append(out, words[from:])
}

// names are all of a kind.
func (x *setting) names(kind string) ([]finding.Name, error) {
	q, err := ask.PutWords("list", ask.Words{"kind": {kind}})
	if err != nil {
		return nil, err
	}
	f, err := x.studio.answer(x.ctx, q, ask.Told{})
	if err != nil {
		return nil, err
	}
	return f.(*finding.Listing).Rows, nil
}

// options are those of the case that the law may be changed by.
func (x *setting) options(f *form, chosen []string) error {
	if f.Case == "" {
		return nil
	}
	q, err := ask.PutWords("list", ask.Words{"kind": {"options"}, "case": {f.Case}})
	if err != nil {
		return err
	}
	list, err := x.studio.answer(x.ctx, q, ask.Told{})
	if err != nil {
		return err
	}
	for _, o := range list.(*finding.Listing).Rows {
		f.Options = append(f.Options, optionLine{finding.Titled{Name: o.Name, Title: o.Title}, slices.Contains(chosen, o.Name)})
	}
	return nil
}
