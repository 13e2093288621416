package inquiry

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

	"casus/data"
	"casus/lang/source"
	"casus/worlds/discovery"
	"casus/worlds/sensitivity"
)

// Findings are the conditions under which rows of a table, or worlds, are of
// interest.
type Findings struct {
	Interest string `json:"interest"`
	In       int    `json:"of_interest"`
	Out      int    `json:"not_of_interest"`
	Unknown  int    `json:"not_known"` // something that the interest needs is missing
	// Base is the share of interest among the rows used by the search.
	Base    discovery.Basis      `json:"basis"`
	Regions *sensitivity.Regions `json:"regional"`
	// Search is the way of PRIM; Chosen is the number of the box described and
	// ChosenAs why it is that one.
	Search   *discovery.Trajectory `json:"prim"`
	Chosen   int                   `json:"chosen"`
	ChosenAs string                `json:"chosen_because"`
	Front    []int                 `json:"front"` // boxes worth a choice
	// Pruned is the box described without the limits that chance may explain,
	// GivenUp, where these were to be given up (SearchPlan.QP).
	Pruned  *discovery.Box             `json:"pruned"`
	GivenUp []string                   `json:"given_up"`
	Again   *discovery.Reproducibility `json:"resampling"`
	Tree    *discovery.Tree            `json:"tree"`
	Stack   *discovery.Stacked         `json:"stack"`
	Notes   []string                   `json:"notes"`

	table *discovery.Sample
	rows  []int // which row of the file each row of the table is; nil: the same
}

// findings searches by the methods asked for. Its errors are those of the first
// method that cannot be used.
func findings(ctx context.Context, interest string, inputs []*data.Column, holds []float64, methods []string, plan SearchPlan) (*Findings, error) {
	f := &Findings{Interest: interest, Chosen: -1, Front: []int{}, GivenUp: []string{}, Notes: []string{}}
	in := make([]bool, len(holds))
	for i, h := range holds {
		switch {
		case math.IsNaN(h):
			f.Unknown++
		case h == 1:
			f.In++
			in[i] = true
		default:
			f.Out++
		}
	}
	var err error
	if f.table, err = discovery.New(discoverable(inputs), holds); err != nil {
		return nil, err
	}
	f.Base = f.table.Basis()
	if f.In == 0 || f.Out == 0 {
		_, err := discovery.PRIM(f.table, plan.PRIM) // says which
		return nil, err
	}
	for _, m := range methods {
		switch m {
		case Regional:
			err = f.regional(inputs, holds, plan)
		case PRIM:
			err = f.search(ctx, plan)
		case CART:
			f.Tree, err = discovery.CART(f.table, discovery.TreeOptions{Leaf: plan.Leaf})
		case Stacking:
			f.Stack, err = discovery.Stack(ctx, f.table, discovery.StackOptions{Levels: 2, Bins: plan.Bins,
				Forest: discovery.Forest{Seed: plan.Seed, Workers: plan.workers()}})
		}
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (p SearchPlan) workers() int { return cmp.Or(p.Workers, runtime.GOMAXPROCS(0)) }

// discoverable are columns as discovery takes them.
func discoverable(columns []*data.Column) []discovery.Input {
	var out []discovery.Input
	for _, c := range columns {
		in := discovery.Input{Name: c.Name, Numbers: c.Numbers, Labels: c.Texts, Integer: c.Whole()}
		out = append(out, in)
	}
	return out
}

// regional compares the inputs of rows of interest with those of the others. A
// row whose class is not known takes no part; categories have no order, so that
// the test does not fit them.
func (f *Findings) regional(inputs []*data.Column, holds []float64, plan SearchPlan) error {
	known := make([]bool, len(holds))
	var in []bool
	for i, h := range holds {
		if known[i] = !math.IsNaN(h); known[i] {
			in = append(in, h == 1)
		}
	}
	t := sensitivity.Sample{Y: holds}
	for _, c := range inputs {
		if c.Kind == data.Words {
			f.Notes = append(f.Notes, fmt.Sprintf("input %s is text: its categories have no order, so it has no D", c.Name))
			continue
		}
		inside, outside := 0, 0
		for i, x := range c.Numbers {
			if known[i] && !math.IsNaN(x) {
				inside, outside = inside+int(holds[i]), outside+1-int(holds[i])
			}
		}
		if inside == 0 || outside == 0 {
			f.Notes = append(f.Notes, fmt.Sprintf("input %s is missing in all rows of one class: it has no D", c.Name))
			continue
		}
		t.Inputs, t.X = append(t.Inputs, c.Name), append(t.X, c.Numbers)
	}
	if len(t.Inputs) == 0 {
		return nil
	}
	some, err := t.Where(known)
	if err != nil {
		return err
	}
	r, err := sensitivity.Regional(some, in, sensitivity.Bootstrap{Seed: plan.Seed, Workers: plan.Workers})
	if err != nil {
		return err
	}
	f.Regions = &r
	return nil
}

// search runs PRIM, chooses the box to describe and asks whether other rows
// would have given the same.
func (f *Findings) search(ctx context.Context, plan SearchPlan) error {
	tr, err := discovery.PRIM(f.table, plan.PRIM)
	if err != nil {
		return err
	}
	f.Search, f.Front = tr, tr.Front()
	switch {
	case plan.Box >= len(tr.Boxes):
		return source.Misused("there is no box %d: PRIM found boxes 0 to %d", plan.Box, len(tr.Boxes)-1)
	case plan.Box >= 0:
		f.Chosen, f.ChosenAs = plan.Box, "as asked"
	default:
		f.Chosen = tr.Choose(tr.Options.Threshold)
		f.ChosenAs = fmt.Sprintf("most coverage of the boxes with a density of %g or more", tr.Options.Threshold)
		if f.Chosen < 0 {
			f.Chosen = densest(tr)
			f.ChosenAs = fmt.Sprintf("the densest; no box has a density of %g", tr.Options.Threshold)
		}
	}
	if f.Chosen == 0 {
		f.Notes = append(f.Notes, "the box has no limits, for all together are as dense as that: raise the density asked for, or ask when it is not so")
	}
	if err := f.prune(plan.QP); err != nil {
		return err
	}
	f.Again, err = discovery.Resample(ctx, f.table, tr, f.Chosen, discovery.Resampling{Seed: plan.Seed, Workers: plan.workers()})
	return err
}

// prune gives up the limits of the box described whose quasi-p-value is above a
// most, the worst first, as Bryant and Lempert (2010) advise; 0 keeps all. An
// input that is limited from both sides has the quasi-p-value of both together.
func (f *Findings) prune(most float64) error {
	if most == 0 {
		return nil
	}
	b := f.Search.Boxes[f.Chosen]
	for {
		worst := -1
		for j, l := range b.Limits {
			if l.QP != nil && *l.QP > most && (worst < 0 || *l.QP > *b.Limits[worst].QP) {
				worst = j
			}
		}
		if worst < 0 {
			return nil
		}
		name := b.Limits[worst].Input
		var err error
		if b, err = discovery.Drop(f.table, b, name); err != nil {
			return err
		}
		f.Pruned, f.GivenUp = &b, append(f.GivenUp, name)
	}
}

// densest is the box of most density, of equals the one of most coverage.
func densest(tr *discovery.Trajectory) int {
	best := 0
	for i, b := range tr.Boxes {
		if d := tr.Boxes[best].Density.Value; b.Density.Value > d || b.Density.Value == d && b.Coverage.Count > tr.Boxes[best].Coverage.Count {
			best = i
		}
	}
	return best
}

// Box is the box described, nil where none was sought.
func (f *Findings) Box() *discovery.Box {
	if f.Search == nil {
		return nil
	}
	if f.Pruned != nil {
		return f.Pruned
	}
	return &f.Search.Boxes[f.Chosen]
}

func (f *Findings) which() ([]Which, error) {
	out := make([]Which, f.Base.Rows)
	for i := range out {
		out[i].Leaf = -1
	}
	tell := func(boxes []discovery.Box, note func(w *Which, box int)) error {
		at, err := discovery.Where(f.table, boxes...)
		if err != nil {
			return err
		}
		for i, box := range at {
			k := i
			if f.rows != nil {
				k = f.rows[i]
			}
			out[k].Known = box != discovery.LeftOut
			note(&out[k], box)
		}
		return nil
	}
	if b := f.Box(); b != nil {
		if err := tell([]discovery.Box{*b}, func(w *Which, box int) { w.In = box == 0 }); err != nil {
			return nil, err
		}
	}
	if f.Tree != nil {
		var leaves []discovery.Box
		for _, i := range f.Tree.Leaves() {
			leaves = append(leaves, *f.Tree.Nodes[i].Box)
		}
		return out, tell(leaves, func(w *Which, box int) { w.Leaf = max(box, -1) })
	}
	return out, nil
}

// limits lists the limits of the box described, in the order of the inputs.
func (f *Findings) limits() []discovery.Limit {
	b := f.Box()
	if b == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(b.Limits), func(l discovery.Limit) bool { return !l.Restricted })
}
