package crisis

import (
	"fmt"
	"slices"
	"strings"

	"casus/game"
	"casus/lang/source"
)

// Walk is one play, opened choice by choice: what was taken, how likely that is,
// and where it leads.
type Walk struct {
	P     float64 `json:"p"` // of all that was taken
	Taken []Taken `json:"taken"`
	At    *Stand  `json:"at"` // null where the play is over, or the years shown are
}

// Stand is a place in a play at which more than one thing can happen.
type Stand struct {
	Year    int        `json:"year"` // of the game, from 1; 0 in a game that ends with its horizon, which tells no years apart
	Step    string     `json:"step"`
	Title   string     `json:"title,omitempty"`
	Actor   string     `json:"actor,omitempty"` // empty for a chance
	Choices []Prospect `json:"choices"`
}

// Prospect is one thing that may happen at a stand. Then is the next step at
// which more than one thing can happen; empty where the play is over.
type Prospect struct {
	ReachChoice
	Then string `json:"then"`
}

// Taken is a choice at a stand, or what chance brought there.
type Taken struct {
	Year   int     `json:"year"`
	Step   string  `json:"step"`
	Actor  string  `json:"actor,omitempty"`
	Choice string  `json:"choice"`
	Title  string  `json:"title"`
	P      float64 `json:"p"`
}

// Walk takes one choice after the other from the start, by name, and tells where
// that leads. Steps at which only one thing can happen are passed. It fails with
// a source.Misuse where a choice is not open.
func (p *Play) Walk(choices []string) (*Walk, error) {
	w := &Walk{P: 1, Taken: []Taken{}}
	n, year := p.onward(p.Form().Start().Next, 1)
	for _, choice := range choices {
		at := p.stand(n, year)
		if at == nil {
			return nil, source.Misused("nothing is left to choose at %q: the play is over, or the years shown are", choice)
		}
		i := slices.IndexFunc(at.Choices, func(c Prospect) bool { return c.Choice == choice })
		if i < 0 {
			return nil, source.Hint(source.Misused("no choice %q at %s", choice, at.label()), "name one of "+at.names())
		}
		c := at.Choices[i]
		w.Taken = append(w.Taken, Taken{at.Year, at.Step, at.Actor, c.Choice, c.Title, c.P})
		w.P *= c.P
		n, year = p.onward(p.Form().Node(n).Actions[i].Next, year)
	}
	w.At = p.stand(n, year)
	return w, nil
}

// Form is the game that is played, in extensive form.
func (p *Play) Form() *game.Game { return p.Play.Game }

// onward passes the turn of the year; game.End where the years shown are over.
func (p *Play) onward(n, year int) (int, int) {
	for p.Form().Node(n).Year > 0 {
		if year++; year > p.Graph.Game.Case.Horizon {
			return game.End, year
		}
		n = p.Form().Years()[p.Form().Node(n).Year-1].Entry.Next
	}
	return n, year
}

// stand tells what can happen at a node; nil at the end.
func (p *Play) stand(n, year int) *Stand {
	if n == game.End {
		return nil
	}
	g, m := p.Graph.Game, p.Graph.moves[n]
	out := &Stand{Step: m.at.step.Name, Title: m.at.step.Title}
	if g.goesOn() {
		out.Year = year
	}
	if m.at.mover != game.Nature {
		out.Actor = g.Actors[m.at.mover]
	}
	for i, a := range p.Form().Node(n).Actions {
		c := Prospect{ReachChoice: ReachChoice{Choice: a.Label, Title: g.titled(m.at.choices[m.open[i]].choice), P: p.Policy[n][i]}}
		if next, _ := p.onward(a.Next, year); next != game.End {
			c.Then = p.Form().Node(next).Label
		}
		out.Choices = append(out.Choices, c)
	}
	return out
}

func (s *Stand) label() string {
	if s.Actor == "" {
		return s.Step
	}
	return fmt.Sprintf("%s(%s)", s.Step, s.Actor)
}

func (s *Stand) names() string {
	var out []string
	for _, c := range s.Choices {
		out = append(out, c.Choice)
	}
	return strings.Join(out, ", ")
}
