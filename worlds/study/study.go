// Package study runs a case over many worlds.
//
//  1. Plan settles what will be run: options, views, worlds, design, seed.
//  2. draws gives every assumption its value in every world of a view, from a
//     stream named after the assumption, so that options meet the same worlds.
//  3. Run compiles each option and solves it in every world, on as many
//     workers as asked; the bytes of the result do not depend on their number.
//  4. A Record holds all that a report needs. It is written as a manifest in
//     JSON and rows in Parquet, and read again without running.
//
// What is asked of the worlds is the room inquiry's, which study knows nothing of.
//
// Two levels of chance stay apart: what actors and nature do inside a world is
// solved exactly; what the analyst does not know is sampled over worlds.
package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/data"
	"casus/game/crisis"
	"casus/lang/source"
	"casus/model"
	"casus/worlds/draw"
)

// Defaults of a Plan.
const (
	DefaultWorlds = 512
	DefaultSeed   = 1
	MaxWorlds     = 1 << 22
	MaxNumber     = 1 << 31 // no world has it or a higher one
	MaxWorkers    = 1024
)

// Plan says what to run. The zero value of a field is its default.
type Plan struct {
	Options   []string // empty: all of the case
	Views     []string // empty: all of the case
	Worlds    int      // for each view
	First     int      // the number of the first of them
	Given     *Given   // worlds that are not drawn; nil: they are
	Seed      uint64
	Design    string // sobol, lhs or mc
	Horizon   int    // years; 0: that of the case
	Date      string // YYYY-MM-DD; empty: that of the case
	Baseline  string // option the others are compared with
	Workers   int
	MaxStates int

	Summed   bool // keep sums in the place of rows
	PastOnly bool // only the cases that this one is held against

	Until      float64  // half-width of the 95 % intervals wanted; 0: Worlds are all
	Measures   []string // those it is wanted of; empty: the headline measures
	MostWorlds int      // for each view; 0: DefaultMost
}

// Settle applies a plan to a case: a copy with its date, horizon, options and
// views, and the design.
func (p *Plan) Settle(m *model.Model, k *model.Case) (*model.Case, draw.Design, error) {
	if k.Crisis == nil {
		return nil, draw.Design{}, NoCrisis(k)
	}
	c := *k
	d := draw.Design{Kind: p.Design, Seed: p.Seed, N: p.Worlds, First: p.First}
	if d.Kind == "" {
		d.Kind = draw.Nested
	}
	if d.N == 0 {
		d.N = DefaultWorlds
	}
	if most := p.Bound(); d.N < 0 || d.N > most {
		return nil, d, source.Misused("worlds must be from 1 to %d, got %d", most, d.N)
	}
	if p.Workers < 0 || p.Workers > MaxWorkers {
		return nil, d, source.Misused("workers must be from 1 to %d, got %d", MaxWorkers, p.Workers)
	}
	if err := d.Check(); err != nil {
		return nil, d, source.Misuse{Err: err}
	}
	if p.Horizon != 0 {
		if p.Horizon < 1 || p.Horizon > model.MaxHorizon {
			return nil, d, source.Misused("the horizon is from 1 to %d years, got %d", model.MaxHorizon, p.Horizon)
		}
		c.Horizon = p.Horizon
	}
	if p.Date != "" {
		day, err := data.ParseDay(p.Date)
		if err != nil {
			return nil, d, source.Misuse{Err: source.AtWords("--date", p.Date, err)}
		}
		if day != c.Date {
			c.Moved = c.Date
		}
		c.Date = day
	}
	if _, all := m.Absent(&c, c.Date); all {
		return nil, d, source.Misused("on %s none of the actors of case %s was a state: take another day", c.Date, c.Name)
	}
	if err := p.choose(&c, k); err != nil {
		return nil, d, err
	}
	return &c, d, comparable(m, &c)
}

// Told is a case with what Impossible tells of its measures, so that those have no value where
// it is played.
func Told(m *model.Model, k *model.Case) (*model.Case, error) {
	c := *k
	never, err := crisis.Impossible(m, k)
	c.Impossible = never
	return &c, err
}

// Bound is how many worlds a view may have.
func (p *Plan) Bound() int {
	if p.Summed {
		return MaxSummed
	}
	return MaxWorlds
}

// comparable reports whether the cases a case is held against play the same
// crisis, and are ones its views speak about.
func comparable(m *model.Model, c *model.Case) error {
	for _, name := range c.Against {
		past := m.Case(name)
		if past.Crisis != c.Crisis {
			return fmt.Errorf("case %s cannot be held against %s, which plays another crisis", c.Name, name)
		}
		for _, a := range m.Uses(past) {
			for _, v := range c.Views {
				if _, err := DistOf(a, v); err != nil {
					return fmt.Errorf("case %s cannot be held against %s: %w", c.Name, name, err)
				}
			}
		}
	}
	return nil
}

// fitting are the cases with a record that a case could be held against, by name.
func fitting(m *model.Model, c *model.Case) []string {
	var out []string
	for _, k := range m.Cases {
		if k.Name == c.Name || k.Crisis != c.Crisis || len(k.Records) == 0 {
			continue
		}
		if comparable(m, &model.Case{Name: c.Name, Crisis: c.Crisis, Views: c.Views, Against: []string{k.Name}}) == nil {
			out = append(out, k.Name)
		}
	}
	slices.Sort(out)
	return out
}

// unread are the cases that ship with a record of the crisis of a case, and of which its
// files know nothing.
func unread(m *model.Model, c *model.Case) []string {
	return slices.DeleteFunc(slices.Clone(c.Crisis.Recorded), func(name string) bool { return m.Case(name) != nil })
}

func (p *Plan) choose(c, k *model.Case) error {
	var err error
	c.Options, err = Pick("option", p.Options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return err
	}
	c.Views, err = Pick("view", p.Views, k.Views, func(v *model.View) string { return v.Name })
	if err != nil {
		return err
	}
	if p.Baseline != "" {
		base, err := Pick("option", []string{p.Baseline}, k.Options, func(o *model.Option) string { return o.Name })
		if err != nil {
			return err
		}
		c.Baseline = base[0]
		if !slices.Contains(c.Options, c.Baseline) {
			return source.Hint(source.Misused("the baseline %s is not among the options to run", p.Baseline), strings.Join(p.Options, ", "))
		}
	}
	if c.Baseline == nil {
		c.Baseline = k.Options[0]
	}
	return nil
}

// NoCrisis is the lack of a case of law alone, in which nothing can be run.
func NoCrisis(k *model.Case) error {
	hint := "casus why answers questions of law"
	if k.Course != nil {
		hint = "casus run judges its course by the law of each day, and " + hint
	}
	return source.Hint(source.Lacking("case %s has no crisis to run", k.Name), hint)
}

// NoneCalled is the misuse of a name that nothing of the kind has in a case or record.
func NoneCalled(what, name string, known []string) error {
	return source.Missing{Name: name, Err: source.Hint(source.Misused("no %s %q in this case", what, name), source.Among(name, known))}
}

// Pick selects by name, in the order of the case; no names select all.
func Pick[T any](what string, names []string, from []T, name func(T) string) ([]T, error) {
	if len(names) == 0 {
		return from, nil
	}
	var known []string
	for _, x := range from {
		known = append(known, name(x))
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, NoneCalled(what, n, known)
		}
	}
	var out []T
	for _, x := range from {
		if slices.Contains(names, name(x)) {
			out = append(out, x)
		}
	}
	return out, nil
}

// DistOf is the distribution that a view holds of an assumption; of a union,
// the mixture of its members in equal parts.
func DistOf(a *model.Assumption, v *model.View) (draw.Dist, error) {
	names := v.Union
	if len(names) == 0 {
		names = []string{v.Name}
	}
	var ds []draw.Dist
	var ws []float64
	for _, name := range names {
		b := a.Belief(name)
		if b == nil {
			return nil, fmt.Errorf("view %s says nothing about %s", name, a.Name)
		}
		ds = append(ds, b.Dist)
		ws = append(ws, 1)
	}
	if same(ds) {
		return ds[0], nil
	}
	return draw.Mixture(ds, ws)
}

func same(ds []draw.Dist) bool {
	for _, d := range ds[1:] {
		if d.String() != ds[0].String() {
			return false
		}
	}
	return true
}

// tabulateFrom is the world from which slow quantiles are read from a table:
// for that many, the quantile itself is quicker.
const tabulateFrom = 5000

// Draws gives each assumption its value in each world of a view: one column
// for each assumption, in their order. Correlations of the view make those they
// name depend on each other; each keeps its distribution, and one that none
// names keeps its draws. Under a design that can be extended, more worlds keep
// the earlier ones to the bit.
func Draws(as []*model.Assumption, v *model.View, d draw.Design) ([][]float64, error) {
	return extend(context.Background(), nil, as, v, d)
}

// DrawsUntil is Draws that ends with the context: of millions of worlds it takes long.
func DrawsUntil(ctx context.Context, as []*model.Assumption, v *model.View, d draw.Design) ([][]float64, error) {
	return drawsOf(ctx, nil, as, v, d, 0, d.N, v.Correlations)
}

// stopEvery counts the draws made before it is asked whether to go on.
const stopEvery = 1 << 16

// DrawsWith is Draws with these correlations in place of those of the view.
func DrawsWith(ctx context.Context, as []*model.Assumption, v *model.View, d draw.Design, correlations []model.Correlation) ([][]float64, error) {
	return drawn(ctx, nil, as, v, d, correlations)
}

// extend draws the worlds that columns lack.
func extend(ctx context.Context, cols [][]float64, as []*model.Assumption, v *model.View, d draw.Design) ([][]float64, error) {
	return drawn(ctx, cols, as, v, d, v.Correlations)
}

// drawn is extend with these correlations in place of those of the view.
func drawn(ctx context.Context, cols [][]float64, as []*model.Assumption, v *model.View, d draw.Design, correlations []model.Correlation) ([][]float64, error) {
	from := 0
	if len(cols) > 0 {
		from = len(cols[0])
	}
	return drawsOf(ctx, cols, as, v, d, from, max(from, d.N), correlations)
}

// drawsOf adds to columns, if there are any, the values of each assumption in worlds
// from ≤ i < to. Whether the quantile of a world is exact or from a table depends on
// the number of the world alone.
func drawsOf(ctx context.Context, cols [][]float64, as []*model.Assumption, v *model.View, d draw.Design, from, to int, correlations []model.Correlation) ([][]float64, error) {
	joint, err := tied(d, from, to, correlations)
	if err != nil {
		return nil, fmt.Errorf("view %s: %w", v.Name, err)
	}
	out := make([][]float64, len(as))
	for i, a := range as {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		dist, err := DistOf(a, v)
		if err != nil {
			return nil, fmt.Errorf("assumption %s, view %s: %w", a.Name, v.Name, err)
		}
		fresh := joint[a.Name]
		if fresh == nil {
			fresh = d.Block(a.Name, from, to)
		}
		if len(cols) > 0 {
			out[i] = cols[i]
		}
		out[i] = grown(out[i], fresh)
		added := out[i][len(out[i])-len(fresh):]
		exact := added[:min(len(added), max(0, tabulateFrom-d.First-from))]
		for j, u := range exact {
			exact[j] = dist.Quantile(u)
		}
		rest := added[len(exact):]
		if len(rest) > 0 {
			dist = draw.Tabulate(dist)
		}
		for j, u := range rest {
			if j%stopEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			rest[j] = dist.Quantile(u)
		}
	}
	return out, nil
}

// tied gives some worlds, in (0, 1), of those assumptions that correlations
// name, whether or not a case reads them: so a case and one it is held against
// have the same worlds. All others keep their draws.
func tied(d draw.Design, from, to int, correlations []model.Correlation) (map[string][]float64, error) {
	if len(correlations) == 0 {
		return nil, nil
	}
	c, err := model.Copula(correlations)
	if err != nil {
		return nil, err
	}
	var columns [][]float64
	for _, name := range c.Inputs {
		columns = append(columns, d.Block(name, from, to))
	}
	out := map[string][]float64{}
	for k, column := range c.Map(columns) {
		out[c.Inputs[k]] = column
	}
	return out, nil
}

// Medians gives each assumption its median under a view.
func Medians(as []*model.Assumption, v *model.View) ([]float64, error) {
	out := make([]float64, len(as))
	for i, a := range as {
		dist, err := DistOf(a, v)
		if err != nil {
			return nil, err
		}
		out[i] = dist.Quantile(0.5)
	}
	return out, nil
}
