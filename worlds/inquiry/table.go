package inquiry

import (
	"fmt"
	"slices"

	"casus/data"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/study"
)

// Table is the worlds of one view as a table: a column for each assumption, by
// its name, and one for each measure of each option, named measure[option]. A
// measure that is not defined in a world is missing there. The draws must be
// there: see ReadDraws.
func Table(r *study.Record, view string) (*data.Columns, error) {
	v := slices.IndexFunc(r.Views, func(x study.View) bool { return x.Name == view })
	if v < 0 {
		return nil, source.Misused("no view %q in this record", view)
	}
	if len(r.Draws[view]) != len(r.Numbers) {
		return nil, fmt.Errorf("view %s: the worlds of the record are not read", view)
	}
	t := &data.Columns{File: r.Case + ", view " + view, Rows: r.Worlds}
	for i, n := range r.Numbers {
		t.List = append(t.List, data.Column{Name: n.Name, Kind: data.Numbers, Numbers: r.Draws[view][i]})
	}
	for _, x := range r.Results {
		for k, m := range r.Measures {
			t.List = append(t.List, data.Column{Name: outcome(m.Name, x.Option), Kind: data.Numbers, Numbers: x.Views[v].Values[k]})
		}
	}
	return t, nil
}

func outcome(measure, option string) string { return measure + "[" + option + "]" }

// emptyTable is the table that a case would give, without a world: what a
// proposition may speak of.
func emptyTable(m *model.Model, k *model.Case) *data.Columns {
	t := &data.Columns{File: k.Name}
	add := func(name string) {
		t.List = append(t.List, data.Column{Name: name, Kind: data.Numbers})
	}
	for _, a := range m.Uses(k) {
		add(a.Name)
	}
	for _, o := range k.Options {
		for _, ms := range k.Crisis.Measures {
			add(outcome(ms.Name, o.Name))
		}
	}
	return t
}
