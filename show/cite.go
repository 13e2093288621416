package show

import (
	"casus/law/counsel"
	"fmt"
	"io"
	"strings"
)

// citation is being printed.
type citation struct{ *counsel.Citation }

// Text writes the citation for a person to read.
func Citation(out io.Writer, f *counsel.Citation, l Layout) error {
	c := &citation{f}
	p := newPage(l)
	for i, e := range c.Cited {
		if i > 0 {
			p.gap()
		}
		p.cited(&e, c.Date)
		if last := i+1 == len(c.Cited); e.What == "article" && (last || !sameTreaty(&e, &c.Cited[i+1])) {
			p.gap()
			p.entry(0, 2, e.Instrument.ID, e.Instrument.Title)
			p.instrument(e.Instrument, c.Date)
		}
	}
	if len(c.Sources) > 0 {
		p.gap()
		p.heading("SOURCES", "")
		for _, s := range c.Sources {
			p.entry(2, 4, s.ID, sourceWords(s))
		}
	}
	p.notes(texts(c.Warnings))
	return p.print(out)
}

// sameTreaty reports whether both are articles of one instrument, whose head is
// then printed once.
func sameTreaty(e, f *counsel.Cited) bool {
	return e.What == "article" && f.What == "article" && e.Instrument.ID == f.Instrument.ID
}

func (p *page) cited(e *counsel.Cited, date string) {
	switch e.What {
	case "instrument":
		p.entry(0, 2, e.Address, e.Title)
		p.instrument(e.Instrument, date)
		for _, a := range e.Articles {
			p.gap()
			p.entry(0, 2, a.Address, a.Title)
			p.article(&a)
		}
	case "article":
		p.entry(0, 2, e.Address, e.Title+wording(e, date))
		p.article(&e.Articles[0])
	case "class":
		p.entry(0, 2, e.Address, e.Title)
		p.item("armed force", map[string]string{"none": "not called for", "may": "each may choose it", "must": "military help is owed"}[e.Class.Force])
		p.item("strength", fmt.Sprintf("%g, on a scale of classes up to %g", e.Class.Strength, e.Class.Strongest))
		p.items("in", e.UsedBy)
		p.item("defined", e.Defined)
	default:
		p.entry(0, 2, e.Address, e.Title)
		p.lines("whose", historyWords(e.History))
		for _, l := range e.Lines {
			p.lines(l.Label, l.Words)
		}
		used := "asked for by"
		if e.What == "source" {
			used = "cited in"
		}
		p.items(used, e.UsedBy)
		p.item("defined", e.Defined)
	}
}

// historyWords say whose a place was, a line for each stretch of time.
func historyWords(spells []counsel.PlaceSpell) []string {
	var out []string
	for _, s := range spells {
		out = append(out, s.Words())
	}
	return out
}

// wording says that an article is shown in the wording of another day than the
// address asked for, or that it has none on the day.
func wording(e *counsel.Cited, date string) string {
	a := e.Articles[0]
	switch {
	case e.Asked != "":
		return ". The wording of " + date + "; " + e.Asked + " is another"
	case date != "" && (a.From != "" && date < a.From || a.Until != "" && date >= a.Until):
		return ". Not the wording of " + date + ", on which there was none"
	}
	return ""
}

// item is one labelled paragraph; nothing where there is nothing to say.
func (p *page) item(label, text string) {
	if text != "" {
		p.entry(2, 6, label+":", text)
	}
}

// items is a label with a list set as one paragraph.
func (p *page) items(label string, list []string) { p.item(label, strings.Join(list, ", ")) }

// lines is a label with a line for each of several; one stands beside it.
func (p *page) lines(label string, list []string) {
	if len(list) < 2 {
		p.items(label, list)
		return
	}
	p.entry(2, 6, label+":", "")
	for _, s := range list {
		p.line(6, 8, s)
	}
}

func (p *page) instrument(h *counsel.CitedInstrument, date string) {
	kind := h.Kind
	if h.Political {
		kind += ", political, not legally binding"
	}
	p.item("kind", kind)
	p.item("signed", strings.TrimSuffix(h.Signed+", "+h.SignedAt, ", "))
	p.item("series", h.SeriesWords())
	force := h.InForce
	if h.Assumed != "" {
		force += ", assumed: " + h.Assumed
	} else if force == "" {
		force = map[bool]string{true: "never", false: "not known"}[h.Kind == "draft" || h.Kind == "offer"]
	}
	p.item("in force", force)
	p.item("ended", strings.TrimSpace(h.Ended+" "+h.EndedWhy))
	if h.Standing != "" {
		p.item("on "+date, h.Standing)
	}
	p.item("active when", h.Active)
	if h.Unpublished {
		p.item("text", "not public")
	}
	p.item("parties", partyWords(h, date))
	p.lines("suspended", h.Suspensions)
	p.item("exit", h.Exit)
	p.grounds(h.Grounds, h.Defined)
}

func (p *page) grounds(g counsel.Grounds, defined string) {
	p.lines("notes", g.Notes)
	status := g.Status
	if status == "" {
		status = "none"
	}
	p.item("status", status+": "+g.Certainty)
	p.items("sources", g.Sources)
	p.item("defined", defined)
}

// partyWords groups the parties by their days.
func partyWords(h *counsel.CitedInstrument, date string) string {
	if len(h.Parties) == 0 {
		if date != "" {
			return "none on " + date
		}
		return "none named"
	}
	var groups []string
	members := map[string][]string{}
	for _, ms := range h.Parties {
		key := partyDays(ms)
		if members[key] == nil {
			groups = append(groups, key)
		}
		members[key] = append(members[key], ms.State)
	}
	for i, key := range groups {
		groups[i] = strings.Join(members[key], ", ") + " " + key
	}
	return strings.Join(groups, "; ")
}

func partyDays(ms counsel.CitedParty) string {
	s := counsel.Days(ms.From, ms.Until)
	if ms.Signed != "" {
		s = "signed " + ms.Signed + " " + s
	}
	var more []string
	if ms.Doubt != "" {
		more = append(more, ms.Doubt)
	}
	if ms.Status != "" {
		more = append(more, ms.Status)
	}
	if ms.Note != "" {
		more = append(more, ms.Note)
	}
	if len(more) > 0 {
		s += " (" + strings.Join(more, ": ") + ")"
	}
	return s
}

func (p *page) article(a *counsel.CitedArticle) {
	for _, t := range a.Text {
		p.item("text", "“"+t+"”")
	}
	if a.Unpublished {
		p.item("text", "not public")
	}
	p.item("wording", counsel.Days(a.From, a.Until))
	p.items("other wordings", a.Wordings)
	p.item("active when", a.Active)
	for _, r := range a.Rules {
		p.item("when", r.When)
		for _, then := range r.Then {
			p.line(4, 6, strings.TrimSuffix("then "+then.Words+"; "+then.Direction, "; "))
		}
	}
	for _, e := range a.Against {
		p.item(label(e), e.Says(e.Article+daysOf(e)))
	}
	for _, e := range a.Excepts {
		p.item(map[bool]string{false: "excepts", true: "extends"}[e.Extends], e.Says(e.Target))
	}
	for _, r := range a.Readings {
		p.item("reading", readingWords(r))
	}
	for _, v := range a.Provides {
		p.item("provides", provisionWords(v))
	}
	for _, q := range a.Softened {
		p.item("softened", strings.TrimSpace("for "+strings.Join(q.States, ", ")+" "+q.Days)+": "+q.Title)
	}
	for _, r := range a.Precedence {
		p.item("precedence", rankWords(r))
	}
	p.grounds(a.Grounds, a.Defined)
}

func label(e counsel.CitedException) string {
	if e.Extends {
		return "extension"
	}
	return "exception"
}

func daysOf(e counsel.CitedException) string {
	if e.Days == "" {
		return ""
	}
	return " (" + e.Days + ")"
}

func readingWords(r counsel.CitedReading) string {
	s := r.Name + counsel.InBrackets(r.Title, r.By)
	if len(r.Excepts) > 0 {
		s += ", except " + strings.Join(r.Excepts, "; except ")
	}
	return s
}

func provisionWords(v counsel.CitedProvision) string {
	s := v.Class
	if v.ClassTitle != "" {
		s = v.ClassTitle + " (" + v.Class + ")"
	}
	if v.About != "" {
		s += ", about " + v.About
	}
	if v.Title != "" {
		s += ": " + v.Title
	}
	return s
}

func rankWords(r counsel.CitedRank) string {
	s := r.Article + " " + r.Says + " " + r.Other
	if r.Title != "" {
		s += ": “" + r.Title + "”"
	}
	return s
}

// words is a source in one paragraph: title, grade, whether it was seen, where.
func sourceWords(s counsel.CitedSource) string {
	out := s.Title + "; " + s.How()
	if s.Via != "" {
		out += "; read by way of " + s.Via
	}
	if s.Elsewhere() {
		out += "; " + s.Address
	}
	return out
}
