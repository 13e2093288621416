package ask

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/finding"
	"casus/lang/source"
	"casus/law"
	"casus/law/chain"
	"casus/law/counsel"
	"casus/model"
	"casus/worlds/inquiry"
	"casus/worlds/study"
)

// Chains asks by which chains an event draws a state into a war, or what cuts
// them. Of the question's own event it reads nothing.
type Chains struct {
	Question
	Start    string // the event, as a model file writes it
	End      string // fights(USA, RUS) or drawn(USA)
	Between  string // instead: the end that these two are at war
	Own      []string
	Deployed []string
	Without  []string // links that are taken away, by their names in the listing
	Chances  []string // how likely choices are: duty=0.5, NAT.5:USA=0.8
	Views    []string
	Links    int // only chains of up to so many links; 0: any number
	Most     int // list at most so many; 0: all
	Worlds   int // for each view, where a chance is an assumption
	Seed     uint64
	Memory   int64    // bytes that may be used; 0: what the machine has
	Cuts     bool     // also what cuts every chain
	Only     []string // what may be taken away

	Given func(name string) bool // as in Worlds
}

// Answer finds the chains, and the cuts and probabilities asked for. A search that is
// stopped answers with the chains found so far, marked Stopped, and no more.
func (q Chains) Answer(ctx context.Context, to Told) (*counsel.Chains, error) {
	if len(q.Chances) > 0 {
		q.also = []string{"crises/compliance"}
	}
	q.onlyShipped = true
	var spread *law.Spread
	var chances chances
	r, err := q.lawOfDay(to, q.lacks(), func(r *resolving) (err error) {
		if q.Start != "" {
			spread, err = q.spread(r)
		}
		return err
	}, func(r *resolving) (err error) {
		chances, err = readChances(r.m, q.Chances)
		return err
	}, q.knownViews, q.endBetween)
	if err == nil {
		err = q.idle(chances)
	}
	if err != nil {
		return nil, err
	}
	if len(chances) > 0 {
		spread.Chance = chances.of
		if err := oddsOver(len(chances), len(r.m.Views)).afford(to, q.Memory, q.Worlds); err != nil {
			return nil, err
		}
	}
	if spread.Whole = len(chances) > 0 || q.Cuts; !spread.Whole { // probabilities and cuts are of the whole cascade
		spread.Links = q.Links
	}
	return q.follow(ctx, r, spread, chances)
}

// knownViews refuses a view that there is not, whether or not anything is asked of it.
func (q *Chains) knownViews(r *resolving) error {
	var names []string
	for _, v := range r.m.Views {
		names = append(names, v.Name)
	}
	for _, v := range q.Views {
		if !slices.Contains(names, v) {
			return study.NoneCalled("view", v, names)
		}
	}
	return nil
}

// found are the chains of a search that was not stopped.
func (q Chains) found(ctx context.Context, to Told) (*counsel.Chains, error) {
	o, err := q.Answer(ctx, to)
	if err == nil && o.Stopped {
		return nil, context.Canceled
	}
	return o, err
}

// follow finds the chains once every word is resolved.
func (q *Chains) follow(ctx context.Context, r *resolving, spread *law.Spread, chances chances) (*counsel.Chains, error) {
	book := r.book()
	end, err := r.end(q.End)
	if err != nil {
		return nil, misused(err)
	}
	whole, err := r.ground(ctx, book, *spread, &end)
	if err != nil {
		return nil, err
	}
	q.Without = slices.Clone(q.Without)
	for i, name := range q.Without {
		q.Without[i] = r.withIDs(name, func(words string) bool { _, is := whole.Links[words]; return is })
	}
	for i, c := range chances {
		chances[i].what = r.withIDs(c.what, func(words string) bool { return chance{what: words}.fits(whole) })
	}
	if err := Together(q.knownLinks(whole), r.knownChances(chances, whole, end.reachable)); err != nil {
		return nil, err
	}
	cascade := whole
	if len(q.Without) > 0 {
		cascade = whole.Without(q.Without)
	}
	routes, err := end.routes(ctx, cascade, q.Links)
	if err != nil {
		return nil, err
	}
	o := counsel.NewChains(book, cascade, routes, spread.Start, end.words, q.Options, q.Links, q.Most)
	r.tell(&o.Head, &o.Notes)
	if err := q.before(ctx, o, whole, end, chances); err != nil || !end.reachable || o.Stopped {
		return o, err
	}
	if err = q.weigh(ctx, r.m, o, cascade, routes, chances); err != nil && ctx.Err() != nil {
		o.Stop()
		return o, nil
	}
	return o, err
}

// weigh adds what hangs on each link: importance and, where they are asked for, cuts
// and probabilities.
func (q *Chains) weigh(ctx context.Context, m *model.Model, o *counsel.Chains, c *law.Cascade, w *law.Routes, chances chances) error {
	weights, err := w.Structural(ctx, c)
	if err != nil {
		return err
	}
	o.Structure(weights)
	if q.Cuts {
		found, err := c.Net.Cuts(ctx, w.Target, q.removable(c), chain.Bound{Max: q.Most})
		if err != nil {
			return err
		}
		o.Cut(c, found)
	}
	if len(chances) > 0 {
		return q.odds(ctx, m, o, c, w, chances)
	}
	return nil
}

// knownLinks is the error of links to be taken away that no chain can have.
func (q *Chains) knownLinks(c *law.Cascade) error {
	var wrong []error
	known := slices.Sorted(maps.Keys(c.Links))
	for _, name := range q.Without {
		if _, ok := c.Links[name]; !ok {
			wrong = append(wrong, noLink(name, known))
		}
	}
	q.Without = slices.Compact(slices.Sorted(slices.Values(q.Without)))
	return Together(wrong...)
}

// mostNear bounds the links of much the same name that an error lists.
const mostNear = 4

// noLink is the error of a name that no link has, with those that are near it: by
// their letters, or because they hold its words.
func noLink(name string, known []string) error {
	hint := source.DidYouMean(name, known)
	if hint == "" {
		near := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return !holdsWords(k, name) })
		slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		if hint = "the same without --without lists the links"; len(near) > 0 {
			hint = "did you mean " + strings.Join(near[:min(len(near), mostNear)], "; or ") + "?"
		}
	}
	return Usage(fmt.Sprintf("no chain has the link %q", name), hint)
}

// holdsWords reports whether every word of the second stands in the first.
func holdsWords(in, words string) bool {
	fields := strings.Fields(strings.ToLower(words))
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(w string) bool { return !strings.Contains(strings.ToLower(in), w) })
}

// before tells what there was with nothing taken away.
func (q *Chains) before(ctx context.Context, o *counsel.Chains, whole *law.Cascade, end ending, cs chances) error {
	if len(q.Without) == 0 {
		return nil
	}
	routes, err := end.routes(ctx, whole, q.Links)
	if err != nil {
		return err
	}
	o.Took(whole, q.Without, routes)
	if !end.reachable || len(cs) == 0 {
		return nil
	}
	_, odds, err := q.chance(ctx, whole, routes, cs)
	o.Before.Odds = odds
	return err
}

func (q *Chains) lacks() error {
	wrong := []error{
		lack(q.Start == "", "from which event?", `add --event "armed attack by RUS on UKR, object territory, at kyiv"`),
		lack(q.End == "" && q.Between == "", "to which end?", `add --end "fights(USA, RUS)" or --end "drawn(USA)"`),
		lack(q.End != "" && q.Between != "", "--between X,Y is the end fights(X, Y)", "leave out --end or --between"),
		CountOf("links", q.Links, 0, 0, "0: any number"),
		CountOf("most", q.Most, 0, 0, "0: all"),
		CountOf("worlds", q.Worlds, 1, study.MaxWorlds, ""),
		sizeOfMemory(q.Memory, q.Memory != 0),
	}
	for _, kind := range q.Only {
		wrong = append(wrong, lack(!slices.Contains(Removable, kind), fmt.Sprintf("--only cannot be %q", kind), "it is "+strings.Join(Removable, ", ")))
	}
	return Together(append(wrong, q.onTheDay())...)
}

// endBetween makes of Between the end that the two are at war.
func (q *Chains) endBetween(r *resolving) error {
	if q.Between == "" {
		return nil
	}
	var x, y string
	err := opponents(&x, &y, q.Between)(r)
	q.End = "fights(" + x + ", " + y + ")"
	return err
}

// Removable lists the kinds of link that a cut may be made of.
var Removable = []string{"article", "declaration", "deployment", "event", "choice", "fact"}

func (q *Chains) removable(c *law.Cascade) func(chain.Lit) bool {
	return func(x chain.Lit) bool { return slices.Contains(q.Only, c.Links[c.Net.Name(x)].Kind.String()) }
}

// spread resolves the event, the forces and the own choices.
func (q *Chains) spread(r *resolving) (*law.Spread, error) {
	ev, err := r.eventWords(q.Start)
	if err != nil {
		return nil, err
	}
	if ev.By == "" && ev.NoState == "" || ev.On == "" {
		return nil, fmt.Errorf("the event: one with an attacker and a victim is asked for (… by RUS on UKR …)")
	}
	for k, v := range r.event.Facts {
		ev.Facts[k] = v
	}
	ev.Readings = r.event.Readings
	r.event = ev
	if err := r.each(&q.Question, r.earlier, r.whoBegan); err != nil {
		return nil, err
	}
	ev = r.event
	out := &law.Spread{Start: ev, Deployed: law.DeployedBy(r.acts)}
	for _, words := range q.Deployed {
		state, place, ok := strings.Cut(words, " at ")
		if !ok {
			return nil, source.AtWords("--deployed", words, Usage("forces are written STATE at PLACE, as in FRA at UKR", ""))
		}
		typed := source.Pos{File: source.Typed("--deployed", words)}
		id, err := r.stateOnDay(state)
		if err != nil {
			return nil, source.At(typed, utf8.RuneCountInString(state), err)
		}
		at := &resolving{m: r.m, day: r.day}
		if err := at.place(&Question{At: place}); err != nil {
			typed.Offset = len(words) - len(place)
			return nil, source.At(typed, utf8.RuneCountInString(place), err)
		}
		out.Deployed = append(out.Deployed, law.Deployed{State: id, Place: at.event.Place})
	}
	for _, words := range q.Own {
		o, err := r.ownChoice(words)
		if err != nil {
			return nil, err
		}
		out.Own = append(out.Own, o)
	}
	if ev.NoState == "" {
		return out, nil
	}
	return out, q.raid(r, out)
}

// raid sees to it that a deed of an attacker that is no state has somebody whom its
// victim may strike: the state that --own names or, of an end between the victim and
// another, that other. Whether it may be struck is warned of as in dispute.
func (q *Chains) raid(r *resolving, s *law.Spread) error {
	ev := s.Start
	victims := append([]string{ev.On}, ev.AlsoOn...)
	if len(s.Deployed) > 0 {
		return Usage("--deployed is of forces that a state may strike; the attacker is none", "leave it out")
	}
	if !slices.ContainsFunc(s.Own, func(o law.OwnChoice) bool { return o.Attacks && slices.Contains(victims, o.State) }) {
		host := q.hostOf(r, victims)
		if host.Against == "" {
			return Usage("the event: a deed of no state puts no state at war", fmt.Sprintf("say whom its victim strikes for it, the state from whose land it came: --own \"%s attacks AFG\"", ev.On))
		}
		s.Own = append(s.Own, host)
		r.note(fmt.Sprintf("the attack is taken to have come from the land of %s, which the end names; --own \"%s attacks X\" names another", host.Against, host.State))
	}
	if question := r.m.Question("raid_answered"); question != nil && ev.Readings[question.Name] == "" {
		r.warnings = append(r.warnings, finding.Warn(finding.Disputed, question.Name, "%s", disputed(question, r.day)))
	}
	return nil
}

// hostOf is the choice of a victim to strike the other state of the end; none where
// the end names no other, or a second victim.
func (q *Chains) hostOf(r *resolving, victims []string) law.OwnChoice {
	if q.End == "" && q.endBetween(r) != nil {
		return law.OwnChoice{} // which is said where the end is read
	}
	end, err := r.end(q.End)
	if err != nil || len(end.states) != 2 {
		return law.OwnChoice{}
	}
	for i, s := range end.states {
		if other := end.states[1-i]; slices.Contains(victims, s) && !slices.Contains(victims, other) {
			return law.OwnChoice{State: s, Against: other, Attacks: true}
		}
	}
	return law.OwnChoice{}
}

var ownForm = regexp.MustCompile(`^(.+?) (against|attacks) (.+?)(?: for (.+)| once at_war\((.+),(.+)\))?$`)

// ownChoice reads "RUS against AUH for SRB" and "DEU attacks BEL once
// at_war(DEU, FRA)".
func (r *resolving) ownChoice(words string) (law.OwnChoice, error) {
	words = strings.TrimSpace(words)
	parts, at := ownForm.FindStringSubmatch(words), ownForm.FindStringSubmatchIndex(words)
	if parts == nil {
		return law.OwnChoice{}, source.AtWords("--own", words, Usage(fmt.Sprintf("cannot read %q", words), "it is STATE against STATE or STATE attacks STATE, and may end in for STATE or once at_war(STATE, STATE)"))
	}
	o := law.OwnChoice{Attacks: parts[2] == "attacks"}
	for i, to := range [...]*string{nil, &o.State, nil, &o.Against, &o.Once[1], &o.Once[0], &o.Once[1]} {
		if to == nil || parts[i] == "" {
			continue
		}
		id, err := r.stateOnDay(parts[i])
		if err != nil {
			return law.OwnChoice{}, source.At(source.Pos{File: source.Typed("--own", words), Offset: at[2*i]}, utf8.RuneCountInString(parts[i]), err)
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
	spec, err := r.eventSaid("--event", words)
	return law.EventOf(spec), err
}

// ground makes the cascade of a spread toward an end, and finds the end in it.
func (r *resolving) ground(ctx context.Context, b *law.Book, s law.Spread, e *ending) (*law.Cascade, error) {
	s.End = e.states
	c, err := b.Cascade(ctx, s)
	if err != nil {
		return nil, err
	}
	if len(e.states) == 2 {
		e.lit, e.reachable = c.War(e.states[0], e.states[1])
	} else {
		e.lit, e.reachable = c.Drawn(e.states[0])
	}
	if e.reachable {
		return c, nil
	}
	return c, misused(r.defined(e.states))
}

// routes looks for the chains to an end.
func (e ending) routes(ctx context.Context, c *law.Cascade, links int) (*law.Routes, error) {
	if !e.reachable {
		return c.NoRoutes(), nil
	}
	return c.Routes(ctx, e.lit, links)
}

// defined is the error of an end that nothing leads to because one of its states
// was none on the day: that is not the same as no chain.
func (r *resolving) defined(states []string) error {
	for _, id := range states {
		if r.noMember(id) {
			return fmt.Errorf("--end is not defined on %s: %s (%s) was no member of the state system; %s", r.day, r.m.States.Name(id, r.day), id, r.spells(id))
		}
	}
	return nil
}

// chance is how likely the choices of one description are: a number, or an
// assumption.
type chance struct {
	what       string
	at         source.Pos // of what, as typed
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
			return nil, source.AtWords("--chance", flag, Usage("a chance is written WHAT=NUMBER, as in NAT.5:USA=0.8", ""))
		}
		k := chance{what: strings.TrimSpace(flag[:i])}
		k.at = source.Pos{File: source.Typed("--chance", flag), Offset: strings.Index(flag, k.what)}
		word := strings.TrimSpace(flag[i+1:])
		var err error
		if k.value, err = typedNumber(word); err != nil {
			if k.assumption = m.Assumption(word); k.assumption == nil {
				at := source.Pos{File: source.Typed("--chance", flag), Offset: i + 1 + max(0, strings.Index(flag[i+1:], word))}
				return nil, source.At(at, utf8.RuneCountInString(word), Unknown("assumption", word, assumptionNames(m)))
			}
			k.value = 0.5
		}
		if !(k.value >= 0 && k.value <= 1) {
			at := source.Pos{File: k.at.File, Offset: i + 1 + strings.Index(flag[i+1:], word)}
			return nil, source.At(at, utf8.RuneCountInString(word), Usage("a chance is from 0 to 1, got "+word, ""))
		}
		out = append(out, k)
	}
	return out, nil
}

// choices are the words for all choices of one class.
var choices = []string{"duty", "strike", "own", "fact"}

// knownChances is the error of chances of what there is not. A word for all choices of
// one class is known whether or not there is one; of an end that nothing leads to, any
// article and duty is.
func (r *resolving) knownChances(cs chances, whole *law.Cascade, reachable bool) error {
	var wrong []error
	for _, c := range cs {
		address, _, _ := strings.Cut(c.what, ":")
		_, duty := r.m.Duties[c.what]
		if slices.Contains(choices, c.what) || c.fits(whole) || !reachable && (duty || r.m.Article(address) != nil) {
			continue
		}
		wrong = append(wrong, r.noChance(c, whole))
	}
	return Together(wrong...)
}

// noChance says of a chance what it might have been of, or which state there is not.
func (r *resolving) noChance(c chance, whole *law.Cascade) error {
	if address, state, is := strings.Cut(c.what, ":"); is && r.m.Article(address) != nil {
		if _, err := (&resolving{m: r.m, day: r.day}).state(state); err != nil {
			c.at.Offset += len(address) + 1
			return source.At(c.at, utf8.RuneCountInString(state), misused(err))
		}
	}
	known := slices.Clone(choices)
	for _, l := range whole.Links {
		if l.Kind == chain.Choice && l.Article != nil {
			known = append(known, l.Duty.Name, l.Article.Address, l.Article.Address+":"+l.State)
		}
	}
	slices.Sort(known)
	hint := source.DidYouMean(c.what, slices.Compact(known))
	if hint == "" {
		hint = "it is duty, strike, own or fact, an article or duty of the chains, or the name of a link"
	}
	return source.At(c.at, utf8.RuneCountInString(c.what), Usage(fmt.Sprintf("no chain has a choice called %q", c.what), hint))
}

// idle is the error of a setting of worlds where no chance is an assumption, so that
// none are drawn.
func (q *Chains) idle(cs chances) error {
	if slices.ContainsFunc(cs, func(k chance) bool { return k.assumption != nil }) {
		return nil
	}
	for _, name := range []string{"worlds", "seed", "view"} {
		if q.Given != nil && (q.Given(name) || q.Given(name+"s")) {
			return Belongs(name, "chance", "leave it out, or let a chance be an assumption, as in --chance duty=honour_rate")
		}
	}
	return nil
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

// fits reports whether a description fits some link.
func (c chance) fits(whole *law.Cascade) bool {
	for _, l := range whole.Links {
		if c.rank(l) > 0 {
			return true
		}
	}
	return false
}

// odds adds the probability, and over worlds where a chance is an assumption.
func (q *Chains) odds(ctx context.Context, m *model.Model, o *counsel.Chains, cascade *law.Cascade, w *law.Routes, cs chances) error {
	d, odds, err := q.chance(ctx, cascade, w, cs)
	if err != nil {
		return err
	}
	weights, err := d.Importance(ctx)
	if err != nil {
		return err
	}
	o.Weigh(*odds, weights, cascade)
	return q.overWorlds(ctx, m, o, cascade, d, cs)
}

// chance is the probability of the end, and the diagram that it was read from.
func (q *Chains) chance(ctx context.Context, cascade *law.Cascade, w *law.Routes, cs chances) (*chain.Diagram, *counsel.Odds, error) {
	d, whole, err := cascade.Diagram(ctx, w)
	if err != nil {
		return nil, nil, err
	}
	for _, l := range cascade.Links {
		if k, ok := cs.pick(l); ok && l.Kind == chain.Fact && k.assumption != nil {
			return nil, nil, Usage("--chance "+k.what+": the chance of a fact is a number", "choices may have an assumption")
		}
	}
	if missing := cs.without(cascade, w, whole); len(missing) > 0 {
		return nil, nil, Usage("no chance is given for "+strings.Join(missing, "; "), "add --chance duty=…, strike=…, or the name of the link")
	}
	odds, err := cascade.Range(d, func(l law.Link) bool { _, ok := cs.pick(l); return ok })
	if err != nil {
		return nil, nil, err
	}
	return d, &counsel.Odds{Low: odds.Low, High: odds.High, Whole: whole, Open: odds.Open}, nil
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
func (q *Chains) overWorlds(ctx context.Context, m *model.Model, o *counsel.Chains, cascade *law.Cascade, d *chain.Diagram, cs chances) error {
	if o.Odds.Open > 0 {
		if slices.ContainsFunc(cs, func(c chance) bool { return c.assumption != nil }) {
			o.Warnings = append(o.Warnings, finding.Warn(finding.NotScored, "", "facts are open, so no probability over worlds is given: add --fact or --chance fact=…"))
		}
		return nil
	}
	odds := inquiry.Odds{Diagram: d, Worlds: q.Worlds, Seed: q.Seed, Keeps: cascade.Net.Probability, Chance: func(x chain.Lit) *model.Assumption {
		c, _ := cs.pick(cascade.Links[cascade.Net.Name(x)])
		return c.assumption
	}}
	views, err := odds.Over(ctx, m, q.Views)
	if err != nil {
		return err
	}
	for _, v := range views {
		w := counsel.WorldOdds{View: v.View.Name, Title: v.View.Title, Worlds: q.Worlds}
		mean, median, low, high := v.Spread()
		w.Mean, w.Median, w.P05, w.P95 = mean, median, finding.Number(low), finding.Number(high)
		o.Worlds = append(o.Worlds, w)
	}
	return nil
}
