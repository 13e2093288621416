package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/study"
)

// otherwise shows how the headline measures move with other years ahead and with
// sharper or blunter choices.
func (t *text) otherwise() {
	plays := t.r.PlayedOtherwise()
	if len(plays) == 0 {
		return
	}
	t.heading("With other years ahead, or choices sharper or blunter")
	first := plays[0].Otherwise
	names := viewNames(first.Rows[0])
	shown := names[len(names)-1]
	t.para("", 0, fmt.Sprintf("Median over the first %s of each school%s: few, so that the run is not slower for it, and the column \"as run\" is not quite that of the tables above. λ, how sharply choices answer to what they are worth, is %s; ÷ and × say what it is divided and multiplied by.",
		finding.Count(first.Worlds, "world"), map[bool]string{true: ", which count alike", false: ""}[shown == study.AllSchools], t.r.Precision))
	if t.r.SolvedRates() {
		t.para("", 0, "The rates that the schools state were made to come out with every assumption at its median (casus elicit). Under a λ that far off they are not asked to: a rate that is a base holds nearly, and what moves it by log odds is weighed by λ, so that a third of λ is a third of the fear of a war. These columns show what the form of choice does; they are not a belief that anyone holds. A folder that restates λ shows by casus elicit which rates leave their ranges; where λ is drawn, casus sense weighs what it decides within its range.")
	}
	var tables [][][]string
	for _, m := range t.headlines() {
		tables = append(tables, t.otherCells(plays, m, shown))
	}
	widths := widest(tables...)
	for i, m := range t.headlines() {
		t.line("")
		t.para("", 2, fmt.Sprintf("%s (%s)", m.Title, measureWords(m)))
		t.grid(widths, tables[i])
		if words := t.bestOtherwise(plays, m, shown); words != "" {
			t.para("  ", 4, words)
		}
	}
	for _, x := range t.r.Results {
		if x.Otherwise != nil && x.Otherwise.LeftOut != "" {
			t.para("  ", 4, x.Option+": not played otherwise; "+x.Otherwise.LeftOut+".")
		}
	}
}

func viewNames(row study.OtherAs) []string {
	var out []string
	for _, v := range row.Views {
		out = append(out, v.View)
	}
	return out
}

// headlines are the measures that stand for the case.
func (t *text) headlines() []study.Measure {
	var out []study.Measure
	for _, name := range t.r.Headline() {
		out = append(out, t.r.Measures[t.r.MeasureAt(name)])
	}
	return out
}

// otherCells is the table of one measure: an option a row.
func (t *text) otherCells(plays []study.Result, m study.Measure, view string) [][]string {
	head := []string{""}
	for i, row := range plays[0].Otherwise.Rows {
		head = append(head, asWords(row, i == 0))
	}
	rows := [][]string{head}
	for _, x := range plays {
		cells := []string{x.Option}
		for _, row := range x.Otherwise.Rows {
			cells = append(cells, chanceIn(row.Median(view, m.Name), percentage(m.Unit)))
		}
		rows = append(rows, cells)
	}
	return rows
}

// asWords say in what a row is otherwise.
func asWords(row study.OtherAs, asRun bool) string {
	switch {
	case asRun:
		return "as run"
	case row.Times != 1:
		return lambdaTimes(row.Times)
	}
	return years(row.Years)
}

// lambdaTimes says what λ is multiplied or divided by.
func lambdaTimes(by float64) string {
	if by < 1 {
		return fmt.Sprintf("λ ÷ %.3g", 1/by)
	}
	return fmt.Sprintf("λ × %.3g", by)
}

// bestOtherwise says whether the same options come out best: those that stand no
// further from the best median than what matters.
func (t *text) bestOtherwise(plays []study.Result, m study.Measure, view string) string {
	if m.Better == "" || len(plays) < 2 {
		return ""
	}
	var groups []string // of options
	under := map[string][]string{}
	for i, row := range plays[0].Otherwise.Rows {
		best := strings.Join(t.r.BestOtherwise(m, i, view), ", ")
		if !slices.Contains(groups, best) {
			groups = append(groups, best)
		}
		under[best] = append(under[best], asWords(row, i == 0))
	}
	word := map[string]string{"lower": "Lowest", "higher": "Highest"}[m.Better]
	if m.Matters > 0 {
		word += ", or apart from it by less than what matters"
	}
	if len(groups) == 1 {
		return word + ", in every column: " + cmp.Or(groups[0], "none") + "."
	}
	var parts []string
	for _, g := range groups {
		parts = append(parts, strings.Join(under[g], ", ")+": "+cmp.Or(g, "none"))
	}
	return word + ": " + strings.Join(parts, "; ") + "."
}
