package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"casus/chain"
	"casus/law"
)

// ChainsVersion is the version of the JSON form of Chains.
const ChainsVersion = 1

// Chains says by which chains an event can bring about an end, what cuts them
// all, and how likely they are. Duty and compliance are separate links: an
// article that binds is one, the choice to honour it is another.
type Chains struct {
	Version  int               `json:"version"`
	Date     string            `json:"date"`
	From     string            `json:"from"`
	To       string            `json:"to"`
	Options  []string          `json:"options"`
	Facts    map[string]string `json:"facts"`
	Readings map[string]string `json:"readings"`
	Warnings []string          `json:"warnings"`
	Notes    []string          `json:"notes"`
	Drawn    []string          `json:"may_be_drawn_in"` // every state that some chain reaches, target or not
	Found    int               `json:"found"`
	Complete bool              `json:"complete"` // there are no others
	UpTo     int               `json:"up_to"`    // of not complete: every chain of so many links is among them
	Chains   []EntryChain      `json:"chains"`
	Cuts     []EntryCut        `json:"cuts"`
	CutNote  string            `json:"cut_note"` // why there is no cut, or which are not listed
	Links    []LinkWeight      `json:"links"`
	Odds     *Odds             `json:"odds"` // null when no chances were given
	Worlds   []WorldOdds       `json:"worlds"`

	cut    bool // cuts were asked for, so the text shows them and not the chains
	links  int  // of how many links chains were asked for; 0: any number
	beyond int  // the links of a chain that may lead past the events that were followed; 0: none does
}

// EntryChain is one smallest set of links that leads to the end, told in the
// order in which they come about.
type EntryChain struct {
	Links   []EntryLink    `json:"links"`
	Story   []StoryStep    `json:"story"`
	Classes map[string]int `json:"classes"` // how many choices of each class it asks for
}

// EntryLink is one element of a chain.
type EntryLink struct {
	Kind    string   `json:"kind"` // event, article, declaration, deployment, choice, fact
	Name    string   `json:"name"`
	Class   string   `json:"class"` // of a choice: bound, likely, discretionary, strike, own choice
	State   string   `json:"state"`
	Sources []string `json:"sources"`
	Status  string   `json:"status"` // of an article: verified, memory, …
}

// StoryStep is one step of a chain in words.
type StoryStep struct {
	Words   string `json:"words"`
	Then    string `json:"then"` // the war it makes; may be empty
	Class   string `json:"class"`
	Article string `json:"article"`
	Status  string `json:"status"` // of the article: verified, memory, …
}

// EntryCut is a smallest set of links without which no chain is left.
type EntryCut struct {
	Links []string `json:"links"`
}

// LinkWeight says how much hangs on a link: how many chains go through it, its
// structural importance, which takes every link at even odds, and, where chances
// were given, its importance under them (Birnbaum 1969; Fussell 1975).
type LinkWeight struct {
	Name          string   `json:"name"`
	Kind          string   `json:"kind"`
	Class         string   `json:"class"`
	Chains        int      `json:"chains"`     // of those found
	Structural    *float64 `json:"structural"` // null when there are too many chains
	P             *float64 `json:"p"`
	Birnbaum      *float64 `json:"birnbaum"`
	FussellVesely string   `json:"fussell_vesely"`
}

// Odds is the probability of the end, given the chances of choices. Low and
// High differ where facts or readings that nobody gave a chance are open.
type Odds struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Whole bool    `json:"whole"` // of the whole cascade; else of the chains found, a lower bound
	Open  int     `json:"open"`  // facts and readings left open
}

// WorldOdds is the probability over worlds of one view, where chances are
// assumptions.
type WorldOdds struct {
	View   string  `json:"view"`
	Title  string  `json:"title"`
	Worlds int     `json:"worlds"`
	Mean   float64 `json:"mean"`
	Median float64 `json:"median"`
	P05    float64 `json:"p05"`
	P95    float64 `json:"p95"`
}

// NewChains tells the chains of a cascade of up to so many links (0: any
// number), the first most of them.
func NewChains(b *law.Book, c *law.Cascade, w *law.Routes, from law.Event, to string, options []string, links, most int) *Chains {
	out := &Chains{Version: ChainsVersion, Date: b.Day.String(), From: from.Words(), To: to, Options: full(options), Facts: map[string]string{}, Readings: map[string]string{},
		Warnings: []string{}, Notes: []string{}, Drawn: full(c.States()), Chains: []EntryChain{}, Cuts: []EntryCut{}, Links: []LinkWeight{}, Worlds: []WorldOdds{}, links: links, beyond: c.Beyond}
	for name, v := range from.Facts {
		if v != law.Unknown {
			out.Facts[name] = v.String()
		}
	}
	for article, reading := range from.Readings {
		out.Readings[article] = reading
	}
	for _, id := range c.Unread {
		out.Warnings = append(out.Warnings, "the text of "+id+" is not public: whether a chain leads through it nobody can say, and none is followed")
	}
	out.Found, out.Complete, out.UpTo = w.Chains.Found, w.Chains.Complete, w.Chains.UpTo
	for i, set := range w.Chains.Sets {
		if most == 0 || i < most {
			out.Chains = append(out.Chains, entryChain(c, w.Target, set))
		}
	}
	out.weigh(c, w)
	return out
}

func entryChain(c *law.Cascade, target chain.Lit, set []chain.Lit) EntryChain {
	e := EntryChain{Links: []EntryLink{}, Story: []StoryStep{}, Classes: map[string]int{}}
	for _, x := range set {
		l := entryLink(c, x)
		if l.Kind == "choice" {
			e.Classes[l.Class]++
		}
		e.Links = append(e.Links, l)
	}
	slices.SortStableFunc(e.Links, func(a, b EntryLink) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name)) })
	for _, s := range c.Net.Derive(target, set) {
		step := c.Label(s.Label)
		story := StoryStep{Words: step.Words, Class: step.Class}
		if step.Article != nil {
			story.Article = step.Article.Address
			story.Status = cmp.Or(step.Article.Status, step.Article.Instrument.Status)
		}
		for _, x := range s.Body {
			if l := c.Links[c.Net.Name(x)]; l.Kind == chain.Choice && l.Class != "" {
				story.Class = classOf(c, x, l)
			} else if l.Kind == chain.Fact {
				story.Words += ", if " + l.Name
			}
		}
		switch n := len(e.Story); {
		case n > 0 && e.Story[n-1].Words == story.Words:
		case n > 0 && step.War && (e.Story[n-1].Then == "" || e.Story[n-1].Then == story.Words):
			e.Story[n-1].Then = story.Words
		default:
			e.Story = append(e.Story, story)
		}
	}
	return e
}

// classOf is the class of a choice; one that is as likely as not is likely.
func classOf(c *law.Cascade, x chain.Lit, l law.Link) string {
	if l.Class != law.BoundLink && !c.Net.Certain(x) && c.Net.Probability(x) >= 0.5 {
		return "likely"
	}
	return l.Class
}

func entryLink(c *law.Cascade, x chain.Lit) EntryLink {
	l := c.Links[c.Net.Name(x)]
	e := EntryLink{Kind: l.Kind.String(), Name: l.Name, Class: l.Class, State: l.State, Sources: []string{}}
	if l.Kind == chain.Choice {
		e.Class = classOf(c, x, l)
	}
	if l.Article != nil {
		e.Sources = full(sourcesOf(l.Article))
		e.Status = cmp.Or(l.Article.Status, l.Article.Instrument.Status)
	}
	return e
}

// weigh counts the chains through each link.
func (o *Chains) weigh(c *law.Cascade, w *law.Routes) {
	through := map[chain.Lit]int{}
	for _, set := range w.Chains.Sets {
		for _, x := range set {
			through[x]++
		}
	}
	for _, x := range c.Net.Elements() {
		if n := through[x]; n > 0 {
			l := entryLink(c, x)
			o.Links = append(o.Links, LinkWeight{Name: l.Name, Kind: l.Kind, Class: l.Class, Chains: n})
		}
	}
	slices.SortStableFunc(o.Links, func(a, b LinkWeight) int { return cmp.Compare(b.Chains, a.Chains) })
}

// Structure adds the structural importance of links, by name.
func (o *Chains) Structure(weights map[string]float64) {
	for i := range o.Links {
		if x, ok := weights[o.Links[i].Name]; ok {
			o.Links[i].Structural = &x
		}
	}
	slices.SortStableFunc(o.Links, func(a, b LinkWeight) int {
		if a.Structural == nil || b.Structural == nil {
			return 0
		}
		return cmp.Compare(*b.Structural, *a.Structural)
	})
}

// Cut adds what cuts every chain.
func (o *Chains) Cut(c *law.Cascade, cuts chain.Cuts) {
	o.cut = true
	if o.Found == 0 && o.Complete {
		o.CutNote = "there is no chain to cut"
		return
	}
	for _, set := range cuts.Sets.Sets {
		names := c.Net.Names(set)
		slices.Sort(names)
		o.Cuts = append(o.Cuts, EntryCut{names})
	}
	switch {
	case cuts.Impossible:
		o.CutNote = "nothing that may be taken away cuts this chain: " + strings.Join(c.Net.Names(cuts.Uncut), "; ")
	case !cuts.Complete:
		o.CutNote = "there may be larger cuts that are not listed"
	}
	if o.beyond > 0 {
		o.CutNote = strings.TrimPrefix(o.CutNote+fmt.Sprintf("; chains of %d links or more were not followed, and may go round a cut (--law NAT,TEU reads two instruments)", o.beyond), "; ")
	}
}

// Weigh adds the probability of the end and what each link is to it.
func (o *Chains) Weigh(odds Odds, list []chain.Importance, c *law.Cascade) {
	o.Odds = &odds
	at := map[string]chain.Importance{}
	for _, i := range list {
		at[c.Net.Name(i.Element)] = i
	}
	for k := range o.Links {
		l := &o.Links[k]
		if i, ok := at[l.Name]; ok {
			p, birnbaum := c.Net.Probability(i.Element), i.Birnbaum()
			if l.Birnbaum, l.FussellVesely = &birnbaum, i.FussellVesely().String(); l.Kind != "fact" || odds.Open == 0 {
				l.P = &p
			}
		}
	}
	slices.SortStableFunc(o.Links, func(a, b LinkWeight) int {
		if a.Birnbaum == nil || b.Birnbaum == nil {
			return 0
		}
		return cmp.Compare(*b.Birnbaum, *a.Birnbaum)
	})
}

// JSON writes the versioned form, indented by two blanks.
func (o *Chains) JSON(out io.Writer) error {
	return writeJSON(out, o)
}

// Text writes the chains for a person to read: those that differ in one state
// stand together.
func (o *Chains) Text(out io.Writer, l Layout) error {
	p := newPage(l)
	o.header(p)
	if o.cut {
		o.cutText(p)
	} else {
		o.chainText(p)
	}
	o.oddsText(p)
	o.linkText(p)
	p.notes(o.Notes)
	return p.print(out)
}

func (o *Chains) header(p *page) {
	p.line(0, 2, "From "+o.From+" to "+o.To+", by the law of "+o.Date+".")
	given := "Given: no facts."
	if len(o.Facts) > 0 {
		given = "Given, of every event: " + strings.Join(pairs(o.Facts), "; ") + "."
	}
	p.line(0, 2, given+" A duty and the choice to honour it are separate links.")
	p.underLaw(o.Options, o.Readings, o.Warnings)
	p.gap()
	switch {
	case o.Found == 0 && o.Complete:
		p.line(0, 2, "NO CHAIN: no article that was read, no deployment and no choice that was allowed for leads there. A state may always go to war by its own choice (--own).")
	case o.Found == 0:
		p.line(0, 2, fmt.Sprintf("NO CHAIN of up to %d links. %s.", o.UpTo, o.longer()))
	case o.Complete:
		p.line(0, 2, many(o.Found, "CHAIN")+". There are no others.")
	default:
		p.line(0, 2, fmt.Sprintf("%s of up to %d links. %s.", many(o.Found, "CHAIN"), o.UpTo, o.longer()))
	}
}

// longer says what to do where longer chains may exist.
func (o *Chains) longer() string {
	if o.links > 0 && o.UpTo >= o.links {
		return "Longer ones may exist (--links)"
	}
	return "Longer ones may exist, and are too many to look through; fewer instruments lead further (--law NAT,TEU reads two)"
}

func (s StoryStep) line() string {
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

func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if noun == strings.ToUpper(noun) {
		return fmt.Sprintf("%d %sS", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (o *Chains) chainText(p *page) {
	for i, g := range o.alike() {
		p.gap()
		p.entry(2, 4, fmt.Sprintf("%d.", i+1), many(len(g.Links), "link")+": "+g.makeup())
		if len(g.likewise) > 0 {
			p.line(5, 7, g.others())
		}
		for _, s := range g.Story {
			p.line(5, 7, "› "+s.line())
		}
	}
	if len(o.Chains) < o.Found {
		p.gap()
		p.line(2, 4, fmt.Sprintf("%d more are not listed (--most).", o.Found-len(o.Chains)))
	}
}

// alikes is chains that differ only in which states play a part.
type alikes struct {
	EntryChain
	states   []string // those that neither the first event nor the end names
	likewise [][]string
}

func (o *Chains) alike() []*alikes {
	var out []*alikes
	at := map[string]*alikes{}
	for _, e := range o.Chains {
		states, key := e.pattern(o.From, o.To)
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
func (e EntryChain) pattern(from, to string) (states []string, key string) {
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

// makeup is what a chain asks for: an event, so many articles, so many choices.
func (e EntryChain) makeup() string {
	kinds := map[string]int{}
	for _, l := range e.Links {
		kinds[l.Kind]++
	}
	var parts []string
	for _, k := range []string{"event", "article", "declaration", "deployment", "fact"} {
		if kinds[k] > 0 {
			parts = append(parts, many(kinds[k], k))
		}
	}
	for _, k := range []string{law.BoundLink, "likely", law.DiscretionaryLink, law.StrikeLink, law.OwnLink} {
		if e.Classes[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", e.Classes[k], k))
		}
	}
	return strings.Join(parts, ", ")
}

func (o *Chains) cutText(p *page) {
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

func (o *Chains) oddsText(p *page) {
	if o.Odds == nil {
		return
	}
	p.gap()
	what := "exact, of the whole cascade"
	if !o.Odds.Whole {
		what = "at least: exact for the chains found, which are not all there may be"
	}
	value := sharp(o.Odds.Low)
	if o.Odds.Open > 0 {
		value += " to " + sharp(o.Odds.High)
		what += fmt.Sprintf("; facts or readings left open: %d, so a range", o.Odds.Open)
	}
	p.entry(0, 2, "PROBABILITY", value+" ("+what+").")
	for _, w := range o.Worlds {
		p.line(2, 4, fmt.Sprintf("%s: mean %s, median %s, 5–95 %% of worlds %s to %s (%d worlds)", w.View+where(w.Title, ""), sharp(w.Mean), sharp(w.Median), sharp(w.P05), sharp(w.P95), w.Worlds))
	}
}

// sharp is a probability with three significant digits.
func sharp(x float64) string { return fmt.Sprintf("%.3g", x) }

const mostLinks = 24

func (o *Chains) linkText(p *page) {
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
		if i == mostLinks && !o.cut {
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
