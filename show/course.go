package show

import (
	"casus/law/counsel"
	"fmt"
	"io"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
)

// marks stand before the entries; the legend explains them.
var marks = map[string]string{"same": "=", "differs": "≠", "mismatch": "!", "silent": "·"}

// course is being printed or drawn.
type course struct{ *counsel.Course }

// Text writes the ledger for a person to read: each entry with what casus
// finds and what the record says; what duties alone would have done; the
// differences; the sources.
func Course(out io.Writer, f *counsel.Course, l Layout) error {
	c := &course{f}
	p := newPage(l)
	p.entry(0, 2, c.Title+".", "Law of each day from "+c.Date+".")
	p.line(0, 2, c.Question)
	c.answer(p)
	p.gap()
	p.heading(strings.ToUpper(c.Course.Course), "")
	p.line(0, 2, "= casus finds what the record says; ≠ it does not, for a reason given; ! for none; · the record is silent.")
	for _, e := range c.Entries {
		p.gap()
		p.courseEntry(e)
	}
	c.alone(p)
	c.steps(p)
	c.differences(p)
	c.sources(p)
	return p.print(out)
}

// answer says first how many wars duties demanded, and which, and how often casus finds
// what the record says; none of it where there is nothing to count.
func (c *course) answer(p *page) {
	p.gap()
	if wars, bound, owed := c.Wars(); wars > 0 {
		p.line(0, 2, fmt.Sprintf("Of %s opened, a duty of military help demanded %d, a duty whose means each chooses %d, none %d.", finding.Count(wars, "war"), bound, owed, wars-bound-owed))
	}
	var demanded []string
	for _, s := range c.Steps {
		if s.Bound {
			demanded = append(demanded, s.Title+counsel.InBrackets(s.Date, ""))
		}
	}
	if len(demanded) > 0 {
		p.line(0, 2, "Demanded: "+strings.Join(demanded, "; ")+".")
	}
	if n := c.Count; n.Entries > 0 {
		p.line(0, 2, fmt.Sprintf("Of %s casus finds what the record says in %d, something else in %d; of %d the record is silent.", finding.CountOf(n.Entries, "entry", "entries"), n.Same, n.Differs+n.Mismatch, n.Silent))
	}
}

func (p *page) courseEntry(e counsel.CourseEntry) {
	p.entry(0, 14, e.Date+" "+marks[e.Agreement]+" "+e.Title, "")
	found := strings.Join(append([]string{e.Finding}, e.Also...), ", ")
	p.line(13, 15, found+": "+e.Reason)
	if s := claimed(e); s != "" {
		p.line(13, 15, s)
	}
	if e.Record != "" && (e.Record != e.Finding || e.Words != "") {
		p.line(13, 15, "record: "+e.Record+counsel.InBrackets(e.Words, ""))
	}
	for _, s := range e.Open {
		p.line(13, 15, "open: "+s)
	}
	for _, s := range e.Notes {
		p.line(13, 15, "note: "+s)
	}
}

func triggerWords(trigger string) string {
	if trigger == "" {
		return ""
	}
	return " (" + trigger + ")"
}

// claim says what was claimed for the entry, and toward whom.
func claimed(e counsel.CourseEntry) string {
	if len(e.Claimed) == 0 && len(e.Toward) == 0 {
		return ""
	}
	s := "claimed: no article"
	switch {
	case e.Waived:
		s = "not claimed: " + strings.Join(e.Claimed, ", ")
	case len(e.Claimed) > 0:
		s = "claimed: " + strings.Join(e.Claimed, ", ")
	}
	if len(e.Toward) > 0 {
		s += " toward " + strings.Join(e.Toward, ", ")
	}
	return s
}

// alone says where duties lead from the first deed with no free choice.
func (c *course) alone(p *page) {
	p.gap()
	p.heading("WHAT THE TREATIES ALONE WOULD HAVE DONE", "from the first deed, by the law of "+c.Steps[0].Date+", with no free choice")
	if len(c.Alone.Bound) == 0 {
		s := "Nobody owes military help."
		if first := c.Steps[0]; first.War {
			s += " The war stays one of " + c.called(first.By) + " and " + c.called(first.On) + "."
		}
		p.line(2, 4, s)
	}
	for _, x := range c.Alone.Bound {
		p.line(2, 4, "bound: "+c.war(x))
	}
	for _, x := range c.Alone.May {
		p.line(2, 4, "owed, by means that may be short of force: "+c.war(x))
	}
	for _, x := range c.Alone.Open {
		p.line(2, 4, "left open: "+c.war(x)+"; it "+x.Why)
	}
}

func (c *course) called(state string) string {
	if n := c.Names[state]; n != "" {
		return n
	}
	return state
}

func (c *course) war(x counsel.CourseEntrance) string {
	return c.called(x.State) + " against " + c.called(x.Against) + ", for " + c.called(x.For) + ": " + x.Article + ", " + x.Class + triggerWords(x.Trigger)
}

// steps says which deeds were bound, and what each made due.
func (c *course) steps(p *page) {
	p.gap()
	p.heading("DEED BY DEED", "which wars a duty of military help demanded, and what each deed made due")
	for _, s := range c.Steps {
		for _, x := range s.Before {
			p.line(2, 14, x.Due+"  new law binds "+c.war(x))
		}
		how := "free: "
		switch {
		case s.Bound:
			how = "bound: "
		case s.OwnMeans():
			how = "owed, by means of its own choice: "
		case s.Finding == string(law.FoundResponse):
			how = "in answer: "
		case s.Forced:
			how = "free, though the other was bound to open this war: "
		}
		if s.War || len(s.Made) > 0 {
			p.line(2, 14, s.Date+"  "+how+s.Title)
		}
		for _, x := range s.Made {
			p.line(14, 16, "binds "+c.war(x))
		}
	}
}

// differences lists every entry on which casus and the record part.
func (c *course) differences(p *page) {
	p.gap()
	n := c.Count
	p.heading("DIFFERENCES", fmt.Sprintf("of %s casus finds something else than the record says in %d", finding.CountOf(n.Entries, "entry", "entries"), n.Differs+n.Mismatch))
	for _, e := range c.Entries {
		if e.Agreement != "differs" && e.Agreement != "mismatch" {
			continue
		}
		p.line(2, 4, e.Date+"  "+e.Title+": the record says "+e.Record+", casus finds "+e.Finding)
		if e.Because != "" {
			p.line(14, 14, e.Because)
		} else {
			p.line(14, 14, "no reason is given: "+e.Reason)
		}
	}
}

func (c *course) sources(p *page) {
	p.gap()
	p.heading("SOURCES", "")
	for _, s := range c.Sources {
		p.line(2, 4, strings.Join(nonEmptyWords(s.ID, s.Title, s.Address), ", "))
	}
}

func nonEmptyWords(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}
