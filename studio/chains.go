package studio

import (
	"slices"
	"strings"

	"casus/ask"
	"casus/law/counsel"
	"casus/show"
)

// chainWords ask by which chains the attack of a case draws the United States in.
func chainWords(on subject) ask.Words {
	return ask.Words{"case": {on.Case}, "event": {"armed attack by RUS on UKR, object territory, at kyiv"}, "end": {"fights(USA, RUS)"}}
}

// chained is the view of the ways from an event to a war.
type chained struct {
	Event, End, Case string
	Options          []optionLine
	From, To         string
	Found, Left      int // chains, and those that a cut leaves
	Complete         bool
	UpTo             int
	Picture          string
	Without          []string
	Whole            string // the address without cuts
	Links            []chainLink
	Odds             *counsel.Odds
	Says             []string // how likely the end is, where chances are given
	Likely           []pick
	Chains           []counsel.EntryChain
	Cuts             string // the address of what cuts all
	Drawn            []string
	Notes            []string
}

// chainLink is a link with what hangs on it; To cuts it, or takes it back.
type chainLink struct {
	counsel.LinkWeight
	To  string
	Cut bool
}

// setChains shows the chains that are left when the links named by without are
// cut: for chains are smallest sets, those are the ones without the link.
func setChains(x *setting) (any, error) {
	o := x.found.(*counsel.Chains)
	words := x.q.Words()
	x.page.Title, x.page.Heading = "Chains", "By which chains: "+o.From+" → "+o.To
	v := &chained{Event: first1(words["event"]), End: first1(words["end"]), Case: first1(words["case"]), From: o.From, To: o.To, Found: o.Found, Complete: o.Complete, UpTo: o.UpTo,
		Without: x.extra["without"], Odds: o.Odds, Drawn: o.Drawn, Notes: o.Notes, Whole: x.links.to("chains", words)}
	left := *o
	left.Chains = slices.DeleteFunc(slices.Clone(o.Chains), func(c counsel.EntryChain) bool {
		return slices.ContainsFunc(c.Links, func(l counsel.EntryLink) bool { return slices.Contains(v.Without, l.Name) })
	})
	v.Left, v.Chains = len(left.Chains), left.Chains
	for _, l := range o.Links {
		k := chainLink{LinkWeight: l, Cut: slices.Contains(v.Without, l.Name)}
		without := append(slices.Clone(v.Without), l.Name)
		if k.Cut {
			without = slices.DeleteFunc(slices.Clone(v.Without), func(s string) bool { return s == l.Name })
		}
		k.To = x.links.to("chains", with(words, "without", without...))
		v.Links = append(v.Links, k)
	}
	cut := ask.Words{}
	for name, values := range words {
		if name != "without" {
			cut[name] = values
		}
	}
	v.Cuts = x.links.to("cut", cut)
	v.Likely = likelihoods(words["chances"])
	v.Says = show.OddsWords(o)
	var err error
	if v.Left > 0 {
		v.Picture, err = inline(func(b *strings.Builder) error { return show.NetworkPicture(b, &left, v.cutting) })
	}
	if err != nil {
		return nil, err
	}
	v.Picture = strings.Replace(v.Picture, `aria-hidden="true" `, "", 1) // its steps are links
	f := &form{Case: v.Case}
	err = x.options(f, words["options"])
	v.Options = f.Options
	return v, err
}

// cutting is the view of what cuts every chain.
type cutting struct {
	From, To string
	Cuts     []counsel.EntryCut
	Note     string
	Chains   string
}

func setCut(x *setting) (any, error) {
	o := x.found.(*counsel.Chains)
	x.page.Title, x.page.Heading = "What cuts every chain", "What cuts every chain: "+o.From+" → "+o.To
	return &cutting{From: o.From, To: o.To, Cuts: o.Cuts, Note: o.CutNote, Chains: x.links.to("chains", with(x.q.Words(), "only"))}, nil
}

// cutting is where a step of the picture leads: it takes its link away.
func (v *chained) cutting(link string) string {
	for _, l := range v.Links {
		if link != "" && l.Name == link && !l.Cut {
			return l.To
		}
	}
	return ""
}

// likelihoods are the choices of how likely links are, by what they are. One that was
// given otherwise stands beside those that are offered.
func likelihoods(given []string) []pick {
	var out []pick
	for _, of := range []struct {
		what, label string
		offered     []string
	}{
		{"duty", "A duty is honoured", []string{"honour_rate", "0.5", "0.75", "0.95", "1"}},
		{"strike", "A further strike", []string{"0.01", "0.05", "0.1", "0.5"}},
		{"own", "An entry nobody owes", []string{"0.01", "0.05", "0.1", "0.5"}},
		{"fact", "A fact left open", []string{"0.1", "0.5", "0.9"}},
	} {
		p := pick{Name: "chances", Label: of.label}
		values := of.offered
		for _, g := range given {
			if what, value, _ := strings.Cut(g, "="); what == of.what && !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		for _, value := range values {
			word := of.what + "=" + value
			title := value
			if value == "honour_rate" {
				title = "as published rates of compliance have it"
			}
			p.Options = append(p.Options, optionLine{ask.Titled{Name: word, Title: title}, slices.Contains(given, word)})
		}
		out = append(out, p)
	}
	return out
}
