package main

import (
	"io"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/game/crisis"
	"casus/show"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// graphOf holds the flags of graph.
type graphOf struct {
	c                  *cobra.Command
	of                 string
	options, views, at []string
	most               int
	json, reach, efg   bool
	ladder             bool
	run                study.Plan // of the ladder
	memory             int64      // of the ladder
	picture            string
}

func newGraph() *cobra.Command {
	f := &graphOf{}
	f.c = &cobra.Command{
		Use:   "graph CASE|FOLDER",
		Short: "Show how large the state graph of each option is, and what is reached in it",
		Long: `graph builds the state graph of each option of a case and shows its size: the
states visited, the decisions and chances that are left once equal ones are
merged, their edges, the step at which states multiply most (its states for each
state of the step before), and the step that most states stand at.

--reach plays each option in the central world of each view, with every
assumption at its median, and shows how often each move is come to and what is
chosen there: the answer to "why does this option make no difference".

--ladder shows how often each step of escalation (a fact of the crisis with a
title) comes about, year by year: in worlds of each view, with the median and the
range of nine worlds in ten. --picture FILE draws that of one option.

--at opens one play of one option, step by step: where it stands after the
choices named, what can happen there and how likely each is. --at start stands
where the first choice is made.

--format efg writes the game of one option in the central world of one view as
Gambit reads it: a case that goes on beyond its years (discount) has no such
file, nor has a game of more than a million nodes.`,
		Example: `  casus graph ukraine
  casus graph estonia --reach
  casus graph ukraine --reach --view deterrence --option europe,europe_backstop
  casus graph ukraine --ladder --option europe
  casus graph ukraine --at start --view deterrence --option europe
  casus graph ./mycase --option pledge --view doves --format efg >game.efg`,
		Args: oneCase,
		RunE: func(_ *cobra.Command, args []string) error { return f.show(named(args, f.of)) },
	}
	fs := f.c.Flags()
	caseFlag(fs, &f.of)
	fs.StringSliceVar(&f.options, "option", nil, "only these options")
	fs.BoolVar(&f.reach, "reach", false, "show how often each move is come to and what is chosen there")
	fs.BoolVar(&f.ladder, "ladder", false, "show how often each step of escalation comes about, year by year")
	fs.StringVar(&f.picture, "picture", "", "with --ladder, of one option: draw it into this file (SVG)")
	fs.IntVar(&f.run.Worlds, "worlds", inquiry.LadderWorlds, "with --ladder: worlds for each view")
	fs.Uint64Var(&f.run.Seed, "seed", study.DefaultSeed, "with --ladder: seed of the draws")
	fs.StringVar(&f.run.Design, "design", "sobol", "with --ladder: how worlds are laid out: sobol, lhs or mc")
	fs.IntVar(&f.run.Workers, "workers", 0, "with --ladder: workers (default: one for each processor)")
	memoryFlag(fs, &f.memory)
	fs.Lookup("memory").Usage = "with --ladder: " + fs.Lookup("memory").Usage
	fs.StringSliceVar(&f.views, "view", nil, "with --reach and --ladder: only these views; with --at: the one")
	fs.StringSliceVar(&f.at, "at", nil, "show what can happen after these choices: start, or choices in order")
	fs.IntVar(&f.most, "max-states", crisis.MaxStates, "refuse a graph of more states")
	fs.BoolVar(&f.efg, "efg", false, "write the game for Gambit")
	fs.BoolVar(&f.json, "json", false, "write JSON")
	return f.c
}

// show answers one of the five questions that the flags stand for.
func (f *graphOf) show(of ask.Named) error {
	ctx, to := f.c.Context(), told(f.c)
	switch {
	case f.efg && (f.reach || f.ladder || len(f.at) > 0):
		return usage("an .efg file holds the whole game", "leave --reach, --ladder and --at out")
	case f.ladder && (f.reach || len(f.at) > 0):
		return usage("--ladder counts over years and worlds", "leave --reach and --at out")
	case f.ladder:
		return f.climb(of)
	case f.givenOfLadder() != "":
		return ask.Belongs(f.givenOfLadder(), "ladder", "the rest is of the central world")
	case f.efg:
		text, err := ask.EFG{Of: of, Options: f.options, Views: f.views, MaxStates: f.most}.Answer(ctx, to)
		if err != nil {
			return err
		}
		_, err = whole(f.c).Write(text)
		return err
	case len(f.at) > 0 && f.reach:
		return usage("--at follows one play, --reach counts over all", "give one of the two")
	case len(f.at) > 0:
		r, err := ask.Walk{Of: of, At: f.at, Options: f.options, Views: f.views, MaxStates: f.most}.Answer(ctx, to)
		return answered(f.c, r, err, show.Walk, f.json)
	case f.reach:
		r, err := ask.Reach{Of: of, Options: f.options, Views: f.views, MaxStates: f.most}.Answer(ctx, to)
		return answered(f.c, r, err, show.Reach, f.json)
	case len(f.views) > 0:
		return usage("--view belongs to --reach, --ladder, --at and --format efg", "the size of a graph is the same under every view")
	}
	r, err := ask.Graph{Of: of, Options: f.options, MaxStates: f.most}.Answer(ctx, to)
	return answered(f.c, r, err, show.Sizes, f.json)
}

// climb shows the ladder.
func (f *graphOf) climb(of ask.Named) error {
	p := f.run
	p.Options, p.Views, p.MaxStates = f.options, f.views, f.most
	if f.picture != "" && len(f.options) != 1 {
		return usage("a picture is of one option", "name it with --option")
	}
	r, err := ask.Ladder{Worlds: ask.Worlds{Of: of, Plan: p, Memory: f.memory, Given: f.c.Flags().Changed}}.Answer(f.c.Context(), told(f.c))
	if err == nil {
		err = draw(f.picture, r, func(w io.Writer, r *inquiry.Ladder) error { return show.LadderPicture(w, r, 0) })
	}
	return answered(f.c, r, err, show.Ladder, f.json)
}

// givenOfLadder is a flag of the ladder that was given; empty: none was.
func (f *graphOf) givenOfLadder() string {
	for _, name := range []string{"worlds", "seed", "design", "workers", "memory", "picture"} {
		if f.c.Flags().Changed(name) {
			return name
		}
	}
	return ""
}
