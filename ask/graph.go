package ask

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"casus/crisis"
	"casus/model"
	"casus/source"
	"casus/study"
)

// Graph asks how large the state graph of each option of a case is.
type Graph struct {
	Of        Named
	Options   []string // none: all
	MaxStates int      // refuse a graph of more states
}

// OptionSize is the size of one option's graph, as graph --json prints it.
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

// StepSize is one step of play, with the states that stand at it.
type StepSize struct {
	Step   string `json:"step"`
	States int    `json:"states"`
}

// Answer builds each graph.
func (q Graph) Answer(ctx context.Context, to Told) ([]OptionSize, error) {
	if q.MaxStates < 0 {
		return nil, Usage(fmt.Sprintf("--max-states is a count of states, got %d", q.MaxStates), "")
	}
	m, k, err := q.Of.Load(to)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil {
		return nil, fmt.Errorf("case %s has no crisis, so no graph", k.Name)
	}
	options, err := pickOptions(k, q.Options)
	if err != nil {
		return nil, err
	}
	var out []OptionSize
	for _, o := range options {
		g, err := crisis.Ground(m, k, o)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
		gr, err := crisis.Build(ctx, g, q.MaxStates)
		if err != nil {
			return nil, err
		}
		out = append(out, sizeOf(o.Name, gr.Size()))
	}
	return out, nil
}

// Reach asks how often each move of a case is come to, and what is chosen there.
type Reach struct {
	Of             Named
	Options, Views []string // none: all
	MaxStates      int
}

// Answer plays each option in the central world of each view.
func (q Reach) Answer(ctx context.Context, to Told) (*study.Reached, error) {
	if q.MaxStates < 0 {
		return nil, Usage(fmt.Sprintf("--max-states is a count of states, got %d", q.MaxStates), "")
	}
	m, k, err := q.Of.Load(to)
	if err != nil {
		return nil, err
	}
	return study.Reach(ctx, m, k, q.Options, q.Views, q.MaxStates)
}

// pickOptions are the options of a case that are named, in the case's order;
// all of them when none is.
func pickOptions(k *model.Case, only []string) ([]*model.Option, error) {
	if len(only) == 0 {
		return k.Options, nil
	}
	wanted := map[string]bool{}
	for _, name := range only {
		wanted[name] = true
	}
	var out []*model.Option
	var known []string
	for _, o := range k.Options {
		known = append(known, o.Name)
		if wanted[o.Name] {
			out = append(out, o)
		}
		delete(wanted, o.Name)
	}
	for _, name := range only {
		if wanted[name] {
			return nil, source.Misused("no option %q in this case (%s)", name, cmp.Or(source.DidYouMean(name, known), "there are "+strings.Join(known, ", ")))
		}
	}
	return out, nil
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
