package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/chain"
	"casus/law"
	"casus/model"
	"casus/report"
	"casus/source"
	"casus/study"
)

// spreading is what the flags of chains and cut say.
type spreading struct {
	question
	start, to     string
	own, deployed []string
	chances       []string
	only          []string
	views         []string
	picture       string
	links, most   int
	worlds        int
	seed          uint64
}

func newChains() *cobra.Command {
	s := &spreading{}
	c := &cobra.Command{
		Use:   "chains --from EVENT --to END [flags]",
		Short: "Find the chains by which an event draws a state into a war",
		Long: `chains finds every smallest set of articles, deployments, events and choices by
which an event leads to an end, each told as a story with the class of every
choice: bound (military help is owed), discretionary (help is owed, its form is
free), likely (a free choice with a chance of a half or more), strike (an attack
that nobody owes), own choice (an entry that nobody owes).

The end is fights(USA, RUS), that two states are at war, or drawn(USA), that a
state is at war with anybody. With --chance it also gives the probability, exact
by a decision diagram, and what each link is to it. A chance is written
WHAT=NUMBER or WHAT=ASSUMPTION. WHAT is, from narrow to wide: the name of a link
in the listing; NAT.5:USA; NAT.5; a class of duty (AID_MILITARY); duty, strike,
own or fact. The shipped assumption honour_rate has a view for each published
rate of compliance.`,
		Example: `  casus chains --case ukraine --option europe --from "armed attack by RUS on UKR, object territory, at kyiv" --to "fights(USA, RUS)"
  casus chains --date 1914-07-28 --from "declaration of war by AUH on SRB" --to "drawn(GBR)" --own "RUS against AUH for SRB"
  casus chains --case ukraine --option europe --from "armed attack by RUS on UKR" --to "drawn(USA)" --chance duty=honour_rate --chance strike=0.1`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c, false) },
	}
	s.flags(c)
	return c
}

func newCut() *cobra.Command {
	s := &spreading{}
	c := &cobra.Command{
		Use:   "cut --from EVENT --to END [flags]",
		Short: "Find what cuts every chain from an event to an end",
		Long: `cut finds the smallest sets of articles, deployments and declarations without
which no chain from the event to the end is left, and how much hangs on each
link. --only says what may be taken away; choices may be, too. See chains for
the event, the end and the chances.`,
		Example: `  casus cut --case ukraine --option europe --from "armed attack by RUS on UKR, object territory, at kyiv" --to "fights(USA, RUS)"
  casus cut --case ukraine --option europe --from "armed attack by RUS on UKR" --to "drawn(USA)" --only deployment,choice`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c, true) },
	}
	s.flags(c)
	c.Flags().StringSliceVar(&s.only, "only", []string{"article", "declaration", "deployment"}, "what may be taken away: article, declaration, deployment, event, choice, fact")
	return c
}

func (s *spreading) flags(c *cobra.Command) {
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&s.start, "from", "", `the event, as a model file writes it: "armed attack by RUS on UKR, object territory, at kyiv"`)
	f.StringVar(&s.to, "to", "", `the end: "fights(USA, RUS)" or "drawn(USA)"`)
	s.lawFlags(f)
	s.shippedLaw(f)
	f.StringArrayVar(&s.own, "own", nil, `an entry that no article asks for: "RUS against AUH for SRB", "DEU attacks BEL once at_war(DEU, FRA)"`)
	f.StringArrayVar(&s.deployed, "deployed", nil, `forces beside those of the option: "FRA at UKR"`)
	f.StringArrayVar(&s.chances, "chance", nil, "how likely choices are: duty=0.5, NAT.5:USA=0.8, strike=0.1")
	f.StringSliceVar(&s.views, "view", nil, "only these views of assumptions")
	f.IntVar(&s.worlds, "worlds", study.DefaultWorlds, "worlds for each view, where a chance is an assumption")
	f.Uint64Var(&s.seed, "seed", study.DefaultSeed, "the seed of the worlds")
	f.IntVar(&s.links, "links", 9, "only chains of up to so many links; 0: any number")
	f.IntVar(&s.most, "most", 60, "list at most so many chains or cuts; 0: all")
	f.BoolVar(&s.json, "json", false, "print JSON")
	f.StringVar(&s.picture, "picture", "", "also draw the chains into this SVG file")
}

func (s *spreading) run(c *cobra.Command, cuts bool) error {
	if err := s.lacks(); err != nil {
		return err
	}
	if len(s.chances) > 0 {
		s.also = []string{"crises/compliance"}
	}
	r, err := s.lawOfDay(c)
	if err != nil {
		return err
	}
	spread, err := s.spread(r)
	if err != nil {
		return err
	}
	chances, err := readChances(r.m, s.chances)
	if err != nil {
		return err
	}
	if len(chances) > 0 {
		spread.Chance = chances.of
	}
	if len(chances) == 0 && !cuts { // probabilities and cuts are of the whole cascade
		spread.Links = s.links
	}
	book := r.book()
	cascade, err := book.Cascade(*spread)
	if err != nil {
		return err
	}
	target, reachable, err := s.end(r, cascade)
	if err != nil {
		return err
	}
	routes := cascade.NoRoutes()
	if reachable {
		if routes, err = cascade.Routes(c.Context(), target, s.links); err != nil {
			return err
		}
	}
	o := report.NewChains(book, cascade, routes, spread.Start, s.to, s.options, s.links, s.most)
	o.Warnings, o.Notes = append(o.Warnings, r.warnings...), append(o.Notes, r.notes()...)
	if reachable {
		weights, err := routes.Structural(c.Context(), cascade)
		if err != nil {
			return err
		}
		o.Structure(weights)
	}
	if cuts && reachable {
		found, err := cascade.Net.Cuts(c.Context(), target, s.removable(cascade), chain.Bound{Max: s.most})
		if err != nil {
			return err
		}
		o.Cut(cascade, found)
	}
	if len(chances) > 0 && reachable {
		if err := s.odds(c, r.m, o, cascade, routes, chances); err != nil {
			return err
		}
	}
	if s.picture != "" {
		var b strings.Builder
		if err := o.Picture(&b); err != nil {
			return err
		}
		if err := replace(s.picture, b.String()); err != nil {
			return err
		}
	}
	return show(c, o, s.json)
}

func (s *spreading) lacks() error {
	switch {
	case s.start == "":
		return usage("from which event?", `add --from "armed attack by RUS on UKR, object territory, at kyiv"`)
	case s.to == "":
		return usage("to which end?", `add --to "fights(USA, RUS)" or --to "drawn(USA)"`)
	case s.date == "" && s.question.from == "":
		return usage("on which day?", "add --date YYYY-MM-DD, or --case CASE to take its date")
	case s.links < 0 || s.most < 0:
		return usage("--links and --most are counts", "0 is any number")
	case s.worlds < 1:
		return usage("--worlds is a count of 1 or more", "")
	}
	for _, kind := range s.only {
		if !slices.Contains(removableKinds, kind) {
			return usage(fmt.Sprintf("--only cannot be %q", kind), "it is "+strings.Join(removableKinds, ", "))
		}
	}
	return nil
}

var removableKinds = []string{"article", "declaration", "deployment", "event", "choice", "fact"}

func (s *spreading) removable(c *law.Cascade) func(chain.Lit) bool {
	return func(x chain.Lit) bool { return slices.Contains(s.only, c.Links[c.Net.Name(x)].Kind.String()) }
}

// spread resolves the event, the forces and the own choices.
func (s *spreading) spread(r *resolving) (*law.Spread, error) {
	ev, err := r.eventWords(s.start)
	if err != nil {
		return nil, err
	}
	if ev.By == "" || ev.On == "" {
		return nil, fmt.Errorf("--from: an event with an attacker and a victim is asked for (… by RUS on UKR …)")
	}
	for k, v := range r.event.Facts {
		ev.Facts[k] = v
	}
	ev.Readings = r.event.Readings
	out := &law.Spread{Start: ev, Deployed: law.DeployedBy(r.acts)}
	for _, words := range s.deployed {
		state, place, ok := strings.Cut(words, " at ")
		if !ok {
			return nil, usage("--deployed is written STATE at PLACE", "")
		}
		id, err := r.stateOnDay(state)
		if err != nil {
			return nil, err
		}
		at := &resolving{m: r.m, day: r.day}
		if err := at.place(&question{at: place}); err != nil {
			return nil, err
		}
		out.Deployed = append(out.Deployed, law.Deployed{State: id, Place: at.event.Place})
	}
	for _, words := range s.own {
		o, err := r.ownChoice(words)
		if err != nil {
			return nil, err
		}
		out.Own = append(out.Own, o)
	}
	return out, nil
}

var ownForm = regexp.MustCompile(`^(.+?) (against|attacks) (.+?)(?: for (.+)| once at_war\((.+),(.+)\))?$`)

// ownChoice reads "RUS against AUH for SRB" and "DEU attacks BEL once
// at_war(DEU, FRA)".
func (r *resolving) ownChoice(words string) (law.OwnChoice, error) {
	parts := ownForm.FindStringSubmatch(strings.TrimSpace(words))
	if parts == nil {
		return law.OwnChoice{}, usage(fmt.Sprintf("--own cannot be %q", words), "it is STATE against STATE or STATE attacks STATE, and may end in for STATE or once at_war(STATE, STATE)")
	}
	o := law.OwnChoice{Attacks: parts[2] == "attacks"}
	for i, to := range [...]*string{nil, &o.State, nil, &o.Against, &o.Once[1], &o.Once[0], &o.Once[1]} {
		if to == nil || parts[i] == "" {
			continue
		}
		id, err := r.stateOnDay(parts[i])
		if err != nil {
			return law.OwnChoice{}, err
		}
		*to = id
	}
	if parts[4] != "" {
		o.Once[0] = o.Against
	}
	return o, nil
}

// eventWords reads an event as a model file writes it.
func (r *resolving) eventWords(words string) (law.Event, error) {
	spec, problems := r.m.ParseEvent(source.New("<--from>", []byte("event "+words+"\n")))
	if errs := problems.Errors(); len(errs) > 0 {
		return law.Event{}, errs
	}
	return law.EventOf(spec), nil
}

// end finds the proposition that the words of --to name; false when nothing
// that was read can bring it about.
func (s *spreading) end(r *resolving, c *law.Cascade) (chain.Lit, bool, error) {
	name, inside, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(s.to), ")"), "(")
	var states []string
	if ok {
		for _, word := range strings.Split(inside, ",") {
			id, err := r.stateOnDay(word)
			if err != nil {
				return 0, false, err
			}
			states = append(states, id)
		}
	}
	switch {
	case (name == "fights" || name == "at_war") && len(states) == 2 && states[0] != states[1]:
		s.to = states[0] + " and " + states[1] + " at war"
		x, ok := c.War(states[0], states[1])
		return x, ok, r.defined(ok, states)
	case name == "drawn" && len(states) == 1:
		s.to = states[0] + " drawn into war"
		x, ok := c.Drawn(states[0])
		return x, ok, r.defined(ok, states)
	}
	return 0, false, usage(fmt.Sprintf("--to cannot be %q", s.to), `it is "fights(USA, RUS)" or "drawn(USA)"`)
}

// defined is the error of an end that nothing leads to because one of its states
// was none on the day: that is not the same as no chain.
func (r *resolving) defined(reachable bool, states []string) error {
	for _, id := range states {
		if !reachable && r.noMember(id) {
			return fmt.Errorf("--to is not defined on %s: %s (%s) was no member of the state system; %s", r.day, r.m.States.Name(id, r.day), id, r.spells(id))
		}
	}
	return nil
}

// chance is how likely the choices of one description are: a number, or an
// assumption.
type chance struct {
	what       string
	value      float64
	assumption *model.Assumption
}

type chances []chance

// readChances reads WHAT=NUMBER and WHAT=ASSUMPTION.
func readChances(m *model.Model, flags []string) (chances, error) {
	var out chances
	for _, flag := range flags {
		i := strings.LastIndex(flag, "=")
		if i < 0 {
			return nil, usage("--chance is written WHAT=NUMBER, as in NAT.5:USA=0.8", "")
		}
		k := chance{what: strings.TrimSpace(flag[:i])}
		word := strings.TrimSpace(flag[i+1:])
		if _, err := fmt.Sscanf(word+" ", "%g ", &k.value); err != nil {
			if k.assumption = m.Assumption(word); k.assumption == nil {
				return nil, unknown("assumption", word, assumptionNames(m))
			}
			k.value = 0.5
		}
		if k.value < 0 || k.value > 1 {
			return nil, usage(fmt.Sprintf("--chance %s: a chance is from 0 to 1", flag), "")
		}
		out = append(out, k)
	}
	return out, nil
}

func assumptionNames(m *model.Model) []string {
	var out []string
	for _, a := range m.Assumptions {
		out = append(out, a.Name)
	}
	return out
}

// pick is the narrowest chance that speaks of a link; of equals the last.
func (cs chances) pick(l law.Link) (chance, bool) {
	best, rank := chance{}, 0
	for _, c := range cs {
		if r := c.rank(l); r > 0 && r >= rank {
			best, rank = c, r
		}
	}
	return best, rank > 0
}

func (cs chances) of(l law.Link) (float64, bool) {
	c, ok := cs.pick(l)
	return c.value, ok
}

// rank is how narrowly a description fits a link: 0 when it does not.
func (c chance) rank(l law.Link) int {
	duty := l.Kind == chain.Choice && l.Article != nil
	switch {
	case c.what == l.Name:
		return 5
	case duty && c.what == l.Article.Address+":"+l.State:
		return 4
	case duty && c.what == l.Article.Address:
		return 3
	case duty && c.what == l.Duty.Name:
		return 2
	case duty && c.what == "duty", l.Class == law.StrikeLink && c.what == "strike" && l.Kind == chain.Choice, l.Class == law.OwnLink && c.what == "own", l.Kind == chain.Fact && c.what == "fact" && strings.HasSuffix(l.Name, ": yes"):
		return 1
	}
	return 0
}

// odds adds the probability, and over worlds where a chance is an assumption.
func (s *spreading) odds(c *cobra.Command, m *model.Model, o *report.Chains, cascade *law.Cascade, w *law.Routes, cs chances) error {
	d, whole, err := cascade.Diagram(c.Context(), w)
	if err != nil {
		return err
	}
	for _, l := range cascade.Links {
		if k, ok := cs.pick(l); ok && l.Kind == chain.Fact && k.assumption != nil {
			return usage("--chance "+k.what+": the chance of a fact is a number", "choices may have an assumption")
		}
	}
	if missing := cs.without(cascade, w, whole); len(missing) > 0 {
		return usage("no chance is given for "+strings.Join(missing, "; "), "add --chance duty=…, strike=…, or the name of the link")
	}
	odds, err := cascade.Range(d, func(l law.Link) bool { _, ok := cs.pick(l); return ok })
	if err != nil {
		return err
	}
	weights, err := d.Importance(c.Context())
	if err != nil {
		return err
	}
	o.Weigh(report.Odds{Low: odds.Low, High: odds.High, Whole: whole, Open: odds.Open}, weights, cascade)
	return s.overWorlds(m, o, cascade, d, cs)
}

// without lists the choices the end may need for which no chance was given:
// those of the chains found or, of a whole cascade, all.
func (cs chances) without(cascade *law.Cascade, w *law.Routes, whole bool) []string {
	var need []chain.Lit
	for _, set := range w.Chains.Sets {
		need = append(need, set...)
	}
	if whole {
		need = append(need, cascade.Net.Elements()...)
	}
	var out []string
	for _, x := range need {
		l := cascade.Links[cascade.Net.Name(x)]
		if _, ok := cs.pick(l); !ok && l.Kind == chain.Choice && !slices.Contains(out, l.Name) {
			if out = append(out, l.Name); len(out) == 4 {
				return append(out[:3], "…")
			}
		}
	}
	return out
}

// overWorlds evaluates the diagram in every world of each view that speaks
// about the assumptions.
func (s *spreading) overWorlds(m *model.Model, o *report.Chains, cascade *law.Cascade, d *chain.Diagram, cs chances) error {
	if o.Odds.Open > 0 {
		if slices.ContainsFunc(cs, func(c chance) bool { return c.assumption != nil }) {
			o.Warnings = append(o.Warnings, "facts are open, so no probability over worlds is given: add --fact or --chance fact=…")
		}
		return nil
	}
	odds := study.Odds{Diagram: d, Worlds: s.worlds, Seed: s.seed, Keeps: cascade.Net.Probability, Chance: func(x chain.Lit) *model.Assumption {
		c, _ := cs.pick(cascade.Links[cascade.Net.Name(x)])
		return c.assumption
	}}
	views, err := odds.Over(m, s.views)
	if err != nil {
		return err
	}
	for _, v := range views {
		w := report.WorldOdds{View: v.View.Name, Title: v.View.Title, Worlds: s.worlds}
		w.Mean, w.Median, w.P05, w.P95 = v.Spread()
		o.Worlds = append(o.Worlds, w)
	}
	return nil
}
