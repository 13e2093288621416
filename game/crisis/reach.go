package crisis

import (
	"cmp"
	"slices"
	"strings"

	"casus/lang/syntax"
	"casus/model"
	"casus/special"
)

// Reach is how often one actor's move, or a chance, is come to within the years
// shown, where more than one thing can happen, and what happens there.
type Reach struct {
	Step    string        `json:"step"`
	Title   string        `json:"title,omitempty"`
	Actor   string        `json:"actor,omitempty"` // empty for a chance
	Asked   float64       `json:"asked"`           // times, expected
	Choices []ReachChoice `json:"choices"`
}

// ReachChoice is one thing that may happen at a step. P is its share of the
// times the step is come to; 0 where that never happens. Base is what part of
// them would fall to it if nothing that follows told the choices apart, and Adds
// what does, in log odds: logit(P) − logit(Base); both are null for a chance, and
// Adds where either is 0 or 1.
type ReachChoice struct {
	Choice string   `json:"choice"`
	Title  string   `json:"title"`
	P      float64  `json:"p"`
	Base   *float64 `json:"base"`
	Adds   *float64 `json:"adds_log_odds"`
}

// Reach follows one world forward, and tells of every step of the crisis with a
// choice, in the order of play, of those too that are never come to.
func (p *Play) Reach() []Reach { return p.reach(p.Visits(p.Graph.Game.Case.Horizon)) }

// ReachGiven is Reach from the step on which the condition comes true that the
// first conditional measure is given, over as many years, as that measure counts;
// with the measure that tells how likely the condition is. Empty where no measure
// has one.
func (p *Play) ReachGiven() (steps []Reach, likely float64, measure string) {
	g := p.Graph.Game
	var given *syntax.Expr
	for _, m := range g.Crisis.Measures {
		m.Expr.Walk(func(e *syntax.Expr) {
			if s := sumOf(e); m.Given != "" && given == nil && s != nil && s.given != nil {
				given, measure = s.given, m.Given
			}
		})
	}
	if given == nil {
		return []Reach{}, 0, ""
	}
	visits, likely := p.VisitsGiven(g.Case.Horizon, g.reached(given))
	return p.reach(visits), likely, measure
}

func (p *Play) reach(visits []float64) []Reach {
	gr := p.Graph
	out := gr.reaches()
	at := map[*position]int{}
	for i, pos := range gr.Game.steps {
		at[pos] = i
	}
	for n, v := range visits {
		m := gr.moves[n]
		if v == 0 || m.at == nil {
			continue
		}
		r := &out[at[m.at]]
		r.Asked += v
		start := p.Start(n)
		for i, choice := range m.open {
			r.Choices[choice].P += float64(v * p.Policy[n][i])
			if start != nil {
				*r.Choices[choice].Base += float64(v * start[i])
			}
		}
	}
	for i := range out {
		for j := range out[i].Choices {
			out[i].Choices[j].average(out[i].Asked)
		}
	}
	return slices.DeleteFunc(out, func(r Reach) bool { return len(r.Choices) < 2 })
}

// average turns sums over the times a step is come to into shares of them.
func (c *ReachChoice) average(asked float64) {
	if asked == 0 {
		return
	}
	c.P /= asked
	if c.Base == nil {
		return
	}
	*c.Base /= asked
	if c.P > 0 && c.P < 1 && *c.Base > 0 && *c.Base < 1 {
		adds := special.Log(c.P/(1-c.P)) - special.Log(*c.Base/(1-*c.Base))
		c.Adds = &adds
	}
}

// reaches lists the steps with their choices, nothing reached yet.
func (gr *Graph) reaches() []Reach {
	var out []Reach
	for _, pos := range gr.Game.steps {
		r := Reach{Step: pos.step.Name, Title: pos.step.Title}
		if pos.mover >= 0 {
			r.Actor = gr.Game.Actors[pos.mover]
		}
		for _, o := range pos.choices {
			c := ReachChoice{Choice: o.choice.Name, Title: gr.Game.titled(o.choice)}
			if pos.mover >= 0 {
				c.Base = new(float64)
			}
			r.Choices = append(r.Choices, c)
		}
		out = append(out, r)
	}
	return out
}

// titled is a choice in words, with who plays in the place of the roles.
func (g *Game) titled(ch *model.Choice) string {
	return g.Model.Cast(g.Case, cmp.Or(ch.Title, strings.ReplaceAll(ch.Name, "_", " ")))
}
