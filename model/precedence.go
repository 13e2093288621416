package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/lang/source"
	"casus/lang/syntax"
)

// Precedence holds what an article says of its rank beside other engagements: that
// it prevails over them, or yields to them. Said in an article with a rule it
// ranks the duties of that article; in one without, those of the whole
// instrument (Charter, Article 103).
type Precedence struct {
	Every  bool     // every other instrument, rather than Others
	Time   string   // with Every: "earlier" or "later" than this one, by signature; empty for any
	Kinds  []string // with Every: only those of these kinds; empty for all
	Others []string // ids of instruments and addresses of articles
	Title  string   // how the text says it; empty when it is not quoted
	Pos    source.Pos
}

// Words is of what it speaks, as it is written: every other treaty, convention.
func (p Precedence) Words() string {
	which := "every other "
	if p.Time != "" {
		which = "every " + p.Time + " "
	}
	switch {
	case !p.Every:
		return strings.Join(p.Others, ", ")
	case len(p.Kinds) == 0:
		return which + "instrument"
	}
	return which + strings.Join(p.Kinds, ", ")
}

// Covers reports whether an article of another instrument is among those of
// which an instrument says it.
func (p Precedence) Covers(own *Instrument, a *Article) bool {
	if p.Every {
		return p.inTime(own, a.Instrument) && (len(p.Kinds) == 0 || slices.Contains(p.Kinds, a.Instrument.Kind))
	}
	return slices.Contains(p.Others, a.Address) || slices.Contains(p.Others, a.Instrument.ID)
}

// inTime reports whether another instrument was signed earlier, or later; one
// whose day is not known was neither.
func (p Precedence) inTime(own, other *Instrument) bool {
	known := own.HasSigned && other.HasSigned
	switch p.Time {
	case "earlier":
		return known && other.Signed < own.Signed
	case "later":
		return known && other.Signed > own.Signed
	}
	return true
}

// Consistent is the article by whose words the engagements of one instrument
// are to be consistent with those of another; nil where it says no such thing.
// It is no rank: it does not say which comes first where they collide.
func (m *Model) Consistent(a, with *Article) *Article {
	if a.Instrument == with.Instrument {
		return nil
	}
	return a.ranked(with, func(a *Article) []Precedence { return a.Consistent })
}

// Prevailing is the article by whose words the duties of one article prevail
// over those of another; nil where no text says so. It may be either of the
// two, or a third of one of their instruments. Two texts that each claim to
// prevail over the other are both found, by asking both ways round.
func (m *Model) Prevailing(over, under *Article) *Article {
	if over.Instrument == under.Instrument {
		return nil // an exception's over says how articles of one instrument stand
	}
	if a := over.ranked(under, func(a *Article) []Precedence { return a.Prevails }); a != nil {
		return a
	}
	return under.ranked(over, func(a *Article) []Precedence { return a.Yields })
}

// ranked is the article, a itself or one of its instrument that speaks for all
// of it, with a statement about another.
func (a *Article) ranked(other *Article, statements func(*Article) []Precedence) *Article {
	for _, b := range a.Instrument.Articles {
		if b != a && len(b.Rules) > 0 {
			continue
		}
		for _, p := range statements(b) {
			if p.Covers(a.Instrument, other) {
				return b
			}
		}
	}
	return nil
}

// precedence reads `prevails over`, `yields to` or `consistent with`, then `every
// other instrument` (or every earlier, every later)
// (or a list of kinds) or a list of instruments and articles, and the words of
// the text.
func (l *loader) precedence(c *syntax.Cursor, a *Article, link string) Precedence {
	p := Precedence{Pos: c.Stmt.Pos()}
	c.Expect(link)
	if c.Word("every") {
		p.Every = true
		switch {
		case c.Word("earlier"):
			p.Time = "earlier"
		case c.Word("later"):
			p.Time = "later"
		default:
			c.Expect("other")
		}
		if !c.Word("instrument") {
			p.Kinds = l.kindsOfInstrument(c)
		}
	} else {
		for _, t := range c.Names("an instrument or an article") {
			p.Others = append(p.Others, t.Text)
			l.later = append(l.later, func() { l.ranks(t, c.Stmt, a) })
		}
	}
	p.Title = c.OptString()
	return p
}

// kindsOfInstrument reads one or more kinds of instrument.
func (l *loader) kindsOfInstrument(c *syntax.Cursor) []string {
	var out []string
	for _, t := range c.Names("a kind of instrument") {
		if l.isInstrumentKind(c, t) {
			out = append(out, t.Text)
		}
	}
	return out
}

// ranks checks a name that an article is ranked beside.
func (l *loader) ranks(t syntax.Token, in *syntax.Stmt, a *Article) {
	switch b := l.m.articles[t.Text]; {
	case t.Text == a.Instrument.ID, b != nil && b.Instrument == a.Instrument:
		l.fail(t, in, t.Text+" is of the same instrument", "say how its articles stand with except … over")
	case b == nil && l.m.instruments[t.Text] == nil:
		l.fail(t, in, "unknown instrument or article "+strconv.Quote(t.Text), cmp.Or(near(l, t.Text, l.m.instruments), near(l, t.Text, l.m.articles)))
	}
}

// rebindPrecedences copies the precedences of one instrument's article for the
// same article of another.
func rebindPrecedences(ps []Precedence, from, to string) []Precedence {
	out := slices.Clone(ps)
	for i := range out {
		out[i].Others = slices.Clone(out[i].Others)
		for j, other := range out[i].Others {
			out[i].Others[j] = rebindAddress(other, from, to)
		}
	}
	return out
}
