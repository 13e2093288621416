package studio

import (
	"context"
	"slices"
	"strings"

	"casus/ask"
	"casus/finding"
	"casus/law/counsel"
	"casus/show"
)

// The questions that are tried for chains to open with are so many at most, each of
// chains that are found at once.
const (
	mostTried  = 12
	firstLinks = "7"
)

// firstChains ask by which chains the event of a case leads to the first of its wars
// to which there are any: under the option that the record asks about, by the law as
// it is, or under the first option that opens a way. Where none is found, the case's
// own question stands.
func (s *Studio) firstChains(ctx context.Context, on subject) ask.Words {
	if on.Own == nil || len(on.Own.Ends) == 0 {
		return nil
	}
	words := func(end, option string) ask.Words {
		out := ask.Words{"case": {on.Case}, "event": {on.Own.Words}, "end": {end}}
		if len(on.Own.Options) > 0 { // what happened is followed further: there is no option to look through
			out["links"] = []string{firstLinks}
		}
		if option != "" {
			out["options"] = []string{option}
		}
		return out
	}
	tried := 0
	for _, end := range on.Own.Ends {
		for _, option := range append([]string{on.Option, ""}, on.Own.Options...) {
			if tried++; tried > mostTried {
				return words(on.Own.Ends[0], "")
			}
			q, err := ask.PutWords("chains", words(end, option))
			if err != nil {
				continue
			}
			f, err := s.answer(ctx, q, ask.Told{})
			if o, ok := f.(*counsel.Chains); err == nil && ok && o.Found > 0 {
				return words(end, option)
			}
		}
	}
	return words(on.Own.Ends[0], "")
}

// chained is the view of the ways from an event to a war.
type chained struct {
	Event, End, Case string
	Options          []optionLine
	From, To         string
	Found, Before    int // chains, and those that there were with nothing cut
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

// setChains shows the chains that there are, or that are left when links are cut.
func setChains(x *setting) (any, error) {
	o := x.found.(*counsel.Chains)
	words := x.q.Words()
	x.page.Title, x.page.Heading = "Chains", "By which chains: "+o.From+" → "+o.To
	v := &chained{Event: first1(words["event"]), End: first1(words["end"]), Case: first1(words["case"]), From: o.From, To: o.To, Found: o.Found, Complete: o.Complete, UpTo: o.UpTo,
		Without: words["without"], Chains: o.Chains, Odds: o.Odds, Drawn: o.Drawn, Notes: o.Notes, Whole: x.links.to("chains", with(words, "without"))}
	if o.Before != nil {
		v.Before = o.Before.Found
	}
	v.Links = x.cuttable(o, words)
	v.Cuts = x.links.to("cut", words)
	v.Likely = likelihoods(words["chances"])
	v.Says = show.OddsWords(o)
	var err error
	if len(v.Chains) > 0 {
		v.Picture, err = inline(func(b *strings.Builder) error { return show.NetworkPicture(b, o, v.cutting) })
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

// cuttable are the links of the chains, each with the address that cuts it; first
// those that are cut, with the address that puts them back.
func (x *setting) cuttable(o *counsel.Chains, words ask.Words) []chainLink {
	var out []chainLink
	for _, l := range o.Without {
		rest := slices.DeleteFunc(slices.Clone(words["without"]), func(s string) bool { return s == l.Name })
		out = append(out, chainLink{counsel.LinkWeight{Name: l.Name, Kind: l.Kind, Class: l.Class}, x.links.to("chains", with(words, "without", rest...)), true})
	}
	for _, l := range o.Links {
		out = append(out, chainLink{l, x.links.to("chains", with(words, "without", append(slices.Clone(words["without"]), l.Name)...)), false})
	}
	return out
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
			p.Options = append(p.Options, optionLine{finding.Titled{Name: word, Title: title}, slices.Contains(given, word)})
		}
		out = append(out, p)
	}
	return out
}
