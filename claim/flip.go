package claim

import (
	"context"
	"math"
	"slices"

	"casus/data"
	"casus/model"
	"casus/worlds/decision"
	"casus/worlds/study"
)

// Flip is the smallest change of one assumption, from its median and in
// quantiles of its distribution, at which a reading turns round in the central
// world of a view (every other assumption at its median).
type Flip struct {
	Holds      bool   `json:"holds_in_the_central_world"`
	Undefined  bool   `json:"undefined"` // the margin is not defined, or is 0, in the central world
	Found      bool   `json:"found"`     // false: no single assumption turns it round between its 0.1 % and 99.9 %
	Assumption string `json:"assumption"`
	Unit       string `json:"unit"`
	From       Number `json:"median"`
	To         Number `json:"turns_at"`
	Quantile   Number `json:"quantile"` // of the place where it turns
	Kind       string `json:"kind"`     // root, jump or gap
	Others     int    `json:"others"`   // how many other assumptions turn it round, too
	Steps      int    `json:"steps"`    // of the search; two changes within one cancel and are not seen
}

// How flips are looked for: steps over the range of an assumption, and how
// closely the place is pinned down, in quantiles.
const (
	flipSteps     = 8
	flipTolerance = 0.002
)

// Flips looks for the flips of every reading over worlds, by view; unions have
// no central world. It solves each option that claims compare, on the day and
// over the years of the ledger; of the plan it takes the workers and the bound on
// states.
func (l *Ledger) Flips(ctx context.Context, m *model.Model, k *model.Case, p study.Plan, tell study.Progress) error {
	k, err := study.Told(m, l.at(k))
	if err != nil {
		return err
	}
	c := &centre{ctx: ctx, m: m, k: k, workers: p.Workers, most: p.MaxStates, solvers: map[string]*study.Solver{}}
	options := l.compared()
	done, total := 0, len(options)+l.central()*len(options)
	step := func() {
		if done++; tell != nil {
			tell(done, total)
		}
	}
	for _, o := range options {
		if err := c.solve(o); err != nil {
			return err
		}
		step()
	}
	for _, v := range k.Views {
		if len(v.Union) > 0 || !slices.ContainsFunc(l.Views, func(x study.View) bool { return x.Name == v.Name }) {
			continue
		}
		g, err := c.grid(v, options, step)
		if err != nil {
			return err
		}
		if err := l.flipsOf(v.Name, g); err != nil {
			return err
		}
	}
	l.Flipped = true
	return nil
}

// at is the case on the day and with the horizon of the ledger.
func (l *Ledger) at(k *model.Case) *model.Case {
	c := *k
	c.Horizon = l.Horizon
	if day, err := data.ParseDay(l.Date); err == nil {
		c.Date = day
	}
	return &c
}

func (l *Ledger) central() int {
	n := 0
	for _, v := range l.Views {
		if !v.Union {
			n++
		}
	}
	return n
}

// compared are the options that the scored readings compare.
func (l *Ledger) compared() []string {
	var out []string
	for _, e := range l.Claims {
		for _, rd := range e.Readings {
			if rd.expr == nil {
				continue
			}
			for _, o := range optionsOf(rd.expr.expr) {
				if !slices.Contains(out, o) {
					out = append(out, o)
				}
			}
		}
	}
	return out
}

// centre solves options around the central world of a view.
type centre struct {
	ctx     context.Context
	m       *model.Model
	k       *model.Case
	workers int
	most    int
	solvers map[string]*study.Solver
}

func (c *centre) solve(option string) error {
	s, err := study.NewSolver(c.ctx, c.m, c.k, c.m.Option(option), c.most)
	c.solvers[option] = s
	return err
}

// grid holds, for each option, the measures where one assumption at a time
// stands at each step of its range, the others at their medians.
type grid struct {
	c       *centre
	inputs  []*model.Assumption
	quantum []func(float64) float64
	medians []float64
	places  [][]float64                  // by input: the values looked at
	base    map[string][]float64         // by option: measures in the central world
	moved   map[string][]map[float64]row // by option and input: measures by value
}

// row holds the measures of one world.
type row []float64

// grid solves all steps of all assumptions of all options, each option once.
func (c *centre) grid(v *model.View, options []string, step func()) (*grid, error) {
	g := &grid{c: c, inputs: c.m.Uses(c.k), base: map[string][]float64{}, moved: map[string][]map[float64]row{}}
	var err error
	if g.quantum, err = study.Quantiles(g.inputs, v); err != nil {
		return nil, err
	}
	if g.medians, err = study.Medians(g.inputs, v); err != nil {
		return nil, err
	}
	for i := range g.inputs {
		g.places = append(g.places, g.asked(i))
	}
	for _, o := range options {
		if err := g.fill(o); err != nil {
			return nil, err
		}
		step()
	}
	return g, nil
}

// input is an assumption as the search takes it: it stands at its median, so
// that the centre is the very world that was solved.
func (g *grid) input(i int) decision.FlipInput {
	return decision.FlipInput{Name: g.inputs[i].Name, Unit: g.inputs[i].Unit.String(), Centre: 0.5, Quantile: func(u float64) float64 {
		if u == 0.5 {
			return g.medians[i]
		}
		return g.quantum[i](u)
	}}
}

// asked are the values at which the search looks where it finds nothing.
func (g *grid) asked(i int) []float64 {
	var out []float64
	_, err := decision.NearestFlip(func(x float64) float64 { out = append(out, x); return 1 }, g.input(i), false, flipSteps, flipTolerance)
	if err != nil {
		panic(err) // the search is asked with constants
	}
	return out
}

// fill solves an option where any of its inputs is moved.
func (g *grid) fill(option string) error {
	s := g.c.solvers[option]
	medians := make([]float64, len(s.Inputs))
	at := make([]int, len(s.Inputs)) // the place of its inputs among all
	n := 1
	for j, a := range s.Inputs {
		at[j] = slices.IndexFunc(g.inputs, func(b *model.Assumption) bool { return b.Name == a.Name })
		medians[j] = g.medians[at[j]]
		n += len(g.places[at[j]])
	}
	in := make([][]float64, len(s.Inputs))
	for j := range in {
		in[j] = slices.Repeat([]float64{medians[j]}, n)
	}
	w := 1
	for j, i := range at {
		for _, x := range g.places[i] {
			in[j][w] = x
			w++
		}
	}
	out, err := s.Solve(g.c.ctx, in, g.c.workers)
	if err != nil {
		return err
	}
	world := func(w int) row {
		found := make(row, len(out))
		for k := range out {
			found[k] = out[k][w]
		}
		return found
	}
	g.base[option] = world(0)
	g.moved[option] = make([]map[float64]row, len(g.inputs))
	w = 1
	for _, i := range at {
		g.moved[option][i] = map[float64]row{}
		for _, x := range g.places[i] {
			g.moved[option][i][x] = world(w)
			w++
		}
	}
	return nil
}

// measures works those of an option out where input i stands at x: as known, as in the
// central world where the option does not read the input, or solved.
func (g *grid) measures(option string, i int, x float64) (row, error) {
	known := g.moved[option][i]
	if known == nil {
		return g.base[option], nil
	}
	if r, ok := known[x]; ok {
		return r, nil
	}
	s := g.c.solvers[option]
	in := make([][]float64, len(s.Inputs))
	for j, a := range s.Inputs {
		k := slices.IndexFunc(g.inputs, func(b *model.Assumption) bool { return b.Name == a.Name })
		in[j] = []float64{g.medians[k]}
		if k == i {
			in[j][0] = x
		}
	}
	out, err := s.Solve(g.c.ctx, in, 1)
	if err != nil {
		return nil, err
	}
	found := make(row, len(out))
	for k := range out {
		found[k] = out[k][0]
	}
	known[x] = found
	return found, nil
}

// margin is that of a proposition where input i stands at x; i < 0 is the
// central world.
func (g *grid) margin(p *proposition, i int, x float64) (float64, error) {
	var failed error
	d := margin(p.expr, func(measure, option string) float64 {
		found := row(g.base[option])
		if i >= 0 {
			var err error
			if found, err = g.measures(option, i, x); err != nil {
				failed = err
				return math.NaN()
			}
		}
		return found[slices.IndexFunc(g.c.solvers[option].Measures, func(m model.Measure) bool { return m.Name == measure })]
	})
	return d, failed
}

func (l *Ledger) flipsOf(view string, g *grid) error {
	for i := range l.Claims {
		for j := range l.Claims[i].Readings {
			rd := &l.Claims[i].Readings[j]
			for v := range rd.Views {
				if rd.Views[v].View != view {
					continue
				}
				f, err := g.flip(rd.expr)
				if err != nil {
					return err
				}
				rd.Views[v].Flip = f
			}
		}
	}
	return nil
}

// flip finds the nearest of all single flips of a proposition. The grid tells
// which inputs turn it round and how far away; only those of the nearest step
// are pinned down.
func (g *grid) flip(p *proposition) (*Flip, error) {
	centre, err := g.margin(p, -1, 0)
	if err != nil {
		return nil, err
	}
	out := &Flip{Holds: centre > 0, Steps: flipSteps}
	if math.IsNaN(centre) || centre == 0 {
		out.Undefined = true
		return out, nil
	}
	near := make([]float64, len(g.inputs))
	least := math.Inf(1)
	for i := range g.inputs {
		f, err := g.search(p, i, 1) // a tolerance of 1: no place is pinned down
		if err != nil {
			return nil, err
		}
		near[i] = math.Inf(1)
		if f.Found {
			out.Others++
			near[i] = math.Abs(float64(f.Nearest.Quantile) - 0.5)
			least = min(least, near[i])
		}
	}
	const step = (decision.HighestQuantile - decision.LowestQuantile) / flipSteps
	best := math.Inf(1)
	for i := range g.inputs {
		if near[i] > least+step {
			continue
		}
		f, err := g.search(p, i, flipTolerance)
		if err != nil {
			return nil, err
		}
		if !f.Found || math.Abs(float64(f.Nearest.Quantile)-0.5) >= best {
			continue
		}
		best = math.Abs(float64(f.Nearest.Quantile) - 0.5)
		out.Found, out.Assumption, out.Unit, out.Kind = true, f.Input, f.Unit, f.Nearest.Kind
		out.From, out.To, out.Quantile = Number(f.Centre), Number(f.Nearest.Value), Number(f.Nearest.Quantile)
	}
	out.Others = max(0, out.Others-1)
	return out, nil
}

// search looks for the flips of one input.
func (g *grid) search(p *proposition, i int, tolerance float64) (*decision.Flip, error) {
	var failed error
	f, err := decision.NearestFlip(func(x float64) float64 {
		d, err := g.margin(p, i, x)
		if err != nil {
			failed = err
		}
		return d
	}, g.input(i), false, flipSteps, tolerance)
	if failed != nil {
		return nil, failed
	}
	return f, err
}
