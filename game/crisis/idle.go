package crisis

import (
	"fmt"
	"slices"
	"strconv"

	"casus/finding"
	"casus/lang/source"
	"casus/lang/syntax"
	"casus/model"
)

// Idle is a part of a crisis that counts on what no play of a case comes to, under any
// option: a measure of what cannot be, a payoff that is never paid, a step, a choice or an
// effect that never comes about.
type Idle struct {
	Pos     source.Pos
	Len     int
	Heading string
	Text    string
	Hint    string

	of   string       // what it is, and what becomes of it: payoff "the word" is never paid
	when *syntax.Expr // what it waits for; nil: nothing
	sets []string     // facts that it would set
}

// IdleParts looks through all plays of a case whose crisis stands beside it; none where there
// are more than can be looked through. A part of a crisis that ships may be meant for other
// cases, and a measure of a role that nobody plays is not defined, which is said elsewhere.
func IdleParts(m *model.Model, k *model.Case) ([]Idle, error) {
	if k.Crisis == nil || len(k.Options) == 0 || !model.Beside(k) {
		return nil, nil
	}
	alive := map[any]bool{}
	for _, played := range append(heldAgainst(m, k), k) {
		for _, o := range played.Options {
			g, err := Ground(m, played, o)
			if err != nil {
				return nil, err
			}
			if x := newWatcher(g, alive); !x.walk() {
				return nil, nil
			}
		}
	}
	never, err := Impossible(m, k)
	if err != nil {
		return nil, err
	}
	effect, steps := idleEffect(k, alive), idleSteps(k, alive)
	first := slices.Concat(effect, steps)
	if len(effect) > 0 && slices.ContainsFunc(steps, func(st Idle) bool { return st.keeps(effect[0]) && !effect[0].keeps(st) }) {
		first = slices.Concat(steps, effect)
	}
	parts := slices.Concat(first, idlePayoffs(k, alive), idleMeasures(k, alive, never))
	if len(parts) == 0 {
		return nil, nil
	}
	said, err := toldElsewhere(m, k)
	if err != nil {
		return nil, err
	}
	return causes(k, alive, said, parts), nil
}

// heldAgainst are the cases that are held against the record of a case in the same crisis:
// what is never come to in the past that it tells of may be come to in these.
func heldAgainst(m *model.Model, k *model.Case) []*model.Case {
	var out []*model.Case
	for _, other := range m.Cases {
		if other != k && other.Crisis == k.Crisis && slices.Contains(other.Against, k.Name) {
			out = append(out, other)
		}
	}
	return out
}

// toldElsewhere is what cannot come about for a cause that a warning of its own tells of:
// facts that are set for those of whom they are not told, or told of a role that nobody
// plays, and duties where no act of an option moves any.
func toldElsewhere(m *model.Model, k *model.Case) ([]string, error) {
	out := k.SetsAmiss()
	for _, f := range k.Crisis.Facts {
		if r := k.Crisis.Role(f.Over); r != nil && r.Many && len(k.Roles[f.Over]) == 0 {
			out = append(out, f.Name)
		}
	}
	moves, err := lawMoves(m, k)
	if err == nil && !moves {
		out = append(out, "duty", "pledged")
	}
	return out, err
}

// lawMoves reports whether something that the options bring into force moves a duty, or
// whether they bring in nothing.
func lawMoves(m *model.Model, k *model.Case) (bool, error) {
	unmoved, err := UnmovedActs(m, k)
	if err != nil {
		return false, err
	}
	acts, dead := 0, 0
	for _, o := range k.Options {
		for _, act := range o.Acts {
			if !slices.Contains([]string{"adopt", "declare", "accede"}, act.Verb) || m.Unread(act) {
				continue
			}
			acts++
			if k.Doubted(act.Pos) || slices.ContainsFunc(unmoved, func(u Unmoved) bool { return u.Act.Pos == act.Pos }) {
				dead++
			}
		}
	}
	return dead < acts || acts == 0, nil
}

// ofEffect is what a crisis asks of an option, and none of it holds before the option is in
// effect.
var ofEffect = []string{"duty", "deployed", "troops"}

// keeps reports whether an idle part would set what another waits for.
func (p Idle) keeps(other Idle) bool { return slices.ContainsFunc(p.sets, other.waitsFor) }

// causes leaves out what waits for a fact that nothing but another idle part would set, and
// names it there: one cause, one warning. What waits for something that is told of elsewhere
// is left out.
func causes(k *model.Case, alive map[any]bool, said []string, parts []Idle) []Idle {
	set := map[string]bool{} // facts that come to be set, or are from the start
	for _, f := range k.Crisis.Facts {
		set[f.Name] = f.Initial != nil
	}
	for _, steps := range [][]model.Step{k.Crisis.First, k.Crisis.Year} {
		for i := range steps {
			for j := range steps[i].Choices {
				ch := &steps[i].Choices[j]
				for n := range ch.Effects {
					if e := &ch.Effects[n]; alive[ch] && alive[e] && !k.Doubted(e.Pos) {
						set[e.Fact] = true
					}
				}
			}
		}
	}
	out := []Idle{{sets: said}}
	follow := map[int][]string{}
	for _, p := range parts {
		i := slices.IndexFunc(out, func(root Idle) bool {
			return slices.ContainsFunc(root.sets, func(fact string) bool { return !set[fact] && p.waitsFor(fact) })
		})
		if i < 0 {
			out = append(out, p)
			continue
		}
		follow[i] = append(follow[i], p.of)
		out[i].sets = append(out[i].sets, p.sets...)
	}
	for i, so := range follow {
		out[i].Text += ", and so " + finding.And(so)
	}
	return out[1:]
}

func (p Idle) waitsFor(fact string) bool {
	found := false
	if p.when != nil {
		p.when.Walk(func(e *syntax.Expr) { found = found || e.Op == fact })
	}
	return found
}

// idleEffect tells of a day that never comes, on which what an option changes is in effect.
func idleEffect(k *model.Case, alive map[any]bool) []Idle {
	e := k.Crisis.Effect
	if e == nil || alive[e] {
		return nil
	}
	first, n := extent(e)
	return []Idle{{Pos: first, Len: n, Heading: "crisis " + k.Crisis.Name, Text: fmt.Sprintf("what an option changes is never in effect in case %s: %s comes about %s", k.Name, e, whatever(k)),
		Hint: "let a choice bring that about, or leave effect out", of: "what an option changes is never in effect", when: e, sets: ofEffect}}
}

// whatever says in how many years, and that it is sure.
func whatever(k *model.Case) string {
	return "under no option in " + finding.Count(k.Horizon, "year") + ", whatever is done"
}

// idleMeasures are the measures that count what never comes about: those that no play comes to
// at all, and those of which a part is 0 whatever happens.
func idleMeasures(k *model.Case, alive map[any]bool, never map[string]string) []Idle {
	var out []Idle
	for _, ms := range k.Crisis.Measures {
		if ms.Rate || k.Unplayed(ms) {
			continue
		}
		told, says := false, "measure %s counts as 0 what cannot be in case %s: %s %s"
		if never[ms.Name] != "" {
			says = "measure %s counts what cannot be in case %s and has no value there, which is not 0: %s %s"
		}
		ms.Expr.Walk(func(e *syntax.Expr) {
			s := sumOf(e)
			if s == nil || told || alive[s.Text] || s.given != nil && k.Crisis.Discount != nil && never[ms.Name] == "" {
				return
			}
			told = true
			first, n := extent(e)
			out = append(out, Idle{Pos: first, Len: n, Heading: "crisis " + k.Crisis.Name, Text: fmt.Sprintf(says, ms.Name, k.Name, s.never(), whatever(k)),
				Hint: "count what can come about, or leave the measure out", of: "measure " + ms.Name + " counts what cannot be", when: s.expr})
		})
	}
	return out
}

func idlePayoffs(k *model.Case, alive map[any]bool) []Idle {
	var out []Idle
	for i := range k.Crisis.Payoffs {
		p := &k.Crisis.Payoffs[i]
		if p.When == nil || alive[p] || k.Plays(p.To, p.Over) == 0 {
			continue
		}
		first, n := extent(p.When)
		out = append(out, Idle{Pos: first, Len: n, Heading: "crisis " + k.Crisis.Name, Text: fmt.Sprintf("payoff %s is never paid in case %s: %s comes about %s", strconv.Quote(p.Name), k.Name, p.When, whatever(k)),
			Hint: "let a choice bring that about, or leave the payoff out", of: "payoff " + strconv.Quote(p.Name) + " is never paid", when: p.When})
	}
	return out
}

// idleSteps names a step that is never come to, and no part of it; else the choices of it
// that are never open, else what these never set.
func idleSteps(k *model.Case, alive map[any]bool) []Idle {
	var out []Idle
	add := func(at source.Pos, n int, what string, when *syntax.Expr, choices []model.Choice, effects ...model.Effect) {
		p := Idle{Pos: at, Len: n, Heading: "crisis " + k.Crisis.Name, Text: fmt.Sprintf("%s in case %s: %s holds there %s", what, k.Name, when, whatever(k)), Hint: "let a choice bring that about, or leave it out", of: what, when: when}
		for _, ch := range choices {
			effects = append(effects, ch.Effects...)
		}
		for _, e := range effects {
			p.sets = append(p.sets, e.Fact)
		}
		out = append(out, p)
	}
	for _, steps := range [][]model.Step{k.Crisis.First, k.Crisis.Year} {
		for i := range steps {
			st := &steps[i]
			if k.Plays(st.By, st.Over) == 0 && !st.Chance {
				continue
			}
			if !alive[st] {
				if st.When != nil {
					add(st.Pos, len(st.Name), "step "+st.Name+" is never come to", st.When, st.Choices)
				}
				continue
			}
			for j := range st.Choices {
				ch := &st.Choices[j]
				if !alive[ch] {
					if ch.When != nil {
						add(ch.Pos, len(ch.Name), "choice "+ch.Name+" of step "+st.Name+" is never open", ch.When, []model.Choice{*ch})
					}
					continue
				}
				for n := range ch.Effects {
					e := &ch.Effects[n]
					if e.If != nil && !alive[e] && k.Plays("", e.Over) != 0 {
						add(e.Pos, len(e.Fact), "choice "+ch.Name+" of step "+st.Name+" never sets "+e.Fact, e.If, nil, *e)
					}
				}
			}
		}
	}
	return out
}

// extent is where an expression begins, and how long it is.
func extent(e *syntax.Expr) (first source.Pos, length int) {
	first = e.Pos()
	end := first.Offset
	e.Walk(func(x *syntax.Expr) {
		if x.Pos().File == first.File && x.Pos().Offset < first.Offset {
			first = x.Pos()
		}
		end = max(end, x.Tok.End())
	})
	return first, end - first.Offset
}

// watcher walks every play of a game, and notes which of the parts of the crisis come into
// play.
type watcher struct {
	*seeker
	watched []watched
	sums    []Sum
	all     bool         // the other parts of the crisis, too
	alive   map[any]bool // measured sums by their words, parts of the crisis by their address
}

// watched is a condition that is waited for.
type watched struct {
	what any
	when cond
}

// newWatcher watches for every part of a crisis.
func newWatcher(g *Game, alive map[any]bool) *watcher { return watchFor(g, alive, nil) }

// watchFor watches for some of what the measures count, and walks no further once all of it
// came about; for every part of a crisis where it is not said for which.
func watchFor(g *Game, alive map[any]bool, wanted func(Sum) bool) *watcher {
	x := &watcher{alive: alive, sums: g.Sums, all: wanted == nil}
	if !x.all {
		x.sums = slices.DeleteFunc(slices.Clone(g.Sums), func(s Sum) bool { return !wanted(s) })
	}
	ways := (&Graph{Game: g, law: g.counsel()}).newWays(&syntax.Expr{Kind: syntax.NameExpr, Op: "no"})
	wait := func(what any, vars map[string]string, conds ...*syntax.Expr) {
		c := &compiler{g: g, vars: vars}
		when := always
		for _, e := range conds {
			when = junction(true, when, c.cond(e))
		}
		ways.reads = ways.reads.or(c.reads)
		x.watched = append(x.watched, watched{what, when})
	}
	if g.Crisis.Effect != nil && x.all {
		wait(g.Crisis.Effect, nil, g.Crisis.Effect)
	}
	x.waitForSums(g, wait)
	for i := range g.Crisis.Payoffs {
		if p := &g.Crisis.Payoffs[i]; x.all {
			waitForAll(g, p, p, wait)
		}
	}
	x.seeker = &seeker{ways: ways, been: map[key]bool{}}
	x.come(0, 1, g.begin)
	x.see(g.begin)
	return x
}

// waitForSums waits for what the measures add up, but for what is counted where a move is
// made.
func (x *watcher) waitForSums(g *Game, wait func(any, map[string]string, ...*syntax.Expr)) {
	for _, s := range x.sums {
		switch s.Kind {
		case "P", "years":
			wait(s.Text, nil, s.expr, s.given)
		case "total":
			waitForAll(g, s.Text, tallyNamed(g.Crisis, s.expr.Op), wait)
		}
	}
}

// waitForAll waits for a payoff to anybody to whom it may be paid.
func waitForAll(g *Game, what any, p *model.Payoff, wait func(any, map[string]string, ...*syntax.Expr)) {
	if p.Var == "" {
		wait(what, nil, p.When)
		return
	}
	for _, a := range g.Case.Roles[p.Over] {
		wait(what, map[string]string{p.Var: a}, p.When)
	}
}

// walk reports whether all plays were looked through.
func (x *watcher) walk() bool {
	for len(x.todo) > 0 && !x.sated() {
		s := x.todo[len(x.todo)-1]
		x.todo = x.todo[:len(x.todo)-1]
		if len(x.been) > mostSearched {
			return false
		}
		x.play(s)
	}
	return true
}

// sated reports whether all that is watched for came about, where that is not everything.
func (x *watcher) sated() bool {
	return !x.all && !slices.ContainsFunc(x.sums, func(s Sum) bool { return !x.alive[s.Text] })
}

// play takes every choice that is open at a step, but for those whose chance is nil.
func (x *watcher) play(s stand) {
	g := x.gr.Game
	p := g.steps[s.at]
	x.alive[p.step] = true
	open := x.gr.openChoices(p, s.facts)
	for _, choice := range open {
		o := &p.choices[choice]
		if n := o.prob.fixed; n != nil && *n == g.zero {
			continue
		}
		x.alive[o.choice] = true
		post := x.gr.afterEach(o, s.facts, func(e *effect) { x.alive[e.of] = true })
		for _, n := range p.counts {
			if (n.choice == "" || n.choice == o.choice.Name) && (n.when.holds(s.facts) || n.when.holds(post)) {
				x.alive[g.Sums[n.to-len(g.Actors)].Text] = true
			}
		}
		x.see(post)
		x.come(s.at+1, s.year, post.minus(g.step))
	}
	if len(open) == 0 {
		x.come(s.at+1, s.year, s.facts)
	}
}

// see notes what holds in a state, and waits for it no longer.
func (x *watcher) see(f facts) {
	x.watched = slices.DeleteFunc(x.watched, func(w watched) bool {
		if w.when.holds(f) {
			x.alive[w.what] = true
		}
		return x.alive[w.what]
	})
}
