package main

import (
	"github.com/spf13/cobra"

	"casus/ask"
	"casus/game/crisis"
	"casus/show"
)

func newGraph() *cobra.Command {
	var options, views, at []string
	var most int
	var of string
	var asJSON, reach, efg bool
	c := &cobra.Command{
		Use:   "graph CASE|FOLDER",
		Short: "Show how large the state graph of each option is, and what is reached in it",
		Long: `graph builds the state graph of each option of a case and shows its size: the
states visited, the decisions and chances that are left once equal ones are
merged, their edges, the step at which states multiply most (its states for each
state of the step before), and the step that most states stand at.

--reach plays each option in the central world of each view, with every
assumption at its median, and shows how often each move is come to and what is
chosen there: the answer to "why does this option make no difference".

--at opens one play of one option, step by step: where it stands after the
choices named, what can happen there and how likely each is. --at start stands
where the first choice is made.

--format efg writes the game of one option in the central world of one view as
Gambit reads it: a case that goes on beyond its years (discount) has no such
file, nor has a game of more than a million nodes.`,
		Example: `  casus graph ukraine
  casus graph estonia --reach
  casus graph ukraine --reach --view deterrence --option europe,europe_backstop
  casus graph ukraine --at start --view deterrence --option europe
  casus graph ./mycase --option pledge --view doves --format efg >game.efg`,
		Args: oneCase,
		RunE: func(c *cobra.Command, args []string) error {
			of := named(args, of)
			if efg {
				if reach || len(at) > 0 {
					return usage("an .efg file holds the whole game", "leave --reach and --at out")
				}
				text, err := ask.EFG{Of: of, Options: options, Views: views, MaxStates: most}.Answer(c.Context(), told(c))
				if err != nil {
					return err
				}
				_, err = whole(c).Write(text)
				return err
			}
			if len(at) > 0 {
				if reach {
					return usage("--at follows one play, --reach counts over all", "give one of the two")
				}
				r, err := ask.Walk{Of: of, At: at, Options: options, Views: views, MaxStates: most}.Answer(c.Context(), told(c))
				if err != nil {
					return err
				}
				return tell(c, r, show.Walk, asJSON)
			}
			if reach {
				r, err := ask.Reach{Of: of, Options: options, Views: views, MaxStates: most}.Answer(c.Context(), told(c))
				if err != nil {
					return err
				}
				return tell(c, r, show.Reach, asJSON)
			}
			if len(views) > 0 {
				return usage("--view belongs to --reach and --at", "the size of a graph is the same under every view")
			}
			sizes, err := ask.Graph{Of: of, Options: options, MaxStates: most}.Answer(c.Context(), told(c))
			if err != nil {
				return err
			}
			return tell(c, sizes, show.Sizes, asJSON)
		},
	}
	caseFlag(c.Flags(), &of)
	c.Flags().StringSliceVar(&options, "option", nil, "only these options")
	c.Flags().BoolVar(&reach, "reach", false, "show how often each move is come to and what is chosen there")
	c.Flags().StringSliceVar(&views, "view", nil, "with --reach: only these views; with --at: the one")
	c.Flags().StringSliceVar(&at, "at", nil, "show what can happen after these choices: start, or choices in order")
	c.Flags().IntVar(&most, "max-states", crisis.MaxStates, "refuse a graph of more states")
	c.Flags().BoolVar(&efg, "efg", false, "write the game for Gambit")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}
