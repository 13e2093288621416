package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/ask"
	"casus/show"
	"casus/worlds/study"
)

type spreading struct {
	q       ask.Chains
	json    bool
	picture string
}

func newChains() *cobra.Command {
	s := &spreading{}
	c := &cobra.Command{
		Use:   "chains --event EVENT --end END [flags]",
		Short: "Find the chains by which an event draws a state into a war",
		Long: `chains finds every smallest set of articles, deployments, events and choices by
which an event leads to an end, each told as a story with the class of every
choice: bound (military help is owed), discretionary (help is owed, its form is
free), likely (a free choice with a chance of a half or more), strike (an attack
that nobody owes), own choice (an entry that nobody owes).

With --without a link is taken away, by its name in the listing, and what remains
is found; more links are taken away by more flags.

The end is fights(USA, RUS), that two states are at war, or drawn(USA), that a
state is at war with anybody. With --chance it also gives the probability, exact
by a decision diagram, and what each link is to it. A chance is written
WHAT=NUMBER or WHAT=ASSUMPTION. WHAT is, from narrow to wide: the name of a link
in the listing; NAT.5:USA; NAT.5; a class of duty (AID_MILITARY); duty, strike,
own or fact. The shipped assumption honour_rate has a view for each published
rate of compliance.`,
		Example: `  casus chains --case ukraine --option europe --event "armed attack by RUS on UKR, object territory, at kyiv" --end "fights(USA, RUS)"
  casus chains --date 1914-07-28 --event "declaration of war by AUH on SRB" --end "drawn(GBR)" --own "RUS against AUH for SRB" --own "DEU attacks BEL once at_war(DEU, FRA)"
  casus chains --case ukraine --option europe --event "armed attack by RUS on UKR" --end "drawn(USA)" --chance duty=honour_rate --chance strike=0.1`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c) },
	}
	s.flags(c)
	return c
}

func newCut() *cobra.Command {
	s := &spreading{q: ask.Chains{Cuts: true}}
	c := &cobra.Command{
		Use:   "cut --event EVENT --end END [flags]",
		Short: "Find what cuts every chain from an event to an end",
		Long: `cut finds the smallest sets of articles, deployments and declarations without
which no chain from the event to the end is left, and how much hangs on each
link. --only says what may be taken away; choices may be, too, and where the
place of the attack is left open, that can take a minute. See chains for the
event, the end and the chances.`,
		Example: `  casus cut --case ukraine --option europe --event "armed attack by RUS on UKR, object territory, at kyiv" --end "fights(USA, RUS)"
  casus cut --case ukraine --option europe --event "armed attack by RUS on UKR, object territory, at kyiv" --end "drawn(USA)" --only article,deployment`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c) },
	}
	s.flags(c)
	c.Flags().StringSliceVar(&s.q.Only, "only", []string{"article", "declaration", "deployment"}, "what may be taken away: "+strings.Join(ask.Removable, ", "))
	return c
}

func (s *spreading) flags(c *cobra.Command) {
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&s.q.Start, "event", "", `the event, as a model file writes it: "armed attack by RUS on UKR, object territory, at kyiv"`)
	f.StringVar(&s.q.End, "end", "", `the end: "fights(USA, RUS)" or "drawn(USA)"`)
	f.StringVar(&s.q.Between, "between", "", "the end that these two are at war: USA,RUS")
	formerly(f, "from", "event")
	formerly(f, "to", "end")
	lawFlags(f, &s.q.Question)
	shippedLaw(f)
	f.StringArrayVar(&s.q.After, "after", nil, `what happened before: "armed attack by RUS on UKR, on 2022-02-24"`)
	f.StringArrayVar(&s.q.Own, "own", nil, `an entry that no article asks for: "RUS against AUH for SRB", "DEU attacks BEL once at_war(DEU, FRA)"`)
	f.StringArrayVar(&s.q.Deployed, "deployed", nil, `forces beside those of the option: "FRA at UKR"`)
	f.StringArrayVar(&s.q.Without, "without", nil, `a link that is taken away, by its name in the listing: "NAT.5", "USA honours NAT.5"`)
	f.StringArrayVar(&s.q.Chances, "chance", nil, "how likely choices are: duty=0.5, NAT.5:USA=0.8, strike=0.1")
	f.StringSliceVar(&s.q.Views, "view", nil, "only these views of assumptions")
	f.IntVar(&s.q.Worlds, "worlds", study.DefaultWorlds, "worlds for each view, where a chance is an assumption")
	f.Uint64Var(&s.q.Seed, "seed", study.DefaultSeed, "the seed of the worlds")
	memoryFlag(f, &s.q.Memory)
	f.IntVar(&s.q.Links, "links", 9, "only chains of up to so many links; 0: any number")
	f.IntVar(&s.q.Most, "most", 60, "list at most so many chains or cuts; 0: all")
	f.BoolVar(&s.json, "json", false, "write JSON")
	f.StringVar(&s.picture, "picture", "", "also draw the chains into this SVG file")
	if err := c.RegisterFlagCompletionFunc("without", s.links); err != nil {
		panic(err)
	}
}

// links completes --without: the links of the chains that are asked for so far. Where
// the question is not whole yet it says nothing.
func (s *spreading) links(c *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	q := s.q
	q.Without, q.Chances = nil, nil
	o, err := q.Answer(c.Context(), ask.Told{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, l := range o.Links {
		if !slices.Contains(s.q.Without, l.Name) {
			names = append(names, l.Name)
		}
	}
	return begunBy(names, begun), cobra.ShellCompDirectiveNoFileComp
}

func (s *spreading) run(c *cobra.Command) error {
	s.q.Given = c.Flags().Changed
	o, err := s.q.Answer(c.Context(), told(c))
	if err != nil {
		return err
	}
	if err := draw(s.picture, o, show.ChainsPicture); err != nil {
		return err
	}
	if err := tell(c, o, show.Chains, s.json); err != nil || !o.Stopped {
		return err
	}
	return context.Canceled
}
