package counsel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/law/chain"
)

// Chains says by which chains an event can bring about an end, what cuts them
// all, and how likely they are. Duty and compliance are separate links: an
// article that binds is one, the choice to honour it is another.
type Chains struct {
	finding.Head
	From     string       `json:"from"`
	To       string       `json:"to"`
	Notes    []string     `json:"notes"`
	Drawn    []string     `json:"may_be_drawn_in"` // every state that a chain reaches on the way to the end, as far as any was followed
	Found    int          `json:"found"`
	Complete bool         `json:"complete"` // there are no others
	UpTo     int          `json:"up_to"`    // of not complete: every chain of so many links is among them
	Chains   []EntryChain `json:"chains"`
	Cuts     []EntryCut   `json:"cuts"`
	CutNote  string       `json:"cut_note"` // why there is no cut, or which are not listed
	Links    []LinkWeight `json:"links"`
	Odds     *Odds        `json:"odds"` // null when no chances were given
	Worlds   []WorldOdds  `json:"worlds"`
	Without  []TakenLink  `json:"without"` // links that were taken away: all else here is without them
	Before   *Uncut       `json:"before"`  // with nothing taken away; null where nothing was

	Stopped  bool `json:"-"` // the search was stopped; also a warning
	CutAsked bool `json:"-"` // cuts were asked for, so the text shows them and not the chains
	Most     int  `json:"-"` // of how many links chains were asked for; 0: any number
	beyond   int  // the links of a chain that may lead past the events that were followed; 0: none does
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

// TakenLink is a link that was taken away.
type TakenLink struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Class  string `json:"class"`
	Chains int    `json:"chains"` // of those found before, how many went through it
}

// Uncut tells of the chains as they were with nothing taken away.
type Uncut struct {
	Found    int   `json:"found"`
	Complete bool  `json:"complete"`
	UpTo     int   `json:"up_to"`
	Odds     *Odds `json:"odds"` // null when no chances were given
}

// WorldOdds is the probability over worlds of one view, where chances are
// assumptions.
type WorldOdds struct {
	View   string         `json:"view"`
	Title  string         `json:"title"`
	Worlds int            `json:"worlds"`
	Mean   float64        `json:"mean"`
	Median float64        `json:"median"`
	P05    finding.Number `json:"p05"` // null of one world, as p95
	P95    finding.Number `json:"p95"`
}

// NewChains tells the chains of a cascade of up to so many links (0: any
// number), the first most of them.
func NewChains(b *law.Book, c *law.Cascade, w *law.Routes, from law.Event, to string, options []string, links, most int) *Chains {
	out := &Chains{Head: HeadOf("chains", b, options, from.Facts, from.Readings), From: from.Words(), To: to,
		Notes: []string{}, Without: []TakenLink{}, Drawn: full(c.States()), Chains: []EntryChain{}, Cuts: []EntryCut{}, Links: []LinkWeight{}, Worlds: []WorldOdds{}, Most: links, beyond: c.Beyond}
	for _, id := range c.Unread {
		out.Warnings = append(out.Warnings, finding.Warn(finding.Unread, id, "the text of %s is not public: whether a chain leads through it nobody can say, and none is followed", id))
	}
	if c.Stopped {
		out.Stop()
	}
	out.Found, out.Complete, out.UpTo = w.Chains.Found, w.Chains.Complete, max(w.Chains.UpTo, 0)
	for i, set := range w.Chains.Sets {
		if most == 0 || i < most {
			out.Chains = append(out.Chains, entryChain(c, w.Target, set))
		}
	}
	out.weigh(c, w)
	return out
}

// Stop marks an answer that was stopped before its end.
func (o *Chains) Stop() {
	o.Stopped = true
	o.Warnings = append(o.Warnings, finding.Warn(finding.Partial, "", "the search was stopped: these are the chains found so far"))
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
	through := passing(w)
	for _, x := range c.Net.Elements() {
		if n := through[x]; n > 0 {
			l := entryLink(c, x)
			o.Links = append(o.Links, LinkWeight{Name: l.Name, Kind: l.Kind, Class: l.Class, Chains: n})
		}
	}
	slices.SortStableFunc(o.Links, func(a, b LinkWeight) int { return cmp.Compare(b.Chains, a.Chains) })
}

// passing counts the chains through each link.
func passing(w *law.Routes) map[chain.Lit]int {
	through := map[chain.Lit]int{}
	for _, set := range w.Chains.Sets {
		for _, x := range set {
			through[x]++
		}
	}
	return through
}

// Took notes what was taken away of the whole cascade, and the routes that it had.
func (o *Chains) Took(whole *law.Cascade, names []string, w *law.Routes) {
	through := passing(w)
	for _, name := range names {
		if x, ok := whole.Net.Lookup(name); ok {
			l := entryLink(whole, x)
			o.Without = append(o.Without, TakenLink{l.Name, l.Kind, l.Class, through[x]})
		}
	}
	o.Before = &Uncut{Found: w.Chains.Found, Complete: w.Chains.Complete, UpTo: w.Chains.UpTo}
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
	o.CutAsked = true
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
