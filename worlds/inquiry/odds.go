package inquiry

import (
	"context"
	"slices"

	"casus/lang/source"
	"casus/law/chain"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Odds asks how likely the end of a chain diagram is where the chances of some
// links are assumptions: one pass of the compiled diagram over all worlds.
type Odds struct {
	Diagram *chain.Diagram
	Chance  func(chain.Lit) *model.Assumption // nil: the link keeps the chance of the net
	Keeps   func(chain.Lit) float64
	Worlds  int
	Seed    uint64
}

// OddsOver is the probability of the end in each world of one view.
type OddsOver struct {
	View *model.View
	P    []float64
}

// Over evaluates the diagram in every world of each view that speaks about all
// of the assumptions, in the order of the model. Names, unless empty, limits
// the views.
func (o *Odds) Over(ctx context.Context, m *model.Model, names []string) ([]OddsOver, error) {
	program, inputs := o.Diagram.Program()
	var as []*model.Assumption
	for _, x := range inputs {
		if a := o.Chance(x); a != nil && !slices.Contains(as, a) {
			as = append(as, a)
		}
	}
	if len(as) == 0 {
		return nil, nil
	}
	var out []OddsOver
	for _, v := range m.Views {
		if len(names) > 0 && !slices.Contains(names, v.Name) || slices.ContainsFunc(as, func(a *model.Assumption) bool { return !Speaks(a, v) }) {
			continue
		}
		draws, err := study.DrawsUntil(ctx, as, v, draw.Design{Kind: draw.Nested, Seed: o.Seed, N: o.Worlds})
		if err != nil {
			return nil, err
		}
		columns := make([][]float64, len(inputs))
		for i, x := range inputs {
			columns[i] = o.column(x, as, draws)
		}
		p := make([]float64, o.Worlds)
		program.Run(program.NewScratch(), columns, [][]float64{p})
		out = append(out, OddsOver{v, p})
	}
	if len(out) == 0 {
		return nil, source.Misused("no view speaks about %s", as[0].Name)
	}
	return out, nil
}

// Speaks reports whether a view holds anything of an assumption.
func Speaks(a *model.Assumption, v *model.View) bool {
	_, err := study.DistOf(a, v)
	return err == nil
}

func (o *Odds) column(x chain.Lit, as []*model.Assumption, draws [][]float64) []float64 {
	if a := o.Chance(x); a != nil {
		return draws[slices.Index(as, a)]
	}
	out := make([]float64, o.Worlds)
	for i := range out {
		out[i] = o.Keeps(x)
	}
	return out
}

// Spread is the mean, the median and the 5 and 95 % points of values; NaN for the last
// two in one world, which has no range.
func (o OddsOver) Spread() (mean, median, low, high float64) {
	s := draw.Summarise(o.P)
	return s.Mean, s.Median, s.P05, s.P95
}
