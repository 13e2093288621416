package spend

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/special"
)

// Query asks for figures over years.
type Query struct {
	Units    []string // states and groups; none: all that the book has
	From, To int      // first and last year; 0: as far as there are figures
	Measure  string   // Level or Share; "" is Level
	Constant bool     // levels at the prices of a year, in place of current prices
	Burden   string   // a state or year: shares of GDP with this as 100
}

// Series is the answer to a Query. What is not known is null in JSON.
type Series struct {
	finding.Head
	From    finding.Year `json:"from"` // null, as is To: no years were asked for, and nothing has figures
	To      finding.Year `json:"to"`
	Measure string       `json:"measure"` // level, share, burden
	Burden  string       `json:"burden"`  // what is 100
	Lines   []Line       `json:"lines"`
	Sources []Source     `json:"sources"`
	Notes   []string     `json:"notes"`
}

// Line is one unit as one series has it.
type Line struct {
	Unit   string       `json:"unit"`
	Title  string       `json:"title"`
	Series string       `json:"series"`
	In     string       `json:"in"`     // USD bn, % of GDP, index
	Prices string       `json:"prices"` // current, or the year of the prices; "" of a share
	Values []*float64   `json:"values"` // by year, From to To
	First  finding.Year `json:"first"`  // the first and last year with a figure; null for none
	Last   finding.Year `json:"last"`
	Growth *float64     `json:"growth_a_year"` // from First to Last, of a level; real at constant prices, else nominal
	Total  *float64     `json:"total"`         // of First to Last, of a level; null where a year between is missing
	Source string       `json:"source"`
	Status string       `json:"status"`
	Notes  []string     `json:"notes"`
}

// Series answers a query. A unit without figures has a line of unknowns; a unit
// with several series has a line for each. The error is a query that makes no
// sense.
func (b *Book) Series(q Query) (*Series, error) {
	q.Measure = cmp.Or(q.Measure, Level)
	if q.Burden != "" {
		q.Measure = Share
	}
	if q.Measure != Level && q.Measure != Share {
		return nil, source.Misused("no series of %s; of level or share", quoted(q.Measure))
	}
	units := q.Units
	if len(units) == 0 {
		units = b.Units()
	}
	t := &Series{Head: b.head("spending"), Measure: q.Measure, Burden: q.Burden, Lines: []Line{}, Sources: []Source{}, Notes: []string{}}
	var chosen [][]*Figure
	for _, word := range units {
		unit, err := b.Resolve(word)
		if err != nil {
			return nil, err
		}
		lines := b.linesOf(unit, q)
		if len(lines) == 0 {
			t.Notes = append(t.Notes, b.without(unit, q))
		}
		chosen = append(chosen, lines...)
		if len(lines) == 0 {
			chosen = append(chosen, []*Figure{{Unit: unit}})
		}
	}
	if err := t.window(q, chosen); err != nil {
		return nil, err
	}
	for _, figures := range chosen {
		t.Lines = append(t.Lines, b.line(figures, t, q))
	}
	if q.Burden != "" {
		if err := b.index(t, q.Burden); err != nil {
			return nil, err
		}
	}
	b.cite(t)
	return t, nil
}

// linesOf are the figures of a unit that a query asks for, one list for each
// series, currency and price base.
func (b *Book) linesOf(unit string, q Query) [][]*Figure {
	var out [][]*Figure
	for i := range b.Figures {
		f := &b.Figures[i]
		if f.Unit != unit || f.Measure != q.Measure || q.Measure == Level && (f.Prices != Current) != q.Constant {
			continue
		}
		if n := len(out); n > 0 && out[n-1][0].Series == f.Series && out[n-1][0].Currency == f.Currency && out[n-1][0].Prices == f.Prices {
			out[n-1] = append(out[n-1], f)
			continue
		}
		out = append(out, []*Figure{f})
	}
	return out
}

// without says that there are no such figures of a unit, and which there are.
func (b *Book) without(unit string, q Query) string {
	what := q.Measure
	if q.Measure == Level && q.Constant {
		what = "level at constant prices"
	}
	for _, f := range b.Figures {
		if f.Unit == unit {
			return fmt.Sprintf("%s: no %s; there is %s", unit, what, f.what())
		}
	}
	return fmt.Sprintf("%s: no figures (not known; not zero)", unit)
}

// longestWindow bounds a table of a hostile query.
const longestWindow = 300

func (t *Series) window(q Query, chosen [][]*Figure) error {
	from, to := q.From, q.To
	first, last := 0, 0
	for _, figures := range chosen {
		for _, f := range figures {
			if f.Year != 0 && (first == 0 || f.Year < first) {
				first = f.Year
			}
			last = max(last, f.Year)
		}
	}
	if from == 0 {
		from = cmp.Or(first, q.To)
	}
	if to == 0 {
		to = cmp.Or(max(last, from), from)
	}
	if q.To == 0 && q.From > last && last > 0 {
		to = q.From
	}
	if from > to && q.From == 0 {
		from = to
	}
	if from > to || to-from > longestWindow || from < 0 || to > 9999 {
		return source.Misused("no years from %d to %d", from, to)
	}
	t.From, t.To = finding.Year(from), finding.Year(to)
	return nil
}

// years counts those of the table; none where nobody knows which.
func (t *Series) years() int {
	if t.From == 0 {
		return 0
	}
	return int(t.To-t.From) + 1
}

func (b *Book) line(figures []*Figure, t *Series, q Query) Line {
	f := figures[0]
	out := Line{Unit: f.Unit, Title: b.title(f.Unit, t.To), Series: f.Series, Values: make([]*float64, t.years()), Notes: []string{}}
	if f.Measure == Share {
		out.In = "% of GDP"
	} else if f.Measure == Level {
		text, _ := f.Prices.MarshalText()
		out.In, out.Prices = string(f.Currency)+" bn", string(text)
	}
	sources, statuses := []string{}, []string{}
	for _, f := range figures {
		year := finding.Year(f.Year)
		if f.Measure == "" || year < t.From || year > t.To {
			continue
		}
		v := f.Value
		out.Values[year-t.From] = &v
		if out.First == 0 {
			out.First = year
		}
		out.Last = year
		sources, statuses = include(sources, f.Source), include(statuses, f.Status)
		if f.Note != "" && !slices.Contains(out.Notes, f.Note) {
			out.Notes = append(out.Notes, f.Note)
		}
	}
	out.Source, out.Status = strings.Join(sources, ";"), strings.Join(statuses, ", ")
	if q.Measure == Level && out.First != 0 {
		out.sums(t.From)
	}
	return out
}

func include(all []string, words string) []string {
	for w := range strings.SplitSeq(words, ";") {
		if w != "" && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// sums works out growth and total from the first to the last figure.
func (l *Line) sums(from finding.Year) {
	within := l.Values[l.First-from : l.Last-from+1]
	first, last := *within[0], *within[len(within)-1]
	if n := len(within) - 1; n > 0 && first > 0 {
		g := special.Pow(last/first, 1/float64(n)) - 1
		l.Growth = &g
	}
	sum := 0.0
	for _, v := range within {
		if v == nil {
			return
		}
		sum += *v
	}
	l.Total = &sum
}

// title is the name of a state in the last year of the table, its last where that is
// not known, or the group's own.
func (b *Book) title(unit string, year finding.Year) string {
	if _, ok := b.States.ByID(unit); !ok {
		return unit
	}
	if year == 0 {
		return cmp.Or(b.States.Name(unit, data.Forever), unit)
	}
	day, err := data.ParseDay(fmt.Sprintf("%04d-12-31", year))
	if err != nil {
		return unit
	}
	return cmp.Or(b.States.Name(unit, day), unit)
}

// index turns shares of GDP into an index: a state's share in the same year, or
// the unit's own share in a year, is 100.
func (b *Book) index(t *Series, ref string) error {
	t.Measure = "burden"
	year, err := strconv.Atoi(ref)
	byYear := err == nil
	if !byYear {
		if _, err := b.Resolve(ref); err != nil {
			return err
		}
	}
	for i := range t.Lines {
		l := &t.Lines[i]
		l.In = "index"
		for k, v := range l.Values {
			if v == nil {
				continue
			}
			unit, in, series := ref, int(t.From)+k, ""
			if byYear {
				unit, in, series = l.Unit, year, l.Series
			}
			f, err := b.ShareOf(series, unit, in)
			if err != nil || f.Value == 0 {
				l.Values[k] = nil
				note := fmt.Sprintf("%s: no share of GDP of %s for %d to hold it beside", l.Unit, unit, in)
				if !slices.Contains(t.Notes, note) {
					t.Notes = append(t.Notes, note)
				}
				continue
			}
			x := 100 * *v / f.Value
			l.Values[k] = &x
		}
	}
	return nil
}

// cite lists the sources of the lines.
func (b *Book) cite(t *Series) {
	for _, l := range t.Lines {
		t.Sources = append(t.Sources, b.citations(l.Source, t.Sources)...)
	}
}

// citations are the sources of some ids that are not there yet; an id that the
// catalogue does not have stands for itself.
func (b *Book) citations(list string, there []Source) []Source {
	var out []Source
	for id := range strings.SplitSeq(list, ";") {
		same := func(s Source) bool { return s.ID == id }
		if id == "" || slices.ContainsFunc(there, same) || slices.ContainsFunc(out, same) {
			continue
		}
		s := Source{ID: id}
		if i := slices.IndexFunc(b.Sources, same); i >= 0 {
			s = b.Sources[i]
		}
		out = append(out, s)
	}
	return out
}

// Citations are the sources of what numbers rest on.
func (b *Book) Citations(rests []Rest) []Source {
	out := []Source{}
	for _, r := range rests {
		out = append(out, b.citations(r.Source, out)...)
	}
	return out
}
