package discovery

import (
	"context"
	"fmt"
	"math"
	"slices"

	"casus/crew"
	"casus/worlds/draw"
)

// Defaults of Resampling.
const (
	DefaultRuns = 10
	DefaultPart = 0.5
)

// Resampling says how often to search again and on what. The zero value of a
// field is its default; results do not depend on Workers.
type Resampling struct {
	Runs    int     `json:"runs"`
	Part    float64 `json:"part"` // share of the rows drawn, without putting back
	Seed    uint64  `json:"seed"`
	Workers int     `json:"-"`
}

// Reproducibility says how often searches on other rows restrict the same
// inputs (the resampling test of Bryant and Lempert 2010).
type Reproducibility struct {
	Resampling Resampling   `json:"resampling"`
	Box        int          `json:"box"`    // of the trajectory that was put to the test
	Failed     int          `json:"failed"` // runs whose rows were all, or none, of interest
	Inputs     []Reproduced `json:"inputs"` // in the order of the table
	// Fresh is the density of the boxes of nearest coverage on the rows that were
	// not drawn: what a box is worth on rows it was not chosen on. Runs whose box
	// holds no such row are left out; not set when none is left.
	Fresh *Spread `json:"fresh_density,omitempty"`
}

// Spread is the mean and the range over runs.
type Spread struct {
	Runs int     `json:"runs"`
	Mean float64 `json:"mean"`
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
}

// Reproduced counts the runs in which an input is restricted.
type Reproduced struct {
	Input      string `json:"input"`
	Restricted bool   `json:"restricted"` // in the box put to the test
	// In the box of each run whose coverage, or density, is nearest to that of
	// the box put to the test: of equal coverage the last, which is the densest, of
	// equal density the first. Not set when every run failed.
	SameCoverage *Share `json:"same_coverage,omitempty"`
	SameDensity  *Share `json:"same_density,omitempty"`
}

// Resample searches random parts of the table again, with the options of the
// trajectory, and compares its box i. It is for a first search: rows that
// earlier boxes took away stay in. It fails when there is no such box, or when
// ctx is done.
func Resample(ctx context.Context, t *Sample, tr *Trajectory, i int, how Resampling) (*Reproducibility, error) {
	how, err := how.settle()
	if err != nil {
		return nil, err
	}
	if err := t.classified(); err != nil {
		return nil, err
	}
	if i < 0 || i >= len(tr.Boxes) {
		return nil, fmt.Errorf("the trajectory has boxes 0 to %d, not %d", len(tr.Boxes)-1, i)
	}
	if tr.Earlier > 0 {
		return nil, fmt.Errorf("resampling is for a first box; this one was sought after %d others", tr.Earlier)
	}
	if !t.found(tr) {
		return nil, fmt.Errorf("the trajectory comes from another table; give the one it was found in")
	}
	runs := make([]again, how.Runs)
	if err := each(ctx, how.Workers, how.Runs, func(k int) { runs[k] = t.again(tr, i, how, k) }); err != nil {
		return nil, fmt.Errorf("resampling: %w", err)
	}
	return t.reproduced(tr, i, how, runs), nil
}

// found tells the tables apart that differ in size or in an input.
func (t *Sample) found(tr *Trajectory) bool {
	limits := tr.Boxes[0].Limits
	return tr.Basis.Used == t.basis.Used && tr.Basis.Interest == t.basis.Interest &&
		slices.EqualFunc(t.columns, limits, func(c column, l Limit) bool { return c.name == l.Input })
}

func (h Resampling) settle() (Resampling, error) {
	if h.Runs == 0 {
		h.Runs = DefaultRuns
	}
	if h.Part == 0 {
		h.Part = DefaultPart
	}
	switch {
	case h.Runs < 0:
		return h, fmt.Errorf("the number of runs is at least 1, got %d", h.Runs)
	case !(h.Part > 0 && h.Part <= 1):
		return h, fmt.Errorf("the part of the rows drawn is above 0 and at most 1, got %v", h.Part)
	}
	return h, nil
}

// each calls do for 0 … n−1, on as many workers as asked (at least one).
func each(ctx context.Context, workers, n int, do func(int)) error {
	return crew.Each(ctx, max(workers, 1), n, do)
}

// again is the outcome of one run.
type again struct {
	failed            bool
	coverage, density []bool  // restricted inputs of the nearest boxes
	fresh             float64 // density on rows not drawn
}

// near is how a run keeps the box nearest to what is sought.
type near struct {
	goal, gap float64
	box       region
}

// look takes a box that is nearer; one that is as near when later is set.
func (n *near) look(value float64, box region, later bool) {
	if gap := math.Abs(value - n.goal); n.box == nil || gap < n.gap || later && gap == n.gap {
		n.gap, n.box = gap, box.clone()
	}
}

func (n *near) restricted() []bool {
	is := make([]bool, len(n.box))
	for j := range n.box {
		is[j] = n.box[j].restricted()
	}
	return is
}

func (t *Sample) again(tr *Trajectory, i int, how Resampling, k int) again {
	s := t.newSearch(t.hits)
	for r, in := range t.part(how, k) {
		if !in {
			s.broken[r] = outsider
		}
	}
	s.fill()
	s.all, s.goal = s.n, s.k
	if s.k == 0 || s.k == s.n {
		return again{failed: true}
	}
	coverage := near{goal: tr.Boxes[i].Coverage.Value}
	density := near{goal: tr.Boxes[i].Density.Value}
	s.run(tr.Options, func(string) {
		coverage.look(float64(s.k)/float64(s.goal), s.bounds, true) // of equal coverage the last is the densest
		density.look(float64(s.k)/float64(s.n), s.bounds, false)
	})
	n, of := 0, 0
	for r := range s.broken {
		if s.broken[r] == outsider && t.holds(coverage.box, r) {
			n++
			of += int(t.hits[r])
		}
	}
	return again{coverage: coverage.restricted(), density: density.restricted(), fresh: float64(of) / float64(n)}
}

// part draws the rows of run k: those with the smallest words of its stream.
func (t *Sample) part(how Resampling, k int) []bool {
	words := make([]uint64, len(t.used))
	draw.NewStream(how.Seed, fmt.Sprintf("discovery resample %d", k)).Fill(words, 0)
	order := make([]int, len(words))
	for r := range order {
		order[r] = r
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case words[a] < words[b]:
			return -1
		case words[a] > words[b]:
			return 1
		}
		return a - b
	})
	in := make([]bool, len(words))
	for _, r := range order[:int(how.Part*float64(len(order)))] {
		in[r] = true
	}
	return in
}

func (t *Sample) reproduced(tr *Trajectory, i int, how Resampling, runs []again) *Reproducibility {
	rep := &Reproducibility{Resampling: how, Box: i}
	coverage, density := make([]int, len(t.columns)), make([]int, len(t.columns))
	var fresh []float64
	for _, run := range runs {
		if run.failed {
			rep.Failed++
			continue
		}
		fresh = append(fresh, run.fresh)
		for j := range t.columns {
			coverage[j] += one(run.coverage[j])
			density[j] += one(run.density[j])
		}
	}
	if xs := draw.Sorted(fresh); len(xs) > 0 {
		rep.Fresh = &Spread{len(xs), draw.Mean(xs), xs[0], xs[len(xs)-1]}
	}
	for j := range t.columns {
		in := Reproduced{Input: t.columns[j].name, Restricted: tr.Boxes[i].Limits[j].Restricted}
		if n := how.Runs - rep.Failed; n > 0 {
			c, d := share(coverage[j], n), share(density[j], n)
			in.SameCoverage, in.SameDensity = &c, &d
		}
		rep.Inputs = append(rep.Inputs, in)
	}
	return rep
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
