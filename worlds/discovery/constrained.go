package discovery

import (
	"context"
	"fmt"
	"slices"
)

// Defaults of Constraint.
const (
	DefaultQP = 0.1
	// MaxConstrained bounds the inputs of a constrained search, whose subsets
	// are all searched.
	MaxConstrained = 12
)

// Constraint says which subsets of inputs are searched. The zero value of a
// field is its default.
type Constraint struct {
	QP      float64 `json:"qp"`   // most quasi-p-value of a limit that counts
	Most    int     `json:"most"` // inputs in a subset, at most; 0: all
	Workers int     `json:"-"`    // results do not depend on it
}

// Choice is the boxes worth choosing among from many searches.
type Choice struct {
	Basis      Basis      `json:"basis"`
	Options    Options    `json:"options"`
	Constraint Constraint `json:"constraint"`
	Inputs     []string   `json:"inputs"`   // whose subsets were searched
	Searches   int        `json:"searches"` // the first, of all inputs, among them
	Boxes      []Box      `json:"boxes"`    // fewest restricted inputs first, then most coverage
}

// Constrained searches every subset of the inputs that matter, because a search
// that may limit few inputs finds better boxes of few inputs than one that may
// limit all and is cut short (constrained PRIM, Kwakkel 2019). The inputs that
// matter lists those with a limit of quasi-p-value c.QP or less in some box of a
// search of all. Of all boxes whose every limit is such, it keeps those that no
// other beats in coverage, density and number of restricted inputs.
//
// It fails as PRIM does, when more than MaxConstrained inputs matter (say which
// in o.Only), or when ctx is done.
func Constrained(ctx context.Context, t *Table, o Options, c Constraint) (*Choice, error) {
	if c.QP == 0 {
		c.QP = DefaultQP
	}
	if !(c.QP > 0 && c.QP <= 1) {
		return nil, fmt.Errorf("a quasi-p-value is above 0 and at most 1, got %v", c.QP)
	}
	if c.Most < 0 {
		return nil, fmt.Errorf("the inputs in a subset are at least 1, or 0 for all, got %d", c.Most)
	}
	first, err := PRIM(t, o)
	if err != nil {
		return nil, err
	}
	inputs := matter(first, c.QP)
	if len(inputs) > MaxConstrained {
		return nil, fmt.Errorf("%d inputs matter and the subsets of at most %d are searched; name fewer inputs", len(inputs), MaxConstrained)
	}
	sets := subsets(inputs, c.Most)
	found := make([]*Trajectory, len(sets))
	err = each(ctx, c.Workers, len(sets), func(k int) {
		found[k] = t.only(o, sets[k])
	})
	if err != nil {
		return nil, fmt.Errorf("searching subsets: %w", err)
	}
	all := &Trajectory{}
	for _, tr := range append([]*Trajectory{first}, found...) {
		for _, b := range tr.Boxes {
			if b.significant(c.QP) && (c.Most == 0 || b.Restricted <= c.Most) {
				all.Boxes = append(all.Boxes, b)
			}
		}
	}
	choice := &Choice{Basis: t.Basis(), Options: first.Options, Constraint: c, Inputs: inputs, Searches: 1 + len(sets)}
	for _, i := range all.Front() {
		choice.Boxes = append(choice.Boxes, all.Boxes[i])
	}
	slices.SortStableFunc(choice.Boxes, func(a, b Box) int {
		if a.Restricted != b.Restricted {
			return a.Restricted - b.Restricted
		}
		return b.Coverage.Count - a.Coverage.Count
	})
	return choice, nil
}

// only searches a set of inputs of a table in which a search did not fail.
func (t *Table) only(o Options, set []string) *Trajectory {
	o.Only = set
	tr, err := PRIM(t, o)
	if err != nil {
		panic("discovery: " + err.Error())
	}
	return tr
}

// sides are the quasi-p-values that count: of each limit, or of the categories.
func (l *Limit) sides() (qps []float64) {
	for _, qp := range []*float64{l.QPLower, l.QPUpper} {
		if qp != nil {
			qps = append(qps, *qp)
		}
	}
	if len(qps) == 0 && l.QP != nil {
		qps = append(qps, *l.QP)
	}
	return qps
}

func (b *Box) significant(most float64) bool {
	for i := range b.Limits {
		for _, qp := range b.Limits[i].sides() {
			if qp > most {
				return false
			}
		}
	}
	return true
}

// matter lists, in the order of the table, the inputs that some box limits for
// a reason.
func matter(tr *Trajectory, most float64) (inputs []string) {
	for j, l := range tr.Boxes[0].Limits {
		does := slices.ContainsFunc(tr.Boxes, func(b Box) bool {
			return slices.ContainsFunc(b.Limits[j].sides(), func(qp float64) bool { return qp <= most })
		})
		if does {
			inputs = append(inputs, l.Input)
		}
	}
	return inputs
}

// subsets lists those with at least one and at most most members.
func subsets(names []string, most int) (sets [][]string) {
	for bits := 1; bits < 1<<len(names); bits++ {
		var set []string
		for k, name := range names {
			if bits>>k&1 == 1 {
				set = append(set, name)
			}
		}
		if most == 0 || len(set) <= most {
			sets = append(sets, set)
		}
	}
	return sets
}
