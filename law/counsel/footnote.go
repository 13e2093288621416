package counsel

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/terminal"
)

// footnoted gives each address its footnote.
func (c *citing) footnoted() {
	for i := range c.out.Cited {
		e := &c.out.Cited[i]
		var sources []string
		for _, id := range e.sources() {
			if k := slices.IndexFunc(c.out.Sources, func(s CitedSource) bool { return s.ID == id }); k >= 0 {
				sources = append(sources, c.out.Sources[k].footnote())
			}
		}
		if len(sources) == 0 {
			continue
		}
		line := strings.Join(sources, "; ")
		if e.Instrument != nil {
			line = c.treaty(e) + ": " + line + e.sure()
		}
		e.Footnote = terminal.Clean(strings.Join(strings.Fields(line), " ")) + "."
	}
}

// footnote is a source as a footnote names it, with its grade; of what was not
// seen it says so.
func (s CitedSource) footnote() string {
	out := s.Title
	if s.Elsewhere() {
		out += ", " + s.Address
	}
	mark := s.ID
	if grades[s.Grade] != "" {
		mark += ", grade " + s.Grade
	}
	if how := seen(s.Status); how != "seen" && !strings.Contains(out, how) {
		mark += ", " + how
	}
	return out + " [" + mark + "]"
}

// sure says of what was not verified how sure the model is.
func (e *Cited) sure() string {
	status := e.Instrument.Status
	if e.What == "article" {
		status = e.Articles[0].Status
	}
	switch status {
	case "verified":
		return ""
	case "":
		return "; how sure this is, the model does not say"
	case "memory":
		return "; from memory"
	}
	return "; " + status
}

// treaty cites an instrument or an article of it: authors or parties where they
// are few, title, place and day, entry into force, article, series.
func (c *citing) treaty(e *Cited) string {
	h := e.Instrument
	line := h.Title
	if names := c.authors(h); names != "" {
		line = names + ", " + line
	}
	if h.Signed != "" {
		line += ", " + strings.TrimPrefix(h.SignedAt+", "+longDay(h.Signed), ", ")
	}
	if h.InForce != "" && h.InForce != h.Signed && h.Assumed == "" {
		line += " (in force " + longDay(h.InForce) + ")"
	}
	if e.What == "article" {
		a := e.Articles[0]
		switch {
		case e.Title != "" && c.unnumbered(h.ID):
			line += " (" + e.Title + ")"
		case e.Title != "":
			line += ", " + articleWords(a.Address, h.ID) + " (" + e.Title + ")"
		default:
			line += ", " + articleWords(a.Address, h.ID)
		}
	}
	if s := h.SeriesWords(); s != "" {
		line += ", " + s
	}
	if h.Political {
		line += ", not legally binding"
	}
	return line
}

// unnumbered reports whether a text has no articles of its own: letters and notes
// that were exchanged, and a declaration or statement of which one thing is asked. Its number
// in the model is then no article that could be looked up.
func (c *citing) unnumbered(id string) bool {
	in := c.m.Instrument(id)
	return in.Kind == "exchange" || (in.Kind == "declaration" || in.Kind == "statement") && len(in.Articles) == 1
}

// mostAuthors is of how many parties a footnote names each.
const mostAuthors = 3

// authors names the first parties of an instrument where they are few and the
// title does not name them.
func (c *citing) authors(h *CitedInstrument) string {
	var names []string
	missing := false
	for _, p := range c.m.Instrument(h.ID).Parties {
		name := c.m.States.Name(p.State, p.From)
		if slices.Contains(names, name) {
			continue
		}
		names = append(names, name)
		missing = missing || !strings.Contains(h.Title, name)
	}
	if len(names) > mostAuthors || !missing {
		return ""
	}
	last := len(names) - 1
	return strings.TrimPrefix(strings.Join(names[:last], ", ")+" and "+names[last], " and ")
}

// longDay writes 1949-04-04 as 4 April 1949.
func longDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}

var (
	plainArticle = regexp.MustCompile(`^(\d+|[IVXLC]+)((?:[._]\d+)*)$`)
	paragraph    = regexp.MustCompile(`[._](\d+)`)
)

// articleWords is an article as lawyers write it: art. 42(7). One without a
// number of its own is cited by its address in the model.
func articleWords(address, instrument string) string {
	number := strings.TrimPrefix(address, instrument+".")
	m := plainArticle.FindStringSubmatch(number)
	if m == nil {
		return address
	}
	return "art. " + m[1] + paragraph.ReplaceAllString(m[2], "($1)")
}

// SeriesWords is where it is printed, and whether that is from memory.
func (h *CitedInstrument) SeriesWords() string {
	if h.Series != "" && h.Unseen {
		return h.Series + " (from memory)"
	}
	return h.Series
}
