package show

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"casus/finding"
	"casus/law"
	"casus/law/counsel"
)

// chains is being printed or drawn.
type chains struct{ *counsel.Chains }

// Text writes the chains for a person to read: those that differ in one state
// stand together.
func Chains(out io.Writer, f *counsel.Chains, l Layout) error {
	o := &chains{f}
	p := newPage(l)
	o.header(p)
	if o.CutAsked {
		o.cutText(p)
	} else {
		o.chainText(p)
	}
	o.oddsText(p)
	o.linkText(p)
	p.notes(o.Notes)
	return p.print(out)
}

func (o *chains) header(p *page) {
	p.line(0, 2, "From "+o.From+" to "+o.To+", by the law of "+o.Date+".")
	given := "Given: no facts."
	if len(o.Facts) > 0 {
		given = "Given, of every event: " + strings.Join(pairs(o.Facts), "; ") + "."
	}
	p.line(0, 2, given+" A duty and the choice to honour it are separate links.")
	p.underLaw(o.Head)
	if len(o.Without) > 0 {
		p.line(0, 2, "Taken away: "+strings.Join(o.taken(), "; ")+".")
	}
	p.gap()
	switch {
	case o.Stopped:
		p.line(0, 2, fmt.Sprintf("PARTIAL: the search was stopped. %s so far; of up to %s none is missing.", finding.Count(o.Found, "CHAIN"), finding.Count(o.UpTo, "link")))
	case o.Before != nil && o.Before.Found > 0:
		p.line(0, 2, o.left())
	case o.Found == 0 && o.Complete:
		p.line(0, 2, "NO CHAIN: no article that was read, no deployment and no choice that was allowed for leads there. A state may always go to war by its own choice (--own).")
	case o.Found == 0:
		p.line(0, 2, fmt.Sprintf("NO CHAIN of up to %d links. %s.", o.UpTo, o.longer()))
	case o.Complete:
		p.line(0, 2, finding.Count(o.Found, "CHAIN")+". There are no others.")
	default:
		p.line(0, 2, fmt.Sprintf("%s of up to %d links. %s.", finding.Count(o.Found, "CHAIN"), o.UpTo, o.longer()))
	}
	if s := o.inShort(); s != "" {
		p.line(0, 2, s)
	}
}

// taken are the links that were taken away.
func (o *chains) taken() []string {
	var out []string
	for _, l := range o.Without {
		out = append(out, l.Name)
	}
	return out
}

// left says how many chains are left once links were taken away.
func (o *chains) left() string {
	s, is := finding.Count(o.Found, "CHAIN"), "are"
	switch o.Found {
	case 0:
		s, is = "NO CHAIN", "is"
	case 1:
		is = "is"
	}
	if !o.Complete {
		s += fmt.Sprintf(" of up to %s", finding.Count(o.UpTo, "link"))
	}
	s += fmt.Sprintf(" %s left of %d. ", is, o.Before.Found)
	if !o.Complete {
		return s + o.longer() + "."
	}
	if o.Found == 0 {
		return s + "What was taken away cuts every way that was read. A state may always go to war by its own choice (--own)."
	}
	return s + "There are no others."
}

// longer says what to do where longer chains may exist.
func (o *chains) longer() string {
	if o.Most > 0 && o.UpTo >= o.Most {
		return "Longer ones may exist (--links)"
	}
	return "Longer ones may exist, and are too many to look through; fewer instruments lead further (--law NAT,TEU reads two)"
}

func storyWords(s counsel.StoryStep) string {
	words := s.Words
	if s.Class != "" {
		words += " [" + s.Class + "]"
	}
	if s.Status != "" && s.Status != "verified" {
		words += " (source: " + s.Status + ")"
	}
	if s.Then != "" {
		words += "; so " + s.Then
	}
	return words
}

func (o *chains) chainText(p *page) {
	for i, g := range o.alike() {
		p.gap()
		p.entry(2, 4, fmt.Sprintf("%d.", i+1), finding.Count(len(g.Links), "link")+": "+makeup(g.EntryChain))
		if len(g.likewise) > 0 {
			p.line(5, 7, g.others())
		}
		for _, s := range g.Story {
			p.line(5, 7, "› "+storyWords(s))
		}
	}
	if len(o.Chains.Chains) < o.Found {
		p.gap()
		p.line(2, 4, fmt.Sprintf("%d more are not listed (--most).", o.Found-len(o.Chains.Chains)))
	}
}

// alikes is chains that differ only in which states play a part.
type alikes struct {
	counsel.EntryChain
	states   []string // those that neither the first event nor the end names
	likewise [][]string
}

func (o *chains) alike() []*alikes {
	var out []*alikes
	at := map[string]*alikes{}
	for _, e := range o.Chains.Chains {
		states, key := pattern(e, o.From, o.To)
		if g := at[key]; g != nil {
			g.likewise = append(g.likewise, states)
			continue
		}
		g := &alikes{EntryChain: e, states: states}
		at[key] = g
		out = append(out, g)
	}
	return out
}

// pattern is a chain with its further states numbered in the order in which
// they come in.
func pattern(e counsel.EntryChain, from, to string) (states []string, key string) {
	var named []string
	for _, l := range e.Links {
		if l.State != "" && !strings.Contains(from, l.State) && !strings.Contains(to, l.State) {
			named = append(named, l.State)
		}
	}
	var lines []string
	for _, s := range e.Story {
		lines = append(lines, s.Words+s.Class)
	}
	key = strings.Join(lines, "\n")
	for _, word := range strings.FieldsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains(named, word) && !slices.Contains(states, word) {
			states = append(states, word)
		}
	}
	for i, s := range states {
		key = strings.ReplaceAll(key, s, fmt.Sprintf("•%d", i))
	}
	return states, key
}

// others names the states of the chains like this one.
func (g *alikes) others() string {
	var out []string
	for _, states := range g.likewise {
		out = append(out, strings.Join(states, "–"))
	}
	return "likewise with " + strings.Join(out, ", ") + " in place of " + strings.Join(g.states, "–")
}

// makeup says what a chain asks for: an event, so many articles, so many choices.
func makeup(e counsel.EntryChain) string {
	kinds := e.Kinds()
	var parts []string
	for _, k := range []string{"event", "article", "declaration", "deployment", "fact"} {
		if kinds[k] > 0 {
			parts = append(parts, finding.Count(kinds[k], k))
		}
	}
	for _, k := range []string{law.BoundLink, "likely", law.DiscretionaryLink, law.StrikeLink, law.OwnLink} {
		if e.Classes[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", e.Classes[k], k))
		}
	}
	return strings.Join(parts, ", ")
}

func (o *chains) cutText(p *page) {
	if len(o.Cuts) > 0 {
		p.gap()
		p.heading("CUTS", "each of these, taken away whole, leaves no chain")
		for _, c := range o.Cuts {
			p.line(2, 4, "– "+strings.Join(c.Links, " + "))
		}
	}
	if o.CutNote != "" {
		p.gap()
		p.line(0, 2, upperFirst(o.CutNote)+".")
	}
}

func (o *chains) oddsText(p *page) {
	says := OddsWords(o.Chains)
	if says == nil {
		return
	}
	p.gap()
	p.entry(0, 2, "PROBABILITY", says[0])
	for _, line := range says[1:] {
		p.line(2, 4, line)
	}
}

// OddsWords say how likely the end is, and how likely under each view where chances
// are assumptions; nothing where no chances were given.
func OddsWords(o *counsel.Chains) []string {
	if o.Odds == nil {
		return nil
	}
	what := "exact, of the whole cascade"
	if !o.Odds.Whole {
		what = "at least: exact for the chains found, which are not all there may be"
	}
	value := oddsRange(*o.Odds)
	if o.Odds.Open > 0 {
		what += fmt.Sprintf("; facts or readings left open: %d, so a range", o.Odds.Open)
	}
	out := []string{value + " (" + what + ")."}
	if o.Before != nil && o.Before.Odds != nil {
		out = append(out, "Before anything was taken away: "+oddsRange(*o.Before.Odds)+".")
	}
	for _, w := range o.Worlds {
		who, over := w.View+counsel.InBrackets(w.Title, ""), finding.Count(w.Worlds, "world")
		if math.IsNaN(float64(w.P05)) {
			out = append(out, fmt.Sprintf("%s: %s (%s, which gives no range)", who, sharp(w.Median), over))
			continue
		}
		out = append(out, fmt.Sprintf("%s: mean %s, %s (%s)", who, sharp(w.Mean), behind("median "+sharp(w.Median), ", 5–95 % of worlds ", ends(sharp(float64(w.P05)), " to ", sharp(float64(w.P95))), ""), over))
	}
	return out
}

func oddsRange(o counsel.Odds) string {
	if o.Open > 0 {
		return sharp(o.Low) + " to " + sharp(o.High)
	}
	return sharp(o.Low)
}

// sharp is a probability with three significant digits.
func sharp(x float64) string { return fmt.Sprintf("%.3g", x) }

const mostLinks = 24

func (o *chains) linkText(p *page) {
	if len(o.Links) == 0 {
		return
	}
	p.gap()
	p.heading("LINKS", "and how many of the chains found go through each")
	if o.Odds == nil && o.Links[0].Structural != nil {
		p.line(2, 4, "S: structural importance, the difference a link makes when every link is even odds.")
	}
	if o.Odds != nil {
		p.line(2, 4, "B: Birnbaum importance, the difference the link makes. FV: Fussell–Vesely importance, the share of the probability that goes without it.")
		if o.Odds.Open > 0 {
			p.line(2, 4, "Both take what is open at even odds.")
		}
	}
	for i, l := range o.Links {
		if i == mostLinks && !o.CutAsked {
			p.line(2, 4, fmt.Sprintf("%d more (--json lists all)", len(o.Links)-i))
			break
		}
		s := l.Name
		if l.Class != "" {
			s += " [" + l.Class + "]"
		}
		s += fmt.Sprintf(": %d of %d", l.Chains, o.Found)
		if l.Structural != nil && o.Odds == nil {
			s += ", S " + sharp(*l.Structural)
		}
		if l.Birnbaum != nil {
			p := "open"
			if l.P != nil {
				p = sharp(*l.P)
			}
			s += fmt.Sprintf("; p %s, B %s, FV %s", p, sharp(*l.Birnbaum), l.FussellVesely)
		}
		p.line(2, 4, s)
	}
}
