package crisis

import (
	"cmp"
	"slices"
	"strings"

	"casus/model"
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
// times the step is come to; 0 where that never happens.
type ReachChoice struct {
	Choice string  `json:"choice"`
	Title  string  `json:"title"`
	P      float64 `json:"p"`
}

// Reach follows one world forward, and tells of every step of the crisis with a
// choice, in the order of play, of those too that are never come to.
func (p *Play) Reach() []Reach {
	gr := p.Graph
	out := gr.reaches()
	at := map[*position]int{}
	for i, pos := range gr.Game.steps {
		at[pos] = i
	}
	for n, v := range p.Visits(gr.Game.Case.Horizon) {
		m := gr.moves[n]
		if v == 0 || m.at == nil {
			continue
		}
		r := &out[at[m.at]]
		r.Asked += v
		for i, choice := range m.open {
			r.Choices[choice].P += float64(v * p.Policy[n][i])
		}
	}
	for i := range out {
		for j := range out[i].Choices {
			if out[i].Asked > 0 {
				out[i].Choices[j].P /= out[i].Asked
			}
		}
	}
	return slices.DeleteFunc(out, func(r Reach) bool { return len(r.Choices) < 2 })
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
			r.Choices = append(r.Choices, ReachChoice{Choice: o.choice.Name, Title: gr.Game.titled(o.choice)})
		}
		out = append(out, r)
	}
	return out
}

// titled is a choice in words, with who plays in the place of the roles.
func (g *Game) titled(ch *model.Choice) string {
	return g.Model.Cast(g.Case, cmp.Or(ch.Title, strings.ReplaceAll(ch.Name, "_", " ")))
}
