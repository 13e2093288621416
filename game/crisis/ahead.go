package crisis

import (
	"context"

	"casus/game/tape"
	"casus/lang/syntax"
)

// Ahead answers for some measures of a case with other years ahead than it
// shows, and with choices sharper or blunter than it states. It does not change
// and may be used by many workers at once.
type Ahead struct {
	years, measures []int
	read            *Solver   // of a game that goes on: the measures of the first number of years, then those of the next
	anew            []*Solver // of one that ends with its horizon: all measures, by number of years
}

// Ahead prepares some measures (places among Measures) with so many years ahead,
// before the graph forgets. A game that goes on is the same however many years
// of it are looked at: all are read off one year, settled once. One that ends
// with its horizon is another game with another, and is built anew; most bounds
// its states as it does those of Build.
func (s *Solver) Ahead(ctx context.Context, years, measures []int, most int) (*Ahead, error) {
	out := &Ahead{years: years, measures: measures}
	if s.again != nil {
		out.read = s.reading(years, measures)
		return out, nil
	}
	g := s.Graph.Game
	for _, n := range years {
		k := *g.Case
		k.Horizon = n
		anew, err := Compile(ctx, g.Model, &k, g.Option, most)
		if err != nil {
			return nil, err
		}
		anew.Graph.Forget()
		out.anew = append(out.anew, anew)
	}
	return out, nil
}

// reading is the solver of a game that goes on with these measures over each
// number of years.
func (s *Solver) reading(years, measures []int) *Solver {
	gr := s.Graph
	out := &Solver{Graph: gr, again: s.again}
	wanted := s.sumsOf(measures)
	var outputs []tape.Node
	for _, n := range years {
		sums := gr.sums(n, wanted)
		for _, k := range measures {
			outputs = append(outputs, gr.told(gr.shown.Builder, s.Measures[k], sums, n))
		}
	}
	out.program = gr.shown.Builder.Compile(outputs)
	return out
}

// sumsOf are the sums that some measures are made of.
func (s *Solver) sumsOf(measures []int) []Sum {
	var out []Sum
	for _, k := range measures {
		s.Measures[k].Expr.Walk(func(e *syntax.Expr) {
			if x := sumOf(e); x != nil {
				out = append(out, *x)
			}
		})
	}
	return out
}

// Solve gives, by number of years, each measure in each of n worlds, where
// choices are so many times as sharp as the case states. in has one column for
// each of Graph.Game.Inputs.
func (a *Ahead) Solve(in [][]float64, n int, times float64) ([][][]float64, error) {
	out := make([][][]float64, len(a.years))
	if a.read != nil {
		s := a.read.sharpened(times)
		all := columnsOf(len(a.years)*len(a.measures), n)
		for i := range out {
			out[i] = all[i*len(a.measures):][:len(a.measures)]
		}
		return out, s.Solve(s.NewScratch(), in, all)
	}
	for i, s := range a.anew {
		s = s.sharpened(times)
		all := columnsOf(len(s.Measures), n)
		if err := s.Solve(s.NewScratch(), in, all); err != nil {
			return nil, err
		}
		for _, k := range a.measures {
			out[i] = append(out[i], all[k])
		}
	}
	return out, nil
}

// sharpened is the solver with choices so many times as sharp.
func (s *Solver) sharpened(times float64) *Solver {
	out := *s
	out.sharper = times
	return &out
}
