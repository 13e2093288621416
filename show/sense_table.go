package show

import (
	"slices"
	"strings"

	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// SenseTable holds, of one outcome under one view, all that the terminal says of it.
type SenseTable struct {
	Title  string
	Under  string   // the option; of a difference the first
	Minus  string   // of a difference the second
	Given  string   // the measure by which worlds count; empty: alike
	Said   []string // how it varies over which worlds, and what told nothing
	Heads  []string // of the methods
	Rows   []SenseLine
	Others []SenseLine // less weighty ones
	Below  []string    // pairs of assumptions, and the worlds behind each method
	Doubts []string
}

// SenseLine is one assumption: what each method says of it, and which way it pushes.
type SenseLine struct {
	Name, Title string
	Judged      bool         // it rests on judgement alone under this view
	Rank        *study.Float // nil: not told apart from 0
	Cells       []string
}

// SenseUnder tells of a view what stands before its tables.
type SenseUnder struct {
	View, Title string
	Said        []string
	Tables      []SenseTable
}

// SenseLegend says what the columns and marks of the tables are: each lead, and its words.
func SenseLegend(s *inquiry.Sensitivity) [][2]string {
	var out [][2]string
	for _, m := range methodWords {
		if slices.Contains(s.Methods, m.method) {
			out = append(out, [2]string{strings.TrimSpace(m.lead), m.words})
		}
	}
	return append(out, [2]string{"†", judgedWords}, [2]string{"95 %", intervalWords})
}

// SenseTables are the tables of a sensitivity by view, the weightiest assumptions of
// each first; those beyond so many are apart.
func SenseTables(s *inquiry.Sensitivity, most int) []SenseUnder {
	titles := map[string]string{}
	for _, a := range s.Assumptions {
		titles[a.Name] = a.Title
	}
	var out []SenseUnder
	for i := range s.Views {
		v := &s.Views[i]
		under := SenseUnder{View: v.View, Title: v.Title, Said: variedWords(v)}
		for _, c := range v.Correlations {
			under.Said = append(under.Said, correlationWords(c)+".")
		}
		for k := range v.Outcomes {
			under.Tables = append(under.Tables, senseTable(s, v, &v.Outcomes[k], most, titles))
		}
		out = append(out, under)
	}
	return out
}

func senseTable(s *inquiry.Sensitivity, v *inquiry.SenseView, o *inquiry.SenseOutcome, most int, titles map[string]string) SenseTable {
	t := SenseTable{Title: o.Title, Under: o.Option, Minus: o.Minus, Given: o.Given}
	t.Said = slices.Concat(variesWords(o, s.Where), untoldWords(o))
	ranking := o.Ranking()
	if len(ranking) == 0 || steady(o) {
		return t
	}
	t.Said = append(t.Said, classWords(o)...)
	t.Heads = senseColumns(o)
	shown := weighty(o, ranking, most)
	for _, name := range ranking {
		line := SenseLine{Name: name, Title: titles[name], Judged: judged(v, name), Cells: senseCells(o, name)}
		for _, x := range o.Slopes {
			if x.Name == name && x.Sure {
				line.Rank = x.Rank
			}
		}
		t.Rows = append(t.Rows, line)
	}
	t.Rows, t.Others = t.Rows[:shown], t.Rows[shown:]
	t.Below, t.Doubts = slices.Concat(pairWords(o, most), basisWords(o)), doubtsOf(o)
	return t
}
