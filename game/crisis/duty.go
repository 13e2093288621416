package crisis

import (
	"fmt"
	"slices"
	"strconv"

	"casus/law"
	"casus/model"
)

// event is a grounded event: who may be its victims, and when each is.
type event struct {
	id      int
	spec    *model.GameEvent
	by      string
	victims []victim
	object  string
	place   string // an area; "" for each victim's own home
	links   []link
}

type victim struct {
	actor string
	when  cond
}

// link says when a fact of law holds in a state of the game.
type link struct {
	fact string
	when cond
}

// Owing holds what law says an actor owes in an event: the level of obligation
// and the articles it rests on.
type Owing struct {
	Actor    string
	Level    int // index in model.Levels
	Articles []ArticleDuty
}

// ArticleDuty is one article's part in what is owed.
type ArticleDuty struct {
	Address string     `json:"article"`
	Class   string     `json:"class"`
	Status  law.Status `json:"status"`
	Why     string     `json:"why"`
	Level   int        `json:"level"`
}

func (c *compiler) event(e *model.GameEvent) *event {
	ev := &event{spec: e, by: c.actorNamed(e.By), object: e.Object, id: c.g.events}
	c.g.events++
	if e.By == "" {
		ev.by = firstOf(c.g.Case.Roles["challenger"])
	}
	switch {
	case e.Place == "home":
	case c.g.Crisis.Role(e.Place) != nil:
		ev.place = c.actorNamed(e.Place)
	default:
		ev.place = e.Place
	}
	if e.Var == "" {
		ev.victims = []victim{{c.actorNamed(e.On), always}}
	} else {
		c.bind(e.Var, e.Over, func(a string) {
			if when := c.cond(e.If); !when.never() {
				ev.victims = append(ev.victims, victim{a, when})
			}
		})
	}
	c.inEffect()
	for _, l := range c.g.Crisis.LegalFacts {
		ev.links = append(ev.links, link{l.Fact, c.cond(l.Cond)})
	}
	return ev
}

func firstOf(xs []string) string {
	if len(xs) == 0 {
		return ""
	}
	return xs[0]
}

// mustLevel is the level at which military help is owed.
const mustLevel = 4

func levelName(level int) string { return model.Levels[level] }

// counsel tells what is owed in the events of a game, and asks the law about
// equal ones once.
type counsel struct {
	g     *Game
	owing map[string][]Owing
	asked map[string]map[string][]ArticleDuty
}

func (g *Game) counsel() *counsel {
	return &counsel{g, map[string][]Owing{}, map[string]map[string][]ArticleDuty{}}
}

// happen gives what each actor owes when an event happens in a state.
func (c *counsel) happen(ev *event, f facts) []Owing {
	g := c.g
	key := g.owingKey(ev, f)
	if o, ok := c.owing[key]; ok {
		return o
	}
	known := map[string]law.Tri{}
	for _, v := range g.Case.LegalFacts {
		known[law.FactKey(v.Name, v.Args...)] = law.Of(v.True)
	}
	for _, l := range ev.links {
		known[l.fact] = law.Of(l.when.holds(f))
	}
	book := g.before
	if g.effect.holds(f) {
		book = g.book
	}
	out := c.owes(book, ev.struck(f), ev, known)
	c.owing[key] = out
	return out
}

// owingKey is all that what is owed in an event depends on: the event, its
// victims, the facts of law, and whether the option is in effect.
func (g *Game) owingKey(ev *event, f facts) string {
	b := make([]byte, 0, 64)
	b = strconv.AppendInt(b, int64(ev.id), 10)
	for _, v := range ev.victims {
		b = append(b, ' ', sign(v.when.holds(f)))
	}
	for _, l := range ev.links {
		b = append(b, sign(l.when.holds(f)))
	}
	return string(append(b, sign(g.effect.holds(f))))
}

func sign(v bool) byte {
	if v {
		return '+'
	}
	return '-'
}

// struck are the victims of an event in a state.
func (ev *event) struck(f facts) []string {
	var out []string
	for _, v := range ev.victims {
		if v.when.holds(f) {
			out = append(out, v.actor)
		}
	}
	return out
}

// owes is the strongest obligation of each actor toward any of the victims. A
// victim owes nothing: it defends itself.
func (c *counsel) owes(book *law.Book, victims []string, ev *event, known map[string]law.Tri) []Owing {
	g := c.g
	out := make([]Owing, len(g.Actors))
	for i, a := range g.Actors {
		out[i].Actor = a
	}
	for _, v := range victims {
		for _, vs := range g.states(v) {
			place := ev.place
			if place == "" {
				place = vs + ".home"
			}
			answers := c.answers(book, law.Event{Kind: ev.spec.Kind, By: ev.by, On: vs, Object: ev.object, Place: place, Facts: known, Readings: g.Case.Readings})
			for i, a := range g.Actors {
				if slices.Contains(victims, a) || a == ev.by {
					continue
				}
				for _, s := range g.states(a) {
					out[i].add(answers[s])
				}
			}
		}
	}
	return out
}

// answers asks the law once for each event on one state, and keeps what it says
// by debtor.
func (c *counsel) answers(book *law.Book, ev law.Event) map[string][]ArticleDuty {
	key := fmt.Sprintf("%t %s %s %s %s %s %v", book == c.g.book, ev.Kind, ev.By, ev.On, ev.Object, ev.Place, ev.Facts)
	if known, ok := c.asked[key]; ok {
		return known
	}
	out := map[string][]ArticleDuty{}
	for _, a := range book.Answers(ev, false) {
		if level := Level(a); level > 0 && a.Verb == model.Owes {
			out[a.Debtor] = append(out[a.Debtor], ArticleDuty{Address: a.Article.Address, Class: a.Class.Name, Status: a.Status, Why: a.Why, Level: level})
		}
	}
	c.asked[key] = out
	return out
}

func (o *Owing) add(duties []ArticleDuty) {
	for _, d := range duties {
		o.Level = max(o.Level, d.Level)
		if !slices.ContainsFunc(o.Articles, func(x ArticleDuty) bool { return x.Address == d.Address && x.Status == d.Status }) {
			o.Articles = append(o.Articles, d)
		}
	}
}

// Level is the level of obligation of an answer, an index in model.Levels:
// none; consult; soft (contested, undecided, or only political); deems (each
// chooses its means); must (military help is owed).
func Level(a law.Answer) int {
	soft := a.Article.Instrument.Political
	switch a.Status {
	case law.Owed:
	case law.Contested, law.Depends:
		soft = true
	default:
		return 0
	}
	switch {
	case a.Class.Force == model.NoForce && a.Class.Strength > 0:
		return 1
	case a.Class.Force == model.NoForce:
		return 0
	case soft:
		return 2
	case a.Class.Force == model.MayForce:
		return 3
	}
	return 4
}

// pledges lists what each actor would owe the protege, or the one of several to
// whom it owes most, if the challenger attacked its territory while a ceasefire is
// in force: how the law of the option stands before anything happens.
func (g *Game) pledges() {
	by := firstOf(g.Case.Roles["challenger"])
	if by == "" {
		return
	}
	known := map[string]law.Tri{"ceasefire": law.Yes, "requested": law.Yes}
	for _, v := range g.Case.LegalFacts {
		known[law.FactKey(v.Name, v.Args...)] = law.Of(v.True)
	}
	for _, p := range g.Case.Roles["protege"] {
		ev := &event{spec: &model.GameEvent{Kind: "armed attack"}, by: by, object: "territory", place: g.states(p)[0]}
		for _, o := range g.counsel().owes(g.book, []string{p}, ev, known) {
			g.pledge[o.Actor] = max(g.pledge[o.Actor], o.Level)
		}
	}
}
