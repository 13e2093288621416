package show

import (
	"fmt"
	"strings"

	"casus/worlds/study"
)

// Words is an answer in words, for a page that sets them itself: the sentences of
// the first screen with none left out for room, a paragraph each, and the table
// with its ranges. Lists may be empty.
type Words struct {
	When       string     // the day, and how many years are played
	Partial    string     // of a run that was stopped
	Lead       string     // over the list of measures
	Listed     [][]string // each measure, and where it is best and worst; empty where a screen has no such list
	Paragraphs []string
	Heads      []string // the first is empty: it stands over the options
	Rows       []WordRow
	Foot       string
}

// WordRow is an option with its cells, as many as there are further heads.
type WordRow struct {
	Option, Label, Title string
	Cells                []string
}

// InWords puts an answer in words.
func InWords(a *study.Answer) Words {
	t := &answerText{text: *newText(Layout{Width: prose}), Answer: a}
	w := Words{When: t.Date + ", " + years(t.Horizon) + " ahead"}
	if t.Partial {
		w.Partial = fmt.Sprintf("The run was stopped; options finished: %d.", len(t.Rows))
	}
	w.Lead, w.Listed, _ = t.leadsListed()
	for _, p := range t.paragraphs() {
		if s := together(p); s != "" {
			w.Paragraphs = append(w.Paragraphs, s)
		}
	}
	if len(t.Heads) == 0 {
		return w
	}
	w.Heads = []string{""}
	if t.Given != nil {
		w.Heads = append(w.Heads, headWords(*t.Given))
	}
	for _, h := range t.Heads {
		w.Heads = append(w.Heads, headWords(h))
	}
	cells := t.cells(t.ranged())
	for n, i := range t.shown() {
		r := t.Rows[i]
		w.Rows = append(w.Rows, WordRow{r.Option, r.Label, r.Title, cells[n][1:]})
	}
	w.Foot = t.foot(t.ranged())
	if least := t.matters(); least != nil {
		w.Foot += " Tied if less apart than: " + t.thresholds(least[1:]) + "."
	}
	return w
}

// thresholds are the least differences that count, by column.
func (t *answerText) thresholds(least []string) string {
	var out []string
	for i, h := range t.columns() {
		out = append(out, h.Headline+" "+withUnit(least[i], h.Unit))
	}
	return strings.Join(out, ", ")
}

// columns are the heads, the condition first.
func (t *answerText) columns() []study.Head {
	if t.Given != nil {
		return append([]study.Head{*t.Given}, t.Heads...)
	}
	return t.Heads
}
