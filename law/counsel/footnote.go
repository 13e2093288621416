package counsel

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"casus/finding"
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
	if year := e.yearCited(); year != "" {
		line += ", of " + year
	} else {
		line += h.days()
	}
	if e.What == "article" {
		line += e.articleCited()
	}
	if s := h.SeriesWords(); s != "" {
		line += ", " + s
	}
	if h.Political {
		line += ", not legally binding"
	}
	return line
}

// days are the place and day of signature, and the entry into force where that is
// another day. Custom has neither.
func (h *CitedInstrument) days() string {
	if h.Kind == "custom" {
		return ""
	}
	out := ""
	if h.Signed != "" {
		out = ", " + strings.TrimPrefix(h.SignedAt+", "+longDay(h.Signed), ", ")
	}
	if h.InForce != "" && h.InForce != h.Signed && h.Assumed == "" {
		out += " (in force " + longDay(h.InForce) + ")"
	}
	return out
}

// yearCited is the year of a treaty that stands in the model as an article of
// another: of an alliance of several texts, those are told apart by their years.
func (e *Cited) yearCited() string {
	if e.What != "article" {
		return ""
	}
	number := strings.TrimPrefix(e.Articles[0].Address, e.Instrument.ID+".")
	if !plainYear.MatchString(number) {
		return ""
	}
	return number
}

// articleCited is the article, its title and, of a later wording, since when it
// has been the text.
func (e *Cited) articleCited() string {
	a, h := e.Articles[0], e.Instrument
	out := ""
	if a.From != "" && a.From > h.Signed && e.yearCited() == "" {
		out = ", as worded from " + longDay(a.From)
	}
	switch {
	case e.yearCited() != "":
	case e.Title == "" || slices.Contains(numbered, h.Kind):
		out += ", " + articleWords(a.Address, h.ID)
	}
	if e.Title != "" {
		out += " (" + e.Title + ")"
	}
	return out
}

// numbered are the kinds of text that have articles. Letters, statements and custom
// have none: the numbers that the model gives their parts are its own.
var numbered = []string{"treaty", "agreement", "convention", "statute", "constitution", "draft", "armistice"}

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
	return finding.And(names)
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
	plainYear    = regexp.MustCompile(`^1\d{3}$|^20\d{2}$`)
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
