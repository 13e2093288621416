package crisis

import (
	"fmt"
	"slices"

	"casus/lang/source"
	"casus/model"
)

// Nowhere is the end of a case's chain that no play comes to, under any option.
type Nowhere struct {
	Chain *model.Chain
	Why   string
}

// Says tells of it in the words of a warning.
func (n *Nowhere) Says(k *model.Case) string {
	return fmt.Sprintf("chain “%s” leads nowhere in case %s: %s", n.Chain.Title, k.Name, n.Why)
}

// At places the end, from its first word to its last.
func (n *Nowhere) At() (first source.Pos, length int) {
	return extent(n.Chain.To)
}

// mostSearched bounds the steps that are looked at under one option for the end of a
// chain; where more can be played, nothing is said.
const mostSearched = 200_000

// ChainNowhere looks through all plays of a case for the end of its chain; nil where one
// comes to it, and where that is not certain.
func ChainNowhere(m *model.Model, k *model.Case) (*Nowhere, error) {
	if k.Chain == nil || k.Chain.To == nil || len(k.Options) == 0 {
		return nil, nil
	}
	always := true
	for _, o := range k.Options {
		g, err := Ground(m, k, o)
		if err != nil {
			return nil, err
		}
		x := newSeeker(g, k.Chain)
		if x.seek() {
			return nil, nil
		}
		always = always && x.target.holds(g.begin)
	}
	said, err := toldElsewhere(m, k)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(said, (Idle{when: k.Chain.To}).waitsFor) {
		return nil, nil
	}
	if always {
		return &Nowhere{k.Chain, k.Chain.To.String() + " holds from the start, so that nothing leads to it"}, nil
	}
	return &Nowhere{k.Chain, fmt.Sprintf("%s comes about %s", k.Chain.To, whatever(k))}, nil
}

// seeker walks every play of a game, each state once.
type seeker struct {
	*ways
	been map[key]bool
	todo []stand
}

// stand is a step in a state, in a year.
type stand struct {
	at, year int
	facts    facts
}

func newSeeker(g *Game, c *model.Chain) *seeker {
	x := &seeker{ways: (&Graph{Game: g, law: g.counsel()}).newWays(c.To), been: map[key]bool{}}
	x.come(0, 1, g.begin)
	return x
}

// seek reports whether the target comes true on a play, or whether there are too many to
// tell.
func (x *seeker) seek() bool {
	for len(x.todo) > 0 {
		s := x.todo[len(x.todo)-1]
		x.todo = x.todo[:len(x.todo)-1]
		if len(x.been) > mostSearched || x.step(s) {
			return true
		}
	}
	return false
}

// step takes every choice that is open, and reports whether the target comes true on one.
func (x *seeker) step(s stand) bool {
	g := x.gr.Game
	p := g.steps[s.at]
	open := x.gr.openChoices(p, s.facts)
	for _, choice := range open {
		post := x.gr.after(&p.choices[choice], s.facts)
		if x.target.holds(post) && !x.target.holds(s.facts) {
			return true
		}
		x.come(s.at+1, s.year, post.minus(g.step))
	}
	if len(open) == 0 {
		x.come(s.at+1, s.year, s.facts)
	}
	return false
}

// come notes the next step that is played from a state on, unless it was noted.
func (x *seeker) come(at, year int, f facts) {
	at, year, f, k, on := x.ahead(at, year, f)
	if seen := x.seen(k, year, f); on && !x.been[seen] {
		x.been[seen] = true
		x.todo = append(x.todo, stand{at, year, f})
	}
}
