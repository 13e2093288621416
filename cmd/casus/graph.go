package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/crisis"
	"casus/finding"
	"casus/model"
	"casus/report"
	"casus/study"
)

func newGraph() *cobra.Command {
	var options, views []string
	var most int
	var asJSON, reach bool
	c := &cobra.Command{
		Use:   "graph CASE|FOLDER",
		Short: "Show how large the state graph of each option is, and what is reached in it",
		Long: `graph builds the state graph of each option of a case and shows its size: the
states visited, the decisions and chances that are left once equal ones are
merged, their edges, the step at which states multiply most (its states for each
state of the step before), and the step that most states stand at.

--reach plays each option in the central world of each view, with every
assumption at its median, and shows how often each move is come to and what is
chosen there: the answer to "why does this option make no difference".`,
		Example: `  casus graph ukraine
  casus graph estonia --reach
  casus graph ukraine --reach --view deterrence --option europe,europe_backstop`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if most < 0 {
				return usage("--max-states is a count of states", "")
			}
			if reach {
				return showReach(c, args[0], options, views, most, asJSON)
			}
			if len(views) > 0 {
				return usage("--view belongs to --reach", "the size of a graph is the same under every view")
			}
			sizes, err := sizesOf(c, args[0], options, most)
			if err != nil {
				return err
			}
			if asJSON {
				return finding.Write(c.OutOrStdout(), sizes)
			}
			sizeTable(c.OutOrStdout(), sizes)
			return nil
		},
	}
	c.Flags().StringSliceVar(&options, "option", nil, "only these options")
	c.Flags().BoolVar(&reach, "reach", false, "show how often each move is come to and what is chosen there")
	c.Flags().StringSliceVar(&views, "view", nil, "with --reach: only these views")
	c.Flags().IntVar(&most, "max-states", crisis.MaxStates, "refuse a graph of more states")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// showReach plays a case once for each option and view.
func showReach(c *cobra.Command, name string, options, views []string, most int, asJSON bool) error {
	m, k, err := loadCase(c, name)
	if err != nil {
		return err
	}
	r, err := study.Reach(c.Context(), m, k, options, views, most)
	if err != nil {
		return err
	}
	return show(c, r, report.Reach, asJSON)
}

// optionSize is the size of one option's graph, as graph --json prints it.
type optionSize struct {
	Option     string     `json:"option"`
	States     int        `json:"states"` // visited, before equal ones merge
	Decisions  int        `json:"decisions"`
	Chances    int        `json:"chances"`
	Edges      int        `json:"edges"`
	Multiplies string     `json:"multiplies"` // the step at which states multiply most, and how often
	Times      float64    `json:"times"`
	Steps      []stepSize `json:"steps"` // in the order of play
}

type stepSize struct {
	Step   string `json:"step"`
	States int    `json:"states"`
}

func sizesOf(c *cobra.Command, name string, only []string, most int) ([]optionSize, error) {
	m, problems, err := ask.Load(name)
	if err != nil {
		return nil, err
	}
	if err := refuse(c, problems); err != nil {
		return nil, err
	}
	k, err := ask.CaseOf(m, name)
	if err != nil {
		return nil, err
	}
	if k.Crisis == nil {
		return nil, fmt.Errorf("case %s has no crisis, so no graph", k.Name)
	}
	options, err := pickOptions(k, only)
	if err != nil {
		return nil, err
	}
	var out []optionSize
	for _, o := range options {
		g, err := crisis.Ground(m, k, o)
		if err != nil {
			return nil, fmt.Errorf("option %s: %w", o.Name, err)
		}
		gr, err := crisis.Build(c.Context(), g, most)
		if err != nil {
			return nil, err
		}
		out = append(out, sizeOf(o.Name, gr.Size()))
	}
	return out, nil
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
			return nil, ask.Unknown("option of case "+k.Name, name, known)
		}
	}
	return out, nil
}

func sizeOf(option string, s crisis.Size) optionSize {
	out := optionSize{Option: option, States: s.States, Decisions: s.Decisions, Chances: s.Chances, Edges: s.Edges, Steps: []stepSize{}}
	for _, st := range s.ByStep {
		out.Steps = append(out.Steps, stepSize(st))
	}
	out.Multiplies, out.Times = s.Multiplies()
	return out
}

// largest is the step that most states stand at; the first of equals.
func (s optionSize) largest() stepSize {
	var best stepSize
	for _, st := range s.Steps {
		if st.States > best.States {
			best = st
		}
	}
	return best
}

func sizeTable(w io.Writer, sizes []optionSize) {
	width := len("option")
	for _, s := range sizes {
		width = max(width, len(s.Option))
	}
	fmt.Fprintf(w, "%-*s %9s %9s %9s %9s  %-24s %s\n", width, "option", "states", "decisions", "chances", "edges", "multiplied most by", "largest step")
	for _, s := range sizes {
		top := s.largest()
		fmt.Fprintf(w, "%-*s %9d %9d %9d %9d  %-24s %s (%d)\n", width, s.Option, s.States, s.Decisions, s.Chances, s.Edges,
			fmt.Sprintf("%s (times %.3g)", s.Multiplies, s.Times), top.Step, top.States)
	}
}
