package crisis

import (
	"context"
	"maps"
	"slices"

	"casus/finding"
	"casus/lang/source"
	"casus/model"
)

// Clause is a line of an option without which every number of a case is the same in every
// world, whatever is believed.
type Clause struct {
	Option *model.Option
	Pos    source.Pos
	Len    int
	What   string // deploy FRA 5000 at MDA
}

// Says tells of it in the words of a warning.
func (c Clause) Says(k *model.Case) string {
	return c.What + " moves no number of case " + k.Name + ": without it all comes out the same in every world"
}

// mostTried bounds the states of a game that is made once more for each line of an option.
const mostTried = 5000

// UnmovedClauses makes each option of a case whose crisis stands beside it without one of its
// lines after another, and compares the programs. Lines of which something was said already
// are left out, as are texts meant to be political, settings that stay as the case has them,
// games that go on beyond their horizon and those that are large.
func UnmovedClauses(m *model.Model, k *model.Case, said func(source.Pos) bool) []Clause {
	if k.Crisis == nil || k.Crisis.Discount != nil || !model.Beside(k) {
		return nil
	}
	var out []Clause
	for _, o := range k.Options {
		whole, err := Compile(context.Background(), m, k, o, mostTried)
		if err != nil {
			continue // too large, or told where it is run
		}
		left := o
		try := func(c Clause, less *model.Option) {
			if said(c.Pos) {
				return
			}
			s, err := Compile(context.Background(), m, k, less, mostTried)
			if err == nil && s.program.Same(whole.program) {
				out, left = append(out, c), less
			}
		}
		for i := len(o.Acts) - 1; i >= 0; i-- {
			act := o.Acts[i]
			if in := m.Instrument(act.Instrument); in != nil && (in.Meant() || m.Unread(act) || in.AccededOn(act, k.Date)) {
				continue
			}
			less := *left
			less.Acts = slices.Delete(slices.Clone(left.Acts), i, i+1)
			try(Clause{o, act.Pos, max(len(act.Instrument), 1), act.String()}, &less)
		}
		for _, name := range slices.Sorted(maps.Keys(o.Settings)) {
			less := *left
			less.Settings = maps.Clone(left.Settings)
			delete(less.Settings, name)
			if k.SettingOf(name) != o.Settings[name] {
				try(Clause{o, o.SettingAt[name], len(name), "set " + name}, &less)
			}
		}
	}
	return out
}

// Equal are two options of a case that do different things and come out the same, whatever is
// believed.
type Equal struct {
	A, B  *model.Option
	Parts []string // what one does and the other does not
}

// Says tells of it in the words of a warning.
func (e Equal) Says() string {
	return "options " + e.A.Name + " and " + e.B.Name + " come out the same in every world, to the last bit, though they differ: nothing that is counted here reads " + finding.And(e.Parts)
}

// EqualOptions compares the programs of the options of a case whose crisis stands beside it.
// Options with a line of which something was said already are left out, as are games that go
// on beyond their horizon and those that are large.
func EqualOptions(m *model.Model, k *model.Case, said func(source.Pos) bool) []Equal {
	if k.Crisis == nil || k.Crisis.Discount != nil || !model.Beside(k) {
		return nil
	}
	var out []Equal
	var options []*model.Option
	var solvers []*Solver
	for _, o := range k.Options {
		if o.Told(said) {
			continue
		}
		s, err := Compile(context.Background(), m, k, o, mostTried)
		if err != nil {
			continue // too large, or told where it is run
		}
		i := slices.IndexFunc(solvers, func(other *Solver) bool { return other.program.Same(s.program) })
		if i < 0 {
			options, solvers = append(options, o), append(solvers, s)
		} else if parts := options[i].Parts(o); len(parts) > 0 {
			out = append(out, Equal{options[i], o, parts})
		}
	}
	return out
}
