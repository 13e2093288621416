package study

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"casus/data"
	"casus/finding"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
)

// GivenDesign is the design of a record whose worlds were not drawn: a file gave the
// value of each assumption.
const GivenDesign = "file"

// Given holds worlds that a table states: a row for each, a column for each
// assumption by its name. What it lacks is at its median. With a column view the
// rows of a view are its worlds; without one all views have the same.
type Given struct{ table *data.Columns }

// NewGiven takes the worlds of a table.
func NewGiven(t *data.Columns) *Given { return &Given{t} }

// The columns of worlds.parquet that are no assumption. What the records of the
// past made of a world is not taken over: it was not drawn.
const (
	viewColumn   = "view"
	worldColumn  = "world"
	recordPrefix = "record:"
)

// settle gives the case and the design of a run in these worlds. It is held against
// nothing that happened, because worlds somebody chose are no sample of a view.
func (g *Given) settle(m *model.Model, c *model.Case, d draw.Design) (*model.Case, draw.Design, error) {
	own := *c
	own.Against, own.Records, own.Estimates = nil, nil, nil
	as := m.Uses(&own)
	if err := g.columns(as, own.Name); err != nil {
		return nil, d, err
	}
	n, err := g.count(own.Views)
	if unknown := g.ofViews(m); unknown != nil { // what the views then lack follows from it
		err = unknown
	}
	wrong := []error{err}
	for _, a := range as {
		wrong = append(wrong, g.within(a))
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, d, err
	}
	return &own, draw.Design{Kind: GivenDesign, N: n}, nil
}

// columns is the error of a table whose columns cannot be used.
func (g *Given) columns(as []*model.Assumption, name string) error {
	var names, unknown, near []string
	for _, a := range as {
		names = append(names, a.Name)
	}
	known := false
	for i := range g.table.List {
		x := &g.table.List[i]
		switch {
		case x.Name == viewColumn && x.Kind == data.Words, x.Name == worldColumn, strings.HasPrefix(x.Name, recordPrefix), isIndex(x.Name):
		case !slices.Contains(names, x.Name):
			unknown = append(unknown, fmt.Sprintf("%.60q", x.Name))
			if name := source.Nearest(x.Name, names); name != "" && len(near) < 5 {
				near = append(near, name)
			}
		case x.Unfit != nil:
			return x.Unfit
		case x.Kind == data.Words:
			return fmt.Errorf("%s: column %s holds text, and an assumption is a number", g.table.File, x.Name)
		default:
			known = true
		}
	}
	switch {
	case len(unknown) > 0:
		hint := "casus list assumptions CASE names them"
		if len(near) > 0 {
			hint = "did you mean " + strings.Join(near, ", ") + "? " + hint
		}
		return source.Hint(fmt.Errorf("%s: no assumption of case %s is called %s", g.table.File, name, firstOf(unknown, 5, "columns")), hint)
	case !known:
		return fmt.Errorf("%s: no column is an assumption of case %s, which has %s", g.table.File, name, firstOf(names, 5, "assumptions"))
	}
	return nil
}

// isIndex reports whether a column is the index of a table of pandas, which numbers
// rows; pandas gives it this name where it has none.
func isIndex(name string) bool {
	return strings.HasPrefix(name, "__index_level_") && strings.HasSuffix(name, "__")
}

// rows are those of a view, in their order.
func (g *Given) rows(view string) []int {
	of := g.table.Column(viewColumn)
	var out []int
	for i := range g.table.Rows {
		if of == nil || of.Texts[i] == view {
			out = append(out, i)
		}
	}
	return out
}

// count is the number of worlds, which must be the same for each view.
func (g *Given) count(views []*model.View) (int, error) {
	if err := g.known(views); err != nil {
		return 0, err
	}
	n, first := -1, ""
	for _, v := range views {
		switch rows := len(g.rows(v.Name)); {
		case rows == 0 && g.table.Rows > 0:
			return 0, source.Misused("%s has no world of view %s; name those it has with --view", g.table.File, v.Name)
		case n >= 0 && rows != n:
			return 0, fmt.Errorf("%s: %s of view %s and %d of view %s; a run has as many of each (choose one with --view)", g.table.File, finding.Count(n, "world"), first, rows, v.Name)
		default:
			n, first = rows, v.Name
		}
	}
	if n < 1 || n > MaxWorlds {
		return 0, fmt.Errorf("%s: %s; a run has 1 to %d", g.table.File, finding.Count(n, "world"), MaxWorlds)
	}
	return n, nil
}

// known is the error of a row whose view has no name.
func (g *Given) known(views []*model.View) error {
	of := g.table.Column(viewColumn)
	if of == nil || of.Kind != data.Words {
		return nil
	}
	if i := slices.Index(of.Texts, ""); i >= 0 {
		return fmt.Errorf("%s: a world of no view", g.at(i))
	}
	return nil
}

// ofViews is the error of a row whose view the model does not have: it would be left
// out in silence.
func (g *Given) ofViews(m *model.Model) error {
	of := g.table.Column(viewColumn)
	if of == nil || of.Kind != data.Words {
		return nil
	}
	i := slices.IndexFunc(of.Texts, func(name string) bool { return name != "" && m.View(name) == nil })
	if i < 0 {
		return nil
	}
	var names []string
	for _, v := range m.Views {
		names = append(names, v.Name)
	}
	return source.Hint(fmt.Errorf("%s: no view is called %.60q", g.at(i), of.Texts[i]), source.DidYouMean(of.Texts[i], names))
}

// passedOver counts the rows of views that are not run.
func (g *Given) passedOver(views []*model.View) int {
	of := g.table.Column(viewColumn)
	if of == nil || of.Kind != data.Words {
		return 0
	}
	n := g.table.Rows
	for _, v := range views {
		n -= len(g.rows(v.Name))
	}
	return n
}

// at is where a row stands.
func (g *Given) at(row int) string {
	if row < len(g.table.Lines) {
		return fmt.Sprintf("%s:%d", g.table.File, g.table.Lines[row])
	}
	return fmt.Sprintf("%s: row %d", g.table.File, row+1)
}

// within is the error of a value that cannot be of the unit of its assumption.
func (g *Given) within(a *model.Assumption) error {
	column := g.table.Column(a.Name)
	if column == nil {
		return nil
	}
	for i, x := range column.Compared() {
		if math.IsNaN(x) {
			return fmt.Errorf("%s: %s has no value; state it, or leave the column out for the median", g.at(i), a.Name)
		}
		if why := a.Impossible(x); why != "" {
			return fmt.Errorf("%s: %s %s", g.at(i), a.Name, why)
		}
	}
	return nil
}

// draws gives each assumption its value in worlds from ≤ i < to of a view.
func (g *Given) draws(as []*model.Assumption, v *model.View, from, to int) ([][]float64, error) {
	rows := g.rows(v.Name)
	out, err := Medians(as, v)
	if err != nil {
		return nil, err
	}
	columns := make([][]float64, len(as))
	for k, a := range as {
		columns[k] = make([]float64, 0, to-from)
		stated := g.table.Column(a.Name)
		for _, row := range rows[from:to] {
			x := out[k]
			if stated != nil {
				x = stated.Numbers[row]
			}
			columns[k] = append(columns[k], x)
		}
	}
	return columns, nil
}

// GivenBy is the file that gave the worlds of a record; false of one whose worlds were
// drawn.
func (r *Record) GivenBy() (File, bool) {
	if r.Design != GivenDesign || len(r.Files) == 0 {
		return File{}, false
	}
	return r.Files[len(r.Files)-1], true
}

// numbered reports whether a column of numbers, if there is one, counts the worlds of
// each view from 0, as they are numbered in any case.
func (g *Given) numbered() bool {
	column := g.table.Column(worldColumn)
	if column.Kind == data.Words {
		return false
	}
	of, next := g.table.Column(viewColumn), map[string]float64{}
	for i, x := range column.Numbers {
		view := ""
		if of != nil && of.Kind == data.Words {
			view = of.Texts[i]
		}
		if x != next[view] {
			return false
		}
		next[view]++
	}
	return true
}

// As takes the table for the one that gave the worlds of a record, under the name it
// had then, or says that it is another.
func (g *Given) As(by File) error {
	if g.table.SHA256 != by.SHA256 {
		return fmt.Errorf("%s is not the file that gave the worlds of the record (%s), or has changed since: name that one with --file, or run without --resume", g.table.File, by.Name)
	}
	g.table.File = by.Name
	return nil
}

// tell notes in a record that its worlds were given, and by what.
func (g *Given) tell(m *model.Model, r *Record) {
	if g == nil {
		return
	}
	r.stated = g
	r.Files = append(r.Files, File{Name: g.table.File, SHA256: g.table.SHA256})
	for i := range g.table.List {
		if name := g.table.List[i].Name; name == worldColumn && !g.numbered() {
			r.warnOf(finding.LeftOut, "", "%s: column %s was not read: worlds are numbered from 0 in the order of the rows", g.table.File, name)
		} else if isIndex(name) {
			r.warnOf(finding.LeftOut, "", "%s: column %s is an index that pandas wrote, and was passed over", g.table.File, name)
		}
	}
	if n := g.passedOver(r.c.Views); n > 0 {
		r.warnOf(finding.LeftOut, "", "%s: %d of %d rows are of views that were not run", g.table.File, n, g.table.Rows)
	}
	g.warnOutside(m, r)
}

// warnOutside names the assumptions that have values a view holds for impossible.
func (g *Given) warnOutside(m *model.Model, r *Record) {
	var words []string
	for _, a := range m.Uses(r.c) {
		column := g.table.Column(a.Name)
		if column == nil {
			continue
		}
		for _, v := range r.c.Views {
			if n := g.impossible(a, v, column); n > 0 {
				words = append(words, fmt.Sprintf("%s under %s in %d", a.Name, v.Name, n))
			}
		}
	}
	if len(words) > 0 {
		r.warnOf(finding.Outside, "", "worlds with a value that their view holds for impossible: %s", firstOf(words, 5, "assumptions"))
	}
}

// impossible counts the worlds of a view in which an assumption lies off its
// distribution.
func (g *Given) impossible(a *model.Assumption, v *model.View, column *data.Column) int {
	dist, err := DistOf(a, v)
	if err != nil {
		return 0
	}
	lo, hi := dist.Support()
	n := 0
	for _, row := range g.rows(v.Name) {
		if x := column.Numbers[row]; x < lo || x > hi {
			n++
		}
	}
	return n
}

// warnWorlds says what a reader must know of worlds that are not the first of a
// design.
func (r *Record) warnWorlds() {
	switch {
	case r.Design == GivenDesign:
		r.warnOf(finding.LeftOut, "", "the worlds were given and not drawn: means, ranges and shares are those of the rows of the file, not of a view; they are held against no record of the past")
	case r.First > 0:
		r.warnOf(finding.LeftOut, "", "a part of a run: worlds %d to %d of each view, as the whole run has them", r.First, r.First+r.Worlds-1)
	}
}
