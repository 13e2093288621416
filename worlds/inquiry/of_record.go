package inquiry

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/terminal"
	"casus/worlds/study"
)

// rolesOf says what the columns of a table of a record are: what a run has drawn is no
// outcome, and one outcome explains no other. The file says so itself; of a copy as
// text, or of an older record, the columns option, view and world tell which of the
// two tables it is. Nil of a table that is of no record.
func rolesOf(t *data.Columns) map[string]study.ColumnRole {
	var notes map[string]study.ColumnNote
	if json.Unmarshal([]byte(t.About[study.NotesKey]), &notes) != nil {
		notes = nil // somebody else's key of that name
	}
	out := map[string]study.ColumnRole{}
	for name, n := range notes {
		if n.Role != "" && t.Column(name) != nil {
			out[name] = n.Role
		}
	}
	if len(out) > 0 {
		return out
	}
	return rolesByLayout(t)
}

// rolesByLayout goes by the columns that every table of a record has.
func rolesByLayout(t *data.Columns) map[string]study.ColumnRole {
	view, world := t.Column("view"), t.Column("world")
	if view == nil || world == nil || view.Kind != data.Words || world.Kind != data.Numbers || !world.Whole() {
		return nil
	}
	if t.Column("option") != nil {
		return rolesByOption(t)
	}
	out := map[string]study.ColumnRole{}
	for _, name := range t.Names() {
		switch {
		case name == "view" || name == "world":
			out[name] = study.RowColumn
		case strings.HasPrefix(name, "record:"):
			out[name] = study.WeightColumn
		default:
			out[name] = study.InputColumn
		}
	}
	return out
}

// rolesByOption parts the columns of a table of measures, to which somebody may have
// joined the assumptions: these are the same for every option of a world. Of one option
// alone all are taken for measures.
func rolesByOption(t *data.Columns) map[string]study.ColumnRole {
	view, world := t.Column("view"), t.Column("world")
	out := map[string]study.ColumnRole{"option": study.RowColumn, "view": study.RowColumn, "world": study.RowColumn}
	first, again := map[string]int{}, false
	at := make([]int, t.Rows) // the first row of the same world
	for i := range t.Rows {
		key := fmt.Sprint(view.Texts[i], "\x00", world.Numbers[i])
		k, seen := first[key]
		if !seen {
			first[key], k = i, i
		}
		at[i], again = k, again || seen
	}
	for i := range t.List {
		c := &t.List[i]
		switch {
		case out[c.Name] != "":
		case again && c.Unfit == nil && sameWithin(c, at):
			out[c.Name] = study.InputColumn
		default:
			out[c.Name] = study.OutcomeColumn
		}
	}
	return out
}

// sameWithin reports whether a column has in every row what it has at the row that is
// named for it; nothing known is the same as nothing known.
func sameWithin(c *data.Column, at []int) bool {
	for i, k := range at {
		if c.Kind == data.Words && c.Texts[i] != c.Texts[k] {
			return false
		}
		if c.Kind != data.Words && c.Numbers[i] != c.Numbers[k] && !(math.IsNaN(c.Numbers[i]) && math.IsNaN(c.Numbers[k])) {
			return false
		}
	}
	return true
}

// lastOutcome is the output of a record where none was named: nothing that was drawn is
// taken for one. It fails, saying where outcomes are, of a table that has none.
func (a *analyser) lastOutcome() (string, error) {
	for _, c := range slices.Backward(a.t.List) {
		if a.roles[c.Name] == study.OutcomeColumn && c.Unfit == nil && c.Kind != data.Words && c.Distinct(2) > 1 {
			a.note("no output was named: %s, the last outcome of the record that is not the same in all rows, is taken for it", c.Name)
			return c.Name, nil
		}
	}
	folder := filepath.Dir(a.t.File)
	if !strings.HasSuffix(a.t.File, ".parquet") {
		folder = "RECORD"
	}
	return "", source.Misused("%s: nothing in it is an outcome: these are the assumptions of a record as they were drawn; what came of them is in measures.parquet beside it (casus sense %s explains that by these)", a.t.File, terminal.Quoted(folder))
}

// notToExplain leaves out, of a table of a record, what explains no outcome: the number
// of the world, other outcomes, and weights.
func (a *analyser) notToExplain(c *data.Column) bool {
	why := ""
	switch role := a.roles[c.Name]; {
	case role == study.RowColumn && c.Kind == data.Numbers:
		why = "it numbers the rows; name it as an input to take it"
	case role == study.OutcomeColumn:
		why = "an outcome explains no other (casus sense RECORD explains them by the assumptions; --inputs takes any column)"
	case role == study.WeightColumn:
		why = "what records make of a world, not drawn; name it as an input to take it"
	default:
		return false
	}
	a.out.Dropped = append(a.out.Dropped, DroppedColumn{c.Name, why})
	return true
}

// drawnOutputs says of outputs that somebody named what they are where they are none.
func (a *analyser) drawnOutputs(outputs []string) {
	for _, name := range outputs {
		switch a.roles[name] {
		case study.InputColumn:
			a.note("%s was drawn before anything was played: it is no outcome, and what goes with it does so by a stated correlation or by chance, and explains nothing", name)
		case study.RowColumn:
			a.note("%s says which row is which: it is no outcome", name)
		}
	}
}
