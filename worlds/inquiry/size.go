package inquiry

import (
	"context"
	"fmt"

	"casus/finding"
	"casus/game/crisis"
	"casus/model"
	"casus/worlds/draw"
	"casus/worlds/study"
)

// Sizes says how large the graph of each option of a case is, and which step
// makes it so.
type Sizes struct {
	finding.Head
	Sizes []OptionSize `json:"sizes"`
}

// OptionSize is the size of one option's graph.
type OptionSize struct {
	Option     string     `json:"option"`
	States     int        `json:"states"` // visited, before equal ones merge
	Decisions  int        `json:"decisions"`
	Chances    int        `json:"chances"`
	Edges      int        `json:"edges"`
	Multiplies string     `json:"multiplies"` // the step at which states multiply most, and how often
	Times      float64    `json:"times"`
	Steps      []StepSize `json:"steps"` // in the order of play
}

// StepSize is how many states stand at a step.
type StepSize struct {
	Step   string `json:"step"`
	States int    `json:"states"`
}

// SizesOf builds the graph of every option asked for; no names are all. A graph
// of more states than most is refused.
func SizesOf(ctx context.Context, m *model.Model, k *model.Case, options []string, most int) (*Sizes, error) {
	if k.Crisis == nil {
		return nil, study.NoCrisis(k)
	}
	os, err := study.Pick("option", options, k.Options, func(o *model.Option) string { return o.Name })
	if err != nil {
		return nil, err
	}
	out := &Sizes{Head: study.HeadOf("graph", m, k, os, nil, draw.Design{}), Sizes: []OptionSize{}}
	for _, o := range os {
		_, gr, err := graphOf(ctx, m, k, o, most)
		if err != nil {
			return nil, err
		}
		out.Sizes = append(out.Sizes, sizeOf(o.Name, gr.Size()))
	}
	return out, nil
}

// graphOf grounds a case under an option and builds its graph.
func graphOf(ctx context.Context, m *model.Model, k *model.Case, o *model.Option, most int) (*crisis.Game, *crisis.Graph, error) {
	g, err := crisis.Ground(m, k, o)
	if err != nil {
		return nil, nil, fmt.Errorf("option %s: %w", o.Name, err)
	}
	gr, err := crisis.Build(ctx, g, most)
	return g, gr, err
}

func sizeOf(option string, s crisis.Size) OptionSize {
	out := OptionSize{Option: option, States: s.States, Decisions: s.Decisions, Chances: s.Chances, Edges: s.Edges, Steps: []StepSize{}}
	for _, st := range s.ByStep {
		out.Steps = append(out.Steps, StepSize(st))
	}
	out.Multiplies, out.Times = s.Multiplies()
	return out
}

// Largest is the step that most states stand at; the first of equals.
func (s OptionSize) Largest() StepSize {
	var best StepSize
	for _, st := range s.Steps {
		if st.States > best.States {
			best = st
		}
	}
	return best
}
