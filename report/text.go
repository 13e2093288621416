// Package report turns a record into what a person reads. It never looks at
// anything but the record: a report made today and one made in ten years from
// the same record are the same bytes.
package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/crisis"
	"casus/study"
)

// Text writes the report of a record, folded to a width in characters (at
// least 60; 0 is 80).
func Text(w io.Writer, r *study.Record, width int) error {
	if width == 0 {
		width = 80
	}
	t := &text{r: r, width: max(width, 60)}
	t.head()
	t.table()
	t.law()
	t.chains()
	t.history()
	t.warnings()
	_, err := io.WriteString(w, t.out.String())
	return err
}

type text struct {
	r     *study.Record
	width int
	out   strings.Builder
}

func (t *text) line(format string, args ...any) {
	t.out.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// para writes words folded to the width, further lines indented by hang.
func (t *text) para(first string, hang int, words string) {
	t.out.WriteString(fold(first+words, t.width, hang))
}

// fold breaks text at blanks so that no line is wider than width, where that
// can be; further lines are indented by hang.
func fold(s string, width, hang int) string {
	var b strings.Builder
	col := 0
	for i, word := range strings.Split(s, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case col+1+n > width && col > hang:
			b.WriteString("\n" + strings.Repeat(" ", hang))
			col = hang
		default:
			b.WriteString(" ")
			col++
		}
		b.WriteString(word)
		col += n
	}
	return b.String() + "\n"
}

func (t *text) heading(s string) {
	t.line("")
	t.line("%s", strings.ToUpper(s))
	t.line("%s", strings.Repeat("─", min(t.width, 80)))
}

func (t *text) head() {
	r := t.r
	if r.Partial {
		t.line("PARTIAL RECORD: the run was stopped; what follows covers %d finished options.", len(r.Results))
		t.line("")
	}
	t.line("%s", r.Title)
	t.para("", 0, r.Question)
	t.line("")
	t.para("date      ", 10, fmt.Sprintf("%s, %s ahead", r.Date, years(r.Horizon)))
	t.para("concept   ", 10, r.Concept+"; λ is "+r.Precision+", drawn in each world")
	t.para("worlds    ", 10, fmt.Sprintf("%d for each view, design %s, seed %d; the same worlds for every option", r.Worlds, design(r.Design), r.Seed))
	for _, v := range r.Views {
		t.para("view      ", 10, v.Name+": "+strings.Join(v.Notes, " "))
	}
}

func years(n int) string {
	if n == 1 {
		return "1 year"
	}
	return fmt.Sprintf("%d years", n)
}

func design(kind string) string {
	switch kind {
	case "lhs":
		return "Latin hypercube"
	case "mc":
		return "Monte Carlo"
	}
	return "scrambled Sobol'"
}

// table shows each measure: an option a row, a view a column.
func (t *text) table() {
	t.heading("What follows from each option")
	t.para("", 0, fmt.Sprintf("Median over worlds (5–95 %% range). What actors and chance do inside a world is solved exactly; the range is what the analyst does not know. ▲ better, ▼ worse than %s in at least 95 %% of the same worlds; · undecided. * no other option is better in at least 95 %% of the worlds. – not defined: it never happens.", t.r.Baseline))
	for k, m := range t.r.Measures {
		if !m.Record {
			t.measure(k, m)
		}
	}
}

func (t *text) measure(k int, m study.Measure) {
	better := ""
	if m.Better != "" {
		better = ", " + m.Better + " is better"
	}
	t.line("")
	t.line("%s (%s%s)", m.Title, unitShown(m.Unit), better)
	name := 2
	for _, r := range t.r.Results {
		name = max(name, utf8.RuneCountInString(r.Option))
	}
	cell := max(18, min(26, (t.width-name-2)/max(1, len(t.r.Views))))
	row := pad("", name+2)
	for _, v := range t.r.Views {
		row += pad(v.Name, cell)
	}
	t.line("%s", row)
	for _, r := range t.r.Results {
		row := pad(r.Option, name+2)
		for _, v := range r.Views {
			row += pad(cellOf(v.Summary[k], m, r.Option == t.r.Baseline), cell)
		}
		t.line("%s", row)
	}
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// unitShown is the unit as the numbers are shown: probabilities in percent.
func unitShown(unit string) string {
	if strings.HasPrefix(unit, "probability") || unit == "share" {
		return strings.Replace(strings.Replace(unit, "probability", "%", 1), "share", "%", 1)
	}
	return unit
}

func percentage(unit string) bool { return strings.HasPrefix(unitShown(unit), "%") }

func cellOf(s study.Summary, m study.Measure, baseline bool) string {
	if s.Median == nil {
		return "–"
	}
	pc := percentage(m.Unit)
	out := fmt.Sprintf("%s (%s–%s)", number(s.Median, pc), number(s.P05, pc), number(s.P95, pc))
	if s.Undefined > 0 {
		out += "!"
	}
	if m.Better == "" {
		return out
	}
	mark := " ·"
	switch {
	case baseline:
		mark = ""
	case s.Better != nil && *s.Better >= 0.95:
		mark = " ▲"
	case s.Worse != nil && *s.Worse >= 0.95:
		mark = " ▼"
	}
	if len(s.BeatenBy) == 0 {
		mark += "*"
	}
	return out + mark
}

// number shows a value with as many digits as a reader can use.
func number(f *study.Float, percent bool) string {
	if f == nil {
		return "–"
	}
	return digits(float64(*f), percent)
}

func digits(x float64, percent bool) string {
	if percent {
		x *= 100
	}
	switch a := math.Abs(x); {
	case x == 0:
		return "0"
	case a < 0.01:
		return "<0.01"
	case a < 1:
		return trimZeros(fmt.Sprintf("%.2f", x))
	case a < 9.95:
		return trimZeros(fmt.Sprintf("%.1f", x))
	case percent && a > 99.5 && a < 100:
		return ">99"
	}
	return fmt.Sprintf("%.0f", x)
}

func trimZeros(s string) string { return strings.TrimSuffix(strings.TrimSuffix(s, "0"), ".0") }

// law shows, for each key event, who owes what and who does not, and why.
func (t *text) law() {
	t.heading("Who owes what")
	event := ""
	for _, p := range t.r.Legal {
		if p.Event != event {
			event = p.Event
			t.line("")
			t.para("■ ", 2, event)
		}
		t.line("")
		if len(p.Options) == len(t.r.Results) && !t.r.Partial {
			t.line("  under every option")
		} else {
			t.para("  under ", 8, strings.Join(p.Options, ", "))
		}
		for _, status := range []string{"owed", "contested", "depends", "dormant", "not owed"} {
			t.legal(p, status)
		}
	}
}

func (t *text) legal(p study.LegalPicture, status string) {
	var quiet []string
	for _, l := range p.Answers {
		if l.Status != status {
			continue
		}
		if status == "dormant" {
			quiet = append(quiet, l.Article)
			continue
		}
		t.para("    ", 6, fmt.Sprintf("%-9s %s", status, legalWords(l)))
	}
	if len(quiet) > 0 {
		t.para("    ", 6, "dormant   "+strings.Join(unique(quiet), ", ")+": not in force on the day, or not activated")
	}
}

func legalWords(l study.LegalLine) string {
	out := l.Article + " " + l.Class + " (" + l.Gloss + ") by " + states(l.Debtors)
	if l.Status != "owed" {
		why := l.Why
		if len(l.Because) > 0 && !slices.Contains(l.Because, l.Article) {
			why = strings.Join(l.Because, ", ") + ": " + why
		}
		if why != "" {
			out += "; " + why
		}
	}
	if len(l.Caveats) > 0 {
		out += " [" + strings.Join(l.Caveats, "; ") + "]"
	}
	return out
}

// states lists debtors; a long list is counted.
func states(ds []string) string {
	if len(ds) > 8 {
		return fmt.Sprintf("%d states (%s, …)", len(ds), strings.Join(ds[:5], ", "))
	}
	return strings.Join(ds, ", ")
}

func unique(xs []string) []string {
	var out []string
	for _, x := range xs {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// chains shows the most probable ways to the end the case asks about.
func (t *text) chains() {
	if t.r.ChainTo == "" {
		return
	}
	t.heading("From the first shot to " + t.r.ChainTo)
	t.para("", 0, "The most probable chains in the central world of each view (every assumption at its median). A link is a step that opens a later one; what others do beside it is summed over. Each link says whether the actor was bound (military help owed), likely or merely free (discretionary) to take it, with the chance that it does and the articles that ask for it.")
	for _, r := range t.r.Results {
		t.line("")
		t.para("■ ", 2, r.Option+": "+r.Title)
		for _, v := range r.Chains {
			t.line("  %s: %s in all", v.View, chance(v.P))
			for _, c := range v.Chains {
				t.chain(c)
			}
			if len(v.Chains) == 0 {
				t.line("    no chain leads there")
			}
		}
	}
}

func (t *text) chain(c crisis.Chain) {
	var parts []string
	for _, l := range c.Links {
		parts = append(parts, linkWords(l))
	}
	t.para("    ", 12, pad(chance(c.P), 8)+strings.Join(parts, " → "))
}

func chance(p float64) string {
	if p > 0 && p < 0.0001 {
		return "<0.01 %"
	}
	return digits(p, true) + " %"
}

func linkWords(l crisis.Link) string {
	who := l.Actor
	if who == "" {
		who = "chance"
	}
	out := who + ": " + l.Title + " [" + string(l.Class) + ", " + chance(l.P)
	if l.Class == crisis.Chance {
		out = who + ": " + l.Title + " [" + chance(l.P)
	}
	if len(l.Articles) > 0 {
		var as []string
		for _, a := range l.Articles {
			if a.Level > 1 {
				as = append(as, a.Address)
			}
		}
		if len(as) > 3 {
			as = append(as[:3], "…")
		}
		if len(as) > 0 {
			out += "; " + strings.Join(as, ", ")
		}
	}
	return out + "]"
}

// history shows the views held against the record.
func (t *text) history() {
	if len(t.r.History) == 0 {
		return
	}
	t.heading("Held against the record")
	for _, h := range t.r.History {
		t.para("", 0, "The same crisis, played by the roles of case "+h.Case+" ("+h.Title+").")
		for i, c := range h.Checks {
			if i == 0 {
				t.line("")
				t.para("", 0, fmt.Sprintf("What happened: %s: %d in %s (%s); 95 %% upper bound %s a %s.", c.Record, c.Events, trials(c), strings.Join(c.Sources, ", "), chance(float64(c.Upper)), c.Per))
				t.line("%s%s%s%s", pad("view", 14), pad("implied a "+c.Per, 24), pad("a year", 12), "probability of the record")
			}
			verdict := ""
			if c.Unlikely {
				verdict = "  CONTRADICTS THE RECORD"
			}
			t.line("%s%s%s%s%s", pad(c.View, 14), pad(fmt.Sprintf("%s (%s–%s)", chance(float64(c.Implied)), digits(float64(c.ImpliedLow), true), digits(float64(c.ImpliedHi), true)), 24),
				pad(yearly(c), 12), chance(float64(c.Likelihood)), verdict)
		}
	}
}

func trials(c study.Check) string {
	if c.TrialsHigh > 0 {
		return fmt.Sprintf("%d to %d", c.Trials, c.TrialsHigh)
	}
	return fmt.Sprint(c.Trials)
}

func yearly(c study.Check) string {
	if c.Yearly == nil {
		return "–"
	}
	return chance(float64(*c.Yearly))
}

func (t *text) warnings() {
	t.heading("Warnings")
	for _, w := range t.r.Warnings {
		t.para("• ", 2, w)
	}
	if len(t.r.Warnings) == 0 {
		t.line("none")
	}
}
