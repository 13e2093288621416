package spend

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casus/catalog"
	"casus/data"
	"casus/finding"
)

// Load reads the shipped figures and any tables of the user's with the columns
// of catalog/figures/spending.csv. A row that makes no sense, or says again what
// an earlier row says, is left out with a Problem.
func Load(own ...*data.Table) (*Book, []data.Problem) {
	var problems []data.Problem
	read := func(name string) *data.Table {
		t, ps := catalog.Table(name)
		problems = append(problems, ps...)
		return t
	}
	spending := append([]*data.Table{read("figures/spending.csv")}, own...)
	b, ps := New(spending, read("figures/plans.csv"), read("figures/rates.csv"), read("figures/reckonings.csv"), catalog.States(), cited(read("sources.csv")))
	return b, append(problems, ps...)
}

func cited(t *data.Table) []Source {
	var out []Source
	for _, r := range t.Rows {
		out = append(out, Source{ID: r.Text("id"), Title: r.Text("title"), Grade: r.Text("grade"), Status: r.Text("status"), Address: r.Text("address")})
	}
	return out
}

// New makes a book from tables. Sources are those that a row of a table whose
// name begins with catalog/ may cite; rows of other tables may cite anything.
func New(spending []*data.Table, plans, rates, reckonings *data.Table, states *data.States, sources []Source) (*Book, []data.Problem) {
	r := &reader{b: &Book{States: states, Sources: sources, lets: map[string]let{}}}
	for _, t := range append(slices.Clone(spending), plans, rates, reckonings) {
		r.b.Files = append(r.b.Files, finding.File{Name: t.File, SHA256: t.SHA256})
	}
	for _, t := range spending {
		r.table(t, r.figure, "unit", "year", "measure", "value", "in", "prices", "series", "source", "status", "note")
	}
	r.sortFigures()
	r.table(plans, r.plan, "plan", "part", "title", "nature", "value", "in", "prices", "years", "source", "status", "note")
	r.table(rates, r.rate, "rate", "from", "to", "value", "when", "source", "status", "note")
	r.table(reckonings, r.reckoning, "kind", "of", "name", "says", "is", "source", "status", "note")
	r.reckon()
	return r.b, r.problems
}

type reader struct {
	b        *Book
	problems []data.Problem
	bad      bool // the row at hand
}

func (r *reader) table(t *data.Table, row func(data.Row), columns ...string) {
	if lacks := t.Lacks(columns...); len(lacks) > 0 {
		if len(t.Columns) > 0 {
			r.problems = append(r.problems, lacks...)
		}
		return
	}
	for _, x := range t.Rows {
		r.bad = false
		row(x)
	}
}

func (r *reader) fail(f data.Field, format string, args ...any) {
	if !r.bad {
		r.problems = append(r.problems, f.Problem("%s; row left out", fmt.Sprintf(format, args...)))
	}
	r.bad = true
}

func (r *reader) figure(row data.Row) {
	f := Figure{Unit: row.Text("unit"), Measure: row.Text("measure"), Series: row.Text("series"), Note: row.Text("note"),
		File: row.Field("unit").File, Line: row.Line()}
	f.Source, f.Status = r.cited(row)
	r.unit(row, f.Unit)
	switch f.Measure {
	case Level, Aim:
		f.Currency = r.billions(row.Field("in"))
		f.Prices = r.prices(row.Field("prices"))
	case Share:
		if in := row.Field("in"); in.Text != "% of GDP" {
			r.fail(in, `a share is in "%% of GDP", not %s`, quoted(in.Text))
		}
		if p := row.Field("prices"); p.Text != "" {
			r.fail(p, "a share has no prices")
		}
	default:
		r.fail(row.Field("measure"), "unknown measure %s; one of level, share, aim", quoted(f.Measure))
	}
	if year := row.Field("year"); year.Text != "" || f.Measure != Aim {
		f.Year = r.year(year)
	}
	if f.Series == "" {
		r.fail(row.Field("series"), "no series; say whose figures these are")
	}
	if row.Text("value") == "" {
		return // the source has the row and no number: not known
	}
	f.Value = r.number(row.Field("value"))
	if f.Value < 0 || f.Measure == Share && f.Value > 100 {
		r.fail(row.Field("value"), "value %s is out of range", row.Text("value"))
	}
	if r.bad {
		return
	}
	if g := r.b.find(f.Measure, f.Unit, f.Year, f.Series, f.Prices); g != nil {
		r.fail(row.Field("unit"), "%s is said before, in %s:%d", f.what(), g.File, g.Line)
		return
	}
	r.b.Figures = append(r.b.Figures, f)
}

// unit takes the id of a state, or the name of a group, which is not of three
// letters.
func (r *reader) unit(row data.Row, unit string) {
	field := row.Field("unit")
	switch {
	case unit == "":
		r.fail(field, "no unit")
	case strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "":
		r.fail(field, "unit %s is not the three letters of a state or the name of a group in capitals", quoted(unit))
	case len(unit) == 3:
		if _, ok := r.b.States.ByID(unit); !ok {
			hint := ""
			if near := r.b.States.Suggest(unit); len(near) > 0 {
				hint = " (did you mean " + strings.Join(near, ", ") + "?)"
			}
			r.fail(field, "unknown state %s%s", quoted(unit), hint)
		}
	}
}

var statuses = []string{"verified", "partly verified", "low grade", "memory", "judgement"}

// cited reads source and status. What is no judgement needs a source.
func (r *reader) cited(row data.Row) (src, status string) {
	src, status = row.Text("source"), row.Text("status")
	if !slices.Contains(statuses, status) {
		r.fail(row.Field("status"), "unknown status %s; one of %s", quoted(status), strings.Join(statuses, ", "))
	}
	if src == "" && status != "judgement" && status != "memory" {
		r.fail(row.Field("source"), "no source")
	}
	r.known(row)
	return src, status
}

func (r *reader) known(row data.Row) {
	f := row.Field("source")
	if f.Text == "" || !strings.HasPrefix(f.File, "catalog/") {
		return
	}
	for id := range strings.SplitSeq(f.Text, ";") {
		if !slices.ContainsFunc(r.b.Sources, func(s Source) bool { return s.ID == id }) {
			r.fail(f, "unknown source %s; add it to catalog/sources.csv", quoted(id))
		}
	}
}

func (r *reader) billions(f data.Field) Currency {
	code, ok := strings.CutSuffix(f.Text, " bn")
	if !ok || len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		r.fail(f, "amounts are in billions of a currency, as in USD bn, not %s", quoted(f.Text))
	}
	return Currency(code)
}

func (r *reader) prices(f data.Field) Prices {
	if f.Text == "current" {
		return Current
	}
	if f.Text == "" {
		r.fail(f, "no price base; current, or the year whose prices these are")
		return Current
	}
	return Prices(r.year(f))
}

func (r *reader) year(f data.Field) int {
	n, err := strconv.Atoi(f.Text)
	if err != nil || n < 1800 || n > 2200 {
		r.fail(f, "%s is not a year", quoted(f.Text))
	}
	return n
}

func (r *reader) number(f data.Field) float64 {
	x, err := strconv.ParseFloat(f.Text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(f.Text, "xX_") {
		r.fail(f, "%s is not a number; write 1234.5", quoted(f.Text))
	}
	return x
}

// sortFigures keeps the units in the order of the tables.
func (r *reader) sortFigures() {
	units := r.b.Units()
	place := map[string]int{}
	for i, u := range units {
		place[u] = i
	}
	slices.SortStableFunc(r.b.Figures, func(x, y Figure) int {
		return cmp.Or(cmp.Compare(place[x.Unit], place[y.Unit]), cmp.Compare(x.Measure, y.Measure), cmp.Compare(x.Series, y.Series),
			cmp.Compare(x.Prices, y.Prices), cmp.Compare(x.Year, y.Year))
	})
}

var natures = []string{"room", "loan", "money"}

func (r *reader) plan(row data.Row) {
	name := row.Text("plan")
	p := Part{Name: row.Text("part"), Title: row.Text("title"), Nature: row.Text("nature"), Note: row.Text("note")}
	p.Source, p.Status = r.cited(row)
	p.Amount = Amount{Value: r.number(row.Field("value")), Currency: r.billions(row.Field("in")), Prices: r.prices(row.Field("prices"))}
	years, err := strconv.Atoi(row.Text("years"))
	if err != nil || years < 1 || years > 100 {
		r.fail(row.Field("years"), "a plan says over how many years it is, 1 or more, not %s", quoted(row.Text("years")))
	}
	p.Amount.Years = years
	if name == "" || p.Name == "" {
		r.fail(row.Field("plan"), "no name of a plan and its part")
	}
	if !slices.Contains(natures, p.Nature) {
		r.fail(row.Field("nature"), "unknown nature %s; one of %s", quoted(p.Nature), strings.Join(natures, ", "))
	}
	plan, ok := r.b.Plan(name)
	if ok && slices.ContainsFunc(plan.Parts, func(x Part) bool { return x.Name == p.Name }) {
		r.fail(row.Field("part"), "plan %s has a part %s already", name, p.Name)
	}
	if ok {
		if _, err := plan.Parts[0].Amount.Plus(p.Amount); err != nil {
			r.fail(row.Field("value"), "plan %s has no total: %v", name, err)
		}
	}
	switch {
	case r.bad:
	case ok:
		plan.Parts = append(plan.Parts, p)
	default:
		r.b.Plans = append(r.b.Plans, Plan{name, []Part{p}})
	}
}

func (r *reader) rate(row data.Row) {
	x := Rate{Name: row.Text("rate"), From: Currency(row.Text("from")), To: Currency(row.Text("to")), When: row.Text("when"), Note: row.Text("note")}
	x.Source, x.Status = r.cited(row)
	x.Value = r.number(row.Field("value"))
	if !(x.Value > 0) {
		r.fail(row.Field("value"), "a rate is above 0")
	}
	if x.From == x.To || len(x.From) != 3 || len(x.To) != 3 {
		r.fail(row.Field("from"), "a rate is between two currencies, as in EUR and USD")
	}
	if x.When == "" {
		r.fail(row.Field("when"), "no time; a rate is that of a year or month")
	}
	if _, ok := r.b.Rate(x.Name); ok || x.Name == "" {
		r.fail(row.Field("rate"), "rate %s has no name of its own", quoted(x.Name))
	}
	if !r.bad {
		r.b.Rates = append(r.b.Rates, x)
	}
}

// quoted shows text from a file in a message, not too much of it.
func quoted(s string) string {
	if rs := []rune(s); len(rs) > 40 {
		s = string(rs[:40]) + "…"
	}
	return strconv.Quote(s)
}
