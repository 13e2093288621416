package show

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/past/spend"
)

// Spending writes a table of military spending, folded to a width in characters
// (at least 60; 0 is 80). A dash is not known.
func Spending(w io.Writer, t *spend.Series, l Layout) error {
	x := newText(l)
	x.para("", 0, "Military spending"+window(t))
	x.line("")
	for _, block := range blocks(t) {
		x.spending(t, block)
	}
	for _, n := range t.Notes {
		x.para("! ", 2, n)
	}
	x.lineNotes(t.Lines)
	x.cited(t.Sources)
	return x.print(w)
}

// blocks are the lines in the same unit, in the order in which the units first
// occur.
func blocks(t *spend.Series) [][]spend.Line {
	var out [][]spend.Line
	for _, l := range t.Lines {
		in := unitOfLine(l, t.Burden)
		i := slices.IndexFunc(out, func(b []spend.Line) bool { return unitOfLine(b[0], t.Burden) == in })
		if i < 0 {
			out = append(out, []spend.Line{l})
		} else {
			out[i] = append(out[i], l)
		}
	}
	return out
}

// window says of which years a table is, behind what it is of; nothing where no year
// is known.
func window(t *spend.Series) string {
	switch t.From {
	case 0:
		return ""
	case t.To:
		return fmt.Sprintf(", %d", t.From)
	}
	return fmt.Sprintf(", %d to %d", t.From, t.To)
}

// unitOfLine names what the numbers of a line are in, with the price base.
func unitOfLine(l spend.Line, burden string) string {
	switch {
	case burden != "":
		return "share of GDP, that of " + burden + " = 100"
	case l.In == "":
		return "no figures"
	case l.In == "% of GDP":
		return l.In
	}
	if l.Prices == "current" {
		return l.In + " a year, current prices"
	}
	return l.In + " a year, prices of " + l.Prices
}

// spending is one block of lines that are in the same unit.
func (t *text) spending(table *spend.Series, lines []spend.Line) {
	t.para("", 0, unitOfLine(lines[0], table.Burden))
	head := []string{""}
	for i := range lines[0].Values {
		head = append(head, strconv.Itoa(int(table.From)+i))
	}
	levels := table.Measure == spend.Level && lines[0].In != ""
	if levels {
		kind := "nominal"
		if lines[0].Prices != "current" {
			kind = "real"
		}
		head = append(head, "% a year, "+kind, "sum")
	}
	rows := [][]string{head}
	if len(head) == 1 { // there is nothing to stand over
		rows = nil
	}
	for _, l := range lines {
		name := l.Unit
		if l.Title != l.Unit {
			name += " " + l.Title
		}
		if l.Series != "" {
			name += ", " + l.Series
		}
		row := []string{name}
		for _, v := range l.Values {
			row = append(row, spent(v))
		}
		if levels {
			row = append(row, grown(l), summed(l))
		}
		rows = append(rows, row)
	}
	t.grid(widest(rows), rows)
	t.line("")
}

func spent(v *float64) string {
	switch {
	case v == nil:
		return "–"
	case *v >= 99.95 || *v == 0:
		return fmt.Sprintf("%.0f", *v)
	case *v < 9.995:
		return fmt.Sprintf("%.2f", *v)
	}
	return fmt.Sprintf("%.1f", *v)
}

func grown(l spend.Line) string {
	if l.Growth == nil {
		return "–"
	}
	return fmt.Sprintf("%+.1f", 100**l.Growth) + lineYears(l)
}

func summed(l spend.Line) string {
	if l.Total == nil {
		return "–"
	}
	return spent(l.Total) + lineYears(l)
}

// lineYears says over which years a growth or sum is, where the line does not fill
// the table.
func lineYears(l spend.Line) string {
	if int(l.Last-l.First)+1 == len(l.Values) {
		return ""
	}
	return fmt.Sprintf(" (%d–%02d)", l.First, l.Last%100)
}

func (t *text) lineNotes(lines []spend.Line) {
	said := map[string]bool{}
	for _, l := range lines {
		for _, n := range l.Notes {
			s := fmt.Sprintf("%s, %s: %s", l.Unit, l.Series, n)
			if !said[s] {
				said[s] = true
				t.para("  ", 4, s)
			}
		}
	}
	var sources []string
	for _, l := range lines {
		if s := fmt.Sprintf("%s: %s, %s", l.Series, cmp.Or(l.Source, "no source"), l.Status); l.Series != "" && !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	for _, s := range sources {
		t.para("  ", 4, s)
	}
}

func (t *text) cited(sources []spend.Source) {
	for _, s := range sources {
		words := cmp.Or(s.Title, "a source of your own")
		if s.Grade != "" {
			words += ", grade " + s.Grade
		}
		if s.Address != "" {
			words += ": " + s.Address
		}
		t.para("  "+s.ID+"  ", 7, words)
	}
}

// SpendingCheck writes a check: each line with what it comes to, and how.
func SpendingCheck(w io.Writer, c *spend.Check, l Layout) error {
	t := newText(l)
	t.para("", 0, c.Says)
	t.para("", 0, c.Note)
	t.line("")
	for _, r := range c.Rows {
		t.para("", 2, r.Name+": "+r.Says)
		comes := rowValue(r)
		if r.Share != nil {
			comes += fmt.Sprintf("; %.1f %% of %s", 100**r.Share, c.Beside)
		}
		t.para("    ", 4, comes)
		if r.Unknown == "" {
			t.para("    = ", 6, r.Shown)
		}
		if r.Note != "" {
			t.para("    ", 4, "("+r.Note+")")
		}
	}
	t.rests(c.Rests, c.Sources)
	return t.print(w)
}

func rowValue(r spend.Row) string {
	switch {
	case r.Unknown != "":
		return "not known: " + r.Unknown
	case r.Amount != nil:
		years := "a year"
		if r.Amount.Years > 0 {
			years = fmt.Sprintf("over %d years (a total, no yearly level)", r.Amount.Years)
		} else if r.Amount.Year > 0 {
			years = fmt.Sprintf("in %d", r.Amount.Year)
		}
		return fmt.Sprintf("%s %.1f bn %s, %s", r.Amount.Currency, r.Amount.Value, years, r.Amount.Prices)
	}
	return fmt.Sprintf("%.2f %%", 100**r.X)
}

// rests lists the figures that numbers rest on, and their sources.
func (t *text) rests(rests []spend.Rest, sources []spend.Source) {
	t.heading("What this rests on")
	for _, r := range rests {
		words := r.What + ": " + r.Value
		if r.Source != "" {
			words += "; " + r.Source
		}
		words += "; " + r.Status
		if r.Note != "" {
			words += "; " + r.Note
		}
		t.para("  ", 4, words)
	}
	t.line("")
	t.cited(sources)
}

// SpendingClaim writes a claim: what the figures say of each way to read it.
func SpendingClaim(w io.Writer, c *spend.Claim, l Layout) error {
	t := newText(l)
	t.para("", 0, c.Name+" ("+c.By+"): "+c.Says)
	t.para("", 2, string(c.Verdict))
	t.line("")
	for _, r := range c.Readings {
		t.para("  ", 4, strings.ToUpper(string(r.Verdict))+"  "+r.Name+": "+r.Says)
		t.para("      ", 8, r.Shown)
		if r.Left != "" {
			t.para("      ", 8, "that is "+r.Left+" beside "+r.Right)
		}
		if r.Why != "" {
			t.para("      ", 8, "not known: "+r.Why)
		}
		for _, caveat := range r.Caveats {
			t.para("      ", 8, "! "+caveat)
		}
		if r.Note != "" {
			t.para("      ", 8, "("+r.Note+")")
		}
	}
	t.rests(c.Rests, c.Sources)
	return t.print(w)
}

// SpendingCSV writes a table as one row for each unit, series and year; a value
// that is not known is empty.
func SpendingCSV(w io.Writer, t *spend.Series) error {
	rows := [][]string{{"unit", "title", "year", "measure", "value", "in", "prices", "beside", "series", "source", "status"}}
	for _, l := range t.Lines {
		for i, v := range l.Values {
			value := ""
			if v != nil {
				value = strconv.FormatFloat(*v, 'f', -1, 64)
			}
			rows = append(rows, []string{l.Unit, l.Title, strconv.Itoa(int(t.From) + i), t.Measure, value, l.In, l.Prices, t.Burden, l.Series, l.Source, l.Status})
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// SpendingCheckCSV writes the lines of a check.
func SpendingCheckCSV(w io.Writer, c *spend.Check) error {
	rows := [][]string{{"check", "row", "says", "value", "in", "prices", "year", "over_years", "unknown", "expression", "arithmetic"}}
	for _, r := range c.Rows {
		row := []string{c.Name, r.Name, r.Says, "", "", "", "", "", r.Unknown, r.Expression, r.Shown}
		switch {
		case r.Unknown != "":
		case r.Amount != nil:
			a := r.Amount
			row[3], row[4], row[5] = strconv.FormatFloat(a.Value, 'f', -1, 64), string(a.Currency)+" bn", "current"
			if a.Prices != spend.Current {
				row[5] = strconv.Itoa(int(a.Prices))
			}
			row[6], row[7] = nonzero(a.Year), nonzero(a.Years)
		default:
			row[3], row[4] = strconv.FormatFloat(*r.X, 'f', -1, 64), "share"
		}
		rows = append(rows, row)
	}
	return csv.NewWriter(w).WriteAll(rows)
}

func nonzero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// SpendingClaimCSV writes the readings of a claim.
func SpendingClaimCSV(w io.Writer, c *spend.Claim) error {
	rows := [][]string{{"claim", "reading", "says", "verdict", "left", "right", "expression", "arithmetic", "unknown"}}
	for _, r := range c.Readings {
		rows = append(rows, []string{c.Name, r.Name, r.Says, string(r.Verdict), r.Left, r.Right, r.Expression, r.Shown, r.Why})
	}
	return csv.NewWriter(w).WriteAll(rows)
}
