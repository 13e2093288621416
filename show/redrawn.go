package show

// redrawn says by how much another seed may move the headline measures, and so which of
// their digits stand.
func (t *text) redrawn() {
	found := t.r.Redrawn()
	if len(found) == 0 {
		return
	}
	t.heading("What another seed may move")
	t.para("", 0, "Twice the standard error of what stands in the first column, from eight parts of the worlds: what endless worlds would give lies mostly within it, and two seeds may lie half as far apart again. It is of the drawing of worlds alone, rather too wide, and says nothing of the ranges; no digit below it stands.")
	t.line("")
	rows := [][]string{{"", "usually", "at most", "of", "which is"}}
	for _, x := range found {
		pc := percentage(x.Head.Unit)
		rows = append(rows, []string{x.Head.Headline + " (" + unitShown(x.Head.Unit) + ")", "± " + leading(x.Usually, pc), "± " + leading(x.AtMost.Error, pc), x.AtMost.Option, digits(x.AtMost.Value, pc)})
	}
	t.grid(widest(rows), rows)
}
