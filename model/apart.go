package model

import (
	"fmt"
	"slices"
	"strings"

	"casus/data"
	"casus/lang/source"
	"casus/lang/syntax"
)

// Apart says that a place was no state's land on some days and had a standing of
// its own: a free city, an international zone, a mandate, a protectorate. Who
// administers it, who protects it and with whom the title is left may be states, or
// others in words (the League of Nations).
type Apart struct {
	Title             string
	From, Until       data.Day
	HasFrom, HasUntil bool
	Ties              []Tie
	By                string // the text that made it so: a treaty, article and day
	Cite
	Pos source.Pos
}

// Tie binds a state, or another in words, to a place that is apart.
type Tie struct {
	How    TieKind
	States []string
	Words  string // who it is, where it is no state
}

// TieKind is one way in which somebody has to do with a place that is apart.
type TieKind uint8

// The ways of a Tie, in the order in which they are told.
const (
	Protected TieKind = iota
	Administered
	TitleWith
)

func (k TieKind) String() string {
	return [...]string{"protected by", "administered by", "title with"}[k]
}

// On reports whether the place is apart on a day.
func (p *Apart) On(d data.Day) bool {
	return (!p.HasFrom || d >= p.From) && (!p.HasUntil || d < p.Until)
}

// meets reports whether two stretches of days have one in common.
func (p *Apart) meets(from, until data.Day, hasFrom, hasUntil bool) bool {
	return (!p.HasUntil || !hasFrom || from < p.Until) && (!hasUntil || !p.HasFrom || p.From < until)
}

// Of reports whether a state has to do with the place, so that its treaties may take
// the place for its territory; of the metropolitan part only the title counts.
func (p *Apart) Of(state string, home bool) bool {
	return slices.ContainsFunc(p.Ties, func(t Tie) bool {
		return slices.Contains(t.States, state) && (!home || t.How == TitleWith)
	})
}

// States are all that have to do with the place.
func (p *Apart) States() []string {
	var out []string
	for _, t := range p.Ties {
		for _, s := range t.States {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// Words say what the place is and whose: "a Free City; protected by the League of
// Nations". Names turns a state into what it is to be called.
func (p *Apart) Words(names func(state string) string) string {
	out := []string{p.Title}
	for _, t := range p.Ties {
		who := make([]string, 0, len(t.States)+1)
		for _, s := range t.States {
			who = append(who, names(s))
		}
		if t.Words != "" {
			who = append(who, t.Words)
		}
		out = append(out, t.How.String()+" "+strings.Join(who, ", "))
	}
	return strings.Join(out, "; ")
}

// apartOn is the standing of its own that an area has on a day, by its own lines.
func (a *Area) apartOn(d data.Day) *Apart {
	for i := range a.Apart {
		if a.Apart[i].On(d) {
			return &a.Apart[i]
		}
	}
	return nil
}

// ApartOn is the standing of its own that a place has on a day, or nil: by its own
// lines or by those of what holds it. Of a place that is contested on the day its
// readings tell.
func (m *Model) ApartOn(place string, day data.Day) *Apart {
	key := asked{"apart", place, "", m.era(day)}
	v, known := m.places.Load(key)
	if !known {
		_, own, _ := m.whoseAs(place, day, headOnly, map[string]bool{})
		v, _ = m.places.LoadOrStore(key, own)
	}
	own := v.(*Apart)
	if own == nil || slices.ContainsFunc(m.Contests(place), func(q *Question) bool { return q.On(day) }) {
		return nil
	}
	return own
}

// apartLine reads `apart "a Free City" from DATE until DATE { protected by "the
// League of Nations"; … }`.
func (l *loader) apartLine(c *syntax.Cursor, a *Area) {
	p := Apart{Pos: c.Stmt.Pos()}
	if t, ok := c.String("what the place is, in quotes"); !ok {
		return
	} else if p.Title = strings.TrimSpace(t.Value); p.Title == "" {
		c.Fail(t, "a text without words", "say what the place is: a Free City, a mandate")
		return
	}
	at := c.Peek()
	days := l.heldDays(c)
	p.From, p.HasFrom, p.Until, p.HasUntil = days.From, days.HasFrom, days.Until, days.HasUntil
	p.By, p.Cite = days.By, days.Cite
	if !p.HasFrom && !c.Failed() {
		c.Fail(at, "from which day is it apart?", `such as apart "a Free City" from 1920-11-15 until 1939-09-01`)
	}
	if c.Stmt.HasEnd {
		readers := l.citing(&p.Cite)
		readers["by"] = func(c *syntax.Cursor) { p.By = text(c) }
		readers["protected"] = func(c *syntax.Cursor) { l.tie(c, &p, Protected, "by") }
		readers["administered"] = func(c *syntax.Cursor) { l.tie(c, &p, Administered, "by") }
		readers["title"] = func(c *syntax.Cursor) { l.tie(c, &p, TitleWith, "with") }
		l.lines(c.Stmt, readers)
		l.once(c.Stmt, "by", "protected", "administered", "title", "status")
	}
	slices.SortStableFunc(p.Ties, func(x, y Tie) int { return int(x.How) - int(y.How) })
	a.Apart = append(a.Apart, p)
}

// tie reads who protects, administers or has the title: states, or others in quotes.
func (l *loader) tie(c *syntax.Cursor, p *Apart, how TieKind, word string) {
	if !c.Expect(word) {
		return
	}
	t := Tie{How: how}
	if c.Peek().Kind == syntax.String {
		t.Words = text(c)
	} else {
		for _, n := range c.Names("a state, or another in quotes") {
			l.state(n, c.Stmt)
			t.States = append(t.States, n.Text)
		}
		if c.Take(",") {
			t.Words = text(c)
		}
	}
	p.Ties = append(p.Ties, t)
}

// apartOnce reports places that would be apart and something else on one day.
func (l *loader) apartOnce() {
	for _, name := range sortedKeys(l.m.Areas) {
		a := l.m.Areas[name]
		for i := range a.Apart {
			p := &a.Apart[i]
			also := ""
			for _, h := range a.In {
				if l.m.IsLand(h.In) && p.meets(h.From, h.Until, h.HasFrom, h.HasUntil) {
					also = "in " + h.In
				}
			}
			if q := a.Question; q != nil && p.meets(q.From, q.Until, q.HasFrom, q.HasUntil) {
				also = "contested"
			}
			for j := range a.Apart[:i] {
				if o := &a.Apart[j]; p.meets(o.From, o.Until, o.HasFrom, o.HasUntil) {
					also = "apart as " + o.Title
				}
			}
			if also != "" {
				l.at(p.Pos, len("apart"), "", fmt.Sprintf("place %s would be apart and %s on one day", name, also), "until is the first day on which it is so no more")
			}
		}
	}
}
