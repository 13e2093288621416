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
// option: a measure that can only be 0, a payoff that is never paid, a step, a choice or an
// effect that never comes about.
type Idle struct {
	Pos     source.Pos
	Len     int
	Heading string
	Text    string
	Hint    string
}

// IdleParts looks through all plays of a case whose crisis stands beside it; none where there
// are more than can be looked through. A part of a crisis that ships may be meant for other
// cases, and a measure of a role that nobody plays is not defined, which is said elsewhere.
func IdleParts(m *model.Model, k *model.Case) ([]Idle, error) {
	if k.Crisis == nil || len(k.Options) == 0 || !model.Beside(k) {
		return nil, nil
	}
	alive := map[any]bool{}
	for _, o := range k.Options {
		g, err := Ground(m, k, o)
		if err != nil {
			return nil, err
		}
		if x := newWatcher(g, alive); !x.walk() {
			return nil, nil
		}
	}
	out := idleEffect(k, alive)
	return slices.Concat(out, idleMeasures(k, alive), idlePayoffs(k, alive), idleSteps(k, alive)), nil
}

// idleEffect tells of a day that never comes, on which what an option changes is in effect.
func idleEffect(k *model.Case, alive map[any]bool) []Idle {
	e := k.Crisis.Effect
	if e == nil || alive[e] {
		return nil
	}
	first, n := extent(e)
	return []Idle{{first, n, "crisis " + k.Crisis.Name, fmt.Sprintf("what an option changes is never in effect in case %s: %s comes about %s", k.Name, e, whatever(k)), "let a choice bring that about, or leave effect out"}}
}

// whatever says in how many years, and that it is sure.
func whatever(k *model.Case) string {
	return "under no option in " + finding.Count(k.Horizon, "year") + ", whatever is done"
}

// idleMeasures are the measures of which a number is 0 whatever happens.
func idleMeasures(k *model.Case, alive map[any]bool) []Idle {
	var out []Idle
	for _, ms := range k.Crisis.Measures {
		if ms.Rate || k.Undefined(ms) {
			continue
		}
		told := false
		ms.Expr.Walk(func(e *syntax.Expr) {
			s := sumOf(e)
			if s == nil || told || alive[s.Text] {
				return
			}
			told = true
			first, n := extent(e)
			why := s.Text + " counts nothing"
			if s.Kind == "P" || s.Kind == "years" {
				why = s.expr.String() + " comes about"
				if s.given != nil {
					why = s.expr.String() + " comes about where " + s.given.String()
				}
			}
			out = append(out, Idle{first, n, "crisis " + k.Crisis.Name, fmt.Sprintf("measure %s counts what cannot be in case %s, and its 0 says nothing: %s %s", ms.Name, k.Name, why, whatever(k)), "count what can come about, or leave the measure out"})
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
		out = append(out, Idle{first, n, "crisis " + k.Crisis.Name, fmt.Sprintf("payoff %s is never paid in case %s: %s comes about %s", strconv.Quote(p.Name), k.Name, p.When, whatever(k)), "let a choice bring that about, or leave the payoff out"})
	}
	return out
}

// idleSteps names a step that is never come to, and no part of it; else the choices of it
// that are never open, else what these never set.
func idleSteps(k *model.Case, alive map[any]bool) []Idle {
	var out []Idle
	add := func(at source.Pos, n int, what, cond string) {
		out = append(out, Idle{at, n, "crisis " + k.Crisis.Name, fmt.Sprintf("%s in case %s: %s %s", what, k.Name, cond, whatever(k)), "let a choice bring that about, or leave it out"})
	}
	for _, steps := range [][]model.Step{k.Crisis.First, k.Crisis.Year} {
		for i := range steps {
			st := &steps[i]
			if k.Plays(st.By, st.Over) == 0 && !st.Chance {
				continue
			}
			if !alive[st] {
				if st.When != nil {
					add(st.Pos, len(st.Name), "step "+st.Name+" is never come to", st.When.String()+" holds there")
				}
				continue
			}
			for j := range st.Choices {
				ch := &st.Choices[j]
				if !alive[ch] {
					if ch.When != nil {
						add(ch.Pos, len(ch.Name), "choice "+ch.Name+" of step "+st.Name+" is never open", ch.When.String()+" holds there")
					}
					continue
				}
				for n := range ch.Effects {
					e := &ch.Effects[n]
					if e.If != nil && !alive[e] && k.Plays("", e.Over) != 0 {
						add(e.Pos, len(e.Fact), "choice "+ch.Name+" of step "+st.Name+" never sets "+e.Fact, e.If.String()+" holds there")
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
	alive   map[any]bool // measured sums by their words, parts of the crisis by their address
}

// watched is a condition that is waited for.
type watched struct {
	what any
	when cond
}

func newWatcher(g *Game, alive map[any]bool) *watcher {
	x := &watcher{alive: alive}
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
	if g.Crisis.Effect != nil {
		wait(g.Crisis.Effect, nil, g.Crisis.Effect)
	}
	x.waitForSums(g, wait)
	for i := range g.Crisis.Payoffs {
		p := &g.Crisis.Payoffs[i]
		waitForAll(g, p, p, wait)
	}
	x.seeker = &seeker{ways: ways, been: map[key]bool{}}
	x.come(0, 1, g.begin)
	x.see(g.begin)
	return x
}

// waitForSums waits for what the measures add up, but for what is counted where a move is
// made.
func (x *watcher) waitForSums(g *Game, wait func(any, map[string]string, ...*syntax.Expr)) {
	for _, s := range g.Sums {
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
	for len(x.todo) > 0 {
		s := x.todo[len(x.todo)-1]
		x.todo = x.todo[:len(x.todo)-1]
		if len(x.been) > mostSearched {
			return false
		}
		x.play(s)
	}
	return true
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
