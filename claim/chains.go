package claim

import (
	"context"
	"fmt"
	"strings"

	"casus/finding"
	"casus/law"
	"casus/law/chain"
	"casus/model"
	"casus/past/spend"
)

// How many of the smallest cuts are shown.
const cutsShown = 6

// byChains asks whether an event may lead to a war, under the law of its day as
// options change it. It holds when there is a chain of at most so many links;
// whether the choices on it are made is another matter.
func byChains(ctx context.Context, m *model.Model, sp model.Spread) (Reading, error) {
	ev := law.EventOf(sp.Event)
	rd := settled(Chains, sp.Title, "from "+ev.Words()+" on "+sp.Event.Date.String()+" to "+endWords(sp.To)+fmt.Sprintf(", within %d links", sp.Links), string(spend.HoldsNot))
	var acts []model.Act
	for _, o := range sp.Options {
		acts = append(acts, m.Option(o).Acts...)
	}
	if len(sp.Options) > 0 {
		rd.Expression += ", under " + strings.Join(sp.Options, ", ")
	}
	c, err := law.Compile(m, sp.Event.Date, acts).Cascade(ctx, law.Spread{Start: ev, Deployed: law.DeployedBy(acts), Links: sp.Links, End: sp.To, Whole: true})
	if err != nil {
		return rd, err
	}
	target, reachable := c.Drawn(sp.To[0])
	if len(sp.To) == 2 {
		target, reachable = c.War(sp.To[0], sp.To[1])
	}
	routes := c.NoRoutes()
	if reachable {
		if routes, err = c.Routes(ctx, target, sp.Links); err != nil {
			return rd, err
		}
	}
	found := routes.Chains
	if len(found.Sets) == 0 && found.Complete {
		rd.Shown = []string{"no chain of any length leads there"}
		return rd, nil
	}
	if upTo := found.UpTo; !found.Complete && (upTo < sp.Links || sp.Links == 0) {
		rd.warnOf(finding.GivenUp, "", "the search was given up: all chains of up to %d links were looked at, not all longer ones", upTo)
		rd.Verdict = string(spend.NotKnown)
	}
	if len(found.Sets) == 0 {
		rd.Shown = []string{fmt.Sprintf("no chain of up to %d links leads there; longer ones may", found.UpTo)}
		return rd, nil
	}
	rd.Verdict = string(spend.Holds)
	rd.Shown = append(rd.Shown, lengths(found.Sets), "shortest: "+strings.Join(c.Net.Names(found.Sets[0]), "; "))
	return rd, rd.cuts(ctx, c, target)
}

func endWords(to []string) string {
	if len(to) == 1 {
		return to[0] + " at war with anybody"
	}
	return to[0] + " and " + to[1] + " at war"
}

// lengths counts chains by how many links they have.
func lengths(chains [][]chain.Lit) string {
	byLength := map[int]int{}
	longest := 0
	for _, ch := range chains {
		byLength[len(ch)]++
		longest = max(longest, len(ch))
	}
	var words []string
	for n := 1; n <= longest; n++ {
		if byLength[n] > 0 {
			words = append(words, fmt.Sprintf("%d of %d links", byLength[n], n))
		}
	}
	return fmt.Sprintf("chains: %d (%s)", len(chains), strings.Join(words, ", "))
}

// cuts adds the smallest sets of articles, declarations and deployments without
// which no chain is left.
func (rd *Reading) cuts(ctx context.Context, c *law.Cascade, target chain.Lit) error {
	removable := func(x chain.Lit) bool {
		switch c.Links[c.Net.Name(x)].Kind {
		case chain.Article, chain.Declaration, chain.Deployment:
			return true
		}
		return false
	}
	cuts, err := c.Net.Cuts(ctx, target, removable, chain.Bound{Max: cutsShown})
	if err != nil {
		return err
	}
	if cuts.Impossible {
		rd.Shown = append(rd.Shown, "no set of articles and deployments cuts all of them")
	}
	for _, cut := range cuts.Sets.Sets {
		rd.Shown = append(rd.Shown, "cut by taking away: "+strings.Join(c.Net.Names(cut), ", "))
	}
	return nil
}
