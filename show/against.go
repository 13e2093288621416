package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/worlds/study"
)

// history shows the views held against what happened.
func (t *text) history() {
	if len(t.r.History) == 0 {
		return
	}
	t.heading("Held against the record")
	for _, h := range t.r.History {
		t.para("", 0, "The same crisis, played by the roles of case "+h.Case+" ("+h.Title+"), option "+h.Option+".")
		for i := 0; i < len(h.Checks); {
			j := i
			for j < len(h.Checks) && h.Checks[j].ID == h.Checks[i].ID {
				j++
			}
			t.checks(h.Checks[i:j])
			i = j
		}
		for _, b := range h.Estimates {
			t.estimate(b)
		}
	}
}

// checks shows one record and what each view implies of it, before and after
// the records weigh its worlds.
func (t *text) checks(cs []study.Check) {
	c := cs[0]
	t.line("")
	t.para("", 0, fmt.Sprintf("What happened: %s: %s (%s); 95 %% upper bound %s a %s.%s", c.Record, happened(c), strings.Join(c.Sources, ", "), chance(float64(c.Upper)), c.Per, roleWords(c)))
	head := []string{"view", "implied a " + c.Per, "a year", "probability of the record"}
	weighted := c.After != nil
	if weighted {
		head = append(head, "weighted", "probability then")
	}
	rows := [][]string{head}
	for _, c := range cs {
		row := []string{c.View, rate(c.Implied, c.ImpliedLow, c.ImpliedHi), yearly(c), chance(float64(c.Likelihood))}
		switch {
		case weighted && c.After == nil:
			row = append(row, "–", "–")
		case weighted:
			row = append(row, rate(c.After.Implied, c.After.ImpliedLow, c.After.ImpliedHi), chance(float64(c.After.Likelihood))+outside(c))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	for _, c := range cs {
		switch {
		case c.Role == study.Opposed:
		case c.Refuted:
			t.para("", 2, "View "+c.View+" IS REFUTED BY THE RECORD.")
		case c.Unlikely:
			t.para("", 2, "View "+c.View+" CONTRADICTS THE RECORD.")
		}
	}
}

func outside(c study.Check) string {
	if c.After != nil && c.After.Outside {
		return " OUTSIDE"
	}
	return ""
}

// roleWords say what a record does to the worlds, where it does not simply
// weigh them.
func roleWords(c study.Check) string {
	words := ""
	if c.Effective > 0 {
		words += fmt.Sprintf(" The cases depend on each other and are worth %.3g independent ones.", c.Effective)
	}
	switch c.Role {
	case study.HeldOut:
		words += " Held out: it weighs nothing and is predicted."
	case study.Opposed:
		words += " Of opposed views: shown, it weighs nothing."
	}
	return words
}

func rate(median, low, high *study.Float) string {
	if median == nil {
		return "–"
	}
	return chance(float64(*median)) + inBounds(low, high, true)
}

// happened is how many events there were, in how many trials or years.
func happened(c study.Check) string {
	events := between(c.Events, c.EventsHigh)
	if c.Trials == 0 {
		return fmt.Sprintf("%s in %g years", events, c.Years)
	}
	return events + " in " + between(c.Trials, c.TrialsHigh)
}

func between(low, high int) string {
	if high > low {
		return fmt.Sprintf("%d to %d", low, high)
	}
	return fmt.Sprint(low)
}

func yearly(c study.Check) string {
	if c.Yearly == nil {
		return "–"
	}
	return chance(float64(*c.Yearly))
}

// estimate shows what others say beside what the views imply.
func (t *text) estimate(b study.Beside) {
	t.line("")
	pc := b.Measure == "" || percentage(t.unitOf(b.Measure))
	value := fromTo(b.Low, b.High, pc)
	if pc {
		value += "\u00a0%"
	}
	t.para("", 0, fmt.Sprintf("What others say: %s: %s (%s).%s It weighs nothing.", b.Title, value, strings.Join(b.Sources, ", "), besideWords(b)))
	if b.Measure == "" {
		return
	}
	rows := [][]string{{"view", "implied", "weighted"}}
	for _, v := range b.Views {
		row := []string{v.View, spread(&v.Prior, pc), "–"}
		if v.After != nil {
			row[2] = spread(v.After, pc)
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
}

// fromTo is a range, or a number where it is one.
func fromTo(low, high float64, pc bool) string {
	return cmp.Or(ends(digits(low, pc), "–", digits(high, pc)), digits(low, pc))
}

// besideWords say when an estimate was made and of what, what it says, and what it
// shares with what the views imply.
func besideWords(b study.Beside) string {
	out := ""
	if when := strings.Join(slices.DeleteFunc([]string{b.Asked, b.Horizon}, func(s string) bool { return s == "" }), "; of: "); when != "" {
		out += " Asked: " + when + "."
	}
	for _, s := range []string{b.Says, b.Means} {
		out += sentence(capital(s))
	}
	if b.Unlike != "" {
		out += " No measure asks the same:" + sentence(b.Unlike)
	}
	return out
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return " " + strings.TrimSuffix(s, ".") + "."
}

func spread(s *study.Spread, pc bool) string {
	if s.Median == nil {
		return "–"
	}
	return chanceIn(s.Median, pc) + inBounds(s.Low, s.High, pc)
}

func (t *text) unitOf(measure string) string {
	if k := t.r.MeasureAt(measure); k >= 0 {
		return t.r.Measures[k].Unit
	}
	return ""
}

// reweighed shows what the records do to the worlds of each view, and every
// measure before and after.
func (t *text) reweighed() {
	w := t.r.Weights
	if w == nil {
		return
	}
	t.heading("Weighted by the record")
	t.para("", 0, "A world counts by the probability that it gives what happened: the product of the tempered likelihoods of the records that weigh (docs/method.md, section 5). The schools begin with equal shares.")
	t.line("")
	t.viewWeights(w)
	t.factors(w)
	t.effects(w)
	if w.Union == nil {
		t.para("", 0, "No world of any view can give what happened: nothing is weighted.")
		return
	}
	t.beforeAfter()
}

func (t *text) viewWeights(w *study.Weights) {
	rows := [][]string{{"view", "log evidence", fmt.Sprintf("effective worlds of %d", t.r.Worlds), "share of " + finding.Weighted, "refuted by"}}
	for _, v := range w.Views {
		share := "–"
		if v.Share != nil {
			share = chance(float64(*v.Share))
		}
		rows = append(rows, []string{v.View, logOf(v.Evidence, v.Error), fmt.Sprintf("%.0f", v.Effective), share, orDash(strings.Join(v.Refuted, ", "))})
	}
	if u := w.Union; u != nil {
		rows = append(rows, []string{finding.Weighted, logOf(u.Evidence, nil), fmt.Sprintf("%.0f of %d", u.Effective, u.Worlds), "", ""})
	}
	t.grid(widest(rows), rows)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func logOf(x, err *study.Float) string {
	switch {
	case x == nil:
		return "impossible"
	case err == nil:
		return fmt.Sprintf("%.2f", *x)
	}
	return fmt.Sprintf("%.2f ± %.2f", *x, *err)
}

// factors shows how much better one school gives what happened than another.
func (t *text) factors(w *study.Weights) {
	if len(w.Factors) == 0 {
		return
	}
	t.line("")
	for _, f := range w.Factors {
		name, than, by := f.Stronger()
		t.para("", 2, fmt.Sprintf("%s gives what happened %s times as well as %s (Bayes factor; its logarithm is uncertain by %.2f over worlds).", name, times(by), than, *f.Error))
	}
}

func times(by float64) string {
	if by > 1e6 {
		return "over a million"
	}
	return fmt.Sprintf("%.3g", by)
}

// effects shows what each record did: what would stand without it.
func (t *text) effects(w *study.Weights) {
	if len(w.By) == 0 {
		return
	}
	t.line("")
	head := []string{"record", "effective without it", "weight it moved"}
	if slices.ContainsFunc(w.By, func(e study.Effect) bool { return e.Shift != nil }) {
		head = append(head, "moved most")
	}
	rows := [][]string{head}
	for _, e := range w.By {
		most := "–"
		if e.Shift != nil {
			pc := percentage(t.unitOf(e.Shift.Measure))
			most = fmt.Sprintf("%s[%s] %s → %s", e.Shift.Measure, e.Shift.Option, digits(float64(e.Shift.Without), pc), digits(float64(e.Shift.With), pc))
		}
		rows = append(rows, []string{e.Record, fmt.Sprintf("%.0f", e.Effective), fmt.Sprintf("%.0f\u00a0%%", 100*e.Moved), most}[:len(head)])
	}
	t.grid(widest(rows), rows)
}

// beforeAfter shows every measure before the records weigh it and after, for
// all schools together and for each view.
func (t *text) beforeAfter() {
	t.line("")
	t.para("", 0, "Every measure of all schools together, unweighted and by the record, and of each view by the record:")
	head := []string{"", "unweighted", finding.Weighted}
	for _, v := range t.r.Views {
		head = append(head, v.Name+"|"+finding.Weighted)
	}
	var tables [][][]string
	var titles []string
	for k, m := range t.r.Measures {
		if m.Record || m.Never != "" {
			continue
		}
		pc := percentage(m.Unit)
		rows := [][]string{head}
		for _, r := range t.r.Results {
			row := []string{r.Option, brief(r.Union.Before[k], pc), brief(r.Union.After[k], pc)}
			for _, v := range r.Views {
				row = append(row, brief(v.Weighted[k], pc))
			}
			rows = append(rows, row)
		}
		tables, titles = append(tables, rows), append(titles, fmt.Sprintf("%s (%s)", m.Title, unitShown(m.Unit)))
	}
	widths := widest(tables...)
	for i, rows := range tables {
		t.line("")
		t.para("", 2, titles[i])
		t.grid(widths, rows)
	}
}

func brief(s study.Summary, pc bool) string {
	return spread(&study.Spread{Median: s.Median, Low: s.P05, High: s.P95}, pc)
}
